#include "volume/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "object/object.h"

#define TREE_DEPTH_MAX 256

/* ── emptyDir ── */

static int64_t size_limit(const struct value *source)
{
    const struct value *v = value_at(source, "sizeLimit");
    return value_is_null(v) ? 0 : quantity_value(quantity_of(v));
}

/* Made with all rights for all, as kubelet does; fsGroup adds its group and the bit that hands it on. */
static int open_to_all(const char *path, const struct volume_pod *p, struct err *err)
{
    int r = 0;
    if (p->fs_group >= 0 && chown(path, (uid_t)-1, (gid_t)p->fs_group) < 0)
        r = -errno;
    if (r == 0 && chmod(path, p->fs_group >= 0 ? 02777 : 0777) < 0)
        r = -errno;
    return r < 0 ? err_raise(err, r, "%s: %s", path, strerror(-r)) : 0;
}

static int empty_dir(const struct volume_pod *p, const struct value *source, struct volume_result *out, struct err *err)
{
    struct str medium = value_text_at(source, "medium");
    bool memory = str_is(medium, "Memory"), pages = str_starts(medium, STR("HugePages"));
    bool there = os_file_exists(out->path);
    int r = os_dir_make(out->path, 0777);
    if (r < 0)
        return err_raise(err, r, "%s: %s", out->path, strerror(-r));
    if (there && !((memory || pages) && !mount_point_is(out->path)))
        return 0; /* in use: its rights are the pod's own by now */
    if (memory)
        r = mount_tmpfs(out->path, size_limit(source), 0777, err);
    else if (pages)
        r = mount_hugepages(out->path, str_from(medium, strlen("HugePages-")), size_limit(source), err);
    else if (medium.n)
        return err_raise(err, -EINVAL, "emptyDir medium \"%.*s\" is not known", STR_FMT(medium));
    if (r < 0)
        return r;
    out->changed = true;
    return open_to_all(out->path, p, err);
}

/* ── volumes with contents ── */

static int contents(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                    struct err *err)
{
    struct payload payload;
    bool secret = value_at(volume, "secret") || value_at(volume, "projected");
    int r = contents_gather(&payload, p, volume, look, err);
    if (r == 0) {
        r = os_dir_make(out->path, 0755);
        if (r < 0)
            err_raise(err, r, "%s: %s", out->path, strerror(-r));
    }
    if (r == 0 && secret) /* never on a disk */
        r = mount_tmpfs(out->path, PAYLOAD_BYTES_MAX * 2 + (1 << 20), 0755, err);
    if (r == 0)
        r = atomic_write(out->path, p, &payload, err);
    payload_done(&payload);
    out->read_only = true;
    out->updates = true;
    out->changed = r == ATOMIC_CHANGED;
    return r < 0 ? r : 0;
}

static int image(const struct value *source, const struct volume_lookups *look, struct volume_result *out, struct err *err)
{
    struct str reference = value_text_at(source, "reference");
    int r = look->image ? look->image(look->ctx, source, out->path) : -ENOTSUP;
    out->read_only = true;
    if (r == VOLUME_ABSENT)
        r = -ENOENT;
    return r < 0 ? err_raise(err, r, "image \"%.*s\" is not there yet", STR_FMT(reference)) : 0;
}

const char *volume_source_name(const struct value *volume)
{
    static const char *const others[] = {"csi",
                                         "nfs",
                                         "iscsi",
                                         "fc",
                                         "rbd",
                                         "cephfs",
                                         "glusterfs",
                                         "gitRepo",
                                         "flexVolume",
                                         "azureFile",
                                         "azureDisk",
                                         "gcePersistentDisk",
                                         "awsElasticBlockStore",
                                         "vsphereVolume",
                                         "portworxVolume",
                                         "quobyte",
                                         "scaleIO",
                                         "storageos",
                                         "cinder",
                                         "flocker",
                                         "photonPersistentDisk"};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (value_at(volume, others[i]))
            return others[i];
    return "of no known source";
}

static int set_up(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                  struct err *err)
{
    const struct value *source;
    if ((source = value_at(volume, "emptyDir")) != NULL)
        return empty_dir(p, source, out, err);
    if ((source = value_at(volume, "hostPath")) != NULL)
        return host_path_check(source, out->path, err);
    if ((source = value_at(volume, "image")) != NULL)
        return image(source, look, out, err);
    if (value_at(volume, "persistentVolumeClaim") || value_at(volume, "ephemeral"))
        return claim_set_up(p, volume, look, out, err);
    if (value_at(volume, "configMap") || value_at(volume, "secret") || value_at(volume, "projected") || value_at(volume, "downwardAPI"))
        return contents(p, volume, look, out, err);
    return err_raise(err, -ENOTSUP, "volumes %s are not served here", volume_source_name(volume));
}

int volume_set_up(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                  struct err *err)
{
    struct str name = value_text_at(volume, "name");
    *out = (struct volume_result){0};
    if (name.n > NAME_MAX || !contents_path_valid(name) || memchr(name.p, '/', name.n))
        return err_raise(err, -EINVAL, "\"%.*s\" is not the name of a volume", STR_FMT(name));
    int r = os_path(out->path, "%s/volumes/%.*s", p->folder, STR_FMT(name));
    if (r < 0)
        return err_raise(err, r, "volume \"%.*s\": %s", STR_FMT(name), strerror(-r));
    r = set_up(p, volume, look, out, err);
    return r < 0 ? err_wrap(err, r, "volume \"%.*s\"", STR_FMT(name)) : 0;
}

int volume_tear_down(const struct volume_pod *p, struct err *err)
{
    int r = mounts_below_release(p->folder, err);
    if (r < 0)
        return r;
    r = os_tree_remove(p->folder);
    return r < 0 ? err_raise(err, r, "%s cannot be removed: %s", p->folder, strerror(-r)) : 0;
}

/* ── usage ── */

/* Blocks of the tree in bytes; stops early once over `enough`. Files with several names count once each name: small harm. */
static int64_t usage(int dir, const char *name, dev_t device, int64_t enough, int depth)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || st.st_dev != device)
        return 0;
    int64_t sum = (int64_t)st.st_blocks * 512;
    int fd = S_ISDIR(st.st_mode) && depth < TREE_DEPTH_MAX ? openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;
    if (!d && fd >= 0)
        close(fd);
    while (d && sum <= enough && (e = readdir(d)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            sum += usage(dirfd(d), e->d_name, device, enough - sum, depth + 1);
    if (d)
        closedir(d);
    return sum;
}

int64_t volume_usage(const char *path)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return 0;
    return usage(AT_FDCWD, path, st.st_dev, INT64_MAX, 0) - (int64_t)st.st_blocks * 512;
}

int volume_usage_check(const struct volume_pod *p, const struct value *volumes, char name[256], int64_t *used)
{
    VALUE_EACH_ITEM (v, volumes) {
        const struct value *source = value_at(v, "emptyDir");
        int64_t limit = size_limit(source);
        struct str n = value_text_at(v, "name");
        char path[OS_PATH_MAX];
        struct stat st;
        /* A tmpfs keeps its own limit. */
        if (limit <= 0 || value_text_at(source, "medium").n || os_path(path, "%s/volumes/%.*s", p->folder, STR_FMT(n)) < 0 || stat(path, &st) < 0)
            continue;
        *used = usage(AT_FDCWD, path, st.st_dev, limit, 0) - (int64_t)st.st_blocks * 512;
        if (*used > limit) {
            snprintf(name, 256, "%.*s", STR_FMT(n));
            return VOLUME_OVER;
        }
    }
    return 0;
}
