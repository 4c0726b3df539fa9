/* The standard library as rows. Operators have rows for the checker only; their bodies are in eval.c. */
#include <math.h>

#include "cel/inside.h"
#include "regex/regex.h"

static struct cel_value same(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return args[0];
}

static struct cel_value size_of(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int((int64_t)cel_size(&args[0]));
}

static struct cel_value type_of(struct cel_call *call, const struct cel_value *args)
{
    return value_type(call->arena, &args[0]);
}

/* ── text ── */
static struct cel_value contains(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    struct str s = args[0].text, what = args[1].text;
    return cel_of_bool(!what.n || (s.n && memmem(s.p, s.n, what.p, what.n)));
}

static struct cel_value starts_with(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(str_starts(args[0].text, args[1].text));
}

static struct cel_value ends_with(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(str_ends(args[0].text, args[1].text));
}

#define HEAVY_SEARCH_COST 1000u

int cel_search(struct cel_call *call, const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n)
{
    int found = regex_search_quick(r, text, from, spans, n);
    if (found != REGEX_TOO_SLOW)
        return found;
    call->extra += HEAVY_SEARCH_COST;
    return regex_search(r, text, from, spans, n);
}

static struct cel_value matches(struct cel_call *call, const struct cel_value *args)
{
    struct err err = {0};
    struct regex *made = NULL;
    const struct regex *pattern = call->pattern;
    if (!pattern) {
        int r = regex_compile(args[1].text, &made, &err);
        if (r != 0)
            return r < 0 ? cel_no_memory : cel_error(call, "%s", err.text);
        pattern = made;
    }
    int found = cel_search(call, pattern, args[0].text, 0, NULL, 0);
    regex_free(made);
    if (found < 0)
        return cel_no_memory;
    return found == REGEX_TOO_SLOW ? cel_error(call, "the pattern takes too long to match") : cel_of_bool(found);
}

/* ── conversions ── */
static struct cel_value range_error(struct cel_call *call, const char *to)
{
    return cel_error(call, "%s range error", to); /* cel-go: "integer overflow" for ints */
}

static struct cel_value to_int(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = args[0];
    struct str s = v.text;
    switch (v.kind) {
    case CEL_UINT:
        return v.natural > INT64_MAX ? cel_error(call, "integer overflow") : cel_of_int((int64_t)v.natural);
    case CEL_DOUBLE:
        if (!(v.number > -9223372036854775808.0 && v.number < 9223372036854775807.0))
            return cel_error(call, "integer overflow");
        return cel_of_int((int64_t)v.number);
    case CEL_TIMESTAMP:
        return cel_of_int(v.time.sec);
    case CEL_DURATION:
        return cel_of_int(v.integer);
    default:
        if (s.n > 1 && s.p[0] == '+' && s.p[1] >= '0' && s.p[1] <= '9')
            s = str_from(s, 1);
        if (str_to_int(s, &v.integer) < 0)
            return cel_error(call, "type conversion error from 'string' to 'int'");
        return cel_of_int(v.integer);
    }
}

static struct cel_value to_uint(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = {.kind = CEL_UINT};
    switch (args[0].kind) {
    case CEL_INT:
        v.natural = (uint64_t)args[0].integer;
        return args[0].integer < 0 ? cel_error(call, "unsigned integer overflow") : v;
    case CEL_DOUBLE:
        if (!(args[0].number >= 0 && args[0].number < 18446744073709551615.0))
            return cel_error(call, "unsigned integer overflow");
        v.natural = (uint64_t)args[0].number;
        return v;
    default:
        if (str_to_uint(args[0].text, &v.natural) < 0)
            return cel_error(call, "type conversion error from 'string' to 'uint'");
        return v;
    }
}

static bool special_double(struct str s, double *d)
{
    double sign = str_starts(s, STR("-")) ? -1 : 1;
    if (str_starts(s, STR("-")) || str_starts(s, STR("+")))
        s = str_from(s, 1);
    if (str_eq_nocase(s, STR("nan")))
        *d = NAN;
    else if (str_eq_nocase(s, STR("inf")) || str_eq_nocase(s, STR("infinity")))
        *d = sign * INFINITY;
    else
        return false;
    return true;
}

