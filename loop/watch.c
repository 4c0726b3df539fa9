#include "loop/inside.h"

struct loop_signal_handle {
    uv_signal_t signal;
    void (*fn)(void *ctx, int signo);
    void *ctx;
};

static void on_signal(uv_signal_t *s, int signo)
{
    struct loop_signal_handle *h = s->data;
    h->fn(h->ctx, signo);
}

int loop_signal(struct loop *l, int signo, void (*fn)(void *ctx, int signo), void *ctx)
{
    if (l->simulated)
        return -ENOTSUP;
    struct loop_signal_handle *h = mem_alloc(sizeof(*h));
    if (!h)
        return -ENOMEM;
    h->fn = fn;
    h->ctx = ctx;
    int r = uv_signal_init(&l->uv, &h->signal);
    if (r < 0) {
        mem_free(h);
        return r;
    }
    h->signal.data = h;
    r = uv_signal_start(&h->signal, on_signal, signo);
    if (r < 0)
        uv_close((uv_handle_t *)&h->signal, loop_handle_drop);
    return r;
}

struct loop_file {
    uv_fs_event_t event;
    void (*fn)(void *ctx, const char *name);
    void *ctx;
    bool folder;
};

static void on_file(uv_fs_event_t *e, const char *name, int events, int status)
{
    (void)events;
    struct loop_file *f = e->data;
    if (status == 0)
        f->fn(f->ctx, name ? name : "");
}

int loop_file_new(struct loop_file **out, struct loop *l, const char *path, void (*fn)(void *ctx, const char *name), void *ctx)
{
    if (l->simulated)
        return -ENOTSUP;
    struct loop_file *f = mem_alloc(sizeof(*f));
    if (!f)
        return -ENOMEM;
    f->fn = fn;
    f->ctx = ctx;
    int r = uv_fs_event_init(&l->uv, &f->event);
    if (r < 0) {
        mem_free(f);
        return r;
    }
    f->event.data = f;
    r = uv_fs_event_start(&f->event, on_file, path, 0);
    if (r < 0) {
        uv_close((uv_handle_t *)&f->event, loop_handle_drop);
        return r;
    }
    *out = f;
    return 0;
}

struct loop_file *loop_file_free(struct loop_file *f)
{
    if (!f)
        return NULL;
    uv_fs_event_stop(&f->event);
    uv_close((uv_handle_t *)&f->event, loop_handle_drop);
    return NULL;
}
