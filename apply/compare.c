#include "apply/inside.h"

struct comparing {
    struct arena *arena;
    struct err *err;
    unsigned depth;
    bool zeros;
    const struct field_set *but; /* of the struct about to be looked at as a new one: what need not be told; NULL: all is */
};

static int compare(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at);

static int no_memory(struct comparing *c)
{
    return err_raise(c->err, -ENOMEM, "no memory to compare objects");
}

static void leaf(const struct value *before, const struct value *after, struct field_node *at)
{
    if (!before)
        at->bits |= SET_ADDED;
    else if (!after)
        at->bits |= SET_REMOVED;
    else if (!value_equal(before, after))
        at->bits |= SET_MODIFIED;
}

/* Compares one child; keeps a node for it when anything differs. */
static int child(struct comparing *c, struct shaping s, struct path_part part, const struct value *before, const struct value *after,
                 struct field_node *at)
{
    struct field_node made = {.part = part};
    if (before && after && value_same(before, after)) /* shared: what a merge left alone */
        return 0;
    int r = compare(c, s, before, after, &made);
    if (r < 0 || (!made.bits && !made.below.n))
        return r;
    struct field_node *node = set_append(c->arena, &at->below, part);
    if (!node)
        return no_memory(c);
    *node = made;
    return 0;
}

/* ── structs, seen as Go's ── */
struct pair {
    const struct value *before, *after;
    size_t matched_before, matched_after; /* members the schema knows */
    bool any;
};

/* Looks where the last one stood first: members mostly come in the schema's order. */
static const struct value *member(const struct value *v, struct str key, uint32_t *hint, size_t *matched)
{
    if (!v || v->type != VALUE_MAP)
        return NULL;
    if (*hint < v->map.n && str_eq(v->map.members[*hint].key, key)) {
        ++*matched;
        return &v->map.members[(*hint)++].value;
    }
    if (*matched == v->map.n)
        return NULL;
    for (uint32_t i = 0; i < v->map.n; i++) {
        if (str_eq(v->map.members[i].key, key)) {
            ++*matched;
            *hint = i + 1;
            return &v->map.members[i].value;
        }
    }
    return NULL;
}

static const struct value *view(const struct comparing *c, const struct schema_field *f, const struct value *v)
{
    return c->zeros && v && v->type != VALUE_NULL ? v : shape_view(f, v);
}

static int compare_fields(struct comparing *c, const struct schema_message *m, struct pair *p, uint32_t hints[2], struct field_node *at)
{
    for (uint16_t i = 0; i < m->n_fields; i++) {
        const struct schema_field *f = &m->fields[i];
        if ((f->flags & SCHEMA_INLINE) && f->message) {
            int r = compare_fields(c, f->message, p, hints, at);
            if (r < 0)
                return r;
            continue;
        }
        const struct value *l = member(p->before, f->name, &hints[0], &p->matched_before);
        const struct value *r = member(p->after, f->name, &hints[1], &p->matched_after);
        l = p->before ? view(c, f, l) : NULL;
        r = p->after ? view(c, f, r) : NULL;
        if (!l && !r)
            continue;
        p->any = true;
        if (l == r || str_is(f->name, "managedFields"))
            continue;
        int result = child(c, shape_of_field(f), (struct path_part){'f', f->name}, l, r, at);
        if (result < 0)
            return result;
    }
    return 0;
}

/* Members no row declares: of custom resources that keep what they are given. */
static int compare_unknown(struct comparing *c, const struct schema_message *m, struct pair *p, struct field_node *at)
{
    VALUE_EACH_MEMBER (l, p->before) {
        if (schema_field_find(m, l->key))
            continue;
        p->any = true;
        int r = child(c, shape_of_field(NULL), (struct path_part){'f', l->key}, &l->value, value_get(p->after, l->key), at);
        if (r < 0)
            return r;
    }
    VALUE_EACH_MEMBER (a, p->after) {
        if (schema_field_find(m, a->key) || value_get(p->before, a->key))
            continue;
        p->any = true;
        int r = child(c, shape_of_field(NULL), (struct path_part){'f', a->key}, NULL, &a->value, at);
        if (r < 0)
            return r;
    }
    return 0;
}

/* Before, nothing was said: only what is said now can differ from the zeros that stood there. */
static int compare_first(struct comparing *c, const struct schema_message *m, const struct value *after, struct field_node *at)
{
    const struct field_set *but = c->but;
    size_t hint = 0;
    c->but = NULL;
    VALUE_EACH_MEMBER (a, after) {
        ssize_t slot = schema_slot_find(m, a->key, hint);
        const struct schema_field *f = slot < 0 ? NULL : schema_slot(m, (size_t)slot);
        hint = slot < 0 ? hint : (size_t)slot + 1;
        const struct value *l = f ? view(c, f, NULL) : NULL, *r = f ? view(c, f, &a->value) : &a->value;
        struct path_part part = {'f', a->key};
        const struct field_node *told = but ? set_find(but, part) : NULL;
        if (l == r || (f && str_is(f->name, "managedFields")) || (told && !told->below.n))
            continue;
        c->but = told ? &told->below : NULL;
        int result = child(c, shape_of_field(f), part, l, r, at);
        c->but = NULL;
        if (result < 0)
            return result;
    }
    set_sort(&at->below);
    return 0;
}

