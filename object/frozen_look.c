#include "object/codec_inside.h"
#include "pb/pb.h"

/* Looks into stored bytes without making a tree. Protobuf is walked by field
 * numbers. JSON was checked when it was frozen or loaded, so its scanner only
 * has to find the ends of things. */

/* ── JSON ── */

static size_t json_space(struct str s, size_t i)
{
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r'))
        i++;
    return i;
}

typedef signed char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

/* Where in a word of bytes that are 0 or 0xff the first 0xff stands. */
static size_t first_marked(uint64_t odd)
{
    return (size_t)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(odd) : __builtin_clzll(odd)) / 8;
}

static size_t json_string_end(struct str s, size_t i)
{
    for (i++; i < s.n; i += 2) { /* over an escape, whose second byte may be a quote */
        for (bytes16 b; s.n - i >= 16; i += 16) {
            memcpy(&b, s.p + i, 16);
            words2 odd = (words2)((b == '"') | (b == '\\'));
            if (odd[0] | odd[1]) {
                i += odd[0] ? first_marked(odd[0]) : 8 + first_marked(odd[1]);
                break;
            }
        }
        while (i < s.n && s.p[i] != '"' && s.p[i] != '\\')
            i++;
        if (i < s.n && s.p[i] == '"')
            return i + 1;
    }
    return s.n;
}

/* Text or number, list or map: up to the comma or bracket behind it. */
static size_t json_value_end(struct str s, size_t i)
{
    static const signed char ways[256] = {['"'] = 1, ['{'] = 2, ['['] = 2, ['}'] = 3, [']'] = 3, [','] = 4};
    unsigned depth = 0;
    while (i < s.n) {
        switch (ways[(unsigned char)s.p[i]]) {
        case 1:
            i = json_string_end(s, i);
            continue;
        case 2:
            depth++;
            break;
        case 3:
            if (depth-- == 0)
                return i;
            break;
        case 4:
            if (depth == 0)
                return i;
            break;
        default:
            break;
        }
        i++;
    }
    return s.n;
}

/* The text from the member's value on: further members may stand behind it. What is no map has none. Keys with escapes are not found, which no
 * key asked for here has. */
static bool json_enter(struct str object, struct str key, struct str *value)
{
    size_t i = json_space(object, 0);
    if (i >= object.n || object.p[i] != '{')
        return false;
    for (i = json_space(object, i + 1); i < object.n && object.p[i] == '"'; i = json_space(object, i + 1)) {
        size_t end = json_string_end(object, i);
        struct str name = str_make(object.p + i + 1, end - i - 2);
        i = json_space(object, end);
        i = json_space(object, i + 1); /* behind the colon */
        if (i >= object.n)
            return false;
        if (str_eq(name, key)) {
            *value = str_from(object, i);
            return true;
        }
        i = json_space(object, json_value_end(object, i));
        if (i >= object.n || object.p[i] != ',')
            return false;
    }
    return false;
}

/* The member's value text. */
static bool json_member(struct str object, struct str key, struct str *value)
{
    struct str from;
    if (!json_enter(object, key, &from))
        return false;
    *value = str_trim(str_head(from, json_value_end(from, 0)));
    return true;
}

/* The same by a path of maps, which are not read to their ends. */
static bool json_look(struct str at, struct str path, struct str *value)
{
    struct str name;
    while (str_next(&path, '.', &name)) {
        if (!path.p)
            return json_member(at, name, value);
        if (!json_enter(at, name, &at))
            return false;
    }
    return false;
}

static bool json_scalar(struct str text, struct str *value, char scratch[32])
{
    if (text.n == 0 || text.p[0] == '{' || text.p[0] == '[' || str_is(text, "null"))
        return false;
    if (text.p[0] != '"') {
        *value = text;
        return true;
    }
    *value = str_make(text.p + 1, text.n - 2);
    if (value->n == 0 || !memchr(value->p, '\\', value->n))
        return true;
    SCOPED(arena) mem = NULL;
    struct value v;
    if (arena_new(&mem, 1 << 20) < 0 || value_parse(mem, text, NULL, NULL, &v, NULL) < 0 || v.text.n > 32)
        return false;
    memcpy(scratch, v.text.p, v.text.n);
    *value = str_make(scratch, v.text.n);
    return true;
}

/* ── protobuf ── */

static struct str message_of(const struct object *o)
{
    struct codec_envelope e;
    return codec_envelope_read(o->stored, &e, NULL) == 0 ? e.raw : STR_NONE;
}

