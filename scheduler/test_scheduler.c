#include "scheduler/inside.h"
#include "tests/unit.h"

/* JSON with ' for ", so that objects stay readable here. */
static struct value *json(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
static struct value *json(struct arena *a, const char *fmt, ...)
{
    char text[4096];
    struct err err = {""};
    struct value *v = arena_alloc(a, sizeof(*v));
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    if (!v || value_parse(a, str_of(text), NULL, NULL, v, &err) < 0)
        fail_msg("%s: %s", err.text, text);
    return v;
}

struct ground {
    struct arena *a;
    struct scheduler_cluster *c;
    struct scheduler_verdict v;
};

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(scheduler_cluster_new(&g->c));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    scheduler_cluster_free(g->c);
    arena_free(g->a);
    free(g);
    return 0;
}

static void node(struct ground *g, const char *name, const char *cpu, const char *labels, const char *spec)
{
    assert_done(scheduler_node_put(g->c, json(g->a, "{'metadata':{'name':'%s','labels':{%s}},'spec':{%s},'status':{'allocatable':{'cpu':'%s',"
                                                "'memory':'4Gi','ephemeral-storage':'10Gi','pods':'3','example.com/gpu':'2'}}}",
                                          name, labels, spec, cpu)));
}

static enum scheduler_refusal why(struct ground *g, const char *spec)
{
    assert_done(scheduler_place(g->c, json(g->a, "{'metadata':{'name':'p','uid':'new'},'spec':{%s}}", spec), &g->v));
    for (size_t i = SCHEDULER_FITS + 1; i < SCHEDULER_REFUSALS; i++)
        if (g->v.refused[i]) {
            assert_false(g->v.placed);
            return (enum scheduler_refusal)i;
        }
    assert_true(g->v.placed);
    return SCHEDULER_FITS;
}

static void put_pod(struct ground *g, const char *uid, const char *on, int priority, const char *cpu, const char *more)
{
    assert_done(scheduler_pod_put(g->c, json(g->a, "{'metadata':{'uid':'%s','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'nodeName':'%s',"
                                               "'priority':%d,'containers':[{'resources':{'requests':{'cpu':'%s'}}%s}]}}",
                                         uid, on, priority, cpu, more)));
}

/* ── filters ── */

struct row {
    const char *spec;
    enum scheduler_refusal want;
};

static void check_rows(struct ground *g, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        enum scheduler_refusal got = why(g, rows[i].spec);
        if (got != rows[i].want)
            fail_msg("%s: %d, wanted %d", rows[i].spec, (int)got, (int)rows[i].want);
    }
}

static void taints_and_tolerations(void **state)
{
    struct ground *g = *state;
    node(g, "n", "4", "", "'taints':[{'key':'k','value':'7','effect':'NoSchedule'}]");
    const struct row rows[] = {
        {"'tolerations':[]", SCHEDULER_TAINT},
        {"'tolerations':[{'operator':'Exists'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Exists'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Exists','effect':'NoSchedule'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Exists','effect':'NoExecute'}]", SCHEDULER_TAINT},
        {"'tolerations':[{'key':'other','operator':'Exists'}]", SCHEDULER_TAINT},
        {"'tolerations':[{'key':'k','operator':'Equal','value':'7'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','value':'7'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Equal','value':'8'}]", SCHEDULER_TAINT},
        {"'tolerations':[{'key':'k','operator':'Gt','value':'6'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Gt','value':'7'}]", SCHEDULER_TAINT},
        {"'tolerations':[{'key':'k','operator':'Lt','value':'8'}]", SCHEDULER_FITS},
        {"'tolerations':[{'key':'k','operator':'Lt','value':'x'}]", SCHEDULER_TAINT},
        {"'tolerations':[{'key':'x','operator':'Exists'},{'key':'k','operator':'Exists'}]", SCHEDULER_FITS},
    };
    check_rows(g, rows, ARRAY_LEN(rows));
    node(g, "n", "4", "", "'taints':[{'key':'k','effect':'PreferNoSchedule'}]");
    assert_int_equal(why(g, "'containers':[]"), SCHEDULER_FITS);
    node(g, "n", "4", "", "'taints':[{'key':'k','effect':'NoExecute'}]");
    assert_int_equal(why(g, "'containers':[]"), SCHEDULER_TAINT);
    node(g, "n", "4", "", "'unschedulable':true");
    const struct row cordoned[] = {
        {"'containers':[]", SCHEDULER_UNSCHEDULABLE},
        {"'tolerations':[{'key':'node.kubernetes.io/unschedulable','operator':'Exists','effect':'NoSchedule'}]", SCHEDULER_FITS},
    };
    check_rows(g, cordoned, ARRAY_LEN(cordoned));
}

