#include "runtime/inside.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Network, IPC and UTS namespaces belong to threads, not processes: a pool
 * thread steps into new ones, sets them up, pins them by bind mounts and steps
 * back. No process is started for a pod: but a user namespace cannot be entered by
 * a thread, so where a pod has users of its own a child is born into all of them,
 * the thread follows it into what threads can enter, and the child ends. */

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

/* ── users of its own ── */

/* A child that only waits: it may do nothing but system calls, for it is a copy of one thread of many. */
static int child_born(uint32_t base, int flags, pid_t *out)
{
    char path[64], text[64];
    long child = syscall(SYS_clone, (unsigned long)(CLONE_NEWUSER | flags), NULL, NULL, NULL, NULL);
    if (child < 0)
        return -errno;
    if (child == 0)
        for (;;)
            syscall(SYS_pause);
    *out = (pid_t)child;
    snprintf(text, sizeof(text), "0 %u %u\n", base, RUNTIME_USERS);
    snprintf(path, sizeof(path), "/proc/%d/uid_map", (int)child);
    int r = os_file_write(path, str_of(text));
    snprintf(path, sizeof(path), "/proc/%d/gid_map", (int)child);
    return r < 0 ? r : os_file_write(path, str_of(text));
}

static void child_end(pid_t child)
{
    if (child <= 0)
        return;
    kill(child, SIGKILL);
    while (waitpid(child, NULL, __WALL) < 0 && errno == EINTR)
        ;
}

/* The thread goes where the child is. */
static int child_follow(pid_t child, int flags)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char path[64];
        if (!(flags & kinds[i].flag))
            continue;
        snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)child, kinds[i].file);
        SCOPED_FD fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || setns(fd, kinds[i].flag) < 0)
            return -errno;
    }
    return 0;
}

static int users_make(const struct pin *p, int flags, struct err *err)
{
    pid_t child = 0;
    char source[64];
    int r = child_born(p->user_base, flags, &child);
    snprintf(source, sizeof(source), "/proc/%d/ns/user", (int)child);
    if (r == 0)
        r = pin_one(p->folder, "user", source);
    if (r == 0)
        r = child_follow(child, flags);
    child_end(child);
    return r < 0
               ? err_raise(err, r, "a user namespace for the pod (users %u to %u): %s", p->user_base, p->user_base + RUNTIME_USERS - 1, strerror(-r))
               : 0;
}

int runtime_user_namespaces(const char *folder, struct err *err)
{
    pid_t child = 0;
    char path[64];
    int r = child_born(RUNTIME_USERS, 0, &child);
    if (r < 0) {
        child_end(child);
        return err_raise(err, r, "the kernel makes no user namespaces: %s", strerror(-r));
    }
    snprintf(path, sizeof(path), "/proc/%d/ns/user", (int)child);
    SCOPED_FD users = open(path, O_RDONLY | O_CLOEXEC);
    SCOPED_FD tree = (int)syscall(SYS_open_tree, AT_FDCWD, folder, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    struct mount_attr attr = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = users < 0 ? 0 : (unsigned)users};
    r = users < 0 || tree < 0 || syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attr, sizeof(attr)) < 0 ? -errno : 0;
    child_end(child);
    return r < 0 ? err_raise(err, r, "the kernel (5.19 or newer) or the file system of %s has no idmapped mounts: %s", folder, strerror(-r)) : 0;
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
    if (p->user_base && chown(path, p->user_base, p->user_base) < 0)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
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
    if (p->r == 0 && p->user_base) {
        p->r = users_make(p, flags, &p->err);
    } else if (p->r == 0 && flags && unshare(flags) < 0) {
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
    static const char *const names[] = {"net", "ipc", "uts", "pid", "shm", "user"};
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

/* Process 1 of a pod with users of its own is born by a child that has become its root; it tells its number. */
static pid_t born_among_users(int users)
{
    int ends[2];
    pid_t first = 0;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    pid_t middle = fork();
    if (middle == 0) {
        if (setns(users, CLONE_NEWUSER) < 0 || setgroups(0, NULL) < 0 || setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0 ||
            unshare(CLONE_NEWPID) < 0)
            _exit(1);
        pid_t child = fork();
        if (child == 0)
            bury_orphans();
        _exit(child > 0 && write(ends[1], &child, sizeof(child)) == sizeof(child) ? 0 : 1);
    }
    close(ends[1]);
    bool told = middle > 0 && read(ends[0], &first, sizeof(first)) == sizeof(first);
    close(ends[0]);
    while (middle > 0 && waitpid(middle, NULL, 0) < 0 && errno == EINTR)
        ;
    return told ? first : -1;
}

static int users_open(const char *folder)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/user", folder);
    if (r < 0)
        return r;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int runtime_pod_init_main(const char *folder)
{
    char path[OS_PATH_MAX], source[64], text[32];
    int r = join_pinned(folder);
    if (r == 0 && (setsid() < 0 && errno != EPERM))
        r = -errno;
    int users = r == 0 ? users_open(folder) : -ENOENT;
    if (r == 0 && users < 0 && users != -ENOENT)
        r = users;
    if (r == 0 && users < 0 && unshare(CLONE_NEWPID) < 0)
        r = -errno;
    if (r < 0)
        return r;
    pid_t child = users >= 0 ? born_among_users(users) : fork();
    if (child < 0)
        return users >= 0 ? -EIO : -errno;
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
