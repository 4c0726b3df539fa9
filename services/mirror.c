#include "services/services.h"

/* Endpoints that people or programs keep for a Service without a selector, mirrored into EndpointSlices (KEP-0752).
 *
 * Not mirrored: those of Services with a selector (slices come from their pods), those with the label skip-mirror, and
 * records of leader election. A slice belongs to its Endpoints, so that it goes with them. */
#define MIRROR_MAX 1000 /* addresses of one subset that are mirrored */
#define BY         "endpointslicemirroring-controller.k8s.io"

struct mirror {
    struct view *v;
    const struct value *endpoints;
    struct value *wanted[64];
    size_t n;
};

static bool mirrored(struct view *v, const struct value *endpoints)
{
    struct value *service = view_get(v, "services", value_text_at(endpoints, "metadata.namespace"), value_text_at(endpoints, "metadata.name"));
    if (!endpoints || is_deleting(endpoints) || !service || is_deleting(service) || value_count(value_at(service, "spec.selector")))
        return false;
    if (annotation_of(endpoints, "control-plane.alpha.kubernetes.io/leader").n)
        return false;
    return !str_is(label_of(endpoints, "endpointslice.kubernetes.io/skip-mirror"), "true");
}

static struct value *slice_new(struct mirror *m, bool v6, const struct value *ports)
{
    struct view *v = m->v;
    struct value *s = arena_alloc(v->mem, sizeof(*s)), owners = value_make_list();
    struct str name = value_text_at(m->endpoints, "metadata.name");
    int r = s ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, s, "apiVersion", value_make_text(STR("discovery.k8s.io/v1")));
    VALUE_SET(&r, v->mem, s, "kind", value_make_text(STR("EndpointSlice")));
    VALUE_SET(&r, v->mem, s, "metadata.generateName", value_make_text(arena_fmt(v->mem, "%.*s-", STR_FMT(name))));
    VALUE_SET(&r, v->mem, s, "metadata.namespace", value_make_text(value_text_at(m->endpoints, "metadata.namespace")));
    VALUE_EACH_MEMBER (l, value_at(m->endpoints, "metadata.labels"))
        if (r == 0)
            put_label(v, &r, s, arena_fmt(v->mem, "%.*s", STR_FMT(l->key)).p, value_text(&l->value));
    VALUE_EACH_MEMBER (l, value_at(m->endpoints, "metadata.annotations"))
        if (r == 0 && !str_is(l->key, "kubectl.kubernetes.io/last-applied-configuration") &&
            !str_is(l->key, "endpoints.kubernetes.io/last-change-trigger-time"))
            put_annotation(v, &r, s, arena_fmt(v->mem, "%.*s", STR_FMT(l->key)).p, value_text(&l->value));
    if (r == 0) {
        put_label(v, &r, s, "kubernetes.io/service-name", name);
        put_label(v, &r, s, "endpointslice.kubernetes.io/managed-by", STR(BY));
    }
    if (r == 0 && !value_add(v->mem, &owners, owner_of(v, "v1", "Endpoints", m->endpoints)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, s, "metadata.ownerReferences", owners);
    VALUE_SET(&r, v->mem, s, "addressType", value_make_text(v6 ? STR("IPv6") : STR("IPv4")));
    VALUE_SET(&r, v->mem, s, "endpoints", value_make_list());
    VALUE_SET(&r, v->mem, s, "ports", ports ? *ports : value_make_list());
    if (r < 0)
        v->out->failed = true;
    return r < 0 ? NULL : s;
}

static struct value *slice_for(struct mirror *m, bool v6, const struct value *ports)
{
    for (size_t i = 0; i < m->n; i++)
        if (str_is(value_text_at(m->wanted[i], "addressType"), v6 ? "IPv6" : "IPv4") && value_equal(value_at(m->wanted[i], "ports"), ports))
            return m->wanted[i];
    struct value *fresh = m->n < ARRAY_LEN(m->wanted) ? slice_new(m, v6, ports) : NULL;
    if (fresh)
        m->wanted[m->n++] = fresh;
    return fresh;
}

