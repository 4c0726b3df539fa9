/* JSONPath as far as columns and scale use it: .a.b, ['a.b'], [0], [*], .*, ..a, [?(@.x=="y")]. */
#include "structural/inside.h"

struct search {
    const struct value **out;
    size_t n, max;
};

static int walk(struct search *s, struct str path, const struct value *v);

static void found(struct search *s, const struct value *v)
{
    if (s->n < s->max)
        s->out[s->n++] = v;
}

static int each(struct search *s, struct str rest, const struct value *v)
{
    int r = 0;
    VALUE_EACH_ITEM (item, v)
        r = r < 0 ? r : walk(s, rest, item);
    VALUE_EACH_MEMBER (m, v)
        r = r < 0 ? r : walk(s, rest, &m->value);
    return r;
}

static int deep(struct search *s, struct str name, struct str rest, const struct value *v)
{
    int r = 0;
    VALUE_EACH_MEMBER (m, v) {
        if (r == 0 && str_eq(m->key, name))
            r = walk(s, rest, &m->value);
    }
    VALUE_EACH_MEMBER (m, v)
        r = r < 0 ? r : deep(s, name, rest, &m->value);
    VALUE_EACH_ITEM (item, v)
        r = r < 0 ? r : deep(s, name, rest, item);
    return r;
}

/* The piece of the path up to what ends a name; a backslash keeps the next character. */
static size_t name_end(struct str path, char *name, size_t max, size_t *n)
{
    size_t i = 0;
    *n = 0;
    for (; i < path.n && path.p[i] != '.' && path.p[i] != '['; i++) {
        if (path.p[i] == '\\' && i + 1 < path.n)
            i++;
        if (*n < max)
            name[(*n)++] = path.p[i];
    }
    return i;
}

/* ── filters: @.type=="Ready" ── */

static bool literal_is(struct str text, const struct value *v)
{
    int64_t i;
    double d;
    text = str_trim(text);
    if (text.n >= 2 && (text.p[0] == '"' || text.p[0] == '\''))
        return v->type == VALUE_TEXT && str_eq(v->text, str_make(text.p + 1, text.n - 2));
    if (str_is(text, "true") || str_is(text, "false"))
        return v->type == VALUE_BOOL && v->boolean == (text.p[0] == 't');
    if (str_to_int(text, &i) == 0)
        return (v->type == VALUE_INT && v->integer == i) || (v->type == VALUE_DOUBLE && v->number == (double)i);
    return str_to_double(text, &d) == 0 && v->type == VALUE_DOUBLE && v->number == d;
}

static double literal_number(struct str text)
{
    double d = 0;
    return str_to_double(str_trim(text), &d) == 0 ? d : 0;
}

static bool compare(const char *op, const struct value *v, struct str literal)
{
    if (!strcmp(op, "=="))
        return literal_is(literal, v);
    if (!strcmp(op, "!="))
        return !literal_is(literal, v);
    double x = value_double(v, 0), y = literal_number(literal);
    return op[0] == '<' ? (op[1] ? x <= y : x < y) : (op[1] ? x >= y : x > y);
}

static int filter_holds(struct str filter, const struct value *item)
{
    static const char *const ops[] = {"==", "!=", "<=", ">=", "<", ">"};
    const struct value *hit;
    struct search s = {.out = &hit, .max = 1};
    for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
        ssize_t at = str_find(filter, str_of(ops[i]));
        if (at < 0)
            continue;
        struct str left = str_trim(str_head(filter, (size_t)at));
        if (!str_starts(left, STR("@")))
            return -EINVAL;
        int r = walk(&s, str_from(left, 1), item);
        return r < 0 ? r : s.n && compare(ops[i], hit, str_from(filter, (size_t)at + strlen(ops[i])));
    }
    filter = str_trim(filter);
    int r = str_starts(filter, STR("@")) ? walk(&s, str_from(filter, 1), item) : -EINVAL;
    return r < 0 ? r : s.n > 0;
}

