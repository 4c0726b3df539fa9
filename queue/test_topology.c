/* Places: by example, and at random: no node ever holds more than it has, whatever comes and goes, and what has to be together is. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "queue/queue.h"

struct ground {
    struct queue *q;
    struct arena *a;
    struct queue_outcome o;
};

static void put(struct ground *g, enum queue_kind kind, const struct value *v)
{
    struct err err = {{0}};
    if (queue_put(g->q, kind, v, &err) < 0)
        fail_msg("%s", err.text);
}

#define TOPOLOGY "{'metadata':{'name':'t'},'spec':{'levels':[{'nodeLabel':'block'},{'nodeLabel':'rack'},{'nodeLabel':'kubernetes.io/hostname'}]}}"
#define NODE \
    "{'metadata':{'name':'h%d','labels':{'block':'b%d','rack':'r%d','kubernetes.io/hostname':'h%d','pool':'x'}},'spec':{%s}," \
    "'status':{'allocatable':{'cpu':'%d','pods':'100'},'conditions':[{'type':'Ready','status':'%s'}]}}"
#define QUEUE \
    "{'metadata':{'name':'%s'},'spec':{'resourceGroups':[{'coveredResources':['cpu'],'flavors':[{'name':'%s','resources':[{'name':'cpu'," \
    "'nominalQuota':'%d'}]}]}],'preemption':{'withinClusterQueue':'LowerPriority'}}}"

/* Host i of eight: four racks of two, two blocks of two racks. */
static void node(struct ground *g, int i, int cpu, const char *spec, const char *ready)
{
    put(g, QUEUE_NODE, quoted(g->a, NODE, i, i / 4, i / 2, i, spec, cpu, ready));
}

static void queue_named(struct ground *g, const char *name, const char *flavor, int quota)
{
    put(g, QUEUE_CLUSTER, quoted(g->a, QUEUE, name, flavor, quota));
    put(g, QUEUE_LOCAL, quoted(g->a, "{'metadata':{'namespace':'d','name':'%s'},'spec':{'clusterQueue':'%s'}}", name, name));
}

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 256u << 20));
    assert_done(queue_new(&g->q, NULL));
    put(g, QUEUE_TOPOLOGY, quoted(g->a, TOPOLOGY));
    put(g, QUEUE_FLAVOR, quoted(g->a, "{'metadata':{'name':'f'},'spec':{'nodeLabels':{'pool':'x'},'topologyName':'t'}}"));
    put(g, QUEUE_FLAVOR, quoted(g->a, "{'metadata':{'name':'plain'},'spec':{}}"));
    for (int i = 0; i < 8; i++)
        node(g, i, 4, "", "True");
    queue_named(g, "q", "f", 1000);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    queue_free(g->q);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

#define WORK \
    "{'metadata':{'namespace':'d','name':'%s','creationTimestamp':'2026-01-01T00:00:%02dZ'},'spec':{'queueName':'%s','priority':%d,'podSets':[{'" \
    "name':" \
    "'main','count':%d,%s'template':{'spec':{%s'containers':[{'name':'c','resources':{'requests':{'cpu':'%d'}}}]}}}]}}"

static void work(struct ground *g, const char *name, int priority, int count, int cpu, const char *request)
{
    put(g, QUEUE_WORKLOAD, quoted(g->a, WORK, name, 1, "q", priority, count, request, "", cpu));
}

