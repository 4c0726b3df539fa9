#include "sched/inside.h"

/* Tallies: how many pods that match a selector (or that have an affinity term) each domain of a topology holds. A pod that comes
 * or goes is added to every tally it matches; which those are is remembered with its label set. */

#define TALLY_BYTES (1u << 20)

/* ── topologies ── */

static uint32_t domain_of(struct sched *s, struct topology *t, uint32_t value)
{
    if (value < t->by_value.n && t->by_value.p[value])
        return t->by_value.p[value];
    while (t->by_value.n <= value)
        if (!VEC_ADD(&t->by_value))
            return 0;
    uint32_t d;
    if (t->free.n) {
        d = t->free.p[--t->free.n];
    } else {
        d = (uint32_t)t->values.n;
        if (!VEC_ADD(&t->values))
            return 0;
        if (!VEC_ADD(&t->nodes)) {
            t->values.n--;
            return 0;
        }
    }
    ask_text_again(s->book, value);
    t->values.p[d] = value;
    t->by_value.p[value] = d;
    return d;
}

/* A domain without nodes holds no pods either, in any tally: its number is used again. Without memory to remember that, it stays. */
static void leave_domain(struct sched *s, struct topology *t, uint32_t d)
{
    uint32_t *slot = --t->nodes.p[d] ? NULL : VEC_ADD(&t->free);
    if (!slot)
        return;
    *slot = d;
    t->by_value.p[t->values.p[d]] = 0;
    ask_text_drop(s->book, t->values.p[d]);
    t->values.p[d] = 0;
}

static int place_node(struct sched *s, struct topology *t, const struct machine *m)
{
    uint32_t value = ask_label(m->labels, t->key), d = value ? domain_of(s, t, value) : 0;
    if (value && !d)
        return -ENOMEM;
    t->domain[m->index] = d;
    t->nodes.p[d]++;
    return 0;
}

static void topology_free(struct sched *s, struct topology *t)
{
    for (size_t i = 1; i < t->values.n; i++)
        ask_text_drop(s->book, t->values.p[i]);
    ask_text_drop(s->book, t->key);
    VEC_DONE(&t->values);
    VEC_DONE(&t->by_value);
    VEC_DONE(&t->nodes);
    VEC_DONE(&t->free);
    mem_free(t->domain);
    mem_free(t);
}

struct topology *topology_get(struct sched *s, uint32_t key)
{
    for (size_t i = 0; i < s->topologies.n; i++)
        if (s->topologies.p[i]->key == key) {
            s->topologies.p[i]->refs++;
            return s->topologies.p[i];
        }
    struct topology *t = mem_alloc(sizeof(*t));
    if (!t)
        return NULL;
    ask_text_again(s->book, key);
    t->key = key;
    t->refs = 1;
    t->domain = mem_alloc(MAX(s->cap, 1u) * sizeof(*t->domain));
    struct topology **slot = NULL;
    bool good = t->domain && VEC_ADD(&t->values) && VEC_ADD(&t->nodes);
    for (uint32_t i = 0; good && i < s->slots; i++)
        if (s->machines[i] && s->machines[i]->known)
            good = place_node(s, t, s->machines[i]) == 0;
    if (good && (slot = VEC_ADD(&s->topologies))) {
        *slot = t;
        return t;
    }
    topology_free(s, t);
    return NULL;
}

void topology_unref(struct sched *s, struct topology *t)
{
    if (!t || --t->refs)
        return;
    for (size_t i = 0; i < s->topologies.n; i++)
        if (s->topologies.p[i] == t) {
            s->topologies.p[i] = s->topologies.p[--s->topologies.n];
            break;
        }
    topology_free(s, t);
}

int topology_node(struct sched *s, struct machine *m, int sign)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < s->topologies.n; i++) {
        struct topology *t = s->topologies.p[i];
        if (sign > 0) {
            r = place_node(s, t, m);
        } else if (t->domain[m->index]) {
            leave_domain(s, t, t->domain[m->index]);
            t->domain[m->index] = 0;
        }
    }
    return r;
}

