#include "tests/unit.h"

#include "json/json.h"
#include "strategy/strategy.h"

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    assert_done(json_parse(a, str_of(text), &v, NULL));
    return v;
}

static void test_event(void **state)
{
    SCOPED(arena) a = NULL;
    const struct schema_kind *core = schema_kind_find(STR(""), STR("v1"), STR("Event"));
    const struct schema_kind *events = schema_kind_find(STR("events.k8s.io"), STR("v1"), STR("Event"));
    struct value out = {0}, back = {0}, in;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    in = parse(a, "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"name\":\"p\"},\"message\":\"m\",\"source\":{\"component\":\"c\"},\"count\":2,"
                  "\"lastTimestamp\":\"2026-01-01T00:00:00Z\"}");
    assert_done(strategy_convert(a, core, events, &in, &out, NULL));
    assert_str(value_text_at(&out, "regarding.name"), "p");
    assert_str(value_text_at(&out, "note"), "m");
    assert_str(value_text_at(&out, "deprecatedSource.component"), "c");
    assert_str(value_text_at(&out, "apiVersion"), "events.k8s.io/v1");
    assert_done(strategy_convert(a, events, core, &out, &back, NULL));
    assert_str(value_text_at(&back, "involvedObject.name"), "p");
    assert_int_equal(value_int_at(&back, "count", 0), 2);
}

static void test_autoscaler(void **state)
{
    SCOPED(arena) a = NULL;
    const struct schema_kind *v1 = schema_kind_find(STR("autoscaling"), STR("v1"), STR("HorizontalPodAutoscaler"));
    const struct schema_kind *v2 = schema_kind_find(STR("autoscaling"), STR("v2"), STR("HorizontalPodAutoscaler"));
    struct value out = {0}, back = {0}, in;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    in = parse(a,
               "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"d\"},\"metrics\":["
               "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":60}}},"
               "{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":70}}}]}}");
    assert_done(strategy_convert(a, v2, v1, &in, &out, NULL));
    assert_int_equal(value_int_at(&out, "spec.targetCPUUtilizationPercentage", 0), 60);
    assert_non_null(value_get(value_at(&out, "metadata.annotations"), STR("autoscaling.alpha.kubernetes.io/metrics")));
    assert_done(strategy_convert(a, v1, v2, &out, &back, NULL));
    assert_int_equal(value_count(value_at(&back, "spec.metrics")), 2);
}

static void test_scale(void **state)
{
    SCOPED(arena) a = NULL;
    struct value scale = {0}, in;
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    in = parse(a, "{\"metadata\":{\"name\":\"d\",\"uid\":\"u\"},\"spec\":{\"replicas\":3,\"selector\":{\"matchLabels\":{\"a\":\"b\"}}},\"status\":{"
                  "\"replicas\":2}}");
    assert_done(strategy_scale_read(a, &in, &scale));
    assert_int_equal(value_int_at(&scale, "spec.replicas", 0), 3);
    assert_int_equal(value_int_at(&scale, "status.replicas", 0), 2);
    assert_str(value_text_at(&scale, "status.selector"), "a=b");
    assert_non_null(value_put(a, &scale, "spec.replicas", value_make_int(-1)));
    assert_int_equal(strategy_scale_write(a, &scale, &in), -EINVAL);
}

static int convert_all(void *ctx)
{
    SCOPED(arena) a = NULL;
    const struct schema_kind *v1 = schema_kind_find(STR("autoscaling"), STR("v1"), STR("HorizontalPodAutoscaler"));
    const struct schema_kind *v2 = schema_kind_find(STR("autoscaling"), STR("v2"), STR("HorizontalPodAutoscaler"));
    struct value out = {0}, in = {0};
    (void)ctx;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = json_parse(a, STR("{\"spec\":{\"targetCPUUtilizationPercentage\":60,\"maxReplicas\":3}}"), &in, NULL);
    return r < 0 ? r : strategy_convert(a, v1, v2, &in, &out, NULL);
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(convert_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_event), cmocka_unit_test(test_autoscaler), cmocka_unit_test(test_scale),
                                       cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
