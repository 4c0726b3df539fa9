#include "object/codec_inside.h"
#include "pb/pb.h"

/* An object that differs from another in a few fields: all else is copied as it stands. Only bytes that an encoder of ours
 * would give again are taken apart: their fields stand by number, so what comes out is what the whole tree would be frozen to. */

struct change { /* of a field below the message at hand */
    struct str rest;
    const struct value *value;
    const struct schema_field *field; /* the next one on the way */
};

static const struct schema_field *own_field(const struct schema_message *m, struct str name)
{
    for (size_t i = 0; i < m->n_fields; i++)
        if (!(m->fields[i].flags & (SCHEMA_INLINE | SCHEMA_JSON_ONLY)) && str_eq(m->fields[i].name, name))
            return &m->fields[i];
    return NULL;
}

/* Those of the field with the lowest number above `above`; how many, put to the front of `out`. */
static size_t next_group(const struct change *all, size_t n, uint32_t above, struct change out[OBJECT_CHANGES_MAX])
{
    uint32_t number = UINT32_MAX;
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].field->number > above)
            number = MIN(number, all[i].field->number);
    for (size_t i = 0; i < n; i++)
        if (all[i].field->number == number)
            out[found++] = all[i];
    return found;
}

/* Copies what stands before field `number` and passes over it. *old: its bytes; p NULL: there is none. */
static int copy_before(struct pb_reader *r, uint32_t number, struct buf *out, struct str *old)
{
    struct pb_field f;
    const char *begin = r->p, *from = r->p;
    int rc;
    *old = STR_NONE;
    while ((rc = pb_next(r, &f, NULL)) > 0 && f.number < number)
        from = r->p;
    buf_add(out, begin, (size_t)(from - begin));
    for (; rc > 0 && f.number == number; rc = pb_next(r, &f, NULL)) {
        if (f.wire == PB_BYTES)
            *old = f.bytes;
        from = r->p;
    }
    r->p = from;
    return rc < 0 ? OBJECT_LONG_WAY : 0;
}

static int change_message(struct codec *c, const struct schema_message *m, struct str bytes, struct change *all, size_t n, struct buf *out)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct change group[OBJECT_CHANGES_MAX];
    size_t found;
    for (size_t i = 0; i < n; i++) {
        struct str name;
        if (!str_next(&all[i].rest, '.', &name) || !(all[i].field = own_field(m, name)))
            return OBJECT_LONG_WAY;
    }
    for (uint32_t number = 0; (found = next_group(all, n, number, group)) > 0;) {
        const struct schema_field *f = group[0].field;
        struct str old;
        number = f->number;
        int rc = copy_before(&r, number, out, &old);
        if (rc)
            return rc;
        if (!group[0].rest.p && found == 1) {
            rc = codec_write_field(c, out, f, group[0].value);
        } else if (!group[0].rest.p || !old.p || f->type != SCHEMA_MESSAGE || f->flags & SCHEMA_REPEATED) {
            return OBJECT_LONG_WAY;
        } else {
            size_t at = pb_open(out, number);
            rc = change_message(c, f->message, old, group, found, out);
            pb_close(out, at);
        }
        if (rc)
            return rc;
    }
    buf_add(out, r.p, (size_t)(r.end - r.p));
    return 0;
}

int object_freeze_fields(struct object **out, const struct object *old, const struct object_change *changes, size_t n, struct err *err)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF bytes = BUF_INIT(OBJECT_BYTES_MAX);
    struct codec_envelope e;
    struct change all[OBJECT_CHANGES_MAX];
    if (!old->verbatim || !old->kind || !old->metadata_known || n > OBJECT_CHANGES_MAX || codec_envelope_read(old->stored, &e, NULL) < 0)
        return OBJECT_LONG_WAY;
    int r = arena_new(&mem, OBJECT_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for an object");
    for (size_t i = 0; i < n; i++)
        all[i] = (struct change){.rest = str_of(changes[i].path), .value = changes[i].value};
    struct codec c = {.arena = mem, .err = err};
    (void)buf_room(&bytes, old->stored.n + 512);
    codec_envelope_head(&bytes, e.api_version, e.kind);
    size_t at = pb_open(&bytes, 2);
    r = change_message(&c, old->kind->message, e.raw, all, n, &bytes);
    pb_close(&bytes, at);
    pb_put_bytes(&bytes, 3, STR_NONE);
    pb_put_bytes(&bytes, 4, STR_NONE);
    codec_done(&c);
    return r ? r : codec_frozen(out, old->key, old->kind, &bytes, true, err);
}

