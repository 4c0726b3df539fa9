/* Roots: an image's layers and a writable one, mounted as one file system.
 *
 *   roots/<container>/image    the id it was made from
 *   roots/<container>/upper    what the container writes   (writable roots)
 *   roots/<container>/work     overlayfs' own              (writable roots)
 *   roots/<container>/rootfs   the mount point
 *   roots/<container>/low/<n>  layers with their owners mapped, for a moment: overlayfs has copies of its own of these mounts */
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "image/inside.h"

#define OPTIONS_MAX 4000 /* mount(2) takes one page */

static int name_valid(struct str container)
{
    if (!container.n || container.n > 128 || container.p[0] == '.')
        return -EINVAL;
    for (size_t i = 0; i < container.n; i++)
        if (container.p[i] == '/' || container.p[i] == 0)
            return -EINVAL;
    return 0;
}

static void path_of(const struct image_store *s, struct str container, const char *part, char out[DISK_PATH_MAX])
{
    snprintf(out, DISK_PATH_MAX, "%s/roots/%.*s%s%s", s->dir, STR_FMT(container), part[0] ? "/" : "", part);
}

static struct image_root_entry *entry_find(const struct image_store *s, struct str container)
{
    for (size_t i = 0; i < s->roots.n; i++)
        if (str_is(container, s->roots.p[i].container))
            return &s->roots.p[i];
    return NULL;
}

static int entry_add(struct image_store *s, struct str container, struct str id)
{
    char *name = mem_text(container.p, container.n), *image = mem_text(id.p, id.n);
    struct image_root_entry *e = name && image ? VEC_ADD(&s->roots) : NULL;
    if (!e) {
        mem_free(name);
        mem_free(image);
        return -ENOMEM;
    }
    *e = (struct image_root_entry){name, image};
    return 0;
}

bool image_root_uses(const struct image_store *s, struct str id)
{
    for (size_t i = 0; i < s->roots.n; i++)
        if (str_is(id, s->roots.p[i].id))
            return true;
    return false;
}

static int load_one(void *ctx, const char *name, unsigned char type)
{
    (void)type;
    struct image_store *s = ctx;
    char path[DISK_PATH_MAX];
    SCOPED_BUF id = BUF_INIT(65536);
    path_of(s, str_of(name), "image", path);
    /* Without the note it is what a crash left of one half made; it keeps nothing alive and goes by its name. */
    if (os_file_read(path, 200, &id) < 0)
        buf_clear(&id);
    return entry_add(s, str_of(name), str_trim(buf_view(&id)));
}

int image_roots_load(struct image_store *s)
{
    char path[DISK_PATH_MAX];
    snprintf(path, sizeof(path), "%s/roots", s->dir);
    return os_dir_each(path, load_one, s);
}

static bool mounted(const char *path)
{
    struct stat at, above;
    char up[DISK_PATH_MAX + 4];
    snprintf(up, sizeof(up), "%s/..", path);
    return stat(path, &at) == 0 && stat(up, &above) == 0 && at.st_dev != above.st_dev;
}

/* "lowerdir=top:…:bottom". Paths as they are when they fit into the page that mount(2) takes, else by descriptors. */
struct lowers {
    struct str container; /* whose users are others than the machine's: its mapped layers; else empty */
    int fds[IMAGE_LAYERS_MAX];
    size_t n;
};

static void low_path(const struct image_store *s, struct str container, size_t k, char out[DISK_PATH_MAX])
{
    char part[32];
    snprintf(part, sizeof(part), "low/%zu", k);
    path_of(s, container, part, out);
}

static int lowers_print(struct image_store *s, const struct image *i, struct lowers *l, bool by_fd, struct buf *b)
{
    char path[DISK_PATH_MAX];
    buf_text(b, "lowerdir=");
    for (size_t k = i->n_layers; k-- > 0;) {
        int r = image_layer_path(s, i->layers[k], path);
        if (r < 0)
            return r;
        if (l->container.n)
            low_path(s, l->container, k, path);
        if (by_fd) {
            int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
            if (fd < 0)
                return -errno;
            l->fds[l->n++] = fd;
            snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
        } else if (!os_file_exists(path)) {
            return -ENOENT;
        }
        buf_fmt(b, "%s%s", k + 1 == i->n_layers ? "" : ":", path);
    }
    return 0;
}

