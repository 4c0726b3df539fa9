#include "device/inside.h"

/* Slices, and the pools they make. A change of a slice makes its pool anew; what is taken of its devices stays. */

/* ── where ── */

static bool need_met(const struct value *need, bool has, struct str value)
{
    struct str op = value_text_at(need, "operator");
    const struct value *values = value_get(need, STR("values"));
    bool in = false;
    VALUE_EACH_ITEM (v, values)
        in = in || (has && str_eq(value_text(v), value));
    if (str_is(op, "In"))
        return in;
    if (str_is(op, "NotIn"))
        return !in;
    if (str_is(op, "Exists"))
        return has;
    if (str_is(op, "DoesNotExist"))
        return !has;
    int64_t x, y;
    if (!has || str_to_int(value, &x) < 0 || str_to_int(value_text(value_item(values, 0)), &y) < 0)
        return false;
    return str_is(op, "Gt") ? x > y : str_is(op, "Lt") && x < y;
}

static bool term_met(const struct value *term, const struct device_node *node)
{
    const struct value *labels = value_get(term, STR("matchExpressions")), *own = value_get(term, STR("matchFields"));
    VALUE_EACH_ITEM (x, labels) {
        struct str v = STR_NONE;
        bool has = node->label(node->ctx, value_text_at(x, "key"), &v);
        if (!need_met(x, has, v))
            return false;
    }
    VALUE_EACH_ITEM (x, own)
        if (!str_is(value_text_at(x, "key"), "metadata.name") || !need_met(x, true, node->name))
            return false;
    return value_count(labels) + value_count(own) > 0; /* an empty term matches nothing */
}

bool node_selected(const struct value *selector, const struct device_node *node)
{
    VALUE_EACH_ITEM (t, value_get(selector, STR("nodeSelectorTerms")))
        if (term_met(t, node))
            return true;
    return false;
}

bool device_allocation_fits(const struct value *allocation, const struct device_node *node)
{
    const struct value *selector = value_get(allocation, STR("nodeSelector"));
    return value_is_null(selector) || node_selected(selector, node);
}

static enum where where_of(const struct value *of, struct str *node, const struct value **selector)
{
    *node = value_text_at(of, "nodeName");
    *selector = value_get(of, STR("nodeSelector"));
    if (node->n)
        return WHERE_NODE;
    if (!value_is_null(*selector))
        return WHERE_SELECTOR;
    return value_bool_at(of, "allNodes", false) ? WHERE_ALL : value_bool_at(of, "perDeviceNodeSelection", false) ? WHERE_EACH : WHERE_NOWHERE;
}

static bool is_here(enum where where, struct str name, const struct value *selector, const struct device_node *node)
{
    return where == WHERE_ALL || where == WHERE_EACH || (where == WHERE_NODE && str_eq(name, node->name)) ||
           (where == WHERE_SELECTOR && node_selected(selector, node));
}

bool slice_here(const struct slice *l, const struct device_node *node)
{
    return is_here(l->where, l->node, l->selector, node);
}

bool device_here(const struct device *d, const struct device_node *node)
{
    struct str name;
    const struct value *selector;
    if (d->slice->where != WHERE_EACH)
        return true;
    enum where w = where_of(&d->shape->spec, &name, &selector);
    return w != WHERE_EACH && is_here(w, name, selector, node);
}

/* ── sites ── */

static struct site *site_get(struct device_store *s, struct str name)
{
    struct site *t = map_get(&s->sites, name);
    if (t)
        return t;
    t = mem_alloc(sizeof(*t));
    if (!t)
        return NULL;
    t->name = mem_text(name.p, name.n);
    if (!t->name || map_put(&s->sites, str_of(t->name), t) < 0) {
        mem_free(t->name);
        return mem_free(t);
    }
    return t;
}

static void list_drop(struct pool **p, size_t *n, const struct pool *what)
{
    for (size_t i = 0; i < *n; i++)
        if (p[i] == what) {
            memmove(&p[i], &p[i + 1], (*n - i - 1) * sizeof(*p));
            (*n)--;
            return;
        }
}

