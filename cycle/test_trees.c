/* Groups of pods through the queue: by example, and at random. After each of a million steps — pods, groups and nodes that come and go, bindings
 * that fail, victims that take their time — no gang was placed in part and no node is over-committed. */
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

static void *open_ground(void)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(sched_new(&g->s, NULL));
    assert_done(cycle_new(&g->k, g->s, NULL));
    return g;
}

static int setup(void **state)
{
    *state = open_ground();
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

static void node(struct ground *g, const char *name, const char *zone, int cpu)
{
    assert_done(
        cycle_put(g->k, SCHED_NODE,
                  quoted(g->a, "{'metadata':{'name':'%s','labels':{'zone':'%s'}},'status':{'allocatable':{'cpu':'%d','memory':'64Gi','pods':'30'}}}",
                         name, zone, cpu),
                  g->now));
}

static void pod(struct ground *g, const char *name, const char *group, const char *on, int priority, int cpu, bool going)
{
    char in[96] = "";
    if (*group)
        snprintf(in, sizeof(in), "'schedulingGroup':{'podGroupName':'%s'},", group);
    assert_done(cycle_put(
        g->k, SCHED_POD,
        quoted(g->a,
               "{'metadata':{'name':'%s','uid':'%s','namespace':'d'%s},'spec':{%s%s%s%s'priority':%d,'containers':[{'resources':{'requests':{'cpu':'%"
               "d'}}}]}%s}",
               name, name, going ? ",'deletionTimestamp':'2026-01-01T00:00:00Z'" : "", *on ? "'nodeName':'" : "", on, *on ? "'," : "", in, priority,
               cpu, going ? ",'status':{'conditions':[{'type':'DisruptionTarget','status':'True','reason':'PreemptionByScheduler'}]}" : ""),
        g->now));
}

static void group(struct ground *g, const char *name, const char *parent, int min, int priority, const char *more)
{
    char above[64] = "";
    if (*parent)
        snprintf(above, sizeof(above), "'parentCompositePodGroupName':'%s',", parent);
    assert_done(cycle_put(
        g->k, SCHED_POD_GROUP,
        quoted(g->a, "{'metadata':{'name':'%s','namespace':'d','uid':'%s'},'spec':{%s'priority':%d,'schedulingPolicy':{'gang':{'minCount':%d}}%s}}",
               name, name, above, priority, min, more),
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
    assert_int_equal(g->o.kind, kind);
    assert_str(kind == CYCLE_GROUP ? g->o.group.name : sched_pod_uid(g->o.pod), uid);
}

/* ── by example ── */

static void one_item(void **state)
{
    struct ground *g = *state;
    struct cycle_counts c;
    node(g, "n1", "a", 2);
    node(g, "n2", "a", 2);
    pod(g, "p1", "team", "", 0, 1, false);
    pod(g, "p2", "team", "", 0, 1, false);
    assert_int_equal(step(g), 0); /* no group yet */
    group(g, "team", "", 3, 0, "");
    assert_int_equal(step(g), 0); /* too few */
    cycle_counts(g->k, &c);
    assert_int_equal(c.members, 2);
    pod(g, "p3", "team", "", 0, 1, false);
    cycle_counts(g->k, &c);
    assert_int_equal(c.active, 1);
    next_is(g, "p1", CYCLE_PLACED);
    assert_int_equal(cycle_next(g->k), 0);
    next_is(g, "p2", CYCLE_PLACED);
    next_is(g, "p3", CYCLE_PLACED);
    next_is(g, "team", CYCLE_GROUP);
    assert_true(g->o.group.scheduled);
    assert_str(g->o.group.reason, "Scheduled");
    assert_int_equal(step(g), 0);
    cycle_bound(g->k, STR("p2"), false, g->now); /* the server said no: it comes back when its tree's back-off is over, the others stay */
    assert_int_equal(step(g), 0);
    g->now += 1000;
    next_is(g, "p2", CYCLE_PLACED);
    next_is(g, "team", CYCLE_GROUP); /* the API has not told us yet that the condition is there */
    cycle_counts(g->k, &c);
    assert_int_equal(c.members + c.active + c.backoff, 0);
}

static void refused_whole(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "a", 2);
    group(g, "team", "", 3, 0, "");
    pod(g, "p1", "team", "", 0, 1, false);
    pod(g, "p2", "team", "", 0, 1, false);
    pod(g, "p3", "team", "", 0, 1, false);
    next_is(g, "p1", CYCLE_REFUSED);
    assert_str(g->o.message, "minCount (3) cannot be satisfied: 2 scheduled, 0 remaining, No preemption victims found for incoming preemptor");
    next_is(g, "p2", CYCLE_REFUSED);
    next_is(g, "p3", CYCLE_REFUSED);
    assert_str(g->o.message, "0/1 nodes are available: 1 Insufficient cpu.");
    next_is(g, "team", CYCLE_GROUP);
    assert_false(g->o.group.scheduled);
    assert_str(g->o.group.reason, "Unschedulable");
    assert_int_equal(step(g), 0);
    assert_int_equal(sched_pod_node(sched_pod_find(g->s, STR("p1"))), SCHED_NOWHERE);
    group(g, "team", "", 3, 0, ",'x':1"); /* nothing that helps */
    node(g, "tiny", "a", 0);
    assert_int_equal(step(g), 0);
    pod(g, "lone", "", "", 0, 1, false); /* the room it did not take is others' */
    next_is(g, "lone", CYCLE_PLACED);
    node(g, "n2", "a", 2); /* helps */
    next_is(g, "p1", CYCLE_PLACED);
    next_is(g, "p2", CYCLE_PLACED);
    gone(g, "p3"); /* before it was told: nothing is told of it */
    next_is(g, "team", CYCLE_GROUP);
}

static void asks_for_less(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "a", 2);
    group(g, "team", "", 3, 0, "");
    for (int i = 0; i < 3; i++)
        pod(g, (const char *[]){"p1", "p2", "p3"}[i], "team", "", 0, 1, false);
    for (int i = 0; i < 4; i++)
        assert_int_equal(step(g), 1);
    assert_int_equal(step(g), 0);
    group(g, "team", "", 2, 0, "");
    next_is(g, "p1", CYCLE_PLACED);
    next_is(g, "p2", CYCLE_PLACED);
    next_is(g, "p3", CYCLE_REFUSED);
    next_is(g, "team", CYCLE_GROUP);
    assert_true(g->o.group.scheduled);
}

static void preempts_whole(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "a", 2);
    node(g, "n2", "a", 2);
    pod(g, "l1", "", "n1", 1, 2, false);
    pod(g, "l2", "", "n2", 1, 2, false);
    group(g, "team", "", 4, 9, "");
    for (int i = 0; i < 4; i++)
        pod(g, (const char *[]){"p1", "p2", "p3", "p4"}[i], "team", "", 9, 1, false);
    next_is(g, "p1", CYCLE_PREEMPTS);
    assert_int_equal(g->o.n_victims, 2);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(step(g), 1);
        assert_int_equal(g->o.kind, CYCLE_PREEMPTS);
        assert_int_equal(g->o.n_victims, 0);
        assert_true(g->o.node != SCHED_NOWHERE);
    }
    next_is(g, "team", CYCLE_GROUP);
    assert_str(g->o.group.message,
               "minCount (4) cannot be satisfied: 0 scheduled, 3 remaining, found a placement for podgroup, preempting 2 victims");
    pod(g, "sneaky", "", "", 5, 1, false);
    next_is(g, "sneaky", CYCLE_REFUSED);
    pod(g, "l1", "", "n1", 1, 2, true); /* they are about to go: one, then the other */
    gone(g, "l1");
    g->now += 20000;
    while (step(g)) {
        assert_true(g->o.kind != CYCLE_PLACED);
        assert_int_equal(g->o.n_victims, g->o.n_victims ? 1 : 0);
    }
    gone(g, "l2");
    g->now += 20000;
    next_is(g, "p1", CYCLE_PLACED);
}

