/* What the server hands on to node agents, pods and services: log, exec, attach, portforward, proxy.
 *
 *   WebSocket client ⇄ WebSocket to the agent, same subprotocol, messages as they come
 *   SPDY/3.1 port-forward ⇄ the same bytes as messages of a WebSocket SPDY/3.1+portforward.k8s.io
 *   plain HTTP (log, proxy) ⇄ one call, its reply streamed
 *   WebSocket client that asks for a log (binary.k8s.io, base64.binary.k8s.io) ⇄ one call, its reply in messages
 *
 * Whichever side is slower holds the other up. */
#include "api/relay.h"
#include "http/http.h"
#include "tls/tls.h"

#define MESSAGE_MAX     ((size_t)32 * 1024 * 1024) /* as upstream; held while it comes, no longer */
#define HELD_MAX        (MESSAGE_MAX + (1u << 20)) /* of messages that came before their sender knew that it was to pause */
#define ERROR_BYTES_MAX ((size_t)16 * 1024)

bool call_relays(const struct call *c)
{
    static const char *const names[] = {"log", "exec", "attach", "portforward", "proxy"};
    for (size_t i = 0; c->sub && i < ARRAY_LEN(names); i++)
        if (str_is(c->sub->name, names[i]))
            return true;
    return false;
}

/* ── life ── */

static void relay_end(void *ctx)
{
    struct relay *r = ctx;
    if (r->link)
        aggregate_release(r->link);
    else
        http_client_free(r->client);
    tls_context_free(r->own_tls);
    relay_exec_free(r->exec);
    page_free(r->page);
    buf_done(&r->error);
    buf_done(&r->held);
    if (r->c)
        call_finish(r->c);
    mem_free(r);
}

/* Never from inside a callback of the client that is freed with it. */
void relay_over(struct relay *r)
{
    r->over = true;
    loop_defer(r->api->loop, &r->ending, relay_end, r);
}

static void client_went(void *ctx) /* the peer of a plain request */
{
    struct relay *r = ctx;
    if (r->over)
        return;
    if (r->http)
        http_call_cancel(r->http);
    r->http = NULL;
    if (r->up && !r->up_gone) {
        struct http_ws *up = r->up;
        r->up = NULL;
        http_ws_close(up, 1001, STR("the client has gone"));
        return; /* its on_gone ends the relay */
    }
    relay_over(r);
}

void relay_refuse(struct relay *r, const struct apireq_status *st)
{
    struct call *c = r->c;
    c->gone = NULL;
    r->c = NULL;
    c->accept = (struct apireq_accept){.format = OBJECT_JSON};
    call_status(c, st);
    relay_over(r);
}

/* As upstream's proxy of API servers says it. */
static void refuse_behind(struct relay *r, struct str text)
{
    struct call *c = r->c;
    struct str line = arena_fmt(c->a, "error trying to reach service: %.*s\n", STR_FMT(text));
    c->gone = NULL;
    r->c = NULL;
    call_text(c, 503, line.p ? line.p : "service unavailable\n");
    relay_over(r);
}

static void refuse_backend(struct relay *r, int code, struct str text)
{
    struct apireq_status st;
    struct arena *a = r->c->a;
    text = str_trim(text);
    if (r->behind) {
        refuse_behind(r, code < 0 ? text : str_of(http_reason(code)));
        return;
    }
    if (code < 0)
        apireq_status_error(a, &st, 500, "InternalError", "error dialing backend: %.*s", STR_FMT(text));
    else if (code == 404)
        apireq_status_error(a, &st, 404, "NotFound", "the server could not find the requested resource ( %.*s )", STR_FMT(text));
    else if (code >= 500)
        apireq_status_internal(a, &st, "%.*s", STR_FMT(text));
    else
        apireq_status_error(a, &st, code, "BadRequest", "%.*s", STR_FMT(text));
    relay_refuse(r, &st);
}

/* ── plain HTTP ── */

static const char *const passed_on[] = {"content-type", "content-length", "content-encoding", "location",         "cache-control",
                                        "etag",         "last-modified",  "set-cookie",       "www-authenticate", "vary"};

