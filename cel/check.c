/* The type checker: gives every part of an expression its type, finds out which variable, field or overload each name
 * means, and tells what does not fit. A call keeps all overloads its arguments may mean; evaluation picks among them. */
#include "cel/inside.h"

struct local {
    struct str name;
    const struct cel_type *type;
    int32_t slot;
};
struct check {
    struct compile *c;
    struct type_bindings b;
    VEC(struct local) locals;
    int32_t slots; /* in use */
    int32_t slots_max;
};

static void check(struct check *k, struct node *n);

static const struct cel_type *substituted(struct check *k, const struct cel_type *t, bool free_to_dyn)
{
    const struct cel_type *s = t ? type_substitute(&k->b, k->c->arena, t, free_to_dyn) : NULL;
    return s ? s : &cel_type_none;
}

static const struct cel_type *type_of(const struct node *n)
{
    return n->type ? n->type : &cel_type_none;
}

static const struct cel_type *made(struct check *k, const struct cel_type *t)
{
    if (!t)
        k->c->r = -ENOMEM;
    return t ? t : &cel_type_none;
}

static const struct cel_type *fresh(struct check *k)
{
    return made(k, type_variable(&k->b, k->c->arena));
}

static bool is_dyn(const struct cel_type *t)
{
    return t->kind == CEL_DYN || t->kind == CEL_NONE;
}

static bool lenient(const struct check *k);

static void mismatch(struct check *k, uint32_t at, const struct cel_type *want, const struct cel_type *got)
{
    if (lenient(k))
        return;
    SCOPED_BUF a = BUF_INIT(4096), b = BUF_INIT(4096);
    cel_type_print(want, &a);
    cel_type_print(got, &b);
    issue_add(k->c, at, "expected type '%s' but found '%s'", buf_cstr(&a), buf_cstr(&b));
}

static bool lenient(const struct check *k)
{
    return k->c->features & CEL_FEATURE_UNCHECKED;
}

static void undeclared(struct check *k, uint32_t at, struct str name)
{
    if (lenient(k))
        return;
    issue_add(k->c, at, "undeclared reference to '%.*s' (in container '%.*s')", STR_FMT(name), STR_FMT(k->c->env->container));
}

/* ── names ── */
static const struct local *local_find(const struct check *k, struct str name)
{
    for (size_t i = k->locals.n; i; i--)
        if (str_eq(k->locals.p[i - 1].name, name))
            return &k->locals.p[i - 1];
    return NULL;
}

static bool local_push(struct check *k, struct str name, const struct cel_type *type, int32_t slot)
{
    struct local *l = VEC_ADD(&k->locals);
    if (!l) {
        k->c->r = -ENOMEM;
        return false;
    }
    *l = (struct local){name, type, slot};
    return true;
}

static void become_ident(struct node *n, struct str name, const struct cel_type *type, int32_t slot)
{
    n->kind = NODE_IDENT;
    memset(&n->ident, 0, sizeof(n->ident));
    n->ident.name = name;
    n->ident.slot = slot;
    n->type = type;
}

/* Is `name`, in the container or out of it, a variable or a type? The node becomes it. */
static bool resolve(struct check *k, struct node *n, struct str name)
{
    struct str full;
    for (unsigned i = 0; env_candidate(k->c->env, k->c->arena, name, i, &full); i++) {
        const struct env_variable *v = env_variable_find(k->c->env, full);
        if (v) {
            become_ident(n, name, v->type, v->slot);
            return true;
        }
        const struct cel_type *t = env_type_find(k->c->env, full, k->c->arena);
        if (t) {
            become_ident(n, name, made(k, type_make(k->c->arena, CEL_TYPE, t, NULL)), -1);
            n->ident.value = (struct cel_value){.kind = CEL_TYPE, .type = t};
            return true;
        }
    }
    return false;
}

