#include "apps/inside.h"
#include "cron/cron.h"

/* CronJob: a Job each time its schedule comes due.
 *
 *   finished Jobs leave status.active and, beyond the limits, go
 *     → the newest time missed since the last one; too late or too many: an event
 *     → Forbid, Replace or Allow what still runs → the Job, named after its minute → status */
#define CONTROLLER "cronjob-controller"
#define STAMP      "batch.kubernetes.io/cronjob-scheduled-timestamp"

struct crontab {
    struct view *v;
    struct value *job, status, active; /* the CronJob, its status to be, and status.active */
    struct object *const *children;
    struct value **trees;
    size_t n;
    struct cron cron;
    struct zone *zone;
};

static const char *end_of(const struct value *job) /* "Complete", "Failed"; NULL: it runs */
{
    static const char *const ends[] = {"Complete", "Failed"};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_is(value_text_at(condition_find(value_at(job, "status"), ends[i]), "status"), "True"))
            return ends[i];
    return NULL;
}

static bool is_active(const struct crontab *t, struct str uid)
{
    VALUE_EACH_ITEM (ref, &t->active)
        if (str_eq(value_text_at(ref, "uid"), uid))
            return true;
    return false;
}

static void no_longer_active(struct crontab *t, struct str uid)
{
    for (size_t i = 0; i < value_count(&t->active); i++)
        if (str_eq(value_text_at(value_item(&t->active, i), "uid"), uid)) {
            value_del_item(&t->active, i);
            return;
        }
}

static void add_active(struct crontab *t, const struct value *job)
{
    struct view *v = t->v;
    struct value ref = {0};
    int r = 0;
    VALUE_SET(&r, v->mem, &ref, "apiVersion", value_make_text(STR("batch/v1")));
    VALUE_SET(&r, v->mem, &ref, "kind", value_make_text(STR("Job")));
    static const char *const same[] = {"name", "namespace", "uid", "resourceVersion"};
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        VALUE_SET(&r, v->mem, &ref, same[i], *value_at(job, arena_fmt(v->mem, "metadata.%s", same[i]).p));
    if (r < 0 || !value_add(v->mem, &t->active, ref))
        v->out->failed = true;
}

static void settle(struct crontab *t)
{
    struct view *v = t->v;
    for (size_t i = 0; i < t->n; i++) {
        struct value *job = t->trees[i];
        struct str uid = value_text_at(job, "metadata.uid"), name = value_text_at(job, "metadata.name");
        const char *end = end_of(job);
        bool listed = is_active(t, uid);
        if (!end && !listed && !is_deleting(job) && t->job)
            add_active(t, job); /* started, and the status that told of it was lost */
        else if (end && listed) {
            no_longer_active(t, uid);
            want_event(v, t->job, false, CONTROLLER, "SawCompletedJob", "Saw completed job: %.*s, condition: %s", STR_FMT(name), end);
        }
        struct str done = value_text_at(job, "status.completionTime");
        int r = 0;
        if (end && strcmp(end, "Complete") == 0 && done.n &&
            time_of(value_at(job, "status.completionTime")) > time_of(value_at(&t->status, "lastSuccessfulTime")))
            VALUE_SET(&r, v->mem, &t->status, "lastSuccessfulTime", value_make_text(done));
        if (r < 0)
            v->out->failed = true;
    }
    for (size_t i = 0; i < value_count(&t->active);) {
        const struct value *ref = value_item(&t->active, i);
        bool there = false;
        for (size_t k = 0; k < t->n; k++)
            there = there || str_eq(value_text_at(t->trees[k], "metadata.uid"), value_text_at(ref, "uid"));
        if (there) {
            i++;
            continue;
        }
        want_event(v, t->job, false, CONTROLLER, "MissingJob", "Active job went missing: %.*s", STR_FMT(value_text_at(ref, "name")));
        value_del_item(&t->active, i);
    }
}

