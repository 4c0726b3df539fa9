/* Policies and bindings, read and kept. */
#include "query/query.h"

#include "policy/inside.h"

#define SET_MEMORY ((size_t)128 << 20)

static const char *const resources[KINDS][2] = {{"validatingadmissionpolicies", "validatingadmissionpolicybindings"},
                                                {"mutatingadmissionpolicies", "mutatingadmissionpolicybindings"}};

static const struct schema_resource *row(int kind, int which)
{
    return schema_resource_find(STR("admissionregistration.k8s.io"), STR("v1"), str_of(resources[kind][which]));
}

int set_new(struct policy_set **out)
{
    struct policy_set *s = mem_alloc(sizeof(*s));
    if (!s || arena_new(&s->mem, SET_MEMORY) < 0) {
        mem_free(s);
        return -ENOMEM;
    }
    *out = s;
    return 0;
}

struct policy_set *set_free(struct policy_set *s)
{
    if (!s)
        return NULL;
    for (size_t i = 0; i < s->programs.n; i++)
        cel_program_free(s->programs.p[i]);
    for (size_t i = 0; i < s->envs.n; i++)
        cel_env_unref(s->envs.p[i]);
    VEC_DONE(&s->programs);
    VEC_DONE(&s->envs);
    arena_free(s->mem);
    return mem_free(s);
}

/* All trees of a resource, in order of name. */
static int read_all(struct policies *p, struct policy_set *s, const struct schema_resource *r, struct value **out, size_t *n)
{
    struct store_snapshot *v = store_snapshot(p->store);
    struct store_cursor c;
    struct object *o;
    struct str prefix;
    int e = v && r ? query_prefix(s->mem, r, STR_NONE, &prefix) : -ENOMEM;
    size_t many = e == 0 ? store_count(v, prefix) : 0;
    *n = 0;
    *out = many ? arena_alloc(s->mem, many * sizeof(**out)) : NULL;
    if (many && !*out)
        e = -ENOMEM;
    if (e == 0 && many) {
        store_cursor_start(&c, v, prefix, prefix);
        while (e == 0 && *n < many && (o = store_cursor_next(&c)) != NULL)
            e = object_tree(s->mem, o, &(*out)[(*n)++], NULL);
    }
    store_snapshot_unref(v);
    return e;
}

static bool acts(const struct value *spec, const char *what)
{
    VALUE_EACH_ITEM (v, value_at(spec, "validationActions")) {
        if (str_is(value_text(v), what))
            return true;
    }
    return false;
}

static int add_binding(struct policy_set *s, const struct policy *policy, const struct value *tree)
{
    struct binding *b = &s->bindings[s->n_bindings];
    struct err err = {{0}};
    const struct value *spec = value_at(tree, "spec"), *match = value_at(spec, "matchResources");
    *b = (struct binding){.policy = policy,
                          .name = value_text_at(tree, "metadata.name"),
                          .spec = spec,
                          .deny = acts(spec, "Deny"),
                          .warn = acts(spec, "Warn"),
                          .audit = acts(spec, "Audit")};
    int r = value_is_null(match) ? 0 : rules_read(s->mem, match, "resourceRules", "excludeResourceRules", true, &b->rules, &err);
    if (r == 0)
        s->n_bindings++; /* a selector nobody can read fits nothing; validation lets none in */
    return r == -ENOMEM ? r : 0;
}

