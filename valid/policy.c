#include "valid/inside.h"

/* Who may do what, budgets, scaling, and what extends the API. */

static const struct at *const spec_at = &(const struct at){.name = "spec"};

static void open_meta(const struct judging *w, judge_rule *rule)
{
    const struct schema_resource *r = schema_resource_of_kind(w->kind);
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, r && r->namespaced, rule);
}

static bool is_in(struct str s, const char *const *list)
{
    for (size_t i = 0; list[i]; i++) {
        if (str_is(s, list[i]))
            return true;
    }
    return false;
}

static bool comes_before(const struct value *list, size_t i, const char *member, struct str text)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(value_text_at(value_item(list, k), member), text))
            return true;
    }
    return false;
}

/* ── roles ── */
#define RBAC "rbac.authorization.k8s.io"

void judge_role(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *rules = value_at(w->now, "rules"), *parts = value_at(w->now, "aggregationRule.clusterRoleSelectors");
    bool namespaced = str_is(w->kind->name, "Role");
    open_meta(w, name_path_segment);
    for (size_t i = 0; i < value_count(rules); i++) {
        const struct value *r = value_item(rules, i), *urls = value_at(r, "nonResourceURLs");
        const struct at *at = AT_ITEM(AT(NULL, "rules"), i);
        size_t groups = value_count(value_at(r, "apiGroups")), resources = value_count(value_at(r, "resources"));
        if (value_count(value_at(r, "verbs")) == 0)
            judge_required(j, AT(at, "verbs"), "verbs must contain at least one value");
        if (value_count(urls)) {
            if (namespaced)
                judge_invalid(j, AT(at, "nonResourceURLs"), urls, "namespaced rules cannot apply to non-resource URLs");
            if (groups || resources || value_count(value_at(r, "resourceNames")))
                judge_invalid(j, AT(at, "nonResourceURLs"), urls, "rules cannot apply to both regular resources and non-resource URLs");
            continue;
        }
        if (groups == 0)
            judge_required(j, AT(at, "apiGroups"), "resource rules must supply at least one api group");
        if (resources == 0)
            judge_required(j, AT(at, "resources"), "resource rules must supply at least one resource");
    }
    const struct at *at = AT(AT(NULL, "aggregationRule"), "clusterRoleSelectors");
    if (judge_present(value_at(w->now, "aggregationRule")) && value_count(parts) == 0)
        judge_required(j, at, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    for (size_t i = 0; i < value_count(parts); i++)
        judge_label_selector(j, AT_ITEM(at, i), value_item(parts, i));
}

static void subject(struct judge *j, const struct at *at, const struct value *s, bool namespaced)
{
    static const char *const kinds[] = {"ServiceAccount", "User", "Group", NULL};
    static const char *const rbac[] = {RBAC, NULL}, *const none[] = {"", NULL};
    struct str kind = value_text_at(s, "kind"), name = value_text_at(s, "name"), group = value_text_at(s, "apiGroup");
    struct value shown = value_make_text(group), shown_kind = value_make_text(kind);
    if (name.n == 0)
        judge_required(j, AT(at, "name"), "");
    if (str_is(kind, "ServiceAccount")) {
        if (name.n)
            judge_name(j, AT(at, "name"), name, name_dns_subdomain);
        if (group.n)
            judge_one_of(j, AT(at, "apiGroup"), &shown, false, none);
        if (!namespaced && value_text_at(s, "namespace").n == 0)
            judge_required(j, AT(at, "namespace"), "");
    } else if (str_is(kind, "User") || str_is(kind, "Group")) {
        if (!is_in(group, rbac))
            judge_fault(j, AT(at, "apiGroup"), FAULT_NOT_SUPPORTED, &shown, "supported values: \"" RBAC "\"");
    } else if (kind.n) {
        judge_one_of(j, AT(at, "kind"), &shown_kind, false, kinds);
    } else {
        judge_fault(j, AT(at, "kind"), FAULT_NOT_SUPPORTED, &shown_kind, "supported values: \"ServiceAccount\", \"User\", \"Group\"");
    }
}

void judge_binding(const struct judging *w)
{
    static const char *const both[] = {"Role", "ClusterRole", NULL}, *const cluster[] = {"ClusterRole", NULL};
    struct judge *j = w->j;
    bool namespaced = str_is(w->kind->name, "RoleBinding");
    const struct value *ref = value_at(w->now, "roleRef"), *subjects = value_at(w->now, "subjects");
    const struct at *at = AT(NULL, "roleRef");
    struct value group = value_make_text(value_text_at(ref, "apiGroup")), kind = value_make_text(value_text_at(ref, "kind"));
    open_meta(w, name_path_segment);
    if (!str_is(group.text, RBAC))
        judge_fault(j, AT(at, "apiGroup"), FAULT_NOT_SUPPORTED, &group, "supported values: \"" RBAC "\"");
    if (!is_in(kind.text, namespaced ? both : cluster))
        judge_fault(j, AT(at, "kind"), FAULT_NOT_SUPPORTED, &kind, "supported values: %s",
                    namespaced ? "\"Role\", \"ClusterRole\"" : "\"ClusterRole\"");
    judge_name_field(j, at, ref, "name", true, name_path_segment);
    for (size_t i = 0; i < value_count(subjects); i++)
        subject(j, AT_ITEM(AT(NULL, "subjects"), i), value_item(subjects, i), namespaced);
    if (w->old && !judge_same(ref, value_at(w->old, "roleRef")))
        judge_invalid(j, at, ref, "cannot change roleRef");
}

/* ── priorities and budgets ── */
#define PRIORITY_MAX 1000000000

void judge_priority_class(const struct judging *w)
{
    static const char *const policies[] = {"Never", "PreemptLowerPriority", NULL};
    static const char *const system[] = {"system-cluster-critical", "system-node-critical", NULL};
    struct judge *j = w->j;
    struct str name = value_text_at(w->now, "metadata.name");
    open_meta(w, name_dns_subdomain);
    if (w->old) {
        if (!judge_same(value_at(w->now, "value"), value_at(w->old, "value")))
            judge_forbidden(j, AT(NULL, "value"), "may not be changed in an update.");
        judge_immutable(j, AT(NULL, "preemptionPolicy"), value_at(w->now, "preemptionPolicy"), value_at(w->old, "preemptionPolicy"));
        return;
    }
    if (str_starts(name, STR("system-")) && !is_in(name, system))
        judge_forbidden(j, AT(AT(NULL, "metadata"), "name"), "priority class names with 'system-' prefix are reserved for system use only");
    else if (!is_in(name, system) && value_int_at(w->now, "value", 0) > PRIORITY_MAX)
        judge_forbidden(j, AT(NULL, "value"), "maximum allowed value of a user defined priority is 1000000000");
    judge_one_of(j, AT(NULL, "preemptionPolicy"), value_at(w->now, "preemptionPolicy"), false, policies);
}

void judge_disruption_budget(const struct judging *w)
{
    static const char *const fields[] = {"minAvailable", "maxUnavailable"};
    static const char *const counts[] = {"disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"};
    static const char *const policies[] = {"AlwaysAllow", "IfHealthyBudget", NULL};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *status = value_at(w->now, "status");
    open_meta(w, name_dns_subdomain);
    if (str_is(w->sub, "status")) {
        for (size_t i = 0; i < ARRAY_LEN(counts); i++)
            judge_not_negative(j, AT(NULL, "status"), status, counts[i]);
        return;
    }
    if (judge_present(value_at(spec, fields[0])) && judge_present(value_at(spec, fields[1])))
        judge_invalid(j, spec_at, spec, "minAvailable and maxUnavailable cannot be both set");
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const struct value *v = value_at(spec, fields[i]);
        judge_int_or_percent(j, AT(spec_at, fields[i]), v);
        if (judge_percent(v) > 100)
            judge_invalid(j, AT(spec_at, fields[i]), v, "must not be greater than 100%");
    }
    judge_label_selector(j, AT(spec_at, "selector"), value_at(spec, "selector"));
    judge_one_of(j, AT(spec_at, "unhealthyPodEvictionPolicy"), value_at(spec, "unhealthyPodEvictionPolicy"), false, policies);
}

