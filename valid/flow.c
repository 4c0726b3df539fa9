/* FlowSchemas and PriorityLevelConfigurations. */
#include "flow/flow.h"

#include <math.h>

#include "valid/inside.h"

#define PRECEDENCE_MAX 10000
#define QUEUES_MAX     10000000
#define HASH_BITS_MAX  60 /* what shuffle sharding takes of a hash */

static bool has_star(const struct value *list)
{
    VALUE_EACH_ITEM (v, list)
        if (str_is(value_text(v), "*"))
            return true;
    return false;
}

static void open_meta(const struct judging *w)
{
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, false, name_dns_subdomain);
}

/* The conditions of either kind; a type is all they need. */
static void conditions(const struct judging *w)
{
    const struct at *at = AT(AT(NULL, "status"), "conditions");
    const struct value *list = value_at(w->now, "status.conditions");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i);
        struct str type = value_text_at(c, "type");
        for (size_t k = 0; k < i; k++)
            if (str_eq(type, value_text_at(value_item(list, k), "type"))) {
                judge_duplicate_text(w->j, AT(AT_ITEM(at, i), "type"), type);
                break;
            }
        if (!type.n)
            judge_required(w->j, AT(AT_ITEM(at, i), "type"), "");
    }
}

/* ── FlowSchema ── */

static void named(struct judge *j, const struct at *at, const struct value *part, const char *field, const char *missing)
{
    if (!judge_present(part))
        judge_required(j, at, missing);
    else if (!value_text_at(part, field).n)
        judge_required(j, AT(at, field), "");
}

static void account(struct judge *j, const struct at *at, const struct value *part)
{
    named(j, at, part, "name", "serviceAccount is required when subject kind is 'ServiceAccount'");
    if (!judge_present(part))
        return;
    struct str name = value_text_at(part, "name"), ns = value_text_at(part, "namespace");
    if (name.n && !str_is(name, "*"))
        judge_name(j, AT(at, "name"), name, name_dns_subdomain);
    if (ns.n)
        judge_name(j, AT(at, "namespace"), ns, name_dns_label);
    else
        judge_required(j, AT(at, "namespace"), "must specify namespace for service account");
}

static void subject(struct judge *j, const struct at *at, const struct value *s)
{
    static const struct {
        const char *kind, *field;
    } parts[] = {{"User", "user"}, {"ServiceAccount", "serviceAccount"}, {"Group", "group"}};
    static const char *const kinds[] = {"Group", "ServiceAccount", "User", NULL};
    struct str kind = value_text_at(s, "kind");
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        known = known || str_is(kind, parts[i].kind);
    if (!known) {
        struct value shown = value_make_text(kind);
        judge_one_of(j, AT(at, "kind"), &shown, true, kinds);
        return;
    }
    if (str_is(kind, "ServiceAccount"))
        account(j, AT(at, "serviceAccount"), value_at(s, "serviceAccount"));
    else if (str_is(kind, "User"))
        named(j, AT(at, "user"), value_at(s, "user"), "name", "user is required when subject kind is 'User'");
    else
        named(j, AT(at, "group"), value_at(s, "group"), "name", "group is required when subject kind is 'Group'");
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        char why[96];
        if (str_is(kind, parts[i].kind) || !judge_present(value_at(s, parts[i].field)))
            continue;
        snprintf(why, sizeof(why), "%s is forbidden when subject kind is not '%s'", parts[i].field, parts[i].kind);
        judge_forbidden(j, AT(at, parts[i].field), why);
    }
}

