#include "cmd/inside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "auth/auth.h"

/* Both processes on one host, kept running: one that ends unasked is started again, later each time. */
#define AGAIN_FIRST_MS 200
#define AGAIN_MOST_MS  30000

struct up;

struct half {
    struct up *up;
    const char *command, *groups;
    struct loop_child *child;
    struct loop_timer again;
    int64_t wait_ms, started_ms;
};

struct up {
    struct settings *config;
    struct loop *loop;
    struct half halves[2];
    bool ending;
};

static void start_half(void *ctx);

static void on_end(void *ctx, int code, int signo)
{
    struct half *h = ctx;
    struct up *u = h->up;
    h->child = loop_child_free(h->child);
    if (u->ending || (code == 0 && !signo)) {
        u->ending = true; /* somebody stopped it: the other one follows */
        bool any = false;
        for (size_t i = 0; i < ARRAY_LEN(u->halves); i++)
            if (u->halves[i].child) {
                any = true;
                kill(loop_child_pid(u->halves[i].child), SIGTERM);
            }
        if (!any)
            loop_stop(u->loop);
        return;
    }
    if (loop_now(u->loop) - h->started_ms > 60000)
        h->wait_ms = 0;
    h->wait_ms = h->wait_ms ? MIN(h->wait_ms * 2, (int64_t)AGAIN_MOST_MS) : AGAIN_FIRST_MS;
    log_warn("up", "%s ended with %d; it is started again in %lld ms", h->command, code, (long long)h->wait_ms);
    if (loop_timer_start(u->loop, &h->again, h->wait_ms, start_half, h) < 0)
        log_error("up", "no memory for a timer");
}

static void start_half(void *ctx)
{
    struct half *h = ctx;
    struct up *u = h->up;
    const char *argv[128] = {u->config->self, h->command};
    size_t n = 2;
    flags_pass(u->config, h->groups, argv, &n, ARRAY_LEN(argv) - 1);
    const int fds[] = {-1, STDOUT_FILENO, STDERR_FILENO};
    struct loop_spawn s = {.argv = argv, .fds = fds, .n_fds = ARRAY_LEN(fds)};
    h->started_ms = loop_now(u->loop);
    int r = loop_child_new(&h->child, u->loop, &s, on_end, h);
    if (r < 0)
        log_error("up", "%s cannot be started: %s", h->command, strerror(-r));
}

static void on_signal(void *ctx, int signo)
{
    struct up *u = ctx;
    (void)signo;
    u->ending = true;
    bool any = false;
    for (size_t i = 0; i < ARRAY_LEN(u->halves); i++) {
        loop_timer_stop(&u->halves[i].again);
        if (u->halves[i].child) {
            any = true;
            kill(loop_child_pid(u->halves[i].child), SIGTERM);
        }
    }
    if (!any)
        loop_stop(u->loop);
}

/* The certificates are made here, so that both halves can start at once. */
static int prepare(struct settings *c, struct err *err)
{
    struct auth_pki *p = NULL;
    int r = os_dir_make(c->data_dir, 0711);
    if (r < 0)
        return err_raise(err, r, "%s: %s", c->data_dir, strerror(-r));
    r = pki_open(c, &p, err);
    if (r == 0)
        r = pki_kubeconfigs(c, p, c->port, err);
    if (r == 0)
        r = pki_links(c, err);
    auth_pki_free(p);
    return r;
}

static int keep_running(struct settings *c)
{
    struct up u = {.config = c, .halves = {{.command = "server", .groups = "gsca"}, {.command = "agent", .groups = "gca"}}};
    struct status status = status_self();
    if (loop_new(&u.loop) < 0 || status_write(c, "up", &status) < 0)
        return 1;
    if (loop_signal(u.loop, SIGTERM, on_signal, &u) < 0 || loop_signal(u.loop, SIGINT, on_signal, &u) < 0)
        return 1;
    for (size_t i = 0; i < ARRAY_LEN(u.halves); i++) {
        u.halves[i].up = &u;
        start_half(&u.halves[i]);
    }
    int r = loop_run(u.loop);
    loop_free(u.loop);
    status_remove(c, "up");
    return r < 0;
}

/* ── in the background ── */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int wait_ready(struct settings *c, pid_t child)
{
    struct status server = {0}, agent = {0};
    int64_t until = now_ms() + (int64_t)c->wait_seconds * 1000;
    while (now_ms() < until) {
        int status;
        if (child && waitpid(child, &status, WNOHANG) == child) {
            fprintf(stderr, "coracle: it did not start; see %s/coracle.log\n", c->data_dir);
            return 1;
        }
        if (status_read(c, "server", &server) == 0 && status_read(c, "agent", &agent) == 0 && server.ready_ms && agent.ready_ms)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    if (!agent.ready_ms) {
        fprintf(stderr, "coracle: the node is not ready after %d s; see %s/coracle.log\n", c->wait_seconds, c->data_dir);
        return 1;
    }
    printf("API server ready after %lld ms, node \"%s\" Ready after %lld ms\n", (long long)server.ready_ms, c->node_name, (long long)agent.ready_ms);
    printf("export KUBECONFIG=%s/admin.kubeconfig\n", c->data_dir);
    return 0;
}

static int go_background(struct settings *c)
{
    char log[OS_PATH_MAX];
    if (os_path(log, "%s/coracle.log", c->data_dir) < 0)
        return 1;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "coracle: %s\n", strerror(errno));
        return 1;
    }
    if (child)
        return wait_ready(c, child);
    int null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC), fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (setsid() < 0 || null_fd < 0 || fd < 0 || dup2(null_fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
        _exit(1);
    _exit(keep_running(c));
}

static void first_pod_cidr(struct settings *c)
{
    if (!c->node_pod_cidr)
        c->node_pod_cidr = ranges_first_node(c);
}

/* Where up itself was killed, its halves run on: they make room, and containers do not notice. */
static void end_orphans(struct settings *c)
{
    static const char *const halves[] = {"agent", "server"};
    struct status s;
    for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
        int64_t until = now_ms() + 15000;
        if (status_read(c, halves[i], &s) < 0)
            continue;
        fprintf(stderr, "coracle up: %s runs as %d without it; it is started anew\n", halves[i], (int)s.pid);
        kill(s.pid, SIGTERM);
        while (status_read(c, halves[i], &s) == 0 && now_ms() < until)
            nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
}

int up_main(struct settings *c)
{
    struct status s;
    struct err err = {{0}};
    if (geteuid() != 0) {
        fprintf(stderr, "coracle up: must be root: it makes links, mounts and cgroups\n");
        return 1;
    }
    if (status_read(c, "up", &s) == 0) {
        printf("%s runs already as %d\n", c->name, (int)s.pid);
        return c->background ? wait_ready(c, 0) : 1;
    }
    end_orphans(c);
    first_pod_cidr(c);
    if (prepare(c, &err) < 0) {
        fprintf(stderr, "coracle up: %s\n", err.text);
        return 1;
    }
    return c->background ? go_background(c) : keep_running(c);
}
