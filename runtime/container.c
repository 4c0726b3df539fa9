#include "runtime/inside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "json/json.h"

/* One container's life. conmon runs as our child but in a session of its own;
 * when we end it goes on. Its end is the container's end: it has then written
 * the exit file. What each state waits for:
 *
 *   STARTING  conmon's report on the pipe (crun create is done)   → made(), begin() or start_failed()
 *             a held one: runtime_container_release()             → begin()
 *   RUNNING   the end of conmon (child or pidfd)                  → ended()
 *   EXITED    the caller's remove                                 → clear_away()
 */

#define START_MS_MAX  60000
#define START_LOOK_MS 10 /* for the start of an adopted container: crun takes about that long */
#define REPORT_MAX    65536
#define MESSAGE_MAX   4096

int64_t runtime_wall_ns(struct runtime *rt)
{
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(rt->loop, &sec, &nsec);
    return sec * 1000000000 + nsec;
}

/* ── making and freeing ── */

struct runtime_container *container_alloc(struct runtime_pod *p, const char *id)
{
    struct runtime_container *c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    list_init(&c->link);
    list_init(&c->streams);
    c->pod = p;
    c->pidfd = c->sync_fd = -1;
    c->reason = "";
    snprintf(c->id, sizeof(c->id), "%s", id);
    char path[OS_PATH_MAX];
    if (os_path(path, "%s/%s", p->folder, id) == 0)
        c->bundle = mem_text(path, strlen(path));
    if (os_path(path, "%s/%s", p->group, id) == 0)
        c->group = mem_text(path, strlen(path));
    if (!c->bundle || !c->group || map_put(&p->rt->containers, str_of(c->id), c) < 0) {
        container_free(c);
        return NULL;
    }
    list_add(&p->containers, &c->link);
    return c;
}

/* Not conmon as our child: it is waited for, or it would stay behind as a zombie. */
static void forget_process(struct runtime_container *c)
{
    c->adopted = loop_pid_free(c->adopted);
    c->sync = loop_io_free(c->sync);
    if (c->sync_fd >= 0)
        close(c->sync_fd);
    if (c->pidfd >= 0)
        close(c->pidfd);
    c->sync_fd = c->pidfd = -1;
    loop_timer_stop(&c->kill_timer);
    loop_timer_stop(&c->start_timer);
}

void container_free(struct runtime_container *c)
{
    if (map_get(&c->pod->rt->containers, str_of(c->id)) == c)
        map_del(&c->pod->rt->containers, str_of(c->id));
    list_del(&c->link);
    loop_defer_cancel(&c->answer);
    forget_process(c);
    c->child = loop_child_free(c->child);
    buf_done(&c->report);
    mem_free(c->name);
    mem_free(c->log);
    mem_free(c->note);
    mem_free(c->group);
    mem_free(c->bundle);
    mem_free(c->message);
    mem_free(c);
}

/* ── signals ── */

static int signal_first(const struct runtime_container *c, int signo)
{
    if (c->state == RUNTIME_EXITED || c->pid <= 0)
        return -ESRCH;
    if (c->pidfd >= 0)
        return syscall(SYS_pidfd_send_signal, c->pidfd, signo, NULL, 0) < 0 ? -errno : 0;
    return -ESRCH; /* it ended before we could hold on to it */
}

static void on_kill_due(void *ctx)
{
    struct runtime_container *c = ctx;
    c->kill_at = 0;
    if (signal_first(c, SIGKILL) < 0 && c->state == RUNTIME_STARTING)
        cgroup_kill(&c->pod->rt->host, c->group);
}

static void give_up_held(struct runtime_container *c);

/* Made, and waiting for its release. */
static bool waits(const struct runtime_container *c)
{
    return c->held && c->state == RUNTIME_STARTING && c->pid > 0 && !c->sync;
}

