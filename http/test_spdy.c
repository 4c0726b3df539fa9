/* Two SPDY state machines, one each side, with a wire of memory between them. */
#include "http/inside.h"
#include "tests/unit.h"

struct end {
    struct spdy *s;
    struct buf out; /* towards the other end */
    struct buf in;  /* data received, all streams */
    struct str want_name, want_value;
    struct spdy_stream *last; /* the newest the peer opened */
    unsigned streams, fins, resets, replies, writable, gone;
    bool refuse, blocked, echo;
    size_t largest; /* data piece */
};

static int end_send(void *ctx, struct str bytes)
{
    struct end *e = ctx;
    if (e->blocked)
        return -ENOBUFS;
    buf_str(&e->out, bytes);
    return buf_error(&e->out);
}

static int end_stream(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n)
{
    struct end *e = ctx;
    e->streams++;
    for (size_t i = 0; i < n; i++)
        if (str_eq(headers[i].name, e->want_name) && !str_eq(headers[i].value, e->want_value))
            return -EINVAL;
    if (e->refuse)
        return -EACCES;
    e->last = s;
    spdy_stream_set_data(s, e);
    return spdy_accept(s, headers, n);
}

static void end_data(void *ctx, struct spdy_stream *s, struct str bytes, bool fin)
{
    struct end *e = ctx;
    buf_str(&e->in, bytes);
    e->largest = MAX(e->largest, bytes.n);
    e->fins += fin;
    if (e->echo)
        (void)!spdy_send(s, bytes, fin);
}

static void end_reset(void *ctx, struct spdy_stream *s)
{
    (void)s;
    ((struct end *)ctx)->resets++;
}

static void end_reply(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n)
{
    (void)s, (void)headers;
    ((struct end *)ctx)->replies += n > 0;
}

static void end_writable(void *ctx, struct spdy_stream *s)
{
    (void)s;
    ((struct end *)ctx)->writable++;
}

static void end_gone(void *ctx, struct spdy_stream *s)
{
    struct end *e = ctx;
    e->gone++;
    if (e->last == s)
        e->last = NULL;
}

static int end_init(struct end *e, bool server)
{
    struct spdy_events events = {end_send, end_stream, end_data, end_reset, e, end_reply, end_writable, end_gone};
    *e = (struct end){.want_name = STR_NONE};
    return spdy_new(&e->s, server, &events);
}

static void end_done(struct end *e)
{
    spdy_free(e->s);
    buf_done(&e->out);
    buf_done(&e->in);
}

/* Carries bytes both ways until nothing moves, `step` at a time. */
static int carry(struct end *a, struct end *b, size_t step)
{
    struct err err;
    while (a->out.n || b->out.n) {
        struct end *from = a->out.n ? a : b, *to = a->out.n ? b : a;
        struct buf moving = from->out;
        from->out = BUF_INIT(0);
        int r = 0;
        for (size_t at = 0; at < moving.n && r == 0; at += step)
            r = spdy_feed(to->s, str_head(str_from(buf_view(&moving), at), step), &err);
        buf_done(&moving);
        if (r < 0)
            return r;
    }
    return 0;
}

static const struct http_header headers[] = {
    {STR_INIT("streamtype"), STR_INIT("data")},
    {STR_INIT("port"), STR_INIT("8080")},
    {STR_INIT("requestid"), STR_INIT("0")},
};

