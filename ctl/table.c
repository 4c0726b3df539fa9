#include "ctl/inside.h"
#include "claims/claims.h"
#include "migrate/migrate.h"
#include "queues/queues.h"
#include "resourceclaim/resourceclaim.h"
#include "services/services.h"

/* Which controller is told of what. */
const struct controller controllers[] = {
    {.name = "deployment",
     .account = "deployment-controller",
     .workers = 8,
     .reconcile = deployment_reconcile,
     .watches = {{"deployments", NULL}, {"replicasets", map_controller}, {"pods", map_controller}}},
    {.name = "replicaset",
     .account = "replicaset-controller",
     .workers = 8,
     .reconcile = replicaset_reconcile,
     .watches = {{"replicasets", NULL}, {"pods", map_replicas}},
     .state_new = replicaset_state_new,
     .state_free = replicaset_state_free},
    {.name = "replication-controller",
     .account = "replication-controller",
     .workers = 4,
     .reconcile = replication_reconcile,
     .watches = {{"replicationcontrollers", NULL}, {"pods", map_replicas}},
     .state_new = replicaset_state_new,
     .state_free = replicaset_state_free},
    {.name = "daemonset",
     .account = "daemon-set-controller",
     .workers = 4,
     .reconcile = daemonset_reconcile,
     .watches = {{"daemonsets", NULL}, {"pods", map_controller}, {"controllerrevisions", map_controller}, {"nodes", map_daemons}}},
    {.name = "statefulset",
     .account = "statefulset-controller",
     .workers = 4,
     .reconcile = statefulset_reconcile,
     .watches =
         {{"statefulsets", NULL}, {"pods", map_controller}, {"controllerrevisions", map_controller}, {"persistentvolumeclaims", map_controller}}},
    {.name = "cronjob",
     .account = "cronjob-controller",
     .workers = 4,
     .reconcile = cronjob_reconcile,
     .watches = {{"cronjobs", NULL}, {"jobs", map_controller}}},
    {.name = "disruption",
     .account = "disruption-controller",
     .workers = 2,
     .reconcile = disruption_reconcile,
     .watches = {{"poddisruptionbudgets", NULL},
                 {"pods", map_budgets},
                 {"deployments", map_budgets},
                 {"replicasets", map_budgets},
                 {"statefulsets", map_budgets},
                 {"replicationcontrollers", map_budgets}}},
    {.name = "job", .account = "job-controller", .workers = 8, .reconcile = job_reconcile, .watches = {{"jobs", NULL}, {"pods", map_job_pods}}},
    {.name = "ttl-after-finished", .account = "ttl-after-finished-controller", .workers = 1, .reconcile = ttl_reconcile, .watches = {{"jobs", NULL}}},
    {.name = "endpoints",
     .account = "endpoint-controller",
     .workers = 4,
     .reconcile = endpoints_reconcile,
     .watches = {{"services", NULL}, {"pods", map_services}, {"endpoints", NULL}}},
    {.name = "endpointslice",
     .account = "endpointslice-controller",
     .workers = 4,
     .reconcile = slices_reconcile,
     .watches = {{"services", NULL}, {"pods", map_services}, {"endpointslices", map_slice_service}}},
    {.name = "endpointslicemirroring",
     .account = "endpointslicemirroring-controller",
     .workers = 2,
     .reconcile = mirror_reconcile,
     .watches = {{"endpoints", NULL}, {"services", NULL}, {"endpointslices", map_slice_service}}},
    {.name = "namespace",
     .account = "namespace-controller",
     .workers = 4,
     .reconcile = namespace_reconcile,
     .watches = {{"namespaces", map_namespace}},
     .all_resources = true},
    {.name = "resourceclaim-pod",
     .account = "resource-claim-controller",
     .workers = 8,
     .reconcile = resourceclaim_pod_reconcile,
     .watches = {{"pods", resourceclaim_map_pods},
                 {"resourceclaims", resourceclaim_map_pods},
                 {"resourceclaimtemplates", resourceclaim_map_pods},
                 {"podgroups", resourceclaim_map_pods}},
     .perhaps = "podgroups"},
    {.name = "resourceclaim-podgroup",
     .account = "resource-claim-controller",
     .workers = 4,
     .reconcile = resourceclaim_group_reconcile,
     .watches = {{"podgroups", resourceclaim_map_groups},
                 {"resourceclaims", resourceclaim_map_groups},
                 {"resourceclaimtemplates", resourceclaim_map_groups}},
     .only_with = "podgroups"},
    {.name = "resourceclaim",
     .account = "resource-claim-controller",
     .workers = 8,
     .reconcile = resourceclaim_reconcile,
     .watches = {{"resourceclaims", NULL}, {"pods", resourceclaim_map_claims}, {"podgroups", resourceclaim_map_group_claims}},
     .perhaps = "podgroups",
     .state_new = resourceclaim_state_new,
     .state_free = resourceclaim_state_free},
    {.name = "device-taint-eviction",
     .account = "device-taint-eviction-controller",
     .workers = 4,
     .reconcile = resourceclaim_evict_reconcile,
     .watches = {{"resourceclaims", resourceclaim_map_taints},
                 {"resourceslices", resourceclaim_map_taints},
                 {"devicetaintrules", resourceclaim_map_taints}},
     .state_new = resourceclaim_rules_new,
     .state_free = resourceclaim_rules_free},
    {.name = "serviceaccount",
     .account = "service-account-controller",
     .workers = 2,
     .reconcile = account_reconcile,
     .watches = {{"namespaces", NULL}, {"serviceaccounts", map_namespace}}},
    {.name = "root-ca-publisher",
     .account = "root-ca-cert-publisher",
     .workers = 2,
     .reconcile = root_ca_reconcile,
     .watches = {{"namespaces", NULL}, {"configmaps", map_root_ca}}},
    {.name = "garbage-collector",
     .account = "generic-garbage-collector",
     .workers = 8,
     .reconcile = garbage_reconcile,
     .watches = {{"", garbage_map}},
     .all_resources = true,
     .state_new = garbage_state_new,
     .state_free = garbage_state_free},
    {.name = "definition",
     .account = CTL_AS_SERVER,
     .workers = 4,
     .reconcile = definition_reconcile,
     .watches = {{"customresourcedefinitions", definition_map}, {"*", definition_map_object}}},
    {.name = "node-lifecycle",
     .account = "node-controller",
     .workers = 32,
     .reconcile = nodes_reconcile,
     .watches = {{"nodes", NULL}, {"leases", map_one}}},
    {.name = "taint-eviction",
     .account = "node-controller",
     .workers = 4,
     .reconcile = eviction_reconcile,
     .watches = {{"pods", eviction_map}, {"nodes", eviction_map}},
     .state_new = eviction_state_new,
     .state_free = eviction_state_free},
    {.name = "pod-garbage-collector",
     .account = "pod-garbage-collector",
     .workers = 1,
     .reconcile = pod_garbage_reconcile,
     .watches = {{"pods", pod_garbage_map}, {"nodes", map_one}}},
    {.name = "clusterrole-aggregation",
     .account = "clusterrole-aggregation-controller",
     .workers = 1,
     .reconcile = aggregation_reconcile,
     .watches = {{"clusterroles", map_roles}}},
    {.name = "priority-and-fairness",
     .account = CTL_AS_SERVER,
     .workers = 2,
     .reconcile = flow_reconcile,
     .watches = {{"flowschemas", map_flow}, {"prioritylevelconfigurations", map_flow}}},
    {.name = "service-addresses",
     .account = CTL_AS_SERVER,
     .workers = 4,
     .reconcile = addresses_reconcile,
     .watches = {{"services", map_addresses}, {"ipaddresses", map_addresses}}},
    {.name = "service-cidrs",
     .account = "service-cidrs-controller",
     .workers = 1,
     .reconcile = service_cidr_reconcile,
     .watches = {{"servicecidrs", map_service_cidrs}, {"services", map_service_cidrs}}},
    {.name = "csrapproving",
     .account = "certificate-controller",
     .workers = 1,
     .reconcile = approval_reconcile,
     .watches = {{"certificatesigningrequests", NULL}, {"nodes", map_requests_of_node}}},
    {.name = "csrsigning",
     .account = "certificate-controller",
     .workers = 1,
     .reconcile = signing_reconcile,
     .watches = {{"certificatesigningrequests", NULL}}},
    {.name = "csrcleaner",
     .account = "certificate-controller",
     .workers = 1,
     .reconcile = request_cleaner_reconcile,
     .watches = {{"certificatesigningrequests", NULL}}},
    {.name = "bootstrapsigner",
     .account = "bootstrap-signer",
     .workers = 1,
     .reconcile = bootstrap_signer_reconcile,
     .watches = {{"configmaps", map_bootstrap_signer}, {"secrets", map_bootstrap_signer}}},
    {.name = "tokencleaner",
     .account = "token-cleaner",
     .workers = 1,
     .reconcile = token_cleaner_reconcile,
     .watches = {{"secrets", map_bootstrap_token}}},
    {.name = "storage-version-migrator",
     .account = "storage-version-migrator-controller",
     .workers = 1,
     .reconcile = migrate_reconcile,
     .watches = {{"storageversionmigrations", NULL}},
     .state_new = migrate_state_new,
     .state_free = migrate_state_free},
    {.name = "persistentvolume-binder",
     .account = "persistent-volume-binder",
     .workers = 1,
     .reconcile = claims_bind_reconcile,
     .watches = {{"persistentvolumeclaims", claims_map_claim}, {"persistentvolumes", claims_map_volume}, {"storageclasses", claims_map_class}},
     .state_new = claims_bind_state_new,
     .state_free = claims_bind_state_free},
    {.name = "local-volumes",
     .account = CTL_AS_SERVER,
     .workers = 1,
     .reconcile = claims_local_reconcile,
     .watches = {{"persistentvolumeclaims", NULL}, {"persistentvolumes", claims_map_own_volume}, {"nodes", claims_map_node}}},
    {.name = "pvc-protection",
     .account = "pvc-protection-controller",
     .workers = 2,
     .reconcile = claims_protect_reconcile,
     .watches = {{"persistentvolumeclaims", NULL}, {"pods", claims_map_pod}}},
    {.name = "pv-protection",
     .account = "pv-protection-controller",
     .workers = 1,
     .reconcile = claims_protect_volume_reconcile,
     .watches = {{"persistentvolumes", NULL}}},
    {.name = "ephemeral-volume",
     .account = "ephemeral-volume-controller",
     .workers = 2,
     .reconcile = claims_ephemeral_reconcile,
     .watches = {{"pods", claims_map_ephemeral}}},
    {.name = "persistentvolume-expander",
     .account = "expand-controller",
     .workers = 1,
     .reconcile = claims_expand_reconcile,
     .watches = {{"persistentvolumeclaims", NULL}}},
    {.name = "podgroup-protection",
     .account = "podgroup-protection-controller",
     .workers = 1,
     .reconcile = group_protection_reconcile,
     .watches = {{"podgroups", NULL}, {"pods", map_pod_group}},
     .only_with = "podgroups"},
    {.name = "validatingadmissionpolicy-status",
     .account = "validatingadmissionpolicy-status-controller",
     .workers = 1,
     .reconcile = policy_status_reconcile,
     .watches = {{"validatingadmissionpolicies", NULL}}},
    {.name = "node-ipam",
     .account = "node-controller",
     .workers = 32,
     .reconcile = cidr_reconcile,
     .watches = {{"nodes", cidr_map}},
     .state_new = cidr_state_new,
     .state_free = cidr_state_free},
    {.name = "queues",
     .account = "queue-controller",
     .workers = 4,
     .reconcile = queues_reconcile,
     .only_queues = true,
     .watches = {{"*", queues_map}, {"namespaces", queues_map_namespace}, {"nodes", queues_map_node}, {"pods", queues_map_tenant}},
     .state_new = queues_state_new,
     .state_free = queues_state_free},
    {.name = "queues-job",
     .account = "queue-controller",
     .workers = 8,
     .reconcile = queues_job_reconcile,
     .only_queues = true,
     .watches = {{"jobs", NULL}, {"*", queues_map_job}}},
    {.name = "queues-pod",
     .account = "queue-controller",
     .workers = 8,
     .reconcile = queues_pod_reconcile,
     .only_queues = true,
     .watches = {{"pods", queues_map_pod}, {"*", queues_map_pod}}},
};
const size_t controllers_n = ARRAY_LEN(controllers);

