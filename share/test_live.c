/* Shared GPUs on a running cluster: nodes and pods come, change and go; a scheduler that starts anew finds what the annotations say. */
#include "tests/quoted.h"
#include "tests/unit.h"

#include "share/share.h"

#define NODES 6
#define PODS  60
#define STEPS 4000

struct ground {
    struct share *share;
    struct sched *s;
    struct arena *a;
};

static int open_ground(struct ground *g)
{
    assert_done(share_new_live(&g->share));
    struct sched_plugin plugin = share_plugin(g->share);
    assert_done(sched_new(&g->s, &(struct sched_options){.plugins = &plugin, .n_plugins = 1}));
    share_attach(g->share, g->s, 0);
    return 0;
}

static void close_ground(struct ground *g)
{
    sched_free(g->s);
    share_free(g->share);
}

static void node(struct ground *g, const char *name, int gpus, const char *model)
{
    struct value *v = quoted(g->a,
                             "{'metadata':{'name':'%s','labels':{'coracle.dev/"
                             "gpu-model':'%s'}},'status':{'allocatable':{'cpu':'64','memory':'64Gi','pods':'110','coracle.dev/gpu-milli':'%d'}}}",
                             name, model, gpus * 1000);
    assert_done(sched_put(g->s, SCHED_NODE, v, NULL));
    assert_true(share_node_put(g->share, v) >= 0);
}

static void node_gone(struct ground *g, const char *name)
{
    sched_del(g->s, SCHED_NODE, STR_NONE, str_of(name), NULL);
    share_node_gone(g->share, str_of(name));
}

static struct value *pod_tree(struct ground *g, const char *name, const char *asks, const char *notes, const char *on)
{
    char where[100] = "";
    if (*on)
        snprintf(where, sizeof(where), "'nodeName':'%s',", on);
    return quoted(g->a,
                  "{'metadata':{'name':'%s','uid':'%s','namespace':'d','annotations':{%s}},'spec':{%s'containers':[{'image':'i','resources':{'"
                  "requests':{'cpu':'1'%s}}}]}}",
                  name, name, notes, where, asks);
}

static struct sched_pod *pod(struct ground *g, const char *name, const char *asks, const char *notes, const char *on)
{
    struct sched_event e;
    struct value *v = pod_tree(g, name, asks, notes, on);
    assert_done(sched_put(g->s, SCHED_POD, v, &e));
    assert_done(share_pod_put(g->share, v));
    return e.pod;
}

static void pod_gone(struct ground *g, const char *name)
{
    sched_del(g->s, SCHED_POD, STR_NONE, str_of(name), NULL);
    share_pod_over(g->share, str_of(name));
}

static bool place(struct ground *g, struct sched_pod *p, char on[16], char gpus[64])
{
    struct sched_verdict v;
    SCOPED_BUF b = BUF_INIT(256);
    assert_done(sched_place(g->s, p, &v));
    if (v.node == SCHED_NOWHERE)
        return false;
    assert_done(sched_assume(g->s, p, v.node));
    snprintf(on, 16, "%.*s", STR_FMT(sched_node_name(g->s, v.node)));
    gpus[0] = 0;
    if (share_gpus(g->share, sched_pod_uid(p), &b))
        snprintf(gpus, 64, "%.*s", STR_FMT(buf_view(&b)));
    return true;
}

static void refuses(struct ground *g, struct sched_pod *p, const char *text)
{
    struct sched_verdict v;
    SCOPED_BUF b = BUF_INIT(4096);
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_explain(g->s, p, &v, &b);
    assert_str(buf_view(&b), text);
}

static void parts_and_wholes(void **state)
{
    struct ground g;
    char on[16], gpus[64];
    (void)state;
    assert_done(arena_new(&g.a, 64u << 20));
    open_ground(&g);
    node(&g, "a", 2, "T4");
    node(&g, "b", 0, "");
    assert_true(place(&g, pod(&g, "p", "", "'coracle.dev/gpu-count':'1','coracle.dev/gpu-milli':'600'", ""), on, gpus));
    assert_string_equal(on, "a");
    assert_true(place(&g, pod(&g, "q", ",'coracle.dev/gpu-milli':'400'", "", ""), on, gpus));
    assert_string_equal(gpus, "0"); /* the rest of the same one: the other stays whole */
    struct sched_pod *two = pod(&g, "two", "", "'coracle.dev/gpu-count':'2'", "");
    refuses(&g, two, "0/2 nodes are available: 1 Insufficient GPUs, 1 node(s) had no such GPUs.");
    refuses(&g, pod(&g, "m", "", "'coracle.dev/gpu-count':'1','coracle.dev/gpu-models':'V100'", ""),
            "0/2 nodes are available: 2 node(s) had no such GPUs.");
    refuses(&g, pod(&g, "bad", "", "'coracle.dev/gpu-count':'many'", ""), "0/2 nodes are available: 2 GPU annotations that cannot be read.");
    refuses(&g, pod(&g, "odd", ",'coracle.dev/gpu-milli':'1500'", "", ""),
            "0/2 nodes are available: 1 GPU annotations that cannot be read, 1 Insufficient coracle.dev/gpu-milli.");
    assert_true(place(&g, pod(&g, "plain", "", "", ""), on, gpus));
    assert_string_equal(gpus, "");
    node(&g, "a", 3, "T4"); /* one more is put in */
    assert_true(place(&g, two, on, gpus));
    assert_string_equal(gpus, "1,2");
    pod(&g, "p", "", "'coracle.dev/gpu-count':'1','coracle.dev/gpu-milli':'600','coracle.dev/gpus':'0'", "a"); /* bound */
    node_gone(&g, "a");
    node(&g, "a", 3, "T4"); /* it comes back, with its pods */
    int free[SHARE_GPUS_MAX];
    assert_int_equal(share_free_of(g.share, STR("a"), free), 3);
    assert_int_equal(free[0], 0);
    assert_int_equal(free[1], 0);
    pod_gone(&g, "two");
    share_free_of(g.share, STR("a"), free);
    assert_int_equal(free[1], 1000);
    close_ground(&g);
    arena_free(g.a);
}

