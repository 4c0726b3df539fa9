/* Who may hand on which permissions: nobody may grant what they do not hold,
 * unless a verb of its own says so (escalate on roles, bind on bindings). */
#include "auth/inside.h"

#define SINGLES_MAX 1000000 /* combinations of one rule looked at; a rule of more is held by nobody */
#define MISSING_MAX 64      /* lines of the refusal */

typedef VEC(const struct auth_rule *) rule_vec;

static bool rule_collect(void *ctx, const struct auth_rule *rule, const struct auth_holding *by)
{
    (void)by;
    rule_vec *v = ctx;
    const struct auth_rule **at = VEC_ADD(v);
    if (at)
        *at = rule;
    return at == NULL;
}

/* ── one verb, group, resource and name at a time ── */

typedef int (*single_fn)(void *ctx, const struct auth_rule *single);

static struct auth_texts text_alone(struct str *s)
{
    return (struct auth_texts){.p = s, .n = 1, .any = str_is(*s, "*")};
}

static int singles_of_resource(const struct auth_rule *rule, struct auth_rule *one, single_fn fn, void *ctx)
{
    for (size_t g = 0; g < rule->groups.n; g++)
        for (size_t s = 0; s < rule->resources.n; s++)
            for (size_t n = 0; n < MAX(rule->names.n, 1u); n++) {
                one->groups = text_alone(&rule->groups.p[g]);
                one->resources = text_alone(&rule->resources.p[s]);
                one->names = rule->names.n ? text_alone(&rule->names.p[n]) : (struct auth_texts){0};
                int r = fn(ctx, one);
                if (r != 0)
                    return r;
            }
    return 0;
}

static int singles_each(const struct auth_rule *rule, single_fn fn, void *ctx)
{
    double all = (double)rule->verbs.n * rule->groups.n * rule->resources.n * MAX(rule->names.n, 1u);
    if (all + (double)rule->verbs.n * rule->urls.n > SINGLES_MAX)
        return fn(ctx, rule);
    for (size_t v = 0; v < rule->verbs.n; v++) {
        struct auth_rule one = {.verbs = text_alone(&rule->verbs.p[v])};
        int r = singles_of_resource(rule, &one, fn, ctx);
        one = (struct auth_rule){.verbs = text_alone(&rule->verbs.p[v])};
        for (size_t u = 0; r == 0 && u < rule->urls.n; u++) {
            one.urls = text_alone(&rule->urls.p[u]);
            r = fn(ctx, &one);
        }
        if (r != 0)
            return r;
    }
    return 0;
}

/* ── what is missing, put together again: verbs of the same thing in one line, as upstream compacts them ── */

struct missing {
    const rule_vec *own;
    struct arena *a;
    VEC(struct auth_rule) lines;
    size_t n; /* in all, listed or not */
};

static bool text_same(const struct auth_texts *a, const struct auth_texts *b)
{
    return a->n == b->n && (a->n == 0 || str_eq(a->p[0], b->p[0]));
}

static int single_missing(void *ctx, const struct auth_rule *single)
{
    struct missing *m = ctx;
    bool huge = single->verbs.n != 1 || single->resources.n > 1 || single->groups.n > 1 || single->names.n > 1 || single->urls.n > 1;
    if (!huge && auth_rule_covered(m->own->p, m->own->n, single))
        return 0;
    m->n++;
    for (size_t i = 0; !huge && i < m->lines.n; i++) {
        struct auth_rule *line = &m->lines.p[i];
        if (!text_same(&line->groups, &single->groups) || !text_same(&line->resources, &single->resources) ||
            !text_same(&line->names, &single->names) || !text_same(&line->urls, &single->urls))
            continue;
        if (auth_texts_have(&line->verbs, single->verbs.p[0]))
            return 0;
        struct str *more = arena_alloc(m->a, (line->verbs.n + 1) * sizeof(struct str));
        if (!more)
            return -ENOMEM;
        memcpy(more, line->verbs.p, line->verbs.n * sizeof(struct str));
        more[line->verbs.n++] = single->verbs.p[0];
        line->verbs.p = more;
        return 0;
    }
    if (m->lines.n >= MISSING_MAX)
        return 0;
    struct auth_rule *line = VEC_ADD(&m->lines);
    if (!line)
        return -ENOMEM;
    *line = *single;
    return 0;
}

