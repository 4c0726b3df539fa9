#include "apply/inside.h"

/* Laying an applied configuration over the live object. Nothing is written into either: where nothing changes the result is the
 * live object's own maps and lists, elsewhere new ones, with what came from the configuration as it stands there. So whoever
 * compares the result with the live object afterwards looks only at what changed. */
struct merging {
    struct arena *arena;
    struct err *err;
    unsigned depth;
    bool distinct; /* no list of the configuration names an item twice */
};

static int merge(struct merging *w, struct shaping s, const struct value *live, const struct value *config, struct value *out);

static int no_memory(struct merging *w)
{
    return err_raise(w->err, -ENOMEM, "no memory to merge objects");
}

static bool is_container(const struct value *v)
{
    return v->type == VALUE_MAP || v->type == VALUE_LIST;
}

/* Is it what stands there already? Of maps and lists only the very same. */
static bool unchanged(const struct value *was, const struct value *is)
{
    return is_container(was) ? value_same(was, is) : value_identical(was, is);
}

/* ── maps and structs ── */

/* Members mostly come in the same order on both sides: where the last one stood is looked first. */
static struct value *find(const struct value *map, struct str key, uint32_t *hint)
{
    struct value_member *m = map->map.members;
    if (*hint < map->map.n && str_eq(m[*hint].key, key))
        return &m[(*hint)++].value;
    for (uint32_t i = 0; i < map->map.n; i++) {
        if (str_eq(m[i].key, key)) {
            *hint = i + 1;
            return &m[i].value;
        }
    }
    return NULL;
}

/* `map`, a copy of the live one's struct, gets members of its own, and room for `more`. */
static int own_members(struct merging *w, struct value *map, uint32_t more)
{
    struct value_member *m = arena_alloc(w->arena, ((size_t)map->map.n + more) * sizeof(*m));
    if (!m)
        return no_memory(w);
    if (map->map.n)
        memcpy(m, map->map.members, map->map.n * sizeof(*m));
    map->map.members = m;
    map->map.cap = map->map.n + more;
    return 0;
}

static struct shaping shape_of_member(struct shaping s, struct str key, size_t *hint)
{
    if (s.shape != SHAPE_STRUCT)
        return shape_of_item(s);
    ssize_t slot = schema_slot_find(s.message, key, *hint);
    if (slot < 0)
        return shape_of_field(NULL);
    *hint = (size_t)slot + 1;
    return shape_of_field(schema_slot(s.message, (size_t)slot));
}

static int merge_map(struct merging *w, struct shaping s, const struct value *live, const struct value *config, struct value *out)
{
    bool own = false;
    uint32_t at = 0, left = config->map.n;
    size_t row = 0;
    *out = *live;
    VALUE_EACH_MEMBER (m, config) {
        struct value *there = find(out, m->key, &at), merged = m->value;
        int r = 0;
        if (there && (is_container(&m->value) || m->value.type == VALUE_NULL))
            r = merge(w, shape_of_member(s, m->key, &row), there, &m->value, &merged);
        if (r == 0 && (!there || !unchanged(there, &merged))) {
            size_t place = there ? (size_t)(CONTAINER_OF(there, struct value_member, value) - out->map.members) : out->map.n;
            r = own ? 0 : own_members(w, out, left);
            own = true;
            if (r == 0)
                out->map.members[place] = (struct value_member){there ? out->map.members[place].key : m->key, merged};
            out->map.n += r == 0 && !there;
        }
        if (r < 0)
            return r;
        left--;
    }
    return 0;
}

/* ── lists ── */
struct side { /* one of the two lists being merged */
    const struct value *list;
    struct path_part *parts;
    size_t n;
    struct map index; /* part → its first place + 1 */
};

static int side_read(struct merging *w, struct shaping s, const struct value *list, struct side *out)
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
        if (!map_get(&out->index, out->parts[i].text) && map_put(&out->index, out->parts[i].text, (void *)(uintptr_t)(i + 1)) < 0)
            return -ENOMEM;
    }
    return 0;
}

static size_t side_find(const struct side *s, struct path_part part)
{
    return (size_t)(uintptr_t)map_get(&s->index, part.text);
}

static int take_both(struct merging *w, struct shaping s, const struct side *live, const struct side *config, size_t at, struct value *out)
{
    struct value v = *value_item(config->list, at);
    size_t twin = side_find(live, config->parts[at]);
    int r = twin ? merge(w, shape_of_item(s), value_item(live->list, twin - 1), value_item(config->list, at), &v) : 0;
    if (r < 0)
        return r;
    return value_add(w->arena, out, v) ? 0 : no_memory(w);
}

/* The order rule of structured-merge-diff: shared items come in the applied order,
 * live items keep their places between them. */
static int weave(struct merging *w, struct shaping s, const struct side *live, const struct side *config, struct value *out)
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

static bool items_unchanged(const struct value *live, const struct value *made)
{
    if (live->list.n != made->list.n)
        return false;
    for (uint32_t i = 0; i < live->list.n; i++)
        if (!unchanged(&live->list.items[i], &made->list.items[i]))
            return false;
    return true;
}

static int merge_woven(struct merging *w, struct shaping s, const struct value *live, const struct value *config, struct value *out)
{
    struct side sides[2] = {{0}};
    struct value made = value_make_list();
    int r = side_read(w, s, live, &sides[0]);
    if (r == 0)
        r = side_read(w, s, config, &sides[1]);
    r = r < 0 ? no_memory(w) : weave(w, s, &sides[0], &sides[1], &made);
    map_done(&sides[0].index);
    map_done(&sides[1].index);
    if (r == 0)
        *out = items_unchanged(live, &made) ? *live : made;
    return r;
}

