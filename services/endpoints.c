#include "services/services.h"

/* Services with a selector → EndpointSlices, and the older Endpoints. */
#define SLICE_MAX     100
#define ENDPOINTS_MAX 1000

struct address {
    struct value *pod;
    struct str ip;
    bool ready, serving, terminating;
};

struct plan_of {
    struct view *v;
    struct value *service;
    struct address *items;
    size_t n;
};

static struct str pod_ip(const struct value *pod, bool v6)
{
    const struct value *list = value_at(pod, "status.podIPs");
    VALUE_EACH_ITEM (one, list) {
        struct str ip = value_text_at(one, "ip");
        if ((str_find(ip, STR(":")) >= 0) == v6)
            return ip;
    }
    struct str ip = value_text_at(pod, "status.podIP");
    return ip.n && (str_find(ip, STR(":")) >= 0) == v6 ? ip : STR_NONE;
}

static bool labels_match(const struct value *selector, const struct object *pod)
{
    VALUE_EACH_MEMBER (m, selector) {
        struct str label;
        if (!object_label(pod, m->key, &label) || !str_eq(label, value_text(&m->value)))
            return false;
    }
    return true;
}

static bool gather(struct plan_of *p, bool v6)
{
    struct view *v = p->v;
    size_t n;
    const struct value *selector = value_at(p->service, "spec.selector");
    bool publish = value_bool_at(p->service, "spec.publishNotReadyAddresses", false);
    struct object *const *pods =
        view_in_namespace(v, view_index_of(v, view_resource("", "pods")), value_text_at(p->service, "metadata.namespace"), &n);
    p->items = arena_alloc(v->mem, (n + 1) * sizeof(*p->items));
    p->n = 0;
    if (!p->items) {
        v->out->failed = true;
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct value *pod = labels_match(selector, pods[i]) ? view_tree(v, pods[i]) : NULL;
        struct str ip = pod ? pod_ip(pod, v6) : STR_NONE;
        if (!ip.n || pod_over(pod))
            continue;
        bool serving = pod_ready(pod), terminating = is_deleting(pod);
        p->items[p->n++] =
            (struct address){.pod = pod, .ip = ip, .serving = serving, .terminating = terminating, .ready = publish || (serving && !terminating)};
    }
    return true;
}

/* targetPort by number or by the name of a container's port; 0: this pod has no such port. */
static int64_t target_port(const struct value *port, const struct value *pod)
{
    const struct value *target = value_at(port, "targetPort"), *containers = value_at(pod, "spec.containers");
    struct str name = value_text(target);
    if (!target || value_is_null(target))
        return value_int_at(port, "port", 0);
    if (!name.n)
        return value_int(target, value_int_at(port, "port", 0));
    VALUE_EACH_ITEM (c, containers) {
        const struct value *ports = value_at(c, "ports");
        VALUE_EACH_ITEM (cp, ports)
            if (str_eq(value_text_at(cp, "name"), name) && str_eq(value_text_at(cp, "protocol"), value_text_at(port, "protocol")))
                return value_int_at(cp, "containerPort", 0);
    }
    return 0;
}

static struct value reference(struct view *v, const struct value *pod)
{
    struct value ref = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &ref, "kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, v->mem, &ref, "namespace", value_make_text(value_text_at(pod, "metadata.namespace")));
    VALUE_SET(&r, v->mem, &ref, "name", value_make_text(value_text_at(pod, "metadata.name")));
    VALUE_SET(&r, v->mem, &ref, "uid", value_make_text(value_text_at(pod, "metadata.uid")));
    if (r < 0)
        v->out->failed = true;
    return ref;
}

/* The hostname counts only in the subdomain of this very service. */
static struct str hostname(const struct value *pod, const struct value *service)
{
    if (!str_eq(value_text_at(pod, "spec.subdomain"), value_text_at(service, "metadata.name")))
        return STR_NONE;
    return value_text_at(pod, "spec.hostname");
}

/* ── slices ── */

static struct value port_of(struct view *v, const struct value *port, int64_t number)
{
    struct value out = value_make_map();
    struct str app = value_text_at(port, "appProtocol");
    int r = 0;
    VALUE_SET(&r, v->mem, &out, "name", value_make_text(value_text_at(port, "name")));
    VALUE_SET(&r, v->mem, &out, "protocol", value_make_text(value_text_at(port, "protocol")));
    VALUE_SET(&r, v->mem, &out, "port", value_make_int(number));
    if (app.n)
        VALUE_SET(&r, v->mem, &out, "appProtocol", value_make_text(app));
    if (r < 0)
        v->out->failed = true;
    return out;
}

