/* Rows: which virtual address leads where on this node (kube-proxy's meaning of a Service).
 *
 * Of a service port's endpoints the ready ones count; when there is none, those that still serve while terminating
 * (KEP-1669). Zone and node hints narrow them when every one has hints and one of them fits (KEP-2433, KEP-4444). */
#include "plan/inside.h"

#define RULES_BYTES_MAX ((size_t)512 << 20)

struct making {
    struct plan_rules *rules;
    struct arena *mem;
    const struct plan_node *node;
    VEC(struct plan_row) rows;
    VEC(struct plan_ip) hairpins;
    struct plan_backend scratch[PLAN_BACKENDS_MAX];
};

int plan_row_cmp(const struct plan_row *a, const struct plan_row *b)
{
    int c = plan_ip_cmp(&a->ip, &b->ip);
    if (c == 0)
        c = (int)a->protocol - (int)b->protocol;
    return c ? c : (int)a->port - (int)b->port;
}

static bool target_same(const struct plan_target *a, const struct plan_target *b)
{
    if (a->action != b->action || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!plan_ip_equal(&a->backends[i].ip, &b->backends[i].ip) || a->backends[i].port != b->backends[i].port)
            return false;
    return true;
}

bool plan_sources_same(const struct plan_row *a, const struct plan_row *b)
{
    bool same = a->n_sources == b->n_sources;
    for (size_t i = 0; same && i < a->n_sources; i++)
        same = plan_ip_equal(&a->sources[i], &b->sources[i]) && a->sources[i].bits == b->sources[i].bits;
    return same;
}

bool plan_row_same(const struct plan_row *a, const struct plan_row *b)
{
    return plan_row_cmp(a, b) == 0 && a->masquerade == b->masquerade && a->internal == b->internal && a->split == b->split &&
           a->affinity_seconds == b->affinity_seconds && plan_sources_same(a, b) && target_same(&a->target, &b->target) &&
           (!a->split || target_same(&a->inside, &b->inside));
}

/* ── endpoints ── */

struct choice { /* which endpoints of a service port are wanted */
    const struct group *group;
    const struct port *port;
    uint8_t bytes; /* address family */
    bool local_only;
};

static bool among(struct str what, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], what))
            return true;
    return false;
}

enum hint { HINT_NONE, HINT_NODE, HINT_ZONE };

struct view { /* a walk over the endpoints of a choice */
    const struct making *m;
    const struct choice *c;
    bool terminating; /* take serving ones that end, there being no ready one */
    enum hint hint;
};

static uint16_t slice_port(const struct slice *x, const struct port *p)
{
    for (size_t i = 0; i < x->n_ports; i++)
        if (x->ports[i].protocol == p->protocol && str_eq(x->ports[i].name, p->name))
            return x->ports[i].port;
    return 0;
}

static bool taken(const struct view *v, const struct endpoint *e)
{
    if (e->ip.bytes != v->c->bytes)
        return false;
    if (!(v->terminating ? e->serving && e->terminating : e->ready))
        return false;
    if (v->c->local_only && !str_eq(e->node, v->m->node->name))
        return false;
    if (v->hint == HINT_NODE)
        return among(v->m->node->name, e->nodes, e->n_nodes);
    return v->hint != HINT_ZONE || among(v->m->node->zone, e->zones, e->n_zones);
}

/* Fills scratch; answers how many. */
static size_t collect(struct making *m, const struct view *v)
{
    size_t n = 0;
    LIST_EACH (x, &v->c->group->slices, struct slice, link) {
        uint16_t port = slice_port(x, v->c->port);
        for (size_t i = 0; port && i < x->n_endpoints && n < PLAN_BACKENDS_MAX; i++) {
            const struct endpoint *e = &x->endpoints[i];
            if (taken(v, e))
                m->scratch[n++] = (struct plan_backend){.ip = e->ip, .port = port, .local = str_eq(e->node, m->node->name)};
        }
    }
    return n;
}

