/* pressure: when a machine is short of something, and who has to go. Pure.
 *
 * Signals are amounts still available on the machine (memory, disk, inodes,
 * process ids). A threshold says below which amount, or share of the whole, the
 * machine is under pressure. A condition of the Node (MemoryPressure,
 * DiskPressure, PIDPressure) becomes true at once and false only when its
 * signals have been fine for the transition period, so that it does not
 * flutter. A hard threshold is answered at once; a soft one turns the condition
 * at once too, but is answered only when it has been met for its grace period
 * without a break. Pods are ranked as the kubelet ranks them: those over their request
 * first, then by priority, then by how far they are over it.
 *
 * No clock, no system call: the caller measures. Any thread. */
#ifndef CORACLE_PRESSURE_H
#define CORACLE_PRESSURE_H

#include "base/base.h"

enum pressure_signal { /* in the order in which they are answered */
                       PRESSURE_MEMORY,
                       PRESSURE_NODEFS,
                       PRESSURE_NODEFS_INODES,
                       PRESSURE_IMAGEFS,
                       PRESSURE_IMAGEFS_INODES,
                       PRESSURE_PIDS,
                       PRESSURE_SIGNALS
};
enum pressure_condition { PRESSURE_OF_MEMORY, PRESSURE_OF_DISK, PRESSURE_OF_PIDS, PRESSURE_CONDITIONS };

struct pressure_threshold {
    int64_t amount;     /* bytes, inodes, processes; 0: see millionths */
    int64_t millionths; /* of the whole; both 0: no threshold */
};
/* "memory.available<100Mi,nodefs.available<10%,…" over the usual defaults; a signal that is not named keeps its default when
 * text is empty and has none otherwise (as --eviction-hard). 0% and 100% mean none. -EINVAL: what is wrong. */
int pressure_thresholds_parse(struct pressure_threshold out[PRESSURE_SIGNALS], struct str text, struct err *err) MUST_USE;
int64_t pressure_threshold_amount(struct pressure_threshold t, int64_t capacity); /* 0: none */

/* "memory.available=1m30s,…": how long a soft threshold has to be met. Each signal with a threshold in `soft` needs one.
 * -EINVAL: what is wrong. */
int pressure_graces_parse(int64_t out_ms[PRESSURE_SIGNALS], struct str text, const struct pressure_threshold soft[PRESSURE_SIGNALS],
                          struct err *err) MUST_USE;
const char *pressure_signal_name(enum pressure_signal s); /* memory.available, … */

struct pressure_rules {
    struct pressure_threshold hard[PRESSURE_SIGNALS], soft[PRESSURE_SIGNALS];
    int64_t soft_ms[PRESSURE_SIGNALS]; /* see pressure_graces_parse() */
    int64_t transition_ms;             /* how long a condition stays at least */
};

struct pressure_reading {
    int64_t available, capacity; /* capacity 0: not known, never under pressure */
};
struct pressure_state {                  /* begins as zeroes */
    int64_t met_at[PRESSURE_CONDITIONS]; /* ms; last time a threshold was met */
    bool is[PRESSURE_CONDITIONS];
    bool soft[PRESSURE_SIGNALS];          /* the soft threshold is met, … */
    int64_t soft_since[PRESSURE_SIGNALS]; /* … ms; since when without a break */
};
/* Takes new readings. Answers the most urgent signal that is to be answered now, or PRESSURE_SIGNALS; *soft: only its soft
 * threshold is met, and pods may take their time. */
enum pressure_signal pressure_judge(struct pressure_state *s, const struct pressure_rules *rules, const struct pressure_reading r[PRESSURE_SIGNALS],
                                    int64_t now_ms, bool *soft);

enum pressure_condition pressure_condition_of(enum pressure_signal s);
const char *pressure_resource(enum pressure_signal s); /* memory, ephemeral-storage, inodes, pids */

struct pressure_pod {
    void *pod; /* the caller's */
    int64_t priority;
    int64_t usage, request; /* of the resource in question; request 0: none */
};
void pressure_rank(struct pressure_pod *pods, size_t n, enum pressure_signal s); /* who goes first comes first */

/* Bytes as Kubernetes writes them: 100Mi, 1536Ki, 1000. */
void pressure_print_bytes(struct buf *out, int64_t bytes);

#endif
