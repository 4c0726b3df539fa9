/* Seats, queues and turns. */
#include "fair/inside.h"

#define SPARE_MAX 32
#define RETRY_MAX 32

static void push(struct fair_ticket *t, struct list *to, bool front)
{
    list_del(&t->link);
    if (front)
        list_add_front(to, &t->link);
    else
        list_add(to, &t->link);
}

/* Places in the heaps were reserved when the queue was made. */
static void heap_put(struct heap *h, struct heap_item *item, int64_t at)
{
    int r = heap_add(h, item, at);
    CHECK(r == 0);
}

/* ── turns ── */

static void level_wants_turn(struct level *l)
{
    struct fair *f = l->fair;
    if (l->turn.pos)
        return;
    l->tag = MAX(l->tag, f->v - 1);
    heap_put(&f->turns, &l->turn, l->tag);
}

static void queue_wants_turn(struct queue *q)
{
    struct level *l = q->level;
    if (!q->turn.pos) {
        q->tag = MAX(q->tag, l->v - 1); /* before those as far as it */
        heap_put(&l->turns, &q->turn, q->tag);
    }
    level_wants_turn(l);
}

/* After its ready list has changed. */
static void queue_wants_none(struct queue *q)
{
    struct level *l = q->level;
    if (!list_empty(&q->ready))
        return;
    heap_del(&l->turns, &q->turn);
    if (!heap_first(&l->turns))
        heap_del(&l->fair->turns, &l->turn);
}

static void make_ready(struct fair_ticket *t, bool front)
{
    push(t, &t->queue->ready, front);
    t->state = TICKET_READY;
    queue_wants_turn(t->queue);
}

bool fair_wanted(const struct fair *f)
{
    return heap_first(&f->turns) != NULL;
}

bool fair_next(struct fair *f, int64_t now_ns, void (**run)(void *ctx), void **ctx)
{
    struct heap_item *it = heap_first(&f->turns);
    f->now = MAX(f->now, now_ns);
    if (!it)
        return false;
    struct level *l = CONTAINER_OF(it, struct level, turn);
    struct queue *q = CONTAINER_OF(heap_first(&l->turns), struct queue, turn);
    struct fair_ticket *t = CONTAINER_OF(q->ready.next, struct fair_ticket, link);
    f->v = l->tag;
    l->v = q->tag;
    push(t, &q->resting, false);
    t->state = TICKET_RESTING;
    queue_wants_none(q);
    f->running = t;
    f->running_queue = q;
    if (!t->begun && !t->refusal) {
        t->begun = true;
        t->started = f->now;
        t->schema->stats->executing++;
        t->schema->stats->executing_seats += t->seats;
        t->schema->stats->dispatched++;
        l->dispatched++;
        histogram_add(&t->schema->stats->wait, fair_seconds, (double)(f->now - t->entered) / 1e9);
    }
    *run = t->run;
    *ctx = t->ctx;
    return true;
}

void fair_charge(struct fair *f, int64_t cost_ns)
{
    struct queue *q = f->running_queue;
    f->running = NULL;
    f->running_queue = NULL;
    if (!q)
        return; /* the level went with its last ticket */
    struct level *l = q->level;
    cost_ns = MAX(cost_ns, (int64_t)1);
    f->now += cost_ns;
    q->tag += cost_ns;
    l->tag += cost_ns * WEIGHT_UNIT / MAX(l->exempt ? (int)f->seats : l->nominal, 1);
    if (q->turn.pos) {
        heap_del(&l->turns, &q->turn);
        heap_put(&l->turns, &q->turn, q->tag);
    }
    if (l->turn.pos) {
        heap_del(&f->turns, &l->turn);
        heap_put(&f->turns, &l->turn, l->tag);
    }
}

void fair_again(struct fair_ticket *t, void (*run)(void *ctx), void *ctx)
{
    t->run = run;
    t->ctx = ctx;
    if (t->state == TICKET_RESTING)
        make_ready(t, true);
}

/* ── seats ── */

