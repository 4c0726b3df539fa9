#include "scheduler/inside.h"

#include "object/object.h"

/* What a pod asks for: the sum of its containers, or the largest of its init
 * containers when that is more; sidecars count with both (KEP-753). */

static void put(struct arena *a, struct amounts *out, struct str name, struct quantity q)
{
    if (str_is(name, "cpu"))
        out->fixed[AMOUNT_CPU] = quantity_milli(q);
    else if (str_is(name, "memory"))
        out->fixed[AMOUNT_MEMORY] = quantity_value(q);
    else if (str_is(name, "ephemeral-storage"))
        out->fixed[AMOUNT_EPHEMERAL] = quantity_value(q);
    else if (str_is(name, "pods"))
        out->pods = quantity_value(q);
    else if (out->n_extended < EXTENDED_MAX && arena_str(a, name, &out->extended[out->n_extended].name) == 0)
        out->extended[out->n_extended++].n = quantity_value(q);
}

void amounts_of_list(struct arena *a, const struct value *list, struct amounts *out)
{
    *out = (struct amounts){0};
    VALUE_EACH_MEMBER(m, list)
        put(a, out, m->key, quantity_of(&m->value));
}

void amounts_add(struct amounts *to, const struct amounts *more, int sign)
{
    for (size_t i = 0; i < AMOUNTS; i++)
        to->fixed[i] += sign * more->fixed[i];
    for (size_t i = AMOUNT_CPU; i <= AMOUNT_MEMORY; i++)
        to->seeming[i] += sign * more->seeming[i];
    to->pods += sign * more->pods;
    for (size_t i = 0; i < more->n_extended; i++) {
        size_t k = 0;
        while (k < to->n_extended && !str_eq(to->extended[k].name, more->extended[i].name))
            k++;
        if (k == EXTENDED_MAX)
            continue;
        if (k == to->n_extended) {
            to->extended[to->n_extended++] = more->extended[i];
            to->extended[k].n = 0;
        }
        to->extended[k].n += sign * more->extended[i].n;
    }
}

static void raise_to(struct amounts *to, const struct amounts *other)
{
    for (size_t i = 0; i < AMOUNTS; i++)
        to->fixed[i] = MAX(to->fixed[i], other->fixed[i]);
    for (size_t i = 0; i < other->n_extended; i++) {
        size_t k = 0;
        while (k < to->n_extended && !str_eq(to->extended[k].name, other->extended[i].name))
            k++;
        if (k == to->n_extended && k < EXTENDED_MAX)
            to->extended[to->n_extended++] = other->extended[i];
        else if (k < to->n_extended)
            to->extended[k].n = MAX(to->extended[k].n, other->extended[i].n);
    }
}

#define LITTLE_CPU 100            /* as kube-scheduler counts */
#define LITTLE_MEMORY (200 << 20)

void asks_of_pod(struct arena *a, const struct value *pod, struct amounts *out)
{
    const struct value *containers = value_at(pod, "spec.containers"), *inits = value_at(pod, "spec.initContainers");
    struct amounts one, sidecars = {0}, most = {0};
    *out = (struct amounts){0};
    VALUE_EACH_ITEM(c, containers)
    {
        amounts_of_list(a, value_at(c, "resources.requests"), &one);
        one.seeming[AMOUNT_CPU] = one.fixed[AMOUNT_CPU] ? one.fixed[AMOUNT_CPU] : LITTLE_CPU;
        one.seeming[AMOUNT_MEMORY] = one.fixed[AMOUNT_MEMORY] ? one.fixed[AMOUNT_MEMORY] : LITTLE_MEMORY;
        amounts_add(out, &one, 1);
    }
    VALUE_EACH_ITEM(c, inits)
    {
        amounts_of_list(a, value_at(c, "resources.requests"), &one);
        if (str_is(value_text_at(c, "restartPolicy"), "Always")) {
            amounts_add(&sidecars, &one, 1);
            raise_to(&most, &sidecars);
        } else {
            amounts_add(&one, &sidecars, 1); /* beside the sidecars started before it */
            raise_to(&most, &one);
        }
    }
    amounts_add(out, &sidecars, 1);
    raise_to(out, &most);
    const struct value *whole = value_at(pod, "spec.resources.requests"); /* pod-level resources (KEP-2837) */
    if (whole) {
        amounts_of_list(a, whole, &one);
        for (size_t i = 0; i < AMOUNTS; i++)
            if (one.fixed[i])
                out->fixed[i] = one.fixed[i];
    }
    amounts_of_list(a, value_at(pod, "spec.overhead"), &one);
    amounts_add(out, &one, 1);
    for (size_t i = AMOUNT_CPU; i <= AMOUNT_MEMORY; i++)
        out->seeming[i] = MAX(out->seeming[i], out->fixed[i]);
    out->pods = 1;
}

size_t ports_of_pod(struct arena *a, const struct value *pod, struct port **out)
{
    const struct value *containers = value_at(pod, "spec.containers");
    size_t n = 0, max = 0;
    VALUE_EACH_ITEM(c, containers)
        max += value_count(value_at(c, "ports"));
    *out = max ? arena_alloc(a, max * sizeof(**out)) : NULL;
    VALUE_EACH_ITEM(c, containers)
    {
        const struct value *ports = value_at(c, "ports");
        VALUE_EACH_ITEM(p, ports)
        {
            int number = (int)value_int_at(p, "hostPort", 0);
            struct str ip = value_text_at(p, "hostIP"), protocol = value_text_at(p, "protocol");
            if (!*out || number == 0)
                continue;
            struct port *to = &(*out)[n++];
            *to = (struct port){.number = number};
            if (arena_str(a, ip.n ? ip : STR("0.0.0.0"), &to->ip) < 0 || arena_str(a, protocol.n ? protocol : STR("TCP"), &to->protocol) < 0)
                n--;
        }
    }
    return n;
}
