/* Jobs that wait for quota: the controllers of room queues on an API in memory. */
#include "ctl/test_ground.h"
#include "tests/queue_kinds.h"

#define GROUP "kueue.x-k8s.io"

static void put(struct ground *g, const char *resource, const char *fmt, ...) PRINTF(3, 4);
static void put(struct ground *g, const char *resource, const char *fmt, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    fake_put(g->f, !strcmp(resource, "jobs") ? "batch" : GROUP, resource, text);
}

static int setup_with(void **state, struct reconcile_queues queues)
{
    struct ground *g = calloc(1, sizeof(*g));
    struct err err = {""};
    struct ctl_options o = {.queues = true, .customs = true, .reconcile = {.queues = queues}};
    queue_kinds_publish();
    g->f = fake_new();
    fake_put(g->f, "", "namespaces", "{'metadata':{'name':'x'},'spec':{'finalizers':['kubernetes']}}");
    fake_put(g->f, "", "nodes", "{'metadata':{'name':'n1'},'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
    fake_put(g->f, "coordination.k8s.io", "leases",
             "{'metadata':{'name':'n1','namespace':'kube-node-lease'},'spec':{'renewTime':'2036-01-01T00:00:00.000000Z'}}");
    if (ctl_new(&g->k, g->f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    agents(g);
    fake_run(g->f, 1000);
    put(g, "resourceflavors", "{'metadata':{'name':'f'},'spec':{'nodeLabels':{'kind':'f'}}}");
    *state = g;
    return 0;
}

static int setup_queues(void **state)
{
    return setup_with(state, (struct reconcile_queues){0});
}

static int setup_waiting(void **state)
{
    return setup_with(state, (struct reconcile_queues){.wait = true, .timeout = 20, .recovery = 10, .limit = 1, .base = 30, .most = 100});
}

static int setup_blocking(void **state)
{
    return setup_with(state, (struct reconcile_queues){.wait = true, .block = true, .timeout = 300, .limit = -1, .base = 60, .most = 3600});
}

static int teardown_queues(void **state)
{
    teardown(state);
    queue_kinds_withdraw();
    return 0;
}

static void queue(struct ground *g, const char *name, int cpu, const char *more)
{
    put(g, "clusterqueues",
        "{'metadata':{'name':'%s'},'spec':{'namespaceSelector':{},'resourceGroups':[{'coveredResources':['cpu'],'flavors':[{'name':'f','resources':[{"
        "'name':'cpu',"
        "'nominalQuota':%d}]}]}]%s}}",
        name, cpu, more);
    put(g, "localqueues", "{'metadata':{'name':'%s','namespace':'x'},'spec':{'clusterQueue':'%s'}}", name, name);
}

static void job(struct ground *g, const char *name, const char *in, int width, const char *annotations)
{
    put(g, "jobs",
        "{'metadata':{'name':'%s','namespace':'x','labels':{'" GROUP
        "/queue-name':'%s'},'annotations':{%s}},'spec':{'suspend':true,'parallelism':%d,'completions':%d,"
        "'selector':{'matchLabels':{'job':'%s'}},'template':{'metadata':{'labels':{'job':'%s'}},'spec':{'restartPolicy':'Never','containers':[{'name'"
        ":'c','image':'i:1',"
        "'resources':{'requests':{'cpu':'1'}}}]}}}}",
        name, in, annotations, width, width, name, name);
}

/* The Workload of a Job. */
static struct value *work_of(struct ground *g, struct arena *a, const char *name)
{
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value *w = arena_alloc(a, sizeof(*w));
        if (o->resource != fake_resource(GROUP, "workloads"))
            continue;
        assert_done(object_tree(a, o->object, w, NULL));
        if (str_is(value_text_at(value_item(value_at(w, "metadata.ownerReferences"), 0), "name"), name))
            return w;
    }
    return NULL;
}

static bool is(struct ground *g, const char *name, const char *type, const char *status, const char *reason)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    const struct value *w = work_of(g, a, name);
    VALUE_EACH_ITEM (c, value_at(w, "status.conditions"))
        if (str_is(value_text_at(c, "type"), type))
            return str_is(value_text_at(c, "status"), status) && (!reason || str_is(value_text_at(c, "reason"), reason));
    return false;
}

static bool suspended(struct ground *g, const char *name)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    return value_bool_at(fake_get(g->f, a, "batch", "jobs", "x", name), "spec.suspend", false);
}

