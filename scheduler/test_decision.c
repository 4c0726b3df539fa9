/* Decision records: what is told of pods that wait, run, are gated or nobody's. */
#include "scheduler/test_ground.h"

#include "tests/unit.h"

static struct value *record(struct ground *g, const char *name, size_t most)
{
    SCOPED_BUF b = BUF_INIT(16u << 20);
    struct err err = {{0}};
    struct value *v = arena_alloc(g->a, sizeof(*v));
    assert_done(scheduler_decision(g->s, STR("default"), str_of(name), most, &b, &err));
    if (json_parse(g->a, buf_view(&b), v, &err) < 0)
        fail_msg("%s in %s", err.text, buf_cstr(&b));
    return v;
}

static struct value *node_of(struct value *record, const char *name)
{
    struct value *list = value_at(record, "nodes");
    VALUE_EACH_ITEM (n, list)
        if (str_is(value_text_at(n, "name"), name))
            return n;
    return NULL;
}

static void refused(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    ground_node(g, "small", "1", "");
    ground_node(g, "closed", "8", "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]");
    ground_pod(g, "big", "4", "");
    fake_run(g->f, 100);
    struct value *d = record(g, "big", 100);
    assert_str(value_text_at(d, "kind"), "Decision");
    assert_str(value_text_at(d, "state"), "Unschedulable");
    assert_true(str_find(value_text_at(d, "waits"), STR("NodeResourcesFit")) >= 0);
    assert_str(value_text_at(d, "last.result"), "Refused");
    /* As upstream words it; the condition says the same and what preemption found. */
    assert_str(value_text_at(d, "now.message"), "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).");
    assert_true(str_starts(value_text_at(d, "last.message"), value_text_at(d, "now.message")));
    assert_int_equal(value_int_at(d, "now.feasible", -1), 0);
    assert_int_equal(value_count(value_at(d, "now.reasons")), 2);
    assert_str(value_text_at(node_of(d, "small"), "plugin"), "NodeResourcesFit");
    assert_str(value_text_at(node_of(d, "small"), "reason"), "Insufficient cpu");
    assert_str(value_text_at(node_of(d, "closed"), "plugin"), "TaintToleration");
    assert_int_equal(value_count(value_at(record(g, "big", 1), "nodes")), 1);
    ground_free(g);
}

/* The node it went to is the best one of the record, with the score that was counted then. */
static void placed(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    ground_node(g, "a", "2", "");
    ground_node(g, "b", "8", "");
    fake_run(g->f, 50);
    ground_pod(g, "p", "1", "");
    fake_run(g->f, 100);
    assert_str(ground_place(g, "p"), "b");
    struct value *d = record(g, "p", 100), *b = node_of(d, "b");
    assert_str(value_text_at(d, "state"), "Placed");
    assert_str(value_text_at(d, "nodeName"), "b");
    assert_str(value_text_at(d, "last.nodeName"), "b");
    assert_false(value_bool_at(d, "now.counted", true));
    assert_int_equal(value_int_at(d, "now.feasible", 0), 2);
    assert_str(value_text_at(value_item(value_at(d, "nodes"), 0), "name"), "b");
    assert_true(value_bool_at(b, "fits", false));
    assert_int_equal(value_int_at(b, "score", -1), value_int_at(d, "last.score", -2));
    int64_t sum = 0;
    VALUE_EACH_MEMBER (m, value_at(b, "scores"))
        sum += value_int(&m->value, 0);
    assert_int_equal(sum, value_int_at(b, "score", -1));
    assert_true(value_int_at(b, "scores.NodeResourcesFit", 0) > value_int_at(node_of(d, "a"), "scores.NodeResourcesFit", 100));
    /* Asked twice it says the same, and what it took aside stands where it was. */
    assert_true(value_equal(record(g, "p", 100), d));
    int64_t has, used;
    struct sched *e = scheduler_engine(g->s);
    sched_node_amounts(e, sched_node_find(e, STR("b")), STR("cpu"), &has, &used);
    assert_int_equal(used, 1000);
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'other','namespace':'default'},'spec':{'schedulerName':'mine','containers':[{'name':'c','image':'i'}]}}");
    fake_run(g->f, 50);
    assert_str(value_text_at(record(g, "other", 10), "state"), "Foreign");
    ground_pod(g, "gated", "1", ",'schedulingGates':[{'name':'example.com/wait'}]");
    fake_run(g->f, 50);
    d = record(g, "gated", 10);
    assert_str(value_text_at(d, "state"), "Gated");
    assert_str(value_text_at(d, "waits"), "scheduling gates hold it: example.com/wait");
    assert_true(value_is_null(value_at(d, "last")));
    SCOPED_BUF none = BUF_INIT(1000);
    assert_int_equal(scheduler_decision(g->s, STR("default"), STR("nobody"), 1, &none, NULL), SCHEDULER_ABSENT);
    ground_free(g);
}

/* Spread and affinity are judged against what was found elsewhere: the record's sums are the verdict's all the same. */
static void walked(void **state)
{
    struct ground *g = ground_new(NULL);
    (void)state;
    for (int i = 0; i < 6; i++) {
        char name[8];
        snprintf(name, sizeof(name), "n%d", i);
        ground_node(g, name, i % 2 ? "4" : "8", "");
    }
    fake_run(g->f, 50);
    for (int i = 0; i < 5; i++) {
        char text[700], name[8];
        snprintf(name, sizeof(name), "w%d", i);
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'%s','namespace':'default','labels':{'app':'w'}},'spec':{'schedulerName':'default-scheduler','containers':[{'"
                 "name':'c','image':'i',"
                 "'resources':{'requests':{'cpu':'100m'}}}],'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'kubernetes.io/"
                 "hostname','whenUnsatisfiable':'%s',"
                 "'labelSelector':{'matchLabels':{'app':'w'}}}]}}",
                 name, i % 2 ? "DoNotSchedule" : "ScheduleAnyway");
        fake_put(g->f, "", "pods", text);
        fake_run(g->f, 50);
        struct value *d = record(g, name, 100),
                     *at = node_of(d, fake_get(g->f, g->a, "", "pods", "default", name) ? arena_fmt(g->a, "%.*s", STR_FMT(ground_place(g, name))).p
                                                                                        : "");
        assert_non_null(at);
        assert_int_equal(value_int_at(at, "score", -1), value_int_at(d, "last.score", -2));
        assert_int_equal(value_int_at(d, "now.feasible", 0), value_int_at(d, "last.feasible", -1));
        int64_t sum = 0;
        VALUE_EACH_MEMBER (m, value_at(at, "scores"))
            sum += value_int(&m->value, 0);
        assert_int_equal(sum, value_int_at(at, "score", -1));
    }
    ground_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(refused), cmocka_unit_test(placed), cmocka_unit_test(walked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
