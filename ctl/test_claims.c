#include "ctl/test_ground.h"

/* Claims and volumes: who is bound to whom, what phases say, what is kept and what goes. */

#define PVC "persistentvolumeclaims"
#define PV  "persistentvolumes"

static void volume(struct ground *g, const char *name, const char *size, const char *modes, const char *more)
{
    char text[2000];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','labels':{'disk':'%s'}},'spec':{'capacity':{'storage':'%s'},'accessModes':[%s],"
             "'persistentVolumeReclaimPolicy':'Retain','hostPath':{'path':'/x'}%s},'status':{'phase':'Pending'}}",
             name, name, size, modes, more);
    fake_put(g->f, "", PV, text);
}

static void claim(struct ground *g, const char *name, const char *size, const char *more)
{
    char text[2000];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','namespace':'x'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'%s'}}%s},"
             "'status':{'phase':'Pending'}}",
             name, size, more);
    fake_put(g->f, "", PVC, text);
}

static bool is(struct ground *g, const char *resource, const char *name, const char *path, const char *text)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    struct str is_now = value_text_at(fake_get(g->f, a, "", resource, strcmp(resource, PVC) ? "" : "x", name), path);
    if (!str_is(is_now, text))
        print_message("%s %s: %s is \"%.*s\", not \"%s\"\n", resource, name, path, STR_FMT(is_now), text);
    return str_is(is_now, text);
}

static bool there(struct ground *g, const char *resource, const char *name)
{
    return fake_find(g->f, fake_resource("", resource), strcmp(resource, PVC) && strcmp(resource, "pods") ? STR_NONE : STR("x"), str_of(name)) !=
           NULL;
}

static bool told(struct ground *g, const char *reason)
{
    char place[300];
    struct str is_now;
    LIST_EACH (o, &g->f->objects, struct fake_object, link)
        if (str_is(o->resource->name, "events") && object_field(o->object, "reason", &is_now, place) && str_is(is_now, reason))
            return true;
    return false;
}

static void best_fit(void **state)
{
    struct ground *g = *state;
    volume(g, "v1", "1Gi", "'ReadWriteOnce'", "");
    volume(g, "v10", "10Gi", "'ReadWriteOnce','ReadOnlyMany'", "");
    volume(g, "v5", "5Gi", "'ReadWriteOnce'", "");
    volume(g, "vfast", "2Gi", "'ReadWriteOnce'", ",'storageClassName':'fast'");
    volume(g, "vmany", "2Gi", "'ReadOnlyMany'", "");
    volume(g, "vblock", "2Gi", "'ReadWriteOnce'", ",'volumeMode':'Block'");
    fake_run(g->f, 500);
    assert_true(is(g, PV, "v1", "status.phase", "Available"));
    claim(g, "c", "2Gi", "");
    fake_run(g->f, 500);
    /* The smallest that does: neither too small, nor of a class, a mode or a kind that was not asked for. */
    assert_true(is(g, PVC, "c", "spec.volumeName", "v5"));
    assert_true(is(g, PVC, "c", "status.phase", "Bound"));
    assert_true(is(g, PVC, "c", "status.capacity.storage", "5Gi"));
    assert_true(is(g, PV, "v5", "spec.claimRef.name", "c"));
    assert_true(is(g, PV, "v5", "status.phase", "Bound"));
    claim(g, "chosen", "1Gi", ",'selector':{'matchLabels':{'disk':'v10'}}");
    claim(g, "fast", "1Gi", ",'storageClassName':'fast'");
    claim(g, "huge", "1Ti", "");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "chosen", "spec.volumeName", "v10"));
    assert_true(is(g, PVC, "fast", "spec.volumeName", "vfast"));
    assert_true(is(g, PVC, "huge", "status.phase", "Pending"));
    assert_true(told(g, "FailedBinding"));
    volume(g, "v2t", "2Ti", "'ReadWriteOnce'", "");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "huge", "spec.volumeName", "v2t"));
}

