#include "tests/unit.h"

#include "meter/meter.h"

static const double bounds[] = {0.1, 1, 0};
static struct meter requests = {.name = "requests_total", .help = "Requests.", .kind = METER_COUNTER};
static struct meter took = {.name = "took_seconds", .help = "Time.", .kind = METER_HISTOGRAM, .bounds = bounds};

static void test_print(void **state)
{
    (void)state;
    meter_add(meter_series(&requests, "verb=\"GET\""), 2);
    meter_add(meter_series(&requests, "verb=\"GET\""), 1);
    struct meter_series *s = meter_series(&took, "%s", "");
    meter_observe(&took, s, 0.05);
    meter_observe(&took, s, 0.5);
    meter_observe(&took, s, 5);
    SCOPED_BUF b = BUF_INIT(0);
    meter_print(&b);
    const char *text = buf_cstr(&b);
    assert_non_null(strstr(text, "# TYPE requests_total counter\nrequests_total{verb=\"GET\"} 3\n"));
    assert_non_null(strstr(text, "took_seconds_bucket{le=\"0.1\"} 1\n"));
    assert_non_null(strstr(text, "took_seconds_bucket{le=\"1\"} 2\n"));
    assert_non_null(strstr(text, "took_seconds_bucket{le=\"+Inf\"} 3\n"));
    assert_non_null(strstr(text, "took_seconds_count{} 3\n"));
}

static void test_bounded(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++)
        meter_add(meter_series(&requests, "verb=\"V%d\"", i), 1);
    assert_true(requests.n_series <= METER_SERIES_MAX + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_print), cmocka_unit_test(test_bounded)};
    return cmocka_run_group_tests_name("meter", tests, NULL, NULL);
}