/* The oldest finished ones beyond the limits go. */
static void forget(struct crontab *t)
{
    static const char *const ends[][2] = {{"Complete", "spec.successfulJobsHistoryLimit"}, {"Failed", "spec.failedJobsHistoryLimit"}};
    for (size_t e = 0; e < ARRAY_LEN(ends); e++) {
        const struct value *limit = value_at(t->job, ends[e][1]);
        int64_t many = 0;
        if (value_is_null(limit))
            continue;
        for (size_t i = t->n; i--;) { /* newest first */
            const char *end = end_of(t->trees[i]);
            if (!end || strcmp(end, ends[e][0]) != 0 || ++many <= value_int(limit, 0) || is_deleting(t->trees[i]))
                continue;
            want_delete(t->v, view_resource("batch", "jobs"), t->trees[i], CLIENT_BACKGROUND);
            want_event(t->v, t->job, false, CONTROLLER, "SuccessfulDelete", "Deleted job %.*s", STR_FMT(value_text_at(t->trees[i], "metadata.name")));
        }
    }
}

static void start(struct crontab *t, int64_t due)
{
    struct view *v = t->v;
    struct value *job = template_pod(v, value_at(t->job, "spec.jobTemplate"), t->job, "batch/v1", "CronJob");
    struct str name = value_text_at(t->job, "metadata.name");
    int r = job ? 0 : -ENOMEM;
    struct str own = arena_fmt(v->mem, "%.*s-%lld", STR_FMT(name), (long long)(due / 60));
    if (client_cache_get(view_cache(v, "jobs"), value_text_at(t->job, "metadata.namespace"), own))
        return; /* this minute's is there */
    VALUE_SET(&r, v->mem, job, "apiVersion", value_make_text(STR("batch/v1")));
    VALUE_SET(&r, v->mem, job, "kind", value_make_text(STR("Job")));
    if (r == 0)
        value_del(value_at(job, "metadata"), STR("generateName"));
    VALUE_SET(&r, v->mem, job, "metadata.name", value_make_text(own));
    if (r == 0)
        put_annotation(v, &r, job, STAMP, view_time(v, due));
    VALUE_SET(&r, v->mem, &t->status, "lastScheduleTime", value_make_text(view_time(v, due)));
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "batch", "jobs", value_text_at(t->job, "metadata.namespace"), job);
    want_event(v, t->job, false, CONTROLLER, "SuccessfulCreate", "Created job %.*s", STR_FMT(own));
}

/* The newest time due and not yet served, 0: none; *next: the one to come. */
static int64_t missed(struct crontab *t, int64_t *next, int64_t *many)
{
    int64_t now = t->v->now, from = time_of(value_at(&t->status, "lastScheduleTime")), due = 0;
    if (!from)
        from = time_of(value_at(t->job, "metadata.creationTimestamp"));
    const struct value *deadline = value_at(t->job, "spec.startingDeadlineSeconds");
    if (!value_is_null(deadline))
        from = MAX(from, now - value_int(deadline, 0));
    *many = 0;
    if (t->cron.every && from + t->cron.every <= now) {
        *many = (now - from) / t->cron.every;
        due = from + *many * t->cron.every;
        *next = due + t->cron.every;
        return due;
    }
    int64_t at = cron_next(&t->cron, t->zone, from);
    while (at && at <= now) {
        due = at;
        if (++*many > 1000) { /* far behind: look from the last hours only */
            int64_t step = MAX((now - at) / 2, (int64_t)60);
            at = cron_next(&t->cron, t->zone, step > 3600 ? at + step : at);
        } else
            at = cron_next(&t->cron, t->zone, at);
    }
    *next = at;
    return due;
}

