#include "valid/inside.h"
#include "cron/cron.h"
#include "selector/selector.h"

/* The kinds that keep pods running, and jobs. */

static const struct at *const spec_at = &(const struct at){.name = "spec"};
static const struct at *const status_at = &(const struct at){.name = "status"};

/* Metadata, on create and on update; true when the spec is to be judged too. */
static bool opened(const struct judging *w, const struct value **spec)
{
    const struct value *meta = value_at(w->now, "metadata");
    *spec = value_at(w->now, "spec");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, true, name_dns_subdomain);
    return !str_is(w->sub, "status");
}

static void not_negative(struct judge *j, const struct at *at, const struct value *v, const char *const *fields)
{
    for (size_t i = 0; fields[i]; i++)
        judge_not_negative(j, at, v, fields[i]);
}

#define SELECTOR_MAX (1u << 20)

/* `selector`: a LabelSelector or, for `plain`, a map of labels. */
static bool selects(const struct value *selector, const struct value *labels, bool plain)
{
    if (plain) {
        VALUE_EACH_MEMBER (m, selector) {
            const struct value *v = value_get(labels, m->key);
            if (!v || !str_eq(value_text(v), value_text(&m->value)))
                return false;
        }
        return true;
    }
    struct arena *a = NULL;
    struct selector *s = NULL;
    struct err err = {0};
    if (arena_new(&a, SELECTOR_MAX) < 0)
        return true;
    bool yes = selector_from_tree(a, selector, &s, &err) < 0 || selector_matches_labels(s, labels);
    arena_free(a);
    return yes;
}

static void must_select(struct judge *j, const struct at *at, const struct value *selector, const struct value *template, bool plain)
{
    const struct value *labels = value_at(template, "metadata.labels");
    static const struct value none = {.type = VALUE_MAP};
    if (!selects(selector, labels, plain))
        judge_invalid(j, AT(AT(at, "metadata"), "labels"), labels ? labels : &none, "`selector` does not match template `labels`");
}

/* A StatefulSet's pods have a volume for each claim template beside those the template names; where both have a name, the claim is what they get. */
static const struct value *with_claims(struct judge *j, const struct value *spec, const struct value *template)
{
    const struct value *claims = value_at(spec, "volumeClaimTemplates");
    struct arena *a = j->f->arena;
    struct value *copy = value_count(claims) ? arena_alloc(a, sizeof(*copy)) : NULL, list = value_make_list();
    int r = copy ? value_copy(a, template, copy) : 0;
    if (!copy || r < 0)
        return template;
    const struct value *volumes = value_at(copy, "spec.volumes");
    VALUE_EACH_ITEM (v, volumes) {
        bool claimed = false;
        VALUE_EACH_ITEM (c, claims)
            claimed = claimed || str_eq(value_text_at(c, "metadata.name"), value_text_at(v, "name"));
        if (!claimed && !value_add(a, &list, *v))
            r = -ENOMEM;
    }
    VALUE_EACH_ITEM (c, claims) {
        struct value v = {0};
        VALUE_SET(&r, a, &v, "name", value_make_text(value_text_at(c, "metadata.name")));
        VALUE_SET(&r, a, &v, "persistentVolumeClaim.claimName", value_make_text(value_text_at(c, "metadata.name")));
        if (r == 0 && !value_add(a, &list, v))
            r = -ENOMEM;
    }
    VALUE_SET(&r, a, copy, "spec.volumes", list);
    return r < 0 ? template : copy;
}

/* The template of something whose pods always run. */
static void template(struct judge *j, const struct value *spec, const char *owner, bool plain)
{
    static const char *const always[] = {"Always", NULL};
    const struct at *at = AT(spec_at, "template");
    const struct value *t = value_at(spec, "template");
    must_select(j, at, value_at(spec, "selector"), t, plain);
    judge_pod_template(j, at, with_claims(j, spec, t));
    if (value_text_at(t, "spec.restartPolicy").n)
        judge_one_of(j, AT(AT(at, "spec"), "restartPolicy"), value_at(t, "spec.restartPolicy"), false, always);
    if (judge_present(value_at(t, "spec.activeDeadlineSeconds")))
        judge_fault(j, AT(AT(at, "spec"), "activeDeadlineSeconds"), FAULT_FORBIDDEN, NULL, "activeDeadlineSeconds in %s is not Supported", owner);
}

