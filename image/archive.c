/* Import and export: OCI layouts (folder or tar) and docker-archives.
 *
 * An archive that is a tar is first unpacked beside the store, then read as a folder; each file is opened below that
 * folder only, whatever links it holds. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "image/inside.h"
#include "image/libarchive.h"

#define INDEX_MAX  (4u << 20)
#define IMAGES_MAX 64 /* of one archive */

struct import {
    struct image_job *j;
    int root;
    struct arena *mem;
    struct err err;
};

static int source_open(const struct import *m, const char *path)
{
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    long fd = syscall(SYS_openat2, m->root, path, &how, sizeof(how));
    return fd < 0 ? -errno : (int)fd;
}

static int source_read(const struct import *m, const char *path, size_t max, struct buf *out)
{
    SCOPED_FD fd = source_open(m, path);
    if (fd < 0)
        return fd;
    for (;;) {
        void *room = buf_room(out, 65536);
        if (!room)
            return buf_error(out);
        ssize_t n = read(fd, room, 65536);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -errno : 0;
        buf_grew(out, (size_t)n);
        if (out->n > max)
            return -E2BIG;
    }
}

static void blob_name(struct str digest, char out[256])
{
    struct str algorithm, hex;
    str_cut(digest, ':', &algorithm, &hex);
    snprintf(out, 256, "blobs/%.*s/%.*s", STR_FMT(algorithm), STR_FMT(hex));
}

/* ── what both forms end in ── */

struct found {
    struct str id;
    char manifest[DIGEST_MAX];
    struct image_layer layers[IMAGE_LAYERS_MAX];
    size_t n;
    int64_t size;
};

static int layers_make(struct import *m, struct found *f)
{
    for (size_t i = 0; i < f->n; i++) {
        int r = image_layer_make(m->j->store, &f->layers[i], &m->j->cancelled, &m->err);
        if (r < 0)
            return r;
        atomic_fetch_add(&m->j->layers_done, 1);
    }
    return 0;
}

static int found_note(struct import *m, struct found *f, const struct str *names, size_t n_names)
{
    struct str diff_ids[IMAGE_LAYERS_MAX], tags[IMAGES_MAX], digests[IMAGES_MAX];
    size_t n = 0, d = 0;
    for (size_t i = 0; i < f->n; i++)
        diff_ids[i] = f->layers[i].diff_id;
    for (size_t i = 0; i < n_names && n < IMAGES_MAX; i++) {
        struct image_ref ref;
        char text[IMAGE_REF_MAX + 512];
        if (image_ref_parse(&ref, names[i], NULL) < 0)
            continue; /* a tag alone, or another tool's idea of a name: the image is still there by its id */
        if (!ref.digest[0]) {
            image_ref_print(&ref, text);
            if (arena_str(m->mem, str_of(text), &tags[n++]) < 0)
                return err_raise(&m->err, -ENOMEM, "no memory for an import");
        }
        snprintf(ref.digest, sizeof(ref.digest), "%s", f->manifest);
        image_ref_print(&ref, text);
        if (d && str_is(digests[d - 1], text)) /* another tag of the same repository */
            continue;
        if (arena_str(m->mem, str_of(text), &digests[d++]) < 0)
            return err_raise(&m->err, -ENOMEM, "no memory for an import");
    }
    struct image_entry from = {
        .image = {.id = f->id, .manifest = str_of(f->manifest), .layers = diff_ids, .n_layers = f->n, .size = f->size},
        .packed = f->layers,
        .n_packed = f->n,
    };
    return image_job_found(m->j, &from, tags, n, digests, d) < 0 ? -ENOMEM : 0;
}

/* ── OCI layout ── */

static int oci_blob_copy(struct import *m, const struct image_descriptor *d)
{
    char name[256];
    blob_name(d->digest, name);
    SCOPED_FD fd = source_open(m, name);
    if (fd < 0)
        return err_raise(&m->err, fd == -ENOENT ? -EBADMSG : fd, "%s: %s", name, strerror(-fd));
    int r = image_blob_copy(m->j->store, d->digest, d->size, fd, &m->err);
    atomic_fetch_add(&m->j->bytes, r == 0 ? d->size : 0);
    return r;
}

