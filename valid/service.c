#include "valid/inside.h"

/* Services, endpoints, ingresses and network policies. */

static const struct at *const spec_at = &(const struct at){.name = "spec"};
static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};

static bool opened(const struct judging *w, judge_rule *rule, bool namespaced)
{
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, namespaced, rule);
    return !str_is(w->sub, "status");
}

static bool comes_before(const struct value *list, size_t i, const char *member, struct str text)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(value_text_at(value_item(list, k), member), text))
            return true;
    }
    return false;
}

/* ── services ── */
static bool same_number(const struct value *a, const struct value *b, const char *member)
{
    return value_int_at(a, member, 0) == value_int_at(b, member, 0) && str_eq(value_text_at(a, "protocol"), value_text_at(b, "protocol"));
}

static bool number_before(const struct value *list, size_t i, const char *member)
{
    for (size_t k = 0; k < i; k++) {
        if (same_number(value_item(list, k), value_item(list, i), member))
            return true;
    }
    return false;
}

static void service_ports(struct judge *j, const struct value *spec)
{
    const struct value *list = value_at(spec, "ports");
    const struct at *at = AT(spec_at, "ports");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *p = value_item(list, i), *target = value_at(p, "targetPort");
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(p, "name");
        judge_name_field(j, here, p, "name", value_count(list) > 1, name_dns_label);
        if (name.n && comes_before(list, i, "name", name))
            judge_duplicate_text(j, AT(here, "name"), name);
        judge_port(j, AT(here, "port"), value_int_at(p, "port", 0));
        judge_one_of(j, AT(here, "protocol"), value_at(p, "protocol"), true, protocols);
        if (judge_present(target))
            judge_port_or_name(j, AT(here, "targetPort"), target);
        judge_name_field(j, here, p, "appProtocol", false, name_label_key);
        if (value_int_at(p, "nodePort", 0) == 0)
            continue;
        if (str_is(value_text_at(spec, "type"), "ClusterIP"))
            judge_forbidden(j, AT(here, "nodePort"), "may not be used when `type` is 'ClusterIP'");
        if (number_before(list, i, "nodePort"))
            judge_duplicate(j, AT(here, "nodePort"), value_at(p, "nodePort"));
    }
    for (size_t i = 0; i < value_count(list); i++) {
        if (number_before(list, i, "port"))
            judge_duplicate(j, AT_ITEM(at, i), value_item(list, i));
    }
}

static bool headless(const struct value *spec)
{
    const struct value *ips = value_at(spec, "clusterIPs");
    return str_is(value_count(ips) ? value_text(value_item(ips, 0)) : value_text_at(spec, "clusterIP"), "None");
}

static void external_name(struct judge *j, const struct value *spec)
{
    static const char *const none[] = {"clusterIPs", "ipFamilies", "ipFamilyPolicy"};
    struct str name = value_text_at(spec, "externalName");
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        const struct value *v = value_get(spec, str_of(none[i]));
        if (judge_present(v) && (v->type != VALUE_LIST || value_count(v)))
            judge_forbidden(j, AT(spec_at, none[i]), "may not be set for ExternalName services");
    }
    if (str_ends(name, STR(".")))
        name.n--;
    if (name.n)
        judge_name(j, AT(spec_at, "externalName"), name, name_dns_subdomain);
    else
        judge_required(j, AT(spec_at, "externalName"), "");
}

