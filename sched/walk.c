#include "sched/inside.h"

#include <math.h>

/* Classes whose answers depend on where other pods are: each attempt walks the nodes that fit otherwise, and reads the tallies. */

static uint16_t spread_refuses(const struct class *c, uint32_t node, const int32_t *least)
{
    for (uint32_t i = 0; i < c->n_hard; i++) {
        const struct spread *h = &c->hard[i];
        uint32_t d = h->tally->topology->domain[node];
        if (!d)
            return REASON_SPREAD_LABEL;
        /* A domain none of whose nodes is eligible holds none that count. */
        if ((int64_t)h->tally->counts[d] + h->self - least[i] > h->max_skew)
            return REASON_SPREAD;
    }
    return REASON_FITS;
}

static uint16_t pods_refuse(const struct class *c, uint32_t node, bool nobody)
{
    for (uint32_t i = 0; i < c->n_near; i++) {
        uint32_t d = c->near[i].tally->topology->domain[node];
        if (!d || (c->near[i].tally->counts[d] <= 0 && !(nobody && c->near_self)))
            return REASON_POD_AFFINITY;
    }
    for (uint32_t i = 0; i < c->n_apart; i++)
        if (tally_at(c->apart[i].tally, node) > 0)
            return REASON_POD_ANTI;
    for (uint32_t i = 0; i < c->n_blockers; i++)
        if (tally_at(c->blockers[i].tally, node) > 0)
            return REASON_EXISTING_ANTI;
    return REASON_FITS;
}

/* The first pod of a group that wants to be near itself may go anywhere (where the labels are). */
static bool nobody_near(const struct class *c)
{
    for (uint32_t i = 0; i < c->n_near; i++)
        if (c->near[i].tally->total > 0)
            return false;
    return true;
}

static void leasts(const struct class *c, int32_t *least)
{
    for (uint32_t i = 0; i < c->n_hard && i < SPREAD_MAX; i++)
        least[i] = tally_least(c->hard[i].tally, c->hard[i].min_domains);
}

uint16_t walk_topology(struct sched *s, const struct class *c, uint32_t node)
{
    int32_t least[SPREAD_MAX];
    (void)s;
    leasts(c, least);
    uint16_t why = spread_refuses(c, node, least);
    return why ? why : pods_refuse(c, node, nobody_near(c));
}

/* ── one node, exactly: with the pods nominated to it, and without them ── */

static uint16_t once(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, bool nominees, uint32_t *lack)
{
    uint16_t why = class_moving(s, c, p, node, nominees, lack);
    bool plugin = why >= REASONS_FIXED;
    uint16_t by = (why == REASON_FITS || plugin) && c->walks ? walk_topology(s, c, node) : REASON_FITS;
    return by ? by : why;
}

uint16_t exact(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, uint32_t *lack)
{
    struct machine *m = s->machines[node];
    uint16_t why = class_still(s, c, node);
    *lack = 0;
    if (why)
        return why;
    if (m->n_nominees && c->walks) {
        /* Those who will be there are counted as if they were; amounts and ports see them by themselves. */
        LIST_EACH (q, &m->nominees, struct sched_pod, nominee)
            if (q != p && q->ask->priority >= p->ask->priority)
                tallies_pod(s, q, node, 1);
        why = once(s, c, p, node, true, lack);
        LIST_EACH (q, &m->nominees, struct sched_pod, nominee)
            if (q != p && q->ask->priority >= p->ask->priority)
                tallies_pod(s, q, node, -1);
        if (why)
            return why;
        return once(s, c, p, node, false, lack);
    }
    return once(s, c, p, node, true, lack);
}

/* ── in sight: a part of the nodes ── */

struct sched_split {
    size_t n;
    uint32_t *starts; /* n + 1 of them, into nodes */
    uint32_t *values; /* texts, the topology's */
    uint32_t *nodes;
};

void sched_look_at(struct sched *s, const uint32_t *nodes, size_t n)
{
    s->sight = nodes;
    s->n_sight = n;
}

const uint32_t *sched_in_sight(const struct sched *s, size_t *n)
{
    *n = s->n_sight;
    return s->sight;
}

