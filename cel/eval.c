/* Evaluation: one walk over the checked tree. An error is a value that travels up until && or || absorb it; cost is
 * counted where cel-go counts it, and whoever goes over the limit stops at once. */
#include <math.h>

#include "cel/inside.h"

#define INDEXES   16u
#define INDEX_MIN 24u

struct tree_index { /* of a large JSON object, so that looking up each of its members does not take all day */
    const struct value *of;
    uint32_t *slots;
    uint32_t mask;
};
struct eval {
    const struct cel_program *program;
    const struct cel_activation *vars;
    struct arena *arena;
    uint64_t cost, limit;
    bool over;
    struct cel_value *locals;
    struct cel_call call;
    struct tree_index indexes[INDEXES];
};

/* The walk recurses; what is not on its usual way keeps its locals off the walk's stack frame. */
#define APART __attribute__((noinline))

static struct cel_value eval(struct eval *e, const struct node *n);
static const struct cel_value error_over = VALUE_ERROR("operation cancelled: actual cost limit exceeded");

static bool failed(const struct cel_value *v)
{
    return v->kind == CEL_ERROR || v->kind == CEL_UNKNOWN;
}

static bool spend(struct eval *e, uint64_t cost)
{
    if (__builtin_add_overflow(e->cost, cost, &e->cost))
        e->cost = UINT64_MAX;
    if (e->cost <= e->limit)
        return true;
    e->over = true;
    return false;
}

/* ── members ── */
static void index_fill(struct tree_index *x, const struct value *of)
{
    uint32_t size = 64, n = (uint32_t)value_count(of);
    while (size < n * 2)
        size *= 2;
    mem_free(x->slots);
    x->of = NULL;
    x->slots = mem_alloc(size * sizeof(*x->slots));
    if (!x->slots)
        return;
    x->of = of;
    x->mask = size - 1;
    for (uint32_t i = n; i; i--) {
        uint32_t at = (uint32_t)str_hash(of->map.members[i - 1].key) & x->mask;
        while (x->slots[at])
            at = (at + 1) & x->mask;
        x->slots[at] = i;
    }
}

static const struct value *member(struct eval *e, const struct value *of, struct str key)
{
    if (of->map.n < INDEX_MIN)
        return value_get(of, key);
    struct tree_index *x = &e->indexes[((uintptr_t)of >> 4) % INDEXES];
    if (x->of != of)
        index_fill(x, of);
    if (!x->of)
        return value_get(of, key);
    for (uint32_t at = (uint32_t)str_hash(key) & x->mask; x->slots[at]; at = (at + 1) & x->mask)
        if (str_eq(of->map.members[x->slots[at] - 1].key, key))
            return &of->map.members[x->slots[at] - 1].value;
    return NULL;
}

static bool is_map(const struct cel_value *v)
{
    return v->kind == CEL_MAP || v->kind == CEL_OBJECT;
}

static bool map_lookup(struct eval *e, const struct cel_value *map, const struct cel_value *key, struct cel_value *out)
{
    const struct cel_type *t = map->tree ? map->json.type : NULL;
    if (!map->tree || key->kind != CEL_STRING || (t && t->kind == CEL_OBJECT && t->fields))
        return cel_map_get(e->arena, map, key, out);
    const struct value *v = member(e, map->json.of, key->text);
    if (!v)
        return false;
    *out = cel_of_tree(e->arena, v, t && t->kind == CEL_MAP ? t->params[1] : NULL);
    return true;
}

APART static struct cel_value no_such_key(struct eval *e, const struct cel_value *key)
{
    SCOPED_BUF b = BUF_INIT(1000);
    if (key->kind == CEL_STRING)
        return value_error(e->arena, "no such key: %.*s", (int)MIN(key->text.n, (size_t)900), key->text.p ? key->text.p : "");
    cel_print(&b, key);
    return value_error(e->arena, "no such key: %s", buf_cstr(&b));
}

