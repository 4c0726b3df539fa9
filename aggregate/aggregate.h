/* aggregate: APIServices (apiregistration.k8s.io) — which group-versions other
 * API servers answer for, whether they do, and what they say they serve.
 *
 *   store ── watch ──► a service an APIService that names a Service
 *                        │ every 30 s, and whenever it, its Service or its endpoints change:
 *                        ├─ is there a Service, its port, a ready endpoint? does it answer /apis/GROUP/VERSION?
 *                        │    → condition Available, with upstream's reasons
 *                        └─ discovery and the address of its OpenAPI document, kept
 *
 *   group-versions served here ──► local APIServices, kept by label automanaged,
 *                        as upstream: built-in ones at start, those of custom kinds as they come and go
 *
 * Requests are carried by api; it asks here where to, and shows itself by the
 * same certificate as the checks (the front proxy's). One loop thread. */
#ifndef CORACLE_AGGREGATE_H
#define CORACLE_AGGREGATE_H

#include "base/base.h"
#include "loop/loop.h"
#include "store/store.h"
#include "tls/tls.h"
#include "value/value.h"

struct aggregate;
struct http_client;
struct aggregate_options {
    struct loop *loop;
    struct store *store;
    bool (*served)(void *ctx, const struct schema_resource *r); /* built-in resources */
    void *ctx;
    int64_t check_ms; /* between checks [30,000] */
};
int aggregate_new(struct aggregate **out, const struct aggregate_options *o, struct err *err) MUST_USE;
struct aggregate *aggregate_free(struct aggregate *x); /* NULL is fine */
/* From now on, as the bootstrap is through, local APIServices are written, and kept. done is called once, perhaps from
 * inside this call: the first ones are there. */
void aggregate_begin(struct aggregate *x, void (*done)(void *ctx), void *ctx);
/* Whom the servers behind are to believe; copied. NULL: no certificate is shown, and they will not believe anybody. */
int aggregate_show(struct aggregate *x, const struct tls_pair *front_proxy) MUST_USE;

/* ── where a request goes ── */
struct aggregate_service;
/* NULL: the group-version is served here. Borrowed until the loop turns. */
const struct aggregate_service *aggregate_find(const struct aggregate *x, struct str group, struct str version);
bool aggregate_available(const struct aggregate_service *s);
/* Connections to one of its endpoints, kept while that stays ready. `upgrades`: HTTP/1.1 and nobody else's. */
struct aggregate_link;
int aggregate_connect(struct aggregate *x, const struct aggregate_service *s, bool upgrades, struct aggregate_link **out, struct err *err) MUST_USE;
struct http_client *aggregate_client(const struct aggregate_link *k);
struct aggregate_link *aggregate_release(struct aggregate_link *k); /* not from inside a callback of its client; NULL is fine */

/* ── what the servers behind add to discovery; texts go into the arena ── */
uint64_t aggregate_generation(const struct aggregate *x); /* another number after each change */
bool aggregate_has_group(const struct aggregate *x, struct str group);
int aggregate_add_groups(const struct aggregate *x, struct arena *a, struct value *group_list) MUST_USE; /* APIGroupList */
int aggregate_add_group(const struct aggregate *x, struct arena *a, struct str group,
                        struct value *api_group) MUST_USE; /* APIGroup; one without versions is filled */
int aggregate_add_discovery(const struct aggregate *x, struct arena *a, struct value *discovery_list) MUST_USE; /* APIGroupDiscoveryList */
/* "apis/g/v":{"serverRelativeURL":…},… — each behind a comma unless `first`. */
void aggregate_add_openapi(const struct aggregate *x, bool first, struct buf *out);

#endif
