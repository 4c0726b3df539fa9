#include "tests/unit.h"

#include "value/value.h"

static struct value parse(struct arena *a, const char *text)
{
    struct value v;
    struct err err = {0};
    if (value_parse(a, str_of(text), NULL, NULL, &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static void test_reading(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct value v = parse(a, "{\"a\":{\"b\":[1,2.0,\"x\",true,null,2.5]},\"n\":null}");
    assert_int_equal(value_count(&v), 2);
    assert_int_equal(value_count(value_at(&v, "a.b")), 6);
    assert_int_equal(value_int(value_item(value_at(&v, "a.b"), 1), -1), 2);
    assert_int_equal(value_int(value_item(value_at(&v, "a.b"), 5), -1), -1);
    assert_true(value_double(value_item(value_at(&v, "a.b"), 5), 0) == 2.5);
    assert_str(value_text(value_item(value_at(&v, "a.b"), 2)), "x");
    assert_true(value_bool(value_item(value_at(&v, "a.b"), 3), false));
    assert_true(value_is_null(value_at(&v, "n")) && value_is_null(value_at(&v, "no.where")));
    assert_null(value_item(value_at(&v, "a.b"), 6));
    assert_null(value_at(&v, "n.x"));
    assert_str(value_text_at(&v, "a.c"), "");
    assert_int_equal(value_int_at(NULL, "a", 7), 7);
}

static void test_changing(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct value v = {0};
    int r = 0;
    VALUE_SET(&r, a, &v, "metadata.name", value_make_text(STR("web")));
    VALUE_SET(&r, a, &v, "metadata.labels.app", value_make_text(STR("web")));
    VALUE_SET(&r, a, &v, "spec.replicas", value_make_int(3));
    VALUE_SET(&r, a, &v, "spec.replicas", value_make_int(4));
    assert_int_equal(r, 0);
    struct value same = parse(a, "{\"spec\":{\"replicas\":4.0},\"metadata\":{\"labels\":{\"app\":\"web\"},\"name\":\"web\"}}");
    assert_true(value_equal(&v, &same));
    assert_null(value_put(a, &v, "spec.replicas.x", value_make_int(1)));
    VALUE_SET(&r, a, &v, "spec.replicas.x", value_make_int(1));
    assert_int_equal(r, -ENOMEM);

    struct value copy, list = {0};
    assert_done(value_copy(a, &v, &copy));
    assert_true(value_del(value_at(&copy, "metadata"), STR("name")));
    assert_false(value_del(value_at(&copy, "metadata"), STR("name")));
    assert_false(value_equal(&v, &copy));
    for (int i = 0; i < 20; i++)
        assert_non_null(value_add(a, &list, value_make_int(i)));
    value_del_item(&list, 3);
    value_del_item(&list, 50);
    assert_int_equal(value_count(&list), 19);
    assert_int_equal(value_int(value_item(&list, 3), 0), 4);
}

static void test_forks(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    struct value v, fork, other;
    assert_done(arena_new(&a, 1 << 20));
    v = parse(a, "{\"a\":{\"b\":[1,\"x\",null,{}]},\"c\":true}");
    assert_done(value_fork(a, &v, &fork));
    assert_true(value_identical(&v, &fork) && value_equal(&v, &fork) && !value_same(&v, &fork));
    assert_true(value_same(&v, &(struct value){.type = v.type, .map = v.map}));
    assert_ptr_equal(value_item(value_at(&v, "a.b"), 1)->text.p, value_item(value_at(&fork, "a.b"), 1)->text.p);
    assert_non_null(value_add(a, value_at(&fork, "a.b"), value_make_int(2)));
    value_del(&fork, STR("c"));
    assert_int_equal(value_count(&v), 2);
    assert_int_equal(value_count(value_at(&v, "a.b")), 4);
    assert_false(value_identical(&v, &fork));
    /* Equal is not identical: order, spelling of numbers. */
    static const char *const pairs[][2] = {{"1", "1.0"}, {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"}};
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        v = parse(a, pairs[i][0]);
        other = parse(a, pairs[i][1]);
        assert_true(value_equal(&v, &other) && !value_identical(&v, &other));
    }
}

static void test_equality(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"1", "1.0", true},
        {"1", "2", false},
        {"9223372036854775807", "9223372036854775808", false},
        {"1.5", "1.5", true},
        {"null", "null", true},
        {"null", "0", false},
        {"{\"a\":null}", "{}", false},
        {"{\"a\":1,\"b\":[1,2]}", "{\"b\":[1,2],\"a\":1}", true},
        {"{\"b\":[2,1],\"a\":1}", "{\"a\":1,\"b\":[1,2]}", false},
        {"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,"
         "\"o\":1,\"p\":1,\"q\":2}",
         "{\"q\":2,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,"
         "\"o\":1,\"p\":1,\"a\":1}",
         true},
        {"\"\\u0061\"", "\"a\"", true},
        {"[]", "{}", false},
    };
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value x = parse(a, rows[i].a), y = parse(a, rows[i].b), raw = value_make_raw(str_of(rows[i].a));
        struct value raw2 = value_make_raw(str_of(rows[i].b));
        assert_int_equal(value_equal(&x, &y), rows[i].equal);
        assert_int_equal(value_equal(&raw, &y), rows[i].equal);
        assert_int_equal(value_equal(&raw, &raw2), rows[i].equal);
    }
    struct value broken = value_make_raw(STR("{")), fine = value_make_raw(STR("{}"));
    assert_false(value_equal(&broken, &fine));
    assert_true(value_equal(NULL, NULL));
    assert_false(value_equal(NULL, &fine));
}

static void test_faults(void **state)
{
    (void)state;
    static const char *rows[][2] = {
        {"", "unexpected end of JSON input"},
        {"{", "unexpected end of JSON input"},
        {"{\"a\"", "unexpected end of JSON input"},
        {"{a:1}", "invalid character 'a' looking for beginning of object key string"},
        {"{\"a\" 1}", "invalid character '1' after object key"},
        {"{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair"},
        {"{\"a\":1,}", "invalid character '}' looking for beginning of object key string"},
        {"[1 2]", "invalid character '2' after array element"},
        {"[1,]", "invalid character ']' looking for beginning of value"},
        {"tru", "unexpected end of JSON input"},
        {"trux", "invalid character 'x' in literal true (expecting 'e')"},
        {"01", "invalid character '1' after top-level value"},
        {"-", "unexpected end of JSON input"},
        {"-x", "invalid character 'x' in numeric literal"},
        {"1.x", "invalid character 'x' after decimal point in numeric literal"},
        {"1ex", "invalid character 'x' in exponent of numeric literal"},
        {"\"\n\"", "invalid character '\\n' in string literal"},
        {"\"\\x\"", "invalid character 'x' in string escape code"},
        {"\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape"},
        {"\"\\u12", "unexpected end of JSON input"},
        {"1e999", "json: cannot unmarshal number 1e999 into Go value of type float64"},
        {"{} x", "invalid character 'x' after top-level value"},
        {"\xc3\xa9", "invalid character '\xc3\x83' looking for beginning of value"},
    };
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct err err = {0};
        struct value v;
        assert_int_equal(value_parse(a, str_of(rows[i][0]), NULL, NULL, &v, &err), -EBADMSG);
        assert_string_equal(err.text, rows[i][1]);
    }
    char deep[2 * VALUE_DEPTH_MAX + 3];
    memset(deep, '[', sizeof(deep));
    struct value v;
    assert_int_equal(value_parse(a, str_make(deep, sizeof(deep)), NULL, NULL, &v, NULL), -E2BIG);
    memset(deep + VALUE_DEPTH_MAX, ']', VALUE_DEPTH_MAX);
    assert_done(value_parse(a, str_make(deep, 2 * VALUE_DEPTH_MAX), NULL, NULL, &v, NULL));
}

