#include "fair/fixture.h"

/* Turns in simulated time, beside the plainest reference of fair queueing: while two flows both have work, what each
 * has got, by its weight, differs by no more than one turn of either; and who comes anew waits for one turn. */
#define FLOWS    8
#define COST_MAX (2 * MS)

struct flow {
    char user[16];
    double weight;
    int64_t got;     /* thread time, ns */
    int64_t longest; /* of its turns */
    size_t open;     /* requests it has */
    struct asked requests[32];
};

struct model {
    struct ground g;
    struct flow flows[FLOWS];
    uint64_t seed;
    /* since both of a pair have had work: what each had got then */
    bool both[FLOWS][FLOWS];
    int64_t from[FLOWS][FLOWS][2];
};

static uint64_t dice(struct model *m)
{
    m->seed = m->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return m->seed >> 33;
}

static struct flow *flow_of(struct model *m, const struct asked *q)
{
    for (size_t i = 0; i < FLOWS; i++)
        if (q >= m->flows[i].requests && q < m->flows[i].requests + ARRAY_LEN(m->flows[i].requests))
            return &m->flows[i];
    fail();
    return NULL;
}

static void come(struct model *m, struct flow *f)
{
    for (size_t i = 0; i < ARRAY_LEN(f->requests); i++)
        if (!f->requests[i].t) {
            ask(&m->g, &f->requests[i], f->user, 1);
            f->open++;
            return;
        }
}

/* Pairs that both have work now begin to be compared; the others cease. */
static void note_pairs(struct model *m)
{
    for (size_t i = 0; i < FLOWS; i++)
        for (size_t k = 0; k < i; k++) {
            bool both = m->flows[i].open && m->flows[k].open;
            if (both && !m->both[i][k]) {
                m->from[i][k][0] = m->flows[i].got;
                m->from[i][k][1] = m->flows[k].got;
            }
            m->both[i][k] = both;
        }
}

static void compare_pairs(struct model *m)
{
    for (size_t i = 0; i < FLOWS; i++)
        for (size_t k = 0; k < i; k++) {
            const struct flow *a = &m->flows[i], *b = &m->flows[k];
            if (!m->both[i][k])
                continue;
            double x = (double)(a->got - m->from[i][k][0]) / a->weight, y = (double)(b->got - m->from[i][k][1]) / b->weight;
            double bound = (double)COST_MAX / a->weight + (double)COST_MAX / b->weight + 2;
            if (x - y > bound || y - x > bound)
                fail_msg("flows %zu and %zu: %.0f and %.0f ns by weight, more than %.0f apart", i, k, x, y, bound);
        }
}

static void play(struct model *m, size_t turns)
{
    for (size_t n = 0; n < turns; n++) {
        for (size_t k = dice(m) % 3; k > 0; k--)
            come(m, &m->flows[dice(m) % FLOWS]);
        note_pairs(m);
        int64_t cost = 1 + (int64_t)(dice(m) % COST_MAX);
        void (*run)(void *ctx), *ctx;
        if (!fair_next(m->g.f, m->g.now, &run, &ctx)) {
            m->g.now += MS;
            continue;
        }
        struct asked *q = ctx;
        struct flow *f = flow_of(m, q);
        if (dice(m) % 4) { /* a long list goes on */
            fair_again(q->t, on_turn, q);
        } else {
            leave(q);
            f->open--;
        }
        m->g.now += cost;
        fair_charge(m->g.f, cost);
        f->got += cost;
        compare_pairs(m);
        note_pairs(m);
    }
    for (size_t i = 0; i < FLOWS; i++)
        for (size_t k = 0; k < ARRAY_LEN(m->flows[i].requests); k++)
            leave(&m->flows[i].requests[k]);
    assert_false(fair_wanted(m->g.f));
}

/* Flows of one level, equal; each has a queue to itself. */
static void test_flows(void **state)
{
    static struct model m;
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        m = (struct model){.seed = seed};
        ground_start(&m.g, 6000);
        put_level(&m.g, "one", 100, 0, 4096, 1, 50);
        put_schema(&m.g, "mine", "one", 100, "*");
        ground_configure(&m.g);
        for (size_t i = 0; i < FLOWS; i++) {
            snprintf(m.flows[i].user, sizeof(m.flows[i].user), "u%zu", i);
            m.flows[i].weight = 1;
        }
        play(&m, 3000);
        ground_end(&m.g);
    }
}

