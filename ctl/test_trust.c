#include "ctl/test_ground.h"
#include "tls/tls.h"

/* Certificate requests and bootstrap tokens. The authority signs for real. */
struct trust {
    struct fake *f;
    struct ctl *k;
    struct tls_pair ca;
    char *key;
    const char *allowed;    /* the subresource a requester may create, NULL: none */
    unsigned asked, unsure; /* the first so many questions have no answer yet */
};

static int may(void *ctx, const struct reconcile_ask *ask)
{
    struct trust *t = ctx;
    t->asked++;
    if (t->unsure) {
        t->unsure--;
        return -EAGAIN;
    }
    return t->allowed && str_is(ask->subresource, t->allowed) && str_is(ask->resource, "certificatesigningrequests") && str_is(ask->verb, "create");
}

static int sign(void *ctx, const struct reconcile_signing *what, char **cert, struct err *err)
{
    struct trust *t = ctx;
    return tls_csr_sign(cert, &t->ca, what->request_pem, what->usage, loop_wall(t->f->loop), what->seconds, err);
}

static int trust_setup(void **state)
{
    struct trust *t = calloc(1, sizeof(*t));
    struct err err = {""};
    struct ctl_options o = {.log = log_line, .reconcile = {.may = may, .sign = sign, .trust_ctx = t, .server_address = "10.0.0.1"}};
    t->f = fake_new();
    assert_done(tls_ca_make(&t->ca, "ca", loop_wall(t->f->loop), 3650, NULL));
    assert_done(tls_key_make(&t->key, NULL));
    if (ctl_new(&t->k, t->f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    fake_run(t->f, 1000);
    *state = t;
    return 0;
}

static int trust_teardown(void **state)
{
    struct trust *t = *state;
    ctl_free(t->k);
    fake_end(t->f);
    tls_pair_done(&t->ca);
    mem_free(t->key);
    free(t);
    return 0;
}

#define GROUP    "certificates.k8s.io"
#define REQUESTS "certificatesigningrequests"

static void request(struct trust *t, const char *name, const char *signer, const char *user, const char *common_name, const char *organization,
                    const struct tls_names *names, const char *usages)
{
    SCOPED_BUF b = BUF_INIT(0);
    char *csr = NULL, json[8192];
    assert_done(tls_csr_make(&csr, str_of(t->key), common_name, (const char *const[]){organization, NULL}, names, NULL));
    buf_base64(&b, str_of(csr));
    snprintf(json, sizeof(json), "{'metadata':{'name':'%s'},'spec':{'signerName':'%s','username':'%s','request':'%s','usages':%s}}", name, signer,
             user, buf_cstr(&b), usages);
    fake_put(t->f, GROUP, REQUESTS, json);
    mem_free(csr);
    fake_run(t->f, 1000);
}

static bool says(struct trust *t, const char *name, const char *type)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    VALUE_EACH_ITEM (c, value_at(fake_get(t->f, a, GROUP, REQUESTS, "", name), "status.conditions"))
        if (str_is(value_text_at(c, "type"), type))
            return str_is(value_text_at(c, "status"), "True");
    return false;
}

static bool certificate(struct trust *t, const char *name, int usage, struct tls_subject *s, struct arena *a)
{
    SCOPED_BUF pem = BUF_INIT(0);
    struct str text = value_text_at(fake_get(t->f, a, GROUP, REQUESTS, "", name), "status.certificate"), kept;
    if (!text.n)
        return false;
    assert_done(buf_unbase64(&pem, text));
    assert_done(arena_str(a, buf_view(&pem), &kept));
    assert_done(tls_cert_read(a, kept, s, NULL));
    return tls_cert_check(kept, t->ca.cert_pem, usage, loop_wall(t->f->loop), NULL) == 0;
}

#define NODE_CLIENT   "kubernetes.io/kube-apiserver-client-kubelet"
#define NODE_SERVER   "kubernetes.io/kubelet-serving"
#define CLIENT_USAGES "['digital signature','client auth']"
#define SERVER_USAGES "['digital signature','server auth']"

static void node_client(void **state)
{
    struct trust *t = *state;
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    t->allowed = "nodeclient";
    request(t, "r", NODE_CLIENT, "system:bootstrap:abcdef", "system:node:n2", "system:nodes", NULL, CLIENT_USAGES);
    assert_true(says(t, "r", "Approved"));
    assert_true(certificate(t, "r", TLS_USAGE_CLIENT, &s, a));
    assert_str(s.common_name, "system:node:n2");
    assert_true(s.not_after - s.not_before > 364 * 86400);
    /* rotation: for itself only, and only who may */
    t->allowed = "selfnodeclient";
    request(t, "self", NODE_CLIENT, "system:node:n2", "system:node:n2", "system:nodes", NULL, CLIENT_USAGES);
    assert_true(says(t, "self", "Approved"));
    t->unsure = 5; /* somebody outside is asked: it comes again */
    request(t, "later", NODE_CLIENT, "system:node:n2", "system:node:n2", "system:nodes", NULL, CLIENT_USAGES);
    fake_run(t->f, 3000);
    assert_true(says(t, "later", "Approved"));
    request(t, "other", NODE_CLIENT, "system:node:n2", "system:node:n3", "system:nodes", NULL, CLIENT_USAGES);
    assert_false(says(t, "other", "Approved"));
    t->allowed = NULL;
    request(t, "nobody", NODE_CLIENT, "system:node:n2", "system:node:n2", "system:nodes", NULL, CLIENT_USAGES);
    assert_false(says(t, "nobody", "Approved"));
    /* an hour later what was answered is gone; a day later all of it */
    fake_run(t->f, 3700 * 1000);
    assert_int_equal(fake_count(t->f, GROUP, REQUESTS), 2);
    fake_run(t->f, 90000 * 1000);
    assert_int_equal(fake_count(t->f, GROUP, REQUESTS), 0);
}

static void no_node_client(void **state)
{
    struct trust *t = *state;
    const char *dns[] = {"n2", NULL};
    struct tls_names names = {.dns = dns};
    t->allowed = "nodeclient";
    request(t, "group", NODE_CLIENT, "u", "system:node:n2", "system:masters", NULL, CLIENT_USAGES);
    request(t, "name", NODE_CLIENT, "u", "kubernetes-admin", "system:nodes", NULL, CLIENT_USAGES);
    request(t, "names", NODE_CLIENT, "u", "system:node:n2", "system:nodes", &names, CLIENT_USAGES);
    request(t, "usage", NODE_CLIENT, "u", "system:node:n2", "system:nodes", NULL, SERVER_USAGES);
    request(t, "signer", "kubernetes.io/kube-apiserver-client", "u", "system:node:n2", "system:nodes", NULL, CLIENT_USAGES);
    fake_put(t->f, GROUP, REQUESTS,
             "{'metadata':{'name':'bad'},'spec':{'signerName':'" NODE_CLIENT "','username':'u','request':'bm9uZQ==','usages':" CLIENT_USAGES "}}");
    fake_run(t->f, 1000);
    static const char *const all[] = {"group", "name", "names", "usage", "signer", "bad"};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        assert_false(says(t, all[i], "Approved"));
    assert_int_equal(t->asked, 0);
    /* somebody approves them all the same: the signer still looks */
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        fake_change(t->f, GROUP, REQUESTS, "", all[i],
                    "{'status':{'conditions':[{'type':'Approved','status':'True','lastUpdateTime':'2036-01-01T00:00:00Z'}]}}");
    fake_run(t->f, 1000);
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        assert_true(says(t, all[i], "Failed") == (i != 4));
    SCOPED(arena) a = NULL;
    struct tls_subject s;
    assert_done(arena_new(&a, 4u << 20));
    assert_true(certificate(t, "signer", TLS_USAGE_CLIENT, &s, a)); /* this signer takes any subject */
}

static void node_server(void **state)
{
    struct trust *t = *state;
    const char *dns[] = {"n2", NULL}, *ips[] = {"10.0.0.2", NULL}, *server[] = {"10.0.0.1", NULL}, *taken[] = {"10.0.0.9", NULL};
    struct tls_names own = {.dns = dns, .ips = ips}, servers = {.ips = server}, others = {.ips = taken};
    const char *dns_api[] = {"kubernetes.default.svc", NULL};
    struct tls_names api = {.dns = dns_api};
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    t->allowed = "selfnodeserver";
    request(t, "early", NODE_SERVER, "system:node:n2", "system:node:n2", "system:nodes", &own, SERVER_USAGES);
    assert_false(says(t, "early", "Approved")); /* there is no such Node */
    fake_put(t->f, "", "nodes", "{'metadata':{'name':'n9'},'status':{'addresses':[{'type':'InternalIP','address':'10.0.0.9'}]}}");
    fake_put(t->f, "", "nodes",
             "{'metadata':{'name':'n2'},'status':{'addresses':[{'type':'InternalIP','address':'10.0.0.2'},{'type':'InternalIP','address':'10.0.0.1'},"
             "{'type':'InternalIP','address':'10.0.0.9'},{'type':'Hostname','address':'kubernetes.default.svc'}]}}");
    fake_run(t->f, 1000);
    assert_true(says(t, "early", "Approved"));
    assert_true(certificate(t, "early", TLS_USAGE_SERVER, &s, a));
    assert_int_equal(s.n_ips, 1);
    request(t, "server", NODE_SERVER, "system:node:n2", "system:node:n2", "system:nodes", &servers, SERVER_USAGES);
    assert_false(says(t, "server", "Approved")); /* the API server's address */
    request(t, "taken", NODE_SERVER, "system:node:n2", "system:node:n2", "system:nodes", &others, SERVER_USAGES);
    assert_false(says(t, "taken", "Approved")); /* another node's */
    request(t, "api", NODE_SERVER, "system:node:n2", "system:node:n2", "system:nodes", &api, SERVER_USAGES);
    assert_false(says(t, "api", "Approved"));
    request(t, "foreign", NODE_SERVER, "system:node:n9", "system:node:n2", "system:nodes", &own, SERVER_USAGES);
    assert_false(says(t, "foreign", "Approved")); /* asked for by another node */
}

static void short_life(void **state)
{
    struct trust *t = *state;
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED(arena) a = NULL;
    struct tls_subject s;
    char *csr = NULL, json[8192];
    assert_done(arena_new(&a, 4u << 20));
    assert_done(tls_csr_make(&csr, str_of(t->key), "eve", NULL, NULL, NULL));
    buf_base64(&b, str_of(csr));
    snprintf(
        json, sizeof(json),
        "{'metadata':{'name':'r'},'spec':{'signerName':'kubernetes.io/kube-apiserver-client','username':'u','expirationSeconds':600,'request':'%s',"
        "'usages':['client auth']},'status':{'conditions':[{'type':'Approved','status':'True','lastUpdateTime':'2036-01-01T00:00:00Z'}]}}",
        buf_cstr(&b));
    fake_put(t->f, GROUP, REQUESTS, json);
    mem_free(csr);
    fake_run(t->f, 1000);
    assert_true(certificate(t, "r", TLS_USAGE_CLIENT, &s, a));
    assert_true(s.not_after <= loop_wall(t->f->loop) + 600);
    fake_run(t->f, 700 * 1000); /* it has ended: the request goes */
    assert_int_equal(fake_count(t->f, GROUP, REQUESTS), 0);
}

/* ── tokens ── */

static void token(struct trust *t, const char *id, const char *more)
{
    SCOPED_BUF b = BUF_INIT(0);
    char json[2048];
    buf_base64(&b, str_of(id));
    snprintf(json, sizeof(json),
             "{'metadata':{'name':'bootstrap-token-%s','namespace':'kube-system'},'type':'bootstrap.kubernetes.io/token','data':{'token-id':'%s',"
             "'token-secret':'MDEyMzQ1Njc4OWFiY2RlZg==','usage-bootstrap-signing':'dHJ1ZQ=='%s}}",
             id, buf_cstr(&b), more);
    fake_put(t->f, "", "secrets", json);
}

static struct str signature(struct trust *t, struct arena *a, const char *id)
{
    char name[40];
    snprintf(name, sizeof(name), "jws-kubeconfig-%s", id);
    return value_text(value_get(value_at(fake_get(t->f, a, "", "configmaps", "kube-public", "cluster-info"), "data"), str_of(name)));
}

static void cluster_info_is_signed(void **state)
{
    struct trust *t = *state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF wanted = BUF_INIT(0);
    assert_done(arena_new(&a, 4u << 20));
    fake_put(t->f, "", "configmaps",
             "{'metadata':{'name':'cluster-info','namespace':'kube-public'},'data':{'kubeconfig':'one','jws-kubeconfig-gone00':'x..y'}}");
    token(t, "abcdef", "");
    token(t, "nosign", ",'usage-bootstrap-signing':'bm8='");
    fake_run(t->f, 1000);
    assert_done(tls_jws_detached(STR("abcdef"), STR("0123456789abcdef"), STR("one"), &wanted));
    assert_str(signature(t, a, "abcdef"), buf_cstr(&wanted));
    assert_int_equal(signature(t, a, "nosign").n, 0);
    assert_int_equal(signature(t, a, "gone00").n, 0);
    /* what is signed changes */
    fake_change(t->f, "", "configmaps", "kube-public", "cluster-info", "{'data':{'kubeconfig':'two'}}");
    fake_run(t->f, 1000);
    buf_clear(&wanted);
    assert_done(tls_jws_detached(STR("abcdef"), STR("0123456789abcdef"), STR("two"), &wanted));
    assert_str(signature(t, a, "abcdef"), buf_cstr(&wanted));
}

static void tokens_end(void **state)
{
    struct trust *t = *state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF when = BUF_INIT(0);
    char end[32], more[200];
    assert_done(arena_new(&a, 4u << 20));
    fake_put(t->f, "", "configmaps", "{'metadata':{'name':'cluster-info','namespace':'kube-public'},'data':{'kubeconfig':'one'}}");
    time_fmt_rfc3339(end, loop_wall(t->f->loop) + 60);
    buf_base64(&when, str_of(end));
    snprintf(more, sizeof(more), ",'expiration':'%s'", buf_cstr(&when));
    token(t, "abcdef", more);
    token(t, "foreve", "");
    token(t, "strang", ",'expiration':'eHg='"); /* not a time */
    fake_run(t->f, 30 * 1000);
    assert_true(signature(t, a, "abcdef").n > 0 && signature(t, a, "foreve").n > 0);
    assert_int_equal(fake_count(t->f, "", "secrets"), 2);
    fake_run(t->f, 60 * 1000);
    assert_int_equal(fake_count(t->f, "", "secrets"), 1);
    assert_int_equal(signature(t, a, "abcdef").n, 0);
    assert_true(signature(t, a, "foreve").n > 0);
}

/* ── aggregated roles ── */

static size_t rules(struct trust *t, const char *role)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    return value_count(value_at(fake_get(t->f, a, "rbac.authorization.k8s.io", "clusterroles", "", role), "rules"));
}

