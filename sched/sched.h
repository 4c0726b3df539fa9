/* sched: which node a pod runs on — the judgement alone.
 *
 * A `struct sched` is the cluster as a scheduler sees it. It is told what changes (sched_put, sched_del: nodes, pods,
 * namespaces, budgets, volumes …, as trees), keeps the few numbers and names that matter in flat columns, and answers
 * sched_place(): the best node of a waiting pod, or for each node what refused it. It knows no clock, no socket and
 * no client, owns no queue, and the same history gives the same answers: so it runs over a million nodes no machine
 * stands behind. Who owns a queue and a clock is `cycle`; who owns sockets is `scheduler`.
 *
 * How it is fast. Nothing is computed twice for two pods that ask the same:
 *  - texts, label sets, requests and affinity terms are interned; a pod's spec is compiled once to a *class* (the same
 *    profile, namespace, labels, priority and everything a filter or score reads). Ten thousand replicas are one class.
 *  - each change of a node leaves its number in a log. A class keeps, for each node, the first refusal and the
 *    score, and how far it has read the log; when it is asked again it looks only at nodes named since. Feasible nodes
 *    stand in order by score, refusals are counted by reason: the best node, and the whole message of a pod that fits
 *    nowhere, are there without a walk over the nodes.
 *  - who matches a selector is counted, for each topology domain, by tallies that pods add to and take from as they
 *    come and go. Classes with affinity or spread constraints walk flat columns and read those tallies.
 *
 * Plugins (devices, groups, latency …) take part as in-tree filters do, with one duty: an answer about a node holds
 * until the node is touched. Whoever changes it calls sched_touch(), and the log does the rest.
 *
 * Single threaded. What can fail is memory: -ENOMEM, and then what was stays. */
#ifndef CORACLE_SCHED_H
#define CORACLE_SCHED_H

#include "base/base.h"
#include "value/value.h"

struct sched;
struct sched_pod;                /* waiting, assumed or placed; borrowed, lives until sched_del() of its uid */
#define SCHED_NOWHERE UINT32_MAX /* no node */

/* ── what pods are judged by: profiles (KubeSchedulerConfiguration) ── */
enum sched_rule { /* filters and scores, in the order filters run */
                  SCHED_RULE_NODE_NAME,
                  SCHED_RULE_UNSCHEDULABLE,
                  SCHED_RULE_TAINTS,
                  SCHED_RULE_NODE_AFFINITY,
                  SCHED_RULE_PORTS,
                  SCHED_RULE_FIT,
                  SCHED_RULE_VOLUME_RESTRICTIONS,
                  SCHED_RULE_VOLUME_LIMITS,
                  SCHED_RULE_VOLUME_BINDING,
                  SCHED_RULE_VOLUME_ZONE,
                  SCHED_RULE_SPREAD,
                  SCHED_RULE_POD_AFFINITY,
                  SCHED_RULE_BALANCED, /* scores only */
                  SCHED_RULE_IMAGES,   /* scores only */
                  SCHED_RULE_GATES,    /* PreEnqueue only: who owns the queue asks sched_pod_gated() */
                  SCHED_RULE_PREEMPTION,
                  SCHED_RULE_PLUGIN, /* the first of the plugins; the n-th is SCHED_RULE_PLUGIN + n */
};
#define SCHED_PLUGINS_MAX 12
#define SCHED_RULES       (SCHED_RULE_PLUGIN + SCHED_PLUGINS_MAX)
const char *sched_rule_name(unsigned rule); /* "NodeResourcesFit"; NULL: a plugin's */

