#include "ctl/test_ground.h"

/* ── ReplicaSet ── */

static void replicasets(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'r','namespace':'x'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}}," TEMPLATE("'a':'b'") "}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 3);
    assert_int_equal(number(g, "apps", "replicasets", "r", "status.readyReplicas"), 3);
    delete_of(g, "", "pods", some_pod(g), CLIENT_BACKGROUND);
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 3); /* replaced */
    fake_change(g->f, "apps", "replicasets", "x", "r", "{'spec':{'replicas':1}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 1);
    assert_int_equal(number(g, "apps", "replicasets", "r", "status.replicas"), 1);
    /* An orphan that matches is taken in, and as there is one too many, one goes. */
    fake_put(g->f, "", "pods", "{'metadata':{'name':'orphan','namespace':'x','labels':{'a':'b'}},'spec':{'containers':[{'name':'c'}]}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 1);
    /* One whose label is taken away is let go, and replaced. */
    fake_change(g->f, "", "pods", "x", some_pod(g), "{'metadata':{'labels':{'a':'other'}}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2);
}

/* ── Deployment ── */

#define DEPLOYMENT(more) \
    "{'metadata':{'name':'d','namespace':'x'},'spec':{'replicas':4,'progressDeadlineSeconds':60,'revisionHistoryLimit':10,'selector':{'matchLabels'" \
    ":" \
    "{'a':'b'}},'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1,'maxUnavailable':1}}," more TEMPLATE("'a':'b'") "}}"

static int64_t revision_of(struct ground *g)
{
    SCOPED(arena) a = NULL;
    int64_t n = -1;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *meta = value_at(fake_get(g->f, a, "apps", "deployments", "x", "d"), "metadata.annotations");
    return str_to_int(value_text(value_get(meta, STR("deployment.kubernetes.io/revision"))), &n) == 0 ? n : -1;
}

static void rollouts(void **state)
{
    struct ground *g = *state;
    size_t most = 0;
    int64_t least = 100;
    fake_put(g->f, "apps", "deployments", DEPLOYMENT(""));
    fake_run(g->f, 10000);
    assert_int_equal(pods(g), 4);
    assert_int_equal(number(g, "apps", "deployments", "d", "status.availableReplicas"), 4);
    assert_int_equal(revision_of(g), 1);
    assert_true(condition(g, "apps", "deployments", "x", "d", "Available", "True", NULL));
    fake_change(g->f, "apps", "deployments", "x", "d", "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i:2'}]}}}}");
    for (int i = 0; i < 4000; i++) {
        fake_run(g->f, 5);
        size_t alive = 0;
        int64_t ready = 0;
        LIST_EACH (o, &g->f->objects, struct fake_object, link) {
            char scratch[32];
            struct str phase;
            alive += is_pod(o) && !object_deleting(o->object);
            ready += is_pod(o) && !object_deleting(o->object) && object_field(o->object, "status.phase", &phase, scratch) && phase.n;
        }
        most = MAX(most, alive);
        least = MIN(least, ready);
    }
    assert_int_equal(most, 5); /* one more than wanted, never two */
    assert_true(least >= 3);   /* one less, never two */
    assert_int_equal(pods(g), 4);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 2);
    assert_int_equal(revision_of(g), 2);
    assert_true(condition(g, "apps", "deployments", "x", "d", "Progressing", "True", "NewReplicaSetAvailable"));
    /* Back to the first template: its ReplicaSet again, but a new revision. */
    fake_change(g->f, "apps", "deployments", "x", "d", "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i:1'}]}}}}");
    fake_run(g->f, 20000);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 2);
    assert_int_equal(revision_of(g), 3);
    assert_int_equal(number(g, "apps", "deployments", "d", "status.updatedReplicas"), 4);
}