int topologies_grow(struct sched *s, uint32_t cap)
{
    for (size_t i = 0; i < s->topologies.n; i++) {
        struct topology *t = s->topologies.p[i];
        uint32_t *grown = mem_resize(t->domain, cap * sizeof(*grown));
        if (!grown)
            return -ENOMEM;
        t->domain = grown;
        memset(grown + s->cap, 0, (cap - s->cap) * sizeof(*grown));
    }
    for (size_t i = 0; i < s->tallies.n; i++) {
        struct tally *t = s->tallies.p[i];
        uint8_t *grown = t->eligible ? mem_resize(t->eligible, cap) : NULL;
        if (t->eligible && !grown)
            return -ENOMEM;
        if (grown) {
            t->eligible = grown;
            memset(grown + s->cap, 0, cap - s->cap);
        }
    }
    return 0;
}

/* ── matching ── */

bool matcher_matches(const struct sched *s, const struct tally_matcher *m, const struct ask_labels *l)
{
    bool near = false;
    for (uint32_t i = 0; i < m->n_namespaces && !near; i++)
        near = m->namespaces[i] == l->ns;
    if (!near && !m->namespace_selector.nothing) {
        const struct ask_labels *of = map_get(&s->namespaces, ask_text_of(s->book, l->ns));
        static const struct ask_labels none;
        near = ask_selector_matches(s->book, &m->namespace_selector, of ? of : &none);
    }
    return near && ask_selector_matches(s->book, &m->selector, l);
}

bool tally_matches(const struct sched *s, const struct tally *t, const struct ask_labels *l)
{
    for (uint32_t i = 0; i < t->n_matchers; i++)
        if (!matcher_matches(s, &t->matchers[i], l))
            return false;
    return true;
}

struct labels_cache {
    uint64_t seen; /* sched->tallies_changed */
    uint32_t n;
    struct tally *items[];
};

int labels_prepare(struct sched *s, struct ask_labels *l)
{
    struct labels_cache *k = l->cache;
    if (k && k->seen == s->tallies_changed)
        return 0;
    uint32_t n = 0;
    for (size_t i = 0; i < s->tallies.n; i++)
        n += s->tallies.p[i]->kind == TALLY_PODS && tally_matches(s, s->tallies.p[i], l);
    struct labels_cache *made = mem_alloc(sizeof(*made) + n * sizeof(*made->items));
    if (!made)
        return -ENOMEM;
    for (size_t i = 0; i < s->tallies.n; i++)
        if (s->tallies.p[i]->kind == TALLY_PODS && tally_matches(s, s->tallies.p[i], l))
            made->items[made->n++] = s->tallies.p[i];
    made->seen = s->tallies_changed;
    mem_free(k);
    l->cache = made;
    return 0;
}

void labels_end(void *ctx, struct ask_labels *l)
{
    (void)ctx;
    l->cache = mem_free(l->cache);
}

/* ── counting ── */

static void count(struct tally *t, uint32_t node, int by)
{
    uint32_t d = t->topology->domain[node];
    if (!d || (t->eligible && !t->eligible[node]))
        return;
    int32_t was = t->counts[d], now = was + by;
    t->counts[d] = now;
    t->total += by;
    if (!t->n_least || !t->live[d])
        return;
    if (was == t->least)
        t->n_least--;
    if (now < t->least) {
        t->least = now;
        t->n_least = 1;
    } else if (now == t->least) {
        t->n_least++;
    }
}

static void domain_live(struct tally *t, uint32_t d, int by)
{
    uint32_t was = t->live[d];
    t->live[d] += (uint32_t)by;
    if ((was == 0) != (t->live[d] == 0)) {
        t->n_live += (uint32_t)by;
        t->n_least = 0;
    }
}

int32_t tally_least(struct tally *t, int32_t min_domains)
{
    if (t->n_live == 0 || (int64_t)t->n_live < min_domains)
        return 0;
    if (t->n_least == 0) {
        t->least = INT32_MAX;
        for (uint32_t d = 1; d < t->domains; d++) {
            if (!t->live[d] || t->counts[d] > t->least)
                continue;
            t->n_least = t->counts[d] < t->least ? 1 : t->n_least + 1;
            t->least = t->counts[d];
        }
    }
    return t->least;
}

