#include "kinds/inside.h"

/* Upstream's PrepareForCreate and PrepareForUpdate. */

enum prepare_trait {
    NO_STATUS_RESET = 1 << 0,   /* status is no subresource: taken as sent */
    GENERATION = 1 << 1,        /* metadata.generation counts */
    ANNOTATIONS_COUNT = 1 << 2, /* changed annotations count for the generation too */
    STATUS_AT_CREATE = 1 << 3,  /* a kubelet registers with what it knows; updates of it go to the subresource */
};

static const struct {
    const char *group, *kind;
    unsigned traits;
} traits[] = {
    {"", "Pod", GENERATION},
    {"", "PodTemplate", GENERATION},
    {"", "ReplicationController", GENERATION},
    {"", "Event", NO_STATUS_RESET},
    {"", "Node", STATUS_AT_CREATE},
    {"apps", "Deployment", GENERATION | ANNOTATIONS_COUNT},
    {"apps", "DaemonSet", GENERATION},
    {"apps", "ReplicaSet", GENERATION},
    {"apps", "StatefulSet", GENERATION},
    {"batch", "Job", GENERATION},
    {"batch", "CronJob", GENERATION},
    {"networking.k8s.io", "Ingress", GENERATION},
    {"networking.k8s.io", "IngressClass", GENERATION},
    {"networking.k8s.io", "NetworkPolicy", GENERATION},
    {"policy", "PodDisruptionBudget", GENERATION},
    {"discovery.k8s.io", "EndpointSlice", GENERATION},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", GENERATION},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", GENERATION},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", GENERATION},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", GENERATION},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy", GENERATION},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", GENERATION},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy", GENERATION},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", GENERATION},
    {"apiextensions.k8s.io", "CustomResourceDefinition", GENERATION},
    {"scheduling.k8s.io", "PriorityClass", GENERATION},
    {"scheduling.k8s.io", "Workload", GENERATION},
    {"scheduling.k8s.io", "PodGroup", GENERATION},
    {"scheduling.k8s.io", "CompositePodGroup", GENERATION},
    {"certificates.k8s.io", "PodCertificateRequest", GENERATION},
    {"resource.k8s.io", "ResourceSlice", GENERATION},
    {"storage.k8s.io", "CSIDriver", GENERATION},
    {"coracle.dev", "SchedulingProfile", GENERATION},
};

static bool is(const struct schema_kind *k, const char *group, const char *name)
{
    return k->name.n && k->name.p[0] == name[0] && str_is(k->name, name) && str_is(k->group, group);
}

static bool custom_status(const struct schema_kind *k);

static unsigned traits_of(const struct schema_kind *k)
{
    if (k->custom)
        return GENERATION | (custom_status(k) ? 0 : NO_STATUS_RESET);
    for (size_t i = 0; i < ARRAY_LEN(traits); i++) {
        if (is(k, traits[i].group, traits[i].kind))
            return traits[i].traits;
    }
    return 0;
}

static int put(struct arena *a, struct value *tree, const char *path, struct value v)
{
    return value_put(a, tree, path, v) ? 0 : -ENOMEM;
}

/* A member becomes what it was in `old`: the same, or absent. */
static int keep(struct arena *a, const struct value *old, struct value *now, const char *member)
{
    const struct value *was = value_get(old, str_of(member));
    struct value copy = {0};
    if (!was) {
        value_del(now, str_of(member));
        return 0;
    }
    if (value_copy(a, was, &copy) < 0 || !value_set(a, now, str_of(member), copy))
        return -ENOMEM;
    return 0;
}