/* Levels, weighed by their shares. */
static void test_levels(void **state)
{
    static struct model m;
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        m = (struct model){.seed = seed};
        ground_start(&m.g, 3605); /* with catch-all's 5, a seat for each share */
        for (size_t i = 0; i < FLOWS; i++) {
            char *user = m.flows[i].user;
            snprintf(user, sizeof(m.flows[i].user), "u%zu", i);
            m.flows[i].weight = (double)(i + 1);
            put_level(&m.g, user, (int)(100 * (i + 1)), 0, 64, 4, 50);
            put_schema(&m.g, user, user, 100 + (int)i, user);
        }
        ground_configure(&m.g);
        play(&m, 3000);
        ground_end(&m.g);
    }
}

/* One user has many wide and long requests open; another asks for less than its part and is served when the turn under
 * way is over, though the level's seats are all taken. */
static void test_quiet(void **state)
{
    struct ground g;
    struct asked *hot = calloc(300, sizeof(*hot)), quiet = {0};
    size_t asked = 0, longest = 0, served = 0;
    (void)state;
    ground_start(&g, 600);
    put_level(&g, "one", 100, 0, 128, 6, 50);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    for (size_t i = 0; i < 300; i++)
        ask(&g, &hot[i], "hot", 1 + i % 10);
    for (size_t n = 0; n < 20000; n++) {
        struct asked *q = turn(&g, 100000);
        assert_non_null(q);
        if (q == &quiet) {
            longest = MAX(longest, n - asked);
            served++;
            leave(&quiet);
        } else if (n % 3) {
            fair_again(q->t, on_turn, q);
        } else {
            leave(q);
            ask(&g, q, "hot", 1 + n % 10);
        }
        if (n % 29 == 28 && !quiet.t) {
            ask(&g, &quiet, "quiet", 1);
            assert_false(fair_refused(quiet.t));
            asked = n;
        }
    }
    assert_true(served > 600);
    if (longest > 2)
        fail_msg("%zu turns", longest);
    for (size_t i = 0; i < 300; i++)
        leave(&hot[i]);
    leave(&quiet);
    free(hot);
    ground_end(&g);
}

/* In the level of those who are never refused, too. */
static void test_exempt(void **state)
{
    static struct str masters[] = {STR_INIT("system:masters")};
    struct ground g;
    struct asked hot[200], quiet = {.g = &g};
    struct apireq_route r = route_of("list", "pods", "");
    (void)state;
    ground_start(&g, 600);
    struct auth_user h = {.name = STR("hot"), .groups = masters, .n_groups = 1}, u = {.name = STR("quiet"), .groups = masters, .n_groups = 1};
    for (size_t i = 0; i < 200; i++) {
        struct fair_ask a = {.user = &h, .route = &r, .seats = 10, .now_ns = g.now, .run = on_turn, .ctx = &hot[i]};
        hot[i].g = &g;
        hot[i].t = fair_enter(g.f, &a);
        assert_non_null(hot[i].t);
        assert_false(fair_refused(hot[i].t));
    }
    for (size_t n = 0; n < 1000; n++) {
        struct asked *q = turn(&g, MS);
        fair_again(q->t, on_turn, q);
        struct fair_ask a = {.user = &u, .route = &r, .seats = 1, .now_ns = g.now, .run = on_turn, .ctx = &quiet};
        quiet.t = fair_enter(g.f, &a);
        assert_non_null(quiet.t);
        if (n > 2)
            assert_ptr_equal(turn(&g, MS / 10), &quiet);
        leave(&quiet);
    }
    for (size_t i = 0; i < 200; i++)
        leave(&hot[i]);
    ground_end(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_flows), cmocka_unit_test(test_levels), cmocka_unit_test(test_quiet),
                                       cmocka_unit_test(test_exempt)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
