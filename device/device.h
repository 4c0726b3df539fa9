/* device: which devices a pod's claims get on a node — Dynamic Resource Allocation, the judgement alone.
 *
 * A `struct device_store` is what drivers publish (ResourceSlices as pools of devices), what classes select (DeviceClasses), what rules
 * taint (DeviceTaintRules), and what is taken (holds). It is told of changes as trees; device_find() answers for one node which devices
 * a number of claims would get there, or why they get none. It knows no pod, no client and no clock.
 *
 *   slice ─▶ pool (driver, name): newest generation, complete or not, valid or not; its devices in order of slice name
 *   device ─▶ shape: everything a selector can see of it; equal ones share one, so an expression is evaluated once for each
 *   claim's spec ─▶ ask: compiled once, equal ones share one; its selectors are *wants*, which remember what they said about a shape
 *
 * The search goes through claims, requests and devices in order, as upstream's does, and the first solution is taken. It goes back
 * whenever it is stuck, so it finds an allocation if there is one — unless that takes more than DEVICE_STEPS_MAX steps, which it then says. What
 * keeps it short: devices of one request are taken in one order only; of devices that are alike (same pool, shape and taints, both free) one failure
 * stands for all; and before it begins a matching of requests and devices shows whether there are enough.
 *
 * Semantics: KEPs 4381, 4815 (partitions), 4816 (alternatives), 5004 (extended resources, their claims), 5007 (binding conditions), 5018
 * (admin access), 5055 (taints), 5075 (consumable capacity).
 *
 * Single threaded. -ENOMEM leaves what was. */
#ifndef CORACLE_DEVICE_H
#define CORACLE_DEVICE_H

#include "base/base.h"
#include "value/value.h"

#define DEVICE_RESULTS_MAX 32    /* devices of one claim */
#define DEVICE_STEPS_MAX   50000 /* of one search */
#define DEVICE_CLAIMS_MAX  64    /* of one pod */

struct device_store;
int device_store_new(struct device_store **out, uint64_t seed) MUST_USE; /* seed: of share ids, which look random */
struct device_store *device_store_free(struct device_store *s);

/* ── what there is ──
 * Each tells whom it concerns: the name of a node, or "" when answers about every node are void; p NULL: nobody. The text lives until
 * the store's next change. */
int device_slice_put(struct device_store *s, const struct value *slice, struct str *reach) MUST_USE;
void device_slice_del(struct device_store *s, struct str name, struct str *reach);
int device_class_put(struct device_store *s, const struct value *device_class) MUST_USE;
void device_class_del(struct device_store *s, struct str name);
int device_rule_put(struct device_store *s, const struct value *taint_rule) MUST_USE;
void device_rule_del(struct device_store *s, struct str name);
bool device_class_known(const struct device_store *s, struct str name);
/* The class that stands behind an extended resource (spec.extendedResourceName, or deviceclass.resource.kubernetes.io/NAME); of several the
 * newest, then the first by name. Empty: none. */
struct str device_class_of_resource(const struct device_store *s, struct str resource);

/* ── what is asked for ── */
struct device_ask; /* a compiled ResourceClaimSpec.devices; equal ones are one */
int device_ask_get(struct device_store *s, const struct value *devices, struct device_ask **out) MUST_USE; /* one reference */
struct device_ask *device_ask_ref(struct device_ask *q);
void device_ask_unref(struct device_store *s, struct device_ask *q);
unsigned device_ask_number(const struct device_ask *q); /* equal asks have equal numbers */
/* A class it names that is not there: request and class; false: all are. */
bool device_ask_lacks(const struct device_store *s, const struct device_ask *q, struct str *request, struct str *device_class);
size_t device_ask_ranked(const struct device_ask *q); /* how many of its requests have alternatives */

/* ── the question ── */
struct device_node { /* where */
    struct str name;
    bool (*label)(void *ctx, struct str key, struct str *value);
    void *ctx;
};
struct device;
struct device_pick {
    struct device *device;
    uint16_t request, alternative;
};
struct device_choice { /* of one claim */
    struct device_pick picks[DEVICE_RESULTS_MAX];
    size_t n;
};
#define DEVICE_NONE 1 /* they cannot be had there: *why says why, a text that lives as long as the store */
/* asks[n] → choices[n]. */
int device_find(struct device_store *s, struct device_ask *const *asks, size_t n, const struct device_node *node, struct device_choice *choices,
                const char **why) MUST_USE;
/* How well alternatives were met: 8 for each first one, 7 for each second … */
int device_choice_rank(const struct device_ask *q, const struct device_choice *c);
/* The AllocationResult of a choice, in the arena. */
int device_choice_tree(struct device_store *s, struct arena *a, const struct device_ask *q, const struct device_choice *c,
                       const struct device_node *node, struct value *out) MUST_USE;
/* May a claim that has this AllocationResult be used on the node (its nodeSelector)? */
bool device_allocation_fits(const struct value *allocation, const struct device_node *node);

/* ── what is taken ── */
struct device_hold;
/* Counts the devices of an AllocationResult as taken, whether they are published or not. */
int device_hold(struct device_store *s, const struct value *allocation, struct device_hold **out) MUST_USE;
void device_release(struct device_store *s, struct device_hold *h); /* NULL is fine */
/* The node its devices are all on, or "" when they may be wanted by others too; p NULL: it holds nothing. */
struct str device_hold_reach(const struct device_hold *h);

/* Does a taint (NoExecute, not tolerated for ever) end the use of a device that was given with these tolerations? `seconds` < 0: at once,
 * else so long after the taint came. */
bool device_evicts(const struct value *tolerations, const struct value *taint, int64_t *seconds);

struct device_stats {
    size_t slices, pools, devices, shapes, asks;
    uint64_t searches, steps, evaluations, gave_up;
};
void device_stats(const struct device_store *s, struct device_stats *out);
/* Every device and counter is within what there is: for tests. NULL: yes; else what is not. */
const char *device_check(const struct device_store *s);

#endif