static int oci_manifest_read(struct import *m, struct str digest, struct image_manifest *out, struct buf *text)
{
    char name[256], sum[DIGEST_MAX];
    blob_name(digest, name);
    buf_clear(text);
    int r = source_read(m, name, IMAGE_MANIFEST_MAX, text);
    if (r < 0)
        return err_raise(&m->err, r == -ENOENT ? -EBADMSG : r, "%s: %s", name, strerror(-r));
    r = image_digest_of(buf_view(text), sum);
    if (r == 0 && str_starts(digest, STR("sha256:")) && !str_is(digest, sum))
        return err_raise(&m->err, -EBADMSG, "%s does not match its digest", name);
    return r < 0 ? r : image_manifest_parse(out, buf_view(text), STR_NONE, &m->err);
}

/* From an entry of index.json to the manifest for this machine. 0; 1: none. */
static int oci_resolve(struct import *m, struct str digest, struct image_manifest *out, struct buf *text, char own[DIGEST_MAX])
{
    snprintf(own, DIGEST_MAX, "%.*s", STR_FMT(digest));
    for (int depth = 0;; depth++) {
        int r = oci_manifest_read(m, str_of(own), out, text);
        if (r < 0 || out->media == IMAGE_MEDIA_MANIFEST)
            return r;
        struct str arch = str_of(image_architecture());
        const struct image_descriptor *d = image_manifest_choose(out, STR("linux"), arch,
                                                                 str_is(arch, "arm")     ? STR("v7")
                                                                 : str_is(arch, "arm64") ? STR("v8")
                                                                                         : STR_NONE);
        if (d && depth < 3)
            snprintf(own, DIGEST_MAX, "%.*s", STR_FMT(d->digest));
        out->mem = arena_free(out->mem);
        if (!d || depth >= 3)
            return 1;
    }
}

static int oci_image(struct import *m, struct image_manifest *manifest, struct str text, struct found *f)
{
    SCOPED_BUF config = BUF_INIT(IMAGE_CONFIG_MAX);
    struct image_store *s = m->j->store;
    int r = manifest->config.size > IMAGE_CONFIG_MAX ? -E2BIG : oci_blob_copy(m, &manifest->config);
    if (r == 0)
        r = image_blob_read(s, manifest->config.digest, IMAGE_CONFIG_MAX, &config);
    f->id = manifest->config.digest;
    f->n = manifest->n;
    f->size = (int64_t)text.n + manifest->config.size;
    for (size_t i = 0; i < f->n; i++) {
        const struct image_descriptor *d = &manifest->items[i];
        f->layers[i] = (struct image_layer){.digest = d->digest, .media_type = d->media_type, .size = d->size};
        f->size += d->size;
    }
    atomic_fetch_add(&m->j->layers, (unsigned)f->n);
    if (r == 0)
        r = image_config_layers(m->mem, buf_view(&config), f->layers, f->n, &m->err);
    for (size_t i = 0; i < f->n && r == 0; i++)
        r = oci_blob_copy(m, &manifest->items[i]);
    if (r == 0)
        r = image_blob_write(s, str_of(f->manifest), text, &m->err);
    return r < 0 ? r : layers_make(m, f);
}

static struct str oci_name(const struct import *m, const struct value *entry)
{
    if (m->j->name.n)
        return m->j->name;
    const struct value *notes = value_get(entry, STR("annotations"));
    struct str name = value_text(value_get(notes, STR("io.containerd.image.name")));
    if (name.n)
        return name;
    name = value_text(value_get(notes, STR("org.opencontainers.image.ref.name")));
    return str_find(name, STR("/")) >= 0 || str_find(name, STR(":")) >= 0 ? name : STR_NONE;
}

