#include "dynamic/dynamic.h"
#include "tests/unit.h"
#include "tests/quoted.h"

struct ground {
    struct arena *a;
    struct dynamic *d;
    struct sched *s;
    struct sched_verdict v;
    struct buf words;
};

static void open_ground(struct ground *g, int nodes, int devices)
{
    memset(g, 0, sizeof(*g));
    g->words = BUF_INIT(0);
    assert_done(arena_new(&g->a, 1u << 28));
    assert_done(dynamic_new(&g->d, 1));
    struct sched_plugin p = dynamic_plugin(g->d);
    struct sched_options o = {.plugins = &p, .n_plugins = 1};
    assert_done(sched_new(&g->s, &o));
    dynamic_attach(g->d, g->s, 0);
    for (int i = 0; i < nodes; i++) {
        SCOPED_BUF list = BUF_INIT(0);
        assert_done(sched_put(
            g->s, SCHED_NODE,
            quoted(g->a, "{'metadata':{'name':'n%d','labels':{'zone':'z%d'}},'status':{'allocatable':{'cpu':'64','memory':'64Gi','pods':'110'}}}", i,
                   i % 2),
            NULL));
        for (int k = 0; k < devices; k++)
            buf_fmt(&list, "%s{'name':'d%d'}", k ? "," : "", k);
        assert_done(dynamic_put(g->d, DYNAMIC_SLICE,
                                quoted(g->a,
                                       "{'metadata':{'name':'s%d'},'spec':{'driver':'gpu.io','nodeName':'n%d','pool':{'name':'n%d','generation':1,"
                                       "'resourceSliceCount':1},'devices':[%s]}}",
                                       i, i, i, buf_cstr(&list))));
    }
    assert_done(dynamic_put(g->d, DYNAMIC_CLASS, quoted(g->a, "{'metadata':{'name':'gpu'},'spec':{}}")));
}

static void close_ground(struct ground *g)
{
    assert_null(device_check(dynamic_devices(g->d)));
    dynamic_free(g->d);
    sched_free(g->s);
    buf_done(&g->words);
    arena_free(g->a);
}

/* status: "" or ",'status':{…}". */
static struct value *claim(struct ground *g, const char *name, const char *owner, int count, const char *status)
{
    char ref[128] = "";
    if (owner[0])
        snprintf(ref, sizeof(ref), ",'ownerReferences':[{'kind':'Pod','controller':true,'uid':'%s'}]", owner);
    return quoted(g->a,
                  "{'metadata':{'namespace':'default','name':'%s','uid':'u-%s'%s},'spec':{'devices':{'requests':[{'name':'r','exactly':{'"
                  "deviceClassName':'gpu',"
                  "'allocationMode':'ExactCount','count':%d}}]}}%s}",
                  name, name, ref, count, status);
}

static struct value *pod(struct ground *g, const char *name, const char *rest, const char *status)
{
    return quoted(g->a, "{'metadata':{'namespace':'default','name':'%s','uid':'%s'},'spec':{%s},'status':{%s}}", name, name, rest, status);
}

static struct sched_pod *put_pod(struct ground *g, const struct value *p)
{
    assert_done(sched_put(g->s, SCHED_POD, p, NULL));
    return sched_pod_find(g->s, value_text_at(p, "metadata.uid"));
}

static const char *explain(struct ground *g, struct sched_pod *p)
{
    assert_done(sched_place(g->s, p, &g->v));
    buf_clear(&g->words);
    if (g->v.node == SCHED_NOWHERE)
        sched_explain(g->s, p, &g->v, &g->words);
    return buf_cstr(&g->words);
}

/* The claim as it is once the write is done. */
static struct value *written(struct ground *g, const struct value *claim, const struct dynamic_write *w, const char *uid)
{
    struct value *out = arena_alloc(g->a, sizeof(*out));
    assert_done(value_copy(g->a, claim, out));
    if (w->allocation) {
        struct value copy;
        assert_done(value_copy(g->a, w->allocation, &copy));
        assert_non_null(value_put(g->a, out, "status.allocation", copy));
    }
    assert_non_null(value_put(g->a, out, "status.reservedFor", *quoted(g->a, "[{'resource':'pods','name':'%s','uid':'%s'}]", uid, uid)));
    return out;
}

