#include "apps/apps.h"

/* Job: pods until enough have succeeded. A pod is counted once: it carries a
 * finalizer until its end is in the status (uncountedTerminatedPods first, the
 * counters after the finalizer is off). */
#define TRACKING "batch.kubernetes.io/job-tracking"
#define INDEX "batch.kubernetes.io/job-completion-index"
#define BACKOFF_FIRST_S 10
#define BACKOFF_MOST_S 600

struct tally {
    struct view *v;
    struct value *job, status; /* the status being made */
    struct value **pods;
    size_t n;
    int64_t active, ready, terminating, succeeded, failed;
    int64_t last_failure; /* wall seconds */
    bool indexed, dirty;
    bool *done;           /* by index */
    int64_t completions, parallelism;
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
    VALUE_EACH_ITEM(x, list)
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
        t->dirty = true;
    }
    if (r < 0)
        t->v->out->failed = true;
}

static bool ended_well(const struct value *pod)
{
    return str_is(value_text_at(pod, "status.phase"), "Succeeded");
}

/* "1,3-5" ↔ flags. */
static void read_indexes(struct tally *t, struct str text)
{
    struct str piece, from, to;
    int64_t a, b;
    if (!text.n)
        return;
    while (str_next(&text, ',', &piece)) {
        bool range = str_cut(piece, '-', &from, &to);
        if (str_to_int(from, &a) < 0)
            continue;
        b = range && str_to_int(to, &b) == 0 ? b : a;
        for (int64_t i = a; i <= b && i < t->completions; i++)
            t->done[i] = true;
    }
}

static struct str write_indexes(struct tally *t, int64_t *count)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    *count = 0;
    for (int64_t i = 0; i < t->completions; i++) {
        int64_t end = i;
        if (!t->done[i])
            continue;
        while (end + 1 < t->completions && t->done[end + 1])
            end++;
        buf_fmt(&b, end > i ? "%s%lld-%lld" : "%s%lld", b.n ? "," : "", (long long)i, (long long)end);
        *count += end - i + 1;
        i = end;
    }
    return b.n ? arena_fmt(t->v->mem, "%s", buf_cstr(&b)) : STR("");
}

static void note_end(struct tally *t, struct value *pod)
{
    bool good = ended_well(pod);
    struct str uid = value_text_at(pod, "metadata.uid");
    int64_t index = pod_index(pod);
    if (good && t->indexed && index >= 0 && index < t->completions)
        t->done[index] = true;
    if (!has_finalizer(pod, TRACKING) || holds(uncounted(t, true), uid) || holds(uncounted(t, false), uid))
        return;
    const char *path = good ? "uncountedTerminatedPods.succeeded" : "uncountedTerminatedPods.failed";
    struct value *list = value_at(&t->status, path);
    if (!list)
        list = value_put(t->v->mem, &t->status, path, value_make_list());
    if (!list || !value_add(t->v->mem, list, value_make_text(uid)))
        t->v->out->failed = true;
    t->dirty = true;
}

static int64_t finished_at(const struct value *pod)
{
    const struct value *list = value_at(pod, "status.containerStatuses");
    int64_t at = time_of(value_at(pod, "metadata.deletionTimestamp"));
    VALUE_EACH_ITEM(c, list)
        at = MAX(at, time_of(value_at(c, "state.terminated.finishedAt")));
    return at ? at : time_of(value_at(pod, "metadata.creationTimestamp"));
}

static void count(struct tally *t)
{
    for (size_t i = 0; i < t->n; i++) {
        struct value *pod = t->pods[i];
        if (pod_over(pod)) {
            note_end(t, pod);
            if (!ended_well(pod))
                t->last_failure = MAX(t->last_failure, finished_at(pod));
        } else if (is_deleting(pod)) {
            t->terminating++;
        } else {
            t->active++;
            t->ready += pod_ready(pod);
        }
    }
    t->succeeded = value_int_at(&t->status, "succeeded", 0) + (int64_t)value_count(uncounted(t, true));
    t->failed = value_int_at(&t->status, "failed", 0) + (int64_t)value_count(uncounted(t, false));
    if (t->indexed) {
        int64_t n;
        int r = 0;
        struct str text = write_indexes(t, &n);
        t->succeeded = n;
        VALUE_SET(&r, t->v->mem, &t->status, "completedIndexes", value_make_text(text));
        VALUE_SET(&r, t->v->mem, &t->status, "succeeded", value_make_int(n));
        if (r < 0)
            t->v->out->failed = true;
    }
}

/* ── what comes next ── */

