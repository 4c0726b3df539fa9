/* Costs: what an evaluation did, and beforehand what it may at most. The unit and every rule are cel-go's and
 * Kubernetes', for which rules are admitted by these numbers: 1 for a name or a member, a tenth of a text's length for
 * a walk over it, 10 for a list, 30 for a map, 40 for an object. Sizes come from constants, from the declared types'
 * max_size along the path from a variable, and through calls; what is not known counts as endless. */
#include <math.h>

#include "cel/inside.h"

#define ENDLESS        UINT64_MAX
#define TEXT_FACTOR    0.1
#define PATTERN_FACTOR 0.25

/* ── the model of an overload ── */
static const struct {
    const char *id;
    enum cost_model model;
} standard[] = {
    {"starts_with_string", MODEL_STARTS},
    {"ends_with_string", MODEL_STARTS},
    {"string_to_bytes", MODEL_TO_BYTES},
    {"bytes_to_string", MODEL_TO_TEXT},
    {"matches_string", MODEL_MATCHES},
    {"contains_string", MODEL_CONTAINS},
    {"to_dyn", MODEL_DYN},
    {"in_list", MODEL_IN_LIST},
    {"add_string", MODEL_ADD_TEXT},
    {"add_bytes", MODEL_ADD_TEXT},
    {"add_list", MODEL_ADD_LIST},
    {"conditional", MODEL_COND},
    {"equals", MODEL_EQUAL},
    {"not_equals", MODEL_EQUAL},
    {"less_string", MODEL_EQUAL},
    {"less_bytes", MODEL_EQUAL},
    {"less_equals_string", MODEL_EQUAL},
    {"less_equals_bytes", MODEL_EQUAL},
    {"greater_string", MODEL_EQUAL},
    {"greater_bytes", MODEL_EQUAL},
    {"greater_equals_string", MODEL_EQUAL},
    {"greater_equals_bytes", MODEL_EQUAL},
    {"index_list", MODEL_INDEX_LIST},
    {"index_map", MODEL_INDEX_MAP},
};

uint8_t cost_model_of(const struct cel_function *row)
{
    if (row->cost != CEL_COST_STANDARD)
        return (uint8_t)row->cost;
    for (size_t i = 0; i < ARRAY_LEN(standard); i++)
        if (!strcmp(standard[i].id, row->id))
            return (uint8_t)standard[i].model;
    return CEL_COST_ONE;
}

/* ── what was spent ── */
static uint64_t sum(uint64_t a, uint64_t b)
{
    return __builtin_add_overflow(a, b, &a) ? ENDLESS : a;
}

static uint64_t product(uint64_t a, uint64_t b)
{
    return __builtin_mul_overflow(a, b, &a) ? ENDLESS : a;
}

static uint64_t tenth(uint64_t n)
{
    return (uint64_t)ceil((double)n * TEXT_FACTOR);
}

static uint64_t quarter(uint64_t n)
{
    return (uint64_t)ceil((double)n * PATTERN_FACTOR);
}

static uint64_t walk(const struct cel_value *v)
{
    uint64_t cost = 0;
    size_t n = cel_size(v);
    if (v->kind == CEL_STRING || v->kind == CEL_BYTES)
        return (uint64_t)((double)v->text.n * TEXT_FACTOR);
    if (v->kind != CEL_LIST)
        return 1;
    for (size_t i = 0; i < n; i++) {
        struct cel_value item = {.kind = CEL_INT};
        if (!v->tree)
            item = cel_list_at(NULL, v, i);
        else if (value_item(v->json.of, i)->type == VALUE_TEXT)
            item = cel_of_text(value_item(v->json.of, i)->text);
        cost += walk(&item);
    }
    return cost;
}

static uint64_t actual_network(enum cost_model model, const struct cel_value *args)
{
    uint64_t cidr = cel_size(&args[0]), cost = tenth(2 * cidr);
    if (model == (enum cost_model)CEL_COST_CONTAINS_CIDR || model == (enum cost_model)CEL_COST_CONTAINS_CIDR_TEXT)
        cost += tenth(cidr) + 1;
    if (model == (enum cost_model)CEL_COST_CONTAINS_IP_TEXT || model == (enum cost_model)CEL_COST_CONTAINS_CIDR_TEXT)
        cost += tenth(cel_size(&args[1]));
    return cost;
}

