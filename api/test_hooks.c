/* Admission webhooks, asked over real TLS by a whole API server. */
#include "api/fixture.h"

#define CONFIGS "/apis/admissionregistration.k8s.io/v1/"
#define MAPS "/api/v1/namespaces/default/configmaps"
#define PODS "/api/v1/namespaces/default/pods"

/* A webhook server: path decides what is answered. */
struct hooks {
    struct fixture *f;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    unsigned asked;
    char last[65536]; /* the last question */
    struct http_req *held; /* /hold: answered when told */
    struct str held_uid;
};

static void say(struct http_req *q, struct str uid, const char *rest)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct http_header h = {STR("content-type"), STR("application/json")};
    buf_fmt(&b, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"%.*s\",%s}}", STR_FMT(uid), rest);
    http_reply(q, 200, &h, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

static void say_patch(struct http_req *q, struct str uid, const char *patch)
{
    SCOPED_BUF b = BUF_INIT(65536);
    buf_text(&b, "\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"");
    buf_base64(&b, str_of(patch));
    buf_char(&b, '"');
    say(q, uid, buf_cstr(&b));
}

/* Adds key name = how many keys it sees. */
static void count_keys(struct http_req *q, struct str uid, const struct value *object, const char *name)
{
    char patch[256];
    const struct value *data = value_at(object, "data");
    if (data)
        snprintf(patch, sizeof(patch), "[{\"op\":\"add\",\"path\":\"/data/%s\",\"value\":\"%zu\"}]", name, value_count(data));
    else
        snprintf(patch, sizeof(patch), "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"%s\":\"0\"}}]", name);
    say_patch(q, uid, patch);
}

static void on_question(void *ctx, struct http_req *q)
{
    struct hooks *h = ctx;
    struct str path = http_req_path(q), body = http_req_body(q);
    struct value tree = {0};
    h->asked++;
    snprintf(h->last, sizeof(h->last), "%.*s", STR_FMT(body));
    assert_done(json_parse(h->f->mem, body, &tree, NULL));
    assert_str(value_text_at(&tree, "kind"), "AdmissionReview");
    struct str uid = value_text_at(&tree, "request.uid");
    const struct value *object = value_at(&tree, "request.object");
    if (str_is(path, "/deny"))
        say(q, uid, "\"allowed\":false,\"status\":{\"code\":402,\"reason\":\"Because\",\"message\":\"not today\",\"details\":{\"causes\":"
                    "[{\"reason\":\"r\",\"message\":\"m\",\"field\":\"spec.x\"}]}}");
    else if (str_is(path, "/mute"))
        say(q, uid, "\"allowed\":false");
    else if (str_is(path, "/warn"))
        say(q, uid, "\"allowed\":true,\"warnings\":[\"beware\"]");
    else if (str_is(path, "/a"))
        count_keys(q, uid, object, "a");
    else if (str_is(path, "/b"))
        count_keys(q, uid, object, "b");
    else if (str_is(path, "/unknown"))
        say_patch(q, uid, "[{\"op\":\"add\",\"path\":\"/nonsense\",\"value\":1},{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"k\":\"v\"}}]");
    else if (str_is(path, "/image"))
        say_patch(q, uid, "[{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[{\"name\":\"init\",\"image\":\"x\"}]}]");
    else if (str_is(path, "/uid"))
        say(q, STR("wrong"), "\"allowed\":true");
    else if (str_is(path, "/rubbish"))
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = STR_INIT("<html>")});
    else if (str_is(path, "/broken"))
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR_INIT("it broke")});
    else if (str_is(path, "/hold")) {
        h->held = q;
        assert_done(arena_str(h->f->mem, uid, &h->held_uid));
    } else
        say(q, uid, "\"allowed\":true");
}

