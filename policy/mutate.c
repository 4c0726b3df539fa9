/* MutatingAdmissionPolicy: objects applied, and JSON patches, one policy after another. */
#include "policy/inside.h"
#include "apply/apply.h"
#include "patch/patch.h"

struct run {
    struct policies *p;
    struct policy_request *q;
    struct rules_request what;
    const struct binding *binding;
    const struct policy *policy;
    const struct schema_resource *as;
    struct judging *j;
};

static int refuse(struct run *u, const char *why)
{
    struct policy_request *q = u->q;
    struct str kept;
    if (u->policy->ignores)
        return 0;
    struct str message =
        arena_fmt(q->arena, "policy '%.*s' with binding '%.*s' denied request: %s", STR_FMT(u->policy->name), STR_FMT(u->binding->name), why);
    if (!message.p || arena_str(q->arena, message, &kept) < 0)
        return -ENOMEM;
    apireq_status_denied(q->arena, q->status, q->resource->group, q->resource->name, q->name, kept);
    q->status->code = 422;
    q->status->reason = STR("Invalid");
    return POLICY_REFUSED;
}

/* Merges as server-side apply does, with nobody owning anything. */
static int apply(struct run *u, const struct schema_kind *kind, const struct value *object, struct value *wanted, struct value *out, struct err *err)
{
    struct arena *a = u->q->arena;
    struct apply_options o = {.kind = kind, .manager = STR("admission"), .force = true};
    struct apply_conflict *conflicts = NULL;
    size_t n = 0;
    int r = 0;
    const struct value *meta = value_at(object, "metadata");
    const struct value *managed = value_at(meta, "managedFields");
    VALUE_SET(&r, a, wanted, "apiVersion", value_make_text(kind->api_version));
    VALUE_SET(&r, a, wanted, "kind", value_make_text(kind->name));
    if (value_text_at(object, "metadata.name").n)
        VALUE_SET(&r, a, wanted, "metadata.name", value_make_text(value_text_at(object, "metadata.name")));
    if (r == 0)
        r = apply_server_side(a, &o, object, wanted, out, &conflicts, &n, err);
    struct value own = {0};
    if (r == 0)
        r = value_fork(a, out, &own);
    if (r)
        return r < 0 ? r : -EINVAL;
    *out = own;
    value_del(value_at(out, "metadata"), STR("managedFields"));
    if (managed)
        VALUE_SET(&r, a, out, "metadata.managedFields", *managed);
    return r;
}

static int mutate(struct run *u, const struct check *c)
{
    struct policy_request *q = u->q;
    const struct schema_kind *kind = q->kind;
    struct value made = {0}, from = *q->object, out = {0}, back = {0};
    struct cel_value v = {0};
    struct err err = {{0}};
    bool foreign = kind == q->resource->kind && u->as->kind != kind;
    int r = judging_eval(u->j, &c->e, &v, &err);
    if (r == POLICY_BROKEN)
        return refuse(u, err.text);
    if (r == 0)
        r = cel_to_tree(q->arena, &v, &made, &err);
    if (r == 0 && foreign) {
        kind = u->as->kind;
        r = q->convert(q->ctx, q->kind, kind, q->object, &from, &err);
    }
    if (r == 0 && made.type == VALUE_NULL)
        return 0;
    if (r == 0)
        r = c->json_patch ? patch_json(q->arena, &from, &made, &out, &err) : apply(u, kind, &from, &made, &out, &err);
    if (r == 0 && kind->message)
        r = object_conform(q->arena, kind, &out, NULL, &err);
    if (r == 0 && foreign) {
        r = q->convert(q->ctx, kind, q->kind, &out, &back, &err);
        out = back;
    }
    if (r == -ENOMEM)
        return r;
    if (r)
        return refuse(u, err.text);
    if (value_equal(q->object, &out))
        return 0;
    *q->object = out;
    q->changed = true;
    return q->settle ? q->settle(q->ctx) : 0;
}

static int one(void *ctx, const struct value *params)
{
    struct run *u = ctx;
    const struct policy *p = u->policy;
    struct err err = {{0}};
    for (size_t i = 0; i < p->n_checks; i++) {
        const struct value *ns = NULL;
        int r = rules_namespace(&u->what, &ns);
        if (r == 0)
            r = judging_begin(u->j, u->p, u->q, u->as, ns); /* the object has changed */
        if (r == 0)
            r = judging_policy(u->j, p, params);
        if (r == 0 && i == 0) {
            r = judging_conditions(u->j, p->conditions, p->n_conditions, p->ignores, &err);
            if (r == POLICY_BROKEN)
                return refuse(u, err.text);
            if (r == 0)
                return 0;
            r = r < 0 ? r : 0;
        }
        if (r == 0)
            r = mutate(u, &p->checks[i]);
        if (r)
            return r;
    }
    return 0;
}

static int unbound(void *ctx, const char *why)
{
    return refuse(ctx, why);
}

int policies_mutate(struct policies *p, struct policy_request *q, bool second)
{
    struct policy_set *s;
    if (policies_idle(p, true) || rules_exempt(q->resource) || !q->object)
        return 0;
    int r = set_take(p, MUTATING, &s);
    struct judging *j = r == 0 ? arena_alloc(q->arena, sizeof(*j)) : NULL;
    struct run u = {.p = p, .q = q, .j = j};
    rules_ask(&u.what, p, q);
    for (size_t i = 0; j && r == 0 && i < s->n_bindings; i++) {
        u.binding = &s->bindings[i];
        u.policy = u.binding->policy;
        if (second && !u.policy->returns)
            continue;
        r = binding_fits(u.binding, &u.what, &u.as);
        r = r == RULES_FIT ? binding_params(p, u.binding, q, one, unbound, &u) : r;
    }
    if (r < 0 || !j) {
        apireq_status_memory(q->status);
        return POLICY_REFUSED;
    }
    return r;
}
