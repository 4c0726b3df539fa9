/* Client and server in one loop over loopback: plain, TLS, HTTP/1.1, HTTP/2, WebSocket. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>

#include "http/inside.h"
#include "tests/unit.h"

struct world {
    struct loop *loop;
    struct http_server *server;
    struct http_client *client;
    SSL_CTX *server_tls, *client_tls;
    char *ca_pem;
    struct http_req *held;
    unsigned requests, gone, drained, released;
    struct loop_timer ticker;
    unsigned ticks;
    struct http_ws *served;
    struct loop_task early;
    bool peer_has_cert;
};

struct result {
    struct world *w;
    bool done;
    int r, code;
    unsigned heads, datas;
    struct buf body;
    char error[256];
    struct str kind; /* content-type seen by on_head */
    char kind_text[64];
    struct http_call *call;
    bool cancel_on_data;
    int64_t first_data_at;
};

static const struct http_header plain_text[] = {{STR_INIT("Content-Type"), STR_INIT("text/plain")}};
static char large[5 << 20];

static void req_gone(void *data)
{
    struct world *w = data;
    w->gone++;
    w->held = NULL;
    loop_timer_stop(&w->ticker);
}

static void released(void *owner)
{
    ((struct world *)owner)->released++;
}

static void tick(void *ctx)
{
    struct world *w = ctx;
    http_reply_write(w->held, http_bytes_copy(STR("tick\n")));
    if (++w->ticks == 3)
        http_reply_end(w->held);
    else
        assert_done(loop_timer_start(w->loop, &w->ticker, 20, tick, w));
}

static void ws_echo(void *ctx, int opcode, struct str bytes)
{
    struct world *w = ctx;
    if (str_is(bytes, "bye"))
        http_ws_close(w->served, 1000, STR("bye"));
    else
        assert_done(http_ws_send(w->served, opcode, bytes));
}

static void ws_served_gone(void *ctx, int code)
{
    (void)code;
    ((struct world *)ctx)->served = NULL;
}

/* A record behind the handshake's answer, before its reader looks. */
static void ws_early(void *ctx)
{
    struct world *w = ctx;
    assert_done(http_ws_send(w->served, HTTP_WS_TEXT, STR("early")));
    http_ws_close(w->served, 1000, STR(""));
    LIST_EACH (k, &w->server->conns, struct http_conn, link)
        http_wire_push(&k->wire);
}

/* Words, then the connection's end without a goodbye. */
static void ws_leave(void *ctx)
{
    struct world *w = ctx;
    for (int i = 0; i < 20; i++)
        assert_done(http_ws_send(w->served, HTTP_WS_BINARY, str_make(large, 1000)));
    LIST_EACH (k, &w->server->conns, struct http_conn, link)
        http_wire_finish(&k->wire);
}

/* /pour: as much as the reader takes, in pieces, 20 MiB in all. */
static void pour(void *data)
{
    struct world *w = data;
    w->drained++;
    while (w->held && !http_req_full(w->held) && w->ticks < 320) {
        w->ticks++;
        http_reply_write(w->held, (struct http_bytes){str_make(large, 65536), released, w});
    }
    if (w->held && w->ticks == 320)
        http_reply_end(w->held);
}

static void hold(struct world *w, struct http_req *q)
{
    w->held = q;
    w->ticks = 0;
    http_req_set_data(q, w, req_gone);
}