static void hooks_start(struct hooks *h, struct fixture *f)
{
    static const char *const ips[] = {"127.0.0.1", NULL}, *const dns[] = {"hook.default.svc", "127.0.0.1", NULL};
    struct tls_names names = {.ips = ips, .dns = dns};
    int64_t now = time(NULL);
    *h = (struct hooks){.f = f};
    assert_done(tls_ca_make(&h->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&h->own, &h->ca, "hook", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&h->serving, &h->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = h->serving, .on_request = on_question, .ctx = h};
    assert_done(http_server_new(&h->server, f->loop, &o, NULL));
}

static void hooks_stop(struct hooks *h)
{
    http_server_free(h->server);
    tls_context_free(h->serving);
    tls_pair_done(&h->ca);
    tls_pair_done(&h->own);
}

/* One configuration of one webhook; `more` are further members of it. */
static void configure(struct hooks *h, const char *kind, const char *name, const char *path, const char *more)
{
    char where[128];
    SCOPED_BUF b = BUF_INIT(65536);
    bool mutating = kind[0] == 'M';
    buf_fmt(&b, "{\"metadata\":{\"name\":\"%s\"},\"webhooks\":[{\"name\":\"%s.example.com\",\"sideEffects\":\"None\",\"timeoutSeconds\":1,"
                "\"admissionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://127.0.0.1:%d%s\",\"caBundle\":\"", name, name,
            http_server_port(h->server), path);
    buf_base64(&b, str_of(h->ca.cert_pem));
    buf_fmt(&b, "\"},%s}]}", more);
    snprintf(where, sizeof(where), CONFIGS "%s", mutating ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations");
    assert_code(h->f, ask(h->f, "POST", where, buf_cstr(&b)), 201);
}

static void forget(struct hooks *h, const char *kind, const char *name)
{
    char where[256];
    snprintf(where, sizeof(where), CONFIGS "%s/%s", kind[0] == 'M' ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations", name);
    assert_code(h->f, ask(h->f, "DELETE", where, NULL), 200);
}

#define ALL_MAPS "\"rules\":[{\"operations\":[\"CREATE\",\"UPDATE\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":[\"configmaps\"]}]"
#define ALL_OF(ops, resources) "\"rules\":[{\"operations\":[" ops "],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[" resources "]}]"

static void test_deny(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    configure(&h, "V", "no", "/deny", ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}"), 402);
    assert_str(said(&f, "message"), "admission webhook \"no.example.com\" denied the request: not today");
    assert_str(said(&f, "reason"), "Because");
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "details.causes"), 0), "field"), "spec.x");
    assert_int_equal(h.asked, 1);
    assert_non_null(strstr(h.last, "\"operation\":\"CREATE\""));
    assert_non_null(strstr(h.last, "\"oldObject\":null"));
    assert_non_null(strstr(h.last, "\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"configmaps\"}"));
    assert_non_null(strstr(h.last, "\"kind\":\"CreateOptions\""));
    assert_code(&f, ask(&f, "GET", MAPS "/m", NULL), 404);
    /* other resources are not its concern */
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}"), 201);
    assert_int_equal(h.asked, 1);
    forget(&h, "V", "no");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}"), 201);
    configure(&h, "V", "no", "/mute", ALL_OF("\"DELETE\"", "\"configmaps\""));
    assert_code(&f, ask(&f, "DELETE", MAPS "/m", NULL), 400);
    assert_str(said(&f, "message"), "admission webhook \"no.example.com\" denied the request without explanation");
    assert_non_null(strstr(h.last, "\"object\":null"));
    assert_non_null(strstr(h.last, "\"oldObject\":{"));
    assert_code(&f, ask(&f, "GET", MAPS "/m", NULL), 200);
    configure(&h, "V", "warn", "/warn", ALL_MAPS);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", MAPS "/m", "{\"data\":{\"x\":\"y\"}}"), 200);
    assert_string_equal(f.warning, "299 - \"beware\"");
    assert_non_null(strstr(h.last, "\"kind\":\"UpdateOptions\""));
    hooks_stop(&h);
    fixture_stop(&f);
}

static void test_mutate(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    configure(&h, "M", "b", "/b", ALL_MAPS);
    configure(&h, "M", "a", "/a", ALL_MAPS); /* by name: a before b */
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"x\":\"y\"}}"), 201);
    assert_str(said(&f, "data.a"), "1");
    assert_str(said(&f, "data.b"), "2");
    assert_int_equal(h.asked, 2);
    forget(&h, "M", "a");
    configure(&h, "M", "a", "/a", "\"reinvocationPolicy\":\"IfNeeded\"," ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m2\"},\"data\":{\"x\":\"y\"}}"), 201);
    assert_str(said(&f, "data.a"), "3"); /* it was asked again after b */
    assert_str(said(&f, "data.b"), "2");
    assert_int_equal(h.asked, 5);
    forget(&h, "M", "a");
    forget(&h, "M", "b");
    configure(&h, "M", "u", "/unknown", ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m3\"}}"), 201);
    assert_str(said(&f, "data.k"), "v");
    assert_null(value_at(tree_of(&f), "nonsense"));
    hooks_stop(&h);
    fixture_stop(&f);
}

