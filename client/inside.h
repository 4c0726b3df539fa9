/* What client's files share; no other room sees it. */
#ifndef CORACLE_CLIENT_INSIDE_H
#define CORACLE_CLIENT_INSIDE_H

#include "client/client.h"

struct client {
    struct loop *loop;
    struct client_transport transport;
    void *self;
    struct str user_agent;    /* owned */
    struct list sends;        /* struct sent: awaiting their replies */
    struct list performances; /* under way, freed with the client */
};
void client_performances_free(struct client *c);
void client_performances_forget(struct client *c, const void *ctx);

/* ── indexes, kept by the cache ── */
#define CLIENT_INDEXES 4
struct client_index {
    char name[32];
    size_t (*keys)(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
    struct map buckets; /* key → struct client_bucket */
};
int client_index_put(struct client_index *x, struct object *o) MUST_USE;
void client_index_del(struct client_index *x, struct object *o);
/* false: its keys change, so it is to be deleted and put. */
bool client_index_replace(struct client_index *x, const struct object *old, struct object *now) MUST_USE;
void client_index_done(struct client_index *x);
struct object *const *client_index_find(const struct client_index *x, struct str key, size_t *n);

/* ── the HTTP transport's parts ── */
struct client_http {
    struct loop *loop;
    struct http_client *http;
    char *token, *token_file;
    int64_t token_read_at; /* loop time of the last look into token_file */
    struct str user_agent;
    struct list calls;   /* struct http_send: under way */
    struct list watches; /* struct http_watch */
};
/* Path with query of a call; /api/v1/namespaces/x/pods/y/status?… */
int client_http_path(struct buf *out, const struct schema_resource *r, struct str ns, struct str name, struct str subresource) MUST_USE;
void client_http_query(struct buf *out, bool *first, const char *name, struct str value); /* percent-encoded; left out when empty */
size_t client_http_headers(struct client_http *h, struct http_header out[8], const char *accept, const char *content_type, struct buf *scratch);
int client_http_watch(void *self, const struct client_watch_call *call, void **handle);
void client_http_unwatch(void *self, void *handle);
void client_http_watches_free(struct client_http *h);
/* A frozen object out of a decoded tree, keyed as the store does. */
int client_object_from_tree(struct object **out, const struct schema_resource *r, const struct value *tree, struct err *err) MUST_USE;
extern const struct client_transport client_http_transport;

#define CLIENT_PROTOBUF "application/vnd.kubernetes.protobuf"

#endif
