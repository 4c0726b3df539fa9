#include "tests/unit.h"

#include <fcntl.h>

#include "log/log.h"

static void read_line(char *out, size_t n, bool json)
{
    int pipes[2], saved = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    log_open(LOG_INFO, json);
    log_debug("test", "not shown");
    log_info("test", "pod \"%s\"\nforged", "web");
    dup2(saved, STDERR_FILENO);
    ssize_t got = read(pipes[0], out, n - 1);
    assert_true(got > 0);
    out[got] = 0;
    close(saved);
    close(pipes[0]);
    close(pipes[1]);
}

static void test_line(void **state)
{
    (void)state;
    char line[1000];
    read_line(line, sizeof(line), false);
    assert_non_null(strstr(line, " info  test: pod \"web\"\\u000aforged\n"));
    assert_null(strstr(line, "not shown"));
    read_line(line, sizeof(line), true);
    assert_non_null(strstr(line, "\"message\":\"pod \\\"web\\\"\\u000aforged\"}\n"));
}

static void test_levels(void **state)
{
    (void)state;
    enum log_level l;
    assert_done(log_level_parse(STR("debug"), &l));
    assert_int_equal(l, LOG_DEBUG);
    assert_int_equal(log_level_parse(STR("loud"), &l), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line), cmocka_unit_test(test_levels)};
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
