#include "runtime/inside.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>

#include "json/json.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x10U
#endif

/* One more program in a running container: `crun exec` as our child, with pipes
 * of ours, or a terminal that crun makes inside and sends us over a socket. The
 * pid file appears once the program itself runs; what crun says before is an
 * error of its own and is not the program's output. */

#define DRAIN_MS   250 /* after the program's end its orphans may hold the pipes open: they are waited for so long */
#define RECHECK_MS 5

/* ── starting crun ── */

/* crun 1.8 refuses machines whose cgroup2 mount beside v1 has a controller of
 * its own (hybrid mode). It looks at the file system at that place, so it is
 * started in a mount namespace where an empty tmpfs lies over it. Only that
 * mount changes its propagation; volumes mounted later still arrive. */
static int hide_unified(void *ctx)
{
    const char *path = ctx;
    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, path, NULL, MS_PRIVATE, NULL) < 0 ||
        mount("none", path, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=64k,mode=755") < 0)
        return -1;
    return 0;
}

/* A container's first process must not be able to write to the crun it was started by (CVE-2019-5736). So crun, at each
 * start, mounts its own file read-only, opens it, unmounts it (waiting for an RCU grace period) and executes itself again:
 * 3 of some 11 ms. It does without when it runs from sealed memory, which nobody can write to; so that is what we start. */
