#include "runtime/inside.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>

/* What exec and attach have in common: bytes out as they come, bytes in up to a
 * bound, and an end that is told once. Attach is here too: conmon listens on
 * <bundle>/attach (SEQPACKET; each message begins with 2 for stdout, 3 for
 * stderr) and takes window sizes on the fifo <bundle>/ctl. */

#define PIECE         (16 * 1024)
#define PIECES_A_TURN 8  /* so that one chatty container does not hold the loop */
#define PIECES_AT_END 64 /* as much as a pipe may hold: who writes on for ever is not heard to the end */
#define INPUT_MAX     (256 * 1024)
#define ATTACH_PIECE  8192 /* conmon reads messages of at most this much */

struct runtime_stream *stream_new(struct runtime_container *c, const struct runtime_stream_events *e)
{
    struct runtime_stream *s = mem_alloc(sizeof(*s));
    if (!s)
        return NULL;
    s->rt = c->pod->rt;
    s->c = c;
    s->events = *e;
    s->in_fd = s->exec.tty_fd = -1;
    for (int i = 0; i < 2; i++)
        s->out[i] = (struct outlet){.s = s, .number = i + 1, .fd = -1};
    s->input = BUF_INIT(INPUT_MAX);
    s->exec.error = BUF_INIT(ERR_TEXT_MAX);
    list_add(&c->streams, &s->link);
    return s;
}

static void close_input(struct runtime_stream *s)
{
    s->in_io = loop_io_free(s->in_io);
    if (s->in_fd >= 0)
        close(s->in_fd);
    s->in_fd = -1;
    buf_clear(&s->input);
}

static void close_output(struct outlet *o)
{
    o->io = loop_io_free(o->io);
    if (o->fd >= 0)
        close(o->fd);
    o->fd = -1;
}

void stream_close_outputs(struct runtime_stream *s)
{
    close_output(&s->out[0]);
    close_output(&s->out[1]);
}

bool stream_outputs_open(const struct runtime_stream *s)
{
    return s->out[0].fd >= 0 || s->out[1].fd >= 0;
}

void stream_drop(struct runtime_stream *s)
{
    s->dead = true;
    stream_close_outputs(s);
    close_input(s);
    if (s->busy || s->exec.child)
        return;
    exec_done(s);
    list_del(&s->link);
    buf_done(&s->input);
    buf_done(&s->exec.error);
    mem_free(s);
}

void stream_end(struct runtime_stream *s, int r, int code, const char *error)
{
    if (!s->dead) {
        s->dead = true;
        s->busy++;
        s->events.on_end(s->events.ctx, r, code, error);
        s->busy--;
    }
    stream_drop(s);
}

/* ── out ── */

void stream_hand(struct runtime_stream *s, int number, struct str bytes)
{
    if (!s->dead && s->events.on_output && !(number == 2 && s->no_stderr))
        s->events.on_output(s->events.ctx, number, bytes);
}

static void take(struct outlet *o, struct str bytes)
{
    struct runtime_stream *s = o->s;
    if (!s->attach)
        exec_bytes(s, o->number, bytes);
    else if (bytes.n > 1)
        stream_hand(s, bytes.p[0] == 3 ? 2 : 1, str_from(bytes, 1));
}

static void closed(struct runtime_stream *s)
{
    if (!s->attach)
        exec_closed(s);
    else if (!s->c || s->c->state == RUNTIME_EXITED)
        stream_end(s, 0, s->c ? s->c->code : 0, NULL);
    /* else conmon is about to end: streams_container_exited() */
}

/* Hands on what lies there, in so many pieces at most; true when there will be no more. */
static bool outlet_read(struct outlet *o, int pieces)
{
    struct runtime_stream *s = o->s;
    char piece[PIECE];
    while (pieces > 0 && !s->paused && !s->dead) {
        ssize_t n = read(o->fd, piece, sizeof(piece));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return false;
        if (n <= 0) /* a terminal whose last user is gone answers EIO */
            return true;
        pieces--;
        take(o, str_make(piece, (size_t)n));
    }
    return false;
}

static void on_outlet(void *ctx, int events)
{
    struct outlet *o = ctx;
    struct runtime_stream *s = o->s;
    (void)events;
    s->busy++;
    bool end = outlet_read(o, PIECES_A_TURN);
    s->busy--;
    if (s->dead) {
        stream_drop(s);
    } else if (end) {
        close_output(o);
        closed(s);
    }
}

