#include "device/inside.h"

/* Constraints, alternatives and counters apart: can every request that asks for a number of devices have its own? A matching in a bipartite
 * graph (Kuhn). When there is none, the search need not look. */

#define SLOTS_MAX 256

struct matching {
    struct device_store *s;
    bool (*may)(struct device_store *s, const struct wanted *w, struct device *d);
    const struct wanted *slots[SLOTS_MAX];
    size_t n;
    uint16_t *owner; /* of each candidate: slot + 1 */
    uint8_t *seen;
};

static bool place(struct matching *m, size_t slot)
{
    for (size_t i = 0; i < m->s->here.n; i++) {
        struct device *d = m->s->here.p[i];
        if (m->seen[i] || !m->may(m->s, m->slots[slot], d))
            continue;
        if (d->multi)
            return true; /* has room for more, or not: the search will see */
        m->seen[i] = 1;
        if (!m->owner[i] || place(m, m->owner[i] - 1u)) {
            m->owner[i] = (uint16_t)(slot + 1);
            return true;
        }
    }
    return false;
}

static bool all_placed(struct matching *m)
{
    for (size_t i = 0; i < m->n; i++) {
        memset(m->seen, 0, m->s->here.n);
        if (!place(m, i))
            return false;
    }
    return true;
}

bool match_possible(struct device_store *s, struct device_ask *const *asks, size_t n,
                    bool (*may)(struct device_store *s, const struct wanted *w, struct device *d))
{
    struct matching m = {.s = s, .may = may};
    for (size_t c = 0; c < n; c++)
        for (uint32_t i = 0; i < asks[c]->n; i++) {
            const struct request *q = &asks[c]->requests[i];
            const struct wanted *w = &q->ways[0];
            for (int64_t k = 0; !q->ranked && !w->all && !w->admin && k < w->count && m.n < SLOTS_MAX; k++)
                m.slots[m.n++] = w;
        }
    m.owner = mem_alloc((s->here.n + 1) * sizeof(*m.owner));
    m.seen = mem_alloc(s->here.n + 1);
    bool possible = !m.owner || !m.seen || all_placed(&m); /* without memory: who knows */
    mem_free(m.owner);
    mem_free(m.seen);
    return possible;
}
