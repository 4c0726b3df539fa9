#include "apply/inside.h"

/* ── the fields an applied configuration mentions ── */
struct trail { /* the way to where a walk stands, for the error */
    const struct trail *up;
    struct path_part part;
};

struct walking {
    struct arena *arena;
    struct err *err;
    bool declared;
    unsigned depth;
};

static void trail_print(const struct trail *t, struct buf *out)
{
    if (!t)
        return;
    trail_print(t->up, out);
    part_print(t->part, out);
}

static int refuse(struct walking *w, const struct trail *t, const char *why)
{
    SCOPED_BUF path = BUF_INIT(512);
    trail_print(t, &path);
    return err_raise(w->err, -EINVAL, "%s: %s", buf_cstr(&path), why);
}

static int no_memory(struct walking *w)
{
    return err_raise(w->err, -ENOMEM, "no memory for field sets");
}

static int fields(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail, struct field_node *at);

static int fields_child(struct walking *w, struct shaping s, struct path_part part, const struct value *v, const struct trail *up, bool member,
                        struct field_node *at)
{
    struct field_node made = {.part = part};
    if (v->type == VALUE_MAP || v->type == VALUE_LIST || s.shape != SHAPE_LEAF) {
        struct trail here = {up, part};
        int r = fields(w, s, v, &here, &made);
        if (r < 0)
            return r;
    } else {
        made.bits = SET_MEMBER;
    }
    if (member)
        made.bits = SET_MEMBER;
    if (!made.bits && !made.below.n)
        return 0;
    struct field_node *node = set_append(w->arena, &at->below, part);
    if (!node)
        return no_memory(w);
    *node = made;
    return 0;
}

/* The row of a member; *hint: the slot behind the last one's, for members mostly come in the rows' order. */
static const struct schema_field *row_of(const struct schema_message *m, struct str key, size_t *hint)
{
    ssize_t slot = schema_slot_find(m, key, *hint);
    if (slot < 0)
        return NULL;
    *hint = (size_t)slot + 1;
    return schema_slot(m, (size_t)slot);
}

static int fields_of_map(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail, struct field_node *at)
{
    size_t hint = 0;
    if (set_reserve(w->arena, &at->below, value_count(v)) < 0)
        return no_memory(w);
    VALUE_EACH_MEMBER (m, v) {
        struct path_part part = {'f', m->key};
        bool empty = m->value.type == VALUE_NULL || (m->value.type == VALUE_MAP && value_count(&m->value) == 0);
        struct shaping inner = shape_of_item(s);
        bool member = true;
        if (s.shape == SHAPE_STRUCT) {
            const struct schema_field *f = row_of(s.message, m->key, &hint);
            if (!f && w->declared && !s.message->open) {
                struct trail here = {trail, part};
                return refuse(w, &here, "field not declared in schema");
            }
            inner = shape_of_field(f);
            member = empty || !f;
        }
        int r = fields_child(w, inner, part, &m->value, trail, member, at);
        if (r < 0)
            return r;
    }
    return 0;
}

static int fields_of_list(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail, struct field_node *at)
{
    if (set_reserve(w->arena, &at->below, value_count(v)) < 0)
        return no_memory(w);
    VALUE_EACH_ITEM (item, v) {
        struct path_part part;
        int r = shape_part(w->arena, s, item, &part);
        if (r == -EINVAL && !w->declared)
            continue;
        if (r == -EINVAL)
            return refuse(w, trail,
                          s.shape == SHAPE_LIST_MAP ? "associative list with keys has an element that omits all key fields"
                                                    : "associative list without keys has an element that's a map type");
        if (r < 0)
            return no_memory(w);
        r = fields_child(w, shape_of_item(s), part, item, trail, true, at);
        if (r < 0)
            return r;
    }
    return 0;
}

/* Duplicate items: refused in what is applied; of live objects one node stands for all. */
static int settle(struct walking *w, const struct trail *trail, struct field_node *at)
{
    if (set_sort(&at->below))
        return 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < at->below.n; i++) {
        if (n && part_cmp(at->below.nodes[n - 1].part, at->below.nodes[i].part) == 0) {
            if (w->declared && at->below.nodes[i].part.kind != 'f') {
                SCOPED_BUF shown = BUF_INIT(512);
                buf_text(&shown, "duplicate entries for key ");
                part_print(at->below.nodes[i].part, &shown);
                return refuse(w, trail, buf_cstr(&shown));
            }
            at->below.nodes[n - 1].bits = SET_MEMBER;
            at->below.nodes[n - 1].below = (struct field_set){0};
            continue;
        }
        at->below.nodes[n++] = at->below.nodes[i];
    }
    at->below.n = n;
    return 0;
}

