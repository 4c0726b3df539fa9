#include "ctl/test_ground.h"
#include "json/json.h"

/* ── DaemonSet ── */

#define DAEMONS(more, image) \
    "{'metadata':{'name':'d','namespace':'x'},'spec':{'selector':{'matchLabels':{'a':'b'}},'revisionHistoryLimit':10," more \
    "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'" image "'}]}}}}"
#define ROLLING "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':1}},"

static void add_node(struct ground *g, const char *name, const char *spec)
{
    char text[512];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s'}},'spec':{%s},'status':{'conditions':"
             "[{'type':'Ready','status':'True'}]}}",
             name, name, spec);
    fake_put(g->f, "", "nodes", text);
    snprintf(text, sizeof(text), "{'metadata':{'name':'%s','namespace':'kube-node-lease'},'spec':{'renewTime':'2036-01-01T00:00:00.000000Z'}}", name);
    fake_put(g->f, "coordination.k8s.io", "leases", text);
}

static size_t pods_with(struct ground *g, const char *path, const char *text)
{
    size_t n = 0;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value tree = {0};
        if (!is_pod(o))
            continue;
        assert_done(object_tree(a, o->object, &tree, NULL));
        n += str_is(value_text_at(&tree, path), text);
    }
    return n;
}

static const struct value *some_tree(struct ground *g, struct arena *a)
{
    return fake_get(g->f, a, "", "pods", "x", some_pod(g));
}

static void daemons_follow_nodes(void **state)
{
    struct ground *g = *state;
    add_node(g, "n2", "");
    add_node(g, "n3", "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]");
    fake_put(g->f, "apps", "daemonsets", DAEMONS(ROLLING, "i:1"));
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2); /* the tainted one takes none */
    assert_int_equal(number(g, "apps", "daemonsets", "d", "status.desiredNumberScheduled"), 2);
    assert_int_equal(fake_count(g->f, "apps", "controllerrevisions"), 1);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *pod = some_tree(g, a);
    const struct value *terms = value_at(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
    assert_str(value_text_at(value_item(value_at(value_item(terms, 0), "matchFields"), 0), "key"), "metadata.name");
    assert_int_equal(value_count(value_at(pod, "spec.tolerations")), 6);
    fake_change(g->f, "", "nodes", "", "n3", "{'spec':{'taints':null}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 3);
    fake_change(g->f, "", "nodes", "", "n3", "{'spec':{'taints':[{'key':'k','effect':'NoExecute'}]}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2); /* it may not even stay */
    delete_of(g, "", "pods", some_pod(g), CLIENT_BACKGROUND);
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2);
}

static void daemons_replace_failed(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "daemonsets", DAEMONS(ROLLING, "i:1"));
    fake_run(g->f, 5000);
    char first[254];
    snprintf(first, sizeof(first), "%s", some_pod(g));
    fake_change(g->f, "", "pods", "x", first, "{'status':{'phase':'Failed'}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 1);
    assert_string_not_equal(first, some_pod(g));
}

/* Clients compare the bytes with what a Go map of the template becomes: keys sorted at every level. */
static void revisions_in_go_order(struct ground *g)
{
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF text = BUF_INIT(0);
        struct value tree;
        if (o->resource != fake_resource("apps", "controllerrevisions"))
            continue;
        assert_done(arena_new(&a, 4u << 20));
        assert_done(object_tree(a, o->object, &tree, NULL));
        json_print(&text, value_at(&tree, "data"));
        assert_true(str_starts(buf_view(&text), STR("{\"spec\":{\"template\":{\"$patch\":\"replace\",\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                                                    "\"spec\":{\"containers\":[{\"image\":\"i:")));
    }
}

static void daemons_roll(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "daemonsets", DAEMONS(ROLLING, "i:1"));
    fake_run(g->f, 5000);
    fake_change(g->f, "apps", "daemonsets", "x", "d",
                "{'metadata':{'generation':2},'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i:2'}]}}}}");
    fake_run(g->f, 20000);
    assert_int_equal(pods(g), 1);
    assert_int_equal(fake_count(g->f, "apps", "controllerrevisions"), 2);
    assert_int_equal(number(g, "apps", "daemonsets", "d", "status.updatedNumberScheduled"), 1);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    revisions_in_go_order(g);
    assert_str(value_text_at(value_item(value_at(some_tree(g, a), "spec.containers"), 0), "image"), "i:2");
    /* Back: the first revision is the newest again, and no third is made. */
    fake_change(g->f, "apps", "daemonsets", "x", "d",
                "{'metadata':{'generation':3},'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i:1'}]}}}}");
    fake_run(g->f, 20000);
    assert_int_equal(fake_count(g->f, "apps", "controllerrevisions"), 2);
    arena_reset(a);
    assert_str(value_text_at(value_item(value_at(some_tree(g, a), "spec.containers"), 0), "image"), "i:1");
}

