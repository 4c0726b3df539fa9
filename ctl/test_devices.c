/* The controllers of Dynamic Resource Allocation. */
#include "ctl/test_ground.h"

#define GROUP "resource.k8s.io"
#define CLAIM_TEMPLATE \
    "{'metadata':{'name':'gpus','namespace':'default'},'spec':{'metadata':{'labels':{'of':'gpus'},'annotations':{'note':'yes'}},'spec':{'devices':{" \
    "'requests':[" \
    "{'name':'r','exactly':{'deviceClassName':'gpu','allocationMode':'ExactCount','count':1}}]}}}}"
#define ALLOCATION "'allocation':{'devices':{'results':[{'request':'r','driver':'gpu.io','pool':'p','device':'d','tolerations':[%s]}]}}"

static struct value *claim_at(struct ground *g, struct arena *a, size_t i)
{
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (o->resource == fake_resource(GROUP, "resourceclaims") && i-- == 0) {
            struct value *v = arena_alloc(a, sizeof(*v));
            assert_done(object_tree(a, o->object, v, NULL));
            return v;
        }
    return NULL;
}

static void put_pod(struct ground *g, const char *name, const char *more)
{
    char text[512];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','namespace':'default'},'spec':{'containers':[{'name':'c','image':'i'}],'resourceClaims':[%s]}}", name, more);
    fake_put(g->f, "", "pods", text);
}

static void from_template(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    g->no_agents = true;
    put_pod(g, "web", "{'name':'gpu','resourceClaimTemplateName':'gpus'},{'name':'mine','resourceClaimName':'other'}");
    fake_run(g->f, 3000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 0); /* no such template yet */
    fake_put(g->f, GROUP, "resourceclaimtemplates", CLAIM_TEMPLATE);
    fake_run(g->f, 3000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 1);
    struct value *c = claim_at(g, a, 0), *pod = fake_get(g->f, a, "", "pods", "default", "web");
    struct str name = value_text_at(c, "metadata.name");
    assert_true(str_starts(name, STR("web-gpu-")));
    assert_str(value_text_at(c, "metadata.labels.of"), "gpus");
    assert_str(value_text(value_get(value_at(c, "metadata.annotations"), STR("resource.kubernetes.io/pod-claim-name"))), "gpu");
    assert_str(value_text_at(value_item(value_at(c, "spec.devices.requests"), 0), "name"), "r");
    const struct value *row = value_item(value_at(pod, "status.resourceClaimStatuses"), 0);
    assert_str(value_text_at(row, "name"), "gpu");
    assert_true(str_eq(value_text_at(row, "resourceClaimName"), name));
    assert_int_equal(value_count(value_at(pod, "status.resourceClaimStatuses")), 1);
    /* The pod is over: its claim goes, allocation and finalizer first. */
    char n[128], text[600], uid[64];
    snprintf(n, sizeof(n), "%.*s", STR_FMT(name));
    snprintf(uid, sizeof(uid), "%.*s", STR_FMT(value_text_at(pod, "metadata.uid")));
    snprintf(text, sizeof(text),
             "{'metadata':{'finalizers':['resource.kubernetes.io/delete-protection']},'status':{" ALLOCATION
             ",'reservedFor':[{'resource':'pods','name':'web','uid':'%s'}]}}",
             "", uid);
    fake_change(g->f, GROUP, "resourceclaims", "default", n, text);
    fake_run(g->f, 3000);
    assert_false(value_is_null(value_at(claim_at(g, a, 0), "status.allocation")));
    fake_change(g->f, "", "pods", "default", "web", "{'status':{'phase':'Succeeded'}}");
    fake_run(g->f, 5000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 0);
}

