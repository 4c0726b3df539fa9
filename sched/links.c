#include "sched/inside.h"
#include "selector/selector.h"

/* What ties a class to other pods: tallies of its own terms and spread constraints, and the terms of others that mean it. */

#define LINK_BYTES (4u << 20)

int class_own(struct sched *s, struct class *c, int sign)
{
    const struct ask *q = c->ask;
    int r = 0;
    if (sign > 0 && c->placed++ == 0 && q->n_terms) {
        c->owned = mem_alloc(q->n_terms * sizeof(*c->owned));
        r = c->owned ? 0 : -ENOMEM;
        for (uint32_t i = 0; r == 0 && i < q->n_terms; i++)
            r = tally_of_term(s, &q->terms[i], 1, q->terms[i].topology, TALLY_OWNERS, &c->owned[i]);
    }
    if (r == 0 && (sign > 0 || --c->placed > 0))
        return 0;
    for (uint32_t i = 0; c->owned && i < q->n_terms; i++)
        tally_unref(s, c->owned[i]);
    c->owned = mem_free(c->owned);
    if (r < 0)
        c->placed = 0;
    return r;
}

void class_unlink(struct sched *s, struct class *c)
{
    for (uint32_t i = 0; i < c->n_hard; i++)
        tally_unref(s, c->hard[i].tally);
    for (uint32_t i = 0; i < c->n_soft; i++)
        tally_unref(s, c->soft[i].tally);
    struct wish *lists[] = {c->near, c->apart, c->wishes, c->blockers};
    uint32_t counts[] = {c->n_near, c->n_apart, c->n_wishes, c->n_blockers};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        for (uint32_t k = 0; k < counts[i]; k++)
            tally_unref(s, lists[i][k].tally);
    c->n_hard = c->n_soft = c->n_near = c->n_apart = c->n_wishes = c->n_blockers = 0;
    ask_held_drop(s->book, &c->links_held);
    c->links_mem = arena_free(c->links_mem);
    c->linked = c->walks = false;
}

static bool scores_by(const struct class *c, unsigned rule)
{
    return c->profile->scores >> rule & 1 && c->profile->weights[rule] > 0;
}

static bool filters_by(const struct class *c, unsigned rule)
{
    return c->profile->filters >> rule & 1;
}

/* ── own terms ── */

static bool self_matches(const struct sched *s, const struct ask *q, const struct ask_term *t)
{
    struct tally_matcher m = {t->selector, t->namespace_selector, t->namespaces, t->n_namespaces};
    return matcher_matches(s, &m, q->labels);
}

static int add_wish(struct wish *list, uint32_t *n, struct tally *t, int64_t weight)
{
    list[(*n)++] = (struct wish){t, weight};
    return 0;
}

/* Required affinity: a pod counts only when it matches all the terms. Those stand first in ask->terms. */
static int link_own(struct sched *s, struct class *c)
{
    const struct ask *q = c->ask;
    uint32_t n_near = 0;
    int r = 0;
    while (n_near < q->n_terms && q->terms[n_near].kind == ASK_AFFINITY)
        n_near++;
    c->near_self = n_near > 0;
    for (uint32_t i = 0; r == 0 && i < q->n_terms; i++) {
        const struct ask_term *t = &q->terms[i];
        struct tally *tally;
        bool hard = t->kind <= ASK_ANTI;
        if (hard ? !filters_by(c, SCHED_RULE_POD_AFFINITY) : !scores_by(c, SCHED_RULE_POD_AFFINITY))
            continue;
        r = t->kind == ASK_AFFINITY ? tally_of_term(s, q->terms, n_near, t->topology, TALLY_PODS, &tally)
                                    : tally_of_term(s, t, 1, t->topology, TALLY_PODS, &tally);
        if (r < 0)
            return r;
        if (t->kind == ASK_AFFINITY) {
            c->near_self = c->near_self && self_matches(s, q, t);
            r = add_wish(c->near, &c->n_near, tally, 0);
        } else if (t->kind == ASK_ANTI) {
            r = add_wish(c->apart, &c->n_apart, tally, 0);
        } else {
            r = add_wish(c->wishes, &c->n_wishes, tally, t->kind == ASK_PREFER ? t->weight : -t->weight);
        }
    }
    return r;
}

/* ── others' terms that mean this class ── */

static int64_t weight_of(const struct class *c, const struct tally *t)
{
    bool preferred = t->term >= ASK_PREFER;
    if (preferred && c->profile->ignore_preferred_of_existing && c->ask->n_terms == 0)
        return 0;
    return t->term == ASK_AFFINITY     ? c->profile->hard_affinity_weight
           : t->term == ASK_PREFER     ? t->weight
           : t->term == ASK_PREFER_NOT ? -t->weight
                                       : 0;
}

static int link_foreign(struct sched *s, struct class *c)
{
    for (size_t i = 0; i < s->tallies.n; i++) {
        struct tally *t = s->tallies.p[i];
        if (t->kind != TALLY_OWNERS || !tally_matches(s, t, c->ask->labels))
            continue;
        if (t->term == ASK_ANTI && filters_by(c, SCHED_RULE_POD_AFFINITY)) {
            t->refs++;
            add_wish(c->blockers, &c->n_blockers, t, 0);
        }
        int64_t weight = weight_of(c, t);
        if (weight && scores_by(c, SCHED_RULE_POD_AFFINITY)) {
            t->refs++;
            add_wish(c->wishes, &c->n_wishes, t, weight);
        }
    }
    return 0;
}

