/* HTTP/1.1 through memory on a simulated clock: replies byte by byte. */
#include "http/loopback.h"
#include "tests/unit.h"

#define DATE  "date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
#define HELLO "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n" DATE "\r\nhello\n"

/* Feeds `in` to a fresh connection and compares everything that comes back. */
static void expect(const char *in, const char *out)
{
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, str_of(in));
    assert_str(buf_view(&b.got), out);
    loopback_done(&b);
}

static void test_replies(void **state)
{
    (void)state;
    expect("GET / HTTP/1.1\r\nHost: a\r\n\r\n", HELLO);
    expect("\r\n\r\nGET / HTTP/1.1\r\nhost:a\r\n\r\n", HELLO);
    expect("GET http://a.example/ HTTP/1.1\r\nHost: a\r\n\r\n", HELLO);
    expect("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n" DATE "\r\n");
    expect("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 204 No Content\r\n" DATE "\r\n");
    expect("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\nconnection: close\r\n" DATE "\r\nhello\n");
    expect("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
           "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\nconnection: keep-alive\r\n" DATE "\r\nhello\n");
    expect("GET /chunks HTTP/1.1\r\nHost: a\r\n\r\n",
           "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n" DATE "\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
    expect("GET /chunks HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n" DATE "\r\nonetwo");
    expect("HEAD /chunks HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n" DATE "\r\n");
}

#define ECHO(n, text) "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: " n "\r\n" DATE "\r\n" text

static void test_bodies(void **state)
{
    (void)state;
    expect("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde", ECHO("5", "abcde"));
    expect("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
           "chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n",
           ECHO("5", "abcde"));
    expect("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.1 100 Continue\r\n\r\n" ECHO("2", "hi"));
}

static const char pipelined[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz"
                                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwxyz\r\n0\r\n\r\n"
                                "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
static const char pipelined_out[] =
    HELLO ECHO("3", "xyz") ECHO("4", "wxyz") "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n"
                                             "connection: close\r\n" DATE "\r\nnot found\n";

static void test_pipelining(void **state)
{
    (void)state;
    expect(pipelined, pipelined_out);
}

/* Wherever the bytes are cut, the answers are the same. */
static void test_every_split(void **state)
{
    (void)state;
    struct str all = STR("");
    all = str_of(pipelined);
    for (size_t at = 1; at < all.n; at++) {
        struct loopback b;
        assert_done(loopback_init(&b, NULL));
        loopback_feed(&b, str_head(all, at));
        loopback_feed(&b, str_from(all, at));
        assert_str(buf_view(&b.got), pipelined_out);
        assert_false(loopback_open(&b));
        loopback_done(&b);
    }
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    for (size_t i = 0; i < all.n; i++)
        loopback_feed(&b, str_head(str_from(all, i), 1));
    assert_str(buf_view(&b.got), pipelined_out);
    loopback_done(&b);
}

static void test_later_answer(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\nX-Two: 2\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_non_null(b.held);
    assert_int_equal(b.got.n, 0);
    assert_int_equal(b.requests, 1); /* the next one waits its turn */
    assert_str(http_req_header(b.held, "x-two"), "2");
    assert_str(http_req_peer(b.held), "local");
    http_reply(b.held, 200, NULL, 0, http_bytes_copy(STR("late")));
    assert_non_null(b.held); /* still there until the loop turns */
    loopback_wait(&b, 0);
    assert_int_equal(b.gone, 1);
    assert_str(buf_view(&b.got), "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n" DATE "\r\nlate" HELLO);
    loopback_done(&b);
}

static void test_streaming(void **state)
{
    (void)state;
    struct loopback b;
    struct http_limits limits = {.unsent_bytes = 1000};
    assert_done(loopback_init(&b, &limits));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    http_reply_begin(b.held, 200, NULL, 0);
    http_req_shed(b.held);
    http_reply_write(b.held, http_bytes_copy(STR("event")));
    loopback_wait(&b, 0);
    assert_str(buf_view(&b.got), "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n" DATE "\r\n5\r\nevent\r\n");
    b.blocked = true; /* a reader that stops */
    char kib[1024];
    memset(kib, 'k', sizeof(kib));
    http_reply_write(b.held, http_bytes_copy(str_make(kib, sizeof(kib))));
    loopback_wait(&b, 0);
    assert_true(http_req_full(b.held));
    assert_int_equal(b.drained, 0);
    b.blocked = false;
    http_wire_wake(&b.conn->wire);
    loopback_wait(&b, 0);
    assert_false(http_req_full(b.held));
    assert_int_equal(b.drained, 1);
    http_reply_end(b.held);
    loopback_wait(&b, 0);
    assert_true(str_ends(buf_view(&b.got), STR("k\r\n0\r\n\r\n")));
    assert_int_equal(b.gone, 1);

    /* The same, and the reader never comes back. */
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    b.blocked = true;
    http_reply_begin(b.held, 200, NULL, 0);
    loopback_wait(&b, 59000);
    assert_true(loopback_open(&b));
    loopback_wait(&b, 2000);
    assert_false(loopback_open(&b));
    assert_int_equal(b.gone, 2);
    loopback_done(&b);
}

static void test_announced_length(void **state)
{
    (void)state;
    const struct http_header five[] = {{STR_INIT("Content-Length"), STR_INIT("5")}};
    for (int less = 0; less < 2; less++) {
        struct loopback b;
        assert_done(loopback_init(&b, NULL));
        loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
        http_reply_begin(b.held, 200, five, 1);
        http_reply_write(b.held, http_bytes_copy(STR("ab")));
        if (!less)
            http_reply_write(b.held, http_bytes_copy(STR("cde")));
        http_reply_end(b.held);
        loopback_wait(&b, 0);
        assert_int_equal(loopback_open(&b), !less); /* a short body must not look whole */
        if (!less)
            assert_str(buf_view(&b.got), "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n" DATE "\r\nabcde");
        assert_int_equal(b.gone, 1);
        loopback_done(&b);
    }
}

static void test_gone_peer(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    loopback_feed(&b, STR_NONE); /* the peer closes */
    assert_int_equal(b.gone, 1);
    assert_false(loopback_open(&b));
    /* What came whole before the end is answered when the answer is there at once. */
    assert_done(loopback_connect(&b));
    b.conn->wire.busy = true;
    http_wire_feed(&b.conn->wire, STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    loopback_feed(&b, STR_NONE);
    assert_true(str_ends(buf_view(&b.got), STR("hello\n")));
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static void test_gzip(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"));
    struct str all = buf_view(&b.got);
    assert_true(str_find(all, STR("content-encoding: gzip\r\nvary: accept-encoding\r\n")) > 0);
    assert_true(str_ends(all, STR("0\r\n\r\n")));
    assert_true(all.n < 3000);
    assert_int_equal(b.released, 1);
    buf_clear(&b.got);
    loopback_feed(&b, STR("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_true(b.got.n > 300000);
    assert_int_equal(b.released, 2);

    /* A streamed one, piece by piece. */
    static char piece[40000];
    for (size_t i = 0; i < sizeof(piece); i++)
        piece[i] = (char)('a' + i * i % 23);
    for (int takes = 0; takes < 2; takes++) {
        buf_clear(&b.got);
        loopback_feed(&b, takes ? STR("GET /hold HTTP/1.0\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n")
                                : STR("GET /hold HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\n\r\n"));
        (void)http_reply_compress(b.held);
        http_reply_begin(b.held, 200, NULL, 0);
        for (int i = 0; i < 20; i++) {
            http_reply_write(b.held, (struct http_bytes){str_make(piece, sizeof(piece)), loopback_release, &b});
            loopback_wait(&b, 0);
        }
        http_reply_end(b.held);
        loopback_wait(&b, 0);
        assert_int_equal(b.released, 2 + 20 * (takes + 1));
        all = buf_view(&b.got);
        assert_int_equal(str_find(all, STR("content-encoding: gzip\r\n")) > 0, takes);
        if (!takes)
            continue;
        SCOPED_BUF whole = BUF_INIT(0);
        ssize_t at = str_find(all, STR("\r\n\r\n"));
        assert_true(at > 0 && all.n < 100000);
        assert_done(http_gunzip(str_from(all, (size_t)at + 4), 1 << 20, &whole)); /* HTTP/1.0: no chunks in between */
        assert_int_equal(whole.n, 20 * sizeof(piece));
        assert_memory_equal(whole.p + 19 * sizeof(piece), piece, sizeof(piece));
    }
    loopback_done(&b);

    /* And a compressed body. */
    struct http_gzip *g;
    SCOPED_BUF packed = BUF_INIT(0), in = BUF_INIT(0);
    assert_done(http_gzip_new(&g, http_bytes_copy(STR("squeezed"))));
    assert_int_equal(http_gzip_next(g, &packed), 0);
    http_gzip_free(g);
    buf_fmt(&in, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", packed.n);
    buf_str(&in, buf_view(&packed));
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, buf_view(&in));
    assert_true(str_ends(buf_view(&b.got), STR("squeezed")));
    loopback_done(&b);
}

static void test_upgrade(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("POST /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\nfirst"));
    assert_non_null(b.pipe);
    loopback_feed(&b, STR(" second"));
    assert_str(buf_view(&b.piped), "first second");
    assert_str(buf_view(&b.got), "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: raw\r\n\r\nfirst second");
    http_pipe_pause(b.pipe, true);
    loopback_feed(&b, STR("third"));
    assert_str(buf_view(&b.piped), "first second");
    http_pipe_pause(b.pipe, false);
    loopback_wait(&b, 0);
    assert_str(buf_view(&b.piped), "first secondthird");
    http_pipe_close(b.pipe);
    loopback_wait(&b, 0);
    assert_int_equal(b.pipe_gone, 1);
    assert_false(loopback_open(&b));
    loopback_done(&b);
    /* Declining an offered upgrade leaves plain HTTP (curl offers h2c so). */
    expect("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n"
           "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
           HELLO HELLO);
}

static unsigned slots_dropped;

static void slot_drop(void *value)
{
    assert_ptr_equal(value, &slots_dropped);
    slots_dropped++;
}

static void test_connection_slot(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    *http_req_connection_slot(b.held, slot_drop) = &slots_dropped;
    http_reply(b.held, 204, NULL, 0, (struct http_bytes){0});
    loopback_wait(&b, 0);
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_ptr_equal(*http_req_connection_slot(b.held, slot_drop), &slots_dropped);
    loopback_done(&b);
    assert_int_equal(slots_dropped, 1);
}

static void test_drain(void **state)
{
    (void)state;
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    http_server_drain(b.server);
    loopback_wait(&b, 0);
    assert_true(loopback_open(&b));
    http_reply(b.held, 200, NULL, 0, http_bytes_copy(STR("x")));
    loopback_wait(&b, 0);
    assert_true(str_find(buf_view(&b.got), STR("connection: close\r\n")) > 0);
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static int everything(void *ctx)
{
    (void)ctx;
    struct loopback b;
    int r = loopback_init(&b, NULL);
    if (r < 0)
        return r;
    loopback_feed(&b, str_of(pipelined));
    if (loopback_connect(&b) == 0) {
        loopback_feed(&b, STR("GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"));
        loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"));
        if (b.held) {
            (void)http_reply_compress(b.held);
            http_reply_begin(b.held, 200, NULL, 0);
            http_reply_write(b.held, http_bytes_copy(STR("part")));
            loopback_wait(&b, 0);
        }
        if (b.held)
            http_reply_end(b.held);
        loopback_feed(&b, STR("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\nbytes"));
    }
    loopback_done(&b);
    return 0;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(everything, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replies),          cmocka_unit_test(test_bodies),          cmocka_unit_test(test_pipelining),
        cmocka_unit_test(test_every_split),      cmocka_unit_test(test_later_answer),    cmocka_unit_test(test_streaming),
        cmocka_unit_test(test_announced_length), cmocka_unit_test(test_gone_peer),       cmocka_unit_test(test_gzip),
        cmocka_unit_test(test_upgrade),          cmocka_unit_test(test_connection_slot), cmocka_unit_test(test_drain),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
