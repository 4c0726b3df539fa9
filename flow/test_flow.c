#include "flow/flow.h"

#include "json/json.h"
#include "tests/unit.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    return arena_new(&mem, 4 << 20);
}

static int teardown(void **state)
{
    (void)state;
    mem = arena_free(mem);
    return 0;
}

static struct value object(const char *resource, const char *name)
{
    struct value v = {0};
    assert_done(flow_default(mem, str_of(resource), str_of(name), &v));
    return v;
}

static void test_objects(void **state)
{
    struct value list = value_make_list();
    (void)state;
    assert_done(flow_defaults(mem, &list));
    assert_int_equal(value_count(&list), 8 + 11);
    assert_str(value_text_at(value_item(&list, 0), "object.metadata.name"), "exempt");
    struct value low = object("prioritylevelconfigurations", "workload-low");
    assert_int_equal(value_int_at(&low, "spec.limited.nominalConcurrencyShares", -1), 100);
    assert_int_equal(value_int_at(&low, "spec.limited.limitResponse.queuing.queues", -1), 128);
    struct value all = object("prioritylevelconfigurations", "catch-all");
    assert_str(value_text_at(&all, "spec.limited.limitResponse.type"), "Reject");
    struct value high = object("flowschemas", "system-node-high");
    const struct value *rules = value_at(value_item(value_at(&high, "spec.rules"), 0), "resourceRules");
    assert_int_equal(value_count(rules), 2);
    assert_str(value_text(value_item(value_get(value_item(rules, 0), STR("apiGroups")), 0)), "");
    assert_true(value_bool_at(value_item(rules, 0), "clusterScope", false));
    assert_false(value_bool_at(value_item(rules, 1), "clusterScope", false));
    struct value probes = object("flowschemas", "probes");
    assert_null(value_at(&probes, "spec.distinguisherMethod"));
    assert_null(value_at(value_item(value_at(&probes, "spec.rules"), 0), "resourceRules"));
    struct value none;
    assert_int_equal(flow_default(mem, STR("flowschemas"), STR("mine"), &none), FLOW_ABSENT);
    assert_true(flow_is_mandatory(STR("flowschemas"), STR("exempt")));
    assert_false(flow_is_mandatory(STR("flowschemas"), STR("probes")));
    assert_false(flow_is_mandatory(STR("pods"), STR("exempt")));
}

static struct value live_as(const char *resource, const char *name, const char *said, int64_t generation)
{
    struct value v = object(resource, name);
    assert_non_null(value_put(mem, &v, "metadata.generation", value_make_int(generation)));
    struct value *all = value_at(&v, "metadata.annotations");
    if (said)
        assert_non_null(value_set(mem, all, STR(FLOW_AUTOUPDATE), value_make_text(str_of(said))));
    else
        value_del(all, STR(FLOW_AUTOUPDATE));
    return v;
}

/* Who says what of an object whose spec was changed, and what becomes of it. */
static void test_revise(void **state)
{
    static const struct {
        const char *said;
        int64_t generation;
        bool changed, kept;
        const char *note;
    } cases[] = {
        {"true", 2, true, false, "true"}, {"false", 2, false, true, "false"}, {NULL, 1, true, false, "true"},
        {NULL, 2, true, true, "false"},   {"maybe", 2, true, true, "false"},
    };
    (void)state;
    struct value wanted = object("prioritylevelconfigurations", "system");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct value live = live_as("prioritylevelconfigurations", "system", cases[i].said, cases[i].generation), out = {0};
        assert_non_null(value_put(mem, &live, "spec.limited.nominalConcurrencyShares", value_make_int(77)));
        int r = flow_revise(mem, false, &wanted, &live, &out);
        assert_int_equal(r, cases[i].changed ? FLOW_CHANGED : 0);
        if (!r)
            continue;
        assert_int_equal(value_int_at(&out, "spec.limited.nominalConcurrencyShares", -1), cases[i].kept ? 77 : 30);
        assert_str(value_text(value_get(value_at(&out, "metadata.annotations"), STR(FLOW_AUTOUPDATE))), cases[i].note);
    }
}

static void test_mandatory(void **state)
{
    struct value wanted = object("prioritylevelconfigurations", "exempt"), out = {0};
    struct value live = live_as("prioritylevelconfigurations", "exempt", "false", 9);
    (void)state;
    assert_int_equal(flow_revise(mem, true, &wanted, &live, &out), FLOW_CHANGED);
    live = live_as("prioritylevelconfigurations", "exempt", "true", 9);
    assert_non_null(value_put(mem, &live, "spec.exempt.lendablePercent", value_make_int(50)));
    assert_int_equal(flow_revise(mem, true, &wanted, &live, &out), 0);
    wanted = object("flowschemas", "catch-all");
    live = live_as("flowschemas", "catch-all", "true", 9);
    assert_int_equal(flow_revise(mem, true, &wanted, &live, &out), 0);
    assert_non_null(value_put(mem, &live, "spec.matchingPrecedence", value_make_int(9999)));
    assert_int_equal(flow_revise(mem, true, &wanted, &live, &out), FLOW_CHANGED);
}

static void test_stale(void **state)
{
    struct value live = live_as("flowschemas", "probes", "true", 1);
    (void)state;
    assert_false(flow_is_stale(STR("flowschemas"), &live));
    assert_non_null(value_put(mem, &live, "metadata.name", value_make_text(STR("old-default"))));
    assert_true(flow_is_stale(STR("flowschemas"), &live));
    assert_non_null(value_set(mem, value_at(&live, "metadata.annotations"), STR(FLOW_AUTOUPDATE), value_make_text(STR("false"))));
    assert_false(flow_is_stale(STR("flowschemas"), &live));
}

static void test_same(void **state)
{
    struct value a = {0}, b = {0};
    (void)state;
    assert_done(json_parse(mem, STR("{\"x\":1,\"y\":[{\"z\":false}],\"w\":\"\"}"), &a, NULL));
    assert_done(json_parse(mem, STR("{\"y\":[{}],\"x\":1}"), &b, NULL));
    assert_true(flow_same_spec(&a, &b));
    assert_done(json_parse(mem, STR("{\"y\":[{}],\"x\":0}"), &b, NULL));
    assert_false(flow_same_spec(&a, &b));
}

static int all(void *ctx)
{
    struct arena *a = NULL;
    struct value list = value_make_list(), out = {0};
    (void)ctx;
    int r = arena_new(&a, 4 << 20);
    if (r == 0)
        r = flow_defaults(a, &list);
    if (r == 0)
        r = flow_revise(a, true, value_at(value_item(&list, 1), "object"), value_at(value_item(&list, 2), "object"), &out);
    arena_free(a);
    return MIN(r, 0);
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_objects, setup, teardown),   cmocka_unit_test_setup_teardown(test_revise, setup, teardown),
        cmocka_unit_test_setup_teardown(test_mandatory, setup, teardown), cmocka_unit_test_setup_teardown(test_stale, setup, teardown),
        cmocka_unit_test_setup_teardown(test_same, setup, teardown),      cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