static void reader_took(void *data)
{
    struct call *c = data;
    struct relay *r = c->gone_ctx;
    if (c->gone == client_went && r->http)
        http_call_pause(r->http, false);
}

/* ── a log in WebSocket messages ── */

static void log_down_message(void *ctx, int opcode, struct str bytes)
{
    (void)ctx, (void)opcode, (void)bytes; /* a reader has nothing to say */
}

static void log_down_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->http)
        http_call_pause(r->http, false);
}

static void log_down_gone(void *ctx, int code)
{
    struct relay *r = ctx;
    (void)code;
    r->down = NULL;
    if (r->http)
        http_call_cancel(r->http);
    r->http = NULL;
    if (!r->over)
        relay_over(r);
}

static void log_begin(struct relay *r)
{
    static const char *const known[] = {"binary.k8s.io", "base64.binary.k8s.io"};
    struct http_ws_events e = {.on_message = log_down_message, .on_drain = log_down_drain, .on_gone = log_down_gone, .ctx = r};
    struct str rest = http_req_header(r->c->q, "sec-websocket-protocol"), one;
    const char *chosen = NULL;
    while (!chosen && str_next(&rest, ',', &one))
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_is(str_trim(one), known[i]))
                chosen = known[i];
    r->base64 = chosen == known[1];
    r->begun = true;
    r->c->gone = NULL;
    r->c->code = 101;
    http_req_set_data(r->c->q, NULL, NULL);
    if (http_ws_accept(&r->down, call_release(r->c), chosen, MESSAGE_MAX, &e) == 0)
        return;
    http_call_cancel(r->http);
    r->http = NULL;
    relay_over(r);
}

static void log_data(struct relay *r, struct str bytes)
{
    while (bytes.n && r->down) {
        SCOPED_BUF text = BUF_INIT(0);
        struct str part = str_head(bytes, MIN(bytes.n, (size_t)32 * 1024));
        bytes = str_from(bytes, part.n);
        if (r->base64)
            buf_base64(&text, part);
        if (buf_error(&text) < 0 || http_ws_send(r->down, r->base64 ? HTTP_WS_TEXT : HTTP_WS_BINARY, r->base64 ? buf_view(&text) : part) < 0) {
            http_ws_close(r->down, 1009, STR("too slow"));
            return;
        }
    }
    if (r->down && r->http && http_ws_full(r->down))
        http_call_pause(r->http, true);
}

/* The proxied path, as the reader asked for it: what an answer's absolute paths are below. */
static struct str proxied(const struct relay *r)
{
    const struct apireq_route *route = &r->c->route;
    return str_make(route->path.p, (size_t)(route->subresource.p + route->subresource.n - route->path.p));
}

static bool is_page(const struct http_header *headers, size_t n)
{
    bool html = false, plain = true;
    for (size_t i = 0; i < n; i++) {
        struct str type = headers[i].value, rest = STR_NONE;
        str_cut(headers[i].value, ';', &type, &rest);
        if (str_is(headers[i].name, "content-type"))
            html = str_eq_nocase(str_trim(type), STR("text/html"));
        if (str_is(headers[i].name, "content-encoding"))
            plain = false;
    }
    return html && plain;
}

static struct str location(struct relay *r, struct str value)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    page_address(proxied(r), r->origin, value, &b);
    struct str out = arena_fmt(r->c->a, "%.*s", STR_FMT(buf_view(&b)));
    return buf_error(&b) == 0 && out.p ? out : value;
}

/* All but what is between two neighbours, or is said here already. */
static void pass_all_headers(const struct http_header *headers, size_t n, struct call_headers *h)
{
    static const char *const left_out[] = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "date"};
    for (size_t i = 0; i < n; i++) {
        bool out = str_starts(headers[i].name, STR(":"));
        for (size_t k = 0; k < ARRAY_LEN(left_out) && !out; k++)
            out = str_is(headers[i].name, left_out[k]);
        for (size_t k = 0; k < h->n && !out; k++)
            if (str_eq(h->at[k].name, headers[i].name)) {
                h->at[k].value = headers[i].value;
                out = true;
            }
        if (!out && h->n < CALL_HEADERS_MAX)
            h->at[h->n++] = headers[i];
    }
}

