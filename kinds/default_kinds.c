#include "kinds/inside.h"

static int copy_labels(struct defaulting *d, const struct value *from, struct value *to, const char *path)
{
    struct value copy = {0};
    if (value_count(from) == 0 || value_count(value_at(to, path)))
        return 0;
    if (value_copy(d->arena, from, &copy) < 0 || !value_put(d->arena, to, path, copy))
        return -ENOMEM;
    return 0;
}

int fill_replication_controller(struct defaulting *d, struct value *v)
{
    const struct value *labels = value_at(v, "spec.template.metadata.labels");
    int r = copy_labels(d, labels, v, "spec.selector");
    return r < 0 ? r : copy_labels(d, value_at(v, "spec.template.metadata.labels"), v, "metadata.labels");
}

static int affinity(struct defaulting *d, struct value *spec)
{
    int r = default_text(d, spec, "sessionAffinity", "\"None\"", WHEN_EMPTY);
    if (r < 0)
        return r;
    if (str_is(value_text_at(spec, "sessionAffinity"), "None"))
        value_del(spec, STR("sessionAffinityConfig"));
    else if (str_is(value_text_at(spec, "sessionAffinity"), "ClientIP") &&
             value_is_null(value_at(spec, "sessionAffinityConfig.clientIP.timeoutSeconds")) &&
             !value_put(d->arena, spec, "sessionAffinityConfig.clientIP.timeoutSeconds", value_make_int(10800)))
        return -ENOMEM;
    return 0;
}