static void companions_go(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "a", 1);
    node(g, "n2", "a", 1);
    group(g, "old", "", 2, 1, ",'disruptionMode':{'all':{}}");
    pod(g, "o1", "old", "n1", 1, 1, false);
    pod(g, "o2", "old", "n2", 1, 1, false);
    pod(g, "lone", "", "", 5, 1, false);
    next_is(g, "lone", CYCLE_PREEMPTS);
    assert_int_equal(g->o.n_victims, 2);
}

/* One of them waits for its claim: the other does not start without it. */
static void claims_first(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "a", 2);
    group(g, "team", "", 2, 0, "");
    assert_done(cycle_put(g->k, SCHED_STORAGE_CLASS,
                          quoted(g->a, "{'metadata':{'name':'late'},'provisioner':'x','volumeBindingMode':'WaitForFirstConsumer'}"), g->now));
    assert_done(cycle_put(g->k, SCHED_CLAIM,
                          quoted(g->a, "{'metadata':{'name':'c','namespace':'d'},'spec':{'storageClassName':'late','accessModes':['ReadWriteOnce'],'"
                                       "resources':{'requests':{'storage':'1Gi'}}},"
                                       "'status':{'phase':'Pending'}}"),
                          g->now));
    pod(g, "p1", "team", "", 0, 1, false);
    assert_done(cycle_put(g->k, SCHED_POD,
                          quoted(g->a, "{'metadata':{'name':'p2','uid':'p2','namespace':'d'},'spec':{'schedulingGroup':{'podGroupName':'team'},'"
                                       "containers':[{'resources':{'requests':{'cpu':'1'}}}],"
                                       "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]}}"),
                          g->now));
    next_is(g, "p2", CYCLE_PLACED);
    cycle_withdraw(g->k, g->o.pod, 1u << SCHED_RULE_VOLUME_BINDING, g->now); /* as the driver does when it has written the claim */
    assert_int_equal(step(g), 0);
    assert_int_equal(sched_pod_node(sched_pod_find(g->s, STR("p1"))), SCHED_NOWHERE);
    assert_done(cycle_put(
        g->k, SCHED_VOLUME,
        quoted(g->a, "{'metadata':{'name':'pv'},'spec':{'storageClassName':'late','capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                     "'claimRef':{'namespace':'d','name':'c'}},'status':{'phase':'Bound'}}"),
        g->now));
    assert_done(cycle_put(g->k, SCHED_CLAIM,
                          quoted(g->a, "{'metadata':{'name':'c','namespace':'d','annotations':{'pv.kubernetes.io/"
                                       "bind-completed':'yes'}},'spec':{'storageClassName':'late','volumeName':'pv',"
                                       "'accessModes':['ReadWriteOnce']},'status':{'phase':'Bound'}}"),
                          g->now));
    g->now += 20000;
    next_is(g, "p1", CYCLE_PLACED);
    next_is(g, "p2", CYCLE_PLACED);
    next_is(g, "team", CYCLE_GROUP);
}