/* Secret: stringData is written, never read. */
static int string_data(struct arena *a, struct value *now)
{
    struct value *texts = value_get(now, STR("stringData"));
    if (!texts)
        return 0;
    struct value taken = *texts;
    value_del(now, STR("stringData"));
    if (value_count(&taken) == 0)
        return 0;
    struct value *data = value_get(now, STR("data"));
    if (value_is_null(data))
        data = value_set(a, now, STR("data"), value_make_map());
    VALUE_EACH_MEMBER (m, &taken) {
        SCOPED_BUF b = BUF_INIT(0);
        struct str text;
        buf_base64(&b, value_text(&m->value));
        if (!data || buf_error(&b) < 0 || arena_str(a, buf_view(&b), &text) < 0 || !value_set(a, data, m->key, value_make_text(text)))
            return -ENOMEM;
    }
    return 0;
}

static int namespace_create(struct arena *a, struct value *now)
{
    struct value *list = value_at(now, "spec.finalizers");
    int r = put(a, now, "status", value_make_map());
    if (r == 0)
        r = put(a, now, "status.phase", value_make_text(STR("Active")));
    VALUE_EACH_ITEM (f, list) {
        if (str_is(value_text(f), "kubernetes"))
            return r;
    }
    list = value_at(now, "spec.finalizers");
    if (r == 0 && value_is_null(list))
        list = value_put(a, now, "spec.finalizers", value_make_list());
    return r == 0 && (!list || !value_add(a, list, value_make_text(STR("kubernetes")))) ? -ENOMEM : r;
}

/* A pod begins Pending, with its quality of service and, when gates hold it back, a word on that. */
static struct str qos_class(const struct value *spec)
{
    static const char *const lists[] = {"containers", "initContainers"};
    static const char *const resources[] = {"cpu", "memory"};
    bool any = false, guaranteed = true;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct value *containers = value_at(spec, lists[i]);
        VALUE_EACH_ITEM (c, containers) {
            for (size_t k = 0; k < ARRAY_LEN(resources); k++) {
                struct quantity want = quantity_of(value_get(value_at(c, "resources.requests"), str_of(resources[k])));
                struct quantity most = quantity_of(value_get(value_at(c, "resources.limits"), str_of(resources[k])));
                any |= want.nano > 0 || most.nano > 0;
                guaranteed &= most.nano > 0 && (want.nano == 0 || quantity_cmp(want, most) == 0);
            }
        }
    }
    return !any ? STR("BestEffort") : guaranteed ? STR("Guaranteed") : STR("Burstable");
}

static int pod_create(struct arena *a, struct value *now)
{
    int r = 0;
    struct value status = value_make_map();
    VALUE_SET(&r, a, &status, "phase", value_make_text(STR("Pending")));
    VALUE_SET(&r, a, &status, "qosClass", value_make_text(qos_class(value_at(now, "spec"))));
    if (value_count(value_at(now, "spec.schedulingGates"))) {
        struct value list = value_make_list(), c = value_make_map();
        VALUE_SET(&r, a, &c, "type", value_make_text(STR("PodScheduled")));
        VALUE_SET(&r, a, &c, "status", value_make_text(STR("False")));
        VALUE_SET(&r, a, &c, "reason", value_make_text(STR("SchedulingGated")));
        VALUE_SET(&r, a, &c, "message", value_make_text(STR("Scheduling is blocked due to non-empty scheduling gates")));
        if (r < 0 || !value_add(a, &list, c))
            return -ENOMEM;
        VALUE_SET(&r, a, &status, "conditions", list);
    }
    return r < 0 ? r : put(a, now, "status", status);
}