static void test_exchange(void **state)
{
    (void)state;
    for (size_t step = 1; step < 200000; step *= 7) {
        struct end client, server;
        assert_done(end_init(&client, false));
        assert_done(end_init(&server, true));
        server.want_name = STR("port");
        server.want_value = STR("8080");
        server.echo = true;
        struct spdy_stream *st, *other;
        assert_done(spdy_open(client.s, headers, 3, &st));
        assert_done(spdy_open(client.s, headers, 3, &other)); /* the compressor goes on with its state */
        assert_int_equal(spdy_stream_id(st), 1);
        assert_int_equal(spdy_stream_id(other), 3);
        assert_done(carry(&client, &server, step));
        assert_int_equal(server.streams, 2);
        assert_int_equal(client.replies, 2);
        assert_done(spdy_send(st, STR("hello"), false));
        char block[100000];
        memset(block, 'b', sizeof(block));
        assert_done(spdy_send(st, str_make(block, sizeof(block)), true)); /* past 64 KiB: the peer keeps no windows */
        assert_done(carry(&client, &server, step));
        assert_int_equal(server.in.n, 100005);
        assert_int_equal(client.in.n, 100005);
        assert_int_equal(server.fins, 1);
        assert_int_equal(client.fins, 1);
        assert_int_equal(client.gone, 1);
        assert_int_equal(server.gone, 1);
        spdy_reset(other);
        assert_done(carry(&client, &server, step));
        assert_int_equal(server.resets, 1);
        assert_int_equal(server.gone, 2);
        end_done(&client);
        end_done(&server);
    }
}

static void test_windows(void **state)
{
    (void)state;
    struct end client, server;
    assert_done(end_init(&client, false));
    assert_done(end_init(&server, true));
    assert_done(spdy_limit_window(server.s, 1000));
    assert_done(carry(&client, &server, 64));
    struct spdy_stream *st;
    assert_done(spdy_open(client.s, headers, 1, &st));
    char block[5000];
    memset(block, 'w', sizeof(block));
    assert_done(spdy_send(st, str_make(block, sizeof(block)), true));
    assert_false(spdy_writable(st));
    struct err err;
    struct buf first = client.out; /* SYN_STREAM and as much data as the window takes */
    client.out = BUF_INIT(0);
    assert_done(spdy_feed(server.s, buf_view(&first), &err));
    buf_done(&first);
    assert_int_equal(server.in.n, 1000);
    buf_clear(&server.out);
    /* The receiver opens it again by hand: 2,000 more, then the rest. */
    assert_done(spdy_feed(client.s, STR("\x80\3\0\x09\0\0\0\x08\0\0\0\1\0\0\x07\xd0"), &err));
    assert_done(carry(&client, &server, 64));
    assert_int_equal(server.in.n, 3000);
    assert_int_equal(server.fins, 0);
    assert_done(spdy_feed(client.s, STR("\x80\3\0\x09\0\0\0\x08\0\0\0\1\0\0\xff\xff"), &err));
    assert_done(carry(&client, &server, 64));
    assert_int_equal(server.in.n, 5000);
    assert_int_equal(server.fins, 1);
    /* Overflowing it is the peer's fault. */
    assert_done(spdy_open(client.s, headers, 1, &st));
    assert_done(spdy_feed(client.s, STR("\x80\3\0\x09\0\0\0\x08\0\0\0\3\x7f\xff\xff\xff"), &err));
    assert_int_equal(client.resets, 1);
    end_done(&client);
    end_done(&server);
}

static void test_pipe_full(void **state)
{
    (void)state;
    struct end client, server;
    assert_done(end_init(&client, false));
    assert_done(end_init(&server, true));
    struct spdy_stream *st;
    assert_done(spdy_open(client.s, headers, 1, &st));
    client.blocked = true;
    assert_done(spdy_send(st, STR("kept"), false));
    assert_int_equal(spdy_send(st, STR("not taken"), false), -ENOBUFS);
    struct spdy_stream *more;
    assert_done(spdy_open(client.s, headers, 3, &more)); /* a control frame waits too */
    client.blocked = false;
    assert_done(spdy_drained(client.s));
    assert_int_equal(client.writable, 1);
    assert_done(spdy_send(st, STR(" and on"), true));
    assert_done(carry(&client, &server, 9999));
    assert_str(buf_view(&server.in), "kept and on");
    assert_int_equal(server.streams, 2);
    end_done(&client);
    end_done(&server);
}

