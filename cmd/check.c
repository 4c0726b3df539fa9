#include "cmd/inside.h"
#include "runtime/runtime.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* Preflight: what this host has, what it lacks, and what then degrades. */

enum verdict { GOOD, DEGRADES, FAILS };

struct finding {
    enum verdict verdict;
    char text[300];
};

static void say(struct finding *f, enum verdict v, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void say(struct finding *f, enum verdict v, const char *fmt, ...)
{
    va_list ap;
    f->verdict = v;
    va_start(ap, fmt);
    vsnprintf(f->text, sizeof(f->text), fmt, ap);
    va_end(ap);
}

static bool in_path(const char *program)
{
    char path[OS_PATH_MAX];
    struct str rest = str_of(getenv("PATH") ? getenv("PATH") : "/usr/sbin:/usr/bin:/sbin:/bin"), folder;
    while (str_next(&rest, ':', &folder))
        if (os_path(path, "%.*s/%s", STR_FMT(folder), program) == 0 && access(path, X_OK) == 0)
            return true;
    return false;
}

static bool filesystem_known(const char *name)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, line;
    if (os_file_read("/proc/filesystems", 65536, &b) < 0)
        return false;
    rest = buf_view(&b);
    while (str_next(&rest, '\n', &line))
        if (str_ends(str_trim(line), str_of(name)))
            return true;
    return false;
}

static void check_root(struct settings *c, struct finding *f)
{
    (void)c;
    say(f, geteuid() == 0 ? GOOD : FAILS, geteuid() == 0 ? "runs as root" : "must be root: links, mounts and cgroups cannot be made");
}

static void check_crun(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = in_path("crun");
    say(f, is ? GOOD : FAILS, is ? "crun is there" : "crun is missing: no container can start (Debian package crun)");
}

static void check_conmon(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = in_path("conmon");
    say(f, is ? GOOD : FAILS, is ? "conmon is there" : "conmon is missing: no container can start (Debian package conmon)");
}

static void check_overlay(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = filesystem_known("overlay");
    say(f, is ? GOOD : FAILS, is ? "overlayfs is known to the kernel" : "overlayfs is not known to the kernel: images cannot be mounted");
}

static void check_cgroups(struct settings *c, struct finding *f)
{
    struct statfs s;
    (void)c;
    if (statfs("/sys/fs/cgroup", &s) < 0) {
        say(f, FAILS, "/sys/fs/cgroup is not mounted: containers have no limits and cannot be told apart");
        return;
    }
    if ((unsigned long)s.f_type == 0x63677270)
        say(f, GOOD, "cgroup v2");
    else if (statfs("/sys/fs/cgroup/unified", &s) == 0 && (unsigned long)s.f_type == 0x63677270)
        say(f, DEGRADES, "cgroup v1 in hybrid mode: works; memory.oom.group and pressure figures are missing");
    else
        say(f, DEGRADES, "cgroup v1: works; memory.oom.group and pressure figures are missing");
}

static void check_namespaces(struct settings *c, struct finding *f)
{
    static const char *const names[] = {"net", "ipc", "uts", "pid", "mnt"};
    (void)c;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char path[OS_PATH_MAX];
        if (os_path(path, "/proc/self/ns/%s", names[i]) < 0 || !os_file_exists(path)) {
            say(f, FAILS, "the kernel has no %s namespaces", names[i]);
            return;
        }
    }
    say(f, GOOD, "net, ipc, uts, pid and mnt namespaces");
}

static void check_users(struct settings *c, struct finding *f)
{
    struct err err = {{0}};
    const char *folder = os_file_exists(c->data_dir) ? c->data_dir : "/var/lib";
    if (runtime_user_namespaces(folder, &err) == 0)
        say(f, GOOD, "user namespaces and idmapped mounts: pods with hostUsers: false run");
    else
        say(f, DEGRADES, "pods with hostUsers: false do not start: %s", err.text);
}

/* A line of mountinfo: number, parent, device, root, mount point, … */
static bool mounted_at_root(struct str line)
{
    struct str word = STR_NONE;
    for (size_t i = 0; i < 5; i++)
        if (!str_next(&line, ' ', &word))
            return false;
    return str_is(word, "/");
}

/* crun makes "/" private, which only a mount point can be: the folder of a plain chroot is none. */
static void check_root_mount(struct settings *c, struct finding *f)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, line;
    (void)c;
    if (os_file_read("/proc/self/mountinfo", 1u << 22, &b) < 0) {
        say(f, FAILS, "/proc is not mounted");
        return;
    }
    rest = buf_view(&b);
    while (str_next(&rest, '\n', &line))
        if (mounted_at_root(line)) {
            say(f, GOOD, "/ is a mount point");
            return;
        }
    say(f, FAILS, "/ is no mount point: no container can start (in a chroot, bind its folder onto itself first)");
}