#define CRUN_BYTES_MAX (64 << 20)
#define SEALS          (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static int copy_sealed(const char *path)
{
    SCOPED_BUF b = BUF_INIT(CRUN_BYTES_MAX);
    int r = os_file_read(path, CRUN_BYTES_MAX, &b);
    if (r < 0 || !str_starts(buf_view(&b), STR("\177ELF"))) /* a script would be told the wrong name of itself */
        return r < 0 ? r : -ENOEXEC;
    SCOPED_FD fd = memfd_create("crun", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    if (fd < 0 && errno == EINVAL) /* before Linux 6.3 all of them may be executed */
        fd = memfd_create("crun", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -errno;
    r = os_write_all(fd, b.p, b.n);
    if (r == 0 && fcntl(fd, F_ADD_SEALS, SEALS) < 0)
        r = -errno;
    return r < 0 ? r : TAKE_FD(fd);
}

/* Made anew when another crun has been installed. Where it cannot be had crun is started as it is. */
const char *launch_crun(struct runtime *rt)
{
    struct stat st;
    if (stat(rt->crun, &st) < 0)
        return rt->crun;
    int64_t changed = st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec;
    if (rt->sealed.size != st.st_size || rt->sealed.inode != (int64_t)st.st_ino || rt->sealed.changed != changed) {
        int fd = copy_sealed(rt->crun);
        if (fd >= 0 && rt->sealed.fd >= 0 && dup3(fd, rt->sealed.fd, O_CLOEXEC) >= 0) { /* a conmon may be about to open it */
            close(fd);
            fd = rt->sealed.fd;
        } else {
            launch_free(rt);
        }
        rt->sealed.fd = fd;
        rt->sealed.size = st.st_size;
        rt->sealed.inode = (int64_t)st.st_ino;
        rt->sealed.changed = changed;
        /* Not "self": conmon is who opens it. */
        snprintf(rt->sealed.path, sizeof(rt->sealed.path), "/proc/%d/fd/%d", (int)getpid(), rt->sealed.fd);
    }
    return rt->sealed.fd >= 0 ? rt->sealed.path : rt->crun;
}

void launch_free(struct runtime *rt)
{
    if (rt->sealed.fd >= 0)
        close(rt->sealed.fd);
    rt->sealed.fd = -1;
}

/* ── moves that crun is about to make ── */

#define MOVES_MS       300 /* starts come in company: the next one finds all ready */
#define MOVES_AGAIN_MS 5   /* less than a grace period, after which the kernel falls back; each costs it some 20 µs */

struct moves {
    struct cgroup_host host;
    int r;
};

static void moves_begin(void *ctx);

static void moves_work(void *data)
{
    struct moves *m = data;
    m->r = cgroup_stir(&m->host);
}

static void moves_drop(void *data)
{
    mem_free(data);
}

static void on_moved(void *owner, void *data)
{
    struct runtime *rt = owner;
    const struct moves *m = data;
    rt->moves.busy = false;
    rt->moves.refused = m->r < 0; /* cgroups read-only here, or shown from within another: then each start waits itself */
    if (rt->moves.refused || loop_now(rt->loop) >= rt->moves.until)
        return;
    int r = loop_timer_start(rt->loop, &rt->moves.again, MOVES_AGAIN_MS, moves_begin, rt);
    (void)r; /* crun waits, then */
}

static void moves_begin(void *ctx)
{
    struct runtime *rt = ctx;
    struct moves *m = mem_alloc(sizeof(*m));
    if (m)
        m->host = rt->host;
    rt->moves.busy = m && job_start(rt, moves_work, on_moved, moves_drop, rt, m) == 0;
    if (!rt->moves.busy)
        mem_free(m);
}

void launch_expect(struct runtime *rt, bool company)
{
    rt->moves.until = MAX(rt->moves.until, loop_now(rt->loop) + (company ? MOVES_MS : 0));
    if (!rt->moves.busy && !rt->moves.refused && !loop_timer_active(&rt->moves.again))
        moves_begin(rt);
}

/* ── starting it ── */

int launch_start(struct loop_child **out, struct runtime *rt, const struct launch *l, void (*fn)(void *ctx, int code, int signal), void *ctx)
{
    struct loop_spawn s = {
        .argv = l->argv,
        .env = l->env,
        .cwd = rt->run[0] == '/' ? rt->run : NULL, /* conmon leaves a file "oom" wherever it stands */
        .fds = l->fds,
        .n_fds = l->n_fds,
        .new_session = l->new_session,
        .before_exec = rt->hide_unified ? hide_unified : NULL,
        .before_exec_ctx = rt->unified,
    };
    launch_expect(rt, l->company);
    return loop_child_new(out, rt->loop, &s, fn, ctx);
}

/* ── output ── */

static bool program_there(struct runtime_stream *s)
{
    if (!s->exec.program_seen && s->exec.pid_file)
        s->exec.program_seen = os_file_exists(s->exec.pid_file);
    return s->exec.program_seen;
}

static void hand_held(struct runtime_stream *s)
{
    if (s->exec.error.n)
        stream_hand(s, s->tty ? 1 : 2, buf_view(&s->exec.error));
    buf_clear(&s->exec.error);
}

static void on_recheck(void *ctx)
{
    struct runtime_stream *s = ctx;
    if (s->dead)
        return;
    s->busy++;
    if (program_there(s))
        hand_held(s);
    else if (!s->exec.exited && loop_timer_start(s->rt->loop, &s->exec.drain, RECHECK_MS, on_recheck, s) < 0)
        s->exec.program_seen = true; /* then its first words may be crun's: better than held back */
    s->busy--;
    if (s->dead)
        stream_drop(s);
}

void exec_bytes(struct runtime_stream *s, int number, struct str bytes)
{
    /* crun complains on its standard error, or on the terminal once that is there. */
    if (program_there(s) || (number == 1 && !s->tty)) {
        if (number == 2 && s->tty)
            return;
        hand_held(s);
        stream_hand(s, number, bytes);
        return;
    }
    size_t fits = MIN(bytes.n, ERR_TEXT_MAX - 1 - MIN(s->exec.error.n, (size_t)ERR_TEXT_MAX - 1));
    buf_str(&s->exec.error, str_head(bytes, fits));
    if (fits < bytes.n) { /* longer than any complaint of crun's */
        s->exec.program_seen = true;
        hand_held(s);
        stream_hand(s, number, str_from(bytes, fits));
    } else if (!s->exec.exited && !loop_timer_active(&s->exec.drain)) {
        on_recheck(s);
    }
}

/* ── the end ── */

static int crun_errno(struct str said)
{
    if (str_find(said, STR("not found in $PATH")) >= 0 || str_find(said, STR("No such file")) >= 0)
        return -ENOENT;
    if (str_find(said, STR("open executable")) >= 0 || str_find(said, STR("ermission denied")) >= 0)
        return -EACCES;
    return -EIO;
}

static void conclude(struct runtime_stream *s)
{
    struct exec *x = &s->exec;
    if (x->timed_out) {
        stream_end(s, -ETIMEDOUT, 137, "the program did not end in time and was killed");
    } else if (program_there(s) || x->code == 0) {
        s->busy++;
        hand_held(s);
        s->busy--;
        stream_end(s, 0, x->code, NULL);
    } else {
        struct str said = str_trim(buf_view(&x->error));
        int r = crun_errno(said);
        char text[ERR_TEXT_MAX];
        snprintf(text, sizeof(text), "%.*s", STR_FMT(said));
        stream_end(s, r, r == -ENOENT ? 127 : r == -EACCES ? 126 : x->code, text[0] ? text : "crun could not run the program");
    }
}

/* However late this comes, what the program wrote is read: this process may have been held up since the program's end. */
static void on_drained(void *ctx)
{
    struct runtime_stream *s = ctx;
    if (!stream_read_rest(s) && !s->dead) { /* the reader is slow: its bytes wait in the pipe */
        if (loop_timer_start(s->rt->loop, &s->exec.drain, DRAIN_MS, on_drained, s) == 0)
            return;
    }
    if (s->dead) {
        stream_drop(s);
        return;
    }
    stream_close_outputs(s);
    conclude(s);
}

void exec_closed(struct runtime_stream *s)
{
    if (s->exec.exited && !stream_outputs_open(s)) {
        loop_timer_stop(&s->exec.drain);
        conclude(s);
    }
}

void exec_kill(struct runtime_stream *s)
{
    pid_t pid;
    if (!s->exec.child)
        return;
    if (s->exec.pid_file && state_pid_read(s->exec.pid_file, &pid) == 0)
        kill(pid, SIGKILL);
    else
        kill(loop_child_pid(s->exec.child), SIGKILL);
}

static void on_limit(void *ctx)
{
    struct runtime_stream *s = ctx;
    s->exec.timed_out = true;
    exec_kill(s);
}

static void remove_file(char **path)
{
    if (*path)
        unlink(*path);
    *path = mem_free(*path);
}

void exec_done(struct runtime_stream *s)
{
    struct exec *x = &s->exec;
    loop_timer_stop(&x->limit);
    loop_timer_stop(&x->drain);
    x->tty_io = loop_io_free(x->tty_io);
    if (x->tty_fd >= 0)
        close(x->tty_fd);
    x->tty_fd = -1;
    remove_file(&x->spec);
    remove_file(&x->pid_file);
    remove_file(&x->tty_path);
}

/* ── the terminal ── */

static void on_terminal(void *ctx, int events);

static int tty_watch(struct runtime_stream *s, int fd)
{
    struct exec *x = &s->exec;
    x->tty_io = loop_io_free(x->tty_io);
    if (x->tty_fd >= 0)
        close(x->tty_fd);
    x->tty_fd = fd;
    int r = loop_io_new(&x->tty_io, s->rt->loop, fd, on_terminal, s);
    return r < 0 ? r : loop_io_watch(x->tty_io, LOOP_READ);
}

static int tty_receive(int socket_fd)
{
    char byte[256];
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec v = {byte, sizeof(byte)};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof(control.room)};
    ssize_t n = recvmsg(socket_fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0)
        return -errno;
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    int fd;
    if (n == 0 || !h || h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS || h->cmsg_len < CMSG_LEN(sizeof(int)))
        return -EPROTO;
    memcpy(&fd, CMSG_DATA(h), sizeof(fd));
    return fd;
}

static void on_terminal(void *ctx, int events)
{
    struct runtime_stream *s = ctx;
    struct exec *x = &s->exec;
    (void)events;
    if (!x->tty_connected) {
        int fd = accept4(x->tty_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        x->tty_connected = fd >= 0;
        if (fd >= 0 && tty_watch(s, fd) < 0)
            exec_kill(s);
        return;
    }
    int fd = tty_receive(x->tty_fd);
    if (fd == -EAGAIN || fd == -EINTR)
        return;
    x->tty_io = loop_io_free(x->tty_io);
    close(x->tty_fd);
    x->tty_fd = -1;
    if (fd < 0 || s->dead) { /* crun ends with a word about it */
        if (fd >= 0)
            close(fd);
        return;
    }
    if (x->rows || x->cols)
        ioctl(fd, TIOCSWINSZ, &(struct winsize){.ws_row = x->rows, .ws_col = x->cols});
    int second = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    int r = stream_output(s, 1, fd);
    if (second >= 0 && (r < 0 || stream_input(s, second) < 0))
        exec_kill(s);
}

/* crun connects by a path of the folder's descriptor, since the run folder's own may be too long for a socket. */
static int tty_listen(struct runtime_stream *s, int folder, const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s", s->rt->run, name);
    if (r < 0)
        return r;
    s->exec.tty_path = mem_text(path, strlen(path));
    if (!s->exec.tty_path)
        return -ENOMEM;
    snprintf(at.sun_path, sizeof(at.sun_path), "/proc/self/fd/%d/%s", folder, name);
    SCOPED_FD fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 1) < 0)
        return -errno;
    return tty_watch(s, TAKE_FD(fd));
}

