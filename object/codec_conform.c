#include "object/codec_inside.h"

/* What is conformed may stand beside a twin: a tree of the same type that is in form already, from which it was made. What is as it
 * was there needs no look: c->twin is the counterpart of the value that is conformed next. */

static int conform_item(struct codec *c, const struct schema_field *f, const struct value *in, struct value *out);

/* true: it is, and *out is what is to stand there (or *r tells why not). */
static bool as_twin(struct codec *c, const struct value *in, const struct value *twin, struct value *out, int *r)
{
    if (!twin || (in->type != VALUE_MAP && in->type != VALUE_LIST) || !(c->in_place ? value_identical(in, twin) : value_same(in, twin)))
        return false;
    /* The metadata are written into afterwards: they stay the caller's own. */
    *out = c->in_place && !(c->depth == 1 && str_is(c->path[0].name, "metadata")) ? *twin : *in;
    *r = c->in_place ? 0 : value_fork(c->arena, in, out);
    if (*r < 0)
        *r = codec_no_memory(c);
    return true;
}

static const struct value *take_twin(struct codec *c)
{
    const struct value *twin = c->twin;
    c->twin = NULL;
    return twin;
}

/* The member of that key, looked for first at *hint. */
static const struct value *twin_member(const struct value *twin, struct str key, uint32_t *hint)
{
    if (!twin || twin->type != VALUE_MAP)
        return NULL;
    if (*hint < twin->map.n && str_eq(twin->map.members[*hint].key, key))
        return &twin->map.members[(*hint)++].value;
    for (uint32_t i = 0; i < twin->map.n; i++) {
        if (str_eq(twin->map.members[i].key, key)) {
            *hint = i + 1;
            return &twin->map.members[i].value;
        }
    }
    return NULL;
}

static int conform_integer(struct codec *c, const struct schema_field *f, const struct value *in, struct value *out)
{
    if (in->type != VALUE_INT || (f->type == SCHEMA_INT32 && in->integer != (int32_t)in->integer))
        return codec_wrong_type(c, in);
    *out = *in;
    return 0;
}

static int conform_map(struct codec *c, const struct schema_message *owner, const struct schema_field *f, const struct value *in, struct value *out)
{
    const struct value *twin = take_twin(c);
    uint32_t hint = 0;
    if (in->type != VALUE_MAP)
        return codec_wrong_type(c, in);
    size_t n = in->map.n;
    struct value_member *members = n ? arena_alloc(c->arena, n * sizeof(*members)) : NULL;
    if (n && !members)
        return codec_no_memory(c);
    for (size_t i = 0; i < n; i++) {
        members[i].key = in->map.members[i].key;
        c->owner = owner;
        c->field = f;
        int r = codec_enter(c, members[i].key, CODEC_KEY);
        const struct value *other = twin_member(twin, members[i].key, &hint);
        if (r == 0 && !as_twin(c, &in->map.members[i].value, other, &members[i].value, &r)) {
            c->twin = other;
            r = conform_item(c, f, &in->map.members[i].value, &members[i].value);
        }
        if (r < 0)
            return r;
        codec_leave(c);
    }
    *out = (struct value){.type = VALUE_MAP, .map = {members, (uint32_t)n, (uint32_t)n}};
    return codec_sort_map(c, out);
}

static int conform_list(struct codec *c, const struct schema_message *owner, const struct schema_field *f, const struct value *in, struct value *out)
{
    const struct value *twin = take_twin(c);
    if (in->type != VALUE_LIST)
        return codec_wrong_type(c, in);
    size_t n = in->list.n;
    struct value *items = n ? arena_alloc(c->arena, n * sizeof(*items)) : NULL;
    if (n && !items)
        return codec_no_memory(c);
    for (size_t i = 0; i < n; i++) {
        c->owner = owner;
        c->field = f;
        int r = codec_enter(c, STR_NONE, i);
        const struct value *other = value_item(twin, i);
        if (r == 0 && !as_twin(c, &in->list.items[i], other, &items[i], &r)) {
            c->twin = other;
            r = conform_item(c, f, &in->list.items[i], &items[i]);
        }
        if (r < 0)
            return r;
        codec_leave(c);
    }
    *out = (struct value){.type = VALUE_LIST, .list = {items, (uint32_t)n, (uint32_t)n}};
    return 0;
}

