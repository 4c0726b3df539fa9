#include <dirent.h>
#include <fcntl.h>

#include "tests/unit.h"

#include "json/json.h"
#include "object/codec_inside.h"

#define GOLDEN "tests/golden"

static const char *const endings[] = {[OBJECT_JSON] = ".json", [OBJECT_YAML] = ".yaml", [OBJECT_PROTOBUF] = ".pb"};

static void read_file(const char *base, const char *ending, struct buf *out)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s%s", GOLDEN, base, ending);
    SCOPED_FD fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fail_msg("%s: %s", path, strerror(errno));
    for (;;) {
        char *to = buf_room(out, 65536);
        assert_non_null(to);
        ssize_t n = read(fd, to, 65536);
        assert_true(n >= 0);
        if (n == 0)
            return;
        buf_grew(out, (size_t)n);
    }
}

static void encode(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree)
{
    SCOPED_BUF compact = BUF_INIT(0);
    struct err err = {0};
    if (object_encode(format == OBJECT_JSON ? &compact : out, format, kind, tree, &err) < 0)
        fail_msg("%s", err.text);
    if (format == OBJECT_JSON)
        json_indent(out, buf_view(&compact));
}

/* The texts of a frozen object are those of its tree. */
static void check_frozen(const char *base, const struct schema_kind *kind, const struct value *tree)
{
    SCOPED(arena) mem = NULL;
    SCOPED(object) o = NULL;
    SCOPED_BUF want = BUF_INIT(0), got = BUF_INIT(0), again = BUF_INIT(0);
    struct value thawed, own;
    struct str body;
    struct err err = {0};
    assert_done(arena_new(&mem, 64 << 20));
    assert_done(value_copy(mem, tree, &own));
    assert_done(object_freeze(&o, STR("/registry/x"), kind, tree, &err));
    o->revision = 42;
    assert_done(object_tree(mem, o, &thawed, &err));
    if (value_at(&own, "metadata.name"))
        assert_non_null(value_put(mem, &own, "metadata.resourceVersion", value_make_text(STR("42"))));
    if (value_at(&own, "metadata.name") && !value_equal(&own, &thawed))
        fail_msg("%s: thawed into something else", base);
    assert_done(object_json(o, &body, &err));
    value_del(&thawed, STR("kind"));
    value_del(&thawed, STR("apiVersion"));
    json_print(&want, &thawed);
    if (!str_eq(buf_view(&want), body))
        fail_msg("%s: %.*s instead of %.*s", base, STR_FMT(body), STR_FMT(buf_view(&want)));
    if (!schema_has_type(kind->message) || !value_at(&own, "metadata.name"))
        return;
    assert_done(object_pb(o, &got, &err));
    assert_done(object_encode(&again, OBJECT_PROTOBUF, kind, &own, &err));
    assert_true(str_find(buf_view(&again), buf_view(&got)) > 0);
    assert_str(object_name(o), "nameValue");
    assert_str(object_namespace(o), "namespaceValue");
    assert_str(object_uid(o), "uidValue");
    assert_true(object_deleting(o));
    assert_true(object_label(o, STR("labelsKey"), &body) && str_is(body, "labelsValue"));
    assert_false(object_label(o, STR("labels"), &body));
}

static size_t exact_ones;