static uint64_t actual_extended(enum cost_model model, const struct cel_value *args)
{
    uint64_t n;
    switch ((int)model) {
    case CEL_COST_CHECK:
        return 350000;
    case CEL_COST_SELECTOR:
        n = cel_size(&args[1]);
        return 10 + tenth(n) + (uint64_t)ceil(ceil((double)n * 0.5) * 50);
    case CEL_COST_VALIDATE:
        return tenth(1 + cel_size(&args[1])) * quarter(cel_size(&args[0]));
    case CEL_COST_SORT:
        n = cel_size(&args[0]);
        return n > UINT32_MAX ? ENDLESS : 11 + 2 * n * n;
    case CEL_COST_SETS:
        return sum(1, product(cel_size(&args[0]), cel_size(&args[1])));
    case CEL_COST_RANGE:
        return sum(11, args[0].integer > 0 ? (uint64_t)args[0].integer : 0);
    case CEL_COST_LIST:
        return 11 + cel_size(&args[0]);
    default:
        return actual_network(model, args);
    }
}

uint64_t cost_actual(const struct overload *o, const struct cel_value *args, const struct cel_value *result)
{
    enum cost_model model = o->model;
    switch ((int)model) {
    case CEL_COST_ONE:
    case MODEL_DYN:
        return 1;
    case CEL_COST_WALK:
        return walk(&args[0]);
    case CEL_COST_TEXT:
    case CEL_COST_TEXT_RESULT:
    case CEL_COST_FORMAT:
    case MODEL_STARTS:
    case MODEL_TO_BYTES:
    case MODEL_TO_TEXT:
        return tenth(cel_size(&args[0]));
    case CEL_COST_TEXT_TWICE:
    case CEL_COST_REPLACE:
    case CEL_COST_SPLIT:
        return (uint64_t)ceil((double)cel_size(&args[0]) * 2 * TEXT_FACTOR);
    case CEL_COST_JOIN:
        return (uint64_t)ceil((double)cel_size(result) * 2 * TEXT_FACTOR);
    case CEL_COST_FIND:
    case MODEL_MATCHES:
        return tenth(1 + cel_size(&args[0])) * quarter(cel_size(&args[1]));
    case MODEL_CONTAINS:
        return tenth(cel_size(&args[0])) * tenth(cel_size(&args[1]));
    default:
        return actual_extended(model, args);
    }
}

uint64_t cost_operator(enum op op, const struct cel_value *args)
{
    bool text = args[0].kind == CEL_STRING || args[0].kind == CEL_BYTES;
    switch (op) {
    case OP_EQ:
    case OP_NE:
        if (args[0].kind == CEL_OPAQUE && args[0].opaque->class->equal_cost)
            return args[0].opaque->class->equal_cost;
        if (args[0].kind < CEL_STRING && args[1].kind < CEL_STRING)
            return 1;
        return tenth(MIN(cel_size(&args[0]), cel_size(&args[1])));
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        return text ? tenth(MIN(cel_size(&args[0]), cel_size(&args[1]))) : 1;
    case OP_ADD:
        return text ? tenth(cel_size(&args[0]) + cel_size(&args[1])) : 1;
    case OP_IN:
        return args[1].kind == CEL_LIST ? cel_size(&args[1]) : 1;
    default:
        return 1;
    }
}

/* ── what may be spent ── */
struct range { /* of a size or a cost; saturating */
    uint64_t min, max;
};
static const struct range unknown = {0, ENDLESS};

struct estimate { /* beside each node */
    bool has_size, has_entry, has_path;
    enum cel_kind container; /* of the entries */
    struct range size, key, value;
    const struct cel_type *path; /* the declared type there; NULL with has_path: beyond what is declared */
};
struct scope {
    int32_t slot;
    struct estimate e;
};
struct coster {
    struct arena *arena; /* the estimates' */
    bool presence;
    VEC(struct scope) scopes;
    int r;
    const struct cel_env *env;
};

static uint64_t scaled(uint64_t a, double factor)
{
    double d = ceil((double)a * factor);
    return d >= 18446744073709551616.0 ? ENDLESS : (uint64_t)d;
}

static struct range plus(struct range a, struct range b)
{
    return (struct range){sum(a.min, b.min), sum(a.max, b.max)};
}

