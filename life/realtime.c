#include "life/inside.h"

#include "deadline/deadline.h"

/* Containers that were promised processor time by a date (deadline.coracle.dev/NAME) are scheduled by SCHED_DEADLINE: their first process is, before
 * its program begins. What it starts is scheduled as everything else (reset on fork), for the promise is to one task; a thread that is to have it may
 * be given it by sched_setattr() in the program. Which core it runs on is the kernel's choice: its EDF is over all processors, and it takes no task
 * that is bound to some.
 *
 * A kernel may refuse: its own admission (sched_rt_runtime_us of each period, over all tasks), processors fenced off by a cpuset, no such class. Then
 * the container runs without, and an Event says so. */

static bool promised(const struct container *c, struct deadline_task *out)
{
    struct deadline_task tasks[DEADLINE_TASKS_MAX];
    size_t n = 0;
    if (deadline_read(&c->worker->pod, tasks, &n, NULL) < 0)
        return false; /* no scheduler of ours let it through */
    for (size_t i = 0; i < n; i++)
        if (strcmp(tasks[i].name, c->name) == 0) {
            *out = tasks[i];
            return true;
        }
    return false;
}

int life_realtime_set(struct container *c, pid_t pid)
{
    struct deadline_task t;
    if (!promised(c, &t))
        return 0;
    int r = os_deadline_set(pid, (uint64_t)t.runtime_ns, (uint64_t)t.deadline_ns, (uint64_t)t.period_ns);
    const char *why = r == -EBUSY    ? "more is promised than this kernel admits (sched_rt_runtime_us)"
                      : r == -EPERM  ? "its processors are fenced off from the others, or the agent may not"
                      : r == -EINVAL ? "this kernel does not take these times"
                                     : strerror(-r);
    if (r < 0)
        pod_event_send(c->worker, c, true, "DeadlineNotSet", "Runs without SCHED_DEADLINE (runtime %lld ns, deadline %lld ns, period %lld ns): %s",
                       (long long)t.runtime_ns, (long long)t.deadline_ns, (long long)t.period_ns, why);
    else
        pod_event_send(c->worker, c, false, "DeadlineSet", "Scheduled by SCHED_DEADLINE: runtime %lld ns, deadline %lld ns, period %lld ns",
                       (long long)t.runtime_ns, (long long)t.deadline_ns, (long long)t.period_ns);
    return 0;
}
