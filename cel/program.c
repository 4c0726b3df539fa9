/* From text to program: parse, check, fold what is constant, try literals, estimate. */
#include "cel/inside.h"
#include "regex/regex.h"

#define PROGRAM_BYTES_MAX (64u << 20)

static void limits_fill(struct compile *c, const struct cel_limits *limits)
{
    c->limits = limits ? *limits : (struct cel_limits){0};
    if (!c->limits.text_max)
        c->limits.text_max = 100000;
    if (!c->limits.depth_max)
        c->limits.depth_max = 250;
    if (!c->limits.nodes_max)
        c->limits.nodes_max = 100000;
}

static struct node *parse(struct compile *c)
{
    if (text_length(c->text) > c->limits.text_max) {
        issue_add(c, UINT32_MAX, "expression code point size exceeds limit: size: %llu, limit %u", (unsigned long long)text_length(c->text),
                  c->limits.text_max);
        return NULL;
    }
    if (!str_utf8_valid(c->text)) {
        issue_add(c, 0, "expression is not valid UTF-8");
        c->text = STR(""); /* nothing of it is shown */
        return NULL;
    }
    return parse_text(c);
}

/* ── constants ── */
static bool all_constant(const struct node *n)
{
    struct node *part;
    for (size_t i = 0; (part = node_part(n, i)); i++)
        if (part->kind != NODE_CONST)
            return false;
    return true;
}

static struct cel_value constant_list(struct compile *c, const struct node *n)
{
    struct cel_value *items = arena_alloc(c->arena, MAX(n->list.n, 1u) * sizeof(*items));
    if (!items)
        return cel_no_memory;
    for (uint32_t i = 0; i < n->list.n; i++)
        items[i] = n->list.items[i]->constant;
    return cel_make_list(c->arena, items, n->list.n);
}

/* false: it fails when it is evaluated, and should fail then. */
static bool constant_map(struct compile *c, const struct node *n, struct cel_value *v)
{
    struct cel_map *m = map_new(c->arena, n->map.n);
    *v = cel_no_memory;
    for (uint32_t i = 0; m && i < n->map.n; i++) {
        const struct node_entry *e = &n->map.entries[i];
        if (e->optional || e->key->constant.kind == CEL_DOUBLE || !value_key_valid(&e->key->constant))
            return false;
        int r = map_insert(c->arena, m, &e->key->constant, &e->value->constant);
        if (r == -EEXIST)
            return false;
        if (r < 0)
            return true;
    }
    if (m)
        *v = (struct cel_value){.kind = CEL_MAP, .map = m};
    return true;
}

/* Lists and maps of constants become constants, as with cel-go's optimiser. Runs after the estimate, which counts them. */
bool fold_constants(struct compile *c, struct node *n)
{
    struct node *part;
    struct cel_value v;
    for (size_t i = 0; (part = node_part(n, i)); i++)
        if (!fold_constants(c, part))
            return false;
    if (n->kind == NODE_LIST && !n->list.optional && all_constant(n))
        v = constant_list(c, n);
    else if (n->kind != NODE_MAP || !all_constant(n) || !constant_map(c, n, &v))
        return true;
    if (v.kind == CEL_ERROR) {
        c->r = -ENOMEM;
        return false;
    }
    struct node *copy = node_make(c, n->kind, n->at); /* for printing */
    if (!copy)
        return c->r == 0;
    *copy = *n;
    if (!n->written)
        n->written = copy;
    n->kind = NODE_CONST;
    n->constant = v;
    return true;
}

/* ── literals ── */
static struct node *literal_argument(const struct node *n, const char *function, uint32_t i)
{
    if (n->kind != NODE_CALL || n->op != OP_CALL || !str_is(n->call.name, function) || n->call.n <= i)
        return NULL;
    struct node *arg = n->call.args[i];
    return arg->kind == NODE_CONST && arg->constant.kind == CEL_STRING ? arg : NULL;
}

static bool pattern_compile(struct compile *c, struct cel_program *p, struct node *n, const struct node *arg, bool told)
{
    struct regex *regex = NULL, **slot;
    int r = regex_compile(arg->constant.text, &regex, NULL);
    if (r == REGEX_REFUSED) {
        if (told)
            issue_add(c, arg->at, "invalid %.*s argument", STR_FMT(n->call.name));
        return true;
    }
    slot = r == 0 ? VEC_ADD(&p->patterns) : NULL;
    if (!slot) {
        regex_free(regex);
        c->r = -ENOMEM;
        return false;
    }
    *slot = n->call.regex = regex;
    return true;
}