/* ── scaling ── */
static void metric_target(struct judge *j, const struct at *at, const struct value *t, bool resource)
{
    static const char *const types[] = {"AverageValue", "Utilization", "Value", NULL};
    static const char *const amounts[] = {"value", "averageValue"};
    const struct value *percent = value_at(t, "averageUtilization"), *raw = value_at(t, "averageValue");
    if (value_text_at(t, "type").n == 0)
        judge_required(j, AT(at, "type"), "must specify a metric target type");
    else if (!is_in(value_text_at(t, "type"), types))
        judge_invalid(j, AT(at, "type"), value_at(t, "type"), "must be either Utilization, Value, or AverageValue");
    for (size_t i = 0; i < ARRAY_LEN(amounts); i++) {
        const struct value *v = value_at(t, amounts[i]);
        if (judge_present(v) && quantity_of(v).nano <= 0)
            judge_invalid(j, AT(at, amounts[i]), v, "must be positive");
    }
    if (judge_present(percent) && value_int(percent, 0) < 1)
        judge_invalid(j, AT(at, "averageUtilization"), percent, "must be greater than 0");
    if (!resource)
        return;
    if (judge_present(percent) && judge_present(raw))
        judge_forbidden(j, AT(at, "averageValue"), "may not set both a target raw value and a target utilization");
    else if (!judge_present(percent) && !judge_present(raw))
        judge_required(j, AT(at, "averageUtilization"), "must set either a target raw value or a target utilization");
}

