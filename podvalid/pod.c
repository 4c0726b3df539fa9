#include "podvalid/podvalid.h"

static bool comes_before(const struct value *list, size_t i, const char *member, struct str text)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(value_text_at(value_item(list, k), member), text))
            return true;
    }
    return false;
}

static const struct value *by_name(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_eq(value_text_at(v, "name"), name))
            return v;
    }
    return NULL;
}

/* ── the network ── */
#define NAMESERVERS_MAX   3
#define SEARCHES_MAX      32
#define SEARCHES_SIZE_MAX 2048

static void searches(struct judge *j, const struct at *at, const struct value *list)
{
    size_t size = 0;
    if (value_count(list) > SEARCHES_MAX)
        judge_invalid(j, at, list, "must not have more than 32 search paths");
    for (size_t i = 0; i < value_count(list); i++) {
        struct str s = value_text(value_item(list, i));
        size += s.n + (i > 0);
        if (str_is(s, "."))
            continue;
        if (str_ends(s, STR(".")))
            s.n--;
        judge_name(j, AT_ITEM(at, i), s, name_dns_subdomain);
    }
    if (size > SEARCHES_SIZE_MAX)
        judge_invalid(j, at, list, "must not have more than 2048 characters (including spaces) in the search list");
}

static void dns(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const policies[] = {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None", NULL};
    const struct value *config = value_at(spec, "dnsConfig"), *servers = value_at(config, "nameservers");
    const struct value *options = value_at(config, "options");
    const struct at *here = AT(at, "dnsConfig");
    bool none = str_is(value_text_at(spec, "dnsPolicy"), "None");
    judge_one_of(j, AT(at, "dnsPolicy"), value_at(spec, "dnsPolicy"), true, policies);
    if (none && !judge_present(config))
        judge_required(j, here, "must provide `dnsConfig` when `dnsPolicy` is None");
    else if (none && value_count(servers) == 0)
        judge_required(j, AT(here, "nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
    if (value_count(servers) > NAMESERVERS_MAX)
        judge_invalid(j, AT(here, "nameservers"), servers, "must not have more than 3 nameservers");
    for (size_t i = 0; i < value_count(servers); i++)
        judge_ip(j, AT_ITEM(AT(here, "nameservers"), i), value_text(value_item(servers, i)));
    searches(j, AT(here, "searches"), value_at(config, "searches"));
    for (size_t i = 0; i < value_count(options); i++) {
        if (value_text_at(value_item(options, i), "name").n == 0)
            judge_required(j, AT_ITEM(AT(here, "options"), i), "must not be empty");
    }
}

static void host_network(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *list = value_at(spec, "containers");
    if (!value_bool_at(spec, "hostNetwork", false))
        return;
    for (size_t c = 0; c < value_count(list); c++) {
        const struct value *ports = value_at(value_item(list, c), "ports");
        const struct at *here = AT(AT_ITEM(AT(at, "containers"), c), "ports");
        for (size_t i = 0; i < value_count(ports); i++) {
            const struct value *p = value_item(ports, i);
            int64_t host = value_int_at(p, "hostPort", 0);
            if ((j->pod || host) && host != value_int_at(p, "containerPort", 0))
                judge_invalid_int(j, AT(AT_ITEM(here, i), "hostPort"), host, "must match `containerPort` when `hostNetwork` is true");
        }
    }
}

static void aliases(struct judge *j, const struct at *at, const struct value *list)
{
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *a = value_item(list, i), *names = value_at(a, "hostnames");
        judge_ip(j, AT(AT_ITEM(at, i), "ip"), value_text_at(a, "ip"));
        for (size_t k = 0; k < value_count(names); k++)
            judge_name(j, AT_ITEM(AT(AT_ITEM(at, i), "hostnames"), k), value_text(value_item(names, k)), name_dns_subdomain);
    }
}

/* ── the rest of the spec ── */
static void gates(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *ready = value_at(spec, "readinessGates"), *hold = value_at(spec, "schedulingGates");
    for (size_t i = 0; i < value_count(ready); i++)
        judge_name(j, AT(AT_ITEM(AT(at, "readinessGates"), i), "conditionType"), value_text_at(value_item(ready, i), "conditionType"),
                   name_label_key);
    for (size_t i = 0; i < value_count(hold); i++) {
        struct str name = value_text_at(value_item(hold, i), "name");
        const struct at *here = AT_ITEM(AT(at, "schedulingGates"), i);
        judge_name(j, here, name, name_label_key);
        if (comes_before(hold, i, "name", name))
            judge_duplicate_text(j, here, name);
    }
}

static void claims(struct judge *j, const struct at *at, const struct value *list)
{
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(c, "name");
        bool direct = judge_present(value_at(c, "resourceClaimName"));
        bool made = judge_present(value_at(c, "resourceClaimTemplateName"));
        if (name.n == 0)
            judge_required(j, AT(here, "name"), "");
        else if (comes_before(list, i, "name", name))
            judge_duplicate_text(j, AT(here, "name"), name);
        else
            judge_name(j, AT(here, "name"), name, name_dns_label);
        if (direct && made)
            judge_invalid(j, here, c, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        else if (!direct && !made)
            judge_invalid(j, here, c, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        judge_name_field(j, here, c, "resourceClaimName", false, name_dns_subdomain);
        judge_name_field(j, here, c, "resourceClaimTemplateName", false, name_dns_subdomain);
    }
}

static void pod_resources(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *resources = value_at(spec, "resources"), *list = value_at(spec, "containers");
    if (!judge_present(resources))
        return;
    if (judge_present(value_at(resources, "claims")))
        judge_forbidden(j, AT(at, "claims"), "claims cannot be set for Resources at pod-level");
    judge_resources(j, at, resources, spec);
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *limits = value_at(value_item(list, i), "resources.limits");
        VALUE_EACH_MEMBER (m, limits) {
            const struct value *most = value_get(value_at(resources, "limits"), m->key);
            if (most && quantity_cmp(quantity_of(&m->value), quantity_of(most)) > 0)
                judge_fault(j, AT(AT_KEY(AT_ITEM(AT(at, "containers"), i), m->key), "limits"), FAULT_INVALID, &m->value,
                            "must be less than or equal to pod limits of %.*s", STR_FMT(value_text(most)));
        }
    }
}

static void overhead(struct judge *j, const struct at *at, const struct value *list)
{
    VALUE_EACH_MEMBER (m, list) {
        const struct at *here = AT_KEY(AT(at, "limits"), m->key);
        judge_resource_name(j, here, m->key, true);
        judge_quantity(j, here, m->key, &m->value);
    }
}

static void scheduling_group(struct judge *j, const struct at *at, const struct value *v)
{
    if (judge_present(v) && !judge_present(value_get(v, STR("podGroupName"))))
        judge_invalid(j, AT(at, "podGroupName"), NULL, "must specify one of: `podGroupName`");
    else if (judge_present(v))
        judge_name(j, AT(at, "podGroupName"), value_text_at(v, "podGroupName"), name_dns_subdomain);
}

void judge_pod_spec(struct judge *j, const struct at *at, const struct value *spec, const struct value *meta)
{
    static const char *const restarts[] = {"Always", "OnFailure", "Never", NULL};
    static const char *const preemptions[] = {"PreemptLowerPriority", "Never", NULL};
    const struct value *deadline = value_at(spec, "activeDeadlineSeconds");
    if (!judge_present(value_at(spec, "terminationGracePeriodSeconds")))
        judge_required(j, AT(at, "terminationGracePeriodSeconds"), "");
    judge_volumes(j, AT(at, "volumes"), value_at(spec, "volumes"), meta);
    claims(j, AT(at, "resourceClaims"), value_at(spec, "resourceClaims"));
    judge_containers(j, at, spec);
    pod_resources(j, AT(at, "resources"), spec);
    host_network(j, at, spec);
    judge_one_of(j, AT(at, "restartPolicy"), value_at(spec, "restartPolicy"), true, restarts);
    judge_labels(j, AT(at, "nodeSelector"), value_at(spec, "nodeSelector"));
    judge_pod_security(j, at, spec);
    judge_affinity(j, AT(at, "affinity"), value_at(spec, "affinity"));
    dns(j, at, spec);
    gates(j, at, spec);
    judge_spread(j, AT(at, "topologySpreadConstraints"), value_at(spec, "topologySpreadConstraints"));
    judge_name_field(j, at, spec, "serviceAccountName", false, name_dns_subdomain);
    judge_name_field(j, at, spec, "nodeName", false, name_dns_subdomain);
    if (judge_present(deadline))
        judge_range(j, AT(at, "activeDeadlineSeconds"), value_int(deadline, 0), 1, INT32_MAX);
    judge_name_field(j, at, spec, "hostname", false, name_dns_label);
    judge_name_field(j, at, spec, "subdomain", false, name_dns_label);
    judge_tolerations(j, AT(at, "tolerations"), value_at(spec, "tolerations"));
    aliases(j, AT(at, "hostAliases"), value_at(spec, "hostAliases"));
    judge_name_field(j, at, spec, "priorityClassName", false, name_dns_subdomain);
    judge_name_field(j, at, spec, "runtimeClassName", false, name_dns_subdomain);
    judge_one_of(j, AT(at, "preemptionPolicy"), value_at(spec, "preemptionPolicy"), false, preemptions);
    scheduling_group(j, AT(at, "schedulingGroup"), value_at(spec, "schedulingGroup"));
    overhead(j, AT(at, "overhead"), value_at(spec, "overhead"));
}

void judge_pod_template(struct judge *j, const struct at *at, const struct value *template)
{
    const struct value *spec = value_at(template, "spec"), *notes = value_at(template, "metadata.annotations");
    judge_labels(j, AT(at, "labels"), value_at(template, "metadata.labels"));
    judge_annotations(j, AT(at, "annotations"), notes);
    judge_pod_annotations(j, AT(at, "annotations"), notes, spec);
    judge_pod_spec(j, AT(at, "spec"), spec, NULL);
    if (value_count(value_at(spec, "ephemeralContainers")))
        judge_forbidden(j, AT(AT(at, "spec"), "ephemeralContainers"), "ephemeral containers not allowed in pod template");
}

/* ── pods ── */
static void service_account_tokens(struct judge *j, const struct value *spec)
{
    const struct value *volumes = value_at(spec, "volumes");
    const struct at *at = AT(AT(NULL, "spec"), "volumes");
    for (size_t i = 0; i < value_count(volumes); i++) {
        const struct value *sources = value_at(value_item(volumes, i), "projected.sources");
        const struct at *list = AT(AT(AT_ITEM(at, i), "projected"), "sources");
        for (size_t k = 0; k < value_count(sources); k++) {
            if (judge_present(value_at(value_item(sources, k), "serviceAccountToken")))
                judge_forbidden(j, AT(AT_ITEM(list, k), "serviceAccountToken"), "must not be specified when serviceAccountName is not set");
        }
    }
}

static void whole_pod(struct judge *j, const struct value *pod)
{
    const struct value *meta = value_at(pod, "metadata"), *spec = value_at(pod, "spec");
    judge_meta(j, meta, true, name_dns_subdomain);
    judge_pod_annotations(j, AT(AT(NULL, "metadata"), "annotations"), value_at(meta, "annotations"), spec);
    judge_pod_spec(j, AT(NULL, "spec"), spec, meta);
    if (value_text_at(spec, "serviceAccountName").n == 0)
        service_account_tokens(j, spec);
}

static void pod_create(struct judge *j, const struct value *pod)
{
    const struct value *spec = value_at(pod, "spec");
    const struct at *at = AT(NULL, "spec");
    whole_pod(j, pod);
    if (value_count(value_at(spec, "ephemeralContainers")))
        judge_forbidden(j, AT(at, "ephemeralContainers"), "cannot be set on create");
    if (value_text_at(spec, "nodeName").n && value_count(value_at(spec, "schedulingGates")))
        judge_forbidden(j, AT(at, "nodeName"), "cannot be set until all schedulingGates have been cleared");
}

/* Two maps that may differ in the fields listed. */
static bool same_beside(const struct value *a, const struct value *b, const char *const *beside)
{
    const struct value *sides[2] = {a, b};
    for (size_t s = 0; s < 2; s++) {
        VALUE_EACH_MEMBER (m, sides[s]) {
            bool skip = false;
            for (size_t i = 0; beside[i] && !skip; i++)
                skip = str_is(m->key, beside[i]);
            if (!skip && !judge_same(&m->value, value_get(sides[1 - s], m->key)))
                return false;
        }
    }
    return true;
}

static bool same_containers(const struct value *a, const struct value *b)
{
    static const char *const image[] = {"image", NULL};
    for (size_t i = 0; i < value_count(a); i++) {
        if (!same_beside(value_item(a, i), value_item(b, i), image))
            return false;
    }
    return true;
}

/* True: go on comparing. */
static bool same_number(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    if (value_count(now) == value_count(old))
        return true;
    judge_forbidden(j, at, "pod updates may not add or remove containers");
    return false;
}

static bool deadline_update(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    if (!judge_present(now)) {
        if (judge_present(old))
            judge_invalid(j, at, now, "must not update from a positive integer to nil value");
        return true;
    }
    int64_t n = value_int(now, 0);
    if (n < 0 || n > INT32_MAX) {
        judge_range(j, at, n, 0, INT32_MAX);
        return false;
    }
    if (judge_present(old) && value_int(old, 0) < n) {
        judge_invalid(j, at, now, "must be less than or equal to previous value");
        return false;
    }
    return true;
}

static void only_more_tolerations(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    static const char *const seconds[] = {"tolerationSeconds", NULL};
    VALUE_EACH_ITEM (o, old) {
        bool found = false;
        VALUE_EACH_ITEM (n, now) {
            if (same_beside(o, n, seconds)) {
                found = true;
                break;
            }
        }
        if (!found) {
            judge_forbidden(j, at, "existing toleration can not be modified except its tolerationSeconds");
            return;
        }
    }
}

static void only_fewer_gates(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    for (size_t i = 0; i < value_count(now); i++) {
        struct str name = value_text_at(value_item(now, i), "name");
        if (!by_name(old, name))
            judge_fault(j, AT(AT_ITEM(at, i), "name"), FAULT_FORBIDDEN, NULL, "only deletion is allowed, but found new scheduling gate '%.*s'",
                        STR_FMT(name));
    }
}

/* A pod that is not scheduled yet may be pinned down further. */
static void gated(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    const struct value *selector = value_at(now, "nodeSelector"), *before = value_at(old, "nodeSelector");
    VALUE_EACH_MEMBER (m, before) {
        if (!judge_same(&m->value, value_get(selector, m->key)) || !value_get(selector, m->key)) {
            judge_invalid(j, AT(at, "nodeSelector"), selector, "only additions are allowed for the nodeSelector of gated pods");
            break;
        }
    }
}

#define POD_UPDATES \
    "pod updates may not change fields other than `spec.containers[*].image`," \
    "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to " \
    "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was " \
    "previously negative)"

static bool same_pod_spec(const struct value *now, const struct value *old, bool is_gated)
{
    static const char *const plain[] = {
        "containers", "initContainers", "activeDeadlineSeconds", "schedulingGates", "tolerations", "terminationGracePeriodSeconds", NULL};
    static const char *const for_gated[] = {"containers",      "initContainers", "activeDeadlineSeconds",
                                            "schedulingGates", "tolerations",    "terminationGracePeriodSeconds",
                                            "nodeSelector",    "affinity",       NULL};
    static const char *const node[] = {"nodeAffinity", NULL};
    int64_t grace = value_int_at(now, "terminationGracePeriodSeconds", 0);
    int64_t before = value_int_at(old, "terminationGracePeriodSeconds", 0);
    if (grace != before && !(before < 0 && grace == 1))
        return false;
    if (is_gated && !same_beside(value_at(now, "affinity"), value_at(old, "affinity"), node))
        return false;
    return same_beside(now, old, is_gated ? for_gated : plain) && same_containers(value_at(now, "containers"), value_at(old, "containers")) &&
           same_containers(value_at(now, "initContainers"), value_at(old, "initContainers"));
}

static void pod_update(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    const struct at *at = AT(NULL, "spec");
    bool is_gated = value_count(value_at(old, "schedulingGates")) > 0;
    whole_pod(j, w->now);
    if (!same_number(j, AT(at, "containers"), value_at(now, "containers"), value_at(old, "containers")) ||
        !same_number(j, AT(at, "initContainers"), value_at(now, "initContainers"), value_at(old, "initContainers")) ||
        !deadline_update(j, AT(at, "activeDeadlineSeconds"), value_at(now, "activeDeadlineSeconds"), value_at(old, "activeDeadlineSeconds")))
        return;
    only_more_tolerations(j, AT(at, "tolerations"), value_at(now, "tolerations"), value_at(old, "tolerations"));
    only_fewer_gates(j, AT(at, "schedulingGates"), value_at(now, "schedulingGates"), value_at(old, "schedulingGates"));
    if (is_gated)
        gated(j, at, now, old);
    if (!same_pod_spec(now, old, is_gated))
        judge_forbidden(j, at, POD_UPDATES);
}

/* ── status and the other subresources ── */
static void transitions(struct judge *j, const struct at *at, const struct value *now, const struct value *old, struct str restart,
                        const struct value *inits)
{
    if (str_is(restart, "Always"))
        return;
    for (size_t i = 0; i < value_count(old); i++) {
        const struct value *o = value_item(old, i), *ended = value_at(o, "state.terminated");
        const struct value *n = by_name(now, value_text_at(o, "name"));
        const struct value *sidecar = by_name(inits, value_text_at(o, "name"));
        if (!judge_present(ended) || !n || judge_present(value_at(n, "state.terminated")))
            continue;
        if (str_is(restart, "OnFailure") && value_int_at(ended, "exitCode", 0) != 0)
            continue;
        if (!str_is(value_text_at(sidecar, "restartPolicy"), "Always"))
            judge_forbidden(j, AT(AT_ITEM(at, i), "state"), "may not be transitioned to non-terminated state");
    }
}

static void ips(struct judge *j, const struct at *at, const struct value *list)
{
    unsigned families = 0;
    for (size_t i = 0; i < value_count(list); i++) {
        struct str ip = value_text_at(value_item(list, i), "ip");
        judge_ip(j, AT_ITEM(at, i), ip);
        families |= judge_ip_family(ip) == 6 ? 2 : 1;
        if (comes_before(list, i, "ip", ip))
            judge_duplicate(j, AT_ITEM(at, i), value_item(list, i));
    }
    if (value_count(list) > 2 || (value_count(list) == 2 && families != 3))
        judge_invalid(j, at, list, "may specify no more than one IP for each IP family");
}

static void pod_status(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "status"), *old = value_at(w->old, "status");
    const struct value *hosts = value_at(now, "hostIPs"), *conditions = value_at(now, "conditions");
    const struct at *at = AT(NULL, "status");
    struct str restart = value_text_at(w->old, "spec.restartPolicy");
    for (size_t i = 0; i < value_count(conditions); i++)
        judge_name(j, AT(AT_ITEM(AT(AT(NULL, "metadata"), "conditions"), i), "Type"), value_text_at(value_item(conditions, i), "type"),
                   name_label_key);
    if (!judge_same(value_at(w->now, "spec.nodeName"), value_at(w->old, "spec.nodeName")))
        judge_forbidden(j, AT(at, "nodeName"), "may not be changed directly");
    if (!judge_same(value_at(now, "nominatedNodeName"), value_at(old, "nominatedNodeName"))) {
        judge_name_field(j, at, now, "nominatedNodeName", false, name_dns_subdomain);
        if (value_text_at(w->old, "spec.nodeName").n && value_text_at(now, "nominatedNodeName").n)
            judge_forbidden(j, AT(at, "nominatedNodeName"), "may not be set on pods that are already bound to a node");
    }
    if (judge_present(value_at(old, "qosClass")))
        judge_immutable(j, AT(at, "qosClass"), value_at(now, "qosClass"), value_at(old, "qosClass"));
    transitions(j, AT(at, "containerStatuses"), value_at(now, "containerStatuses"), value_at(old, "containerStatuses"), restart, NULL);
    transitions(j, AT(at, "initContainerStatuses"), value_at(now, "initContainerStatuses"), value_at(old, "initContainerStatuses"), restart,
                value_at(w->old, "spec.initContainers"));
    transitions(j, AT(at, "ephemeralContainerStatuses"), value_at(now, "ephemeralContainerStatuses"), value_at(old, "ephemeralContainerStatuses"),
                STR("Never"), NULL);
    ips(j, AT(at, "podIPs"), value_at(now, "podIPs"));
    ips(j, AT(at, "hostIPs"), hosts);
    if (value_count(hosts) && !str_eq(value_text_at(value_item(hosts, 0), "ip"), value_text_at(now, "hostIP")))
        judge_invalid(j, AT(AT_ITEM(AT(at, "hostIPs"), 0), "ip"), value_at(value_item(hosts, 0), "ip"), "must be equal to `hostIP`");
}

static void ephemeral_update(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "spec.ephemeralContainers");
    const struct value *old = value_at(w->old, "spec.ephemeralContainers");
    const struct at *at = AT(AT(NULL, "spec"), "ephemeralContainers");
    whole_pod(j, w->now);
    if (value_get(value_at(w->old, "metadata.annotations"), STR("kubernetes.io/config.mirror")))
        judge_forbidden(j, AT_KEY(NULL, STR("")), "static pods do not support ephemeral containers");
    VALUE_EACH_ITEM (o, old) {
        const struct value *n = by_name(now, value_text_at(o, "name"));
        if (n && judge_same(n, o))
            continue;
        judge_fault(j, at, FAULT_FORBIDDEN, NULL, "existing ephemeral containers \"%.*s\" may not be %s\n", STR_FMT(value_text_at(o, "name")),
                    n ? "changed" : "removed");
    }
}

