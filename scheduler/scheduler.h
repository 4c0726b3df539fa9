/* sched: which node a pod runs on.
 *
 * Two parts. The judgement is pure: a scheduler_cluster is told nodes and pods as
 * they change (it keeps the few numbers and texts that matter) and answers
 * scheduler_place() — a node, or for each node the filter that refused it. It knows
 * no clock, no socket and no client, and gives the same answer to the same
 * history, so it can be run over any number of nodes no machine stands behind.
 * The driver (scheduler_new) feeds it from caches, keeps the queue (priority first,
 * then age; what found no place waits for an event that may help), and binds
 * through `client`.
 *
 * Filters: node name, unschedulable, taints, node selector and required node
 * affinity, host ports, resources (cpu, memory, ephemeral-storage, extended
 * ones, number of pods). Scores: least allocated, balanced, preferred affinity,
 * preferred taints, image there. When nothing fits and lower priorities would
 * make room, the cheapest victims are named (preemption).
 *
 * Single threaded. */
#ifndef CORACLE_SCHEDULER_H
#define CORACLE_SCHEDULER_H

#include "base/base.h"
#include "client/client.h"
#include "value/value.h"

/* ── judgement ── */
struct scheduler_cluster;
int scheduler_cluster_new(struct scheduler_cluster **out) MUST_USE;
struct scheduler_cluster *scheduler_cluster_free(struct scheduler_cluster *c);
/* Adds or replaces; nothing is borrowed. -ENOMEM leaves what was. */
int scheduler_node_put(struct scheduler_cluster *c, const struct value *node) MUST_USE;
void scheduler_node_del(struct scheduler_cluster *c, struct str name);
/* A pod that has a node (spec.nodeName) and is not over counts there. */
int scheduler_pod_put(struct scheduler_cluster *c, const struct value *pod) MUST_USE;
void scheduler_pod_del(struct scheduler_cluster *c, struct str uid);
/* Counts the pod on the node before the API says so; scheduler_pod_put() and scheduler_pod_del() replace it. */
int scheduler_assume(struct scheduler_cluster *c, const struct value *pod, struct str node) MUST_USE;
size_t scheduler_nodes(const struct scheduler_cluster *c);

/* Questions other controllers ask of one pod and one node, both as trees. */
bool scheduler_tolerated(const struct value *pod, const struct value *taint);
bool scheduler_node_selected(const struct value *pod, const struct value *node); /* nodeSelector and required node affinity */

enum scheduler_refusal { /* in the order filters run; texts by scheduler_refusal_text() */
    SCHEDULER_FITS,
    SCHEDULER_UNSCHEDULABLE,
    SCHEDULER_NODE_NAME,
    SCHEDULER_TAINT,
    SCHEDULER_AFFINITY,
    SCHEDULER_PORTS,
    SCHEDULER_PODS,
    SCHEDULER_CPU,
    SCHEDULER_MEMORY,
    SCHEDULER_EPHEMERAL,
    SCHEDULER_EXTENDED,
    SCHEDULER_REFUSALS,
};
#define SCHEDULER_VICTIMS_MAX 128
struct scheduler_verdict {
    bool placed;
    struct str node;              /* borrowed until the cluster changes */
    size_t refused[SCHEDULER_REFUSALS]; /* how many nodes for which reason */
    struct str detail[SCHEDULER_REFUSALS]; /* first taint, first extended resource: for the message */
    /* When not placed: a node where it would fit without these (uids), lowest priority first; empty: none. */
    struct str victim_node;
    struct str victims[SCHEDULER_VICTIMS_MAX];
    size_t n_victims;
};
/* -ENOMEM. The pod's own refusals are not errors. */
int scheduler_place(struct scheduler_cluster *c, const struct value *pod, struct scheduler_verdict *out) MUST_USE;
/* "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {k: v}. …" as upstream words it. */
void scheduler_verdict_print(const struct scheduler_cluster *c, const struct scheduler_verdict *v, struct buf *out);

/* ── driver ── */
struct scheduler;
struct scheduler_options {
    const char *name; /* of the scheduler, as in spec.schedulerName ["default-scheduler"] */
    void (*log)(void *ctx, const char *line);
    void *log_ctx;
};
int scheduler_new(struct scheduler **out, struct client *c, const struct scheduler_options *o, struct err *err) MUST_USE;
struct scheduler *scheduler_free(struct scheduler *s);
bool scheduler_synced(const struct scheduler *s); /* has seen every node and pod there was */
struct scheduler_stats {
    uint64_t placed, refused, preempted, failed; /* failed: bindings the server did not take */
    size_t waiting;
    int64_t place_ns; /* spent in scheduler_place() in all */
};
void scheduler_stats(const struct scheduler *s, struct scheduler_stats *out);

#endif
