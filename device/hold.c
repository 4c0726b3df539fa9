#include "device/inside.h"

/* What allocations hold. A result with admin access holds nothing; one with a share id, or with consumed capacity, holds a share. */

static bool is_shared(const struct value *result)
{
    return !value_is_null(value_get(result, STR("shareID"))) || value_count(value_get(result, STR("consumedCapacity")));
}

static int take(struct device_store *s, struct device_hold *h, const struct value *result)
{
    struct taken *t = &h->items[h->n];
    const struct value *amounts = value_get(result, STR("consumedCapacity"));
    struct device *d = device_get(s, value_text_at(result, "driver"), value_text_at(result, "pool"), value_text_at(result, "device"));
    int r = d ? 0 : -ENOMEM;
    size_t n = value_count(amounts);
    *t = (struct taken){.device = d, .shared = is_shared(result)};
    t->amounts = n ? arena_alloc(h->mem, n * sizeof(*t->amounts)) : NULL;
    if (n && !t->amounts)
        r = -ENOMEM;
    VALUE_EACH_MEMBER (m, amounts) {
        struct str name;
        if (r < 0 || (r = arena_str(h->mem, m->key, &name)) < 0)
            break;
        amount a = amount_of(&m->value);
        capacity_add(d, name, a, 0, &r);
        if (r < 0)
            break;
        t->amounts[t->n].name = name;
        t->amounts[t->n++].n = a;
    }
    if (r < 0) {
        for (uint32_t i = 0; i < t->n; i++)
            capacity_add(d, t->amounts[i].name, -t->amounts[i].n, 0, &r);
        device_drop_if_idle(s, d);
        return -ENOMEM;
    }
    if (!d->held && !d->shares)
        pool_uses(d, 1);
    if (t->shared)
        d->shares++;
    else
        d->held++;
    h->n++;
    return 0;
}

static struct str reach_of_results(const struct device_hold *h)
{
    struct str node = STR_NONE;
    for (size_t i = 0; i < h->n; i++) {
        const struct pool *p = h->items[i].device->pool;
        if (!p || p->wide || (node.p && !str_eq(node, p->node)))
            return STR("");
        node = p->node;
    }
    return node;
}

int device_hold(struct device_store *s, const struct value *allocation, struct device_hold **out)
{
    const struct value *results = value_at(allocation, "devices.results");
    struct arena *mem = NULL;
    int r = arena_new(&mem, 1u << 20);
    struct device_hold *h = r == 0 ? arena_alloc(mem, sizeof(*h)) : NULL;
    if (!h) {
        arena_free(mem);
        return -ENOMEM;
    }
    h->mem = mem;
    h->items = arena_alloc(mem, (value_count(results) + 1) * sizeof(*h->items));
    r = h->items ? 0 : -ENOMEM;
    VALUE_EACH_ITEM (x, results)
        if (r == 0 && !value_bool_at(x, "adminAccess", false))
            r = take(s, h, x);
    struct str node = r == 0 ? reach_of_results(h) : STR_NONE;
    if (r == 0 && node.p)
        r = arena_str(mem, node, &h->node);
    if (r < 0) {
        device_release(s, h);
        return r;
    }
    *out = h;
    return 0;
}

void device_release(struct device_store *s, struct device_hold *h)
{
    int r = 0;
    if (!h)
        return;
    for (size_t i = 0; i < h->n; i++) {
        struct taken *t = &h->items[i];
        struct device *d = t->device;
        for (uint32_t k = 0; k < t->n; k++)
            capacity_add(d, t->amounts[k].name, -t->amounts[k].n, 0, &r); /* its row is there */
        if (t->shared)
            d->shares--;
        else
            d->held--;
        if (!d->held && !d->shares)
            pool_uses(d, -1);
        device_drop_if_idle(s, d);
    }
    arena_free(h->mem);
}

/* As it was when it was taken; if the pool has changed since, everybody is told by that change. */
struct str device_hold_reach(const struct device_hold *h)
{
    return h && h->n ? h->node.p ? h->node : STR("") : STR_NONE;
}
