/* Values: what is equal, what is less, what a value is called, and its text as a literal. */
#include <inttypes.h>
#include <math.h>

#include "cel/inside.h"
#include "json/json.h"

const struct cel_value cel_no_memory = {.kind = CEL_ERROR};
const struct cel_value value_no_overload = {.kind = CEL_ERROR, .text = STR_INIT("no such overload")};

struct cel_value value_error(struct arena *a, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    struct cel_value v = {.kind = CEL_ERROR};
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (arena_str(a, str_make(text, MIN((size_t)MAX(n, 0), sizeof(text) - 1)), &v.text) < 0)
        return cel_no_memory;
    return v;
}

struct cel_value cel_error(struct cel_call *call, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    return value_error(call->arena, "%s", text);
}

uint64_t text_length(struct str s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

size_t cel_size(const struct cel_value *v)
{
    switch (v->kind) {
    case CEL_STRING:
        return text_length(v->text);
    case CEL_BYTES:
        return v->text.n;
    case CEL_LIST:
        return v->tree ? value_count(v->json.of) : v->list->n;
    case CEL_MAP:
    case CEL_OBJECT:
        return v->tree ? value_count(v->json.of) : v->map->n;
    case CEL_OPTIONAL:
        return v->optional ? cel_size(v->optional) : 1;
    case CEL_OPAQUE:
        return v->opaque->class->size ? v->opaque->class->size(v->opaque) : 1;
    default:
        return 1;
    }
}

/* ── types of values ── */
struct cel_value value_type(struct arena *a, const struct cel_value *v)
{
    static const struct cel_type *const types[] = {
        [CEL_NULL] = &cel_type_null,           [CEL_BOOL] = &cel_type_bool,     [CEL_INT] = &cel_type_int,     [CEL_UINT] = &cel_type_uint,
        [CEL_DOUBLE] = &cel_type_double,       [CEL_STRING] = &cel_type_string, [CEL_BYTES] = &cel_type_bytes, [CEL_DURATION] = &cel_type_duration,
        [CEL_TIMESTAMP] = &cel_type_timestamp, [CEL_LIST] = &type_list_dyn,     [CEL_MAP] = &type_map_dyn,     [CEL_TYPE] = &type_type,
        [CEL_OPTIONAL] = &type_optional_dyn,
    };
    struct cel_value t = {.kind = CEL_TYPE};
    (void)a;
    if (v->kind == CEL_OPAQUE)
        t.type = v->opaque->class->type;
    else if (v->kind == CEL_OBJECT)
        t.type = v->tree ? v->json.type : v->map->object;
    else if (v->kind < ARRAY_LEN(types) && types[v->kind])
        t.type = types[v->kind];
    else
        return *v;
    return t;
}

struct str value_kind_name(const struct cel_value *v)
{
    struct cel_value t = value_type(NULL, v);
    return t.kind == CEL_TYPE ? type_name(t.type) : STR("error");
}

/* ── numbers across types ── */
static int order_of(bool less, bool more)
{
    return less ? -1 : more ? 1 : 0;
}

/* As cel-go has it: beside the bounds the whole number is rounded to a double first. */
static int int_double(int64_t i, double d)
{
    if (d < -9223372036854775808.0 || d > 9223372036854775808.0)
        return d < 0 ? 1 : -1;
    return order_of((double)i<d, (double)i> d);
}

static int uint_double(uint64_t u, double d)
{
    if (d < 0 || d > 18446744073709551616.0)
        return d < 0 ? 1 : -1;
    return order_of((double)u<d, (double)u> d);
}

static int int_uint(int64_t i, uint64_t u)
{
    return i < 0 || (uint64_t)i < u ? -1 : (uint64_t)i > u;
}

static bool is_number(const struct cel_value *v)
{
    return v->kind == CEL_INT || v->kind == CEL_UINT || v->kind == CEL_DOUBLE;
}

static int number_order(const struct cel_value *x, const struct cel_value *y)
{
    if (x->kind == CEL_INT && y->kind == CEL_INT)
        return order_of(x->integer<y->integer, x->integer> y->integer);
    if (x->kind == CEL_DOUBLE && y->kind == CEL_DOUBLE)
        return order_of(x->number<y->number, x->number> y->number);
    if (x->kind == CEL_UINT && y->kind == CEL_UINT)
        return order_of(x->natural<y->natural, x->natural> y->natural);
    if (x->kind == CEL_INT)
        return y->kind == CEL_UINT ? int_uint(x->integer, y->natural) : int_double(x->integer, y->number);
    if (x->kind == CEL_UINT)
        return y->kind == CEL_INT ? -int_uint(y->integer, x->natural) : uint_double(x->natural, y->number);
    return y->kind == CEL_INT ? -int_double(y->integer, x->number) : -uint_double(y->natural, x->number);
}

static bool is_nan(const struct cel_value *v)
{
    return v->kind == CEL_DOUBLE && isnan(v->number);
}

int cel_order(const struct cel_value *x, const struct cel_value *y, int *order)
{
    if (is_number(x) && is_number(y)) {
        if (is_nan(x) || is_nan(y))
            return 2;
        *order = number_order(x, y);
        return 0;
    }
    if (x->kind != y->kind)
        return 1;
    switch (x->kind) {
    case CEL_BOOL:
        *order = x->boolean - y->boolean;
        return 0;
    case CEL_STRING:
    case CEL_BYTES:
        *order = str_cmp(x->text, y->text);
        return 0;
    case CEL_DURATION:
        *order = order_of(x->integer<y->integer, x->integer> y->integer);
        return 0;
    case CEL_TIMESTAMP:
        *order =
            x->time.sec != y->time.sec ? order_of(x->time.sec < y->time.sec, true) : order_of(x->time.nsec<y->time.nsec, x->time.nsec> y->time.nsec);
        return 0;
    default:
        return 1;
    }
}

/* ── equality ── */
static bool list_equal(struct arena *a, const struct cel_value *x, const struct cel_value *y)
{
    size_t n = cel_size(x);
    if (n != cel_size(y))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct cel_value p = cel_list_at(a, x, i), q = cel_list_at(a, y, i);
        if (!cel_equal(a, &p, &q))
            return false;
    }
    return true;
}