static void test_a_job(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    queue(g, "q", 3, "");
    job(g, "one", "q", 2, "");
    job(g, "two", "q", 2, "");
    fake_run(g->f, 3000);
    assert_true(is(g, "one", "Admitted", "True", "Admitted"));
    assert_true(is(g, "two", "QuotaReserved", "False", "Pending"));
    assert_false(suspended(g, "one"));
    assert_true(suspended(g, "two"));
    assert_int_equal(pods(g), 2);
    struct value *j = fake_get(g->f, a, "batch", "jobs", "x", "one");
    assert_str(value_text_at(j, "spec.template.spec.nodeSelector.kind"), "f");
    struct value *q = fake_get(g->f, a, GROUP, "clusterqueues", "", "q");
    assert_int_equal(value_int_at(q, "status.pendingWorkloads", -1), 1);
    assert_int_equal(value_int_at(q, "status.admittedWorkloads", -1), 1);
    assert_str(value_text_at(value_item(value_at(value_item(value_at(q, "status.flavorsUsage"), 0), "resources"), 0), "total"), "2");
    g->outcome = "Succeeded";
    struct client_call call = {.verb = CLIENT_DELETE,
                               .resource = fake_resource("batch", "jobs"),
                               .ns = STR("x"),
                               .name = STR("one"),
                               .grace = -1,
                               .propagation = CLIENT_BACKGROUND};
    struct waiting w = {0};
    assert_done(client_send(g->f->client, &call, on_reply, &w));
    fake_run(g->f, 10000);
    assert_null(work_of(g, a, "one"));
    assert_true(is(g, "two", "Finished", "True", "Succeeded"));
    assert_int_equal(value_count(value_at(work_of(g, a, "two"), "metadata.finalizers")), 0);
}

static void test_preemption(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    queue(g, "a", 2, ",'cohortName':'all'");
    queue(g, "b", 2, ",'cohortName':'all','preemption':{'reclaimWithinCohort':'Any'}");
    job(g, "a1", "a", 2, "");
    fake_run(g->f, 2000);
    job(g, "a2", "a", 1, "");
    fake_run(g->f, 3000);
    assert_true(is(g, "a1", "Admitted", "True", NULL));
    assert_true(is(g, "a2", "Admitted", "True", NULL));
    job(g, "b1", "b", 2, "");
    fake_run(g->f, 40000);
    assert_true(is(g, "b1", "Admitted", "True", NULL));
    assert_true(is(g, "a2", "Evicted", "True", "Preempted"));
    assert_true(is(g, "a2", "Preempted", "True", "InCohortReclamation"));
    assert_true(is(g, "a2", "QuotaReserved", "False", "Pending"));
    assert_true(is(g, "a2", "Admitted", "False", "NoReservation"));
    assert_true(is(g, "a2", "Requeued", "True", "Preempted"));
    assert_true(suspended(g, "a2"));
    assert_int_equal(value_count(value_at(fake_get(g->f, a, "batch", "jobs", "x", "a2"), "spec.template.spec.nodeSelector")), 0);
}

/* ── places ── */

static void delete_job(struct ground *g, const char *name)
{
    struct client_call call = {.verb = CLIENT_DELETE,
                               .resource = fake_resource("batch", "jobs"),
                               .ns = STR("x"),
                               .name = str_of(name),
                               .grace = -1,
                               .propagation = CLIENT_BACKGROUND};
    static struct waiting w; /* the reply comes later */
    assert_done(client_send(g->f->client, &call, on_reply, &w));
}

static void make_ready(struct ground *g, const char *of, bool ready)
{
    char text[128];
    struct str label;
    snprintf(text, sizeof(text), "{'status':{'conditions':[{'type':'Ready','status':'%s'}]}}", ready ? "True" : "False");
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (is_pod(o) && object_label(o->object, STR("job"), &label) && str_is(label, of)) {
            char name[254];
            snprintf(name, sizeof(name), "%.*s", STR_FMT(object_name(o->object)));
            fake_change(g->f, "", "pods", "x", name, text);
            return;
        }
    fail_msg("no pod of %s", of);
}

