#include "tests/unit.h"

static void test_text(void **state)
{
    (void)state;
    struct str head, tail;
    assert_true(str_cut(STR("a=b=c"), '=', &head, &tail));
    assert_str(head, "a");
    assert_str(tail, "b=c");
    assert_true(str_cut_last(STR("a=b=c"), '=', &head, &tail));
    assert_str(head, "a=b");
    assert_false(str_cut(STR("abc"), '=', &head, &tail));
    assert_str(head, "abc");
    assert_true(str_eq(str_trim(STR(" \t x y\n")), STR("x y")));
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("d")), -1);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);

    struct str rest = STR("a,b,"), piece;
    int n = 0;
    while (str_next(&rest, ',', &piece))
        n++;
    assert_int_equal(n, 3);
}

static void test_numbers(void **state)
{
    (void)state;
    int64_t i;
    uint64_t u;
    double d;
    assert_done(str_to_int(STR("-9223372036854775808"), &i));
    assert_true(i == INT64_MIN);
    assert_int_equal(str_to_int(STR("9223372036854775808"), &i), -ERANGE);
    assert_int_equal(str_to_int(STR(""), &i), -EINVAL);
    assert_int_equal(str_to_int(STR("1x"), &i), -EINVAL);
    assert_int_equal(str_to_uint(STR("18446744073709551616"), &u), -ERANGE);
    assert_done(str_to_double(STR("1e3"), &d));
    assert_true(d == 1000);
    assert_int_equal(str_to_double(STR("1.2.3"), &d), -EINVAL);
}

static void test_utf8(void **state)
{
    (void)state;
    assert_true(str_utf8_valid(STR("plain text that is long, ä, €, 😀")));
    assert_false(str_utf8_valid(STR("\xc0\xaf")));         /* overlong */
    assert_false(str_utf8_valid(STR("\xed\xa0\x80")));     /* surrogate */
    assert_false(str_utf8_valid(STR("\xf4\x90\x80\x80"))); /* above U+10FFFF */
    assert_false(str_utf8_valid(STR("abc\xe2\x82")));      /* cut off */
}

static void test_errors(void **state)
{
    (void)state;
    struct err err = {{0}};
    assert_int_equal(err_raise(&err, -EINVAL, "bad port %d", 7), -EINVAL);
    assert_int_equal(err_wrap(&err, -EINVAL, "spec.ports[%d]", 0), -EINVAL);
    assert_string_equal(err.text, "spec.ports[0]: bad port 7");
    char big[3000];
    memset(big, 'x', sizeof(big) - 1);
    big[sizeof(big) - 1] = 0;
    err_wrap(&err, -1, "%s", big);
    assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1);
    assert_int_equal(err_fold(3), -ENOTRECOVERABLE);
    assert_int_equal(err_fold(-EIO), -EIO);
}

static void test_arena(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    for (int round = 0; round < 2; round++) {
        for (size_t n = 0; n < 200; n++) {
            unsigned char *p = arena_alloc(a, n);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xff, n);
        }
        arena_reset(a);
    }
    assert_null(arena_alloc(a, (1 << 20) + 1));
    assert_null(arena_alloc(a, SIZE_MAX));
    assert_str(arena_fmt(a, "%s-%d", "web", 7), "web-7");
}

static void test_buf(void **state)
{
    (void)state;
    SCOPED_BUF b = BUF_INIT(100);
    buf_text(&b, "n=");
    buf_int(&b, INT64_MIN);
    buf_fmt(&b, " %s", "end");
    assert_str(buf_view(&b), "n=-9223372036854775808 end");
    buf_drop(&b, 2);
    assert_true(str_starts(buf_view(&b), STR("-922")));
    for (int i = 0; i < 100; i++)
        buf_text(&b, "0123456789");
    assert_int_equal(buf_error(&b), -E2BIG);
    assert_true(b.n <= 100);
}

static void test_base64(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        SCOPED_BUF b = BUF_INIT(0);
        SCOPED_BUF back = BUF_INIT(0);
        buf_base64(&b, str_of(pairs[i][0]));
        assert_str(buf_view(&b), pairs[i][1]);
        assert_done(buf_unbase64(&back, buf_view(&b)));
        assert_str(buf_view(&back), pairs[i][0]);
    }
    SCOPED_BUF b = BUF_INIT(0);
    assert_int_equal(buf_unbase64(&b, STR("Zg=")), -EINVAL);
    assert_int_equal(buf_unbase64(&b, STR("Z===")), -EINVAL);
    assert_int_equal(buf_unbase64(&b, STR("Zm9*")), -EINVAL);
    assert_done(buf_unbase64url(&b, STR("_-8")));
    assert_int_equal((unsigned char)b.p[0], 0xff);
}