static void verbs(struct judge *j, const struct at *at, const struct value *list)
{
    static const char known[] = "\"create\", \"delete\", \"deletecollection\", \"get\", \"list\", \"patch\", \"proxy\", \"update\", \"watch\"";
    if (!value_count(list)) {
        judge_required(j, at, "verbs must contain at least one value");
        return;
    }
    if (has_star(list)) {
        if (value_count(list) > 1)
            judge_invalid(j, at, list, "if '*' is present, must not specify other verbs");
        return;
    }
    VALUE_EACH_ITEM (v, list) {
        char quoted[32];
        snprintf(quoted, sizeof(quoted), "\"%.*s\"", (int)MIN(value_text(v).n, (size_t)20), value_text(v).p ? value_text(v).p : "");
        if (str_find(str_of(known), str_of(quoted)) < 0) {
            judge_fault(j, at, FAULT_NOT_SUPPORTED, list, "supported values: %s", known);
            return;
        }
    }
}

static void star_alone(struct judge *j, const struct at *at, const struct value *list, const char *missing, const char *crowded)
{
    if (!value_count(list))
        judge_required(j, at, missing);
    else if (value_count(list) > 1 && has_star(list))
        judge_invalid(j, at, list, crowded);
}

static void resource_rule(struct judge *j, const struct at *at, const struct value *rule)
{
    const struct value *spaces = value_at(rule, "namespaces");
    const struct at *here = AT(at, "namespaces");
    verbs(j, AT(at, "verbs"), value_at(rule, "verbs"));
    star_alone(j, AT(at, "apiGroups"), value_at(rule, "apiGroups"), "resource rules must supply at least one api group",
               "if '*' is present, must not specify other api groups");
    star_alone(j, AT(at, "resources"), value_at(rule, "resources"), "resource rules must supply at least one resource",
               "if '*' is present, must not specify other resources");
    if (!value_count(spaces) && !value_bool_at(rule, "clusterScope", false)) {
        judge_required(j, here, "resource rules that are not cluster scoped must supply at least one namespace");
        return;
    }
    if (has_star(spaces)) {
        if (value_count(spaces) > 1)
            judge_invalid(j, here, spaces, "if '*' is present, must not specify other namespaces");
        return;
    }
    for (size_t i = 0; i < value_count(spaces); i++) {
        const char *why[NAME_FAULTS_MAX];
        struct str ns = value_text(value_item(spaces, i));
        size_t n = name_dns_label(ns, why);
        for (size_t k = 0; k < n; k++) {
            char text[512];
            snprintf(text, sizeof(text), "each member of this list must be '*' or a DNS-1123 label; %s", why[k]);
            judge_invalid_text(j, AT_ITEM(here, i), ns, text);
        }
    }
}

static const char *path_fault(struct str p)
{
    ssize_t star = str_find(p, STR("*"));
    if (!p.n)
        return "must not be empty";
    if (str_is(p, "/"))
        return NULL;
    if (p.p[0] != '/')
        return "must start with slash";
    if (str_find(p, STR(" ")) >= 0)
        return "must not contain white-space";
    if (str_find(p, STR("//")) >= 0)
        return "must not contain double slash";
    bool at_end = star > 0 && (size_t)star + 1 == p.n && p.p[star - 1] == '/';
    return star >= 0 && !at_end ? "wildcard can only do suffix matching" : NULL;
}

static void path_rule(struct judge *j, const struct at *at, const struct value *rule)
{
    const struct value *urls = value_at(rule, "nonResourceURLs");
    const struct at *here = AT(at, "nonResourceURLs");
    verbs(j, AT(at, "verbs"), value_at(rule, "verbs"));
    star_alone(j, here, urls, "nonResourceURLs must contain at least one value", "if '*' is present, must not specify other non-resource URLs");
    for (size_t i = 0; i < value_count(urls) && !has_star(urls); i++) {
        struct str p = value_text(value_item(urls, i));
        const char *why = path_fault(p);
        if (why)
            judge_invalid_text(j, AT_ITEM(here, i), p, why);
    }
}