/* One value of the field's type: the field itself, an item of its list, a value of its map. */
static int conform_item(struct codec *c, const struct schema_field *f, const struct value *in, struct value *out)
{
    if (in->type != VALUE_MAP && in->type != VALUE_LIST)
        c->twin = NULL;
    if (in->type == VALUE_NULL)
        return codec_zero(c, f, out);
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        if (in->type != VALUE_TEXT)
            return codec_wrong_type(c, in);
        *out = *in;
        return 0;
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        return conform_integer(c, f, in, out);
    case SCHEMA_BOOL:
        if (in->type != VALUE_BOOL)
            return codec_wrong_type(c, in);
        *out = *in;
        return 0;
    case SCHEMA_DOUBLE:
        if (in->type != VALUE_INT && in->type != VALUE_DOUBLE)
            return codec_wrong_type(c, in);
        *out = value_make_double(value_double(in, 0));
        return 0;
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        return codec_bytes_conform(c, in, out);
    default:
        return codec_conform(c, f->message, in, out);
    }
}

static int conform_field(struct codec *c, const struct schema_message *owner, const struct schema_field *f, const struct value *in, struct value *out)
{
    c->owner = owner;
    c->field = f;
    if (in->type == VALUE_NULL) {
        *out = (struct value){0};
        c->twin = NULL;
        return 0;
    }
    if (f->flags & SCHEMA_REPEATED)
        return conform_list(c, owner, f, in, out);
    if (f->type >= SCHEMA_MAP_STRING)
        return conform_map(c, owner, f, in, out);
    return conform_item(c, f, in, out);
}

static int conform_members(struct codec *c, const struct schema_message *m, const struct value *in, const struct value *twin, size_t base)
{
    size_t hint = 0;
    uint32_t other_hint = 0;
    for (size_t i = 0; i < in->map.n; i++) {
        const struct value_member *member = &in->map.members[i];
        ssize_t slot = schema_slot_find(m, member->key, hint);
        struct value v;
        int r;
        if (slot < 0) {
            r = codec_note_unknown(c, member->key);
            if (r < 0)
                return r;
            continue;
        }
        hint = (size_t)slot + 1;
        const struct schema_field *f = schema_slot(m, (size_t)slot);
        const struct value *other = twin_member(twin, member->key, &other_hint);
        r = codec_enter(c, f->name, 0);
        if (r == 0 && !as_twin(c, &member->value, other, &v, &r)) {
            c->twin = other;
            r = conform_field(c, m, f, &member->value, &v);
        }
        if (r < 0)
            return r;
        codec_leave(c);
        c->slots.p[base + (size_t)slot] = v;
    }
    return 0;
}

static int conform_object(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out)
{
    size_t base;
    const struct value *twin = take_twin(c);
    if (in->type != VALUE_MAP)
        return codec_wrong_type(c, in);
    int r = codec_open(c, m, &base);
    if (r == 0)
        r = conform_members(c, m, in, twin, base);
    return r < 0 ? r : codec_close(c, m, base, out);
}

int codec_conform(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out)
{
    if (in->type == VALUE_RAW && m->form != SCHEMA_FORM_RAW && m->form != SCHEMA_FORM_RAW_OBJECT) {
        struct value open;
        c->twin = NULL;
        int r = value_expand(c->arena, in, &open, c->err);
        return r < 0 ? r : codec_conform(c, m, &open, out);
    }
    if (m->form == SCHEMA_FORM_OBJECT || m->form == SCHEMA_FORM_ENVELOPE || m->form == SCHEMA_FORM_PROTO_ONLY)
        return conform_object(c, m, in, out);
    c->twin = NULL;
    return codec_form_conform(c, m, in, out);
}

/* ── already in form ──
 *
 * What was decoded here and then worked on is nearly always just what conforming would make of it again. This walk tells, and
 * makes nothing; all it mends is the order of a message's members, for what is added to metadata comes behind what was there. */

static bool formed_item(struct codec *c, const struct schema_field *f, struct value *v);

static bool formed_map(struct codec *c, const struct schema_field *f, const struct value *v)
{
    for (uint32_t i = 0; i < v->map.n; i++)
        if ((i && str_cmp(v->map.members[i - 1].key, v->map.members[i].key) >= 0) || !formed_item(c, f, &v->map.members[i].value))
            return false;
    return true;
}

