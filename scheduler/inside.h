/* What sched's files share; no other room sees it. */
#ifndef CORACLE_SCHEDULER_INSIDE_H
#define CORACLE_SCHEDULER_INSIDE_H

#include "scheduler/scheduler.h"

enum { AMOUNT_CPU, AMOUNT_MEMORY, AMOUNT_EPHEMERAL, AMOUNTS }; /* milli, bytes, bytes */
#define EXTENDED_MAX 16

struct amounts {
    int64_t fixed[AMOUNTS];
    int64_t seeming[2]; /* cpu, memory for scores: a container that asks for nothing still counts a little, so that such pods spread */
    int64_t pods;
    struct {
        struct str name; /* in the owner's arena */
        int64_t n;
    } extended[EXTENDED_MAX];
    size_t n_extended;
};

struct port {
    struct str ip, protocol;
    int number;
};

struct placed { /* a pod that has a node */
    struct arena *mem;
    struct str uid, node;
    struct amounts asks;
    struct port *ports;
    size_t n_ports;
    int32_t priority;
    bool deleting;
    int64_t created;
    struct list link; /* in its node */
};

struct machine { /* a node */
    struct arena *mem;
    struct str name;
    struct value labels, taints, images; /* in mem */
    struct amounts has, used;
    bool unschedulable, known; /* known: the Node itself has been seen, not only pods on it */
    struct list pods;
    size_t place; /* in cluster->order */
};

struct scheduler_cluster {
    struct map nodes; /* name → machine */
    struct map pods;  /* uid → placed */
    VEC(struct machine *) order; /* in order of arrival: a stable walk */
};

/* requests.c */
void asks_of_pod(struct arena *a, const struct value *pod, struct amounts *out);
void amounts_of_list(struct arena *a, const struct value *list, struct amounts *out);
void amounts_add(struct amounts *to, const struct amounts *more, int sign);
size_t ports_of_pod(struct arena *a, const struct value *pod, struct port **out);

/* filters.c: SCHEDULER_FITS, or the first refusal; *detail is set for some of them. */
enum scheduler_refusal filter_static(const struct machine *m, const struct value *pod, struct str *detail); /* nothing that other pods change */
enum scheduler_refusal filter_room(const struct machine *m, const struct amounts *used, const struct amounts *asks, struct str *detail);
bool port_clash(const struct port *a, const struct port *b);
bool ports_clash(const struct machine *m, const struct port *ports, size_t n, int32_t below); /* pods of priority < below count as gone; INT32_MIN: all count */
bool tolerates(const struct value *tolerations, const struct value *taint);
bool term_matches(const struct machine *m, const struct value *term); /* a NodeSelectorTerm */

/* scores.c */
int64_t score_of(const struct machine *m, const struct value *pod, const struct amounts *asks);

/* preempt.c */
void preempt_find(struct scheduler_cluster *c, const struct value *pod, const struct amounts *asks, const struct port *ports, size_t n_ports,
                  struct scheduler_verdict *out);

#endif
