#include "queue/inside.h"

#include "sched/sched.h"

/* In which domains a pod set's pods go.
 *
 * For each leaf: how many of its pods fit; above it the sum; and at the level of slices, and above, how many whole slices. Then the level is
 * looked for: the one that is asked for, and where that is only preferred, those above it until one domain holds all; at the top several do. From
 * there down: as few domains as possible, and the last one as small as does it. Pods without constraint go where least is free (LeastFreeCapacity),
 * all others where most is (BestFit): KEP-2724's profile "mixed". */

struct search {
    struct queue *q;
    struct work *w;
    struct set *set;
    const struct flavor *flavor;
    struct ground *ground;
    size_t at; /* which set; those before it have theirs */
    size_t level, slice_level;
    int64_t slice;
    bool required, unconstrained, empty; /* empty: as if nobody had been admitted */
    struct buf *why;
};

struct pick { /* a domain, and how many pods it is to take */
    struct domain *d;
    int64_t pods;
};
struct picks {
    struct pick *p;
    size_t n;
};

/* ── how many fit ── */

static bool host_suits(const struct search *s, const struct host *h)
{
    VALUE_EACH_ITEM (t, value_at(&h->tree, "spec.taints"))
        if (!str_is(value_text_at(t, "effect"), "PreferNoSchedule") && !sched_tolerated(&s->set->pod, t) && !sched_tolerated(&s->flavor->tree, t))
            return false;
    return s->set->plain || sched_node_selected(&s->set->pod, &h->tree);
}

/* What the sets before this one are to hold there. */
static int64_t promised(const struct search *s, const struct site *site, uint32_t column)
{
    int64_t n = 0;
    for (size_t i = 0; i < s->at; i++)
        for (size_t k = 0; k < s->w->sets[i].n_spots; k++)
            for (size_t c = 0; s->w->sets[i].spots[k].site == site && c < s->w->sets[i].n; c++)
                if (s->w->sets[i].needs[c].column == column)
                    n += s->w->sets[i].needs[c].each * s->w->sets[i].spots[k].count;
    return n;
}

static int64_t room_in(const struct search *s, const struct domain *leaf)
{
    int64_t least = s->set->count;
    if (s->ground->topology->host && !host_suits(s, s->ground->hosts.p[leaf->first]))
        return 0;
    for (size_t i = 0; i < s->set->n; i++) {
        const struct need *n = &s->set->needs[i];
        int64_t free = -promised(s, leaf->site, n->column) - (s->empty ? 0 : sums_at(&leaf->site->used, n->column));
        for (size_t k = 0; k < leaf->n; k++) {
            const struct host *h = s->ground->hosts.p[leaf->first + k];
            free += sums_at(&h->has, n->column) - sums_at(&h->foreign, n->column);
        }
        if (n->each > 0)
            least = MIN(least, MAX(free, INT64_C(0)) / n->each);
    }
    return least;
}

static void fill(const struct search *s)
{
    struct ground *g = s->ground;
    for (size_t level = g->n_levels; level-- > 0;)
        for (size_t i = 0; i < g->levels[level].n; i++) {
            struct domain *d = &g->levels[level].p[i];
            d->state = d->slices = 0;
            if (level + 1 == g->n_levels)
                d->state = room_in(s, d);
            for (size_t k = 0; level + 1 < g->n_levels && k < d->n; k++) {
                const struct domain *child = &g->levels[level + 1].p[d->first + k];
                d->state = MIN(d->state + child->state, INT64_MAX / 2);
                d->slices += child->slices;
            }
            if (level == s->slice_level)
                d->slices = d->state / s->slice;
        }
}

/* ── in which order ── */

static bool least_free_first; /* of the sort below; single threaded */

static int by_room(const void *x, const void *y)
{
    const struct domain *a = ((const struct pick *)x)->d, *b = ((const struct pick *)y)->d;
    if (a->slices != b->slices)
        return (a->slices < b->slices) == least_free_first ? -1 : 1;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    return a < b ? -1 : a > b; /* they stand in order of their values */
}

