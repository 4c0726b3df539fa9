/* Macros: calls that stand for loops. Each expansion is the one of cel-go, so that types, errors and costs come out
 * the same; only the variables that cel-go makes twice (optMap's receiver) are made once here. */
#include "cel/inside.h"

#define ACCU STR("@result")

struct node *node_make(struct compile *c, enum node_kind kind, uint32_t at)
{
    if (c->r < 0)
        return NULL;
    if (++c->nodes > c->limits.nodes_max) {
        if (c->nodes == c->limits.nodes_max + 1)
            issue_add(c, UINT32_MAX, "expression has more than %u nodes", c->limits.nodes_max);
        return NULL;
    }
    struct node *n = arena_alloc(c->arena, sizeof(*n));
    if (!n) {
        c->r = -ENOMEM;
        return NULL;
    }
    n->kind = (uint8_t)kind;
    n->at = at;
    return n;
}

struct node *make_ident(struct compile *c, uint32_t at, struct str name)
{
    struct node *n = node_make(c, NODE_IDENT, at);
    if (n)
        n->ident.name = name;
    return n;
}

struct node *make_const(struct compile *c, uint32_t at, struct cel_value v)
{
    struct node *n = node_make(c, NODE_CONST, at);
    if (n)
        n->constant = v;
    return n;
}

static struct node **keep(struct compile *c, struct node *const *list, uint32_t n)
{
    struct node **kept = arena_alloc(c->arena, MAX(n, 1u) * sizeof(*kept));
    if (!kept) {
        c->r = -ENOMEM;
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!list[i])
            return NULL;
        kept[i] = list[i];
    }
    return kept;
}

static struct node *make_named(struct compile *c, uint32_t at, enum op op, struct str name, struct node *const *args, uint32_t n)
{
    struct node **kept = keep(c, args, n);
    struct node *call = kept ? node_make(c, NODE_CALL, at) : NULL;
    if (!call)
        return NULL;
    call->op = (uint8_t)op;
    call->call.name = name;
    call->call.args = kept;
    call->call.n = n;
    return call;
}

struct node *make_call(struct compile *c, uint32_t at, enum op op, struct node *const *args, uint32_t n)
{
    return make_named(c, at, op, str_of(op_names[op]), args, n);
}

struct node *make_list(struct compile *c, uint32_t at, struct node *const *items, uint32_t n)
{
    struct node **kept = keep(c, items, n);
    struct node *list = kept ? node_make(c, NODE_LIST, at) : NULL;
    if (!list)
        return NULL;
    list->list.items = kept;
    list->list.n = n;
    return list;
}

static struct node *make_member(struct compile *c, uint32_t at, struct str name, struct node *target)
{
    struct node *call = target ? make_named(c, at, OP_CALL, name, NULL, 0) : NULL;
    if (!call)
        return NULL;
    call->call.target = target;
    call->call.member = true;
    return call;
}

/* ── the parts of an expansion; each is NULL when a part of its own was ── */
struct expansion {
    struct compile *c;
    struct node *call; /* as written */
    uint32_t at;
    struct str iter, iter2;
};

static struct node *accu(struct expansion *x)
{
    return make_ident(x->c, x->at, ACCU);
}

static struct node *constant(struct expansion *x, struct cel_value v)
{
    return make_const(x->c, x->at, v);
}

static struct node *one(struct expansion *x, enum op op, struct node *a)
{
    return make_call(x->c, x->at, op, &a, 1);
}

static struct node *two(struct expansion *x, enum op op, struct node *a, struct node *b)
{
    struct node *args[2] = {a, b};
    return make_call(x->c, x->at, op, args, 2);
}

static struct node *three(struct expansion *x, struct node *a, struct node *b, struct node *d)
{
    struct node *args[3] = {a, b, d};
    return make_call(x->c, x->at, OP_COND, args, 3);
}

static struct node *refuse(struct expansion *x, const struct node *where, const char *why)
{
    issue_add(x->c, where->at, "%s", why);
    return NULL;
}

static struct node *loop(struct expansion *x, struct node *init, struct node *cond, struct node *step, struct node *result)
{
    struct node *n = init && cond && step && result ? node_make(x->c, NODE_LOOP, x->at) : NULL;
    if (!n)
        return NULL;
    n->loop.iter = x->iter;
    n->loop.iter2 = x->iter2;
    n->loop.accu = ACCU;
    n->loop.range = x->call->call.target;
    n->loop.init = init;
    n->loop.cond = cond;
    n->loop.step = step;
    n->loop.result = result;
    return n;
}

