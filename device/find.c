#include "device/inside.h"

#define QUICK     128 /* steps before the matching is asked whether more are worth it */
#define TRIED_MAX 16

struct search {
    struct device_store *s;
    struct device_ask *const *asks;
    size_t n;
    const struct device_node *node;
    struct device_choice *choices;
    unsigned steps, limit;
    const char *why;
    bool stop, gave_up, broken; /* broken: a pool here is incomplete or invalid */
    const struct pool *odd;     /* … that one */
    int r;
};

static bool next_claim(struct search *x, size_t c);
static bool next_request(struct search *x, size_t c, uint32_t i);

/* ── may this one be had? ── */

static enum found eligible(struct device_store *s, const struct wanted *w, const struct device *d)
{
    enum found f = want_asks(s, w->want, d);
    return f == FOUND_YES && !taints_tolerated(d, w->tolerations) ? FOUND_NO : f;
}

static bool in_use(const struct device *d)
{
    return d->held || d->shares || d->taking || d->sharing;
}

static bool counters_have(const struct device *d)
{
    for (uint32_t i = 0; i < d->n_consumes; i++) {
        const struct counter *c = &d->pool->counters.p[d->consumes[i].counter];
        if (c->used + c->taking + d->consumes[i].n > c->total)
            return false;
    }
    return true;
}

/* A device may name a counter twice: what it takes of it is then looked at when all of it is counted. */
static void counters_take(const struct device *d, int sign)
{
    for (uint32_t i = 0; i < d->n_consumes; i++)
        d->pool->counters.p[d->consumes[i].counter].taking += sign * d->consumes[i].n;
}

static bool counters_hold(const struct device *d)
{
    for (uint32_t i = 0; i < d->n_consumes; i++) {
        const struct counter *c = &d->pool->counters.p[d->consumes[i].counter];
        if (c->used + c->taking > c->total)
            return false;
    }
    return true;
}

static bool picked_already(const struct device_choice *c, const struct device *d)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->picks[i].device == d)
            return true;
    return false;
}

static bool available(const struct search *x, size_t c, const struct wanted *w, const struct device *d)
{
    if (!d->multi && picked_already(&x->choices[c], d))
        return false;
    if (w->admin)
        return true; /* whoever else uses it */
    if (d->held || d->taking || (!d->multi && d->shares))
        return false;
    return capacity_has(d, w->requests) && (in_use(d) || counters_have(d));
}

static bool may_be(struct device_store *s, const struct wanted *w, struct device *d)
{
    return eligible(s, w, d) == FOUND_YES && !d->held && (d->multi || (!d->shares && capacity_has(d, w->requests)));
}

/* ── constraints ── */

static bool affects(const struct constraint *k, const struct request *q, const struct wanted *w)
{
    if (!value_count(k->requests))
        return true;
    VALUE_EACH_ITEM (v, k->requests)
        if (str_eq(value_text(v), q->name) || str_eq(value_text(v), w->full))
            return true;
    return false;
}

static bool constraint_met(const struct search *x, size_t c, const struct constraint *k, const struct device *d)
{
    const struct value *mine = shape_attribute(d->shape, k->attribute);
    const struct device_ask *q = x->asks[c];
    if (value_is_null(mine))
        return false;
    for (size_t i = 0; i < x->choices[c].n; i++) {
        const struct device_pick *p = &x->choices[c].picks[i];
        const struct request *of = &q->requests[p->request];
        if (!affects(k, of, &of->ways[p->alternative]))
            continue;
        bool same = p->device->shape == d->shape || value_equal(shape_attribute(p->device->shape, k->attribute), mine);
        if (same == k->distinct)
            return false;
        if (!k->distinct)
            return true; /* one speaks for all */
    }
    return true;
}

static bool constraints_met(const struct search *x, size_t c, uint32_t i, uint32_t way, const struct device *d)
{
    const struct device_ask *q = x->asks[c];
    for (uint32_t k = 0; k < q->n_constraints; k++)
        if (affects(&q->constraints[k], &q->requests[i], &q->requests[i].ways[way]) && !constraint_met(x, c, &q->constraints[k], d))
            return false;
    return true;
}

/* ── taking, for a while ── */

static void share(struct search *x, const struct wanted *w, struct device *d, int sign)
{
    VALUE_EACH_MEMBER (m, value_get(&d->shape->spec, STR("capacity"))) {
        amount n = 0;
        if (capacity_taken(&m->value, value_get(w->requests, m->key), &n))
            capacity_add(d, m->key, 0, sign * n, &x->r);
    }
}

static void untake(struct search *x, size_t c, const struct wanted *w, struct device *d)
{
    x->choices[c].n--;
    if (w->admin) {
        d->admin--;
        return;
    }
    if (d->multi) {
        share(x, w, d, -1);
        d->sharing--;
    } else {
        d->taking--;
    }
    if (!in_use(d))
        counters_take(d, -1);
}

