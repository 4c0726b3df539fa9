/* What claims' files share; no other room sees it. */
#ifndef CORACLE_CLAIMS_INSIDE_H
#define CORACLE_CLAIMS_INSIDE_H

#include "claims/claims.h"

#define BIND_COMPLETED      "pv.kubernetes.io/bind-completed"
#define BOUND_BY_CONTROLLER "pv.kubernetes.io/bound-by-controller"
#define PROVISIONED_BY      "pv.kubernetes.io/provisioned-by"
#define SELECTED_NODE       "volume.kubernetes.io/selected-node"
#define BETA_CLASS          "volume.beta.kubernetes.io/storage-class"
#define BINDER              "persistentvolume-controller" /* in events */

/* match.c */
struct str claims_class_name_of(const struct value *o);         /* of a claim or a volume; "" : none */
bool claims_class_named(const struct value *claim);             /* also one that names "" */
struct value *claims_class_of(struct view *v, struct str name); /* NULL: there is none */
bool claims_class_waits(const struct value *class);
bool claims_bound_to(const struct value *volume, const struct value *claim);
/* Why the volume does not do for the claim; NULL: it does. */
const char *claims_mismatch(struct view *v, const struct value *volume, const struct value *claim);
/* The smallest that does, one that is promised to it before all others; promised: only those. NULL: none. */
struct value *claims_match_find(struct view *v, const struct value *claim, bool promised);

/* released.c: what becomes of volumes */
void claims_volume_sync(struct view *v, struct str name);
void claims_volume_phase(struct view *v, struct value *volume, const char *phase, const char *reason, struct str message);

void claims_want_update(struct view *v, const char *resource, const struct value *object);
/* After another write of the same look: the status of the newest there is. */
void claims_want_newest_status(struct view *v, const char *resource, struct value *object);
struct str claims_uid_of(const struct value *o);

#endif
