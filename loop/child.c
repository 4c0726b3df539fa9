#include "loop/inside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A process ends with its pidfd readable: no SIGCHLD, no scan of all children. */
static int pidfd_open_cloexec(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : fd;
}

/* ── any process ── */

struct loop_pid {
    struct loop_io *io;
    int fd;
    void (*fn)(void *ctx);
    void *ctx;
};

static void on_pid_end(void *ctx, int events)
{
    (void)events;
    struct loop_pid *p = ctx;
    if (loop_io_watch(p->io, 0) == 0)
        p->fn(p->ctx);
}

int loop_pid_new(struct loop_pid **out, struct loop *l, pid_t pid, void (*fn)(void *ctx), void *ctx)
{
    struct loop_pid *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    p->fn = fn;
    p->ctx = ctx;
    p->fd = pidfd_open_cloexec(pid);
    int r = p->fd < 0 ? p->fd : loop_io_new(&p->io, l, p->fd, on_pid_end, p);
    if (r == 0)
        r = loop_io_watch(p->io, LOOP_READ);
    if (r < 0) {
        loop_pid_free(p);
        return r;
    }
    *out = p;
    return 0;
}

struct loop_pid *loop_pid_free(struct loop_pid *p)
{
    if (!p)
        return NULL;
    loop_io_free(p->io);
    if (p->fd >= 0)
        close(p->fd);
    return mem_free(p);
}

/* ── our own children ── */

struct loop_child {
    struct loop_pid *end;
    pid_t pid;
    bool reaped;
    void (*fn)(void *ctx, int code, int signal);
    void *ctx;
};

static void on_child_end(void *ctx)
{
    struct loop_child *c = ctx;
    int status = 0;
    if (waitpid(c->pid, &status, 0) < 0)
        status = 0xff00;
    c->reaped = true;
    if (WIFSIGNALED(status))
        c->fn(c->ctx, 128 + WTERMSIG(status), WTERMSIG(status));
    else
        c->fn(c->ctx, WEXITSTATUS(status), 0);
}

/* Moves fds to 0, 1, 2, …: first all out of the way, then each to its place. */
static int place_fds(const struct loop_spawn *s)
{
    int moved[16];
    size_t n = MAX(s->n_fds, (size_t)3);
    int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null_fd < 0 || n > ARRAY_LEN(moved))
        return -1;
    for (size_t i = 0; i < n; i++) {
        int from = i < s->n_fds ? s->fds[i] : -1;
        if (from < 0 && i >= 3) {
            moved[i] = -1;
            continue;
        }
        moved[i] = fcntl(from < 0 ? null_fd : from, F_DUPFD_CLOEXEC, (int)n);
        if (moved[i] < 0)
            return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (moved[i] >= 0 && dup2(moved[i], (int)i) < 0)
            return -1;
    return 0;
}

/* Runs between vfork and exec: shares our memory, so it touches only its own
 * descriptors, signals and working folder. */
static _Noreturn void become(const struct loop_spawn *s, const char *const *env, volatile int *failed)
{
    sigset_t none;
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if ((s->new_session && setsid() < 0) || place_fds(s) < 0 || (s->cwd && chdir(s->cwd) < 0) ||
        (s->before_exec && s->before_exec(s->before_exec_ctx) < 0)) {
        *failed = errno;
        _exit(127);
    }
    union {
        const char *const *in;
        char *const *out;
    } argv = {.in = s->argv}, envp = {.in = env};
    execvpe(s->argv[0], argv.out, envp.out);
    *failed = errno;
    _exit(127);
}

static int spawn(const struct loop_spawn *s, pid_t *pid)
{
    union {
        char **in;
        const char *const *out;
    } own = {.in = environ};
    volatile int failed = 0;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    pid_t child = vfork();
#pragma GCC diagnostic pop
    if (child == 0)
        become(s, s->env ? s->env : own.out, &failed);
    int saved = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child < 0)
        return -saved;
    if (failed) {
        waitpid(child, NULL, 0);
        return -failed;
    }
    *pid = child;
    return 0;
}

int loop_child_new(struct loop_child **out, struct loop *l, const struct loop_spawn *s, void (*fn)(void *ctx, int code, int signal), void *ctx)
{
    if (l->simulated)
        return -ENOTSUP;
    struct loop_child *c = mem_alloc(sizeof(*c));
    if (!c)
        return -ENOMEM;
    c->fn = fn;
    c->ctx = ctx;
    int r = spawn(s, &c->pid);
    if (r < 0) {
        mem_free(c);
        return r;
    }
    r = loop_pid_new(&c->end, l, c->pid, on_child_end, c);
    if (r < 0) {
        kill(c->pid, SIGKILL);
        waitpid(c->pid, NULL, 0);
        mem_free(c);
        return r;
    }
    *out = c;
    return 0;
}

pid_t loop_child_pid(const struct loop_child *c)
{
    return c->pid;
}

struct loop_child *loop_child_free(struct loop_child *c)
{
    if (!c)
        return NULL;
    loop_pid_free(c->end);
    if (!c->reaped)
        waitpid(c->pid, NULL, WNOHANG);
    return mem_free(c);
}