static bool take(struct search *x, size_t c, uint32_t i, uint32_t way, const struct wanted *w, struct device *d)
{
    struct device_choice *to = &x->choices[c];
    VALUE_EACH_MEMBER (m, d->multi && !w->admin ? value_get(&d->shape->spec, STR("capacity")) : NULL)
        capacity_add(d, m->key, 0, 0, &x->r); /* room first: from here on nothing fails */
    if (x->r < 0) {
        x->stop = true;
        return false;
    }
    to->picks[to->n++] = (struct device_pick){d, (uint16_t)i, (uint16_t)way};
    if (w->admin) {
        d->admin++;
        return true;
    }
    if (!in_use(d))
        counters_take(d, 1);
    if (d->multi) {
        d->sharing++;
        share(x, w, d, 1);
    } else {
        d->taking++;
    }
    if (counters_hold(d))
        return true;
    untake(x, c, w, d);
    return false;
}

/* ── the search ── */

static bool alike(const struct device *a, const struct device *b)
{
    return a->shape == b->shape && a->pool == b->pool && a->rules == b->rules && !a->multi && !in_use(a) && !in_use(b) && !a->admin && !b->admin;
}

static bool counted(struct search *x)
{
    x->steps++;
    x->s->stats.steps++;
    if (x->steps > x->limit) {
        x->gave_up = x->stop = true;
        return false;
    }
    return true;
}

static bool refused_at_all(struct search *x, enum found f, const struct wanted *w)
{
    if (f == FOUND_UNKNOWN)
        x->r = -ENOMEM;
    else if (f == FOUND_ERROR)
        x->why = w->want->why;
    else
        return false;
    x->stop = true;
    return true;
}

/* All that are eligible, each of them, or it cannot be. */
static bool next_of_all(struct search *x, size_t c, uint32_t i, uint32_t way, int64_t have, size_t start)
{
    const struct wanted *w = &x->asks[c]->requests[i].ways[way];
    for (size_t at = start; at < x->s->here.n; at++) {
        struct device *d = x->s->here.p[at];
        enum found f = eligible(x->s, w, d);
        if (refused_at_all(x, f, w))
            return false;
        if (f == FOUND_YES && d->shape && value_count(w->requests) && !d->multi && !capacity_has(d, w->requests))
            continue; /* too small for what is asked of each */
        if (f != FOUND_YES)
            continue;
        if (!counted(x) || x->choices[c].n == DEVICE_RESULTS_MAX || !available(x, c, w, d) || !constraints_met(x, c, i, way, d) ||
            !take(x, c, i, way, w, d))
            return false;
        if (next_of_all(x, c, i, way, have + 1, at + 1))
            return true;
        untake(x, c, w, d);
        return false;
    }
    return have > 0 && next_request(x, c, i + 1);
}

static bool next_device(struct search *x, size_t c, uint32_t i, uint32_t way, int64_t have, size_t start)
{
    const struct wanted *w = &x->asks[c]->requests[i].ways[way];
    const struct device *tried[TRIED_MAX];
    size_t n_tried = 0;
    if (have == w->count)
        return next_request(x, c, i + 1);
    if (w->count - have > (int64_t)(DEVICE_RESULTS_MAX - x->choices[c].n))
        return false;
    for (size_t at = start; at < x->s->here.n && !x->stop; at++) {
        struct device *d = x->s->here.p[at];
        if (!available(x, c, w, d))
            continue;
        bool again = false;
        for (size_t k = 0; k < n_tried && !again; k++)
            again = alike(tried[k], d);
        enum found f = again ? FOUND_NO : eligible(x->s, w, d);
        if (refused_at_all(x, f, w))
            return false;
        if (f != FOUND_YES || !constraints_met(x, c, i, way, d))
            continue;
        if (!counted(x) || !take(x, c, i, way, w, d))
            continue;
        if (next_device(x, c, i, way, have + 1, at + 1))
            return true;
        untake(x, c, w, d);
        if (n_tried < TRIED_MAX)
            tried[n_tried++] = d;
    }
    return false;
}

static bool next_request(struct search *x, size_t c, uint32_t i)
{
    const struct device_ask *q = x->asks[c];
    if (i == q->n)
        return next_claim(x, c + 1);
    for (uint32_t way = 0; way < q->requests[i].n && !x->stop; way++) {
        const struct wanted *w = &q->requests[i].ways[way];
        if (w->all && x->odd) {
            x->why = why_text(x->s, "request %.*s: asks for all devices, but resource pool %.*s/%.*s is currently %s", STR_FMT(w->full),
                              STR_FMT(x->odd->driver), STR_FMT(x->odd->name), x->odd->incomplete ? "being updated" : "invalid");
            continue;
        }
        if (w->all ? next_of_all(x, c, i, way, 0, 0) : next_device(x, c, i, way, 0, 0))
            return true;
    }
    return false;
}