static int oci_one(struct import *m, const struct value *entry, struct str fallback)
{
    SCOPED_BUF text = BUF_INIT(IMAGE_MANIFEST_MAX);
    struct image_manifest manifest = {.mem = NULL};
    struct found *f = arena_alloc(m->mem, sizeof(*f));
    struct str digest = value_text_at(entry, "digest"), name = oci_name(m, entry);
    if (!f)
        return err_raise(&m->err, -ENOMEM, "no memory for an import");
    if (!image_digest_valid(digest))
        return err_raise(&m->err, -EBADMSG, "index.json: manifests[].digest \"%.*s\"", STR_FMT(digest));
    int r = oci_resolve(m, digest, &manifest, &text, f->manifest);
    if (r == 0)
        r = oci_image(m, &manifest, buf_view(&text), f);
    if (!name.n)
        name = fallback;
    if (r == 0)
        r = found_note(m, f, &name, name.n > 0);
    arena_free(manifest.mem);
    return r;
}

/* manifest.json beside an OCI layout (docker save has both) knows names that index.json may lack. */
static struct str docker_first_name(struct import *m)
{
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    struct value tree;
    if (source_read(m, "manifest.json", INDEX_MAX, &text) < 0 || json_parse(m->mem, buf_view(&text), &tree, NULL) < 0)
        return STR_NONE;
    return value_text(value_item(value_get(value_item(&tree, 0), STR("RepoTags")), 0));
}

static int oci_import(struct import *m)
{
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    struct value tree;
    int r = source_read(m, "index.json", INDEX_MAX, &text);
    if (r < 0)
        return err_raise(&m->err, r, "index.json: %s", strerror(-r));
    r = json_parse(m->mem, buf_view(&text), &tree, &m->err);
    if (r < 0)
        return err_wrap(&m->err, r, "index.json");
    const struct value *list = value_get(&tree, STR("manifests"));
    size_t n = value_count(list), taken = 0;
    if (n == 0 || n > IMAGES_MAX)
        return err_raise(&m->err, -EBADMSG, "index.json names %zu images; 1 to %d are taken", n, IMAGES_MAX);
    struct str fallback = n == 1 ? docker_first_name(m) : STR_NONE;
    VALUE_EACH_ITEM (entry, list) {
        r = oci_one(m, entry, fallback);
        if (r < 0 && !(r == -EXDEV && n > 1)) /* one of several platforms, written without an inner index */
            return r;
        taken += r == 0;
    }
    if (taken == 0)
        return err_raise(&m->err, -EXDEV, "no match for platform in the archive: linux/%s", image_architecture());
    if (taken > 1 && m->j->name.n)
        return err_raise(&m->err, -EBADMSG, "the archive holds %zu images: one name does not fit all", taken);
    return 0;
}

/* ── docker-archive ── */

static int docker_layer(struct import *m, struct str path, struct image_layer *layer)
{
    char name[OS_PATH_MAX], digest[DIGEST_MAX];
    snprintf(name, sizeof(name), "%.*s", STR_FMT(path));
    SCOPED_FD fd = source_open(m, name);
    if (fd < 0)
        return err_raise(&m->err, fd == -ENOENT ? -EBADMSG : fd, "%s: %s", name, strerror(-fd));
    struct stat st;
    int r = fstat(fd, &st) < 0 ? -errno : !S_ISREG(st.st_mode) ? -EBADMSG : image_digest_of_file(fd, digest);
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = -errno;
    if (r < 0)
        return err_raise(&m->err, r, "%s: %s", name, strerror(-r));
    layer->size = st.st_size;
    layer->media_type = STR("application/vnd.docker.image.rootfs.diff.tar");
    if (arena_str(m->mem, str_of(digest), &layer->digest) < 0)
        return err_raise(&m->err, -ENOMEM, "no memory for an import");
    atomic_fetch_add(&m->j->bytes, st.st_size);
    return image_blob_copy(m->j->store, layer->digest, layer->size, fd, &m->err);
}

