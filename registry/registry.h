/* registry: what may be done with the objects in the store — every verb and
 * subresource of the API, below any wire.
 *
 *   create  decode → convert → default → admit (mutate) → default → prepare
 *           → validate → admit (validate) → managed fields → freeze → store
 *   update  the same on top of what is newest in the store; patch makes the
 *           new tree from the newest one first; delete decides between
 *           finalizers, grace and removal
 *   get, list, watch read snapshots and the log, decode nothing and answer
 *           frozen objects; how they are encoded is api's
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

struct registry;
struct registry_options {
    struct loop *loop;
    struct store *store;
    struct auth *auth;            /* NULL: everybody may everything (tests) */
    const char *service_cidr;     /* cluster IPs ["10.96.0.0/16"] */
    const char *service_cidr6;    /* second family; may be NULL */
    int node_port_first, node_port_last; /* [30000–32767] */
    const char *enable;           /* comma separated group-versions served beside the GA ones */
    int64_t event_seconds;        /* life of Events [3,600] */
};
int registry_new(struct registry **out, const struct registry_options *o, struct err *err) MUST_USE;
struct registry *registry_free(struct registry *g); /* before store_close(); requests under way still end; NULL is fine */
struct store *registry_store(const struct registry *g);
struct loop *registry_loop(const struct registry *g);
struct auth *registry_auth(const struct registry *g);
bool registry_serves(const struct registry *g, const struct schema_resource *r);

/* auth_lookup.get over a store: ctx is the struct store. */
int registry_lookup(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name,
                    struct value *out);

/* ── who may ── 0; 1: st says 403 */
int registry_authorize(struct registry *g, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                       const struct auth_user *user, struct apireq_status *st) MUST_USE;

/* ── one request: get and all writes ── */
struct registry_request {
    struct arena *arena;            /* lives until done; all below too */
    const struct auth_user *user;
    const struct apireq_route *route;
    const struct apireq_options *options;
    const struct schema_resource *resource;
    const struct schema_subresource *subresource; /* NULL: the object itself */
    struct str user_agent;
    struct str body;                /* bytes in `format`; p NULL: none */
    enum object_format format;
    const struct value *tree;       /* instead of bytes */
    enum apireq_patch patch;
};
#define REGISTRY_WARNINGS_MAX 32
struct registry_reply { /* all borrowed during done */
    int code;
    struct object *object;            /* as stored: a whole object of the resource */
    const struct value *tree;         /* else a tree of tree_kind, apiVersion and kind in front */
    const struct schema_kind *tree_kind;
    const struct apireq_status *status; /* else a Status */
    struct str warnings[REGISTRY_WARNINGS_MAX];
    size_t n_warnings;
};
/* done is called once, perhaps from inside this call. */
void registry_do(struct registry *g, const struct registry_request *q, void (*done)(void *ctx, const struct registry_reply *r), void *ctx);

/* ── list: a plan over one snapshot ── */
struct registry_list {
    const struct schema_resource *resource;
    struct store_snapshot *snapshot;
    struct str prefix, from;        /* key prefix, and where the walk begins; in the arena */
    struct selector *labels, *fields;
    struct str only;                /* a key: the selectors leave room for one object */
    struct store_cursor cursor;
    struct object **found;          /* with a limit: what this page holds, borrowed from the snapshot */
    size_t n_found, at;
    bool limited;
    bool started;
    int64_t revision;               /* metadata.resourceVersion */
    struct str continue_token;
    int64_t remaining;              /* -1: not told */
};
/* 0; 1: st says why not (400, 410, 504 …). */
int registry_list_open(struct registry *g, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                       const struct schema_resource *resource, struct registry_list *l, struct apireq_status *st) MUST_USE;
struct object *registry_list_next(struct registry_list *l); /* borrowed from the snapshot; NULL: end */
void registry_list_rewind(struct registry_list *l);
void registry_list_close(struct registry_list *l);

/* ── watch ── */
enum registry_event_type { REGISTRY_ADDED, REGISTRY_MODIFIED, REGISTRY_DELETED, REGISTRY_SYNCED };
struct registry_event {
    enum registry_event_type type; /* SYNCED: all initial events are out; object is NULL */
    struct object *object;         /* borrowed until the next call */
    int64_t revision;
};
struct registry_watch;
/* `start`: a revision, or 0 for "first what there is". The selectors and the arena they live in are the caller's and
 * outlive the watch. wake is called from the loop when next() has something again after it said no.
 * 0; STORE_COMPACTED; -ENOMEM. */
int registry_watch_open(struct registry_watch **out, struct registry *g, const struct schema_resource *resource, struct str prefix,
                        const struct selector *labels, const struct selector *fields, int64_t start, bool synced_event,
                        void (*wake)(void *ctx), void *ctx) MUST_USE;
bool registry_watch_next(struct registry_watch *w, struct registry_event *e);
bool registry_watch_lost(const struct registry_watch *w);
int64_t registry_watch_revision(const struct registry_watch *w); /* for bookmarks */
struct registry_watch *registry_watch_close(struct registry_watch *w);

/* ── keys ── */
int registry_prefix(struct arena *a, const struct schema_resource *r, struct str ns, struct str *out) MUST_USE;
int registry_key(struct arena *a, const struct schema_resource *r, struct str ns, struct str name, struct str *out) MUST_USE;
struct object *registry_get(struct registry *g, const struct schema_resource *r, struct str ns, struct str name); /* newest visible, +1 reference; NULL */

/* What every cluster begins with; done once. */
void registry_bootstrap(struct registry *g, const char *advertise_address, int advertise_port,
                        void (*done)(void *ctx, int r, const char *error), void *ctx);

#endif
