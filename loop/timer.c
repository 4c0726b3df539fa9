#include "loop/inside.h"

int64_t loop_now_ns(const struct loop *l)
{
    return l->simulated ? l->now_ms * 1000000 : (int64_t)uv_hrtime();
}

int64_t loop_spent_ns(const struct loop *l)
{
    struct timespec t;
    return l->simulated || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) < 0 ? loop_now_ns(l) : (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t loop_now(const struct loop *l)
{
    return l->simulated ? l->now_ms : (int64_t)(uv_hrtime() / 1000000);
}

void loop_wall_ns(const struct loop *l, int64_t *sec, int32_t *nsec)
{
    if (l->simulated) {
        *sec = l->wall_at_start + l->now_ms / 1000;
        *nsec = (int32_t)(l->now_ms % 1000) * 1000000;
        return;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *sec = now.tv_sec;
    *nsec = (int32_t)now.tv_nsec;
}

int64_t loop_wall(const struct loop *l)
{
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(l, &sec, &nsec);
    return sec;
}

int loop_timer_start(struct loop *l, struct loop_timer *t, int64_t ms, void (*fn)(void *ctx), void *ctx)
{
    loop_timer_stop(t);
    t->loop = l;
    t->fn = fn;
    t->ctx = ctx;
    return heap_add(&l->timers, &t->item, loop_now(l) + MAX(ms, 0));
}

void loop_timer_stop(struct loop_timer *t)
{
    if (t->item.pos)
        heap_del(&t->loop->timers, &t->item);
}

bool loop_timer_active(const struct loop_timer *t)
{
    return t->item.pos != 0;
}
