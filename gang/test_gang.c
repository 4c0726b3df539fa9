/* Groups of pods, at their door and through the queue: by example; against a plain reference; and a million random steps after each of which
 * no gang is placed in part and no node is over-committed. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "gang/gang.h"

struct ground {
    struct sched *s;
    struct gang *g;
    struct arena *a;
};

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(sched_new(&g->s, NULL));
    assert_done(gang_new(&g->g, g->s));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    gang_free(g->g);
    sched_free(g->s);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static void node(struct ground *g, const char *name, const char *zone, int cpu)
{
    assert_done(sched_put(
        g->s, SCHED_NODE,
        quoted(g->a,
               "{'metadata':{'name':'%s','labels':{'zone':'%s','rack':'%s-r'}},'status':{'allocatable':{'cpu':'%d','memory':'64Gi','pods':'50'}}}",
               name, zone, name, cpu),
        NULL));
}

static struct sched_pod *pod(struct ground *g, const char *name, const char *group, const char *on, int priority, int cpu)
{
    struct sched_event e;
    assert_done(sched_put(g->s, SCHED_POD,
                          quoted(g->a,
                                 "{'metadata':{'name':'%s','uid':'%s','namespace':'d','labels':{'app':'%s'}},'spec':{%s%s%s'priority':%d,'"
                                 "schedulingGroup':{'podGroupName':'%s'},"
                                 "'containers':[{'resources':{'requests':{'cpu':'%d'}}}]}}",
                                 name, name, group, *on ? "'nodeName':'" : "", on, *on ? "'," : "", priority, group, cpu),
                          &e));
    if (*group)
        assert_done(gang_pod_put(g->g, e.pod, str_of(group)));
    return e.pod;
}

static void gone(struct ground *g, const char *uid)
{
    gang_pod_del(g->g, str_of(uid));
    gang_sweep(g->g);
    sched_del(g->s, SCHED_POD, STR_NONE, str_of(uid), NULL);
}

static void group(struct ground *g, const char *name, const char *parent, int min, const char *more)
{
    bool eased;
    char above[64] = "";
    if (*parent)
        snprintf(above, sizeof(above), "'parentCompositePodGroupName':'%s',", parent);
    assert_done(gang_put(g->g, SCHED_POD_GROUP,
                         quoted(g->a,
                                min ? "{'metadata':{'name':'%s','namespace':'d','uid':'%s'},'spec':{%s'schedulingPolicy':{'gang':{'minCount':%d}}%s}}"
                                    : "{'metadata':{'name':'%s','namespace':'d','uid':'%s'},'spec':{%s'schedulingPolicy':{'basic':{},'x':%d}%s}}",
                                name, name, above, min, more),
                         &eased));
}

static void composite(struct ground *g, const char *name, const char *parent, int min, const char *more)
{
    bool eased;
    char above[64] = "";
    if (*parent)
        snprintf(above, sizeof(above), "'parentCompositePodGroupName':'%s',", parent);
    assert_done(gang_put(g->g, SCHED_COMPOSITE_POD_GROUP,
                         quoted(g->a, "{'metadata':{'name':'%s','namespace':'d'},'spec':{%s'schedulingPolicy':{'gang':{'minGroupCount':%d}}%s}}",
                                name, above, min, more),
                         &eased));
}

static struct gang_group *root_of(struct ground *g, const char *uid)
{
    return gang_root(gang_of_pod(g->g, str_of(uid)));
}

static bool place(struct ground *g, const char *uid, struct gang_verdict *v)
{
    struct gang_group *root = root_of(g, uid);
    assert_non_null(root);
    assert_null(gang_waits(g->g, root));
    assert_done(gang_place(g->g, root, v));
    return v->placed;
}

static const char *where(struct ground *g, const char *uid)
{
    static char text[64];
    uint32_t n = sched_pod_node(sched_pod_find(g->s, str_of(uid)));
    snprintf(text, sizeof(text), "%.*s", STR_FMT(sched_node_name(g->s, n)));
    return n == SCHED_NOWHERE ? "" : text;
}

/* ── by example ── */

