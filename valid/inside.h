/* What the files of this room share: where a judgement stands, and the rules that come again and again. */
#ifndef CORACLE_VALID_INSIDE_H
#define CORACLE_VALID_INSIDE_H

#include "object/object.h"
#include "schema/schema.h"
#include "valid/valid.h"
#include "value/value.h"

/* A field's path as a chain on the stack; it is only written out when there is a fault. */
struct at {
    const struct at *up;
    const char *name; /* NULL: a field of the schema, a key or an index */
    struct str field; /* a schema's name; p NULL: a key or an index */
    struct str key;   /* p NULL: an index */
    size_t index;
};
#define AT(parent, field)  (&(const struct at){.up = (parent), .name = (field)})
#define AT_ITEM(parent, i) (&(const struct at){.up = (parent), .index = (i)})
#define AT_KEY(parent, k)  (&(const struct at){.up = (parent), .key = (k)})

struct judge {
    struct faults *f;
    const struct value *tree;
    bool pod; /* the object is a pod, not something with a pod template */
};

/* ── faults; `detail` "" for none ── */
void judge_fault(struct judge *j, const struct at *at, enum fault_type type, const struct value *bad, const char *fmt, ...) PRINTF(5, 6);
void judge_required(struct judge *j, const struct at *at, const char *detail);
void judge_forbidden(struct judge *j, const struct at *at, const char *detail);
void judge_invalid(struct judge *j, const struct at *at, const struct value *bad, const char *detail);
void judge_invalid_text(struct judge *j, const struct at *at, struct str bad, const char *detail);
void judge_invalid_int(struct judge *j, const struct at *at, int64_t bad, const char *detail);
void judge_duplicate(struct judge *j, const struct at *at, const struct value *bad);
void judge_duplicate_text(struct judge *j, const struct at *at, struct str bad);
void judge_not_found(struct judge *j, const struct at *at, struct str bad);
void judge_too_long(struct judge *j, const struct at *at, size_t most);

/* ── rules ── */
typedef size_t judge_rule(struct str s, const char *why[NAME_FAULTS_MAX]);
void judge_name(struct judge *j, const struct at *at, struct str name, judge_rule *rule);
/* The text of `parent`'s field, judged when it is not empty; `needed`: empty is a fault. */
void judge_name_field(struct judge *j, const struct at *up, const struct value *parent, const char *field, bool needed, judge_rule *rule);
bool judge_has(struct judge *j, const struct at *up, const struct value *parent, const char *field); /* required text */
/* A closed set; `allowed` ends with NULL and is in the order upstream lists it. */
void judge_one_of(struct judge *j, const struct at *at, const struct value *v, bool needed, const char *const *allowed);
void judge_not_negative(struct judge *j, const struct at *up, const struct value *parent, const char *field);
void judge_range(struct judge *j, const struct at *at, int64_t v, int64_t low, int64_t high);
void judge_port(struct judge *j, const struct at *at, int64_t port);
void judge_port_or_name(struct judge *j, const struct at *at, const struct value *v);
void judge_labels(struct judge *j, const struct at *at, const struct value *labels);
void judge_annotations(struct judge *j, const struct at *at, const struct value *annotations);
void judge_label_selector(struct judge *j, const struct at *at, const struct value *selector);
void judge_immutable(struct judge *j, const struct at *at, const struct value *now, const struct value *old);
void judge_ip(struct judge *j, const struct at *at, struct str ip);
void judge_public_ip(struct judge *j, const struct at *at, struct str ip); /* not loopback, link-local … */
void judge_cidr(struct judge *j, const struct at *at, struct str cidr);
int judge_ip_family(struct str ip); /* 4, 6, or 0 when it is none */
void judge_quantity(struct judge *j, const struct at *at, struct str resource, const struct value *v);
void judge_int_or_percent(struct judge *j, const struct at *at, const struct value *v);
int64_t judge_percent(const struct value *v); /* -1: not a percentage */
void judge_resource_name(struct judge *j, const struct at *at, struct str name, bool container);
void judge_local_path(struct judge *j, const struct at *at, struct str path); /* relative, without .. */
void judge_no_backsteps(struct judge *j, const struct at *at, struct str path);
bool judge_same(const struct value *a, const struct value *b); /* absent and empty are the same */
bool judge_present(const struct value *v);                     /* there and not null */
bool judge_overcommit(struct str resource);                    /* request may differ from limit */
bool judge_hugepages(struct str resource);
bool judge_quota_name(struct str s);    /* a plain name that a ResourceQuota may limit */
bool judge_native(struct str resource); /* cpu, memory …, or under kubernetes.io */

