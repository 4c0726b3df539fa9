/* Quotas by example; and at random, against a plain reference: no quota is ever exceeded, who is evicted had to yield, and nobody waits who would
 * fit. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "queue/queue.h"

struct ground {
    struct queue *q;
    struct arena *a;
    struct queue_outcome o;
};

static int open_ground(void **state, bool fair)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(queue_new(&g->q, &(struct queue_options){fair}));
    *state = g;
    return 0;
}

static int setup(void **state)
{
    return open_ground(state, false);
}

static int setup_fair(void **state)
{
    return open_ground(state, true);
}

static int teardown(void **state)
{
    struct ground *g = *state;
    queue_free(g->q);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static void put(struct ground *g, enum queue_kind kind, const struct value *v)
{
    struct err err = {{0}};
    if (queue_put(g->q, kind, v, &err) < 0)
        fail_msg("%s", err.text);
}

static void flavor(struct ground *g, const char *name, const char *spec)
{
    put(g, QUEUE_FLAVOR, quoted(g->a, "{'metadata':{'name':'%s'},'spec':{%s}}", name, spec));
}

/* A queue, with a local one of the same name in namespace d. */
static void cluster(struct ground *g, const char *name, const char *cohort, const char *quota, const char *more)
{
    put(g, QUEUE_CLUSTER,
        quoted(g->a, "{'metadata':{'name':'%s'},'spec':{'cohortName':'%s','resourceGroups':[{'coveredResources':['cpu'],'flavors':[%s]}]%s}}", name,
               cohort, quota, more));
    put(g, QUEUE_LOCAL, quoted(g->a, "{'metadata':{'namespace':'d','name':'%s'},'spec':{'clusterQueue':'%s'}}", name, name));
}

#define QUOTA(flavor, limits) "{'name':'" flavor "','resources':[{'name':'cpu'," limits "}]}"

static void work(struct ground *g, const char *name, const char *queue, int priority, int created, int cpu, const char *pod, const char *status)
{
    put(g, QUEUE_WORKLOAD,
        quoted(g->a,
               "{'metadata':{'namespace':'d','name':'%s','creationTimestamp':'2026-01-01T%02d:%02d:%02dZ'},'spec':{'queueName':'%s','priority':%d,'"
               "podSets':[{'name':'main','count':1,"
               "'template':{'spec':{%s'containers':[{'resources':{'requests':{'cpu':'%d'}}}]}}}]}%s}",
               name, created / 3600 % 24, created / 60 % 60, created % 60, queue, priority, pod, cpu, status));
}

static bool step(struct ground *g)
{
    int r = queue_step(g->q, &g->o);
    assert_true(r >= 0);
    return r;
}

static void next_is(struct ground *g, const char *name, enum queue_outcome_kind kind)
{
    assert_true(step(g));
    assert_str(g->o.name, name);
    assert_int_equal(g->o.kind, kind);
}

/* The next thing that is more than waiting. */
static void decided(struct ground *g, const char *name, enum queue_outcome_kind kind)
{
    do
        assert_true(step(g));
    while (g->o.kind == QUEUE_WAITS);
    assert_str(g->o.name, name);
    assert_int_equal(g->o.kind, kind);
}

static void all_wait(struct ground *g)
{
    while (step(g))
        assert_int_equal(g->o.kind, QUEUE_WAITS);
}

static void gone(struct ground *g, const char *name)
{
    queue_del(g->q, QUEUE_WORKLOAD, STR("d"), str_of(name));
}

/* ── by example ── */

