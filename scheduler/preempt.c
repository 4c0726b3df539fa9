#include "scheduler/inside.h"

/* Preemption: where would the pod fit if pods of lower priority went? Of all
 * nodes the one whose highest victim is lowest, then with the fewest victims. */

static int by_priority(const void *a, const void *b)
{
    const struct placed *x = *(struct placed *const *)a, *y = *(struct placed *const *)b;
    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    return x->created > y->created ? -1 : x->created < y->created; /* the younger goes first */
}

struct candidate {
    struct placed *victims[SCHEDULER_VICTIMS_MAX];
    size_t n;
};

static bool try_node(const struct machine *m, int32_t priority, const struct amounts *asks, const struct port *ports, size_t n_ports,
                     struct candidate *out)
{
    struct placed *lower[SCHEDULER_VICTIMS_MAX];
    struct amounts used = m->used;
    struct str detail;
    size_t n = 0;
    LIST_EACH(p, &m->pods, struct placed, link)
        if (p->priority < priority && n < SCHEDULER_VICTIMS_MAX)
            lower[n++] = p;
    for (size_t i = 0; i < n; i++)
        amounts_add(&used, &lower[i]->asks, -1);
    if (n == 0 || filter_room(m, &used, asks, &detail) != SCHEDULER_FITS || ports_clash(m, ports, n_ports, priority))
        return false;
    /* Give back as many as fit, the most important first; one whose host port is wanted cannot stay. */
    qsort(lower, n, sizeof(*lower), by_priority);
    out->n = 0;
    for (size_t i = n; i--;) {
        struct amounts with = used;
        bool port = false;
        for (size_t a = 0; a < n_ports; a++)
            for (size_t b = 0; b < lower[i]->n_ports; b++)
                port = port || port_clash(&ports[a], &lower[i]->ports[b]);
        amounts_add(&with, &lower[i]->asks, 1);
        if (!port && filter_room(m, &with, asks, &detail) == SCHEDULER_FITS)
            used = with;
        else
            out->victims[out->n++] = lower[i];
    }
    return out->n > 0;
}

static bool better(const struct candidate *a, const struct candidate *b)
{
    int32_t x = a->victims[0]->priority, y = b->victims[0]->priority; /* [0] is the highest */
    return x != y ? x < y : a->n < b->n;
}

void preempt_find(struct scheduler_cluster *c, const struct value *pod, const struct amounts *asks, const struct port *ports, size_t n_ports,
                  struct scheduler_verdict *out)
{
    int32_t priority = (int32_t)value_int_at(pod, "spec.priority", 0);
    struct candidate best = {.n = 0}, next;
    struct machine *where = NULL;
    struct str detail;
    if (str_is(value_text_at(pod, "spec.preemptionPolicy"), "Never"))
        return;
    for (size_t i = 0; i < c->order.n; i++) {
        struct machine *m = c->order.p[i];
        if (!m->known || filter_static(m, pod, &detail) != SCHEDULER_FITS || !try_node(m, priority, asks, ports, n_ports, &next))
            continue;
        if (!where || better(&next, &best)) {
            best = next;
            where = m;
        }
    }
    if (!where)
        return;
    out->victim_node = where->name;
    for (size_t i = best.n; i--;)
        out->victims[out->n_victims++] = best.victims[i]->uid;
}
