#include "relay/inside.h"

#define ERROR_BYTES_MAX ((size_t)16 * 1024)
#define HELD_MAX        (RELAY_MESSAGE_MAX + (1u << 20)) /* of messages that came before their sender knew that it was to pause */

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

bool relay_wants_other(const struct http_req *q)
{
    struct str wanted = http_req_header(q, "upgrade");
    return wanted.n && !http_req_wants_ws(q) && !str_eq_nocase(wanted, STR("h2c"));
}

bool relay_wants_spdy(const struct http_req *q)
{
    return str_eq_nocase(http_req_header(q, "upgrade"), STR("SPDY/3.1"));
}

/* ── life ── */

int relay_new(struct relay **out, const struct relay_options *o)
{
    struct relay *r = mem_alloc(sizeof(*r));
    if (!r) {
        o->client_done(o->client_owner);
        return -ENOMEM;
    }
    r->o = *o;
    r->error = BUF_INIT(ERROR_BYTES_MAX);
    r->held = BUF_INIT(HELD_MAX);
    list_add(o->all, &r->one);
    *out = r;
    return 0;
}

static void client_done(struct relay *r)
{
    if (r->o.client)
        r->o.client_done(r->o.client_owner);
    r->o.client = NULL;
}

static void relay_end(void *ctx)
{
    struct relay *r = ctx;
    client_done(r);
    relay_exec_free(r->exec);
    page_free(r->page);
    buf_done(&r->error);
    buf_done(&r->held);
    if (!r->refused)
        r->o.use->over(r->o.ctx);
    list_del(&r->one);
    mem_free(r);
}

/* Behind an APIService connections are shared: all relays let go of theirs before the first one ends. */
void relay_end_all(struct list *all)
{
    LIST_EACH (r, all, struct relay, one) {
        r->over = true;
        loop_defer_cancel(&r->ending);
        if (r->http)
            http_call_cancel(r->http);
        r->http = NULL;
    }
    LIST_EACH (r, all, struct relay, one)
        client_done(r);
    LIST_EACH (r, all, struct relay, one)
        relay_end(r);
}

/* Never from inside a callback of the client that is freed with it. */
void relay_over(struct relay *r)
{
    r->over = true;
    loop_defer(r->o.loop, &r->ending, relay_end, r);
}

void relay_refuse(struct relay *r, int code, struct str text)
{
    r->refused = true;
    r->o.q = NULL;
    r->o.use->refused(r->o.ctx, code, str_trim(text));
    relay_over(r);
}

struct http_req *relay_take(struct relay *r, int code)
{
    r->o.q = NULL;
    return r->o.use->take(r->o.ctx, code);
}

void relay_client_went(struct relay *r)
{
    r->o.q = NULL;
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

void relay_drained(struct relay *r)
{
    if (r->http)
        http_call_pause(r->http, false);
}

/* ── which way ── */

static void relay_channels(struct relay *r)
{
    bool spdy = relay_wants_spdy(r->o.q);
    if (!http_req_wants_ws(r->o.q) && spdy && r->o.sort == RELAY_EXEC && relay_exec_new(r) < 0)
        relay_refuse(r, -ENOMEM, STR("no memory"));
    else
        relay_streams(r);
}

void relay_go(struct relay *r)
{
    bool ws = http_req_wants_ws(r->o.q);
    switch (r->o.sort) {
    case RELAY_LOG:
        r->messages = ws;
        relay_plain(r);
        return;
    case RELAY_EXEC:
    case RELAY_FORWARD:
        relay_channels(r);
        return;
    case RELAY_PROXY:
    case RELAY_BEHIND:
        if (ws)
            relay_streams(r);
        else if (r->o.sort == RELAY_BEHIND && relay_wants_other(r->o.q))
            relay_raw(r);
        else
            relay_plain(r);
        return;
    }
}