static struct range times(struct range a, struct range b)
{
    return (struct range){product(a.min, b.min), product(a.max, b.max)};
}

static struct range by(struct range a, double factor)
{
    return (struct range){scaled(a.min, factor), scaled(a.max, factor)};
}

static struct range both(struct range a, struct range b)
{
    return (struct range){MIN(a.min, b.min), MAX(a.max, b.max)};
}

static struct range exactly(uint64_t n)
{
    return (struct range){n, n};
}

static struct range cost_of(struct coster *c, struct node *n);

/* ── sizes ── */
static bool scalar(const struct cel_type *t)
{
    switch (t->kind) {
    case CEL_BOOL:
    case CEL_DOUBLE:
    case CEL_DURATION:
    case CEL_INT:
    case CEL_TIMESTAMP:
    case CEL_UINT:
        return true;
    case CEL_OPTIONAL:
        return scalar(t->params[0]);
    default:
        return false;
    }
}

static const struct scope *scope_find(const struct coster *c, const struct node *n)
{
    if (n->kind == NODE_IDENT && n->local)
        for (size_t i = c->scopes.n; i; i--)
            if (c->scopes.p[i - 1].slot == n->ident.slot)
                return &c->scopes.p[i - 1];
    return NULL;
}

static bool literal_size(const struct node *n, uint64_t *size)
{
    *size = 1;
    if (n->kind == NODE_LIST)
        *size = n->list.n;
    else if (n->kind == NODE_MAP)
        *size = n->map.n;
    else if (n->kind != NODE_CONST)
        return false;
    else if (n->constant.kind == CEL_STRING || n->constant.kind == CEL_BYTES)
        *size = cel_size(&n->constant);
    return true;
}

static bool size_known(struct coster *c, const struct node *n, struct range *size)
{
    struct estimate *e = n->estimate;
    const struct scope *s;
    uint64_t literal;
    if (e && e->has_size) {
        *size = e->size;
    } else if (literal_size(n, &literal)) {
        *size = exactly(literal);
    } else if (e && e->has_path && e->path && e->path->max_size != CEL_SIZE_UNKNOWN) {
        *size = (struct range){0, e->path->max_size};
    } else if (scalar(n->type)) {
        *size = exactly(1);
    } else if ((s = scope_find(c, n)) && s->e.has_size) {
        *size = s->e.size;
    } else {
        return false;
    }
    return true;
}

static struct range size_of(struct coster *c, const struct node *n)
{
    struct range size;
    return size_known(c, n, &size) ? size : unknown;
}

/* The estimate whose entries are known: the node's own, or its variable's. */
static const struct estimate *entries_of(struct coster *c, const struct node *n)
{
    const struct scope *s = scope_find(c, n);
    if (n->estimate && n->estimate->has_entry)
        return n->estimate;
    return s && s->e.has_entry ? &s->e : NULL;
}

static void set_size(struct node *n, struct range size)
{
    n->estimate->has_size = true;
    n->estimate->size = size;
}

static void set_entries(struct node *n, enum cel_kind container, struct range key, struct range value)
{
    n->estimate->has_entry = true;
    n->estimate->container = container;
    n->estimate->key = key;
    n->estimate->value = value;
}

static void union_entries(struct coster *c, struct node *n, const struct node *a, const struct node *b)
{
    const struct estimate *x = entries_of(c, a), *y = entries_of(c, b);
    if (x && y)
        set_entries(n, x->container, both(x->key, y->key), both(x->value, y->value));
}

static void set_path(struct node *n, const struct node *from, const struct cel_type *path)
{
    n->estimate->has_path = from->estimate->has_path;
    n->estimate->path = n->estimate->has_path ? path : NULL;
}

static const struct cel_type *item_of(const struct cel_type *t, enum cel_kind kind)
{
    if (!t || t->kind != kind)
        return NULL;
    return t->params[kind == CEL_MAP ? 1 : 0];
}

/* ── calls ── */
static struct range size_items(const struct node *list)
{
    const struct cel_type *t = list->estimate->has_path ? item_of(list->estimate->path, CEL_LIST) : NULL;
    return t && t->max_size != CEL_SIZE_UNKNOWN ? (struct range){0, t->max_size} : unknown;
}