/* ── resize (KEP-1287): of a pod that stands, only what it may use of processor and memory ── */

static const struct value *amount(const struct value *holder, const char *list, const char *resource)
{
    return value_get(value_get(value_at(holder, "resources"), str_of(list)), str_of(resource));
}

/* As the kubelet classes pods; what is set for the whole pod stands above what its containers say. */
static struct str quality(const struct value *spec)
{
    static const char *const lists[] = {"containers", "initContainers"}, *const resources[] = {"cpu", "memory"};
    bool any = false, guaranteed = true, whole = value_count(value_at(spec, "resources"));
    for (size_t k = 0; k < ARRAY_LEN(resources); k++) {
        for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
            const struct value *list = value_at(spec, lists[l]), one = whole ? *spec : (struct value){0};
            for (size_t i = 0; whole ? i + l == 0 : i < value_count(list); i++) {
                const struct value *c = whole ? &one : value_item(list, i);
                struct quantity want = quantity_of(amount(c, "requests", resources[k])), most = quantity_of(amount(c, "limits", resources[k]));
                any |= want.nano > 0 || most.nano > 0;
                guaranteed &= most.nano > 0 && (want.nano == 0 || quantity_cmp(want, most) == 0);
            }
        }
    }
    return !any ? STR("BestEffort") : guaranteed ? STR("Guaranteed") : STR("Burstable");
}

