/* The index of images: what images.json says, in memory. */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "image/inside.h"

#define IMAGES_MAX    10000
#define INDEX_MAX     (64u << 20)
#define NAMES_MAX     256 /* of one image */
#define SAVE_AFTER_MS 60000

/* ── entries ── */

struct image *image_take(struct image *i)
{
    i->refs++;
    return i;
}

struct image *image_drop(struct image *i)
{
    if (i && --i->refs == 0)
        arena_free(i->mem); /* the entry itself lies in it */
    return NULL;
}

static int strs_copy(struct arena *a, struct str **out, const struct str *from, size_t n)
{
    *out = n ? arena_alloc(a, n * sizeof(**out)) : NULL;
    if (n && !*out)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (arena_str(a, from[i], &(*out)[i]) < 0)
            return -ENOMEM;
    return 0;
}

struct image_entry *image_entry_make(const struct image_entry *from, const struct str *tags, size_t n_tags, const struct str *digests,
                                     size_t n_digests)
{
    SCOPED(arena) a = NULL;
    if (arena_new(&a, 4u << 20) < 0)
        return NULL;
    struct image_entry *e = arena_alloc(a, sizeof(*e));
    if (!e)
        return NULL;
    e->image = from->image;
    e->image.refs = 1;
    e->n_packed = from->n_packed;
    e->image.n_tags = n_tags;
    e->image.n_digests = n_digests;
    e->packed = arena_alloc(a, MAX(e->n_packed, (size_t)1) * sizeof(*e->packed));
    if (!e->packed || arena_str(a, from->image.id, &e->image.id) < 0 || arena_str(a, from->image.manifest, &e->image.manifest) < 0 ||
        strs_copy(a, &e->image.tags, tags, n_tags) < 0 || strs_copy(a, &e->image.digests, digests, n_digests) < 0 ||
        strs_copy(a, &e->image.layers, from->image.layers, from->image.n_layers) < 0)
        return NULL;
    for (size_t i = 0; i < e->n_packed; i++) {
        e->packed[i] = from->packed[i];
        if (arena_str(a, from->packed[i].digest, &e->packed[i].digest) < 0 || arena_str(a, from->packed[i].media_type, &e->packed[i].media_type) < 0)
            return NULL;
        e->packed[i].diff_id = e->image.layers[i];
    }
    e->image.mem = TAKE(a);
    return e;
}

static struct image_entry *entry_of(struct image *i)
{
    return CONTAINER_OF(i, struct image_entry, image);
}

static ssize_t position(const struct image_store *s, struct str id)
{
    for (size_t i = 0; i < s->images.n; i++)
        if (str_eq(s->images.p[i]->id, id))
            return (ssize_t)i;
    return -1;
}

static bool among(struct str what, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], what))
            return true;
    return false;
}

/* Puts `with` in the place of the i-th image; its counted uses elsewhere keep the old one alive. */
static void replace(struct image_store *s, size_t i, struct image_entry *with)
{
    image_drop(s->images.p[i]);
    s->images.p[i] = &with->image;
}

static void take_out(struct image_store *s, size_t i)
{
    image_drop(s->images.p[i]);
    memmove(&s->images.p[i], &s->images.p[i + 1], (s->images.n - i - 1) * sizeof(s->images.p[0]));
    s->images.n--;
}

/* Takes one name off an image. */
static int name_drop(struct image_store *s, size_t i, struct str name)
{
    struct image *old = s->images.p[i];
    struct str tags[NAMES_MAX], digests[NAMES_MAX];
    size_t n = 0, d = 0;
    for (size_t k = 0; k < old->n_tags && n < NAMES_MAX; k++)
        if (!str_eq(old->tags[k], name))
            tags[n++] = old->tags[k];
    for (size_t k = 0; k < old->n_digests && d < NAMES_MAX; k++)
        if (!str_eq(old->digests[k], name))
            digests[d++] = old->digests[k];
    struct image_entry *e = image_entry_make(entry_of(old), tags, n, digests, d);
    if (!e)
        return -ENOMEM;
    replace(s, i, e);
    return 0;
}

static size_t names_join(struct str *out, const struct str *a, size_t n_a, const struct str *b, size_t n_b)
{
    size_t n = 0;
    for (size_t i = 0; i < n_a && n < NAMES_MAX; i++)
        out[n++] = a[i];
    for (size_t i = 0; i < n_b && n < NAMES_MAX; i++)
        if (!among(b[i], out, n))
            out[n++] = b[i];
    return n;
}