static const char *places_of(struct ground *g, const char *name)
{
    static char text[512];
    struct queue_place p;
    size_t n = 0;
    text[0] = 0;
    for (size_t i = 0; queue_place_of(g->q, STR("d"), str_of(name), 0, i, &p); i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%.*s=%lld", i ? " " : "", STR_FMT(p.values[0]), (long long)p.count);
    return text;
}

static void admitted(struct ground *g, const char *name, const char *places)
{
    assert_int_equal(queue_step(g->q, &g->o), 1);
    if (g->o.kind != QUEUE_ADMITTED)
        fail_msg("%.*s: %.*s", STR_FMT(g->o.name), STR_FMT(g->o.message));
    assert_str(g->o.name, name);
    assert_string_equal(places_of(g, name), places);
}

static void waits(struct ground *g, const char *message)
{
    assert_int_equal(queue_step(g->q, &g->o), 1);
    assert_int_equal(g->o.kind, QUEUE_WAITS);
    assert_str(g->o.message, message);
}

#define RACK      "'topologyRequest':{'required':'rack'},"
#define PREFERRED "'topologyRequest':{'preferred':'rack'},"
#define ANYWHERE  "'topologyRequest':{'unconstrained':true},"

static void together(void **state)
{
    struct ground *g = *state;
    work(g, "a", 0, 6, 1, RACK);
    admitted(g, "a", "h0=4 h1=2");
    assert_int_equal(g->o.sets[0].n_levels, 1);
    assert_int_equal(g->o.sets[0].n_places, 2);
    assert_str(g->o.sets[0].levels[0], "kubernetes.io/hostname");
    work(g, "b", 0, 2, 1, RACK); /* what fits tightest */
    admitted(g, "b", "h1=2");
    work(g, "c", 0, 9, 1, RACK);
    waits(g, "couldn't assign flavors to pod set main: topology \"t\" allows to fit only 8 out of 9 pod(s)");
    work(g, "d", 0, 9, 1, PREFERRED); /* one block, since no rack holds all */
    admitted(g, "d", "h4=4 h5=4 h6=1");
    work(g, "e", 0, 14, 1, PREFERRED); /* 8 + 7 are left */
    admitted(g, "e", "h2=4 h3=4 h6=2 h7=4");
    work(g, "f", 0, 2, 1, ANYWHERE);
    waits(g, "couldn't assign flavors to pod set main: topology \"t\" allows to fit only 1 out of 2 pod(s)");
    queue_del(g->q, QUEUE_WORKLOAD, STR("d"), STR("b")); /* what it held is free */
    waits(g, "couldn't assign flavors to pod set main: topology \"t\" allows to fit only 2 out of 9 pod(s)");
    admitted(g, "f", "h1=2");
}

static void nodes_and_others(void **state)
{
    struct ground *g = *state;
    for (int i = 0; i < 6; i++)
        node(g, i, 4, "", i == 2 ? "False" : "True");
    node(g, 6, 4, "'unschedulable':true", "True");
    node(g, 7, 4, "'taints':[{'key':'k','effect':'NoSchedule'}]", "True");
    put(g, QUEUE_POD,
        quoted(g->a,
               "{'metadata':{'name':'x','uid':'x'},'spec':{'nodeName':'h0','containers':[{'name':'c','resources':{'requests':{'cpu':'3'}}}]}}"));
    work(g, "a", 0, 18, 1, ANYWHERE);
    waits(g, "couldn't assign flavors to pod set main: topology \"t\" allows to fit only 17 out of 18 pod(s)");
    queue_del(g->q, QUEUE_POD, STR_NONE, STR("x"));
    admitted(g, "a", "h0=4 h1=4 h3=4 h4=4 h5=2");
    put(g, QUEUE_WORKLOAD, quoted(g->a, WORK, "b", 2, "q", 0, 2, ANYWHERE, "'tolerations':[{'operator':'Exists'}],'nodeSelector':{'rack':'r3'},", 1));
    admitted(g, "b", "h7=2");
}

static void slices(void **state)
{
    struct ground *g = *state;
    work(g, "a", 0, 12, 1, "'topologyRequest':{'required':'block','podSetSliceRequiredTopology':'rack','podSetSliceSize':6},");
    admitted(g, "a", "h0=4 h1=2 h2=4 h3=2");
    work(g, "b", 0, 7, 1, "'topologyRequest':{'required':'block','podSetSliceRequiredTopology':'rack','podSetSliceSize':2},");
    waits(g, "couldn't assign flavors to pod set main: pod count 7 not divisible by slice size 2");
    queue_del(g->q, QUEUE_WORKLOAD, STR("d"), STR("b"));
    work(g, "c", 0, 10, 1, "'topologyRequest':{'required':'block','podSetSliceRequiredTopology':'rack','podSetSliceSize':5},");
    admitted(g, "c", "h4=4 h5=1 h6=4 h7=1");
    work(g, "e", 0, 4, 1, "'topologyRequest':{'required':'rack','podSetSliceRequiredTopology':'block','podSetSliceSize':2},");
    waits(g, "couldn't assign flavors to pod set main: podset slice topology block is above the podset topology rack");
}

static void flavors(void **state)
{
    struct ground *g = *state;
    queue_named(g, "p", "plain", 100);
    put(g, QUEUE_WORKLOAD, quoted(g->a, WORK, "a", 1, "p", 0, 2, RACK, "", 1));
    waits(g, "couldn't assign flavors to pod set main: Flavor \"plain\" does not support TopologyAwareScheduling");
    work(g, "b", 0, 2, 1, "'topologyRequest':{'required':'floor'},");
    waits(g, "couldn't assign flavors to pod set main: Flavor \"f\" does not contain the requested level");
    work(g, "c", 0, 5, 1, ""); /* all of its queue's flavors have topologies: it is placed unasked */
    admitted(g, "c", "h0=4 h1=1");
}

/* What has a place gives it to who is more important; and the room that is made is not given away. */
static void others_give_way(void **state)
{
    struct ground *g = *state;
    for (int i = 0; i < 4; i++) {
        char name[8];
        snprintf(name, sizeof(name), "l%d", i);
        work(g, name, i, 8, 1, RACK);
        assert_int_equal(queue_step(g->q, &g->o), 1);
        assert_int_equal(g->o.kind, QUEUE_ADMITTED);
    }
    work(g, "high", 9, 5, 1, RACK);
    assert_int_equal(queue_step(g->q, &g->o), 1);
    assert_int_equal(g->o.kind, QUEUE_EVICTED);
    assert_str(g->o.name, "l0");
    assert_int_equal(queue_step(g->q, &g->o), 1);
    assert_int_equal(g->o.kind, QUEUE_WAITS);
    queue_del(g->q, QUEUE_WORKLOAD, STR("d"), STR("l0"));
    admitted(g, "high", "h0=4 h1=1");
}

/* After a restart the status of Workloads tells who is where. */
static void told_by_status(void **state)
{
    struct ground *g = *state;
    put(g, QUEUE_WORKLOAD,
        quoted(g->a,
               "{'metadata':{'namespace':'d','name':'old'},'spec':{'queueName':'q','podSets':[{'name':'main','count':7," RACK
               "'template':{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]}}}]},'status':{'admission':{'clusterQueue':"
               "'q','podSetAssignments':[{'name':'main','flavors':{'cpu':'f'},'count':7,'topologyAssignment':{'levels':['kubernetes.io/"
               "hostname'],'slices':[{'domainCount':2,'podCounts':{'individual':[4,3]},'valuesPerLevel':[{'individual':{'prefix':'h','roots':["
               "'0','1']}}]}]}}]}}}"));
    assert_string_equal(places_of(g, "old"), "h0=4 h1=3");
    work(g, "a", 0, 1, 1, RACK);
    admitted(g, "a", "h1=1");
    work(g, "b", 0, 25, 1, PREFERRED);
    waits(g, "couldn't assign flavors to pod set main: topology \"t\" allows to fit only 24 out of 25 pod(s)");
    queue_del(g->q, QUEUE_WORKLOAD, STR("d"), STR("old"));
    admitted(g, "b", "h0=4 h1=1 h2=4 h3=4 h4=4 h5=4 h6=4");
}

/* ── at random ── */

enum { WORKS = 40, HOSTS = 8, STEPS = 6000 };
struct model {
    struct ground *g;
    bool there[WORKS], placed[WORKS];
    int cpu[WORKS], count[WORKS], kind[WORKS], held[WORKS][HOSTS];
    int has[HOSTS], foreign[HOSTS];
};

static void note_places(struct model *m, int i)
{
    char name[8];
    struct queue_place p;
    int all = 0, racks = 0;
    bool rack[4] = {0};
    snprintf(name, sizeof(name), "w%d", i);
    memset(m->held[i], 0, sizeof(m->held[i]));
    for (size_t k = 0; queue_place_of(m->g->q, STR("d"), str_of(name), 0, k, &p); k++) {
        int host = p.values[0].p[1] - '0';
        assert_true(p.count > 0);
        m->held[i][host] += (int)p.count;
        all += (int)p.count;
        rack[host / 2] = true;
    }
    for (int k = 0; k < 4; k++)
        racks += rack[k];
    assert_int_equal(all, m->count[i]);
    if (m->kind[i] == 0)
        assert_int_equal(racks, 1);
    if (m->kind[i] == 3) /* slices of two in a rack */
        for (int k = 0; k < 4; k++)
            assert_int_equal((m->held[i][2 * k] + m->held[i][2 * k + 1]) % 2, 0);
}

static int used_at(const struct model *m, int host)
{
    int n = m->foreign[host];
    for (int i = 0; i < WORKS; i++)
        n += m->there[i] && m->placed[i] ? m->held[i][host] * m->cpu[i] : 0;
    return n;
}

static void settle(struct model *m)
{
    struct queue_outcome *o = &m->g->o;
    int steps = 0;
    while (queue_step(m->g->q, o) > 0) {
        int i = atoi(o->name.p + 1);
        assert_true(++steps < 1000);
        if (o->kind == QUEUE_ADMITTED) {
            m->placed[i] = true;
            note_places(m, i);
            for (int h = 0; h < HOSTS; h++)
                if (m->held[i][h])
                    assert_true(used_at(m, h) <= m->has[h]);
        } else if (o->kind == QUEUE_EVICTED) {
            char name[8];
            snprintf(name, sizeof(name), "w%d", i);
            m->there[i] = m->placed[i] = false;
            queue_del(m->g->q, QUEUE_WORKLOAD, STR("d"), str_of(name));
        }
    }
}

static void any_step(struct model *m)
{
    static const char *const requests[] = {RACK, PREFERRED, ANYWHERE,
                                           "'topologyRequest':{'preferred':'block','podSetSliceRequiredTopology':'rack','podSetSliceSize':2},"};
    int i = rand() % WORKS, h = rand() % HOSTS;
    char name[8];
    snprintf(name, sizeof(name), "w%d", i);
    if (rand() % 8 == 0) {
        m->has[h] = rand() % 4 ? 4 + rand() % 4 : 0;
        node(m->g, h, m->has[h] ? m->has[h] : 4, "", m->has[h] ? "True" : "False");
    } else if (rand() % 8 == 0) {
        snprintf(name, sizeof(name), "x%d", h);
        if (m->foreign[h])
            queue_del(m->g->q, QUEUE_POD, STR_NONE, str_of(name));
        else
            put(m->g, QUEUE_POD,
                quoted(m->g->a,
                       "{'metadata':{'name':'%s','uid':'%s'},'spec':{'nodeName':'h%d','containers':[{'name':'c','resources':{'requests':{'cpu':"
                       "'2'}}}]}}",
                       name, name, h));
        m->foreign[h] = m->foreign[h] ? 0 : 2;
    } else if (m->there[i]) {
        queue_del(m->g->q, QUEUE_WORKLOAD, STR("d"), str_of(name));
        m->there[i] = m->placed[i] = false;
    } else {
        m->kind[i] = rand() % 4;
        m->cpu[i] = 1 + rand() % 2;
        m->count[i] = 2 * (1 + rand() % 4);
        m->there[i] = true;
        work(m->g, name, rand() % 3, m->count[i], m->cpu[i], requests[m->kind[i]]);
    }
    settle(m);
}

static void never_too_much(void **state)
{
    for (unsigned seed = 1; seed <= 4; seed++) {
        struct model *m = mem_alloc(sizeof(*m));
        int placed = 0;
        srand(seed);
        m->g = *state;
        for (int h = 0; h < HOSTS; h++)
            m->has[h] = 4;
        for (int i = 0; i < STEPS; i++) {
            if (i % 200 == 0)
                arena_reset(m->g->a);
            any_step(m);
        }
        for (int i = 0; i < WORKS; i++)
            placed += m->placed[i];
        assert_true(placed > 0);
        mem_free(m);
        teardown(state);
        setup(state);
    }
}

/* ── without memory ── */

static int history(void *ctx)
{
    struct value **all = ctx;
    static const enum queue_kind kinds[] = {QUEUE_TOPOLOGY, QUEUE_NODE,  QUEUE_NODE,     QUEUE_POD,     QUEUE_FLAVOR,
                                            QUEUE_CLUSTER,  QUEUE_LOCAL, QUEUE_WORKLOAD, QUEUE_WORKLOAD};
    struct queue_outcome *o = mem_alloc(sizeof(*o));
    struct queue *q = NULL;
    int r = o ? queue_new(&q, NULL) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kinds); i++) {
        r = queue_put(q, kinds[i], all[i], NULL);
        while (r == 0 && i > 6 && (r = queue_step(q, o)) > 0)
            r = 0;
    }
    if (r == 0)
        queue_del(q, QUEUE_NODE, STR_NONE, STR("h0"));
    queue_free(q);
    mem_free(o);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct value *all[] = {
        quoted(g->a, TOPOLOGY),
        quoted(g->a, NODE, 0, 0, 0, 0, "", 4, "True"),
        quoted(g->a, NODE, 1, 0, 0, 1, "", 4, "True"),
        quoted(g->a, "{'metadata':{'name':'x','uid':'x'},'spec':{'nodeName':'h0','containers':[{'name':'c','resources':{'requests':{'cpu':'3'}}}]}}"),
        quoted(g->a, "{'metadata':{'name':'f'},'spec':{'topologyName':'t'}}"),
        quoted(g->a, QUEUE, "q", "f", 100),
        quoted(g->a, "{'metadata':{'namespace':'d','name':'q'},'spec':{'clusterQueue':'q'}}"),
        quoted(g->a, WORK, "a", 1, "q", 0, 4, PREFERRED, "", 1),
        quoted(g->a, WORK, "b", 1, "q", 5, 4, PREFERRED, "", 1)};
    unit_fail_allocations(history, all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(together, setup, teardown),        cmocka_unit_test_setup_teardown(nodes_and_others, setup, teardown),
        cmocka_unit_test_setup_teardown(slices, setup, teardown),          cmocka_unit_test_setup_teardown(flavors, setup, teardown),
        cmocka_unit_test_setup_teardown(others_give_way, setup, teardown), cmocka_unit_test_setup_teardown(told_by_status, setup, teardown),
        cmocka_unit_test_setup_teardown(never_too_much, setup, teardown),  cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
