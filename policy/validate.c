/* ValidatingAdmissionPolicy: what its bindings make of its verdicts. Also how any policy finds who it is bound to. */
#include "json/json.h"
#include "query/query.h"

#include "policy/inside.h"

struct run {
    struct policies *p;
    struct policy_request *q;
    struct rules_request what;
    const struct binding *binding;
    const struct policy *policy;
    struct judging *j;
    size_t check;        /* which validation is judged */
    struct str failures; /* of bindings that want them in the audit log */
};

/* ── verdicts ── */

static int code_of(struct str reason)
{
    if (str_is(reason, "Forbidden"))
        return 403;
    if (str_is(reason, "Unauthorized"))
        return 401;
    return str_is(reason, "RequestEntityTooLarge") ? 413 : 422;
}

static int deny(struct run *u, struct str reason, struct str why)
{
    struct policy_request *q = u->q;
    struct apireq_cause *cause = arena_alloc(q->arena, sizeof(*cause));
    struct str message = arena_fmt(q->arena, "ValidatingAdmissionPolicy '%.*s' with binding '%.*s' denied request: %.*s", STR_FMT(u->policy->name),
                                   STR_FMT(u->binding->name), STR_FMT(why));
    if (!cause || !message.p)
        return -ENOMEM;
    apireq_status_denied(q->arena, q->status, q->resource->group, q->resource->name, q->name, message);
    q->status->code = code_of(reason);
    q->status->reason = reason.n ? reason : STR("Invalid");
    *cause = (struct apireq_cause){.message = message};
    q->status->causes = cause;
    q->status->n_causes = 1;
    return POLICY_REFUSED;
}

/* The audit log is told of all that did not hold in one annotation, a list in JSON. */
static int note_failure(struct run *u, struct str why)
{
    SCOPED_BUF b = BUF_INIT(256 * 1024);
    static const char *const actions[] = {"Deny", "Warn", "Audit"};
    const bool taken[] = {u->binding->deny, u->binding->warn, u->binding->audit};
    buf_fmt(&b, "%.*s%s{\"message\":", STR_FMT(u->failures), u->failures.n ? "," : "");
    json_string(&b, why);
    buf_text(&b, ",\"policy\":");
    json_string(&b, u->policy->name);
    buf_text(&b, ",\"binding\":");
    json_string(&b, u->binding->name);
    buf_fmt(&b, ",\"expressionIndex\":%zu,\"validationActions\":[", u->check);
    for (size_t i = 0, n = 0; i < ARRAY_LEN(actions); i++)
        if (taken[i])
            buf_fmt(&b, "%s\"%s\"", n++ ? "," : "", actions[i]);
    buf_text(&b, "]}");
    return buf_error(&b) < 0 ? -ENOMEM : arena_str(u->q->arena, buf_view(&b), &u->failures);
}

static int note_failures(const struct run *u)
{
    if (!u->failures.n)
        return 0;
    struct str all = arena_fmt(u->q->arena, "[%.*s]", STR_FMT(u->failures));
    if (!all.p)
        return -ENOMEM;
    u->q->note(u->q->ctx, STR("validation.policy.admission.k8s.io/validation_failure"), all);
    return 0;
}

/* What a policy's auditAnnotations say. */
static int note_audits(struct run *u)
{
    const struct policy *p = u->policy;
    const struct value *list = value_at(p->spec, "auditAnnotations");
    struct err err = {{0}};
    for (size_t i = 0; i < p->n_audits && u->q->note; i++) {
        struct cel_value v = {0};
        struct str text;
        int r = judging_eval(u->j, &p->audits[i], &v, &err);
        if (r < 0)
            return r;
        if (r || v.kind != CEL_STRING || !v.text.n)
            continue;
        struct str key = arena_fmt(u->q->arena, "%.*s/%.*s", STR_FMT(p->name), STR_FMT(value_text_at(value_item(list, i), "key")));
        if (!key.p || arena_str(u->q->arena, str_make(v.text.p, MIN(v.text.n, (size_t)10 * 1024)), &text) < 0)
            return -ENOMEM;
        u->q->note(u->q->ctx, key, text);
    }
    return 0;
}