/* ── spread ── */

static int default_spread(struct sched *s, struct class *c, struct ask_spread **out, uint32_t *n)
{
    const struct sched_profile *p = c->profile;
    const struct ask *q = c->ask;
    struct ask_selector selector;
    *n = 0;
    int r = selector_of_defaults(s, q, c->links_mem, &c->links_held, &selector);
    if (r < 0 || selector.n == 0)
        return r;
    if (p->list_defaulting) {
        r = ask_spread_of(c->links_mem, s->book, &c->links_held, &p->default_constraints, NULL, out, n);
    } else {
        *out = arena_alloc(c->links_mem, 2 * sizeof(**out));
        if (!*out)
            return -ENOMEM;
        (*out)[0] = (struct ask_spread){.max_skew = 3, .topology = s->key_host, .honor_affinity = true};
        (*out)[1] = (struct ask_spread){.max_skew = 5, .topology = s->key_zone, .honor_affinity = true};
        *n = 2;
    }
    for (uint32_t i = 0; i < *n; i++)
        (*out)[i].selector = selector;
    return r;
}

static int link_constraints(struct sched *s, struct class *c, const struct ask_spread *list, uint32_t n, bool hard)
{
    uint32_t *keys = arena_alloc(c->links_mem, (n + 1) * sizeof(*keys)), n_keys = 0;
    struct spread *to = arena_alloc(c->links_mem, (n + 1) * sizeof(*to));
    uint32_t *counter = hard ? &c->n_hard : &c->n_soft;
    if (!keys || !to)
        return -ENOMEM;
    if (hard)
        c->hard = to;
    else
        c->soft = to;
    for (uint32_t i = 0; i < n; i++)
        if (list[i].hard == hard)
            keys[n_keys++] = list[i].topology;
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].hard != hard)
            continue;
        struct tally *t;
        bool host = !hard && list[i].topology == s->key_host;
        /* Soft constraints on the host name are counted on the node itself, whatever its other labels are. */
        struct ask_spread plain = list[i];
        if (host)
            plain.honor_affinity = plain.honor_taints = false;
        int r = host ? tally_of_spread(s, c, &plain, &list[i].topology, 1, &t)
                     : tally_of_spread(s, c, &list[i], hard || c->soft_all ? keys : &list[i].topology, hard || c->soft_all ? n_keys : 1, &t);
        if (r < 0)
            return r;
        to[(*counter)++] = (struct spread){.tally = t,
                                           .max_skew = list[i].max_skew,
                                           .min_domains = MAX(list[i].min_domains, 1),
                                           .key = list[i].topology,
                                           .host = list[i].topology == s->key_host,
                                           .self = ask_selector_matches(s->book, &list[i].selector, c->ask->labels)};
    }
    return 0;
}

static int link_spread(struct sched *s, struct class *c)
{
    struct ask_spread *list = c->ask->spread;
    uint32_t n = c->ask->n_spread;
    if (n > SPREAD_MAX)
        return -E2BIG;
    bool filters = filters_by(c, SCHED_RULE_SPREAD), scores = scores_by(c, SCHED_RULE_SPREAD);
    int r = 0;
    c->soft_all = n > 0 || c->profile->list_defaulting;
    if (n == 0 && (filters || scores))
        r = default_spread(s, c, &list, &n);
    if (r == 0 && filters && n)
        r = link_constraints(s, c, list, n, true);
    if (r == 0 && scores && n)
        r = link_constraints(s, c, list, n, false);
    return r;
}

int class_link(struct sched *s, struct class *c)
{
    uint64_t namespaces = c->ask->n_terms ? s->namespaces_changed : 0, defaults = c->ask->n_spread ? 0 : s->defaults_changed;
    if (c->linked && c->terms_seen == s->terms_changed && c->defaults_seen == defaults && c->namespaces_seen == namespaces)
        return 0;
    struct class old = *c; /* its tallies go last: most are wanted again */
    c->n_hard = c->n_soft = c->n_near = c->n_apart = c->n_wishes = c->n_blockers = 0;
    c->links_mem = NULL;
    c->links_held = (struct ask_held){0};
    c->linked = c->walks = false;
    size_t most = c->ask->n_terms + 1, foreign = s->tallies.n + 1;
    int r = arena_new(&c->links_mem, LINK_BYTES + foreign * 2 * sizeof(struct wish));
    if (r < 0) {
        class_unlink(s, &old);
        return r;
    }
    c->near = arena_alloc(c->links_mem, most * sizeof(*c->near));
    c->apart = arena_alloc(c->links_mem, most * sizeof(*c->apart));
    c->wishes = arena_alloc(c->links_mem, (most + foreign) * sizeof(*c->wishes));
    c->blockers = arena_alloc(c->links_mem, foreign * sizeof(*c->blockers));
    if (!c->near || !c->apart || !c->wishes || !c->blockers)
        r = -ENOMEM;
    if (r == 0)
        r = link_foreign(s, c);
    if (r == 0)
        r = link_own(s, c);
    if (r == 0)
        r = link_spread(s, c);
    class_unlink(s, &old);
    if (r < 0) {
        class_unlink(s, c);
        return r;
    }
    c->linked = true;
    c->walks = c->n_hard || c->n_soft || c->n_near || c->n_apart || c->n_wishes || c->n_blockers;
    c->terms_seen = s->terms_changed;
    c->defaults_seen = defaults;
    c->namespaces_seen = namespaces;
    return 0;
}
