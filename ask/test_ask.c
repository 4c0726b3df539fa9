/* What pods ask for, through the door: amounts as KEP-753, 1287 and 2837 count them, selectors, tolerations, keys, and that nothing is left behind.
 */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "ask/ask.h"

struct ground {
    struct arena *a;
    struct ask_book *b;
};

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 16u << 20));
    assert_done(ask_book_new(&g->b));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    ask_book_free(g->b); /* the sanitizer sees what it held on to */
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static void sums(struct ground *g, const char *pod, bool status, int64_t cpu, int64_t memory, int64_t thing)
{
    struct ask_amounts *m;
    uint32_t column = ask_column(g->b, STR("example.com/thing"));
    assert_done(ask_amounts_of(g->b, quoted(g->a, "%s", pod), status, &m));
    if (ask_amount_of(m, ASK_CPU) != cpu || ask_amount_of(m, ASK_MEMORY) != memory || ask_amount_of(m, column) != thing)
        fail_msg("%s: cpu %lld, memory %lld, thing %lld", pod, (long long)ask_amount_of(m, ASK_CPU), (long long)ask_amount_of(m, ASK_MEMORY),
                 (long long)ask_amount_of(m, column));
    ask_amounts_unref(g->b, m);
}

#define C(cpu)    "{'resources':{'requests':{'cpu':'" cpu "'}}}"
#define SIDE(cpu) "{'restartPolicy':'Always','resources':{'requests':{'cpu':'" cpu "'}}}"

static void amounts(void **state)
{
    struct ground *g = *state;
    sums(g, "{'spec':{'containers':[{'resources':{'requests':{'cpu':'500m','memory':'1Mi','example.com/thing':2}}}," C("1500m") "]}}", false, 2000,
         1 << 20, 2);
    /* Init containers run one after the other: the greatest counts when it is greater than all that runs later. */
    sums(g, "{'spec':{'initContainers':[" C("3") "," C("1") "],'containers':[" C("1") "," C("1") "]}}", false, 3000, 0, 0);
    sums(g, "{'spec':{'initContainers':[" C("1") "],'containers':[" C("1") "," C("1") "]}}", false, 2000, 0, 0);
    /* A sidecar stays: beside the containers, and beside the init containers that come after it. */
    sums(g, "{'spec':{'initContainers':[" SIDE("2") "],'containers':[" C("1") "]}}", false, 3000, 0, 0);
    sums(g, "{'spec':{'initContainers':[" SIDE("2") "," C("5") "],'containers':[" C("1") "]}}", false, 7000, 0, 0);
    sums(g, "{'spec':{'initContainers':[" C("5") "," SIDE("2") "],'containers':[" C("1") "]}}", false, 5000, 0, 0);
    /* The pod's own amounts stand for those of its containers; its overhead comes on top. */
    sums(g, "{'spec':{'resources':{'requests':{'cpu':'4'}},'containers':[" C("1") "],'overhead':{'cpu':'250m','memory':'2Mi'}}}", false, 4250,
         2 << 20, 0);
    sums(g, "{'spec':{'containers':[{}]}}", false, 0, 0, 0);
    struct ask_amounts *a, *b;
    assert_done(ask_amounts_of(g->b, quoted(g->a, "{'spec':{'containers':[" C("1") "]}}"), false, &a));
    assert_done(ask_amounts_of(g->b, quoted(g->a, "{'spec':{'containers':[" C("1000m") "]}}"), false, &b));
    assert_ptr_equal(a, b); /* equal ones are one */
    ask_amounts_unref(g->b, a);
    ask_amounts_unref(g->b, b);
}

static struct ask *ask_from(struct ground *g, const char *spec)
{
    char text[3000];
    struct ask *q;
    SCOPED_BUF key = BUF_INIT(1u << 16);
    snprintf(text, sizeof(text), "{'metadata':{'namespace':'default','labels':{'app':'a'}},'spec':{'containers':[{'image':'i'}]%s}}", spec);
    struct value *pod = quoted(g->a, "%s", text);
    ask_key(pod, &key);
    assert_done(ask_new(g->b, pod, buf_view(&key), &q));
    return q;
}

static void ask_end(struct ground *g, struct ask *q)
{
    if (--q->refs == 0)
        ask_free(g->b, q);
}

static void tolerations(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *toleration;
        bool tolerates; /* key=value:NoSchedule */
    } rows[] = {
        {"{'key':'key','operator':'Equal','value':'value','effect':'NoSchedule'}", true},
        {"{'key':'key','value':'value'}", true},
        {"{'key':'key','operator':'Exists'}", true},
        {"{'operator':'Exists'}", true},
        {"{'key':'key','operator':'Equal','value':'other'}", false},
        {"{'key':'other','operator':'Exists'}", false},
        {"{'key':'key','operator':'Exists','effect':'NoExecute'}", false},
    };
    struct ask_held held = {0};
    struct ask_taint *taints;
    uint32_t n;
    assert_done(ask_taints_of(g->a, g->b, &held, quoted(g->a, "[{'key':'key','value':'value','effect':'NoSchedule'}]"), &taints, &n));
    assert_int_equal(n, 1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char spec[400];
        snprintf(spec, sizeof(spec), ",'tolerations':[%s]", rows[i].toleration);
        struct ask *q = ask_from(g, spec);
        if (ask_tolerates(g->b, q->tolerations, q->n_tolerations, taints) != rows[i].tolerates)
            fail_msg("%s", rows[i].toleration);
        ask_end(g, q);
    }
    ask_held_drop(g->b, &held);
}

