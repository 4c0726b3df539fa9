#include "volume/inside.h"

#include <sys/mount.h>
#include <sys/stat.h>

#define MOUNTINFO_MAX (16 * 1024 * 1024)

bool mount_point_is(const char *path)
{
    char above[OS_PATH_MAX];
    struct stat here, up;
    return os_path(above, "%s/..", path) == 0 && stat(path, &here) == 0 && stat(above, &up) == 0 && here.st_dev != up.st_dev;
}

/* The kernel writes space, tab, newline and backslash as three octal digits. */
static void unescape(struct str in, char out[OS_PATH_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < in.n && n + 1 < OS_PATH_MAX; i++) {
        if (in.p[i] == '\\' && i + 3 < in.n) {
            out[n++] = (char)((in.p[i + 1] - '0') * 64 + (in.p[i + 2] - '0') * 8 + (in.p[i + 3] - '0'));
            i += 3;
        } else {
            out[n++] = in.p[i];
        }
    }
    out[n] = 0;
}

static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/';
}

/* The place of the last mount below the folder, with those that lie on top of each other each in its turn. */
static bool last_below(struct str mountinfo, const char *folder, char found[OS_PATH_MAX])
{
    struct str line, field = STR_NONE;
    bool any = false;
    while (str_next(&mountinfo, '\n', &line)) {
        char path[OS_PATH_MAX];
        struct str rest = line;
        for (int i = 0; i < 5 && str_next(&rest, ' ', &field); i++)
            ;
        unescape(field, path);
        if (is_below(path, folder)) {
            memcpy(found, path, sizeof(path));
            any = true;
        }
    }
    return any;
}

int mounts_below_release(const char *folder, struct err *err)
{
    char path[OS_PATH_MAX];
    for (;;) {
        SCOPED_BUF text = BUF_INIT(0);
        int r = os_file_read("/proc/self/mountinfo", MOUNTINFO_MAX, &text);
        if (r < 0)
            return err_raise(err, r, "/proc/self/mountinfo: %s", strerror(-r));
        if (!last_below(buf_view(&text), folder, path))
            return 0;
        if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
            return err_raise(err, -errno, "unmounting %s: %s", path, strerror(errno));
    }
}

int mount_tmpfs(const char *path, int64_t size, mode_t mode, struct err *err)
{
    char options[96];
    if (mount_point_is(path))
        return 0;
    int n = snprintf(options, sizeof(options), "mode=%o", mode);
    if (size > 0)
        snprintf(options + n, sizeof(options) - (size_t)n, ",size=%lld", (long long)size);
    if (mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
        return err_raise(err, -errno, "tmpfs on %s: %s", path, strerror(errno));
    return 0;
}

int mount_hugepages(const char *path, struct str page_size, int64_t size, struct err *err)
{
    char options[96];
    if (mount_point_is(path))
        return 0;
    /* "2Mi" is spelt "2M" by the kernel. */
    int n = snprintf(options, sizeof(options), "mode=0777%s%.*s", page_size.n ? ",pagesize=" : "", (int)(page_size.n > 1 ? page_size.n - 1 : 0),
                     page_size.n ? page_size.p : "");
    if (size > 0 && n > 0 && (size_t)n < sizeof(options))
        snprintf(options + n, sizeof(options) - (size_t)n, ",size=%lld", (long long)size);
    if (mount("nodev", path, "hugetlbfs", MS_NOSUID | MS_NODEV, options) < 0)
        return err_raise(err, -errno, "huge pages on %s: %s", path, strerror(errno));
    return 0;
}