static void metric(struct judge *j, const struct at *at, const struct value *m)
{
    static const struct {
        const char *type, *field;
    } sources[] = {
        {"Object", "object"}, {"Pods", "pods"}, {"Resource", "resource"}, {"ContainerResource", "containerResource"}, {"External", "external"}};
    static const char *const types[] = {"ContainerResource", "External", "Object", "Pods", "Resource", NULL};
    struct str type = value_text_at(m, "type");
    judge_one_of(j, AT(at, "type"), value_at(m, "type"), true, types);
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        const struct value *source = value_at(m, sources[i].field);
        const struct at *here = AT(at, sources[i].field);
        bool resource = i == 2 || i == 3;
        if (judge_present(source)) {
            judge_has(j, resource ? here : AT(here, "metric"), resource ? source : value_at(source, "metric"), "name");
            metric_target(j, AT(here, "target"), value_at(source, "target"), resource);
        }
        if (str_is(type, sources[i].type) && !judge_present(source))
            judge_required(j, here, "must populate information for the given metric source");
        else if (!str_is(type, sources[i].type) && judge_present(source) && is_in(type, types))
            judge_forbidden(j, here, "must populate the given metric source only");
    }
}

static void scaling_rules(struct judge *j, const struct at *at, const struct value *r)
{
    static const char *const selects[] = {"Disabled", "Max", "Min", NULL}, *const types[] = {"Percent", "Pods", NULL};
    const struct value *window = value_at(r, "stabilizationWindowSeconds"), *list = value_at(r, "policies");
    if (!judge_present(r))
        return;
    if (value_int(window, 0) < 0)
        judge_invalid(j, AT(at, "stabilizationWindowSeconds"), window, "must be greater than or equal to zero");
    else if (value_int(window, 0) > 3600)
        judge_invalid(j, AT(at, "stabilizationWindowSeconds"), window, "must be less than or equal to 3600");
    judge_one_of(j, AT(at, "selectPolicy"), value_at(r, "selectPolicy"), false, selects);
    if (value_count(list) == 0)
        judge_required(j, AT(at, "policies"), "must specify at least one Policy");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *p = value_item(list, i), *period = value_at(p, "periodSeconds");
        const struct at *here = AT_ITEM(AT(at, "policies"), i);
        judge_one_of(j, AT(here, "type"), value_at(p, "type"), true, types);
        if (value_int_at(p, "value", 0) <= 0)
            judge_invalid_int(j, AT(here, "value"), value_int_at(p, "value", 0), "must be greater than zero");
        if (value_int(period, 0) <= 0)
            judge_invalid_int(j, AT(here, "periodSeconds"), value_int(period, 0), "must be greater than zero");
        else if (value_int(period, 0) > 1800)
            judge_invalid(j, AT(here, "periodSeconds"), period, "must be less than or equal to 1800");
    }
}

