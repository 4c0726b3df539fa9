/* Each ceiling, the reply it gives, and that nothing is left behind. */
#include "http/loopback.h"
#include "tests/unit.h"

#define DATE "date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
#define REFUSED(line, n, text) \
    "HTTP/1.1 " line "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n" DATE "content-length: " n "\r\n\r\n" text "\n"
#define BAD           REFUSED("400 Bad Request", "12", "Bad Request")
#define TOO_LARGE     REFUSED("413 Payload Too Large", "18", "Payload Too Large")
#define HEADERS_LARGE REFUSED("431 Request Header Fields Too Large", "32", "Request Header Fields Too Large")

static const struct http_limits small = {.header_bytes = 512, .body_bytes = 100};

/* The reply, and that the connection has ended without a handler seeing anything. */
static void refused(const char *in, const char *out)
{
    struct loopback b;
    assert_done(loopback_init(&b, &small));
    loopback_feed(&b, str_of(in));
    if (!str_is(buf_view(&b.got), out))
        print_message("for \"%s\"\n", in);
    assert_str(buf_view(&b.got), out);
    assert_false(loopback_open(&b));
    assert_int_equal(b.requests, 0);
    loopback_done(&b);
}

static void test_smuggling(void **state)
{
    (void)state;
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nabcde", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nabcde", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            REFUSED("501 Not Implemented", "16", "Not Implemented"));
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            REFUSED("501 Not Implemented", "16", "Not Implemented"));
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            REFUSED("501 Not Implemented", "16", "Not Implemented"));
    refused("POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", BAD);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n", BAD);
}

static void test_malformed(void **state)
{
    (void)state;
    refused("GET / HTTP/1.1\r\n\r\n", BAD); /* no Host */
    refused("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", BAD);
    refused("GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", BAD);
    refused("GET / HTTP/1.1\r\nHost: a\r\nX: a\x01"
            "b\r\n\r\n",
            BAD);
    refused("GET / HTTP/2.0\r\nHost: a\r\n\r\n", REFUSED("505 HTTP Version Not Supported", "27", "HTTP Version Not Supported"));
    refused("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED("405 Method Not Allowed", "19", "Method Not Allowed"));
    refused("GET * HTTP/1.1\r\nHost: a\r\n\r\n", BAD);
    refused("nonsense\r\n\r\n", BAD);
    refused("\x16\x03\x01\x02\x00\x01", BAD); /* TLS where plain is spoken */
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nContent-Length: 1\r\n\r\n",
            REFUSED("417 Expectation Failed", "19", "Expectation Failed"));
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
            REFUSED("415 Unsupported Media Type", "23", "Unsupported Media Type"));
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", BAD);
}

