#include "apps/apps.h"

/* Job: pods until enough have succeeded. A pod is counted once: it carries a
 * finalizer until its end is in the status (uncountedTerminatedPods first, the
 * counters after the finalizer is off). */
#define TRACKING        "batch.kubernetes.io/job-tracking"
#define INDEX           "batch.kubernetes.io/job-completion-index"
#define FAILURES        "batch.kubernetes.io/job-index-failure-count" /* of a pod's forerunners in its index */
#define IGNORED         "batch.kubernetes.io/job-index-ignored-failure-count"
#define BACKOFF_FIRST_S 10
#define BACKOFF_MOST_S  600

struct tally {
    struct view *v;
    struct value *job, status; /* the status being made */
    struct value **pods;
    size_t n;
    int64_t active, ready, terminating, succeeded, failed;
    int64_t last_failure; /* wall seconds */
    bool indexed;
    int64_t completions, parallelism;
    int64_t per_index;             /* spec.backoffLimitPerIndex; -1: none */
    bool met;                      /* enough has succeeded: what ends now has not failed */
    size_t starts_from, starts_to; /* intents that make pods */
    bool only_failed;              /* a pod being deleted is replaced, and has failed, once it has ended */
    /* Per index; the last two are NULL without per_index. */
    bool *done, *runs, *lost;
    struct value **last; /* the failed pod whose place a new one takes: it stays until then, for it holds the count of failures */
};

static int64_t pod_index(const struct value *pod)
{
    int64_t i = -1;
    struct str text = value_text(value_get(value_at(pod, "metadata.annotations"), STR(INDEX)));
    return str_to_int(text, &i) < 0 ? -1 : i;
}

static struct value *uncounted(struct tally *t, bool good)
{
    return value_at(&t->status, good ? "uncountedTerminatedPods.succeeded" : "uncountedTerminatedPods.failed");
}

static bool holds(const struct value *list, struct str uid)
{
    VALUE_EACH_ITEM (x, list)
        if (str_eq(value_text(x), uid))
            return true;
    return false;
}

static struct value *pod_of(struct tally *t, struct str uid)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(value_text_at(t->pods[i], "metadata.uid"), uid))
            return t->pods[i];
    return NULL;
}

static bool failed(const struct tally *t, const struct value *pod)
{
    struct str phase = value_text_at(pod, "status.phase");
    return str_is(phase, "Failed") || (!t->only_failed && is_deleting(pod) && !str_is(phase, "Succeeded"));
}

static int64_t count_in(const struct value *pod, const char *annotation)
{
    int64_t n = 0;
    return str_to_int(annotation_of(pod, annotation), &n) < 0 || n < 0 ? 0 : n;
}

/* ── podFailurePolicy: the first rule that matches a failed pod says what its failure means (KEP-3329, KEP-3850) ── */

enum meaning { COUNTS, IGNORED_FAILURE, LOSES_INDEX, FAILS_JOB };

static const struct value *exited_so(const struct value *statuses, const struct value *codes)
{
    const struct value *values = value_at(codes, "values");
    struct str only = value_text_at(codes, "containerName");
    bool in = str_is(value_text_at(codes, "operator"), "In");
    VALUE_EACH_ITEM (c, statuses) {
        int64_t code = value_int_at(c, "state.terminated.exitCode", 0);
        bool listed = false;
        if (code == 0 || (only.n && !str_eq(only, value_text_at(c, "name"))))
            continue;
        VALUE_EACH_ITEM (x, values)
            listed = listed || value_int(x, -1) == code;
        if (listed == in)
            return c;
    }
    return NULL;
}

static const struct value *has_condition(const struct value *pod, const struct value *patterns)
{
    VALUE_EACH_ITEM (p, patterns) {
        struct str is = value_text_at(p, "status"), type = value_text_at(p, "type");
        const struct value *conditions = value_at(pod, "status.conditions");
        VALUE_EACH_ITEM (c, conditions)
            if (str_eq(value_text_at(c, "type"), type) && str_eq(value_text_at(c, "status"), is.n ? is : STR("True")))
                return c;
    }
    return NULL;
}