/* ── from a change to keys ── */

static void add_owner(struct object *o, void (*add)(void *ctx, struct str key), void *ctx, struct view *v)
{
    struct value *tree = o ? view_tree(v, o) : NULL;
    const struct value *owners = value_at(tree, "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, owners) {
        if (!value_bool_at(ref, "controller", false))
            continue;
        struct str key = arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(value_text_at(ref, "name")));
        if (key.p)
            add(ctx, key);
        /* A Deployment cares for the pods of its ReplicaSets too. */
        struct value *set =
            str_is(value_text_at(ref, "kind"), "ReplicaSet") ? view_get(v, "replicasets", object_namespace(o), value_text_at(ref, "name")) : NULL;
        const struct value *above = value_at(set, "metadata.ownerReferences");
        VALUE_EACH_ITEM (up, above) {
            key = arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(value_text_at(up, "name")));
            if (key.p)
                add(ctx, key);
        }
    }
}

/* Job keys only: for each, the job controller looks at the pods of its namespace, which must not be paid for pods of others. */
void map_job_pods(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *both[] = {now, old};
    struct str before = STR_NONE, after = STR_NONE;
    bool has = now && object_controller(now, &after);
    if (has && old && object_controller(old, &before) && str_eq(before, after))
        both[1] = NULL;
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        struct str owner;
        bool owned = both[i] && object_controller(both[i], &owner); /* asked of the bytes: most pods need no tree */
        const struct value *owners = owned ? value_at(view_tree(v, both[i]), "metadata.ownerReferences") : NULL;
        VALUE_EACH_ITEM (ref, owners) {
            if (!value_bool_at(ref, "controller", false) || !str_is(value_text_at(ref, "kind"), "Job"))
                continue;
            struct str key = arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(both[i])), STR_FMT(value_text_at(ref, "name")));
            if (key.p)
                add(ctx, key);
        }
    }
}