static void named_and_promised(void **state)
{
    struct ground *g = *state;
    volume(g, "mine", "1Gi", "'ReadWriteOnce'", ",'claimRef':{'name':'later','namespace':'x'}");
    volume(g, "small", "1Gi", "'ReadWriteOnce'", "");
    fake_run(g->f, 500);
    assert_true(is(g, PV, "mine", "status.phase", "Available"));
    claim(g, "other", "1Gi", "");
    claim(g, "later", "1Gi", "");
    claim(g, "wants", "5Gi", ",'volumeName':'small'");
    claim(g, "steals", "1Gi", ",'volumeName':'mine'");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "later", "spec.volumeName", "mine"));
    assert_true(is(g, PVC, "other", "spec.volumeName", "small"));
    assert_true(is(g, PVC, "wants", "status.phase", "Pending"));
    assert_true(is(g, PVC, "steals", "status.phase", "Pending"));
    assert_true(told(g, "FailedBinding"));
    /* A volume that is bound is held; a claim whose volume is gone all the same is lost, and says so. */
    delete_of(g, "", PV, "small", CLIENT_BACKGROUND);
    fake_run(g->f, 500);
    assert_true(there(g, PV, "small"));
    fake_change(g->f, "", PV, "", "small", "{'metadata':{'finalizers':null}}");
    fake_run(g->f, 500);
    assert_false(there(g, PV, "small"));
    assert_true(is(g, PVC, "other", "status.phase", "Lost"));
    assert_true(told(g, "ClaimLost"));
}

static void released(void **state)
{
    struct ground *g = *state;
    volume(g, "kept", "1Gi", "'ReadWriteOnce'", "");
    claim(g, "c", "1Gi", "");
    fake_run(g->f, 500);
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'user','namespace':'x'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}],"
             "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]}}");
    fake_run(g->f, 1500);
    delete_of(g, "", PVC, "c", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_true(there(g, PVC, "c")); /* a pod uses it */
    assert_true(is(g, PV, "kept", "status.phase", "Bound"));
    delete_of(g, "", "pods", "user", CLIENT_BACKGROUND);
    fake_run(g->f, 3000);
    assert_false(there(g, PVC, "c"));
    assert_true(is(g, PV, "kept", "status.phase", "Released"));
    claim(g, "c", "1Gi", "");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "status.phase", "Pending")); /* of another uid: what was released is given to nobody */
    delete_of(g, "", PV, "kept", CLIENT_BACKGROUND);
    fake_run(g->f, 500);
    assert_false(there(g, PV, "kept"));
}

#define LOCAL "{'metadata':{'name':'local'%s},'provisioner':'coracle.dev/local','reclaimPolicy':'Delete','volumeBindingMode':'WaitForFirstConsumer'}"

static void local(void **state)
{
    struct ground *g = *state;
    char class[400], name[100], path[200];
    snprintf(class, sizeof(class), LOCAL, ",'annotations':{'storageclass.kubernetes.io/is-default-class':'true'}");
    fake_change(g->f, "", "nodes", "", "n1",
                "{'metadata':{'labels':{'kubernetes.io/hostname':'n1'},'annotations':{'coracle.dev/volumes':'/data/volumes'}}}");
    claim(g, "c", "1Gi", ""); /* before there is a default class: it gets it afterwards */
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "spec.storageClassName", ""));
    fake_put(g->f, "storage.k8s.io", "storageclasses", class);
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "spec.storageClassName", "local"));
    assert_true(told(g, "WaitForFirstConsumer"));
    assert_int_equal(fake_count(g->f, "", PV), 0);
    fake_change(g->f, "", PVC, "x", "c", "{'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'n1'}}}");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "status.phase", "Bound"));
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    struct value *c = fake_get(g->f, a, "", PVC, "x", "c");
    snprintf(name, sizeof(name), "%.*s", STR_FMT(value_text_at(c, "spec.volumeName")));
    snprintf(path, sizeof(path), "/data/volumes/%s", name);
    assert_true(is(g, PV, name, "spec.hostPath.path", path));
    struct value *v = fake_get(g->f, a, "", PV, "", name);
    struct value *term = value_item(value_at(v, "spec.nodeAffinity.required.nodeSelectorTerms"), 0);
    assert_str(value_text(value_item(value_at(value_item(value_at(term, "matchExpressions"), 0), "values"), 0)), "n1");

    /* It grows where its class lets it; admission has seen to that. */
    fake_change(g->f, "", PVC, "x", "c", "{'spec':{'resources':{'requests':{'storage':'3Gi'}}}}");
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "status.capacity.storage", "3Gi"));
    assert_true(is(g, PV, name, "spec.capacity.storage", "3Gi"));

    /* It goes when the node says that the folder is gone, and not before. */
    char ask[200], patch[300];
    snprintf(ask, sizeof(ask), "volumes.coracle.dev/%s", name);
    delete_of(g, "", PVC, "c", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_true(is(g, PV, name, "status.phase", "Released"));
    struct value *n = fake_get(g->f, a, "", "nodes", "", "n1");
    assert_str(value_text(value_get(value_at(n, "metadata.annotations"), str_of(ask))), "delete");
    snprintf(patch, sizeof(patch), "{'metadata':{'annotations':{'%s':null}}}", ask);
    fake_change(g->f, "", "nodes", "", "n1", patch);
    fake_run(g->f, 500);
    assert_false(there(g, PV, name));

    /* What cannot be made is refused with a reason. */
    claim(g, "many", "1Gi", ",'storageClassName':'local','volumeMode':'Block'");
    fake_change(g->f, "", PVC, "x", "many", "{'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'n1'}}}");
    fake_run(g->f, 500);
    assert_true(told(g, "ProvisioningFailed"));
    assert_true(is(g, PVC, "many", "status.phase", "Pending"));
}

