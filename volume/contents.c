#include "volume/inside.h"

#define MODE_DEFAULT   0644
#define TOKEN_SECONDS  3600
#define PATH_BYTES_MAX 4096

void payload_done(struct payload *p)
{
    VEC_DONE(&p->files);
    p->mem = arena_free(p->mem);
}

bool contents_path_valid(struct str path)
{
    struct str rest = path, piece;
    if (path.n == 0 || path.n > PATH_BYTES_MAX || path.p[0] == '/' || memchr(path.p, 0, path.n) || str_starts(path, STR("..")))
        return false;
    while (str_next(&rest, '/', &piece))
        if (piece.n == 0 || piece.n > NAME_MAX || str_is(piece, "..") || str_is(piece, "."))
            return false;
    return true;
}

struct gather {
    struct payload *out;
    const struct volume_pod *pod;
    const struct volume_lookups *look;
    struct err *err;
    mode_t mode; /* the volume's defaultMode */
};

static mode_t mode_of(const struct value *v, const char *name, mode_t otherwise)
{
    int64_t mode = value_int_at(v, name, -1);
    return mode < 0 || mode > 07777 ? otherwise : (mode_t)mode;
}

/* The last one of a path wins, as the order of a projected volume's sources says. */
static int add(struct gather *g, struct str path, struct str bytes, mode_t mode, int64_t owner)
{
    struct payload *p = g->out;
    struct payload_file *f = NULL;
    if (!contents_path_valid(path))
        return err_raise(g->err, -EINVAL, "\"%.*s\" is not a path within the volume", STR_FMT(path));
    for (size_t i = 0; i < p->files.n && !f; i++)
        if (str_eq(p->files.p[i].path, path))
            f = &p->files.p[i];
    if (!f)
        f = VEC_ADD(&p->files);
    if (!f)
        return err_raise(g->err, -ENOMEM, "no memory for a volume's contents");
    *f = (struct payload_file){.mode = mode, .owner = owner};
    if (arena_str(p->mem, path, &f->path) < 0 || arena_str(p->mem, bytes, &f->bytes) < 0)
        return err_raise(g->err, -ENOMEM, "a volume's contents are larger than %d MiB", PAYLOAD_BYTES_MAX >> 20);
    return 0;
}

static int add_decoded(struct gather *g, struct str path, struct str base64, mode_t mode)
{
    SCOPED_BUF bytes = BUF_INIT(PAYLOAD_BYTES_MAX);
    int r = buf_unbase64(&bytes, base64);
    return r < 0 ? err_raise(g->err, r, "the value of \"%.*s\" is not base64", STR_FMT(path)) : add(g, path, buf_view(&bytes), mode, -1);
}

/* ── configMap and secret ── */

struct keyed {        /* an object whose keys become files */
    const char *kind; /* for sentences */
    struct str name;
    const struct value *text, *binary; /* members: text as it is, or base64 */
};

static int add_key(struct gather *g, const struct keyed *k, struct str key, struct str path, mode_t mode)
{
    const struct value *v = value_get(k->text, key);
    if (v)
        return add(g, path, value_text(v), mode, -1);
    v = value_get(k->binary, key);
    return v ? add_decoded(g, path, value_text(v), mode) : VOLUME_ABSENT;
}

static int add_items(struct gather *g, const struct keyed *k, const struct value *items, bool optional)
{
    VALUE_EACH_ITEM (item, items) {
        struct str key = value_text_at(item, "key");
        int r = add_key(g, k, key, value_text_at(item, "path"), mode_of(item, "mode", g->mode));
        if (r == VOLUME_ABSENT && !optional)
            return err_raise(g->err, -ENOENT, "%s \"%.*s\" has no key \"%.*s\"", k->kind, STR_FMT(k->name), STR_FMT(key));
        if (r < 0)
            return r;
    }
    return 0;
}