static void check_ident(struct check *k, struct node *n)
{
    const struct local *l = local_find(k, n->ident.name);
    if (l) {
        become_ident(n, l->name, l->type, l->slot);
        n->local = true;
        return;
    }
    if (resolve(k, n, n->ident.name))
        return;
    if (lenient(k))
        become_ident(n, n->ident.name, &cel_type_dyn, INT32_MAX);
    else
        undeclared(k, n->at, n->ident.name);
}

/* "a.b.c" of a chain of selects on a name that is no loop's variable; false: it is no such chain. */
static bool qualified(struct check *k, const struct node *n, struct buf *out)
{
    if (n->kind == NODE_IDENT && !local_find(k, n->ident.name)) {
        buf_str(out, n->ident.name);
        return true;
    }
    if (n->kind != NODE_SELECT || n->test || !qualified(k, n->select.of, out))
        return false;
    buf_char(out, '.');
    buf_str(out, n->select.field);
    return true;
}

static bool kept_name(struct check *k, struct buf *b, struct str *out)
{
    int r = buf_error(b);
    r = r < 0 ? r : arena_str(k->c->arena, buf_view(b), out);
    if (r < 0)
        k->c->r = r;
    return r == 0;
}

static const struct cel_type *optional_of(struct check *k, const struct cel_type *t)
{
    return made(k, cel_type_optional(k->c->arena, t));
}

/* What a.field is; of an optional it is optional. */
static const struct cel_type *select_type(struct check *k, struct node *n, const struct node *of, struct str field, bool optional)
{
    const struct cel_type *t = substituted(k, type_of(of), false), *result = &cel_type_dyn;
    bool was_optional = t->kind == CEL_OPTIONAL;
    if (was_optional)
        t = t->params[0];
    if (t->kind == CEL_MAP) {
        result = t->params[1];
    } else if (t->kind == CEL_OBJECT) {
        const struct cel_field *f = cel_type_field(t, field);
        if (f) {
            result = f->type;
            if (n->kind == NODE_SELECT)
                n->select.key = f->key.n ? f->key : f->name;
        } else if (t->fields) { /* without rows anything may be there */
            issue_add(k->c, n->at, "undefined field '%.*s'", STR_FMT(field));
        }
    } else if (t->kind == CEL_PARAM) {
        type_assignable(&k->b, &cel_type_dyn, t);
    } else if (!is_dyn(t)) {
        SCOPED_BUF b = BUF_INIT(4096);
        cel_type_print(t, &b);
        issue_add(k->c, n->at, "type '%s' does not support field selection", buf_cstr(&b));
    }
    return was_optional || optional ? optional_of(k, result) : result;
}

static void check_select(struct check *k, struct node *n)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct str name;
    if (!n->test && qualified(k, n, &b) && kept_name(k, &b, &name) && resolve(k, n, name))
        return;
    check(k, n->select.of);
    const struct cel_type *t = select_type(k, n, n->select.of, n->select.field, false);
    n->type = n->test ? &cel_type_bool : substituted(k, t, false);
}

/* ── calls ── */
/* An overload's types with its variables made new. */
static const struct cel_type *instance(struct check *k, const struct cel_type *t, const struct cel_type **vars)
{
    if (t->kind == CEL_PARAM)
        return vars[t->max_size];
    if (!t->n_params)
        return t;
    const struct cel_type *params[2] = {instance(k, t->params[0], vars), t->n_params > 1 ? instance(k, t->params[1], vars) : NULL};
    if (params[0] == t->params[0] && (t->n_params < 2 || params[1] == t->params[1]))
        return t;
    struct cel_type *copy = arena_alloc(k->c->arena, sizeof(*copy));
    if (!copy)
        return made(k, NULL);
    *copy = *t;
    copy->params[0] = params[0];
    copy->params[1] = params[1];
    return copy;
}

static bool overload_fits(struct check *k, const struct overload *o, const struct cel_type *const *args, const struct cel_type **result)
{
    const struct cel_type *vars[4], *params[PARAMS_MAX];
    for (size_t i = 0; i < o->n_vars; i++)
        vars[i] = fresh(k);
    for (size_t i = 0; i < o->n; i++)
        params[i] = o->n_vars ? instance(k, o->params[i], vars) : o->params[i];
    if (!type_assignable_list(&k->b, args, params, o->n))
        return false;
    *result = substituted(k, o->n_vars ? instance(k, o->result, vars) : o->result, false);
    return true;
}

