/* What queues' files share; no other room sees it. */
#ifndef CORACLE_QUEUES_INSIDE_H
#define CORACLE_QUEUES_INSIDE_H

#include "object/object.h"
#include "queue/queue.h"
#include "queues/queues.h"

#define GROUP     "kueue.x-k8s.io"
#define QUEUE     GROUP "/queue-name"
#define COMPONENT "kueue"
#define IN_USE    GROUP "/resource-in-use"
/* of pods with a topology assignment: */
#define TOPOLOGY_GATE GROUP "/topology"
#define PLACED        GROUP "/tas"      /* label */
#define POD_SET       GROUP "/podset"   /* label */
#define OF_WORKLOAD   GROUP "/workload" /* annotation */

/* ── kinds.c: what the kinds look like, read by definitions.c ── */
struct queues_part {
    const char *name, *text;
};
struct queues_kind {
    const char *kind, *plural, *short_names;
    bool namespaced, status;
    const char *text;
};
extern const struct queues_part queues_parts[];
extern const size_t queues_parts_n;
extern const struct queues_kind queues_kinds[];
extern const size_t queues_kinds_n;

/* ── state.c ── */
struct share {
    struct str flavor, resource;
    int64_t amount; /* processors in thousandths */
};
struct known { /* a Workload, as the tallies see it */
    char *key;
    struct list of_cluster, of_local;
    uint64_t digest;                /* of what the judgement was told */
    bool reserved, admitted, ready; /* ready: its pods are, or were */
    struct arena *mem;
    struct share *shares;
    size_t n;
    char *trouble; /* why it cannot be judged */
};
struct tally {
    char *key; /* c/NAME, l/NS/NAME */
    struct list works;
};
struct flying { /* a decision whose writing is under way */
    char *key;
    enum queue_outcome_kind kind;
    char *message;
};
struct state {
    struct queue *q;
    struct map works, tallies;
    VEC(struct flying) flying;
    bool placing; /* nodes and pods are fed */
    bool stale;   /* it does not tell what is: made again from the caches at the next look */
};
int state_rebuild(struct view *v, struct state *s) MUST_USE;
void state_forget_flying(struct state *s);
void feed_workload(struct view *v, struct state *s, struct object *o, bool anew);
bool cluster_active(struct view *v, const struct value *cluster, const char **reason, struct str *message);
bool local_active(struct view *v, const struct value *local, const char **reason, const char **message);
/* Does the Workload's namespace fit its ClusterQueue? */
bool namespace_fits(struct view *v, const struct value *cluster, struct str ns);

/* ── objects.c: custom objects, Workloads among them ── */
void state_lost(struct view *v); /* memory ran out: what was seen may not be so */
struct object *custom_object(struct view *v, const char *plural, struct str ns, struct str name);
struct value *custom_get(struct view *v, const char *plural, struct str ns, struct str name);
struct object *const *custom_all(struct view *v, const char *plural, size_t *n);
bool custom_is(const struct object *o, const char *plural);
void want_custom_status(struct view *v, const char *plural, const struct value *object); /* all of its status, against its resourceVersion */
void want_custom_update(struct view *v, const char *plural, const struct value *object);
void want_custom_create(struct view *v, const char *plural, const struct value *object);
void want_custom_delete(struct view *v, const char *plural, const struct value *object);
void want_custom_free(struct view *v, const char *plural, const struct value *object, const char *finalizer);
void may_fail(struct view *v); /* the last thing that was wanted */

bool is_true(const struct value *object, const char *condition);
struct value *status_of(struct view *v, struct value *object); /* made when there is none; NULL: no memory */
bool tell_condition(struct view *v, struct value *object, const char *type, bool is, const char *reason, struct str message);
bool is_stopped(const struct value *queue);
bool wants_drain(const struct value *queue);
struct value *cluster_of(struct view *v, const struct value *workload); /* the ClusterQueue it is or would be judged in */
bool workload_unreserve(struct view *v, struct value *w, const char *reason, struct str message);
bool workload_settle(struct view *v, struct value *w); /* Admitted follows from the rest; true: it changed */
bool sync_checks(struct view *v, struct value *w,
                 const struct value *cluster); /* status.admissionChecks are those its flavors ask for; true: changed */
