#include "queue/inside.h"

/* Whom to evict so that a workload fits. Candidates are taken out of the numbers, the least important first, until it does; then put back in
 * reverse order as long as it still fits. */

struct hunt {
    struct queue *q;
    struct work *w;
    bool others; /* some candidate is of another queue */
    VEC(struct work *) candidates;
    VEC(struct work *) targets;
};

/* ── candidates ── */

static bool uses_needed(const struct hunt *h, const struct work *v)
{
    for (size_t i = 0; i < v->n_sets; i++)
        for (size_t k = 0; k < v->sets[i].n; k++) {
            uint32_t pair = v->sets[i].needs[k].pair;
            for (size_t x = 0; pair != PAIRS_MAX && v->sets[i].needs[k].amount && x < h->w->n_sets; x++)
                for (size_t y = 0; y < h->w->sets[x].n; y++)
                    if (h->w->sets[x].needs[y].pair == pair)
                        return true;
        }
    return false;
}

static bool queue_borrows(const struct hunt *h, const struct place *p)
{
    for (size_t i = 0; i < h->w->n_sets; i++)
        for (size_t k = 0; k < h->w->sets[i].n; k++) {
            uint32_t pair = h->w->sets[i].needs[k].pair;
            if (pair != PAIRS_MAX && ledger_borrowed(p, pair, 0) > 0)
                return true;
        }
    return false;
}

static bool entitled(const struct hunt *h, const struct work *v)
{
    const struct work *w = h->w;
    enum policy p = v->cluster == w->cluster ? w->cluster->within : w->cluster->reclaim;
    if (p == POLICY_ANY)
        return true;
    if (p == POLICY_LOWER_OR_NEWER && v->priority == w->priority)
        return v->created > w->created || (v->created == w->created && v->seq > w->seq);
    return p != POLICY_NEVER && v->priority < w->priority;
}

static int collect(struct hunt *h, struct place *p)
{
    bool own = p == h->w->cluster;
    if (!own && !queue_borrows(h, p))
        return 0;
    LIST_EACH (v, &p->admitted, struct work, link) {
        if (v->held || v->since > h->q->round || !entitled(h, v) || !uses_needed(h, v))
            continue;
        struct work **slot = VEC_ADD(&h->candidates);
        if (!slot)
            return -ENOMEM;
        *slot = v;
        h->others = h->others || !own;
    }
    return 0;
}

static const struct place *hunter; /* of the sort below; single threaded */

/* Who is going anyway; other queues'; the less important; who was admitted last. */
static int by_dispensability(const void *x, const void *y)
{
    const struct work *a = *(struct work *const *)x, *b = *(struct work *const *)y;
    bool going_a = a->state == WORK_EVICTING, going_b = b->state == WORK_EVICTING, own_a = a->cluster == hunter, own_b = b->cluster == hunter;
    if (going_a != going_b)
        return going_a ? -1 : 1;
    if (own_a != own_b)
        return own_a ? 1 : -1;
    if (a->priority != b->priority)
        return a->priority < b->priority ? -1 : 1;
    return a->since > b->since ? -1 : 1;
}

/* ── trying ── */

static int64_t asked(const struct work *w, uint32_t pair)
{
    int64_t n = 0;
    for (size_t i = 0; i < w->n_sets; i++)
        for (size_t k = 0; k < w->sets[i].n; k++)
            n += w->sets[i].needs[k].pair == pair ? w->sets[i].needs[k].amount : 0;
    return n;
}

static bool fits(const struct hunt *h, bool borrowing)
{
    if (!still_fits(h->q, h->w))
        return false;
    for (size_t i = 0; !borrowing && i < h->w->n_sets; i++)
        for (size_t k = 0; k < h->w->sets[i].n; k++) {
            uint32_t pair = h->w->sets[i].needs[k].pair;
            if (pair != PAIRS_MAX && ledger_borrowed(h->w->cluster, pair, asked(h->w, pair)) > 0)
                return false;
        }
    return true;
}

