/* Jobs and pods with a queue (room queues): they begin suspended, or held by a gate, and keep their queue while they run. */
#include "admit/inside.h"

#define GROUP    "kueue.x-k8s.io"
#define QUEUE    GROUP "/queue-name"
#define LEAST    GROUP "/job-min-parallelism"
#define TOGETHER GROUP "/job-completions-equal-parallelism"

static struct str label(const struct value *object, const char *name)
{
    return value_text(value_get(value_at(object, "metadata.labels"), str_of(name)));
}

static const struct value *annotation(const struct value *object, const char *name)
{
    return value_get(value_at(object, "metadata.annotations"), str_of(name));
}

/* In a namespace with a LocalQueue of this name all jobs wait in it. */
static int default_queue(struct admit_request *q, struct err *err)
{
    struct value queue, *labels;
    if (label(q->object, QUEUE).n)
        return 0;
    int r = admit_get(q, GROUP, "localqueues", q->namespace, STR("default"), &queue, err);
    if (r == AUTH_ABSENT)
        return 0;
    if (r < 0)
        return r;
    labels = value_at(q->object, "metadata.labels");
    if (!labels || labels->type != VALUE_MAP)
        labels = value_put(q->arena, q->object, "metadata.labels", value_make_map());
    return labels && value_set(q->arena, labels, STR(QUEUE), value_make_text(STR("default"))) ? 0 : admit_no_memory(err);
}

int queues_job_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    int r = q->subresource.n || q->operation != ADMIT_CREATE ? 1 : default_queue(q, err);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!label(q->object, QUEUE).n)
        return 0;
    VALUE_SET(&r, q->arena, q->object, "spec.suspend", value_make_bool(true));
    return r < 0 ? admit_no_memory(err) : 0;
}

static void judge_least(struct faults *f, const struct value *job)
{
    const struct value *given = annotation(job, LEAST);
    int64_t n = 0, width = value_int_at(job, "spec.parallelism", 1), pods = MIN(width, value_int_at(job, "spec.completions", width));
    if (given && (str_to_int(value_text(given), &n) < 0 || n <= 0 || n >= pods))
        fault_add(f, FAULT_INVALID, "metadata.annotations[" LEAST "]", given, "should be between 0 and %lld", (long long)pods - 1);
}

static void judge_together(struct faults *f, const struct value *job)
{
    const struct value *given = annotation(job, TOGETHER);
    if (!str_is(value_text(given), "true"))
        return;
    if (!str_is(value_text_at(job, "spec.completionMode"), "Indexed"))
        fault_add(f, FAULT_INVALID, "metadata.annotations[" TOGETHER "]", given, "should not be enabled for NonIndexed jobs");
    if (value_int_at(job, "spec.parallelism", 1) != value_int_at(job, "spec.completions", 1))
        fault_add(f, FAULT_INVALID, "spec.completions", value_at(job, "spec.completions"),
                  "should be equal to parallelism when " TOGETHER " is true");
}

static void judge_change(struct faults *f, const struct value *now, const struct value *old)
{
    bool runs = !value_bool_at(now, "spec.suspend", false), ran = !value_bool_at(old, "spec.suspend", false);
    struct value name = value_make_text(label(now, QUEUE));
    if (runs && !str_eq(label(now, QUEUE), label(old, QUEUE)))
        fault_add(f, FAULT_INVALID, "metadata.labels[" QUEUE "]", &name, "field is immutable");
    if (ran && annotation(old, LEAST) && value_int_at(now, "spec.parallelism", 1) != value_int_at(old, "spec.parallelism", 1) && runs)
        fault_add(f, FAULT_FORBIDDEN, "spec.parallelism", NULL, "cannot change when partial admission is enabled and the job is not suspended");
}

int queues_job_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    if (q->subresource.n || !label(q->object, QUEUE).n)
        return 0;
    struct faults *f = arena_alloc(q->arena, sizeof(*f));
    if (!f)
        return admit_no_memory(err);
    faults_init(f, q->arena);
    if (q->operation == ADMIT_CREATE) {
        judge_least(f, q->object);
        judge_together(f, q->object);
    } else {
        judge_change(f, q->object, q->old);
    }
    if (f->n)
        ans->faults = f;
    return f->n ? ADMIT_INVALID : 0;
}

/* ── Deployments and StatefulSets: their pods wait, each for itself, in the queue their template is given ── */

static const char *const inherited[] = {QUEUE, GROUP "/priority-class"};

