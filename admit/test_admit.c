#include "tests/unit.h"

#include "admit/admit.h"
#include "json/json.h"
#include "os/os.h"
#include "tls/tls.h"

#define NOW 1790000000

/* What lives in the cluster: {"group","resource","object"}. */
struct fixture {
    struct arena *a;
    struct value live;
    const char *permitted; /* "verb resource name": the one thing the authorizer allows beside nothing; "*": all */
    struct str groups[2];
    struct auth_user user;
    struct admit_request q;
    struct admit_answer ans;
    struct admit_lookup lookup;
    struct value object, old;
    struct err err;
};

static bool is_at(const struct value *item, struct str group, struct str resource, struct str namespace)
{
    return str_eq(value_text_at(item, "group"), group) && str_eq(value_text_at(item, "resource"), resource) &&
           (!namespace.n || str_eq(value_text_at(item, "object.metadata.namespace"), namespace));
}

static int get(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, struct value *out)
{
    struct fixture *f = ctx;
    VALUE_EACH_ITEM (item, &f->live)
        if (is_at(item, group, resource, namespace) && str_eq(value_text_at(item, "object.metadata.name"), name))
            return value_copy(a, value_at(item, "object"), out);
    return AUTH_ABSENT;
}

static int field(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, const char *path,
                 struct str *value, char scratch[32])
{
    struct fixture *f = ctx;
    (void)a;
    (void)scratch;
    VALUE_EACH_ITEM (item, &f->live) {
        if (is_at(item, group, resource, namespace) && str_eq(value_text_at(item, "object.metadata.name"), name)) {
            *value = value_text_at(value_at(item, "object"), path);
            return 0;
        }
    }
    return AUTH_ABSENT;
}

static int each(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace,
                int (*fn)(void *fn_ctx, const struct value *object), void *fn_ctx)
{
    struct fixture *f = ctx;
    (void)a;
    VALUE_EACH_ITEM (item, &f->live) {
        int r = is_at(item, group, resource, namespace) ? fn(fn_ctx, value_at(item, "object")) : 0;
        if (r != 0)
            return r;
    }
    return 0;
}

static enum auth_decision may(void *ctx, const struct auth_ask *ask)
{
    struct fixture *f = ctx;
    char text[256];
    snprintf(text, sizeof(text), "%.*s %.*s %.*s", STR_FMT(ask->verb), STR_FMT(ask->resource), STR_FMT(ask->name));
    return !strcmp(f->permitted, "*") || !strcmp(f->permitted, text);
}