static void reservations(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    char text[700];
    assert_done(arena_new(&a, 1u << 20));
    g->no_agents = true;
    put_pod(g, "here", "{'name':'x','resourceClaimName':'c'}");
    char uid[64];
    snprintf(uid, sizeof(uid), "%.*s", STR_FMT(value_text_at(fake_get(g->f, a, "", "pods", "default", "here"), "metadata.uid")));
    snprintf(
        text, sizeof(text),
        "{'metadata':{'name':'c','namespace':'default','finalizers':['resource.kubernetes.io/delete-protection']},'spec':{},'status':{" ALLOCATION
        ",'reservedFor':[{'resource':'pods','name':'gone','uid':'g'},{'resource':'pods','name':'here','uid':'%s'},{'apiGroup':'x.io','resource':'"
        "jobs','name':'j','uid':'j'}]}}",
        "", uid);
    fake_put(g->f, GROUP, "resourceclaims", text);
    fake_run(g->f, 3000);
    struct value *c = claim_at(g, a, 0);
    assert_int_equal(value_count(value_at(c, "status.reservedFor")), 2);
    assert_str(value_text_at(value_item(value_at(c, "status.reservedFor"), 0), "name"), "here");
    fake_change(g->f, GROUP, "resourceclaims", "default", "c", "{'status':{'reservedFor':[{'resource':'pods','name':'gone','uid':'g'}]}}");
    fake_run(g->f, 3000);
    c = claim_at(g, a, 0);
    assert_null(value_at(c, "status.allocation"));
    assert_int_equal(value_count(value_at(c, "metadata.finalizers")), 0);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 1); /* a user's own stays */
    /* A finalizer the scheduler has just put there is left alone. */
    fake_change(g->f, GROUP, "resourceclaims", "default", "c", "{'metadata':{'finalizers':['resource.kubernetes.io/delete-protection']}}");
    fake_run(g->f, 3000);
    assert_int_equal(value_count(value_at(claim_at(g, a, 0), "metadata.finalizers")), 1);
    /* A pod somebody gave a node by hand gets its reservation. */
    snprintf(text, sizeof(text), "{'status':{" ALLOCATION "}}", "");
    fake_change(g->f, GROUP, "resourceclaims", "default", "c", text);
    fake_change(g->f, "", "pods", "default", "here", "{'spec':{'nodeName':'n1'}}");
    fake_run(g->f, 3000);
    assert_str(value_text_at(value_item(value_at(claim_at(g, a, 0), "status.reservedFor"), 0), "name"), "here");
}

/* KEP-5729: one claim for a group, named in its status and its pods', reserved for it, and gone with it. */
static void of_a_group(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    g->no_agents = true;
    static const char *const names[] = {"a", "b"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char text[400];
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'%s','namespace':'default'},'spec':{'containers':[{'name':'c','image':'i'}],'schedulingGroup':{'podGroupName':'"
                 "team'}"
                 ",'resourceClaims':[{'name':'gpu','resourceClaimTemplateName':'gpus'},{'name':'own','resourceClaimTemplateName':'gpus'}]}}",
                 names[i]);
        fake_put(g->f, "", "pods", text);
    }
    fake_put(g->f, GROUP, "resourceclaimtemplates", CLAIM_TEMPLATE);
    fake_run(g->f, 3000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 0); /* no such group yet */
    fake_put(g->f, "scheduling.k8s.io", "podgroups",
             "{'metadata':{'name':'team','namespace':'default'},'spec':{'schedulingPolicy':{'basic':{}},'resourceClaims':[{'name':'gpu','"
             "resourceClaimTemplateName':'gpus'}]}}");
    fake_run(g->f, 5000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 3); /* the group's, and each pod's own */
    struct value *group = fake_get(g->f, a, "scheduling.k8s.io", "podgroups", "default", "team");
    const struct value *rows = value_at(group, "status.resourceClaimStatuses");
    assert_int_equal(value_count(rows), 1);
    struct str name = value_text_at(value_item(rows, 0), "resourceClaimName");
    assert_true(str_starts(name, STR("team-gpu-")));
    char n[128], text[600];
    snprintf(n, sizeof(n), "%.*s", STR_FMT(name));
    const struct value *owner = value_item(value_at(fake_get(g->f, a, GROUP, "resourceclaims", "default", n), "metadata.ownerReferences"), 0);
    assert_str(value_text_at(owner, "apiVersion"), "scheduling.k8s.io/v1beta1");
    assert_str(value_text_at(owner, "kind"), "PodGroup");
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct value *its = value_at(fake_get(g->f, a, "", "pods", "default", names[i]), "status.resourceClaimStatuses");
        bool shared = false;
        assert_int_equal(value_count(its), 2);
        VALUE_EACH_ITEM (x, its)
            shared = shared || str_eq(value_text_at(x, "resourceClaimName"), name);
        assert_true(shared);
    }
    /* A pod somebody gave a node: the claim is reserved for the group, once. */
    snprintf(text, sizeof(text), "{'metadata':{'finalizers':['resource.kubernetes.io/delete-protection']},'status':{" ALLOCATION "}}", "");
    fake_change(g->f, GROUP, "resourceclaims", "default", n, text);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        fake_change(g->f, "", "pods", "default", names[i], "{'spec':{'nodeName':'n1'}}");
    fake_run(g->f, 3000);
    const struct value *users = value_at(fake_get(g->f, a, GROUP, "resourceclaims", "default", n), "status.reservedFor");
    assert_int_equal(value_count(users), 1);
    assert_str(value_text_at(value_item(users, 0), "resource"), "podgroups");
    assert_true(str_eq(value_text_at(value_item(users, 0), "uid"), value_text_at(group, "metadata.uid")));
    /* Its pods end, and it is still the group's; the group goes, and it is nobody's. */
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        fake_change(g->f, "", "pods", "default", names[i], "{'status':{'phase':'Succeeded'}}");
    fake_run(g->f, 5000);
    assert_false(value_is_null(value_at(fake_get(g->f, a, GROUP, "resourceclaims", "default", n), "status.allocation")));
    const struct client_call gone = {.verb = CLIENT_DELETE, .grace = -1};
    object_unref(fake_delete(g->f, a, fake_find(g->f, fake_resource("scheduling.k8s.io", "podgroups"), STR("default"), STR("team")), &gone));
    fake_run(g->f, 30000);
    assert_int_equal(fake_count(g->f, GROUP, "resourceclaims"), 0);
}

