/* What is known: compact copies of Services, EndpointSlices and pods.
 *
 * Each copy lives in an arena of its own and carries a hash of its printed form, so that the many updates that change
 * nothing of interest (status, annotations) are answered PLAN_SAME and cost no rules. */
#include "plan/inside.h"

#define OBJECT_BYTES_MAX (2u << 20)

/* ── printing what matters ── */

static void print_tree(struct buf *b, const struct value *v)
{
    if (!v) {
        buf_char(b, '~');
        return;
    }
    switch (v->type) {
    case VALUE_LIST:
        buf_char(b, '[');
        VALUE_EACH_ITEM (i, v)
            print_tree(b, i);
        buf_char(b, ']');
        return;
    case VALUE_MAP:
        buf_char(b, '{');
        VALUE_EACH_MEMBER (m, v) {
            buf_str(b, m->key);
            buf_char(b, '=');
            print_tree(b, &m->value);
        }
        buf_char(b, '}');
        return;
    case VALUE_INT:
        buf_int(b, v->integer);
        break;
    case VALUE_BOOL:
        buf_char(b, v->boolean ? 'T' : 'F');
        break;
    case VALUE_TEXT:
    case VALUE_RAW:
        buf_fmt(b, "%zu:", v->text.n);
        buf_str(b, v->text);
        return;
    default:
        break;
    }
    buf_char(b, ';');
}

static int print_of(const struct value *object, const char *const *paths, uint64_t *print)
{
    SCOPED_BUF b = BUF_INIT(OBJECT_BYTES_MAX);
    for (size_t i = 0; paths[i]; i++)
        print_tree(&b, value_at(object, paths[i]));
    *print = str_hash(buf_view(&b));
    return buf_error(&b);
}