static void sort(const struct search *s, struct pick *p, size_t n)
{
    least_free_first = s->unconstrained;
    if (n)
        qsort(p, n, sizeof(*p), by_room);
}

static int64_t units(const struct domain *d, bool slices)
{
    return slices ? d->slices : d->state;
}

/* The smallest one from here on that holds so much; of equal ones the first. */
static size_t tightest(const struct pick *p, size_t from, size_t n, int64_t wanted, bool slices)
{
    size_t best = from;
    for (size_t i = from; i < n; i++)
        if (units(p[i].d, slices) >= wanted && (units(p[best].d, slices) < wanted || units(p[i].d, slices) < units(p[best].d, slices)))
            best = i;
    return best;
}

/* Hands out so many units to the domains, in order; the last is the tightest that does. Those that got something stand at the front. False: they do
 * not fit. */
static bool hand_out(const struct search *s, struct picks *x, int64_t wanted, int64_t size, bool slices)
{
    size_t used = 0;
    for (size_t i = 0; i < x->n && wanted > 0; i++) {
        if (!s->unconstrained && units(x->p[i].d, slices) >= wanted) {
            size_t k = tightest(x->p, i, x->n, wanted, slices);
            struct pick chosen = x->p[k];
            x->p[k] = x->p[i];
            x->p[i] = chosen;
        }
        int64_t n = MIN(units(x->p[i].d, slices), wanted);
        if (n == 0)
            continue;
        x->p[i].pods = n * size;
        x->p[used++] = x->p[i];
        wanted -= n;
    }
    x->n = used;
    return wanted == 0;
}

/* ── the level ── */

static void not_fit(struct search *s, int64_t most, int64_t wanted)
{
    const char *what = s->slice == 1 ? "pod" : "slice";
    if (most == 0)
        buf_fmt(s->why, "topology \"%s\" doesn't allow to fit any of %lld %s(s)", s->ground->topology->name, (long long)wanted, what);
    else
        buf_fmt(s->why, "topology \"%s\" allows to fit only %lld out of %lld %s(s)", s->ground->topology->name, (long long)most, (long long)wanted,
                what);
}

/* All domains of the level that is fit, in order, or the one that holds all. 1: found, 0: not, and why is told. */
static int find_level(struct search *s, struct picks *out)
{
    struct ground *g = s->ground;
    int64_t wanted = s->set->count / s->slice, all = 0;
    for (size_t level = s->level;; level--) {
        size_t n = g->levels[level].n;
        all = 0;
        for (size_t i = 0; i < n; i++) {
            out->p[i] = (struct pick){&g->levels[level].p[i], 0};
            all += out->p[i].d->slices;
        }
        sort(s, out->p, n);
        size_t one = n ? tightest(out->p, 0, n, wanted, true) : 0;
        if (n && out->p[one].d->slices >= wanted) {
            out->p[0] = out->p[one];
            out->n = 1;
            s->level = level;
            return 1;
        }
        if (s->required) {
            not_fit(s, n ? out->p[0].d->slices : 0, wanted);
            return 0;
        }
        if (level > 0 && !s->unconstrained)
            continue;
        out->n = n;
        s->level = level;
        if (all < wanted)
            not_fit(s, all, wanted);
        return all >= wanted;
    }
}

/* ── down to the leaves ── */

static void children(const struct search *s, size_t level, const struct pick *of, struct picks *to)
{
    for (size_t i = 0; i < of->d->n; i++)
        to->p[to->n++] = (struct pick){&s->ground->levels[level + 1].p[of->d->first + i], 0};
}

