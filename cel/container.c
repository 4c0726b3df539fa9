/* Lists and maps. A list that grows by one item at its end grows in place (a filter over n items takes n steps), two
 * lists are joined without copying, and a map of more than a few entries has an index. */
#include <math.h>

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
    if (!v->tree && !v->list->depth && v->list->store && v->list->store->used == v->list->n && v->list->store->used < v->list->store->cap) {
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
static struct cel_value set_join(struct arena *a, const struct cel_type *t, const struct cel_value *x, const struct cel_value *y)
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

struct cel_value cel_make_map_or(struct arena *a, const struct cel_value *keys, const struct cel_value *values, size_t n,
                                 const struct cel_value *otherwise)
{
    struct cel_value v = cel_make_map(a, keys, values, n);
    struct cel_map *m = v.kind == CEL_MAP ? arena_alloc(a, sizeof(*m)) : NULL;
    if (!m)
        return cel_no_memory;
    *m = *v.map;
    m->otherwise = otherwise;
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

/* ── trees ──
 * Between trees and values: what JSON means under a declared type, and the JSON of a value. */
static struct cel_value of_text(struct arena *a, struct str s, const struct cel_type *t)
{
    struct cel_value v = {.kind = CEL_STRING, .text = s};
    if (!t || t->kind == CEL_STRING)
        return v;
    if (t->kind == CEL_BYTES) {
        SCOPED_BUF b = BUF_INIT(0);
        v.kind = CEL_BYTES;
        int r = buf_unbase64(&b, s);
        if (r == -EINVAL)
            return value_error(a, "illegal base64 data");
        if (r < 0 || buf_error(&b) < 0 || arena_str(a, buf_view(&b), &v.text) < 0)
            return cel_no_memory;
    } else if (t->kind == CEL_DURATION) {
        v = (struct cel_value){.kind = CEL_DURATION};
        if (cel_duration_parse(s, &v.integer) < 0)
            return value_error(a, "invalid duration %.*s", STR_FMT(s));
    } else if (t->kind == CEL_TIMESTAMP) {
        char day[40];
        if (s.n == 10) { /* format: date */
            snprintf(day, sizeof(day), "%.*sT00:00:00Z", STR_FMT(s));
            s = str_of(day);
        }
        if (timestamp_parse(s, &v) < 0)
            return value_error(a, "cannot convert to timestamp: %.*s", STR_FMT(s));
    }
    return v;
}

static struct cel_value of_number(const struct value *tree, const struct cel_type *t)
{
    enum cel_kind want = t ? t->kind : CEL_DYN;
    if (tree->type == VALUE_INT) {
        if (want == CEL_DOUBLE)
            return (struct cel_value){.kind = CEL_DOUBLE, .number = (double)tree->integer};
        if (want == CEL_UINT && tree->integer >= 0)
            return (struct cel_value){.kind = CEL_UINT, .natural = (uint64_t)tree->integer};
        return cel_of_int(tree->integer);
    }
    if (want == CEL_INT && tree->number == floor(tree->number) && fabs(tree->number) < 9e18)
        return cel_of_int((int64_t)tree->number);
    return (struct cel_value){.kind = CEL_DOUBLE, .number = tree->number};
}

struct cel_value cel_of_tree(struct arena *a, const struct value *tree, const struct cel_type *t)
{
    struct value *whole;
    if (t && t->kind == CEL_WRAPPER)
        t = t->params[0];
    switch (tree ? tree->type : VALUE_NULL) {
    case VALUE_BOOL:
        return cel_of_bool(tree->boolean);
    case VALUE_INT:
    case VALUE_DOUBLE:
        return of_number(tree, t);
    case VALUE_TEXT:
        return of_text(a, tree->text, t);
    case VALUE_LIST:
        return (struct cel_value){.kind = CEL_LIST, .tree = true, .json = {tree, t}};
    case VALUE_MAP:
        return (struct cel_value){.kind = t && t->kind == CEL_OBJECT ? CEL_OBJECT : CEL_MAP, .tree = true, .json = {tree, t}};
    case VALUE_RAW:
        whole = arena_alloc(a, sizeof(*whole));
        if (!whole || value_expand(a, tree, whole, NULL) < 0)
            return cel_no_memory;
        return cel_of_tree(a, whole, t);
    default:
        return (struct cel_value){.kind = CEL_NULL};
    }
}

/* ── back ── */
static int kept_text(struct arena *a, struct buf *b, struct value *out)
{
    struct str s;
    int r = buf_error(b);
    r = r < 0 ? r : arena_str(a, buf_view(b), &s);
    if (r == 0)
        *out = value_make_text(s);
    return r;
}

static int list_tree(struct arena *a, const struct cel_value *v, struct value *out, struct err *err)
{
    *out = value_make_list();
    for (size_t i = 0, n = cel_size(v); i < n; i++) {
        struct cel_value item = cel_list_at(a, v, i);
        struct value tree;
        int r = cel_to_tree(a, &item, &tree, err);
        if (r != 0)
            return r;
        if (!value_add(a, out, tree))
            return -ENOMEM;
    }
    return 0;
}

static int key_text(struct arena *a, const struct cel_value *key, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (key->kind == CEL_STRING) {
        *out = key->text;
        return 0;
    }
    if (key->kind == CEL_UINT)
        buf_fmt(&b, "%llu", (unsigned long long)key->natural);
    else
        cel_print(&b, key);
    return buf_error(&b) < 0 ? buf_error(&b) : arena_str(a, buf_view(&b), out);
}

static int map_tree(struct arena *a, const struct cel_value *v, struct value *out, struct err *err)
{
    *out = value_make_map();
    if (v->map->lazy)
        return err_raise(err, CEL_FAILED, "variables have no JSON form");
    for (size_t i = 0, n = cel_size(v); i < n; i++) {
        struct cel_value key, item;
        struct value tree;
        struct str name;
        cel_map_at(a, v, i, &key, &item);
        int r = cel_to_tree(a, &item, &tree, err);
        if (r != 0)
            return r;
        r = key_text(a, &key, &name);
        if (r < 0)
            return r;
        const struct cel_field *f = v->map->object ? cel_type_field(v->map->object, name) : NULL;
        if (f && f->key.n)
            name = f->key;
        if (!value_set(a, out, name, tree))
            return -ENOMEM;
    }
    return 0;
}

static int text_tree(struct arena *a, const struct cel_value *v, struct value *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (v->kind == CEL_BYTES)
        buf_base64(&b, v->text);
    else if (v->kind == CEL_DURATION)
        cel_duration_print(v->integer, &b);
    else
        timestamp_print(v, &b);
    return kept_text(a, &b, out);
}

int cel_to_tree(struct arena *a, const struct cel_value *v, struct value *out, struct err *err)
{
    switch (v->kind) {
    case CEL_NULL:
        *out = (struct value){0};
        return 0;
    case CEL_BOOL:
        *out = value_make_bool(v->boolean);
        return 0;
    case CEL_INT:
        *out = value_make_int(v->integer);
        return 0;
    case CEL_UINT:
        *out = v->natural <= INT64_MAX ? value_make_int((int64_t)v->natural) : value_make_double((double)v->natural);
        return 0;
    case CEL_DOUBLE:
        *out = value_make_double(v->number);
        return 0;
    case CEL_STRING:
        *out = value_make_text(v->text);
        return 0;
    case CEL_BYTES:
    case CEL_DURATION:
    case CEL_TIMESTAMP:
        return text_tree(a, v, out);
    case CEL_LIST:
    case CEL_MAP:
    case CEL_OBJECT:
        if (v->tree) {
            *out = *v->json.of;
            return 0;
        }
        return v->kind == CEL_LIST ? list_tree(a, v, out, err) : map_tree(a, v, out, err);
    case CEL_OPTIONAL:
        if (v->optional)
            return cel_to_tree(a, v->optional, out, err);
        return err_raise(err, CEL_FAILED, "optional.none() has no JSON form");
    default:
        return err_raise(err, CEL_FAILED, "%.*s has no JSON form", STR_FMT(value_kind_name(v)));
    }
}