/* Frozen from its form it is the same object, and what is said to be exact prints what its bytes print. */
static void check_formed(const char *base, const struct schema_kind *kind, const struct value *tree)
{
    SCOPED(object) o = NULL;
    SCOPED(object) same = NULL;
    SCOPED(arena) mem = NULL;
    SCOPED_BUF want = BUF_INIT(0), got = BUF_INIT(0);
    struct value own, again;
    bool exact = false;
    assert_done(arena_new(&mem, 64 << 20));
    assert_done(value_copy(mem, tree, &own));
    assert_done(value_copy(mem, tree, &again));
    assert_done(object_conform(mem, kind, &own, NULL, NULL));
    for (int i = 0; i < 2; i++) { /* as it came, and found to be in form */
        assert_done(object_conform_changed(mem, kind, &again, NULL, NULL));
        assert_true(value_identical(&own, &again));
    }
    assert_done(object_freeze(&o, STR("/registry/x"), kind, tree, NULL));
    assert_done(object_freeze_formed(&same, STR("/registry/x"), kind, &own, &exact, NULL));
    if (!str_eq(o->stored, same->stored))
        fail_msg("%s is frozen otherwise", base);
    if (!exact)
        return;
    exact_ones++;
    o->revision = same->revision = 42;
    object_json_head(o, &want);
    want.n--;
    size_t comma = want.n;
    assert_done(object_json_put(o, &want, NULL));
    want.p[comma] = ',';
    object_json_formed(same, &own, &got);
    if (!str_eq(buf_view(&want), buf_view(&got)))
        fail_msg("%s: %.*s instead of %.*s", base, STR_FMT(buf_view(&got)), STR_FMT(buf_view(&want)));
}

static void check_golden(const char *base)
{
    struct buf golden[3] = {BUF_INIT(0), BUF_INIT(0), BUF_INIT(0)};
    for (int i = 0; i < 3; i++)
        read_file(base, endings[i], &golden[i]);
    for (int from = 0; from < 3; from++) {
        SCOPED(arena) mem = NULL;
        struct object_notes notes = {0};
        const struct schema_kind *kind = NULL;
        struct value tree;
        struct err err = {0};
        assert_done(arena_new(&mem, 64 << 20));
        if (object_decode(mem, (enum object_format)from, buf_view(&golden[from]), NULL, &tree, &kind, &notes, &err) < 0)
            fail_msg("%s%s: %s", base, endings[from], err.text);
        if (notes.n)
            fail_msg("%s%s: %.*s", base, endings[from], STR_FMT(notes.items[0]));
        for (int to = 0; to < 3; to++) {
            SCOPED_BUF out = BUF_INIT(0);
            encode(&out, (enum object_format)to, kind, &tree);
            if (!str_eq(buf_view(&out), buf_view(&golden[to])))
                fail_msg("%s: %s to %s differs", base, endings[from], endings[to]);
        }
        check_frozen(base, kind, &tree);
        check_formed(base, kind, &tree);
    }
    for (int i = 0; i < 3; i++)
        buf_done(&golden[i]);
}

static void test_golden(void **state)
{
    (void)state;
    struct dirent **names;
    int n = scandir(GOLDEN, &names, NULL, alphasort), kinds = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        size_t length = strlen(names[i]->d_name);
        if (length > 5 && strcmp(names[i]->d_name + length - 5, ".json") == 0) {
            names[i]->d_name[length - 5] = 0;
            check_golden(names[i]->d_name);
            kinds++;
        }
        free(names[i]);
    }
    free(names);
    assert_int_equal(kinds, 193);
    assert_true(exact_ones > 300);
}

