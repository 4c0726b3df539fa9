/* reconcile: what a controller sees, and how it says what it wants.
 *
 * A controller is a pure function: `void name_reconcile(struct view *, key)`. The
 * view shows it the caches, the time and its scratch memory; what it wants done
 * goes into the view's intents (want_…). Rooms apps and ctl are made of such
 * functions, ctl's driver calls them. Nothing here does anything by itself.
 *
 * When memory runs out, trees come back NULL and v->out->failed is set: the
 * driver then does nothing of what was wanted and asks again later. */
#ifndef CORACLE_RECONCILE_H
#define CORACLE_RECONCILE_H

#include "base/base.h"
#include "client/client.h"

#define VIEW_RESOURCES_MAX 96

/* What controllers ask beside the caches; both answer at once and change nothing. */
struct reconcile_ask { /* may this user (as a CertificateSigningRequest's spec names it) do that? */
    struct str user;
    const struct value *groups, *extra;
    struct str verb, group, resource, subresource, name;
};
struct reconcile_signing {
    struct str request_pem;
    int usage;       /* enum tls_usage */
    int64_t seconds; /* of life */
};

/* How jobs wait in queues. */
struct reconcile_queues {
    bool fair_sharing; /* who waits is taken by its queue's share of what can be borrowed */
    bool wait;         /* for the pods of what is admitted to be ready: in `timeout` seconds, or anew in `recovery` (0: for ever) */
    bool block;        /* … and nothing else is admitted meanwhile */
    bool by_creation;  /* who was too late keeps its place in the queue */
    int64_t timeout, recovery;
    int64_t limit, base, most; /* so often it is tried again (-1: always), after base, 2·base … most seconds */
};

struct reconcile_options {
    const char *root_ca_pem; /* published as ConfigMap kube-root-ca.crt; NULL: not published */
    const char *pod_cidr; /* the cluster's, also one of each family with a comma; nodes without one of their own get a /24 (IPv6: a /64) of it. NULL:
                             none are given */
    int64_t lease_grace_ms;   /* a node is unknown so long after its last renewal [40,000] */
    size_t finished_pods_max; /* more Succeeded and Failed pods than this are deleted, oldest first [12,500] */
    /* The TZif file of a zone ("Europe/Berlin") in the arena; empty: there is none. NULL: no zone but UTC is known. */
    struct str (*zone_load)(void *ctx, struct arena *a, struct str zone);
    void *zone_ctx;
    int (*may)(void *ctx, const struct reconcile_ask *
                              ask); /* 1: yes; 0; -EAGAIN: somebody is asked, again in a moment. NULL: no certificate request is approved by itself */
    /* The cluster's authority signs: PEM into *cert (mem_free). NULL: nothing is signed. -EBADMSG, -EKEYREJECTED: the
     * request itself is bad. */
    int (*sign)(void *ctx, const struct reconcile_signing *what, char **cert, struct err *err);
    /* What an admission policy's expressions get wrong: a list in the arena, or < 0. NULL: they are not looked at. */
    int (*warnings)(void *ctx, struct arena *a, const struct value *policy, struct value *out);
    void *trust_ctx; /* of these three */
    struct reconcile_queues queues;
    const char *server_address; /* the API server's: no node is given a certificate for it; may be NULL */
};

/* ── what a controller sees ── */
struct selector;
struct view {
    struct arena *mem; /* scratch of this one look; intents copy what they keep */
    int64_t now;       /* wall seconds */
    int64_t now_ms;    /* wall milliseconds */
    const struct reconcile_options *options;
    struct client_cache *caches[VIEW_RESOURCES_MAX];
    const struct schema_resource *resources[VIEW_RESOURCES_MAX];
    size_t n;
    size_t customs; /* the place of all custom objects, whatever their resource; VIEW_RESOURCES_MAX: they are not watched */
    struct client_intents *out;
    struct str trouble; /* why the writes wanted at the last look failed (not for a conflict); empty: they did not */
    void *state;        /* the controller's own, kept between looks */
    bool synced;
};

