#include "json/json.h"
#include "object/codec_inside.h"
#include "pb/pb.h"

/* Straight from protobuf bytes to JSON text: what codec_read() and json_print()
 * do together, without the tree between. A message is walked once to find where
 * each field stands, then written in key order. Fields that do not stand as an
 * encoder writes them (runs torn apart, map keys unsorted) are left to the tree. */

#define ASIDE 1

struct seen {
    struct pb_field field;  /* the last one of its number */
    const char *from, *end; /* repeated ones and maps: the run, tags included */
};
struct print {
    struct codec *codec;
    struct buf *out;
    VEC(struct seen) slots;
};

static int print_message(struct print *p, const struct schema_message *m, struct str bytes, bool outermost);

static void put_key(struct buf *out, bool *first, struct str name)
{
    char *to = buf_room(out, name.n + 4);
    if (!to)
        return;
    size_t n = 0;
    if (!*first)
        to[n++] = ',';
    to[n++] = '"';
    memcpy(to + n, name.p, name.n); /* field names need no escapes */
    n += name.n;
    to[n++] = '"';
    to[n++] = ':';
    buf_grew(out, n);
    *first = false;
}

static int print_form(struct print *p, const struct schema_message *m, struct str bytes)
{
    struct value v;
    int r = codec_form_read(p->codec, m, bytes, &v);
    if (r == 0)
        json_print(p->out, &v);
    return r;
}

static int print_item(struct print *p, const struct schema_field *f, const struct pb_field *got, bool outermost)
{
    struct buf *out = p->out;
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        json_string(out, got->bytes);
        return 0;
    case SCHEMA_INT32:
        buf_int(out, (int32_t)got->integer);
        return 0;
    case SCHEMA_INT64:
        buf_int(out, (int64_t)got->integer);
        return 0;
    case SCHEMA_BOOL:
        buf_str(out, got->integer ? STR("true") : STR("false"));
        return 0;
    case SCHEMA_DOUBLE:
        json_double(out, pb_double(got->integer));
        return 0;
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        buf_char(out, '"');
        buf_base64(out, got->bytes);
        buf_char(out, '"');
        return 0;
    default:
        if (f->message->form != SCHEMA_FORM_OBJECT)
            return print_form(p, f->message, got->bytes);
        return print_message(p, f->message, got->bytes, outermost);
    }
}

static bool wire_fits(const struct schema_field *f, enum pb_wire wire)
{
    switch (f->type) {
    case SCHEMA_INT32:
    case SCHEMA_INT64:
    case SCHEMA_BOOL:
        return wire == PB_VARINT;
    case SCHEMA_DOUBLE:
        return wire == PB_FIXED64;
    default:
        return wire == PB_BYTES;
    }
}

/* ── lists and maps ── */

static int print_list(struct print *p, const struct schema_field *f, const struct seen *s)
{
    struct pb_reader r = {s->from, s->end};
    struct pb_field got;
    int rc = 0;
    buf_char(p->out, '[');
    for (size_t i = 0; rc == 0 && pb_next(&r, &got, NULL) > 0; i++) {
        if (i)
            buf_char(p->out, ',');
        rc = codec_enter(p->codec, STR_NONE, i);
        if (rc == 0)
            rc = print_item(p, f, &got, false);
        if (rc == 0)
            codec_leave(p->codec);
    }
    buf_char(p->out, ']');
    return rc;
}

static int print_entry(struct print *p, const struct schema_field *f, struct str entry, struct str *last, bool first)
{
    struct pb_reader r = pb_reader_of(entry);
    struct pb_field key, value;
    /* Both parts, in order, nothing else. */
    if (pb_next(&r, &key, NULL) <= 0 || key.number != 1 || key.wire != PB_BYTES || pb_next(&r, &value, NULL) <= 0 || value.number != 2 ||
        value.wire != PB_BYTES || r.p != r.end)
        return ASIDE;
    if (!first && str_cmp(*last, key.bytes) >= 0)
        return ASIDE;
    *last = key.bytes;
    if (!first)
        buf_char(p->out, ',');
    json_string(p->out, key.bytes);
    buf_char(p->out, ':');
    int rc = codec_enter(p->codec, key.bytes, CODEC_KEY);
    if (rc == 0)
        rc = print_item(p, f, &value, false);
    if (rc == 0)
        codec_leave(p->codec);
    return rc;
}

static int print_map(struct print *p, const struct schema_field *f, const struct seen *s)
{
    struct pb_reader r = {s->from, s->end};
    struct pb_field got;
    struct str last = STR_NONE;
    bool first = true;
    int rc = 0;
    buf_char(p->out, '{');
    for (; rc == 0 && pb_next(&r, &got, NULL) > 0; first = false)
        rc = print_entry(p, f, got.bytes, &last, first);
    buf_char(p->out, '}');
    return rc;
}

/* ── messages ── */

static int open_slots(struct print *p, const struct schema_message *m, size_t *base)
{
    size_t n = schema_slots(m);
    *base = p->slots.n;
    if (codec_stack_room((void **)(void *)&p->slots.p, &p->slots.cap, p->slots.n + n, sizeof(*p->slots.p)) < 0)
        return codec_no_memory(p->codec);
    for (size_t i = 0; i < n; i++)
        p->slots.p[*base + i].from = NULL; /* the rest counts only where something stands */
    p->slots.n += n;
    return 0;
}

