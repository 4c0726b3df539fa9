/* sim: the scheduler over nodes and pods that no machine stands behind, in simulated time.
 *
 * What runs is the scheduler itself: its queue (`cycle`), its judgement (`sched`), and for GPUs the plugin `share`; only the
 * cluster is a table, and the clock a number. The same trace, options and seed give the same result.
 *
 * A trace is nodes and pods, each as templates (below) or as a table of comma separated values, with a line of names first; columns
 * may stand in any order, others are passed over:
 *   nodes  sn, cpu_milli, memory_mib, gpu, model
 *   pods   name, cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec, creation_time, deletion_time (seconds; for replays only),
 *          gang (replays only: pods of one name are a PodGroup, placed together or not at all)
 *
 * Two ways to run it:
 *   arrivals  the published experiment of "Beware of Fragmentation" (USENIX ATC 2023): pods drawn from the trace until they
 *             ask for `demand` times the GPUs there are, in random order, one at a time; nothing ends, and what does not
 *             fit is dropped.
 *   replay    pods come when the trace says so and run as long as they did there; what does not fit waits in the queue.
 *
 * Pure, single threaded; memory is its only outside failure. */
#ifndef CORACLE_SIM_H
#define CORACLE_SIM_H

#include "base/base.h"
#include "share/share.h"

#define SIM_ROWS_MAX 4000000

struct sim_trace;
/* One half of a trace: a table, or where templates is not NULL a list of them:
 *   nodes  {count [1], name, cpu, memory, gpus, gpuModel}: "name-0" …
 *   pods   {count [1], name, cpu, memory, gpus, gpuMilli [1000], gpuModels "A|B", from [0s], to [from], runs [0s], gang}: they come evenly between
 * from and to; `gang` of them at a time are a PodGroup with amounts as Kubernetes writes them. */
struct sim_source {
    struct str table;
    const struct value *templates;
};
/* All is copied. -EINVAL: the table's name, the line and the column, or the template's path, are told; -ENOMEM. */
int sim_trace_new(struct sim_trace **out, const struct sim_source *nodes, const struct sim_source *pods, struct err *err) MUST_USE;
struct sim_trace *sim_trace_free(struct sim_trace *t);

struct sim_options {
    enum share_policy policy;
    bool replay;
    double demand; /* arrivals: of the GPUs there are, 0.1 … 100 */
    uint64_t seed;
};

#define SIM_MARKS 6
extern const int sim_marks[SIM_MARKS]; /* demand arrived, in hundredths of the GPUs there are */

struct sim_result {
    uint32_t nodes;
    uint64_t pods, placed, dropped;                 /* dropped: arrivals that did not fit; replays: that never ran */
    double allocated[SIM_MARKS];                    /* GPUs taken, in hundredths, when so much had arrived (or at the end) */
    double cpu, memory, gpu;                        /* taken in hundredths: at the end; replays: mean over the time until the last arrival */
    double fragments;                               /* of the GPUs, in hundredths, free but of no use to the expected work: at the end */
    int64_t wait_p50_ms, wait_p99_ms, wait_most_ms; /* replays: from creation to placement */
    uint64_t gangs, torn;                           /* replays: how many there are; those whose pods did not get their nodes at one moment */
    int64_t end_ms;                                 /* the simulated clock */
    uint64_t digest;                                /* of every placement in order: equal runs have equal ones */
};
int sim_run(const struct sim_trace *t, const struct sim_options *o, struct sim_result *out, struct err *err) MUST_USE;

#endif