static void policy_rule(struct judge *j, const struct at *at, const struct value *rule)
{
    const struct value *subjects = value_at(rule, "subjects"), *resources = value_at(rule, "resourceRules");
    const struct value *paths = value_at(rule, "nonResourceRules");
    if (!value_count(subjects))
        judge_required(j, AT(at, "subjects"), "subjects must contain at least one value");
    for (size_t i = 0; i < value_count(subjects); i++)
        subject(j, AT_ITEM(AT(at, "subjects"), i), value_item(subjects, i));
    if (!value_count(resources) && !value_count(paths))
        judge_required(j, at, "at least one of resourceRules and nonResourceRules has to be non-empty");
    for (size_t i = 0; i < value_count(resources); i++)
        resource_rule(j, AT_ITEM(AT(at, "resourceRules"), i), value_item(resources, i));
    for (size_t i = 0; i < value_count(paths); i++)
        path_rule(j, AT_ITEM(AT(at, "nonResourceRules"), i), value_item(paths, i));
}

/* The server's own ones have the spec they have. What `except` names may differ. */
static void mandatory(const struct judging *w, const char *resource, const char *except)
{
    SCOPED(arena) mem = NULL;
    struct value wanted = {0}, kept = {0};
    struct str name = value_text_at(w->now, "metadata.name");
    const struct value *spec = value_at(w->now, "spec");
    if (!flow_is_mandatory(str_of(resource), name))
        return;
    int r = arena_new(&mem, 1024 * 1024);
    if (r == 0)
        r = flow_default(mem, str_of(resource), name, &wanted);
    if (r == 0)
        r = value_copy(mem, spec, &kept);
    struct value *want = value_at(&wanted, "spec");
    bool excepted = value_get(want, str_of(except)) != NULL;
    if (excepted) {
        value_del(want, str_of(except));
        value_del(&kept, str_of(except));
    }
    if (r == 0 && flow_same_spec(want, &kept))
        return;
    judge_fault(w->j, AT(NULL, "spec"), FAULT_INVALID, spec, "spec of '%.*s'%s must equal the fixed value", STR_FMT(name),
                excepted ? " except the 'spec.exempt' field" : "");
}

