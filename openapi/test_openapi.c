#include "tests/unit.h"

#include "json/json.h"
#include "openapi/openapi.h"
#include "pb/pb.h"

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
    const struct value *metadata = value_at(schema(&t, "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"), "properties");
    assert_true(value_text_at(metadata, "creationTimestamp.description").n && value_text_at(metadata, "labels.description").n);
    assert_true(value_text_at(deploy, "properties.metadata.description").n && value_text_at(deploy, "properties.kind.description").n);
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

/* What explain shows: no field without words, and the facts of the rows behind them. */
static void test_descriptions(void **state)
{
    static const struct {
        const char *message, *field, *words;
    } expect[] = {{"io.k8s.api.apps.v1.DeploymentSpec", "replicas", "How many pods are wanted. Default: 1."},
                  {"io.k8s.api.apps.v1.RollingUpdateDeployment", "maxSurge", "Default: 25%."},
                  {"io.k8s.api.apps.v1.DeploymentStrategy", "type", "Default: RollingUpdate."},
                  {"io.k8s.api.core.v1.Container", "ports", "Entries differ in containerPort or protocol."},
                  {"io.k8s.api.core.v1.EphemeralContainer", "image", "What to run: registry, name, and tag or digest."},
                  {"io.k8s.api.core.v1.ContainerResizePolicy", "restartPolicy", "A text."},
                  {"io.k8s.api.core.v1.ISCSIVolumeSource", "lun", "A whole number."},
                  {"io.k8s.api.apps.v1.DeploymentCondition", "status", "True, False or Unknown."},
                  {"io.k8s.api.core.v1.Volume", "emptyDir", "An empty folder"},
                  {"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "finalizers", "No entry comes twice."}};
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    struct value t = {0};
    (void)state;
    assert_done(arena_new(&a, (size_t)256 << 20));
    assert_done(openapi_v3(&set, STR("apps"), STR("v1"), &b));
    assert_done(json_parse(a, buf_view(&b), &t, NULL));
    for (size_t i = 0; i < ARRAY_LEN(expect); i++) {
        struct str words = value_text_at(value_get(value_at(schema(&t, expect[i].message), "properties"), str_of(expect[i].field)), "description");
        if (str_find(words, str_of(expect[i].words)) < 0)
            fail_msg("%s.%s: %.*s", expect[i].message, expect[i].field, STR_FMT(words));
    }
    assert_true(str_starts(value_text_at(schema(&t, "io.k8s.api.apps.v1.Deployment"), "description"), STR("Keeps a number")));
    VALUE_EACH_MEMBER (m, value_at(&t, "components.schemas")) {
        VALUE_EACH_MEMBER (f, value_at(&m->value, "properties"))
            if (!value_text_at(&f->value, "description").n)
                fail_msg("%.*s.%.*s has no description", STR_FMT(m->key), STR_FMT(f->key));
    }
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

/* ── the protobuf form ── */

/* The value of the entry of that name in a repeated {name, value}. */
static struct str entry(struct str message, uint32_t number, const char *name)
{
    struct pb_reader r = pb_reader_of(message);
    struct pb_field f, part;
    while (pb_next(&r, &f, NULL) == 1)
        if (f.number == number && pb_find(f.bytes, 1, PB_BYTES, &part) && str_is(part.bytes, name))
            return pb_find(f.bytes, 2, PB_BYTES, &part) ? part.bytes : STR_NONE;
    return STR_NONE;
}

static struct str part(struct str message, uint32_t number)
{
    struct pb_field f;
    return pb_find(message, number, PB_BYTES, &f) ? f.bytes : STR_NONE;
}

static struct str protobuf(struct buf *out, const char *json, bool v3)
{
    buf_clear(out);
    assert_done(openapi_protobuf(str_of(json), v3, out));
    return buf_view(out);
}

static void test_protobuf_v2(void **state)
{
    SCOPED_BUF json = BUF_INIT(OPENAPI_BYTES_MAX);
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    (void)state;
    assert_done(openapi_v2(&set, &json));
    assert_done(openapi_protobuf(buf_view(&json), false, &b));
    struct str all = buf_view(&b);
    assert_str(part(all, 1), "2.0");
    struct str pod = entry(part(all, 9), 1, "io.k8s.api.core.v1.Pod");
    assert_str(part(part(pod, 22), 1), "object");
    assert_str(part(entry(part(pod, 25), 1, "spec"), 1), "#/definitions/io.k8s.api.core.v1.PodSpec");
    assert_str(part(entry(pod, 31, "x-kubernetes-group-version-kind"), 2), "[{\"group\":\"\",\"kind\":\"Pod\",\"version\":\"v1\"}]\n");
    struct str path = entry(part(all, 8), 2, "/api/v1/namespaces/{namespace}/pods/{name}");
    assert_str(part(part(path, 8), 5), "patchCoreV1NamespacedPod");
}

static void test_protobuf_pieces(void **state)
{
    static const char *const bad[] = {"",
                                      "null",
                                      "[]",
                                      "{",
                                      "{\"a\"",
                                      "{\"a\":",
                                      "{\"a\":1",
                                      "{1:2}",
                                      "{\"paths\":{",
                                      "{\"paths\":{\"/\":}}",
                                      "{\"info\":{\"title\":\"\\q\"}}",
                                      "{\"info\":{\"title\":\"x}}",
                                      "{\"components\":{\"schemas\":{\"a\":{]}}}"};
    SCOPED_BUF b = BUF_INIT(0);
    struct pb_field f;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (openapi_protobuf(str_of(bad[i]), i % 2, &b) >= 0)
            fail_msg("%s was taken", bad[i]);
    struct str d = protobuf(&b, " { \"info\" : { \"title\" : \"a\\\"}\" , \"x-a\":[1] }, \"other\":{}, \"security\":[{\"k\":[\"s\"]}] }", false);
    assert_str(part(part(d, 2), 1), "a\"}");
    assert_str(part(entry(part(d, 2), 7, "x-a"), 2), "[1]\n");
    assert_str(part(entry(part(d, 12), 1, "k"), 1), "s");
    d = protobuf(&b, "{\"definitions\":{\"A\":{\"additionalProperties\":true,\"maximum\":2.5,\"maxLength\":7,\"default\":null,\"enum\":[\"x\",3]}}}",
                 false);
    struct str a = entry(part(d, 9), 1, "A");
    assert_true(pb_find(part(a, 21), 2, PB_VARINT, &f) && f.integer == 1);
    assert_true(pb_find(a, 7, PB_FIXED64, &f) && pb_double(f.integer) > 2.4 && pb_double(f.integer) < 2.6);
    assert_true(pb_find(a, 11, PB_VARINT, &f) && f.integer == 7);
    assert_str(part(part(a, 5), 2), "null\n");
    assert_str(part(part(a, 20), 2), "3\n");
    d = protobuf(
        &b,
        "{\"paths\":{\"/a\":{\"parameters\":[{\"in\":\"body\",\"name\":\"b\"}]},\"/b\":{\"parameters\":[{\"in\":\"query\",\"type\":\"string\"}]}}}",
        false);
    assert_str(part(part(part(part(entry(part(d, 8), 2, "/a"), 9), 1), 1), 2), "b");
    assert_str(part(part(part(part(part(entry(part(d, 8), 2, "/b"), 9), 1), 2), 3), 6), "string");
    d = protobuf(&b, "{\"components\":{\"schemas\":{\"A\":{\"items\":{\"$ref\":\"#/r\"},\"default\":{},\"not\":{\"type\":\"string\"}}}}}", true);
    a = part(entry(part(part(d, 5), 1), 1, "A"), 1);
    assert_str(part(part(part(part(a, 30), 1), 2), 1), "#/r");
    assert_str(part(part(a, 29), 25), "string");
    assert_true(pb_find(a, 33, PB_BYTES, &f) && !f.bytes.n); /* a default gnostic has no place for */
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
    if (r == 0)
        r = openapi_v3(&set, STR("node.k8s.io"), STR("v1"), &b);
    SCOPED_BUF p = BUF_INIT(OPENAPI_BYTES_MAX);
    return r < 0 ? r : openapi_protobuf(buf_view(&b), true, &p);
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_discovery), cmocka_unit_test(test_v3),          cmocka_unit_test(test_descriptions),
                                       cmocka_unit_test(test_v2),        cmocka_unit_test(test_protobuf_v2), cmocka_unit_test(test_protobuf_pieces),
                                       cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
