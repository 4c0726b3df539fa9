#include "volume/inside.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>

/* Volumes behind claims: paths of this machine alone, hostPath and local. */

#define OWN "coracle.dev/local"

static gid_t group; /* of the walk under way: nftw() hands nothing through; one walk at a time, on the loop's thread */

static int give_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
    (void)f;
    if (lchown(path, (uid_t)-1, group) < 0)
        return -1;
    if (type == FTW_SL)
        return 0;
    mode_t more = S_ISDIR(st->st_mode) ? S_ISGID | 0070 : 0060;
    return chmod(path, (st->st_mode & 07777) | more);
}

/* fsGroup: everything is the group's, who may read and write it; folders hand the group on. */
static int give(const struct volume_pod *p, const char *path, struct err *err)
{
    struct stat st;
    if (p->fs_group < 0)
        return 0;
    if (stat(path, &st) < 0)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    if (p->fs_group_on_mismatch && st.st_gid == (gid_t)p->fs_group && (st.st_mode & (S_ISGID | 0070)) == (S_ISGID | 0070))
        return 0;
    group = (gid_t)p->fs_group;
    if (nftw(path, give_one, 16, FTW_PHYS | FTW_MOUNT) != 0)
        return err_raise(err, -errno, "%s cannot be given to group %lld: %s", path, (long long)p->fs_group, strerror(errno));
    return 0;
}

/* A folder of ours, made with the first use; all may write into it, as kubelet makes emptyDirs. */
static int own(const struct value *spec, char path[OS_PATH_MAX], struct err *err)
{
    struct str where = value_text_at(spec, "hostPath.path");
    int r = where.n && where.p[0] == '/' ? os_path(path, "%.*s", STR_FMT(where)) : -EINVAL;
    if (r == 0 && os_file_exists(path))
        return 0;
    if (r == 0)
        r = os_dir_make(path, 0711);
    if (r == 0 && chmod(path, 0777) < 0)
        r = -errno;
    return r < 0 ? err_raise(err, r, "%.*s cannot be made: %s", STR_FMT(where), strerror(-r)) : 0;
}

static int local(const struct value *spec, char path[OS_PATH_MAX], struct err *err)
{
    struct stat st;
    struct str where = value_text_at(spec, "local.path");
    int r = os_path(path, "%.*s", STR_FMT(where));
    if (r < 0 || where.n == 0 || where.p[0] != '/')
        return err_raise(err, -EINVAL, "local volume \"%.*s\" is not absolute", STR_FMT(where));
    if (stat(path, &st) < 0)
        return err_raise(err, -errno, "local volume: path \"%s\" does not exist", path);
    return S_ISDIR(st.st_mode) ? 0 : err_raise(err, -ENOTSUP, "local volume: \"%s\" is not a folder; file systems are not mounted here", path);
}

int claim_set_up(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                 struct err *err)
{
    const struct value *pv = NULL;
    int r = look->claim ? look->claim(look->ctx, volume, &pv, err) : err_raise(err, -ENOTSUP, "claims are not served here");
    if (r < 0)
        return r;
    const struct value *spec = value_at(pv, "spec");
    bool ours = str_is(value_text(value_get(value_at(pv, "metadata.annotations"), STR("pv.kubernetes.io/provisioned-by"))), OWN);
    out->read_only = value_bool_at(volume, "persistentVolumeClaim.readOnly", false);
    if (str_is(value_text_at(spec, "volumeMode"), "Block"))
        return err_raise(err, -ENOTSUP, "block volumes are not served here");
    if (value_at(spec, "hostPath"))
        r = ours ? own(spec, out->path, err) : host_path_check(value_at(spec, "hostPath"), out->path, err);
    else if (value_at(spec, "local"))
        r = local(spec, out->path, err);
    else
        return err_raise(err, -ENOTSUP, "volumes %s are not served here", volume_source_name(spec));
    return r == 0 && (ours || value_at(spec, "local")) && !out->read_only ? give(p, out->path, err) : r;
}
