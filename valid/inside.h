/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_VALID_INSIDE_H
#define CORACLE_VALID_INSIDE_H

#include "judge/judge.h"
#include "podvalid/podvalid.h"
#include "valid/valid.h"

/* ── device.c: what slices ask ── */
void judge_device_trait(struct judge *j, const struct at *at, struct str name); /* the name of an attribute or a capacity */
void judge_device_taint(struct judge *j, const struct at *at, const struct value *t);
void judge_binding_conditions(struct judge *j, const struct at *at, const struct value *device);
void judge_device_pool(struct judge *j, const struct at *at, const struct value *spec); /* its driver and its pool's name */

/* ── whole objects ── */
judge_object judge_rc, judge_replica_set, judge_deployment, judge_daemon_set, judge_stateful_set, judge_revision, judge_job, judge_cron_job;
judge_object judge_service, judge_endpoints, judge_slice, judge_ingress, judge_ingress_class, judge_network_policy;
judge_object judge_api_service, judge_namespace, judge_node, judge_config_map, judge_secret, judge_account, judge_quota, judge_limits, judge_event,
    judge_lease, judge_storage_class;
judge_object judge_workload, judge_pod_group, judge_composite_pod_group;
judge_object judge_role, judge_binding, judge_priority_class, judge_disruption_budget, judge_autoscaler, judge_runtime_class, judge_webhooks,
    judge_definition, judge_flow_schema, judge_priority_level;
judge_object judge_device_class, judge_taint_rule, judge_resource_claim, judge_claim_template, judge_resource_slice;

#endif
