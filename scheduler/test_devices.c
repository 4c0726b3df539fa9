/* Devices from the API to the API: claims are written before their pod is bound, and what fails is undone. */
#include "scheduler/test_ground.h"

#include "meter/meter.h"

#define CLASS      "{'metadata':{'name':'gpu'},'spec':{}}"
#define POD(claim) ",'resourceClaims':[{'name':'gpu','resourceClaimName':'" claim "'}]"

static void slice(struct ground *g, const char *node, const char *devices)
{
    char text[1024];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'s-%s'},'spec':{'driver':'gpu.io','nodeName':'%s','pool':{'name':'%s','generation':1,'resourceSliceCount':1},'"
             "devices':[%s]}}",
             node, node, node, devices);
    fake_put(g->f, "resource.k8s.io", "resourceslices", text);
}

static void claim(struct ground *g, const char *name)
{
    char text[512];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','namespace':'default'},'spec':{'devices':{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu',"
             "'allocationMode':'ExactCount','count':1}}]}}}",
             name);
    fake_put(g->f, "resource.k8s.io", "resourceclaims", text);
}

static struct value *claim_now(struct ground *g, const char *name)
{
    return fake_get(g->f, g->a, "resource.k8s.io", "resourceclaims", "default", name);
}

static void allocated(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0'}");
    ground_pod(g, "a", "1", POD("one"));
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "a"), ""); /* its claim is not there */
    claim(g, "one");
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "a"), "n1");
    struct value *c = claim_now(g, "one");
    assert_str(value_text(value_item(value_at(c, "metadata.finalizers"), 0)), "resource.kubernetes.io/delete-protection");
    assert_str(value_text_at(value_item(value_at(c, "status.allocation.devices.results"), 0), "device"), "d0");
    assert_str(value_text_at(value_item(value_at(c, "status.reservedFor"), 0), "name"), "a");
    assert_int_equal(value_count(value_at(c, "status.reservedFor")), 1);
    assert_true(value_text_at(c, "status.allocation.allocationTimestamp").n > 0);
    /* Another that uses the claim goes to the same node; one that wants a device of its own waits until there is one. */
    ground_pod(g, "b", "1", POD("one"));
    claim(g, "two");
    ground_pod(g, "c", "1", POD("two"));
    fake_run(g->f, 3000);
    assert_str(ground_place(g, "b"), "n1");
    assert_int_equal(value_count(value_at(claim_now(g, "one"), "status.reservedFor")), 2);
    assert_str(ground_place(g, "c"), "");
    const struct value *condition = value_item(value_at(fake_get(g->f, g->a, "", "pods", "default", "c"), "status.conditions"), 0);
    assert_str(
        value_text_at(condition, "message"),
        "0/1 nodes are available: 1 cannot allocate all claims. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
    ground_node(g, "n2", "4", "");
    fake_run(g->f, 12000);
    assert_str(ground_place(g, "c"), "");
    slice(g, "n2", "{'name':'d0'}");
    fake_run(g->f, 12000);
    assert_str(ground_place(g, "c"), "n2");
    ground_free(g);
}

static void refused_writes(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0'}");
    claim(g, "one");
    fake_run(g->f, 100);
    g->f->fail_next = 500;
    ground_pod(g, "a", "1", POD("one"));
    fake_run(g->f, 500);
    assert_str(ground_place(g, "a"), "");
    fake_run(g->f, 12000);
    assert_str(ground_place(g, "a"), "n1");
    ground_free(g);
}

/* A device that has to be made ready first: the pod is bound when it is, and not when that fails. */
static void conditions(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0','bindsToNode':true,'bindingConditions':['ready'],'bindingFailureConditions':['broken']}");
    claim(g, "one");
    ground_pod(g, "a", "1", POD("one"));
    fake_run(g->f, 3000);
    assert_str(ground_place(g, "a"), "");
    assert_str(value_text_at(value_item(value_at(claim_now(g, "one"), "status.allocation.devices.results"), 0), "device"), "d0");
    fake_change(g->f, "resource.k8s.io", "resourceclaims", "default", "one",
                "{'status':{'devices':[{'driver':'gpu.io','pool':'n1','device':'d0','conditions':[{'type':'broken','status':'True','reason':'Smoke','"
                "message':'it burns'}]}]}}");
    fake_run(g->f, 100);
    assert_str(ground_place(g, "a"), "");
    assert_true(value_is_null(value_at(claim_now(g, "one"), "status.allocation"))); /* given back */
    fake_run(g->f, 12000);
    assert_false(value_is_null(value_at(claim_now(g, "one"), "status.allocation")));
    fake_change(g->f, "resource.k8s.io", "resourceclaims", "default", "one",
                "{'status':{'devices':[{'driver':'gpu.io','pool':'n1','device':'d0','conditions':[{'type':'ready','status':'True'}]}]}}");
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "a"), "n1");
    ground_free(g);
}