static int fields(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail, struct field_node *at)
{
    if (w->depth >= VALUE_DEPTH_MAX)
        return err_raise(w->err, -E2BIG, "the object is nested too deeply");
    s = shape_for(s, v);
    if (s.shape == SHAPE_LEAF) {
        at->bits = SET_MEMBER;
        return 0;
    }
    bool list = s.shape == SHAPE_LIST_MAP || s.shape == SHAPE_LIST_SET;
    if (v->type == VALUE_NULL)
        return 0;
    if (v->type != (list ? VALUE_LIST : VALUE_MAP)) {
        if (w->declared)
            return refuse(w, trail, list ? "expected list" : "expected map");
        at->bits = SET_MEMBER;
        return 0;
    }
    w->depth++;
    int r = list ? fields_of_list(w, s, v, trail, at) : fields_of_map(w, s, v, trail, at);
    w->depth--;
    return r < 0 ? r : settle(w, trail, at);
}

int apply_fields(struct arena *a, struct shaping s, const struct value *v, bool declared, struct field_set *out, struct err *err)
{
    struct walking w = {.arena = a, .err = err, .declared = declared};
    struct field_node top = {{0}};
    int r = fields(&w, s, v, NULL, &top);
    *out = top.below;
    return r;
}

/* Declared fields that have members below them count as members too: of a.b.c also a, when a is a field. */
int apply_named(struct arena *a, struct shaping s, const struct field_set *in, struct field_set *out)
{
    struct field_set all = {0};
    for (uint32_t i = 0; i < in->n; i++) {
        const struct field_node *from = &in->nodes[i];
        struct field_node *to = set_append(a, &all, from->part);
        if (!to)
            return -ENOMEM;
        struct shaping inner = {SHAPE_UNTYPED, NULL, NULL};
        to->bits = from->bits;
        if (s.shape == SHAPE_STRUCT && from->part.kind == 'f') {
            const struct schema_field *f = schema_field_find(s.message, from->part.text);
            inner = shape_of_field(f);
            if (f)
                to->bits |= SET_MEMBER;
        } else if (s.shape != SHAPE_STRUCT) {
            inner = shape_of_item(s);
        }
        int r = apply_named(a, inner, &from->below, &to->below);
        if (r < 0)
            return r;
    }
    *out = all;
    return 0;
}

/* ── taking items and fields away ── */
static int remove_from_list(struct arena *a, struct shaping s, struct value *v, const struct field_set *gone)
{
    for (size_t i = 0; i < value_count(v);) {
        struct path_part part;
        int r = shape_part(a, s, value_item(v, i), &part);
        if (r < 0 && r != -EINVAL)
            return r;
        struct field_node *node = r < 0 ? NULL : set_find(gone, part);
        if (node && (node->bits & SET_MEMBER)) {
            value_del_item(v, i);
            continue;
        }
        if (node)
            r = apply_remove(a, shape_of_item(s), value_item(v, i), &node->below);
        if (r < 0 && r != -EINVAL)
            return r;
        i++;
    }
    return 0;
}

int apply_remove(struct arena *a, struct shaping s, struct value *v, const struct field_set *gone)
{
    s = shape_for(s, v);
    if (s.shape == SHAPE_LEAF || value_count(v) == 0)
        return 0;
    if (v->type == VALUE_LIST) {
        int r = remove_from_list(a, s, v, gone);
        if (r == 0 && value_count(v) == 0)
            *v = (struct value){0};
        return r;
    }
    for (uint32_t i = 0; i < gone->n; i++) {
        const struct field_node *node = &gone->nodes[i];
        struct value *at = node->part.kind == 'f' ? value_get(v, node->part.text) : NULL;
        if (!at)
            continue;
        if (node->bits & SET_MEMBER) {
            value_del(v, node->part.text);
            continue;
        }
        struct shaping inner = s.shape == SHAPE_STRUCT ? shape_of_field(schema_field_find(s.message, node->part.text)) : shape_of_item(s);
        int r = apply_remove(a, inner, at, &node->below);
        if (r < 0)
            return r;
    }
    if (value_count(v) == 0)
        *v = (struct value){0}; /* nothing is left of it: as good as absent */
    return 0;
}
