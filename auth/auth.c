#include "auth/inside.h"

static const struct auth_watched watched[] = {
    {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("clusterroles"), false},
    {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("roles"), false},
    {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("clusterrolebindings"), false},
    {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("rolebindings"), false},
    {STR_INIT(""), STR_INIT("pods"), false},
    {STR_INIT(""), STR_INIT("persistentvolumes"), false},
    {STR_INIT("storage.k8s.io"), STR_INIT("volumeattachments"), false},
    {STR_INIT("resource.k8s.io"), STR_INIT("resourceslices"), false},
    {STR_INIT(""), STR_INIT("serviceaccounts"), true},
    {STR_INIT(""), STR_INIT("secrets"), true},
    {STR_INIT(""), STR_INIT("nodes"), true},
    {{NULL, 0}, {NULL, 0}, false},
};

const struct auth_watched *auth_watches(void)
{
    return watched;
}

/* What the Node authorizer allows beside its graph is the role system:node of the bootstrap policy. */
static int node_rules_load(struct auth *x)
{
    struct value role;
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, AUTH_OBJECT_BYTES);
    if (r == 0)
        r = arena_new(&x->node_mem, AUTH_OBJECT_BYTES);
    if (r == 0)
        r = auth_policy_role(a, "system:node", &role);
    if (r < 0)
        return r;
    struct auth_bump b = {.scratch = x->node_mem};
    const struct value *rules = value_at(&role, "rules");
    x->node_rules = auth_bump_get(&b, value_count(rules) * sizeof(struct auth_rule));
    if (!x->node_rules)
        return -ENOMEM;
    VALUE_EACH_ITEM (rule, rules) {
        r = auth_rule_compile(&b, rule, &x->node_rules[x->n_node_rules++]);
        if (r < 0)
            return r;
    }
    return 0;
}

static int options_keep(struct auth *x, const struct auth_options *o)
{
    size_t n = 0;
    while (o->audiences && o->audiences[n])
        n++;
    int r = arena_new(&x->mem, 1u << 20);
    if (r == 0)
        r = arena_new(&x->scratch, AUTH_OBJECT_BYTES);
    if (r == 0)
        r = arena_str(x->mem, str_of(o->issuer ? o->issuer : "https://kubernetes.default.svc.cluster.local"), &x->issuer);
    if (r < 0)
        return r;
    x->audiences = arena_alloc(x->mem, (n + 1) * sizeof(struct str));
    if (!x->audiences)
        return -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = arena_str(x->mem, str_of(o->audiences[i]), &x->audiences[x->n_audiences++]);
    if (n == 0)
        x->audiences[x->n_audiences++] = x->issuer;
    x->token_seconds_max = o->token_seconds_max;
    x->no_extension = o->no_extension;
    x->no_bootstrap_tokens = o->no_bootstrap_tokens;
    x->no_anonymous = o->no_anonymous;
    x->lookup = o->lookup;
    return r;
}

int auth_new(struct auth **out, const struct auth_options *o, struct err *err)
{
    struct auth *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for authentication");
    int r = options_keep(x, o);
    if (r == 0)
        r = node_rules_load(x);
    if (r < 0)
        err_raise(err, r, "no memory for authentication");
    if (r == 0)
        r = auth_set_keys(x, o->signing_key, o->verify_keys, err);
    if (r < 0) {
        auth_free(x);
        return r;
    }
    *out = x;
    return 0;
}

struct auth *auth_free(struct auth *x)
{
    if (!x)
        return NULL;
    CHECK(auth_set_keys(x, NULL, NULL, NULL) == 0); /* empties the cache too */
    map_done(&x->cached);
    mem_free(x->cache);
    auth_rbac_done(x);
    auth_graph_done(x);
    VEC_DONE(&x->statics);
    arena_free(x->static_mem);
    arena_free(x->node_mem);
    arena_free(x->scratch);
    arena_free(x->mem);
    return mem_free(x);
}

int auth_put(struct auth *x, struct str group, struct str resource, const struct value *object)
{
    return str_eq(group, AUTH_RBAC) ? auth_rbac_put(x, resource, object) : auth_graph_put(x, resource, object);
}

void auth_delete(struct auth *x, struct str group, struct str resource, struct str namespace, struct str name)
{
    if (str_eq(group, AUTH_RBAC)) {
        auth_rbac_delete(x, resource, namespace, name);
        return;
    }
    auth_graph_delete(x, resource, namespace, name);
    if (group.n == 0 && (str_is(resource, "serviceaccounts") || str_is(resource, "pods") || str_is(resource, "secrets") || str_is(resource, "nodes")))
        auth_cache_drop(x, resource, namespace, name);
}

void auth_set_outsiders(struct auth *x, const struct auth_outsider *list, size_t n)
{
    CHECK(n <= AUTH_OUTSIDERS_MAX);
    for (size_t i = 0; i < n; i++)
        x->outsiders[i] = list[i];
    x->n_outsiders = n;
}