static void pauses_and_deadlines(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "deployments", DEPLOYMENT(""));
    fake_run(g->f, 10000);
    fake_change(g->f, "apps", "deployments", "x", "d", "{'spec':{'paused':true,'template':{'spec':{'containers':[{'name':'c','image':'i:2'}]}}}}");
    fake_run(g->f, 10000);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 1);
    fake_change(g->f, "apps", "deployments", "x", "d", "{'spec':{'replicas':2}}"); /* scaling goes on */
    fake_run(g->f, 10000);
    assert_int_equal(pods(g), 2);
    g->no_agents = true; /* nothing becomes ready any more */
    fake_change(g->f, "apps", "deployments", "x", "d", "{'spec':{'paused':false}}");
    fake_run(g->f, 50000);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 2);
    assert_true(condition(g, "apps", "deployments", "x", "d", "Progressing", "True", NULL));
    fake_run(g->f, 30000);
    assert_true(condition(g, "apps", "deployments", "x", "d", "Progressing", "False", "ProgressDeadlineExceeded"));
}

/* ── Job ── */

#define JOB(more) \
    "{'metadata':{'name':'j','namespace':'x'},'spec':{" more \
    "'selector':{'matchLabels':{'job':'j'}},'template':{'metadata':{'labels':{'job':'j'}},'spec':" \
    "{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1'}]}}}}"

static void jobs_complete(void **state)
{
    struct ground *g = *state;
    g->outcome = "Succeeded";
    fake_put(g->f, "batch", "jobs", JOB("'parallelism':2,'completions':5,'backoffLimit':6,"));
    fake_run(g->f, 60000);
    assert_int_equal(number(g, "batch", "jobs", "j", "status.succeeded"), 5);
    assert_true(condition(g, "batch", "jobs", "x", "j", "Complete", "True", NULL));
    assert_int_equal(pods(g), 5);
}

static void jobs_fail(void **state)
{
    struct ground *g = *state;
    g->outcome = "Failed";
    fake_put(g->f, "batch", "jobs", JOB("'parallelism':1,'completions':1,'backoffLimit':2,"));
    fake_run(g->f, 5000);
    assert_true(pods(g) < 3); /* the second waits ten seconds, the third twenty */
    fake_run(g->f, 120000);
    assert_int_equal(pods(g), 3);
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 3);
    assert_true(condition(g, "batch", "jobs", "x", "j", "Failed", "True", "BackoffLimitExceeded"));
}

static void jobs_by_index_and_ttl(void **state)
{
    struct ground *g = *state;
    g->outcome = "Succeeded";
    fake_put(g->f, "batch", "jobs",
             JOB("'completionMode':'Indexed','parallelism':3,'completions':4,'backoffLimit':6,'ttlSecondsAfterFinished':100,"));
    fake_run(g->f, 30000);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    assert_str(value_text_at(fake_get(g->f, a, "batch", "jobs", "x", "j"), "status.completedIndexes"), "0-3");
    fake_run(g->f, 200000);
    assert_int_equal(fake_count(g->f, "batch", "jobs"), 0);
    assert_int_equal(pods(g), 0);
}

/* ── garbage ── */

static void one_set(struct ground *g)
{
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'r','namespace':'x'},'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'}}," TEMPLATE("'a':'b'") "}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2);
}

static void garbage_background(void **state)
{
    struct ground *g = *state;
    one_set(g);
    delete_of(g, "apps", "replicasets", "r", CLIENT_BACKGROUND);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 0); /* the owner first */
    fake_run(g->f, 60000);
    assert_int_equal(pods(g), 0);
}

static void garbage_foreground(void **state)
{
    struct ground *g = *state;
    one_set(g);
    delete_of(g, "apps", "replicasets", "r", CLIENT_FOREGROUND);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 1); /* the owner waits */
    fake_run(g->f, 60000);
    assert_int_equal(pods(g), 0);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 0);
}

