/* Making a server, readiness, stopping. */
#include "api/inside.h"
#include "log/log.h"
#include "relay/relay.h"

static bool set_serves(const void *ctx, const struct schema_resource *r)
{
    const struct api *a = ctx;
    return registry_serves(a->registry, r);
}

static unsigned or_unsigned(unsigned v, unsigned otherwise)
{
    return v ? v : otherwise;
}

static void fill_limits(struct api_limits *l)
{
    l->body_bytes = l->body_bytes ? l->body_bytes : (size_t)3 * 1024 * 1024;
    l->watches_per_user = or_unsigned(l->watches_per_user, 20000);
    l->watches = or_unsigned(l->watches, 100000);
    l->requests_per_user = or_unsigned(l->requests_per_user, 400);
    l->requests = or_unsigned(l->requests, 3000);
    l->request_ms = l->request_ms ? l->request_ms : 60000;
    l->watch_min_s = l->watch_min_s ? l->watch_min_s : 1800;
    l->bookmark_ms = l->bookmark_ms ? l->bookmark_ms : 60000;
    l->turn_ns = l->turn_ns ? l->turn_ns : 100000;
}

static int copy_texts(struct api *a, const struct api_options *o)
{
    if (o->advertise_address && !(a->advertise_address = mem_text(o->advertise_address, strlen(o->advertise_address))))
        return -ENOMEM;
    if (o->external_url && !(a->external_url = mem_text(o->external_url, strlen(o->external_url))))
        return -ENOMEM;
    if (!o->n_checks)
        return 0;
    a->checks = mem_alloc(o->n_checks * sizeof(*a->checks));
    if (!a->checks)
        return -ENOMEM;
    memcpy(a->checks, o->checks, o->n_checks * sizeof(*a->checks));
    a->n_checks = o->n_checks;
    return 0;
}

static int open_registry(struct api *a, const struct api_options *o, struct err *err)
{
    struct registry_options r = {
        .loop = o->loop,
        .store = o->store,
        .auth = o->auth,
        .service_cidr = o->service_cidr,
        .service_cidr2 = o->service_cidr2,
        .node_port_first = o->node_port_first,
        .node_port_last = o->node_port_last,
        .enable = o->enable,
        .admit_settings = o->admit_settings,
        .admit_enable = o->admit_enable,
        .admit_disable = o->admit_disable,
    };
    return registry_new(&a->registry, &r, err);
}

static bool serves(void *ctx, const struct schema_resource *r)
{
    const struct api *a = ctx;
    return registry_serves(a->registry, r);
}

static int open_aggregate(struct api *a, struct err *err)
{
    struct aggregate_options o = {.loop = a->loop, .store = a->store, .served = serves, .ctx = a};
    return aggregate_new(&a->aggregate, &o, err);
}

int api_new(struct api **out, const struct api_options *o, struct err *err)
{
    static struct str masters[] = {STR_INIT("system:masters"), STR_INIT("system:authenticated")};
    struct api *a = mem_alloc(sizeof(*a));
    if (!a)
        return err_raise(err, -ENOMEM, "no memory for the API server");
    a->loop = o->loop;
    a->store = o->store;
    a->auth = o->auth;
    a->audit = o->audit;
    a->limits = o->limits;
    a->kubelet_tls = o->kubelet_tls;
    a->advertise_port = o->advertise_port;
    a->components = o->components;
    a->n_components = o->n_components;
    a->views = o->views;
    a->n_views = o->n_views;
    a->set = (struct openapi_set){.served = set_serves, .ctx = a, .views = a->told_views};
    for (; a->set.n_views < MIN(o->n_views, ARRAY_LEN(a->told_views)); a->set.n_views++) {
        const struct api_view *v = &o->views[a->set.n_views];
        a->told_views[a->set.n_views] = (struct openapi_view){v->group, v->version, v->resource, v->subresource, v->kind};
    }
    a->anybody = (struct auth_user){.name = STR("system:admin"), .groups = masters, .n_groups = ARRAY_LEN(masters)};
    fill_limits(&a->limits);
    list_init(&a->calls);
    list_init(&a->relays);
    list_init(&a->watchings);
    watching_init(a);
    list_init(&a->transports);
    list_init(&a->documents);
    int r = copy_texts(a, o);
    if (r == 0)
        r = form_frames_new(&a->frames, a->loop);
    if (r == 0)
        r = turns_start(a, a->limits.seats);
    if (r < 0)
        r = err_raise(err, r, "no memory for the API server");
    else
        r = open_registry(a, o, err);
    if (r == 0)
        r = open_aggregate(a, err);
    if (r < 0) {
        api_free(a);
        return r;
    }
    *out = a;
    return 0;
}

void api_end_if_over(struct api *a)
{
    if (!a->freeing || a->turning || !list_empty(&a->calls) || !list_empty(&a->watchings))
        return;
    turns_end(a);
    loop_timer_stop(&a->crowd_timer);
    os_slab_done(&a->watching_slab);
    while (a->n_spare)
        arena_free(a->spare[--a->n_spare]);
    buf_done(&a->text);
    map_done(&a->people);
    mem_free(a->checks);
    mem_free(a->advertise_address);
    mem_free(a->external_url);
    mem_free(a);
}

/* What the store has still to answer, and streams whose ends are on their way, keep the memory until they are over. */
struct api *api_free(struct api *a)
{
    if (!a)
        return NULL;
    transports_end(a);
    watching_end_all(a);
    documents_drop(a);
    turns_stop(a);
    a->frames = form_frames_free(a->frames);
    a->aggregate = aggregate_free(a->aggregate);
    relay_end_all(&a->relays);
    a->registry = registry_free(a->registry);
    a->freeing = true;
    api_end_if_over(a);
    return NULL;
}

void api_set_kubelet_tls(struct api *a, SSL_CTX *tls)
{
    a->kubelet_tls = tls;
}

int api_set_front_proxy(struct api *a, const struct tls_pair *pair)
{
    return aggregate_show(a->aggregate, pair);
}

void api_drain(struct api *a)
{
    a->draining = true;
    watching_end_all(a);
}

int api_lookup(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out)
{
    return registry_lookup(store, a, group, resource, ns, name, out);
}

/* ── what every cluster begins with ── */

struct beginning {
    struct api *api;
    void (*done)(void *ctx, int r, const char *error);
    void *ctx;
};

static void ready(void *ctx)
{
    struct beginning b = *(struct beginning *)ctx;
    mem_free(ctx);
    b.api->ready = true;
    b.done(b.ctx, 0, NULL);
}

static void begun(void *ctx, int r, const char *error)
{
    struct beginning b = *(struct beginning *)ctx;
    if (r == 0 && b.api->aggregate) {
        aggregate_begin(b.api->aggregate, ready, ctx);
        return;
    }
    mem_free(ctx);
    if (r < 0)
        log_error("api", "what every cluster begins with could not be written error=\"%s\"", error ? error : "");
    b.done(b.ctx, r, error);
}

void api_bootstrap(struct api *a, void (*done)(void *ctx, int r, const char *error), void *ctx)
{
    struct beginning *b = mem_alloc(sizeof(*b));
    if (!b) {
        done(ctx, -ENOMEM, "no memory");
        return;
    }
    *b = (struct beginning){a, done, ctx};
    registry_bootstrap(a->registry, a->advertise_address, a->advertise_port, begun, b);
}

int api_policy_warnings(struct api *a, struct arena *mem, const struct value *policy, struct value *out)
{
    return registry_policy_warnings(a->registry, mem, policy, out);
}