/* The answer of a look-up that found nothing is `none` for optionals and an error otherwise. */
static struct cel_value found_or(struct eval *e, bool found, bool optional, const struct cel_value *v, struct cel_value error)
{
    if (found && v->kind == CEL_ERROR)
        return *v;
    if (optional)
        return cel_make_optional(e->arena, found ? v : NULL);
    return found ? *v : error;
}

APART static struct cel_value index_list(struct eval *e, const struct cel_value *list, const struct cel_value *at, bool optional)
{
    int64_t i;
    if (at->kind == CEL_INT)
        i = at->integer;
    else if (at->kind == CEL_UINT)
        i = at->natural > INT64_MAX ? INT64_MAX : (int64_t)at->natural;
    else if (at->kind == CEL_DOUBLE && at->number == floor(at->number) && fabs(at->number) < 9e15)
        i = (int64_t)at->number;
    else
        return at->kind == CEL_DOUBLE ? value_error(e->arena, "unsupported index value: %g", at->number) : value_no_overload;
    bool found = i >= 0 && (uint64_t)i < cel_size(list);
    struct cel_value v = {0};
    if (found)
        v = cel_list_at(e->arena, list, (size_t)i);
    else if (!optional)
        return value_error(e->arena, "index out of bounds: %lld", (long long)i);
    return found_or(e, found, optional, &v, v);
}

static struct cel_value index_value(struct eval *e, const struct cel_value *of, const struct cel_value *at, bool optional)
{
    struct cel_value v = {0};
    if (of->kind == CEL_OPTIONAL)
        return of->optional ? index_value(e, of->optional, at, true) : *of;
    if (of->kind == CEL_LIST)
        return index_list(e, of, at, optional);
    if (!is_map(of) || !value_key_valid(at))
        return value_no_overload;
    bool found = map_lookup(e, of, at, &v);
    if (!found && !of->tree && of->map->otherwise) {
        v = *of->map->otherwise;
        found = true;
    }
    return found_or(e, found, optional, &v, found || optional ? v : no_such_key(e, at));
}

APART static struct cel_value select_value(struct eval *e, const struct cel_value *of, struct str field, bool optional)
{
    struct cel_value key = cel_of_text(field);
    if (of->kind == CEL_OPTIONAL)
        return of->optional ? select_value(e, of->optional, field, true) : *of;
    if (!is_map(of))
        return value_no_overload;
    return index_value(e, of, &key, optional);
}

static bool map_has(struct eval *e, const struct cel_value *map, const struct cel_value *key)
{
    struct cel_value v;
    return map_lookup(e, map, key, &v);
}

APART static struct cel_value eval_select(struct eval *e, const struct node *n)
{
    struct cel_value of = eval(e, n->select.of);
    if (failed(&of))
        return of;
    if (n->test) {
        struct cel_value key = cel_of_text(n->select.field);
        if (e->program->features & CEL_FEATURE_PRESENCE_COSTS && !spend(e, 1))
            return error_over;
        if (of.kind == CEL_OPTIONAL) {
            if (!of.optional)
                return cel_of_bool(false);
            of = *of.optional;
        }
        return is_map(&of) ? cel_of_bool(map_has(e, &of, &key)) : value_no_overload;
    }
    if (!spend(e, 1))
        return error_over;
    if (of.kind == CEL_OBJECT && of.tree && n->select.key.n) { /* the checker has found the field's row already */
        const struct value *v = member(e, of.json.of, n->select.key);
        if (v && n->type->kind == CEL_DYN && of.json.type && of.json.type->fields) {
            const struct cel_field *f = cel_type_field(of.json.type, n->select.field);
            return cel_of_tree(e->arena, v, f ? f->type : NULL);
        }
        if (v)
            return cel_of_tree(e->arena, v, n->type);
    }
    return select_value(e, &of, n->select.field, false);
}

/* ── operators ── */
#define OVERFLOW_INT  VALUE_ERROR("integer overflow")
#define OVERFLOW_UINT VALUE_ERROR("unsigned integer overflow")

