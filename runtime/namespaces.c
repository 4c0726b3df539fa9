#include "runtime/inside.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Network, IPC and UTS namespaces belong to threads, not processes: a pool
 * thread steps into new ones, sets them up, pins them by bind mounts and steps
 * back. No process is started for a pod. */

static const struct {
    const char *file;
    int flag;
} kinds[] = {{"net", CLONE_NEWNET}, {"ipc", CLONE_NEWIPC}, {"uts", CLONE_NEWUTS}};

static int pin_one(const char *folder, const char *file, const char *source)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s", folder, file);
    if (r < 0)
        return r;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
    if (fd < 0)
        return -errno;
    close(fd);
    return mount(source, path, NULL, MS_BIND, NULL) < 0 ? -errno : 0;
}

static int loopback_up(void)
{
    SCOPED_FD fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    struct ifreq q = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    return ioctl(fd, SIOCSIFFLAGS, &q) < 0 ? -errno : 0;
}

/* "net.ipv4.ip_forward" and "net/ipv4/conf/eth0.1/forwarding" are both written by people. */
static int sysctl_set(const struct runtime_pair *s, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "/proc/sys/%s", s->name);
    if (r < 0 || strstr(s->name, ".."))
        return err_raise(err, -EINVAL, "sysctl \"%s\" is not a name", s->name);
    if (!strchr(s->name, '/'))
        for (char *p = path + strlen("/proc/sys/"); *p; p++)
            *p = *p == '.' ? '/' : *p;
    r = os_file_write(path, str_of(s->value));
    if (r < 0)
        return err_raise(err, r, "sysctl \"%s\" cannot be set to \"%s\": %s", s->name, s->value, strerror(-r));
    return 0;
}

/* Runs in the new namespaces. */
static int furnish(const struct pin *p, struct err *err)
{
    int r = p->net ? loopback_up() : 0;
    if (r < 0)
        return err_raise(err, r, "the loopback link of the pod: %s", strerror(-r));
    if (p->uts && p->hostname[0] && sethostname(p->hostname, strlen(p->hostname)) < 0)
        return err_raise(err, -errno, "hostname \"%s\": %s", p->hostname, strerror(errno));
    for (size_t i = 0; i < p->n_sysctls; i++) {
        r = sysctl_set(&p->sysctls[i], err);
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        bool wanted = i == 0 ? p->net : i == 1 ? p->ipc : p->uts;
        char source[64];
        snprintf(source, sizeof(source), "/proc/thread-self/ns/%s", kinds[i].file);
        r = wanted ? pin_one(p->folder, kinds[i].file, source) : 0;
        if (r < 0)
            return err_raise(err, r, "pinning the %s namespace below %s: %s", kinds[i].file, p->folder, strerror(-r));
    }
    return 0;
}

static int shm_make(const struct pin *p, struct err *err)
{
    char path[OS_PATH_MAX], options[64];
    int r = os_path(path, "%s/shm", p->folder);
    if (r < 0)
        return r;
    snprintf(options, sizeof(options), "mode=1777,size=%lld", (long long)p->shm_bytes);
    if (mkdir(path, 01777) < 0 && errno != EEXIST)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    if (mount("shm", path, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options) < 0)
        return err_raise(err, -errno, "tmpfs on %s: %s", path, strerror(errno));
    return 0;
}

void namespaces_pin(struct pin *p)
{
    int flags = (p->net ? CLONE_NEWNET : 0) | (p->ipc ? CLONE_NEWIPC : 0) | (p->uts ? CLONE_NEWUTS : 0);
    int home[ARRAY_LEN(kinds)] = {-1, -1, -1};
    p->r = p->shm_bytes ? shm_make(p, &p->err) : 0;
    for (size_t i = 0; p->r == 0 && i < ARRAY_LEN(kinds); i++) {
        char path[64];
        snprintf(path, sizeof(path), "/proc/thread-self/ns/%s", kinds[i].file);
        home[i] = open(path, O_RDONLY | O_CLOEXEC);
        if (home[i] < 0)
            p->r = err_raise(&p->err, -errno, "%s: %s", path, strerror(errno));
    }
    if (p->r == 0 && flags && unshare(flags) < 0) {
        p->r = err_raise(&p->err, -errno, "new namespaces: %s", strerror(errno));
        flags = 0;
    }
    if (p->r == 0)
        p->r = furnish(p, &p->err);
    /* A thread that could not come home would run other work in the pod's network. */
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (home[i] >= 0 && (flags & kinds[i].flag))
            CHECK(setns(home[i], kinds[i].flag) == 0);
        if (home[i] >= 0)
            close(home[i]);
    }
}

int namespaces_unpin(const char *folder, struct err *err)
{
    static const char *const names[] = {"net", "ipc", "uts", "pid", "shm"};
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char path[OS_PATH_MAX];
        if (os_path(path, "%s/%s", folder, names[i]) < 0)
            continue;
        /* EINVAL: not mounted. Unlinking then also drops the copies in conmon's mount namespaces. */
        if (umount2(path, MNT_DETACH) < 0 && errno != EINVAL && errno != ENOENT)
            r = err_raise(err, -errno, "unmounting %s: %s", path, strerror(errno));
        else if (unlink(path) < 0 && errno == EISDIR)
            rmdir(path);
    }
    return r;
}

/* ── process 1 of a shared pid namespace ── */

static _Noreturn void bury_orphans(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    prctl(PR_SET_NAME, "pod-init");
    for (unsigned fd = 0; fd < 64; fd++)
        close((int)fd);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    for (;;) {
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        sigwaitinfo(&child, NULL);
    }
}

static int join_pinned(const char *folder)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char path[OS_PATH_MAX];
        int r = os_path(path, "%s/%s", folder, kinds[i].file);
        if (r < 0)
            return r;
        SCOPED_FD fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 && errno == ENOENT) /* this one is the host's */
            continue;
        if (fd < 0 || setns(fd, kinds[i].flag) < 0)
            return -errno;
    }
    return 0;
}

int runtime_pod_init_main(const char *folder)
{
    char path[OS_PATH_MAX], source[64], text[32];
    int r = join_pinned(folder);
    if (r == 0 && (setsid() < 0 && errno != EPERM))
        r = -errno;
    if (r == 0 && unshare(CLONE_NEWPID) < 0)
        r = -errno;
    if (r < 0)
        return r;
    pid_t child = fork();
    if (child < 0)
        return -errno;
    if (child == 0)
        bury_orphans();
    snprintf(source, sizeof(source), "/proc/%d/ns/pid", (int)child);
    snprintf(text, sizeof(text), "%d\n", (int)child);
    r = os_path(path, "%s/init.pid", folder);
    if (r == 0)
        r = state_write(path, str_of(text));
    if (r == 0)
        r = pin_one(folder, "pid", source);
    if (r < 0) {
        kill(child, SIGKILL);
        return r;
    }
    _exit(0); /* no atexit work: whatever it would start would be born into the pod's namespace */
}
