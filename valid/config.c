#include "valid/inside.h"

/* Namespaces, nodes, data, accounts, quotas and the like. */

static const struct at *const spec_at = &(const struct at){.name = "spec"};

static void open_meta(const struct judging *w, judge_rule *rule, bool namespaced)
{
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, namespaced, rule);
}

static bool is_in(struct str s, const char *const *list)
{
    for (size_t i = 0; list[i]; i++) {
        if (str_is(s, list[i]))
            return true;
    }
    return false;
}

/* ── namespaces ── */
static void finalizer(struct judge *j, const struct at *at, struct str s)
{
    static const char *const standard[] = {"kubernetes", "orphan", "foregroundDeletion", NULL};
    judge_name(j, at, s, name_label_key);
    if (str_find(s, STR("/")) < 0 && !is_in(s, standard))
        judge_invalid_text(j, at, s, "name is neither a standard finalizer name nor is it fully qualified");
}

void judge_namespace(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *list = value_at(w->now, "spec.finalizers"), *phase = value_at(w->now, "status.phase");
    const struct at *at = AT(spec_at, "finalizers");
    open_meta(w, name_dns_label, false);
    for (size_t i = 0; i < value_count(list) && (!w->old || str_is(w->sub, "finalize")); i++)
        finalizer(j, w->old ? AT_ITEM(at, i) : at, value_text(value_item(list, i)));
    if (!str_is(w->sub, "status"))
        return;
    bool dying = judge_present(value_at(w->now, "metadata.deletionTimestamp"));
    if (!str_is(value_text(phase), dying ? "Terminating" : "Active"))
        judge_invalid(j, AT(AT(NULL, "status"), "Phase"), phase,
                      dying ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
                            : "may only be 'Active' if `deletionTimestamp` is empty");
}

/* ── nodes ── */
static void taints(struct judge *j, const struct value *list)
{
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *t = value_item(list, i);
        const struct at *at = AT_ITEM(AT(AT(NULL, "metadata"), "taints"), i); /* upstream's path */
        struct str key = value_text_at(t, "key"), effect = value_text_at(t, "effect");
        judge_name(j, AT(at, "key"), key, name_label_key);
        judge_name(j, AT(at, "value"), value_text_at(t, "value"), name_label_value);
        judge_taint_effect(j, AT(at, "effect"), effect, true);
        for (size_t k = 0; k < i; k++) {
            const struct value *o = value_item(list, k);
            if (!str_eq(value_text_at(o, "key"), key) || !str_eq(value_text_at(o, "effect"), effect))
                continue;
            judge_fault(j, at, FAULT_DUPLICATE, t, "taints must be unique by key and effect pair");
            break;
        }
    }
}

static void node_resources(struct judge *j, const struct value *node, const char *field)
{
    const struct value *list = value_at(value_at(node, "status"), field);
    VALUE_EACH_MEMBER (m, list) {
        SCOPED_BUF name = BUF_INIT(0);
        buf_str(&name, m->key);
        judge_quantity(j, AT(AT(AT(NULL, "status"), field), buf_cstr(&name)), m->key, &m->value);
    }
}

