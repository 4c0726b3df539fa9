#include "ctl/inside.h"

/* CustomResourceDefinitions: the end of one, and names that became free.
 *
 * One that is being deleted takes its objects with it: they are deleted, and when
 * the last of them has gone the finalizer comes off. One whose names somebody
 * else had is written once more, as it is, whenever another definition changes:
 * the server judges its names anew. */
#define CLEANUP "customresourcecleanup.apiextensions.k8s.io"

/* ── whom a change concerns ── */

static const void *only_conditions(const void *parent, struct str key)
{
    static const char status;
    if (parent == &status)
        return "";
    if (str_is(key, "status"))
        return &status;
    return *(const char *)parent ? VALUE_GUIDE_RAW : parent;
}

size_t definition_refused_key(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    SCOPED(arena) mem = NULL;
    const struct value_guide look = {only_conditions, "top"};
    struct value tree;
    (void)scratch;
    if (str_find(o->stored, STR("\"False\"")) < 0) /* of nearly all: nobody refuses them anything */
        return 0;
    if (arena_new(&mem, 16u << 20) < 0 || value_parse(mem, o->stored, &look, NULL, &tree, NULL) < 0)
        return 0;
    const struct value *c = condition_find(value_get(&tree, STR("status")), "NamesAccepted");
    if (!str_is(value_text_at(c, "status"), "False"))
        return 0;
    out[0] = STR("refused");
    return 1;
}

void definition_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    size_t n;
    struct object *const *items = client_cache_lookup(view_cache(v, "customresourcedefinitions"), "refused", STR("refused"), &n);
    for (size_t i = 0; i < n; i++)
        if (!now || !str_eq(object_name(items[i]), object_name(now)))
            add(ctx, object_name(items[i]));
    if (now && object_deleting(now))
        add(ctx, object_name(now));
    (void)old;
}

void definition_map_object(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str name[CLIENT_INDEX_KEYS];
    char scratch[256];
    if (now || !view_index_definition(old, name, scratch))
        return;
    struct object *o = client_cache_get(view_cache(v, "customresourcedefinitions"), STR_NONE, name[0]);
    if (o && object_deleting(o))
        add(ctx, name[0]);
}

/* ── its end ── */

static void delete_objects(struct view *v, struct object *const *items, size_t n)
{
    size_t waiting = 0;
    for (size_t i = 0; i < n; i++)
        waiting += object_deleting(items[i]);
    const struct schema_resource *r = waiting < n ? view_custom(items[0]) : NULL;
    if (r) {
        struct client_call *call = client_intend(v->out, CLIENT_DELETE_COLLECTION, r, STR_NONE, STR_NONE);
        call->propagation = CLIENT_BACKGROUND;
    }
    schema_resource_put(r);
    client_intend_again(v->out, 5000); /* changes bring us back earlier */
}

void definition_reconcile(struct view *v, struct str key)
{
    struct value *tree = view_get(v, "customresourcedefinitions", STR_NONE, key);
    const struct schema_resource *r = view_resource("apiextensions.k8s.io", "customresourcedefinitions");
    size_t n = 0;
    if (!tree)
        return;
    if (!is_deleting(tree)) {
        const struct value *c = condition_find(value_get(tree, STR("status")), "NamesAccepted");
        if (str_is(value_text_at(c, "status"), "False"))
            want_body(v, want(v, CLIENT_UPDATE, "apiextensions.k8s.io", "customresourcedefinitions", tree), tree);
        return;
    }
    if (!has_finalizer(tree, CLEANUP) || v->customs >= v->n)
        return;
    struct object *const *items = client_cache_lookup(v->caches[v->customs], "definition", key, &n);
    if (n)
        delete_objects(v, items, n);
    else
        want_without_finalizer(v, r, tree, CLEANUP);
}

/* ── admission policies: what their expressions get wrong about the kinds they name ── */

#define POLICY_GROUP "admissionregistration.k8s.io"
#define POLICIES     "validatingadmissionpolicies"

void policy_status_reconcile(struct view *v, struct str key)
{
    struct value *policy = view_get(v, POLICIES, STR_NONE, key), warnings = {0}, body = value_make_map();
    int64_t generation = value_int_at(policy, "metadata.generation", 0);
    int r = 0;
    if (!policy || is_deleting(policy) || !v->options->warnings || generation <= value_int_at(policy, "status.observedGeneration", 0))
        return;
    r = v->options->warnings(v->options->trust_ctx, v->mem, policy, &warnings);
    VALUE_SET(&r, v->mem, &body, "apiVersion", value_make_text(STR(POLICY_GROUP "/v1")));
    VALUE_SET(&r, v->mem, &body, "kind", value_make_text(STR("ValidatingAdmissionPolicy")));
    VALUE_SET(&r, v->mem, &body, "metadata.name", value_make_text(key));
    VALUE_SET(&r, v->mem, &body, "status.observedGeneration", value_make_int(generation));
    VALUE_SET(&r, v->mem, &body, "status.typeChecking", value_make_map());
    if (r == 0 && value_count(&warnings))
        VALUE_SET(&r, v->mem, &body, "status.typeChecking.expressionWarnings", warnings);
    struct client_call *call = r == 0 ? want(v, CLIENT_PATCH, POLICY_GROUP, POLICIES, policy) : NULL;
    if (!call) {
        v->out->failed = true;
        return;
    }
    call->patch = CLIENT_PATCH_APPLY;
    call->subresource = STR("status");
    call->manager = STR("validatingadmissionpolicy-status");
    call->force = true;
    call->revision = 0;
    want_body(v, call, &body);
}