/* overlayfs wants two lower folders when there is no upper one, and at least one ever: an empty folder makes up. */
static int options_print(struct image_store *s, const struct image *i, struct str container, bool read_only, struct lowers *l, struct buf *b)
{
    int r = lowers_print(s, i, l, false, b);
    if (r == 0 && b->n > OPTIONS_MAX - 512) {
        buf_clear(b);
        r = lowers_print(s, i, l, true, b);
    }
    if (r < 0)
        return r;
    if (i->n_layers == 0 || (read_only && i->n_layers == 1))
        buf_fmt(b, "%s%s/empty", i->n_layers ? ":" : "", s->dir);
    if (i->n_layers == 0 && read_only)
        buf_fmt(b, ":%s/void", s->dir);
    if (!read_only) {
        char path[DISK_PATH_MAX];
        path_of(s, container, "upper", path);
        buf_fmt(b, ",upperdir=%s", path);
        path_of(s, container, "work", path);
        buf_fmt(b, ",workdir=%s", path);
    }
    return buf_error(b);
}

static int mount_mapped(const char *from, const char *to, int users)
{
    SCOPED_FD tree = (int)syscall(SYS_open_tree, AT_FDCWD, from, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    struct mount_attr attr = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = (unsigned)users};
    if (tree < 0)
        return -errno;
    if (syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attr, sizeof(attr)) < 0)
        return errno == EINVAL || errno == ENOSYS ? -ENOTSUP : -errno;
    return syscall(SYS_move_mount, tree, "", AT_FDCWD, to, MOVE_MOUNT_F_EMPTY_PATH) < 0 ? -errno : 0;
}

static void lows_end(struct image_store *s, const struct image *i, struct str container)
{
    char path[DISK_PATH_MAX];
    for (size_t k = 0; k < i->n_layers; k++) {
        low_path(s, container, k, path);
        if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL && errno != ENOENT)
            return; /* it goes with the folder's name at the next start; nothing is read through it */
    }
}

static int lows_make(struct image_store *s, const struct image *i, struct str container, bool read_only, const struct image_users *u, struct err *err)
{
    char path[DISK_PATH_MAX], layer[DISK_PATH_MAX];
    SCOPED_FD users = open(u->users, O_RDONLY | O_CLOEXEC);
    if (users < 0)
        return err_raise(err, -errno, "%s: %s", u->users, strerror(errno));
    path_of(s, container, "low", path);
    int r = mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
    for (size_t k = 0; r == 0 && k < i->n_layers; k++) {
        low_path(s, container, k, path);
        r = mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : image_layer_path(s, i->layers[k], layer);
        if (r == 0)
            r = mount_mapped(layer, path, users);
    }
    /* On the way to its root the container is nobody in particular; names below "roots" are not to be read all the same. */
    path_of(s, container, "", path);
    if (r == 0 && (chmod(s->dir, 0711) < 0 || chmod(path, 0711) < 0))
        r = -errno;
    snprintf(path, sizeof(path), "%s/roots", s->dir);
    if (r == 0 && chmod(path, 0711) < 0)
        r = -errno;
    path_of(s, container, "upper", path);
    if (r == 0 && !read_only && chown(path, u->base, u->base) < 0)
        r = -errno;
    if (r == -ENOTSUP)
        return err_raise(
            err, r, "user namespaces of pods need idmapped mounts, which the kernel or the file system of %s lacks: hostUsers cannot be false here",
            s->dir);
    return r < 0 ? err_raise(err, r, "mapping the owners in image %.*s: %s", STR_FMT(i->id), strerror(-r)) : 0;
}

static int overlay_mount(struct image_store *s, struct image *i, struct str container, bool read_only, bool mapped_, const char *at, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(OPTIONS_MAX + 64);
    struct lowers l = {.container = mapped_ ? container : STR_NONE};
    int r = options_print(s, i, container, read_only, &l, &b);
    const char *plain = r == 0 ? buf_cstr(&b) : "";
    unsigned long flags = read_only ? MS_RDONLY | MS_NODEV : 0;
    if (r == 0 && !read_only) {
        /* The writable layer lives as long as its container: no fsync of it is worth waiting for (5.10 and newer). */
        SCOPED_BUF fast = BUF_INIT(OPTIONS_MAX + 96);
        buf_text(&fast, plain);
        buf_text(&fast, ",volatile");
        r = mount("overlay", at, "overlay", flags, buf_cstr(&fast)) < 0 ? -errno : 0;
        if (r == -EINVAL)
            r = mount("overlay", at, "overlay", flags, plain) < 0 ? -errno : 0;
    } else if (r == 0 && mount("overlay", at, "overlay", flags, plain) < 0) {
        r = -errno;
    }
    for (size_t k = 0; k < l.n; k++)
        close(l.fds[k]);
    return r < 0 ? err_raise(err, r, "mounting image %.*s at %s: %s", STR_FMT(i->id), at, strerror(-r)) : 0;
}

