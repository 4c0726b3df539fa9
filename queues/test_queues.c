/* The controllers on caches that stand still: what they want, and that memory running out anywhere loses nothing. */
#include "tests/fake.h"
#include "tests/queue_kinds.h"

#include "queues/queues.h"

struct ground {
    struct fake *f;
    struct view v;
};

static size_t controller_key(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    (void)scratch;
    return object_controller(o, &out[0]) ? 1 : 0;
}

static void cache(struct ground *g, const struct schema_resource *r)
{
    struct client_cache **k = &g->v.caches[g->v.n];
    assert_done(client_cache_new(k, g->f->client, &(struct client_cache_options){.resource = r}));
    g->v.resources[g->v.n++] = r;
    assert_done(client_cache_index(*k, "namespace", client_index_namespace));
    assert_done(client_cache_index(*k, "controller", controller_key));
    if (r == &schema_custom_all)
        assert_done(client_cache_index(*k, "definition", view_index_definition));
}

#define QUOTA(n) \
    "'namespaceSelector':{},'resourceGroups':[{'coveredResources':['cpu'],'flavors':[{'name':'f','resources':[{'name':'cpu','nominalQuota':" #n \
    "}]}]}]"
#define SETS "'podSets':[{'name':'main','count':2,'template':{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]}}}]"

static int setup(void **state)
{
    static const struct reconcile_options options = {0};
    struct ground *g = calloc(1, sizeof(*g));
    queue_kinds_publish();
    g->f = fake_new();
    cache(g, fake_resource("", "namespaces"));
    cache(g, fake_resource("", "pods"));
    cache(g, fake_resource("batch", "jobs"));
    cache(g, fake_resource("scheduling.k8s.io", "priorityclasses"));
    g->v.customs = g->v.n;
    cache(g, &schema_custom_all);
    fake_put(g->f, "", "namespaces", "{'metadata':{'name':'x'}}");
    fake_put(g->f, "kueue.x-k8s.io", "resourceflavors", "{'metadata':{'name':'f','finalizers':['kueue.x-k8s.io/resource-in-use']}}");
    fake_put(g->f, "kueue.x-k8s.io", "clusterqueues",
             "{'metadata':{'name':'q','finalizers':['kueue.x-k8s.io/resource-in-use']},'spec':{" QUOTA(3) "}}");
    fake_put(g->f, "kueue.x-k8s.io", "localqueues", "{'metadata':{'name':'q','namespace':'x'},'spec':{'clusterQueue':'q'}}");
    fake_put(g->f, "batch", "jobs",
             "{'metadata':{'name':'j','namespace':'x','labels':{'kueue.x-k8s.io/queue-name':'q'}},'spec':{'suspend':true,'parallelism':2,"
             "'template':{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}]}}}}");
    fake_put(g->f, "kueue.x-k8s.io", "workloads", "{'metadata':{'name':'one','namespace':'x'},'spec':{'queueName':'q'," SETS "}}");
    fake_put(g->f, "kueue.x-k8s.io", "workloads", "{'metadata':{'name':'two','namespace':'x'},'spec':{'queueName':'q'," SETS "}}");
    fake_put(g->f, "kueue.x-k8s.io", "workloads", "{'metadata':{'name':'lost','namespace':'x'},'spec':{'queueName':'none'," SETS "}}");
    fake_run(g->f, 100);
    g->v.options = &options;
    g->v.synced = true;
    g->v.now = loop_wall(g->f->loop);
    g->v.now_ms = g->v.now * 1000;
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    for (size_t i = 0; i < g->v.n; i++)
        client_cache_free(g->v.caches[i]);
    fake_end(g->f);
    queue_kinds_withdraw();
    free(g);
    return 0;
}

static void nobody(void *ctx, struct str key)
{
    (void)ctx;
    (void)key;
}

/* How many writes other than Events are wanted; the answer to a look is all or nothing. */
static int wanted(struct ground *g, void (*reconcile)(struct view *, struct str), const char *key, size_t *n)
{
    SCOPED(arena) mem = NULL;
    struct client_intents *out = NULL;
    int r = arena_new(&mem, 64u << 20);
    if (r == 0)
        r = client_intents_new(&out, 64u << 20);
    if (r < 0)
        return r;
    g->v.mem = mem;
    g->v.out = out;
    reconcile(&g->v, str_of(key));
    *n = 0;
    for (size_t i = 0; i < out->items.n; i++)
        *n += !str_is(out->items.p[i].call.resource->name, "events");
    r = out->failed ? -ENOMEM : 0;
    client_intents_free(out);
    g->v.out = NULL;
    return r;
}

