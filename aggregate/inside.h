/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_AGGREGATE_INSIDE_H
#define CORACLE_AGGREGATE_INSIDE_H

#include "aggregate/aggregate.h"
#include "http/http.h"
#include "object/object.h"
#include "query/query.h"
#include "schema/schema.h"

#define CHECK_MS 5000 /* a check's time */

struct probe;
struct aggregate_service { /* one APIService; local ones have no `service` */
    struct list link;
    struct aggregate *x;
    struct arena *mem; /* texts below; NULL: a local one */
    char *local_name;
    struct str name, group, version, key;
    struct str ns, service;
    int port;
    int group_priority, version_priority;
    bool available, insecure, automanaged;
    struct str ca; /* caBundle as stored, base64 */
    const char *server_name;
    SSL_CTX *tls, *tls2;         /* of HTTP/1.1 alone, and of HTTP/2 as well; NULL: not yet */
    struct aggregate_link *kept; /* a reference; NULL: none */
    /* checking */
    struct probe *probe; /* under way */
    struct loop_timer timer;
    int64_t wait_ms; /* before the next try after a failure */
    bool again;      /* something changed while the probe was under way */
    /* what it says it serves */
    struct arena *found;
    struct value resources; /* of an APIVersionDiscovery; null: nothing known */
    bool current;           /* as of the last check */
    struct str openapi;     /* serverRelativeURL of its OpenAPI v3 document; empty: it has none */
};

struct aggregate {
    struct loop *loop;
    struct store *store;
    bool (*served)(void *ctx, const struct schema_resource *r);
    void *ctx;
    int64_t check_ms;
    struct tls_pair front; /* what is shown */
    bool has_front;
    struct map services; /* name → struct aggregate_service */
    struct map at;       /* "group/version" → those with a Service */
    struct store_watch *watch, *slices, *backing;
    uint64_t generation;
    struct list ending; /* probes */
    /* local ones */
    bool begun;
    uint64_t customs; /* the catalogue's generation that they are written for */
    struct store_watch *definitions;
    struct loop_timer settle;
    unsigned pending; /* writes under way: x stays until they are answered */
    bool freeing;
    void (*done)(void *ctx); /* of the first ones */
    void *done_ctx;
};

const struct schema_resource *aggregate_row(void);
/* ── check.c ── */
void check_soon(struct aggregate_service *s, int64_t ms);
void check_stop(struct aggregate_service *s);
void probes_free(struct aggregate *x);
int service_tls(struct aggregate_service *s, bool two, SSL_CTX **out, struct err *err) MUST_USE; /* borrowed */
void service_forget_tls(struct aggregate_service *s);
/* ── local.c ── */
void local_settle_soon(struct aggregate *x, int64_t ms);
int local_watch(struct aggregate *x) MUST_USE;
void local_begin(struct aggregate *x);
/* ── learn.c: what answers say, pure ── */
/* From an APIGroupDiscoveryList (copied; 1: it says nothing of that group-version) or an APIResourceList (borrowed). */
int learn_aggregated(struct arena *a, const struct value *list, struct str group, struct str version, struct value *resources) MUST_USE;
int learn_legacy(struct arena *a, const struct value *list, struct str group, struct str version, struct value *resources) MUST_USE;
/* Brings it into the form of its kind, so that our own discovery can be written with it. -EBADMSG: it does not fit. */
int learn_sound(struct arena *a, struct str group, struct str version, struct value *resources) MUST_USE;
struct str learn_openapi(const struct value *index, struct str group, struct str version);
/* ── status.c ── */
struct condition {
    const char *status, *reason;
    struct str message;
};
/* The condition Available of the newest state, when it says something else. 0, or < 0: it could not be written. */
int status_set(struct aggregate_service *s, const struct condition *c) MUST_USE;
int status_condition(struct arena *a, struct value *tree, const struct condition *c, int64_t now, bool *changed) MUST_USE;

/* ── local.c: places in discovery of what is served here; definitions' groups come behind all others ── */
int local_group_priority(struct str group);
int local_version_priority(struct str group, struct str version);

#endif
