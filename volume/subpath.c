#include "volume/inside.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* A pod can write its volume, so every name in it may change under us, into a
 * symbolic link to anywhere. The kernel resolves the path (openat2 with
 * RESOLVE_BENEATH), and what is bound is the descriptor it answered with, never
 * a name looked up again. */

static int open_beneath(int root, const char *path, int flags)
{
    struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    for (int i = 0; i < 16; i++) {
        int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
        if (fd >= 0)
            return fd;
        if (errno != EAGAIN) /* somebody renames while we look: again */
            return -errno;
    }
    return -EAGAIN;
}

/* Opens `path`, making its missing parts as folders with the volume's own mode. */
static int open_or_make(int root, struct str path)
{
    char sofar[OS_PATH_MAX], name[NAME_MAX + 1];
    struct stat st;
    int r = os_path(sofar, "%.*s", STR_FMT(path));
    if (r < 0)
        return r;
    int whole = open_beneath(root, sofar, O_PATH);
    if (whole != -ENOENT)
        return whole;
    if (fstat(root, &st) < 0)
        return -errno;
    SCOPED_FD parent = fcntl(root, F_DUPFD_CLOEXEC, 3);
    struct str rest = path, piece;
    sofar[0] = 0;
    while (parent >= 0 && str_next(&rest, '/', &piece)) {
        size_t at = strlen(sofar);
        if (piece.n == 0 || str_is(piece, "."))
            continue;
        snprintf(name, sizeof(name), "%.*s", STR_FMT(piece));
        snprintf(sofar + at, sizeof(sofar) - at, "%s%s", at ? "/" : "", name);
        int next = open_beneath(root, sofar, O_PATH | O_DIRECTORY);
        if (next == -ENOENT) {
            if (mkdirat(parent, name, st.st_mode & 07777) < 0 && errno != EEXIST)
                return -errno;
            next = open_beneath(root, sofar, O_PATH | O_DIRECTORY);
            struct stat got;
            SCOPED_FD made = next >= 0 ? open_beneath(root, sofar, O_RDONLY | O_DIRECTORY) : -1;
            if (made >= 0 && fstat(made, &got) == 0 && got.st_uid == geteuid())
                r = fchmod(made, st.st_mode & 07777) < 0 ? -errno : 0; /* past our umask */
        }
        if (next < 0 || r < 0) {
            if (next >= 0)
                close(next);
            return r < 0 ? r : next;
        }
        close(parent);
        parent = next;
    }
    return parent < 0 ? -errno : TAKE_FD(parent);
}

static int check(struct str path, struct err *err)
{
    struct str rest = path, piece;
    if (path.n && path.p[0] == '/')
        return err_raise(err, -EINVAL, "subPath \"%.*s\" must be a relative path", STR_FMT(path));
    while (str_next(&rest, '/', &piece))
        if (str_is(piece, "..") || piece.n > NAME_MAX)
            return err_raise(err, -EINVAL, "subPath \"%.*s\" must not contain \"..\"", STR_FMT(path));
    return 0;
}

static int place_make(const char *place, bool folder)
{
    if (umount2(place, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL && errno != ENOENT)
        return -errno;
    int r = os_tree_remove(place); /* of an earlier start of this container; it may have been of the other kind */
    if (r < 0)
        return r;
    if (folder)
        return mkdir(place, 0755) < 0 ? -errno : 0;
    SCOPED_FD fd = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd < 0 ? -errno : 0;
}

int volume_sub_path(const struct volume_pod *p, const char *volume_path, struct str sub_path, const char *container, size_t index,
                    char out[OS_PATH_MAX], struct err *err)
{
    char source[64];
    struct stat st;
    int r = check(sub_path, err);
    if (r < 0)
        return r;
    SCOPED_FD root = open(volume_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    SCOPED_FD fd = root < 0 ? -errno : open_or_make(root, sub_path);
    if (fd < 0) {
        int why = fd;
        fd = -1;
        return err_raise(err, why, why == -EXDEV ? "subPath \"%.*s\" leads out of the volume" : "subPath \"%.*s\": %s", STR_FMT(sub_path),
                         strerror(-why));
    }
    if (fstat(fd, &st) < 0)
        return err_raise(err, -errno, "subPath \"%.*s\": %s", STR_FMT(sub_path), strerror(errno));
    r = os_path(out, "%s/subpaths/%s", p->folder, container);
    if (r == 0)
        r = os_dir_make(out, 0711);
    if (r == 0)
        r = os_path(out, "%s/subpaths/%s/%zu", p->folder, container, index);
    if (r == 0)
        r = place_make(out, S_ISDIR(st.st_mode));
    snprintf(source, sizeof(source), "/proc/self/fd/%d", fd);
    if (r == 0 && mount(source, out, NULL, MS_BIND | MS_REC, NULL) < 0)
        r = -errno;
    return r < 0 ? err_raise(err, r, "subPath \"%.*s\" cannot be bound to %s: %s", STR_FMT(sub_path), out, strerror(-r)) : 0;
}

void volume_sub_paths_release(const struct volume_pod *p, const char *container)
{
    char folder[OS_PATH_MAX];
    struct err err;
    if (os_path(folder, "%s/subpaths/%s", p->folder, container) < 0 || !os_file_exists(folder))
        return;
    int r = mounts_below_release(folder, &err);
    if (r == 0)
        r = os_tree_remove(folder);
    (void)r; /* the pod's tear-down comes by here again, and tells */
}
