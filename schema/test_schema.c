#include "tests/unit.h"

#include "schema/schema.h"

static void test_kinds(void **state)
{
    (void)state;
    const struct schema_kind *pod = schema_kind_parse(STR("v1"), STR("Pod"));
    assert_non_null(pod);
    assert_str(pod->message->package, "io.k8s.api.core.v1");
    assert_ptr_equal(pod, schema_kind_find(STR(""), STR("v1"), STR("Pod")));
    assert_non_null(schema_kind_parse(STR("apps/v1"), STR("Deployment")));
    assert_null(schema_kind_parse(STR("apps/v1"), STR("Pod")));
    assert_null(schema_kind_parse(STR("apps"), STR("Deployment")));
    assert_null(schema_kind_parse(STR(""), STR("")));
    assert_str(schema_kind_parse(STR("example.com/v1"), STR("DeleteOptions"))->message->name, "DeleteOptions");
    const struct schema_kind *rows;
    size_t n = schema_kinds(&rows);
    assert_true(n > 350);
    for (size_t i = 0; i < n; i++)
        assert_ptr_equal(schema_kind_parse(rows[i].api_version, rows[i].name), &rows[i]);
}

static void test_every_field_is_found(void **state)
{
    (void)state;
    const struct schema_kind *rows;
    size_t n = schema_kinds(&rows);
    for (size_t i = 0; i < n; i++) {
        const struct schema_message *m = rows[i].message;
        assert_ptr_equal(schema_message_find(m->package, m->name), m);
        for (size_t k = 0; k < schema_slots(m); k++) {
            assert_int_equal(schema_slot_find(m, schema_slot(m, k)->name, SIZE_MAX), k);
            assert_int_equal(schema_slot_find(m, schema_slot(m, k)->name, k), k);
        }
        size_t hint = 0;
        for (size_t k = 0; k < m->n_numbered; k++) {
            size_t nowhere = m->n_numbered;
            uint32_t number = m->fields[m->by_number[k]].number;
            assert_int_equal(schema_number_find(m, number, &hint), m->by_number[k]);
            assert_int_equal(schema_number_find(m, number, &nowhere), m->by_number[k]);
        }
    }
}

static void test_fields(void **state)
{
    (void)state;
    const struct schema_message *spec = schema_message_find(STR("io.k8s.api.core.v1"), STR("PodSpec"));
    const struct schema_field *f = schema_field_find(spec, STR("containers"));
    assert_int_equal(f->number, 2);
    assert_int_equal(f->list, SCHEMA_LIST_MAP);
    assert_str(f->list_keys[0], "name");
    assert_int_equal(f->list_keys[1].n, 0);
    assert_str(f->merge_key, "name");
    assert_true(f->flags & SCHEMA_PATCH_MERGE);
    assert_ptr_equal(schema_field_numbered(spec, 2), f);
    assert_null(schema_field_numbered(spec, 9999));
    assert_null(schema_field_find(spec, STR("Containers")));
    assert_null(schema_field_find(spec, STR("")));
    /* a volume's sources are inline */
    const struct schema_message *volume = schema_message_find(STR("io.k8s.api.core.v1"), STR("Volume"));
    assert_true(volume->n_fields == 2 && schema_slots(volume) > 20);
    assert_int_equal(schema_field_find(volume, STR("emptyDir"))->number, 2);
    const struct schema_message *port = schema_message_find(STR("io.k8s.api.core.v1"), STR("ContainerPort"));
    f = schema_field_find(port, STR("protocol"));
    assert_str(f->key_default, "\"TCP\"");
    assert_true(f->flags & SCHEMA_ENUM_CLOSED);
    size_t enums = 0;
    while (f->enums[enums].p)
        enums++;
    assert_int_equal(enums, 3);
}

static void test_resources(void **state)
{
    (void)state;
    static const char *stored[][4] = {
        {"", "v1", "pods", "pods"},
        {"", "v1", "services", "services/specs"},
        {"", "v1", "nodes", "minions"},
        {"", "v1", "bindings", ""},
        {"networking.k8s.io", "v1", "ingresses", "ingress"},
        {"events.k8s.io", "v1", "events", "events"},
        {"apiextensions.k8s.io", "v1", "customresourcedefinitions", "apiextensions.k8s.io/customresourcedefinitions"},
        {"authorization.k8s.io", "v1", "subjectaccessreviews", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(stored); i++)
        assert_str(schema_resource_find(str_of(stored[i][0]), str_of(stored[i][1]), str_of(stored[i][2]))->storage_path, stored[i][3]);
    const struct schema_resource *events = schema_resource_find(STR("events.k8s.io"), STR("v1"), STR("events"));
    assert_str(events->storage->group, "");
    const struct schema_resource *hpa = schema_resource_find(STR("autoscaling"), STR("v1"), STR("horizontalpodautoscalers"));
    assert_str(hpa->storage->version, "v2");
    const struct schema_resource *deploy = schema_resource_find(STR("apps"), STR("v1"), STR("deployments"));
    assert_true(deploy->namespaced && deploy->served && deploy->storage == deploy);
    assert_str(deploy->short_names, "deploy");
    assert_str(deploy->list_kind->name, "DeploymentList");
    assert_ptr_equal(schema_resource_of_kind(deploy->kind), deploy);
    assert_str(schema_subresource_find(deploy, STR("scale"))->kind->api_version, "autoscaling/v1");
    assert_null(schema_subresource_find(deploy, STR("status"))->kind);
    assert_null(schema_subresource_find(deploy, STR("log")));
    assert_null(schema_resource_find(STR("apps"), STR("v1"), STR("pods")));
    assert_null(schema_resource_of_kind(deploy->list_kind));
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    assert_int_equal(n, 103);
    for (size_t i = 0; i < n; i++)
        assert_ptr_equal(schema_resource_find(rows[i].group, rows[i].version, rows[i].name), &rows[i]);
    const struct schema_default *defaults;
    assert_int_equal(schema_defaults(&defaults), 202);
}

/* Rows made at run time have neither slots nor lookup. */
static void test_rows_of_custom_kinds(void **state)
{
    (void)state;
    static const struct schema_field fields[] = {{STR_INIT("a"), .flags = SCHEMA_JSON_ONLY}, {STR_INIT("b"), .flags = SCHEMA_JSON_ONLY}};
    static const struct schema_message m = {.name = STR_INIT("Custom"), .fields = fields, .n_fields = 2};
    assert_ptr_equal(schema_field_find(&m, STR("b")), &fields[1]);
    assert_null(schema_field_find(&m, STR("c")));
    assert_int_equal(schema_start(&m, 1), 1);
    assert_false(schema_has_type(&m));
    assert_true(schema_has_type(schema_kind_parse(STR("v1"), STR("Pod"))->message));
    assert_false(schema_has_type(schema_kind_parse(STR("v1"), STR("WatchEvent"))->message));
    const struct schema_kind kind = {.message = &m};
    assert_null(schema_resource_of_kind(&kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),     cmocka_unit_test(test_every_field_is_found), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_resources), cmocka_unit_test(test_rows_of_custom_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
