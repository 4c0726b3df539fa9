#include "queues/inside.h"

/* Jobs: each has a Workload, and runs while that is admitted.
 *
 *      suspended ──Workload admitted──▶ running ──evicted, deleted, not admitted──▶ stopping ──▶ suspended
 *
 * Stopping takes three writes: suspend (with a note that it is under way), the start time goes, the template is what it was. The note stays
 * until the last is done, so that nothing of it is lost. */

#define STOPPING   GROUP "/stopping"
#define LEAST      GROUP "/job-min-parallelism"
#define TOGETHER   GROUP "/job-completions-equal-parallelism"
#define CONTROLLER COMPONENT "-job-controller"

struct job {
    struct view *v;
    struct value *job, *w; /* its Workload; NULL: none */
    bool suspended;
};

/* ── small questions ── */

static int64_t pods_of(const struct value *job)
{
    int64_t n = value_int_at(job, "spec.parallelism", 1), all = value_int_at(job, "spec.completions", n);
    return MIN(n, all);
}

static int64_t least_of(const struct value *job)
{
    int64_t n = 0;
    return str_to_int(annotation_of(job, LEAST), &n) == 0 && n > 0 ? n : 0;
}

static const struct value *end_of(const struct value *job)
{
    VALUE_EACH_ITEM (c, value_at(job, "status.conditions")) {
        struct str type = value_text_at(c, "type");
        if ((str_is(type, "Complete") || str_is(type, "Failed")) && str_is(value_text_at(c, "status"), "True"))
            return c;
    }
    return NULL;
}

static struct value *workload_of(struct view *v, const struct value *owner)
{
    size_t n;
    struct object *const *items = client_cache_lookup(v->caches[v->customs], "controller", value_text_at(owner, "metadata.uid"), &n);
    for (size_t i = 0; i < n; i++)
        if (custom_is(items[i], "workloads"))
            return view_tree(v, items[i]);
    return NULL;
}

static struct value pod_sets_of(struct job *j)
{
    struct value list = value_make_list();
    if (!value_add(j->v->mem, &list,
                   pod_set(j->v, value_text_at(j->job, "metadata.namespace"), STR("main"), value_at(j->job, "spec.template"), pods_of(j->job),
                           least_of(j->job))))
        j->v->out->failed = true;
    return list;
}

/* ── writes ── */

static struct client_call *patch_job(struct job *j, struct value *patch, const char *subresource)
{
    int r = 0;
    if (!subresource)
        VALUE_SET(&r, j->v->mem, patch, "metadata.uid", value_make_text(value_text_at(j->job, "metadata.uid")));
    if (r < 0)
        j->v->out->failed = true;
    struct client_call *call = want(j->v, CLIENT_PATCH, "batch", "jobs", j->job);
    call->patch = CLIENT_PATCH_MERGE;
    if (subresource)
        call->subresource = str_of(subresource);
    want_body(j->v, call, patch);
    return call;
}

static struct value or_null(struct value v)
{
    return value_count(&v) ? v : (struct value){0};
}

/* A merge patch that makes a map what it is to be: members that are not to be there are null. */
static struct value replacing(struct view *v, const struct value *is, const struct value *to_be)
{
    struct value out = merged(v, NULL, to_be);
    VALUE_EACH_MEMBER (m, is)
        if (!value_get(to_be, m->key) && !value_set(v->mem, &out, m->key, (struct value){0}))
            v->out->failed = true;
    return out;
}

static struct value copy_of(struct view *v, const struct value *x)
{
    struct value out = {0};
    if (x && value_copy(v->mem, x, &out) < 0)
        v->out->failed = true;
    return out;
}

/* Labels the Job's own controller looks after stay. */
static struct value labels_back(struct job *j, const struct value *set)
{
    static const char *const managed[] = {"job-name", "controller-uid", "batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid"};
    const struct value *is = value_at(j->job, "spec.template.metadata.labels");
    struct value to_be = merged(j->v, NULL, value_at(set, "template.metadata.labels"));
    for (size_t i = 0; i < ARRAY_LEN(managed); i++) {
        const struct value *x = value_get(is, str_of(managed[i]));
        if (x && !value_set(j->v->mem, &to_be, str_of(managed[i]), *x))
            j->v->out->failed = true;
    }
    return replacing(j->v, is, &to_be);
}

