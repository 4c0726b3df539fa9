#include "json/json.h"
#include "quota/quota.h"
#include "tests/quoted.h"

static struct value *tree(struct arena *a, const char *text)
{
    return quoted(a, "%s", text);
}

static const struct schema_resource *row(const char *group, const char *name)
{
    const struct schema_resource *r = schema_resource_find(str_of(group), STR("v1"), str_of(name));
    assert_non_null(r);
    return r;
}

static void expect(struct quota_amounts *of, const char *name, const char *amount)
{
    SCOPED_BUF b = BUF_INIT(64);
    quantity_print(quota_find(of, str_of(name)), &b);
    assert_string_equal(buf_cstr(&b), amount);
}

#define POD(more) \
    "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'100m','memory':'64Mi'},'limits':{'cpu':'1'}}}," \
    "{'name':'b','resources':{'requests':{'cpu':'200m','example.com/gpu':'1'}}}]" more "}}"

static void usage(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    struct quota_amounts u = {.arena = a};
    quota_usage(row("", "pods"), tree(a, POD(",'initContainers':[{'name':'i','resources':{'requests':{'cpu':'1'}}}],'overhead':{'cpu':'10m'}")), 0,
                &u);
    assert_false(u.failed);
    expect(&u, "pods", "1");
    expect(&u, "count/pods", "1");
    expect(&u, "cpu", "1010m"); /* the init container asks for more than both; and the overhead */
    expect(&u, "requests.cpu", "1010m");
    expect(&u, "requests.memory", "64Mi");
    expect(&u, "limits.cpu", "1010m");
    expect(&u, "requests.example.com/gpu", "1");
    expect(&u, "example.com/gpu", "0");
    u = (struct quota_amounts){.arena = a};
    quota_usage(row("", "pods"), tree(a, "{'status':{'phase':'Succeeded'}}"), 0, &u);
    expect(&u, "pods", "0");
    expect(&u, "count/pods", "1");
    u = (struct quota_amounts){.arena = a};
    quota_usage(row("", "services"), tree(a, "{'spec':{'type':'LoadBalancer','ports':[{'port':1},{'port':2}]}}"), 0, &u);
    expect(&u, "services.loadbalancers", "1");
    expect(&u, "services.nodeports", "2");
    u = (struct quota_amounts){.arena = a};
    quota_usage(row("", "persistentvolumeclaims"), tree(a, "{'spec':{'storageClassName':'gold','resources':{'requests':{'storage':'10Gi'}}}}"), 0,
                &u);
    expect(&u, "requests.storage", "10Gi");
    expect(&u, "gold.storageclass.storage.k8s.io/requests.storage", "10Gi");
    u = (struct quota_amounts){.arena = a};
    quota_usage(row("apps", "deployments"), tree(a, "{}"), 0, &u);
    expect(&u, "count/deployments.apps", "1");
}

static void scopes(void **state)
{
    (void)state;
    static const struct {
        const char *spec, *pod;
        bool covers;
    } rows[] = {
        {"{'scopes':['Terminating']}", "{'spec':{'activeDeadlineSeconds':5}}", true},
        {"{'scopes':['Terminating']}", "{'spec':{}}", false},
        {"{'scopes':['NotTerminating']}", "{'spec':{}}", true},
        {"{'scopes':['BestEffort']}", "{'status':{'qosClass':'BestEffort'}}", true},
        {"{'scopes':['NotBestEffort','Terminating']}", "{'spec':{'activeDeadlineSeconds':5},'status':{'qosClass':'BestEffort'}}", false},
        {"{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]}}",
         "{'spec':{'priorityClassName':'high'}}", true},
        {"{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]}}",
         "{'spec':{'priorityClassName':'low'}}", false},
        {"{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'NotIn','values':['high']}]}}", "{'spec':{}}", true},
        {"{'scopeSelector':{'matchExpressions':[{'scopeName':'CrossNamespacePodAffinity','operator':'Exists'}]}}",
         "{'spec':{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'namespaces':['x']}]}}}}", true},
        {"{'scopeSelector':{'matchExpressions':[{'scopeName':'CrossNamespacePodAffinity','operator':'Exists'}]}}", "{'spec':{}}", false},
    };
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value quota = value_make_map();
        assert_non_null(value_set(a, &quota, STR("spec"), *tree(a, rows[i].spec)));
        if (quota_covers(&quota, row("", "pods"), tree(a, rows[i].pod)) != rows[i].covers)
            fail_msg("row %zu: %s", i, rows[i].spec);
    }
    assert_false(quota_covers(tree(a, "{'spec':{'scopes':['NotTerminating']}}"), row("", "configmaps"), tree(a, "{}")));
    assert_true(quota_limits(tree(a, "{'count/deployments.apps':'1'}"), row("apps", "deployments")));
    assert_false(quota_limits(tree(a, "{'count/deployments.apps':'1','requests.storage':'1'}"), row("", "pods")));
    assert_true(quota_limits(tree(a, "{'limits.memory':'1'}"), row("", "pods")));
}