static struct cel_value join_text(struct eval *e, const struct cel_value *x, const struct cel_value *y)
{
    struct cel_value v = {.kind = x->kind};
    char *p = arena_alloc(e->arena, x->text.n + y->text.n + 1);
    if (!p)
        return cel_no_memory;
    if (x->text.n)
        memcpy(p, x->text.p, x->text.n);
    if (y->text.n)
        memcpy(p + x->text.n, y->text.p, y->text.n);
    v.text = str_make(p, x->text.n + y->text.n);
    return v;
}

static struct cel_value shift_time(const struct cel_value *t, int64_t ns, int sign)
{
    struct cel_value v = *t;
    int64_t sec = ns / 1000000000, rest = ns % 1000000000;
    int64_t nsec = t->time.nsec + sign * rest;
    v.time.sec = t->time.sec + sign * sec;
    if (nsec < 0) {
        nsec += 1000000000;
        v.time.sec--;
    } else if (nsec >= 1000000000) {
        nsec -= 1000000000;
        v.time.sec++;
    }
    v.time.nsec = (int32_t)nsec;
    if (v.time.sec < TIMESTAMP_MIN || v.time.sec > TIMESTAMP_MAX)
        return VALUE_ERROR("timestamp overflow");
    return v;
}

static struct cel_value add(struct eval *e, const struct cel_value *x, const struct cel_value *y)
{
    struct cel_value v = *x;
    if (x->kind == CEL_DURATION && y->kind == CEL_TIMESTAMP)
        return shift_time(y, x->integer, 1);
    if (x->kind == CEL_TIMESTAMP && y->kind == CEL_DURATION)
        return shift_time(x, y->integer, 1);
    if (x->kind != y->kind)
        return value_no_overload;
    switch (x->kind) {
    case CEL_INT:
        return __builtin_add_overflow(x->integer, y->integer, &v.integer) ? OVERFLOW_INT : v;
    case CEL_DURATION:
        return __builtin_add_overflow(x->integer, y->integer, &v.integer) ? VALUE_ERROR("duration overflow") : v;
    case CEL_UINT:
        return __builtin_add_overflow(x->natural, y->natural, &v.natural) ? OVERFLOW_UINT : v;
    case CEL_DOUBLE:
        v.number = x->number + y->number;
        return v;
    case CEL_STRING:
    case CEL_BYTES:
        return join_text(e, x, y);
    case CEL_LIST:
        return list_join(e->arena, x, y);
    default:
        return value_no_overload;
    }
}

static struct cel_value time_between(const struct cel_value *x, const struct cel_value *y)
{
    struct cel_value v = {.kind = CEL_DURATION};
    int64_t sec = x->time.sec - y->time.sec;
    if (__builtin_mul_overflow(sec, 1000000000, &v.integer) || __builtin_add_overflow(v.integer, (int64_t)x->time.nsec - y->time.nsec, &v.integer))
        return VALUE_ERROR("duration overflow");
    return v;
}

static struct cel_value subtract(const struct cel_value *x, const struct cel_value *y)
{
    struct cel_value v = *x;
    if (x->kind == CEL_TIMESTAMP && y->kind == CEL_DURATION)
        return shift_time(x, y->integer, -1);
    if (x->kind != y->kind)
        return value_no_overload;
    switch (x->kind) {
    case CEL_TIMESTAMP:
        return time_between(x, y);
    case CEL_INT:
        return __builtin_sub_overflow(x->integer, y->integer, &v.integer) ? OVERFLOW_INT : v;
    case CEL_DURATION:
        return __builtin_sub_overflow(x->integer, y->integer, &v.integer) ? VALUE_ERROR("duration overflow") : v;
    case CEL_UINT:
        return __builtin_sub_overflow(x->natural, y->natural, &v.natural) ? OVERFLOW_UINT : v;
    case CEL_DOUBLE:
        v.number = x->number - y->number;
        return v;
    default:
        return value_no_overload;
    }
}