static void restore(struct job *j)
{
    const struct value *set = value_item(value_at(j->w, "spec.podSets"), 0);
    struct value patch = value_make_map(), notes = value_make_map(), time = value_make_map();
    int r = value_set(j->v->mem, &notes, STR(STOPPING), (struct value){0}) ? 0 : -ENOMEM;
    if (!value_is_null(value_at(j->job, "status.startTime"))) {
        VALUE_SET(&r, j->v->mem, &time, "status.startTime", (struct value){0});
        patch_job(j, &time, "status");
    }
    VALUE_SET(&r, j->v->mem, &patch, "metadata.annotations", notes);
    if (set) {
        VALUE_SET(&r, j->v->mem, &patch, "spec.template.metadata.labels", labels_back(j, set));
        VALUE_SET(&r, j->v->mem, &patch, "spec.template.metadata.annotations",
                  replacing(j->v, value_at(j->job, "spec.template.metadata.annotations"), value_at(set, "template.metadata.annotations")));
        VALUE_SET(&r, j->v->mem, &patch, "spec.template.spec.nodeSelector",
                  replacing(j->v, value_at(j->job, "spec.template.spec.nodeSelector"), value_at(set, "template.spec.nodeSelector")));
        VALUE_SET(&r, j->v->mem, &patch, "spec.template.spec.tolerations", or_null(copy_of(j->v, value_at(set, "template.spec.tolerations"))));
        VALUE_SET(&r, j->v->mem, &patch, "spec.template.spec.schedulingGates",
                  or_null(copy_of(j->v, value_at(set, "template.spec.schedulingGates"))));
    }
    if (set && least_of(j->job)) {
        VALUE_SET(&r, j->v->mem, &patch, "spec.parallelism", value_make_int(value_int_at(set, "count", 1)));
        if (str_is(annotation_of(j->job, TOGETHER), "true"))
            VALUE_SET(&r, j->v->mem, &patch, "spec.completions", value_make_int(value_int_at(set, "count", 1)));
    }
    if (r < 0)
        j->v->out->failed = true;
    patch_job(j, &patch, NULL);
}

/* True: it stands already. */
static bool stop(struct job *j, struct str why)
{
    struct value patch = value_make_map(), notes = value_make_map();
    int r = 0;
    bool under_way = annotation_of(j->job, STOPPING).n > 0;
    if (j->suspended && !under_way)
        return true;
    if (!j->suspended) {
        if (!value_set(j->v->mem, &notes, STR(STOPPING), value_make_text(STR("true"))))
            r = -ENOMEM;
        VALUE_SET(&r, j->v->mem, &patch, "metadata.annotations", notes);
        VALUE_SET(&r, j->v->mem, &patch, "spec.suspend", value_make_bool(true));
        if (r < 0)
            j->v->out->failed = true;
        patch_job(j, &patch, NULL);
        want_event(j->v, j->job, false, CONTROLLER, "Stopped", "%.*s", STR_FMT(str_head(why, 900)));
        client_intend_again(j->v->out, 1);
        return false;
    }
    restore(j);
    return false;
}

static void start(struct job *j)
{
    struct value patch = value_make_map();
    const struct value *is = value_at(j->job, "spec.template");
    struct view *v = j->v;
    struct marks m;
    int r = 0;
    if (!marks_of(v, j->w, 0, &m)) {
        client_intend_again(v->out, 1000);
        return;
    }
    struct value tolerations = copy_of(v, value_at(is, "spec.tolerations"));
    VALUE_EACH_ITEM (t, &m.tolerations) {
        bool there = false;
        VALUE_EACH_ITEM (x, &tolerations)
            there = there || value_equal(x, t);
        if (!there && !value_add(v->mem, &tolerations, *t))
            r = -ENOMEM;
    }
    struct value gates = copy_of(v, value_at(is, "spec.schedulingGates"));
    if (!value_count(&gates))
        gates = value_make_list();
    VALUE_EACH_ITEM (g, &m.gates)
        if (!value_add(v->mem, &gates, *g))
            r = -ENOMEM;
    if (value_count(&m.gates))
        VALUE_SET(&r, v->mem, &patch, "spec.template.spec.schedulingGates", gates);
    VALUE_SET(&r, v->mem, &patch, "spec.suspend", value_make_bool(false));
    VALUE_SET(&r, v->mem, &patch, "spec.template.metadata.labels", m.labels);
    VALUE_SET(&r, v->mem, &patch, "spec.template.metadata.annotations", m.annotations);
    VALUE_SET(&r, v->mem, &patch, "spec.template.spec.nodeSelector", m.selector);
    if (value_count(&tolerations))
        VALUE_SET(&r, v->mem, &patch, "spec.template.spec.tolerations", tolerations);
    if (least_of(j->job)) {
        VALUE_SET(&r, v->mem, &patch, "spec.parallelism", value_make_int(m.count));
        if (str_is(annotation_of(j->job, TOGETHER), "true"))
            VALUE_SET(&r, v->mem, &patch, "spec.completions", value_make_int(m.count));
    }
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(j->job, "metadata.resourceVersion")));
    if (r < 0)
        v->out->failed = true;
    patch_job(j, &patch, NULL);
    want_event(v, j->job, false, CONTROLLER, "Started", "Admitted by clusterQueue %.*s",
               STR_FMT(value_text_at(j->w, "status.admission.clusterQueue")));
}