static void roles_are_aggregated(void **state)
{
    struct trust *t = *state;
    fake_put(t->f, "rbac.authorization.k8s.io", "clusterroles",
             "{'metadata':{'name':'all'},'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'to':'all'}},{'matchLabels':{'also':'all'}}]}}");
    fake_put(t->f, "rbac.authorization.k8s.io", "clusterroles",
             "{'metadata':{'name':'b','labels':{'to':'all'}},'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']},{'verbs':['list'],'"
             "apiGroups':[''],'resources':['pods']}]}");
    fake_put(t->f, "rbac.authorization.k8s.io", "clusterroles",
             "{'metadata':{'name':'a','labels':{'also':'all'}},'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']},{'verbs':['watch'],'"
             "apiGroups':[''],'resources':['pods']}]}");
    fake_put(t->f, "rbac.authorization.k8s.io", "clusterroles",
             "{'metadata':{'name':'c'},'rules':[{'verbs':['delete'],'apiGroups':[''],'resources':['pods']}]}");
    fake_run(t->f, 1000);
    assert_int_equal(rules(t, "all"), 3);
    fake_change(t->f, "rbac.authorization.k8s.io", "clusterroles", "", "c", "{'metadata':{'labels':{'to':'all'}}}");
    fake_run(t->f, 1000);
    assert_int_equal(rules(t, "all"), 4);
    fake_change(t->f, "rbac.authorization.k8s.io", "clusterroles", "", "b", "{'metadata':{'labels':{'to':null}}}");
    fake_run(t->f, 1000);
    assert_int_equal(rules(t, "all"), 3);
    unsigned before = t->f->writes;
    fake_run(t->f, 60000);
    assert_int_equal(t->f->writes, before); /* nothing is written twice */
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(node_client, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(no_node_client, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(node_server, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(short_life, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(cluster_info_is_signed, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(roles_are_aggregated, trust_setup, trust_teardown),
        cmocka_unit_test_setup_teardown(tokens_end, trust_setup, trust_teardown),
    };
    return cmocka_run_group_tests_name("ctl/trust", all, NULL, NULL);
}
