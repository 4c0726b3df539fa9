#include "tests/unit.h"

#include "auth/auth.h"
#include "json/json.h"

static const struct str RBAC = STR_INIT("rbac.authorization.k8s.io");

struct fixture {
    struct arena *a;
    struct auth *x;
};

static void setup(struct fixture *f)
{
    struct auth_options o = {0};
    assert_done(arena_new(&f->a, 64 << 20));
    assert_done(auth_new(&f->x, &o, NULL));
}

static void done(struct fixture *f)
{
    auth_free(f->x);
    arena_free(f->a);
}

static struct value json(struct fixture *f, const char *text)
{
    struct value v;
    struct err err = {{0}};
    if (json_parse(f->a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static void put(struct fixture *f, const char *resource, const char *text)
{
    struct value v = json(f, text);
    assert_done(auth_put(f->x, RBAC, str_of(resource), &v));
}

static void load_bootstrap(struct fixture *f)
{
    struct value list;
    assert_done(auth_bootstrap_objects(f->a, &list));
    VALUE_EACH_ITEM (item, &list)
        assert_done(auth_put(f->x, value_text_at(item, "group"), value_text_at(item, "resource"), value_at(item, "object")));
}

struct who {
    struct str groups[8];
    struct auth_user u;
};

/* "name group group …" */
static struct auth_user *user(struct who *w, const char *text)
{
    struct str rest = str_of(text), piece;
    *w = (struct who){0};
    assert_true(str_next(&rest, ' ', &w->u.name));
    w->u.groups = w->groups;
    while (rest.p && str_next(&rest, ' ', &piece))
        w->groups[w->u.n_groups++] = piece;
    return &w->u;
}

/* "verb group/resource[/sub] [name] [in namespace]" or "verb /path" */
static bool may(struct fixture *f, const char *who, const char *what, char *reason)
{
    struct who w;
    struct auth_ask ask = {.user = user(&w, who), .version = STR("v1")};
    struct str rest = str_of(what), piece;
    assert_true(str_next(&rest, ' ', &ask.verb));
    assert_true(str_next(&rest, ' ', &piece));
    if (piece.p[0] == '/') {
        ask.path = piece;
    } else {
        assert_true(str_cut(piece, ':', &ask.group, &ask.resource));
        str_cut(ask.resource, '/', &ask.resource, &ask.subresource);
    }
    while (rest.p && str_next(&rest, ' ', &piece)) {
        if (str_is(piece, "in"))
            assert_true(str_next(&rest, ' ', &ask.namespace));
        else
            ask.name = piece;
    }
    return auth_authorize(f->x, &ask, reason) == AUTH_ALLOW;
}

static void defaults(void **state)
{
    (void)state;
    struct fixture f;
    static const struct {
        const char *who, *what;
        bool allowed;
    } table[] = {
        {"admin system:masters", "delete :nodes n1", true},
        {"admin system:masters", "get /anything", true},
        {"u system:authenticated", "get /healthz", true},
        {"u system:authenticated", "get /api/v1", true},
        {"u system:authenticated", "get /metrics", false},
        {"u system:authenticated", "list :pods in default", false},
        {"u system:authenticated", "create authorization.k8s.io:selfsubjectaccessreviews", true},
        {"u system:authenticated", "create authentication.k8s.io:selfsubjectreviews", true},
        {"system:anonymous system:unauthenticated", "get /healthz", true},
        {"system:anonymous system:unauthenticated", "get /version", true},
        {"system:anonymous system:unauthenticated", "get /api", false},
        {"m system:monitoring", "get /metrics", true},
        {"system:kube-scheduler", "create :pods/binding p in default", true},
        {"system:kube-scheduler", "create resource.k8s.io:resourceclaims c in default", true},
        {"system:kube-scheduler", "update coordination.k8s.io:leases kube-scheduler in kube-system", true},
        {"system:kube-scheduler", "update coordination.k8s.io:leases other in kube-system", false},
        {"system:kube-scheduler", "get :secrets s in default", false},
        {"system:kube-controller-manager", "list example.com:widgets", true},
        {"system:kube-controller-manager", "get :configmaps x in kube-system", true},
        {"system:serviceaccount:kube-system:deployment-controller", "create apps:replicasets in default", true},
        {"system:serviceaccount:kube-system:deployment-controller", "delete :nodes n1", false},
        {"system:serviceaccount:kube-system:generic-garbage-collector", "delete example.com:widgets w in x", true},
        {"system:serviceaccount:kube-system:horizontal-pod-autoscaler", "update example.com:widgets/scale w in x", true},
        {"system:serviceaccount:kube-system:horizontal-pod-autoscaler", "update example.com:widgets w in x", false},
        {"x system:serviceaccounts", "get /openid/v1/jwks", true},
        {"x system:bootstrappers", "create certificates.k8s.io:certificatesigningrequests", true},
        {"system:serviceaccount:kube-system:bootstrap-signer", "get :secrets s in kube-system", true},
        {"system:serviceaccount:kube-system:bootstrap-signer", "get :secrets s in default", false},
        {"system:serviceaccount:kube-system:bootstrap-signer", "update :configmaps cluster-info in kube-public", true},
        {"system:node:n1", "get :secrets s in default", false}, /* no group: no node, and nobody is bound to system:node */
    };
    setup(&f);
    load_bootstrap(&f);
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (may(&f, table[i].who, table[i].what, NULL) != table[i].allowed)
            fail_msg("%s: %s should be %s", table[i].who, table[i].what, table[i].allowed ? "allowed" : "refused");
    done(&f);
}

static void aggregation(void **state)
{
    (void)state;
    struct fixture f;
    char reason[AUTH_REASON_MAX];
    struct value rules;
    setup(&f);
    load_bootstrap(&f);
    put(&f, "rolebindings",
        "{\"metadata\":{\"name\":\"b\",\"namespace\":\"dev\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"admin\"}"
        ","
        "\"subjects\":[{\"kind\":\"Group\",\"name\":\"devs\"},{\"kind\":\"ServiceAccount\",\"name\":\"robot\"}]}");
    assert_true(may(&f, "u devs", "list :pods in dev", reason));
    assert_string_equal(reason, "RBAC: allowed by RoleBinding \"b/dev\" of ClusterRole \"admin\" to Group \"devs\"");
    assert_true(may(&f, "system:serviceaccount:dev:robot", "create apps:deployments in dev", reason));
    assert_string_equal(reason, "RBAC: allowed by RoleBinding \"b/dev\" of ClusterRole \"admin\" to ServiceAccount \"robot/dev\"");
    assert_false(may(&f, "u devs", "list :pods in prod", reason));
    assert_string_equal(reason, "");
    assert_false(may(&f, "u devs", "list example.com:widgets in dev", NULL));
    put(&f, "clusterroles",
        "{\"metadata\":{\"name\":\"widgets-view\",\"labels\":{\"rbac.authorization.k8s.io/"
        "aggregate-to-view\":\"true\"}},"
        "\"rules\":[{\"verbs\":[\"list\"],\"apiGroups\":[\"example.com\"],\"resources\":[\"widgets\"]}]}");
    assert_true(may(&f, "u devs", "list example.com:widgets in dev", NULL)); /* view → edit → admin */
    assert_done(auth_rbac_aggregate(f.x, f.a, STR("view"), &rules));
    assert_int_equal(value_count(&rules), 13);
    assert_int_equal(auth_rbac_aggregate(f.x, f.a, STR("cluster-admin"), &rules), AUTH_ABSENT);
    /* no longer labelled */
    put(&f, "clusterroles",
        "{\"metadata\":{\"name\":\"widgets-view\"},\"rules\":[{\"verbs\":[\"list\"],"
        "\"apiGroups\":[\"example.com\"],\"resources\":[\"widgets\"]}]}");
    assert_false(may(&f, "u devs", "list example.com:widgets in dev", NULL));
    auth_delete(f.x, RBAC, STR("clusterroles"), STR(""), STR("view"));
    assert_true(may(&f, "u devs", "create :pods in dev", NULL));
    assert_false(may(&f, "u devs", "list :pods in dev", NULL));
    auth_delete(f.x, RBAC, STR("rolebindings"), STR("dev"), STR("b"));
    assert_false(may(&f, "u devs", "create :pods in dev", NULL));
    done(&f);
}

static void truth(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    put(&f, "roles",
        "{\"metadata\":{\"name\":\"r\",\"namespace\":\"n\"},\"rules\":["
        "{\"verbs\":[\"get\",\"frob\"],\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\","
        "\"b\"]},"
        "{\"verbs\":[\"update\"],\"apiGroups\":[\"apps\"],\"resources\":[\"*/scale\",\"deployments/status\"]},"
        "{\"verbs\":[\"*\"],\"apiGroups\":[\"x.io\"],\"resources\":[\"*\"]}]}");
    put(&f, "rolebindings",
        "{\"metadata\":{\"name\":\"b\",\"namespace\":\"n\"},\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"}]}");
    put(&f, "clusterroles", "{\"metadata\":{\"name\":\"c\"},\"rules\":[{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/a/*\",\"/b\"]}]}");
    put(&f, "clusterrolebindings",
        "{\"metadata\":{\"name\":\"cb\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"c\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"}]}");
    assert_true(may(&f, "u", "get :configmaps a in n", NULL));
    assert_true(may(&f, "u", "frob :configmaps b in n", NULL));
    assert_false(may(&f, "u", "get :configmaps c in n", NULL));
    assert_false(may(&f, "u", "get :configmaps in n", NULL));
    assert_false(may(&f, "u", "list :configmaps in n", NULL));
    assert_false(may(&f, "u", "get apps:configmaps a in n", NULL));
    assert_false(may(&f, "u", "get :configmaps/status a in n", NULL));
    assert_false(may(&f, "v", "get :configmaps a in n", NULL));
    assert_false(may(&f, "v u", "get :configmaps a in n", NULL)); /* a group named like the user */
    assert_true(may(&f, "u", "update apps:anything/scale a in n", NULL));
    assert_true(may(&f, "u", "update apps:deployments/status a in n", NULL));
    assert_false(may(&f, "u", "update apps:deployments a in n", NULL));
    assert_true(may(&f, "u", "deletecollection x.io:foo/bar a in n", NULL));
    assert_true(may(&f, "u", "get /a/b/c", NULL));
    assert_true(may(&f, "u", "get /b", NULL));
    assert_false(may(&f, "u", "get /b/c", NULL));
    assert_false(may(&f, "u", "post /b", NULL));
    /* the binding outlives its role and finds the next one of that name */
    auth_delete(f.x, RBAC, STR("roles"), STR("n"), STR("r"));
    assert_false(may(&f, "u", "get :configmaps a in n", NULL));
    put(&f, "roles",
        "{\"metadata\":{\"name\":\"r\",\"namespace\":\"n\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],"
        "\"resources\":[\"configmaps\"]}]}");
    assert_true(may(&f, "u", "get :configmaps z in n", NULL));
    /* another subject takes its place */
    put(&f, "rolebindings",
        "{\"metadata\":{\"name\":\"b\",\"namespace\":\"n\"},\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"v\"}]}");
    assert_false(may(&f, "u", "get :configmaps z in n", NULL));
    assert_true(may(&f, "v", "get :configmaps z in n", NULL));
    done(&f);
}

static void forbidden_message(void **state)
{
    (void)state;
    struct fixture f;
    struct who w;
    setup(&f);
    struct auth_ask ask = {.user = user(&w, "bob"), .verb = STR("list"), .resource = STR("pods"), .namespace = STR("d")};
    assert_str(auth_forbidden_message(f.a, &ask, ""),
               "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \"\" in the namespace \"d\"");
    ask = (struct auth_ask){
        .user = &w.u, .verb = STR("update"), .group = STR("apps"), .resource = STR("deployments"), .subresource = STR("scale"), .name = STR("x")};
    assert_str(auth_forbidden_message(f.a, &ask, "why"),
               "deployments.apps \"x\" is forbidden: User \"bob\" cannot update resource \"deployments/scale\" in API group "
               "\"apps\" at the cluster scope: why");
    ask = (struct auth_ask){.user = &w.u, .verb = STR("get"), .path = STR("/metrics")};
    assert_str(auth_forbidden_message(f.a, &ask, NULL), "forbidden: User \"bob\" cannot get path \"/metrics\"");
    done(&f);
}

#define ROLE(name, rules)              "{\"metadata\":{\"name\":\"" name "\",\"namespace\":\"n\"},\"rules\":[" rules "]}"
#define RULE(verbs, groups, resources) "{\"verbs\":[" verbs "],\"apiGroups\":[" groups "],\"resources\":[" resources "]}"

static void escalation(void **state)
{
    (void)state;
    struct fixture f;
    struct who w;
    struct str why;
    setup(&f);
    load_bootstrap(&f);
    put(&f, "rolebindings",
        "{\"metadata\":{\"name\":\"b\",\"namespace\":\"n\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"admin\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"boss\"}]}");
    struct value good = json(&f, ROLE("g", RULE("\"get\",\"list\"", "\"\"", "\"pods\",\"pods/log\"")));
    struct value bad = json(&f, ROLE("g", RULE("\"get\",\"create\"", "\"\",\"apps\"", "\"pods\",\"nodes\"")));
    struct value star = json(&f, ROLE("g", RULE("\"*\"", "\"*\"", "\"*\"")));
    assert_done(auth_rbac_may_write(f.x, f.a, user(&w, "boss g1"), STR("roles"), &good, NULL, NULL, &why));
    assert_int_equal(auth_rbac_may_write(f.x, f.a, &w.u, STR("roles"), &bad, NULL, NULL, &why), AUTH_FORBIDDEN);
    assert_str(why, "roles.rbac.authorization.k8s.io \"g\" is forbidden: user \"boss\" (groups=[\"g1\"]) is attempting "
                    "to grant RBAC "
                    "permissions not currently held:\n"
                    "{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\" \"create\"]}\n"
                    "{APIGroups:[\"apps\"], Resources:[\"nodes\"], Verbs:[\"get\" \"create\"]}\n"
                    "{APIGroups:[\"apps\"], Resources:[\"pods\"], Verbs:[\"get\" \"create\"]}");
    assert_int_equal(auth_rbac_may_write(f.x, f.a, &w.u, STR("roles"), &star, NULL, NULL, &why), AUTH_FORBIDDEN);
    assert_done(auth_rbac_may_write(f.x, f.a, &w.u, STR("roles"), &star, &star, NULL, &why)); /* nothing changed */
    assert_done(auth_rbac_may_write(f.x, f.a, user(&w, "x system:masters"), STR("roles"), &star, NULL, NULL, &why));

    struct value bind = json(&f, "{\"metadata\":{\"name\":\"nb\",\"namespace\":\"n\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
                                 "\"subjects\":[{\"kind\":\"User\",\"name\":\"y\"}]}");
    struct value over = json(&f, "{\"metadata\":{\"name\":\"nb\",\"namespace\":\"n\"},\"roleRef\":{\"kind\":\"ClusterRole\","
                                 "\"name\":\"cluster-admin\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"y\"}]}");
    struct value wide = json(&f, "{\"metadata\":{\"name\":\"nb\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},"
                                 "\"subjects\":[{\"kind\":\"User\",\"name\":\"y\"}]}");
    user(&w, "boss");
    assert_done(auth_rbac_may_write(f.x, f.a, &w.u, STR("rolebindings"), &bind, NULL, NULL, &why));
    assert_int_equal(auth_rbac_may_write(f.x, f.a, &w.u, STR("rolebindings"), &over, NULL, NULL, &why), AUTH_FORBIDDEN);
    assert_int_equal(auth_rbac_may_write(f.x, f.a, &w.u, STR("clusterrolebindings"), &wide, NULL, NULL, &why), AUTH_FORBIDDEN);
    /* the verb bind opens one role, the verb escalate every role */
    put(&f, "clusterroles",
        "{\"metadata\":{\"name\":\"binder\"},\"rules\":[{\"verbs\":[\"bind\"],\"apiGroups\":[\"rbac.authorization.k8s."
        "io\"],"
        "\"resources\":[\"clusterroles\"],\"resourceNames\":[\"cluster-admin\"]},{\"verbs\":[\"escalate\"],"
        "\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"roles\"]}]}");
    put(&f, "clusterrolebindings",
        "{\"metadata\":{\"name\":\"binder\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"binder\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"boss\"}]}");
    assert_done(auth_rbac_may_write(f.x, f.a, &w.u, STR("rolebindings"), &over, NULL, NULL, &why));
    assert_done(auth_rbac_may_write(f.x, f.a, &w.u, STR("roles"), &star, NULL, NULL, &why));
    struct value agg = json(&f, "{\"metadata\":{\"name\":\"agg\"},\"aggregationRule\":{\"clusterRoleSelectors\":[]},\"rules\":[]}");
    assert_int_equal(auth_rbac_may_write(f.x, f.a, &w.u, STR("clusterroles"), &agg, NULL, NULL, &why), AUTH_FORBIDDEN);
    assert_str(why, "clusterroles.rbac.authorization.k8s.io \"agg\" is forbidden: must have cluster-admin privileges to use the "
                    "aggregationRule");
    done(&f);
}

static void reviews(void **state)
{
    (void)state;
    struct fixture f;
    struct who w;
    struct faults faults;
    setup(&f);
    load_bootstrap(&f);
    faults_init(&faults, f.a);
    struct value self = json(&f, "{\"kind\":\"SelfSubjectAccessReview\",\"spec\":{\"resourceAttributes\":{\"verb\":\"get\","
                                 "\"resource\":\"pods\",\"namespace\":\"d\"}}}");
    assert_done(auth_access_review(f.x, f.a, user(&w, "bob system:authenticated"), &self, NULL, &faults, NULL));
    assert_false(value_bool_at(&self, "status.allowed", true));
    struct value other = json(&f, "{\"kind\":\"SubjectAccessReview\",\"spec\":{\"user\":\"x\",\"groups\":[\"system:masters\"],"
                                  "\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/x\"}}}");
    assert_done(auth_access_review(f.x, f.a, &w.u, &other, NULL, &faults, NULL));
    assert_true(value_bool_at(&other, "status.allowed", false));
    struct value none = json(&f, "{\"kind\":\"SubjectAccessReview\",\"spec\":{}}");
    assert_int_equal(auth_access_review(f.x, f.a, &w.u, &none, NULL, &faults, NULL), AUTH_INVALID);
    assert_int_equal(faults.n, 2);
    struct value rules = json(&f, "{\"spec\":{\"namespace\":\"default\"}}");
    assert_done(auth_rules_review(f.x, f.a, &w.u, &rules, NULL));
    assert_int_equal(value_count(value_at(&rules, "status.resourceRules")), 2);
    assert_int_equal(value_count(value_at(&rules, "status.nonResourceRules")), 2);
    assert_false(value_bool_at(&rules, "status.incomplete", true));
    done(&f);
}

static void impersonation(void **state)
{
    (void)state;
    struct fixture f;
    struct who w;
    struct auth_user out;
    struct err err = {{0}};
    setup(&f);
    load_bootstrap(&f);
    put(&f, "clusterroles",
        "{\"metadata\":{\"name\":\"imp\"},\"rules\":[{\"verbs\":[\"impersonate\"],\"apiGroups\":[\"\"],"
        "\"resources\":[\"users\",\"serviceaccounts\"]},{\"verbs\":[\"impersonate\"],\"apiGroups\":[\"\"],"
        "\"resources\":[\"groups\"],\"resourceNames\":[\"devs\"]}]}");
    put(&f, "clusterrolebindings",
        "{\"metadata\":{\"name\":\"imp\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"imp\"},"
        "\"subjects\":[{\"kind\":\"User\",\"name\":\"proxy\"}]}");
    user(&w, "proxy system:authenticated");
    struct auth_header h[] = {{STR("impersonate-user"), STR("alice")},
                              {STR("impersonate-group"), STR("devs")},
                              {STR("impersonate-group"), STR("system:masters")},
                              {STR("impersonate-extra-a%2fb"), STR("c")}};
    assert_int_equal(auth_impersonate(f.x, f.a, &w.u, h, 0, NULL, &out, &err), AUTH_ABSENT);
    assert_done(auth_impersonate(f.x, f.a, &w.u, h, 2, NULL, &out, &err));
    assert_str(out.name, "alice");
    assert_int_equal(out.n_groups, 2);
    assert_true(auth_user_in(&out, STR("system:authenticated")));
    assert_int_equal(auth_impersonate(f.x, f.a, &w.u, h, 3, NULL, &out, &err), AUTH_FORBIDDEN);
    assert_string_equal(err.text, "groups \"system:masters\" is forbidden: User \"proxy\" cannot impersonate resource \"groups\" in "
                                  "API group \"\" at the cluster scope");
    assert_int_equal(auth_impersonate(f.x, f.a, &w.u, h + 1, 1, NULL, &out, &err), -EINVAL);
    struct auth_header sa = {STR("impersonate-user"), STR("system:serviceaccount:n:robot")};
    assert_done(auth_impersonate(f.x, f.a, &w.u, &sa, 1, NULL, &out, &err));
    assert_true(auth_user_in(&out, STR("system:serviceaccounts:n")));
    struct auth_header extra[] = {h[0], h[3]};
    assert_int_equal(auth_impersonate(f.x, f.a, &w.u, extra, 2, NULL, &out, &err), AUTH_FORBIDDEN);
    assert_non_null(strstr(err.text, "userextras/a/b"));
    user(&w, "root system:masters");
    assert_done(auth_impersonate(f.x, f.a, &w.u, extra, 2, NULL, &out, &err));
    assert_str(out.extra[0].key, "a/b");
    done(&f);
}

static void reconciliation(void **state)
{
    (void)state;
    struct fixture f;
    struct value list, out;
    setup(&f);
    assert_done(auth_bootstrap_objects(f.a, &list));
    size_t roles = 0;
    VALUE_EACH_ITEM (item, &list) {
        struct value *o = value_at(item, "object");
        if (!str_eq(value_text_at(item, "group"), RBAC))
            continue;
        roles++;
        assert_done(auth_bootstrap_reconcile(f.a, o, o, &out)); /* what is right stays */
    }
    assert_true(roles > 130);
    /* what is written down at first is what aggregation of the live roles comes to */
    load_bootstrap(&f);
    VALUE_EACH_ITEM (item, &list) {
        struct value rules, *o = value_at(item, "object");
        if (!value_get(o, STR("aggregationRule")))
            continue;
        assert_done(auth_rbac_aggregate(f.x, f.a, value_text_at(o, "metadata.name"), &rules));
        assert_true(value_equal(&rules, value_at(o, "rules")));
    }
    struct value wanted = json(&f, ROLE("g", RULE("\"get\",\"list\"", "\"\"", "\"pods\"")));
    struct value wider = json(&f, ROLE("g", RULE("\"*\"", "\"\"", "\"pods\"")));
    struct value narrow = json(&f, ROLE("g", RULE("\"get\"", "\"\"", "\"pods\"")));
    assert_done(auth_bootstrap_reconcile(f.a, &wanted, &wider, &out));
    assert_int_equal(auth_bootstrap_reconcile(f.a, &wanted, &narrow, &out), AUTH_CHANGED);
    assert_int_equal(value_count(value_at(&out, "rules")), 2);
    assert_true(value_set(f.a, value_at(&narrow, "metadata"), STR("annotations"),
                          json(&f, "{\"rbac.authorization.kubernetes.io/autoupdate\":\"false\"}")) != NULL);
    assert_done(auth_bootstrap_reconcile(f.a, &wanted, &narrow, &out));
    struct value b1 = json(&f, "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"a\"},"
                               "\"subjects\":[{\"kind\":\"User\",\"name\":\"y\"}]}");
    struct value b2 = json(&f, "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"z\"}}");
    struct value b3 = json(&f, "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"a\"}}");
    assert_int_equal(auth_bootstrap_reconcile(f.a, &b1, &b2, &out), AUTH_RECREATE);
    assert_int_equal(auth_bootstrap_reconcile(f.a, &b1, &b3, &out), AUTH_CHANGED);
    assert_int_equal(value_count(value_at(&out, "subjects")), 1);
    done(&f);
}

static int all_body(void *ctx)
{
    (void)ctx;
    struct auth_options o = {0};
    struct auth *x = NULL;
    struct value list, bind;
    struct who w;
    struct str why = STR_NONE;
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, 64 << 20);
    if (r == 0)
        r = auth_new(&x, &o, NULL);
    if (r == 0)
        r = auth_bootstrap_objects(a, &list);
    for (size_t i = 0; r == 0 && i < value_count(&list); i++) {
        struct value *item = value_item(&list, i);
        const struct str name = value_text_at(item, "object.metadata.name");
        /* A few of each: the whole list would be millions of runs. */
        if (str_is(name, "view") || str_is(name, "edit") || str_is(name, "system:basic-user") || str_is(name, "system:kube-dns"))
            r = auth_put(x, value_text_at(item, "group"), value_text_at(item, "resource"), value_at(item, "object"));
    }
    user(&w, "nobody system:authenticated");
    if (r == 0)
        r = json_parse(a, STR("{\"metadata\":{\"name\":\"nb\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"system:kube-dns\"}}"), &bind, NULL);
    if (r == 0)
        r = auth_rbac_may_write(x, a, &w.u, STR("clusterrolebindings"), &bind, NULL, NULL, &why);
    auth_free(x);
    return r > 0 ? 0 : r;
}