void runtime_container_stop(struct runtime_container *c, int64_t grace_ms)
{
    if (c->state == RUNTIME_EXITED)
        return;
    c->unwanted = c->held;
    if (waits(c)) {
        give_up_held(c);
        return;
    }
    int64_t now = loop_now(c->pod->rt->loop), at = now + MAX(grace_ms, 0);
    bool first = c->kill_at == 0;
    if (!first && at >= c->kill_at)
        return;
    c->kill_at = MAX(at, 1);
    if (first && grace_ms > 0 && signal_first(c, c->stop_signal) < 0)
        grace_ms = 0;
    if (grace_ms <= 0 || loop_timer_start(c->pod->rt->loop, &c->kill_timer, at - now, on_kill_due, c) < 0)
        on_kill_due(c);
}

int runtime_container_signal(struct runtime_container *c, int signo)
{
    return signal_first(c, signo);
}

/* ── the end ── */

static void clear_away(struct runtime_container *c);

/* A pid may be somebody else's by now; conmon has the container's id on its command line. */
static bool is_conmon(pid_t pid, const char *id)
{
    char path[64];
    SCOPED_BUF b = BUF_INIT(0);
    snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
    return pid > 0 && os_file_read(path, 65536, &b) == 0 && str_find(buf_view(&b), str_of(id)) >= 0;
}

static void tell_exit(void *ctx)
{
    struct runtime_container *c = ctx;
    if (c->exit_told || c->removing)
        return;
    c->exit_told = true;
    if (c->events.on_exit)
        c->events.on_exit(c->events.ctx);
}

static void tell_start(void *ctx)
{
    struct runtime_container *c = ctx;
    if (!c->removing && c->events.on_started)
        c->events.on_started(c->events.ctx, c->start_error, c->failed_start ? c->message : NULL);
}

/* Exit code and the moment of the end, from conmon's exit file. */
static bool exit_file_read(struct runtime_container *c)
{
    char path[OS_PATH_MAX];
    struct stat st;
    int64_t code;
    SCOPED_BUF text = BUF_INIT(0);
    if (os_path(path, "%s/exits/%s", c->pod->rt->run, c->id) < 0 || stat(path, &st) < 0 || os_file_read(path, 64, &text) < 0 ||
        str_to_int(str_trim(buf_view(&text)), &code) < 0)
        return false;
    c->code = (int)code;
    c->finished = st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    return true;
}

static void save_quietly(struct runtime_container *c)
{
    struct err err;
    /* The exit file stays until removal, so an adopter would find the same end again. */
    int r = state_container_save(c, &err);
    (void)r;
}

static void judge_end(struct runtime_container *c)
{
    if (!exit_file_read(c)) { /* conmon was killed: nobody knows how the container ended, so it ends now */
        cgroup_kill(&c->pod->rt->host, c->group);
        c->code = 128 + SIGKILL;
        c->reason = "ContainerStatusUnknown";
        c->finished = runtime_wall_ns(c->pod->rt);
    } else if (c->code != 0 && cgroup_oom_kills(&c->pod->rt->host, c->group) > 0) {
        c->reason = "OOMKilled";
    } else {
        c->reason = c->code == 0 ? "Completed" : "Error";
    }
    c->signal = c->code > 128 && c->code < 128 + 65 ? c->code - 128 : 0;
    c->finished = MAX(c->finished, c->started);
}

static void ended(struct runtime_container *c)
{
    bool was_starting = c->state == RUNTIME_STARTING;
    if (!was_starting)
        judge_end(c);
    if (!c->own_pid) /* without a pid namespace of its own its other processes are still there */
        cgroup_kill(&c->pod->rt->host, c->group);
    c->state = RUNTIME_EXITED;
    c->pid = 0;
    forget_process(c);
    save_quietly(c);
    streams_container_exited(c);
    if (c->removing)
        clear_away(c);
    else if (!was_starting && c->watched)
        tell_exit(c);
}

static void start_failed(struct runtime_container *c, int r, struct str why)
{
    if (c->failed_start)
        return;
    if (c->removing) /* why does not matter: nobody wanted it to run. Who adopts it before it is gone takes it for no failure */
        r = -EINTR;
    c->failed_start = true;
    c->start_error = r;
    c->code = 128;
    c->reason = r == -EINTR ? "StartInterrupted" : "StartError";
    mem_free(c->message); /* an adopted one has what its state file says */
    c->message = mem_text(why.p ? why.p : "", MIN(why.n, (size_t)MESSAGE_MAX));
    c->finished = runtime_wall_ns(c->pod->rt);
    cgroup_kill(&c->pod->rt->host, c->group);
    if (c->pid)
        kill(c->pid, SIGKILL);
    ended(c);
}