static struct range estimate_walk(struct coster *c, const struct node *n)
{
    const struct node *of = n->call.args[0];
    const struct cel_type *item = of->type->kind == CEL_LIST ? of->type->params[0] : NULL;
    struct range each = exactly(1), size = size_of(c, of);
    if (!item)
        return of->type->kind == CEL_STRING ? by(size, TEXT_FACTOR) : size;
    if (item->kind == CEL_STRING || item->kind == CEL_BYTES)
        each = plus(each, by(size_items(of), TEXT_FACTOR));
    return times(size, each);
}

static struct range estimate_replace(struct coster *c, struct node *n, struct range *result)
{
    struct range of = size_of(c, n->call.args[0]), from = size_of(c, n->call.args[1]), to = size_of(c, n->call.args[2]);
    struct range count = {0, 0}, kept = {0, 0};
    if (!from.min) {
        count.max = sum(of.max, 1);
        kept.max = of.max;
    } else if (to.max <= from.min) {
        kept.max = of.max;
    } else {
        count.max = scaled(of.max, 1.0 / (double)from.min);
    }
    if (!from.max) {
        count.min = sum(of.min, 1);
        kept.min = of.min;
    } else if (from.max <= to.min) {
        kept.min = of.min;
    } else {
        count.min = scaled(of.min, 1.0 / (double)from.max);
    }
    *result = plus(times(count, to), kept);
    return by(of, 2 * TEXT_FACTOR);
}

static struct range estimate_join(struct coster *c, struct node *n, struct range *result)
{
    struct range list = size_of(c, n->call.args[0]);
    *result = n->call.args[0]->type->kind == CEL_LIST ? times(list, size_items(n->call.args[0])) : exactly(0);
    if (n->call.n > 1) {
        struct range gaps = {list.min ? list.min - 1 : 0, list.max ? list.max - 1 : 0};
        *result = plus(*result, times(size_of(c, n->call.args[1]), gaps));
    }
    return by(*result, TEXT_FACTOR);
}

static struct range estimate_network(struct coster *c, struct node *n, enum cost_model model)
{
    struct range address = {4, 16}, cost = by(plus(address, address), TEXT_FACTOR);
    if (model == (enum cost_model)CEL_COST_CONTAINS_CIDR || model == (enum cost_model)CEL_COST_CONTAINS_CIDR_TEXT)
        cost = plus(plus(cost, by(address, TEXT_FACTOR)), exactly(1));
    if (model == (enum cost_model)CEL_COST_CONTAINS_IP_TEXT || model == (enum cost_model)CEL_COST_CONTAINS_CIDR_TEXT)
        cost = plus(cost, by(size_of(c, n->call.args[1]), TEXT_FACTOR));
    return cost;
}

static struct range pattern_cost(struct coster *c, const struct node *text, const struct node *pattern)
{
    return times(by(plus(size_of(c, text), exactly(1)), TEXT_FACTOR), by(size_of(c, pattern), PATTERN_FACTOR));
}

static struct range estimate_equal(struct coster *c, struct node *n)
{
    const struct cel_type *t = n->call.args[0]->type;
    if (t->kind == CEL_OPAQUE && type_same(t, n->call.args[1]->type))
        return exactly(1);
    struct range x = size_of(c, n->call.args[0]), y = size_of(c, n->call.args[1]);
    uint64_t most = MIN(x.max, y.max);
    return by((struct range){most ? 1 : 0, most}, TEXT_FACTOR);
}

