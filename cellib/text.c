/* "…".format([…]): %s %d %f %e %b %x %X %o, with a precision for %f and %e. */
#include <math.h>

#include "cellib/inside.h"

#define PRECISION_MAX 100

struct format {
    struct cel_call *call;
    struct buf b;
    struct cel_value error; /* kind ERROR once it happened */
};

static void *wrong(struct format *f, const char *clause, const struct cel_value *v)
{
    SCOPED_BUF b = BUF_INIT(512);
    struct cel_value t = *v;
    static const char *const names[] = {
        "null_type", "bool", "int", "uint", "double", "string", "bytes", "google.protobuf.Duration", "google.protobuf.Timestamp",
        "list",      "map",  "map", "type"};
    if (v->kind < ARRAY_LEN(names))
        buf_text(&b, names[v->kind]);
    else
        cel_print(&b, &t);
    f->error = cel_error(f->call, "error during formatting: %s, was given %s", clause, buf_cstr(&b));
    return NULL;
}

static void put_special(struct buf *b, double d)
{
    buf_text(b, isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
}

/* The fewest digits that read back the same. */
static void put_double(struct buf *b, double d, bool exponent)
{
    char text[400];
    if (!isfinite(d)) {
        put_special(b, d);
        return;
    }
    for (int digits = 0; digits < 340; digits++) {
        snprintf(text, sizeof(text), exponent ? "%.*e" : "%.*f", digits, d);
        if (strtod(text, NULL) == d)
            break;
    }
    buf_text(b, text);
}

static void put(struct format *f, const struct cel_value *v, unsigned depth);

static int entry_order(const void *x, const void *y)
{
    const struct str *a = x, *b = y;
    return str_cmp(*a, *b);
}

/* Entries in the order of their keys' texts. */
static void put_map(struct format *f, const struct cel_value *v, unsigned depth)
{
    size_t n = cel_size(v);
    struct str *entries = arena_alloc(f->call->arena, MAX(n, (size_t)1) * sizeof(*entries));
    struct buf whole = f->b;
    if (!entries) {
        f->error = cel_no_memory;
        return;
    }
    for (size_t i = 0; i < n && f->error.kind != CEL_ERROR; i++) {
        struct cel_value key, value, text;
        f->b = BUF_INIT(1u << 20);
        cel_map_at(f->call->arena, v, i, &key, &value);
        put(f, &key, depth + 1);
        buf_text(&f->b, ": ");
        put(f, &value, depth + 1);
        text = kept(f->call, &f->b);
        buf_done(&f->b);
        if (text.kind == CEL_ERROR)
            f->error = text;
        else
            entries[i] = text.text;
    }
    f->b = whole;
    if (f->error.kind == CEL_ERROR)
        return;
    if (n)
        qsort(entries, n, sizeof(*entries), entry_order);
    buf_char(&f->b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_text(&f->b, ", ");
        buf_str(&f->b, entries[i]);
    }
    buf_char(&f->b, '}');
}

static void put_list(struct format *f, const struct cel_value *v, unsigned depth)
{
    buf_char(&f->b, '[');
    for (size_t i = 0, n = cel_size(v); i < n && f->error.kind != CEL_ERROR; i++) {
        struct cel_value item = cel_list_at(f->call->arena, v, i);
        if (i)
            buf_text(&f->b, ", ");
        put(f, &item, depth + 1);
    }
    buf_char(&f->b, ']');
}

static void put_quoted(struct format *f, const struct cel_value *v)
{
    SCOPED_BUF b = BUF_INIT(0);
    cel_print(&b, v);
    struct str head, rest, text, tail;
    if (str_cut(buf_view(&b), '"', &head, &rest) && str_cut(rest, '"', &text, &tail)) /* duration("1s") → 1s */
        buf_str(&f->b, text);
}

static void put(struct format *f, const struct cel_value *v, unsigned depth)
{
    if (depth > 200) {
        f->error = cel_error(f->call, "error during formatting: nested too deeply");
        return;
    }
    switch (v->kind) {
    case CEL_STRING:
    case CEL_BYTES:
        buf_str(&f->b, v->text);
        break;
    case CEL_DOUBLE:
        put_double(&f->b, v->number, false);
        break;
    case CEL_UINT:
        buf_fmt(&f->b, "%llu", (unsigned long long)v->natural);
        break;
    case CEL_DURATION:
    case CEL_TIMESTAMP:
        put_quoted(f, v);
        break;
    case CEL_LIST:
        put_list(f, v, depth);
        break;
    case CEL_MAP:
    case CEL_OBJECT:
        put_map(f, v, depth);
        break;
    case CEL_NULL:
    case CEL_BOOL:
    case CEL_INT:
    case CEL_TYPE:
        cel_print(&f->b, v);
        break;
    default:
        wrong(f, "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps", v);
    }
}

static bool is_number(const struct cel_value *v)
{
    return v->kind == CEL_INT || v->kind == CEL_UINT || v->kind == CEL_DOUBLE;
}

static void put_point(struct format *f, const struct cel_value *v, int precision, bool exponent)
{
    char text[512];
    if (!is_number(v)) {
        wrong(f,
              exponent ? "scientific clause can only be used on ints, uints, and doubles"
                       : "fixed-point clause can only be used on ints, uints, and doubles",
              v);
        return;
    }
    double d = v->kind == CEL_INT ? (double)v->integer : v->kind == CEL_UINT ? (double)v->natural : v->number;
    if (!isfinite(d)) {
        put_special(&f->b, d);
        return;
    }
    snprintf(text, sizeof(text), exponent ? "%.*e" : "%.*f", precision, d);
    buf_text(&f->b, text);
}

static void put_digits(struct buf *b, uint64_t u, unsigned base, bool upper)
{
    char digits[65];
    size_t i = sizeof(digits);
    do {
        digits[--i] = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[u % base];
        u /= base;
    } while (u);
    buf_add(b, digits + i, sizeof(digits) - i);
}

static void put_whole(struct format *f, const struct cel_value *v, unsigned base, bool upper)
{
    if (v->kind == CEL_INT && v->integer < 0)
        buf_char(&f->b, '-');
    uint64_t u = v->kind == CEL_INT && v->integer < 0 ? 0 - (uint64_t)v->integer : v->natural;
    put_digits(&f->b, u, base, upper);
}

static void put_hex(struct format *f, const struct cel_value *v, bool upper)
{
    if (v->kind == CEL_INT || v->kind == CEL_UINT) {
        put_whole(f, v, 16, upper);
        return;
    }
    if (v->kind != CEL_STRING && v->kind != CEL_BYTES) {
        wrong(f, "only ints, uints, bytes, and strings can be formatted as hex", v);
        return;
    }
    for (size_t i = 0; i < v->text.n; i++)
        buf_fmt(&f->b, upper ? "%02X" : "%02x", (unsigned char)v->text.p[i]);
}

static void put_clause(struct format *f, char c, int precision, const struct cel_value *v)
{
    bool whole = v->kind == CEL_INT || v->kind == CEL_UINT;
    switch (c) {
    case 's':
        put(f, v, 0);
        break;
    case 'd':
        if (v->kind == CEL_DOUBLE)
            put_double(&f->b, v->number, false);
        else if (whole)
            put_whole(f, v, 10, false);
        else
            wrong(f, "decimal clause can only be used on ints, uints, and doubles", v);
        break;
    case 'f':
    case 'e':
        put_point(f, v, precision, c == 'e');
        break;
    case 'b':
        if (v->kind == CEL_BOOL)
            buf_char(&f->b, v->boolean ? '1' : '0');
        else if (whole)
            put_whole(f, v, 2, false);
        else
            wrong(f, "only ints, uints, and bools can be formatted as binary", v);
        break;
    case 'o':
        if (whole)
            put_whole(f, v, 8, false);
        else
            wrong(f, "octal clause can only be used on ints and uints", v);
        break;
    case 'x':
    case 'X':
        put_hex(f, v, c == 'X');
        break;
    default:
        f->error = cel_error(f->call, "could not parse formatting clause: unrecognized formatting clause \"%c\"", c);
    }
}

/* ".3" behind the percent sign. */
static bool take_precision(struct format *f, struct str s, size_t *i, int *precision)
{
    *precision = 6;
    if (*i >= s.n || s.p[*i] != '.')
        return true;
    *precision = 0;
    size_t start = ++*i;
    for (; *i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9'; ++*i)
        *precision = MIN(*precision * 10 + (s.p[*i] - '0'), 100000);
    if (*i == start || *precision > PRECISION_MAX) {
        f->error = cel_error(f->call, *i == start
                                          ? "could not parse formatting clause: error while parsing precision: could not convert precision to integer"
                                          : "could not parse formatting clause: precision is too large");
        return false;
    }
    return true;
}

struct cel_value text_format(struct cel_call *call, const struct cel_value *args)
{
    struct format f = {.call = call, .b = BUF_INIT(16u << 20)};
    struct str s = args[0].text;
    size_t next = 0, n = cel_size(&args[1]);
    for (size_t i = 0; i < s.n && f.error.kind != CEL_ERROR; i++) {
        int precision;
        if (s.p[i] != '%') {
            buf_char(&f.b, s.p[i]);
            continue;
        }
        if (++i < s.n && s.p[i] == '%') {
            buf_char(&f.b, '%');
            continue;
        }
        if (!take_precision(&f, s, &i, &precision))
            break;
        if (i >= s.n) {
            f.error = cel_error(call, "unexpected end of string");
        } else if (next >= n) {
            f.error = cel_error(call, "index %zu out of range", next);
        } else {
            struct cel_value v = cel_list_at(call->arena, &args[1], next++);
            put_clause(&f, s.p[i], precision, &v);
        }
    }
    struct cel_value out = f.error.kind == CEL_ERROR ? f.error : kept(call, &f.b);
    buf_done(&f.b);
    return out;
}
