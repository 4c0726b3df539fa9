#include "podvalid/podvalid.h"
#include "selector/selector.h"

/* Where pods may go: node selectors, affinity, tolerations, spread. */

static bool is_number(struct str s)
{
    int64_t n;
    return str_to_int(s, &n) == 0;
}

static void node_requirement(struct judge *j, const struct at *at, const struct value *r, bool strict)
{
    const struct value *values = value_at(r, "values");
    struct str op = value_text_at(r, "operator");
    size_t n = value_count(values);
    if (str_is(op, "In") || str_is(op, "NotIn")) {
        if (n == 0)
            judge_required(j, AT(at, "values"), "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (str_is(op, "Exists") || str_is(op, "DoesNotExist")) {
        if (n)
            judge_forbidden(j, AT(at, "values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else if (str_is(op, "Gt") || str_is(op, "Lt")) {
        if (n != 1)
            judge_required(j, AT(at, "values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
    } else {
        judge_invalid_text(j, AT(at, "operator"), op, "not a valid selector operator");
    }
    judge_name(j, AT(at, "key"), value_text_at(r, "key"), name_label_key);
    for (size_t i = 0; strict && i < n; i++)
        judge_name(j, AT_ITEM(AT(at, "values"), i), value_text(value_item(values, i)), name_label_value);
}

static void field_requirement(struct judge *j, const struct at *at, const struct value *r)
{
    const struct value *values = value_at(r, "values");
    struct str op = value_text_at(r, "operator"), key = value_text_at(r, "key");
    if (!str_is(op, "In") && !str_is(op, "NotIn"))
        judge_invalid_text(j, AT(at, "operator"), op, "not a valid selector operator");
    else if (value_count(values) != 1)
        judge_required(j, AT(at, "values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    if (!str_is(key, "metadata.name")) {
        judge_invalid_text(j, AT(at, "key"), key, "not a valid field selector key");
        return;
    }
    for (size_t i = 0; i < value_count(values); i++)
        judge_name(j, AT_ITEM(AT(at, "values"), i), value_text(value_item(values, i)), name_dns_subdomain);
}

static void node_term(struct judge *j, const struct at *at, const struct value *term, bool strict)
{
    struct value *expressions = value_at(term, "matchExpressions"), *fields = value_at(term, "matchFields");
    for (size_t i = 0; i < value_count(expressions); i++)
        node_requirement(j, AT_ITEM(AT(at, "matchExpressions"), i), value_item(expressions, i), strict);
    for (size_t i = 0; i < value_count(fields); i++)
        field_requirement(j, AT_ITEM(AT(at, "matchFields"), i), value_item(fields, i));
}

void judge_node_selector(struct judge *j, const struct at *at, const struct value *selector)
{
    struct value *terms = value_at(selector, "nodeSelectorTerms");
    if (value_count(terms) == 0)
        judge_required(j, AT(at, "nodeSelectorTerms"), "must have at least one node selector term");
    for (size_t i = 0; i < value_count(terms); i++)
        node_term(j, AT_ITEM(AT(at, "nodeSelectorTerms"), i), value_item(terms, i), true);
}

static void weight(struct judge *j, const struct at *at, const struct value *v)
{
    int64_t n = value_int_at(v, "weight", 0);
    if (n <= 0 || n > 100)
        judge_invalid_int(j, AT(at, "weight"), n, "must be in the range 1-100");
}

static bool selector_has(const struct value *selector, struct str key)
{
    struct value *expressions = value_at(selector, "matchExpressions");
    VALUE_EACH_ITEM (e, expressions) {
        if (str_eq(value_text_at(e, "key"), key))
            return true;
    }
    return value_get(value_at(selector, "matchLabels"), key) != NULL;
}

static void label_keys(struct judge *j, const struct at *at, const struct value *keys, const struct value *selector)
{
    if (value_count(keys) == 0)
        return;
    if (!judge_present(selector))
        judge_forbidden(j, at, "must not be specified when labelSelector is not set");
    for (size_t i = 0; judge_present(selector) && i < value_count(keys); i++)
        judge_name(j, AT_ITEM(at, i), value_text(value_item(keys, i)), name_label_key);
}

static void pod_term(struct judge *j, const struct at *at, const struct value *t)
{
    struct value *namespaces = value_at(t, "namespaces"), *selector = value_at(t, "labelSelector");
    struct value *match = value_at(t, "matchLabelKeys"), *mismatch = value_at(t, "mismatchLabelKeys");
    struct str key = value_text_at(t, "topologyKey");
    judge_label_selector(j, AT(at, "labelSelector"), selector);
    judge_label_selector(j, AT(at, "namespaceSelector"), value_at(t, "namespaceSelector"));
    VALUE_EACH_ITEM (ns, namespaces)
        judge_name(j, AT(at, "namespace"), value_text(ns), name_dns_label);
    label_keys(j, AT(at, "matchLabelKeys"), match, selector);
    label_keys(j, AT(at, "mismatchLabelKeys"), mismatch, selector);
    for (size_t i = 0; i < value_count(match); i++) {
        VALUE_EACH_ITEM (other, mismatch) {
            if (str_eq(value_text(other), value_text(value_item(match, i))))
                judge_invalid(j, AT_ITEM(AT(at, "matchLabelKeys"), i), other, "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }
    if (key.n == 0)
        judge_required(j, AT(at, "topologyKey"), "can not be empty");
    judge_name(j, AT(at, "topologyKey"), key, name_label_key);
}

static void pod_affinity(struct judge *j, const struct at *at, const struct value *a)
{
    static const char required[] = "requiredDuringSchedulingIgnoredDuringExecution";
    static const char preferred[] = "preferredDuringSchedulingIgnoredDuringExecution";
    struct value *hard = value_at(a, required), *soft = value_at(a, preferred);
    for (size_t i = 0; i < value_count(hard); i++)
        pod_term(j, AT_ITEM(AT(at, required), i), value_item(hard, i));
    for (size_t i = 0; i < value_count(soft); i++) {
        const struct at *here = AT_ITEM(AT(at, preferred), i);
        weight(j, here, value_item(soft, i));
        pod_term(j, AT(here, "podAffinityTerm"), value_at(value_item(soft, i), "podAffinityTerm"));
    }
}

void judge_affinity(struct judge *j, const struct at *at, const struct value *affinity)
{
    const struct value *node = value_at(affinity, "nodeAffinity");
    const struct value *hard = value_at(node, "requiredDuringSchedulingIgnoredDuringExecution");
    const struct value *soft = value_at(node, "preferredDuringSchedulingIgnoredDuringExecution");
    const struct at *here = AT(at, "nodeAffinity");
    if (judge_present(hard))
        judge_node_selector(j, AT(here, "requiredDuringSchedulingIgnoredDuringExecution"), hard);
    for (size_t i = 0; i < value_count(soft); i++) {
        const struct at *term = AT_ITEM(AT(here, "preferredDuringSchedulingIgnoredDuringExecution"), i);
        weight(j, term, value_item(soft, i));
        node_term(j, AT(term, "preference"), value_at(value_item(soft, i), "preference"), false);
    }
    pod_affinity(j, AT(at, "podAffinity"), value_at(affinity, "podAffinity"));
    pod_affinity(j, AT(at, "podAntiAffinity"), value_at(affinity, "podAntiAffinity"));
}

void judge_taint_effect(struct judge *j, const struct at *at, struct str effect, bool needed)
{
    static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute", NULL};
    struct value v = value_make_text(effect);
    if (needed || effect.n)
        judge_one_of(j, at, &v, needed, effects);
}

static void label_value_joined(struct judge *j, const struct at *at, struct str text)
{
    const char *why[NAME_FAULTS_MAX];
    size_t n = name_label_value(text, why);
    SCOPED_BUF joined = BUF_INIT(0);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&joined, "%s%s", i ? ";" : "", why[i]);
    if (n)
        judge_invalid_text(j, at, text, buf_cstr(&joined));
}

void judge_tolerations(struct judge *j, const struct at *at, const struct value *tolerations)
{
    for (size_t i = 0; i < value_count(tolerations); i++) {
        const struct value *t = value_item(tolerations, i);
        const struct at *here = AT_ITEM(at, i);
        struct str key = value_text_at(t, "key"), op = value_text_at(t, "operator"), text = value_text_at(t, "value");
        struct str effect = value_text_at(t, "effect");
        if (key.n)
            judge_name(j, AT(here, "key"), key, name_label_key);
        else if (!str_is(op, "Exists"))
            judge_invalid_text(j, AT(here, "operator"), op,
                               "operator must be Exists when `key` is empty, which means \"match all values and all "
                               "keys\"");
        if (judge_present(value_at(t, "tolerationSeconds")) && !str_is(effect, "NoExecute"))
            judge_invalid_text(j, AT(here, "effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        if (op.n == 0 || str_is(op, "Equal")) {
            label_value_joined(j, AT(here, "operator"), text);
        } else if (str_is(op, "Exists")) {
            if (text.n)
                judge_invalid_text(j, AT(here, "operator"), text, "value must be empty when `operator` is 'Exists'");
        } else if (str_is(op, "Lt") || str_is(op, "Gt")) {
            if (!is_number(text))
                judge_invalid_text(j, AT(here, "value"), text, "value must be an integer when `operator` is 'Lt' or 'Gt'");
        } else {
            static const char *const ops[] = {"Equal", "Exists", NULL};
            judge_one_of(j, AT(here, "operator"), value_at(t, "operator"), true, ops);
        }
        judge_taint_effect(j, AT(here, "effect"), effect, false);
    }
}

static void spread_one(struct judge *j, const struct at *at, const struct value *c)
{
    static const char *const actions[] = {"DoNotSchedule", "ScheduleAnyway", NULL};
    static const char *const policies[] = {"Honor", "Ignore", NULL};
    const struct value *selector = value_at(c, "labelSelector"), *keys = value_at(c, "matchLabelKeys");
    const struct value *domains = value_at(c, "minDomains"), *action = value_at(c, "whenUnsatisfiable");
    if (value_int_at(c, "maxSkew", 0) <= 0)
        judge_invalid_int(j, AT(at, "maxSkew"), value_int_at(c, "maxSkew", 0), "must be greater than zero");
    if (value_text_at(c, "topologyKey").n == 0)
        judge_required(j, AT(at, "topologyKey"), "can not be empty");
    struct value none = value_make_text(STR(""));
    judge_one_of(j, AT(at, "whenUnsatisfiable"), action ? action : &none, false, actions);
    if (judge_present(domains) && value_int(domains, 0) <= 0)
        judge_invalid(j, AT(at, "minDomains"), domains, "must be greater than zero");
    if (judge_present(domains) && !str_is(value_text(action), "DoNotSchedule"))
        judge_fault(j, AT(at, "minDomains"), FAULT_INVALID, domains, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not %.*s",
                    STR_FMT(value_text(action)));
    judge_one_of(j, AT(at, "nodeAffinityPolicy"), value_at(c, "nodeAffinityPolicy"), false, policies);
    judge_one_of(j, AT(at, "nodeTaintsPolicy"), value_at(c, "nodeTaintsPolicy"), false, policies);
    if (value_count(keys) && !judge_present(selector))
        judge_forbidden(j, AT(at, "matchLabelKeys"), "must not be specified when labelSelector is not set");
    for (size_t i = 0; i < value_count(keys); i++) {
        const struct at *key_at = AT_ITEM(AT(at, "matchLabelKeys"), i);
        struct str key = value_text(value_item(keys, i));
        judge_name(j, key_at, key, name_label_key);
        if (selector_has(selector, key))
            judge_invalid_text(j, key_at, key, "exists in both matchLabelKeys and labelSelector");
    }
    judge_label_selector(j, AT(at, "labelSelector"), selector);
}

void judge_spread(struct judge *j, const struct at *at, const struct value *constraints)
{
    for (size_t i = 0; i < value_count(constraints); i++) {
        const struct value *c = value_item(constraints, i);
        struct str key = value_text_at(c, "topologyKey"), action = value_text_at(c, "whenUnsatisfiable");
        spread_one(j, AT_ITEM(at, i), c);
        for (size_t k = i + 1; k < value_count(constraints); k++) {
            const struct value *other = value_item(constraints, k);
            if (!str_eq(value_text_at(other, "topologyKey"), key) || !str_eq(value_text_at(other, "whenUnsatisfiable"), action))
                continue;
            SCOPED_BUF shown = BUF_INIT(0);
            buf_fmt(&shown, "{%.*s, %.*s}", STR_FMT(key), STR_FMT(action));
            judge_duplicate_text(j, AT(AT_ITEM(at, i), "{topologyKey, whenUnsatisfiable}"), buf_view(&shown));
            break;
        }
    }
}
