#include "sched/inside.h"

/* Classes: pods that ask the same. A class keeps what it found about each node, and reads in the log what has changed since.
 *
 *   still   what no pod changes: labels, taints (looked at anew when the log says LOG_STATIC)
 *   why     the first refusal, or REASON_FITS; a feasible node stands in order by its score: in a bucket, or, where a plugin's scores
 *           are too fine for that, in a heap
 *   group   nodes whose raw scores of NodeAffinity and TaintToleration are equal: those two are scored against the best feasible
 *           node, so their share of the score is found group by group, at the last moment */

#define STILL_UNKNOWN     UINT16_MAX
#define COLUMNS_BYTES_MAX ((size_t)1 << 30) /* of all classes together, unless sched_new() was told */
#define TURNS_MAX         INT32_MAX         /* of a heap: then it is made anew */

int class_of(struct sched *s, struct ask *q, struct class **out)
{
    struct class *c = mem_alloc(sizeof(*c));
    if (!c)
        return -ENOMEM;
    list_init(&c->used);
    c->ask = q;
    c->number = ++s->class_numbers;
    size_t profile = q->profile < 0 ? 0 : (size_t)q->profile;
    c->profile = &s->profiles[profile];
    c->added = &s->added[profile];
    q->class = c;
    *out = c;
    return 0;
}

static void columns_drop(struct sched *s, struct class *c)
{
    for (size_t i = 0; i < c->groups.n; i++) {
        mem_free(c->groups.p[i].first);
        mem_free(c->groups.p[i].last);
        mem_free(c->groups.p[i].bits);
        VEC_DONE(&c->groups.p[i].heap);
    }
    VEC_DONE(&c->groups);
    VEC_DONE(&c->plugin_counts);
    c->still = mem_free(c->still);
    c->why = mem_free(c->why);
    c->group = mem_free(c->group);
    c->lack = mem_free(c->lack);
    c->next = mem_free(c->next);
    c->prev = mem_free(c->prev);
    c->score = mem_free(c->score);
    c->candidates = mem_free(c->candidates);
    s->class_bytes -= c->bytes;
    c->bytes = 0;
    c->cap = 0;
    list_del(&c->used);
}

void class_void(struct sched *s, struct class *c)
{
    columns_drop(s, c);
    c->linked = false;
}

void class_free(struct sched *s, struct class *c)
{
    columns_drop(s, c);
    class_unlink(s, c);
    c->ask->class = NULL;
    mem_free(c);
}

/* ── what is asked of one node ── */

uint16_t reason_code(struct sched *s, unsigned rule, const char *text, bool final)
{
    for (size_t i = REASONS_FIXED; i < s->reasons.n; i++)
        if (s->reasons.p[i].text == text && s->reasons.p[i].rule == rule && s->reasons.p[i].final == final)
            return (uint16_t)i;
    struct reason *to = s->reasons.n < REASONS_MAX ? VEC_ADD(&s->reasons) : NULL;
    if (!to) /* another reason of the same plugin, or any, rather than none */
        return (uint16_t)(s->reasons.n > REASONS_FIXED ? s->reasons.n - 1 : REASON_UNSCHEDULABLE);
    *to = (struct reason){(uint16_t)rule, final, text};
    return (uint16_t)(s->reasons.n - 1);
}

static bool filters_by(const struct class *c, unsigned rule)
{
    return c->profile->filters >> rule & 1;
}

bool affinity_fits(struct sched *s, const struct class *c, const struct machine *m)
{
    const struct ask *q = c->ask;
    for (uint32_t i = 0; i < q->n_node_pairs; i++)
        if (ask_label(m->labels, q->node_pairs[i].key) != q->node_pairs[i].value)
            return false;
    return ask_node_selector_matches(s->book, &q->required, m->labels, m->name);
}

