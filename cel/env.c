/* Environments: what is declared, and the signatures of functions. */
#include "cel/inside.h"

#define ENV_BYTES_MAX (64u << 20)

const char *const op_names[OPS] = {
    [OP_CALL] = "",           [OP_COND] = "_?_:_", [OP_AND] = "_&&_",
    [OP_OR] = "_||_",         [OP_NOT] = "!_",     [OP_NOT_FALSE] = "@not_strictly_false",
    [OP_EQ] = "_==_",         [OP_NE] = "_!=_",    [OP_LT] = "_<_",
    [OP_LE] = "_<=_",         [OP_GT] = "_>_",     [OP_GE] = "_>=_",
    [OP_IN] = "@in",          [OP_ADD] = "_+_",    [OP_SUB] = "_-_",
    [OP_MUL] = "_*_",         [OP_DIV] = "_/_",    [OP_MOD] = "_%_",
    [OP_NEG] = "-_",          [OP_INDEX] = "_[_]", [OP_OPT_INDEX] = "_[?_]",
    [OP_OPT_SELECT] = "_?._",
};

static int env_make(struct cel_env **out)
{
    struct cel_env *e = mem_alloc(sizeof(*e));
    if (!e)
        return -ENOMEM;
    e->refs = 1;
    int r = arena_new(&e->arena, ENV_BYTES_MAX);
    if (r < 0) {
        mem_free(e);
        return r;
    }
    *out = e;
    return 0;
}

int cel_env_new(struct cel_env **out)
{
    SCOPED(cel_env) e = NULL;
    int r = env_make(&e);
    if (r == 0)
        r = standard_functions(e);
    if (r == 0)
        *out = TAKE(e);
    return r;
}

int cel_env_extend(struct cel_env **out, struct cel_env *parent)
{
    SCOPED(cel_env) e = NULL;
    int r = env_make(&e);
    if (r < 0)
        return r;
    e->parent = cel_env_ref(parent);
    e->features = parent->features;
    e->slots = parent->slots;
    e->container = parent->container;
    *out = TAKE(e);
    return 0;
}

struct cel_env *cel_env_ref(struct cel_env *e)
{
    __atomic_add_fetch(&e->refs, 1, __ATOMIC_RELAXED);
    return e;
}

struct cel_env *cel_env_unref(struct cel_env *e)
{
    if (!e || __atomic_sub_fetch(&e->refs, 1, __ATOMIC_ACQ_REL))
        return NULL;
    MAP_EACH (slot, &e->functions) {
        struct env_function *f = slot->value;
        VEC_DONE(&f->overloads);
    }
    map_done(&e->functions);
    map_done(&e->variables);
    map_done(&e->types);
    cel_env_unref(e->parent);
    arena_free(e->arena);
    return mem_free(e);
}

void cel_env_scope_end(struct cel_env **e)
{
    cel_env_unref(*e);
}

struct arena *cel_env_arena(struct cel_env *e)
{
    return e->arena;
}

void cel_env_features(struct cel_env *e, unsigned features)
{
    e->features = features;
}

unsigned cel_env_features_of(const struct cel_env *e)
{
    return e->features;
}

int cel_env_container(struct cel_env *e, struct str container)
{
    return arena_str(e->arena, container, &e->container);
}

int cel_env_dynamic(struct cel_env *e, const char *prefix)
{
    if (e->n_dynamic == ARRAY_LEN(e->dynamic))
        return -E2BIG;
    e->dynamic[e->n_dynamic++] = prefix;
    return 0;
}

/* ── variables and types ── */
int cel_env_declare(struct cel_env *e, struct str name, const struct cel_type *type, bool sized)
{
    struct env_variable *v = arena_alloc(e->arena, sizeof(*v));
    if (!v || arena_str(e->arena, name, &v->name) < 0)
        return -ENOMEM;
    v->type = type;
    v->sized = sized;
    v->slot = e->slots;
    int r = map_put(&e->variables, v->name, v);
    if (r < 0)
        return r;
    return e->slots++;
}

int cel_env_variable(const struct cel_env *e, struct str name)
{
    const struct env_variable *v = env_variable_find(e, name);
    return v ? v->slot : -ENOENT;
}

size_t cel_env_slots(const struct cel_env *e)
{
    return (size_t)e->slots;
}

const struct env_variable *env_variable_find(const struct cel_env *e, struct str name)
{
    for (; e; e = e->parent) {
        const struct env_variable *v = map_get(&e->variables, name);
        if (v)
            return v;
    }
    return NULL;
}