/* A docker-archive has no manifest: one is made, so that the image can be exported as it came. */
static int docker_manifest(struct import *m, struct found *f, size_t config_size)
{
    SCOPED_BUF b = BUF_INIT(IMAGE_MANIFEST_MAX);
    buf_fmt(&b,
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"config\":{\"mediaType\":"
            "\"application/vnd.docker.container.image.v1+json\",\"size\":%zu,\"digest\":\"%.*s\"},\"layers\":[",
            config_size, STR_FMT(f->id));
    f->size = (int64_t)config_size;
    for (size_t i = 0; i < f->n; i++) {
        const struct image_layer *l = &f->layers[i];
        buf_fmt(&b, "%s{\"mediaType\":\"%.*s\",\"size\":%lld,\"digest\":\"%.*s\"}", i ? "," : "", STR_FMT(l->media_type), (long long)l->size,
                STR_FMT(l->digest));
        f->size += l->size;
    }
    buf_text(&b, "]}");
    f->size += (int64_t)b.n;
    int r = buf_error(&b);
    if (r == 0)
        r = image_digest_of(buf_view(&b), f->manifest);
    return r < 0 ? r : image_blob_write(m->j->store, str_of(f->manifest), buf_view(&b), &m->err);
}

static int docker_one(struct import *m, const struct value *entry)
{
    SCOPED_BUF config = BUF_INIT(IMAGE_CONFIG_MAX);
    struct found *f = arena_alloc(m->mem, sizeof(*f));
    const struct value *layers = value_get(entry, STR("Layers"));
    char name[OS_PATH_MAX], id[DIGEST_MAX];
    if (!f)
        return err_raise(&m->err, -ENOMEM, "no memory for an import");
    snprintf(name, sizeof(name), "%.*s", STR_FMT(value_text_at(entry, "Config")));
    int r = source_read(m, name, IMAGE_CONFIG_MAX, &config);
    if (r < 0)
        return err_raise(&m->err, r == -ENOENT ? -EBADMSG : r, "manifest.json: Config \"%.200s\": %s", name, strerror(-r));
    f->n = value_count(layers);
    if (f->n > IMAGE_LAYERS_MAX)
        return err_raise(&m->err, -E2BIG, "image of %zu layers", f->n);
    r = image_digest_of(buf_view(&config), id);
    if (r == 0)
        r = arena_str(m->mem, str_of(id), &f->id);
    if (r == 0)
        r = image_config_layers(m->mem, buf_view(&config), f->layers, f->n, &m->err);
    atomic_fetch_add(&m->j->layers, (unsigned)f->n);
    for (size_t i = 0; i < f->n && r == 0; i++)
        r = docker_layer(m, value_text(value_item(layers, i)), &f->layers[i]);
    if (r == 0)
        r = image_blob_write(m->j->store, f->id, buf_view(&config), &m->err);
    if (r == 0)
        r = docker_manifest(m, f, config.n);
    if (r == 0)
        r = layers_make(m, f);
    if (r < 0)
        return r;
    struct str names[IMAGES_MAX];
    size_t n = 0;
    if (m->j->name.n)
        names[n++] = m->j->name;
    VALUE_EACH_ITEM (tag, m->j->name.n ? NULL : value_get(entry, STR("RepoTags"))) {
        if (n < IMAGES_MAX)
            names[n++] = value_text(tag);
    }
    return found_note(m, f, names, n);
}

static int docker_import(struct import *m)
{
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    struct value tree;
    int r = source_read(m, "manifest.json", INDEX_MAX, &text);
    if (r == -ENOENT)
        return err_raise(&m->err, -EBADMSG, "neither an OCI layout (index.json) nor a docker-archive (manifest.json)");
    if (r < 0)
        return err_raise(&m->err, r, "manifest.json: %s", strerror(-r));
    r = json_parse(m->mem, buf_view(&text), &tree, &m->err);
    if (r < 0)
        return err_wrap(&m->err, r, "manifest.json");
    size_t n = value_count(&tree);
    if (tree.type != VALUE_LIST || n == 0 || n > IMAGES_MAX)
        return err_raise(&m->err, -EBADMSG, "manifest.json names %zu images; 1 to %d are taken", n, IMAGES_MAX);
    if (n > 1 && m->j->name.n)
        return err_raise(&m->err, -EBADMSG, "the archive holds %zu images: one name does not fit all", n);
    VALUE_EACH_ITEM (entry, &tree) {
        r = docker_one(m, entry);
        if (r < 0)
            return r;
    }
    return 0;
}