/* A served version of the resource a custom object is of; given back with schema_resource_put(). NULL: none. */
const struct schema_resource *view_custom(const struct object *o);
/* Index keys of it: <plural>.<group>. */
size_t view_index_definition(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
/* The place of a resource in caches[]; VIEW_RESOURCES_MAX: not watched. */
size_t view_index_of(const struct view *v, const struct schema_resource *r);
struct client_cache *view_cache(const struct view *v, const char *resource); /* CHECKed: it is watched */
bool view_watches(const struct view *v, const char *resource);               /* is it? Some are served only where they are asked for */
const struct schema_resource *view_resource(const char *group, const char *resource);
/* The object as a tree in v->mem; NULL: not there (or no memory: v->out->failed is set). */
struct value *view_tree(struct view *v, struct object *o);
struct value *view_get(struct view *v, const char *resource, struct str ns, struct str name);
/* "ns/name" → its parts; ns empty for cluster-wide ones. */
void view_key(struct str key, struct str *ns, struct str *name);
/* Pods whose controlling owner this uid is; and those without one in a namespace. */
struct object *const *view_controlled(struct view *v, const char *resource, struct str uid, size_t *n);
struct object *const *view_orphans(struct view *v, const char *resource, struct str ns, size_t *n); /* nobody controls them */
/* Pods that say they are of a Job of this name (the label), whoever controls them. */
struct object *const *view_of_job(struct view *v, struct str ns, struct str job, size_t *n);
size_t view_index_controller(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]); /* what these three look into */
struct object *const *view_in_namespace(struct view *v, size_t resource, struct str ns, size_t *n);

/* ── what it wants ── */
struct client_call *want(struct view *v, enum client_verb verb, const char *group, const char *resource, const struct value *object);
struct client_call *want_create(struct view *v, const char *group, const char *resource, struct str ns, struct value *body);
void want_status(struct view *v, const char *group, const char *resource, struct value *object); /* update of /status */
void want_delete(struct view *v, const struct schema_resource *r, const struct value *object, enum client_propagation p);
void want_event(struct view *v, const struct value *about, bool warning, const char *component, const char *reason, const char *fmt, ...)
    PRINTF(6, 7);

/* ── small questions about trees ── */
struct str view_time(struct view *v, int64_t seconds);
int64_t time_of(const struct value *text); /* wall seconds, 0 when absent */
bool is_deleting(const struct value *o);
struct value *condition_find(const struct value *status, const char *type);
/* Sets a condition; lastTransitionTime moves with the status only. Answers whether anything differs. */
bool condition_set(struct view *v, struct value *status, const char *type, const char *is, const char *reason, const char *message);
bool condition_drop(struct value *status, const char *type); /* true: it was there */
bool pod_ready(const struct value *pod);
bool pod_available(const struct value *pod, int64_t min_ready, int64_t now);
bool pod_over(const struct value *pod);   /* Succeeded or Failed */
bool pod_active(const struct value *pod); /* neither over nor being deleted */
struct value owner_of(struct view *v, const char *api_version, const char *kind, const struct value *owner);
struct value *template_pod(struct view *v, const struct value *template_, const struct value *owner, const char *api_version, const char *kind);
int64_t int_or_percent(const struct value *x, int64_t total, bool up, int64_t otherwise);
void want_without_finalizer(struct view *v, const struct schema_resource *resource, const struct value *object, const char *finalizer);
void want_body(struct view *v, struct client_call *call, const struct value *body); /* copied */
bool has_finalizer(const struct value *object, const char *finalizer);
bool selects(struct view *v, const struct value *label_selector, const struct object *o);
/* Its spec.selector, of labels or a map; NULL: it is none, is empty, or there is no memory. */
struct selector *view_selector(struct view *v, const struct value *owner);
bool owner_selects(struct view *v, const struct value *owner, const struct object *o); /* by its spec.selector, of labels or a map */
/* What an owner owns, and as what. */
struct claim {
    const char *api_version, *kind;                                         /* the owner's */
    const char *group, *resource;                                           /* of what is owned */
    bool (*may_own)(const struct value *owner, const struct value *object); /* beyond its selector; NULL: all it selects */
};
/* Takes matching orphans in and lets go what no longer matches; the trees it then has. A selector may be a label
 * selector or, as a ReplicationController's, a map of labels. */
size_t view_claim(struct view *v, const struct value *owner, const struct claim *c, struct value ***out);
int by_creation(const void *a, const void *b); /* qsort of trees: oldest first, then by name */
/* A hash of a tree in Kubernetes' alphabet of safe letters; `collisions` makes it another one. */
struct str view_hash(struct view *v, const struct value *tree, int64_t collisions);
/* metadata.labels / metadata.annotations of a tree; r is sticky. */
void put_label(struct view *v, int *r, struct value *object, const char *name, struct str text);
void put_annotation(struct view *v, int *r, struct value *object, const char *name, struct str text);
struct str label_of(const struct value *object, const char *name);
struct str annotation_of(const struct value *object, const char *name);

#endif