static bool descend(const struct search *s, struct picks *now, struct pick *scratch)
{
    for (size_t level = s->level; level + 1 < s->ground->n_levels; level++) {
        struct picks next = {scratch, 0};
        if (level < s->slice_level) { /* above the slices: from all that was picked */
            for (size_t i = 0; i < now->n; i++)
                children(s, level, &now->p[i], &next);
            sort(s, next.p, next.n);
            if (!hand_out(s, &next, s->set->count / s->slice, s->slice, true))
                return false;
        } else {
            for (size_t i = 0; i < now->n; i++) {
                struct picks part = {scratch + next.n, 0};
                children(s, level, &now->p[i], &part);
                sort(s, part.p, part.n);
                if (!hand_out(s, &part, now->p[i].pods, 1, false))
                    return false;
                next.n += part.n;
            }
        }
        memcpy(now->p, next.p, next.n * sizeof(*next.p));
        now->n = next.n;
    }
    return true;
}

/* ── the result ── */

static int keep_path(const struct search *s, const struct domain *leaf, struct spot *to)
{
    const struct ground *g = s->ground;
    const struct domain *d = leaf;
    size_t first = g->topology->host ? g->n_levels - 1 : 0;
    to->n_values = g->n_levels - first;
    for (size_t level = g->n_levels; level-- > first; d = level ? &g->levels[level - 1].p[d->parent] : d) {
        to->values[level - first] = mem_text(d->value.p, d->value.n);
        if (!to->values[level - first])
            return -ENOMEM;
    }
    return 0;
}

void set_clear_spots(struct set *set)
{
    for (size_t i = 0; i < set->n_spots; i++)
        for (size_t k = 0; k < set->spots[i].n_values; k++)
            mem_free(set->spots[i].values[k]);
    set->spots = mem_free(set->spots);
    set->n_spots = 0;
}

int set_room_for_spots(struct set *set, size_t n)
{
    set_clear_spots(set);
    set->spots = mem_alloc(MAX(n, (size_t)1) * sizeof(*set->spots));
    return set->spots ? 0 : -ENOMEM;
}

int spot_settle(struct set *set, struct spot *spot)
{
    size_t most = ASK_COLUMNS_FIXED;
    for (size_t i = 0; i < set->n; i++)
        most = MAX(most, (size_t)set->needs[i].column + 1);
    return sums_room(&spot->site->used, most);
}

static int by_place(const void *x, const void *y)
{
    const struct domain *a = ((const struct pick *)x)->d, *b = ((const struct pick *)y)->d;
    return a < b ? -1 : a > b;
}

static int keep(struct search *s, struct picks *x)
{
    int r = set_room_for_spots(s->set, x->n);
    if (x->n)
        qsort(x->p, x->n, sizeof(*x->p), by_place);
    for (size_t i = 0; r == 0 && i < x->n; i++) {
        struct spot *to = &s->set->spots[s->set->n_spots++];
        *to = (struct spot){.site = x->p[i].d->site, .count = x->p[i].pods};
        r = keep_path(s, x->p[i].d, to);
        if (r == 0)
            r = spot_settle(s->set, to);
    }
    if (r < 0)
        set_clear_spots(s->set);
    return r;
}

/* ── one set ── */

static bool level_of(const struct topology *t, struct str name, size_t *out)
{
    for (size_t i = 0; i < t->n_levels; i++)
        if (str_eq(t->levels[i], name)) {
            *out = i;
            return true;
        }
    return false;
}

bool set_levels_known(const struct set *set, const struct topology *t)
{
    size_t at;
    return t->known && (!set->level.n || level_of(t, set->level, &at)) && (!set->slice_level.n || level_of(t, set->slice_level, &at));
}

/* False: why is told. */
static bool understand(struct search *s)
{
    const struct topology *t = s->flavor->topology;
    s->level = s->set->slice_level.n && !s->set->unconstrained && s->set->placed ? 0 : t->n_levels - 1;
    s->slice_level = t->n_levels - 1;
    s->slice = s->set->slice_level.n ? s->set->slice : 1;
    s->required = s->set->required;
    s->unconstrained = s->set->unconstrained || !s->set->placed;
    if (!t->known)
        buf_fmt(s->why, "there is no Topology \"%s\"", t->name);
    else if (s->set->level.n && !level_of(t, s->set->level, &s->level))
        buf_fmt(s->why, "no requested topology level: %.*s", STR_FMT(s->set->level));
    else if (s->set->slice_level.n && !level_of(t, s->set->slice_level, &s->slice_level))
        buf_fmt(s->why, "no requested topology level for slices: %.*s", STR_FMT(s->set->slice_level));
    else if (s->slice < 1)
        buf_text(s->why, "slice topology requested, but slice size not provided");
    else if (s->set->count % s->slice)
        buf_fmt(s->why, "pod count %lld not divisible by slice size %lld", (long long)s->set->count, (long long)s->slice);
    else if (s->level > s->slice_level)
        buf_fmt(s->why, "podset slice topology %.*s is above the podset topology %.*s", STR_FMT(s->set->slice_level), STR_FMT(s->set->level));
    else
        return true;
    return false;
}

