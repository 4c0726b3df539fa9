#include "queue/inside.h"

#include "object/object.h"
#include "sched/sched.h"

/* Where pods can be: topologies, nodes, what others hold on them, and the domains a flavor's nodes make of that. */

#define OBJECT_BYTES (1u << 20)
#define HOSTNAME     "kubernetes.io/hostname"
#define TAS_LABEL    "kueue.x-k8s.io/tas"

/* ── sums by column ── */

int sums_room(struct sums *s, size_t n)
{
    if (n <= s->n)
        return 0;
    size_t cap = MAX(s->n * 2, MAX(n, (size_t)8));
    int64_t *wider = mem_alloc(cap * sizeof(*wider));
    if (!wider)
        return -ENOMEM;
    if (s->n)
        memcpy(wider, s->p, s->n * sizeof(*wider));
    mem_free(s->p);
    s->p = wider;
    s->n = cap;
    return 0;
}

int64_t sums_at(const struct sums *s, uint32_t column)
{
    return column < s->n ? s->p[column] : 0;
}

/* ── topologies ── */

static void topology_free(struct topology *t)
{
    if (!t)
        return;
    arena_free(t->mem);
    mem_free(t->name);
    mem_free(t);
}

static int topology_of(struct queue *q, struct str name, struct topology **out)
{
    if ((*out = map_get(&q->topologies, name)))
        return 0;
    struct topology *t = mem_alloc(sizeof(*t));
    if (t)
        t->name = mem_text(name.p, name.n);
    if (!t || !t->name || map_put(&q->topologies, str_of(t->name), t) < 0) {
        topology_free(t);
        return -ENOMEM;
    }
    *out = t;
    return 0;
}

/* Domains are made anew, and whoever waits for room looks again. */
void places_changed(struct queue *q)
{
    q->places_serial++;
    q->stirred = true;
    MAP_EACH (slot, &q->places) {
        struct place *p = slot->value;
        LIST_EACH (w, &p->parked, struct work, link)
            (void)!work_queue(q, w); /* without memory it stays parked until the next time */
    }
}

int topology_put(struct queue *q, const struct value *object, struct err *err)
{
    struct topology *t;
    const struct value *levels = value_at(object, "spec.levels");
    int r = topology_of(q, value_text_at(object, "metadata.name"), &t);
    if (r < 0)
        return r;
    if (value_count(levels) == 0 || value_count(levels) > QUEUE_LEVELS_MAX)
        return err_raise(err, -EINVAL, "spec.levels: must be from 1 to %d", QUEUE_LEVELS_MAX);
    arena_free(t->mem);
    t->mem = NULL;
    t->n_levels = 0;
    r = arena_new(&t->mem, OBJECT_BYTES);
    VALUE_EACH_ITEM (l, levels)
        if (r == 0 && (r = arena_str(t->mem, value_text_at(l, "nodeLabel"), &t->levels[t->n_levels])) == 0)
            t->n_levels++;
    t->known = r == 0;
    t->host = t->known && str_is(t->levels[t->n_levels - 1], HOSTNAME);
    places_changed(q);
    return r;
}

void topology_del(struct queue *q, struct str name)
{
    struct topology *t = map_get(&q->topologies, name);
    if (t)
        t->known = false;
    places_changed(q);
}

/* ── nodes ── */

static void host_free(struct host *h)
{
    if (!h)
        return;
    arena_free(h->mem);
    mem_free(h->has.p);
    mem_free(h->foreign.p);
    mem_free(h->name);
    mem_free(h);
}

static int host_of(struct queue *q, struct str name, struct host **out)
{
    if ((*out = map_get(&q->hosts, name)))
        return 0;
    struct host *h = mem_alloc(sizeof(*h));
    if (h)
        h->name = mem_text(name.p, name.n);
    if (!h || !h->name || map_put(&q->hosts, str_of(h->name), h) < 0) {
        host_free(h);
        return -ENOMEM;
    }
    *out = h;
    return 0;
}

static int add_has(void *ctx, uint32_t column, int64_t n)
{
    struct host *h = ctx;
    if (column == ASK_COLUMN_NONE)
        return 0;
    int r = sums_room(&h->has, (size_t)column + 1);
    if (r == 0)
        h->has.p[column] = n;
    return r;
}

static bool is_ready(const struct value *node)
{
    VALUE_EACH_ITEM (c, value_at(node, "status.conditions"))
        if (str_is(value_text_at(c, "type"), "Ready"))
            return str_is(value_text_at(c, "status"), "True") && !value_bool_at(node, "spec.unschedulable", false);
    return false;
}

