/* Does a server behind answer, and what does it serve? Three questions on one connection:
 *
 *   /apis/GROUP/VERSION ──► the condition ──► /apis, aggregated ──► /openapi/v3 ──► what is known is new
 */
#include "aggregate/inside.h"
#include "json/json.h"
#include "webhook/webhook.h"

#define FIRST_WAIT_MS 250
#define LAST_WAIT_MS  30000
#define GATHER_MS     20 /* changes come in crowds */
#define ANSWER_MAX    ((size_t)8 << 20)
#define MEMORY_MAX    ((size_t)64 << 20)
#define KEPT_MAX      ((size_t)8 << 20) /* of what one group-version says it serves */
#define ACCEPT_V2     "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

enum step { ALIVE, RESOURCES, DOCUMENTS, OVER };

struct probe {
    struct list link; /* among those that end */
    struct aggregate_service *s;
    struct http_client *client;
    struct http_call *call;
    struct loop_task next;
    enum step step;
    bool aggregated;     /* the answer's content type says so */
    struct arena *found; /* what has been learnt so far */
    struct value resources;
    struct str openapi;
    char url[1024];
};

static void check(void *ctx);

static void probe_free(struct probe *p)
{
    list_del(&p->link);
    loop_defer_cancel(&p->next);
    http_client_free(p->client); /* a call under way ends: on_end sees that s is gone */
    arena_free(p->found);
    mem_free(p);
}

void check_stop(struct aggregate_service *s)
{
    struct probe *p = s->probe;
    loop_timer_stop(&s->timer);
    s->probe = NULL;
    if (!p)
        return;
    p->s = NULL;
    if (p->call)
        http_call_cancel(p->call);
    probe_free(p);
}

void probes_free(struct aggregate *x)
{
    LIST_EACH (p, &x->ending, struct probe, link)
        probe_free(p);
}

static void probe_end(void *ctx)
{
    probe_free(ctx);
}

void check_soon(struct aggregate_service *s, int64_t ms)
{
    if (s->probe) {
        s->again = true;
        return;
    }
    if (loop_timer_start(s->x->loop, &s->timer, MAX(ms, GATHER_MS), check, s) < 0)
        return; /* without memory for a timer: the next change brings another */
}

int service_tls(struct aggregate_service *s, bool two, SSL_CTX **out, struct err *err)
{
    SCOPED_BUF pem = BUF_INIT(4u << 20);
    struct aggregate *x = s->x;
    SSL_CTX **at = two ? &s->tls2 : &s->tls;
    int r = 0;
    if (!*at && s->ca.n && buf_unbase64(&pem, s->ca) < 0)
        return err_raise(err, -EINVAL, "unable to load root certificates: caBundle is no base64");
    if (!*at)
        r = tls_client_context(at, x->has_front ? &x->front : NULL, s->ca.n ? buf_cstr(&pem) : NULL, s->insecure,
                               two ? STR("\x02h2\x08http/1.1") : STR_NONE, err);
    *out = *at;
    return r;
}

void service_forget_tls(struct aggregate_service *s)
{
    tls_context_free(s->tls);
    tls_context_free(s->tls2);
    s->tls = s->tls2 = NULL;
    s->kept = aggregate_release(s->kept);
}

/* ── the ends ── */

static void over(struct aggregate_service *s, int64_t ms)
{
    struct probe *p = s->probe;
    s->probe = NULL;
    if (p) { /* perhaps inside a callback of its client */
        p->s = NULL;
        list_add(&s->x->ending, &p->link);
        loop_defer(s->x->loop, &p->next, probe_end, p);
    }
    if (s->again)
        ms = 0;
    s->again = false;
    check_soon(s, ms);
}

static void fail(struct aggregate_service *s, const char *reason, struct str message)
{
    struct condition c = {"False", reason, message};
    s->x->generation += s->current;
    s->current = false;
    s->wait_ms = s->wait_ms ? MIN(s->wait_ms * 2, (int64_t)LAST_WAIT_MS) : FIRST_WAIT_MS;
    over(s, status_set(s, &c) < 0 ? FIRST_WAIT_MS : s->wait_ms);
}

static void learnt(struct probe *p)
{
    struct aggregate_service *s = p->s;
    bool same = s->current && value_equal(&s->resources, &p->resources) && str_eq(s->openapi, p->openapi);
    arena_free(s->found);
    s->found = p->found;
    s->resources = p->resources;
    s->openapi = p->openapi;
    s->current = true;
    p->found = NULL;
    s->x->generation += !same;
    over(s, s->x->check_ms);
}

/* ── asking ── */

static void on_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    struct probe *p = ctx;
    (void)code;
    for (size_t i = 0; i < n; i++)
        if (str_is(h[i].name, "content-type"))
            p->aggregated = str_find(h[i].value, STR("g=apidiscovery.k8s.io")) >= 0;
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error);