/* What the failure of this pod means; for FAILS_JOB also in words. */
static enum meaning meaning_of(const struct tally *t, const struct value *pod, struct str *words)
{
    const struct value *rules = value_at(t->job, "spec.podFailurePolicy.rules");
    struct str ns = value_text_at(pod, "metadata.namespace"), name = value_text_at(pod, "metadata.name");
    int i = -1;
    VALUE_EACH_ITEM (rule, rules) {
        const struct value *codes = value_at(rule, "onExitCodes"), *c = NULL;
        struct str action = value_text_at(rule, "action");
        i++;
        if (!value_is_null(codes)) {
            c = exited_so(value_at(pod, "status.containerStatuses"), codes);
            c = c ? c : exited_so(value_at(pod, "status.initContainerStatuses"), codes);
        } else {
            c = has_condition(pod, value_at(rule, "onPodConditions"));
        }
        if (!c)
            continue;
        if (str_is(action, "FailJob") && words)
            *words = value_is_null(codes)
                         ? arena_fmt(t->v->mem, "Pod %.*s/%.*s has condition %.*s matching FailJob rule at index %d", STR_FMT(ns), STR_FMT(name),
                                     STR_FMT(value_text_at(c, "type")), i)
                         : arena_fmt(t->v->mem, "Container %.*s for pod %.*s/%.*s failed with exit code %lld matching FailJob rule at index %d",
                                     STR_FMT(value_text_at(c, "name")), STR_FMT(ns), STR_FMT(name),
                                     (long long)value_int_at(c, "state.terminated.exitCode", 0), i);
        return str_is(action, "FailJob")     ? FAILS_JOB
               : str_is(action, "FailIndex") ? LOSES_INDEX
               : str_is(action, "Ignore")    ? IGNORED_FAILURE
                                             : COUNTS;
    }
    return COUNTS;
}

static bool policy_fails_job(struct tally *t, struct str *words)
{
    for (size_t i = 0; i < t->n; i++)
        if (failed(t, t->pods[i]) && meaning_of(t, t->pods[i], words) == FAILS_JOB)
            return true;
    return false;
}

/* ── counting ── */

/* Uncounted pods whose finalizer is off by now go over into the counters. */
static void settle(struct tally *t, bool good)
{
    struct value *list = uncounted(t, good);
    const char *counter = good ? "succeeded" : "failed";
    int r = 0;
    for (size_t i = value_count(list); i--;) {
        struct value *pod = pod_of(t, value_text(value_item(list, i)));
        if (pod && has_finalizer(pod, TRACKING))
            continue;
        value_del_item(list, i);
        if (!(good && t->indexed))
            VALUE_SET(&r, t->v->mem, &t->status, counter, value_make_int(value_int(value_get(&t->status, str_of(counter)), 0) + 1));
    }
    if (r < 0)
        t->v->out->failed = true;
}

static bool ended_well(const struct value *pod)
{
    return str_is(value_text_at(pod, "status.phase"), "Succeeded");
}

/* "1,3-5" ↔ flags. */
static void read_indexes(const struct tally *t, struct str text, bool *flags)
{
    struct str piece, from, to;
    int64_t a, b;
    if (!text.n)
        return;
    while (str_next(&text, ',', &piece)) {
        bool range = str_cut(piece, '-', &from, &to);
        if (str_to_int(from, &a) < 0 || a < 0)
            continue;
        b = range && str_to_int(to, &b) == 0 ? b : a;
        for (int64_t i = a; i <= b && i < t->completions; i++)
            flags[i] = true;
    }
}

static int64_t flags_set(const struct tally *t, const bool *flags)
{
    int64_t n = 0;
    for (int64_t i = 0; flags && i < t->completions; i++)
        n += flags[i];
    return n;
}

static struct str write_indexes(struct tally *t, const bool *flags)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    for (int64_t i = 0; i < t->completions; i++) {
        int64_t end = i;
        if (!flags[i])
            continue;
        while (end + 1 < t->completions && flags[end + 1])
            end++;
        buf_fmt(&b, end > i ? "%s%lld-%lld" : "%s%lld", b.n ? "," : "", (long long)i, (long long)end);
        i = end;
    }
    return b.n ? arena_fmt(t->v->mem, "%s", buf_cstr(&b)) : STR("");
}

