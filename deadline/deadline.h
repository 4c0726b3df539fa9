/* deadline: processor time that is promised by a date — a plugin of `sched`.
 *
 * A container that must get so much of a core in each period says so in an annotation of its pod,
 *
 *     deadline.coracle.dev/<container>: runtime=2ms,deadline=5ms,period=10ms
 *
 * (deadline: as the period where it is not said), the parameters of Linux' SCHED_DEADLINE. Such a container is one task of one core: partitioned EDF.
 * On each core the densities of its tasks, runtime / deadline, are summed; while the sum is at most DEADLINE_BOUND millionths no task misses its
 * deadline (for deadlines up to the period the density test is sufficient; where they are equal it is the exact utilisation bound). The bound leaves
 * as much to everything else as Linux does by default (sched_rt_runtime_us: 95 %).
 *
 * A pod fits a node when all its tasks find cores; several may share one. They are tried greatest first, on fuller cores before emptier ones, and
 * with backtracking within a limit, so that an assignment is found whenever a small search can find one. The cores go onto the pod with its binding,
 * as annotation coracle.dev/deadline-cores ("c=3,d=0"), and are taken from there when a scheduler starts anew. A node has as many cores as it has
 * whole allocatable processors, at most DEADLINE_CORES_MAX.
 *
 * Admission only: `life` has the kernel schedule the containers' processes by it, and leaves the core to the kernel. Other pods are not counted here:
 * the processor time they request is NodeResourcesFit's.
 *
 * Pure, single threaded. Whoever tells the engine of nodes and pods tells this room too, directly after. */
#ifndef CORACLE_DEADLINE_H
#define CORACLE_DEADLINE_H

#include "base/base.h"
#include "sched/sched.h"
#include "value/value.h"

#define DEADLINE_NAME      "DeadlineBandwidth"
#define DEADLINE_ASKS      "deadline.coracle.dev/"      /* annotation of a pod, with a container's name behind it */
#define DEADLINE_CORES     "coracle.dev/deadline-cores" /* … which cores they got */
#define DEADLINE_BOUND     950000                       /* millionths of a core */
#define DEADLINE_CORES_MAX 1024
#define DEADLINE_TASKS_MAX 32 /* of one pod */

struct deadline_task {
    char name[64];
    int64_t runtime_ns, deadline_ns, period_ns;
    int32_t density; /* millionths of a core, rounded up */
};
/* What a pod asks for; 0 tasks: nothing. -EINVAL: told with the annotation's path. */
int deadline_read(const struct value *pod, struct deadline_task out[DEADLINE_TASKS_MAX], size_t *n, struct err *err) MUST_USE;

struct deadline;
int deadline_new(struct deadline **out) MUST_USE;
struct deadline *deadline_free(struct deadline *d); /* after the engine */
/* To be among sched_new()'s plugins; then deadline_attach() before the first pod. */
struct sched_plugin deadline_plugin(struct deadline *d);
void deadline_attach(struct deadline *d, struct sched *engine, unsigned plugin);

int deadline_node_put(struct deadline *d, const struct value *node) MUST_USE; /* -ENOMEM leaves what was */
void deadline_node_gone(struct deadline *d, struct str name);
/* A pod as it is now. One that is on a node holds its cores: those it was given here, else those its annotation names, else, and where those do not
 * do, the emptiest ones, over the bound if it must be: it runs already. */
int deadline_pod_put(struct deadline *d, const struct value *pod) MUST_USE;
void deadline_pod_gone(struct deadline *d, struct str uid);
/* The annotation's text for a pod that was given cores; false: it was not. */
bool deadline_cores(const struct deadline *d, struct str uid, struct buf *out);

/* Millionths promised on each core of a node; how many cores it has (0: no such node). */
size_t deadline_node_used(const struct deadline *d, struct str node, int32_t *out, size_t max);

#endif
