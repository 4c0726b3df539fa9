#include "queue/inside.h"

/* One round: the first of each queue, judged, put in order, judged again on what those before it left. */

struct entry {
    struct work *work;
    struct assignment got;
    int64_t share; /* of its queue, with it */
    bool done;
};

int tell(struct queue *q, enum queue_outcome_kind kind, const struct work *w, const char *reason, struct str message)
{
    struct told *t = VEC_ADD(&q->told);
    if (!t)
        return -ENOMEM;
    *t = (struct told){kind, arena_text(q->telling, w->key, strlen(w->key)), reason, message.n ? arena_text(q->telling, message.p, message.n) : NULL};
    if (t->key && (t->message || !message.n))
        return 0;
    q->told.n--;
    return -ENOMEM;
}

static void hand_out_sets(const struct queue *q, const struct work *w, struct queue_outcome *out)
{
    out->n_sets = w->n_sets;
    for (size_t i = 0; i < w->n_sets; i++) {
        struct queue_pod_set *s = &out->sets[i];
        *s = (struct queue_pod_set){.name = w->sets[i].name, .count = w->sets[i].count};
        for (size_t k = 0; k < w->sets[i].n; k++) {
            const struct need *n = &w->sets[i].needs[k];
            if (n->pair == PAIRS_MAX)
                continue;
            s->items[s->n].resource = ask_column_name(q->book, n->column);
            s->items[s->n].flavor = str_of(q->pairs.p[n->pair].flavor->name);
            s->items[s->n++].amount = n->amount;
        }
        const struct topology *t = w->sets[i].n_spots && w->sets[i].flavor ? w->sets[i].flavor->topology : NULL;
        for (size_t k = t && t->host ? t->n_levels - 1 : 0; t && k < t->n_levels; k++)
            s->levels[s->n_levels++] = t->levels[k];
        s->n_places = t ? w->sets[i].n_spots : 0;
    }
}

static bool told_next(struct queue *q, struct queue_outcome *out)
{
    while (q->told_at < q->told.n) {
        const struct told *t = &q->told.p[q->told_at++];
        const struct work *w = map_get(&q->works, str_of(t->key));
        if (!w || (t->kind == QUEUE_ADMITTED && w->state != WORK_ADMITTED) || (t->kind == QUEUE_EVICTED && w->state != WORK_EVICTING))
            continue;
        out->kind = t->kind;
        out->ns = w->ns;
        out->name = w->name;
        out->cluster_queue = w->cluster ? str_of(w->cluster->name) : STR_NONE;
        out->reason = str_of(t->reason);
        out->message = str_of(t->message);
        out->n_sets = 0;
        if (t->kind == QUEUE_ADMITTED)
            hand_out_sets(q, w, out);
        return true;
    }
    return false;
}

bool queue_place_of(const struct queue *q, struct str ns, struct str name, size_t set, size_t i, struct queue_place *out)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    const struct work *w = map_get(&q->works, buf_view(&b));
    if (!w || set >= w->n_sets || i >= w->sets[set].n_spots)
        return false;
    const struct spot *s = &w->sets[set].spots[i];
    *out = (struct queue_place){.count = s->count};
    for (size_t k = 0; k < s->n_values; k++)
        out->values[k] = str_of(s->values[k]);
    return true;
}

/* ── one entry ── */

static int admit(struct queue *q, struct entry *e)
{
    int r = tell(q, QUEUE_ADMITTED, e->work, "Admitted", STR_NONE);
    if (r < 0)
        return r;
    q->admissions++;
    work_admit(q, e->work);
    return 0;
}

/* A strict queue keeps its head at the front; others let the next one try. */
static int wait_for(struct queue *q, struct entry *e, struct str why)
{
    uint64_t said = str_hash(why) | 1;
    int r = said == e->work->said ? 0 : tell(q, QUEUE_WAITS, e->work, "Pending", why);
    if (r < 0)
        return r;
    e->work->said = said;
    work_park(q, e->work);
    return 0;
}

/* ── with fewer pods, when one of its sets is content with them ── */