static int balancer_modes(struct defaulting *d, struct value *service)
{
    struct value *list = value_at(service, "status.loadBalancer.ingress");
    VALUE_EACH_ITEM (i, list) {
        int r = value_text_at(i, "ip").n ? default_text(d, i, "ipMode", "\"VIP\"", WHEN_NULL) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

int fill_service(struct defaulting *d, struct value *v)
{
    struct value *spec = value_at(v, "spec");
    if (!spec || spec->type != VALUE_MAP) {
        spec = value_set(d->arena, v, STR("spec"), value_make_map());
        if (!spec)
            return -ENOMEM;
    }
    int r = affinity(d, spec);
    if (r == 0)
        r = default_text(d, spec, "type", "\"ClusterIP\"", WHEN_EMPTY);
    if (r < 0)
        return r;
    struct str type = value_text_at(spec, "type");
    bool balancer = str_is(type, "LoadBalancer"), node = str_is(type, "NodePort"), plain = str_is(type, "ClusterIP");
    if (balancer || node || (plain && value_count(value_at(spec, "externalIPs"))))
        r = default_text(d, spec, "externalTrafficPolicy", "\"Cluster\"", WHEN_EMPTY);
    if (r == 0 && (balancer || node || plain))
        r = default_text(d, spec, "internalTrafficPolicy", "\"Cluster\"", WHEN_NULL);
    if (r == 0 && balancer)
        r = default_text(d, spec, "allocateLoadBalancerNodePorts", "true", WHEN_NULL);
    return r == 0 && balancer ? balancer_modes(d, v) : r;
}

int fill_service_port(struct defaulting *d, struct value *v)
{
    if (!value_is_empty(value_get(v, STR("targetPort"))))
        return 0;
    return default_put(d, v, "targetPort", value_make_int(value_int_at(v, "port", 0)));
}

int fill_namespace(struct defaulting *d, struct value *v)
{
    struct str name = value_text_at(v, "metadata.name");
    struct value *labels = value_at(v, "metadata.labels");
    if (name.n == 0)
        return 0;
    if (!labels || labels->type != VALUE_MAP)
        labels = value_put(d->arena, v, "metadata.labels", value_make_map());
    if (!labels || !value_set(d->arena, labels, STR("kubernetes.io/metadata.name"), value_make_text(name)))
        return -ENOMEM;
    return 0;
}

int fill_node_status(struct defaulting *d, struct value *v)
{
    return copy_labels(d, value_at(v, "capacity"), v, "allocatable");
}

static int missing_keys(struct defaulting *d, struct value *item, const char *to, const char *from)
{
    struct value *source = value_at(item, from), *target = value_at(item, to);
    if (value_count(source) == 0)
        return 0;
    if (value_is_null(target)) {
        target = value_set(d->arena, item, str_of(to), value_make_map());
        source = value_at(item, from);
    }
    VALUE_EACH_MEMBER (m, source) {
        if (!target || (!value_get(target, m->key) && !value_set(d->arena, target, m->key, m->value)))
            return -ENOMEM;
    }
    return 0;
}

int fill_limit_range_item(struct defaulting *d, struct value *v)
{
    if (!str_is(value_text_at(v, "type"), "Container"))
        return 0;
    int r = missing_keys(d, v, "default", "max");
    if (r == 0)
        r = missing_keys(d, v, "defaultRequest", "default");
    return r < 0 ? r : missing_keys(d, v, "defaultRequest", "min");
}

int fill_stateful_set_strategy(struct defaulting *d, struct value *v)
{
    int r = 0;
    if (value_text_at(v, "type").n == 0) {
        r = default_text(d, v, "type", "\"RollingUpdate\"", WHEN_EMPTY);
        if (r == 0)
            r = default_text(d, v, "rollingUpdate", "{}", WHEN_NULL);
    }
    struct value *rolling = value_at(v, "rollingUpdate");
    if (r == 0 && str_is(value_text_at(v, "type"), "RollingUpdate") && !value_is_null(rolling))
        r = default_text(d, rolling, "partition", "0", WHEN_NULL);
    return r;
}

int fill_job(struct defaulting *d, struct value *v)
{
    struct value *spec = value_at(v, "spec");
    if (!spec || spec->type != VALUE_MAP)
        return 0;
    int r = 0;
    if (value_is_null(value_at(spec, "completions")) && value_is_null(value_at(spec, "parallelism")))
        r = default_text(d, spec, "completions", "1", WHEN_NULL);
    if (r == 0)
        r = default_text(d, spec, "parallelism", "1", WHEN_NULL);
    bool indexed = !value_is_null(value_at(spec, "backoffLimitPerIndex"));
    if (r == 0)
        r = default_text(d, spec, "backoffLimit", indexed ? "2147483647" : "6", WHEN_NULL);
    if (r == 0)
        r = default_text(d, spec, "completionMode", "\"NonIndexed\"", WHEN_NULL);
    if (r == 0)
        r = default_text(d, spec, "suspend", "false", WHEN_NULL);
    if (r == 0)
        r = default_text(d, spec, "manualSelector", "false", WHEN_NULL);
    bool policy = !value_is_null(value_at(spec, "podFailurePolicy"));
    if (r == 0)
        r = default_text(d, spec, "podReplacementPolicy", policy ? "\"Failed\"" : "\"TerminatingOrFailed\"", WHEN_NULL);
    struct value *rules = value_at(spec, "podFailurePolicy.rules");
    VALUE_EACH_ITEM (rule, rules) {
        struct value *patterns = value_at(rule, "onPodConditions");
        VALUE_EACH_ITEM (p, patterns) {
            if (r == 0)
                r = default_text(d, p, "status", "\"True\"", WHEN_EMPTY);
        }
    }
    return r < 0 ? r : copy_labels(d, value_at(v, "spec.template.metadata.labels"), v, "metadata.labels");
}

static int scaling_rules(struct defaulting *d, struct value *behavior, const char *which, const char *policies, bool up)
{
    struct value *rules = value_at(behavior, which);
    if (value_is_null(rules))
        rules = value_set(d->arena, behavior, str_of(which), value_make_map());
    if (!rules)
        return -ENOMEM;
    int r = up ? default_text(d, rules, "stabilizationWindowSeconds", "0", WHEN_NULL) : 0;
    if (r == 0)
        r = default_text(d, rules, "selectPolicy", "\"Max\"", WHEN_NULL);
    return r < 0 ? r : default_text(d, rules, "policies", policies, WHEN_NULL);
}

int fill_hpa_behavior(struct defaulting *d, struct value *v)
{
    int r = scaling_rules(d, v, "scaleUp",
                          "[{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15},"
                          "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]",
                          true);
    if (r < 0)
        return r;
    return scaling_rules(d, v, "scaleDown", "[{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]", false);
}

int fill_network_policy_spec(struct defaulting *d, struct value *v)
{
    bool egress = value_count(value_at(v, "egress")) > 0;
    return default_text(d, v, "policyTypes", egress ? "[\"Ingress\",\"Egress\"]" : "[\"Ingress\"]", WHEN_EMPTY);
}

int fill_subject(struct defaulting *d, struct value *v)
{
    struct str kind = value_text_at(v, "kind");
    if (!str_is(kind, "User") && !str_is(kind, "Group"))
        return 0;
    return default_text(d, v, "apiGroup", "\"rbac.authorization.k8s.io\"", WHEN_EMPTY);
}

static int crd_names(struct defaulting *d, struct value *names)
{
    struct str kind = value_text_at(names, "kind");
    if (value_text_at(names, "singular").n == 0 && kind.n) {
        char *lower = arena_text(d->arena, kind.p, kind.n);
        if (!lower)
            return -ENOMEM;
        for (size_t i = 0; i < kind.n; i++)
            lower[i] = (char)(lower[i] >= 'A' && lower[i] <= 'Z' ? lower[i] + 32 : lower[i]);
        if (default_put(d, names, "singular", value_make_text(str_make(lower, kind.n))) < 0)
            return -ENOMEM;
    }
    if (value_text_at(names, "listKind").n == 0 && kind.n) {
        struct str list = arena_fmt(d->arena, "%.*sList", STR_FMT(kind));
        if (!list.p || default_put(d, names, "listKind", value_make_text(list)) < 0)
            return -ENOMEM;
    }
    return 0;
}

int fill_crd(struct defaulting *d, struct value *v)
{
    struct value *spec = value_at(v, "spec");
    if (!spec || spec->type != VALUE_MAP)
        return 0;
    struct value *names = value_at(spec, "names"), *versions = value_at(spec, "versions");
    int r = names && names->type == VALUE_MAP ? crd_names(d, names) : 0;
    if (r == 0)
        r = default_text(d, spec, "conversion", "{\"strategy\":\"None\"}", WHEN_NULL);
    if (r < 0 || value_count(value_at(v, "status.storedVersions")))
        return r;
    versions = value_at(v, "spec.versions");
    VALUE_EACH_ITEM (version, versions) {
        if (!value_bool_at(version, "storage", false))
            continue;
        struct value list = value_make_list();
        if (!value_add(d->arena, &list, value_make_text(value_text_at(version, "name"))) || !value_put(d->arena, v, "status.storedVersions", list))
            return -ENOMEM;
        break;
    }
    return 0;
}