/* Asked at each event of each pod: rows of built-in resources stay where they are. */
static const struct schema_resource *found_once(const struct schema_resource **kept, const char *group, const char *resource)
{
    if (!*kept)
        *kept = view_resource(group, resource);
    return *kept;
}

void map_controller(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str before = STR_NONE, after = STR_NONE;
    bool had = old && object_controller(old, &before), has = now && object_controller(now, &after);
    if (has)
        add_owner(now, add, ctx, v);
    if (had && (!has || !str_eq(before, after)))
        add_owner(old, add, ctx, v);
    if (has || !now)
        return;
    /* An orphan: whoever selects it may want it. */
    static const char *const owners[][2] = {
        {"apps", "replicasets"}, {"apps", "daemonsets"}, {"apps", "statefulsets"}, {"", "replicationcontrollers"}};
    static const struct schema_resource *rows[ARRAY_LEN(owners)];
    for (size_t k = 0; k < ARRAY_LEN(owners); k++) {
        size_t n;
        char scratch[512];
        struct object *const *sets =
            view_in_namespace(v, view_index_of(v, found_once(&rows[k], owners[k][0], owners[k][1])), object_namespace(now), &n);
        for (size_t i = 0; i < n; i++)
            if (owner_selects(v, view_tree(v, sets[i]), now))
                add(ctx, client_key(sets[i], scratch));
    }
}

