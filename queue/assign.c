#include "queue/inside.h"

#include "sched/sched.h"

/* Which flavors a workload would get: for each pod set and each group of resources the first flavor that fits, or the best there is. */

struct look {
    struct queue *q;
    struct work *w;
    size_t set;
    struct buf *why;
};

/* What the pod sets before this one are to get of the pair. */
static int64_t assumed(const struct look *l, uint32_t pair)
{
    int64_t n = 0;
    for (size_t i = 0; i < l->set; i++)
        for (size_t k = 0; k < l->w->sets[i].n; k++)
            if (l->w->sets[i].needs[k].pair == pair)
                n += l->w->sets[i].needs[k].amount;
    return n;
}

static void say(struct look *l, const char *fmt, ...) PRINTF(2, 3);
static void say(struct look *l, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (l->why->n)
        buf_text(l->why, ", ");
    buf_vfmt(l->why, fmt, ap);
    va_end(ap);
}

/* Amounts as a person writes them: processors in thousandths. */
static const char *amount(const struct queue *q, uint32_t column, int64_t n, char out[32])
{
    bool milli = str_is(ask_column_name(q->book, column), "cpu");
    if (milli && n % 1000 == 0)
        snprintf(out, 32, "%lld", (long long)(n / 1000));
    else
        snprintf(out, 32, "%lld%s", (long long)n, milli ? "m" : "");
    return out;
}

static bool may_preempt_for(const struct queue *q, const struct place *p, uint32_t pair, int64_t n)
{
    return n <= p->nominal[pair] || p->borrowing != POLICY_NEVER || (q->options.fair_sharing && p->reclaim != POLICY_NEVER);
}

static enum mode pair_mode(struct look *l, uint32_t pair, int64_t more, bool *borrows)
{
    struct place *p = l->w->cluster;
    const struct pair *what = &l->q->pairs.p[pair];
    struct str name = ask_column_name(l->q->book, what->column);
    int64_t before = assumed(l, pair), all = before + more, most = ledger_potential(p, pair), free = ledger_available(p, pair);
    char a[32], b[32], c[32];
    *borrows = ledger_borrowed(p, pair, all) > 0;
    if (all > most) {
        say(l,
            "insufficient quota for %.*s in flavor %s, previously considered podsets requests (%s) + current podset request (%s) > maximum capacity "
            "(%s)",
            STR_FMT(name), what->flavor->name, amount(l->q, what->column, before, a), amount(l->q, what->column, more, b),
            amount(l->q, what->column, most, c));
        return MODE_NONE;
    }
    if (all <= free)
        return MODE_FIT;
    say(l, "insufficient unused quota for %.*s in flavor %s, %s more needed", STR_FMT(name), what->flavor->name,
        amount(l->q, what->column, all - free, a));
    bool policies = p->within != POLICY_NEVER || p->reclaim != POLICY_NEVER;
    return policies && may_preempt_for(l->q, p, pair, all) ? MODE_PREEMPT : MODE_NONE;
}

/* ── may the pods run on such nodes? Only labels the group's flavors have are looked at. ── */

static int copy_selector(struct arena *a, const struct value *from, const struct block *b, struct value *pod)
{
    struct value map = value_make_map();
    VALUE_EACH_MEMBER (m, value_at(from, "spec.nodeSelector"))
        if (value_get(&b->keys, m->key) && !value_set(a, &map, m->key, m->value))
            return -ENOMEM;
    return value_put(a, pod, "spec.nodeSelector", map) ? 0 : -ENOMEM;
}