static void in_order(void **state)
{
    struct ground *g = *state;
    struct queue_usage u;
    flavor(g, "f", "");
    cluster(g, "q", "", QUOTA("f", "'nominalQuota':5"), "");
    work(g, "late", "q", 0, 9, 2, "", "");
    work(g, "early", "q", 0, 1, 2, "", "");
    work(g, "high", "q", 5, 10, 2, "", "");
    work(g, "huge", "q", 9, 10, 6, "", "");
    next_is(g, "huge", QUEUE_WAITS);
    assert_str(
        g->o.message,
        "couldn't assign flavors to pod set main: insufficient quota for cpu in flavor f, previously considered podsets requests (0) + current "
        "podset request (6) > maximum capacity (5)");
    next_is(g, "high", QUEUE_ADMITTED);
    assert_str(g->o.cluster_queue, "q");
    assert_str(g->o.sets[0].items[0].flavor, "f");
    assert_int_equal(g->o.sets[0].items[0].amount, 2000);
    next_is(g, "early", QUEUE_ADMITTED);
    next_is(g, "late", QUEUE_WAITS);
    assert_str(g->o.message, "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor f, 1 more needed");
    assert_false(step(g));
    assert_true(queue_usage(g->q, STR("q"), STR("f"), STR("cpu"), &u));
    assert_int_equal(u.used, 4000);
    assert_int_equal(u.available, 1000);
    work(g, "early", "q", 0, 1, 2, "",
         ",'status':{'admission':{'clusterQueue':'q','podSetAssignments':[{'name':'main','flavors':{'cpu':'f'}}]},"
         "'conditions':[{'type':'Finished','status':'True'}]}");
    next_is(g, "late", QUEUE_ADMITTED);
}

static void with_fewer(void **state)
{
    struct ground *g = *state;
    flavor(g, "f", "");
    cluster(g, "q", "", QUOTA("f", "'nominalQuota':5"), "");
    work(g, "first", "q", 0, 1, 2, "", "");
    next_is(g, "first", QUEUE_ADMITTED);
    for (int least = 4; least > 1; least -= 2)
        put(g, QUEUE_WORKLOAD,
            quoted(g->a,
                   "{'metadata':{'namespace':'d','name':'w%d','creationTimestamp':'2026-01-01T00:00:0%dZ'},'spec':{'queueName':'q','podSets':[{'name'"
                   ":'main','count':6,'minCount':%d,"
                   "'template':{'spec':{'containers':[{'resources':{'requests':{'cpu':'1'}}}]}}}]}}",
                   least, least, least));
    decided(g, "w2", QUEUE_ADMITTED);
    assert_int_equal(g->o.sets[0].count, 3);
    assert_int_equal(g->o.sets[0].items[0].amount, 3000);
    all_wait(g);
    gone(g, "w2");
    gone(g, "first");
    decided(g, "w4", QUEUE_ADMITTED);
    assert_int_equal(g->o.sets[0].count, 5);
    all_wait(g);
}

static void strictly(void **state)
{
    struct ground *g = *state;
    flavor(g, "f", "");
    cluster(g, "q", "", QUOTA("f", "'nominalQuota':'5'"), ",'queueingStrategy':'StrictFIFO'");
    work(g, "a", "q", 0, 1, 3, "", "");
    work(g, "b", "q", 0, 2, 3, "", "");
    work(g, "c", "q", 0, 3, 1, "", "");
    next_is(g, "a", QUEUE_ADMITTED);
    next_is(g, "b", QUEUE_WAITS);
    assert_false(step(g)); /* c would fit, but b is first */
    gone(g, "a");
    next_is(g, "b", QUEUE_ADMITTED);
    next_is(g, "c", QUEUE_ADMITTED);
}

static void borrowing(void **state)
{
    struct ground *g = *state;
    flavor(g, "f", "");
    cluster(g, "a", "team", QUOTA("f", "'nominalQuota':4,'borrowingLimit':2"), "");
    cluster(g, "b", "team", QUOTA("f", "'nominalQuota':4,'lendingLimit':1"), "");
    work(g, "a1", "a", 0, 1, 6, "", ""); /* borrowingLimit would do, but b lends only one */
    next_is(g, "a1", QUEUE_WAITS);
    work(g, "a2", "a", 0, 1, 5, "", "");
    next_is(g, "a2", QUEUE_ADMITTED);
    work(g, "b1", "b", 0, 1, 4, "", "");
    next_is(g, "b1", QUEUE_WAITS); /* what it lent is lent: nothing is reclaimed here */
    work(g, "b2", "b", 0, 1, 3, "", "");
    next_is(g, "b2", QUEUE_ADMITTED);
    assert_false(step(g));
    put(g, QUEUE_COHORT,
        quoted(g->a, "{'metadata':{'name':'team'},'spec':{'resourceGroups':[{'coveredResources':['cpu'],'flavors':[" QUOTA(
                         "f", "'nominalQuota':1") "]}]}}"));
    all_wait(g);
    gone(g, "b2");
    decided(g, "b1", QUEUE_ADMITTED);
}

