/* x-kubernetes-list-type set and map: nothing may come twice. */
#include "structural/inside.h"

#include <stdlib.h>

#include "json/json.h"

/* A key an item leaves out counts with its default, or as the same nothing. */
static const struct value *key_of(const struct node *list, const struct value *item, struct str key)
{
    const struct value *v = value_get(item, key);
    if (v && v->type != VALUE_NULL)
        return v;
    const struct node *n = list->items ? node_property(list->items, key) : NULL;
    return n ? n->fallback : NULL;
}

bool node_same_item(const struct node *list, const struct value *a, const struct value *b)
{
    if (!(list->flags & NODE_KEYED))
        return value_equal(a, b);
    for (const struct str *k = list->keys; k && k->n; k++) {
        const struct value *x = key_of(list, a, *k), *y = key_of(list, b, *k);
        if (!x || !y ? x != y : !value_equal(x, y))
            return false;
    }
    return true;
}

/* An item's identity as text, by which items are sorted: comparing each with each would be slow on purpose. */
struct entry {
    char *text;
    size_t n, at;
};

static int by_text(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int r = str_cmp(str_make(x->text, x->n), str_make(y->text, y->n));
    return r ? r : x->at < y->at ? -1 : 1;
}

static struct value *sorted_copy(struct arena *a, const struct value *v);

static int member_order(const void *a, const void *b)
{
    const struct value_member *x = a, *y = b;
    return str_cmp(x->key, y->key);
}

static struct value *sorted_copy(struct arena *a, const struct value *v)
{
    struct value *copy = arena_alloc(a, sizeof(*copy));
    if (!copy || value_copy(a, v, copy) < 0)
        return NULL;
    if (copy->type == VALUE_MAP && copy->map.n)
        qsort(copy->map.members, copy->map.n, sizeof(*copy->map.members), member_order);
    for (size_t i = 0; copy->type == VALUE_MAP && i < copy->map.n; i++) {
        struct value *below = sorted_copy(a, &copy->map.members[i].value);
        if (!below)
            return NULL;
        copy->map.members[i].value = *below;
    }
    return copy;
}

static int identity(struct arena *a, const struct node *list, const struct value *item, struct value *out)
{
    if (!(list->flags & NODE_KEYED)) {
        struct value *copy = sorted_copy(a, item);
        if (!copy)
            return -ENOMEM;
        *out = *copy;
        return 0;
    }
    *out = value_make_map();
    for (const struct str *k = list->keys; k && k->n; k++) {
        const struct value *v = key_of(list, item, *k);
        if (v && !value_set(a, out, *k, *v))
            return -ENOMEM;
    }
    if (out->map.n)
        qsort(out->map.members, out->map.n, sizeof(*out->map.members), member_order);
    return 0;
}

static void find_twins(const struct node *n, const struct value *v, struct path *at, struct faults *f)
{
    struct entry *list = arena_alloc(f->arena, v->list.n * sizeof(*list));
    bool *twin = arena_alloc(f->arena, v->list.n);
    if (!list || !twin) {
        fault_add(f, FAULT_INTERNAL, at->text, NULL, "no memory to compare a list's items");
        return;
    }
    for (size_t i = 0; i < v->list.n; i++) {
        struct value id;
        SCOPED_BUF b = BUF_INIT(0);
        int r = identity(f->arena, n, &v->list.items[i], &id);
        if (r == 0)
            json_print(&b, &id);
        if (r < 0 || buf_error(&b) < 0 || !(list[i].text = arena_text(f->arena, b.p, b.n)))
            return;
        list[i].n = b.n;
        list[i].at = i;
    }
    qsort(list, v->list.n, sizeof(*list), by_text);
    for (size_t i = 1; i < v->list.n; i++)
        if (str_eq(str_make(list[i].text, list[i].n), str_make(list[i - 1].text, list[i - 1].n)))
            twin[list[i].at] = true;
    for (size_t i = 0; i < v->list.n; i++) {
        struct value id;
        if (!twin[i] || identity(f->arena, n, &v->list.items[i], &id) < 0)
            continue;
        size_t before = path_item(at, i);
        fault_add(f, FAULT_DUPLICATE, at->text, &id, "%s", "");
        path_cut(at, before);
    }
}

void lists_validate(const struct node *n, const struct value *v, struct path *at, struct faults *f)
{
    if (v->type == VALUE_MAP) {
        VALUE_EACH_MEMBER (m, v) {
            const struct node *child = node_property(n, m->key);
            if (!child)
                child = n->additional;
            if (!child || ((n->flags & NODE_ROOT) && node_is_root_member(m->key)))
                continue;
            size_t before = path_member(at, m->key);
            lists_validate(child, &m->value, at, f);
            path_cut(at, before);
        }
    } else if (v->type == VALUE_LIST) {
        if ((n->flags & (NODE_SET | NODE_KEYED)) && v->list.n > 1)
            find_twins(n, v, at, f);
        for (size_t i = 0; n->items && i < v->list.n; i++) {
            size_t before = path_item(at, i);
            lists_validate(n->items, &v->list.items[i], at, f);
            path_cut(at, before);
        }
    }
}
