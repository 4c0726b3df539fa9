#include "runtime/runtime.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "os/os.h"
#include "runtime/inside.h"
#include "tests/unit.h"

/* Real containers, from a root made of Debian's busybox-static. What a test
 * leaves behind — mounts, cgroups, processes — is counted at its end. */

#define WAIT_MS 20000

static char root[128]; /* a temporary folder of this run */
static char self[OS_PATH_MAX];
static bool can_run;
static const char *why_not;

struct world {
    struct loop *loop;
    struct runtime *rt;
    struct runtime_pod *pod;
    int done, r; /* answers of runtime_done */
    char error[512];
    int starts, start_r, exits, ends, end_r, end_code;
    char start_error[512];
    struct buf out, errors;
};

static const char *const init_argv[] = {self, "pod-init", NULL};

static void on_done(void *ctx, int r, const char *error)
{
    struct world *w = ctx;
    w->done++;
    w->r = r;
    snprintf(w->error, sizeof(w->error), "%s", error ? error : "");
}

static void on_started(void *ctx, int r, const char *error)
{
    struct world *w = ctx;
    w->starts++;
    w->start_r = r;
    snprintf(w->start_error, sizeof(w->start_error), "%s", error ? error : "");
}

static void on_exit_(void *ctx)
{
    struct world *w = ctx;
    w->exits++;
}

static void on_output(void *ctx, int fd, struct str bytes)
{
    struct world *w = ctx;
    buf_str(fd == 2 ? &w->errors : &w->out, bytes);
}

static void on_stream_end(void *ctx, int r, int code, const char *error)
{
    struct world *w = ctx;
    w->ends++;
    w->end_r = r;
    w->end_code = code;
    snprintf(w->error, sizeof(w->error), "%s", error ? error : "");
}

/* Runs the loop until the number is reached. */
static bool until(struct world *w, const int *number, int at_least)
{
    int64_t end = loop_now(w->loop) + WAIT_MS;
    while (*number < at_least && loop_now(w->loop) < end)
        assert_done(loop_run_for(w->loop, 2));
    return *number >= at_least;
}

static bool until_text(struct world *w, struct buf *b, const char *text)
{
    int64_t end = loop_now(w->loop) + WAIT_MS;
    while (str_find(buf_view(b), str_of(text)) < 0 && loop_now(w->loop) < end)
        assert_done(loop_run_for(w->loop, 2));
    return str_find(buf_view(b), str_of(text)) >= 0;
}

#define need_root() \
    do { \
        if (!can_run) { \
            print_message("skipped: %s\n", why_not); \
            skip(); \
        } \
    } while (0)

static void runtime_begin(struct world *w)
{
    static char run[160], group[64], profiles[160];
    struct err err;
    snprintf(run, sizeof(run), "%s/run", root);
    snprintf(profiles, sizeof(profiles), "%s/profiles", root);
    snprintf(group, sizeof(group), "coracle-test-%d", (int)getpid());
    struct runtime_options o = {.run = run, .cgroup = group, .init_argv = init_argv, .seccomp = profiles};
    int r = runtime_new(&w->rt, w->loop, &o, &err);
    if (r < 0)
        fail_msg("runtime_new: %s", err.text);
}

static void begin(struct world *w)
{
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    runtime_begin(w);
}

static void pod_begin(struct world *w, const struct runtime_pod_options *o)
{
    struct err err;
    int before = w->done;
    if (runtime_pod_new(&w->pod, w->rt, o, on_done, w, &err) < 0)
        fail_msg("runtime_pod_new: %s", err.text);
    assert_true(until(w, &w->done, before + 1));
    if (w->r < 0)
        fail_msg("runtime_pod_new: %s", w->error);
}

static void pod_end(struct world *w)
{
    int before = w->done;
    runtime_pod_remove(w->pod, on_done, w);
    assert_true(until(w, &w->done, before + 1));
    if (w->r < 0)
        fail_msg("runtime_pod_remove: %s", w->error);
}

static void end(struct world *w)
{
    w->rt = runtime_free(w->rt);
    w->loop = loop_free(w->loop);
    buf_done(&w->out);
    buf_done(&w->errors);
}

static const struct runtime_events *events(struct world *w)
{
    static struct runtime_events e;
    e = (struct runtime_events){.on_started = on_started, .on_exit = on_exit_, .ctx = w};
    return &e;
}

static const struct runtime_stream_events *stream_events(struct world *w)
{
    static struct runtime_stream_events e;
    e = (struct runtime_stream_events){.on_output = on_output, .on_end = on_stream_end, .ctx = w};
    return &e;
}

static const char *log_path(void)
{
    static char path[160];
    snprintf(path, sizeof(path), "%s/logs/0.log", root);
    return path;
}

static const char *rootfs(void)
{
    static char path[160];
    snprintf(path, sizeof(path), "%s/rootfs", root);
    return path;
}

static struct runtime_container *launch(struct world *w, struct runtime_container_options *o, const char *script)
{
    const char *args[] = {"sh", "-c", script, NULL};
    struct runtime_container *c;
    struct err err;
    int before = w->starts;
    o->name = o->name ? o->name : "main";
    o->rootfs = rootfs();
    o->args = o->args ? o->args : args;
    o->log_path = log_path();
    if (runtime_container_start(&c, w->pod, o, events(w), &err) < 0)
        fail_msg("runtime_container_start: %s", err.text);
    assert_true(until(w, &w->starts, before + 1));
    if (w->start_r < 0)
        print_message("not started: %s\n", w->start_error);
    return c;
}

static void log_read(struct buf *b)
{
    buf_clear(b);
    assert_done(os_file_read(log_path(), 1 << 20, b));
}

static bool log_has(const char *text)
{
    SCOPED_BUF b = BUF_INIT(0);
    log_read(&b);
    bool has = str_find(buf_view(&b), str_of(text)) >= 0;
    if (!has)
        print_message("log: %s\n", buf_cstr(&b));
    return has;
}

static int log_clear(void **state)
{
    (void)state;
    unlink(log_path());
    return 0;
}

/* ── nothing stays ── */

static int count_lines(const char *path, const char *with)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, line;
    int n = 0;
    if (os_file_read(path, 64 << 20, &b) < 0)
        return -1;
    rest = buf_view(&b);
    while (str_next(&rest, '\n', &line))
        n += str_find(line, str_of(with)) >= 0;
    return n;
}