static bool counts_for(const struct tally *t, const struct sched_pod *p)
{
    return !(t->living && p->deleting);
}

/* What it matches and what terms it has. The owners' tallies are its class's while one of it is counted. */
void tallies_pod(struct sched *s, const struct sched_pod *p, uint32_t node, int sign)
{
    const struct labels_cache *k = p->ask->labels->cache;
    const struct class *c = p->ask->class;
    if (k && k->seen == s->tallies_changed) {
        for (uint32_t i = 0; i < k->n; i++)
            if (counts_for(k->items[i], p))
                count(k->items[i], node, sign);
    } else {
        for (size_t i = 0; i < s->tallies.n; i++)
            if (s->tallies.p[i]->kind == TALLY_PODS && counts_for(s->tallies.p[i], p) && tally_matches(s, s->tallies.p[i], p->ask->labels))
                count(s->tallies.p[i], node, sign);
    }
    if (c && c->owned)
        for (uint32_t i = 0; i < p->ask->n_terms; i++)
            count(c->owned[i], node, sign);
}

static bool node_eligible(const struct sched *s, const struct tally *t, const struct machine *m)
{
    for (uint32_t i = 0; i < t->n_needs_keys; i++)
        if (!ask_label(m->labels, t->needs_keys[i]))
            return false;
    const struct ask *q = t->judge;
    if (q && t->honor_affinity) {
        for (uint32_t i = 0; i < q->n_node_pairs; i++)
            if (ask_label(m->labels, q->node_pairs[i].key) != q->node_pairs[i].value)
                return false;
        if (!ask_node_selector_matches(s->book, &q->required, m->labels, m->name))
            return false;
    }
    for (uint32_t i = 0; q && t->honor_taints && i < m->n_taints; i++)
        if (m->taints[i].effect != ASK_PREFER_NO_SCHEDULE && !ask_tolerates(s->book, q->tolerations, q->n_tolerations, &m->taints[i]))
            return false;
    return true;
}

static void add_pods_of(struct sched *s, struct tally *t, const struct machine *m, int sign)
{
    LIST_EACH (p, &m->pods, struct sched_pod, link) {
        if (t->kind == TALLY_PODS) {
            if (counts_for(t, p) && tally_matches(s, t, p->ask->labels))
                count(t, m->index, sign);
            continue;
        }
        const struct class *c = p->ask->class;
        for (uint32_t i = 0; c && c->owned && i < p->ask->n_terms; i++)
            if (c->owned[i] == t)
                count(t, m->index, sign);
    }
}

static void tally_node(struct sched *s, struct tally *t, const struct machine *m, int sign)
{
    if (sign < 0)
        add_pods_of(s, t, m, -1);
    bool eligible = sign > 0 ? !t->eligible || node_eligible(s, t, m) : t->eligible && t->eligible[m->index];
    uint32_t d = t->topology->domain[m->index];
    if (d && (sign < 0 ? !t->eligible || eligible : eligible))
        domain_live(t, d, sign);
    if (t->eligible)
        t->eligible[m->index] = sign > 0 && eligible;
    if (sign > 0)
        add_pods_of(s, t, m, 1);
}

void tallies_node(struct sched *s, uint32_t node, int sign)
{
    for (size_t i = 0; i < s->tallies.n; i++)
        tally_node(s, s->tallies.p[i], s->machines[node], sign);
}

static int room(struct tally *t)
{
    uint32_t n = (uint32_t)t->topology->values.n;
    if (n > t->cap) {
        uint32_t cap = MAX(n + n / 2, 16u);
        int32_t *counts = mem_resize(t->counts, cap * sizeof(*counts));
        if (counts)
            t->counts = counts;
        uint32_t *live = counts ? mem_resize(t->live, cap * sizeof(*live)) : NULL;
        if (!live)
            return -ENOMEM;
        t->live = live;
        memset(t->counts + t->cap, 0, (cap - t->cap) * sizeof(*counts));
        memset(t->live + t->cap, 0, (cap - t->cap) * sizeof(*live));
        t->cap = cap;
    }
    t->domains = n;
    return 0;
}

int tallies_room(struct sched *s)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < s->tallies.n; i++)
        r = room(s->tallies.p[i]);
    return r;
}

