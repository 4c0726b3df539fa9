#include "tests/quoted.h"
#include "tests/unit.h"

#include "scheduler/scheduler.h"

#define HEAD "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"

static struct scheduler_config *good(const char *text)
{
    struct scheduler_config *c = NULL;
    struct err err = {{0}};
    if (scheduler_config_parse(&c, str_of(text), &(struct sched_plugin){.name = "Energy"}, 1, &err) < 0)
        fail_msg("%s", err.text);
    return c;
}

static void whole(void **state)
{
    (void)state;
    struct scheduler_config *c = good(
        HEAD
        "percentageOfNodesToScore: 40\npodInitialBackoffSeconds: 2\npodMaxBackoffSeconds: 20\nprofiles:\n- schedulerName: default-scheduler\n"
        "- schedulerName: packer\n  percentageOfNodesToScore: 100\n  plugins:\n    multiPoint:\n      enabled:\n      - name: Energy\n        "
        "weight: 7\n    filter:\n"
        "      disabled:\n      - name: TaintToleration\n    score:\n      disabled:\n      - name: '*'\n      enabled:\n      - name: "
        "NodeResourcesFit\n        weight: 5\n"
        "    postFilter:\n      disabled:\n      - name: DefaultPreemption\n  pluginConfig:\n  - name: NodeResourcesFit\n    args:\n      "
        "ignoredResourceGroups: [example.com]\n"
        "      scoringStrategy:\n        type: RequestedToCapacityRatio\n        resources:\n        - name: nvidia.com/gpu\n          weight: 3\n"
        "        requestedToCapacityRatio:\n          shape:\n          - {utilization: 0, score: 0}\n          - {utilization: 100, score: 10}\n"
        "  - name: PodTopologySpread\n    args:\n      defaultingType: List\n      defaultConstraints:\n      - {maxSkew: 1, topologyKey: zone, "
        "whenUnsatisfiable: ScheduleAnyway}\n"
        "  - name: InterPodAffinity\n    args: {hardPodAffinityWeight: 9}\n");
    assert_int_equal(c->n_profiles, 2);
    assert_int_equal(c->backoff_first_ms, 2000);
    assert_int_equal(c->backoff_most_ms, 20000);
    assert_int_equal(c->profiles[0].percentage, 40);
    assert_int_equal(c->profiles[0].weights[SCHED_RULE_TAINTS], 3);
    const struct sched_profile *p = &c->profiles[1];
    assert_str(p->name, "packer");
    assert_int_equal(p->percentage, 100);
    assert_false(p->filters >> SCHED_RULE_TAINTS & 1);
    assert_false(p->filters >> SCHED_RULE_PREEMPTION & 1);
    assert_true(p->filters >> SCHED_RULE_FIT & 1);
    assert_int_equal(p->scores, 1u << SCHED_RULE_FIT); /* a point's own settings come after multiPoint's */
    assert_int_equal(p->weights[SCHED_RULE_FIT], 5);
    assert_int_equal(p->weights[SCHED_RULE_PLUGIN + 1], 7);
    assert_int_equal(p->strategy, SCHED_REQUESTED_TO_CAPACITY);
    assert_int_equal(p->n_fit, 1);
    assert_str(p->fit[0].name, "nvidia.com/gpu");
    assert_int_equal(p->shape[1].score, 100);
    assert_str(p->ignored[0], "example.com/");
    assert_true(p->list_defaulting);
    assert_int_equal(value_count(&p->default_constraints), 1);
    assert_int_equal(p->hard_affinity_weight, 9);
    scheduler_config_free(c);
    c = good(HEAD
             "extenders:\n- urlPrefix: https://[::1]:8443/sched/\n  filterVerb: filter\n  preemptVerb: preempt\n  prioritizeVerb: prioritize\n  "
             "weight: 3\n  httpTimeout: 1m30s\n"
             "  nodeCacheCapable: true\n  ignorable: true\n  managedResources: [{name: example.com/gpu, ignoredByScheduler: true}]\n- urlPrefix: "
             "http://two\n  bindVerb: bind\n");
    assert_int_equal(c->n_extenders, 2);
    assert_str(c->extenders[0].host, "::1");
    assert_str(c->extenders[0].prefix, "/sched");
    assert_int_equal(c->extenders[0].port, 8443);
    assert_str(c->extenders[0].preempt, "preempt");
    assert_int_equal(c->extenders[0].timeout_ms, 90000);
    assert_true(c->extenders[0].https && c->extenders[0].names_only && c->extenders[0].ignorable);
    assert_str(c->profiles[0].ignored[0], "example.com/gpu");
    assert_int_equal(c->extenders[1].port, 80);
    assert_int_equal(c->extenders[1].timeout_ms, 5000);
    scheduler_config_free(c);
    c = good(HEAD);
    assert_int_equal(c->n_profiles, 1);
    assert_str(c->profiles[0].name, "default-scheduler");
    scheduler_config_free(c);
}

