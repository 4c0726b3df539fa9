#include "object/codec_inside.h"
#include "pb/pb.h"

static int read_into(struct codec *c, const struct schema_message *m, struct str bytes, size_t base);

static int wrong_wire(struct codec *c, const struct pb_field *got, const struct schema_field *f)
{
    return codec_fault(c, "proto: wrong wireType = %d for field %.*s", (int)got->wire, STR_FMT(f->name));
}

static int read_bytes(struct codec *c, struct str bytes, struct value *out)
{
    size_t n = (bytes.n + 2) / 3 * 4;
    char *text = arena_alloc(c->arena, n + 1);
    if (!text)
        return codec_no_memory(c);
    struct buf at = {.p = text, .cap = n + 1, .max = n + 1}; /* writes straight into the arena */
    buf_base64(&at, bytes);
    *out = value_make_text(str_make(text, n));
    return 0;
}

/* One value: of a field, of a list's item, of a map's value. */
static int read_item(struct codec *c, const struct schema_field *f, const struct pb_field *got, struct value *out)
{
    static const uint8_t wires[] = {
        [SCHEMA_STRING] = PB_BYTES,    [SCHEMA_INT32] = PB_VARINT,      [SCHEMA_INT64] = PB_VARINT,  [SCHEMA_BOOL] = PB_VARINT,
        [SCHEMA_DOUBLE] = PB_FIXED64,  [SCHEMA_BYTES] = PB_BYTES,       [SCHEMA_MESSAGE] = PB_BYTES, [SCHEMA_MAP_STRING] = PB_BYTES,
        [SCHEMA_MAP_BYTES] = PB_BYTES, [SCHEMA_MAP_MESSAGE] = PB_BYTES,
    };
    if (got->wire != wires[f->type])
        return wrong_wire(c, got, f);
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        *out = value_make_text(got->bytes);
        return 0;
    case SCHEMA_INT32:
        *out = value_make_int((int32_t)got->integer);
        return 0;
    case SCHEMA_INT64:
        *out = value_make_int((int64_t)got->integer);
        return 0;
    case SCHEMA_BOOL:
        *out = value_make_bool(got->integer != 0);
        return 0;
    case SCHEMA_DOUBLE:
        *out = value_make_double(pb_double(got->integer));
        return 0;
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        return read_bytes(c, got->bytes, out);
    default:
        return codec_read(c, f->message, got->bytes, out);
    }
}

/* How many fields of that number stand one behind the other from here, so that a list gets its size at once. */
static size_t run_length(struct pb_reader r, uint32_t number)
{
    struct pb_field f;
    size_t n = 0;
    while (pb_next(&r, &f, NULL) > 0 && f.number == number)
        n++;
    return n;
}

static int reserve(struct codec *c, struct value *v, const struct pb_reader *r, const struct schema_field *f)
{
    bool map = !(f->flags & SCHEMA_REPEATED);
    if (v->type != VALUE_NULL)
        return 0;
    size_t n = 1 + run_length(*r, f->number);
    void *p = n > UINT32_MAX ? NULL : arena_alloc(c->arena, n * (map ? sizeof(struct value_member) : sizeof(struct value)));
    if (!p)
        return codec_no_memory(c);
    if (map)
        *v = (struct value){.type = VALUE_MAP, .map = {p, 0, (uint32_t)n}};
    else
        *v = (struct value){.type = VALUE_LIST, .list = {p, 0, (uint32_t)n}};
    return 0;
}

static int read_packed(struct codec *c, const struct schema_field *f, const struct pb_field *got, size_t slot)
{
    /* A packed run reads as fields of one number without their tags; the first tag is made up for each. */
    struct pb_reader r = pb_reader_of(got->bytes);
    while (r.p < r.end) {
        struct pb_field one = {.wire = PB_VARINT};
        unsigned shift = 0;
        unsigned char byte;
        do {
            if (r.p >= r.end || shift > 63)
                return codec_fault(c, "%s", r.p >= r.end ? "unexpected EOF" : "proto: integer overflow");
            byte = (unsigned char)*r.p++;
            one.integer |= (uint64_t)(byte & 0x7f) << shift;
            shift += 7;
        } while (byte & 0x80);
        struct value item;
        int rc = read_item(c, f, &one, &item);
        if (rc < 0)
            return rc;
        if (!value_add(c->arena, &c->slots.p[slot], item))
            return codec_no_memory(c);
    }
    return 0;
}

static int read_list_item(struct codec *c, const struct schema_field *f, const struct pb_field *got, const struct pb_reader *r, size_t slot)
{
    bool varint = f->type == SCHEMA_INT32 || f->type == SCHEMA_INT64 || f->type == SCHEMA_BOOL;
    if (varint && got->wire == PB_BYTES)
        return read_packed(c, f, got, slot);
    int rc = reserve(c, &c->slots.p[slot], r, f);
    struct value item;
    if (rc == 0)
        rc = codec_enter(c, STR_NONE, c->slots.p[slot].list.n);
    if (rc == 0)
        rc = read_item(c, f, got, &item);
    if (rc < 0)
        return rc;
    codec_leave(c);
    return value_add(c->arena, &c->slots.p[slot], item) ? 0 : codec_no_memory(c);
}