/* Lists that are sets or keyed by fields are equal in any order. */
static bool set_equal(struct arena *a, const struct cel_value *x, const struct cel_value *y)
{
    size_t n = cel_size(x);
    if (n != cel_size(y))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct cel_value p = cel_list_at(a, x, i), q = cel_list_at(a, y, i);
        bool found = cel_equal(a, &p, &q);
        for (size_t j = 0; j < n && !found; j++) {
            q = cel_list_at(a, y, j);
            found = cel_equal(a, &p, &q);
        }
        if (!found)
            return false;
    }
    return true;
}

static bool map_equal(struct arena *a, const struct cel_value *x, const struct cel_value *y)
{
    size_t n = cel_size(x);
    if (n != cel_size(y) || (!x->tree && x->map->lazy) || (!y->tree && y->map->lazy))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct cel_value key, p, other, q;
        cel_map_at(a, x, i, &key, &p);
        cel_map_at(a, y, i, &other, &q); /* most often in the same order */
        if (!cel_equal(a, &key, &other) && !cel_map_get(a, y, &key, &q))
            return false;
        if (!cel_equal(a, &p, &q))
            return false;
    }
    return true;
}

static bool type_equal(const struct cel_type *x, const struct cel_type *y)
{
    return x == y || (x->kind == y->kind && str_eq(x->name, y->name));
}

static bool is_set(const struct cel_value *v)
{
    return v->tree && v->json.type && v->json.type->kind == CEL_LIST && v->json.type->list != CEL_LIST_ATOMIC;
}

bool cel_equal(struct arena *a, const struct cel_value *x, const struct cel_value *y)
{
    int order;
    bool maps = (x->kind == CEL_MAP || x->kind == CEL_OBJECT) && (y->kind == CEL_MAP || y->kind == CEL_OBJECT);
    if (maps)
        return map_equal(a, x, y);
    if (is_number(x) && is_number(y))
        return !is_nan(x) && !is_nan(y) && number_order(x, y) == 0;
    if (x->kind != y->kind)
        return false;
    switch (x->kind) {
    case CEL_NULL:
        return true;
    case CEL_LIST:
        return is_set(x) || is_set(y) ? set_equal(a, x, y) : list_equal(a, x, y);
    case CEL_TYPE:
        return type_equal(x->type, y->type);
    case CEL_OPTIONAL:
        return !x->optional || !y->optional ? x->optional == y->optional : cel_equal(a, x->optional, y->optional);
    case CEL_OPAQUE:
        return x->opaque->class == y->opaque->class && x->opaque->class->equal(x->opaque, y->opaque);
    case CEL_STRING:
    case CEL_BYTES:
        return str_eq(x->text, y->text);
    default:
        return cel_order(x, y, &order) == 0 && order == 0;
    }
}

