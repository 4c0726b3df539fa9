/* What a reply that streams and is silent holds beside its connection: a server has thousands of them. */
#include <malloc.h>

#include "http/inside.h"
#include "tests/unit.h"

#define MANY 90u /* streams a connection has before the peer has said that there may be more */

size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t held_bytes(void)
{
    return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : mallinfo2().uordblks;
}

struct crowd {
    struct loop *loop;
    struct http_server *server;
    struct http_conn *conns[MANY];
    struct http_req *streams[MANY];
    unsigned n_conns, n_streams;
    size_t sent;
};

static int sink(void *ctx, struct str bytes)
{
    struct crowd *c = ctx;
    c->sent += bytes.n;
    return 0;
}

static void gone(void *data)
{
    struct crowd *c = data;
    c->n_streams--;
}

static void on_request(void *ctx, struct http_req *q)
{
    struct crowd *c = ctx;
    static const struct http_header type[] = {{STR_INIT("content-type"), STR_INIT("application/json")}};
    if (!str_is(http_req_path(q), "/stream")) {
        http_reply(q, 200, type, 1, http_bytes_copy(STR("{}")));
        return;
    }
    assert_non_null(arena_text(http_req_arena(q), "what it was asked", 17));
    assert_true(c->n_streams < MANY);
    c->streams[c->n_streams++] = q;
    http_req_set_data(q, c, gone);
    http_reply_begin(q, 200, type, 1);
    http_reply_flush(q);
    http_req_shed(q);
}

static void crowd_init(struct crowd *c, unsigned conns)
{
    *c = (struct crowd){0};
    struct http_server_options o = {.address = "", .on_request = on_request, .ctx = c, .limits = {.streams = MANY + 1}};
    assert_done(loop_new_simulated(&c->loop, 1700000000));
    assert_done(http_server_alloc(&c->server, c->loop, &o));
    for (; c->n_conns < conns; c->n_conns++) {
        c->conns[c->n_conns] = http_conn_memory(c->server, sink, c);
        assert_non_null(c->conns[c->n_conns]);
    }
}

static void crowd_done(struct crowd *c)
{
    http_server_free(c->server);
    assert_int_equal(c->n_streams, 0);
    loop_free(c->loop);
}

static void feed(struct crowd *c, unsigned i, struct str bytes)
{
    http_wire_feed(&c->conns[i]->wire, bytes);
    assert_done(loop_run_for(c->loop, 0));
}

/* Silent, after an event each, and silent again: what is held may not be more than a request's own struct and `more`. */
static void streams_are_small(struct crowd *c, size_t before, size_t more)
{
    assert_int_equal(c->n_streams, MANY);
    for (int round = 0; round < 2; round++) {
        size_t held = held_bytes(), each = held > before ? (held - before) / MANY : 0;
        if (each > sizeof(struct http_req) + more)
            print_message("round %d: %zu bytes a stream\n", round, each);
        assert_true(each <= sizeof(struct http_req) + more);
        for (unsigned i = 0; i < MANY; i++) {
            struct http_req *q = c->streams[i];
            assert_null(q->text.p);
            assert_null(q->headers.p);
            assert_null(q->mem);
            assert_null(q->out.first);
            assert_null(q->conn->wire.out.first);
            http_reply_write(q, http_bytes_copy(STR("{\"type\":\"MODIFIED\"}\n")));
            http_reply_flush(q);
        }
        assert_done(loop_run_for(c->loop, 0));
    }
}

static void test_http1(void **state)
{
    (void)state;
    struct crowd c;
    crowd_init(&c, MANY);
    for (unsigned i = 0; i < MANY; i++)
        feed(&c, i, STR("GET /version HTTP/1.1\r\nHost: a\r\n\r\n"));
    size_t before = held_bytes();
    for (unsigned i = 0; i < MANY; i++)
        feed(&c, i, STR("GET /stream HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nUser-Agent: somebody\r\n\r\n"));
    streams_are_small(&c, before, 64);
    crowd_done(&c);
}

#define FIELD(n, v) \
    { \
        (uint8_t *)(uintptr_t)(n), (uint8_t *)(uintptr_t)(v), sizeof(n) - 1, sizeof(v) - 1, NGHTTP2_NV_FLAG_NONE \
    }

static void ask(struct crowd *c, nghttp2_session *peer, bool streams)
{
    nghttp2_nv get[] = {FIELD(":method", "GET"), FIELD(":scheme", "https"), FIELD(":authority", "a"), FIELD(":path", "/version")};
    nghttp2_nv stream[] = {FIELD(":method", "GET"), FIELD(":scheme", "https"), FIELD(":authority", "a"), FIELD(":path", "/stream"),
                           FIELD("user-agent", "somebody")};
    assert_true(nghttp2_submit_request(peer, NULL, streams ? stream : get, streams ? ARRAY_LEN(stream) : ARRAY_LEN(get), NULL, NULL) > 0);
    const uint8_t *bytes;
    ssize_t n;
    while ((n = nghttp2_session_mem_send(peer, &bytes)) > 0)
        feed(c, 0, str_make((const char *)bytes, (size_t)n));
    assert_int_equal(n, 0);
}

static void test_http2(void **state)
{
    (void)state;
    struct crowd c;
    nghttp2_session_callbacks *none;
    nghttp2_session *peer;
    crowd_init(&c, 1);
    assert_done(nghttp2_session_callbacks_new(&none));
    assert_done(nghttp2_session_client_new(&peer, none, NULL));
    assert_done(nghttp2_submit_settings(peer, NGHTTP2_FLAG_NONE, NULL, 0));
    ask(&c, peer, false);
    size_t before = held_bytes();
    for (unsigned i = 0; i < MANY; i++)
        ask(&c, peer, true);
    streams_are_small(&c, before, 1024); /* nghttp2's own, on both sides */
    crowd_done(&c);
    nghttp2_session_del(peer);
    nghttp2_session_callbacks_del(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_http1), cmocka_unit_test(test_http2)};
    return cmocka_run_group_tests_name("idle", tests, NULL, NULL);
}
