/* apps: the controllers of workloads — groups apps, batch, autoscaling and policy.
 *
 * Each is a pure function of one file (see reconcile/reconcile.h), called by
 * ctl's driver with the key of one object. */
#ifndef CORACLE_APPS_H
#define CORACLE_APPS_H

#include "reconcile/reconcile.h"

void deployment_reconcile(struct view *v, struct str key);
void replicaset_reconcile(struct view *v, struct str key);
void replication_reconcile(struct view *v, struct str key);
void daemonset_reconcile(struct view *v, struct str key);
void statefulset_reconcile(struct view *v, struct str key);
void cronjob_reconcile(struct view *v, struct str key);
void disruption_reconcile(struct view *v, struct str key);
void job_reconcile(struct view *v, struct str key);
void ttl_reconcile(struct view *v, struct str key);

#endif