static bool next_claim(struct search *x, size_t c)
{
    if (c == x->n)
        return true;
    x->choices[c].n = 0;
    return next_request(x, c, 0);
}

/* ── what is here ── */

static int pool_order(const struct pool *a, const struct pool *b)
{
    if (a->conditions != b->conditions)
        return a->conditions ? 1 : -1; /* those that need time to be bound come last */
    int by = str_cmp(a->driver, b->driver);
    return by ? by : str_cmp(a->name, b->name);
}

static int gather_pool(struct device_store *s, struct pool *p)
{
    if (!VEC_ADD(&s->pools_here))
        return -ENOMEM;
    size_t at = s->pools_here.n - 1;
    for (; at > 0 && pool_order(s->pools_here.p[at - 1], p) > 0; at--)
        s->pools_here.p[at] = s->pools_here.p[at - 1];
    s->pools_here.p[at] = p;
    return 0;
}

static bool pool_here(const struct pool *p, const struct device_node *node)
{
    for (size_t i = 0; i < p->slices.n; i++)
        if (p->slices.p[i]->generation == p->generation && slice_here(p->slices.p[i], node))
            return true;
    return false;
}

static int gather(struct search *x)
{
    struct device_store *s = x->s;
    const struct site *t = map_get(&s->sites, x->node->name);
    int r = 0;
    s->pools_here.n = s->here.n = 0;
    for (size_t i = 0; r == 0 && t && i < t->pools.n; i++)
        r = gather_pool(s, t->pools.p[i]);
    for (size_t i = 0; r == 0 && i < s->wide.n; i++)
        if (pool_here(s->wide.p[i], x->node))
            r = gather_pool(s, s->wide.p[i]);
    for (size_t i = 0; r == 0 && i < s->pools_here.n; i++) {
        struct pool *p = s->pools_here.p[i];
        if (p->incomplete || p->invalid) {
            x->odd = x->odd ? x->odd : p;
            x->broken = x->broken || p->invalid;
            continue;
        }
        for (size_t k = 0; k < p->devices.n; k++) {
            struct device *d = p->devices.p[k];
            if (p->wide && (!slice_here(d->slice, x->node) || !device_here(d, x->node)))
                continue;
            struct device **to = VEC_ADD(&s->here);
            if (!to)
                return -ENOMEM;
            *to = d;
        }
    }
    return r;
}

/* What the search took is not taken any more; what it chose stays in the choices. */
static void let_go(struct search *x)
{
    for (size_t c = x->n; c-- > 0;) {
        size_t n = x->choices[c].n;
        while (x->choices[c].n) {
            const struct device_pick *p = &x->choices[c].picks[x->choices[c].n - 1];
            untake(x, c, &x->asks[c]->requests[p->request].ways[p->alternative], p->device);
        }
        x->choices[c].n = n;
    }
}

static bool search(struct search *x, unsigned limit)
{
    x->limit = limit;
    x->steps = 0;
    x->stop = x->gave_up = false;
    x->why = NULL;
    for (size_t c = 0; c < x->n; c++)
        x->choices[c].n = 0;
    if (!next_claim(x, 0))
        return false;
    let_go(x);
    return true;
}

int device_find(struct device_store *s, struct device_ask *const *asks, size_t n, const struct device_node *node, struct device_choice *choices,
                const char **why)
{
    struct search x = {.s = s, .asks = asks, .n = n, .node = node, .choices = choices};
    s->stats.searches++;
    int r = gather(&x);
    if (r < 0)
        return r;
    if (search(&x, QUICK))
        return x.r;
    if (x.r == 0 && x.gave_up && match_possible(s, asks, n, may_be) && search(&x, DEVICE_STEPS_MAX))
        return x.r;
    if (x.r < 0)
        return x.r;
    *why = x.why                           ? x.why
           : x.gave_up && x.limit != QUICK ? "device allocation gave up after 50000 steps of its search"
           : x.broken                      ? "invalid resource pools were encountered"
                                           : "cannot allocate all claims";
    s->stats.gave_up += x.gave_up && x.limit != QUICK;
    return DEVICE_NONE;
}

int device_choice_rank(const struct device_ask *q, const struct device_choice *c)
{
    int sum = 0;
    for (uint32_t i = 0; i < q->n; i++)
        for (size_t k = 0; q->requests[i].ranked && k < c->n; k++)
            if (c->picks[k].request == i) {
                sum += 8 - c->picks[k].alternative;
                break;
            }
    return sum;
}
