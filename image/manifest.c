/* Manifests, indexes and configs: what a registry says an image is. */
#include <sys/utsname.h>

#include "image/inside.h"

static enum image_media media_of(struct str type)
{
    static const struct {
        const char *type;
        enum image_media media;
    } rows[] = {
        {"application/vnd.oci.image.index.v1+json", IMAGE_MEDIA_INDEX},
        {"application/vnd.docker.distribution.manifest.list.v2+json", IMAGE_MEDIA_INDEX},
        {"application/vnd.oci.image.manifest.v1+json", IMAGE_MEDIA_MANIFEST},
        {"application/vnd.docker.distribution.manifest.v2+json", IMAGE_MEDIA_MANIFEST},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_eq_nocase(type, str_of(rows[i].type)))
            return rows[i].media;
    return IMAGE_MEDIA_UNKNOWN;
}

static int descriptor_read(struct image_descriptor *d, const struct value *v, const char *what, size_t i, struct err *err)
{
    d->media_type = value_text_at(v, "mediaType");
    d->digest = value_text_at(v, "digest");
    d->size = value_int_at(v, "size", -1);
    d->os = value_text_at(v, "platform.os");
    d->architecture = value_text_at(v, "platform.architecture");
    d->variant = value_text_at(v, "platform.variant");
    if (!image_digest_valid(d->digest))
        return err_raise(err, -EBADMSG, "%s[%zu].digest \"%.*s\" is not a sha256 or sha512 digest", what, i, STR_FMT(d->digest));
    if (d->size < 0 || d->size > (int64_t)1 << 44)
        return err_raise(err, -EBADMSG, "%s[%zu].size is missing or out of range", what, i);
    return 0;
}

static int items_read(struct image_manifest *m, const struct value *tree, struct err *err)
{
    const char *what = m->media == IMAGE_MEDIA_INDEX ? "manifests" : "layers";
    const struct value *list = value_at(tree, what);
    if (list && list->type != VALUE_LIST && list->type != VALUE_NULL)
        return err_raise(err, -EBADMSG, "%s is not a list", what);
    if (value_count(list) > IMAGE_LAYERS_MAX)
        return err_raise(err, -E2BIG, "%zu %s: at most %d are taken", value_count(list), what, IMAGE_LAYERS_MAX);
    VALUE_EACH_ITEM (item, list) {
        int r = descriptor_read(&m->items[m->n], item, what, m->n, err);
        if (r < 0)
            return r;
        m->n++;
    }
    return 0;
}

int image_manifest_parse(struct image_manifest *m, struct str text, struct str content_type, struct err *err)
{
    *m = (struct image_manifest){.media = IMAGE_MEDIA_UNKNOWN};
    if (text.n > IMAGE_MANIFEST_MAX)
        return err_raise(err, -E2BIG, "manifest of %zu bytes: at most %u are taken", text.n, IMAGE_MANIFEST_MAX);
    SCOPED(arena) mem = NULL;
    int r = arena_new(&mem, (size_t)IMAGE_MANIFEST_MAX * 24);
    if (r < 0)
        return err_raise(err, r, "no memory for a manifest");
    struct value tree;
    r = json_parse(mem, text, &tree, err);
    if (r < 0)
        return err_wrap(err, r, "manifest");
    if (tree.type != VALUE_MAP)
        return err_raise(err, -EBADMSG, "manifest is not a JSON object");
    struct str type = value_text_at(&tree, "mediaType"), parameter;
    if (!type.n)
        str_cut(content_type, ';', &type, &parameter);
    m->media = media_of(str_trim(type));
    bool has_index = value_get(&tree, STR("manifests")), has_layers = value_get(&tree, STR("layers"));
    if (value_int_at(&tree, "schemaVersion", 2) == 1 || value_get(&tree, STR("fsLayers")))
        return err_raise(err, -ENOTSUP, "manifest schema 1 is no longer taken: push the image again with a current tool");
    if (m->media == IMAGE_MEDIA_UNKNOWN)
        m->media = has_index && !has_layers ? IMAGE_MEDIA_INDEX : has_layers && !has_index ? IMAGE_MEDIA_MANIFEST : IMAGE_MEDIA_UNKNOWN;
    /* One text must not mean two things to two readers. */
    if (m->media == IMAGE_MEDIA_UNKNOWN || (has_index && has_layers) || (m->media == IMAGE_MEDIA_INDEX && has_layers) ||
        (m->media == IMAGE_MEDIA_MANIFEST && has_index))
        return err_raise(err, -EBADMSG, "neither an image manifest nor an index (mediaType \"%.*s\")", STR_FMT(type));
    if (m->media == IMAGE_MEDIA_MANIFEST) {
        r = descriptor_read(&m->config, value_get(&tree, STR("config")), "config", 0, err);
        if (r < 0)
            return r;
    }
    r = items_read(m, &tree, err);
    if (r < 0)
        return r;
    m->mem = TAKE(mem);
    return 0;
}

const struct image_descriptor *image_manifest_choose(const struct image_manifest *m, struct str os, struct str architecture, struct str variant)
{
    const struct image_descriptor *loose = NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct image_descriptor *d = &m->items[i];
        if (!str_eq(d->os, os) || !str_eq(d->architecture, architecture))
            continue;
        if (!variant.n || str_eq(d->variant, variant))
            return d;
        if (!loose && !d->variant.n)
            loose = d;
    }
    if (loose)
        return loose;
    /* An index of one entry that names no platform is that image. */
    return m->n == 1 && !m->items[0].os.n && !m->items[0].architecture.n ? &m->items[0] : NULL;
}

const char *image_architecture(void)
{
    static const char *const names[][2] = {
        {"x86_64", "amd64"},    {"aarch64", "arm64"}, {"armv7l", "arm"}, {"armv6l", "arm"},          {"riscv64", "riscv64"},
        {"ppc64le", "ppc64le"}, {"s390x", "s390x"},   {"i686", "386"},   {"loongarch64", "loong64"},
    };
    struct utsname u;
    if (uname(&u) < 0)
        return "amd64";
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(u.machine, names[i][0]) == 0)
            return names[i][1];
    return "unknown";
}

int image_config_layers(struct arena *a, struct str config, struct image_layer *layers, size_t n, struct err *err)
{
    struct value tree;
    int r = json_parse(a, config, &tree, err);
    if (r < 0)
        return err_wrap(err, r, "image config");
    struct str os = value_text_at(&tree, "os"), architecture = value_text_at(&tree, "architecture");
    if ((os.n && !str_is(os, "linux")) || (architecture.n && !str_is(architecture, image_architecture())))
        return err_raise(err, -EXDEV, "no match for platform in manifest: the image is for %.*s/%.*s, this machine is linux/%s", STR_FMT(os),
                         STR_FMT(architecture), image_architecture());
    const struct value *ids = value_at(&tree, "rootfs.diff_ids");
    if (value_count(ids) != n)
        return err_raise(err, -EBADMSG, "image config names %zu layers, the manifest %zu", value_count(ids), n);
    for (size_t i = 0; i < n; i++) {
        layers[i].diff_id = value_text(value_item(ids, i));
        if (!image_digest_valid(layers[i].diff_id) || !str_starts(layers[i].diff_id, STR("sha256:")))
            return err_raise(err, -EBADMSG, "image config's rootfs.diff_ids[%zu] is not a sha256 digest", i);
    }
    return 0;
}