static int folders_make(struct image_store *s, struct image *i, struct str container, bool read_only, struct err *err)
{
    static const char *const parts[] = {"", "rootfs", "upper", "work"};
    char path[DISK_PATH_MAX];
    for (size_t k = 0; k < (read_only ? 2 : ARRAY_LEN(parts)); k++) {
        path_of(s, container, parts[k], path);
        /* The upper folder's mode is the root's as the container sees it: that of the lowest layer. */
        if (mkdir(path, k == 0 ? 0700 : 0755) < 0 && errno != EEXIST)
            return err_raise(err, -errno, "%s: %s", path, strerror(errno));
        if (k >= 2 && chmod(path, 0755) < 0)
            return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    }
    path_of(s, container, "image", path);
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int r = fd < 0 ? -errno : os_write_all(fd, i->id.p, i->id.n);
    return r < 0 ? err_raise(err, r, "%s: %s", path, strerror(-r)) : 0;
}

int image_root_find(struct image_store *s, struct str container, struct image_root *out)
{
    char path[DISK_PATH_MAX];
    if (name_valid(container) < 0 || !entry_find(s, container))
        return -ENOENT;
    path_of(s, container, "rootfs", path);
    if (!mounted(path))
        return -ENOENT;
    snprintf(out->path, sizeof(out->path), "%.*s", (int)sizeof(out->path) - 1, path);
    path_of(s, container, "upper", path);
    snprintf(out->upper, sizeof(out->upper), "%.*s", (int)sizeof(out->upper) - 1, os_file_exists(path) ? path : "");
    return 0;
}

int image_root_mount(struct image_store *s, struct image *i, struct str container, bool read_only, struct image_root *out, struct err *err)
{
    return image_root_mount_for(s, i, container, read_only, NULL, out, err);
}

int image_root_mount_for(struct image_store *s, struct image *i, struct str container, bool read_only, const struct image_users *u,
                         struct image_root *out, struct err *err)
{
    char path[DISK_PATH_MAX];
    int r = name_valid(container);
    if (r < 0)
        return err_raise(err, r, "\"%.*s\" cannot name a container", STR_FMT(container));
    const struct image_root_entry *there = entry_find(s, container);
    if (there && str_is(i->id, there->id) && image_root_find(s, container, out) == 0)
        return 0;
    if (there) { /* of another image, or no longer mounted since a reboot: its writable layer may be broken */
        r = image_root_unmount(s, container, err);
        if (r < 0)
            return r;
    }
    r = entry_add(s, container, i->id);
    if (r < 0)
        return err_raise(err, r, "no memory for a root");
    r = folders_make(s, i, container, read_only, err);
    if (r == 0 && u)
        r = lows_make(s, i, container, read_only, u, err);
    path_of(s, container, "rootfs", path);
    if (r == 0)
        r = overlay_mount(s, i, container, read_only, u != NULL, path, err);
    if (u)
        lows_end(s, i, container);
    if (r < 0) {
        if (image_root_unmount(s, container, NULL) < 0)
            return r;
        return r;
    }
    i->used = loop_wall(s->loop);
    image_store_dirty(s);
    return image_root_find(s, container, out);
}

struct removal {
    char path[DISK_PATH_MAX];
    int r;
};

static void removal_run(void *ctx)
{
    struct removal *m = ctx;
    m->r = os_tree_remove(m->path);
}

static void removal_done(void *ctx)
{
    mem_free(ctx);
}

/* What is left over when no thread is free goes when the store is opened next. */
void image_trash(struct image_store *s, const char *path)
{
    struct removal *m = mem_alloc(sizeof(*m));
    if (!m)
        return;
    image_temporary_path(s, "trash", m->path);
    if (rename(path, m->path) < 0 || loop_work(s->loop, removal_run, removal_done, m) < 0)
        mem_free(m);
}

int image_root_unmount(struct image_store *s, struct str container, struct err *err)
{
    char path[DISK_PATH_MAX];
    struct image_root_entry *e = name_valid(container) < 0 ? NULL : entry_find(s, container);
    if (!e)
        return 0;
    path_of(s, container, "rootfs", path);
    while (mounted(path)) {
        /* Detached at once even when something still looks into it; its last user ends it. */
        if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
            return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    }
    path_of(s, container, "", path);
    image_trash(s, path);
    mem_free(e->container);
    mem_free(e->id);
    *e = s->roots.p[--s->roots.n];
    return 0;
}

int image_root_each(struct image_store *s, int (*fn)(void *ctx, struct str container, struct str image_id), void *ctx)
{
    for (size_t i = s->roots.n; i-- > 0;) { /* from behind: fn may unmount the one it is told */
        if (i >= s->roots.n)
            continue;
        int r = fn(ctx, str_of(s->roots.p[i].container), str_of(s->roots.p[i].id));
        if (r != 0)
            return r;
    }
    return 0;
}