/* Do all ready endpoints carry such a hint, and one of them ours? */
static bool hints_apply(const struct making *m, const struct choice *c, enum hint hint)
{
    bool ours = false;
    if (hint == HINT_ZONE && !m->node->zone.n)
        return false;
    LIST_EACH (x, &c->group->slices, struct slice, link) {
        for (size_t i = 0; i < x->n_endpoints; i++) {
            const struct endpoint *e = &x->endpoints[i];
            if (!e->ready || e->ip.bytes != c->bytes)
                continue;
            if (hint == HINT_NODE ? !e->n_nodes : !e->n_zones)
                return false;
            ours |= hint == HINT_NODE ? among(m->node->name, e->nodes, e->n_nodes) : among(m->node->zone, e->zones, e->n_zones);
        }
    }
    return ours;
}

static int backend_cmp(const void *pa, const void *pb)
{
    const struct plan_backend *a = pa, *b = pb;
    int c = plan_ip_cmp(&a->ip, &b->ip);
    return c ? c : (int)a->port - (int)b->port;
}

static int target_make(struct making *m, const struct choice *c, struct plan_target *out)
{
    struct view v = {.m = m, .c = c};
    if (!c->local_only)
        v.hint = hints_apply(m, c, HINT_NODE) ? HINT_NODE : hints_apply(m, c, HINT_ZONE) ? HINT_ZONE : HINT_NONE;
    size_t n = collect(m, &v);
    if (n == 0) {
        v.terminating = true;
        v.hint = HINT_NONE;
        n = collect(m, &v);
    }
    *out = (struct plan_target){.action = n ? PLAN_FORWARD : c->local_only ? PLAN_DROP : PLAN_REJECT};
    if (n == 0)
        return 0;
    qsort(m->scratch, n, sizeof(m->scratch[0]), backend_cmp);
    struct plan_backend *list = arena_alloc(m->mem, n * sizeof(*list));
    if (!list)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || backend_cmp(&m->scratch[i - 1], &m->scratch[i]) != 0)
            list[out->n++] = m->scratch[i];
    out->backends = list;
    return 0;
}

/* ── rows ── */

static int row_add(struct making *m, const struct plan_row *row)
{
    for (size_t i = 0; i < m->node->n_served; i++)
        if (plan_ip_equal(&m->node->served[i], &row->ip))
            return 0;
    struct plan_row *slot = VEC_ADD(&m->rows);
    if (!slot)
        return -ENOMEM;
    *slot = *row;
    const struct plan_target *targets[] = {&row->target, row->split ? &row->inside : NULL};
    for (size_t t = 0; t < ARRAY_LEN(targets); t++) {
        for (size_t i = 0; targets[t] && i < targets[t]->n; i++) {
            if (!targets[t]->backends[i].local)
                continue;
            struct plan_ip *ip = VEC_ADD(&m->hairpins);
            if (!ip)
                return -ENOMEM;
            *ip = targets[t]->backends[i].ip;
            ip->bits = 0;
        }
    }
    return 0;
}

struct family { /* a service port as seen by one address family */
    bool made;
    struct plan_target all, local;
};

static int family_make(struct making *m, const struct service *v, struct choice *c, struct family *f)
{
    if (f->made)
        return 0;
    f->made = true;
    c->local_only = false;
    int r = target_make(m, c, &f->all);
    if (r == 0 && (v->inside_local || v->outside_local)) {
        c->local_only = true;
        r = target_make(m, c, &f->local);
    }
    return r;
}

static int outside_row(struct making *m, const struct service *v, const struct family *f, struct plan_row row)
{
    row.internal = false;
    row.split = v->outside_local;
    row.masquerade = !v->outside_local;
    row.target = v->outside_local ? f->local : f->all;
    row.inside = f->all;
    return row_add(m, &row);
}

/* ── who may ask ── */

static void network_mask(struct plan_ip *ip)
{
    for (unsigned i = 0; i < ip->bytes; i++) {
        unsigned kept = ip->bits > i * 8 ? MIN(ip->bits - i * 8, 8u) : 0;
        ip->at[i] &= (uint8_t)(0xff00u >> kept);
    }
}

static bool network_within(const struct plan_ip *small, const struct plan_ip *large)
{
    struct plan_ip cut = *small;
    if (small->bits < large->bits)
        return false;
    cut.bits = large->bits;
    network_mask(&cut);
    return memcmp(cut.at, large->at, cut.bytes) == 0;
}

static int wider_first(const void *pa, const void *pb)
{
    const struct plan_ip *a = pa, *b = pb;
    return a->bits != b->bits ? (int)a->bits - (int)b->bits : memcmp(a->at, b->at, sizeof(a->at));
}