/* And not for longer than bindingTimeout says: then the device is given back. */
static void not_ready_in_time(void **state)
{
    (void)state;
    struct ground *g = ground_new("apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nprofiles:\n- pluginConfig:\n"
                                  "  - {name: DynamicResources, args: {bindingTimeout: 20s}}\n");
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0','bindsToNode':true,'bindingConditions':['ready'],'bindingFailureConditions':['broken']}");
    claim(g, "one");
    ground_pod(g, "a", "1", POD("one"));
    fake_run(g->f, 19000);
    assert_false(value_is_null(value_at(claim_now(g, "one"), "status.allocation")));
    fake_run(g->f, 1300);
    assert_true(value_is_null(value_at(claim_now(g, "one"), "status.allocation")));
    assert_str(ground_place(g, "a"), "");
    SCOPED_BUF text = BUF_INIT(1u << 20);
    meter_print(&text);
    assert_true(str_find(buf_view(&text), STR("scheduler_dra_bindingconditions_allocations_total{profile=\"default-scheduler\",driver=\"gpu.io\","
                                              "status=\"timeout\"} 1")) >= 0);
    assert_true(
        str_find(buf_view(&text), STR("dynamic_resource_allocation_resource_claims{allocated=\"false\",admin_access=\"false\",source=\"\"} ")) >= 0);
    ground_free(g);
}

/* A claim of its own that lies where the pod cannot run is given back, and found again elsewhere. */
static void elsewhere(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "1", "");
    ground_node(g, "n2", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0'}");
    slice(g, "n2", "{'name':'d0'}");
    claim(g, "one");
    fake_change(g->f, "resource.k8s.io", "resourceclaims", "default", "one",
                "{'status':{'allocation':{'devices':{'results':[{'request':'r','driver':'gpu.io','pool':'n1','device':'d0'}]},'nodeSelector':{'"
                "nodeSelectorTerms':[{'matchFields':"
                "[{'key':'metadata.name','operator':'In','values':['n1']}]}]}}}}");
    ground_pod(g, "a", "2", POD("one"));
    fake_run(g->f, 30000);
    assert_str(ground_place(g, "a"), "n2");
    ground_free(g);
}

/* A resource a class stands behind: on a node that has none of its own the pod gets a claim, made for it. */
static void extended(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    slice(g, "n1", "{'name':'d0'},{'name':'d1'},{'name':'d2'}");
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'a','namespace':'default'},'spec':{'schedulerName':'default-scheduler','initContainers':[{'name':'i','image':'i',"
             "'resources':{'requests':{'example.com/"
             "gpu':'2'}}}],'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1','example.com/gpu':'1'}}}]}}");
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "a"), "");
    const struct value *condition = value_item(value_at(fake_get(g->f, g->a, "", "pods", "default", "a"), "status.conditions"), 0);
    assert_true(str_starts(value_text_at(condition, "message"), STR("0/1 nodes are available: 1 Insufficient example.com/gpu.")));
    fake_put(g->f, "resource.k8s.io", "deviceclasses", "{'metadata':{'name':'gpu'},'spec':{'extendedResourceName':'example.com/gpu'}}");
    fake_run(g->f, 12000);
    assert_str(ground_place(g, "a"), "n1");
    struct value *pod = fake_get(g->f, g->a, "", "pods", "default", "a");
    struct str name = value_text_at(pod, "status.extendedResourceClaimStatus.resourceClaimName");
    assert_true(str_starts(name, STR("a-extended-resources-")));
    char copy[128];
    snprintf(copy, sizeof(copy), "%.*s", STR_FMT(name));
    struct value *c = claim_now(g, copy);
    const struct value *requests = value_at(c, "spec.devices.requests"),
                       *mappings = value_at(pod, "status.extendedResourceClaimStatus.requestMappings");
    assert_int_equal(value_count(requests), 2); /* the init container uses the other's again, and one more */
    assert_str(value_text_at(value_item(requests, 0), "name"), "container-0-request-0");
    assert_str(value_text_at(value_item(requests, 1), "name"), "container-1-request-1");
    assert_int_equal(value_count(mappings), 3);
    assert_int_equal(value_count(value_at(c, "status.allocation.devices.results")), 2);
    assert_str(value_text_at(value_item(value_at(c, "status.reservedFor"), 0), "name"), "a");
    /* What is left is one device; a node with a device plugin's gives its own. */
    ground_pod(g, "b", "1", "");
    fake_put(g->f, "", "nodes", "{'metadata':{'name':'n2'},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'10','example.com/gpu':'2'}}}");
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'p','namespace':'default'},'spec':{'schedulerName':'default-scheduler','containers':[{'name':'c','image':'i','"
             "resources':{'requests':{'example.com/gpu':'2'}}}]}}");
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "p"), "n2");
    assert_null(value_at(fake_get(g->f, g->a, "", "pods", "default", "p"), "status.extendedResourceClaimStatus"));
    ground_free(g);
}