/* What a webhook adds gets its defaults, and the plugins look at it again. */
static void test_pod_defaults(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    configure(&h, "M", "init", "/image", ALL_OF("\"CREATE\"", "\"pods\""));
    assert_code(&f, ask(&f, "POST", PODS, "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"), 201);
    const struct value *init = value_item(value_at(tree_of(&f), "spec.initContainers"), 0);
    assert_str(value_text_at(init, "terminationMessagePath"), "/dev/termination-log");
    assert_str(value_text_at(init, "imagePullPolicy"), "Always");
    assert_int_equal(value_count(value_at(init, "volumeMounts")), 1); /* ServiceAccount came again */
    hooks_stop(&h);
    fixture_stop(&f);
}

static void test_failures(void **state)
{
    struct fixture f;
    struct hooks h;
    char wanted[256];
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    static const struct {
        const char *path, *says;
    } cases[] = {
        {"/uid", "Internal error occurred: failed calling webhook \"x.example.com\": received invalid webhook response: expected response.uid="},
        {"/rubbish", "Internal error occurred: failed calling webhook \"x.example.com\": failed to call webhook: "},
        {"/broken", "Internal error occurred: failed calling webhook \"x.example.com\": failed to call webhook: an error on the server "
                    "(\"it broke\") has prevented the request from succeeding"},
        {"/hold", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        configure(&h, "V", "x", cases[i].path, ALL_MAPS);
        assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}"), 500);
        snprintf(wanted, sizeof(wanted), "Internal error occurred: failed calling webhook \"x.example.com\": failed to call webhook: "
                                         "Post \"https://127.0.0.1:%d/hold?timeout=1s\": context deadline exceeded", http_server_port(h.server));
        struct str start = str_of(cases[i].says ? cases[i].says : wanted);
        if (!str_starts(said(&f, "message"), start))
            fail_msg("%.*s", STR_FMT(said(&f, "message")));
        assert_str(said(&f, "reason"), "InternalError");
        forget(&h, "V", "x");
        configure(&h, "V", "x", cases[i].path, "\"failurePolicy\":\"Ignore\"," ALL_MAPS);
        assert_code(&f, ask(&f, "POST", MAPS "?dryRun=All", "{\"metadata\":{\"name\":\"m\"}}"), 201);
        forget(&h, "V", "x");
    }
    configure(&h, "M", "x", "/broken", "\"failurePolicy\":\"Ignore\"," ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS "?dryRun=All", "{\"metadata\":{\"name\":\"m\"}}"), 201);
    hooks_stop(&h);
    fixture_stop(&f);
}

static void test_selectors(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    configure(&h, "V", "no", "/deny", "\"objectSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"namespaceSelector\":{\"matchExpressions\":[{\"key\":"
                                      "\"kubernetes.io/metadata.name\",\"operator\":\"In\",\"values\":[\"default\"]}]}," ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}"), 201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"b\"}}}"), 402);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", MAPS "/m", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"), 402);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/kube-public/configmaps", "{\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"b\"}}}"), 201);
    forget(&h, "V", "no");
    /* never about themselves */
    configure(&h, "V", "no", "/deny", ALL_OF("\"*\"", "\"*/*\""));
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"z\"}}"), 402);
    forget(&h, "V", "no");
    /* a rule for another version of the same resource */
    configure(&h, "V", "no", "/deny", "\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],\"apiVersions\":[\"v1\"],"
                                      "\"resources\":[\"events\"]}]");
    const char *event = "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"default\",\"name\":\"p\"},\"reason\":\"R\",\"type\":\"Normal\"}";
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/events", event), 402);
    assert_non_null(strstr(h.last, "\"resource\":{\"group\":\"events.k8s.io\",\"version\":\"v1\",\"resource\":\"events\"}"));
    assert_non_null(strstr(h.last, "\"requestResource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"events\"}"));
    assert_non_null(strstr(h.last, "\"regarding\":{"));
    forget(&h, "V", "no");
    configure(&h, "V", "no", "/deny", "\"matchPolicy\":\"Exact\",\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
                                      "\"apiVersions\":[\"v1\"],\"resources\":[\"events\"]}]");
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/events", event), 201);
    hooks_stop(&h);
    fixture_stop(&f);
}

static void count_end(void *ctx, int r, int code, struct str body, const char *error)
{
    (void)body;
    (void)error;
    *(int *)ctx = r < 0 ? r : code;
}

static void send_patch(struct fixture *f, const char *path, const char *body, int *code)
{
    struct http_header h = {STR("content-type"), STR("application/merge-patch+json")};
    struct http_call *call;
    struct http_call_options o = {.method = "PATCH", .path = path, .headers = &h, .n_headers = 1, .body = str_of(body), .timeout_ms = 15000};
    struct http_call_events e = {.on_end = count_end, .ctx = code};
    *code = 0;
    assert_done(http_client_call(&call, f->client, &o, &e));
}