int auth_rules_missing(struct arena *a, const struct auth_rule *const *own, size_t n_own, const struct auth_rule *wanted, size_t n_wanted,
                       struct auth_rule **lines, size_t *n_lines)
{
    rule_vec held = {.n = n_own, .cap = n_own};
    held.p = (const struct auth_rule **)(uintptr_t)own;
    struct missing m = {.own = &held, .a = a};
    int r = 0;
    for (size_t i = 0; r == 0 && i < n_wanted; i++)
        r = singles_each(&wanted[i], single_missing, &m);
    if (r == 0 && m.lines.n) {
        *lines = arena_alloc(a, m.lines.n * sizeof(struct auth_rule));
        r = *lines ? 0 : -ENOMEM;
        if (r == 0)
            memcpy(*lines, m.lines.p, m.lines.n * sizeof(struct auth_rule));
    }
    *n_lines = m.lines.n;
    VEC_DONE(&m.lines);
    return r;
}

int auth_rules_compile(struct arena *a, const struct value *list, struct auth_rule **out, size_t *n)
{
    struct auth_bump b = {.scratch = a};
    *n = 0;
    *out = auth_bump_get(&b, value_count(list) * sizeof(struct auth_rule) + 1);
    if (!*out)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list) {
        int r = auth_rule_compile(&b, item, &(*out)[(*n)++]);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── the verdict ── */

struct grant {
    struct auth *x;
    struct arena *a;
    const struct auth_user *user;
    struct str resource, namespace, name;
    struct str *why;
    struct auth_wait *wait;
};

static int line_order(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    return str_cmp(*x, *y);
}

static int grant_refuse(struct grant *g, const char *fmt, ...) PRINTF(2, 3);
static int grant_refuse(struct grant *g, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(256u << 10);
    va_list ap;
    buf_fmt(&b, "%.*s.rbac.authorization.k8s.io ", STR_FMT(g->resource));
    auth_quote(&b, g->name);
    buf_text(&b, " is forbidden: ");
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    int r = buf_error(&b);
    if (r == 0)
        r = arena_str(g->a, buf_view(&b), g->why);
    return r < 0 ? r : AUTH_FORBIDDEN;
}

static int grant_refuse_lines(struct grant *g, const struct auth_rule *lines, size_t n)
{
    SCOPED_BUF b = BUF_INIT(128u << 10);
    struct str *texts = arena_alloc(g->a, n * sizeof(struct str));
    if (!texts)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        buf_clear(&b);
        auth_rule_print(&lines[i], &b);
        if (buf_error(&b) < 0 || arena_str(g->a, buf_view(&b), &texts[i]) < 0)
            return -ENOMEM;
    }
    qsort(texts, n, sizeof(*texts), line_order);
    buf_clear(&b);
    buf_text(&b, "user ");
    auth_quote(&b, g->user->name);
    buf_text(&b, " (groups=[");
    for (size_t i = 0; i < g->user->n_groups; i++) {
        if (i)
            buf_char(&b, ' ');
        auth_quote(&b, g->user->groups[i]);
    }
    buf_text(&b, "]) is attempting to grant RBAC permissions not currently held:");
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "\n%.*s", STR_FMT(texts[i]));
    int r = buf_error(&b);
    return r < 0 ? r : grant_refuse(g, "%s", buf_cstr(&b));
}

/* 1: he may; 0; AUTH_WAITS */
static int grant_verb(struct grant *g, const char *verb, struct str resource, struct str namespace, struct str name)
{
    struct auth_ask ask = {.user = g->user,
                           .verb = str_of(verb),
                           .group = AUTH_RBAC,
                           .version = STR("v1"),
                           .resource = resource,
                           .namespace = namespace,
                           .name = name,
                           .wait = g->wait};
    enum auth_decision d = auth_authorize(g->x, &ask, NULL);
    return d == AUTH_UNDECIDED ? AUTH_WAITS : d == AUTH_ALLOW;
}

static int held_judge(struct grant *g, const struct auth_rule *wanted, size_t n, struct auth_rule **lines, size_t *n_lines)
{
    rule_vec own = {0};
    int r = auth_rbac_each(g->x, g->user, g->namespace, rule_collect, &own) ? -ENOMEM : 0;
    if (r == 0)
        r = auth_rules_missing(g->a, own.p, own.n, wanted, n, lines, n_lines);
    VEC_DONE(&own);
    return r;
}