static void pass_headers(struct relay *r, const struct http_header *headers, size_t n, struct call_headers *h)
{
    bool typed = false;
    if (r->behind) {
        pass_all_headers(headers, n, h);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ARRAY_LEN(passed_on); k++) {
            if (!str_is(headers[i].name, passed_on[k]) || (r->page && str_is(headers[i].name, "content-length")))
                continue;
            typed |= k == 0;
            bool moved = r->proxy && str_is(headers[i].name, "location");
            call_header(h, passed_on[k], moved ? location(r, headers[i].value) : headers[i].value);
        }
    if (!typed && !r->proxy)
        call_header(h, "content-type", STR("text/plain"));
}

static void on_head(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct relay *r = ctx;
    struct call_headers h;
    r->code = code;
    if (!r->c || !r->c->q)
        return;
    if (code >= 400 && !r->proxy)
        return; /* the body is the reason: collected */
    if (r->messages) {
        log_begin(r);
        return;
    }
    call_headers(r->c, NULL, &h);
    if (r->proxy && !r->behind && is_page(headers, n))
        r->page = page_new(proxied(r), r->origin);
    pass_headers(r, headers, n, &h);
    r->c->code = code;
    http_req_on_drain(r->c->q, reader_took);
    http_reply_begin(r->c->q, code, h.at, h.n);
    r->begun = true;
}

static void on_data(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    if (r->messages && r->begun) {
        log_data(r, bytes);
        return;
    }
    if (!r->c || !r->c->q)
        return;
    if (!r->begun) {
        if (r->error.n < ERROR_BYTES_MAX)
            buf_str(&r->error, str_head(bytes, ERROR_BYTES_MAX - r->error.n));
        return;
    }
    if (r->page) {
        SCOPED_BUF out = BUF_INIT(0);
        page_feed(r->page, bytes, &out);
        http_reply_write(r->c->q, (struct http_bytes){.bytes = buf_view(&out)});
    } else {
        http_reply_write(r->c->q, (struct http_bytes){.bytes = bytes});
    }
    http_reply_flush(r->c->q);
    if (http_req_full(r->c->q))
        http_call_pause(r->http, true);
}

static void on_end(void *ctx, int e, int code, struct str body, const char *error)
{
    struct relay *r = ctx;
    (void)body;
    r->http = NULL;
    if (r->over)
        return;
    if (r->messages && r->begun) {
        http_ws_close(r->down, e < 0 ? 1011 : 1000, STR_NONE); /* its on_gone ends the relay */
        return;
    }
    if (!r->c || !r->c->q) {
        relay_over(r);
        return;
    }
    if (!r->begun) {
        refuse_backend(r, e < 0 ? e : code, e < 0 ? str_of(error) : buf_view(&r->error));
        return;
    }
    if (r->page && e == 0) {
        SCOPED_BUF out = BUF_INIT(0);
        page_end(r->page, &out);
        if (out.n)
            http_reply_write(r->c->q, (struct http_bytes){.bytes = buf_view(&out)});
    }
    r->c->gone = NULL;
    http_req_set_data(r->c->q, NULL, NULL);
    struct http_req *q = call_release(r->c);
    if (e < 0)
        http_reply_abort(q);
    else
        http_reply_end(q);
    relay_over(r);
}

static const char *const hop_headers[] = {
    "connection",    "keep-alive", "proxy-authenticate", "proxy-authorization", "te",     "trailer",       "transfer-encoding", "upgrade",
    "authorization", "host",       "content-length",     "accept-encoding",     "expect", "http2-settings"};

bool relay_goes_on(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(hop_headers); i++)
        if (str_is(name, hop_headers[i]))
            return false;
    return !str_starts(name, STR("impersonate-")) && !str_starts(name, STR(":"));
}