/* Calls with a result whose size is known. *sized: it was put into *result. */
static struct range estimate_sized(struct coster *c, struct node *n, enum cost_model model, struct range *result, bool *sized)
{
    struct node **args = n->call.args;
    struct range first = n->call.n ? size_of(c, args[0]) : exactly(0);
    *sized = true;
    *result = first;
    switch ((int)model) {
    case CEL_COST_TEXT_RESULT:
        return by(first, TEXT_FACTOR);
    case CEL_COST_REPLACE:
        return estimate_replace(c, n, result);
    case CEL_COST_SPLIT:
        result->min = 0;
        if (n->call.n > 2 && args[2]->kind == NODE_CONST && args[2]->constant.kind == CEL_INT)
            result->max = (uint64_t)args[2]->constant.integer;
        return by(first, 2 * TEXT_FACTOR);
    case CEL_COST_JOIN:
        return estimate_join(c, n, result);
    case CEL_COST_FIND:
        result->min = 0;
        return pattern_cost(c, args[0], args[1]);
    case MODEL_TO_BYTES:
        *result = (struct range){first.min, product(first.max, 4)};
        return by(first, TEXT_FACTOR);
    case MODEL_TO_TEXT:
        *result = (struct range){first.min / 4, first.max};
        return by(first, TEXT_FACTOR);
    case MODEL_ADD_TEXT:
    case MODEL_ADD_LIST:
        *result = plus(first, size_of(c, args[1]));
        union_entries(c, n, args[0], args[1]);
        return model == MODEL_ADD_LIST ? exactly(1) : by(*result, TEXT_FACTOR);
    case CEL_COST_SORT:
        return plus(exactly(11), times(exactly(2), times(first, first)));
    case CEL_COST_RANGE:
        *result = unknown;
        if (args[0]->kind == NODE_CONST && args[0]->constant.kind == CEL_INT)
            *result = exactly(args[0]->constant.integer > 0 ? (uint64_t)args[0]->constant.integer : 0);
        return plus(exactly(11), *result);
    case CEL_COST_LIST:
        return plus(exactly(11), first);
    default:
        *sized = false;
        return exactly(1);
    }
}

static struct range estimate_plain(struct coster *c, struct node *n, enum cost_model model)
{
    struct node **args = n->call.args;
    switch ((int)model) {
    case CEL_COST_CHECK:
        return exactly(350000);
    case CEL_COST_SETS:
        return plus(exactly(1), times(size_of(c, args[0]), size_of(c, args[1])));
    case CEL_COST_SELECTOR: {
        struct range size = size_of(c, args[1]);
        return plus(exactly(10), plus(by(size, TEXT_FACTOR), by(by(size, 0.5), 50)));
    }
    case CEL_COST_WALK:
        return estimate_walk(c, n);
    case CEL_COST_TEXT:
    case CEL_COST_FORMAT:
        return by(size_of(c, args[0]), TEXT_FACTOR);
    case CEL_COST_TEXT_TWICE:
        return by(size_of(c, args[0]), 2 * TEXT_FACTOR);
    case CEL_COST_VALIDATE:
        return by(by(size_of(c, args[1]), TEXT_FACTOR), 128 * PATTERN_FACTOR);
    case CEL_COST_CONTAINS_IP:
    case CEL_COST_CONTAINS_IP_TEXT:
    case CEL_COST_CONTAINS_CIDR:
    case CEL_COST_CONTAINS_CIDR_TEXT:
        return estimate_network(c, n, model);
    case MODEL_STARTS:
        return by(size_of(c, args[1]), TEXT_FACTOR);
    case MODEL_IN_LIST:
        return size_of(c, args[1]);
    case MODEL_MATCHES:
        return pattern_cost(c, args[0], args[1]);
    case MODEL_CONTAINS:
        return times(by(size_of(c, args[0]), TEXT_FACTOR), by(size_of(c, args[1]), TEXT_FACTOR));
    case MODEL_EQUAL:
        return estimate_equal(c, n);
    default:
        return exactly(1);
    }
}

static void index_path(struct coster *c, struct node *n, enum cost_model model, struct range *result, bool *sized)
{
    const struct node *of = n->call.args[0];
    const struct estimate *e = entries_of(c, of);
    set_path(n, of, item_of(of->estimate->path, model == MODEL_INDEX_LIST ? CEL_LIST : CEL_MAP));
    *sized = e != NULL;
    if (e)
        *result = e->value;
}

/* One range over all overloads that the call may mean. */
static struct range estimate_overloads(struct coster *c, struct node *n)
{
    struct range cost = {ENDLESS, 0}, result = {0, 0}, one, size;
    bool known = false, sized;
    for (uint32_t i = 0; i < n->call.n_overloads; i++) {
        enum cost_model model = n->call.overloads[i]->model;
        one = estimate_sized(c, n, model, &size, &sized);
        if (!sized)
            one = estimate_plain(c, n, model);
        cost = both(cost, one);
        if (model == MODEL_INDEX_LIST || model == MODEL_INDEX_MAP)
            index_path(c, n, model, &size, &sized);
        if (sized)
            result = known ? both(result, size) : size;
        known |= sized;
    }
    if (known || size_known(c, n, &result))
        set_size(n, result);
    return cost;
}

