/* client: how scheduler, controllers, agent and commands reach the API.
 *
 * One interface over two transports: in-process (api's, no bytes made) and
 * HTTPS (client_http_new, to any Kubernetes API server). On top of it: caches
 * that list and watch, work queues with back-off, and intents — writes as data,
 * so that a controller can be a pure function from what it sees to what it
 * wants done.
 *
 * Single threaded: everything runs on the loop the client was made with.
 * Callbacks never run from inside the call that asked for them. */
#ifndef CORACLE_CLIENT_H
#define CORACLE_CLIENT_H

#include "base/base.h"
#include "http/http.h"
#include "loop/loop.h"
#include "object/object.h"

struct client;
struct client *client_free(struct client *c); /* calls under way are dropped without their callbacks */
struct loop *client_loop(const struct client *c);

/* ── one request ───────────────────────────────────────────────────────────── */
enum client_verb {
    CLIENT_GET,
    CLIENT_LIST,
    CLIENT_CREATE,
    CLIENT_UPDATE,
    CLIENT_PATCH,
    CLIENT_DELETE,
    CLIENT_DELETE_COLLECTION,
};
enum client_patch { CLIENT_PATCH_MERGE, CLIENT_PATCH_JSON, CLIENT_PATCH_STRATEGIC, CLIENT_PATCH_APPLY };
enum client_propagation { CLIENT_PROPAGATION_DEFAULT, CLIENT_BACKGROUND, CLIENT_FOREGROUND, CLIENT_ORPHAN };

struct client_call {
    enum client_verb verb;
    const struct schema_resource *resource;
    struct str ns; /* "" for cluster-wide ones, or all namespaces */
    struct str name;
    struct str subresource;   /* "status", "binding", "eviction", "token", … or "" */
    const struct value *body; /* create, update, patch: borrowed until client_send returns */
    enum client_patch patch;
    bool force;                                /* apply */
    struct str manager;                        /* field manager; "" takes the client's own */
    struct str label_selector, field_selector; /* list, delete collection */
    struct str uid;                            /* delete: precondition; "" none */
    int64_t revision;                          /* delete: precondition; 0 none */
    int64_t grace;                             /* delete: seconds; -1 the object's own */
    enum client_propagation propagation;
    bool blind; /* nobody reads the reply's object: it need not be made (its code is told all the same) */
};

/* What came back; all borrowed during the callback. */
struct client_reply {
    int code;                    /* HTTP code; 0: no reply at all (connection refused, time-out), `message` says why */
    struct object *object;       /* get and writes: the object as it is now; NULL with a Status or other body */
    const struct value *tree;    /* the body as a tree when it is not a resource's own object (token, review, list) */
    struct object *const *items; /* list */
    size_t n_items;
    int64_t revision;           /* list: the collection's resourceVersion */
    struct str reason, message; /* of a Status: "NotFound", 'pods "x" not found' */
    int retry_after;            /* seconds, 0 none */
};
static inline bool client_ok(const struct client_reply *r)
{
    return r->code >= 200 && r->code < 300;
}
/* done is called once, unless the client is freed before. -ENOMEM, -ENOTSUP. */
int client_send(struct client *c, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx) MUST_USE;
/* Whoever is about to free ctx: no callback of client_send() or client_perform() with it comes any more. */
void client_forget(struct client *c, const void *ctx);

/* ── transports ────────────────────────────────────────────────────────────── */
enum client_event { CLIENT_PUT, CLIENT_DELETED, CLIENT_SYNCED, CLIENT_BOOKMARK };
struct client_watch_call {
    const struct schema_resource *resource;
    struct str ns;
    struct str label_selector, field_selector;
    /* 0: first everything there is as PUTs, then SYNCED, then changes. Else changes after this revision only. */
    int64_t after;
    void (*on_event)(void *ctx, enum client_event event, struct object *object, int64_t revision); /* object borrowed */
    /* The stream is over. 410: `after` is too old, start from 0. Others: code or 0, try again. Last call. */
    void (*on_end)(void *ctx, int code, const char *message);
    void *ctx;
};
/* What a transport does; `self` is its own. All callbacks from the loop, never from inside. */
struct client_transport {
    int (*send)(void *self, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx);
    int (*watch)(void *self, const struct client_watch_call *call, void **handle);
    void (*unwatch)(void *self, void *handle); /* on_end is not called any more */
    void (*free)(void *self);
};
/* self is freed by client_free through transport->free. user_agent is also the field manager by default. */
int client_new(struct client **out, struct loop *l, const struct client_transport *t, void *self, struct str user_agent) MUST_USE;

/* Where an API server is and who we are to it. Texts are copied. */
struct client_config {
    char *host;
    int port;
    char *path;   /* of the server's URL, for whoever asks that alone; "" : none */
    char *ca_pem; /* NULL: system roots */
    char *cert_pem, *key_pem;
    char *token; /* bearer; read again from token_file when that is set */
    char *token_file;
    char *namespace_;
    bool insecure;
};
int client_config_load(struct client_config *out, const char *kubeconfig_path, const char *context,
                       struct err *err) MUST_USE; /* context NULL: current */
void client_config_done(struct client_config *k);
int client_http_new(struct client **out, struct loop *l, const struct client_config *k, struct str user_agent, struct err *err) MUST_USE;
/* The connection of an HTTP client, for streams of the caller's own (logs, token files changed). NULL for in-process. */
struct http_client *client_http_connection(struct client *c);
/* New certificate or token after a rotation. */
int client_http_set_identity(struct client *c, const struct client_config *k, struct err *err) MUST_USE;