static int add_all(struct gather *g, const struct keyed *k)
{
    VALUE_EACH_MEMBER (m, k->text) {
        int r = add(g, m->key, value_text(&m->value), g->mode, -1);
        if (r < 0)
            return r;
    }
    VALUE_EACH_MEMBER (m, k->binary) {
        int r = add_decoded(g, m->key, value_text(&m->value), g->mode);
        if (r < 0)
            return r;
    }
    return 0;
}

static int gather_keyed(struct gather *g, const struct value *source, bool secret, const char *name_field)
{
    const struct value *object = NULL;
    struct keyed k = {.kind = secret ? "secret" : "configmap", .name = value_text_at(source, name_field)};
    bool optional = value_bool_at(source, "optional", false);
    int r = secret ? g->look->secret(g->look->ctx, k.name, &object) : g->look->config_map(g->look->ctx, k.name, &object);
    if (r == VOLUME_ABSENT)
        return optional ? 0 : err_raise(g->err, -ENOENT, "%s \"%.*s\" not found", k.kind, STR_FMT(k.name));
    if (r < 0)
        return err_raise(g->err, r, "%s \"%.*s\" is not known yet: %s", k.kind, STR_FMT(k.name), strerror(-r));
    k.text = secret ? NULL : value_at(object, "data");
    k.binary = value_at(object, secret ? "data" : "binaryData");
    const struct value *items = value_at(source, "items");
    return value_count(items) ? add_items(g, &k, items, optional) : add_all(g, &k);
}

/* ── downwardAPI, tokens, trust bundles ── */

static int gather_downward(struct gather *g, const struct value *source)
{
    VALUE_EACH_ITEM (item, value_at(source, "items")) {
        SCOPED_BUF text = BUF_INIT(PAYLOAD_BYTES_MAX);
        struct str path = value_text_at(item, "path");
        int r = g->look->field(g->look->ctx, item, &text);
        if (r == 0)
            r = buf_error(&text);
        if (r != 0)
            return err_raise(g->err, r < 0 ? r : -ENOENT, "the field for \"%.*s\" cannot be read", STR_FMT(path));
        r = add(g, path, buf_view(&text), mode_of(item, "mode", g->mode), -1);
        if (r < 0)
            return r;
    }
    return 0;
}

static int gather_token(struct gather *g, const struct value *source)
{
    SCOPED_BUF text = BUF_INIT(PAYLOAD_BYTES_MAX);
    int r = g->look->token(g->look->ctx, value_text_at(source, "audience"), value_int_at(source, "expirationSeconds", TOKEN_SECONDS), &text);
    if (r == 0)
        r = buf_error(&text);
    if (r != 0)
        return err_raise(g->err, r < 0 ? r : -ENOENT, "no token for the service account yet");
    /* Readable by its one user, or by the pod's group (which gets its right when ownership is set), or by all. */
    bool owned = g->pod->fs_user > 0 || g->pod->fs_group >= 0;
    return add(g, value_text_at(source, "path"), buf_view(&text), owned ? 0600 : g->mode, g->pod->fs_user > 0 ? g->pod->fs_user : -1);
}

static int gather_bundle(struct gather *g, const struct value *source)
{
    SCOPED_BUF text = BUF_INIT(PAYLOAD_BYTES_MAX);
    if (!g->look->trust_bundle)
        return err_raise(g->err, -ENOTSUP, "clusterTrustBundle projections are not served here");
    int r = g->look->trust_bundle(g->look->ctx, source, &text);
    if (r == VOLUME_ABSENT && value_bool_at(source, "optional", false))
        r = 0; /* an empty file, as the kubelet */
    if (r == 0)
        r = buf_error(&text);
    if (r == -EAGAIN)
        return r;
    struct str name = value_text_at(source, "name");
    if (r != 0 && name.n)
        return err_raise(g->err, r < 0 ? r : -ENOENT, "trust bundle \"%.*s\" not found", STR_FMT(name));
    if (r != 0)
        return err_raise(g->err, r < 0 ? r : -ENOENT, "no trust bundle of signer \"%.*s\" with such labels",
                         STR_FMT(value_text_at(source, "signerName")));
    return add(g, value_text_at(source, "path"), buf_view(&text), g->mode, -1);
}

