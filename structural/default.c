/* Defaulting, and nulls that are not allowed. */
#include "structural/inside.h"

static bool is_forbidden_null(const struct value *v, const struct node *n)
{
    return v->type == VALUE_NULL && n && !(n->flags & NODE_NULLABLE) && (n->flags & NODE_TYPES);
}

static int fill(struct arena *a, const struct node *n, struct value *v);

static int put(struct arena *a, struct value *map, struct str key, const struct value *fallback)
{
    struct value copy;
    if (value_copy(a, fallback, &copy) < 0)
        return -ENOMEM;
    return value_set(a, map, key, copy) ? 0 : -ENOMEM;
}

/* A null that is not allowed goes, unless a default takes its place. */
static void drop_nulls(const struct node *n, struct value *map)
{
    for (size_t i = value_count(map); i-- > 0;) {
        struct value_member *m = &map->map.members[i];
        const struct node *child = node_property(n, m->key);
        if (child && is_forbidden_null(&m->value, child) && !child->fallback)
            value_del(map, m->key);
    }
}

static int fill_missing(struct arena *a, const struct node *n, struct value *map)
{
    for (size_t i = 0; i < n->n_properties; i++) {
        const struct property *p = &n->properties[i];
        if (!p->node->fallback || ((n->flags & NODE_ROOT) && node_is_root_member(p->name)))
            continue;
        const struct value *v = value_get(map, p->name);
        if (v && !is_forbidden_null(v, p->node))
            continue;
        int r = put(a, map, p->name, p->node->fallback);
        if (r < 0)
            return r;
    }
    return 0;
}

static int fill_map(struct arena *a, const struct node *n, struct value *map)
{
    drop_nulls(n, map);
    int r = fill_missing(a, n, map);
    for (size_t i = 0; r == 0 && i < value_count(map); i++) {
        struct value_member *m = &map->map.members[i];
        const struct node *child = node_property(n, m->key);
        if ((n->flags & NODE_ROOT) && node_is_root_member(m->key))
            continue;
        if (!child)
            child = n->additional;
        if (child && is_forbidden_null(&m->value, child) && child->fallback)
            r = value_copy(a, child->fallback, &m->value);
        if (child && r == 0)
            r = fill(a, child, &m->value);
    }
    return r;
}

static int fill(struct arena *a, const struct node *n, struct value *v)
{
    int r = 0;
    if (v->type == VALUE_MAP)
        return fill_map(a, n, v);
    if (v->type != VALUE_LIST || !n->items)
        return 0;
    for (size_t i = 0; r == 0 && i < v->list.n; i++) {
        if (is_forbidden_null(&v->list.items[i], n->items) && n->items->fallback)
            r = value_copy(a, n->items->fallback, &v->list.items[i]);
        if (r == 0)
            r = fill(a, n->items, &v->list.items[i]);
    }
    return r;
}

int structural_default(struct arena *a, const struct structural *s, struct value *tree)
{
    return fill(a, s->root, tree);
}
