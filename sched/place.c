#include "sched/inside.h"

/* The question and its answer in words. */

/* ── which node ── */

static uint32_t top_bucket(const struct class *c, const struct group *g)
{
    for (uint32_t w = c->n_buckets / 64 + 1; w-- > 0;)
        if (g->bits[w])
            return w * 64 + 63 - (uint32_t)__builtin_clzll(g->bits[w]);
    return UINT32_MAX;
}

static bool group_best(const struct class *c, const struct group *g, uint32_t *node, int64_t *score)
{
    uint32_t b = g->feasible && c->order == ORDER_BUCKETS ? top_bucket(c, g) : UINT32_MAX;
    if (!g->feasible || (c->order == ORDER_BUCKETS && b == UINT32_MAX))
        return false;
    *node = c->order == ORDER_BUCKETS ? g->first[b] - 1 : g->heap.p[0];
    *score = c->score[*node];
    return true;
}

static void from_order(const struct class *c, struct sched_verdict *out)
{
    int32_t affinity, taints;
    group_most(c, &affinity, &taints);
    for (size_t i = 0; i < c->groups.n; i++) {
        const struct group *g = &c->groups.p[i];
        uint32_t node;
        int64_t own;
        if (!group_best(c, g, &node, &own))
            continue;
        int64_t score = group_score(c, g, affinity, taints) + own;
        if (out->node != SCHED_NOWHERE && score <= out->score)
            continue;
        out->node = node;
        out->score = score;
    }
    out->feasible = c->feasible;
}

/* One of the best; which of several is a throw of dice that falls the same each time. */
static void from_walk(struct sched *s, struct sched_verdict *out)
{
    uint32_t equal = 0;
    out->feasible = (uint32_t)s->found.n;
    for (size_t i = 0; i < s->found.n; i++) {
        if (out->node != SCHED_NOWHERE && s->raw.p[i] < out->score)
            continue;
        equal = out->node == SCHED_NOWHERE || s->raw.p[i] > out->score ? 1 : equal + 1;
        s->dice = s->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        if (equal == 1 || (s->dice >> 33) % equal == 0) {
            out->node = s->found.p[i];
            out->score = s->raw.p[i];
        }
    }
}

static uint32_t rejectors_of(const struct sched *s, const struct class *c)
{
    uint32_t rules = 0;
    if (!c->why)
        return 0;
    if (s->sight) {
        for (size_t i = 0; i < s->n_sight; i++)
            if (c->why[s->sight[i]] > REASON_ABSENT)
                rules |= 1u << s->reasons.p[c->why[s->sight[i]]].rule;
        for (unsigned i = 0; i < REASONS_FIXED; i++)
            if (s->walk_counts[i])
                rules |= 1u << s->reasons.p[i].rule;
        return rules;
    }
    for (unsigned i = 0; i < REASONS_FIXED; i++)
        if (c->counts[i] || (c->walks && s->walk_counts[i]))
            rules |= 1u << s->reasons.p[i].rule;
    for (size_t i = 0; i < c->plugin_counts.n; i++)
        if (c->plugin_counts.p[i])
            rules |= 1u << s->reasons.p[REASONS_FIXED + i].rule;
    return rules;
}

static bool refused_at_once(struct sched *s, struct sched_pod *p, struct sched_verdict *out)
{
    if (volumes_concern(p->ask) && (out->before = volumes_before(s, p->ask)) != NULL) {
        out->rejectors = 1u << SCHED_RULE_VOLUME_BINDING;
        return true;
    }
    for (size_t i = 0; p->ask->plugins && i < s->n_plugins; i++)
        if (p->ask->plugins >> i & 1 && s->plugins[i].before && (out->before = s->plugins[i].before(s->plugins[i].self, p)) != NULL) {
            out->rejectors = 1u << (SCHED_RULE_PLUGIN + i);
            return true;
        }
    return false;
}