static void site_drop_if_empty(struct device_store *s, struct site *t)
{
    if (!t || t->pools.n)
        return;
    map_del(&s->sites, str_of(t->name));
    VEC_DONE(&t->pools);
    mem_free(t->name);
    mem_free(t);
}

static void unlist(struct device_store *s, struct pool *p)
{
    struct site *t = p->listed && !p->wide ? map_get(&s->sites, p->node) : NULL;
    if (p->listed && p->wide)
        list_drop(s->wide.p, &s->wide.n, p);
    if (t) {
        list_drop(t->pools.p, &t->pools.n, p);
        site_drop_if_empty(s, t);
    }
    p->listed = false;
}

static int enlist(struct device_store *s, struct pool *p)
{
    struct site *t = p->wide ? NULL : site_get(s, p->node);
    struct pool **to = p->wide ? VEC_ADD(&s->wide) : t ? VEC_ADD(&t->pools) : NULL;
    if (!to) {
        site_drop_if_empty(s, t);
        return -ENOMEM;
    }
    *to = p;
    p->listed = true;
    return 0;
}

/* ── a pool's making ── */

void pool_uses(struct device *d, int sign)
{
    for (uint32_t i = 0; d->pool && i < d->n_consumes; i++)
        d->pool->counters.p[d->consumes[i].counter].used += sign * d->consumes[i].n;
}

static void unpublish(struct device_store *s, struct pool *p)
{
    for (size_t i = 0; i < p->devices.n; i++) {
        struct device *d = p->devices.p[i];
        shape_unref(s, d->shape);
        d->pool = NULL;
        d->slice = NULL;
        d->shape = NULL;
        d->consumes = NULL;
        d->n_consumes = 0;
        d->taints = d->rules = NULL;
        d->multi = d->bad = false;
    }
}

static int add_counters(struct pool *p, const struct slice *l)
{
    VALUE_EACH_ITEM (set, value_get(&l->spec, STR("sharedCounters"))) {
        struct str name = value_text_at(set, "name");
        for (size_t i = 0; i < p->counters.n; i++)
            p->invalid = p->invalid || str_eq(p->counters.p[i].set, name);
        VALUE_EACH_MEMBER (m, value_get(set, STR("counters"))) {
            struct counter *c = VEC_ADD(&p->counters);
            if (!c)
                return -ENOMEM;
            *c = (struct counter){.set = name, .name = m->key, .total = amount_of(value_get(&m->value, STR("value")))};
        }
    }
    return 0;
}

static ssize_t counter_find(const struct pool *p, struct str set, struct str name)
{
    for (size_t i = 0; i < p->counters.n; i++)
        if (str_eq(p->counters.p[i].set, set) && str_eq(p->counters.p[i].name, name))
            return (ssize_t)i;
    return -1;
}

static int consumes(struct pool *p, struct device *d)
{
    const struct value *list = value_get(&d->shape->spec, STR("consumesCounters"));
    size_t n = 0;
    VALUE_EACH_ITEM (x, list)
        n += value_count(value_get(x, STR("counters")));
    d->consumes = n ? arena_alloc(p->mem, n * sizeof(*d->consumes)) : NULL;
    if (n && !d->consumes)
        return -ENOMEM;
    VALUE_EACH_ITEM (x, list)
        VALUE_EACH_MEMBER (m, value_get(x, STR("counters"))) {
            ssize_t at = counter_find(p, value_text_at(x, "counterSet"), m->key);
            if (at < 0)
                p->invalid = true;
            else
                d->consumes[d->n_consumes++] = (struct consumption){(uint32_t)at, amount_of(value_get(&m->value, STR("value")))};
        }
    return 0;
}

static int publish(struct device_store *s, struct pool *p, struct slice *l, const struct value *spec)
{
    struct device *d = device_get(s, p->driver, p->name, value_text_at(spec, "name"));
    if (!d)
        return -ENOMEM;
    if (d->pool) { /* twice in one pool */
        p->invalid = true;
        return 0;
    }
    int r = shape_get(s, p->driver, spec, &d->shape);
    struct device **to = r == 0 ? VEC_ADD(&p->devices) : NULL;
    if (!to) {
        shape_unref(s, d->shape);
        d->shape = NULL;
        device_drop_if_idle(s, d);
        return -ENOMEM;
    }
    *to = d;
    d->pool = p;
    d->slice = l;
    d->multi = value_bool_at(&d->shape->spec, "allowMultipleAllocations", false);
    d->taints = value_get(&d->shape->spec, STR("taints"));
    p->conditions = p->conditions || !value_is_null(value_get(&d->shape->spec, STR("bindingConditions")));
    r = consumes(p, d);
    return r < 0 ? r : taints_renew(s, d);
}

