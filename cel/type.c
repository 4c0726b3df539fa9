/* Types: constants, makers, their text, and which fits where. */
#include "cel/inside.h"

const struct cel_type cel_type_null = {.kind = CEL_NULL, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type cel_type_bool = {.kind = CEL_BOOL};
const struct cel_type cel_type_int = {.kind = CEL_INT};
const struct cel_type cel_type_uint = {.kind = CEL_UINT};
const struct cel_type cel_type_double = {.kind = CEL_DOUBLE};
const struct cel_type cel_type_string = {.kind = CEL_STRING, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type cel_type_bytes = {.kind = CEL_BYTES, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type cel_type_duration = {.kind = CEL_DURATION};
const struct cel_type cel_type_timestamp = {.kind = CEL_TIMESTAMP};
const struct cel_type cel_type_dyn = {.kind = CEL_DYN, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type cel_type_none = {.kind = CEL_NONE, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_type = {.kind = CEL_TYPE, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_list_dyn = {
    .kind = CEL_LIST, .params = {&cel_type_dyn}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_map_dyn = {
    .kind = CEL_MAP, .params = {&cel_type_dyn, &cel_type_dyn}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_map_text_dyn = {
    .kind = CEL_MAP, .params = {&cel_type_string, &cel_type_dyn}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_optional_dyn = {
    .kind = CEL_OPTIONAL, .params = {&cel_type_dyn}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};

struct cel_type *type_make(struct arena *a, enum cel_kind kind, const struct cel_type *first,
                           const struct cel_type *second)
{
    struct cel_type *t = arena_alloc(a, sizeof(*t));
    if (!t)
        return NULL;
    *t = (struct cel_type){.kind = kind, .params = {first, second}, .max_size = CEL_SIZE_UNKNOWN};
    t->n_params = second ? 2 : first ? 1 : 0;
    return t;
}

struct cel_type *cel_type_list(struct arena *a, const struct cel_type *item)
{
    return type_make(a, CEL_LIST, item, NULL);
}

struct cel_type *cel_type_map(struct arena *a, const struct cel_type *key, const struct cel_type *value)
{
    return type_make(a, CEL_MAP, key, value);
}

struct cel_type *cel_type_optional(struct arena *a, const struct cel_type *of)
{
    return type_make(a, CEL_OPTIONAL, of, NULL);
}

static int field_order(const void *x, const void *y)
{
    return str_cmp(((const struct cel_field *)x)->name, ((const struct cel_field *)y)->name);
}

void cel_type_sort(struct cel_field *fields, size_t n)
{
    if (n)
        qsort(fields, n, sizeof(*fields), field_order);
}

const struct cel_field *cel_type_field(const struct cel_type *object, struct str name)
{
    struct cel_field key = {.name = name};
    if (object->kind != CEL_OBJECT || !object->n_fields)
        return NULL;
    return bsearch(&key, object->fields, object->n_fields, sizeof(key), field_order);
}

static const char *const kind_names[] = {
    [CEL_NULL] = "null",       [CEL_BOOL] = "bool",           [CEL_INT] = "int",
    [CEL_UINT] = "uint",       [CEL_DOUBLE] = "double",       [CEL_STRING] = "string",
    [CEL_BYTES] = "bytes",     [CEL_DURATION] = "duration",   [CEL_TIMESTAMP] = "timestamp",
    [CEL_LIST] = "list",       [CEL_MAP] = "map",             [CEL_OBJECT] = "object",
    [CEL_TYPE] = "type",       [CEL_OPTIONAL] = "optional_type", [CEL_OPAQUE] = "opaque",
    [CEL_ERROR] = "!error!",   [CEL_UNKNOWN] = "unknown",     [CEL_DYN] = "dyn",
    [CEL_WRAPPER] = "wrapper", [CEL_PARAM] = "param",         [CEL_NONE] = "!error!",
};

void cel_type_print(const struct cel_type *t, struct buf *out)
{
    if (t->name.n)
        buf_str(out, t->name);
    else
        buf_text(out, kind_names[t->kind]);
    if (!t->n_params || t->kind == CEL_PARAM)
        return;
    buf_char(out, '(');
    cel_type_print(t->params[0], out);
    if (t->n_params > 1) {
        buf_text(out, ", ");
        cel_type_print(t->params[1], out);
    }
    buf_char(out, ')');
}

/* What type(x) is called: the specification's names. */
struct str type_name(const struct cel_type *t)
{
    switch (t->kind) {
    case CEL_NULL:
        return STR("null_type");
    case CEL_DURATION:
        return STR("google.protobuf.Duration");
    case CEL_TIMESTAMP:
        return STR("google.protobuf.Timestamp");
    default:
        return t->name.n ? t->name : str_of(kind_names[t->kind]);
    }
}

bool type_same(const struct cel_type *x, const struct cel_type *y)
{
    if (x == y)
        return true;
    if (x->kind != y->kind || x->n_params != y->n_params || !str_eq(x->name, y->name))
        return false;
    for (size_t i = 0; i < x->n_params; i++)
        if (!type_same(x->params[i], y->params[i]))
            return false;
    return true;
}

bool cel_type_fits(const struct cel_type *to, const struct cel_type *from)
{
    struct type_bindings none = {0};
    return type_assignable(&none, to, from);
}

static const char *const reserved[] = {"true",     "false", "null",   "in",     "as",      "break",     "const",
                                       "continue", "else",  "for",    "function", "if",    "import",    "let",
                                       "loop",     "package", "namespace", "return", "var", "void",     "while"};

bool word_reserved(struct str s, bool grammar)
{
    for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
        if (str_is(s, reserved[i]))
            return !grammar || i > 3; /* the first four are tokens of their own */
    return false;
}

static bool escape_byte(struct buf *b, struct str name, size_t *i)
{
    char c = name.p[*i];
    if (c == '_' && *i + 1 < name.n && name.p[*i + 1] == '_') {
        buf_text(b, "__underscores__");
        ++*i;
    } else if (c == '.') {
        buf_text(b, "__dot__");
    } else if (c == '-') {
        buf_text(b, "__dash__");
    } else if (c == '/') {
        buf_text(b, "__slash__");
    } else if (c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        buf_char(b, c);
    } else {
        return false;
    }
    return true;
}

bool cel_name_escape(struct arena *a, struct str name, struct str *out, int *r)
{
    SCOPED_BUF b = BUF_INIT(0);
    *r = 0;
    if (!name.n || (name.p[0] >= '0' && name.p[0] <= '9'))
        return false;
    if (word_reserved(name, false))
        buf_fmt(&b, "__%.*s__", STR_FMT(name));
    else
        for (size_t i = 0; i < name.n; i++)
            if (!escape_byte(&b, name, &i))
                return false;
    *r = buf_error(&b) < 0 ? buf_error(&b) : arena_str(a, buf_view(&b), out);
    return true;
}