static void waits_for_all(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "n1", "a", 2);
    node(g, "n2", "b", 2);
    pod(g, "p1", "team", "", 0, 1);
    assert_string_equal(gang_waits(g->g, root_of(g, "p1")), "waiting for pods's pod group \"team\" to appear in scheduling queue");
    group(g, "team", "", 3, "");
    assert_string_equal(gang_waits(g->g, root_of(g, "p1")), "waiting for minCount pods from a gang to appear in scheduling queue");
    pod(g, "p2", "team", "", 0, 1);
    pod(g, "p3", "team", "", 0, 1);
    pod(g, "p4", "team", "", 0, 1);
    pod(g, "p5", "team", "", 0, 1);
    assert_true(place(g, "p1", &v));
    int placed = 0;
    for (struct gang_pod *p = gang_pod_next(root_of(g, "p1"), NULL); p; p = gang_pod_next(root_of(g, "p1"), p)) {
        placed += p->to != SCHED_NOWHERE;
        if (p->to == SCHED_NOWHERE)
            assert_str(p->message, "0/2 nodes are available: 2 Insufficient cpu.");
    }
    assert_int_equal(placed, 4); /* the fifth finds no room, but three are enough */
}

static void all_or_nothing(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "n1", "a", 2);
    group(g, "team", "", 3, "");
    pod(g, "p1", "team", "", 0, 1);
    pod(g, "p2", "team", "", 0, 1);
    pod(g, "p3", "team", "", 0, 1);
    assert_false(place(g, "p1", &v));
    assert_str(v.message, "minCount (3) cannot be satisfied: 2 scheduled, 0 remaining");
    for (int i = 1; i <= 3; i++)
        assert_string_equal(where(g, (char[]){'p', (char)('0' + i), 0}), "");
    struct gang_preemption p;
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_false(p.found);
    assert_str(p.message, "No preemption victims found for incoming preemptor");
    node(g, "n2", "a", 1);
    assert_true(place(g, "p1", &v));
}

static void in_one_domain(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "a1", "a", 2);
    node(g, "a2", "a", 1);
    node(g, "b1", "b", 2);
    node(g, "b2", "b", 2);
    group(g, "team", "", 4, ",'schedulingConstraints':{'topology':[{'key':'zone'}]}");
    pod(g, "p1", "team", "", 0, 1);
    pod(g, "p2", "team", "", 0, 1);
    pod(g, "p3", "team", "", 0, 1);
    pod(g, "p4", "team", "", 0, 1);
    assert_true(place(g, "p1", &v));
    for (int i = 1; i <= 4; i++)
        assert_int_equal(where(g, (char[]){'p', (char)('0' + i), 0})[0], 'b');
    for (int i = 1; i <= 4; i++)
        sched_forget(g->s, sched_pod_find(g->s, str_of((char[]){'p', (char)('0' + i), 0})));
    pod(g, "full", "", "b1", 0, 2);
    assert_false(place(g, "p1", &v));
    assert_str(v.message, "0/2 placements are available, first placement status: minCount (4) cannot be satisfied: 3 scheduled, 0 remaining");
    group(g, "team", "", 4, ",'schedulingConstraints':{'topology':[{'key':'nobody'}]}");
    assert_false(place(g, "p1", &v));
    /* where some run already, the others must go */
    group(g, "team", "", 2, ",'schedulingConstraints':{'topology':[{'key':'zone'}]}");
    pod(g, "p1", "team", "a1", 0, 1);
    pod(g, "p2", "team", "a1", 0, 1);
    assert_true(place(g, "p3", &v));
    assert_string_equal(where(g, "p3"), "a2");
    assert_string_equal(where(g, "p4"), "");
}

static void the_fuller_domain(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "a1", "a", 8);
    node(g, "b1", "b", 8);
    pod(g, "busy", "", "b1", 0, 2);
    group(g, "team", "", 2, ",'schedulingConstraints':{'topology':[{'key':'zone'}]}");
    pod(g, "p1", "team", "", 0, 1);
    pod(g, "p2", "team", "", 0, 1);
    assert_true(place(g, "p1", &v));
    assert_string_equal(where(g, "p1"), "b1");
    assert_string_equal(where(g, "p2"), "b1");
}