static void look_at_slices(struct pool *p)
{
    size_t n = 0;
    struct slice *first = NULL;
    for (size_t i = 0; i < p->slices.n; i++)
        p->generation = i == 0 ? p->slices.p[i]->generation : MAX(p->generation, p->slices.p[i]->generation);
    p->wide = false;
    for (size_t i = 0; i < p->slices.n; i++) {
        struct slice *l = p->slices.p[i];
        if (l->generation != p->generation)
            continue;
        n++;
        first = first ? first : l;
        p->wide = p->wide || l->where != WHERE_NODE || !str_eq(l->node, first->node);
    }
    p->node = first ? first->node : STR_NONE;
    p->incomplete = !first || (int64_t)n != first->count;
}

static int fill(struct device_store *s, struct pool *p)
{
    int r = arena_new(&p->mem, 64u << 20);
    for (size_t i = 0; r == 0 && i < p->slices.n; i++)
        if (p->slices.p[i]->generation == p->generation)
            r = add_counters(p, p->slices.p[i]);
    for (size_t i = 0; r == 0 && i < p->slices.n; i++) {
        struct slice *l = p->slices.p[i];
        if (l->generation != p->generation)
            continue;
        VALUE_EACH_ITEM (d, value_get(&l->spec, STR("devices")))
            if (r == 0)
                r = publish(s, p, l, d);
    }
    return r;
}

/* A pool that cannot be made for want of memory counts as incomplete until its next change. */
static int pool_build(struct device_store *s, struct pool *p)
{
    struct pool old = *p;
    unlist(s, p);
    unpublish(s, p);
    p->mem = NULL;
    memset(&p->devices, 0, sizeof(p->devices));
    memset(&p->counters, 0, sizeof(p->counters));
    p->invalid = p->conditions = false;
    look_at_slices(p);
    int r = p->slices.n ? fill(s, p) : 0;
    if (r == 0 && p->slices.n)
        r = enlist(s, p);
    p->incomplete = p->incomplete || r < 0;
    for (size_t i = 0; i < p->devices.n; i++)
        if (p->devices.p[i]->held || p->devices.p[i]->shares)
            pool_uses(p->devices.p[i], 1);
    for (size_t i = 0; i < old.devices.n; i++)
        device_drop_if_idle(s, old.devices.p[i]);
    VEC_DONE(&old.devices);
    VEC_DONE(&old.counters);
    arena_free(old.mem);
    return r;
}

static void pool_end(struct device_store *s, struct pool *p)
{
    (void)!pool_build(s, p); /* of no slices: it needs nothing */
    map_del(&s->pools, str_of(p->key));
    VEC_DONE(&p->slices);
    mem_free(p->key);
    mem_free(p);
}

static struct pool *pool_get(struct device_store *s, struct str driver, struct str name)
{
    char *key = mem_alloc(driver.n + name.n + 2);
    if (!key)
        return NULL;
    memcpy(key, driver.p, driver.n);
    key[driver.n] = '\n';
    memcpy(key + driver.n + 1, name.p ? name.p : "", name.n);
    struct pool *p = map_get(&s->pools, str_of(key));
    if (p) {
        mem_free(key);
        return p;
    }
    p = mem_alloc(sizeof(*p));
    if (!p || map_put(&s->pools, str_of(key), p) < 0) {
        mem_free(key);
        return mem_free(p);
    }
    p->key = key;
    p->driver = str_make(key, driver.n);
    p->name = str_make(key + driver.n + 1, name.n);
    return p;
}

/* ── slices ── */

static void slice_free(struct slice *l)
{
    if (!l)
        return;
    mem_free(l->name);
    arena_free(l->mem);
    mem_free(l);
}

