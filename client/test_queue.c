#include "client/client.h"
#include "tests/unit.h"

struct ground {
    struct loop *l;
    struct client_queue *q;
    struct {
        char key[16];
        int64_t at;
    } worked[4096];
    size_t n;
    bool fail, hold; /* hold: done comes later */
};

static void work(void *ctx, struct str key)
{
    struct ground *g = ctx;
    assert_true(g->n < ARRAY_LEN(g->worked));
    snprintf(g->worked[g->n].key, sizeof(g->worked[0].key), "%.*s", STR_FMT(key));
    g->worked[g->n++].at = loop_now(g->l);
    if (!g->hold)
        client_queue_done(g->q, key, g->fail);
}

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    assert_done(loop_new_simulated(&g->l, 0));
    assert_done(client_queue_new(&g->q, g->l, "test", 2, work, g));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    client_queue_free(g->q);
    loop_free(g->l);
    free(g);
    return 0;
}

static void run(struct ground *g, int64_t ms)
{
    assert_done(loop_run_for(g->l, ms));
}

static void works_once(void **state)
{
    struct ground *g = *state;
    client_queue_add(g->q, STR("a"));
    client_queue_add(g->q, STR("a"));
    client_queue_add(g->q, STR("b"));
    assert_int_equal(g->n, 0); /* never from inside */
    run(g, 1);
    assert_int_equal(g->n, 2);
    assert_string_equal(g->worked[0].key, "a");
    assert_string_equal(g->worked[1].key, "b");
    assert_int_equal(client_queue_length(g->q), 0);
}

static void added_while_working(void **state)
{
    struct ground *g = *state;
    g->hold = true;
    client_queue_add(g->q, STR("a"));
    run(g, 1);
    client_queue_add(g->q, STR("a"));
    client_queue_add(g->q, STR("a"));
    run(g, 10);
    assert_int_equal(g->n, 1); /* one at a time */
    client_queue_done(g->q, STR("a"), false);
    run(g, 10);
    assert_int_equal(g->n, 2); /* and once more, not twice */
    client_queue_done(g->q, STR("a"), false);
    run(g, 10);
    assert_int_equal(g->n, 2);
}

static void no_more_than_workers(void **state)
{
    struct ground *g = *state;
    g->hold = true;
    client_queue_add(g->q, STR("a"));
    client_queue_add(g->q, STR("b"));
    client_queue_add(g->q, STR("c"));
    run(g, 10);
    assert_int_equal(g->n, 2);
    client_queue_done(g->q, STR("b"), false);
    run(g, 10);
    assert_int_equal(g->n, 3);
    assert_string_equal(g->worked[2].key, "c");
    client_queue_done(g->q, STR("nobody"), false); /* harmless */
    client_queue_done(g->q, STR("a"), false);
    client_queue_done(g->q, STR("c"), false);
    assert_int_equal(client_queue_length(g->q), 0);
}

static void earliest_wish_wins(void **state)
{
    struct ground *g = *state;
    int64_t t = loop_now(g->l);
    client_queue_add_after(g->q, STR("a"), 500);
    client_queue_add_after(g->q, STR("a"), 100);
    client_queue_add_after(g->q, STR("a"), 900);
    run(g, 2000);
    assert_int_equal(g->n, 1);
    assert_int_equal(g->worked[0].at - t, 100);
    client_queue_add_after(g->q, STR("b"), 500);
    client_queue_add(g->q, STR("b")); /* now is earlier still */
    client_queue_add_after(g->q, STR("c"), 0);
    run(g, 2000);
    assert_int_equal(g->n, 3);
}

static void backs_off(void **state)
{
    struct ground *g = *state;
    int64_t wait = 5;
    g->fail = true;
    client_queue_add(g->q, STR("a"));
    run(g, 20000000);
    assert_true(g->n > 20);
    for (size_t i = 1; i < g->n; i++) {
        assert_int_equal(g->worked[i].at - g->worked[i - 1].at, wait);
        wait = MIN(wait * 2, 1000000);
    }
    g->fail = false; /* once well, it begins anew */
    run(g, 2000000);
    assert_int_equal(client_queue_length(g->q), 0);
    g->fail = true;
    g->n = 0;
    client_queue_add(g->q, STR("a"));
    run(g, 12);
    assert_int_equal(g->n, 2);
    assert_int_equal(g->worked[1].at - g->worked[0].at, 5);
}

static void fails_no_faster_than_the_bucket(void **state)
{
    struct ground *g = *state;
    char key[16];
    g->fail = true;
    for (int i = 0; i < 400; i++) {
        snprintf(key, sizeof(key), "k%d", i);
        client_queue_add(g->q, str_of(key));
    }
    run(g, 4);
    assert_int_equal(g->n, 400); /* first looks are free */
    run(g, 6);
    assert_in_range(g->n, 500, 501); /* a hundred at once */
    size_t before = g->n;
    run(g, 10000);
    assert_in_range(g->n - before, 90, 110); /* then ten a second */
}

static void look_away(void *ctx, struct str key)
{
    (void)ctx;
    (void)key;
}

static int life(void *ctx)
{
    struct loop *l = NULL;
    struct client_queue *q = NULL;
    (void)ctx;
    int r = loop_new_simulated(&l, 0);
    if (r == 0)
        r = client_queue_new(&q, l, "t", 1, look_away, NULL);
    if (r == 0) {
        client_queue_add(q, STR("a"));
        client_queue_add_after(q, STR("b"), 5);
        r = client_queue_length(q) == 2 ? loop_run_for(l, 1) : -ENOMEM;
    }
    client_queue_free(q);
    loop_free(l);
    return r;
}

static void allocations_fail(void **state)
{
    (void)state;
    unit_fail_allocations(life, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(works_once, setup, teardown),
        cmocka_unit_test_setup_teardown(added_while_working, setup, teardown),
        cmocka_unit_test_setup_teardown(no_more_than_workers, setup, teardown),
        cmocka_unit_test_setup_teardown(earliest_wish_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(backs_off, setup, teardown),
        cmocka_unit_test_setup_teardown(fails_no_faster_than_the_bucket, setup, teardown),
        cmocka_unit_test(allocations_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
