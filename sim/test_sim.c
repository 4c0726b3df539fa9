#include "tests/quoted.h"
#include "tests/unit.h"

#include "json/json.h"
#include "sim/sim.h"

static const char few_nodes[] = "sn,cpu_milli,memory_mib,gpu,model\nn1,4000,8192,2,T4\nn2,4000,8192,0,\n";
static const char few_pods[] = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time\n"
                               "a,1000,1024,1,1000,,0,100\nb,1000,1024,1,500,T4,10,110\nc,1000,1024,0,0,,20,30\n"
                               "d,1000,1024,2,1000,,30,50\n";

static struct sim_trace *trace_of(const char *nodes, const char *pods)
{
    struct sim_trace *t = NULL;
    struct err err = {{0}};
    if (sim_trace_new(&t, &(struct sim_source){.table = str_of(nodes)}, &(struct sim_source){.table = str_of(pods)}, &err) < 0)
        fail_msg("%s", err.text);
    return t;
}

/* d wants both GPUs: it waits until a and b have ended (110 s), and for the queue, which looks when a pod goes. */
static void test_replay(void **state)
{
    struct sim_trace *t = trace_of(few_nodes, few_pods);
    struct sim_result r;
    (void)state;
    assert_done(sim_run(t, &(struct sim_options){.replay = true, .policy = SHARE_FIT}, &r, NULL));
    assert_int_equal(r.pods, 4);
    assert_int_equal(r.placed, 4);
    assert_int_equal(r.dropped, 0);
    assert_int_equal(r.wait_p50_ms, 0);
    assert_int_equal(r.wait_most_ms, 80000);
    assert_int_equal(r.end_ms, 130000);
    /* Until the last arrival, 30 s: a all the time, b 20 s, c 10 s. */
    assert_true(r.cpu > 24.99 && r.cpu < 25.01);
    assert_true(r.gpu > 66.6 && r.gpu < 66.7);
    sim_trace_free(t);
}

/* Two gangs of three want four places, and come in turns: pod by pod each would hold two and wait for a third. */
static void test_gangs(void **state)
{
    struct sim_trace *t = trace_of("sn,cpu_milli,memory_mib,gpu,model\nn1,2000,8192,0,\nn2,2000,8192,0,\n",
                                   "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time,gang\n"
                                   "a1,1000,1,0,0,,0,100,a\nb1,1000,1,0,0,,1,101,b\na2,1000,1,0,0,,2,102,a\nb2,1000,1,0,0,,3,103,b\n"
                                   "a3,1000,1,0,0,,4,104,a\nb3,1000,1,0,0,,5,105,b\nlone,1000,1,0,0,,6,7,\n");
    struct sim_result r;
    (void)state;
    assert_done(sim_run(t, &(struct sim_options){.replay = true}, &r, NULL));
    assert_int_equal(r.placed, 7);
    assert_int_equal(r.gangs, 2);
    assert_int_equal(r.torn, 0);
    assert_int_equal(r.wait_most_ms, 103000); /* b1, until a has ended */
    assert_int_equal(r.end_ms, 204000);
    sim_trace_free(t);
}

static void test_never_fits(void **state)
{
    struct sim_trace *t = trace_of(few_nodes, "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time\n"
                                              "a,1000,1024,1,1000,V100,0,100\nb,1000,1024,0,0,,5,10\n");
    struct sim_result r;
    (void)state;
    assert_done(sim_run(t, &(struct sim_options){.replay = true}, &r, NULL));
    assert_int_equal(r.placed, 1);
    assert_int_equal(r.dropped, 1);
    sim_trace_free(t);
}

static void test_arrivals(void **state)
{
    struct sim_trace *t = trace_of(few_nodes, few_pods);
    struct sim_result one, again, other;
    bool differs = false;
    (void)state;
    for (int policy = 0; policy < SHARE_POLICIES; policy++) {
        struct sim_options o = {.policy = (enum share_policy)policy, .demand = 5, .seed = 7};
        assert_done(sim_run(t, &o, &one, NULL));
        assert_done(sim_run(t, &o, &again, NULL));
        assert_memory_equal(&one, &again, sizeof(one));
        assert_int_equal(one.placed + one.dropped, one.pods);
        assert_true(one.dropped > 0);
        for (int i = 0; i < SIM_MARKS; i++)
            assert_true(one.allocated[i] <= 100 && (i == 0 || one.allocated[i] >= one.allocated[i - 1]));
        for (o.seed = 8; o.seed < 20; o.seed++) {
            assert_done(sim_run(t, &o, &other, NULL));
            differs |= other.digest != one.digest;
        }
    }
    assert_true(differs);
    sim_trace_free(t);
}

