/* Lists: Kubernetes' own functions, the extension library's, and sets. */
#include "cellib/inside.h"

static struct cel_value at(struct cel_call *call, const struct cel_value *list, size_t i)
{
    return cel_list_at(call->arena, list, i);
}

/* ── Kubernetes' ── */
static struct cel_value is_sorted(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value before, now;
    int order;
    for (size_t i = 0, n = cel_size(&args[0]); i < n; i++) {
        now = at(call, &args[0], i);
        if (i) {
            int r = cel_order(&before, &now, &order);
            if (r == 1)
                return cel_error(call, "no such overload");
            if (r == 0 && order > 0)
                return cel_of_bool(false);
        }
        before = now;
    }
    return cel_of_bool(true);
}

static bool add(struct cel_value *total, const struct cel_value *v)
{
    if (total->kind != v->kind)
        return false;
    switch (v->kind) {
    case CEL_INT:
    case CEL_DURATION:
        return !__builtin_add_overflow(total->integer, v->integer, &total->integer);
    case CEL_UINT:
        return !__builtin_add_overflow(total->natural, v->natural, &total->natural);
    case CEL_DOUBLE:
        total->number += v->number;
        return true;
    default:
        return false;
    }
}

static struct cel_value sum(struct cel_call *call, const struct cel_value *args)
{
    static const struct {
        const char *id;
        enum cel_kind kind;
    } empty[] = {{"list_uint", CEL_UINT}, {"list_double", CEL_DOUBLE}, {"list_duration", CEL_DURATION}};
    struct cel_value total = {.kind = CEL_INT};
    size_t n = cel_size(&args[0]);
    for (size_t k = 0; k < ARRAY_LEN(empty); k++)
        if (str_starts(str_of(call->function->id), str_of(empty[k].id)))
            total.kind = (uint8_t)empty[k].kind;
    for (size_t i = 0; i < n; i++) {
        struct cel_value item = at(call, &args[0], i);
        if (!i)
            total.kind = item.kind;
        if (!add(&total, &item))
            return cel_error(call, total.kind != item.kind || item.kind > CEL_DURATION || item.kind < CEL_INT ? "no such overload"
                                   : item.kind == CEL_UINT                                                    ? "unsigned integer overflow"
                                                                                                              : "integer overflow");
    }
    return total;
}

static struct cel_value extreme(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value best = {0};
    bool least = call->function->name[1] == 'i';
    size_t n = cel_size(&args[0]);
    int order;
    if (!n)
        return cel_error(call, "%s called on empty list", call->function->name);
    for (size_t i = 0; i < n; i++) {
        struct cel_value item = at(call, &args[0], i);
        int r = i ? cel_order(&item, &best, &order) : 0;
        if (r == 1)
            return cel_error(call, "no such overload");
        if (!i || (r == 0 && (least ? order < 0 : order > 0)))
            best = item;
    }
    return best;
}

static struct cel_value index_of(struct cel_call *call, const struct cel_value *args)
{
    size_t n = cel_size(&args[0]);
    bool last = call->function->name[0] == 'l';
    for (size_t i = 0; i < n; i++) {
        struct cel_value item = at(call, &args[0], last ? n - 1 - i : i);
        if (cel_equal(call->arena, &item, &args[1]))
            return cel_of_int((int64_t)(last ? n - 1 - i : i));
    }
    return cel_of_int(-1);
}

static struct cel_value includes(struct cel_call *call, const struct cel_value *args)
{
    return cel_of_bool(index_of(call, args).integer >= 0);
}

#define EACH_ORDERED(name, suffix, result_int, result_uint, result_double, result_bool, result_duration, result_time, result_text, result_bytes, \
                     body) \
    {name, "list_int_" suffix, "list(int).() " result_int, body, CEL_COST_WALK}, \
        {name, "list_uint_" suffix, "list(uint).() " result_uint, body, CEL_COST_WALK}, \
        {name, "list_double_" suffix, "list(double).() " result_double, body, CEL_COST_WALK}, \
        {name, "list_bool_" suffix, "list(bool).() " result_bool, body, CEL_COST_WALK}, \
        {name, "list_duration_" suffix, "list(duration).() " result_duration, body, CEL_COST_WALK}, \
        {name, "list_timestamp_" suffix, "list(timestamp).() " result_time, body, CEL_COST_WALK}, \
        {name, "list_string_" suffix, "list(string).() " result_text, body, CEL_COST_WALK}, \
    { \
        name, "list_bytes_" suffix, "list(bytes).() " result_bytes, body, CEL_COST_WALK \
    }

