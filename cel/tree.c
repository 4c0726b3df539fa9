/* Between trees and values: what JSON means under a declared type, and the JSON of a value. */
#include <math.h>

#include "cel/inside.h"

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
        return (struct cel_value){
            .kind = t && t->kind == CEL_OBJECT ? CEL_OBJECT : CEL_MAP, .tree = true, .json = {tree, t}};
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