static struct node *bind(struct expansion *x, struct str name, struct node *init, struct node *result, bool hidden)
{
    struct node *n = init && result ? node_make(x->c, NODE_LOOP, x->at) : NULL;
    if (!n)
        return NULL;
    n->loop.accu = name;
    n->loop.init = init;
    n->loop.result = result;
    n->loop.bind = true;
    n->loop.hidden = hidden;
    return n;
}

/* The loop's variables: the first one or two arguments. */
static bool variables(struct expansion *x, unsigned n, const char *why)
{
    struct node *const *args = x->call->call.args;
    for (unsigned i = 0; i < n; i++) {
        if (args[i]->kind != NODE_IDENT) {
            refuse(x, args[i], why);
            return false;
        }
        if (str_is(args[i]->ident.name, "__result__") || str_eq(args[i]->ident.name, ACCU)) {
            refuse(x, args[i], "iteration variable overwrites accumulator variable");
            return false;
        }
    }
    x->iter = args[0]->ident.name;
    if (n == 2) {
        x->iter2 = args[1]->ident.name;
        if (str_eq(x->iter, x->iter2)) {
            issue_add(x->c, args[1]->at, "duplicate variable name: %.*s", STR_FMT(x->iter));
            return false;
        }
    }
    return true;
}

#define NAME_WANTED "argument must be a simple name"

static struct node *last(const struct expansion *x)
{
    return x->call->call.args[x->call->call.n - 1];
}

/* ── the macros ── */
static struct node *macro_has(struct expansion *x)
{
    struct node *of = x->call->call.args[0];
    if (of->kind != NODE_SELECT || of->test)
        return refuse(x, of, "invalid argument to has() macro");
    struct node *n = node_make(x->c, NODE_SELECT, x->at);
    if (!n)
        return NULL;
    n->test = true;
    n->select.of = of->select.of;
    n->select.field = of->select.field;
    return n;
}

static struct node *macro_all(struct expansion *x)
{
    if (!variables(x, x->call->call.n - 1, NAME_WANTED))
        return NULL;
    return loop(x, constant(x, cel_of_bool(true)), one(x, OP_NOT_FALSE, accu(x)), two(x, OP_AND, accu(x), last(x)), accu(x));
}

static struct node *macro_exists(struct expansion *x)
{
    if (!variables(x, x->call->call.n - 1, NAME_WANTED))
        return NULL;
    return loop(x, constant(x, cel_of_bool(false)), one(x, OP_NOT_FALSE, one(x, OP_NOT, accu(x))), two(x, OP_OR, accu(x), last(x)), accu(x));
}

static struct node *macro_exists_one(struct expansion *x)
{
    if (!variables(x, x->call->call.n - 1, NAME_WANTED))
        return NULL;
    struct node *more = two(x, OP_ADD, accu(x), constant(x, cel_of_int(1)));
    return loop(x, constant(x, cel_of_int(0)), constant(x, cel_of_bool(true)), three(x, last(x), more, accu(x)),
                two(x, OP_EQ, accu(x), constant(x, cel_of_int(1))));
}

/* accu + [item], for those that `filter` lets through. */
static struct node *collect(struct expansion *x, struct node *filter, struct node *item)
{
    struct node *step = two(x, OP_ADD, accu(x), make_list(x->c, x->at, &item, 1));
    if (filter)
        step = three(x, filter, step, accu(x));
    return loop(x, make_list(x->c, x->at, NULL, 0), constant(x, cel_of_bool(true)), step, accu(x));
}

static struct node *macro_map(struct expansion *x)
{
    if (!variables(x, 1, "argument is not an identifier"))
        return NULL;
    return collect(x, x->call->call.n == 3 ? x->call->call.args[1] : NULL, last(x));
}

static struct node *macro_filter(struct expansion *x)
{
    if (!variables(x, 1, "argument is not an identifier"))
        return NULL;
    return collect(x, last(x), x->call->call.args[0]);
}

static struct node *filter_of_two(const struct expansion *x)
{
    return x->call->call.n == 4 ? x->call->call.args[2] : NULL;
}

static struct node *macro_transform_list(struct expansion *x)
{
    return variables(x, 2, NAME_WANTED) ? collect(x, filter_of_two(x), last(x)) : NULL;
}

static struct node *insert(struct expansion *x, struct node *const *args, uint32_t n)
{
    struct node *empty = node_make(x->c, NODE_MAP, x->at);
    struct node *step = make_named(x->c, x->at, OP_CALL, STR("cel.@mapInsert"), args, n);
    if (filter_of_two(x))
        step = three(x, filter_of_two(x), step, accu(x));
    return loop(x, empty, constant(x, cel_of_bool(true)), step, accu(x));
}

static struct node *macro_transform_map(struct expansion *x)
{
    if (!variables(x, 2, NAME_WANTED))
        return NULL;
    struct node *args[3] = {accu(x), make_ident(x->c, x->at, x->iter), last(x)};
    return insert(x, args, 3);
}

