#include "device/inside.h"

/* Device taints (KEP-5055): those a driver publishes with a device, and those DeviceTaintRules add. */

static bool tolerates(const struct value *toleration, const struct value *taint)
{
    struct str key = value_text_at(toleration, "key"), effect = value_text_at(toleration, "effect"), op = value_text_at(toleration, "operator");
    if (effect.n && !str_eq(effect, value_text_at(taint, "effect")))
        return false;
    if (key.n && !str_eq(key, value_text_at(taint, "key")))
        return false;
    if (str_is(op, "Exists"))
        return true;
    return (!op.n || str_is(op, "Equal")) && str_eq(value_text_at(toleration, "value"), value_text_at(taint, "value"));
}

static bool all_tolerated(const struct value *taints, const struct value *tolerations)
{
    VALUE_EACH_ITEM (t, taints) {
        struct str effect = value_text_at(t, "effect");
        bool ok = !str_is(effect, "NoSchedule") && !str_is(effect, "NoExecute");
        VALUE_EACH_ITEM (x, tolerations)
            ok = ok || tolerates(x, t);
        if (!ok)
            return false;
    }
    return true;
}

bool taints_tolerated(const struct device *d, const struct value *tolerations)
{
    return all_tolerated(d->taints, tolerations) && (!d->rules || all_tolerated(d->rules, tolerations));
}

/* ── rules ── */

static bool means(const struct rule *r, const struct device *d)
{
    return d->pool && (!r->driver.p || str_eq(r->driver, d->pool->driver)) && (!r->pool.p || str_eq(r->pool, d->pool->name)) &&
           (!r->device.p || str_eq(r->device, d->name));
}

/* What rules say about a device lies in its pool's memory; two devices that the same rules mean share one list. */
int taints_renew(struct device_store *s, struct device *d)
{
    struct value list = {0}, *keep = NULL;
    d->rules = NULL;
    MAP_EACH (slot, &s->rules) {
        const struct rule *r = slot->value;
        if (means(r, d) && !value_add(d->pool->mem, &list, r->taint))
            return -ENOMEM;
    }
    if (!value_count(&list))
        return 0;
    for (size_t i = 0; i < d->pool->devices.n; i++) {
        const struct value *other = d->pool->devices.p[i] == d ? NULL : d->pool->devices.p[i]->rules;
        if (other && value_equal(other, &list)) {
            d->rules = other;
            return 0;
        }
    }
    keep = arena_alloc(d->pool->mem, sizeof(*keep));
    if (!keep)
        return -ENOMEM;
    *keep = list;
    d->rules = keep;
    return 0;
}

int taints_renew_all(struct device_store *s)
{
    int r = 0;
    MAP_EACH (slot, &s->devices) {
        struct device *d = slot->value;
        d->rules = NULL;
    }
    MAP_EACH (at, &s->devices) {
        struct device *d = at->value;
        if (d->pool && r == 0)
            r = taints_renew(s, d);
    }
    return r;
}

static void rule_free(struct rule *r)
{
    mem_free(r->name);
    arena_free(r->mem);
    mem_free(r);
}

int device_rule_put(struct device_store *s, const struct value *tree)
{
    struct str name = value_text_at(tree, "metadata.name");
    struct rule *r = mem_alloc(sizeof(*r)), *old = map_get(&s->rules, name);
    if (!r)
        return -ENOMEM;
    static const char *const parts[] = {"driver", "pool", "device"};
    struct str *const to[] = {&r->driver, &r->pool, &r->device};
    const struct value *selector = value_at(tree, "spec.deviceSelector");
    r->name = mem_text(name.p, name.n);
    int e = r->name ? arena_new(&r->mem, 1u << 20) : -ENOMEM;
    if (e == 0 && value_at(tree, "spec.taint"))
        e = value_copy(r->mem, value_at(tree, "spec.taint"), &r->taint);
    for (size_t i = 0; e == 0 && i < ARRAY_LEN(parts); i++)
        if (!value_is_null(value_get(selector, str_of(parts[i]))))
            e = arena_str(r->mem, value_text(value_get(selector, str_of(parts[i]))), to[i]);
    if (e == 0)
        e = map_put(&s->rules, str_of(r->name), r);
    if (e < 0) {
        rule_free(r);
        return e;
    }
    e = taints_renew_all(s);
    if (old)
        rule_free(old);
    return e;
}

void device_rule_del(struct device_store *s, struct str name)
{
    struct rule *r = map_del(&s->rules, name);
    if (!r)
        return;
    (void)!taints_renew_all(s); /* fewer taints: what memory cannot hold was there before */
    rule_free(r);
}

bool device_evicts(const struct value *tolerations, const struct value *taint, int64_t *seconds)
{
    bool any = false;
    int64_t least = INT64_MAX;
    if (!str_is(value_text_at(taint, "effect"), "NoExecute"))
        return false;
    VALUE_EACH_ITEM (x, tolerations) {
        if (!tolerates(x, taint))
            continue;
        any = true;
        if (!value_is_null(value_at(x, "tolerationSeconds")))
            least = MIN(least, MAX(value_int_at(x, "tolerationSeconds", 0), INT64_C(0)));
    }
    *seconds = any ? least : -1;
    return !any || least != INT64_MAX;
}