/* The field of that JSON name, with the bytes of the INLINE message it stands in. */
static const struct schema_field *find_field(const struct schema_message *m, struct str name, struct str *bytes)
{
    struct pb_field inner;
    for (size_t i = 0; i < m->n_fields; i++) {
        const struct schema_field *f = &m->fields[i];
        if (!(f->flags & SCHEMA_INLINE)) {
            if (str_eq(f->name, name))
                return f;
            continue;
        }
        if (f->flags & SCHEMA_JSON_ONLY || !pb_find(*bytes, f->number, PB_BYTES, &inner))
            continue;
        struct str below = inner.bytes;
        const struct schema_field *found = find_field(f->message, name, &below);
        if (found) {
            *bytes = below;
            return found;
        }
    }
    return NULL;
}

static bool pb_scalar(const struct schema_field *f, struct str bytes, struct str *value, char scratch[32])
{
    struct pb_field got;
    int n;
    if (f->type == SCHEMA_STRING) {
        if (!pb_find(bytes, f->number, PB_BYTES, &got))
            return false;
        *value = got.bytes;
        return true;
    }
    if ((f->type != SCHEMA_BOOL && f->type != SCHEMA_INT32 && f->type != SCHEMA_INT64) || !pb_find(bytes, f->number, PB_VARINT, &got))
        return false;
    if (f->type == SCHEMA_BOOL) {
        *value = got.integer ? STR("true") : STR("false");
        return true;
    }
    n = snprintf(scratch, 32, "%lld", f->type == SCHEMA_INT32 ? (long long)(int32_t)got.integer : (long long)(int64_t)got.integer);
    *value = str_make(scratch, (size_t)n);
    return true;
}

static bool pb_look(const struct object *o, const char *path, struct str *value, char scratch[32])
{
    const struct schema_message *m = o->kind->message;
    struct str bytes = message_of(o), rest = str_of(path), name;
    while (str_next(&rest, '.', &name)) {
        const struct schema_field *f = find_field(m, name, &bytes);
        struct pb_field got;
        if (!f || (f->flags & (SCHEMA_REPEATED | SCHEMA_JSON_ONLY)))
            return false;
        if (!rest.p)
            return pb_scalar(f, bytes, value, scratch);
        if (f->type != SCHEMA_MESSAGE || !pb_find(bytes, f->number, PB_BYTES, &got))
            return false;
        bytes = got.bytes;
        m = f->message;
    }
    return false;
}

/* Goes down a path of messages, lists' items too, until one of them holds the last name. */
static bool pb_has(const struct schema_message *m, struct str bytes, struct str rest)
{
    struct str name;
    if (!str_next(&rest, '.', &name))
        return true;
    const struct schema_field *f = find_field(m, name, &bytes);
    struct pb_field got;
    struct pb_reader r = pb_reader_of(bytes);
    if (!f || f->flags & SCHEMA_JSON_ONLY)
        return f != NULL; /* it stands in no bytes of its own: perhaps */
    while (pb_next(&r, &got, NULL) > 0) {
        bool last = !rest.p && (f->type != SCHEMA_STRING || f->flags & SCHEMA_REPEATED || got.bytes.n); /* empty texts are written, too */
        if (got.number == f->number && (last || (rest.p && f->type == SCHEMA_MESSAGE && got.wire == PB_BYTES && pb_has(f->message, got.bytes, rest))))
            return true;
    }
    return false;
}

static bool is_pb(const struct object *o)
{
    return o->kind && o->stored.n >= 4 && memcmp(o->stored.p, "k8s", 4) == 0;
}

/* ── the door ── */

bool object_field(const struct object *o, const char *path, struct str *value, char scratch[32])
{
    struct str at;
    /* The type stands in the envelope or is the kind's, not in the message. */
    if (o->kind && (strcmp(path, "kind") == 0 || strcmp(path, "apiVersion") == 0)) {
        *value = path[0] == 'k' ? o->kind->name : o->kind->api_version;
        return true;
    }
    if (is_pb(o))
        return pb_look(o, path, value, scratch);
    return json_look(o->stored, str_of(path), &at) && json_scalar(at, value, scratch);
}