const struct env_variable *env_variable_slot(const struct cel_env *e, int slot)
{
    for (; e; e = e->parent)
        MAP_EACH (at, &e->variables) {
            const struct env_variable *v = at->value;
            if (v->slot == slot)
                return v;
        }
    return NULL;
}

static int type_put(struct cel_env *e, struct str name, const struct cel_type *type)
{
    struct env_variable *v = arena_alloc(e->arena, sizeof(*v));
    if (!v)
        return -ENOMEM;
    *v = (struct env_variable){.name = name, .type = type, .slot = -1};
    return map_put(&e->types, v->name, v);
}

int cel_env_type(struct cel_env *e, const struct cel_type *object)
{
    return type_put(e, object->name, object);
}

int cel_env_opaque(struct cel_env *e, const struct cel_type *type)
{
    return type_put(e, type->name, type);
}

static const struct {
    struct str name;
    const struct cel_type *type;
} named_types[] = {
    {STR_INIT("bool"), &cel_type_bool},
    {STR_INIT("int"), &cel_type_int},
    {STR_INIT("uint"), &cel_type_uint},
    {STR_INIT("double"), &cel_type_double},
    {STR_INIT("string"), &cel_type_string},
    {STR_INIT("bytes"), &cel_type_bytes},
    {STR_INIT("list"), &type_list_dyn},
    {STR_INIT("map"), &type_map_dyn},
    {STR_INIT("null_type"), &cel_type_null},
    {STR_INIT("type"), &type_type},
    {STR_INIT("google.protobuf.Duration"), &cel_type_duration},
    {STR_INIT("google.protobuf.Timestamp"), &cel_type_timestamp},
    {STR_INIT("google.protobuf.Any"), &cel_type_dyn},
    {STR_INIT("google.protobuf.Value"), &cel_type_dyn},
    {STR_INIT("google.protobuf.Struct"), &type_map_text_dyn},
    {STR_INIT("google.protobuf.ListValue"), &type_list_dyn},
};