/* JSON in, JSON out of a decoded object; the notes behind it, joined by `;`. */
static void test_conforming(void **state)
{
    (void)state;
    static const char *rows[][3] = {
        {"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"b\":\"2\",\"a\":\"1\"},\"metadata\":null,\"x\":1}",
         "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"data\":{\"a\":\"1\",\"b\":\"2\"}}", "unknown field \"x\""},
        {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"name\":\"b\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"imag\":1,"
         "\"resources\":{\"limits\":{\"cpu\":\"1000m\",\"memory\":\"1024Mi\",\"x\":0.5,\"y\":7}}}],\"hostNetwork\":false}}",
         "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"b\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"limits\":{"
         "\"cpu\":\"1\",\"memory\":\"1Gi\",\"x\":\"500m\",\"y\":\"7\"}}}]},\"status\":{}}",
         "duplicate field \"metadata.name\";unknown field \"spec.containers[0].imag\""},
        {"{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{\"creationTimestamp\":\"2020-01-01T02:00:00+02:00\"}}",
         "{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{\"creationTimestamp\":\"2020-01-01T00:00:00Z\"},"
         "\"rules\":null}",
         ""},
        {"{\"kind\":\"Lease\",\"apiVersion\":\"coordination.k8s.io/v1\",\"spec\":{\"renewTime\":\"2020-01-01T01:00:00.500000+01:00\",\"acquireTime\":"
         "\"0001-01-01T00:00:00.000000Z\"}}",
         "{\"kind\":\"Lease\",\"apiVersion\":\"coordination.k8s.io/v1\",\"metadata\":{},\"spec\":{\"renewTime\":\"2020-01-01T00:00:00.500000Z\"}}",
         ""},
        {"{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"aGk=\",\"b\":\"YR==\",\"c\":\"aG\\nk=\"}}",
         "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{},\"data\":{\"a\":\"aGk=\",\"b\":\"YQ==\",\"c\":\"aGk=\"}}", ""},
        {"{\"kind\":\"ControllerRevision\",\"apiVersion\":\"apps/v1\",\"data\":{ \"z\" : 1.0, \"a\":\"\\u003c\\u00e9\" },\"revision\":1}",
         "{\"kind\":\"ControllerRevision\",\"apiVersion\":\"apps/v1\",\"metadata\":{},\"data\":{\"z\":1.0,\"a\":\"\\u003c\\u00e9\"},\"revision\":1}",
         ""},
        {"{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"spec\":{\"ports\":[{\"port\":80,\"targetPort\":\"http\"},{\"port\":81,\"targetPort\":8081},"
         "null]}}",
         "{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"ports\":[{\"port\":80,\"targetPort\":\"http\"},{\"port\":81,"
         "\"targetPort\":8081},{\"port\":0,\"targetPort\":0}]},\"status\":{\"loadBalancer\":{}}}",
         ""},
        {"{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\",\"spec\":{\"group\":\"g\",\"names\":{\"plural\":\"p\","
         "\"kind\":\"K\"},\"scope\":\"Namespaced\",\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{"
         "\"default\":{\"a\": 1.0},\"properties\":{\"x\":{\"items\":{\"type\":\"string\"}},\"w\":{\"additionalProperties\":false},\"v\":{"
         "\"additionalProperties\":{\"enum\":[1, \"b\"]}}}}}}]}}",
         "{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\",\"metadata\":{},\"spec\":{\"group\":\"g\",\"names\":{"
         "\"plural\":\"p\",\"kind\":\"K\"},\"scope\":\"Namespaced\",\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{"
         "\"openAPIV3Schema\":{\"default\":{\"a\":1.0},\"properties\":{\"v\":{\"additionalProperties\":{\"enum\":[1,\"b\"]}},\"w\":{"
         "\"additionalProperties\":false},\"x\":{\"items\":{\"type\":\"string\"}}}}}}]},\"status\":{\"conditions\":null,\"acceptedNames\":{"
         "\"plural\":\"\",\"kind\":\"\"},\"storedVersions\":null}}",
         ""},
        {"{\"type\":\"ADDED\",\"object\":{\"a\": 1}}", "{\"type\":\"ADDED\",\"object\":{\"a\":1}}", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF out = BUF_INIT(0), said = BUF_INIT(0), pb = BUF_INIT(0), again = BUF_INIT(0);
        struct object_notes notes = {0};
        const struct schema_kind *kind;
        struct value v, w;
        struct err err = {0};
        assert_done(arena_new(&a, 1 << 22));
        if (object_decode(a, OBJECT_JSON, str_of(rows[i][0]), NULL, &v, &kind, &notes, &err) < 0)
            fail_msg("%s: %s", rows[i][0], err.text);
        json_print(&out, &v);
        assert_str(buf_view(&out), rows[i][1]);
        for (size_t k = 0; k < notes.n; k++)
            buf_fmt(&said, "%s%.*s", k ? ";" : "", STR_FMT(notes.items[k]));
        assert_str(buf_view(&said), rows[i][2]);
        /* There and back by protobuf. */
        assert_done(object_encode(&pb, OBJECT_PROTOBUF, kind, &v, &err));
        if (object_decode(a, OBJECT_PROTOBUF, buf_view(&pb), NULL, &w, NULL, NULL, &err) < 0)
            fail_msg("%s: %s", rows[i][0], err.text);
        json_print(&again, &w);
        assert_str(buf_view(&again), rows[i][1]);
    }
}

static void test_faults(void **state)
{
    (void)state;
#define POD    "{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
#define DEPLOY "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\","
    static const struct {
        const char *text;
        int answer;
        const char *what;
    } rows[] = {
        {"{\"apiVersion\":\"v1\"}", -ENOTSUP, "Object 'Kind' is missing in '{\"apiVersion\":\"v1\"}'"},
        {"{\"kind\":\"Pod\"}", -ENOTSUP, "Object 'apiVersion' is missing in '{\"kind\":\"Pod\"}'"},
        {"{\"kind\":\"Pid\",\"apiVersion\":\"v1\"}", -ENOTSUP, "no kind \"Pid\" is registered for version \"v1\""},
        {"{\"kind\":7,\"apiVersion\":\"v1\"}", -EBADMSG, "couldn't get version/kind: kind and apiVersion are text"},
        {"[]", -EBADMSG, "an object is a map of fields"},
        {"{", -EBADMSG, "couldn't get version/kind; json parse error: unexpected end of JSON input"},
        {DEPLOY "\"spec\":{\"replicas\":\"3\"}}", -EBADMSG,
         "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"},
        {DEPLOY "\"spec\":{\"replicas\":3000000000}}", -EBADMSG,
         "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32"},
        {DEPLOY "\"spec\":{\"replicas\":1.5}}", -EBADMSG,
         "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32"},
        {POD "\"spec\":[]}", -EBADMSG, "json: cannot unmarshal array into Go struct field Pod.spec of type v1.PodSpec"},
        {POD "\"spec\":{\"containers\":{}}}", -EBADMSG,
         "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container"},
        {POD "\"spec\":{\"containers\":[{},{\"name\":1}]}}", -EBADMSG,
         "json: cannot unmarshal number into Go struct field Container.spec.containers.name of type string"},
        {POD "\"metadata\":{\"labels\":{\"a\":true}}}", -EBADMSG,
         "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string"},
        {POD "\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"lots\"}}}]}}", -EBADMSG,
         "spec.containers[0].resources.limits.cpu: quantities must match the regular expression "
         "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', not \"lots\""},
        {POD "\"metadata\":{\"annotations\":[]}}", -EBADMSG,
         "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.annotations of type map[string]string"},
        {"{\"kind\":\"Lease\",\"apiVersion\":\"coordination.k8s.io/v1\",\"spec\":{\"renewTime\":\"2020-01-01T00:00:00.5Z\"}}", -EBADMSG,
         "spec.renewTime: parsing time \"2020-01-01T00:00:00.5Z\" as \"2006-01-02T15:04:05.000000Z07:00\": not a point in time"},
        {POD "\"metadata\":{\"creationTimestamp\":\"yesterday\"}}", -EBADMSG,
         "metadata.creationTimestamp: parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": not a point in time"},
        {"{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"*\"}}", -EBADMSG, "data.a: illegal base64 data at input byte 0"},
        {"{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\",\"spec\":{\"versions\":[{\"schema\":{"
         "\"openAPIV3Schema\":{\"additionalProperties\":1}}}]}}",
         -EBADMSG, "spec.versions[0].schema.openAPIV3Schema.additionalProperties: boolean or JSON schema expected"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        struct value v;
        struct err err = {0};
        assert_done(arena_new(&a, 1 << 22));
        assert_int_equal(object_decode(a, OBJECT_JSON, str_of(rows[i].text), NULL, &v, NULL, NULL, &err), rows[i].answer);
        assert_string_equal(err.text, rows[i].what);
    }
}

/* Fields of other releases, wrong wire types, torn and packed lists. */
static void test_foreign_bytes(void **state)
{
    (void)state;
#define HEAD \
    "k8s\0\x0a\x0f\x0a\x02v1\x12\x09" \
    "ConfigMap"
    static const struct {
        struct str bytes;
        const char *json; /* NULL: refused */
        const char *what;
    } rows[] = {
        {STR_INIT(HEAD), "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}}", NULL},
        {STR_INIT(HEAD "\x12\x05\x98\x06\x01\x20\x01"), "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"immutable\":true}", NULL},
        {STR_INIT(HEAD "\x12\x16\x12\x06\x0a\x01"
                       "b\x12\x01"
                       "1\x12\x04\x0a\x02"
                       "aa\x12\x06\x0a\x01"
                       "b\x12\x01"
                       "2"),
         "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"data\":{\"aa\":\"\",\"b\":\"2\"}}", NULL},
        {STR_INIT(HEAD "\x12\x02\x08\x01"), NULL, "metadata: proto: wrong wireType = 0 for field metadata"},
        {STR_INIT(HEAD "\x12\x02\x0a\x05"), NULL, "unexpected EOF"},
        {STR_INIT(HEAD "\x12\x05\x12\x03\x0a\x09x"), NULL, "data: unexpected EOF"},
        {STR_INIT(HEAD "\x1a\x04gzip"), NULL, "content encoding \"gzip\" is not known"},
        {STR_INIT(HEAD "\x10\x04"), NULL, "proto: wrong wireType = 0 in the envelope"},
        {STR_INIT("k9s\0"), NULL, "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"},
        {STR_INIT("k8s\0\x0a\x07\x0a\x02v1\x12\x01X"), NULL, "no kind \"X\" is registered for version \"v1\""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF out = BUF_INIT(0);
        SCOPED(object) o = NULL;
        struct str body;
        struct value v;
        struct err err = {0};
        assert_done(arena_new(&a, 1 << 22));
        int r = object_decode(a, OBJECT_PROTOBUF, rows[i].bytes, NULL, &v, NULL, NULL, &err);
        if (!rows[i].json) {
            assert_true(r == -EBADMSG || r == -ENOTSUP);
            assert_non_null(strstr(err.text, rows[i].what));
            continue;
        }
        if (r < 0)
            fail_msg("%s", err.text);
        json_print(&out, &v);
        assert_str(buf_view(&out), rows[i].json);
        assert_done(object_load(&o, STR("/registry/k"), rows[i].bytes, 7, 7, &err));
        assert_done(object_json(o, &body, &err));
        assert_non_null(strstr(body.p, "\"metadata\":{\"resourceVersion\":\"7\"}"));
    }
    /* int64 lists are packed by other writers: RangeAllocation has none, supplementalGroups of a pod does */
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct value v;
    struct err err = {0};
    assert_done(arena_new(&a, 1 << 22));
    assert_done(object_decode(a, OBJECT_PROTOBUF, STR("k8s\0\x0a\x09\x0a\x02v1\x12\x03Pod\x12\x09\x12\x07\x72\x05\x22\x03\x01\xac\x02"), NULL, &v,
                              NULL, NULL, &err));
    json_print(&out, value_at(&v, "spec.securityContext"));
    assert_str(buf_view(&out), "{\"supplementalGroups\":[1,300]}");
}

/* What upstream's ParseQuantity makes of a text; compared with it on 2,000 more. */
static void test_quantities(void **state)
{
    (void)state;
    static const char *rows[][2] = {
        {"1", "1"},         {"+1", "+1"},      {"00100m", "00100m"}, {"1.", "1."},    {"2E3", "2E3"},   {"1e+3", "1e+3"},    {"1.001", "1.001"},
        {"1000m", "1"},     {"1024Mi", "1Gi"}, {"1025Ki", "1025Ki"}, {"0.5", "500m"}, {"1.5", "1500m"}, {"1.5Gi", "1536Mi"}, {"0Mi", "0"},
        {"0.0001", "100u"}, {"1000000", "1M"}, {"1e4", "10e3"},      {"8Ki", "8Ki"},  {"8192", "8192"}, {"8192Ki", "8Mi"},   {"1.1e9", "1100e6"},
        {"-1.5", "-1500m"}, {"x", NULL},       {"1x", NULL},         {"", NULL},      {"1ee", NULL},    {"1.2.3", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED_BUF out = BUF_INIT(0);
        int r = codec_quantity(str_of(rows[i][0]), &out);
        assert_int_equal(r, rows[i][1] ? 0 : -EINVAL);
        if (rows[i][1])
            assert_str(buf_view(&out), rows[i][1]);
    }
}

static void test_durations(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        const char *out; /* NULL: refused */
    } rows[] = {
        {"0", "0s"},
        {"1h15m30.918s", "1h15m30.918s"},
        {"90s", "1m30s"},
        {"1.5h", "1h30m0s"},
        {"100ms", "100ms"},
        {"1500us", "1.5ms"},
        {"1.5\xc2\xb5s", "1.5\xc2\xb5s"},
        {"15ns", "15ns"},
        {"-2m", "-2m0s"},
        {"+5s", "5s"},
        {".5s", "500ms"},
        {"2562047h47m16.854775807s", "2562047h47m16.854775807s"},
        {"", NULL},
        {"5", NULL},
        {"s", NULL},
        {"1x", NULL},
        {".s", NULL},
        {"9223372036854775808ns", NULL},
        {"99999999999999999999s", NULL},
        {"-9223372036854775808ns", "-2562047h47m16.854775808s"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t ns;
        char text[32];
        int r = duration_parse(str_of(rows[i].in), &ns);
        assert_int_equal(r, rows[i].out ? 0 : -EINVAL);
        if (r == 0) {
            duration_print(text, ns);
            assert_string_equal(text, rows[i].out);
        }
    }
}

static void test_custom(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct object_notes notes = {0};
    struct value v;
    struct err err = {0};
    assert_done(arena_new(&a, 1 << 22));
    assert_done(json_parse(a,
                           STR("{\"spec\":{\"b\":1,\"a\":[{\"d\":1,\"c\":2}]},\"kind\":\"W\",\"apiVersion\":\"e.com/v1\",\"metadata\":{\"x\":1,"
                               "\"name\":\"n\"}}"),
                           &v, &err));
    assert_done(object_conform(a, NULL, &v, &notes, &err));
    assert_int_equal(notes.n, 1);
    assert_str(notes.items[0], "unknown field \"metadata.x\"");
    assert_done(object_encode(&out, OBJECT_JSON, NULL, &v, &err));
    assert_str(buf_view(&out),
               "{\"apiVersion\":\"e.com/v1\",\"kind\":\"W\",\"metadata\":{\"name\":\"n\"},\"spec\":{\"a\":[{\"c\":2,\"d\":1}],\"b\":1}}");
    assert_int_equal(object_encode(&out, OBJECT_PROTOBUF, NULL, &v, &err), -ENOTSUP);
    assert_done(json_parse(a, STR("{\"metadata\":{\"name\":1}}"), &v, &err));
    assert_int_equal(object_conform(a, NULL, &v, NULL, &err), -EBADMSG);
    assert_string_equal(err.text, "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string");
}

static int body(void *ctx)
{
    const struct buf *golden = ctx;
    SCOPED_BUF out = BUF_INIT(0);
    for (int format = 0; format < 3; format++) {
        SCOPED(arena) mem = NULL;
        struct object_notes notes = {0};
        const struct schema_kind *kind;
        struct value tree;
        int r = arena_new(&mem, 1 << 22);
        if (r == 0)
            r = object_decode(mem, (enum object_format)format, buf_view(&golden[format]), NULL, &tree, &kind, &notes, NULL);
        if (r == 0)
            r = object_encode(&out, (enum object_format)format, kind, &tree, NULL);
        if (r < 0)
            return r;
    }
    return buf_error(&out);
}

static void test_allocations(void **state)
{
    (void)state;
    struct buf golden[3] = {BUF_INIT(0), BUF_INIT(0), BUF_INIT(0)};
    for (int i = 0; i < 3; i++)
        read_file("coordination.k8s.io.v1.Lease", endings[i], &golden[i]);
    unit_fail_allocations(body, golden);
    for (int i = 0; i < 3; i++)
        buf_done(&golden[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),     cmocka_unit_test(test_conforming), cmocka_unit_test(test_faults), cmocka_unit_test(test_foreign_bytes),
        cmocka_unit_test(test_quantities), cmocka_unit_test(test_durations),  cmocka_unit_test(test_custom), cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