static bool in_range(const struct tally *t, int64_t index)
{
    return index >= 0 && index < t->completions;
}

static bool is_held(const struct tally *t, const struct value *pod)
{
    int64_t index = t->last ? pod_index(pod) : -1;
    return index >= 0 && index < t->completions && t->last[index] == pod;
}

/* An ended pod that still has its finalizer is counted, once. */
static void note_end(struct tally *t, struct value *pod)
{
    bool good = ended_well(pod);
    struct str uid = value_text_at(pod, "metadata.uid");
    if (!has_finalizer(pod, TRACKING) || holds(uncounted(t, true), uid) || holds(uncounted(t, false), uid) || is_held(t, pod))
        return;
    if (!good && (t->met || meaning_of(t, pod, NULL) == IGNORED_FAILURE || (t->indexed && !in_range(t, pod_index(pod)))))
        return;
    const char *path = good ? "uncountedTerminatedPods.succeeded" : "uncountedTerminatedPods.failed";
    struct value *list = value_at(&t->status, path);
    if (!list)
        list = value_put(t->v->mem, &t->status, path, value_make_list());
    if (!list || !value_add(t->v->mem, list, value_make_text(uid)))
        t->v->out->failed = true;
}

static int64_t finished_at(const struct value *pod)
{
    const struct value *list = value_at(pod, "status.containerStatuses");
    int64_t at = 0;
    VALUE_EACH_ITEM (c, list)
        at = MAX(at, time_of(value_at(c, "state.terminated.finishedAt")));
    if (!at && is_deleting(pod)) /* when that began: the timestamp is when it must be over */
        at = time_of(value_at(pod, "metadata.deletionTimestamp")) - value_int_at(pod, "metadata.deletionGracePeriodSeconds", 0);
    return at ? at : time_of(value_at(pod, "metadata.creationTimestamp"));
}

/* What has become of each index. */
static void count_indexes(struct tally *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct value *pod = t->pods[i];
        int64_t index = pod_index(pod);
        if (!in_range(t, index))
            continue;
        if (ended_well(pod))
            t->done[index] = true;
        else if (!failed(t, pod))
            t->runs[index] = true;
        else if (t->lost && has_finalizer(pod, TRACKING)) {
            enum meaning m = meaning_of(t, pod, NULL);
            t->lost[index] = t->lost[index] || m == LOSES_INDEX || (m != IGNORED_FAILURE && count_in(pod, FAILURES) >= t->per_index);
        }
    }
    for (size_t i = 0; t->last && i < t->n; i++) {
        struct value *pod = t->pods[i], **last;
        int64_t index = pod_index(pod);
        if (!in_range(t, index) || !failed(t, pod) || t->done[index] || t->lost[index] || t->runs[index])
            continue;
        last = &t->last[index];
        if (!*last || count_in(*last, FAILURES) + count_in(*last, IGNORED) <= count_in(pod, FAILURES) + count_in(pod, IGNORED))
            *last = pod;
    }
}

static void count(struct tally *t)
{
    int r = 0;
    if (t->indexed)
        count_indexes(t);
    for (size_t i = 0; i < t->n; i++) {
        struct value *pod = t->pods[i];
        if (pod_over(pod) || failed(t, pod))
            note_end(t, pod);
        if (failed(t, pod))
            t->last_failure = MAX(t->last_failure, finished_at(pod));
        if (pod_over(pod))
            continue;
        t->terminating += is_deleting(pod);
        t->active += !is_deleting(pod);
        t->ready += !is_deleting(pod) && pod_ready(pod);
    }
    t->succeeded = value_int_at(&t->status, "succeeded", 0) + (int64_t)value_count(uncounted(t, true));
    t->failed = value_int_at(&t->status, "failed", 0) + (int64_t)value_count(uncounted(t, false));
    if (t->indexed) {
        t->succeeded = flags_set(t, t->done);
        struct str done = write_indexes(t, t->done);
        value_del(&t->status, STR("completedIndexes")); /* an empty text is not kept: setting one would be a change each time */
        if (done.n)
            VALUE_SET(&r, t->v->mem, &t->status, "completedIndexes", value_make_text(done));
        VALUE_SET(&r, t->v->mem, &t->status, "succeeded", value_make_int(t->succeeded));
    }
    if (t->lost)
        VALUE_SET(&r, t->v->mem, &t->status, "failedIndexes", value_make_text(write_indexes(t, t->lost)));
    if (r < 0)
        t->v->out->failed = true;
}

