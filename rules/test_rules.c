#include "tests/unit.h"

#include "json/json.h"
#include "rules/rules.h"

static int get(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out)
{
    (void)ctx;
    (void)group;
    (void)ns;
    assert_str(resource, "namespaces");
    if (!str_is(name, "prod"))
        return AUTH_ABSENT;
    return json_parse(a, STR("{\"metadata\":{\"labels\":{\"env\":\"prod\"}}}"), out, NULL);
}

static const struct admit_lookup lookup = {.get = get};

/* Does `tree` mean a write to group/version/resource[/sub] in ns? `as`: the version it is meant in. */
static int fits(const char *tree, enum admit_operation op, const char *group, const char *version, const char *path, const char *ns,
                const char *object, const char *as)
{
    SCOPED(arena) a = NULL;
    struct value match, tree_object;
    struct rules *r = NULL;
    struct str resource, sub;
    const struct schema_resource *found = NULL;
    assert_done(arena_new(&a, 1u << 20));
    assert_done(json_parse(a, str_of(tree), &match, NULL));
    assert_done(rules_read(a, &match, "rules", "without", false, &r, NULL));
    if (!str_cut(str_of(path), '/', &resource, &sub))
        sub = STR("");
    struct rules_request q = {.arena = a,
                              .lookup = &lookup,
                              .operation = op,
                              .subresource = sub,
                              .namespace = str_of(ns),
                              .name = STR("x"),
                              .resource = schema_resource_find(str_of(group), str_of(version), resource)};
    assert_non_null(q.resource);
    if (object) {
        assert_done(json_parse(a, str_of(object), &tree_object, NULL));
        q.object = &tree_object;
    }
    int e = rules_fit(r, &q, &found);
    if (e == RULES_FIT && as)
        assert_str(found->group, as);
    return e;
}

#define RULE(ops, groups, versions, resources, more) \
    "{\"rules\":[{\"operations\":[" ops "],\"apiGroups\":[" groups "],\"apiVersions\":[" versions "],\"resources\":[" resources "]" more "}]}"

static void rows(void **state)
{
    (void)state;
    static const struct {
        const char *tree;
        enum admit_operation op;
        const char *group, *version, *path, *ns, *object;
        int wanted;
    } cases[] = {
        {RULE("\"CREATE\"", "\"\"", "\"v1\"", "\"pods\"", ""), ADMIT_CREATE, "", "v1", "pods", "default", NULL, 1},
        {RULE("\"CREATE\"", "\"\"", "\"v1\"", "\"pods\"", ""), ADMIT_UPDATE, "", "v1", "pods", "default", NULL, 0},
        {RULE("\"*\"", "\"*\"", "\"*\"", "\"*\"", ""), ADMIT_DELETE, "apps", "v1", "deployments", "default", NULL, 1},
        {RULE("\"*\"", "\"*\"", "\"*\"", "\"*\"", ""), ADMIT_UPDATE, "", "v1", "pods/status", "default", NULL, 0},
        {RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", ""), ADMIT_UPDATE, "", "v1", "pods/status", "default", NULL, 1},
        {RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", ""), ADMIT_UPDATE, "", "v1", "pods", "default", NULL, 1},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"pods/*\"", ""), ADMIT_CONNECT, "", "v1", "pods/exec", "default", NULL, 1},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*/scale\"", ""), ADMIT_UPDATE, "", "v1", "pods/exec", "default", NULL, 0},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*\"", ",\"scope\":\"Cluster\""), ADMIT_CREATE, "", "v1", "pods", "default", NULL, 0},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*\"", ",\"scope\":\"Cluster\""), ADMIT_CREATE, "", "v1", "namespaces", "x", NULL, 1},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*\"", ",\"scope\":\"Namespaced\""), ADMIT_CREATE, "", "v1", "namespaces", "x", NULL, 0},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*\"", ",\"resourceNames\":[\"y\"]"), ADMIT_UPDATE, "", "v1", "pods", "x", NULL, 0},
        {RULE("\"*\"", "\"\"", "\"*\"", "\"*\"", ",\"resourceNames\":[\"x\"]"), ADMIT_UPDATE, "", "v1", "pods", "x", NULL, 1},
        {"{}", ADMIT_UPDATE, "", "v1", "pods", "x", NULL, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (fits(cases[i].tree, cases[i].op, cases[i].group, cases[i].version, cases[i].path, cases[i].ns, cases[i].object, NULL) != cases[i].wanted)
            fail_msg("case %zu: %s", i, cases[i].tree);
}