const struct cel_function lists_rows[] = {
    EACH_ORDERED("isSorted", "is_sorted_bool", "bool", "bool", "bool", "bool", "bool", "bool", "bool", "bool", is_sorted),
    {"sum", "list_int_sum_int", "list(int).() int", sum, CEL_COST_WALK},
    {"sum", "list_uint_sum_uint", "list(uint).() uint", sum, CEL_COST_WALK},
    {"sum", "list_double_sum_double", "list(double).() double", sum, CEL_COST_WALK},
    {"sum", "list_duration_sum_duration", "list(duration).() duration", sum, CEL_COST_WALK},
    EACH_ORDERED("max", "max", "int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes", extreme),
    EACH_ORDERED("min", "min", "int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes", extreme),
    {"indexOf", "list_a_index_of_int", "list(A).(A) int", index_of, CEL_COST_WALK},
    {"lastIndexOf", "list_a_last_index_of_int", "list(A).(A) int", index_of, CEL_COST_WALK},
};
const size_t n_lists_rows = ARRAY_LEN(lists_rows);
const struct cel_function lists_newest_rows[] = {
    {"includes", "list_a_includes_bool", "list(A).(A) bool", includes, CEL_COST_WALK},
};
const size_t n_lists_newest_rows = ARRAY_LEN(lists_newest_rows);