static void from_template(void **state)
{
    struct ground g;
    struct dynamic_write w;
    struct str ns, name, uid;
    (void)state;
    open_ground(&g, 2, 1);
    const char *rest = "'resourceClaims':[{'name':'gpu','resourceClaimTemplateName':'t'}]";
    struct sched_pod *p = put_pod(&g, pod(&g, "a", rest, ""));
    assert_true(sched_pod_gated(p));
    p = put_pod(&g, pod(&g, "a", rest, "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'a-gpu'}]"));
    assert_true(sched_pod_gated(p)); /* its claim is not known */
    const struct value *c = claim(&g, "a-gpu", "a", 1, "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, c));
    assert_true(dynamic_stale(g.d, &ns, &name, &uid));
    assert_str(uid, "a");
    assert_false(dynamic_stale(g.d, &ns, &name, &uid));
    p = put_pod(&g, pod(&g, "a", rest, "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'a-gpu'}]"));
    assert_false(sched_pod_gated(p));
    assert_string_equal(explain(&g, p), "");
    const uint32_t node = g.v.node;
    assert_done(sched_assume(g.s, p, node));
    assert_int_equal(dynamic_plan(g.d, p, &w, 1), 1);
    assert_str(w.name, "a-gpu");
    assert_true(w.reserve && w.allocation && !w.conditions);
    /* Another of its kind takes the other node; a third finds nothing. */
    static const char *const more[] = {"b", "c"};
    for (size_t i = 0; i < 2; i++) {
        char its[32], status[96];
        snprintf(its, sizeof(its), "%s-gpu", more[i]);
        snprintf(status, sizeof(status), "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'%s'}]", its);
        assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, claim(&g, its, more[i], 1, "")));
        struct sched_pod *q = put_pod(&g, pod(&g, more[i], rest, status));
        assert_int_equal(sched_pod_class(q), sched_pod_class(p));
        if (i == 0) {
            assert_string_equal(explain(&g, q), "");
            assert_true(g.v.node != node);
            assert_done(sched_assume(g.s, q, g.v.node));
        } else {
            assert_string_equal(explain(&g, q), "0/2 nodes are available: 2 cannot allocate all claims.");
            assert_int_equal(g.v.rejectors, 1u << SCHED_RULE_PLUGIN);
        }
    }
    /* The first is written and seen; then it goes, its claim is released, and the third has a place. */
    dynamic_sending(g.d, w.ns, w.name);
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, written(&g, c, &w, "a")));
    struct dynamic_counts n;
    dynamic_counts(g.d, &n);
    assert_int_equal(n.assumed, 1);
    sched_del(g.s, SCHED_POD, STR_NONE, STR("a"), NULL);
    dynamic_pod_gone(g.d, STR("a"));
    struct sched_pod *third = sched_pod_find(g.s, STR("c"));
    assert_string_equal(explain(&g, third), "0/2 nodes are available: 2 cannot allocate all claims.");
    dynamic_del(g.d, DYNAMIC_CLAIM, STR("default"), STR("a-gpu"));
    struct sched_event e;
    sched_tell(g.s, SCHED_DELETED, NULL, &e);
    assert_true(sched_helps(g.s, third, 1u << SCHED_RULE_PLUGIN, &e));
    assert_string_equal(explain(&g, third), "");
    assert_int_equal(g.v.node, node);
    close_ground(&g);
}

static void shared(void **state)
{
    struct ground g;
    struct dynamic_write w;
    struct str ns, name, uid;
    (void)state;
    open_ground(&g, 3, 1);
    const char *rest = "'resourceClaims':[{'name':'gpu','resourceClaimName':'common'}]";
    struct sched_pod *a = put_pod(&g, pod(&g, "a", rest, ""));
    assert_true(sched_pod_gated(a));
    const struct value *c = claim(&g, "common", "", 1, "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, c));
    a = put_pod(&g, pod(&g, "a", rest, ""));
    struct sched_pod *b = put_pod(&g, pod(&g, "b", rest, ""));
    assert_string_equal(explain(&g, a), "");
    assert_done(sched_assume(g.s, a, g.v.node));
    assert_true(dynamic_stale(g.d, &ns, &name, &uid));
    while (dynamic_stale(g.d, &ns, &name, &uid))
        assert_str(uid, "b");
    b = put_pod(&g, pod(&g, "b", rest, ""));
    assert_string_equal(explain(&g, b), "0/3 nodes are available: resource claim default/common is in the process of being allocated.");
    assert_int_equal(dynamic_plan(g.d, a, &w, 1), 1);
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, written(&g, c, &w, "a")));
    b = put_pod(&g, pod(&g, "b", rest, ""));
    assert_string_equal(explain(&g, b), "");
    assert_int_equal(g.v.node, sched_pod_node(a));
    assert_done(sched_assume(g.s, b, g.v.node));
    assert_int_equal(dynamic_plan(g.d, b, &w, 1), 1);
    assert_true(w.reserve && !w.allocation);
    sched_forget(g.s, b);
    const struct value *full = claim(&g, "common", "", 1, "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, full));
    dynamic_del(g.d, DYNAMIC_CLASS, STR_NONE, STR("gpu"));
    b = put_pod(&g, pod(&g, "b", rest, ""));
    assert_string_equal(explain(&g, b), "0/3 nodes are available: request r: device class gpu does not exist.");
    close_ground(&g);
}