static struct range cost_cond(struct coster *c, struct node *n)
{
    struct node **args = n->call.args;
    struct range cost = cost_of(c, args[0]), yes = cost_of(c, args[1]), no = cost_of(c, args[2]);
    set_size(n, both(size_of(c, args[1]), size_of(c, args[2])));
    union_entries(c, n, args[1], args[2]);
    return plus(cost, both(yes, no));
}

static struct range cost_call(struct coster *c, struct node *n)
{
    struct range cost = exactly(0), x, y;
    if (n->op == OP_COND)
        return cost_cond(c, n);
    if (n->op == OP_AND || n->op == OP_OR) {
        x = cost_of(c, n->call.args[0]);
        y = cost_of(c, n->call.args[1]);
        return (struct range){x.min, plus(x, y).max};
    }
    for (uint32_t i = 0; i < n->call.n; i++)
        cost = plus(cost, cost_of(c, n->call.args[i]));
    if (n->op == OP_OPT_SELECT)
        return plus(cost, exactly(1));
    if (n->call.n_overloads == 1 && n->call.overloads[0]->model == MODEL_DYN) {
        const struct estimate *e = entries_of(c, n->call.args[0]);
        if (size_known(c, n->call.args[0], &x))
            set_size(n, x);
        if (e)
            set_entries(n, e->container, e->key, e->value);
        return plus(cost, exactly(1));
    }
    return plus(cost, estimate_overloads(c, n));
}

/* ── the other nodes ── */
static struct range cost_ident(struct coster *c, struct node *n)
{
    const struct scope *s = scope_find(c, n);
    if (s) {
        n->estimate->has_path = s->e.has_path;
        n->estimate->path = s->e.path;
    } else if (!n->local && n->ident.slot >= 0) {
        const struct env_variable *v = env_variable_slot(c->env, n->ident.slot);
        n->estimate->has_path = true;
        n->estimate->path = v && v->sized ? v->type : NULL;
    }
    return exactly(1);
}

static struct range cost_select(struct coster *c, struct node *n)
{
    struct node *of = n->select.of;
    struct range cost = cost_of(c, of);
    const struct cel_type *path = of->estimate->path;
    if (n->test)
        return plus(cost, exactly(c->presence ? 1 : 0));
    if (of->type->kind == CEL_MAP || of->type->kind == CEL_OBJECT || of->type->kind == CEL_PARAM)
        cost = plus(cost, exactly(1));
    if (path && path->kind == CEL_OBJECT) {
        const struct cel_field *f = cel_type_field(path, n->select.field);
        path = f ? f->type : NULL;
    } else {
        path = NULL; /* upstream looks a map's member up as a field, and finds none */
    }
    set_path(n, of, path);
    return cost;
}

static struct range cost_list(struct coster *c, struct node *n)
{
    struct range cost = exactly(10), item = {n->list.n ? ENDLESS : 0, 0};
    for (uint32_t i = 0; i < n->list.n; i++) {
        cost = plus(cost, cost_of(c, n->list.items[i]));
        item = both(item, size_of(c, n->list.items[i]));
    }
    set_entries(n, CEL_LIST, exactly(1), item);
    return cost;
}

static struct range cost_map(struct coster *c, struct node *n)
{
    struct range cost = exactly(n->kind == NODE_MAP ? 30 : 40);
    struct range key = {n->map.n ? ENDLESS : 0, 0}, value = key;
    for (uint32_t i = 0; i < n->map.n; i++) {
        struct node_entry *e = &n->map.entries[i];
        if (e->key) {
            cost = plus(cost, cost_of(c, e->key));
            key = both(key, size_of(c, e->key));
        }
        cost = plus(cost, cost_of(c, e->value));
        value = both(value, size_of(c, e->value));
    }
    if (n->kind == NODE_MAP)
        set_entries(n, CEL_MAP, key, value);
    return cost;
}

static struct scope *push(struct coster *c, int32_t slot)
{
    static struct scope lost;
    struct scope *s = VEC_ADD(&c->scopes);
    if (!s) {
        c->r = -ENOMEM;
        return &lost;
    }
    s->slot = slot;
    return s;
}

static void push_bound(struct coster *c, int32_t slot, const struct node *init)
{
    const struct estimate *e = entries_of(c, init);
    struct estimate s = {.has_path = init->estimate->has_path, .path = init->estimate->path};
    s.has_size = size_known(c, init, &s.size);
    if (e) {
        s.has_entry = true;
        s.container = e->container;
        s.key = e->key;
        s.value = e->value;
    }
    push(c, slot)->e = s;
}