enum sched_strategy { SCHED_LEAST_ALLOCATED, SCHED_MOST_ALLOCATED, SCHED_REQUESTED_TO_CAPACITY };
#define SCHED_SCORED_MAX 8 /* resources a strategy looks at */
#define SCHED_SHAPE_MAX  16
struct sched_scored {
    struct str name;
    int64_t weight;
};
struct sched_profile {
    struct str name;          /* spec.schedulerName */
    uint32_t filters, scores; /* bits 1 << enum sched_rule: which take part */
    int64_t weights[SCHED_RULES];
    enum sched_strategy strategy;
    struct sched_scored fit[SCHED_SCORED_MAX], balanced[SCHED_SCORED_MAX];
    size_t n_fit, n_balanced;
    struct {
        int64_t utilization, score; /* 0…100, 0…100 (the configuration's 0…10 times ten) */
    } shape[SCHED_SHAPE_MAX];
    size_t n_shape;
    struct str ignored[SCHED_SCORED_MAX]; /* NodeResourcesFit's ignoredResources; one that ends in "/" is a group */
    size_t n_ignored;
    int64_t hard_affinity_weight; /* of existing pods' required affinity, in scores */
    bool ignore_preferred_of_existing;
    struct value added_affinity;                    /* NodeAffinity's addedAffinity: a NodeAffinity, or null */
    struct value default_constraints;               /* PodTopologySpread's: a list, or null: the system's own */
    bool list_defaulting;                           /* defaultingType: List */
    int percentage;                                 /* of nodes to score; 0: as many as fit, adapted to their number */
    int candidates_percentage, candidates_absolute; /* DefaultPreemption [10, 100] */
    int64_t volume_timeout_ms, device_timeout_ms;   /* for who binds: VolumeBinding's bindTimeoutSeconds, DynamicResources' bindingTimeout */
    struct value args[SCHED_PLUGINS_MAX];           /* of plugins: theirs to read; null: none */
};
void sched_profile_default(struct sched_profile *out, struct str name); /* kube-scheduler 1.37's own */

/* ── plugins ──
 * All may be NULL but `name`. `self` is the plugin's own; called only from inside calls to this room. */
struct sched_plugin {
    const char *name; /* as in a profile: "DynamicResources" */
    int64_t weight;   /* of its score in a profile that does not say; 0: its score takes part only where one does */
    int64_t most;     /* its scores run over 0…most; 0: 100, as in-tree ones */
    void *self;
    /* Is this pod its business? 0: no. 1: yes, and what it appended to *key tells pods apart that must not share
     * answers (pods with equal keys and equal specs are one class). 2: it is, and the pod is to wait outside the queue until it is put
     * again (sched_pod_gated()). Asked at sched_put() of a waiting pod, and again by sched_pod_again(). <0: passed up. */
    int (*claims)(void *self, const struct value *pod, struct buf *key);
    /* Once before the nodes are looked at, for each attempt: NULL goes on; else the sentence that refuses all nodes. */
    const char *(*before)(void *self, const struct sched_pod *pod);
    /* NULL: fits. Else the reason, a text that lives as long as the plugin; *final: removing pods would not help. */
    const char *(*filter)(void *self, const struct sched_pod *pod, uint32_t node, bool *final);
    int64_t (*score)(void *self, const struct sched_pod *pod, uint32_t node); /* 0…most; taken as it is */
    /* The pod is about to be counted on the node: take what it needs. 0; 1: no longer possible (the node is touched
     * and another is tried); <0: passed up. unreserve undoes it: the pod did not go there after all. */
    int (*reserve)(void *self, struct sched_pod *pod, uint32_t node);
    void (*unreserve)(void *self, struct sched_pod *pod, uint32_t node);
    /* A node that has none of this resource may still do: filter() says whether it can be had there otherwise. Asked when a pod's class is made. */
    bool (*provides)(void *self, struct str resource);
    /* May this change help a pod it refused? NULL: any may. `object` is what the driver told with sched_tell(), or the tree of
     * sched_put(); NULL with a deletion. */
    bool (*helps)(void *self, const struct sched_pod *pod, unsigned kind, unsigned what, const struct value *object);
    /* For whoever reads profiles: does it understand these arguments? -EINVAL, told with the path of the field behind `path`. NULL: it has none. */
    int (*args)(const struct value *args, const char *path, struct err *err);
};

struct sched_options {
    const struct sched_profile *profiles; /* copied, their texts too; 0 of them: one default-scheduler */
    size_t n_profiles;
    const struct sched_plugin *plugins; /* copied; `self` must outlive it */
    size_t n_plugins;
    size_t columns; /* bytes that what classes know of nodes may take (some 24 for each class and node); 0: 1 GiB. The longest unused go first */
};
int sched_new(struct sched **out, const struct sched_options *o) MUST_USE; /* o NULL: all defaults */
struct sched *sched_free(struct sched *s);
ssize_t sched_profile_find(const struct sched *s, struct str name); /* -1: nobody's */
/* Profiles may come, become others and go while pods wait. What was found for pods of such a profile is void; their owner puts those that wait again,
 * with sched_put(). Those sched_new() was given stay: -EEXIST. -ENOSPC: there are SCHED_PROFILES_MAX; -ENOMEM: what was stays. */