static void on_request(void *ctx, struct http_req *q)
{
    struct world *w = ctx;
    struct str path = http_req_path(q);
    w->requests++;
    w->peer_has_cert = http_req_peer_cert(q).n > 0;
    if (str_is(path, "/echo")) {
        http_reply(q, 200, plain_text, 1, http_bytes_copy(http_req_body(q)));
    } else if (str_is(path, "/large")) {
        http_reply(q, 200, plain_text, 1, (struct http_bytes){str_make(large, sizeof(large)), released, w});
    } else if (str_is(path, "/ticks")) {
        hold(w, q);
        http_reply_begin(q, 200, plain_text, 1);
        tick(w);
    } else if (str_is(path, "/pour")) {
        hold(w, q);
        http_req_on_drain(q, pour);
        http_reply_begin(q, 200, plain_text, 1);
        pour(w);
    } else if (str_is(path, "/hold")) {
        hold(w, q);
    } else if (str_is(path, "/abort")) {
        http_reply_begin(q, 200, plain_text, 1);
        http_reply_write(q, http_bytes_copy(STR("half")));
        http_reply_abort(q);
    } else if (str_is(path, "/ws") && http_req_wants_ws(q)) {
        struct http_ws_events e = {.on_message = ws_echo, .on_gone = ws_served_gone, .ctx = w};
        assert_done(http_ws_accept(&w->served, q, "v5", 1 << 20, &e));
    } else if (str_starts(path, STR("/ws-")) && http_req_wants_ws(q)) {
        struct http_ws_events e = {.on_message = ws_echo, .on_gone = ws_served_gone, .ctx = w};
        assert_done(http_ws_accept(&w->served, q, NULL, 1 << 20, &e));
        loop_defer(w->loop, &w->early, str_is(path, "/ws-early") ? ws_early : ws_leave, w);
    } else {
        http_reply(q, 404, plain_text, 1, http_bytes_copy(STR("not found")));
    }
}

/* ── the world ── */

static void tls_make(struct world *w, bool client_cert)
{
    struct tls_pair ca = {0}, own = {0}, user = {0};
    const char *const dns[] = {"localhost", NULL}, *const ips[] = {"127.0.0.1", NULL};
    const char *const groups[] = {"system:masters", NULL};
    struct tls_names names = {dns, ips};
    struct err err;
    int64_t now = (int64_t)time(NULL);
    assert_done(tls_ca_make(&ca, "test", now, 2, &err));
    assert_done(tls_cert_make(&own, &ca, "server", NULL, &names, TLS_USAGE_SERVER, now, 1, &err));
    assert_done(tls_cert_make(&user, &ca, "admin", groups, NULL, TLS_USAGE_CLIENT, now, 1, &err));
    assert_done(tls_server_context(&w->server_tls, &own, ca.cert_pem, STR("\x02h2\x08http/1.1"), &err));
    assert_done(tls_client_context(&w->client_tls, client_cert ? &user : NULL, ca.cert_pem, false, STR("\x02h2\x08http/1.1"), &err));
    tls_pair_done(&ca);
    tls_pair_done(&own);
    tls_pair_done(&user);
}

static void world_init(struct world *w, bool tls, bool only1, const struct http_limits *limits)
{
    struct err err = {{0}};
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    if (tls)
        tls_make(w, true);
    struct http_server_options so = {.address = "127.0.0.1", .tls = w->server_tls, .on_request = on_request, .ctx = w};
    if (limits)
        so.limits = *limits;
    if (http_server_new(&w->server, w->loop, &so, &err) < 0)
        fail_msg("%s", err.text);
    struct http_client_options co = {
        .host = tls ? "localhost" : "127.0.0.1", .port = http_server_port(w->server), .tls = w->client_tls, .http1_only = only1};
    if (http_client_new(&w->client, w->loop, &co, &err) < 0)
        fail_msg("%s", err.text);
}

static void world_done(struct world *w)
{
    http_client_free(w->client);
    http_server_free(w->server);
    tls_context_free(w->server_tls);
    tls_context_free(w->client_tls);
    loop_free(w->loop);
}

static void on_head(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct result *x = ctx;
    x->heads++;
    x->code = code;
    for (size_t i = 0; i < n; i++)
        if (str_is(headers[i].name, "content-type"))
            snprintf(x->kind_text, sizeof(x->kind_text), "%.*s", STR_FMT(headers[i].value));
}

static void on_data(void *ctx, struct str bytes)
{
    struct result *x = ctx;
    if (x->datas++ == 0)
        x->first_data_at = loop_now(x->w->loop);
    buf_str(&x->body, bytes);
    if (x->cancel_on_data)
        http_call_cancel(x->call);
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct result *x = ctx;
    assert_false(x->done);
    x->done = true;
    x->r = r;
    x->code = code;
    buf_str(&x->body, body);
    snprintf(x->error, sizeof(x->error), "%s", error ? error : "");
}

