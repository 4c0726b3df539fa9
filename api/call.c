/* One HTTP request, from its first look to its answer. */
#include "api/inside.h"
#include "json/json.h"
#include "log/log.h"
#include "meter/meter.h"
#include "os/os.h"
#include "tls/tls.h"

#define CALL_BYTES_MAX ((size_t)128 * 1024 * 1024)
#define SPARE_BYTES    ((size_t)24 * 1024) /* an arena that held more is not kept */
#define WAITING_MAX    1000                /* calls that wait until somebody outside has said who they are */
#define IDENTITY_MS    10000               /* how long a token's verdict is believed, as upstream's success cache */

static const double duration_bounds[] = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 0};
static struct meter requests_total = {
    .name = "apiserver_request_total", .help = "Requests answered, by verb, resource and code.", .kind = METER_COUNTER};
static struct meter request_seconds = {.name = "apiserver_request_duration_seconds",
                                       .help = "Time from a request's arrival to its answer.",
                                       .kind = METER_HISTOGRAM,
                                       .bounds = duration_bounds};
static struct meter requests_now = {.name = "apiserver_current_inflight_requests", .help = "Requests under way.", .kind = METER_GAUGE};

/* ── identity ── */

static void identity_drop(void *p)
{
    struct identity *i = p;
    if (!i)
        return;
    arena_free(i->arena);
    mem_free(i);
}

static bool identity_fits(const struct identity *i, struct str authorization, int64_t now, int64_t wall)
{
    if (!str_eq(i->authorization, authorization))
        return false;
    if (i->user.expires && wall >= i->user.expires)
        return false;
    return !authorization.n || now < i->until; /* a certificate holds as long as its connection */
}

