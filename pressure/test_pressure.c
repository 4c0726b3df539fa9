#include "pressure/pressure.h"
#include "tests/unit.h"

static void thresholds(void **state)
{
    struct pressure_threshold t[PRESSURE_SIGNALS];
    struct err err = {{0}};
    (void)state;
    assert_done(pressure_thresholds_parse(t, STR(""), &err));
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_MEMORY], 1 << 30), 100 << 20);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_NODEFS], 1000), 100);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_IMAGEFS], 1000), 150);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_NODEFS_INODES], 1000), 50);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_PIDS], 1000), 0);
    assert_done(pressure_thresholds_parse(t, STR("memory.available<1Gi,pid.available<12.5%,nodefs.available<100%"), &err));
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_MEMORY], 5), 1 << 30);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_PIDS], 1000), 125);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_NODEFS], 1000), 0);
    assert_int_equal(pressure_threshold_amount(t[PRESSURE_IMAGEFS], 1000), 0);
    static const char *const bad[] = {
        "memory.available", "memory.available>1", "cpu.available<1", "memory.available<x", "memory.available<-1", "memory.available<101%", ",",
        "memory.available<"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(pressure_thresholds_parse(t, str_of(bad[i]), &err), -EINVAL);
}

static void conditions_turn(void **state)
{
    struct pressure_state s = {0};
    struct pressure_rules t = {.hard = {[PRESSURE_MEMORY] = {.amount = 100}, [PRESSURE_IMAGEFS] = {.millionths = 150000}}, .transition_ms = 300};
    bool soft;
    struct pressure_reading r[PRESSURE_SIGNALS] = {[PRESSURE_MEMORY] = {100, 1000}, [PRESSURE_IMAGEFS] = {150, 1000}};
    (void)state;
    assert_int_equal(pressure_judge(&s, &t, r, 0, &soft), PRESSURE_SIGNALS);
    assert_false(s.is[PRESSURE_OF_MEMORY] || s.is[PRESSURE_OF_DISK] || s.is[PRESSURE_OF_PIDS]);
    r[PRESSURE_IMAGEFS].available = 149;
    assert_int_equal(pressure_judge(&s, &t, r, 10, &soft), PRESSURE_IMAGEFS);
    r[PRESSURE_MEMORY].available = 99;
    assert_int_equal(pressure_judge(&s, &t, r, 20, &soft), PRESSURE_MEMORY);
    assert_true(s.is[PRESSURE_OF_MEMORY] && s.is[PRESSURE_OF_DISK] && !s.is[PRESSURE_OF_PIDS]);
    r[PRESSURE_MEMORY].available = 500;
    r[PRESSURE_IMAGEFS] = (struct pressure_reading){0};
    assert_int_equal(pressure_judge(&s, &t, r, 319, &soft), PRESSURE_SIGNALS);
    assert_true(s.is[PRESSURE_OF_MEMORY] && s.is[PRESSURE_OF_DISK]);
    assert_int_equal(pressure_judge(&s, &t, r, 320, &soft), PRESSURE_SIGNALS);
    assert_false(s.is[PRESSURE_OF_MEMORY] || s.is[PRESSURE_OF_DISK]);
}