/* An entry is a message {1: key, 2: value}; either may be missing and is zero then. */
static int read_entry(struct codec *c, const struct schema_field *f, struct str bytes, struct value_member *out)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field at, value = {0};
    struct err inner = {0};
    int rc;
    out->key = STR("");
    while ((rc = pb_next(&r, &at, &inner)) > 0) {
        if (at.number == 1 && at.wire != PB_BYTES)
            return wrong_wire(c, &at, f);
        if (at.number == 1)
            out->key = at.bytes;
        if (at.number == 2)
            value = at;
    }
    if (rc < 0)
        return codec_fault(c, "%s", inner.text);
    rc = codec_enter(c, out->key, CODEC_KEY);
    if (rc < 0)
        return rc;
    if (value.number)
        rc = read_item(c, f, &value, &out->value);
    else if (f->type == SCHEMA_MAP_BYTES)
        out->value = value_make_text(STR(""));
    else
        rc = codec_zero(c, f, &out->value);
    codec_leave(c);
    return rc;
}

static int read_map_entry(struct codec *c, const struct schema_field *f, const struct pb_field *got, const struct pb_reader *r, size_t slot)
{
    if (got->wire != PB_BYTES)
        return wrong_wire(c, got, f);
    struct value_member entry = {0};
    int rc = reserve(c, &c->slots.p[slot], r, f);
    if (rc == 0)
        rc = read_entry(c, f, got->bytes, &entry);
    if (rc < 0)
        return rc;
    struct value *map = &c->slots.p[slot];
    if (map->map.n == map->map.cap) { /* entries that do not stand together */
        uint32_t cap = map->map.cap * 2;
        struct value_member *grown = cap > map->map.cap ? arena_alloc(c->arena, cap * sizeof(*grown)) : NULL;
        if (!grown)
            return codec_no_memory(c);
        memcpy(grown, map->map.members, map->map.n * sizeof(*grown));
        map->map.members = grown;
        map->map.cap = cap;
    }
    map->map.members[map->map.n++] = entry;
    return 0;
}

static int read_field(struct codec *c, const struct schema_field *f, const struct pb_field *got, const struct pb_reader *r, size_t slot)
{
    struct value v;
    int rc;
    if (f->flags & SCHEMA_INLINE)
        return got->wire == PB_BYTES ? read_into(c, f->message, got->bytes, slot) : wrong_wire(c, got, f);
    rc = codec_enter(c, f->name, 0);
    if (rc < 0)
        return rc;
    if (f->flags & SCHEMA_REPEATED) {
        rc = read_list_item(c, f, got, r, slot);
    } else if (f->type >= SCHEMA_MAP_STRING) {
        rc = read_map_entry(c, f, got, r, slot);
    } else {
        rc = read_item(c, f, got, &v);
        if (rc == 0)
            c->slots.p[slot] = v;
    }
    if (rc == 0)
        codec_leave(c);
    return rc;
}

static int read_into(struct codec *c, const struct schema_message *m, struct str bytes, size_t base)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field got;
    struct err inner = {0};
    size_t hint = 0;
    int rc;
    while ((rc = pb_next(&r, &got, &inner)) > 0) {
        ssize_t at = schema_number_find(m, got.number, &hint);
        if (at < 0)
            continue; /* from another release: dropped, as Kubernetes does */
        rc = read_field(c, &m->fields[at], &got, &r, base + schema_start(m, (size_t)at));
        if (rc < 0)
            return rc;
    }
    return rc < 0 ? codec_fault(c, "%s", inner.text) : 0;
}

static int sort_maps(struct codec *c, const struct schema_message *m, size_t base)
{
    int rc = 0;
    for (size_t i = 0; i < schema_slots(m) && rc == 0; i++)
        if (c->slots.p[base + i].type == VALUE_MAP && schema_slot(m, i)->type >= SCHEMA_MAP_STRING)
            rc = codec_sort_map(c, &c->slots.p[base + i]);
    return rc;
}

int codec_read(struct codec *c, const struct schema_message *m, struct str bytes, struct value *out)
{
    size_t base;
    if (m->form != SCHEMA_FORM_OBJECT && m->form != SCHEMA_FORM_ENVELOPE && m->form != SCHEMA_FORM_PROTO_ONLY)
        return codec_form_read(c, m, bytes, out);
    int rc = codec_open(c, m, &base);
    if (rc == 0)
        rc = read_into(c, m, bytes, base);
    if (rc == 0)
        rc = sort_maps(c, m, base);
    return rc < 0 ? rc : codec_close(c, m, base, out);
}