static void check_nftables(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = in_path("nft");
    say(f, is ? GOOD : DEGRADES,
        is ? "nft is there" : "nft is missing: rules are made all the same, but people cannot look at them (Debian package nftables)");
}

static void check_seccomp(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = os_file_exists("/proc/sys/kernel/seccomp/actions_avail");
    say(f, is ? GOOD : DEGRADES, is ? "seccomp filters" : "no seccomp: pods that ask for a profile do not start");
}

static void check_confinement(struct settings *c, struct finding *f)
{
    uid_t uid;
    gid_t gid;
    int version = os_landlock_version();
    (void)c;
    if (!version)
        say(f, DEGRADES, "no Landlock: only its user keeps files from the server");
    else if (os_user_find("coracle", &uid, &gid) < 0)
        say(f, GOOD, "Landlock %d; no account \"coracle\": the server runs under a user number of its own", version);
    else
        say(f, GOOD, "Landlock %d; the server runs as \"coracle\"", version);
}

static void check_memory(struct settings *c, struct finding *f)
{
    (void)c;
    int64_t mib = os_memory_total() >> 20;
    say(f, mib >= 256 ? GOOD : DEGRADES, "%lld MiB of memory%s", (long long)mib, mib >= 256 ? "" : ": little room for pods");
}

#define EVICTED_BELOW 15 /* percent of imagefs, as --eviction-hard has it where nothing else is said */

static void check_disk(struct settings *c, struct finding *f)
{
    struct statvfs s;
    char path[OS_PATH_MAX];
    snprintf(path, sizeof(path), "%s", c->data_dir);
    for (char *slash; statvfs(path, &s) < 0 && (slash = strrchr(path, '/')) && slash != path;)
        *slash = 0;
    if (statvfs(path, &s) < 0) {
        say(f, FAILS, "%s cannot be looked at: %s", c->data_dir, strerror(errno));
        return;
    }
    int64_t mib = (int64_t)((double)s.f_bavail * (double)s.f_frsize / 1048576);
    double part = s.f_blocks ? 100.0 * (double)s.f_bavail / (double)s.f_blocks : 0;
    if (mib < 1024)
        say(f, DEGRADES, "%lld MiB free for %s: images may not fit", (long long)mib, c->data_dir);
    else if (part < EVICTED_BELOW && !c->eviction_hard)
        say(f, DEGRADES, "%lld MiB free for %s, %.0f %% of the disk: below %d %% pods are evicted (--eviction-hard)", (long long)mib, c->data_dir,
            part, EVICTED_BELOW);
    else
        say(f, GOOD, "%lld MiB free for %s", (long long)mib, c->data_dir);
}

static void check_files(struct settings *c, struct finding *f)
{
    (void)c;
    int64_t n = sysconf(_SC_OPEN_MAX);
    say(f, n >= 4096 ? GOOD : DEGRADES, "%lld open files%s", (long long)n, n >= 4096 ? "" : ": fewer clients at once (raise LimitNOFILE)");
}

static void check_oom(struct settings *c, struct finding *f)
{
    SCOPED_BUF before = BUF_INIT(0);
    (void)c;
    if (os_file_read("/proc/self/oom_score_adj", 32, &before) < 0 || os_file_write("/proc/self/oom_score_adj", STR("-10")) < 0) {
        say(f, DEGRADES, "oom_score_adj below 0 is refused: guaranteed pods are not spared when memory runs out");
        return;
    }
    if (os_file_write("/proc/self/oom_score_adj", str_trim(buf_view(&before))) < 0)
        say(f, DEGRADES, "oom_score_adj could not be put back");
    else
        say(f, GOOD, "oom_score_adj can be set");
}

static void check_deadline(struct settings *c, struct finding *f)
{
    (void)c;
    bool is = os_file_exists("/proc/sys/kernel/sched_deadline_period_max_us") || os_file_exists("/proc/sys/kernel/sched_rt_runtime_us");
    say(f, is ? GOOD : DEGRADES, is ? "real-time scheduling classes" : "no real-time scheduling classes");
}

int check_main(struct settings *c)
{
    static void (*const checks[])(struct settings *, struct finding *) = {
        check_root,     check_crun,    check_conmon,      check_overlay, check_cgroups, check_namespaces, check_users, check_root_mount,
        check_nftables, check_seccomp, check_confinement, check_memory,  check_disk,    check_files,      check_oom,   check_deadline};
    static const char *const marks[] = {[GOOD] = "ok      ", [DEGRADES] = "degrades", [FAILS] = "FAILS   "};
    int failed = 0;
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        struct finding f = {0};
        checks[i](c, &f);
        printf("%s  %s\n", marks[f.verdict], f.text);
        failed += f.verdict == FAILS;
    }
    printf(failed ? "a cluster cannot run here: %d thing%s missing\n" : "a cluster can run here%.0d%s\n", failed,
           failed == 1 ? " is"
           : failed    ? "s are"
                       : "");
    return failed ? 1 : 0;
}