static void soft_thresholds_wait(void **state)
{
    struct pressure_state s = {0};
    struct pressure_rules t = {.hard = {[PRESSURE_MEMORY] = {.amount = 100}, [PRESSURE_PIDS] = {.amount = 5}},
                               .soft = {[PRESSURE_MEMORY] = {.amount = 300}},
                               .soft_ms = {[PRESSURE_MEMORY] = 1000},
                               .transition_ms = 50};
    struct pressure_reading r[PRESSURE_SIGNALS] = {[PRESSURE_MEMORY] = {299, 1000}, [PRESSURE_PIDS] = {9, 10}};
    bool soft;
    (void)state;
    assert_int_equal(pressure_judge(&s, &t, r, 100, &soft), PRESSURE_SIGNALS);
    assert_true(s.is[PRESSURE_OF_MEMORY]); /* told at once */
    assert_int_equal(pressure_judge(&s, &t, r, 1099, &soft), PRESSURE_SIGNALS);
    assert_int_equal(pressure_judge(&s, &t, r, 1100, &soft), PRESSURE_MEMORY);
    assert_true(soft);
    r[PRESSURE_MEMORY].available = 99; /* both: the hard one */
    assert_int_equal(pressure_judge(&s, &t, r, 1200, &soft), PRESSURE_MEMORY);
    assert_false(soft);
    r[PRESSURE_MEMORY].available = 300; /* a break: the grace begins anew */
    assert_int_equal(pressure_judge(&s, &t, r, 1300, &soft), PRESSURE_SIGNALS);
    assert_false(s.is[PRESSURE_OF_MEMORY]);
    r[PRESSURE_MEMORY].available = 200;
    assert_int_equal(pressure_judge(&s, &t, r, 1400, &soft), PRESSURE_SIGNALS);
    r[PRESSURE_PIDS].available = 4; /* hard, and at once, while the more urgent one still waits */
    assert_int_equal(pressure_judge(&s, &t, r, 1500, &soft), PRESSURE_PIDS);
    assert_false(soft);
    assert_int_equal(pressure_judge(&s, &t, r, 2400, &soft), PRESSURE_MEMORY);
    assert_true(soft);
}

static void graces(void **state)
{
    struct pressure_threshold soft[PRESSURE_SIGNALS] = {[PRESSURE_MEMORY] = {.amount = 1}};
    int64_t ms[PRESSURE_SIGNALS];
    struct err err = {{0}};
    (void)state;
    assert_done(pressure_graces_parse(ms, STR("memory.available=1m30s,pid.available=500ms"), soft, &err));
    assert_int_equal(ms[PRESSURE_MEMORY], 90000);
    assert_int_equal(ms[PRESSURE_PIDS], 500);
    assert_done(pressure_graces_parse(ms, STR("memory.available=2h0m1s"), soft, &err));
    assert_int_equal(ms[PRESSURE_MEMORY], 7201000);
    static const char *const bad[] = {"",
                                      "pid.available=1s",
                                      "memory.available",
                                      "memory.available=",
                                      "memory.available=1",
                                      "memory.available=s",
                                      "memory.available=-1s",
                                      "memory.available=1s2",
                                      "memory.available=99999999999999999999s",
                                      "cpu.available=1s",
                                      "memory.available=1s,"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(pressure_graces_parse(ms, str_of(bad[i]), soft, &err), -EINVAL);
    assert_string_equal(pressure_signal_name(PRESSURE_NODEFS_INODES), "nodefs.inodesFree");
}

static void ranks(void **state)
{
    struct pressure_pod p[] = {
        {"within", 0, 10, 20}, {"over a little", 0, 25, 20}, {"over much", 0, 90, 20}, {"dear", 5, 500, 0}, {"cheap within", -5, 5, 10}};
    static const char *const memory[] = {"over much", "over a little", "dear", "cheap within", "within"};
    static const char *const pids[] = {"cheap within", "over much", "over a little", "within", "dear"};
    (void)state;
    pressure_rank(p, ARRAY_LEN(p), PRESSURE_MEMORY);
    for (size_t i = 0; i < ARRAY_LEN(p); i++)
        assert_string_equal(p[i].pod, memory[i]);
    pressure_rank(p, ARRAY_LEN(p), PRESSURE_PIDS);
    for (size_t i = 0; i < ARRAY_LEN(p); i++)
        assert_string_equal(p[i].pod, pids[i]);
    assert_int_equal(pressure_condition_of(PRESSURE_IMAGEFS_INODES), PRESSURE_OF_DISK);
    assert_string_equal(pressure_resource(PRESSURE_NODEFS), "ephemeral-storage");
}

static void bytes(void **state)
{
    static const struct {
        int64_t n;
        const char *text;
    } rows[] = {{0, "0"}, {1000, "1000"}, {1024, "1Ki"}, {100 << 20, "100Mi"}, {1536, "1536"}, {1536 * 1024, "1536Ki"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED_BUF b = BUF_INIT(64);
        pressure_print_bytes(&b, rows[i].n);
        assert_string_equal(buf_cstr(&b), rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(thresholds), cmocka_unit_test(conditions_turn), cmocka_unit_test(soft_thresholds_wait),
                                       cmocka_unit_test(graces),     cmocka_unit_test(ranks),           cmocka_unit_test(bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
