#include "device/inside.h"

#include "devicecel/devicecel.h"

int device_store_new(struct device_store **out, uint64_t seed)
{
    struct device_store *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->dice = seed ^ UINT64_C(0x9e3779b97f4a7c15);
    s->key = BUF_INIT(4u << 20);
    int r = arena_new(&s->scratch, 32u << 20);
    if (r == 0)
        r = devicecel_env(&s->env);
    if (r < 0) {
        device_store_free(s);
        return r;
    }
    *out = s;
    return 0;
}

static void free_devices(struct device_store *s)
{
    struct map_slot *slot;
    while ((slot = map_next(&s->devices, NULL))) {
        struct device *d = slot->value;
        d->held = d->shares = 0;
        d->pool = NULL;
        device_drop_if_idle(s, d);
    }
}

/* Holds and asks are their owners', who have given them back. */
struct device_store *device_store_free(struct device_store *s)
{
    struct map_slot *slot;
    struct str reach;
    if (!s)
        return NULL;
    while ((slot = map_next(&s->rules, NULL)))
        device_rule_del(s, slot->key);
    while ((slot = map_next(&s->slices, NULL)))
        device_slice_del(s, slot->key, &reach);
    free_devices(s);
    while ((slot = map_next(&s->classes, NULL))) {
        struct class *c = slot->value;
        c->refs = 0;
        device_class_del(s, slot->key);
    }
    map_done(&s->slices);
    map_done(&s->pools);
    map_done(&s->devices);
    map_done(&s->sites);
    map_done(&s->classes);
    map_done(&s->rules);
    map_done(&s->asks);
    map_done(&s->programs);
    map_done(&s->shapes);
    map_done(&s->wants);
    for (size_t i = 0; i < s->whys.n; i++)
        mem_free(s->whys.p[i]);
    VEC_DONE(&s->whys);
    VEC_DONE(&s->wide);
    VEC_DONE(&s->free_shapes);
    VEC_DONE(&s->pools_here);
    VEC_DONE(&s->here);
    cel_env_unref(s->env);
    arena_free(s->scratch);
    buf_done(&s->key);
    mem_free(s->reach);
    return mem_free(s);
}

/* Reasons are few, and whoever counts them keeps pointers: they stay. */
const char *why_text(struct device_store *s, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    for (size_t i = 0; i < s->whys.n; i++)
        if (!strcmp(s->whys.p[i], text))
            return s->whys.p[i];
    char *copy = s->whys.n < WHYS_MAX ? mem_text(text, strlen(text)) : NULL, **to = copy ? VEC_ADD(&s->whys) : NULL;
    if (to)
        return *to = copy;
    mem_free(copy);
    return "cannot allocate all claims";
}

struct str reach_of(struct device_store *s, struct str node)
{
    char *copy = mem_text(node.p ? node.p : "", node.n);
    if (!copy)
        return STR(""); /* everybody, rather than nobody */
    mem_free(s->reach);
    s->reach = copy;
    return str_of(copy);
}

/* ── devices by name ── */

static struct str device_key(struct device_store *s, struct str driver, struct str pool, struct str name)
{
    buf_clear(&s->key);
    buf_str(&s->key, driver);
    buf_char(&s->key, '\n'); /* a pool's name may have slashes */
    buf_str(&s->key, pool);
    buf_char(&s->key, '\n');
    buf_str(&s->key, name);
    return buf_error(&s->key) ? STR_NONE : buf_view(&s->key);
}

struct device *device_at(const struct device_store *s, struct str driver, struct str pool, struct str name)
{
    struct str key = device_key((struct device_store *)(uintptr_t)s, driver, pool, name);
    return key.p ? map_get(&s->devices, key) : NULL;
}

struct device *device_get(struct device_store *s, struct str driver, struct str pool, struct str name)
{
    struct str key = device_key(s, driver, pool, name);
    struct device *d = key.p ? map_get(&s->devices, key) : NULL;
    if (d || !key.p)
        return d;
    d = mem_alloc(sizeof(*d) + key.n + 1);
    if (!d)
        return NULL;
    char *text = (char *)(d + 1);
    memcpy(text, key.p, key.n);
    d->key = str_make(text, key.n);
    d->name = str_from(d->key, driver.n + pool.n + 2);
    if (map_put(&s->devices, d->key, d) < 0)
        return mem_free(d);
    return d;
}

void device_drop_if_idle(struct device_store *s, struct device *d)
{
    if (!d || d->pool || d->held || d->shares)
        return;
    map_del(&s->devices, d->key);
    for (size_t i = 0; i < d->used.n; i++)
        mem_free(d->used.p[i].own);
    VEC_DONE(&d->used);
    mem_free(d);
}

/* ── for tests and for those who watch ── */

void device_stats(const struct device_store *s, struct device_stats *out)
{
    *out = s->stats;
    out->slices = s->slices.n;
    out->pools = s->pools.n;
    out->devices = s->devices.n;
    out->shapes = s->shapes.n;
    out->asks = s->asks.n;
}

static const char *check_device(const struct device *d)
{
    if (d->held > 1)
        return "a device is taken twice";
    if (d->taking || d->sharing || d->admin)
        return "a search has left something taken";
    if (!d->pool)
        return NULL;
    if (d->multi && d->held)
        return NULL; /* taken whole before it could be shared */
    for (size_t i = 0; i < d->used.n; i++) {
        const struct value *c = value_get(value_at(&d->shape->spec, "capacity"), d->used.p[i].name);
        if (d->used.p[i].taking)
            return "a search has left capacity taken";
        if (c && d->used.p[i].used > amount_of(value_at(c, "value")))
            return "more of a capacity is taken than there is";
    }
    return NULL;
}

const char *device_check(const struct device_store *s)
{
    MAP_EACH (slot, &s->devices) {
        const char *bad = check_device(slot->value);
        if (bad)
            return bad;
    }
    MAP_EACH (at, &s->pools) {
        const struct pool *p = at->value;
        for (size_t i = 0; i < p->counters.n; i++) {
            amount sum = 0;
            for (size_t k = 0; k < p->devices.n; k++) {
                const struct device *d = p->devices.p[k];
                for (uint32_t c = 0; c < d->n_consumes && (d->held || d->shares); c++)
                    sum += d->consumes[c].counter == i ? d->consumes[c].n : 0;
            }
            if (p->counters.p[i].taking)
                return "a search has left a counter taken";
            if (sum != p->counters.p[i].used)
                return "a counter was not kept";
            if (sum > p->counters.p[i].total)
                return "more of a counter is taken than there is";
        }
    }
    return NULL;
}