static void taints(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    char text[700], uid[64];
    assert_done(arena_new(&a, 1u << 20));
    g->no_agents = true;
    static const char *const tolerations[] = {"", "{'operator':'Exists'}", "{'operator':'Exists','tolerationSeconds':60}"};
    for (size_t i = 0; i < ARRAY_LEN(tolerations); i++) {
        char name[16];
        snprintf(name, sizeof(name), "p%zu", i);
        put_pod(g, name, "{'name':'x','resourceClaimName':'c'}");
        snprintf(uid, sizeof(uid), "%.*s", STR_FMT(value_text_at(fake_get(g->f, a, "", "pods", "default", name), "metadata.uid")));
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'c%zu','namespace':'default'},'spec':{},'status':{" ALLOCATION
                 ",'reservedFor':[{'resource':'pods','name':'%s','uid':'%s'}]}}",
                 i, tolerations[i], name, uid);
        fake_put(g->f, GROUP, "resourceclaims", text);
    }
    fake_run(g->f, 2000);
    char now[32];
    time_fmt_rfc3339(now, loop_wall(g->f->loop));
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'r'},'spec':{'deviceSelector':{'driver':'gpu.io','device':'d'},'taint':{'key':'sick','effect':'NoExecute','"
             "timeAdded':'%s'}}}",
             now);
    fake_put(g->f, GROUP, "devicetaintrules", text);
    fake_run(g->f, 2000);
    assert_true(value_text_at(fake_get(g->f, a, "", "pods", "default", "p0"), "metadata.deletionTimestamp").n > 0 ||
                !fake_get(g->f, a, "", "pods", "default", "p0"));
    assert_int_equal(value_text_at(fake_get(g->f, a, "", "pods", "default", "p1"), "metadata.deletionTimestamp").n, 0);
    assert_int_equal(value_text_at(fake_get(g->f, a, "", "pods", "default", "p2"), "metadata.deletionTimestamp").n, 0);
    fake_run(g->f, 70000);
    struct value *p2 = fake_get(g->f, a, "", "pods", "default", "p2");
    assert_true(!p2 || value_text_at(p2, "metadata.deletionTimestamp").n > 0);
    assert_int_equal(value_text_at(fake_get(g->f, a, "", "pods", "default", "p1"), "metadata.deletionTimestamp").n, 0);
}

