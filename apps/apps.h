/* apps: the controllers of workloads — groups apps, batch, autoscaling and policy.
 *
 * Each is a pure function of one file (see reconcile/reconcile.h), called by
 * ctl's driver with the key of one object. */
#ifndef CORACLE_APPS_H
#define CORACLE_APPS_H

#include "reconcile/reconcile.h"

void deployment_reconcile(struct view *v, struct str key);
void replicaset_reconcile(struct view *v, struct str key);
/* Of both: how their pods stand. Every change of a pod is told by replicaset_note(), before the set is looked at. */
void *replicaset_state_new(void);
void replicaset_state_free(void *state);
void replicaset_note(void *state, const struct object *old, const struct object *now);
void replication_reconcile(struct view *v, struct str key);
void daemonset_reconcile(struct view *v, struct str key);
void statefulset_reconcile(struct view *v, struct str key);
void cronjob_reconcile(struct view *v, struct str key);
void disruption_reconcile(struct view *v, struct str key);
void job_reconcile(struct view *v, struct str key);
void ttl_reconcile(struct view *v, struct str key);

#endif
