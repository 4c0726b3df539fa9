#include "loop/inside.h"

struct loop_io {
    uv_poll_t poll;
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
    int r = uv_poll_init(&l->uv, &io->poll, fd);
    if (r < 0) {
        mem_free(io);
        return r;
    }
    io->poll.data = io;
    io->fn = fn;
    io->ctx = ctx;
    *out = io;
    return 0;
}

static void on_ready(uv_poll_t *p, int status, int uv_events)
{
    struct loop_io *io = p->data;
    int events = 0;
    if (status < 0)
        events = LOOP_READ | LOOP_WRITE;
    if (uv_events & UV_READABLE)
        events |= LOOP_READ;
    if (uv_events & UV_WRITABLE)
        events |= LOOP_WRITE;
    if (uv_events & UV_DISCONNECT)
        events |= LOOP_HANGUP;
    struct loop *l = CONTAINER_OF(p->loop, struct loop, uv);
    void (*fn)(void *, int) = io->fn;
    int64_t begin = loop_begins(l);
    fn(io->ctx, events);
    loop_ended(l, LOOP_KIND_IO, (uintptr_t)fn, begin);
}

int loop_io_watch(struct loop_io *io, int events)
{
    if (events == io->events)
        return 0;
    io->events = events;
    if (events == 0)
        return uv_poll_stop(&io->poll);
    int want = (events & LOOP_READ ? UV_READABLE : 0) | (events & LOOP_WRITE ? UV_WRITABLE : 0) |
               (events & LOOP_HANGUP ? UV_DISCONNECT : 0);
    return uv_poll_start(&io->poll, want, on_ready);
}

struct loop_io *loop_io_free(struct loop_io *io)
{
    if (!io)
        return NULL;
    uv_poll_stop(&io->poll);
    uv_close((uv_handle_t *)&io->poll, loop_handle_drop);
    return NULL;
}