/* ── crun's end ── */

/* A program may have come and gone before its terminal was looked for: it lies in the socket still. */
static void terminal_late(struct runtime_stream *s)
{
    for (int i = 0; i < 2 && s->exec.tty_fd >= 0; i++) /* the connection, then what came over it */
        on_terminal(s, LOOP_READ);
}

static void on_crun_end(void *ctx, int code, int signo)
{
    struct runtime_stream *s = ctx;
    (void)signo;
    s->exec.child = loop_child_free(s->exec.child);
    s->exec.exited = true;
    s->exec.code = code;
    loop_timer_stop(&s->exec.limit);
    if (s->dead) {
        stream_drop(s);
        return;
    }
    terminal_late(s);
    if (!stream_outputs_open(s))
        conclude(s);
    else if (loop_timer_start(s->rt->loop, &s->exec.drain, DRAIN_MS, on_drained, s) < 0)
        on_drained(s);
}

/* ── the start ── */

static int put_args(struct arena *a, const struct runtime_exec_options *o, struct value *process)
{
    struct value args = value_make_list();
    int r = 0;
    for (const char *const *p = o->args; *p; p++)
        if (!value_add(a, &args, value_make_text(str_of(*p))))
            return -ENOMEM;
    VALUE_SET(&r, a, process, "args", args);
    VALUE_SET(&r, a, process, "terminal", value_make_bool(o->tty));
    if (o->tty && o->rows && o->cols) {
        VALUE_SET(&r, a, process, "consoleSize.height", value_make_int(o->rows));
        VALUE_SET(&r, a, process, "consoleSize.width", value_make_int(o->cols));
    }
    struct value *env = value_at(process, "env");
    bool term = false;
    VALUE_EACH_ITEM (e, env)
        term |= str_starts(value_text(e), STR("TERM="));
    if (r == 0 && o->tty && env && !term && !value_add(a, env, value_make_text(STR("TERM=xterm"))))
        r = -ENOMEM;
    return r;
}

