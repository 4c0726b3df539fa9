/* The review kinds of authentication.k8s.io and authorization.k8s.io: asked as
 * objects, answered in their status. */
#include "auth/inside.h"

static int user_status(struct arena *a, struct value *review, const struct auth_user *u, const char *path)
{
    struct value tree;
    int r = auth_user_tree(a, u, &tree);
    VALUE_SET(&r, a, review, path, tree);
    return r;
}

int auth_token_review(struct auth *x, struct arena *a, struct value *review, int64_t now, struct auth_wait *wait, struct err *err)
{
    struct auth_user u;
    struct err why = {{0}};
    struct str *wanted, *audiences = NULL;
    size_t n_wanted, n = 0;
    int r = auth_list_strs(a, value_at(review, "spec.audiences"), &wanted, &n_wanted);
    if (r == 0)
        r = auth_token_check(x, a, value_text_at(review, "spec.token"), wanted, n_wanted, now, wait, &u, &audiences, &n, &why);
    if (r == AUTH_WAITS)
        return r;
    if (r < 0)
        return err_raise(err, r, "cannot review a token: %s", why.text);
    if (r == AUTH_UNAUTHORIZED) {
        struct str text;
        r = arena_str(a, str_of(why.text), &text);
        VALUE_SET(&r, a, review, "status.error", value_make_text(text));
        VALUE_SET(&r, a, review, "status.user", value_make_map());
        return r < 0 ? err_raise(err, r, "no memory for a review") : 0;
    }
    struct value list = value_make_list();
    for (size_t i = 0; i < n; i++)
        if (!value_add(a, &list, value_make_text(audiences[i])))
            return err_raise(err, -ENOMEM, "no memory for a review");
    VALUE_SET(&r, a, review, "status.authenticated", value_make_bool(true));
    if (r == 0)
        r = user_status(a, review, &u, "status.user");
    VALUE_SET(&r, a, review, "status.audiences", list);
    return r < 0 ? err_raise(err, r, "no memory for a review") : 0;
}

/* What spec.resourceAttributes or spec.nonResourceAttributes asks. */
static void ask_fill(const struct value *spec, struct auth_ask *ask)
{
    const struct value *res = value_get(spec, STR("resourceAttributes"));
    if (value_is_null(res)) {
        ask->verb = value_text_at(spec, "nonResourceAttributes.verb");
        ask->path = value_text_at(spec, "nonResourceAttributes.path");
        return;
    }
    ask->verb = value_text_at(res, "verb");
    ask->group = value_text_at(res, "group");
    ask->version = value_text_at(res, "version");
    ask->resource = value_text_at(res, "resource");
    ask->subresource = value_text_at(res, "subresource");
    ask->namespace = value_text_at(res, "namespace");
    ask->name = value_text_at(res, "name");
    VALUE_EACH_ITEM (req, value_at(res, "fieldSelector.requirements"))
        if (str_is(value_text_at(req, "key"), "spec.nodeName") && str_is(value_text_at(req, "operator"), "In") &&
            value_count(value_at(req, "values")) == 1)
            ask->node_selector = value_text(value_item(value_at(req, "values"), 0));
}

