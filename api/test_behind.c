/* API servers behind APIServices: a real HTTPS server that knows us by our certificate. */
#include "api/fixture.h"

#define SERVICES "/apis/apiregistration.k8s.io/v1/apiservices"
#define WARDLE   "/apis/wardle.example.com/v1alpha1"

struct behind {
    struct fixture *f;
    struct http_server *server;
    struct tls_pair ca, own, front_ca, front;
    SSL_CTX *serving;
    bool ill, legacy, mad;
    char user[256], groups[512], extra[256], path[512], body[512], stranger[64], method[16];
    struct http_req *watch;
    struct http_ws *ws;
    struct http_pipe *pipe;
    size_t piped;
};

static void say(struct http_req *q, int code, const char *type, const char *text)
{
    struct http_header h[] = {{STR("content-type"), str_of(type)}, {STR("x-own"), STR("kept")}};
    http_reply(q, code, h, 2, (struct http_bytes){.bytes = str_of(text)});
}

static void ws_message(void *ctx, int opcode, struct str bytes)
{
    struct behind *b = ctx;
    assert_int_equal(http_ws_send(b->ws, opcode, bytes), 0); /* an echo */
}

static void ws_gone(void *ctx, int code)
{
    struct behind *b = ctx;
    (void)code;
    b->ws = NULL;
}

static void pipe_bytes(void *ctx, struct str bytes)
{
    struct behind *b = ctx;
    b->piped += bytes.n;
    assert_int_equal(http_pipe_send(b->pipe, bytes), 0);
}

static void pipe_gone(void *ctx)
{
    ((struct behind *)ctx)->pipe = NULL;
}

static void note(struct behind *b, struct http_req *q)
{
    const struct http_header *all;
    size_t n = http_req_headers(q, &all), at = 0;
    b->groups[0] = 0;
    snprintf(b->user, sizeof(b->user), "%.*s", STR_FMT(http_req_header(q, "x-remote-user")));
    snprintf(b->extra, sizeof(b->extra), "%.*s", STR_FMT(http_req_header(q, "x-remote-extra-scopes")));
    snprintf(b->stranger, sizeof(b->stranger), "%.*s", STR_FMT(http_req_header(q, "authorization")));
    snprintf(b->path, sizeof(b->path), "%.*s?%.*s", STR_FMT(http_req_path(q)), STR_FMT(http_req_query(q)));
    snprintf(b->body, sizeof(b->body), "%.*s", STR_FMT(http_req_body(q)));
    snprintf(b->method, sizeof(b->method), "%.*s", STR_FMT(http_req_method(q)));
    for (size_t i = 0; i < n; i++)
        if (str_is(all[i].name, "x-remote-group"))
            at += (size_t)snprintf(b->groups + at, sizeof(b->groups) - at, "%.*s,", STR_FMT(all[i].value));
}

static void watch_gone(void *data)
{
    ((struct behind *)data)->watch = NULL;
}

