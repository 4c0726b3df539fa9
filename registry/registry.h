/* registry: what may be done with the objects in the store — every verb and
 * subresource of the API, below any wire.
 *
 *   create  decode → convert → prepare → default → managed fields → admit
 *           (mutate) → default → validate → admit (validate) → freeze → store
 *   update  the same on top of what is newest in the store; patch makes the
 *           new tree from the newest one first; delete decides between
 *           finalizers, grace and removal
 *   list, watch are query's; how objects are encoded is form's
 *
 * A request comes as a struct registry_request, whoever sends it: api over
 * HTTP, or in-process callers with trees. Authorization stands here too, so
 * that both pass it. One loop thread; nothing is logged. */
#ifndef CORACLE_REGISTRY_H
#define CORACLE_REGISTRY_H

#include "admit/admit.h"
#include "apireq/apireq.h"
#include "auth/auth.h"
#include "base/base.h"
#include "loop/loop.h"
#include "object/object.h"
#include "schema/schema.h"
#include "store/store.h"
#include "query/query.h"

struct admit_settings;
struct convert;
struct registry;
struct registry_options {
    struct loop *loop;
    struct store *store;
    struct auth *auth;                        /* NULL: everybody may everything (tests) */
    const char *service_cidr;                 /* cluster IPs ["10.96.0.0/16"] */
    const char *service_cidr2;                /* of the other family; may be NULL */
    int node_port_first, node_port_last;      /* [30000–32767] */
    const char *enable;                       /* comma separated group-versions served beside the GA ones */
    const char *admit_enable, *admit_disable; /* names of admission plugins, comma separated; may be NULL */
    struct admit_settings *admit_settings;    /* outlives it; may be NULL */
    int64_t event_seconds;                    /* life of Events [3,600] */
};
int registry_new(struct registry **out, const struct registry_options *o, struct err *err) MUST_USE;
struct registry *registry_free(struct registry *g); /* before store_close(); requests under way still end; NULL is fine */
struct store *registry_store(const struct registry *g);
struct loop *registry_loop(const struct registry *g);
struct auth *registry_auth(const struct registry *g);
struct convert *registry_convert(const struct registry *g);
bool registry_serves(const struct registry *g, const struct schema_resource *r);

/* auth_lookup.get over a store: ctx is the struct store. */
int registry_lookup(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out);

/* ── who may ── 0; 1: st says 403; REGISTRY_WAITS: somebody else is asked, `wait` tells when to ask again (NULL:
 * never). `reason`: the authorizer's, for the audit log */
#define REGISTRY_WAITS 2
int registry_authorize(struct registry *g, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                       const struct auth_user *user, struct auth_wait *wait, char reason[AUTH_REASON_MAX], struct apireq_status *st) MUST_USE;

/* What a ValidatingAdmissionPolicy's expressions get wrong about the kinds it names (status.typeChecking), a list in `a`. */
int registry_policy_warnings(struct registry *g, struct arena *a, const struct value *policy, struct value *out) MUST_USE;

/* ── one request: get and all writes ── */
struct registry_request {
    struct arena *arena; /* lives until done; all below too */
    const struct auth_user *user;
    const struct apireq_route *route;
    const struct apireq_options *options;
    const struct schema_resource *resource;
    const struct schema_subresource *subresource; /* NULL: the object itself */
    struct str user_agent;
    struct str body; /* bytes in `format`; p NULL: none */
    enum object_format format;
    const struct value *tree; /* instead of bytes */
    enum apireq_patch patch;
    bool blind; /* a write's reply needs no object in the version asked for: the stored one will do */
    bool notes; /* what admission wants in the audit log is kept */
    /* Not NULL: nothing is read or written; admission is asked about a connection (exec, proxy …) whose options are `tree`,
     * of this kind. A reply without a status means that it may be made. */
    const struct schema_kind *connect;
};
#define REGISTRY_WARNINGS_MAX 32
#define REGISTRY_NOTES_MAX    24
struct registry_note { /* an annotation of the audit event */
    struct str key, value;
};
struct registry_reply { /* all borrowed during done */
    int code;
    struct object *object;      /* as stored: a whole object of the resource */
    const struct value *formed; /* its tree where that is at hand: see object_json_formed(); or NULL */
    const struct value *tree;   /* else, or what is to be seen of it, a tree of tree_kind, apiVersion and kind in front */
    const struct schema_kind *tree_kind;
    const struct apireq_status *status; /* else a Status */
    struct query_list *list;            /* else a List, not yet walked; who takes its snapshot sets that to NULL */
    struct str warnings[REGISTRY_WARNINGS_MAX];
    size_t n_warnings;
    struct registry_note *notes; /* in the request's arena */
    size_t n_notes;
};
/* done is called once, perhaps from inside this call. */
void registry_do(struct registry *g, const struct registry_request *q, void (*done)(void *ctx, const struct registry_reply *r), void *ctx);

/* ── one object ── */
struct object *registry_get(struct registry *g, const struct schema_resource *r, struct str ns,
                            struct str name); /* newest visible, +1 reference; NULL */

/* What every cluster begins with; done once. */
void registry_bootstrap(struct registry *g, const char *advertise_address, int advertise_port, void (*done)(void *ctx, int r, const char *error),
                        void *ctx);

#endif
