#include "volume/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

/* Old contents or new, never a mixture: everything is written into a folder of
 * its own, then one rename of the link ..data makes it the volume's. */

#define DATA            "..data"
#define DATA_NEW        "..data_tmp"
#define MODE_READ_GROUP 0440 /* what fsGroup adds to a volume that containers cannot write */

/* ── comparing ── */

static bool file_same(int dir, const struct payload_file *f, mode_t mode)
{
    char path[OS_PATH_MAX];
    struct stat st;
    if (os_path(path, "%.*s", STR_FMT(f->path)) < 0)
        return false;
    SCOPED_FD fd = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size != f->bytes.n || (st.st_mode & 0777) != (mode & 0777))
        return false;
    char block[4096];
    for (size_t at = 0; at < f->bytes.n;) {
        ssize_t n = read(fd, block, sizeof(block));
        if (n <= 0 || (size_t)n > f->bytes.n - at || memcmp(block, f->bytes.p + at, (size_t)n) != 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

static size_t files_below(int dir, int depth)
{
    size_t n = 0;
    int copy = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = copy < 0 || depth > 64 ? NULL : fdopendir(copy);
    struct dirent *e;
    if (!d && copy >= 0)
        close(copy);
    while (d && (e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        SCOPED_FD child = e->d_type == DT_DIR ? openat(dir, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
        n += child >= 0 ? files_below(child, depth + 1) : 1;
    }
    if (d)
        closedir(d);
    return n;
}

static mode_t file_mode(const struct volume_pod *p, const struct payload_file *f)
{
    return f->mode | (p->fs_group >= 0 ? MODE_READ_GROUP : 0);
}

static bool same(int folder, const struct volume_pod *p, const struct payload *what)
{
    SCOPED_FD now = openat(folder, DATA, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (now < 0 || files_below(now, 0) != what->files.n)
        return false;
    for (size_t i = 0; i < what->files.n; i++)
        if (!file_same(now, &what->files.p[i], file_mode(p, &what->files.p[i])))
            return false;
    return true;
}

/* ── writing ── */

static int own(int fd, const struct volume_pod *p, int64_t owner, mode_t mode)
{
    uid_t uid = owner >= 0 ? (uid_t)owner : (uid_t)-1;
    gid_t gid = p->fs_group >= 0 ? (gid_t)p->fs_group : (gid_t)-1;
    if ((owner >= 0 || p->fs_group >= 0) && fchown(fd, uid, gid) < 0)
        return -errno;
    return fchmod(fd, mode) < 0 ? -errno : 0; /* after chown, which takes bits away; and past our umask */
}

static int own_folder(int fd, const struct volume_pod *p)
{
    return own(fd, p, -1, p->fs_group >= 0 ? 02755 : 0755);
}

static int parents_make(int dir, struct str path, const struct volume_pod *p)
{
    char sofar[OS_PATH_MAX];
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] != '/')
            continue;
        int r = os_path(sofar, "%.*s", (int)i, path.p);
        if (r < 0)
            return r;
        if (mkdirat(dir, sofar, 0755) < 0 && errno != EEXIST)
            return -errno;
        SCOPED_FD fd = openat(dir, sofar, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        r = fd < 0 ? -errno : own_folder(fd, p);
        if (r < 0)
            return r;
    }
    return 0;
}

static int file_write(int dir, const struct volume_pod *p, const struct payload_file *f)
{
    char path[OS_PATH_MAX];
    int r = parents_make(dir, f->path, p);
    if (r == 0)
        r = os_path(path, "%.*s", STR_FMT(f->path));
    if (r < 0)
        return r;
    SCOPED_FD fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    r = os_write_all(fd, f->bytes.p, f->bytes.n);
    return r < 0 ? r : own(fd, p, f->owner, file_mode(p, f));
}

/* kubelet's name: the moment, in UTC. */
static int new_folder(int folder, const struct volume_pod *p, char name[64])
{
    struct tm t;
    char stamp[40];
    time_t at = p->now_sec;
    if (!gmtime_r(&at, &t) || strftime(stamp, sizeof(stamp), "%Y_%m_%d_%H_%M_%S", &t) == 0)
        return -EINVAL;
    for (int i = 0; i < 100; i++) {
        snprintf(name, 64, "..%s.%09d", stamp, (int)((p->now_nsec + i) % 1000000000));
        if (mkdirat(folder, name, 0755) == 0)
            return 0;
        if (errno != EEXIST)
            return -errno;
    }
    return -EEXIST;
}

static int remove_below(const char *folder, const char *name)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s", folder, name);
    return r < 0 ? r : os_tree_remove(path);
}

static int fill(int folder, const struct volume_pod *p, const struct payload *what, const char *name)
{
    SCOPED_FD dir = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int r = dir < 0 ? -errno : own_folder(dir, p);
    for (size_t i = 0; r == 0 && i < what->files.n; i++)
        r = file_write(dir, p, &what->files.p[i]);
    return r;
}

static int swap(int folder, const char *name)
{
    if (unlinkat(folder, DATA_NEW, 0) < 0 && errno != ENOENT)
        return -errno;
    if (symlinkat(name, folder, DATA_NEW) < 0 || renameat(folder, DATA_NEW, folder, DATA) < 0)
        return -errno;
    return 0;
}

/* ── the names programs open ── */

static struct str first_part(struct str path)
{
    struct str head, rest;
    str_cut(path, '/', &head, &rest);
    return head;
}

static int links_make(int folder, const struct payload *what)
{
    for (size_t i = 0; i < what->files.n; i++) {
        char name[NAME_MAX + 1], to[NAME_MAX + 16];
        struct str top = first_part(what->files.p[i].path);
        snprintf(name, sizeof(name), "%.*s", STR_FMT(top));
        snprintf(to, sizeof(to), DATA "/%s", name);
        if (symlinkat(to, folder, name) < 0 && errno != EEXIST)
            return -errno;
    }
    return 0;
}

static bool still_named(const struct payload *what, const char *name)
{
    for (size_t i = 0; i < what->files.n; i++)
        if (str_is(first_part(what->files.p[i].path), name))
            return true;
    return false;
}

struct sweep {
    const char *folder, *keep;
    const struct payload *what;
};

/* Removes links of keys that are gone, and every data folder but the new one. */
static int sweep_one(void *ctx, const char *name, unsigned char type)
{
    struct sweep *s = ctx;
    (void)type;
    if (strcmp(name, DATA) == 0 || strcmp(name, s->keep) == 0 || (strncmp(name, "..", 2) != 0 && still_named(s->what, name)))
        return 0;
    return remove_below(s->folder, name);
}

int atomic_write(const char *folder, const struct volume_pod *p, const struct payload *what, struct err *err)
{
    char name[64];
    SCOPED_FD dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return err_raise(err, -errno, "%s: %s", folder, strerror(errno));
    if (same(dir, p, what))
        return ATOMIC_UNCHANGED;
    int r = own_folder(dir, p);
    if (r == 0)
        r = new_folder(dir, p, name);
    if (r < 0)
        return err_raise(err, r, "%s: %s", folder, strerror(-r));
    r = fill(dir, p, what, name);
    if (r == 0)
        r = swap(dir, name);
    if (r < 0) { /* the volume stays as it was */
        int ignored = remove_below(folder, name);
        (void)ignored;
        return err_raise(err, r, "%s cannot be written: %s", folder, strerror(-r));
    }
    r = links_make(dir, what);
    struct sweep s = {folder, name, what};
    if (r == 0)
        r = os_dir_each(folder, sweep_one, &s);
    return r < 0 ? err_raise(err, r, "%s: %s", folder, strerror(-r)) : ATOMIC_CHANGED;
}