/* The report about it went to an earlier agent: nobody knows how far it got, but it has never run. */
static void start_interrupted(struct runtime_container *c)
{
    if (is_conmon(c->conmon, c->id)) /* and crun, in the session that conmon leads */
        kill(-c->conmon, SIGKILL);
    start_failed(c, -EINTR, STR("the agent ended while the container was being made"));
}

static void on_conmon_end(void *ctx)
{
    struct runtime_container *c = ctx;
    if (c->state == RUNTIME_STARTING) {
        if (c->adopted)
            start_interrupted(c);
        else
            start_failed(c, -EIO, STR("conmon ended before the container was made"));
        tell_start(c);
        return;
    }
    ended(c);
}

static void on_child_end(void *ctx, int code, int signo)
{
    struct runtime_container *c = ctx;
    (void)code;
    (void)signo;
    c->child = loop_child_free(c->child);
    c->conmon = 0;
    if (c->state == RUNTIME_STARTING && c->sync)
        return; /* its last words lie in the pipe still and say more than its end does */
    if (c->state != RUNTIME_EXITED)
        on_conmon_end(c);
    else if (c->removing)
        clear_away(c);
}

/* ── the start ── */

/* crun's init waits at exec.fifo for one byte. Writing it here is what `crun start` does, without the process. */
static int let_go(struct runtime_container *c)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/crun/%s/exec.fifo", c->pod->rt->run, c->id);
    if (r < 0)
        return r;
    SCOPED_FD fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    r = os_write_all(fd, "", 1);
    if (r == 0 && unlink(path) < 0)
        r = -errno;
    return r;
}

static void cannot_begin(struct runtime_container *c, int r)
{
    char text[128];
    snprintf(text, sizeof(text), "the container was made but cannot be started: %s", strerror(-r));
    start_failed(c, r, str_of(text));
}

static void stopped_before(struct runtime_container *c)
{
    start_failed(c, -EINTR, STR("the container was stopped before its program began"));
}

static void begin(struct runtime_container *c)
{
    struct err err;
    int r = let_go(c);
    if (r < 0) {
        cannot_begin(c, r);
        return;
    }
    c->state = RUNTIME_RUNNING;
    c->started = runtime_wall_ns(c->pod->rt);
    loop_timer_stop(&c->kill_timer);
    r = state_container_save(c, &err);
    (void)r;          /* adoption also finds the pid in crun's own state */
    if (c->kill_at) { /* a stop came while it was being made */
        c->kill_at = 0;
        runtime_container_stop(c, 0);
    }
}

static void made(struct runtime_container *c, pid_t pid)
{
    c->pid = pid;
    c->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    int r = !c->removing && c->events.on_created ? c->events.on_created(c->events.ctx, pid) : 0;
    if (r < 0)
        cannot_begin(c, r);
    else if (c->unwanted || c->removing)
        stopped_before(c);
    else if (!c->held)
        begin(c);
    else
        loop_timer_stop(&c->kill_timer); /* crun has done its part in time */
}

static void give_up_held(struct runtime_container *c)
{
    stopped_before(c);
    if (!c->removing)
        loop_defer(c->pod->rt->loop, &c->answer, tell_start, c);
}

void runtime_container_release(struct runtime_container *c)
{
    struct err err;
    bool now = waits(c);
    if (!c->held || c->state != RUNTIME_STARTING)
        return;
    c->held = false;
    int r = state_container_save(c, &err); /* first: who adopts a held one takes it for one that never ran */
    if (r < 0)
        start_failed(c, r, str_of(err.text));
    else if (now)
        begin(c);
    if (now || r < 0)
        loop_defer(c->pod->rt->loop, &c->answer, tell_start, c);
}

