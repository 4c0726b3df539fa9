#include "json/json.h"
#include "object/codec_inside.h"
#include "pb/pb.h"

#define ASKED_ENOUGH 2 /* the answer to the write that made it is the first; of one that was loaded nobody asked yet */

/* ── life ── */

static bool is_envelope(struct str stored)
{
    return stored.n >= 4 && memcmp(stored.p, "k8s", 4) == 0;
}

static struct object *make(struct str key, struct str stored)
{
    struct object *o = mem_resize(NULL, sizeof(*o) + key.n + stored.n); /* what is behind it is filled at once */
    if (!o)
        return NULL;
    *o = (struct object){0};
    char *at = (char *)(o + 1);
    if (key.n)
        memcpy(at, key.p, key.n);
    if (stored.n)
        memcpy(at + key.n, stored.p, stored.n);
    o->refs = 1;
    o->key = str_make(at, key.n);
    o->stored = str_make(at + key.n, stored.n);
    return o;
}

static bool has_metadata(const struct schema_kind *kind)
{
    const struct schema_field *f = schema_field_numbered(kind->message, 1);
    return f && f->message && str_is(f->message->name, "ObjectMeta");
}

/* An encoder writes fields by number; of those that came twice the last would count, which nobody writes. */
static bool know_metadata(struct object *o)
{
    struct str metadata;
    struct pb_field f;
    uint32_t last = 0;
    int rc;
    if (!codec_metadata(o, &metadata))
        return false;
    struct pb_reader r = pb_reader_of(metadata);
    for (const char *from = r.p; (rc = pb_next(&r, &f, NULL)) > 0; from = r.p) {
        size_t at = (size_t)(from - metadata.p) + 1;
        bool once = f.number == META_NAMESPACE || f.number == META_UID || f.number == META_DELETED;
        if (f.number < last || (f.number == last && (once || f.number == META_NAME)) || (once && (f.wire != PB_BYTES || at > UINT16_MAX)))
            return false;
        last = f.number;
        if (f.number == META_NAMESPACE)
            o->namespace_at = (uint16_t)at;
        else if (f.number == META_UID)
            o->uid_at = (uint16_t)at;
        else if (f.number == META_DELETED)
            o->deleting = f.bytes.n > 0;
        else if (f.number == META_OWNERS)
            o->owned = true;
    }
    return rc == 0;
}

/* Names, owners and labels are looked up often: where they are is kept. */
static void find_metadata(struct object *o)
{
    struct codec_envelope e;
    struct pb_field f;
    if (!o->kind || !is_envelope(o->stored) || !has_metadata(o->kind) || codec_envelope_read(o->stored, &e, NULL) < 0)
        return;
    struct pb_reader r = pb_reader_of(e.raw);
    uint32_t at = 0;
    int rc;
    for (const char *from = r.p; (rc = pb_next(&r, &f, NULL)) > 0; from = r.p) {
        if (f.number != 1)
            continue;
        if (at || *from != (1 << 3 | PB_BYTES)) /* twice, or not as anybody writes it: looked for each time */
            return;
        at = (uint32_t)(from + 1 - o->stored.p);
    }
    if (rc < 0)
        return;
    o->metadata_at = at;
    o->metadata_known = at && know_metadata(o);
}

/* Upstream's API extension and aggregation servers keep their own kinds as JSON, which a move to and from etcd sees. */
static bool is_stored_as_json(const struct schema_kind *kind)
{
    return !kind || kind->custom || str_is(kind->group, "apiextensions.k8s.io") || str_is(kind->group, "apiregistration.k8s.io");
}

#define FREEZE_BYTES 4000u /* what most objects fit into: no growing step by step */

static bool says_kind(const struct schema_kind *kind, const struct value *tree)
{
    const struct value *name = value_get(tree, STR("kind")), *version = value_get(tree, STR("apiVersion"));
    return (!name || str_eq(value_text(name), kind->name)) && (!version || str_eq(value_text(version), kind->api_version));
}

int codec_frozen(struct object **out, struct str key, const struct schema_kind *kind, const struct buf *bytes, bool verbatim, struct err *err)
{
    struct object *o = buf_error(bytes) < 0 ? NULL : make(key, buf_view(bytes));
    if (!o)
        return err_raise(err, -ENOMEM, "no memory for an object");
    o->kind = kind && kind->custom ? NULL : kind; /* rows made at run time come and go; objects do not hold them */
    o->verbatim = verbatim;
    find_metadata(o);
    *out = o;
    return 0;
}