static bool fits(const struct level *l, const struct queue *q, int seats)
{
    if (l->exempt || l->seats + seats <= l->limit || (seats > l->limit && l->seats == 0))
        return true;
    return !q->executing && l->seats + seats <= 2 * l->limit;
}

static void seat(struct fair_ticket *t)
{
    struct queue *q = t->queue;
    struct level *l = q->level;
    q->seats += t->seats;
    q->executing++;
    l->seats += t->seats;
    l->executing++;
    l->work_v = MAX(l->work_v, q->work); /* its start tag */
    q->work = l->work_v + (int64_t)t->seats * GUESS_US;
    make_ready(t, false);
}

static void unwait(struct fair_ticket *t)
{
    struct queue *q = t->queue;
    struct level *l = q->level;
    struct stats *st = t->schema->stats;
    q->n_waiting--;
    q->waiting_seats -= t->seats;
    l->waiting--;
    l->waiting_seats -= t->seats;
    st->waiting--;
    st->waiting_seats -= t->seats;
    list_del(&t->link);
    if (!q->n_waiting)
        heap_del(&l->places, &q->seat);
}

void queue_dispatch(struct level *l)
{
    struct heap_item *it;
    while ((it = heap_first(&l->places)) != NULL) {
        struct queue *q = CONTAINER_OF(it, struct queue, seat);
        struct fair_ticket *t = CONTAINER_OF(q->waiting.next, struct fair_ticket, link);
        if (!fits(l, q, t->seats)) /* others are not let in before it, or the wide would never be */
            return;
        unwait(t);
        seat(t);
        if (q->seat.pos) {
            heap_del(&l->places, &q->seat);
            heap_put(&l->places, &q->seat, q->work);
        }
    }
}

static void wait_for_seat(struct fair_ticket *t)
{
    struct queue *q = t->queue;
    struct level *l = q->level;
    struct stats *st = t->schema->stats;
    push(t, &q->waiting, false);
    t->state = TICKET_WAITING;
    q->n_waiting++;
    q->waiting_seats += t->seats;
    l->waiting++;
    l->waiting_seats += t->seats;
    st->waiting++;
    st->waiting_seats += t->seats;
    histogram_add(&st->length, fair_lengths, (double)q->n_waiting);
    if (!q->seat.pos) {
        q->work = MAX(q->work, l->work_v - 1);
        heap_put(&l->places, &q->seat, q->work);
    }
}

/* ── refusing ── */

static unsigned dropped_since(const struct level *l, int64_t second)
{
    unsigned n = 0;
    for (size_t i = 0; i < ARRAY_LEN(l->dropped); i++)
        n += l->dropped_at[i] >= second ? l->dropped[i] : 0;
    return n;
}

/* One second more or less to wait, looked at once in that many seconds: many more come than are bidden, or hardly any. */
static int retry_after(struct level *l)
{
    int64_t second = l->fair->now / 1000000000;
    size_t at = (size_t)second % ARRAY_LEN(l->dropped);
    if (second >= l->retry_since + l->retry) {
        unsigned n = dropped_since(l, second - l->retry);
        if (n < (unsigned)l->retry)
            l->retry = MAX(l->retry - 1, 1);
        else if (n >= 3 * (unsigned)l->retry)
            l->retry = MIN(l->retry + 1, RETRY_MAX);
        l->retry_since = second;
    }
    if (l->dropped_at[at] != second) {
        l->dropped_at[at] = second;
        l->dropped[at] = 0;
    }
    l->dropped[at]++;
    return l->retry;
}

static void refuse(struct fair_ticket *t, enum refusal why)
{
    struct level *l = t->queue->level;
    t->refusal = why;
    t->retry = retry_after(l);
    l->rejected += why != REFUSED_TIME_OUT;
    l->timed_out += why == REFUSED_TIME_OUT;
    t->schema->stats->rejected[why]++;
    histogram_add(&t->schema->stats->wait_refused, fair_seconds, (double)(l->fair->now - t->entered) / 1e9);
    make_ready(t, false);
}

int fair_refused(const struct fair_ticket *t)
{
    return t->refusal ? t->retry : 0;
}