static int prepare(struct sched *s, struct sched_pod *p)
{
    if (p->ask->profile < 0)
        return -EINVAL;
    s->asking = p;
    return class_refresh(s, p->ask->class);
}

int sched_place(struct sched *s, struct sched_pod *p, struct sched_verdict *out)
{
    struct class *c = p->ask->class;
    uint32_t lack;
    *out = (struct sched_verdict){.node = SCHED_NOWHERE};
    s->stats.placements++;
    if (p->node != SCHED_NOWHERE)
        return -EINVAL;
    if (refused_at_once(s, p, out) || s->n_known == 0)
        return 0;
    int r = prepare(s, p);
    if (r < 0)
        return r;
    if (p->nominated != SCHED_NOWHERE && s->machines[p->nominated]->known && in_sight(s, p->nominated) &&
        exact(s, c, p, p->nominated, &lack) == REASON_FITS) {
        out->node = p->nominated;
        out->feasible = 1;
        return 0;
    }
    if (!c->walks && c->order != ORDER_NONE && !s->sight) {
        from_order(c, out);
    } else {
        r = walk(s, c, p, true);
        if (r < 0)
            return r;
        from_walk(s, out);
    }
    if (out->node == SCHED_NOWHERE)
        out->rejectors = rejectors_of(s, c);
    return 0;
}

static int by_score(const void *x, const void *y)
{
    const struct sched_choice *a = x, *b = y;
    return a->score != b->score ? (a->score > b->score ? -1 : 1) : a->node < b->node ? -1 : 1;
}

ssize_t sched_choices(struct sched *s, struct sched_pod *p, struct sched_choice *out, size_t max)
{
    struct sched_verdict v = {.node = SCHED_NOWHERE};
    if (refused_at_once(s, p, &v) || s->n_known == 0)
        return 0;
    int r = prepare(s, p);
    if (r == 0)
        r = walk(s, p->ask->class, p, true);
    if (r < 0)
        return r;
    struct sched_choice *all = mem_alloc((s->found.n + 1) * sizeof(*all));
    if (!all)
        return -ENOMEM;
    for (size_t i = 0; i < s->found.n; i++)
        all[i] = (struct sched_choice){s->found.p[i], s->raw.p[i]};
    qsort(all, s->found.n, sizeof(*all), by_score);
    size_t n = MIN(max, s->found.n);
    memcpy(out, all, n * sizeof(*out));
    mem_free(all);
    return (ssize_t)n;
}

/* ── words ── */

static const char *words_of(struct sched *s, const struct class *c, uint16_t why, uint32_t lack)
{
    if (why != REASON_FIT && why != REASON_FIT_FINAL)
        return s->reasons.p[why].text;
    if (lack & 1)
        return "Too many pods";
    if (lack == 0)
        return "Insufficient resources";
    const struct ask_amount *a = &c->ask->amounts->items[__builtin_ctz(lack) - 1];
    snprintf(s->words, sizeof(s->words), "Insufficient %.*s",
             STR_FMT(a->column == ASK_COLUMN_NONE ? ask_text_of(s->book, a->name) : ask_column_name(s->book, a->column)));
    return s->words;
}

const char *sched_fits(struct sched *s, struct sched_pod *p, uint32_t node)
{
    uint32_t lack = 0;
    if (node >= s->slots || !s->machines[node] || !s->machines[node]->known)
        return "no such node";
    if (prepare(s, p) < 0)
        return "no memory";
    uint16_t why = exact(s, p->ask->class, p, node, &lack);
    return why ? words_of(s, p->ask->class, why, lack) : NULL;
}