static struct value *member(struct ground *g, const char *name, const char *claims)
{
    char rest[400];
    snprintf(rest, sizeof(rest), "'schedulingGroup':{'podGroupName':'team'},'resourceClaims':[{'name':'gpu',%s}]", claims);
    return pod(g, name, rest, "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'teams'}]");
}

/* KEP-5729: what the first pod of a group decides of the group's claim binds the others, before it is written and whoever goes. */
static void of_a_group(void **state)
{
    struct ground g;
    struct dynamic_write w[2];
    struct str ns, name, uid;
    (void)state;
    open_ground(&g, 3, 1);
    const char *by_template = "'resourceClaimTemplateName':'t'";
    const struct value *group =
        quoted(g.a, "{'metadata':{'namespace':'default','name':'team','uid':'u-team'},'spec':{'resourceClaims':[{'name':'gpu',%s}]}}", by_template);
    const struct value *c = claim(&g, "teams", "u-team", 1, "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, c));
    assert_true(sched_pod_gated(put_pod(&g, member(&g, "a", by_template)))); /* no such group yet */
    assert_done(dynamic_put(g.d, DYNAMIC_GROUP, group));
    assert_true(dynamic_stale(g.d, &ns, &name, &uid));
    struct sched_pod *a = put_pod(&g, member(&g, "a", by_template)), *b = put_pod(&g, member(&g, "b", by_template));
    struct sched_pod *other = put_pod(&g, member(&g, "other", "'resourceClaimTemplateName':'another'")); /* no row of the group's */
    assert_false(sched_pod_gated(a) || sched_pod_gated(b));
    assert_true(sched_pod_gated(other));
    assert_string_equal(explain(&g, other), "0/3 nodes are available: ResourceClaim default/teams was not created for Pod default/other (neither Pod "
                                            "nor PodGroup team is the owner).");
    assert_string_equal(explain(&g, b), ""); /* its class has looked at all nodes */
    assert_int_equal(g.v.feasible, 3);
    for (int i = 0; i < 2; i++) { /* a turn in which all is taken back changes nothing */
        dynamic_turn(g.d, true);
        assert_string_equal(explain(&g, a), "");
        const uint32_t node = g.v.node;
        assert_done(sched_assume(g.s, a, node));
        assert_string_equal(explain(&g, b), "");
        assert_int_equal(g.v.feasible, 1);
        assert_int_equal(g.v.node, node);
        assert_done(sched_assume(g.s, b, node));
        sched_forget(g.s, b);
        sched_forget(g.s, a);
        dynamic_turn(g.d, false);
        assert_false(dynamic_freed(g.d));
        assert_false(dynamic_stale(g.d, &ns, &name, &uid));
        assert_string_equal(explain(&g, b), "");
        assert_int_equal(g.v.feasible, 3);
    }
    assert_done(sched_assume(g.s, a, 1));
    assert_done(sched_assume(g.s, b, 1));
    for (int i = 0; i < 2; i++) { /* both have the same to write; the first goes and the second keeps it */
        assert_int_equal(dynamic_plan(g.d, i ? b : a, w, 2), 1);
        assert_non_null(w[0].allocation);
        assert_true(w[0].reserve);
        assert_str(w[0].group, "team");
        assert_str(w[0].group_uid, "u-team");
    }
    sched_forget(g.s, a);
    assert_false(dynamic_freed(g.d));
    assert_int_equal(dynamic_plan(g.d, b, w, 2), 1);
    assert_non_null(w[0].allocation);
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, written(&g, c, w, "u-team")));
    assert_int_equal(dynamic_plan(g.d, b, w, 2), 0); /* reserved for the group */
    while (dynamic_stale(g.d, &ns, &name, &uid))
        a = put_pod(&g, member(&g, "a", by_template));
    assert_string_equal(explain(&g, a), "");
    assert_int_equal(g.v.node, 1);
    /* It is given back only as the group's. */
    struct str of, of_uid;
    assert_true(dynamic_to_deallocate(g.d, a, &ns, &name, &of, &of_uid));
    assert_str(name, "teams");
    assert_str(of_uid, "u-team");
    dynamic_del(g.d, DYNAMIC_GROUP, STR("default"), STR("team"));
    while (dynamic_stale(g.d, &ns, &name, &uid))
        assert_true(sched_pod_gated(put_pod(&g, member(&g, "a", by_template))));
    close_ground(&g);
}