static void tally_fill(struct sched *s, struct tally *t)
{
    if (t->cap) {
        memset(t->counts, 0, t->cap * sizeof(*t->counts));
        memset(t->live, 0, t->cap * sizeof(*t->live));
    }
    t->n_live = t->n_least = 0;
    t->total = 0;
    for (uint32_t i = 0; i < s->slots; i++)
        if (s->machines[i] && s->machines[i]->known)
            tally_node(s, t, s->machines[i], 1);
}

void tallies_rebuild(struct sched *s)
{
    s->tallies_changed++;
    for (size_t i = 0; i < s->tallies.n; i++)
        if (s->tallies.p[i]->kind == TALLY_PODS)
            tally_fill(s, s->tallies.p[i]);
}

/* ── making and freeing ── */

static void tally_free(struct sched *s, struct tally *t)
{
    if (t->topology)
        topology_unref(s, t->topology);
    ask_held_drop(s->book, &t->held);
    mem_free(t->eligible);
    mem_free(t->counts);
    mem_free(t->live);
    arena_free(t->mem);
    mem_free(t);
}

void tally_unref(struct sched *s, struct tally *t)
{
    if (!t || --t->refs)
        return;
    map_del(&s->tally_index, t->key);
    struct tally *last = s->tallies.p[--s->tallies.n];
    s->tallies.p[t->place] = last;
    last->place = t->place;
    if (t->kind == TALLY_PODS)
        s->tallies_changed++;
    else
        s->terms_changed++;
    tally_free(s, t);
}

static int copy_ids(struct sched *s, struct tally *t, const uint32_t *from, uint32_t n, uint32_t **out)
{
    *out = arena_alloc(t->mem, (n + 1) * sizeof(**out));
    for (uint32_t i = 0; *out && i < n; i++)
        if (!((*out)[i] = ask_hold(s->book, &t->held, ask_text_of(s->book, from[i]))))
            return -ENOMEM;
    return *out ? 0 : -ENOMEM;
}

static int copy_selector(struct sched *s, struct tally *t, const struct ask_selector *from, struct ask_selector *to)
{
    *to = (struct ask_selector){.n = from->n, .nothing = from->nothing, .needs = arena_alloc(t->mem, (from->n + 1) * sizeof(*to->needs))};
    int r = to->needs ? 0 : -ENOMEM;
    for (uint32_t i = 0; r == 0 && i < from->n; i++) {
        struct ask_need *need = &to->needs[i];
        uint32_t *key;
        *need = from->needs[i];
        r = copy_ids(s, t, from->needs[i].values, need->n, &need->values);
        if (r == 0)
            r = copy_ids(s, t, &from->needs[i].key, 1, &key);
    }
    return r;
}

static int tally_new(struct sched *s, struct str key, enum tally_kind kind, uint32_t topology, uint32_t n_matchers, struct tally **out)
{
    struct tally *t = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->refs = 1;
    t->kind = kind;
    int r = arena_new(&t->mem, TALLY_BYTES);
    if (r == 0)
        r = arena_str(t->mem, key, &t->key);
    if (r == 0 && !(t->matchers = arena_alloc(t->mem, (n_matchers + 1) * sizeof(*t->matchers))))
        r = -ENOMEM;
    if (r == 0 && !(t->topology = topology_get(s, topology)))
        r = -ENOMEM;
    if (r == 0)
        r = room(t);
    if (r < 0) {
        tally_free(s, t);
        return r;
    }
    *out = t;
    return 0;
}

/* From here on it is kept up to date. */
static int tally_join(struct sched *s, struct tally *t, struct tally **out)
{
    struct tally **slot = VEC_ADD(&s->tallies);
    if (!slot || map_put(&s->tally_index, t->key, t) < 0) {
        s->tallies.n -= slot != NULL;
        tally_free(s, t);
        return -ENOMEM;
    }
    *slot = t;
    t->place = s->tallies.n - 1;
    if (t->kind == TALLY_PODS)
        s->tallies_changed++;
    else
        s->terms_changed++;
    tally_fill(s, t);
    *out = t;
    return 0;
}

