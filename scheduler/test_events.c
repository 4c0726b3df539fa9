/* Scheduled events: all are written, in their own time; a flood is thinned out; what waits at the end is written then. */
#include "scheduler/test_ground.h"

#include "tests/unit.h"

static size_t told(const struct ground *g)
{
    return fake_count(g->f, "events.k8s.io", "events");
}

static void pods(struct ground *g, int from, int n)
{
    for (int i = from; i < from + n; i++) {
        char name[16];
        snprintf(name, sizeof(name), "p%d", i);
        ground_pod(g, name, "1m", "");
    }
}

static void nodes(struct ground *g, int n)
{
    for (int i = 0; i < n; i++) { /* of ten pods each */
        char name[16];
        snprintf(name, sizeof(name), "n%d", i);
        ground_node(g, name, "8", "");
    }
    fake_run(g->f, 50);
}

static void one(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    nodes(g, 1);
    pods(g, 0, 1);
    fake_run(g->f, 100);
    assert_int_equal(told(g), 1);
    ground_free(g);
}

/* Several hundred at once are bound first; within the second behind them all are told. */
static void many(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    nodes(g, 40);
    pods(g, 0, 400);
    fake_run(g->f, 15);
    assert_true(ground_place(g, "p399").n > 0);
    assert_true(told(g) < 400);
    fake_run(g->f, 1000);
    assert_int_equal(told(g), 400);
    ground_free(g);
}

/* The scheduler ends before they are written: none is lost. */
static void ends(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    nodes(g, 10);
    pods(g, 0, 100);
    fake_run(g->f, 15);
    assert_true(told(g) < 100);
    g->s = scheduler_free(g->s);
    fake_run(g->f, 50);
    assert_int_equal(told(g), 100);
    ground_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one), cmocka_unit_test(many), cmocka_unit_test(ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