/* A loop's variable: its keys (or indices) or its values (or items). */
static void push_iter(struct coster *c, int32_t slot, const struct node *range, bool keys)
{
    const struct estimate *e = entries_of(c, range);
    const struct cel_type *path = range->estimate->path;
    enum cel_kind container = e ? e->container : range->type->kind;
    struct estimate s = {.has_path = range->estimate->has_path};
    s.has_size = e != NULL;
    if (e)
        s.size = keys ? e->key : e->value;
    if (path && (path->kind == CEL_LIST || path->kind == CEL_MAP)) {
        if (!keys)
            s.path = path->params[path->n_params - 1];
        else if (path->kind == CEL_MAP && container != CEL_LIST)
            s.path = path->params[0];
    }
    push(c, slot)->e = s;
}

static struct range cost_bind(struct coster *c, struct node *n)
{
    struct range cost = exactly(n->loop.hidden ? 0 : 10), size;
    size_t scopes = c->scopes.n;
    cost = plus(cost, cost_of(c, n->loop.init));
    push_bound(c, n->loop.slot, n->loop.init);
    cost = plus(cost, cost_of(c, n->loop.result));
    if (size_known(c, n->loop.result, &size))
        set_size(n, size);
    union_entries(c, n, n->loop.result, n->loop.result);
    c->scopes.n = scopes;
    return cost;
}

static struct range cost_loop(struct coster *c, struct node *n)
{
    struct range cost, each, count, size;
    size_t scopes = c->scopes.n;
    if (n->loop.bind)
        return cost_bind(c, n);
    cost = cost_of(c, n->loop.range);
    cost = plus(cost, cost_of(c, n->loop.init));
    push_bound(c, n->loop.slot, n->loop.init);
    const struct estimate *e = entries_of(c, n->loop.range);
    bool list = (e ? e->container : n->loop.range->type->kind) == CEL_LIST;
    push_iter(c, n->loop.slot + 1, n->loop.range, n->loop.iter2.n || !list);
    if (n->loop.iter2.n)
        push_iter(c, n->loop.slot + 2, n->loop.range, false);
    each = cost_of(c, n->loop.cond);
    each = plus(each, cost_of(c, n->loop.step));
    cost = plus(cost, cost_of(c, n->loop.result));
    c->scopes.n = scopes;
    count = size_of(c, n->loop.range);
    if (n->loop.init->kind == NODE_CONST) {
        if (size_known(c, n->loop.init, &size))
            set_size(n, size);
    } else {
        set_size(n, count);
        union_entries(c, n, n->loop.step, n->loop.step);
    }
    return plus(cost, times(count, each));
}

static struct range cost_of(struct coster *c, struct node *n)
{
    n->estimate = c->r < 0 ? NULL : arena_alloc(c->arena, sizeof(*n->estimate));
    if (!n->estimate) {
        static struct estimate lost;
        n->estimate = &lost;
        c->r = -ENOMEM;
        return unknown;
    }
    switch (n->kind) {
    case NODE_CONST:
        return exactly(0);
    case NODE_IDENT:
        return cost_ident(c, n);
    case NODE_SELECT:
        return cost_select(c, n);
    case NODE_CALL:
        return cost_call(c, n);
    case NODE_LIST:
        return cost_list(c, n);
    case NODE_LOOP:
        return cost_loop(c, n);
    default:
        return cost_map(c, n);
    }
}

static void forget(struct node *n)
{
    struct node *part;
    n->estimate = NULL;
    for (size_t i = 0; (part = node_part(n, i)); i++)
        forget(part);
}

struct cel_cost cost_estimate(struct compile *c, struct node *root)
{
    SCOPED(arena) a = NULL;
    struct coster k = {.presence = c->features & CEL_FEATURE_PRESENCE_COSTS, .env = c->env};
    k.r = arena_new(&a, 64u << 20);
    k.arena = a;
    struct range cost = k.r < 0 ? unknown : cost_of(&k, root);
    VEC_DONE(&k.scopes);
    forget(root);
    if (k.r < 0)
        c->r = k.r;
    return (struct cel_cost){cost.min, cost.max};
}