/* ── at random ── */

enum { NODES = 5, GROUPS = 6, SIZE = 5, PODS = GROUPS * SIZE + 6, TREES = 2 };
struct rpod {
    bool there, going;
    int group, cpu, priority, node; /* group −1: on its own */
};
struct rgroup {
    bool there, by_zone, all;
    int min, parent, priority, cpu;
};
struct world {
    struct ground *g;
    struct rpod pods[PODS];
    struct rgroup groups[GROUPS];
    int tree_min[TREES]; /* 0: it is not there */
    int cpu[NODES];      /* −1: it is not there */
    size_t placed, refused, preempted, failed;
};

static void put_pod(struct world *w, int i, bool going)
{
    char name[16], in[16] = "", on[16] = "";
    struct rpod *p = &w->pods[i];
    snprintf(name, sizeof(name), "p%d", i);
    if (p->group >= 0)
        snprintf(in, sizeof(in), "g%d", p->group);
    if (p->node >= 0)
        snprintf(on, sizeof(on), "n%d", p->node);
    p->going = going;
    pod(w->g, name, in, on, p->priority, p->cpu, going);
}

static void del_pod(struct world *w, int i)
{
    char name[16];
    snprintf(name, sizeof(name), "p%d", i);
    w->pods[i].there = false;
    gone(w->g, name);
}

static void change_group(struct world *w, int i)
{
    char name[16], parent[16] = "", more[128];
    struct rgroup *r = &w->groups[i];
    snprintf(name, sizeof(name), "g%d", i);
    if (r->there && rand() % 3 == 0) {
        r->there = false;
        cycle_del(w->g->k, SCHED_POD_GROUP, STR("d"), str_of(name), w->g->now);
        return;
    }
    if (!r->there) {
        r->by_zone = rand() % 3 == 0;
        r->all = rand() % 2;
        r->parent = i < 4 ? i % (TREES + 1) - 1 : -1;
        r->there = true;
    }
    r->min = 1 + rand() % (SIZE - 1);
    if (r->parent >= 0)
        snprintf(parent, sizeof(parent), "t%d", r->parent);
    snprintf(more, sizeof(more), "%s%s", r->by_zone ? ",'schedulingConstraints':{'topology':[{'key':'zone'}]}" : "",
             r->all ? ",'disruptionMode':{'all':{}}" : "");
    group(w->g, name, parent, r->min, r->priority, more);
}