static struct cel_value to_double(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = {.kind = CEL_DOUBLE};
    switch (args[0].kind) {
    case CEL_INT:
        v.number = (double)args[0].integer;
        return v;
    case CEL_UINT:
        v.number = (double)args[0].natural;
        return v;
    default:
        if (!special_double(args[0].text, &v.number) && str_to_double(args[0].text, &v.number) < 0)
            return cel_error(call, "type conversion error from 'string' to 'double'");
        return v;
    }
}

static struct cel_value to_bool(struct cel_call *call, const struct cel_value *args)
{
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"};
    static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (str_is(args[0].text, yes[i]))
            return cel_of_bool(true);
        if (str_is(args[0].text, no[i]))
            return cel_of_bool(false);
    }
    return cel_error(call, "type conversion error from 'string' to 'bool'");
}

static struct cel_value to_bytes(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return (struct cel_value){.kind = CEL_BYTES, .text = args[0].text};
}

/* As Go's %g: the fewest digits that read back the same, an exponent from 1e+21 and below 1e-4. */
void double_print(double d, struct buf *out)
{
    char text[40];
    if (!isfinite(d)) {
        buf_text(out, isnan(d) ? "NaN" : d > 0 ? "+Inf" : "-Inf");
        return;
    }
    int digits = 1;
    for (; digits < 17; digits++) {
        snprintf(text, sizeof(text), "%.*e", digits - 1, d);
        if (strtod(text, NULL) == d)
            break;
    }
    snprintf(text, sizeof(text), "%.*e", digits - 1, d);
    const char *e = strchr(text, 'e');
    long exponent = e ? strtol(e + 1, NULL, 10) : 0;
    if (exponent < -4 || exponent >= MAX(digits, 21)) {
        buf_text(out, text);
        return;
    }
    buf_fmt(out, "%.*f", (int)MAX(digits - 1 - exponent, 0L), d);
}

static struct cel_value to_string(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct cel_value v = {.kind = CEL_STRING};
    switch (args[0].kind) {
    case CEL_BYTES:
        if (!str_utf8_valid(args[0].text))
            return cel_error(call, "invalid UTF-8 in bytes, cannot convert to string");
        return cel_of_text(args[0].text);
    case CEL_BOOL:
        return cel_of_text(args[0].boolean ? STR("true") : STR("false"));
    case CEL_INT:
        buf_int(&b, args[0].integer);
        break;
    case CEL_UINT:
        buf_fmt(&b, "%llu", (unsigned long long)args[0].natural);
        break;
    case CEL_DOUBLE:
        double_print(args[0].number, &b);
        break;
    case CEL_DURATION:
        cel_duration_print(args[0].integer, &b);
        break;
    default:
        timestamp_print(&args[0], &b);
    }
    if (buf_error(&b) < 0 || arena_str(call->arena, buf_view(&b), &v.text) < 0)
        return cel_no_memory;
    return v;
}

static struct cel_value to_duration(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = {.kind = CEL_DURATION, .integer = args[0].integer};
    if (args[0].kind != CEL_STRING)
        return v;
    int r = cel_duration_parse(args[0].text, &v.integer);
    if (r < 0)
        return r == -ERANGE ? range_error(call, "duration") : cel_error(call, "time: invalid duration \"%.*s\"", STR_FMT(args[0].text));
    return v;
}

static struct cel_value to_timestamp(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = {.kind = CEL_TIMESTAMP};
    int r = 0;
    if (args[0].kind == CEL_STRING)
        r = timestamp_parse(args[0].text, &v);
    else
        v.time.sec = args[0].integer;
    if (r == -EINVAL)
        return cel_error(call, "parsing time \"%.*s\": it is no RFC 3339 time", STR_FMT(args[0].text));
    if (r < 0 || v.time.sec < TIMESTAMP_MIN || v.time.sec > TIMESTAMP_MAX)
        return range_error(call, "timestamp");
    return v;
}