static void node_selectors(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *need;
        bool matches; /* zone=a, cores=8 */
    } rows[] = {
        {"{'key':'zone','operator':'In','values':['a','b']}", true},
        {"{'key':'zone','operator':'NotIn','values':['a']}", false},
        {"{'key':'disk','operator':'NotIn','values':['x']}", true},
        {"{'key':'disk','operator':'DoesNotExist'}", true},
        {"{'key':'zone','operator':'Exists'}", true},
        {"{'key':'cores','operator':'Gt','values':['7']}", true},
        {"{'key':'cores','operator':'Gt','values':['8']}", false},
        {"{'key':'cores','operator':'Lt','values':['9']}", true},
        {"{'key':'zone','operator':'Gt','values':['1']}", false},
        {"{'key':'cores','operator':'Gt','values':['x']}", false},
    };
    struct ask_labels *labels;
    assert_done(ask_labels_get(g->b, STR_NONE, quoted(g->a, "{'zone':'a','cores':'8'}"), &labels));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct ask_held held = {0};
        struct ask_node_selector s;
        char text[400];
        snprintf(text, sizeof(text), "{'nodeSelectorTerms':[{'matchExpressions':[%s]}]}", rows[i].need);
        assert_done(ask_node_selector_of(g->a, g->b, &held, quoted(g->a, "%s", text), &s));
        if (ask_node_selector_matches(g->b, &s, labels, 0) != rows[i].matches)
            fail_msg("%s", rows[i].need);
        ask_held_drop(g->b, &held);
    }
    ask_labels_unref(g->b, labels);
}

/* Pods that ask the same have one key; whatever a node could tell apart makes another. */
static void keys(void **state)
{
    struct ground *g = *state;
    static const char *const specs[] = {
        "",
        ",'priority':5",
        ",'nodeSelector':{'a':'b'}",
        ",'tolerations':[{'operator':'Exists'}]",
        ",'preemptionPolicy':'Never'",
        ",'schedulerName':'other'",
        ",'overhead':{'cpu':'1'}",
        ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]",
        (",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z',"
         "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{}}]"),
        ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','labelSelector':{}}]}}",
    };
    struct buf made[ARRAY_LEN(specs)];
    for (size_t i = 0; i < ARRAY_LEN(specs); i++) {
        char text[2000];
        SCOPED_BUF again = BUF_INIT(1u << 16);
        made[i] = BUF_INIT(1u << 16);
        snprintf(text, sizeof(text), "{'metadata':{'name':'p%zu','uid':'u%zu','namespace':'default'},'spec':{'containers':[{'image':'i'}]%s}}", i, i,
                 specs[i]);
        ask_key(quoted(g->a, "%s", text), &made[i]);
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'q','uid':'v','namespace':'default'},'spec':{'containers':[{'image':'i'}]%s},'status':{'phase':'Pending'}}",
                 specs[i]);
        ask_key(quoted(g->a, "%s", text), &again);
        assert_true(str_eq(buf_view(&again), buf_view(&made[i])));
        for (size_t k = 0; k < i; k++)
            if (str_eq(buf_view(&made[k]), buf_view(&made[i])))
                fail_msg("\"%s\" and \"%s\" have one key", specs[k], specs[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(specs); i++)
        buf_done(&made[i]);
}

static int compile(void *ctx)
{
    struct value *pod = ctx;
    struct ask_book *b = NULL;
    struct ask *q = NULL;
    SCOPED_BUF key = BUF_INIT(1u << 16);
    int r = ask_book_new(&b);
    ask_key(pod, &key);
    if (r == 0)
        r = buf_error(&key);
    if (r == 0)
        r = ask_new(b, pod, buf_view(&key), &q);
    if (q)
        ask_free(b, q);
    ask_book_free(b);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct value *pod = quoted(
        g->a, "{'metadata':{'namespace':'n','labels':{'a':'b'}},'spec':{'nodeSelector':{'x':'y'},'tolerations':[{'key':'k','operator':'Exists'}],"
              "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'z',"
              "'operator':'In','values':['1','2']}]}]}},'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z',"
              "'labelSelector':{'matchLabels':{'a':'b'}}}]}},'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}],"
              "'containers':[{'image':'i','ports':[{'hostPort':80}],'resources':{'requests':{'cpu':'1','example.com/x':'2'}}}]}}");
    unit_fail_allocations(compile, pod);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(amounts, setup, teardown),          cmocka_unit_test_setup_teardown(tolerations, setup, teardown),
        cmocka_unit_test_setup_teardown(node_selectors, setup, teardown),   cmocka_unit_test_setup_teardown(keys, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