static struct value ports_for(struct view *v, const struct value *service, const struct value *pod)
{
    struct value list = value_make_list();
    const struct value *ports = value_at(service, "spec.ports");
    VALUE_EACH_ITEM (port, ports) {
        int64_t number = target_port(port, pod);
        if (number && !value_add(v->mem, &list, port_of(v, port, number)))
            v->out->failed = true;
    }
    return list;
}

static struct value endpoint_of(struct plan_of *p, const struct address *a)
{
    struct view *v = p->v;
    struct value out = value_make_map(), addresses = value_make_list();
    struct str node = value_text_at(a->pod, "spec.nodeName"), host = hostname(a->pod, p->service);
    struct value *n = node.n ? view_get(v, "nodes", STR_NONE, node) : NULL;
    struct str zone = value_text(value_get(value_at(n, "metadata.labels"), STR("topology.kubernetes.io/zone")));
    int r = value_add(v->mem, &addresses, value_make_text(a->ip)) ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, &out, "addresses", addresses);
    VALUE_SET(&r, v->mem, &out, "conditions.ready", value_make_bool(a->ready));
    VALUE_SET(&r, v->mem, &out, "conditions.serving", value_make_bool(a->serving));
    VALUE_SET(&r, v->mem, &out, "conditions.terminating", value_make_bool(a->terminating));
    if (host.n)
        VALUE_SET(&r, v->mem, &out, "hostname", value_make_text(host));
    VALUE_SET(&r, v->mem, &out, "targetRef", reference(v, a->pod));
    if (node.n)
        VALUE_SET(&r, v->mem, &out, "nodeName", value_make_text(node));
    if (zone.n)
        VALUE_SET(&r, v->mem, &out, "zone", value_make_text(zone));
    if (r < 0)
        v->out->failed = true;
    return out;
}

static struct value *slice_new(struct plan_of *p, bool v6, struct value ports)
{
    struct view *v = p->v;
    struct value *s = arena_alloc(v->mem, sizeof(*s)), labels = value_make_map(), owners = value_make_list();
    struct str name = value_text_at(p->service, "metadata.name"), ip = value_text_at(p->service, "spec.clusterIP");
    const struct value *own = value_at(p->service, "metadata.labels");
    int r = s ? 0 : -ENOMEM;
    VALUE_EACH_MEMBER (m, own)
        if (!value_set(v->mem, &labels, m->key, m->value))
            r = -ENOMEM;
    if (!value_set(v->mem, &labels, STR("kubernetes.io/service-name"), value_make_text(name)) ||
        !value_set(v->mem, &labels, STR("endpointslice.kubernetes.io/managed-by"), value_make_text(STR("endpointslice-controller.k8s.io"))) ||
        (str_is(ip, "None") && !value_set(v->mem, &labels, STR("service.kubernetes.io/headless"), value_make_text(STR("")))) ||
        !value_add(v->mem, &owners, owner_of(v, "v1", "Service", p->service)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, s, "apiVersion", value_make_text(STR("discovery.k8s.io/v1")));
    VALUE_SET(&r, v->mem, s, "kind", value_make_text(STR("EndpointSlice")));
    VALUE_SET(&r, v->mem, s, "metadata.generateName", value_make_text(arena_fmt(v->mem, "%.*s-", STR_FMT(name))));
    VALUE_SET(&r, v->mem, s, "metadata.namespace", value_make_text(value_text_at(p->service, "metadata.namespace")));
    VALUE_SET(&r, v->mem, s, "metadata.labels", labels);
    VALUE_SET(&r, v->mem, s, "metadata.ownerReferences", owners);
    VALUE_SET(&r, v->mem, s, "addressType", value_make_text(v6 ? STR("IPv6") : STR("IPv4")));
    VALUE_SET(&r, v->mem, s, "endpoints", value_make_list());
    VALUE_SET(&r, v->mem, s, "ports", ports);
    if (r < 0)
        v->out->failed = true;
    return r < 0 ? NULL : s;
}

/* Endpoints with the same ports share slices; the fixed order of pods keeps slices stable. */
static size_t wanted_slices(struct plan_of *p, bool v6, struct value **out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct value ports = ports_for(p->v, p->service, p->items[i].pod), *home = NULL;
        for (size_t k = 0; k < n && !home; k++)
            if (value_count(value_at(out[k], "endpoints")) < SLICE_MAX && value_equal(value_at(out[k], "ports"), &ports))
                home = out[k];
        if (!home && n < max)
            home = out[n++] = slice_new(p, v6, ports);
        if (!home || !value_add(p->v->mem, value_at(home, "endpoints"), endpoint_of(p, &p->items[i]))) {
            p->v->out->failed = true;
            return n;
        }
    }
    if (n == 0 && max) /* a service without endpoints has one empty slice, so that clients see the difference to "not yet" */
        n = (out[0] = slice_new(p, v6, value_make_list())) ? 1 : 0;
    return n;
}