/* ── keys ── */
bool value_key_valid(const struct cel_value *key)
{
    return key->kind == CEL_STRING || key->kind == CEL_BOOL || is_number(key);
}

uint64_t value_hash(const struct cel_value *v)
{
    struct cel_value n = *v;
    if (v->kind == CEL_STRING)
        return str_hash(v->text);
    if (v->kind == CEL_BOOL)
        return v->boolean + 3;
    if (v->kind == CEL_DOUBLE && v->number >= -9223372036854775808.0 && v->number < 9223372036854775808.0)
        n = cel_of_int((int64_t)v->number); /* 1.5 hashes as 1: equal numbers must hash alike, others may */
    return str_hash(str_make(&n.integer, sizeof(n.integer)));
}

/* ── printing ── */
static void print_text(struct str s, bool bytes, struct buf *out)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"", to[] = "abfnrtv\\\"";
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *plain = c ? strchr(from, c) : NULL;
        if (plain)
            buf_fmt(out, "\\%c", to[plain - from]);
        else if (c < 0x20 || c == 0x7f || (bytes && c >= 0x7f))
            buf_fmt(out, bytes ? "\\%03o" : "\\u%04x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void print_double(double d, struct buf *out)
{
    if (!isfinite(d)) {
        buf_fmt(out, "double(\"%s\")", isnan(d) ? "NaN" : d > 0 ? "inf" : "-inf");
        return;
    }
    size_t start = out->n;
    json_double(out, d);
    if (!out->error && !memchr(out->p + start, '.', out->n - start) && !memchr(out->p + start, 'e', out->n - start))
        buf_text(out, ".0");
}

static void print_container(struct buf *out, const struct cel_value *v)
{
    SCOPED(arena) a = NULL;
    if (arena_new(&a, 64u << 20) < 0) {
        out->error = -ENOMEM;
        return;
    }
    size_t n = cel_size(v);
    buf_char(out, v->kind == CEL_LIST ? '[' : '{');
    for (size_t i = 0; i < n && !out->error; i++) {
        struct cel_value key, item;
        if (i)
            buf_text(out, ", ");
        if (v->kind == CEL_LIST) {
            item = cel_list_at(a, v, i);
        } else {
            cel_map_at(a, v, i, &key, &item);
            cel_print(out, &key);
            buf_text(out, ": ");
        }
        cel_print(out, &item);
    }
    buf_char(out, v->kind == CEL_LIST ? ']' : '}');
}

void cel_print(struct buf *out, const struct cel_value *v)
{
    switch (v->kind) {
    case CEL_NULL:
        buf_text(out, "null");
        break;
    case CEL_BOOL:
        buf_text(out, v->boolean ? "true" : "false");
        break;
    case CEL_INT:
        buf_int(out, v->integer);
        break;
    case CEL_UINT:
        buf_fmt(out, "%" PRIu64 "u", v->natural);
        break;
    case CEL_DOUBLE:
        print_double(v->number, out);
        break;
    case CEL_STRING:
    case CEL_BYTES:
        if (v->kind == CEL_BYTES)
            buf_char(out, 'b');
        print_text(v->text, v->kind == CEL_BYTES, out);
        break;
    case CEL_DURATION:
        buf_text(out, "duration(\"");
        cel_duration_print(v->integer, out);
        buf_text(out, "\")");
        break;
    case CEL_TIMESTAMP:
        buf_text(out, "timestamp(\"");
        timestamp_print(v, out);
        buf_text(out, "\")");
        break;
    case CEL_LIST:
    case CEL_MAP:
    case CEL_OBJECT:
        print_container(out, v);
        break;
    case CEL_TYPE:
        buf_str(out, type_name(v->type));
        break;
    case CEL_OPTIONAL:
        buf_text(out, v->optional ? "optional.of(" : "optional.none()");
        if (v->optional) {
            cel_print(out, v->optional);
            buf_char(out, ')');
        }
        break;
    case CEL_OPAQUE:
        if (v->opaque->class->print)
            v->opaque->class->print(v->opaque, out);
        else
            buf_str(out, v->opaque->class->type->name);
        break;
    default:
        buf_fmt(out, "error(%.*s)", STR_FMT(v->text));
    }
}
