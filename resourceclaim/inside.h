/* What resourceclaim's files share; no other room sees it. */
#ifndef CORACLE_RESOURCECLAIM_INSIDE_H
#define CORACLE_RESOURCECLAIM_INSIDE_H

#include "resourceclaim/resourceclaim.h"

#define GROUP     "resource.k8s.io"
#define CLAIM_OF  "resource.kubernetes.io/pod-claim-name" /* annotation: which row of spec.resourceClaims it was made for */
#define FINALIZER "resource.kubernetes.io/delete-protection"

bool row_named(const struct value *pod, struct str row, struct str *name); /* in status.resourceClaimStatuses */
bool reserved_for(const struct value *claim, struct str uid);
struct str controlling_pod(const struct value *claim, struct str *uid); /* its name; "" : none */
bool pod_done(const struct value *pod);                                 /* it will not run any more */

/* rule.c: how it stands with a DeviceTaintRule */
bool rule_means(const struct value *selector, struct str driver, struct str pool, struct str device);
void rule_evicted(void *state, struct str rule_uid); /* one more pod because of it */
void evict_meters(void);
void rule_reconcile(struct view *v, struct str name);

#endif