/* A pod that is somebody else's too stays, and does not hold up an owner that waits for its dependents. */
static void garbage_two_owners(void **state)
{
    struct ground *g = *state;
    char patch[512], name[254];
    one_set(g);
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'s','namespace':'x'},'spec':{'replicas':0,'selector':{'matchLabels':{'c':'d'}}," TEMPLATE("'c':'d'") "}}");
    snprintf(name, sizeof(name), "%s", some_pod(g));
    const struct object *first = fake_find(g->f, fake_resource("apps", "replicasets"), STR("x"), STR("r"))->object;
    const struct object *second = fake_find(g->f, fake_resource("apps", "replicasets"), STR("x"), STR("s"))->object;
    struct str a = object_uid(first), b = object_uid(second);
    snprintf(patch, sizeof(patch),
             "{'metadata':{'ownerReferences':[{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'r','uid':'%.*s','controller':true,"
             "'blockOwnerDeletion':true},{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'s','uid':'%.*s'}]}}",
             STR_FMT(a), STR_FMT(b));
    fake_change(g->f, "", "pods", "x", name, patch);
    delete_of(g, "apps", "replicasets", "r", CLIENT_FOREGROUND);
    fake_run(g->f, 60000);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 1);
    assert_int_equal(pods(g), 1);
    assert_string_equal(some_pod(g), name);
}

/* Three that own one another, each blocking the next one's end. */
static void garbage_circle(void **state)
{
    struct ground *g = *state;
    static const char *const names[] = {"a", "b", "c"};
    char json[400];
    for (int i = 0; i < 3; i++) {
        snprintf(json, sizeof(json), "{'metadata':{'name':'%s','namespace':'x'}}", names[i]);
        fake_put(g->f, "", "configmaps", json);
    }
    for (int i = 0; i < 3; i++) {
        const char *owner = names[(i + 2) % 3];
        const struct object *o = fake_find(g->f, fake_resource("", "configmaps"), STR("x"), str_of(owner))->object;
        snprintf(json, sizeof(json),
                 "{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'%s','uid':'%.*s','blockOwnerDeletion':true}]}}",
                 owner, STR_FMT(object_uid(o)));
        fake_change(g->f, "", "configmaps", "x", names[i], json);
    }
    fake_run(g->f, 5000);
    delete_of(g, "", "configmaps", "a", CLIENT_FOREGROUND);
    fake_run(g->f, 60000);
    for (int i = 0; i < 3; i++)
        assert_null(fake_find(g->f, fake_resource("", "configmaps"), STR("x"), str_of(names[i])));
}

static void garbage_orphan(void **state)
{
    struct ground *g = *state;
    one_set(g);
    delete_of(g, "apps", "replicasets", "r", CLIENT_ORPHAN);
    fake_run(g->f, 60000);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 0);
    assert_int_equal(pods(g), 2);
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct str uid;
        if (is_pod(o))
            assert_false(object_controller(o->object, &uid));
    }
}

/* ── nodes ── */

static void silent_nodes(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'p','namespace':'x'},'spec':{'nodeName':'n1','containers':[{'name':'c'}],'tolerations':"
             "[{'key':'node.kubernetes.io/unreachable','operator':'Exists','effect':'NoExecute','tolerationSeconds':300}]},"
             "'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
    fake_change(g->f, "coordination.k8s.io", "leases", "kube-node-lease", "n1", "{'spec':{'renewTime':'2026-01-01T00:00:01.000000Z'}}");
    g->no_agents = true;
    fake_run(g->f, 30000);
    assert_true(condition(g, "", "nodes", "", "n1", "Ready", "True", NULL));
    fake_run(g->f, 20000);
    assert_true(condition(g, "", "nodes", "", "n1", "Ready", "Unknown", NULL));
    assert_true(condition(g, "", "pods", "x", "p", "Ready", "False", NULL));
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *taints = value_at(fake_get(g->f, a, "", "nodes", "", "n1"), "spec.taints");
    bool execute = false;
    VALUE_EACH_ITEM (t, taints)
        execute = execute || (str_is(value_text_at(t, "key"), "node.kubernetes.io/unreachable") && str_is(value_text_at(t, "effect"), "NoExecute"));
    assert_true(execute);
    fake_run(g->f, 280000);
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (is_pod(o))
            assert_false(object_deleting(o->object));
    fake_run(g->f, 60000); /* five minutes after the taint it goes */
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (is_pod(o))
            assert_true(object_deleting(o->object));
}