bool stream_read_rest(struct runtime_stream *s)
{
    s->busy++;
    for (int i = 0; i < 2; i++)
        if (s->out[i].fd >= 0)
            (void)outlet_read(&s->out[i], PIECES_AT_END);
    s->busy--;
    return !s->paused;
}

static int nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

int stream_output(struct runtime_stream *s, int number, int fd)
{
    struct outlet *o = &s->out[number - 1];
    o->fd = fd;
    int r = nonblocking(fd);
    if (r == 0)
        r = loop_io_new(&o->io, s->rt->loop, fd, on_outlet, o);
    if (r == 0)
        r = loop_io_watch(o->io, s->paused ? 0 : LOOP_READ);
    if (r < 0)
        close_output(o);
    return r;
}

void runtime_stream_pause(struct runtime_stream *s, bool paused)
{
    s->paused = paused;
    for (int i = 0; i < 2; i++) {
        int r = s->out[i].io ? loop_io_watch(s->out[i].io, paused ? 0 : LOOP_READ) : 0;
        (void)r; /* epoll was given this descriptor before: it takes it again */
    }
}

/* ── in ── */

static ssize_t input_write(struct runtime_stream *s, struct str bytes)
{
    ssize_t n =
        s->attach ? send(s->in_fd, bytes.p, MIN(bytes.n, (size_t)ATTACH_PIECE), MSG_NOSIGNAL | MSG_DONTWAIT) : write(s->in_fd, bytes.p, bytes.n);
    return n < 0 ? -errno : n;
}

static void input_finish(struct runtime_stream *s)
{
    if (s->attach && s->in_fd >= 0)
        shutdown(s->in_fd, SHUT_WR);
    close_input(s);
}

/* Writes what is held; false when the reader is gone. */
static void input_push(struct runtime_stream *s)
{
    while (s->in_fd >= 0 && s->input.n) {
        ssize_t n = input_write(s, buf_view(&s->input));
        if (n == -EINTR)
            continue;
        if (n == -EAGAIN)
            break;
        if (n < 0)
            close_input(s);
        else
            buf_drop(&s->input, (size_t)n);
    }
    if (s->in_fd >= 0 && s->input.n == 0 && s->input_closing)
        input_finish(s);
    /* Who was refused waits for on_drain(), even when a quick reader has taken all that was held at once. */
    if (s->in_io && loop_io_watch(s->in_io, s->input.n || s->input_refused ? LOOP_WRITE : 0) < 0)
        close_input(s);
}

static void on_input(void *ctx, int events)
{
    struct runtime_stream *s = ctx;
    (void)events;
    input_push(s);
    if (!s->input_refused || s->input.n > INPUT_MAX / 2 || s->dead)
        return;
    s->input_refused = false;
    s->busy++;
    if (s->events.on_drain)
        s->events.on_drain(s->events.ctx);
    s->busy--;
    if (s->dead)
        stream_drop(s);
    else
        input_push(s);
}

int stream_input(struct runtime_stream *s, int fd)
{
    s->in_fd = fd;
    int r = nonblocking(fd);
    if (r == 0)
        r = loop_io_new(&s->in_io, s->rt->loop, fd, on_input, s);
    if (r < 0)
        close_input(s);
    else
        input_push(s); /* a terminal comes later than the first key */
    return r;
}

size_t runtime_stream_write(struct runtime_stream *s, struct str bytes)
{
    bool coming = s->exec.tty_path && !s->exec.exited && s->out[0].fd < 0; /* the terminal is not here yet */
    if (s->dead || s->input_closing || (s->in_fd < 0 && !coming))
        return bytes.n; /* nobody reads: as a write to /dev/null */
    size_t n = MIN(bytes.n, INPUT_MAX - 1 - MIN(s->input.n, (size_t)INPUT_MAX - 1));
    buf_add(&s->input, bytes.p, n);
    if (buf_error(&s->input)) {
        close_input(s);
        return bytes.n;
    }
    s->input_refused = n < bytes.n;
    input_push(s);
    return n;
}

void runtime_stream_close_input(struct runtime_stream *s)
{
    s->input_closing = true;
    if (!s->tty || s->attach)
        input_push(s);
    else
        s->input_closing = false; /* a terminal has no end of input but the one its user types */
}