uint16_t class_still(struct sched *s, struct class *c, uint32_t node)
{
    const struct machine *m = s->machines[node];
    const struct ask *q = c->ask;
    if (!m || !m->known)
        return REASON_ABSENT;
    struct ask_taint cordon = {s->text_unschedulable, s->text_empty, ASK_NO_SCHEDULE};
    if (m->unschedulable && filters_by(c, SCHED_RULE_UNSCHEDULABLE) && !ask_tolerates(s->book, q->tolerations, q->n_tolerations, &cordon))
        return REASON_UNSCHEDULABLE;
    for (uint32_t i = 0; i < m->n_taints && filters_by(c, SCHED_RULE_TAINTS); i++)
        if (m->taints[i].effect != ASK_PREFER_NO_SCHEDULE && !ask_tolerates(s->book, q->tolerations, q->n_tolerations, &m->taints[i]))
            return REASON_TAINT;
    if (!filters_by(c, SCHED_RULE_NODE_AFFINITY))
        return REASON_FITS;
    if (!ask_node_selector_matches(s->book, &c->added->required, m->labels, m->name))
        return REASON_ENFORCED;
    return affinity_fits(s, c, m) ? REASON_FITS : REASON_AFFINITY;
}

int32_t preferred_sum(struct sched *s, const struct class *c, const struct machine *m)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < c->ask->n_preferred; i++)
        if (c->ask->preferred[i].weight && ask_node_term_matches(s->book, &c->ask->preferred[i], m->labels, m->name))
            sum += c->ask->preferred[i].weight;
    for (uint32_t i = 0; i < c->added->n_preferred; i++)
        if (c->added->preferred[i].weight && ask_node_term_matches(s->book, &c->added->preferred[i], m->labels, m->name))
            sum += c->added->preferred[i].weight;
    return (int32_t)MIN(sum, INT32_MAX);
}

int32_t soft_taints(struct sched *s, const struct class *c, const struct machine *m)
{
    const struct ask *q = c->ask;
    int32_t n = 0;
    for (uint32_t i = 0; i < m->n_taints; i++) {
        if (m->taints[i].effect != ASK_PREFER_NO_SCHEDULE)
            continue;
        bool tolerated = false;
        for (uint32_t k = 0; k < q->n_tolerations && !tolerated; k++)
            tolerated = (q->tolerations[k].effect == ASK_EFFECT_ANY || q->tolerations[k].effect == ASK_PREFER_NO_SCHEDULE) &&
                        ask_tolerates(s->book, &q->tolerations[k], 1, &m->taints[i]);
        n += !tolerated;
    }
    return n;
}

static bool ignored(const struct sched *s, const struct class *c, uint32_t column, uint32_t name)
{
    struct str text = name ? ask_text_of(s->book, name) : ask_column_name(s->book, column);
    for (size_t i = 0; i < c->profile->n_ignored; i++) {
        struct str one = c->profile->ignored[i];
        if (str_eq(text, one) || (str_ends(one, STR("/")) && str_starts(text, one)))
            return true;
    }
    return false;
}

/* NodeResourcesFit: bit 0 pods, bit i + 1 the i-th amount. extra: what nominated pods hold. */
static uint16_t fit(const struct sched *s, const struct class *c, const struct ask_amounts *asks, uint32_t node, const struct machine *m,
                    int32_t above, const struct sched_pod *self, bool nominees, uint32_t *lack)
{
    uint32_t bits = 0, more = 0;
    bool final = asks->too_many;
    if (nominees && m->n_nominees)
        LIST_EACH (p, &m->nominees, struct sched_pod, nominee)
            more += p != self && p->ask->priority >= above;
    if ((int64_t)s->n_pods[node] + more + 1 > (s->has[ASK_PODS] ? s->has[ASK_PODS][node] : 0))
        bits = 1;
    for (uint32_t i = 0; i < asks->n; i++) {
        uint32_t column = asks->items[i].column;
        int64_t has = column != ASK_COLUMN_NONE && s->has[column] ? s->has[column][node] : 0;
        int64_t used = column != ASK_COLUMN_NONE && s->used[column] ? s->used[column][node] : 0;
        if (more)
            LIST_EACH (p, &m->nominees, struct sched_pod, nominee)
                if (p != self && p->ask->priority >= above && column != ASK_COLUMN_NONE)
                    used += ask_amount_of(p->amounts, column);
        if (asks->items[i].n <= has - used || (c->profile->n_ignored && ignored(s, c, column, asks->items[i].name)))
            continue;
        if (has == 0 && c->ask->backed >> i & 1 && asks == c->ask->amounts)
            continue;
        bits |= 2u << i;
        final = final || asks->items[i].n > has;
    }
    *lack = bits;
    return bits || asks->too_many ? (final ? REASON_FIT_FINAL : REASON_FIT) : REASON_FITS;
}