static int compare_struct(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at)
{
    if (before && after && before->type == VALUE_MAP && after->type == VALUE_MAP && before->map.n == 0)
        return compare_first(c, s.message, after, at);
    struct pair p = {.before = before, .after = after};
    uint32_t hints[2] = {0, 0};
    int r = compare_fields(c, s.message, &p, hints, at);
    if (r == 0 && (p.matched_before < value_count(before) || p.matched_after < value_count(after)))
        r = compare_unknown(c, s.message, &p, at);
    if (r < 0)
        return r;
    set_sort(&at->below);
    if (!before)
        at->bits |= SET_ADDED;
    else if (!after)
        at->bits |= SET_REMOVED;
    else if (!p.any && (before->type == VALUE_NULL) != (after->type == VALUE_NULL))
        at->bits |= SET_MODIFIED;
    return 0;
}

/* ── maps ── */
struct lookup {
    const struct value *v;
    struct map index; /* only of large maps */
    uint32_t hint;
};

static int lookup_start(struct lookup *l, const struct value *v)
{
    *l = (struct lookup){.v = v};
    if (value_count(v) <= 32)
        return 0;
    VALUE_EACH_MEMBER (m, v) {
        if (map_put(&l->index, m->key, m) < 0)
            return -ENOMEM;
    }
    return 0;
}

static const struct value *lookup_get(struct lookup *l, struct str key)
{
    size_t matched = SIZE_MAX; /* unknown */
    if (!l->index.n)
        return member(l->v, key, &l->hint, &matched);
    const struct value_member *m = map_get(&l->index, key);
    return m ? &m->value : NULL;
}

static int compare_members(struct comparing *c, struct shaping item, const struct value *before, const struct value *after, struct lookup look[2],
                           struct field_node *at)
{
    int r = 0;
    VALUE_EACH_MEMBER (l, before) {
        r = child(c, item, (struct path_part){'f', l->key}, &l->value, lookup_get(&look[1], l->key), at);
        if (r < 0)
            return r;
    }
    VALUE_EACH_MEMBER (a, after) {
        if (lookup_get(&look[0], a->key))
            continue;
        r = child(c, item, (struct path_part){'f', a->key}, NULL, &a->value, at);
        if (r < 0)
            return r;
    }
    return 0;
}

static int compare_map(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at)
{
    if (value_count(before) == 0 && value_count(after) == 0) {
        leaf(before, after, at);
        return 0;
    }
    struct lookup look[2] = {{0}};
    int r = lookup_start(&look[0], before);
    if (r == 0)
        r = lookup_start(&look[1], after);
    r = r < 0 ? no_memory(c) : compare_members(c, shape_of_item(s), before, after, look, at);
    map_done(&look[0].index);
    map_done(&look[1].index);
    if (r < 0)
        return r;
    set_sort(&at->below);
    at->bits |= !before ? SET_ADDED : !after ? SET_REMOVED : 0;
    return 0;
}

/* ── lists ── */
struct item {
    struct path_part part;
    const struct value *before, *after; /* the first of each side */
    uint32_t n_before, n_after;
    bool same; /* all repeated ones were equal, in order */
};

static bool aligned(struct shaping s, const struct value *before, const struct value *after)
{
    if (value_count(before) != value_count(after))
        return false;
    for (size_t i = 0; i < value_count(before); i++) {
        if (!shape_same_item(s, value_item(before, i), value_item(after, i)))
            return false;
        if (i && shape_same_item(s, value_item(before, i - 1), value_item(before, i)))
            return false;
    }
    return true;
}

static int gather(struct comparing *c, struct shaping s, const struct value *list, bool after, struct map *index, struct item *items, size_t *n)
{
    VALUE_EACH_ITEM (v, list) {
        struct path_part part;
        int r = shape_part(c->arena, s, v, &part);
        if (r == -EINVAL)
            continue; /* no place in the list: nobody owns it */
        if (r < 0)
            return no_memory(c);
        struct item *it = map_get(index, part.text);
        if (!it) {
            it = &items[(*n)++];
            *it = (struct item){.part = part};
            if (map_put(index, part.text, it) < 0)
                return no_memory(c);
        }
        if (!after && it->n_before++ == 0)
            it->before = v;
        if (after && it->n_after++ == 0)
            it->after = v;
    }
    return 0;
}