/* waitForPodsReady: who is not ready in time goes to the end, after a pause, and not for ever. */
static void test_not_ready(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    g->no_agents = true;
    queue(g, "q", 1, "");
    job(g, "late", "q", 1, "");
    fake_run(g->f, 2000);
    job(g, "next", "q", 1, "");
    fake_run(g->f, 3000);
    assert_true(is(g, "late", "Admitted", "True", NULL) && is(g, "late", "PodsReady", "False", "WaitForStart"));
    assert_true(is(g, "next", "QuotaReserved", "False", "Pending"));
    fake_run(g->f, 20000);
    assert_true(is(g, "late", "Evicted", "True", "PodsReadyTimeout"));
    assert_true(is(g, "late", "Requeued", "False", "PodsReadyTimeout"));
    assert_int_equal(value_int_at(work_of(g, a, "late"), "status.requeueState.count", 0), 1);
    assert_true(suspended(g, "late"));
    assert_true(is(g, "next", "Admitted", "True", NULL));
    g->no_agents = false;
    fake_run(g->f, 5000);
    assert_true(is(g, "next", "PodsReady", "True", "Started"));
    fake_run(g->f, 40000); /* those that are ready stay; the other may come back, and finds no room */
    assert_true(is(g, "next", "Admitted", "True", NULL));
    assert_true(is(g, "late", "Requeued", "True", "BackoffFinished"));
    /* A pod that fails: some time to recover. */
    make_ready(g, "next", false);
    fake_run(g->f, 2000);
    assert_true(is(g, "next", "PodsReady", "False", "WaitForRecovery"));
    make_ready(g, "next", true);
    fake_run(g->f, 2000);
    assert_true(is(g, "next", "PodsReady", "True", "Recovered"));
    delete_job(g, "next");
    g->no_agents = false;
    fake_run(g->f, 5000);
    g->no_agents = true;
    assert_true(is(g, "late", "Admitted", "True", NULL));
    make_ready(g, "late", false);
    fake_run(g->f, 40000);
    assert_true(is(g, "late", "Evicted", "True", "Deactivated"));
    assert_false(value_bool_at(work_of(g, a, "late"), "spec.active", true));
    assert_true(suspended(g, "late"));
}

/* blockAdmission: one after the other, though there is quota for both. */
static void test_blocking(void **state)
{
    struct ground *g = *state;
    g->no_agents = true;
    queue(g, "q", 4, "");
    queue(g, "r", 4, "");
    job(g, "one", "q", 1, "");
    job(g, "two", "r", 1, "");
    fake_run(g->f, 10000);
    assert_true(is(g, "one", "Admitted", "True", NULL) != is(g, "two", "Admitted", "True", NULL));
    g->no_agents = false;
    fake_run(g->f, 5000);
    assert_true(is(g, "one", "PodsReady", "True", "Started") && is(g, "two", "PodsReady", "True", "Started"));
}

static void rack_node(struct ground *g, const char *name, const char *rack)
{
    char text[512];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','labels':{'rack':'%s','kubernetes.io/hostname':'%s','kind':'f'}},'status':{'allocatable':{'cpu':'2','pods':"
             "'110'},'conditions':[{'type':'Ready','status':'True'}]}}",
             name, rack, name);
    fake_put(g->f, "", "nodes", text);
    snprintf(text, sizeof(text), "{'metadata':{'name':'%s','namespace':'kube-node-lease'},'spec':{'renewTime':'2036-01-01T00:00:00.000000Z'}}", name);
    fake_put(g->f, "coordination.k8s.io", "leases", text);
}

/* How many pods of a Job wait for their place (host NULL), or have it on this host. */
static size_t pods_at(struct ground *g, const char *job, const char *host)
{
    size_t n = 0;
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        SCOPED(arena) a = NULL;
        struct value t = {0};
        struct str label;
        if (!is_pod(o) || object_deleting(o->object) || !object_label(o->object, STR("job"), &label) || !str_is(label, job))
            continue;
        assert_done(arena_new(&a, 4u << 20));
        assert_done(object_tree(a, o->object, &t, NULL));
        bool gated = value_count(value_at(&t, "spec.schedulingGates")) > 0;
        struct str at = value_text(value_get(value_at(&t, "spec.nodeSelector"), STR("kubernetes.io/hostname")));
        n += host ? !gated && str_is(at, host) : gated;
    }
    return n;
}