static int count_groups(void *ctx, const char *name, unsigned char type)
{
    char path[OS_PATH_MAX], group[64];
    int *n = ctx;
    (void)type;
    snprintf(group, sizeof(group), "coracle-test-%d", (int)getpid());
    *n += strcmp(name, group) == 0; /* v2 */
    if (os_path(path, "/sys/fs/cgroup/%s/%s", name, group) == 0 && os_file_exists(path))
        ++*n;
    return 0;
}

static int count_processes(void *ctx, const char *name, unsigned char type)
{
    char path[OS_PATH_MAX];
    int *n = ctx;
    (void)type;
    if (name[0] < '0' || name[0] > '9' || atoi(name) == getpid())
        return 0;
    if (os_path(path, "/proc/%s/cmdline", name) == 0 && count_lines(path, root) > 0)
        ++*n;
    return 0;
}

static void assert_nothing_left(void)
{
    int groups = 0, processes = 0;
    assert_done(os_dir_each("/sys/fs/cgroup", count_groups, &groups));
    for (int i = 0; i < 100; i++) { /* conmon is on its way out */
        processes = 0;
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        assert_done(os_dir_each("/proc", count_processes, &processes));
        if (processes == 0)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    assert_int_equal(groups, 0);
    assert_int_equal(processes, 0);
    assert_int_equal(count_lines("/proc/self/mountinfo", root), 0);
    assert_int_equal(count_lines("/proc/net/unix", root), 0);
}

/* ── tests ── */

static void test_cgroup_mounts(void **state)
{
    (void)state;
    struct cgroup_host h;
    assert_done(cgroup_host_read(&h, STR("25 24 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n")));
    assert_int_equal(h.mode, RUNTIME_CGROUPS_V2);
    assert_done(cgroup_host_read(&h, STR("31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
                                         "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
                                         "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                                         "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n")));
    assert_int_equal(h.mode, RUNTIME_CGROUPS_HYBRID);
    assert_int_equal(h.n, 2);
    assert_string_equal(h.trees[0].path, "/sys/fs/cgroup/cpu,cpuacct");
    char own[OS_PATH_MAX];
    assert_done(cgroup_own(&h, STR("7:pids:/p\n4:cpu,cpuacct:/a/b\n0::/\n"), own));
    assert_string_equal(own, "/sys/fs/cgroup/cpu,cpuacct/a/b");
    assert_int_equal(cgroup_own(&h, STR("0::/a\n7:pids:/p\n"), own), -ENOENT); /* mounted nowhere here */
    assert_int_equal(cgroup_own(&h, STR("3:memory:/../outside\nodd\n:\n"), own), -ENOENT);
    assert_done(cgroup_host_read(&h, STR("25 24 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n")));
    assert_done(cgroup_own(&h, STR("3:memory:/m\n0::/system.slice/x\n"), own));
    assert_string_equal(own, "/sys/fs/cgroup/system.slice/x");
    assert_int_equal(cgroup_host_read(&h, STR("22 27 0:21 / /proc rw - proc proc rw\nodd line\n")), -ENOENT);
    assert_int_equal(cgroup_weight(2), 1);
    assert_int_equal(cgroup_weight(262144), 10000);
    assert_int_equal(runtime_cpu_shares(1000), 1024);
    assert_int_equal(runtime_cpu_shares(0), 2);
    assert_int_equal(runtime_cpu_quota(500, 100000), 50000);
    assert_int_equal(runtime_cpu_quota(1, 100000), 1000);
}

static void test_cgroup_stir(void **state)
{
    (void)state;
    struct cgroup_host h;
    SCOPED_BUF mounts = BUF_INIT(0);
    SCOPED_BUF before = BUF_INIT(0);
    SCOPED_BUF after = BUF_INIT(0);
    assert_done(os_file_read("/proc/self/mountinfo", 1 << 24, &mounts));
    assert_done(cgroup_host_read(&h, buf_view(&mounts)));
    assert_done(os_file_read("/proc/self/cgroup", 65536, &before));
    assert_done(cgroup_stir(&h));
    assert_done(os_file_read("/proc/self/cgroup", 65536, &after));
    assert_true(str_eq(buf_view(&before), buf_view(&after)));
}

static void test_users(void **state)
{
    (void)state;
    char path[256];
    struct runtime_user u;
    struct err err;
    snprintf(path, sizeof(path), "%s/etc/passwd", rootfs());
    assert_done(os_file_replace(path, STR("root:x:0:0::/root:/bin/sh\nweb:x:33:34:Web:/srv:/bin/sh\n"), 0644));
    snprintf(path, sizeof(path), "%s/etc/group", rootfs());
    assert_done(os_file_replace(path, STR("root:x:0:\nweb:x:34:\nlogs:x:50:other,web\ndisk:x:6:web\n"), 0644));
    assert_done(runtime_user_find(rootfs(), STR("web"), &u, &err));
    assert_int_equal(u.uid, 33);
    assert_int_equal(u.gid, 34);
    assert_int_equal(u.n_groups, 2);
    assert_int_equal(u.groups[0], 50);
    assert_string_equal(u.home, "/srv");
    assert_true(u.by_name);
    assert_done(runtime_user_find(rootfs(), STR("1000:logs"), &u, &err));
    assert_int_equal(u.uid, 1000);
    assert_int_equal(u.gid, 50);
    assert_false(u.by_name);
    assert_done(runtime_user_find(rootfs(), STR(""), &u, &err));
    assert_int_equal(u.uid, 0);
    assert_string_equal(u.home, "/root");
    assert_int_equal(runtime_user_find(rootfs(), STR("nobody-here"), &u, &err), -ENOENT);
    /* A link that leads out of the image stays inside it. */
    snprintf(path, sizeof(path), "%s/etc/passwd", rootfs());
    unlink(path);
    assert_int_equal(symlink("../../../../../../etc/passwd", path), 0);
    assert_int_equal(runtime_user_find(rootfs(), STR("daemon"), &u, &err), -ELOOP);
    unlink(path);
}

static void test_run_to_end(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w,
              &(struct runtime_pod_options){
                  .uid = "p-1", .name = "web", .space = "default", .hostname = "web-0", .qos = RUNTIME_BURSTABLE, .resources = {.cpu_shares = 512}});
    const char *env[] = {"GREETING=hello", NULL};
    const char *drop[] = {"ALL", NULL}, *add[] = {"NET_BIND_SERVICE", NULL};
    struct runtime_container_options o = {.env = env,
                                          .cap_drop = drop,
                                          .cap_add = add,
                                          .uid = 1000,
                                          .gid = 1001,
                                          .cwd = "/made/here",
                                          .no_new_privileges = true,
                                          .seccomp = RUNTIME_SECCOMP_DEFAULT,
                                          .message_path = "/dev/termination-log"};
    struct runtime_container *c = launch(&w, &o,
                                         "echo $GREETING $(hostname) $HOSTNAME $(id -u):$(id -g) in $(pwd); echo oops >&2; "
                                         "grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status; "
                                         "echo why > /dev/termination-log; exit 3");
    assert_int_equal(w.start_r, 0);
    assert_true(until(&w, &w.exits, 1));
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 3);
    assert_string_equal(e.reason, "Error");
    assert_true(e.finished >= e.started && e.started > 0);
    assert_true(log_has("stdout F hello web-0 web-0 1000:1001 in /made/here"));
    assert_true(log_has("stderr F oops"));
    assert_true(log_has("CapBnd:\t0000000000000400"));
    assert_true(log_has("NoNewPrivs:\t1"));
    assert_true(log_has("Seccomp:\t2"));
    SCOPED_BUF message = BUF_INIT(0);
    assert_done(runtime_container_message(c, &message));
    assert_str(buf_view(&message), "why\n");
    int before = w.done;
    runtime_container_remove(c, on_done, &w);
    assert_true(until(&w, &w.done, before + 1));
    assert_int_equal(w.r, 0);
    assert_null(runtime_container_next(w.pod, NULL));
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_start_errors(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-2"});
    const char *args[] = {"/no/such/program", NULL};
    struct runtime_container_options o = {.args = args};
    struct runtime_container *c = launch(&w, &o, NULL);
    assert_int_equal(w.start_r, -ENOENT);
    assert_non_null(strstr(w.start_error, "/no/such/program"));
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 128);
    assert_string_equal(e.reason, "StartError");
    assert_int_equal(w.exits, 0);
    struct err err;
    struct runtime_container *d;
    o = (struct runtime_container_options){.name = "x", .args = args, .rootfs = rootfs(), .cap_add = (const char *[]){"FLY", NULL}};
    assert_int_equal(runtime_container_start(&d, w.pod, &o, events(&w), &err), -EINVAL);
    assert_non_null(strstr(err.text, "FLY"));
    struct runtime_pod *p;
    assert_int_equal(runtime_pod_new(&p, w.rt, &(struct runtime_pod_options){.uid = "../up"}, on_done, &w, &err), -EINVAL);
    assert_int_equal(runtime_pod_new(&p, w.rt, &(struct runtime_pod_options){.uid = "p-2"}, on_done, &w, &err), -EEXIST);
    struct runtime_pair bad = {"kernel.panic", "1"};
    assert_int_equal(runtime_pod_new(&p, w.rt, &(struct runtime_pod_options){.uid = "p-3", .sysctls = &bad, .n_sysctls = 1}, on_done, &w, &err),
                     -EINVAL);
    struct runtime_pair odd = {"net.no_such_thing", "1"};
    int before = w.done;
    assert_done(runtime_pod_new(&p, w.rt, &(struct runtime_pod_options){.uid = "p-3", .sysctls = &odd, .n_sysctls = 1}, on_done, &w, &err));
    assert_true(until(&w, &w.done, before + 1));
    assert_true(w.r < 0);
    assert_non_null(strstr(w.error, "net.no_such_thing"));
    assert_null(runtime_pod_find(w.rt, STR("p-3")));
    pod_end(&w); /* with the failed container in it */
    end(&w);
    assert_nothing_left();
}

static void test_stop_and_grace(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-4"});
    struct runtime_container_options o = {.name = "polite"};
    struct runtime_container *c = launch(&w, &o, "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    for (int i = 0; i < 200 && !os_file_exists(log_path()); i++)
        assert_done(loop_run_for(w.loop, 5));
    assert_done(loop_run_for(w.loop, 100));
    runtime_container_stop(c, 10000);
    assert_true(until(&w, &w.exits, 1));
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 0);
    assert_string_equal(e.reason, "Completed");
    assert_true(log_has("bye"));
    o = (struct runtime_container_options){.name = "stubborn"};
    c = launch(&w, &o, "trap '' TERM; while :; do sleep 1; done");
    assert_done(loop_run_for(w.loop, 50));
    int64_t began = loop_now(w.loop);
    runtime_container_stop(c, 300);
    runtime_container_stop(c, 9000); /* does not make it longer */
    assert_true(until(&w, &w.exits, 2));
    assert_in_range(loop_now(w.loop) - began, 250, 3000);
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 137);
    assert_int_equal(e.signal, SIGKILL);
    /* A pod that is removed takes a running container with it. */
    o = (struct runtime_container_options){.name = "running"};
    launch(&w, &o, "sleep 1000");
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_oom(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-5", .qos = RUNTIME_GUARANTEED, .resources = {.memory = 64 << 20}});
    struct runtime_container_options o = {
        .resources = {.memory = 16 << 20, .memory_swap = 16 << 20, .cpu_shares = 128, .cpu_quota = 50000, .pids = 50}};
    struct runtime_container *c = launch(&w, &o, "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done");
    assert_int_equal(w.start_r, 0);
    assert_true(until(&w, &w.exits, 1));
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 137);
    assert_string_equal(e.reason, "OOMKilled");
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_limits_and_stats(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    struct runtime_pair sysctl = {"net.ipv4.ip_unprivileged_port_start", "77"};
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-6", .sysctls = &sysctl, .n_sysctls = 1});
    struct runtime_container_options o = {.resources = {.memory = 32 << 20}};
    struct runtime_container *c =
        launch(&w, &o, "cat /proc/sys/net/ipv4/ip_unprivileged_port_start; ip link show lo 2>/dev/null | grep -c UP; sleep 100");
    struct runtime_stats s;
    assert_done(runtime_container_stats(c, &s));
    assert_true(s.cpu_ns > 0 && s.memory_usage > 0 && s.pids > 0);
    assert_done(runtime_pod_stats(w.pod, &s));
    assert_true(s.memory_working_set > 0);
    struct err err;
    assert_done(
        runtime_container_set_resources(c, &(struct runtime_resources){.memory = 48 << 20, .memory_swap = 48 << 20, .cpu_shares = 300}, &err));
    assert_done(runtime_container_set_resources(c, &(struct runtime_resources){.memory = 24 << 20, .memory_swap = 24 << 20}, &err));
    struct runtime_resources has;
    assert_done(runtime_container_resources(c, &has));
    assert_int_equal(has.memory, 24 << 20);
    assert_true(has.cpu_quota < 0); /* none was set */
    assert_true(has.cpu_shares == 300 || (has.cpu_shares == 0 && runtime_cgroups(w.rt) == RUNTIME_CGROUPS_V2));
    assert_done(runtime_container_set_resources(c, &(struct runtime_resources){.cpu_quota = 70000, .cpu_period = 100000}, &err));
    assert_done(runtime_container_resources(c, &has));
    assert_int_equal(has.cpu_quota, 70000);
    assert_int_equal(has.cpu_period, 100000);
    assert_done(runtime_pod_set_resources(w.pod, &(struct runtime_resources){.cpu_quota = 100000, .memory = 100 << 20}, &err));
    for (int i = 0; i < 100 && count_lines(log_path(), "77") < 1; i++)
        assert_done(loop_run_for(w.loop, 10));
    assert_true(log_has("stdout F 77"));
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_exec(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-7"});
    const char *env[] = {"COLOR=blue", NULL};
    struct runtime_container_options o = {.env = env, .uid = 5};
    struct runtime_container *c = launch(&w, &o, "sleep 1000");
    struct runtime_stream *s;
    struct err err;
    const char *args[] = {"sh", "-c", "echo out $COLOR $(id -u); echo err >&2; cat; exit 7", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = args, .stdin_open = true}, stream_events(&w), &err));
    assert_int_equal(runtime_stream_write(s, STR("from stdin\n")), 11);
    runtime_stream_close_input(s);
    assert_true(until(&w, &w.ends, 1));
    assert_int_equal(w.end_r, 0);
    assert_int_equal(w.end_code, 7);
    assert_str(buf_view(&w.out), "out blue 5\nfrom stdin\n");
    assert_str(buf_view(&w.errors), "err\n");
    /* not there, not executable, killed, too slow */
    const char *missing[] = {"no-such-program", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = missing}, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 2));
    assert_int_equal(w.end_r, -ENOENT);
    assert_int_equal(w.end_code, 127);
    assert_non_null(strstr(w.error, "no-such-program"));
    const char *killed[] = {"sh", "-c", "kill -9 $$", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = killed}, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 3));
    assert_int_equal(w.end_r, 0);
    assert_int_equal(w.end_code, 137);
    const char *slow[] = {"sleep", "100", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = slow, .timeout_ms = 100}, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 4));
    assert_int_equal(w.end_r, -ETIMEDOUT);
    /* an orphan holding the pipe does not hold us */
    const char *orphan[] = {"sh", "-c", "sleep 50 & echo gone", NULL};
    buf_clear(&w.out);
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = orphan}, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 5));
    assert_str(buf_view(&w.out), "gone\n");
    /* a cancelled one is killed, and nobody is told */
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = slow}, stream_events(&w), &err));
    assert_done(loop_run_for(w.loop, 100));
    runtime_stream_cancel(s);
    assert_done(loop_run_for(w.loop, 200));
    assert_int_equal(w.ends, 5);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_exec_bulk_and_pause(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-8"});
    struct runtime_container_options o = {0};
    struct runtime_container *c = launch(&w, &o, "sleep 1000");
    struct runtime_stream *s;
    struct err err;
    const char *args[] = {"sh", "-c", "head -c 3000000 /dev/zero", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = args}, stream_events(&w), &err));
    runtime_stream_pause(s, true);
    assert_done(loop_run_for(w.loop, 200));
    assert_int_equal(w.out.n, 0);
    assert_int_equal(w.ends, 0);
    runtime_stream_pause(s, false);
    assert_true(until(&w, &w.ends, 1));
    assert_int_equal(w.out.n, 3000000);
    /* what a program left in its pipes is not lost where this process was held up after its end */
    buf_clear(&w.out);
    const char *few[] = {"sh", "-c", "echo few; echo words >&2; sleep 3 &", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = few}, stream_events(&w), &err));
    runtime_stream_pause(s, true);
    assert_done(loop_run_for(w.loop, 400)); /* its end has been seen, and what comes after it is waited for */
    runtime_stream_pause(s, false);
    usleep(400000);
    assert_true(until(&w, &w.ends, 2));
    assert_str(buf_view(&w.out), "few\n");
    assert_str(buf_view(&w.errors), "words\n");
    /* what is written comes back whole, however slowly it is taken */
    buf_clear(&w.out);
    const char *cat[] = {"cat", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = cat, .stdin_open = true}, stream_events(&w), &err));
    char chunk[10000];
    memset(chunk, 'x', sizeof(chunk));
    size_t sent = 0;
    while (sent < 2000000) {
        size_t n = runtime_stream_write(s, str_make(chunk, sizeof(chunk)));
        sent += n;
        if (n < sizeof(chunk))
            assert_done(loop_run_for(w.loop, 2));
    }
    runtime_stream_close_input(s);
    assert_true(until(&w, &w.ends, 3));
    assert_int_equal(w.out.n, sent);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static struct {
    struct runtime_stream *s;
    size_t left;
} feeding;

