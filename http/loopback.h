/* loopback: what http's tests and fuzzers share — a server whose connection is
 * memory on a simulated clock, and a handler that does a bit of everything. */
#ifndef CORACLE_HTTP_LOOPBACK_H
#define CORACLE_HTTP_LOOPBACK_H

#include "http/inside.h"

struct loopback {
    struct loop *loop;
    struct http_server *server;
    struct http_conn *conn; /* valid while loopback_open() */
    struct buf got;         /* what the server sent */
    bool blocked;           /* the peer takes nothing */
    unsigned requests, gone, drained, released;
    struct http_req *held; /* a request to /hold or /stream: answered by the test */
    struct http_pipe *pipe;
    struct http_ws *ws;
    struct buf piped;
    struct buf messages; /* of the WebSocket: opcode ':' text '\n' */
    int ws_code;
    unsigned pipe_gone;
};

static inline int loopback_sink(void *ctx, struct str bytes)
{
    struct loopback *b = ctx;
    if (b->blocked)
        return -EAGAIN;
    buf_str(&b->got, bytes);
    return 0;
}

static inline void loopback_gone(void *data)
{
    struct loopback *b = data;
    b->gone++;
    b->held = NULL;
}

static inline void loopback_drain(void *data)
{
    struct loopback *b = data;
    b->drained++;
}

static inline void loopback_release(void *owner)
{
    struct loopback *b = owner;
    b->released++;
}

static inline void loopback_piped(void *ctx, struct str bytes)
{
    struct loopback *b = ctx;
    buf_str(&b->piped, bytes);
    (void)!http_pipe_send(b->pipe, bytes);
}

static inline void loopback_pipe_gone(void *ctx)
{
    struct loopback *b = ctx;
    b->pipe_gone++;
    b->pipe = NULL;
}

static inline void loopback_message(void *ctx, int opcode, struct str bytes)
{
    struct loopback *b = ctx;
    buf_fmt(&b->messages, "%d:", opcode);
    buf_str(&b->messages, str_head(bytes, 40));
    buf_char(&b->messages, '\n');
    if (str_is(bytes, "close"))
        http_ws_close(b->ws, 4000, STR("as you wish"));
    else if (str_is(bytes, "pause"))
        http_ws_pause(b->ws, true);
    else
        (void)!http_ws_send(b->ws, opcode, bytes);
}

static inline void loopback_ws_gone(void *ctx, int code)
{
    struct loopback *b = ctx;
    b->ws_code = code;
    b->ws = NULL;
}

static inline void loopback_upgrade(struct loopback *b, struct http_req *q)
{
    static const struct http_header raw[] = {{STR_INIT("upgrade"), STR_INIT("raw")}};
    struct http_pipe_events e = {.on_bytes = loopback_piped, .on_gone = loopback_pipe_gone, .ctx = b};
    struct http_ws_events w = {.on_message = loopback_message, .on_gone = loopback_ws_gone, .ctx = b};
    int r = -ENOTSUP;
    if (http_req_wants_ws(q)) {
        if (!b->ws)
            r = http_ws_accept(&b->ws, q, "echo", 1 << 20, &w);
    } else if (str_is(http_req_header(q, "upgrade"), "raw") && !b->pipe) {
        r = http_upgrade_accept(&b->pipe, q, raw, 1, &e);
    }
    if (r < 0)
        http_reply(q, 400, NULL, 0, http_bytes_copy(STR("no upgrade")));
}

static inline void loopback_request(void *ctx, struct http_req *q)
{
    struct loopback *b = ctx;
    static const struct http_header text[] = {{STR_INIT("content-type"), STR_INIT("text/plain")}};
    static char large[300000];
    struct str path = http_req_path(q);
    b->requests++;
    if (str_is(path, "/echo")) {
        http_reply(q, 200, text, 1, http_bytes_copy(http_req_body(q)));
    } else if (str_is(path, "/chunks")) {
        http_reply_begin(q, 200, text, 1);
        http_reply_write(q, http_bytes_copy(STR("one")));
        http_reply_write(q, http_bytes_copy(STR("two")));
        http_reply_end(q);
    } else if (str_is(path, "/large")) {
        memset(large, 'x', sizeof(large));
        http_reply(q, 200, text, 1, (struct http_bytes){str_make(large, sizeof(large)), loopback_release, b});
    } else if (str_is(path, "/none")) {
        http_reply(q, 204, NULL, 0, (struct http_bytes){0});
    } else if (str_is(path, "/upgrade")) {
        loopback_upgrade(b, q);
    } else if (str_is(path, "/hold") && !b->held) {
        b->held = q;
        http_req_set_data(q, b, loopback_gone);
        http_req_on_drain(q, loopback_drain);
    } else if (str_is(path, "/")) {
        http_reply(q, 200, text, 1, http_bytes_copy(STR("hello\n")));
    } else {
        http_reply(q, 404, text, 1, http_bytes_copy(STR("not found\n")));
    }
}

static inline int loopback_connect(struct loopback *b)
{
    b->conn = http_conn_memory(b->server, loopback_sink, b);
    return b->conn ? 0 : -ENOMEM;
}

static inline void loopback_done(struct loopback *b)
{
    http_server_free(b->server);
    loop_free(b->loop);
    buf_done(&b->got);
    buf_done(&b->piped);
    buf_done(&b->messages);
}

/* Cleans up behind itself when it fails. */
static inline int loopback_init(struct loopback *b, const struct http_limits *limits)
{
    *b = (struct loopback){0};
    struct http_server_options o = {.address = "", .on_request = loopback_request, .ctx = b};
    if (limits)
        o.limits = *limits;
    int r = loop_new_simulated(&b->loop, 1700000000);
    if (r == 0)
        r = http_server_alloc(&b->server, b->loop, &o);
    if (r == 0)
        r = loopback_connect(b);
    if (r < 0)
        loopback_done(b);
    return r;
}

static inline bool loopback_open(const struct loopback *b)
{
    return !list_empty(&b->server->conns);
}

static inline void loopback_feed(struct loopback *b, struct str bytes)
{
    if (loopback_open(b))
        http_wire_feed(&b->conn->wire, bytes);
    (void)!loop_run_for(b->loop, 0);
}

static inline void loopback_wait(struct loopback *b, int64_t ms)
{
    (void)!loop_run_for(b->loop, ms);
}

#endif