int image_store_add(struct image_store *s, struct image_entry *e, struct err *err)
{
    for (size_t i = 0; i < s->images.n; i++)
        for (size_t t = 0; t < e->image.n_tags; t++)
            if (among(e->image.tags[t], s->images.p[i]->tags, s->images.p[i]->n_tags) && !str_eq(s->images.p[i]->id, e->image.id) &&
                name_drop(s, i, e->image.tags[t]) < 0)
                return err_raise(err, -ENOMEM, "no memory for an image's names");
    ssize_t at = position(s, e->image.id);
    e->image.used = loop_wall(s->loop);
    if (at >= 0) {
        const struct image *old = s->images.p[at];
        struct str tags[NAMES_MAX], digests[NAMES_MAX];
        size_t n = names_join(tags, old->tags, old->n_tags, e->image.tags, e->image.n_tags);
        size_t d = names_join(digests, old->digests, old->n_digests, e->image.digests, e->image.n_digests);
        struct image_entry *both = image_entry_make(e, tags, n, digests, d);
        if (!both)
            return err_raise(err, -ENOMEM, "no memory for an image's names");
        both->image.pinned = old->pinned;
        take_out(s, (size_t)at);
        image_drop(&e->image);
        e = both;
    }
    struct image **slot = s->images.n < IMAGES_MAX ? VEC_ADD(&s->images) : NULL;
    if (!slot)
        return err_raise(err, -ENOSPC, "more than %d images", IMAGES_MAX);
    *slot = &e->image;
    return 0;
}

/* ── images.json ── */

static void strs_print(struct buf *b, const char *name, const struct str *list, size_t n)
{
    buf_fmt(b, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(b, ',');
        json_string(b, list[i]);
    }
    buf_char(b, ']');
}

static void entry_print(struct buf *b, const struct image_entry *e)
{
    const struct image *i = &e->image;
    buf_text(b, "{\"id\":");
    json_string(b, i->id);
    buf_text(b, ",\"manifest\":");
    json_string(b, i->manifest);
    strs_print(b, "tags", i->tags, i->n_tags);
    strs_print(b, "digests", i->digests, i->n_digests);
    buf_fmt(b, ",\"size\":%lld,\"used\":%lld,\"pinned\":%s,\"layers\":[", (long long)i->size, (long long)i->used, i->pinned ? "true" : "false");
    for (size_t k = 0; k < e->n_packed; k++) {
        const struct image_layer *l = &e->packed[k];
        buf_text(b, k ? ",{\"digest\":" : "{\"digest\":");
        json_string(b, l->digest);
        buf_text(b, ",\"diffID\":");
        json_string(b, l->diff_id);
        buf_text(b, ",\"mediaType\":");
        json_string(b, l->media_type);
        buf_fmt(b, ",\"size\":%lld,\"unpacked\":%lld}", (long long)l->size, (long long)l->unpacked);
    }
    buf_text(b, "]}");
}

int image_store_save(struct image_store *s, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(INDEX_MAX);
    char path[DISK_PATH_MAX];
    buf_text(&b, "{\"version\":1,\"images\":[");
    for (size_t i = 0; i < s->images.n; i++) {
        if (i)
            buf_text(&b, ",\n");
        entry_print(&b, entry_of(s->images.p[i]));
    }
    buf_text(&b, "]}\n");
    snprintf(path, sizeof(path), "%s/images.json", s->dir);
    int r = buf_error(&b);
    if (r == 0)
        r = os_file_replace(path, buf_view(&b), 0600);
    if (r < 0)
        return err_raise(err, r, "%s: %s", path, strerror(-r));
    s->dirty = false;
    loop_timer_stop(&s->save_timer);
    return 0;
}

static void save_due(void *ctx)
{
    struct image_store *s = ctx;
    if (image_store_save(s, NULL) < 0)
        image_store_dirty(s); /* only times of use are at stake: later */
}

void image_store_dirty(struct image_store *s)
{
    s->dirty = true;
    if (!loop_timer_active(&s->save_timer) && loop_timer_start(s->loop, &s->save_timer, SAVE_AFTER_MS, save_due, s) < 0)
        s->dirty = true; /* saved when the store closes */
}

static size_t strs_read(const struct value *list, struct str *out)
{
    size_t n = 0;
    VALUE_EACH_ITEM (v, list) {
        if (n < NAMES_MAX && value_text(v).n)
            out[n++] = value_text(v);
    }
    return n;
}