static int find_fields(struct print *p, const struct schema_message *m, struct str bytes, size_t base)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field got;
    size_t hint = 0;
    int rc;
    for (const char *from = r.p; (rc = pb_next(&r, &got, NULL)) > 0; from = r.p) {
        ssize_t at = schema_number_find(m, got.number, &hint);
        if (at < 0)
            continue;
        const struct schema_field *f = &m->fields[at];
        struct seen *s = &p->slots.p[base + schema_start(m, (size_t)at)];
        if (!wire_fits(f, got.wire))
            return ASIDE;
        if (f->flags & SCHEMA_INLINE) {
            rc = find_fields(p, f->message, got.bytes, base + schema_start(m, (size_t)at));
            if (rc != 0)
                return rc;
            continue;
        }
        bool many = (f->flags & SCHEMA_REPEATED) || f->type >= SCHEMA_MAP_STRING;
        if (s->from && (!many || s->end != from))
            return ASIDE;
        if (!s->from)
            s->from = from;
        s->field = got;
        s->end = r.p;
    }
    return rc < 0 ? ASIDE : 0; /* the tree's reader says what is wrong */
}

static bool is_zero(const struct schema_field *f, const struct pb_field *got)
{
    if (!(f->flags & SCHEMA_OMITEMPTY) || (f->flags & (SCHEMA_PTR | SCHEMA_REPEATED)))
        return false;
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_BYTES:
        return got->bytes.n == 0;
    case SCHEMA_INT32:
        return (int32_t)got->integer == 0;
    case SCHEMA_INT64:
    case SCHEMA_BOOL:
        return got->integer == 0;
    case SCHEMA_DOUBLE:
        return pb_double(got->integer) == 0;
    default:
        return false;
    }
}

/* What is not there but Go writes all the same. */
static int print_absent(struct print *p, const struct schema_field *f)
{
    struct value zero = {0};
    bool nil = (f->flags & (SCHEMA_REPEATED | SCHEMA_PTR)) || f->type == SCHEMA_BYTES || f->type >= SCHEMA_MAP_STRING;
    int r = nil ? 0 : codec_zero(p->codec, f, &zero);
    if (r == 0)
        json_print(p->out, &zero);
    return r;
}

static int print_present(struct print *p, const struct schema_field *f, const struct seen *s, bool *first, bool outermost)
{
    if (f->flags & SCHEMA_REPEATED) {
        put_key(p->out, first, f->name);
        return print_list(p, f, s);
    }
    if (f->type >= SCHEMA_MAP_STRING) {
        put_key(p->out, first, f->name);
        return print_map(p, f, s);
    }
    if (f->type != SCHEMA_MESSAGE || f->message->form == SCHEMA_FORM_OBJECT) {
        put_key(p->out, first, f->name);
        return print_item(p, f, &s->field, outermost && str_is(f->name, "metadata"));
    }
    /* Times and embedded JSON can turn out to be null, which is absent. */
    struct value v;
    int r = codec_form_read(p->codec, f->message, s->field.bytes, &v);
    if (r < 0 || (v.type == VALUE_NULL && codec_omits_absent(f)) || codec_omits(f, &v))
        return r;
    put_key(p->out, first, f->name);
    json_print(p->out, &v);
    return 0;
}

static int print_slot(struct print *p, const struct schema_field *f, size_t slot, bool *first, bool outermost)
{
    bool there = p->slots.p[slot].from != NULL;
    struct seen s = {0};
    if (there) /* the stack may move below */
        s = p->slots.p[slot];
    bool present = there && !is_zero(f, &s.field);
    if (!present && (there || codec_omits_absent(f)))
        return 0;
    int r = codec_enter(p->codec, f->name, 0);
    if (r < 0)
        return r;
    if (present) {
        r = print_present(p, f, &s, first, outermost);
    } else {
        put_key(p->out, first, f->name);
        r = print_absent(p, f);
    }
    if (r == 0)
        codec_leave(p->codec);
    return r;
}

/* `outermost`: the object itself or its metadata, where the revision goes. */
static int print_message(struct print *p, const struct schema_message *m, struct str bytes, bool outermost)
{
    size_t base, n = schema_slots(m);
    bool first = true, metadata = outermost && p->codec->depth == 1;
    int r = open_slots(p, m, &base);
    if (r == 0)
        r = find_fields(p, m, bytes, base);
    buf_char(p->out, '{');
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct schema_field *f = schema_slot(m, i);
        if (metadata && str_is(f->name, "resourceVersion")) {
            put_key(p->out, &first, f->name);
            json_string(p->out, p->codec->revision);
            continue;
        }
        if (p->slots.p[base + i].from || !codec_omits_absent(f))
            r = print_slot(p, f, base + i, &first, outermost);
    }
    buf_char(p->out, '}');
    p->slots.n = base;
    return r;
}

int codec_print(struct codec *c, const struct schema_message *m, struct str bytes, struct buf *out)
{
    struct print p = {.codec = c, .out = out};
    if (m->form != SCHEMA_FORM_OBJECT)
        return ASIDE;
    int r = print_message(&p, m, bytes, true);
    VEC_DONE(&p.slots);
    return r;
}
