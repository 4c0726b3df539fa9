/* Semantic versions (semver.org 2.0.0). */
#include "cellib/inside.h"

struct version {
    struct cel_opaque opaque;
    uint64_t numbers[3];
    struct str before; /* 1.0.0-rc.1: rc.1 */
    struct str build;  /* takes no part in comparing */
};

const struct cel_type cellib_semver_type = {.kind = CEL_OPAQUE, .name = STR_INIT("kubernetes.Semver"), .max_size = CEL_SIZE_UNKNOWN};

static const struct version *version_of(const struct cel_opaque *o)
{
    return (const struct version *)(const void *)o;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static int order_of(bool less, bool more)
{
    return less ? -1 : more;
}

static int number_order(struct str x, struct str y)
{
    uint64_t a, b;
    if (x.n != y.n) /* they have no leading zeros */
        return order_of(x.n < y.n, true);
    return str_to_uint(x, &a) == 0 && str_to_uint(y, &b) == 0 ? order_of(a<b, a> b) : str_cmp(x, y);
}

static int before_order(struct str x, struct str y)
{
    struct str a, b;
    if (!x.n || !y.n)
        return !x.n - !y.n; /* a release comes behind what led to it */
    for (;;) {
        bool in_x = str_next(&x, '.', &a), in_y = str_next(&y, '.', &b);
        if (!in_x || !in_y)
            return in_x - in_y;
        bool number_a = all_digits(a), number_b = all_digits(b);
        int order = number_a != number_b ? (number_a ? -1 : 1) : number_a ? number_order(a, b) : str_cmp(a, b);
        if (order)
            return order < 0 ? -1 : 1;
    }
}

static int version_order(const struct version *x, const struct version *y)
{
    for (size_t i = 0; i < 3; i++)
        if (x->numbers[i] != y->numbers[i])
            return x->numbers[i] < y->numbers[i] ? -1 : 1;
    return before_order(x->before, y->before);
}

static bool version_equal(const struct cel_opaque *x, const struct cel_opaque *y)
{
    return version_order(version_of(x), version_of(y)) == 0;
}

static void version_print(const struct cel_opaque *o, struct buf *out)
{
    const struct version *v = version_of(o);
    buf_fmt(out, "%llu.%llu.%llu", (unsigned long long)v->numbers[0], (unsigned long long)v->numbers[1], (unsigned long long)v->numbers[2]);
    if (v->before.n)
        buf_fmt(out, "-%.*s", STR_FMT(v->before));
    if (v->build.n)
        buf_fmt(out, "+%.*s", STR_FMT(v->build));
}

static const struct cel_class version_class = {.type = &cellib_semver_type, .equal = version_equal, .equal_cost = 1, .print = version_print};

static bool identifiers(struct str s, bool numbers_plain)
{
    struct str id;
    while (str_next(&s, '.', &id)) {
        if (!id.n || (numbers_plain && all_digits(id) && id.n > 1 && id.p[0] == '0'))
            return false;
        for (size_t i = 0; i < id.n; i++) {
            char c = id.p[i];
            if (!(c == '-' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
                return false;
        }
    }
    return true;
}

static bool version_parse(struct str s, struct version *v)
{
    struct str rest = s, piece;
    *v = (struct version){.opaque = {&version_class}};
    bool build = str_cut(s, '+', &s, &v->build);
    bool before = str_cut(s, '-', &rest, &v->before);
    if ((build && (!v->build.n || !identifiers(v->build, false))) || (before && (!v->before.n || !identifiers(v->before, true))))
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!str_next(&rest, '.', &piece) || !all_digits(piece) || (piece.n > 1 && piece.p[0] == '0') || str_to_uint(piece, &v->numbers[i]) < 0)
            return false;
    return !str_next(&rest, '.', &piece);
}

/* "v01.2" → "1.2.0": a leading v and zeros go, missing numbers come. */
static bool normalize(struct arena *a, struct str s, struct str *out)
{
    struct str parts[3];
    size_t n = 0;
    if (str_starts(s, STR("v")))
        s = str_from(s, 1);
    struct str rest;
    for (; n < 2 && str_cut(s, '.', &parts[n], &rest); n++)
        s = rest;
    parts[n++] = s;
    for (size_t i = 0; i < n; i++)
        while (parts[i].n > 1 && parts[i].p[0] == '0' && parts[i].p[1] >= '0' && parts[i].p[1] <= '9')
            parts[i] = str_from(parts[i], 1);
    if (n < 3 &&
        (memchr(parts[n - 1].p ? parts[n - 1].p : "", '+', parts[n - 1].n) || memchr(parts[n - 1].p ? parts[n - 1].p : "", '-', parts[n - 1].n)))
        return false;
    while (n < 3)
        parts[n++] = STR("0");
    *out = arena_fmt(a, "%.*s.%.*s.%.*s", STR_FMT(parts[0]), STR_FMT(parts[1]), STR_FMT(parts[2]));
    return out->p != NULL;
}

static bool read_args(struct cel_call *call, const struct cel_value *args, struct version *v)
{
    struct str s = args[0].text;
    if (call->n > 1 && args[1].boolean && !normalize(call->arena, s, &s))
        return false;
    return version_parse(s, v);
}

struct cel_value cellib_make_semver(struct arena *a, struct str text)
{
    struct version v, *kept_v;
    if (!version_parse(text, &v))
        return (struct cel_value){.kind = CEL_ERROR, .text = STR("invalid semantic version")};
    kept_v = arena_alloc(a, sizeof(*kept_v));
    if (!kept_v)
        return cel_no_memory;
    *kept_v = v;
    return value_opaque(&kept_v->opaque);
}

static struct cel_value parse(struct cel_call *call, const struct cel_value *args)
{
    struct version v, *kept_v;
    if (!read_args(call, args, &v))
        return cel_error(call, "\"%.*s\" is no semantic version", (int)MIN(args[0].text.n, (size_t)200), args[0].text.p);
    kept_v = arena_alloc(call->arena, sizeof(*kept_v));
    if (!kept_v)
        return cel_no_memory;
    *kept_v = v;
    return value_opaque(&kept_v->opaque);
}

static struct cel_value is_semver(struct cel_call *call, const struct cel_value *args)
{
    struct version v;
    return cel_of_bool(read_args(call, args, &v));
}

static struct cel_value number(struct cel_call *call, const struct cel_value *args)
{
    size_t i = call->function->name[1] == 'a' ? (call->function->name[0] == 'm' ? 0 : 2) : 1;
    return cel_of_int((int64_t)version_of(args[0].opaque)->numbers[i]);
}

static struct cel_value compare(struct cel_call *call, const struct cel_value *args)
{
    int order = version_order(version_of(args[0].opaque), version_of(args[1].opaque));
    if (call->function->name[0] == 'c')
        return cel_of_int(order);
    return cel_of_bool(call->function->name[2] == 'G' ? order > 0 : order < 0);
}

#define SEMVER "kubernetes.Semver"
const struct cel_function semver_rows[] = {
    {"semver", "string_to_semver", "(string) " SEMVER, parse, CEL_COST_TEXT},
    {"semver", "string_bool_to_semver", "(string, bool) " SEMVER, parse, CEL_COST_TEXT},
    {"isSemver", "is_semver_string", "(string) bool", is_semver, CEL_COST_TEXT},
    {"isSemver", "is_semver_string_bool", "(string, bool) bool", is_semver, CEL_COST_TEXT},
    {"isGreaterThan", "semver_is_greater_than", SEMVER ".(" SEMVER ") bool", compare, CEL_COST_ONE},
    {"isLessThan", "semver_is_less_than", SEMVER ".(" SEMVER ") bool", compare, CEL_COST_ONE},
    {"compareTo", "semver_compare_to", SEMVER ".(" SEMVER ") int", compare, CEL_COST_ONE},
    {"major", "semver_major", SEMVER ".() int", number, CEL_COST_ONE},
    {"minor", "semver_minor", SEMVER ".() int", number, CEL_COST_ONE},
    {"patch", "semver_patch", SEMVER ".() int", number, CEL_COST_ONE},
};
const size_t n_semver_rows = ARRAY_LEN(semver_rows);
