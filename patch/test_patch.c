#include "json/json.h"
#include "object/object.h"
#include "patch/patch.h"
#include "tests/unit.h"

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static void same(const char *what, const struct value *got, const struct value *want)
{
    SCOPED_BUF b = BUF_INIT(0), c = BUF_INIT(0);
    json_print(&b, got);
    json_print(&c, want);
    /* Texts, not worths: the order of members and items is part of the rule. */
    if (strcmp(buf_cstr(&b), buf_cstr(&c)) != 0)
        fail_msg("%s gave\n%s, not\n%s", what, buf_cstr(&b), buf_cstr(&c));
}

struct json_case {
    const char *target, *ops, *want; /* want NULL: -EINVAL; "" : -ENOENT */
};

static const struct json_case json_cases[] = {
    {"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]", "{\"a\":1,\"b\":2}"},
    {"{\"a\":[1,3]}", "[{\"op\":\"add\",\"path\":\"/a/1\",\"value\":2}]", "{\"a\":[1,2,3]}"},
    {"{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]", "{\"a\":[1,2]}"},
    {"{\"a\":[1,2]}", "[{\"op\":\"remove\",\"path\":\"/a/-1\"}]", "{\"a\":[1]}"},
    {"{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/3\",\"value\":2}]", NULL},
    {"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":2}]", NULL},
    {"{\"a\":1}", "[{\"op\":\"remove\",\"path\":\"/b\"}]", NULL},
    {"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b/c\",\"value\":2}]", NULL},
    {"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]", ""},
    {"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1.0}]", "{\"a\":1}"},
    {"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/b\",\"value\":null}]", "{\"a\":1}"},
    {"{\"a/b\":{\"c~d\":1}}", "[{\"op\":\"replace\",\"path\":\"/a~1b/c~0d\",\"value\":2}]", "{\"a/b\":{\"c~d\":2}}"},
    {"{\"a\":{\"b\":1}}", "[{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c\"}]", "{\"a\":{},\"c\":1}"},
    {"{\"a\":[1]}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},{\"op\":\"add\",\"path\":\"/b/0\",\"value\":0}]", "{\"a\":[1],\"b\":[0,1]}"},
    {"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"z\":1}}]", "{\"z\":1}"},
    {"{\"a\":1}", "[{\"op\":\"turn\",\"path\":\"/a\"}]", NULL},
    {"{\"a\":1}", "[{\"op\":\"move\",\"path\":\"/a\"}]", NULL},
    {"{\"a\":1}", "{\"op\":\"add\"}", NULL},
};

static void test_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(json_cases); i++) {
        const struct json_case *c = &json_cases[i];
        SCOPED(arena) a = NULL;
        struct err err = {{0}};
        assert_done(arena_new(&a, 1 << 20));
        struct value target = parse(a, c->target), ops = parse(a, c->ops), before = parse(a, c->target), out;
        int r = patch_json(a, &target, &ops, &out, &err);
        if (!c->want || !c->want[0]) {
            if (r != (c->want ? -ENOENT : -EINVAL) || !err.text[0])
                fail_msg("%s: %d %s", c->ops, r, err.text);
        } else {
            if (r < 0)
                fail_msg("%s: %s", c->ops, err.text);
            struct value want = parse(a, c->want);
            same(c->ops, &out, &want);
        }
        same("the target", &target, &before);
    }
}

static void test_json_limits(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct err err = {{0}};
    struct value out;
    assert_done(arena_new(&a, 64 << 20));
    struct value target = parse(a, "{\"a\":[\"0123456789\"]}");
    buf_char(&b, '[');
    for (int i = 0; i < 40; i++) /* each copies the whole list into itself */
        buf_fmt(&b, "%s{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"}", i ? "," : "");
    buf_char(&b, ']');
    struct value ops = parse(a, buf_cstr(&b));
    assert_int_equal(patch_json(a, &target, &ops, &out, &err), -E2BIG);
}

static void test_merge(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        /* the examples of RFC 7386, appendix A */
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
        {"{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]"},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1 << 20));
        struct value target = parse(a, cases[i][0]), patch = parse(a, cases[i][1]), want = parse(a, cases[i][2]), out;
        assert_done(patch_merge(a, &target, &patch, &out, NULL));
        same(cases[i][1], &out, &want);
    }
}

#define POD(spec) "{\"spec\":{" spec "}}"
#define C1        "{\"name\":\"1\",\"image\":\"a\"}"
#define C2        "{\"name\":\"2\",\"image\":\"b\"}"
#define C3        "{\"name\":\"3\",\"image\":\"c\"}"

