#include "team/team.h"
#include "tests/unit.h"

#include <pthread.h>
#include <unistd.h>

struct piece {
    unsigned ran;
    uint64_t in, out;
    pthread_t by;
};

static void square(void *arg)
{
    struct piece *p = arg;
    p->ran++;
    p->out = p->in * p->in;
    p->by = pthread_self();
}

static void slow(void *arg)
{
    usleep(200);
    square(arg);
}

/* Every job of every round runs once, and is seen when it is settled; full rounds settle by themselves. */
static void rounds(unsigned helpers, void (*job)(void *), size_t most, unsigned n_rounds, size_t *helped)
{
    static struct piece pieces[3 * TEAM_ROUND];
    struct team *t = NULL;
    uint64_t seed = 1;
    *helped = 0;
    assert_int_equal(team_new(&t, "test-team", helpers), 0);
    for (unsigned r = 0; r < n_rounds; r++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t n = (seed >> 33) % most;
        for (size_t i = 0; i < n; i++) {
            pieces[i] = (struct piece){.in = seed + i};
            team_add(t, job, &pieces[i]);
        }
        team_settle(t);
        assert_false(team_full(t));
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(pieces[i].ran, 1);
            assert_true(pieces[i].out == (seed + i) * (seed + i));
            *helped += !pthread_equal(pieces[i].by, pthread_self());
        }
    }
    assert_null(team_free(t));
}

static void each_runs_once(void **state)
{
    (void)state;
    size_t helped;
    rounds(0, square, 3 * TEAM_ROUND, 50, &helped);
    assert_int_equal(helped, 0);
    rounds(1, square, 3 * TEAM_ROUND, 500, &helped);
    rounds(3, square, 3 * TEAM_ROUND, 500, &helped);
    rounds(3, slow, TEAM_ROUND, 10, &helped);
    assert_true(helped > 0); /* a job that sleeps leaves the processor to the others */
}

static void few_wake_nobody(void **state)
{
    (void)state;
    size_t helped;
    rounds(2, slow, TEAM_WAKE, 20, &helped);
    assert_int_equal(helped, 0);
}

static void full_rounds(void **state)
{
    (void)state;
    static struct piece pieces[TEAM_ROUND + 1];
    struct team *t = NULL;
    assert_int_equal(team_new(&t, "a name that is far too long", 1), 0);
    for (size_t i = 0; i < TEAM_ROUND; i++)
        team_add(t, square, &pieces[i]);
    assert_true(team_full(t));
    team_add(t, square, &pieces[TEAM_ROUND]);
    assert_false(team_full(t));
    for (size_t i = 0; i < TEAM_ROUND; i++)
        assert_int_equal(pieces[i].ran, 1);
    team_settle(t);
    team_settle(t); /* nothing to do */
    assert_int_equal(pieces[TEAM_ROUND].ran, 1);
    team_free(t);
    assert_null(team_free(NULL));
}

static int make(void *ctx)
{
    struct team *t = NULL;
    (void)ctx;
    int r = team_new(&t, "t", 1);
    team_free(t);
    return r;
}

static void no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(make, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_runs_once),
        cmocka_unit_test(few_wake_nobody),
        cmocka_unit_test(full_rounds),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