static int start_errno(struct str message)
{
    if (str_find(message, STR("executable file")) >= 0 || str_find(message, STR("No such file")) >= 0)
        return -ENOENT;
    if (str_find(message, STR("ermission denied")) >= 0 || str_find(message, STR("not permitted")) >= 0)
        return -EACCES;
    return -EIO;
}

static void report_read(struct runtime_container *c)
{
    SCOPED(arena) mem = NULL;
    struct value v;
    struct str text = str_trim(buf_view(&c->report));
    int r = arena_new(&mem, 4 * REPORT_MAX);
    if (r == 0)
        r = text.n ? json_parse(mem, text, &v, NULL) : -ENODATA;
    if (r < 0) {
        start_failed(c, -EIO, STR("conmon ended without saying whether the container was made"));
    } else if (value_int_at(&v, "pid", -1) > 0) {
        made(c, (pid_t)value_int_at(&v, "pid", -1));
    } else {
        struct str why = str_trim(value_text_at(&v, "message"));
        start_failed(c, start_errno(why), why.n ? why : STR("crun could not make the container"));
    }
}

static void on_report(void *ctx, int events)
{
    struct runtime_container *c = ctx;
    (void)events;
    bool end = false;
    for (;;) {
        char *room = buf_room(&c->report, 4096);
        ssize_t n = room ? read(c->sync_fd, room, 4096) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n > 0)
            buf_grew(&c->report, (size_t)n);
        end = n == 0 || (n < 0 && errno != EAGAIN);
        if (n <= 0)
            break;
    }
    if (!end && str_find(buf_view(&c->report), STR("\n")) < 0)
        return;
    c->sync = loop_io_free(c->sync);
    close(c->sync_fd);
    c->sync_fd = -1;
    bool conmon_gone = !c->child;
    report_read(c);
    if (c->state == RUNTIME_RUNNING || c->failed_start)
        tell_start(c);
    if (conmon_gone && (c->state == RUNTIME_RUNNING || waits(c)))
        on_conmon_end(c);
}

static void on_start_late(void *ctx)
{
    struct runtime_container *c = ctx;
    if (c->conmon > 0)
        kill(c->conmon, SIGKILL);
    start_failed(c, -ETIMEDOUT, STR("crun took longer than a minute to make the container"));
    tell_start(c);
}

struct conmon_args {
    const char *argv[40];
    size_t n;
    char root[OS_PATH_MAX], pid[OS_PATH_MAX], exits[OS_PATH_MAX], log[OS_PATH_MAX];
};

static void arg(struct conmon_args *a, const char *text)
{
    CHECK(a->n + 1 < ARRAY_LEN(a->argv));
    a->argv[a->n++] = text;
}

static int conmon_args(struct conmon_args *a, const struct runtime_container *c, const struct runtime_container_options *o)
{
    const struct runtime *rt = c->pod->rt;
    int r = os_path(a->root, "--root=%s/crun", rt->run);
    if (r == 0)
        r = os_path(a->pid, "%s/pid", c->bundle);
    if (r == 0)
        r = os_path(a->exits, "%s/exits", rt->run);
    if (r == 0)
        r = c->log[0] ? os_path(a->log, "k8s-file:%s", c->log) : os_path(a->log, "none");
    if (r < 0)
        return r;
    const char *const fixed[] = {rt->conmon,
                                 "--sync",
                                 "--full-attach",
                                 "--no-sync-log",
                                 "--log-level",
                                 "error",
                                 "-r",
                                 launch_crun(c->pod->rt),
                                 "-c",
                                 c->id,
                                 "-u",
                                 c->id,
                                 "-b",
                                 c->bundle,
                                 "-p",
                                 a->pid,
                                 "--exit-dir",
                                 a->exits,
                                 "-l",
                                 a->log,
                                 "--runtime-arg",
                                 a->root,
                                 "--runtime-arg",
                                 "--cgroup-manager=cgroupfs"};
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        arg(a, fixed[i]);
    if (o->tty)
        arg(a, "-t");
    if (o->stdin_open)
        arg(a, "-i");
    if (o->stdin_open && !o->stdin_once)
        arg(a, "--leave-stdin-open");
    arg(a, NULL);
    return 0;
}