/* ── StatefulSet ── */

#define STATEFUL(more) \
    "{'metadata':{'name':'s','namespace':'x'},'spec':{'replicas':3,'serviceName':'svc','selector':{'matchLabels':{'a':'b'}}," \
    "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}}," more \
    "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i:1'}]}}}}"

static bool pod_there(struct ground *g, const char *name)
{
    return fake_find(g->f, fake_resource("", "pods"), STR("x"), str_of(name)) != NULL;
}

static void stateful_order(void **state)
{
    struct ground *g = *state;
    g->no_agents = true;
    fake_put(g->f, "apps", "statefulsets",
             STATEFUL("'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce']}}],"));
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 1); /* the next waits for the first */
    assert_true(pod_there(g, "s-0"));
    assert_int_equal(fake_count(g->f, "", "persistentvolumeclaims"), 1);
    g->no_agents = false;
    fake_run(g->f, 10000);
    assert_int_equal(pods(g), 3);
    assert_int_equal(fake_count(g->f, "", "persistentvolumeclaims"), 3);
    assert_int_equal(number(g, "apps", "statefulsets", "s", "status.readyReplicas"), 3);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *pod = fake_get(g->f, a, "", "pods", "x", "s-2");
    assert_str(value_text_at(pod, "spec.hostname"), "s-2");
    assert_str(value_text_at(pod, "spec.subdomain"), "svc");
    assert_str(value_text_at(value_item(value_at(pod, "spec.volumes"), 0), "persistentVolumeClaim.claimName"), "data-s-2");
    assert_str(value_text(value_get(value_at(pod, "metadata.labels"), STR("apps.kubernetes.io/pod-index"))), "2");
    fake_change(g->f, "apps", "statefulsets", "x", "s", "{'spec':{'replicas':1}}");
    fake_run(g->f, 10000);
    assert_int_equal(pods(g), 1);
    assert_true(pod_there(g, "s-0"));
    assert_int_equal(fake_count(g->f, "", "persistentvolumeclaims"), 3); /* what they wrote stays */
}

static void stateful_rolls_from_the_top(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "statefulsets", STATEFUL(""));
    fake_run(g->f, 10000);
    assert_int_equal(pods(g), 3);
    fake_change(g->f, "apps", "statefulsets", "x", "s",
                "{'metadata':{'generation':2},'spec':{'updateStrategy':{'rollingUpdate':{'partition':2}},"
                "'template':{'spec':{'containers':[{'name':'c','image':'i:2'}]}}}}");
    fake_run(g->f, 20000);
    assert_int_equal(number(g, "apps", "statefulsets", "s", "status.updatedReplicas"), 1);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    assert_str(value_text_at(value_item(value_at(fake_get(g->f, a, "", "pods", "x", "s-2"), "spec.containers"), 0), "image"), "i:2");
    assert_str(value_text_at(value_item(value_at(fake_get(g->f, a, "", "pods", "x", "s-1"), "spec.containers"), 0), "image"), "i:1");
    delete_of(g, "", "pods", "s-0", CLIENT_BACKGROUND); /* below the partition it comes back as it was */
    fake_run(g->f, 10000);
    assert_str(value_text_at(value_item(value_at(fake_get(g->f, a, "", "pods", "x", "s-0"), "spec.containers"), 0), "image"), "i:1");
    fake_change(g->f, "apps", "statefulsets", "x", "s", "{'spec':{'updateStrategy':{'rollingUpdate':{'partition':0}}}}");
    fake_run(g->f, 30000);
    assert_int_equal(number(g, "apps", "statefulsets", "s", "status.updatedReplicas"), 3);
    const struct value *set = fake_get(g->f, a, "apps", "statefulsets", "x", "s");
    assert_true(str_eq(value_text_at(set, "status.currentRevision"), value_text_at(set, "status.updateRevision")));
}

static void stateful_at_once(void **state)
{
    struct ground *g = *state;
    g->no_agents = true;
    fake_put(g->f, "apps", "statefulsets", STATEFUL("'podManagementPolicy':'Parallel',"));
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 3);
    fake_change(g->f, "", "pods", "x", "s-1", "{'status':{'phase':'Failed'}}");
    g->no_agents = false;
    fake_run(g->f, 10000);
    assert_int_equal(pods_with(g, "status.phase", "Running"), 3);
}

/* ── ReplicationController ── */