static struct cel_value multiply(const struct cel_value *x, const struct cel_value *y)
{
    struct cel_value v = *x;
    if (x->kind == CEL_INT)
        return __builtin_mul_overflow(x->integer, y->integer, &v.integer) ? OVERFLOW_INT : v;
    if (x->kind == CEL_UINT)
        return __builtin_mul_overflow(x->natural, y->natural, &v.natural) ? OVERFLOW_UINT : v;
    v.number = x->number * y->number;
    return v;
}

static struct cel_value divide(const struct cel_value *x, const struct cel_value *y, bool rest)
{
    struct cel_value v = *x;
    if (x->kind == CEL_DOUBLE) {
        if (rest)
            return value_no_overload;
        v.number = x->number / y->number;
        return v;
    }
    if (!y->integer) /* the same bits for uint */
        return rest ? VALUE_ERROR("modulus by zero") : VALUE_ERROR("division by zero");
    if (x->kind == CEL_UINT) {
        v.natural = rest ? x->natural % y->natural : x->natural / y->natural;
        return v;
    }
    if (y->integer == -1 && x->integer == INT64_MIN)
        return OVERFLOW_INT;
    v.integer = rest ? x->integer % y->integer : x->integer / y->integer;
    return v;
}

static struct cel_value arithmetic(struct eval *e, enum op op, const struct cel_value *x, const struct cel_value *y)
{
    if (op == OP_ADD)
        return add(e, x, y);
    if (op == OP_SUB)
        return subtract(x, y);
    if (x->kind != y->kind || (x->kind != CEL_INT && x->kind != CEL_UINT && x->kind != CEL_DOUBLE))
        return value_no_overload;
    return op == OP_MUL ? multiply(x, y) : divide(x, y, op == OP_MOD);
}

static struct cel_value compare(enum op op, const struct cel_value *x, const struct cel_value *y)
{
    int order = 0, r = cel_order(x, y, &order);
    if (r)
        return r == 2 ? cel_of_bool(false) : value_no_overload;
    switch (op) {
    case OP_LT:
        return cel_of_bool(order < 0);
    case OP_LE:
        return cel_of_bool(order <= 0);
    case OP_GT:
        return cel_of_bool(order > 0);
    default:
        return cel_of_bool(order >= 0);
    }
}

static struct cel_value in(struct eval *e, const struct cel_value *x, const struct cel_value *of)
{
    if (is_map(of))
        return cel_of_bool(value_key_valid(x) && map_has(e, of, x));
    if (of->kind != CEL_LIST)
        return value_no_overload;
    for (size_t i = 0, n = cel_size(of); i < n; i++) {
        struct cel_value item = cel_list_at(e->arena, of, i);
        if (cel_equal(e->arena, x, &item))
            return cel_of_bool(true);
    }
    return cel_of_bool(false);
}

static struct cel_value negate(const struct cel_value *x)
{
    struct cel_value v = *x;
    if (x->kind == CEL_DOUBLE) {
        v.number = -x->number;
        return v;
    }
    if (x->kind != CEL_INT)
        return value_no_overload;
    return __builtin_sub_overflow(0, x->integer, &v.integer) ? OVERFLOW_INT : v;
}

static struct cel_value apply(struct eval *e, enum op op, const struct cel_value *args)
{
    switch (op) {
    case OP_NOT:
        return args[0].kind == CEL_BOOL ? cel_of_bool(!args[0].boolean) : value_no_overload;
    case OP_NEG:
        return negate(&args[0]);
    case OP_EQ:
        return cel_of_bool(cel_equal(e->arena, &args[0], &args[1]));
    case OP_NE:
        return cel_of_bool(!cel_equal(e->arena, &args[0], &args[1]));
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        return compare(op, &args[0], &args[1]);
    case OP_IN:
        return in(e, &args[0], &args[1]);
    case OP_INDEX:
    case OP_OPT_INDEX:
        return index_value(e, &args[0], &args[1], op == OP_OPT_INDEX);
    default:
        return arithmetic(e, op, &args[0], &args[1]);
    }
}

