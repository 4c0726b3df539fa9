#include "tests/unit.h"

#include "auth/auth.h"
#include "json/json.h"

struct fixture {
    struct arena *a;
    struct auth *x;
};

static void put(struct fixture *f, const char *group, const char *resource, const char *text)
{
    struct value v;
    assert_done(json_parse(f->a, str_of(text), &v, NULL));
    assert_done(auth_put(f->x, str_of(group), str_of(resource), &v));
}

static const char pod[] = "{\"metadata\":{\"name\":\"web\",\"namespace\":\"ns\"},\"spec\":{\"nodeName\":\"n1\",\"serviceAccountName\":"
                          "\"robot\","
                          "\"imagePullSecrets\":[{\"name\":\"pull\"}],\"volumes\":[{\"name\":\"v1\",\"secret\":{\"secretName\":\"vol\"}},"
                          "{\"name\":\"v2\",\"configMap\":{\"name\":\"conf\"}},{\"name\":\"v3\",\"persistentVolumeClaim\":{\"claimName\":"
                          "\"claim\"}},"
                          "{\"name\":\"v4\",\"projected\":{\"sources\":[{\"secret\":{\"name\":\"proj\"}},{\"configMap\":{\"name\":\"root-"
                          "ca\"}}]}},"
                          "{\"name\":\"scratch\",\"ephemeral\":{}}],\"containers\":[{\"env\":[{\"valueFrom\":{\"secretKeyRef\":{\"name\":"
                          "\"env\"}}}],"
                          "\"envFrom\":[{\"configMapRef\":{\"name\":\"envs\"}}]}],\"initContainers\":[{\"envFrom\":[{\"secretRef\":{\"name\":"
                          "\"init\"}}]}]},"
                          "\"status\":{\"resourceClaimStatuses\":[{\"name\":\"gpu\",\"resourceClaimName\":\"web-gpu\"}]}}";

static void setup(struct fixture *f)
{
    struct auth_options o = {0};
    assert_done(arena_new(&f->a, 16 << 20));
    assert_done(auth_new(&f->x, &o, NULL));
    put(f, "", "pods", pod);
    put(f, "", "pods",
        "{\"metadata\":{\"name\":\"pending\",\"namespace\":\"ns\"},\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":"
        "\"later\"}}]}}");
    put(f, "", "pods",
        "{\"metadata\":{\"name\":\"mirror\",\"namespace\":\"ns\",\"annotations\":{\"kubernetes.io/"
        "config.mirror\":\"x\"}},"
        "\"spec\":{\"nodeName\":\"n1\",\"volumes\":[{\"secret\":{\"secretName\":\"stolen\"}}]}}");
    put(f, "", "persistentvolumes",
        "{\"metadata\":{\"name\":\"pv1\"},\"spec\":{\"claimRef\":{\"namespace\":\"ns\",\"name\":\"claim\"},"
        "\"csi\":{\"nodeStageSecretRef\":{\"namespace\":\"csi\",\"name\":\"stage\"}}}}");
    put(f, "", "persistentvolumes", "{\"metadata\":{\"name\":\"pv2\"},\"spec\":{\"claimRef\":{\"namespace\":\"ns\",\"name\":\"foreign\"}}}");
    put(f, "storage.k8s.io", "volumeattachments", "{\"metadata\":{\"name\":\"va\"},\"spec\":{\"nodeName\":\"n1\"}}");
    put(f, "resource.k8s.io", "resourceslices", "{\"metadata\":{\"name\":\"sl\"},\"spec\":{\"nodeName\":\"n1\"}}");
}

static void done(struct fixture *f)
{
    auth_free(f->x);
    arena_free(f->a);
}

