/* Logs and exec through the server to an agent that stands on the same loop, over real TLS. */
#include <netinet/in.h>

#include "api/fixture.h"

#define PODS "/api/v1/namespaces/default/pods"

struct agent {
    struct http_server *server;
    struct http_ws *ws;
    struct tls_pair ca, own, peer;
    SSL_CTX *serving, *asking;
    char path[256];
    bool at_once; /* all it has to say comes as soon as it is asked */
};

static const char success[] = "\3{\"metadata\":{},\"status\":\"Success\"}";

static void agent_message(void *ctx, int opcode, struct str bytes)
{
    struct agent *g = ctx;
    char text[128] = {1}; /* stdout: says back what stdin said */
    if (opcode == HTTP_WS_BINARY && bytes.n && bytes.n < sizeof(text)) {
        memcpy(text + 1, bytes.p + 1, bytes.n - 1);
        assert_true(http_ws_send(g->ws, HTTP_WS_BINARY, str_make(text, bytes.n)) >= 0);
    }
}

static void agent_gone(void *ctx, int code)
{
    struct agent *g = ctx;
    (void)code;
    g->ws = NULL;
}

static void agent_request(void *ctx, struct http_req *q)
{
    struct agent *g = ctx;
    struct http_ws_events e = {.on_message = agent_message, .on_gone = agent_gone, .ctx = g};
    snprintf(g->path, sizeof(g->path), "%.*s?%.*s", STR_FMT(http_req_path(q)), STR_FMT(http_req_query(q)));
    if (http_req_wants_ws(q)) {
        assert_done(http_ws_accept(&g->ws, q, "v4.channel.k8s.io", 65536, &e));
        if (g->at_once) {
            assert_done(http_ws_send(g->ws, HTTP_WS_BINARY, STR("\1brief")));
            assert_done(http_ws_send(g->ws, HTTP_WS_BINARY, str_make(success, sizeof(success) - 1)));
            http_ws_close(g->ws, 1000, STR_NONE);
        }
    } else if (str_find(http_req_path(q), STR("/slow")) >= 0)
        http_reply(q, 400, NULL, 0,
                   (struct http_bytes){.bytes = STR_INIT("container \"slow\" in pod \"p\" is waiting to start: ContainerCreating\n")});
    else
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = STR_INIT("hello from the log\n")});
}

static void agent_start_as(struct agent *g, struct fixture *f, void (*on_request)(void *ctx, struct http_req *q))
{
    static const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    int64_t now = time(NULL);
    *g = (struct agent){0};
    assert_done(tls_ca_make(&g->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&g->own, &g->ca, "agent", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_cert_make(&g->peer, &g->ca, "server", NULL, NULL, TLS_USAGE_CLIENT, now, 1, NULL));
    assert_done(tls_server_context(&g->serving, &g->own, g->ca.cert_pem, STR_NONE, NULL));
    assert_done(tls_client_context(&g->asking, &g->peer, g->ca.cert_pem, false, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = g->serving, .on_request = on_request, .ctx = g};
    assert_done(http_server_new(&g->server, f->loop, &o, NULL));
    api_set_kubelet_tls(f->api, g->asking);
}

static void agent_start(struct agent *g, struct fixture *f)
{
    agent_start_as(g, f, agent_request);
}

static void agent_stop(struct agent *g) /* the server still has its certificate */
{
    g->server = http_server_free(g->server);
}

static void agent_done(struct agent *g)
{
    tls_context_free(g->serving);
    tls_context_free(g->asking);
    tls_pair_done(&g->ca);
    tls_pair_done(&g->own);
    tls_pair_done(&g->peer);
}

static void make_pod(struct fixture *f, int port)
{
    char body[512];
    assert_code(f, ask(f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    snprintf(body, sizeof(body),
             "{\"metadata\":{\"name\":\"n1\"},\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}],"
             "\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":%d}}}}",
             port);
    assert_code(f, ask(f, "POST", "/api/v1/nodes", body), 201);
    assert_code(f, ask_patch(f, "application/merge-patch+json", "/api/v1/nodes/n1/status", body), 200);
    assert_code(f,
                ask(f, "POST", PODS,
                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"slow\","
                    "\"image\":\"i\"}]}}"),
                201);
    assert_code(f, ask(f, "GET", PODS "/p/log?container=c", NULL), 400);
    assert_code(f, ask(f, "POST", PODS "/p/binding", "{\"target\":{\"name\":\"n1\"}}"), 201);
}