#define SCHED_PROFILES_MAX 64
int sched_profile_put(struct sched *s, const struct sched_profile *p) MUST_USE; /* copied */
void sched_profile_del(struct sched *s, struct str name);
struct str sched_profile_name(const struct sched *s, ssize_t profile);
int64_t sched_profile_weight(const struct sched *s, ssize_t profile, unsigned rule); /* of its score; 0: it does not take part */
void sched_profile_timeouts(const struct sched *s, ssize_t profile, int64_t *volume_ms, int64_t *device_ms);
const struct value *sched_profile_args(const struct sched *s, ssize_t profile, unsigned plugin); /* NULL: none */

/* ── facts ── */
enum sched_kind {
    SCHED_NODE,
    SCHED_POD,
    SCHED_NAMESPACE,
    SCHED_SERVICE, /* these four only for the selectors of default spread constraints */
    SCHED_REPLICA_SET,
    SCHED_STATEFUL_SET,
    SCHED_REPLICATION_CONTROLLER,
    SCHED_BUDGET, /* PodDisruptionBudget */
    SCHED_VOLUME, /* PersistentVolume */
    SCHED_CLAIM,  /* PersistentVolumeClaim */
    SCHED_STORAGE_CLASS,
    SCHED_CSI_NODE,
    SCHED_CSI_DRIVER,
    SCHED_CAPACITY,  /* CSIStorageCapacity */
    SCHED_POD_GROUP, /* these two are not the engine's to keep: `gang` does; here they only make events */
    SCHED_COMPOSITE_POD_GROUP,
    SCHED_FOREIGN, /* something only plugins know: sched_tell() */
    SCHED_KINDS,
};
enum sched_what { /* what about it changed; upstream's ActionType */
                  SCHED_ADDED = 1 << 0,
                  SCHED_DELETED = 1 << 1,
                  SCHED_ALLOCATABLE = 1 << 2, /* nodes */
                  SCHED_LABELS = 1 << 3,      /* nodes, pods, namespaces */
                  SCHED_TAINTS = 1 << 4,      /* nodes; unschedulable too */
                  SCHED_SMALLER = 1 << 5,     /* pods: asks for less than before */
                  SCHED_GATES = 1 << 6,       /* pods: scheduling gates went */
                  SCHED_TOLERATIONS = 1 << 7, /* pods */
                  SCHED_ASSUMED = 1 << 8,     /* with ADDED: the pod was counted there already */
                  SCHED_OTHER = 1 << 9,
};
struct sched_event {
    enum sched_kind kind;
    unsigned what;              /* 0: nothing of interest */
    uint32_t node;              /* SCHED_NODE; the node of a placed pod; else SCHED_NOWHERE */
    struct sched_pod *pod;      /* SCHED_POD; NULL once it is gone */
    const struct value *object; /* borrowed during the call that made it */
    void *note;                 /* what hung on a pod that is gone */
    /* of a placed pod that came, changed or went, for sched_helps(); opaque */
    const void *ask, *labels, *terms;
};
/* Adds or replaces one object. A pod counts where its spec.nodeName says unless it is over; without one it waits.
 * event may be NULL. -ENOMEM leaves what was; -EINVAL: it has no name (or uid). */
int sched_put(struct sched *s, enum sched_kind kind, const struct value *object, struct sched_event *event) MUST_USE;
void sched_del(struct sched *s, enum sched_kind kind, struct str ns, struct str name, struct sched_event *event); /* pods: ns "", name is the uid */
/* Something only plugins know has changed; fills the event for sched_helps(). */
void sched_tell(struct sched *s, unsigned what, const struct value *object, struct sched_event *event);
void sched_touch(struct sched *s, uint32_t node); /* answers about this node are to be asked anew; SCHED_NOWHERE: about all */

/* What nodes answered pods of its class is void: of a plugin whose answers about one pod's kind changed everywhere. */
void sched_pod_touch(struct sched *s, const struct sched_pod *p);

uint32_t sched_nodes(const struct sched *s);      /* how many there are */
uint32_t sched_node_slots(const struct sched *s); /* numbers run below this; those of deleted nodes are used again */
uint32_t sched_node_find(const struct sched *s, struct str name);
struct str sched_node_name(const struct sched *s, uint32_t node); /* "" : no such node */
bool sched_node_label(const struct sched *s, uint32_t node, struct str key, struct str *value);
/* Of a resource ("cpu" in thousandths): what there is and what pods on it ask for. */
void sched_node_amounts(const struct sched *s, uint32_t node, struct str resource, int64_t *has, int64_t *used);
struct sched_pod *sched_node_next(const struct sched *s, uint32_t node,
                                  const struct sched_pod *after); /* walks its pods; after NULL: first; NULL: end */

