#include "runtime/inside.h"

#define JOB_RETRY_MS 10

struct job {
    struct list link;
    struct runtime *rt; /* NULL: nobody waits any more */
    struct loop_timer retry;
    void (*work)(void *data);
    void (*done)(void *owner, void *data);
    void (*drop)(void *data);
    void *owner, *data;
};

static void job_free(struct job *j)
{
    list_del(&j->link);
    j->drop(j->data);
    mem_free(j);
}

static void job_work(void *ctx)
{
    struct job *j = ctx;
    j->work(j->data);
}

static void job_done(void *ctx)
{
    struct job *j = ctx;
    if (j->rt)
        j->done(j->owner, j->data);
    job_free(j);
}

/* The pool's queue is bounded; what does not fit in yet waits outside. */
static void job_try(void *ctx)
{
    struct job *j = ctx;
    int r = loop_work(j->rt->loop, job_work, job_done, j);
    if (r < 0)
        r = loop_timer_start(j->rt->loop, &j->retry, JOB_RETRY_MS, job_try, j);
    if (r < 0) { /* no memory for a timer either: do it here, late rather than never */
        job_work(j);
        job_done(j);
    }
}

int job_start(struct runtime *rt, void (*work)(void *data), void (*done)(void *owner, void *data), void (*drop)(void *data), void *owner, void *data)
{
    struct job *j = mem_alloc(sizeof(*j));
    if (!j)
        return -ENOMEM;
    *j = (struct job){.rt = rt, .work = work, .done = done, .drop = drop, .owner = owner, .data = data};
    list_add(&rt->jobs, &j->link);
    int r = loop_work(rt->loop, job_work, job_done, j);
    if (r < 0)
        r = loop_timer_start(rt->loop, &j->retry, JOB_RETRY_MS, job_try, j);
    if (r < 0) {
        list_del(&j->link);
        mem_free(j);
    }
    return r;
}

void jobs_abandon(struct runtime *rt)
{
    LIST_EACH (j, &rt->jobs, struct job, link) {
        list_del(&j->link);
        j->rt = NULL;
        if (loop_timer_active(&j->retry)) { /* not yet on the pool */
            loop_timer_stop(&j->retry);
            job_free(j);
        }
    }
}
