#include "tests/unit.h"

#include "json/json.h"

/* text in, compact text out */
static void test_printing(void **state)
{
    (void)state;
    static const char *rows[][2] = {
        {" { \"b\" : 1 , \"a\" : [ ] } ", "{\"b\":1,\"a\":[]}"},
        {"\"<a href=\\\"x\\\">&amp;\"", "\"\\u003ca href=\\\"x\\\"\\u003e\\u0026amp;\""},
        {"\"\\u0000\\u001f\\u007f\\b\\f\\n\\r\\t\\\\\\/\"", "\"\\u0000\\u001f\x7f\\b\\f\\n\\r\\t\\\\/\""},
        {"\"\\u2028\\u2029\\u20ac\"", "\"\\u2028\\u2029\xe2\x82\xac\""},
        {"\"\xe2\x80\xa8plain text long enough to scan\"", "\"\\u2028plain text long enough to scan\""},
        {"\"a\xff"
         "b\xc3\"",
         "\"a\xef\xbf\xbd"
         "b\xef\xbf\xbd\""},
        {"\"\\ud83d\\ude00\\ud800\\udc\\u0041\"", NULL},
        {"\"\\ud83d\\ude00\\ud800\\u0041\\udc00\"", "\"\xf0\x9f\x98\x80\xef\xbf\xbd"
                                                    "A\xef\xbf\xbd\""},
        {"[0,-0,-1,9223372036854775807,-9223372036854775808]", "[0,0,-1,9223372036854775807,-9223372036854775808]"},
        {"[9223372036854775808,1.0,0.1,1e5,1.5e-7,1e21,1e20,-2.50]", "[9223372036854776000,1,0.1,100000,1.5e-7,1e+21,100000000000000000000,-2.5]"},
        {"[0.000001,123456789.125,5e-324,1.7976931348623157e308,-0.0]", "[0.000001,123456789.125,5e-324,1.7976931348623157e+308,-0]"},
        {"[true,false,null]", "[true,false,null]"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF out = BUF_INIT(0);
        struct value v;
        struct err err = {0};
        assert_done(arena_new(&a, 1 << 20));
        int r = json_parse(a, str_of(rows[i][0]), &v, &err);
        if (!rows[i][1]) {
            assert_int_equal(r, -EBADMSG);
            continue;
        }
        if (r < 0)
            fail_msg("%s: %s", rows[i][0], err.text);
        json_print(&out, &v);
        assert_done(buf_error(&out));
        assert_str(buf_view(&out), rows[i][1]);
    }
}

static void test_untyped(void **state)
{
    (void)state;
    SCOPED_BUF out = BUF_INIT(0);
    json_string(&out, STR("\xf0\x90\x80"
                          "x\xed\xa0\x80"));
    assert_str(buf_view(&out), "\"\\ufffd\\ufffd\\ufffdx\\ufffd\\ufffd\\ufffd\"");
    buf_clear(&out);
    struct value raw = value_make_raw(STR("{\"a\":\"<\xe2\x80\xa9>\",\"b\":1.0}"));
    json_print(&out, &raw);
    assert_str(buf_view(&out), "{\"a\":\"\\u003c\\u2029\\u003e\",\"b\":1.0}");
    buf_clear(&out);
    json_print(&out, NULL);
    json_double(&out, __builtin_nan(""));
    assert_str(buf_view(&out), "nullnull");
}

/* One that is not written as it is, at each place of texts of each length: they are looked at in words, and pieces of words. */
static void test_places(void **state)
{
    (void)state;
    static const struct {
        char c;
        const char *written;
    } rows[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'<', "\\u003c"}, {'>', "\\u003e"}, {'&', "\\u0026"},
                {'\n', "\\n"}, {1, "\\u0001"}, {'a', "a"},       {127, "\x7f"}};
    for (size_t n = 1; n < 50; n++)
        for (size_t at = 0; at < n; at++)
            for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                SCOPED_BUF out = BUF_INIT(0), want = BUF_INIT(0);
                char text[50];
                memset(text, 'x', n);
                text[at] = rows[i].c;
                buf_fmt(&want, "\"%.*s%s%.*s\"", (int)at, text, rows[i].written, (int)(n - at - 1), text + at + 1);
                json_string(&out, str_make(text, n));
                assert_str(buf_view(&out), buf_cstr(&want));
            }
}

static void test_indenting(void **state)
{
    (void)state;
    SCOPED_BUF out = BUF_INIT(0);
    json_indent(&out, STR("{\"a\":[1,{\"b\":\"{[,:\\\"\"}],\"c\":{},\"d\":[]}"));
    assert_str(buf_view(&out), "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"{[,:\\\"\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}");
}

static int body(void *ctx)
{
    (void)ctx;
    SCOPED(arena) a = NULL;
    SCOPED_BUF out = BUF_INIT(0);
    struct value v;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = json_parse(a, STR("{\"a\":[1,2.5,\"\xc3\xa9\"],\"b\":{\"c\":\"\xff\"}}"), &v, NULL);
    if (r < 0)
        return r;
    json_print(&out, &v);
    return buf_error(&out);
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printing),  cmocka_unit_test(test_untyped),     cmocka_unit_test(test_places),
        cmocka_unit_test(test_indenting), cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