static int copy_headers(struct relay *r, struct http_header **out, size_t *n_out)
{
    if (r->behind) {
        *out = r->headers;
        *n_out = r->n_headers;
        return 0;
    }

    const struct http_header *all;
    size_t n = http_req_headers(r->c->q, &all), k = 0;
    struct http_header *copy = arena_alloc(r->c->a, (n + 1) * sizeof(*copy));
    if (!copy)
        return -ENOMEM;
    for (size_t i = 0; r->proxy && i < n; i++)
        if (relay_goes_on(all[i].name))
            copy[k++] = all[i];
    *out = copy;
    *n_out = k;
    return 0;
}

static void relay_plain(struct relay *r)
{
    struct http_call_options o = {.path = r->path};
    struct http_call_events e = {.on_head = on_head, .on_data = on_data, .on_end = on_end, .ctx = r};
    struct http_header *headers = NULL;
    struct str method = r->proxy ? http_req_method(r->c->q) : STR("GET");
    char *text = arena_text(r->c->a, method.p, method.n);
    int k = text ? copy_headers(r, &headers, &o.n_headers) : -ENOMEM;
    o.method = text;
    o.headers = headers;
    o.body = r->proxy ? http_req_body(r->c->q) : STR_NONE;
    o.head_ms = r->behind ? 0 : 30000; /* an API server has limits of its own */
    if (k == 0)
        k = http_client_call(&r->http, r->client, &o, &e);
    if (k < 0)
        refuse_backend(r, k, str_of(strerror(-k)));
}

/* ── WebSocket to WebSocket ── */

/* Kept messages: length and opcode in front of each. */
struct kept {
    uint32_t n;
    int opcode;
};

void relay_up(struct relay *r, int opcode, struct str bytes)
{
    int k = !r->up ? 0 : r->held.n ? -ENOBUFS : http_ws_send(r->up, opcode, bytes);
    if (k == -ENOBUFS) {
        struct kept head = {(uint32_t)bytes.n, opcode};
        buf_add(&r->held, &head, sizeof(head));
        buf_str(&r->held, bytes);
        k = buf_error(&r->held);
    }
    if (k < 0)
        http_ws_close(r->up, 1009, STR("too slow"));
    else if (r->up && http_ws_full(r->up) && r->down)
        http_ws_pause(r->down, true);
    else if (r->up && http_ws_full(r->up) && r->pipe)
        http_pipe_pause(r->pipe, true);
}

/* True: all has gone that was kept. */
static bool held_send(struct relay *r)
{
    while (r->up && r->held.n) {
        struct kept head;
        memcpy(&head, r->held.p, sizeof(head));
        int k = http_ws_send(r->up, head.opcode, str_make(r->held.p + sizeof(head), head.n));
        if (k == -ENOBUFS)
            return false;
        buf_drop(&r->held, k < 0 ? r->held.n : sizeof(head) + head.n); /* < 0: it ends */
    }
    return true;
}

static void down_message(void *ctx, int opcode, struct str bytes)
{
    if (opcode != HTTP_WS_CLOSE)
        relay_up(ctx, opcode, bytes);
}

static void down_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->up)
        http_ws_pause(r->up, false);
}

static void down_gone(void *ctx, int code)
{
    struct relay *r = ctx;
    (void)code;
    r->down = NULL;
    if (r->up && !r->up_gone) {
        http_ws_close(r->up, 1001, STR("the client has gone"));
        return;
    }
    if (!r->over)
        relay_over(r);
}

static void pipe_bytes(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    while (bytes.n && r->up) {
        size_t n = MIN(bytes.n, (size_t)32 * 1024);
        relay_up(r, HTTP_WS_BINARY, str_head(bytes, n));
        bytes = str_from(bytes, n);
    }
}

static void pipe_gone(void *ctx)
{
    struct relay *r = ctx;
    r->pipe = NULL;
    if (r->up && !r->up_gone) {
        http_ws_close(r->up, 1001, STR("the client has gone"));
        return;
    }
    if (!r->over)
        relay_over(r);
}

