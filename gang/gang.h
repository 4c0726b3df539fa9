/* gang: pods that are placed together or not at all.
 *
 * Pods say which PodGroup they belong to (spec.schedulingGroup); a PodGroup may stand in a CompositePodGroup, and that in another: a tree
 * whose leaves are PodGroups. The tree is one thing to the queue. This room keeps the trees, says when one may be tried, and tries it:
 *
 *      pods, groups ──gang_put, gang_pod_put──▶ tree ──gang_waits() says NULL──▶ gang_place() ──▶ all assumed, or nothing changed
 *                                                                                  │ nothing fits
 *                                                                                  ▼
 *                                                                            gang_preempt() ──▶ victims; rooms kept for the pods
 *
 * A group with the gang policy needs minCount of its pods on nodes, one with the basic policy one; a composite one needs minGroupCount of its
 * children. gang_place() takes the pods of a group one after another, each seeing those before it, and takes all of them back as soon as the
 * count can no longer be reached. A topology constraint splits the nodes in sight by one label: each part is tried, and the best taken
 * (upstream's PodGroupPodsCount, and NodeResourcesFit as MostAllocated over the part). Where pods of the group run already, only their part counts.
 *
 * gang_preempt() asks where the tree would fit if every pod of lower priority went, and then puts back as many as still leave it room, the most
 * important first. Groups whose disruption mode is "all" go as one.
 *
 * KEP-4671 (gang scheduling), KEP-5710 (workload-aware preemption), KEP-5732 (topology-aware workload scheduling), KEP-6012 (composite pod
 * groups), as kube-scheduler 1.37 has them with their feature gates on. Sentences are upstream's.
 *
 * Called by `cycle`, single threaded, on an engine it borrows. What can fail is memory: -ENOMEM, and then nothing is assumed. */
#ifndef CORACLE_GANG_H
#define CORACLE_GANG_H

#include "base/base.h"
#include "sched/sched.h"
#include "value/value.h"

#define GANG_DEPTH_MAX 5 /* levels of a tree */

struct gang;
struct gang_group; /* a PodGroup or CompositePodGroup, or the place of one that somebody names */
int gang_new(struct gang **out, struct sched *s) MUST_USE;
struct gang *gang_free(struct gang *g);

/* ── facts ── */
/* kind: SCHED_POD_GROUP or SCHED_COMPOSITE_POD_GROUP. eased: it came, stands elsewhere or asks for less. -EINVAL: no name. */
int gang_put(struct gang *g, enum sched_kind kind, const struct value *object, bool *eased) MUST_USE;
void gang_del(struct gang *g, enum sched_kind kind, struct str ns, struct str name);
/* It came or changed. The pod is the engine's, and must be taken out before the engine forgets it. group: what it names. */
int gang_pod_put(struct gang *g, struct sched_pod *p, struct str group) MUST_USE;
void gang_pod_del(struct gang *g, struct str uid);
struct gang_pod *gang_pod_find(const struct gang *g, struct str uid);
/* Groups nobody names any more live until now, so that pointers stay good while something is done about them. */
void gang_sweep(struct gang *g);

struct gang_group *gang_find(const struct gang *g, enum sched_kind kind, struct str ns, struct str name);
struct gang_group *gang_of_pod(const struct gang *g, struct str uid); /* its PodGroup; NULL: it is in none */
/* The top of the tree; NULL: there is none, since groups name each other in a circle or too deep. */
struct gang_group *gang_root(struct gang_group *x);
/* NULL: it may be tried. Else why its pods wait, as upstream words it (until the next call). */
const char *gang_waits(struct gang *g, const struct gang_group *root);
int32_t gang_priority(const struct gang_group *root);
bool gang_by_topology(const struct gang_group *root); /* some group of the tree has a topology constraint */
void *gang_note(const struct gang_group *x);          /* what the owner of the queue hung on a root */
void gang_set_note(struct gang_group *x, void *note);

struct gang_pod {
    struct list link; /* in its group */
    struct gang_group *group;
    struct sched_pod *pod;
    char *uid;
    bool there;         /* it counts for its group's readiness: gang_pod_put() keeps it */
    bool tried;         /* in the last attempt */
    uint32_t to;        /* where it was placed by it, or room is kept for it; SCHED_NOWHERE */
    uint32_t nominated; /* before it */
    uint32_t rejectors; /* who refused it, on all parts that were looked at */
    struct str message; /* why it was not placed; until the next attempt */
};
bool gang_pod_waiting(const struct gang_pod *p); /* on no node, not gated, not going, ours */
/* Does any pod of the tree wait? What was found is remembered: whoever takes an assumed pod back without gang_pod_put() says so (gang_pod_back). */
bool gang_anybody_waits(struct gang_group *root);
void gang_pod_back(struct gang_pod *p);
/* The pods of a tree, in their order: after NULL the first; NULL: that was all. */
struct gang_pod *gang_pod_next(const struct gang_group *root, const struct gang_pod *after);

/* ── the question ── */
struct gang_verdict {
    bool placed;
    bool mistaken;      /* not unschedulable but contradictory: pods of other priority than their group … */
    struct str message; /* why not; until the next attempt */
};
/* Placed: its waiting pods are assumed where `to` says (some may be left over, with their messages). Else nothing has changed. */
int gang_place(struct gang *g, struct gang_group *root, struct gang_verdict *out) MUST_USE;

struct gang_preemption {
    bool found;                 /* rooms are kept for the pods: `to` */
    struct sched_pod **victims; /* whole groups where they go as one; none while earlier ones are about to go. Until the next attempt */
    size_t n_victims;
    struct str message;
};
/* Of a tree that was just refused. */
int gang_preempt(struct gang *g, struct gang_group *root, struct gang_preemption *out) MUST_USE;
/* Who must go too when these go, since their groups are disrupted as one: appended behind the n there are. */
int gang_companions(struct gang *g, struct sched_pod *const *victims, size_t n, struct sched_pod ***out, size_t *n_out) MUST_USE;

/* What to tell of the PodGroups (not the composite ones) of a tree after an attempt. */
struct gang_report {
    struct str ns, name, uid;
    bool scheduled; /* condition PodGroupInitiallyScheduled */
    struct str reason, message;
    int64_t generation;
};
/* The i-th of them; false: that was all. Those that would say nothing new are passed over by their `scheduled` of before. */
bool gang_report(struct gang *g, const struct gang_group *root, const struct gang_verdict *v, size_t i, struct gang_report *out);

size_t gang_pods(const struct gang *g); /* how many pods are in groups */

#endif