/* conmon ends when nobody can read its report any more, as when we end before it is made: so it is a reader itself. */
static int both_ends(int pipe_end)
{
    char path[32];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", pipe_end);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

static int conmon_start(struct runtime_container *c, const struct runtime_container_options *o, struct err *err)
{
    static const char *const env[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "_OCI_SYNCPIPE=3", NULL};
    struct runtime *rt = c->pod->rt;
    struct conmon_args *a = mem_alloc(sizeof(*a));
    int pipe_[2] = {-1, -1};
    int r = a ? conmon_args(a, c, o) : -ENOMEM;
    if (r == 0 && pipe2(pipe_, O_CLOEXEC) < 0)
        r = -errno;
    if (r == 0 && fcntl(pipe_[0], F_SETFL, O_NONBLOCK) < 0)
        r = -errno;
    c->sync_fd = pipe_[0];
    if (r == 0)
        r = loop_io_new(&c->sync, rt->loop, c->sync_fd, on_report, c);
    if (r == 0)
        r = loop_io_watch(c->sync, LOOP_READ);
    if (r == 0)
        r = loop_timer_start(rt->loop, &c->kill_timer, START_MS_MAX, on_start_late, c);
    int fds[4] = {-1, -1, -1, -1};
    if (r == 0 && (fds[3] = both_ends(pipe_[1])) < 0)
        r = fds[3];
    if (r == 0)
        r = launch_start(&c->child, rt, &(struct launch){.argv = a->argv, .env = env, .fds = fds, .n_fds = 4, .new_session = true, .company = true},
                         on_child_end, c);
    if (pipe_[1] >= 0)
        close(pipe_[1]);
    if (fds[3] >= 0)
        close(fds[3]);
    mem_free(a);
    if (r < 0)
        return err_raise(err, r, "conmon cannot be started (%s): %s", rt->conmon, strerror(-r));
    c->conmon = loop_child_pid(c->child);
    return 0;
}

static int check(const struct runtime_pod *p, const struct runtime_container_options *o, struct err *err)
{
    if (p->removing || p->pin || p->init_child)
        return err_raise(err, -EINVAL, "pod %s is not ready for containers", p->uid);
    if (!o->name || !o->name[0] || !o->args || !o->args[0] || !o->rootfs || o->rootfs[0] != '/')
        return err_raise(err, -EINVAL, "a container needs a name, a program and the path of its root");
    if (o->cwd && o->cwd[0] && o->cwd[0] != '/')
        return err_raise(err, -EINVAL, "working folder \"%s\" is not absolute", o->cwd);
    if (o->oom_score_adj < -1000 || o->oom_score_adj > 1000)
        return err_raise(err, -EINVAL, "oom_score_adj %lld is not within -1000 and 1000", (long long)o->oom_score_adj);
    return 0;
}

static int fill(struct runtime_container *c, const struct runtime_container_options *o)
{
    c->name = mem_text(o->name, strlen(o->name));
    c->log = mem_text(o->log_path ? o->log_path : "", o->log_path ? strlen(o->log_path) : 0);
    c->note = mem_text(o->note.p ? o->note.p : "", o->note.n);
    c->note_n = o->note.n;
    c->attempt = o->attempt;
    c->tty = o->tty;
    c->stdin_open = o->stdin_open;
    c->stop_signal = o->stop_signal > 0 && o->stop_signal < 65 ? o->stop_signal : SIGTERM;
    c->held = o->held;
    c->own_pid = !c->pod->host_pid && !c->pod->share_pid && !o->target;
    c->created = runtime_wall_ns(c->pod->rt);
    c->report = BUF_INIT(REPORT_MAX);
    c->watched = true;
    return c->name && c->log && c->note ? 0 : -ENOMEM;
}

static int folders_make(const struct runtime_container *c, const struct runtime_container_options *o, struct err *err)
{
    int r = os_dir_make(c->bundle, 0700);
    if (r < 0)
        return err_raise(err, r, "%s: %s", c->bundle, strerror(-r));
    char folder[OS_PATH_MAX];
    const char *slash = strrchr(c->log, '/');
    if (slash && slash > c->log) {
        r = os_path(folder, "%.*s", (int)(slash - c->log), c->log);
        if (r == 0)
            r = os_dir_make(folder, 0755);
        if (r < 0)
            return err_raise(err, r, "the log's folder %s: %s", folder, strerror(-r));
    }
    if (o->cwd && o->cwd[0]) { /* a read-only image without it: crun says so */
        r = rootfs_dir_make(o->rootfs, o->cwd);
        (void)r;
    }
    return 0;
}

static void undo(struct runtime_container *c)
{
    int r = os_tree_remove(c->bundle);
    (void)r;
    container_free(c);
}

int runtime_container_start(struct runtime_container **out, struct runtime_pod *p, const struct runtime_container_options *o,
                            const struct runtime_events *e, struct err *err)
{
    unsigned char random[RUNTIME_ID_LEN / 2];
    SCOPED_BUF id = BUF_INIT(0);
    int r = check(p, o, err);
    if (r < 0)
        return r;
    r = os_random(random, sizeof(random));
    buf_hex(&id, str_make(random, sizeof(random)));
    if (r == 0)
        r = buf_error(&id);
    struct runtime_container *c = r == 0 ? container_alloc(p, buf_cstr(&id)) : NULL;
    if (!c)
        return err_raise(err, r < 0 ? r : -ENOMEM, "no memory for a container");
    c->events = *e;
    if (err)
        err->text[0] = 0;
    r = fill(c, o);
    if (r == 0)
        r = folders_make(c, o, err);
    if (r == 0)
        r = config_write(c, o, err);
    if (r == 0)
        r = conmon_start(c, o, err);
    if (r < 0) {
        if (err && !err->text[0])
            err_raise(err, r, "%s", strerror(-r));
        undo(c);
        return err_wrap(err, r, "container \"%s\"", o->name);
    }
    r = state_container_save(c, err);
    if (r < 0) {
        kill(c->conmon, SIGKILL);
        cgroup_kill(&p->rt->host, c->group);
        undo(c);
        return err_wrap(err, r, "container \"%s\"", o->name);
    }
    *out = c;
    return 0;
}

/* ── adoption ── */

static bool in_group(pid_t pid, const char *id)
{
    char path[64];
    SCOPED_BUF b = BUF_INIT(0);
    snprintf(path, sizeof(path), "/proc/%d/cgroup", (int)pid);
    return pid > 0 && os_file_read(path, 65536, &b) == 0 && str_find(buf_view(&b), str_of(id)) >= 0;
}

/* crun may still be at it; its pid file is the only word of its end, since the report went to the agent before. */
static bool finish_start(struct runtime_container *c)
{
    char path[OS_PATH_MAX];
    pid_t pid = 0;
    if (os_path(path, "%s/pid", c->bundle) < 0 || state_pid_read(path, &pid) < 0 || !in_group(pid, c->id))
        return false;
    made(c, pid);
    return true;
}

static void look_for_start(void *ctx)
{
    struct runtime_container *c = ctx;
    if (c->state != RUNTIME_STARTING)
        return;
    bool late = runtime_wall_ns(c->pod->rt) - c->created > START_MS_MAX * INT64_C(1000000);
    if (!finish_start(c) && (late || loop_timer_start(c->pod->rt->loop, &c->start_timer, START_LOOK_MS, look_for_start, c) < 0))
        start_interrupted(c);
    if (c->watched && c->state != RUNTIME_STARTING)
        tell_start(c);
}

void container_adopted(struct runtime_container *c)
{
    c->own_pid = c->own_pid && !c->pod->host_pid && !c->pod->share_pid;
    if (c->state == RUNTIME_EXITED)
        return;
    bool alive = is_conmon(c->conmon, c->id) && loop_pid_new(&c->adopted, c->pod->rt->loop, c->conmon, on_conmon_end, c) == 0;
    c->unwanted = c->held; /* its link may not stand; crun is let finish, so that it leaves nothing half made */
    if (c->state == RUNTIME_STARTING && alive)
        look_for_start(c);
    else if (c->state == RUNTIME_STARTING)
        start_interrupted(c);
    else if (alive && in_group(c->pid, c->id))
        c->pidfd = (int)syscall(SYS_pidfd_open, c->pid, 0);
    else if (!alive)
        ended(c);
}

void runtime_container_watch(struct runtime_container *c, const struct runtime_events *e)
{
    c->events = *e;
    c->watched = true;
    if (c->state == RUNTIME_EXITED && !c->exit_told)
        loop_defer(c->pod->rt->loop, &c->answer, tell_exit, c);
}

/* ── removal ── */

struct leftover { /* what is still to be cleared of a container, for the pool */
    struct cgroup_host host;
    char *group, *bundle, *state, *exit;
    int r;
    struct err err;
};

static void leftover_drop(void *data)
{
    struct leftover *l = data;
    mem_free(l->group);
    mem_free(l->bundle);
    mem_free(l->state);
    mem_free(l->exit);
    mem_free(l);
}

static void leftover_clear(void *data)
{
    struct leftover *l = data;
    int r = cgroup_remove(&l->host, l->group);
    if (r == -EBUSY) {
        cgroup_kill(&l->host, l->group);
        r = cgroup_remove(&l->host, l->group);
    }
    if (r < 0)
        l->r = err_raise(&l->err, r, "cgroup %s: %s", l->group, strerror(-r));
    r = os_tree_remove(l->state);
    if (r == 0)
        r = os_tree_remove(l->bundle);
    if (r < 0 && l->r == 0)
        l->r = err_raise(&l->err, r, "%s: %s", l->bundle, strerror(-r));
    unlink(l->exit);
}

static void removed(struct runtime_container *c, int r, const char *why)
{
    struct runtime_pod *p = c->pod;
    runtime_done done = c->done;
    void *ctx = c->ctx;
    if (r < 0)
        pod_container_failed(p, r, why);
    container_free(c);
    if (done)
        done(ctx, r, why);
    pod_container_gone(p);
}

static void on_cleared(void *owner, void *data)
{
    struct leftover *l = data;
    removed(owner, l->r, l->r < 0 ? l->err.text : NULL);
}

static char *path_text(const char *folder, const char *kind, const char *id)
{
    char path[OS_PATH_MAX];
    return os_path(path, "%s/%s/%s", folder, kind, id) < 0 ? NULL : mem_text(path, strlen(path));
}

static void no_memory(void *ctx)
{
    removed(ctx, -ENOMEM, "no memory to clear a container away");
}

static void clear_away(struct runtime_container *c)
{
    struct runtime *rt = c->pod->rt;
    if (c->child) { /* on_child_end() comes back here */
        kill(c->conmon, SIGKILL);
        return;
    }
    streams_container_gone(c, -ECANCELED, "the container was removed");
    struct leftover *l = mem_alloc(sizeof(*l));
    if (l) {
        l->host = rt->host;
        l->group = mem_text(c->group, strlen(c->group));
        l->bundle = mem_text(c->bundle, strlen(c->bundle));
        l->state = path_text(rt->run, "crun", c->id);
        l->exit = path_text(rt->run, "exits", c->id);
        if (l->group && l->bundle && l->state && l->exit && job_start(rt, leftover_clear, on_cleared, leftover_drop, c, l) == 0)
            return;
        leftover_drop(l);
    }
    loop_defer(rt->loop, &c->answer, no_memory, c);
}

void runtime_container_remove(struct runtime_container *c, runtime_done done, void *ctx)
{
    bool again = c->removing;
    if (!again || !c->done) { /* the pod's removal, coming later, leaves the first caller's answer alone */
        c->done = done;
        c->ctx = ctx;
    }
    if (again)
        return;
    c->removing = true;
    loop_defer_cancel(&c->answer);
    if (c->state == RUNTIME_EXITED)
        clear_away(c);
    else if (c->state == RUNTIME_RUNNING)
        runtime_container_stop(c, 0);
    else if (waits(c))
        give_up_held(c);
    /* STARTING: made() sees that it is no longer wanted. */
}