static int copy_affinity(struct arena *a, const struct value *from, const struct block *b, struct value *pod)
{
    const struct value *terms = value_at(from, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
    struct value list = value_make_list();
    if (!value_count(terms))
        return 0;
    VALUE_EACH_ITEM (t, terms) {
        struct value kept = value_make_list(), term = value_make_map();
        VALUE_EACH_ITEM (e, value_get(t, STR("matchExpressions")))
            if (value_get(&b->keys, value_text_at(e, "key")) && !value_add(a, &kept, *e))
                return -ENOMEM;
        if (!value_count(&kept))
            return 0; /* a term that asks for nothing of ours: all fit */
        if (!value_set(a, &term, STR("matchExpressions"), kept) || !value_add(a, &list, term))
            return -ENOMEM;
    }
    return value_put(a, pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms", list) ? 0 : -ENOMEM;
}

/* All its flavors have topologies: whoever stands in it is placed. */
static bool places_all(const struct place *p)
{
    bool any = false;
    for (size_t i = 0; i < p->n_blocks; i++)
        for (size_t k = 0; k < p->blocks[i].n_flavors; k++) {
            any = true;
            if (!p->blocks[i].flavors[k]->topology)
                return false;
        }
    return any;
}

static bool topology_suits(struct look *l, const struct flavor *f)
{
    const struct set *set = &l->w->sets[l->set];
    if (!set->placed && !f->topology)
        return true;
    if (!set->placed && places_all(l->w->cluster))
        return true;
    if (!set->placed)
        say(l, "Flavor \"%s\" supports only TopologyAwareScheduling", f->name);
    else if (!f->topology)
        say(l, "Flavor \"%s\" does not support TopologyAwareScheduling", f->name);
    else if (!set_levels_known(set, f->topology))
        say(l, "Flavor \"%s\" does not contain the requested level", f->name);
    else
        return true;
    return false;
}

/* 1: yes, 0: no */
static int suits(struct look *l, const struct block *b, const struct flavor *f)
{
    const struct set *set = &l->w->sets[l->set];
    struct value pod = value_make_map();
    if (!f->known) {
        say(l, "flavor %s not found", f->name);
        return 0;
    }
    if (!topology_suits(l, f))
        return 0;
    if (set->plain && !value_count(value_at(&f->tree, "spec.taints")))
        return 1;
    VALUE_EACH_ITEM (t, value_at(&f->tree, "spec.taints")) {
        bool matters = !str_is(value_text_at(t, "effect"), "PreferNoSchedule");
        if (matters && !sched_tolerated(&set->pod, t) && !sched_tolerated(&f->tree, t)) {
            say(l, "untolerated taint {%.*s %.*s %.*s <nil>} in flavor %s", STR_FMT(value_text_at(t, "key")), STR_FMT(value_text_at(t, "value")),
                STR_FMT(value_text_at(t, "effect")), f->name);
            return 0;
        }
    }
    int r = copy_selector(l->q->scratch, &set->pod, b, &pod);
    if (r == 0)
        r = copy_affinity(l->q->scratch, &set->pod, b, &pod);
    if (r < 0)
        return r;
    if (sched_node_selected(&pod, &f->tree))
        return 1;
    say(l, "flavor %s doesn't match node affinity", f->name);
    return 0;
}

/* ── a group of resources ── */

static enum mode flavor_mode(struct look *l, const struct block *b, size_t flavor, bool *borrows)
{
    const struct set *set = &l->w->sets[l->set];
    enum mode worst = MODE_FIT;
    *borrows = false;
    for (size_t i = 0; i < set->n; i++)
        for (size_t k = 0; k < b->n_columns; k++) {
            bool more = false;
            if (b->columns[k] != set->needs[i].column)
                continue;
            enum mode m = pair_mode(l, b->pairs[flavor * b->n_columns + k], set->needs[i].amount, &more);
            worst = MIN(worst, m);
            *borrows = *borrows || more;
        }
    return worst;
}

static void take(struct set *set, const struct block *b, size_t flavor)
{
    for (size_t i = 0; i < set->n; i++)
        for (size_t k = 0; k < b->n_columns; k++)
            if (b->columns[k] == set->needs[i].column)
                set->needs[i].pair = b->pairs[flavor * b->n_columns + k];
}

static bool concerns(const struct set *set, const struct block *b)
{
    for (size_t i = 0; i < set->n; i++)
        for (size_t k = 0; k < b->n_columns; k++)
            if (b->columns[k] == set->needs[i].column)
                return true;
    return false;
}

static int assign_block(struct look *l, const struct block *b, struct assignment *out)
{
    const struct place *p = l->w->cluster;
    enum mode best = MODE_NONE;
    bool best_borrows = false;
    for (size_t i = 0; i < b->n_flavors; i++) {
        bool borrows;
        int r = suits(l, b, b->flavors[i]);
        if (r < 0)
            return r;
        if (r == 0)
            continue;
        enum mode m = flavor_mode(l, b, i, &borrows);
        if (m > best || (m == best && m != MODE_NONE && best_borrows && !borrows)) {
            best = m;
            best_borrows = borrows;
            take(&l->w->sets[l->set], b, i);
        }
        if ((m == MODE_FIT && (!borrows || !p->try_next_before_borrowing)) || (m == MODE_PREEMPT && p->preempt_before_next))
            break;
    }
    out->mode = MIN(out->mode, best);
    out->borrows = out->borrows || best_borrows;
    return 0;
}

static int assign_set(struct look *l, struct assignment *out)
{
    struct place *p = l->w->cluster;
    struct set *set = &l->w->sets[l->set];
    for (size_t i = 0; i < set->n; i++)
        set->needs[i].pair = PAIRS_MAX;
    for (size_t i = 0; i < p->n_blocks; i++) {
        int r = concerns(set, &p->blocks[i]) ? assign_block(l, &p->blocks[i], out) : 0;
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < set->n; i++) {
        bool covered = false;
        for (size_t k = 0; k < p->n_blocks; k++)
            for (size_t c = 0; c < p->blocks[k].n_columns; c++)
                covered = covered || p->blocks[k].columns[c] == set->needs[i].column;
        if (covered)
            continue;
        struct str name = ask_column_name(l->q->book, set->needs[i].column);
        if (str_is(name, "pods")) /* counted only where there is quota for it */
            continue;
        say(l, "resource %.*s unavailable in ClusterQueue", STR_FMT(name));
        out->mode = MODE_NONE;
    }
    return 0;
}

/* There is quota, now or when others give way; is there a place? */
static int look_for_places(struct queue *q, struct work *w, struct assignment *out, struct buf *all)
{
    SCOPED_BUF why = BUF_INIT(1u << 12), still = BUF_INIT(1u << 12);
    const struct place *p = w->cluster;
    if (out->mode == MODE_NONE || !domains_concern(q, w))
        return 0;
    int r = out->mode == MODE_FIT ? domains_assign(q, w, false, &why) : 0;
    if (r != 0)
        return MIN(r, 0);
    r = domains_assign(q, w, true, &still);
    for (size_t i = 0; i < w->n_sets; i++)
        set_clear_spots(&w->sets[i]);
    if (r < 0)
        return r;
    bool policies = p->within != POLICY_NEVER || p->reclaim != POLICY_NEVER;
    out->mode = r && policies ? MODE_PREEMPT : MODE_NONE;
    if (why.n || r == 0)
        buf_fmt(all, "%s%.*s", all->n ? "; " : "", STR_FMT(buf_view(why.n ? &why : &still)));
    return 0;
}

int assign(struct queue *q, struct work *w, struct assignment *out)
{
    SCOPED_BUF all = BUF_INIT(1u << 14);
    *out = (struct assignment){.mode = MODE_FIT};
    q->looks++;
    for (size_t i = 0; i < w->n_sets; i++) {
        SCOPED_BUF why = BUF_INIT(1u << 12);
        struct look l = {q, w, i, &why};
        enum mode before = out->mode;
        int r = assign_set(&l, out);
        if (r < 0)
            return r;
        if (out->mode == MODE_FIT || !why.n || (before != MODE_FIT && out->mode == before && all.n))
            continue;
        buf_fmt(&all, "%scouldn't assign flavors to pod set %.*s: %.*s", all.n ? "; " : "", STR_FMT(w->sets[i].name), STR_FMT(buf_view(&why)));
    }
    int r = look_for_places(q, w, out, &all);
    return r < 0 ? r : arena_str(q->scratch, buf_view(&all), &out->why);
}

/* After others took theirs: does it still fit as assigned? Pairs may come several times. */
bool still_fits(struct queue *q, struct work *w)
{
    SCOPED_BUF why = BUF_INIT(1u << 12);
    for (size_t i = 0; i < w->n_sets; i++)
        for (size_t k = 0; k < w->sets[i].n; k++) {
            int64_t all = 0;
            uint32_t pair = w->sets[i].needs[k].pair;
            for (size_t x = 0; pair != PAIRS_MAX && x < w->n_sets; x++)
                for (size_t y = 0; y < w->sets[x].n; y++)
                    all += w->sets[x].needs[y].pair == pair ? w->sets[x].needs[y].amount : 0;
            if (pair != PAIRS_MAX && all > ledger_available(w->cluster, pair))
                return false;
        }
    return !domains_concern(q, w) || domains_assign(q, w, false, &why) > 0;
}