/* Labels a Job's pods are found by: made here, unless the selector is the user's own business. */
static int job_selector(struct arena *a, struct value *now)
{
    static const char *const prefixes[] = {"batch.kubernetes.io/", ""};
    struct str uid = value_text_at(now, "metadata.uid"), name = value_text_at(now, "metadata.name");
    if (value_bool_at(now, "spec.manualSelector", false) || uid.n == 0)
        return 0;
    struct value *labels = value_at(now, "spec.template.metadata.labels");
    if (value_is_null(labels))
        labels = value_put(a, now, "spec.template.metadata.labels", value_make_map());
    struct value *match = NULL;
    if (labels && value_is_null(value_at(now, "spec.selector.matchLabels")))
        match = value_put(a, now, "spec.selector.matchLabels", value_make_map());
    labels = value_at(now, "spec.template.metadata.labels");
    if (!labels)
        return -ENOMEM;
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        struct str controller = arena_fmt(a, "%scontroller-uid", prefixes[i]);
        struct str job = arena_fmt(a, "%sjob-name", prefixes[i]);
        if (!controller.p || !job.p)
            return -ENOMEM;
        if (!value_get(labels, controller) && !value_set(a, labels, controller, value_make_text(uid)))
            return -ENOMEM;
        if (!value_get(labels, job) && !value_set(a, labels, job, value_make_text(name)))
            return -ENOMEM;
    }
    match = value_at(now, "spec.selector.matchLabels");
    if (!match || (!value_get(match, STR("batch.kubernetes.io/controller-uid")) &&
                   !value_set(a, match, STR("batch.kubernetes.io/controller-uid"), value_make_text(uid))))
        return -ENOMEM;
    return 0;
}

/* Custom kinds have a status of their own when the definition says so. */
static bool custom_status(const struct schema_kind *k)
{
    return schema_subresource_find(&k->custom->resources[k->place], STR("status")) != NULL;
}

static bool has_status(const struct schema_kind *k)
{
    if (k->custom)
        return custom_status(k);
    return k->message && schema_field_find(k->message, STR("status")) != NULL;
}