bool in_sight(const struct sched *s, uint32_t node)
{
    size_t low = 0, high = s->n_sight;
    if (!s->sight)
        return true;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->sight[mid] == node)
            return true;
        if (s->sight[mid] < node)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

/* The topologies groups were split by last are kept: building one costs a round over the nodes. */
static struct topology *topology_kept(struct sched *s, struct str key)
{
    uint32_t text = ask_text_find(s->book, key);
    for (size_t i = 0; text && i < SPLITS_KEPT; i++)
        if (s->split_by[i] && s->split_by[i]->key == text)
            return s->split_by[i];
    struct topology *t = text ? topology_get(s, text) : NULL;
    if (!t)
        return NULL;
    struct topology **place = &s->split_by[s->split_turn++ % SPLITS_KEPT];
    topology_unref(s, *place);
    return *place = t;
}

static uint32_t domain_in_sight(const struct sched *s, const struct topology *t, size_t place, uint32_t *node)
{
    *node = s->sight ? s->sight[place] : (uint32_t)place;
    return s->machines[*node] && s->machines[*node]->known ? t->domain[*node] : 0;
}

/* Two rounds: how many nodes each domain has, then where they stand. parts: of each domain, its part + 1. */
static void split(const struct sched *s, const struct topology *t, struct sched_split *x, uint32_t *parts, size_t all)
{
    uint32_t node, d, at = 0;
    for (size_t i = 0; i < all; i++) {
        if (!(d = domain_in_sight(s, t, i, &node)))
            continue;
        if (!parts[d]) {
            x->values[x->n++] = t->values.p[d];
            parts[d] = (uint32_t)x->n;
        }
        x->starts[parts[d]]++;
    }
    for (size_t k = 1; k <= x->n; k++) { /* where it starts, for the second round; after it, where it ends */
        uint32_t n = x->starts[k];
        x->starts[k] = at;
        at += n;
    }
    for (size_t i = 0; i < all; i++)
        if ((d = domain_in_sight(s, t, i, &node)))
            x->nodes[x->starts[parts[d]]++] = node;
}

int sched_split_new(struct sched_split **out, struct sched *s, struct str key)
{
    struct topology *t = topology_kept(s, key);
    size_t all = s->sight ? s->n_sight : s->slots, most = t ? t->values.n : 1;
    struct sched_split *x = mem_alloc(sizeof(*x));
    uint32_t *parts = mem_alloc(most * sizeof(*parts));
    if (x) {
        x->starts = mem_alloc((most + 1) * sizeof(*x->starts));
        x->values = mem_alloc(most * sizeof(*x->values));
        x->nodes = mem_alloc((all + 1) * sizeof(*x->nodes));
    }
    bool good = parts && x && x->starts && x->values && x->nodes && (t || !ask_text_find(s->book, key));
    if (good && t)
        split(s, t, x, parts, all);
    mem_free(parts);
    if (!good) {
        sched_split_free(x);
        return -ENOMEM;
    }
    *out = x;
    return 0;
}

struct sched_split *sched_split_free(struct sched_split *x)
{
    if (!x)
        return NULL;
    mem_free(x->starts);
    mem_free(x->values);
    mem_free(x->nodes);
    return mem_free(x);
}

size_t sched_split_count(const struct sched_split *x)
{
    return x->n;
}

struct str sched_split_value(const struct sched *s, const struct sched_split *x, size_t i)
{
    return ask_text_of(s->book, x->values[i]);
}

const uint32_t *sched_split_nodes(const struct sched_split *x, size_t i, size_t *n)
{
    *n = x->starts[i + 1] - x->starts[i];
    return x->nodes + x->starts[i];
}

/* ── the walk ── */

static int32_t *plain_room(struct sched *s)
{
    while (s->found.cap < s->slots)
        if (vec_grow((void **)(void *)&s->found.p, s->found.cap, &s->found.cap, sizeof(*s->found.p)) < 0)
            return NULL;
    while (s->raw.cap < s->slots)
        if (vec_grow((void **)(void *)&s->raw.p, s->raw.cap, &s->raw.cap, sizeof(*s->raw.p)) < 0)
            return NULL;
    while (s->raw2.cap < s->slots)
        if (vec_grow((void **)(void *)&s->raw2.p, s->raw2.cap, &s->raw2.cap, sizeof(*s->raw2.p)) < 0)
            return NULL;
    return (int32_t *)(void *)s->found.p;
}