/* An entry whose files are not all there is forgotten: the image is then pulled again. */
static int entry_read(struct image_store *s, const struct value *v)
{
    struct str tags[NAMES_MAX], digests[NAMES_MAX], diff_ids[IMAGE_LAYERS_MAX];
    struct image_layer layers[IMAGE_LAYERS_MAX];
    const struct value *list = value_get(v, STR("layers"));
    struct image_entry from = {.image = {.id = value_text_at(v, "id"), .manifest = value_text_at(v, "manifest")}};
    size_t n = 0;
    char path[DISK_PATH_MAX];
    if (value_count(list) > IMAGE_LAYERS_MAX || !image_blob_exists(s, from.image.id, -1) || !image_blob_exists(s, from.image.manifest, -1))
        return 0;
    VALUE_EACH_ITEM (l, list) {
        layers[n] = (struct image_layer){.digest = value_text_at(l, "digest"),
                                         .diff_id = value_text_at(l, "diffID"),
                                         .media_type = value_text_at(l, "mediaType"),
                                         .size = value_int_at(l, "size", 0),
                                         .unpacked = value_int_at(l, "unpacked", 0)};
        diff_ids[n] = layers[n].diff_id;
        if (image_layer_path(s, diff_ids[n], path) < 0 || !os_file_exists(path) || !image_digest_valid(layers[n].digest))
            return 0;
        n++;
    }
    from.image.layers = diff_ids;
    from.image.n_layers = from.n_packed = n;
    from.packed = layers;
    from.image.size = value_int_at(v, "size", 0);
    from.image.used = value_int_at(v, "used", 0);
    from.image.pinned = value_bool_at(v, "pinned", false);
    size_t t = strs_read(value_get(v, STR("tags")), tags), d = strs_read(value_get(v, STR("digests")), digests);
    struct image_entry *e = image_entry_make(&from, tags, t, digests, d);
    struct image **slot = e && s->images.n < IMAGES_MAX ? VEC_ADD(&s->images) : NULL;
    if (!slot) {
        if (e)
            image_drop(&e->image);
        return -ENOMEM;
    }
    *slot = &e->image;
    return 0;
}

static int index_load(struct image_store *s, struct err *err)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    char path[DISK_PATH_MAX];
    struct value tree;
    snprintf(path, sizeof(path), "%s/images.json", s->dir);
    int r = os_file_read(path, INDEX_MAX, &text);
    if (r == -ENOENT)
        return 0;
    if (r == 0)
        r = arena_new(&a, (size_t)INDEX_MAX * 24);
    if (r < 0)
        return err_raise(err, r, "%s: %s", path, strerror(-r));
    r = json_parse(a, buf_view(&text), &tree, err);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return err_wrap(err, r, "%s (remove the folder to begin anew)", path);
    VALUE_EACH_ITEM (v, value_get(&tree, STR("images"))) {
        r = entry_read(s, v);
        if (r < 0)
            return err_raise(err, r, "no memory for the images in %s", path);
    }
    return 0;
}

/* ── open, close ── */

static int config_copy(struct image_store *s, const struct image_config *c)
{
    s->config = *c;
    s->config.pulls_max = c->pulls_max ? c->pulls_max : 4;
    s->config.transfers_max = c->transfers_max ? c->transfers_max : 3;
    s->config.stall_seconds = c->stall_seconds ? c->stall_seconds : 60;
    s->config.gc_high_percent = c->gc_high_percent ? c->gc_high_percent : 85;
    s->config.gc_low_percent = c->gc_low_percent ? c->gc_low_percent : 80;
    s->config.gc_min_seconds = c->gc_min_seconds ? c->gc_min_seconds : 120;
    struct image_registry *rows = arena_alloc(s->mem, MAX(c->n_registries, (size_t)1) * sizeof(*rows));
    if (!rows)
        return -ENOMEM;
    s->config.registries = rows;
    for (size_t i = 0; i < c->n_registries; i++) {
        const struct image_registry *from = &c->registries[i];
        size_t n = 0;
        while (from->mirrors && from->mirrors[n])
            n++;
        const char **mirrors = arena_alloc(s->mem, (n + 1) * sizeof(*mirrors));
        rows[i] = *from;
        rows[i].host = arena_text(s->mem, from->host, strlen(from->host));
        rows[i].mirrors = mirrors;
        if (from->ca_pem)
            rows[i].ca_pem = arena_text(s->mem, from->ca_pem, strlen(from->ca_pem));
        if (!mirrors || !rows[i].host || (from->ca_pem && !rows[i].ca_pem))
            return -ENOMEM;
        for (size_t k = 0; k < n; k++) {
            size_t len = strlen(from->mirrors[k]);
            while (len && from->mirrors[k][len - 1] == '/')
                len--;
            mirrors[k] = arena_text(s->mem, from->mirrors[k], len);
            if (!mirrors[k])
                return -ENOMEM;
        }
    }
    return 0;
}

