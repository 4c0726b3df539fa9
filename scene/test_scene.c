#include "scene/scene.h"
#include "tests/unit.h"
#include "yaml/yaml.h"

struct told {
    size_t good, bad;
    char last[1024];
};

static void note(void *ctx, bool good, const char *line)
{
    struct told *t = ctx;
    t->good += good;
    t->bad += !good;
    snprintf(t->last, sizeof(t->last), "%s", line);
}

static int run(const char *text, struct scene_result *result, struct told *told, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct value v = {0};
    *told = (struct told){0};
    *err = (struct err){{0}};
    assert_done(arena_new(&a, 1u << 20));
    assert_done(yaml_parse(a, str_of(text), NULL, &v, err));
    return scene_run(&v, &(struct scene_options){.tell = note, .ctx = told}, result, err);
}

#define HEAD      "apiVersion: coracle.dev/v1alpha1\nkind: Scenario\n"
#define TWO_NODES "nodes:\n- {name: node, count: 2, object: {status: {allocatable: {cpu: '2', memory: 4Gi}}}}\n"
#define SET(n) \
    "  - {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {replicas: " n ", selector: {matchLabels: {app: web}}, template: " \
    "{metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'i:1', resources: {requests: {cpu: '1'}}}]}}}}\n"

/* The controller makes the pods, the scheduler places as many as fit, the nodes run them; a deletion makes room. */
static void controllers_and_scheduler(void **state)
{
    static const char text[] = HEAD TWO_NODES "steps:\n- at: 0s\n  create:\n" SET(
        "5") "- at: 10s\n  expect:\n"
             "  - {apiVersion: v1, kind: Pod, selector: app=web, conditions: {Ready: 'True'}, count: 4, nodes: 2}\n"
             "  - {apiVersion: v1, kind: Pod, conditions: {PodScheduled: 'False'}, lacks: [spec.nodeName], count: 1}\n"
             "  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, fields: {status.readyReplicas: 4, status.replicas: 5}, count: 1}\n"
             "  patch:\n  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, patch: {spec: {replicas: 2}}}\n"
             "- at: 20s\n  expect:\n  - {apiVersion: v1, kind: Pod, conditions: {Ready: 'True'}, atLeast: 2, atMost: 2}\n"
             "  - {apiVersion: v1, kind: Pod, count: 3}\n"; /* which is wrong */
    struct scene_result a, b;
    struct told told;
    struct err err;
    (void)state;
    assert_done(run(text, &a, &told, &err));
    assert_int_equal(a.expected, 5);
    assert_int_equal(a.missed, 1);
    assert_int_equal(told.bad, 1);
    assert_string_equal(told.last, "steps[2].expect[1]: 2 pods on 2 nodes, wanted count 3");
    assert_int_equal(a.nodes, 2);
    assert_int_equal(a.pods, 5);
    assert_int_equal(a.gone, 3);
    assert_done(run(text, &b, &told, &err));
    assert_memory_equal(&a, &b, sizeof(a)); /* all of it, the digest too */
}

/* A silent node's pods are not ready after four renewals, and are evicted after what they bear. */
static void a_node_falls_silent(void **state)
{
    static const char text[] = HEAD TWO_NODES "steps:\n- at: 0s\n  create:\n" SET(
        "2") "- at: 10s\n  expect:\n  - {apiVersion: v1, kind: Pod, conditions: {Ready: 'True'}, count: 2}\n  silence: [node-0]\n"
             "- at: 40s\n  expect:\n  - {apiVersion: v1, kind: Node, conditions: {Ready: 'True'}, count: 2}\n"
             "- at: 61s\n  expect:\n  - {apiVersion: v1, kind: Node, name: node-0, conditions: {Ready: Unknown}, count: 1}\n"
             "- at: 6m30s\n  expect:\n  - {apiVersion: v1, kind: Pod, fields: {spec.nodeName: node-1}, conditions: {Ready: 'True'}, count: 2}\n  "
             "wake: [node-0]\n"
             "- at: 7m\n  expect:\n  - {apiVersion: v1, kind: Node, conditions: {Ready: 'True'}, count: 2}\n  - {apiVersion: v1, kind: Pod, count: "
             "2}\n";
    struct scene_result r;
    struct told told;
    struct err err;
    (void)state;
    assert_done(run(text, &r, &told, &err));
    if (r.missed)
        fail_msg("%s", told.last);
    assert_int_equal(r.expected, 6);
}

static void wrong(const char *text, const char *sentence)
{
    struct scene_result r;
    struct told told;
    struct err err;
    assert_int_equal(run(text, &r, &told, &err), -EINVAL);
    if (!strstr(err.text, sentence))
        fail_msg("%s: says \"%s\"", sentence, err.text);
}

static void bad_scenarios(void **state)
{
    (void)state;
    wrong(HEAD "stepz: []\n", "stepz");
    wrong(HEAD "steps:\n- {at: soon}\n", "steps[0].at: Invalid value: \"soon\"");
    wrong(HEAD "steps:\n- {at: 9s}\n- {at: 3s}\n", "steps[1].at");
    wrong(HEAD "steps:\n- {at: 0s, silence: [nobody]}\n", "no node \"nobody\"");
    wrong(HEAD "steps:\n- {at: 0s, create: [{apiVersion: v1, kind: Pot}]}\n", "steps[0].create[0]: no kind \"Pot\"");
    wrong(HEAD "steps:\n- {at: 0s, create: [{apiVersion: v1, kind: Pod, metadata: {name: x}}]}\n",
          "steps[0].create[0]: Pod is invalid: spec.containers");
    wrong(HEAD "steps:\n- {at: 0s, delete: [{apiVersion: v1, kind: Pod, name: x}]}\n", "pods \"x\" not found");
    wrong(HEAD "steps:\n- {at: 0s, expect: [{apiVersion: v1, kind: Pod}]}\n", "steps[0].expect[0].count: Required value");
    wrong(HEAD "steps:\n- {at: 0s, create: [{apiVersion: scheduling.k8s.io/v1beta1, kind: PodGroup, metadata: {name: g}, spec: {schedulingPolicy: "
               "{basic: {}}}}]}\n",
          "is not served");
    wrong(HEAD "agents: {renewSeconds: 0}\n", "renewSeconds");
}

/* The n-th allocation fails, n growing by a sixtieth (there are too many to fail each of them in turn): it ends with an error, or goes on as the
 * server would, and nothing leaks. */
static void allocations_fail(void **state)
{
    static const char text[] = HEAD TWO_NODES "steps:\n- at: 0s\n  create:\n" SET("1") "- at: 3s\n";
    SCOPED(arena) a = NULL;
    struct value v = {0};
    (void)state;
    assert_done(arena_new(&a, 1u << 20));
    assert_done(yaml_parse(a, str_of(text), NULL, &v, NULL));
    for (unsigned long n = 1, hit = 1; hit; n += 1 + n / 60) {
        struct scene_result r;
        struct told told = {0};
        struct err err = {{0}};
        mem_fail_at(n);
        int e = scene_run(&v, &(struct scene_options){.tell = note, .ctx = &told}, &r, &err);
        hit = mem_fail_hit();
        mem_fail_at(0);
        assert_true(e <= 0);
        if (!hit)
            assert_done(e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations_fail),
        cmocka_unit_test(controllers_and_scheduler),
        cmocka_unit_test(a_node_falls_silent),
        cmocka_unit_test(bad_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
