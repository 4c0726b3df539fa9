#include "tests/unit.h"

#include "json/json.h"
#include "yaml/yaml.h"

/* YAML in, JSON out; NULL: refused */
static void test_reading(void **state)
{
    (void)state;
    static const char *rows[][2] = {
        {"", "null"},
        {"a: 1\nb:\n- x\n- k: z\n", "{\"a\":1,\"b\":[\"x\",{\"k\":\"z\"}]}"},
        {"[y, Y, yes, on, TRUE, n, off, False]", "[true,true,true,true,true,false,false,false]"},
        {"[~, null, Null, '', \"null\", 'yes']", "[null,null,null,\"\",\"null\",\"yes\"]"},
        {"[0x1F, 0o17, 017, 0b11, 1_000, +5, -0x10, 08, 1.0, 1e3, .5, 5., 1.5e-3]", "[31,15,15,3,1000,5,-16,8,1,1000,0.5,5,0.0015]"},
        {"[2001-01-01, 2001-12-14t21:59:43.10Z, 1:30, 1.2.3, 0x, 1__, -, 1e, 12e03]",
         "[\"2001-01-01\",\"2001-12-14t21:59:43.10Z\",\"1:30\",\"1.2.3\",\"0x\",1,\"-\",\"1e\",12000]"},
        {"[9223372036854775807, 9223372036854775808, -9223372036854775808]", "[9223372036854775807,9223372036854776000,-9223372036854775808]"},
        {"{1: a, true: b, 1.5: c}", "{\"1\":\"a\",\"true\":\"b\",\"1.5\":\"c\"}"},
        {"a: |\n  x\n  y\nb: >-\n  x\n  y\nc: 'it''s'\nd: \"\\u00e9\\n\"", "{\"a\":\"x\\ny\\n\",\"b\":\"x y\",\"c\":\"it's\",\"d\":\"\xc3\xa9\\n\"}"},
        {"a: &x {b: 1}\nc: *x\nd: [*x, *x]", "{\"a\":{\"b\":1},\"c\":{\"b\":1},\"d\":[{\"b\":1},{\"b\":1}]}"},
        {"base: &b {x: 1, z: 2}\nd:\n  <<: *b\n  z: 3", "{\"base\":{\"x\":1,\"z\":2},\"d\":{\"x\":1,\"z\":3}}"},
        {"d:\n  <<: [{x: 1}, {x: 2, z: 4}]", "{\"d\":{\"x\":1,\"z\":4}}"},
        {"[!!str 1, !!int '3', !!float 2, !!binary aGk=, !custom 5, !!null ~]", "[\"1\",3,2,\"hi\",\"5\",null]"},
        {"a: 1\na: 2", "{\"a\":2}"},
        {"# only a comment\n", "null"},
        {"---\na: 1\n---\nb: 2\n", "{\"a\":1}"},
        {"a: [1", NULL},
        {"a: *nowhere", NULL},
        {"a: &x [*x]", NULL},
        {"[a]: 1", NULL},
        {"a: .inf", NULL},
        {"a: !!int x", NULL},
        {"a: !!binary '*'", NULL},
        {"<<: 5", NULL},
        {"a: b: c", NULL},
        {"\ta: 1", NULL},
        {"a: \xff", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF out = BUF_INIT(0);
        struct err err = {0};
        struct value v;
        assert_done(arena_new(&a, 1 << 20));
        int r = yaml_parse(a, str_of(rows[i][0]), NULL, &v, &err);
        if (!rows[i][1]) {
            if (r != -EBADMSG || !str_starts(str_of(err.text), STR("yaml: ")))
                fail_msg("%s: %d %s", rows[i][0], r, err.text);
            continue;
        }
        if (r < 0)
            fail_msg("%s: %s", rows[i][0], err.text);
        json_print(&out, &v);
        assert_str(buf_view(&out), rows[i][1]);
    }
}

/* JSON in, YAML out */
static void test_writing(void **state)
{
    (void)state;
    static const char *rows[][2] = {
        {"{}", "{}\n"},
        {"[]", "[]\n"},
        {"\"x\"", "x\n"},
        {"null", "null\n"},
        {"{\"b\":1,\"a\":{\"c\":[],\"d\":{}}}", "a:\n  c: []\n  d: {}\nb: 1\n"},
        {"{\"a\":[1,{\"b\":2,\"c\":[3]},[4,[5]],[]]}", "a:\n- 1\n- b: 2\n  c:\n  - 3\n- - 4\n  - - 5\n- []\n"},
        {"{\"a10\":1,\"a2\":2,\"b\":3,\"-\":4,\"A\":5,\"1\":6,\"a02\":7}", "'-': 4\n\"1\": 6\nA: 5\na2: 2\na02: 7\na10: 1\nb: 3\n"},
        {"[\"yes\",\"n\",\"~\",\"\",\"null\",\"1\",\"1.5\",\"0x1\",\"1e3\",\"1:30\",\"2020-01-01\",\"<<\",\".inf\",\"+1\",\"010\"]",
         "- \"yes\"\n- \"n\"\n- \"~\"\n- \"\"\n- \"null\"\n- \"1\"\n- \"1.5\"\n- \"0x1\"\n- \"1e3\"\n- \"1:30\"\n- \"2020-01-01\"\n- <<\n"
         "- \".inf\"\n- \"+1\"\n- \"010\"\n"},
        {"[\"- a\",\"-a\",\"a: b\",\"a:b\",\"a #b\",\"a#b\",\"#a\",\"?a\",\"? a\",\"[a\",\"%a\",\"@a\",\"`a\",\"a'b\",\"'a\",\"a,b\",\":\",\"&a\"]",
         "- '- a'\n- -a\n- 'a: b'\n- a:b\n- 'a #b'\n- a#b\n- '#a'\n- ?a\n- '? a'\n- '[a'\n- '%a'\n- '@a'\n- '`a'\n- a'b\n- '''a'\n- a,b\n"
         "- ':'\n- '&a'\n"},
        {"[\" a\",\"a \",\"a\\tb\",\"\\u0001\",\"\xc3\xa9\",\"\xf0\x9f\x98\x80\",\"\xc2\xa0\",\"a\\\"b\",\"---\"]",
         "- ' a'\n- 'a '\n- \"a\\tb\"\n- \"\\x01\"\n- \xc3\xa9\n- \"\\U0001F600\"\n- \xc2\xa0\n- a\"b\n- '---'\n"},
        {"{\"a\":\"x\\ny\\n\",\"b\":\"x\\ny\",\"c\":\"x\\n\\n\",\"d\":\"\\n\",\"e\":\" x\\ny\",\"f\":\"x \\ny\",\"g\":\"x\\n y\\n\"}",
         "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2+\n\ne: |2-\n   x\n  y\nf: \"x \\ny\"\ng: |\n  x\n   y\n"},
        {"{\"l\":[\"a\\nb\"],\"m\":{\"o\":\"a\\nb\\n\"}}", "l:\n- |-\n  a\n  b\nm:\n  o: |\n    a\n    b\n"},
        {"[1.5,1e21,1e-7,123456.5,1234567.5,-0.0001,0.00001]", "- 1.5\n- 1e+21\n- 1e-07\n- 123456.5\n- 1.2345675e+06\n- -0.0001\n- 1e-05\n"},
        {"{\"yes\":1,\"1\":2,\"\":3,\"a b\":4}", "\"\": 3\n\"1\": 2\na b: 4\n\"yes\": 1\n"},
        {"{\"a\":\"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\"}",
         "a: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\n  0123456789\n"},
        {"{\"a\":\"0123456789: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\"}",
         "a: '0123456789: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\n  0123456789 0123456789'\n"},
        {"{\"k\\nl\":1}", "? |-\n  k\n  l\n: 1\n"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF out = BUF_INIT(0);
        struct err err = {0};
        struct value v, back;
        assert_done(arena_new(&a, 1 << 20));
        if (json_parse(a, str_of(rows[i][0]), &v, &err) < 0 || yaml_print(&out, &v, &err) < 0)
            fail_msg("%s: %s", rows[i][0], err.text);
        assert_str(buf_view(&out), rows[i][1]);
        if (yaml_parse(a, buf_view(&out), NULL, &back, &err) < 0)
            fail_msg("%s: %s", rows[i][1], err.text);
        assert_true(value_equal(&v, &back));
    }
}

static void test_duplicates(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    struct value_duplicates d = {0};
    struct value v;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(yaml_parse(a, STR("\nspec:\n  c:\n  - {name: a}\n  - {name: b, name: c}\n  9: x\n  9: y\nspec:\n  c: 1\n"), &d, &v, NULL));
    assert_int_equal(d.n, 3);
    assert_str(d.items[0], "line 5: key \"name\" already set in map");
    assert_str(d.items[1], "line 7: key 9 already set in map");
    assert_str(d.items[2], "line 9: key \"spec\" already set in map");
}

static void test_bounds(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    struct value v;
    struct err err;
    assert_done(arena_new(&a, 64 << 20));
    buf_text(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
        buf_fmt(&text, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            buf_fmt(&text, "%s*a%d", k ? "," : "", i - 1);
        buf_text(&text, "]\n");
    }
    assert_int_equal(yaml_parse(a, buf_view(&text), NULL, &v, &err), -EBADMSG);
    assert_string_equal(err.text, "yaml: document contains excessive aliasing");
    buf_clear(&text);
    for (int i = 0; i < 200; i++)
        buf_char(&text, '[');
    int r = yaml_parse(a, buf_view(&text), NULL, &v, &err);
    assert_true(r == -E2BIG || r == -EBADMSG);
}

static int count(void *ctx, struct value *document)
{
    assert_int_equal(document->type, VALUE_MAP);
    return ++*(int *)ctx > 2 ? -ECANCELED : 0;
}

static void test_documents(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    int n = 0;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(yaml_parse_all(a, STR("a: 1\n---\n---\nb: 2\n...\n"), count, &n, NULL));
    assert_int_equal(n, 2);
    assert_int_equal(yaml_parse_all(a, STR("a: 1\n---\nb: 2\n"), count, &n, NULL), -ECANCELED);
}

static int body(void *ctx)
{
    (void)ctx;
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct value_duplicates d = {0};
    struct value v;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = yaml_parse(a, STR("a: &x {b: [1, !!binary aGk=], 5: y}\nc: *x\na: 1\n"), &d, &v, NULL);
    if (r == 0)
        r = yaml_print(&out, &v, NULL);
    return r < 0 ? r : buf_error(&out);
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading), cmocka_unit_test(test_writing),   cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_bounds),  cmocka_unit_test(test_documents), cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