/* The container's own process, with other arguments. */
static int spec_write(struct runtime_stream *s, const struct runtime_exec_options *o)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    char path[OS_PATH_MAX];
    struct value config;
    int r = arena_new(&a, 4 * RUNTIME_STATE_MAX);
    if (r == 0)
        r = os_path(path, "%s/config.json", s->c->bundle);
    if (r == 0)
        r = state_read(a, path, &config);
    struct value *process = r == 0 ? value_at(&config, "process") : NULL;
    if (r == 0)
        r = process ? put_args(a, o, process) : -EINVAL;
    if (r < 0)
        return r;
    json_print(&text, process);
    r = buf_error(&text);
    return r < 0 ? r : state_write(s->exec.spec, buf_view(&text));
}

static char *file_name(struct runtime_stream *s, const char *kind, unsigned long long number)
{
    char path[OS_PATH_MAX];
    return os_path(path, "%s/exec-%llu.%s", s->c->bundle, number, kind) < 0 ? NULL : mem_text(path, strlen(path));
}

struct ends { /* of three pipes: ours and the child's */
    int mine[3], its[3];
};

static int pipes_make(struct ends *e, const struct runtime_exec_options *o)
{
    bool wanted[3] = {o->stdin_open && !o->tty, !o->no_stdout && !o->tty, true};
    for (int i = 0; i < 3; i++)
        e->mine[i] = e->its[i] = -1;
    for (int i = 0; i < 3; i++) {
        int p[2];
        if (!wanted[i])
            continue;
        if (pipe2(p, O_CLOEXEC) < 0)
            return -errno;
        e->mine[i] = p[i == 0 ? 1 : 0];
        e->its[i] = p[i == 0 ? 0 : 1];
    }
    return 0;
}