static void call(struct world *w, struct result *x, const char *method, const char *path, struct str body, bool streamed)
{
    buf_done(&x->body);
    bool cancel = x->cancel_on_data;
    *x = (struct result){.w = w, .cancel_on_data = cancel};
    struct http_call_options o = {.method = method, .path = path, .body = body, .headers = plain_text, .n_headers = 1, .timeout_ms = 10000};
    struct http_call_events e = {on_head, streamed ? on_data : NULL, on_end, x};
    assert_done(http_client_call(&x->call, w->client, &o, &e));
    assert_false(x->done);
}

static void run_until(struct world *w, const bool *done)
{
    for (int i = 0; i < 2000 && !*done; i++)
        assert_done(loop_run_for(w->loop, 5));
    assert_true(*done);
}

static void get(struct world *w, struct result *x, const char *method, const char *path, struct str body)
{
    call(w, x, method, path, body, false);
    run_until(w, &x->done);
}

/* ── the same, over each carrier ── */

static void exchange(bool tls, bool only1)
{
    struct world w;
    struct result x = {0};
    world_init(&w, tls, only1, NULL);
    get(&w, &x, "POST", "/echo?x=1", STR("hello"));
    assert_int_equal(x.r, 0);
    assert_int_equal(x.code, 200);
    assert_int_equal(x.heads, 1);
    assert_string_equal(x.kind_text, "text/plain");
    assert_str(buf_view(&x.body), "hello");
    assert_int_equal(w.peer_has_cert, tls);
    get(&w, &x, "HEAD", "/large", STR(""));
    assert_int_equal(x.code, 200);
    assert_int_equal(x.body.n, 0);
    get(&w, &x, "GET", "/nowhere", STR(""));
    assert_int_equal(x.code, 404);
    get(&w, &x, "PUT", "/echo", str_make(large, 3 << 20));
    assert_int_equal(x.code, 200);
    assert_true(str_eq(buf_view(&x.body), str_make(large, 3 << 20)));
    get(&w, &x, "GET", "/large", STR(""));
    assert_true(str_eq(buf_view(&x.body), str_make(large, sizeof(large))));
    assert_int_equal(w.released, 2);
    assert_int_equal(w.server->n_conns, 1); /* all on one connection */
    call(&w, &x, "GET", "/ticks", STR(""), true);
    int64_t start = loop_now(w.loop);
    run_until(&w, &x.done);
    assert_str(buf_view(&x.body), "tick\ntick\ntick\n");
    assert_true(x.datas >= 3 && x.first_data_at - start < 30); /* each as it came */
    get(&w, &x, "GET", "/abort", STR(""));
    assert_true(x.r < 0 && x.error[0]);
    get(&w, &x, "POST", "/echo", str_make(large, (3 << 20) + 1)); /* refused by size */
    assert_true(x.code == 413 || x.r < 0);
    call(&w, &x, "GET", "/pour", STR(""), true);
    run_until(&w, &x.done);
    assert_int_equal(x.body.n, 320 * 65536);
    assert_true(w.drained > 1);
    buf_done(&x.body);
    world_done(&w);
}

static void test_plain(void **state)
{
    (void)state;
    exchange(false, false);
}

static void test_tls_one(void **state)
{
    (void)state;
    exchange(true, true);
}

static void test_tls_two(void **state)
{
    (void)state;
    exchange(true, false);
}

static void test_many(void **state)
{
    (void)state;
    for (int only1 = 0; only1 < 2; only1++) {
        struct world w;
        static struct result x[300];
        world_init(&w, true, only1, NULL);
        for (size_t i = 0; i < ARRAY_LEN(x); i++)
            call(&w, &x[i], "POST", "/echo", str_make(large, i), false);
        for (size_t i = 0; i < ARRAY_LEN(x); i++) {
            run_until(&w, &x[i].done);
            assert_int_equal(x[i].code, 200);
            assert_int_equal(x[i].body.n, i);
            buf_done(&x[i].body);
            x[i] = (struct result){0};
        }
        assert_true(w.server->n_conns <= (only1 ? 8 : 2));
        world_done(&w);
    }
}