/* ── optionals ── */
static bool is_zero(const struct cel_value *v)
{
    switch (v->kind) {
    case CEL_NULL:
        return true;
    case CEL_BOOL:
        return !v->boolean;
    case CEL_INT:
    case CEL_DURATION:
        return !v->integer;
    case CEL_UINT:
        return !v->natural;
    case CEL_DOUBLE:
        return v->number == 0;
    case CEL_STRING:
    case CEL_BYTES:
        return !v->text.n;
    case CEL_TIMESTAMP:
        return v->time.sec == TIMESTAMP_MIN && !v->time.nsec;
    case CEL_LIST:
    case CEL_MAP:
    case CEL_OBJECT:
        return !cel_size(v);
    case CEL_OPTIONAL:
        return !v->optional;
    default:
        return false;
    }
}

static struct cel_value optional_of(struct cel_call *call, const struct cel_value *args)
{
    return cel_make_optional(call->arena, &args[0]);
}

static struct cel_value optional_non_zero(struct cel_call *call, const struct cel_value *args)
{
    return cel_make_optional(call->arena, is_zero(&args[0]) ? NULL : &args[0]);
}

static struct cel_value optional_none(struct cel_call *call, const struct cel_value *args)
{
    (void)args;
    return cel_make_optional(call->arena, NULL);
}

static struct cel_value optional_has(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(args[0].optional != NULL);
}

static struct cel_value optional_value(struct cel_call *call, const struct cel_value *args)
{
    return args[0].optional ? *args[0].optional : cel_error(call, "optional.none() dereference");
}

static struct cel_value optional_unwrap(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value out = cel_make_list(call->arena, NULL, 0);
    for (size_t i = 0, n = cel_size(&args[0]); i < n && out.kind == CEL_LIST; i++) {
        struct cel_value item = cel_list_at(call->arena, &args[0], i);
        if (item.kind != CEL_OPTIONAL)
            return value_no_overload;
        if (item.optional)
            out = list_append(call->arena, &out, item.optional);
    }
    return out;
}

static struct cel_value list_end(struct cel_call *call, const struct cel_value *args)
{
    size_t n = cel_size(&args[0]);
    struct cel_value item = {0};
    if (n)
        item = cel_list_at(call->arena, &args[0], call->function->id[5] == 'l' ? n - 1 : 0);
    return cel_make_optional(call->arena, n ? &item : NULL);
}

/* cel.@mapInsert(accumulator, key, value) or (accumulator, map). The accumulator is nobody else's once it is `open`. */
static struct cel_value map_add(struct cel_call *call, const struct cel_value *args)
{
    bool entry = call->function->id[0] == '@';
    struct cel_map *m = args[0].tree || !args[0].map->open ? NULL : (struct cel_map *)(uintptr_t)args[0].map;
    const struct cel_value *from = entry ? &args[1] : NULL;
    if (!m) {
        m = map_new(call->arena, 8);
        if (!m)
            return cel_no_memory;
        m->open = true;
    }
    for (size_t i = 0, n = from ? cel_size(from) : 1; i < n; i++) {
        struct cel_value key = args[1], value = args[entry ? 1 : 2];
        if (from)
            cel_map_at(call->arena, from, i, &key, &value);
        int r = map_insert(call->arena, m, &key, &value);
        if (r == -EEXIST) {
            SCOPED_BUF b = BUF_INIT(1024);
            cel_print(&b, &key);
            return cel_error(call, "insert failed: key %s already exists", buf_cstr(&b));
        }
        if (r < 0)
            return cel_no_memory;
    }
    return (struct cel_value){.kind = CEL_MAP, .map = m};
}

/* ── rows ── */
#define OPERATOR(name, id, signature) \
    { \
        name, id, signature, NULL, CEL_COST_STANDARD \
    }
#define ARITHMETIC(name, id) \
    OPERATOR(name, id "_double", "(double, double) double"), OPERATOR(name, id "_int64", "(int, int) int"), \
        OPERATOR(name, id "_uint64", "(uint, uint) uint")