/* The service's ranges of the row's family and the address itself, by which a node may ask; none within another, for the
 * kernel's sets hold each address once. A range of everybody, or none of this family, and everybody may. */
static int sources_make(struct making *m, const struct service *v, struct plan_row *row)
{
    row->n_sources = 0;
    row->sources = NULL;
    struct plan_ip *list = v->n_sources ? arena_alloc(m->mem, (v->n_sources + 1) * sizeof(*list)) : NULL;
    size_t n = 0, kept = 0;
    if (v->n_sources && !list)
        return -ENOMEM;
    for (size_t i = 0; i < v->n_sources; i++)
        if (v->sources[i].bytes == row->ip.bytes)
            list[n++] = v->sources[i];
    if (n == 0)
        return 0;
    list[n] = row->ip;
    list[n++].bits = (uint8_t)(row->ip.bytes * 8);
    for (size_t i = 0; i < n; i++)
        network_mask(&list[i]);
    qsort(list, n, sizeof(*list), wider_first);
    if (list[0].bits == 0)
        return 0;
    for (size_t i = 0; i < n; i++) {
        bool within = false;
        for (size_t k = 0; k < kept && !within; k++)
            within = network_within(&list[i], &list[k]);
        if (!within)
            list[kept++] = list[i];
    }
    row->sources = list;
    row->n_sources = kept;
    return 0;
}

static int port_rows(struct making *m, const struct group *g, const struct port *p)
{
    const struct service *v = g->service;
    struct family families[2] = {{.made = false}};
    struct plan_row row = {.protocol = p->protocol, .affinity_seconds = v->affinity_seconds};
    row.origin = arena_fmt(m->mem, "%.*s%s%.*s", STR_FMT(g->key), p->name.n ? ":" : "", STR_FMT(p->name));
    int r = row.origin.p ? 0 : -ENOMEM;
    for (size_t six = 0; six < 2 && r == 0; six++) {
        struct family *f = &families[six];
        struct choice c = {.group = g, .port = p, .bytes = six ? 16 : 4};
        for (size_t i = 0; i < v->n_cluster && r == 0; i++) {
            if (v->cluster[i].bytes != c.bytes)
                continue;
            r = family_make(m, v, &c, f);
            row.ip = v->cluster[i];
            row.port = p->port;
            row.internal = row.masquerade = true;
            row.split = false;
            row.target = v->inside_local ? f->local : f->all;
            if (r == 0)
                r = row_add(m, &row);
        }
        if (!f->made) /* the service does not have this family */
            continue;
        for (size_t i = 0; i < v->n_external && r == 0; i++) {
            row.ip = v->external[i];
            row.port = p->port;
            if (row.ip.bytes == c.bytes)
                r = i < v->n_own ? 0 : sources_make(m, v, &row);
            if (row.ip.bytes == c.bytes && r == 0)
                r = outside_row(m, v, f, row);
        }
        row.n_sources = 0;
        for (size_t i = 0; i < m->node->n_addresses && r == 0 && v->node_ports && p->node_port; i++) {
            row.ip = m->node->addresses[i];
            row.port = p->node_port;
            if (row.ip.bytes == c.bytes)
                r = outside_row(m, v, f, row);
        }
    }
    return r;
}

static bool any_address(const struct plan_ip *ip)
{
    static const uint8_t none[16];
    return ip->bytes == 0 || memcmp(ip->at, none, ip->bytes) == 0;
}

