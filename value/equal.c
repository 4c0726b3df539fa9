#include "value/value.h"

#define RAW_BYTES_MAX (64u << 20)
#define LINEAR_MAX    16 /* members beyond which looking each one up in turn would cost too much */

static bool number_equal(const struct value *a, const struct value *b)
{
    if (a->type == VALUE_INT && b->type == VALUE_INT)
        return a->integer == b->integer;
    if (a->type == VALUE_DOUBLE && b->type == VALUE_DOUBLE)
        return a->number == b->number;
    const struct value *i = a->type == VALUE_INT ? a : b, *d = i == a ? b : a;
    return d->number >= -9223372036854775808.0 && d->number < 9223372036854775808.0 && d->number == (double)(int64_t)d->number &&
           (int64_t)d->number == i->integer;
}

static bool list_equal(const struct value *a, const struct value *b)
{
    if (a->list.n != b->list.n)
        return false;
    for (uint32_t i = 0; i < a->list.n; i++)
        if (!value_equal(&a->list.items[i], &b->list.items[i]))
            return false;
    return true;
}

static int member_cmp(const void *a, const void *b)
{
    const struct value_member *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

/* Large maps in different orders: both sorted by key. No memory counts as different, the safe side everywhere. */
static bool sorted_equal(const struct value *a, const struct value *b)
{
    size_t n = a->map.n;
    const struct value_member **order = mem_alloc(2 * n * sizeof(*order));
    if (!order)
        return false;
    for (size_t i = 0; i < n; i++) {
        order[i] = &a->map.members[i];
        order[n + i] = &b->map.members[i];
    }
    qsort(order, n, sizeof(*order), member_cmp);
    qsort(order + n, n, sizeof(*order), member_cmp);
    bool equal = true;
    for (size_t i = 0; i < n && equal; i++)
        equal = str_eq(order[i]->key, order[n + i]->key) && value_equal(&order[i]->value, &order[n + i]->value);
    mem_free(order);
    return equal;
}

static bool map_equal(const struct value *a, const struct value *b)
{
    if (a->map.n != b->map.n)
        return false;
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct value_member *m = &a->map.members[i], *other = &b->map.members[i];
        if (str_eq(m->key, other->key)) {
            if (!value_equal(&m->value, &other->value))
                return false;
            continue;
        }
        if (a->map.n > LINEAR_MAX)
            return sorted_equal(a, b);
        const struct value *v = value_get(b, m->key);
        if (!v || !value_equal(&m->value, v))
            return false;
    }
    return true;
}

static bool raw_equal(const struct value *a, const struct value *b)
{
    if (a->type == VALUE_RAW && b->type == VALUE_RAW && str_eq(a->text, b->text))
        return true;
    SCOPED(arena) mem = NULL;
    struct value x, y;
    if (arena_new(&mem, RAW_BYTES_MAX) < 0 || value_expand(mem, a, &x, NULL) < 0 || value_expand(mem, b, &y, NULL) < 0)
        return false;
    return value_equal(&x, &y);
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (!a || !b)
        return a == b;
    if (value_same(a, b))
        return true;
    if (a->type == VALUE_RAW || b->type == VALUE_RAW)
        return raw_equal(a, b);
    bool number = a->type == VALUE_INT || a->type == VALUE_DOUBLE;
    if (number && (b->type == VALUE_INT || b->type == VALUE_DOUBLE))
        return number_equal(a, b);
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_BOOL:
        return a->boolean == b->boolean;
    case VALUE_TEXT:
        return str_eq(a->text, b->text);
    case VALUE_LIST:
        return list_equal(a, b);
    case VALUE_MAP:
        return map_equal(a, b);
    default:
        return true; /* null */
    }
}

static bool lists_identical(const struct value *a, const struct value *b)
{
    for (uint32_t i = 0; i < a->list.n; i++)
        if (!value_identical(&a->list.items[i], &b->list.items[i]))
            return false;
    return true;
}

static bool maps_identical(const struct value *a, const struct value *b)
{
    for (uint32_t i = 0; i < a->map.n; i++)
        if (!str_eq(a->map.members[i].key, b->map.members[i].key) || !value_identical(&a->map.members[i].value, &b->map.members[i].value))
            return false;
    return true;
}

bool value_identical(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    if (value_same(a, b))
        return true;
    switch (a->type) {
    case VALUE_BOOL:
        return a->boolean == b->boolean;
    case VALUE_INT:
        return a->integer == b->integer;
    case VALUE_DOUBLE:
        return memcmp(&a->number, &b->number, sizeof(a->number)) == 0;
    case VALUE_TEXT:
    case VALUE_RAW:
        return str_eq(a->text, b->text);
    case VALUE_LIST:
        return a->list.n == b->list.n && lists_identical(a, b);
    case VALUE_MAP:
        return a->map.n == b->map.n && maps_identical(a, b);
    default:
        return true; /* null */
    }
}
