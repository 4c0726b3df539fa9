/* Network namespaces, pinned at a path. */
#include <fcntl.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

#include "nl/inside.h"

struct making {
    const char *path;
    int r;
};

/* On a thread of its own: it lives in the new namespace until it ends, and nobody has to come back from there. */
static void *netns_thread(void *ctx)
{
    struct making *m = ctx;
    if (unshare(CLONE_NEWNET) < 0 || mount("/proc/thread-self/ns/net", m->path, NULL, MS_BIND, NULL) < 0) {
        m->r = -errno;
        return NULL;
    }
    SCOPED_FD s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq q = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    if (s < 0 || ioctl(s, SIOCSIFFLAGS, &q) < 0) {
        m->r = -errno;
        umount2(m->path, MNT_DETACH);
    }
    return NULL;
}

int nl_netns_make(const char *path, struct err *err)
{
    SCOPED_FD fd = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (fd < 0)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    struct making m = {.path = path};
    pthread_t thread;
    int r = -pthread_create(&thread, NULL, netns_thread, &m);
    if (r == 0) {
        pthread_join(thread, NULL);
        r = m.r;
    }
    if (r < 0) {
        unlink(path);
        return err_raise(err, r, "making the network namespace %s: %s", path, strerror(-r));
    }
    return 0;
}

int nl_netns_remove(const char *path, struct err *err)
{
    if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL && errno != ENOENT)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    if (unlink(path) < 0 && errno != ENOENT)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    return 0;
}

int nl_netns_open(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}