static int copy_term(struct sched *s, struct tally *t, const struct ask_term *from)
{
    struct tally_matcher *m = &t->matchers[t->n_matchers++];
    m->n_namespaces = from->n_namespaces;
    int r = copy_ids(s, t, from->namespaces, from->n_namespaces, &m->namespaces);
    if (r == 0)
        r = copy_selector(s, t, &from->namespace_selector, &m->namespace_selector);
    return r < 0 ? r : copy_selector(s, t, &from->selector, &m->selector);
}

int tally_of_term(struct sched *s, const struct ask_term *terms, uint32_t n, uint32_t topology, enum tally_kind kind, struct tally **out)
{
    SCOPED_BUF key = BUF_INIT(4u << 20);
    buf_char(&key, kind == TALLY_OWNERS ? 'o' : 'p');
    buf_add(&key, &topology, sizeof(topology));
    for (uint32_t i = 0; i < n; i++) /* who merely matches does not care for kind and weight: the first bytes */
        buf_str(&key, kind == TALLY_OWNERS ? terms[i].key : str_from(terms[i].key, sizeof(terms->kind) + sizeof(terms->weight)));
    if (buf_error(&key) < 0)
        return buf_error(&key);
    struct tally *t = map_get(&s->tally_index, buf_view(&key));
    if (t) {
        t->refs++;
        *out = t;
        return 0;
    }
    int r = tally_new(s, buf_view(&key), kind, topology, n, &t);
    for (uint32_t i = 0; r == 0 && i < n; i++)
        if ((r = copy_term(s, t, &terms[i])) < 0)
            tally_free(s, t);
    if (r < 0)
        return r;
    t->term = terms->kind;
    t->weight = terms->weight;
    return tally_join(s, t, out);
}

int tally_of_spread(struct sched *s, struct class *c, const struct ask_spread *spread, const uint32_t *keys, uint32_t n_keys, struct tally **out)
{
    SCOPED_BUF key = BUF_INIT(4u << 20);
    const struct ask *q = c->ask;
    bool affinity = spread->honor_affinity && (q->n_node_pairs || q->required.set);
    uintptr_t judge = affinity || spread->honor_taints ? (uintptr_t)q : 0;
    buf_char(&key, 's');
    buf_add(&key, &spread->topology, sizeof(spread->topology));
    buf_add(&key, &q->ns, sizeof(q->ns));
    buf_add(&key, &judge, sizeof(judge));
    buf_char(&key, (char)('0' + affinity + 2 * spread->honor_taints));
    buf_add(&key, keys, n_keys * sizeof(*keys));
    ask_selector_key(&spread->selector, &key);
    if (buf_error(&key) < 0)
        return buf_error(&key);
    struct tally *t = map_get(&s->tally_index, buf_view(&key));
    if (t) {
        t->refs++;
        *out = t;
        return 0;
    }
    int r = tally_new(s, buf_view(&key), TALLY_PODS, spread->topology, 1, &t);
    if (r < 0)
        return r;
    t->living = true;
    t->n_matchers = t->matchers[0].n_namespaces = 1;
    t->matchers[0].namespace_selector.nothing = true;
    t->honor_affinity = affinity;
    t->honor_taints = spread->honor_taints;
    r = copy_ids(s, t, &q->ns, 1, &t->matchers[0].namespaces);
    if (r == 0)
        r = copy_selector(s, t, &spread->selector, &t->matchers[0].selector);
    if (r == 0)
        r = copy_ids(s, t, keys, n_keys, &t->needs_keys);
    t->n_needs_keys = n_keys;
    if (r == 0 && (judge || n_keys > 1) && !(t->eligible = mem_alloc(MAX(s->cap, 1u))))
        r = -ENOMEM;
    if (r < 0) {
        tally_free(s, t);
        return r;
    }
    t->judge = judge ? q : NULL;
    return tally_join(s, t, out);
}

void tallies_done(struct sched *s)
{
    for (size_t i = 0; i < SPLITS_KEPT; i++)
        topology_unref(s, s->split_by[i]);
    VEC_DONE(&s->tallies);
    VEC_DONE(&s->topologies);
    map_done(&s->tally_index);
}