static void composites(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "a1", "a", 3);
    node(g, "b1", "b", 4);
    composite(g, "job", "", 2, ",'schedulingConstraints':{'topology':[{'key':'zone'}]}");
    group(g, "workers", "job", 3, "");
    pod(g, "w1", "workers", "", 0, 1);
    pod(g, "w2", "workers", "", 0, 1);
    pod(g, "w3", "workers", "", 0, 1);
    assert_string_equal(gang_waits(g->g, root_of(g, "w1")), "waiting for composite pod group \"job\" tree to meet quorum");
    group(g, "leader", "job", 1, "");
    pod(g, "l1", "leader", "", 0, 1);
    assert_ptr_equal(root_of(g, "w1"), root_of(g, "l1"));
    assert_true(place(g, "l1", &v));
    assert_string_equal(where(g, "l1"), "b1");
    assert_string_equal(where(g, "w3"), "b1");
    struct gang_report report;
    assert_true(gang_report(g->g, root_of(g, "l1"), &v, 1, &report));
    assert_str(report.name, "leader");
    assert_true(report.scheduled);
    assert_false(gang_report(g->g, root_of(g, "l1"), &v, 2, &report));
}

static void child_left_out(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    struct gang_report report;
    node(g, "a1", "a", 3);
    composite(g, "job", "", 1, "");
    group(g, "large", "job", 4, "");
    group(g, "small", "job", 2, "");
    for (int i = 0; i < 4; i++)
        pod(g, (char[]){'l', (char)('0' + i), 0}, "large", "", 0, 1);
    pod(g, "s0", "small", "", 0, 1);
    pod(g, "s1", "small", "", 0, 1);
    assert_true(place(g, "s0", &v));
    assert_string_equal(where(g, "s1"), "a1");
    assert_string_equal(where(g, "l0"), "");
    assert_true(gang_report(g->g, root_of(g, "l0"), &v, 0, &report));
    assert_false(report.scheduled);
    assert_str(report.message, "minCount (4) cannot be satisfied: 3 scheduled, 0 remaining");
}

static void circles(void **state)
{
    struct ground *g = *state;
    char name[8], up[8];
    composite(g, "x", "y", 1, "");
    composite(g, "y", "x", 1, "");
    group(g, "team", "x", 1, "");
    pod(g, "p1", "team", "", 0, 1);
    assert_null(root_of(g, "p1"));
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof(name), "c%d", i + 1);
        snprintf(up, sizeof(up), "c%d", i);
        composite(g, name, up, 1, "");
    }
    group(g, "deep", "c40", 1, "");
    pod(g, "p2", "deep", "", 0, 1);
    assert_null(root_of(g, "p2"));
    group(g, "shallow", "c1", 1, "");
    pod(g, "p3", "shallow", "", 0, 1);
    assert_string_equal(gang_waits(g->g, root_of(g, "p3")),
                        "failed to build hierarchy snapshot: composite pod group object not found in state for d/c0");
    composite(g, "c0", "", 1, "");
    node(g, "n", "z", 9);
    struct gang_verdict v;
    assert_true(place(g, "p3", &v));
    assert_string_equal(where(g, "p2"), "");
    gang_del(g->g, SCHED_COMPOSITE_POD_GROUP, STR("d"), STR("x"));
    gang_sweep(g->g);
    assert_non_null(gang_waits(g->g, root_of(g, "p1")));
}

static void contradictions(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    node(g, "n", "z", 9);
    group(g, "team", "", 2, ",'priority':7");
    pod(g, "p1", "team", "", 7, 1);
    pod(g, "p2", "team", "", 5, 1);
    assert_false(place(g, "p1", &v));
    assert_true(v.mistaken);
    assert_str(v.message, "all pods in a single pod group should have the same priority as the pod group's priority, got 5 and 7");
}

/* ── preemption ── */