#define REQUIRED(terms) "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[" terms "]}}}"
#define EXPRESSION(e) REQUIRED("{'matchExpressions':[" e "]}")

static void selectors_and_affinity(void **state)
{
    struct ground *g = *state;
    node(g, "n", "4", "'disk':'ssd','gen':'3'", "");
    const struct row rows[] = {
        {"'nodeSelector':{'disk':'ssd'}", SCHEDULER_FITS},
        {"'nodeSelector':{'disk':'hdd'}", SCHEDULER_AFFINITY},
        {"'nodeSelector':{'disk':'ssd','zone':'a'}", SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'disk','operator':'In','values':['hdd','ssd']}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'zone','operator':'In','values':['']}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'disk','operator':'NotIn','values':['ssd']}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'zone','operator':'NotIn','values':['a']}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'disk','operator':'Exists'}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'zone','operator':'Exists'}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'zone','operator':'DoesNotExist'}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'disk','operator':'DoesNotExist'}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'gen','operator':'Gt','values':['2']}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'gen','operator':'Gt','values':['3']}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'gen','operator':'Lt','values':['4']}"), SCHEDULER_FITS},
        {EXPRESSION("{'key':'disk','operator':'Lt','values':['4']}"), SCHEDULER_AFFINITY},
        {EXPRESSION("{'key':'disk','operator':'Exists'},{'key':'zone','operator':'Exists'}"), SCHEDULER_AFFINITY}, /* and */
        {REQUIRED("{'matchExpressions':[{'key':'zone','operator':'Exists'}]},{'matchExpressions':[{'key':'disk','operator':'Exists'}]}"),
         SCHEDULER_FITS}, /* or */
        {REQUIRED("{}"), SCHEDULER_AFFINITY},
        {REQUIRED("{'matchFields':[{'key':'metadata.name','operator':'In','values':['n']}]}"), SCHEDULER_FITS},
        {REQUIRED("{'matchFields':[{'key':'metadata.name','operator':'In','values':['m']}]}"), SCHEDULER_AFFINITY},
        {"'nodeSelector':{'disk':'hdd'}," EXPRESSION("{'key':'disk','operator':'Exists'}"), SCHEDULER_AFFINITY},
        {"'nodeName':'m'", SCHEDULER_NODE_NAME},
        {"'nodeName':'n'", SCHEDULER_FITS},
    };
    check_rows(g, rows, ARRAY_LEN(rows));
}

#define PORT(p) "'containers':[{'ports':[" p "]}]"
#define ASKS(r) "'containers':[{'resources':{'requests':{" r "}}}]"

static void ports(void **state)
{
    struct ground *g = *state;
    node(g, "n", "4", "", "");
    put_pod(g, "a", "n", 0, "1", ",'ports':[{'hostPort':80},{'hostPort':81,'hostIP':'10.0.0.1'}]");
    const struct row rows[] = {
        {PORT("{'containerPort':80}"), SCHEDULER_FITS},
        {PORT("{'hostPort':80}"), SCHEDULER_PORTS},
        {PORT("{'hostPort':80,'protocol':'UDP'}"), SCHEDULER_FITS},
        {PORT("{'hostPort':80,'hostIP':'10.0.0.1'}"), SCHEDULER_PORTS},
        {PORT("{'hostPort':81}"), SCHEDULER_PORTS},
        {PORT("{'hostPort':81,'hostIP':'10.0.0.2'}"), SCHEDULER_FITS},
        {PORT("{'hostPort':82}"), SCHEDULER_FITS},
    };
    check_rows(g, rows, ARRAY_LEN(rows));
}

