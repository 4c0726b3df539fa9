#include "object/apply_inside.h"

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

static int fields(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail,
                  struct field_node *at);

static int fields_child(struct walking *w, struct shaping s, struct path_part part, const struct value *v,
                        const struct trail *up, bool member, struct field_node *at)
{
    struct trail here = {up, part};
    struct field_node made = {.part = part};
    int r = fields(w, s, v, &here, &made);
    if (r < 0)
        return r;
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

static int fields_of_map(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail,
                         struct field_node *at)
{
    VALUE_EACH_MEMBER(m, v) {
        struct path_part part = {'f', m->key};
        bool empty = m->value.type == VALUE_NULL || (m->value.type == VALUE_MAP && value_count(&m->value) == 0);
        struct shaping inner = shape_of_item(s);
        bool member = true;
        if (s.shape == SHAPE_STRUCT) {
            const struct schema_field *f = schema_field_find(s.message, m->key);
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

static int fields_of_list(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail,
                          struct field_node *at)
{
    VALUE_EACH_ITEM(item, v) {
        struct path_part part;
        int r = shape_part(w->arena, s, item, &part);
        if (r == -EINVAL && !w->declared)
            continue;
        if (r == -EINVAL)
            return refuse(w, trail, s.shape == SHAPE_LIST_MAP
                                        ? "associative list with keys has an element that omits all key fields"
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

static int fields(struct walking *w, struct shaping s, const struct value *v, const struct trail *trail,
                  struct field_node *at)
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

int apply_fields(struct arena *a, struct shaping s, const struct value *v, bool declared, struct field_set *out,
                 struct err *err)
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
        struct shaping inner = s.shape == SHAPE_STRUCT ? shape_of_field(schema_field_find(s.message, node->part.text))
                                                       : shape_of_item(s);
        int r = apply_remove(a, inner, at, &node->below);
        if (r < 0)
            return r;
    }
    if (value_count(v) == 0)
        *v = (struct value){0}; /* nothing is left of it: as good as absent */
    return 0;
}

/* ── laying an applied configuration over the live object ── */
static int merge(struct walking *w, struct shaping s, struct value *live, const struct value *config);

static int copy_in(struct walking *w, const struct value *from, struct value *to)
{
    struct value copy = {0};
    if (value_copy(w->arena, from, &copy) < 0)
        return no_memory(w);
    *to = copy;
    return 0;
}

static int merge_map(struct walking *w, struct shaping s, struct value *live, const struct value *config)
{
    VALUE_EACH_MEMBER(m, config) {
        struct value *at = value_get(live, m->key);
        if (!at) {
            struct value copy = {0};
            struct str key;
            int r = copy_in(w, &m->value, &copy);
            if (r < 0)
                return r;
            if (arena_str(w->arena, m->key, &key) < 0 || !value_set(w->arena, live, key, copy))
                return no_memory(w);
            continue;
        }
        struct shaping inner = s.shape == SHAPE_STRUCT ? shape_of_field(schema_field_find(s.message, m->key))
                                                       : shape_of_item(s);
        int r = merge(w, inner, at, &m->value);
        if (r < 0)
            return r;
    }
    return 0;
}

struct side { /* one of the two lists being merged */
    const struct value *list;
    struct path_part *parts;
    size_t n;
    struct map index; /* part → its first place + 1 */
};

static int side_read(struct walking *w, struct shaping s, const struct value *list, struct side *out)
{
    size_t n = value_count(list);
    *out = (struct side){.list = list, .n = n};
    out->parts = arena_alloc(w->arena, MAX(n, 1) * sizeof(*out->parts));
    if (!out->parts)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        int r = shape_part(w->arena, s, value_item(list, i), &out->parts[i]);
        if (r == -ENOMEM)
            return r;
        if (r < 0) /* no place: told apart by its index, so that it stays where it is */
            out->parts[i] = (struct path_part){'i', arena_fmt(w->arena, "#%zu", i)};
        if (!map_get(&out->index, out->parts[i].text) &&
            map_put(&out->index, out->parts[i].text, (void *)(uintptr_t)(i + 1)) < 0)
            return -ENOMEM;
    }
    return 0;
}

static size_t side_find(const struct side *s, struct path_part part)
{
    return (size_t)(uintptr_t)map_get(&s->index, part.text);
}

static int take_both(struct walking *w, struct shaping s, const struct side *live, const struct side *config, size_t at,
                     struct value *out)
{
    struct value v = {0};
    size_t twin = side_find(live, config->parts[at]);
    int r = 0;
    if (twin) {
        v = *value_item(live->list, twin - 1);
        r = merge(w, shape_of_item(s), &v, value_item(config->list, at));
    } else {
        r = copy_in(w, value_item(config->list, at), &v);
    }
    if (r < 0)
        return r;
    return value_add(w->arena, out, v) ? 0 : no_memory(w);
}

/* The order rule of structured-merge-diff: shared items come in the applied order,
 * live items keep their places between them. */
static int weave(struct walking *w, struct shaping s, const struct side *live, const struct side *config,
                 struct value *out)
{
    size_t l = 0, c = 0;
    bool *merged = arena_alloc(w->arena, MAX(config->n, 1));
    if (!merged)
        return no_memory(w);
    while (l < live->n || c < config->n) {
        int r = 0;
        if (l < live->n) {
            size_t twin = side_find(config, live->parts[l]);
            if (!twin) {
                if (!value_add(w->arena, out, *value_item(live->list, l)))
                    return no_memory(w);
                l++;
                continue;
            }
            if (c < config->n && twin - 1 == c) {
                merged[c] = true;
                r = take_both(w, s, live, config, c++, out);
                l++;
                if (r < 0)
                    return r;
                continue;
            }
            size_t next = c; /* the next applied item that is live too */
            while (next < config->n && !side_find(live, config->parts[next]))
                next++;
            if (next < config->n && twin - 1 != next) {
                l++; /* shared, but its turn is another */
                continue;
            }
            l += merged[twin - 1];
        }
        if (c < config->n) {
            merged[c] = true;
            r = take_both(w, s, live, config, c++, out);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

static int merge_list(struct walking *w, struct shaping s, struct value *live, const struct value *config)
{
    struct side sides[2] = {{0}};
    struct value out = value_make_list();
    int r = side_read(w, s, live, &sides[0]);
    if (r == 0)
        r = side_read(w, s, config, &sides[1]);
    r = r < 0 ? no_memory(w) : weave(w, s, &sides[0], &sides[1], &out);
    map_done(&sides[0].index);
    map_done(&sides[1].index);
    if (r == 0)
        *live = out;
    return r;
}

static int merge(struct walking *w, struct shaping s, struct value *live, const struct value *config)
{
    if (w->depth >= VALUE_DEPTH_MAX)
        return err_raise(w->err, -E2BIG, "the object is nested too deeply");
    s = shape_for(s, config);
    bool list = s.shape == SHAPE_LIST_MAP || s.shape == SHAPE_LIST_SET;
    if (s.shape != SHAPE_LEAF && config->type == VALUE_NULL && value_count(live))
        return 0; /* null says nothing of what stands in a granular map or list */
    if (s.shape == SHAPE_LEAF || live->type != config->type || live->type != (list ? VALUE_LIST : VALUE_MAP) ||
        value_count(live) == 0)
        return copy_in(w, config, live);
    w->depth++;
    int r = list ? merge_list(w, s, live, config) : merge_map(w, s, live, config);
    w->depth--;
    return r;
}

int apply_merge(struct arena *a, struct shaping s, struct value *live, const struct value *config, struct err *err)
{
    struct walking w = {.arena = a, .err = err};
    return merge(&w, s, live, config);
}