static void test_duplicates(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct value_duplicates d = {0};
    struct value v;
    assert_done(
        value_parse(a, STR("{\"a\":1,\"spec\":{\"c\":[{},{\"name\":1,\"x\":[[{\"y\":1,\"y\":2}]],\"name\":2}]},\"a\":3}"), NULL, &d, &v, NULL));
    assert_int_equal(d.n, 3);
    assert_str(d.items[0], "spec.c[1].x[0][0].y");
    assert_str(d.items[1], "spec.c[1].name");
    assert_str(d.items[2], "a");
    assert_int_equal(value_int_at(&v, "a", 0), 3);
    assert_int_equal(value_count(&v), 2);

    SCOPED_BUF many = BUF_INIT(0);
    for (int i = 0; i < 40; i++)
        buf_fmt(&many, "%s\"k%d\":%d", i ? "," : "{", i % 30, i);
    buf_char(&many, '}');
    d.n = 0;
    assert_done(value_parse(a, buf_view(&many), NULL, &d, &v, NULL));
    assert_int_equal(d.n, 10);
    assert_int_equal(value_count(&v), 30);
    assert_int_equal(value_int_at(&v, "k3", 0), 33);
}

static const void *raw_below_x(const void *parent, struct str key)
{
    return str_is(key, "x") ? VALUE_GUIDE_RAW : parent;
}