static void feed_on(void *ctx)
{
    static const char block[500000];
    (void)ctx;
    while (feeding.left) {
        size_t wanted = MIN(feeding.left, sizeof(block)), n = runtime_stream_write(feeding.s, str_make(block, wanted));
        feeding.left -= n;
        if (n < wanted)
            return;
    }
    runtime_stream_close_input(feeding.s);
}

/* A writer that goes on only when it is told that there is room is told each time, however quick the reader is. */
static void test_exec_tells_of_room(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-15"});
    struct runtime_container_options o = {0};
    struct runtime_container *c = launch(&w, &o, "sleep 1000");
    struct runtime_stream_events e = *stream_events(&w);
    struct err err;
    const char *args[] = {"sh", "-c", "sleep 0.2; cat | wc -c", NULL};
    e.on_drain = feed_on;
    feeding.left = 20000000;
    assert_done(runtime_exec(&feeding.s, c, &(struct runtime_exec_options){.args = args, .stdin_open = true}, &e, &err));
    feed_on(NULL);
    assert_true(feeding.left > 0);
    assert_true(until(&w, &w.ends, 1));
    assert_str(buf_view(&w.out), "20000000\n");
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_exec_terminal(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-9"});
    struct runtime_container_options o = {0};
    struct runtime_container *c = launch(&w, &o, "sleep 1000");
    struct runtime_stream *s;
    struct err err;
    const char *args[] = {"sh", NULL};
    struct runtime_exec_options x = {.args = args, .tty = true, .stdin_open = true, .rows = 33, .cols = 101};
    assert_done(runtime_exec(&s, c, &x, stream_events(&w), &err));
    runtime_stream_write(s, STR("stty size; tty\n")); /* before the terminal is there */
    assert_true(until_text(&w, &w.out, "33 101\r\n"));
    assert_true(until_text(&w, &w.out, "/dev/pts/0"));
    runtime_stream_resize(s, 12, 34);
    runtime_stream_write(s, STR("stty size\n"));
    assert_true(until_text(&w, &w.out, "12 34\r\n"));
    runtime_stream_write(s, STR("exit 9\n"));
    assert_true(until(&w, &w.ends, 1));
    assert_int_equal(w.end_r, 0);
    assert_int_equal(w.end_code, 9);
    /* a short one has come and gone before this process looks */
    const char *brief[] = {"echo", "brief", NULL};
    x.args = brief;
    buf_clear(&w.out);
    assert_done(runtime_exec(&s, c, &x, stream_events(&w), &err));
    usleep(600000);
    assert_true(until(&w, &w.ends, 2));
    assert_int_equal(w.end_r, 0);
    assert_str(buf_view(&w.out), "brief\r\n");
    const char *missing[] = {"no-such-program", NULL};
    x.args = missing;
    assert_done(runtime_exec(&s, c, &x, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 3));
    assert_int_equal(w.end_r, -ENOENT);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_attach(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-10"});
    struct runtime_container_options o = {.stdin_open = true, .stdin_once = true};
    struct runtime_container *c = launch(&w, &o, "while read x; do echo got $x; done; exit 4");
    struct runtime_stream *s;
    struct err err;
    assert_done(runtime_attach(&s, c, true, stream_events(&w), &err));
    runtime_stream_write(s, STR("one\n"));
    assert_true(until_text(&w, &w.out, "got one\n"));
    runtime_stream_write(s, STR("two\n"));
    runtime_stream_close_input(s);
    assert_true(until(&w, &w.ends, 1));
    assert_true(until(&w, &w.exits, 1));
    assert_int_equal(w.end_r, 0);
    assert_int_equal(w.end_code, 4);
    assert_str(buf_view(&w.out), "got one\ngot two\n");
    o = (struct runtime_container_options){.name = "tty", .tty = true, .stdin_open = true};
    c = launch(&w, &o, NULL ? NULL : "exec sh -i");
    buf_clear(&w.out);
    assert_done(runtime_attach(&s, c, true, stream_events(&w), &err));
    runtime_stream_resize(s, 20, 60);
    runtime_stream_write(s, STR("stty size\n"));
    assert_true(until_text(&w, &w.out, "20 60\r\n"));
    runtime_stream_cancel(s);
    assert_done(loop_run_for(w.loop, 50));
    assert_int_equal(runtime_container_state(c), RUNTIME_RUNNING); /* leaving does not end it */
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_adoption(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-11", .name = "keep", .space = "ns", .note = STR_INIT("note of the pod")});
    char long_id[65], short_id[65], stopped_id[65];
    struct runtime_container_options o = {.name = "long", .note = STR_INIT("a note"), .attempt = 3};
    snprintf(long_id, sizeof(long_id), "%s", runtime_container_id(launch(&w, &o, "trap 'exit 11' TERM; while :; do sleep 0.05; done")));
    o = (struct runtime_container_options){.name = "short"};
    snprintf(short_id, sizeof(short_id), "%s", runtime_container_id(launch(&w, &o, "sleep 0.3; exit 6")));
    o = (struct runtime_container_options){.name = "stopped"};
    snprintf(stopped_id, sizeof(stopped_id), "%s", runtime_container_id(launch(&w, &o, "exit 2")));
    assert_true(until(&w, &w.exits, 1));
    /* the agent goes away; one container ends meanwhile */
    w.rt = runtime_free(w.rt);
    nanosleep(&(struct timespec){.tv_nsec = 600000000}, NULL);
    w.exits = 0;
    runtime_begin(&w);
    w.pod = runtime_pod_find(w.rt, STR("p-11"));
    assert_non_null(w.pod);
    assert_string_equal(runtime_pod_name(w.pod), "keep");
    assert_str(runtime_pod_note(w.pod), "note of the pod");
    struct runtime_container *c = runtime_container_find(w.rt, str_of(short_id));
    assert_non_null(c);
    assert_int_equal(runtime_container_state(c), RUNTIME_EXITED);
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 6);
    runtime_container_watch(c, events(&w));
    assert_true(until(&w, &w.exits, 1));
    c = runtime_container_find(w.rt, str_of(stopped_id));
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 2);
    assert_string_equal(e.reason, "Error");
    c = runtime_container_find(w.rt, str_of(long_id));
    assert_int_equal(runtime_container_state(c), RUNTIME_RUNNING);
    assert_int_equal(runtime_container_attempt(c), 3);
    assert_str(runtime_container_note(c), "a note");
    runtime_container_watch(c, events(&w));
    struct runtime_stream *s;
    struct err err;
    const char *args[] = {"echo", "hi", NULL};
    assert_done(runtime_exec(&s, c, &(struct runtime_exec_options){.args = args}, stream_events(&w), &err));
    assert_true(until(&w, &w.ends, 1));
    assert_str(buf_view(&w.out), "hi\n");
    runtime_container_stop(c, 10000);
    assert_true(until(&w, &w.exits, 2));
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 11);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

/* Agents that end at any moment of a start: the next one finds a container that runs, or one that has never run and may
 * be started again; never one that is said to have failed. */
static void test_adoption_in_mid_start(void **state)
{
    (void)state;
    need_root();
    struct world w;
    struct err err;
    const char *args[] = {"sh", "-c", "sleep 1000", NULL};
    char id[65];
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-mid"});
    for (int i = 0; i < 12; i++) {
        struct runtime_container_options o = {.name = "c", .attempt = (unsigned)i, .rootfs = rootfs(), .args = args};
        struct runtime_container *c;
        assert_done(runtime_container_start(&c, w.pod, &o, events(&w), &err));
        snprintf(id, sizeof(id), "%s", runtime_container_id(c));
        nanosleep(&(struct timespec){.tv_nsec = i * 4000000}, NULL);
        w.rt = runtime_free(w.rt);
        w.starts = w.exits = 0;
        runtime_begin(&w);
        w.pod = runtime_pod_find(w.rt, STR("p-mid"));
        c = runtime_container_find(w.rt, str_of(id));
        if (!c)
            continue; /* its state had not been written: nobody was told of it */
        runtime_container_watch(c, events(&w));
        int64_t end = loop_now(w.loop) + WAIT_MS;
        while (runtime_container_state(c) == RUNTIME_STARTING && loop_now(w.loop) < end)
            assert_done(loop_run_for(w.loop, 2));
        struct runtime_end e;
        runtime_container_end(c, &e);
        if (runtime_container_state(c) != RUNTIME_RUNNING)
            assert_string_equal(e.reason, "StartInterrupted");
        int before = w.done;
        runtime_container_remove(c, on_done, &w);
        assert_true(until(&w, &w.done, before + 1));
        assert_int_equal(w.r, 0);
    }
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

/* Made as far as it goes: crun's init waits at its fifo. */
static void until_made(struct world *w, const char *id)
{
    char path[OS_PATH_MAX];
    int64_t end = loop_now(w->loop) + WAIT_MS;
    assert_done(os_path(path, "%s/run/crun/%s/exec.fifo", root, id));
    while (!os_file_exists(path) && loop_now(w->loop) < end)
        assert_done(loop_run_for(w->loop, 2));
    assert_done(loop_run_for(w->loop, 100)); /* and its report has been read */
    assert_true(os_file_exists(path));
}

static struct runtime_container *hold(struct world *w, const char *name, const char *script)
{
    const char *args[] = {"sh", "-c", script, NULL};
    struct runtime_container_options o = {.name = name, .rootfs = rootfs(), .args = args, .log_path = log_path(), .held = true};
    struct runtime_container *c;
    struct err err;
    if (runtime_container_start(&c, w->pod, &o, events(w), &err) < 0)
        fail_msg("runtime_container_start: %s", err.text);
    return c;
}

static void assert_never_ran(struct runtime_container *c)
{
    struct runtime_end e;
    assert_int_equal(runtime_container_state(c), RUNTIME_EXITED);
    runtime_container_end(c, &e);
    assert_string_equal(e.reason, "StartInterrupted");
    assert_true(e.started == 0);
}

/* Removed while it is being made: an agent that starts before it is quite gone finds no failure. */
static void removed_while_it_is_made(struct world *w, int *seen)
{
    struct runtime_container *c = hold(w, "half", "echo never");
    int before = w->done;
    runtime_container_remove(c, on_done, w);
    for (int64_t end = loop_now(w->loop) + WAIT_MS; w->done == before && loop_now(w->loop) < end;) {
        assert_done(loop_run_for(w->loop, 0));
        if (w->done == before && runtime_container_state(c) == RUNTIME_EXITED) {
            assert_never_ran(c);
            ++*seen;
            break;
        }
    }
    assert_true(until(w, &w->done, before + 1));
}

static void test_held(void **state)
{
    (void)state;
    need_root();
    struct world w;
    char id[65];
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-held"});
    /* It begins when it is released, not before. */
    struct runtime_container *c = hold(&w, "a", "echo begun; exit 3");
    until_made(&w, runtime_container_id(c));
    assert_int_equal(runtime_container_state(c), RUNTIME_STARTING);
    assert_int_equal(w.starts, 0);
    assert_false(log_has("begun"));
    runtime_container_release(c);
    runtime_container_release(c);
    assert_int_equal(w.starts, 0); /* never from within the call */
    assert_true(until(&w, &w.starts, 1));
    assert_int_equal(w.start_r, 0);
    assert_true(until(&w, &w.exits, 1));
    assert_true(log_has("begun"));
    /* Released before it is made. */
    c = hold(&w, "b", "echo early; exit 0");
    runtime_container_release(c);
    assert_true(until(&w, &w.exits, 2));
    assert_int_equal(w.start_r, 0);
    assert_true(log_has("early"));
    int seen = 0;
    for (int i = 0; i < 20 && seen < 3; i++)
        removed_while_it_is_made(&w, &seen);
    assert_true(seen > 0);
    /* Stopped while it waits, and before it is made. */
    c = hold(&w, "c", "echo never");
    until_made(&w, runtime_container_id(c));
    runtime_container_stop(c, 30000);
    assert_true(until(&w, &w.starts, 3));
    assert_int_equal(w.start_r, -EINTR);
    assert_never_ran(c);
    runtime_container_release(c);
    c = hold(&w, "d", "echo never");
    runtime_container_stop(c, 30000);
    assert_true(until(&w, &w.starts, 4));
    assert_true(w.start_r < 0);
    assert_int_equal(runtime_container_state(c), RUNTIME_EXITED);
    /* Removed while it waits. */
    c = hold(&w, "e", "echo never");
    until_made(&w, runtime_container_id(c));
    int before = w.done;
    runtime_container_remove(c, on_done, &w);
    assert_true(until(&w, &w.done, before + 1));
    assert_int_equal(w.r, 0);
    /* Its agent ends: the next one makes it again. */
    c = hold(&w, "f", "echo never");
    snprintf(id, sizeof(id), "%s", runtime_container_id(c));
    until_made(&w, id);
    w.rt = runtime_free(w.rt);
    runtime_begin(&w);
    w.pod = runtime_pod_find(w.rt, STR("p-held"));
    assert_never_ran(runtime_container_find(w.rt, str_of(id)));
    /* conmon is killed while it waits. */
    c = hold(&w, "g", "echo never");
    until_made(&w, runtime_container_id(c));
    w.starts = 0;
    assert_done(kill(c->conmon, SIGKILL));
    assert_true(until(&w, &w.starts, 1));
    assert_int_equal(runtime_container_state(c), RUNTIME_EXITED);
    /* The pod goes with one that waits. */
    c = hold(&w, "h", "echo never");
    until_made(&w, runtime_container_id(c));
    assert_false(log_has("never"));
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_conmon_killed(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-12"});
    struct runtime_container_options o = {0};
    struct runtime_container *c = launch(&w, &o, "sleep 1000");
    assert_int_equal(kill(c->conmon, SIGKILL), 0);
    assert_true(until(&w, &w.exits, 1));
    struct runtime_end e;
    runtime_container_end(c, &e);
    assert_int_equal(e.code, 137);
    assert_string_equal(e.reason, "ContainerStatusUnknown");
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_shared_processes(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-13", .share_pid = true});
    struct runtime_container_options o = {.name = "a"};
    launch(&w, &o, "exec sleep 7777");
    o = (struct runtime_container_options){.name = "b"};
    launch(&w, &o, "sleep 0.1; ps; echo first is $(cat /proc/1/comm); sleep 8888 & exit 0");
    assert_true(until(&w, &w.exits, 1));
    assert_true(log_has("sleep 7777"));
    assert_true(log_has("first is pod-init"));
    w.rt = runtime_free(w.rt);
    runtime_begin(&w);
    w.pod = runtime_pod_find(w.rt, STR("p-13"));
    assert_non_null(w.pod);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_mounts_and_host(void **state)
{
    (void)state;
    need_root();
    struct world w;
    char source[256], file[300], profile[256];
    snprintf(source, sizeof(source), "%s/share", root);
    assert_done(os_dir_make(source, 0755));
    snprintf(file, sizeof(file), "%s/f", source);
    assert_done(os_file_replace(file, STR("shared\n"), 0644));
    snprintf(profile, sizeof(profile), "%s/profiles/no-mkdir.json", root);
    assert_done(os_file_replace(profile,
                                STR("{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                                    "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":1}]}"),
                                0644));
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-14", .host_network = true, .host_pid = true, .host_ipc = true});
    assert_null(runtime_pod_netns(w.pod));
    struct runtime_mount mounts[] = {
        {.source = file, .target = "/data/inner/f", .read_only = true}, /* listed before what it lies in */
        {.source = source, .target = "/data/inner", .propagation = RUNTIME_HOST_TO_CONTAINER},
        {.tmpfs = true, .target = "/scratch"},
    };
    struct runtime_container_options o = {.mounts = mounts, .n_mounts = 3, .seccomp = RUNTIME_SECCOMP_LOCALHOST, .seccomp_file = "no-mkdir.json"};
    launch(&w, &o,
           "cat /data/inner/f; echo x > /data/inner/f || echo refused; echo y > /data/inner/g && echo wrote; "
           "mkdir /tmp/q || echo no mkdir; echo pid $$; sleep 7777 & exit 0");
    assert_true(until(&w, &w.exits, 1));
    assert_true(log_has("stdout F shared"));
    assert_true(log_has("refused"));
    assert_true(log_has("wrote"));
    assert_true(log_has("no mkdir"));
    o = (struct runtime_container_options){.name = "root", .read_only_root = true, .privileged = true};
    launch(&w, &o, "touch /x || echo read only; grep CapEff /proc/self/status; ls /dev | wc -l");
    assert_true(until(&w, &w.exits, 2));
    assert_true(log_has("read only"));
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

static void test_log_reopen(void **state)
{
    (void)state;
    need_root();
    struct world w;
    char old[200];
    begin(&w);
    pod_begin(&w, &(struct runtime_pod_options){.uid = "p-15"});
    struct runtime_container_options o = {.stdin_open = true};
    struct runtime_container *c = launch(&w, &o, "echo first; read x; echo second; sleep 100");
    for (int i = 0; i < 200 && count_lines(log_path(), "first") < 1; i++)
        assert_done(loop_run_for(w.loop, 5));
    snprintf(old, sizeof(old), "%s.old", log_path());
    assert_int_equal(rename(log_path(), old), 0);
    assert_done(runtime_container_reopen_log(c));
    for (int i = 0; i < 200 && !os_file_exists(log_path()); i++)
        assert_done(loop_run_for(w.loop, 5));
    struct runtime_stream *s;
    struct err err;
    assert_done(runtime_attach(&s, c, true, stream_events(&w), &err));
    runtime_stream_write(s, STR("go\n"));
    assert_true(until_text(&w, &w.out, "second"));
    assert_true(log_has("second"));
    assert_int_equal(count_lines(log_path(), "first"), 0);
    unlink(old);
    pod_end(&w);
    end(&w);
    assert_nothing_left();
}

/* Users of its own: the mapping, whom the machine sees, a volume's owner on both sides, one process tree, and who adopts it. */
static void test_own_users(void **state)
{
    (void)state;
    need_root();
    struct world w;
    struct err err = {{0}};
    struct stat st;
    char source[256], file[300], seen[64];
    const uint32_t base = 40 * RUNTIME_USERS;
    snprintf(source, sizeof(source), "%s/owned", root);
    assert_done(os_dir_make(source, 0755));
    snprintf(file, sizeof(file), "%s/f", source);
    assert_done(os_file_replace(file, STR("theirs\n"), 0600));
    begin(&w);
    if (runtime_user_namespaces(root, &err) < 0) {
        print_message("left out: %s\n", err.text);
        end(&w);
        return;
    }
    static const struct runtime_pod_options refused[] = {
        {.uid = "p-u", .user_base = 40 * RUNTIME_USERS, .host_network = true},
        {.uid = "p-u", .user_base = 40 * RUNTIME_USERS, .host_pid = true},
        {.uid = "p-u", .user_base = 40 * RUNTIME_USERS, .host_ipc = true},
        {.uid = "p-u", .user_base = 70000},
    };
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        assert_int_equal(runtime_pod_new(&w.pod, w.rt, &refused[i], on_done, &w, &err), -EINVAL);
    for (int shared = 0; shared < 2; shared++) {
        pod_begin(&w, &(struct runtime_pod_options){.uid = "p-16", .user_base = base, .share_pid = shared, .hostname = "inner"});
        struct runtime_mount mounts[] = {{.source = source, .target = "/data", .idmap = true}};
        struct runtime_container_options o = {.name = "a", .mounts = mounts, .n_mounts = 1};
        struct runtime_container *c =
            launch(&w, &o, "cat /proc/self/uid_map /data/f; stat -c 'owner %u' /data/f; echo x > /data/g; hostname; exec sleep 7777");
        for (int i = 0; i < 400 && count_lines(log_path(), "inner") < 1 + shared; i++)
            assert_done(loop_run_for(w.loop, 5));
        assert_true(log_has("2621440      65536"));
        assert_true(log_has("theirs"));
        assert_true(log_has("owner 0"));
        snprintf(file, sizeof(file), "%s/g", source);
        assert_int_equal(stat(file, &st), 0);
        assert_int_equal(st.st_uid, 0);
        snprintf(seen, sizeof(seen), "/proc/%d", (int)runtime_container_pid(c));
        assert_int_equal(stat(seen, &st), 0);
        assert_int_equal(st.st_uid, base);
        w.rt = runtime_free(w.rt);
        runtime_begin(&w);
        w.pod = runtime_pod_find(w.rt, STR("p-16"));
        assert_non_null(w.pod);
        assert_int_equal(runtime_pod_user_base(w.pod), base);
        assert_non_null(runtime_pod_userns(w.pod));
        pod_end(&w);
        unlink(file);
    }
    end(&w);
    assert_nothing_left();
}

/* ── crun itself ── */

static void same_bytes(const char *a, const char *b)
{
    SCOPED_BUF one = BUF_INIT(0);
    SCOPED_BUF two = BUF_INIT(0);
    assert_done(os_file_read(a, 64 << 20, &one));
    assert_done(os_file_read(b, 64 << 20, &two));
    assert_true(one.n && str_eq(buf_view(&one), buf_view(&two)));
}

static void test_crun_in_sealed_memory(void **state)
{
    (void)state;
    need_root();
    struct world w;
    char other[OS_PATH_MAX], path[64];
    SCOPED_BUF sh = BUF_INIT(0);
    begin(&w);
    snprintf(path, sizeof(path), "%s", launch_crun(w.rt));
    assert_string_not_equal(path, w.rt->crun);
    same_bytes(path, w.rt->crun);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd < 0 || write(fd, "x", 1) < 0); /* nobody changes what the next container is started by */
    if (fd >= 0)
        close(fd);
    /* Another version is installed: the same path has it, for conmons that are about to open it too. */
    assert_done(os_path(other, "%s/other", root));
    assert_done(os_file_read("/bin/busybox", 16 << 20, &sh));
    assert_done(os_file_replace(other, buf_view(&sh), 0755));
    char *before = w.rt->crun;
    w.rt->crun = other;
    assert_string_equal(launch_crun(w.rt), path);
    same_bytes(path, other);
    /* A script in its place keeps its name. */
    assert_done(os_file_replace(other, STR("#!/bin/sh\nexec crun \"$@\"\n"), 0755));
    assert_string_equal(launch_crun(w.rt), other);
    assert_string_equal(launch_crun(w.rt), other);
    w.rt->crun = before;
    same_bytes(launch_crun(w.rt), before);
    end(&w);
}

/* ── the stage ── */

static int make_rootfs(void **state)
{
    static const char *const folders[] = {"bin", "etc", "proc", "sys", "dev", "tmp", "data"};
    static const char *const programs[] = {"sh",   "cat",   "echo",  "sleep", "id", "hostname", "grep", "ps",  "stty", "tty",
                                           "head", "mkdir", "touch", "ls",    "wc", "ip",       "true", "pwd", "mount"};
    char path[OS_PATH_MAX];
    (void)state;
    snprintf(root, sizeof(root), "/tmp/coracle-runtime-%d", (int)getpid());
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        assert_true(os_path(path, "%s/rootfs/%s", root, folders[i]) == 0 && os_dir_make(path, 0755) == 0);
    assert_true(os_path(path, "%s/profiles", root) == 0 && os_dir_make(path, 0755) == 0);
    SCOPED_BUF busybox = BUF_INIT(0);
    why_not = geteuid() != 0                                                             ? "needs root"
              : access("/usr/bin/crun", X_OK) < 0 || access("/usr/bin/conmon", X_OK) < 0 ? "needs crun and conmon"
              : os_file_read("/bin/busybox", 16 << 20, &busybox) < 0                     ? "needs busybox-static"
                                                                                         : NULL;
    can_run = !why_not;
    if (!can_run)
        return 0;
    assert_true(os_path(path, "%s/rootfs/bin/busybox", root) == 0 && os_file_replace(path, buf_view(&busybox), 0755) == 0);
    for (size_t i = 0; i < ARRAY_LEN(programs); i++)
        assert_true(os_path(path, "%s/rootfs/bin/%s", root, programs[i]) == 0 && symlink("busybox", path) == 0);
    return 0;
}

static int drop_rootfs(void **state)
{
    (void)state;
    return os_tree_remove(root);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "pod-init") == 0)
        _exit(runtime_pod_init_main(argv[2]) < 0);
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    self[n > 0 ? n : 0] = 0;
#define ONE(f) cmocka_unit_test_setup(f, log_clear)
    const struct CMUnitTest tests[] = {
        ONE(test_cgroup_mounts),
        ONE(test_cgroup_stir),
        ONE(test_users),
        ONE(test_run_to_end),
        ONE(test_start_errors),
        ONE(test_stop_and_grace),
        ONE(test_oom),
        ONE(test_limits_and_stats),
        ONE(test_exec),
        ONE(test_exec_bulk_and_pause),
        ONE(test_exec_tells_of_room),
        ONE(test_exec_terminal),
        ONE(test_attach),
        ONE(test_adoption),
        ONE(test_adoption_in_mid_start),
        ONE(test_held),
        ONE(test_conmon_killed),
        ONE(test_shared_processes),
        ONE(test_mounts_and_host),
        ONE(test_log_reopen),
        ONE(test_own_users),
        ONE(test_crun_in_sealed_memory),
    };
    return cmocka_run_group_tests(tests, make_rootfs, drop_rootfs);
}