static size_t existing_slices(struct plan_of *p, bool v6, struct value **out, size_t max)
{
    struct view *v = p->v;
    size_t n_all, n = 0;
    struct str name = value_text_at(p->service, "metadata.name");
    struct object *const *all = view_in_namespace(v, view_index_of(v, view_resource("discovery.k8s.io", "endpointslices")),
                                                  value_text_at(p->service, "metadata.namespace"), &n_all);
    for (size_t i = 0; i < n_all && n < max; i++) {
        struct str service, by;
        if (!object_label(all[i], STR("kubernetes.io/service-name"), &service) || !str_eq(service, name) || object_deleting(all[i]) ||
            !object_label(all[i], STR("endpointslice.kubernetes.io/managed-by"), &by) || !str_is(by, "endpointslice-controller.k8s.io"))
            continue;
        struct value *tree = view_tree(v, all[i]);
        if (tree && str_is(value_text_at(tree, "addressType"), v6 ? "IPv6" : "IPv4"))
            out[n++] = tree;
    }
    return n;
}

static void bring(struct plan_of *p, bool v6)
{
    struct view *v = p->v;
    struct value *wanted[64], *there[64];
    if (!gather(p, v6))
        return;
    size_t n = wanted_slices(p, v6, wanted, ARRAY_LEN(wanted)), m = existing_slices(p, v6, there, ARRAY_LEN(there));
    static const char *const parts[] = {"endpoints", "ports", "metadata.labels"};
    for (size_t i = 0; i < MAX(n, m) && !v->out->failed; i++) {
        if (i >= n) {
            want_delete(v, view_resource("discovery.k8s.io", "endpointslices"), there[i], CLIENT_BACKGROUND);
            continue;
        }
        if (i >= m) {
            want_create(v, "discovery.k8s.io", "endpointslices", value_text_at(p->service, "metadata.namespace"), wanted[i]);
            continue;
        }
        bool same = true;
        int r = 0;
        for (size_t k = 0; k < ARRAY_LEN(parts); k++) {
            const struct value *a = value_at(there[i], parts[k]), *b = value_at(wanted[i], parts[k]);
            same = same && (value_equal(a, b) || (value_count(a) == 0 && value_count(b) == 0));
            VALUE_SET(&r, v->mem, there[i], parts[k], *b);
        }
        if (r < 0)
            v->out->failed = true;
        if (!same)
            want_body(v, want(v, CLIENT_UPDATE, "discovery.k8s.io", "endpointslices", there[i]), there[i]);
    }
}

static bool has_family(const struct value *service, const char *family)
{
    const struct value *list = value_at(service, "spec.ipFamilies");
    VALUE_EACH_ITEM (f, list)
        if (str_is(value_text(f), family))
            return true;
    return value_count(list) == 0 && strcmp(family, "IPv4") == 0;
}

void slices_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct plan_of p = {.v = v, .service = view_get(v, "services", ns, name)};
    if (!p.service || is_deleting(p.service) || !value_count(value_at(p.service, "spec.selector")) ||
        str_is(value_text_at(p.service, "spec.type"), "ExternalName"))
        return; /* the garbage collector takes slices of a service that is gone */
    if (has_family(p.service, "IPv4"))
        bring(&p, false);
    if (has_family(p.service, "IPv6"))
        bring(&p, true);
}

/* ── Endpoints ── */