static int aggregation_judge(struct grant *g)
{
    static struct str any = STR_INIT("*");
    struct auth_texts all = {.p = &any, .n = 1, .any = true};
    struct auth_rule everything[2] = {{.verbs = all, .groups = all, .resources = all}, {.verbs = all, .urls = all}};
    struct auth_rule *lines;
    size_t n;
    int r = held_judge(g, everything, 2, &lines, &n);
    if (r < 0 || n == 0)
        return r;
    return grant_refuse(g, "must have cluster-admin privileges to use the aggregationRule");
}

static int role_judge(struct grant *g, const struct value *object, const struct value *old)
{
    struct auth_rule *rules, *lines;
    size_t n, n_lines;
    const struct value *aggregation = value_at(object, "aggregationRule");
    bool aggregated = !value_is_null(aggregation);
    if (old && value_equal(value_at(old, "rules"), value_at(object, "rules")) &&
        (!aggregated || value_equal(value_at(old, "aggregationRule"), aggregation)))
        return 0;
    int r = grant_verb(g, "escalate", g->resource, g->namespace, g->name);
    if (r)
        return r == AUTH_WAITS ? r : 0;
    r = aggregated ? aggregation_judge(g) : 0;
    if (r == 0)
        r = auth_rules_compile(g->a, value_at(object, "rules"), &rules, &n);
    if (r == 0)
        r = held_judge(g, rules, n, &lines, &n_lines);
    return r != 0 ? r : n_lines ? grant_refuse_lines(g, lines, n_lines) : 0;
}

static int binding_judge(struct grant *g, const struct value *object, const struct value *old)
{
    struct auth_rule *lines = NULL;
    size_t n_lines = 0;
    struct str name = value_text_at(object, "roleRef.name");
    bool cluster = str_is(value_text_at(object, "roleRef.kind"), "ClusterRole");
    if (old && value_equal(value_at(old, "roleRef"), value_at(object, "roleRef")) &&
        value_equal(value_at(old, "subjects"), value_at(object, "subjects")))
        return 0;
    /* A ClusterRole bound in a namespace needs `bind` in that namespace only. */
    int r = grant_verb(g, "bind", cluster ? STR("clusterroles") : STR("roles"), g->namespace, name);
    if (r)
        return r == AUTH_WAITS ? r : 0;
    const struct auth_role *role = auth_role_find(g->x, cluster ? STR_NONE : g->namespace, name);
    if (!role)
        return grant_refuse(g, "%s.rbac.authorization.k8s.io \"%.*s\" not found", cluster ? "clusterroles" : "roles", STR_FMT(name));
    if (!role->selectors_mem)
        r = held_judge(g, role->rules, role->n_rules, &lines, &n_lines);
    struct auth_rule *flat = role->n_all ? arena_alloc(g->a, role->n_all * sizeof(struct auth_rule)) : NULL;
    if (role->n_all && !flat)
        return -ENOMEM;
    for (size_t i = 0; i < role->n_all; i++)
        flat[i] = *role->all[i];
    if (role->n_all)
        r = held_judge(g, flat, role->n_all, &lines, &n_lines);
    return r != 0 ? r : n_lines ? grant_refuse_lines(g, lines, n_lines) : 0;
}

int auth_rbac_may_write(struct auth *x, struct arena *a, const struct auth_user *u, struct str resource, const struct value *object,
                        const struct value *old, struct auth_wait *wait, struct str *why)
{
    struct grant g = {.x = x,
                      .a = a,
                      .user = u,
                      .resource = resource,
                      .wait = wait,
                      .why = why,
                      .namespace = value_text_at(object, "metadata.namespace"),
                      .name = value_text_at(object, "metadata.name")};
    if (auth_user_in(u, STR("system:masters")))
        return 0;
    if (str_is(resource, "roles") || str_is(resource, "clusterroles"))
        return role_judge(&g, object, old);
    if (str_is(resource, "rolebindings") || str_is(resource, "clusterrolebindings"))
        return binding_judge(&g, object, old);
    return 0;
}