/* The agent has agreed to a protocol: now the client gets its answer. */
static void up_open(void *ctx, struct str protocol)
{
    struct relay *r = ctx;
    int e = 0;
    if (!r->c || !r->c->q) {
        http_ws_close(r->up, 1001, STR("the client has gone"));
        return;
    }
    r->c->gone = NULL;
    r->c->code = 101;
    http_req_set_data(r->c->q, NULL, NULL);
    if (r->spdy_pipe) {
        struct http_header h[] = {
            {STR("upgrade"), STR("SPDY/3.1")}, {STR("connection"), STR("Upgrade")}, {STR("x-stream-protocol-version"), STR("portforward.k8s.io")}};
        struct http_pipe_events ev = {.on_bytes = pipe_bytes, .on_drain = down_drain, .on_gone = pipe_gone, .ctx = r};
        e = http_upgrade_accept(&r->pipe, call_release(r->c), h, ARRAY_LEN(h), &ev);
    } else if (r->exec) {
        e = relay_exec_accept(r, call_release(r->c));
    } else {
        struct http_ws_events ev = {.on_message = down_message, .on_drain = down_drain, .on_gone = down_gone, .ctx = r};
        char *name = arena_text(r->c->a, protocol.p ? protocol.p : "", protocol.n);
        e = name ? http_ws_accept(&r->down, call_release(r->c), protocol.n ? name : NULL, MESSAGE_MAX, &ev) : -ENOMEM;
    }
    if (e < 0)
        http_ws_close(r->up, 1011, STR("the client cannot be answered"));
}

static void up_message(void *ctx, int opcode, struct str bytes)
{
    struct relay *r = ctx;
    bool full = false;
    int k = 0;
    if (opcode == HTTP_WS_CLOSE)
        return;
    if (r->exec)
        full = relay_exec_message(r, bytes);
    else if (r->pipe)
        k = http_pipe_send(r->pipe, bytes);
    else if (r->down)
        k = http_ws_send(r->down, opcode, bytes);
    /* Asked as soon as it is full to stop, the agent's side brings nothing that would not be taken. */
    full = full || (!r->exec && r->pipe && http_pipe_full(r->pipe)) || (r->down && http_ws_full(r->down));
    if (k == -ENOBUFS)
        http_ws_close(r->up, 1009, STR("the client takes too little"));
    else if (full)
        http_ws_pause(r->up, true);
}

static void up_drain(void *ctx)
{
    struct relay *r = ctx;
    if (!held_send(r))
        return;
    if (r->down)
        http_ws_pause(r->down, false);
    if (r->pipe)
        http_pipe_pause(r->pipe, false);
}

static void up_gone(void *ctx, int code)
{
    struct relay *r = ctx;
    bool broken = code < 1000 || code == 1006; /* not a WebSocket's good end: clients must not take it for the program's */
    r->up_gone = true;
    r->up = NULL;
    if (r->over)
        return;
    if (r->c && r->c->q) { /* it never opened */
        refuse_backend(r, code, code < 0 ? str_of(strerror(-code)) : str_of(http_reason(code)));
        return;
    }
    if (r->exec)
        relay_exec_end(r, broken);
    if (r->down && broken)
        http_ws_close(r->down, 1011, STR("the connection to the node's agent broke"));
    else if (r->down)
        http_ws_close(r->down, code >= 1000 && code < 5000 && code != 1005 ? code : 1000, STR(""));
    else if (r->pipe)
        http_pipe_close(r->pipe);
    else if (!r->over)
        relay_over(r);
}

#define PROTOCOLS_MAX 8