void judge_autoscaler(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *ref = value_at(spec, "scaleTargetRef");
    const struct value *least = value_at(spec, "minReplicas"), *metrics = value_at(spec, "metrics");
    int64_t most = value_int_at(spec, "maxReplicas", 0);
    open_meta(w, name_dns_subdomain);
    if (str_is(w->sub, "status"))
        return;
    if (judge_present(least) && value_int(least, 0) < 1)
        judge_invalid(j, AT(spec_at, "minReplicas"), least, "must be greater than or equal to 1");
    if (most < 1)
        judge_invalid_int(j, AT(spec_at, "maxReplicas"), most, "must be greater than 0");
    if (judge_present(least) && most < value_int(least, 0))
        judge_invalid_int(j, AT(spec_at, "maxReplicas"), most, "must be greater than or equal to `minReplicas`");
    judge_name_field(j, AT(spec_at, "scaleTargetRef"), ref, "kind", true, name_path_segment);
    judge_name_field(j, AT(spec_at, "scaleTargetRef"), ref, "name", true, name_path_segment);
    for (size_t i = 0; i < value_count(metrics); i++)
        metric(j, AT_ITEM(AT(spec_at, "metrics"), i), value_item(metrics, i));
    scaling_rules(j, AT(AT(spec_at, "behavior"), "scaleUp"), value_at(spec, "behavior.scaleUp"));
    scaling_rules(j, AT(AT(spec_at, "behavior"), "scaleDown"), value_at(spec, "behavior.scaleDown"));
}

/* ── runtime classes and signing requests ── */
void judge_runtime_class(const struct judging *w)
{
    const struct value *fixed = value_at(w->now, "overhead.podFixed");
    open_meta(w, name_dns_subdomain);
    judge_name(w->j, AT(NULL, "handler"), value_text_at(w->now, "handler"), name_dns_label);
    VALUE_EACH_MEMBER (m, fixed) {
        const struct at *at = AT_KEY(AT(AT(AT(NULL, "overhead"), "podFixed"), "limits"), m->key);
        judge_resource_name(w->j, at, m->key, true);
        judge_quantity(w->j, at, m->key, &m->value);
    }
    judge_labels(w->j, AT(AT(NULL, "scheduling"), "nodeSelector"), value_at(w->now, "scheduling.nodeSelector"));
    judge_tolerations(w->j, AT(AT(NULL, "scheduling"), "tolerations"), value_at(w->now, "scheduling.tolerations"));
    if (w->old)
        judge_immutable(w->j, AT(NULL, "handler"), value_at(w->now, "handler"), value_at(w->old, "handler"));
}

/* ── webhooks ── */
static void client_url(struct judge *j, const struct at *at, struct str url)
{
    ssize_t colon = str_find(url, STR("://")), cut;
    struct str scheme = colon < 0 ? STR("") : str_head(url, (size_t)colon), rest = colon < 0 ? STR("") : str_from(url, (size_t)colon + 3);
    struct str fragment = STR(""), query = STR("");
    if ((cut = str_find(rest, STR("#"))) >= 0) {
        fragment = str_from(rest, (size_t)cut + 1);
        rest = str_head(rest, (size_t)cut);
    }
    if ((cut = str_find(rest, STR("?"))) >= 0) {
        query = str_from(rest, (size_t)cut + 1);
        rest = str_head(rest, (size_t)cut);
    }
    cut = str_find(rest, STR("/"));
    struct str host = cut < 0 ? rest : str_head(rest, (size_t)cut);
    ssize_t user = str_find(host, STR("@"));
    if (!str_is(scheme, "https"))
        judge_invalid_text(j, at, scheme, "'https' is the only allowed URL scheme; desired format: https://host[/path]");
    if (user >= 0 ? (size_t)user + 1 == host.n : !host.n)
        judge_invalid_text(j, at, STR(""), "host must be specified; desired format: https://host[/path]");
    if (user >= 0)
        judge_invalid_text(j, at, str_head(host, (size_t)user), "user information is not permitted in the URL");
    if (fragment.n)
        judge_invalid_text(j, at, fragment, "fragments are not permitted in the URL");
    if (query.n)
        judge_invalid_text(j, at, query, "query parameters are not permitted in the URL");
}

