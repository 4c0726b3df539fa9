#include "queue/inside.h"

/* The tree of quotas. Of each pair every node knows what it and those below it bring (subtree) and what is used of that and beyond it
 * (usage). What a node lends nobody is its own: `kept`; only what goes beyond it reaches its parent. */

struct place *place_root(struct place *p)
{
    for (int i = 0; p && i < DEPTH_MAX; i++, p = p->parent)
        if (!p->parent)
            return p;
    return NULL;
}

static int64_t kept(const struct place *p, uint32_t pair)
{
    return p->lend[pair] == NO_LIMIT ? 0 : MAX(p->subtree[pair] - p->lend[pair], INT64_C(0));
}

int64_t ledger_available(const struct place *p, uint32_t pair)
{
    if (!p->parent)
        return p->subtree[pair] - p->usage[pair];
    int64_t own = kept(p, pair), above = ledger_available(p->parent, pair);
    if (p->borrow[pair] != NO_LIMIT)
        above = MIN(above, p->subtree[pair] - own - MAX(p->usage[pair] - own, INT64_C(0)) + p->borrow[pair]);
    return MAX(own - p->usage[pair], INT64_C(0)) + above;
}

int64_t ledger_potential(const struct place *p, uint32_t pair)
{
    if (!p->parent)
        return p->subtree[pair];
    int64_t most = kept(p, pair) + ledger_potential(p->parent, pair);
    return p->borrow[pair] == NO_LIMIT ? most : MIN(most, p->subtree[pair] + p->borrow[pair]);
}

int64_t ledger_borrowed(const struct place *p, uint32_t pair, int64_t more)
{
    return p->parent ? MAX(p->usage[pair] + more - p->subtree[pair], INT64_C(0)) : 0;
}

void ledger_add(struct place *p, uint32_t pair, int64_t n)
{
    int64_t own = MAX(kept(p, pair) - p->usage[pair], INT64_C(0));
    p->usage[pair] += n;
    if (p->parent && n > own)
        ledger_add(p->parent, pair, n - own);
}

void ledger_remove(struct place *p, uint32_t pair, int64_t n)
{
    int64_t above = p->usage[pair] - kept(p, pair);
    p->usage[pair] -= n;
    if (p->parent && above > 0)
        ledger_remove(p->parent, pair, MIN(n, above));
}

void work_count(struct work *w, int sign)
{
    for (size_t i = 0; i < w->n_sets; i++)
        for (size_t k = 0; k < w->sets[i].n; k++) {
            const struct need *n = &w->sets[i].needs[k];
            if (n->pair == PAIRS_MAX)
                continue;
            if (sign > 0)
                ledger_add(w->cluster, n->pair, n->amount);
            else
                ledger_remove(w->cluster, n->pair, n->amount);
        }
    spots_count(w, sign);
}

int ledger_room(struct queue *q, struct place *p)
{
    int64_t **all[] = {&p->nominal, &p->borrow, &p->lend, &p->subtree, &p->usage};
    size_t cap = MAX(p->cap, (size_t)16);
    while (cap < q->pairs.n)
        cap *= 2;
    if (cap == p->cap)
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        int64_t *wider = mem_alloc(cap * sizeof(*wider));
        if (!wider)
            return -ENOMEM;
        for (size_t k = 0; k < cap; k++)
            wider[k] = k < p->cap && *all[i] ? (*all[i])[k] : i == 1 || i == 2 ? NO_LIMIT : 0;
        mem_free(*all[i]);
        *all[i] = wider;
    }
    p->cap = cap;
    return 0;
}

static void sum_up(struct queue *q, struct place *p, int depth)
{
    for (size_t i = 0; i < q->pairs.n; i++)
        p->subtree[i] = p->nominal[i];
    if (depth < DEPTH_MAX)
        LIST_EACH (child, &p->children, struct place, sibling) {
            sum_up(q, child, depth + 1);
            for (uint32_t i = 0; i < q->pairs.n; i++)
                p->subtree[i] += child->subtree[i] - kept(child, i);
        }
}

int ledger_rebuild(struct queue *q)
{
    MAP_EACH (slot, &q->sites) {
        struct sums *used = &((struct site *)slot->value)->used;
        if (used->n)
            memset(used->p, 0, used->n * sizeof(*used->p));
    }
    MAP_EACH (slot, &q->places) {
        struct place *p = slot->value;
        int r = ledger_room(q, p);
        if (r < 0)
            return r;
        memset(p->usage, 0, p->cap * sizeof(*p->usage));
    }
    MAP_EACH (slot, &q->places) {
        struct place *p = slot->value;
        if (!p->parent)
            sum_up(q, p, 1);
    }
    MAP_EACH (slot, &q->places) {
        struct place *p = slot->value;
        if (place_root(p))
            LIST_EACH (w, &p->admitted, struct work, link)
                work_count(w, 1);
    }
    q->rebuild = false;
    return 0;
}

int64_t ledger_share(const struct queue *q, const struct place *p)
{
    int64_t most = 0;
    if (!p->parent)
        return 0;
    for (uint32_t i = 0; i < q->pairs.n; i++) {
        uint32_t column = q->pairs.p[i].column;
        int64_t borrowed = 0, lendable = 0;
        if (ledger_borrowed(p, i, 0) == 0)
            continue;
        for (uint32_t k = 0; k < q->pairs.n; k++) /* all flavors of the resource as one */
            if (q->pairs.p[k].column == column) {
                borrowed += ledger_borrowed(p, k, 0);
                lendable += ledger_potential(p->parent, k);
            }
        most = MAX(most, lendable > 0 ? (int64_t)((__int128)borrowed * 1000 / lendable) : 0);
    }
    if (most == 0)
        return 0;
    return p->weight == 0 ? INT64_MAX : (int64_t)((__int128)most * 1000 / p->weight);
}
