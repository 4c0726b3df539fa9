#include "patch/patch.h"

/* RFC 6902 as evanphx/json-patch applies it: negative list indices count from
 * the end, a test of an absent member against null holds, and what copies add
 * up to is bounded, for a few operations can otherwise double a document at a time. */
#define OPS_MAX  10000
#define COPY_MAX (3 * 1024 * 1024)

struct patching {
    struct arena *arena;
    struct value *doc;
    size_t copied;
    struct err *err;
};

/* Where a pointer's last token points: a container and a key or index within. */
struct place {
    struct value *in; /* NULL: the whole document */
    struct str key;
};

static int no_memory(struct patching *p)
{
    return err_raise(p->err, -ENOMEM, "no memory for a JSON patch");
}

static int token_decode(struct patching *p, struct str raw, struct str *out)
{
    char *text = arena_alloc(p->arena, raw.n + 1);
    size_t n = 0;
    if (!text)
        return no_memory(p);
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '~' && i + 1 < raw.n && (raw.p[i + 1] == '0' || raw.p[i + 1] == '1'))
            c = raw.p[++i] == '0' ? '~' : '/';
        text[n++] = c;
    }
    *out = str_make(text, n);
    return 0;
}

/* 0, 1: there is no such index; `end`: one past the last is allowed too. */
static int index_read(struct patching *p, const struct value *list, struct str key, bool end, size_t *out)
{
    int64_t i, n = (int64_t)value_count(list) + end;
    if (str_to_int(key, &i) < 0)
        return err_raise(p->err, 1, "value was not a proper array index: '%.*s'", STR_FMT(key));
    if (i < -n || i >= n)
        return err_raise(p->err, 1, "Unable to access invalid index: %lld: invalid index referenced", (long long)i);
    *out = (size_t)(i < 0 ? i + n : i);
    return 0;
}

static struct value *child(struct patching *p, struct value *in, struct str key)
{
    size_t i = 0;
    if (in->type == VALUE_MAP)
        return value_get(in, key);
    return in->type == VALUE_LIST && index_read(p, in, key, false, &i) == 0 ? value_item(in, i) : NULL;
}

/* 0 found, 1: the container is not there. */
static int find(struct patching *p, struct str path, struct place *out)
{
    *out = (struct place){0};
    if (path.n == 0)
        return 0;
    if (path.p[0] != '/')
        return 1;
    struct value *at = p->doc;
    struct str rest = str_make(path.p + 1, path.n - 1), token;
    while (str_next(&rest, '/', &token)) {
        int r = token_decode(p, token, &out->key);
        if (r < 0)
            return r;
        out->in = at;
        if (at->type != VALUE_MAP && at->type != VALUE_LIST)
            return 1;
        if (!rest.p)
            return 0;
        at = child(p, at, out->key);
        if (!at)
            return 1;
    }
    return 0;
}

static int insert_item(struct patching *p, struct value *list, size_t at, struct value v)
{
    if (!value_add(p->arena, list, v))
        return no_memory(p);
    for (size_t i = value_count(list) - 1; i > at; i--)
        *value_item(list, i) = *value_item(list, i - 1);
    *value_item(list, at) = v;
    return 0;
}

static int put(struct patching *p, struct place at, struct value v)
{
    size_t i = 0;
    if (!at.in) {
        *p->doc = v;
        return 0;
    }
    if (at.in->type == VALUE_MAP)
        return value_set(p->arena, at.in, at.key, v) ? 0 : no_memory(p);
    if (str_is(at.key, "-"))
        return value_add(p->arena, at.in, v) ? 0 : no_memory(p);
    int r = index_read(p, at.in, at.key, true, &i);
    return r ? r : insert_item(p, at.in, i, v);
}

/* 0, 1: not there */
static int drop(struct patching *p, struct place at)
{
    size_t i = 0;
    if (!at.in)
        return err_raise(p->err, 1, "the whole document cannot be removed");
    if (at.in->type == VALUE_MAP)
        return value_del(at.in, at.key) ? 0 : err_raise(p->err, 1, "Unable to remove nonexistent key: %.*s: missing value", STR_FMT(at.key));
    int r = index_read(p, at.in, at.key, false, &i);
    if (r == 0)
        value_del_item(at.in, i);
    return r;
}

/* The value at a place: 0 (absent members give NULL), 1: no such index. */
static int get(struct patching *p, struct place at, struct value **out)
{
    size_t i = 0;
    *out = at.in ? NULL : p->doc;
    if (!at.in)
        return 0;
    if (at.in->type == VALUE_MAP) {
        *out = value_get(at.in, at.key);
        return 0;
    }
    int r = index_read(p, at.in, at.key, false, &i);
    if (r == 0)
        *out = value_item(at.in, i);
    return r;
}

static int missing(struct patching *p, const char *op, const char *what, struct str path)
{
    return err_raise(p->err, -EINVAL, "%s operation does not apply: doc is missing %s: \"%.*s\": missing value", op, what, STR_FMT(path));
}

static int failed(struct patching *p, int r, const char *op, struct str path)
{
    if (r <= 0)
        return r;
    return err_wrap(p->err, -EINVAL, "error in %s for path: '%.*s'", op, STR_FMT(path));
}

