#include "json/json.h"
#include "podsecurity/podsecurity.h"
#include "tests/quoted.h"

static struct value *tree(struct arena *a, const char *text)
{
    return quoted(a, "%s", text);
}

#define B    PODSECURITY_BASELINE
#define R    PODSECURITY_RESTRICTED
#define GOOD "'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']},'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}"

/* detail NULL: it keeps to the standard. */
static const struct {
    enum podsecurity_level level;
    int32_t minor;
    const char *spec, *detail;
} rows[] = {
    {PODSECURITY_PRIVILEGED, PODSECURITY_LATEST, "{'hostNetwork':true}", NULL},
    {B, PODSECURITY_LATEST, "{'containers':[{'name':'a'}]}", NULL},
    {B, PODSECURITY_LATEST, "{'hostNetwork':true,'hostIPC':true}", "host namespaces (hostNetwork=true, hostIPC=true)"},
    {B, 0,
     "{'containers':[{'name':'a','securityContext':{'privileged':true}}],'initContainers':[{'name':'i','securityContext':{'privileged':true}}]}",
     "privileged (containers \"i\", \"a\" must not set securityContext.privileged=true)"},
    {B, 0, "{'volumes':[{'name':'v','hostPath':{'path':'/'}}]}", "hostPath volumes (volume \"v\")"},
    {B, 0, "{'containers':[{'name':'a','ports':[{'hostPort':80},{'hostPort':443},{'containerPort':1}]}]}",
     "hostPort (container \"a\" uses hostPorts 443, 80)"},
    {B, 33, "{'containers':[{'name':'a','livenessProbe':{'httpGet':{'host':'h'}}}]}", NULL},
    {B, 34, "{'containers':[{'name':'a','livenessProbe':{'httpGet':{'host':'h'}}}]}",
     "probe or lifecycle host (container \"a\" uses probe or lifecycle host \"h\")"},
    {B, 30, "{'securityContext':{'seLinuxOptions':{'type':'container_engine_t','user':'u'}}}",
     "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"container_engine_t\"; user may not be set)"},
    {B, 31, "{'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}}}", NULL},
    {B, 26, "{'securityContext':{'sysctls':[{'name':'net.ipv4.ip_local_reserved_ports'},{'name':'kernel.msgmax'}]}}",
     "forbidden sysctls (net.ipv4.ip_local_reserved_ports, kernel.msgmax)"},
    {B, 27, "{'securityContext':{'sysctls':[{'name':'net.ipv4.ip_local_reserved_ports'}]}}", NULL},
    {B, 35, "{'hostUsers':false,'containers':[{'name':'a','securityContext':{'procMount':'Unmasked'}}]}", NULL},
    {R, 35, "{'hostUsers':false,'containers':[{'name':'a','securityContext':{'procMount':'Unmasked'," GOOD "}}]}",
     "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")"},
    {R, PODSECURITY_LATEST, "{'containers':[{'name':'a','securityContext':{" GOOD "}}]}", NULL},
    {R, PODSECURITY_LATEST, "{'containers':[{'name':'a'}]}",
     "allowPrivilegeEscalation != false (container \"a\" must set securityContext.allowPrivilegeEscalation=false), "
     "unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"]), "
     "runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true), "
     "seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"},
    {R, 7, "{'containers':[{'name':'a','securityContext':{'runAsNonRoot':true}}]}", NULL},
    {R, 23, "{'securityContext':{'runAsUser':0},'containers':[{'name':'a','securityContext':{" GOOD "}}]}",
     "runAsUser=0 (pod must not set runAsUser=0)"},
    {R, 22,
     "{'containers':[{'name':'a','securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL'],'add':['NET_RAW','NET_BIND_"
     "SERVICE']},"
     "'runAsNonRoot':true,'seccompProfile':{'type':'Unconfined'}}}]}",
     "unrestricted capabilities (container \"a\" must not include \"NET_RAW\" in securityContext.capabilities.add), "
     "seccompProfile (container \"a\" must not set securityContext.seccompProfile.type to \"Unconfined\")"},
    {R, 30, "{'os':{'name':'windows'},'containers':[{'name':'a','securityContext':{'runAsNonRoot':true}}]}", NULL},
    {R, 30, "{'volumes':[{'name':'v','nfs':{}},{'name':'w','emptyDir':{}}],'containers':[{'name':'a','securityContext':{" GOOD "}}]}",
     "restricted volume types (volume \"v\" uses restricted volume type \"nfs\")"},
};

static void standards(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF detail = BUF_INIT(8192);
        assert_done(arena_new(&a, 1u << 20));
        bool allowed = podsecurity_allows((struct podsecurity_standard){rows[i].level, rows[i].minor}, NULL, tree(a, rows[i].spec), &detail, NULL);
        if (allowed != !rows[i].detail)
            fail_msg("row %zu: %s", i, buf_cstr(&detail));
        if (rows[i].detail)
            assert_string_equal(buf_cstr(&detail), rows[i].detail);
    }
}

static void annotations(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF detail = BUF_INIT(8192);
    assert_done(arena_new(&a, 1u << 20));
    const struct value *spec = tree(a, "{'containers':[{'name':'a'}]}");
    const struct value *meta = tree(a, "{'annotations':{'container.apparmor.security.beta.kubernetes.io/a':'unconfined',"
                                       "'seccomp.security.alpha.kubernetes.io/pod':'unconfined'}}");
    assert_false(podsecurity_allows((struct podsecurity_standard){B, 0}, meta, spec, &detail, NULL));
    assert_string_equal(buf_cstr(&detail), "forbidden AppArmor profile (annotation must not set AppArmor profile type to "
                                           "\"container.apparmor.security.beta.kubernetes.io/a=\"unconfined\"\"), "
                                           "seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")");
}

static void labels(void **state)
{
    (void)state;
    struct podsecurity_policy p;
    struct faults f;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1u << 20));
    faults_init(&f, a);
    podsecurity_policy_of(NULL, &p, &f);
    assert_int_equal(p.enforce.level, PODSECURITY_PRIVILEGED);
    podsecurity_policy_of(tree(a, "{'pod-security.kubernetes.io/enforce':'restricted','pod-security.kubernetes.io/enforce-version':'v1.24'}"), &p,
                          &f);
    assert_int_equal(p.enforce.level, R);
    assert_int_equal(p.enforce.minor, 24);
    assert_int_equal(p.warn.level, R); /* who enforces warns too */
    assert_int_equal(p.warn.minor, 24);
    assert_int_equal(p.audit.level, PODSECURITY_PRIVILEGED);
    assert_int_equal(f.n, 0);
    podsecurity_policy_of(
        tree(a,
             "{'pod-security.kubernetes.io/enforce':'strict','pod-security.kubernetes.io/warn-version':'1.24','pod-security.kubernetes.io/audit':'x',"
             "'pod-security.kubernetes.io/audit-version':'v1.07'}"),
        &p, &f);
    assert_int_equal(f.n, 4);
    assert_int_equal(p.enforce.level, R);
    assert_int_equal(p.audit.level, PODSECURITY_PRIVILEGED);
    assert_str(f.items[0].field, "metadata.labels[pod-security.kubernetes.io/enforce]");
    assert_str(f.items[0].message, "Invalid value: \"strict\": must be one of privileged, baseline, restricted");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(standards), cmocka_unit_test(annotations), cmocka_unit_test(labels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
