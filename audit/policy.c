/* audit.k8s.io/v1 Policy: which requests are told of, and how much. */
#include "audit/audit.h"
#include "yaml/yaml.h"

#define POLICY_BYTES_MAX ((size_t)32 << 20)

static const char *const level_names[] = {"None", "Metadata", "Request", "RequestResponse", NULL};
static const char *const stage_names[] = {"RequestReceived", "ResponseStarted", "ResponseComplete", "Panic", NULL};

struct texts {
    struct str *p;
    size_t n;
};
struct group_rule {
    struct str group;
    struct texts resources, names;
};
struct rule {
    enum audit_level level;
    struct texts users, groups, verbs, namespaces, urls;
    struct group_rule *resources;
    size_t n_resources;
    unsigned omits;
    bool omits_fields;
};
struct audit_policy {
    struct arena *a;
    struct rule *rules;
    size_t n;
};

/* ── reading ── */

struct reader {
    struct arena *a;
    struct err *err;
    char path[128]; /* of the rule under the eye: "rules[3]." */
};

static int bad(struct reader *x, const char *field, const char *why)
{
    return err_raise(x->err, -EINVAL, "%s%s: %s", x->path, field, why);
}

static int known(struct reader *x, const struct value *v, const char *const *names)
{
    VALUE_EACH_MEMBER (m, v) {
        size_t i = 0;
        while (names[i] && !str_is(m->key, names[i]))
            i++;
        if (!names[i])
            return err_raise(x->err, -EINVAL, "%s%.*s: there is no such field", x->path, (int)MIN(m->key.n, (size_t)64), m->key.p);
    }
    return 0;
}

static int read_texts(struct reader *x, const struct value *v, const char *field, struct texts *out)
{
    const struct value *list = value_get(v, str_of(field));
    if (value_is_null(list))
        return 0;
    if (list->type != VALUE_LIST)
        return bad(x, field, "must be a list of texts");
    out->p = arena_alloc(x->a, (value_count(list) + 1) * sizeof(*out->p));
    if (!out->p)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list) {
        if (item->type != VALUE_TEXT)
            return bad(x, field, "must be a list of texts");
        out->p[out->n++] = item->text;
    }
    return 0;
}

static int index_of(struct str s, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (str_is(s, names[i]))
            return i;
    return -1;
}

static int read_stages(struct reader *x, const struct value *v, unsigned *out)
{
    struct texts t = {0};
    int r = read_texts(x, v, "omitStages", &t);
    for (size_t i = 0; r == 0 && i < t.n; i++) {
        int stage = index_of(t.p[i], stage_names);
        if (stage < 0)
            return err_raise(x->err, -EINVAL, "%somitStages[%zu]: \"%.*s\" must be RequestReceived, ResponseStarted, ResponseComplete or Panic",
                             x->path, i, (int)MIN(t.p[i].n, (size_t)64), t.p[i].p);
        *out |= 1u << stage;
    }
    return r;
}

static int read_groups(struct reader *x, const struct value *v, struct rule *r)
{
    static const char *const fields[] = {"group", "resources", "resourceNames", NULL};
    const struct value *list = value_get(v, STR("resources"));
    if (value_is_null(list))
        return 0;
    if (list->type != VALUE_LIST)
        return bad(x, "resources", "must be a list");
    r->resources = arena_alloc(x->a, (value_count(list) + 1) * sizeof(*r->resources));
    if (!r->resources)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list) {
        struct group_rule *g = &r->resources[r->n_resources++];
        const struct value *group = value_get(item, STR("group"));
        *g = (struct group_rule){0};
        if (item->type != VALUE_MAP)
            return bad(x, "resources", "must be a list of objects");
        if (!value_is_null(group) && group->type != VALUE_TEXT)
            return bad(x, "resources.group", "must be a text");
        g->group = value_text(group);
        int e = known(x, item, fields);
        if (e == 0)
            e = read_texts(x, item, "resources", &g->resources);
        if (e == 0)
            e = read_texts(x, item, "resourceNames", &g->names);
        if (e < 0)
            return e;
        if (g->names.n && !g->resources.n)
            return bad(x, "resources.resourceNames", "using resourceNames requires at least one resource");
    }
    return 0;
}