static void test_log(void **state)
{
    struct fixture f;
    struct agent g;
    (void)state;
    fixture_start(&f, NULL);
    agent_start(&g, &f);
    make_pod(&f, http_server_port(g.server));
    assert_code(&f, ask(&f, "GET", PODS "/p/log?container=c&tailLines=3&pretty=false", NULL), 200);
    assert_str(f.body, "hello from the log\n");
    assert_string_equal(g.path, "/containerLogs/default/p/c?tailLines=3");
    assert_code(&f, ask(&f, "GET", PODS "/p/log", NULL), 400);
    assert_str(said(&f, "message"), "a container name must be specified for pod p, choose one of: [c slow]");
    assert_code(&f, ask(&f, "GET", PODS "/p/log?container=x", NULL), 400);
    assert_str(said(&f, "message"), "container x is not valid for pod p");
    assert_code(&f, ask(&f, "GET", PODS "/p/log?container=slow", NULL), 400);
    assert_str(said(&f, "message"), "container \"slow\" in pod \"p\" is waiting to start: ContainerCreating");
    assert_code(&f, ask(&f, "GET", PODS "/p/exec?container=c&command=ls", NULL), 400);
    assert_str(said(&f, "message"), "Upgrade request required");
    assert_code(&f, ask(&f, "GET", "/api/v1/nodes/n1/proxy/stats/x?y=z", NULL), 200);
    assert_string_equal(g.path, "/stats/x?y=z");
    assert_code(&f, ask(&f, "GET", "/api/v1/nodes/n1/proxy/", NULL), 200);
    assert_string_equal(g.path, "/?");
    assert_code(&f, ask(&f, "GET", "/api/v1/nodes/n1/proxy?y=z", NULL), 301);
    assert_string_equal(f.location, "/api/v1/nodes/n1/proxy/?y=z");
    assert_code(&f, ask(&f, "HEAD", "/api/v1/nodes/n1/proxy", NULL), 301);
    assert_code(&f, ask(&f, "POST", "/api/v1/nodes/n1/proxy", "{}"), 200);
    agent_stop(&g);
    assert_code(&f, ask(&f, "GET", PODS "/p/log?container=c", NULL), 500);
    fixture_stop(&f);
    agent_done(&g);
}

struct user {
    struct fixture *f;
    char protocol[64];
    char heard[64];
    bool open, gone;
    int code;
};

static void user_open(void *ctx, struct str protocol)
{
    struct user *u = ctx;
    u->open = true;
    snprintf(u->protocol, sizeof(u->protocol), "%.*s", STR_FMT(protocol));
}

static void user_message(void *ctx, int opcode, struct str bytes)
{
    struct user *u = ctx;
    (void)opcode;
    snprintf(u->heard, sizeof(u->heard), "%d:%.*s", bytes.p[0], (int)bytes.n - 1, bytes.p + 1);
}

static void user_gone(void *ctx, int code)
{
    struct user *u = ctx;
    u->gone = true;
    u->code = code;
}

static void until(struct fixture *f, const bool *what)
{
    for (int i = 0; i < 150 && !*what; i++)
        assert_true(loop_run_for(f->loop, 20) >= 0);
    assert_true(*what);
}