/* What replicaset.c counts by. */
void map_replicas(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    replicaset_note(v->state, old, now);
    map_controller(v, old, now, add, ctx);
}

/* A new node, or one whose labels or taints changed, may want daemons or be rid of some. */
void map_daemons(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    static const char *const parts[] = {"metadata.labels", "spec.taints"};
    struct map_slot *at = NULL;
    char scratch[512];
    bool changed = !old || !now;
    for (size_t i = 0; i < ARRAY_LEN(parts) && !changed; i++)
        changed = !value_equal(value_at(view_tree(v, old), parts[i]), value_at(view_tree(v, now), parts[i]));
    const struct client_cache *sets = view_cache(v, "daemonsets");
    for (struct object *o = changed ? client_cache_next(sets, &at) : NULL; o; o = client_cache_next(sets, &at))
        add(ctx, client_key(o, scratch));
}

/* Budgets are few: whatever happens to a pod or its controller concerns all of the namespace. */
void map_budgets(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    size_t n;
    char scratch[512];
    static const struct schema_resource *row;
    struct object *const *budgets =
        view_in_namespace(v, view_index_of(v, found_once(&row, "policy", "poddisruptionbudgets")), object_namespace(now ? now : old), &n);
    for (size_t i = 0; i < n; i++)
        add(ctx, client_key(budgets[i], scratch));
}

