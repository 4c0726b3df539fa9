#include "json/json.h"
#include "kinds/inside.h"
#include "tests/unit.h"

#define NOW 1700000000

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static const struct schema_kind *kind_of(const struct value *v)
{
    const struct schema_kind *k = schema_kind_parse(value_text_at(v, "apiVersion"), value_text_at(v, "kind"));
    assert_non_null(k);
    return k;
}

static void is(struct arena *a, const struct value *got, const char *want)
{
    struct value wanted = parse(a, want);
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, got);
    if (!value_equal(got, &wanted))
        fail_msg("got\n%s, wanted\n%s", buf_cstr(&b), want);
}

/* The object at `path` after defaulting; twice, which must change nothing. */
static void defaulted(const char *text, const char *path, const char *want)
{
    struct arena *a = NULL;
    assert_done(arena_new(&a, 1 << 22));
    struct value v = parse(a, text), once = {0};
    assert_done(kinds_default(a, kind_of(&v), &v));
    is(a, value_at(&v, path), want);
    assert_done(value_copy(a, &v, &once));
    assert_done(kinds_default(a, kind_of(&v), &v));
    assert_true(value_equal(&v, &once));
    arena_free(a);
}

static void rows_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < n_default_rows; i++) {
        if (strcmp(default_rows[i - 1].message, default_rows[i].message) > 0)
            fail_msg("%s stands before %s", default_rows[i - 1].message, default_rows[i].message);
    }
}

static void pod_defaults(void **state)
{
    (void)state;
    defaulted("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r:5000/i\","
              "\"ports\":[{\"containerPort\":80}],\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}},"
              "\"resources\":{\"limits\":{\"cpu\":\"1\"}}},{\"name\":\"d\",\"image\":\"i:v1\"}],"
              "\"volumes\":[{\"name\":\"a\"},{\"name\":\"b\",\"secret\":{\"secretName\":\"s\"}},"
              "{\"name\":\"h\",\"hostPath\":{\"path\":\"/\"}}]}}",
              "spec",
              "{\"containers\":[{\"name\":\"c\",\"image\":\"r:5000/i\",\"ports\":[{\"containerPort\":80,\"protocol\":"
              "\"TCP\"}],\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80,\"scheme\":\"HTTP\"},"
              "\"timeoutSeconds\":1,\"periodSeconds\":10,\"successThreshold\":1,\"failureThreshold\":3},\"resources\":"
              "{\"limits\":{\"cpu\":\"1\"},\"requests\":{\"cpu\":\"1\"}},\"terminationMessagePath\":"
              "\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\",\"imagePullPolicy\":\"Always\"},"
              "{\"name\":\"d\",\"image\":\"i:v1\",\"terminationMessagePath\":\"/dev/termination-log\","
              "\"terminationMessagePolicy\":\"File\",\"imagePullPolicy\":\"IfNotPresent\"}],"
              "\"volumes\":[{\"name\":\"a\",\"emptyDir\":{}},{\"name\":\"b\",\"secret\":{\"secretName\":\"s\","
              "\"defaultMode\":420}},{\"name\":\"h\",\"hostPath\":{\"path\":\"/\",\"type\":\"\"}}],\"restartPolicy\":"
              "\"Always\",\"terminationGracePeriodSeconds\":30,\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},"
              "\"schedulerName\":\"default-scheduler\",\"enableServiceLinks\":true}");
}