static int source_unpack(struct import *m, const char *folder)
{
    SCOPED_FD fd = open(m->j->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return err_raise(&m->err, -errno, "%s: %s", m->j->path, strerror(errno));
    if (mkdir(folder, 0700) < 0)
        return err_raise(&m->err, -errno, "%s: %s", folder, strerror(errno));
    struct image_unpack u = {.cancelled = &m->j->cancelled, .plain = true, .packed = st.st_size};
    return image_unpack(fd, folder, &u, &m->err);
}

void image_job_import(struct image_job *j)
{
    struct import m = {.j = j, .root = -1};
    char folder[DISK_PATH_MAX] = "";
    struct stat st;
    int r = arena_new(&m.mem, (size_t)256 << 20);
    if (r == 0 && stat(j->path, &st) < 0)
        r = err_raise(&m.err, -errno, "%s: %s", j->path, strerror(errno));
    if (r == 0 && !S_ISDIR(st.st_mode)) {
        image_temporary_path(j->store, "import", folder);
        r = source_unpack(&m, folder);
    }
    if (r == 0) {
        m.root = open(folder[0] ? folder : j->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        r = m.root < 0 ? err_raise(&m.err, -errno, "%s: %s", j->path, strerror(errno)) : 0;
    }
    if (r == 0) {
        SCOPED_FD layout = source_open(&m, "index.json");
        r = layout >= 0 ? oci_import(&m) : docker_import(&m);
    }
    if (r < 0) {
        enum image_outcome o = r == -ENOENT ? IMAGE_BROKEN : image_outcome_of(r);
        image_job_fail(j, o, "failed to import %s: %s", j->path, m.err.text[0] ? m.err.text : strerror(-r));
    }
    fd_scope_end(&m.root);
    if (folder[0] && os_tree_remove(folder) < 0)
        folder[0] = 0; /* goes when the store is opened next */
    arena_free(m.mem);
}

/* ── export ── */

struct writer {
    const struct image_libarchive *lib;
    struct image_job *j;
    const struct image_entry *entry;
    struct archive *tar; /* NULL: a folder */
    struct err err;
};

static int tar_file(struct writer *w, const char *name, int fd, int64_t size)
{
    struct archive_entry *e = w->lib->archive_entry_new();
    if (!e)
        return err_raise(&w->err, -ENOMEM, "no memory to export");
    w->lib->archive_entry_set_pathname(e, name);
    w->lib->archive_entry_set_filetype(e, S_IFREG);
    w->lib->archive_entry_set_perm(e, 0644);
    w->lib->archive_entry_set_size(e, size);
    int r = w->lib->archive_write_header(w->tar, e) != ARCHIVE_OK ? -EIO : 0;
    w->lib->archive_entry_free(e);
    char *block = mem_alloc(128 * 1024);
    r = block ? r : -ENOMEM;
    while (r == 0 && size > 0) {
        ssize_t n = read(fd, block, (size_t)MIN(size, (int64_t)(128 * 1024)));
        if (n < 0 && errno == EINTR)
            continue;
        r = n < 0 ? -errno : n == 0 ? -EBADMSG : w->lib->archive_write_data(w->tar, block, (size_t)n) != n ? -EIO : 0;
        size -= n;
    }
    mem_free(block);
    return r < 0 ? err_raise(&w->err, r, "writing %s: %s", name, r == -EIO ? w->lib->archive_error_string(w->tar) : strerror(-r)) : 0;
}

static int folder_file(struct writer *w, const char *name, int fd)
{
    char path[DISK_PATH_MAX], folder[DISK_PATH_MAX];
    if (snprintf(path, sizeof(path), "%s/%s", w->j->path, name) >= (int)sizeof(path))
        return err_raise(&w->err, -ENAMETOOLONG, "%s", w->j->path);
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
    int r = os_dir_make(folder, 0755);
    SCOPED_FD to = r < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (r == 0 && to < 0)
        r = -errno;
    char *block = mem_alloc(128 * 1024);
    r = block ? r : -ENOMEM;
    while (r == 0) {
        ssize_t n = read(fd, block, 128 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            r = n < 0 ? -errno : 0;
            break;
        }
        r = os_write_all(to, block, (size_t)n);
    }
    mem_free(block);
    return r < 0 ? err_raise(&w->err, r, "%s: %s", path, strerror(-r)) : 0;
}

static int put_path(struct writer *w, const char *name, const char *from)
{
    SCOPED_FD fd = open(from, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return err_raise(&w->err, -errno, "%s: %s", from, strerror(errno));
    if (atomic_load(&w->j->cancelled))
        return err_raise(&w->err, -ECANCELED, "cancelled");
    return w->tar ? tar_file(w, name, fd, st.st_size) : folder_file(w, name, fd);
}

static int put_text(struct writer *w, const char *name, struct buf *text)
{
    char path[DISK_PATH_MAX];
    int r = buf_error(text);
    image_temporary_path(w->j->store, "text", path);
    SCOPED_FD fd = r < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (r == 0)
        r = fd < 0 ? -errno : os_write_all(fd, text->p, text->n);
    if (r < 0)
        err_raise(&w->err, r, "%s: %s", path, strerror(-r));
    else
        r = put_path(w, name, path);
    unlink(path);
    return r;
}

static int put_blob(struct writer *w, struct str digest)
{
    char name[256], path[DISK_PATH_MAX];
    blob_name(digest, name);
    int r = image_blob_path(w->j->store, digest, path);
    return r < 0 ? r : put_path(w, name, path);
}

static int oci_export(struct writer *w)
{
    const struct image *i = &w->entry->image;
    SCOPED_BUF manifest = BUF_INIT(IMAGE_MANIFEST_MAX);
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    struct image_manifest m = {.mem = NULL};
    int r = image_blob_read(w->j->store, i->manifest, IMAGE_MANIFEST_MAX, &manifest);
    if (r == 0)
        r = image_manifest_parse(&m, buf_view(&manifest), STR_NONE, &w->err);
    bool docker = str_find(buf_view(&manifest), STR("application/vnd.docker.distribution.manifest")) >= 0;
    arena_free(m.mem);
    buf_text(&text, "{\"imageLayoutVersion\":\"1.0.0\"}");
    if (r == 0)
        r = put_text(w, "oci-layout", &text);
    buf_clear(&text);
    buf_text(&text, "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[");
    for (size_t k = 0; k < MAX(i->n_tags, (size_t)1); k++) {
        buf_fmt(&text, "%s{\"mediaType\":\"%s\",\"digest\":\"%.*s\",\"size\":%zu", k ? "," : "",
                docker ? "application/vnd.docker.distribution.manifest.v2+json" : "application/vnd.oci.image.manifest.v1+json", STR_FMT(i->manifest),
                manifest.n);
        if (k < i->n_tags) {
            struct str repository, tag;
            str_cut_last(i->tags[k], ':', &repository, &tag);
            buf_fmt(&text, ",\"annotations\":{\"io.containerd.image.name\":\"%.*s\",\"org.opencontainers.image.ref.name\":\"%.*s\"}",
                    STR_FMT(i->tags[k]), STR_FMT(tag));
        }
        buf_text(&text, "}");
    }
    buf_text(&text, "]}");
    if (r == 0)
        r = put_text(w, "index.json", &text);
    if (r == 0)
        r = put_blob(w, i->manifest);
    if (r == 0)
        r = put_blob(w, i->id);
    for (size_t k = 0; k < w->entry->n_packed && r == 0; k++)
        r = put_blob(w, w->entry->packed[k].digest);
    return r;
}

/* A docker-archive holds plain tars. */
static int docker_layer_put(struct writer *w, const struct image_layer *l, const char *name)
{
    char path[DISK_PATH_MAX], plain[DISK_PATH_MAX];
    struct image_stream *st = NULL;
    struct str piece;
    int r = image_blob_path(w->j->store, l->digest, path);
    SCOPED_FD fd = r < 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_raise(&w->err, -errno, "%s: %s", path, strerror(errno));
    image_temporary_path(w->j->store, "layer", plain);
    SCOPED_FD to = open(plain, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    r = to < 0 ? err_raise(&w->err, -errno, "%s: %s", plain, strerror(errno)) : image_stream_open(&st, fd, &w->j->cancelled, &w->err);
    while (r == 0) {
        r = image_stream_next(st, &piece, &w->err);
        if (r < 0 || !piece.n)
            break;
        r = os_write_all(to, piece.p, piece.n);
        if (r < 0)
            err_raise(&w->err, r, "%s: %s", plain, strerror(-r));
    }
    image_stream_close(st);
    if (r == 0)
        r = put_path(w, name, plain);
    unlink(plain);
    return r;
}

static int docker_export(struct writer *w)
{
    const struct image *i = &w->entry->image;
    SCOPED_BUF text = BUF_INIT(INDEX_MAX);
    char name[256], path[DISK_PATH_MAX];
    snprintf(name, sizeof(name), "%.*s.json", STR_FMT(image_digest_hex(i->id)));
    int r = image_blob_path(w->j->store, i->id, path);
    if (r == 0)
        r = put_path(w, name, path);
    buf_fmt(&text, "[{\"Config\":\"%s\",\"RepoTags\":[", name);
    for (size_t k = 0; k < i->n_tags; k++)
        buf_fmt(&text, "%s\"%.*s\"", k ? "," : "", STR_FMT(i->tags[k]));
    buf_text(&text, "],\"Layers\":[");
    for (size_t k = 0; k < w->entry->n_packed && r == 0; k++) {
        const struct image_layer *l = &w->entry->packed[k];
        bool again = false;
        snprintf(name, sizeof(name), "%.*s.tar", STR_FMT(image_digest_hex(l->diff_id)));
        buf_fmt(&text, "%s\"%s\"", k ? "," : "", name);
        for (size_t m = 0; m < k && !again; m++)
            again = str_eq(w->entry->packed[m].diff_id, l->diff_id);
        if (!again)
            r = docker_layer_put(w, l, name);
    }
    buf_text(&text, "]}]");
    return r < 0 ? r : put_text(w, "manifest.json", &text);
}

void image_job_export(struct image_job *j)
{
    struct writer w = {.j = j, .entry = CONTAINER_OF(j->image, const struct image_entry, image)};
    for (size_t k = 0; k < w.entry->n_packed; k++) {
        if (!image_blob_exists(j->store, w.entry->packed[k].digest, -1)) {
            image_job_fail(j, IMAGE_UNSUPPORTED, "image %.*s cannot be exported: its packed layers were dropped", STR_FMT(j->image->id));
            return;
        }
    }
    w.lib = image_libarchive(&w.err);
    int r = w.lib ? 0 : -ENOSYS;
    if (r == 0 && j->form != IMAGE_OCI_DIR) {
        w.tar = w.lib->archive_write_new();
        if (!w.tar || w.lib->archive_write_set_format_pax_restricted(w.tar) != ARCHIVE_OK ||
            w.lib->archive_write_open_filename(w.tar, j->path) != ARCHIVE_OK)
            r = err_raise(&w.err, -EIO, "%s: %s", j->path, w.tar ? w.lib->archive_error_string(w.tar) : "no memory");
    }
    if (r == 0)
        r = j->form == IMAGE_DOCKER_TAR ? docker_export(&w) : oci_export(&w);
    if (w.tar) {
        if (w.lib->archive_write_close(w.tar) != ARCHIVE_OK && r == 0)
            r = err_raise(&w.err, -EIO, "%s: %s", j->path, w.lib->archive_error_string(w.tar));
        w.lib->archive_write_free(w.tar);
    }
    if (r < 0)
        image_job_fail(j, image_outcome_of(r), "failed to export %.*s: %s", STR_FMT(j->image->id), w.err.text[0] ? w.err.text : strerror(-r));
}
