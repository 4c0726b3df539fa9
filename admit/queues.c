/* Jobs with a queue (room queues): they begin suspended, and keep their queue while they run. */
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
        fault_add(f, FAULT_INVALID, "spec.completions", value_at(job, "spec.completions"), "should be equal to parallelism when " TOGETHER " is true");
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
