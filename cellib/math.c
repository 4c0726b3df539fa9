/* The extension library of numbers. Kubernetes has it not; other users of the language do. */
#include <math.h>

#include "cellib/inside.h"

static struct cel_value of_double(double d)
{
    return (struct cel_value){.kind = CEL_DOUBLE, .number = d};
}

static struct cel_value of_uint(uint64_t u)
{
    return (struct cel_value){.kind = CEL_UINT, .natural = u};
}

static struct cel_value extreme(struct cel_call *call, const struct cel_value *args)
{
    bool least = call->function->name[7] == 'i'; /* math.@min */
    bool list = strstr(call->function->id, "_list") != NULL;
    size_t n = list ? cel_size(&args[0]) : call->n;
    struct cel_value best = {0};
    int order;
    if (!n)
        return cel_error(call, "math.%s(list) argument must not be empty", least ? "@min" : "@max");
    for (size_t i = 0; i < n; i++) {
        struct cel_value v = list ? cel_list_at(call->arena, &args[0], i) : args[i];
        if (v.kind != CEL_INT && v.kind != CEL_UINT && v.kind != CEL_DOUBLE)
            return cel_error(call, "no such overload: math.%s", least ? "@min" : "@max");
        int r = i ? cel_order(&v, &best, &order) : 0;
        if (!i || (r == 0 && (least ? order < 0 : order > 0)))
            best = v;
    }
    return best;
}

static struct cel_value round_some(struct cel_call *call, const struct cel_value *args)
{
    double d = args[0].number;
    switch (call->function->name[5]) { /* math.ceil */
    case 'c':
        return of_double(ceil(d));
    case 'f':
        return of_double(floor(d));
    case 'r':
        return of_double(round(d));
    default:
        return of_double(trunc(d));
    }
}

static struct cel_value is_some(struct cel_call *call, const struct cel_value *args)
{
    double d = args[0].number;
    switch (call->function->name[7]) { /* math.isInf */
    case 'I':
        return cel_of_bool(isinf(d));
    case 'N':
        return cel_of_bool(isnan(d));
    default:
        return cel_of_bool(isfinite(d));
    }
}

static struct cel_value absolute(struct cel_call *call, const struct cel_value *args)
{
    if (args[0].kind == CEL_DOUBLE)
        return of_double(fabs(args[0].number));
    if (args[0].kind == CEL_UINT)
        return args[0];
    return args[0].integer == INT64_MIN ? cel_error(call, "integer overflow") : cel_of_int(args[0].integer < 0 ? -args[0].integer : args[0].integer);
}

static struct cel_value sign(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    if (args[0].kind == CEL_DOUBLE)
        return of_double(isnan(args[0].number) ? args[0].number : (args[0].number > 0) - (args[0].number < 0));
    if (args[0].kind == CEL_UINT)
        return of_uint(args[0].natural > 0);
    return cel_of_int((args[0].integer > 0) - (args[0].integer < 0));
}

static struct cel_value bits(struct cel_call *call, const struct cel_value *args)
{
    struct cel_value v = args[0];
    switch (call->function->name[8]) { /* math.bitAnd */
    case 'A':
        v.natural &= args[1].natural;
        break;
    case 'O':
        v.natural |= args[1].natural;
        break;
    case 'X':
        v.natural ^= args[1].natural;
        break;
    default:
        v.natural = ~v.natural;
    }
    return v;
}

static struct cel_value shift(struct cel_call *call, const struct cel_value *args)
{
    bool left = call->function->name[13] == 'L'; /* math.bitShiftLeft */
    struct cel_value v = args[0];
    int64_t by = args[1].integer;
    if (by < 0)
        return cel_error(call, "math.bitShift%s() negative offset: %lld", left ? "Left" : "Right", (long long)by);
    v.natural = by > 63 ? 0 : left ? v.natural << by : v.natural >> by;
    return v;
}