/* As upstream: all of a hundred nodes and fewer; else the percentage asked for, or one that falls from 50 to 5 as nodes grow. */
static uint32_t enough(const struct sched *s, const struct class *c)
{
    uint32_t n = s->sight ? (uint32_t)s->n_sight : s->n_known;
    int64_t percent = c->profile->percentage;
    if (n < 100 || percent >= 100 || s->everywhere)
        return n;
    if (percent == 0)
        percent = MAX(50 - (int64_t)n / 125, INT64_C(5));
    return (uint32_t)MAX((int64_t)n * percent / 100, INT64_C(100));
}

/* Where room is kept for this very pod its class sees none; the pod itself does. */
static bool fits_where_nominated(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node)
{
    uint32_t lack;
    if (node != p->nominated || c->still[node] != REASON_FITS || exact(s, c, p, node, &lack) != REASON_FITS)
        return false;
    c->score[node] = (int32_t)node_score(s, c, p, node, NULL);
    return true;
}

static void find(struct sched *s, struct class *c, struct sched_pod *p)
{
    int32_t least[SPREAD_MAX];
    bool nobody = nobody_near(c);
    uint32_t want = enough(s, c), place = s->walk_start < s->slots ? s->walk_start : 0, seen = 0, all = s->slots;
    if (s->sight) {
        place = 0;
        all = (uint32_t)s->n_sight;
    }
    leasts(c, least);
    memset(s->walk_counts, 0, sizeof(s->walk_counts));
    s->found.n = 0;
    for (; seen < all && s->found.n < want; seen++, place = place + 1 == all ? 0 : place + 1) {
        uint32_t at = s->sight ? s->sight[place] : place;
        uint16_t why = c->why[at];
        if (why && fits_where_nominated(s, c, p, at)) {
            s->found.p[s->found.n++] = at;
            continue;
        }
        if (why && why < REASONS_FIXED)
            continue;
        uint16_t by = spread_refuses(c, at, least);
        if (!by)
            by = pods_refuse(c, at, nobody);
        if (!by && !why && s->machines[at]->n_nominees) {
            uint32_t lack;
            by = exact(s, c, p, at, &lack);
        }
        if (by && by < REASONS_FIXED)
            s->walk_counts[by]++;
        if (!by && !why)
            s->found.p[s->found.n++] = at;
    }
    if (!s->sight)
        s->walk_start = place;
}

/* ── scores of what was found: raw2 holds raw scores, raw the sums ── */

/* Where this node's shares are to be told, rule by rule; NULL: nobody asked. */
static int64_t *shares_of(const struct sched *s, uint32_t node)
{
    if (!s->by_rule || !s->by_rule_rows)
        return s->by_rule && node == s->by_rule_node ? s->by_rule : NULL;
    return s->by_rule_rows[node] ? s->by_rule + (size_t)(s->by_rule_rows[node] - 1) * SCHED_RULES : NULL;
}

static void add_rule(struct sched *s, const struct class *c, unsigned rule, size_t i, int64_t score)
{
    int64_t share = c->profile->weights[rule] * score;
    s->raw.p[i] += share;
    int64_t *shares = shares_of(s, s->found.p[i]);
    if (shares)
        shares[rule] = share;
}

static void own_scores(struct sched *s, struct class *c)
{
    int32_t affinity = 0, taints = 0;
    for (size_t i = 0; i < s->found.n; i++) {
        const struct group *g = &c->groups.p[c->group[s->found.p[i]]];
        affinity = MAX(affinity, g->affinity);
        taints = MAX(taints, g->taints);
    }
    bool one = c->groups.n == 1;
    int64_t same = one ? group_score(c, &c->groups.p[0], affinity, taints) : 0;
    for (size_t i = 0; i < s->found.n; i++) {
        uint32_t node = s->found.p[i];
        s->raw.p[i] = c->score[node] + (one ? same : group_score(c, &c->groups.p[c->group[node]], affinity, taints));
        int64_t *shares = shares_of(s, node);
        if (shares)
            group_shares(c, &c->groups.p[c->group[node]], affinity, taints, &shares[SCHED_RULE_NODE_AFFINITY], &shares[SCHED_RULE_TAINTS]);
    }
}

