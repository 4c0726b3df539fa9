/* What queue's files share; no other room sees it. */
#ifndef CORACLE_QUEUE_INSIDE_H
#define CORACLE_QUEUE_INSIDE_H

#include "ask/ask.h"
#include "queue/queue.h"

#define NO_LIMIT  INT64_MAX
#define DEPTH_MAX 16 /* cohorts above one another */
#define PAIRS_MAX 4096

struct flavor {
    char *name;
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
bool still_fits(const struct work *w);

/* ── preempt.c ── */
void release_held(struct queue *q);
int preempt(struct queue *q, struct work *w, size_t *n); /* told */
int tell(struct queue *q, enum queue_outcome_kind kind, const struct work *w, const char *reason, struct str message);

#endif
