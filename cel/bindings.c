/* Types under inference: which type a variable stands for, and what may be assigned to what. The rules are the
 * specification's: dyn fits everywhere, null fits what can be absent, a variable takes the first type it meets. */
#include "cel/inside.h"

void type_bindings_done(struct type_bindings *b)
{
    VEC_DONE(&b->bound);
    VEC_DONE(&b->undo);
}

const struct cel_type *type_variable(struct type_bindings *b, struct arena *a)
{
    struct cel_type *t = type_make(a, CEL_PARAM, NULL, NULL);
    if (!t || !VEC_ADD(&b->bound)) {
        b->r = -ENOMEM;
        return NULL;
    }
    t->max_size = b->bound.n - 1;
    t->name = arena_fmt(a, "_var%zu", b->bound.n - 1);
    if (!t->name.p)
        b->r = -ENOMEM;
    return t;
}

static const struct cel_type *bound_to(const struct type_bindings *b, const struct cel_type *t)
{
    return t->kind == CEL_PARAM && t->max_size < b->bound.n ? b->bound.p[t->max_size] : NULL;
}

static void bind(struct type_bindings *b, const struct cel_type *variable, const struct cel_type *to)
{
    if (variable->max_size >= b->bound.n)
        return;
    __typeof__(b->undo.p) u = VEC_ADD(&b->undo);
    if (!u) {
        b->r = -ENOMEM;
        return;
    }
    u->variable = (uint32_t)variable->max_size;
    u->was = b->bound.p[variable->max_size];
    b->bound.p[variable->max_size] = to;
}

static bool spend(struct type_bindings *b)
{
    return b->r == 0 && b->steps++ < TYPE_STEPS_MAX;
}

/* Does variable t not stand inside of `within`? */
static bool absent_in(struct type_bindings *b, const struct cel_type *t, const struct cel_type *within)
{
    if (t == within || !spend(b))
        return false;
    if (within->kind == CEL_PARAM) {
        const struct cel_type *to = bound_to(b, within);
        return !to || absent_in(b, t, to);
    }
    for (size_t i = 0; i < within->n_params; i++)
        if (!absent_in(b, t, within->params[i]))
            return false;
    return true;
}

static bool is_dyn(const struct cel_type *t)
{
    return t->kind == CEL_DYN || t->kind == CEL_NONE;
}

static bool less_specific(const struct cel_type *t1, const struct cel_type *t2)
{
    if (t1 == t2 || t1->kind == CEL_DYN || t1->kind == CEL_PARAM)
        return true;
    if (t2->kind == CEL_DYN || t2->kind == CEL_PARAM || t1->kind != t2->kind)
        return false;
    if (t1->kind == CEL_TYPE)
        return true;
    if (t1->n_params != t2->n_params || !str_eq(t1->name, t2->name))
        return false;
    for (size_t i = 0; i < t1->n_params; i++)
        if (!less_specific(t1->params[i], t2->params[i]))
            return false;
    return true;
}

static bool nullable(const struct cel_type *t);

const struct cel_type *type_general(const struct cel_type *t1, const struct cel_type *t2)
{
    return less_specific(t1, t2) || (t2->kind == CEL_NULL && nullable(t1)) ? t1 : t2;
}

static bool assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2);

/* May t1 stand for variable t2? *has: t2 stands for something already. */
static bool stands_for(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2, bool *has)
{
    *has = true;
    if (t1 == t2)
        return true;
    const struct cel_type *to = bound_to(b, t2);
    if (!to) {
        *has = false;
        if (!absent_in(b, t2, t1))
            return false;
        bind(b, t2, t1);
        return true;
    }
    if (t1 == to)
        return true;
    if (!assignable(b, t1, to))
        return false;
    const struct cel_type *wider = type_general(t1, to);
    if (wider != to && absent_in(b, t2, wider))
        bind(b, t2, wider);
    return true;
}

static bool nullable(const struct cel_type *t)
{
    switch (t->kind) {
    case CEL_OPAQUE:
    case CEL_OPTIONAL:
    case CEL_OBJECT:
    case CEL_DURATION:
    case CEL_TIMESTAMP:
    case CEL_WRAPPER:
    case CEL_NULL:
        return true;
    default:
        return false;
    }
}

static bool params_assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    if (t1->n_params != t2->n_params || !str_eq(t1->name, t2->name))
        return false;
    for (size_t i = 0; i < t1->n_params; i++)
        if (!assignable(b, t1->params[i], t2->params[i]))
            return false;
    return true;
}

static bool assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    bool has = false;
    if (!spend(b))
        return false;
    if (t2->kind == CEL_PARAM) {
        if (stands_for(b, t1, t2, &has))
            return true;
        if (has)
            return false;
    }
    if (t1->kind == CEL_PARAM)
        return stands_for(b, t2, t1, &has);
    if (t1 == t2 || is_dyn(t1) || is_dyn(t2))
        return true;
    if (t1->kind == CEL_NULL)
        return nullable(t2);
    if (t2->kind == CEL_NULL)
        return nullable(t1);
    if (t1->kind == CEL_WRAPPER)
        t1 = t1->params[0];
    if (t2->kind == CEL_WRAPPER)
        t2 = t2->params[0];
    if (t1->kind != t2->kind)
        return false;
    if (t1->kind == CEL_TYPE)
        return true;
    return params_assignable(b, t1, t2);
}

static void roll_back(struct type_bindings *b, size_t mark)
{
    while (b->undo.n > mark) {
        b->undo.n--;
        b->bound.p[b->undo.p[b->undo.n].variable] = b->undo.p[b->undo.n].was;
    }
}

bool type_assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2)
{
    return type_assignable_list(b, &t1, &t2, 1);
}

bool type_assignable_list(struct type_bindings *b, const struct cel_type *const *t1, const struct cel_type *const *t2,
                          size_t n)
{
    size_t mark = b->undo.n;
    for (size_t i = 0; i < n; i++)
        if (!assignable(b, t1[i], t2[i])) {
            roll_back(b, mark);
            return false;
        }
    return b->r == 0;
}

const struct cel_type *type_substitute(struct type_bindings *b, struct arena *a, const struct cel_type *t,
                                       bool free_to_dyn)
{
    const struct cel_type *params[2] = {t->params[0], t->params[1]}, *to = bound_to(b, t);
    if (!spend(b))
        return b->r < 0 ? NULL : &cel_type_dyn;
    if (to)
        return type_substitute(b, a, to, free_to_dyn);
    if (t->kind == CEL_PARAM)
        return free_to_dyn ? &cel_type_dyn : t;
    bool changed = false;
    for (size_t i = 0; i < t->n_params; i++) {
        params[i] = type_substitute(b, a, t->params[i], free_to_dyn);
        if (!params[i])
            return NULL;
        changed |= params[i] != t->params[i];
    }
    if (!changed)
        return t;
    struct cel_type *made = arena_alloc(a, sizeof(*made));
    if (!made) {
        b->r = -ENOMEM;
        return NULL;
    }
    *made = *t;
    made->params[0] = params[0];
    made->params[1] = params[1];
    return made;
}