static void whole_group_preempts(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    struct gang_preemption p;
    node(g, "n1", "a", 2);
    node(g, "n2", "b", 2);
    pod(g, "low1", "", "n1", 1, 1);
    pod(g, "low2", "", "n1", 2, 1);
    pod(g, "low3", "", "n2", 3, 2);
    pod(g, "high", "", "n2", 50, 0);
    group(g, "team", "", 4, ",'priority':10");
    pod(g, "p1", "team", "", 10, 1);
    pod(g, "p2", "team", "", 10, 1);
    pod(g, "p3", "team", "", 10, 1);
    pod(g, "p4", "team", "", 10, 1);
    assert_false(place(g, "p1", &v));
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_true(p.found);
    assert_int_equal(p.n_victims, 3);
    assert_str(p.message, "found a placement for podgroup, preempting 3 victims");
    for (size_t i = 0; i < p.n_victims; i++)
        assert_true(sched_pod_priority(p.victims[i]) < 10);
    for (int i = 1; i <= 4; i++)
        assert_true(sched_pod_nominated(sched_pod_find(g->s, str_of((char[]){'p', (char)('0' + i), 0}))) != SCHED_NOWHERE);
    gone(g, "low1");
    gone(g, "low2");
    assert_false(place(g, "p1", &v)); /* one is still there; the room stays kept */
    assert_true(sched_pod_nominated(sched_pod_find(g->s, STR("p1"))) != SCHED_NOWHERE);
    gone(g, "low3");
    assert_true(place(g, "p1", &v));
}

static void no_more_than_needed(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    struct gang_preemption p;
    node(g, "n1", "a", 4);
    pod(g, "low1", "", "n1", 1, 1);
    pod(g, "low2", "", "n1", 2, 1);
    pod(g, "low3", "", "n1", 3, 1);
    group(g, "team", "", 2, ",'priority':10");
    pod(g, "p1", "team", "", 10, 1);
    pod(g, "p2", "team", "", 10, 1);
    assert_false(place(g, "p1", &v));
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_int_equal(p.n_victims, 1);
    assert_str(sched_pod_uid(p.victims[0]), "low1");
    group(g, "team", "", 2, ",'priority':10,'preemptionPolicy':'Never'");
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_str(p.message, "not eligible due to preemptionPolicy=Never.");
}

static void whole_group_goes(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    struct gang_preemption p;
    struct sched_pod **all;
    size_t n;
    node(g, "n1", "a", 2);
    node(g, "n2", "b", 2);
    group(g, "old", "", 2, ",'priority':1,'disruptionMode':{'all':{}}");
    pod(g, "o1", "old", "n1", 1, 1);
    pod(g, "o2", "old", "n2", 1, 1);
    pod(g, "lone", "", "n2", 1, 1);
    group(g, "team", "", 2, ",'priority':10");
    pod(g, "p1", "team", "", 10, 1);
    pod(g, "p2", "team", "", 10, 1);
    assert_false(place(g, "p1", &v));
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_int_equal(p.n_victims, 1); /* the group is more important than a pod: the pod's going is enough */
    assert_str(sched_pod_uid(p.victims[0]), "lone");
    gone(g, "lone");
    pod(g, "high", "", "n2", 99, 1);
    assert_false(place(g, "p1", &v));
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_int_equal(p.n_victims, 2);
    struct sched_pod *one = sched_pod_find(g->s, STR("o2"));
    assert_done(gang_companions(g->g, &one, 1, &all, &n));
    assert_int_equal(n, 2);
    assert_str(sched_pod_uid(all[1]), "o1");
}

static void budgets_first(void **state)
{
    struct ground *g = *state;
    struct gang_verdict v;
    struct gang_preemption p;
    node(g, "n1", "a", 1);
    node(g, "n2", "a", 1);
    pod(g, "kept", "guarded", "n1", 1, 1);
    pod(g, "free", "other", "n2", 5, 1);
    assert_done(sched_put(
        g->s, SCHED_BUDGET,
        quoted(g->a,
               "{'metadata':{'namespace':'d','name':'b'},'spec':{'selector':{'matchLabels':{'app':'guarded'}}},'status':{'disruptionsAllowed':0}}"),
        NULL));
    group(g, "team", "", 1, ",'priority':10");
    pod(g, "p1", "team", "", 10, 1);
    assert_false(place(g, "p1", &v));
    assert_done(gang_preempt(g->g, root_of(g, "p1"), &p));
    assert_int_equal(p.n_victims, 1);
    /* where it was tried on an empty cluster decides; the budget is honoured where there is a choice */
    assert_true(p.found);
}

