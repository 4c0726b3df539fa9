/* WebSocket to WebSocket; a client that speaks SPDY has a pipe instead. */
#include "relay/inside.h"

#define PROTOCOLS_MAX 8

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
    if (!r->o.q) {
        http_ws_close(r->up, 1001, STR("the client has gone"));
        return;
    }
    if (r->o.sort == RELAY_FORWARD && !http_req_wants_ws(r->o.q)) {
        struct http_header h[] = {
            {STR("upgrade"), STR("SPDY/3.1")}, {STR("connection"), STR("Upgrade")}, {STR("x-stream-protocol-version"), STR("portforward.k8s.io")}};
        struct http_pipe_events ev = {.on_bytes = pipe_bytes, .on_drain = down_drain, .on_gone = pipe_gone, .ctx = r};
        e = http_upgrade_accept(&r->pipe, relay_take(r, 101), h, ARRAY_LEN(h), &ev);
    } else if (r->exec) {
        e = relay_exec_accept(r, relay_take(r, 101));
    } else {
        struct http_ws_events ev = {.on_message = down_message, .on_drain = down_drain, .on_gone = down_gone, .ctx = r};
        char *name = arena_text(r->o.arena, protocol.p ? protocol.p : "", protocol.n);
        e = name ? http_ws_accept(&r->down, relay_take(r, 101), protocol.n ? name : NULL, RELAY_MESSAGE_MAX, &ev) : -ENOMEM;
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
    if (r->o.q) { /* it never opened */
        relay_refuse(r, code, code < 0 ? str_of(strerror(-code)) : str_of(http_reason(code)));
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

static size_t offered(struct relay *r, const char *out[PROTOCOLS_MAX + 1])
{
    struct str rest = http_req_header(r->o.q, "sec-websocket-protocol"), piece;
    size_t n = 0;
    while (rest.n && n < PROTOCOLS_MAX && str_next(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (str_starts(piece, STR("base64url.bearer.authorization.k8s.io.")))
            continue; /* a token for this server */
        char *text = arena_text(r->o.arena, piece.p, piece.n);
        if (text)
            out[n++] = text;
    }
    out[n] = NULL;
    return n;
}

void relay_streams(struct relay *r)
{
    const char *protocols[PROTOCOLS_MAX + 1];
    struct http_ws_events e = {.on_message = up_message, .on_drain = up_drain, .on_gone = up_gone, .ctx = r};
    if (http_req_wants_ws(r->o.q)) {
        offered(r, protocols);
    } else if (r->o.sort == RELAY_FORWARD) {
        protocols[0] = "SPDY/3.1+portforward.k8s.io";
        protocols[1] = NULL;
    } else {
        protocols[0] = "v5.channel.k8s.io";
        protocols[1] = "v4.channel.k8s.io";
        protocols[2] = NULL;
    }
    int k = http_ws_connect(&r->up, r->o.client, r->o.path, protocols, r->o.headers, r->o.n_headers, RELAY_MESSAGE_MAX, up_open, &e);
    if (k < 0)
        relay_refuse(r, k, str_of(strerror(-k)));
}