static bool ports_free(const struct ask *q, const struct list *pods, bool nominated, int32_t above, const struct sched_pod *self)
{
    for (struct list *l = pods->next; l != pods; l = l->next) {
        const struct sched_pod *p = nominated ? CONTAINER_OF(l, struct sched_pod, nominee) : CONTAINER_OF(l, struct sched_pod, link);
        if (p == self || p->aside || p->ask->n_ports == 0 || (nominated && p->ask->priority < above))
            continue;
        for (uint32_t i = 0; i < q->n_ports; i++)
            for (uint32_t k = 0; k < p->ask->n_ports; k++)
                if (ask_port_clash(&q->ports[i], &p->ask->ports[k]))
                    return false;
    }
    return true;
}

/* What pods on the node change, beside topology. p: the pod itself, or NULL: any of the class. */
uint16_t class_moving(struct sched *s, struct class *c, const struct sched_pod *p, uint32_t node, bool nominees, uint32_t *lack)
{
    const struct ask *q = c->ask;
    const struct machine *m = s->machines[node];
    s->stats.looks++;
    *lack = 0;
    if (q->n_ports && filters_by(c, SCHED_RULE_PORTS)) {
        if (m->n_ports && !ports_free(q, &m->pods, false, 0, p))
            return REASON_PORTS;
        if (nominees && m->n_nominees && !ports_free(q, &m->nominees, true, q->priority, p))
            return REASON_PORTS;
    }
    uint16_t why = filters_by(c, SCHED_RULE_FIT) ? fit(s, c, q->amounts, node, m, q->priority, p, nominees, lack) : REASON_FITS;
    if (why == REASON_FITS && volumes_concern(q))
        why = volumes_look(s, c, node);
    if (why != REASON_FITS || !q->plugins)
        return why;
    const struct sched_pod *any = p ? p : class_pod(s, c);
    for (size_t i = 0; i < s->n_plugins && any; i++) {
        bool final = false;
        const char *text = q->plugins >> i & 1 && s->plugins[i].filter && filters_by(c, SCHED_RULE_PLUGIN + (unsigned)i)
                               ? s->plugins[i].filter(s->plugins[i].self, any, node, &final)
                               : NULL;
        if (text)
            return reason_code(s, SCHED_RULE_PLUGIN + (unsigned)i, text, final);
    }
    return REASON_FITS;
}

static int64_t part(const struct class *c, unsigned rule, int64_t score)
{
    return c->profile->scores >> rule & 1 ? c->profile->weights[rule] * score : 0;
}

static int64_t plugin_most(const struct sched *s, size_t i)
{
    return s->plugins[i].most ? s->plugins[i].most : 100;
}

/* The share of the score that belongs to the node alone. */
int64_t node_score(struct sched *s, struct class *c, const struct sched_pod *p, uint32_t node, int64_t *by_rule)
{
    int64_t one[SCHED_RULES] = {0}, sum = 0, *to = by_rule ? by_rule : one;
    to[SCHED_RULE_FIT] = part(c, SCHED_RULE_FIT, c->profile->scores >> SCHED_RULE_FIT & 1 ? score_fit(s, c, node) : 0);
    to[SCHED_RULE_BALANCED] = part(c, SCHED_RULE_BALANCED, c->profile->scores >> SCHED_RULE_BALANCED & 1 ? score_balanced(s, c, node) : 0);
    to[SCHED_RULE_IMAGES] = part(c, SCHED_RULE_IMAGES, s->images.n ? score_images(s, c, node) : 0);
    sum = to[SCHED_RULE_FIT] + to[SCHED_RULE_BALANCED] + to[SCHED_RULE_IMAGES];
    for (size_t i = 0; c->ask->plugins && i < s->n_plugins; i++) {
        unsigned rule = SCHED_RULE_PLUGIN + (unsigned)i;
        if (c->ask->plugins >> i & 1 && s->plugins[i].score && p)
            sum += to[rule] = part(c, rule, MAX(MIN(s->plugins[i].score(s->plugins[i].self, p, node), plugin_most(s, i)), INT64_C(0)));
    }
    return sum;
}

/* ── buckets ── */