static int freeze_bytes(struct object **out, struct str key, const struct schema_kind *kind, const struct value *tree, struct buf *bytes,
                        struct err *err)
{
    bool json = is_stored_as_json(kind);
    if (json)
        buf_char(bytes, '\n'); /* as Go's encoder ends a document */
    return codec_frozen(out, key, kind, bytes, !json && says_kind(kind, tree), err);
}

int object_freeze(struct object **out, struct str key, const struct schema_kind *kind, const struct value *tree, struct err *err)
{
    SCOPED_BUF bytes = BUF_INIT(OBJECT_BYTES_MAX);
    (void)buf_room(&bytes, FREEZE_BYTES);
    int r = codec_encode(&bytes, is_stored_as_json(kind) ? OBJECT_JSON : OBJECT_PROTOBUF, kind, tree, true, err);
    return r < 0 ? r : freeze_bytes(out, key, kind, tree, &bytes, err);
}

static int message_bytes(const struct object *o, struct str *raw, struct err *err);

/* `was`, of which `old` is, both or none. */
static int freeze_formed(struct object **out, struct str key, const struct schema_kind *kind, struct value *tree, const struct object *old,
                         const struct value *was, bool *exact, struct err *err)
{
    SCOPED_BUF bytes = BUF_INIT(OBJECT_BYTES_MAX);
    struct value *metadata = value_get(tree, STR("metadata"));
    struct str before = STR_NONE;
    (void)buf_room(&bytes, FREEZE_BYTES);
    if (metadata)
        value_del(metadata, STR("resourceVersion"));
    int r = old ? message_bytes(old, &before, err) : 0;
    if (r == 0)
        r = codec_encode_stored(&bytes, is_stored_as_json(kind) ? OBJECT_JSON : OBJECT_PROTOBUF, kind, tree, was, before, exact, err);
    *exact = r == 0 && *exact && metadata && has_metadata(kind);
    return r < 0 ? r : freeze_bytes(out, key, kind, tree, &bytes, err);
}

int object_freeze_formed(struct object **out, struct str key, const struct schema_kind *kind, struct value *tree, bool *exact, struct err *err)
{
    return freeze_formed(out, key, kind, tree, NULL, NULL, exact, err);
}

int object_freeze_changed(struct object **out, struct str key, const struct schema_kind *kind, struct value *tree, const struct object *old,
                          const struct value *was, bool *exact, struct err *err)
{
    bool beside = old->verbatim && old->kind == kind && is_envelope(old->stored) && !is_stored_as_json(kind);
    int r = freeze_formed(out, key, kind, tree, beside ? old : NULL, beside ? was : NULL, exact, err);
#ifdef ARENA_ONE_MALLOC /* as if it had been written wholly */
    struct object *plain;
    bool plainly = false;
    if (r == 0 && freeze_formed(&plain, key, kind, tree, NULL, NULL, &plainly, NULL) == 0) {
        CHECK(str_eq(plain->stored, (*out)->stored) && (*exact || !plainly));
        object_unref(plain);
    }
#endif
    return r;
}

static const void *guide_type(const void *parent, struct str key)
{
    (void)parent;
    return str_is(key, "kind") || str_is(key, "apiVersion") ? NULL : VALUE_GUIDE_SKIP;
}

static int kind_of_stored(struct str stored, const struct schema_kind **kind, struct err *err)
{
    struct codec_envelope e;
    if (is_envelope(stored)) {
        int r = codec_envelope_read(stored, &e, err);
        if (r < 0)
            return r;
        *kind = schema_kind_parse(e.api_version, e.kind); /* NULL: opaque */
        return 0;
    }
    SCOPED(arena) mem = NULL;
    struct value_guide look = {guide_type, ""};
    struct value tree;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r == 0)
        r = value_parse(mem, stored, &look, NULL, &tree, err);
    if (r < 0)
        return r;
    if (tree.type != VALUE_MAP)
        return err_raise(err, -EBADMSG, "an object is a map of fields");
    *kind = schema_kind_parse(value_text_at(&tree, "apiVersion"), value_text_at(&tree, "kind"));
    return 0;
}