static int add_pair(struct gather *g, const struct value *source, const struct buf *key, const struct buf *chain)
{
    static const char *const fields[] = {"credentialBundlePath", "keyPath", "certificateChainPath"};
    int64_t user = value_int_at(source, "user", g->pod->fs_user > 0 ? g->pod->fs_user : -1);
    mode_t mode = user > 0 || g->pod->fs_group >= 0 ? 0600 : g->mode; /* as tokens */
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct str path = value_text_at(source, fields[i]);
        SCOPED_BUF text = BUF_INIT(PAYLOAD_BYTES_MAX);
        if (!path.n)
            continue;
        if (i != 2)
            buf_str(&text, buf_view(key));
        if (i != 1)
            buf_str(&text, buf_view(chain));
        int r = buf_error(&text);
        if (r == 0)
            r = add(g, path, buf_view(&text), mode, user > 0 ? user : -1);
        if (r < 0)
            return r;
    }
    return 0;
}

static int gather_certificate(struct gather *g, const struct value *source)
{
    SCOPED_BUF key = BUF_INIT(PAYLOAD_BYTES_MAX);
    SCOPED_BUF chain = BUF_INIT(PAYLOAD_BYTES_MAX);
    if (!g->look->certificate)
        return err_raise(g->err, -ENOTSUP, "podCertificate projections are not served here");
    int r = g->look->certificate(g->look->ctx, source, &key, &chain);
    if (r == 0)
        r = buf_error(&key) < 0 ? buf_error(&key) : buf_error(&chain);
    if (r != 0)
        return err_raise(g->err, r < 0 ? r : -ENOENT, "no certificate of signer \"%.*s\" yet", STR_FMT(value_text_at(source, "signerName")));
    return add_pair(g, source, &key, &chain);
}

static int gather_projected(struct gather *g, const struct value *source)
{
    static const char *const known[] = {"secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"};
    VALUE_EACH_ITEM (one, value_at(source, "sources")) {
        int r = -ENOTSUP;
        const struct value *v[ARRAY_LEN(known)];
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            v[i] = value_at(one, known[i]);
        if (v[0])
            r = gather_keyed(g, v[0], true, "name");
        else if (v[1])
            r = gather_keyed(g, v[1], false, "name");
        else if (v[2])
            r = gather_downward(g, v[2]);
        else if (v[3])
            r = gather_token(g, v[3]);
        else if (v[4])
            r = gather_bundle(g, v[4]);
        else if (v[5])
            r = gather_certificate(g, v[5]);
        else
            err_raise(g->err, r, "a source of the projected volume is of a kind that is not served here");
        if (r < 0)
            return r;
    }
    return 0;
}

int contents_gather(struct payload *out, const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct err *err)
{
    static const char *const kinds[] = {"configMap", "secret", "downwardAPI", "projected"};
    struct gather g = {.out = out, .pod = p, .look = look, .err = err};
    const struct value *source = NULL;
    size_t kind = 0;
    *out = (struct payload){0};
    int r = arena_new(&out->mem, PAYLOAD_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for a volume's contents");
    for (; kind < ARRAY_LEN(kinds) && !source; kind++)
        source = value_at(volume, kinds[kind]);
    g.mode = mode_of(source, "defaultMode", MODE_DEFAULT);
    switch (source ? kind : 0) {
    case 1:
        return gather_keyed(&g, source, false, "name");
    case 2:
        return gather_keyed(&g, source, true, "secretName");
    case 3:
        return gather_downward(&g, source);
    case 4:
        return gather_projected(&g, source);
    default:
        return err_raise(err, -EINVAL, "the volume has no contents to gather");
    }
}