#define ORDER(name, id) \
    OPERATOR(name, id "_bool", "(bool, bool) bool"), OPERATOR(name, id "_int64", "(int, int) bool"), \
        OPERATOR(name, id "_int64_double", "(int, double) bool"), OPERATOR(name, id "_int64_uint64", "(int, uint) bool"), \
        OPERATOR(name, id "_uint64", "(uint, uint) bool"), OPERATOR(name, id "_uint64_double", "(uint, double) bool"), \
        OPERATOR(name, id "_uint64_int64", "(uint, int) bool"), OPERATOR(name, id "_double", "(double, double) bool"), \
        OPERATOR(name, id "_double_int64", "(double, int) bool"), OPERATOR(name, id "_double_uint64", "(double, uint) bool"), \
        OPERATOR(name, id "_string", "(string, string) bool"), OPERATOR(name, id "_bytes", "(bytes, bytes) bool"), \
        OPERATOR(name, id "_timestamp", "(timestamp, timestamp) bool"), OPERATOR(name, id "_duration", "(duration, duration) bool")
#define CONVERSION(name, id, from, to, body) \
    { \
        name, id, "(" from ") " to, body, CEL_COST_STANDARD \
    }
#define OPTIONAL(name, id, signature, body) \
    { \
        name, id, signature, body, CEL_COST_STANDARD \
    }