#define LINES_MAX 128
static int by_text(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

static void line(struct arena *a, char **lines, size_t *n, uint32_t count, const char *text)
{
    struct str t = count && *n < LINES_MAX ? arena_fmt(a, "%u %s", count, text) : STR_NONE;
    if (t.p)
        lines[(*n)++] = (char *)(uintptr_t)t.p;
}

/* In order of their texts, numbers included, as upstream. */
void words_print(struct sched *s, const struct class *c, const uint32_t *counts, const uint32_t *lacks, const struct words *more, size_t n_more,
                 struct buf *out)
{
    SCOPED(arena) a = NULL;
    char *lines[LINES_MAX];
    size_t n = 0;
    if (arena_new(&a, 1u << 20) < 0)
        return;
    for (uint16_t i = 0; i < REASONS_FIXED; i++)
        if (s->reasons.p[i].text)
            line(a, lines, &n, counts[i], s->reasons.p[i].text);
    for (uint32_t bit = 0; bit <= c->ask->amounts->n; bit++)
        line(a, lines, &n, lacks[bit], words_of(s, c, REASON_FIT, 1u << bit));
    if (c->ask->amounts->too_many)
        line(a, lines, &n, counts[REASON_FIT_FINAL], words_of(s, c, REASON_FIT, 0));
    for (size_t i = 0; i < n_more; i++)
        line(a, lines, &n, more[i].n, more[i].text);
    qsort(lines, n, sizeof(*lines), by_text);
    for (size_t i = 0; i < n; i++)
        buf_fmt(out, "%s%s", i ? ", " : " ", lines[i]);
    if (n)
        buf_char(out, '.');
}

/* The class counts over all nodes; a part of them is counted here. */
static void explain_sight(struct sched *s, struct class *c, struct buf *out)
{
    struct words more[32];
    uint32_t counts[REASONS_FIXED] = {0}, lacks[ASK_AMOUNTS_MAX + 1] = {0};
    size_t n = 0;
    for (size_t i = 0; i < REASONS_FIXED; i++)
        counts[i] = s->walk_counts[i];
    for (size_t i = 0; i < s->n_sight; i++) {
        uint16_t why = c->why[s->sight[i]];
        for (uint32_t bits = c->lack[s->sight[i]]; bits; bits &= bits - 1)
            lacks[__builtin_ctz(bits)]++;
        if (why < REASONS_FIXED) {
            counts[why] += why > REASON_ABSENT;
            continue;
        }
        size_t k = 0;
        while (k < n && more[k].text != s->reasons.p[why].text)
            k++;
        if (k == n && n < ARRAY_LEN(more))
            more[n++] = (struct words){0, s->reasons.p[why].text};
        if (k < n)
            more[k].n++;
    }
    words_print(s, c, counts, lacks, more, n, out);
}

void sched_explain(struct sched *s, struct sched_pod *p, const struct sched_verdict *v, struct buf *out)
{
    struct class *c = p->ask->class;
    struct words more[32];
    uint32_t counts[REASONS_FIXED];
    size_t n = 0;
    if (s->n_known == 0) {
        buf_text(out, "no nodes available to schedule pods");
        return;
    }
    buf_fmt(out, "0/%u nodes are available:", s->sight ? (uint32_t)s->n_sight : s->n_known);
    if (v->before) {
        buf_fmt(out, " %s.", v->before);
        return;
    }
    if (!c->why)
        return;
    if (s->sight) {
        explain_sight(s, c, out);
        return;
    }
    for (size_t i = 0; i < REASONS_FIXED; i++)
        counts[i] = c->counts[i] + (c->walks ? s->walk_counts[i] : 0);
    for (size_t i = 0; i < c->plugin_counts.n && n < ARRAY_LEN(more); i++)
        more[n++] = (struct words){c->plugin_counts.p[i], s->reasons.p[REASONS_FIXED + i].text};
    words_print(s, c, counts, c->lacks, more, n, out);
}

/* All that a node lacks, not the first thing alone. */
static const char *words_all(struct sched *s, const struct class *c, uint16_t why, uint32_t lack)
{
    char all[sizeof(s->words)];
    size_t n = 0;
    if ((why != REASON_FIT && why != REASON_FIT_FINAL) || !(lack & (lack - 1)))
        return words_of(s, c, why, lack);
    for (uint32_t bits = lack; bits && n < sizeof(all); bits &= bits - 1)
        n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s", n ? ", " : "", words_of(s, c, why, bits & -bits));
    snprintf(s->words, sizeof(s->words), "%s", all);
    return s->words;
}

int sched_opinion(struct sched *s, struct sched_pod *p, uint32_t node, struct sched_opinion *out)
{
    struct class *c = p->ask->class;
    uint32_t lack = 0;
    *out = (struct sched_opinion){.rule = -1};
    if (node >= s->slots || !s->machines[node] || !s->machines[node]->known)
        return -EINVAL;
    int r = prepare(s, p);
    if (r < 0)
        return r;
    uint16_t why = exact(s, c, p, node, &lack);
    if (why) {
        out->rule = s->reasons.p[why].rule;
        out->reason = words_all(s, c, why, lack);
        return 0;
    }
    uint32_t start = s->walk_start; /* to have been asked changes nothing */
    s->by_rule = out->scores;
    s->by_rule_node = node;
    r = walk(s, c, p, true);
    s->by_rule = NULL;
    s->walk_start = start;
    if (r < 0)
        return r;
    node_score(s, c, p, node, out->scores);
    for (unsigned i = 0; i < SCHED_RULES; i++)
        out->total += out->scores[i];
    return 0;
}

/* ── the whole record ── */

struct survey {
    struct sched_choice *all; /* who fits, best first */
    size_t n, scored;
    uint32_t *rows;  /* of each slot: its place in `all` + 1 */
    int64_t *shares; /* of the first `scored` */
};

static int survey_walk(struct sched *s, struct sched_pod *p, struct survey *v)
{
    int r = walk(s, p->ask->class, p, true);
    v->n = r < 0 ? 0 : s->found.n;
    v->all = mem_alloc((v->n + 1) * sizeof(*v->all));
    v->rows = mem_alloc((s->slots + 1) * sizeof(*v->rows));
    v->scored = MIN(v->scored, v->n);
    v->shares = mem_alloc((v->scored + 1) * SCHED_RULES * sizeof(*v->shares));
    if (r < 0 || !v->all || !v->rows || !v->shares)
        return r < 0 ? r : -ENOMEM;
    for (size_t i = 0; i < v->n; i++)
        v->all[i] = (struct sched_choice){s->found.p[i], s->raw.p[i]};
    qsort(v->all, v->n, sizeof(*v->all), by_score);
    for (size_t i = 0; i < v->scored; i++)
        v->rows[v->all[i].node] = (uint32_t)i + 1;
    s->by_rule = v->shares;
    s->by_rule_rows = v->rows;
    r = walk(s, p->ask->class, p, true);
    s->by_rule = NULL;
    s->by_rule_rows = NULL;
    for (size_t i = 0; r == 0 && i < v->n; i++) {
        v->rows[v->all[i].node] = (uint32_t)i + 1;
        if (i < v->scored)
            node_score(s, p->ask->class, p, v->all[i].node, v->shares + i * SCHED_RULES);
    }
    return r;
}

static void survey_tell(struct sched *s, struct sched_pod *p, const struct survey *v,
                        void (*fn)(void *ctx, uint32_t node, const struct sched_opinion *o), void *ctx)
{
    struct class *c = p->ask->class;
    for (size_t i = 0; i < v->n; i++) {
        struct sched_opinion o = {.rule = -1, .total = v->all[i].score, .scored = i < v->scored};
        if (o.scored)
            memcpy(o.scores, v->shares + i * SCHED_RULES, sizeof(o.scores));
        fn(ctx, v->all[i].node, &o);
    }
    for (uint32_t node = 0; node < s->slots; node++) {
        uint32_t lack = 0;
        if (v->rows[node] || !s->machines[node] || !s->machines[node]->known)
            continue;
        uint16_t why = exact(s, c, p, node, &lack);
        struct sched_opinion o = {.rule = why ? s->reasons.p[why].rule : -1, .reason = why ? words_all(s, c, why, lack) : NULL};
        fn(ctx, node, &o);
    }
}

static int survey(struct sched *s, struct sched_pod *p, struct survey *v, struct sched_verdict *out,
                  void (*fn)(void *ctx, uint32_t node, const struct sched_opinion *o), void *ctx)
{
    if (refused_at_once(s, p, out) || s->n_known == 0)
        return 0;
    int r = prepare(s, p);
    if (r == 0)
        r = survey_walk(s, p, v);
    if (r < 0)
        return r;
    out->feasible = (uint32_t)v->n;
    if (v->n) {
        out->node = v->all[0].node;
        out->score = v->all[0].score;
    } else {
        out->rejectors = rejectors_of(s, p->ask->class);
    }
    survey_tell(s, p, v, fn, ctx);
    return 0;
}

int sched_survey(struct sched *s, struct sched_pod *p, size_t scored, struct sched_verdict *out,
                 void (*fn)(void *ctx, uint32_t node, const struct sched_opinion *o), void *ctx)
{
    struct survey v = {.scored = scored};
    uint32_t start = s->walk_start, node = p->node;
    struct sched_stats stats = s->stats;
    *out = (struct sched_verdict){.node = SCHED_NOWHERE};
    if (p->ask->profile < 0)
        return -EINVAL;
    if (node != SCHED_NOWHERE)
        sched_set_aside(s, p, true);
    s->everywhere = true;
    int r = survey(s, p, &v, out, fn, ctx);
    s->everywhere = false;
    if (node != SCHED_NOWHERE)
        sched_set_aside(s, p, false);
    s->walk_start = start;
    s->stats = stats;
    mem_free(v.all);
    mem_free(v.rows);
    mem_free(v.shares);
    return r;
}

/* ── may this change help? ── */

static bool node_may_fit(struct sched *s, struct sched_pod *p, uint32_t node)
{
    struct class *c = p->ask->class;
    uint32_t lack;
    if (node == SCHED_NOWHERE || !s->machines[node] || class_still(s, c, node) != REASON_FITS)
        return false;
    s->asking = p;
    uint16_t why = class_moving(s, c, p, node, true, &lack);
    /* Plugins are told of the change directly after: what they say now is what was. */
    return why == REASON_FITS || why >= REASONS_FIXED || lower_there(s, p->ask, node);
}

static bool means(const struct sched *s, const struct ask_term *t, const struct ask_labels *l)
{
    struct tally_matcher m = {t->selector, t->namespace_selector, t->namespaces, t->n_namespaces};
    return matcher_matches(s, &m, l);
}

static bool affinity_helped(const struct sched *s, const struct ask *q, const struct sched_event *e)
{
    const struct ask *other = e->terms;
    if (!other || e->what & SCHED_LABELS)
        return true;
    for (uint32_t i = 0; i < q->n_terms; i++)
        if (((q->terms[i].kind == ASK_AFFINITY && e->what & SCHED_ADDED) || (q->terms[i].kind == ASK_ANTI && e->what & SCHED_DELETED)) &&
            means(s, &q->terms[i], other->labels))
            return true;
    for (uint32_t i = 0; i < other->n_terms && e->what & SCHED_DELETED; i++)
        if (other->terms[i].kind == ASK_ANTI && means(s, &other->terms[i], q->labels))
            return true;
    return false;
}

static bool spread_helped(const struct sched *s, const struct class *c, const struct sched_event *e)
{
    const struct ask *other = e->terms;
    if (!other || e->what & SCHED_LABELS)
        return true;
    for (uint32_t i = 0; i < c->n_hard; i++)
        if (tally_matches(s, c->hard[i].tally, other->labels))
            return true;
    return !c->linked;
}

/* Another pod: it came to a node, left it, asks for less, or has other labels. */
static bool pod_helps(struct sched *s, struct sched_pod *p, uint32_t rules, const struct sched_event *e)
{
    const uint32_t room = 1u << SCHED_RULE_FIT | 1u << SCHED_RULE_PORTS | 1u << SCHED_RULE_VOLUME_RESTRICTIONS | 1u << SCHED_RULE_VOLUME_LIMITS;
    if (e->node == SCHED_NOWHERE)
        return false;
    if (rules & room && e->what & (SCHED_DELETED | SCHED_SMALLER) && node_may_fit(s, p, e->node))
        return true;
    if (rules & 1u << SCHED_RULE_VOLUME_RESTRICTIONS && e->what & SCHED_DELETED)
        return true; /* a claim of ReadWriteOncePod is free everywhere at once */
    if (rules & 1u << SCHED_RULE_POD_AFFINITY && e->what & (SCHED_ADDED | SCHED_DELETED | SCHED_LABELS) && affinity_helped(s, p->ask, e))
        return true;
    return rules & 1u << SCHED_RULE_SPREAD && e->what & (SCHED_ADDED | SCHED_DELETED | SCHED_LABELS) && spread_helped(s, p->ask->class, e);
}

static bool node_helps(struct sched *s, struct sched_pod *p, uint32_t rules, const struct sched_event *e)
{
    const uint32_t labels =
        1u << SCHED_RULE_NODE_AFFINITY | 1u << SCHED_RULE_POD_AFFINITY | 1u << SCHED_RULE_VOLUME_BINDING | 1u << SCHED_RULE_VOLUME_ZONE;
    const uint32_t taints = 1u << SCHED_RULE_TAINTS | 1u << SCHED_RULE_UNSCHEDULABLE;
    if (rules & 1u << SCHED_RULE_SPREAD && e->what & (SCHED_ADDED | SCHED_DELETED | SCHED_LABELS | SCHED_TAINTS))
        return true;
    if (e->what & SCHED_DELETED || !node_may_fit(s, p, e->node))
        return false;
    return e->what & SCHED_ADDED || (rules & 1u << SCHED_RULE_FIT && e->what & SCHED_ALLOCATABLE) || (rules & labels && e->what & SCHED_LABELS) ||
           (rules & taints && e->what & SCHED_TAINTS);
}

static bool plugin_helped(struct sched *s, const struct sched_pod *p, uint32_t rules, const struct sched_event *e)
{
    for (size_t i = 0; i < s->n_plugins; i++)
        if (rules >> (SCHED_RULE_PLUGIN + i) & 1 && (!s->plugins[i].helps || s->plugins[i].helps(s->plugins[i].self, p, e->kind, e->what, e->object)))
            return true;
    return false;
}

bool sched_helps(struct sched *s, struct sched_pod *p, uint32_t rejectors, const struct sched_event *e)
{
    const uint32_t volumes =
        1u << SCHED_RULE_VOLUME_BINDING | 1u << SCHED_RULE_VOLUME_LIMITS | 1u << SCHED_RULE_VOLUME_ZONE | 1u << SCHED_RULE_VOLUME_RESTRICTIONS;
    if (!e->what)
        return false;
    if (rejectors == 0 || plugin_helped(s, p, rejectors, e))
        return true;
    switch (e->kind) {
    case SCHED_NODE:
        return node_helps(s, p, rejectors, e);
    case SCHED_POD:
        return e->pod == p ? e->what & ~SCHED_ASSUMED : pod_helps(s, p, rejectors, e);
    case SCHED_NAMESPACE:
        return rejectors >> SCHED_RULE_POD_AFFINITY & 1;
    case SCHED_BUDGET:
    case SCHED_FOREIGN:
        return false;
    case SCHED_SERVICE:
    case SCHED_REPLICA_SET:
    case SCHED_STATEFUL_SET:
    case SCHED_REPLICATION_CONTROLLER:
        return rejectors >> SCHED_RULE_SPREAD & 1 && p->ask->n_spread == 0;
    default:
        return rejectors & volumes;
    }
}
