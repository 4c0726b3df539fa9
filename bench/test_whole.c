/* The scheduler as a whole, at random: nodes, devices, their counters and capacities, and cores with promised bandwidth, in one search. After each of
 * a million steps — pods, nodes and slices that come and go, also between a decision and its binding, writes that fail, victims — nothing is
 * over-committed, and the books agree with what is there. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "cycle/cycle.h"
#include "deadline/deadline.h"
#include "dynamic/dynamic.h"

#ifdef __SANITIZE_ADDRESS__ /* a step costs thirty times as much */
#define STEPS 10000
#else
#define STEPS 1000000
#endif
enum { NODES = 5, PODS = 30, CORES = 4 };

struct one {
    bool there, bound;
    int cpu, claim, cores, priority, node; /* claim: 0 none, 1 whole, 2 half, 3 a share; cores: per cent of one, 0: none */
    struct value *claim_tree;
    struct arena *mem;
};
struct world {
    struct sched *s;
    struct cycle *k;
    struct dynamic *dynamic;
    struct deadline *deadline;
    struct arena *a;
    int64_t now;
    bool node[NODES];
    struct one pods[PODS];
    size_t placed, refused, victims, failed, vanished, claims, cores;
};

static uint64_t dice = 11;
static int roll(int n)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((dice >> 33) % (unsigned)n);
}

static struct str uid_of(int i, char out[16])
{
    snprintf(out, 16, "p%d", i);
    return str_of(out);
}

static int index_of(const struct sched_pod *p)
{
    return atoi(sched_pod_uid(p).p + 1);
}

/* ── facts ── */

static void put_node(struct world *w, int i)
{
    struct value *v = quoted(w->a, "{'metadata':{'name':'n%d'},'status':{'allocatable':{'cpu':'%d','memory':'64Gi','pods':'8'}}}", i, CORES);
    assert_done(cycle_put(w->k, SCHED_NODE, v, w->now));
    assert_done(deadline_node_put(w->deadline, v));
    w->node[i] = true;
}

/* A device in two halves, either it or they (a counter of 8), and one whose memory of 10 is given out in shares. */
static void put_slices(struct world *w, int i)
{
    assert_done(dynamic_put(w->dynamic, DYNAMIC_SLICE,
                            quoted(w->a,
                                   "{'metadata':{'name':'c%d'},'spec':{'driver':'gpu.io','nodeName':'n%d','pool':{'name':'n%d','generation':1,"
                                   "'resourceSliceCount':2},'sharedCounters':[{'name':'set','counters':{'mem':{'value':'8'}}}]}}",
                                   i, i, i)));
    assert_done(
        dynamic_put(w->dynamic, DYNAMIC_SLICE,
                    quoted(w->a,
                           "{'metadata':{'name':'s%d'},'spec':{'driver':'gpu.io','nodeName':'n%d','pool':{'name':'n%d','generation':1,"
                           "'resourceSliceCount':2},'devices':["
                           "{'name':'whole','attributes':{'kind':{'string':'whole'}},'consumesCounters':[{'counterSet':'set','counters':{'mem':{'"
                           "value':'8'}}}]},"
                           "{'name':'left','attributes':{'kind':{'string':'half'}},'consumesCounters':[{'counterSet':'set','counters':{'mem':{'"
                           "value':'4'}}}]},"
                           "{'name':'right','attributes':{'kind':{'string':'half'}},'consumesCounters':[{'counterSet':'set','counters':{'mem':{'"
                           "value':'4'}}}]},"
                           "{'name':'shared','allowMultipleAllocations':true,'attributes':{'kind':{'string':'shared'}},'capacity':{'mem':{'value':'"
                           "10'}}}]}}",
                           i, i, i)));
    cycle_tell(w->k, SCHED_ADDED, NULL, w->now);
}