static int locate(struct patching *p, const char *op, const char *what, struct str path, struct place *out)
{
    int r = find(p, path, out);
    return r > 0 ? missing(p, op, what, path) : r;
}

static int op_add(struct patching *p, struct str path, const struct value *v)
{
    struct place at;
    struct value copy = {0};
    int r = locate(p, "add", "path", path, &at);
    if (r == 0 && v && value_copy(p->arena, v, &copy) < 0)
        return no_memory(p);
    return r ? r : failed(p, put(p, at, copy), "add", path);
}

static int op_remove(struct patching *p, struct str path)
{
    struct place at;
    int r = locate(p, "remove", "path", path, &at);
    return r ? r : failed(p, drop(p, at), "remove", path);
}

static int op_replace(struct patching *p, struct str path, const struct value *v)
{
    struct place at;
    struct value *old, copy = {0};
    int r = locate(p, "replace", "path", path, &at);
    if (r < 0)
        return r;
    if (get(p, at, &old) != 0 || !old)
        return missing(p, "replace", "key", path);
    if (v && value_copy(p->arena, v, &copy) < 0)
        return no_memory(p);
    *old = copy;
    return 0;
}

static int op_test(struct patching *p, struct str path, const struct value *v)
{
    struct place at;
    struct value *have;
    int r = locate(p, "test", "path", path, &at);
    if (r == 0)
        r = failed(p, get(p, at, &have), "test", path);
    if (r < 0)
        return r;
    bool same = value_is_null(have) ? value_is_null(v) : v && value_equal(have, v);
    return same ? 0 : err_raise(p->err, -ENOENT, "testing value %.*s failed: test failed", STR_FMT(path));
}

static int op_move(struct patching *p, struct str from, struct str path)
{
    struct place at;
    struct value *have, moved;
    int r = locate(p, "move", "from path", from, &at);
    if (r == 0)
        r = failed(p, get(p, at, &have), "move", from);
    if (r < 0)
        return r;
    moved = have ? *have : (struct value){0};
    r = failed(p, drop(p, at), "move", from);
    if (r == 0)
        r = locate(p, "move", "destination path", path, &at);
    return r ? r : failed(p, put(p, at, moved), "move", path);
}

/* What a copy weighs, cheaply: members, items and text bytes. */
static size_t weight(const struct value *v)
{
    size_t n = 8;
    if (v->type == VALUE_TEXT || v->type == VALUE_RAW)
        n += v->text.n;
    VALUE_EACH_ITEM (item, v)
        n += weight(item);
    VALUE_EACH_MEMBER (m, v)
        n += m->key.n + weight(&m->value);
    return n;
}

static int op_copy(struct patching *p, struct str from, struct str path)
{
    struct place at;
    struct value *have, copy = {0};
    int r = locate(p, "copy", "from path", from, &at);
    if (r == 0)
        r = failed(p, get(p, at, &have), "copy", from);
    if (r < 0)
        return r;
    if (have) {
        p->copied += weight(have);
        if (p->copied > COPY_MAX)
            return err_raise(p->err, -E2BIG,
                             "Unable to complete the copy, the accumulated size increase of copy is %zu, exceeding the "
                             "limit %d",
                             p->copied, COPY_MAX);
        if (value_copy(p->arena, have, &copy) < 0)
            return no_memory(p);
    }
    r = locate(p, "copy", "destination path", path, &at);
    return r ? r : failed(p, put(p, at, copy), "copy", path);
}

static int op_apply(struct patching *p, const struct value *op)
{
    struct value *path = value_get(op, STR("path")), *from = value_get(op, STR("from"));
    struct value *v = value_get(op, STR("value"));
    struct str name = value_text(value_get(op, STR("op")));
    if (!path || path->type != VALUE_TEXT)
        return err_raise(p->err, -EINVAL, "%.*s operation failed to decode path: missing value", STR_FMT(name));
    if (str_is(name, "add"))
        return op_add(p, path->text, v);
    if (str_is(name, "remove"))
        return op_remove(p, path->text);
    if (str_is(name, "replace"))
        return op_replace(p, path->text, v);
    if (str_is(name, "test"))
        return op_test(p, path->text, v);
    if (!str_is(name, "move") && !str_is(name, "copy"))
        return err_raise(p->err, -EINVAL, "Unexpected kind: %.*s", STR_FMT(name));
    if (!from || from->type != VALUE_TEXT)
        return err_raise(p->err, -EINVAL, "%.*s operation failed to decode from: missing value", STR_FMT(name));
    return str_is(name, "move") ? op_move(p, from->text, path->text) : op_copy(p, from->text, path->text);
}

int patch_json(struct arena *a, const struct value *target, const struct value *ops, struct value *out, struct err *err)
{
    struct value doc = {0};
    struct patching p = {.arena = a, .doc = &doc, .err = err};
    if (ops->type != VALUE_LIST)
        return err_raise(err, -EINVAL, "a JSON patch is a list of operations");
    if (value_count(ops) > OPS_MAX)
        return err_raise(err, -E2BIG, "The allowed maximum operations in a JSON patch is %d, got %zu", OPS_MAX, value_count(ops));
    if (value_copy(a, target, &doc) < 0)
        return no_memory(&p);
    VALUE_EACH_ITEM (op, ops) {
        int r = op_apply(&p, op);
        if (r < 0)
            return r;
    }
    *out = doc;
    return 0;
}
