#include "quota/quota.h"

static const struct quantity one = {.nano = 1000000000};

static struct quantity whole(int64_t n)
{
    struct quantity q = one;
    q.nano *= n;
    return q;
}

static bool is(const struct schema_resource *r, const char *group, const char *name)
{
    return str_is(r->group, group) && str_is(r->name, name);
}

/* ── pods ── */

/* What the pod asks for of each resource: the sum over its containers and sidecars, or its most hungry init container,
 * or what it says as a whole; and its overhead. */
static void add_map(struct quota_amounts *to, const struct value *map)
{
    VALUE_EACH_MEMBER (m, map)
        quota_add(to, m->key, quantity_of(&m->value));
}

static void raise_to(struct quota_amounts *to, const struct quota_amounts *floor)
{
    for (size_t i = 0; i < floor->n; i++) {
        struct quantity now = quota_find(to, floor->items[i].name), more = floor->items[i].n;
        more.nano -= now.nano;
        if (more.nano > 0)
            quota_add(to, floor->items[i].name, more);
    }
}

static const struct value *asks(const struct value *holder, const char *part)
{
    return value_get(value_at(holder, "resources"), str_of(part));
}

static void pod_sum(const struct value *pod, const char *part, struct quota_amounts *out)
{
    struct arena *a = out->arena;
    struct quota_amounts sides = {.arena = a}, most = {.arena = a}, level = {.arena = a};
    VALUE_EACH_ITEM (c, value_at(pod, "spec.containers"))
        add_map(out, asks(c, part));
    VALUE_EACH_ITEM (c, value_at(pod, "spec.initContainers")) {
        struct quota_amounts here = {.arena = a};
        if (str_is(value_text_at(c, "restartPolicy"), "Always")) {
            add_map(out, asks(c, part));
            add_map(&sides, asks(c, part));
            quota_add_all(&here, &sides, 1);
        } else {
            add_map(&here, asks(c, part));
            quota_add_all(&here, &sides, 1);
        }
        raise_to(&most, &here);
    }
    raise_to(out, &most);
    add_map(&level, asks(value_at(pod, "spec"), part));
    for (size_t i = 0; i < level.n; i++) { /* the pod's own word counts */
        struct quantity differs = level.items[i].n;
        differs.nano -= quota_find(out, level.items[i].name).nano;
        quota_add(out, level.items[i].name, differs);
    }
    add_map(out, value_at(pod, "spec.overhead"));
    out->failed = out->failed || sides.failed || most.failed || level.failed;
}

static bool pod_counts(const struct value *pod, int64_t now)
{
    struct str phase = value_text_at(pod, "status.phase");
    int64_t deleted;
    int32_t nsec;
    if (str_is(phase, "Succeeded") || str_is(phase, "Failed"))
        return false;
    struct str at = value_text_at(pod, "metadata.deletionTimestamp");
    return !at.n || time_parse_rfc3339(at, &deleted, &nsec) < 0 || now <= deleted + value_int_at(pod, "metadata.deletionGracePeriodSeconds", 0);
}

static void pod_usage(const struct value *pod, int64_t now, struct quota_amounts *out)
{
    struct arena *a = out->arena;
    struct quota_amounts requests = {.arena = a}, limits = {.arena = a};
    if (!pod_counts(pod, now))
        return;
    quota_add(out, STR("pods"), one);
    pod_sum(pod, "requests", &requests);
    pod_sum(pod, "limits", &limits);
    for (size_t i = 0; i < requests.n; i++) {
        struct str name = requests.items[i].name;
        bool plain = str_is(name, "cpu") || str_is(name, "memory") || str_is(name, "ephemeral-storage") || str_starts(name, STR("hugepages-"));
        if (plain)
            quota_add(out, name, requests.items[i].n);
        quota_add(out, arena_fmt(a, "requests.%.*s", STR_FMT(name)), requests.items[i].n);
    }
    for (size_t i = 0; i < limits.n; i++)
        quota_add(out, arena_fmt(a, "limits.%.*s", STR_FMT(limits.items[i].name)), limits.items[i].n);
    out->failed = out->failed || requests.failed || limits.failed;
}

/* ── services, claims, and everything by number ── */

static void service_usage(const struct value *service, struct quota_amounts *out)
{
    struct str type = value_text_at(service, "spec.type");
    const struct value *ports = value_at(service, "spec.ports");
    int64_t nodes = 0;
    quota_add(out, STR("services"), one);
    if (str_is(type, "NodePort"))
        nodes = (int64_t)value_count(ports);
    if (str_is(type, "LoadBalancer")) {
        quota_add(out, STR("services.loadbalancers"), one);
        bool given = value_bool_at(service, "spec.allocateLoadBalancerNodePorts", true);
        VALUE_EACH_ITEM (p, ports)
            nodes += given || value_int_at(p, "nodePort", 0) > 0;
    }
    if (nodes)
        quota_add(out, STR("services.nodeports"), whole(nodes));
}

static void claim_usage(const struct value *claim, struct quota_amounts *out)
{
    struct quantity size = quantity_of(value_get(value_at(claim, "spec.resources.requests"), STR("storage")));
    struct str class_ = value_text(value_get(value_at(claim, "metadata.annotations"), STR("volume.beta.kubernetes.io/storage-class")));
    if (!class_.n)
        class_ = value_text_at(claim, "spec.storageClassName");
    quota_add(out, STR("persistentvolumeclaims"), one);
    quota_add(out, STR("requests.storage"), size);
    if (!class_.n)
        return;
    quota_add(out, arena_fmt(out->arena, "%.*s.storageclass.storage.k8s.io/persistentvolumeclaims", STR_FMT(class_)), one);
    quota_add(out, arena_fmt(out->arena, "%.*s.storageclass.storage.k8s.io/requests.storage", STR_FMT(class_)), size);
}