static void wish_scores(struct sched *s, const struct class *c)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    if (c->n_wishes == 0)
        return;
    for (size_t i = 0; i < s->found.n; i++) {
        int64_t sum = 0;
        for (uint32_t k = 0; k < c->n_wishes; k++)
            sum += c->wishes[k].weight * tally_at(c->wishes[k].tally, s->found.p[i]);
        s->raw2.p[i] = sum;
        least = MIN(least, sum);
        most = MAX(most, sum);
    }
    for (size_t i = 0; i < s->found.n && most > least; i++)
        add_rule(s, c, SCHED_RULE_POD_AFFINITY, i, (int64_t)(100 * ((double)(s->raw2.p[i] - least) / (double)(most - least))));
}

/* How many domains the nodes found lie in; ignored ones (which lack a label) are marked in raw2. */
static uint32_t domains_found(struct sched *s, const struct tally *t)
{
    uint32_t n = 0;
    const uint32_t *domain = t->topology->domain;
    if (t->topology->values.n <= 64) {
        uint64_t seen = 0;
        for (size_t i = 0; i < s->found.n; i++)
            if (s->raw2.p[i] >= 0 && domain[s->found.p[i]])
                seen |= UINT64_C(1) << (domain[s->found.p[i]] & 63);
        return (uint32_t)__builtin_popcountll(seen);
    }
    uint8_t *mark = mem_alloc(t->topology->values.n);
    if (!mark) /* the number of all domains is close, and never wrong by sign */
        return (uint32_t)t->topology->values.n - 1;
    for (size_t i = 0; i < s->found.n; i++) {
        uint32_t d = domain[s->found.p[i]];
        if (s->raw2.p[i] < 0 || !d || mark[d])
            continue;
        mark[d] = 1;
        n++;
    }
    mem_free(mark);
    return n;
}

static void spread_scores(struct sched *s, const struct class *c)
{
    double weights[SPREAD_MAX];
    size_t kept = 0;
    int64_t least = INT64_MAX, most = INT64_MIN;
    uint32_t n = MIN(c->n_soft, (uint32_t)SPREAD_MAX);
    if (n == 0)
        return;
    for (size_t i = 0; i < s->found.n; i++) {
        s->raw2.p[i] = 0;
        for (uint32_t k = 0; k < n && c->soft_all; k++)
            if (!c->soft[k].tally->topology->domain[s->found.p[i]])
                s->raw2.p[i] = -1;
        kept += s->raw2.p[i] == 0;
    }
    for (uint32_t k = 0; k < n; k++)
        weights[k] = log((double)(c->soft[k].host ? kept : domains_found(s, c->soft[k].tally)) + 2);
    for (size_t i = 0; i < s->found.n; i++) {
        double sum = 0;
        if (s->raw2.p[i] < 0)
            continue;
        for (uint32_t k = 0; k < n; k++) {
            uint32_t d = c->soft[k].tally->topology->domain[s->found.p[i]];
            if (d)
                sum += (double)c->soft[k].tally->counts[d] * weights[k] + (double)(c->soft[k].max_skew - 1);
        }
        s->raw2.p[i] = (int64_t)(sum + 0.5);
        least = MIN(least, s->raw2.p[i]);
        most = MAX(most, s->raw2.p[i]);
    }
    for (size_t i = 0; i < s->found.n; i++)
        if (s->raw2.p[i] >= 0)
            add_rule(s, c, SCHED_RULE_SPREAD, i, most ? 100 * (most + least - s->raw2.p[i]) / most : 100);
}

int walk(struct sched *s, struct class *c, struct sched_pod *p, bool score)
{
    s->stats.walks++;
    if (!plain_room(s))
        return -ENOMEM;
    find(s, c, p);
    s->found.cap = MAX(s->found.cap, s->found.n);
    s->raw.n = s->raw2.n = s->found.n;
    if (!score || s->found.n == 0)
        return 0;
    own_scores(s, c);
    wish_scores(s, c);
    spread_scores(s, c);
    return 0;
}