static void client_path(struct judge *j, const struct at *at, struct str path)
{
    struct str rest = str_from(path, 1), step;
    const char *why[NAME_FAULTS_MAX];
    char text[320];
    if (!path.n || str_is(path, "/"))
        return;
    if (str_is(path, "//"))
        return judge_invalid_text(j, at, path, "segment[0] may not be empty");
    if (path.p[0] != '/')
        judge_invalid_text(j, at, path, "must start with a '/'");
    if (str_ends(rest, STR("/")))
        rest.n--;
    for (unsigned i = 0; str_next(&rest, '/', &step); i++) {
        snprintf(text, sizeof(text), "segment[%u] may not be empty", i);
        if (!step.n)
            judge_invalid_text(j, at, path, text);
        for (size_t k = 0, n = step.n ? name_dns_subdomain(step, why) : 0; k < n; k++) {
            snprintf(text, sizeof(text), "segment[%u]: %s", i, why[k]);
            judge_invalid_text(j, at, path, text);
        }
    }
}

static void client(struct judge *j, const struct at *at, const struct value *c)
{
    const struct value *service = value_at(c, "service");
    bool has_url = judge_present(value_at(c, "url"));
    if (has_url == judge_present(service))
        return judge_required(j, at, "exactly one of url or service is required");
    if (has_url)
        return client_url(j, AT(at, "url"), value_text_at(c, "url"));
    /* Upstream takes one for the other: clients hear of the namespace when the name is not there. */
    if (value_text_at(service, "namespace").n == 0)
        judge_required(j, AT(AT(at, "service"), "name"), "");
    if (value_text_at(service, "name").n == 0)
        judge_required(j, AT(AT(at, "service"), "namespace"), "");
    int64_t port = value_int_at(service, "port", 443);
    if (port < 1 || port > 65535) {
        struct value bad = value_make_int(port);
        judge_invalid(j, AT(AT(at, "service"), "port"), &bad, "port is not valid: must be between 1 and 65535, inclusive");
    }
    client_path(j, AT(AT(at, "service"), "path"), value_text_at(service, "path"));
}

static void hook_rules(struct judge *j, const struct at *at, const struct value *rules)
{
    static const char *const lists[] = {"operations", "apiGroups", "apiVersions", "resources"};
    static const char *const operations[] = {"*", "CONNECT", "CREATE", "DELETE", "UPDATE", NULL};
    static const char *const scopes[] = {"*", "Cluster", "Namespaced", NULL};
    for (size_t i = 0; i < value_count(rules); i++) {
        const struct value *r = value_item(rules, i), *ops = value_at(r, "operations");
        for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
            if (value_count(value_at(r, lists[l])) == 0)
                judge_required(j, AT(AT_ITEM(at, i), lists[l]), "");
        }
        for (size_t k = 0; k < value_count(ops); k++)
            judge_one_of(j, AT_ITEM(AT(AT_ITEM(at, i), "operations"), k), value_item(ops, k), true, operations);
        judge_one_of(j, AT(AT_ITEM(at, i), "scope"), value_at(r, "scope"), false, scopes);
    }
}