static void no_overload(struct check *k, const struct node *n, const struct cel_type **args)
{
    SCOPED_BUF b = BUF_INIT(16384);
    uint32_t first = n->call.member ? 1 : 0;
    if (first) {
        cel_type_print(substituted(k, args[0], true), &b);
        buf_char(&b, '.');
    }
    buf_char(&b, '(');
    for (uint32_t i = first; i < n->call.n; i++) {
        if (i > first)
            buf_text(&b, ", ");
        cel_type_print(substituted(k, args[i], true), &b);
    }
    buf_char(&b, ')');
    issue_add(k->c, n->at, "found no matching overload for '%.*s' applied to '%s'", STR_FMT(n->call.name), buf_cstr(&b));
}

static void check_logic(struct check *k, struct node *n)
{
    n->type = &cel_type_bool;
    for (uint32_t i = 0; i < n->call.n; i++)
        if (!type_assignable(&k->b, type_of(n->call.args[i]), &cel_type_bool)) {
            mismatch(k, n->call.args[i]->at, &cel_type_bool, substituted(k, type_of(n->call.args[i]), true));
            n->type = &cel_type_none;
        }
}

/* Picks the overloads the call may mean. args has the target first. */
static void resolve_overload(struct check *k, struct node *n, struct str name)
{
    const struct overload **all, **kept;
    const struct cel_type *args[PARAMS_MAX], *result = NULL, *one;
    size_t found = env_overloads(k->c->env, name, k->c->arena, &all);
    n->call.name = name;
    n->type = &cel_type_none;
    if (found == SIZE_MAX) {
        k->c->r = -ENOMEM;
        return;
    }
    kept = all; /* what is kept is never more than what was looked at */
    for (uint32_t i = 0; i < n->call.n && i < PARAMS_MAX; i++)
        args[i] = type_of(n->call.args[i]);
    for (size_t i = 0; i < found; i++) {
        if (all[i]->member != n->call.member || all[i]->n != n->call.n || !standard_enabled(all[i]->row, k->c->features) ||
            !overload_fits(k, all[i], args, &one))
            continue;
        kept[n->call.n_overloads++] = all[i];
        if (!result)
            result = one;
        else if (result->kind != CEL_DYN && !type_same(result, one))
            result = &cel_type_dyn;
    }
    n->call.overloads = kept;
    if (result)
        n->type = result;
    else if (lenient(k))
        n->type = &cel_type_dyn;
    else if (n->call.n <= PARAMS_MAX)
        no_overload(k, n, args);
    else
        issue_add(k->c, n->at, "found no matching overload for '%.*s' applied to %u arguments", STR_FMT(name), n->call.n);
}

static bool function_find(struct check *k, struct str name, struct str *full)
{
    for (unsigned i = 0; env_candidate(k->c->env, k->c->arena, name, i, full); i++)
        if (env_function_known(k->c->env, *full))
            return true;
    return false;
}

/* a.b.f(…) where a.b.f is a function's whole name. */
static bool check_namespaced(struct check *k, struct node *n)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct str name, full;
    if (!qualified(k, n->call.target, &b))
        return false;
    buf_char(&b, '.');
    buf_str(&b, n->call.name);
    if (!kept_name(k, &b, &name) || !function_find(k, name, &full))
        return false;
    n->call.target = NULL;
    n->call.member = false;
    resolve_overload(k, n, full);
    return true;
}