static void change_tree(struct world *w, int i)
{
    char name[16];
    snprintf(name, sizeof(name), "t%d", i);
    if (w->tree_min[i] && rand() % 3 == 0) {
        w->tree_min[i] = 0;
        cycle_del(w->g->k, SCHED_COMPOSITE_POD_GROUP, STR("d"), str_of(name), w->g->now);
        return;
    }
    w->tree_min[i] = 1 + rand() % 2;
    assert_done(cycle_put(
        w->g->k, SCHED_COMPOSITE_POD_GROUP,
        quoted(w->g->a, "{'metadata':{'name':'%s','namespace':'d'},'spec':{'priority':%d,'schedulingPolicy':{'gang':{'minGroupCount':%d}}%s}}", name,
               3 + i, w->tree_min[i], rand() % 2 ? ",'schedulingConstraints':{'topology':[{'key':'zone'}]}" : ""),
        w->g->now));
}

static void change_node(struct world *w, int i)
{
    char name[16];
    snprintf(name, sizeof(name), "n%d", i);
    if (w->cpu[i] >= 0 && rand() % 4 == 0) {
        for (int k = 0; k < PODS; k++) /* its pods go with it */
            if (w->pods[k].there && w->pods[k].node == i)
                del_pod(w, k);
        w->cpu[i] = -1;
        cycle_del(w->g->k, SCHED_NODE, STR_NONE, str_of(name), w->g->now);
        return;
    }
    if (w->cpu[i] < 0)
        w->cpu[i] = 2 + rand() % 5;
    node(w->g, name, i % 2 ? "a" : "b", w->cpu[i]);
}

static void change(struct world *w)
{
    int k = rand() % PODS, what = rand() % 40;
    struct rpod *p = &w->pods[k];
    if (what == 0) {
        change_node(w, rand() % NODES);
    } else if (what == 1) {
        change_tree(w, rand() % TREES);
    } else if (what <= 4) {
        change_group(w, rand() % GROUPS);
    } else if (!p->there) {
        int group = k / SIZE < GROUPS ? k / SIZE : -1;
        *p = (struct rpod){
            true, false, group, group >= 0 ? w->groups[group].cpu : 1 + rand() % 2, group >= 0 ? w->groups[group].priority : rand() % 6, -1};
        put_pod(w, k, false);
    } else if (p->going || rand() % 3 == 0) {
        del_pod(w, k);
    }
}

/* As its first pod is told to be placed, all of its attempt are assumed: they and those that run are enough, and in one zone where that is asked. */
static void check_group(struct world *w, int g)
{
    const struct rgroup *r = &w->groups[g];
    int n = 0, zones = 0;
    for (int i = g * SIZE; i < (g + 1) * SIZE; i++) {
        char uid[16];
        snprintf(uid, sizeof(uid), "p%d", i);
        struct sched_pod *p = sched_pod_find(w->g->s, str_of(uid));
        if (!p || sched_pod_node(p) == SCHED_NOWHERE || sched_pod_deleting(p))
            continue;
        n++;
        zones |= 1 << atoi(sched_node_name(w->g->s, sched_pod_node(p)).p + 1) % 2;
    }
    assert_true(r->there);
    assert_true(n >= r->min);
    assert_true(!r->by_zone || zones != 3);
}

static void check_nodes(struct world *w)
{
    struct sched *s = w->g->s;
    for (uint32_t n = 0; n < sched_node_slots(s); n++) {
        int64_t has, used, sum = 0;
        if (!sched_node_known(s, n))
            continue;
        sched_node_amounts(s, n, STR("cpu"), &has, &used);
        assert_true(used <= has);
        for (struct sched_pod *p = sched_node_next(s, n, NULL); p; p = sched_node_next(s, n, p))
            sum += sched_pod_asks(s, p, STR("cpu"));
        assert_int_equal(sum, used);
    }
}

/* A pod of a group waits because its group is not ready, or its tree has a place in the queue. */
static void check_queue(struct world *w)
{
    for (int i = 0; i < PODS; i++) {
        struct cycle_view v;
        char uid[16];
        snprintf(uid, sizeof(uid), "p%d", i);
        struct sched_pod *p = sched_pod_find(w->g->s, str_of(uid));
        if (!p || w->pods[i].group < 0 || sched_pod_node(p) != SCHED_NOWHERE || sched_pod_deleting(p))
            continue;
        cycle_look(w->g->k, p, &v);
        assert_true(v.state != CYCLE_NONE && (v.state != CYCLE_GATED || v.why));
    }
}

