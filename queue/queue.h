/* queue: who may start — quotas over many queues, in the manner of Kueue (kueue.x-k8s.io/v1beta2).
 *
 * A Workload (a job's pods as one) waits in the ClusterQueue its LocalQueue points to, until there is quota for all of its pods in some
 * flavors; then it is admitted with the flavors it got. This room is that judgement alone: it is shown the objects as trees, and says whom
 * to admit and whom to evict. It knows no pods, no nodes, no socket and no clock.
 *
 *      pending ──queue_step()──▶ admitted ──put: finished, gone──▶ over
 *        ▲  │ no room                │ somebody more entitled
 *        │  ▼                        ▼
 *      parked ◀──quota is freed── evicting ──put: no admission any more──▶ pending
 *
 * Quota. Each ClusterQueue has nominal quota for pairs of flavor and resource, and may borrow what its cohort has unused, up to its borrowingLimit;
 * what it keeps to itself its lendingLimit says. Cohorts stand in a tree and may have quota of their own. What is used is counted at each
 * node: beyond what a node keeps to itself, it is its parent's.
 *
 * A step looks at the first of each queue, finds flavors for each (flavorFungibility says when to look further), and takes them in order:
 * who does not borrow, the higher priority, who waits longest — or, with fair sharing, whose queue has the smallest share of what it could borrow
 * (dominant resource share over weight). Each is judged again on what those before it left. Who does not fit may preempt: in its own
 * queue by withinClusterQueue, in others that borrow by reclaimWithinCohort and borrowWithinCohort; as few as are needed, put back in reverse.
 *
 * A workload whose pod set has a minCount starts with fewer pods, as many as there is room for, when there is none for all and none can be made.
 *
 * Places. A flavor with a topology says what its nodes' labels mean: blocks, racks, hosts. Pods that get such a flavor get domains too, as
 * their topologyRequest wants them: all in one domain of a level, or as near as possible, or wherever there is room; whole slices of them in one.
 * What nodes have less what other pods on them ask for is their room; what admitted workloads hold of it is counted, and no domain is given
 * away twice. When there is quota but no place, others give way as they do for quota.
 *
 * Not here: leaders of pod set groups beside their workers, replacement of a node that failed, admission checks (a queue that names some admits as if
 * they had passed).
 *
 * Single threaded. What can fail is memory: -ENOMEM leaves what was. */
#ifndef CORACLE_QUEUE_H
#define CORACLE_QUEUE_H

#include "base/base.h"
#include "value/value.h"

struct queue;
struct queue_options {
    bool fair_sharing;
    bool by_creation; /* who was evicted because its pods were not ready in time keeps its place in the queue; else it goes to the end */
};
int queue_new(struct queue **out, const struct queue_options *o) MUST_USE;
struct queue *queue_free(struct queue *q);

enum queue_kind {
    QUEUE_TOPOLOGY,
    QUEUE_NODE,
    QUEUE_POD, /* any pod on a node: what others hold there; deleted by its uid */
    QUEUE_FLAVOR,
    QUEUE_COHORT,
    QUEUE_CLUSTER,
    QUEUE_LOCAL,
    QUEUE_WORKLOAD,
    QUEUE_KINDS
};
/* Adds or replaces an object. A workload with status.admission counts; one that is finished, inactive or gone does not. -EINVAL: no name, or
 * quantities or numbers that are none: the path is told. */
int queue_put(struct queue *q, enum queue_kind kind, const struct value *object, struct err *err) MUST_USE;
void queue_del(struct queue *q, enum queue_kind kind, struct str ns, struct str name);

#define QUEUE_POD_SETS_MAX  8
#define QUEUE_RESOURCES_MAX 16 /* of a pod set */
#define QUEUE_LEVELS_MAX    16 /* of a topology */
struct queue_place {
    struct str values[QUEUE_LEVELS_MAX]; /* of the levels */
    int64_t count;
};
struct queue_pod_set {
    struct str name;
    int64_t count;
    size_t n;
    struct {
        struct str resource, flavor;
        int64_t amount; /* of all its pods; cpu in thousandths */
    } items[QUEUE_RESOURCES_MAX];
    struct str levels[QUEUE_LEVELS_MAX]; /* of its places: node labels; of a topology that ends in the host name that alone */
    size_t n_levels, n_places;           /* 0: it was not placed */
};
enum queue_outcome_kind { QUEUE_ADMITTED, QUEUE_WAITS, QUEUE_EVICTED };
struct queue_outcome {
    enum queue_outcome_kind kind;
    struct str ns, name; /* the workload's; texts until the next step */
    struct str cluster_queue;
    struct str reason, message; /* waits: why; evicted: InClusterQueue, InCohortReclamation, InCohortReclaimWhileBorrowing, InCohortFairSharing */
    struct queue_pod_set sets[QUEUE_POD_SETS_MAX]; /* admitted */
    size_t n_sets;
};
/* The i-th place of a set of an admitted workload, until the next step. */
bool queue_place_of(const struct queue *q, struct str ns, struct str name, size_t set, size_t i, struct queue_place *out);
/* 1: something was decided; 0: nothing is to be decided now; <0 */
int queue_step(struct queue *q, struct queue_outcome *out) MUST_USE;
/* An admission or eviction did not come about after all: the workload is what it was before. */
void queue_undo(struct queue *q, struct str ns, struct str name);

struct queue_usage {
    int64_t nominal, used, borrowed, available;
};
/* Of a ClusterQueue; false: it has no such quota. */
bool queue_usage(const struct queue *q, struct str cluster_queue, struct str flavor, struct str resource, struct queue_usage *out);
/* Its dominant resource share over its weight, in thousandths; INT64_MAX: it borrows with weight 0. 0: no such ClusterQueue. */
int64_t queue_share(const struct queue *q, struct str cluster_queue);
struct queue_counts {
    size_t pending, parked, admitted, evicting;
    uint64_t admissions, evictions, looks;
};
void queue_counts(const struct queue *q, struct queue_counts *out);
/* Of one ClusterQueue or LocalQueue (ns set): how many wait, how many have quota. */
size_t queue_parked(const struct queue *q, struct str cluster_queue); /* of those that wait there, whom only an event can help */
void queue_counts_of(const struct queue *q, struct str ns, struct str name, size_t *waiting, size_t *reserving);

#endif