static struct node *macro_transform_entry(struct expansion *x)
{
    if (!variables(x, 2, NAME_WANTED))
        return NULL;
    struct node *args[2] = {accu(x), last(x)};
    return insert(x, args, 2);
}

static struct node *opt_map(struct expansion *x, const char *why, bool flat)
{
    struct node *name = x->call->call.args[0];
    struct str hidden = STR("@optional");
    if (name->kind != NODE_IDENT)
        return refuse(x, name, why);
    struct node *has = make_member(x->c, x->at, STR("hasValue"), make_ident(x->c, x->at, hidden));
    struct node *value = make_member(x->c, x->at, STR("value"), make_ident(x->c, x->at, hidden));
    struct node *mapped = bind(x, name->ident.name, value, x->call->call.args[1], false);
    if (!flat && mapped)
        mapped = make_named(x->c, x->at, OP_CALL, STR("optional.of"), &mapped, 1);
    struct node *none = make_named(x->c, x->at, OP_CALL, STR("optional.none"), NULL, 0);
    return bind(x, hidden, x->call->call.target, three(x, has, mapped, none), true);
}

static struct node *macro_opt_map(struct expansion *x)
{
    return opt_map(x, "optMap() variable name must be a simple identifier", false);
}

static struct node *macro_opt_flat_map(struct expansion *x)
{
    return opt_map(x, "optFlatMap() variable name must be a simple identifier", true);
}

static bool target_is(const struct expansion *x, const char *name)
{
    const struct node *t = x->call->call.target;
    return t->kind == NODE_IDENT && str_is(t->ident.name, name);
}

static struct node *macro_bind(struct expansion *x)
{
    struct node **args = x->call->call.args;
    if (!target_is(x, "cel"))
        return x->call;
    if (args[0]->kind != NODE_IDENT)
        return refuse(x, args[0], "cel.bind() variable names must be simple identifiers");
    return bind(x, args[0]->ident.name, args[1], args[2], false);
}

/* cel.block([a, b], c): a and b are bound to @index0 and @index1, which cel.index(0) names. */
static struct node *macro_block(struct expansion *x)
{
    struct node **args = x->call->call.args, *n = args[1];
    if (!target_is(x, "cel"))
        return x->call;
    if (args[0]->kind != NODE_LIST)
        return refuse(x, args[0], "cel.block() requires a list literal");
    for (uint32_t i = args[0]->list.n; i && n; i--) {
        struct str name = arena_fmt(x->c->arena, "@index%u", i - 1);
        n = name.p ? bind(x, name, args[0]->list.items[i - 1], n, true) : NULL;
    }
    return n;
}

static struct node *numbered(struct expansion *x, const char *format)
{
    struct node **args = x->call->call.args;
    char number[2][24] = {"", ""};
    if (!target_is(x, "cel"))
        return x->call;
    for (uint32_t i = 0; i < x->call->call.n; i++) {
        if (args[i]->kind != NODE_CONST || args[i]->constant.kind != CEL_INT || args[i]->constant.integer < 0)
            return refuse(x, args[i], "a number was wanted here");
        snprintf(number[i], sizeof(number[i]), "%lld", (long long)args[i]->constant.integer);
    }
    struct str name = arena_fmt(x->c->arena, "@%s%s%s%s", format, number[0], number[1][0] ? ":" : "", number[1]);
    return name.p ? make_ident(x->c, x->at, name) : NULL;
}

static struct node *macro_index(struct expansion *x)
{
    return numbered(x, "index");
}

static struct node *macro_iter_var(struct expansion *x)
{
    return numbered(x, "it:");
}

static struct node *macro_accu_var(struct expansion *x)
{
    return numbered(x, "ac:");
}

static struct node *macro_sort_by(struct expansion *x)
{
    struct str name = STR("@__sortBy_input__");
    struct node *target = x->call->call.target, *input = make_ident(x->c, x->at, name);
    if (target->kind == NODE_CONST || target->kind == NODE_MAP || target->kind == NODE_STRUCT)
        return refuse(x, target, "sortBy can only be applied to a list, identifier, comprehension, call or select expression");
    x->call->call.target = make_ident(x->c, x->at, name);
    struct node *keys = input && x->call->call.target ? macro_map(x) : NULL;
    x->call->call.target = target;
    struct node *sorted = make_member(x->c, x->at, STR("@sortByAssociatedKeys"), input);
    if (!keys || !sorted)
        return NULL;
    sorted->call.args = keep(x->c, &keys, 1);
    sorted->call.n = 1;
    return sorted->call.args ? bind(x, name, target, sorted, false) : NULL;
}