void workload_evict(struct view *v, struct value *w, const char *reason, struct str message, const char *cause);
bool workload_evicted_stop(struct view *v, struct value *w);           /* its pods are gone: it waits again */
bool workload_pods_ready(struct view *v, struct value *w, bool ready); /* its condition PodsReady, where that is waited for; true: changed */
void workload_finish(struct view *v, struct value *w, bool well, struct str message);
int64_t waited(struct view *v, const struct value *w, const char *since); /* seconds since a condition changed; NULL: since it was queued */
struct str quota_text(struct view *v, struct str resource, int64_t amount);
int64_t quota_amount(struct str resource, const struct value *quantity);

/* ── meters.c: /metrics, by Kueue's names ── */
enum meters_counter { METERS_ATTEMPTS, METERS_RESERVED, METERS_ADMITTED, METERS_FINISHED, METERS_EVICTED };
enum meters_time { METERS_RESERVED_WAIT, METERS_ADMITTED_WAIT, METERS_CHECKS_WAIT, METERS_READY_WAIT };
enum meters_amount { METERS_NOMINAL, METERS_BORROWING, METERS_LENDING, METERS_RESERVATION, METERS_USAGE };
void meters_open(void);
void meters_attempt(bool well);
void meters_count(enum meters_counter what, const struct value *workload);
void meters_evicted(const struct value *workload, const char *reason, const char *cause);
void meters_wait(enum meters_time what, const struct value *workload, int64_t seconds);
void meters_cluster(struct str name, size_t active, size_t parked, int64_t reserving, int64_t admitted, const char *status);
void meters_share(struct str name, struct str cohort, int64_t thousandths);
void meters_amount(enum meters_amount what, const struct value *cluster, struct str flavor, struct str resource, int64_t n);

/* ── the parts of queues_reconcile ── */
void judge_reconcile(struct view *v, struct state *s);
void workload_reconcile(struct view *v, struct state *s, struct str ns, struct str name);
void cluster_reconcile(struct view *v, struct state *s, struct str name);
void local_reconcile(struct view *v, struct state *s, struct str ns, struct str name);
void flavor_reconcile(struct view *v, struct str name);

/* ── places.c: the domains a pod set was given, and who of its pods gets which ── */
struct place {
    struct value selector; /* labels of its nodes */
    int64_t count, left;   /* left: for which no pod has a place yet */
};
struct places {
    const struct value *levels;
    struct place *p;
    size_t n;
};
bool places_of(struct view *v, const struct value *workload, struct str set, struct places *out); /* false: it was given none */
const struct value *places_take(struct places *x, const struct value *pod);                       /* its nodeSelector; NULL: none is left */
bool places_lost(struct view *v, const struct value *workload, struct str *host);                 /* a node of its places has failed */
bool pod_gated_by(const struct value *pod, const char *gate);
void places_reconcile(struct view *v, struct str ns, struct str name); /* pods of this Workload, which wait for their place */

/* ── sets.c: pod templates on their way into a Workload and out of it ── */
bool workload_make(struct view *v, const struct value *owner, const char *api_version, const char *kind, struct value *pod_sets, struct value *out);
struct value pod_set(struct view *v, struct str ns, struct str name, const struct value *template_, int64_t count, int64_t least);
struct str workload_name(struct view *v, const char *kind, const char *group, const struct value *owner);
/* What the pods of a set get on their way: labels, annotations, nodeSelector, tolerations, schedulingGates; false: some flavor is gone. */
struct marks {
    struct value labels, annotations, selector, tolerations, gates;
    int64_t count;
};
bool marks_of(struct view *v, const struct value *workload, size_t set, struct marks *out);
struct value merged(struct view *v, const struct value *base, const struct value *more); /* maps: base, then what more adds */

#endif