static void kind_defaults(void **state)
{
    (void)state;
    defaulted("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"ports\":[{\"port\":80}]}}", "spec",
              "{\"ports\":[{\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80}],\"sessionAffinity\":\"None\",\"type\":"
              "\"ClusterIP\",\"internalTrafficPolicy\":\"Cluster\"}");
    defaulted("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"type\":\"LoadBalancer\",\"sessionAffinity\":"
              "\"ClientIP\"}}",
              "spec",
              "{\"type\":\"LoadBalancer\",\"sessionAffinity\":\"ClientIP\",\"sessionAffinityConfig\":{\"clientIP\":"
              "{\"timeoutSeconds\":10800}},\"externalTrafficPolicy\":\"Cluster\",\"internalTrafficPolicy\":\"Cluster\","
              "\"allocateLoadBalancerNodePorts\":true}");
    defaulted("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"spec\":{}}", "spec.strategy",
              "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}");
    defaulted("{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"spec\":{\"template\":{\"metadata\":{\"labels\":"
              "{\"a\":\"b\"}}}}}",
              "spec.completions", "1");
    defaulted("{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\",\"spec\":{}}", "spec",
              "{\"minReplicas\":1,\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":"
              "{\"type\":\"Utilization\",\"averageUtilization\":80}}}]}");
    defaulted("{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"spec\":{\"egress\":[{}]}}", "spec.policyTypes",
              "[\"Ingress\",\"Egress\"]");
    defaulted("{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRoleBinding\",\"roleRef\":{},"
              "\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"},{\"kind\":\"ServiceAccount\",\"name\":\"s\"}]}",
              "subjects",
              "[{\"kind\":\"User\",\"name\":\"u\",\"apiGroup\":\"rbac.authorization.k8s.io\"},{\"kind\":"
              "\"ServiceAccount\",\"name\":\"s\"}]");
    defaulted("{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"spec\":{\"names\":"
              "{\"kind\":\"Thing\",\"plural\":\"things\"}}}",
              "spec.names", "{\"kind\":\"Thing\",\"plural\":\"things\",\"singular\":\"thing\",\"listKind\":\"ThingList\"}");
}

static void prepared(const char *text, const char *path, const char *want)
{
    struct arena *a = NULL;
    assert_done(arena_new(&a, 1 << 22));
    struct value v = parse(a, text);
    assert_done(kinds_prepare_create(a, kind_of(&v), &v));
    const struct value *got = value_at(&v, path);
    if (want)
        is(a, got, want);
    else
        assert_true(value_is_null(got));
    arena_free(a);
}

static void creates(void **state)
{
    (void)state;
    static const char deployment[] = "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\","
                                     "\"generation\":7},\"spec\":{},\"status\":{\"replicas\":3}}";
    prepared(deployment, "metadata.generation", "1");
    prepared(deployment, "status", NULL);
    /* what stands behind a gate that is off is dropped */
    prepared("{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceClaim\",\"spec\":{\"devices\":{\"requests\":[{\"name\":\"a\",\"exactly\":"
             "{\"deviceClassName\":\"c\",\"derivedAttributes\":[{\"name\":\"d/x\",\"expression\":\"1\"}]}},{\"name\":\"b\",\"firstAvailable\":[{"
             "\"name\":\"s\",\"derivedAttributes\":[{\"name\":\"d/x\",\"expression\":\"1\"}]}]}]}}}",
             "spec.devices.requests",
             "[{\"name\":\"a\",\"exactly\":{\"deviceClassName\":\"c\"}},{\"name\":\"b\",\"firstAvailable\":[{\"name\":\"s\"}]}]");
    prepared(
        "{\"apiVersion\":\"resource.k8s.io/v1beta1\",\"kind\":\"ResourceClaimTemplate\",\"spec\":{\"spec\":{\"devices\":{\"requests\":[{\"name\":"
        "\"a\",\"derivedAttributes\":[{\"name\":\"d/x\",\"expression\":\"1\"}]}]}}}}",
        "spec.spec.devices.requests", "[{\"name\":\"a\"}]");
    prepared("{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceSlice\",\"spec\":{\"devices\":[{\"name\":\"d\",\"consumesCounters\":[{"
             "\"counterSet\":\"s\",\"compatibilityGroups\":[\"g\"]}]}]}}",
             "spec.devices", "[{\"name\":\"d\",\"consumesCounters\":[{\"counterSet\":\"s\"}]}]");
    prepared("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"status\":{\"phase\":\"Running\"}}", "status", "{\"phase\":\"Running\"}");
    prepared("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"a\":\"eA==\",\"b\":\"eA==\"},\"stringData\":"
             "{\"b\":\"hello\",\"c\":\"y\"}}",
             "data", "{\"a\":\"eA==\",\"b\":\"aGVsbG8=\",\"c\":\"eQ==\"}");
    prepared("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"stringData\":{\"b\":\"hello\"}}", "stringData", NULL);
    prepared("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}", "spec.finalizers", "[\"kubernetes\"]");
}