static void add_matching_services(struct view *v, struct object *pod, void (*add)(void *ctx, struct str key), void *ctx)
{
    size_t n;
    char scratch[512];
    static const struct schema_resource *row;
    struct object *const *services = view_in_namespace(v, view_index_of(v, found_once(&row, "", "services")), object_namespace(pod), &n);
    for (size_t i = 0; i < n; i++) {
        struct str key, wanted, label;
        size_t place = 0;
        bool all = true;
        while (all && object_pair_next(services[i], "spec.selector", &place, &key, &wanted))
            all = object_label(pod, key, &label) && str_eq(label, wanted);
        if (all && place)
            add(ctx, client_key(services[i], scratch));
    }
}

/* Only a pod with an address is anybody's endpoint. */
void map_services(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    if (now && object_has(now, "status.podIP"))
        add_matching_services(v, now, add, ctx);
    if (old && object_has(old, "status.podIP"))
        add_matching_services(v, old, add, ctx);
}

void map_namespace(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    struct str ns = object_namespace(o);
    if (!ns.n) { /* a namespace itself, or something that has none */
        if (o->kind && str_is(o->kind->name, "Namespace"))
            add(ctx, object_name(o));
        return;
    }
    /* Contents matter only while their namespace ends, or when something it needs is gone. */
    struct object *space = client_cache_get(view_cache(v, "namespaces"), STR_NONE, ns);
    if (space && (!now || object_deleting(space)))
        add(ctx, ns);
}

/* Its bundle is put right again whatever happens to it. */
void map_root_ca(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    (void)v;
    if (str_is(object_name(o), "kube-root-ca.crt"))
        add(ctx, object_namespace(o));
}

void map_one(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    (void)v;
    struct object *o = now ? now : old;
    bool node = o->kind && str_is(o->kind->name, "Node"), lease = o->kind && str_is(o->kind->name, "Lease");
    if (lease) {
        if (str_is(object_namespace(o), "kube-node-lease"))
            add(ctx, object_name(o)); /* of the node it speaks for */
        return;
    }
    if (node ? !now : !old || !now || object_deleting(now))
        add(ctx, STR("all"));
}

void map_slice_service(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str service;
    struct object *o = now ? now : old;
    if (!object_label(o, STR("kubernetes.io/service-name"), &service))
        return;
    struct str key = arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(service));
    if (key.p)
        add(ctx, key);
}