/* ── caches ────────────────────────────────────────────────────────────────────
 * All objects of a resource (or of one namespace, or matching a selector), kept
 * current: lists, watches, starts over with back-off when the stream ends.
 * Objects are frozen and shared with the server when in-process. A write's reply
 * may be put in with client_cache_note() so that its writer sees it at once;
 * an older event never overwrites a newer object. */
struct client_cache;
struct client_cache_options {
    const struct schema_resource *resource;
    struct str ns;
    struct str label_selector, field_selector;
};
int client_cache_new(struct client_cache **out, struct client *c, const struct client_cache_options *o) MUST_USE;
struct client_cache *client_cache_free(struct client_cache *k);
bool client_cache_synced(const struct client_cache *k); /* has seen everything there was at its start */
int64_t client_cache_revision(const struct client_cache *k);
size_t client_cache_count(const struct client_cache *k);
struct object *client_cache_get(const struct client_cache *k, struct str ns, struct str name); /* borrowed; NULL */
struct object *client_cache_next(const struct client_cache *k, struct map_slot **at);          /* walk all, no order; *at NULL at first */
void client_cache_note(struct client_cache *k, struct object *written);
void client_cache_note_deleted(struct client_cache *k, struct object *last); /* only when its uid is still that one */
const struct schema_resource *client_cache_resource(const struct client_cache *k);

/* Who is told of changes. old NULL: new object; now NULL: deleted. on_synced once, and again after a relist. */
struct client_listener {
    struct list link;
    void (*on_change)(void *ctx, struct object *old, struct object *now);
    void (*on_synced)(void *ctx); /* may be NULL */
    void *ctx;
    bool told; /* the cache's own: has been told what was there when it came */
};
void client_cache_listen(struct client_cache *k, struct client_listener *l); /* is told of what is there already, from the loop */
void client_cache_unlisten(struct client_listener *l);

/* Indexes: `keys` puts the keys of an object into out (at most CLIENT_INDEX_KEYS, texts may borrow from the object
 * or use scratch) and returns how many. Added before the first event, at most four a cache. */
#define CLIENT_INDEX_KEYS 16
int client_cache_index(struct client_cache *k, const char *index,
                       size_t (*keys)(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])) MUST_USE;
/* Objects under a key, in order of name: borrowed array, valid until the cache changes. */
struct object *const *client_cache_lookup(const struct client_cache *k, const char *index, struct str key, size_t *n);
/* Ready-made: by uid of the owner references / of the controlling one only; by namespace; by metadata.uid; pods by spec.nodeName. */
size_t client_index_owners(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
size_t client_index_namespace(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
size_t client_index_uid(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
size_t client_index_node(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);

/* ── work queues (client-go's rate limited queue) ──────────────────────────────
 * A key is worked on by one at a time; added again meanwhile, it comes back
 * after client_queue_done(). Failures come back after 5 ms × 2^n, at most 1,000 s,
 * no faster than 10 a second with a burst of 100 in all. */
struct client_queue;
int client_queue_new(struct client_queue **out, struct loop *l, const char *name, unsigned workers, void (*work)(void *ctx, struct str key),
                     void *ctx) MUST_USE;
struct client_queue *client_queue_free(struct client_queue *q);
void client_queue_add(struct client_queue *q, struct str key);                   /* harmless when waiting already */
void client_queue_add_after(struct client_queue *q, struct str key, int64_t ms); /* the earliest wish wins */
/* Must follow each call of `work`, now or later. failed: comes back with back-off; else its back-off is forgotten. */
void client_queue_done(struct client_queue *q, struct str key, bool failed);
size_t client_queue_length(const struct client_queue *q);
/* "ns/name" of an object, as keys are written; borrowed from its store key's tail or printed into scratch. */
struct str client_key(const struct object *o, char scratch[512]);

/* ── intents: writes as data ───────────────────────────────────────────────────
 * A pure function fills a list; client_perform() does them in order, one after
 * another, notes replies in the caches given, and tells how it ended. A write
 * that fails stops the rest unless it may fail. 404 to a delete and 409
 * AlreadyExists to a create with a fixed name count as done. */
struct client_intent {
    struct client_call call; /* body and texts live in the list's arena */
    bool may_fail;
};
struct client_intents {
    struct arena *arena;
    VEC(struct client_intent) items;
    int64_t again_ms; /* come back after so long; 0 not asked */
    bool failed;      /* memory ran out while filling: nothing of it is done */
};
int client_intents_new(struct client_intents **out, size_t max_bytes) MUST_USE;
struct client_intents *client_intents_free(struct client_intents *w);
/* A zeroed call of this verb to fill; never NULL (writes to nowhere when memory is out; `failed` is set). */
struct client_call *client_intend(struct client_intents *w, enum client_verb verb, const struct schema_resource *resource, struct str ns,
                                  struct str name);
void client_intend_again(struct client_intents *w, int64_t ms); /* the earliest wish wins */
struct client_caches {                                          /* which caches learn of replies: by resource */
    struct client_cache *items[64];
    size_t n;
};
/* Takes the list over and frees it. r 0: all done. <0: r and the sentence of the first failure; 409 → -EAGAIN. */
void client_perform(struct client *c, struct client_intents *w, const struct client_caches *caches,
                    void (*done)(void *ctx, int r, const char *error, int64_t again_ms), void *ctx);

#endif