static void resources(void **state)
{
    struct ground *g = *state;
    node(g, "n", "2", "", "");
    put_pod(g, "a", "n", 0, "500m", ",'x':0");
    const struct row rows[] = {
        {ASKS("'cpu':'1500m'"), SCHEDULER_FITS},
        {ASKS("'cpu':'1501m'"), SCHEDULER_CPU},
        {ASKS("'memory':'4Gi'"), SCHEDULER_FITS},
        {ASKS("'memory':'4097Mi'"), SCHEDULER_MEMORY},
        {ASKS("'ephemeral-storage':'11Gi'"), SCHEDULER_EPHEMERAL},
        {ASKS("'example.com/gpu':'2'"), SCHEDULER_FITS},
        {ASKS("'example.com/gpu':'3'"), SCHEDULER_EXTENDED},
        {ASKS("'example.com/none':'1'"), SCHEDULER_EXTENDED},
        {ASKS("'example.com/none':'0'"), SCHEDULER_FITS},
        /* the largest init container counts when it is more; sidecars count with everything (KEP-753) */
        {ASKS("'cpu':'1'") ",'initContainers':[{'resources':{'requests':{'cpu':'1600m'}}}]", SCHEDULER_CPU},
        {ASKS("'cpu':'1'") ",'initContainers':[{'resources':{'requests':{'cpu':'1500m'}}}]", SCHEDULER_FITS},
        {ASKS("'cpu':'1'") ",'initContainers':[{'restartPolicy':'Always','resources':{'requests':{'cpu':'600m'}}}]", SCHEDULER_CPU},
        {ASKS("'cpu':'1'") ",'overhead':{'cpu':'501m'}", SCHEDULER_CPU},
        {"'resources':{'requests':{'cpu':'3'}}," ASKS("'cpu':'1'"), SCHEDULER_CPU},
    };
    check_rows(g, rows, ARRAY_LEN(rows));
    put_pod(g, "b", "n", 0, "0", ",'x':0");
    put_pod(g, "c", "n", 0, "0", ",'x':0");
    assert_int_equal(why(g, "'containers':[]"), SCHEDULER_PODS);
    assert_done(scheduler_pod_put(g->c, json(g->a, "{'metadata':{'uid':'c'},'spec':{'nodeName':'n'},'status':{'phase':'Succeeded'}}")));
    assert_int_equal(why(g, "'containers':[]"), SCHEDULER_FITS);
}

/* ── scores ── */

static void scores(void **state)
{
    struct ground *g = *state;
    node(g, "full", "4", "", "");
    node(g, "empty", "4", "'fast':'y'", "");
    put_pod(g, "a", "full", 0, "2", ",'x':0");
    assert_int_equal(why(g, ASKS("'cpu':'1'")), SCHEDULER_FITS);
    assert_str(g->v.node, "empty");
    node(g, "empty", "4", "'fast':'y'", "'taints':[{'key':'k','effect':'PreferNoSchedule'}]");
    assert_int_equal(why(g, ASKS("'cpu':'1'")), SCHEDULER_FITS);
    assert_str(g->v.node, "full"); /* a soft taint weighs more than half a node's cpu */
    assert_int_equal(why(g, ASKS("'cpu':'1'") ",'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':100,"
                                              "'preference':{'matchExpressions':[{'key':'fast','operator':'Exists'}]}}]}}"), SCHEDULER_FITS);
    assert_str(g->v.node, "empty");
    scheduler_node_del(g->c, STR("empty"));
    node(g, "even", "4", "", "");
    assert_done(scheduler_node_put(g->c, json(g->a, "{'metadata':{'name':'has'},'status':{'allocatable':{'cpu':'4','memory':'4Gi','pods':'3'},"
                                                "'images':[{'names':['docker.io/library/busybox:1']}]}}")));
    assert_int_equal(why(g, "'containers':[{'image':'docker.io/library/busybox:1'}]"), SCHEDULER_FITS);
    assert_str(g->v.node, "has");
    /* Pods that ask for nothing spread too. */
    scheduler_node_del(g->c, STR("has"));
    scheduler_node_del(g->c, STR("full"));
    node(g, "other", "4", "", "");
    assert_int_equal(why(g, "'containers':[{'image':'i'}]"), SCHEDULER_FITS);
    assert_str(g->v.node, "even");
    put_pod(g, "idle", "even", 0, "0", ",'x':0");
    assert_int_equal(why(g, "'containers':[{'image':'i'}]"), SCHEDULER_FITS);
    assert_str(g->v.node, "other");
}

