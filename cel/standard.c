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
    int found = regex_search(pattern, args[0].text, 0, NULL, 0);
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
        return r == -ERANGE ? range_error(call, "duration")
                            : cel_error(call, "time: invalid duration \"%.*s\"", STR_FMT(args[0].text));
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
#define OPERATOR(name, id, signature) {name, id, signature, NULL, CEL_COST_STANDARD}
#define ARITHMETIC(name, id)                                \
    OPERATOR(name, id "_double", "(double, double) double"), \
        OPERATOR(name, id "_int64", "(int, int) int"), OPERATOR(name, id "_uint64", "(uint, uint) uint")
#define ORDER(name, id)                                                                                             \
    OPERATOR(name, id "_bool", "(bool, bool) bool"), OPERATOR(name, id "_int64", "(int, int) bool"),                \
        OPERATOR(name, id "_int64_double", "(int, double) bool"), OPERATOR(name, id "_int64_uint64", "(int, uint) bool"), \
        OPERATOR(name, id "_uint64", "(uint, uint) bool"), OPERATOR(name, id "_uint64_double", "(uint, double) bool"), \
        OPERATOR(name, id "_uint64_int64", "(uint, int) bool"), OPERATOR(name, id "_double", "(double, double) bool"), \
        OPERATOR(name, id "_double_int64", "(double, int) bool"),                                                   \
        OPERATOR(name, id "_double_uint64", "(double, uint) bool"), OPERATOR(name, id "_string", "(string, string) bool"), \
        OPERATOR(name, id "_bytes", "(bytes, bytes) bool"),                                                         \
        OPERATOR(name, id "_timestamp", "(timestamp, timestamp) bool"),                                             \
        OPERATOR(name, id "_duration", "(duration, duration) bool")
#define CONVERSION(name, id, from, to, body) {name, id, "(" from ") " to, body, CEL_COST_STANDARD}
#define OPTIONAL(name, id, signature, body) {name, id, signature, body, CEL_COST_STANDARD}

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
    return strstr(id, "64_double") || strstr(id, "_int64_uint64") || strstr(id, "_uint64_int64") ||
           strstr(id, "_double_int64") || strstr(id, "_double_uint64");
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
