/* What queue's files share; no other room sees it. */
#ifndef CORACLE_QUEUE_INSIDE_H
#define CORACLE_QUEUE_INSIDE_H

#include "ask/ask.h"
#include "queue/queue.h"

#define NO_LIMIT  INT64_MAX
#define DEPTH_MAX 16 /* cohorts above one another */
#define PAIRS_MAX 4096

/* ── topologies, nodes and domains ── */
struct sums { /* by column */
    int64_t *p;
    size_t n;
};
struct topology {
    char *name;
    struct arena *mem;
    struct str levels[QUEUE_LEVELS_MAX]; /* node labels, the widest first */
    size_t n_levels;
    bool known, host; /* host: its last level is the node itself */
};
struct host { /* a node */
    char *name;
    struct arena *mem; /* NULL: it is not there */
    struct value tree; /* labels and taints */
    bool ready;
    struct sums has, foreign; /* foreign: of pods that are not placed from here */
    size_t tenants;
};
struct tenant { /* such a pod */
    char *uid;
    struct host *host;
    struct ask_amounts *amounts;
    bool counted;
};
struct site { /* a lowest domain, for what workloads hold there; stays once it was made */
    char *key;
    struct sums used;
};
struct domain {
    struct str value;        /* the host's */
    size_t parent, first, n; /* its children in the next level; of the lowest its hosts */
    struct site *site;       /* lowest */
    int64_t state, slices;   /* scratch of a search: how many pods and slices fit */
};
struct ground { /* the nodes of a flavor, as they were at `seen` */
    const struct topology *topology;
    uint64_t seen;
    size_t n_levels;
    VEC(struct domain) levels[QUEUE_LEVELS_MAX]; /* in order of their paths: children of one stand together */
    VEC(struct host *) hosts;
};
struct spot { /* so many pods of a set go to one lowest domain */
    char *values[QUEUE_LEVELS_MAX];
    size_t n_values;
    struct site *site;
    int64_t count;
};

struct flavor {
    char *name;
    struct topology *topology; /* NULL: pods are placed without regard to any */
    struct ground *ground;
    uint32_t number;
    struct arena *mem;
    struct value tree; /* a node's, with its labels and taints */
    bool known, plain; /* plain: neither */
};
struct pair { /* a flavor and a resource */
    struct flavor *flavor;
    uint32_t column;
};

enum policy { POLICY_NEVER, POLICY_LOWER, POLICY_LOWER_OR_NEWER, POLICY_ANY };
struct block {                 /* a resource group */
    uint32_t *columns, *pairs; /* pairs[flavor * n_columns + column] */
    struct flavor **flavors;
    size_t n_columns, n_flavors;
    struct value keys; /* a map: labels its flavors have */
};
struct place { /* a ClusterQueue or a Cohort */
    char *key, *name;
    bool cluster, known, stopped, strict;
    struct place *parent;
    struct list sibling, children;
    int64_t weight; /* thousandths */
    size_t cap;
    int64_t *nominal, *borrow, *lend, *subtree, *usage; /* by pair */
    /* ClusterQueues */
    struct arena *mem;
    struct block *blocks;
    size_t n_blocks;
    enum policy within, reclaim, borrowing;
    bool has_threshold, try_next_before_borrowing, preempt_before_next;
    int32_t threshold;
    struct heap pending;
    struct list parked, admitted; /* evicting ones are among the admitted */
    size_t n_admitted, n_parked;
};

enum work_state { WORK_IDLE, WORK_PENDING, WORK_PARKED, WORK_ADMITTED, WORK_EVICTING, WORK_STATES };
struct need {
    uint32_t column, pair; /* pair: assigned, PAIRS_MAX: none */
    int64_t amount, each;  /* of all its pods, of one */
};
struct set {
    struct str name;
    int64_t count, least; /* least: with so many pods it would start too; 0: only with all */
    size_t n;
    struct need needs[QUEUE_RESOURCES_MAX];
    struct value pod; /* spec.nodeSelector, affinity, tolerations; plain: nothing of it */
    bool plain;
    bool placed, required, unconstrained; /* placed: it has a topologyRequest */
    struct str level, slice_level;
    int64_t slice;
    struct flavor *flavor; /* whose domains its spots are */
    struct spot *spots;
    size_t n_spots;
};
struct work {
    struct heap_item item;
    struct list link, of_queue;
    char *key, *uid;
    struct str ns, name, local;
    struct arena *mem;
    struct place *cluster;
    struct local *queue;
    enum work_state state;
    int32_t priority;
    int64_t created;
    uint64_t seq, since; /* since: when it was admitted */
    bool chosen;         /* scratch of a preemption */
    bool held;           /* see queue->held */
    uint64_t said;       /* why it waits, as a number: said once */
    size_t n_sets;
    struct set sets[QUEUE_POD_SETS_MAX];
};
struct local {
    char *key, *cluster;
    struct list works;
    bool known, stopped;
};

