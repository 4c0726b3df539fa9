/* The server's side of WebSocket, frame by frame. The client's is in test_client.c. */
#include "http/loopback.h"
#include "tests/unit.h"

static const char handshake[] = "GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
static const char accepted[] = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                               "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-protocol: echo\r\n\r\n";

static void masked(struct buf *b, unsigned first, struct str payload)
{
    static const unsigned char key[4] = {0x12, 0x34, 0x56, 0x78};
    buf_char(b, (char)first);
    if (payload.n < 126) {
        buf_char(b, (char)(0x80 | payload.n));
    } else if (payload.n < 65536) {
        buf_char(b, (char)(0x80 | 126));
        buf_char(b, (char)(payload.n >> 8));
        buf_char(b, (char)payload.n);
    } else {
        buf_char(b, (char)(0x80 | 127));
        for (int shift = 56; shift >= 0; shift -= 8)
            buf_char(b, (char)((uint64_t)payload.n >> shift));
    }
    buf_add(b, key, 4);
    for (size_t i = 0; i < payload.n; i++)
        buf_char(b, (char)(payload.p[i] ^ key[i & 3]));
}

static void begin(struct loopback *b)
{
    assert_done(loopback_init(b, NULL));
    loopback_feed(b, str_of(handshake));
    assert_str(buf_view(&b->got), accepted); /* RFC 6455 §1.3's own key */
    assert_non_null(b->ws);
    buf_clear(&b->got);
}

static void test_echo(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    masked(&in, 0x81, STR("hello"));
    masked(&in, 0x02, STR("frag")); /* binary in three frames, a ping between them */
    masked(&in, 0x00, STR(""));
    masked(&in, 0x89, STR("are you?"));
    masked(&in, 0x80, STR("ments"));
    masked(&in, 0x8a, STR("unasked pong"));
    masked(&in, 0x81, STR(""));
    for (size_t step = 1; step <= in.n; step = step < 4 ? step + 1 : in.n) {
        begin(&b);
        for (size_t at = 0; at < in.n; at += step)
            loopback_feed(&b, str_head(str_from(buf_view(&in), at), step));
        assert_str(buf_view(&b.messages), "1:hello\n2:fragments\n1:\n");
        static const char want[] = "\x81\x05hello\x8a\x08"
                                   "are you?\x82\x09"
                                   "fragments\x81\x00";
        assert_true(str_eq(buf_view(&b.got), str_make(want, sizeof(want) - 1)));
        loopback_done(&b);
        assert_int_equal(b.ws_code, 1006); /* cut off */
        if (step == in.n)
            break;
    }
}

static void test_large(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0), text = BUF_INIT(0);
    for (int i = 0; i < 70000; i++)
        buf_char(&text, (char)i);
    begin(&b);
    masked(&in, 0x82, buf_view(&text));
    loopback_feed(&b, buf_view(&in));
    assert_int_equal(b.got.n, 70010);
    assert_true(str_eq(str_from(buf_view(&b.got), 10), buf_view(&text)));
    loopback_done(&b);
}

/* The first bytes of a masked frame with this payload end the connection with `code`. */
static void closes(struct str in, int code)
{
    struct loopback b;
    begin(&b);
    loopback_feed(&b, in);
    assert_int_equal(b.ws_code, code);
    assert_false(loopback_open(&b));
    struct str got = buf_view(&b.got);
    assert_true(got.n >= 4 && (unsigned char)got.p[got.n - 4] == 0x88 && got.p[got.n - 3] == 2);
    assert_int_equal((unsigned char)got.p[got.n - 2] << 8 | (unsigned char)got.p[got.n - 1], code);
    loopback_done(&b);
}

static void test_faults(void **state)
{
    (void)state;
    SCOPED_BUF in = BUF_INIT(0);
    closes(STR("\x81\x05hello"), 1002);                      /* not masked */
    closes(STR("\xc1\x80\1\2\3\4"), 1002);                   /* a reserved bit */
    closes(STR("\x83\x80\1\2\3\4"), 1002);                   /* an unknown opcode */
    closes(STR("\x80\x80\1\2\3\4"), 1002);                   /* goes on with nothing */
    closes(STR("\x09\x80\1\2\3\4"), 1002);                   /* a ping in pieces */
    closes(STR("\x89\xfe\x00\x7e\1\2\3\4"), 1002);           /* a ping of 126 bytes */
    closes(STR("\x81\xfe\x00\x05\1\2\3\4"), 1002);           /* 5 told in two bytes */
    closes(STR("\x82\xff\x80\0\0\0\0\0\0\0\1\2\3\4"), 1002); /* the top bit of a length */
    closes(STR("\x82\xff\0\0\0\0\0\x10\0\1\1\2\3\4"), 1009); /* 1 MiB and a byte */
    masked(&in, 0x81, STR("\xc3\x28"));
    closes(buf_view(&in), 1007);
    buf_clear(&in);
    masked(&in, 0x01, STR("a"));
    masked(&in, 0x81, STR("b"));
    closes(buf_view(&in), 1002); /* a new message inside another */
    buf_clear(&in);
    masked(&in, 0x88, STR("\x03\xed")); /* 1005 is never sent */
    closes(buf_view(&in), 1002);
    buf_clear(&in);
    masked(&in, 0x88, STR("x"));
    closes(buf_view(&in), 1002);
    buf_clear(&in);
    masked(&in, 0x88, STR("\x03\xe8\xff"));
    closes(buf_view(&in), 1007);
    buf_clear(&in);
    masked(&in, 0x88,
           STR("\x03\xe8"
               "bye"));
    closes(buf_view(&in), 1000);
}