/* math.greatest(…) and math.least(…): any number of arguments. */
static bool numeric(const struct node *n)
{
    if (n->kind == NODE_CONST)
        return n->constant.kind == CEL_INT || n->constant.kind == CEL_UINT || n->constant.kind == CEL_DOUBLE;
    return n->kind != NODE_LIST && n->kind != NODE_MAP && n->kind != NODE_STRUCT;
}

static struct node *extreme(struct expansion *x, const char *name, struct str function)
{
    struct node **args = x->call->call.args;
    uint32_t n = x->call->call.n;
    if (!target_is(x, "math"))
        return x->call;
    if (!n) {
        issue_add(x->c, x->call->call.target->at, "math.%s() requires at least one argument", name);
        return NULL;
    }
    bool one_list = n == 1 && args[0]->kind == NODE_LIST && args[0]->list.n;
    struct node *const *checked = one_list ? args[0]->list.items : args;
    for (uint32_t i = 0; i < (one_list ? args[0]->list.n : n); i++)
        if (!numeric(checked[i])) {
            issue_add(x->c, args[one_list ? 0 : i]->at,
                      n == 1 ? "math.%s() invalid single argument value" : "math.%s() simple literal arguments must be numeric", name);
            return NULL;
        }
    if (n <= 2)
        return make_named(x->c, x->at, OP_CALL, function, args, n);
    struct node *list = make_list(x->c, x->at, args, n);
    return list ? make_named(x->c, x->at, OP_CALL, function, &list, 1) : NULL;
}

static struct node *macro_greatest(struct expansion *x)
{
    return extreme(x, "greatest", STR("math.@max"));
}

static struct node *macro_least(struct expansion *x)
{
    return extreme(x, "least", STR("math.@min"));
}

static const struct {
    const char *name;
    bool member;
    uint8_t least, most; /* arguments */
    unsigned feature;
    struct node *(*body)(struct expansion *x);
} macros[] = {
    {"has", false, 1, 1, 0, macro_has},
    {"all", true, 2, 2, 0, macro_all},
    {"exists", true, 2, 2, 0, macro_exists},
    {"exists_one", true, 2, 2, 0, macro_exists_one},
    {"existsOne", true, 2, 2, 0, macro_exists_one},
    {"map", true, 2, 3, 0, macro_map},
    {"filter", true, 2, 2, 0, macro_filter},
    {"all", true, 3, 3, CEL_FEATURE_TWO_VARIABLES, macro_all},
    {"exists", true, 3, 3, CEL_FEATURE_TWO_VARIABLES, macro_exists},
    {"exists_one", true, 3, 3, CEL_FEATURE_TWO_VARIABLES, macro_exists_one},
    {"existsOne", true, 3, 3, CEL_FEATURE_TWO_VARIABLES, macro_exists_one},
    {"transformList", true, 3, 4, CEL_FEATURE_TWO_VARIABLES, macro_transform_list},
    {"transformMap", true, 3, 4, CEL_FEATURE_TWO_VARIABLES, macro_transform_map},
    {"transformMapEntry", true, 3, 4, CEL_FEATURE_TWO_VARIABLES, macro_transform_entry},
    {"optMap", true, 2, 2, CEL_FEATURE_OPTIONAL, macro_opt_map},
    {"optFlatMap", true, 2, 2, CEL_FEATURE_OPTIONAL, macro_opt_flat_map},
    {"bind", true, 3, 3, CEL_FEATURE_BIND, macro_bind},
    {"block", true, 2, 2, CEL_FEATURE_BLOCK, macro_block},
    {"index", true, 1, 1, CEL_FEATURE_BLOCK, macro_index},
    {"iterVar", true, 2, 2, CEL_FEATURE_BLOCK, macro_iter_var},
    {"accuVar", true, 2, 2, CEL_FEATURE_BLOCK, macro_accu_var},
    {"sortBy", true, 2, 2, CEL_FEATURE_SORT, macro_sort_by},
    {"greatest", true, 0, 255, CEL_FEATURE_MATH, macro_greatest},
    {"least", true, 0, 255, CEL_FEATURE_MATH, macro_least},
};

struct node *macro_expand(struct compile *c, struct node *call)
{
    struct expansion x = {.c = c, .call = call, .at = call->at};
    for (size_t i = 0; i < ARRAY_LEN(macros); i++) {
        if (macros[i].member != call->call.member || call->call.n < macros[i].least || (call->call.n > macros[i].most && macros[i].most != 255) ||
            (macros[i].feature && !(c->features & macros[i].feature)) || !str_is(call->call.name, macros[i].name))
            continue;
        struct node *n = macros[i].body(&x);
        if (n && n != call)
            n->written = call;
        return n;
    }
    return call;
}