static int ask_next(struct probe *p)
{
    static const char *const accepts[] = {"application/json", ACCEPT_V2, "application/json"};
    struct aggregate_service *s = p->s;
    char path[512];
    struct http_header headers[] = {
        {STR("accept"), str_of(accepts[p->step])},
        {STR("user-agent"), STR("kube-aggregator")},
        {STR("x-remote-user"), STR("system:kube-aggregator")},
        {STR("x-remote-group"), STR("system:masters")},
    };
    struct http_call_options o = {
        .method = "GET", .path = path, .headers = headers, .n_headers = ARRAY_LEN(headers), .timeout_ms = CHECK_MS, .body_max = ANSWER_MAX};
    struct http_call_events e = {.on_head = on_head, .on_end = on_end, .ctx = p};
    if (p->step == ALIVE)
        snprintf(path, sizeof(path), "%s%.*s/%.*s", s->group.n ? "/apis/" : "/api", STR_FMT(s->group), STR_FMT(s->version));
    else
        snprintf(path, sizeof(path), "%s", p->step == RESOURCES ? "/apis" : "/openapi/v3");
    p->aggregated = false;
    return http_client_call(&p->call, p->client, &o, &e);
}

static void go_on(void *ctx)
{
    struct probe *p = ctx;
    if (p->step == OVER)
        learnt(p);
    else if (ask_next(p) < 0)
        over(p->s, FIRST_WAIT_MS);
}

/* ── answers ── */

static void alive(struct probe *p, int r, int code, struct str body, const char *error)
{
    struct aggregate_service *s = p->s;
    SCOPED(arena) mem = NULL;
    struct value tree = {0}, resources = {0};
    SCOPED_BUF why = BUF_INIT(64u << 10);
    struct condition passed = {"True", "Passed", STR("all checks passed")};
    if (r < 0)
        buf_fmt(&why, "failing or missing response from %s: Get \"%s\": %s", p->url, p->url, r == -ETIMEDOUT ? "context deadline exceeded" : error);
    else if (code < 200 || code >= 300)
        buf_fmt(&why, "failing or missing response from %s: bad status from %s: %d", p->url, p->url, code);
    if (why.n) {
        fail(s, "FailedDiscoveryCheck", buf_view(&why));
        return;
    }
    s->wait_ms = 0;
    if (status_set(s, &passed) < 0)
        s->again = true;
    if (arena_new(&mem, MEMORY_MAX) < 0 || json_parse(mem, body, &tree, NULL) < 0 || learn_legacy(mem, &tree, s->group, s->version, &resources) < 0 ||
        learn_sound(mem, s->group, s->version, &resources) < 0 || value_copy(p->found, &resources, &p->resources) < 0)
        p->resources = value_make_list(); /* an answer that is no list of resources tells of none */
    p->step = RESOURCES;
    loop_defer(s->x->loop, &p->next, go_on, p);
}

static void learn(struct probe *p, struct str body)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0}, resources = {0}, found = {0};
    struct aggregate_service *s = p->s;
    if (arena_new(&mem, MEMORY_MAX) < 0 || json_parse(mem, body, &tree, NULL) < 0)
        return;
    if (p->step == RESOURCES && p->aggregated && learn_aggregated(mem, &tree, s->group, s->version, &resources) == 0 &&
        learn_sound(mem, s->group, s->version, &resources) == 0 && value_copy(p->found, &resources, &found) == 0)
        p->resources = found;
    else if (p->step == DOCUMENTS && arena_str(p->found, learn_openapi(&tree, s->group, s->version), &p->openapi) < 0)
        p->openapi = STR_NONE;
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct probe *p = ctx;
    p->call = NULL;
    if (!p->s)
        return;
    if (p->step == ALIVE) {
        alive(p, r, code, body, error);
        return;
    }
    if (r == 0 && code == 200)
        learn(p, body);
    p->step++;
    loop_defer(p->s->x->loop, &p->next, go_on, p);
}

/* ── what can be seen without asking ── */

static bool ready_at(const struct value *slice, struct str port)
{
    bool ready = false, named = false;
    VALUE_EACH_ITEM (e, value_get(slice, STR("endpoints")))
        ready |= value_bool_at(e, "conditions.ready", true);
    VALUE_EACH_ITEM (p, value_get(slice, STR("ports")))
        named |= str_eq(value_text_at(p, "name"), port) && !value_is_null(value_get(p, STR("port")));
    return ready && named;
}