static struct cel_value square_root(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return of_double(sqrt(args[0].kind == CEL_DOUBLE ? args[0].number : args[0].kind == CEL_INT ? (double)args[0].integer : (double)args[0].natural));
}

#define EXTREME(name, id) \
    {name, id "_double", "(double) double", extreme, CEL_COST_ONE}, {name, id "_int", "(int) int", extreme, CEL_COST_ONE}, \
        {name, id "_uint", "(uint) uint", extreme, CEL_COST_ONE}, {name, id "_double_double", "(double, double) double", extreme, CEL_COST_ONE}, \
        {name, id "_int_int", "(int, int) int", extreme, CEL_COST_ONE}, {name, id "_uint_uint", "(uint, uint) uint", extreme, CEL_COST_ONE}, \
        {name, id "_int_uint", "(int, uint) dyn", extreme, CEL_COST_ONE}, {name, id "_int_double", "(int, double) dyn", extreme, CEL_COST_ONE}, \
        {name, id "_double_int", "(double, int) dyn", extreme, CEL_COST_ONE}, \
        {name, id "_double_uint", "(double, uint) dyn", extreme, CEL_COST_ONE}, {name, id "_uint_int", "(uint, int) dyn", extreme, CEL_COST_ONE}, \
        {name, id "_uint_double", "(uint, double) dyn", extreme, CEL_COST_ONE}, \
        {name, id "_list_double", "(list(double)) double", extreme, CEL_COST_WALK}, \
        {name, id "_list_int", "(list(int)) int", extreme, CEL_COST_WALK}, \
    { \
        name, id "_list_uint", "(list(uint)) uint", extreme, CEL_COST_WALK \
    }
#define ROUND(name) \
    { \
        "math." name, "math_" name "_double", "(double) double", round_some, CEL_COST_ONE \
    }
#define IS(name) \
    { \
        "math." name, "math_" name "_double", "(double) bool", is_some, CEL_COST_ONE \
    }
#define EACH(name, body) \
    {"math." name, "math_" name "_double", "(double) double", body, CEL_COST_ONE}, \
        {"math." name, "math_" name "_int", "(int) int", body, CEL_COST_ONE}, \
    { \
        "math." name, "math_" name "_uint", "(uint) uint", body, CEL_COST_ONE \
    }
#define BITS(name) \
    {"math." name, "math_" name "_int_int", "(int, int) int", bits, CEL_COST_ONE}, \
    { \
        "math." name, "math_" name "_uint_uint", "(uint, uint) uint", bits, CEL_COST_ONE \
    }
#define SHIFT(name) \
    {"math." name, "math_" name "_int_int", "(int, int) int", shift, CEL_COST_ONE}, \
    { \
        "math." name, "math_" name "_uint_int", "(uint, int) uint", shift, CEL_COST_ONE \
    }

const struct cel_function math_rows[] = {
    EXTREME("math.@min", "math_@min"),
    EXTREME("math.@max", "math_@max"),
    ROUND("ceil"),
    ROUND("floor"),
    ROUND("round"),
    ROUND("trunc"),
    IS("isInf"),
    IS("isNaN"),
    IS("isFinite"),
    EACH("abs", absolute),
    EACH("sign", sign),
    BITS("bitAnd"),
    BITS("bitOr"),
    BITS("bitXor"),
    {"math.bitNot", "math_bitNot_int_int", "(int) int", bits, CEL_COST_ONE},
    {"math.bitNot", "math_bitNot_uint_uint", "(uint) uint", bits, CEL_COST_ONE},
    SHIFT("bitShiftLeft"),
    SHIFT("bitShiftRight"),
    {"math.sqrt", "math_sqrt_double", "(double) double", square_root, CEL_COST_ONE},
    {"math.sqrt", "math_sqrt_int", "(int) double", square_root, CEL_COST_ONE},
    {"math.sqrt", "math_sqrt_uint", "(uint) double", square_root, CEL_COST_ONE},
};
const size_t n_math_rows = ARRAY_LEN(math_rows);