static int host_port_rows(struct making *m, const struct pod *pod, const struct port *p)
{
    struct plan_row row = {.protocol = p->protocol, .port = p->port};
    row.origin = pod->key;
    row.origin = arena_fmt(m->mem, "pod %.*s", STR_FMT(pod->key));
    if (!row.origin.p)
        return -ENOMEM;
    for (size_t k = 0; k < pod->n_ips; k++) {
        struct plan_backend *b = arena_alloc(m->mem, sizeof(*b));
        if (!b)
            return -ENOMEM;
        *b = (struct plan_backend){.ip = pod->ips[k], .port = p->to, .local = true};
        row.target = (struct plan_target){.action = PLAN_FORWARD, .backends = b, .n = 1};
        bool any = any_address(&p->host_ip);
        size_t n = any ? m->node->n_addresses : 1;
        for (size_t i = 0; i < n; i++) {
            row.ip = any ? m->node->addresses[i] : p->host_ip;
            if (row.ip.bytes != b->ip.bytes || (any && p->host_ip.bytes && p->host_ip.bytes != b->ip.bytes))
                continue;
            int r = row_add(m, &row);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

static int order(const void *pa, const void *pb)
{
    const struct plan_row *a = pa, *b = pb;
    int c = plan_row_cmp(a, b);
    return c ? c : str_cmp(a->origin, b->origin);
}

static int hairpin_order(const void *a, const void *b)
{
    return plan_ip_cmp(a, b);
}

/* Sorted copies in the rules' own memory, each key once: of two that claim one address the first by name has it. */
static int finish(struct making *m)
{
    struct plan_rules *out = m->rules;
    struct plan_row *rows = arena_alloc(m->mem, MAX(m->rows.n, (size_t)1) * sizeof(*rows));
    struct plan_ip *hairpins = arena_alloc(m->mem, MAX(m->hairpins.n, (size_t)1) * sizeof(*hairpins));
    if (!rows || !hairpins)
        return -ENOMEM;
    if (m->rows.n)
        qsort(m->rows.p, m->rows.n, sizeof(*m->rows.p), order);
    if (m->hairpins.n)
        qsort(m->hairpins.p, m->hairpins.n, sizeof(*m->hairpins.p), hairpin_order);
    for (size_t i = 0; i < m->rows.n; i++) {
        if (out->n && plan_row_cmp(&rows[out->n - 1], &m->rows.p[i]) == 0)
            out->skipped++;
        else
            rows[out->n++] = m->rows.p[i];
    }
    for (size_t i = 0; i < m->hairpins.n; i++)
        if (!out->n_hairpins || plan_ip_cmp(&hairpins[out->n_hairpins - 1], &m->hairpins.p[i]) != 0)
            hairpins[out->n_hairpins++] = m->hairpins.p[i];
    out->rows = rows;
    out->hairpins = hairpins;
    return 0;
}

int plan_rules_make(struct plan_rules **out, const struct plan_state *s, const struct plan_node *node)
{
    SCOPED(arena) mem = NULL;
    int r = arena_new(&mem, RULES_BYTES_MAX);
    if (r < 0)
        return r;
    struct making *m = mem_alloc(sizeof(*m));
    struct plan_rules *rules = m ? arena_alloc(mem, sizeof(*rules)) : NULL;
    if (!rules) {
        mem_free(m);
        return -ENOMEM;
    }
    m->rules = rules;
    m->mem = mem;
    m->node = node;
    MAP_EACH (slot, &s->groups) {
        const struct group *g = slot->value;
        for (size_t i = 0; g->service && i < g->service->n_ports && r == 0; i++)
            r = port_rows(m, g, &g->service->ports[i]);
    }
    MAP_EACH (slot, &s->pods) {
        const struct pod *p = slot->value;
        for (size_t i = 0; i < p->n_ports && r == 0; i++)
            r = host_port_rows(m, p, &p->ports[i]);
    }
    if (r == 0)
        r = finish(m);
    VEC_DONE(&m->rows);
    VEC_DONE(&m->hairpins);
    mem_free(m);
    if (r < 0)
        return r;
    rules->mem = TAKE(mem);
    *out = rules;
    return 0;
}

struct plan_rules *plan_rules_free(struct plan_rules *r)
{
    if (r)
        arena_free(r->mem);
    return NULL;
}

/* ── health ── */

int plan_health_each(const struct plan_state *s, struct str node, int (*fn)(void *ctx, const struct plan_health *h), void *ctx)
{
    int r = 0;
    MAP_EACH (slot, &s->groups) {
        const struct group *g = slot->value;
        struct plan_health h = {.port = g->service ? g->service->health_port : 0};
        if (!h.port)
            continue;
        h.ns = g->service->ns;
        h.name = g->service->name;
        LIST_EACH (x, &g->slices, struct slice, link)
            for (size_t i = 0; i < x->n_endpoints; i++)
                h.endpoints += x->endpoints[i].ready && str_eq(x->endpoints[i].node, node) &&
                               (!g->service->n_cluster || x->endpoints[i].ip.bytes == g->service->cluster[0].bytes);
        r = fn(ctx, &h);
        if (r)
            break;
    }
    return r;
}