static int64_t generation(const char *api, const char *sub, const char *old_spec, const char *new_spec)
{
    struct arena *a = NULL;
    SCOPED_BUF o = BUF_INIT(0), n = BUF_INIT(0);
    assert_done(arena_new(&a, 1 << 22));
    buf_fmt(&o, "{%s,\"metadata\":{\"name\":\"x\",\"generation\":4,\"uid\":\"u\"},%s}", api, old_spec);
    buf_fmt(&n, "{%s,\"metadata\":{\"name\":\"x\",\"generation\":9},%s}", api, new_spec);
    struct value old = parse(a, buf_cstr(&o)), now = parse(a, buf_cstr(&n));
    assert_done(kinds_prepare_update(a, kind_of(&now), str_of(sub), &old, &now, NOW));
    int64_t g = value_int_at(&now, "metadata.generation", -1);
    arena_free(a);
    return g;
}

static void generations(void **state)
{
    (void)state;
    static const char deployment[] = "\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"";
    static const char map[] = "\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"";
    assert_int_equal(generation(deployment, "", "\"spec\":{\"replicas\":1}", "\"spec\":{\"replicas\":2}"), 5);
    assert_int_equal(generation(deployment, "", "\"spec\":{\"replicas\":1}", "\"spec\":{\"replicas\":1}"), 4);
    assert_int_equal(generation(deployment, "status", "\"spec\":{\"replicas\":1}", "\"spec\":{\"replicas\":2}"), 4);
    assert_int_equal(generation(map, "", "\"data\":{\"a\":\"b\"}", "\"data\":{\"a\":\"c\"}"), 4);
}

static void halves(void **state)
{
    (void)state;
    struct arena *a = NULL;
    assert_done(arena_new(&a, 1 << 22));
    struct value old = parse(a, "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"x\"},"
                                "\"spec\":{\"replicas\":1},\"status\":{\"replicas\":1}}");
    struct value main = parse(a, "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"x\"},"
                                 "\"spec\":{\"replicas\":2},\"status\":{\"replicas\":2}}");
    struct value status = {0};
    assert_done(value_copy(a, &main, &status));
    assert_done(kinds_prepare_update(a, kind_of(&main), STR(""), &old, &main, NOW));
    assert_done(kinds_prepare_update(a, kind_of(&main), STR("status"), &old, &status, NOW));
    assert_int_equal(value_int_at(&main, "spec.replicas", 0), 2);
    assert_int_equal(value_int_at(&main, "status.replicas", 0), 1);
    assert_int_equal(value_int_at(&status, "spec.replicas", 0), 1);
    assert_int_equal(value_int_at(&status, "status.replicas", 0), 2);
    arena_free(a);
}

static int starve(void *ctx)
{
    (void)ctx;
    struct arena *a = NULL;
    struct value v = {0}, next = {0};
    struct err err = {{0}};
    int r = arena_new(&a, 1 << 22);
    if (r < 0)
        return r;
    r = json_parse(a,
                   STR("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":"
                       "[{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":80}],\"resources\":{\"limits\":"
                       "{\"cpu\":\"1\"}}}],\"volumes\":[{\"name\":\"v\"}]}}"),
                   &v, &err);
    if (r == 0)
        r = kinds_prepare_create(a, kind_of(&v), &v);
    if (r == 0)
        r = kinds_default(a, kind_of(&v), &v);
    if (r == 0)
        r = value_copy(a, &v, &next);
    if (r == 0)
        r = kinds_prepare_update(a, kind_of(&v), STR("status"), &v, &next, NOW);
    if (r == 0 && !str_is(value_text_at(&v, "spec.restartPolicy"), "Always"))
        r = 1; /* lost */
    struct faults f;
    faults_init(&f, a);
    if (r == 0)
        kinds_validate_create(kind_of(&next), &next, &f);
    arena_free(a);
    return r;
}

static void no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(starve, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted), cmocka_unit_test(pod_defaults), cmocka_unit_test(kind_defaults), cmocka_unit_test(creates),
        cmocka_unit_test(generations),     cmocka_unit_test(halves),       cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