/* ── && || ?: ── */
APART static struct cel_value eval_logic(struct eval *e, const struct node *n)
{
    bool decisive = n->op == OP_OR; /* the side that is this decides alone, whatever the other is */
    struct cel_value x = eval(e, n->call.args[0]);
    if (e->over || (x.kind == CEL_BOOL && x.boolean == decisive))
        return x;
    struct cel_value y = eval(e, n->call.args[1]);
    if (e->over || (y.kind == CEL_BOOL && y.boolean == decisive))
        return y;
    if (x.kind == CEL_UNKNOWN || y.kind == CEL_UNKNOWN)
        return x.kind == CEL_UNKNOWN ? x : y;
    if (x.kind == CEL_ERROR || y.kind == CEL_ERROR)
        return x.kind == CEL_ERROR ? x : y;
    return x.kind == CEL_BOOL && y.kind == CEL_BOOL ? cel_of_bool(!decisive) : value_no_overload;
}

static struct cel_value eval_cond(struct eval *e, const struct node *n)
{
    struct cel_value x = eval(e, n->call.args[0]);
    if (failed(&x))
        return x;
    if (x.kind != CEL_BOOL)
        return value_no_overload;
    return eval(e, n->call.args[x.boolean ? 1 : 2]);
}

/* ── calls ── */
static bool overload_takes(const struct overload *o, const struct cel_value *args)
{
    for (size_t i = 0; i < o->n; i++) {
        if (!(o->kinds[i] >> args[i].kind & 1))
            return false;
        if (args[i].kind == CEL_OPAQUE && o->params[i]->kind == CEL_OPAQUE && !str_eq(args[i].opaque->class->type->name, o->params[i]->name))
            return false;
    }
    return true;
}

APART static struct cel_value no_overload(struct eval *e, const struct node *n, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(900);
    buf_fmt(&b, "no such overload: %.*s(", STR_FMT(n->call.name));
    for (uint32_t i = 0; i < n->call.n; i++) {
        if (i)
            buf_text(&b, ", ");
        buf_str(&b, value_kind_name(&args[i]));
    }
    buf_char(&b, ')');
    return value_error(e->arena, "%s", buf_cstr(&b));
}

/* optional.or(…) and orValue(…) look at their argument only when they need it. */
APART static struct cel_value eval_or_else(struct eval *e, const struct node *n, const struct cel_value *of)
{
    if (of->kind != CEL_OPTIONAL)
        return no_overload(e, n, &(struct cel_value[]){*of, *of}[0]);
    if (!spend(e, 1))
        return error_over;
    if (of->optional)
        return n->call.overloads[0]->row->id[11] == 'V' ? *of->optional : *of;
    return eval(e, n->call.args[1]);
}

APART static struct cel_value eval_call(struct eval *e, const struct node *n)
{
    struct cel_value args[PARAMS_MAX], v;
    for (uint32_t i = 0; i < n->call.n; i++) {
        args[i] = eval(e, n->call.args[i]);
        if (failed(&args[i]))
            return args[i];
        if (i == 0 && n->call.n == 2 && n->call.n_overloads && !n->call.overloads[0]->row->body)
            return eval_or_else(e, n, &args[0]);
    }
    for (uint32_t i = 0; i < n->call.n_overloads; i++) {
        const struct overload *o = n->call.overloads[i];
        if (!overload_takes(o, args))
            continue;
        e->call.function = o->row;
        e->call.n = n->call.n;
        e->call.pattern = n->call.regex;
        e->call.extra = 0;
        v = o->row->body(&e->call, args);
        if (!spend(e, e->call.extra) || !spend(e, cost_actual(o, args, &v)))
            return error_over;
        return v;
    }
    return no_overload(e, n, args);
}

