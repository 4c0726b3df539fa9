#include "value/value.h"

/* Room for one more of `size` bytes in an arena array; the old array stays behind, which doubling bounds. */
static int grow(struct arena *a, void **items, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return 0;
    if (n >= UINT32_MAX / 2)
        return -ENOMEM;
    uint32_t want = MAX(n * 2, 4u);
    void *p = arena_alloc(a, want * size);
    if (!p)
        return -ENOMEM;
    if (n)
        memcpy(p, *items, n * size);
    *items = p;
    *cap = want;
    return 0;
}

struct value *value_set(struct arena *a, struct value *map, struct str key, struct value v)
{
    if (map->type == VALUE_NULL)
        *map = value_make_map();
    if (map->type != VALUE_MAP)
        return NULL;
    struct value *there = value_get(map, key);
    if (there) {
        *there = v;
        return there;
    }
    void *p = map->map.members;
    if (grow(a, &p, map->map.n, &map->map.cap, sizeof(struct value_member)) < 0)
        return NULL;
    map->map.members = p;
    struct value_member *m = &map->map.members[map->map.n++];
    *m = (struct value_member){key, v};
    return &m->value;
}

struct value *value_add(struct arena *a, struct value *list, struct value v)
{
    if (list->type == VALUE_NULL)
        *list = value_make_list();
    if (list->type != VALUE_LIST)
        return NULL;
    void *p = list->list.items;
    if (grow(a, &p, list->list.n, &list->list.cap, sizeof(struct value)) < 0)
        return NULL;
    list->list.items = p;
    list->list.items[list->list.n] = v;
    return &list->list.items[list->list.n++];
}

bool value_del(struct value *map, struct str key)
{
    struct value *v = value_get(map, key);
    if (!v)
        return false;
    struct value_member *m = CONTAINER_OF(v, struct value_member, value);
    size_t behind = (size_t)(map->map.members + map->map.n - (m + 1));
    memmove(m, m + 1, behind * sizeof(*m));
    map->map.n--;
    return true;
}

void value_del_item(struct value *list, size_t i)
{
    struct value *v = value_item(list, i);
    if (!v)
        return;
    memmove(v, v + 1, (list->list.n - i - 1) * sizeof(*v));
    list->list.n--;
}

struct value *value_put(struct arena *a, struct value *v, const char *path, struct value leaf)
{
    struct str rest = str_of(path), name;
    while (v && str_next(&rest, '.', &name)) {
        if (!rest.p)
            return value_set(a, v, name, leaf);
        struct value *next = value_get(v, name);
        v = next ? next : value_set(a, v, name, value_make_map());
    }
    return NULL;
}

void value_put_sticky(int *r, struct arena *a, struct value *v, const char *path, struct value leaf)
{
    if (*r == 0 && !value_put(a, v, path, leaf))
        *r = -ENOMEM;
}

static int copy_list(struct arena *a, const struct value *from, struct value *to)
{
    struct value *items = from->list.n ? arena_alloc(a, from->list.n * sizeof(*items)) : NULL;
    if (from->list.n && !items)
        return -ENOMEM;
    for (uint32_t i = 0; i < from->list.n; i++) {
        int r = value_copy(a, &from->list.items[i], &items[i]);
        if (r < 0)
            return r;
    }
    *to = (struct value){.type = VALUE_LIST, .list = {items, from->list.n, from->list.n}};
    return 0;
}

static int copy_map(struct arena *a, const struct value *from, struct value *to)
{
    struct value_member *members = from->map.n ? arena_alloc(a, from->map.n * sizeof(*members)) : NULL;
    if (from->map.n && !members)
        return -ENOMEM;
    for (uint32_t i = 0; i < from->map.n; i++) {
        int r = arena_str(a, from->map.members[i].key, &members[i].key);
        if (r == 0)
            r = value_copy(a, &from->map.members[i].value, &members[i].value);
        if (r < 0)
            return r;
    }
    *to = (struct value){.type = VALUE_MAP, .map = {members, from->map.n, from->map.n}};
    return 0;
}

int value_copy(struct arena *a, const struct value *from, struct value *to)
{
    struct value copy = *from;
    int r = 0;
    switch (from->type) {
    case VALUE_TEXT:
    case VALUE_RAW:
        r = arena_str(a, from->text, &copy.text);
        break;
    case VALUE_LIST:
        r = copy_list(a, from, &copy);
        break;
    case VALUE_MAP:
        r = copy_map(a, from, &copy);
        break;
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_DOUBLE:
        break;
    }
    if (r == 0)
        *to = copy;
    return r;
}

static int fork_list(struct arena *a, const struct value *from, struct value *to)
{
    struct value *items = arena_alloc(a, from->list.n * sizeof(*items));
    int r = items ? 0 : -ENOMEM;
    for (uint32_t i = 0; i < from->list.n && r == 0; i++)
        r = value_fork(a, &from->list.items[i], &items[i]);
    if (r == 0)
        *to = (struct value){.type = VALUE_LIST, .list = {items, from->list.n, from->list.n}};
    return r;
}

static int fork_map(struct arena *a, const struct value *from, struct value *to)
{
    struct value_member *members = arena_alloc(a, from->map.n * sizeof(*members));
    int r = members ? 0 : -ENOMEM;
    for (uint32_t i = 0; i < from->map.n && r == 0; i++) {
        members[i].key = from->map.members[i].key;
        r = value_fork(a, &from->map.members[i].value, &members[i].value);
    }
    if (r == 0)
        *to = (struct value){.type = VALUE_MAP, .map = {members, from->map.n, from->map.n}};
    return r;
}

int value_fork(struct arena *a, const struct value *from, struct value *to)
{
    if (from->type == VALUE_MAP && from->map.n)
        return fork_map(a, from, to);
    if (from->type == VALUE_LIST && from->list.n)
        return fork_list(a, from, to);
    *to = *from;
    if (to->type == VALUE_MAP)
        *to = value_make_map();
    else if (to->type == VALUE_LIST)
        *to = value_make_list();
    return 0;
}