/* At the end, so that equal nodes take turns. */
static void bucket_add(struct class *c, uint32_t node)
{
    struct group *g = &c->groups.p[c->group[node]];
    uint32_t b = (uint32_t)c->score[node], id = node + 1;
    g->bits[b / 64] |= UINT64_C(1) << (b % 64);
    c->next[node] = 0;
    c->prev[node] = g->last[b];
    if (g->last[b])
        c->next[g->last[b] - 1] = id;
    else
        g->first[b] = id;
    g->last[b] = id;
}

static void bucket_del(struct class *c, uint32_t node)
{
    struct group *g = &c->groups.p[c->group[node]];
    uint32_t b = (uint32_t)c->score[node], next = c->next[node], prev = c->prev[node];
    if (next)
        c->prev[next - 1] = prev;
    else
        g->last[b] = prev;
    if (prev)
        c->next[prev - 1] = next;
    else
        g->first[b] = next;
    if (!g->first[b])
        g->bits[b / 64] &= ~(UINT64_C(1) << (b % 64));
}

/* ── heaps: next[] is a node's place, prev[] its turn, so that equal nodes take turns here too ── */

static bool goes_first(const struct class *c, uint32_t a, uint32_t b)
{
    return c->score[a] != c->score[b] ? c->score[a] > c->score[b] : c->prev[a] < c->prev[b];
}

static void heap_rise(struct class *c, struct group *g, uint32_t node, size_t at)
{
    for (size_t up; at > 0 && goes_first(c, node, g->heap.p[up = (at - 1) / 2]); at = up) {
        g->heap.p[at] = g->heap.p[up];
        c->next[g->heap.p[at]] = (uint32_t)at;
    }
    g->heap.p[at] = node;
    c->next[node] = (uint32_t)at;
}

static void heap_sink(struct class *c, struct group *g, uint32_t node, size_t at)
{
    for (size_t down; (down = 2 * at + 1) < g->heap.n; at = down) {
        if (down + 1 < g->heap.n && goes_first(c, g->heap.p[down + 1], g->heap.p[down]))
            down++;
        if (!goes_first(c, g->heap.p[down], node))
            break;
        g->heap.p[at] = g->heap.p[down];
        c->next[g->heap.p[at]] = (uint32_t)at;
    }
    g->heap.p[at] = node;
    c->next[node] = (uint32_t)at;
}

static int order_add(struct class *c, uint32_t node)
{
    struct group *g = &c->groups.p[c->group[node]];
    if (c->order == ORDER_BUCKETS)
        bucket_add(c, node);
    if (c->order != ORDER_HEAPS)
        return 0;
    if (!VEC_ADD(&g->heap))
        return -ENOMEM;
    c->prev[node] = c->turns++;
    heap_rise(c, g, node, g->heap.n - 1);
    return 0;
}

static void order_del(struct class *c, uint32_t node)
{
    struct group *g = &c->groups.p[c->group[node]];
    if (c->order == ORDER_BUCKETS)
        bucket_del(c, node);
    if (c->order != ORDER_HEAPS)
        return;
    uint32_t last = g->heap.p[--g->heap.n];
    size_t at = c->next[node];
    if (last == node)
        return;
    if (at > 0 && goes_first(c, last, g->heap.p[(at - 1) / 2]))
        heap_rise(c, g, last, at);
    else
        heap_sink(c, g, last, at);
}

static int group_of(struct class *c, int32_t affinity, int32_t taints, uint16_t *out)
{
    for (size_t i = 0; i < c->groups.n; i++)
        if (c->groups.p[i].affinity == affinity && c->groups.p[i].taints == taints) {
            *out = (uint16_t)i;
            return 0;
        }
    if (c->groups.n >= CLASS_GROUPS_MAX)
        c->order = ORDER_NONE; /* too many to look through their best: such a class walks */
    struct group *g = c->groups.n < UINT16_MAX ? VEC_ADD(&c->groups) : NULL;
    if (!g)
        return -ENOMEM;
    g->affinity = affinity;
    g->taints = taints;
    if (c->order == ORDER_BUCKETS) {
        g->first = mem_alloc(c->n_buckets * sizeof(*g->first));
        g->last = mem_alloc(c->n_buckets * sizeof(*g->last));
        g->bits = mem_alloc((c->n_buckets / 64 + 1) * sizeof(*g->bits));
        if (!g->first || !g->last || !g->bits) {
            mem_free(g->first);
            mem_free(g->last);
            mem_free(g->bits);
            c->groups.n--;
            return -ENOMEM;
        }
    }
    *out = (uint16_t)(c->groups.n - 1);
    return 0;
}