/* ── what comes next ── */

static void delete_active(struct tally *t, int64_t most, bool forget)
{
    for (size_t i = t->n; i-- && most > 0;) {
        if (!pod_active(t->pods[i]))
            continue;
        if (forget && has_finalizer(t->pods[i], TRACKING)) /* the Job itself gives it up: no failure */
            want_without_finalizer(t->v, view_resource("", "pods"), t->pods[i], TRACKING);
        want_delete(t->v, view_resource("", "pods"), t->pods[i], CLIENT_BACKGROUND);
        t->active--;
        t->terminating++;
        most--;
    }
    t->ready = MIN(t->ready, t->active);
}

/* The end is near: what runs is taken down, and once all is gone and counted the Job is Complete or Failed. */
static void finish(struct tally *t, bool complete, struct str reason, struct str message)
{
    struct view *v = t->v;
    int r = 0;
    const char *why = arena_fmt(v->mem, "%.*s", STR_FMT(reason)).p, *words = arena_fmt(v->mem, "%.*s", STR_FMT(message)).p;
    if (!why || !words) {
        v->out->failed = true;
        return;
    }
    delete_active(t, t->active, false);
    condition_set(v, &t->status, complete ? "SuccessCriteriaMet" : "FailureTarget", "True", why, words);
    if (t->active || t->terminating || value_count(uncounted(t, true)) || value_count(uncounted(t, false)))
        return;
    for (size_t i = 0; i < t->n; i++)
        if (is_held(t, t->pods[i]) && has_finalizer(t->pods[i], TRACKING))
            return;
    if (condition_set(v, &t->status, complete ? "Complete" : "Failed", "True", why, words)) {
        if (complete)
            VALUE_SET(&r, v->mem, &t->status, "completionTime", value_make_text(view_time(v, v->now)));
        want_event(v, t->job, !complete, "job-controller", complete ? "Completed" : why, "%s", complete ? "Job completed" : words);
    }
    if (r < 0)
        v->out->failed = true;
}

/* A pod is told how often its index has failed before. */
static int hand_on_counts(struct tally *t, struct value *pod, const struct value *before)
{
    int r = 0;
    bool ignored = before && meaning_of(t, before, NULL) == IGNORED_FAILURE;
    int64_t counted = before ? count_in(before, FAILURES) + !ignored : 0, not_counted = before ? count_in(before, IGNORED) + ignored : 0;
    put_annotation(t->v, &r, pod, FAILURES, arena_fmt(t->v->mem, "%lld", (long long)counted));
    if (not_counted)
        put_annotation(t->v, &r, pod, IGNORED, arena_fmt(t->v->mem, "%lld", (long long)not_counted));
    return r;
}