bool object_has(const struct object *o, const char *path)
{
    struct str rest = str_of(path), name, at = o->stored;
    if (is_pb(o))
        return pb_has(o->kind->message, message_of(o), rest);
    while (str_next(&rest, '.', &name)) {
        if (at.n && at.p[0] == '[')
            return true; /* its items are not looked through */
        if (!json_member(at, name, &at) || str_is(at, "null"))
            return false;
    }
    return true;
}

bool object_pair_next(const struct object *o, const char *path, size_t *place, struct str *key, struct str *value)
{
    struct str bytes = is_pb(o) ? message_of(o) : STR_NONE, rest = str_of(path), name;
    const struct schema_message *m = is_pb(o) ? o->kind->message : NULL;
    struct pb_field got, part;
    while (m && str_next(&rest, '.', &name)) {
        const struct schema_field *f = find_field(m, name, &bytes);
        if (rest.p && f && f->type == SCHEMA_MESSAGE && !(f->flags & SCHEMA_REPEATED) && pb_find(bytes, f->number, PB_BYTES, &got)) {
            bytes = got.bytes;
            m = f->message;
            continue;
        }
        if (rest.p || !f || f->type != SCHEMA_MAP_STRING)
            return false;
        struct pb_reader r = pb_reader_of(bytes);
        for (size_t at = 0; pb_next(&r, &got, NULL) > 0; at++) {
            if (at < *place || got.number != f->number || got.wire != PB_BYTES)
                continue;
            *key = pb_find(got.bytes, 1, PB_BYTES, &part) ? part.bytes : STR("");
            *value = pb_find(got.bytes, 2, PB_BYTES, &part) ? part.bytes : STR("");
            *place = at + 1;
            return true;
        }
    }
    return false;
}

bool codec_metadata(const struct object *o, struct str *metadata)
{
    struct pb_field f;
    if (o->metadata_at) {
        /* Where it stands was found by reading it: its length is known to be good. */
        const char *p = o->stored.p + o->metadata_at;
        size_t n = 0;
        for (unsigned shift = 0;; shift += 7) {
            unsigned char c = (unsigned char)*p++;
            n |= (size_t)(c & 0x7f) << shift;
            if (!(c & 0x80))
                break;
        }
        *metadata = str_make(p, n);
        return true;
    }
    if (!pb_find(message_of(o), 1, PB_BYTES, &f))
        return false;
    *metadata = f.bytes;
    return true;
}

/* The field that starts `at` bytes behind the metadata's start, plus one. */
static struct str metadata_field(const struct object *o, size_t at)
{
    struct str metadata;
    struct pb_field f;
    if (!at || !codec_metadata(o, &metadata))
        return STR("");
    struct pb_reader r = pb_reader_of(str_from(metadata, at - 1));
    return pb_next(&r, &f, NULL) > 0 ? f.bytes : STR("");
}

static struct str metadata_text(const struct object *o, uint32_t number, const char *path)
{
    struct str value, metadata;
    struct pb_field f;
    char scratch[32];
    if (o->metadata_at)
        return codec_metadata(o, &metadata) && pb_find(metadata, number, PB_BYTES, &f) ? f.bytes : STR("");
    /* Names, namespaces and uids need no escapes, so nothing of scratch is handed out. */
    return object_field(o, path, &value, scratch) && (value.p < scratch || value.p >= scratch + sizeof(scratch)) ? value : STR("");
}

struct str object_namespace(const struct object *o)
{
    return o->metadata_known ? metadata_field(o, o->namespace_at) : metadata_text(o, META_NAMESPACE, "metadata.namespace");
}

struct str object_name(const struct object *o)
{
    struct str metadata;
    struct pb_field f;
    if (!o->metadata_known)
        return metadata_text(o, META_NAME, "metadata.name");
    if (!codec_metadata(o, &metadata)) /* what is known of begins with its name, if there is one */
        return STR("");
    struct pb_reader r = pb_reader_of(metadata);
    return pb_next(&r, &f, NULL) > 0 && f.number == META_NAME && f.wire == PB_BYTES ? f.bytes : STR("");
}

struct str object_uid(const struct object *o)
{
    return o->metadata_known ? metadata_field(o, o->uid_at) : metadata_text(o, META_UID, "metadata.uid");
}

static bool pb_label(struct str metadata, struct str key, struct str *value)
{
    struct pb_reader r = pb_reader_of(metadata);
    struct pb_field f, k, v;
    bool found = false;
    while (pb_next(&r, &f, NULL) > 0) {
        if (f.number != META_LABELS || f.wire != PB_BYTES)
            continue;
        struct str own = pb_find(f.bytes, 1, PB_BYTES, &k) ? k.bytes : STR("");
        if (str_eq(own, key)) {
            *value = pb_find(f.bytes, 2, PB_BYTES, &v) ? v.bytes : STR("");
            found = true;
        }
    }
    return found;
}