static int key_make(struct arena *a, struct str ns, struct str name, struct str *out)
{
    *out = arena_fmt(a, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    return out->p ? 0 : -ENOMEM;
}

/* A key for looking up, in the caller's scratch; names over 253 do not exist. */
static struct str key_scratch(char scratch[600], struct str ns, struct str name)
{
    int n = snprintf(scratch, 600, "%.*s/%.*s", (int)MIN(ns.n, (size_t)256), ns.p ? ns.p : "", (int)MIN(name.n, (size_t)256), name.p ? name.p : "");
    return str_make(scratch, (size_t)n);
}

/* ── state and groups ── */

int plan_state_new(struct plan_state **out)
{
    struct plan_state *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    *out = s;
    return 0;
}

static void slice_free(struct slice *x)
{
    list_del(&x->link);
    arena_free(x->mem);
}

struct plan_state *plan_state_free(struct plan_state *s)
{
    if (!s)
        return NULL;
    MAP_EACH (slot, &s->slices)
        slice_free(slot->value);
    MAP_EACH (slot, &s->groups) {
        struct group *g = slot->value;
        if (g->service)
            arena_free(g->service->mem);
        mem_free((void *)(uintptr_t)g->key.p);
        mem_free(g);
    }
    MAP_EACH (slot, &s->pods)
        arena_free(((struct pod *)slot->value)->mem);
    map_done(&s->slices);
    map_done(&s->groups);
    map_done(&s->pods);
    map_done(&s->names);
    arena_free(s->names_mem);
    return mem_free(s);
}

static struct group *group_get(struct plan_state *s, struct str key)
{
    struct group *g = map_get(&s->groups, key);
    if (g)
        return g;
    g = mem_alloc(sizeof(*g));
    char *copy = g ? mem_text(key.p, key.n) : NULL;
    if (!copy) {
        mem_free(g);
        return NULL;
    }
    g->key = str_make(copy, key.n);
    list_init(&g->slices);
    if (map_put(&s->groups, g->key, g) < 0) {
        mem_free(copy);
        return mem_free(g);
    }
    return g;
}

static void group_tidy(struct plan_state *s, struct group *g)
{
    if (g->service || !list_empty(&g->slices))
        return;
    map_del(&s->groups, g->key);
    mem_free((void *)(uintptr_t)g->key.p);
    mem_free(g);
}

const struct group *plan_group_find(const struct plan_state *s, struct str ns, struct str name)
{
    char scratch[600];
    return map_get(&s->groups, key_scratch(scratch, ns, name));
}

/* ── services ── */

static int ports_read(struct arena *a, const struct value *list, struct port **out, size_t *n)
{
    size_t most = MIN(value_count(list), (size_t)PORTS_MAX);
    *n = 0;
    *out = arena_alloc(a, MAX(most, (size_t)1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    for (size_t i = 0; i < most; i++) {
        const struct value *v = value_item(list, i);
        struct port *p = &(*out)[*n];
        p->protocol = plan_protocol(value_text_at(v, "protocol"));
        p->port = (uint16_t)value_int_at(v, "port", 0);
        p->node_port = (uint16_t)value_int_at(v, "nodePort", 0);
        if (arena_str(a, value_text_at(v, "name"), &p->name) < 0)
            return -ENOMEM;
        *n += p->protocol && p->port;
    }
    return 0;
}

static void address_add(struct service *v, struct str text)
{
    struct plan_ip ip;
    if (v->n_external < ADDRESSES_MAX && plan_ip_parse(&ip, text) == 0)
        v->external[v->n_external++] = ip;
}

static void addresses_read(struct service *v, const struct value *o)
{
    const struct value *list = value_at(o, "spec.clusterIPs");
    struct plan_ip ip;
    VALUE_EACH_ITEM (i, list) {
        if (v->n_cluster < 2 && plan_ip_parse(&ip, value_text(i)) == 0)
            v->cluster[v->n_cluster++] = ip;
    }
    struct str single = value_text_at(o, "spec.clusterIP");
    if (v->n_cluster == 0 && plan_ip_parse(&ip, single) == 0)
        v->cluster[v->n_cluster++] = ip;
    v->headless = str_is(single, "None");
    VALUE_EACH_ITEM (i, value_at(o, "spec.externalIPs"))
        address_add(v, value_text(i));
    v->n_own = v->n_external;
    VALUE_EACH_ITEM (i, value_at(o, "status.loadBalancer.ingress")) {
        /* ipMode Proxy: the load balancer wants to see the packets itself. */
        if (!str_is(value_text_at(i, "ipMode"), "Proxy"))
            address_add(v, value_text_at(i, "ip"));
    }
}

static int sources_read(struct service *v, const struct value *list)
{
    size_t most = MIN(value_count(list), (size_t)SOURCES_MAX);
    v->sources = most ? arena_alloc(v->mem, most * sizeof(*v->sources)) : NULL;
    if (most && !v->sources)
        return -ENOMEM;
    for (size_t i = 0; i < most; i++)
        v->n_sources += plan_ip_parse(&v->sources[v->n_sources], str_trim(value_text(value_item(list, i)))) == 0;
    return 0;
}

static int service_read(struct service *v, const struct value *o)
{
    struct str type = value_text_at(o, "spec.type");
    int r = arena_str(v->mem, value_text_at(o, "metadata.namespace"), &v->ns);
    if (r == 0)
        r = arena_str(v->mem, value_text_at(o, "metadata.name"), &v->name);
    if (r == 0 && str_is(type, "ExternalName"))
        r = arena_str(v->mem, value_text_at(o, "spec.externalName"), &v->external_name);
    if (r == 0)
        r = ports_read(v->mem, value_at(o, "spec.ports"), &v->ports, &v->n_ports);
    if (r < 0)
        return r;
    if (!str_is(type, "ExternalName"))
        addresses_read(v, o);
    v->node_ports = str_is(type, "NodePort") || str_is(type, "LoadBalancer");
    v->inside_local = str_is(value_text_at(o, "spec.internalTrafficPolicy"), "Local");
    v->outside_local = str_is(value_text_at(o, "spec.externalTrafficPolicy"), "Local");
    if (str_is(type, "LoadBalancer") && v->outside_local)
        v->health_port = (uint16_t)value_int_at(o, "spec.healthCheckNodePort", 0);
    if (str_is(type, "LoadBalancer") && sources_read(v, value_at(o, "spec.loadBalancerSourceRanges")) < 0)
        return -ENOMEM;
    v->publish_not_ready = value_bool_at(o, "spec.publishNotReadyAddresses", false);
    if (str_is(value_text_at(o, "spec.sessionAffinity"), "ClientIP"))
        v->affinity_seconds = (uint32_t)value_int_at(o, "spec.sessionAffinityConfig.clientIP.timeoutSeconds", 10800);
    return 0;
}

int plan_service_put(struct plan_state *s, const struct value *o)
{
    static const char *const paths[] = {"spec", "status.loadBalancer", NULL};
    char scratch[600];
    uint64_t print;
    int r = print_of(o, paths, &print);
    if (r < 0)
        return r;
    struct str key = key_scratch(scratch, value_text_at(o, "metadata.namespace"), value_text_at(o, "metadata.name"));
    struct group *g = map_get(&s->groups, key);
    if (g && g->service && g->service->print == print)
        return PLAN_SAME;
    SCOPED(arena) mem = NULL;
    r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return r;
    struct service *v = arena_alloc(mem, sizeof(*v));
    if (!v)
        return -ENOMEM;
    v->mem = mem;
    v->print = print;
    r = service_read(v, o);
    if (r == 0 && !(g = group_get(s, key)))
        r = -ENOMEM;
    if (r < 0)
        return r;
    if (g->service)
        arena_free(g->service->mem);
    mem = NULL;
    g->service = v;
    s->names_valid = false;
    return 0;
}

int plan_service_del(struct plan_state *s, struct str ns, struct str name)
{
    char scratch[600];
    struct group *g = map_get(&s->groups, key_scratch(scratch, ns, name));
    if (!g || !g->service)
        return PLAN_SAME;
    arena_free(g->service->mem);
    g->service = NULL;
    s->names_valid = false;
    group_tidy(s, g);
    return 0;
}

/* ── endpoint slices ── */

static int hints_read(struct arena *a, const struct value *list, const struct str **out, uint16_t *n)
{
    size_t most = MIN(value_count(list), (size_t)8);
    struct str *names = most ? arena_alloc(a, most * sizeof(*names)) : NULL;
    if (most && !names)
        return -ENOMEM;
    for (size_t i = 0; i < most; i++)
        if (arena_str(a, value_text_at(value_item(list, i), "name"), &names[i]) < 0)
            return -ENOMEM;
    *out = names;
    *n = (uint16_t)most;
    return 0;
}

static int endpoint_read(struct arena *a, struct endpoint *e, const struct value *v)
{
    /* Only the first address counts (KEP-752: they are fungible, consumers take the first). */
    if (plan_ip_parse(&e->ip, value_text(value_item(value_get(v, STR("addresses")), 0))) < 0)
        return 1;
    /* Absent conditions mean "unknown", to be taken as ready and serving. */
    e->ready = value_bool_at(v, "conditions.ready", true);
    e->serving = value_bool_at(v, "conditions.serving", e->ready);
    e->terminating = value_bool_at(v, "conditions.terminating", false);
    if (arena_str(a, value_text_at(v, "nodeName"), &e->node) < 0 || arena_str(a, value_text_at(v, "hostname"), &e->hostname) < 0 ||
        hints_read(a, value_at(v, "hints.forZones"), &e->zones, &e->n_zones) < 0 ||
        hints_read(a, value_at(v, "hints.forNodes"), &e->nodes, &e->n_nodes) < 0)
        return -ENOMEM;
    return 0;
}

static int slice_read(struct slice *x, const struct value *o)
{
    const struct value *list = value_get(o, STR("endpoints"));
    size_t most = MIN(value_count(list), (size_t)ENDPOINTS_MAX);
    int r = ports_read(x->mem, value_get(o, STR("ports")), &x->ports, &x->n_ports);
    if (r < 0)
        return r;
    x->endpoints = arena_alloc(x->mem, MAX(most, (size_t)1) * sizeof(*x->endpoints));
    if (!x->endpoints)
        return -ENOMEM;
    for (size_t i = 0; i < most; i++) {
        r = endpoint_read(x->mem, &x->endpoints[x->n_endpoints], value_item(list, i));
        if (r < 0)
            return r;
        x->n_endpoints += r == 0;
    }
    return 0;
}

int plan_slice_put(struct plan_state *s, const struct value *o)
{
    static const char *const paths[] = {"metadata.labels", "addressType", "endpoints", "ports", NULL};
    char scratch[600];
    uint64_t print;
    struct str ns = value_text_at(o, "metadata.namespace"), name = value_text_at(o, "metadata.name");
    struct str owner = value_text(value_get(value_at(o, "metadata.labels"), STR("kubernetes.io/service-name")));
    int r = print_of(o, paths, &print);
    struct slice *old = map_get(&s->slices, key_scratch(scratch, ns, name));
    if (r < 0)
        return r;
    if (old && old->print == print)
        return PLAN_SAME;
    SCOPED(arena) mem = NULL;
    r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return r;
    struct slice *x = arena_alloc(mem, sizeof(*x));
    if (!x)
        return -ENOMEM;
    list_init(&x->link);
    x->mem = mem;
    x->print = print;
    r = key_make(mem, ns, name, &x->key);
    if (r == 0)
        r = slice_read(x, o);
    if (r == 0 && !(x->group = group_get(s, key_scratch(scratch, ns, owner))))
        r = -ENOMEM;
    if (r == 0) {
        r = map_put(&s->slices, x->key, x);
        if (r < 0)
            group_tidy(s, x->group);
    }
    if (r < 0)
        return r;
    mem = NULL;
    list_add(&x->group->slices, &x->link);
    if (old) {
        struct group *g = old->group;
        slice_free(old);
        group_tidy(s, g);
    }
    s->names_valid = false;
    return 0;
}

int plan_slice_del(struct plan_state *s, struct str ns, struct str name)
{
    char scratch[600];
    struct slice *x = map_del(&s->slices, key_scratch(scratch, ns, name));
    if (!x)
        return PLAN_SAME;
    struct group *g = x->group;
    slice_free(x);
    group_tidy(s, g);
    s->names_valid = false;
    return 0;
}

/* ── this node's pods ── */

static int pod_ports_read(struct pod *p, const struct value *containers)
{
    VALUE_EACH_ITEM (c, containers) {
        VALUE_EACH_ITEM (v, value_get(c, STR("ports"))) {
            struct port port = {
                .protocol = plan_protocol(value_text_at(v, "protocol")),
                .port = (uint16_t)value_int_at(v, "hostPort", 0),
                .to = (uint16_t)value_int_at(v, "containerPort", 0),
            };
            if (!port.port || !port.to || !port.protocol || p->n_ports == PORTS_MAX)
                continue;
            struct str host = value_text_at(v, "hostIP");
            if (host.n && plan_ip_parse(&port.host_ip, host) < 0)
                continue;
            p->ports[p->n_ports++] = port;
        }
    }
    return 0;
}

static int pod_read(struct pod *p, const struct value *o)
{
    struct str phase = value_text_at(o, "status.phase");
    p->ports = arena_alloc(p->mem, PORTS_MAX * sizeof(*p->ports));
    if (!p->ports)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, value_at(o, "status.podIPs")) {
        if (p->n_ips < 2 && plan_ip_parse(&p->ips[p->n_ips], value_text_at(v, "ip")) == 0)
            p->n_ips++;
    }
    if (!p->n_ips && plan_ip_parse(&p->ips[0], value_text_at(o, "status.podIP")) == 0)
        p->n_ips = 1;
    if (value_bool_at(o, "spec.hostNetwork", false) || str_is(phase, "Succeeded") || str_is(phase, "Failed"))
        return 0;
    int r = pod_ports_read(p, value_at(o, "spec.containers"));
    if (r == 0) /* sidecars; ordinary init containers' ports are never served */
        VALUE_EACH_ITEM (c, value_at(o, "spec.initContainers")) {
            struct value one = {.type = VALUE_LIST, .list = {.items = c, .n = 1, .cap = 1}};
            if (r == 0 && str_is(value_text_at(c, "restartPolicy"), "Always"))
                r = pod_ports_read(p, &one);
        }
    return r;
}

int plan_pod_put(struct plan_state *s, const struct value *o)
{
    static const char *const paths[] = {"spec.containers", "spec.initContainers", "spec.hostNetwork", "status.podIPs", "status.podIP", NULL};
    char scratch[600];
    uint64_t print;
    struct str ns = value_text_at(o, "metadata.namespace"), name = value_text_at(o, "metadata.name");
    struct str phase = value_text_at(o, "status.phase");
    int r = print_of(o, paths, &print);
    if (r < 0)
        return r;
    print ^= str_is(phase, "Succeeded") || str_is(phase, "Failed");
    struct pod *old = map_get(&s->pods, key_scratch(scratch, ns, name));
    if (old && old->print == print)
        return PLAN_SAME;
    SCOPED(arena) mem = NULL;
    r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return r;
    struct pod *p = arena_alloc(mem, sizeof(*p));
    if (!p)
        return -ENOMEM;
    p->mem = mem;
    p->print = print;
    r = key_make(mem, ns, name, &p->key);
    if (r == 0)
        r = pod_read(p, o);
    if (r == 0)
        r = map_put(&s->pods, p->key, p);
    if (r < 0)
        return r;
    mem = NULL;
    bool matters = p->n_ports || (old && old->n_ports);
    if (old)
        arena_free(old->mem);
    return matters ? 0 : PLAN_SAME;
}

int plan_pod_del(struct plan_state *s, struct str ns, struct str name)
{
    char scratch[600];
    struct pod *p = map_del(&s->pods, key_scratch(scratch, ns, name));
    if (!p)
        return PLAN_SAME;
    bool matters = p->n_ports && p->n_ips;
    arena_free(p->mem);
    return matters ? 0 : PLAN_SAME;
}
