/* Admission webhooks, asked over real TLS by a whole API server. */
#include "api/fixture_hooks.h"

#define MAPS "/api/v1/namespaces/default/configmaps"
#define PODS "/api/v1/namespaces/default/pods"

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
        snprintf(wanted, sizeof(wanted),
                 "Internal error occurred: failed calling webhook \"x.example.com\": failed to call webhook: "
                 "Post \"https://127.0.0.1:%d/hold?timeout=1s\": context deadline exceeded",
                 http_server_port(h.server));
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
    configure(&h, "V", "no", "/deny",
              "\"objectSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"namespaceSelector\":{\"matchExpressions\":[{\"key\":"
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
    configure(&h, "V", "no", "/deny",
              "\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],\"apiVersions\":[\"v1\"],"
              "\"resources\":[\"events\"]}]");
    const char *event = "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"default\",\"name\":\"p\"},\"reason\":"
                        "\"R\",\"type\":\"Normal\"}";
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/events", event), 402);
    assert_non_null(strstr(h.last, "\"resource\":{\"group\":\"events.k8s.io\",\"version\":\"v1\",\"resource\":\"events\"}"));
    assert_non_null(strstr(h.last, "\"requestResource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"events\"}"));
    assert_non_null(strstr(h.last, "\"regarding\":{"));
    forget(&h, "V", "no");
    configure(&h, "V", "no", "/deny",
              "\"matchPolicy\":\"Exact\",\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
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
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/replicationcontrollers",
                    "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"template\":"
                    "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"),
                201);
    assert_code(
        &f, ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/replicationcontrollers/r/scale", "{\"spec\":{\"replicas\":3}}"),
        402);
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
        cmocka_unit_test(test_deny),
        cmocka_unit_test(test_mutate),
        cmocka_unit_test(test_pod_defaults),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_selectors),
        cmocka_unit_test(test_changed_meanwhile),
        cmocka_unit_test(test_connect_scale_dry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