static const struct cel_function operators[] = {
    OPERATOR("_?_:_", "conditional", "(bool, A, A) A"),
    OPERATOR("!_", "logical_not", "(bool) bool"),
    OPERATOR("@not_strictly_false", "not_strictly_false", "(bool) bool"),
    OPERATOR("_==_", "equals", "(A, A) bool"),
    OPERATOR("_!=_", "not_equals", "(A, A) bool"),
    ARITHMETIC("_+_", "add"),
    OPERATOR("_+_", "add_bytes", "(bytes, bytes) bytes"),
    OPERATOR("_+_", "add_duration_duration", "(duration, duration) duration"),
    OPERATOR("_+_", "add_duration_timestamp", "(duration, timestamp) timestamp"),
    OPERATOR("_+_", "add_timestamp_duration", "(timestamp, duration) timestamp"),
    OPERATOR("_+_", "add_list", "(list(A), list(A)) list(A)"),
    OPERATOR("_+_", "add_string", "(string, string) string"),
    ARITHMETIC("_/_", "divide"),
    OPERATOR("_%_", "modulo_int64", "(int, int) int"),
    OPERATOR("_%_", "modulo_uint64", "(uint, uint) uint"),
    ARITHMETIC("_*_", "multiply"),
    OPERATOR("-_", "negate_double", "(double) double"),
    OPERATOR("-_", "negate_int64", "(int) int"),
    ARITHMETIC("_-_", "subtract"),
    OPERATOR("_-_", "subtract_duration_duration", "(duration, duration) duration"),
    OPERATOR("_-_", "subtract_timestamp_duration", "(timestamp, duration) timestamp"),
    OPERATOR("_-_", "subtract_timestamp_timestamp", "(timestamp, timestamp) duration"),
    ORDER("_<_", "less"),
    ORDER("_<=_", "less_equals"),
    ORDER("_>_", "greater"),
    ORDER("_>=_", "greater_equals"),
    OPERATOR("_[_]", "index_list", "(list(A), int) A"),
    OPERATOR("_[_]", "index_map", "(map(A, B), A) B"),
    OPERATOR("_[_]", "optional_list_index_int", "(optional_type(list(A)), int) optional_type(A)"),
    OPERATOR("_[_]", "optional_map_index_value", "(optional_type(map(A, B)), A) optional_type(B)"),
    OPERATOR("_[?_]", "list_optindex_optional_int", "(list(A), int) optional_type(A)"),
    OPERATOR("_[?_]", "optional_list_optindex_optional_int", "(optional_type(list(A)), int) optional_type(A)"),
    OPERATOR("_[?_]", "map_optindex_optional_value", "(map(A, B), A) optional_type(B)"),
    OPERATOR("_[?_]", "optional_map_optindex_optional_value", "(optional_type(map(A, B)), A) optional_type(B)"),
    OPERATOR("@in", "in_list", "(A, list(A)) bool"),
    OPERATOR("@in", "in_map", "(A, map(A, B)) bool"),
};
static const struct cel_function functions[] = {
    {"size", "size_bytes", "(bytes) int", size_of, CEL_COST_STANDARD},
    {"size", "bytes_size", "bytes.() int", size_of, CEL_COST_STANDARD},
    {"size", "size_list", "(list(A)) int", size_of, CEL_COST_STANDARD},
    {"size", "list_size", "list(A).() int", size_of, CEL_COST_STANDARD},
    {"size", "size_map", "(map(A, B)) int", size_of, CEL_COST_STANDARD},
    {"size", "map_size", "map(A, B).() int", size_of, CEL_COST_STANDARD},
    {"size", "size_string", "(string) int", size_of, CEL_COST_STANDARD},
    {"size", "string_size", "string.() int", size_of, CEL_COST_STANDARD},
    {"type", "type", "(A) type(A)", type_of, CEL_COST_STANDARD},
    {"dyn", "to_dyn", "(A) dyn", same, CEL_COST_STANDARD},
    {"contains", "contains_string", "string.(string) bool", contains, CEL_COST_STANDARD},
    {"startsWith", "starts_with_string", "string.(string) bool", starts_with, CEL_COST_STANDARD},
    {"endsWith", "ends_with_string", "string.(string) bool", ends_with, CEL_COST_STANDARD},
    {"matches", "matches", "(string, string) bool", matches, CEL_COST_STANDARD},
    {"matches", "matches_string", "string.(string) bool", matches, CEL_COST_STANDARD},
    CONVERSION("bool", "bool_to_bool", "bool", "bool", same),
    CONVERSION("bool", "string_to_bool", "string", "bool", to_bool),
    CONVERSION("bytes", "bytes_to_bytes", "bytes", "bytes", same),
    CONVERSION("bytes", "string_to_bytes", "string", "bytes", to_bytes),
    CONVERSION("double", "double_to_double", "double", "double", same),
    CONVERSION("double", "int64_to_double", "int", "double", to_double),
    CONVERSION("double", "string_to_double", "string", "double", to_double),
    CONVERSION("double", "uint64_to_double", "uint", "double", to_double),
    CONVERSION("duration", "duration_to_duration", "duration", "duration", same),
    CONVERSION("duration", "int64_to_duration", "int", "duration", to_duration),
    CONVERSION("duration", "string_to_duration", "string", "duration", to_duration),
    CONVERSION("int", "int64_to_int64", "int", "int", same),
    CONVERSION("int", "double_to_int64", "double", "int", to_int),
    CONVERSION("int", "duration_to_int64", "duration", "int", to_int),
    CONVERSION("int", "string_to_int64", "string", "int", to_int),
    CONVERSION("int", "timestamp_to_int64", "timestamp", "int", to_int),
    CONVERSION("int", "uint64_to_int64", "uint", "int", to_int),
    CONVERSION("string", "string_to_string", "string", "string", same),
    CONVERSION("string", "bool_to_string", "bool", "string", to_string),
    CONVERSION("string", "bytes_to_string", "bytes", "string", to_string),
    CONVERSION("string", "double_to_string", "double", "string", to_string),
    CONVERSION("string", "duration_to_string", "duration", "string", to_string),
    CONVERSION("string", "int64_to_string", "int", "string", to_string),
    CONVERSION("string", "timestamp_to_string", "timestamp", "string", to_string),
    CONVERSION("string", "uint64_to_string", "uint", "string", to_string),
    CONVERSION("timestamp", "timestamp_to_timestamp", "timestamp", "timestamp", same),
    CONVERSION("timestamp", "int64_to_timestamp", "int", "timestamp", to_timestamp),
    CONVERSION("timestamp", "string_to_timestamp", "string", "timestamp", to_timestamp),
    CONVERSION("uint", "uint64_to_uint64", "uint", "uint", same),
    CONVERSION("uint", "double_to_uint64", "double", "uint", to_uint),
    CONVERSION("uint", "int64_to_uint64", "int", "uint", to_uint),
    CONVERSION("uint", "string_to_uint64", "string", "uint", to_uint),
    {"cel.@mapInsert", "@mapInsert_map_map", "(map(A, B), map(A, B)) map(A, B)", map_add, CEL_COST_STANDARD},
    {"cel.@mapInsert", "mapInsert_map_key_value", "(map(A, B), A, B) map(A, B)", map_add, CEL_COST_STANDARD},
    OPTIONAL("optional.of", "optional_of", "(A) optional_type(A)", optional_of),
    OPTIONAL("optional.ofNonZeroValue", "optional_ofNonZeroValue", "(A) optional_type(A)", optional_non_zero),
    OPTIONAL("optional.none", "optional_none", "() optional_type(A)", optional_none),
    OPTIONAL("hasValue", "optional_hasValue", "optional_type(A).() bool", optional_has),
    OPTIONAL("value", "optional_value", "optional_type(A).() A", optional_value),
    OPTIONAL("or", "optional_or_optional", "optional_type(A).(optional_type(A)) optional_type(A)", NULL),
    OPTIONAL("orValue", "optional_orValue_value", "optional_type(A).(A) A", NULL),
    OPTIONAL("optional.unwrap", "optional_unwrap", "(list(optional_type(A))) list(A)", optional_unwrap),
    OPTIONAL("unwrapOpt", "optional_unwrapOpt", "list(optional_type(A)).() list(A)", optional_unwrap),
    OPTIONAL("first", "list_first", "list(A).() optional_type(A)", list_end),
    OPTIONAL("last", "list_last", "list(A).() optional_type(A)", list_end),
};