static void reclaiming(void **state)
{
    struct ground *g = *state;
    flavor(g, "f", "");
    cluster(g, "a", "team", QUOTA("f", "'nominalQuota':4"), "");
    cluster(g, "b", "team", QUOTA("f", "'nominalQuota':4"), ",'preemption':{'reclaimWithinCohort':'Any'}");
    for (int i = 0; i < 7; i++)
        work(g, (char[]){'a', (char)('0' + i), 0}, "a", i, i, 1, "", "");
    for (int i = 0; i < 7; i++)
        next_is(g, (char[]){'a', (char)('6' - i), 0}, QUEUE_ADMITTED);
    work(g, "b0", "b", 0, 1, 3, "", "");
    next_is(g, "a0", QUEUE_EVICTED);
    assert_str(g->o.reason, "InCohortReclamation");
    next_is(g, "a1", QUEUE_EVICTED);
    next_is(g, "b0", QUEUE_WAITS);
    assert_false(step(g));
    work(g, "a0", "a", 0, 0, 1, "", ""); /* they are out: their status has no admission any more */
    all_wait(g);                         /* the room is made for b0 */
    gone(g, "a1");
    decided(g, "b0", QUEUE_ADMITTED);
    all_wait(g);
    work(g, "b1", "b", 0, 1, 4, "", ""); /* beyond its own: it may not reclaim to borrow */
    all_wait(g);
}

static void within(void **state)
{
    struct ground *g = *state;
    flavor(g, "f", "");
    cluster(g, "q", "", QUOTA("f", "'nominalQuota':4"), ",'preemption':{'withinClusterQueue':'LowerPriority'}");
    work(g, "l1", "q", 1, 1, 2, "", "");
    work(g, "l2", "q", 2, 1, 2, "", "");
    next_is(g, "l2", QUEUE_ADMITTED);
    next_is(g, "l1", QUEUE_ADMITTED);
    work(g, "same", "q", 1, 1, 2, "", "");
    next_is(g, "same", QUEUE_WAITS);
    work(g, "high", "q", 5, 9, 2, "", "");
    next_is(g, "l1", QUEUE_EVICTED);
    assert_str(g->o.message,
               "Preempted to accommodate a workload (d/high) due to prioritization in the ClusterQueue; preemptor path: /q; preemptee path: /q");
    next_is(g, "high", QUEUE_WAITS);
    queue_undo(g->q, STR("d"), STR("l1"));
    gone(g, "l2");
    next_is(g, "high", QUEUE_ADMITTED);
}

static void flavors(void **state)
{
    struct ground *g = *state;
    flavor(g, "spot", "'nodeLabels':{'kind':'spot'},'nodeTaints':[{'key':'spot','value':'true','effect':'NoSchedule'}]");
    flavor(g, "solid", "'nodeLabels':{'kind':'solid'}");
    cluster(g, "q", "", QUOTA("spot", "'nominalQuota':4") "," QUOTA("solid", "'nominalQuota':4"), "");
    work(g, "plain", "q", 0, 1, 1, "", "");
    next_is(g, "plain", QUEUE_ADMITTED);
    assert_str(g->o.sets[0].items[0].flavor, "solid");
    work(g, "tolerant", "q", 0, 1, 1, "'tolerations':[{'operator':'Exists'}],", "");
    next_is(g, "tolerant", QUEUE_ADMITTED);
    assert_str(g->o.sets[0].items[0].flavor, "spot");
    work(g, "choosy", "q", 0, 1, 1, "'tolerations':[{'operator':'Exists'}],'nodeSelector':{'kind':'solid','other':'x'},", "");
    next_is(g, "choosy", QUEUE_ADMITTED);
    assert_str(g->o.sets[0].items[0].flavor, "solid");
    work(g, "lost", "q", 0, 1, 1, "'nodeSelector':{'kind':'gold'},", "");
    next_is(g, "lost", QUEUE_WAITS);
    assert_str(g->o.message, "couldn't assign flavors to pod set main: untolerated taint {spot true NoSchedule <nil>} in flavor spot, flavor solid "
                             "doesn't match node affinity");
    work(g, "overflow", "q", 0, 1, 4, "'tolerations':[{'operator':'Exists'}],", "");
    next_is(g, "overflow", QUEUE_WAITS);
}