static void replication(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "", "replicationcontrollers",
             "{'metadata':{'name':'r','namespace':'x'},'spec':{'replicas':2,'selector':{'a':'b'},'template':{'metadata':"
             "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i:1'}]}}}}");
    fake_put(g->f, "", "pods", "{'metadata':{'name':'orphan','namespace':'x','labels':{'a':'b'}},'spec':{'containers':[{'name':'c'}]}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2);
    assert_int_equal(number(g, "", "replicationcontrollers", "r", "status.readyReplicas"), 2);
    fake_change(g->f, "", "replicationcontrollers", "x", "r", "{'spec':{'replicas':0}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 0);
}

/* ── CronJob ── */

#define CRON(more) \
    "{'metadata':{'name':'c','namespace':'x','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'successfulJobsHistoryLimit':2,'" \
    "failedJobsHistoryLimit':1," more "'jobTemplate':{'spec':{'parallelism':1,'completions':1,'backoffLimit':6,'selector':{'matchLabels':{'job':'j'" \
    "}},'template':{'metadata':{'labels':" \
    "{'job':'j'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1'}]}}}}}}"

/* What a set says of its pods, against a count of all of them, whatever happens to them. */
struct tale {
    int64_t replicas, labelled, ready, available;
};

static void count_all(struct ground *g, struct tale *t)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16u << 20));
    struct value *set = fake_get(g->f, a, "apps", "replicasets", "x", "r");
    struct str uid = value_text_at(set, "metadata.uid"), owner, colour;
    int64_t now = loop_wall(g->f->loop), min_ready = value_int_at(set, "spec.minReadySeconds", 0);
    struct str wanted = value_text_at(set, "spec.template.metadata.labels.colour");
    *t = (struct tale){0};
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value tree = {0};
        if (!is_pod(o) || !object_controller(o->object, &owner) || !str_eq(owner, uid))
            continue;
        assert_done(object_tree(a, o->object, &tree, NULL));
        struct str phase = value_text_at(&tree, "status.phase");
        bool active = !object_deleting(o->object) && !str_is(phase, "Failed") && !str_is(phase, "Succeeded");
        const struct value *c = value_item(value_at(&tree, "status.conditions"), 0);
        bool ready = active && str_is(value_text_at(c, "status"), "True");
        int64_t since = 0;
        int32_t ns;
        if (ready)
            assert_done(time_parse_rfc3339(value_text_at(c, "lastTransitionTime"), &since, &ns));
        t->replicas += active;
        t->labelled += active && object_label(o->object, STR("colour"), &colour) && str_eq(colour, wanted);
        t->ready += ready;
        t->available += ready && since + min_ready <= now;
    }
}

static void some_change(struct ground *g, unsigned *seed)
{
    char name[254] = "", text[400], at[32];
    size_t n = pods(g);
    unsigned which = n ? (unsigned)rand_r(seed) % (unsigned)n : 0, i = 0, what = (unsigned)rand_r(seed) % 9;
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (is_pod(o) && i++ == which)
            snprintf(name, sizeof(name), "%.*s", STR_FMT(object_name(o->object)));
    time_fmt_rfc3339(at, loop_wall(g->f->loop));
    snprintf(text, sizeof(text), "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'%s','lastTransitionTime':'%s'}]}}",
             what & 1 ? "True" : "False", at);
    static const char *const others[] = {"{'status':{'phase':'Failed'}}", "{'metadata':{'labels':{'colour':'grey'}}}",
                                         "{'metadata':{'labels':{'a':'other'}}}" /* let go */,
                                         "{'metadata':{'labels':{'a':'b'}}}" /* taken in again */};
    if (name[0] && what < 4)
        fake_change(g->f, "", "pods", "x", name, text);
    else if (name[0] && what < 8)
        fake_change(g->f, "", "pods", "x", name, others[what - 4]);
    else if (name[0])
        delete_of(g, "", "pods", name, CLIENT_BACKGROUND);
    snprintf(text, sizeof(text), "{'spec':{'replicas':%d}}", rand_r(seed) % 12);
    if (rand_r(seed) % 8 == 0)
        fake_change(g->f, "apps", "replicasets", "x", "r", text);
    if (rand_r(seed) % 40 == 0)
        fake_change(g->f, "apps", "replicasets", "x", "r", "{'spec':{'template':{'metadata':{'labels':{'colour':'blue'}}}}}");
}