/* ── preemption and the verdict's words ── */

static void victims(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "2", "", "");
    node(g, "n2", "2", "", "");
    put_pod(g, "low", "n1", 5, "1", ",'x':0");
    put_pod(g, "mid", "n1", 50, "1", ",'x':0");
    put_pod(g, "mid2", "n2", 50, "2", ",'x':0");
    assert_int_equal(why(g, "'priority':100," ASKS("'cpu':'1'")), SCHEDULER_CPU);
    assert_str(g->v.victim_node, "n1"); /* its highest victim is the lowest */
    assert_int_equal(g->v.n_victims, 1);
    assert_str(g->v.victims[0], "low");
    assert_int_equal(why(g, "'priority':100," ASKS("'cpu':'2'")), SCHEDULER_CPU);
    assert_str(g->v.victim_node, "n2"); /* equal highest: fewer victims */
    assert_int_equal(why(g, "'priority':5," ASKS("'cpu':'1'")), SCHEDULER_CPU);
    assert_int_equal(g->v.n_victims, 0); /* equals do not go */
    assert_int_equal(why(g, "'priority':100,'preemptionPolicy':'Never'," ASKS("'cpu':'1'")), SCHEDULER_CPU);
    assert_int_equal(g->v.n_victims, 0);
    assert_int_equal(why(g, "'priority':100," ASKS("'cpu':'3'")), SCHEDULER_CPU);
    assert_int_equal(g->v.n_victims, 0); /* would not fit an empty node either */
}

static void victims_of_a_port(void **state)
{
    struct ground *g = *state;
    node(g, "n", "4", "", "");
    put_pod(g, "udp", "n", 1, "1", ",'ports':[{'hostPort':80,'protocol':'UDP'}]");
    put_pod(g, "tcp", "n", 2, "1", ",'ports':[{'hostPort':80}]");
    assert_int_equal(why(g, "'priority':9," PORT("{'hostPort':80}")), SCHEDULER_PORTS);
    assert_int_equal(g->v.n_victims, 1);
    assert_str(g->v.victims[0], "tcp"); /* the same number over another protocol is no clash */
}

static void wording(void **state)
{
    struct ground *g = *state;
    SCOPED_BUF b = BUF_INIT(4096);
    assert_done(scheduler_place(g->c, json(g->a, "{'spec':{}}"), &g->v));
    scheduler_verdict_print(g->c, &g->v, &b);
    assert_str(buf_view(&b), "no nodes available to schedule pods");
    node(g, "n1", "1", "", "");
    node(g, "n2", "1", "", "'taints':[{'key':'k','effect':'NoSchedule'}]");
    why(g, ASKS("'cpu':'2'"));
    buf_clear(&b);
    scheduler_verdict_print(g->c, &g->v, &b);
    assert_str(buf_view(&b), "0/2 nodes are available: 1 node(s) had untolerated taint(s) {k: }, 1 Insufficient cpu. preemption: 0/2 nodes "
                             "are available: 2 Preemption is not helpful for scheduling.");
}

/* ── accounting against a plain reference ── */

enum { NODES = 5, PODS = 40, STEPS = 4000 };
struct plain {
    int node; /* -1: nowhere */
    int64_t cpu, gpu;
};

static void check_sums(struct scheduler_cluster *c, const struct plain *pods, const bool *known)
{
    for (int n = 0; n < NODES; n++) {
        char name[8];
        int64_t cpu = 0, gpu = 0, count = 0, got_gpu = 0;
        snprintf(name, sizeof(name), "n%d", n);
        for (int i = 0; i < PODS; i++)
            if (pods[i].node == n) {
                cpu += pods[i].cpu;
                gpu += pods[i].gpu;
                count++;
            }
        struct machine *m = map_get(&c->nodes, str_of(name));
        if (!m) {
            assert_true(!known[n] && count == 0);
            continue;
        }
        for (size_t k = 0; k < m->used.n_extended; k++)
            got_gpu += m->used.extended[k].n;
        assert_int_equal(m->known, known[n]);
        assert_int_equal(m->used.fixed[AMOUNT_CPU], cpu);
        assert_int_equal(m->used.pods, count);
        assert_int_equal(got_gpu, gpu);
    }
}