static const void *skip_x(const void *parent, struct str key)
{
    return str_is(key, "x") ? VALUE_GUIDE_SKIP : parent;
}

static void test_skip(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct value_guide guide = {skip_x, ""};
    struct value v;
    assert_done(value_parse(a, STR("{\"x\":{\"y\":[1, \"}\"]},\"a\":1}"), &guide, NULL, &v, NULL));
    assert_int_equal(value_get(&v, STR("x"))->type, VALUE_NULL);
    assert_int_equal(value_int_at(&v, "a", 0), 1);
    assert_int_equal(value_parse(a, STR("{\"x\":{\"y\":[1,]},\"a\":1}"), &guide, NULL, &v, NULL), -EBADMSG);
}

/* Compacting text of every length and with the space at every place, as the fast look goes by eight bytes. */
static void test_compact(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    for (int n = 0; n < 24; n++) {
        for (int at = 0; at < 3; at++) {
            char text[64], plain[64];
            struct str compact;
            snprintf(plain, sizeof(plain), "[\"%.*s\xc3\xa4!~\",1]", n, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
            snprintf(text, sizeof(text), "%s[\"%.*s\xc3\xa4!~\",%s1]%s", at == 0 ? "\t" : "", n, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", at == 1 ? " " : "",
                     at == 2 ? "\n" : "");
            assert_done(value_compact(a, str_of(text), &compact, NULL));
            assert_str(compact, plain);
            assert_done(value_compact(a, str_of(plain), &compact, NULL));
            assert_str(compact, plain);
        }
    }
}

static void test_raw(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct value_guide guide = {raw_below_x, ""};
    struct value v, open;
    struct str compact;
    assert_done(value_parse(a, STR("{\"a\":[{\"x\": { \"b c\" : [ 1.0 , \"\\\" \\u0041\" ] } }],\"x\":null}"), &guide, NULL, &v, NULL));
    const struct value *x = value_get(value_item(value_at(&v, "a"), 0), STR("x"));
    assert_int_equal(x->type, VALUE_RAW);
    assert_str(x->text, "{\"b c\":[1.0,\"\\\" \\u0041\"]}");
    assert_done(value_expand(a, x, &open, NULL));
    assert_str(value_text(value_item(value_at(&open, "b c"), 1)), "\" A");
    assert_int_equal(value_get(&v, STR("x"))->type, VALUE_NULL);
    assert_int_equal(value_compact(a, STR("[1,}"), &compact, NULL), -EBADMSG);
}

static int body(void *ctx)
{
    SCOPED(arena) a = NULL;
    struct value v, copy;
    struct value_duplicates d = {0};
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = value_parse(a, str_of(ctx), NULL, &d, &v, NULL);
    if (r == 0)
        r = value_copy(a, &v, &copy);
    if (r == 0 && !value_equal(&v, &copy))
        r = -EIO;
    if (r == 0)
        r = value_fork(a, &v, &copy);
    if (r == 0)
        VALUE_SET(&r, a, &copy, "x.y", value_make_bool(true));
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    char text[] = "{\"a\":[1,\"x\\u00e9\",{\"b\":1,\"b\":2}],\"c\":\"\xff\",\"d\":{}}";
    unit_fail_allocations(body, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading), cmocka_unit_test(test_changing),    cmocka_unit_test(test_forks), cmocka_unit_test(test_equality),
        cmocka_unit_test(test_faults),  cmocka_unit_test(test_duplicates),  cmocka_unit_test(test_skip),  cmocka_unit_test(test_compact),
        cmocka_unit_test(test_raw),     cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