/* ── meta.c ── */
void judge_meta(struct judge *j, const struct value *meta, bool namespaced, judge_rule *rule);
void judge_meta_update(struct judge *j, const struct value *meta, const struct value *old);
void judge_conditions(struct judge *j, const struct at *at, const struct value *conditions);

/* ── pods ── */
void judge_pod_spec(struct judge *j, const struct at *at, const struct value *spec, const struct value *meta);
void judge_pod_template(struct judge *j, const struct at *at, const struct value *template);
void judge_containers(struct judge *j, const struct at *at, const struct value *spec);
void judge_volumes(struct judge *j, const struct at *at, const struct value *volumes, const struct value *meta);
void judge_resources(struct judge *j, const struct at *at, const struct value *resources, const struct value *spec);
void judge_affinity(struct judge *j, const struct at *at, const struct value *affinity);
void judge_node_selector(struct judge *j, const struct at *at, const struct value *selector);
void judge_tolerations(struct judge *j, const struct at *at, const struct value *tolerations);
void judge_spread(struct judge *j, const struct at *at, const struct value *constraints);
void judge_security(struct judge *j, const struct at *at, const struct value *context, bool host_users);
void judge_pod_security(struct judge *j, const struct at *at, const struct value *spec);
void judge_taint_effect(struct judge *j, const struct at *at, struct str effect, bool needed);
void judge_pod_annotations(struct judge *j, const struct at *at, const struct value *annotations, const struct value *spec);
void judge_pod_annotation_update(struct judge *j, const struct value *now, const struct value *old);
/* ── certificate.c ── */
void judge_signer(struct judge *j, const struct at *at, struct str signer); /* "example.com/name" */
void judge_bundle_source(struct judge *j, const struct at *at, const struct value *v);
void judge_certificate_source(struct judge *j, const struct at *at, const struct value *v);
void judge_claim_spec(struct judge *j, const struct at *at, const struct value *spec);

/* ── device.c: what slices ask ── */
void judge_device_trait(struct judge *j, const struct at *at, struct str name); /* the name of an attribute or a capacity */
void judge_device_taint(struct judge *j, const struct at *at, const struct value *t);
void judge_binding_conditions(struct judge *j, const struct at *at, const struct value *device);
void judge_device_pool(struct judge *j, const struct at *at, const struct value *spec); /* its driver and its pool's name */

/* ── whole objects: `old` NULL on create, `sub` the subresource or "" ── */
struct judging {
    struct judge *j;
    const struct schema_kind *kind;
    const struct value *now, *old;
    struct str sub;
};
typedef void judge_object(const struct judging *w);
judge_object judge_pod, judge_pod_template_object, judge_rc, judge_replica_set, judge_deployment, judge_daemon_set, judge_stateful_set,
    judge_revision, judge_job, judge_cron_job;
judge_object judge_service, judge_endpoints, judge_slice, judge_ingress, judge_ingress_class, judge_network_policy;
judge_object judge_api_service, judge_namespace, judge_node, judge_config_map, judge_secret, judge_account, judge_quota, judge_limits, judge_event,
    judge_lease, judge_volume, judge_claim, judge_storage_class;
judge_object judge_workload, judge_pod_group, judge_composite_pod_group;
judge_object judge_role, judge_binding, judge_priority_class, judge_disruption_budget, judge_autoscaler, judge_runtime_class, judge_signing_request,
    judge_trust_bundle, judge_pod_certificate, judge_webhooks, judge_definition, judge_flow_schema, judge_priority_level;
judge_object judge_device_class, judge_taint_rule, judge_resource_claim, judge_claim_template, judge_resource_slice;

#endif