static void affinity(struct judge *j, const struct value *spec)
{
    static const char *const kinds[] = {"ClientIP", "None", NULL};
    const struct value *config = value_at(spec, "sessionAffinityConfig"), *client = value_at(config, "clientIP");
    const struct value *seconds = value_at(client, "timeoutSeconds");
    const struct at *at = AT(spec_at, "sessionAffinityConfig"), *time_at = AT(AT(at, "clientIP"), "timeoutSeconds");
    struct str kind = value_text_at(spec, "sessionAffinity");
    judge_one_of(j, AT(spec_at, "sessionAffinity"), value_at(spec, "sessionAffinity"), true, kinds);
    if (str_is(kind, "None") && judge_present(config))
        judge_forbidden(j, at, "must not be set when session affinity is None");
    if (!str_is(kind, "ClientIP"))
        return;
    if (!judge_present(config))
        judge_required(j, at, "when session affinity type is ClientIP");
    else if (!judge_present(client))
        judge_required(j, AT(at, "clientIP"), "when session affinity type is ClientIP");
    else if (!judge_present(seconds))
        judge_required(j, time_at, "when session affinity type is ClientIP");
    else if (value_int(seconds, 0) <= 0 || value_int(seconds, 0) > 86400)
        judge_invalid(j, time_at, seconds, "must be greater than 0 and less than 86400");
}

static void families(struct judge *j, const struct value *spec)
{
    static const char *const known[] = {"IPv4", "IPv6", NULL};
    static const char *const policies[] = {"PreferDualStack", "RequireDualStack", "SingleStack", NULL};
    const struct value *list = value_at(spec, "ipFamilies");
    const struct at *at = AT(spec_at, "ipFamilies");
    for (size_t i = 0; i < value_count(list); i++) {
        judge_one_of(j, AT_ITEM(at, i), value_item(list, i), true, known);
        for (size_t k = 0; k < i; k++) {
            if (str_eq(value_text(value_item(list, k)), value_text(value_item(list, i)))) {
                judge_duplicate(j, AT_ITEM(at, i), value_item(list, i));
                break;
            }
        }
    }
    judge_one_of(j, AT(spec_at, "ipFamilyPolicy"), value_at(spec, "ipFamilyPolicy"), false, policies);
}

static void cluster_ips(struct judge *j, const struct value *spec)
{
    const struct value *ips = value_at(spec, "clusterIPs"), *list = value_at(spec, "ipFamilies");
    const struct at *at = AT(spec_at, "clusterIPs");
    struct str first = value_text_at(spec, "clusterIP");
    size_t n = value_count(ips);
    bool bad = false;
    if (first.n && n == 0)
        judge_required(j, at, "");
    else if (first.n && !str_eq(value_text(value_item(ips, 0)), first))
        judge_invalid(j, at, ips, "first value must match `clusterIP`");
    else if (first.n == 0 && n)
        judge_invalid(j, at, ips, "must be empty when `clusterIP` is not specified");
    families(j, spec);
    for (size_t i = 0; i < n; i++) {
        struct str ip = value_text(value_item(ips, i));
        if (i == 0 && str_is(ip, "None")) {
            if (n > 1)
                judge_invalid(j, at, ips, "'None' must be the first and only value");
            bad |= n > 1;
            continue;
        }
        judge_ip(j, AT_ITEM(at, i), ip);
        bad |= judge_ip_family(ip) == 0;
    }
    if (n > 2)
        judge_invalid(j, at, ips, "may only hold up to 2 values");
    if (bad || n == 0 || headless(spec))
        return;
    if (n > 1 && judge_ip_family(value_text(value_item(ips, 0))) == judge_ip_family(value_text(value_item(ips, 1))))
        judge_invalid(j, at, ips, "may specify no more than one IP for each IP family");
    for (size_t i = 0; i < MIN(n, value_count(list)); i++) {
        struct str family = value_text(value_item(list, i));
        int want = str_is(family, "IPv4") ? 4 : str_is(family, "IPv6") ? 6 : 0;
        if (want && want != judge_ip_family(value_text(value_item(ips, i))))
            judge_fault(j, AT_ITEM(at, i), FAULT_INVALID, value_item(ips, i), "expected an IPv%d value as indicated by `ipFamilies[%zu]`", want, i);
    }
}