static void fairly(void **state)
{
    struct ground *g = *state;
    static const char reclaim[] = ",'preemption':{'reclaimWithinCohort':'Any'}";
    flavor(g, "f", "");
    cluster(g, "a", "team", QUOTA("f", "'nominalQuota':0"), reclaim);
    cluster(g, "b", "team", QUOTA("f", "'nominalQuota':0"), reclaim);
    cluster(g, "c", "team", QUOTA("f", "'nominalQuota':8"), "");
    for (int i = 0; i < 8; i++)
        work(g, (char[]){'a', (char)('0' + i), 0}, "a", 0, i, 1, "", "");
    while (step(g))
        assert_int_equal(g->o.kind, QUEUE_ADMITTED);
    for (int i = 0; i < 8; i++)
        work(g, (char[]){'b', (char)('0' + i), 0}, "b", 0, i, 1, "", "");
    int evicted = 0, admitted = 0;
    char names[64][8];
    for (int rounds = 0; rounds < 60; rounds++) { /* who is evicted goes, and comes no more */
        int n = 0;
        while (step(g)) {
            admitted += g->o.kind == QUEUE_ADMITTED;
            if (g->o.kind == QUEUE_EVICTED)
                snprintf(names[n++], 8, "%.*s", STR_FMT(g->o.name));
        }
        evicted += n;
        for (int i = 0; i < n; i++) {
            assert_int_equal(names[i][0], 'a');
            gone(g, names[i]);
        }
    }
    assert_int_equal(evicted, 4); /* half each */
    assert_int_equal(admitted, 4);
}

static void bad_input(void **state)
{
    struct ground *g = *state;
    struct err err = {{0}};
    assert_int_equal(queue_put(g->q, QUEUE_CLUSTER, quoted(g->a, "{'spec':{}}"), &err), -EINVAL);
    assert_int_equal(queue_put(g->q, QUEUE_CLUSTER,
                               quoted(g->a, "{'metadata':{'name':'q'},'spec':{'resourceGroups':[{'coveredResources':['cpu'],'flavors':[" QUOTA(
                                                "f", "'nominalQuota':'x'") "]}]}}"),
                               &err),
                     -EINVAL);
    assert_string_equal(err.text, "spec.resourceGroups[0]: flavors[0]: f: nominalQuota: \"x\" is no quantity");
    flavor(g, "f", "");
    put(g, QUEUE_COHORT, quoted(g->a, "{'metadata':{'name':'x'},'spec':{'parentName':'y'}}"));
    put(g, QUEUE_COHORT, quoted(g->a, "{'metadata':{'name':'y'},'spec':{'parentName':'x'}}"));
    cluster(g, "q", "x", QUOTA("f", "'nominalQuota':4"), "");
    work(g, "w", "q", 0, 1, 1, "", "");
    assert_false(step(g)); /* cohorts in a circle: nothing is admitted */
    put(g, QUEUE_COHORT, quoted(g->a, "{'metadata':{'name':'y'},'spec':{}}"));
    next_is(g, "w", QUEUE_ADMITTED);
}

/* ── at random, against a plain reference: one flavor, two cohorts ── */

enum { QUEUES = 5, WORKS = 40, EPOCHS = 60, STEPS = 400 };
struct rqueue {
    int cohort, nominal, borrow, lend; /* −1: no limit */
    bool any, within;
};
struct rwork {
    bool there, admitted, evicting;
    int queue, cpu, priority;
};
struct world {
    struct ground *g;
    struct rqueue queues[QUEUES];
    struct rwork works[WORKS];
};

static int used(const struct world *w, int queue)
{
    int n = 0;
    for (int i = 0; i < WORKS; i++)
        n += w->works[i].there && w->works[i].queue == queue && w->works[i].admitted ? w->works[i].cpu : 0;
    return n;
}

static int kept_back(const struct rqueue *q)
{
    return q->lend < 0 ? 0 : MAX(q->nominal - q->lend, 0);
}