static bool under_nominal(const struct hunt *h)
{
    const struct place *p = h->w->cluster;
    for (size_t i = 0; i < h->w->n_sets; i++)
        for (size_t k = 0; k < h->w->sets[i].n; k++) {
            uint32_t pair = h->w->sets[i].needs[k].pair;
            if (pair != PAIRS_MAX && asked(h->w, pair) > ledger_available(p, pair) && p->usage[pair] >= p->subtree[pair])
                return false;
        }
    return true;
}

static int take_out(struct hunt *h, struct work *v)
{
    struct work **slot = VEC_ADD(&h->targets);
    if (!slot)
        return -ENOMEM;
    *slot = v;
    work_count(v, -1);
    return 0;
}

static void put_back(struct hunt *h)
{
    for (size_t i = h->targets.n; i-- > 0;)
        work_count(h->targets.p[i], 1);
}

static void spare(struct hunt *h, bool borrowing)
{
    for (size_t i = h->targets.n; i-- > 0 && h->targets.n > 1;) {
        struct work *v = h->targets.p[i];
        if (i + 1 == h->targets.n)
            continue; /* the one that made it fit */
        work_count(v, 1);
        if (fits(h, borrowing)) {
            memmove(&h->targets.p[i], &h->targets.p[i + 1], (h->targets.n - i - 1) * sizeof(*h->targets.p));
            h->targets.n--;
        } else {
            work_count(v, -1);
        }
    }
}

/* Of others, while their queues borrow still; when it borrows itself, only from those its policy names. 1: found */
static int try_once(struct hunt *h, bool borrowing)
{
    const struct place *own = h->w->cluster;
    h->targets.n = 0;
    for (size_t i = 0; i < h->candidates.n; i++) {
        struct work *v = h->candidates.p[i];
        if (v->cluster != own) {
            if (!queue_borrows(h, v->cluster))
                continue;
            if (borrowing &&
                (own->borrowing == POLICY_NEVER || v->priority >= h->w->priority || (own->has_threshold && v->priority > own->threshold)))
                continue;
        }
        int r = take_out(h, v);
        if (r < 0) {
            put_back(h);
            return r;
        }
        if (fits(h, borrowing)) {
            spare(h, borrowing);
            put_back(h);
            return 1;
        }
    }
    put_back(h);
    h->targets.n = 0;
    return 0;
}

static int classical(struct hunt *h)
{
    bool forbidden = h->w->cluster->borrowing == POLICY_NEVER;
    if (!h->others || (forbidden && !under_nominal(h)))
        return try_once(h, true);
    int r = try_once(h, !forbidden);
    return r ? r : try_once(h, forbidden);
}

/* ── fair sharing: LessThanOrEqualToFinalShare, then LessThanInitialShare ── */

static int64_t share_without(struct hunt *h, struct work *v)
{
    work_count(v, -1);
    int64_t share = ledger_share(h->q, v->cluster);
    work_count(v, 1);
    return share;
}

/* Whose queue has the largest share goes first. */
static struct work *largest_share(struct hunt *h, bool initial)
{
    const struct place *own = h->w->cluster;
    int64_t mine = ledger_share(h->q, own), most = -1;
    struct work *best = NULL;
    for (size_t i = 0; i < h->candidates.n; i++) {
        struct work *v = h->candidates.p[i];
        if (v->chosen)
            continue;
        if (v->cluster == own) {
            if (!best)
                best = v;
            continue;
        }
        int64_t theirs = ledger_share(h->q, v->cluster);
        if (theirs <= most || !queue_borrows(h, v->cluster))
            continue;
        if (initial ? mine < theirs : mine <= share_without(h, v)) {
            most = theirs;
            best = v;
        }
    }
    return best;
}

static int fairly(struct hunt *h)
{
    int found = 0;
    h->targets.n = 0;
    for (size_t i = 0; i < h->candidates.n; i++)
        h->candidates.p[i]->chosen = false;
    for (int initial = 0; !found && initial < 2; initial++)
        for (;;) {
            work_count(h->w, 1); /* shares are what they would be with it */
            struct work *v = largest_share(h, initial);
            work_count(h->w, -1);
            if (!v)
                break;
            v->chosen = true;
            found = take_out(h, v);
            if (found == 0 && fits(h, true)) {
                spare(h, true);
                found = 1;
            }
            if (found)
                break;
        }
    put_back(h);
    if (found <= 0)
        h->targets.n = 0;
    return found;
}