int host_put(struct queue *q, const struct value *object)
{
    static const char *const kept[] = {"metadata.name", "metadata.labels", "spec.taints"};
    struct host *h;
    struct arena *mem = NULL;
    struct value tree = value_make_map(), part;
    int r = host_of(q, value_text_at(object, "metadata.name"), &h);
    if (r == 0)
        r = arena_new(&mem, OBJECT_BYTES);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kept); i++) {
        const struct value *v = value_at(object, kept[i]);
        if (value_is_null(v))
            continue;
        r = value_copy(mem, v, &part);
        if (r == 0 && !value_put(mem, &tree, kept[i], part))
            r = -ENOMEM;
    }
    if (r < 0) {
        arena_free(mem);
        return r;
    }
    if (h->has.n)
        memset(h->has.p, 0, h->has.n * sizeof(*h->has.p));
    arena_free(h->mem);
    h->mem = mem;
    h->tree = tree;
    h->ready = is_ready(object);
    r = ask_list_each(q->book, value_at(object, "status.allocatable"), add_has, h);
    places_changed(q);
    return r;
}

static void host_drop_if_idle(struct queue *q, struct host *h)
{
    if (h->mem || h->tenants)
        return;
    map_del(&q->hosts, str_of(h->name));
    host_free(h);
}

void host_del(struct queue *q, struct str name)
{
    struct host *h = map_get(&q->hosts, name);
    if (!h)
        return;
    h->ready = false;
    h->mem = arena_free(h->mem);
    h->tree = value_make_map();
    places_changed(q);
    host_drop_if_idle(q, h);
}

/* ── pods that are not placed from here ── */

static void tenant_count(struct tenant *t, int sign)
{
    struct sums *s = &t->host->foreign;
    for (uint32_t i = 0; i < t->amounts->n; i++)
        if (t->amounts->items[i].column != ASK_COLUMN_NONE)
            s->p[t->amounts->items[i].column] += sign * t->amounts->items[i].n;
    s->p[ASK_PODS] += sign;
}

static void tenant_free(struct queue *q, struct tenant *t)
{
    if (t->counted) {
        tenant_count(t, -1);
        t->host->tenants--;
        host_drop_if_idle(q, t->host);
    }
    if (t->uid)
        map_del(&q->tenants, str_of(t->uid));
    if (t->amounts)
        ask_amounts_unref(q->book, t->amounts);
    mem_free(t->uid);
    mem_free(t);
}

int tenant_put(struct queue *q, const struct value *pod)
{
    struct str uid = value_text_at(pod, "metadata.uid"), node = value_text_at(pod, "spec.nodeName"), phase = value_text_at(pod, "status.phase");
    struct tenant *t = map_get(&q->tenants, uid);
    bool ours = value_get(value_at(pod, "metadata.labels"), STR(TAS_LABEL)) != NULL;
    if (ours || !node.n || !uid.n || str_is(phase, "Succeeded") || str_is(phase, "Failed")) {
        tenant_del(q, uid);
        return 0;
    }
    if (t)
        return 0; /* where it is and what it asks for stay as they are */
    t = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->uid = mem_text(uid.p, uid.n);
    int r = t->uid ? map_put(&q->tenants, str_of(t->uid), t) : -ENOMEM;
    if (r == 0)
        r = ask_amounts_of(q->book, pod, false, &t->amounts);
    if (r == 0)
        r = host_of(q, node, &t->host);
    if (r == 0)
        r = sums_room(&t->host->foreign, MAX((size_t)ask_columns(q->book), (size_t)ASK_COLUMNS_FIXED));
    if (r < 0) {
        tenant_free(q, t);
        return r;
    }
    t->host->tenants++;
    t->counted = true;
    tenant_count(t, 1);
    return 0;
}

void tenant_del(struct queue *q, struct str uid)
{
    struct tenant *t = map_get(&q->tenants, uid);
    if (!t)
        return;
    tenant_free(q, t);
    places_changed(q);
}

/* ── sites: what admitted workloads hold ── */

int place_site(struct queue *q, const char *topology, bool host, const struct str *values, size_t n, struct site **out)
{
    SCOPED_BUF b = BUF_INIT(1u << 14);
    /* A node is the same one in whichever topology. */
    buf_text(&b, host ? "" : topology);
    for (size_t i = host ? n - 1 : 0; i < n; i++)
        buf_fmt(&b, "/%.*s", STR_FMT(values[i]));
    if (buf_error(&b) < 0)
        return -ENOMEM;
    if ((*out = map_get(&q->sites, buf_view(&b))))
        return 0;
    struct site *s = mem_alloc(sizeof(*s));
    if (s)
        s->key = mem_text(b.p, b.n);
    if (!s || !s->key || map_put(&q->sites, str_of(s->key), s) < 0) {
        mem_free(s ? s->key : NULL);
        mem_free(s);
        return -ENOMEM;
    }
    *out = s;
    return 0;
}

