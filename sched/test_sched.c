/* The engine by example: what the random reference cannot say — words, preemption, budgets, volumes, profiles, plugins, memory. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "sched/sched.h"

struct ground {
    struct sched *s;
    struct arena *a;
    int serial;
};

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    assert_done(arena_new(&g->a, 64u << 20));
    assert_done(sched_new(&g->s, NULL));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    sched_free(g->s);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static void put(struct ground *g, enum sched_kind kind, const struct value *v)
{
    assert_done(sched_put(g->s, kind, v, NULL));
}

static void node(struct ground *g, const char *name, const char *cpu, const char *labels, const char *spec)
{
    put(g, SCHED_NODE,
        quoted(g->a,
               "{'metadata':{'name':'%s','labels':{'kubernetes.io/"
               "hostname':'%s'%s}},'spec':{%s},'status':{'allocatable':{'cpu':'%s','memory':'8Gi','pods':'10'}}}",
               name, name, labels, spec, cpu));
}

static struct sched_pod *pod(struct ground *g, const char *name, const char *on, int priority, const char *cpu, const char *more)
{
    struct sched_event e;
    char where[64] = "";
    if (*on)
        snprintf(where, sizeof(where), "'nodeName':'%s',", on);
    assert_done(sched_put(
        g->s, SCHED_POD,
        quoted(g->a,
               "{'metadata':{'name':'%s','uid':'%s','namespace':'default','labels':{'app':'%s'},'creationTimestamp':'2026-01-01T00:00:%02dZ'},"
               "'spec':{%s'priority':%d,'containers':[{'image':'i','resources':{'requests':{'cpu':'%s'}}}]%s}}",
               name, name, name, g->serial++ % 60, where, priority, cpu, more),
        &e));
    return e.pod;
}

static void says(struct ground *g, struct sched_pod *p, const char *text)
{
    SCOPED_BUF b = BUF_INIT(8192);
    struct sched_verdict v;
    struct sched_preemption t;
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_explain(g->s, p, &v, &b);
    assert_done(sched_preempt(g->s, p, &v, &t));
    if (t.message[0])
        buf_fmt(&b, " %s", t.message);
    assert_str(buf_view(&b), text);
}

static struct str placed_on(struct ground *g, struct sched_pod *p)
{
    struct sched_verdict v;
    assert_done(sched_place(g->s, p, &v));
    return v.node == SCHED_NOWHERE ? STR("nowhere") : sched_node_name(g->s, v.node);
}

static struct sched_preemption preempts(struct ground *g, struct sched_pod *p)
{
    struct sched_verdict v;
    struct sched_preemption t;
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    assert_done(sched_preempt(g->s, p, &v, &t));
    return t;
}

/* ── words ── */

static void words(void **state)
{
    struct ground *g = *state;
    struct sched_pod *p = pod(g, "p", "", 0, "3", "");
    says(g, p, "no nodes available to schedule pods");
    node(g, "n1", "2", "", "");
    node(g, "n2", "2", "", "");
    node(g, "n3", "8", "", "'taints':[{'key':'k','effect':'NoSchedule'}]");
    node(g, "n4", "8", "", "'unschedulable':true");
    says(g, p,
         "0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu. preemption: 0/4 nodes are "
         "available: 4 Preemption is not helpful for scheduling.");
    node(g, "n5", "4", "", "");
    pod(g, "full", "n5", 0, "3", "");
    says(g, p,
         "0/5 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 3 Insufficient cpu. preemption: 0/5 nodes are "
         "available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.");
    p = pod(g, "never", "", 9, "3", ",'preemptionPolicy':'Never'");
    says(g, p,
         "0/5 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 3 Insufficient cpu. preemption: not eligible "
         "due to "
         "preemptionPolicy=Never.");
    p = pod(g, "gpu", "", 0, "1", ",'overhead':{'example.com/gpu':'1'},'tolerations':[{'operator':'Exists'}]");
    says(g, p,
         "0/5 nodes are available: 5 Insufficient example.com/gpu. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.");
}

/* ── preemption ── */

static void victims(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "2", "", "");
    node(g, "n2", "2", "", "");
    pod(g, "low", "n1", 5, "1", "");
    pod(g, "mid", "n1", 50, "1", "");
    pod(g, "mid2", "n2", 50, "2", "");
    struct sched_preemption t = preempts(g, pod(g, "a", "", 100, "1", ""));
    assert_str(sched_node_name(g->s, t.node), "n1"); /* its highest victim is the lowest */
    assert_int_equal(t.n_victims, 1);
    assert_str(sched_pod_uid(t.victims[0]), "low");
    t = preempts(g, pod(g, "b", "", 100, "2", ""));
    assert_str(sched_node_name(g->s, t.node), "n2"); /* the highest are equal: the sum is less */
    assert_int_equal(t.n_victims, 1);
    assert_int_equal(preempts(g, pod(g, "c", "", 5, "1", "")).node, SCHED_NOWHERE);   /* equals do not go */
    assert_int_equal(preempts(g, pod(g, "d", "", 100, "3", "")).node, SCHED_NOWHERE); /* would not fit an empty node */
    int64_t has, used;                                                                /* nothing was moved for real */
    sched_node_amounts(g->s, sched_node_find(g->s, STR("n1")), STR("cpu"), &has, &used);
    assert_int_equal(used, 2000);
}