static int folders_make(struct image_store *s, struct err *err)
{
    static const char *const names[] = {"blobs/sha256", "blobs/sha512", "blobs/partial", "layers", "roots", "tmp", "empty", "void"};
    char path[DISK_PATH_MAX];
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", s->dir, names[i]);
        int r = os_dir_make(path, i >= ARRAY_LEN(names) - 2 ? 0755 : 0700);
        if (r < 0)
            return err_raise(err, r, "%s: %s", path, strerror(-r));
    }
    snprintf(path, sizeof(path), "%s/lock", s->dir);
    s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (s->lock_fd < 0)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    if (flock(s->lock_fd, LOCK_EX | LOCK_NB) < 0)
        return err_raise(err, errno == EWOULDBLOCK ? -EBUSY : -errno, "image store %s is in use by another process", s->dir);
    return 0;
}

/* What a crash left half made: moved aside in one step, removed in the background. */
static int leftovers_clear(struct image_store *s)
{
    char path[DISK_PATH_MAX], old[DISK_PATH_MAX];
    snprintf(path, sizeof(path), "%s/tmp", s->dir);
    snprintf(old, sizeof(old), "%s/tmp.old", s->dir);
    for (int i = 0; i < 2; i++) {
        if (rename(path, old) < 0 && errno != ENOTEMPTY && errno != EEXIST)
            return -errno;
        int r = os_dir_make(path, 0700);
        if (r < 0)
            return r;
        image_trash(s, old);
    }
    return 0;
}

int image_store_open(struct image_store **out, struct loop *l, const struct image_config *c, struct err *err)
{
    struct image_store *s = mem_alloc(sizeof(*s));
    if (!s)
        return err_raise(err, -ENOMEM, "no memory for an image store");
    s->loop = l;
    s->lock_fd = -1;
    list_init(&s->jobs);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    int r = snprintf(s->dir, sizeof(s->dir), "%s", c->dir) >= (int)sizeof(s->dir) ? -ENAMETOOLONG : arena_new(&s->mem, 16u << 20);
    if (r == 0)
        r = config_copy(s, c);
    if (r < 0)
        err_raise(err, r, "image store %.200s: %s", c->dir, strerror(-r));
    else
        r = folders_make(s, err);
    unsigned start = 0;
    if (r == 0)
        r = os_random(&start, sizeof(start));
    atomic_store(&s->counter, start);
    if (r == 0)
        r = leftovers_clear(s);
    if (r == 0)
        r = index_load(s, err);
    if (r == 0)
        r = image_roots_load(s);
    if (r < 0) {
        image_store_close(s);
        return r;
    }
    image_store_sweep(s);
    *out = s;
    return 0;
}

struct image_store *image_store_close(struct image_store *s)
{
    if (!s)
        return NULL;
    image_jobs_close(s);
    if (s->dirty && image_store_save(s, NULL) < 0)
        s->dirty = false; /* times of last use are lost, nothing else */
    loop_timer_stop(&s->save_timer);
    for (size_t i = 0; i < s->images.n; i++)
        image_drop(s->images.p[i]);
    VEC_DONE(&s->images);
    for (size_t i = 0; i < s->roots.n; i++) {
        mem_free(s->roots.p[i].container);
        mem_free(s->roots.p[i].id);
    }
    VEC_DONE(&s->roots);
    for (size_t i = 0; i < s->in_flight.n; i++)
        mem_free(s->in_flight.p[i]);
    VEC_DONE(&s->in_flight);
    fd_scope_end(&s->lock_fd);
    arena_free(s->mem);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    return mem_free(s);
}

/* ── looking up, naming, removing ── */

static ssize_t find(const struct image_store *s, struct str name)
{
    char full[IMAGE_REF_MAX + 512];
    struct image_ref ref;
    struct str hex = image_digest_hex(name);
    bool id_like = hex.n >= 12 && hex.n <= 64;
    for (size_t i = 0; i < hex.n && id_like; i++)
        id_like = (hex.p[i] >= '0' && hex.p[i] <= '9') || (hex.p[i] >= 'a' && hex.p[i] <= 'f');
    ssize_t by_id = -1;
    for (size_t i = 0; i < s->images.n && id_like; i++) {
        if (!str_starts(image_digest_hex(s->images.p[i]->id), hex))
            continue;
        if (by_id >= 0) {
            by_id = -1;
            break;
        }
        by_id = (ssize_t)i;
    }
    if (by_id >= 0)
        return by_id;
    if (image_ref_parse(&ref, name, NULL) < 0)
        return -1;
    image_ref_print(&ref, full);
    for (size_t i = 0; i < s->images.n; i++)
        if (among(str_of(full), s->images.p[i]->tags, s->images.p[i]->n_tags) ||
            among(str_of(full), s->images.p[i]->digests, s->images.p[i]->n_digests))
            return (ssize_t)i;
    return -1;
}

