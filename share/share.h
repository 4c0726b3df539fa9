/* share: GPUs that several pods share, or one takes whole — a plugin of `sched`.
 *
 * A pod asks for so many GPUs, and for how much of one: a single GPU may be asked for in thousandths, several only whole. The
 * engine looks after processors and memory; this plugin says whether a node has the GPUs, how good a place it is, and which
 * GPUs of it the pod gets.
 *
 *   SHARE_BEST_FIT   the node that is left with the least: processors in 128,000ths and GPUs in eighths, summed.
 *   SHARE_GRADIENT   fragmentation gradient descent (Weng et al., "Beware of Fragmentation", USENIX ATC 2023): the
 *                    fragments of a node are the GPU thousandths that a pod picked from the expected work could not use
 *                    there; the node whose fragments grow least is the best. In whole hundredths of a logistic curve, as published;
 *                    of equal nodes the first.
 *   SHARE_FIT        the gradient, uncut, and besides: less for what stays free on the node (GPUs, processors), for a pod that wants no
 *                    GPU where GPUs are free, for a share of a GPU that was whole, and where processors get scarce for the GPUs left. The
 *                    weights were found by search, on other draws from the same trace than those of tests/sim.
 *
 * Pure, single threaded. Whoever tells the engine of nodes and pods tells this room too, directly after. */
#ifndef CORACLE_SHARE_H
#define CORACLE_SHARE_H

#include "base/base.h"
#include "sched/sched.h"
#include "value/value.h"

#define SHARE_GPUS_MAX 16
#define SHARE_WHOLE    1000 /* thousandths of a GPU */
#define SHARE_RESOURCE \
    "coracle.dev/gpu-milli" /* a node has 1000 of it for each GPU; a pod that says nothing else asks by it: up to 1000 of one, else whole ones */
#define SHARE_MODEL  "coracle.dev/gpu-model"  /* label of a node */
#define SHARE_GPUS   "coracle.dev/gpus"       /* annotation of a pod that has its node: which GPUs there, 0,3 */
#define SHARE_COUNT  "coracle.dev/gpu-count"  /* annotation of a pod: how many */
#define SHARE_MILLI  "coracle.dev/gpu-milli"  /* … and how much of each [1000] */
#define SHARE_MODELS "coracle.dev/gpu-models" /* … of which models, A|B [any] */

enum share_policy { SHARE_BEST_FIT, SHARE_GRADIENT, SHARE_FIT };
#define SHARE_POLICIES 3
const char *share_policy_name(enum share_policy p); /* "bestFit", "fragmentationGradient", "fragmentationFit" */

struct share_demand {
    int64_t cpu; /* thousandths of a core that the pod's containers ask for */
    int count;   /* 0: no GPU */
    int milli;
    struct str models; /* "" : any */
};
/* What a pod asks for. -EINVAL: told with the field's path. */
int share_read(const struct value *pod, struct share_demand *out, struct err *err) MUST_USE;

struct share;
int share_new(struct share **out, enum share_policy policy) MUST_USE;
struct share *share_free(struct share *s);
/* To be among sched_new()'s plugins; then share_attach() before the first node. */
struct sched_plugin share_plugin(struct share *s);
void share_attach(struct share *s, struct sched *engine, unsigned plugin);

/* The work that is expected: pods like this one come with this weight. Before the first pod. -ENOMEM. */
int share_expect(struct share *s, const struct share_demand *d, double weight) MUST_USE;
/* The node in this slot (sched_node_find()) has so many GPUs, all free. -EINVAL: over SHARE_GPUS_MAX; -ENOMEM. */
int share_node(struct share *s, uint32_t node, int gpus, struct str model) MUST_USE;
/* A pod that has come (sched_pod_find()); d is copied. */
int share_pod(struct share *s, struct sched_pod *p, const struct share_demand *d) MUST_USE;
/* Before the engine is told that the pod is gone: what it held is free. */
void share_pod_gone(struct share *s, struct sched_pod *p);
/* Which GPUs of its node it got, a bit each. */
uint32_t share_held(const struct share *s, const struct sched_pod *p);

/* ── on a running cluster ──
 * share_new_live() instead of share_new(), share_plugin() and share_attach() as ever, and these instead of share_node(), share_pod() and
 * share_expect(). It goes by the gradient; pods that ask for no GPU are none of its business. What work is expected is learnt: the pods that came, as
 * they were when their number had last grown by a quarter. Told of nodes and pods directly after the engine. */
int share_new_live(struct share **out) MUST_USE;
int share_node_put(struct share *s, const struct value *node) MUST_USE; /* 1: its GPUs are others now */
void share_node_gone(struct share *s, struct str name);
/* One that is on a node holds GPUs: those it was given here, else those its annotation names, else what is free, else the first ones. */
int share_pod_put(struct share *s, const struct value *pod) MUST_USE;
void share_pod_over(struct share *s, struct str uid);
bool share_gpus(const struct share *s, struct str uid, struct buf *out);            /* the annotation's text; false: it was given none */
int share_free_of(const struct share *s, struct str node, int out[SHARE_GPUS_MAX]); /* thousandths free of each; how many GPUs it has */

/* Thousandths of GPUs: there are, are taken, and (weighed by the expected work) are free but of no use. */
struct share_sums {
    int64_t all, taken;
    double fragments;
};
void share_sums(const struct share *s, struct share_sums *out); /* walks the nodes */
int64_t share_taken(const struct share *s);                     /* the same `taken` of a trace, at once */

#endif