static bool tainted(struct ground *g, const char *key)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *taints = value_at(fake_get(g->f, a, "", "nodes", "", "n1"), "spec.taints");
    VALUE_EACH_ITEM (t, taints)
        if (str_is(value_text_at(t, "key"), key))
            return true;
    return false;
}

static void cordons_and_pressures(void **state)
{
    struct ground *g = *state;
    /* Somebody's taint of that name without a time is no reason to fall over. */
    fake_change(g->f, "", "nodes", "", "n1",
                "{'spec':{'unschedulable':true,'taints':[{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule'},"
                "{'key':'mine','effect':'NoSchedule'}]},'status':{'conditions':[{'type':'Ready','status':'True'},"
                "{'type':'DiskPressure','status':'True'}]}}");
    fake_run(g->f, 2000);
    assert_true(tainted(g, "node.kubernetes.io/unschedulable") && tainted(g, "node.kubernetes.io/disk-pressure") && tainted(g, "mine"));
    fake_change(g->f, "", "nodes", "", "n1", "{'spec':{'unschedulable':false},'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
    fake_run(g->f, 2000);
    assert_true(!tainted(g, "node.kubernetes.io/unschedulable") && !tainted(g, "node.kubernetes.io/disk-pressure") && tainted(g, "mine"));
}

/* ── services ── */

static void endpoints(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    fake_put(g->f, "", "services",
             "{'metadata':{'name':'s','namespace':'x'},'spec':{'selector':{'a':'b'},'clusterIP':'10.96.0.5','clusterIPs':"
             "['10.96.0.5'],'ipFamilies':['IPv4'],'ports':[{'name':'http','port':80,'targetPort':8080,'protocol':'TCP'}]}}");
    one_set(g);
    fake_run(g->f, 5000);
    const struct value *subset = value_item(value_at(fake_get(g->f, a, "", "endpoints", "x", "s"), "subsets"), 0);
    assert_true(value_count(value_at(subset, "addresses")) >= 1);
    assert_int_equal(value_int_at(value_item(value_at(subset, "ports"), 0), "port", 0), 8080);
    assert_int_equal(fake_count(g->f, "discovery.k8s.io", "endpointslices"), 1);
    fake_change(g->f, "apps", "replicasets", "x", "r", "{'spec':{'replicas':0}}");
    fake_run(g->f, 60000);
    assert_int_equal(value_count(value_at(fake_get(g->f, a, "", "endpoints", "x", "s"), "subsets")), 0);
}

/* Ports without names, no ports at all, several: written once, and then left alone. */
static void endpoints_rest(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    static const char *const names[] = {"unnamed", "portless", "many"}, *const ports[] = {"[{'port':80,'protocol':'TCP'}]", "[]",
                                                                                          "[{'name':'a','port':1},{'name':'b','port':2}]"};
    struct str before[2 * ARRAY_LEN(names)];
    assert_done(arena_new(&a, 4u << 20));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char text[512];
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'%s','namespace':'x'},'spec':{'selector':{'a':'b'},'clusterIP':'None','clusterIPs':['None'],'ipFamilies':['"
                 "IPv4'],'ports':%s}}",
                 names[i], ports[i]);
        fake_put(g->f, "", "services", text);
    }
    one_set(g);
    fake_run(g->f, 5000);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
            const struct value *e = fake_get(g->f, a, "", "endpoints", "x", names[i]);
            struct str version = value_text_at(e, "metadata.resourceVersion");
            assert_true(value_count(value_at(value_item(value_at(e, "subsets"), 0), "addresses")) >= 1);
            if (round)
                assert_true(str_eq(version, before[i]));
            before[i] = version;
        }
        fake_run(g->f, 30000);
    }
}

