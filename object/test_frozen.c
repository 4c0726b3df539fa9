#include "tests/unit.h"

#include <pthread.h>
#include <sched.h>

#include "json/json.h"
#include "object/object.h"

static struct object *freeze(const char *json, bool custom)
{
    SCOPED(arena) a = NULL;
    struct object *o = NULL;
    const struct schema_kind *kind = NULL;
    struct value v;
    struct err err = {0};
    assert_done(arena_new(&a, 1 << 20));
    int r = custom ? json_parse(a, str_of(json), &v, &err) : object_decode(a, OBJECT_JSON, str_of(json), NULL, &v, &kind, NULL, &err);
    if (r == 0)
        r = object_freeze(&o, STR("/registry/x/ns/n"), kind, &v, &err);
    if (r < 0)
        fail_msg("%s: %s", json, err.text);
    o->revision = 1234;
    return o;
}

#define POD \
    "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web-0\",\"namespace\":\"default\",\"uid\":\"u-1\"," \
    "\"resourceVersion\":\"99\",\"labels\":{\"app\":\"web\",\"tier\":\"a\"},\"generation\":3},\"spec\":{\"nodeName\":\"n1\"," \
    "\"hostNetwork\":true,\"containers\":[{\"name\":\"c\",\"image\":\"<i>\"}]},\"status\":{\"phase\":\"Running\"}}"