static size_t offered(struct relay *r, const char *out[PROTOCOLS_MAX + 1])
{
    struct str rest = http_req_header(r->c->q, "sec-websocket-protocol"), piece;
    size_t n = 0;
    while (rest.n && n < PROTOCOLS_MAX && str_next(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (str_starts(piece, STR("base64url.bearer.authorization.k8s.io.")))
            continue; /* a token for this server */
        char *text = arena_text(r->c->a, piece.p, piece.n);
        if (text)
            out[n++] = text;
    }
    out[n] = NULL;
    return n;
}

static void relay_streams(struct relay *r)
{
    const char *protocols[PROTOCOLS_MAX + 1];
    struct http_ws_events e = {.on_message = up_message, .on_drain = up_drain, .on_gone = up_gone, .ctx = r};
    if (http_req_wants_ws(r->c->q)) {
        offered(r, protocols);
    } else if (r->spdy_pipe) {
        protocols[0] = "SPDY/3.1+portforward.k8s.io";
        protocols[1] = NULL;
    } else {
        protocols[0] = "v5.channel.k8s.io";
        protocols[1] = "v4.channel.k8s.io";
        protocols[2] = NULL;
    }
    int k = http_ws_connect(&r->up, r->client, r->path, protocols, r->headers, r->n_headers, MESSAGE_MAX, up_open, &e);
    if (k < 0)
        refuse_backend(r, k, str_of(strerror(-k)));
}

/* ── beginning ── */

struct relay *relay_new(struct call *c)
{
    struct relay *r = mem_alloc(sizeof(*r));
    if (!r)
        return NULL;
    r->api = c->api;
    r->c = c;
    r->error = BUF_INIT(ERROR_BYTES_MAX + 1);
    r->held = BUF_INIT(HELD_MAX);
    c->gone = client_went;
    c->gone_ctx = r;
    return r;
}

bool relay_wants_other(const struct call *c)
{
    return http_req_header(c->q, "upgrade").n && !http_req_wants_ws(c->q) && !str_eq_nocase(http_req_header(c->q, "upgrade"), STR("h2c"));
}

static bool wants_spdy(const struct call *c)
{
    return str_eq_nocase(http_req_header(c->q, "upgrade"), STR("SPDY/3.1"));
}

static int connect_to(struct relay *r, const struct relay_target *t)
{
    struct err err = {{0}};
    struct http_client_options o = {.host = t->host, .port = t->port, .tls = t->kubelet ? r->api->kubelet_tls : NULL, .http1_only = true};
    if (t->kubelet && !o.tls) {
        struct apireq_status st;
        apireq_status_error(r->c->a, &st, 503, "ServiceUnavailable", "this server has no certificate to show to node agents");
        relay_refuse(r, &st);
        return 1;
    }
    int k = 0;
    if (t->link) {
        r->link = t->link;
        r->client = aggregate_client(t->link);
        return 0;
    }
    if (!t->kubelet && t->tls) { /* a pod's own certificate is nobody's concern here, as upstream */
        k = tls_client_context(&r->own_tls, NULL, NULL, true, STR_NONE, &err);
        o.tls = r->own_tls;
    }
    if (k == 0)
        k = http_client_new(&r->client, r->api->loop, &o, &err);
    if (k < 0) {
        refuse_backend(r, k, str_of(err.text));
        return 1;
    }
    return 0;
}

/* A page asked for at …/proxy would look for its neighbours beside the subresource: as upstream, its reader is sent to
 * …/proxy/ first. */
static bool redirect(struct relay *r)
{
    struct call *c = r->c;
    struct call_headers h;
    struct str method = http_req_method(c->q), query = http_req_query(c->q);
    if (c->route.rest_slash || http_req_wants_ws(c->q) || !(str_is(method, "GET") || str_is(method, "HEAD")))
        return false;
    struct str to = arena_fmt(c->a, "%.*s/%s%.*s", STR_FMT(http_req_path(c->q)), query.n ? "?" : "", STR_FMT(query));
    call_headers(c, NULL, &h);
    call_header(&h, "location", to);
    c->code = 301;
    http_reply_begin(c->q, 301, h.at, h.n);
    c->gone = NULL;
    http_req_set_data(c->q, NULL, NULL);
    http_reply_end(call_release(c));
    relay_over(r);
    return true;
}

/* ── another protocol, byte for byte, with the API server behind ── */

static void raw_close(struct http_pipe *p)
{
    if (p)
        http_pipe_close(p);
}

static void raw_over(struct relay *r)
{
    if (!r->pipe && !r->raw && !r->over)
        relay_over(r);
}

static void raw_pass(struct http_pipe *from, struct http_pipe *to, struct str bytes)
{
    if (!to || http_pipe_send(to, bytes) < 0) /* it is never sent to while full */
        http_pipe_close(from);
    else if (http_pipe_full(to))
        http_pipe_pause(from, true);
}

static void raw_up_bytes(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    raw_pass(r->raw, r->pipe, bytes);
}

static void raw_up_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->pipe)
        http_pipe_pause(r->pipe, false);
}