static void check_member(struct check *k, struct node *n)
{
    struct node **args;
    if (check_namespaced(k, n))
        return;
    check(k, n->call.target);
    args = arena_alloc(k->c->arena, (n->call.n + 1) * sizeof(*args));
    if (!args) {
        k->c->r = -ENOMEM;
        return;
    }
    if (n->call.n)
        memcpy(args + 1, n->call.args, n->call.n * sizeof(*args));
    args[0] = n->call.target;
    n->call.args = args;
    n->call.n++;
    n->call.target = NULL;
    if (env_function_known(k->c->env, n->call.name)) {
        resolve_overload(k, n, n->call.name);
        return;
    }
    undeclared(k, n->at, n->call.name);
}

static void check_call(struct check *k, struct node *n)
{
    struct str full;
    if (n->op == OP_OPT_SELECT) {
        check(k, n->call.args[0]);
        n->call.args[1]->type = &cel_type_string;
        n->type = substituted(k, select_type(k, n, n->call.args[0], n->call.args[1]->constant.text, true), false);
        return;
    }
    for (uint32_t i = 0; i < n->call.n; i++)
        check(k, n->call.args[i]);
    if (n->op == OP_AND || n->op == OP_OR) {
        check_logic(k, n);
    } else if (n->call.member) {
        check_member(k, n);
    } else if (n->op != OP_CALL) {
        resolve_overload(k, n, n->call.name);
    } else if (function_find(k, n->call.name, &full)) {
        resolve_overload(k, n, full);
    } else {
        undeclared(k, n->at, n->call.name);
    }
}

/* ── lists, maps, structs ── */
static const struct cel_type *join(struct check *k, const struct cel_type *before, const struct cel_type *now)
{
    if (!before)
        return now;
    if (type_assignable(&k->b, before, now))
        return type_general(before, now);
    return &cel_type_dyn;
}

/* What an entry marked with ? holds. */
static const struct cel_type *unwrapped(struct check *k, const struct node *n, bool optional)
{
    const struct cel_type *t = substituted(k, type_of(n), false);
    if (!optional)
        return type_of(n);
    if (t->kind == CEL_OPTIONAL)
        return t->params[0];
    if (!is_dyn(t))
        mismatch(k, n->at, optional_of(k, t), t);
    return t;
}

static void check_list(struct check *k, struct node *n)
{
    const struct cel_type *item = NULL;
    for (uint32_t i = 0; i < n->list.n; i++) {
        check(k, n->list.items[i]);
        item = join(k, item, unwrapped(k, n->list.items[i], n->list.optional && n->list.optional[i]));
    }
    n->type = made(k, cel_type_list(k->c->arena, item ? item : fresh(k)));
}

static void check_map(struct check *k, struct node *n)
{
    const struct cel_type *key = NULL, *value = NULL;
    for (uint32_t i = 0; i < n->map.n; i++) {
        struct node_entry *e = &n->map.entries[i];
        check(k, e->key);
        key = join(k, key, type_of(e->key));
        check(k, e->value);
        value = join(k, value, unwrapped(k, e->value, e->optional));
    }
    n->type = made(k, cel_type_map(k->c->arena, key ? key : fresh(k), value ? value : fresh(k)));
}

static const struct cel_type *struct_type(struct check *k, struct node *n)
{
    struct str full;
    for (unsigned i = 0; env_candidate(k->c->env, k->c->arena, n->map.name, i, &full); i++) {
        const struct cel_type *t = env_type_find(k->c->env, full, k->c->arena);
        if (t)
            return t;
    }
    undeclared(k, n->at, n->map.name);
    return NULL;
}

static void check_field(struct check *k, const struct cel_type *t, struct node_entry *e)
{
    const struct cel_type *value = unwrapped(k, e->value, e->optional);
    const struct cel_field *f = cel_type_field(t, e->field);
    if (!f && t->fields) {
        issue_add(k->c, e->at, "undefined field '%.*s'", STR_FMT(e->field));
    } else if (f && !type_assignable(&k->b, f->type, value)) {
        SCOPED_BUF a = BUF_INIT(4096), b = BUF_INIT(4096);
        cel_type_print(f->type, &a);
        cel_type_print(substituted(k, value, true), &b);
        issue_add(k->c, e->at, "expected type of field '%.*s' is '%s' but provided type is '%s'", STR_FMT(e->field), buf_cstr(&a), buf_cstr(&b));
    }
}