static void test_map(void **state)
{
    (void)state;
    struct map m = {0};
    char keys[2000][8];
    for (int i = 0; i < 2000; i++) {
        snprintf(keys[i], sizeof(keys[i]), "k%d", i);
        assert_done(map_put(&m, str_of(keys[i]), keys[i]));
    }
    for (int i = 0; i < 2000; i += 2)
        assert_ptr_equal(map_del(&m, str_of(keys[i])), keys[i]);
    for (int i = 0; i < 2000; i++)
        assert_ptr_equal(map_get(&m, str_of(keys[i])), i % 2 ? keys[i] : NULL);
    size_t n = 0;
    MAP_EACH (s, &m)
        n++;
    assert_int_equal(n, 1000);
    assert_int_equal(m.n, 1000);
    /* Adding and deleting for ever must not grow the table. */
    for (int i = 0; i < 100000; i++) {
        assert_done(map_put(&m, STR("x"), &m));
        assert_non_null(map_del(&m, STR("x")));
    }
    assert_true(m.cap <= 8192);
    map_done(&m);
}

static void test_heap(void **state)
{
    (void)state;
    struct heap h = {0};
    struct heap_item items[500] = {0};
    unsigned seed = 7;
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        seed = seed * 1103515245u + 12345u;
        assert_done(heap_add(&h, &items[i], seed >> 16 & 0xff));
    }
    for (size_t i = 0; i < ARRAY_LEN(items); i += 3)
        heap_del(&h, &items[i]);
    int64_t last = -1;
    uint64_t last_seq = 0;
    size_t n = 0;
    for (struct heap_item *it; (it = heap_first(&h)); n++) {
        assert_true(it->at > last || (it->at == last && it->seq > last_seq));
        last = it->at;
        last_seq = it->seq;
        heap_del(&h, it);
    }
    assert_int_equal(n, 333);
    heap_done(&h);
}

static void test_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t sec;
    } rows[] = {{"1970-01-01T00:00:00Z", 0},
                {"2000-02-29T12:30:01Z", 951827401},
                {"1969-12-31T23:59:59Z", -1},
                {"2026-11-22T05:36:00Z", 1795325760},
                {"0001-01-01T00:00:00Z", -62135596800}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t sec;
        int32_t nsec;
        char text[32];
        assert_done(time_parse_rfc3339(str_of(rows[i].text), &sec, &nsec));
        assert_true(sec == rows[i].sec);
        time_fmt_rfc3339(text, sec);
        assert_string_equal(text, rows[i].text);
    }
    int64_t sec;
    int32_t nsec;
    char text[48];
    assert_done(time_parse_rfc3339(STR("2000-01-01T01:00:00.25+01:00"), &sec, &nsec));
    assert_true(sec == 946684800 && nsec == 250000000);
    time_fmt_rfc3339_nano(text, sec, nsec);
    assert_string_equal(text, "2000-01-01T00:00:00.25Z");
    time_fmt_rfc3339_micro(text, sec, nsec);
    assert_string_equal(text, "2000-01-01T00:00:00.250000Z");
    assert_int_equal(time_parse_rfc3339(STR("2001-02-29T00:00:00Z"), &sec, &nsec), -EINVAL);
    assert_int_equal(time_parse_rfc3339(STR("2001-02-28 00:00:00Z"), &sec, &nsec), -EINVAL);
    for (size_t i = 0; i < 20; i++) { /* what is no digit, and no sign, anywhere */
        char bad[] = "2001-02-28T00:00:00Z";
        bad[i] = i % 2 ? '/' : ';';
        assert_int_equal(time_parse_rfc3339(str_of(bad), &sec, &nsec), -EINVAL);
    }
}

static int fill(void *ctx)
{
    (void)ctx;
    struct map m = {0};
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, 1 << 16);
    for (int i = 0; r == 0 && i < 40; i++) {
        struct str key = arena_fmt(a, "key-%d", i);
        r = key.p ? map_put(&m, key, a) : -ENOMEM;
        buf_str(&b, key);
    }
    map_done(&m);
    return r < 0 ? r : buf_error(&b);
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(fill, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),  cmocka_unit_test(test_numbers),  cmocka_unit_test(test_utf8),      cmocka_unit_test(test_errors),
        cmocka_unit_test(test_arena), cmocka_unit_test(test_buf),      cmocka_unit_test(test_base64),    cmocka_unit_test(test_map),
        cmocka_unit_test(test_heap),  cmocka_unit_test(test_calendar), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