/* "verb group:resource[/sub] [name] [in namespace] [on node]" */
static bool may(struct fixture *f, const char *node, const char *what, char *reason)
{
    struct str group = STR("system:nodes"), rest = str_of(what), piece;
    struct auth_user u = {.name = str_of(node), .groups = &group, .n_groups = 1};
    struct auth_ask ask = {.user = &u, .version = STR("v1")};
    assert_true(str_next(&rest, ' ', &ask.verb));
    assert_true(str_next(&rest, ' ', &piece));
    assert_true(str_cut(piece, ':', &ask.group, &ask.resource));
    str_cut(ask.resource, '/', &ask.resource, &ask.subresource);
    while (rest.p && str_next(&rest, ' ', &piece)) {
        if (str_is(piece, "in"))
            assert_true(str_next(&rest, ' ', &ask.namespace));
        else if (str_is(piece, "on"))
            assert_true(str_next(&rest, ' ', &ask.node_selector));
        else
            ask.name = piece;
    }
    return auth_authorize(f->x, &ask, reason) == AUTH_ALLOW;
}

static const struct {
    const char *what;
    bool n1, n2;
} table[] = {
    {"get :secrets vol in ns", true, false},
    {"watch :secrets vol in ns", true, false},
    {"list :secrets in ns", false, false},
    {"get :secrets pull in ns", true, false},
    {"get :secrets proj in ns", true, false},
    {"get :secrets env in ns", true, false},
    {"get :secrets init in ns", true, false},
    {"get :secrets vol in other", false, false},
    {"get :secrets later in ns", false, false},
    {"get :secrets stolen in ns", false, false},
    {"get :secrets stage in csi", true, false},
    {"update :secrets vol in ns", false, false},
    {"get :configmaps conf in ns", true, false},
    {"get :configmaps root-ca in ns", true, false},
    {"get :configmaps envs in ns", true, false},
    {"get :configmaps vol in ns", false, false},
    {"get :persistentvolumeclaims claim in ns", true, false},
    {"get :persistentvolumeclaims web-scratch in ns", true, false},
    {"update :persistentvolumeclaims/status claim in ns", true, false},
    {"update :persistentvolumeclaims claim in ns", false, false},
    {"get :persistentvolumes pv1", true, false},
    {"get :persistentvolumes pv2", false, false},
    {"create :serviceaccounts/token robot in ns", true, false},
    {"create :serviceaccounts/token default in ns", false, false},
    {"create :serviceaccounts in ns", false, false},
    {"get resource.k8s.io:resourceclaims web-gpu in ns", true, false},
    {"get resource.k8s.io:resourceslices sl", true, false},
    {"list resource.k8s.io:resourceslices", false, false},
    {"list resource.k8s.io:resourceslices on n1", true, false},
    {"get storage.k8s.io:volumeattachments va", true, false},
    {"get storage.k8s.io:csinodes n1", true, false},
    {"get coordination.k8s.io:leases n1 in kube-node-lease", true, false},
    {"create coordination.k8s.io:leases in kube-node-lease", true, true},
    {"get coordination.k8s.io:leases n1 in kube-system", false, false},
    {"get :nodes n1", true, false},
    {"list :nodes", false, false},
    {"watch :nodes n1", true, false},
    {"update :nodes/status n1", true, true}, /* NodeRestriction keeps it to its own */
    {"delete :nodes n1", false, false},
    {"get :pods web in ns", true, false},
    {"list :pods", false, false},
    {"list :pods on n1", true, false},
    {"update :pods/status web in ns", true, true},
    {"create :pods/exec web in ns", false, false},
    {"list :services", true, true},
    {"create authorization.k8s.io:subjectaccessreviews", true, true},
    {"list apps:deployments in ns", false, false},
};

