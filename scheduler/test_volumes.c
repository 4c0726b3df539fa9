/* Volumes bound for their first consumer: the pod keeps its node meanwhile, and not for ever. */
#include "scheduler/test_ground.h"

#define HEAD       "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"
#define MINUTES(n) ((n)*INT64_C(60000))

static struct ground *begin(const char *config)
{
    struct ground *g = ground_new(config);
    fake_put(g->f, "storage.k8s.io", "storageclasses",
             "{'metadata':{'name':'late'},'provisioner':'x.io','volumeBindingMode':'WaitForFirstConsumer'}");
    fake_put(g->f, "", "persistentvolumeclaims",
             "{'metadata':{'name':'data','namespace':'default'},'spec':{'storageClassName':'late','accessModes':['ReadWriteOnce'],'resources':{"
             "'requests':{'storage':'1Gi'}}},'status':{'phase':'Pending'}}");
    ground_node(g, "one", "4", "");
    fake_run(g->f, 100);
    ground_pod(g, "p", "3", ",'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'data'}}]");
    fake_run(g->f, 500);
    return g;
}

static struct str selected(struct ground *g)
{
    const struct value *notes = value_at(fake_get(g->f, g->a, "", "persistentvolumeclaims", "default", "data"), "metadata.annotations");
    return value_text(value_get(notes, STR("volume.kubernetes.io/selected-node")));
}

static bool told(struct ground *g, const char *words)
{
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value v = {0};
        if (o->resource != fake_resource("events.k8s.io", "events"))
            continue;
        assert_done(object_tree(g->a, o->object, &v, NULL));
        if (str_find(value_text_at(&v, "note"), str_of(words)) >= 0)
            return true;
    }
    return false;
}

static void bind_claim(struct ground *g)
{
    fake_put(g->f, "", "persistentvolumes",
             "{'metadata':{'name':'pv'},'spec':{'storageClassName':'late','capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'claimRef':{"
             "'namespace':'default','name':'data'},'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':[{'key':"
             "'kubernetes.io/hostname','operator':'In','values':['one']}]}]}}},'status':{'phase':'Bound'}}");
    fake_change(g->f, "", "persistentvolumeclaims", "default", "data",
                "{'metadata':{'annotations':{'pv.kubernetes.io/bind-completed':'yes'}},'spec':{'volumeName':'pv'},'status':{'phase':'Bound'}}");
}

/* The room stays the pod's while its volume is being made. */
static void keeps_its_room(void **state)
{
    (void)state;
    struct ground *g = begin(NULL);
    assert_str(selected(g), "one");
    assert_int_equal(ground_place(g, "p").n, 0);
    ground_pod(g, "thief", "3", "");
    fake_run(g->f, MINUTES(5));
    assert_int_equal(ground_place(g, "thief").n, 0);
    bind_claim(g);
    fake_run(g->f, 2000);
    assert_str(ground_place(g, "p"), "one");
    assert_int_equal(ground_place(g, "thief").n, 0);
    ground_free(g);
}

static void times_out(void **state)
{
    (void)state;
    struct ground *g = begin(NULL);
    fake_run(g->f, MINUTES(9));
    assert_false(told(g, "context deadline exceeded"));
    fake_run(g->f, MINUTES(2));
    assert_true(told(g, "running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded"));
    ground_free(g);
    g = begin(HEAD "profiles: [{pluginConfig: [{name: VolumeBinding, args: {bindTimeoutSeconds: 5}}]}]\n");
    fake_run(g->f, 4000);
    assert_false(told(g, "context deadline exceeded"));
    fake_run(g->f, 2000);
    assert_true(told(g, "context deadline exceeded"));
    bind_claim(g); /* later than that is not too late */
    fake_run(g->f, 30000);
    assert_str(ground_place(g, "p"), "one");
    ground_free(g);
}

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

static void gives_up(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct ground *g = begin(NULL);
        struct client_call del = {.verb = CLIENT_DELETE, .grace = 0};
        const char *says = "a claim is gone";
        if (i == 0) { /* its provisioner cannot make it there */
            fake_change(g->f, "", "persistentvolumeclaims", "default", "data",
                        "{'metadata':{'annotations':{'volume.kubernetes.io/selected-node':null}}}");
            says = "the node is not selected any more";
        } else if (i == 1) {
            del.resource = fake_resource("", "persistentvolumeclaims"), del.ns = STR("default"), del.name = STR("data");
        } else if (i == 2) {
            del.resource = fake_resource("", "nodes"), del.name = STR("one");
            says = "the node is gone";
        } else { /* nobody is left to tell */
            del.resource = fake_resource("", "pods"), del.ns = STR("default"), del.name = STR("p");
            says = NULL;
        }
        if (i)
            assert_done(client_send(g->f->client, &del, ignore, NULL));
        fake_run(g->f, 500);
        if (says)
            assert_true(told(g, says));
        if (i == 0) { /* and it is tried again */
            fake_run(g->f, 5000);
            assert_str(selected(g), "one");
        }
        fake_run(g->f, MINUTES(12));
        ground_free(g);
    }
    ground_free(begin(NULL)); /* in the middle of it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_its_room), cmocka_unit_test(times_out), cmocka_unit_test(gives_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