static void create_pod(struct tally *t, int64_t index)
{
    struct view *v = t->v;
    struct value *pod = template_pod(v, value_at(t->job, "spec.template"), t->job, "batch/v1", "Job"), finalizers = value_make_list();
    int r = pod ? 0 : -ENOMEM;
    if (r == 0 && !value_add(v->mem, &finalizers, value_make_text(STR(TRACKING))))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, pod, "metadata.finalizers", finalizers);
    if (t->last && r == 0)
        r = hand_on_counts(t, pod, t->last[index]);
    if (index >= 0 && r == 0) {
        struct str text = arena_fmt(v->mem, "%lld", (long long)index), name = value_text_at(t->job, "metadata.name");
        struct value *meta = value_at(pod, "metadata");
        static const char *const maps[] = {"annotations", "labels"};
        for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
            struct value *map = value_get(meta, str_of(maps[i]));
            if (!map)
                map = value_set(v->mem, meta, str_of(maps[i]), value_make_map());
            if (!map || !value_set(v->mem, map, STR(INDEX), value_make_text(text)))
                r = -ENOMEM;
            meta = value_at(pod, "metadata");
        }
        VALUE_SET(&r, v->mem, pod, "spec.hostname", value_make_text(arena_fmt(v->mem, "%.*s-%lld", STR_FMT(name), (long long)index)));
        VALUE_SET(&r, v->mem, pod, "metadata.generateName", value_make_text(arena_fmt(v->mem, "%.*s-%lld-", STR_FMT(name), (long long)index)));
        struct value *containers = value_at(pod, "spec.containers");
        VALUE_EACH_ITEM (c, containers) {
            struct value *env = value_get(c, STR("env")), one = value_make_map();
            VALUE_SET(&r, v->mem, &one, "name", value_make_text(STR("JOB_COMPLETION_INDEX")));
            VALUE_SET(&r, v->mem, &one, "value", value_make_text(text));
            if (!env)
                env = value_set(v->mem, c, STR("env"), value_make_list());
            if (!env || !value_add(v->mem, env, one))
                r = -ENOMEM;
        }
    }
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "", "pods", value_text_at(t->job, "metadata.namespace"), pod);
}

/* After a failure: 10 s × 2^(failures − 1), ten minutes at the most. What is left of it. */
static int64_t backoff_left(const struct tally *t, int64_t failures, int64_t at)
{
    int64_t wait = failures > 7 ? BACKOFF_MOST_S : MIN((int64_t)BACKOFF_FIRST_S << (failures - 1), (int64_t)BACKOFF_MOST_S);
    return at + wait - t->v->now;
}

static bool index_wants(const struct tally *t, int64_t i)
{
    return !t->done[i] && !t->runs[i] && !(t->lost && t->lost[i]);
}

/* The lowest indexes first; with a limit per index each waits for itself. */
static int64_t start_indexes(struct tally *t, int64_t more)
{
    int64_t made = 0, next = 0;
    for (int64_t i = 0; i < t->completions && made < more; i++) {
        if (!index_wants(t, i))
            continue;
        const struct value *last = t->last ? t->last[i] : NULL;
        int64_t left = last ? backoff_left(t, count_in(last, FAILURES) + count_in(last, IGNORED) + 1, finished_at(last)) : 0;
        if (left > 0) {
            next = next ? MIN(next, left) : left;
            continue;
        }
        create_pod(t, i);
        made++;
    }
    if (next)
        client_intend_again(t->v->out, next * 1000);
    return made;
}

static void start_pods(struct tally *t)
{
    bool counted = !value_is_null(value_at(t->job, "spec.completions"));
    int64_t wanted = counted ? MIN(t->parallelism, t->completions - t->succeeded) : t->succeeded ? t->active : t->parallelism;
    int64_t made = 0, more = wanted - t->active - (t->only_failed ? t->terminating : 0), left;
    if (wanted < t->active)
        delete_active(t, t->active - wanted, true);
    if (more <= 0)
        return;
    if (!t->last && t->failed && t->last_failure && (left = backoff_left(t, t->failed, t->last_failure)) > 0) {
        client_intend_again(t->v->out, left * 1000);
        return;
    }
    more = MIN(more, (int64_t)500);
    t->starts_from = t->v->out->items.n;
    if (t->indexed)
        made = start_indexes(t, more);
    for (; !t->indexed && made < more; made++)
        create_pod(t, -1);
    if (made)
        want_event(t->v, t->job, false, "job-controller", "SuccessfulCreate", "Created %lld pod%s", (long long)made, made == 1 ? "" : "s");
    t->starts_to = t->v->out->items.n;
}