void auth_set_anonymous(struct auth *x, bool enabled, const char *const *paths)
{
    x->anonymous_set = true;
    x->anonymous = enabled;
    x->anonymous_paths = paths;
}

void auth_reset_anonymous(struct auth *x)
{
    x->anonymous_set = false;
}

void auth_set_judges(struct auth *x, const struct auth_judge *list, size_t n)
{
    CHECK(n <= AUTH_JUDGES_MAX);
    for (size_t i = 0; i < n; i++)
        x->judges[i] = list[i];
    x->n_judges = n;
}

void auth_wake(struct list *waiting)
{
    struct list now = LIST_INIT(now);
    while (!list_empty(waiting)) {
        struct list *item = waiting->next;
        list_del(item);
        list_add(&now, item);
    }
    while (!list_empty(&now)) { /* who is woken may take others off the list */
        struct auth_wait *w = CONTAINER_OF(now.next, struct auth_wait, link);
        list_del(&w->link);
        w->fn(w->ctx);
    }
}

static enum auth_decision judge(struct auth *x, const struct auth_judge *j, const struct auth_ask *ask, char *reason)
{
    struct str node;
    switch (j->kind) {
    case AUTH_JUDGE_NODE:
        return auth_user_node(ask->user, &node) && node.n ? auth_node_decide(x, node, ask, reason) : AUTH_NO_OPINION;
    case AUTH_JUDGE_RBAC:
        return auth_rbac_decide(x, ask, reason);
    case AUTH_JUDGE_ALWAYS_ALLOW:
        return AUTH_ALLOW;
    case AUTH_JUDGE_ALWAYS_DENY:
        if (reason)
            snprintf(reason, AUTH_REASON_MAX, "Everything is forbidden.");
        return AUTH_NO_OPINION;
    case AUTH_JUDGE_OUTSIDER:
    default:
        return j->decide(j->ctx, ask, reason);
    }
}

/* What those without an opinion said is told together, as upstream does. */
static enum auth_decision judge_all(struct auth *x, const struct auth_ask *ask, char *reason)
{
    char one[AUTH_REASON_MAX], all[AUTH_REASON_MAX] = "";
    for (size_t i = 0; i < x->n_judges; i++) {
        one[0] = 0;
        enum auth_decision d = judge(x, &x->judges[i], ask, one);
        if (d != AUTH_NO_OPINION) {
            if (reason)
                memcpy(reason, one, sizeof(one));
            return d;
        }
        size_t n = strlen(all);
        if (one[0])
            snprintf(all + n, sizeof(all) - n, "%s%s", n ? ", " : "", one);
    }
    if (reason)
        memcpy(reason, all, sizeof(all));
    return AUTH_NO_OPINION;
}

enum auth_decision auth_authorize(struct auth *x, const struct auth_ask *ask, char reason[AUTH_REASON_MAX])
{
    static const struct auth_judge usual[] = {{.kind = AUTH_JUDGE_NODE}, {.kind = AUTH_JUDGE_RBAC}};
    if (reason)
        reason[0] = 0;
    if (auth_user_in(ask->user, STR("system:masters")))
        return AUTH_ALLOW;
    if (x->n_judges)
        return judge_all(x, ask, reason);
    for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
        enum auth_decision d = judge(x, &usual[i], ask, reason);
        if (d != AUTH_NO_OPINION)
            return d;
    }
    return AUTH_NO_OPINION;
}

/* "deployments.apps", "pods": the group-resource of an error. */
static void qualified_print(struct buf *b, const struct auth_ask *ask)
{
    buf_str(b, ask->resource);
    if (ask->group.n) {
        buf_char(b, '.');
        buf_str(b, ask->group);
    }
}

struct str auth_forbidden_message(struct arena *a, const struct auth_ask *ask, const char *reason)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    struct str out = STR_NONE;
    if (ask->resource.n) {
        qualified_print(&b, ask);
        if (ask->name.n) {
            buf_char(&b, ' ');
            auth_quote(&b, ask->name);
        }
        buf_text(&b, " is ");
    }
    buf_text(&b, "forbidden: User ");
    auth_quote(&b, ask->user->name);
    buf_fmt(&b, " cannot %.*s ", STR_FMT(ask->verb));
    if (!ask->resource.n) {
        buf_text(&b, "path ");
        auth_quote(&b, ask->path);
    } else {
        buf_fmt(&b, "resource \"%.*s%s%.*s\" in API group \"%.*s\" ", STR_FMT(ask->resource), ask->subresource.n ? "/" : "",
                STR_FMT(ask->subresource), STR_FMT(ask->group));
        buf_text(&b, ask->namespace.n ? "in the namespace " : "at the cluster scope");
        if (ask->namespace.n)
            auth_quote(&b, ask->namespace);
    }
    if (reason && reason[0])
        buf_fmt(&b, ": %s", reason);
    if (buf_error(&b) < 0 || arena_str(a, buf_view(&b), &out) < 0)
        return STR_NONE;
    return out;
}