static void wait_held(struct fixture *f, struct hooks *h)
{
    for (int i = 0; i < 500 && !h->held; i++)
        assert_true(loop_run_for(f->loop, 10) >= 0);
    assert_non_null(h->held);
}

static void release(struct hooks *h)
{
    struct http_req *q = TAKE(h->held);
    say(q, h->held_uid, "\"allowed\":true");
}

static void wait_code(struct fixture *f, const int *code)
{
    for (int i = 0; i < 500 && !*code; i++)
        assert_true(loop_run_for(f->loop, 10) >= 0);
}

/* While a webhook thinks, somebody else changes the object: the patch is made again on top of that. */
static void test_changed_meanwhile(void **state)
{
    struct fixture f;
    struct hooks h;
    int code;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"n\":\"0\"}}"), 201);
    configure(&h, "V", "slow", "/hold", "\"objectSelector\":{\"matchLabels\":{\"slow\":\"yes\"}}," ALL_MAPS);
    send_patch(&f, MAPS "/m", "{\"metadata\":{\"labels\":{\"slow\":\"yes\"}}}", &code);
    wait_held(&f, &h);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", MAPS "/m", "{\"data\":{\"n\":\"1\"}}"), 200);
    release(&h);
    wait_held(&f, &h); /* asked again, about the newest state */
    assert_int_equal(code, 0);
    assert_non_null(strstr(h.last, "\"n\":\"1\""));
    release(&h);
    wait_code(&f, &code);
    assert_int_equal(code, 200);
    assert_code(&f, ask(&f, "GET", MAPS "/m", NULL), 200);
    assert_str(said(&f, "data.n"), "1");
    assert_str(said(&f, "metadata.labels.slow"), "yes");
    /* gone meanwhile */
    send_patch(&f, MAPS "/m", "{\"data\":{\"n\":\"2\"}}", &code);
    wait_held(&f, &h);
    assert_code(&f, ask(&f, "DELETE", MAPS "/m", NULL), 200);
    release(&h);
    wait_code(&f, &code);
    assert_int_equal(code, 404);
    /* a server that stops does not leave anybody waiting, and nothing behind */
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"n\":\"0\"}}"), 201);
    send_patch(&f, MAPS "/m", "{\"metadata\":{\"labels\":{\"slow\":\"yes\"}}}", &code);
    wait_held(&f, &h);
    f.client = http_client_free(f.client);
    f.server = http_server_free(f.server);
    f.api = api_free(f.api);
    hooks_stop(&h);
    fixture_stop(&f);
}

static void test_connect_scale_dry(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    fixture_start(&f, NULL);
    hooks_start(&h, &f);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    assert_code(&f, ask(&f, "POST", PODS, "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"), 201);
    configure(&h, "V", "no", "/deny", ALL_OF("\"CONNECT\"", "\"pods/exec\""));
    assert_code(&f, ask(&f, "POST", PODS "/p/exec?container=c&command=ls&command=-l&stdout=true", NULL), 402);
    assert_non_null(strstr(h.last, "\"kind\":\"PodExecOptions\""));
    assert_non_null(strstr(h.last, "\"command\":[\"ls\",\"-l\"]"));
    assert_non_null(strstr(h.last, "\"operation\":\"CONNECT\""));
    assert_non_null(strstr(h.last, "\"subResource\":\"exec\""));
    forget(&h, "V", "no");
    configure(&h, "V", "no", "/deny", ALL_OF("\"UPDATE\"", "\"replicationcontrollers/scale\""));
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/replicationcontrollers", "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"template\":"
                        "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"), 201);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/replicationcontrollers/r/scale", "{\"spec\":{\"replicas\":3}}"), 402);
    assert_non_null(strstr(h.last, "\"kind\":{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"}"));
    forget(&h, "V", "no");
    configure(&h, "V", "no", "/fine", "\"sideEffects\":\"NoneOnDryRun\"," ALL_MAPS);
    assert_code(&f, ask(&f, "POST", MAPS "?dryRun=All", "{\"metadata\":{\"name\":\"m\"}}"), 201);
    assert_non_null(strstr(h.last, "\"dryRun\":true"));
    hooks_stop(&h);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deny),      cmocka_unit_test(test_mutate),            cmocka_unit_test(test_pod_defaults),
        cmocka_unit_test(test_failures),  cmocka_unit_test(test_selectors),         cmocka_unit_test(test_changed_meanwhile),
        cmocka_unit_test(test_connect_scale_dry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