static const struct value *told_by(struct ground *g, struct arena *a, const char *rule)
{
    return value_item(value_at(fake_get(g->f, a, GROUP, "devicetaintrules", "", rule), "status.conditions"), 0);
}

/* What a rule says of itself: what it would do, what it does, that it is done. */
static void rule_status(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    char text[900], uid[64];
    assert_done(arena_new(&a, 1u << 20));
    g->no_agents = true;
    for (int i = 0; i < 2; i++) { /* an old generation counts for nothing */
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'s%d'},'spec':{'driver':'gpu.io','nodeName':'n','pool':{'name':'p','generation':%d,'resourceSliceCount':1},"
                 "'devices':[{'name':'d'},{'name':'%s'}]}}",
                 i, i, i ? "e" : "d2");
        fake_put(g->f, GROUP, "resourceslices", text);
    }
    for (int i = 0; i < 3; i++) { /* the last one tolerates it for a minute */
        char name[16];
        snprintf(name, sizeof(name), "p%d", i);
        put_pod(g, name, "{'name':'x','resourceClaimName':'c'}");
        snprintf(uid, sizeof(uid), "%.*s", STR_FMT(value_text_at(fake_get(g->f, a, "", "pods", "default", name), "metadata.uid")));
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'c%d','namespace':'default'},'spec':{},'status':{" ALLOCATION
                 ",'reservedFor':[{'resource':'pods','name':'%s','uid':'%s'}]}}",
                 i, i == 2 ? "{'operator':'Exists','tolerationSeconds':60}" : "", name, uid);
        fake_put(g->f, GROUP, "resourceclaims", text);
    }
    fake_run(g->f, 1000);
    fake_put(g->f, GROUP, "devicetaintrules",
             "{'metadata':{'name':'r','generation':1},'spec':{'deviceSelector':{'driver':'gpu.io'},'taint':{'key':'sick','effect':'None'}}}");
    fake_run(g->f, 2000);
    assert_str(value_text_at(told_by(g, a, "r"), "type"), "EvictionInProgress");
    assert_str(value_text_at(told_by(g, a, "r"), "reason"), "NoEffect");
    assert_str(value_text_at(told_by(g, a, "r"), "status"), "False");
    assert_true(str_starts(value_text_at(told_by(g, a, "r"), "message"),
                           STR("2 published devices selected. 3 allocated devices selected. 3 pods would be evicted in 1 namespace if the effect")));
    char now[32];
    time_fmt_rfc3339(now, loop_wall(g->f->loop));
    snprintf(text, sizeof(text), "{'spec':{'taint':{'effect':'NoExecute','timeAdded':'%s'}}}", now);
    fake_change(g->f, GROUP, "devicetaintrules", "", "r", text);
    fake_run(g->f, 30000);
    assert_str(value_text_at(told_by(g, a, "r"), "reason"), "PodsPendingEviction");
    assert_str(value_text_at(told_by(g, a, "r"), "status"), "True");
    assert_str(value_text_at(told_by(g, a, "r"), "message"),
               "1 pod needs to be evicted in 1 namespace. 2 pods evicted since starting the controller.");
    assert_int_equal(value_int_at(told_by(g, a, "r"), "observedGeneration", 0), 2);
    fake_run(g->f, 70000);
    assert_str(value_text_at(told_by(g, a, "r"), "reason"), "Completed");
    assert_str(value_text_at(told_by(g, a, "r"), "status"), "False");
    assert_str(value_text_at(told_by(g, a, "r"), "message"), "3 pods evicted since starting the controller.");
    fake_put(g->f, GROUP, "devicetaintrules", "{'metadata':{'name':'s','generation':1},'spec':{'taint':{'key':'sick','effect':'NoSchedule'}}}");
    fake_run(g->f, 2000);
    assert_str(value_text_at(told_by(g, a, "s"), "reason"), "OtherEffect");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_template, setup, teardown), cmocka_unit_test_setup_teardown(reservations, setup, teardown),
        cmocka_unit_test_setup_teardown(of_a_group, setup, teardown),    cmocka_unit_test_setup_teardown(taints, setup, teardown),
        cmocka_unit_test_setup_teardown(rule_status, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