bool literals_check(struct compile *c, struct cel_program *p, struct node *n)
{
    struct node *part, *arg;
    struct cel_value v;
    bool told = c->features & CEL_FEATURE_LITERALS;
    for (size_t i = 0; (part = node_part(n, i)); i++)
        if (!literals_check(c, p, part))
            return false;
    if (told && (arg = literal_argument(n, "duration", 0)) && cel_duration_parse(arg->constant.text, &v.integer) < 0)
        issue_add(c, arg->at, "invalid duration argument");
    if (told && (arg = literal_argument(n, "timestamp", 0)) && timestamp_parse(arg->constant.text, &v) < 0)
        issue_add(c, arg->at, "invalid timestamp argument");
    if ((arg = literal_argument(n, "matches", 1)))
        return pattern_compile(c, p, n, arg, told);
    if ((arg = literal_argument(n, "find", 1)) || (arg = literal_argument(n, "findAll", 1)))
        return pattern_compile(c, p, n, arg, false);
    return true;
}

/* ── compiling ── */
static bool steps(struct compile *c, struct cel_program *p)
{
    p->root = parse(c);
    if (!p->root || !check_expression(c, p->root, &p->locals) || !literals_check(c, p, p->root))
        return false;
    if (c->features & CEL_FEATURE_HOMOGENEOUS)
        check_homogeneous(c, p->root);
    if (c->n_issues)
        return false;
    p->cost = cost_estimate(c, p->root);
    return c->r == 0 && fold_constants(c, p->root);
}

static int compile_end(struct compile *c, struct buf *issues)
{
    if (c->r < 0)
        return c->r;
    if (!c->n_issues)
        return 0;
    if (!issues)
        return CEL_REFUSED;
    issues_print(c, issues);
    return buf_error(issues) == -ENOMEM ? -ENOMEM : CEL_REFUSED;
}

int cel_compile(struct cel_env *env, struct str text, const struct cel_limits *limits, struct cel_program **out, struct buf *issues)
{
    SCOPED(cel_program) p = mem_alloc(sizeof(*p));
    struct compile *c = mem_alloc(sizeof(*c));
    int r = -ENOMEM;
    if (p && c && arena_new(&p->arena, PROGRAM_BYTES_MAX) == 0 && arena_str(p->arena, text, &c->text) == 0) {
        p->env = cel_env_ref(env);
        p->features = env->features;
        c->arena = p->arena;
        c->env = env;
        c->features = env->features;
        limits_fill(c, limits);
        bool fine = steps(c, p);
        r = compile_end(c, issues);
        if (r == 0 && !fine)
            r = -ENOMEM;
        if (r == 0)
            *out = TAKE(p);
    }
    mem_free(c);
    return r;
}

int cel_parse(struct str text, unsigned features, const struct cel_limits *limits, struct buf *printed, struct buf *issues)
{
    SCOPED(arena) a = NULL;
    struct compile *c = mem_alloc(sizeof(*c));
    int r = -ENOMEM;
    if (c && arena_new(&a, PROGRAM_BYTES_MAX) == 0 && arena_str(a, text, &c->text) == 0) {
        c->arena = a;
        c->features = features;
        limits_fill(c, limits);
        struct node *n = parse(c);
        r = compile_end(c, issues);
        if (r == 0 && n && printed)
            node_print(n, printed);
    }
    mem_free(c);
    return r;
}

struct cel_program *cel_program_free(struct cel_program *p)
{
    if (!p)
        return NULL;
    for (size_t i = 0; i < p->patterns.n; i++)
        regex_free(p->patterns.p[i]);
    VEC_DONE(&p->patterns);
    cel_env_unref(p->env);
    arena_free(p->arena);
    return mem_free(p);
}

void cel_program_scope_end(struct cel_program **p)
{
    cel_program_free(*p);
}

const struct cel_type *cel_program_type(const struct cel_program *p)
{
    return p->root->type;
}

struct cel_cost cel_program_cost(const struct cel_program *p)
{
    return p->cost;
}

size_t cel_program_bytes(const struct cel_program *p)
{
    return sizeof(*p) + arena_used(p->arena);
}

void cel_program_print(const struct cel_program *p, struct buf *out)
{
    node_print(p->root, out);
}

static bool uses(const struct node *n, int slot)
{
    struct node *part;
    if (n->kind == NODE_IDENT)
        return !n->local && n->ident.slot == slot;
    for (size_t i = 0; (part = node_part(n, i)); i++)
        if (uses(part, slot))
            return true;
    return false;
}

bool cel_program_uses(const struct cel_program *p, int slot)
{
    return uses(p->root, slot);
}

static int members(const struct node *n, int slot, int (*each)(void *ctx, struct str name), void *ctx)
{
    struct node *part;
    const struct node *of = n->kind == NODE_SELECT ? n->select.of : NULL;
    if (of && of->kind == NODE_IDENT && !of->local && of->ident.slot == slot)
        return each(ctx, n->select.field);
    for (size_t i = 0; (part = node_part(n, i)); i++) {
        int r = members(part, slot, each, ctx);
        if (r < 0)
            return r;
    }
    return 0;
}

int cel_program_members(const struct cel_program *p, int slot, int (*each)(void *ctx, struct str name), void *ctx)
{
    return members(p->root, slot, each, ctx);
}