static void run(struct crontab *t)
{
    struct view *v = t->v;
    int64_t next = 0, many, due = missed(t, &next, &many);
    if (next)
        client_intend_again(v->out, (next - v->now) * 1000 + 50);
    if (!due || value_bool_at(t->job, "spec.suspend", false))
        return;
    if (many > 100)
        want_event(v, t->job, true, CONTROLLER, "TooManyMissedTimes",
                   "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
    const struct value *deadline = value_at(t->job, "spec.startingDeadlineSeconds");
    if (!value_is_null(deadline) && due + value_int(deadline, 0) < v->now) {
        want_event(v, t->job, true, CONTROLLER, "MissSchedule", "Missed scheduled time to start a job: %.*s", STR_FMT(view_time(v, due)));
        return;
    }
    struct str policy = value_text_at(t->job, "spec.concurrencyPolicy");
    if (str_is(policy, "Forbid") && value_count(&t->active)) {
        want_event(v, t->job, false, CONTROLLER, "JobAlreadyActive",
                   "Not starting job because prior execution is running and concurrency policy is Forbid");
        return;
    }
    for (size_t i = 0; str_is(policy, "Replace") && i < t->n; i++) {
        struct str uid = value_text_at(t->trees[i], "metadata.uid");
        if (!is_active(t, uid))
            continue;
        want_delete(v, view_resource("batch", "jobs"), t->trees[i], CLIENT_BACKGROUND);
        want_event(v, t->job, false, CONTROLLER, "SuccessfulDelete", "Deleted job %.*s", STR_FMT(value_text_at(t->trees[i], "metadata.name")));
        no_longer_active(t, uid);
    }
    start(t, due);
}

static void put_status(struct crontab *t)
{
    int r = 0;
    const struct value *before = value_at(t->job, "status");
    struct value none = value_make_map();
    if (value_count(&t->active))
        VALUE_SET(&r, t->v->mem, &t->status, "active", t->active);
    else
        value_del(&t->status, STR("active"));
    if (value_equal(before ? before : &none, &t->status))
        return;
    VALUE_SET(&r, t->v->mem, t->job, "status", t->status);
    if (r < 0)
        t->v->out->failed = true;
    want_status(t->v, "batch", "cronjobs", t->job);
}

static bool gather(struct crontab *t)
{
    struct view *v = t->v;
    const struct value *status = value_at(t->job, "status"), *active = value_at(status, "active");
    t->children = view_controlled(v, "jobs", value_text_at(t->job, "metadata.uid"), &t->n);
    t->trees = arena_alloc(v->mem, (t->n + 1) * sizeof(*t->trees));
    t->status = value_make_map();
    t->active = value_make_list();
    if (!t->trees || (status && value_copy(v->mem, status, &t->status) < 0) || (active && value_copy(v->mem, active, &t->active) < 0)) {
        v->out->failed = true;
        return false;
    }
    for (size_t i = 0; i < t->n; i++)
        if (!(t->trees[i] = view_tree(v, t->children[i])))
            return false;
    qsort(t->trees, t->n, sizeof(*t->trees), by_creation);
    return true;
}

static bool read_schedule(struct crontab *t)
{
    struct view *v = t->v;
    struct str zone = value_text_at(t->job, "spec.timeZone"), schedule = value_text_at(t->job, "spec.schedule"), file = STR_NONE;
    if (!cron_parse(schedule, &t->cron, NULL)) {
        want_event(v, t->job, true, CONTROLLER, "UnparseableSchedule", "unparseable schedule: \"%.*s\"", STR_FMT(schedule));
        return false;
    }
    if (!zone.n || str_is(zone, "UTC") || str_is(zone, "Etc/UTC"))
        return true;
    if (v->options->zone_load)
        file = v->options->zone_load(v->options->zone_ctx, v->mem, zone);
    if (file.n && zone_parse(v->mem, file, &t->zone))
        return true;
    want_event(v, t->job, true, CONTROLLER, "UnknownTimeZone", "invalid timeZone: \"%.*s\": unknown time zone %.*s", STR_FMT(zone), STR_FMT(zone));
    return false;
}

void cronjob_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct crontab t = {.v = v};
    view_key(key, &ns, &name);
    t.job = view_get(v, "cronjobs", ns, name);
    if (!t.job || is_deleting(t.job) || !gather(&t))
        return;
    settle(&t);
    forget(&t);
    if (read_schedule(&t))
        run(&t);
    put_status(&t);
}