struct told {
    enum queue_outcome_kind kind;
    char *key; /* of the workload */
    const char *reason;
    char *message;
};

struct held {
    struct work *work;
    bool comes; /* it is counted; else it goes, and to those who look for room themselves it is gone */
};

struct queue {
    struct queue_options options;
    struct ask_book *book;
    struct map flavors, places, works, locals;
    struct map topologies, hosts, tenants, sites;
    uint64_t places_serial; /* another with each change of topologies and nodes */
    VEC(struct pair) pairs;
    struct map pair_index;
    struct arena *pair_keys, *scratch, *telling;
    VEC(struct told) told;
    size_t told_at;
    VEC(struct held) held; /* until something changes: whom room is made for counts already, though those that make it are still there */
    uint64_t round;        /* workloads admitted since have a greater `since` */
    struct list clusters_turn;
    uint64_t seq, flavors_changed;
    bool closing;
    bool stirred; /* something has changed: heads are worth a look */
    bool rebuild; /* quotas have changed: usage is to be counted anew */
    size_t counts[WORK_STATES];
    uint64_t admissions, evictions, looks;
};

/* ── ledger.c ── */
struct place *place_root(struct place *p);                      /* NULL: cohorts name each other in a circle, or too deep */
int64_t ledger_available(const struct place *p, uint32_t pair); /* may be negative */
int64_t ledger_potential(const struct place *p, uint32_t pair);
int64_t ledger_borrowed(const struct place *p, uint32_t pair, int64_t more);
void ledger_add(struct place *p, uint32_t pair, int64_t n);
void ledger_remove(struct place *p, uint32_t pair, int64_t n);
int ledger_room(struct queue *q, struct place *p);
int ledger_rebuild(struct queue *q);
int64_t ledger_share(const struct queue *q, const struct place *p); /* dominant resource share over weight; INT64_MAX: weight 0 and borrowing */
void work_count(struct work *w, int sign);

/* ── work.c ── */
int work_put(struct queue *q, const struct value *object, struct err *err);
void work_del(struct queue *q, struct str ns, struct str name);
void work_free(struct queue *q, struct work *w);
int work_queue(struct queue *q, struct work *w); /* pending in the queue it belongs to, if there is one */
void work_idle(struct queue *q, struct work *w);
void work_park(struct queue *q, struct work *w);
void work_admit(struct queue *q, struct work *w);
void works_of_local(struct queue *q, struct local *l);
void unpark(struct queue *q, struct place *cluster); /* quota was freed: all under its root look again */
int local_of(struct queue *q, struct str ns, struct str name, struct local **out);

/* ── facts.c ── */
int place_of(struct queue *q, bool cluster, struct str name, struct place **out);
int flavor_of(struct queue *q, struct str name, struct flavor **out);
int pair_of(struct queue *q, struct flavor *f, uint32_t column, uint32_t *out);
void facts_free(struct queue *q);

/* ── assign.c ── */
enum mode { MODE_NONE, MODE_PREEMPT, MODE_FIT };
struct assignment {
    enum mode mode;
    bool borrows;
    struct str why; /* in scratch */
};
int assign(struct queue *q, struct work *w, struct assignment *out); /* the pairs stand in its needs */
bool still_fits(struct queue *q, struct work *w);                    /* its spots are made anew */

/* ── topology.c ── */
int sums_room(struct sums *s, size_t n);
int64_t sums_at(const struct sums *s, uint32_t column);
void places_changed(struct queue *q);
int topology_put(struct queue *q, const struct value *object, struct err *err);
void topology_del(struct queue *q, struct str name);
int host_put(struct queue *q, const struct value *object);
void host_del(struct queue *q, struct str name);
int tenant_put(struct queue *q, const struct value *pod);
void tenant_del(struct queue *q, struct str uid);
int place_site(struct queue *q, const char *topology, bool host, const struct str *values, size_t n, struct site **out);
int ground_of(struct queue *q, struct flavor *f, struct ground **out);
void ground_free(struct ground *g);
int flavor_topology(struct queue *q, struct flavor *f, struct str name);
void topologies_free(struct queue *q);

/* ── domains.c ── */
bool domains_concern(const struct queue *q, const struct work *w);
int domains_assign(struct queue *q, struct work *w, bool empty, struct buf *why); /* 1: its sets have spots; 0: there is no room, and why */
bool set_levels_known(const struct set *set, const struct topology *t);
void set_clear_spots(struct set *set);
int set_room_for_spots(struct set *set, size_t n);
int spot_settle(struct set *set, struct spot *spot); /* so that it can be counted */
void spots_count(const struct work *w, int sign);

/* ── preempt.c ── */
void release_held(struct queue *q);
int preempt(struct queue *q, struct work *w, size_t *n); /* told */
int tell(struct queue *q, enum queue_outcome_kind kind, const struct work *w, const char *reason, struct str message);

#endif
