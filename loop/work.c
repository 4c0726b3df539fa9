#include "loop/inside.h"

struct work {
    uv_work_t req;
    struct loop *loop;
    struct loop_task task; /* simulated: done, deferred */
    void (*fn)(void *ctx);
    void (*done)(void *ctx);
    void *ctx;
};

static void run(uv_work_t *req)
{
    struct work *w = req->data;
    w->fn(w->ctx);
}

static void finish(void *ctx)
{
    struct work *w = ctx;
    void (*done)(void *) = w->done;
    void *owner = w->ctx;
    w->loop->working--;
    mem_free(w);
    done(owner);
}

static void after(uv_work_t *req, int status)
{
    (void)status;
    finish(req->data);
}

int loop_work(struct loop *l, void (*fn)(void *ctx), void (*done)(void *ctx), void *ctx)
{
    if (l->working >= LOOP_WORK_MAX)
        return -EAGAIN;
    struct work *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    *w = (struct work){.loop = l, .fn = fn, .done = done, .ctx = ctx, .req.data = w};
    if (l->simulated) {
        fn(ctx);
        l->working++;
        loop_defer(l, &w->task, finish, w);
        return 0;
    }
    int r = uv_queue_work(&l->uv, &w->req, run, after);
    if (r < 0) {
        mem_free(w);
        return r;
    }
    l->working++;
    return 0;
}
