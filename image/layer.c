/* Layers: a tar brought into a folder of its own, as overlayfs wants it.
 *
 * The tar comes from strangers. Each parent folder is opened with openat2 and
 * RESOLVE_IN_ROOT below the layer's folder, so that symbolic links of the layer
 * itself cannot lead out of it, and the last part of a name is only ever used
 * with calls that do not follow links. Whiteouts (".wh.x") become overlayfs'
 * 0:0 character devices, opaque folders get trusted.overlay.opaque. */
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "image/inside.h"
#include "image/libarchive.h"

#define RATIO_FREE ((int64_t)64 << 20)

static struct image_libarchive loaded;
static const struct image_libarchive *const lib = &loaded; /* whoever reads it has been through image_unpack() */
static bool missing;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *so = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    missing = !so;
#define X(name) missing |= !so || !(*(void **)&loaded.name = dlsym(so, #name));
    LIBARCHIVE_FUNCTIONS(X)
#undef X
}

const struct image_libarchive *image_libarchive(struct err *err)
{
    pthread_once(&once, load);
    if (missing)
        err_raise(err, -ENOSYS, "libarchive.so.13 cannot be loaded");
    return missing ? NULL : &loaded;
}

struct folder_time { /* set at the end: making entries in a folder changes it */
    char *path;
    struct timespec times[2];
};

struct unpacking {
    struct image_unpack *u;
    struct image_stream *stream;
    struct err *err;
    int stream_error; /* what the reader callback could not say through libarchive */
    int root;
    int parent; /* O_PATH descriptor of parent_path */
    char parent_path[OS_PATH_MAX];
    unsigned entries;
    VEC(struct folder_time) folders;
};

static int open_in_root(int root, const char *path)
{
    struct open_how how = {
        .flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
    };
    long fd = syscall(SYS_openat2, root, path[0] ? path : ".", &how, sizeof(how));
    return fd < 0 ? -errno : (int)fd;
}

/* Opens a folder below root, making what is missing of it. */
static int folder_open(int root, const char *path)
{
    int fd = open_in_root(root, path);
    if (fd != -ENOENT)
        return fd;
    char so_far[OS_PATH_MAX];
    struct str rest = str_of(path), piece;
    size_t n = 0;
    while (str_next(&rest, '/', &piece)) {
        so_far[n] = 0;
        SCOPED_FD above = open_in_root(root, so_far);
        if (above < 0)
            return above;
        char name[NAME_MAX + 1];
        if (piece.n > NAME_MAX)
            return -ENAMETOOLONG;
        memcpy(name, piece.p, piece.n);
        name[piece.n] = 0;
        if (mkdirat(above, name, 0755) < 0 && errno != EEXIST)
            return -errno;
        n = (size_t)(piece.p + piece.n - path);
        memcpy(so_far, path, n);
        if (n < sizeof(so_far))
            so_far[n] = '/';
        n++;
        so_far[n] = 0;
    }
    return open_in_root(root, path);
}

/* The entry's name made relative, without "." and doubled slashes. 0; 1: the root itself; -EBADMSG: "..", too long. */
static int path_clean(const char *in, char out[OS_PATH_MAX])
{
    struct str rest = str_of(in ? in : ""), piece;
    size_t n = 0;
    while (str_next(&rest, '/', &piece)) {
        if (!piece.n || str_is(piece, "."))
            continue;
        if (str_is(piece, "..") || piece.n > NAME_MAX || n + piece.n + 2 > OS_PATH_MAX)
            return -EBADMSG;
        if (n)
            out[n++] = '/';
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
    }
    out[n] = 0;
    return n == 0;
}

/* Splits off the last part and opens the rest; consecutive entries mostly share it. */
static int parent_open(struct unpacking *x, char *path, char **base)
{
    char *slash = strrchr(path, '/');
    *base = slash ? slash + 1 : path;
    size_t n = slash ? (size_t)(slash - path) : 0;
    char folder[OS_PATH_MAX];
    memcpy(folder, path, n);
    folder[n] = 0;
    if (x->parent >= 0 && strcmp(folder, x->parent_path) == 0)
        return 0;
    fd_scope_end(&x->parent);
    x->parent = folder_open(x->root, folder);
    if (x->parent < 0)
        return x->parent;
    memcpy(x->parent_path, folder, n + 1);
    return 0;
}