void group_most(const struct class *c, int32_t *affinity, int32_t *taints)
{
    *affinity = *taints = 0;
    for (size_t i = 0; i < c->groups.n; i++)
        if (c->groups.p[i].feasible) {
            *affinity = MAX(*affinity, c->groups.p[i].affinity);
            *taints = MAX(*taints, c->groups.p[i].taints);
        }
}

void group_shares(const struct class *c, const struct group *g, int32_t most_affinity, int32_t most_taints, int64_t *affinity, int64_t *taints)
{
    *affinity = part(c, SCHED_RULE_NODE_AFFINITY, most_affinity ? (int64_t)g->affinity * 100 / most_affinity : 0);
    *taints = part(c, SCHED_RULE_TAINTS, 100 - (most_taints ? (int64_t)g->taints * 100 / most_taints : 0));
}

int64_t group_score(const struct class *c, const struct group *g, int32_t most_affinity, int32_t most_taints)
{
    int64_t affinity, taints;
    group_shares(c, g, most_affinity, most_taints, &affinity, &taints);
    return affinity + taints;
}

/* ── looking ── */

static void uncount(struct class *c, uint32_t node)
{
    uint16_t why = c->why[node];
    if (why == REASON_ABSENT)
        return;
    if (why == REASON_FITS) {
        order_del(c, node);
        c->groups.p[c->group[node]].feasible--;
        c->feasible--;
    } else if (why < REASONS_FIXED) {
        c->counts[why]--;
    } else {
        c->plugin_counts.p[why - REASONS_FIXED]--;
    }
    for (uint32_t bits = c->lack[node]; bits; bits &= bits - 1)
        c->lacks[__builtin_ctz(bits)]--;
}

static int record(struct class *c, uint32_t node, uint16_t why, uint32_t lack, int64_t score)
{
    if (why >= REASONS_FIXED)
        while (c->plugin_counts.n <= (size_t)(why - REASONS_FIXED))
            if (!VEC_ADD(&c->plugin_counts)) {
                c->why[node] = REASON_ABSENT;
                c->lack[node] = 0;
                return -ENOMEM;
            }
    c->score[node] = (int32_t)score;
    if (why == REASON_FITS && order_add(c, node) < 0)
        return -ENOMEM;
    c->why[node] = why;
    c->lack[node] = lack;
    if (why == REASON_FITS) {
        c->groups.p[c->group[node]].feasible++;
        c->feasible++;
    } else if (why < REASONS_FIXED && why != REASON_ABSENT) {
        c->counts[why]++;
    } else if (why >= REASONS_FIXED) {
        c->plugin_counts.p[why - REASONS_FIXED]++;
    }
    for (uint32_t bits = lack; bits; bits &= bits - 1)
        c->lacks[__builtin_ctz(bits)]++;
    return 0;
}

static int look(struct sched *s, struct class *c, uint32_t node, bool still)
{
    uint32_t lack = 0;
    int r = 0;
    uncount(c, node);
    c->why[node] = REASON_ABSENT;
    c->lack[node] = 0;
    if (c->candidates)
        c->candidates[node].known = false;
    /* The log tells of a node before it tells that it went, but it is gone already. */
    if (still || c->still[node] == STILL_UNKNOWN || !s->machines[node] || !s->machines[node]->known) {
        c->still[node] = class_still(s, c, node);
        if (c->still[node] == REASON_FITS) {
            const struct machine *m = s->machines[node];
            bool affinity = c->profile->scores >> SCHED_RULE_NODE_AFFINITY & 1, taints = c->profile->scores >> SCHED_RULE_TAINTS & 1;
            r = group_of(c, affinity ? preferred_sum(s, c, m) : 0, taints ? soft_taints(s, c, m) : 0, &c->group[node]);
            if (r < 0) {
                c->still[node] = STILL_UNKNOWN;
                return r;
            }
        }
    }
    uint16_t why = c->still[node];
    if (why == REASON_FITS)
        why = class_moving(s, c, NULL, node, true, &lack);
    int64_t score = why == REASON_FITS ? node_score(s, c, c->ask->plugins ? class_pod(s, c) : NULL, node, NULL) : 0;
    return record(c, node, why, lack, score);
}

