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
const struct cel_type type_list_dyn = {.kind = CEL_LIST, .params = {&cel_type_dyn}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_map_dyn = {.kind = CEL_MAP, .params = {&cel_type_dyn, &cel_type_dyn}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_map_text_dyn = {.kind = CEL_MAP, .params = {&cel_type_string, &cel_type_dyn}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type type_optional_dyn = {.kind = CEL_OPTIONAL, .params = {&cel_type_dyn}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};

struct cel_type *type_make(struct arena *a, enum cel_kind kind, const struct cel_type *first, const struct cel_type *second)
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
    [CEL_NULL] = "null",
    [CEL_BOOL] = "bool",
    [CEL_INT] = "int",
    [CEL_UINT] = "uint",
    [CEL_DOUBLE] = "double",
    [CEL_STRING] = "string",
    [CEL_BYTES] = "bytes",
    [CEL_DURATION] = "duration",
    [CEL_TIMESTAMP] = "timestamp",
    [CEL_LIST] = "list",
    [CEL_MAP] = "map",
    [CEL_OBJECT] = "object",
    [CEL_TYPE] = "type",
    [CEL_OPTIONAL] = "optional_type",
    [CEL_OPAQUE] = "opaque",
    [CEL_ERROR] = "!error!",
    [CEL_UNKNOWN] = "unknown",
    [CEL_DYN] = "dyn",
    [CEL_WRAPPER] = "wrapper",
    [CEL_PARAM] = "param",
    [CEL_NONE] = "!error!",
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

static const char *const reserved[] = {"true", "false",  "null", "in",   "as",      "break",     "const",  "continue", "else", "for",  "function",
                                       "if",   "import", "let",  "loop", "package", "namespace", "return", "var",      "void", "while"};

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

/* ── inference ──
 * Types under inference: which type a variable stands for, and what may be assigned to what. The rules are the
 * specification's: dyn fits everywhere, null fits what can be absent, a variable takes the first type it meets. */
void type_bindings_done(struct type_bindings *b)
{
    VEC_DONE(&b->bound);
    VEC_DONE(&b->undo);
}

const struct cel_type *type_variable(struct type_bindings *b, struct arena *a)
{
    struct cel_type *t = type_make(a, CEL_PARAM, NULL, NULL);
    if (!t || !VEC_ADD(&b->bound)) {
        b->r = -ENOMEM;
        return NULL;
    }
    t->max_size = b->bound.n - 1;
    t->name = arena_fmt(a, "_var%zu", b->bound.n - 1);
    if (!t->name.p)
        b->r = -ENOMEM;
    return t;
}

static const struct cel_type *bound_to(const struct type_bindings *b, const struct cel_type *t)
{
    return t->kind == CEL_PARAM && t->max_size < b->bound.n ? b->bound.p[t->max_size] : NULL;
}

static void bind(struct type_bindings *b, const struct cel_type *variable, const struct cel_type *to)
{
    if (variable->max_size >= b->bound.n)
        return;
    __typeof__(b->undo.p) u = VEC_ADD(&b->undo);
    if (!u) {
        b->r = -ENOMEM;
        return;
    }
    u->variable = (uint32_t)variable->max_size;
    u->was = b->bound.p[variable->max_size];
    b->bound.p[variable->max_size] = to;
}

static bool spend(struct type_bindings *b)
{
    return b->r == 0 && b->steps++ < TYPE_STEPS_MAX;
}

/* Does variable t not stand inside of `within`? */
static bool absent_in(struct type_bindings *b, const struct cel_type *t, const struct cel_type *within)
{
    if (t == within || !spend(b))
        return false;
    if (within->kind == CEL_PARAM) {
        const struct cel_type *to = bound_to(b, within);
        return !to || absent_in(b, t, to);
    }
    for (size_t i = 0; i < within->n_params; i++)
        if (!absent_in(b, t, within->params[i]))
            return false;
    return true;
}

static bool is_dyn(const struct cel_type *t)
{
    return t->kind == CEL_DYN || t->kind == CEL_NONE;
}

static bool less_specific(const struct cel_type *t1, const struct cel_type *t2)
{
    if (t1 == t2 || t1->kind == CEL_DYN || t1->kind == CEL_PARAM)
        return true;
    if (t2->kind == CEL_DYN || t2->kind == CEL_PARAM || t1->kind != t2->kind)
        return false;
    if (t1->kind == CEL_TYPE)
        return true;
    if (t1->n_params != t2->n_params || !str_eq(t1->name, t2->name))
        return false;
    for (size_t i = 0; i < t1->n_params; i++)
        if (!less_specific(t1->params[i], t2->params[i]))
            return false;
    return true;
}

static bool nullable(const struct cel_type *t);

const struct cel_type *type_general(const struct cel_type *t1, const struct cel_type *t2)
{
    return less_specific(t1, t2) || (t2->kind == CEL_NULL && nullable(t1)) ? t1 : t2;
}

static bool assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2);

/* May t1 stand for variable t2? *has: t2 stands for something already. */
static bool stands_for(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2, bool *has)
{
    *has = true;
    if (t1 == t2)
        return true;
    const struct cel_type *to = bound_to(b, t2);
    if (!to) {
        *has = false;
        if (!absent_in(b, t2, t1))
            return false;
        bind(b, t2, t1);
        return true;
    }
    if (t1 == to)
        return true;
    if (!assignable(b, t1, to))
        return false;
    const struct cel_type *wider = type_general(t1, to);
    if (wider != to && absent_in(b, t2, wider))
        bind(b, t2, wider);
    return true;
}

static bool nullable(const struct cel_type *t)
{
    switch (t->kind) {
    case CEL_OPAQUE:
    case CEL_OPTIONAL:
    case CEL_OBJECT:
    case CEL_DURATION:
    case CEL_TIMESTAMP:
    case CEL_WRAPPER:
    case CEL_NULL:
        return true;
    default:
        return false;
    }
}

static bool params_assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    if (t1->n_params != t2->n_params || !str_eq(t1->name, t2->name))
        return false;
    for (size_t i = 0; i < t1->n_params; i++)
        if (!assignable(b, t1->params[i], t2->params[i]))
            return false;
    return true;
}

static bool assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    bool has = false;
    if (!spend(b))
        return false;
    if (t2->kind == CEL_PARAM) {
        if (stands_for(b, t1, t2, &has))
            return true;
        if (has)
            return false;
    }
    if (t1->kind == CEL_PARAM)
        return stands_for(b, t2, t1, &has);
    if (t1 == t2 || is_dyn(t1) || is_dyn(t2))
        return true;
    if (t1->kind == CEL_NULL)
        return nullable(t2);
    if (t2->kind == CEL_NULL)
        return nullable(t1);
    if (t1->kind == CEL_WRAPPER)
        t1 = t1->params[0];
    if (t2->kind == CEL_WRAPPER)
        t2 = t2->params[0];
    if (t1->kind != t2->kind)
        return false;
    if (t1->kind == CEL_TYPE)
        return true;
    return params_assignable(b, t1, t2);
}

