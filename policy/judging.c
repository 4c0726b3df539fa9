/* What expressions see of one request, and their evaluation. */
#include "auth/auth.h"

#include "policy/inside.h"

/* ── request ── */

static int put_gvk(struct policy_request *q, struct value *to, const char *name, const struct schema_kind *k)
{
    struct value v = value_make_map();
    int r = 0;
    VALUE_SET(&r, q->arena, &v, "group", value_make_text(k->group));
    VALUE_SET(&r, q->arena, &v, "version", value_make_text(k->version));
    VALUE_SET(&r, q->arena, &v, "kind", value_make_text(k->name));
    VALUE_SET(&r, q->arena, to, name, v);
    return r;
}

static int put_gvr(struct policy_request *q, struct value *to, const char *name, const struct schema_resource *k)
{
    struct value v = value_make_map();
    int r = 0;
    VALUE_SET(&r, q->arena, &v, "group", value_make_text(k->group));
    VALUE_SET(&r, q->arena, &v, "version", value_make_text(k->version));
    VALUE_SET(&r, q->arena, &v, "resource", value_make_text(k->name));
    VALUE_SET(&r, q->arena, to, name, v);
    return r;
}

static struct str operation(enum admit_operation op)
{
    return op == ADMIT_CREATE ? STR("CREATE") : op == ADMIT_UPDATE ? STR("UPDATE") : op == ADMIT_DELETE ? STR("DELETE") : STR("CONNECT");
}

static int make_request(struct policy_request *q, const struct schema_resource *as, const struct schema_kind *kind, struct value *out)
{
    struct value user = value_make_map();
    struct arena *a = q->arena;
    int r = q->user ? auth_user_tree(a, q->user, &user) : 0;
    *out = value_make_map();
    if (r == 0)
        r = put_gvk(q, out, "kind", kind);
    if (r == 0)
        r = put_gvr(q, out, "resource", as);
    if (r == 0)
        r = put_gvk(q, out, "requestKind", q->kind);
    if (r == 0)
        r = put_gvr(q, out, "requestResource", q->resource);
    VALUE_SET(&r, a, out, "subResource", value_make_text(q->subresource));
    VALUE_SET(&r, a, out, "requestSubResource", value_make_text(q->subresource));
    VALUE_SET(&r, a, out, "name", value_make_text(q->name));
    VALUE_SET(&r, a, out, "namespace", value_make_text(q->namespace));
    VALUE_SET(&r, a, out, "operation", value_make_text(operation(q->operation)));
    VALUE_SET(&r, a, out, "userInfo", user);
    VALUE_SET(&r, a, out, "dryRun", value_make_bool(q->dry_run));
    if (q->options)
        VALUE_SET(&r, a, out, "options", *q->options);
    return r;
}

/* ── authorizer ── */

static int ask(void *ctx, const struct cellib_attributes *what, struct arena *a, enum cellib_decision *decision, struct str *reason,
               struct str *error)
{
    struct judging *j = ctx;
    struct auth_user account;
    struct str groups[3];
    struct auth_ask one = {.user = j->q->user,
                           .verb = what->verb,
                           .group = what->group,
                           .version = what->version,
                           .resource = what->resource,
                           .subresource = what->subresource,
                           .namespace = what->namespace,
                           .name = what->name,
                           .path = what->path};
    if (what->service_account.p) {
        account = (struct auth_user){.groups = groups, .n_groups = 3};
        account.name = arena_fmt(a, "system:serviceaccount:%.*s:%.*s", STR_FMT(what->service_account_namespace), STR_FMT(what->service_account));
        groups[0] = STR("system:serviceaccounts");
        groups[1] = arena_fmt(a, "system:serviceaccounts:%.*s", STR_FMT(what->service_account_namespace));
        groups[2] = STR("system:authenticated");
        if (!account.name.p || !groups[1].p)
            return -ENOMEM;
        one.user = &account;
    }
    *reason = *error = STR("");
    one.wait = j->q->wait;
    switch (j->p->lookup->may(j->p->lookup->ctx, &one)) {
    case AUTH_ALLOW:
        *decision = CELLIB_ALLOW;
        return 0;
    case AUTH_DENY:
        *decision = CELLIB_DENY;
        return 0;
    case AUTH_UNDECIDED:
        j->q->undecided = true;
        return -EAGAIN;
    case AUTH_NO_OPINION:
    default:
        *decision = CELLIB_NO_OPINION;
        return 0;
    }
}