static void del_slices(struct world *w, int i)
{
    char name[16];
    snprintf(name, sizeof(name), "%c%d", roll(2) ? 'c' : 's', i);
    dynamic_del(w->dynamic, DYNAMIC_SLICE, STR_NONE, str_of(name));
    cycle_tell(w->k, SCHED_DELETED, NULL, w->now);
}

static struct value *pod_tree(struct world *w, int i)
{
    const struct one *o = &w->pods[i];
    char notes[300] = "", on[32] = "", claim[200] = "", uid[16];
    SCOPED_BUF cores = BUF_INIT(256);
    if (o->bound)
        snprintf(on, sizeof(on), "'nodeName':'n%d',", o->node);
    if (o->cores && deadline_cores(w->deadline, uid_of(i, uid), &cores))
        snprintf(notes, sizeof(notes), ",'annotations':{'deadline.coracle.dev/c':'runtime=%dms,period=100ms','coracle.dev/deadline-cores':'%s'}",
                 o->cores, buf_cstr(&cores));
    else if (o->cores)
        snprintf(notes, sizeof(notes), ",'annotations':{'deadline.coracle.dev/c':'runtime=%dms,period=100ms'}", o->cores);
    if (o->claim)
        snprintf(claim, sizeof(claim), "'resourceClaims':[{'name':'r','resourceClaimName':'claim-%d'}],", i);
    return quoted(w->a,
                  "{'metadata':{'name':'p%d','uid':'p%d','namespace':'d'%s},'spec':{%s%s'priority':%d,'containers':[{'name':'c','resources':{"
                  "'requests':{'cpu':'%dm'}}}]}}",
                  i, i, notes, on, claim, o->priority, o->cpu);
}

static void put_pod(struct world *w, int i)
{
    struct value *v = pod_tree(w, i);
    assert_done(cycle_put(w->k, SCHED_POD, v, w->now));
    assert_done(deadline_pod_put(w->deadline, v));
}

/* What the driver does after whatever may have changed a claim. */
static void settle(struct world *w)
{
    struct str ns, name, uid;
    while (dynamic_stale(w->dynamic, &ns, &name, &uid))
        if (w->pods[atoi(uid.p + 1)].there)
            put_pod(w, atoi(uid.p + 1));
    if (dynamic_freed(w->dynamic))
        cycle_tell(w->k, SCHED_DELETED, NULL, w->now);
}

static void come(struct world *w, int i)
{
    static const char *const kinds[] = {"", "whole", "half", "shared"};
    struct one *o = &w->pods[i];
    char ask[300];
    *o = (struct one){
        .there = true, .cpu = 300 + 400 * roll(4), .claim = roll(2) ? roll(4) : 0, .cores = roll(3) ? 0 : 10 + 20 * roll(4), .priority = roll(4)};
    assert_done(arena_new(&o->mem, 1u << 20));
    if (o->claim) {
        size_t n = (size_t)snprintf(ask, sizeof(ask), "'selectors':[{'cel':{'expression':'device.attributes[\\\"gpu.io\\\"].kind == \\\"%s\\\"'}}]",
                                    kinds[o->claim]);
        if (o->claim == 3)
            snprintf(ask + n, sizeof(ask) - n, ",'capacity':{'requests':{'mem':'%d'}}", 1 + roll(6));
        o->claim_tree =
            quoted(o->mem,
                   "{'metadata':{'namespace':'d','name':'claim-%d','uid':'claim-%d'},'spec':{'devices':{'requests':[{'name':'q','exactly':{"
                   "'deviceClassName':'gpu','allocationMode':'ExactCount','count':1,%s}}]}}}",
                   i, i, ask);
        assert_done(dynamic_put(w->dynamic, DYNAMIC_CLAIM, o->claim_tree));
        cycle_tell(w->k, SCHED_ADDED, o->claim_tree, w->now);
    }
    put_pod(w, i);
}