static int check_urls(struct reader *x, const struct rule *r)
{
    if (r->urls.n && (r->n_resources || r->namespaces.n))
        return bad(x, "nonResourceURLs", "rules cannot apply to both regular resources and non-resource URLs");
    for (size_t i = 0; i < r->urls.n; i++) {
        struct str u = r->urls.p[i];
        ssize_t star = str_find(u, STR("*"));
        if (str_is(u, "*"))
            continue;
        if (!u.n || u.p[0] != '/' || (star >= 0 && (size_t)star + 1 != u.n))
            return err_raise(x->err, -EINVAL, "%snonResourceURLs[%zu]: \"%.*s\" must begin with a / and may have a * at its end", x->path, i,
                             (int)MIN(u.n, (size_t)128), u.p ? u.p : "");
    }
    return 0;
}

static int read_bool(struct reader *x, const struct value *v, bool *out)
{
    const struct value *b = value_get(v, STR("omitManagedFields"));
    if (value_is_null(b))
        return 0;
    if (b->type != VALUE_BOOL)
        return bad(x, "omitManagedFields", "must be true or false");
    *out = b->boolean;
    return 0;
}

static int read_rule(struct reader *x, const struct value *v, struct rule *r)
{
    static const char *const fields[] = {"level",           "users",      "userGroups",        "verbs", "resources", "namespaces",
                                         "nonResourceURLs", "omitStages", "omitManagedFields", NULL};
    if (v->type != VALUE_MAP)
        return bad(x, "", "must be an object");
    struct str level = value_text(value_get(v, STR("level")));
    int at = index_of(level, level_names), e = known(x, v, fields);
    if (e == 0 && at < 0)
        return err_raise(x->err, -EINVAL, "%slevel: \"%.*s\" must be None, Metadata, Request or RequestResponse", x->path,
                         (int)MIN(level.n, (size_t)64), level.p ? level.p : "");
    r->level = at < 0 ? AUDIT_NONE : (enum audit_level)at;
    const struct {
        const char *field;
        struct texts *to;
    } lists[] = {
        {"users", &r->users}, {"userGroups", &r->groups}, {"verbs", &r->verbs}, {"namespaces", &r->namespaces}, {"nonResourceURLs", &r->urls}};
    for (size_t i = 0; e == 0 && i < ARRAY_LEN(lists); i++)
        e = read_texts(x, v, lists[i].field, lists[i].to);
    if (e == 0)
        e = read_groups(x, v, r);
    if (e == 0)
        e = read_stages(x, v, &r->omits);
    if (e == 0)
        e = read_bool(x, v, &r->omits_fields);
    return e < 0 ? e : check_urls(x, r);
}

static int read_policy(struct audit_policy *p, const struct value *root, struct err *err)
{
    static const char *const fields[] = {"apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields", NULL};
    struct reader x = {.a = p->a, .err = err};
    const struct value *rules = value_get(root, STR("rules"));
    unsigned omits = 0;
    bool omits_fields = false;
    if (root->type != VALUE_MAP || !str_is(value_text(value_get(root, STR("kind"))), "Policy"))
        return bad(&x, "kind", "must be Policy");
    if (!str_is(value_text(value_get(root, STR("apiVersion"))), "audit.k8s.io/v1"))
        return bad(&x, "apiVersion", "must be audit.k8s.io/v1");
    int r = known(&x, root, fields);
    if (r == 0 && (value_is_null(rules) || rules->type != VALUE_LIST || !value_count(rules)))
        return bad(&x, "rules", "must be a list of at least one rule");
    if (r == 0)
        r = read_stages(&x, root, &omits);
    if (r == 0)
        r = read_bool(&x, root, &omits_fields);
    p->rules = r == 0 ? arena_alloc(p->a, value_count(rules) * sizeof(*p->rules)) : NULL;
    if (r == 0 && !p->rules)
        r = -ENOMEM;
    for (size_t i = 0; r == 0 && i < value_count(rules); i++) {
        snprintf(x.path, sizeof(x.path), "rules[%zu].", i);
        p->rules[i] = (struct rule){.omits = omits, .omits_fields = omits_fields};
        r = read_rule(&x, value_item(rules, i), &p->rules[i]);
        p->n = i + 1;
    }
    return r;
}

