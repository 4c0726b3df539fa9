#include "ctl/inside.h"

/* ClusterRoles with an aggregationRule hold the rules of those whose labels it selects, in order of their names, each
 * once. (Authorization sums them up by itself: this is for people and programs that read `.rules`.) */
#define GROUP "rbac.authorization.k8s.io"
#define ROLES "clusterroles"

static bool is_aggregated(const struct value *role)
{
    return value_count(value_at(role, "aggregationRule.clusterRoleSelectors")) > 0;
}

/* Any role may be a part of any aggregated one. */
void map_roles(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct client_cache *roles = view_cache(v, ROLES);
    (void)old;
    (void)now;
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(roles, &at);
        if (!o)
            return;
        if (is_aggregated(view_tree(v, o)))
            add(ctx, object_name(o));
    }
}

static int by_name(const void *a, const void *b)
{
    const struct value *const *x = a, *const *y = b;
    return str_cmp(value_text_at(*x, "metadata.name"), value_text_at(*y, "metadata.name"));
}

static bool chosen(struct view *v, const struct value *role, const struct object *o)
{
    VALUE_EACH_ITEM (s, value_at(role, "aggregationRule.clusterRoleSelectors"))
        if (selects(v, s, o))
            return true;
    return false;
}

static int rules_add(struct view *v, struct value *rules, const struct value *part)
{
    VALUE_EACH_ITEM (rule, value_at(part, "rules")) {
        bool there = false;
        VALUE_EACH_ITEM (have, rules)
            there = there || value_equal(have, rule);
        if (!there && !value_add(v->mem, rules, *rule))
            return -ENOMEM;
    }
    return 0;
}

void aggregation_reconcile(struct view *v, struct str key)
{
    struct value *role = view_get(v, ROLES, STR_NONE, key), rules = value_make_list(), patch = {0};
    struct client_cache *roles = view_cache(v, ROLES);
    struct value **parts = arena_alloc(v->mem, (client_cache_count(roles) + 1) * sizeof(*parts));
    size_t n = 0;
    int r = parts ? 0 : -ENOMEM;
    if (!role || is_deleting(role) || !is_aggregated(role))
        return;
    for (struct map_slot *at = NULL; r == 0;) {
        struct object *o = client_cache_next(roles, &at);
        if (!o)
            break;
        if (!str_eq(object_name(o), key) && chosen(v, role, o) && !(parts[n++] = view_tree(v, o)))
            return;
    }
    if (r == 0)
        qsort(parts, n, sizeof(*parts), by_name);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = rules_add(v, &rules, parts[i]);
    const struct value *have = value_at(role, "rules");
    if (r == 0 && (value_equal(have, &rules) || (value_is_null(have) && !value_count(&rules))))
        return;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(role, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "rules", rules);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, GROUP, ROLES, role);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}
