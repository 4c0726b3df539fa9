#include "os/os.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

static int read_fd(int fd, size_t max, struct buf *out)
{
    size_t had = out->n;
    for (;;) {
        struct stat st;
        size_t want = 4096;
        if (out->n == had && fstat(fd, &st) == 0 && st.st_size > 0)
            want = MIN((size_t)st.st_size, max) + 1;
        char *to = buf_room(out, want);
        if (!to)
            return buf_error(out);
        ssize_t n = read(fd, to, want);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            return 0;
        buf_grew(out, (size_t)n);
        if (out->n - had > max)
            return -EFBIG;
    }
}

int os_file_read_at(int dirfd, const char *path, size_t max, struct buf *out)
{
    SCOPED_FD fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return read_fd(fd, max, out);
}

int os_file_read(const char *path, size_t max, struct buf *out)
{
    return os_file_read_at(AT_FDCWD, path, max, out);
}

int os_write_all(int fd, const void *p, size_t n)
{
    const char *at = p;
    while (n) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -errno;
        at += done;
        n -= (size_t)done;
    }
    return 0;
}

int os_file_write(const char *path, struct str text)
{
    SCOPED_FD fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    ssize_t n = write(fd, text.p, text.n);
    if (n < 0)
        return -errno;
    return (size_t)n == text.n ? 0 : -EIO;
}

static int sync_parent(const char *path)
{
    char folder[OS_PATH_MAX];
    struct str head, tail;
    if (!str_cut_last(str_of(path), '/', &head, &tail))
        head = STR(".");
    int r = os_path(folder, "%.*s", STR_FMT(head.n ? head : STR("/")));
    if (r < 0)
        return r;
    SCOPED_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return fsync(fd) < 0 ? -errno : 0;
}

static int put_whole(const char *path, struct str text, mode_t mode, bool durable)
{
    char beside[OS_PATH_MAX], suffix[9];
    os_random_suffix(suffix, 8);
    int r = os_path(beside, "%s.%s.new", path, suffix);
    if (r < 0)
        return r;
    SCOPED_FD fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return -errno;
    r = os_write_all(fd, text.p, text.n);
    if (r == 0 && fchmod(fd, mode) < 0)
        r = -errno;
    if (r == 0 && durable && fsync(fd) < 0)
        r = -errno;
    if (r == 0 && rename(beside, path) < 0)
        r = -errno;
    if (r < 0) {
        unlink(beside);
        return r;
    }
    return durable ? sync_parent(path) : 0;
}

int os_file_replace(const char *path, struct str text, mode_t mode)
{
    return put_whole(path, text, mode, true);
}

int os_file_place(const char *path, struct str text, mode_t mode)
{
    return put_whole(path, text, mode, false);
}

bool os_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool os_file_forbidden(const char *path)
{
    return access(path, R_OK) < 0 && errno == EACCES;
}

int os_dir_make(const char *path, mode_t mode)
{
    char part[OS_PATH_MAX];
    int r = os_path(part, "%s", path);
    if (r < 0)
        return r;
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(part, 0755) < 0 && errno != EEXIST && errno != EROFS)
            return -errno;
        *slash = '/';
    }
    if (mkdir(part, mode) == 0)
        return 0;
    struct stat st;
    if (errno == EEXIST && stat(part, &st) == 0 && !S_ISDIR(st.st_mode))
        return -ENOTDIR;
    return errno == EEXIST ? 0 : -errno;
}

static int remove_at(int dirfd, const char *name, dev_t dev, int depth)
{
    if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return -errno;
    if (depth > 200)
        return -ELOOP;
    int fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    struct stat st;
    DIR *d = fdopendir(fd);
    if (!d) {
        close(fd);
        return -errno;
    }
    int r = fstat(fd, &st) < 0 ? -errno : dev && st.st_dev != dev ? -EXDEV : 0;
    for (struct dirent *e; r == 0 && (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            r = remove_at(fd, e->d_name, st.st_dev, depth + 1);
    closedir(d);
    if (r < 0)
        return r;
    return unlinkat(dirfd, name, AT_REMOVEDIR) < 0 && errno != ENOENT ? -errno : 0;
}

int os_tree_remove(const char *path)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return errno == ENOENT ? 0 : -errno;
    return remove_at(AT_FDCWD, path, st.st_dev, 0);
}

int os_dir_each(const char *path, int (*fn)(void *ctx, const char *name, unsigned char d_type), void *ctx)
{
    DIR *d = opendir(path);
    if (!d)
        return -errno;
    int r = 0;
    for (struct dirent *e; r == 0 && (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            r = fn(ctx, e->d_name, e->d_type);
    closedir(d);
    return r;
}

int os_path(char out[OS_PATH_MAX], const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(out, OS_PATH_MAX, fmt, ap);
    va_end(ap);
    return n < 0 || n >= OS_PATH_MAX ? -ENAMETOOLONG : 0;
}
