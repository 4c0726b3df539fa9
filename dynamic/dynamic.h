/* dynamic: DynamicResources — devices in the scheduler's search, a plugin of `sched`.
 *
 * It knows ResourceClaims and which waiting pods use them; what devices there are and who gets which is `device`'s judgement.
 *
 *   claim   unallocated ──reserve (a pod takes a node)──▶ assumed ──the API shows it──▶ allocated ──▶ unallocated, gone
 *                 ▲────────────unreserve──────────────────────┘
 *
 * Pods that ask the same of their unallocated claims are of one class, whatever the claims are called; a pod with an allocated claim
 * is of a class with the others that use that claim. So when a claim changes, the waiting pods that use it are *stale*: their owner
 * puts them into the engine again (dynamic_stale). A pod whose claims are not all there waits outside the queue (PreEnqueue).
 *
 * An assumed allocation counts as taken from reserve on, so no device is given twice between a decision and its being written. What is to
 * be written before the pod is bound dynamic_plan() tells; whoever writes it waits until dynamic_bound() says that the
 * devices are ready (KEP-5007).
 *
 * Pods of one PodGroup share what was decided of a claim before it is written: the second is placed where the first's devices can be reached. A
 * claim the group itself asks for (KEP-5729: a row of the pod's that is one of the group's, word by word) is reserved for the group. The pod that
 * decided it may go: the decision is then another's of the group.
 *
 * An extended resource that a DeviceClass stands behind (KEP-5004) and that a node has none of itself is asked for as a claim of its own, which is
 * made when the pod has got its node.
 *
 * Pure, single threaded: no clock, no client. Whoever tells the engine of pods tells this room of those that went. */
#ifndef CORACLE_DYNAMIC_H
#define CORACLE_DYNAMIC_H

#include "base/base.h"
#include "device/device.h"
#include "sched/sched.h"
#include "value/value.h"

#define DYNAMIC_NAME         "DynamicResources"
#define DYNAMIC_RESERVED_MAX 256 /* users of one claim */

struct dynamic;
int dynamic_new(struct dynamic **out, uint64_t seed) MUST_USE;
struct dynamic *dynamic_free(struct dynamic *d); /* before the engine */
/* To be among sched_new()'s plugins; then dynamic_attach() before the first pod. */
struct sched_plugin dynamic_plugin(struct dynamic *d);
void dynamic_attach(struct dynamic *d, struct sched *engine, unsigned plugin);
struct device_store *dynamic_devices(struct dynamic *d);

/* ── facts ── */
enum dynamic_kind { DYNAMIC_SLICE, DYNAMIC_CLASS, DYNAMIC_RULE, DYNAMIC_CLAIM, DYNAMIC_GROUP /* PodGroup */ };
/* What changed. The engine's answers are void where they have to be; the owner of the queue tells it of the change (sched_tell, with
 * the same tree, or NULL) and puts the stale pods again. -ENOMEM leaves what was, or less. */
int dynamic_put(struct dynamic *d, enum dynamic_kind kind, const struct value *object) MUST_USE;
void dynamic_del(struct dynamic *d, enum dynamic_kind kind, struct str ns, struct str name);
void dynamic_pod_gone(struct dynamic *d, struct str uid); /* it was deleted, is over, or was bound */
/* The next waiting pod that has to be put again; false: none. Texts live until the next call. */
bool dynamic_stale(struct dynamic *d, struct str *ns, struct str *name, struct str *uid);
/* Devices came free, or a pod need no longer wait for another's write, without a change told by dynamic_put(): asked after
 * sched_forget() and the like. Once each. */
bool dynamic_freed(struct dynamic *d);
/* Around a scheduling cycle: what is reserved and taken back inside changed nothing, so nobody is looked at again for it. */
void dynamic_turn(struct dynamic *d, bool begins);

/* ── what is to be written for a pod that has its node ── */
struct dynamic_write {
    struct str ns, name, uid;       /* of the claim; name "": it is to be made, for extended resources */
    const struct value *allocation; /* to be written into its status; NULL: it has one already */
    bool reserve;                   /* the pod, or its group, is to be added to status.reservedFor */
    struct str group, group_uid;    /* whom it is reserved for, if not for the pod */
    bool shared;                    /* others use the claim too: they may be about to write it */
    const struct value *spec;       /* of the claim to be made: its `devices` */
    const struct value *mappings;   /* then status.extendedResourceClaimStatus.requestMappings of the pod */
    bool conditions;                /* then the devices' binding conditions have to come true */
};
/* How many; texts and trees live until the pod is unreserved or gone. Nothing: it can be bound at once. */
size_t dynamic_plan(struct dynamic *d, const struct sched_pod *pod, struct dynamic_write *out, size_t max);
/* The claim for extended resources was made: what was decided for the pod is its. */
int dynamic_made(struct dynamic *d, const struct sched_pod *pod, const struct value *claim) MUST_USE;
/* A claim's status is about to be written, and was (its revision) or was not (0). What is under way stays taken, whatever becomes of
 * the pod, until the claim shows it. */
void dynamic_sending(struct dynamic *d, struct str ns, struct str name);
void dynamic_sent(struct dynamic *d, struct str ns, struct str name, int64_t revision);
enum { DYNAMIC_READY, DYNAMIC_WAITS, DYNAMIC_FAILED };
/* Of a claim as a tree: are the devices it was given ready to be bound? */
int dynamic_bound(const struct value *claim, struct err *why);
/* A pod was refused everywhere, by this plugin too: a claim of its own that is allocated where it cannot run and used by nobody else is to be given
 * back. group: it is its PodGroup's, reserved for that (of that uid) if for anybody; then it may only be given back when none of the group has a
 * node. Else "". */
bool dynamic_to_deallocate(struct dynamic *d, const struct sched_pod *pod, struct str *ns, struct str *name, struct str *group,
                           struct str *group_uid);

struct dynamic_counts {
    size_t claims, assumed, pods;
};
void dynamic_counts(const struct dynamic *d, struct dynamic_counts *out);

#endif
