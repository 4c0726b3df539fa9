#include "value/value.h"

struct value_member *value_members(const struct value *v)
{
    return v && v->type == VALUE_MAP && v->map.n ? v->map.members : NULL;
}

struct value *value_get(const struct value *v, struct str key)
{
    if (!v || v->type != VALUE_MAP || v->map.n == 0)
        return NULL;
    for (struct value_member *m = v->map.members, *end = m + v->map.n; m < end; m++)
        if (m->key.n == key.n && (key.n == 0 || (m->key.p[0] == key.p[0] && memcmp(m->key.p, key.p, key.n) == 0)))
            return &m->value;
    return NULL;
}

/* Most keys differ in length or first byte: the rest is looked at of the one meant. */
static inline bool is_named(struct str key, const char *name, size_t n)
{
    if (key.n != n || (n && key.p[0] != name[0]))
        return false;
    return n < 2 || memcmp(key.p + 1, name + 1, n - 1) == 0;
}

struct value *value_at(const struct value *v, const char *path)
{
    while (v && v->type == VALUE_MAP && v->map.n) {
        struct value_member *m = v->map.members, *end = m + v->map.n;
        size_t n = (size_t)(strchrnul(path, '.') - path);
        while (m < end && !is_named(m->key, path, n))
            m++;
        if (m == end)
            return NULL;
        if (!path[n])
            return &m->value;
        v = &m->value;
        path += n + 1;
    }
    return NULL;
}

struct value *value_item(const struct value *v, size_t i)
{
    return v && v->type == VALUE_LIST && i < v->list.n ? &v->list.items[i] : NULL;
}

size_t value_count(const struct value *v)
{
    if (!v)
        return 0;
    return v->type == VALUE_LIST ? v->list.n : v->type == VALUE_MAP ? v->map.n : 0;
}

bool value_is_null(const struct value *v)
{
    return !v || v->type == VALUE_NULL || (v->type == VALUE_RAW && str_eq(v->text, STR("null")));
}

struct str value_text(const struct value *v)
{
    return v && v->type == VALUE_TEXT ? v->text : STR("");
}

int64_t value_int(const struct value *v, int64_t otherwise)
{
    if (v && v->type == VALUE_INT)
        return v->integer;
    /* Both bounds are exact as doubles: -2^63 fits, 2^63 does not. */
    if (v && v->type == VALUE_DOUBLE && v->number >= -9223372036854775808.0 && v->number < 9223372036854775808.0 &&
        v->number == (double)(int64_t)v->number)
        return (int64_t)v->number;
    return otherwise;
}

bool value_bool(const struct value *v, bool otherwise)
{
    return v && v->type == VALUE_BOOL ? v->boolean : otherwise;
}

double value_double(const struct value *v, double otherwise)
{
    if (v && v->type == VALUE_INT)
        return (double)v->integer;
    return v && v->type == VALUE_DOUBLE ? v->number : otherwise;
}

struct str value_text_at(const struct value *v, const char *path)
{
    return value_text(value_at(v, path));
}

int64_t value_int_at(const struct value *v, const char *path, int64_t otherwise)
{
    return value_int(value_at(v, path), otherwise);
}

bool value_bool_at(const struct value *v, const char *path, bool otherwise)
{
    return value_bool(value_at(v, path), otherwise);
}

int value_only(const struct value *v, const char *path, const char *const *names, struct err *err)
{
    if (!value_is_null(v) && v->type != VALUE_MAP)
        return err_raise(err, -EINVAL, "%s: must be an object", path);
    VALUE_EACH_MEMBER (m, v) {
        size_t i = 0;
        while (names[i] && !str_is(m->key, names[i]))
            i++;
        if (!names[i])
            return err_raise(err, -EINVAL, "%s%s%.*s: no such field", path, path[0] ? "." : "", STR_FMT(m->key));
    }
    return 0;
}
