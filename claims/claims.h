/* claims: PersistentVolumeClaims and the volumes they are bound to.
 *
 * Controllers as ctl has them: pure, over the caches; each fills intents. In upstream's words and with its annotations:
 *
 *   claims_bind     a claim finds its volume (class, size, access modes, mode, selector, volumeName, a claimRef that names it already), both learn of
 *                   each other, phases follow; a released volume is kept or deleted as it says. A claim whose class waits for the first consumer is
 *                   bound once the scheduler has promised a volume to it (claimRef) or named a node (selected-node). Key: "ns/name" or "=volume".
 *   claims_local    the provisioner coracle.dev/local: a folder on the node the scheduler chose. Deleting one is asked of the node through an
 * annotation of its Node, volumes.coracle.dev/<volume>: the agent deletes the folder, takes the annotation away, and only then the volume goes.
 *   claims_protect  the finalizers kubernetes.io/pvc-protection and pv-protection: no claim goes while a scheduled pod uses it, no volume while it is
 * bound. claims_ephemeral  the claims of pods' generic ephemeral volumes, "<pod>-<volume>", owned by the pod. claims_expand   a bound claim that asks
 * for more: granted at once where the volume is coracle.dev/local's, else left to the class's own resizer.
 *
 * All other provisioners are outside: a claim is annotated with its class's and waits. Volumes are not attached or recycled by anyone here. */
#ifndef CORACLE_CLAIMS_H
#define CORACLE_CLAIMS_H

#include "reconcile/reconcile.h"

#define CLAIMS_LOCAL        "coracle.dev/local"        /* provisioner */
#define CLAIMS_FOLDER       "coracle.dev/volumes"      /* annotation of a Node: where its folders are */
#define CLAIMS_FOLDER_USUAL "/var/lib/coracle/volumes" /* … where it does not say */
#define CLAIMS_DELETE       "volumes.coracle.dev/"     /* annotation of a Node, with the volume's name behind it: "delete" */

typedef void claims_add(void *ctx, struct str key);

void claims_bind_reconcile(struct view *v, struct str key);
void *claims_bind_state_new(void); /* what claims were told already, so that an event comes once */
void claims_bind_state_free(void *state);
void claims_map_claim(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx);
void claims_map_volume(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx);
void claims_map_class(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx);

void claims_local_reconcile(struct view *v, struct str key);
void claims_map_own_volume(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx); /* "=volume" */
void claims_map_node(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx);       /* volumes it was to delete */

void claims_protect_reconcile(struct view *v, struct str key); /* of claims */
void claims_protect_volume_reconcile(struct view *v, struct str key);
void claims_map_pod(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx); /* claims it names */

void claims_ephemeral_reconcile(struct view *v, struct str key); /* of pods */
void claims_map_ephemeral(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx);

void claims_expand_reconcile(struct view *v, struct str key);

#endif