static bool only_amounts_differ(const struct value *now, const struct value *old)
{
    static const char *const lists[] = {"requests", "limits", NULL}, *const amounts[] = {"cpu", "memory", NULL};
    bool same = same_beside(value_at(now, "resources"), value_at(old, "resources"), lists);
    for (size_t l = 0; lists[l]; l++)
        same = same && same_beside(value_at(value_at(now, "resources"), lists[l]), value_at(value_at(old, "resources"), lists[l]), amounts);
    return same;
}

static void nothing_removed(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    static const char *const lists[] = {"requests", "limits"};
    for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
        const struct value *before = value_at(value_at(old, "resources"), lists[l]);
        bool lost = false;
        VALUE_EACH_MEMBER (m, before)
            lost |= !value_get(value_at(value_at(now, "resources"), lists[l]), m->key);
        if (lost)
            judge_forbidden(j, AT(at, lists[l]), l ? "resource limits cannot be removed" : "resource requests cannot be removed");
    }
}

static void resized(struct judge *j, const struct at *at, const struct value *now, const struct value *old, bool init)
{
    static const char *const resources[] = {"resources", NULL};
    const struct value *policies = value_at(now, "resizePolicy");
    nothing_removed(j, AT(at, "resources"), now, old);
    if (!same_beside(now, old, resources) || !only_amounts_differ(now, old))
        judge_forbidden(j, init ? at : AT(NULL, "spec"),
                        init ? "only cpu and memory resources for init or sidecar containers are mutable"
                             : "only cpu and memory resources are mutable");
    if (!init || judge_same(now, old) || str_is(value_text_at(now, "restartPolicy"), "Always"))
        return;
    VALUE_EACH_ITEM (p, policies) {
        if (str_is(value_text_at(p, "restartPolicy"), "RestartContainer"))
            judge_forbidden(j, at, "non-sidecar init containers with a resize policy of RestartContainer cannot be resized");
    }
}