struct sched_pod *sched_pod_find(const struct sched *s, struct str uid);
struct str sched_pod_uid(const struct sched_pod *p);
struct str sched_pod_namespace(const struct sched *s, const struct sched_pod *p);
struct str sched_pod_name(const struct sched_pod *p);
uint32_t sched_pod_node(const struct sched_pod *p);      /* assumed or placed; else SCHED_NOWHERE */
uint32_t sched_pod_nominated(const struct sched_pod *p); /* SCHED_NOWHERE: none */
int32_t sched_pod_priority(const struct sched_pod *p);
bool sched_pod_gated(const struct sched_pod *p);
bool sched_pod_deleting(const struct sched_pod *p);
ssize_t sched_pod_profile(const struct sched_pod *p); /* -1: another scheduler's */
unsigned sched_pod_class(const struct sched_pod *p);  /* pods of one class get the same answers */
void *sched_pod_note(const struct sched_pod *p);      /* what the owner of the queue hung on it */
void sched_pod_set_note(struct sched_pod *p, void *note);
bool sched_pod_label(const struct sched *s, const struct sched_pod *p, struct str key, struct str *value);
void *sched_pod_plugin(const struct sched_pod *p, unsigned plugin); /* what a plugin hung on it */
void sched_pod_set_plugin(struct sched_pod *p, unsigned plugin, void *mark);
/* What a plugin answered about it (claims) may be other now. */
int sched_pod_again(struct sched *s, struct sched_pod *p, const struct value *pod) MUST_USE;

/* ── the question ── */
struct sched_verdict {
    uint32_t node;     /* SCHED_NOWHERE: none fits */
    uint32_t feasible; /* how many nodes fit (of those looked at) */
    int64_t score;
    uint32_t rejectors; /* bits 1 << rule: who refused */
    const char *before; /* the sentence that refused all at once, or NULL */
};
int sched_place(struct sched *s, struct sched_pod *p, struct sched_verdict *out) MUST_USE;
/* One node: NULL: fits. Else the first refusal's words (scratch of the engine, until the next call). */
const char *sched_fits(struct sched *s, struct sched_pod *p, uint32_t node);
/* The nodes that fit, best first, at most max: what extenders are asked about. Returns how many. */
struct sched_choice {
    uint32_t node;
    int64_t score;
};
ssize_t sched_choices(struct sched *s, struct sched_pod *p, struct sched_choice *out, size_t max) MUST_USE;
/* Counts the pod there before the API says so. 1: a plugin could not reserve; <0. */
int sched_assume(struct sched *s, struct sched_pod *p, uint32_t node) MUST_USE;
void sched_forget(struct sched *s, struct sched_pod *p); /* it waits again; plugins unreserve */
/* Claims of the pod that are to be bound before it can run there (their class waits for the first consumer): to which
 * volume, or "" where one must be made. How many were put in. */
struct sched_binding {
    struct str claim, volume;
};
size_t sched_unbound(struct sched *s, const struct sched_pod *p, uint32_t node, struct sched_binding *out, size_t max);
/* Keeps room for it on the node (against pods of its priority and below) until it is assumed; SCHED_NOWHERE ends it. */
int sched_nominate(struct sched *s, struct sched_pod *p, uint32_t node) MUST_USE;
/* "0/5 nodes are available: 3 Insufficient cpu, 2 node(s) had untolerated taint(s)." of a pod that was just refused. */
void sched_explain(struct sched *s, struct sched_pod *p, const struct sched_verdict *v, struct buf *out);
/* The decision record, node by node: which rule refused and why, or each rule's weighted score. */
struct sched_opinion {
    int rule;           /* who refused, -1: fits */
    const char *reason; /* until the next call; of NodeResourcesFit all that is lacking, with ", " between */
    int64_t scores[SCHED_RULES], total;
    bool scored; /* of a survey: scores are told */
};
int sched_opinion(struct sched *s, struct sched_pod *p, uint32_t node, struct sched_opinion *out) MUST_USE;
/* The same of all nodes, as if the pod waited: one that is counted on a node is taken out of the numbers meanwhile. Those that fit come first, the
 * best at the front, and `scored` of them have their scores by rule; then the others. All nodes are looked at, where sched_place() may stop
 * with enough of them. fn calls nothing here but sched_node_name(); with out->before it is not called. Nothing later depends on having asked, and
 * until something else is asked sched_explain() words what came out. -EINVAL: another scheduler's pod. */
int sched_survey(struct sched *s, struct sched_pod *p, size_t scored, struct sched_verdict *out,
                 void (*fn)(void *ctx, uint32_t node, const struct sched_opinion *o), void *ctx) MUST_USE;
