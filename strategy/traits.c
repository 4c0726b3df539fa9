/* One row a resource that is not like most. */
#include "strategy/strategy.h"

enum {
    NEEDS = STRATEGY_NEEDS_VERSION,
    UPSERT = STRATEGY_CREATE_ON_UPDATE,
    SHOWN = STRATEGY_RETURNS_DELETED,
};

static const struct {
    const char *group, *resource;
    unsigned traits;
} rows[] = {
    {"", "pods", SHOWN | STRATEGY_GRACEFUL},
    {"", "services", SHOWN | UPSERT},
    {"", "serviceaccounts", SHOWN},
    {"", "podtemplates", SHOWN},
    {"", "persistentvolumes", SHOWN},
    {"", "persistentvolumeclaims", SHOWN},
    {"", "resourcequotas", SHOWN},
    {"", "limitranges", UPSERT},
    {"", "endpoints", UPSERT},
    {"", "events", UPSERT | STRATEGY_LAZY},
    {"events.k8s.io", "events", UPSERT | STRATEGY_LAZY},
    {"", "replicationcontrollers", STRATEGY_ORPHANS},
    {"batch", "jobs", STRATEGY_ORPHANS},
    {"networking.k8s.io", "ingressclasses", NEEDS},
    {"policy", "poddisruptionbudgets", NEEDS},
    {"coordination.k8s.io", "leases", NEEDS | UPSERT | STRATEGY_LAZY},
    {"rbac.authorization.k8s.io", "roles", UPSERT},
    {"rbac.authorization.k8s.io", "rolebindings", UPSERT},
    {"rbac.authorization.k8s.io", "clusterroles", UPSERT},
    {"rbac.authorization.k8s.io", "clusterrolebindings", UPSERT},
    {"admissionregistration.k8s.io", "mutatingwebhookconfigurations", NEEDS},
    {"admissionregistration.k8s.io", "validatingwebhookconfigurations", NEEDS},
    {"admissionregistration.k8s.io", "validatingadmissionpolicies", NEEDS},
    {"admissionregistration.k8s.io", "validatingadmissionpolicybindings", NEEDS},
    {"admissionregistration.k8s.io", "mutatingadmissionpolicies", NEEDS},
    {"admissionregistration.k8s.io", "mutatingadmissionpolicybindings", NEEDS},
    {"apiextensions.k8s.io", "customresourcedefinitions", NEEDS},
    {"apiregistration.k8s.io", "apiservices", NEEDS},
    {"certificates.k8s.io", "clustertrustbundles", NEEDS},
    {"node.k8s.io", "runtimeclasses", NEEDS},
    {"storage.k8s.io", "storageclasses", SHOWN},
    {"storage.k8s.io", "csidrivers", SHOWN | NEEDS},
    {"storage.k8s.io", "csinodes", SHOWN | NEEDS},
    {"storage.k8s.io", "volumeattachments", SHOWN | NEEDS},
    {"storage.k8s.io", "volumeattributesclasses", SHOWN},
    {"storage.k8s.io", "csistoragecapacities", NEEDS},
    {"storagemigration.k8s.io", "storageversionmigrations", NEEDS},
};

unsigned strategy_traits(const struct schema_resource *r)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (r->name.n && r->name.p[0] == rows[i].resource[0] && str_is(r->name, rows[i].resource) && str_is(r->group, rows[i].group))
            return rows[i].traits;
    return 0;
}