/* The same items in the same order, each once: what nearly every list is that is applied again. */
static bool aligned(const struct merging *w, struct shaping s, const struct value *live, const struct value *config)
{
    if (!w->distinct || live->list.n != config->list.n)
        return false;
    for (uint32_t i = 0; i < live->list.n; i++)
        if (!shape_item_twins(s, &live->list.items[i], &config->list.items[i]))
            return false;
    return true;
}

static int merge_list(struct merging *w, struct shaping s, const struct value *live, const struct value *config, struct value *out)
{
    bool own = false;
    if (!aligned(w, s, live, config))
        return merge_woven(w, s, live, config, out);
    *out = *live;
    for (uint32_t i = 0; i < live->list.n && s.shape == SHAPE_LIST_MAP; i++) {
        struct value merged;
        int r = merge(w, shape_of_item(s), &live->list.items[i], &config->list.items[i], &merged);
        if (r < 0)
            return r;
        if (unchanged(&live->list.items[i], &merged))
            continue;
        if (!own) {
            out->list.items = arena_alloc(w->arena, live->list.n * sizeof(*out->list.items));
            if (!out->list.items)
                return no_memory(w);
            memcpy(out->list.items, live->list.items, live->list.n * sizeof(*out->list.items));
            out->list.cap = live->list.n;
            own = true;
        }
        out->list.items[i] = merged;
    }
    return 0;
}

static int merge(struct merging *w, struct shaping s, const struct value *live, const struct value *config, struct value *out)
{
    if (w->depth >= VALUE_DEPTH_MAX)
        return err_raise(w->err, -E2BIG, "the object is nested too deeply");
    s = shape_for(s, config);
    bool list = s.shape == SHAPE_LIST_MAP || s.shape == SHAPE_LIST_SET;
    if (s.shape != SHAPE_LEAF && config->type == VALUE_NULL && value_count(live)) {
        *out = *live; /* null says nothing of what stands in a granular map or list */
        return 0;
    }
    if (s.shape == SHAPE_LEAF || live->type != config->type || live->type != (list ? VALUE_LIST : VALUE_MAP) || value_count(live) == 0) {
        *out = value_identical(live, config) ? *live : *config;
        return 0;
    }
    w->depth++;
    int r = list ? merge_list(w, s, live, config, out) : merge_map(w, s, live, config, out);
    w->depth--;
    return r;
}

int apply_merge(struct arena *a, struct shaping s, const struct value *live, const struct value *config, bool distinct, struct value *out,
                struct err *err)
{
    struct merging w = {.arena = a, .err = err, .distinct = distinct};
    return merge(&w, s, live, config, out);
}

/* ── nulls ── */

/* The members of `v` that stay. */
static int nulls_of_map(struct merging *w, struct shaping s, const struct value *v, const struct value *twin, struct value *out)
{
    bool own = false;
    uint32_t n = 0, hint = 0;
    size_t row = 0;
    VALUE_EACH_MEMBER (m, v) {
        struct value kept = m->value;
        bool drop = m->value.type == VALUE_NULL;
        const struct value *other = is_container(&kept) && twin && twin->type == VALUE_MAP ? find(twin, m->key, &hint) : NULL;
        int r = is_container(&kept) ? apply_drop_nulls(w->arena, shape_of_member(s, m->key, &row), &m->value, other, &kept) : 0;
        if (r == 0 && !own && (drop || !unchanged(&m->value, &kept))) {
            r = own_members(w, out, 0);
            own = true;
        }
        if (r < 0)
            return r;
        if (own && !drop)
            out->map.members[n] = (struct value_member){m->key, kept};
        n += !drop;
    }
    out->map.n = n;
    return 0;
}

static int nulls_of_list(struct merging *w, struct shaping s, const struct value *v, const struct value *twin, struct value *out)
{
    bool own = false;
    for (uint32_t i = 0; i < v->list.n; i++) {
        struct value kept;
        const struct value *other = twin && twin->type == VALUE_LIST && i < twin->list.n ? &twin->list.items[i] : NULL;
        int r = apply_drop_nulls(w->arena, shape_of_item(s), &v->list.items[i], other, &kept);
        if (r < 0)
            return r;
        if (unchanged(&v->list.items[i], &kept))
            continue;
        if (!own) {
            out->list.items = arena_alloc(w->arena, v->list.n * sizeof(*out->list.items));
            if (!out->list.items)
                return no_memory(w);
            memcpy(out->list.items, v->list.items, v->list.n * sizeof(*out->list.items));
            out->list.cap = v->list.n;
            own = true;
        }
        out->list.items[i] = kept;
    }
    return 0;
}

int apply_drop_nulls(struct arena *a, struct shaping s, const struct value *v, const struct value *twin, struct value *out)
{
    struct merging w = {.arena = a};
    *out = *v;
    if (s.shape == SHAPE_LEAF || s.shape == SHAPE_UNTYPED || value_count(v) == 0 || (twin && value_same(v, twin)))
        return 0;
    return v->type == VALUE_MAP ? nulls_of_map(&w, s, v, twin, out) : nulls_of_list(&w, s, v, twin, out);
}