/* ── the tree that is kept, by the same changes ── */

/* Where its row has it. */
static int put_in_order(struct arena *a, const struct schema_message *m, struct str name, struct value v, struct value *map)
{
    struct value *there = value_get(map, name);
    size_t n = map->map.n, at = 0, hint = 0;
    if (there) {
        *there = v;
        return 0;
    }
    struct value_member *members = arena_alloc(a, (n + 1) * sizeof(*members));
    ssize_t place = schema_slot_find(m, name, SIZE_MAX);
    if (!members)
        return -ENOMEM;
    while (at < n) {
        ssize_t slot = schema_slot_find(m, map->map.members[at].key, hint);
        if (slot > place)
            break;
        hint = (size_t)slot + 1;
        at++;
    }
    if (at)
        memcpy(members, map->map.members, at * sizeof(*members));
    members[at] = (struct value_member){name, v};
    if (n > at)
        memcpy(members + at + 1, map->map.members + at, (n - at) * sizeof(*members));
    map->map.members = members;
    map->map.n = map->map.cap = (uint32_t)n + 1;
    return 0;
}

/* Changes `map`, the tree of what `bytes` were: a text is put in, of anything else the message that holds it is read again. */
static int change_tree(struct codec *c, const struct schema_message *m, struct str bytes, struct str path, const struct value *v, struct value *map)
{
    struct pb_field got;
    struct str name, rest = path;
    while (str_next(&rest, '.', &name)) {
        const struct schema_field *f = own_field(m, name);
        if (!f)
            return OBJECT_LONG_WAY;
        if (!rest.p)
            return v && v->type == VALUE_TEXT && v->text.n ? put_in_order(c->arena, m, f->name, *v, map) : OBJECT_LONG_WAY;
        bool last = !memchr(rest.p, '.', rest.n) && (!v || v->type != VALUE_TEXT);
        struct value *below = value_get(map, name);
        if (f->type != SCHEMA_MESSAGE || f->flags & SCHEMA_REPEATED || !below || below->type != VALUE_MAP ||
            !pb_find(bytes, f->number, PB_BYTES, &got))
            return OBJECT_LONG_WAY;
        int r = codec_enter(c, f->name, 0);
        if (r == 0 && last)
            return codec_read(c, f->message, got.bytes, below);
        if (r < 0)
            return r;
        bytes = got.bytes;
        m = f->message;
        map = below;
    }
    return OBJECT_LONG_WAY;
}

void object_tree_pass(struct object *o, struct object *old, const struct object_change *changes, size_t n)
{
    SCOPED(arena) mem = NULL;
    struct codec_envelope e;
    struct value tree;
    int r = !codec_tree_kept(old) || codec_envelope_read(o->stored, &e, NULL) < 0 ? OBJECT_LONG_WAY : arena_new(&mem, OBJECT_BYTES_MAX);
    if (r == 0)
        r = codec_tree_copy(mem, old, &tree);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct codec c = {.arena = mem, .type = o->kind, .owner = o->kind->message, .trusted = true};
        r = change_tree(&c, o->kind->message, e.raw, str_of(changes[i].path), changes[i].value, &tree);
        codec_done(&c);
    }
    if (r == 0)
        object_tree_keep(o, &tree);
    codec_tree_drop(old);
}
