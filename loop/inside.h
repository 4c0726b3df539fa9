/* What loop's files share; no other room sees it. */
#ifndef CORACLE_LOOP_INSIDE_H
#define CORACLE_LOOP_INSIDE_H

#include <pthread.h>
#include <uv.h>

#include "loop/loop.h"

#define LOOP_WORK_MAX 1024

struct loop {
    bool simulated;
    bool stopped;
    struct heap timers;   /* of struct loop_timer */
    struct list deferred; /* of struct loop_task, this thread's */
    pthread_mutex_t lock; /* guards posted */
    struct list posted;   /* of struct loop_task, any thread's */
    unsigned working;     /* pieces of work on the pool */
    struct heap ready;    /* of struct loop_io, by when it was last run: whom this look at the sockets found */
    size_t n_ios;
    int64_t runs;    /* of descriptors' callbacks so far */
    int64_t slow_ns; /* 0: nobody asks */
    void (*on_slow)(void *ctx, enum loop_kind kind, uintptr_t what, int64_t ns);
    void *slow_ctx;
    int64_t now_ms;        /* simulated: the clock */
    int64_t wall_at_start; /* simulated: seconds since 1970 at now_ms 0 */
    uv_loop_t uv;
    uv_async_t wake;
    uv_timer_t ticker; /* ends a wait when the first timer is due */
};

/* Around a callback: when it begins (0: nobody asks), and what it took. The end of one is the begin of the next. */
int64_t loop_begins(const struct loop *l);
int64_t loop_ended(const struct loop *l, enum loop_kind kind, uintptr_t what, int64_t begin);

/* Runs those found ready, the longest quiet first, for a while; the others are found again at the next look. */
void loop_io_run(struct loop *l);

/* Frees a handle's owner (handle->data) once libuv is done with the handle. */
void loop_handle_drop(uv_handle_t *handle);

#endif
