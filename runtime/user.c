#include "runtime/inside.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define ACCOUNTS_MAX (4 * 1024 * 1024) /* bytes of an image's passwd or group file */

int rootfs_open(const char *rootfs, const char *path, int flags)
{
    SCOPED_FD root = open(rootfs, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return -errno;
    struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
    return fd < 0 ? -errno : fd;
}

/* Makes what is missing of `path`, one level at a time, each opened inside the rootfs. */
int rootfs_dir_make(const char *rootfs, const char *path)
{
    char sofar[OS_PATH_MAX] = "/";
    size_t at = 1;
    struct str rest = str_of(path), piece;
    while (str_next(&rest, '/', &piece)) {
        if (piece.n == 0 || str_is(piece, "."))
            continue;
        if (at + piece.n + 2 > sizeof(sofar) || str_is(piece, ".."))
            return -EINVAL;
        SCOPED_FD parent = rootfs_open(rootfs, sofar, O_PATH | O_DIRECTORY);
        if (parent < 0)
            return parent;
        char name[NAME_MAX + 1];
        if (piece.n > NAME_MAX)
            return -ENAMETOOLONG;
        memcpy(name, piece.p, piece.n);
        name[piece.n] = 0;
        if (mkdirat(parent, name, 0755) < 0 && errno != EEXIST)
            return -errno;
        memcpy(sofar + at, name, piece.n);
        at += piece.n;
        sofar[at++] = '/';
        sofar[at] = 0;
    }
    return 0;
}

/* ── passwd(5) and group(5) ── */

static int accounts_read(const char *rootfs, const char *path, struct buf *out)
{
    int fd = rootfs_open(rootfs, path, O_RDONLY | O_NONBLOCK);
    if (fd == -ENOENT || fd == -ENOTDIR)
        return 0;
    if (fd < 0)
        return fd;
    char self[64];
    snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
    struct stat st;
    int r = fstat(fd, &st) < 0 ? -errno : S_ISREG(st.st_mode) ? os_file_read(self, ACCOUNTS_MAX, out) : -EINVAL;
    close(fd);
    return r;
}

static struct str column(struct str line, int n)
{
    struct str piece = STR_NONE;
    for (int i = 0; i <= n; i++)
        if (!str_next(&line, ':', &piece))
            return STR_NONE;
    return piece;
}

/* The line whose name (column 0) or number (column 2) is `who`. */
static bool account_find(struct str file, struct str who, bool by_number, struct str *line)
{
    while (str_next(&file, '\n', line))
        if (str_eq(column(*line, by_number ? 2 : 0), who))
            return true;
    return false;
}

static bool is_number(struct str s, uint32_t *out)
{
    uint64_t v;
    if (str_to_uint(s, &v) < 0 || v > UINT32_MAX - 1)
        return false;
    *out = (uint32_t)v;
    return true;
}

static void groups_of(struct str file, struct str name, struct runtime_user *u)
{
    struct str line, member;
    while (str_next(&file, '\n', &line)) {
        struct str members = column(line, 3);
        uint32_t gid;
        while (members.n && str_next(&members, ',', &member))
            if (str_eq(member, name) && is_number(column(line, 2), &gid) && gid != u->gid && u->n_groups < ARRAY_LEN(u->groups))
                u->groups[u->n_groups++] = gid;
    }
}

static int group_read(struct str groups, struct str name, struct runtime_user *out, struct err *err)
{
    struct str line;
    if (is_number(name, &out->gid))
        return 0;
    if (!account_find(groups, name, false, &line) || !is_number(column(line, 2), &out->gid))
        return err_raise(err, -ENOENT, "group \"%.*s\" is not in the image's /etc/group", STR_FMT(name));
    return 0;
}

int runtime_user_find(const char *rootfs, struct str user, struct runtime_user *out, struct err *err)
{
    SCOPED_BUF passwd = BUF_INIT(0);
    SCOPED_BUF group = BUF_INIT(0);
    int r = accounts_read(rootfs, "/etc/passwd", &passwd);
    if (r == 0)
        r = accounts_read(rootfs, "/etc/group", &group);
    if (r < 0)
        return err_raise(err, r, "the image's /etc/passwd or /etc/group cannot be read: %s", strerror(-r));
    *out = (struct runtime_user){.home = "/"};
    struct str name, gname = STR_NONE, line;
    str_cut(user, ':', &name, &gname);
    bool by_number = name.n == 0 || is_number(name, &out->uid);
    if (name.n == 0)
        name = STR("0");
    out->by_name = !by_number;
    if (account_find(buf_view(&passwd), name, by_number, &line)) {
        struct str home = column(line, 5);
        if (!is_number(column(line, 2), &out->uid) || (gname.n == 0 && !is_number(column(line, 3), &out->gid)))
            return err_raise(err, -EINVAL, "user \"%.*s\" has no number in the image's /etc/passwd", STR_FMT(name));
        if (home.n && home.n < sizeof(out->home)) {
            memcpy(out->home, home.p, home.n);
            out->home[home.n] = 0;
        }
        if (gname.n == 0)
            groups_of(buf_view(&group), column(line, 0), out);
    } else if (!by_number) {
        return err_raise(err, -ENOENT, "user \"%.*s\" is not in the image's /etc/passwd", STR_FMT(name));
    }
    return gname.n ? group_read(buf_view(&group), gname, out, err) : 0;
}
