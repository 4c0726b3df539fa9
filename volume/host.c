#include "volume/inside.h"

#include <fcntl.h>
#include <sys/stat.h>

static const struct {
    const char *type;
    mode_t kind; /* 0: anything, also nothing */
    const char *noun;
    bool make;
} types[] = {
    {"", 0, "", false},
    {"DirectoryOrCreate", S_IFDIR, "directory", true},
    {"Directory", S_IFDIR, "directory", false},
    {"FileOrCreate", S_IFREG, "file", true},
    {"File", S_IFREG, "file", false},
    {"Socket", S_IFSOCK, "socket", false},
    {"CharDevice", S_IFCHR, "character device", false},
    {"BlockDevice", S_IFBLK, "block device", false},
};

static int make(const char *path, mode_t kind)
{
    if (kind == S_IFDIR)
        return os_dir_make(path, 0755);
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    return fd < 0 ? -errno : 0;
}

int host_path_check(const struct value *source, char path[OS_PATH_MAX], struct err *err)
{
    struct str type = value_text_at(source, "type"), given = value_text_at(source, "path"), rest = given, piece;
    size_t t = 0;
    struct stat st;
    while (t < ARRAY_LEN(types) && !str_is(type, types[t].type))
        t++;
    if (t == ARRAY_LEN(types))
        return err_raise(err, -EINVAL, "hostPath type \"%.*s\" is not known", STR_FMT(type));
    if (given.n == 0 || given.p[0] != '/')
        return err_raise(err, -EINVAL, "hostPath \"%.*s\" is not absolute", STR_FMT(given));
    while (str_next(&rest, '/', &piece))
        if (str_is(piece, ".."))
            return err_raise(err, -EINVAL, "hostPath \"%.*s\" must not contain \"..\"", STR_FMT(given));
    int r = os_path(path, "%.*s", STR_FMT(given));
    if (r < 0)
        return err_raise(err, r, "hostPath \"%.*s\": %s", STR_FMT(given), strerror(-r));
    bool there = stat(path, &st) == 0;
    if (types[t].kind == 0) /* upstream leaves a missing path to the runtime, which makes a folder */
        r = there ? 0 : make(path, S_IFDIR);
    else if (!there && types[t].make)
        r = make(path, types[t].kind);
    else if (!there || (st.st_mode & S_IFMT) != types[t].kind)
        return err_raise(err, there ? -EINVAL : -ENOENT, "hostPath type check failed: %s is not a %s", path, types[t].noun);
    return r < 0 ? err_raise(err, r, "hostPath \"%s\" cannot be made: %s", path, strerror(-r)) : 0;
}
