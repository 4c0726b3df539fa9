/* The four scores by example; what they add up to on random clusters is test_agrees.c's. */
#include "measure/test_ground.h"

#define NEAR(what, of) "'latency.coracle.dev/" what "':'" of "'"
#define RTT(text)      "'latency.coracle.dev/rtt':'" text "'"

static int64_t points(struct ground *g, struct sched_pod *p, const char *on, enum measure_plugin which)
{
    struct sched_opinion o;
    uint32_t at = sched_node_find(g->s, str_of(on));
    assert_true(at != SCHED_NOWHERE);
    assert_done(sched_opinion(g->s, p, at, &o));
    assert_int_equal(o.rule, -1);
    return o.scores[SCHED_RULE_PLUGIN + FIRST + which];
}

static void goes_to(struct ground *g, struct sched_pod *p, const char *on)
{
    struct sched_verdict v;
    assert_done(sched_place(g->s, p, &v));
    assert_str(sched_node_name(g->s, v.node), on);
}

static void waits(struct ground *g, struct sched_pod *p, const char *text)
{
    struct sched_verdict v;
    SCOPED_BUF b = BUF_INIT(8192);
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_explain(g->s, p, &v, &b);
    assert_str(buf_view(&b), text);
}

static void times(void **state)
{
    static const struct {
        const char *text;
        int64_t ns; /* -1: it cannot be read */
    } rows[] = {{"512us", 512000},
                {"1.5ms", 1500000},
                {"2s", 2000000000},
                {"7", 7},
                {"0", 0},
                {"", -1},
                {"ms", -1},
                {"5m", -1},
                {"-1ms", -1},
                {"1e9s", -1},
                {"4000s", -1},
                {"1..2ms", -1},
                {"9999999999999999999ms", -1}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t ns = -1;
        if (measure_time_parse(str_of(rows[i].text), &ns) < 0)
            ns = -1;
        if (ns != rows[i].ns)
            fail_msg("%s is %lld", rows[i].text, (long long)ns);
    }
    SCOPED_BUF b = BUF_INIT(64);
    measure_time_print(1234567, &b);
    assert_str(buf_view(&b), "1235us");
    assert_int_equal(measure_points(1000), 100);
    assert_int_equal(measure_points(10000), 100);
    assert_int_equal(measure_points(1000000), 60);
    assert_int_equal(measure_points(1000000000), 0);
    assert_int_equal(measure_points(-1), 0);
}

static void near_a_site(void **state)
{
    struct ground *g = *state;
    node(g, "edge", ",'coracle.dev/site':'berlin'", RTT("near=1ms,mid=10ms,gone=3ms"));
    node(g, "near", "", "");
    node(g, "mid", "", RTT("edge=12ms")); /* its own word counts for the way there */
    node(g, "dark", "", "");
    struct sched_pod *p = pod(g, "p", "", "", NEAR("nodes", "coracle.dev/site=berlin"), "default-scheduler");
    goes_to(g, p, "edge");
    assert_int_equal(points(g, p, "edge", MEASURE_LATENCY), 5 * 100);
    assert_int_equal(points(g, p, "near", MEASURE_LATENCY), 5 * 60);
    assert_int_equal(points(g, p, "mid", MEASURE_LATENCY), 5 * 38);
    assert_int_equal(points(g, p, "dark", MEASURE_LATENCY), 0);
    assert_int_equal(measure_rtt(g->m, STR("near"), STR("edge")), 1000000);
    assert_int_equal(measure_rtt(g->m, STR("dark"), STR("edge")), -1);
    struct sched_pod *q = pod(g, "q", "", "", NEAR("nodes", "coracle.dev/site=berlin") "," NEAR("most", "5ms"), "default-scheduler");
    struct sched_opinion o;
    assert_done(sched_opinion(g->s, q, sched_node_find(g->s, STR("mid")), &o));
    assert_string_equal(o.reason, "node(s) were farther than the pod's latency allows");
    node_gone(g, "edge");
    waits(g, q, "0/3 nodes are available: 3 node(s) had no measured latency to what the pod is to be near.");
    assert_int_equal(node(g, "new", ",'coracle.dev/site':'berlin'", RTT("dark=4ms")), MEASURE_CHANGED);
    goes_to(g, q, "new");
    assert_int_equal(points(g, q, "dark", MEASURE_LATENCY), 5 * 47);
}

