/* cycle: the pods that wait for a node, and one scheduling cycle after another.
 *
 * On top of `sched` (the judgement) it keeps the queue, as kube-scheduler does:
 *
 *      gated ──gates go──▶ active ──cycle_step()──▶ placed (assumed) ──cycle_bound()──▶ done
 *                            ▲                         │ refused              │ the server said no
 *               backoff ends │                         ▼                      ▼
 *                         backoff ◀──an event that may help── unschedulable   backoff
 *
 * Active pods go in order of priority, then of arrival. A refused pod remembers who refused it and waits until something changes that
 * may help it (pods of one class are asked about once), or five minutes; its back-off is 1 s, 2 s … 10 s, and is cut short when nothing
 * else is to be done. When nothing fits, preemption is tried in the same cycle.
 *
 * Pods of groups (`gang`) wait together: their tree is one item of the queue, tried on one state of the cluster. What came of it is handed out
 * pod by pod by the calls of cycle_step() that follow, and then for each PodGroup.
 *
 * Pure: the time is an argument, in milliseconds from anywhere. Whoever owns sockets or simulates a cluster calls cycle_put() and
 * cycle_del() for what changes, cycle_step() until it answers 0, does what the outcome says, and comes back at cycle_next().
 *
 * Single threaded. -ENOMEM leaves what was. */
#ifndef CORACLE_CYCLE_H
#define CORACLE_CYCLE_H

#include "base/base.h"
#include "sched/sched.h"

struct cycle;
struct cycle_options {
    int64_t backoff_first_ms, backoff_most_ms; /* [1000, 10000] */
    int64_t flush_ms;                          /* [300000] */
    bool each_alone;                           /* what pods say about groups is not looked at */
    /* Others have a say when a pod (none of a group) is to preempt; may be NULL. They may change *p: another node, other victims, none and why.
     * CYCLE_LATER: they are being asked; the pod waits for events that the rules in *rejectors care for, and cycle_resume() brings it back. */
    int (*preempts)(void *ctx, struct sched_pod *pod, struct sched_preemption *p, uint32_t *rejectors);
    void *ctx;
};
#define CYCLE_LATER 1
/* The engine is borrowed: it must outlive the queue, and is from now on told of changes only through it. */
int cycle_new(struct cycle **out, struct sched *s, const struct cycle_options *o) MUST_USE;
struct cycle *cycle_free(struct cycle *k);

int cycle_put(struct cycle *k, enum sched_kind kind, const struct value *object, int64_t now) MUST_USE;
void cycle_del(struct cycle *k, enum sched_kind kind, struct str ns, struct str name, int64_t now); /* pods: ns "", name is the uid */
void cycle_tell(struct cycle *k, unsigned what, const struct value *object, int64_t now);           /* as sched_tell() */

#define CYCLE_NOMINEES_MAX 64
enum cycle_kind { CYCLE_PLACED, CYCLE_REFUSED, CYCLE_PREEMPTS, CYCLE_GROUP, CYCLE_ASKS /* nothing is decided yet: see cycle_options */ };
struct cycle_group { /* a PodGroup whose condition PodGroupInitiallyScheduled is to say so */
    struct str ns, name, uid;
    bool scheduled;
    struct str reason, message;
    int64_t generation;
};
struct cycle_outcome {
    enum cycle_kind kind;
    struct sched_pod *pod;
    uint32_t node;              /* where it was placed (assumed: bind it), or is nominated to */
    struct str message;         /* refused: "0/5 nodes are available: …" ; until the next step */
    bool nomination_ended;      /* refused: its earlier nomination is void: clear it in the API */
    struct sched_pod **victims; /* preempts: to be deleted; those that are being deleted already are among them */
    size_t n_victims;
    struct sched_pod *nominees[CYCLE_NOMINEES_MAX]; /* preempts: whose nominations to that node ended */
    size_t n_nominees;
    uint32_t rejectors, feasible; /* feasible: how many nodes fit, of those looked at */
    int64_t score;                /* placed: the node's */
    unsigned attempts;
    int64_t stamp;            /* cycle_stamp() as the pod began to wait; 0: none, or not its first attempt */
    struct cycle_group group; /* CYCLE_GROUP: pod is NULL; its texts until the next step */
};
/* A mark of the caller's that pods put from now on take along, until they are decided about for the first time: a time, say. */
void cycle_stamp(struct cycle *k, int64_t stamp);
/* The pod whose turn is next; NULL: none, or something else is. */
struct sched_pod *cycle_foremost(const struct cycle *k);
/* One cycle. 1: a pod was decided about; 0: none is ready; <0: an error about out->pod, which waits in back-off; NULL: none popped. */
int cycle_step(struct cycle *k, int64_t now, struct cycle_outcome *out) MUST_USE;
/* The pod (by uid) that was placed: the binding came about (ok: it is done when cycle_put() shows it on its node), or not. */
void cycle_bound(struct cycle *k, struct str uid, bool ok, int64_t now);
/* A placed pod is not to be bound yet after all: it waits for events that those rules care for. */
void cycle_withdraw(struct cycle *k, struct sched_pod *p, uint32_t rejectors, int64_t now);
/* A pod that was withdrawn may go on: it is at the front again, as if it had not been its turn; failed: after its back-off. */
void cycle_resume(struct cycle *k, struct sched_pod *p, bool failed, int64_t now);
bool cycle_groups(const struct cycle *k, const struct sched_pod *p); /* it is placed together with others */
/* When the first pod of a group is told as placed: all that the same turn placed, that one among them. How many; at most max are put in. */
size_t cycle_group_placed(const struct cycle *k, struct sched_pod **out, size_t max);
/* All of them are taken back, and nothing more is told of that turn. They come back together, once cycle_resume() is said of one of them, or by an
 * event. */
void cycle_withdraw_group(struct cycle *k, uint32_t rejectors, int64_t now);
int64_t cycle_next(const struct cycle *k); /* when to come back; INT64_MAX: never, 0: at once */

/* How it stands with one pod. */
enum cycle_state { CYCLE_NONE, CYCLE_GATED, CYCLE_ACTIVE, CYCLE_BACKOFF, CYCLE_UNSCHEDULABLE, CYCLE_BINDING };
struct cycle_view {
    enum cycle_state state; /* none: it does not wait here */
    unsigned attempts;
    uint32_t rejectors; /* unschedulable: who refused it */
    int64_t failed_at;  /* the last attempt, when it was refused */
    int64_t until;      /* back-off: its end; unschedulable: then it is tried whatever happens */
    const char *why;    /* gated by its groups: what they wait for, until the next call */
};
void cycle_look(const struct cycle *k, const struct sched_pod *p, struct cycle_view *out);

struct cycle_counts {
    size_t active, backoff, unschedulable, gated, binding, members; /* a tree of groups is one; its pods are members */
    uint64_t placed, refused, preempted, failed;
};
void cycle_counts(const struct cycle *k, struct cycle_counts *out);

#endif