size_t fair_expire(struct fair *f, int64_t since_ns)
{
    size_t left = 0;
    LIST_EACH (l, &f->levels, struct level, link) {
        for (unsigned i = 0; i < l->n_queue && l->waiting; i++) {
            if (!l->queue[i])
                continue;
            LIST_EACH (t, &l->queue[i]->waiting, struct fair_ticket, link) {
                if (t->entered >= since_ns)
                    continue;
                unwait(t);
                refuse(t, REFUSED_TIME_OUT);
            }
        }
        borrow_demand(l, f->now);
        queue_dispatch(l);
        left += (size_t)l->waiting;
    }
    return left;
}

/* ── entering ── */

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

static uint64_t hash(uint64_t h, struct str s)
{
    for (; s.n >= 8; s = str_from(s, 8)) {
        uint64_t w;
        memcpy(&w, s.p, 8);
        h = (h ^ w) * 0x9fb21c651e98df25ULL;
        h ^= h >> 29;
    }
    uint64_t w = (uint64_t)s.n << 56;
    if (s.n)
        memcpy(&w, s.p, s.n);
    return (h ^ w ^ (uint64_t)s.n << 56) * 0x9fb21c651e98df25ULL;
}

static struct str distinguisher(const struct schema *s, const struct fair_ask *ask)
{
    if (s->level->exempt || s->by == BY_USER)
        return ask->user->name;
    return s->by == BY_NAMESPACE ? ask->route->ns : STR_NONE;
}

static struct queue *queue_at(struct level *l, unsigned i)
{
    if (l->queue[i])
        return l->queue[i];
    struct queue *q = mem_alloc(sizeof(*q));
    if (!q)
        return NULL;
    unsigned made = 1;
    for (unsigned k = 0; k < l->n_queue; k++)
        made += l->queue[k] != NULL;
    if (heap_reserve(&l->turns, made) < 0 || heap_reserve(&l->places, made) < 0)
        return mem_free(q);
    q->level = l;
    q->index = i;
    list_init(&q->ready);
    list_init(&q->waiting);
    list_init(&q->resting);
    return l->queue[i] = q;
}

/* The i-th card of a hand dealt by `h`: all different, and any hand as likely as any other. */
static unsigned deal(uint64_t h, unsigned deck, unsigned hand, unsigned cards[HAND_MAX])
{
    unsigned left[HAND_MAX];
    for (unsigned i = 0; i < hand; i++) {
        left[i] = (unsigned)(h % (deck - i));
        h /= deck - i;
    }
    for (unsigned i = 0; i < hand; i++) {
        unsigned card = left[i];
        for (unsigned j = i; j > 0; j--)
            card += card >= left[j - 1];
        cards[i] = card;
    }
    return hand;
}

/* The queue of its hand that has least to do. */
static struct queue *choose(struct level *l, uint64_t h)
{
    unsigned cards[HAND_MAX], n = deal(h, l->queues, l->hand, cards);
    struct queue *best = NULL;
    for (unsigned i = 0; i < n; i++) {
        struct queue *q = queue_at(l, cards[i]);
        if (q && (!best || q->seats + q->waiting_seats < best->seats + best->waiting_seats))
            best = q;
        if (q && !q->seats && !q->waiting_seats)
            break;
    }
    return best;
}

static struct fair_ticket *ticket_new(struct fair *f)
{
    struct fair_ticket *t;
    if (list_empty(&f->spare)) {
        t = mem_alloc(sizeof(*t));
        if (!t)
            return NULL;
    } else {
        t = CONTAINER_OF(f->spare.next, struct fair_ticket, link);
        list_del(&t->link);
        f->n_spare--;
    }
    *t = (struct fair_ticket){.state = TICKET_RESTING};
    list_init(&t->link);
    return t;
}

static void ticket_free(struct fair *f, struct fair_ticket *t)
{
    if (f->n_spare >= SPARE_MAX) {
        mem_free(t);
        return;
    }
    list_init(&t->link);
    list_add_front(&f->spare, &t->link);
    f->n_spare++;
}