static void place_and_assume(struct ground *g, struct plain *p, int i, struct arena *a, const struct plain *all)
{
    struct plain want = {.cpu = 1 + rand() % 900, .gpu = rand() % 3};
    struct value *pod = json(a, "{'metadata':{'uid':'p%d'},'spec':{'containers':[{'resources':{'requests':{'cpu':'%dm','example.com/gpu':'%d'}}}]}}",
                             i, (int)want.cpu, (int)want.gpu);
    assert_done(scheduler_place(g->c, pod, &g->v));
    if (!g->v.placed)
        return;
    int n = g->v.node.p[1] - '0';
    int64_t cpu = want.cpu, gpu = want.gpu, count = 1;
    for (int k = 0; k < PODS; k++)
        if (all[k].node == n && k != i) {
            cpu += all[k].cpu;
            gpu += all[k].gpu;
            count++;
        }
    assert_true(cpu <= 2000 && gpu <= 2 && count <= 3); /* never more than the node has */
    char name[8];
    snprintf(name, sizeof(name), "n%d", n);
    assert_done(scheduler_assume(g->c, pod, str_of(name)));
    want.node = n;
    *p = want;
}

static void random_sequences(void **state)
{
    struct ground *g = *state;
    struct plain pods[PODS];
    bool known[NODES] = {false};
    srand(7);
    for (int i = 0; i < PODS; i++)
        pods[i].node = -1;
    for (int step = 0; step < STEPS; step++) {
        int i = rand() % PODS, n = rand() % NODES;
        char name[8];
        arena_reset(g->a);
        switch (rand() % 6) {
        case 0:
            snprintf(name, sizeof(name), "n%d", n);
            node(g, name, "2", "", "");
            known[n] = true;
            break;
        case 1:
            snprintf(name, sizeof(name), "n%d", n);
            if (rand() % 3 == 0) {
                scheduler_node_del(g->c, str_of(name));
                known[n] = false;
            }
            break;
        case 2:
            snprintf(name, sizeof(name), "p%d", i);
            scheduler_pod_del(g->c, str_of(name));
            pods[i].node = -1;
            break;
        default:
            if (pods[i].node < 0)
                place_and_assume(g, &pods[i], i, g->a, pods);
        }
        check_sums(g->c, pods, known);
    }
}

struct story {
    const struct value *node, *pod;
};

static int history(void *ctx)
{
    const struct story *t = ctx;
    struct scheduler_cluster *c = NULL;
    struct scheduler_verdict v;
    int r = scheduler_cluster_new(&c);
    for (int again = 0; r == 0 && again < 2; again++) {
        r = scheduler_node_put(c, t->node);
        if (r == 0)
            r = scheduler_pod_put(c, t->pod);
    }
    if (r == 0)
        r = scheduler_place(c, t->pod, &v);
    if (c) {
        scheduler_pod_del(c, STR("u"));
        scheduler_node_del(c, STR("n"));
        assert_int_equal(c->order.n, c->nodes.n);
    }
    scheduler_cluster_free(c);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct story t = {
        .node = json(g->a, "{'metadata':{'name':'n','labels':{'a':'b'}},'status':{'allocatable':{'cpu':'2','pods':'9'}}}"),
        .pod = json(g->a, "{'metadata':{'uid':'u'},'spec':{'nodeName':'n','containers':[{'ports':[{'hostPort':80}]}]}}"),
    };
    unit_fail_allocations(history, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(taints_and_tolerations, setup, teardown),
        cmocka_unit_test_setup_teardown(selectors_and_affinity, setup, teardown),
        cmocka_unit_test_setup_teardown(ports, setup, teardown),
        cmocka_unit_test_setup_teardown(resources, setup, teardown),
        cmocka_unit_test_setup_teardown(scores, setup, teardown),
        cmocka_unit_test_setup_teardown(victims, setup, teardown),
        cmocka_unit_test_setup_teardown(victims_of_a_port, setup, teardown),
        cmocka_unit_test_setup_teardown(wording, setup, teardown),
        cmocka_unit_test_setup_teardown(random_sequences, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