static void on_request(void *ctx, struct http_req *q)
{
    struct behind *b = ctx;
    struct str path = http_req_path(q);
    struct err err = {{0}};
    if (!http_req_peer_cert(q).n) {
        say(q, 401, "text/plain", "who are you?");
        return;
    }
    (void)err;
    if (b->mad && str_is(path, "/apis")) {
        say(q, 200, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            "{\"items\":[{\"metadata\":{\"name\":\"wardle.example.com\"},\"versions\":[{\"version\":\"v1alpha1\",\"resources\":[{\"resource\":7,"
            "\"responseKind\":[],\"verbs\":{\"a\":1}},null,3]}]}]}");
    } else if (b->ill) {
        say(q, 500, "text/plain", "ill");
    } else if (str_is(path, "/apis") && !b->legacy) {
        say(q, 200, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/"
            "v2\",\"items\":[{\"metadata\":{\"name\":\"wardle.example.com\"},"
            "\"versions\":[{\"version\":\"v1alpha1\",\"resources\":[{\"resource\":\"flunders\",\"responseKind\":{\"group\":\"wardle.example.com\","
            "\"version\":"
            "\"v1alpha1\",\"kind\":\"Flunder\"},\"scope\":\"Namespaced\",\"singularResource\":\"flunder\",\"verbs\":[\"get\"]}]}]}]}");
    } else if (str_is(path, WARDLE)) {
        say(q, 200, "application/json",
            "{\"kind\":\"APIResourceList\",\"groupVersion\":\"wardle.example.com/v1alpha1\",\"resources\":[{\"name\":\"fischers\","
            "\"singularName\":\"fischer\",\"namespaced\":false,\"kind\":\"Fischer\",\"verbs\":[\"get\",\"list\"]},{\"name\":"
            "\"fischers/status\",\"kind\":\"Fischer\",\"verbs\":[\"get\"]}]}");
    } else if (str_is(path, "/openapi/v3")) {
        say(q, 200, "application/json",
            "{\"paths\":{\"apis/wardle.example.com/v1alpha1\":{\"serverRelativeURL\":"
            "\"/openapi/v3/apis/wardle.example.com/v1alpha1?hash=77\"}}}");
    } else if (str_starts(path, STR("/apis")) && str_is(http_req_query(q), "watch=1")) {
        struct http_header h = {STR("content-type"), STR("application/json")};
        note(b, q);
        b->watch = q;
        http_req_set_data(q, b, watch_gone);
        http_reply_begin(q, 200, &h, 1);
        http_reply_write(q, (struct http_bytes){.bytes = STR_INIT("{\"type\":\"ADDED\"}\n")});
    } else if (str_is(http_req_header(q, "upgrade"), "SPDY/3.1")) {
        struct http_header h[] = {
            {STR("upgrade"), STR("SPDY/3.1")}, {STR("connection"), STR("Upgrade")}, {STR("x-stream-protocol-version"), STR("v4")}};
        struct http_pipe_events e = {.on_bytes = pipe_bytes, .on_gone = pipe_gone, .ctx = b};
        note(b, q);
        assert_done(http_upgrade_accept(&b->pipe, q, h, 3, &e));
    } else if (http_req_wants_ws(q)) {
        struct http_ws_events e = {.on_message = ws_message, .on_gone = ws_gone, .ctx = b};
        note(b, q);
        assert_done(http_ws_accept(&b->ws, q, "echo.example.com", 65536, &e));
    } else {
        note(b, q);
        say(q, str_is(http_req_method(q), "POST") ? 201 : 200, "application/json", "{\"kind\":\"Flunder\"}");
    }
}