static void faults(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"kind: Pod\napiVersion: v1\n", "no kind \"Pod\""},
        {HEAD "bogus: 1\n", "unknown field \"bogus\""},
        {HEAD "percentageOfNodesToScore: 101\n", "percentageOfNodesToScore: Invalid value: not in valid range [0-100]"},
        {HEAD "podInitialBackoffSeconds: 5\npodMaxBackoffSeconds: 4\n", "podMaxBackoffSeconds"},
        {HEAD "profiles: [{schedulerName: a}, {schedulerName: a}]\n", "profiles[1].schedulerName: Duplicate value: \"a\""},
        {HEAD "profiles: [{schedulerName: a}, {}]\n", "profiles[1]: schedulerName: Required value"},
        {HEAD "profiles: [{plugins: {score: {enabled: [{name: Nope}]}}}]\n",
         "profiles[0].plugins.score.enabled[0].name: Invalid value: \"Nope\": unknown plugin"},
        {HEAD "profiles: [{plugins: {sccore: {}}}]\n", "unknown field \"profiles[0].plugins.sccore\""},
        {HEAD "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: Best}}}]}]\n",
         "scoringStrategy.type: Unsupported value: \"Best\""},
        {HEAD "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: 101}}]}]\n", "profiles[0].pluginConfig[0].args"},
        {HEAD "profiles: [{pluginConfig: [{name: PodTopologySpread, args: {defaultConstraints: [{}]}}]}]\n",
         "when .defaultingType is System, must be empty"},
        {HEAD "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: -1}}]}]\n",
         "profiles[0].pluginConfig[0].args.hardPodAffinityWeight: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {ignorePreferredTermsOfExistingPods: 1}}]}]\n",
         "args.ignorePreferredTermsOfExistingPods: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {weight: 1}}]}]\n",
         "unknown field \"profiles[0].pluginConfig[0].args.weight\""},
        {HEAD "profiles: [{pluginConfig: [{name: ImageLocality, args: {x: 1}}]}]\n", "unknown field \"profiles[0].pluginConfig[0].args.x\""},
        {HEAD "profiles: [{pluginConfig: [{name: VolumeBinding, args: {bindTimeoutSeconds: -1}}]}]\n", "args.bindTimeoutSeconds: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: DynamicResources, args: {bindingTimeout: 100ms}}]}]\n", "args.bindingTimeout: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: DynamicResources, args: {filterTimeout: soon}}]}]\n", "args.filterTimeout: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: DefaultPreemption, args: {minCandidateNodesPercentage: 101}}]}]\n",
         "args.minCandidateNodesPercentage: Invalid value"},
        {HEAD "profiles: [{pluginConfig: [{name: NodeAffinity, args: {addedAffinity: {required: {}}}}]}]\n",
         "unknown field \"profiles[0].pluginConfig[0].args.addedAffinity.required\""},
        {HEAD
         "profiles: [{pluginConfig: [{name: NodeAffinity, args: {addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
         "[{matchExpressions: [{key: a, operator: Is}]}]}}}}]}]\n",
         "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: \"Is\""},
        {HEAD
         "profiles: [{pluginConfig: [{name: NodeAffinity, args: {addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
         "[{matchExpressions: [{key: a, operator: In}]}]}}}}]}]\n",
         "matchExpressions[0].values: Required value"},
        {HEAD "profiles: [{pluginConfig: [{name: NodeAffinity, args: {addedAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: "
              "0}]}}}]}]\n",
         "preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value"},
        {HEAD "profiles: [{plugins: {filter: {enabled: [{name: NodeDeclaredFeatures}]}}}]\n",
         "profiles[0].plugins.filter.enabled[0].name: Forbidden"},
        {HEAD "extenders: [{}]\n", "extenders[0].urlPrefix: Required value"},
        {HEAD "extenders: [{urlPrefix: 'ftp://x'}]\n", "extenders[0].urlPrefix: Invalid value: \"ftp://x\""},
        {HEAD "extenders: [{urlPrefix: 'http://x:70000'}]\n", "extenders[0].urlPrefix: Invalid value"},
        {HEAD "extenders: [{urlPrefix: 'http://x', filter: a}]\n", "extenders[0].filter"},
        {HEAD "extenders: [{urlPrefix: 'http://x', prioritizeVerb: p}]\n", "extenders[0].weight: Invalid value: 0: must have a positive weight"},
        {HEAD "extenders: [{urlPrefix: 'http://x', httpTimeout: 5}]\nprofiles: [{}, {}]\n", "profiles[0]"},
        {HEAD "extenders: [{urlPrefix: 'http://x', httpTimeout: 5q}]\n", "extenders[0].httpTimeout: Invalid value: \"5q\""},
        {HEAD "extenders: [{urlPrefix: 'http://x', bindVerb: b}, {urlPrefix: 'http://y', bindVerb: b}]\n",
         "extenders[1].bindVerb: Invalid value: found multiple"},
        {HEAD "extenders: [{urlPrefix: 'http://x', managedResources: [{name: cpu}]}]\n",
         "extenders[0].managedResources[0].name: Invalid value: \"cpu\""},
        {HEAD "extenders: [{urlPrefix: 'http://x', managedResources: [{name: a.b/c}, {name: a.b/c}]}]\n", "extenders[0].managedResources[1].name"},
        {HEAD "extenders: [{urlPrefix: 'https://x', tlsConfig: {caData: '%'}}]\n", "extenders[0].tlsConfig.caData: Invalid value"},
        {HEAD "extenders: [{urlPrefix: 'https://x', tlsConfig: {insecure: true, caFile: /x}}]\n", "extenders[0].tlsConfig: Invalid value"},
        {HEAD "extenders: [{urlPrefix: 'https://x', tlsConfig: {certFile: /x}}]\n", "extenders[0].tlsConfig: Invalid value"},
        {HEAD "profiles: [", "yaml"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scheduler_config *c = NULL;
        struct err err = {{0}};
        assert_true(scheduler_config_parse(&c, str_of(rows[i][0]), NULL, 0, &err) < 0);
        if (!strstr(err.text, rows[i][1]))
            fail_msg("\"%s\" is not in \"%s\"", rows[i][1], err.text);
    }
}

