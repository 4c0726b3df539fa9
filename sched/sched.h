/* sched: which node a pod runs on.
 *
 * Two parts. The judgement is pure: a sched_cluster is told nodes and pods as
 * they change (it keeps the few numbers and texts that matter) and answers
 * sched_place() — a node, or for each node the filter that refused it. It knows
 * no clock, no socket and no client, and gives the same answer to the same
 * history, so it can be run over any number of nodes no machine stands behind.
 * The driver (sched_new) feeds it from caches, keeps the queue (priority first,
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
#ifndef CORACLE_SCHED_H
#define CORACLE_SCHED_H

#include "base/base.h"
#include "client/client.h"
#include "value/value.h"

/* ── judgement ── */
struct sched_cluster;
int sched_cluster_new(struct sched_cluster **out) MUST_USE;
struct sched_cluster *sched_cluster_free(struct sched_cluster *c);
/* Adds or replaces; nothing is borrowed. -ENOMEM leaves what was. */
int sched_node_put(struct sched_cluster *c, const struct value *node) MUST_USE;
void sched_node_del(struct sched_cluster *c, struct str name);
/* A pod that has a node (spec.nodeName) and is not over counts there. */
int sched_pod_put(struct sched_cluster *c, const struct value *pod) MUST_USE;
void sched_pod_del(struct sched_cluster *c, struct str uid);
/* Counts the pod on the node before the API says so; sched_pod_put() and sched_pod_del() replace it. */
int sched_assume(struct sched_cluster *c, const struct value *pod, struct str node) MUST_USE;
size_t sched_nodes(const struct sched_cluster *c);

/* Questions other controllers ask of one pod and one node, both as trees. */
bool sched_tolerated(const struct value *pod, const struct value *taint);
bool sched_node_selected(const struct value *pod, const struct value *node); /* nodeSelector and required node affinity */

enum sched_refusal { /* in the order filters run; texts by sched_refusal_text() */
    SCHED_FITS,
    SCHED_UNSCHEDULABLE,
    SCHED_NODE_NAME,
    SCHED_TAINT,
    SCHED_AFFINITY,
    SCHED_PORTS,
    SCHED_PODS,
    SCHED_CPU,
    SCHED_MEMORY,
    SCHED_EPHEMERAL,
    SCHED_EXTENDED,
    SCHED_REFUSALS,
};
#define SCHED_VICTIMS_MAX 128
struct sched_verdict {
    bool placed;
    struct str node;              /* borrowed until the cluster changes */
    size_t refused[SCHED_REFUSALS]; /* how many nodes for which reason */
    struct str detail[SCHED_REFUSALS]; /* first taint, first extended resource: for the message */
    /* When not placed: a node where it would fit without these (uids), lowest priority first; empty: none. */
    struct str victim_node;
    struct str victims[SCHED_VICTIMS_MAX];
    size_t n_victims;
};
/* -ENOMEM. The pod's own refusals are not errors. */
int sched_place(struct sched_cluster *c, const struct value *pod, struct sched_verdict *out) MUST_USE;
/* "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {k: v}. …" as upstream words it. */
void sched_verdict_print(const struct sched_cluster *c, const struct sched_verdict *v, struct buf *out);

/* ── driver ── */
struct sched;
struct sched_options {
    const char *name; /* of the scheduler, as in spec.schedulerName ["default-scheduler"] */
    void (*log)(void *ctx, const char *line);
    void *log_ctx;
};
int sched_new(struct sched **out, struct client *c, const struct sched_options *o, struct err *err) MUST_USE;
struct sched *sched_free(struct sched *s);
bool sched_synced(const struct sched *s); /* has seen every node and pod there was */
struct sched_stats {
    uint64_t placed, refused, preempted, failed; /* failed: bindings the server did not take */
    size_t waiting;
    int64_t place_ns; /* spent in sched_place() in all */
};
void sched_stats(const struct sched *s, struct sched_stats *out);

#endif