static void create(struct job *j)
{
    struct value sets = pod_sets_of(j), w;
    if (!j->suspended && !stop(j, STR("Missing Workload; unable to restore pod templates")))
        return;
    if (annotation_of(j->job, STOPPING).n) {
        restore(j);
        return;
    }
    if (!workload_make(j->v, j->job, "batch/v1", "Job", &sets, &w)) {
        client_intend_again(j->v->out, 5000);
        return;
    }
    want_custom_create(j->v, "workloads", &w);
    want_event(j->v, j->job, false, CONTROLLER, "CreatedWorkload", "Created Workload: %.*s/%.*s", STR_FMT(value_text_at(&w, "metadata.namespace")),
               STR_FMT(value_text_at(&w, "metadata.name")));
}

/* ── is the Workload what the Job asks for? ── */

static bool same_pods(const struct value *a, const struct value *b)
{
    return value_equal(value_get(a, STR("spec")), value_get(b, STR("spec")));
}

/* While it is suspended it may be changed; the Workload follows as long as it has no quota. */
static bool follow(struct job *j)
{
    struct value sets = pod_sets_of(j);
    const struct value *now = value_item(&sets, 0), *was = value_item(value_at(j->w, "spec.podSets"), 0);
    struct str queue = label_of(j->job, QUEUE);
    bool same = same_pods(value_get(now, STR("template")), value_get(was, STR("template"))) &&
                value_int_at(now, "count", 1) == value_int_at(was, "count", 1) &&
                value_int_at(now, "minCount", 0) == value_int_at(was, "minCount", 0);
    int r = 0;
    if ((same && str_eq(queue, value_text_at(j->w, "spec.queueName"))) || is_true(j->w, "QuotaReserved"))
        return false;
    VALUE_SET(&r, j->v->mem, j->w, "spec.podSets", sets);
    VALUE_SET(&r, j->v->mem, j->w, "spec.queueName", value_make_text(queue));
    if (r < 0)
        j->v->out->failed = true;
    want_custom_update(j->v, "workloads", j->w);
    want_event(j->v, j->job, false, CONTROLLER, "UpdatedWorkload", "Updated not matching Workload for suspended job: %.*s/%.*s",
               STR_FMT(value_text_at(j->w, "metadata.namespace")), STR_FMT(value_text_at(j->w, "metadata.name")));
    return true;
}

/* Somebody gave a running Job another width: it has to ask for quota anew. */
static bool outgrown(const struct job *j)
{
    const struct value *a = value_item(value_at(j->w, "status.admission.podSetAssignments"), 0);
    int64_t given = value_int_at(a, "count", value_int_at(value_item(value_at(j->w, "spec.podSets"), 0), "count", 1));
    return pods_of(j->job) != given && value_int_at(j->job, "spec.parallelism", 1) != given;
}

/* Pods whose work is done give their quota back. True: that is written first. */
static bool reclaim(struct job *j)
{
    int64_t width = value_int_at(j->job, "spec.parallelism", 1), done = value_int_at(j->job, "status.succeeded", 0);
    int64_t left = value_int_at(j->job, "spec.completions", width) - done, over = width > 1 && done > 0 && left < width ? width - left : 0;
    const struct value *was = value_at(j->w, "status.reclaimablePods");
    struct value list = value_make_list(), one = value_make_map();
    int r = 0;
    if (value_int_at(value_item(was, 0), "count", 0) == over)
        return false;
    VALUE_SET(&r, j->v->mem, &one, "name", value_make_text(STR("main")));
    VALUE_SET(&r, j->v->mem, &one, "count", value_make_int(over));
    if (over && !value_add(j->v->mem, &list, one))
        r = -ENOMEM;
    if (over)
        VALUE_SET(&r, j->v->mem, j->w, "status.reclaimablePods", list);
    else
        value_del(value_get(j->w, STR("status")), STR("reclaimablePods"));
    if (r < 0)
        j->v->out->failed = true;
    want_custom_status(j->v, "workloads", j->w);
    return true;
}

