#include "kinds/inside.h"

/* "Always" when the image's tag is latest, or it has neither tag nor digest. */
static struct str pull_policy(struct str image)
{
    struct str name, digest, head, last, tag;
    if (image.n == 0)
        return STR("IfNotPresent");
    bool fixed = str_cut(image, '@', &name, &digest);
    last = str_cut_last(name, '/', &head, &last) ? last : name;
    if (str_cut_last(last, ':', &head, &tag) && tag.n)
        return str_is(tag, "latest") ? STR("Always") : STR("IfNotPresent");
    return fixed ? STR("IfNotPresent") : STR("Always");
}

int fill_container(struct defaulting *d, struct value *v)
{
    if (value_text_at(v, "imagePullPolicy").n)
        return 0;
    return default_put(d, v, "imagePullPolicy", value_make_text(pull_policy(value_text_at(v, "image"))));
}

int fill_image_volume(struct defaulting *d, struct value *v)
{
    if (value_text_at(v, "pullPolicy").n)
        return 0;
    return default_put(d, v, "pullPolicy", value_make_text(pull_policy(value_text_at(v, "reference"))));
}

int fill_volume(struct defaulting *d, struct value *v)
{
    VALUE_EACH_MEMBER (m, v) {
        if (!str_is(m->key, "name") && m->value.type != VALUE_NULL)
            return 0;
    }
    return default_put(d, v, "emptyDir", value_make_map());
}

/* serviceAccount is the old name of serviceAccountName: both say the same. */
int fill_pod_spec(struct defaulting *d, struct value *v)
{
    struct str name = value_text_at(v, "serviceAccountName"), old = value_text_at(v, "serviceAccount");
    int r = 0;
    if (name.n == 0 && old.n)
        r = default_put(d, v, "serviceAccountName", value_make_text(old));
    else if (name.n && !str_eq(name, old))
        r = default_put(d, v, "serviceAccount", value_make_text(name));
    return r;
}

static int host_ports(struct defaulting *d, struct value *containers)
{
    VALUE_EACH_ITEM (c, containers) {
        struct value *ports = value_at(c, "ports");
        VALUE_EACH_ITEM (p, ports) {
            if (value_int_at(p, "hostPort", 0) != 0)
                continue;
            int r = default_put(d, p, "hostPort", value_make_int(value_int_at(p, "containerPort", 0)));
            if (r < 0)
                return r;
        }
    }
    return 0;
}

/* Who limits a resource and does not say what is requested, requests the limit. */
static int requests_from_limits(struct defaulting *d, struct value *resources)
{
    struct value *limits = value_at(resources, "limits"), *requests = value_at(resources, "requests");
    if (value_count(limits) == 0)
        return 0;
    if (value_is_null(requests)) {
        requests = value_set(d->arena, resources, STR("requests"), value_make_map());
        limits = value_at(resources, "limits");
    }
    if (!requests)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, limits) {
        if (!value_get(requests, m->key) && !value_set(d->arena, requests, m->key, m->value))
            return -ENOMEM;
    }
    return 0;
}

static struct value sum_of(struct defaulting *d, struct value *containers, const char *list, struct str resource, bool *all)
{
    struct quantity sum = {0};
    bool any = false;
    *all = true;
    VALUE_EACH_ITEM (c, containers) {
        struct value *v = value_get(value_at(value_at(c, "resources"), list), resource);
        if (!v) {
            *all = false;
            continue;
        }
        struct quantity q = quantity_of(v);
        sum.nano += q.nano;
        if (!any)
            sum.format = q.format;
        any = true;
    }
    SCOPED_BUF b = BUF_INIT(0);
    struct str text = STR_NONE;
    quantity_print(sum, &b);
    if (!any || buf_error(&b) < 0 || arena_str(d->arena, buf_view(&b), &text) < 0)
        return (struct value){0};
    return value_make_text(text);
}

/* Pod-level resources (PodLevelResources): requests follow what containers request, then the pod's limits. */
static int pod_resources(struct defaulting *d, struct value *spec)
{
    struct value *resources = value_at(spec, "resources"), *containers = value_at(spec, "containers");
    struct value *limits = value_at(resources, "limits"), *requests = value_at(resources, "requests");
    if (value_count(limits) == 0)
        return 0;
    if (value_is_null(requests)) {
        requests = value_set(d->arena, resources, STR("requests"), value_make_map());
        limits = value_at(resources, "limits");
    }
    if (!requests)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, limits) {
        bool all;
        if (value_get(requests, m->key))
            continue;
        struct value sum = sum_of(d, containers, "requests", m->key, &all);
        bool usable = sum.type == VALUE_TEXT && !str_starts(m->key, STR("hugepages-"));
        if (!value_set(d->arena, requests, m->key, usable ? sum : m->value))
            return -ENOMEM;
    }
    return 0;
}

int fill_pod(struct defaulting *d, struct value *v)
{
    static const char *const lists[] = {"containers", "initContainers"};
    struct value *spec = value_at(v, "spec");
    if (!spec || spec->type != VALUE_MAP)
        return 0;
    int r = default_text(d, spec, "enableServiceLinks", "true", WHEN_NULL);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(lists); i++) {
        struct value *containers = value_at(spec, lists[i]);
        VALUE_EACH_ITEM (c, containers) {
            r = requests_from_limits(d, value_at(c, "resources"));
            if (r < 0)
                return r;
        }
        if (value_bool_at(spec, "hostNetwork", false))
            r = host_ports(d, containers);
    }
    return r < 0 ? r : pod_resources(d, spec);
}