static void near_pods(void **state)
{
    struct ground *g = *state;
    node(g, "a", "", RTT("b=1ms,c=20ms"));
    node(g, "b", "", RTT("c=2ms"));
    node(g, "c", "", "");
    struct sched_pod *p = pod(g, "p", "", "", NEAR("pods", "app=db") "," NEAR("most", "3ms"), "default-scheduler");
    struct sched_verdict v;
    assert_done(sched_place(g->s, p, &v)); /* there is nothing to be near to */
    assert_int_equal(v.feasible, 3);
    pod(g, "db-1", "a", "'app':'db'", "", "default-scheduler");
    pod(g, "other", "c", "'app':'web'", "", "default-scheduler");
    goes_to(g, p, "a");
    pod(g, "db-2", "c", "'app':'db'", "", "default-scheduler"); /* now the farthest of two */
    goes_to(g, p, "b");
    assert_int_equal(points(g, p, "b", MEASURE_LATENCY), 5 * 53);
    pod_gone(g, "db-1");
    goes_to(g, p, "c");
    pod(g, "db-2", "c", "'app':'no-more'", "", "default-scheduler");
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.feasible, 3);
}

static void sites_stand_for_pairs(void **state)
{
    struct ground *g = *state;
    node(g, "a1", ",'topology.kubernetes.io/zone':'a'", RTT("b1=4ms"));
    node(g, "a2", ",'topology.kubernetes.io/zone':'a'", RTT("b1=6ms,c1=90ms"));
    node(g, "b1", ",'topology.kubernetes.io/zone':'b'", "");
    node(g, "b2", ",'topology.kubernetes.io/zone':'b'", "");
    node(g, "c1", ",'topology.kubernetes.io/zone':'x','coracle.dev/site':'c'", "");
    assert_int_equal(measure_rtt(g->m, STR("b2"), STR("a2")), 5000000);
    assert_int_equal(measure_rtt(g->m, STR("a1"), STR("c1")), 90000000);
    assert_int_equal(measure_rtt(g->m, STR("b1"), STR("b2")), -1);
    node(g, "a2", ",'topology.kubernetes.io/zone':'a'", "");
    assert_int_equal(measure_rtt(g->m, STR("b2"), STR("a2")), 4000000);
    assert_int_equal(measure_rtt(g->m, STR("a1"), STR("c1")), -1);
    node(g, "b1", ",'topology.kubernetes.io/zone':'c'", ""); /* it moves */
    assert_int_equal(measure_rtt(g->m, STR("b2"), STR("a2")), -1);
    node_gone(g, "a1");
    assert_int_equal(measure_rtt(g->m, STR("a1"), STR("b1")), -1);
}

static void near_data(void **state)
{
    struct ground *g = *state;
    node(g, "a", "", "'data.coracle.dev/images':'75Gi'");
    node(g, "b", "", "'data.coracle.dev/images':'150Gi','data.coracle.dev/words':'10Gi'");
    node(g, "c", "", "'data.coracle.dev/words':'40Gi','data.coracle.dev/':'1','data.coracle.dev/bad':'many'");
    struct sched_pod *p = pod(g, "p", "", "", "'coracle.dev/datasets':'images'", "default-scheduler");
    goes_to(g, p, "b");
    assert_int_equal(points(g, p, "a", MEASURE_LOCALITY), 5 * 50);
    struct sched_pod *q = pod(g, "q", "", "", "'coracle.dev/datasets':'images=10Gi,words'", "default-scheduler");
    assert_int_equal(points(g, q, "a", MEASURE_LOCALITY), 5 * 20);
    assert_int_equal(points(g, q, "b", MEASURE_LOCALITY), 5 * 40);
    goes_to(g, q, "c");
    assert_int_equal(node(g, "c", "", ""), MEASURE_CHANGED);
    assert_int_equal(node(g, "c", "", ""), 0);
    goes_to(g, q, "b");
    assert_int_equal(points(g, q, "b", MEASURE_LOCALITY), 5 * 100); /* nobody has more of `words` now */
    pod(g, "r", "", "", "'coracle.dev/datasets':'images=lots'", "default-scheduler");
    waits(g, sched_pod_find(g->s, STR("r")),
          "0/3 nodes are available: metadata.annotations[coracle.dev/datasets]: Invalid value: \"images=lots\": must be NAME or NAME=BYTES, at most "
          "64, with a comma between.");
}

static void cheap_and_green(void **state)
{
    struct ground *g = *state;
    node(g, "a", "", "'coracle.dev/price-per-hour':'0.40','coracle.dev/watts':'80'");
    node(g, "b", "", "'coracle.dev/price-per-hour':'0.10','coracle.dev/watts':'160'");
    node(g, "c", "", "");
    struct sched_pod *cheap = pod(g, "p", "", "", "", "cheap"), *green = pod(g, "q", "", "", "", "green"),
                     *plain = pod(g, "r", "", "", "", "default-scheduler");
    goes_to(g, cheap, "b");
    assert_int_equal(points(g, cheap, "a", MEASURE_COST), 2 * 25);
    assert_int_equal(points(g, cheap, "c", MEASURE_COST), 0);
    assert_int_equal(points(g, cheap, "a", MEASURE_ENERGY), 0);
    goes_to(g, green, "a");
    assert_int_equal(points(g, green, "b", MEASURE_ENERGY), 3 * 50);
    assert_int_equal(points(g, plain, "b", MEASURE_COST), 0);
    node(g, "c", "", "'coracle.dev/price-per-hour':'0.05'");
    goes_to(g, cheap, "c");
    node_gone(g, "c");
    node(g, "b", "", "'coracle.dev/price-per-hour':'free'");
    goes_to(g, cheap, "a");
    assert_int_equal(points(g, cheap, "a", MEASURE_COST), 2 * 100);
}