static int64_t container_failures(const struct tally *t)
{
    int64_t n = 0;
    bool on_failure = str_is(value_text_at(t->job, "spec.template.spec.restartPolicy"), "OnFailure");
    for (size_t i = 0; on_failure && i < t->n; i++) {
        const struct value *list = pod_over(t->pods[i]) ? NULL : value_at(t->pods[i], "status.containerStatuses");
        VALUE_EACH_ITEM (c, list)
            n += value_int_at(c, "restartCount", 0);
    }
    return n;
}

/* successPolicy: which rule is met (KEP-3998); -1: none. */
static int success_rule(struct tally *t)
{
    const struct value *rules = value_at(t->job, "spec.successPolicy.rules");
    int i = -1;
    VALUE_EACH_ITEM (rule, rules) {
        struct str indexes = value_text_at(rule, "succeededIndexes");
        int64_t least = value_int_at(rule, "succeededCount", -1), asked = 0, have = 0;
        bool *in = NULL;
        i++;
        if (indexes.n) {
            in = arena_alloc(t->v->mem, (size_t)t->completions * sizeof(bool));
            if (!in) {
                t->v->out->failed = true;
                return -1;
            }
            read_indexes(t, indexes, in);
        }
        for (int64_t k = 0; k < t->completions; k++) {
            asked += !in || in[k];
            have += t->done[k] && (!in || in[k]);
        }
        if (have && ((least >= 0 && have >= least) || (in && have == asked)))
            return i;
    }
    return -1;
}

static bool fails(struct tally *t, const char **reason, struct str *words)
{
    const struct value *job = t->job;
    int64_t limit = value_int_at(job, "spec.backoffLimit", 6), deadline = value_int_at(job, "spec.activeDeadlineSeconds", 0), most;
    int64_t started = time_of(value_at(&t->status, "startTime")), restarts = container_failures(t), lost = flags_set(t, t->lost);
    if (policy_fails_job(t, words)) {
        *reason = "PodFailurePolicy";
    } else if (t->failed > limit || (restarts > 0 && restarts + t->failed > limit)) {
        *reason = "BackoffLimitExceeded";
        *words = STR("Job has reached the specified backoff limit");
    } else if (deadline && started && t->v->now - started >= deadline) {
        *reason = "DeadlineExceeded";
        *words = STR("Job was active longer than specified deadline");
    } else if ((most = value_int_at(job, "spec.maxFailedIndexes", -1)) >= 0 && lost > most) {
        *reason = "MaxFailedIndexesExceeded";
        *words = STR("Job has exceeded the specified maximal number of failed indexes");
    } else if (lost && lost + t->succeeded >= t->completions) {
        *reason = "FailedIndexes";
        *words = STR("Job has failed indexes");
    } else {
        return false;
    }
    return true;
}

/* Whether this has been the Job's end before, or is now. */
static bool ends(struct tally *t)
{
    struct value *c;
    const char *reason = NULL;
    struct str words = STR_NONE;
    bool counted = !value_is_null(value_at(t->job, "spec.completions"));
    int rule;
    if ((c = condition_find(&t->status, "SuccessCriteriaMet")) || (c = condition_find(&t->status, "FailureTarget")))
        finish(t, str_is(value_text_at(c, "type"), "SuccessCriteriaMet"), value_text_at(c, "reason"), value_text_at(c, "message"));
    else if (fails(t, &reason, &words))
        finish(t, false, str_of(reason), words);
    else if (t->indexed && (rule = success_rule(t)) >= 0)
        finish(t, true, STR("SuccessPolicy"), arena_fmt(t->v->mem, "Matched rules at index %d", rule));
    else if (counted ? t->succeeded >= t->completions : t->succeeded > 0 && t->active == 0)
        finish(t, true, STR("CompletionsReached"), STR("Reached expected number of succeeded pods"));
    else
        return false;
    return true;
}

static void decide(struct tally *t)
{
    int64_t deadline = value_int_at(t->job, "spec.activeDeadlineSeconds", 0), started = time_of(value_at(&t->status, "startTime"));
    if (ends(t))
        return;
    if (value_bool_at(t->job, "spec.suspend", false)) {
        delete_active(t, t->active, true);
        if (condition_set(t->v, &t->status, "Suspended", "True", "JobSuspended", "Job suspended"))
            want_event(t->v, t->job, false, "job-controller", "Suspended", "Job suspended");
        return;
    }
    if (condition_find(&t->status, "Suspended") && condition_set(t->v, &t->status, "Suspended", "False", "JobResumed", "Job resumed"))
        want_event(t->v, t->job, false, "job-controller", "Resumed", "Job resumed");
    start_pods(t);
    if (deadline && started)
        client_intend_again(t->v->out, (started + deadline - t->v->now) * 1000 + 100);
}