static void balancer(struct judge *j, const struct value *spec)
{
    static const char only[] = "may only be used when `type` is 'LoadBalancer'";
    const struct value *ranges = value_at(spec, "loadBalancerSourceRanges");
    const struct at *at = AT(spec_at, "LoadBalancerSourceRanges");
    bool yes = str_is(value_text_at(spec, "type"), "LoadBalancer");
    if (value_count(ranges) && !yes)
        judge_forbidden(j, at, only);
    for (size_t i = 0; i < value_count(ranges); i++)
        judge_cidr(j, AT_ITEM(at, i), str_trim(value_text(value_item(ranges, i))));
    if (!yes && judge_present(value_at(spec, "allocateLoadBalancerNodePorts")))
        judge_forbidden(j, AT(spec_at, "allocateLoadBalancerNodePorts"), only);
    if (yes && !judge_present(value_at(spec, "allocateLoadBalancerNodePorts")))
        judge_required(j, AT(NULL, "allocateLoadBalancerNodePorts"), "");
    if (!yes && judge_present(value_at(spec, "loadBalancerClass")))
        judge_forbidden(j, AT(spec_at, "loadBalancerClass"), only);
    else
        judge_name_field(j, spec_at, spec, "loadBalancerClass", false, name_label_key);
}

/* Health check ports are allocated after this judgement: a missing one is no fault here. */
static void traffic(struct judge *j, const struct value *spec)
{
    static const char *const policies[] = {"Cluster", "Local", NULL};
    static const char *const spreads[] = {"PreferClose", "PreferSameNode", "PreferSameZone", NULL};
    const struct value *outer = value_at(spec, "externalTrafficPolicy"), *inner = value_at(spec, "internalTrafficPolicy");
    struct str type = value_text_at(spec, "type");
    bool balanced = str_is(type, "LoadBalancer");
    bool open = balanced || str_is(type, "NodePort") || (str_is(type, "ClusterIP") && value_count(value_at(spec, "externalIPs")));
    int64_t health = value_int_at(spec, "healthCheckNodePort", 0);
    if (open)
        judge_one_of(j, AT(spec_at, "externalTrafficPolicy"), outer, true, policies);
    else if (value_text(outer).n)
        judge_invalid(j, AT(spec_at, "externalTrafficPolicy"), outer, "may only be set for externally-accessible services");
    if (health && !(balanced && str_is(value_text(outer), "Local")))
        judge_invalid_int(j, AT(spec_at, "healthCheckNodePort"), health,
                          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    else if (health)
        judge_port(j, AT(spec_at, "healthCheckNodePort"), health);
    judge_one_of(j, AT(spec_at, "internalTrafficPolicy"), inner, !str_is(type, "ExternalName"), policies);
    judge_one_of(j, AT(spec_at, "trafficDistribution"), value_at(spec, "trafficDistribution"), false, spreads);
}

static void service(struct judge *j, const struct value *spec)
{
    static const char *const types[] = {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort", NULL};
    const struct value *external = value_at(spec, "externalIPs");
    struct str type = value_text_at(spec, "type");
    bool named = str_is(type, "ExternalName");
    if (value_count(value_at(spec, "ports")) == 0 && !headless(spec) && !named)
        judge_required(j, AT(spec_at, "ports"), "");
    if (headless(spec) && (str_is(type, "LoadBalancer") || str_is(type, "NodePort"))) {
        struct value none = value_make_text(STR("None"));
        judge_fault(j, AT_ITEM(AT(spec_at, "clusterIPs"), 0), FAULT_INVALID, &none, "may not be set to 'None' for %.*s services", STR_FMT(type));
    }
    if (named)
        external_name(j, spec);
    service_ports(j, spec);
    judge_labels(j, AT(spec_at, "selector"), value_at(spec, "selector"));
    affinity(j, spec);
    if (!named)
        cluster_ips(j, spec);
    for (size_t i = 0; i < value_count(external); i++) {
        struct str ip = value_text(value_item(external, i));
        const struct at *here = AT_ITEM(AT(spec_at, "externalIPs"), i);
        if (judge_ip_family(ip))
            judge_public_ip(j, here, ip);
        else
            judge_ip(j, here, ip);
    }
    judge_one_of(j, AT(spec_at, "type"), value_at(spec, "type"), true, types);
    balancer(j, spec);
    traffic(j, spec);
}

static void addresses_update(struct judge *j, const struct value *now, const struct value *old)
{
    const struct value *n = value_at(now, "clusterIPs"), *o = value_at(old, "clusterIPs");
    const struct at *at = AT(spec_at, "clusterIPs");
    if (str_is(value_text_at(now, "type"), "ExternalName") || str_is(value_text_at(old, "type"), "ExternalName") || (headless(now) && headless(old)))
        return;
    size_t both = value_count(n) == value_count(o) ? value_count(n) : MIN(MIN(value_count(n), value_count(o)), 1);
    if (value_count(o) && value_count(n) == 0)
        judge_invalid(j, AT_ITEM(at, 0), n, "primary clusterIP can not be unset");
    for (size_t i = 0; i < both; i++) {
        if (!str_eq(value_text(value_item(n, i)), value_text(value_item(o, i))))
            judge_invalid(j, AT_ITEM(at, i), n, "may not change once set");
    }
    const struct value *policy = value_at(now, "ipFamilyPolicy");
    if (value_count(o) > 1 && value_count(n) == 1 && !str_is(value_text(policy), "SingleStack"))
        judge_invalid(j, AT(spec_at, "ipFamilyPolicy"), policy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
}

static void families_update(struct judge *j, const struct value *now, const struct value *old)
{
    const struct value *n = value_at(now, "ipFamilies"), *o = value_at(old, "ipFamilies"), *policy = value_at(now, "ipFamilyPolicy");
    const struct at *at = AT_ITEM(AT(spec_at, "ipFamilies"), 0);
    if (str_is(value_text_at(now, "type"), "ExternalName") || str_is(value_text_at(old, "type"), "ExternalName") || headless(now) || headless(old))
        return;
    if (value_count(o) && value_count(n) == 0)
        judge_invalid(j, at, n, "primary ipFamily can not be unset");
    size_t both = value_count(n) == value_count(o) ? value_count(n) : MIN(MIN(value_count(n), value_count(o)), 1);
    for (size_t i = 0; i < both; i++) {
        if (!str_eq(value_text(value_item(n, i)), value_text(value_item(o, i))))
            judge_invalid(j, at, n, "may not change once set");
    }
    if (value_count(o) > 1 && value_count(n) == 1 && !str_is(value_text(policy), "SingleStack"))
        judge_invalid(j, AT(spec_at, "ipFamilyPolicy"), policy, "must be set to 'SingleStack' when releasing the secondary ipFamily");
}

void judge_service(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    if (!opened(w, name_dns_1035, true))
        return;
    if (w->old) {
        const struct value *class = value_at(spec, "loadBalancerClass"), *before = value_at(old, "loadBalancerClass");
        bool stays = str_is(value_text_at(spec, "type"), "LoadBalancer") && str_is(value_text_at(old, "type"), "LoadBalancer");
        addresses_update(j, spec, old);
        families_update(j, spec, old);
        if (stays && !judge_same(class, before))
            judge_invalid(j, AT(spec_at, "loadBalancerClass"), class, "may not change once set");
    }
    service(j, spec);
}

/* ── endpoints ── */
static void endpoint_address(struct judge *j, const struct at *at, const struct value *a)
{
    judge_ip(j, AT(at, "ip"), value_text_at(a, "ip"));
    judge_name_field(j, at, a, "hostname", false, name_dns_label);
    judge_name_field(j, at, a, "nodeName", false, name_dns_subdomain);
    judge_public_ip(j, AT(at, "ip"), value_text_at(a, "ip"));
}

void judge_endpoints(const struct judging *w)
{
    static const char *const lists[] = {"addresses", "notReadyAddresses"};
    struct judge *j = w->j;
    const struct value *subsets = value_at(w->now, "subsets");
    opened(w, name_dns_subdomain, true);
    for (size_t i = 0; i < value_count(subsets); i++) {
        const struct value *s = value_item(subsets, i), *ports = value_at(s, "ports");
        const struct at *at = AT_ITEM(AT(NULL, "subsets"), i);
        if (value_count(value_at(s, "addresses")) + value_count(value_at(s, "notReadyAddresses")) == 0)
            judge_required(j, at, "must specify `addresses` or `notReadyAddresses`");
        for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
            const struct value *list = value_at(s, lists[l]);
            for (size_t k = 0; k < value_count(list); k++)
                endpoint_address(j, AT_ITEM(AT(at, lists[l]), k), value_item(list, k));
        }
        for (size_t k = 0; k < value_count(ports); k++) {
            const struct value *p = value_item(ports, k);
            const struct at *here = AT_ITEM(AT(at, "ports"), k);
            judge_name_field(j, here, p, "name", value_count(ports) > 1, name_dns_label);
            judge_port(j, AT(here, "port"), value_int_at(p, "port", 0));
            judge_one_of(j, AT(here, "protocol"), value_at(p, "protocol"), true, protocols);
            judge_name_field(j, here, p, "appProtocol", false, name_label_key);
        }
    }
}

#define SLICE_ENDPOINTS_MAX 1000
#define SLICE_ADDRESSES_MAX 100

static void slice_endpoint(struct judge *j, const struct at *at, const struct value *e, struct str type)
{
    const struct value *list = value_at(e, "addresses");
    if (value_count(list) == 0)
        judge_required(j, AT(at, "addresses"), "must contain at least 1 address");
    else if (value_count(list) > SLICE_ADDRESSES_MAX)
        judge_fault(j, AT(at, "addresses"), FAULT_TOO_MANY, NULL, "must have at most %d items", SLICE_ADDRESSES_MAX);
    for (size_t i = 0; i < value_count(list); i++) {
        struct str a = value_text(value_item(list, i));
        const struct at *here = AT_ITEM(AT(at, "addresses"), i);
        if (str_is(type, "FQDN"))
            judge_name(j, here, a, name_dns_subdomain);
        else if (judge_ip_family(a) == (str_is(type, "IPv6") ? 6 : 4))
            judge_public_ip(j, here, a);
        else if (str_is(type, "IPv4") || str_is(type, "IPv6"))
            judge_invalid_text(j, here, a, str_is(type, "IPv6") ? "must be a valid IPv6 address" : "must be a valid IPv4 address");
    }
    judge_name_field(j, at, e, "nodeName", false, name_dns_subdomain);
    judge_name_field(j, at, e, "zone", false, name_label_value);
    judge_name_field(j, at, e, "hostname", false, name_dns_label);
}

void judge_slice(const struct judging *w)
{
    static const char *const types[] = {"FQDN", "IPv4", "IPv6", NULL};
    struct judge *j = w->j;
    const struct value *endpoints = value_at(w->now, "endpoints"), *ports = value_at(w->now, "ports");
    const struct value *type = value_at(w->now, "addressType");
    opened(w, name_dns_subdomain, true);
    judge_one_of(j, AT(NULL, "addressType"), type, true, types);
    if (value_count(endpoints) > SLICE_ENDPOINTS_MAX)
        judge_fault(j, AT(NULL, "endpoints"), FAULT_TOO_MANY, NULL, "must have at most %d items", SLICE_ENDPOINTS_MAX);
    for (size_t i = 0; i < MIN(value_count(endpoints), SLICE_ENDPOINTS_MAX); i++)
        slice_endpoint(j, AT_ITEM(AT(NULL, "endpoints"), i), value_item(endpoints, i), value_text(type));
    for (size_t i = 0; i < value_count(ports); i++) {
        const struct value *p = value_item(ports, i);
        const struct at *here = AT_ITEM(AT(NULL, "ports"), i);
        struct str name = value_text_at(p, "name");
        judge_name_field(j, here, p, "name", false, name_dns_label);
        if (comes_before(ports, i, "name", name))
            judge_duplicate_text(j, AT(here, "name"), name);
        judge_one_of(j, AT(here, "protocol"), value_at(p, "protocol"), true, protocols);
        if (judge_present(value_at(p, "port")))
            judge_port(j, AT(here, "port"), value_int_at(p, "port", 0));
        judge_name_field(j, here, p, "appProtocol", false, name_label_key);
    }
    if (w->old)
        judge_immutable(j, AT(NULL, "addressType"), type, value_at(w->old, "addressType"));
}

/* ── ingresses ── */
static void backend(struct judge *j, const struct at *at, const struct value *b)
{
    const struct value *svc = value_at(b, "service"), *resource = value_at(b, "resource");
    const struct at *here = AT(at, "service"), *port_at = AT(here, "port");
    struct str name = value_text_at(svc, "port.name");
    int64_t number = value_int_at(svc, "port.number", 0);
    if (judge_present(svc) && judge_present(resource)) {
        judge_invalid_text(j, at, STR(""), "cannot set both resource and service backends");
    } else if (judge_present(resource)) {
        judge_has(j, AT(at, "resource"), resource, "kind");
        judge_has(j, AT(at, "resource"), resource, "name");
    } else if (!judge_present(svc)) {
        judge_invalid_text(j, at, STR(""), "resource or service backend is required");
    } else {
        judge_name_field(j, here, svc, "name", true, name_dns_1035);
        if (name.n && number)
            judge_invalid_text(j, at, STR(""), "cannot set both port name & port number");
        else if (name.n)
            judge_name(j, AT(port_at, "name"), name, name_port);
        else if (number)
            judge_port(j, AT(port_at, "number"), number);
        else
            judge_required(j, at, "port name or number is required");
    }
}

static void http_path(struct judge *j, const struct at *at, const struct value *p)
{
    static const char *const types[] = {"Exact", "ImplementationSpecific", "Prefix", NULL};
    static const char *const never[] = {"//", "/./", "/../", "%2f", "%2F"}, *const no_end[] = {"/..", "/."};
    struct str path = value_text_at(p, "path"), type = value_text_at(p, "pathType");
    const struct value *bad = value_at(p, "path");
    const struct at *here = AT(at, "path");
    bool strict = str_is(type, "Exact") || str_is(type, "Prefix");
    if (type.n == 0)
        judge_required(j, AT(at, "pathType"), "pathType must be specified");
    else
        judge_one_of(j, AT(at, "pathType"), value_at(p, "pathType"), true, types);
    if ((strict || path.n) && !str_starts(path, STR("/")))
        judge_invalid_text(j, here, path, "must be an absolute path");
    for (size_t i = 0; strict && i < ARRAY_LEN(never); i++) {
        if (str_find(path, str_of(never[i])) >= 0)
            judge_fault(j, here, FAULT_INVALID, bad, "must not contain '%s'", never[i]);
    }
    for (size_t i = 0; strict && i < ARRAY_LEN(no_end); i++) {
        if (str_ends(path, str_of(no_end[i])))
            judge_fault(j, here, FAULT_INVALID, bad, "cannot end with '%s'", no_end[i]);
    }
    backend(j, AT(at, "backend"), value_at(p, "backend"));
}

static void host_name(struct judge *j, const struct at *at, struct str host)
{
    if (judge_ip_family(host))
        judge_invalid_text(j, at, host, "must be a DNS name, not an IP address");
    judge_name(j, at, host, str_find(host, STR("*")) >= 0 ? name_wildcard_subdomain : name_dns_subdomain);
}

static void ingress_rules(struct judge *j, const struct value *rules)
{
    for (size_t i = 0; i < value_count(rules); i++) {
        const struct value *r = value_item(rules, i), *http = value_at(r, "http"), *paths = value_at(http, "paths");
        const struct at *at = AT_ITEM(AT(spec_at, "rules"), i), *paths_at = AT(AT(at, "http"), "paths");
        struct str host = value_text_at(r, "host");
        if (host.n)
            host_name(j, AT(at, "host"), host);
        if (judge_present(http) && value_count(paths) == 0)
            judge_required(j, paths_at, "");
        for (size_t k = 0; k < value_count(paths); k++)
            http_path(j, AT_ITEM(paths_at, k), value_item(paths, k));
    }
}

void judge_ingress(const struct judging *w)
{
    static const char class_key[] = "kubernetes.io/ingress.class";
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *rules = value_at(spec, "rules"), *tls = value_at(spec, "tls");
    const struct value *first = value_at(spec, "defaultBackend");
    struct str class = value_text(value_get(value_at(w->now, "metadata.annotations"), str_of(class_key)));
    if (!opened(w, name_dns_subdomain, true))
        return;
    if (value_count(rules) == 0 && !judge_present(first))
        judge_invalid(j, spec_at, rules, "either `defaultBackend` or `rules` must be specified");
    if (judge_present(first))
        backend(j, AT(spec_at, "defaultBackend"), first);
    ingress_rules(j, rules);
    for (size_t i = 0; i < value_count(tls); i++) {
        const struct value *hosts = value_at(value_item(tls, i), "hosts");
        const struct at *at = AT_ITEM(AT(spec_at, "tls"), i);
        for (size_t k = 0; k < value_count(hosts); k++) {
            struct str host = value_text(value_item(hosts, k));
            judge_name(j, AT_ITEM(AT(at, "hosts"), k), host, str_find(host, STR("*")) >= 0 ? name_wildcard_subdomain : name_dns_subdomain);
        }
        judge_name_field(j, at, value_item(tls, i), "secretName", false, name_dns_subdomain);
    }
    judge_name_field(j, spec_at, spec, "ingressClassName", false, name_dns_subdomain);
    if (!w->old && class.n && judge_present(value_at(spec, "ingressClassName")))
        judge_invalid_text(j, AT_KEY(AT(AT(NULL, "metadata"), "annotations"), str_of(class_key)), class,
                           "can not be set when the class field is also set");
}

#define CONTROLLER_MAX 250

static void domain_path(struct judge *j, const struct at *at, struct str s)
{
    struct str host, path;
    if (!str_cut(s, '/', &host, &path) || path.n == 0) {
        judge_invalid_text(j, at, s, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        return;
    }
    judge_name(j, at, host, name_dns_subdomain);
}

void judge_ingress_class(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *p = value_at(spec, "parameters");
    const struct at *at = AT(spec_at, "parameters");
    struct str controller = value_text_at(spec, "controller");
    opened(w, name_dns_subdomain, false);
    if (controller.n > CONTROLLER_MAX)
        judge_too_long(j, AT(spec_at, "controller"), CONTROLLER_MAX);
    if (controller.n)
        domain_path(j, AT(spec_at, "controller"), controller);
    if (w->old)
        judge_immutable(j, AT(spec_at, "controller"), value_at(spec, "controller"), value_at(w->old, "spec.controller"));
    if (!judge_present(p))
        return;
    judge_has(j, at, p, "kind");
    judge_has(j, at, p, "name");
    bool in_namespace = str_is(value_text_at(p, "scope"), "Namespace"), named = value_text_at(p, "namespace").n > 0;
    static const char *const scopes[] = {"Cluster", "Namespace", NULL};
    judge_one_of(j, AT(at, "scope"), value_at(p, "scope"), true, scopes);
    if (in_namespace && !named)
        judge_required(j, AT(at, "namespace"), "`parameters.scope` is set to 'Namespace'");
    else if (!in_namespace && named)
        judge_forbidden(j, AT(at, "namespace"), "`parameters.scope` is set to 'Cluster'");
}

/* ── network policies ── */
static void policy_ports(struct judge *j, const struct at *at, const struct value *ports)
{
    for (size_t i = 0; i < value_count(ports); i++) {
        const struct value *p = value_item(ports, i), *port = value_at(p, "port"), *end = value_at(p, "endPort");
        const struct at *here = AT_ITEM(at, i);
        judge_one_of(j, AT(here, "protocol"), value_at(p, "protocol"), false, protocols);
        if (judge_present(port))
            judge_port_or_name(j, AT(here, "port"), port);
        if (!judge_present(end))
            continue;
        if (!judge_present(port))
            judge_invalid(j, AT(here, "endPort"), end, "may not be specified when `port` is not specified");
        else if (port->type == VALUE_TEXT)
            judge_invalid(j, AT(here, "endPort"), end, "may not be specified when `port` is non-numeric");
        else if (value_int(end, 0) < value_int(port, 0))
            judge_invalid(j, AT(here, "endPort"), end, "must be greater than or equal to `port`");
        else
            judge_port(j, AT(here, "endPort"), value_int(end, 0));
    }
}

static void peers(struct judge *j, const struct at *at, const struct value *list)
{
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *p = value_item(list, i), *block = value_at(p, "ipBlock"), *except = value_at(block, "except");
        const struct at *here = AT_ITEM(at, i), *block_at = AT(here, "ipBlock");
        bool pods = judge_present(value_at(p, "podSelector")), spaces = judge_present(value_at(p, "namespaceSelector"));
        judge_label_selector(j, AT(here, "podSelector"), value_at(p, "podSelector"));
        judge_label_selector(j, AT(here, "namespaceSelector"), value_at(p, "namespaceSelector"));
        if (!pods && !spaces && !judge_present(block))
            judge_required(j, here, "must specify a peer");
        else if ((pods || spaces) && judge_present(block))
            judge_forbidden(j, here, "may not specify both ipBlock and another peer");
        if (!judge_present(block))
            continue;
        if (judge_has(j, block_at, block, "cidr"))
            judge_cidr(j, AT(block_at, "cidr"), value_text_at(block, "cidr"));
        for (size_t k = 0; k < value_count(except); k++)
            judge_cidr(j, AT_ITEM(AT(block_at, "except"), k), value_text(value_item(except, k)));
    }
}

void judge_network_policy(const struct judging *w)
{
    static const char *const types[] = {"Egress", "Ingress", NULL};
    static const char *const sides[][2] = {{"ingress", "from"}, {"egress", "to"}};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *kinds = value_at(spec, "policyTypes");
    opened(w, name_dns_subdomain, true);
    judge_label_selector(j, AT(spec_at, "podSelector"), value_at(spec, "podSelector"));
    for (size_t s = 0; s < ARRAY_LEN(sides); s++) {
        const struct value *rules = value_at(spec, sides[s][0]);
        for (size_t i = 0; i < value_count(rules); i++) {
            const struct value *r = value_item(rules, i);
            const struct at *at = AT_ITEM(AT(spec_at, sides[s][0]), i);
            policy_ports(j, AT(at, "ports"), value_at(r, "ports"));
            peers(j, AT(at, sides[s][1]), value_at(r, sides[s][1]));
        }
    }
    if (value_count(kinds) > 2)
        judge_invalid(j, AT(spec_at, "policyTypes"), kinds, "may not specify more than two policyTypes");
    for (size_t i = 0; i < MIN(value_count(kinds), 2); i++)
        judge_one_of(j, AT_ITEM(AT(spec_at, "policyTypes"), i), value_item(kinds, i), true, types);
}