static void a_failed_write(void **state)
{
    struct ground g;
    struct dynamic_write w;
    (void)state;
    open_ground(&g, 1, 1);
    const struct value *c = claim(&g, "one", "", 1, "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, c));
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, claim(&g, "two", "", 1, "")));
    struct sched_pod *a = put_pod(&g, pod(&g, "a", "'resourceClaims':[{'name':'gpu','resourceClaimName':'one'}]", ""));
    struct sched_pod *b = put_pod(&g, pod(&g, "b", "'resourceClaims':[{'name':'gpu','resourceClaimName':'two'}]", ""));
    assert_string_equal(explain(&g, a), "");
    assert_done(sched_assume(g.s, a, g.v.node));
    assert_int_equal(dynamic_plan(g.d, a, &w, 1), 1);
    struct value *seen = written(&g, c, &w, "a");
    dynamic_sending(g.d, w.ns, w.name);
    /* The pod goes while the write is under way: its device stays taken until it is known what became of it. */
    sched_del(g.s, SCHED_POD, STR_NONE, STR("a"), NULL);
    dynamic_pod_gone(g.d, STR("a"));
    assert_string_equal(explain(&g, b), "0/1 nodes are available: 1 cannot allocate all claims.");
    assert_false(dynamic_freed(g.d));
    dynamic_sent(g.d, STR("default"), STR("one"), 0);
    assert_true(dynamic_freed(g.d));
    assert_false(dynamic_freed(g.d));
    assert_string_equal(explain(&g, b), "");
    assert_done(dynamic_put(g.d, DYNAMIC_CLAIM, seen)); /* written after all */
    assert_string_equal(explain(&g, b), "0/1 nodes are available: 1 cannot allocate all claims.");
    close_ground(&g);
}

static void conditions(void **state)
{
    struct ground g;
    struct err why = {{0}};
    (void)state;
    open_ground(&g, 1, 1);
    const char *text = "{'metadata':{'name':'c'},'status':{'allocation':{'devices':{'results':[{'driver':'gpu.io','pool':'p','device':'d','"
                       "bindingConditions':['ready'],"
                       "'bindingFailureConditions':['broken']}]}}%s}}";
    static const struct {
        const char *status;
        int answer;
    } rows[] = {
        {"", DYNAMIC_WAITS},
        {",'devices':[{'driver':'gpu.io','pool':'p','device':'d','conditions':[{'type':'ready','status':'False'}]}]", DYNAMIC_WAITS},
        {",'devices':[{'driver':'gpu.io','pool':'p','device':'d','conditions':[{'type':'ready','status':'True'}]}]", DYNAMIC_READY},
        {",'devices':[{'driver':'gpu.io','pool':'p','device':'d','conditions':[{'type':'broken','status':'True','reason':'Smoke'}]}]",
         DYNAMIC_FAILED},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED_BUF t = BUF_INIT(0);
        for (const char *c = text; *c; c++)
            if (c[0] == '%' && c[1] == 's') {
                buf_text(&t, rows[i].status);
                c++;
            } else {
                buf_char(&t, *c);
            }
        assert_int_equal(dynamic_bound(quoted(g.a, "%s", buf_cstr(&t)), &why), rows[i].answer);
    }
    assert_string_equal(why.text, "device binding failed: claim=c, reason=Smoke, message=\"\"");
    close_ground(&g);
}