/* Pods of a Job that is to stay in one rack go to the nodes its admission names; the next Job gets what is left, or waits. */
static void test_places(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    put(g, "topologies", "{'metadata':{'name':'t'},'spec':{'levels':[{'nodeLabel':'rack'},{'nodeLabel':'kubernetes.io/hostname'}]}}");
    fake_change(g->f, GROUP, "resourceflavors", "", "f", "{'spec':{'topologyName':'t'}}");
    for (int i = 0; i < 4; i++)
        rack_node(g, (const char *[]){"a1", "a2", "b1", "b2"}[i], i < 2 ? "a" : "b");
    queue(g, "q", 100, "");
    for (int i = 0; i < 3; i++) {
        const char *name = (const char *[]){"one", "two", "three"}[i];
        put(g, "jobs",
            "{'metadata':{'name':'%s','namespace':'x','labels':{'" GROUP "/queue-name':'q'}},'spec':{'suspend':true,'parallelism':3,'completions':3,"
            "'selector':{'matchLabels':{'job':'%s'}},'template':{'metadata':{'labels':{'job':'%s'},'annotations':{'" GROUP
            "/podset-required-topology':'rack'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1','resources':{'requests':{'"
            "cpu':'1'"
            "}}}]}}}}",
            name, name, name);
        fake_run(g->f, 3000);
    }
    assert_true(is(g, "one", "Admitted", "True", NULL));
    assert_true(is(g, "two", "Admitted", "True", NULL));
    assert_true(is(g, "three", "QuotaReserved", "False", "Pending"));
    assert_int_equal(pods_at(g, "one", "a1"), 2);
    assert_int_equal(pods_at(g, "one", "a2"), 1);
    assert_int_equal(pods_at(g, "two", "b1"), 2);
    assert_int_equal(pods_at(g, "two", "b2"), 1);
    assert_int_equal(pods_at(g, "one", NULL) + pods_at(g, "two", NULL), 0);
    const struct value *given = value_item(value_at(work_of(g, a, "one"), "status.admission.podSetAssignments"), 0);
    const struct value *slice = value_item(value_at(given, "topologyAssignment.slices"), 0);
    assert_str(value_text(value_item(value_at(given, "topologyAssignment.levels"), 0)), "kubernetes.io/hostname");
    assert_int_equal(value_int_at(slice, "domainCount", 0), 2);
    assert_str(value_text(value_item(value_at(value_item(value_at(slice, "valuesPerLevel"), 0), "individual.roots"), 1)), "a2");
    /* A node fails: who had places there waits for others. */
    fake_change(g->f, "", "nodes", "", "a1",
                "{'status':{'conditions':[{'type':'Ready','status':'False','lastTransitionTime':'2020-01-01T00:00:00Z'}]}}");
    fake_run(g->f, 3000);
    assert_true(is(g, "one", "Evicted", "True", "NodeFailures"));
    assert_true(is(g, "two", "Admitted", "True", NULL));
    rack_node(g, "a3", "a");
    fake_run(g->f, 3000);
    assert_int_equal(is(g, "one", "Admitted", "True", NULL) + is(g, "three", "Admitted", "True", NULL), 1);
    assert_int_equal(pods_at(g, "one", "a1"), 0);
    assert_int_equal(pods_at(g, "one", "a3") + pods_at(g, "three", "a3"), 1);
    g->outcome = "Succeeded"; /* those that run stay; what comes now ends at once */
    struct client_call call = {.verb = CLIENT_DELETE,
                               .resource = fake_resource("batch", "jobs"),
                               .ns = STR("x"),
                               .name = STR("two"),
                               .grace = -1,
                               .propagation = CLIENT_BACKGROUND};
    struct waiting w = {0};
    assert_done(client_send(g->f->client, &call, on_reply, &w));
    fake_run(g->f, 60000);
    assert_int_equal(is(g, "one", "Finished", "True", "Succeeded") + is(g, "three", "Finished", "True", "Succeeded"), 1);
}

/* ── at random: no quota is ever exceeded, and nobody runs without it ── */

struct sums {
    int64_t of[2];
};