static struct value endpoint_address(struct plan_of *p, const struct address *a)
{
    struct view *v = p->v;
    struct value out = value_make_map();
    struct str node = value_text_at(a->pod, "spec.nodeName"), host = hostname(a->pod, p->service);
    int r = 0;
    VALUE_SET(&r, v->mem, &out, "ip", value_make_text(a->ip));
    if (host.n)
        VALUE_SET(&r, v->mem, &out, "hostname", value_make_text(host));
    if (node.n)
        VALUE_SET(&r, v->mem, &out, "nodeName", value_make_text(node));
    VALUE_SET(&r, v->mem, &out, "targetRef", reference(v, a->pod));
    if (r < 0)
        v->out->failed = true;
    return out;
}

/* As they are stored: an Endpoints' port without a name has no such field, and no ports are no list. */
static struct value plain_ports(struct plan_of *p, const struct value *pod)
{
    struct value ports = ports_for(p->v, p->service, pod);
    VALUE_EACH_ITEM (one, &ports)
        if (!value_text_at(one, "name").n)
            value_del(one, STR("name"));
    return ports;
}

static struct value subsets(struct plan_of *p)
{
    struct view *v = p->v;
    struct value list = value_make_list();
    for (size_t i = 0; i < p->n && i < ENDPOINTS_MAX; i++) {
        const struct address *a = &p->items[i];
        if (a->terminating && !a->ready)
            continue;
        struct value ports = plain_ports(p, a->pod), *home = NULL;
        VALUE_EACH_ITEM (s, &list) {
            const struct value *its = value_get(s, STR("ports"));
            if (its ? value_equal(its, &ports) : !value_count(&ports))
                home = s;
        }
        if (!home)
            home = value_add(v->mem, &list, value_make_map());
        int r = home ? 0 : -ENOMEM;
        const char *where = a->ready ? "addresses" : "notReadyAddresses";
        struct value *into = value_get(home, str_of(where));
        if (r == 0 && !into)
            into = value_set(v->mem, home, str_of(where), value_make_list());
        if (!into || !value_add(v->mem, into, endpoint_address(p, a)))
            r = -ENOMEM;
        if (value_count(&ports))
            VALUE_SET(&r, v->mem, home, "ports", ports);
        if (r < 0)
            v->out->failed = true;
    }
    return list;
}

void endpoints_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    int r = 0;
    view_key(key, &ns, &name);
    struct plan_of p = {.v = v, .service = view_get(v, "services", ns, name)};
    struct value *there = view_get(v, "endpoints", ns, name);
    if (!p.service || is_deleting(p.service)) {
        if (there && value_get(value_at(there, "metadata.labels"), STR("endpoints.kubernetes.io/managed-by")) && !is_deleting(there))
            want_delete(v, view_resource("", "endpoints"), there, CLIENT_BACKGROUND);
        return;
    }
    if (!value_count(value_at(p.service, "spec.selector")) || str_is(value_text_at(p.service, "spec.type"), "ExternalName") ||
        !gather(&p, !has_family(p.service, "IPv4")))
        return;
    struct value fresh = subsets(&p), labels = value_make_map();
    const struct value *own = value_at(p.service, "metadata.labels");
    VALUE_EACH_MEMBER (m, own)
        if (!value_set(v->mem, &labels, m->key, m->value))
            r = -ENOMEM;
    if (!value_set(v->mem, &labels, STR("endpoints.kubernetes.io/managed-by"), value_make_text(STR("endpoint-controller"))))
        r = -ENOMEM;
    const struct value *before = value_at(there, "subsets");
    bool same = there && (value_equal(before, &fresh) || (value_count(before) == 0 && value_count(&fresh) == 0)) &&
                value_equal(value_at(there, "metadata.labels"), &labels);
    if (same || r < 0) {
        v->out->failed = v->out->failed || r < 0;
        return;
    }
    struct value made = {0}, *e = there ? there : &made;
    VALUE_SET(&r, v->mem, e, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, e, "kind", value_make_text(STR("Endpoints")));
    VALUE_SET(&r, v->mem, e, "metadata.name", value_make_text(name));
    VALUE_SET(&r, v->mem, e, "metadata.namespace", value_make_text(ns));
    VALUE_SET(&r, v->mem, e, "metadata.labels", labels);
    VALUE_SET(&r, v->mem, e, "subsets", fresh);
    if (r < 0)
        v->out->failed = true;
    else if (there)
        want_body(v, want(v, CLIENT_UPDATE, "", "endpoints", e), e);
    else
        want_create(v, "", "endpoints", ns, e);
}