/* What stands in the way of a new entry goes: a file, or a whole folder when the entry is something else. */
static int clear_way(struct unpacking *x, const char *base)
{
    if (unlinkat(x->parent, base, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return -errno;
    if (unlinkat(x->parent, base, AT_REMOVEDIR) == 0)
        return 0;
    char path[64 + NAME_MAX];
    snprintf(path, sizeof(path), "/proc/self/fd/%d/%.*s", x->parent, NAME_MAX, base);
    return os_tree_remove(path);
}

static int whiteout(struct unpacking *x, const char *base)
{
    char path[64 + NAME_MAX];
    if (strcmp(base, ".wh..wh..opq") == 0) {
        snprintf(path, sizeof(path), "/proc/self/fd/%d", x->parent);
        return setxattr(path, "trusted.overlay.opaque", "y", 1, 0) < 0 ? -errno : 0;
    }
    if (strncmp(base, ".wh..wh.", 8) == 0) /* aufs' own notes */
        return 0;
    const char *name = base + 4;
    if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return -EBADMSG;
    int r = clear_way(x, name);
    return r == 0 && mknodat(x->parent, name, S_IFCHR, makedev(0, 0)) < 0 ? -errno : r;
}

static int xattrs_set(struct unpacking *x, const char *base, struct archive_entry *e)
{
    const char *name;
    const void *value;
    size_t n;
    char path[64 + NAME_MAX];
    snprintf(path, sizeof(path), "/proc/self/fd/%d/%.*s", x->parent, NAME_MAX, base);
    lib->archive_entry_xattr_reset(e);
    while (lib->archive_entry_xattr_next(e, &name, &value, &n) == ARCHIVE_OK) {
        /* overlayfs' own marks are ours to make; a foreign policy's label means nothing here. */
        if (strncmp(name, "trusted.overlay.", 16) == 0 || strcmp(name, "security.selinux") == 0)
            continue;
        if (lsetxattr(path, name, value, n, 0) < 0 && errno != EOPNOTSUPP && errno != EPERM)
            return -errno;
    }
    return 0;
}

static int body_write(struct unpacking *x, struct archive *a, int fd, int64_t size)
{
    const void *block;
    size_t n;
    int64_t at, end = 0;
    for (;;) {
        int r = lib->archive_read_data_block(a, &block, &n, &at);
        if (r == ARCHIVE_EOF)
            break;
        if (r != ARCHIVE_OK)
            return x->stream_error ? x->stream_error : -EBADMSG;
        const char *p = block;
        while (n > 0) {
            ssize_t w = pwrite(fd, p, n, at);
            if (w < 0 && errno == EINTR)
                continue;
            if (w < 0)
                return -errno;
            p += w;
            at += w;
            n -= (size_t)w;
            x->u->unpacked += w;
        }
        end = at;
    }
    return end < size && ftruncate(fd, size) < 0 ? -errno : 0;
}

static int file_make(struct unpacking *x, struct archive *a, struct archive_entry *e, const char *base)
{
    SCOPED_FD fd = openat(x->parent, base, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    return body_write(x, a, fd, lib->archive_entry_size(e));
}

static int link_make(struct unpacking *x, const char *target, const char *base)
{
    char path[OS_PATH_MAX];
    int r = path_clean(target, path);
    if (r != 0)
        return -EBADMSG;
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = 0;
    SCOPED_FD folder = open_in_root(x->root, slash ? path : "");
    if (folder < 0)
        return folder;
    return linkat(folder, slash ? slash + 1 : path, x->parent, base, 0) < 0 ? -errno : 0;
}

static int folder_make(struct unpacking *x, struct archive_entry *e, const char *path, const char *base)
{
    struct stat st;
    if (mkdirat(x->parent, base, 0700) < 0) {
        if (errno != EEXIST || fstatat(x->parent, base, &st, AT_SYMLINK_NOFOLLOW) < 0)
            return -errno;
        if (!S_ISDIR(st.st_mode)) {
            int r = clear_way(x, base);
            if (r < 0)
                return r;
            if (mkdirat(x->parent, base, 0700) < 0)
                return -errno;
        }
    }
    struct folder_time *t = VEC_ADD(&x->folders);
    if (!t)
        return -ENOMEM;
    t->path = mem_text(path, strlen(path));
    t->times[0] = t->times[1] = (struct timespec){lib->archive_entry_mtime(e), lib->archive_entry_mtime_nsec(e)};
    return t->path ? 0 : -ENOMEM;
}

static int device_make(struct unpacking *x, struct archive_entry *e, mode_t type, const char *base)
{
    dev_t dev = type == S_IFIFO ? 0 : makedev(lib->archive_entry_rdevmajor(e), lib->archive_entry_rdevminor(e));
    if (type == S_IFCHR && dev == 0)
        return -EBADMSG; /* would be a whiteout nobody asked for */
    return mknodat(x->parent, base, type | 0600, dev) < 0 ? -errno : 0;
}

static int owner_set(struct unpacking *x, struct archive_entry *e, const char *base)
{
    mode_t type = lib->archive_entry_filetype(e);
    if (fchownat(x->parent, base, (uid_t)lib->archive_entry_uid(e), (gid_t)lib->archive_entry_gid(e), AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    /* The entry was made just now and is no link, so that fchmodat has nothing to follow. */
    if (type != S_IFLNK && fchmodat(x->parent, base, lib->archive_entry_perm(e), 0) < 0)
        return -errno;
    int r = xattrs_set(x, base, e);
    if (r < 0)
        return r;
    struct timespec t[2] = {{lib->archive_entry_mtime(e), lib->archive_entry_mtime_nsec(e)},
                            {lib->archive_entry_mtime(e), lib->archive_entry_mtime_nsec(e)}};
    if (type != S_IFDIR && utimensat(x->parent, base, t, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    return 0;
}

static int root_entry(struct unpacking *x, struct archive_entry *e)
{
    if (x->u->plain || lib->archive_entry_filetype(e) != S_IFDIR)
        return 0;
    if (fchownat(x->root, "", (uid_t)lib->archive_entry_uid(e), (gid_t)lib->archive_entry_gid(e), AT_EMPTY_PATH) < 0)
        return -errno;
    char path[64];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", x->root);
    return chmod(path, lib->archive_entry_perm(e)) < 0 ? -errno : 0;
}

static int entry_make(struct unpacking *x, struct archive *a, struct archive_entry *e, char *path)
{
    char *base;
    int r = parent_open(x, path, &base);
    if (r < 0)
        return r;
    if (!x->u->plain && strncmp(base, ".wh.", 4) == 0)
        return whiteout(x, base);
    mode_t type = lib->archive_entry_filetype(e);
    const char *hard = lib->archive_entry_hardlink(e);
    if (type != S_IFDIR || hard) {
        r = clear_way(x, base);
        if (r < 0)
            return r;
    }
    if (hard)
        return link_make(x, hard, base);
    switch (type) {
    case S_IFDIR:
        r = folder_make(x, e, path, base);
        break;
    case S_IFREG:
        r = file_make(x, a, e, base);
        break;
    case S_IFLNK: {
        const char *to = lib->archive_entry_symlink(e);
        r = !to ? -EBADMSG : symlinkat(to, x->parent, base) < 0 ? -errno : 0;
        break;
    }
    case S_IFCHR:
    case S_IFBLK:
    case S_IFIFO:
        if (x->u->plain)
            return 0;
        r = device_make(x, e, type, base);
        break;
    default:
        return 0; /* sockets are not in tars; what is unknown is left out */
    }
    return r < 0 || x->u->plain ? r : owner_set(x, e, base);
}

static ssize_t stream_read(struct archive *a, void *ctx, const void **block)
{
    struct unpacking *x = ctx;
    struct str piece;
    int r = image_stream_next(x->stream, &piece, x->err);
    if (r == 0 && image_stream_bytes(x->stream) > RATIO_FREE + IMAGE_RATIO_MAX * x->u->packed)
        r = err_raise(x->err, -E2BIG, "layer unpacks to more than %d times its size", IMAGE_RATIO_MAX);
    if (r < 0) {
        x->stream_error = r;
        lib->archive_set_error(a, -r, "stream");
        return -1;
    }
    *block = piece.p;
    return (ssize_t)piece.n;
}

static int entries_unpack(struct unpacking *x, struct archive *a)
{
    struct archive_entry *e;
    char path[OS_PATH_MAX];
    for (;;) {
        int z = lib->archive_read_next_header(a, &e);
        if (z == ARCHIVE_EOF)
            return 0;
        if (z != ARCHIVE_OK && z != ARCHIVE_WARN)
            return x->stream_error ? x->stream_error : err_raise(x->err, -EBADMSG, "layer is not a valid tar: %s", lib->archive_error_string(a));
        if (++x->entries > IMAGE_ENTRIES_MAX)
            return err_raise(x->err, -E2BIG, "layer has more than %d entries", IMAGE_ENTRIES_MAX);
        const char *name = lib->archive_entry_pathname(e);
        int r = path_clean(name, path);
        if (r == 0)
            r = entry_make(x, a, e, path);
        else if (r > 0)
            r = root_entry(x, e);
        if (x->stream_error)
            return x->stream_error;
        if (r < 0) {
            err_raise(x->err, r, "unpacking \"%.200s\": %s", name ? name : "", strerror(-r));
            /* A link to nowhere, a file where a folder should be: the layer's fault, not the disk's. */
            return r == -ENOENT || r == -ENOTDIR || r == -ELOOP || r == -EEXIST || r == -ENAMETOOLONG || r == -EINVAL ? -EBADMSG : r;
        }
    }
}

static void folder_times_set(struct unpacking *x)
{
    for (size_t i = x->folders.n; i-- > 0;) {
        struct folder_time *t = &x->folders.p[i];
        char *base, *slash = t->path ? strrchr(t->path, '/') : NULL;
        if (slash)
            *slash = 0;
        base = slash ? slash + 1 : t->path;
        SCOPED_FD folder = t->path ? open_in_root(x->root, slash ? t->path : "") : -1;
        if (folder >= 0 && utimensat(folder, base, t->times, AT_SYMLINK_NOFOLLOW) < 0)
            (void)errno; /* a time is not worth a layer */
        mem_free(t->path);
    }
    VEC_DONE(&x->folders);
}

int image_unpack(int fd, const char *folder, struct image_unpack *u, struct err *err)
{
    struct unpacking x = {.u = u, .err = err, .parent = -1};
    u->unpacked = 0;
    if (!image_libarchive(err))
        return -ENOSYS;
    x.root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (x.root < 0)
        return err_raise(err, -errno, "%s: %s", folder, strerror(errno));
    int r = image_stream_open(&x.stream, fd, u->cancelled, err);
    struct archive *a = r == 0 ? lib->archive_read_new() : NULL;
    if (r == 0 && !a)
        r = err_raise(err, -ENOMEM, "no memory to unpack");
    if (r == 0) {
        lib->archive_read_support_format_tar(a);
        lib->archive_read_support_format_empty(a);
        /* File names are bytes: no locale may get between. */
        lib->archive_read_set_options(a, "hdrcharset=BINARY");
        if (lib->archive_read_open(a, &x, NULL, stream_read, NULL) != ARCHIVE_OK)
            r = x.stream_error ? x.stream_error : err_raise(err, -EBADMSG, "layer is not a tar: %s", lib->archive_error_string(a));
        else
            r = entries_unpack(&x, a);
    }
    folder_times_set(&x);
    if (a)
        lib->archive_read_free(a);
    if (r == 0)
        r = image_stream_digest(x.stream, u->diff_id, err);
    image_stream_close(x.stream);
    fd_scope_end(&x.parent);
    close(x.root);
    return r;
}

/* ── one layer of the store ── */

int image_layer_path(const struct image_store *s, struct str diff_id, char out[DISK_PATH_MAX])
{
    if (!image_digest_valid(diff_id))
        return -EINVAL;
    int n = snprintf(out, DISK_PATH_MAX, "%s/layers/%.*s", s->dir, STR_FMT(image_digest_hex(diff_id)));
    return n < 0 || n >= DISK_PATH_MAX ? -ENAMETOOLONG : 0;
}

static char **flight_find(struct image_store *s, struct str name)
{
    for (size_t i = 0; i < s->in_flight.n; i++)
        if (str_is(name, s->in_flight.p[i]))
            return &s->in_flight.p[i];
    return NULL;
}

bool image_flight_begin(struct image_store *s, struct str name, const _Atomic bool *cancelled)
{
    bool ours = false, waited = false;
    pthread_mutex_lock(&s->lock);
    while (flight_find(s, name) && !(cancelled && atomic_load(cancelled))) {
        waited = true;
        pthread_cond_wait(&s->changed, &s->lock);
    }
    if (!waited) {
        char *copy = mem_text(name.p, name.n), **slot = copy ? VEC_ADD(&s->in_flight) : NULL;
        if (slot)
            *slot = copy;
        else
            mem_free(copy); /* no memory to note it: two may make the same, and the second rename loses */
        ours = true;
    }
    pthread_mutex_unlock(&s->lock);
    return ours;
}

void image_flight_end(struct image_store *s, struct str name)
{
    pthread_mutex_lock(&s->lock);
    char **at = flight_find(s, name);
    if (at) {
        mem_free(*at);
        *at = s->in_flight.p[--s->in_flight.n];
    }
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

/* The unpacked size of a layer made earlier stands beside it. */
static int64_t size_note(const char *path, int64_t size)
{
    char note[DISK_PATH_MAX + 8];
    snprintf(note, sizeof(note), "%s.size", path);
    SCOPED_BUF text = BUF_INIT(65536);
    if (size >= 0) {
        buf_int(&text, size);
        return os_file_replace(note, buf_view(&text), 0644);
    }
    int64_t n = 0;
    if (os_file_read(note, 32, &text) < 0 || str_to_int(str_trim(buf_view(&text)), &n) < 0)
        return 0;
    return n;
}

static int layer_unpack(struct image_store *s, struct image_layer *layer, const char *path, const _Atomic bool *cancelled, struct err *err)
{
    char blob[DISK_PATH_MAX], beside[DISK_PATH_MAX];
    int r = image_blob_path(s, layer->digest, blob);
    if (r < 0)
        return err_raise(err, r, "layer digest");
    SCOPED_FD fd = open(blob, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_raise(err, -errno, "layer %.*s: %s", STR_FMT(layer->digest), strerror(errno));
    image_temporary_path(s, "layer", beside);
    if (mkdir(beside, 0755) < 0 || chmod(beside, 0755) < 0)
        return err_raise(err, -errno, "%s: %s", beside, strerror(errno));
    struct image_unpack u = {.cancelled = cancelled, .packed = layer->size};
    r = image_unpack(fd, beside, &u, err);
    if (r == 0 && !str_is(layer->diff_id, u.diff_id))
        r = err_raise(err, -EBADMSG, "wrong diff id: the config says %.*s, the layer has %s", STR_FMT(layer->diff_id), u.diff_id);
    if (r == 0) {
        layer->unpacked = u.unpacked;
        size_note(path, u.unpacked);
        if (rename(beside, path) < 0 && errno != ENOTEMPTY && errno != EEXIST)
            r = err_raise(err, -errno, "%s: %s", path, strerror(errno));
    }
    if (r < 0) {
        err_wrap(err, r, "layer %.*s", STR_FMT(layer->digest));
        if (os_tree_remove(beside) < 0)
            return r; /* goes when the store is opened next */
    }
    return r;
}

int image_layer_make(struct image_store *s, struct image_layer *layer, const _Atomic bool *cancelled, struct err *err)
{
    char path[DISK_PATH_MAX];
    int r = image_layer_path(s, layer->diff_id, path);
    if (r < 0)
        return err_raise(err, r, "layer \"%.*s\"", STR_FMT(layer->diff_id));
    for (;;) {
        if (cancelled && atomic_load(cancelled))
            return err_raise(err, -ECANCELED, "cancelled");
        if (os_file_exists(path)) {
            layer->unpacked = size_note(path, -1);
            return 0;
        }
        if (!image_flight_begin(s, layer->diff_id, cancelled))
            continue;
        r = os_file_exists(path) ? 0 : layer_unpack(s, layer, path, cancelled, err);
        image_flight_end(s, layer->diff_id);
        return r;
    }
}