/* A gang whose claim is one for all (KEP-5729): decided once, written by one of them, reserved for the group, where there is room for all. */
static void member(struct ground *g, const char *name)
{
    char text[700];
    snprintf(
        text, sizeof(text),
        "{'metadata':{'name':'%s','namespace':'default'},'spec':{'schedulerName':'default-scheduler','schedulingGroup':{'podGroupName':'team'},"
        "'resourceClaims':[{'name':'gpu','resourceClaimName':'one'}],'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}]"
        "}}",
        name);
    fake_put(g->f, "", "pods", text);
}

static void of_a_group(void **state)
{
    (void)state;
    for (int failing = 0; failing < 2; failing++) {
        struct ground *g = ground_new_with(NULL, NULL, true);
        static const char *const names[] = {"a", "b", "c"};
        ground_node(g, "n1", "4", "");
        fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
        slice(g, "n1", "{'name':'d0'}");
        claim(g, "one");
        fake_put(
            g->f, "scheduling.k8s.io", "podgroups",
            "{'metadata':{'name':'team','namespace':'default'},'spec':{'schedulingPolicy':{'gang':{'minCount':3}},'resourceClaims':[{'name':'gpu','"
            "resourceClaimName':'one'}]}}");
        fake_run(g->f, 100);
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
            if (failing && i == 2)
                g->f->fail_next = 500; /* the first write about the claim */
            member(g, names[i]);
        }
        fake_run(g->f, failing ? 30000 : 2000);
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
            assert_str(ground_place(g, names[i]), "n1");
        const struct value *c = claim_now(g, "one"), *users = value_at(c, "status.reservedFor");
        assert_int_equal(value_count(users), 1);
        assert_str(value_text_at(value_item(users, 0), "apiGroup"), "scheduling.k8s.io");
        assert_str(value_text_at(value_item(users, 0), "resource"), "podgroups");
        assert_str(value_text_at(value_item(users, 0), "name"), "team");
        assert_int_equal(value_count(value_at(c, "status.allocation.devices.results")), 1);
        ground_free(g);
    }
}

/* Its claim lies where only some of it can run: given back, once, and found anew for all. */
static void of_a_group_elsewhere(void **state)
{
    (void)state;
    struct ground *g = ground_new_with(NULL, NULL, true);
    ground_node(g, "n1", "1", "");
    ground_node(g, "n2", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", CLASS);
    slice(g, "n1", "{'name':'d0'}");
    slice(g, "n2", "{'name':'d0'}");
    claim(g, "one");
    fake_put(g->f, "scheduling.k8s.io", "podgroups",
             "{'metadata':{'name':'team','namespace':'default'},'spec':{'schedulingPolicy':{'gang':{'minCount':2}},'resourceClaims':[{'name':'gpu','"
             "resourceClaimName':'one'}]}}");
    const struct value *group = fake_get(g->f, g->a, "scheduling.k8s.io", "podgroups", "default", "team");
    char text[700];
    snprintf(text, sizeof(text),
             "{'status':{'reservedFor':[{'apiGroup':'scheduling.k8s.io','resource':'podgroups','name':'team','uid':'%.*s'}],'allocation':{'devices':{"
             "'results':[{'request':'r','driver':'gpu.io','pool':'n1','device':'d0'}]},'nodeSelector':{'nodeSelectorTerms':[{'matchFields':[{'key':'"
             "metadata.name','operator':'In','values':['n1']}]}]}}}}",
             STR_FMT(value_text_at(group, "metadata.uid")));
    fake_change(g->f, "resource.k8s.io", "resourceclaims", "default", "one", text);
    member(g, "a");
    member(g, "b");
    fake_run(g->f, 60000);
    assert_str(ground_place(g, "a"), "n2");
    assert_str(ground_place(g, "b"), "n2");
    ground_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(allocated),         cmocka_unit_test(refused_writes),      cmocka_unit_test(conditions),
                                       cmocka_unit_test(not_ready_in_time), cmocka_unit_test(elsewhere),           cmocka_unit_test(extended),
                                       cmocka_unit_test(of_a_group),        cmocka_unit_test(of_a_group_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
