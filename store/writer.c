/* The writer thread: takes one job at a time, commits it, and tells the loop
 * through an eventfd. (Not loop_post(): a post cannot be called back, and the
 * store may be closed while one is under way.) */
#include <signal.h>
#include <sys/eventfd.h>

#include "store/inside.h"

#define SLICE_NS 100000 /* shorter than the loop's, which makes long lists meanwhile */

static void *write_jobs(void *ctx)
{
    struct store *s = ctx;
    struct writer *w = &s->writer;
    (void)pthread_setname_np(pthread_self(), "store-writer"); /* itself: another's name is a file, which a confined server may not write */
    if (os_thread_urge() < 0) /* all who write wait for it, and behind what computes it would wait milliseconds for a core, at each step of a sync */
        os_thread_hasten(SLICE_NS);
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->working && !w->quit)
            pthread_cond_wait(&w->todo, &w->lock);
        if (!w->working)
            break;
        struct kv_batch job = w->job;
        pthread_mutex_unlock(&w->lock);
        int r = s->kv->ops->commit(s->kv, &job);
        pthread_mutex_lock(&w->lock);
        w->result = r;
        w->working = false;
        w->ended = true;
        pthread_cond_signal(&w->done);
        pthread_mutex_unlock(&w->lock); /* whom this wakes wants the lock at once */
        uint64_t one = 1;
        ssize_t n = write(w->fd, &one, sizeof(one));
        CHECK(n == sizeof(one) || errno == EAGAIN);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

static int commit_here(struct store *s)
{
    return s->kv ? s->kv->ops->commit(s->kv, &s->writer.job) : 0;
}

static void run_here(void *ctx)
{
    struct store *s = ctx;
    batch_ended(s, commit_here(s));
}

static void on_fd(void *ctx, int events)
{
    (void)events;
    struct store *s = ctx;
    struct writer *w = &s->writer;
    uint64_t n;
    if (read(w->fd, &n, sizeof(n)) < 0)
        return; /* taken by writer_wait() */
    pthread_mutex_lock(&w->lock);
    bool ended = w->ended;
    int r = w->result;
    w->ended = false;
    pthread_mutex_unlock(&w->lock);
    if (ended)
        batch_ended(s, r);
}

static int listen_fd(struct store *s)
{
    struct writer *w = &s->writer;
    w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (w->fd < 0)
        return -errno;
    int r = loop_io_new(&w->io, s->loop, w->fd, on_fd, s);
    return r < 0 ? r : loop_io_watch(w->io, LOOP_READ);
}

static int start_thread(struct store *s)
{
    struct writer *w = &s->writer;
    sigset_t all, before;
    sigfillset(&all); /* signals are the loop thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int r = -pthread_create(&w->thread, NULL, write_jobs, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (r < 0)
        return r;
    w->threaded = true;
    return 0;
}

int writer_start(struct store *s, struct err *err)
{
    struct writer *w = &s->writer;
    w->fd = w->avoided = -1;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->todo, NULL);
    pthread_cond_init(&w->done, NULL);
    if (!s->kv)
        return 0;
    int r = listen_fd(s);
    if (r == -ENOTSUP) /* a simulated loop: the same every time, without a thread */
        return 0;
    if (r == 0)
        r = start_thread(s);
    os_thread_calm();
    return r < 0 ? err_raise(err, r, "cannot start the store's writer: %s", strerror(-r)) : 0;
}

/* What the store's threads do would hold the loop up by a millisecond at a time, and real-time ones are not moved by the kernel. Asleep now, the
 * writer is moved for the price of a system call; and the loop moves some times in a second at most. */
static void make_way(struct store *s)
{
    struct writer *w = &s->writer;
    int here = os_processor();
    if (here == w->avoided)
        return;
    w->avoided = here;
    os_thread_avoid(w->thread, here);
    if (s->kv->ops->avoid)
        s->kv->ops->avoid(s->kv, here);
}

void writer_give(struct store *s, const struct kv_batch *job)
{
    struct writer *w = &s->writer;
    if (!w->threaded) {
        w->job = *job;
        loop_defer(s->loop, &w->task, run_here, s);
        return;
    }
    make_way(s);
    pthread_mutex_lock(&w->lock);
    w->job = *job;
    w->working = true;
    pthread_mutex_unlock(&w->lock);
    pthread_cond_signal(&w->todo); /* now that it finds the lock open: it runs at once, perhaps in front of us */
}

int writer_wait(struct store *s)
{
    struct writer *w = &s->writer;
    if (!w->threaded) {
        loop_defer_cancel(&w->task);
        return commit_here(s);
    }
    pthread_mutex_lock(&w->lock);
    while (!w->ended)
        pthread_cond_wait(&w->done, &w->lock);
    w->ended = false;
    int r = w->result;
    pthread_mutex_unlock(&w->lock);
    uint64_t n;
    if (read(w->fd, &n, sizeof(n)) < 0)
        CHECK(errno == EAGAIN);
    return r;
}

void writer_stop(struct store *s)
{
    struct writer *w = &s->writer;
    if (w->threaded) {
        pthread_mutex_lock(&w->lock);
        w->quit = true;
        pthread_cond_signal(&w->todo);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
        w->threaded = false;
    }
    loop_defer_cancel(&w->task);
    w->io = loop_io_free(w->io);
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->todo);
    pthread_cond_destroy(&w->done);
}
