/* What no image needs goes; and images go when the disk gets full. */
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "image/inside.h"

#define PARTIAL_SECONDS (7 * 24 * 3600)

static const struct image_entry *entry_of(const struct image *i)
{
    return CONTAINER_OF((struct image *)(uintptr_t)i, const struct image_entry, image);
}

/* Hex digests of all blobs (with) or layers (without) that images need. */
static int needed(const struct image_store *s, struct map *blobs, struct map *layers)
{
    static char here;
    int r = 0;
    for (size_t i = 0; i < s->images.n && r == 0; i++) {
        const struct image_entry *e = entry_of(s->images.p[i]);
        r = map_put(blobs, image_digest_hex(e->image.id), &here);
        if (r == 0)
            r = map_put(blobs, image_digest_hex(e->image.manifest), &here);
        for (size_t k = 0; k < e->n_packed && r == 0; k++) {
            r = map_put(blobs, image_digest_hex(e->packed[k].digest), &here);
            if (r == 0)
                r = map_put(layers, image_digest_hex(e->packed[k].diff_id), &here);
        }
    }
    return r;
}

struct sweep {
    struct image_store *s;
    const struct map *keep;
    const char *folder;
    bool by_age;
};

static int sweep_one(void *ctx, const char *name, unsigned char type)
{
    (void)type;
    struct sweep *w = ctx;
    char path[DISK_PATH_MAX];
    struct str key = str_of(name), tail;
    str_cut(key, '.', &key, &tail); /* layers/<hex>.size goes with its layer */
    if (w->keep && map_get(w->keep, key))
        return 0;
    snprintf(path, sizeof(path), "%s/%s/%s", w->s->dir, w->folder, name);
    struct stat st;
    if (w->by_age && stat(path, &st) == 0 && loop_wall(w->s->loop) - st.st_mtime < PARTIAL_SECONDS)
        return 0;
    image_trash(w->s, path);
    return 0;
}

static void sweep_folder(struct image_store *s, const char *folder, const struct map *keep, bool by_age)
{
    struct sweep w = {s, keep, folder, by_age};
    char path[DISK_PATH_MAX];
    snprintf(path, sizeof(path), "%s/%s", s->dir, folder);
    if (os_dir_each(path, sweep_one, &w) < 0)
        s->sweep_due = true; /* a folder that cannot be read now is swept another time */
}

void image_store_sweep(struct image_store *s)
{
    if (!list_empty(&s->jobs)) { /* a job's files are named by no image yet */
        s->sweep_due = true;
        return;
    }
    s->sweep_due = false;
    struct map blobs = {0}, layers = {0};
    if (needed(s, &blobs, &layers) == 0) {
        sweep_folder(s, "blobs/sha256", &blobs, false);
        sweep_folder(s, "blobs/sha512", &blobs, false);
        sweep_folder(s, "layers", &layers, false);
        sweep_folder(s, "blobs/partial", NULL, true);
    }
    map_done(&blobs);
    map_done(&layers);
}

int image_usage(struct image_store *s, struct image_usage *out)
{
    static char here;
    struct map seen = {0};
    struct statvfs fs;
    *out = (struct image_usage){.images = s->images.n};
    int r = 0;
    for (size_t i = 0; i < s->images.n && r == 0; i++) {
        const struct image_entry *e = entry_of(s->images.p[i]);
        int64_t layers = 0;
        for (size_t k = 0; k < e->n_packed && r == 0; k++) {
            const struct image_layer *l = &e->packed[k];
            layers += l->size;
            if (map_get(&seen, l->diff_id))
                continue;
            r = map_put(&seen, l->diff_id, &here);
            out->bytes += l->unpacked + (s->config.drop_layer_blobs ? 0 : l->size);
        }
        out->bytes += e->image.size - layers;
    }
    map_done(&seen);
    if (r == 0 && statvfs(s->dir, &fs) < 0)
        r = -errno;
    if (r == 0) {
        out->disk_bytes = (int64_t)fs.f_blocks * (int64_t)fs.f_frsize;
        out->disk_free = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
    }
    return r;
}

/* Bytes that would come free with this image: those of layers no other image has. */
static int64_t bytes_alone(const struct image_store *s, const struct image_entry *e)
{
    int64_t bytes = 0;
    for (size_t k = 0; k < e->n_packed; k++) {
        bool shared = false;
        for (size_t i = 0; i < s->images.n && !shared; i++) {
            const struct image_entry *other = entry_of(s->images.p[i]);
            for (size_t m = 0; other != e && m < other->n_packed && !shared; m++)
                shared = str_eq(other->packed[m].diff_id, e->packed[k].diff_id);
        }
        if (!shared)
            bytes += e->packed[k].unpacked + (s->config.drop_layer_blobs ? 0 : e->packed[k].size);
    }
    return bytes;
}

static struct image *oldest(struct image_store *s, bool (*in_use)(void *ctx, const struct image *i), void *ctx)
{
    struct image *best = NULL;
    for (size_t i = 0; i < s->images.n; i++) {
        struct image *it = s->images.p[i];
        int64_t age = loop_wall(s->loop) - it->used;
        if (age >= 0 && age < s->config.gc_min_seconds)
            continue; /* brought in for a pod that is yet to come */
        if (it->pinned || image_root_uses(s, it->id) || (in_use && in_use(ctx, it)))
            continue;
        if (!best || it->used < best->used)
            best = it;
    }
    return best;
}

int image_collect(struct image_store *s, bool all, bool (*in_use)(void *ctx, const struct image *i), void *ctx, struct err *err)
{
    struct image_usage u;
    int r = image_usage(s, &u), removed = 0;
    if (r < 0)
        return err_raise(err, r, "%s: %s", s->dir, strerror(-r));
    int64_t taken = u.disk_bytes - u.disk_free, goal = u.disk_bytes / 100 * (int64_t)s->config.gc_low_percent;
    bool full = u.disk_bytes > 0 && taken >= u.disk_bytes / 100 * (int64_t)s->config.gc_high_percent;
    while (all || (full && taken > goal)) {
        struct image *i = oldest(s, in_use, ctx);
        if (!i)
            break;
        taken -= bytes_alone(s, entry_of(i)); /* files go on another thread: counted, not measured */
        for (size_t k = 0; k < s->images.n; k++) {
            if (s->images.p[k] == i) {
                memmove(&s->images.p[k], &s->images.p[k + 1], (s->images.n - k - 1) * sizeof(s->images.p[0]));
                s->images.n--;
                break;
            }
        }
        image_drop(i);
        removed++;
    }
    if (removed) {
        r = image_store_save(s, err);
        image_store_sweep(s);
    }
    return r < 0 ? r : removed;
}
