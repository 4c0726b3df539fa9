#include "tests/unit.h"

#include "apireq/apireq.h"
#include "json/json.h"
#include "selector/selector.h"

/* "verb group/version ns resource/sub name rest" */
static void route_is(const char *method, const char *path, const char *query, const char *want)
{
    SCOPED(arena) a = NULL;
    struct apireq_route r;
    char got[512];
    assert_done(arena_new(&a, 1 << 20));
    assert_done(apireq_route_parse(a, str_of(method), str_of(path), str_of(query), &r, NULL));
    snprintf(got, sizeof(got), "%.*s %.*s/%.*s %.*s %.*s/%.*s %.*s %.*s", STR_FMT(r.verb_text), STR_FMT(r.group), STR_FMT(r.version), STR_FMT(r.ns),
             STR_FMT(r.resource), STR_FMT(r.subresource), STR_FMT(r.name), STR_FMT(r.rest));
    assert_string_equal(got, want);
}

static void test_route(void **state)
{
    (void)state;
    route_is("GET", "/api/v1/pods", "", "list /v1  pods/  ");
    route_is("GET", "/api/v1/pods", "watch=true", "watch /v1  pods/  ");
    route_is("GET", "/api/v1/pods", "watch=0", "list /v1  pods/  ");
    route_is("GET", "/api/v1/pods", "fieldSelector=metadata.name%3Dx", "list /v1  pods/ x ");
    route_is("GET", "/api/v1/watch/pods", "", "watch /v1  pods/  ");
    route_is("GET", "/api/v1/watch/namespaces/ns/pods/p", "", "watch /v1 ns pods/ p ");
    route_is("GET", "/api/v1/namespaces/ns/pods/p/", "", "get /v1 ns pods/ p ");
    route_is("POST", "/apis/apps/v1/namespaces/ns/deployments", "", "create apps/v1 ns deployments/  ");
    route_is("PUT", "/apis/apps/v1/namespaces/ns/deployments/d/scale", "", "update apps/v1 ns deployments/scale d ");
    route_is("DELETE", "/api/v1/namespaces/ns", "", "delete /v1 ns namespaces/ ns ");
    route_is("PUT", "/api/v1/namespaces/ns/finalize", "", "update /v1 ns namespaces/finalize ns ");
    route_is("GET", "/api/v1/namespaces/ns/status", "", "get /v1 ns namespaces/status ns ");
    route_is("GET", "/api/v1/namespaces", "", "list /v1  namespaces/  ");
    route_is("DELETE", "/api/v1/namespaces/ns/pods", "", "deletecollection /v1 ns pods/  ");
    route_is("GET", "/api/v1/nodes/n/proxy/a/b%2Fc/", "", "get /v1  nodes/proxy n a/b/c/");
    route_is("GET", "/healthz", "", "get /  /  ");
    route_is("GET", "/apis/apps/v1", "", "get /  /  ");
}

static void accept_is(const char *header, unsigned shapes, int want, enum object_format f, enum apireq_shape s)
{
    struct apireq_accept a;
    struct str types;
    assert_int_equal(apireq_accept_parse(str_of(header), shapes, &a, &types), want);
    if (want)
        return;
    assert_int_equal(a.format, f);
    assert_int_equal(a.shape, s);
}

