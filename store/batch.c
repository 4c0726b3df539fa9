/* The way of a change from store_write() to the disk and back:
 *
 *   gathering ──batch_give──▶ inflight ──batch_ended──▶ landed:  shown, answered
 *       ▲                                    │
 *       └──── shown lazy changes ◀───────────┴────────▶ refused: answered with the fault
 *
 * Shown changes (lazy ones that had nothing unseen in front of them) always come
 * first in a batch. They cannot be taken back, so when a commit fails they go
 * back to be gathered and everything else fails. */
#include "store/inside.h"

struct store_change *store_change_free(struct store_change *c)
{
    if (c) {
        object_unref(c->event.object);
        object_unref(c->event.previous);
    }
    return mem_free(c);
}

void store_change_scope_end(struct store_change **c)
{
    store_change_free(*c);
}

void batch_init(struct batch *b)
{
    list_init(&b->changes);
    list_init(&b->confirms);
}

void batch_done(struct batch *b)
{
    LIST_EACH (c, &b->changes, struct store_change, link) {
        list_del(&c->link);
        if (list_empty(&c->answer))
            store_change_free(c);
    }
    LIST_EACH (c, &b->confirms, struct store_change, link) {
        list_del(&c->link);
        store_change_free(c);
    }
    b->after = store_snapshot_unref(b->after);
    b->n = b->unseen = b->durable = b->bytes = 0;
}

size_t batch_waiting(const struct store *s)
{
    return s->gathering->n + (s->inflight ? s->inflight->n : 0);
}

static void answer_soon(struct store *s, struct store_change *c, enum store_outcome outcome)
{
    c->outcome = outcome;
    list_add(&s->answers, &c->answer);
}

static void answer_confirms(struct store *s, struct batch *b, enum store_outcome outcome)
{
    LIST_EACH (c, &b->confirms, struct store_change, link) {
        list_del(&c->link);
        answer_soon(s, c, outcome);
    }
}

/* ── showing ── */

static void account(struct store *s, const struct store_event *e)
{
    if (e->previous)
        s->object_bytes -= e->previous->key.n + e->previous->stored.n;
    if (e->object && e->type == STORE_PUT)
        s->object_bytes += e->object->key.n + e->object->stored.n;
}

/* Everything in b becomes visible, as b->after; what is behind b is not visible yet. */
static void show(struct store *s, struct batch *b)
{
    if (!b->unseen)
        return;
    struct list *item = b->changes.prev;
    for (size_t i = 1; i < b->unseen; i++)
        item = item->prev;
    for (; item != &b->changes; item = item->next) {
        struct store_change *c = CONTAINER_OF(item, struct store_change, link);
        c->seen = true;
        account(s, &c->event);
        log_add(&s->log, &c->event, 0);
        watch_tell(s, s->log.end - 1);
    }
    b->unseen = b->durable = 0;
    store_snapshot_unref(s->visible);
    s->visible = TAKE(b->after);
    history_keep(s);
    history_trim(s);
    answer_confirms(s, b, STORE_OK);
}

static void show_gathering(struct store *s)
{
    snapshot_fill(s->gathering->after, s->newest, s->gathering->last);
    show(s, s->gathering);
}

/* Lazy changes are shown when nothing that must be durable first lies in front of
 * them, and their revisions lie below the mark on disk. */
static bool may_show(const struct store *s)
{
    if (s->failed || s->gathering->durable || (s->inflight && s->inflight->unseen))
        return false;
    return !s->kv || s->gathering->last <= s->reserved;
}

/* ── answering ── */

static void wake_watchers(void *ctx)
{
    watch_wake(ctx);
}

/* The writers' answers leave before the watchers are told: a thousand watchers' events take ten milliseconds to send. */
static void answer(void *ctx)
{
    struct store *s = ctx;
    struct list now = LIST_INIT(now);
    while (!list_empty(&s->answers)) {
        struct list *item = s->answers.next;
        list_del(item);
        list_add(&now, item);
    }
    while (!list_empty(&now)) {
        struct store_change *c = CONTAINER_OF(now.next, struct store_change, answer);
        list_del(&c->answer);
        if (c->done)
            c->done(c->ctx, c->outcome, c->outcome == STORE_OK ? c->event.object : NULL, c->event.revision);
        if (list_empty(&c->link))
            store_change_free(c);
    }
    if (!list_empty(&s->watches.woken))
        loop_defer(s->loop, &s->wake_task, wake_watchers, s);
}

/* ── gathering ── */

int batch_ready(struct store *s)
{
    struct batch *b = s->gathering;
    if (!b->after && !(b->after = snapshot_new()))
        return -ENOMEM;
    return log_reserve(&s->log, b->unseen + (s->inflight ? s->inflight->unseen : 0) + 1);
}

static void give_gathered(void *ctx)
{
    batch_give(ctx);
}

/* Sees to it that what was gathered is committed in time. */
static void schedule(struct store *s)
{
    struct batch *b = s->gathering;
    if (s->inflight || !b->n)
        return;
    bool much = b->n >= LAZY_CHANGES || b->bytes >= LAZY_BYTES;
    if (b->unseen || !s->kv || (much && !s->failed)) {
        loop_defer(s->loop, &s->commit_task, give_gathered, s);
        return;
    }
    if (loop_timer_active(&s->lazy_timer))
        return;
    if (loop_timer_start(s->loop, &s->lazy_timer, s->lazy_ms, give_gathered, s) < 0)
        loop_defer(s->loop, &s->commit_task, give_gathered, s);
}