static int columns_make(struct sched *s, struct class *c)
{
    size_t n = s->cap;
    int64_t most = 100;
    columns_drop(s, c);
    for (unsigned i = 0; i < SCHED_RULE_PLUGIN; i++)
        most += 100 * c->profile->weights[i];
    for (unsigned i = 0; i < s->n_plugins; i++)
        most += c->ask->plugins >> i & 1 ? plugin_most(s, i) * c->profile->weights[SCHED_RULE_PLUGIN + i] : 0;
    c->n_buckets = most <= CLASS_BUCKETS_MAX ? (uint32_t)most : 0;
    c->order = c->n_buckets ? ORDER_BUCKETS : ORDER_HEAPS;
    c->turns = 0;
    c->still = mem_alloc(n * sizeof(*c->still));
    c->why = mem_alloc(n * sizeof(*c->why));
    c->group = mem_alloc(n * sizeof(*c->group));
    c->lack = mem_alloc(n * sizeof(*c->lack));
    c->next = mem_alloc(n * sizeof(*c->next));
    c->prev = mem_alloc(n * sizeof(*c->prev));
    c->score = mem_alloc(n * sizeof(*c->score));
    if (!c->still || !c->why || !c->group || !c->lack || !c->next || !c->prev || !c->score) {
        columns_drop(s, c);
        return -ENOMEM;
    }
    c->cap = (uint32_t)n;
    c->bytes = n * (c->order == ORDER_HEAPS ? 26 : 22);
    s->class_bytes += c->bytes;
    return 0;
}

static int look_at_all(struct sched *s, struct class *c)
{
    int r = columns_make(s, c);
    c->feasible = 0;
    memset(c->counts, 0, sizeof(c->counts));
    memset(c->lacks, 0, sizeof(c->lacks));
    for (uint32_t i = 0; r == 0 && i < c->cap; i++) {
        c->why[i] = REASON_ABSENT;
        c->still[i] = STILL_UNKNOWN;
    }
    for (uint32_t i = 0; r == 0 && i < s->slots; i++)
        r = look(s, c, i, true);
    if (r < 0)
        columns_drop(s, c);
    return r;
}

/* Slots made since have never been looked at: they stand in the log, since a node that comes is touched. */
static int read_log(struct sched *s, struct class *c)
{
    int r = 0;
    for (uint64_t at = c->log_seen; r == 0 && at < s->log_at; at++) {
        uint32_t entry = s->log[at & (s->log_size - 1)], node = entry & ~LOG_STATIC;
        r = look(s, c, node, entry & LOG_STATIC);
    }
    if (r < 0)
        columns_drop(s, c);
    return r;
}

void sched_pod_touch(struct sched *s, const struct sched_pod *p)
{
    struct class *c = p->ask->class;
    if (c)
        c->log_seen = s->log_at - 2 * (uint64_t)s->log_size; /* further behind than the log goes */
}

const struct sched_pod *class_pod(struct sched *s, struct class *c)
{
    return s->asking && s->asking->ask == c->ask ? s->asking : NULL;
}

static void make_room(struct sched *s, const struct class *but)
{
    while (s->class_bytes > (s->columns ? s->columns : COLUMNS_BYTES_MAX)) {
        struct class *oldest = CONTAINER_OF(s->classes.next, struct class, used);
        if (&oldest->used == &s->classes || oldest == but)
            return;
        columns_drop(s, oldest);
    }
}

int class_refresh(struct sched *s, struct class *c)
{
    int r = class_link(s, c);
    if (r < 0 || s->cap == 0)
        return r;
    uint64_t volumes = volumes_concern(c->ask) ? volumes_changed(s) : 0, behind = s->log_at - c->log_seen, images = 0;
    for (uint32_t i = 0; i < c->ask->n_images; i++)
        images = images || node_image(s, c->ask->images[i]) ? s->images_changed : 0;
    bool anew = c->cap != s->cap || behind > s->log_size || behind > (uint64_t)s->slots + 64 || volumes != c->volumes_seen ||
                images != c->images_seen || c->turns > TURNS_MAX;
    r = anew ? look_at_all(s, c) : read_log(s, c);
    if (r < 0)
        return r;
    c->log_seen = s->log_at;
    c->volumes_seen = volumes;
    c->images_seen = images;
    list_del(&c->used);
    list_add(&s->classes, &c->used);
    make_room(s, c);
    return 0;
}