void judge_flow_schema(const struct judging *w)
{
    static const char *const methods[] = {"ByNamespace", "ByUser", NULL};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *rules = value_at(spec, "rules"), *by = value_at(spec, "distinguisherMethod");
    const struct at *at = AT(NULL, "spec"), *level = AT(AT(at, "priorityLevelConfiguration"), "name");
    int64_t precedence = value_int_at(spec, "matchingPrecedence", 0);
    struct str name = value_text_at(spec, "priorityLevelConfiguration.name");
    open_meta(w);
    if (str_is(w->sub, "status")) {
        conditions(w);
        return;
    }
    if (precedence <= 0)
        judge_invalid_int(j, AT(at, "matchingPrecedence"), precedence, "must be a positive value");
    if (precedence > PRECEDENCE_MAX)
        judge_invalid_int(j, AT(at, "matchingPrecedence"), precedence, "must not be greater than 10000");
    if (precedence == 1 && !str_is(value_text_at(w->now, "metadata.name"), "exempt"))
        judge_invalid_int(j, AT(at, "matchingPrecedence"), precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
    if (judge_present(by))
        judge_one_of(j, AT(AT(at, "distinguisherMethod"), "type"), value_at(by, "type"), true, methods);
    if (name.n)
        judge_name(j, level, name, name_dns_subdomain);
    else
        judge_required(j, level, "must reference a priority level");
    for (size_t i = 0; i < value_count(rules); i++)
        policy_rule(j, AT_ITEM(AT(at, "rules"), i), value_item(rules, i));
    mandatory(w, "flowschemas", "");
    conditions(w);
}

/* ── PriorityLevelConfiguration ── */

static void positive(struct judge *j, const struct at *at, int64_t v)
{
    if (v <= 0)
        judge_invalid_int(j, at, v, "must be positive");
}

static void queuing(struct judge *j, const struct at *at, const struct value *q)
{
    int64_t queues = value_int_at(q, "queues", 0), hand = value_int_at(q, "handSize", 0);
    const struct at *hand_at = AT(at, "handSize");
    positive(j, AT(at, "queueLengthLimit"), value_int_at(q, "queueLengthLimit", 0));
    positive(j, AT(at, "queues"), queues);
    if (queues > QUEUES_MAX)
        judge_invalid_int(j, AT(at, "queues"), queues, "must not be greater than 10000000");
    positive(j, hand_at, hand);
    if (hand <= 0)
        return;
    struct value bad = value_make_int(hand);
    if (hand > queues) {
        judge_fault(j, hand_at, FAULT_INVALID, &bad, "should not be greater than queues (%lld)", (long long)queues);
        return;
    }
    if (ceil(log2((double)queues) * (double)hand) > HASH_BITS_MAX)
        judge_fault(j, hand_at, FAULT_INVALID, &bad, "required entropy bits of deckSize %lld and handSize %lld should not be greater than %d",
                    (long long)queues, (long long)hand, HASH_BITS_MAX);
}

static void shares(struct judge *j, const struct at *at, const struct value *v)
{
    int64_t nominal = value_int_at(v, "nominalConcurrencyShares", 0), lendable = value_int_at(v, "lendablePercent", 0);
    if (nominal < 0)
        judge_invalid_int(j, AT(at, "nominalConcurrencyShares"), nominal, "must be a non-negative integer");
    if (lendable < 0 || lendable > 100)
        judge_invalid_int(j, AT(at, "lendablePercent"), lendable, "must be between 0 and 100, inclusive");
}

static void limited(struct judge *j, const struct at *at, const struct value *v)
{
    static const char *const types[] = {"Queue", "Reject", NULL};
    const struct value *answer = value_at(v, "limitResponse"), *q = value_at(answer, "queuing");
    const struct at *there = AT(at, "limitResponse");
    struct str type = value_text_at(answer, "type");
    int64_t borrow = value_int_at(v, "borrowingLimitPercent", 0);
    shares(j, at, v);
    if (str_is(type, "Reject") && judge_present(q))
        judge_forbidden(j, AT(there, "queuing"), "must be nil if limited.limitResponse.type is not Limited");
    else if (str_is(type, "Queue") && !judge_present(q))
        judge_required(j, AT(there, "queuing"), "must not be empty if limited.limitResponse.type is Limited");
    else if (str_is(type, "Queue"))
        queuing(j, AT(there, "queuing"), q);
    else if (!str_is(type, "Reject"))
        judge_one_of(j, AT(there, "type"), value_at(answer, "type"), true, types);
    if (borrow < 0)
        judge_invalid_int(j, AT(at, "borrowingLimitPercent"), borrow, "if specified, must be a non-negative integer");
}

void judge_priority_level(const struct judging *w)
{
    static const char *const types[] = {"Exempt", "Limited", NULL};
    struct judge *j = w->j;
    const struct at *at = AT(NULL, "spec");
    const struct value *spec = value_at(w->now, "spec"), *ours = value_at(spec, "limited"), *free = value_at(spec, "exempt");
    struct str type = value_text_at(spec, "type");
    open_meta(w);
    if (str_is(w->sub, "status")) {
        conditions(w);
        return;
    }
    if (str_is(value_text_at(w->now, "metadata.name"), "exempt") != str_is(type, "Exempt"))
        judge_invalid_text(j, AT(at, "type"), type, "must be 'Exempt' if and only if `name` is 'exempt'");
    if (str_is(type, "Exempt")) {
        if (judge_present(ours))
            judge_forbidden(j, AT(at, "limited"), "must be nil if the type is not Limited");
        if (judge_present(free))
            shares(j, AT(at, "exempt"), free);
    } else if (str_is(type, "Limited")) {
        if (judge_present(free))
            judge_forbidden(j, AT(at, "exempt"), "must be nil if the type is Limited");
        if (judge_present(ours))
            limited(j, AT(at, "limited"), ours);
        else
            judge_required(j, AT(at, "limited"), "must not be empty when type is Limited");
    } else {
        judge_one_of(j, AT(at, "type"), value_at(spec, "type"), true, types);
    }
    mandatory(w, "prioritylevelconfigurations", "exempt");
    conditions(w);
}