static struct slice *slice_new(const struct value *tree)
{
    struct str name = value_text_at(tree, "metadata.name");
    struct slice *l = mem_alloc(sizeof(*l));
    if (!l)
        return NULL;
    l->name = mem_text(name.p, name.n);
    int r = l->name ? arena_new(&l->mem, 32u << 20) : -ENOMEM;
    if (r == 0 && value_at(tree, "spec"))
        r = value_copy(l->mem, value_at(tree, "spec"), &l->spec);
    if (r < 0) {
        slice_free(l);
        return NULL;
    }
    l->generation = value_int_at(&l->spec, "pool.generation", 0);
    l->count = value_int_at(&l->spec, "pool.resourceSliceCount", 0);
    l->where = where_of(&l->spec, &l->node, &l->selector);
    return l;
}

static void out_of_pool(struct pool *p, const struct slice *l)
{
    for (size_t i = 0; i < p->slices.n; i++)
        if (p->slices.p[i] == l) {
            memmove(&p->slices.p[i], &p->slices.p[i + 1], (p->slices.n - i - 1) * sizeof(*p->slices.p));
            p->slices.n--;
            return;
        }
}

static int into_pool(struct pool *p, struct slice *l)
{
    size_t at = p->slices.n;
    if (!VEC_ADD(&p->slices))
        return -ENOMEM;
    while (at > 0 && strcmp(p->slices.p[at - 1]->name, l->name) > 0)
        at--;
    memmove(&p->slices.p[at + 1], &p->slices.p[at], (p->slices.n - 1 - at) * sizeof(*p->slices.p));
    p->slices.p[at] = l;
    l->pool = p;
    return 0;
}

/* Who was concerned by a pool before and is now. */
struct concern {
    bool any, wide;
    char node[256];
};

static void concern_add(struct concern *c, const struct pool *p)
{
    if (!p || !p->slices.n)
        return;
    c->wide = c->wide || p->wide || p->node.n >= sizeof(c->node) || (c->any && !str_is(p->node, c->node));
    if (!c->any && !c->wide)
        snprintf(c->node, sizeof(c->node), "%.*s", STR_FMT(p->node));
    c->any = true;
}

static struct str concern_tell(struct device_store *s, const struct concern *c)
{
    return !c->any ? STR_NONE : reach_of(s, c->wide ? STR("") : str_of(c->node));
}

int device_slice_put(struct device_store *s, const struct value *tree, struct str *reach)
{
    struct concern c = {0};
    *reach = STR_NONE;
    struct slice *old = map_get(&s->slices, value_text_at(tree, "metadata.name")), *l;
    if (old && value_equal(&old->spec, value_at(tree, "spec")))
        return 0;
    l = slice_new(tree);
    struct pool *p = l ? pool_get(s, value_text_at(&l->spec, "driver"), value_text_at(&l->spec, "pool.name")) : NULL, *was = old ? old->pool : NULL;
    concern_add(&c, p);
    concern_add(&c, was);
    if (!p || into_pool(p, l) < 0 || map_put(&s->slices, str_of(l->name), l) < 0) {
        if (p) {
            out_of_pool(p, l);
            if (!p->slices.n)
                pool_end(s, p);
        }
        slice_free(l);
        return -ENOMEM;
    }
    if (old)
        out_of_pool(was, old);
    int r = pool_build(s, p);
    if (was && was != p) {
        if (!was->slices.n)
            pool_end(s, was);
        else if (pool_build(s, was) < 0)
            r = -ENOMEM;
    }
    slice_free(old);
    concern_add(&c, p);
    *reach = concern_tell(s, &c);
    return r;
}

void device_slice_del(struct device_store *s, struct str name, struct str *reach)
{
    struct concern c = {0};
    struct slice *l = map_del(&s->slices, name);
    *reach = STR_NONE;
    if (!l)
        return;
    struct pool *p = l->pool;
    concern_add(&c, p);
    out_of_pool(p, l);
    if (!p->slices.n)
        pool_end(s, p);
    else
        (void)!pool_build(s, p); /* without memory it counts as incomplete */
    slice_free(l);
    *reach = concern_tell(s, &c);
}
