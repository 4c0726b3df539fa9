/* Logs and exec through the server to an agent that stands on the same loop, over real TLS. */
#include "api/fixture.h"

#define PODS "/api/v1/namespaces/default/pods"

struct agent {
    struct http_server *server;
    struct http_ws *ws;
    struct tls_pair ca, own, peer;
    SSL_CTX *serving, *asking;
    char path[256];
};

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
    if (http_req_wants_ws(q))
        assert_done(http_ws_accept(&g->ws, q, "v4.channel.k8s.io", 65536, &e));
    else if (str_find(http_req_path(q), STR("/slow")) >= 0)
        http_reply(q, 400, NULL, 0, (struct http_bytes){.bytes = STR_INIT("container \"slow\" in pod \"p\" is waiting to start: ContainerCreating\n")});
    else
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = STR_INIT("hello from the log\n")});
}

static void agent_start(struct agent *g, struct fixture *f)
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
    struct http_server_options o = {.address = "127.0.0.1", .tls = g->serving, .on_request = agent_request, .ctx = g};
    assert_done(http_server_new(&g->server, f->loop, &o, NULL));
    api_set_kubelet_tls(f->api, g->asking);
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
    snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"n1\"},\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}],"
                                 "\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":%d}}}}", port);
    assert_code(f, ask(f, "POST", "/api/v1/nodes", body), 201);
    assert_code(f, ask_patch(f, "application/merge-patch+json", "/api/v1/nodes/n1/status", body), 200);
    assert_code(f, ask(f, "POST", PODS, "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"slow\","
                                        "\"image\":\"i\"}]}}"), 201);
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

    /* no such agent: the client's upgrade is refused */
    agent_stop(&g);
    u = (struct user){.f = &f};
    assert_done(http_ws_connect(&ws, f.client, PODS "/p/exec?container=c&command=cat", protocols, NULL, 0, 65536, user_open, &e));
    until(&f, &u.gone);
    assert_int_equal(u.code, 500);
    assert_true(loop_run_for(f.loop, 50) >= 0);
    fixture_stop(&f);
    agent_done(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_log), cmocka_unit_test(test_exec)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