static void selector(struct judge *j, const struct value *spec, const char *empty)
{
    const struct value *s = value_at(spec, "selector");
    const struct at *at = AT(spec_at, "selector");
    if (!judge_present(s)) {
        judge_required(j, at, "");
        return;
    }
    judge_label_selector(j, at, s);
    if (value_count(value_at(s, "matchLabels")) + value_count(value_at(s, "matchExpressions")) == 0)
        judge_invalid(j, at, s, empty);
}

static void at_most(struct judge *j, const struct value *status, const char *field, const char *most, const char *why)
{
    int64_t n = value_int_at(status, field, 0);
    if (n > value_int_at(status, most, 0))
        judge_invalid_int(j, AT(status_at, field), n, why);
}

static void counts(const struct judging *w, const char *const *fields)
{
    static const char *const parts[] = {"fullyLabeledReplicas", "updatedReplicas", "readyReplicas", "availableReplicas", "currentReplicas"};
    const struct value *status = value_at(w->now, "status"), *old = value_at(w->old, "status");
    not_negative(w->j, status_at, status, fields);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        at_most(w->j, status, parts[i], "replicas", "cannot be greater than status.replicas");
    at_most(w->j, status, "availableReplicas", "readyReplicas", "cannot be greater than readyReplicas");
    int64_t collisions = value_int_at(status, "collisionCount", 0);
    if (collisions < value_int_at(old, "collisionCount", 0))
        judge_invalid_int(w->j, AT(status_at, "collisionCount"), collisions, "cannot be decremented");
}

/* ── replication controllers and replica sets ── */
static const char *const replica_counts[] = {"replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration", NULL};

void judge_rc(const struct judging *w)
{
    static const char *const numbers[] = {"minReadySeconds", "replicas", NULL};
    const struct value *spec;
    struct judge *j = w->j;
    if (!opened(w, &spec)) {
        counts(w, replica_counts);
        return;
    }
    not_negative(j, spec_at, spec, numbers);
    if (value_count(value_at(spec, "selector")) == 0)
        judge_required(j, AT(spec_at, "selector"), "");
    if (judge_present(value_at(spec, "template")))
        template(j, spec, "ReplicationController", true);
    else
        judge_required(j, AT(spec_at, "template"), "");
}

void judge_replica_set(const struct judging *w)
{
    static const char *const numbers[] = {"replicas", "minReadySeconds", NULL};
    const struct value *spec;
    struct judge *j = w->j;
    if (!opened(w, &spec)) {
        counts(w, replica_counts);
        return;
    }
    not_negative(j, spec_at, spec, numbers);
    selector(j, spec, "empty selector is invalid for deployment");
    template(j, spec, "ReplicaSet", false);
    if (w->old)
        judge_immutable(j, AT(spec_at, "selector"), value_at(spec, "selector"), value_at(w->old, "spec.selector"));
}

/* ── deployments ── */
static bool zero(const struct value *v)
{
    return value_is_null(v) || (v->type == VALUE_TEXT ? judge_percent(v) == 0 : value_int(v, 0) == 0);
}

static void rolling(struct judge *j, const struct at *at, const struct value *r)
{
    const struct value *down = value_at(r, "maxUnavailable"), *up = value_at(r, "maxSurge");
    judge_int_or_percent(j, AT(at, "maxUnavailable"), down);
    judge_int_or_percent(j, AT(at, "maxSurge"), up);
    if (zero(down) && zero(up))
        judge_invalid(j, AT(at, "maxUnavailable"), down, "may not be 0 when `maxSurge` is 0");
    if (judge_percent(down) > 100)
        judge_invalid(j, AT(at, "maxUnavailable"), down, "must not be greater than 100%");
}