int standard_functions(struct cel_env *e)
{
    unsigned features = e->features;
    e->features |= CEL_FEATURE_OPTIONAL; /* its rows name the type */
    int r = cel_env_functions(e, operators, ARRAY_LEN(operators));
    if (r == 0)
        r = cel_env_functions(e, functions, ARRAY_LEN(functions));
    if (r == 0)
        r = cel_env_functions(e, time_functions, n_time_functions);
    e->features = features;
    return r;
}

static bool crosses(const char *id)
{
    return strstr(id, "64_double") || strstr(id, "_int64_uint64") || strstr(id, "_uint64_int64") || strstr(id, "_double_int64") ||
           strstr(id, "_double_uint64");
}

/* Is an overload part of the language as the features make it? */
bool standard_enabled(const struct cel_function *row, unsigned features)
{
    if (row >= operators && row < operators + ARRAY_LEN(operators)) {
        if (strstr(row->id, "optional"))
            return features & CEL_FEATURE_OPTIONAL;
        return features & CEL_FEATURE_CROSS_NUMERIC || !strchr("lg", row->id[0]) || !crosses(row->id);
    }
    if (row >= functions && row < functions + ARRAY_LEN(functions)) {
        if (strstr(row->signature, "optional_type"))
            return features & CEL_FEATURE_OPTIONAL;
        if (row->body == map_add)
            return features & CEL_FEATURE_TWO_VARIABLES;
    }
    return true;
}

/* ── time ──
 * Durations and time points: their texts, and the functions that take them apart. Zones are "UTC" or an offset
 * ("-08:30"); names of places are asked from the caller (struct cel_activation), who may read a disk. */
#define NS INT64_C(1000000000)

/* ── durations ── */
static int64_t unit_ns(struct str *s)
{
    static const struct {
        const char *name;
        int64_t ns;
    } units[] = {{"ns", 1}, {"us", 1000}, {"\xc2\xb5s", 1000}, {"\xce\xbcs", 1000}, {"ms", 1000000}, {"s", NS}, {"m", 60 * NS}, {"h", 3600 * NS}};
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_starts(*s, str_of(units[i].name))) {
            *s = str_from(*s, strlen(units[i].name));
            return units[i].ns;
        }
    return 0;
}