static int charge(struct arena *a, const char *quota, const char *pod, struct str *why, struct value *used)
{
    struct quota_amounts delta = {.arena = a};
    *why = STR_NONE;
    *used = value_make_map();
    const struct value *p = tree(a, pod);
    quota_usage(row("", "pods"), p, 0, &delta);
    return quota_charge(a, tree(a, quota), row("", "pods"), p, &delta, true, used, why);
}

static void charges(void **state)
{
    (void)state;
    struct str why;
    struct value used;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    assert_int_equal(charge(a,
                            "{'metadata':{'name':'q'},'status':{'hard':{'pods':'2','requests.cpu':'1'},'used':{'pods':'1','requests.cpu':'500m'}}}",
                            POD(""), &why, &used),
                     0);
    assert_str(value_text_at(&used, "pods"), "2");
    assert_str(value_text(value_get(&used, STR("requests.cpu"))), "800m");
    assert_int_equal(
        charge(a, "{'metadata':{'name':'q'},'status':{'hard':{'pods':'1','requests.cpu':'700m'},'used':{'pods':'1','requests.cpu':'500m'}}}", POD(""),
               &why, &used),
        QUOTA_REFUSED);
    assert_str(why, "exceeded quota: q, requested: pods=1,requests.cpu=300m, used: pods=1,requests.cpu=500m, limited: pods=1,requests.cpu=700m");
    assert_int_equal(charge(a,
                            "{'metadata':{'name':'q'},'status':{'hard':{'pods':'2','limits.memory':'1Gi'},'used':{'pods':'0','limits.memory':'0'}}}",
                            POD(""), &why, &used),
                     QUOTA_REFUSED);
    assert_str(why, "failed quota: q: must specify limits.memory for: a,b");
    assert_int_equal(charge(a, "{'metadata':{'name':'q'},'status':{'hard':{'pods':'2'}}}", POD(""), &why, &used), QUOTA_REFUSED);
    assert_str(why, "status unknown for quota: q, resources: pods");
    assert_int_equal(charge(a, "{'metadata':{'name':'q'},'status':{'hard':{'services':'2'},'used':{'services':'0'}}}", POD(""), &why, &used),
                     QUOTA_SAME);
}

static int all_of_it(void *ctx)
{
    (void)ctx;
    struct arena *a = NULL;
    struct str why = STR_NONE;
    struct value used = {0}, status = {0}, hard = value_make_map(), q = value_make_map(), pod = value_make_map();
    struct quota_amounts u = {.arena = NULL};
    int r = arena_new(&a, 1u << 20);
    u.arena = a;
    VALUE_SET(&r, a, &hard, "pods", value_make_text(STR("1")));
    VALUE_SET(&r, a, &q, "spec.hard", hard);
    VALUE_SET(&r, a, &q, "status.hard", hard);
    VALUE_SET(&r, a, &q, "status.used", hard);
    VALUE_SET(&r, a, &pod, "spec.nodeName", value_make_text(STR("n")));
    if (r == 0) {
        quota_usage(row("", "pods"), &pod, 0, &u);
        r = u.failed ? -ENOMEM : 0;
    }
    if (r == 0) {
        r = quota_charge(a, &q, row("", "pods"), &pod, &u, true, &used, &why);
        r = r == QUOTA_REFUSED ? 0 : r;
    }
    if (r == 0)
        r = quota_status(a, &q, &u, &status);
    arena_free(a);
    return r;
}

static void without_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all_of_it, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(usage), cmocka_unit_test(scopes), cmocka_unit_test(charges),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