static int filtered(struct search *s, struct str filter, struct str rest, const struct value *v)
{
    VALUE_EACH_ITEM (item, v) {
        int r = filter_holds(filter, item);
        if (r > 0)
            r = walk(s, rest, item);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── brackets ── */

static bool bracket_end(struct str path, size_t *end)
{
    char quote = 0;
    unsigned depth = 0;
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0) {
            *end = i;
            return true;
        }
    }
    return false;
}

static int sliced(struct search *s, struct str inner, struct str rest, const struct value *v)
{
    struct str from_text, to_text;
    int64_t n = v->type == VALUE_LIST ? (int64_t)v->list.n : 0, from = 0, to = n;
    if (!str_cut(inner, ':', &from_text, &to_text))
        return -EINVAL;
    if ((from_text.n && str_to_int(from_text, &from) < 0) || (to_text.n && str_to_int(to_text, &to) < 0))
        return -EINVAL;
    from = from < 0 ? MAX(n + from, 0) : from;
    to = MIN(to < 0 ? n + to : to, n);
    int r = 0;
    for (int64_t i = from; r == 0 && i < to; i++)
        r = walk(s, rest, &v->list.items[i]);
    return r;
}

static int bracket(struct search *s, struct str path, const struct value *v)
{
    size_t end;
    int64_t i;
    if (!bracket_end(path, &end))
        return -EINVAL;
    struct str inner = str_trim(str_make(path.p + 1, end - 1)), rest = str_from(path, end + 1);
    if (str_is(inner, "*"))
        return each(s, rest, v);
    if (inner.n >= 2 && (inner.p[0] == '\'' || inner.p[0] == '"') && inner.p[inner.n - 1] == inner.p[0]) {
        const struct value *below = value_get(v, str_make(inner.p + 1, inner.n - 2));
        return below ? walk(s, rest, below) : 0;
    }
    if (str_starts(inner, STR("?(")) && str_ends(inner, STR(")")))
        return filtered(s, str_make(inner.p + 2, inner.n - 3), rest, v);
    if (str_to_int(inner, &i) < 0)
        return sliced(s, inner, rest, v);
    if (i < 0)
        i += (int64_t)value_count(v);
    const struct value *below = v->type == VALUE_LIST && i >= 0 ? value_item(v, (size_t)i) : NULL;
    return below ? walk(s, rest, below) : 0;
}

static int walk(struct search *s, struct str path, const struct value *v)
{
    char text[256];
    size_t n, end;
    if (path.n == 0) {
        found(s, v);
        return 0;
    }
    if (path.p[0] == '[')
        return bracket(s, path, v);
    if (path.p[0] != '.')
        return -EINVAL;
    path = str_from(path, 1);
    if (path.n == 0)
        return -EINVAL;
    if (path.p[0] == '.') {
        path = str_from(path, 1);
        end = name_end(path, text, sizeof(text), &n);
        return end ? deep(s, str_make(text, n), str_from(path, end), v) : -EINVAL;
    }
    if (path.p[0] == '[')
        return bracket(s, path, v);
    end = name_end(path, text, sizeof(text), &n);
    if (end == 1 && path.p[0] == '*')
        return each(s, str_from(path, 1), v);
    const struct value *below = value_get(v, str_make(text, n));
    return below ? walk(s, str_from(path, end), below) : 0;
}

ssize_t structural_path_find(struct str path, const struct value *tree, const struct value **out, size_t max)
{
    static const struct value nothing;
    struct search s = {.out = out, .max = max};
    path = str_trim(path);
    if (str_starts(path, STR("{")) && str_ends(path, STR("}")))
        path = str_make(path.p + 1, path.n - 2);
    if (str_starts(path, STR("$")))
        path = str_from(path, 1);
    if (str_is(path, ".")) { /* the whole */
        found(&s, tree ? tree : &nothing);
        return (ssize_t)s.n;
    }
    int r = path.n ? walk(&s, path, tree ? tree : &nothing) : -EINVAL;
    return r < 0 ? r : (ssize_t)s.n;
}