int audit_policy_parse(struct audit_policy **out, struct str text, struct err *err)
{
    struct arena *a = NULL;
    struct value root = {0};
    if (text.n > AUDIT_POLICY_MAX)
        return err_raise(err, -E2BIG, "a policy may have %u bytes", AUDIT_POLICY_MAX);
    struct audit_policy *p = arena_new(&a, POLICY_BYTES_MAX) == 0 ? arena_alloc(a, sizeof(*p)) : NULL;
    if (!p) {
        arena_free(a);
        return err_raise(err, -ENOMEM, "no memory for an audit policy");
    }
    *p = (struct audit_policy){.a = a};
    int r = yaml_parse(a, text, NULL, &root, err);
    if (r == 0)
        r = read_policy(p, &root, err);
    if (r < 0) {
        arena_free(a);
        return r == -ENOMEM ? err_raise(err, r, "no memory for an audit policy") : r;
    }
    *out = p;
    return 0;
}

struct audit_policy *audit_policy_free(struct audit_policy *p)
{
    if (p)
        arena_free(p->a);
    return NULL;
}

/* ── judging ── */

static bool has(const struct texts *t, struct str s)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->p[i], s))
            return true;
    return false;
}

static bool has_group(const struct texts *t, const struct auth_user *u)
{
    for (size_t i = 0; i < t->n; i++)
        if (auth_user_in(u, t->p[i]))
            return true;
    return false;
}

/* "pods", "pods/log", "pods/""*" (all of its subresources), "*""/scale", "*" */
static bool resource_fits(struct str want, const struct apireq_route *r)
{
    struct str head, tail;
    if (str_is(want, "*"))
        return true;
    if (!str_cut(want, '/', &head, &tail))
        return !r->subresource.n && str_eq(want, r->resource);
    if (str_is(head, "*"))
        return str_eq(tail, r->subresource);
    return str_eq(head, r->resource) && (str_is(tail, "*") ? r->subresource.n > 0 : str_eq(tail, r->subresource));
}

static bool group_fits(const struct group_rule *g, const struct apireq_route *r)
{
    if (!str_eq(g->group, r->group))
        return false;
    if (!g->resources.n)
        return true;
    for (size_t i = 0; i < g->resources.n; i++)
        if (resource_fits(g->resources.p[i], r) && (!g->names.n || has(&g->names, r->name)))
            return true;
    return false;
}

static bool resources_fit(const struct rule *x, const struct apireq_route *r)
{
    if (!r->is_resource || (x->namespaces.n && !has(&x->namespaces, r->ns)))
        return false;
    for (size_t i = 0; i < x->n_resources; i++)
        if (group_fits(&x->resources[i], r))
            return true;
    return !x->n_resources;
}

static bool url_fits(const struct rule *x, const struct apireq_route *r)
{
    for (size_t i = 0; i < x->urls.n && !r->is_resource; i++) {
        struct str u = x->urls.p[i];
        bool open = u.n && u.p[u.n - 1] == '*';
        if (open ? str_starts(r->path, str_make(u.p, u.n - 1)) : str_eq(u, r->path))
            return true;
    }
    return false;
}

static bool fits(const struct rule *x, const struct auth_user *u, const struct apireq_route *r)
{
    if ((x->users.n && !has(&x->users, u->name)) || (x->groups.n && !has_group(&x->groups, u)) || (x->verbs.n && !has(&x->verbs, r->verb_text)))
        return false;
    if (x->namespaces.n || x->n_resources)
        return resources_fit(x, r);
    return !x->urls.n || url_fits(x, r);
}

struct audit_verdict audit_policy_judge(const struct audit_policy *p, const struct auth_user *user, const struct apireq_route *route)
{
    for (size_t i = 0; i < p->n; i++)
        if (fits(&p->rules[i], user, route))
            return (struct audit_verdict){p->rules[i].level, p->rules[i].omits, p->rules[i].omits_fields};
    return (struct audit_verdict){.level = AUDIT_NONE};
}