static void test_sizes(void **state)
{
    (void)state;
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", TOO_LARGE);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n", TOO_LARGE);
    refused("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            "40\r\n0123456789012345678901234567890123456789012345678901234567890123\r\n"
            "40\r\n0123456789012345678901234567890123456789012345678901234567890123\r\n",
            TOO_LARGE);
    SCOPED_BUF in = BUF_INIT(0);
    buf_text(&in, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
    for (int i = 0; i < 512; i++)
        buf_char(&in, 'x');
    buf_text(&in, "\r\n\r\n");
    refused(buf_cstr(&in), HEADERS_LARGE);
    buf_clear(&in); /* many empty ones cost too */
    buf_text(&in, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 20; i++)
        buf_text(&in, "x:\r\n");
    buf_text(&in, "\r\n");
    refused(buf_cstr(&in), HEADERS_LARGE);
    buf_clear(&in);
    buf_text(&in, "GET /");
    for (int i = 0; i < 600; i++)
        buf_char(&in, 'u');
    refused(buf_cstr(&in), REFUSED("414 URI Too Long", "13", "URI Too Long"));
    buf_clear(&in);
    buf_text(&in, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    for (int i = 0; i < 100; i++)
        buf_text(&in, "trailer: t\r\n");
    refused(buf_cstr(&in), HEADERS_LARGE);
}

static void test_bomb(void **state)
{
    (void)state;
    struct http_gzip *g;
    SCOPED_BUF zeros = BUF_INIT(0), packed = BUF_INIT(0), in = BUF_INIT(0);
    assert_non_null(memset(buf_room(&zeros, 20000), 0, 20000));
    assert_done(http_gzip_new(&g, http_bytes_copy(str_make(zeros.p, 20000))));
    while (http_gzip_next(g, &packed) == 1)
        ;
    assert_done(http_gzip_next(g, &packed));
    http_gzip_free(g);
    assert_true(packed.n <= 100);
    struct loopback b;
    assert_done(loopback_init(&b, &small));
    buf_fmt(&in, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", packed.n);
    buf_str(&in, buf_view(&packed));
    loopback_feed(&b, buf_view(&in));
    assert_str(buf_view(&b.got), TOO_LARGE);
    assert_true(b.server->bodies == 0);
    loopback_done(&b);
}

/* After `ms` more the reply is `out` and the connection over; a moment before, neither. */
static void expires(const char *in, int64_t ms, const char *out)
{
    struct loopback b;
    const struct http_limits limits = {.idle_ms = 5000, .header_ms = 1000, .body_ms = 3000};
    assert_done(loopback_init(&b, &limits));
    if (in[0])
        loopback_feed(&b, str_of(in));
    loopback_wait(&b, ms - 2);
    assert_true(loopback_open(&b));
    assert_int_equal(b.got.n, 0);
    loopback_wait(&b, 4);
    assert_false(loopback_open(&b));
    struct str got = buf_view(&b.got);
    ssize_t at = str_find(got, STR("date: ")); /* the clock has moved */
    assert_true(str_starts(got, str_of(out)) && (out[0] == 0) == (got.n == 0));
    assert_true(got.n == 0 || at > 0);
    loopback_done(&b);
}

static void test_times(void **state)
{
    (void)state;
    expires("", 5000, "");
    expires("G", 1000, "HTTP/1.1 408 Request Timeout\r\n");
    expires("PRI * HT", 1000, "");
    expires("GET / HTTP/1.1\r\nHost: a\r\nX: ", 1000, "HTTP/1.1 408 Request Timeout\r\n");
    expires("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", 3000, "HTTP/1.1 408 Request Timeout\r\n");
    struct loopback b; /* a handler may take its time */
    const struct http_limits limits = {.idle_ms = 5000, .header_ms = 1000, .body_ms = 3000};
    assert_done(loopback_init(&b, &limits));
    loopback_feed(&b, STR("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    loopback_wait(&b, 3600000);
    assert_non_null(b.held);
    http_reply(b.held, 204, NULL, 0, (struct http_bytes){0});
    loopback_wait(&b, 4000);
    assert_true(loopback_open(&b));
    loopback_wait(&b, 1100);
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static void test_bodies_together(void **state)
{
    (void)state;
    struct loopback b;
    const struct http_limits limits = {.bodies_bytes = 10};
    assert_done(loopback_init(&b, &limits));
    struct http_conn *first = b.conn;
    loopback_feed(&b, STR("POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n12345678"));
    assert_non_null(b.held);
    assert_done(loopback_connect(&b));
    loopback_feed(&b, STR("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n12345678"));
    assert_true(str_starts(buf_view(&b.got), STR("HTTP/1.1 429 Too Many Requests\r\n")));
    assert_true(str_find(buf_view(&b.got), STR("retry-after: 1\r\n")) > 0);
    b.conn = first;
    http_reply(b.held, 204, NULL, 0, (struct http_bytes){0});
    loopback_wait(&b, 0);
    buf_clear(&b.got);
    loopback_feed(&b, STR("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n12345678"));
    assert_true(str_ends(buf_view(&b.got), STR("12345678")));
    loopback_done(&b);
}

/* A client that sends and never reads: neither requests nor replies pile up. */
static void test_pipelining_depth(void **state)
{
    (void)state;
    struct loopback b;
    const struct http_limits limits = {.unsent_bytes = 4096};
    assert_done(loopback_init(&b, &limits));
    b.blocked = true;
    SCOPED_BUF in = BUF_INIT(0);
    for (int i = 0; i < 500; i++)
        buf_text(&in, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    loopback_feed(&b, buf_view(&in));
    loopback_feed(&b, buf_view(&in));
    assert_true(b.conn->wire.paused);
    assert_true(b.conn->wire.out.n < 8192);
    assert_true(b.requests < 60);
    b.blocked = false;
    http_wire_wake(&b.conn->wire);
    loopback_wait(&b, 0);
    assert_int_equal(b.requests, 1000);
    assert_false(b.conn->wire.paused);
    loopback_done(&b);
}

/* ── HTTP/2 ── */

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

static void frame(struct buf *b, unsigned type, unsigned flags, unsigned stream, struct str payload)
{
    unsigned char head[9] = {(unsigned char)(payload.n >> 16),
                             (unsigned char)(payload.n >> 8),
                             (unsigned char)payload.n,
                             (unsigned char)type,
                             (unsigned char)flags,
                             0,
                             0,
                             (unsigned char)(stream >> 8),
                             (unsigned char)stream};
    buf_add(b, head, sizeof(head));
    buf_str(b, payload);
}

#define GET_ROOT \
    STR("\x82\x84\x86\x41\x01" \
        "a") /* static table: GET, /, http; authority a */

static void two_begin(struct buf *b)
{
    buf_text(b, preface);
    frame(b, 4, 0, 0, STR_NONE);
}

/* Finds a frame of this type; its payload. */
static bool frame_find(struct str s, unsigned type, struct str *payload)
{
    while (s.n >= 9) {
        size_t n = (size_t)(unsigned char)s.p[0] << 16 | (size_t)(unsigned char)s.p[1] << 8 | (unsigned char)s.p[2];
        assert_true(s.n >= 9 + n);
        *payload = str_head(str_from(s, 9), n);
        if ((unsigned char)s.p[3] == type)
            return true;
        s = str_from(s, 9 + n);
    }
    return false;
}

static void test_two_answers(void **state)
{
    (void)state;
    SCOPED_BUF in = BUF_INIT(0);
    two_begin(&in);
    frame(&in, 1, 5, 1, GET_ROOT);
    for (size_t step = 1; step < in.n; step += 7) {
        struct loopback b;
        assert_done(loopback_init(&b, NULL));
        for (size_t at = 0; at < in.n; at += step)
            loopback_feed(&b, str_head(str_from(buf_view(&in), at), step));
        struct str payload;
        assert_true(frame_find(buf_view(&b.got), 0, &payload));
        assert_str(payload, "hello\n");
        assert_int_equal(b.requests, 1);
        loopback_done(&b);
    }
}

static bool calmed(const struct loopback *b)
{
    struct str payload;
    return frame_find(buf_view(&b->got), 7, &payload) && payload.n >= 8 && payload.p[7] == 11; /* ENHANCE_YOUR_CALM */
}

static void test_rapid_reset(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    assert_done(loopback_init(&b, NULL));
    two_begin(&in);
    for (unsigned i = 0; i < 1500; i++) {
        frame(&in, 1, 5, 2 * i + 1, GET_ROOT);
        frame(&in, 3, 0, 2 * i + 1, STR("\0\0\0\x08"));
    }
    loopback_feed(&b, buf_view(&in));
    assert_int_equal(b.requests, 0); /* cancelled in the same breath: no handler saw one */
    assert_true(calmed(&b));
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static void flood(unsigned type, unsigned flags, struct str payload, unsigned stream)
{
    struct loopback b;
    assert_done(loopback_init(&b, NULL));
    for (int round = 0; round < 60 && loopback_open(&b); round++) {
        SCOPED_BUF in = BUF_INIT(0);
        if (round == 0)
            two_begin(&in);
        if (round == 0 && stream)
            frame(&in, 1, 4, stream, GET_ROOT);
        for (unsigned i = 0; i < 100; i++)
            frame(&in, type, flags, stream, payload);
        loopback_feed(&b, buf_view(&in));
    }
    assert_false(loopback_open(&b));
    loopback_done(&b);
}

static void test_floods(void **state)
{
    (void)state;
    flood(6, 0, STR("12345678"), 0);   /* PING */
    flood(4, 0, STR_NONE, 0);          /* SETTINGS */
    flood(2, 0, STR("\0\0\0\0\1"), 9); /* PRIORITY */
    flood(0, 0, STR_NONE, 1);          /* empty DATA */
}

static void test_continuation_flood(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    assert_done(loopback_init(&b, NULL));
    two_begin(&in);
    frame(&in, 1, 1, 1, GET_ROOT);
    for (unsigned i = 0; i < 100; i++)
        frame(&in, 9, 0, 1, STR("\x0f\x01\x01x"));
    loopback_feed(&b, buf_view(&in));
    assert_false(loopback_open(&b));
    assert_int_equal(b.requests, 0);
    loopback_done(&b);
}

static void test_two_sizes(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0), block = BUF_INIT(0);
    assert_done(loopback_init(&b, &small));
    two_begin(&in);
    buf_str(&block, GET_ROOT);
    for (int i = 0; i < 8; i++) {
        buf_add(&block, "\x00\x01x\x7e", 4); /* literal, name x, 126 bytes */
        for (int k = 0; k < 126; k++)
            buf_char(&block, 'v');
    }
    frame(&in, 1, 5, 1, buf_view(&block));
    loopback_feed(&b, buf_view(&in));
    assert_int_equal(b.requests, 0);
    struct str payload;
    assert_true(frame_find(buf_view(&b.got), 0, &payload));
    assert_str(payload, "Request Header Fields Too Large\n");
    assert_true(loopback_open(&b)); /* only the stream is over */
    buf_clear(&in);
    buf_clear(&b.got);
    frame(&in, 1, 4, 3,
          STR("\x83\x84\x86\x41\x01"
              "a")); /* POST */
    SCOPED_BUF body = BUF_INIT(0);
    for (int i = 0; i < 101; i++)
        buf_char(&body, 'b');
    frame(&in, 0, 0, 3, buf_view(&body));
    loopback_feed(&b, buf_view(&in));
    assert_true(frame_find(buf_view(&b.got), 0, &payload));
    assert_str(payload, "Payload Too Large\n");
    assert_true(frame_find(buf_view(&b.got), 3, &payload)); /* and do not send the rest */
    assert_true(str_eq(payload, STR("\0\0\0\0")));
    assert_true(b.server->bodies == 0);
    loopback_done(&b);
}

static void own_words(void *ctx, int code, struct buf *out)
{
    (void)ctx;
    if (code == 413)
        buf_fmt(out, "{\"code\":%d}", code);
}

/* What is said to whom goes too far is the owner's, where it has something to say. */
static void test_refusals(void **state)
{
    struct loopback b;
    struct str payload;
    SCOPED_BUF in = BUF_INIT(0);
    (void)state;
    assert_done(loopback_init(&b, &small));
    b.server->refusal = own_words;
    loopback_feed(&b, STR("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"));
    assert_str(buf_view(&b.got), "HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/json\r\nconnection: close\r\n" DATE
                                 "content-length: 12\r\n\r\n{\"code\":413}");
    loopback_done(&b);
    assert_done(loopback_init(&b, &small));
    b.server->refusal = own_words;
    loopback_feed(&b, STR("nonsense\r\n\r\n"));
    assert_str(buf_view(&b.got), BAD);
    loopback_done(&b);
    assert_done(loopback_init(&b, &small));
    b.server->refusal = own_words;
    two_begin(&in);
    frame(&in, 1, 4, 1,
          STR("\x83\x84\x86\x41\x01"
              "a"
              "\x0f\x0d\x03"
              "101")); /* POST, content-length: 101 */
    loopback_feed(&b, buf_view(&in));
    assert_true(frame_find(buf_view(&b.got), 0, &payload));
    assert_str(payload, "{\"code\":413}");
    loopback_done(&b);
}

static void test_two_times(void **state)
{
    (void)state;
    struct loopback b;
    const struct http_limits limits = {.idle_ms = 5000, .header_ms = 1000, .body_ms = 3000};
    SCOPED_BUF in = BUF_INIT(0);
    assert_done(loopback_init(&b, &limits));
    two_begin(&in);
    loopback_feed(&b, buf_view(&in));
    loopback_wait(&b, 4900);
    assert_true(loopback_open(&b));
    loopback_wait(&b, 200);
    assert_false(loopback_open(&b)); /* idle: GOAWAY and end */
    struct str payload;
    assert_true(frame_find(buf_view(&b.got), 7, &payload));

    buf_clear(&b.got);
    assert_done(loopback_connect(&b));
    frame(&in, 1, 4, 1,
          STR("\x83\x84\x86\x41\x01"
              "a")); /* a body that never comes */
    loopback_feed(&b, buf_view(&in));
    loopback_wait(&b, 3100);
    assert_true(frame_find(buf_view(&b.got), 0, &payload));
    assert_str(payload, "Request Timeout\n");

    assert_done(loopback_connect(&b));
    buf_clear(&in);
    two_begin(&in);
    frame(&in, 1, 0, 1, GET_ROOT); /* a header block that never ends */
    loopback_feed(&b, buf_view(&in));
    loopback_wait(&b, 900);
    unsigned before = b.server->n_conns;
    loopback_wait(&b, 200);
    assert_int_equal(b.server->n_conns, before - 1);
    loopback_done(&b);
}

/* A reader that opens no window: its stream ends, the connection and the other streams go on. */
static void test_two_stalled(void **state)
{
    (void)state;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    assert_done(loopback_init(&b, NULL));
    buf_text(&in, preface);
    frame(&in, 4, 0, 0, STR("\0\4\0\0\0\x0a")); /* 10 bytes a stream */
    frame(&in, 1, 5, 1,
          STR("\x82\x04\x06/large\x86\x41\x01"
              "a"));
    frame(&in, 1, 5, 3,
          STR("\x82\x04\x05/hold\x86\x41\x01"
              "a"));
    loopback_feed(&b, buf_view(&in));
    struct str payload;
    assert_true(frame_find(buf_view(&b.got), 0, &payload));
    assert_str(payload, "xxxxxxxxxx");
    loopback_wait(&b, 59000);
    assert_false(frame_find(buf_view(&b.got), 3, &payload));
    assert_int_equal(b.released, 0);
    loopback_wait(&b, 2000);
    assert_true(frame_find(buf_view(&b.got), 3, &payload));
    assert_true(str_eq(payload, STR("\0\0\0\x08"))); /* CANCEL */
    assert_int_equal(b.released, 1);
    assert_non_null(b.held);
    http_reply(b.held, 200, NULL, 0, http_bytes_copy(STR("fine")));
    loopback_wait(&b, 0);
    assert_int_equal(b.gone, 1);
    loopback_done(&b);
}

static int two_everything(void *ctx)
{
    (void)ctx;
    struct loopback b;
    SCOPED_BUF in = BUF_INIT(0);
    two_begin(&in);
    frame(&in, 1, 5, 1, GET_ROOT);
    frame(&in, 1, 5, 3,
          STR("\x82\x04\x05/hold\x86\x41\x01"
              "a"));
    frame(&in, 1, 5, 5,
          STR("\x82\x04\x06/large\x86\x90\x41\x01"
              "a")); /* 0x90: accept-encoding gzip, deflate */
    frame(&in, 6, 0, 0, STR("12345678"));
    if (buf_error(&in))
        return buf_error(&in);
    int r = loopback_init(&b, NULL);
    if (r < 0)
        return r;
    loopback_feed(&b, buf_view(&in));
    if (b.held) {
        http_reply_begin(b.held, 200, NULL, 0);
        http_reply_write(b.held, http_bytes_copy(STR("event")));
        loopback_wait(&b, 0);
    }
    if (b.held)
        http_reply_end(b.held);
    loopback_wait(&b, 10);
    loopback_done(&b);
    return 0;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(two_everything, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_smuggling),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_bodies_together),
        cmocka_unit_test(test_pipelining_depth),
        cmocka_unit_test(test_two_answers),
        cmocka_unit_test(test_rapid_reset),
        cmocka_unit_test(test_floods),
        cmocka_unit_test(test_continuation_flood),
        cmocka_unit_test(test_two_sizes),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_two_times),
        cmocka_unit_test(test_two_stalled),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