static void test_closing(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    begin(&b); /* theirs, without a code */
    masked(&in, 0x88, STR(""));
    loopback_feed(&b, buf_view(&in));
    assert_int_equal(b.ws_code, 1005);
    assert_true(str_eq(buf_view(&b.got), STR("\x88\0")));
    loopback_done(&b);

    begin(&b); /* ours; what they still say is not heard */
    buf_clear(&in);
    masked(&in, 0x81, STR("close"));
    masked(&in, 0x81, STR("more"));
    loopback_feed(&b, buf_view(&in));
    assert_non_null(b.ws);
    assert_int_equal(http_ws_send(b.ws, HTTP_WS_TEXT, STR("x")), -EPIPE);
    assert_str(buf_view(&b.messages), "1:close\n");
    assert_true(str_eq(buf_view(&b.got), STR("\x88\x0d\x0f\xa0"
                                             "as you wish")));
    buf_clear(&in);
    masked(&in, 0x88, STR("\x0f\xa0"));
    loopback_feed(&b, buf_view(&in));
    assert_int_equal(b.ws_code, 4000);
    loopback_done(&b);

    begin(&b); /* ours, and they never answer */
    http_ws_close(b.ws, 1001, STR(""));
    loopback_wait(&b, 4900);
    assert_non_null(b.ws);
    loopback_wait(&b, 200);
    assert_int_equal(b.ws_code, 1001);
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static void test_pressure(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    begin(&b); /* a pause holds even what has come already */
    masked(&in, 0x81, STR("pause"));
    masked(&in, 0x81, STR("later"));
    loopback_feed(&b, buf_view(&in));
    assert_str(buf_view(&b.messages), "1:pause\n");
    http_ws_pause(b.ws, false);
    loopback_wait(&b, 0);
    assert_str(buf_view(&b.messages), "1:pause\n1:later\n");
    loopback_done(&b);

    begin(&b); /* a reader that stops */
    b.blocked = true;
    char kib[1024] = {0};
    int r, sent = 0;
    while ((r = http_ws_send(b.ws, HTTP_WS_BINARY, str_make(kib, sizeof(kib)))) == 0)
        sent++;
    assert_int_equal(r, -ENOBUFS);
    assert_true(sent > 1000 && sent < 1100);
    assert_true(http_ws_full(b.ws));
    b.blocked = false;
    http_wire_wake(&b.conn->wire);
    loopback_wait(&b, 0);
    assert_false(http_ws_full(b.ws));
    loopback_done(&b);
}

static void test_not_wanted(void **state)
{
    (void)state;
    static const char *const requests[] = {
        "GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        "GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: short\r\n\r\n",
        "GET /upgrade HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
        struct loopback b;
        assert_done(loopback_init(&b, NULL));
        loopback_feed(&b, str_of(requests[i]));
        assert_true(str_starts(buf_view(&b.got), STR("HTTP/1.1 400 Bad Request\r\n")));
        assert_true(str_ends(buf_view(&b.got), STR("no upgrade")));
        loopback_done(&b);
    }
}

static int everything(void *ctx)
{
    struct str *in = ctx;
    struct loopback b;
    int r = loopback_init(&b, NULL);
    if (r < 0)
        return r;
    loopback_feed(&b, str_of(handshake));
    loopback_feed(&b, *in);
    loopback_wait(&b, 10000);
    loopback_done(&b);
    return 0;
}

static void test_no_memory(void **state)
{
    (void)state;
    SCOPED_BUF in = BUF_INIT(0), text = BUF_INIT(0);
    for (int i = 0; i < 5000; i++)
        buf_char(&text, 'x');
    masked(&in, 0x01, STR("frag"));
    masked(&in, 0x89, STR("ping"));
    masked(&in, 0x80, STR("ment"));
    masked(&in, 0x82, buf_view(&text));
    masked(&in, 0x81, STR("close"));
    struct str all = buf_view(&in);
    unit_fail_allocations(everything, &all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_echo),     cmocka_unit_test(test_large),      cmocka_unit_test(test_faults),    cmocka_unit_test(test_closing),
        cmocka_unit_test(test_pressure), cmocka_unit_test(test_not_wanted), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