/* A validation that does not hold: said by the binding's actions. */
static int verdict(struct run *u, struct str reason, struct str why)
{
    if (u->binding->warn && u->q->warn) {
        struct str text = arena_fmt(u->q->arena, "Validation failed for ValidatingAdmissionPolicy '%.*s' with binding '%.*s': %.*s",
                                    STR_FMT(u->policy->name), STR_FMT(u->binding->name), STR_FMT(why));
        if (!text.p)
            return -ENOMEM;
        u->q->warn(u->q->ctx, text);
    }
    if (u->binding->audit && u->q->note && note_failure(u, why) < 0)
        return -ENOMEM;
    return u->binding->deny ? deny(u, reason, why) : 0;
}

/* What could not be worked out: the policy's failurePolicy. */
static int broken(struct run *u, const char *why)
{
    struct str kept;
    if (u->policy->ignores)
        return 0;
    return arena_str(u->q->arena, str_of(why), &kept) < 0 ? -ENOMEM : verdict(u, STR(""), kept);
}

static int message_of(struct run *u, const struct check *c, struct str *out)
{
    struct cel_value v = {0};
    struct err err = {{0}};
    *out = c->said;
    if (c->message.text.n) {
        int r = judging_eval(u->j, &c->message, &v, &err);
        if (r < 0)
            return r;
        struct str text = r == 0 && v.kind == CEL_STRING ? str_trim(v.text) : STR_NONE;
        if (text.n && text.n <= 5 * 1024 && str_find(text, STR("\n")) < 0) {
            *out = text;
            return 0;
        }
    }
    if (!out->n)
        *out = arena_fmt(u->q->arena, "failed expression: %.*s", STR_FMT(c->e.text));
    return out->p ? 0 : -ENOMEM;
}

static int judge(struct run *u, const struct value *params)
{
    struct err err = {{0}};
    const struct policy *p = u->policy;
    int r = judging_policy(u->j, p, params);
    if (r == 0)
        r = judging_conditions(u->j, p->conditions, p->n_conditions, p->ignores, &err);
    if (r == POLICY_BROKEN)
        return broken(u, err.text);
    if (r <= 0)
        return r;
    for (size_t i = 0; i < p->n_checks; i++) {
        struct cel_value v = {0};
        struct str why;
        u->check = i;
        r = judging_eval(u->j, &p->checks[i].e, &v, &err);
        if (r == POLICY_BROKEN)
            r = broken(u, err.text);
        else if (r == 0 && !(v.kind == CEL_BOOL && v.boolean)) {
            r = message_of(u, &p->checks[i], &why);
            if (r == 0)
                r = verdict(u, p->checks[i].reason, why);
        }
        if (r)
            return r;
    }
    return note_audits(u);
}

/* ── the whole ── */

static int one(void *ctx, const struct value *params)
{
    return judge(ctx, params);
}

static int unbound(void *ctx, const char *why)
{
    return broken(ctx, why);
}

int policies_validate(struct policies *p, struct policy_request *q)
{
    struct policy_set *s;
    if (policies_idle(p, false) || rules_exempt(q->resource))
        return 0;
    int r = set_take(p, VALIDATING, &s);
    struct judging *j = r == 0 ? arena_alloc(q->arena, sizeof(*j)) : NULL;
    struct run u = {.p = p, .q = q, .j = j};
    rules_ask(&u.what, p, q);
    for (size_t i = 0; j && r == 0 && i < s->n_bindings; i++) {
        const struct schema_resource *as;
        u.binding = &s->bindings[i];
        u.policy = u.binding->policy;
        r = binding_fits(u.binding, &u.what, &as);
        if (r <= 0)
            continue;
        const struct value *ns = NULL;
        r = rules_namespace(&u.what, &ns);
        if (r == 0)
            r = judging_begin(j, p, q, as, ns);
        if (r == 0)
            r = binding_params(p, u.binding, q, one, unbound, &u);
    }
    if (r >= 0 && note_failures(&u) < 0)
        r = -ENOMEM;
    if (r < 0 || !j) {
        apireq_status_memory(q->status);
        return POLICY_REFUSED;
    }
    return r;
}