static void test_exec(void **state)
{
    static const char *const protocols[] = {"v5.channel.k8s.io", "v4.channel.k8s.io", NULL};
    struct fixture f;
    struct agent g;
    struct user u = {.f = &f};
    struct http_ws *ws;
    (void)state;
    fixture_start(&f, NULL);
    agent_start(&g, &f);
    make_pod(&f, http_server_port(g.server));
    struct http_ws_events e = {.on_message = user_message, .on_gone = user_gone, .ctx = &u};
    assert_done(http_ws_connect(&ws, f.client, PODS "/p/exec?container=c&command=cat&command=-&stdin=true&stdout=true&tty=false", protocols, NULL, 0,
                                65536, user_open, &e));
    until(&f, &u.open);
    assert_string_equal(u.protocol, "v4.channel.k8s.io");
    assert_string_equal(g.path, "/exec/default/p/c?command=cat&command=-&input=1&output=1");
    assert_true(http_ws_send(ws, HTTP_WS_BINARY, str_make("\0hi", 3)) >= 0);
    for (int i = 0; i < 150 && !u.heard[0]; i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_string_equal(u.heard, "1:hi");
    http_ws_close(g.ws, 1000, STR(""));
    until(&f, &u.gone);
    assert_int_equal(u.code, 1000);

    /* an agent that goes without a word: the client does not take it for the program's end */
    u = (struct user){.f = &f};
    assert_done(http_ws_connect(&ws, f.client, PODS "/p/exec?container=c&command=cat&stdout=true", protocols, NULL, 0, 65536, user_open, &e));
    until(&f, &u.open);
    agent_stop(&g);
    until(&f, &u.gone);
    assert_int_equal(u.code, 1011);

    /* no such agent: the client's upgrade is refused */
    u = (struct user){.f = &f};
    assert_done(http_ws_connect(&ws, f.client, PODS "/p/exec?container=c&command=cat", protocols, NULL, 0, 65536, user_open, &e));
    until(&f, &u.gone);
    assert_int_equal(u.code, 500);
    assert_true(loop_run_for(f.loop, 50) >= 0);
    fixture_stop(&f);
    agent_done(&g);
}

/* A server that ends has no time to wait for goodbyes; nor may it leave anything of its relays. */
static void test_end(void **state)
{
    static const char *const protocols[] = {"v4.channel.k8s.io", NULL};
    struct fixture f;
    struct agent g;
    struct user u[2] = {{.f = &f}, {.f = &f}};
    struct http_ws *ws;
    (void)state;
    fixture_start(&f, NULL);
    agent_start(&g, &f);
    make_pod(&f, http_server_port(g.server));
    for (size_t i = 0; i < ARRAY_LEN(u); i++) {
        struct http_ws_events e = {.on_message = user_message, .on_gone = user_gone, .ctx = &u[i]};
        assert_done(http_ws_connect(&ws, f.client, PODS "/p/exec?container=c&command=cat&stdin=true", protocols, NULL, 0, 65536, user_open, &e));
        until(&f, &u[i].open);
    }
    http_ws_close(ws, 1000, STR("")); /* one is in the middle of its end */
    f.server = http_server_free(f.server);
    f.api = api_free(f.api); /* no turn of the loop in between */
    agent_stop(&g);
    fixture_stop(&f);
    agent_done(&g);
}

/* ── a client that speaks SPDY/3.1, on a bare socket ── */

struct old_client {
    struct fixture *f;
    int fd;
    struct spdy *spdy;
    struct spdy_stream *in, *out, *error;
    struct buf head, heard, report;
    bool replied, ended;
};

static int old_send(void *ctx, struct str bytes)
{
    struct old_client *o = ctx;
    assert_int_equal(send(o->fd, bytes.p, bytes.n, MSG_NOSIGNAL), bytes.n);
    return 0;
}

static int old_stream(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n)
{
    (void)ctx, (void)s, (void)headers, (void)n;
    return -EINVAL;
}

static void old_data(void *ctx, struct spdy_stream *s, struct str bytes, bool fin)
{
    struct old_client *o = ctx;
    buf_str(s == o->out ? &o->heard : &o->report, bytes);
    o->ended |= s == o->error && fin;
}

static void old_reset(void *ctx, struct spdy_stream *s)
{
    (void)ctx, (void)s;
}

static void old_read(struct old_client *o)
{
    char bytes[4096];
    struct err err = {{0}};
    assert_true(loop_run_for(o->f->loop, 10) >= 0);
    ssize_t n = recv(o->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (n <= 0)
        return;
    struct str in = str_make(bytes, (size_t)n);
    if (!o->replied) {
        buf_str(&o->head, in);
        ssize_t end = str_find(buf_view(&o->head), STR("\r\n\r\n"));
        if (end < 0)
            return;
        o->replied = true;
        in = str_from(buf_view(&o->head), (size_t)end + 4);
    }
    if (o->spdy && in.n)
        assert_done(spdy_feed(o->spdy, in, &err));
}

static void old_begin(struct old_client *o, struct fixture *f, const char *path)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(f->server)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    char text[512];
    *o = (struct old_client){.f = f, .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    assert_true(o->fd >= 0 && connect(o->fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    int n = snprintf(text, sizeof(text),
                     "POST %s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
                     "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nX-Stream-Protocol-Version: v3.channel.k8s.io\r\n\r\n",
                     path);
    assert_done(old_send(o, str_make(text, (size_t)n)));
    for (int i = 0; i < 300 && !o->replied; i++)
        old_read(o);
    assert_true(o->replied);
}

static struct spdy_stream *old_open(struct old_client *o, const char *type)
{
    struct http_header h[] = {{STR_INIT("streamtype"), str_of(type)}};
    struct spdy_stream *s = NULL;
    assert_done(spdy_open(o->spdy, h, 1, &s));
    return s;
}

static void old_end(struct old_client *o)
{
    spdy_free(o->spdy);
    close(o->fd);
    buf_done(&o->head);
    buf_done(&o->heard);
    buf_done(&o->report);
}

static void test_spdy(void **state)
{
    struct fixture f;
    struct agent g;
    struct old_client o;
    (void)state;
    fixture_start(&f, NULL);
    agent_start(&g, &f);
    make_pod(&f, http_server_port(g.server));
    for (int attach = 0; attach < 2; attach++) {
        old_begin(&o, &f,
                  attach ? PODS "/p/attach?container=c&stdin=true&stdout=true" : PODS "/p/exec?container=c&command=cat&stdin=true&stdout=true");
        assert_true(str_starts(buf_view(&o.head), STR("HTTP/1.1 101 ")));
        assert_true(str_find(buf_view(&o.head), STR("v4.channel.k8s.io")) > 0);
        assert_non_null(strstr(g.path, attach ? "/attach/default/p/c" : "/exec/default/p/c?command=cat"));
        struct spdy_events e = {.send = old_send, .on_stream = old_stream, .on_data = old_data, .on_reset = old_reset, .ctx = &o};
        assert_done(spdy_new(&o.spdy, false, &e));
        o.error = old_open(&o, "error");
        o.in = old_open(&o, "stdin");
        o.out = old_open(&o, "stdout");
        assert_done(spdy_send(o.in, STR("over streams"), false));
        for (int i = 0; i < 300 && !o.heard.n; i++)
            old_read(&o);
        assert_str(buf_view(&o.heard), "over streams");
        assert_true(g.ws && http_ws_send(g.ws, HTTP_WS_BINARY, str_make(success, sizeof(success) - 1)) >= 0);
        http_ws_close(g.ws, 1000, STR(""));
        for (int i = 0; i < 300 && !o.ended; i++)
            old_read(&o);
        assert_true(o.ended);
        assert_str(buf_view(&o.report), success + 1);
        old_end(&o);
        for (int i = 0; i < 100 && g.ws; i++)
            assert_true(loop_run_for(f.loop, 10) >= 0);
        assert_null(g.ws);
    }
    /* a client that goes takes the agent's side with it */
    old_begin(&o, &f, PODS "/p/exec?container=c&command=cat&stdin=true&stdout=true");
    assert_non_null(g.ws);
    old_end(&o);
    for (int i = 0; i < 300 && g.ws; i++)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    assert_null(g.ws);
    agent_stop(&g);
    fixture_stop(&f);
    agent_done(&g);
}

/* A program may end, or its agent go, before the client has opened its streams: they tell it still. */
static void test_spdy_late(void **state)
{
    struct fixture f;
    struct agent g;
    struct old_client o;
    (void)state;
    fixture_start(&f, NULL);
    agent_start(&g, &f);
    make_pod(&f, http_server_port(g.server));
    for (int broken = 0; broken < 2; broken++) {
        g.at_once = !broken;
        old_begin(&o, &f, PODS "/p/exec?container=c&command=date&stdout=true&stderr=true");
        if (broken)
            agent_stop(&g);
        assert_true(loop_run_for(f.loop, 100) >= 0);
        struct spdy_events e = {.send = old_send, .on_stream = old_stream, .on_data = old_data, .on_reset = old_reset, .ctx = &o};
        assert_done(spdy_new(&o.spdy, false, &e));
        o.error = old_open(&o, "error");
        o.out = old_open(&o, "stdout");
        assert_true(loop_run_for(f.loop, 50) >= 0);
        assert_non_null(old_open(&o, "stderr"));
        for (int i = 0; i < 300 && !o.ended; i++)
            old_read(&o);
        assert_true(o.ended);
        assert_str(buf_view(&o.heard), broken ? "" : "brief");
        if (broken)
            assert_true(str_find(buf_view(&o.report), STR("\"status\":\"Failure\"")) >= 0);
        else
            assert_str(buf_view(&o.report), success + 1);
        old_end(&o);
    }
    assert_true(loop_run_for(f.loop, 50) >= 0);
    fixture_stop(&f);
    agent_done(&g);
}

/* Port-forward carries bytes: whoever reads slowly gets all of them, later. */
#define BULK_PIECE  65536
#define BULK_PIECES 400 /* more than the kernel and both sides' limits hold together */

struct bulk {
    struct http_ws *ws;
    size_t sent, heard;
    uint64_t sum;
    bool gone;
};
static struct bulk bulk;

static uint64_t sum_of(uint64_t sum, struct str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        sum = sum * 31 + (unsigned char)bytes.p[i];
    return sum;
}

static struct str bulk_piece(size_t number)
{
    static char piece[BULK_PIECE];
    for (size_t i = 0; i < sizeof(piece); i++)
        piece[i] = (char)(number * 7 + i / 251);
    return str_make(piece, sizeof(piece));
}

static uint64_t bulk_sum(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BULK_PIECES; i++)
        sum = sum_of(sum, bulk_piece(i));
    return sum;
}

static void bulk_say(void *ctx)
{
    (void)ctx;
    while (bulk.ws && bulk.sent < BULK_PIECES && http_ws_send(bulk.ws, HTTP_WS_BINARY, bulk_piece(bulk.sent)) == 0)
        bulk.sent++;
}

static void bulk_message(void *ctx, int opcode, struct str bytes)
{
    (void)ctx;
    if (opcode != HTTP_WS_BINARY)
        return;
    bulk.heard += bytes.n;
    bulk.sum = sum_of(bulk.sum, bytes);
}

static void bulk_gone(void *ctx, int code)
{
    (void)ctx, (void)code;
    bulk.ws = NULL;
    bulk.gone = true;
}

static void bulk_request(void *ctx, struct http_req *q)
{
    struct http_ws_events e = {.on_message = bulk_message, .on_drain = bulk_say, .on_gone = bulk_gone};
    (void)ctx;
    assert_done(http_ws_accept(&bulk.ws, q, "SPDY/3.1+portforward.k8s.io", 32u << 20, &e));
}

static void test_forward_bulk(void **state)
{
    struct fixture f;
    struct agent g;
    struct old_client o;
    static char bytes[1 << 20];
    (void)state;
    fixture_start(&f, NULL);
    agent_start_as(&g, &f, bulk_request);
    make_pod(&f, http_server_port(g.server));
    bulk = (struct bulk){0};
    /* To a client that does not read yet. */
    old_begin(&o, &f, PODS "/p/portforward");
    assert_true(str_starts(buf_view(&o.head), STR("HTTP/1.1 101 ")));
    bulk_say(NULL);
    for (size_t before = 0, same = 0; same < 10; before = bulk.sent) { /* until nothing moves */
        assert_true(loop_run_for(f.loop, 50) >= 0);
        same = before == bulk.sent ? same + 1 : 0;
    }
    assert_true(bulk.sent < BULK_PIECES);
    size_t heard = 0;
    uint64_t sum = 0;
    for (int i = 0; i < 40000 && heard < (size_t)BULK_PIECE * BULK_PIECES; i++) {
        assert_true(loop_run_for(f.loop, 2) >= 0);
        ssize_t n = recv(o.fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (n <= 0)
            continue;
        heard += (size_t)n;
        sum = sum_of(sum, str_make(bytes, (size_t)n));
    }
    assert_int_equal(heard, (size_t)BULK_PIECE * BULK_PIECES);
    assert_true(sum == bulk_sum());
    /* To an agent that does not read yet. */
    http_ws_pause(bulk.ws, true);
    size_t at = 0, piece = 0;
    for (int i = 0, stuck = 0; i < 200000 && piece < BULK_PIECES; i++) {
        struct str rest = str_from(bulk_piece(piece), at);
        ssize_t n = send(o.fd, rest.p, rest.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        at += n > 0 ? (size_t)n : 0;
        piece += at == BULK_PIECE;
        at %= BULK_PIECE;
        assert_true(loop_run_for(f.loop, n > 0 ? 0 : 2) >= 0);
        stuck = n > 0 ? 0 : stuck + 1;
        if (stuck == 300 && bulk.ws)
            http_ws_pause(bulk.ws, false);
    }
    assert_int_equal(piece, BULK_PIECES);
    if (bulk.ws) /* sockets that grew may have taken it all */
        http_ws_pause(bulk.ws, false);
    for (int i = 0; i < 20000 && bulk.heard < (size_t)BULK_PIECE * BULK_PIECES && !bulk.gone; i++)
        assert_true(loop_run_for(f.loop, 2) >= 0);
    assert_false(bulk.gone);
    assert_int_equal(bulk.heard, (size_t)BULK_PIECE * BULK_PIECES);
    assert_true(bulk.sum == bulk_sum());
    old_end(&o);
    for (int i = 0; i < 300 && bulk.ws; i++)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    agent_stop(&g);
    fixture_stop(&f);
    agent_done(&g);
}

/* A status that anybody may have written must not lead to what only this machine may reach. */
static void test_proxy_addresses(void **state)
{
    static const char *const not [] = {"127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "::ffff:127.0.0.1", "224.0.0.1", "nonsense"};
    struct fixture f;
    char body[128];
    (void)state;
    fixture_start(&f, NULL);
    make_pod(&f, 1);
    assert_code(&f, ask(&f, "GET", PODS "/p:80/proxy/x", NULL), 400); /* no address yet */
    for (size_t i = 0; i < ARRAY_LEN(not ); i++) {
        snprintf(body, sizeof(body), "[{\"op\":\"add\",\"path\":\"/status/podIP\",\"value\":\"%s\"}]", not [i]);
        ask_patch(&f, "application/json-patch+json", PODS "/p/status", body); /* some are refused here already */
        assert_code(&f, ask(&f, "GET", PODS "/p:80/proxy/x", NULL), 400);
    }
    fixture_stop(&f);
}

static void test_watch_over_ws(void **state)
{
    static const char *const none[] = {NULL};
    struct fixture f;
    struct user u = {.f = &f};
    struct http_ws *ws;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"a\"}}"), 201);
    struct http_ws_events e = {.on_message = user_message, .on_gone = user_gone, .ctx = &u};
    assert_done(
        http_ws_connect(&ws, f.client, "/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1", none, NULL, 0, 65536, user_open, &e));
    until(&f, &u.open);
    for (int i = 0; i < 150 && !u.heard[0]; i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_true(str_starts(str_of(u.heard), STR("123:\"type\":\"ADDED\""))); /* one event a message; '{' is 123 */
    u.heard[0] = 0;
    assert_code(&f, ask(&f, "DELETE", "/api/v1/namespaces/default/configmaps/a", NULL), 200);
    for (int i = 0; i < 150 && !u.heard[0]; i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_true(str_starts(str_of(u.heard), STR("123:\"type\":\"DELETED\"")));
    until(&f, &u.gone);
    assert_int_equal(u.code, 1000);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_log),
                                       cmocka_unit_test(test_exec),
                                       cmocka_unit_test(test_end),
                                       cmocka_unit_test(test_spdy),
                                       cmocka_unit_test(test_spdy_late),
                                       cmocka_unit_test(test_forward_bulk),
                                       cmocka_unit_test(test_proxy_addresses),
                                       cmocka_unit_test(test_watch_over_ws)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
