#include "podlog/inside.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <zlib.h>

#define OLD_MAX 256 /* rotated files of one log that are looked at */
#define STAMP   15  /* yyyymmdd-hhmmss */

struct old {
    char *names[OLD_MAX];
    size_t n;
    const char *prefix; /* "0.log." */
};

static bool is_stamp(const char *s)
{
    for (int i = 0; i < STAMP; i++)
        if (i == 8 ? s[i] != '-' : s[i] < '0' || s[i] > '9')
            return false;
    return s[STAMP] == 0 || strcmp(s + STAMP, ".gz") == 0;
}

static int note_old(void *ctx, const char *name, unsigned char type)
{
    struct old *o = ctx;
    size_t n = strlen(o->prefix);
    (void)type;
    if (strncmp(name, o->prefix, n) != 0 || !is_stamp(name + n) || o->n == OLD_MAX)
        return 0;
    o->names[o->n] = mem_text(name, strlen(name));
    return o->names[o->n++] ? 0 : -ENOMEM;
}

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static int gzip_file(const char *from)
{
    char part[OS_PATH_MAX], to[OS_PATH_MAX];
    int r = os_path(part, "%s.gz.part", from);
    if (r == 0)
        r = os_path(to, "%s.gz", from);
    if (r < 0)
        return r;
    SCOPED_FD in = open(from, O_RDONLY | O_CLOEXEC);
    gzFile out = in < 0 ? NULL : gzopen(part, "wbe");
    char *block = mem_alloc(64 * 1024);
    r = in < 0 ? -errno : !out || !block ? -ENOMEM : 0;
    while (r == 0) {
        ssize_t n = read(in, block, 64 * 1024);
        if (n <= 0) {
            r = n < 0 ? -errno : 0;
            break;
        }
        r = gzwrite(out, block, (unsigned)n) == (int)n ? 0 : -EIO;
    }
    if (out && gzclose(out) != Z_OK && r == 0)
        r = -EIO;
    mem_free(block);
    if (r == 0 && (rename(part, to) < 0 || unlink(from) < 0))
        r = -errno;
    if (r < 0)
        unlink(part);
    return r;
}

static void split(const char *path, char folder[OS_PATH_MAX], const char **file)
{
    const char *slash = strrchr(path, '/');
    *file = slash ? slash + 1 : path;
    snprintf(folder, OS_PATH_MAX, "%.*s", slash ? (int)MAX(slash - path, (ptrdiff_t)1) : 1, slash ? path : ".");
}

int podlog_compact(const char *path, unsigned files_max, struct err *err)
{
    char folder[OS_PATH_MAX], prefix[NAME_MAX + 2], one[OS_PATH_MAX];
    const char *file;
    split(path, folder, &file);
    snprintf(prefix, sizeof(prefix), "%s.", file);
    struct old *o = mem_alloc(sizeof(*o));
    if (!o)
        return err_raise(err, -ENOMEM, "no memory to look after the old logs of %s", path);
    o->prefix = prefix;
    int r = os_dir_each(folder, note_old, o);
    if (r == 0)
        qsort(o->names, o->n, sizeof(o->names[0]), by_name);
    size_t keep = MAX(files_max, 2U) - 1, gone = o->n > keep ? o->n - keep : 0;
    for (size_t i = 0; r == 0 && i < o->n; i++) {
        r = os_path(one, "%s/%s", folder, o->names[i]);
        if (r == 0 && i < gone)
            r = unlink(one) < 0 && errno != ENOENT ? -errno : 0;
        else if (r == 0 && i + 1 < o->n && !str_ends(str_of(one), STR(".gz")))
            r = gzip_file(one); /* the newest stays plain: a reader may be in it still */
    }
    for (size_t i = 0; i < o->n; i++)
        mem_free(o->names[i]);
    mem_free(o);
    return r < 0 ? err_raise(err, r, "old logs of %s: %s", path, strerror(-r)) : 0;
}

static int free_name(const char *path, int64_t now, char to[OS_PATH_MAX])
{
    for (int i = 0; i < 60; i++) { /* two rotations within a second take two seconds' names */
        struct tm t;
        time_t at = now + i;
        char stamp[32];
        if (!gmtime_r(&at, &t) || strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &t) != STAMP)
            return -EINVAL;
        char gz[OS_PATH_MAX];
        int r = os_path(to, "%s.%s", path, stamp);
        if (r == 0)
            r = os_path(gz, "%s.gz", to);
        if (r < 0 || (!os_file_exists(to) && !os_file_exists(gz)))
            return r;
    }
    return -EEXIST;
}

int podlog_rotate(const struct podlog_rotation *o, struct err *err)
{
    char to[OS_PATH_MAX];
    struct stat st;
    if (stat(o->path, &st) < 0)
        return errno == ENOENT ? 0 : err_raise(err, -errno, "log %s: %s", o->path, strerror(errno));
    if (st.st_size <= o->size_max)
        return 0;
    int r = free_name(o->path, o->now, to);
    if (r == 0 && rename(o->path, to) < 0)
        r = -errno;
    if (r < 0)
        return err_raise(err, r, "log %s cannot be renamed: %s", o->path, strerror(-r));
    r = o->reopen ? o->reopen(o->ctx) : 0;
    if (r < 0) {
        int back = rename(to, o->path);
        (void)back;
        return err_raise(err, r, "the writer of log %s does not open a new one: %s", o->path, strerror(-r));
    }
    r = o->files_max ? podlog_compact(o->path, o->files_max, err) : 0;
    return r < 0 ? r : PODLOG_ROTATED;
}