/* ── variables ── */

static int variable(void *ctx, struct str name, struct cel_value *out)
{
    struct judging *j = ctx;
    struct err err = {{0}};
    for (size_t i = 0; i < j->policy->n_variables; i++) {
        const struct named *v = &j->policy->variables[i];
        if (!str_eq(v->name, name))
            continue;
        if (!j->known[i]) {
            int r = judging_eval(j, &v->e, &j->kept[i], &err);
            if (r < 0)
                return r;
            if (r) {
                struct str why = arena_fmt(j->q->arena, "composited variable \"%.*s\" fails to evaluate: %s", STR_FMT(name), err.text);
                j->kept[i] = (struct cel_value){.kind = CEL_ERROR, .text = why};
            }
            j->known[i] = true;
        }
        *out = j->kept[i];
        return out->kind == CEL_ERROR ? CEL_FAILED : 0;
    }
    *out = (struct cel_value){.kind = CEL_ERROR, .text = STR("no such key")};
    return CEL_FAILED;
}

/* ── beginning ── */

int judging_begin(struct judging *j, struct policies *p, struct policy_request *q, const struct schema_resource *as,
                  const struct value *namespace_object)
{
    const struct schema_kind *kind = q->kind;
    struct value *object = q->object, *object_as, *old_as;
    const struct value *old = q->old;
    struct err err = {{0}};
    int r = 0;
    *j = (struct judging){.p = p, .q = q, .budget = BUDGET};
    if (kind == q->resource->kind && as->kind != kind) {
        kind = as->kind;
        object_as = arena_alloc(q->arena, sizeof(*object_as));
        old_as = arena_alloc(q->arena, sizeof(*old_as));
        r = !object_as || !old_as ? -ENOMEM : object ? q->convert(q->ctx, q->kind, kind, object, object_as, &err) : 0;
        if (r == 0 && old)
            r = q->convert(q->ctx, q->kind, kind, old, old_as, &err);
        object = object ? object_as : NULL;
        old = old ? old_as : NULL;
    }
    if (r == 0)
        r = make_request(q, as, kind, &j->request);
    if (r < 0)
        return r;
    j->authorizer = (struct cellib_authorizer){.ask = ask,
                                               .ctx = j,
                                               .request = {.group = as->group,
                                                           .version = as->version,
                                                           .resource = as->name,
                                                           .subresource = q->subresource,
                                                           .namespace = q->namespace,
                                                           .name = q->name}};
    if (object)
        j->slots[SLOT_OBJECT] = cel_of_tree(q->arena, object, NULL);
    if (old)
        j->slots[SLOT_OLD] = cel_of_tree(q->arena, old, NULL);
    j->slots[SLOT_REQUEST] = cel_of_tree(q->arena, &j->request, expression_request_type());
    if (namespace_object)
        j->slots[SLOT_NAMESPACE] = cel_of_tree(q->arena, namespace_object, expression_namespace_type());
    j->slots[SLOT_AUTHORIZER] = cellib_make_authorizer(q->arena, &j->authorizer);
    j->slots[SLOT_REQUEST_RESOURCE] = cellib_make_request_check(q->arena, &j->authorizer);
    return 0;
}