static void decide(struct world *w)
{
    struct {
        int pod, node;
    } now[PODS];
    int n = 0;
    while (step(w->g)) {
        const struct cycle_outcome *o = &w->g->o;
        if (o->kind == CYCLE_GROUP)
            continue;
        int at = atoi(sched_pod_uid(o->pod).p + 1);
        w->refused += o->kind == CYCLE_REFUSED;
        for (size_t i = 0; i < o->n_victims; i++) {
            int v = atoi(sched_pod_uid(o->victims[i]).p + 1);
            assert_true(w->pods[v].priority < w->pods[at].priority);
            w->preempted++;
            w->pods[v].going = true; /* told below: the list is the engine's */
        }
        if (o->kind == CYCLE_PLACED && w->pods[at].group >= 0)
            check_group(w, w->pods[at].group);
        if (o->kind == CYCLE_PLACED) {
            now[n].pod = at;
            now[n++].node = atoi(sched_node_name(w->g->s, o->node).p + 1);
        }
        if (o->n_victims)
            for (int i = 0; i < PODS; i++)
                if (w->pods[i].there && w->pods[i].going && w->pods[i].node >= 0)
                    put_pod(w, i, true);
    }
    w->placed += (size_t)n;
    for (int i = 0; i < n; i++) { /* most bindings come about */
        char uid[16];
        snprintf(uid, sizeof(uid), "p%d", now[i].pod);
        if (rand() % 40 == 0) {
            w->failed++;
            cycle_bound(w->g->k, str_of(uid), false, w->g->now);
            continue;
        }
        cycle_bound(w->g->k, str_of(uid), true, w->g->now);
        w->pods[now[i].pod].node = now[i].node;
        put_pod(w, now[i].pod, w->pods[now[i].pod].going);
    }
}

static void random_steps(void **state)
{
    struct world w = {.g = *state};
    const char *steps = getenv("CORACLE_STEPS");
    long most = steps ? atol(steps) : 60000;
    srand(17);
    for (int i = 0; i < GROUPS; i++)
        w.groups[i] = (struct rgroup){.priority = i < 4 && i % (TREES + 1) ? 2 + i % (TREES + 1) : i % 4, .cpu = 1 + i % 2};
    for (int i = 0; i < NODES; i++)
        w.cpu[i] = -1;
    for (long i = 0; i < most; i++) {
        arena_reset(w.g->a);
        w.g->now += rand() % 2000;
        change(&w);
        decide(&w);
        check_nodes(&w);
        check_queue(&w);
    }
    assert_true(w.placed > (size_t)most / 20 && w.refused > (size_t)most / 50 && w.preempted > (size_t)most / 200 && w.failed > (size_t)most / 2000);
    for (int i = 0; i < PODS; i++)
        if (w.pods[i].there)
            del_pod(&w, i);
    struct cycle_counts c;
    cycle_counts(w.g->k, &c);
    assert_int_equal(c.active + c.backoff + c.unschedulable + c.members + c.binding, 0);
}

/* ── memory ── */

struct story {
    const struct value *node, *group, *pods[2];
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
    if (r == 0)
        r = cycle_put(k, SCHED_NODE, t->node, 0);
    if (r == 0)
        r = cycle_put(k, SCHED_POD, t->pods[0], 0);
    if (r == 0)
        r = cycle_put(k, SCHED_POD_GROUP, t->group, 0);
    if (r == 0)
        r = cycle_put(k, SCHED_POD, t->pods[1], 0);
    while (r == 0 && (r = cycle_step(k, 0, &o)) > 0)
        r = 0;
    if (k && r == 0)
        cycle_bound(k, STR("a"), false, 0);
    if (k) {
        cycle_del(k, SCHED_POD, STR_NONE, STR("a"), 0);
        cycle_del(k, SCHED_POD_GROUP, STR("d"), STR("t"), 0);
    }
    cycle_free(k);
    sched_free(s);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct story t = {
        quoted(g->a, "{'metadata':{'name':'n'},'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
        quoted(g->a, "{'metadata':{'name':'t','namespace':'d'},'spec':{'schedulingPolicy':{'gang':{'minCount':2}}}}"),
        {quoted(g->a, "{'metadata':{'name':'a','uid':'a','namespace':'d'},'spec':{'schedulingGroup':{'podGroupName':'t'},'containers':[{'resources':{"
                      "'requests':{'cpu':'1'}}}]}}"),
         quoted(g->a, "{'metadata':{'name':'b','uid':'b','namespace':'d'},'spec':{'schedulingGroup':{'podGroupName':'t'},'containers':[{'resources':{"
                      "'requests':{'cpu':'1'}}}]}}")},
    };
    unit_fail_allocations(history, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_item, setup, teardown),      cmocka_unit_test_setup_teardown(refused_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(asks_for_less, setup, teardown), cmocka_unit_test_setup_teardown(preempts_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(companions_go, setup, teardown), cmocka_unit_test_setup_teardown(claims_first, setup, teardown),
        cmocka_unit_test_setup_teardown(random_steps, setup, teardown),  cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