static int place_set(struct search *s)
{
    struct picks now = {0};
    size_t most = 1;
    int r = ground_of(s->q, s->w->sets[s->at].flavor, &s->ground);
    for (size_t i = 0; r == 0 && i < s->ground->n_levels; i++)
        most = MAX(most, s->ground->levels[i].n);
    now.p = r == 0 ? mem_alloc(2 * most * sizeof(*now.p)) : NULL;
    if (!now.p)
        return r < 0 ? r : -ENOMEM;
    fill(s);
    int found = find_level(s, &now);
    if (found && (!hand_out(s, &now, s->set->count / s->slice, s->slice, true) || !descend(s, &now, now.p + most)))
        found = 0;
    r = found ? keep(s, &now) : 0;
    mem_free(now.p);
    return r < 0 ? r : found;
}

/* ── all of a workload ── */

/* The flavor whose nodes the set's pods are to be on: one that has a topology; NULL: none has. */
static struct flavor *flavor_of_set(const struct queue *q, const struct set *set, const char **other)
{
    struct flavor *f = NULL, *first = NULL;
    *other = NULL;
    for (size_t i = 0; i < set->n; i++) {
        if (set->needs[i].pair == PAIRS_MAX)
            continue;
        struct flavor *one = q->pairs.p[set->needs[i].pair].flavor;
        if (first && first != one)
            *other = one->name;
        first = first ? first : one;
        f = one->topology ? one : f;
    }
    return f;
}

int domains_assign(struct queue *q, struct work *w, bool empty, struct buf *why)
{
    SCOPED_BUF one = BUF_INIT(1u << 12);
    int r = 1;
    for (size_t i = 0; i < w->n_sets; i++)
        set_clear_spots(&w->sets[i]);
    for (size_t i = 0; r > 0 && i < w->n_sets; i++) {
        const char *other;
        struct set *set = &w->sets[i];
        struct search s = {.q = q, .w = w, .set = set, .at = i, .empty = empty, .why = &one};
        if (!(set->flavor = flavor_of_set(q, set, &other)) || set->count == 0)
            continue;
        s.flavor = set->flavor;
        if (other)
            buf_fmt(&one, "more than one flavor assigned: %s, %s", set->flavor->name, other);
        r = !other && understand(&s) ? place_set(&s) : 0;
        if (r == 0)
            buf_fmt(why, "couldn't assign flavors to pod set %.*s: %.*s", STR_FMT(set->name), STR_FMT(buf_view(&one)));
    }
    for (size_t i = 0; r <= 0 && i < w->n_sets; i++)
        set_clear_spots(&w->sets[i]);
    return r;
}

bool domains_concern(const struct queue *q, const struct work *w)
{
    const char *other;
    for (size_t i = 0; q->topologies.n && i < w->n_sets; i++)
        if (flavor_of_set(q, &w->sets[i], &other))
            return true;
    return false;
}

/* A pod set's spots are counted and taken back with its quota. */
void spots_count(const struct work *w, int sign)
{
    for (size_t i = 0; i < w->n_sets; i++)
        for (size_t k = 0; k < w->sets[i].n_spots; k++)
            for (size_t c = 0; c < w->sets[i].n; c++)
                w->sets[i].spots[k].site->used.p[w->sets[i].needs[c].column] += sign * w->sets[i].needs[c].each * w->sets[i].spots[k].count;
}