static int parse(void *ctx)
{
    struct scheduler_config *c = NULL;
    int r = scheduler_config_parse(&c, str_of(ctx), NULL, 0, NULL);
    scheduler_config_free(c);
    return r;
}

static void allocations_fail(void **state)
{
    (void)state;
    static char text[] = HEAD "profiles:\n- plugins: {score: {enabled: [{name: ImageLocality, weight: 3}]}}\n";
    unit_fail_allocations(parse, text);
}

/* A SchedulingProfile's spec, as the API has it: arguments are text. */
static void profile_of_the_api(void **state)
{
    (void)state;
    static const struct {
        const char *args, *fault;
    } rows[] = {{"{\"minCandidateNodesPercentage\":7}", NULL},
                {"[]", "spec.pluginConfig[0].args: Invalid value: must be an object"},
                {"{\"minCandidateNodesPercentage\":700}", "spec.pluginConfig[0].args.minCandidateNodesPercentage"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        struct sched_profile p;
        struct err err = {{0}};
        assert_done(arena_new(&a, 1u << 20));
        struct value *spec = quoted(a, "{'pluginConfig':[{'name':'DefaultPreemption'}]}");
        struct value *row = value_get(spec, STR("pluginConfig"));
        assert_non_null(value_set(a, value_item(row, 0), STR("args"), value_make_raw(str_of(rows[i].args))));
        int r = scheduler_profile_parse(&p, a, STR("mine"), spec, NULL, 0, &err);
        assert_int_equal(r, rows[i].fault ? -EINVAL : 0);
        if (rows[i].fault)
            assert_non_null(strstr(err.text, rows[i].fault));
        else
            assert_int_equal(p.candidates_percentage, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole), cmocka_unit_test(faults), cmocka_unit_test(profile_of_the_api),
                                       cmocka_unit_test(allocations_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