static void test_cancel_and_time(void **state)
{
    (void)state;
    for (int only1 = 0; only1 < 2; only1++) {
        struct world w;
        struct result x = {0}, y = {0};
        world_init(&w, true, only1, NULL);
        x.cancel_on_data = true;
        call(&w, &x, "GET", "/ticks", STR(""), true);
        for (int i = 0; i < 200 && w.gone == 0; i++)
            assert_done(loop_run_for(w.loop, 5));
        assert_int_equal(w.gone, 1); /* the server was told */
        assert_int_equal(x.datas, 1);
        assert_false(x.done);
        struct http_call_options o = {.path = "/hold", .head_ms = 100};
        struct http_call_events e = {on_head, NULL, on_end, &y};
        y.w = &w;
        assert_done(http_client_call(&y.call, w.client, &o, &e));
        run_until(&w, &y.done);
        assert_int_equal(y.r, -ETIMEDOUT);
        assert_string_equal(y.error, "timed out waiting for the reply");
        for (int i = 0; i < 200 && w.gone < 2; i++)
            assert_done(loop_run_for(w.loop, 5));
        assert_int_equal(w.gone, 2);
        call(&w, &y, "GET", "/hold", STR(""), false);
        assert_done(loop_run_for(w.loop, 50));
        buf_done(&x.body);
        w.client = http_client_free(w.client); /* with a call under way */
        assert_true(y.done);
        assert_int_equal(y.r, -ECANCELED);
        buf_done(&y.body);
        world_done(&w);
    }
}

static void test_large_for_asked(void **state)
{
    (void)state;
    struct world w;
    struct result x = {.w = &w};
    world_init(&w, true, false, NULL);
    struct http_call_options o = {.path = "/large", .body_max = 1000};
    struct http_call_events e = {on_head, NULL, on_end, &x};
    assert_done(http_client_call(&x.call, w.client, &o, &e));
    run_until(&w, &x.done);
    assert_int_equal(x.r, -E2BIG);
    assert_int_equal(http_client_call(&x.call, w.client, &(struct http_call_options){.path = "/a b"}, &e), -EINVAL);
    assert_int_equal(http_client_call(&x.call, w.client, &(struct http_call_options){.path = "/a\r\nx: y"}, &e), -EINVAL);
    world_done(&w);
}

static void test_refusals(void **state)
{
    (void)state;
    struct world w;
    struct result x = {0};
    struct err err;
    world_init(&w, true, false, NULL);
    /* A server nobody trusts. */
    SSL_CTX *stranger;
    assert_done(tls_client_context(&stranger, NULL, NULL, false, STR(""), &err));
    http_client_set_tls(w.client, stranger);
    get(&w, &x, "GET", "/echo", STR(""));
    assert_true(x.r < 0);
    assert_non_null(strstr(x.error, "certificate"));
    /* The wrong name. */
    http_client_free(w.client);
    struct http_client_options co = {
        .host = "127.0.0.1", .server_name = "elsewhere.example", .port = http_server_port(w.server), .tls = w.client_tls};
    assert_done(http_client_new(&w.client, w.loop, &co, &err));
    get(&w, &x, "GET", "/echo", STR(""));
    assert_true(x.r < 0);
    assert_non_null(strstr(x.error, "hostname mismatch"));
    assert_int_equal(w.requests, 0);
    /* Plain words to a TLS port. */
    http_client_free(w.client);
    co = (struct http_client_options){.host = "127.0.0.1", .port = http_server_port(w.server)};
    assert_done(http_client_new(&w.client, w.loop, &co, &err));
    get(&w, &x, "GET", "/echo", STR(""));
    assert_int_equal(x.code, 400);
    assert_str(buf_view(&x.body), "Client sent an HTTP request to an HTTPS server.\n");
    /* Nobody there. */
    co.port = http_server_port(w.server);
    w.server = http_server_free(w.server);
    get(&w, &x, "GET", "/echo", STR(""));
    assert_int_equal(x.r, -ECONNREFUSED);
    assert_non_null(strstr(x.error, "Connection refused"));
    buf_done(&x.body);
    tls_context_free(stranger);
    world_done(&w);
}

