/* Lists and maps. A list that grows by one item at its end grows in place (a filter over n items takes n steps), two
 * lists are joined without copying, and a map of more than a few entries has an index. */
#include "cel/inside.h"

#define JOIN_DEPTH_MAX 24

/* ── lists ── */
static struct cel_value list_value(struct arena *a, const struct cel_list *from)
{
    struct cel_list *l = arena_alloc(a, sizeof(*l));
    if (!l)
        return cel_no_memory;
    *l = *from;
    return (struct cel_value){.kind = CEL_LIST, .list = l};
}

static struct list_store *store_new(struct arena *a, size_t cap)
{
    struct list_store *s = arena_alloc(a, sizeof(*s) + cap * sizeof(s->items[0]));
    if (s)
        s->cap = (uint32_t)cap;
    return s;
}

struct cel_value cel_make_list(struct arena *a, const struct cel_value *items, size_t n)
{
    if (n > UINT32_MAX / 2)
        return cel_no_memory;
    struct list_store *s = store_new(a, n);
    if (!s)
        return cel_no_memory;
    if (n)
        memcpy(s->items, items, n * sizeof(*items));
    s->used = (uint32_t)n;
    return list_value(a, &(struct cel_list){.n = (uint32_t)n, .items = s->items, .store = s});
}

static const struct cel_type *item_type(const struct cel_value *list)
{
    const struct cel_type *t = list->json.type;
    return t && t->kind == CEL_LIST ? t->params[0] : NULL;
}

struct cel_value cel_list_at(struct arena *a, const struct cel_value *v, size_t i)
{
    if (v->tree)
        return cel_of_tree(a, value_item(v->json.of, i), item_type(v));
    const struct cel_list *l = v->list;
    while (l->depth) {
        if (i < l->left->n) {
            l = l->left;
        } else {
            i -= l->left->n;
            l = l->right;
        }
    }
    return l->items[i];
}

/* All items in a row. */
static struct list_store *flatten(struct arena *a, const struct cel_value *v, size_t room)
{
    size_t n = cel_size(v);
    struct list_store *s = store_new(a, n + room);
    if (!s)
        return NULL;
    for (size_t i = 0; i < n; i++)
        s->items[i] = cel_list_at(a, v, i);
    s->used = (uint32_t)n;
    return s;
}

static const struct cel_list *as_list(struct arena *a, const struct cel_value *v)
{
    if (!v->tree)
        return v->list;
    struct list_store *s = flatten(a, v, 0);
    struct cel_list *l = s ? arena_alloc(a, sizeof(*l)) : NULL;
    if (l)
        *l = (struct cel_list){.n = s->used, .items = s->items, .store = s};
    return l;
}

struct cel_value list_append(struct arena *a, const struct cel_value *v, const struct cel_value *item)
{
    struct cel_list grown = {0};
    if (!v->tree && !v->list->depth && v->list->store && v->list->store->used == v->list->n &&
        v->list->store->used < v->list->store->cap) {
        grown = *v->list; /* nobody has written behind this list yet */
    } else {
        size_t n = cel_size(v);
        if (n >= UINT32_MAX / 4)
            return cel_no_memory;
        grown.store = flatten(a, v, MAX(n, (size_t)4));
        if (!grown.store)
            return cel_no_memory;
        grown.n = grown.store->used;
        grown.items = grown.store->items;
    }
    grown.store->items[grown.store->used++] = *item;
    grown.n++;
    return list_value(a, &grown);
}

static bool keys_equal(struct arena *a, const struct cel_type *t, const struct cel_value *x, const struct cel_value *y)
{
    if (t->list == CEL_LIST_SET)
        return cel_equal(a, x, y);
    for (const struct str *key = t->keys; key && key->n; key++) {
        struct cel_value name = cel_of_text(*key), p = {0}, q = {0};
        bool in_x = cel_map_get(a, x, &name, &p), in_y = cel_map_get(a, y, &name, &q);
        if (in_x != in_y || (in_x && !cel_equal(a, &p, &q)))
            return false;
    }
    return true;
}

