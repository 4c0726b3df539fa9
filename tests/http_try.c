/* http-try: a server to try http with from outside (curl, nghttp, h2load, wrk).
 *
 *   http-try PORT [tls]
 *   /small 4 KiB   /big?bytes=N shared   /zip 1 MiB of text   /stream?n=N one line each 10 ms   /echo   /ws echoes
 */
#include <stdio.h>

#include "http/http.h"
#include "tls/tls.h"

struct state {
    struct loop *loop;
    char *block;
    size_t block_bytes;
};

struct stream {
    struct state *state;
    struct http_req *q;
    struct loop_timer timer;
    int left;
};

static void keep(void *owner)
{
    (void)owner; /* the block lives as long as the program */
}

static const struct http_header text_plain[] = {{STR_INIT("content-type"), STR_INIT("text/plain")}};

static size_t number(struct http_req *q, const char *name, size_t otherwise)
{
    SCOPED_BUF text = BUF_INIT(64);
    uint64_t n = 0;
    if (!http_query_get(http_req_query(q), name, &text) || str_to_uint(buf_view(&text), &n) < 0)
        return otherwise;
    return (size_t)n;
}

static void stream_gone(void *data)
{
    struct stream *s = data;
    loop_timer_stop(&s->timer);
    mem_free(s);
}

static void stream_tick(void *ctx)
{
    struct stream *s = ctx;
    char line[64];
    int n = snprintf(line, sizeof(line), "line %d\n", s->left);
    http_reply_write(s->q, (struct http_bytes){.bytes = str_make(line, (size_t)n)});
    if (--s->left <= 0)
        http_reply_end(s->q);
    else if (loop_timer_start(s->state->loop, &s->timer, 10, stream_tick, s) < 0)
        http_reply_abort(s->q);
}

static void reply_stream(struct state *st, struct http_req *q)
{
    struct stream *s = mem_alloc(sizeof(*s));
    if (!s) {
        http_reply(q, 503, NULL, 0, (struct http_bytes){0});
        return;
    }
    s->state = st;
    s->q = q;
    s->left = (int)number(q, "n", 5);
    http_req_set_data(q, s, stream_gone);
    http_reply_begin(q, 200, text_plain, 1);
    stream_tick(s);
}

struct echo {
    struct http_ws *ws;
};

static void ws_message(void *ctx, int opcode, struct str bytes)
{
    struct echo *e = ctx;
    if (http_ws_send(e->ws, opcode, bytes) < 0)
        http_ws_close(e->ws, 1011, STR("cannot send"));
}

static void ws_gone(void *ctx, int code)
{
    printf("websocket gone: %d\n", code);
    mem_free(ctx);
}

static void reply_ws(struct http_req *q)
{
    struct echo *e = mem_alloc(sizeof(*e));
    struct http_ws_events events = {.on_message = ws_message, .on_gone = ws_gone, .ctx = e};
    if (!e || http_ws_accept(&e->ws, q, NULL, 16u << 20, &events) < 0) {
        mem_free(e);
        http_reply(q, 400, text_plain, 1, (struct http_bytes){.bytes = STR("a WebSocket handshake was expected\n")});
    }
}

static void on_request(void *ctx, struct http_req *q)
{
    struct state *st = ctx;
    struct str path = http_req_path(q);
    if (str_is(path, "/small"))
        http_reply(q, 200, text_plain, 1, (struct http_bytes){str_make(st->block, 4096), keep, st});
    else if (str_is(path, "/big"))
        http_reply(q, 200, text_plain, 1, (struct http_bytes){str_make(st->block, MIN(number(q, "bytes", 1 << 20), st->block_bytes)), keep, st});
    else if (str_is(path, "/zip"))
        http_reply(q, 200, text_plain, 1, (struct http_bytes){str_make(st->block, 1 << 20), keep, st});
    else if (str_is(path, "/stream"))
        reply_stream(st, q);
    else if (str_is(path, "/echo"))
        http_reply(q, 200, text_plain, 1, (struct http_bytes){.bytes = http_req_body(q)});
    else if (str_is(path, "/ws"))
        reply_ws(q);
    else
        http_reply(q, 404, text_plain, 1, (struct http_bytes){.bytes = STR("not found\n")});
}

static int tls_make(SSL_CTX **out, struct err *err)
{
    struct tls_pair ca = {0}, own = {0};
    const char *const dns[] = {"localhost", NULL}, *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {dns, ips};
    int64_t now = (int64_t)time(NULL);
    int r = tls_ca_make(&ca, "http-try", now, 2, err);
    if (r == 0)
        r = tls_cert_make(&own, &ca, "http-try", NULL, &names, TLS_USAGE_SERVER, now, 1, err);
    if (r == 0)
        r = tls_server_context(out, &own, NULL, STR("\x02h2\x08http/1.1"), err);
    tls_pair_done(&ca);
    tls_pair_done(&own);
    return r;
}

int main(int argc, char **argv)
{
    struct err err = {{0}};
    struct state st = {.block_bytes = 64u << 20};
    struct http_server *server = NULL;
    SSL_CTX *tls = NULL;
    st.block = mem_alloc(st.block_bytes);
    int r = st.block ? loop_new(&st.loop) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < st.block_bytes; i++)
        st.block[i] = "abcdefghijklmnopqrstuvwxyz0123456789 \n"[i * i % 37];
    if (r == 0 && argc > 2)
        r = tls_make(&tls, &err);
    struct http_server_options o = {.address = "127.0.0.1", .port = argc > 1 ? atoi(argv[1]) : 0, .tls = tls, .on_request = on_request, .ctx = &st};
    if (r == 0)
        r = http_server_new(&server, st.loop, &o, &err);
    if (r < 0) {
        fprintf(stderr, "http-try: %s\n", err.text);
        return 1;
    }
    printf("%d\n", http_server_port(server));
    fflush(stdout);
    return loop_run(st.loop) < 0;
}