/* What is shared of a cohort and not used, by the definition. */
static int shared_left(const struct world *w, int cohort)
{
    int n = 0;
    for (int i = 0; i < QUEUES; i++)
        if (w->queues[i].cohort == cohort)
            n += w->queues[i].nominal - kept_back(&w->queues[i]) - MAX(used(w, i) - kept_back(&w->queues[i]), 0);
    return n;
}

static bool reference_fits(const struct world *w, int queue, int cpu)
{
    const struct rqueue *q = &w->queues[queue];
    int own = MAX(kept_back(q) - used(w, queue), 0), left = shared_left(w, q->cohort);
    if (q->borrow >= 0 && used(w, queue) + cpu > q->nominal + q->borrow)
        return false;
    return cpu <= own + left;
}

static void check_quotas(const struct world *w)
{
    for (int c = 0; c < 2; c++)
        assert_true(shared_left(w, c) >= 0);
    for (int i = 0; i < QUEUES; i++) {
        struct queue_usage u;
        char name[8];
        snprintf(name, sizeof(name), "q%d", i);
        assert_true(w->queues[i].borrow < 0 || used(w, i) <= w->queues[i].nominal + w->queues[i].borrow);
        if (queue_usage(w->g->q, str_of(name), STR("f"), STR("cpu"), &u))
            assert_int_equal(u.used, used(w, i) * 1000);
    }
}

static void put_rwork(struct world *w, int i)
{
    char name[8], queue[8], status[160] = "";
    const struct rwork *r = &w->works[i];
    snprintf(name, sizeof(name), "w%d", i);
    snprintf(queue, sizeof(queue), "q%d", r->queue);
    if (r->admitted)
        snprintf(status, sizeof(status), ",'status':{'admission':{'clusterQueue':'%s','podSetAssignments':[{'name':'main','flavors':{'cpu':'f'}}]}}",
                 queue);
    work(w->g, name, queue, r->priority, i, r->cpu, "", status);
}

static void run(struct world *w)
{
    while (step(w->g)) {
        struct rwork *r = &w->works[atoi(w->g->o.name.p + 1)];
        if (w->g->o.kind == QUEUE_ADMITTED) {
            assert_true(!r->admitted && reference_fits(w, r->queue, r->cpu));
            r->admitted = true;
        } else if (w->g->o.kind == QUEUE_EVICTED) {
            assert_true(r->admitted && !r->evicting);
            r->evicting = true;
        }
    }
    bool evicting[2] = {false};
    for (int i = 0; i < WORKS; i++)
        if (w->works[i].there && w->works[i].evicting)
            evicting[w->queues[w->works[i].queue].cohort] = true;
    for (int i = 0; i < WORKS; i++) /* nobody waits who would fit, but for room that is being made for somebody */
        if (w->works[i].there && !w->works[i].admitted && !evicting[w->queues[w->works[i].queue].cohort])
            assert_false(reference_fits(w, w->works[i].queue, w->works[i].cpu));
}

static void change(struct world *w)
{
    int i = rand() % WORKS;
    struct rwork *r = &w->works[i];
    char name[8];
    snprintf(name, sizeof(name), "w%d", i);
    if (!r->there) {
        *r = (struct rwork){true, false, false, rand() % QUEUES, 1 + rand() % 5, rand() % 3};
        put_rwork(w, i);
    } else if (r->evicting) {
        r->admitted = r->evicting = false; /* its status says so now */
        put_rwork(w, i);
    } else if (r->admitted && rand() % 3) {
        put_rwork(w, i); /* its status shows the admission */
    } else {
        r->there = false;
        gone(w->g, name);
    }
}

