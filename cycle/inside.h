/* What cycle's files share; no other room sees it. */
#ifndef CORACLE_CYCLE_INSIDE_H
#define CORACLE_CYCLE_INSIDE_H

#include "cycle/cycle.h"
#include "gang/gang.h"

enum state { WAITING_NEW, WAITING_GATED, WAITING_ACTIVE, WAITING_BACKOFF, WAITING_UNSCHEDULABLE, WAITING_BINDING, WAITING_MEMBER, WAITING_STATES };

struct group { /* unschedulable pods of one class */
    unsigned class;
    struct list pods;
    struct list order; /* in cycle->group_order: who is stirred first must not depend on how a map lies in memory */
};

/* A pod, or a tree of groups whose pods wait as its members. */
struct waiting {
    struct heap_item item;  /* in active or backoff */
    struct heap_item stale; /* in flush, while unschedulable */
    struct list link;       /* in its group; of a tree: in cycle->trees while unschedulable */
    struct group *group;
    struct sched_pod *pod; /* NULL: a tree */
    struct gang_group *tree;
    char *uid;
    enum state state;
    bool hurry;                    /* in back-off though something may have helped */
    VEC(struct gang_pod *) voices; /* of an unschedulable tree: whom to ask whether an event helps; found when the first one comes */
    bool heard;                    /* they were found */
    size_t told;                   /* its place in cycle->told, while it stands there */
    unsigned attempts;
    uint32_t rejectors;
    int64_t failed_at;
    int64_t stamp; /* see cycle_stamp() */
};

struct told {
    enum cycle_kind kind;
    struct waiting *pod; /* NULL: it is gone, or the outcome is of a group */
    uint32_t node, rejectors;
    unsigned attempts;
    struct str message;
    bool nomination_ended;
    struct cycle_group group;
};

struct cycle {
    struct sched *sched;
    struct cycle_options options;
    int64_t stamp;
    struct map waiting; /* uid → waiting; also the pod's note */
    struct map groups;  /* class → group */
    struct list group_order;
    struct gang *gang;
    struct list trees; /* unschedulable ones */
    uint64_t tree_numbers;
    VEC(struct told) told; /* outcomes of a tree that are still to be handed out, from told_at on */
    size_t told_at;
    struct arena *telling; /* their texts */
    struct heap active, backoff, flush;
    size_t counts[WAITING_STATES];
    struct buf message;
    struct cycle_counts done;
    bool lost; /* memory was out as a pod was to be moved: all are looked at again */
};

int waiting_new(struct cycle *k, struct sched_pod *p, struct waiting **out);
void waiting_free(struct cycle *k, struct waiting *w); /* its pod lives on */
void waiting_end(struct cycle *k, struct waiting *w);  /* its pod is gone */
int go_active(struct cycle *k, struct waiting *w);
void go_wait(struct cycle *k, struct waiting *w, int64_t now);
int go_unschedulable(struct cycle *k, struct waiting *w, uint32_t rejectors, int64_t now);
void go_binding(struct cycle *k, struct waiting *w);
struct waiting *next_waiting(struct cycle *k, int64_t now);
int64_t backoff_of(const struct cycle *k, const struct waiting *w);
void waiting_detach(struct cycle *k, struct waiting *w); /* out of whatever it is in */
void waiting_enter(struct cycle *k, struct waiting *w, enum state state);
void waiting_stir(struct cycle *k, struct waiting *w, int64_t now); /* something may have helped */

/* ── trees.c ── */
/* The groups above a pod or a group have changed: may they be tried now? helps: what refused them may not do so again. */
int tree_review(struct cycle *k, struct gang_group *x, bool helps, int64_t now);
void trees_find(struct cycle *k, int64_t now); /* trees that have no place in the queue though they should: memory was out */
void trees_stir(struct cycle *k, const struct sched_event *e, int64_t now);
int tree_turn(struct cycle *k, struct waiting *w, int64_t now, struct cycle_outcome *out);
bool told_next(struct cycle *k, struct cycle_outcome *out); /* hands out the next outcome of a tree; false: there is none */
void told_forget(struct cycle *k, const struct waiting *w);
void member_back(struct cycle *k, struct waiting *w, uint32_t rejectors, bool failed, int64_t now); /* it was placed, but is not bound */
void tree_resume(struct cycle *k, const struct sched_pod *p, bool failed, int64_t now);             /* the tree of that member */
bool is_member(const struct cycle *k, const struct sched_pod *p);

#endif