int object_load(struct object **out, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err)
{
    const struct schema_kind *kind = NULL;
    int r = kind_of_stored(stored, &kind, err);
    if (r < 0)
        return err_wrap(err, r, "%.*s", STR_FMT(key));
    struct object *o = make(key, stored);
    if (!o)
        return err_raise(err, -ENOMEM, "no memory for an object");
    o->kind = kind;
    find_metadata(o);
    o->revision = revision;
    o->created_revision = created;
    o->asked = 1;
    *out = o;
    return 0;
}

struct object *object_ref(struct object *o)
{
    CHECK(__atomic_fetch_add(&o->refs, 1, __ATOMIC_RELAXED) > 0);
    return o;
}

struct object *object_unref(struct object *o)
{
    if (o && __atomic_sub_fetch(&o->refs, 1, __ATOMIC_ACQ_REL) == 0) {
        codec_text_drop(o);
        codec_tree_drop(o);
        mem_free(o);
    }
    return NULL;
}

void object_scope_end(struct object **o)
{
    *o = object_unref(*o);
}

bool object_opaque(const struct object *o)
{
    return !o->kind && is_envelope(o->stored);
}

size_t object_bytes(const struct object *o)
{
    return sizeof(*o) + o->key.n + o->stored.n;
}

/* ── trees and texts ── */

static int message_bytes(const struct object *o, struct str *raw, struct err *err)
{
    struct codec_envelope e;
    int r = codec_envelope_read(o->stored, &e, err);
    if (r == 0)
        *raw = e.raw;
    return r;
}

static int json_tree(struct codec *c, const struct object *o, struct value *out)
{
    struct value tree;
    int r = value_parse(c->arena, o->stored, NULL, NULL, &tree, c->err);
    if (r < 0)
        return r;
    if (o->kind)
        return codec_decode_tree(c, o->kind, &tree, out);
    struct value *metadata = value_get(&tree, STR("metadata"));
    if (!metadata)
        metadata = value_set(c->arena, &tree, STR("metadata"), value_make_map());
    if (!metadata || (metadata->type == VALUE_MAP && !value_set(c->arena, metadata, STR("resourceVersion"), value_make_text(c->revision))))
        return codec_no_memory(c);
    r = codec_sort_tree(c, &tree);
    *out = tree;
    return r;
}

static struct str revision_text(const struct object *o, char text[24])
{
    char *at = text + 24;
    uint64_t n = o->revision < 0 ? -(uint64_t)o->revision : (uint64_t)o->revision;
    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    if (o->revision < 0)
        *--at = '-';
    return str_make(at, (size_t)(text + 24 - at));
}

static int opaque(struct err *err)
{
    return err_raise(err, -ENOTSUP, "its kind is not registered");
}

static int decode(struct arena *a, const struct object *o, struct value *out, struct err *err)
{
    struct codec c = {.arena = a, .err = err, .type = o->kind, .owner = o->kind ? o->kind->message : NULL, .trusted = o->verbatim};
    char text[24];
    struct str raw, copy;
    struct value made;
    int r;
    if (object_opaque(o))
        return opaque(err);
    if (arena_str(a, revision_text(o, text), &c.revision) < 0)
        return codec_no_memory(&c);
    if (!is_envelope(o->stored)) {
        r = json_tree(&c, o, &made);
    } else {
        r = message_bytes(o, &raw, err);
        if (r == 0 && arena_str(a, raw, &copy) < 0)
            r = codec_no_memory(&c);
        if (r == 0)
            r = codec_read(&c, o->kind->message, copy, &made);
    }
    codec_done(&c);
    if (r == 0)
        *out = made;
    return r;
}

int object_tree(struct arena *a, const struct object *o, struct value *out, struct err *err)
{
    struct value kept;
    int r = codec_tree_copy(a, o, &kept);
    if (r < 0)
        return err_raise(err, r, "no memory for an object, or it is too large");
#ifdef ARENA_ONE_MALLOC
    if (r == 0) { /* what is kept must be what the bytes say; and each map is a block that sanitizers see */
        r = decode(a, o, out, err);
        CHECK(r < 0 || value_identical(out, &kept));
        return r;
    }
#endif
    if (r == 1)
        return decode(a, o, out, err);
    *out = kept;
    return 0;
}