static void pipes_close(int fds[3])
{
    for (int i = 0; i < 3; i++) {
        if (fds[i] >= 0)
            close(fds[i]);
        fds[i] = -1;
    }
}

static int pipes_watch(struct runtime_stream *s, struct ends *e)
{
    int r = 0;
    for (int i = 1; i < 3 && r == 0; i++)
        if (e->mine[i] >= 0)
            r = stream_output(s, i, TAKE_FD(e->mine[i]));
    if (r == 0 && e->mine[0] >= 0)
        r = stream_input(s, TAKE_FD(e->mine[0]));
    return r;
}

static int crun_start(struct runtime_stream *s, const struct ends *e, int folder, const char *tty_name)
{
    static const char *const env[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    char root[OS_PATH_MAX], console[64];
    const char *argv[16];
    size_t n = 0;
    int r = os_path(root, "--root=%s/crun", s->rt->run);
    if (r < 0)
        return r;
    snprintf(console, sizeof(console), "--console-socket=/proc/self/fd/3/%s", tty_name);
    argv[n++] = launch_crun(s->rt);
    argv[n++] = root;
    argv[n++] = "--cgroup-manager=cgroupfs";
    argv[n++] = "exec";
    argv[n++] = "--process";
    argv[n++] = s->exec.spec;
    argv[n++] = "--pid-file";
    argv[n++] = s->exec.pid_file;
    if (s->tty)
        argv[n++] = console;
    argv[n++] = s->c->id;
    argv[n] = NULL;
    int fds[4] = {e->its[0], e->its[1], e->its[2], folder};
    struct launch l = {.argv = argv, .env = env, .fds = fds, .n_fds = s->tty ? 4 : 3, .new_session = true};
    return launch_start(&s->exec.child, s->rt, &l, on_crun_end, s);
}

static int start(struct runtime_stream *s, const struct runtime_exec_options *o)
{
    unsigned long long number = ++s->rt->sequence;
    char tty_name[32];
    struct ends e;
    SCOPED_FD folder = o->tty ? open(s->rt->run, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    int r = o->tty && folder < 0 ? -errno : 0;
    /* Another instance of us may have died with files of these names: pid keeps them apart. */
    snprintf(tty_name, sizeof(tty_name), "tty-%d-%llu", (int)getpid(), number);
    s->exec.spec = file_name(s, "json", number);
    s->exec.pid_file = file_name(s, "pid", number);
    if (!s->exec.spec || !s->exec.pid_file)
        return -ENOMEM;
    unlink(s->exec.pid_file);
    if (r == 0)
        r = spec_write(s, o);
    if (r == 0 && o->tty)
        r = tty_listen(s, folder, tty_name);
    if (r < 0)
        return r;
    r = pipes_make(&e, o);
    if (r == 0)
        r = pipes_watch(s, &e);
    if (r == 0)
        r = crun_start(s, &e, folder, tty_name);
    pipes_close(e.its);
    pipes_close(e.mine);
    if (r == 0 && o->timeout_ms > 0)
        r = loop_timer_start(s->rt->loop, &s->exec.limit, o->timeout_ms, on_limit, s);
    return r;
}

int runtime_exec(struct runtime_stream **out, struct runtime_container *c, const struct runtime_exec_options *o,
                 const struct runtime_stream_events *e, struct err *err)
{
    if (c->state != RUNTIME_RUNNING)
        return err_raise(err, -ESRCH, "container \"%s\" does not run", c->name);
    if (!o->args || !o->args[0])
        return err_raise(err, -EINVAL, "a program is needed to run in container \"%s\"", c->name);
    struct runtime_stream *s = stream_new(c, e);
    if (!s)
        return err_raise(err, -ENOMEM, "no memory to run a program in container \"%s\"", c->name);
    s->tty = o->tty;
    s->no_stderr = o->no_stderr;
    s->exec.rows = o->rows;
    s->exec.cols = o->cols;
    int r = start(s, o);
    if (r < 0) {
        runtime_stream_cancel(s);
        return err_raise(err, r, "running a program in container \"%s\": %s", c->name, strerror(-r));
    }
    *out = s;
    return 0;
}