static void test_unix(void **state)
{
    (void)state;
    struct world w;
    struct result x = {0};
    struct err err;
    char path[64], address[80];
    snprintf(path, sizeof(path), "/tmp/http-test-%d", (int)getpid());
    snprintf(address, sizeof(address), "unix:%s", path);
    world_init(&w, false, false, NULL);
    http_client_free(w.client);
    http_server_free(w.server);
    struct http_server_options so = {.address = address, .on_request = on_request, .ctx = &w};
    assert_done(http_server_new(&w.server, w.loop, &so, &err));
    struct http_client_options co = {.unix_path = path};
    assert_done(http_client_new(&w.client, w.loop, &co, &err));
    get(&w, &x, "POST", "/echo", STR("by path"));
    assert_str(buf_view(&x.body), "by path");
    buf_done(&x.body);
    world_done(&w);
    assert_int_equal(access(path, F_OK), -1);
}

/* The server closes idle connections while the client still counts on them. */
static void test_stale(void **state)
{
    (void)state;
    for (int only1 = 0; only1 < 2; only1++) {
        struct world w;
        struct result x = {0};
        world_init(&w, true, only1, NULL);
        get(&w, &x, "GET", "/echo", STR(""));
        assert_int_equal(x.code, 200);
        assert_int_equal(w.server->n_conns, 1);
        struct http_conn *c = CONTAINER_OF(w.server->conns.next, struct http_conn, link);
        call(&w, &x, "GET", "/echo", STR(""), false);
        http_wire_cut(&c->wire, 1); /* crosses the request */
        run_until(&w, &x.done);
        assert_int_equal(x.r, 0);
        assert_int_equal(x.code, 200);
        buf_done(&x.body);
        world_done(&w);
    }
}

/* A paused call holds up who sends; what was sent before the sender closes is not lost by it. */
static void test_pause(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        struct world w;
        struct result x = {0};
        world_init(&w, kind > 0, kind == 1, NULL);
        call(&w, &x, "GET", "/pour", STR(""), true);
        http_call_pause(x.call, true); /* before it has a connection */
        for (int i = 0; i < 400 && !x.heads; i++)
            assert_done(loop_run_for(w.loop, 5));
        unsigned before = 0;
        for (int still = 0; still < 20;) { /* until nothing moves any more */
            assert_done(loop_run_for(w.loop, 10));
            still = w.ticks == before ? still + 1 : 0;
            before = w.ticks;
        }
        assert_true(w.ticks < 320);
        assert_false(x.done);
        http_call_pause(x.call, false);
        for (int i = 0; i < 2000 && w.held; i++)
            assert_done(loop_run_for(w.loop, 1));
        if (!x.done)
            http_call_pause(x.call, true);
        http_server_drain(w.server); /* closes behind the reply */
        assert_done(loop_run_for(w.loop, 50));
        if (!x.done)
            http_call_pause(x.call, false);
        run_until(&w, &x.done);
        assert_int_equal(x.r, 0);
        assert_int_equal(x.body.n, 320 * 65536);
        buf_done(&x.body);
        world_done(&w);
    }
}

static void test_drained(void **state)
{
    (void)state;
    for (int only1 = 0; only1 < 2; only1++) {
        struct world w;
        struct result x = {0}, y = {0};
        world_init(&w, true, only1, NULL);
        call(&w, &x, "GET", "/hold", STR(""), false);
        while (!w.held)
            assert_done(loop_run_for(w.loop, 5));
        http_server_drain(w.server);
        assert_done(loop_run_for(w.loop, 20));
        http_reply(w.held, 200, NULL, 0, http_bytes_copy(STR("last")));
        run_until(&w, &x.done);
        assert_str(buf_view(&x.body), "last");
        for (int i = 0; i < 1000 && w.server->n_conns; i++)
            assert_done(loop_run_for(w.loop, 5));
        assert_int_equal(w.server->n_conns, 0);
        get(&w, &y, "GET", "/echo", STR(""));
        assert_int_equal(y.r, -ECONNREFUSED);
        buf_done(&x.body);
        buf_done(&y.body);
        world_done(&w);
    }
}