#define ALL "\"rules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[\"*\"]}]"

static void selectors(void **state)
{
    (void)state;
    const char *by_ns = "{\"namespaceSelector\":{\"matchLabels\":{\"env\":\"prod\"}}," ALL "}";
    assert_int_equal(fits(by_ns, ADMIT_CREATE, "", "v1", "pods", "prod", NULL, NULL), 1);
    assert_int_equal(fits(by_ns, ADMIT_CREATE, "", "v1", "pods", "test", NULL, NULL), 0);
    assert_int_equal(fits(by_ns, ADMIT_CREATE, "", "v1", "nodes", "", NULL, NULL), 1); /* not of a namespace: always */
    assert_int_equal(fits(by_ns, ADMIT_CREATE, "", "v1", "namespaces", "n", "{\"metadata\":{\"labels\":{\"env\":\"prod\"}}}", NULL), 1);
    assert_int_equal(fits(by_ns, ADMIT_CREATE, "", "v1", "namespaces", "n", "{\"metadata\":{}}", NULL), 0);
    const char *by_object = "{\"objectSelector\":{\"matchLabels\":{\"a\":\"b\"}}," ALL "}";
    assert_int_equal(fits(by_object, ADMIT_CREATE, "", "v1", "pods", "prod", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}", NULL), 1);
    assert_int_equal(fits(by_object, ADMIT_CREATE, "", "v1", "pods", "prod", "{\"metadata\":{}}", NULL), 0);
    assert_int_equal(fits(by_object, ADMIT_DELETE, "", "v1", "pods", "prod", NULL, NULL), 0);
    const char *without =
        "{\"without\":[{\"operations\":[\"DELETE\"],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[\"pods\"]}]," ALL "}";
    assert_int_equal(fits(without, ADMIT_DELETE, "", "v1", "pods", "prod", NULL, NULL), 0);
    assert_int_equal(fits(without, ADMIT_CREATE, "", "v1", "pods", "prod", NULL, NULL), 1);
}

static void versions(void **state)
{
    (void)state;
    const char *rule = RULE("\"*\"", "\"events.k8s.io\"", "\"v1\"", "\"events\"", "");
    assert_int_equal(fits(rule, ADMIT_CREATE, "", "v1", "events", "n", NULL, "events.k8s.io"), 1);
    assert_int_equal(fits(rule, ADMIT_CREATE, "events.k8s.io", "v1", "events", "n", NULL, "events.k8s.io"), 1);
    assert_int_equal(fits("{\"matchPolicy\":\"Exact\",\"rules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"events.k8s.io\"],\"apiVersions\":[\"*\"],"
                          "\"resources\":[\"events\"]}]}",
                          ADMIT_CREATE, "", "v1", "events", "n", NULL, NULL),
                     0);
}

static void exempt(void **state)
{
    (void)state;
    assert_true(rules_exempt(schema_resource_find(STR("admissionregistration.k8s.io"), STR("v1"), STR("validatingwebhookconfigurations"))));
    assert_true(rules_exempt(schema_resource_find(STR("admissionregistration.k8s.io"), STR("v1"), STR("mutatingadmissionpolicybindings"))));
    assert_false(rules_exempt(schema_resource_find(STR(""), STR("v1"), STR("pods"))));
}

static int read_body(void *ctx)
{
    SCOPED(arena) a = NULL;
    struct value match;
    struct rules *r;
    (void)ctx;
    int e = arena_new(&a, 1u << 20);
    if (e == 0)
        e = json_parse(a, STR("{\"namespaceSelector\":{\"matchLabels\":{\"env\":\"prod\"}}," ALL "}"), &match, NULL);
    return e == 0 ? rules_read(a, &match, "rules", NULL, false, &r, NULL) : e;
}

static void allocations(void **state)
{
    (void)state;
    unit_fail_allocations(read_body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows), cmocka_unit_test(selectors), cmocka_unit_test(versions), cmocka_unit_test(exempt), cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