static void test_pod(void **state)
{
    (void)state;
    SCOPED(object) o = freeze(POD, false);
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct str s;
    struct value v;
    char scratch[32];
    assert_memory_equal(o->stored.p, "k8s", 4);
    assert_str(o->key, "/registry/x/ns/n");
    assert_true(str_find(o->stored, STR("99")) < 0);
    assert_done(object_json(o, &s, NULL));
    assert_str(s, "{\"metadata\":{\"name\":\"web-0\",\"namespace\":\"default\",\"uid\":\"u-1\",\"resourceVersion\":\"1234\",\"generation\":3,"
                  "\"labels\":{\"app\":\"web\",\"tier\":\"a\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"\\u003ci\\u003e\","
                  "\"resources\":{}}],\"nodeName\":\"n1\",\"hostNetwork\":true},\"status\":{\"phase\":\"Running\"}}");
    object_json_head(o, &out);
    assert_str(buf_view(&out), "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",");
    assert_true(object_bytes(o) > o->stored.n);

    assert_str(object_name(o), "web-0");
    assert_str(object_namespace(o), "default");
    assert_str(object_uid(o), "u-1");
    assert_false(object_deleting(o));
    assert_true(object_label(o, STR("tier"), &s) && str_is(s, "a"));
    assert_false(object_label(o, STR("no"), &s));
    assert_true(object_field(o, "spec.nodeName", &s, scratch) && str_is(s, "n1"));
    assert_true(object_field(o, "status.phase", &s, scratch) && str_is(s, "Running"));
    assert_true(object_field(o, "spec.hostNetwork", &s, scratch) && str_is(s, "true"));
    assert_true(object_field(o, "metadata.generation", &s, scratch) && str_is(s, "3"));
    assert_true(object_field(o, "kind", &s, scratch) && str_is(s, "Pod"));
    assert_false(object_field(o, "spec.containers", &s, scratch));
    assert_false(object_field(o, "spec", &s, scratch));
    assert_false(object_field(o, "spec.nodeName.x", &s, scratch));
    assert_false(object_field(o, "spec.securityContext.runAsUser", &s, scratch));
    assert_false(object_field(o, "nowhere", &s, scratch));
    assert_true(object_has(o, "spec") && object_has(o, "spec.containers") && object_has(o, "spec.containers.image") &&
                object_has(o, "metadata.labels"));
    assert_true(object_has(o, "status.phase") && object_has(o, "spec.hostNetwork"));
    assert_false(object_has(o, "spec.volumes") || object_has(o, "spec.containers.command") || object_has(o, "status.podIP") ||
                 object_has(o, "nowhere"));
    assert_false(object_has(o, "spec.nodeName.x"));
    size_t place = 0;
    struct str key;
    assert_true(object_pair_next(o, "metadata.labels", &place, &key, &s) && str_is(key, "app") && str_is(s, "web"));
    assert_true(object_pair_next(o, "metadata.labels", &place, &key, &s) && str_is(key, "tier") && str_is(s, "a"));
    assert_false(object_pair_next(o, "metadata.labels", &place, &key, &s));
    place = 0;
    assert_false(object_pair_next(o, "metadata.annotations", &place, &key, &s) || object_pair_next(o, "spec.containers", &place, &key, &s));

    assert_done(arena_new(&a, 1 << 20));
    assert_done(object_tree(a, o, &v, NULL));
    assert_str(value_text_at(&v, "metadata.resourceVersion"), "1234");
    assert_str(value_text_at(&v, "kind"), "Pod");
}

static void test_loading(void **state)
{
    (void)state;
    SCOPED(object) o = freeze(POD, false);
    SCOPED(object) again = NULL;
    SCOPED_BUF a = BUF_INIT(0), b = BUF_INIT(0);
    struct err err = {0};
    struct object *none = NULL;
    assert_done(object_load(&again, o->key, o->stored, 1234, 1200, &err));
    assert_ptr_equal(again->kind, o->kind);
    assert_int_equal(again->created_revision, 1200);
    assert_done(object_pb(o, &a, &err));
    assert_done(object_pb(again, &b, &err));
    assert_true(str_eq(buf_view(&a), buf_view(&b)));
    struct object *held = object_ref(again);
    assert_null(object_unref(held));
    assert_str(object_name(again), "web-0");
    assert_null(object_unref(NULL));
    assert_int_equal(object_load(&none, STR("/k"), STR("k8s\0\xff"), 1, 1, &err), -EBADMSG);
    assert_int_equal(object_load(&none, STR("/k"), STR("{"), 1, 1, &err), -EBADMSG);
    assert_int_equal(object_load(&none, STR("/k"), STR("[]"), 1, 1, &err), -EBADMSG);
    assert_true(str_starts(str_of(err.text), STR("/k: ")));
}

/* Texts of all lengths, with escapes at every place, before what is looked for. */
static void test_look_behind_texts(void **state)
{
    (void)state;
    for (int n = 0; n < 40; n++)
        for (int at = 0; at <= n; at++) {
            char text[96] = "", json[512];
            struct str s;
            char scratch[32];
            memset(text, 'x', (size_t)n);
            memcpy(text + at, at % 2 ? "\\\"" : "\\\\", 2);
            memset(text + at + 2, '}', (size_t)(n - at));
            snprintf(
                json, sizeof(json),
                "{\"kind\":\"Widget\",\"apiVersion\":\"example.com/v1\",\"metadata\":{\"annotations\":{\"a\":\"%s\"},\"name\":\"w%d\",\"uid\":\"u\"},"
                "\"spec\":{\"a\":[{\"namespace\":\"%s\"},[1,[2]]],\"b\":{\"c\":{}},\"d\":\"%s\",\"e\":{\"f\":%d}}}",
                text, n, text, text, at);
            SCOPED(object) o = freeze(json, true);
            assert_int_equal(object_name(o).n, n < 10 ? 2 : 3);
            assert_str(object_namespace(o), "");
            assert_str(object_uid(o), "u");
            assert_false(object_deleting(o));
            assert_true(object_field(o, "spec.e.f", &s, scratch));
            assert_int_equal(atoi(s.p), at);
            assert_false(object_field(o, "spec.b.c.f", &s, scratch) || object_field(o, "spec.b.f", &s, scratch) ||
                         object_field(o, "e.f", &s, scratch));
        }
}

static void test_custom(void **state)
{
    (void)state;
    SCOPED(object)
    o = freeze("{\"kind\":\"Widget\",\"apiVersion\":\"example.com/v1\",\"metadata\":{\"name\":\"w\",\"labels\":{\"a/b\":\"c\"},"
               "\"deletionTimestamp\":\"2020-01-01T00:00:00Z\",\"resourceVersion\":\"5\"},\"spec\":{\"size\":3,\"on\":true,"
               "\"text\":\"a\\\"}b\",\"list\":[{\"x\":\"]\"}],\"deep\":{\"n\":null,\"s\":\"v\"}}}",
               true);
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct str s;
    struct value v;
    char scratch[32];
    struct err err = {0};
    assert_null(o->kind);
    assert_true(o->stored.p[0] == '{' && o->stored.p[o->stored.n - 1] == '\n');
    assert_str(object_name(o), "w");
    assert_str(object_namespace(o), "");
    assert_true(object_deleting(o));
    assert_true(object_label(o, STR("a/b"), &s) && str_is(s, "c"));
    assert_true(object_field(o, "spec.size", &s, scratch) && str_is(s, "3"));
    assert_true(object_field(o, "spec.on", &s, scratch) && str_is(s, "true"));
    assert_true(object_field(o, "spec.text", &s, scratch) && str_is(s, "a\"}b"));
    assert_true(object_field(o, "spec.deep.s", &s, scratch) && str_is(s, "v"));
    assert_false(object_field(o, "spec.deep.n", &s, scratch));
    assert_false(object_field(o, "spec.list", &s, scratch));
    assert_false(object_field(o, "spec.size.x", &s, scratch));
    assert_done(object_json(o, &s, &err));
    assert_str(s, "{\"metadata\":{\"deletionTimestamp\":\"2020-01-01T00:00:00Z\",\"labels\":{\"a/b\":\"c\"},\"name\":\"w\","
                  "\"resourceVersion\":\"1234\"},\"spec\":{\"deep\":{\"n\":null,\"s\":\"v\"},\"list\":[{\"x\":\"]\"}],\"on\":true,\"size\":3,"
                  "\"text\":\"a\\\"}b\"}}");
    object_json_head(o, &out);
    assert_str(buf_view(&out), "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",");
    assert_int_equal(object_pb(o, &out, &err), -ENOTSUP);
    assert_done(arena_new(&a, 1 << 20));
    assert_done(object_tree(a, o, &v, &err));
    assert_str(value_text_at(&v, "metadata.resourceVersion"), "1234");
    assert_str(value_text_at(&v, "kind"), "Widget");
}

/* Kinds of the API extension and aggregation servers are JSON in etcd, but known all the same. */
static void test_definitions(void **state)
{
    (void)state;
    SCOPED(object)
    o = freeze("{\"kind\":\"APIService\",\"apiVersion\":\"apiregistration.k8s.io/v1\",\"metadata\":{\"name\":\"v1.x\"},\"spec\":{"
               "\"groupPriorityMinimum\":5,\"versionPriority\":6}}",
               false);
    SCOPED(object) again = NULL;
    SCOPED_BUF pb = BUF_INIT(0);
    struct str s;
    struct err err = {0};
    assert_true(o->stored.p[0] == '{');
    assert_str(object_name(o), "v1.x");
    assert_done(object_json(o, &s, &err));
    assert_true(str_starts(s, STR("{\"metadata\":{\"name\":\"v1.x\",\"resourceVersion\":\"1234\"},\"spec\":{")));
    assert_done(object_pb(o, &pb, &err));
    assert_true(pb.n > 20);
    assert_done(object_load(&again, o->key, o->stored, 1234, 1, &err));
    assert_ptr_equal(again->kind, o->kind);
}

/* Of a kind nobody knows: kept to the byte, never read. */
static void test_opaque(void **state)
{
    (void)state;
    SCOPED(object) o = NULL;
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct str bytes = STR("k8s\0\x0a\x07\x0a\x02v1\x12\x01X\x12\x05\x0a\x03\x0a\x01n"), s;
    struct value v;
    struct err err = {0};
    char scratch[32];
    assert_done(object_load(&o, STR("/k"), bytes, 1, 1, &err));
    assert_true(object_opaque(o) && str_eq(o->stored, bytes));
    assert_done(arena_new(&a, 1 << 20));
    assert_int_equal(object_tree(a, o, &v, &err), -ENOTSUP);
    assert_int_equal(object_json(o, &s, &err), -ENOTSUP);
    assert_int_equal(object_json_put(o, &out, &err), -ENOTSUP);
    assert_int_equal(object_pb(o, &out, &err), -ENOTSUP);
    assert_int_equal(out.n, 0);
    assert_int_equal(object_name(o).n + object_namespace(o).n + object_uid(o).n + object_owners(o, &s, 1), 0);
    assert_false(object_label(o, STR("a"), &s) || object_deleting(o) || object_field(o, "metadata.name", &s, scratch));
}

/* Metadata written twice: the same answers as from a decoder that takes the last. */
static void test_metadata_twice(void **state)
{
    (void)state;
    SCOPED(object) o = NULL;
    struct err err = {0};
    struct str bytes = STR("k8s\0\x0a\x0f\x0a\x02v1\x12\x09"
                           "ConfigMap"
                           "\x12\x0a\x0a\x03\x0a\x01n\x0a\x03\x0a\x01m");
    assert_done(object_load(&o, STR("/k"), bytes, 1, 1, &err));
    assert_int_equal(o->metadata_at, 0);
    assert_str(object_name(o), "m");
}

/* ObjectMeta's fields as no encoder puts them: torn apart, twice, of another wire type. What is found is what pb_find() finds. */
static void test_metadata_odd(void **state)
{
    (void)state;
    static const struct {
        struct str metadata;
        const char *name, *ns, *uid;
        bool deleting, known;
    } all[] = {
        {STR_INIT("\x0a\x01n\x1a\x02ns\x2a\x01u\x4a\x02\x08\x01"), "n", "ns", "u", true, true},
        {STR_INIT("\x0a\x01n\x1a\x02ns\x2a\x01u"), "n", "ns", "u", false, true},
        {STR_INIT("\x1a\x02ns"), "", "ns", "", false, true},
        {STR_INIT("\x0a\x01n\x4a\x00"), "n", "", "", false, true},
        {STR_INIT("\x1a\x02ns\x0a\x01n"), "n", "ns", "", false, false},
        {STR_INIT("\x0a\x01n\x0a\x01m"), "m", "", "", false, false},
        {STR_INIT("\x0a\x01n\x1a\x01"
                  "a\x1a\x01"
                  "b"),
         "n", "b", "", false, false},
        {STR_INIT("\x0a\x01n\x2a\x01u\x2a\x01v\x48\x01"), "n", "", "v", false, false},
        {STR_INIT("\x0a\x01n\x48\x01"), "n", "", "", false, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        SCOPED(object) o = NULL;
        SCOPED_BUF b = BUF_INIT(0);
        struct str metadata = all[i].metadata, s;
        buf_add(&b,
                "k8s\0\x0a\x0f\x0a\x02v1\x12\x09"
                "ConfigMap\x12",
                22);
        buf_char(&b, (char)(metadata.n + 2));
        buf_char(&b, '\x0a');
        buf_char(&b, (char)metadata.n);
        buf_str(&b, metadata);
        assert_done(object_load(&o, STR("/k"), buf_view(&b), 1, 1, NULL));
        assert_true(o->metadata_at && o->metadata_known == all[i].known);
        assert_str(object_name(o), all[i].name);
        assert_str(object_namespace(o), all[i].ns);
        assert_str(object_uid(o), all[i].uid);
        assert_true(object_deleting(o) == all[i].deleting);
        assert_int_equal(object_owners(o, &s, 1), 0);
    }
}

/* Kept from the second time on, pushed out by newer ones, gone with their objects. */
static void test_texts(void **state)
{
    (void)state;
    struct object *o[8];
    size_t most = 64u << 20, before = object_texts(0), one;
    struct str first, again;
    SCOPED_BUF out = BUF_INIT(0);
    for (size_t i = 0; i < ARRAY_LEN(o); i++)
        o[i] = freeze(POD, false);
    assert_done(object_json_put(o[0], &out, NULL)); /* the answer to its write */
    assert_done(object_json_put(o[0], &out, NULL));
    assert_int_equal(object_texts(0), before);
    buf_clear(&out);
    assert_done(object_json_put(o[0], &out, NULL));
    assert_done(object_json_put(o[0], &out, NULL));
    one = object_texts(0) - before;
    assert_true(one > out.n / 2);
    assert_memory_equal(out.p, out.p + out.n / 2, out.n / 2);
    assert_done(object_json(o[0], &first, NULL));
    assert_true(str_eq(first, str_head(buf_view(&out), out.n / 2)));
    object_texts(before + 3 * one);
    for (size_t i = 1; i < ARRAY_LEN(o); i++) {
        assert_done(object_json(o[i], &again, NULL));
        assert_true(object_texts(0) <= before + 3 * one);
        assert_done(object_json(o[0], &first, NULL)); /* read all the time: it stays */
        assert_non_null(o[0]->json);
    }
    assert_null(o[2]->json);
    assert_done(object_json(o[2], &again, NULL));
    assert_true(str_eq(again, str_head(buf_view(&out), out.n / 2)));
    for (size_t i = 0; i < ARRAY_LEN(o); i++)
        object_unref(o[i]);
    assert_int_equal(object_texts(most), before);
}

/* A kept tree is the one the bytes give, the asker's own, pushed out by newer ones, gone with its object. */
static void test_trees(void **state)
{
    (void)state;
    struct object *o[8];
    size_t before = object_trees(0), one;
    struct arena *a = NULL;
    struct value plain, kept, again;
    assert_done(arena_new(&a, 1 << 20));
    for (size_t i = 0; i < ARRAY_LEN(o); i++) {
        o[i] = freeze(POD, false);
        o[i]->revision = 40 + (int64_t)i;
    }
    assert_done(object_tree(a, o[0], &plain, NULL));
    object_tree_keep(o[0], &plain);
    one = object_trees(0) - before;
    assert_true(one > 100);
    assert_done(object_tree(a, o[0], &kept, NULL));
    assert_true(value_identical(&plain, &kept));
    assert_str(value_text_at(&kept, "metadata.resourceVersion"), "40");
    assert_non_null(value_put(a, &kept, "metadata.name", value_make_text(STR("other"))));
    value_del(&kept, STR("spec"));
    assert_done(object_tree(a, o[0], &again, NULL)); /* its own copy was changed, nothing else */
    assert_true(value_identical(&plain, &again));
    object_tree_keep(o[0], &kept); /* the first one stays */
    assert_int_equal(object_trees(0), before + one);
    object_trees(before + 3 * one);
    for (size_t i = 1; i < ARRAY_LEN(o); i++) {
        struct value *metadata = value_get(&plain, STR("metadata"));
        if (i % 2) /* as the writer's tree has it: without */
            value_del(metadata, STR("resourceVersion"));
        else
            assert_non_null(value_put(a, &plain, "metadata.resourceVersion", value_make_text(STR("1"))));
        object_tree_keep(o[i], &plain);
        assert_true(object_trees(0) <= before + 3 * one);
        if (i + 1 == ARRAY_LEN(o)) {
            char revision[24];
            snprintf(revision, sizeof(revision), "%d", (int)o[i]->revision);
            assert_done(object_tree(a, o[i], &kept, NULL)); /* its own revision, at its place */
            assert_str(value_text_at(&kept, "metadata.resourceVersion"), revision);
        }
        assert_done(object_tree(a, o[0], &again, NULL)); /* read all the time: it stays */
        assert_non_null(o[0]->tree);
    }
    assert_null(o[2]->tree);
    for (size_t i = 0; i < ARRAY_LEN(o); i++)
        object_unref(o[i]);
    assert_int_equal(object_trees(2u << 20), before);
    arena_free(a);
}

/* No memory: none is kept, or none is copied; the bytes are there all the same. */
static int trees_body(void *ctx)
{
    struct object *o = ctx;
    SCOPED(arena) a = NULL;
    struct value tree, again;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = object_tree(a, o, &tree, NULL);
    if (r < 0)
        return r;
    object_tree_keep(o, &tree);
    bool kept = o->tree != NULL;
    r = object_tree(a, o, &again, NULL);
    if (r == 0)
        assert_true(value_identical(&tree, &again));
    return r < 0 || kept ? r : -ENOMEM;
}

static void test_trees_memory(void **state)
{
    (void)state;
    struct object *o = freeze(POD, false);
    unit_fail_allocations(trees_body, o);
    object_unref(o);
}

/* The loop's thread asks for texts while others drop references, often the last: for TSan too. */
struct dropping {
    pthread_mutex_t lock;
    struct object *o[64]; /* one reference each; NULL: taken */
    bool over;
};

static void *drop_references(void *ctx)
{
    struct dropping *d = ctx;
    for (bool over = false; !over;) {
        struct object *mine[ARRAY_LEN(d->o)];
        pthread_mutex_lock(&d->lock);
        memcpy(mine, d->o, sizeof(mine));
        memset(d->o, 0, sizeof(d->o));
        over = d->over;
        pthread_mutex_unlock(&d->lock);
        for (size_t i = 0; i < ARRAY_LEN(mine); i++)
            object_unref(mine[i]);
        sched_yield();
    }
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    struct dropping d[2] = {{PTHREAD_MUTEX_INITIALIZER, {NULL}, false}, {PTHREAD_MUTEX_INITIALIZER, {NULL}, false}};
    pthread_t threads[2];
    size_t before = object_texts(0);
    struct str text;
    SCOPED_BUF out = BUF_INIT(0);
    size_t trees = object_trees(0);
    SCOPED(arena) a = NULL;
    SCOPED(object) first = freeze(POD, false);
    struct value tree;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(object_tree(a, first, &tree, NULL));
    object_texts(before + 16 * 1024); /* a few texts push each other out */
    object_trees(trees + 16 * 1024);  /* and a few trees */
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, drop_references, &d[i]), 0);
    for (size_t n = 0; n < 2000; n++) {
        struct object *o = freeze(POD, false), *there[2];
        for (size_t i = 0; i < 2; i++) {
            pthread_mutex_lock(&d[i].lock);
            there[i] = d[i].o[n % 64];
            d[i].o[n % 64] = object_ref(o);
            pthread_mutex_unlock(&d[i].lock);
        }
        assert_done(n % 3 ? object_json(o, &text, NULL) : object_json_put(o, &out, NULL));
        buf_clear(&out);
        if (n % 4)
            object_tree_keep(o, &tree);
        object_unref(o);
        object_unref(there[0]);
        object_unref(there[1]);
    }
    for (size_t i = 0; i < 2; i++) {
        pthread_mutex_lock(&d[i].lock);
        d[i].over = true;
        pthread_mutex_unlock(&d[i].lock);
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(object_texts(64u << 20), before);
    assert_int_equal(object_trees(2u << 20), trees);
}

static int body(void *ctx)
{
    SCOPED(arena) a = NULL;
    SCOPED(object) o = NULL;
    SCOPED(object) again = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    const struct schema_kind *kind;
    struct value v;
    struct str s;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = object_decode(a, OBJECT_JSON, str_of(ctx), NULL, &v, &kind, NULL, NULL);
    if (r == 0)
        r = object_freeze(&o, STR("/k"), kind, &v, NULL);
    if (r == 0)
        r = object_load(&again, o->key, o->stored, 1, 1, NULL);
    if (r == 0)
        r = object_json(o, &s, NULL);
    if (r == 0)
        r = object_pb(again, &out, NULL);
    return r == 0 ? object_tree(a, again, &v, NULL) : r;
}

static void test_allocations(void **state)
{
    (void)state;
    char pod[] = POD;
    unit_fail_allocations(body, pod);
}

/* What is read back from the bytes is not always what was in the tree. */
static void test_formed(void **state)
{
    (void)state;
#define META "\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\",\"resourceVersion\":\"7\",\"uid\":\"u\"}"
#define DEFINITION(of) \
    "{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\"," META ",\"spec\":{\"group\":\"g\"," \
    "\"names\":{\"plural\":\"p\",\"kind\":\"K\"},\"scope\":\"Cluster\",\"versions\":[{\"name\":\"v1\",\"served\":true," \
    "\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\",\"default\":" of "}}}]}}"
    static const struct {
        const char *json;
        bool exact;
    } rows[] = {
        {"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"," META ",\"data\":{\"b\":\"<\",\"a\":\"\"},\"binaryData\":{\"c\":\"AAE=\"}}", true},
        {"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"," META ",\"binaryData\":{\"c\":null}}", false},
        {"{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\",\"creationTimestamp\":null,\"managedFields\":[{\"manager\":"
         "\"m\","
         "\"time\":\"2024-01-01T00:00:00Z\",\"fieldsV1\":{\"f:data\":{}}}]}}",
         true},
        {POD, true},
        {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\"," META ",\"spec\":{\"containers\":[]}}", false},
        {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\"," META ",\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":1.50,"
         "\"memory\":\"1024Mi\"}},\"livenessProbe\":{\"httpGet\":{\"port\":\"http\"}}}],\"terminationGracePeriodSeconds\":0}}",
         true},
        {"{\"kind\":\"Lease\",\"apiVersion\":\"coordination.k8s.io/v1\"," META ",\"spec\":{\"renewTime\":\"2024-01-01T00:00:00.123456Z\"}}", true},
        {DEFINITION("{\"a\":[1,\"x\",null]}"), true},
        {DEFINITION("{\"a\":1.0}"), false},
        {DEFINITION("{\"a\":1,\"a\":2}"), false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(object) o = NULL;
        SCOPED(arena) a = NULL;
        SCOPED_BUF want = BUF_INIT(0), got = BUF_INIT(0);
        const struct schema_kind *kind = NULL;
        struct value tree;
        struct err err = {{0}};
        bool exact = !rows[i].exact;
        assert_done(arena_new(&a, 1 << 20));
        if (object_decode(a, OBJECT_JSON, str_of(rows[i].json), NULL, &tree, &kind, NULL, &err) < 0)
            fail_msg("%s: %s", rows[i].json, err.text);
        assert_done(object_freeze_formed(&o, STR("/registry/x"), kind, &tree, &exact, NULL));
        assert_null(value_at(&tree, "metadata.resourceVersion"));
        if (exact != rows[i].exact)
            fail_msg("%s is %s", rows[i].json, exact ? "exact" : "not exact");
        o->revision = 1234;
        object_json_formed(o, &tree, &got);
        assert_int_equal(o->asked, 1);
        object_json_head(o, &want);
        size_t comma = --want.n;
        assert_done(object_json_put(o, &want, NULL));
        want.p[comma] = ',';
        if (str_eq(buf_view(&want), buf_view(&got)) != exact)
            fail_msg("%.*s and %.*s", STR_FMT(buf_view(&got)), STR_FMT(buf_view(&want)));
        if (!exact)
            continue;
        o->asked = 0; /* a watcher is told first: its text is the answer's, and is let go with it */
        o->awaited = true;
        size_t before = object_texts(0);
        buf_clear(&got);
        want.n = 0;
        object_json_head(o, &want);
        comma = --want.n;
        assert_done(object_json_put(o, &want, NULL));
        want.p[comma] = ',';
        assert_true(object_texts(0) > before);
        object_json_formed(o, &tree, &got);
        assert_true(str_eq(buf_view(&want), buf_view(&got)));
        assert_int_equal(object_texts(0), before);
        assert_false(o->awaited);
    }
}

/* A guess saves a look; it never changes what comes out. */
static void test_guessing(void **state)
{
    (void)state;
    static const char *const rows[] = {
        POD,
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"nope\":1,\"nodeName\":\"a\",\"nodeName\":\"b\"}}",
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"b\"}}",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v2\"}",
        "{\"kind\":1,\"apiVersion\":\"v1\"}",
        "{\"apiVersion\":\"v1\"}",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":3}",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",}",
        "[]",
        "",
    };
    const struct schema_kind *pod = schema_kind_find(STR(""), STR("v1"), STR("Pod"));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        struct object_notes notes[2] = {{.n = 0}, {.n = 0}};
        struct err err[2] = {{{0}}, {{0}}};
        const struct schema_kind *found[2] = {NULL, NULL};
        struct value tree[2] = {{0}, {0}};
        assert_done(arena_new(&a, 1 << 20));
        int want = object_decode(a, OBJECT_JSON, str_of(rows[i]), NULL, &tree[0], &found[0], &notes[0], &err[0]);
        int got = object_decode_guess(a, OBJECT_JSON, str_of(rows[i]), pod, &tree[1], &found[1], &notes[1], &err[1]);
        assert_int_equal(want, got);
        assert_string_equal(err[0].text, err[1].text);
        assert_int_equal(notes[0].n, notes[1].n);
        for (size_t k = 0; k < notes[0].n; k++)
            assert_true(str_eq(notes[0].items[k], notes[1].items[k]));
        if (want < 0)
            continue;
        assert_ptr_equal(found[0], found[1]);
        assert_true(value_equal(&tree[0], &tree[1]));
    }
}

#define CHANGED_POD \
    "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"w\",\"namespace\":\"d\",\"labels\":{\"a\":\"1\",\"b\":\"2\"}," \
    "\"ownerReferences\":[" \
    "{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"n\",\"uid\":\"u\"}]},\"spec\":{\"volumes\":[{\"name\":\"v\",\"emptyDir\":{\"sizeLimit\":" \
    "\"1Gi\"}}]," \
    "\"containers\":[{\"name\":\"a\",\"image\":\"i\",\"args\":[\"x\",\"y\"],\"env\":[{\"name\":\"E\",\"value\":\"1\"},{\"name\":\"F\"}]," \
    "\"resources\":{" \
    "\"limits\":{\"cpu\":\"1\"}}},{\"name\":\"b\",\"image\":\"i\",\"ports\":[{\"containerPort\":80}]}],\"hostNetwork\":true,\"nodeSelector\":{" \
    "\"k\":\"v\"}}," \
    "\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}],\"podIPs\":[{\"ip\":\"10.0.0.1\"}]}}"

static void reverse(struct value *v, unsigned *bits)
{
    bool turn = (*bits = *bits * 1103515245u + 12345u) >> 16 & 1;
    for (uint32_t i = 0; i < value_count(v); i++)
        reverse(v->type == VALUE_MAP ? &v->map.members[i].value : &v->list.items[i], bits);
    for (uint32_t i = 0; turn && v->type == VALUE_MAP && i < v->map.n / 2; i++) {
        struct value_member kept = v->map.members[i];
        v->map.members[i] = v->map.members[v->map.n - 1 - i];
        v->map.members[v->map.n - 1 - i] = kept;
    }
}

/* In whatever order members were put, nulls among them: conforming brings them back into the one there is. */
static void test_orders(void **state)
{
    (void)state;
    static const char *const rows[] = {
        CHANGED_POD,
        POD,
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"w\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"volumeMounts\":[{\"name\":"
        "\"v\",\"readOnly\":true,\"mountPath\":\"/m\"}]}]}}",
        "{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\"},\"reason\":\"r\","
        "\"eventTime\":"
        "\"2025-01-02T03:04:05.000006Z\"}",
    };
    unsigned bits = 1;
    for (size_t i = 0; i < 200 * ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        const struct schema_kind *kind = NULL;
        struct value plain, tree;
        assert_done(arena_new(&a, 1 << 20));
        assert_done(object_decode(a, OBJECT_JSON, str_of(rows[i % ARRAY_LEN(rows)]), NULL, &plain, &kind, NULL, NULL));
        assert_done(value_copy(a, &plain, &tree));
        reverse(&tree, &bits);
        assert_done(object_conform_changed(a, kind, &tree, NULL, NULL));
        assert_true(value_identical(&plain, &tree));
    }
}

/* Somewhere in the tree something is put, taken away or put twice, whatever it is. */
static bool disturb(struct arena *a, struct value *v, unsigned *at)
{
    for (uint32_t i = 0; i < value_count(v); i++) {
        struct value *child = v->type == VALUE_MAP ? &v->map.members[i].value : &v->list.items[i];
        if (*at < 3 && v->type == VALUE_MAP) {
            struct str key = v->map.members[i].key;
            struct value text = value_make_text(STR("other")), kept = *child;
            if (str_is(key, "kind") || str_is(key, "apiVersion") || str_is(key, "metadata"))
                return false;
            if (*at == 0 || !value_del(v, key))
                *child = child->type == VALUE_TEXT ? text : kept;
            else if (*at == 2) /* last instead */
                assert_non_null(value_set(a, v, key, kept));
            return true;
        }
        if (*at < 3) {
            if (*at == 0)
                value_del_item(v, i);
            else
                assert_non_null(value_add(a, v, v->list.items[*at == 1 ? i : 0]));
            return true;
        }
        *at -= 3;
        if (disturb(a, child, at))
            return true;
    }
    return false;
}

/* What shares with the tree of an object is written from that object's bytes: the same bytes as all written anew, however it differs. */
static void test_changed(void **state)
{
    (void)state;
    SCOPED(object) old = freeze(CHANGED_POD, false);
    unsigned changed = 0;
    for (unsigned n = 0; n < 300; n++) {
        SCOPED(arena) a = NULL;
        SCOPED(object) plain = NULL;
        SCOPED(object) beside = NULL;
        struct value was, tree, copy;
        bool exact[2];
        unsigned at = n;
        assert_done(arena_new(&a, 1 << 20));
        assert_done(object_tree(a, old, &was, NULL));
        assert_done(value_copy(a, &was, &tree));
        (void)disturb(a, &tree, &at);
        if (object_conform_changed(a, old->kind, &tree, &was, NULL) < 0)
            continue;
        assert_done(value_fork(a, &tree, &copy));
        assert_done(object_freeze_formed(&plain, old->key, old->kind, &copy, &exact[0], NULL));
        assert_done(object_freeze_changed(&beside, old->key, old->kind, &tree, old, &was, &exact[1], NULL));
        assert_true(str_eq(plain->stored, beside->stored));
        assert_true(exact[1] || !exact[0]);
        changed += !str_eq(plain->stored, old->stored);
        struct value again;
        assert_done(object_tree(a, old, &again, NULL));
        assert_true(value_identical(&again, &was)); /* nothing was written into what it was made from */
    }
    if (changed <= 60)
        fail_msg("only %u trees differed", changed);
}

/* Bytes with a field no row knows, or not in order, are not what freezing gives: all is written anew. */
static void test_changed_odd(void **state)
{
    (void)state;
    SCOPED(object) old = freeze(CHANGED_POD, false);
    for (size_t at = 0; at < old->stored.n; at++) { /* one byte is another: mostly another number or length */
        SCOPED_BUF bytes = BUF_INIT(0);
        SCOPED(arena) a = NULL;
        SCOPED(object) odd = NULL;
        SCOPED(object) plain = NULL;
        SCOPED(object) beside = NULL;
        struct value was, tree, copy;
        bool exact;
        buf_str(&bytes, old->stored);
        bytes.p[at] = (char)(bytes.p[at] ^ 0x18);
        assert_done(arena_new(&a, 1 << 20));
        if (object_load(&odd, old->key, buf_view(&bytes), 1, 1, NULL) < 0 || !odd->kind || object_tree(a, odd, &was, NULL) < 0)
            continue;
        assert_done(value_fork(a, &was, &tree));
        if (object_conform_changed(a, odd->kind, &tree, &was, NULL) < 0)
            continue;
        assert_done(value_fork(a, &tree, &copy));
        assert_done(object_freeze_formed(&plain, old->key, odd->kind, &copy, &exact, NULL));
        assert_done(object_freeze_changed(&beside, old->key, odd->kind, &tree, odd, &was, &exact, NULL));
        assert_true(str_eq(plain->stored, beside->stored));
    }
}

/* ── a few fields changed: what freezing the whole changed tree gives ── */

static const struct {
    const char *path, *json; /* json NULL: nothing stands there */
} changes[] = {
    {"spec.nodeName", "\"node-7\""},
    {"spec.nodeName", NULL},
    {"status.conditions", "[{\"type\":\"PodScheduled\",\"status\":\"True\",\"lastProbeTime\":null,\"lastTransitionTime\":\"2025-01-02T03:04:05Z\"}]"},
    {"metadata.annotations", "{\"a\":\"b\",\"c\":\"\"}"},
    {"metadata.labels", NULL},
    {"spec.hostNetwork", "false"},
    {"status.phase", "\"Failed\""},
    {"metadata.generation", "4000000000"},
    {"spec.tolerations", "[{\"key\":\"k\",\"operator\":\"Exists\",\"tolerationSeconds\":3}]"},
    {"spec.priority", "7"},
};

/* The kept tree goes along, and is the one the bytes give. */
static void passes_tree(struct object *old, struct object *now, const struct object_change *list, size_t n)
{
    SCOPED(arena) a = NULL;
    SCOPED(object) loaded = NULL;
    struct value was, kept, read;
    assert_done(arena_new(&a, 1 << 20));
    object_tree_pass(now, old, list, n);
    assert_null(now->tree); /* none was kept */
    assert_done(object_tree(a, old, &was, NULL));
    object_tree_keep(old, &was);
    now->revision = 77;
    object_tree_pass(now, old, list, n);
    assert_non_null(now->tree);
    assert_null(old->tree);
    assert_done(object_load(&loaded, now->key, now->stored, 77, 1, NULL));
    assert_done(object_tree(a, now, &kept, NULL));
    assert_done(object_tree(a, loaded, &read, NULL));
    assert_true(value_identical(&kept, &read));
}

static void same_as_tree(struct object *old, size_t set)
{
    SCOPED(arena) a = NULL;
    SCOPED(object) quick = NULL;
    SCOPED(object) slow = NULL;
    struct object_change list[OBJECT_CHANGES_MAX];
    struct value tree, values[OBJECT_CHANGES_MAX];
    size_t n = 0;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(object_tree(a, old, &tree, NULL));
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        const char *dot = strchr(changes[i].path, '.');
        struct str above = str_make(changes[i].path, (size_t)(dot - changes[i].path));
        if (!(set >> i & 1) || n == OBJECT_CHANGES_MAX || (i == 1 && set & 1))
            continue;
        if (changes[i].json)
            assert_done(json_parse(a, str_of(changes[i].json), &values[n], NULL));
        list[n] = (struct object_change){changes[i].path, changes[i].json ? &values[n] : NULL};
        if (changes[i].json)
            assert_non_null(value_put(a, &tree, changes[i].path, values[n]));
        else
            value_del(value_get(&tree, above), str_of(dot + 1));
        n++;
    }
    assert_done(object_freeze(&slow, old->key, old->kind, &tree, NULL));
    assert_int_equal(object_freeze_fields(&quick, old, list, n, NULL), 0);
    assert_true(str_eq(quick->stored, slow->stored));
    assert_true(str_eq(quick->key, slow->key));
    assert_true(quick->verbatim && quick->kind == slow->kind && quick->metadata_at == slow->metadata_at && quick->uid_at == slow->uid_at);
    passes_tree(old, quick, list, n);
}

static void test_fields_changed(void **state)
{
    (void)state;
    SCOPED(object) o = freeze(POD, false);
    SCOPED(object)
    bare = freeze("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[]},\"status\":{}}", false);
    for (size_t set = 0; set < 1u << ARRAY_LEN(changes); set++) {
        same_as_tree(o, set);
        same_as_tree(bare, set);
    }
}

static void test_fields_long_way(void **state)
{
    (void)state;
    SCOPED(object) o = freeze(POD, false);
    SCOPED(object) custom = freeze("{\"apiVersion\":\"x/v1\",\"kind\":\"T\",\"metadata\":{\"name\":\"n\"}}", true);
    SCOPED(object) loaded = NULL;
    struct object *out = NULL;
    struct value name = value_make_text(STR("n"));
    struct object_change list[] = {{"spec.nodeName", &name}, {"spec", &name}};
    assert_int_equal(object_freeze_fields(&out, custom, list, 1, NULL), OBJECT_LONG_WAY);
    assert_int_equal(object_freeze_fields(&out, o, list, 2, NULL), OBJECT_LONG_WAY); /* one through the other */
    list[0].path = "spec.nothing";
    assert_int_equal(object_freeze_fields(&out, o, list, 1, NULL), OBJECT_LONG_WAY);
    list[0].path = "spec.nodeName.x";
    assert_int_equal(object_freeze_fields(&out, o, list, 1, NULL), OBJECT_LONG_WAY);
    list[0].path = "spec.containers.name";
    assert_int_equal(object_freeze_fields(&out, o, list, 1, NULL), OBJECT_LONG_WAY);
    assert_done(object_load(&loaded, o->key, o->stored, 5, 5, NULL));
    list[0].path = "spec.nodeName"; /* who knows who wrote it */
    assert_int_equal(object_freeze_fields(&out, loaded, list, 1, NULL), OBJECT_LONG_WAY);
    assert_null(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_changed), cmocka_unit_test(test_fields_long_way),   cmocka_unit_test(test_pod),
        cmocka_unit_test(test_loading),        cmocka_unit_test(test_look_behind_texts), cmocka_unit_test(test_custom),
        cmocka_unit_test(test_definitions),    cmocka_unit_test(test_allocations),       cmocka_unit_test(test_opaque),
        cmocka_unit_test(test_metadata_twice), cmocka_unit_test(test_metadata_odd),      cmocka_unit_test(test_texts),
        cmocka_unit_test(test_trees),          cmocka_unit_test(test_trees_memory),      cmocka_unit_test(test_threads),
        cmocka_unit_test(test_formed),         cmocka_unit_test(test_changed),           cmocka_unit_test(test_changed_odd),
        cmocka_unit_test(test_orders),         cmocka_unit_test(test_guessing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