int queues_serving_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    int r = q->subresource.n ? 1 : q->operation == ADMIT_CREATE ? default_queue(q, err) : 0;
    if (r != 0)
        return r < 0 ? r : 0;
    if (!label(q->object, QUEUE).n)
        return 0;
    struct value *template_ = value_at(q->object, "spec.template"), *labels = value_at(template_, "metadata.labels");
    if (!template_)
        return 0; /* which is told as what it is */
    if (!labels || labels->type != VALUE_MAP)
        labels = value_put(q->arena, template_, "metadata.labels", value_make_map());
    for (size_t i = 0; i < ARRAY_LEN(inherited); i++) {
        struct str given = label(q->object, inherited[i]);
        if (given.n && (!labels || !value_set(q->arena, labels, str_of(inherited[i]), value_make_text(given))))
            return admit_no_memory(err);
    }
    return 0;
}

/* Once pods of it are ready it stays where it is. */
int queues_serving_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct str now = label(q->object, QUEUE), was = label(q->old, QUEUE);
    struct value name = value_make_text(now);
    if (q->subresource.n || q->operation == ADMIT_CREATE || str_eq(now, was) || (now.n && !value_int_at(q->old, "status.readyReplicas", 0)))
        return 0;
    struct faults *f = arena_alloc(q->arena, sizeof(*f));
    if (!f)
        return admit_no_memory(err);
    faults_init(f, q->arena);
    fault_add(f, FAULT_INVALID, "metadata.labels[" QUEUE "]", &name, "field is immutable");
    ans->faults = f;
    return ADMIT_INVALID;
}

/* ── pods that no Job looks after ── */

#define MANAGED  GROUP "/managed"
#define GATE     GROUP "/admission"
#define IN_GROUP GROUP "/pod-group-name"
#define TOTAL    GROUP "/pod-group-total-count"

static bool waits_itself(const struct admit_request *q)
{
    if (q->subresource.n || !label(q->object, QUEUE).n || str_is(q->namespace, "kube-system") || admit_is_mirror(q->object))
        return false;
    VALUE_EACH_ITEM (ref, value_at(q->object, "metadata.ownerReferences"))
        if (value_bool_at(ref, "controller", false) && str_is(value_text_at(ref, "kind"), "Job"))
            return false; /* its Job waits */
    return true;
}

int queues_pod_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    struct value gate = value_make_map(), *labels = value_at(q->object, "metadata.labels"), *gates = value_at(q->object, "spec.schedulingGates");
    int r = 0;
    if (q->operation != ADMIT_CREATE || !waits_itself(q))
        return 0;
    if (!gates)
        gates = value_put(q->arena, q->object, "spec.schedulingGates", value_make_list());
    VALUE_SET(&r, q->arena, &gate, "name", value_make_text(STR(GATE)));
    if (r < 0 || !gates || !value_add(q->arena, gates, gate) || !value_set(q->arena, labels, STR(MANAGED), value_make_text(STR("true"))))
        return admit_no_memory(err);
    return 0;
}

static void judge_group(struct faults *f, const struct value *pod)
{
    const struct value *total = annotation(pod, TOTAL);
    bool grouped = label(pod, IN_GROUP).n > 0;
    int64_t n = 0;
    if (grouped && !total)
        fault_add(f, FAULT_REQUIRED, "metadata.annotations[" TOTAL "]", NULL,
                  "both the '" TOTAL "' annotation and the '" IN_GROUP "' label should be set");
    else if (!grouped && total)
        fault_add(f, FAULT_REQUIRED, "metadata.labels[" IN_GROUP "]", NULL,
                  "both the '" TOTAL "' annotation and the '" IN_GROUP "' label should be set");
    else if (grouped && (str_to_int(value_text(total), &n) < 0 || n <= 0))
        fault_add(f, FAULT_INVALID, "metadata.annotations[" TOTAL "]", total, "should be greater than or equal to 1");
}

int queues_pod_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct faults *f = q->subresource.n || !str_is(label(q->object, MANAGED), "true") ? NULL : arena_alloc(q->arena, sizeof(*f));
    if (!f)
        return q->subresource.n || !str_is(label(q->object, MANAGED), "true") ? 0 : admit_no_memory(err);
    faults_init(f, q->arena);
    judge_group(f, q->object);
    struct value name = value_make_text(label(q->object, IN_GROUP));
    if (q->old && !str_eq(label(q->object, IN_GROUP), label(q->old, IN_GROUP)))
        fault_add(f, FAULT_INVALID, "metadata.labels[" IN_GROUP "]", &name, "field is immutable");
    if (f->n)
        ans->faults = f;
    return f->n ? ADMIT_INVALID : 0;
}