static void test_refused(void **state)
{
    (void)state;
    struct end client, server;
    assert_done(end_init(&client, false));
    assert_done(end_init(&server, true));
    server.refuse = true;
    struct spdy_stream *st;
    assert_done(spdy_open(client.s, headers, 3, &st));
    assert_done(carry(&client, &server, 5));
    assert_int_equal(client.resets, 1);
    assert_int_equal(client.gone, 1);
    assert_int_equal(server.gone, 0);
    assert_done(spdy_goaway(server.s));
    assert_done(carry(&client, &server, 5));
    assert_int_equal(spdy_open(client.s, headers, 3, &st), -ESHUTDOWN);
    end_done(&client);
    end_done(&server);
}

static void fault(struct str in)
{
    struct end server;
    struct err err = {{0}};
    assert_done(end_init(&server, true));
    assert_int_equal(spdy_feed(server.s, in, &err), -EPROTO);
    assert_true(err.text[0]);
    assert_int_equal(spdy_feed(server.s, STR("x"), &err), -EPROTO); /* and stays so */
    end_done(&server);
}

static void test_faults(void **state)
{
    (void)state;
    fault(STR("\x80\2\0\1\0\0\0\0"));                           /* version 2 */
    fault(STR("\x80\3\0\1\0\1\0\1"));                           /* more than 64 KiB */
    fault(STR("\x80\3\0\1\0\0\0\x02\0\0"));                     /* cut short */
    fault(STR("\x80\3\0\3\0\0\0\4\0\0\0\1"));                   /* RST_STREAM of 4 bytes */
    fault(STR("\x80\3\0\6\0\0\0\1x"));                          /* PING of 1 */
    fault(STR("\x80\3\0\4\0\0\0\4\0\0\0\2"));                   /* SETTINGS that promise two */
    fault(STR("\x80\3\0\1\0\0\0\x0e\0\0\0\1\0\0\0\0\0\0abcd")); /* not zlib */
    struct end client, server;
    assert_done(end_init(&client, false));
    assert_done(end_init(&server, true));
    struct spdy_stream *st;
    assert_done(spdy_open(client.s, headers, 3, &st));
    client.out.p[11] = 2; /* an even stream from a client */
    struct err err;
    assert_int_equal(spdy_feed(server.s, buf_view(&client.out), &err), -EPROTO);
    end_done(&client);
    end_done(&server);
}

static void test_ping(void **state)
{
    (void)state;
    struct end server;
    struct err err;
    assert_done(end_init(&server, true));
    assert_done(spdy_feed(server.s, STR("\x80\3\0\6\0\0\0\4\0\0\0\7"), &err));
    assert_true(str_eq(buf_view(&server.out), STR("\x80\3\0\6\0\0\0\4\0\0\0\7")));
    assert_done(spdy_feed(server.s, STR("\x80\3\0\6\0\0\0\4\0\0\0\2"), &err)); /* the answer to one of ours */
    assert_int_equal(server.out.n, 12);
    assert_done(spdy_feed(server.s, STR("\x80\3\0\x77\0\0\0\3xyz"), &err)); /* unknown: passed over */
    server.blocked = true;                                                  /* a flood whose answers nobody reads ends */
    int r = 0;
    for (int i = 0; i < 30000 && r == 0; i++)
        r = spdy_feed(server.s, STR("\x80\3\0\6\0\0\0\4\0\0\0\7"), &err);
    assert_true(r < 0);
    end_done(&server);
}

static int everything(void *ctx)
{
    (void)ctx;
    struct end client, server;
    int r = end_init(&client, false);
    if (r < 0)
        return r;
    r = end_init(&server, true);
    if (r < 0) {
        end_done(&client);
        return r;
    }
    struct spdy_stream *st = NULL;
    r = spdy_limit_window(server.s, 1000);
    if (r == 0)
        r = carry(&client, &server, 100);
    if (r == 0)
        r = spdy_open(client.s, headers, 3, &st);
    char block[3000] = {0};
    if (r == 0)
        r = spdy_send(st, str_make(block, sizeof(block)), false);
    if (r == 0)
        r = carry(&client, &server, 100);
    end_done(&client);
    end_done(&server);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(everything, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exchange), cmocka_unit_test(test_windows), cmocka_unit_test(test_pipe_full), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_faults),   cmocka_unit_test(test_ping),    cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