static int compare_item(struct comparing *c, struct shaping s, const struct item *it, struct field_node *at)
{
    if (it->n_before <= 1 && it->n_after <= 1)
        return child(c, s, it->part, it->before, it->after, at);
    struct field_node made = {.part = it->part};
    int r = 0;
    if (it->n_before > 1 && it->n_after > 1) {
        if (it->n_before != it->n_after || !value_equal(it->before, it->after))
            made.bits = SET_MODIFIED;
    } else if (it->n_before > 1) {
        r = it->after ? compare(c, s, NULL, it->after, &made) : 0;
        made.bits |= SET_REMOVED;
    } else {
        r = it->before ? compare(c, s, it->before, NULL, &made) : 0;
        made.bits |= SET_ADDED;
    }
    if (r < 0 || (!made.bits && !made.below.n))
        return r;
    struct field_node *node = set_append(c->arena, &at->below, it->part);
    if (!node)
        return no_memory(c);
    *node = made;
    return 0;
}

static int compare_aligned(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at)
{
    if (s.shape == SHAPE_LIST_SET)
        return 0; /* the items are all there is */
    for (size_t i = 0; i < value_count(before); i++) {
        struct field_node made = {{0}};
        if (value_same(value_item(before, i), value_item(after, i)))
            continue;
        int r = compare(c, shape_of_item(s), value_item(before, i), value_item(after, i), &made);
        if (r < 0)
            return r;
        if (!made.bits && !made.below.n)
            continue;
        r = shape_part(c->arena, s, value_item(after, i), &made.part);
        if (r == -EINVAL)
            continue;
        struct field_node *node = r < 0 ? NULL : set_append(c->arena, &at->below, made.part);
        if (!node)
            return no_memory(c);
        *node = made;
    }
    return 0;
}

static int compare_list(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at)
{
    size_t room = value_count(before) + value_count(after), n = 0;
    if (room == 0) {
        leaf(before, after, at);
        return 0;
    }
    int r = 0;
    if (aligned(s, before, after)) {
        r = compare_aligned(c, s, before, after, at);
    } else {
        struct map index = {0};
        struct item *items = arena_alloc(c->arena, room * sizeof(*items));
        r = items ? gather(c, s, before, false, &index, items, &n) : no_memory(c);
        if (r == 0)
            r = gather(c, s, after, true, &index, items, &n);
        map_done(&index);
        for (size_t i = 0; r == 0 && i < n; i++)
            r = compare_item(c, shape_of_item(s), &items[i], at);
    }
    if (r < 0)
        return r;
    set_sort(&at->below);
    at->bits |= !before ? SET_ADDED : !after ? SET_REMOVED : 0;
    return 0;
}

static bool fits(struct shaping s, const struct value *v)
{
    if (!v || v->type == VALUE_NULL)
        return true;
    bool list = s.shape == SHAPE_LIST_MAP || s.shape == SHAPE_LIST_SET;
    return list ? v->type == VALUE_LIST : v->type == VALUE_MAP;
}

static int compare(struct comparing *c, struct shaping s, const struct value *before, const struct value *after, struct field_node *at)
{
    if (c->depth >= VALUE_DEPTH_MAX)
        return err_raise(c->err, -E2BIG, "the object is nested too deeply");
    if (s.shape == SHAPE_UNTYPED && before && after && shape_for(s, before).shape != shape_for(s, after).shape)
        s.shape = SHAPE_LEAF;
    s = shape_for(s, after ? after : before);
    if (s.shape == SHAPE_LEAF || !fits(s, before) || !fits(s, after)) {
        leaf(before, after, at);
        return 0;
    }
    c->depth++;
    int r;
    if (s.shape == SHAPE_STRUCT)
        r = compare_struct(c, s, before, after, at);
    else if (s.shape == SHAPE_MAP || s.shape == SHAPE_UNTYPED)
        r = compare_map(c, s, before, after, at);
    else
        r = compare_list(c, s, before, after, at);
    c->depth--;
    return r;
}

int apply_compare_first(struct arena *a, struct shaping s, const struct value *v, const struct field_set *but, struct field_set *out, struct err *err)
{
    static const struct value nothing = {.type = VALUE_MAP};
    struct comparing c = {.arena = a, .err = err, .but = but};
    struct field_node top = {{0}};
    int r = compare(&c, s, &nothing, v, &top);
    *out = top.below;
    return r;
}

int apply_compare(struct arena *a, struct shaping s, const struct value *before, const struct value *after, bool zeros, struct field_set *out,
                  struct err *err)
{
    struct comparing c = {.arena = a, .err = err, .zeros = zeros};
    struct field_node top = {{0}};
    int r = compare(&c, s, before, after, &top);
    *out = top.below;
    return r;
}