int judging_policy(struct judging *j, const struct policy *policy, const struct value *params)
{
    j->policy = policy;
    j->lazy = (struct cel_lazy){.get = variable, .ctx = j};
    j->kept = arena_alloc(j->q->arena, (policy->n_variables + 1) * sizeof(*j->kept));
    j->known = arena_alloc(j->q->arena, policy->n_variables + 1);
    if (!j->kept || !j->known)
        return -ENOMEM;
    j->slots[SLOT_PARAMS] = (struct cel_value){0};
    if (params)
        j->slots[SLOT_PARAMS] = cel_of_tree(j->q->arena, params, NULL);
    j->slots[policy->variables_slot] = cel_make_lazy(j->q->arena, &j->lazy, policy->variables_type);
    return 0;
}

/* ── evaluating ── */

int judging_eval(struct judging *j, const struct expression *e, struct cel_value *out, struct err *err)
{
    struct err why = {{0}};
    struct cel_activation vars = {.slots = j->slots, .n = SLOTS, .ctx = j};
    struct cel_run run = {.limit = MIN(j->budget, (uint64_t)CEL_CALL_COST_MAX)};
    if (!e->program) {
        err_raise(err, 0, "expression '%.*s' resulted in error: %.*s", STR_FMT(e->text), STR_FMT(e->fault));
        return POLICY_BROKEN;
    }
    if (!j->budget) {
        err_raise(err, 0, "validation failed due to running out of cost budget, no further validation rules will be run");
        return POLICY_BROKEN;
    }
    int r = cel_eval(e->program, &vars, j->q->arena, &run, out, &why);
    j->budget -= MIN(j->budget, run.cost);
    if (j->q->undecided)
        return -EAGAIN;
    if (r < 0)
        return r;
    if (r == CEL_OVER_BUDGET && !j->budget)
        err_raise(err, 0, "validation failed due to running out of cost budget, no further validation rules will be run");
    else if (r)
        err_raise(err, 0, "expression '%.*s' resulted in error: %s", STR_FMT(e->text), why.text);
    return r ? POLICY_BROKEN : 0;
}

int judging_conditions(struct judging *j, const struct named *list, size_t n, bool ignores, struct err *err)
{
    uint64_t whole = j->budget;
    bool broken = false;
    int answer = 1;
    j->budget = BUDGET_CONDITIONS;
    for (size_t i = 0; i < n; i++) {
        struct cel_value v = {0};
        struct err why = {{0}};
        int r = judging_eval(j, &list[i].e, &v, &why);
        if (r < 0)
            return r;
        if (r && !broken)
            *err = why;
        broken |= r != 0;
        if (r == 0 && !(v.kind == CEL_BOOL && v.boolean)) {
            answer = 0; /* one that does not hold outweighs all that failed */
            break;
        }
    }
    j->budget = whole;
    if (answer && broken)
        answer = ignores ? 0 : POLICY_BROKEN;
    return answer;
}

/* ── conditions of a webhook ── */

struct policy_conditions {
    struct policy_set *set; /* its memory and programs only */
    struct named *items;
    size_t n;
};

int policy_conditions_read(struct policies *p, const struct value *list, struct policy_conditions **out)
{
    *out = NULL;
    if (!value_count(list))
        return 0;
    struct policy_conditions *c = mem_alloc(sizeof(*c));
    struct value kept = {0};
    int r = c ? set_new(&c->set) : -ENOMEM;
    if (r == 0)
        r = value_copy(c->set->mem, list, &kept);
    if (r == 0)
        r = conditions_compile(c->set, p->base[VALIDATING], &kept, &c->items, &c->n);
    if (r < 0)
        c = policy_conditions_free(c);
    *out = c;
    return r;
}

struct policy_conditions *policy_conditions_free(struct policy_conditions *c)
{
    if (c)
        set_free(c->set);
    return mem_free(c);
}

int policy_conditions_hold(struct policies *p, const struct policy_conditions *c, struct policy_request *q, struct err *err)
{
    struct judging *j = arena_alloc(q->arena, sizeof(*j));
    int r = j ? judging_begin(j, p, q, q->resource, NULL) : -ENOMEM;
    return r < 0 ? r : judging_conditions(j, c->items, c->n, false, err);
}