static void add_address(struct mirror *m, const struct value *subset, const struct value *address, bool ready)
{
    struct arena *a = m->v->mem;
    struct value one = value_make_map(), ips = value_make_list();
    struct str ip = value_text_at(address, "ip"), head, tail;
    struct value *slice = slice_for(m, str_cut(ip, ':', &head, &tail), value_at(subset, "ports"));
    static const char *const same[] = {"hostname", "nodeName", "targetRef"};
    int r = value_add(a, &ips, value_make_text(ip)) ? 0 : -ENOMEM;
    VALUE_SET(&r, a, &one, "addresses", ips);
    VALUE_SET(&r, a, &one, "conditions.ready", value_make_bool(ready));
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        if (!value_is_null(value_at(address, same[i])))
            VALUE_SET(&r, a, &one, same[i], *value_at(address, same[i]));
    if (slice && (r < 0 || !value_add(a, value_at(slice, "endpoints"), one)))
        m->v->out->failed = true;
}

static void plan(struct mirror *m)
{
    VALUE_EACH_ITEM (subset, value_at(m->endpoints, "subsets")) {
        size_t n = 0;
        VALUE_EACH_ITEM (a, value_at(subset, "addresses"))
            if (n++ < MIRROR_MAX)
                add_address(m, subset, a, true);
        VALUE_EACH_ITEM (a, value_at(subset, "notReadyAddresses"))
            if (n++ < MIRROR_MAX)
                add_address(m, subset, a, false);
    }
}

static size_t present(struct view *v, struct str ns, struct str name, struct value **out, size_t max)
{
    size_t n_all, n = 0;
    struct object *const *all = view_in_namespace(v, view_index_of(v, view_resource("discovery.k8s.io", "endpointslices")), ns, &n_all);
    for (size_t i = 0; i < n_all && n < max; i++) {
        struct str service, by;
        if (!object_label(all[i], STR("kubernetes.io/service-name"), &service) || !str_eq(service, name) || object_deleting(all[i]) ||
            !object_label(all[i], STR("endpointslice.kubernetes.io/managed-by"), &by) || !str_is(by, BY))
            continue;
        if ((out[n] = view_tree(v, all[i])))
            n++;
    }
    return n;
}

static bool same_slice(const struct value *a, const struct value *b)
{
    static const char *const parts[] = {"addressType", "ports", "endpoints", "metadata.labels", "metadata.annotations"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const struct value *x = value_at(a, parts[i]), *y = value_at(b, parts[i]);
        if (!value_equal(x, y) && (value_count(x) || value_count(y)))
            return false;
    }
    return true;
}

/* The slice of the same family and ports keeps its name; others come and go. */
static void settle(struct mirror *m, struct value *slice, struct value **there, size_t n_there)
{
    struct view *v = m->v;
    for (size_t k = 0; k < n_there; k++) {
        if (!there[k] || !value_equal(value_at(there[k], "addressType"), value_at(slice, "addressType")) ||
            !value_equal(value_at(there[k], "ports"), value_at(slice, "ports")))
            continue;
        static const char *const parts[] = {"endpoints", "metadata.labels", "metadata.annotations"};
        int r = 0;
        if (!same_slice(there[k], slice)) {
            for (size_t i = 0; i < ARRAY_LEN(parts); i++)
                if (value_at(slice, parts[i]))
                    VALUE_SET(&r, v->mem, there[k], parts[i], *value_at(slice, parts[i]));
            if (r < 0)
                v->out->failed = true;
            want_body(v, want(v, CLIENT_UPDATE, "discovery.k8s.io", "endpointslices", there[k]), there[k]);
        }
        there[k] = NULL;
        return;
    }
    want_create(v, "discovery.k8s.io", "endpointslices", value_text_at(m->endpoints, "metadata.namespace"), slice);
}

void mirror_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct value *there[64];
    view_key(key, &ns, &name);
    struct mirror m = {.v = v, .endpoints = view_get(v, "endpoints", ns, name)};
    if (m.endpoints && mirrored(v, m.endpoints))
        plan(&m);
    size_t n = present(v, ns, name, there, ARRAY_LEN(there));
    for (size_t i = 0; i < m.n && !v->out->failed; i++)
        settle(&m, m.wanted[i], there, n);
    for (size_t k = 0; k < n; k++)
        if (there[k])
            want_delete(v, view_resource("discovery.k8s.io", "endpointslices"), there[k], CLIENT_BACKGROUND);
}