/* ── the whole ── */

static const char *reason_of(const struct hunt *h, const struct work *v)
{
    if (v->cluster == h->w->cluster)
        return "InClusterQueue";
    if (h->q->options.fair_sharing)
        return "InCohortFairSharing";
    return h->w->cluster->borrowing != POLICY_NEVER && !under_nominal(h) ? "InCohortReclaimWhileBorrowing" : "InCohortReclamation";
}

static const char *words_of(const char *reason)
{
    static const char *const words[][2] = {{"InClusterQueue", "prioritization in the ClusterQueue"},
                                           {"InCohortReclamation", "reclamation within the cohort"},
                                           {"InCohortFairSharing", "Fair Sharing within the cohort"},
                                           {"InCohortReclaimWhileBorrowing", "reclamation within the cohort while borrowing"}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!strcmp(words[i][0], reason))
            return words[i][1];
    return "UNKNOWN";
}

static int evict(struct hunt *h)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < h->targets.n; i++) {
        struct work *v = h->targets.p[i];
        const char *reason = reason_of(h, v);
        if (v->state == WORK_EVICTING)
            continue;
        struct str message =
            arena_fmt(h->q->scratch, "Preempted to accommodate a workload (%.*s/%.*s) due to %s; preemptor path: /%s; preemptee path: /%s",
                      STR_FMT(h->w->ns), STR_FMT(h->w->name), words_of(reason), h->w->cluster->name, v->cluster->name);
        r = message.p ? tell(h->q, QUEUE_EVICTED, v, reason, message) : -ENOMEM;
        if (r == 0) {
            h->q->counts[WORK_ADMITTED]--;
            v->state = WORK_EVICTING;
            h->q->counts[WORK_EVICTING]++;
            h->q->evictions++;
        }
    }
    return r;
}

/* The room that is made is its own: nobody who comes after it takes it. */
static int hold(struct queue *q, struct work *w, bool comes)
{
    struct held *x = VEC_ADD(&q->held);
    if (!x)
        return -ENOMEM;
    *x = (struct held){w, comes};
    w->held = true;
    if (comes)
        work_count(w, 1);
    return 0;
}

void release_held(struct queue *q)
{
    while (q->held.n) {
        struct held *x = &q->held.p[--q->held.n];
        x->work->held = false;
        if (!x->comes)
            continue;
        work_count(x->work, -1);
        if (x->work->state == WORK_PARKED)
            (void)!work_queue(q, x->work); /* without memory it stays parked until the next time */
    }
}

static void count_going(struct queue *q, int sign)
{
    for (size_t i = 0; i < q->held.n; i++)
        if (!q->held.p[i].comes)
            work_count(q->held.p[i].work, sign);
}

static int search(struct hunt *h)
{
    struct queue *q = h->q;
    struct place *own = h->w->cluster, *root = place_root(own);
    int r = own->within == POLICY_NEVER ? 0 : collect(h, own);
    if (own->reclaim != POLICY_NEVER)
        MAP_EACH (slot, &q->places) {
            struct place *p = slot->value;
            if (r == 0 && p->cluster && p != own && p->n_admitted && place_root(p) == root)
                r = collect(h, p);
        }
    hunter = own;
    if (r == 0 && h->candidates.n)
        qsort(h->candidates.p, h->candidates.n, sizeof(struct work *), by_dispensability);
    if (r == 0 && h->candidates.n)
        r = q->options.fair_sharing ? fairly(h) : classical(h);
    return r;
}

int preempt(struct queue *q, struct work *w, size_t *n)
{
    struct hunt h = {.q = q, .w = w};
    count_going(q, -1);
    int r = search(&h);
    count_going(q, 1);
    *n = h.targets.n;
    if (r > 0)
        r = evict(&h);
    for (size_t i = 0; r == 0 && i < h.targets.n; i++)
        r = hold(q, h.targets.p[i], false);
    if (r == 0 && h.targets.n) {
        count_going(q, -1);
        (void)!still_fits(q, w); /* its places, when they are gone */
        count_going(q, 1);
        r = hold(q, w, true);
    }
    VEC_DONE(&h.candidates);
    VEC_DONE(&h.targets);
    return r;
}