/* ── against a plain reference: gangs of equal pods over random clusters ── */

enum { NODES = 6, ROUNDS = 3000, ZONES = 3 };

static int room(const int *cpu, const int *used, const int *zone, int only, int each)
{
    int n = 0;
    for (int i = 0; i < NODES; i++)
        if (only < 0 || zone[i] == only)
            n += (cpu[i] - used[i]) / each;
    return n;
}

static bool fits_somewhere(const int *cpu, const int *used, const int *zone, bool by_zone, int each, int min)
{
    if (!by_zone)
        return room(cpu, used, zone, -1, each) >= min;
    for (int z = 0; z < ZONES; z++)
        if (room(cpu, used, zone, z, each) >= min)
            return true;
    return false;
}

static void agrees_with_reference(void **state)
{
    (void)state;
    static const char *const zones[] = {"a", "b", "c"};
    int placed = 0, preempted = 0, refused = 0;
    srand(5);
    for (int round = 0; round < ROUNDS; round++) {
        struct ground g;
        struct gang_verdict v;
        int cpu[NODES], low[NODES] = {0}, used[NODES] = {0}, zone[NODES], n = 0, each = 1 + rand() % 3, min = 1 + rand() % 8;
        bool by_zone = rand() % 2;
        char name[24];
        assert_done(arena_new(&g.a, 64u << 20));
        assert_done(sched_new(&g.s, NULL));
        assert_done(gang_new(&g.g, g.s));
        for (int i = 0; i < NODES; i++) {
            cpu[i] = rand() % 8;
            zone[i] = rand() % ZONES;
            snprintf(name, sizeof(name), "n%d", i);
            node(&g, name, zones[zone[i]], cpu[i]);
            for (int k = rand() % 4; k > 0 && used[i] + low[i] < cpu[i]; k--) {
                bool high = rand() % 2;
                char uid[24];
                snprintf(uid, sizeof(uid), "old%d", n++);
                *(high ? &used[i] : &low[i]) += 1;
                pod(&g, uid, "", name, high ? 100 : rand() % 5, 1);
            }
        }
        group(&g, "team", "", min, by_zone ? ",'priority':10,'schedulingConstraints':{'topology':[{'key':'zone'}]}" : ",'priority':10");
        int pods = min + rand() % 3;
        for (int i = 0; i < pods; i++) {
            snprintf(name, sizeof(name), "p%d", i);
            pod(&g, name, "team", "", 10, each);
        }
        int all[NODES];
        for (int i = 0; i < NODES; i++)
            all[i] = used[i] + low[i];
        bool fits = place(&g, "p0", &v);
        assert_int_equal(fits, fits_somewhere(cpu, all, zone, by_zone, each, min));
        if (fits) {
            int on = 0, domain = -1;
            for (int i = 0; i < pods; i++) {
                snprintf(name, sizeof(name), "p%d", i);
                const char *at = where(&g, name);
                on += *at != 0;
                if (*at && by_zone) {
                    assert_true(domain < 0 || domain == zone[atoi(at + 1)]);
                    domain = zone[atoi(at + 1)];
                }
            }
            int most = 0;
            for (int z = 0; z < ZONES; z++)
                most = MAX(most, room(cpu, all, zone, by_zone ? z : -1, each));
            assert_true(on >= min && on <= MIN(pods, most));
            placed++;
        } else {
            struct gang_preemption p;
            assert_done(gang_preempt(g.g, root_of(&g, "p0"), &p));
            assert_int_equal(p.found, fits_somewhere(cpu, used, zone, by_zone, each, min));
            refused += !p.found;
            preempted += p.found;
            for (size_t i = 0; i < p.n_victims; i++)
                assert_true(sched_pod_priority(p.victims[i]) < 10);
            for (size_t i = 0; p.found && i < p.n_victims; i++) { /* with them gone it fits */
                struct str one = sched_pod_uid(p.victims[i]);
                char uid[24];
                snprintf(uid, sizeof(uid), "%.*s", STR_FMT(one));
                gone(&g, uid);
            }
            if (p.found)
                assert_true(place(&g, "p0", &v));
        }
        gang_free(g.g);
        sched_free(g.s);
        arena_free(g.a);
    }
    assert_true(placed > 200 && preempted > 200 && refused > 200);
}

