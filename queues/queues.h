/* queues: Kueue's API and what acts on it (kueue.x-k8s.io, v1beta2 and v1beta1) — jobs wait for quota.
 *
 * The server installs the definitions below when it is told to (--queues); then ctl runs the controllers:
 *
 *      Job with the label kueue.x-k8s.io/queue-name          pod with it, or a group of pods
 *         │ suspended by admission (room admit)                 │ held by a scheduling gate
 *         ▼ queues_job_reconcile                                ▼ queues_pod_reconcile
 *      Workload ─ queues_reconcile: room `queue` judges ─▶ QuotaReserved ─ admission checks ─▶ Admitted ─▶ it is let go, with the
 *         ▲                                                     │                              flavors' node labels and tolerations
 *         └──────────── Evicted: preempted, stopped, deactivated ◀┘◀── …and stopped again
 *
 * queues_reconcile's keys say what is looked at: "judge" (who starts, who goes), "c/NAME" and "l/NS/NAME" (the status of a ClusterQueue or
 * LocalQueue), "w/NS/NAME" (the life of a Workload), "f/NAME" (may this flavor go). All see one state: the judgement fed by queues_map, and a
 * tally of Workloads by queue. A decision is written before the next is asked for; one that could not be written is taken back and made anew.
 *
 * Pure, as all controllers: caches in, intents out. The state stands and falls with memory: when it ran out, it is made again from the caches. */
#ifndef CORACLE_QUEUES_H
#define CORACLE_QUEUES_H

#include "base/base.h"
#include "client/client.h"
#include "reconcile/reconcile.h"
#include "value/value.h"

/* The i-th CustomResourceDefinition. 1: there are no more; -ENOMEM */
int queues_definition(struct arena *a, size_t i, struct value *out) MUST_USE;

/* Between its two versions, in place; the apiVersion is the caller's. For crd_convert_by(). */
int queues_convert(struct arena *a, struct str kind, struct str version, struct value *object) MUST_USE;

/* Kueue's Configuration, as YAML or JSON. The first fault is told with its path. */
int queues_config_parse(struct reconcile_queues *out, struct str text, struct err *err) MUST_USE;

typedef void (*queues_add)(void *ctx, struct str key);
void *queues_state_new(void);
void queues_state_free(void *state);
void queues_reconcile(struct view *v, struct str key);
void queues_map(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx);        /* of all custom objects */
void queues_map_node(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx);   /* where there is room … */
void queues_map_tenant(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx); /* … and what pods on nodes take of it */
void queues_map_namespace(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx);

void queues_job_reconcile(struct view *v, struct str key);
void queues_pod_reconcile(struct view *v, struct str key);
void queues_map_pod(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx); /* pods, and custom objects → their pods */
void queues_map_job(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx); /* custom objects → their jobs */

#endif