/* base64url.bearer.authorization.k8s.io.<token> among the WebSocket's protocols */
static int bearer_of_protocol(struct call *c, struct str *out)
{
    static const char prefix[] = "base64url.bearer.authorization.k8s.io.";
    struct str rest = http_req_header(c->q, "sec-websocket-protocol"), piece;
    *out = STR_NONE;
    if (!rest.n)
        return 0;
    while (str_next(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (!str_starts(piece, str_of(prefix)))
            continue;
        SCOPED_BUF b = BUF_INIT(64 * 1024);
        if (buf_unbase64url(&b, str_from(piece, sizeof(prefix) - 1)) == 0 && buf_error(&b) == 0)
            return arena_str(c->a, buf_view(&b), out);
    }
    return 0;
}

static int ask_auth(struct call *c, struct arena *a, struct str authorization, struct auth_user *out, struct err *err)
{
    struct auth_credentials k = {.peer_cert = http_req_peer_cert(c->q),
                                 .authorization = authorization,
                                 .path = c->route.path,
                                 .wait = c->api->waiting < WAITING_MAX ? &c->wait : NULL};
    int r = authorization.n ? 0 : bearer_of_protocol(c, &k.bearer);
    return r < 0 ? r : auth_authenticate(c->api->auth, a, &k, loop_wall(c->api->loop), out, err);
}

/* What the connection has proved is kept with it, unless it proved nothing (anonymous depends on the path). */
static int authenticate_known(struct call *c, struct err *err)
{
    void **slot = http_req_connection_slot(c->q, identity_drop);
    struct str authorization = http_req_header(c->q, "authorization");
    int64_t now = loop_now(c->api->loop);
    struct identity *i = slot ? *slot : NULL;
    if (i && identity_fits(i, authorization, now, loop_wall(c->api->loop)))
        return auth_user_copy(c->a, &i->user, &c->user);
    if (!slot || (!authorization.n && !http_req_peer_cert(c->q).n))
        return ask_auth(c, c->a, authorization, &c->user, err);
    i = mem_alloc(sizeof(*i));
    if (!i)
        return -ENOMEM;
    int r = arena_new(&i->arena, 1024 * 1024);
    if (r == 0)
        r = ask_auth(c, i->arena, authorization, &i->user, err);
    if (r == 0)
        r = arena_str(i->arena, authorization, &i->authorization);
    if (r == 0)
        r = auth_user_copy(c->a, &i->user, &c->user);
    if (r || str_is(i->user.name, "system:anonymous")) {
        identity_drop(i);
        return r;
    }
    i->until = now + IDENTITY_MS;
    identity_drop(*slot);
    *slot = i;
    return 0;
}

/* ── waiting for somebody outside ── */

static void woken(void *ctx)
{
    struct call *c = ctx;
    c->api->waiting--;
    c->gone = NULL;
    c->resume(c);
}

static void waiting_gone(void *ctx)
{
    struct call *c = ctx;
    auth_wait_cancel(&c->wait);
    c->api->waiting--;
    call_free(c);
}

void call_wait(struct call *c, void (*resume)(struct call *c))
{
    c->api->waiting++;
    c->resume = resume;
    c->gone = waiting_gone;
    c->gone_ctx = c;
}

static void begin(struct call *c);

/* Impersonate-User and its kind. 0; 1: answered. */
static int impersonate(struct call *c)
{
    const struct http_header *all;
    size_t n = http_req_headers(c->q, &all);
    bool any = false;
    for (size_t i = 0; i < n && !any; i++)
        any = str_starts(all[i].name, STR("impersonate-"));
    if (!any)
        return 0;
    struct auth_header *copy = arena_alloc(c->a, n * sizeof(*copy));
    struct auth_user as = {.n_groups = 0};
    struct err err = {{0}};
    struct apireq_status st;
    if (!copy) {
        call_memory(c);
        return 1;
    }
    for (size_t i = 0; i < n; i++)
        copy[i] = (struct auth_header){all[i].name, all[i].value};
    int r = auth_impersonate(c->api->auth, c->a, &c->user, copy, n, &c->wait, &as, &err);
    if (r == AUTH_ABSENT)
        return 0;
    if (r == AUTH_WAITS) {
        call_wait(c, begin);
        return 1;
    }
    if (r == 0) {
        struct auth_user *real = arena_alloc(c->a, sizeof(*real));
        if (real)
            *real = c->user;
        c->real = real;
        c->user = as;
        return 0;
    }
    if (r == AUTH_FORBIDDEN)
        apireq_status_error(c->a, &st, 403, "Forbidden", "%s", err.text);
    else if (r == -ENOMEM)
        apireq_status_memory(&st);
    else
        apireq_status_error(c->a, &st, 400, "BadRequest", "%s", err.text);
    call_status(c, &st);
    return 1;
}

static int authenticate(struct call *c)
{
    struct err err = {{0}};
    struct apireq_status st;
    if (!c->api->auth) {
        c->user = c->api->anybody;
        return 0;
    }
    int r = authenticate_known(c, &err);
    if (r == 0)
        return impersonate(c);
    if (r == AUTH_WAITS) {
        call_wait(c, begin);
        return 1;
    }
    if (r == AUTH_UNAUTHORIZED) {
        log_debug("api", "unauthorized peer=%.*s why=%s", STR_FMT(http_req_peer(c->q)), err.text);
        apireq_status_unauthorized(&st);
        auditing_begin(c, NULL);
    } else {
        apireq_status_memory(&st);
    }
    call_status(c, &st);
    return 1;
}

/* ── ceilings ── */

static int count(struct call *c)
{
    struct api *a = c->api;
    struct apireq_status st;
    c->person = person_get(a, &c->user);
    if (!c->person) {
        call_memory(c);
        return 1;
    }
    bool over = a->requests >= a->limits.requests || (!c->person->trusted && c->person->requests >= a->limits.requests_per_user);
    if (over) {
        apireq_status_too_many(c->a, &st, STR("too many requests, please try again later"), 1);
        call_status(c, &st);
        return 1;
    }
    a->requests++;
    a->crowd = MAX(a->crowd, a->requests);
    c->person->requests++;
    c->counted = true;
    return 0;
}

#define CROWD    128 /* requests at once, half a megabyte and more */
#define CROWD_MS 300

static void crowd_left(void *ctx)
{
    (void)ctx;
    os_memory_trim();
}

/* A thousand watchers that come back after a restart wait for their turns with some 6 KiB each: most of it goes again. */
static void crowd_look(struct api *a)
{
    if (a->crowd < CROWD || a->requests > a->crowd / 8)
        return;
    a->crowd = a->requests;
    if (loop_timer_start(a->loop, &a->crowd_timer, CROWD_MS, crowd_left, a) < 0)
        a->crowd = CROWD; /* without memory for a timer: the next that ends looks again */
}

static void uncount(struct call *c)
{
    if (!c->counted)
        return;
    c->counted = false;
    c->api->requests--;
    c->person->requests--;
    crowd_look(c->api);
    static _Thread_local struct meter_series *now; /* series never go */
    if (!now)
        now = meter_series(&requests_now, "%s", "");
    meter_set(now, c->api->requests);
}

/* ── life ── */

struct call_series {
    const struct schema_resource *res;
    const struct schema_subresource *sub;
    enum apireq_verb verb;
    int code;
    struct meter_series *total, *seconds;
};

static void find_series(const struct call *c, struct call_series *s)
{
    struct str verb = c->res ? c->route.verb_text : STR("other"), res = c->res ? c->res->name : STR("");
    *s = (struct call_series){.res = c->res, .sub = c->sub, .verb = c->route.verb, .code = c->code};
    s->total = meter_series(&requests_total, "verb=\"%.*s\",group=\"%.*s\",version=\"%.*s\",resource=\"%.*s\",subresource=\"%.*s\",code=\"%d\"",
                            STR_FMT(verb), STR_FMT(c->res ? c->res->group : STR("")), STR_FMT(c->res ? c->res->version : STR("")), STR_FMT(res),
                            STR_FMT(c->sub ? c->sub->name : STR("")), c->code);
    s->seconds = meter_series(&request_seconds, "verb=\"%.*s\",resource=\"%.*s\"", STR_FMT(verb), STR_FMT(res));
}

/* The last ones of built-in resources are remembered: those rows never go, and neither do series. */
static const struct call_series *series_of(const struct call *c, struct call_series *scratch)
{
    static _Thread_local struct call_series known[16];
    if (!c->res || c->res->custom) {
        find_series(c, scratch);
        return scratch;
    }
    struct call_series *s = &known[((uintptr_t)c->res / sizeof(*c->res) + c->route.verb) % ARRAY_LEN(known)];
    if (s->res != c->res || s->sub != c->sub || s->verb != c->route.verb || s->code != c->code)
        find_series(c, s);
    return s;
}

static void tell_meters(struct call *c)
{
    double seconds = (double)(loop_now_ns(c->api->loop) - c->started) / 1e9;
    struct str verb = c->route.verb_text;
    struct call_series scratch;
    const struct call_series *s = series_of(c, &scratch);
    meter_add(s->total, 1);
    meter_observe(&request_seconds, s->seconds, seconds);
    log_debug("api", "%.*s %.*s user=%.*s code=%d ms=%.3f", STR_FMT(verb), STR_FMT(c->route.path), STR_FMT(c->user.name), c->code, seconds * 1e3);
}

static int arena_get(struct api *a, struct arena **out)
{
    if (!a->n_spare)
        return arena_new(out, CALL_BYTES_MAX);
    *out = a->spare[--a->n_spare];
    return 0;
}

static void arena_put(struct api *a, struct arena *mem)
{
    if (a->n_spare == ARRAY_LEN(a->spare) || arena_used(mem) > SPARE_BYTES) {
        arena_free(mem);
        return;
    }
    arena_reset(mem);
    a->spare[a->n_spare++] = mem;
}

void call_free(struct call *c)
{
    auditing_end(c);
    uncount(c);
    fair_leave(c->ticket);
    turns_wanted(c->api); /* a seat is free */
    if (c->reply)
        object_unref(c->reply->object);
    loop_timer_stop(&c->deadline);
    person_put(c->api, c->person);
    list_del(&c->link);
    struct api *a = c->api;
    schema_resource_put(c->res);
    arena_put(a, c->a);
    mem_free(c);
    api_end_if_over(a);
}

static void peer_gone(void *data)
{
    struct call *c = data;
    c->q = NULL;
    if (c->gone)
        c->gone(c->gone_ctx);
    else if (!c->busy)
        call_free(c);
}

void call_finish(struct call *c)
{
    tell_meters(c);
    if (c->q) {
        http_req_set_data(c->q, NULL, NULL);
        c->q = NULL;
    }
    call_free(c);
}

struct http_req *call_release(struct call *c)
{
    struct http_req *q = c->q;
    c->q = NULL;
    return q;
}

static void too_late(void *ctx)
{
    struct call *c = ctx;
    struct call_headers h;
    if (!c->q)
        return;
    /* registry still works on it: the peer is told, the call waits for the end of the work */
    call_headers(c, "application/json", &h);
    http_req_set_data(c->q, NULL, NULL);
    http_reply(c->q, 504, h.at, h.n,
               (struct http_bytes){.bytes = STR_INIT("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                                                     "\"message\":\"Timeout: request did not complete within the allotted timeout\","
                                                     "\"reason\":\"Timeout\",\"details\":{},\"code\":504}\n")});
    c->q = NULL;
}

static int read_route(struct call *c)
{
    struct err err = {{0}};
    struct apireq_status st;
    int r = apireq_route_parse(c->a, http_req_method(c->q), http_req_path(c->q), http_req_query(c->q), &c->route, &err);
    if (r == 0)
        return 0;
    if (r == -ENOMEM)
        apireq_status_memory(&st);
    else if (str_starts(str_of(err.text), STR("method ")))
        apireq_status_error(c->a, &st, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    else
        apireq_status_bad_request(c->a, &st, "%s", err.text);
    call_status(c, &st);
    return 1;
}

static void meters_register(void)
{
    meter_register(&requests_total);
    meter_register(&request_seconds);
    meter_register(&requests_now);
}

static void answer_nothing(struct http_req *q)
{
    http_reply(q, 503, NULL, 0, (struct http_bytes){.bytes = STR_INIT("out of memory\n")});
}

static struct call *call_new(struct api *a, struct http_req *q)
{
    struct call *c = mem_alloc(sizeof(*c));
    if (!c || arena_get(a, &c->a) < 0) {
        mem_free(c);
        return NULL;
    }
    c->api = a;
    c->q = q;
    c->started = loop_now_ns(a->loop);
    c->options.grace_seconds = -1;
    auth_wait_init(&c->wait, woken, c);
    os_uuid(c->audit);
    list_add(&a->calls, &c->link);
    http_req_set_data(q, c, peer_gone);
    if (arena_str(c->a, http_req_header(q, "user-agent"), &c->user_agent) < 0)
        c->user_agent = STR_NONE; /* managed fields then say "unknown" */
    c->head = str_is(http_req_method(q), "HEAD");
    return c;
}

int call_authorize(struct call *c, const struct apireq_options *o, struct apireq_status *st)
{
    char reason[AUTH_REASON_MAX];
    int r = registry_authorize(c->api->registry, c->a, &c->route, o, &c->user, &c->wait, reason, st);
    if (r != REGISTRY_WAITS)
        auditing_decided(c, r == 0, reason);
    return r;
}

static void begin_path(struct call *c)
{
    struct apireq_status st;
    int r = call_authorize(c, NULL, &st);
    if (r == REGISTRY_WAITS)
        call_wait(c, begin_path);
    else if (r)
        call_status(c, &st);
    else
        call_path(c);
}

static void begin(struct call *c)
{
    if (authenticate(c))
        return;
    auditing_begin(c, c->real);
    if (!count(c))
        call_enter(c);
}

void api_http_refusal(void *ctx, int code, struct buf *out)
{
    struct api *api = ctx;
    struct apireq_status st;
    SCOPED(arena) a = NULL;
    if ((code != 413 && code != 429) || arena_new(&a, 64u << 10) < 0)
        return;
    if (code == 413)
        apireq_status_error(a, &st, 413, "RequestEntityTooLarge", "Request entity too large: limit is %zu", api->limits.body_bytes);
    else
        apireq_status_too_many(a, &st, STR("too many requests, please try again later"), 1);
    if (apireq_status_json(&st, out) < 0)
        buf_clear(out);
}

void api_http_handler(void *ctx, struct http_req *q)
{
    struct api *a = ctx;
    if (a->freeing) {
        http_reply(q, 503, NULL, 0, (struct http_bytes){.bytes = STR_INIT("the server stops\n")});
        return;
    }
    meters_register();
    struct call *c = call_new(a, q);
    if (!c) {
        answer_nothing(q);
        return;
    }
    if (read_route(c) == 0)
        begin(c);
}

void call_begin(struct call *c)
{
    if (c->api->freeing) {
        call_text(c, 503, "the server stops\n");
        return;
    }
    const struct aggregate_service *behind = call_aggregated_by(c);
    if (behind) {
        c->ticket = fair_leave(c->ticket); /* what follows is another server's work, and may last */
        call_aggregated(c, behind);
    } else if (call_view_of(c)) {
        call_view(c);
    } else if (c->route.is_resource) {
        call_route(c);
    } else {
        begin_path(c);
    }
}

/* ── a resource request ── */

static uint16_t verb_bit(enum apireq_verb v)
{
    switch (v) {
    case APIREQ_GET:
        return SCHEMA_VERB_GET;
    case APIREQ_LIST:
        return SCHEMA_VERB_LIST;
    case APIREQ_WATCH:
        return SCHEMA_VERB_WATCH;
    case APIREQ_CREATE:
        return SCHEMA_VERB_CREATE;
    case APIREQ_UPDATE:
        return SCHEMA_VERB_UPDATE;
    case APIREQ_PATCH:
        return SCHEMA_VERB_PATCH;
    case APIREQ_DELETE:
        return SCHEMA_VERB_DELETE;
    case APIREQ_DELETECOLLECTION:
        return SCHEMA_VERB_DELETECOLLECTION;
    case APIREQ_NONE:
    default:
        return 0;
    }
}

static int find_resource(struct call *c)
{
    const struct apireq_route *r = &c->route;
    c->res = schema_resource_take(r->group, r->version, r->resource); /* given back by call_free() */
    if (c->res && !registry_serves(c->api->registry, c->res)) {
        schema_resource_put(c->res);
        c->res = NULL;
    }
    if (c->res && r->subresource.n)
        c->sub = schema_subresource_find(c->res, r->subresource);
    bool bad = !c->res || (r->subresource.n && !c->sub) || (!c->res->namespaced && r->ns.n && !str_is(r->resource, "namespaces"));
    if (c->res && c->res->namespaced && !r->ns.n && (r->name.n || r->verb == APIREQ_CREATE))
        bad = r->verb == APIREQ_CREATE ? !str_starts(c->res->group, STR("auth")) : r->verb != APIREQ_LIST && r->verb != APIREQ_WATCH;
    if (bad) {
        call_text(c, 404, "404 page not found\n");
        return 1;
    }
    uint16_t verbs = c->sub ? c->sub->verbs : c->res->verbs;
    if (!(verbs & verb_bit(r->verb))) {
        struct apireq_status st;
        apireq_status_method(c->a, &st, r);
        call_status(c, &st);
        return 1;
    }
    return 0;
}

static int negotiate(struct call *c)
{
    struct str types;
    struct apireq_status st;
    unsigned shapes = APIREQ_ACCEPT_TABLE | APIREQ_ACCEPT_PARTIAL;
    if (c->route.verb == APIREQ_DELETE || c->route.verb == APIREQ_DELETECOLLECTION || (c->sub && c->sub->kind && c->sub->kind != c->res->kind))
        shapes = 0;
    bool review = c->route.verb == APIREQ_CREATE && !c->res->storage_path.n && !c->res->custom; /* asked and answered, never listed */
    /* what cannot take a shape ignores it rather than refusing: kubectl asks for tables of everything */
    if (apireq_accept_parse(http_req_header(c->q, "accept"), review ? 0 : shapes ? shapes : 7, &c->accept, &types) == 0) {
        if (!shapes)
            c->accept.shape = APIREQ_OBJECT;
        bool other = c->sub && c->sub->kind; /* a Scale */
        bool text = c->accept.format != OBJECT_PROTOBUF || !c->res->custom || other || !shapes;
        if (!text && str_find(http_req_header(c->q, "accept"), STR("json")) >= 0) {
            c->accept.format = OBJECT_JSON;
            text = true;
        }
        if (text)
            return 0;
        types = STR("application/json, application/yaml, application/json;stream=watch");
    } else {
        types = types.n ? types : STR("application/json");
    }
    apireq_status_not_acceptable(c->a, &st, types);
    c->accept.format = OBJECT_JSON;
    call_status(c, &st);
    return 1;
}

/* Objects of custom kinds have no protobuf form; DeleteOptions and Scale have one. */
static bool takes_no_protobuf(const struct call *c)
{
    return c->res->custom && (c->route.verb == APIREQ_CREATE || c->route.verb == APIREQ_UPDATE) && !(c->sub && c->sub->kind);
}

static int read_body_form(struct call *c, struct registry_request *q)
{
    struct str type = http_req_header(c->q, "content-type"), types;
    struct apireq_status st;
    q->body = http_req_body(c->q);
    if (q->body.n > c->api->limits.body_bytes) {
        apireq_status_error(c->a, &st, 413, "RequestEntityTooLarge", "Request entity too large: limit is %zu", c->api->limits.body_bytes);
        call_status(c, &st);
        return 1;
    }
    if (c->route.verb == APIREQ_PATCH) {
        if (apireq_patch_type(type, !c->res->custom || (c->sub && c->sub->kind), &q->patch, &types) == 0) {
            q->format = q->patch == APIREQ_PATCH_APPLY ? OBJECT_YAML : OBJECT_JSON;
            return 0;
        }
    } else if ((apireq_body_format(type, &q->format) == 0 && !(q->format == OBJECT_PROTOBUF && takes_no_protobuf(c))) || !q->body.n) {
        return 0;
    } else {
        types = takes_no_protobuf(c) ? STR("application/json, application/yaml")
                                     : STR("application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }
    apireq_status_media_type(c->a, &st, types);
    call_status(c, &st);
    return 1;
}

static void answer(struct call *c, const struct registry_reply *r)
{
    for (size_t i = 0; i < r->n_notes; i++)
        auditing_note(c, r->notes[i].key, r->notes[i].value);
    if (r->status)
        call_status(c, r->status);
    else if (r->object && (!r->tree || c->accept.shape != APIREQ_OBJECT))
        call_object(c, r->code, r->object, r);
    else if (r->list)
        call_list_found(c, r->list);
    else
        call_tree(c, r->code, r->tree_kind, r->tree, r);
}

static void answer_kept(void *ctx)
{
    struct call *c = ctx;
    struct object *o = c->reply->object;
    c->reply->object = NULL; /* the call goes with its answer */
    struct registry_reply r = *c->reply;
    r.object = o;
    answer(c, &r);
    object_unref(o);
}

/* What is borrowed lives in the call's arena, but for these. */
static bool keep_reply(struct call *c, const struct registry_reply *r)
{
    struct {
        struct registry_reply reply;
        struct apireq_status status;
        struct value tree;
    } *k = r->list || !c->ticket ? NULL : arena_alloc(c->a, sizeof(*k));
    if (!k)
        return false;
    k->reply = *r;
    if (r->status) {
        k->status = *r->status;
        k->reply.status = &k->status;
        k->reply.object = NULL;
    } else if (r->object) {
        object_ref(r->object);
    }
    if (!r->status && r->tree) {
        k->tree = *r->tree;
        k->reply.tree = &k->tree;
    }
    c->reply = &k->reply;
    return true;
}

/* When it had to wait, answering is a turn of its own: of all that one commit brings, each flow's come in their order. */
static void replied(void *ctx, const struct registry_reply *r)
{
    struct call *c = ctx;
    c->busy = false;
    c->code = r->code;
    loop_timer_stop(&c->deadline);
    if (!c->q)
        call_finish(c);
    else if (c->api->current == c || !keep_reply(c, r))
        answer(c, r);
    else
        call_again(c, answer_kept, c);
}

static void call_do(struct call *c)
{
    struct registry_request q = {
        .arena = c->a,
        .user = &c->user,
        .route = &c->route,
        .options = &c->options,
        .resource = c->res,
        .subresource = c->sub,
        .user_agent = c->user_agent,
        .notes = c->audited != NULL,
    };
    if (read_body_form(c, &q))
        return;
    auditing_request(c, q.body, q.format);
    c->busy = true;
    if (c->route.verb != APIREQ_GET && loop_timer_start(c->api->loop, &c->deadline, c->api->limits.request_ms, too_late, c) < 0) {
        c->busy = false;
        call_memory(c);
        return;
    }
    registry_do(c->api->registry, &q, replied, c);
}

/* ── a revision that is not reached yet is waited for, a while, as upstream's cache does ── */

#define FRESH_MS 3000

struct fresh {
    struct call *c;
    struct store_watch *watch;
    struct loop_timer timer;
};

static void dispatch(void *ctx)
{
    struct call *c = ctx;
    if (c->route.verb == APIREQ_WATCH)
        call_watch(c);
    else if (c->route.verb == APIREQ_LIST)
        call_list(c);
    else
        call_do(c);
}

static struct call *fresh_end(struct fresh *f)
{
    loop_timer_stop(&f->timer);
    f->watch = store_watch_free(f->watch);
    f->c->gone = NULL;
    return f->c;
}

static void fresh_gone(void *ctx)
{
    call_finish(fresh_end(ctx));
}

static void fresh_late(void *ctx)
{
    struct call *c = fresh_end(ctx);
    call_again(c, dispatch, c); /* answers 504 */
}

static void fresh_wake(void *ctx)
{
    struct fresh *f = ctx;
    while (store_watch_next(f->watch))
        ;
    if (store_revision(f->c->api->store) >= f->c->options.revision)
        fresh_late(f);
}

static bool must_wait(const struct call *c)
{
    const struct apireq_options *o = &c->options;
    if (o->revision <= store_revision(c->api->store))
        return false;
    switch (c->route.verb) {
    case APIREQ_GET:
        return true;
    case APIREQ_LIST:
        return !str_is(o->version_match, "Exact") && !o->continue_token.n && (o->version_match.n || o->limit <= 0);
    case APIREQ_WATCH:
        return o->has_initial_events && o->initial_events;
    default:
        return false;
    }
}

/* Without memory to wait the answer is the one that waiting ends in. */
static bool wait_for_revision(struct call *c)
{
    struct fresh *f = must_wait(c) ? arena_alloc(c->a, sizeof(*f)) : NULL;
    struct store *s = c->api->store;
    if (!f)
        return false;
    *f = (struct fresh){.c = c};
    if (store_watch_new(&f->watch, s, STR("/registry/"), store_revision(s), fresh_wake, f) != 0)
        return false;
    if (loop_timer_start(c->api->loop, &f->timer, FRESH_MS, fresh_late, f) < 0) {
        store_watch_free(f->watch);
        return false;
    }
    c->gone = fresh_gone;
    c->gone_ctx = f;
    fresh_wake(f); /* the store wakes those whose last read said "nothing more" */
    return true;
}

void call_route(struct call *c)
{
    struct apireq_status st;
    int r;
    /* who may not is not told what there is: authorization comes before the resource's own checks */
    if (apireq_options_parse(c->a, &c->route, http_req_query(c->q), &c->options, &st)) {
        struct apireq_status no;
        r = call_authorize(c, &c->options, &no);
        if (r == REGISTRY_WAITS)
            call_wait(c, call_route);
        else
            call_status(c, r ? &no : &st);
        return;
    }
    r = call_authorize(c, &c->options, &st);
    if (r == REGISTRY_WAITS)
        call_wait(c, call_route);
    else if (r)
        call_status(c, &st);
    if (r)
        return;
    if (find_resource(c))
        return;
    if (call_relays(c)) {
        call_relay(c);
        return;
    }
    if (negotiate(c))
        return;
    if (call_is_of_components(c)) {
        call_components(c);
        return;
    }
    if (c->route.verb == APIREQ_LIST && c->options.watch) {
        c->route.verb = APIREQ_WATCH;
        c->route.verb_text = STR("watch");
    }
    if (!wait_for_revision(c))
        dispatch(c);
}