static void others(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    fake_put(g->f, "storage.k8s.io", "storageclasses",
             "{'metadata':{'name':'ext'},'provisioner':'example.com/disk','volumeBindingMode':'Immediate'}");
    claim(g, "c", "1Gi", ",'storageClassName':'ext'");
    fake_run(g->f, 500);
    struct value *c = fake_get(g->f, a, "", PVC, "x", "c");
    assert_str(value_text(value_get(value_at(c, "metadata.annotations"), STR("volume.kubernetes.io/storage-provisioner"))), "example.com/disk");
    assert_true(told(g, "ExternalProvisioning"));
    unsigned writes = g->f->writes;
    fake_run(g->f, 60000);
    assert_int_equal(g->f->writes, writes); /* nothing to do is nothing done */
    /* As its provisioner would make it. */
    char text[900];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'pv-ext','annotations':{'pv.kubernetes.io/provisioned-by':'example.com/"
             "disk'}},'spec':{'capacity':{'storage':'1Gi'},'storageClassName':'ext',"
             "'accessModes':['ReadWriteOnce'],'persistentVolumeReclaimPolicy':'Delete','csi':{'driver':'d','volumeHandle':'h'},"
             "'claimRef':{'name':'c','namespace':'x','uid':'%.*s'}},'status':{'phase':'Pending'}}",
             STR_FMT(value_text_at(c, "metadata.uid")));
    fake_put(g->f, "", PV, text);
    fake_run(g->f, 500);
    assert_true(is(g, PVC, "c", "status.phase", "Bound"));
    delete_of(g, "", PVC, "c", CLIENT_BACKGROUND);
    fake_run(g->f, 2000);
    assert_true(is(g, PV, "pv-ext", "status.phase", "Released")); /* and is its provisioner's to delete */
}

static void ephemeral(void **state)
{
    struct ground *g = *state;
    fake_put(g->f, "", PVC,
             "{'metadata':{'name':'p-taken','namespace':'x'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}");
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'p','namespace':'x'},'spec':{'containers':[{'name':'c','image':'i'}],'volumes':["
             "{'name':'scratch','ephemeral':{'volumeClaimTemplate':{'metadata':{'labels':{'a':'b'}},'spec':{'accessModes':['ReadWriteOnce'],"
             "'resources':{'requests':{'storage':'1Gi'}}}}}},{'name':'taken','ephemeral':{'volumeClaimTemplate':{'spec':{}}}}]}}");
    fake_run(g->f, 1500);
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    struct value *c = fake_get(g->f, a, "", PVC, "x", "p-scratch");
    assert_non_null(c);
    assert_str(value_text_at(c, "metadata.labels.a"), "b");
    assert_str(value_text_at(value_item(value_at(c, "metadata.ownerReferences"), 0), "name"), "p");
    assert_true(told(g, "FailedBinding"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(best_fit, setup, teardown), cmocka_unit_test_setup_teardown(named_and_promised, setup, teardown),
        cmocka_unit_test_setup_teardown(released, setup, teardown), cmocka_unit_test_setup_teardown(local, setup, teardown),
        cmocka_unit_test_setup_teardown(others, setup, teardown),   cmocka_unit_test_setup_teardown(ephemeral, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