static void resize(struct set *s, int64_t count)
{
    s->count = count;
    for (size_t i = 0; i < s->n; i++)
        s->needs[i].amount = s->needs[i].each * count;
}

static struct set *elastic(struct work *w)
{
    for (size_t i = 0; i < w->n_sets; i++)
        if (w->sets[i].least > 0 && w->sets[i].least < w->sets[i].count)
            return &w->sets[i];
    return NULL;
}

/* 1: with the most pods there is room for now; 0: not with the least either, and it is as it was. */
static int shrink(struct queue *q, struct work *w, struct assignment *got)
{
    struct set *s = elastic(w);
    struct assignment a;
    if (!s)
        return 0;
    int64_t all = s->count, low = s->least, high = all - 1, best = 0;
    while (low <= high) {
        int64_t mid = low + (high - low) / 2;
        resize(s, mid);
        int r = assign(q, w, &a);
        if (r < 0) {
            resize(s, all);
            return r;
        }
        if (a.mode == MODE_FIT) {
            best = mid;
            low = mid + 1;
        } else {
            high = mid - 1;
        }
    }
    resize(s, best ? best : all);
    int r = assign(q, w, best ? got : &a);
    if (r < 0)
        resize(s, all);
    return r < 0 ? r : best > 0;
}

static int settle(struct queue *q, struct entry *e)
{
    size_t n = 0;
    if (e->got.mode == MODE_FIT && still_fits(q, e->work))
        return admit(q, e);
    if (e->got.mode == MODE_FIT) { /* somebody before it took the room: in the next round it is judged anew */
        q->stirred = true;
        return 0;
    }
    int r = e->got.mode == MODE_PREEMPT ? preempt(q, e->work, &n) : 0;
    if (r < 0)
        return r;
    if (e->got.mode == MODE_PREEMPT && n == 0 && q->seq > q->round) { /* who was admitted in this round is not looked at before the next */
        q->stirred = true;
        return 0;
    }
    if (n == 0) {
        struct str why = e->got.why;
        r = shrink(q, e->work, &e->got);
        if (r < 0)
            return r;
        if (r > 0)
            return admit(q, e);
        e->got.why = why;
    }
    struct str why = n > 0 ? arena_fmt(q->scratch, "%.*s. Pending the preemption of %zu workload(s)", STR_FMT(e->got.why), n) : e->got.why;
    return wait_for(q, e, why);
}

/* ── the order ── */

static bool before(const struct queue *q, const struct entry *a, const struct entry *b)
{
    if (q->options.fair_sharing && a->share != b->share)
        return a->share < b->share;
    if (!q->options.fair_sharing && a->got.borrows != b->got.borrows)
        return !a->got.borrows;
    if (a->work->priority != b->work->priority)
        return a->work->priority > b->work->priority;
    if (a->work->created != b->work->created)
        return a->work->created < b->work->created;
    return a->work->seq < b->work->seq;
}

static int64_t share_with(struct queue *q, struct work *w)
{
    work_count(w, 1);
    int64_t share = ledger_share(q, w->cluster);
    work_count(w, -1);
    return share;
}

static struct entry *next_entry(struct queue *q, struct entry *all, size_t n)
{
    struct entry *best = NULL;
    for (size_t i = 0; i < n; i++) {
        struct entry *e = &all[i];
        if (e->done || e->work->state != WORK_PENDING)
            continue;
        if (q->options.fair_sharing && e->got.mode != MODE_NONE)
            e->share = share_with(q, e->work); /* others may have been admitted to its queue's cohort since */
        if (!best || before(q, e, best))
            best = e;
    }
    if (best)
        best->done = true;
    return best;
}

/* A strict queue whose head is parked waits for it. */
static struct work *head_of(const struct place *p)
{
    struct heap_item *i = heap_first(&p->pending);
    if (!i || !p->known || p->stopped || !place_root((struct place *)(uintptr_t)p))
        return NULL;
    struct work *w = CONTAINER_OF(i, struct work, item);
    if (p->strict)
        LIST_EACH (x, &p->parked, struct work, link)
            if (x->priority > w->priority || (x->priority == w->priority && x->created <= w->created && x->seq < w->seq))
                return NULL;
    return w;
}

