/* One call, its reply streamed. */
#include "relay/inside.h"

#define HEADERS_MAX 48

static const char *const passed_on[] = {"content-type", "content-length", "content-encoding", "location",         "cache-control",
                                        "etag",         "last-modified",  "set-cookie",       "www-authenticate", "vary"};
/* Between two neighbours, or said by this server for itself. */
static const char *const left_out[] = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "date"};

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
    page_address(r->o.prefix, r->o.origin, value, &b);
    struct str out = arena_fmt(r->o.arena, "%.*s", STR_FMT(buf_view(&b)));
    return buf_error(&b) == 0 && out.p ? out : value;
}

static bool named(struct str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

/* Those of the answer that go on to the reader; how many. */
static size_t pass_headers(struct relay *r, const struct http_header *headers, size_t n, struct http_header out[HEADERS_MAX])
{
    bool behind = r->o.sort == RELAY_BEHIND, proxy = r->o.sort == RELAY_PROXY, typed = false;
    size_t k = 0;
    for (size_t i = 0; i < n && k < HEADERS_MAX; i++) {
        struct http_header h = headers[i];
        if (behind ? named(h.name, left_out, ARRAY_LEN(left_out)) || str_starts(h.name, STR(":")) : !named(h.name, passed_on, ARRAY_LEN(passed_on)))
            continue;
        if (r->page && str_is(h.name, "content-length"))
            continue;
        typed |= str_is(h.name, "content-type");
        if (proxy && str_is(h.name, "location"))
            h.value = location(r, h.value);
        out[k++] = h;
    }
    if (!typed && r->o.sort == RELAY_LOG && k < HEADERS_MAX)
        out[k++] = (struct http_header){STR("content-type"), STR("text/plain")};
    return k;
}

static void on_head(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct relay *r = ctx;
    struct http_header passed[HEADERS_MAX];
    if (!r->o.q)
        return;
    if (code >= 400 && r->o.sort == RELAY_LOG)
        return; /* the body is the reason: collected */
    r->begun = true;
    if (r->messages) {
        relay_log_begin(r);
        return;
    }
    if (r->o.sort == RELAY_PROXY && is_page(headers, n))
        r->page = page_new(r->o.prefix, r->o.origin);
    r->o.use->begin(r->o.ctx, code, passed, pass_headers(r, headers, n, passed));
}

static void on_data(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    if (r->messages && r->begun) {
        relay_log_data(r, bytes);
        return;
    }
    if (!r->o.q)
        return;
    if (!r->begun) {
        buf_str(&r->error, str_head(bytes, MIN(bytes.n, r->error.max - r->error.n)));
        return;
    }
    if (r->page) {
        SCOPED_BUF out = BUF_INIT(0);
        page_feed(r->page, bytes, &out);
        http_reply_write(r->o.q, (struct http_bytes){.bytes = buf_view(&out)});
    } else {
        http_reply_write(r->o.q, (struct http_bytes){.bytes = bytes});
    }
    http_reply_flush(r->o.q);
    if (http_req_full(r->o.q))
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
        relay_log_end(r, e == 0);
        return;
    }
    if (!r->o.q) {
        relay_over(r);
        return;
    }
    if (!r->begun) {
        relay_refuse(r, e < 0 ? e : code, e < 0 ? str_of(error) : buf_view(&r->error));
        return;
    }
    if (r->page && e == 0) {
        SCOPED_BUF out = BUF_INIT(0);
        page_end(r->page, &out);
        if (out.n)
            http_reply_write(r->o.q, (struct http_bytes){.bytes = buf_view(&out)});
    }
    struct http_req *q = relay_take(r, code);
    if (e < 0)
        http_reply_abort(q);
    else
        http_reply_end(q);
    relay_over(r);
}

void relay_plain_start(struct relay *r, struct http_call_options *o,
                       void (*on_upgrade)(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n))
{
    struct http_call_events e = {.on_head = on_head, .on_data = on_data, .on_end = on_end, .ctx = r, .on_upgrade = on_upgrade};
    struct str method = r->o.sort == RELAY_LOG ? STR("GET") : http_req_method(r->o.q);
    o->path = r->o.path;
    o->method = arena_text(r->o.arena, method.p, method.n);
    o->body = r->o.sort == RELAY_LOG ? STR_NONE : http_req_body(r->o.q);
    int k = o->method ? http_client_call(&r->http, r->o.client, o, &e) : -ENOMEM;
    if (k < 0)
        relay_refuse(r, k, str_of(strerror(-k)));
}

void relay_plain(struct relay *r)
{
    struct http_call_options o = {.headers = r->o.headers, .n_headers = r->o.n_headers};
    o.head_ms = r->o.sort == RELAY_BEHIND ? 0 : 30000; /* an API server has limits of its own */
    if (r->o.sort == RELAY_PROXY) {
        const struct http_header *all;
        size_t n = http_req_headers(r->o.q, &all);
        struct http_header *copy = arena_alloc(r->o.arena, (n + 1) * sizeof(*copy));
        o.n_headers = 0;
        for (size_t i = 0; copy && i < n; i++)
            if (relay_goes_on(all[i].name))
                copy[o.n_headers++] = all[i];
        o.headers = copy;
        if (!copy) {
            relay_refuse(r, -ENOMEM, str_of(strerror(ENOMEM)));
            return;
        }
    }
    relay_plain_start(r, &o, NULL);
}