static void finish(struct tally *t, const char *type, const char *reason, const char *message)
{
    struct view *v = t->v;
    int r = 0;
    bool complete = strcmp(type, "Complete") == 0;
    condition_set(v, &t->status, complete ? "SuccessCriteriaMet" : "FailureTarget", "True", reason, message);
    /* Terminal only once all pods are gone and counted. */
    if (t->active || t->terminating || value_count(uncounted(t, true)) || value_count(uncounted(t, false)))
        return;
    if (condition_set(v, &t->status, type, "True", reason, message)) {
        if (complete)
            VALUE_SET(&r, v->mem, &t->status, "completionTime", value_make_text(view_time(v, v->now)));
        want_event(v, t->job, !complete, "job-controller", complete ? "Completed" : reason, "%s", complete ? "Job completed" : message);
    }
    if (r < 0)
        v->out->failed = true;
}

static void delete_active(struct tally *t, int64_t most)
{
    for (size_t i = t->n; i-- && most > 0;) {
        if (!pod_active(t->pods[i]))
            continue;
        want_delete(t->v, view_resource("", "pods"), t->pods[i], CLIENT_BACKGROUND);
        t->active--;
        t->terminating++;
        most--;
    }
}

static void create_pod(struct tally *t, int64_t index)
{
    struct view *v = t->v;
    struct value *pod = template_pod(v, value_at(t->job, "spec.template"), t->job, "batch/v1", "Job"), finalizers = value_make_list();
    int r = pod ? 0 : -ENOMEM;
    if (r == 0 && !value_add(v->mem, &finalizers, value_make_text(STR(TRACKING))))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, pod, "metadata.finalizers", finalizers);
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
        VALUE_EACH_ITEM(c, containers)
        {
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

static bool index_runs(const struct tally *t, int64_t index)
{
    for (size_t i = 0; i < t->n; i++)
        if (!pod_over(t->pods[i]) && pod_index(t->pods[i]) == index)
            return true;
    return false;
}

static void start_pods(struct tally *t)
{
    bool counted = !value_is_null(value_at(t->job, "spec.completions"));
    int64_t wanted = counted ? MIN(t->parallelism, t->completions - t->succeeded) : t->succeeded ? t->active : t->parallelism;
    int64_t more = wanted - t->active - (str_is(value_text_at(t->job, "spec.podReplacementPolicy"), "Failed") ? t->terminating : 0);
    if (more < 0)
        delete_active(t, -more);
    if (more <= 0)
        return;
    /* After a failure: 10 s × 2^(failures − 1), ten minutes at the most. */
    if (t->failed && t->last_failure) {
        int64_t wait = t->failed > 7 ? BACKOFF_MOST_S : MIN((int64_t)BACKOFF_FIRST_S << (t->failed - 1), (int64_t)BACKOFF_MOST_S);
        int64_t left = t->last_failure + wait - t->v->now;
        if (left > 0) {
            client_intend_again(t->v->out, left * 1000);
            return;
        }
    }
    more = MIN(more, (int64_t)500);
    int64_t made = 0;
    for (int64_t i = 0; t->indexed && i < t->completions && made < more; i++)
        if (!t->done[i] && !index_runs(t, i)) {
            create_pod(t, i);
            made++;
        }
    for (; !t->indexed && made < more; made++)
        create_pod(t, -1);
    t->active += made;
    want_event(t->v, t->job, false, "job-controller", "SuccessfulCreate", "Created %lld pod%s", (long long)made, made == 1 ? "" : "s");
}

static int64_t container_failures(const struct tally *t)
{
    int64_t n = 0;
    bool on_failure = str_is(value_text_at(t->job, "spec.template.spec.restartPolicy"), "OnFailure");
    for (size_t i = 0; on_failure && i < t->n; i++) {
        const struct value *list = pod_over(t->pods[i]) ? NULL : value_at(t->pods[i], "status.containerStatuses");
        VALUE_EACH_ITEM(c, list)
            n += value_int_at(c, "restartCount", 0);
    }
    return n;
}

/* podFailurePolicy: the first rule that matches an ended pod says what its failure means (KEP-3329). */
static bool policy_fails_job(struct tally *t, char message[400])
{
    const struct value *rules = value_at(t->job, "spec.podFailurePolicy.rules");
    for (size_t i = 0; i < t->n; i++) {
        if (!pod_over(t->pods[i]) || ended_well(t->pods[i]))
            continue;
        VALUE_EACH_ITEM(rule, rules)
        {
            const struct value *codes = value_at(rule, "onExitCodes"), *values = value_at(codes, "values");
            const struct value *statuses = value_at(t->pods[i], "status.containerStatuses");
            bool in = str_is(value_text_at(codes, "operator"), "In"), match = false;
            int64_t code = 0;
            VALUE_EACH_ITEM(c, statuses)
            {
                bool listed = false;
                int64_t exit_code = value_int_at(c, "state.terminated.exitCode", 0);
                struct str only = value_text_at(codes, "containerName");
                if (exit_code == 0 || (only.n && !str_eq(only, value_text_at(c, "name"))))
                    continue;
                VALUE_EACH_ITEM(x, values)
                    listed = listed || value_int(x, -1) == exit_code;
                if (codes && listed == in) {
                    match = true;
                    code = exit_code;
                }
            }
            if (!match)
                continue;
            if (!str_is(value_text_at(rule, "action"), "FailJob"))
                break;
            snprintf(message, 400, "Container exited with code %lld, which the pod failure policy of the job takes for its failure: pod %.*s",
                     (long long)code, STR_FMT(value_text_at(t->pods[i], "metadata.name")));
            return true;
        }
    }
    return false;
}

static void decide(struct tally *t)
{
    const struct value *job = t->job;
    int64_t limit = value_int_at(job, "spec.backoffLimit", 6), deadline = value_int_at(job, "spec.activeDeadlineSeconds", 0);
    int64_t started = time_of(value_at(&t->status, "startTime"));
    bool counted = !value_is_null(value_at(job, "spec.completions"));
    char message[400];
    if (condition_find(&t->status, "FailureTarget")) {
        struct value *c = condition_find(&t->status, "FailureTarget");
        delete_active(t, t->active);
        finish(t, "Failed", arena_fmt(t->v->mem, "%.*s", STR_FMT(value_text_at(c, "reason"))).p, arena_fmt(t->v->mem, "%.*s", STR_FMT(value_text_at(c, "message"))).p);
        return;
    }
    if (policy_fails_job(t, message)) {
        delete_active(t, t->active);
        finish(t, "Failed", "PodFailurePolicy", message);
    } else if (t->failed > limit || (container_failures(t) > 0 && container_failures(t) + t->failed > limit)) {
        delete_active(t, t->active);
        finish(t, "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    } else if (deadline && started && t->v->now - started >= deadline) {
        delete_active(t, t->active);
        finish(t, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
    } else if (counted ? t->succeeded >= t->completions : t->succeeded > 0 && t->active == 0) {
        delete_active(t, t->active);
        finish(t, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
    } else if (value_bool_at(job, "spec.suspend", false)) {
        delete_active(t, t->active);
        if (condition_set(t->v, &t->status, "Suspended", "True", "JobSuspended", "Job suspended"))
            want_event(t->v, job, false, "job-controller", "Suspended", "Job suspended");
    } else {
        if (condition_find(&t->status, "Suspended"))
            condition_set(t->v, &t->status, "Suspended", "False", "JobResumed", "Job resumed");
        start_pods(t);
        if (deadline && started)
            client_intend_again(t->v->out, (started + deadline - t->v->now) * 1000 + 100);
    }
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

static void release_pods(struct tally *t, bool all)
{
    for (size_t i = 0; i < t->n; i++)
        if (has_finalizer(t->pods[i], TRACKING) && (all || pod_over(t->pods[i])))
            want_without_finalizer(t->v, view_resource("", "pods"), t->pods[i], TRACKING);
}

void job_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct tally t = {.v = v};
    view_key(key, &ns, &name);
    t.job = view_get(v, "jobs", ns, name);
    if (!t.job)
        return;
    t.n = view_claim(v, t.job, &(struct claim){"batch/v1", "Job", "", "pods", NULL}, &t.pods);
    if (over(t.job) || is_deleting(t.job)) {
        release_pods(&t, true);
        return;
    }
    t.indexed = str_is(value_text_at(t.job, "spec.completionMode"), "Indexed");
    t.parallelism = value_int_at(t.job, "spec.parallelism", 1);
    t.completions = value_int_at(t.job, "spec.completions", 1);
    t.done = arena_alloc(v->mem, (size_t)MAX(t.completions, (int64_t)1) * sizeof(bool));
    const struct value *before = value_at(t.job, "status");
    if (!t.done || (before && value_copy(v->mem, before, &t.status) < 0)) {
        v->out->failed = true;
        return;
    }
    if (!before)
        t.status = value_make_map();
    if (t.indexed)
        read_indexes(&t, value_text_at(&t.status, "completedIndexes"));
    settle(&t, true);
    settle(&t, false);
    count(&t);
    decide(&t);
    put_status(&t);
    release_pods(&t, false); /* after the status that counts them: intents are done in order */
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