static int round_of(struct queue *q)
{
    size_t n = 0;
    struct entry *all = mem_alloc((q->places.n + 1) * sizeof(*all)), *e;
    int r = all ? 0 : -ENOMEM;
    if (r == 0)
        MAP_EACH (slot, &q->places) {
            const struct place *p = slot->value;
            struct work *w = p->cluster ? head_of(p) : NULL;
            if (r == 0 && w) {
                all[n].work = w;
                r = assign(q, w, &all[n++].got);
            }
        }
    q->stirred = false;
    q->round = q->seq;
    while (r == 0 && (e = next_entry(q, all, n)))
        r = settle(q, e);
    q->stirred = q->stirred || n > 0;
    mem_free(all);
    return r;
}

int queue_step(struct queue *q, struct queue_outcome *out)
{
    if (told_next(q, out))
        return 1;
    while (q->stirred) {
        q->told.n = q->told_at = 0;
        arena_reset(q->telling);
        arena_reset(q->scratch);
        int r = q->rebuild ? ledger_rebuild(q) : 0;
        if (r == 0)
            r = round_of(q);
        if (r < 0) {
            q->stirred = true;
            return r;
        }
        if (told_next(q, out))
            return 1;
    }
    return 0;
}

/* ── what others may see ── */

/* What counts, not what a preemption under way counts on. */
static int64_t used_by(const struct place *p, uint32_t pair)
{
    int64_t n = 0;
    LIST_EACH (w, &p->admitted, struct work, link)
        for (size_t i = 0; i < w->n_sets; i++)
            for (size_t k = 0; k < w->sets[i].n; k++)
                n += w->sets[i].needs[k].pair == pair ? w->sets[i].needs[k].amount : 0;
    return n;
}

bool queue_usage(const struct queue *q, struct str cluster_queue, struct str flavor, struct str resource, struct queue_usage *out)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "q/%.*s", STR_FMT(cluster_queue));
    const struct place *p = map_get(&q->places, buf_view(&b));
    for (uint32_t i = 0; p && i < q->pairs.n && i < p->cap; i++) {
        if (!str_is(flavor, q->pairs.p[i].flavor->name) || !str_eq(resource, ask_column_name(q->book, q->pairs.p[i].column)))
            continue;
        int64_t used = used_by(p, i);
        *out = (struct queue_usage){p->nominal[i], used, p->parent ? MAX(used - p->subtree[i], INT64_C(0)) : 0, ledger_available(p, i)};
        return true;
    }
    return false;
}

int64_t queue_share(const struct queue *q, struct str cluster_queue)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "q/%.*s", STR_FMT(cluster_queue));
    const struct place *p = map_get(&q->places, buf_view(&b));
    return p && place_root((struct place *)(uintptr_t)p) ? ledger_share(q, p) : 0;
}

void queue_counts(const struct queue *q, struct queue_counts *out)
{
    *out = (struct queue_counts){
        q->counts[WORK_PENDING], q->counts[WORK_PARKED], q->counts[WORK_ADMITTED], q->counts[WORK_EVICTING], q->admissions, q->evictions, q->looks};
}

size_t queue_parked(const struct queue *q, struct str cluster_queue)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "q/%.*s", STR_FMT(cluster_queue));
    const struct place *p = map_get(&q->places, buf_view(&b));
    return p ? p->n_parked : 0;
}

void queue_counts_of(const struct queue *q, struct str ns, struct str name, size_t *waiting, size_t *reserving)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    *waiting = *reserving = 0;
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns.n ? ns : STR("q")), STR_FMT(name));
    const struct place *p = ns.n ? NULL : map_get(&q->places, buf_view(&b));
    const struct local *l = ns.n ? map_get(&q->locals, buf_view(&b)) : NULL;
    if (p) {
        *waiting = p->pending.n + p->n_parked;
        *reserving = p->n_admitted;
    }
    if (l)
        LIST_EACH (w, &l->works, struct work, of_queue) {
            *waiting += w->state == WORK_PENDING || w->state == WORK_PARKED;
            *reserving += w->state == WORK_ADMITTED || w->state == WORK_EVICTING;
        }
}