int image_find(struct image_store *s, struct str name, struct image **out)
{
    ssize_t at = find(s, name);
    *out = at < 0 ? NULL : s->images.p[at];
    return at < 0 ? IMAGE_ABSENT : 0;
}

size_t image_list(struct image_store *s, struct image *const **out)
{
    *out = s->images.p;
    return s->images.n;
}

int image_config_read(struct image_store *s, const struct image *i, struct arena *a, struct value *out, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(IMAGE_CONFIG_MAX);
    int r = image_blob_read(s, i->id, IMAGE_CONFIG_MAX, &text);
    if (r < 0)
        return err_raise(err, r, "config of image %.*s: %s", STR_FMT(i->id), strerror(-r));
    r = json_parse(a, buf_view(&text), out, err);
    return r < 0 ? err_wrap(err, r, "config of image %.*s", STR_FMT(i->id)) : 0;
}

/* Removing the last tag of a repository takes its digests along, else "rmi" would leave what nobody can name. */
static int tag_drop(struct image_store *s, size_t at, struct str tag)
{
    struct str repository, rest, other;
    int r = name_drop(s, at, tag);
    if (!str_cut_last(tag, ':', &repository, &rest))
        return r;
    struct image *i = s->images.p[at];
    for (size_t k = 0; k < i->n_tags; k++)
        if (str_cut_last(i->tags[k], ':', &other, &rest) && str_eq(other, repository))
            return r;
    for (size_t k = 0; r == 0 && k < i->n_digests; k++) {
        if (str_cut(i->digests[k], '@', &other, &rest) && str_eq(other, repository)) {
            r = name_drop(s, at, i->digests[k]);
            i = s->images.p[at];
            k = (size_t)-1; /* positions moved */
        }
    }
    return r;
}

int image_remove(struct image_store *s, struct str name, struct err *err)
{
    ssize_t at = find(s, name);
    if (at < 0)
        return IMAGE_ABSENT;
    char full[IMAGE_REF_MAX + 512] = "";
    struct image_ref ref;
    struct image *i = s->images.p[at];
    if (image_ref_parse(&ref, name, NULL) == 0)
        image_ref_print(&ref, full);
    bool is_tag = among(str_of(full), i->tags, i->n_tags), is_digest = among(str_of(full), i->digests, i->n_digests);
    bool whole = (!is_tag && !is_digest) || i->n_tags + i->n_digests == 1 || (is_tag && i->n_tags == 1 && i->n_digests <= 1);
    if (whole && image_root_uses(s, i->id))
        return IMAGE_IN_USE;
    int r = 0;
    if (whole)
        take_out(s, (size_t)at);
    else
        r = is_tag ? tag_drop(s, (size_t)at, str_of(full)) : name_drop(s, (size_t)at, str_of(full));
    if (r < 0)
        return err_raise(err, r, "no memory for an image's names");
    r = image_store_save(s, err);
    image_store_sweep(s);
    return r;
}

int image_pin(struct image_store *s, struct image *i, bool pinned, struct err *err)
{
    ssize_t at = position(s, i->id);
    if (at < 0)
        return err_raise(err, -ENOENT, "image %.*s is gone", STR_FMT(i->id));
    s->images.p[at]->pinned = pinned;
    return image_store_save(s, err);
}

int image_tag(struct image_store *s, struct image *i, struct str name, struct err *err)
{
    struct image_ref ref;
    char full[IMAGE_REF_MAX + 512];
    int r = image_ref_parse(&ref, name, err);
    if (r < 0)
        return r;
    if (ref.digest[0])
        return err_raise(err, -EINVAL, "a digest cannot be given as a name: \"%.*s\"", STR_FMT(name));
    image_ref_print(&ref, full);
    struct str tags[1] = {str_of(full)};
    struct image_entry *e = image_entry_make(entry_of(i), tags, 1, NULL, 0);
    if (!e)
        return err_raise(err, -ENOMEM, "no memory for an image's names");
    r = image_store_add(s, e, err);
    if (r < 0) {
        image_drop(&e->image);
        return r;
    }
    return image_store_save(s, err);
}
