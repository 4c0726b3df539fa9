/* log, exec, attach, portforward and proxy: who may, with whom, and how the answer begins. What is carried is relay's. */
#include "api/relaying.h"

bool call_relays(const struct call *c)
{
    static const char *const names[] = {"log", "exec", "attach", "portforward", "proxy"};
    for (size_t i = 0; c->sub && i < ARRAY_LEN(names); i++)
        if (str_is(c->sub->name, names[i]))
            return true;
    return false;
}

/* ── how an answer begins and ends ── */

static void reader_took(void *data)
{
    struct call *c = data;
    if (c->relay)
        relay_drained(c->relay);
}

/* What this server says with every answer, but as who is behind says it. */
void relaying_begin(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct call *c = ctx;
    struct call_headers h;
    call_headers(c, NULL, &h);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < h.n && !str_eq(h.at[k].name, headers[i].name))
            k++;
        if (k < h.n)
            h.at[k].value = headers[i].value;
        else if (h.n < CALL_HEADERS_MAX)
            h.at[h.n++] = headers[i];
    }
    c->code = code;
    http_req_on_drain(c->q, reader_took);
    http_reply_begin(c->q, code, h.at, h.n);
}

struct http_req *relaying_take(void *ctx, int code)
{
    struct call *c = ctx;
    c->gone = NULL;
    c->code = code;
    http_req_set_data(c->q, NULL, NULL);
    return call_release(c);
}

void relaying_over(void *ctx)
{
    call_finish(ctx);
}

static void refuse(struct call *c, const struct apireq_status *st)
{
    c->accept = (struct apireq_accept){.format = OBJECT_JSON};
    call_status(c, st);
}

static void refused(void *ctx, int code, struct str text)
{
    struct call *c = ctx;
    struct apireq_status st;
    c->gone = NULL;
    c->relay = NULL;
    if (code < 0)
        apireq_status_error(c->a, &st, 500, "InternalError", "error dialing backend: %.*s", STR_FMT(text));
    else if (code == 404)
        apireq_status_error(c->a, &st, 404, "NotFound", "the server could not find the requested resource ( %.*s )", STR_FMT(text));
    else if (code >= 500)
        apireq_status_internal(c->a, &st, "%.*s", STR_FMT(text));
    else
        apireq_status_error(c->a, &st, code, "BadRequest", "%.*s", STR_FMT(text));
    refuse(c, &st);
}

static void client_went(void *ctx)
{
    struct call *c = ctx;
    relay_client_went(c->relay);
}

void relaying_start(struct call *c, struct relay_options *o)
{
    o->loop = c->api->loop;
    o->q = c->q;
    o->arena = c->a;
    o->ctx = c;
    o->all = &c->api->relays;
    if (relay_new(&c->relay, o) < 0) {
        call_memory(c);
        return;
    }
    c->gone = client_went;
    c->gone_ctx = c;
    relay_go(c->relay);
}

/* ── to whom ── */

/* A client of one relay, and the context it was made with. */
struct line {
    struct http_client *client;
    SSL_CTX *own_tls;
};

static void line_done(void *owner)
{
    struct line *l = owner;
    http_client_free(l->client);
    tls_context_free(l->own_tls);
    mem_free(l);
}

/* 0; 1: st says why not. */
static int connect_to(struct call *c, const struct relay_target *t, struct relay_options *o, struct apireq_status *st)
{
    struct err err = {{0}};
    struct http_client_options co = {.host = t->host, .port = t->port, .tls = t->kubelet ? c->api->kubelet_tls : NULL, .http1_only = true};
    if (t->kubelet && !co.tls) {
        apireq_status_error(c->a, st, 503, "ServiceUnavailable", "this server has no certificate to show to node agents");
        return 1;
    }
    struct line *l = mem_alloc(sizeof(*l));
    if (!l) {
        apireq_status_memory(st);
        return 1;
    }
    int k = 0;
    if (!t->kubelet && t->tls) { /* a pod's own certificate is nobody's concern here, as upstream */
        k = tls_client_context(&l->own_tls, NULL, NULL, true, STR_NONE, &err);
        co.tls = l->own_tls;
    }
    if (k == 0)
        k = http_client_new(&l->client, c->api->loop, &co, &err);
    if (k < 0) {
        line_done(l);
        apireq_status_error(c->a, st, 500, "InternalError", "error dialing backend: %s", err.text);
        return 1;
    }
    o->client = l->client;
    o->client_done = line_done;
    o->client_owner = l;
    return 0;
}

/* A page asked for at …/proxy would look for its neighbours beside the subresource: as upstream, its reader is sent to
 * …/proxy/ first. */
static bool redirect(struct call *c)
{
    struct call_headers h;
    struct str method = http_req_method(c->q), query = http_req_query(c->q);
    if (c->route.rest_slash || http_req_wants_ws(c->q) || !(str_is(method, "GET") || str_is(method, "HEAD")))
        return false;
    struct str to = arena_fmt(c->a, "%.*s/%s%.*s", STR_FMT(http_req_path(c->q)), query.n ? "?" : "", STR_FMT(query));
    call_headers(c, NULL, &h);
    call_header(&h, "location", to);
    http_reply_begin(c->q, 301, h.at, h.n);
    http_reply_end(relaying_take(c, 301));
    call_finish(c);
    return true;
}