const struct cel_type *env_type_find(const struct cel_env *e, struct str name, struct arena *a)
{
    for (const struct cel_env *at = e; at; at = at->parent) {
        const struct env_variable *v = map_get(&at->types, name);
        if (v)
            return v->type;
        for (size_t i = 0; i < at->n_dynamic; i++) {
            struct str prefix = str_of(at->dynamic[i]);
            if (str_starts(name, prefix) && (name.n == prefix.n || name.p[prefix.n] == '.')) {
                struct cel_type *made = type_make(a, CEL_OBJECT, NULL, NULL);
                if (made)
                    made->name = name;
                return made;
            }
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(named_types); i++)
        if (str_eq(name, named_types[i].name))
            return named_types[i].type;
    if (str_is(name, "optional_type") && e->features & CEL_FEATURE_OPTIONAL)
        return &type_optional_dyn;
    return NULL;
}

bool env_candidate(const struct cel_env *e, struct arena *a, struct str name, unsigned i, struct str *out)
{
    struct str c = e->container, head;
    if (str_starts(name, STR("."))) {
        *out = str_from(name, 1);
        return i == 0;
    }
    for (; i && c.n; i--)
        c = str_cut_last(c, '.', &head, &(struct str){0}) ? head : STR_NONE;
    if (i)
        return false;
    *out = c.n ? arena_fmt(a, "%.*s.%.*s", STR_FMT(c), STR_FMT(name)) : name;
    return out->p != NULL;
}

/* ── signatures ── */
struct signature {
    const struct cel_env *env;
    struct arena *arena;
    struct str left;
    char vars[4];
    uint8_t n_vars;
    bool bad;
};

static struct str take_name(struct signature *s)
{
    size_t n = 0;
    s->left = str_trim(s->left);
    while (n < s->left.n && !strchr("(), ", s->left.p[n]))
        n++;
    struct str name = str_head(s->left, n);
    s->left = str_trim(str_from(s->left, n));
    return name;
}

static bool take(struct signature *s, char c)
{
    s->left = str_trim(s->left);
    if (!s->left.n || s->left.p[0] != c)
        return false;
    s->left = str_from(s->left, 1);
    return true;
}

static const struct cel_type *take_variable(struct signature *s, char letter)
{
    size_t i = 0;
    while (i < s->n_vars && s->vars[i] != letter)
        i++;
    if (i == s->n_vars) {
        CHECK(s->n_vars < ARRAY_LEN(s->vars));
        s->vars[s->n_vars++] = letter;
    }
    struct cel_type *t = type_make(s->arena, CEL_PARAM, NULL, NULL);
    if (t)
        t->max_size = i;
    return t;
}

static const struct cel_type *named(struct signature *s, struct str name)
{
    if (str_is(name, "dyn"))
        return &cel_type_dyn;
    if (str_is(name, "null"))
        return &cel_type_null;
    if (str_is(name, "duration"))
        return &cel_type_duration;
    if (str_is(name, "timestamp"))
        return &cel_type_timestamp;
    const struct cel_type *t = env_type_find(s->env, name, s->arena);
    CHECK(t); /* a row names a type that its library did not */
    return t;
}

static const struct cel_type *take_type(struct signature *s)
{
    struct str name = take_name(s);
    const struct cel_type *params[2] = {0};
    size_t n = 0;
    if (name.n == 1 && name.p[0] >= 'A' && name.p[0] <= 'Z')
        return take_variable(s, name.p[0]);
    if (!take(s, '('))
        return named(s, name);
    do {
        params[n] = take_type(s);
        if (!params[n++])
            return NULL;
    } while (n < 2 && take(s, ','));
    CHECK(take(s, ')'));
    return type_make(s->arena,
                     str_is(name, "list")            ? CEL_LIST
                     : str_is(name, "map")           ? CEL_MAP
                     : str_is(name, "optional_type") ? CEL_OPTIONAL
                     : str_is(name, "wrapper")       ? CEL_WRAPPER
                                                     : CEL_TYPE,
                     params[0], params[1]);
}

static uint32_t kinds_of(const struct cel_type *t)
{
    switch (t->kind) {
    case CEL_DYN:
    case CEL_PARAM:
        return ~(1u << CEL_ERROR | 1u << CEL_UNKNOWN);
    case CEL_WRAPPER:
        return 1u << t->params[0]->kind | 1u << CEL_NULL;
    case CEL_MAP:
        return 1u << CEL_MAP | 1u << CEL_OBJECT;
    default:
        return 1u << t->kind;
    }
}

static struct overload *signature_parse(struct cel_env *e, const struct cel_function *row)
{
    struct signature s = {.env = e, .arena = e->arena, .left = str_of(row->signature)};
    struct overload *o = arena_alloc(e->arena, sizeof(*o));
    ssize_t dot = str_find(s.left, STR(".("));
    if (!o)
        return NULL;
    o->row = row;
    o->model = cost_model_of(row);
    if (dot >= 0) {
        struct str rest = str_from(s.left, (size_t)dot + 1);
        s.left = str_head(s.left, (size_t)dot);
        o->params[o->n++] = take_type(&s);
        if (!o->params[0])
            return NULL;
        o->member = true;
        s.left = rest;
    }
    CHECK(take(&s, '('));
    while (!take(&s, ')')) {
        CHECK(o->n < PARAMS_MAX);
        o->params[o->n] = take_type(&s);
        if (!o->params[o->n++])
            return NULL;
        take(&s, ',');
    }
    o->result = take_type(&s);
    o->n_vars = s.n_vars;
    for (size_t i = 0; i < o->n; i++)
        o->kinds[i] = kinds_of(o->params[i]);
    return o->result ? o : NULL;
}

int cel_env_functions(struct cel_env *e, const struct cel_function *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str name = str_of(rows[i].name);
        struct env_function *f = map_get(&e->functions, name);
        struct overload *o = signature_parse(e, &rows[i]);
        if (!o)
            return -ENOMEM;
        if (!f) {
            f = arena_alloc(e->arena, sizeof(*f));
            if (!f)
                return -ENOMEM;
            f->name = name;
            int r = map_put(&e->functions, name, f);
            if (r < 0)
                return r;
        }
        struct overload **slot = VEC_ADD(&f->overloads);
        if (!slot)
            return -ENOMEM;
        *slot = o;
    }
    return 0;
}

bool env_function_known(const struct cel_env *e, struct str name)
{
    for (; e; e = e->parent)
        if (map_get(&e->functions, name))
            return true;
    return false;
}

static size_t count_overloads(const struct cel_env *e, struct str name)
{
    size_t n = 0;
    for (; e; e = e->parent) {
        const struct env_function *f = map_get(&e->functions, name);
        n += f ? f->overloads.n : 0;
    }
    return n;
}

size_t env_overloads(const struct cel_env *e, struct str name, struct arena *a, const struct overload ***out)
{
    size_t n = count_overloads(e, name), at = n;
    *out = arena_alloc(a, MAX(n, 1u) * sizeof(**out));
    if (!*out)
        return SIZE_MAX;
    for (; e; e = e->parent) {
        const struct env_function *f = map_get(&e->functions, name);
        for (size_t i = f ? f->overloads.n : 0; i; i--)
            (*out)[--at] = f->overloads.p[i - 1];
    }
    return n;
}