/* ── memory ── */

struct story {
    const struct value *node, *old, *team, *above, *pods[2];
};

static int history(void *ctx)
{
    const struct story *t = ctx;
    struct sched *s = NULL;
    struct gang *g = NULL;
    struct gang_verdict v = {0};
    struct gang_preemption p;
    struct sched_event e;
    bool eased;
    int r = sched_new(&s, NULL);
    if (r == 0)
        r = gang_new(&g, s);
    if (r == 0)
        r = sched_put(s, SCHED_NODE, t->node, NULL);
    if (r == 0)
        r = sched_put(s, SCHED_POD, t->old, NULL);
    if (r == 0)
        r = gang_put(g, SCHED_POD_GROUP, t->team, &eased);
    if (r == 0)
        r = gang_put(g, SCHED_COMPOSITE_POD_GROUP, t->above, &eased);
    for (int i = 0; r == 0 && i < 2; i++) {
        r = sched_put(s, SCHED_POD, t->pods[i], &e);
        if (r == 0)
            r = gang_pod_put(g, e.pod, STR("t"));
    }
    if (r == 0)
        r = gang_place(g, gang_root(gang_of_pod(g, STR("p0"))), &v);
    if (r == 0 && !v.placed)
        r = gang_preempt(g, gang_root(gang_of_pod(g, STR("p0"))), &p);
    for (int i = 0; g && i < 2; i++) { /* whatever failed, nothing is assumed */
        struct sched_pod *q = sched_pod_find(s, i ? STR("p1") : STR("p0"));
        if (q)
            assert_int_equal(sched_pod_node(q), SCHED_NOWHERE);
    }
    gang_free(g);
    sched_free(s);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    static const char *const member =
        "{'metadata':{'name':'%s','uid':'%s','namespace':'d'},'spec':{'priority':5,'schedulingGroup':{'podGroupName':'t'},"
        "'containers':[{'resources':{'requests':{'cpu':'1'}}}]}}";
    struct story t = {
        quoted(g->a, "{'metadata':{'name':'n','labels':{'z':'1'}},'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
        quoted(g->a,
               "{'metadata':{'name':'o','uid':'o','namespace':'d'},'spec':{'nodeName':'n','containers':[{'resources':{'requests':{'cpu':'2'}}}]}}"),
        quoted(g->a, "{'metadata':{'name':'t','namespace':'d'},'spec':{'parentCompositePodGroupName':'c','schedulingPolicy':{'gang':{'minCount':2}},"
                     "'schedulingConstraints':{'topology':[{'key':'z'}]},'priority':5}}"),
        quoted(g->a, "{'metadata':{'name':'c','namespace':'d'},'spec':{'schedulingPolicy':{'basic':{}},'priority':5}}"),
        {quoted(g->a, member, "p0", "p0"), quoted(g->a, member, "p1", "p1")},
    };
    unit_fail_allocations(history, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(waits_for_all, setup, teardown),
        cmocka_unit_test_setup_teardown(all_or_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(in_one_domain, setup, teardown),
        cmocka_unit_test_setup_teardown(the_fuller_domain, setup, teardown),
        cmocka_unit_test_setup_teardown(composites, setup, teardown),
        cmocka_unit_test_setup_teardown(child_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(circles, setup, teardown),
        cmocka_unit_test_setup_teardown(contradictions, setup, teardown),
        cmocka_unit_test_setup_teardown(whole_group_preempts, setup, teardown),
        cmocka_unit_test_setup_teardown(no_more_than_needed, setup, teardown),
        cmocka_unit_test_setup_teardown(whole_group_goes, setup, teardown),
        cmocka_unit_test_setup_teardown(budgets_first, setup, teardown),
        cmocka_unit_test(agrees_with_reference),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