static void test_connections(void **state)
{
    (void)state;
    struct world w;
    struct result x = {0};
    const struct http_limits limits = {.connections = 1};
    world_init(&w, false, false, &limits);
    get(&w, &x, "GET", "/echo", STR(""));
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(w.server))};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
    assert_done(fcntl(fd, F_SETFL, O_NONBLOCK));
    char c;
    ssize_t n = -1;
    for (int i = 0; i < 100 && n < 0; i++) {
        assert_done(loop_run_for(w.loop, 5));
        n = recv(fd, &c, 1, 0);
    }
    assert_int_equal(n, 0); /* closed at once */
    close(fd);
    get(&w, &x, "GET", "/echo", STR("")); /* the other one lives */
    assert_int_equal(x.code, 200);
    buf_done(&x.body);
    world_done(&w);
}

/* A client that connects and never shakes hands. */
static void test_silent_handshake(void **state)
{
    (void)state;
    struct world w;
    const struct http_limits limits = {.header_ms = 100};
    world_init(&w, true, false, &limits);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(w.server))};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
    assert_int_equal(write(fd, "\x16\x03\x01", 3), 3);
    assert_done(loop_run_for(w.loop, 50));
    assert_int_equal(w.server->n_conns, 1);
    assert_done(loop_run_for(w.loop, 100));
    assert_int_equal(w.server->n_conns, 0);
    close(fd);
    world_done(&w);
}

/* ── WebSocket ── */

struct chat {
    struct world *w;
    struct http_ws *ws;
    struct buf heard;
    char protocol[16];
    int code;
    bool open, over;
};

static void chat_open(void *ctx, struct str protocol)
{
    struct chat *c = ctx;
    c->open = true;
    snprintf(c->protocol, sizeof(c->protocol), "%.*s", STR_FMT(protocol));
    assert_done(http_ws_send(c->ws, HTTP_WS_TEXT, STR("hello")));
    assert_done(http_ws_send(c->ws, HTTP_WS_BINARY, str_make(large, 200000)));
    assert_done(http_ws_send(c->ws, HTTP_WS_TEXT, STR("bye")));
}

static void chat_message(void *ctx, int opcode, struct str bytes)
{
    struct chat *c = ctx;
    buf_fmt(&c->heard, "%d:%zu ", opcode, bytes.n);
}

static void chat_gone(void *ctx, int code)
{
    struct chat *c = ctx;
    assert_false(c->over);
    c->over = true;
    c->code = code;
}

static void test_ws(void **state)
{
    (void)state;
    static const char *const protocols[] = {"v5", "v4", NULL};
    for (int tls = 0; tls < 2; tls++) {
        struct world w;
        struct chat c = {.w = &w};
        struct http_ws_events e = {.on_message = chat_message, .on_gone = chat_gone, .ctx = &c};
        world_init(&w, tls, false, NULL);
        assert_done(http_ws_connect(&c.ws, w.client, "/ws", protocols, NULL, 0, 1 << 20, chat_open, &e));
        assert_int_equal(http_ws_send(c.ws, HTTP_WS_TEXT, STR("too early")), -ENOTCONN);
        run_until(&w, &c.over);
        assert_true(c.open);
        assert_string_equal(c.protocol, "v5");
        assert_str(buf_view(&c.heard), "1:5 2:200000 ");
        assert_int_equal(c.code, 1000);
        buf_done(&c.heard);
        c = (struct chat){.w = &w};
        assert_done(http_ws_connect(&c.ws, w.client, "/nowhere", NULL, NULL, 0, 1 << 20, chat_open, &e));
        run_until(&w, &c.over);
        assert_int_equal(c.code, 404);
        assert_false(c.open);
        c = (struct chat){.w = &w};
        assert_done(http_ws_connect(&c.ws, w.client, "/hold", NULL, NULL, 0, 1 << 20, chat_open, &e));
        assert_done(loop_run_for(w.loop, 30));
        http_ws_close(c.ws, 1000, STR("")); /* before it opened */
        run_until(&w, &c.over);
        assert_int_equal(c.code, -ECANCELED);
        c = (struct chat){.w = &w};
        w.server = http_server_free(w.server);
        assert_done(http_ws_connect(&c.ws, w.client, "/ws", NULL, NULL, 0, 1 << 20, chat_open, &e));
        run_until(&w, &c.over);
        assert_int_equal(c.code, -ECONNREFUSED);
        world_done(&w);
    }
}

