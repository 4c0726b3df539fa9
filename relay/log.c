/* A log for a client that speaks WebSocket: what comes goes on in messages, as bytes or in base64. */
#include "relay/inside.h"

static void log_down_message(void *ctx, int opcode, struct str bytes)
{
    (void)ctx, (void)opcode, (void)bytes; /* a reader has nothing to say */
}

static void log_down_drain(void *ctx)
{
    relay_drained(ctx);
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

void relay_log_begin(struct relay *r)
{
    static const char *const known[] = {"binary.k8s.io", "base64.binary.k8s.io"};
    struct http_ws_events e = {.on_message = log_down_message, .on_drain = log_down_drain, .on_gone = log_down_gone, .ctx = r};
    struct str rest = http_req_header(r->o.q, "sec-websocket-protocol"), one;
    const char *chosen = NULL;
    while (!chosen && str_next(&rest, ',', &one))
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_is(str_trim(one), known[i]))
                chosen = known[i];
    r->base64 = chosen == known[1];
    if (http_ws_accept(&r->down, relay_take(r, 101), chosen, RELAY_MESSAGE_MAX, &e) == 0)
        return;
    http_call_cancel(r->http);
    r->http = NULL;
    relay_over(r);
}

void relay_log_data(struct relay *r, struct str bytes)
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

void relay_log_end(struct relay *r, bool well)
{
    if (r->down)
        http_ws_close(r->down, well ? 1000 : 1011, STR_NONE); /* its on_gone ends the relay */
}