static void resize(const struct judging *w)
{
    static const char *const lists[] = {"containers", "initContainers", "resources", NULL};
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    const struct at *at = AT(NULL, "spec");
    whole_pod(j, w->now);
    if (value_get(value_at(w->old, "metadata.annotations"), STR("kubernetes.io/config.mirror")))
        judge_forbidden(j, AT_KEY(NULL, STR("")), "static pods cannot be resized");
    if (!str_eq(quality(now), quality(old)))
        judge_invalid(j, at, value_at(w->now, "status.qosClass"), "Pod QOS Class may not change as a result of resizing");
    nothing_removed(j, AT(at, "resources"), now, old);
    for (size_t l = 0; l < 2; l++) {
        const struct value *n = value_at(now, lists[l]), *o = value_at(old, lists[l]);
        if (value_count(n) != value_count(o)) {
            judge_forbidden(j, AT(at, lists[l]), "containers may not be added or removed on resize");
            continue;
        }
        for (size_t i = 0; i < value_count(n); i++) {
            const struct at *here = AT_ITEM(AT(at, lists[l]), i);
            if (!str_eq(value_text_at(value_item(n, i), "name"), value_text_at(value_item(o, i), "name")))
                judge_forbidden(j, AT(here, "name"), "containers may not be renamed or reordered on resize");
            else
                resized(j, here, value_item(n, i), value_item(o, i), l == 1);
        }
    }
    if (!same_beside(now, old, lists) || !only_amounts_differ(now, old))
        judge_forbidden(j, at, "only cpu and memory resources are mutable");
}

void judge_pod(const struct judging *w)
{
    struct judge *j = w->j;
    j->pod = true;
    if (!w->old) {
        pod_create(j, w->now);
        return;
    }
    judge_meta_update(j, value_at(w->now, "metadata"), value_at(w->old, "metadata"));
    judge_pod_annotation_update(j, value_at(w->now, "metadata.annotations"), value_at(w->old, "metadata.annotations"));
    if (str_is(w->sub, "status"))
        pod_status(w);
    else if (str_is(w->sub, "ephemeralcontainers"))
        ephemeral_update(w);
    else if (str_is(w->sub, "resize"))
        resize(w);
    else
        pod_update(w);
}

void judge_pod_template_object(const struct judging *w)
{
    struct judge *j = w->j;
    if (w->old)
        judge_meta_update(j, value_at(w->now, "metadata"), value_at(w->old, "metadata"));
    else
        judge_meta(j, value_at(w->now, "metadata"), true, name_dns_subdomain);
    judge_pod_template(j, AT(NULL, "template"), value_at(w->now, "template"));
}