static void budgets(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "2", "", "");
    node(g, "n2", "2", "", "");
    pod(g, "guarded", "n1", 1, "2", "");
    pod(g, "free", "n2", 2, "2", "");
    struct sched_pod *p = pod(g, "a", "", 100, "2", "");
    assert_str(sched_node_name(g->s, preempts(g, p).node), "n1"); /* the lower one */
    put(g, SCHED_BUDGET,
        quoted(g->a, "{'metadata':{'namespace':'default','name':'b'},'spec':{'selector':{'matchLabels':{'app':'guarded'}}},'status':{'"
                     "disruptionsAllowed':0}}"));
    struct sched_preemption t = preempts(g, p);
    assert_str(sched_node_name(g->s, t.node), "n2"); /* no budget is broken there */
    assert_int_equal(t.violations, 0);
    node(g, "n2", "1", "", "");
    t = preempts(g, p);
    assert_str(sched_node_name(g->s, t.node), "n1"); /* when there is no other way, it is */
    assert_int_equal(t.violations, 1);
    sched_del(g->s, SCHED_BUDGET, STR("default"), STR("b"), NULL);
    assert_int_equal(preempts(g, p).violations, 0);
}

static void ports_and_terms_of_victims(void **state)
{
    struct ground *g = *state;
    node(g, "n", "4", "", "");
    pod(g, "web", "n", 1, "1", "");
    put(g, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'tcp','uid':'tcp','namespace':'default'},'spec':{'nodeName':'n','priority':2,'containers':[{'ports':[{'"
                     "hostPort':80}]}]}}"));
    put(g, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'udp','uid':'udp','namespace':'default'},'spec':{'nodeName':'n','priority':1,'containers':[{'ports':[{'"
                     "hostPort':80,'protocol':'UDP'}]}]}}"));
    struct sched_event e;
    assert_done(sched_put(
        g->s, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'priority':9,'containers':[{'ports':[{'hostPort':80}]}]}}"),
        &e));
    struct sched_preemption t = preempts(g, e.pod);
    assert_int_equal(t.n_victims, 1);
    assert_str(sched_pod_uid(t.victims[0]), "tcp"); /* the same number over another protocol is no clash */
    struct sched_pod *p =
        pod(g, "lone", "", 9, "1",
            ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'labelSelector':{'matchLabels':{'app':'web'}},"
            "'topologyKey':'kubernetes.io/hostname'}]}}");
    t = preempts(g, p);
    assert_int_equal(t.n_victims, 1);
    assert_str(sched_pod_uid(t.victims[0]), "web");
}

static void room_is_kept(void **state)
{
    struct ground *g = *state;
    node(g, "n", "2", "", "");
    pod(g, "low", "n", 1, "2", "");
    struct sched_pod *high = pod(g, "high", "", 100, "2", ""), *later = pod(g, "later", "", 50, "1", ""),
                     *higher = pod(g, "higher", "", 200, "1", "");
    struct sched_preemption t = preempts(g, high);
    assert_done(sched_nominate(g->s, high, t.node));
    sched_del(g->s, SCHED_POD, STR_NONE, STR("low"), NULL);
    assert_str(placed_on(g, later), "nowhere"); /* lower, and there is room: but not for it */
    assert_str(placed_on(g, higher), "n");      /* room is kept only against equals and lower ones */
    assert_str(placed_on(g, high), "n");
    struct sched_pod *below[4];
    assert_int_equal(sched_nominees_below(g->s, higher, t.node, below, 4), 1);
    assert_ptr_equal(below[0], high);
    assert_done(sched_nominate(g->s, high, SCHED_NOWHERE));
    assert_str(placed_on(g, later), "n");
}

/* Seen by a class that was asked before all of it: the log names the node for its pods first, and then as gone. */
static void node_that_went(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "1", "", "");
    node(g, "n2", "4", "", "");
    struct sched_pod *p = pod(g, "p", "", 0, "1", ""), *q = pod(g, "q", "", 0, "2", "");
    assert_str(placed_on(g, p), "n2");
    assert_done(sched_assume(g->s, q, sched_node_find(g->s, STR("n2"))));
    sched_forget(g->s, q);
    sched_del(g->s, SCHED_NODE, STR_NONE, STR("n2"), NULL);
    assert_str(placed_on(g, p), "n1");
}

/* ── volumes ── */

static void claims(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "2", ",'topology.kubernetes.io/zone':'a'", "");
    node(g, "n2", "2", ",'topology.kubernetes.io/zone':'b'", "");
    struct sched_pod *p = pod(g, "p", "", 0, "1", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]");
    says(g, p,
         "0/2 nodes are available: persistentvolumeclaim \"c\" not found. preemption: 0/2 nodes are available: 2 Preemption is not helpful for "
         "scheduling.");
    put(g, SCHED_CLAIM, quoted(g->a, "{'metadata':{'namespace':'default','name':'c'},'spec':{'accessModes':['ReadWriteOncePod']}}"));
    says(g, p,
         "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/2 nodes are available: 2 Preemption is not "
         "helpful for scheduling.");
    put(g, SCHED_CLAIM,
        quoted(g->a, "{'metadata':{'namespace':'default','name':'c'},'spec':{'accessModes':['ReadWriteOncePod'],'volumeName':'v'},'status':{'phase':'"
                     "Bound'}}"));
    says(g, p,
         "0/2 nodes are available: 2 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s). preemption: 0/2 nodes are available: "
         "2 Preemption is "
         "not helpful for scheduling.");
    put(g, SCHED_VOLUME, quoted(g->a, "{'metadata':{'name':'v','labels':{'topology.kubernetes.io/zone':'b__c'}},'spec':{}}"));
    assert_str(placed_on(g, p), "n2");
    put(g, SCHED_VOLUME,
        quoted(
            g->a,
            "{'metadata':{'name':'v'},'spec':{'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'kubernetes.io/hostname',"
            "'operator':'In','values':['n1']}]}]}}}}"));
    assert_str(placed_on(g, p), "n1");
    struct sched_pod *q = pod(g, "q", "", 0, "1", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]");
    assert_done(sched_assume(g->s, p, sched_node_find(g->s, STR("n1"))));
    assert_str(placed_on(g, q), "nowhere"); /* one pod at a time */
    sched_forget(g->s, p);
    assert_str(placed_on(g, q), "n1");
}

static void first_consumer(void **state)
{
    struct ground *g = *state;
    struct sched_binding b[2];
    node(g, "n1", "2", "", "");
    node(g, "n2", "2", "", "");
    put(g, SCHED_STORAGE_CLASS,
        quoted(g->a, "{'metadata':{'name':'local'},'provisioner':'kubernetes.io/no-provisioner','volumeBindingMode':'WaitForFirstConsumer'}"));
    put(g, SCHED_CLAIM,
        quoted(g->a, "{'metadata':{'namespace':'default','name':'c'},'spec':{'storageClassName':'local','accessModes':['ReadWriteOnce'],"
                     "'resources':{'requests':{'storage':'1Gi'}}}}"));
    struct sched_pod *p = pod(g, "p", "", 0, "1", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]");
    says(g, p,
         "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind. preemption: 0/2 nodes are available: 2 Preemption is "
         "not helpful "
         "for scheduling.");
    put(g, SCHED_VOLUME,
        quoted(
            g->a,
            "{'metadata':{'name':'v'},'spec':{'storageClassName':'local','accessModes':['ReadWriteOnce'],'capacity':{'storage':'2Gi'},'nodeAffinity':"
            "{'required':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'kubernetes.io/hostname','operator':'In','values':['n2']}]}]}}},"
            "'status':{'phase':'Available'}}"));
    assert_str(placed_on(g, p), "n2");
    assert_int_equal(sched_unbound(g->s, p, sched_node_find(g->s, STR("n2")), b, 2), 1);
    assert_str(b[0].claim, "c");
    assert_str(b[0].volume, "v");
}

/* ── default spread, images, resizes, sidecars ── */

static void default_spread(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "4", ",'topology.kubernetes.io/zone':'a'", "");
    node(g, "n2", "4", ",'topology.kubernetes.io/zone':'b'", "");
    put(g, SCHED_SERVICE, quoted(g->a, "{'metadata':{'namespace':'default','name':'s'},'spec':{'selector':{'app':'web'}}}"));
    struct sched_event e;
    for (int i = 0; i < 3; i++)
        assert_done(sched_put(
            g->s, SCHED_POD,
            quoted(g->a,
                   "{'metadata':{'name':'w%d','uid':'w%d','namespace':'default','labels':{'app':'web'}},'spec':{'nodeName':'n1','containers':[{}]}}",
                   i, i),
            &e));
    assert_done(sched_put(g->s, SCHED_POD,
                          quoted(g->a, "{'metadata':{'name':'x','uid':'x','namespace':'default','labels':{'app':'web'}},'spec':{'containers':[{}]}}"),
                          &e));
    struct sched_opinion n1, n2;
    assert_done(sched_opinion(g->s, e.pod, sched_node_find(g->s, STR("n1")), &n1));
    assert_done(sched_opinion(g->s, e.pod, sched_node_find(g->s, STR("n2")), &n2));
    assert_true(n2.scores[SCHED_RULE_SPREAD] > n1.scores[SCHED_RULE_SPREAD]);
    sched_del(g->s, SCHED_SERVICE, STR("default"), STR("s"), NULL);
    assert_done(sched_opinion(g->s, e.pod, sched_node_find(g->s, STR("n1")), &n1));
    assert_int_equal(n1.scores[SCHED_RULE_SPREAD], 0);
}

static void images(void **state)
{
    struct ground *g = *state;
    node(g, "bare", "4", "", "");
    put(g, SCHED_NODE,
        quoted(g->a, "{'metadata':{'name':'has'},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'10'},'images':[{'names':['i:latest'],'"
                     "sizeBytes':1000000000}]}}"));
    struct sched_pod *p = pod(g, "p", "", 0, "1", "");
    struct sched_opinion o;
    assert_str(placed_on(g, p), "has");
    assert_done(sched_opinion(g->s, p, sched_node_find(g->s, STR("has")), &o));
    assert_int_equal(o.scores[SCHED_RULE_IMAGES], 100 * (500000000LL - 23 * 1048576LL) / (977 * 1048576LL)); /* one of two nodes has it */
}

static void amounts(void **state)
{
    struct ground *g = *state;
    int64_t has, used;
    node(g, "n", "16", "", "");
    uint32_t n = sched_node_find(g->s, STR("n"));
    put(g, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'nodeName':'n','initContainers':[{'resources':{'requests':{'"
                     "cpu':'3'}}},"
                     "{'restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}},{'resources':{'requests':{'cpu':'4'}}}],'containers':[{'name':'"
                     "c','resources':"
                     "{'requests':{'cpu':'2'}}}],'overhead':{'cpu':'100m'}}}"));
    sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
    assert_int_equal(used, 5100); /* the last init container beside the sidecar */
    put(g, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'nodeName':'n','containers':[{'name':'c','resources':{'"
                     "requests':{'cpu':'2'}}}]},"
                     "'status':{'containerStatuses':[{'name':'c','allocatedResources':{'cpu':'3'},'resources':{'requests':{'cpu':'6'}}}]}}"));
    sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
    assert_int_equal(used, 6000); /* a resize under way: what it still holds */
    put(g, SCHED_POD,
        quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'nodeName':'n','resources':{'requests':{'cpu':'7'}},'"
                     "containers':[{'name':'c',"
                     "'resources':{'requests':{'cpu':'2'}}}]}}"));
    sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
    assert_int_equal(used, 7000); /* pod-level requests */
    put(g, SCHED_POD,
        quoted(g->a,
               "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'nodeName':'n','containers':[{}]},'status':{'phase':'Succeeded'}}"));
    sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
    assert_int_equal(used, 0);
    assert_null(sched_pod_find(g->s, STR("p")));
}

/* ── plugins and profiles ── */

struct devices {
    int left[4], reserved, unreserved;
};

static int claims_it(void *self, const struct value *tree, struct buf *key)
{
    (void)self;
    buf_str(key, value_text_at(tree, "metadata.annotations.device"));
    return value_at(tree, "metadata.annotations.device") != NULL;
}

static const char *has_device(void *self, const struct sched_pod *p, uint32_t n, bool *final)
{
    struct devices *d = self;
    (void)p;
    *final = false;
    return d->left[n] > 0 ? NULL : "cannot allocate all claims";
}

static int take_device(void *self, struct sched_pod *p, uint32_t n)
{
    struct devices *d = self;
    (void)p;
    if (d->left[n] == 0)
        return 1;
    d->left[n]--;
    d->reserved++;
    return 0;
}

static void give_device(void *self, struct sched_pod *p, uint32_t n)
{
    struct devices *d = self;
    (void)p;
    d->left[n]++;
    d->unreserved++;
}

static void plugins(void **state)
{
    struct devices d = {.left = {1, 0, 2}};
    struct sched_plugin plugin = {
        .name = "DynamicResources", .self = &d, .claims = claims_it, .filter = has_device, .reserve = take_device, .unreserve = give_device};
    struct sched_options o = {.plugins = &plugin, .n_plugins = 1};
    struct ground *g = *state;
    struct sched_event e;
    SCOPED_BUF b = BUF_INIT(4096);
    struct sched_verdict v;
    sched_free(g->s);
    assert_done(sched_new(&g->s, &o));
    node(g, "n0", "4", "", "");
    node(g, "n1", "4", "", "");
    for (int i = 0; i < 2; i++) {
        assert_done(sched_put(
            g->s, SCHED_POD,
            quoted(g->a, "{'metadata':{'name':'p%d','uid':'p%d','namespace':'default','annotations':{'device':'gpu'}},'spec':{'containers':[{}]}}", i,
                   i),
            &e));
        assert_done(sched_place(g->s, e.pod, &v));
        if (i == 0) {
            assert_str(sched_node_name(g->s, v.node), "n0");
            assert_done(sched_assume(g->s, e.pod, v.node));
        }
    }
    assert_int_equal(v.node, SCHED_NOWHERE);
    assert_int_equal(v.rejectors, 1u << SCHED_RULE_PLUGIN);
    sched_explain(g->s, e.pod, &v, &b);
    assert_str(buf_view(&b), "0/2 nodes are available: 2 cannot allocate all claims.");
    d.left[1] = 1; /* whoever changes an answer says so */
    sched_touch(g->s, sched_node_find(g->s, STR("n1")));
    assert_done(sched_place(g->s, e.pod, &v));
    assert_str(sched_node_name(g->s, v.node), "n1");
    d.left[1] = 0; /* and when it does not, reserving finds out */
    assert_int_equal(sched_assume(g->s, e.pod, v.node), 1);
    assert_done(sched_place(g->s, e.pod, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_del(g->s, SCHED_POD, STR_NONE, STR("p0"), NULL);
    assert_int_equal(d.reserved, 1);
    assert_int_equal(d.unreserved, 1);
}

/* Scores too fine for buckets: 1/16 of a thousandth of a core, the node that is left with the least. */
static int64_t packs(void *self, const struct sched_pod *p, uint32_t n)
{
    const struct ground *g = self;
    int64_t has, used;
    (void)p;
    sched_node_amounts(g->s, n, STR("cpu"), &has, &used);
    return (1 << 20) - 16 * (has - used);
}

static int claims_all(void *self, const struct value *pod, struct buf *key)
{
    (void)self, (void)pod, (void)key;
    return 1;
}

static void fine_scores(void **state)
{
    struct ground *g = *state;
    struct sched_profile profile;
    struct sched_plugin plugin = {.name = "Packing", .weight = 1, .most = 1 << 20, .self = g, .claims = claims_all, .score = packs};
    struct sched_stats stats;
    struct sched_verdict v;
    struct sched_event e;
    sched_free(g->s);
    sched_profile_default(&profile, STR("default-scheduler"));
    profile.scores = 1u << SCHED_RULE_PLUGIN;
    profile.weights[SCHED_RULE_PLUGIN] = 1;
    assert_done(sched_new(&g->s, &(struct sched_options){.profiles = &profile, .n_profiles = 1, .plugins = &plugin, .n_plugins = 1, .columns = 1}));
    for (int i = 0; i < 40; i++)
        assert_done(sched_put(g->s, SCHED_NODE,
                              quoted(g->a, "{'metadata':{'name':'n%d'},'status':{'allocatable':{'cpu':'%d','pods':'9'}}}", i, 1 + i % 5), NULL));
    for (int i = 0; i < 200; i++) {
        int64_t best = -1;
        char uid[16];
        assert_done(sched_put(g->s, SCHED_POD,
                              quoted(g->a,
                                     "{'metadata':{'name':'p%d','uid':'p%d','namespace':'default'},'spec':{'containers':[{'resources':{'requests':{"
                                     "'cpu':'%dm'}}}]}}",
                                     i, i, 300 + 100 * (i % 3)),
                              &e));
        assert_done(sched_place(g->s, e.pod, &v));
        sched_stats(g->s, &stats);
        assert_int_equal(stats.walks, 0);
        for (uint32_t n = 0; n < 40; n++)
            if (!sched_fits(g->s, e.pod, n))
                best = MAX(best, packs(g, NULL, n));
        assert_int_equal(v.node == SCHED_NOWHERE ? -1 : v.score, best);
        if (best >= 0)
            assert_done(sched_assume(g->s, e.pod, v.node));
        snprintf(uid, sizeof(uid), "p%d", i * 7 % 200);
        if (i % 3 == 0)
            sched_del(g->s, SCHED_POD, STR_NONE, str_of(uid), NULL);
        if (i % 17 == 0) {
            snprintf(uid, sizeof(uid), "n%d", i % 40);
            sched_del(g->s, SCHED_NODE, STR_NONE, str_of(uid), NULL);
        }
    }
}

static void profiles(void **state)
{
    struct ground *g = *state;
    struct sched_profile p[2];
    struct sched_event e;
    sched_profile_default(&p[0], STR("default-scheduler"));
    sched_profile_default(&p[1], STR("packer"));
    p[1].strategy = SCHED_MOST_ALLOCATED;
    p[1].filters &= ~(1u << SCHED_RULE_TAINTS);
    p[1].weights[SCHED_RULE_BALANCED] = 0;
    struct sched_options o = {.profiles = p, .n_profiles = 2};
    sched_free(g->s);
    assert_done(sched_new(&g->s, &o));
    node(g, "free", "4", "", "");
    node(g, "used", "4", "", "'taints':[{'key':'k','effect':'NoSchedule'}]");
    pod(g, "there", "used", 0, "2", "");
    assert_str(placed_on(g, pod(g, "a", "", 0, "1", "")), "free");
    assert_str(placed_on(g, pod(g, "b", "", 0, "1", ",'schedulerName':'packer'")), "used");
    assert_done(
        sched_put(g->s, SCHED_POD, quoted(g->a, "{'metadata':{'name':'o','uid':'o'},'spec':{'schedulerName':'other','containers':[{}]}}"), &e));
    assert_int_equal(sched_pod_profile(e.pod), -1);
}

/* ── hints ── */

static int always(void *self, const struct value *pod, struct buf *key)
{
    (void)pod;
    (void)key;
    (void)self;
    return 1;
}

static int64_t by_name(void *self, const struct sched_pod *p, uint32_t node)
{
    (void)self;
    (void)p;
    return node == 0 ? 100 : 0;
}

/* A driver that tells its capacity: a claim is made only where there is enough of it. */
static void capacities(void **state)
{
    struct ground *g = *state;
    static const char with[] = ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]";
    struct sched_verdict v;
    node(g, "n1", "4", ",'zone':'a'", "");
    node(g, "n2", "4", ",'zone':'b'", "");
    node(g, "n3", "4", "", "");
    put(g, SCHED_STORAGE_CLASS, quoted(g->a, "{'metadata':{'name':'fast'},'provisioner':'csi.x','volumeBindingMode':'WaitForFirstConsumer'}"));
    put(g, SCHED_CLAIM,
        quoted(g->a, "{'metadata':{'name':'c','namespace':'default'},'spec':{'storageClassName':'fast','accessModes':['ReadWriteOnce'],'resources':{'"
                     "requests':{'storage':'10Gi'}}},"
                     "'status':{'phase':'Pending'}}"));
    struct sched_pod *p = pod(g, "p", "", 0, "1", with);
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.feasible, 3); /* nobody knows the driver */
    put(g, SCHED_CSI_DRIVER, quoted(g->a, "{'metadata':{'name':'csi.x'},'spec':{'storageCapacity':true}}"));
    says(g, p,
         "0/3 nodes are available: 3 node(s) did not have enough free storage. preemption: 0/3 nodes are available: 3 Preemption is not helpful for "
         "scheduling.");
    put(g, SCHED_CAPACITY,
        quoted(g->a,
               "{'metadata':{'name':'a','namespace':'s'},'storageClassName':'fast','nodeTopology':{'matchLabels':{'zone':'a'}},'capacity':'9Gi'}"));
    put(g, SCHED_CAPACITY,
        quoted(g->a, "{'metadata':{'name':'b','namespace':'s'},'storageClassName':'fast','nodeTopology':{'matchExpressions':[{'key':'zone','operator'"
                     ":'In','values':['b']}]},'capacity':'90Gi'}"));
    put(g, SCHED_CAPACITY, quoted(g->a, "{'metadata':{'name':'all','namespace':'s'},'storageClassName':'slow','nodeTopology':{},'capacity':'90Gi'}"));
    put(g, SCHED_CAPACITY, quoted(g->a, "{'metadata':{'name':'none','namespace':'s'},'storageClassName':'fast','capacity':'90Gi'}"));
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.feasible, 1);
    assert_str(sched_node_name(g->s, v.node), "n2");
    put(g, SCHED_CAPACITY,
        quoted(g->a, "{'metadata':{'name':'b','namespace':'s'},'storageClassName':'fast','nodeTopology':{'matchLabels':{'zone':'b'}},'capacity':'"
                     "90Gi','maximumVolumeSize':'5Gi'}"));
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_del(g->s, SCHED_CSI_DRIVER, STR_NONE, STR("csi.x"), NULL);
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.feasible, 3);
}

/* A claim only one pod may use is free once its user goes; and is in use as before when the trial is over. */
static void claims_of_victims(void **state)
{
    struct ground *g = *state;
    node(g, "n1", "4", "", "");
    node(g, "n2", "4", "", "");
    put(g, SCHED_VOLUME,
        quoted(g->a, "{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOncePod'],'claimRef':{'name':'c','"
                     "namespace':'default'}},'status':{'phase':'Bound'}}"));
    put(g, SCHED_CLAIM,
        quoted(g->a, "{'metadata':{'name':'c','namespace':'default','annotations':{'pv.kubernetes.io/"
                     "bind-completed':'yes'}},'spec':{'volumeName':'v','accessModes':['ReadWriteOncePod'],"
                     "'resources':{'requests':{'storage':'1Gi'}}},'status':{'phase':'Bound'}}"));
    static const char with[] = ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]";
    pod(g, "user", "n1", 1, "1", with);
    pod(g, "bystander", "n1", 1, "1", "");
    struct sched_pod *p = pod(g, "high", "", 9, "1", with), *same = pod(g, "same", "", 1, "1", with);
    struct sched_verdict v;
    struct sched_preemption out;
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    assert_done(sched_preempt(g->s, p, &v, &out));
    assert_str(sched_node_name(g->s, out.node), "n1");
    assert_int_equal(out.n_victims, 1);
    assert_str(sched_pod_name(out.victims[0]), "user");
    assert_done(sched_place(g->s, same, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    assert_done(sched_preempt(g->s, same, &v, &out));
    assert_int_equal(out.node, SCHED_NOWHERE);
}

static void profiles_come_and_go(void **state)
{
    struct ground *g = *state;
    struct sched_plugin first = {.name = "First", .claims = always, .score = by_name};
    struct sched_verdict v;
    struct sched_opinion o;
    struct sched_profile p;
    sched_free(g->s);
    assert_done(sched_new(&g->s, &(struct sched_options){.plugins = &first, .n_plugins = 1}));
    node(g, "n1", "2", "", "");
    node(g, "n2", "4", "", "");
    struct value *mine = quoted(g->a, "{'metadata':{'name':'p','uid':'p','namespace':'default'},'spec':{'schedulerName':'mine','containers':[{'image'"
                                      ":'i','resources':{'requests':{'cpu':'1'}}}]}}");
    put(g, SCHED_POD, mine);
    struct sched_pod *q = sched_pod_find(g->s, STR("p"));
    assert_int_equal(sched_pod_profile(q), -1);
    sched_profile_default(&p, STR("mine"));
    p.scores = 1u << SCHED_RULE_FIT;
    assert_done(sched_profile_put(g->s, &p));
    put(g, SCHED_POD, mine);
    assert_str(sched_profile_name(g->s, sched_pod_profile(q)), "mine");
    assert_done(sched_place(g->s, q, &v));
    assert_str(sched_node_name(g->s, v.node), "n2"); /* least allocated */
    p.scores = 1u << SCHED_RULE_PLUGIN;
    p.weights[SCHED_RULE_PLUGIN] = 1000; /* more than there are buckets for */
    assert_done(sched_profile_put(g->s, &p));
    put(g, SCHED_POD, mine);
    assert_done(sched_place(g->s, q, &v));
    assert_str(sched_node_name(g->s, v.node), "n1");
    assert_int_equal(v.score, 100 * 1000);
    /* A plugin without a weight has no say where a profile gives it none. */
    struct sched_pod *plain = pod(g, "plain", "", 0, "1", "");
    assert_done(sched_opinion(g->s, plain, 0, &o));
    assert_int_equal(o.scores[SCHED_RULE_PLUGIN], 0);
    assert_int_equal(sched_profile_put(g->s, &(struct sched_profile){.name = STR("default-scheduler")}), -EEXIST);
    assert_done(sched_assume(g->s, q, v.node));
    sched_profile_del(g->s, STR("mine"));
    assert_int_equal(sched_profile_find(g->s, STR("mine")), -1);
    sched_forget(g->s, q);
    put(g, SCHED_POD, mine);
    assert_int_equal(sched_pod_profile(q), -1);
    for (int i = 0; i < SCHED_PROFILES_MAX - 1; i++) {
        char name[16];
        snprintf(name, sizeof(name), "p%d", i);
        sched_profile_default(&p, str_of(name));
        assert_done(sched_profile_put(g->s, &p));
    }
    sched_profile_default(&p, STR("one-more"));
    assert_int_equal(sched_profile_put(g->s, &p), -ENOSPC);
    sched_profile_del(g->s, STR("p7"));
    assert_done(sched_profile_put(g->s, &p));
}

static void hints(void **state)
{
    struct ground *g = *state;
    struct sched_event e;
    struct sched_verdict v;
    node(g, "n", "2", "", "");
    node(g, "m", "2", "", "'taints':[{'key':'k','effect':'NoSchedule'}]");
    pod(g, "a", "n", 5, "1", "");
    pod(g, "b", "n", 5, "1", "");
    struct sched_pod *p = pod(g, "p", "", 5, "2", "");
    assert_done(sched_place(g->s, p, &v));
    assert_int_equal(v.rejectors, 1u << SCHED_RULE_FIT | 1u << SCHED_RULE_TAINTS);
    sched_del(g->s, SCHED_POD, STR_NONE, STR("a"), &e);
    assert_false(sched_helps(g->s, p, v.rejectors, &e)); /* half of what it needs */
    sched_del(g->s, SCHED_POD, STR_NONE, STR("b"), &e);
    assert_true(sched_helps(g->s, p, v.rejectors, &e));
    assert_done(sched_put(
        g->s, SCHED_NODE,
        quoted(g->a, "{'metadata':{'name':'m','labels':{'x':'y','kubernetes.io/hostname':'m'}},'spec':{'taints':[{'key':'k','effect':'NoSchedule'}]},"
                     "'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
        &e));
    assert_int_equal(e.what, SCHED_LABELS);
    assert_false(sched_helps(g->s, p, v.rejectors, &e));
    assert_done(sched_put(g->s, SCHED_NODE,
                          quoted(g->a, "{'metadata':{'name':'m','labels':{'x':'y','kubernetes.io/"
                                       "hostname':'m'}},'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
                          &e));
    assert_int_equal(e.what, SCHED_TAINTS);
    assert_true(sched_helps(g->s, p, v.rejectors, &e));
    assert_done(sched_put(g->s, SCHED_NODE,
                          quoted(g->a, "{'metadata':{'name':'m','labels':{'x':'y','kubernetes.io/"
                                       "hostname':'m'}},'status':{'allocatable':{'cpu':'2','memory':'8Gi','pods':'10'}}}"),
                          &e));
    assert_int_equal(e.what, 0); /* a heartbeat */
    assert_done(sched_put(g->s, SCHED_BUDGET, quoted(g->a, "{'metadata':{'namespace':'d','name':'b'}}"), &e));
    assert_false(sched_helps(g->s, p, v.rejectors, &e));
}

/* ── memory ── */

struct story {
    const struct value *nodes[2], *service, *space, *budget, *placed, *waiting[2];
};

static int history(void *ctx)
{
    const struct story *t = ctx;
    struct sched *s = NULL;
    struct sched_verdict v;
    struct sched_preemption pre;
    struct sched_event e = {0};
    SCOPED_BUF b = BUF_INIT(4096);
    int r = sched_new(&s, NULL);
    for (size_t i = 0; r == 0 && i < 2; i++)
        r = sched_put(s, SCHED_NODE, t->nodes[i], NULL);
    if (r == 0)
        r = sched_put(s, SCHED_SERVICE, t->service, NULL);
    if (r == 0)
        r = sched_put(s, SCHED_NAMESPACE, t->space, NULL);
    if (r == 0)
        r = sched_put(s, SCHED_BUDGET, t->budget, NULL);
    for (int again = 0; r == 0 && again < 2; again++)
        r = sched_put(s, SCHED_POD, t->placed, NULL);
    for (size_t i = 0; r == 0 && i < 2; i++) {
        r = sched_put(s, SCHED_POD, t->waiting[i], &e);
        if (r == 0)
            r = sched_place(s, e.pod, &v);
        if (r == 0 && v.node != SCHED_NOWHERE) {
            r = sched_assume(s, e.pod, v.node);
        } else if (r == 0) {
            sched_explain(s, e.pod, &v, &b);
            r = sched_preempt(s, e.pod, &v, &pre);
            if (r == 0 && pre.node != SCHED_NOWHERE)
                r = sched_nominate(s, e.pod, pre.node);
        }
    }
    if (s)
        sched_del(s, SCHED_NODE, STR_NONE, STR("n1"), NULL);
    sched_free(s);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    struct story t = {
        .nodes = {quoted(g->a, "{'metadata':{'name':'n1','labels':{'kubernetes.io/"
                               "hostname':'n1','zone':'a'}},'spec':{'taints':[{'key':'k','effect':'PreferNoSchedule'}]},'status':{"
                               "'allocatable':{'cpu':'2','memory':'1Gi','pods':'9'},'images':[{'names':['i:latest'],'sizeBytes':9}]}}"),
                  quoted(g->a, "{'metadata':{'name':'n2','labels':{'kubernetes.io/"
                               "hostname':'n2','zone':'b'}},'status':{'allocatable':{'cpu':'2','memory':'1Gi','pods':'9','x/y':'1'}}}")},
        .service = quoted(g->a, "{'metadata':{'namespace':'d','name':'s'},'spec':{'selector':{'app':'w'}}}"),
        .space = quoted(g->a, "{'metadata':{'name':'d','labels':{'team':'red'}}}"),
        .budget = quoted(g->a, "{'metadata':{'namespace':'d','name':'b'},'spec':{'selector':{'matchLabels':{'app':'w'}}},'status':{'"
                               "disruptionsAllowed':1,'disruptedPods':{'z':'2026-01-01T00:00:00Z'}}}"),
        .placed = quoted(
            g->a, "{'metadata':{'name':'p','uid':'p','namespace':'d','labels':{'app':'w'}},'spec':{'nodeName':'n1','affinity':{'podAntiAffinity':{"
                  "'requiredDuringSchedulingIgnoredDuringExecution':[{'labelSelector':{'matchLabels':{'app':'w'}},'topologyKey':'zone','"
                  "namespaceSelector':{'matchLabels':{'team':'red'}}}]}},"
                  "'containers':[{'image':'i','resources':{'requests':{'cpu':'2'}},'ports':[{'hostPort':80,'hostIP':'1.2.3.4'}]}]},"
                  "'status':{'containerStatuses':[{'name':'','allocatedResources':{'cpu':'1'}}]}}"),
        .waiting = {quoted(g->a, "{'metadata':{'name':'q','uid':'q','namespace':'d','labels':{'app':'w'}},'spec':{'topologySpreadConstraints':[{'"
                                 "maxSkew':1,'topologyKey':'zone',"
                                 "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'w'}}}],'containers':[{'image':'i','"
                                 "resources':{'requests':{'x/y':'1'}}}]}}"),
                    quoted(g->a, "{'metadata':{'name':'r','uid':'r','namespace':'d','labels':{'app':'w'}},'spec':{'priority':9,'containers':[{'image'"
                                 ":'i','resources':{'requests':{'cpu':'2'}}}]}}")},
    };
    unit_fail_allocations(history, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words, setup, teardown),
        cmocka_unit_test_setup_teardown(victims, setup, teardown),
        cmocka_unit_test_setup_teardown(budgets, setup, teardown),
        cmocka_unit_test_setup_teardown(ports_and_terms_of_victims, setup, teardown),
        cmocka_unit_test_setup_teardown(room_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(node_that_went, setup, teardown),
        cmocka_unit_test_setup_teardown(claims, setup, teardown),
        cmocka_unit_test_setup_teardown(first_consumer, setup, teardown),
        cmocka_unit_test_setup_teardown(default_spread, setup, teardown),
        cmocka_unit_test_setup_teardown(images, setup, teardown),
        cmocka_unit_test_setup_teardown(amounts, setup, teardown),
        cmocka_unit_test_setup_teardown(plugins, setup, teardown),
        cmocka_unit_test_setup_teardown(fine_scores, setup, teardown),
        cmocka_unit_test_setup_teardown(profiles, setup, teardown),
        cmocka_unit_test_setup_teardown(capacities, setup, teardown),
        cmocka_unit_test_setup_teardown(claims_of_victims, setup, teardown),
        cmocka_unit_test_setup_teardown(profiles_come_and_go, setup, teardown),
        cmocka_unit_test_setup_teardown(hints, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