static void test_accept_pick(void **state)
{
    static const char *const types[] = {"application/json", "application/x@v1+protobuf", "application/y"};
    static const struct {
        const char *header;
        int want;
    } rows[] = {
        {"", 0},
        {"*/*", 0},
        {"application/*", 0},
        {"application/x@v1+protobuf", 1},
        {"application/y;q=0.5, application/x@v1+protobuf;q=0.6", 1},
        {"text/html, application/Y", 2},
        {"text/html", -1},
        {"application/y;q=0", -1},
        {"application/y;q=a", -1},
        {",;", -1},
        {"application/json;charset=utf-8", 0},
        {"application/x@v1+protobuf, */*", 1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (apireq_accept_pick(str_of(rows[i].header), types, ARRAY_LEN(types)) != rows[i].want)
            fail_msg("Accept: %s", rows[i].header);
}

static void test_accept(void **state)
{
    (void)state;
    accept_is("", 0, 0, OBJECT_JSON, APIREQ_OBJECT);
    accept_is("*/*", 0, 0, OBJECT_JSON, APIREQ_OBJECT);
    accept_is("application/yaml", 0, 0, OBJECT_YAML, APIREQ_OBJECT);
    accept_is("application/vnd.kubernetes.protobuf,application/json", 0, 0, OBJECT_PROTOBUF, APIREQ_OBJECT);
    accept_is("application/json;q=0.5, application/yaml", 0, 0, OBJECT_YAML, APIREQ_OBJECT);
    accept_is("text/html", 0, 1, 0, 0);
    accept_is("application/cbor, application/json", 0, 0, OBJECT_JSON, APIREQ_OBJECT);
    const char *table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    accept_is(table, APIREQ_ACCEPT_TABLE, 0, OBJECT_JSON, APIREQ_TABLE);
    accept_is(table, 0, 0, OBJECT_JSON, APIREQ_OBJECT);
    accept_is("application/json;as=Table;v=v2;g=meta.k8s.io", APIREQ_ACCEPT_TABLE, 1, 0, 0);
    accept_is("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io", APIREQ_ACCEPT_TABLE, 1, 0, 0);
    accept_is("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", APIREQ_ACCEPT_DISCOVERY, 0, OBJECT_JSON, APIREQ_DISCOVERY);
}

static int options(struct arena *a, const char *method, const char *path, const char *query, struct apireq_options *o, struct apireq_status *st)
{
    struct apireq_route r;
    assert_done(apireq_route_parse(a, str_of(method), str_of(path), str_of(query), &r, NULL));
    return apireq_options_parse(a, &r, str_of(query), o, st);
}

static void test_options(void **state)
{
    SCOPED(arena) a = NULL;
    struct apireq_options o;
    struct apireq_status st;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(options(a, "GET", "/api/v1/pods", "limit=500&resourceVersion=7&labelSelector=a%3Db&allowWatchBookmarks=true", &o, &st));
    assert_int_equal(o.limit, 500);
    assert_int_equal(o.revision, 7);
    assert_str(o.label_selector, "a=b");
    assert_true(o.bookmarks);
    assert_int_equal(options(a, "GET", "/api/v1/pods", "limit=5x", &o, &st), 1);
    assert_int_equal(st.code, 400);
    assert_int_equal(options(a, "GET", "/api/v1/pods", "watch=1&sendInitialEvents=true", &o, &st), 1);
    assert_str(st.message, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting "
                           "resourceVersionMatch to NotOlderThan");
    assert_int_equal(options(a, "GET", "/api/v1/pods", "sendInitialEvents=true", &o, &st), 1);
    assert_int_equal(options(a, "GET", "/api/v1/pods", "resourceVersion=0&resourceVersionMatch=Exact", &o, &st), 1);
    assert_done(options(a, "DELETE", "/api/v1/namespaces/n/pods/p", "gracePeriodSeconds=0&propagationPolicy=Foreground&dryRun=All", &o, &st));
    assert_true(o.has_grace && o.dry_run);
    assert_int_equal(o.propagation, APIREQ_PROPAGATE_FOREGROUND);
    assert_int_equal(options(a, "DELETE", "/api/v1/namespaces/n/pods/p", "propagationPolicy=Nope", &o, &st), 1);
    assert_int_equal(st.code, 422);
    assert_done(options(a, "PATCH", "/api/v1/namespaces/n/pods/p", "fieldManager=me&force=true&fieldValidation=Strict", &o, &st));
    assert_str(o.manager, "me");
    assert_true(o.force);
    assert_int_equal(o.validation, APIREQ_VALIDATE_STRICT);
    struct str manager;
    assert_done(apireq_default_manager(a, STR("kubectl/v1.32 (linux)"), &manager));
    assert_str(manager, "kubectl");
}

static void test_status(void **state)
{
    SCOPED(arena) a = NULL;
    struct apireq_status st;
    struct faults f;
    struct value bad = value_make_text(STR("X"));
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    faults_init(&f, a);
    fault_add(&f, FAULT_REQUIRED, "spec.containers", NULL, "%s", "");
    apireq_status_invalid(a, &st, STR(""), STR("Pod"), STR("x"), &f);
    assert_str(st.message, "Pod \"x\" is invalid: spec.containers: Required value");
    fault_add(&f, FAULT_INVALID, "metadata.name", &bad, "must be good");
    apireq_status_invalid(a, &st, STR("apps"), STR("Deployment"), STR("x"), &f);
    assert_str(st.message, "Deployment.apps \"x\" is invalid: [spec.containers: Required value, metadata.name: Invalid value: \"X\": must be good]");
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(apireq_status_json(&st, &b));
    assert_str(buf_view(&b),
               "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Deployment.apps \\\"x\\\" is "
               "invalid: [spec.containers: Required value, metadata.name: Invalid value: \\\"X\\\": must be good]\",\"reason\":\"Invalid\","
               "\"details\":{\"name\":\"x\",\"group\":\"apps\",\"kind\":\"Deployment\",\"causes\":[{\"reason\":\"FieldValueRequired\","
               "\"message\":\"Required value\",\"field\":\"spec.containers\"},{\"reason\":\"FieldValueInvalid\",\"message\":\"Invalid value: "
               "\\\"X\\\": must be good\",\"field\":\"metadata.name\"}]},\"code\":422}");
    struct apireq_route r;
    assert_done(apireq_route_parse(a, STR("GET"), STR("/api/v1/namespaces/d/pods/p/log"), STR(""), &r, NULL));
    apireq_status_forbidden(a, &st, &r, STR("bob"), STR(""));
    assert_str(st.message, "pods \"p\" is forbidden: User \"bob\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"d\"");
    assert_done(apireq_route_parse(a, STR("GET"), STR("/metrics"), STR(""), &r, NULL));
    apireq_status_forbidden(a, &st, &r, STR("bob"), STR(""));
    assert_str(st.message, "forbidden: User \"bob\" cannot get path \"/metrics\"");
}

static void test_token(void **state)
{
    SCOPED(arena) a = NULL;
    struct str text;
    struct apireq_token t = {7, {"web\0", 4}}, back;
    struct err err;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(apireq_token_make(a, t, &text));
    assert_str(text, "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6Nywic3RhcnQiOiJ3ZWJcdTAwMDAifQ");
    assert_done(apireq_token_read(a, text, &back, &err));
    assert_int_equal(back.revision, 7);
    assert_int_equal(back.start.n, 4);
    assert_int_equal(apireq_token_read(a, STR("!"), &back, &err), -EINVAL);
    t.start = STR("../x");
    assert_done(apireq_token_make(a, t, &text));
    assert_int_equal(apireq_token_read(a, text, &back, &err), -EINVAL);
}

static void test_selectors(void **state)
{
    SCOPED(arena) a = NULL;
    struct apireq_status st;
    struct apireq_options o = {.field_selector = STR("regarding.name=x,type!=Normal")};
    struct selector *l, *f;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    const struct schema_resource *events = schema_resource_find(STR("events.k8s.io"), STR("v1"), STR("events"));
    assert_done(apireq_selectors(a, events, &o, &l, &f, &st));
    SCOPED_BUF b = BUF_INIT(0);
    selector_print(f, &b);
    assert_str(buf_view(&b), "involvedObject.name=x,type!=Normal");
    o.field_selector = STR("spec.unschedulable=false");
    assert_done(apireq_selectors(a, schema_resource_find(STR(""), STR("v1"), STR("nodes")), &o, &l, &f, &st));
    buf_clear(&b);
    selector_print(f, &b);
    assert_str(buf_view(&b), "spec.unschedulable!=true");
    assert_int_equal(apireq_selectors(a, events, &o, &l, &f, &st), 1);
    assert_str(st.message, "field label not supported: spec.unschedulable");
}

static int all(void *ctx)
{
    SCOPED(arena) a = NULL;
    struct apireq_route r;
    struct apireq_options o;
    struct apireq_status st;
    struct str text;
    struct apireq_token t = {7, STR("web")};
    (void)ctx;
    int e = arena_new(&a, 1 << 20);
    if (e == 0)
        e = apireq_route_parse(a, STR("GET"), STR("/api/v1/namespaces/d%20/pods"), STR("fieldSelector=metadata.name%3Dx"), &r, NULL);
    if (e == 0 && apireq_options_parse(a, &r, STR("labelSelector=a&limit=5"), &o, &st))
        e = -ENOMEM;
    if (e == 0)
        e = apireq_token_make(a, t, &text);
    if (e == 0)
        e = apireq_token_read(a, text, &t, NULL);
    if (e < 0)
        return e;
    apireq_status_not_found(a, &st, STR("apps"), STR("deployments"), STR("x"));
    SCOPED_BUF b = BUF_INIT(0);
    e = apireq_status_json(&st, &b);
    return e < 0 ? e : st.code == 404 ? 0 : -ENOMEM;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_route),  cmocka_unit_test(test_accept), cmocka_unit_test(test_accept_pick), cmocka_unit_test(test_options),
        cmocka_unit_test(test_status), cmocka_unit_test(test_token),  cmocka_unit_test(test_selectors),   cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
