#include "valid/valid.h"

#include "valid/inside.h"

/* One row per kind with rules of its own; sorted by nothing: the list is short and walked once per write. */
static const struct {
    const char *group, *kind;
    judge_object *judge;
} rows[] = {
    {"", "Pod", judge_pod},
    {"", "Event", judge_event},
    {"", "ConfigMap", judge_config_map},
    {"", "Secret", judge_secret},
    {"", "Service", judge_service},
    {"", "Endpoints", judge_endpoints},
    {"", "Node", judge_node},
    {"", "Namespace", judge_namespace},
    {"", "ServiceAccount", judge_account},
    {"", "PersistentVolumeClaim", judge_claim},
    {"", "PersistentVolume", judge_volume},
    {"", "PodTemplate", judge_pod_template_object},
    {"", "ReplicationController", judge_rc},
    {"", "ResourceQuota", judge_quota},
    {"", "LimitRange", judge_limits},
    {"coordination.k8s.io", "Lease", judge_lease},
    {"discovery.k8s.io", "EndpointSlice", judge_slice},
    {"apps", "ReplicaSet", judge_replica_set},
    {"apps", "Deployment", judge_deployment},
    {"apps", "DaemonSet", judge_daemon_set},
    {"apps", "StatefulSet", judge_stateful_set},
    {"apps", "ControllerRevision", judge_revision},
    {"batch", "Job", judge_job},
    {"batch", "CronJob", judge_cron_job},
    {"events.k8s.io", "Event", judge_event},
    {"networking.k8s.io", "Ingress", judge_ingress},
    {"networking.k8s.io", "IngressClass", judge_ingress_class},
    {"networking.k8s.io", "NetworkPolicy", judge_network_policy},
    {"rbac.authorization.k8s.io", "Role", judge_role},
    {"rbac.authorization.k8s.io", "ClusterRole", judge_role},
    {"rbac.authorization.k8s.io", "RoleBinding", judge_binding},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", judge_binding},
    {"scheduling.k8s.io", "PriorityClass", judge_priority_class},
    {"scheduling.k8s.io", "Workload", judge_workload},
    {"scheduling.k8s.io", "PodGroup", judge_pod_group},
    {"scheduling.k8s.io", "CompositePodGroup", judge_composite_pod_group},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", judge_flow_schema},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", judge_priority_level},
    {"policy", "PodDisruptionBudget", judge_disruption_budget},
    {"autoscaling", "HorizontalPodAutoscaler", judge_autoscaler},
    {"node.k8s.io", "RuntimeClass", judge_runtime_class},
    {"storage.k8s.io", "StorageClass", judge_storage_class},
    {"certificates.k8s.io", "CertificateSigningRequest", judge_signing_request},
    {"certificates.k8s.io", "ClusterTrustBundle", judge_trust_bundle},
    {"certificates.k8s.io", "PodCertificateRequest", judge_pod_certificate},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", judge_webhooks},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", judge_webhooks},
    {"resource.k8s.io", "DeviceClass", judge_device_class},
    {"resource.k8s.io", "DeviceTaintRule", judge_taint_rule},
    {"resource.k8s.io", "ResourceClaim", judge_resource_claim},
    {"resource.k8s.io", "ResourceClaimTemplate", judge_claim_template},
    {"resource.k8s.io", "ResourceSlice", judge_resource_slice},
    {"apiextensions.k8s.io", "CustomResourceDefinition", judge_definition},
    {"apiregistration.k8s.io", "APIService", judge_api_service},
};

/* ── what the schema rows alone tell, for kinds without rules of their own ── */
static bool listed(const struct schema_field *f, struct str s)
{
    for (const struct str *e = f->enums; e->p; e++) {
        if (str_eq(*e, s))
            return true;
    }
    return false;
}

static void closed(struct judge *j, const struct at *at, const struct schema_field *f, const struct value *v)
{
    struct str s = value_text(v);
    if (v->type != VALUE_TEXT || (s.n == 0 && (f->flags & SCHEMA_OMITEMPTY)) || listed(f, s))
        return;
    SCOPED_BUF list = BUF_INIT(0);
    for (const struct str *e = f->enums; e->p; e++) {
        buf_text(&list, list.n ? ", " : "");
        fault_quote(*e, &list);
    }
    judge_fault(j, at, FAULT_NOT_SUPPORTED, v, "supported values: %s", buf_cstr(&list));
}

static void fields(struct judge *j, const struct at *at, const struct schema_message *m, const struct value *v, unsigned depth);

static void field(struct judge *j, const struct at *at, const struct schema_field *f, const struct value *v, unsigned depth)
{
    if (f->enums && (f->flags & SCHEMA_ENUM_CLOSED))
        closed(j, at, f, v);
    else if (f->type == SCHEMA_MESSAGE)
        fields(j, at, f->message, v, depth);
}

static void fields(struct judge *j, const struct at *at, const struct schema_message *m, const struct value *v, unsigned depth)
{
    if (depth == 0 || !m || m->form != SCHEMA_FORM_OBJECT || v->type != VALUE_MAP)
        return;
    for (size_t i = 0; i < schema_slots(m); i++) {
        const struct schema_field *f = schema_slot(m, i);
        const struct value *held = value_get(v, f->name);
        if (!judge_present(held) || (!at && (str_is(f->name, "metadata") || str_is(f->name, "status"))))
            continue;
        const struct at named = {.up = at, .field = f->name};
        if (!(f->flags & SCHEMA_REPEATED)) {
            field(j, &named, f, held, depth - 1);
            continue;
        }
        for (size_t k = 0; k < value_count(held); k++)
            field(j, AT_ITEM(&named, k), f, value_item(held, k), depth - 1);
    }
}

#define DEPTH_MAX 32

static void by_rows(const struct judging *w)
{
    const struct schema_resource *r = w->kind->custom ? &w->kind->custom->resources[w->kind->place] : schema_resource_of_kind(w->kind);
    const struct value *meta = value_at(w->now, "metadata");
    bool custom = w->kind->custom || !r || str_find(w->kind->group, STR(".k8s.io")) < 0;
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, r ? r->namespaced : value_text_at(meta, "namespace").n > 0,
                   str_is(w->kind->name, "IPAddress") ? name_path_segment : name_dns_subdomain);
    if (!custom && !str_is(w->sub, "status"))
        fields(w->j, NULL, w->kind->message, w->now, DEPTH_MAX);
}

static void judge_whole(const struct judging *w)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (str_is(w->kind->name, rows[i].kind) && str_is(w->kind->group, rows[i].group)) {
            rows[i].judge(w);
            return;
        }
    }
    by_rows(w);
}

void valid_create(const struct schema_kind *kind, const struct value *tree, struct faults *f)
{
    struct judge j = {.f = f, .tree = tree};
    judge_whole(&(struct judging){.j = &j, .kind = kind, .now = tree, .sub = STR("")});
}

void valid_update(const struct schema_kind *kind, struct str subresource, const struct value *old, const struct value *now, struct faults *f)
{
    struct judge j = {.f = f, .tree = now};
    judge_whole(&(struct judging){.j = &j, .kind = kind, .now = now, .old = old, .sub = subresource});
}