static bool formed_list(struct codec *c, const struct schema_field *f, const struct value *v)
{
    for (uint32_t i = 0; i < v->list.n; i++)
        if (!formed_item(c, f, &v->list.items[i]))
            return false;
    return true;
}

static bool formed_field(struct codec *c, const struct schema_field *f, struct value *v)
{
    struct value filled;
    if (v->type == VALUE_NULL) /* stands only where Go writes null for what is not there */
        return !codec_omits_absent(f) && codec_fill(c, f, &filled) == 0 && filled.type == VALUE_NULL;
    if (codec_omits(f, v))
        return false;
    if (f->flags & SCHEMA_REPEATED)
        return v->type == VALUE_LIST && formed_list(c, f, v);
    if (f->type >= SCHEMA_MAP_STRING)
        return v->type == VALUE_MAP && formed_map(c, f, v);
    return formed_item(c, f, v);
}

/* False: a name stands there that is none of the message's, or stands there twice. */
static bool members_order(struct codec *c, const struct schema_message *m, struct value *v)
{
    uint32_t n = v->map.n;
    struct value_member *members = arena_alloc(c->arena, n * sizeof(*members)); /* those there may be somebody else's, too */
    for (uint32_t i = 0; members && i < n; i++) {
        ssize_t slot = schema_slot_find(m, v->map.members[i].key, SIZE_MAX), before = -1;
        uint32_t at = i;
        for (; at && (before = schema_slot_find(m, members[at - 1].key, SIZE_MAX)) > slot; at--)
            members[at] = members[at - 1];
        if (slot < 0 || (at && before == slot))
            return false;
        members[at] = v->map.members[i];
    }
    if (members)
        v->map.members = members;
    v->map.cap = n;
    return members;
}

static bool slots_omitted(const struct schema_message *m, size_t from, size_t to)
{
    while (from < to && codec_omits_absent(schema_slot(m, from)))
        from++;
    return from >= to;
}

static bool formed_object(struct codec *c, const struct schema_message *m, struct value *v)
{
    size_t next = 0;
    bool ordered = false;
    if (v->type != VALUE_MAP || c->depth == VALUE_DEPTH_MAX)
        return false;
    if (c->depth == 0 && schema_has_type(m) && (v->map.n < 2 || schema_slot_find(m, v->map.members[1].key, 1) != 1))
        return false; /* kind and apiVersion are filled in */
    c->depth++;
    for (uint32_t i = 0; i < v->map.n; i++) {
        ssize_t slot = schema_slot_find(m, v->map.members[i].key, next);
        bool follows = slot >= (ssize_t)next && slots_omitted(m, next, (size_t)slot);
        if (slot >= 0 && !follows && !ordered && members_order(c, m, v)) {
            ordered = true;
            next = 0;
            i = UINT32_MAX; /* from the start */
            continue;
        }
        if (!follows || !formed_field(c, schema_slot(m, (size_t)slot), &v->map.members[i].value))
            return false;
        next = (size_t)slot + 1;
    }
    c->depth--;
    return slots_omitted(m, next, schema_slots(m));
}

static bool formed_message(struct codec *c, const struct schema_message *m, struct value *v)
{
    struct value made;
    if (m->form == SCHEMA_FORM_OBJECT || m->form == SCHEMA_FORM_ENVELOPE || m->form == SCHEMA_FORM_PROTO_ONLY)
        return formed_object(c, m, v);
    return codec_form_conform(c, m, v, &made) == 0 && value_identical(v, &made);
}

static bool formed_item(struct codec *c, const struct schema_field *f, struct value *v)
{
    struct value made;
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        return v->type == VALUE_TEXT;
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        return v->type == VALUE_INT && (f->type == SCHEMA_INT64 || v->integer == (int32_t)v->integer);
    case SCHEMA_BOOL:
        return v->type == VALUE_BOOL;
    case SCHEMA_DOUBLE:
        return v->type == VALUE_DOUBLE;
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        return codec_bytes_conform(c, v, &made) == 0 && value_identical(v, &made);
    default:
        return v->type != VALUE_NULL && formed_message(c, f->message, v);
    }
}

bool codec_formed(struct codec *c, const struct schema_message *m, struct value *v)
{
    c->twin = NULL;
    bool formed = formed_message(c, m, v);
    c->depth = 0;
    return formed;
}