static const char *const plain[] = {"configmaps", "secrets", "replicationcontrollers", "resourcequotas"};

void quota_usage(const struct schema_resource *r, const struct value *object, int64_t now, struct quota_amounts *out)
{
    struct str count = r->group.n ? arena_fmt(out->arena, "count/%.*s.%.*s", STR_FMT(r->name), STR_FMT(r->group))
                                  : arena_fmt(out->arena, "count/%.*s", STR_FMT(r->name));
    quota_add(out, count, one);
    if (is(r, "", "pods"))
        pod_usage(object, now, out);
    else if (is(r, "", "services"))
        service_usage(object, out);
    else if (is(r, "", "persistentvolumeclaims"))
        claim_usage(object, out);
    for (size_t i = 0; i < ARRAY_LEN(plain) && !r->group.n; i++)
        if (str_is(r->name, plain[i]))
            quota_add(out, r->name, one);
}

/* ── scopes ── */

static bool crosses_namespaces(const struct value *pod)
{
    static const char *const parts[] = {"spec.affinity.podAffinity", "spec.affinity.podAntiAffinity"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const struct value *side = value_at(pod, parts[i]);
        VALUE_EACH_ITEM (t, value_at(side, "requiredDuringSchedulingIgnoredDuringExecution"))
            if (value_count(value_at(t, "namespaces")) || !value_is_null(value_at(t, "namespaceSelector")))
                return true;
        VALUE_EACH_ITEM (w, value_at(side, "preferredDuringSchedulingIgnoredDuringExecution"))
            if (value_count(value_at(w, "podAffinityTerm.namespaces")) || !value_is_null(value_at(w, "podAffinityTerm.namespaceSelector")))
                return true;
    }
    return false;
}

static bool in_values(const struct value *values, struct str text)
{
    VALUE_EACH_ITEM (v, values)
        if (str_eq(value_text(v), text))
            return true;
    return false;
}

/* A class by name: In, NotIn, Exists, DoesNotExist. */
static bool class_matches(struct str class_, struct str op, const struct value *values)
{
    if (str_is(op, "In"))
        return class_.n && in_values(values, class_);
    if (str_is(op, "NotIn"))
        return !class_.n || !in_values(values, class_);
    return str_is(op, "DoesNotExist") ? !class_.n : class_.n > 0;
}

static bool scope_matches(const struct schema_resource *r, const struct value *object, struct str scope, struct str op, const struct value *values)
{
    if (is(r, "", "persistentvolumeclaims"))
        return str_is(scope, "VolumeAttributesClass") && class_matches(value_text_at(object, "spec.volumeAttributesClassName"), op, values);
    if (!is(r, "", "pods"))
        return false;
    const struct value *deadline = value_at(object, "spec.activeDeadlineSeconds");
    bool terminating = !value_is_null(deadline) && value_int(deadline, 0) >= 0, best = str_is(value_text_at(object, "status.qosClass"), "BestEffort");
    if (str_is(scope, "Terminating"))
        return terminating;
    if (str_is(scope, "NotTerminating"))
        return !terminating;
    if (str_is(scope, "BestEffort"))
        return best;
    if (str_is(scope, "NotBestEffort"))
        return !best;
    if (str_is(scope, "PriorityClass"))
        return class_matches(value_text_at(object, "spec.priorityClassName"), op, values);
    return str_is(scope, "CrossNamespacePodAffinity") && crosses_namespaces(object);
}

bool quota_covers(const struct value *quota, const struct schema_resource *r, const struct value *object)
{
    VALUE_EACH_ITEM (s, value_at(quota, "spec.scopes"))
        if (!scope_matches(r, object, value_text(s), STR("Exists"), NULL))
            return false;
    VALUE_EACH_ITEM (e, value_at(quota, "spec.scopeSelector.matchExpressions"))
        if (!scope_matches(r, object, value_text_at(e, "scopeName"), value_text_at(e, "operator"), value_at(e, "values")))
            return false;
    return true;
}

/* ── which names belong to a resource ── */

static bool of_pods(struct str name)
{
    static const char *const names[] = {"pods", "cpu", "memory", "ephemeral-storage"};
    static const char *const heads[] = {"requests.", "limits.", "hugepages-"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_is(name, names[i]))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(heads); i++)
        if (str_starts(name, str_of(heads[i])))
            return !str_is(name, "requests.storage");
    return false;
}

static bool of_claims(struct str name)
{
    struct str head, tail;
    return str_is(name, "requests.storage") || (str_cut_last(name, '/', &head, &tail) && str_ends(head, STR(".storageclass.storage.k8s.io")));
}

bool quota_limits(const struct value *hard, const struct schema_resource *r)
{
    VALUE_EACH_MEMBER (m, hard) {
        struct str name = m->key, counted = name, group = STR_NONE;
        if (str_starts(name, STR("count/"))) {
            str_cut(str_from(name, 6), '.', &counted, &group);
            if (str_eq(counted, r->name) && str_eq(group, r->group))
                return true;
            continue;
        }
        if (r->group.n)
            continue;
        if (str_eq(name, r->name) || (str_is(r->name, "pods") && of_pods(name)) || (str_is(r->name, "persistentvolumeclaims") && of_claims(name)) ||
            (str_is(r->name, "services") && str_starts(name, STR("services."))))
            return true;
    }
    return false;
}