/* ObjectMeta with resourceVersion where its row has it. */
static void with_revision(const struct schema_message *m, const struct value *metadata, struct str revision, struct value *out)
{
    size_t place = (size_t)schema_slot_find(m, STR("resourceVersion"), SIZE_MAX), hint = 0;
    struct value_member mine = {STR("resourceVersion"), value_make_text(revision)};
    bool put = false;
    VALUE_EACH_MEMBER (member, metadata) {
        hint = (size_t)schema_slot_find(m, member->key, hint);
        if (!put && hint >= place) {
            out->map.members[out->map.n++] = mine;
            put = true;
        }
        if (hint != place)
            out->map.members[out->map.n++] = *member;
        hint++;
    }
    if (!put)
        out->map.members[out->map.n++] = mine;
}

void object_tree_keep(struct object *o, const struct value *tree)
{
    const struct value *metadata = value_get(tree, STR("metadata"));
    if (codec_tree_kept(o) || !o->kind || !is_envelope(o->stored) || !has_metadata(o->kind) || !metadata || metadata->type != VALUE_MAP)
        return;
    struct value_member *members = mem_resize(NULL, ((size_t)tree->map.n + metadata->map.n + 1) * sizeof(*members));
    if (!members)
        return;
    char text[24];
    struct value top = {.type = VALUE_MAP, .map = {members, tree->map.n, tree->map.n}};
    struct value inner = {.type = VALUE_MAP, .map = {members + tree->map.n, 0, metadata->map.n + 1}};
    with_revision(schema_field_numbered(o->kind->message, 1)->message, metadata, revision_text(o, text), &inner);
    memcpy(members, tree->map.members, tree->map.n * sizeof(*members));
    value_get(&top, STR("metadata"))->map = inner.map;
    codec_tree_keep(o, &top);
    mem_free(members);
}

static int body_by_tree(const struct object *o, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r == 0)
        r = object_tree(mem, o, &tree, err);
    if (r < 0)
        return r;
    value_del(&tree, STR("kind"));
    value_del(&tree, STR("apiVersion"));
    json_print(out, &tree);
    return 0;
}

static int body_by_bytes(const struct object *o, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct codec c = {.err = err, .trusted = o->verbatim};
    char text[24];
    struct str raw;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r == 0)
        r = message_bytes(o, &raw, err);
    if (r < 0)
        return r;
    c.arena = mem;
    c.revision = revision_text(o, text);
    r = codec_print(&c, o->kind->message, raw, out);
    codec_done(&c);
    return r;
}

static int body_print(const struct object *o, struct buf *out, struct err *err)
{
    size_t start = out->n;
    int r = object_opaque(o) ? opaque(err) : 1;
    if (r == 1 && is_envelope(o->stored))
        r = body_by_bytes(o, out, err);
    if (r == 1) {
        if (buf_error(out) == 0)
            out->n = start;
        r = body_by_tree(o, out, err);
    }
    if (r == 0 && buf_error(out) < 0)
        r = err_raise(err, buf_error(out), "no memory for an object's text");
    return r;
}

int object_json_put(struct object *o, struct buf *out, struct err *err)
{
    struct str text;
    if (codec_text(o, &text)) {
        buf_str(out, text);
        return buf_error(out);
    }
    size_t start = out->n;
    int r = body_print(o, out, err);
    if (r == 0 && (o->asked >= ASKED_ENOUGH || o->awaited))
        r = codec_text_keep(o, str_from(buf_view(out), start));
    o->asked = MIN(o->asked + 1, ASKED_ENOUGH);
    return r == -ENOMEM ? err_raise(err, r, "no memory for an object's text") : r;
}

static void put_revision(const struct object *o, char before, struct buf *out)
{
    buf_char(out, before);
    buf_str(out, STR("\"resourceVersion\":\""));
    buf_int(out, o->revision);
    buf_char(out, '"');
}