/* What is served here is there from the beginning. */
static int api_service_create(struct arena *a, struct value *now)
{
    struct value list = value_make_list(), c = value_make_map();
    int r = 0;
    if (!value_is_null(value_at(now, "spec.service")))
        return 0;
    VALUE_SET(&r, a, &c, "type", value_make_text(STR("Available")));
    VALUE_SET(&r, a, &c, "status", value_make_text(STR("True")));
    if (value_text_at(now, "metadata.creationTimestamp").n)
        VALUE_SET(&r, a, &c, "lastTransitionTime", value_make_text(value_text_at(now, "metadata.creationTimestamp")));
    VALUE_SET(&r, a, &c, "reason", value_make_text(STR("Local")));
    VALUE_SET(&r, a, &c, "message", value_make_text(STR("Local APIServices are always available")));
    if (r == 0 && !value_add(a, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, a, now, "status.conditions", list);
    return r;
}

/* Fields behind feature gates that are off in 1.37 (DRADerivedAttributes, DRADeviceCompatibilityGroups): upstream drops them from
 * what is written, since a scheduler that does not know them would give devices the claim does not want. */
static void gated_drop(const struct schema_kind *k, struct value *now)
{
    bool template = is(k, "resource.k8s.io", "ResourceClaimTemplate");
    if (template || is(k, "resource.k8s.io", "ResourceClaim")) {
        VALUE_EACH_ITEM (r, value_at(now, template ? "spec.spec.devices.requests" : "spec.devices.requests")) {
            struct value *exactly = value_get(r, STR("exactly"));
            value_del(exactly ? exactly : r, STR("derivedAttributes")); /* v1beta1 has no `exactly` */
            VALUE_EACH_ITEM (s, value_get(r, STR("firstAvailable")))
                value_del(s, STR("derivedAttributes"));
        }
    } else if (is(k, "resource.k8s.io", "ResourceSlice")) {
        VALUE_EACH_ITEM (d, value_at(now, "spec.devices")) {
            struct value *basic = value_get(d, STR("basic"));
            VALUE_EACH_ITEM (c, value_get(basic ? basic : d, STR("consumesCounters")))
                value_del(c, STR("compatibilityGroups"));
        }
    }
}

int kinds_prepare_create(struct arena *a, const struct schema_kind *kind, struct value *now)
{
    unsigned t = traits_of(kind);
    int r = 0;
    if (has_status(kind) && !(t & (NO_STATUS_RESET | STATUS_AT_CREATE)))
        value_del(now, STR("status"));
    gated_drop(kind, now);
    if (is(kind, "", "Secret"))
        r = string_data(a, now);
    else if (is(kind, "", "Namespace"))
        r = namespace_create(a, now);
    else if (is(kind, "", "Pod"))
        r = pod_create(a, now);
    else if (is(kind, "", "PersistentVolume") || is(kind, "", "PersistentVolumeClaim"))
        r = put(a, now, "status.phase", value_make_text(STR("Pending")));
    else if (is(kind, "batch", "Job"))
        r = job_selector(a, now);
    else if (is(kind, "certificates.k8s.io", "CertificateSigningRequest"))
        value_del(now, STR("status"));
    else if (is(kind, "apiregistration.k8s.io", "APIService"))
        r = api_service_create(a, now);
    if (r < 0)
        return r;
    struct value *meta = value_get(now, STR("metadata"));
    if (meta)
        value_del(meta, STR("generation"));
    return t & GENERATION ? put(a, now, "metadata.generation", value_make_int(1)) : 0;
}

/* ── updates ── */
static bool counts(struct str member, unsigned t)
{
    bool status = str_is(member, "status") && !(t & NO_STATUS_RESET && t & GENERATION);
    return !str_is(member, "metadata") && !status && !str_is(member, "kind") && !str_is(member, "apiVersion");
}

static bool content_equal(const struct value *old, const struct value *now, unsigned t)
{
    size_t n = 0;
    VALUE_EACH_MEMBER (m, now) {
        const struct value *was = counts(m->key, t) ? value_get(old, m->key) : NULL;
        if (!counts(m->key, t))
            continue;
        if (!was ? !value_is_empty(&m->value) : !value_equal(was, &m->value))
            return false;
        n += was != NULL;
    }
    VALUE_EACH_MEMBER (m, old) {
        if (counts(m->key, t) && !value_get(now, m->key) && !value_is_empty(&m->value))
            return false;
        n -= counts(m->key, t) && value_get(now, m->key);
    }
    if (n != 0)
        return false;
    if (!(t & ANNOTATIONS_COUNT))
        return true;
    const struct value *x = value_at(old, "metadata.annotations"), *y = value_at(now, "metadata.annotations");
    return value_count(x) == 0 && value_count(y) == 0 ? true : x && y && value_equal(x, y);
}

static int generation(struct arena *a, unsigned t, const struct value *old, struct value *now)
{
    int64_t n = value_int_at(old, "metadata.generation", 0);
    struct value *meta = value_get(now, STR("metadata"));
    /* A first deletionTimestamp counts as well: the object's future has changed. */
    bool ending = value_is_null(value_at(old, "metadata.deletionTimestamp")) && !value_is_null(value_at(now, "metadata.deletionTimestamp"));
    if ((t & GENERATION) && (ending || !content_equal(old, now, t)))
        n++;
    if (n == 0) {
        if (meta)
            value_del(meta, STR("generation"));
        return 0;
    }
    return put(a, now, "metadata.generation", value_make_int(n));
}

/* A status write: everything but status, and of metadata what upstream lets through. */
static int status_only(struct arena *a, const struct schema_kind *k, const struct value *old, struct value *now)
{
    struct value copy = {0};
    const struct value *status = value_get(now, STR("status")), *meta = value_get(now, STR("metadata"));
    struct value given = status ? *status : (struct value){0}, given_meta = meta ? *meta : (struct value){0};
    if (value_copy(a, old, &copy) < 0)
        return -ENOMEM;
    value_del(&copy, STR("status"));
    if (status && !value_set(a, &copy, STR("status"), given))
        return -ENOMEM;
    bool custom = is(k, "apiextensions.k8s.io", "CustomResourceDefinition");
    if (meta && !custom && !value_set(a, &copy, STR("metadata"), given_meta))
        return -ENOMEM;
    if (k->custom) { /* only what bookkeeping needs */
        static const char *const taken[] = {"resourceVersion", "managedFields"};
        struct value *own = value_get(&copy, STR("metadata")), held = meta ? given_meta : (struct value){0};
        if (value_copy(a, value_get(old, STR("metadata")), own) < 0)
            return -ENOMEM;
        for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
            const struct value *v = value_get(&held, str_of(taken[i]));
            if (v && !value_set(a, own, str_of(taken[i]), *v))
                return -ENOMEM;
        }
    }
    struct value *into = value_get(&copy, STR("metadata")), *was = value_get(old, STR("metadata"));
    int r = 0;
    if (is(k, "apps", "Deployment"))
        r = keep(a, was, into, "labels");
    if (r == 0 && is(k, "", "Pod"))
        r = keep(a, was, into, "deletionTimestamp");
    if (r == 0 && is(k, "", "Pod"))
        r = keep(a, was, into, "ownerReferences");
    if (r == 0)
        *now = copy;
    return r;
}