static void endpoints_are_mirrored(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "", "services", "{'metadata':{'name':'m','namespace':'x'},'spec':{'ports':[{'name':'p','port':80}]}}");
    fake_put(g->f, "", "endpoints",
             "{'metadata':{'name':'m','namespace':'x','labels':{'l':'1'}},'subsets':[{'addresses':[{'ip':'10.0.0.1'},{'ip':'fd00::1'}],"
             "'notReadyAddresses':[{'ip':'10.0.0.2'}],'ports':[{'name':'p','port':8080}]}]}");
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, "discovery.k8s.io", "endpointslices"), 2); /* a family each */
    fake_change(g->f, "", "endpoints", "x", "m", "{'subsets':[{'addresses':[{'ip':'10.0.0.3'}],'ports':[{'name':'p','port':8080}]}]}");
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, "discovery.k8s.io", "endpointslices"), 1);
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        if (o->resource != fake_resource("discovery.k8s.io", "endpointslices"))
            continue;
        struct value tree = {0};
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        assert_done(object_tree(a, o->object, &tree, NULL));
        const struct value *first = value_item(value_at(&tree, "endpoints"), 0);
        assert_str(value_text(value_item(value_at(first, "addresses"), 0)), "10.0.0.3");
        assert_str(value_text(value_get(value_at(&tree, "metadata.labels"), STR("l"))), "1");
    }
    delete_of(g, "", "endpoints", "m", CLIENT_BACKGROUND);
    fake_run(g->f, 60000);
    assert_int_equal(fake_count(g->f, "discovery.k8s.io", "endpointslices"), 0);
}

/* ── namespaces ── */

static void authorities_are_followed(void **state)
{
    struct ground *g = *state;
    assert_int_equal(fake_count(g->f, "", "configmaps"), 0); /* none is told of */
    const char *const texts[] = {"one", "one\ntwo", "two"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        assert_done(ctl_set_root_ca(g->k, texts[i]));
        fake_run(g->f, 2000);
        const struct value *data = value_at(fake_get(g->f, a, "", "configmaps", "x", "kube-root-ca.crt"), "data");
        assert_str(value_text(value_get(data, STR("ca.crt"))), texts[i]);
    }
    assert_int_equal(fake_count(g->f, "", "configmaps"), 1);
}

static void namespaces_end(void **state)
{
    struct ground *g = *state;
    one_set(g);
    fake_put(g->f, "", "configmaps", "{'metadata':{'name':'c','namespace':'x'}}");
    assert_non_null(fake_find(g->f, fake_resource("", "serviceaccounts"), STR("x"), STR("default"))); /* it was made for it */
    fake_change(g->f, "", "namespaces", "", "x", "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:09Z'},'status':{'phase':'Terminating'}}");
    fake_run(g->f, 120000);
    assert_int_equal(pods(g), 0);
    assert_int_equal(fake_count(g->f, "", "configmaps"), 0);
    assert_int_equal(fake_count(g->f, "apps", "replicasets"), 0);
    assert_int_equal(fake_count(g->f, "", "namespaces"), 0); /* and itself, its finalizer taken away */
}

/* Freed with writes under way: their replies reach nobody. */
static void freed_in_the_middle(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "apps", "replicasets",
             "{'metadata':{'name':'r','namespace':'x'},'spec':{'replicas':50,'selector':{'matchLabels':{'a':'b'}}," TEMPLATE("'a':'b'") "}}");
    fake_run(g->f, 3);
    g->k = ctl_free(g->k);
    size_t before = pods(g);
    fake_run(g->f, 5000);
    assert_true(pods(g) <= before + 1);
}

/* ── Service addresses ── */

