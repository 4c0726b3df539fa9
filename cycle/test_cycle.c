/* The queue by example, and the whole in random order: whatever happens, pods are neither lost nor placed twice, nodes are never over-committed,
 * and who can be placed is placed once its back-off is over. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "cycle/cycle.h"

struct ground {
    struct sched *s;
    struct cycle *k;
    struct arena *a;
    int64_t now;
    struct cycle_outcome o;
};

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(sched_new(&g->s, NULL));
    assert_done(cycle_new(&g->k, g->s, NULL));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    cycle_free(g->k);
    sched_free(g->s);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static void node(struct ground *g, const char *name, int cpu)
{
    assert_done(cycle_put(g->k, SCHED_NODE,
                          quoted(g->a, "{'metadata':{'name':'%s'},'status':{'allocatable':{'cpu':'%d','memory':'8Gi','pods':'10'}}}", name, cpu),
                          g->now));
}

static void pod(struct ground *g, const char *name, const char *on, int priority, int cpu, const char *more)
{
    assert_done(cycle_put(g->k, SCHED_POD,
                          quoted(g->a,
                                 "{'metadata':{'name':'%s','uid':'%s','namespace':'d'},'spec':{%s%s%s'priority':%d,'containers':[{'resources':{'"
                                 "requests':{'cpu':'%d'}}}]%s}}",
                                 name, name, *on ? "'nodeName':'" : "", on, *on ? "'," : "", priority, cpu, more),
                          g->now));
}

static void gone(struct ground *g, const char *uid)
{
    cycle_del(g->k, SCHED_POD, STR_NONE, str_of(uid), g->now);
}

static int step(struct ground *g)
{
    int r = cycle_step(g->k, g->now, &g->o);
    assert_true(r >= 0);
    return r;
}

static void next_is(struct ground *g, const char *uid, enum cycle_kind kind)
{
    assert_int_equal(step(g), 1);
    assert_str(sched_pod_uid(g->o.pod), uid);
    assert_int_equal(g->o.kind, kind);
}

static void order(void **state)
{
    struct ground *g = *state;
    node(g, "n", 9);
    pod(g, "a", "", 0, 1, "");
    pod(g, "b", "", 5, 1, "");
    pod(g, "c", "", 5, 1, "");
    pod(g, "gated", "", 9, 1, ",'schedulingGates':[{'name':'x'}]");
    pod(g, "other", "", 9, 1, ",'schedulerName':'other'");
    next_is(g, "b", CYCLE_PLACED);
    next_is(g, "c", CYCLE_PLACED);
    next_is(g, "a", CYCLE_PLACED);
    assert_int_equal(step(g), 0);
    assert_int_equal(cycle_next(g->k), INT64_MAX);
    pod(g, "gated", "", 9, 1, "");
    next_is(g, "gated", CYCLE_PLACED);
}

static void only_what_helps(void **state)
{
    struct ground *g = *state;
    struct cycle_counts c;
    node(g, "n", 2);
    pod(g, "full", "n", 0, 2, "");
    pod(g, "a", "", 0, 2, "");
    next_is(g, "a", CYCLE_REFUSED);
    assert_str(g->o.message,
               "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");
    node(g, "small", 1); /* cannot help */
    assert_done(cycle_put(g->k, SCHED_BUDGET, quoted(g->a, "{'metadata':{'namespace':'d','name':'b'}}"), g->now));
    cycle_counts(g->k, &c);
    assert_int_equal(c.unschedulable, 1);
    assert_int_equal(step(g), 0);
    g->now += 10;
    gone(g, "full"); /* helps; its back-off is cut short, since nothing else is to be done */
    assert_int_equal(cycle_next(g->k), 0);
    next_is(g, "a", CYCLE_PLACED);
    cycle_bound(g->k, STR("a"), false, g->now); /* the server said no */
    assert_int_equal(sched_pod_node(g->o.pod), SCHED_NOWHERE);
    assert_int_equal(step(g), 0); /* this back-off is not cut */
    assert_int_equal(cycle_next(g->k), g->now + 2000);
    g->now += 2000;
    next_is(g, "a", CYCLE_PLACED);
    cycle_bound(g->k, STR("a"), true, g->now);
    pod(g, "a", "n", 0, 2, "");
    cycle_counts(g->k, &c);
    assert_int_equal(c.binding + c.active + c.backoff + c.unschedulable, 0);
}

static void nobody_is_forgotten(void **state)
{
    struct ground *g = *state;
    node(g, "n", 1);
    pod(g, "a", "", 0, 2, "");
    next_is(g, "a", CYCLE_REFUSED);
    assert_int_equal(cycle_next(g->k), g->now + 300000);
    g->now += 300000;
    next_is(g, "a", CYCLE_REFUSED);
    pod(g, "a", "", 0, 1, ""); /* changed itself */
    g->now += 20000;
    next_is(g, "a", CYCLE_PLACED);
}