static void roll_back(struct type_bindings *b, size_t mark)
{
    while (b->undo.n > mark) {
        b->undo.n--;
        b->bound.p[b->undo.p[b->undo.n].variable] = b->undo.p[b->undo.n].was;
    }
}

bool type_assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    return type_assignable_list(b, &t1, &t2, 1);
}

bool type_assignable_list(struct type_bindings *b, const struct cel_type *const *t1, const struct cel_type *const *t2, size_t n)
{
    size_t mark = b->undo.n;
    for (size_t i = 0; i < n; i++)
        if (!assignable(b, t1[i], t2[i])) {
            roll_back(b, mark);
            return false;
        }
    return b->r == 0;
}

const struct cel_type *type_substitute(struct type_bindings *b, struct arena *a, const struct cel_type *t, bool free_to_dyn)
{
    const struct cel_type *params[2] = {t->params[0], t->params[1]}, *to = bound_to(b, t);
    if (!spend(b))
        return b->r < 0 ? NULL : &cel_type_dyn;
    if (to)
        return type_substitute(b, a, to, free_to_dyn);
    if (t->kind == CEL_PARAM)
        return free_to_dyn ? &cel_type_dyn : t;
    bool changed = false;
    for (size_t i = 0; i < t->n_params; i++) {
        params[i] = type_substitute(b, a, t->params[i], free_to_dyn);
        if (!params[i])
            return NULL;
        changed |= params[i] != t->params[i];
    }
    if (!changed)
        return t;
    struct cel_type *made = arena_alloc(a, sizeof(*made));
    if (!made) {
        b->r = -ENOMEM;
        return NULL;
    }
    *made = *t;
    made->params[0] = params[0];
    made->params[1] = params[1];
    return made;
}