static void attach_resize(struct runtime_stream *s, uint16_t rows, uint16_t cols)
{
    char path[OS_PATH_MAX], text[32];
    if (!s->c || os_path(path, "%s/ctl", s->c->bundle) < 0)
        return;
    SCOPED_FD fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    int n = snprintf(text, sizeof(text), "1 %u %u\n", rows, cols);
    if (fd >= 0 && write(fd, text, (size_t)n) < 0)
        return; /* conmon has just ended: there is no window any more */
}

void runtime_stream_resize(struct runtime_stream *s, uint16_t rows, uint16_t cols)
{
    if (s->dead || !s->tty)
        return;
    s->exec.rows = rows;
    s->exec.cols = cols;
    if (s->attach)
        attach_resize(s, rows, cols);
    else if (s->out[0].fd >= 0)
        ioctl(s->out[0].fd, TIOCSWINSZ, &(struct winsize){.ws_row = rows, .ws_col = cols});
}

void runtime_stream_cancel(struct runtime_stream *s)
{
    if (!s->attach)
        exec_kill(s);
    stream_drop(s);
}

/* ── the container's end ── */

void streams_container_exited(struct runtime_container *c)
{
    /* Where the socket is open still, conmon has closed its end: what lies in it is read, then closed(). A callback may
     * end other streams, so each search begins anew. */
    for (struct list *at = c->streams.next; at != &c->streams;) {
        struct runtime_stream *s = CONTAINER_OF(at, struct runtime_stream, link);
        at = at->next;
        if (s->attach && !s->dead && !stream_outputs_open(s)) {
            stream_end(s, 0, c->code, NULL);
            at = c->streams.next;
        }
    }
}

void streams_container_gone(struct runtime_container *c, int r, const char *why)
{
    while (!list_empty(&c->streams)) {
        struct runtime_stream *s = CONTAINER_OF(c->streams.next, struct runtime_stream, link);
        list_del(&s->link);
        list_add(&s->rt->strays, &s->link);
        s->c = NULL;
        if (!s->attach)
            exec_kill(s);
        if (r < 0)
            stream_end(s, r, 0, why);
        else
            stream_drop(s);
    }
}

void streams_free_strays(struct runtime *rt)
{
    while (!list_empty(&rt->strays)) {
        struct runtime_stream *s = CONTAINER_OF(rt->strays.next, struct runtime_stream, link);
        s->exec.child = loop_child_free(s->exec.child);
        s->busy = 0;
        stream_drop(s);
    }
}

/* ── attach ── */

static int attach_connect(const struct runtime_container *c)
{
    SCOPED_FD folder = open(c->bundle, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (folder < 0)
        return -errno;
    /* The bundle's path alone may be longer than a socket's may be. */
    snprintf(at.sun_path, sizeof(at.sun_path), "/proc/self/fd/%d/attach", folder);
    SCOPED_FD fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
        return -errno;
    return TAKE_FD(fd);
}

int runtime_attach(struct runtime_stream **out, struct runtime_container *c, bool stdin_open, const struct runtime_stream_events *e, struct err *err)
{
    if (c->state != RUNTIME_RUNNING)
        return err_raise(err, -ESRCH, "container \"%s\" does not run", c->name);
    int fd = attach_connect(c);
    if (fd < 0)
        return err_raise(err, fd, "attaching to container \"%s\": %s", c->name, strerror(-fd));
    struct runtime_stream *s = stream_new(c, e);
    if (!s) {
        close(fd);
        return err_raise(err, -ENOMEM, "no memory to attach to container \"%s\"", c->name);
    }
    s->attach = true;
    s->tty = c->tty;
    int second = stdin_open && c->stdin_open ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : -1;
    int r = stream_output(s, 1, fd);
    if (r == 0 && second >= 0)
        r = stream_input(s, second);
    else if (second >= 0)
        close(second);
    if (r < 0) {
        stream_drop(s);
        return err_raise(err, r, "attaching to container \"%s\": %s", c->name, strerror(-r));
    }
    *out = s;
    return 0;
}

int runtime_container_reopen_log(struct runtime_container *c)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/ctl", c->bundle);
    if (r < 0)
        return r;
    SCOPED_FD fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ENXIO ? -ESRCH : -errno;
    return os_write_all(fd, "2 0 0\n", 6);
}