static struct value json(struct fixture *f, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (text && json_parse(f->a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static const char cluster[] =
    "[{\"group\":\"\",\"resource\":\"namespaces\",\"object\":{\"metadata\":{\"name\":\"ns\"},\"status\":{\"phase\":"
    "\"Active\"}}},"
    "{\"group\":\"\",\"resource\":\"namespaces\",\"object\":{\"metadata\":{\"name\":\"bare\"},\"status\":{\"phase\":"
    "\"Active\"}}},"
    "{\"group\":\"\",\"resource\":\"namespaces\",\"object\":{\"metadata\":{\"name\":\"going\"},\"status\":{\"phase\":"
    "\"Terminating\"}}},"
    "{\"group\":\"\",\"resource\":\"serviceaccounts\",\"object\":{\"metadata\":{\"name\":\"default\",\"namespace\":"
    "\"ns\"}}},"
    "{\"group\":\"\",\"resource\":\"serviceaccounts\",\"object\":{\"metadata\":{\"name\":\"robot\",\"namespace\":"
    "\"ns\"},"
    "\"automountServiceAccountToken\":false,\"imagePullSecrets\":[{\"name\":\"pull\"}]}},"
    "{\"group\":\"\",\"resource\":\"nodes\",\"object\":{\"metadata\":{\"name\":\"n1\",\"uid\":\"nu\"}}},"
    "{\"group\":\"\",\"resource\":\"pods\",\"object\":{\"metadata\":{\"name\":\"mine\",\"namespace\":\"ns\",\"uid\":"
    "\"pu\"},"
    "\"spec\":{\"nodeName\":\"n1\"}}},"
    "{\"group\":\"\",\"resource\":\"pods\",\"object\":{\"metadata\":{\"name\":\"theirs\",\"namespace\":\"ns\",\"uid\":"
    "\"tu\"},"
    "\"spec\":{\"nodeName\":\"n2\"}}},"
    "{\"group\":\"scheduling.k8s.io\",\"resource\":\"priorityclasses\",\"object\":{\"metadata\":{\"name\":\"high\"},"
    "\"value\":1000,"
    "\"preemptionPolicy\":\"Never\"}},"
    "{\"group\":\"scheduling.k8s.io\",\"resource\":\"priorityclasses\",\"object\":{\"metadata\":{\"name\":\"usual\"},"
    "\"value\":7,"
    "\"globalDefault\":true}},"
    "{\"group\":\"node.k8s.io\",\"resource\":\"runtimeclasses\",\"object\":{\"metadata\":{\"name\":\"vm\"},"
    "\"overhead\":{\"podFixed\":"
    "{\"memory\":\"64Mi\"}},\"scheduling\":{\"nodeSelector\":{\"vm\":\"yes\"},\"tolerations\":[{\"key\":\"vm\"}]}}},"
    "{\"group\":\"storage.k8s.io\",\"resource\":\"storageclasses\",\"object\":{\"metadata\":{\"name\":\"old\","
    "\"creationTimestamp\":"
    "\"2026-01-01T00:00:00Z\",\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"true\"}}}},"
    "{\"group\":\"storage.k8s.io\",\"resource\":\"storageclasses\",\"object\":{\"metadata\":{\"name\":\"new\","
    "\"creationTimestamp\":"
    "\"2026-02-01T00:00:00Z\",\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"true\"}}}},"
    "{\"group\":\"storage.k8s.io\",\"resource\":\"storageclasses\",\"object\":{\"metadata\":{\"name\":\"grows\"},\"allowVolumeExpansion\":true}},"
    "{\"group\":\"networking.k8s.io\",\"resource\":\"ingressclasses\",\"object\":{\"metadata\":{\"name\":\"edge\","
    "\"annotations\":{\"ingressclass.kubernetes.io/is-default-class\":\"true\"}}}},"
    "{\"group\":\"\",\"resource\":\"limitranges\",\"object\":{\"metadata\":{\"name\":\"lr\",\"namespace\":\"limited\"},"
    "\"spec\":{\"limits\":["
    "{\"type\":\"Container\",\"default\":{\"cpu\":\"500m\",\"memory\":\"64Mi\"},\"defaultRequest\":{\"cpu\":\"100m\"},"
    "\"max\":{\"cpu\":\"1\"},\"min\":{\"cpu\":\"50m\"},\"maxLimitRequestRatio\":{\"cpu\":\"10\"}},"
    "{\"type\":\"Pod\",\"max\":{\"cpu\":\"1500m\"}},"
    "{\"type\":\"PersistentVolumeClaim\",\"max\":{\"storage\":\"5Gi\"},\"min\":{\"storage\":\"1Gi\"}}]}}},"
    "{\"group\":\"\",\"resource\":\"namespaces\",\"object\":{\"metadata\":{\"name\":\"limited\"},\"status\":{\"phase\":"
    "\"Active\"}}},"
    "{\"group\":\"\",\"resource\":\"serviceaccounts\",\"object\":{\"metadata\":{\"name\":\"default\",\"namespace\":"
    "\"limited\"},"
    "\"automountServiceAccountToken\":false}}]";

static void setup(struct fixture *f)
{
    memset(f, 0, sizeof(*f));
    assert_done(arena_new(&f->a, 64 << 20));
    f->live = json(f, cluster);
    f->permitted = "";
    f->user = (struct auth_user){.name = STR("alice"), .groups = f->groups};
    f->lookup = (struct admit_lookup){.get = get, .each = each, .field = field, .may = may, .ctx = f};
}

static void as_node(struct fixture *f, const char *name)
{
    f->groups[0] = STR("system:nodes");
    f->user = (struct auth_user){.name = str_of(name), .groups = f->groups, .n_groups = 1};
}

/* `what`: "create :pods[/sub] [name] [in namespace]" */
static int ask(struct fixture *f, const char *what, const char *object, const char *old)
{
    struct str rest = str_of(what), verb, piece;
    struct admit_request *q = &f->q;
    unsigned extra = q->extra;
    f->ans = (struct admit_answer){.n_warnings = 0};
    f->object = json(f, object);
    f->old = json(f, old);
    *q = (struct admit_request){.arena = f->a,
                                .lookup = &f->lookup,
                                .user = &f->user,
                                .version = STR("v1"),
                                .now = NOW,
                                .extra = extra,
                                .object = object ? &f->object : NULL,
                                .old = old ? &f->old : NULL};
    assert_true(str_next(&rest, ' ', &verb));
    q->operation = str_is(verb, "create") ? ADMIT_CREATE : str_is(verb, "update") ? ADMIT_UPDATE : ADMIT_DELETE;
    assert_true(str_next(&rest, ' ', &piece));
    assert_true(str_cut(piece, ':', &q->group, &q->resource));
    str_cut(q->resource, '/', &q->resource, &q->subresource);
    while (rest.p && str_next(&rest, ' ', &piece)) {
        if (str_is(piece, "in"))
            assert_true(str_next(&rest, ' ', &q->namespace));
        else
            q->name = piece;
    }
    int r = admit_mutate(q, &f->ans, &f->err);
    return r ? r : admit_validate(q, &f->ans, &f->err);
}

static void done(struct fixture *f)
{
    arena_free(f->a);
}

#define REFUSED(f, text) \
    do { \
        assert_str((f)->ans.message, text); \
    } while (0)

#define POD "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"

static void namespaces(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_int_equal(ask(&f, "create :configmaps c in nowhere", "{}", NULL), ADMIT_NOT_FOUND);
    REFUSED(&f, "namespaces \"nowhere\" not found");
    assert_str(f.ans.resource, "namespaces");
    assert_int_equal(ask(&f, "create :configmaps c in going", "{}", NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "configmaps \"c\" is forbidden: unable to create new content in namespace going because it is being "
                "terminated");
    assert_str(f.ans.cause.reason, "NamespaceTerminating");
    assert_done(ask(&f, "update :configmaps c in going", "{}", "{}"));
    assert_done(ask(&f, "delete :configmaps c in nowhere", NULL, "{}"));
    assert_int_equal(ask(&f, "delete :namespaces default", NULL, "{}"), ADMIT_FORBIDDEN);
    REFUSED(&f, "namespaces \"default\" is forbidden: this namespace may not be deleted");
    assert_done(ask(&f, "delete :namespaces ns", NULL, "{}"));
    assert_done(ask(&f, "create authorization.k8s.io:localsubjectaccessreviews in nowhere", "{}", NULL));
    assert_done(ask(&f, "create :configmaps c in ns", "{}", NULL));
    done(&f);
}

static void accounts(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_done(ask(&f, "create :pods p in ns", POD, NULL));
    assert_str(value_text_at(&f.object, "spec.serviceAccountName"), "default");
    struct value *volume = value_item(value_at(&f.object, "spec.volumes"), 0);
    struct str name = value_text_at(volume, "name");
    assert_true(str_starts(name, STR("kube-api-access-")) && name.n == 21);
    assert_int_equal(value_count(value_at(volume, "projected.sources")), 3);
    assert_int_equal(value_int_at(volume, "projected.defaultMode", 0), 420);
    struct value *c = value_item(value_at(&f.object, "spec.containers"), 0), *m = value_item(value_at(c, "volumeMounts"), 0);
    assert_str(value_text_at(m, "mountPath"), "/var/run/secrets/kubernetes.io/serviceaccount");
    assert_true(str_eq(value_text_at(m, "name"), name));
    assert_true(value_bool_at(m, "readOnly", false));
    /* again: nothing is doubled */
    struct value once;
    assert_done(value_copy(f.a, &f.object, &once));
    assert_done(admit_mutate(&f.q, &f.ans, &f.err));
    assert_true(value_equal(&once, &f.object));

    assert_done(ask(&f, "create :pods p in ns", "{\"spec\":{\"serviceAccountName\":\"robot\",\"containers\":[{\"name\":\"c\"}]}}", NULL));
    assert_int_equal(value_count(value_at(&f.object, "spec.volumes")), 0);
    assert_str(value_text_at(value_item(value_at(&f.object, "spec.imagePullSecrets"), 0), "name"), "pull");
    assert_done(ask(&f, "create :pods p in ns",
                    "{\"spec\":{\"serviceAccountName\":\"robot\",\"automountServiceAccountToken\":true,"
                    "\"containers\":[{\"name\":\"c\"}]}}",
                    NULL));
    assert_int_equal(value_count(value_at(&f.object, "spec.volumes")), 1);
    /* a container that has something there already */
    assert_done(ask(&f, "create :pods p in ns",
                    "{\"spec\":{\"containers\":[{\"name\":\"c\",\"volumeMounts\":[{\"name\":\"own\",\"mountPath\":"
                    "\"/var/run/secrets/kubernetes.io/serviceaccount\"}]}]}}",
                    NULL));
    assert_int_equal(value_count(value_at(&f.object, "spec.volumes")), 0);
    assert_int_equal(ask(&f, "create :pods p in bare", POD, NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: error looking up service account bare/default: serviceaccount \"default\" not found");
    assert_int_equal(ask(&f, "create :pods in ns", "{\"metadata\":{\"generateName\":\"web-\"},\"spec\":{\"serviceAccountName\":\"x\"}}", NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"web-\" is forbidden: error looking up service account ns/x: serviceaccount \"x\" not found");
    assert_int_equal(ask(&f, "create :pods p in ns",
                         "{\"metadata\":{\"annotations\":{\"kubernetes.io/config.mirror\":\"\"}},\"spec\":"
                         "{\"serviceAccountName\":\"default\"}}",
                         NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: a mirror pod may not reference service accounts");
    done(&f);
}

static void priorities(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_done(ask(&f, "create :pods p in ns", POD, NULL));
    assert_str(value_text_at(&f.object, "spec.priorityClassName"), "usual");
    assert_int_equal(value_int_at(&f.object, "spec.priority", 0), 7);
    assert_str(value_text_at(&f.object, "spec.preemptionPolicy"), "PreemptLowerPriority");
    assert_done(ask(&f, "create :pods p in ns", "{\"spec\":{\"priorityClassName\":\"high\"}}", NULL));
    assert_int_equal(value_int_at(&f.object, "spec.priority", 0), 1000);
    assert_str(value_text_at(&f.object, "spec.preemptionPolicy"), "Never");
    assert_int_equal(ask(&f, "create :pods p in ns", "{\"spec\":{\"priorityClassName\":\"none\"}}", NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: no PriorityClass with name none was found");
    assert_int_equal(ask(&f, "create :pods p in ns", "{\"spec\":{\"priority\":5}}", NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority "
                "admission "
                "controller computed 7 from the given PriorityClass name");
    assert_done(ask(&f, "update :pods p in ns", "{\"spec\":{}}", "{\"spec\":{\"priority\":7}}"));
    assert_int_equal(value_int_at(&f.object, "spec.priority", 0), 7);
    assert_int_equal(ask(&f, "create scheduling.k8s.io:priorityclasses x", "{\"metadata\":{\"name\":\"x\"},\"globalDefault\":true}", NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "priorityclasses.scheduling.k8s.io \"x\" is forbidden: PriorityClass usual is already marked as "
                "default. Only one default "
                "can exist");
    assert_done(ask(&f, "update scheduling.k8s.io:priorityclasses usual", "{\"metadata\":{\"name\":\"usual\"},\"globalDefault\":true}", "{}"));
    assert_done(ask(&f, "create scheduling.k8s.io:podgroups g in ns", "{\"spec\":{\"priorityClassName\":\"high\"}}", NULL));
    assert_int_equal(value_int_at(&f.object, "spec.priority", 0), 1000);
    assert_str(value_text_at(&f.object, "spec.preemptionPolicy"), "Never");
    assert_str(value_text(value_item(value_at(&f.object, "metadata.finalizers"), 0)), "scheduling.k8s.io/podgroup-protection");
    assert_int_equal(ask(&f, "create scheduling.k8s.io:compositepodgroups g in ns", "{\"spec\":{\"priority\":5}}", NULL), ADMIT_FORBIDDEN);
    REFUSED(
        &f,
        "compositepodgroups.scheduling.k8s.io \"g\" is forbidden: priority set in the composite pod group (5) must match the priority computed (7) "
        "based on the priority class set in the spec");
    done(&f);
}

static void pods_else(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_done(ask(&f, "create :pods p in ns", POD, NULL));
    assert_int_equal(value_count(value_at(&f.object, "spec.tolerations")), 2);
    assert_int_equal(value_int_at(value_item(value_at(&f.object, "spec.tolerations"), 1), "tolerationSeconds", 0), 300);
    assert_done(ask(&f, "create :pods p in ns", "{\"spec\":{\"tolerations\":[{\"operator\":\"Exists\"}]}}", NULL));
    assert_int_equal(value_count(value_at(&f.object, "spec.tolerations")), 1);
    assert_done(ask(&f, "create :pods p in ns", "{\"spec\":{\"runtimeClassName\":\"vm\"}}", NULL));
    assert_str(value_text_at(&f.object, "spec.overhead.memory"), "64Mi");
    assert_str(value_text_at(&f.object, "spec.nodeSelector.vm"), "yes");
    assert_int_equal(value_count(value_at(&f.object, "spec.tolerations")), 3);
    assert_int_equal(ask(&f, "create :pods p in ns", "{\"spec\":{\"runtimeClassName\":\"vm\",\"nodeSelector\":{\"vm\":\"no\"}}}", NULL),
                     ADMIT_FORBIDDEN);
    assert_int_equal(ask(&f, "create :pods p in ns", "{\"spec\":{\"runtimeClassName\":\"none\"}}", NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: pod rejected: RuntimeClass \"none\" not found");
    assert_int_equal(ask(&f, "create :pods p in ns", "{\"spec\":{\"overhead\":{\"cpu\":\"1\"}}}", NULL), ADMIT_FORBIDDEN);
    assert_done(ask(&f, "create :persistentvolumeclaims c in ns", "{\"spec\":{}}", NULL));
    assert_str(value_text_at(&f.object, "spec.storageClassName"), "new");
    assert_done(ask(&f, "create :persistentvolumeclaims c in ns", "{\"spec\":{\"storageClassName\":\"\"}}", NULL));
    assert_str(value_text_at(&f.object, "spec.storageClassName"), "");
    assert_str(value_text(value_item(value_at(&f.object, "metadata.finalizers"), 0)), "kubernetes.io/pvc-protection");
    assert_done(ask(&f, "create :persistentvolumes v", "{\"metadata\":{\"finalizers\":[\"kubernetes.io/pv-protection\"]},\"spec\":{}}", NULL));
    assert_int_equal(value_count(value_at(&f.object, "metadata.finalizers")), 1);
#define SIZE(n, class) \
    "{\"spec\":{\"storageClassName\":\"" class "\",\"resources\":{\"requests\":{\"storage\":\"" n "\"}}},\"status\":{\"phase\":\"Bound\"}}"
    assert_int_equal(ask(&f, "update :persistentvolumeclaims c in ns", SIZE("2Gi", "new"), SIZE("1Gi", "new")), ADMIT_FORBIDDEN);
    REFUSED(&f,
            "persistentvolumeclaims \"c\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc "
            "must support resize");
    assert_done(ask(&f, "update :persistentvolumeclaims c in ns", SIZE("2Gi", "grows"), SIZE("1Gi", "grows")));
    assert_done(ask(&f, "update :persistentvolumeclaims c in ns", SIZE("1Gi", "new"), SIZE("1Gi", "new")));
    assert_int_equal(ask(&f, "update :persistentvolumeclaims c in ns", SIZE("2Gi", "grows"),
                         "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}},\"status\":{\"phase\":\"Pending\"}}"),
                     ADMIT_FORBIDDEN);
    assert_done(ask(&f, "create networking.k8s.io:ingresses i in ns", "{\"spec\":{}}", NULL));
    assert_str(value_text_at(&f.object, "spec.ingressClassName"), "edge");
    assert_done(ask(&f, "create :nodes n9", "{\"metadata\":{\"name\":\"n9\"}}", NULL));
    assert_str(value_text_at(value_item(value_at(&f.object, "spec.taints"), 0), "key"), "node.kubernetes.io/not-ready");
    done(&f);
}

#define RES(requests, limits) \
    "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{" requests "},\"limits\":{" limits "}}}]" \
    "}}"

static void limits(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_done(ask(&f, "create :pods p in limited", POD, NULL));
    struct value *c = value_item(value_at(&f.object, "spec.containers"), 0);
    assert_str(value_text_at(c, "resources.limits.cpu"), "500m");
    assert_str(value_text_at(c, "resources.limits.memory"), "64Mi");
    assert_str(value_text_at(c, "resources.requests.cpu"), "100m");
    assert_str(value_text(value_get(value_at(&f.object, "metadata.annotations"), STR("kubernetes.io/limit-ranger"))),
               "LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c");
    assert_int_equal(ask(&f, "create :pods p in limited", RES("\"cpu\":\"20m\"", "\"cpu\":\"2\""), NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: [minimum cpu usage per Container is 50m, but request is 20m, maximum cpu "
                "usage per Container is 1, "
                "but limit is 2, cpu max limit to request ratio per Container is 10, but provided ratio is 100.000000, "
                "maximum cpu usage per "
                "Pod is 1500m, but limit is 2]");
    assert_int_equal(ask(&f, "create :pods p in limited",
                         "{\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"1\"}}},"
                         "{\"name\":\"b\",\"resources\":{\"limits\":{\"cpu\":\"1\"}}}]}}",
                         NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "pods \"p\" is forbidden: maximum cpu usage per Pod is 1500m, but limit is 2");
    assert_int_equal(ask(&f, "create :persistentvolumeclaims c in limited", "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"10Gi\"}}}}", NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 5Gi, "
                "but request is 10Gi");
    assert_int_equal(ask(&f, "create :persistentvolumeclaims c in limited", "{\"spec\":{}}", NULL), ADMIT_FORBIDDEN);
    assert_done(ask(&f, "create :persistentvolumeclaims c in limited", "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}", NULL));
    assert_done(ask(&f, "update :pods p in limited", RES("", "\"cpu\":\"9\""), "{}"));
    done(&f);
}

static const struct {
    const char *what, *object, *old;
    bool allowed;
} node_table[] = {
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"kubernetes.io/hostname\":\"n1\",\"mine\":\"x\"}}}", NULL, true},
    {"create :nodes n2", "{\"metadata\":{\"name\":\"n2\"}}", NULL, false},
    {"create :nodes", "{\"metadata\":{\"name\":\"n1\"}}", NULL, true},
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"node-role.kubernetes.io/control-plane\":\"\"}}}", NULL, false},
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"node-restriction.kubernetes.io/x\":\"\"}}}", NULL, false},
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"pool.node.kubernetes.io/x\":\"\"}}}", NULL, true},
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"k8s.io/x\":\"\"}}}", NULL, false},
    {"create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"notk8s.io/x\":\"\"}}}", NULL, true},
    {"update :nodes/status n1", "{\"metadata\":{\"name\":\"n1\"}}", "{\"metadata\":{\"name\":\"n1\"}}", true},
    {"update :nodes/status n2", "{\"metadata\":{\"name\":\"n2\"}}", "{\"metadata\":{\"name\":\"n2\"}}", false},
    {"update :nodes n1", "{\"metadata\":{\"name\":\"n1\"},\"spec\":{\"taints\":[]}}", "{\"spec\":{\"taints\":[{\"key\":\"a\"}]}}", false},
    {"update :nodes n1", "{\"metadata\":{\"name\":\"n1\"}}", "{\"metadata\":{\"labels\":{\"node-restriction.kubernetes.io/x\":\"\"}}}", false},
    {"update :nodes n1", "{\"metadata\":{\"ownerReferences\":[{\"uid\":\"x\"}]}}", "{\"metadata\":{}}", false},
    {"create :pods p in ns", "{\"spec\":{\"nodeName\":\"n1\"}}", NULL, false},
    {"create :pods p in ns", "{\"metadata\":{\"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}},\"spec\":{\"nodeName\":\"n1\"}}", NULL, true},
    {"create :pods p in ns", "{\"metadata\":{\"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}},\"spec\":{\"nodeName\":\"n2\"}}", NULL, false},
    {"create :pods p in ns",
     "{\"metadata\":{\"annotations\":{\"kubernetes.io/"
     "config.mirror\":\"x\"}},\"spec\":{\"nodeName\":\"n1\",\"volumes\":"
     "[{\"configMap\":{\"name\":\"x\"}}]}}",
     NULL, false},
    {"create :pods p in ns",
     "{\"metadata\":{\"annotations\":{\"kubernetes.io/"
     "config.mirror\":\"x\"},\"ownerReferences\":[{\"apiVersion\":\"v1\","
     "\"kind\":\"Node\",\"name\":\"n1\",\"uid\":\"nu\",\"controller\":true}]},\"spec\":{\"nodeName\":\"n1\"}}",
     NULL, true},
    {"create :pods p in ns",
     "{\"metadata\":{\"annotations\":{\"kubernetes.io/"
     "config.mirror\":\"x\"},\"ownerReferences\":[{\"apiVersion\":\"v1\","
     "\"kind\":\"Node\",\"name\":\"n1\",\"uid\":\"other\",\"controller\":true}]},\"spec\":{\"nodeName\":\"n1\"}}",
     NULL, false},
    {"delete :pods mine in ns", NULL, "{\"spec\":{\"nodeName\":\"n1\"}}", true},
    {"delete :pods theirs in ns", NULL, "{\"spec\":{\"nodeName\":\"n2\"}}", false},
    {"update :pods mine in ns", "{\"spec\":{\"nodeName\":\"n1\"}}", "{\"spec\":{\"nodeName\":\"n1\"}}", false},
    {"update :pods/status mine in ns", "{\"spec\":{\"nodeName\":\"n1\"}}", "{\"spec\":{\"nodeName\":\"n1\"}}", true},
    {"update :pods/status theirs in ns", "{\"spec\":{\"nodeName\":\"n2\"}}", "{\"spec\":{\"nodeName\":\"n2\"}}", false},
    {"update :pods/status mine in ns", "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"nodeName\":\"n1\"}}", "{\"spec\":{\"nodeName\":\"n1\"}}",
     false},
    {"create :pods/eviction mine in ns", "{}", NULL, true},
    {"create :pods/eviction theirs in ns", "{}", NULL, false},
    {"create :pods/binding mine in ns", "{}", NULL, false},
    {"create :serviceaccounts/token default in ns",
     "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"mine\","
     "\"uid\":\"pu\"}}}",
     NULL, true},
    {"create :serviceaccounts/token default in ns",
     "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"theirs\","
     "\"uid\":\"tu\"}}}",
     NULL, false},
    {"create :serviceaccounts/token default in ns",
     "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"mine\","
     "\"uid\":\"before\"}}}",
     NULL, false},
    {"create :serviceaccounts/token default in ns", "{\"spec\":{}}", NULL, false},
    {"update :persistentvolumeclaims c in ns", "{}", "{}", false},
    {"update :persistentvolumeclaims/status c in ns", "{}", "{}", true},
    {"create storage.k8s.io:csinodes", "{\"metadata\":{\"name\":\"n1\"}}", NULL, true},
    {"create storage.k8s.io:csinodes", "{\"metadata\":{\"name\":\"n2\"}}", NULL, false},
    {"create resource.k8s.io:resourceslices s", "{\"spec\":{\"nodeName\":\"n2\"}}", NULL, false},
    {"create resource.k8s.io:resourceslices s", "{\"spec\":{\"nodeName\":\"n1\"}}", NULL, true},
};

static void nodes(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    as_node(&f, "system:node:n1");
    for (size_t i = 0; i < ARRAY_LEN(node_table); i++) {
        int r = ask(&f, node_table[i].what, node_table[i].object, node_table[i].old);
        if (r != (node_table[i].allowed ? ADMIT_OK : ADMIT_FORBIDDEN))
            fail_msg("%zu: %s: %d %.*s", i, node_table[i].what, r, STR_FMT(f.ans.message));
    }
    assert_int_equal(ask(&f, "create :nodes n1", "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"k8s.io/b\":\"\",\"k8s.io/a\":\"\"}}}", NULL),
                     ADMIT_FORBIDDEN);
    REFUSED(&f, "nodes \"n1\" is forbidden: node \"n1\" is not allowed to set the following labels: k8s.io/b, k8s.io/a");
    as_node(&f, "system:node:");
    assert_int_equal(ask(&f, "create :nodes n1", "{\"metadata\":{\"name\":\"n1\"}}", NULL), ADMIT_FORBIDDEN);
    done(&f);
}

static void leases(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    f.live = json(&f, "[{\"group\":\"\",\"resource\":\"namespaces\",\"object\":{\"metadata\":{\"name\":\"kube-node-lease\"}}}]");
    as_node(&f, "system:node:n1");
    assert_done(ask(&f, "create coordination.k8s.io:leases in kube-node-lease", "{\"metadata\":{\"name\":\"n1\"}}", NULL));
    assert_int_equal(ask(&f, "create coordination.k8s.io:leases in kube-node-lease", "{\"metadata\":{\"name\":\"n2\"}}", NULL), ADMIT_FORBIDDEN);
    assert_done(ask(&f, "update coordination.k8s.io:leases n1 in kube-node-lease", "{}", "{}"));
    done(&f);
}

static void trust_bundles(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
#define BUNDLE(name, rest, spec) "{\"metadata\":{\"name\":\"" name "\"" rest "},\"spec\":{" spec "}}"
#define SIGNED                   "\"signerName\":\"example.com/ca\",\"trustBundle\":\"x\""
    static const char what[] = "update certificates.k8s.io:clustertrustbundles b";
    assert_int_equal(ask(&f, "create certificates.k8s.io:clustertrustbundles b", BUNDLE("b", "", SIGNED), NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "clustertrustbundles.certificates.k8s.io \"b\" is forbidden: user not permitted to attest for "
                "signerName \"example.com/ca\"");
    assert_done(ask(&f, "create certificates.k8s.io:clustertrustbundles b", BUNDLE("b", "", "\"trustBundle\":\"x\""), NULL)); /* nobody's */
    /* what a migration or the garbage collector changes is no attestation */
    assert_done(ask(&f, what, BUNDLE("b", ",\"resourceVersion\":\"2\",\"finalizers\":[\"a\"],\"ownerReferences\":[{}]", SIGNED),
                    BUNDLE("b", ",\"resourceVersion\":\"1\"", SIGNED)));
    assert_int_equal(ask(&f, what, BUNDLE("b", ",\"labels\":{\"a\":\"b\"}", SIGNED), BUNDLE("b", "", SIGNED)), ADMIT_FORBIDDEN);
    assert_int_equal(ask(&f, what, BUNDLE("b", "", SIGNED), BUNDLE("b", ",\"labels\":{\"a\":\"b\"}", SIGNED)), ADMIT_FORBIDDEN);
    assert_int_equal(ask(&f, what, BUNDLE("b", "", SIGNED), BUNDLE("b", "", "\"signerName\":\"example.com/ca\"")), ADMIT_FORBIDDEN);
    f.permitted = "attest signers example.com/*";
    assert_done(ask(&f, "create certificates.k8s.io:clustertrustbundles b", BUNDLE("b", "", SIGNED), NULL));
    done(&f);
}

static void certificates(void **state)
{
    (void)state;
    struct fixture f;
    char *key = NULL, *csr = NULL, object[8192];
    SCOPED_BUF b64 = BUF_INIT(0);
    setup(&f);
    static const char old[] = "{\"spec\":{\"signerName\":\"kubernetes.io/kubelet-serving\"}}";
    static const char sealed[] = "{\"spec\":{\"signerName\":\"kubernetes.io/kubelet-serving\"},\"status\":{\"certificate\":\"x\"}}";
    assert_int_equal(ask(&f, "update certificates.k8s.io:certificatesigningrequests/approval c", old, old), ADMIT_FORBIDDEN);
    REFUSED(&f, "certificatesigningrequests.certificates.k8s.io \"c\" is forbidden: user not permitted to approve "
                "requests with signerName "
                "\"kubernetes.io/kubelet-serving\"");
    f.permitted = "approve signers kubernetes.io/*";
    assert_done(ask(&f, "update certificates.k8s.io:certificatesigningrequests/approval c", old, old));
    assert_int_equal(ask(&f, "update certificates.k8s.io:certificatesigningrequests/status c", sealed, old), ADMIT_FORBIDDEN);
    assert_done(ask(&f, "update certificates.k8s.io:certificatesigningrequests/status c", old, old));
    f.permitted = "sign signers kubernetes.io/kubelet-serving";
    assert_done(ask(&f, "update certificates.k8s.io:certificatesigningrequests/status c", sealed, old));
    assert_done(tls_key_make(&key, NULL));
    assert_done(tls_csr_make(&csr, str_of(key), "eve", (const char *const[]){"system:masters", NULL}, NULL, NULL));
    buf_base64(&b64, str_of(csr));
    snprintf(object, sizeof(object), "{\"spec\":{\"signerName\":\"kubernetes.io/kube-apiserver-client\",\"request\":\"%s\"}}", buf_cstr(&b64));
    assert_int_equal(ask(&f, "create certificates.k8s.io:certificatesigningrequests c", object, NULL), ADMIT_FORBIDDEN);
    REFUSED(&f, "certificatesigningrequests.certificates.k8s.io \"c\" is forbidden: use of "
                "kubernetes.io/kube-apiserver-client signer with "
                "system:masters group is not allowed");
    mem_free(key);
    mem_free(csr);
    done(&f);
}

static void owners(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    static const char owned[] = "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"r\","
                                "\"uid\":\"u\",\"blockOwnerDeletion\":true}]}}";
    assert_done(ask(&f, "update :configmaps c in ns", owned, "{}")); /* off unless asked for */
    f.q.extra = ADMIT_OWNER_REFERENCES;
    assert_int_equal(ask(&f, "update :configmaps c in ns", owned, "{}"), ADMIT_FORBIDDEN);
    assert_int_equal(ask(&f, "create :configmaps c in ns", owned, NULL), ADMIT_FORBIDDEN);
    f.permitted = "update replicasets r";
    assert_done(ask(&f, "create :configmaps c in ns", owned, NULL));
    assert_done(ask(&f, "update :configmaps c in ns", owned, owned));
    done(&f);
}

#define QUEUED(more) "{\"metadata\":{\"name\":\"j\",\"labels\":{\"kueue.x-k8s.io/queue-name\":\"q\"}" more

static void queues(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    assert_done(ask(&f, "create batch:jobs in ns", QUEUED("},\"spec\":{}}"), NULL));
    assert_null(value_at(&f.object, "spec.suspend")); /* off unless asked for */
    f.q.extra = ADMIT_QUEUES;
    assert_done(ask(&f, "create batch:jobs in ns", QUEUED("},\"spec\":{\"suspend\":false}}"), NULL));
    assert_true(value_bool_at(&f.object, "spec.suspend", false));
    assert_done(ask(&f, "create batch:jobs in ns", "{\"metadata\":{\"name\":\"j\"},\"spec\":{}}", NULL));
    assert_null(value_at(&f.object, "spec.suspend"));
    assert_done(ask(&f, "update batch:jobs j in ns", QUEUED("},\"spec\":{\"suspend\":false}}"), QUEUED("},\"spec\":{\"suspend\":true}}")));
    assert_false(value_bool_at(&f.object, "spec.suspend", true)); /* it is let go */
    assert_int_equal(ask(&f, "update batch:jobs j in ns", QUEUED("},\"spec\":{}}"),
                         "{\"metadata\":{\"labels\":{\"kueue.x-k8s.io/queue-name\":\"r\"}},\"spec\":{}}"),
                     ADMIT_INVALID);
    assert_str(f.ans.faults->items[0].field, "metadata.labels[kueue.x-k8s.io/queue-name]");
    assert_int_equal(ask(&f, "create batch:jobs in ns",
                         QUEUED(",\"annotations\":{\"kueue.x-k8s.io/job-min-parallelism\":\"2\"}},\"spec\":{\"parallelism\":2}}"), NULL),
                     ADMIT_INVALID);
    assert_done(ask(&f, "create batch:jobs in ns",
                    QUEUED(",\"annotations\":{\"kueue.x-k8s.io/job-min-parallelism\":\"1\"}},\"spec\":{\"parallelism\":2}}"), NULL));
    assert_done(ask(&f, "create :pods in ns", QUEUED("},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"), NULL));
    assert_str(value_text_at(value_item(value_at(&f.object, "spec.schedulingGates"), 0), "name"), "kueue.x-k8s.io/admission");
    assert_done(ask(&f, "create :pods in ns",
                    QUEUED(",\"ownerReferences\":[{\"kind\":\"Job\",\"controller\":true}]},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"), NULL));
    assert_null(value_at(&f.object, "spec.schedulingGates")); /* its Job waits */
    assert_int_equal(ask(&f, "create :pods in ns",
                         "{\"metadata\":{\"name\":\"p\",\"labels\":{\"kueue.x-k8s.io/queue-name\":\"q\",\"kueue.x-k8s.io/pod-group-name\":\"g\"}},"
                         "\"spec\":{\"containers\":[{\"name\":\"c\"}]}}",
                         NULL),
                     ADMIT_INVALID);
    done(&f);
}

static void table(void **state)
{
    (void)state;
    assert_string_equal(admit_plugin(0), "NamespaceLifecycle");
    assert_string_equal(admit_plugin(1), "AlwaysPullImages");
    assert_string_equal(admit_plugin(2), "LimitRanger");
    assert_string_equal(admit_plugin(3), "ServiceAccount");
    assert_null(admit_plugin(100));
    assert_true(admit_wants(ADMIT_CREATE, STR(""), STR("pods"), STR("")));
    assert_false(admit_wants(ADMIT_CONNECT, STR(""), STR("pods"), STR("exec")));
}

static void choice(void **state)
{
    (void)state;
    struct fixture f;
    struct admit_choice c;
    struct err err = {{0}};
    setup(&f);
    assert_true(admit_chosen(NULL, "ResourceQuota") && !admit_chosen(NULL, "AlwaysPullImages"));
    assert_done(admit_choose(&c, " AlwaysPullImages,PodNodeSelector", "ResourceQuota,Priority", &err));
    assert_true(admit_chosen(&c, "AlwaysPullImages") && admit_chosen(&c, "PodNodeSelector") && admit_chosen(&c, "LimitRanger"));
    assert_true(!admit_chosen(&c, "ResourceQuota") && !admit_chosen(&c, "Priority"));
    assert_int_equal(admit_choose(&c, "Nonsense", NULL, &err), -EINVAL);
    assert_string_equal(err.text, "unknown admission plugin \"Nonsense\"");
    assert_int_equal(admit_choose(&c, "Priority", "Priority", &err), -EINVAL);
    f.q.extra = ADMIT_ALWAYS_PULL;
    assert_done(ask(&f, "create :pods p in ns", "{\"spec\":{\"containers\":[{\"name\":\"c\",\"imagePullPolicy\":\"Never\"}]}}", NULL));
    assert_str(value_text_at(value_item(value_at(&f.object, "spec.containers"), 0), "imagePullPolicy"), "Always");
    done(&f);
}

static int all_body(void *ctx)
{
    struct fixture *f = ctx;
    struct admit_answer ans = {.n_warnings = 0};
    struct value object;
    struct err err;
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, 4 << 20);
    if (r == 0)
        r = json_parse(a, STR("{\"spec\":{\"runtimeClassName\":\"vm\",\"containers\":[{\"name\":\"c\"}]}}"), &object, NULL);
    struct admit_request q = {.arena = a,
                              .lookup = &f->lookup,
                              .user = &f->user,
                              .operation = ADMIT_CREATE,
                              .resource = STR("pods"),
                              .namespace = STR("limited"),
                              .name = STR("p"),
                              .object = &object};
    if (r == 0)
        r = admit_mutate(&q, &ans, &err);
    if (r == 0)
        r = admit_validate(&q, &ans, &err);
    assert_true(r <= 0);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    unit_fail_allocations(all_body, &f);
    done(&f);
}

/* ── settings ── */

#define CONFIG "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- name: EventRateLimit\n"
#define RATES  "apiVersion: eventratelimit.admission.k8s.io/v1alpha1\nkind: Configuration\nlimits:\n"

static int post_event(struct fixture *f, struct admit_settings *s, const char *user, const char *ns, int64_t now_ms)
{
    struct admit_choice all;
    assert_done(admit_choose(&all, "EventRateLimit", NULL, NULL));
    f->user.name = str_of(user);
    f->object = json(f, "{\"source\":{\"component\":\"c\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\"}}");
    f->q = (struct admit_request){.arena = f->a,
                                  .lookup = &f->lookup,
                                  .user = &f->user,
                                  .operation = ADMIT_CREATE,
                                  .version = STR("v1"),
                                  .resource = STR("events"),
                                  .namespace = str_of(ns),
                                  .object = &f->object,
                                  .choice = &all,
                                  .settings = s,
                                  .now_ms = now_ms};
    f->ans = (struct admit_answer){0};
    return admit_validate(&f->q, &f->ans, &f->err);
}

static void event_rates(void **state)
{
    (void)state;
    struct fixture f;
    struct admit_settings *s;
    struct err err = {{0}};
    char folder[] = "/tmp/coracle-admit-XXXXXX", path[64], rates[64];
    setup(&f);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/a.yaml", folder);
    snprintf(rates, sizeof(rates), "%s/rates.yaml", folder);
    assert_done(os_file_replace(path, STR(CONFIG "  path: rates.yaml\n"), 0600));
    assert_done(os_file_replace(rates, STR(RATES "- {type: Namespace, qps: 1, burst: 2}\n- {type: User, qps: 1, burst: 3, cacheSize: 5}\n"), 0600));
    assert_done(admit_settings_read(&s, path, &err));
    assert_done(post_event(&f, s, "al", "a", 0));
    assert_done(post_event(&f, s, "al", "a", 0));
    assert_int_equal(post_event(&f, s, "al", "a", 0), ADMIT_TOO_MANY);
    assert_str(f.ans.message, "limit reached on type Namespace for key a");
    assert_int_equal(post_event(&f, s, "al", "b", 0), ADMIT_TOO_MANY);
    assert_str(f.ans.message, "limit reached on type User for key al");
    assert_int_equal(post_event(&f, s, "al", "a", 0), ADMIT_TOO_MANY);
    assert_str(f.ans.message, "[limit reached on type Namespace for key a, limit reached on type User for key al]");
    assert_done(post_event(&f, s, "bo", "b", 0));
    assert_done(post_event(&f, s, "al", "a", 2000));
    f.q.dry_run = true;
    for (int i = 0; i < 9; i++)
        assert_done(admit_validate(&f.q, &f.ans, &err)); /* costs nothing */
    admit_settings_free(s);
    static const char *const wrong[][2] = {
        {CONFIG "  configuration: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration}\n",
         "plugins[0].limits: must not be empty"},
        {CONFIG
         "  configuration: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: All, qps: 1, burst: 1}]}\n",
         "plugins[0].limits[0].type: \"All\" must be"},
        {CONFIG
         "  configuration: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: Server, qps: 0, burst: 1}]}\n",
         "plugins[0].limits[0].qps: must be"},
        {CONFIG "  configuration: {}\n", "must be a Configuration"},
        {CONFIG "  path: elsewhere.yaml\n", "elsewhere.yaml: No such file"},
        {CONFIG "  configuration: {a: b}\n  path: x\n", "exclude each other"},
        {"apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins: [{name: Nobody}]\n",
         "plugins[0].name: unknown admission plugin \"Nobody\""},
        {"kind: Pod\n", "must be an AdmissionConfiguration"},
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_done(os_file_replace(path, str_of(wrong[i][0]), 0600));
        assert_int_equal(admit_settings_read(&s, path, &err) < 0, true);
        if (!strstr(err.text, wrong[i][1]))
            fail_msg("%s", err.text);
    }
    struct admit_choice c;
    assert_done(admit_choose(&c, "EventRateLimit", NULL, NULL));
    assert_int_equal(admit_settings_fit(NULL, &c, &err), -EINVAL);
    assert_done(os_tree_remove(folder));
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_rates),   cmocka_unit_test(namespaces),   cmocka_unit_test(accounts),    cmocka_unit_test(priorities),
        cmocka_unit_test(pods_else),     cmocka_unit_test(limits),       cmocka_unit_test(nodes),       cmocka_unit_test(leases),
        cmocka_unit_test(trust_bundles), cmocka_unit_test(certificates), cmocka_unit_test(owners),      cmocka_unit_test(queues),
        cmocka_unit_test(table),         cmocka_unit_test(choice),       cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