static const struct json_case strategic_cases[] = {
    /* merge by key, patch items first where nothing else says */
    {POD("\"containers\":[" C1 "," C2 "]"), POD("\"containers\":[{\"name\":\"2\",\"image\":\"z\"}]"),
     POD("\"containers\":[" C1 ",{\"name\":\"2\",\"image\":\"z\"}]")},
    {POD("\"containers\":[" C1 "]"), POD("\"containers\":[" C2 "]"), POD("\"containers\":[" C2 "," C1 "]")},
    {POD("\"containers\":[" C1 "," C2 "]"), POD("\"containers\":[{\"name\":\"1\",\"$patch\":\"delete\"}]"), POD("\"containers\":[" C2 "]")},
    {POD("\"containers\":[" C1 "," C2 "]"), POD("\"containers\":[" C3 ",{\"$patch\":\"replace\"}]"), POD("\"containers\":[" C3 "]")},
    {POD("\"containers\":[" C1 "," C2 "," C3 "]"),
     POD("\"$setElementOrder/containers\":[{\"name\":\"3\"},{\"name\":\"1\"}],\"containers\":[{\"name\":\"1\","
         "\"image\":\"q\"}]"),
     POD("\"containers\":[" C2 "," C3 ",{\"name\":\"1\",\"image\":\"q\"}]")},
    {POD("\"containers\":[" C1 "]"), POD("\"containers\":[{\"image\":\"q\"}]"), NULL},
    {POD("\"containers\":[" C1 "]"), POD("\"containers\":[{\"name\":\"1\",\"$patch\":\"burn\"}]"), NULL},
    {POD("\"containers\":[" C1 "]"), POD("\"$setElementOrder/containers\":[{\"name\":\"2\"}],\"containers\":[{\"name\":\"1\",\"image\":\"q\"}]"),
     NULL},
    /* lists without a merge strategy are replaced */
    {POD("\"tolerations\":[{\"key\":\"a\"}]"), POD("\"tolerations\":[{\"key\":\"b\"}]"), POD("\"tolerations\":[{\"key\":\"b\"}]")},
    {POD("\"containers\":[{\"name\":\"1\",\"args\":[\"a\"]}]"), POD("\"containers\":[{\"name\":\"1\",\"args\":[\"b\",\"c\"]}]"),
     POD("\"containers\":[{\"name\":\"1\",\"args\":[\"b\",\"c\"]}]")},
    /* finalizers: a list of texts that merges */
    {"{\"metadata\":{\"finalizers\":[\"a\",\"b\"]}}", "{\"metadata\":{\"finalizers\":[\"c\",\"a\"]}}",
     "{\"metadata\":{\"finalizers\":[\"c\",\"a\",\"b\"]}}"},
    {"{\"metadata\":{\"finalizers\":[\"a\",\"b\",\"c\"]}}", "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"b\"]}}",
     "{\"metadata\":{\"finalizers\":[\"a\",\"c\"]}}"},
    {"{\"metadata\":{\"finalizers\":[\"a\",\"b\"]}}",
     "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a\"],\"$setElementOrder/finalizers\":[\"c\",\"b\"],"
     "\"finalizers\":[\"c\"]}}",
     "{\"metadata\":{\"finalizers\":[\"c\",\"b\"]}}"},
    /* maps: null deletes, $patch replaces or empties */
    {"{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}}", "{\"metadata\":{\"labels\":{\"a\":null,\"c\":\"3\"}}}",
     "{\"metadata\":{\"labels\":{\"b\":\"2\",\"c\":\"3\"}}}"},
    {"{\"metadata\":{\"labels\":{\"a\":\"1\"}}}", "{\"metadata\":{\"labels\":{\"$patch\":\"replace\",\"c\":\"3\"}}}",
     "{\"metadata\":{\"labels\":{\"c\":\"3\"}}}"},
    {"{\"metadata\":{\"labels\":{\"a\":\"1\"}}}", "{\"metadata\":{\"labels\":{\"$patch\":\"delete\"}}}", "{\"metadata\":{\"labels\":{}}}"},
    {"{\"metadata\":{\"labels\":{\"a\":\"1\"}}}", "{\"metadata\":{\"labels\":null}}", "{\"metadata\":{}}"},
    {"{}", "{\"metadata\":{\"labels\":{\"a\":null,\"b\":\"1\"}}}", "{\"metadata\":{\"labels\":{\"b\":\"1\"}}}"},
    {"{\"metadata\":{}}", "{\"metadata\":{\"$patch\":\"turn\"}}", NULL},
    {"{\"metadata\":{}}", "{\"metadata\":{\"$strange\":1}}", NULL},
    /* retainKeys: a union changes its member */
    {POD("\"volumes\":[{\"name\":\"v\",\"emptyDir\":{\"medium\":\"Memory\"}}]"),
     POD("\"volumes\":[{\"name\":\"v\",\"$retainKeys\":[\"name\",\"hostPath\"],\"hostPath\":{\"path\":\"/x\"}}]"),
     POD("\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/x\"}}]")},
    {POD("\"volumes\":[{\"name\":\"v\"}]"), POD("\"volumes\":[{\"name\":\"v\",\"$retainKeys\":[\"name\"],\"hostPath\":{\"path\":\"/x\"}}]"), NULL},
    /* nested merge lists */
    {POD("\"containers\":[{\"name\":\"1\",\"ports\":[{\"containerPort\":80},{\"containerPort\":81}]}]"),
     POD("\"containers\":[{\"name\":\"1\",\"ports\":[{\"containerPort\":81,\"$patch\":\"delete\"},{\"containerPort\":82"
         "}]}]"),
     POD("\"containers\":[{\"name\":\"1\",\"ports\":[{\"containerPort\":82},{\"containerPort\":80}]}]")},
};

