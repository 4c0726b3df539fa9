/* Pods that ask for what cannot be: each stays pending, its condition says why, and nothing else suffers. */
#include "scheduler/test_ground.h"

static struct str message_of(struct ground *g, const char *pod)
{
    VALUE_EACH_ITEM (c, value_at(fake_get(g->f, g->a, "", "pods", "default", pod), "status.conditions"))
        if (str_is(value_text_at(c, "type"), "PodScheduled") && str_is(value_text_at(c, "status"), "False") &&
            str_is(value_text_at(c, "reason"), "Unschedulable"))
            return value_text_at(c, "message");
    return STR_NONE;
}

static void pends(struct ground *g, const char *pod, const char *why)
{
    fake_run(g->f, 30000);
    assert_int_equal(ground_place(g, pod).n, 0);
    if (str_find(message_of(g, pod), str_of(why)) < 0)
        fail_msg("%s: \"%.*s\" does not say \"%s\"", pod, STR_FMT(message_of(g, pod)), why);
}

/* And one that asks for nothing strange still finds its place. */
static void others_go_on(struct ground *g)
{
    ground_pod(g, "plain", "1", "");
    fake_run(g->f, 2000);
    assert_true(ground_place(g, "plain").n > 0);
    ground_free(g);
}

#define MATCHES(label) "{'labelSelector':{'matchLabels':{'x':'" label "'}},'topologyKey':'kubernetes.io/hostname'}"

static void contradictions(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    ground_node(g, "n2", "4", "");
    ground_pod(g, "selects", "1",
               ",'nodeSelector':{'kubernetes.io/hostname':'n1'},'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{"
               "'nodeSelectorTerms':[{'matchExpressions':[{'key':'kubernetes.io/hostname','operator':'NotIn','values':['n1']}]}]}}}");
    ground_pod(g, "near-and-far", "1",
               ",'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[" MATCHES(
                   "1") "]},'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[" MATCHES("1") "]}}");
    ground_pod(g, "spreads", "1",
               ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'no-such-label','whenUnsatisfiable':'DoNotSchedule','labelSelector':{}}]");
    ground_pod(g, "nowhere", "1",
               ",'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a',"
               "'operator':'Exists'},{'key':'a','operator':'DoesNotExist'}]}]}}}");
    pends(g, "selects", "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector");
    pends(g, "near-and-far", "0/2 nodes are available: 2 node(s) didn't match pod affinity rules");
    pends(g, "spreads", "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints (missing required label)");
    pends(g, "nowhere", "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector");
    others_go_on(g);
}

/* Each keeps the room the other one needs. It comes undone, and no node ever has more than it can hold. */
static void nominated_in_a_circle(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    static const char *const names[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        char node[8];
        snprintf(node, sizeof(node), "n%d", i);
        ground_node(g, node, "4", "");
    }
    fake_run(g->f, 100);
    for (int i = 0; i < 3;
         i++) { /* it may run on the next one's node only, and keeps room on its own; with a priority each would be placed as it comes */
        char text[600];
        snprintf(text, sizeof(text),
                 "{'metadata':{'name':'%s','namespace':'default'},'spec':{'schedulerName':'default-scheduler','priority':0,'nodeSelector':{"
                 "'kubernetes.io/hostname':'n%d'},'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'3'}}}]},'status':{"
                 "'nominatedNodeName':'n%d'}}",
                 names[i], (i + 1) % 3, i);
        fake_put(g->f, "", "pods", text);
    }
    bool said = false;
    for (int k = 0; k < 600; k++) {
        int on[3] = {0};
        fake_run(g->f, 100);
        for (int i = 0; i < 3; i++) {
            struct str at = ground_place(g, names[i]);
            said = said || message_of(g, names[i]).n;
            if (at.n)
                assert_int_equal(++on[at.p[1] - '0'], 1);
            assert_true(!at.n || at.p[1] - '0' == (i + 1) % 3);
        }
    }
    for (int i = 0; i < 3; i++)
        if (!ground_place(g, names[i]).n)
            pends(g, names[i], "nodes are available");
    assert_true(said);
    ground_free(g);
}

#define CLAIM(name, more) \
    "{'metadata':{'name':'" name \
    "','namespace':'default'},'spec':{'devices':{'requests':[{'name':'r','exactly':{'allocationMode':'ExactCount','count':1," more "}}]}}}"

static void missing_classes(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "resourceclaims", CLAIM("c", "'deviceClassName':'none'"));
    fake_put(
        g->f, "", "persistentvolumeclaims",
        "{'metadata':{'name':'v','namespace':'default'},'spec':{'storageClassName':'none','accessModes':['ReadWriteOnce'],'resources':{'requests':{"
        "'storage':'1Gi'}}},'status':{'phase':'Pending'}}");
    ground_pod(g, "device", "1", ",'resourceClaims':[{'name':'x','resourceClaimName':'c'}]");
    ground_pod(g, "volume", "1", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'v'}}]");
    ground_pod(g, "nothing", "1", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'none'}}]");
    pends(g, "device", "request r: device class none does not exist");
    pends(g, "volume", "0/1 nodes are available: ");
    pends(g, "nothing", "persistentvolumeclaim \"none\" not found");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", "{'metadata':{'name':'none'},'spec':{}}"); /* a class comes: it is tried again */
    pends(g, "device", "cannot allocate all claims");
    others_go_on(g);
}

static void selectors_fail(void **state)
{
    (void)state;
    struct ground *g = ground_new(NULL);
    ground_node(g, "n1", "4", "");
    fake_put(g->f, "resource.k8s.io", "deviceclasses", "{'metadata':{'name':'gpu'},'spec':{}}");
    fake_put(
        g->f, "resource.k8s.io", "resourceslices",
        "{'metadata':{'name':'s'},'spec':{'driver':'gpu.io','nodeName':'n1','pool':{'name':'n1','generation':1,'resourceSliceCount':1},'devices':[{"
        "'name':'d'}]}}");
    fake_put(g->f, "resource.k8s.io", "resourceclaims",
             CLAIM("c", "'deviceClassName':'gpu','selectors':[{'cel':{'expression':'device.attributes[\\\"gpu.io\\\"].none == 3'}}]"));
    fake_put(g->f, "resource.k8s.io", "resourceclaims",
             CLAIM("d", "'deviceClassName':'gpu','selectors':[{'cel':{'expression':'1 / (device.driver.size() - device.driver.size()) == 1'}}]"));
    ground_pod(g, "no-such-key", "1", ",'resourceClaims':[{'name':'x','resourceClaimName':'c'}]");
    ground_pod(g, "by-zero", "1", ",'resourceClaims':[{'name':'x','resourceClaimName':'d'}]");
    pends(g, "no-such-key", "CEL runtime error: no such key: none");
    pends(g, "by-zero", "CEL");
    others_go_on(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contradictions), cmocka_unit_test(nominated_in_a_circle), cmocka_unit_test(missing_classes),
                                       cmocka_unit_test(selectors_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
