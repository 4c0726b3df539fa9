/* What ctl's tests share. */
#ifndef CORACLE_CTL_TEST_GROUND_H
#define CORACLE_CTL_TEST_GROUND_H

#include "ctl/ctl.h"
#include "tests/fake.h"

/* The controllers on an API in memory, in simulated time. `agents` plays what
 * agents would: pods run, are ready, and end when they are told to. */
struct ground {
    struct fake *f;
    struct ctl *k;
    struct loop_timer agents;
    bool no_agents;
    const char *outcome; /* of Job pods: "Succeeded", "Failed"; NULL: they run */
};

static inline bool is_pod(const struct fake_object *o)
{
    return o->resource == fake_resource("", "pods");
}

/* Where a scheduler would put it: the node its affinity names, else n1. */
static inline void place_of(struct object *o, char node[64])
{
    struct value tree = {0};
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    assert_done(object_tree(a, o, &tree, NULL));
    const struct value *terms = value_at(&tree, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
    const struct value *values = value_at(value_item(value_at(value_item(terms, 0), "matchFields"), 0), "values");
    struct str name = value_text(value_item(values, 0));
    snprintf(node, 64, "%.*s", STR_FMT(name.n ? name : STR("n1")));
}

static inline bool settle_pod(struct ground *g, struct object *o)
{
    char scratch[32], ns[64], name[254], patch[512];
    struct str phase = STR_NONE, node = STR_NONE, label;
    snprintf(ns, sizeof(ns), "%.*s", STR_FMT(object_namespace(o)));
    snprintf(name, sizeof(name), "%.*s", STR_FMT(object_name(o)));
    (void)object_field(o, "spec.nodeName", &node, scratch);
    if (object_deleting(o)) {
        struct value tree = {0};
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 1u << 20));
        assert_done(object_tree(a, o, &tree, NULL));
        if (value_int_at(&tree, "metadata.deletionGracePeriodSeconds", 0) == 0)
            return false; /* held by finalizers only */
        fake_change(g->f, "", "pods", ns, name, "{'metadata':{'deletionGracePeriodSeconds':0}}");
        return true;
    }
    char place[32];
    if (object_field(o, "status.phase", &phase, place) && phase.n)
        return false;
    char node_name[64];
    place_of(o, node_name);
    bool job = object_label(o, STR("job"), &label);
    if (job && g->outcome)
        snprintf(patch, sizeof(patch), "{'spec':{'nodeName':'%s'},'status':{'phase':'%s'}}", node_name, g->outcome);
    else
        snprintf(patch, sizeof(patch),
                 "{'spec':{'nodeName':'%s'},'status':{'phase':'Running','podIP':'10.1.0.9','podIPs':[{'ip':'10.1.0.9'}],"
                 "'conditions':[{'type':'Ready','status':'True','lastTransitionTime':'2026-01-01T00:00:00Z'}]}}",
                 node_name);
    fake_change(g->f, "", "pods", ns, name, patch);
    return true;
}

static inline void agents(void *ctx)
{
    struct ground *g = ctx;
    bool again = !g->no_agents;
    while (again) {
        again = false;
        LIST_EACH (o, &g->f->objects, struct fake_object, link)
            if (is_pod(o) && settle_pod(g, o->object)) {
                again = true;
                break;
            }
    }
    assert_done(loop_timer_start(g->f->loop, &g->agents, 500, agents, g));
}

static inline void log_line(void *ctx, const char *controller, const char *line)
{
    (void)ctx;
    print_message("%s: %s\n", controller, line);
}

static inline int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    struct err err = {""};
    struct ctl_options o = {.log = log_line, .enable = "scheduling.k8s.io/v1beta1"};
    g->f = fake_new();
    fake_put(g->f, "", "namespaces", "{'metadata':{'name':'x'},'spec':{'finalizers':['kubernetes']}}");
    fake_put(g->f, "", "nodes", "{'metadata':{'name':'n1'},'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
    fake_put(g->f, "coordination.k8s.io", "leases",
             "{'metadata':{'name':'n1','namespace':'kube-node-lease'},'spec':{'renewTime':'2036-01-01T00:00:00.000000Z'}}");
    if (ctl_new(&g->k, g->f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    agents(g);
    fake_run(g->f, 1000);
    assert_true(ctl_synced(g->k));
    *state = g;
    return 0;
}

static inline int teardown(void **state)
{
    struct ground *g = *state;
    loop_timer_stop(&g->agents);
    ctl_free(g->k);
    fake_end(g->f);
    free(g);
    return 0;
}

/* Number at a path of an object, -1 when absent. */
static inline int64_t number(struct ground *g, const char *group, const char *resource, const char *name, const char *path)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    return value_int_at(fake_get(g->f, a, group, resource, "x", name), path, -1);
}

static inline bool condition(struct ground *g, const char *group, const char *resource, const char *ns, const char *name, const char *type,
                             const char *is, const char *reason)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    const struct value *list = value_at(fake_get(g->f, a, group, resource, ns, name), "status.conditions");
    VALUE_EACH_ITEM (c, list)
        if (str_is(value_text_at(c, "type"), type))
            return str_is(value_text_at(c, "status"), is) && (!reason || str_is(value_text_at(c, "reason"), reason));
    return false;
}

static inline size_t pods(struct ground *g)
{
    return fake_count(g->f, "", "pods");
}

/* The first pod there is, its name copied. */
static inline const char *some_pod(struct ground *g)
{
    static char name[254];
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (is_pod(o)) {
            snprintf(name, sizeof(name), "%.*s", STR_FMT(object_name(o->object)));
            return name;
        }
    fail_msg("no pod");
    return NULL;
}

#define TEMPLATE(label) "'template':{'metadata':{'labels':{" label "}},'spec':{'containers':[{'name':'c','image':'i:1'}]}}"

struct waiting {
    int code;
};

static inline void on_reply(void *ctx, const struct client_reply *r)
{
    struct waiting *w = ctx;
    w->code = r->code;
}

static inline void delete_of(struct ground *g, const char *group, const char *resource, const char *name, enum client_propagation p)
{
    struct waiting w = {0};
    const struct schema_resource *r = fake_resource(group, resource);
    struct client_call call = {
        .verb = CLIENT_DELETE, .resource = r, .ns = r->namespaced ? STR("x") : STR_NONE, .name = str_of(name), .grace = -1, .propagation = p};
    assert_done(client_send(g->f->client, &call, on_reply, &w));
    fake_run(g->f, 2);
    assert_int_equal(w.code, 200);
}

#endif