static void test_strategic(void **state)
{
    (void)state;
    const struct schema_kind *pod = schema_kind_parse(STR("v1"), STR("Pod"));
    assert_non_null(pod);
    for (size_t i = 0; i < ARRAY_LEN(strategic_cases); i++) {
        const struct json_case *c = &strategic_cases[i];
        SCOPED(arena) a = NULL;
        struct err err = {{0}};
        assert_done(arena_new(&a, 1 << 20));
        struct value target = parse(a, c->target), patch = parse(a, c->ops), out;
        struct value before = parse(a, c->target), patch_before = parse(a, c->ops);
        int r = patch_strategic(a, pod->message, &target, &patch, &out, &err);
        if (c->want) {
            if (r < 0)
                fail_msg("%s: %s", c->ops, err.text);
            struct value want = parse(a, c->want);
            same(c->ops, &out, &want);
        } else if (r != -EINVAL || !err.text[0]) {
            fail_msg("%s: %d %s", c->ops, r, err.text);
        }
        same("the target", &target, &before);
        same("the patch", &patch, &patch_before);
    }
}

static int patch_failing(void *ctx)
{
    const struct json_case *c = ctx;
    SCOPED(arena) a = NULL;
    struct value target, patch, out;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = json_parse(a, str_of(c->target), &target, NULL);
    if (r == 0)
        r = json_parse(a, str_of(c->ops), &patch, NULL);
    if (r < 0)
        return r;
    if (patch.type == VALUE_LIST)
        return patch_json(a, &target, &patch, &out, NULL);
    return patch_strategic(a, schema_kind_parse(STR("v1"), STR("Pod"))->message, &target, &patch, &out, NULL);
}

static void test_no_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(json_cases); i++) {
        if (json_cases[i].want && json_cases[i].want[0])
            unit_fail_allocations(patch_failing, (void *)(uintptr_t)&json_cases[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(strategic_cases); i++) {
        if (strategic_cases[i].want)
            unit_fail_allocations(patch_failing, (void *)(uintptr_t)&strategic_cases[i]);
    }
}

/* ── random objects: a merge patch made from a difference gives the target ── */
static uint32_t dice_state = 1;
static uint32_t dice(uint32_t n)
{
    dice_state = dice_state * 1664525 + 1013904223;
    return (dice_state >> 8) % n;
}

static struct value random_value(struct arena *a, int depth)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e"};
    uint32_t kind = dice(depth > 0 ? 4 : 2);
    struct value v = value_make_int((int64_t)dice(4));
    if (kind == 1)
        v = value_make_text(str_of(keys[dice(5)]));
    if (kind == 2) {
        v = value_make_list();
        for (uint32_t i = dice(3); i > 0; i--)
            assert_non_null(value_add(a, &v, random_value(a, 0)));
    }
    if (kind == 3 || depth == 3) {
        v = value_make_map();
        for (uint32_t i = dice(5); i > 0; i--)
            assert_non_null(value_set(a, &v, str_of(keys[dice(5)]), random_value(a, depth - 1)));
    }
    return v;
}

static struct value difference(struct arena *a, const struct value *from, const struct value *to)
{
    struct value patch = value_make_map();
    VALUE_EACH_MEMBER (m, from) {
        if (!value_get(to, m->key))
            assert_non_null(value_set(a, &patch, m->key, (struct value){0}));
    }
    VALUE_EACH_MEMBER (m, to) {
        struct value *old = value_get(from, m->key);
        if (old && value_equal(old, &m->value))
            continue;
        struct value change = old && old->type == VALUE_MAP && m->value.type == VALUE_MAP ? difference(a, old, &m->value) : m->value;
        assert_non_null(value_set(a, &patch, m->key, change));
    }
    return patch;
}

static void test_random(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1 << 20));
        struct value from = random_value(a, 3), to = random_value(a, 3), out;
        struct value patch = difference(a, &from, &to);
        assert_done(patch_merge(a, &from, &patch, &out, NULL));
        assert_true(value_equal(&out, &to));
        /* Without a message's rows strategic merge is merge patch. */
        assert_done(patch_strategic(a, NULL, &from, &patch, &out, NULL));
        assert_true(value_equal(&out, &to));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),      cmocka_unit_test(test_json_limits), cmocka_unit_test(test_merge),
        cmocka_unit_test(test_strategic), cmocka_unit_test(test_random),      cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
