/* Expressions judged before a policy or configuration is written. */
#include "policy/inside.h"

static void tell(struct faults *f, const struct expression *e, struct str text, const char *list, size_t i, const char *tail)
{
    char path[160];
    struct value bad = value_make_text(text);
    snprintf(path, sizeof(path), "spec.%s[%zu].%s", list, i, tail);
    if (!str_trim(text).n)
        fault_add(f, FAULT_REQUIRED, path, NULL, "expression is not specified");
    else if (!e->program)
        fault_add(f, FAULT_INVALID, path, &bad, "%.*s", STR_FMT(e->fault));
}

static void tell_conditions(struct faults *f, const struct named *list, size_t n, const char *where)
{
    char path[160];
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s[%zu].expression", where, i);
        struct value bad = value_make_text(list[i].e.text);
        if (!list[i].e.text.n)
            fault_add(f, FAULT_REQUIRED, path, NULL, "%s", "");
        else if (!list[i].e.program)
            fault_add(f, FAULT_INVALID, path, &bad, "%.*s", STR_FMT(list[i].e.fault));
    }
}

static void tell_policy(struct faults *f, const struct policy *p, bool mutating)
{
    const struct value *validations = value_at(p->spec, "validations"), *audits = value_at(p->spec, "auditAnnotations");
    tell_conditions(f, p->conditions, p->n_conditions, "spec.matchConditions");
    for (size_t i = 0; i < p->n_variables; i++)
        tell(f, &p->variables[i].e, p->variables[i].e.text, "variables", i, "expression");
    for (size_t i = 0; i < p->n_checks; i++) {
        const struct check *c = &p->checks[i];
        if (mutating) {
            tell(f, &c->e, c->e.text, "mutations", i, c->json_patch ? "jsonPatch.expression" : "applyConfiguration.expression");
            continue;
        }
        tell(f, &c->e, value_text_at(value_item(validations, i), "expression"), "validations", i, "expression");
        if (c->message.text.n)
            tell(f, &c->message, c->message.text, "validations", i, "messageExpression");
    }
    for (size_t i = 0; i < p->n_audits; i++)
        tell(f, &p->audits[i], value_text_at(value_item(audits, i), "valueExpression"), "auditAnnotations", i, "valueExpression");
}

/* What the schema's rows cannot tell. */
static void check_form(const struct value *spec, bool mutating, struct faults *f)
{
    static const char *const reasons[] = {"Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge"};
    const struct value *list = value_at(spec, "validations");
    char path[128];
    if (value_is_null(value_at(spec, "matchConstraints")))
        fault_add(f, FAULT_REQUIRED, "spec.matchConstraints", NULL, "%s", "");
    else if (!value_count(value_at(spec, "matchConstraints.resourceRules")))
        fault_add(f, FAULT_REQUIRED, "spec.matchConstraints.resourceRules", NULL, "%s", "");
    if (mutating && !value_count(value_at(spec, "mutations")))
        fault_add(f, FAULT_REQUIRED, "spec.mutations", NULL, "mutations must contain at least one item");
    if (!mutating && !value_count(list) && !value_count(value_at(spec, "auditAnnotations"))) {
        fault_add(f, FAULT_REQUIRED, "spec.validations", NULL, "validations or auditAnnotations must contain at least one element");
        fault_add(f, FAULT_REQUIRED, "spec.auditAnnotations", NULL, "validations or auditAnnotations must contain at least one element");
    }
    for (size_t i = 0; i < value_count(list); i++) {
        struct str reason = value_text_at(value_item(list, i), "reason");
        bool known = !reason.n;
        for (size_t k = 0; k < ARRAY_LEN(reasons); k++)
            known |= str_is(reason, reasons[k]);
        struct value bad = value_make_text(reason);
        snprintf(path, sizeof(path), "spec.validations[%zu].reason", i);
        if (!known)
            fault_add(f, FAULT_NOT_SUPPORTED, path, &bad,
                      "supported values: \"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\", \"Unauthorized\"");
    }
}

static int check_policy(struct policies *p, const struct value *now, const struct value *old, bool mutating, struct faults *f)
{
    struct policy_set *s = NULL;
    struct policy one = {.spec = value_at(now, "spec")};
    const struct value *before = value_at(old, "spec");
    if (before && value_equal(before, one.spec))
        return 0;
    check_form(one.spec, mutating, f);
    int r = set_new(&s);
    if (r == 0)
        r = policy_compile(p, s, mutating ? MUTATING : VALIDATING, &one);
    if (r == 0)
        tell_policy(f, &one, mutating);
    set_free(s);
    return r;
}

static void check_binding(const struct value *spec, bool mutating, struct faults *f)
{
    const struct value *ref = value_at(spec, "paramRef");
    if (!value_text_at(spec, "policyName").n)
        fault_add(f, FAULT_REQUIRED, "spec.policyName", NULL, "%s", "");
    if (!mutating && !value_count(value_at(spec, "validationActions")))
        fault_add(f, FAULT_REQUIRED, "spec.validationActions", NULL, "%s", "");
    if (value_is_null(ref))
        return;
    bool name = value_text_at(ref, "name").n > 0, selector = !value_is_null(value_at(ref, "selector"));
    if (name == selector)
        fault_add(f, FAULT_REQUIRED, "spec.paramRef.name", NULL, "one of name or selector must be specified");
    if (value_is_null(value_at(ref, "parameterNotFoundAction")))
        fault_add(f, FAULT_REQUIRED, "spec.paramRef.parameterNotFoundAction", NULL, "%s", "");
}

static int check_webhooks(struct policies *p, const struct value *now, const struct value *old, struct faults *f)
{
    const struct value *list = value_at(now, "webhooks");
    if (value_equal(list, value_at(old, "webhooks")))
        return 0;
    int r = 0;
    for (size_t i = 0; r == 0 && i < value_count(list); i++) {
        struct policy_set *s = NULL;
        struct named *items = NULL;
        size_t n = 0;
        char where[64];
        const struct value *conditions = value_at(value_item(list, i), "matchConditions");
        if (!value_count(conditions))
            continue;
        snprintf(where, sizeof(where), "webhooks[%zu].matchConditions", i);
        r = set_new(&s);
        if (r == 0)
            r = conditions_compile(s, p->base[VALIDATING], conditions, &items, &n);
        if (r == 0)
            tell_conditions(f, items, n, where);
        set_free(s);
    }
    return r;
}

int policy_check(struct policies *p, const struct schema_kind *kind, const struct value *now, const struct value *old, struct faults *f)
{
    if (!str_is(kind->group, "admissionregistration.k8s.io"))
        return 0;
    bool mutating = str_starts(kind->name, STR("Mutating"));
    if (str_ends(kind->name, STR("WebhookConfiguration")))
        return check_webhooks(p, now, old, f);
    if (str_ends(kind->name, STR("PolicyBinding"))) {
        check_binding(value_at(now, "spec"), mutating, f);
        return 0;
    }
    return str_ends(kind->name, STR("AdmissionPolicy")) ? check_policy(p, now, old, mutating, f) : 0;
}