static void node_update(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    const struct value *addresses = value_at(w->now, "status.addresses"), *cidrs = value_at(old, "podCIDRs");
    for (size_t i = 0; i < value_count(addresses); i++) {
        for (size_t k = 0; k < i; k++) {
            if (!judge_same(value_item(addresses, i), value_item(addresses, k)))
                continue;
            judge_duplicate(j, AT_ITEM(AT(AT(NULL, "status"), "addresses"), i), value_item(addresses, i));
            break;
        }
    }
    if (value_count(cidrs) && !judge_same(cidrs, value_at(now, "podCIDRs")))
        judge_forbidden(j, AT(spec_at, "podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
    if (value_text_at(old, "providerID").n && !judge_same(value_at(now, "providerID"), value_at(old, "providerID")))
        judge_forbidden(j, AT(spec_at, "providerID"), "node updates may not change providerID except from \"\" to valid");
}

void judge_node(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *cidrs = value_at(w->now, "spec.podCIDRs");
    const struct at *at = AT(spec_at, "podCIDRs");
    open_meta(w, name_dns_subdomain, false);
    taints(j, value_at(w->now, "spec.taints"));
    node_resources(j, w->now, "capacity");
    node_resources(j, w->now, "allocatable");
    if (w->old) {
        node_update(w);
        return;
    }
    for (size_t i = 0; i < value_count(cidrs); i++)
        judge_cidr(j, AT_ITEM(at, i), value_text(value_item(cidrs, i)));
    if (value_count(cidrs) > 2)
        judge_invalid(j, at, cidrs, "may specify no more than one CIDR for each IP family");
}

/* ── config maps and secrets ── */
#define DATA_MAX (1024u * 1024)

static size_t keys(struct judge *j, const struct at *at, const struct value *data, bool base64)
{
    size_t size = 0;
    VALUE_EACH_MEMBER (m, data) {
        judge_name(j, AT_KEY(at, m->key), m->key, name_config_key);
        size_t n = value_text(&m->value).n;
        size += base64 ? n / 4 * 3 : n;
    }
    return size;
}

static void frozen(const struct judging *w, const char *const *fields)
{
    static const char why[] = "field is immutable when `immutable` is set";
    if (!value_bool_at(w->old, "immutable", false))
        return;
    if (!value_bool_at(w->now, "immutable", false))
        judge_forbidden(w->j, AT(NULL, "immutable"), why);
    for (size_t i = 0; fields[i]; i++) {
        if (!judge_same(value_at(w->now, fields[i]), value_at(w->old, fields[i])))
            judge_forbidden(w->j, AT(NULL, fields[i]), why);
    }
}

void judge_config_map(const struct judging *w)
{
    static const char *const fields[] = {"data", "binaryData", NULL};
    struct judge *j = w->j;
    const struct value *data = value_at(w->now, "data"), *binary = value_at(w->now, "binaryData");
    open_meta(w, name_dns_subdomain, true);
    frozen(w, fields);
    size_t size = keys(j, AT(NULL, "data"), data, false) + keys(j, AT(NULL, "binaryData"), binary, true);
    VALUE_EACH_MEMBER (m, data) {
        if (value_get(binary, m->key))
            judge_invalid_text(j, AT_KEY(AT(NULL, "data"), m->key), m->key, "duplicate of key present in binaryData");
    }
    if (size > DATA_MAX)
        judge_too_long(j, AT_KEY(NULL, STR("")), DATA_MAX);
}

static void secret_needs(struct judge *j, const struct value *data, const char *key)
{
    if (!value_get(data, str_of(key)))
        judge_required(j, AT_KEY(AT(NULL, "data"), str_of(key)), "");
}

static void secret_type(struct judge *j, const struct value *secret, struct str type)
{
    static const char account[] = "kubernetes.io/service-account.name";
    const struct value *data = value_at(secret, "data"), *notes = value_at(secret, "metadata.annotations");
    if (str_is(type, "kubernetes.io/service-account-token")) {
        if (value_text(value_get(notes, str_of(account))).n == 0)
            judge_required(j, AT_KEY(AT(AT(NULL, "metadata"), "annotations"), str_of(account)), "");
    } else if (str_is(type, "kubernetes.io/dockercfg")) {
        secret_needs(j, data, ".dockercfg");
    } else if (str_is(type, "kubernetes.io/dockerconfigjson")) {
        secret_needs(j, data, ".dockerconfigjson");
    } else if (str_is(type, "kubernetes.io/basic-auth")) {
        if (!value_get(data, STR("username")) && !value_get(data, STR("password"))) {
            secret_needs(j, data, "username");
            secret_needs(j, data, "password");
        }
    } else if (str_is(type, "kubernetes.io/ssh-auth")) {
        if (value_text(value_get(data, STR("ssh-privatekey"))).n == 0)
            judge_required(j, AT_KEY(AT(NULL, "data"), STR("ssh-privatekey")), "");
    } else if (str_is(type, "kubernetes.io/tls")) {
        secret_needs(j, data, "tls.crt");
        secret_needs(j, data, "tls.key");
    }
}

void judge_secret(const struct judging *w)
{
    static const char *const fields[] = {"data", NULL};
    struct judge *j = w->j;
    open_meta(w, name_dns_subdomain, true);
    if (w->old)
        judge_immutable(j, AT(NULL, "type"), value_at(w->now, "type"), value_at(w->old, "type"));
    frozen(w, fields);
    if (keys(j, AT(NULL, "data"), value_at(w->now, "data"), true) > DATA_MAX)
        judge_too_long(j, AT(NULL, "data"), DATA_MAX);
    secret_type(j, w->now, value_text_at(w->now, "type"));
}

void judge_account(const struct judging *w)
{
    open_meta(w, name_dns_subdomain, true);
}

/* ── quotas ── */
static const char *const compute_names[] = {"cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory", "pods", NULL};

static bool quota_name(struct str s)
{
    return judge_quota_name(s) || str_starts(s, STR("requests.hugepages-")) || judge_hugepages(s);
}

static void quota_list(struct judge *j, const struct at *at, const struct value *list)
{
    VALUE_EACH_MEMBER (m, list) {
        const struct at *here = AT_KEY(at, m->key);
        judge_resource_name(j, here, m->key, false);
        if (str_find(m->key, STR("/")) < 0 && !quota_name(m->key))
            judge_invalid_text(j, here, m->key, "must be a standard resource for quota");
        judge_quantity(j, here, m->key, &m->value);
    }
}

static const char *const scope_names[] = {
    "BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "PriorityClass", "CrossNamespacePodAffinity", NULL};

static bool scope_fits(struct str scope, struct str resource)
{
    if (!quota_name(resource))
        return true;
    return str_is(scope, "BestEffort") ? str_is(resource, "pods") : is_in(resource, compute_names);
}

static bool scopes_clash(const struct value *list, const char *member)
{
    bool seen[4] = {false, false, false, false}; /* in the order of scope_names */
    VALUE_EACH_ITEM (v, list) {
        struct str s = member ? value_text_at(v, member) : value_text(v);
        for (size_t i = 0; i < ARRAY_LEN(seen); i++)
            seen[i] |= str_is(s, scope_names[i]);
    }
    return (seen[0] && seen[1]) || (seen[2] && seen[3]);
}

static void scope_match(struct judge *j, const struct at *at, const struct value *e)
{
    struct str scope = value_text_at(e, "scopeName"), op = value_text_at(e, "operator");
    const struct value *values = value_at(e, "values");
    if (!is_in(scope, scope_names))
        judge_invalid_text(j, AT(at, "scopeName"), scope, "unsupported scope");
    else if (!str_is(scope, "PriorityClass") && !str_is(op, "Exists"))
        judge_invalid_text(j, AT(at, "operator"), op,
                           "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                           "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                           "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    if (str_is(op, "In") || str_is(op, "NotIn")) {
        if (value_count(values) == 0)
            judge_required(j, AT(at, "values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
    } else if (str_is(op, "Exists") || str_is(op, "DoesNotExist")) {
        if (value_count(values))
            judge_invalid(j, AT(at, "values"), values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
    } else {
        judge_invalid_text(j, AT(at, "operator"), op, "not a valid selector operator");
    }
}

void judge_quota(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *hard = value_at(w->now, "spec.hard"), *scopes = value_at(w->now, "spec.scopes");
    const struct value *matches = value_at(w->now, "spec.scopeSelector.matchExpressions");
    const struct at *at = AT(spec_at, "scopes"), *match_at = AT(AT(spec_at, "scopeSelector"), "matchExpressions");
    open_meta(w, name_dns_subdomain, true);
    quota_list(j, AT(AT(NULL, "status"), "hard"), value_at(w->now, "status.hard"));
    quota_list(j, AT(AT(NULL, "status"), "used"), value_at(w->now, "status.used"));
    if (str_is(w->sub, "status"))
        return;
    quota_list(j, AT(spec_at, "hard"), hard);
    VALUE_EACH_ITEM (s, scopes) {
        if (!is_in(value_text(s), scope_names))
            judge_invalid(j, at, scopes, "unsupported scope");
        VALUE_EACH_MEMBER (m, hard) {
            if (!scope_fits(value_text(s), m->key))
                judge_invalid(j, at, scopes, "unsupported scope applied to resource");
        }
    }
    if (scopes_clash(scopes, NULL))
        judge_invalid(j, at, scopes, "conflicting scopes");
    VALUE_EACH_ITEM (e, matches) {
        scope_match(j, match_at, e);
        VALUE_EACH_MEMBER (m, hard) {
            if (!scope_fits(value_text_at(e, "scopeName"), m->key))
                judge_invalid(j, match_at, value_at(w->now, "spec.scopeSelector"), "unsupported scope applied to resource");
        }
    }
    if (scopes_clash(matches, "scopeName"))
        judge_invalid(j, match_at, scopes, "conflicting scopes");
    if (w->old && !judge_same(scopes, value_at(w->old, "spec.scopes")))
        judge_invalid(j, at, scopes, "field is immutable");
}

/* ── limit ranges ── */
/* Two lists of one limit: what `low` says must not be over what `high` says. */
struct limit_rule {
    const char *low, *high, *shown, *text; /* `shown`: the list whose field is blamed */
};
static const struct limit_rule limit_rules[] = {
    {"min", "max", "min", "min value %s is greater than max value %s"},
    {"min", "defaultRequest", "defaultRequest", "min value %s is greater than default request value %s"},
    {"defaultRequest", "max", "defaultRequest", "default request value %s is greater than max value %s"},
    {"defaultRequest", "default", "defaultRequest", "default request value %s is greater than default limit value %s"},
    {"min", "default", "default", "min value %s is greater than default value %s"},
    {"default", "max", "default", "default value %s is greater than max value %s"},
};

static void limit_order(struct judge *j, const struct at *at, const struct value *limit, const struct limit_rule *r)
{
    const struct value *lows = value_get(limit, str_of(r->low)), *highs = value_get(limit, str_of(r->high));
    VALUE_EACH_MEMBER (m, lows) {
        const struct value *high = value_get(highs, m->key);
        if (!high || quantity_cmp(quantity_of(&m->value), quantity_of(high)) <= 0)
            continue;
        SCOPED_BUF why = BUF_INIT(0);
        struct str rest = str_of(r->text), piece;
        const struct value *sides[2] = {&m->value, high};
        for (size_t i = 0; str_next(&rest, '%', &piece); i++) {
            if (i > 0) /* behind the %: an s, then more text */
                quantity_print(quantity_of(sides[i - 1]), &why);
            buf_str(&why, i ? str_from(piece, 1) : piece);
        }
        judge_invalid(j, AT_KEY(AT(at, r->shown), m->key), value_get(value_get(limit, str_of(r->shown)), m->key), buf_cstr(&why));
    }
}

static void limit(struct judge *j, const struct at *at, const struct value *l)
{
    static const char *const lists[] = {"max", "min", "default", "defaultRequest", "maxLimitRequestRatio"};
    static const char *const types[] = {"Pod", "Container", "PersistentVolumeClaim", NULL};
    struct str type = value_text_at(l, "type");
    const char *why[NAME_FAULTS_MAX];
    bool pod = str_is(type, "Pod"), container = pod || str_is(type, "Container");
    if (name_label_key(type, why))
        judge_name(j, AT(at, "type"), type, name_label_key);
    else if (str_find(type, STR("/")) < 0 && !is_in(type, types))
        judge_invalid_text(j, AT(at, "type"), type, "must be a standard limit type or fully qualified");
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *list = value_get(l, str_of(lists[i]));
        if (pod && (i == 2 || i == 3)) {
            if (value_count(list))
                judge_forbidden(j, AT(at, lists[i]), "may not be specified when `type` is 'Pod'");
            continue;
        }
        VALUE_EACH_MEMBER (m, list) {
            judge_resource_name(j, AT_KEY(AT(at, lists[i]), m->key), m->key, container);
            if (i == 4 && quantity_of(&m->value).nano < 1000000000)
                judge_fault(j, AT_KEY(AT(at, lists[i]), m->key), FAULT_INVALID, &m->value, "ratio %.*s is less than 1",
                            STR_FMT(value_text(&m->value)));
        }
    }
    if (str_is(type, "PersistentVolumeClaim") && !value_at(l, "min.storage") && !value_at(l, "max.storage"))
        judge_required(j, AT(at, "limits"), "either minimum or maximum storage value is required, but neither was provided");
    for (size_t i = 0; i < ARRAY_LEN(limit_rules); i++)
        limit_order(j, at, l, &limit_rules[i]);
}

void judge_limits(const struct judging *w)
{
    const struct value *list = value_at(w->now, "spec.limits");
    open_meta(w, name_dns_subdomain, true);
    for (size_t i = 0; i < value_count(list); i++) {
        const struct at *at = AT_ITEM(AT(spec_at, "limits"), i);
        struct str type = value_text_at(value_item(list, i), "type");
        limit(w->j, at, value_item(list, i));
        for (size_t k = 0; k < i; k++) {
            if (str_eq(value_text_at(value_item(list, k), "type"), type)) {
                judge_duplicate_text(w->j, AT(at, "type"), type);
                break;
            }
        }
    }
}

/* ── events and leases ── */
#define NOTE_MAX   1024
#define REASON_MAX 128

static void new_event(struct judge *j, const struct value *e, bool core)
{
    static const char *const types[] = {"Normal", "Warning", NULL};
    const char *instance = core ? "reportingComponent" : "reportingController", *note = core ? "message" : "note";
    judge_name_field(j, NULL, e, instance, true, name_label_key);
    judge_has(j, NULL, e, "reportingInstance");
    judge_has(j, NULL, e, "action");
    judge_has(j, NULL, e, "reason");
    if (value_text_at(e, "reportingInstance").n > REASON_MAX)
        judge_too_long(j, AT(NULL, "reportingInstance"), REASON_MAX);
    if (value_text_at(e, "action").n > REASON_MAX)
        judge_too_long(j, AT(NULL, "action"), REASON_MAX);
    if (value_text_at(e, "reason").n > REASON_MAX)
        judge_too_long(j, AT(NULL, "reason"), REASON_MAX);
    if (value_text_at(e, "type").n == 0 || !is_in(value_text_at(e, "type"), types))
        judge_invalid(j, AT(NULL, "type"), value_at(e, "type"), "has invalid value: ");
    if (value_text_at(e, note).n > NOTE_MAX)
        judge_too_long(j, AT(NULL, "message"), NOTE_MAX);
}

void judge_event(const struct judging *w)
{
    struct judge *j = w->j;
    bool core = w->kind->group.n == 0;
    const char *about = core ? "involvedObject" : "regarding";
    struct str ns = value_text_at(w->now, "metadata.namespace"), of = value_text_at(value_at(w->now, about), "namespace");
    open_meta(w, name_path_segment, true);
    if (of.n ? !str_eq(of, ns) : !str_is(ns, "default") && ns.n)
        judge_invalid_text(j, AT(AT(NULL, "involvedObject"), "namespace"), of, "does not match event.namespace");
    if (!core && judge_present(value_at(w->now, "eventTime")) && !w->old)
        new_event(j, w->now, core);
}

void judge_lease(const struct judging *w)
{
    const struct value *seconds = value_at(w->now, "spec.leaseDurationSeconds");
    open_meta(w, name_dns_subdomain, true);
    if (judge_present(seconds) && value_int(seconds, 0) <= 0)
        judge_invalid(w->j, AT(spec_at, "leaseDurationSeconds"), seconds, "must be greater than 0");
    judge_not_negative(w->j, spec_at, value_at(w->now, "spec"), "leaseTransitions");
}

/* ── storage classes ── */
#define PARAMETERS_MAX       (256u * 1024)
#define PARAMETERS_COUNT_MAX 512

static void parameters(struct judge *j, const struct value *list)
{
    const struct at *at = AT(NULL, "parameters");
    size_t size = 0;
    if (value_count(list) > PARAMETERS_COUNT_MAX)
        judge_fault(j, at, FAULT_TOO_LONG, NULL, "may not be more than %d bytes", PARAMETERS_COUNT_MAX);
    VALUE_EACH_MEMBER (m, list) {
        if (m->key.n == 0)
            judge_invalid_text(j, at, m->key, "field can not be empty.");
        size += m->key.n + value_text(&m->value).n;
    }
    if (size > PARAMETERS_MAX)
        judge_too_long(j, at, PARAMETERS_MAX);
}

void judge_storage_class(const struct judging *w)
{
    static const char *const reclaims[] = {"Delete", "Retain", NULL};
    static const char *const bindings[] = {"Immediate", "WaitForFirstConsumer", NULL};
    static const char *const fixed[] = {"parameters", "provisioner", "reclaimPolicy"};
    struct judge *j = w->j;
    struct str provisioner = value_text_at(w->now, "provisioner");
    char lower[512];
    open_meta(w, name_dns_subdomain, false);
    size_t n = MIN(provisioner.n, sizeof(lower));
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)(provisioner.p[i] >= 'A' && provisioner.p[i] <= 'Z' ? provisioner.p[i] + 32 : provisioner.p[i]);
    if (provisioner.n == 0)
        judge_required(j, AT(NULL, "provisioner"), "");
    else
        judge_name(j, AT(NULL, "provisioner"), str_make(lower, n), name_label_key);
    parameters(j, value_at(w->now, "parameters"));
    judge_one_of(j, AT(NULL, "reclaimPolicy"), value_at(w->now, "reclaimPolicy"), false, reclaims);
    judge_one_of(j, AT(NULL, "volumeBindingMode"), value_at(w->now, "volumeBindingMode"), true, bindings);
    if (!w->old)
        return;
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
        if (!judge_same(value_at(w->now, fixed[i]), value_at(w->old, fixed[i])))
            judge_fault(j, AT(NULL, fixed[i]), FAULT_FORBIDDEN, NULL, "updates to %s are forbidden.", fixed[i]);
    }
    judge_immutable(j, AT(NULL, "volumeBindingMode"), value_at(w->now, "volumeBindingMode"), value_at(w->old, "volumeBindingMode"));
}

/* ── APIServices ── */

static void api_service_place(struct judge *j, const struct value *spec, const char *field, int64_t most, const char *why)
{
    int64_t n = value_int(value_get(spec, str_of(field)), 0);
    if (n <= 0 || n > most)
        judge_invalid_int(j, AT(spec_at, field), n, why);
}

static void api_service_behind(struct judge *j, const struct value *spec)
{
    const struct value *service = value_get(spec, STR("service"));
    const struct at *at = AT(spec_at, "service");
    bool bundle = value_text_at(spec, "caBundle").n > 0, insecure = value_bool_at(spec, "insecureSkipTLSVerify", false);
    const struct value yes = value_make_bool(true);
    if (value_is_null(service)) {
        if (bundle)
            judge_invalid(j, AT(spec_at, "caBundle"), value_get(spec, STR("caBundle")), "local APIServices may not have a caBundle");
        if (insecure)
            judge_invalid(j, AT(spec_at, "insecureSkipTLSVerify"), &yes, "local APIServices may not have insecureSkipTLSVerify");
        return;
    }
    (void)judge_has(j, at, service, "namespace");
    (void)judge_has(j, at, service, "name");
    judge_port(j, AT(at, "port"), value_int_at(service, "port", 443));
    if (insecure && bundle)
        judge_invalid(j, AT(spec_at, "insecureSkipTLSVerify"), &yes, "may not be true if caBundle is present");
}

void judge_api_service(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_get(w->now, STR("spec"));
    struct str group = value_text_at(spec, "group"), version = value_text_at(spec, "version"), name = value_text_at(w->now, "metadata.name");
    open_meta(w, name_path_segment, false);
    if (!w->old) {
        size_t n = version.n;
        bool fits = name.n == n + 1 + group.n && str_eq(str_head(name, n), version) && name.p[n] == '.' && str_eq(str_from(name, n + 1), group);
        if (!fits)
            judge_fault(j, AT(AT(NULL, "metadata"), "name"), FAULT_INVALID, value_at(w->now, "metadata.name"),
                        "must be `spec.version+\".\"+spec.group`: \"%.*s.%.*s\"", STR_FMT(version), STR_FMT(group));
    }
    if (!group.n && !str_is(version, "v1"))
        judge_required(j, AT(spec_at, "group"), "only v1 may have an empty group and it better be legacy kube");
    if (group.n)
        judge_name(j, AT(spec_at, "group"), group, name_dns_subdomain);
    judge_name(j, AT(spec_at, "version"), version, name_dns_1035);
    api_service_place(j, spec, "groupPriorityMinimum", 20000, "must be positive and less than 20000");
    api_service_place(j, spec, "versionPriority", 1000, "must be positive and less than 1000");
    api_service_behind(j, spec);
}
