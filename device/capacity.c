#include "device/inside.h"

/* Capacity that several claims share (KEP-5075). */

amount amount_of(const struct value *quantity)
{
    return quantity_of(quantity).nano;
}

static amount rounded(const struct value *policy, amount n)
{
    const struct value *range = value_get(policy, STR("validRange")), *values = value_get(policy, STR("validValues"));
    const struct value *step = value_get(range, STR("step"));
    if (!value_is_null(value_get(range, STR("min")))) {
        amount min = amount_of(value_get(range, STR("min"))), by = amount_of(step);
        if (n < min)
            return min;
        if (by <= 0 || value_is_null(step))
            return n;
        amount over = (n - min) % by;
        return over ? n + by - over : n;
    }
    VALUE_EACH_ITEM (v, values)
        if (n <= amount_of(v))
            return amount_of(v);
    return n;
}

static bool allowed(const struct value *policy, amount n)
{
    const struct value *range = value_get(policy, STR("validRange")), *values = value_get(policy, STR("validValues"));
    const struct value *standard = value_get(policy, STR("default"));
    if (!value_is_null(standard) && n == amount_of(standard))
        return true;
    if (range) {
        const struct value *max = value_get(range, STR("max")), *step = value_get(range, STR("step"));
        amount by = amount_of(step);
        if (!value_is_null(max) && n > amount_of(max))
            return false;
        return value_is_null(step) || by <= 0 || (n - amount_of(value_get(range, STR("min")))) % by == 0;
    }
    VALUE_EACH_ITEM (v, values)
        if (n == amount_of(v))
            return true;
    return value_count(values) == 0;
}

bool capacity_taken(const struct value *capacity, const struct value *wanted, amount *out)
{
    const struct value *policy = value_get(capacity, STR("requestPolicy")), *standard = value_get(policy, STR("default"));
    if (value_is_null(policy))
        policy = NULL;
    if (value_is_null(wanted))
        *out = amount_of(value_is_null(standard) ? value_get(capacity, STR("value")) : standard);
    else
        *out = policy ? rounded(policy, amount_of(wanted)) : amount_of(wanted);
    return *out >= 0 && (!policy || allowed(policy, *out));
}

static const struct capacity *used_of(const struct device *d, struct str name)
{
    for (size_t i = 0; i < d->used.n; i++)
        if (str_eq(d->used.p[i].name, name))
            return &d->used.p[i];
    return NULL;
}

bool capacity_has(const struct device *d, const struct value *requests)
{
    const struct value *all = value_get(&d->shape->spec, STR("capacity"));
    VALUE_EACH_MEMBER (m, requests)
        if (!value_get(all, m->key))
            return false;
    if (!d->multi && !value_count(requests))
        return true;
    VALUE_EACH_MEMBER (c, all) {
        const struct capacity *used = d->multi ? used_of(d, c->key) : NULL;
        amount n;
        if (!capacity_taken(&c->value, value_get(requests, c->key), &n))
            return false;
        if ((used ? used->used + used->taking : 0) + n > amount_of(value_get(&c->value, STR("value"))))
            return false;
    }
    return true;
}

/* A row that is all zero stays: the next share of the device wants it again. */
void capacity_add(struct device *d, struct str name, amount used, amount taking, int *r)
{
    struct capacity *c = NULL;
    for (size_t i = 0; i < d->used.n && !c; i++)
        if (str_eq(d->used.p[i].name, name))
            c = &d->used.p[i];
    if (!c) {
        char *own = mem_text(name.p, name.n);
        c = own ? VEC_ADD(&d->used) : NULL;
        if (!c) {
            mem_free(own);
            *r = -ENOMEM;
            return;
        }
        c->own = own;
        c->name = str_of(own);
    }
    c->used += used;
    c->taking += taking;
}