static int look_at_slices(struct arena *a, struct store_snapshot *v, const struct aggregate_service *s, struct str port, size_t *n, bool *ready)
{
    const struct schema_resource *r = schema_resource_find(STR("discovery.k8s.io"), STR("v1"), STR("endpointslices"));
    struct store_cursor c;
    struct object *o;
    struct str prefix, owner;
    int e = query_prefix(a, r, s->ns, &prefix);
    if (e < 0)
        return e;
    store_cursor_start(&c, v, prefix, prefix);
    while (e == 0 && (o = store_cursor_next(&c)) != NULL) {
        struct value tree = {0};
        if (!object_label(o, STR("kubernetes.io/service-name"), &owner) || !str_eq(owner, s->service))
            continue;
        ++*n;
        e = object_tree(a, o, &tree, NULL);
        *ready |= e == 0 && ready_at(&tree, port);
    }
    return e;
}

/* 0; 1: `why` says what is missing; < 0 */
static int look(struct arena *a, struct store_snapshot *v, const struct aggregate_service *s, struct condition *why)
{
    struct str key, port = STR_NONE;
    struct value service = {0};
    size_t slices = 0;
    bool ready = false, found = false;
    int r = query_key(a, schema_resource_find(STR(""), STR("v1"), STR("services")), s->ns, s->service, &key);
    struct object *o = r == 0 ? store_snapshot_get(v, key) : NULL;
    why->status = "False";
    if (r == 0 && !o) {
        why->reason = "ServiceNotFound";
        why->message = arena_fmt(a, "service/%.*s in \"%.*s\" is not present", STR_FMT(s->service), STR_FMT(s->ns));
        return 1;
    }
    if (r == 0)
        r = object_tree(a, o, &service, NULL);
    if (r < 0 || !str_is(value_text_at(&service, "spec.type"), "ClusterIP"))
        return r;
    VALUE_EACH_ITEM (p, value_at(&service, "spec.ports")) {
        if (!found && value_int_at(p, "port", 0) == s->port) {
            found = true;
            port = value_text_at(p, "name");
        }
    }
    if (!found) {
        why->reason = "ServicePortError";
        why->message = arena_fmt(a, "service/%.*s in \"%.*s\" is not listening on port %d", STR_FMT(s->service), STR_FMT(s->ns), s->port);
        return 1;
    }
    r = look_at_slices(a, v, s, port, &slices, &ready);
    if (r < 0 || ready)
        return r;
    why->reason = slices ? "MissingEndpoints" : "EndpointsNotFound";
    why->message = slices ? arena_fmt(a, "endpointslices for service/%.*s in \"%.*s\" have no addresses with port name \"%.*s\"", STR_FMT(s->service),
                                      STR_FMT(s->ns), STR_FMT(port))
                          : arena_fmt(a, "cannot find endpointslices for service/%.*s in \"%.*s\"", STR_FMT(s->service), STR_FMT(s->ns));
    return 1;
}

static int begin(struct aggregate_service *s, struct err *err)
{
    struct http_client_options o = {.server_name = s->server_name, .http1_only = true, .connections = 1};
    char host[256] = "";
    SSL_CTX *tls;
    struct probe *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    p->s = s;
    list_init(&p->link);
    int r = webhook_reach(s->x->store, s->ns, s->service, s->port, host, sizeof(host), &o.port, err);
    if (r == 0)
        r = service_tls(s, false, &tls, err);
    if (r == 0)
        r = arena_new(&p->found, KEPT_MAX);
    o.host = host;
    if (r == 0) {
        o.tls = tls;
        bool six = strchr(host, ':') != NULL;
        snprintf(p->url, sizeof(p->url), "https://%s%s%s:%d%s%.*s/%.*s", six ? "[" : "", host, six ? "]" : "", o.port, s->group.n ? "/apis/" : "/api",
                 STR_FMT(s->group), STR_FMT(s->version));
        r = http_client_new(&p->client, s->x->loop, &o, err);
    }
    if (r < 0) {
        probe_free(p);
        return r;
    }
    s->probe = p;
    p->resources = value_make_list();
    return ask_next(p);
}

static void check(void *ctx)
{
    struct aggregate_service *s = ctx;
    SCOPED(arena) mem = NULL;
    struct condition why = {"False", "", STR_NONE};
    struct err err = {{0}};
    int r = arena_new(&mem, MEMORY_MAX);
    struct store_snapshot *v = r == 0 ? store_snapshot(s->x->store) : NULL;
    r = v ? look(mem, v, s, &why) : -ENOMEM;
    store_snapshot_unref(v);
    if (r == 1) {
        fail(s, why.reason, why.message);
        return;
    }
    if (r == 0)
        r = begin(s, &err);
    if (r == -ENOMEM)
        over(s, LAST_WAIT_MS);
    else if (r < 0)
        fail(s, "FailedDiscoveryCheck", str_of(err.text));
}
