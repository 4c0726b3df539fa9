#include "tests/unit.h"

#include "json/json.h"
#include "openapi/openapi.h"

static bool served(const void *ctx, const struct schema_resource *r)
{
    (void)ctx;
    return r->served;
}
static const struct openapi_set set = {served, NULL};

static const struct value *named(const struct value *list, const char *key, const char *name)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text(value_get(v, str_of(key))), name))
            return v;
    }
    return NULL;
}

static void test_discovery(void **state)
{
    SCOPED(arena) a = NULL;
    struct value t = {0};
    (void)state;
    assert_done(arena_new(&a, 16 << 20));
    assert_done(openapi_resources(a, &set, STR(""), STR("v1"), &t));
    const struct value *pods = named(value_at(&t, "resources"), "name", "pods");
    assert_str(value_text_at(pods, "storageVersionHash"), "xPOwRZ+Yhw8=");
    assert_str(value_text(value_item(value_at(pods, "shortNames"), 0)), "po");
    assert_str(value_text(value_item(value_at(pods, "verbs"), 0)), "create");
    const struct value *evict = named(value_at(&t, "resources"), "name", "pods/eviction");
    assert_str(value_text_at(evict, "group"), "policy");
    assert_int_equal(openapi_resources(a, &set, STR("nope"), STR("v1"), &t), OPENAPI_ABSENT);
    assert_done(openapi_groups(a, &set, &t));
    assert_str(value_text_at(named(value_at(&t, "groups"), "name", "apps"), "preferredVersion.groupVersion"), "apps/v1");
    assert_str(value_text_at(named(value_at(&t, "groups"), "name", "autoscaling"), "preferredVersion.version"), "v2");
    assert_done(openapi_aggregated(a, &set, true, STR("v2"), &t));
    assert_int_equal(value_count(value_at(&t, "items")), 1);
}

static const struct value *schema(const struct value *doc, const char *name)
{
    return value_get(value_at(doc, "components.schemas"), str_of(name));
}

/* Every $ref leads somewhere in the document. */
static void check_refs(const struct value *v, const struct value *schemas, const char *prefix)
{
    VALUE_EACH_ITEM (item, v)
        check_refs(item, schemas, prefix);
    VALUE_EACH_MEMBER (m, v) {
        if (str_is(m->key, "$ref") && m->value.type == VALUE_TEXT) { /* JSONSchemaProps has a field of that name */
            struct str to = value_text(&m->value);
            assert_true(str_starts(to, str_of(prefix)));
            if (!value_get(schemas, str_from(to, strlen(prefix))))
                fail_msg("%.*s leads nowhere", STR_FMT(to));
        }
        check_refs(&m->value, schemas, prefix);
    }
}

static void test_v3(void **state)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    struct value t = {0};
    (void)state;
    assert_done(arena_new(&a, (size_t)256 << 20));
    assert_done(openapi_v3(&set, STR("apps"), STR("v1"), &b));
    assert_done(json_parse(a, buf_view(&b), &t, NULL));
    const struct value *deploy = schema(&t, "io.k8s.api.apps.v1.Deployment");
    assert_non_null(deploy);
    assert_str(value_text_at(value_item(value_get(deploy, STR("x-kubernetes-group-version-kind")), 0), "kind"), "Deployment");
    const struct value *containers = value_at(schema(&t, "io.k8s.api.core.v1.PodSpec"), "properties.containers");
    assert_str(value_text(value_get(containers, STR("x-kubernetes-patch-merge-key"))), "name");
    assert_str(value_text(value_get(containers, STR("x-kubernetes-list-type"))), "map");
    check_refs(&t, value_at(&t, "components.schemas"), "#/components/schemas/");
    const struct value *path = value_get(value_at(&t, "paths"), STR("/apis/apps/v1/namespaces/{namespace}/deployments/{name}"));
    assert_non_null(named(value_at(path, "patch.parameters"), "name", "fieldValidation"));
    buf_clear(&b);
    assert_int_equal(openapi_v3(&set, STR("apps"), STR("v9"), &b), OPENAPI_ABSENT);
    buf_clear(&b);
    assert_done(openapi_v3_index(&set, &b));
    assert_done(json_parse(a, buf_view(&b), &t, NULL));
    assert_non_null(value_get(value_at(&t, "paths"), STR("apis/apps/v1")));
}

static void test_v2(void **state)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    struct value t = {0};
    (void)state;
    assert_done(arena_new(&a, (size_t)512 << 20));
    assert_done(openapi_v2(&set, &b));
    assert_done(json_parse(a, buf_view(&b), &t, NULL));
    assert_str(value_text_at(&t, "swagger"), "2.0");
    check_refs(&t, value_at(&t, "definitions"), "#/definitions/");
}

static int all(void *ctx)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    struct value t = {0};
    (void)ctx;
    int r = arena_new(&a, 16 << 20);
    if (r == 0)
        r = openapi_resources(a, &set, STR("batch"), STR("v1"), &t);
    return r < 0 ? r : openapi_v3(&set, STR("node.k8s.io"), STR("v1"), &b);
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_discovery), cmocka_unit_test(test_v3), cmocka_unit_test(test_v2), cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
