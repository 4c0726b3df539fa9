/* Whom a binding means, and with what parameters. */
#include "query/query.h"
#include "selector/selector.h"

#include "policy/inside.h"

void rules_ask(struct rules_request *what, struct policies *p, const struct policy_request *q)
{
    *what = (struct rules_request){.arena = q->arena,
                                   .lookup = p->lookup,
                                   .operation = q->operation,
                                   .resource = q->resource,
                                   .subresource = q->subresource,
                                   .namespace = q->namespace,
                                   .name = q->name,
                                   .object = q->object,
                                   .old = q->old};
}

int binding_fits(const struct binding *b, struct rules_request *what, const struct schema_resource **as)
{
    const struct schema_resource *also;
    int r = rules_fit(b->policy->rules, what, as);
    return r == RULES_FIT && b->rules ? rules_fit(b->rules, what, &also) : r;
}

struct search {
    struct policies *p;
    const struct binding *b;
    struct policy_request *q;
    int (*one)(void *ctx, const struct value *params);
    int (*broken)(void *ctx, const char *why);
    void *ctx;
};

static int none(const struct search *s)
{
    if (!str_is(value_text_at(s->b->spec, "paramRef.parameterNotFoundAction"), "Deny"))
        return 0;
    return s->broken(s->ctx, "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction");
}

static int by_name(const struct search *s, const struct schema_resource *r, struct str ns, struct str name)
{
    struct value *tree = arena_alloc(s->q->arena, sizeof(*tree));
    struct store_snapshot *v = store_snapshot(s->p->store);
    struct str key;
    int e = tree && v ? query_key(s->q->arena, r, ns, name, &key) : -ENOMEM;
    struct object *o = e == 0 ? store_snapshot_get(v, key) : NULL;
    if (o)
        e = object_tree(s->q->arena, o, tree, NULL);
    store_snapshot_unref(v);
    if (e < 0)
        return e;
    return o ? s->one(s->ctx, tree) : none(s);
}

static int by_selector(const struct search *s, const struct schema_resource *r, struct str ns, const struct value *wanted)
{
    struct store_snapshot *v = store_snapshot(s->p->store);
    struct selector *labels = NULL;
    struct store_cursor c;
    struct object *o;
    struct str prefix;
    size_t n = 0;
    int e = v ? query_prefix(s->q->arena, r, ns, &prefix) : -ENOMEM;
    if (e == 0)
        e = selector_from_tree(s->q->arena, wanted, &labels, NULL);
    if (e == 0) {
        store_cursor_start(&c, v, prefix, prefix);
        while (e == 0 && (o = store_cursor_next(&c)) != NULL) {
            struct value *tree = selector_matches_object(labels, o) ? arena_alloc(s->q->arena, sizeof(*tree)) : NULL;
            if (!tree)
                continue;
            n++;
            e = object_tree(s->q->arena, o, tree, NULL);
            if (e == 0)
                e = s->one(s->ctx, tree);
        }
    }
    store_snapshot_unref(v);
    return e == 0 && !n ? none(s) : e;
}

int binding_params(struct policies *p, const struct binding *b, struct policy_request *q, int (*one)(void *ctx, const struct value *params),
                   int (*broken)(void *ctx, const char *why), void *ctx)
{
    struct search s = {.p = p, .b = b, .q = q, .one = one, .broken = broken, .ctx = ctx};
    const struct value *ref = value_at(b->spec, "paramRef");
    struct str group, version, name = value_text_at(ref, "name"), ns = value_text_at(ref, "namespace");
    if (b->policy->params_slot < 0)
        return one(ctx, NULL);
    if (value_is_null(ref)) /* params is null then, as upstream has it */
        return one(ctx, NULL);
    if (!str_cut(b->policy->param_api_version, '/', &group, &version)) {
        version = group;
        group = STR("");
    }
    const struct schema_resource *r = schema_resource_take_kind(group, version, b->policy->param_kind_name);
    int e;
    if (!r) {
        char why[512];
        snprintf(why, sizeof(why), "failed to configure policy: failed to find resource referenced by paramKind: '%.*s, Kind=%.*s'",
                 STR_FMT(b->policy->param_api_version), STR_FMT(b->policy->param_kind_name));
        return broken(ctx, why);
    }
    if (!r->namespaced && ns.n)
        e = broken(ctx, "failed to configure binding: paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
    else if (r->namespaced && !ns.n && !q->namespace.n)
        e = broken(ctx, "failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    else if (name.n)
        e = by_name(&s, r, r->namespaced ? ns.n ? ns : q->namespace : STR_NONE, name);
    else
        e = by_selector(&s, r, r->namespaced ? ns.n ? ns : q->namespace : STR_NONE, value_at(ref, "selector"));
    schema_resource_put(r);
    return e;
}