static void review_versions(struct judge *j, const struct at *at, const struct value *list)
{
    bool known = false;
    for (size_t i = 0; i < value_count(list); i++) {
        struct str text = value_text(value_item(list, i));
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = str_eq(value_text(value_item(list, k)), text);
        if (again)
            judge_invalid_text(j, AT_ITEM(at, i), text, "duplicate version");
        else
            judge_name(j, AT_ITEM(at, i), text, name_dns_1035);
        known |= str_is(text, "v1") || str_is(text, "v1beta1");
    }
    if (!value_count(list))
        judge_required(j, at, "must specify one of v1, v1beta1");
    else if (!known)
        judge_invalid(j, at, list, "must include at least one of v1, v1beta1");
}

static void hook(struct judge *j, const struct at *at, const struct value *h)
{
    static const char *const failures[] = {"Fail", "Ignore", NULL}, *const matches[] = {"Equivalent", "Exact", NULL};
    static const char *const effects[] = {"None", "NoneOnDryRun", NULL};
    static const char *const again[] = {"IfNeeded", "Never", NULL};
    const struct value *seconds = value_at(h, "timeoutSeconds");
    struct str name = value_text_at(h, "name"), rest = name, piece;
    size_t pieces = 0;
    while (str_next(&rest, '.', &piece))
        pieces++;
    if (name.n == 0)
        judge_required(j, AT(at, "name"), "");
    else if (pieces < 3)
        judge_invalid_text(j, AT(at, "name"), name, "should be a domain with at least three segments separated by dots");
    else
        judge_name(j, AT(at, "name"), name, name_dns_subdomain);
    hook_rules(j, AT(at, "rules"), value_at(h, "rules"));
    judge_one_of(j, AT(at, "failurePolicy"), value_at(h, "failurePolicy"), false, failures);
    judge_one_of(j, AT(at, "matchPolicy"), value_at(h, "matchPolicy"), false, matches);
    judge_one_of(j, AT(at, "reinvocationPolicy"), value_at(h, "reinvocationPolicy"), false, again);
    if (value_text_at(h, "sideEffects").n == 0)
        judge_required(j, AT(at, "sideEffects"), "must specify one of None, NoneOnDryRun");
    else
        judge_one_of(j, AT(at, "sideEffects"), value_at(h, "sideEffects"), true, effects);
    review_versions(j, AT(at, "admissionReviewVersions"), value_at(h, "admissionReviewVersions"));
    if (judge_present(seconds) && (value_int(seconds, 0) < 1 || value_int(seconds, 0) > 30))
        judge_invalid(j, AT(at, "timeoutSeconds"), seconds, "the timeout value must be between 1 and 30 seconds");
    judge_label_selector(j, AT(at, "namespaceSelector"), value_at(h, "namespaceSelector"));
    judge_label_selector(j, AT(at, "objectSelector"), value_at(h, "objectSelector"));
    client(j, AT(at, "clientConfig"), value_at(h, "clientConfig"));
}

void judge_webhooks(const struct judging *w)
{
    const struct value *list = value_at(w->now, "webhooks");
    open_meta(w, name_dns_subdomain);
    for (size_t i = 0; i < value_count(list); i++) {
        const struct at *at = AT_ITEM(AT(NULL, "webhooks"), i);
        struct str name = value_text_at(value_item(list, i), "name");
        if (name.n && comes_before(list, i, "name", name))
            judge_duplicate_text(w->j, AT(at, "name"), name);
        hook(w->j, at, value_item(list, i));
    }
}

/* ── definitions of custom resources ── */
static void mixed_case(struct judge *j, const struct at *at, const struct value *names, const char *field)
{
    struct str s = value_text_at(names, field);
    const char *why[NAME_FAULTS_MAX];
    char lower[64];
    struct value bad = value_make_text(s);
    size_t n = MIN(s.n, sizeof(lower));
    if (!judge_has(j, at, names, field))
        return;
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    if (name_dns_1035(str_make(lower, n), why))
        judge_fault(j, AT(at, field), FAULT_INVALID, &bad, "may have mixed case, but should otherwise match: %s", why[0]);
}

