#include "loop/inside.h"

static void on_wake(uv_async_t *a)
{
    (void)a; /* its only work is to end the wait: posted tasks are run by turn() */
}

/* It may ring before uv_run() has begun to wait: then it must not. */
static void on_tick(uv_timer_t *t)
{
    uv_stop(t->loop);
}

static struct loop *loop_alloc(void)
{
    struct loop *l = mem_alloc(sizeof(*l));
    if (!l)
        return NULL;
    list_init(&l->deferred);
    list_init(&l->posted);
    pthread_mutex_init(&l->lock, NULL);
    return l;
}

int loop_new(struct loop **out)
{
    struct loop *l = loop_alloc();
    if (!l)
        return -ENOMEM;
    int r = uv_loop_init(&l->uv);
    if (r < 0) {
        mem_free(l);
        return r;
    }
    r = uv_async_init(&l->uv, &l->wake, on_wake);
    if (r == 0)
        r = uv_timer_init(&l->uv, &l->ticker);
    if (r < 0) {
        loop_free(l);
        return r;
    }
    *out = l;
    return 0;
}

int loop_new_simulated(struct loop **out, int64_t wall_seconds)
{
    struct loop *l = loop_alloc();
    if (!l)
        return -ENOMEM;
    l->simulated = true;
    l->wall_at_start = wall_seconds;
    *out = l;
    return 0;
}

void loop_handle_drop(uv_handle_t *handle)
{
    mem_free(handle->data);
}

/* A handle still open here has an owner who forgot it; data is freed only when
 * the handle lies inside it, which loop's own owners all see to. */
static void close_walk(uv_handle_t *h, void *arg)
{
    struct loop *l = arg;
    if (uv_is_closing(h))
        return;
    bool own = h == (uv_handle_t *)&l->wake || h == (uv_handle_t *)&l->ticker;
    uv_close(h, own ? NULL : loop_handle_drop);
}

struct loop *loop_free(struct loop *l)
{
    if (!l)
        return NULL;
    if (!l->simulated) {
        while (l->working)
            uv_run(&l->uv, UV_RUN_ONCE);
        uv_walk(&l->uv, close_walk, l);
        while (uv_loop_close(&l->uv) == UV_EBUSY)
            uv_run(&l->uv, UV_RUN_NOWAIT);
    }
    heap_done(&l->timers);
    heap_done(&l->ready);
    pthread_mutex_destroy(&l->lock);
    return mem_free(l);
}

void loop_on_slow(struct loop *l, int64_t ms, void (*fn)(void *ctx, enum loop_kind kind, uintptr_t what, int64_t ns), void *ctx)
{
    l->slow_ns = fn ? MAX(ms * 1000000, (int64_t)1) : 0;
    l->on_slow = fn;
    l->slow_ctx = ctx;
}

int64_t loop_begins(const struct loop *l)
{
    return l->slow_ns ? loop_now_ns(l) : 0;
}

int64_t loop_ended(const struct loop *l, enum loop_kind kind, uintptr_t what, int64_t begin)
{
    if (!begin || !l->slow_ns)
        return 0;
    int64_t now = loop_now_ns(l);
    if (now - begin >= l->slow_ns)
        l->on_slow(l->slow_ctx, kind, what, now - begin);
    return now;
}

/* Runs what was deferred or posted before this call; what these add waits for the next turn. */
static void run_tasks(struct loop *l)
{
    struct list now = LIST_INIT(now);
    pthread_mutex_lock(&l->lock);
    while (!list_empty(&l->posted)) {
        struct list *item = l->posted.next;
        list_del(item);
        list_add(&l->deferred, item);
    }
    pthread_mutex_unlock(&l->lock);
    while (!list_empty(&l->deferred)) {
        struct list *item = l->deferred.next;
        list_del(item);
        list_add(&now, item);
    }
    int64_t begin = list_empty(&now) ? 0 : loop_begins(l);
    while (!list_empty(&now)) {
        struct loop_task *t = CONTAINER_OF(now.next, struct loop_task, link);
        void (*fn)(void *) = t->fn;
        list_del(&t->link);
        t->queued = false;
        fn(t->ctx);
        begin = loop_ended(l, LOOP_KIND_TASK, (uintptr_t)fn, begin);
    }
}