static void spec_judge(const struct value *review, bool local, bool self, struct faults *faults)
{
    const struct value *spec = value_get(review, STR("spec"));
    bool res = !value_is_null(value_at(spec, "resourceAttributes")), url = !value_is_null(value_at(spec, "nonResourceAttributes"));
    if (res && url)
        fault_add(faults, FAULT_INVALID, "spec.nonResourceAttributes", value_at(spec, "nonResourceAttributes"),
                  "cannot be specified in combination with resourceAttributes");
    if (!res && !url)
        fault_add(faults, FAULT_INVALID, "spec.resourceAttributes", value_at(spec, "resourceAttributes"),
                  "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    if (!self && value_text_at(spec, "user").n == 0 && value_count(value_at(spec, "groups")) == 0)
        fault_add(faults, FAULT_INVALID, "spec.user", value_at(spec, "user"), "at least one of user or group must be specified");
    if (!local)
        return;
    if (url)
        fault_add(faults, FAULT_INVALID, "spec.nonResourceAttributes", value_at(spec, "nonResourceAttributes"), "disallowed on this kind of request");
    if (!str_eq(value_text_at(spec, "resourceAttributes.namespace"), value_text_at(review, "metadata.namespace")))
        fault_add(faults, FAULT_INVALID, "spec.resourceAttributes.namespace", value_at(spec, "resourceAttributes.namespace"),
                  "must match metadata.namespace");
}

int auth_access_review(struct auth *x, struct arena *a, const struct auth_user *self, struct value *review, struct auth_wait *wait,
                       struct faults *faults, struct err *err)
{
    char reason[AUTH_REASON_MAX] = "";
    struct str kind = value_text_at(review, "kind"), text;
    bool own = str_is(kind, "SelfSubjectAccessReview");
    struct value *spec = value_get(review, STR("spec"));
    struct auth_user other;
    struct auth_ask ask = {.user = self, .wait = wait};
    spec_judge(review, str_is(kind, "LocalSubjectAccessReview"), own, faults);
    if (faults->n)
        return AUTH_INVALID;
    int r = 0;
    if (!own) {
        r = auth_user_of_spec(a, spec, &other);
        ask.user = &other;
    }
    if (r < 0)
        return err_raise(err, r, "no memory for a review");
    ask_fill(spec, &ask);
    enum auth_decision d = auth_authorize(x, &ask, reason);
    if (d == AUTH_UNDECIDED)
        return AUTH_WAITS;
    r = arena_str(a, str_of(reason), &text);
    VALUE_SET(&r, a, review, "status.allowed", value_make_bool(d == AUTH_ALLOW));
    if (d == AUTH_DENY)
        VALUE_SET(&r, a, review, "status.denied", value_make_bool(true));
    if (text.n)
        VALUE_SET(&r, a, review, "status.reason", value_make_text(text));
    return r < 0 ? err_raise(err, r, "no memory for a review") : 0;
}

/* ── SelfSubjectRulesReview ── */

struct rules {
    struct arena *a;
    struct value resource, url;
    int error;
};

static bool rule_list(void *ctx, const struct auth_rule *rule, const struct auth_holding *by)
{
    (void)by;
    struct rules *l = ctx;
    struct value tree;
    l->error = auth_rule_tree(l->a, rule, &tree);
    if (l->error == 0 && rule->resources.n && !value_add(l->a, &l->resource, tree))
        l->error = -ENOMEM;
    if (l->error == 0 && rule->urls.n && !value_add(l->a, &l->url, tree))
        l->error = -ENOMEM;
    return l->error < 0;
}

int auth_rules_review(struct auth *x, struct arena *a, const struct auth_user *self, struct value *review, struct err *err)
{
    struct rules l = {.a = a, .resource = value_make_list(), .url = value_make_list()};
    struct str node;
    static struct str any = STR_INIT("*");
    struct auth_texts all = {.p = &any, .n = 1, .any = true};
    struct auth_rule everything[2] = {{.verbs = all, .groups = all, .resources = all}, {.verbs = all, .urls = all}};
    bool masters = auth_user_in(self, STR("system:masters"));
    for (size_t i = 0; masters && i < 2 && l.error == 0; i++)
        rule_list(&l, &everything[i], NULL);
    if (l.error == 0)
        auth_rbac_each(x, self, value_text_at(review, "spec.namespace"), rule_list, &l);
    int r = l.error;
    VALUE_SET(&r, a, review, "status.resourceRules", l.resource);
    VALUE_SET(&r, a, review, "status.nonResourceRules", l.url);
    bool is_node = auth_user_node(self, &node);
    VALUE_SET(&r, a, review, "status.incomplete", value_make_bool(is_node));
    if (is_node)
        VALUE_SET(&r, a, review, "status.evaluationError", value_make_text(STR("node authorizer does not support user rule resolution")));
    return r < 0 ? err_raise(err, r, "no memory for a review") : 0;
}