static void at_random(bool fair)
{
    size_t admissions = 0, evictions = 0;
    const char *steps = getenv("CORACLE_STEPS"); /* a million of them now and then */
    long epochs = steps ? atol(steps) / STEPS : EPOCHS;
    srand(fair ? 4 : 3);
    for (long epoch = 0; epoch < epochs; epoch++) {
        struct world w = {0};
        struct queue_counts c;
        open_ground((void **)&w.g, fair);
        flavor(w.g, "f", "");
        for (int i = 0; i < QUEUES; i++) {
            char name[8], cohort[8], quota[160], more[128];
            struct rqueue *q = &w.queues[i];
            *q = (struct rqueue){i % 2, rand() % 8, rand() % 2 ? rand() % 5 : -1, rand() % 2 ? rand() % 5 : -1, rand() % 2, rand() % 2};
            snprintf(name, sizeof(name), "q%d", i);
            snprintf(cohort, sizeof(cohort), "c%d", q->cohort);
            int n = snprintf(quota, sizeof(quota), "{'name':'f','resources':[{'name':'cpu','nominalQuota':%d", q->nominal);
            if (q->borrow >= 0)
                n += snprintf(quota + n, sizeof(quota) - (size_t)n, ",'borrowingLimit':%d", q->borrow);
            if (q->lend >= 0)
                n += snprintf(quota + n, sizeof(quota) - (size_t)n, ",'lendingLimit':%d", q->lend);
            snprintf(quota + n, sizeof(quota) - (size_t)n, "}]}");
            snprintf(more, sizeof(more), ",'preemption':{'reclaimWithinCohort':'%s','withinClusterQueue':'%s'}", q->any ? "Any" : "Never",
                     q->within ? "LowerPriority" : "Never");
            cluster(w.g, name, cohort, quota, more);
        }
        for (int i = 0; i < STEPS; i++) {
            arena_reset(w.g->a);
            change(&w);
            run(&w);
            check_quotas(&w);
        }
        queue_counts(w.g->q, &c);
        admissions += c.admissions;
        evictions += c.evictions;
        teardown((void **)&w.g);
    }
    assert_true(admissions > 2000 && evictions > 100);
}

static void random_steps(void **state)
{
    (void)state;
    at_random(false);
}

static void random_steps_fair(void **state)
{
    (void)state;
    at_random(true);
}

/* ── memory ── */

static int history(void *ctx)
{
    const struct value *const *t = ctx;
    static const enum queue_kind kinds[] = {QUEUE_FLAVOR, QUEUE_CLUSTER, QUEUE_LOCAL, QUEUE_WORKLOAD, QUEUE_WORKLOAD};
    struct queue *q = NULL;
    struct queue_outcome o;
    int r = queue_new(&q, NULL);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kinds); i++) {
        r = queue_put(q, kinds[i], t[i], NULL);
        while (r == 0 && (r = queue_step(q, &o)) > 0)
            r = 0;
    }
    queue_free(q);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    const struct value *t[] = {
        quoted(g->a, "{'metadata':{'name':'f'},'spec':{'nodeLabels':{'a':'b'}}}"),
        quoted(g->a, "{'metadata':{'name':'q'},'spec':{'cohortName':'c','preemption':{'withinClusterQueue':'LowerPriority'},'resourceGroups':[{'"
                     "coveredResources':['cpu'],"
                     "'flavors':[" QUOTA("f", "'nominalQuota':3") "]}]}}"),
        quoted(g->a, "{'metadata':{'namespace':'d','name':'q'},'spec':{'clusterQueue':'q'}}"),
        quoted(g->a, "{'metadata':{'namespace':'d','name':'a'},'spec':{'queueName':'q','podSets':[{'name':'main','count':2,'template':{'spec':{'"
                     "containers':[{'resources':{"
                     "'requests':{'cpu':'1'}}}]}}}]}}"),
        quoted(g->a, "{'metadata':{'namespace':'d','name':'b'},'spec':{'queueName':'q','priority':4,'podSets':[{'name':'main','count':2,'template':{'"
                     "spec':{'nodeSelector':{'a':'b'},"
                     "'containers':[{'resources':{'requests':{'cpu':'1'}}}]}}}]}}"),
    };
    unit_fail_allocations(history, t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(with_fewer, setup, teardown),
        cmocka_unit_test_setup_teardown(strictly, setup, teardown),
        cmocka_unit_test_setup_teardown(borrowing, setup, teardown),
        cmocka_unit_test_setup_teardown(reclaiming, setup, teardown),
        cmocka_unit_test_setup_teardown(within, setup, teardown),
        cmocka_unit_test_setup_teardown(flavors, setup, teardown),
        cmocka_unit_test_setup_teardown(fairly, setup_fair, teardown),
        cmocka_unit_test_setup_teardown(bad_input, setup, teardown),
        cmocka_unit_test(random_steps),
        cmocka_unit_test(random_steps_fair),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
