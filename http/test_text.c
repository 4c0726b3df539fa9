#include "http/inside.h"
#include "tests/unit.h"

static void test_percent(void **state)
{
    (void)state;
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(http_percent_decode(STR("a%20b+c%2F"), false, &b));
    assert_str(buf_view(&b), "a b+c/");
    buf_clear(&b);
    assert_done(http_percent_decode(STR("a+%C3%a4"), true, &b));
    assert_str(buf_view(&b), "a \xc3\xa4");
    assert_int_equal(http_percent_decode(STR("%2"), true, &b), -EINVAL);
    assert_int_equal(http_percent_decode(STR("%zz"), true, &b), -EINVAL);
    assert_str(buf_view(&b), "a \xc3\xa4"); /* a failure adds nothing */
    buf_clear(&b);
    http_percent_encode(STR("a b/\xc3~_"), &b);
    assert_str(buf_view(&b), "a%20b%2F%C3~_");
}

static void test_query(void **state)
{
    (void)state;
    SCOPED_BUF b = BUF_INIT(0);
    struct str q = STR("watch=true&labelSelector=a%3Db%2Cc&x&empty=&bad=%zz&%6Eame=v");
    assert_true(http_query_get(q, "labelSelector", &b));
    assert_str(buf_view(&b), "a=b,c");
    buf_clear(&b);
    assert_true(http_query_get(q, "name", &b));
    assert_str(buf_view(&b), "v");
    buf_clear(&b);
    assert_true(http_query_get(q, "x", &b));
    assert_str(buf_view(&b), "");
    assert_false(http_query_get(q, "bad", &b));
    assert_false(http_query_get(q, "nowhere", &b));
    assert_false(http_query_get(STR(""), "x", &b));

    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4096));
    struct str name, value;
    unsigned n = 0;
    while (http_query_next(a, &q, &name, &value))
        n++;
    assert_int_equal(n, 5);
    assert_str(name, "name");
    assert_str(value, "v");
}

static void test_fields(void **state)
{
    (void)state;
    assert_true(http_list_has(STR("keep-alive, Upgrade"), "upgrade"));
    assert_false(http_list_has(STR("keep-alive, Upgraded"), "upgrade"));
    assert_true(http_accepts_gzip(STR("deflate, gzip;q=0.5")));
    assert_false(http_accepts_gzip(STR("gzip;q=0")));
    assert_false(http_accepts_gzip(STR("gzip;q=0.000")));
    assert_true(http_accepts_gzip(STR("*")));
    assert_false(http_accepts_gzip(STR("")));
    assert_true(http_token_valid(STR("x-Remote_User")));
    assert_false(http_token_valid(STR("a b")));
    assert_false(http_token_valid(STR("")));
    SCOPED_BUF b = BUF_INIT(0);
    http_header_value(&b, STR("a\r\nset-cookie: x"));
    assert_str(buf_view(&b), "a  set-cookie: x");
    assert_string_equal(http_reason(404), "Not Found");
    assert_string_equal(http_reason(999), "Unknown");
    char date[40];
    http_date(date, 784111777);
    assert_string_equal(date, "Sun, 06 Nov 1994 08:49:37 GMT"); /* RFC 9110's own example */
}

static void test_gzip(void **state)
{
    (void)state;
    static char text[400000];
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)('a' + i * i % 23);
    struct http_gzip *g;
    assert_done(http_gzip_new(&g, http_bytes_copy(str_make(text, sizeof(text)))));
    SCOPED_BUF packed = BUF_INIT(0), plain = BUF_INIT(0);
    int slices = 0, r;
    while ((r = http_gzip_next(g, &packed)) == 1)
        slices++;
    assert_int_equal(r, 0);
    assert_int_equal(slices, 24); /* of 16 KiB, and the last */
    http_gzip_free(g);
    assert_true(packed.n < sizeof(text) / 4);
    assert_int_equal(http_gunzip(buf_view(&packed), sizeof(text) - 1, &plain), -E2BIG);
    buf_clear(&plain);
    assert_done(http_gunzip(buf_view(&packed), sizeof(text), &plain));
    assert_true(str_eq(buf_view(&plain), str_make(text, sizeof(text))));
    buf_clear(&plain);
    assert_int_equal(http_gunzip(str_head(buf_view(&packed), packed.n - 9), sizeof(text), &plain), -EBADMSG);
    buf_clear(&plain);
    assert_int_equal(http_gunzip(STR("not gzip at all"), 100, &plain), -EBADMSG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percent),
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
