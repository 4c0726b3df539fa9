#include "tests/unit.h"

#include "sim/sim.h"

static const char few_nodes[] = "sn,cpu_milli,memory_mib,gpu,model\nn1,4000,8192,2,T4\nn2,4000,8192,0,\n";
static const char few_pods[] = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time\n"
                               "a,1000,1024,1,1000,,0,100\nb,1000,1024,1,500,T4,10,110\nc,1000,1024,0,0,,20,30\n"
                               "d,1000,1024,2,1000,,30,50\n";

static struct sim_trace *trace_of(const char *nodes, const char *pods)
{
    struct sim_trace *t = NULL;
    struct err err = {{0}};
    if (sim_trace_new(&t, str_of(nodes), str_of(pods), &err) < 0)
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
        assert_int_equal(sim_trace_new(&t, str_of(rows[i].nodes), str_of(rows[i].pods), &err), -EINVAL);
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
    int r = sim_trace_new(&t, str_of(few_nodes), str_of(few_pods), NULL);
    if (r == 0)
        r = sim_run(t, &(struct sim_options){.demand = 2, .policy = SHARE_FIT}, &out, NULL);
    if (r == 0)
        r = sim_run(t, &(struct sim_options){.replay = true}, &out, NULL);
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
        cmocka_unit_test(test_replay),     cmocka_unit_test(test_gangs),       cmocka_unit_test(test_never_fits), cmocka_unit_test(test_arrivals),
        cmocka_unit_test(test_bad_tables), cmocka_unit_test(test_bad_options), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