#define NET               "networking.k8s.io"
#define SERVICE(name, ip) "{'metadata':{'name':'" name "','namespace':'x'},'spec':{'clusterIP':'" ip "','clusterIPs':['" ip "']}}"

static bool address_of(struct ground *g, const char *ip, const char *service)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *o = fake_get(g->f, a, NET, "ipaddresses", "", ip);
    return o && str_is(value_text_at(o, "spec.parentRef.name"), service) && str_is(value_text_at(o, "spec.parentRef.namespace"), "x");
}

static void addresses(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "", "services", SERVICE("a", "10.96.0.7"));
    fake_put(g->f, "", "services", SERVICE("none", "None"));
    fake_put(g->f, NET, "ipaddresses",
             "{'metadata':{'name':'10.96.9.9'},'spec':{'parentRef':{'resource':'services','namespace':'x','name':'gone'}}}");
    fake_put(g->f, NET, "ipaddresses",
             "{'metadata':{'name':'10.96.9.8','labels':{'ipaddress.kubernetes.io/managed-by':'ipallocator.k8s.io'}},"
             "'spec':{'parentRef':{'resource':'services','namespace':'x','name':'gone'}}}");
    fake_run(g->f, 2000);
    assert_true(address_of(g, "10.96.0.7", "a"));
    assert_true(address_of(g, "10.96.9.9", "gone")); /* not ours */
    assert_int_equal(fake_count(g->f, NET, "ipaddresses"), 2);
    delete_of(g, NET, "ipaddresses", "10.96.0.7", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_true(address_of(g, "10.96.0.7", "a")); /* it comes again */
    delete_of(g, "", "services", "a", CLIENT_BACKGROUND);
    fake_put(g->f, "", "services", SERVICE("b", "10.96.0.7"));
    fake_run(g->f, 2000);
    assert_true(address_of(g, "10.96.0.7", "b"));
    delete_of(g, "", "services", "b", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, NET, "ipaddresses"), 1);
}

static void service_cidrs(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, NET, "servicecidrs", "{'metadata':{'name':'wide'},'spec':{'cidrs':['10.0.0.0/8']}}");
    fake_put(g->f, NET, "servicecidrs", "{'metadata':{'name':'more'},'spec':{'cidrs':['10.5.0.0/16','fd00::/112']}}");
    fake_put(g->f, "", "services", SERVICE("four", "10.5.0.7"));
    fake_put(g->f, "", "services", SERVICE("six", "fd00::7"));
    fake_run(g->f, 2000);
    assert_true(condition(g, NET, "servicecidrs", "", "more", "Ready", "True", NULL));
    delete_of(g, NET, "servicecidrs", "more", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_true(condition(g, NET, "servicecidrs", "", "more", "Ready", "False", "Terminating"));
    delete_of(g, "", "services", "six", CLIENT_BACKGROUND); /* the other's address lies in "wide" too */
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, NET, "servicecidrs"), 1);
    delete_of(g, NET, "servicecidrs", "wide", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, NET, "servicecidrs"), 1);
    delete_of(g, "", "services", "four", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_int_equal(fake_count(g->f, NET, "servicecidrs"), 0);
}