static void counts_agree(void **state)
{
    struct ground *g = *state;
    unsigned seed = 7;
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'r','namespace':'x','generation':1},'spec':{'replicas':6,'minReadySeconds':2,'selector':{'matchLabels':{'a':'b'}}"
             "," TEMPLATE("'a':'b','colour':'red'") "}}");
    for (int i = 0; i < 600; i++) {
        struct tale t;
        for (int k = 0; k < 1 + i % 3; k++)
            some_change(g, &seed);
        fake_run(g->f, 300);
        if (i % 4)
            continue;
        fake_run(g->f, 6000); /* agents and the controller have done what they will */
        count_all(g, &t);
        assert_int_equal(number(g, "apps", "replicasets", "r", "status.replicas"), t.replicas);
        assert_int_equal(t.replicas, number(g, "apps", "replicasets", "r", "spec.replicas"));
        assert_int_equal(MAX(number(g, "apps", "replicasets", "r", "status.readyReplicas"), INT64_C(0)), t.ready);
        assert_int_equal(MAX(number(g, "apps", "replicasets", "r", "status.availableReplicas"), INT64_C(0)), t.available);
        assert_int_equal(MAX(number(g, "apps", "replicasets", "r", "status.fullyLabeledReplicas"), INT64_C(0)), t.labelled);
    }
}

static void cron_by_the_minute(void **state)
{
    struct ground *g = *state;
    g->outcome = "Succeeded";
    fake_put(g->f, "batch", "cronjobs", CRON("'schedule':'*/1 * * * *','concurrencyPolicy':'Allow',"));
    fake_run(g->f, 70000);
    assert_int_equal(fake_count(g->f, "batch", "jobs"), 1);
    fake_run(g->f, 300000);
    assert_true(fake_count(g->f, "batch", "jobs") <= 3); /* two that ended, one that may run */
    fake_change(g->f, "batch", "cronjobs", "x", "c", "{'spec':{'suspend':true}}");
    fake_run(g->f, 10000);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    char last[32];
    const struct value *c = fake_get(g->f, a, "batch", "cronjobs", "x", "c");
    snprintf(last, sizeof(last), "%.*s", STR_FMT(value_text_at(c, "status.lastScheduleTime")));
    assert_true(value_text_at(c, "status.lastSuccessfulTime").n > 0);
    fake_run(g->f, 300000);
    assert_str(value_text_at(fake_get(g->f, a, "batch", "cronjobs", "x", "c"), "status.lastScheduleTime"), last);
}

static void cron_one_at_a_time(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "batch", "cronjobs", CRON("'schedule':'* * * * *','concurrencyPolicy':'Forbid',"));
    fake_run(g->f, 200000);
    assert_int_equal(fake_count(g->f, "batch", "jobs"), 1); /* it runs on, so no other begins */
    fake_change(g->f, "batch", "cronjobs", "x", "c", "{'spec':{'concurrencyPolicy':'Replace'}}");
    fake_run(g->f, 130000);
    assert_int_equal(fake_count(g->f, "batch", "jobs"), 1);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    assert_int_equal(value_count(value_at(fake_get(g->f, a, "batch", "cronjobs", "x", "c"), "status.active")), 1);
}

/* ── PodDisruptionBudget ── */

static void budgets(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "policy", "poddisruptionbudgets",
             "{'metadata':{'name':'b','namespace':'x','generation':1},'spec':{'minAvailable':2,'selector':{'matchLabels':{'a':'b'}}}}");
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'r','namespace':'x'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}}," TEMPLATE("'a':'b'") "}}");
    fake_run(g->f, 5000);
    assert_int_equal(number(g, "policy", "poddisruptionbudgets", "b", "status.disruptionsAllowed"), 1);
    assert_int_equal(number(g, "policy", "poddisruptionbudgets", "b", "status.currentHealthy"), 3);
    assert_int_equal(number(g, "policy", "poddisruptionbudgets", "b", "status.expectedPods"), 3);
    fake_change(g->f, "policy", "poddisruptionbudgets", "x", "b", "{'spec':{'minAvailable':null,'maxUnavailable':'34%'}}");
    fake_run(g->f, 5000);
    assert_int_equal(number(g, "policy", "poddisruptionbudgets", "b", "status.desiredHealthy"), 1);
    fake_change(g->f, "apps", "replicasets", "x", "r", "{'spec':{'replicas':0}}");
    fake_run(g->f, 5000);
    assert_int_equal(number(g, "policy", "poddisruptionbudgets", "b", "status.disruptionsAllowed"), 0);
}

int main(void)
{
#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        SCENARIO(daemons_follow_nodes),        SCENARIO(daemons_replace_failed), SCENARIO(daemons_roll), SCENARIO(stateful_order),
        SCENARIO(stateful_rolls_from_the_top), SCENARIO(stateful_at_once),       SCENARIO(replication),  SCENARIO(counts_agree),
        SCENARIO(cron_by_the_minute),          SCENARIO(cron_one_at_a_time),     SCENARIO(budgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
