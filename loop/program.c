#include "loop/inside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>

/* A program run to its end: done when the process has ended and both of its
 * streams are closed, whichever comes last. A grandchild that keeps a stream
 * open holds the answer back for STREAM_GRACE_MS at most. */
#define STREAM_GRACE_MS 500

struct stream {
    struct program *program;
    struct loop_io *io;
    int fd;
    struct buf text;
};

struct program {
    struct loop *loop;
    struct loop_child *child;
    struct stream out, err, in;
    size_t in_done;
    struct loop_timer timer;
    bool ended;
    struct loop_output result;
    void (*fn)(void *ctx, const struct loop_output *o);
    void *ctx;
};

static void stream_close(struct stream *s)
{
    s->io = loop_io_free(s->io);
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

static void program_free(struct program *p)
{
    loop_timer_stop(&p->timer);
    stream_close(&p->out);
    stream_close(&p->err);
    stream_close(&p->in);
    buf_done(&p->out.text);
    buf_done(&p->err.text);
    buf_done(&p->in.text);
    loop_child_free(p->child);
    mem_free(p);
}

static void finish(void *ctx)
{
    struct program *p = ctx;
    p->result.out = buf_view(&p->out.text);
    p->result.err = buf_view(&p->err.text);
    p->fn(p->ctx, &p->result);
    program_free(p);
}

static void finish_when_all(struct program *p)
{
    if (p->ended && p->out.fd < 0 && p->err.fd < 0)
        finish(p);
}

static void on_readable(void *ctx, int events)
{
    (void)events;
    struct stream *s = ctx;
    char block[16384];
    ssize_t n = read(s->fd, block, sizeof(block));
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0) {
        buf_add(&s->text, block, MIN((size_t)n, s->text.max - s->text.n));
        return;
    }
    stream_close(s);
    finish_when_all(s->program);
}

static void on_writable(void *ctx, int events)
{
    (void)events;
    struct stream *s = ctx;
    struct program *p = s->program;
    ssize_t n = send(s->fd, s->text.p + p->in_done, s->text.n - p->in_done, MSG_NOSIGNAL);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0)
        p->in_done += (size_t)n;
    if (n < 0 || p->in_done == s->text.n)
        stream_close(s);
}

static void on_timeout(void *ctx)
{
    struct program *p = ctx;
    kill(loop_child_pid(p->child), SIGKILL);
}

static void on_end(void *ctx, int code, int signal)
{
    struct program *p = ctx;
    p->ended = true;
    p->result.code = code;
    p->result.signal = signal;
    loop_timer_stop(&p->timer);
    if (p->out.fd < 0 && p->err.fd < 0)
        finish(p);
    else if (loop_timer_start(p->loop, &p->timer, STREAM_GRACE_MS, finish, p) < 0)
        finish(p);
}

static int stream_open(struct program *p, struct stream *s, int fd, int events, void (*fn)(void *, int))
{
    s->fd = fd;
    int r = loop_io_new(&s->io, p->loop, fd, fn, s);
    return r < 0 ? r : loop_io_watch(s->io, events);
}

/* Socket pairs rather than pipes: a write to one that is closed is an error, not a SIGPIPE. */
static int start(struct program *p, const char *const *argv, struct str input, int64_t timeout_ms)
{
    SCOPED_FD in = -1;
    SCOPED_FD out = -1;
    SCOPED_FD err = -1;
    int pair[2];
    struct {
        struct stream *stream;
        int *theirs;
        int events;
        void (*fn)(void *, int);
    } ends[] = {{&p->out, &out, LOOP_READ, on_readable}, {&p->err, &err, LOOP_READ, on_readable}, {&p->in, &in, LOOP_WRITE, on_writable}};
    buf_str(&p->in.text, input);
    int r = buf_error(&p->in.text);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(ends) - (input.n == 0); i++) {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
            return -errno;
        *ends[i].theirs = pair[1];
        fcntl(pair[0], F_SETFL, O_NONBLOCK);
        r = stream_open(p, ends[i].stream, pair[0], ends[i].events, ends[i].fn);
    }
    struct loop_spawn s = {.argv = argv, .fds = (int[]){in, out, err}, .n_fds = 3};
    if (r == 0)
        r = loop_child_new(&p->child, p->loop, &s, on_end, p);
    if (r == 0 && timeout_ms > 0)
        r = loop_timer_start(p->loop, &p->timer, timeout_ms, on_timeout, p);
    return r;
}

int loop_run_program(struct loop *l, const char *const *argv, struct str input, size_t max, int64_t timeout_ms,
                     void (*fn)(void *ctx, const struct loop_output *o), void *ctx)
{
    struct program *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    *p = (struct program){.loop = l, .fn = fn, .ctx = ctx};
    struct stream *streams[] = {&p->out, &p->err, &p->in};
    for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
        streams[i]->program = p;
        streams[i]->fd = -1;
        streams[i]->text = BUF_INIT(streams[i] == &p->in ? MAX(input.n, (size_t)1) : MAX(max, (size_t)1));
    }
    int r = start(p, argv, input, timeout_ms);
    if (r < 0) {
        if (p->child)
            kill(loop_child_pid(p->child), SIGKILL);
        program_free(p);
    }
    return r;
}