/* ── status and finalizers ── */

static void put_status(struct tally *t)
{
    struct view *v = t->v;
    int r = 0;
    VALUE_SET(&r, v->mem, &t->status, "active", value_make_int(t->active));
    VALUE_SET(&r, v->mem, &t->status, "ready", value_make_int(t->ready));
    VALUE_SET(&r, v->mem, &t->status, "terminating", value_make_int(t->terminating));
    if (!value_at(&t->status, "startTime") && !value_bool_at(t->job, "spec.suspend", false))
        VALUE_SET(&r, v->mem, &t->status, "startTime", value_make_text(view_time(v, v->now)));
    if (!value_at(&t->status, "uncountedTerminatedPods"))
        VALUE_SET(&r, v->mem, &t->status, "uncountedTerminatedPods", value_make_map());
    if (value_bool_at(t->job, "spec.suspend", false))
        value_del(&t->status, STR("startTime"));
    /* A count of nothing is left out, as upstream's omitempty has it. */
    static const char *const counters[] = {"active", "succeeded", "failed"};
    for (size_t i = 0; i < ARRAY_LEN(counters); i++)
        if (value_int(value_get(&t->status, str_of(counters[i])), 0) == 0)
            value_del(&t->status, str_of(counters[i]));
    if (r < 0)
        v->out->failed = true;
    if (value_equal(&t->status, value_at(t->job, "status")))
        return;
    VALUE_SET(&r, v->mem, t->job, "status", t->status);
    if (r < 0)
        v->out->failed = true;
    want_status(v, "batch", "jobs", t->job);
}

static bool over(const struct value *job)
{
    const struct value *status = value_at(job, "status");
    return str_is(value_text_at(condition_find(status, "Complete"), "status"), "True") ||
           str_is(value_text_at(condition_find(status, "Failed"), "status"), "True");
}

/* A pod that is counted, or never will be, may go. */
static bool may_go(const struct tally *t, const struct value *pod, bool ending)
{
    if (is_held(t, pod))
        return false;
    return pod_over(pod) || failed(t, pod) || (is_deleting(pod) && (ending || !value_text_at(pod, "spec.nodeName").n));
}

static void release_pods(struct tally *t, bool all)
{
    bool ending = condition_find(&t->status, "SuccessCriteriaMet") || condition_find(&t->status, "FailureTarget");
    for (size_t i = 0; i < t->n; i++)
        if (has_finalizer(t->pods[i], TRACKING) && (all || may_go(t, t->pods[i], ending)))
            want_without_finalizer(t->v, view_resource("", "pods"), t->pods[i], TRACKING);
}

/* New pods come behind all else, and are not in the status before they are there: they may be refused (a quota, a namespace that
 * ends), and a refusal must not keep us from counting pods that ended and letting them go. */
static void starts_last(struct tally *t)
{
    struct client_intent *items = t->v->out->items.p, *held;
    size_t n = t->starts_to - t->starts_from, all = t->v->out->items.n;
    if (!n || t->v->out->failed)
        return;
    held = arena_alloc(t->v->mem, n * sizeof(*held));
    if (!held) {
        t->v->out->failed = true;
        return;
    }
    memcpy(held, items + t->starts_from, n * sizeof(*held));
    memmove(items + t->starts_from, items + t->starts_to, (all - t->starts_to) * sizeof(*items));
    memcpy(items + all - n, held, n * sizeof(*held));
}