static void chat_listens(void *ctx, struct str protocol)
{
    struct chat *c = ctx;
    (void)protocol;
    c->open = true;
}

static void chat_pauses(void *ctx, struct str protocol)
{
    struct chat *c = ctx;
    chat_listens(c, protocol);
    http_ws_pause(c->ws, true);
}

/* Nothing of what was said is lost, neither when it came with the handshake's answer nor when its sender has gone before
 * it is read. */
static void test_ws_said_before(void **state)
{
    (void)state;
    for (int tls = 0; tls < 2; tls++) {
        struct world w;
        struct chat c = {.w = &w};
        struct http_ws_events e = {.on_message = chat_message, .on_gone = chat_gone, .ctx = &c};
        world_init(&w, tls, false, NULL);
        assert_done(http_ws_connect(&c.ws, w.client, "/ws-early", NULL, NULL, 0, 1 << 20, chat_listens, &e));
        run_until(&w, &c.over);
        assert_str(buf_view(&c.heard), "1:5 ");
        assert_int_equal(c.code, 1000);
        buf_done(&c.heard);
        c = (struct chat){.w = &w};
        assert_done(http_ws_connect(&c.ws, w.client, "/ws-leave", NULL, NULL, 0, 1 << 20, chat_pauses, &e));
        run_until(&w, &c.open);
        assert_done(loop_run_for(w.loop, 200));
        assert_false(c.over);
        assert_int_equal(c.heard.n, 0);
        http_ws_pause(c.ws, false);
        run_until(&w, &c.over);
        assert_int_equal(c.heard.n, 20 * strlen("2:1000 "));
        assert_int_equal(c.code, 1006);
        buf_done(&c.heard);
        world_done(&w);
    }
}

/* ── without memory ── */

static int all_calls(void *ctx)
{
    struct world *w = ctx;
    struct err err;
    struct http_client *client = NULL;
    struct http_client_options co = {.host = "127.0.0.1", .port = http_server_port(w->server), .tls = w->client_tls};
    int r = http_client_new(&client, w->loop, &co, &err);
    if (r < 0)
        return r;
    struct result x = {.w = w}, y = {.w = w};
    struct http_call_events ex = {NULL, NULL, on_end, &x}, ey = {on_head, on_data, on_end, &y};
    struct http_call_options o = {.method = "POST", .path = "/echo", .body = STR("text"), .headers = plain_text, .n_headers = 1, .timeout_ms = 500};
    r = http_client_call(&x.call, client, &o, &ex);
    if (r == 0) {
        r = http_client_call(&y.call, client, &o, &ey);
        for (int i = 0; i < 150 && !(x.done && (y.done || r < 0)); i++)
            (void)!loop_run_for(w->loop, 5);
        if (r == 0)
            r = MIN(x.r, y.r);
        if (r == 0 && (!x.done || !y.done))
            r = -EIO;
    }
    http_client_free(client);
    buf_done(&x.body);
    buf_done(&y.body);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    struct world w;
    world_init(&w, true, false, NULL);
    unit_fail_allocations(all_calls, &w);
    world_done(&w);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(large); i++)
        large[i] = (char)(i * 2654435761u >> 13);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_tls_one),
        cmocka_unit_test(test_tls_two),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_cancel_and_time),
        cmocka_unit_test(test_large_for_asked),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_unix),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_pause),
        cmocka_unit_test(test_drained),
        cmocka_unit_test(test_connections),
        cmocka_unit_test(test_silent_handshake),
        cmocka_unit_test(test_ws),
        cmocka_unit_test(test_ws_said_before),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