static int told_all(struct ground *g)
{
    struct map_slot *at = NULL;
    for (struct object *o; (o = client_cache_next(g->v.caches[g->v.customs], &at));) {
        SCOPED(arena) mem = NULL;
        int r = arena_new(&mem, 64u << 20);
        if (r < 0)
            return r;
        g->v.mem = mem;
        queues_map(&g->v, NULL, o, nobody, NULL);
    }
    return 0;
}

static int everything(void *ctx)
{
    static const struct {
        void (*reconcile)(struct view *, struct str);
        const char *key;
        size_t writes;
    } rows[] = {{queues_reconcile, "judge", 2}, /* one is admitted, one is told why it waits */
                {queues_reconcile, "w/x/lost", 1}, {queues_reconcile, "c/q", 1},    {queues_reconcile, "l/x/q", 1},
                {queues_reconcile, "f/f", 0},      {queues_job_reconcile, "x/j", 1}};
    struct ground *g = ctx;
    g->v.state = queues_state_new();
    int r = g->v.state ? told_all(g) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(rows); i++) {
        size_t n = 0;
        r = wanted(g, rows[i].reconcile, rows[i].key, &n);
        if (r == 0 && n != rows[i].writes)
            fail_msg("%s: %zu writes instead of %zu", rows[i].key, n, rows[i].writes);
    }
    if (g->v.state)
        queues_state_free(g->v.state);
    return r;
}

static void by_example(void **state)
{
    assert_done(everything(*state));
}

static void n_th_allocation(void **state)
{
    unit_fail_allocations(everything, *state);
}

/* ── between the two versions ── */

static void there_and_back(void **state)
{
    static const struct {
        const char *kind, *older, *newer;
    } rows[] = {
        {"ClusterQueue", "{'spec':{'flavorFungibility':{'whenCanBorrow':'Borrow','whenCanPreempt':'TryNextFlavor'},'cohort':'c'}}",
         "{'spec':{'flavorFungibility':{'whenCanBorrow':'MayStopSearch','whenCanPreempt':'TryNextFlavor'},'cohortName':'c'}}"},
        {"LocalQueue", "{'status':{'flavorUsage':[{'name':'f'}]}}", "{'status':{'flavorsUsage':[{'name':'f'}]}}"},
    };
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value *v = quoted(a, "%s", rows[i].older);
        assert_done(queues_convert(a, str_of(rows[i].kind), STR("v1beta2"), v));
        assert_true(value_equal(v, quoted(a, "%s", rows[i].newer)));
        assert_done(queues_convert(a, str_of(rows[i].kind), STR("v1beta1"), v));
        assert_true(value_equal(v, quoted(a, "%s", rows[i].older)));
    }
    struct value *q = quoted(a, "{'spec':{'admissionChecks':['a','b']}}");
    assert_done(queues_convert(a, STR("ClusterQueue"), STR("v1beta2"), q));
    assert_str(value_text_at(value_item(value_at(q, "spec.admissionChecksStrategy.admissionChecks"), 1), "name"), "b");
    struct value *w = quoted(
        a, "{'spec':{'priorityClassSource':'scheduling.k8s.io/priorityclass','priorityClassName':'p'},'status':{'admission':{'podSetAssignments':[{"
           "'topologyAssignment':{'levels':['rack','host'],'domains':[{'values':['r1','h1'],'count':2},{'values':['r1','h2'],'count':1}]}}]}}}");
    struct value before;
    assert_done(value_copy(a, value_at(value_item(value_at(w, "status.admission.podSetAssignments"), 0), "topologyAssignment.domains"), &before));
    assert_done(queues_convert(a, STR("Workload"), STR("v1beta2"), w));
    assert_str(value_text_at(w, "spec.priorityClassRef.kind"), "PriorityClass");
    value_del(value_at(value_item(value_at(w, "status.admission.podSetAssignments"), 0), "topologyAssignment"), STR("domains")); /* as pruning does */
    assert_done(queues_convert(a, STR("Workload"), STR("v1beta1"), w));
    assert_true(value_equal(&before, value_at(value_item(value_at(w, "status.admission.podSetAssignments"), 0), "topologyAssignment.domains")));
    assert_str(value_text_at(w, "spec.priorityClassSource"), "scheduling.k8s.io/priorityclass");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_example, setup, teardown),
        cmocka_unit_test_setup_teardown(n_th_allocation, setup, teardown),
        cmocka_unit_test(there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