/* ── a long life: pods and claims come and go, writes come late, fail, or are never heard of ── */
#define PODS 12
struct living {
    int state; /* 0 none, 1 waits, 2 assumed, 3 written, 4 bound */
    struct value *claim;
    int node;
};

#ifdef __SANITIZE_ADDRESS__
#define STEPS 4000
#else
#define STEPS 1000000
#endif

static uint64_t dice = 7;
static int roll(int n)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((dice >> 33) % (unsigned)n);
}

static void again(struct ground *g)
{
    struct str ns, name, uid;
    char text[96];
    while (dynamic_stale(g->d, &ns, &name, &uid)) {
        snprintf(text, sizeof(text), "'resourceClaims':[{'name':'gpu','resourceClaimName':'c%.*s'}]", STR_FMT(uid));
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        struct ground h = {.a = a};
        char copy[32];
        snprintf(copy, sizeof(copy), "%.*s", STR_FMT(uid));
        put_pod(&(struct ground){.a = a, .s = g->s}, pod(&h, copy, text, ""));
    }
}

static void life_step(struct ground *g, struct living *all)
{
    SCOPED(arena) a = NULL;
    int i = roll(PODS);
    struct living *l = &all[i];
    char id[16], name[16], rest[96];
    assert_done(arena_new(&a, 1u << 20));
    struct ground h = {.a = a, .s = g->s, .d = g->d, .words = BUF_INIT(0)};
    snprintf(id, sizeof(id), "%d", i);
    snprintf(name, sizeof(name), "c%d", i);
    snprintf(rest, sizeof(rest), "'resourceClaims':[{'name':'gpu','resourceClaimName':'%s'}]", name);
    struct sched_pod *p = sched_pod_find(g->s, str_of(id));
    struct dynamic_write w;
    if (l->state == 0) {
        if (roll(2))
            assert_done(dynamic_put(g->d, DYNAMIC_CLAIM, claim(&h, name, "", 1 + roll(2), "")));
        put_pod(&h, pod(&h, id, rest, ""));
        if (!roll(2))
            assert_done(dynamic_put(g->d, DYNAMIC_CLAIM, claim(&h, name, "", 1 + roll(2), "")));
        l->state = 1;
    } else if (roll(5) == 0) {
        sched_del(g->s, SCHED_POD, STR_NONE, str_of(id), NULL);
        dynamic_pod_gone(g->d, str_of(id));
        dynamic_del(g->d, DYNAMIC_CLAIM, STR("default"), str_of(name));
        l->state = 0;
    } else if (l->state == 1 && !sched_pod_gated(p)) {
        assert_done(sched_place(g->s, p, &h.v));
        if (h.v.node != SCHED_NOWHERE && sched_assume(g->s, p, h.v.node) == 0)
            l->state = 2;
    } else if (l->state == 2) {
        if (dynamic_plan(g->d, p, &w, 1) == 1 && roll(3)) {
            struct value *c = written(&h, claim(&h, name, "", 1, ""), &w, id);
            dynamic_sending(g->d, STR("default"), str_of(name));
            if (roll(3))
                dynamic_sent(g->d, STR("default"), str_of(name), 5);
            assert_done(dynamic_put(g->d, DYNAMIC_CLAIM, c));
            l->state = 3;
        } else {
            sched_forget(g->s, p);
            l->state = 1;
        }
    } else if (l->state == 3) {
        sched_forget(g->s, p);
        assert_done(dynamic_put(g->d, DYNAMIC_CLAIM, claim(&h, name, "", 1, "")));
        l->state = 1;
    }
    again(g);
    buf_done(&h.words);
}

static void lives(void **state)
{
    struct ground g;
    struct living all[PODS] = {{0}};
    (void)state;
    open_ground(&g, 3, 3);
    for (size_t i = 0; i < STEPS; i++) {
        life_step(&g, all);
        const char *bad = device_check(dynamic_devices(g.d));
        if (bad)
            fail_msg("step %zu: %s", i, bad);
    }
    close_ground(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(from_template),  cmocka_unit_test(shared),     cmocka_unit_test(of_a_group),
                                       cmocka_unit_test(a_failed_write), cmocka_unit_test(conditions), cmocka_unit_test(lives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