static void test_bad_tables(void **state)
{
    static const struct {
        const char *nodes, *pods, *wanted;
    } rows[] = {
        {"", few_pods, "nodes: the table is empty"},
        {"sn,cpu_milli\nx,1\n", few_pods, "nodes, line 1, memory_mib: there is no such column"},
        {"sn,cpu_milli,memory_mib,gpu\nx,1,1,17\n", few_pods, "nodes, line 2, gpu: must be a number that is neither negative nor too large"},
        {few_nodes, "name,cpu_milli,memory_mib\n\na,-1,2\n", "pods, line 3, cpu_milli: must be a number that is neither negative nor too large"},
        {few_nodes, "name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,1,2,2,500\n", "pods, line 2, gpu_milli: several GPUs are whole ones: 1000"},
        {few_nodes, "name,cpu_milli,memory_mib\n", "a trace needs a node and a pod at least"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim_trace *t = NULL;
        struct err err = {{0}};
        assert_int_equal(
            sim_trace_new(&t, &(struct sim_source){.table = str_of(rows[i].nodes)}, &(struct sim_source){.table = str_of(rows[i].pods)}, &err),
            -EINVAL);
        assert_string_equal(err.text, rows[i].wanted);
    }
}

static int from_templates(struct sim_trace **out, const char *nodes, const char *pods, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct value n = {0}, p = {0};
    int r = arena_new(&a, 1u << 20);
    char *one = r == 0 ? arena_text(a, nodes, strlen(nodes)) : NULL, *two = one ? arena_text(a, pods, strlen(pods)) : NULL;
    if (!two)
        return -ENOMEM;
    quoted_text(one);
    quoted_text(two);
    r = json_parse(a, str_of(one), &n, err);
    if (r == 0)
        r = json_parse(a, str_of(two), &p, err);
    return r < 0 ? r : sim_trace_new(out, &(struct sim_source){.templates = &n}, &(struct sim_source){.templates = &p}, err);
}

#define SOME_NODES "[{'count':2,'name':'n','cpu':'4','memory':'8Gi','gpus':2,'gpuModel':'T4'},{'name':'m','cpu':4,'memory':'8Gi'}]"
#define SOME_PODS \
    "[{'count':3,'name':'a','cpu':'500m','memory':'1Gi','gpus':1,'gpuMilli':500,'gpuModels':'A|T4','from':'10s','to':'40s','runs':'100s'}," \
    "{'count':4,'name':'g','cpu':1,'memory':'1Gi','gang':2,'to':'20s','runs':'5s'}]"

/* What templates say is what a table says that has it row by row. */
static void test_templates(void **state)
{
    struct sim_trace *t = NULL, *same = trace_of("sn,cpu_milli,memory_mib,gpu,model\nn-0,4000,8192,2,T4\nn-1,4000,8192,2,T4\nm-0,4000,8192,0,\n",
                                                 "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time,gang\n"
                                                 "a,500,1024,1,500,A|T4,10,110,\na,500,1024,1,500,A|T4,20,120,\na,500,1024,1,500,A|T4,30,130,\n"
                                                 "g,1000,1024,0,0,,0,5,g-0\ng,1000,1024,0,0,,0,5,g-0\n"
                                                 "g,1000,1024,0,0,,10,15,g-1\ng,1000,1024,0,0,,10,15,g-1\n");
    struct sim_result one, two;
    struct err err = {{0}};
    (void)state;
    if (from_templates(&t, SOME_NODES, SOME_PODS, &err) < 0)
        fail_msg("%s", err.text);
    assert_done(sim_run(t, &(struct sim_options){.replay = true, .policy = SHARE_FIT}, &one, NULL));
    assert_done(sim_run(same, &(struct sim_options){.replay = true, .policy = SHARE_FIT}, &two, NULL));
    assert_memory_equal(&one, &two, sizeof(one));
    assert_int_equal(one.placed, 7);
    assert_int_equal(one.gangs, 2);
    assert_int_equal(one.torn, 0);
    sim_trace_free(t);
    sim_trace_free(same);
}

static void test_bad_templates(void **state)
{
    static const struct {
        const char *nodes, *pods, *wanted;
    } rows[] = {
        {"{}", SOME_PODS, "nodes: must be a file's name or a list of templates"},
        {"[7]", SOME_PODS, "nodes[0]: must be an object"},
        {"[]", SOME_PODS, "a trace needs a node and a pod at least"},
        {"[{'name':'n'}, {'name':'x', 'disk':3}]", SOME_PODS, "nodes[1].disk: unknown field"},
        {"[{'cpu':1}]", SOME_PODS, "nodes[0].name: Required value"},
        {"[{'name':'n', 'cpu':'many'}]", SOME_PODS, "nodes[0].cpu: Invalid value: \"many\": must be a quantity"},
        {"[{'name':'n', 'cpu':-1}]", SOME_PODS, "nodes[0].cpu: Invalid value: \"\": must be neither negative nor too large"},
        {"[{'name':'n', 'gpus':17}]", SOME_PODS, "nodes[0].gpus: Invalid value: \"\": must be neither negative nor too large"},
        {"[{'name':'n', 'count':4000000}, {'name':'m'}]", SOME_PODS, "nodes[1].count: Invalid value: \"\": must be less: there are too many"},
        {SOME_NODES, "[{'name':'p', 'from':'90s', 'to':'1m'}]", "pods[0].to: Invalid value: \"1m\": must be no earlier than from"},
        {SOME_NODES, "[{'name':'p', 'runs':'10ms'}]", "pods[0].runs: Invalid value: \"10ms\": must be whole seconds, as 90s or 2h"},
        {SOME_NODES, "[{'name':'p', 'gpus':2, 'gpuMilli':500}]", "pods[0].gpuMilli: Invalid value: \"\": must be 1000: several GPUs are whole ones"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim_trace *t = NULL;
        struct err err = {{0}};
        assert_int_equal(from_templates(&t, rows[i].nodes, rows[i].pods, &err), -EINVAL);
        assert_string_equal(err.text, rows[i].wanted);
    }
}

static void test_bad_options(void **state)
{
    struct sim_trace *t = trace_of(few_nodes, few_pods), *bare = trace_of("sn,cpu_milli,memory_mib\nx,1,1\n", few_pods);
    struct sim_result r;
    struct err err = {{0}};
    (void)state;
    assert_int_equal(sim_run(t, &(struct sim_options){.demand = 0}, &r, &err), -EINVAL);
    assert_string_equal(err.text, "demand: must be from 0.1 to 100");
    assert_int_equal(sim_run(bare, &(struct sim_options){.demand = 1}, &r, &err), -EINVAL);
    sim_trace_free(t);
    sim_trace_free(bare);
}

static int body(void *ctx)
{
    struct sim_trace *t = NULL;
    struct sim_result out;
    (void)ctx;
    int r = sim_trace_new(&t, &(struct sim_source){.table = str_of(few_nodes)}, &(struct sim_source){.table = str_of(few_pods)}, NULL);
    if (r == 0)
        r = sim_run(t, &(struct sim_options){.demand = 2, .policy = SHARE_FIT}, &out, NULL);
    if (r == 0)
        r = sim_run(t, &(struct sim_options){.replay = true}, &out, NULL);
    t = sim_trace_free(t);
    if (r == 0)
        r = from_templates(&t, SOME_NODES, SOME_PODS, NULL);
    if (r == 0)
        r = sim_run(t, &(struct sim_options){.replay = true, .policy = SHARE_FIT}, &out, NULL);
    sim_trace_free(t);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replay),    cmocka_unit_test(test_gangs),         cmocka_unit_test(test_never_fits),
        cmocka_unit_test(test_arrivals),  cmocka_unit_test(test_bad_tables),    cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_bad_templates), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