/* The Job is gone, or is another one by now: nobody counts its pods any more. */
static void release_orphans(struct view *v, struct str ns, struct str name, const struct value *job)
{
    struct str now = value_text_at(job, "metadata.uid"), owner, label;
    size_t n;
    struct object *const *pods = view_of_job(v, ns, name, &n);
    for (size_t i = 0; i < n; i++) {
        if (!object_label(pods[i], STR("batch.kubernetes.io/job-name"), &label) || !str_eq(label, name) || !object_controller(pods[i], &owner) ||
            str_eq(owner, now))
            continue;
        const struct value *pod = view_tree(v, pods[i]);
        if (pod && has_finalizer(pod, TRACKING))
            want_without_finalizer(v, view_resource("", "pods"), pod, TRACKING);
    }
}

static int read_job(struct tally *t)
{
    struct arena *mem = t->v->mem;
    const struct value *before = value_at(t->job, "status"), *per_index = value_at(t->job, "spec.backoffLimitPerIndex");
    t->indexed = str_is(value_text_at(t->job, "spec.completionMode"), "Indexed");
    t->parallelism = value_int_at(t->job, "spec.parallelism", 1);
    t->completions = value_int_at(t->job, "spec.completions", 1);
    t->per_index = t->indexed ? value_int(per_index, -1) : -1;
    t->only_failed =
        str_is(value_text_at(t->job, "spec.podReplacementPolicy"), "Failed") || !value_is_null(value_at(t->job, "spec.podFailurePolicy"));
    size_t n = t->indexed ? (size_t)MAX(t->completions, (int64_t)1) : 0;
    if (t->indexed && (!(t->done = arena_alloc(mem, n * sizeof(bool))) || !(t->runs = arena_alloc(mem, n * sizeof(bool)))))
        return -ENOMEM;
    if (t->per_index >= 0 && !(t->lost = arena_alloc(mem, n * sizeof(bool))))
        return -ENOMEM;
    t->status = value_make_map();
    if (before && value_copy(mem, before, &t->status) < 0)
        return -ENOMEM;
    t->met = condition_find(&t->status, "SuccessCriteriaMet") != NULL;
    /* Near the end nothing is replaced, and so nothing held. */
    if (t->lost && !t->met && !condition_find(&t->status, "FailureTarget") && !(t->last = arena_alloc(mem, n * sizeof(*t->last))))
        return -ENOMEM;
    if (t->indexed)
        read_indexes(t, value_text_at(&t->status, "completedIndexes"), t->done);
    if (t->lost)
        read_indexes(t, value_text_at(&t->status, "failedIndexes"), t->lost);
    return 0;
}

void job_reconcile(struct view *v, struct str key)
{
    struct str ns, name, by;
    struct tally t = {.v = v};
    view_key(key, &ns, &name);
    t.job = view_get(v, "jobs", ns, name);
    by = value_text_at(t.job, "spec.managedBy");
    release_orphans(v, ns, name, t.job);
    if (!t.job || (by.n && !str_is(by, "kubernetes.io/job-controller"))) /* KEP-4368: another controller's */
        return;
    t.n = view_claim(v, t.job, &(struct claim){"batch/v1", "Job", "", "pods", NULL}, &t.pods);
    if (over(t.job) || is_deleting(t.job)) {
        release_pods(&t, true);
        return;
    }
    if (read_job(&t) < 0) {
        v->out->failed = true;
        return;
    }
    settle(&t, true);
    settle(&t, false);
    count(&t);
    decide(&t);
    put_status(&t);
    release_pods(&t, false); /* after the status that counts them: intents are done in order */
    starts_last(&t);
}

void ttl_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct value *job = view_get(v, "jobs", ns, name);
    const struct value *ttl = value_at(job, "spec.ttlSecondsAfterFinished");
    if (!job || value_is_null(ttl) || !over(job) || is_deleting(job))
        return;
    const struct value *c = condition_find(value_at(job, "status"), "Complete");
    if (!c)
        c = condition_find(value_at(job, "status"), "Failed");
    int64_t due = time_of(value_at(c, "lastTransitionTime")) + value_int(ttl, 0);
    if (due > v->now)
        client_intend_again(v->out, (due - v->now) * 1000);
    else
        want_delete(v, view_resource("batch", "jobs"), job, CLIENT_FOREGROUND);
}
