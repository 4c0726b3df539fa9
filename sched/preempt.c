#include "sched/inside.h"

/* Preemption: on which node would the pod fit if pods of lower priority went, and which of them must go?
 *
 * A node is tried by taking away every pod of lower priority and, if the pod then fits, putting back the most important first
 * (those whose budget would be broken before the others) as long as it still fits. Nothing is moved for real: the pods' numbers
 * are taken out of the columns and the tallies and put back. What one node would cost depends, for a class without ties to other
 * pods, on that node alone: it is kept in the class until the log names the node. */

bool lower_there(const struct sched *s, const struct ask *q, uint32_t node)
{
    if (q->never_preempts)
        return false;
    LIST_EACH (p, &s->machines[node]->pods, struct sched_pod, link)
        if (p->ask->priority < q->priority)
            return true;
    return false;
}

/* More important first: higher priority, then the one that runs longer. */
static int by_importance(const void *x, const void *y)
{
    const struct sched_pod *a = *(struct sched_pod *const *)x, *b = *(struct sched_pod *const *)y;
    if (a->ask->priority != b->ask->priority)
        return a->ask->priority > b->ask->priority ? -1 : 1;
    if (a->started != b->started)
        return a->started < b->started ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

/* Numbers only: the pod stays in its node's list, so that walking it is safe. Its columns and tallies are there. */
void pod_set_aside(struct sched *s, struct sched_pod *p, bool aside)
{
    if (p->aside == aside)
        return;
    p->aside = aside;
    pod_count(s, p, p->node, aside ? -1 : 1);
    if (volumes_concern(p->ask)) /* what others found out stays true: by the end of the trial it is back */
        volumes_aside(s, p, aside);
}

static bool breaks_budget(struct sched *s, const struct sched_pod *p, int64_t *left)
{
    bool breaks = false;
    for (size_t i = 0; i < s->budgets.n && p->ask->labels->n; i++) {
        const struct budget *b = s->budgets.p[i];
        if (b->ns_id != p->ask->ns || b->selector.nothing || b->selector.n == 0 || map_get(&b->disrupted, str_of(p->name)) ||
            !ask_selector_matches(s->book, &b->selector, p->ask->labels))
            continue;
        breaks = --left[i] < 0 || breaks;
    }
    return breaks;
}

void sched_set_aside(struct sched *s, struct sched_pod *p, bool aside)
{
    if (p->node == SCHED_NOWHERE || p->aside == aside)
        return;
    pod_set_aside(s, p, aside);
    if (volumes_concern(p->ask))
        volumes_told(s);
    node_touch(s, p->node, false);
}

size_t sched_budgets(const struct sched *s)
{
    return s->budgets.n;
}

void sched_budgets_left(const struct sched *s, int64_t *left)
{
    for (size_t i = 0; i < s->budgets.n; i++)
        left[i] = s->budgets.p[i]->allowed;
}

bool sched_breaks_budget(struct sched *s, const struct sched_pod *p, int64_t *left)
{
    return breaks_budget(s, p, left);
}

/* The victims of the last trial stand in s->victims, the most important first. */
static int lower_pods(struct sched *s, const struct ask *q, uint32_t node)
{
    s->victims.n = 0;
    LIST_EACH (p, &s->machines[node]->pods, struct sched_pod, link) {
        if (p->ask->priority >= q->priority)
            continue;
        struct sched_pod **slot = VEC_ADD(&s->victims);
        if (!slot)
            return -ENOMEM;
        *slot = p;
    }
    return 0;
}

static bool fits_now(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node)
{
    uint32_t lack;
    return exact(s, c, p, node, &lack) == REASON_FITS;
}

/* Back come as many as fit: those whose budget their going would break first, in both sorts the most important first. */
static void reprieve(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, const bool *breaks, struct candidate *out)
{
    struct sched_pod **v = s->victims.p;
    for (int violating = 1; violating >= 0; violating--)
        for (size_t i = 0; i < s->victims.n; i++) {
            if (breaks[i] != violating)
                continue;
            pod_set_aside(s, v[i], false);
            if (fits_now(s, c, p, node))
                continue;
            pod_set_aside(s, v[i], true);
            out->violations += (uint32_t)violating;
        }
}

/* Everything is put back; who was still aside is a victim. */
static void restore(struct sched *s, struct candidate *out)
{
    struct sched_pod **v = s->victims.p;
    size_t kept = 0;
    for (size_t i = 0; i < s->victims.n; i++) {
        bool victim = v[i]->aside && out->possible;
        pod_set_aside(s, v[i], false);
        if (!victim)
            continue;
        int32_t priority = v[i]->ask->priority;
        if (kept == 0 || (priority == out->highest && v[i]->started < out->started))
            out->started = v[i]->started;
        out->highest = MAX(out->highest, priority);
        out->sum += (int64_t)priority + INT32_MAX + 1;
        v[kept++] = v[i];
    }
    s->victims.n = kept;
    out->victims = (uint32_t)kept;
    out->possible = kept > 0;
}

static int try_node(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, struct candidate *out)
{
    *out = (struct candidate){.known = true, .highest = INT32_MIN};
    int r = lower_pods(s, p->ask, node);
    size_t n = s->victims.n;
    if (r < 0 || n == 0)
        return r;
    int64_t *left = mem_alloc((s->budgets.n + 1) * sizeof(*left));
    bool *breaks = left ? mem_alloc(n) : NULL;
    if (!breaks) {
        mem_free(left);
        return -ENOMEM;
    }
    sched_budgets_left(s, left);
    for (size_t i = 0; i < n; i++)
        pod_set_aside(s, s->victims.p[i], true);
    out->why = exact(s, c, p, node, &out->lack);
    out->possible = out->why == REASON_FITS;
    if (out->possible) {
        qsort(s->victims.p, n, sizeof(*s->victims.p), by_importance);
        for (size_t i = 0; i < n; i++)
            breaks[i] = breaks_budget(s, s->victims.p[i], left);
        reprieve(s, c, p, node, breaks, out);
    }
    restore(s, out);
    mem_free(left);
    mem_free(breaks);
    return 0;
}

/* Fewest broken budgets; lowest highest victim; least sum of priorities; fewest victims; the youngest of the highest ones. */
static bool better(const struct candidate *a, const struct candidate *b)
{
    if (a->violations != b->violations)
        return a->violations < b->violations;
    if (a->highest != b->highest)
        return a->highest < b->highest;
    if (a->sum != b->sum)
        return a->sum < b->sum;
    if (a->victims != b->victims)
        return a->victims < b->victims;
    return a->started > b->started;
}

static bool may_help(struct sched *s, const struct class *c, uint32_t node)
{
    uint16_t why = c->why[node];
    if (why == REASON_ABSENT || (why && s->reasons.p[why].final))
        return false;
    if (why && !c->walks)
        return true;
    uint16_t by = c->walks ? walk_topology(s, c, node) : REASON_FITS;
    return by ? !s->reasons.p[by].final : why != REASON_FITS || s->machines[node]->n_nominees;
}

static int candidates_ready(struct sched *s, struct class *c)
{
    if (c->candidates && c->budgets_seen == s->budgets_changed)
        return 0;
    if (!c->candidates) {
        c->candidates = mem_alloc(c->cap * sizeof(*c->candidates));
        if (!c->candidates)
            return -ENOMEM;
        c->bytes += c->cap * sizeof(*c->candidates);
        s->class_bytes += c->cap * sizeof(*c->candidates);
    }
    memset(c->candidates, 0, c->cap * sizeof(*c->candidates));
    c->budgets_seen = s->budgets_changed;
    return 0;
}

/* Every node refuses for a reason that removing pods does not change: the class has counted them. */
static bool all_final(const struct sched *s, const struct class *c)
{
    if (c->walks || c->feasible)
        return false;
    for (size_t i = 0; i < REASONS_FIXED; i++)
        if (c->counts[i] && !s->reasons.p[i].final)
            return false;
    for (size_t i = 0; i < c->plugin_counts.n; i++)
        if (c->plugin_counts.p[i] && !s->reasons.p[REASONS_FIXED + i].final)
            return false;
    return true;
}

struct search {
    struct candidate best;
    uint32_t node, hopeless, helpless;                          /* nodes without victims; nodes where it does not help */
    uint32_t counts[REASONS_FIXED], lacks[ASK_AMOUNTS_MAX + 1]; /* what refuses it though all of lower priority went */
};

static void tell(struct search *out, const struct candidate *k)
{
    if (k->possible)
        return;
    out->hopeless += k->why == REASON_FITS;
    if (k->why < REASONS_FIXED)
        out->counts[k->why]++;
    for (uint32_t bits = k->lack; bits; bits &= bits - 1)
        out->lacks[__builtin_ctz(bits)]++;
}

/* Which answers are kept: those that depend on the node alone. */
static int search_all(struct sched *s, struct class *c, struct sched_pod *p, struct search *out)
{
    int r = candidates_ready(s, c);
    for (uint32_t i = 0; r == 0 && i < s->slots; i++) {
        if (c->why[i] == REASON_ABSENT)
            continue;
        if (!may_help(s, c, i)) {
            out->helpless++;
            continue;
        }
        struct candidate *k = &c->candidates[i];
        if (!k->known || s->machines[i]->n_nominees)
            r = try_node(s, c, p, i, k);
        if (r == 0 && k->possible && (out->node == SCHED_NOWHERE || better(k, &out->best))) {
            out->node = i;
            out->best = *k;
        }
        tell(out, k);
    }
    return r;
}

/* Answers that depend on other nodes too are found anew, on a part of the nodes, as upstream does. */
static int search_some(struct sched *s, struct class *c, struct sched_pod *p, struct search *out)
{
    uint32_t potential = 0, found = 0, want, at = s->walk_start < s->slots ? s->walk_start : 0;
    int r = 0;
    for (uint32_t i = 0; i < s->slots; i++)
        potential += may_help(s, c, i);
    want = MIN(MAX((uint32_t)((uint64_t)potential * (uint32_t)c->profile->candidates_percentage / 100), (uint32_t)c->profile->candidates_absolute),
               potential);
    for (uint32_t n = 0; r == 0 && n < s->slots; n++, at = at + 1 == s->slots ? 0 : at + 1) {
        struct candidate k;
        if (c->why[at] == REASON_ABSENT)
            continue;
        if (!may_help(s, c, at)) {
            out->helpless++;
            continue;
        }
        if (found >= want)
            break;
        r = try_node(s, c, p, at, &k);
        tell(out, &k);
        found += k.possible;
        if (r == 0 && k.possible && (out->node == SCHED_NOWHERE || better(&k, &out->best))) {
            out->node = at;
            out->best = k;
        }
    }
    return r;
}

/* An earlier preemption is still under way: its victims are about to go. */
static bool waits_for_victims(struct sched *s, const struct sched_pod *p)
{
    if (p->nominated == SCHED_NOWHERE)
        return false;
    uint16_t still = class_still(s, p->ask->class, p->nominated);
    if (still != REASON_FITS)
        return false;
    LIST_EACH (q, &s->machines[p->nominated]->pods, struct sched_pod, link)
        if (q->preempted && q->ask->priority < p->ask->priority)
            return true;
    return false;
}

static int refuse(struct sched_preemption *out, bool keep, const char *text)
{
    out->keep = keep;
    snprintf(out->message, sizeof(out->message), "preemption: %s", text);
    return 0;
}

int sched_preempt(struct sched *s, struct sched_pod *p, const struct sched_verdict *v, struct sched_preemption *out)
{
    struct class *c = p->ask->class;
    struct search found = {.node = SCHED_NOWHERE};
    struct candidate again;
    char text[400];
    out->node = SCHED_NOWHERE;
    out->n_victims = out->violations = 0;
    out->victims = NULL;
    out->message[0] = 0;
    out->keep = false;
    if (s->n_known == 0 || p->ask->profile < 0 || !(c->profile->filters >> SCHED_RULE_PREEMPTION & 1))
        return 0;
    if (p->ask->never_preempts)
        return refuse(out, true, "not eligible due to preemptionPolicy=Never.");
    if (waits_for_victims(s, p))
        return refuse(out, true, "not eligible due to a terminating pod on the nominated node.");
    s->asking = p;
    int r = v->before ? 0 : class_refresh(s, c);
    if (r < 0)
        return r;
    if (v->before || all_final(s, c))
        found.helpless = s->n_known;
    else
        r = c->walks || c->ask->plugins ? search_some(s, c, p, &found) : search_all(s, c, p, &found);
    if (r < 0)
        return r;
    if (found.node == SCHED_NOWHERE) {
        SCOPED_BUF words = BUF_INIT(4096);
        const struct words more[] = {{found.hopeless, "No preemption victims found for incoming pod"},
                                     {found.helpless, "Preemption is not helpful for scheduling"}};
        found.counts[REASON_FITS] = 0;
        words_print(s, c, found.counts, found.lacks, more, ARRAY_LEN(more), &words);
        snprintf(text, sizeof(text), "0/%u nodes are available:%.*s", s->n_known, STR_FMT(buf_view(&words)));
        return refuse(out, false, text);
    }
    r = try_node(s, c, p, found.node, &again);
    if (r < 0)
        return r;
    out->node = found.node;
    out->victims = s->victims.p;
    out->n_victims = s->victims.n;
    out->violations = again.violations;
    return 0;
}

/* ── others have a say in it ── */

static int tell_candidate(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, int (*fn)(void *, const struct sched_candidate *),
                          void *ctx, uint32_t *told)
{
    struct candidate k;
    int r = try_node(s, c, p, node, &k);
    if (r < 0 || !k.possible)
        return r;
    ++*told;
    return fn(ctx, &(struct sched_candidate){node, s->victims.p, s->victims.n, k.violations});
}

int sched_candidates(struct sched *s, struct sched_pod *p, uint32_t first, int (*fn)(void *ctx, const struct sched_candidate *c), void *ctx)
{
    struct class *c = p->ask->class;
    uint32_t potential = 0, told = 0;
    s->asking = p;
    for (uint32_t i = 0; i < s->slots; i++)
        potential += c->why[i] != REASON_ABSENT && may_help(s, c, i);
    uint32_t want =
        MAX((uint32_t)((uint64_t)potential * (uint32_t)c->profile->candidates_percentage / 100), (uint32_t)c->profile->candidates_absolute);
    int r = tell_candidate(s, c, p, first, fn, ctx, &told);
    for (uint32_t i = 0; r == 0 && i < s->slots && told < want; i++)
        if (i != first && c->why[i] != REASON_ABSENT && may_help(s, c, i))
            r = tell_candidate(s, c, p, i, fn, ctx, &told);
    return r;
}

static void weigh(const struct sched_candidate *x, struct candidate *out)
{
    *out = (struct candidate){.known = true, .highest = INT32_MIN, .violations = (uint32_t)x->violations};
    for (size_t i = 0; i < x->n_victims; i++) {
        const struct sched_pod *p = x->victims[i];
        int32_t priority = p->ask->priority;
        if (i == 0 || priority > out->highest || (priority == out->highest && p->started < out->started))
            out->started = p->started;
        out->highest = MAX(out->highest, priority);
        out->sum += (int64_t)priority + INT32_MAX + 1;
    }
    out->victims = (uint32_t)x->n_victims;
}

int sched_preempt_among(struct sched *s, const struct sched_candidate *list, size_t n, struct sched_preemption *out)
{
    const struct sched_candidate *best = NULL;
    struct candidate least, k;
    *out = (struct sched_preemption){.node = SCHED_NOWHERE};
    for (size_t i = 0; i < n; i++) {
        if (!list[i].n_victims)
            continue;
        weigh(&list[i], &k);
        if (best && !better(&k, &least))
            continue;
        best = &list[i];
        least = k;
    }
    if (!best)
        return 0;
    s->victims.n = 0;
    for (size_t i = 0; i < best->n_victims; i++) {
        struct sched_pod **slot = VEC_ADD(&s->victims);
        if (!slot)
            return -ENOMEM;
        *slot = best->victims[i];
    }
    qsort(s->victims.p, s->victims.n, sizeof(*s->victims.p), by_importance);
    out->node = best->node;
    out->victims = s->victims.p;
    out->n_victims = s->victims.n;
    out->violations = best->violations;
    return 0;
}

size_t sched_nominees_below(const struct sched *s, const struct sched_pod *p, uint32_t node, struct sched_pod **out, size_t max)
{
    size_t n = 0;
    if (node >= s->slots || !s->machines[node])
        return 0;
    LIST_EACH (q, &s->machines[node]->nominees, struct sched_pod, nominee)
        if (n < max && q != p && q->ask->priority < p->ask->priority)
            out[n++] = q;
    return n;
}