/* May this change make the pod fit, which those rules refused? */
bool sched_helps(struct sched *s, struct sched_pod *p, uint32_t rejectors, const struct sched_event *e);

/* ── preemption ── */
struct sched_preemption {
    uint32_t node;              /* SCHED_NOWHERE: none */
    struct sched_pod **victims; /* the engine's, until its next call; the most important first */
    size_t n_victims;
    size_t violations; /* of PodDisruptionBudgets */
    char message[512]; /* when none: "preemption: 0/5 nodes are available: 5 No preemption victims …" */
    bool keep;         /* when none: an earlier nomination stands */
};
/* Of a pod that was just refused: where would it fit if pods of lower priority went? */
int sched_preempt(struct sched *s, struct sched_pod *p, const struct sched_verdict *v, struct sched_preemption *out) MUST_USE;
/* For whoever lets others have a say in it: after sched_preempt() found a node, the candidates, that one first; as many as the profile's
 * candidates_percentage and candidates_absolute allow. fn calls nothing here that changes anything; what it answers other than 0 ends it and is
 * passed up. Victims are good during the call. */
struct sched_candidate {
    uint32_t node;
    struct sched_pod **victims;
    size_t n_victims, violations;
};
int sched_candidates(struct sched *s, struct sched_pod *p, uint32_t first, int (*fn)(void *ctx, const struct sched_candidate *c), void *ctx) MUST_USE;
/* The best of these, by the same rules. Those without victims on their node are none; out->node SCHED_NOWHERE: no other is there. */
int sched_preempt_among(struct sched *s, const struct sched_candidate *list, size_t n, struct sched_preemption *out) MUST_USE;

/* ── several pods as one: what `gang` is made of ── */
struct sched_split; /* the nodes in sight, by what one of their labels says; until a node comes or goes */
int sched_split_new(struct sched_split **out, struct sched *s, struct str key) MUST_USE;
struct sched_split *sched_split_free(struct sched_split *x);
size_t sched_split_count(const struct sched_split *x);
struct str sched_split_value(const struct sched *s, const struct sched_split *x, size_t i);
/* The nodes of one part: their numbers, ascending. */
const uint32_t *sched_split_nodes(const struct sched_split *x, size_t i, size_t *n);
/* From now on placements look at these nodes only (ascending; borrowed), and explanations tell of them; NULL: at all. */
void sched_look_at(struct sched *s, const uint32_t *nodes, size_t n);
const uint32_t *sched_in_sight(const struct sched *s, size_t *n); /* NULL: all */
/* A pod on a node is taken out of all numbers, or put back: what if it went? */
void sched_set_aside(struct sched *s, struct sched_pod *p, bool aside);
/* Whether its going would break a budget. left: of each of sched_budgets() budgets what may still go; counted down. */
size_t sched_budgets(const struct sched *s);
void sched_budgets_left(const struct sched *s, int64_t *left);
bool sched_breaks_budget(struct sched *s, const struct sched_pod *p, int64_t *left);
bool sched_pod_elsewhere(struct sched *s, struct sched_pod *p); /* what a node answers it depends on other nodes' pods too */
bool sched_pod_never_preempts(const struct sched_pod *p);
bool sched_pod_preempted(const struct sched_pod *p);  /* it is going because of a preemption */
int64_t sched_pod_started(const struct sched_pod *p); /* seconds */
int64_t sched_pod_asks(const struct sched *s, const struct sched_pod *p, struct str resource);
/* How full these nodes are as one, 0 … 100: NodeResourcesFit's MostAllocated over the resources the pod's profile scores. */
int64_t sched_fullness(const struct sched *s, const struct sched_pod *p, const uint32_t *nodes, size_t n);
bool sched_node_known(const struct sched *s, uint32_t node); /* pods may say they are on one that is not */

/* Pods of lower priority nominated to that node: at most max. Their nominations go when p takes it. */
size_t sched_nominees_below(const struct sched *s, const struct sched_pod *p, uint32_t node, struct sched_pod **out, size_t max);

/* ── questions other controllers ask of one pod and one node, both as trees ── */
bool sched_tolerated(const struct value *pod, const struct value *taint);
bool sched_node_selected(const struct value *pod, const struct value *node); /* nodeSelector and required node affinity */

struct sched_stats {
    uint64_t placements, walks, looks; /* attempts; those that walked the nodes; single (class, node) answers computed */
    size_t classes, tallies, pods, nodes;
    size_t bytes; /* of the columns, about */
};
void sched_stats(const struct sched *s, struct sched_stats *out);

#endif