/* "1.5h": adds it to *total. */
static int take_part(struct str *s, uint64_t *total)
{
    uint64_t whole = 0, fraction = 0, scale = 1, ns;
    size_t i = 0, start;
    for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
        if (__builtin_mul_overflow(whole, 10u, &whole) || __builtin_add_overflow(whole, (uint64_t)(s->p[i] - '0'), &whole))
            return -ERANGE;
    start = i;
    if (i < s->n && s->p[i] == '.') {
        for (i++; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
            if (scale < UINT64_C(100000000000000)) {
                fraction = fraction * 10 + (uint64_t)(s->p[i] - '0');
                scale *= 10;
            }
        if (i == start + 1 && !start)
            return -EINVAL;
    }
    if (!i)
        return -EINVAL;
    *s = str_from(*s, i);
    uint64_t unit = (uint64_t)unit_ns(s);
    if (!unit)
        return -EINVAL;
    if (__builtin_mul_overflow(whole, unit, &ns) || __builtin_add_overflow(ns, (uint64_t)((double)fraction * ((double)unit / (double)scale)), &ns) ||
        __builtin_add_overflow(*total, ns, total) || *total > UINT64_C(1) << 63)
        return -ERANGE;
    return 0;
}

int cel_duration_parse(struct str s, int64_t *ns)
{
    uint64_t total = 0;
    bool minus = str_starts(s, STR("-"));
    if (minus || str_starts(s, STR("+")))
        s = str_from(s, 1);
    *ns = 0;
    if (str_is(s, "0"))
        return 0;
    if (!s.n)
        return -EINVAL;
    while (s.n) {
        int r = take_part(&s, &total);
        if (r < 0)
            return r;
    }
    if (!minus && total > INT64_MAX)
        return -ERANGE;
    *ns = minus ? (int64_t)(0 - total) : (int64_t)total;
    return 0;
}

static void print_fraction(uint32_t nsec, struct buf *out)
{
    char digits[16];
    if (!nsec)
        return;
    int n = snprintf(digits, sizeof(digits), ".%09u", nsec);
    while (n > 0 && digits[n - 1] == '0')
        n--;
    buf_add(out, digits, (size_t)n);
}

void cel_duration_print(int64_t ns, struct buf *out)
{
    uint64_t u = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;
    buf_fmt(out, "%s%llu", ns < 0 ? "-" : "", (unsigned long long)(u / (uint64_t)NS));
    print_fraction((uint32_t)(u % (uint64_t)NS), out);
    buf_char(out, 's');
}

/* ── time points ── */
int timestamp_parse(struct str s, struct cel_value *out)
{
    *out = (struct cel_value){.kind = CEL_TIMESTAMP};
    int r = time_parse_rfc3339(s, &out->time.sec, &out->time.nsec);
    if (r < 0)
        return r;
    return out->time.sec < TIMESTAMP_MIN || out->time.sec > TIMESTAMP_MAX ? -ERANGE : 0;
}

void timestamp_print(const struct cel_value *v, struct buf *out)
{
    char text[48];
    time_fmt_rfc3339_nano(text, v->time.sec, v->time.nsec);
    buf_text(out, text);
}

struct moment { /* on a clock somewhere */
    int64_t year;
    int month, day, year_day, week_day, hour, minute, second; /* month, day, year_day from 0 */
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static void moment_of(int64_t sec, struct moment *m)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t days = floor_div(sec, 86400), rest = sec - days * 86400;
    m->hour = (int)(rest / 3600);
    m->minute = (int)(rest / 60 % 60);
    m->second = (int)(rest % 60);
    m->week_day = (int)(((days + 4) % 7 + 7) % 7);
    /* Years that begin in March have their leap day at the end. */
    int64_t z = days + 719468, era = floor_div(z, 146097), in_era = z - era * 146097;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t day = in_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * day + 2) / 153;
    m->day = (int)(day - (153 * shifted + 2) / 5);
    m->month = (int)(shifted < 10 ? shifted + 2 : shifted - 10);
    m->year = year + era * 400 + (m->month < 2);
    bool leap = m->year % 4 == 0 && (m->year % 100 != 0 || m->year % 400 == 0);
    m->year_day = before[m->month] + m->day + (leap && m->month > 1);
}