/* Each node gets a /24 of its own of the cluster's range while there is one. */
static void node_ranges(void **state)
{
    struct ctl_options o = {.log = log_line, .reconcile = {.pod_cidr = "10.1.0.0/22"}};
    struct ground g = {.f = fake_new(), .no_agents = true};
    struct err err = {""};
    char name[8], text[64];
    bool seen[4] = {false};
    (void)state;
    if (ctl_new(&g.k, g.f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'own'},'spec':{'podCIDR':'10.1.1.0/24'}}");
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'foreign'},'spec':{'podCIDR':'10.9.0.0/24'}}");
    for (int i = 0; i < 4; i++) {
        snprintf(text, sizeof(text), "{'metadata':{'name':'n%d'}}", i);
        fake_put(g.f, "", "nodes", text);
    }
    fake_run(g.f, 5000);
    seen[1] = true;
    size_t none = 0;
    for (int i = 0; i < 4; i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        snprintf(name, sizeof(name), "n%d", i);
        struct str range = value_text_at(fake_get(g.f, a, "", "nodes", "", name), "spec.podCIDR");
        none += range.n == 0;
        if (!range.n)
            continue;
        assert_true(str_starts(range, STR("10.1.")) && range.p[5] >= '0' && range.p[5] <= '3');
        assert_false(seen[range.p[5] - '0']);
        seen[range.p[5] - '0'] = true;
    }
    assert_int_equal(none, 1);                            /* three were left for four */
    delete_of(&g, "", "nodes", "own", CLIENT_BACKGROUND); /* the one it had is for the fourth, a minute later */
    fake_run(g.f, 70000);
    for (int i = 0; i < 4; i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        snprintf(name, sizeof(name), "n%d", i);
        assert_true(str_starts(value_text_at(fake_get(g.f, a, "", "nodes", "", name), "spec.podCIDR"), STR("10.1.")));
    }
    ctl_free(g.k);
    fake_end(g.f);
}

/* Of two ranges each node gets a part of both; a part somebody has already is not given out again. */
static void node_ranges_of_two_families(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    struct ctl_options o = {.log = log_line, .reconcile = {.pod_cidr = "fd00:1:2::/48,10.1.0.0/22"}};
    struct ground g = {.f = fake_new(), .no_agents = true};
    struct err err = {""};
    (void)state;
    if (ctl_new(&g.k, g.f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'has'},'spec':{'podCIDR':'fd00:1:2:1::/64','podCIDRs':['fd00:1:2:1::/64','10.1.0.0/24']}}");
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'a'}}");
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'b'}}");
    fake_run(g.f, 5000);
    fake_put(g.f, "", "nodes", "{'metadata':{'name':'c'}}");
    fake_run(g.f, 5000);
    bool six[4] = {[1] = true}, four[4] = {[0] = true};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        const struct value *node = fake_get(g.f, a, "", "nodes", "", names[i]), *list = value_at(node, "spec.podCIDRs");
        assert_int_equal(value_count(list), 2);
        struct str first = value_text(value_item(list, 0)), second = value_text(value_item(list, 1));
        assert_true(str_eq(first, value_text_at(node, "spec.podCIDR")));
        /* fd00:1:2::/64 is the part of number 0 */
        size_t at = str_is(first, "fd00:1:2::/64") ? 0 : (size_t)(first.p[9] - '0');
        assert_true(at < 4 && !six[at] && str_ends(first, STR("::/64")) && str_starts(first, STR("fd00:1:2:")));
        six[at] = true;
        at = (size_t)(second.p[5] - '0');
        assert_true(at < 4 && !four[at] && str_starts(second, STR("10.1.")) && str_ends(second, STR(".0/24")));
        four[at] = true;
    }
    ctl_free(g.k);
    fake_end(g.f);
}

int main(void)
{
#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(node_ranges),
        cmocka_unit_test(node_ranges_of_two_families),
        SCENARIO(replicasets),
        SCENARIO(rollouts),
        SCENARIO(pauses_and_deadlines),
        SCENARIO(jobs_complete),
        SCENARIO(jobs_fail),
        SCENARIO(jobs_by_index_and_ttl),
        SCENARIO(garbage_background),
        SCENARIO(garbage_foreground),
        SCENARIO(garbage_circle),
        SCENARIO(garbage_two_owners),
        SCENARIO(garbage_orphan),
        SCENARIO(silent_nodes),
        SCENARIO(cordons_and_pressures),
        SCENARIO(endpoints),
        SCENARIO(endpoints_rest),
        SCENARIO(endpoints_are_mirrored),
        SCENARIO(authorities_are_followed),
        SCENARIO(namespaces_end),
        SCENARIO(addresses),
        SCENARIO(service_cidrs),
        SCENARIO(freed_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