static int load(struct policies *p, int kind, struct policy_set *s)
{
    struct value *policies, *bindings;
    size_t n_bindings;
    int r = read_all(p, s, row(kind, 0), &policies, &s->n);
    if (r == 0)
        r = read_all(p, s, row(kind, 1), &bindings, &n_bindings);
    if (r == 0) {
        s->policies = arena_alloc(s->mem, (s->n + 1) * sizeof(*s->policies));
        s->bindings = arena_alloc(s->mem, (n_bindings + 1) * sizeof(*s->bindings));
        r = s->policies && s->bindings ? 0 : -ENOMEM;
    }
    for (size_t i = 0; r == 0 && i < s->n; i++) {
        struct policy *one = &s->policies[i];
        one->name = value_text_at(&policies[i], "metadata.name");
        one->spec = value_at(&policies[i], "spec");
        r = policy_compile(p, s, kind, one);
        for (size_t k = 0; r == 0 && one->rules && k < n_bindings; k++)
            if (str_eq(value_text_at(&bindings[k], "spec.policyName"), one->name))
                r = add_binding(s, one, &bindings[k]);
    }
    return r;
}

int set_take(struct policies *p, int kind, struct policy_set **out)
{
    if (p->stale[kind]) {
        struct policy_set *fresh = NULL;
        int r = set_new(&fresh);
        if (r == 0)
            r = load(p, kind, fresh);
        if (r < 0) {
            set_free(fresh);
            return r;
        }
        set_free(p->now[kind]);
        p->now[kind] = fresh;
        p->stale[kind] = false;
    }
    *out = p->now[kind];
    return 0;
}

bool policies_idle(const struct policies *p, bool mutating)
{
    int kind = mutating ? MUTATING : VALIDATING;
    return !p->stale[kind] && (!p->now[kind] || !p->now[kind]->n_bindings);
}

/* ── watching ── */

static int watch(struct policies *p, int kind, int which);

static void drain(struct policies *p, int kind, int which)
{
    struct store_watch **w = &p->watches[kind][which];
    while (store_watch_next(*w))
        p->stale[kind] = true;
    if (!store_watch_lost(*w))
        return;
    p->stale[kind] = true;
    *w = store_watch_free(*w);
    if (watch(p, kind, which) < 0)
        *w = NULL; /* what there is stays in force */
}

static void on_policy(void *ctx)
{
    drain(ctx, VALIDATING, 0);
}

static void on_binding(void *ctx)
{
    drain(ctx, VALIDATING, 1);
}

static void on_mutating_policy(void *ctx)
{
    drain(ctx, MUTATING, 0);
}

static void on_mutating_binding(void *ctx)
{
    drain(ctx, MUTATING, 1);
}

static int watch(struct policies *p, int kind, int which)
{
    static void (*const wakes[KINDS][2])(void *ctx) = {{on_policy, on_binding}, {on_mutating_policy, on_mutating_binding}};
    SCOPED(arena) mem = NULL;
    struct str prefix;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = query_prefix(mem, row(kind, which), STR_NONE, &prefix);
    if (r == 0)
        r = store_watch_new(&p->watches[kind][which], p->store, prefix, store_revision(p->store), wakes[kind][which], p);
    if (r == 0)
        drain(p, kind, which); /* it calls again only after it was found empty */
    return r > 0 ? -ESTALE : r;
}

int policies_new(struct policies **out, struct store *store, const struct admit_lookup *lookup, struct err *err)
{
    struct policies *p = mem_alloc(sizeof(*p));
    if (!p)
        return err_raise(err, -ENOMEM, "no memory for admission policies");
    p->store = store;
    p->lookup = lookup;
    int r = environment_new(p);
    for (int k = 0; k < KINDS; k++) {
        p->stale[k] = true;
        for (int w = 0; r == 0 && w < 2; w++)
            r = watch(p, k, w);
    }
    if (r < 0) {
        policies_free(p);
        return err_raise(err, r, "the admission policies cannot be read");
    }
    *out = p;
    return 0;
}

struct policies *policies_free(struct policies *p)
{
    if (!p)
        return NULL;
    for (int k = 0; k < KINDS; k++) {
        for (int w = 0; w < 2; w++)
            store_watch_free(p->watches[k][w]);
        set_free(p->now[k]);
        cel_env_unref(p->params[k]);
        cel_env_unref(p->base[k]);
    }
    return mem_free(p);
}