/* ── the whole ── */

static void finish(struct job *j)
{
    const struct value *end = end_of(j->job);
    if (!is_true(j->w, "Finished")) {
        workload_finish(j->v, j->w, str_is(value_text_at(end, "type"), "Complete"), value_text_at(end, "message"));
        want_event(j->v, j->job, false, CONTROLLER, "FinishedWorkload", "Workload '%.*s/%.*s' is declared finished",
                   STR_FMT(value_text_at(j->w, "metadata.namespace")), STR_FMT(value_text_at(j->w, "metadata.name")));
        return;
    }
    if (has_finalizer(j->w, IN_USE))
        want_custom_free(j->v, "workloads", j->w, IN_USE);
}

static void evicted(struct job *j)
{
    const struct value *c = condition_find(value_get(j->w, STR("status")), "Evicted");
    if (!stop(j, value_text_at(c, "message")) || value_int_at(j->job, "status.active", 0) > 0)
        return;
    if (workload_evicted_stop(j->v, j->w))
        want_custom_status(j->v, "workloads", j->w);
}

static bool all_ready(const struct value *job)
{
    int64_t n = value_int_at(job, "status.succeeded", 0) + value_int_at(job, "status.ready", 0);
    return n + (int64_t)value_count(value_at(job, "status.uncountedTerminatedPods.succeeded")) >= pods_of(job);
}

static void look(struct job *j)
{
    if (j->w && !is_deleting(j->w) && !end_of(j->job) && workload_pods_ready(j->v, j->w, !j->suspended && all_ready(j->job))) {
        want_custom_status(j->v, "workloads", j->w); /* its event comes back */
        return;
    }
    if (!j->w) {
        if (!end_of(j->job))
            create(j);
    } else if (is_true(j->w, "Finished") || end_of(j->job)) {
        if (!end_of(j->job) && !stop(j, STR("Workload is finished")))
            return;
        finish(j);
    } else if (is_deleting(j->w)) {
        if (stop(j, STR("Workload is deleted")))
            want_custom_free(j->v, "workloads", j->w, IN_USE);
    } else if (annotation_of(j->job, STOPPING).n || is_true(j->w, "Evicted")) {
        if (is_true(j->w, "Evicted"))
            evicted(j);
        else
            stop(j, STR_NONE);
    } else if (j->suspended) {
        if (is_true(j->w, "Admitted"))
            start(j);
        else
            follow(j);
    } else if (!is_true(j->w, "Admitted")) {
        stop(j, STR("Not admitted by cluster queue"));
    } else if (!reclaim(j) && outgrown(j)) {
        want_custom_delete(j->v, "workloads", j->w);
        want_event(j->v, j->job, false, CONTROLLER, "DeletedWorkload", "Deleted not matching Workload: %.*s/%.*s",
                   STR_FMT(value_text_at(j->w, "metadata.namespace")), STR_FMT(value_text_at(j->w, "metadata.name")));
    }
}

void queues_job_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct job j = {.v = v, .job = view_get(v, "jobs", ns, name)};
    if (!j.job || !v->synced || v->customs >= v->n || !label_of(j.job, QUEUE).n)
        return;
    j.w = workload_of(v, j.job);
    if (is_deleting(j.job)) { /* in the foreground: it waits for its Workload to go */
        if (j.w && is_deleting(j.w) && has_finalizer(j.w, IN_USE))
            want_custom_free(v, "workloads", j.w, IN_USE);
        return;
    }
    j.suspended = value_bool_at(j.job, "spec.suspend", false);
    look(&j);
}

void queues_map_job(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    struct object *o = now ? now : old;
    const struct value *w = custom_is(o, "workloads") ? view_tree(v, o) : NULL;
    VALUE_EACH_ITEM (ref, value_at(w, "metadata.ownerReferences")) {
        struct str key = arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(value_text_at(ref, "name")));
        if (key.p && str_is(value_text_at(ref, "kind"), "Job") && value_bool_at(ref, "controller", false))
            add(ctx, key);
    }
}