static void raw_up_gone(void *ctx)
{
    struct relay *r = ctx;
    r->raw = NULL;
    raw_close(r->pipe);
    raw_over(r);
}

static void raw_down_bytes(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    raw_pass(r->pipe, r->raw, bytes);
}

static void raw_down_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->raw)
        http_pipe_pause(r->raw, false);
}

static void raw_down_gone(void *ctx)
{
    struct relay *r = ctx;
    r->pipe = NULL;
    raw_close(r->raw);
    raw_over(r);
}

static void raw_open(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n)
{
    struct relay *r = ctx;
    struct http_pipe_events up = {raw_up_bytes, raw_up_drain, raw_up_gone, r}, down = {raw_down_bytes, raw_down_drain, raw_down_gone, r};
    r->http = NULL;
    r->raw = p;
    http_pipe_serve(p, &up);
    if (!r->c || !r->c->q) {
        http_pipe_close(p);
        return;
    }
    r->c->gone = NULL;
    r->c->code = 101;
    http_req_set_data(r->c->q, NULL, NULL);
    if (http_upgrade_accept(&r->pipe, call_release(r->c), headers, n, &down) < 0)
        http_pipe_close(p);
}

static void relay_raw(struct relay *r)
{
    struct http_call_events e = {.on_head = on_head, .on_data = on_data, .on_end = on_end, .ctx = r, .on_upgrade = raw_open};
    struct str method = http_req_method(r->c->q);
    struct http_call_options o = {.path = r->path, .headers = r->headers, .n_headers = r->n_headers, .body = http_req_body(r->c->q)};
    o.method = arena_text(r->c->a, method.p, method.n);
    int k = o.method ? http_client_call(&r->http, r->client, &o, &e) : -ENOMEM;
    if (k < 0)
        refuse_backend(r, k, str_of(strerror(-k)));
}

void relay_to(struct relay *r, const struct relay_target *t)
{
    r->path = t->path;
    if (connect_to(r, t))
        return;
    if (http_req_wants_ws(r->c->q))
        relay_streams(r);
    else if (relay_wants_other(r->c))
        relay_raw(r);
    else
        relay_plain(r);
}

static void relay_begin(struct call *c)
{
    struct relay_target t = {0};
    struct apireq_status st;
    struct relay *r = relay_new(c);
    if (!r) {
        call_memory(c);
        return;
    }
    r->proxy = str_is(c->sub->name, "proxy");
    if (relay_find(c, &t, &st)) {
        relay_refuse(r, &st);
        return;
    }
    if (r->proxy && redirect(r))
        return;
    r->path = t.path;
    r->origin = arena_fmt(c->a, "%s:%d", t.host, t.port);
    if (connect_to(r, &t))
        return;
    bool streams = !r->proxy && !str_is(c->sub->name, "log");
    if (!streams) {
        r->messages = http_req_wants_ws(c->q) && !r->proxy;
        if (http_req_wants_ws(c->q) && r->proxy)
            relay_streams(r);
        else
            relay_plain(r);
        return;
    }
    if (!http_req_wants_ws(c->q) && !wants_spdy(c)) {
        apireq_status_bad_request(c->a, &st, "Upgrade request required");
        relay_refuse(r, &st);
        return;
    }
    r->spdy_pipe = wants_spdy(c) && str_is(c->sub->name, "portforward");
    if (wants_spdy(c) && !r->spdy_pipe && relay_exec_new(r) < 0) {
        apireq_status_memory(&st);
        relay_refuse(r, &st);
        return;
    }
    relay_streams(r);
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