static void begin(struct fixture *f, struct behind *b, const char *tokens)
{
    static const char *const dns[] = {"sample.default.svc", NULL};
    struct tls_names names = {.dns = dns};
    int64_t now = time(NULL);
    fixture_start_as(f, NULL, tokens);
    *b = (struct behind){.f = f};
    assert_done(tls_ca_make(&b->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&b->own, &b->ca, "sample", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_ca_make(&b->front_ca, "front", now, 1, NULL));
    assert_done(tls_cert_make(&b->front, &b->front_ca, "front-proxy-client", NULL, NULL, TLS_USAGE_CLIENT, now, 1, NULL));
    assert_done(tls_server_context(&b->serving, &b->own, b->front_ca.cert_pem, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = b->serving, .on_request = on_request, .ctx = b};
    assert_done(http_server_new(&b->server, f->loop, &o, NULL));
    assert_done(api_set_front_proxy(f->api, &b->front));
}

static void end(struct fixture *f, struct behind *b)
{
    http_server_free(b->server);
    fixture_stop(f);
    tls_context_free(b->serving);
    tls_pair_done(&b->ca);
    tls_pair_done(&b->own);
    tls_pair_done(&b->front_ca);
    tls_pair_done(&b->front);
}

/* An EndpointSlice may not lead to a loopback address; an external name may. */
static void serve(struct fixture *f, struct behind *b)
{
    char text[1024];
    snprintf(text, sizeof(text),
             "{\"metadata\":{\"name\":\"sample\"},\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"localhost\",\"ports\":[{\"port\":%d}]}}",
             http_server_port(b->server));
    assert_code(f, ask(f, "POST", "/api/v1/namespaces/default/services", text), 201);
}

static void announce(struct fixture *f, struct behind *b, const char *headers)
{
    SCOPED_BUF t = BUF_INIT(65536);
    buf_fmt(&t,
            "{\"metadata\":{\"name\":\"v1alpha1.wardle.example.com\"},\"spec\":{\"group\":\"wardle.example.com\",\"version\":\"v1alpha1\","
            "\"groupPriorityMinimum\":2000,\"versionPriority\":200,\"service\":{\"namespace\":\"default\",\"name\":\"sample\",\"port\":%d},"
            "\"caBundle\":\"",
            http_server_port(b->server));
    buf_base64(&t, str_of(b->ca.cert_pem));
    buf_text(&t, "\"}}");
    ask_with(f, "POST", SERVICES, headers, buf_view(&t));
    assert_code(f, f->code, 201);
}

static void wait_until(struct fixture *f, const char *path, const char *headers, const char *text)
{
    int64_t until = loop_now(f->loop) + 20000;
    do {
        assert_true(loop_run_for(f->loop, 20) >= 0);
        ask_with(f, "GET", path, headers, STR_NONE);
    } while (!strstr(f->body.p, text) && loop_now(f->loop) < until);
    if (!strstr(f->body.p, text))
        fail_msg("no %s in %.*s", text, STR_FMT(f->body));
}

#define JSON "content-type: application/json"
#define V2   "accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

static void test_carry(void **state)
{
    struct fixture f;
    struct behind b;
    (void)state;
    begin(&f, &b, NULL);
    announce(&f, &b, JSON);
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", NULL, "ServiceNotFound");
    assert_non_null(strstr(f.body.p, "service/sample in \\\"default\\\" is not present"));
    assert_code(&f, ask(&f, "GET", WARDLE "/flunders", NULL), 503);
    assert_string_equal(f.body.p, "service unavailable\n");
    assert_code(&f, ask(&f, "GET", "/apis", NULL), 200);
    assert_non_null(strstr(f.body.p, "wardle.example.com/v1alpha1"));
    ask_with(&f, "GET", "/apis", V2, STR_NONE);
    assert_non_null(strstr(f.body.p, "\"Stale\""));
    serve(&f, &b);
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", NULL, "all checks passed");
    assert_non_null(strstr(f.body.p, "\"reason\":\"Passed\""));
    wait_until(&f, "/apis", V2, "flunders");
    assert_null(strstr(f.body.p, "\"Stale\""));
    assert_code(&f, ask(&f, "GET", "/apis/wardle.example.com", NULL), 200);
    assert_str(said(&f, "preferredVersion.groupVersion"), "wardle.example.com/v1alpha1");
    assert_code(&f, ask(&f, "GET", WARDLE, NULL), 200);
    assert_str(said(&f, "kind"), "APIResourceList");
    wait_until(&f, "/openapi/v3", NULL, "/openapi/v3/apis/wardle.example.com/v1alpha1?hash=77");
    (void)tree_of(&f);
    assert_code(&f, ask(&f, "GET", "/openapi/v3/apis/wardle.example.com/v1alpha1?hash=77", NULL), 200);
    assert_string_equal(b.path, "/openapi/v3/apis/wardle.example.com/v1alpha1?hash=77");
    /* as it came, and as who it came from */
    ask_with(&f, "POST", WARDLE "/namespaces/a%20b/flunders?x=1&y=%2F",
             JSON "\nx-remote-user: mallory\nx-remote-group: system:masters2\nx-remote-extra-scopes: all", STR("{\"a\":1}"));
    assert_code(&f, f.code, 201);
    assert_string_equal(b.method, "POST");
    assert_string_equal(b.path, WARDLE "/namespaces/a%20b/flunders?x=1&y=%2F");
    assert_string_equal(b.body, "{\"a\":1}");
    assert_string_equal(b.user, "system:admin");
    assert_string_equal(b.groups, "system:masters,system:authenticated,");
    assert_string_equal(b.extra, "");
    /* it falls ill, and recovers */
    b.ill = true;
    assert_code(
        &f, ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/sample", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
        200);
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", NULL, "FailedDiscoveryCheck");
    assert_non_null(strstr(f.body.p, "bad status from https://localhost:"));
    assert_code(&f, ask(&f, "GET", WARDLE "/flunders", NULL), 503);
    b.ill = false;
    b.legacy = true; /* and does not know aggregated discovery any more */
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", NULL, "all checks passed");
    wait_until(&f, "/apis", V2, "fischers");
    assert_non_null(strstr(f.body.p, "\"subresource\":\"status\""));
    b.mad = true; /* what makes no sense spoils nobody's discovery: what else it says is taken */
    b.legacy = false;
    assert_code(
        &f, ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/sample", "{\"metadata\":{\"labels\":{\"a\":\"c\"}}}"),
        200);
    assert_true(loop_run_for(f.loop, 500) >= 0);
    wait_until(&f, "/apis", V2, "fischers");
    assert_code(&f, ask(&f, "DELETE", SERVICES "/v1alpha1.wardle.example.com", NULL), 200);
    assert_code(&f, ask(&f, "GET", WARDLE "/flunders", NULL), 404);
    assert_code(&f, ask(&f, "GET", "/apis/wardle.example.com", NULL), 404);
    end(&f, &b);
}

static void test_rights(void **state)
{
    struct fixture f;
    struct behind b;
    (void)state;
    begin(&f, &b, "admin,root,1,\"system:masters\"\nwalrus,wally,u7,\"sea\"\n");
    ask_with(&f, "POST", "/api/v1/namespaces/default/services", JSON "\nauthorization: Bearer walrus", STR("{}"));
    assert_code(&f, f.code, 403);
    char text[512];
    snprintf(text, sizeof(text), "{\"metadata\":{\"name\":\"sample\"},\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"localhost\"}}");
    ask_with(&f, "POST", "/api/v1/namespaces/default/services", JSON "\nauthorization: Bearer admin", str_of(text));
    assert_code(&f, f.code, 201);
    announce(&f, &b, JSON "\nauthorization: Bearer admin");
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", "authorization: Bearer admin", "all checks passed");
    ask_with(&f, "GET", WARDLE "/flunders", "authorization: Bearer walrus", STR_NONE);
    assert_code(&f, f.code, 403);
    assert_str(said(&f, "message"), "flunders.wardle.example.com is forbidden: User \"wally\" cannot list resource \"flunders\" in API group "
                                    "\"wardle.example.com\" at the cluster scope");
    ask_with(&f, "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", JSON "\nauthorization: Bearer admin",
             STR("{\"metadata\":{\"name\":\"see\"},\"rules\":[{\"apiGroups\":[\"wardle.example.com\"],\"resources\":[\"flunders\"],\"verbs\":["
                 "\"list\"]}]}"));
    ask_with(
        &f, "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", JSON "\nauthorization: Bearer admin",
        STR("{\"metadata\":{\"name\":\"see\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"see\"},"
            "\"subjects\":[{\"kind\":\"Group\",\"name\":\"sea\",\"apiGroup\":\"rbac.authorization.k8s.io\"}]}"));
    assert_code(&f, f.code, 201);
    ask_with(&f, "GET", WARDLE "/flunders", "authorization: Bearer walrus", STR_NONE);
    assert_code(&f, f.code, 200);
    assert_string_equal(b.user, "wally");
    assert_string_equal(b.groups, "sea,system:authenticated,");
    assert_string_equal(b.stranger, ""); /* the token stays here */
    end(&f, &b);
}

struct reader {
    char text[4096];
    size_t n;
    bool over, open;
};

static void on_data(void *ctx, struct str bytes)
{
    struct reader *r = ctx;
    assert_true(r->n + bytes.n < sizeof(r->text));
    memcpy(r->text + r->n, bytes.p, bytes.n);
    r->n += bytes.n;
}

static void on_over(void *ctx, int r, int code, struct str body, const char *error)
{
    (void)r, (void)code, (void)body, (void)error;
    ((struct reader *)ctx)->over = true;
}

static void ws_open(void *ctx, struct str protocol)
{
    assert_str(protocol, "echo.example.com");
    ((struct reader *)ctx)->open = true;
}

static void ws_heard(void *ctx, int opcode, struct str bytes)
{
    (void)opcode;
    on_data(ctx, bytes);
}

static void ws_over(void *ctx, int code)
{
    (void)code;
    ((struct reader *)ctx)->over = true;
}

static struct http_pipe *raw;

static void raw_gone(void *ctx)
{
    ((struct reader *)ctx)->over = true;
}

static void raw_open(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n)
{
    struct http_pipe_events e = {.on_bytes = on_data, .on_gone = raw_gone, .ctx = ctx};
    bool said = false;
    for (size_t i = 0; i < n; i++)
        said |= str_is(headers[i].name, "x-stream-protocol-version") && str_is(headers[i].value, "v4");
    assert_true(said);
    raw = p;
    http_pipe_serve(p, &e);
    ((struct reader *)ctx)->open = true;
}

#define UNTIL(f, what) \
    for (int i_ = 0; i_ < 2000 && !(what); i_++) \
        assert_true(loop_run_for((f)->loop, 10) >= 0); \
    assert_true(what)

static void test_streams(void **state)
{
    struct fixture f;
    struct behind b;
    struct reader r = {{0}, 0, false, false}, w = {{0}, 0, false, false};
    struct http_call *call;
    struct http_ws *ws;
    (void)state;
    begin(&f, &b, NULL);
    serve(&f, &b);
    announce(&f, &b, JSON);
    wait_until(&f, SERVICES "/v1alpha1.wardle.example.com", NULL, "all checks passed");
    struct http_call_options o = {.method = "GET", .path = WARDLE "/flunders?watch=1"};
    struct http_call_events e = {.on_data = on_data, .on_end = on_over, .ctx = &r};
    assert_done(http_client_call(&call, f.client, &o, &e));
    UNTIL(&f, strstr(r.text, "ADDED"));
    http_reply_write(b.watch, (struct http_bytes){.bytes = STR_INIT("{\"type\":\"MODIFIED\"}\n")});
    UNTIL(&f, strstr(r.text, "MODIFIED"));
    http_call_cancel(call); /* the watcher goes: so does what was asked behind */
    UNTIL(&f, !b.watch);
    /* WebSocket */
    static const char *const protocols[] = {"echo.example.com", NULL};
    struct http_ws_events we = {.on_message = ws_heard, .on_gone = ws_over, .ctx = &w};
    assert_done(http_ws_connect(&ws, f.client, WARDLE "/namespaces/default/flunders/a/attach", protocols, NULL, 0, 65536, ws_open, &we));
    UNTIL(&f, w.open);
    assert_string_equal(b.user, "system:admin");
    assert_done(http_ws_send(ws, HTTP_WS_TEXT, STR("hello")));
    UNTIL(&f, w.n == 5);
    http_ws_close(ws, 1000, STR(""));
    UNTIL(&f, w.over && !b.ws);
    /* another protocol, as bytes */
    struct reader p = {{0}, 0, false, false};
    struct http_header up[] = {{STR("upgrade"), STR("SPDY/3.1")}, {STR("connection"), STR("Upgrade")}};
    struct http_call_options so = {.method = "POST", .path = WARDLE "/namespaces/default/flunders/a/exec?command=x", .headers = up, .n_headers = 2};
    struct http_call_events se = {.on_end = on_over, .ctx = &p, .on_upgrade = raw_open};
    assert_done(http_client_call(&call, f.client, &so, &se));
    UNTIL(&f, p.open);
    assert_string_equal(b.method, "POST");
    assert_string_equal(b.user, "system:admin");
    assert_done(http_pipe_send(raw, STR("bytes")));
    UNTIL(&f, p.n == 5);
    http_pipe_close(raw);
    UNTIL(&f, p.over && !b.pipe);
    /* one that is refused is answered as it is answered behind */
    b.ill = true;
    struct reader no = {{0}, 0, false, false};
    se.ctx = &no;
    se.on_data = on_data;
    assert_done(http_client_call(&call, f.client, &so, &se));
    UNTIL(&f, no.over);
    assert_string_equal(no.text, "ill");
    b.ill = false;
    /* whoever is behind goes while a check or a request is under way */
    b.server = http_server_free(b.server);
    assert_code(&f, ask(&f, "GET", WARDLE "/flunders", NULL), 503);
    end(&f, &b);
}

static void test_local(void **state)
{
    struct fixture f;
    struct behind b;
    (void)state;
    begin(&f, &b, NULL);
    wait_until(&f, SERVICES "/v1.apps", NULL, "Local APIServices are always available");
    assert_str(value_text(value_get(value_at(tree_of(&f), "metadata.labels"), STR("kube-aggregator.kubernetes.io/automanaged"))), "onstart");
    assert_int_equal(value_int_at(tree_of(&f), "spec.groupPriorityMinimum", 0), 17800);
    assert_code(&f, ask(&f, "GET", SERVICES "/v1.", NULL), 200);
    assert_code(&f, ask(&f, "GET", SERVICES "/v1.apiregistration.k8s.io", NULL), 404);
    assert_code(
        &f,
        ask(&f, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            "{\"metadata\":{\"name\":\"widgets.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{\"plural\":"
            "\"widgets\",\"kind\":\"Widget\"},\"versions\":[{\"name\":\"v3\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{"
            "\"type\":\"object\"}}}]}}"),
        201);
    wait_until(&f, SERVICES "/v3.example.com", NULL, "automanaged\":\"true");
    assert_int_equal(value_int_at(tree_of(&f), "spec.groupPriorityMinimum", 0), 1000);
    /* one that is kept comes back */
    assert_code(&f, ask(&f, "DELETE", SERVICES "/v3.example.com", NULL), 200);
    wait_until(&f, SERVICES "/v3.example.com", NULL, "always available");
    assert_code(&f, ask(&f, "DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com", NULL), 200);
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com",
                          "{\"metadata\":{\"finalizers\":null}}"),
                200);
    wait_until(&f, SERVICES "/v3.example.com", NULL, "not found");
    /* what may not be written */
    assert_code(&f,
                ask(&f, "POST", SERVICES,
                    "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"group\":\"g.io\",\"version\":\"v1\",\"groupPriorityMinimum\":1,"
                    "\"versionPriority\":1}}"),
                422);
    assert_non_null(strstr(f.body.p, "must be `spec.version+\\\".\\\"+spec.group`: \\\"v1.g.io\\\""));
    assert_code(&f,
                ask(&f, "POST", SERVICES,
                    "{\"metadata\":{\"name\":\"v1.g.io\"},\"spec\":{\"group\":\"g.io\",\"version\":\"v1\",\"groupPriorityMinimum\":0,"
                    "\"versionPriority\":1001,\"insecureSkipTLSVerify\":true}}"),
                422);
    assert_int_equal(value_count(value_at(tree_of(&f), "details.causes")), 3);
    assert_code(&f,
                ask(&f, "POST", SERVICES,
                    "{\"metadata\":{\"name\":\"v1.g.io\"},\"spec\":{\"group\":\"g.io\",\"version\":\"v1\",\"groupPriorityMinimum\":1,"
                    "\"versionPriority\":1}}"),
                201);
    assert_non_null(strstr(f.body.p, "\"reason\":\"Local\""));
    end(&f, &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_carry),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