static uint64_t dice = 88172645463325252u;
static int roll(int n)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (int)(dice % (uint64_t)n);
}

struct run { /* a pod as the API would have it */
    bool is;
    int count, milli;
    char on[16], gpus[64];
};

static void ask_text(const struct run *r, char *notes, size_t n)
{
    snprintf(notes, n, "'coracle.dev/gpu-count':'%d','coracle.dev/gpu-milli':'%d'%s%s%s", r->count, r->milli,
             r->gpus[0] ? ",'coracle.dev/gpus':'" : "", r->gpus, r->gpus[0] ? "'" : "");
}

/* What each GPU has left, from the annotations alone. */
static void compare(struct ground *g, const struct run *all, const int *gpus)
{
    int left[NODES][SHARE_GPUS_MAX], free[SHARE_GPUS_MAX];
    for (int i = 0; i < NODES; i++)
        for (int k = 0; k < SHARE_GPUS_MAX; k++)
            left[i][k] = 1000;
    for (int p = 0; p < PODS; p++) {
        struct str rest = str_of(all[p].gpus), piece = STR_NONE;
        int64_t k;
        while (all[p].is && all[p].gpus[0] && str_next(&rest, ',', &piece)) {
            assert_done(str_to_int(piece, &k));
            assert_true(k < gpus[all[p].on[1] - '0']);
            left[all[p].on[1] - '0'][k] -= all[p].milli;
        }
    }
    for (int i = 0; i < NODES; i++) {
        char name[16];
        snprintf(name, sizeof(name), "n%d", i);
        assert_int_equal(share_free_of(g->share, str_of(name), free), gpus[i]);
        for (int k = 0; k < gpus[i]; k++) {
            assert_true(left[i][k] >= 0);
            if (free[k] != left[i][k])
                fail_msg("GPU %d of %s has %d, not %d", k, name, free[k], left[i][k]);
        }
    }
}

static void nothing_is_given_twice(void **state)
{
    static const int millis[] = {100, 250, 300, 500, 1000};
    struct ground g;
    struct run all[PODS] = {0};
    int gpus[NODES], placed = 0;
    char name[16], notes[300];
    (void)state;
    assert_done(arena_new(&g.a, 256u << 20));
    open_ground(&g);
    for (int i = 0; i < NODES; i++) {
        snprintf(name, sizeof(name), "n%d", i);
        node(&g, name, gpus[i] = 1 + roll(4), "T4");
    }
    for (int i = 0; i < STEPS; i++) {
        int p = roll(PODS);
        struct run *r = &all[p];
        snprintf(name, sizeof(name), "p%d", p);
        if (r->is) {
            pod_gone(&g, name);
            r->is = false;
        } else {
            *r = (struct run){.count = 1, .milli = millis[roll(5)]};
            if (r->milli == 1000)
                r->count = 1 + roll(3);
            ask_text(r, notes, sizeof(notes));
            struct sched_pod *q = pod(&g, name, "", notes, "");
            r->is = place(&g, q, r->on, r->gpus);
            if (r->is && roll(8) == 0) { /* the binding does not come about */
                sched_forget(g.s, q);
                r->is = false;
            }
            if (!r->is) {
                pod_gone(&g, name);
            } else {
                ask_text(r, notes, sizeof(notes));
                pod(&g, name, "", notes, r->on);
                placed++;
            }
        }
        compare(&g, all, gpus);
        if (i % 500 == 499) { /* a scheduler starts anew: pods are told before the nodes, or after */
            bool first = roll(2);
            close_ground(&g);
            open_ground(&g);
            for (int round = 0; round < 2; round++) {
                for (int k = 0; round == first && k < NODES; k++) {
                    snprintf(name, sizeof(name), "n%d", k);
                    node(&g, name, gpus[k], "T4");
                }
                for (int k = 0; round != first && k < PODS; k++) {
                    snprintf(name, sizeof(name), "p%d", k);
                    ask_text(&all[k], notes, sizeof(notes));
                    if (all[k].is)
                        pod(&g, name, "", notes, all[k].on);
                }
            }
            compare(&g, all, gpus);
        }
        arena_reset(g.a);
    }
    assert_true(placed > STEPS / 4);
    close_ground(&g);
    arena_free(g.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_and_wholes), cmocka_unit_test(nothing_is_given_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