static void check_struct(struct check *k, struct node *n)
{
    const struct cel_type *t = struct_type(k, n);
    n->type = &cel_type_none;
    if (!t)
        return;
    if (t->kind == CEL_OBJECT) {
        n->type = n->map.object = t;
    } else {
        SCOPED_BUF b = BUF_INIT(4096);
        cel_type_print(t, &b);
        issue_add(k->c, n->at, "'%s' is not a message type", buf_cstr(&b));
    }
    for (uint32_t i = 0; i < n->map.n; i++) {
        check(k, n->map.entries[i].value);
        if (t->kind == CEL_OBJECT)
            check_field(k, t, &n->map.entries[i]);
    }
}

/* ── loops ── */
static void range_types(struct check *k, struct node *n, const struct cel_type **first, const struct cel_type **second)
{
    const struct cel_type *t = substituted(k, type_of(n->loop.range), false);
    *first = *second = &cel_type_dyn;
    switch (t->kind) {
    case CEL_LIST:
        *first = n->loop.iter2.n ? &cel_type_int : t->params[0];
        *second = t->params[0];
        return;
    case CEL_MAP:
        *first = t->params[0];
        *second = t->params[1];
        return;
    case CEL_PARAM:
        type_assignable(&k->b, &cel_type_dyn, t);
        return;
    default:
        if (is_dyn(t))
            return;
        SCOPED_BUF b = BUF_INIT(4096);
        cel_type_print(t, &b);
        issue_add(k->c, n->loop.range->at, "expression of type '%s' cannot be range of a comprehension (must be list, map, or dynamic)",
                  buf_cstr(&b));
        *first = *second = &cel_type_none;
    }
}

static void assert_type(struct check *k, const struct node *n, const struct cel_type *t)
{
    if (!type_assignable(&k->b, t, type_of(n)))
        mismatch(k, n->at, substituted(k, t, true), substituted(k, type_of(n), true));
}

static void check_loop_body(struct check *k, struct node *n)
{
    const struct cel_type *first, *second;
    size_t locals = k->locals.n;
    range_types(k, n, &first, &second);
    if (!local_push(k, n->loop.iter, first, n->loop.slot + 1) || (n->loop.iter2.n && !local_push(k, n->loop.iter2, second, n->loop.slot + 2)))
        return;
    check(k, n->loop.cond);
    assert_type(k, n->loop.cond, &cel_type_bool);
    check(k, n->loop.step);
    assert_type(k, n->loop.step, type_of(n->loop.init));
    k->locals.n = locals;
}

static void check_loop(struct check *k, struct node *n)
{
    size_t locals = k->locals.n;
    if (!n->loop.bind)
        check(k, n->loop.range);
    check(k, n->loop.init);
    n->loop.slot = k->slots;
    k->slots += n->loop.bind ? 1 : 3;
    k->slots_max = MAX(k->slots, k->slots_max);
    if (local_push(k, n->loop.accu, type_of(n->loop.init), n->loop.slot)) {
        if (!n->loop.bind)
            check_loop_body(k, n);
        check(k, n->loop.result);
    }
    n->type = substituted(k, type_of(n->loop.result), false);
    k->locals.n = locals;
    k->slots = n->loop.slot;
}

static void check(struct check *k, struct node *n)
{
    if (k->c->r < 0)
        return;
    switch (n->kind) {
    case NODE_CONST: {
        struct cel_value v = value_type(k->c->arena, &n->constant);
        n->type = v.kind == CEL_TYPE ? v.type : &cel_type_none;
        break;
    }
    case NODE_IDENT:
        check_ident(k, n);
        break;
    case NODE_SELECT:
        check_select(k, n);
        break;
    case NODE_CALL:
        check_call(k, n);
        break;
    case NODE_LIST:
        check_list(k, n);
        break;
    case NODE_MAP:
        check_map(k, n);
        break;
    case NODE_STRUCT:
        check_struct(k, n);
        break;
    case NODE_LOOP:
        check_loop(k, n);
        break;
    }
}

