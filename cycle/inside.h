/* What cycle's files share; no other room sees it. */
#ifndef CORACLE_CYCLE_INSIDE_H
#define CORACLE_CYCLE_INSIDE_H

#include "cycle/cycle.h"

enum state { WAITING_NEW, WAITING_GATED, WAITING_ACTIVE, WAITING_BACKOFF, WAITING_UNSCHEDULABLE, WAITING_BINDING, WAITING_STATES };

struct group { /* unschedulable pods of one class */
    unsigned class;
    struct list pods;
};

struct waiting {
    struct heap_item item;  /* in active or backoff */
    struct heap_item stale; /* in flush, while unschedulable */
    struct list link;       /* in its group */
    struct group *group;
    struct sched_pod *pod;
    char *uid;
    enum state state;
    bool hurry; /* in back-off though something may have helped */
    unsigned attempts;
    uint32_t rejectors;
    int64_t failed_at;
};

struct cycle {
    struct sched *sched;
    struct cycle_options options;
    struct map waiting; /* uid → waiting; also the pod's note */
    struct map groups;  /* class → group */
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

#endif
