/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_FAIR_INSIDE_H
#define CORACLE_FAIR_INSIDE_H

#include "fair/fair.h"

#define QUEUES_MAX    4096u
#define HAND_MAX      15
#define EXEMPT_QUEUES 64
#define WIDTH_MAX     10   /* seats of one request */
#define GUESS_US      3000 /* of a request's time under way, until it is known */
#define WEIGHT_UNIT   1024

/* ── what is told of a FlowSchema's requests; outlives a change of the schema ── */
#define BOUNDS_MAX 14
struct histogram {
    uint64_t at[BOUNDS_MAX + 1];
    uint64_t n;
    double sum;
};
enum refusal { REFUSED_NOT, REFUSED_QUEUE_FULL, REFUSED_LIMIT, REFUSED_TIME_OUT, REFUSED_CANCELLED, REFUSALS };
struct stats {
    unsigned refs;
    int64_t dispatched, rejected[REFUSALS];
    int waiting, waiting_seats, executing, executing_seats;
    struct histogram wait, wait_refused, execution, seats, length;
};

/* ── configuration ── */
enum subject_kind { SUBJECT_USER, SUBJECT_GROUP, SUBJECT_ACCOUNT };
struct subject {
    enum subject_kind kind;
    struct str name; /* "*": all. Of accounts: the user's name, or its beginning up to the colon behind the namespace */
    bool prefix;
};
struct names {
    struct str *p;
    size_t n;
    bool all; /* "*" alone */
};
struct resource_rule {
    struct names verbs, groups, resources, namespaces;
    bool cluster;
};
struct path_rule {
    struct names verbs, paths;
};
struct rule {
    struct subject *subjects;
    struct resource_rule *resources;
    struct path_rule *paths;
    size_t n_subjects, n_resources, n_paths;
};
enum distinguisher { BY_NOTHING, BY_USER, BY_NAMESPACE };
struct schema {
    unsigned refs; /* the configuration's and tickets' */
    struct arena *a;
    struct str name, uid;
    int64_t precedence;
    enum distinguisher by;
    struct level *level;
    struct rule *rules;
    size_t n_rules;
    struct stats *stats;
};

/* ── levels ── */
struct queue {
    struct level *level;
    unsigned index;
    struct list ready;   /* tickets that want a turn */
    struct list waiting; /* … a seat */
    struct list resting; /* … neither, now; and the one that runs */
    size_t n_waiting;
    int waiting_seats, seats, executing;
    int64_t tag;                 /* thread time used, ns: start-time fair queueing */
    int64_t work;                /* seat-time used, µs, as far as known */
    struct heap_item turn, seat; /* in the level's heaps */
};
struct level {
    struct list link; /* in fair->levels */
    struct fair *fair;
    struct str name, uid;
    char *texts;
    bool exempt, rejects; /* rejects: has no queues */
    bool quiescing;       /* no longer configured: gone with its last ticket */
    bool kept;            /* while a configuration is put in place */
    unsigned queues, hand, length;
    int64_t shares, lendable, borrowing; /* as configured; borrowing < 0: without limit */
    int nominal, least, most, limit;     /* seats */
    unsigned width;                      /* most seats of one request */
    struct queue **queue;
    unsigned n_queue; /* places in it */
    struct heap turns, places;
    int64_t tag, v; /* as a flow among levels; virtual time of its queues */
    int64_t work_v;
    struct heap_item turn;
    int seats, executing, waiting, waiting_seats;
    int64_t tickets;
    int64_t dispatched, rejected, timed_out, cancelled;
    /* demand for seats over the adjustment period */
    double demand_area, demand_square, smoothed, average, deviation, target;
    int demand, high_water, high_water_told;
    int64_t demand_since, period_since;
    /* Retry-After follows how many were refused lately */
    int64_t dropped_at[32];
    unsigned dropped[32];
    int64_t retry_since;
    int retry;
};
struct fair {
    struct list levels;
    struct heap turns;
    int64_t v, now;
    unsigned seats;
    int nominal_sum;
    struct schema **schemas; /* by precedence, then name */
    size_t n_schemas;
    struct fair_ticket *running;
    struct queue *running_queue;
    struct list spare; /* tickets to use again */
    size_t n_spare;
    double fair_fraction;
};
enum ticket_state { TICKET_WAITING, TICKET_READY, TICKET_RESTING };
struct fair_ticket {
    struct list link;
    struct queue *queue;
    struct schema *schema;
    void (*run)(void *ctx);
    void *ctx;
    enum ticket_state state;
    enum refusal refusal;
    bool begun;
    int retry;
    int seats;                /* it has, or waits for */
    char by[40];              /* the flow's distinguisher, cut */
    int64_t entered, started; /* ns */
};

/* config.c */
struct schema *schema_match(struct fair *f, const struct fair_ask *ask);
void schema_unref(struct schema *s);
struct level *level_free(struct level *l);
void level_reap(struct level *l); /* when nobody needs it any more */
/* borrow.c */
void borrow_limits(struct fair *f);               /* nominal, least, most, limit of all levels */
void borrow_demand(struct level *l, int64_t now); /* the demand has changed */
/* queue.c */
void queue_dispatch(struct level *l); /* seats have become free, or more */
/* tell.c */
void histogram_add(struct histogram *h, const double *bounds, double v);
extern const double fair_seconds[], fair_seats_bounds[], fair_lengths[];

#endif