APART static struct cel_value eval_operator(struct eval *e, const struct node *n)
{
    struct cel_value args[2], v;
    args[0] = eval(e, n->call.args[0]);
    if (n->op == OP_NOT_FALSE) { /* an error is not strictly false */
        if (!spend(e, 1))
            return error_over;
        return cel_of_bool(failed(&args[0]) || args[0].kind != CEL_BOOL || args[0].boolean);
    }
    if (failed(&args[0]))
        return args[0];
    if (n->call.n > 1) {
        args[1] = eval(e, n->call.args[1]);
        if (failed(&args[1]))
            return args[1];
    }
    v = apply(e, n->op, args);
    if (!spend(e, cost_operator(n->op, args)))
        return error_over;
    return v;
}

/* ── making lists, maps, objects ── */
APART static struct cel_value eval_list(struct eval *e, const struct node *n)
{
    struct cel_value few[8], *items = few;
    size_t kept = 0;
    if (!spend(e, 10))
        return error_over;
    if (n->list.n > ARRAY_LEN(few))
        items = arena_alloc(e->arena, n->list.n * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (uint32_t i = 0; i < n->list.n; i++) {
        struct cel_value v = eval(e, n->list.items[i]);
        if (failed(&v))
            return v;
        if (n->list.optional && n->list.optional[i]) {
            if (v.kind != CEL_OPTIONAL)
                return value_error(e->arena, "cannot initialize optional list element from non-optional value");
            if (!v.optional)
                continue;
            v = *v.optional;
        }
        items[kept++] = v;
    }
    return cel_make_list(e->arena, items, kept);
}

/* Whether an entry is there, and its value; an error otherwise. */
static bool entry_value(struct eval *e, const struct node_entry *entry, struct cel_value *v)
{
    *v = eval(e, entry->value);
    if (failed(v) || !entry->optional)
        return true;
    if (v->kind != CEL_OPTIONAL) {
        *v = value_error(e->arena, "cannot initialize optional entry from non-optional value");
        return true;
    }
    if (!v->optional)
        return false;
    *v = *v->optional;
    return true;
}

APART static struct cel_value eval_map(struct eval *e, const struct node *n)
{
    struct cel_map *m = map_new(e->arena, n->map.n);
    if (!spend(e, n->kind == NODE_STRUCT ? 40 : 30))
        return error_over;
    if (!m)
        return cel_no_memory;
    m->object = n->map.object;
    for (uint32_t i = 0; i < n->map.n; i++) {
        const struct node_entry *entry = &n->map.entries[i];
        struct cel_value key = entry->key ? eval(e, entry->key) : cel_of_text(entry->field), v;
        if (failed(&key))
            return key;
        if (key.kind == CEL_DOUBLE || !value_key_valid(&key))
            return value_error(e->arena, "unsupported key type: %.*s", STR_FMT(value_kind_name(&key)));
        if (!entry_value(e, entry, &v))
            continue;
        if (failed(&v))
            return v;
        int r = map_insert(e->arena, m, &key, &v);
        if (r == -EEXIST)
            return value_error(e->arena, "Failed with repeated key");
        if (r < 0)
            return cel_no_memory;
    }
    return (struct cel_value){.kind = n->kind == NODE_STRUCT ? CEL_OBJECT : CEL_MAP, .map = m};
}

/* ── loops ── */
static void loop_variables(struct eval *e, const struct node *n, const struct cel_value *range, size_t i)
{
    struct cel_value *at = &e->locals[n->loop.slot + 1], key, value;
    if (range->kind == CEL_LIST) {
        value = cel_list_at(e->arena, range, i);
        if (n->loop.iter2.n)
            at[0] = cel_of_int((int64_t)i);
        at[n->loop.iter2.n ? 1 : 0] = value;
        return;
    }
    cel_map_at(e->arena, range, i, &key, &value);
    at[0] = key;
    at[1] = value;
}

APART static struct cel_value eval_loop(struct eval *e, const struct node *n)
{
    struct cel_value *accu = &e->locals[n->loop.slot];
    bool absorbs = n->loop.step->kind == NODE_CALL && (n->loop.step->op == OP_AND || n->loop.step->op == OP_OR);
    struct cel_value range = eval(e, n->loop.range);
    if (failed(&range))
        return range;
    if (range.kind != CEL_LIST && (!is_map(&range) || (!range.tree && range.map->lazy)))
        return value_no_overload;
    struct cel_value init = eval(e, n->loop.init);
    *accu = init;
    for (size_t i = 0, end = cel_size(&range); i < end; i++) {
        struct cel_value go_on = eval(e, n->loop.cond);
        if (e->over || go_on.kind != CEL_BOOL || !go_on.boolean)
            break;
        loop_variables(e, n, &range, i);
        struct cel_value next = eval(e, n->loop.step);
        *accu = next;
        if (e->over || (!absorbs && failed(&next)))
            return next;
    }
    if (e->over)
        return error_over;
    return eval(e, n->loop.result);
}

APART static struct cel_value eval_bind(struct eval *e, const struct node *n)
{
    if (!n->loop.hidden && !spend(e, 10))
        return error_over;
    struct cel_value v = eval(e, n->loop.init);
    e->locals[n->loop.slot] = v;
    return e->over ? v : eval(e, n->loop.result);
}

static struct cel_value eval_ident(struct eval *e, const struct node *n)
{
    if (n->ident.slot < 0)
        return n->ident.value;
    if (!spend(e, 1))
        return error_over;
    if (n->local)
        return e->locals[n->ident.slot];
    if ((size_t)n->ident.slot < e->vars->n)
        return e->vars->slots[n->ident.slot];
    return value_error(e->arena, "no such attribute: %.*s", STR_FMT(n->ident.name));
}

static struct cel_value eval_node_call(struct eval *e, const struct node *n)
{
    struct cel_value of;
    switch (n->op) {
    case OP_AND:
    case OP_OR:
        return eval_logic(e, n);
    case OP_COND:
        return eval_cond(e, n);
    case OP_CALL:
        return eval_call(e, n);
    case OP_OPT_SELECT:
        of = eval(e, n->call.args[0]);
        if (failed(&of))
            return of;
        if (!spend(e, 1))
            return error_over;
        return select_value(e, &of, n->call.args[1]->constant.text, true);
    default:
        return eval_operator(e, n);
    }
}

static struct cel_value eval(struct eval *e, const struct node *n)
{
    switch (n->kind) {
    case NODE_CONST:
        return n->constant;
    case NODE_IDENT:
        return eval_ident(e, n);
    case NODE_SELECT:
        return eval_select(e, n);
    case NODE_CALL:
        return eval_node_call(e, n);
    case NODE_LIST:
        return eval_list(e, n);
    case NODE_LOOP:
        return n->loop.bind ? eval_bind(e, n) : eval_loop(e, n);
    default:
        return eval_map(e, n);
    }
}

int cel_eval(const struct cel_program *p, const struct cel_activation *vars, struct arena *a, struct cel_run *run, struct cel_value *out,
             struct err *err)
{
    struct cel_value few[24];
    struct eval e = {.program = p, .vars = vars, .arena = a, .locals = few};
    e.limit = run && run->limit ? run->limit : CEL_CALL_COST_MAX;
    e.call = (struct cel_call){.arena = a, .ctx = vars->ctx, .zone = vars->zone};
    if (p->locals > (int32_t)ARRAY_LEN(few)) {
        e.locals = arena_alloc(a, (size_t)p->locals * sizeof(*e.locals));
        if (!e.locals)
            return -ENOMEM;
    }
    *out = eval(&e, p->root);
    for (size_t i = 0; i < INDEXES; i++)
        mem_free(e.indexes[i].slots);
    if (run)
        run->cost = e.cost;
    if (e.over)
        return err_raise(err, CEL_OVER_BUDGET, "%.*s", STR_FMT(error_over.text));
    if (out->kind == CEL_ERROR)
        return out->text.n ? err_raise(err, CEL_FAILED, "%.*s", STR_FMT(out->text)) : -ENOMEM;
    return 0;
}