struct fair_ticket *fair_enter(struct fair *f, const struct fair_ask *ask)
{
    struct schema *s = schema_match(f, ask);
    struct level *l = s->level;
    f->now = MAX(f->now, ask->now_ns);
    struct str by = distinguisher(s, ask);
    uint64_t h = mix(hash(hash(0x243f6a8885a308d3ULL, l->exempt ? STR_NONE : s->name), by));
    struct queue *q = choose(l, h);
    struct fair_ticket *t = q ? ticket_new(f) : NULL;
    if (!t)
        return NULL;
    t->queue = q;
    t->schema = s;
    t->run = ask->run;
    t->ctx = ask->ctx;
    memcpy(t->by, by.n ? by.p : "", MIN(by.n, sizeof(t->by) - 1)); /* the rest is zero */
    t->entered = ask->now_ns;
    t->seats = (int)MIN(MAX(ask->seats, 1u), l->width);
    s->refs++;
    l->tickets++;
    histogram_add(&s->stats->seats, fair_seats_bounds, t->seats);
    if (fits(l, q, t->seats) && (l->exempt || !l->waiting || !q->executing))
        seat(t);
    else if (l->rejects)
        refuse(t, REFUSED_LIMIT);
    else if (q->n_waiting >= l->length)
        refuse(t, REFUSED_QUEUE_FULL);
    else
        wait_for_seat(t);
    borrow_demand(l, f->now);
    return t;
}

void fair_uids(const struct fair_ticket *t, struct str *schema, struct str *level)
{
    *schema = t->schema->uid;
    *level = t->queue->level->uid;
}

/* What the request's time under way was, where GUESS_US stood. */
static void unseat(struct fair_ticket *t)
{
    struct queue *q = t->queue;
    struct level *l = q->level;
    int64_t us = t->begun ? (l->fair->now - t->started) / 1000 : 0;
    q->seats -= t->seats;
    q->executing--;
    l->seats -= t->seats;
    l->executing--;
    q->work += (us - GUESS_US) * t->seats;
    if (q->seat.pos) {
        heap_del(&l->places, &q->seat);
        heap_put(&l->places, &q->seat, q->work);
    }
    if (!t->begun)
        return;
    t->schema->stats->executing--;
    t->schema->stats->executing_seats -= t->seats;
    histogram_add(&t->schema->stats->execution, fair_seconds, (double)us / 1e6);
}

struct fair_ticket *fair_leave(struct fair_ticket *t)
{
    if (!t)
        return NULL;
    struct queue *q = t->queue;
    struct level *l = q->level;
    struct fair *f = l->fair;
    if (f->running == t)
        f->running = NULL;
    if (t->state == TICKET_WAITING) {
        unwait(t);
        l->cancelled++;
        t->schema->stats->rejected[REFUSED_CANCELLED]++;
    } else {
        list_del(&t->link);
        if (t->state == TICKET_READY)
            queue_wants_none(q);
        if (!t->refusal)
            unseat(t);
    }
    schema_unref(t->schema);
    ticket_free(f, t);
    borrow_demand(l, f->now);
    queue_dispatch(l);
    l->tickets--;
    level_reap(l);
    return NULL;
}

/* ── life ── */

int fair_new(struct fair **out, unsigned seats)
{
    struct fair *f = mem_alloc(sizeof(*f));
    if (!f)
        return -ENOMEM;
    list_init(&f->levels);
    list_init(&f->spare);
    f->seats = seats ? seats : 600;
    int r = fair_configure(f, NULL, NULL, 0);
    if (r < 0) {
        fair_free(f);
        return r;
    }
    *out = f;
    return 0;
}

struct fair *fair_free(struct fair *f)
{
    if (!f)
        return NULL;
    for (size_t i = 0; i < f->n_schemas; i++)
        schema_unref(f->schemas[i]);
    mem_free(f->schemas);
    LIST_EACH (l, &f->levels, struct level, link)
        level_free(l);
    LIST_EACH (t, &f->spare, struct fair_ticket, link)
        mem_free(t);
    heap_done(&f->turns);
    return mem_free(f);
}
