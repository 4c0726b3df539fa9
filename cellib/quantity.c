/* Quantities (resource.Quantity) and semantic versions. */
#include "cellib/inside.h"
#include "object/object.h"

__extension__ typedef __int128 wide;

struct quantity_value {
    struct cel_opaque opaque;
    struct quantity q;
};

const struct cel_type cellib_quantity_type = {.kind = CEL_OPAQUE, .name = STR_INIT("kubernetes.Quantity"), .max_size = CEL_SIZE_UNKNOWN};

static struct quantity of(const struct cel_value *v)
{
    return ((const struct quantity_value *)(const void *)v->opaque)->q;
}

static bool quantity_equal(const struct cel_opaque *x, const struct cel_opaque *y)
{
    return quantity_cmp(((const struct quantity_value *)(const void *)x)->q, ((const struct quantity_value *)(const void *)y)->q) == 0;
}

static void quantity_text(const struct cel_opaque *x, struct buf *out)
{
    quantity_print(((const struct quantity_value *)(const void *)x)->q, out);
}

static const struct cel_class quantity_class = {.type = &cellib_quantity_type, .equal = quantity_equal, .equal_cost = 1, .print = quantity_text};

static struct cel_value make(struct arena *a, struct quantity q)
{
    struct quantity_value *v = arena_alloc(a, sizeof(*v));
    if (!v)
        return cel_no_memory;
    *v = (struct quantity_value){{&quantity_class}, q};
    return value_opaque(&v->opaque);
}

struct cel_value cellib_make_quantity(struct arena *a, struct str text)
{
    struct quantity q;
    if (quantity_parse(text, &q) < 0)
        return (struct cel_value){.kind = CEL_ERROR,
                                  .text = STR("quantities must match the regular expression "
                                              "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")};
    return make(a, q);
}

static struct cel_value parse(struct cel_call *call, const struct cel_value *args)
{
    return cellib_make_quantity(call->arena, args[0].text);
}

static struct cel_value is_quantity(struct cel_call *call, const struct cel_value *args)
{
    struct quantity q;
    (void)call;
    return cel_of_bool(quantity_parse(args[0].text, &q) == 0);
}

static struct cel_value sign(struct cel_call *call, const struct cel_value *args)
{
    wide n = of(&args[0]).nano;
    (void)call;
    return cel_of_int(n < 0 ? -1 : n > 0);
}

static struct cel_value greater(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(quantity_cmp(of(&args[0]), of(&args[1])) > 0);
}

static struct cel_value less(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(quantity_cmp(of(&args[0]), of(&args[1])) < 0);
}

static struct cel_value compare(struct cel_call *call, const struct cel_value *args)
{
    int order = quantity_cmp(of(&args[0]), of(&args[1]));
    (void)call;
    return cel_of_int(order < 0 ? -1 : order > 0);
}

static bool whole(struct quantity q, int64_t *out)
{
    wide n = q.nano / 1000000000;
    if (q.nano % 1000000000 || n > INT64_MAX || n < INT64_MIN)
        return false;
    *out = (int64_t)n;
    return true;
}

static struct cel_value as_integer(struct cel_call *call, const struct cel_value *args)
{
    int64_t n;
    return whole(of(&args[0]), &n) ? cel_of_int(n) : cel_error(call, "cannot convert value to integer");
}

static struct cel_value is_integer(struct cel_call *call, const struct cel_value *args)
{
    int64_t n;
    (void)call;
    return cel_of_bool(whole(of(&args[0]), &n));
}

static struct cel_value as_float(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return (struct cel_value){.kind = CEL_DOUBLE, .number = (double)of(&args[0]).nano / 1e9};
}

static struct cel_value add(struct cel_call *call, const struct cel_value *args)
{
    struct quantity q = of(&args[0]);
    wide other = args[1].kind == CEL_INT ? (wide)args[1].integer * 1000000000 : of(&args[1]).nano, sum;
    bool over = call->function->name[0] == 's' ? __builtin_sub_overflow(q.nano, other, &sum) : __builtin_add_overflow(q.nano, other, &sum);
    if (over)
        return cel_error(call, "quantity overflow");
    if (!q.nano && args[1].kind != CEL_INT)
        q.format = of(&args[1]).format; /* nothing takes the other's format */
    q.nano = sum;
    return make(call->arena, q);
}

#define QUANTITY "kubernetes.Quantity"
const struct cel_function quantity_rows[] = {
    {"quantity", "string_to_quantity", "(string) " QUANTITY, parse, CEL_COST_TEXT},
    {"isQuantity", "is_quantity_string", "(string) bool", is_quantity, CEL_COST_TEXT},
    {"sign", "quantity_sign", QUANTITY ".() int", sign, CEL_COST_ONE},
    {"isGreaterThan", "quantity_is_greater_than", QUANTITY ".(" QUANTITY ") bool", greater, CEL_COST_ONE},
    {"isLessThan", "quantity_is_less_than", QUANTITY ".(" QUANTITY ") bool", less, CEL_COST_ONE},
    {"compareTo", "quantity_compare_to", QUANTITY ".(" QUANTITY ") int", compare, CEL_COST_ONE},
    {"asApproximateFloat", "quantity_get_float", QUANTITY ".() double", as_float, CEL_COST_ONE},
    {"asInteger", "quantity_get_int", QUANTITY ".() int", as_integer, CEL_COST_ONE},
    {"isInteger", "quantity_is_integer", QUANTITY ".() bool", is_integer, CEL_COST_ONE},
    {"add", "quantity_add", QUANTITY ".(" QUANTITY ") " QUANTITY, add, CEL_COST_ONE},
    {"add", "quantity_add_int", QUANTITY ".(int) " QUANTITY, add, CEL_COST_ONE},
    {"sub", "quantity_sub", QUANTITY ".(" QUANTITY ") " QUANTITY, add, CEL_COST_ONE},
    {"sub", "quantity_sub_int", QUANTITY ".(int) " QUANTITY, add, CEL_COST_ONE},
};
const size_t n_quantity_rows = ARRAY_LEN(quantity_rows);