bool object_label(const struct object *o, struct str key, struct str *value)
{
    struct str metadata;
    if (is_pb(o))
        return codec_metadata(o, &metadata) && pb_label(metadata, key, value);
    struct str at;
    char scratch[32];
    return json_look(o->stored, STR("metadata.labels"), &at) && json_member(at, key, &at) && json_scalar(at, value, scratch) &&
           (value->p < scratch || value->p >= scratch + sizeof(scratch));
}

bool object_deleting(const struct object *o)
{
    struct str metadata;
    struct pb_field at;
    if (o->metadata_known)
        return o->deleting;
    if (is_pb(o))
        return codec_metadata(o, &metadata) && pb_find(metadata, META_DELETED, PB_BYTES, &at) && at.bytes.n;
    struct str text;
    return json_look(o->stored, STR("metadata.deletionTimestamp"), &text) && !str_is(text, "null");
}

void object_json_head(const struct object *o, struct buf *out)
{
    struct str kind = STR(""), version = STR("");
    if (o->kind) {
        buf_str(out, STR("{\"kind\":\""));
        buf_str(out, o->kind->name);
        buf_str(out, STR("\",\"apiVersion\":\""));
        buf_str(out, o->kind->api_version);
        buf_str(out, STR("\","));
        return;
    }
    /* Verbatim JSON texts, quotes and all; sorted as custom kinds are. */
    if (!json_member(o->stored, STR("kind"), &kind))
        kind = STR("\"\"");
    if (!json_member(o->stored, STR("apiVersion"), &version))
        version = STR("\"\"");
    buf_fmt(out, "{\"apiVersion\":%.*s,\"kind\":%.*s,", STR_FMT(version), STR_FMT(kind));
}

/* ── owners ── */

/* Who owns a frozen object, read off its stored bytes. Numbers are those of
 * metav1.OwnerReference. */
enum { OWNER_UID = 4, OWNER_CONTROLLER = 6 };

static bool part(struct str message, uint32_t number, struct str *out)
{
    struct pb_field f;
    if (!pb_find(message, number, PB_BYTES, &f))
        return false;
    *out = f.bytes;
    return true;
}

static size_t of_pb(const struct object *o, struct str *uids, size_t max, bool controller)
{
    struct str meta, uid;
    struct pb_field f, flag;
    size_t n = 0;
    if ((o->metadata_known && !o->owned) || !codec_metadata(o, &meta))
        return 0;
    for (struct pb_reader r = pb_reader_of(meta); n < max && pb_next(&r, &f, NULL) > 0;) {
        if (f.number != META_OWNERS || f.wire != PB_BYTES || !part(f.bytes, OWNER_UID, &uid))
            continue;
        bool is = pb_find(f.bytes, OWNER_CONTROLLER, PB_VARINT, &flag) && flag.integer;
        if (is || !controller)
            uids[n++] = uid;
    }
    return n;
}

/* Custom objects are stored as JSON; their texts are found by decoding and then borrowed from the stored bytes. */
static size_t of_json(const struct object *o, struct str *uids, size_t max, bool controller)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    size_t n = 0;
    if (str_find(o->stored, STR("\"ownerReferences\"")) < 0 || arena_new(&a, o->stored.n * 64 + 65536) < 0 || object_tree(a, o, &tree, NULL) < 0)
        return 0;
    const struct value *refs = value_at(&tree, "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, refs) {
        ssize_t at = str_find(o->stored, value_text_at(ref, "uid"));
        if (at >= 0 && n < max && (!controller || value_bool_at(ref, "controller", false)))
            uids[n++] = str_make(o->stored.p + at, value_text_at(ref, "uid").n);
    }
    return n;
}

static size_t owners(const struct object *o, struct str *uids, size_t max, bool controller)
{
    return str_starts(o->stored, STR("k8s\0")) ? of_pb(o, uids, max, controller) : of_json(o, uids, max, controller);
}

size_t object_owners(const struct object *o, struct str *uids, size_t max)
{
    return owners(o, uids, max, false);
}

bool object_controller(const struct object *o, struct str *uid)
{
    return owners(o, uid, 1, true) == 1;
}
