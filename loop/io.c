#include "loop/inside.h"

/* Of one look at the sockets. Readiness is level triggered, so whoever is not come to is found again; and by then has
 * waited longer than all who were. Thus one that asks now and then is heard at once, however many ask without a pause. */
#define RUN_NS 200000
#define FAULT  8 /* beside LOOP_READ … */

struct loop_io {
    uv_poll_t poll;
    struct heap_item ready;
    int found;   /* events, while in `ready` */
    int64_t ran; /* which run of all was its last */
    void (*fn)(void *ctx, int events);
    void *ctx;
    int events;
};

int loop_io_new(struct loop_io **out, struct loop *l, int fd, void (*fn)(void *ctx, int events), void *ctx)
{
    if (l->simulated)
        return -ENOTSUP;
    struct loop_io *io = mem_alloc(sizeof(*io));
    if (!io)
        return -ENOMEM;
    int r = heap_reserve(&l->ready, l->n_ios + 1);
    if (r == 0)
        r = uv_poll_init(&l->uv, &io->poll, fd);
    if (r < 0) {
        mem_free(io);
        return r;
    }
    l->n_ios++;
    io->poll.data = io;
    io->ran = l->runs; /* a new one goes before nobody */
    io->fn = fn;
    io->ctx = ctx;
    *out = io;
    return 0;
}

static void on_ready(uv_poll_t *p, int status, int uv_events)
{
    struct loop_io *io = p->data;
    struct loop *l = CONTAINER_OF(p->loop, struct loop, uv);
    io->found = status < 0 ? FAULT : 0;
    if (uv_events & UV_READABLE)
        io->found |= LOOP_READ;
    if (uv_events & UV_WRITABLE)
        io->found |= LOOP_WRITE;
    if (uv_events & UV_DISCONNECT)
        io->found |= LOOP_HANGUP;
    int r = io->ready.pos ? 0 : heap_add(&l->ready, &io->ready, io->ran); /* there is room: loop_io_new() saw to it */
    CHECK(r == 0);
}

void loop_io_run(struct loop *l)
{
    struct heap_item *it = heap_first(&l->ready);
    int64_t begin = it ? loop_now_ns(l) : 0, at = begin;
    for (; it; it = heap_first(&l->ready)) {
        struct loop_io *io = CONTAINER_OF(it, struct loop_io, ready);
        void (*fn)(void *, int) = io->fn;
        int events = io->found & io->events; /* one that ran before may have changed what is watched */
        if (io->events && (io->found & FAULT))
            events = LOOP_READ | LOOP_WRITE;
        heap_del(&l->ready, it);
        if (!events || (at - begin >= RUN_NS && !(io->found & FAULT))) /* a fault is found once only: libuv watches no further */
            continue;
        io->ran = ++l->runs;
        fn(io->ctx, events);
        loop_ended(l, LOOP_KIND_IO, (uintptr_t)fn, l->slow_ns ? at : 0);
        at = loop_now_ns(l);
    }
}

int loop_io_watch(struct loop_io *io, int events)
{
    if (events == io->events)
        return 0;
    io->events = events;
    if (events == 0)
        return uv_poll_stop(&io->poll);
    int want = (events & LOOP_READ ? UV_READABLE : 0) | (events & LOOP_WRITE ? UV_WRITABLE : 0) | (events & LOOP_HANGUP ? UV_DISCONNECT : 0);
    return uv_poll_start(&io->poll, want, on_ready);
}

struct loop_io *loop_io_free(struct loop_io *io)
{
    if (!io)
        return NULL;
    struct loop *l = CONTAINER_OF(io->poll.loop, struct loop, uv);
    heap_del(&l->ready, &io->ready);
    l->n_ios--;
    uv_poll_stop(&io->poll);
    uv_close((uv_handle_t *)&io->poll, loop_handle_drop);
    return NULL;
}