/* Union of sets; keyed items of y take the place of x's. */
static struct cel_value set_join(struct arena *a, const struct cel_type *t, const struct cel_value *x,
                                 const struct cel_value *y)
{
    size_t n = cel_size(x), m = cel_size(y);
    struct list_store *s = flatten(a, x, m);
    if (!s)
        return cel_no_memory;
    for (size_t j = 0; j < m; j++) {
        struct cel_value item = cel_list_at(a, y, j);
        size_t i = 0;
        while (i < n && !keys_equal(a, t, &s->items[i], &item))
            i++;
        if (i == n)
            s->items[s->used++] = item;
        else
            s->items[i] = item;
    }
    return list_value(a, &(struct cel_list){.n = s->used, .items = s->items, .store = s});
}

struct cel_value list_join(struct arena *a, const struct cel_value *x, const struct cel_value *y)
{
    const struct cel_type *t = x->tree ? x->json.type : NULL;
    size_t n = cel_size(x), m = cel_size(y);
    if (t && t->kind == CEL_LIST && t->list != CEL_LIST_ATOMIC)
        return set_join(a, t, x, y);
    if (!m)
        return *x;
    if (!n)
        return *y;
    if (m == 1) {
        struct cel_value item = cel_list_at(a, y, 0);
        return list_append(a, x, &item);
    }
    if (n + m > UINT32_MAX / 4)
        return cel_no_memory;
    const struct cel_list *left = as_list(a, x), *right = as_list(a, y);
    if (!left || !right)
        return cel_no_memory;
    struct cel_list join = {.n = (uint32_t)(n + m), .left = left, .right = right};
    join.depth = (uint8_t)(MAX(left->depth, right->depth) + 1);
    struct cel_value v = list_value(a, &join);
    if (join.depth <= JOIN_DEPTH_MAX || v.kind != CEL_LIST)
        return v;
    struct list_store *s = flatten(a, &v, 0);
    return s ? list_value(a, &(struct cel_list){.n = s->used, .items = s->items, .store = s}) : cel_no_memory;
}

/* ── maps ── */
struct cel_map *map_new(struct arena *a, size_t cap)
{
    struct cel_map *m = arena_alloc(a, sizeof(*m));
    if (!m || cap > UINT32_MAX / 4)
        return NULL;
    m->cap = (uint32_t)MAX(cap, (size_t)4);
    m->entries = arena_alloc(a, m->cap * sizeof(*m->entries));
    return m->entries ? m : NULL;
}

static void index_put(struct cel_map *m, uint32_t entry)
{
    uint32_t at = (uint32_t)value_hash(&m->entries[entry].key) & m->mask;
    while (m->index[at])
        at = (at + 1) & m->mask;
    m->index[at] = entry + 1;
}

static int index_make(struct arena *a, struct cel_map *m)
{
    uint32_t size = 32;
    while (size < m->cap * 2)
        size *= 2;
    m->index = arena_alloc(a, size * sizeof(*m->index));
    if (!m->index)
        return -ENOMEM;
    m->mask = size - 1;
    for (uint32_t i = 0; i < m->n; i++)
        index_put(m, i);
    return 0;
}

const struct cel_value *map_find(const struct cel_map *m, const struct cel_value *key)
{
    if (!value_key_valid(key))
        return NULL;
    if (!m->index) {
        for (uint32_t i = 0; i < m->n; i++)
            if (cel_equal(NULL, &m->entries[i].key, key))
                return &m->entries[i].value;
        return NULL;
    }
    for (uint32_t at = (uint32_t)value_hash(key) & m->mask; m->index[at]; at = (at + 1) & m->mask) {
        const struct map_entry *e = &m->entries[m->index[at] - 1];
        if (cel_equal(NULL, &e->key, key))
            return &e->value;
    }
    return NULL;
}

