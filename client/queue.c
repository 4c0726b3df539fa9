#include "client/inside.h"

#define BACKOFF_FIRST_MS    5
#define BACKOFF_MOST_MS     1000000
#define FAILURES_PER_SECOND 10
#define FAILURES_BURST      100

/* A key's life: waiting (in `ready` or on its timer) → working → gone, or back
 * to waiting when it was added meanwhile or failed. */
struct item {
    struct client_queue *queue;
    struct list link; /* in queue->ready when queued */
    struct loop_timer timer;
    struct str key; /* owned, behind the struct */
    bool queued, working, dirty;
    unsigned failures;
    char text[];
};

struct client_queue {
    struct loop *loop;
    struct map items; /* key → item */
    struct list ready;
    unsigned workers, busy;
    struct loop_task pump;
    double tokens; /* of the failures' bucket */
    int64_t tokens_at_ms;
    void (*work)(void *ctx, struct str key);
    void *ctx;
};

int client_queue_new(struct client_queue **out, struct loop *l, const char *name, unsigned workers, void (*work)(void *ctx, struct str key),
                     void *ctx)
{
    (void)name;
    struct client_queue *q = mem_alloc(sizeof(*q));
    if (!q)
        return -ENOMEM;
    *q = (struct client_queue){.loop = l, .workers = workers, .work = work, .ctx = ctx, .tokens = FAILURES_BURST, .tokens_at_ms = loop_now(l)};
    list_init(&q->ready);
    *out = q;
    return 0;
}

struct client_queue *client_queue_free(struct client_queue *q)
{
    if (!q)
        return NULL;
    loop_defer_cancel(&q->pump);
    MAP_EACH (slot, &q->items) {
        struct item *i = slot->value;
        loop_timer_stop(&i->timer);
        mem_free(i);
    }
    map_done(&q->items);
    return mem_free(q);
}

static void pump(void *ctx)
{
    struct client_queue *q = ctx;
    while (q->busy < q->workers && !list_empty(&q->ready)) {
        struct item *i = CONTAINER_OF(q->ready.next, struct item, link);
        list_del(&i->link);
        i->queued = false;
        i->working = true;
        q->busy++;
        q->work(q->ctx, i->key);
    }
}

static struct item *item_get(struct client_queue *q, struct str key)
{
    struct item *i = map_get(&q->items, key);
    if (i)
        return i;
    i = mem_alloc(sizeof(*i) + key.n + 1);
    if (!i)
        return NULL;
    memcpy(i->text, key.p, key.n);
    i->key = str_make(i->text, key.n);
    i->queue = q;
    list_init(&i->link);
    if (map_put(&q->items, i->key, i) < 0)
        return mem_free(i);
    return i;
}

static void ready(void *ctx)
{
    struct item *i = ctx;
    struct client_queue *q = i->queue;
    loop_timer_stop(&i->timer);
    if (i->working) {
        i->dirty = true;
        return;
    }
    if (i->queued)
        return;
    i->queued = true;
    list_add(&q->ready, &i->link);
    loop_defer(q->loop, &q->pump, pump, q);
}

void client_queue_add(struct client_queue *q, struct str key)
{
    struct item *i = item_get(q, key);
    if (i)
        ready(i);
}

void client_queue_add_after(struct client_queue *q, struct str key, int64_t ms)
{
    struct item *i = item_get(q, key);
    if (!i || i->queued)
        return;
    if (ms <= 0) {
        ready(i);
        return;
    }
    if (loop_timer_active(&i->timer) && i->timer.item.at <= loop_now(q->loop) + ms)
        return;
    if (loop_timer_start(q->loop, &i->timer, ms, ready, i) < 0)
        ready(i);
}

/* How long the bucket makes one more failure wait. */
static int64_t bucket_wait(struct client_queue *q)
{
    int64_t now = loop_now(q->loop);
    q->tokens = MIN(q->tokens + (double)(now - q->tokens_at_ms) * FAILURES_PER_SECOND / 1000, (double)FAILURES_BURST);
    q->tokens_at_ms = now;
    q->tokens -= 1;
    return q->tokens >= 0 ? 0 : (int64_t)(-q->tokens * 1000 / FAILURES_PER_SECOND);
}

void client_queue_done(struct client_queue *q, struct str key, bool failed)
{
    struct item *i = map_get(&q->items, key);
    if (!i || !i->working)
        return;
    i->working = false;
    q->busy--;
    if (failed) {
        int64_t wait = i->failures < 28 ? MIN((int64_t)BACKOFF_FIRST_MS << i->failures, BACKOFF_MOST_MS) : BACKOFF_MOST_MS;
        i->failures++;
        int64_t turn = bucket_wait(q); /* takes a token: not inside MAX, which may look twice */
        client_queue_add_after(q, i->key, MAX(wait, turn));
    } else {
        i->failures = 0;
    }
    if (i->dirty) {
        i->dirty = false;
        ready(i);
    }
    if (!list_empty(&q->ready))
        loop_defer(q->loop, &q->pump, pump, q);
    if (!i->queued && !loop_timer_active(&i->timer)) {
        map_del(&q->items, i->key);
        mem_free(i);
    }
}

size_t client_queue_length(const struct client_queue *q)
{
    return q->items.n;
}