static void definition_names(struct judge *j, const struct at *at, const struct value *names)
{
    const struct value *shorts = value_at(names, "shortNames"), *groups = value_at(names, "categories");
    judge_name_field(j, at, names, "plural", true, name_dns_1035);
    judge_name_field(j, at, names, "singular", true, name_dns_1035);
    mixed_case(j, at, names, "kind");
    mixed_case(j, at, names, "listKind");
    if (value_text_at(names, "kind").n && judge_same(value_at(names, "kind"), value_at(names, "listKind")))
        judge_invalid(j, AT(at, "listKind"), value_at(names, "listKind"), "kind and listKind may not be the same");
    for (size_t i = 0; i < value_count(shorts); i++)
        judge_name(j, AT_ITEM(AT(at, "shortNames"), i), value_text(value_item(shorts, i)), name_dns_1035);
    for (size_t i = 0; i < value_count(groups); i++)
        judge_name(j, AT_ITEM(AT(at, "categories"), i), value_text(value_item(groups, i)), name_dns_1035);
}

static void versions(struct judge *j, const struct value *list)
{
    const struct at *at = AT(spec_at, "versions");
    size_t stored = 0;
    bool unique = true;
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *v = value_item(list, i);
        struct str name = value_text_at(v, "name");
        stored += value_bool_at(v, "storage", false);
        unique &= !comes_before(list, i, "name", name);
        judge_name(j, AT(AT_ITEM(at, i), "name"), name, name_dns_1035);
        if (!judge_present(value_at(v, "schema.openAPIV3Schema")))
            judge_required(j, AT(AT(AT_ITEM(at, i), "schema"), "openAPIV3Schema"), "");
    }
    if (!unique)
        judge_invalid(j, at, list, "must contain unique version names");
    if (stored != 1)
        judge_invalid(j, at, list, "must have exactly one version marked as storage version");
}

void judge_definition(const struct judging *w)
{
    static const char *const scopes[] = {"Cluster", "Namespaced", NULL}, *const strategies[] = {"None", "Webhook", NULL};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    struct str group = value_text_at(spec, "group"), name = value_text_at(w->now, "metadata.name");
    struct str plural = value_text_at(spec, "names.plural");
    open_meta(w, name_dns_subdomain);
    if (str_is(w->sub, "status"))
        return;
    bool right = name.n == plural.n + 1 + group.n && str_starts(name, plural) && str_ends(name, group);
    if (!right)
        judge_invalid_text(j, AT(AT(NULL, "metadata"), "name"), name, "must be spec.names.plural+\".\"+spec.group");
    judge_name_field(j, spec_at, spec, "group", true, name_dns_subdomain);
    if (group.n && str_find(group, STR(".")) < 0)
        judge_invalid_text(j, AT(spec_at, "group"), group, "should be a domain with at least one dot");
    judge_one_of(j, AT(spec_at, "scope"), value_at(spec, "scope"), true, scopes);
    versions(j, value_at(spec, "versions"));
    definition_names(j, AT(spec_at, "names"), value_at(spec, "names"));
    judge_one_of(j, AT(AT(spec_at, "conversion"), "strategy"), value_at(spec, "conversion.strategy"), true, strategies);
    if (str_is(value_text_at(spec, "conversion.strategy"), "Webhook") && judge_present(value_at(spec, "conversion.webhook.clientConfig")))
        client(j, AT(AT(spec_at, "conversion"), "webhookClientConfig"), value_at(spec, "conversion.webhook.clientConfig"));
    if (!w->old)
        return;
    judge_immutable(j, AT(spec_at, "group"), value_at(spec, "group"), value_at(old, "group"));
    judge_immutable(j, AT(spec_at, "scope"), value_at(spec, "scope"), value_at(old, "scope"));
    judge_immutable(j, AT(AT(spec_at, "names"), "plural"), value_at(spec, "names.plural"), value_at(old, "names.plural"));
    judge_immutable(j, AT(AT(spec_at, "names"), "kind"), value_at(spec, "names.kind"), value_at(old, "names.kind"));
}