/* ── when all is known: variables give way to what they stand for ── */
static void settle(struct check *k, struct node *n)
{
    n->type = substituted(k, type_of(n), true);
    for (size_t i = 0;; i++) {
        struct node *part = node_part(n, i);
        if (!part)
            break;
        settle(k, part);
    }
    n->attribute = n->kind == NODE_IDENT || (n->kind == NODE_SELECT && n->select.of->attribute && !n->test) ||
                   (n->kind == NODE_CALL && (n->op == OP_INDEX || n->op == OP_OPT_INDEX || n->op == OP_OPT_SELECT) && n->call.args[0]->attribute);
}

struct node *node_part(const struct node *n, size_t i)
{
    struct node *const parts[] = {n->loop.range, n->loop.init, n->loop.cond, n->loop.step, n->loop.result};
    switch (n->kind) {
    case NODE_SELECT:
        return i ? NULL : n->select.of;
    case NODE_CALL:
        return i < n->call.n ? n->call.args[i] : NULL;
    case NODE_LIST:
        return i < n->list.n ? n->list.items[i] : NULL;
    case NODE_MAP:
        if (i / 2 >= n->map.n)
            return NULL;
        return i % 2 ? n->map.entries[i / 2].value : n->map.entries[i / 2].key;
    case NODE_STRUCT:
        return i < n->map.n ? n->map.entries[i].value : NULL;
    case NODE_LOOP:
        if (n->loop.bind)
            return i == 0 ? n->loop.init : i == 1 ? n->loop.result : NULL;
        return i < ARRAY_LEN(parts) ? parts[i] : NULL;
    default:
        return NULL;
    }
}

/* ── literals of one type ── */
static void same_as(struct compile *c, const struct node *n, bool optional, const struct cel_type **first)
{
    SCOPED_BUF a = BUF_INIT(4096), b = BUF_INIT(4096);
    const struct cel_type *t = optional && n->type->kind == CEL_OPTIONAL ? n->type->params[0] : n->type;
    if (!*first)
        *first = t;
    if (type_same(*first, t))
        return;
    cel_type_print(*first, &a);
    cel_type_print(t, &b);
    issue_add(c, n->at, "expected type '%s' but found '%s'", buf_cstr(&a), buf_cstr(&b));
}

/* All items of a list and all keys and all values of a map that are written out have one type; what format() is given
 * need not. */
void check_homogeneous(struct compile *c, const struct node *n)
{
    const struct cel_type *item = NULL, *key = NULL, *value = NULL;
    struct node *part;
    size_t issues = c->n_issues;
    if (n->kind == NODE_CALL && str_is(n->call.name, "format"))
        return;
    for (uint32_t i = 0; n->kind == NODE_LIST && i < n->list.n && c->n_issues == issues; i++)
        same_as(c, n->list.items[i], n->list.optional && n->list.optional[i], &item);
    for (uint32_t i = 0; n->kind == NODE_MAP && i < n->map.n; i++) {
        same_as(c, n->map.entries[i].key, false, &key);
        same_as(c, n->map.entries[i].value, n->map.entries[i].optional, &value);
    }
    for (size_t i = 0; (part = node_part(n, i)); i++)
        check_homogeneous(c, part);
}

bool check_expression(struct compile *c, struct node *root, int32_t *locals)
{
    struct check k = {.c = c};
    check(&k, root);
    if (c->r == 0 && !c->n_issues)
        settle(&k, root);
    if (k.b.r < 0)
        c->r = k.b.r;
    else if (k.b.steps >= TYPE_STEPS_MAX && !c->n_issues)
        issue_add(c, UINT32_MAX, "the types of this expression are too large");
    *locals = k.slots_max;
    type_bindings_done(&k.b);
    VEC_DONE(&k.locals);
    return c->r == 0 && !c->n_issues;
}