static void look(struct ground *g, struct sums *s)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 64u << 20));
    *s = (struct sums){{0}};
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value t = {0};
        if (o->resource != fake_resource(GROUP, "workloads"))
            continue;
        assert_done(object_tree(a, o->object, &t, NULL));
        struct str in = value_text_at(&t, "status.admission.clusterQueue");
        bool over = false;
        VALUE_EACH_ITEM (c, value_at(&t, "status.conditions"))
            over = over || (str_is(value_text_at(c, "type"), "Finished") && str_is(value_text_at(c, "status"), "True"));
        if (!in.n || over)
            continue;
        int64_t n = 0;
        assert_done(str_to_int(value_text_at(value_item(value_at(&t, "status.admission.podSetAssignments"), 0), "resourceUsage.cpu"), &n));
        s->of[str_is(in, "b")] += n;
    }
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value t = {0};
        if (o->resource != fake_resource("batch", "jobs") || object_deleting(o->object))
            continue;
        assert_done(object_tree(a, o->object, &t, NULL));
        char name[64];
        snprintf(name, sizeof(name), "%.*s", STR_FMT(value_text_at(&t, "metadata.name")));
        bool ended =
            value_count(value_at(&t, "status.conditions")) && !value_bool_at(&t, "spec.suspend", false) && value_int_at(&t, "status.active", 0) == 0;
        if (!value_bool_at(&t, "spec.suspend", false) && !ended && value_int_at(&t, "status.active", 0) > 0 &&
            !is(g, name, "QuotaReserved", "True", NULL))
            fail_msg("%s runs without quota", name);
    }
}

static void one_thing(struct ground *g, unsigned *seed, int n)
{
    static const int failures[] = {409, 500};
    unsigned x = (unsigned)rand_r(seed);
    char name[32];
    struct waiting w = {0};
    snprintf(name, sizeof(name), "j%d", n);
    switch (x % 8) {
    case 0:
    case 1:
    case 2:
    case 3:
        job(g, name, x / 8 % 2 ? "a" : "b", 1 + (int)(x / 16 % 3), "");
        break;
    case 4:
        g->outcome = x / 8 % 2 ? "Succeeded" : NULL;
        break;
    case 5:
        g->f->fail_next = failures[x / 8 % 2];
        break;
    case 6:
        LIST_EACH (o, &g->f->objects, struct fake_object, link)
            if (o->resource == fake_resource("batch", "jobs") && rand_r(seed) % 4 == 0 && !object_deleting(o->object)) {
                struct client_call call = {.verb = CLIENT_DELETE,
                                           .resource = o->resource,
                                           .ns = STR("x"),
                                           .name = object_name(o->object),
                                           .grace = -1,
                                           .propagation = CLIENT_BACKGROUND};
                assert_done(client_send(g->f->client, &call, on_reply, &w));
                fake_run(g->f, 5);
                break;
            }
        break;
    default:
        fake_change(g->f, GROUP, "clusterqueues", "", x / 8 % 2 ? "a" : "b",
                    x / 16 % 3 ? "{'spec':{'stopPolicy':'None'}}" : "{'spec':{'stopPolicy':'HoldAndDrain'}}");
    }
}

static void test_at_random(void **state)
{
    struct ground *g = *state;
    unsigned seed = 7;
    size_t admitted = 0;
    struct sums s;
    queue(g, "a", 3, ",'cohortName':'all','preemption':{'reclaimWithinCohort':'Any','withinClusterQueue':'LowerOrNewerEqualPriority'}");
    queue(g, "b", 4, ",'cohortName':'all','preemption':{'reclaimWithinCohort':'Any'}");
    for (int n = 0; n < 60; n++) {
        one_thing(g, &seed, n);
        for (int i = 0; i < 5; i++) {
            fake_run(g->f, 1 + rand_r(&seed) % 300);
            look(g, &s);
            if (s.of[0] + s.of[1] > 7)
                fail_msg("step %d: %lld and %lld are more than 7", n, (long long)s.of[0], (long long)s.of[1]);
            admitted += s.of[0] + s.of[1] > 0;
        }
    }
    assert_true(admitted > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_job, setup_queues, teardown_queues),
        cmocka_unit_test_setup_teardown(test_preemption, setup_queues, teardown_queues),
        cmocka_unit_test_setup_teardown(test_not_ready, setup_waiting, teardown_queues),
        cmocka_unit_test_setup_teardown(test_blocking, setup_blocking, teardown_queues),
        cmocka_unit_test_setup_teardown(test_places, setup_queues, teardown_queues),
        cmocka_unit_test_setup_teardown(test_at_random, setup_queues, teardown_queues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