/* Once set these stand; a client that sends nothing, or something else, does not change them. */
static int system_meta(struct arena *a, const struct value *old, struct value *now)
{
    static const char *const kept[] = {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"};
    struct value *meta = value_get(now, STR("metadata")), *was = value_get(old, STR("metadata"));
    int r = 0;
    if (!meta)
        return 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kept); i++) {
        bool absent = value_is_null(value_get(meta, str_of(kept[i])));
        if (i == 1 || absent) /* creationTimestamp may never be told, the others not be forgotten */
            r = keep(a, was, meta, kept[i]);
    }
    return r;
}

/* Cluster addresses a client left out stay with the Service, as does what it cannot choose. */
static int service_update(struct arena *a, const struct value *old, struct value *now)
{
    struct value *spec = value_get(now, STR("spec")), *was = value_get(old, STR("spec"));
    struct str type = value_text(value_get(spec, STR("type"))), before = value_text(value_get(was, STR("type")));
    bool name = str_is(type, "ExternalName"), was_name = str_is(before, "ExternalName");
    int r = 0;
    if (!spec || !was || name || was_name)
        return 0;
    static const char *const kept[] = {"clusterIP", "clusterIPs"};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kept); i++) {
        if (value_is_empty(value_get(spec, str_of(kept[i]))))
            r = keep(a, was, spec, kept[i]);
    }
    /* Node ports are kept port by port when the type still has them. */
    bool ports = str_is(type, "NodePort") || str_is(type, "LoadBalancer");
    struct value *list = value_get(spec, STR("ports")), *had = value_get(was, STR("ports"));
    VALUE_EACH_ITEM (p, list) {
        if (!ports || value_int_at(p, "nodePort", 0))
            continue;
        VALUE_EACH_ITEM (q, had) {
            int64_t port = value_int_at(q, "nodePort", 0);
            if (!port || value_int_at(q, "port", 0) != value_int_at(p, "port", -1) ||
                !str_eq(value_text_at(q, "protocol"), value_text_at(p, "protocol")))
                continue;
            if (r == 0)
                r = put(a, p, "nodePort", value_make_int(port));
            break;
        }
    }
    if (r == 0 && ports && str_is(value_text(value_get(spec, STR("externalTrafficPolicy"))), "Local") && str_is(type, "LoadBalancer") &&
        value_int_at(spec, "healthCheckNodePort", 0) == 0)
        r = keep(a, was, spec, "healthCheckNodePort");
    return r;
}