static void allocations(void **state)
{
    (void)state;
    unit_fail_allocations(all_body, NULL);
}

/* Printed, not gated: a shared machine says little, but a lost factor of ten shows. */
static void speed(void **state)
{
    (void)state;
    struct fixture f;
    struct who w;
    struct timespec t0, t1;
    setup(&f);
    load_bootstrap(&f);
    struct auth_ask ask = {.user = user(&w, "system:serviceaccount:kube-system:deployment-controller system:serviceaccounts "
                                            "system:serviceaccounts:kube-system system:authenticated"),
                           .verb = STR("update"),
                           .group = STR("apps"),
                           .resource = STR("deployments"),
                           .subresource = STR("status"),
                           .namespace = STR("default"),
                           .name = STR("web")};
    clock_gettime(CLOCK_MONOTONIC, &t0);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(auth_authorize(f.x, &ask, NULL), AUTH_ALLOW);
    clock_gettime(CLOCK_MONOTONIC, &t1);
    print_message("one check: %.0f ns\n", ((double)(t1.tv_sec - t0.tv_sec) * 1e9 + (double)(t1.tv_nsec - t0.tv_nsec)) / 20000);
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),    cmocka_unit_test(aggregation), cmocka_unit_test(truth),         cmocka_unit_test(forbidden_message),
        cmocka_unit_test(escalation),  cmocka_unit_test(reviews),     cmocka_unit_test(impersonation), cmocka_unit_test(reconciliation),
        cmocka_unit_test(allocations), cmocka_unit_test(speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
