#include "json/json.h"
#include "object/codec_inside.h"
#include "pb/pb.h"
#include "yaml/yaml.h"

static const char magic[4] = {'k', '8', 's', 0};

/* ── the protobuf envelope: k8s\0 and runtime.Unknown ── */

static int envelope_type(struct str bytes, struct codec_envelope *e, struct err *err)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field f;
    int rc;
    while ((rc = pb_next(&r, &f, err)) > 0) {
        if (f.number == 1 && f.wire == PB_BYTES)
            e->api_version = f.bytes;
        if (f.number == 2 && f.wire == PB_BYTES)
            e->kind = f.bytes;
    }
    return rc;
}

int codec_envelope_read(struct str in, struct codec_envelope *e, struct err *err)
{
    *e = (struct codec_envelope){0};
    if (in.n < sizeof(magic) || memcmp(in.p, magic, sizeof(magic)) != 0)
        return err_raise(err, -EBADMSG, "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    struct pb_reader r = pb_reader_of(str_from(in, sizeof(magic)));
    struct pb_field f;
    int rc;
    while ((rc = pb_next(&r, &f, err)) > 0) {
        if (f.number > 4)
            continue;
        if (f.wire != PB_BYTES)
            return err_raise(err, -EBADMSG, "proto: wrong wireType = %d in the envelope", (int)f.wire);
        struct str *places[] = {NULL, &e->raw, &e->encoding, &e->type};
        if (f.number > 1)
            *places[f.number - 1] = f.bytes;
        else if ((rc = envelope_type(f.bytes, e, err)) < 0)
            return rc;
    }
    return rc;
}

void codec_envelope_head(struct buf *out, struct str api_version, struct str kind)
{
    buf_add(out, magic, sizeof(magic));
    size_t at = pb_open(out, 1);
    pb_put_bytes(out, 1, api_version);
    pb_put_bytes(out, 2, kind);
    pb_close(out, at);
}

/* ── where JSON text is to be kept verbatim ──
 * Notes of the guide: a message (its object follows), or a field with the low
 * bit set (a list or map whose items are of the field's type follows). */

static const void *note_message(const struct schema_message *m)
{
    if (m->form == SCHEMA_FORM_RAW || m->form == SCHEMA_FORM_RAW_OBJECT)
        return VALUE_GUIDE_RAW;
    return m;
}

static const struct schema_message *object_rows(const struct schema_message *m)
{
    for (size_t i = 0; (m->form == SCHEMA_FORM_OR_ARRAY || m->form == SCHEMA_FORM_OR_BOOL || m->form == SCHEMA_FORM_OR_STRINGS) && i < m->n_fields;
         i++)
        if (m->fields[i].message)
            return m->fields[i].message;
    return m;
}

static const void *guide_enter(const void *parent, struct str key)
{
    if ((uintptr_t)parent & 1) {
        const struct schema_field *f = (const void *)((uintptr_t)parent & ~(uintptr_t)1);
        return f->message ? note_message(f->message) : NULL;
    }
    const struct schema_message *m = parent;
    if (!key.p)
        return m->form == SCHEMA_FORM_OR_ARRAY ? m : NULL;
    const struct schema_field *f = schema_field_find(object_rows(m), key);
    if (!f || !f->message)
        return NULL;
    if ((f->flags & SCHEMA_REPEATED) || f->type == SCHEMA_MAP_MESSAGE)
        return (const void *)((uintptr_t)f | 1);
    return note_message(f->message);
}

/* For the first look: only kind and apiVersion are read, the rest is skipped. */
static const void *guide_type(const void *parent, struct str key)
{
    (void)parent;
    return str_is(key, "kind") || str_is(key, "apiVersion") ? NULL : VALUE_GUIDE_SKIP;
}

/* ── which kind ── */

#define QUOTED_MAX 512

static int unknown_kind(struct err *err, struct str api_version, struct str kind, struct str in)
{
    if (kind.n == 0 || api_version.n == 0)
        return err_raise(err, -ENOTSUP, "Object '%s' is missing in '%.*s'", kind.n ? "apiVersion" : "Kind", (int)MIN(in.n, (size_t)QUOTED_MAX),
                         in.p ? in.p : "");
    return err_raise(err, -ENOTSUP, "no kind \"%.*s\" is registered for version \"%.*s\"", (int)MIN(kind.n, (size_t)128), kind.p,
                     (int)MIN(api_version.n, (size_t)128), api_version.p);
}

/* A watch event carries no type of its own: it is told by its two members. */
static const struct schema_kind *watch_event(void)
{
    return schema_kind_find(STR(""), STR("v1"), STR("WatchEvent"));
}

static int kind_of_tree(const struct value *tree, struct str in, const struct schema_kind **kind, struct err *err)
{
    const struct value *k = value_get(tree, STR("kind")), *version = value_get(tree, STR("apiVersion"));
    if (tree->type != VALUE_MAP)
        return err_raise(err, -EBADMSG, "an object is a map of fields");
    if ((!value_is_null(k) && k->type != VALUE_TEXT) || (!value_is_null(version) && version->type != VALUE_TEXT))
        return err_raise(err, -EBADMSG, "couldn't get version/kind: kind and apiVersion are text");
    *kind = schema_kind_parse(value_text(version), value_text(k));
    if (!*kind && !k && !version && value_get(tree, STR("type")) && value_get(tree, STR("object")))
        *kind = watch_event();
    return *kind ? 0 : unknown_kind(err, value_text(version), value_text(k), in);
}

/* ── decoding ── */

static int note_duplicates(struct arena *a, const struct value_duplicates *d, bool yaml, struct object_notes *notes, struct err *err)
{
    for (size_t i = 0; notes && i < d->n; i++) {
        if (notes->n++ >= FAULTS_MAX || i >= VALUE_DUPLICATES_MAX)
            continue;
        notes->items[notes->n - 1] = yaml ? d->items[i] : arena_fmt(a, "duplicate field \"%.*s\"", STR_FMT(d->items[i]));
        if (!notes->items[notes->n - 1].p)
            return err_raise(err, -ENOMEM, "no memory for an object, or it is too large");
    }
    return 0;
}

enum note_type { NOTE_YAML, NOTE_UNKNOWN, NOTE_DUPLICATE };

static enum note_type note_type(struct str text)
{
    return str_starts(text, STR("line ")) ? NOTE_YAML : str_starts(text, STR("duplicate ")) ? NOTE_DUPLICATE : NOTE_UNKNOWN;
}

static const char yaml_faults[] = "yaml: unmarshal errors:";

void object_notes_say(const struct object_notes *notes, struct buf *out)
{
    size_t told = 0;
    buf_text(out, "strict decoding error: ");
    for (enum note_type type = NOTE_YAML; type <= NOTE_DUPLICATE; type++)
        for (size_t i = 0; i < MIN(notes->n, (size_t)FAULTS_MAX); i++) {
            if (note_type(notes->items[i]) != type)
                continue;
            if (type == NOTE_YAML)
                buf_fmt(out, "%s\n  ", told ? "" : yaml_faults);
            else
                buf_text(out, told ? ", " : "");
            buf_add(out, notes->items[i].p, notes->items[i].n);
            told++;
        }
}

void object_duplicates_say(const struct value_duplicates *d, struct buf *out)
{
    buf_fmt(out, "error converting YAML to JSON: %s", yaml_faults);
    for (size_t i = 0; i < MIN(d->n, (size_t)VALUE_DUPLICATES_MAX); i++)
        buf_fmt(out, "\n  %.*s", STR_FMT(d->items[i]));
}

int codec_decode_tree(struct codec *c, const struct schema_kind *kind, const struct value *tree, struct value *out)
{
    struct value made;
    c->owner = kind->message;
    c->type = kind;
    int r = codec_conform(c, kind->message, tree, &made);
    if (r == 0)
        *out = made;
    return r;
}

static int conform_custom(struct arena *a, struct value *tree, struct object_notes *notes, struct err *err);

/* Custom kinds: their type in front, their metadata in form; the rest is structural's. */
static int decode_custom(struct arena *a, const struct schema_kind *kind, const struct value *tree, struct value *out, struct object_notes *notes,
                         struct err *err)
{
    struct value made = *tree;
    if (made.type != VALUE_MAP)
        return err_raise(err, -EBADMSG, "an object is a map of fields");
    if ((!value_get(&made, STR("apiVersion")) && !value_set(a, &made, STR("apiVersion"), value_make_text(kind->api_version))) ||
        (!value_get(&made, STR("kind")) && !value_set(a, &made, STR("kind"), value_make_text(kind->name))))
        return err_raise(err, -ENOMEM, "no memory for an object");
    int r = conform_custom(a, &made, notes, err);
    if (r == 0)
        *out = made;
    return r;
}

static int decode_tree(struct arena *a, const struct schema_kind *kind, const struct value *tree, struct value *out, struct object_notes *notes,
                       struct err *err)
{
    if (kind->custom)
        return decode_custom(a, kind, tree, out, notes, err);
    struct codec c = {.arena = a, .notes = notes, .err = err};
    int r = codec_decode_tree(&c, kind, tree, out);
    codec_done(&c);
    return r;
}

/* Upstream looks at the type first, so that is where it finds text that is no JSON. */
static int parse_json(struct arena *a, struct str in, const struct value_guide *guide, struct value_duplicates *duplicates, struct value *tree,
                      struct err *err)
{
    int r = value_parse(a, in, guide, duplicates, tree, err);
    return r == -EBADMSG ? err_wrap(err, r, "couldn't get version/kind; json parse error") : r;
}

static int look_for_kind(struct arena *a, struct str in, const struct schema_kind **kind, struct err *err)
{
    struct value tree;
    struct value_guide look = {guide_type, ""};
    int r = parse_json(a, in, &look, NULL, &tree, err);
    return r == 0 ? kind_of_tree(&tree, in, kind, err) : r;
}

static int decode_json(struct arena *a, struct str in, const struct schema_kind **kind, struct value *out, struct object_notes *notes,
                       struct err *err)
{
    struct value tree;
    struct value_duplicates *duplicates = NULL;
    int r = *kind ? 0 : look_for_kind(a, in, kind, err);
    if (r == 0 && notes) {
        duplicates = arena_alloc(a, sizeof(*duplicates));
        r = duplicates ? 0 : err_raise(err, -ENOMEM, "no memory for an object");
    }
    if (r < 0)
        return r;
    struct value_guide guide = {guide_enter, (*kind)->message};
    r = parse_json(a, in, (*kind)->custom ? NULL : &guide, duplicates, &tree, err);
    if (r == 0 && duplicates)
        r = note_duplicates(a, duplicates, false, notes, err);
    return r < 0 ? r : decode_tree(a, *kind, &tree, out, notes, err);
}

/* Whatever is not as guessed, faults included, is left to the long way. */
static bool decode_guessed(struct arena *a, struct str in, const struct schema_kind *guess, struct value *out, struct object_notes *notes,
                           struct err *err, int *r)
{
    struct value tree;
    struct value_guide guide = {guide_enter, guess->message};
    struct value_duplicates *duplicates = arena_alloc(a, sizeof(*duplicates));
    if (!duplicates || value_parse(a, in, guess->custom ? NULL : &guide, duplicates, &tree, NULL) < 0 || duplicates->n)
        return false;
    const struct value *kind = value_get(&tree, STR("kind")), *version = value_get(&tree, STR("apiVersion"));
    if (!str_eq(value_text(kind), guess->name) || !str_eq(value_text(version), guess->api_version))
        return false;
    *r = decode_tree(a, guess, &tree, out, notes, err);
    return true;
}

static int decode_yaml(struct arena *a, struct str in, const struct schema_kind **kind, struct value *out, struct object_notes *notes,
                       struct err *err)
{
    struct value tree;
    struct value_duplicates *duplicates = arena_alloc(a, sizeof(*duplicates));
    if (!duplicates)
        return err_raise(err, -ENOMEM, "no memory for an object");
    struct codec c = {.arena = a, .err = err};
    int r = yaml_parse(a, in, duplicates, &tree, err);
    if (r == 0) /* upstream goes by way of JSON made from Go maps, which embedded JSON shows */
        r = codec_sort_tree(&c, &tree);
    if (r == 0)
        r = note_duplicates(a, duplicates, true, notes, err);
    if (r == 0 && !*kind)
        r = kind_of_tree(&tree, in, kind, err);
    return r < 0 ? r : decode_tree(a, *kind, &tree, out, notes, err);
}

static int decode_pb(struct arena *a, struct str in, const struct schema_kind **kind, struct value *out, struct err *err)
{
    struct codec_envelope e;
    struct str copy;
    if (arena_str(a, in, &copy) < 0) /* the tree borrows its texts from the copy */
        return err_raise(err, -ENOMEM, "no memory for an object");
    int r = codec_envelope_read(copy, &e, err);
    if (r < 0)
        return r;
    if (e.encoding.n)
        return err_raise(err, -EBADMSG, "content encoding \"%.*s\" is not known", (int)MIN(e.encoding.n, (size_t)64), e.encoding.p);
    if (!*kind)
        *kind = e.kind.n || e.api_version.n ? schema_kind_parse(e.api_version, e.kind) : watch_event();
    if (!*kind)
        return unknown_kind(err, e.api_version, e.kind, STR(""));
    if ((*kind)->custom)
        return err_raise(err, -EBADMSG, "objects of custom kinds have no protobuf form");
    struct schema_kind type = **kind;
    if (e.kind.n)
        type.name = e.kind;
    if (e.api_version.n)
        type.api_version = e.api_version;
    struct codec c = {.arena = a, .err = err, .type = &type};
    struct value made;
    r = codec_read(&c, (*kind)->message, e.raw, &made);
    codec_done(&c);
    if (r == 0)
        *out = made;
    return r;
}

int object_decode(struct arena *a, enum object_format format, struct str in, const struct schema_kind *kind, struct value *out,
                  const struct schema_kind **found, struct object_notes *notes, struct err *err)
{
    int r;
    if (format == OBJECT_JSON)
        r = decode_json(a, in, &kind, out, notes, err);
    else if (format == OBJECT_YAML)
        r = decode_yaml(a, in, &kind, out, notes, err);
    else
        r = decode_pb(a, in, &kind, out, err);
    if (r == 0 && found)
        *found = kind;
    return r;
}

int object_decode_guess(struct arena *a, enum object_format format, struct str in, const struct schema_kind *guess, struct value *out,
                        const struct schema_kind **found, struct object_notes *notes, struct err *err)
{
    int r;
    /* schema_kind_parse() knows no custom kinds: those are found out otherwise */
    if (format != OBJECT_JSON || guess->custom || !decode_guessed(a, in, guess, out, notes, err, &r))
        return object_decode(a, format, in, NULL, out, found, notes, err);
    *found = guess;
    return r;
}

/* Custom kinds have rows only for their metadata. */
static int conform_custom(struct arena *a, struct value *tree, struct object_notes *notes, struct err *err)
{
    struct codec c = {.arena = a, .notes = notes, .err = err};
    struct value *metadata = value_get(tree, STR("metadata")), made;
    c.owner = schema_message_find(STR("io.k8s.apimachinery.pkg.apis.meta.v1"), STR("ObjectMeta"));
    if (tree->type != VALUE_MAP)
        return err_raise(err, -EBADMSG, "an object is a map of fields");
    if (!metadata || metadata->type == VALUE_NULL)
        return 0;
    int r = codec_enter(&c, STR("metadata"), 0);
    if (r == 0)
        r = codec_conform(&c, c.owner, metadata, &made);
    codec_done(&c);
    if (r == 0)
        *metadata = made;
    return r;
}

static int conform_beside(struct arena *a, const struct schema_kind *kind, struct value *tree, const struct value *twin, bool in_place,
                          struct object_notes *notes, struct err *err)
{
    if (!kind || kind->custom)
        return object_conform(a, kind, tree, notes, err);
    struct codec c = {.arena = a, .notes = notes, .err = err, .twin = twin, .in_place = in_place};
    int r = codec_decode_tree(&c, kind, tree, tree);
    codec_done(&c);
    return r;
}

int object_conform_merged(struct arena *a, const struct schema_kind *kind, struct value *tree, const struct value *live, struct object_notes *notes,
                          struct err *err)
{
    return conform_beside(a, kind, tree, live, false, notes, err);
}

/* Of a kind with rows, and read-only but for the order of members. */
static bool is_formed(struct arena *a, const struct schema_kind *kind, struct value *tree)
{
    struct codec c = {.arena = a, .type = kind, .owner = kind->message};
    bool formed = codec_formed(&c, kind->message, tree);
    codec_done(&c);
    return formed;
}

int object_conform_changed(struct arena *a, const struct schema_kind *kind, struct value *tree, const struct value *old, struct err *err)
{
    if (!old && kind && !kind->custom && is_formed(a, kind, tree)) {
#ifdef ARENA_ONE_MALLOC /* what is said to be in form is what conforming makes */
        struct value made = *tree;
        CHECK(conform_beside(a, kind, &made, NULL, false, NULL, NULL) < 0 || value_identical(&made, tree));
#endif
        return 0;
    }
    return conform_beside(a, kind, tree, old, true, NULL, err);
}

int object_conform(struct arena *a, const struct schema_kind *kind, struct value *tree, struct object_notes *notes, struct err *err)
{
    if (!kind)
        return conform_custom(a, tree, notes, err);
    return decode_tree(a, kind, tree, tree, notes, err);
}

/* ── encoding ── */

static int no_room(const struct buf *out, struct err *err)
{
    int r = buf_error(out);
    return r < 0 ? err_raise(err, r, "no memory for an object's text, or it is too large") : 0;
}

static int encode_pb(struct arena *a, struct buf *out, const struct schema_kind *kind, const struct value *tree, const struct value *was,
                     struct str bytes, bool *exact, struct err *err)
{
    struct codec c = {.arena = a, .err = err};
    struct str version = value_text_at(tree, "apiVersion"), name = value_text_at(tree, "kind");
    bool typed = schema_has_type(kind->message);
    codec_envelope_head(out, !typed || version.n ? version : kind->api_version, !typed || name.n ? name : kind->name);
    size_t at = pb_open(out, 2);
    int r = was ? codec_write_beside(&c, kind->message, tree, was, bytes, out) : 1;
    if (r == 1) {
        codec_done(&c);
        c = (struct codec){.arena = a, .err = err};
        out->n = MIN(out->n, at);
        r = codec_write(&c, kind->message, tree, out);
    }
    pb_close(out, at);
    pb_put_bytes(out, 3, STR_NONE);
    pb_put_bytes(out, 4, STR_NONE);
    codec_done(&c);
    *exact = !c.inexact;
    return r;
}

/* Reading JSON opens what stands in it verbatim, and prints it anew: 1.0 becomes 1. */
static bool raws_stay(struct arena *a, const struct value *v)
{
    bool stay = true;
    if (v->type == VALUE_RAW) {
        struct value open;
        SCOPED_BUF again = BUF_INIT(0);
        if (value_expand(a, v, &open, NULL) < 0)
            return false;
        json_print(&again, &open);
        return buf_error(&again) == 0 && str_eq(buf_view(&again), v->text);
    }
    VALUE_EACH_MEMBER (m, v)
        stay = stay && raws_stay(a, &m->value);
    VALUE_EACH_ITEM (item, v)
        stay = stay && raws_stay(a, item);
    return stay;
}

/* Go writes what has no rows (map[string]interface{}) with sorted keys. */
static int canonical_custom(struct arena *a, enum object_format format, const struct value *tree, struct value *out, struct err *err)
{
    struct codec c = {.arena = a, .err = err};
    if (format == OBJECT_PROTOBUF)
        return err_raise(err, -ENOTSUP, "objects of custom kinds have no protobuf form");
    if (value_copy(a, tree, out) < 0)
        return err_raise(err, -ENOMEM, "no memory for an object");
    return codec_sort_tree(&c, out);
}

int codec_encode_stored(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, const struct value *was,
                        struct str bytes, bool *exact, struct err *err)
{
    SCOPED(arena) mem = NULL;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for an object");
    if (format == OBJECT_JSON) {
        json_print(out, tree);
        *exact = raws_stay(mem, tree);
    } else {
        r = encode_pb(mem, out, kind, tree, was, bytes, exact, err);
    }
    return r < 0 ? r : no_room(out, err);
}

int codec_encode(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, bool stored, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value canonical = {0};
    bool exact;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for an object");
    r = kind && !kind->custom ? decode_tree(mem, kind, tree, &canonical, NULL, err) : canonical_custom(mem, format, tree, &canonical, err);
    if (r < 0)
        return r;
    struct value *metadata = stored ? value_get(&canonical, STR("metadata")) : NULL;
    if (metadata)
        value_del(metadata, STR("resourceVersion"));
    if (format == OBJECT_JSON)
        json_print(out, &canonical);
    else if (format == OBJECT_YAML)
        r = yaml_print(out, &canonical, err);
    else
        r = encode_pb(mem, out, kind, &canonical, NULL, STR_NONE, &exact, err);
    return r < 0 ? r : no_room(out, err);
}

int object_encode(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, struct err *err)
{
    return codec_encode(out, format, kind, tree, false, err);
}