static void preempting(void **state)
{
    struct ground *g = *state;
    node(g, "n", 2);
    pod(g, "low", "n", 1, 2, "");
    pod(g, "mid", "", 10, 2, "");
    next_is(g, "mid", CYCLE_PREEMPTS);
    assert_int_equal(g->o.n_victims, 1);
    assert_str(g->o.message,
               "0/1 nodes are available: 1 Insufficient cpu. preemption: found a potential placement for pod on node n, preempting 1 victims");
    pod(g, "high", "", 100, 2, "");
    next_is(g, "high", CYCLE_PREEMPTS); /* the room kept for mid is taken away from it */
    assert_int_equal(g->o.n_nominees, 1);
    assert_str(sched_pod_uid(g->o.nominees[0]), "mid");
    pod(g, "sneaky", "", 50, 1, "");
    gone(g, "low");
    next_is(g, "sneaky", CYCLE_REFUSED); /* active: first; but room is kept for one more important */
    next_is(g, "high", CYCLE_PLACED);
}

/* ── random ── */

enum { NODES = 4, PODS = 24, STEPS = 4000 };

static void check(struct ground *g)
{
    for (uint32_t n = 0; n < sched_node_slots(g->s); n++) {
        int64_t has, used;
        if (sched_node_find(g->s, sched_node_name(g->s, n)) == SCHED_NOWHERE)
            continue;
        sched_node_amounts(g->s, n, STR("pods"), &has, &used);
        assert_true(used <= has);
        sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
        assert_true(used <= has);
    }
}

static void random_order(void **state)
{
    struct ground *g = *state;
    char names[PODS][8];
    int cpu[PODS], priority[PODS];
    bool there[PODS] = {false};
    srand(11);
    for (int i = 0; i < PODS; i++)
        snprintf(names[i], sizeof(names[i]), "p%d", i);
    for (int i = 0; i < NODES; i++)
        node(g, (const char *[]){"n0", "n1", "n2", "n3"}[i], 3 + i);
    for (int i = 0; i < STEPS; i++) {
        int k = rand() % PODS;
        arena_reset(g->a);
        g->now += rand() % 3000;
        if (!there[k]) {
            cpu[k] = 1 + rand() % 3;
            priority[k] = rand() % 3;
            pod(g, names[k], "", priority[k], cpu[k], "");
            there[k] = true;
        } else if (rand() % 2) {
            gone(g, names[k]);
            there[k] = false;
        }
        while (step(g)) {
            struct str uid = sched_pod_uid(g->o.pod);
            int at = atoi(uid.p + 1);
            if (g->o.kind == CYCLE_PREEMPTS) {
                int victims[PODS];
                size_t n = g->o.n_victims;
                for (size_t v = 0; v < n; v++)
                    victims[v] = atoi(sched_pod_uid(g->o.victims[v]).p + 1);
                for (size_t v = 0; v < n; v++) {
                    assert_true(priority[victims[v]] < priority[at]);
                    gone(g, names[victims[v]]);
                    there[victims[v]] = false;
                }
            } else if (g->o.kind == CYCLE_PLACED && rand() % 8 == 0) {
                cycle_bound(g->k, uid, false, g->now);
            } else if (g->o.kind == CYCLE_PLACED) {
                char on[16];
                snprintf(on, sizeof(on), "%.*s", STR_FMT(sched_node_name(g->s, g->o.node)));
                pod(g, names[at], on, priority[at], cpu[at], "");
            }
            check(g);
        }
    }
    g->now += 1000000;
    while (step(g))
        if (g->o.kind == CYCLE_PREEMPTS)
            return; /* victims would have to go: enough has been seen */
    struct cycle_counts c;
    cycle_counts(g->k, &c);
    assert_int_equal(c.active + c.backoff, 0);
}

struct story {
    const struct value *events[3];
};

static int history(void *ctx)
{
    const struct story *t = ctx;
    struct sched *s = NULL;
    struct cycle *k = NULL;
    struct cycle_outcome o;
    int r = sched_new(&s, NULL);
    if (r == 0)
        r = cycle_new(&k, s, NULL);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(t->events); i++) {
        r = cycle_put(k, i ? SCHED_POD : SCHED_NODE, t->events[i], 0);
        while (r == 0 && (r = cycle_step(k, 0, &o)) > 0)
            r = 0;
    }
    if (k)
        cycle_del(k, SCHED_POD, STR_NONE, STR("a"), 0);
    cycle_free(k);
    sched_free(s);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct story t = {{
        quoted(g->a, "{'metadata':{'name':'n'},'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
        quoted(g->a, "{'metadata':{'name':'a','uid':'a','namespace':'d'},'spec':{'containers':[{'resources':{'requests':{'cpu':'2'}}}]}}"),
        quoted(g->a,
               "{'metadata':{'name':'b','uid':'b','namespace':'d'},'spec':{'priority':5,'containers':[{'resources':{'requests':{'cpu':'9'}}}]}}"),
    }};
    unit_fail_allocations(history, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(order, setup, teardown),
        cmocka_unit_test_setup_teardown(only_what_helps, setup, teardown),
        cmocka_unit_test_setup_teardown(nobody_is_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(preempting, setup, teardown),
        cmocka_unit_test_setup_teardown(random_order, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