static void strategy(struct judge *j, const struct at *at, const struct value *s)
{
    static const char *const types[] = {"Recreate", "RollingUpdate", NULL};
    const struct value *r = value_at(s, "rollingUpdate");
    struct str type = value_text_at(s, "type");
    if (str_is(type, "Recreate")) {
        if (judge_present(r))
            judge_forbidden(j, AT(at, "rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
    } else if (!str_is(type, "RollingUpdate")) {
        struct value bad = value_make_text(type);
        if (type.n)
            judge_one_of(j, AT(at, "type"), &bad, true, types);
        else
            judge_fault(j, AT(at, "type"), FAULT_NOT_SUPPORTED, &bad, "supported values: \"Recreate\", \"RollingUpdate\"");
    } else if (!judge_present(r)) {
        judge_required(j, AT(at, "rollingUpdate"), "this should be defaulted and never be nil");
    } else {
        rolling(j, AT(at, "rollingUpdate"), r);
    }
}

void judge_deployment(const struct judging *w)
{
    static const char *const numbers[] = {"minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds", NULL};
    static const char *const status[] = {
        "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "collisionCount", NULL};
    const struct value *spec;
    struct judge *j = w->j;
    if (!opened(w, &spec)) {
        counts(w, status);
        return;
    }
    const struct value *deadline = value_at(spec, "progressDeadlineSeconds");
    judge_not_negative(j, spec_at, spec, "replicas");
    selector(j, spec, "empty selector is invalid for deployment");
    template(j, spec, "ReplicaSet", false);
    strategy(j, AT(spec_at, "strategy"), value_at(spec, "strategy"));
    not_negative(j, spec_at, spec, numbers);
    if (judge_present(deadline) && value_int(deadline, 0) <= value_int_at(spec, "minReadySeconds", 0))
        judge_invalid(j, AT(spec_at, "progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    if (w->old)
        judge_immutable(j, AT(spec_at, "selector"), value_at(spec, "selector"), value_at(w->old, "spec.selector"));
}

/* ── daemon sets ── */
static void daemon_rolling(struct judge *j, const struct at *at, const struct value *r)
{
    const struct value *down = value_at(r, "maxUnavailable"), *up = value_at(r, "maxSurge");
    judge_int_or_percent(j, AT(at, "maxUnavailable"), down);
    judge_int_or_percent(j, AT(at, "maxSurge"), up);
    if (zero(down) && zero(up))
        judge_required(j, AT(at, "maxUnavailable"), "cannot be 0 when maxSurge is 0");
    else if (!zero(down) && !zero(up))
        judge_invalid(j, AT(at, "maxSurge"), up, "may not be set when maxUnavailable is non-zero");
    if (judge_percent(down) > 100)
        judge_invalid(j, AT(at, "maxUnavailable"), down, "must not be greater than 100%");
    if (judge_percent(up) > 100)
        judge_invalid(j, AT(at, "maxSurge"), up, "must not be greater than 100%");
}

void judge_daemon_set(const struct judging *w)
{
    static const char *const numbers[] = {"minReadySeconds", "revisionHistoryLimit", NULL};
    static const char *const status[] = {
        "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration",
        "updatedNumberScheduled", "numberAvailable",    "numberUnavailable",      NULL};
    static const char *const types[] = {"RollingUpdate", "OnDelete", NULL};
    const struct value *spec;
    struct judge *j = w->j;
    if (!opened(w, &spec)) {
        not_negative(j, status_at, value_at(w->now, "status"), status);
        return;
    }
    const struct value *how = value_at(spec, "updateStrategy"), *r = value_at(how, "rollingUpdate");
    const struct at *at = AT(spec_at, "updateStrategy");
    if (judge_present(value_at(spec, "selector")))
        selector(j, spec, "empty selector is invalid for daemonset");
    else
        judge_required(j, AT(spec_at, "selector"), "");
    template(j, spec, "DaemonSet", false);
    not_negative(j, spec_at, spec, numbers);
    if (!str_is(value_text_at(how, "type"), "RollingUpdate"))
        judge_one_of(j, AT(at, "type"), value_at(how, "type"), true, types);
    else if (!judge_present(r))
        judge_required(j, AT(at, "rollingUpdate"), "");
    else
        daemon_rolling(j, AT(at, "rollingUpdate"), r);
    if (w->old)
        judge_immutable(j, AT(spec_at, "selector"), value_at(spec, "selector"), value_at(w->old, "spec.selector"));
}

/* ── stateful sets ── */
static void stateful_update_strategy(struct judge *j, const struct value *how)
{
    const struct at *at = AT(spec_at, "updateStrategy");
    const struct value *r = value_at(how, "rollingUpdate"), *down = value_at(r, "maxUnavailable");
    struct str type = value_text_at(how, "type");
    if (type.n == 0) {
        judge_required(j, at, "");
    } else if (str_is(type, "OnDelete")) {
        if (judge_present(r))
            judge_invalid(j, AT(at, "rollingUpdate"), r, "only allowed for updateStrategy 'RollingUpdate'");
    } else if (!str_is(type, "RollingUpdate")) {
        judge_invalid(j, at, how, "must be 'RollingUpdate' or 'OnDelete'");
    } else {
        judge_not_negative(j, AT(at, "rollingUpdate"), r, "partition");
        if (judge_present(down)) {
            judge_int_or_percent(j, AT(AT(at, "rollingUpdate"), "maxUnavailable"), down);
            if (zero(down))
                judge_invalid(j, AT(AT(at, "rollingUpdate"), "maxUnavailable"), down, "cannot be 0");
        }
    }
}

static void stateful_spec(struct judge *j, const struct value *spec)
{
    static const char *const numbers[] = {"replicas", "minReadySeconds", "revisionHistoryLimit", NULL};
    static const char *const keeps[] = {"Delete", "Retain", NULL};
    const struct value *management = value_at(spec, "podManagementPolicy");
    const struct value *keep = value_at(spec, "persistentVolumeClaimRetentionPolicy");
    struct str policy = value_text(management);
    const struct at *at = AT(spec_at, "persistentVolumeClaimRetentionPolicy");
    if (policy.n == 0)
        judge_required(j, AT(spec_at, "podManagementPolicy"), "");
    else if (!str_is(policy, "OrderedReady") && !str_is(policy, "Parallel"))
        judge_invalid(j, AT(spec_at, "podManagementPolicy"), management, "must be 'OrderedReady' or 'Parallel'");
    stateful_update_strategy(j, value_at(spec, "updateStrategy"));
    if (judge_present(keep)) {
        judge_one_of(j, AT(at, "whenDeleted"), value_at(keep, "whenDeleted"), false, keeps);
        judge_one_of(j, AT(at, "whenScaled"), value_at(keep, "whenScaled"), false, keeps);
    }
    not_negative(j, spec_at, spec, numbers);
    judge_not_negative(j, AT(spec_at, "ordinals"), value_at(spec, "ordinals"), "start");
    selector(j, spec, "empty selector is invalid for statefulset");
    template(j, spec, "StatefulSet", false);
}

void judge_stateful_set(const struct judging *w)
{
    static const char *const free_ones[] = {
        "replicas", "ordinals", "template", "updateStrategy", "minReadySeconds", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy"};
    static const char *const status[] = {"replicas",          "readyReplicas",      "currentReplicas", "updatedReplicas",
                                         "availableReplicas", "observedGeneration", "collisionCount",  NULL};
    const struct value *spec, *old = value_at(w->old, "spec");
    bool other = false;
    if (!opened(w, &spec)) {
        counts(w, status);
        return;
    }
    stateful_spec(w->j, spec);
    if (!w->old)
        return;
    const struct value *sides[2] = {spec, old};
    for (size_t s = 0; s < 2; s++) {
        VALUE_EACH_MEMBER (m, sides[s]) {
            bool open = false;
            for (size_t i = 0; i < ARRAY_LEN(free_ones); i++)
                open |= str_is(m->key, free_ones[i]);
            other |= !open && !judge_same(&m->value, value_get(sides[1 - s], m->key));
        }
    }
    if (other)
        judge_forbidden(w->j, spec_at,
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                        "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                        "'minReadySeconds' are forbidden");
}

void judge_revision(const struct judging *w)
{
    const struct value *spec;
    opened(w, &spec);
    if (!judge_present(value_at(w->now, "data")))
        judge_required(w->j, AT(NULL, "data"), "data is mandatory");
    judge_not_negative(w->j, NULL, w->now, "revision");
    if (w->old)
        judge_immutable(w->j, AT(NULL, "data"), value_at(w->now, "data"), value_at(w->old, "data"));
}

/* ── jobs ── */
#define PARALLEL_INDEXED_MAX 100000
#define FAILURE_RULES_MAX    20

static void failure_rule(struct judge *j, const struct at *at, const struct value *rule)
{
    static const char *const actions[] = {"Count", "FailIndex", "FailJob", "Ignore", NULL};
    static const char *const operators[] = {"In", "NotIn", NULL};
    const struct value *codes = value_at(rule, "onExitCodes"), *conditions = value_at(rule, "onPodConditions");
    const struct value *values = value_at(codes, "values");
    judge_one_of(j, AT(at, "action"), value_at(rule, "action"), true, actions);
    if (judge_present(codes)) {
        const struct at *here = AT(at, "onExitCodes");
        judge_one_of(j, AT(here, "operator"), value_at(codes, "operator"), true, operators);
        if (value_count(values) == 0)
            judge_invalid(j, AT(here, "values"), values, "at least one value is required");
        for (size_t i = 0; i < value_count(values); i++) {
            if (str_is(value_text_at(codes, "operator"), "In") && value_int(value_item(values, i), 1) == 0)
                judge_invalid(j, AT_ITEM(AT(here, "values"), i), value_item(values, i), "must not be 0 for the In operator");
        }
    }
    if (judge_present(codes) && value_count(conditions))
        judge_invalid(j, at, rule, "specifying both OnExitCodes and OnPodConditions is not supported");
    else if (!judge_present(codes) && value_count(conditions) == 0)
        judge_invalid(j, at, rule, "specifying one of OnExitCodes and OnPodConditions is required");
}

static void failure_policy(struct judge *j, const struct at *at, const struct value *policy)
{
    const struct value *rules = value_at(policy, "rules");
    if (!judge_present(policy))
        return;
    if (value_count(rules) > FAILURE_RULES_MAX)
        judge_fault(j, AT(at, "rules"), FAULT_TOO_MANY, NULL, "must have at most %d items", FAILURE_RULES_MAX);
    for (size_t i = 0; i < value_count(rules); i++)
        failure_rule(j, AT_ITEM(AT(at, "rules"), i), value_item(rules, i));
}

static void indexed(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const modes[] = {"NonIndexed", "Indexed", NULL};
    const struct value *completions = value_at(spec, "completions"), *per_index = value_at(spec, "backoffLimitPerIndex");
    const struct value *failed = value_at(spec, "maxFailedIndexes"), *mode = value_at(spec, "completionMode");
    bool is_indexed = str_is(value_text(mode), "Indexed");
    judge_one_of(j, AT(at, "completionMode"), mode, false, modes);
    if (is_indexed && !judge_present(completions))
        judge_required(j, AT(at, "completions"), "when completion mode is Indexed");
    if (is_indexed && value_int_at(spec, "parallelism", 0) > PARALLEL_INDEXED_MAX)
        judge_invalid(j, AT(at, "parallelism"), value_at(spec, "parallelism"),
                      "must be less than or equal to 100000 when completion mode is Indexed");
    if (judge_present(per_index) && !is_indexed)
        judge_invalid(j, AT(at, "backoffLimitPerIndex"), per_index, "requires indexed completion mode");
    if (!judge_present(failed))
        return;
    if (judge_present(completions) && value_int(failed, 0) > value_int(completions, 0))
        judge_invalid(j, AT(at, "maxFailedIndexes"), failed, "must be less than or equal to completions");
    if (!judge_present(per_index))
        judge_required(j, AT(at, "backoffLimitPerIndex"), "when maxFailedIndexes is specified");
}

static void job_spec(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const numbers[] = {
        "parallelism",      "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex",
        "maxFailedIndexes", NULL};
    static const char *const policies[] = {"OnFailure", "Never", NULL};
    static const char *const replacements[] = {"Failed", "TerminatingOrFailed", NULL};
    const struct value *t = value_at(spec, "template"), *restart = value_at(t, "spec.restartPolicy");
    const struct at *here = AT(AT(AT(at, "template"), "spec"), "restartPolicy");
    struct str policy = value_text(restart);
    not_negative(j, at, spec, numbers);
    indexed(j, at, spec);
    failure_policy(j, AT(at, "podFailurePolicy"), value_at(spec, "podFailurePolicy"));
    judge_one_of(j, AT(at, "podReplacementPolicy"), value_at(spec, "podReplacementPolicy"), false, replacements);
    judge_pod_template(j, AT(at, "template"), t);
    if (policy.n == 0 || str_is(policy, "Always"))
        judge_required(j, here, "valid values: \"OnFailure\", \"Never\"");
    else
        judge_one_of(j, here, restart, true, policies);
    if (str_is(policy, "OnFailure") && judge_present(value_at(spec, "podFailurePolicy")))
        judge_invalid(j, here, restart, "only \"Never\" is supported when podFailurePolicy is specified");
}

/* What a suspended job that never ran may still change of its template. */
static bool same_template(const struct value *now, const struct value *old, bool open)
{
    static const char *const where[] = {"nodeSelector", "affinity", "tolerations", "schedulingGates"};
    const struct value *a = value_at(now, "spec"), *b = value_at(old, "spec");
    if (judge_same(now, old))
        return true;
    if (!open)
        return false;
    const struct value *sides[2] = {a, b};
    for (size_t s = 0; s < 2; s++) {
        VALUE_EACH_MEMBER (m, sides[s]) {
            bool skip = false;
            for (size_t i = 0; i < ARRAY_LEN(where); i++)
                skip |= str_is(m->key, where[i]);
            if (!skip && !judge_same(&m->value, value_get(sides[1 - s], m->key)))
                return false;
        }
    }
    return true; /* labels and annotations may change too */
}

static void job_update(const struct judging *w)
{
    static const char *const fixed[] = {"selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"};
    const struct value *now = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    const struct value *completions = value_at(now, "completions"), *t = value_at(now, "template");
    struct judge *j = w->j;
    bool is_indexed = str_is(value_text_at(now, "completionMode"), "Indexed");
    bool open = value_bool_at(old, "suspend", false) && !judge_present(value_at(w->old, "status.startTime"));
    if (!is_indexed)
        judge_immutable(j, AT(spec_at, "completions"), completions, value_at(old, "completions"));
    else if (!judge_same(completions, value_at(old, "completions")) && !judge_same(completions, value_at(now, "parallelism")))
        judge_invalid(j, AT(spec_at, "completions"), completions, "can only be modified in tandem with spec.parallelism");
    if (!same_template(t, value_at(old, "template"), open))
        judge_invalid(j, AT(spec_at, "template"), t, "field is immutable");
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        judge_immutable(j, AT(spec_at, fixed[i]), value_at(now, fixed[i]), value_at(old, fixed[i]));
}

void judge_job(const struct judging *w)
{
    static const char *const status[] = {"active", "succeeded", "failed", "ready", "terminating", NULL};
    const struct value *spec;
    struct judge *j = w->j;
    if (!opened(w, &spec)) {
        not_negative(j, status_at, value_at(w->now, "status"), status);
        return;
    }
    const struct value *s = value_at(spec, "selector");
    job_spec(j, spec_at, spec);
    if (judge_present(s)) {
        judge_label_selector(j, AT(spec_at, "selector"), s);
        must_select(j, AT(spec_at, "template"), s, value_at(spec, "template"), false);
    } else {
        judge_required(j, AT(spec_at, "selector"), "");
    }
    if (w->old)
        job_update(w);
}

/* ── cron jobs ── */
static void schedule(struct judge *j, const struct at *at, const struct value *v, const struct value *zone)
{
    struct str s = value_text(v);
    SCOPED_BUF why = BUF_INIT(0);
    struct cron c;
    if (s.n == 0) {
        judge_required(j, at, "");
        return;
    }
    bool own_zone = str_find(s, STR("TZ")) >= 0;
    if (own_zone && judge_present(zone))
        judge_invalid(j, at, v, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    else if (own_zone)
        judge_invalid(j, at, v, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    if (own_zone)
        return;
    if (!cron_parse(s, &c, &why))
        judge_invalid(j, at, v, buf_cstr(&why));
}

/* The one thing valid keeps: what the machine knows, told at the start. */
static bool (*zone_known)(struct str name);

void valid_zones(bool (*known)(struct str name))
{
    zone_known = known;
}

static void time_zone(struct judge *j, const struct at *at, const struct value *v)
{
    struct str name = value_text(v);
    if (!judge_present(v))
        return;
    if (name.n == 0)
        judge_invalid(j, at, v, "timeZone must be nil or non-empty string");
    else if (str_eq_nocase(name, STR("local")))
        judge_invalid(j, at, v, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    else if (zone_known && !zone_known(name)) {
        SCOPED_BUF why = BUF_INIT(0);
        buf_fmt(&why, "unknown time zone %.*s", STR_FMT(name));
        judge_invalid(j, at, v, buf_cstr(&why));
    }
}

#define CRON_NAME_MAX 52

void judge_cron_job(const struct judging *w)
{
    static const char *const numbers[] = {"startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit", NULL};
    static const char *const policies[] = {"Allow", "Forbid", "Replace", NULL};
    const struct value *spec, *zone = value_at(w->now, "spec.timeZone"), *old = value_at(w->old, "spec");
    struct judge *j = w->j;
    if (!opened(w, &spec))
        return;
    if (value_text_at(w->now, "metadata.name").n > CRON_NAME_MAX)
        judge_invalid(j, AT(AT(NULL, "metadata"), "name"), value_at(w->now, "metadata.name"), "must be no more than 52 characters");
    if (!w->old || !judge_same(value_at(spec, "schedule"), value_at(old, "schedule")))
        schedule(j, AT(spec_at, "schedule"), value_at(spec, "schedule"), zone);
    if (!w->old || !judge_same(zone, value_at(old, "timeZone")))
        time_zone(j, AT(spec_at, "timeZone"), zone);
    not_negative(j, spec_at, spec, numbers);
    judge_one_of(j, AT(spec_at, "concurrencyPolicy"), value_at(spec, "concurrencyPolicy"), true, policies);
    const struct value *job = value_at(spec, "jobTemplate.spec");
    const struct at *at = AT(AT(spec_at, "jobTemplate"), "spec");
    job_spec(j, at, job);
    if (judge_present(value_at(job, "selector")))
        judge_invalid(j, AT(at, "selector"), value_at(job, "selector"), "`selector` will be auto-generated");
    if (value_bool_at(job, "manualSelector", false))
        judge_fault(j, AT(at, "manualSelector"), FAULT_NOT_SUPPORTED, value_at(job, "manualSelector"), "%s", "supported values: \"nil\", \"false\"");
}