static void go(struct world *w, int i)
{
    struct one *o = &w->pods[i];
    char uid[16], claim[32];
    snprintf(claim, sizeof(claim), "claim-%d", i);
    cycle_del(w->k, SCHED_POD, STR_NONE, uid_of(i, uid), w->now);
    dynamic_pod_gone(w->dynamic, str_of(uid));
    deadline_pod_gone(w->deadline, str_of(uid));
    if (o->claim) {
        dynamic_del(w->dynamic, DYNAMIC_CLAIM, STR("d"), str_of(claim));
        cycle_tell(w->k, SCHED_DELETED, NULL, w->now);
    }
    arena_free(o->mem);
    *o = (struct one){0};
}

/* A node goes, and what ran there with it. */
static void vanish(struct world *w, int i)
{
    char name[8];
    snprintf(name, sizeof(name), "n%d", i);
    cycle_del(w->k, SCHED_NODE, STR_NONE, str_of(name), w->now);
    deadline_node_gone(w->deadline, str_of(name));
    w->node[i] = false;
    for (int p = 0; p < PODS; p++)
        if (w->pods[p].there && w->pods[p].bound && w->pods[p].node == i)
            go(w, p);
}

/* ── what comes of a decision ── */

static void write_claim(struct world *w, const struct sched_pod *p, struct one *o)
{
    struct dynamic_write plan;
    struct value allocation, one = value_make_map(), list = value_make_list();
    int r = 0;
    if (dynamic_plan(w->dynamic, p, &plan, 1) != 1)
        return;
    assert_non_null(plan.allocation);
    assert_done(value_copy(o->mem, plan.allocation, &allocation));
    VALUE_SET(&r, o->mem, &one, "resource", value_make_text(STR("pods")));
    VALUE_SET(&r, o->mem, &one, "uid", value_make_text(sched_pod_uid(p)));
    assert_non_null(value_put(o->mem, o->claim_tree, "status.allocation", allocation));
    assert_true(r == 0 && value_add(o->mem, &list, one) && value_put(o->mem, o->claim_tree, "status.reservedFor", list));
    assert_done(dynamic_put(w->dynamic, DYNAMIC_CLAIM, o->claim_tree));
    cycle_tell(w->k, SCHED_OTHER, o->claim_tree, w->now);
    w->claims++;
}

static void placed(struct world *w, struct sched_pod *p, uint32_t node)
{
    int i = index_of(p), at = atoi(sched_node_name(w->s, node).p + 1), fate = roll(20);
    struct one *o = &w->pods[i];
    char uid[16];
    w->placed++;
    assert_true(w->node[at]); /* never on one that has gone */
    if (fate == 0) {          /* the node goes before the pod is bound to it */
        vanish(w, at);
        w->vanished++;
    }
    if (fate <= 1) { /* the server says no */
        cycle_bound(w->k, uid_of(i, uid), false, w->now);
        w->failed++;
        settle(w);
        return;
    }
    if (o->claim)
        write_claim(w, p, o);
    w->cores += o->cores > 0;
    o->bound = true;
    o->node = at;
    cycle_bound(w->k, uid_of(i, uid), true, w->now);
    put_pod(w, i);
    dynamic_pod_gone(w->dynamic, str_of(uid));
    settle(w);
}

static void decide(struct world *w)
{
    struct cycle_outcome o;
    int r;
    while ((r = cycle_step(w->k, w->now, &o)) > 0) {
        int victims[PODS], n = 0;
        w->refused += o.kind == CYCLE_REFUSED;
        if (o.kind == CYCLE_REFUSED)
            assert_true(o.message.n > 0); /* never without a reason */
        for (size_t i = 0; i < o.n_victims; i++) {
            victims[n++] = index_of(o.victims[i]);
            assert_true(w->pods[victims[n - 1]].priority < w->pods[index_of(o.pod)].priority);
        }
        if (o.kind == CYCLE_PLACED)
            placed(w, o.pod, o.node);
        for (int i = 0; i < n; i++)
            if (w->pods[victims[i]].there)
                go(w, victims[i]);
        w->victims += (size_t)n;
        settle(w);
    }
    assert_int_equal(r, 0);
}

