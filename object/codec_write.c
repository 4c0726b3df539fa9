#include "object/codec_inside.h"
#include "pb/pb.h"

static int put_base64(struct codec *c, struct buf *out, uint32_t number, struct str text)
{
    SCOPED_BUF bytes = BUF_INIT(0);
    int r = buf_unbase64(&bytes, text);
    if (r < 0)
        return r == -ENOMEM ? codec_no_memory(c) : codec_fault(c, "illegal base64 data");
    pb_put_bytes(out, number, buf_view(&bytes));
    return 0;
}

/* One value under its tag; v may be NULL: the zero value. */
static int write_item(struct codec *c, struct buf *out, const struct schema_field *f, uint32_t number, const struct value *v)
{
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        pb_put_bytes(out, number, value_text(v));
        return 0;
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        pb_put_integer(out, number, (uint64_t)value_int(v, 0));
        return 0;
    case SCHEMA_BOOL:
        pb_put_integer(out, number, value_bool(v, false));
        return 0;
    case SCHEMA_DOUBLE:
        pb_put_double(out, number, value_double(v, 0));
        return 0;
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        return put_base64(c, out, number, value_text(v));
    default:
        break;
    }
    size_t at = pb_open(out, number);
    int r = codec_write(c, f->message, v, out);
    pb_close(out, at);
    return r;
}

static int write_map(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v)
{
    VALUE_EACH_MEMBER (m, v) {
        int r = codec_enter(c, m->key, CODEC_KEY);
        if (r < 0)
            return r;
        size_t at = pb_open(out, f->number);
        pb_put_bytes(out, 1, m->key);
        if (m->value.type != VALUE_NULL || f->type != SCHEMA_MAP_BYTES)
            r = write_item(c, out, f, 2, &m->value);
        c->inexact |= m->value.type == VALUE_NULL;
        pb_close(out, at);
        codec_leave(c);
        if (r < 0)
            return r;
    }
    return 0;
}

static int write_list(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v)
{
    size_t i = 0;
    VALUE_EACH_ITEM (item, v) {
        int r = codec_enter(c, STR_NONE, i++);
        if (r == 0)
            r = write_item(c, out, f, f->number, item);
        if (r < 0)
            return r;
        c->inexact |= item->type == VALUE_NULL;
        codec_leave(c);
    }
    return 0;
}

int codec_write_field(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v)
{
    bool absent = !v || v->type == VALUE_NULL;
    if (absent && ((f->flags & (SCHEMA_PTR | SCHEMA_REPEATED)) || f->type == SCHEMA_BYTES || f->type >= SCHEMA_MAP_STRING))
        return 0;
    bool many = (f->flags & SCHEMA_REPEATED) || f->type >= SCHEMA_MAP_STRING;
    c->inexact |= many && value_count(v) == 0;
    if (f->type == SCHEMA_BYTES && !(f->flags & SCHEMA_REPEATED) && value_text(v).n == 0) {
        c->inexact = true;
        return 0;
    }
    int r = codec_enter(c, f->name, 0);
    if (r < 0)
        return r;
    if (f->flags & SCHEMA_REPEATED)
        r = write_list(c, out, f, v);
    else if (f->type >= SCHEMA_MAP_STRING)
        r = write_map(c, out, f, v);
    else
        r = write_item(c, out, f, f->number, absent ? NULL : v);
    codec_leave(c);
    return r;
}

static bool any_set(const struct codec *c, size_t base, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c->refs.p[base + i])
            return true;
    return false;
}

static int write_fields(struct codec *c, struct buf *out, const struct schema_message *m, size_t base)
{
    for (size_t i = 0; i < m->n_numbered; i++) {
        const struct schema_field *f = &m->fields[m->by_number[i]];
        size_t slot = base + schema_start(m, m->by_number[i]);
        int r;
        if (!(f->flags & SCHEMA_INLINE)) {
            r = codec_write_field(c, out, f, c->refs.p[slot]);
        } else if ((f->flags & SCHEMA_PTR) && !any_set(c, slot, schema_slots(f->message))) {
            continue;
        } else {
            size_t at = pb_open(out, f->number);
            r = write_fields(c, out, f->message, slot);
            pb_close(out, at);
        }
        if (r < 0)
            return r;
    }
    return 0;
}

int codec_write_item(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v)
{
    return write_item(c, out, f, f->number, v);
}

int codec_refs_open(struct codec *c, const struct schema_message *m, const struct value *v, size_t *base)
{
    size_t hint = 0, n = schema_slots(m);
    *base = c->refs.n;
    if (codec_stack_room((void **)(void *)&c->refs.p, &c->refs.cap, *base + n, sizeof(*c->refs.p)) < 0)
        return codec_no_memory(c);
    if (n)
        memset(c->refs.p + *base, 0, n * sizeof(*c->refs.p));
    c->refs.n += n;
    VALUE_EACH_MEMBER (member, v) {
        ssize_t slot = schema_slot_find(m, member->key, hint);
        if (slot < 0)
            continue;
        hint = (size_t)slot + 1;
        c->refs.p[*base + (size_t)slot] = &member->value;
        /* Fields without a number are lost, but for the outermost kind and apiVersion, which the envelope holds. */
        c->inexact |= (schema_slot(m, (size_t)slot)->flags & SCHEMA_JSON_ONLY) && (c->depth || slot > 1);
    }
    return 0;
}

int codec_write(struct codec *c, const struct schema_message *m, const struct value *v, struct buf *out)
{
    if (m->form != SCHEMA_FORM_OBJECT && m->form != SCHEMA_FORM_ENVELOPE && m->form != SCHEMA_FORM_PROTO_ONLY) {
        c->inexact |= m->form >= SCHEMA_FORM_ARRAY; /* wrappers: nobody has looked */
        return codec_form_write(c, m, v, out);
    }
    size_t base;
    c->inexact |= m->form != SCHEMA_FORM_OBJECT;
    int r = codec_refs_open(c, m, v, &base);
    if (r == 0)
        r = write_fields(c, out, m, base);
    c->refs.n = base;
    return r;
}
