/* Which address families a Service has: as asked, as its addresses say, or as the cluster has them (KEP-563).
 *
 * A Service changes between one family and two only by its ipFamilyPolicy: SingleStack lets go of the second address of one
 * that was left as it was, and a PreferDualStack one that nobody touches stays what it is in a cluster that got its second
 * range later. */
#include "registry/inside.h"

#define POLICY   "spec.ipFamilyPolicy"
#define FAMILIES "spec.ipFamilies"
#define IPS      "spec.clusterIPs"

struct settling {
    struct op *op;
    struct value *spec;
    const struct value *was; /* the spec before; NULL: it is new */
    struct faults faults;
};

static struct value *list_of(const struct value *spec, const char *name)
{
    return spec ? value_get(spec, str_of(name)) : NULL;
}

static struct str policy_of(const struct value *spec)
{
    return spec ? value_text_at(spec, "ipFamilyPolicy") : STR_NONE;
}

static bool same(const struct settling *s, const char *name)
{
    const struct value *a = list_of(s->spec, name), *b = list_of(s->was, name);
    return value_count(a) == value_count(b) && (value_count(a) == 0 || value_equal(a, b));
}

static struct str family_of(struct str ip)
{
    return ip.n && memchr(ip.p, ':', ip.n) ? STR("IPv6") : STR("IPv4");
}

static struct str other(struct str family)
{
    return str_is(family, "IPv6") ? STR("IPv4") : STR("IPv6");
}

static int no_memory(const struct settling *s)
{
    op_fail(s->op, -ENOMEM, NULL);
    return 1;
}

static int add(const struct settling *s, struct str family)
{
    struct value *list = list_of(s->spec, "ipFamilies");
    if (!list)
        list = value_set(s->op->a, s->spec, STR("ipFamilies"), value_make_list());
    return list && value_add(s->op->a, list, value_make_text(family)) ? 0 : no_memory(s);
}

static int cut(const struct settling *s, const char *name)
{
    struct value first = value_make_list();
    const struct value *list = list_of(s->spec, name);
    if (value_count(list) < 2 || !same(s, name))
        return 0;
    return value_add(s->op->a, &first, *value_item(list, 0)) && value_set(s->op->a, s->spec, str_of(name), first) ? 0 : no_memory(s);
}

static int policy_settle(const struct settling *s, bool bare)
{
    struct str policy = policy_of(s->spec);
    if (policy.n)
        return 0;
    policy = policy_of(s->was);
    if (!policy.n)
        policy = bare ? STR("RequireDualStack") : STR("SingleStack");
    return value_set(s->op->a, s->spec, STR("ipFamilyPolicy"), value_make_text(policy)) ? 0 : no_memory(s);
}

/* What is no longer there is let go of only by the policy. */
static void reduced(struct settling *s, const char *name, const char *what)
{
    size_t now = value_count(list_of(s->spec, name));
    if (value_count(list_of(s->was, name)) == 2 && now == 1)
        fault_add(&s->faults, FAULT_INVALID, POLICY, value_get(s->spec, STR("ipFamilyPolicy")), "must be 'SingleStack' to release the secondary %s",
                  what);
}

static int lists_settle(struct settling *s, bool single)
{
    const struct value *policy = value_get(s->spec, STR("ipFamilyPolicy"));
    if (s->was && single && (cut(s, "clusterIPs") || cut(s, "ipFamilies")))
        return 1;
    if (s->was && !single) {
        reduced(s, "clusterIPs", "cluster IP");
        reduced(s, "ipFamilies", "IP family");
    }
    if (single && value_count(list_of(s->spec, "clusterIPs")) == 2)
        fault_add(&s->faults, FAULT_INVALID, POLICY, policy,
                  "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
    if (single && value_count(list_of(s->spec, "ipFamilies")) == 2)
        fault_add(&s->faults, FAULT_INVALID, POLICY, policy,
                  "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
    const struct value *ips = list_of(s->spec, "clusterIPs");
    for (size_t i = 0; i < value_count(ips); i++) {
        struct str ip = value_text(value_item(ips, i)), family = family_of(ip);
        char at[40];
        if (str_is(ip, "None"))
            break;
        if (!ip.n || i < value_count(list_of(s->spec, "ipFamilies")))
            continue;
        snprintf(at, sizeof(at), IPS "[%zu]", i);
        if (!ports_has_family(s->op->g, family))
            fault_add(&s->faults, FAULT_INVALID, at, ips, "%.*s is not configured on this cluster", STR_FMT(family));
        else if (add(s, family))
            return 1;
    }
    return 0;
}

static void configured(struct settling *s)
{
    const struct value *families = list_of(s->spec, "ipFamilies"), *policy = value_get(s->spec, STR("ipFamilyPolicy"));
    if (str_is(value_text(policy), "RequireDualStack") && !ports_dual(s->op->g))
        fault_add(&s->faults, FAULT_INVALID, POLICY, policy, "this cluster is not configured for dual-stack services");
    for (size_t i = 0; i < value_count(families); i++) {
        char at[40];
        snprintf(at, sizeof(at), FAMILIES "[%zu]", i);
        if (!ports_has_family(s->op->g, value_text(value_item(families, i))))
            fault_add(&s->faults, FAULT_INVALID, at, value_item(families, i), "not configured on this cluster");
    }
}

static int answer(const struct settling *s)
{
    if (!s->faults.n)
        return 0;
    apireq_status_invalid(s->op->a, &s->op->st, STR(""), STR("Service"), s->op->name, &s->faults);
    op_status(s->op);
    return 1;
}

int families_settle(struct op *op, struct value *spec)
{
    struct settling s = {.op = op, .spec = spec, .was = op->old ? value_at(&op->old_tree, "spec") : NULL};
    faults_init(&s.faults, op->a);
    bool headless = str_is(value_text_at(spec, "clusterIP"), "None");
    bool bare = headless && !value_count(value_get(spec, STR("selector")));
    if (s.was && str_is(policy_of(spec), "PreferDualStack") && str_is(policy_of(s.was), "PreferDualStack") && same(&s, "clusterIPs") &&
        same(&s, "ipFamilies") && value_count(list_of(spec, "ipFamilies")))
        return 0;
    if (policy_settle(&s, bare))
        return 1;
    bool single = str_is(policy_of(spec), "SingleStack");
    if (lists_settle(&s, single) || answer(&s))
        return 1;
    if (!bare)
        configured(&s);
    if (answer(&s))
        return 1;
    if (!value_count(list_of(spec, "ipFamilies")) && add(&s, ports_family(op->g)))
        return 1;
    bool more = !single && value_count(list_of(spec, "ipFamilies")) == 1 && (bare || ports_dual(op->g));
    return more ? add(&s, other(value_text(value_item(list_of(spec, "ipFamilies"), 0)))) : 0;
}