/* ── what must be so after each step ── */

static void check(struct world *w)
{
    const char *bad = device_check(dynamic_devices(w->dynamic));
    if (bad)
        fail_msg("%s", bad);
    for (uint32_t n = 0; n < sched_node_slots(w->s); n++) {
        int64_t has, used, sum = 0, cores = 0, wanted = 0;
        int32_t on[16];
        if (!sched_node_known(w->s, n))
            continue;
        sched_node_amounts(w->s, n, STR("cpu"), &has, &used);
        assert_true(used <= has);
        for (struct sched_pod *p = sched_node_next(w->s, n, NULL); p; p = sched_node_next(w->s, n, p)) {
            sum += sched_pod_asks(w->s, p, STR("cpu"));
            wanted += w->pods[index_of(p)].cores * 10000;
        }
        assert_int_equal(sum, used);
        size_t count = deadline_node_used(w->deadline, sched_node_name(w->s, n), on, ARRAY_LEN(on));
        assert_int_equal(count, CORES);
        for (size_t k = 0; k < count; k++) {
            assert_in_range(on[k], 0, DEADLINE_BOUND);
            cores += on[k];
        }
        assert_int_equal(cores, wanted);
    }
}

static void step(struct world *w)
{
    int what = roll(60), node = roll(NODES), i = roll(PODS);
    w->now += roll(3000);
    if (what == 0)
        w->node[node] ? vanish(w, node) : put_node(w, node);
    else if (what == 1)
        del_slices(w, node);
    else if (what == 2 || what == 3)
        put_slices(w, node);
    else if (!w->pods[i].there)
        come(w, i);
    else if (roll(3) == 0)
        go(w, i);
    if (!w->node[node] && roll(8) == 0)
        put_node(w, node);
    settle(w);
    decide(w);
}

static void a_million_steps(void **state)
{
    struct world w = {0};
    const char *text = getenv("CORACLE_STEPS");
    long steps = text ? atol(text) : STEPS;
    (void)state;
    assert_done(arena_new(&w.a, 8u << 20));
    assert_done(dynamic_new(&w.dynamic, 1));
    assert_done(deadline_new(&w.deadline));
    struct sched_plugin plugins[] = {dynamic_plugin(w.dynamic), deadline_plugin(w.deadline)};
    assert_done(sched_new(&w.s, &(struct sched_options){.plugins = plugins, .n_plugins = ARRAY_LEN(plugins)}));
    dynamic_attach(w.dynamic, w.s, 0);
    deadline_attach(w.deadline, w.s, 1);
    assert_done(cycle_new(&w.k, w.s, NULL));
    assert_done(dynamic_put(w.dynamic, DYNAMIC_CLASS, quoted(w.a, "{'metadata':{'name':'gpu'},'spec':{}}")));
    for (int i = 0; i < NODES; i++) {
        put_node(&w, i);
        put_slices(&w, i);
    }
    for (long i = 0; i < steps; i++) {
        arena_reset(w.a);
        step(&w);
        check(&w);
    }
    print_message("%zu placed (%zu with a claim, %zu with cores), %zu refused, %zu victims, %zu failed, %zu nodes vanished between\n", w.placed,
                  w.claims, w.cores, w.refused, w.victims, w.failed, w.vanished);
    assert_true(w.placed > (size_t)steps / 20 && w.claims > (size_t)steps / 100 && w.cores > (size_t)steps / 100 && w.refused > (size_t)steps / 100 &&
                w.victims > (size_t)steps / 1000 && w.vanished > (size_t)steps / 2000);
    for (int i = 0; i < PODS; i++)
        if (w.pods[i].there)
            go(&w, i);
    check(&w);
    dynamic_free(w.dynamic);
    cycle_free(w.k);
    sched_free(w.s);
    deadline_free(w.deadline);
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_million_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