static int main_write(struct arena *a, const struct schema_kind *k, const struct value *old, struct value *now)
{
    int r = has_status(k) && !(traits_of(k) & NO_STATUS_RESET) ? keep(a, old, now, "status") : 0;
    if (r == 0 && is(k, "", "Secret"))
        r = string_data(a, now);
    gated_drop(k, now);
    if (r == 0 && is(k, "", "Service"))
        r = service_update(a, old, now);
    if (r == 0 && is(k, "", "Namespace"))
        r = keep(a, old, now, "spec"); /* finalizers only move by the finalize subresource */
    if (r == 0 && is(k, "certificates.k8s.io", "CertificateSigningRequest"))
        r = keep(a, old, now, "spec");
    return r;
}

/* ── certificate requests: /approval writes all conditions and nothing else, /status all but Approved and Denied ── */

static bool is_answer(const struct value *condition)
{
    struct str type = value_text_at(condition, "type");
    return str_is(type, "Approved") || str_is(type, "Denied");
}

static int conditions_take(struct arena *a, const struct value *tree, bool answers, bool others, struct value *list)
{
    VALUE_EACH_ITEM (c, value_at(tree, "status.conditions")) {
        struct value copy = {0};
        if (!(is_answer(c) ? answers : others))
            continue;
        if (value_copy(a, c, &copy) < 0 || !value_add(a, list, copy))
            return -ENOMEM;
    }
    return 0;
}

static int condition_stamp(struct arena *a, const struct value *old, struct value *c, struct str now)
{
    struct str since = now;
    int r = 0;
    VALUE_EACH_ITEM (was, value_at(old, "status.conditions")) {
        if (str_eq(value_text_at(was, "type"), value_text_at(c, "type")) && str_eq(value_text_at(was, "status"), value_text_at(c, "status")))
            since = value_text_at(was, "lastTransitionTime");
    }
    if (value_is_null(value_get(c, STR("lastUpdateTime"))))
        r = put(a, c, "lastUpdateTime", value_make_text(now));
    if (r == 0 && value_is_null(value_get(c, STR("lastTransitionTime"))))
        r = put(a, c, "lastTransitionTime", value_make_text(since.n ? since : now));
    return r;
}

static int signing_request_write(struct arena *a, const struct value *old, struct value *now, bool approval, int64_t seconds)
{
    struct value list = value_make_list(), status = {0};
    char text[32];
    struct str at;
    time_fmt_rfc3339(text, seconds);
    int r = arena_str(a, str_of(text), &at);
    /* To who writes the status, answers stand where they were, in front. */
    if (r == 0)
        r = conditions_take(a, approval ? now : old, true, approval, &list);
    if (r == 0 && !approval)
        r = conditions_take(a, now, false, true, &list);
    VALUE_EACH_ITEM (c, &list) {
        if (r == 0)
            r = condition_stamp(a, old, c, at);
    }
    const struct value *from = value_get(approval ? old : now, STR("status"));
    if (r == 0 && from)
        r = value_copy(a, from, &status);
    if (r == 0 && value_count(&list))
        r = value_set(a, &status, STR("conditions"), list) ? 0 : -ENOMEM;
    else
        value_del(&status, STR("conditions"));
    return r < 0 ? r : value_set(a, now, STR("status"), status.type == VALUE_MAP ? status : value_make_map()) ? 0 : -ENOMEM;
}

int kinds_prepare_update(struct arena *a, const struct schema_kind *kind, struct str subresource, const struct value *old, struct value *now,
                         int64_t seconds)
{
    int r;
    bool status = str_is(subresource, "status") || str_is(subresource, "approval");
    bool finalize = str_is(subresource, "finalize");
    if (status)
        r = status_only(a, kind, old, now);
    else if (finalize)
        r = keep(a, old, now, "status");
    else
        r = main_write(a, kind, old, now);
    if (r == 0 && status && is(kind, "certificates.k8s.io", "CertificateSigningRequest"))
        r = signing_request_write(a, old, now, str_is(subresource, "approval"), seconds);
    if (r == 0)
        r = system_meta(a, old, now);
    return r < 0 ? r : generation(a, traits_of(kind), old, now);
}
