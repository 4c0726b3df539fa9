/* resourceclaim: the controllers of Dynamic Resource Allocation.
 *
 * Of a pod: ResourceClaims are made from the templates it names, their names put into its status, and claims reserved for it when somebody
 * else than the scheduler gave it a node. Of a claim: reservations of pods that are gone or over end, with the last of them its
 * allocation, and a claim that was made for a pod goes when that pod is over. Of a PodGroup (KEP-5729): claims are made from its templates once for
 * all its pods; a pod whose spec.resourceClaims has a row of its group's, word by word, shares that claim, which is reserved for the group. Of a
 * claim whose devices are tainted NoExecute (KEP-5055): the pods that use it are evicted. Of a DeviceTaintRule: its condition EvictionInProgress says
 * whom it still has to evict, or, while it has no effect yet, whom it would.
 *
 * Pure functions in the manner of `reconcile`; ctl's driver calls them. */
#ifndef CORACLE_RESOURCECLAIM_H
#define CORACLE_RESOURCECLAIM_H

#include "reconcile/reconcile.h"

void resourceclaim_pod_reconcile(struct view *v, struct str key);
void resourceclaim_group_reconcile(struct view *v, struct str key);
void resourceclaim_reconcile(struct view *v, struct str key);
void resourceclaim_evict_reconcile(struct view *v, struct str key);
/* Which pods, or groups, a claim, a template or a group concerns; which claims a pod or a group does; which claims a slice or a rule does. */
void resourceclaim_map_groups(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void resourceclaim_map_group_claims(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void resourceclaim_map_pods(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void resourceclaim_map_claims(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void resourceclaim_map_taints(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
/* Of ResourceSlices, for the index "pool": driver and pool. */
size_t resourceclaim_index_pool(const struct object *slice, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
void *resourceclaim_state_new(void); /* of resourceclaim_reconcile() */
void resourceclaim_state_free(void *state);
void *resourceclaim_rules_new(void); /* of resourceclaim_evict_reconcile() */
void resourceclaim_rules_free(void *state);

#endif