/* ObjectMeta in the order of its rows, the revision in its place. */
static void put_formed_metadata(const struct object *o, const struct value *metadata, struct buf *out)
{
    const struct schema_message *m = schema_field_numbered(o->kind->message, 1)->message;
    ssize_t place = schema_slot_find(m, STR("resourceVersion"), SIZE_MAX);
    size_t hint = 0;
    bool put = false;
    char before = '{';
    VALUE_EACH_MEMBER (member, metadata) {
        ssize_t slot = schema_slot_find(m, member->key, hint);
        hint = (size_t)slot + 1;
        if (!put && slot > place) {
            put_revision(o, before, out);
            put = true;
            before = ',';
        }
        buf_char(out, before);
        json_string(out, member->key);
        buf_char(out, ':');
        json_print(out, &member->value);
        before = ',';
    }
    if (!put)
        put_revision(o, before, out);
    buf_char(out, '}');
}

void object_json_formed(struct object *o, const struct value *tree, struct buf *out)
{
    bool first = true;
    struct str text;
    object_json_head(o, out); /* ends in a comma */
    if (o->awaited && codec_text(o, &text)) {
        buf_str(out, str_from(text, 1));
        if (o->asked < ASKED_ENOUGH) /* kept for this answer alone */
            codec_text_drop(o);
        o->awaited = false;
        o->asked = MAX(o->asked, 1);
        return;
    }
    o->awaited = false;
    VALUE_EACH_MEMBER (m, tree) {
        if (str_is(m->key, "kind") || str_is(m->key, "apiVersion"))
            continue;
        if (!first)
            buf_char(out, ',');
        first = false;
        json_string(out, m->key);
        buf_char(out, ':');
        if (str_is(m->key, "metadata"))
            put_formed_metadata(o, &m->value, out);
        else
            json_print(out, &m->value);
    }
    buf_char(out, '}');
    o->asked = MAX(o->asked, 1);
}

int object_json(struct object *o, struct str *body, struct err *err)
{
    if (codec_text(o, body))
        return 0;
    SCOPED_BUF out = BUF_INIT(0);
    o->asked = ASKED_ENOUGH;
    int r = object_json_put(o, &out, err);
    if (r == 0 && !codec_text(o, body))
        r = -ENOMEM;
    return r;
}

/* ── protobuf with its revision ── */

/* The metadata message with field 6 (resourceVersion) replaced: nothing else is touched. */
static int put_metadata(struct str metadata, struct str revision, struct buf *out, struct err *err)
{
    struct pb_reader r = pb_reader_of(metadata);
    struct pb_field f;
    bool put = false;
    size_t at = pb_open(out, 1);
    int rc;
    for (const char *from = r.p; (rc = pb_next(&r, &f, err)) > 0; from = r.p) {
        if (!put && f.number >= 6) {
            pb_put_bytes(out, 6, revision);
            put = true;
        }
        if (f.number != 6)
            buf_add(out, from, (size_t)(r.p - from));
    }
    if (!put)
        pb_put_bytes(out, 6, revision);
    pb_close(out, at);
    return rc;
}

static int put_message(struct str message, struct str revision, struct buf *out, struct err *err)
{
    struct pb_reader r = pb_reader_of(message);
    struct pb_field f;
    int rc;
    for (const char *from = r.p; (rc = pb_next(&r, &f, err)) > 0; from = r.p) {
        if (f.number == 1 && f.wire == PB_BYTES) {
            rc = put_metadata(f.bytes, revision, out, err);
            if (rc < 0)
                return rc;
        } else {
            buf_add(out, from, (size_t)(r.p - from));
        }
    }
    return rc;
}

static int put_tree(const struct object *o, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r == 0)
        r = object_tree(mem, o, &tree, err);
    if (r < 0)
        return r;
    struct codec c = {.arena = mem, .err = err};
    r = codec_write(&c, o->kind->message, &tree, out);
    codec_done(&c);
    return r;
}

int object_pb(const struct object *o, struct buf *out, struct err *err)
{
    char text[24];
    struct str raw;
    if (!o->kind)
        return err_raise(err, -ENOTSUP, "objects of custom kinds have no protobuf form");
    int r = is_envelope(o->stored) ? message_bytes(o, &raw, err) : 1;
    if (r == 0 && has_metadata(o->kind))
        r = put_message(raw, revision_text(o, text), out, err);
    else if (r == 0)
        buf_str(out, raw);
    else if (r > 0)
        r = put_tree(o, out, err);
    if (r == 0 && buf_error(out) < 0)
        r = err_raise(err, buf_error(out), "no memory for an object's bytes");
    return r;
}