/* "+05:30", "-8:00", "02:00" → seconds east of UTC. */
static bool offset_parse(struct str s, int64_t *sec)
{
    struct str hours, minutes;
    uint64_t h, m;
    bool minus = str_starts(s, STR("-"));
    if (minus || str_starts(s, STR("+")))
        s = str_from(s, 1);
    if (!str_cut(s, ':', &hours, &minutes) || str_to_uint(hours, &h) < 0 || str_to_uint(minutes, &m) < 0 || h > 23 || m > 59)
        return false;
    *sec = (int64_t)(h * 3600 + m * 60) * (minus ? -1 : 1);
    return true;
}

/* Fills m by the clock that args name; an error otherwise. */
static bool clock_of(struct cel_call *call, const struct cel_value *args, struct moment *m, struct cel_value *error)
{
    int64_t shift = 0;
    struct str zone = STR("");
    if (strstr(call->function->id, "_with_tz"))
        zone = args[1].text;
    if (zone.n && !str_is(zone, "UTC") && !offset_parse(zone, &shift)) {
        if (!call->zone || call->zone(call->ctx, zone, args[0].time.sec, &shift) < 0) {
            *error = cel_error(call, "unknown time zone %.*s", STR_FMT(zone));
            return false;
        }
    }
    moment_of(args[0].time.sec + shift, m);
    return true;
}

#define CLOCK(name, expression) \
    static struct cel_value time_##name(struct cel_call *call, const struct cel_value *args) \
    { \
        struct moment m; \
        struct cel_value error; \
        return clock_of(call, args, &m, &error) ? cel_of_int(expression) : error; \
    }
CLOCK(year, m.year)
CLOCK(month, m.month)
CLOCK(year_day, m.year_day)
CLOCK(month_day, m.day)
CLOCK(date, m.day + 1)
CLOCK(week_day, m.week_day)
CLOCK(hours, m.hour)
CLOCK(minutes, m.minute)
CLOCK(seconds, m.second)
CLOCK(milliseconds, args[0].time.nsec / 1000000)

static struct cel_value duration_hours(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / (3600 * NS));
}

static struct cel_value duration_minutes(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / (60 * NS));
}

static struct cel_value duration_seconds(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / NS);
}

static struct cel_value duration_milliseconds(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / 1000000);
}

#define GETTER(name, id, body) \
    {name, id, "timestamp.() int", body, CEL_COST_STANDARD}, \
    { \
        name, id "_with_tz", "timestamp.(string) int", body, CEL_COST_STANDARD \
    }
const struct cel_function time_functions[] = {
    GETTER("getFullYear", "timestamp_to_year", time_year),
    GETTER("getMonth", "timestamp_to_month", time_month),
    GETTER("getDayOfYear", "timestamp_to_day_of_year", time_year_day),
    GETTER("getDayOfMonth", "timestamp_to_day_of_month", time_month_day),
    GETTER("getDate", "timestamp_to_day_of_month_1_based", time_date),
    GETTER("getDayOfWeek", "timestamp_to_day_of_week", time_week_day),
    GETTER("getHours", "timestamp_to_hours", time_hours),
    {"getHours", "duration_to_hours", "duration.() int", duration_hours, CEL_COST_STANDARD},
    GETTER("getMinutes", "timestamp_to_minutes", time_minutes),
    {"getMinutes", "duration_to_minutes", "duration.() int", duration_minutes, CEL_COST_STANDARD},
    GETTER("getSeconds", "timestamp_to_seconds", time_seconds),
    {"getSeconds", "duration_to_seconds", "duration.() int", duration_seconds, CEL_COST_STANDARD},
    GETTER("getMilliseconds", "timestamp_to_milliseconds", time_milliseconds),
    {"getMilliseconds", "duration_to_milliseconds", "duration.() int", duration_milliseconds, CEL_COST_STANDARD},
};
const size_t n_time_functions = ARRAY_LEN(time_functions);