static void profiles_have_arguments(void **state)
{
    struct ground *g = *state;
    struct sched_profile p;
    struct err err = {{0}};
    const struct sched_plugin latency = measure_plugin(g->m, MEASURE_LATENCY);
    node(g, "edge", ",'site':'x'", RTT("a=1ms"));
    node(g, "a", "", "");
    sched_profile_default(&p, STR("by-x"));
    p.scores = 1u << (SCHED_RULE_PLUGIN + FIRST);
    p.args[FIRST] = *quoted(g->a, "{'nodes':'site=x','most':'2ms'}");
    assert_done(latency.args(&p.args[FIRST], "args", &err));
    assert_done(sched_profile_put(g->s, &p));
    struct sched_pod *q = pod(g, "q", "", "", "", "by-x");
    goes_to(g, q, "edge");
    assert_int_equal(points(g, q, "a", MEASURE_LATENCY), 5 * 60);
    pod_gone(g, "q");
    q = pod(g, "q", "", "", NEAR("most", "10us"), "by-x"); /* the pod's own word */
    struct sched_opinion o;
    assert_done(sched_opinion(g->s, q, sched_node_find(g->s, STR("a")), &o));
    assert_int_equal(o.rule, SCHED_RULE_PLUGIN + FIRST);
    assert_int_equal(latency.args(quoted(g->a, "{'nodez':'x'}"), "args", &err), -EINVAL);
    assert_string_equal(err.text, "unknown field \"args.nodez\"");
    assert_int_equal(latency.args(quoted(g->a, "{'nodes':'=x'}"), "args", &err), -EINVAL);
    assert_int_equal(latency.args(quoted(g->a, "{'most':'soon'}"), "args", &err), -EINVAL);
    pod(g, "r", "", "", NEAR("pods", ",,"), "default-scheduler");
    waits(g, sched_pod_find(g->s, STR("r")),
          "0/2 nodes are available: metadata.annotations[latency.coracle.dev/pods]: Invalid value: \",,\": must be key=value,… : at most eight "
          "labels.");
}

struct short_of {
    struct ground *g;
    struct value *node, *pod;
};

static int everything(void *ctx)
{
    struct short_of *x = ctx;
    struct ground *g = x->g;
    struct sched_verdict out;
    int r = sched_put(g->s, SCHED_NODE, x->node, NULL);
    if (r == 0)
        r = measure_node_put(g->m, x->node);
    if (r >= 0)
        r = sched_put(g->s, SCHED_POD, x->pod, NULL);
    if (r == 0)
        r = measure_pod_put(g->m, STR("p"));
    struct sched_pod *q = sched_pod_find(g->s, STR("p"));
    if (q && r >= 0)
        r = sched_place(g->s, q, &out);
    sched_del(g->s, SCHED_POD, STR_NONE, STR("p"), NULL);
    int gone = measure_pod_gone(g->m, STR("p"));
    sched_del(g->s, SCHED_NODE, STR_NONE, STR("n"), NULL);
    gone = MIN(gone, measure_node_gone(g->m, STR("n")));
    return MIN(MIN(r, gone), 0);
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct short_of x = {
        g,
        quoted(g->a,
               "{'metadata':{'name':'n','labels':{'coracle.dev/site':'s'},'annotations':{'latency.coracle.dev/rtt':'m=1ms','data.coracle.dev/d':'5',"
               "'coracle.dev/watts':'3'}},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'110'}}}"),
        quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default','labels':{'app':'x'},'annotations':{'latency.coracle.dev/nodes':'a=b',"
                     "'latency.coracle.dev/pods':'app=x','coracle.dev/datasets':'d,e=3'}},'spec':{'containers':[{'image':'i'}]}}")};
    unit_fail_allocations(everything, &x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times),
        cmocka_unit_test_setup_teardown(near_a_site, setup, teardown),
        cmocka_unit_test_setup_teardown(near_pods, setup, teardown),
        cmocka_unit_test_setup_teardown(sites_stand_for_pairs, setup, teardown),
        cmocka_unit_test_setup_teardown(near_data, setup, teardown),
        cmocka_unit_test_setup_teardown(cheap_and_green, setup, teardown),
        cmocka_unit_test_setup_teardown(profiles_have_arguments, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