static enum relay_sort sort_of(const struct call *c)
{
    struct str name = c->sub->name;
    return str_is(name, "proxy") ? RELAY_PROXY : str_is(name, "log") ? RELAY_LOG : str_is(name, "portforward") ? RELAY_FORWARD : RELAY_EXEC;
}

static void relay_begin(struct call *c)
{
    static const struct relay_use use = {relaying_begin, relaying_take, refused, relaying_over};
    const struct apireq_route *route = &c->route;
    struct relay_target t = {0};
    struct relay_options o = {.sort = sort_of(c), .use = &use};
    struct apireq_status st;
    bool streams = o.sort == RELAY_EXEC || o.sort == RELAY_FORWARD;
    if (relay_find(c, &t, &st)) {
        refuse(c, &st);
        return;
    }
    if (o.sort == RELAY_PROXY && redirect(c))
        return;
    if (streams && !http_req_wants_ws(c->q) && !relay_wants_spdy(c->q)) {
        apireq_status_bad_request(c->a, &st, "Upgrade request required");
        refuse(c, &st);
        return;
    }
    o.path = t.path;
    o.origin = arena_fmt(c->a, "%s:%d", t.host, t.port);
    /* The proxied path, as the reader asked for it: what an answer's absolute paths are below. */
    o.prefix = str_make(route->path.p, (size_t)(route->subresource.p + route->subresource.n - route->path.p));
    if (connect_to(c, &t, &o, &st))
        refuse(c, &st);
    else
        relaying_start(c, &o);
}

/* ── admission of a connection ── */

static const struct schema_kind *options_kind(const struct call *c)
{
    static const struct {
        const char *resource, *subresource, *kind;
    } kinds[] = {{"pods", "exec", "PodExecOptions"},   {"pods", "attach", "PodAttachOptions"},       {"pods", "portforward", "PodPortForwardOptions"},
                 {"pods", "proxy", "PodProxyOptions"}, {"services", "proxy", "ServiceProxyOptions"}, {"nodes", "proxy", "NodeProxyOptions"}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_is(c->res->name, kinds[i].resource) && str_is(c->sub->name, kinds[i].subresource))
            return schema_kind_find(STR(""), STR("v1"), str_of(kinds[i].kind));
    return NULL; /* log is read like an object */
}

static int add_option(struct arena *a, struct value *tree, const struct schema_field *f, struct str text)
{
    int64_t n = 0;
    struct value v = value_make_text(text);
    if (f->type == SCHEMA_BOOL)
        v = value_make_bool(!str_is(text, "false") && !str_is(text, "0"));
    else if (f->type == SCHEMA_INT32 || f->type == SCHEMA_INT64)
        v = value_make_int(str_to_int(text, &n) == 0 ? n : 0);
    if (!(f->flags & SCHEMA_REPEATED))
        return value_set(a, tree, f->name, v) ? 0 : -ENOMEM;
    struct value *list = value_get(tree, f->name);
    if (!list)
        list = value_set(a, tree, f->name, value_make_list());
    return list && value_add(a, list, v) ? 0 : -ENOMEM;
}

static int read_options(struct call *c, const struct schema_kind *kind, struct value *tree)
{
    struct str rest = http_req_query(c->q), name, text;
    int r = 0;
    VALUE_SET(&r, c->a, tree, "kind", value_make_text(kind->name));
    VALUE_SET(&r, c->a, tree, "apiVersion", value_make_text(kind->api_version));
    if (str_is(c->sub->name, "proxy") && c->route.rest.n) {
        struct str path = arena_fmt(c->a, "/%.*s", STR_FMT(c->route.rest));
        VALUE_SET(&r, c->a, tree, "path", value_make_text(path));
        return r;
    }
    while (r == 0 && http_query_next(c->a, &rest, &name, &text)) {
        const struct schema_field *f = schema_field_find(kind->message, name);
        if (f)
            r = add_option(c->a, tree, f, text);
    }
    return r;
}

static void admitted(void *ctx, const struct registry_reply *r)
{
    struct call *c = ctx;
    c->busy = false;
    if (!c->q)
        call_finish(c);
    else if (r->status)
        call_status(c, r->status);
    else
        relay_begin(c);
}

void call_relay(struct call *c)
{
    const struct schema_kind *kind = options_kind(c);
    struct value *tree = kind ? arena_alloc(c->a, sizeof(*tree)) : NULL;
    if (!kind) {
        relay_begin(c);
        return;
    }
    if (!tree || read_options(c, kind, tree) < 0) {
        call_memory(c);
        return;
    }
    struct registry_request q = {.arena = c->a,
                                 .user = &c->user,
                                 .route = &c->route,
                                 .options = &c->options,
                                 .resource = c->res,
                                 .subresource = c->sub,
                                 .user_agent = c->user_agent,
                                 .tree = tree,
                                 .connect = kind};
    c->busy = true;
    registry_do(c->api->registry, &q, admitted, c);
}
