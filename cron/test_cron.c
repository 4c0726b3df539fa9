#include "cron/cron.h"
#include "tests/unit.h"

static int64_t at(const char *text)
{
    int64_t sec;
    int32_t nsec;
    assert_done(time_parse_rfc3339(str_of(text), &sec, &nsec));
    return sec;
}

static void check(const char *schedule, const struct zone *z, const char *after, const char *next)
{
    struct cron c;
    char text[32];
    assert_true(cron_parse(str_of(schedule), &c, NULL));
    int64_t t = cron_next(&c, z, at(after));
    if (!next) {
        assert_int_equal(t, 0);
        return;
    }
    time_fmt_rfc3339(text, t);
    assert_string_equal(text, next);
}

static void schedules(void **state)
{
    (void)state;
    check("* * * * *", NULL, "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z");
    check("*/15 * * * *", NULL, "2026-01-01T00:16:20Z", "2026-01-01T00:30:00Z");
    check("0 0 31 * *", NULL, "2026-02-01T00:00:00Z", "2026-03-31T00:00:00Z");
    check("0 12 * * MON-fri", NULL, "2026-11-20T13:00:00Z", "2026-11-23T12:00:00Z"); /* from Friday to Monday */
    check("0 0 13 * 5", NULL, "2026-11-01T00:00:00Z", "2026-11-06T00:00:00Z");       /* either of the two days */
    check("0 0 13 */1 ?", NULL, "2026-11-01T00:00:00Z", "2026-11-13T00:00:00Z");
    check("0 0 29 2 *", NULL, "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z");
    check("0 0 30 2 *", NULL, "2026-03-01T00:00:00Z", NULL);
    check("@hourly", NULL, "2026-01-01T00:59:59Z", "2026-01-01T01:00:00Z");
    check("@every 1h30m", NULL, "2026-01-01T00:00:10Z", "2026-01-01T01:30:10Z");
    check("5/20 * * * *", NULL, "2026-01-01T00:06:00Z", "2026-01-01T00:25:00Z");
    check("5/9223372036854775807 * * * *", NULL, "2026-01-01T00:06:00Z", "2026-01-01T01:05:00Z");
    check("@every 1.5h", NULL, "2026-01-01T00:00:00Z", "2026-01-01T01:30:00Z");
    check("@every 10ms", NULL, "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z");
    check("\t0,,30,\n*  * * * ", NULL, "2026-01-01T00:10:00Z", "2026-01-01T00:30:00Z"); /* any space; empty pieces do not count */
    check("*-5 * * * *", NULL, "2026-01-01T00:10:00Z", "2026-01-01T00:11:00Z");
    check(", * * * *", NULL, "2026-01-01T00:10:00Z", NULL);
}

/* What is no schedule, and why, as the library tells it. */
static void refused(void **state)
{
    static const char *const bad[][2] = {
        {"", "empty spec string"},
        {"* * * *", "expected exactly 5 fields, found 4: [* * * *]"},
        {"* * * * * * 7", "expected exactly 5 fields, found 7: [* * * * * * 7]"},
        {"60 * * * *", "end of range (60) above maximum (59): 60"},
        {"* * 0 * *", "beginning of range (0) below minimum (1): 0"},
        {"* * * 13 *", "end of range (13) above maximum (12): 13"},
        {"* * * * 7", "end of range (7) above maximum (6): 7"},
        {"5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"},
        {"*/0 * * * *", "step of range should be a positive number: */0"},
        {"1-2-3 * * * *", "too many hyphens: 1-2-3"},
        {"1/2/3 * * * *", "too many slashes: 1/2/3"},
        {"1/-2 * * * *", "negative number (-2) not allowed: -2"},
        {"x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"},
        {"@never", "unrecognized descriptor: @never"},
        {"@Daily", "unrecognized descriptor: @Daily"},
        {"@every", "unrecognized descriptor: @every"},
        {"@every nonsense", "failed to parse duration @every nonsense: time: invalid duration \"nonsense\""},
        {"@every 5", "failed to parse duration @every 5: time: invalid duration \"5\""},
        {"TZ=UTC * * * * *", "expected exactly 5 fields, found 6: [TZ=UTC * * * * *]"},
    };
    struct cron c;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        SCOPED_BUF why = BUF_INIT(0);
        if (cron_parse(str_of(bad[i][0]), &c, &why))
            fail_msg("\"%s\" is no schedule", bad[i][0]);
        assert_string_equal(buf_cstr(&why), bad[i][1]);
        assert_false(cron_parse(str_of(bad[i][0]), &c, NULL));
    }
}

/* A zone file made here: no times, only a rule. */
static struct str zone_file(char out[256], const char *rule)
{
    memset(out, 0, 256);
    for (int i = 0; i < 2; i++) {
        char *h = out + (i ? 44 + 6 + 1 : 0);
        memcpy(h, "TZif2", 5);
        h[39] = 1; /* one type */
        h[43] = 1; /* one letter of names */
    }
    int n = snprintf(out + 102, 150, "\n%s\n", rule);
    return str_make(out, 102 + (size_t)n);
}

static void zones(void **state)
{
    (void)state;
    char file[256];
    struct zone *z = NULL;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    assert_true(zone_parse(a, zone_file(file, "CET-1CEST,M3.5.0,M10.5.0/3"), &z));
    assert_int_equal(zone_offset(z, at("2026-03-29T00:59:59Z")), 3600);
    assert_int_equal(zone_offset(z, at("2026-03-29T01:00:00Z")), 7200);
    assert_int_equal(zone_offset(z, at("2026-10-25T00:59:59Z")), 7200);
    assert_int_equal(zone_offset(z, at("2026-10-25T01:00:00Z")), 3600);
    check("30 9 * * *", z, "2026-07-01T00:00:00Z", "2026-07-01T07:30:00Z");
    check("0 0 * * *", z, "2026-03-28T12:00:00Z", "2026-03-28T23:00:00Z");
    check("0 0 * * *", z, "2026-03-29T12:00:00Z", "2026-03-29T22:00:00Z");
    assert_true(zone_parse(a, zone_file(file, "AEST-10AEDT,M10.1.0,M4.1.0/3"), &z)); /* the south: summer over new year */
    assert_int_equal(zone_offset(z, at("2026-01-01T00:00:00Z")), 39600);
    assert_int_equal(zone_offset(z, at("2026-07-01T00:00:00Z")), 36000);
    assert_true(zone_parse(a, zone_file(file, "<+0545>-5:45"), &z));
    assert_int_equal(zone_offset(z, 0), 20700);
    assert_false(zone_parse(a, zone_file(file, "nonsense"), &z));
    struct str whole = zone_file(file, "CET-1CEST,M3.5.0,M10.5.0/3");
    for (size_t n = 0; n < 102; n++)
        assert_false(zone_parse(a, str_head(whole, n), &z));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(schedules), cmocka_unit_test(refused), cmocka_unit_test(zones)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