void batch_add(struct store *s, struct store_change *c, bool lazy)
{
    struct batch *b = s->gathering;
    list_add(&b->changes, &c->link);
    b->n++;
    b->unseen++;
    b->durable += !lazy;
    b->bytes += c->event.object->stored.n;
    b->last = c->event.revision;
    if (lazy && may_show(s)) {
        show_gathering(s);
        answer_soon(s, c, STORE_OK);
        loop_defer(s->loop, &s->answer_task, answer, s);
    }
    schedule(s);
}

void batch_confirm(struct store *s, struct store_change *c)
{
    struct batch *b = s->inflight;
    if (store_snapshot_get(s->visible, c->event.object->key) == c->event.object) {
        answer_soon(s, c, STORE_OK);
        loop_defer(s->loop, &s->answer_task, answer, s);
        return;
    }
    list_add(b && b->unseen && c->event.revision <= b->last ? &b->confirms : &s->gathering->confirms, &c->link);
}

int batch_give(struct store *s)
{
    struct batch *b = s->gathering;
    if (s->inflight || !b->n)
        return 1;
    loop_timer_stop(&s->lazy_timer);
    loop_defer_cancel(&s->commit_task);
    if (b->unseen)
        snapshot_fill(b->after, s->newest, b->last);
    b->state = (struct kv_state){b->last, s->log.compacted, b->last + RESERVE};
    b->started_ns = loop_now_ns(s->loop);
    s->inflight = b;
    s->gathering = b == &s->batches[0] ? &s->batches[1] : &s->batches[0];
    writer_give(s, &(struct kv_batch){&b->changes, s->durable, b->state});
    return 0;
}

/* ── ending ── */

static void landed(struct store *s, struct batch *b)
{
    s->failed = false;
    s->durable = b->state.revision;
    s->reserved = b->state.reserved;
    LIST_EACH (c, &b->changes, struct store_change, link)
        if (!c->seen)
            answer_soon(s, c, STORE_OK);
    show(s, b);
    LIST_EACH (c, &b->changes, struct store_change, link) {
        list_del(&c->link);
        if (list_empty(&c->answer))
            store_change_free(c);
    }
    b->n = b->bytes = 0;
    struct batch *next = s->gathering;
    if (!next->unseen || !may_show(s))
        return;
    struct list *item = next->changes.prev;
    for (size_t i = next->unseen; i > 0; i--, item = item->prev)
        answer_soon(s, CONTAINER_OF(item, struct store_change, link), STORE_OK);
    show_gathering(s);
}

static void fail_unseen(struct store *s, struct batch *b, enum store_outcome outcome)
{
    LIST_EACH (c, &b->changes, struct store_change, link) {
        if (c->seen)
            continue;
        b->n--;
        b->bytes -= c->event.object->stored.n;
        list_del(&c->link);
        answer_soon(s, c, outcome);
    }
    answer_confirms(s, b, outcome);
    b->unseen = b->durable = 0;
    if (b->after)
        b->after->root = tree_unref(b->after->root);
}

/* The disk is full: the older half of the log goes, to make room with the next try. */
static void give_up_log(struct store *s)
{
    uint64_t held = s->log.end - s->log.first;
    if (held < LOG_LEAST)
        return;
    log_compact(&s->log, log_at(&s->log, s->log.first + held / 2)->event.revision);
    history_trim(s);
}

static void refused(struct store *s, struct batch *b, int r)
{
    s->failed = true;
    enum store_outcome outcome = r == -ENOSPC || r == -EDQUOT ? STORE_FULL : STORE_IO;
    struct batch *behind = s->gathering;
    if (outcome == STORE_FULL)
        give_up_log(s);
    fail_unseen(s, b, outcome);
    fail_unseen(s, behind, outcome);
    tree_unref(s->newest);
    s->newest = tree_ref(s->visible->root);
    while (!list_empty(&behind->changes)) { /* shown ones of both, in their order */
        struct list *item = behind->changes.next;
        list_del(item);
        list_add(&b->changes, item);
    }
    b->n += behind->n;
    b->bytes += behind->bytes;
    behind->n = behind->bytes = 0;
    if (b->n)
        b->last = CONTAINER_OF(b->changes.prev, struct store_change, link)->event.revision;
    s->gathering = b;
}

void batch_ended(struct store *s, int result)
{
    struct batch *b = TAKE(s->inflight);
    if (result == 0) {
        s->commits++;
        s->commit_ns += loop_now_ns(s->loop) - b->started_ns;
        landed(s, b);
    } else {
        refused(s, b, result);
    }
    bool wanted = s->gathering->unseen || !list_empty(&s->backups);
    if (!wanted || batch_give(s) != 0)
        schedule(s);
    answer(s);
    backup_start_waiting(s);
}

void batch_drain(struct store *s)
{
    bool tried = false;
    while (s->inflight || (s->gathering->n && !(tried && s->failed && !s->gathering->unseen))) {
        if (!s->inflight)
            batch_give(s);
        batch_ended(s, writer_wait(s));
        tried = true;
    }
    answer(s);
}