/* ── the ground of a flavor: its nodes as domains ── */

void ground_free(struct ground *g)
{
    if (!g)
        return;
    for (size_t i = 0; i < QUEUE_LEVELS_MAX; i++)
        mem_free(g->levels[i].p);
    mem_free(g->hosts.p);
    mem_free(g);
}

static bool belongs(const struct flavor *f, const struct host *h)
{
    const struct value *labels = value_at(&h->tree, "metadata.labels");
    VALUE_EACH_MEMBER (m, value_at(&f->tree, "metadata.labels")) {
        const struct value *there = value_get(labels, m->key);
        if (!there || !str_eq(value_text(there), value_text(&m->value)))
            return false;
    }
    for (size_t i = 0; i < f->topology->n_levels; i++)
        if (!value_get(labels, f->topology->levels[i]))
            return false;
    return h->ready && h->mem;
}

static const struct topology *sorted_by; /* of the sort below; single threaded */

static struct str level_value(const struct host *h, size_t level)
{
    return value_text(value_get(value_at(&h->tree, "metadata.labels"), sorted_by->levels[level]));
}

static int by_path(const void *x, const void *y)
{
    struct host *a = *(struct host *const *)x, *b = *(struct host *const *)y;
    for (size_t i = 0; i < sorted_by->n_levels; i++) {
        int c = str_cmp(level_value(a, i), level_value(b, i));
        if (c)
            return c;
    }
    return strcmp(a->name, b->name);
}

static int add_domains(struct queue *q, struct ground *g, size_t at)
{
    struct str values[QUEUE_LEVELS_MAX];
    bool fresh = false;
    for (size_t i = 0; i < g->n_levels; i++) {
        values[i] = level_value(g->hosts.p[at], i);
        struct domain *last = g->levels[i].n ? &g->levels[i].p[g->levels[i].n - 1] : NULL;
        fresh = fresh || !last || !str_eq(last->value, values[i]);
        if (!fresh)
            continue;
        struct domain *d = VEC_ADD(&g->levels[i]);
        if (!d)
            return -ENOMEM;
        *d = (struct domain){.value = values[i], .parent = i ? g->levels[i - 1].n - 1 : 0, .first = i + 1 < g->n_levels ? g->levels[i + 1].n : at};
        if (i)
            g->levels[i - 1].p[d->parent].n++;
    }
    struct domain *leaf = &g->levels[g->n_levels - 1].p[g->levels[g->n_levels - 1].n - 1];
    leaf->n++;
    return leaf->site ? 0 : place_site(q, g->topology->name, g->topology->host, values, g->n_levels, &leaf->site);
}

int ground_of(struct queue *q, struct flavor *f, struct ground **out)
{
    if (f->ground && f->ground->seen == q->places_serial) {
        *out = f->ground;
        return 0;
    }
    ground_free(f->ground);
    struct ground *g = f->ground = mem_alloc(sizeof(*g));
    if (!g)
        return -ENOMEM;
    g->topology = sorted_by = f->topology;
    g->n_levels = f->topology->n_levels;
    MAP_EACH (slot, &q->hosts) {
        if (!belongs(f, slot->value))
            continue;
        struct host **to = VEC_ADD(&g->hosts);
        if (!to)
            return -ENOMEM;
        *to = slot->value;
    }
    if (g->hosts.n)
        qsort(g->hosts.p, g->hosts.n, sizeof(struct host *), by_path);
    for (size_t i = 0; i < g->hosts.n; i++) {
        int r = add_domains(q, g, i);
        if (r < 0)
            return r;
    }
    g->seen = q->places_serial;
    *out = g;
    return 0;
}

int flavor_topology(struct queue *q, struct flavor *f, struct str name)
{
    f->topology = NULL;
    ground_free(f->ground);
    f->ground = NULL;
    return name.n ? topology_of(q, name, &f->topology) : 0;
}

void topologies_free(struct queue *q)
{
    struct map_slot *slot;
    while ((slot = map_next(&q->tenants, NULL)))
        tenant_free(q, slot->value);
    while ((slot = map_next(&q->hosts, NULL))) {
        struct host *h = slot->value;
        map_del(&q->hosts, slot->key);
        host_free(h);
    }
    while ((slot = map_next(&q->sites, NULL))) {
        struct site *s = slot->value;
        map_del(&q->sites, slot->key);
        mem_free(s->used.p);
        mem_free(s->key);
        mem_free(s);
    }
    while ((slot = map_next(&q->topologies, NULL))) {
        struct topology *t = slot->value;
        map_del(&q->topologies, slot->key);
        topology_free(t);
    }
    map_done(&q->tenants);
    map_done(&q->hosts);
    map_done(&q->sites);
    map_done(&q->topologies);
}