static void relations(void **state)
{
    (void)state;
    struct fixture f;
    char reason[AUTH_REASON_MAX];
    setup(&f);
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        if (may(&f, "system:node:n1", table[i].what, NULL) != table[i].n1)
            fail_msg("n1: %s should be %s", table[i].what, table[i].n1 ? "allowed" : "refused");
        if (may(&f, "system:node:n2", table[i].what, NULL) != table[i].n2)
            fail_msg("n2: %s should be %s", table[i].what, table[i].n2 ? "allowed" : "refused");
    }
    assert_false(may(&f, "system:node:", "get :nodes n1", NULL));
    assert_false(may(&f, "n1", "get :nodes n1", NULL));
    may(&f, "system:node:n2", "get :secrets vol in ns", reason);
    assert_string_equal(reason, "no relationship found between node 'n2' and this object");
    may(&f, "system:node:n2", "list :nodes", reason);
    assert_string_equal(reason, "node 'n2' cannot read all nodes, only its own Node object");
    done(&f);
}

static void changes(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    /* a second pod with the same secret: it stays until both are gone */
    put(&f, "", "pods",
        "{\"metadata\":{\"name\":\"two\",\"namespace\":\"ns\"},\"spec\":{\"nodeName\":\"n1\",\"volumes\":[{\"secret\":"
        "{\"secretName\":\"vol\"}}]}}");
    put(&f, "", "pods", pod); /* the same again */
    auth_delete(f.x, STR(""), STR("pods"), STR("ns"), STR("web"));
    assert_true(may(&f, "system:node:n1", "get :secrets vol in ns", NULL));
    assert_false(may(&f, "system:node:n1", "get :secrets pull in ns", NULL));
    assert_false(may(&f, "system:node:n1", "get :persistentvolumes pv1", NULL));
    assert_false(may(&f, "system:node:n1", "get :secrets stage in csi", NULL));
    auth_delete(f.x, STR(""), STR("pods"), STR("ns"), STR("two"));
    assert_false(may(&f, "system:node:n1", "get :secrets vol in ns", NULL));
    /* bound elsewhere under the same name */
    put(&f, "", "pods",
        "{\"metadata\":{\"name\":\"web\",\"namespace\":\"ns\"},\"spec\":{\"nodeName\":\"n2\",\"volumes\":[{\"secret\":"
        "{\"secretName\":\"vol\"}}]}}");
    assert_true(may(&f, "system:node:n2", "get :secrets vol in ns", NULL));
    assert_false(may(&f, "system:node:n1", "get :secrets vol in ns", NULL));
    auth_delete(f.x, STR("storage.k8s.io"), STR("volumeattachments"), STR(""), STR("va"));
    assert_false(may(&f, "system:node:n1", "get storage.k8s.io:volumeattachments va", NULL));
    auth_delete(f.x, STR(""), STR("persistentvolumes"), STR(""), STR("pv1"));
    auth_delete(f.x, STR(""), STR("persistentvolumes"), STR(""), STR("pv1"));
    done(&f);
}

static int all_body(void *ctx)
{
    (void)ctx;
    struct auth_options o = {0};
    struct auth *x = NULL;
    struct value v;
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = auth_new(&x, &o, NULL);
    if (r == 0)
        r = json_parse(a, str_of(pod), &v, NULL);
    for (int i = 0; r == 0 && i < 2; i++)
        r = auth_put(x, STR(""), STR("pods"), &v);
    if (r == 0)
        r = json_parse(a,
                       STR("{\"metadata\":{\"name\":\"pv1\"},\"spec\":{\"csi\":{\"nodeStageSecretRef\":{\"namespace\":"
                           "\"csi\",\"name\":"
                           "\"stage\"},\"nodePublishSecretRef\":{\"namespace\":\"csi\",\"name\":\"publish\"}}}}"),
                       &v, NULL);
    for (int i = 0; r == 0 && i < 2; i++)
        r = auth_put(x, STR(""), STR("persistentvolumes"), &v);
    if (r == 0) {
        auth_delete(x, STR(""), STR("pods"), STR("ns"), STR("web"));
        auth_delete(x, STR(""), STR("persistentvolumes"), STR(""), STR("pv1"));
    }
    auth_free(x);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    unit_fail_allocations(all_body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations),
        cmocka_unit_test(changes),
        cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