/* Timers due at the start of the call; ones they start with 0 ms wait for the next turn. */
static void run_timers(struct loop *l)
{
    int64_t now = loop_now(l);
    uint64_t last = l->timers.seq;
    for (struct heap_item *it; (it = heap_first(&l->timers)) && it->at <= now && it->seq <= last;) {
        struct loop_timer *t = CONTAINER_OF(it, struct loop_timer, item);
        void (*fn)(void *) = t->fn;
        heap_del(&l->timers, it);
        int64_t begin = loop_begins(l);
        fn(t->ctx);
        loop_ended(l, LOOP_KIND_TIMER, (uintptr_t)fn, begin);
    }
}

static bool idle(struct loop *l)
{
    pthread_mutex_lock(&l->lock);
    bool nothing = list_empty(&l->deferred) && list_empty(&l->posted);
    pthread_mutex_unlock(&l->lock);
    return nothing;
}

/* One turn. `until`: do not wait past this time (INT64_MAX: no end). False: simulated and nothing left before it. */
static bool turn(struct loop *l, int64_t until)
{
    run_tasks(l);
    run_timers(l);
    struct heap_item *first = heap_first(&l->timers);
    int64_t due = first ? MIN(first->at, until) : until;
    if (l->simulated) {
        if (!idle(l))
            return true;
        if (!first || first->at > until)
            return false;
        l->now_ms = MAX(l->now_ms, first->at);
        return true;
    }
    int64_t now = loop_now(l);
    if (l->stopped || !idle(l) || due <= now) {
        uv_run(&l->uv, UV_RUN_NOWAIT);
        loop_io_run(l);
        return true;
    }
    if (due != INT64_MAX) {
        uv_update_time(&l->uv);
        uv_timer_start(&l->ticker, on_tick, (uint64_t)(due - now), 0);
    }
    uv_run(&l->uv, UV_RUN_ONCE);
    uv_timer_stop(&l->ticker);
    loop_io_run(l);
    return true;
}

int loop_run(struct loop *l)
{
    l->stopped = false;
    while (!l->stopped && turn(l, INT64_MAX))
        ;
    return 0;
}

int loop_run_for(struct loop *l, int64_t ms)
{
    int64_t until = loop_now(l) + ms;
    l->stopped = false;
    while (!l->stopped && loop_now(l) <= until) {
        if (!turn(l, until)) {
            l->now_ms = until;
            break;
        }
        if (loop_now(l) == until && idle(l) && (!heap_first(&l->timers) || heap_first(&l->timers)->at > until))
            break;
    }
    return 0;
}

void loop_stop(struct loop *l)
{
    l->stopped = true;
}

/* ── tasks ── */

void loop_defer(struct loop *l, struct loop_task *t, void (*fn)(void *ctx), void *ctx)
{
    if (t->queued)
        return;
    t->fn = fn;
    t->ctx = ctx;
    t->queued = true;
    list_add(&l->deferred, &t->link);
}

void loop_defer_cancel(struct loop_task *t)
{
    if (!t->queued)
        return;
    t->queued = false;
    list_del(&t->link);
}

void loop_post_cancel(struct loop *l, struct loop_task *t)
{
    pthread_mutex_lock(&l->lock);
    loop_defer_cancel(t);
    pthread_mutex_unlock(&l->lock);
}

void loop_post(struct loop *l, struct loop_task *t, void (*fn)(void *ctx), void *ctx)
{
    pthread_mutex_lock(&l->lock);
    t->fn = fn;
    t->ctx = ctx;
    t->queued = true;
    list_add(&l->posted, &t->link);
    pthread_mutex_unlock(&l->lock);
    if (!l->simulated)
        uv_async_send(&l->wake);
}
