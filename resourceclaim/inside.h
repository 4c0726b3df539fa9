/* What resourceclaim's files share; no other room sees it. */
#ifndef CORACLE_RESOURCECLAIM_INSIDE_H
#define CORACLE_RESOURCECLAIM_INSIDE_H

#include "resourceclaim/resourceclaim.h"

#define GROUP      "resource.k8s.io"
#define CLAIM_OF   "resource.kubernetes.io/pod-claim-name" /* annotation: which row of spec.resourceClaims it was made for */
#define SCHEDULING "scheduling.k8s.io"
#define FINALIZER  "resource.kubernetes.io/delete-protection"

/* pod.c: who has rows of spec.resourceClaims: a Pod or a PodGroup */
struct kind {
    const char *api_version, *kind;
    const struct schema_resource *(*resource)(void);
};
bool row_named(const struct value *owner, struct str row, struct str *name); /* in status.resourceClaimStatuses */
bool made_for(const struct value *claim, const struct value *owner);
/* A row made from a template: the claim's name when it is there and its owner's status lacks it. */
struct str settle_row(struct view *v, const struct kind *k, const struct value *owner, const struct value *row);
int name_row(struct view *v, struct value *rows, struct str row, struct str name);
void tell_names(struct view *v, const struct kind *k, const struct value *owner, const struct value *rows);
bool names(const struct value *owner, const char *member, struct str name); /* does a row say so? */
bool reserved_for(const struct value *claim, struct str uid);
struct str controlling_pod(const struct value *claim, struct str *uid); /* its name; "" : none */
struct str controlling(const struct value *claim, struct str *uid);     /* the kind of whoever controls it, "" : nobody */
struct str controlling_group(const struct value *claim);                /* its PodGroup's name; "" : none */
bool pod_done(const struct value *pod);                                 /* it will not run any more */

/* group.c: PodGroups (KEP-5729) */
bool groups_watched(const struct view *v);
/* The pod's PodGroup, or NULL where it is in none; false: it names one that is not there (yet). */
bool group_of(struct view *v, const struct value *pod, const struct value **out);
bool group_row(const struct value *group, const struct value *row); /* has the group this row too, word by word? */

/* rule.c: how it stands with a DeviceTaintRule */
bool rule_means(const struct value *selector, struct str driver, struct str pool, struct str device);
void rule_evicted(void *state, struct str rule_uid); /* one more pod because of it */
void evict_meters(void);
void rule_reconcile(struct view *v, struct str name);

#endif