int map_insert(struct arena *a, struct cel_map *m, const struct cel_value *key, const struct cel_value *value)
{
    if (map_find(m, key))
        return -EEXIST;
    if (m->n == m->cap) {
        struct map_entry *more = arena_alloc(a, 2 * (size_t)m->cap * sizeof(*more));
        if (!more || m->cap > UINT32_MAX / 4)
            return -ENOMEM;
        memcpy(more, m->entries, m->n * sizeof(*more));
        m->entries = more;
        m->cap *= 2;
        m->index = NULL;
    }
    m->entries[m->n++] = (struct map_entry){*key, *value};
    if (m->index)
        index_put(m, m->n - 1);
    else if (m->n >= MAP_INDEX_MIN)
        return index_make(a, m);
    return 0;
}

struct cel_value cel_make_map(struct arena *a, const struct cel_value *keys, const struct cel_value *values, size_t n)
{
    struct cel_map *m = map_new(a, n);
    if (!m)
        return cel_no_memory;
    for (size_t i = 0; i < n; i++)
        if (map_insert(a, m, &keys[i], &values[i]) == -ENOMEM)
            return cel_no_memory;
    return (struct cel_value){.kind = CEL_MAP, .map = m};
}

struct cel_value cel_make_lazy(struct arena *a, const struct cel_lazy *lazy, const struct cel_type *object)
{
    struct cel_map *m = arena_alloc(a, sizeof(*m));
    if (!m)
        return cel_no_memory;
    m->lazy = lazy;
    m->object = object;
    return (struct cel_value){.kind = CEL_OBJECT, .map = m};
}

static bool tree_get(struct arena *a, const struct cel_value *map, struct str name, struct cel_value *out)
{
    const struct cel_type *t = map->json.type, *as = NULL;
    if (t && t->kind == CEL_MAP) {
        as = t->params[1];
    } else if (t && t->kind == CEL_OBJECT && t->fields) {
        const struct cel_field *f = cel_type_field(t, name);
        if (!f)
            return false;
        as = f->type;
        name = f->key.n ? f->key : f->name;
    }
    const struct value *v = value_get(map->json.of, name);
    if (!v)
        return false;
    *out = cel_of_tree(a, v, as);
    return true;
}

bool cel_map_get(struct arena *a, const struct cel_value *map, const struct cel_value *key, struct cel_value *out)
{
    if (map->tree)
        return key->kind == CEL_STRING && tree_get(a, map, key->text, out);
    if (map->map->lazy) {
        *out = (struct cel_value){0};
        int r = key->kind == CEL_STRING ? map->map->lazy->get(map->map->lazy->ctx, key->text, out) : -ENOENT;
        if (r == -ENOENT)
            return false;
        if (r < 0)
            *out = cel_no_memory;
        return true;
    }
    const struct cel_value *found = map_find(map->map, key);
    if (found)
        *out = *found;
    return found != NULL;
}

void cel_map_at(struct arena *a, const struct cel_value *map, size_t i, struct cel_value *key, struct cel_value *value)
{
    if (!map->tree) {
        *key = map->map->entries[i].key;
        *value = map->map->entries[i].value;
        return;
    }
    const struct value_member *m = &value_members(map->json.of)[i];
    const struct cel_type *t = map->json.type, *as = t && t->kind == CEL_MAP ? t->params[1] : NULL;
    *key = cel_of_text(m->key);
    for (size_t f = 0; t && t->kind == CEL_OBJECT && f < t->n_fields; f++)
        if (str_eq(t->fields[f].key.n ? t->fields[f].key : t->fields[f].name, m->key)) {
            *key = cel_of_text(t->fields[f].name);
            as = t->fields[f].type;
            break;
        }
    *value = cel_of_tree(a, &m->value, as);
}

struct cel_value cel_make_optional(struct arena *a, const struct cel_value *v)
{
    struct cel_value o = {.kind = CEL_OPTIONAL};
    if (!v)
        return o;
    struct cel_value *kept = arena_alloc(a, sizeof(*kept));
    if (!kept)
        return cel_no_memory;
    *kept = *v;
    o.optional = kept;
    return o;
}
