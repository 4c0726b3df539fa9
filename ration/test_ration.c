#include "ration/ration.h"
#include "tests/unit.h"

static void test_tokens(void **state)
{
    (void)state;
    struct ration *r;
    assert_done(ration_new(&r, 2, 3, 10));
    for (int i = 0; i < 3; i++)
        assert_done(ration_take(r, STR("a"), 1000));
    assert_int_equal(ration_take(r, STR("a"), 1000), RATION_SPENT);
    assert_done(ration_take(r, STR("b"), 1000)); /* its own bucket */
    assert_int_equal(ration_take(r, STR("a"), 1499), RATION_SPENT);
    assert_done(ration_take(r, STR("a"), 1500)); /* two a second */
    assert_int_equal(ration_take(r, STR("a"), 1500), RATION_SPENT);
    for (int i = 0; i < 3; i++)
        assert_done(ration_take(r, STR("a"), INT64_MAX)); /* never more than the burst */
    assert_int_equal(ration_take(r, STR("a"), INT64_MAX), RATION_SPENT);
    assert_int_equal(ration_take(r, STR("a"), 5), RATION_SPENT); /* a clock that runs backwards gives nothing */
    assert_done(ration_take(r, STR_NONE, 5));                    /* a key of nothing is one */
    ration_free(r);
}

static void test_many(void **state)
{
    (void)state;
    struct ration *r;
    assert_done(ration_new(&r, 1, 1, 2));
    assert_done(ration_take(r, STR("a"), 0));
    assert_done(ration_take(r, STR("b"), 0));
    assert_int_equal(ration_take(r, STR("a"), 0), RATION_SPENT);
    assert_done(ration_take(r, STR("c"), 0)); /* b was the longest unused */
    assert_int_equal(ration_take(r, STR("a"), 0), RATION_SPENT);
    assert_done(ration_take(r, STR("b"), 0));
    ration_free(r);
}

static int body(void *ctx)
{
    (void)ctx;
    struct ration *r = NULL;
    int e = ration_new(&r, 1, 1, 2);
    for (int i = 0; e == 0 && i < 5; i++) {
        char key = (char)('a' + i);
        e = ration_take(r, str_make(&key, 1), 0);
    }
    ration_free(r);
    return e;
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tokens), cmocka_unit_test(test_many), cmocka_unit_test(test_allocations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