/* ── the extension library's ── */
static struct cel_value slice(struct cel_call *call, const struct cel_value *args)
{
    int64_t start = args[1].integer, end = args[2].integer;
    size_t n = cel_size(&args[0]);
    if (start < 0 || end < 0)
        return cel_error(call, "cannot slice(%lld, %lld), negative indexes not supported", (long long)start, (long long)end);
    if (start > end)
        return cel_error(call, "cannot slice(%lld, %lld), start index must be less than or equal to end index", (long long)start, (long long)end);
    if ((uint64_t)end > n)
        return cel_error(call, "cannot slice(%lld, %lld), list is length %zu", (long long)start, (long long)end, n);
    struct cel_value *items = arena_alloc(call->arena, ((size_t)(end - start) + 1) * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (int64_t i = start; i < end; i++)
        items[i - start] = at(call, &args[0], (size_t)i);
    return cel_make_list(call->arena, items, (size_t)(end - start));
}

struct items {
    VEC(struct cel_value) v;
};

static int flatten_into(struct cel_call *call, const struct cel_value *list, int64_t depth, struct items *out)
{
    for (size_t i = 0, n = cel_size(list); i < n; i++) {
        struct cel_value item = at(call, list, i), *slot;
        if (item.kind == CEL_LIST && depth > 0) {
            int r = flatten_into(call, &item, depth - 1, out);
            if (r < 0)
                return r;
            continue;
        }
        slot = out->v.n < 4000000 ? VEC_ADD(&out->v) : NULL;
        if (!slot)
            return -ENOMEM;
        *slot = item;
    }
    return 0;
}

static struct cel_value flatten(struct cel_call *call, const struct cel_value *args)
{
    struct items out = {0};
    int64_t depth = call->n > 1 ? args[1].integer : 1;
    if (depth < 0)
        return cel_error(call, "level must be non-negative");
    int r = flatten_into(call, &args[0], MIN(depth, (int64_t)200), &out);
    struct cel_value v = r < 0 ? cel_no_memory : cel_make_list(call->arena, out.v.p, out.v.n);
    VEC_DONE(&out.v);
    return v;
}

static struct cel_value range(struct cel_call *call, const struct cel_value *args)
{
    int64_t n = args[0].integer;
    if (n > 1000000)
        return cel_error(call, "lists.range() is limited to 1000000 items");
    struct cel_value *items = arena_alloc(call->arena, ((size_t)MAX(n, (int64_t)0) + 1) * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (int64_t i = 0; i < n; i++)
        items[i] = cel_of_int(i);
    return cel_make_list(call->arena, items, (size_t)MAX(n, (int64_t)0));
}

static struct cel_value reverse(struct cel_call *call, const struct cel_value *args)
{
    size_t n = cel_size(&args[0]);
    struct cel_value *items = arena_alloc(call->arena, (n + 1) * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (size_t i = 0; i < n; i++)
        items[n - 1 - i] = at(call, &args[0], i);
    return cel_make_list(call->arena, items, n);
}

static struct cel_value distinct(struct cel_call *call, const struct cel_value *args)
{
    size_t n = cel_size(&args[0]), kept_n = 0;
    struct cel_value *items = arena_alloc(call->arena, (n + 1) * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (size_t i = 0, k; i < n; i++) {
        items[kept_n] = at(call, &args[0], i);
        for (k = 0; k < kept_n && !cel_equal(call->arena, &items[k], &items[kept_n]); k++)
            ;
        kept_n += k == kept_n;
    }
    return cel_make_list(call->arena, items, kept_n);
}

struct sorted {
    struct cel_value key;
    size_t at;
};

static int sorted_order(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    int order = 0;
    cel_order(&a->key, &b->key, &order);
    return order ? order : a->at < b->at ? -1 : 1;
}

static struct cel_value sort(struct cel_call *call, const struct cel_value *args)
{
    bool by = call->function->name[0] == '@';
    size_t n = cel_size(&args[0]);
    struct sorted *s = arena_alloc(call->arena, (n + 1) * sizeof(*s));
    struct cel_value *items = arena_alloc(call->arena, (n + 1) * sizeof(*items));
    int order;
    if (!s || !items)
        return cel_no_memory;
    if (by && cel_size(&args[1]) != n)
        return cel_error(call, "@sortByAssociatedKeys() expected a list of the same size as the associated keys list");
    for (size_t i = 0; i < n; i++) {
        s[i] = (struct sorted){at(call, &args[by ? 1 : 0], i), i};
        if (cel_order(&s[i].key, &s[i].key, &order) == 1)
            return cel_error(call, "list elements must be comparable");
        if (s[i].key.kind != s[0].key.kind)
            return cel_error(call, "list elements must have the same type");
    }
    if (n)
        qsort(s, n, sizeof(*s), sorted_order);
    for (size_t i = 0; i < n; i++)
        items[i] = at(call, &args[0], s[i].at);
    return cel_make_list(call->arena, items, n);
}

#define SORTED(kind) \
    {"sort", "list_" kind "_sort", "list(" kind ").() list(" kind ")", sort, CEL_COST_SORT}, \
    { \
        "@sortByAssociatedKeys", "list_" kind "_sortByAssociatedKeys", "list(A).(list(" kind ")) list(A)", sort, CEL_COST_SORT \
    }
const struct cel_function lists_ext_rows[] = {
    {"slice", "list_slice", "list(A).(int, int) list(A)", slice, CEL_COST_LIST},
    {"flatten", "list_flatten", "list(list(A)).() list(A)", flatten, CEL_COST_LIST},
    {"flatten", "list_flatten_int", "list(dyn).(int) list(dyn)", flatten, CEL_COST_LIST},
    {"lists.range", "lists_range", "(int) list(int)", range, CEL_COST_RANGE},
    {"distinct", "list_distinct", "list(A).() list(A)", distinct, CEL_COST_SORT},
    {"reverse", "list_reverse", "list(A).() list(A)", reverse, CEL_COST_LIST},
    SORTED("int"),
    SORTED("uint"),
    SORTED("double"),
    SORTED("bool"),
    SORTED("duration"),
    SORTED("timestamp"),
    SORTED("string"),
    SORTED("bytes"),
};
const size_t n_lists_ext_rows = ARRAY_LEN(lists_ext_rows);

/* ── sets ── */
static bool has(struct cel_call *call, const struct cel_value *list, const struct cel_value *v)
{
    for (size_t i = 0, n = cel_size(list); i < n; i++) {
        struct cel_value item = at(call, list, i);
        if (cel_equal(call->arena, &item, v))
            return true;
    }
    return false;
}

static bool covers(struct cel_call *call, const struct cel_value *x, const struct cel_value *y)
{
    for (size_t i = 0, n = cel_size(y); i < n; i++) {
        struct cel_value item = at(call, y, i);
        if (!has(call, x, &item))
            return false;
    }
    return true;
}

static struct cel_value sets_contains(struct cel_call *call, const struct cel_value *args)
{
    return cel_of_bool(covers(call, &args[0], &args[1]));
}

static struct cel_value sets_equivalent(struct cel_call *call, const struct cel_value *args)
{
    return cel_of_bool(covers(call, &args[0], &args[1]) && covers(call, &args[1], &args[0]));
}

static struct cel_value sets_intersects(struct cel_call *call, const struct cel_value *args)
{
    for (size_t i = 0, n = cel_size(&args[0]); i < n; i++) {
        struct cel_value item = at(call, &args[0], i);
        if (has(call, &args[1], &item))
            return cel_of_bool(true);
    }
    return cel_of_bool(false);
}

const struct cel_function sets_rows[] = {
    {"sets.contains", "list_sets_contains_list", "(list(A), list(A)) bool", sets_contains, CEL_COST_SETS},
    {"sets.equivalent", "list_sets_equivalent_list", "(list(A), list(A)) bool", sets_equivalent, CEL_COST_SETS},
    {"sets.intersects", "list_sets_intersects_list", "(list(A), list(A)) bool", sets_intersects, CEL_COST_SETS},
};
const size_t n_sets_rows = ARRAY_LEN(sets_rows);
