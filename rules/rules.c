#include "rules/rules.h"

#include "auth/auth.h"
#include "object/object.h"
#include "selector/selector.h"

struct rules {
    const struct value *included, *excluded; /* lists of rules */
    struct selector *namespaces, *objects;   /* NULL: all */
    bool exact, open;
};

static int read_selector(struct arena *a, const struct value *tree, const char *name, struct selector **out, struct err *err)
{
    const struct value *s = value_at(tree, name);
    *out = NULL;
    if (!value_count(value_at(s, "matchLabels")) && !value_count(value_at(s, "matchExpressions")))
        return 0;
    return selector_from_tree(a, s, out, err);
}

int rules_read(struct arena *a, const struct value *tree, const char *included, const char *excluded, bool open, struct rules **out, struct err *err)
{
    struct rules *r = arena_alloc(a, sizeof(*r));
    if (!r)
        return err_raise(err, -ENOMEM, "no memory for rules");
    r->included = value_at(tree, included);
    r->excluded = excluded ? value_at(tree, excluded) : NULL;
    r->exact = str_is(value_text_at(tree, "matchPolicy"), "Exact");
    r->open = open && !value_count(r->included);
    int e = read_selector(a, tree, "namespaceSelector", &r->namespaces, err);
    if (e == 0)
        e = read_selector(a, tree, "objectSelector", &r->objects, err);
    if (e == 0)
        *out = r;
    return e;
}

/* ── one rule ── */

static bool is_namespace(const struct rules_request *q)
{
    return str_is(q->resource->name, "namespaces") && !q->resource->group.n;
}

static bool names(const struct value *list, struct str what)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text(v), "*") || str_eq(value_text(v), what))
            return true;
    }
    return false;
}

static bool fits_operation(const struct value *list, enum admit_operation op)
{
    struct str text = op == ADMIT_CREATE ? STR("CREATE") : op == ADMIT_UPDATE ? STR("UPDATE") : op == ADMIT_DELETE ? STR("DELETE") : STR("CONNECT");
    return names(list, text);
}

/* "pods", "pods/log", "*", and either half may be the star */
static bool fits_resource(const struct value *list, struct str resource, struct str subresource)
{
    VALUE_EACH_ITEM (v, list) {
        struct str head, sub;
        if (!str_cut(value_text(v), '/', &head, &sub))
            sub = STR("");
        if ((str_is(head, "*") || str_eq(head, resource)) && (str_is(sub, "*") || str_eq(sub, subresource)))
            return true;
    }
    return false;
}

static bool fits_scope(const struct rules_request *q, struct str scope)
{
    bool inside = q->namespace.n > 0 && !is_namespace(q);
    if (str_is(scope, "Namespaced"))
        return inside;
    return str_is(scope, "Cluster") ? !inside : true;
}

static bool fits_name(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_eq(value_text(v), name))
            return true;
    }
    return value_count(list) == 0;
}

static bool rule_fits(const struct value *rule, const struct rules_request *q, const struct schema_resource *as)
{
    return fits_operation(value_at(rule, "operations"), q->operation) && names(value_at(rule, "apiGroups"), as->group) &&
           names(value_at(rule, "apiVersions"), as->version) && fits_resource(value_at(rule, "resources"), as->name, q->subresource) &&
           fits_scope(q, value_text_at(rule, "scope")) && fits_name(value_at(rule, "resourceNames"), q->name);
}

/* ── the same resource in another version ── */

static const struct schema_resource *other_version(const struct schema_resource *r, size_t i)
{
    const struct schema_resource *rows = r->custom ? r->custom->resources : NULL;
    size_t n = r->custom ? r->custom->n : schema_resources(&rows);
    for (size_t k = 0; k < n; k++) {
        bool same = r->custom || (r->storage && rows[k].storage == r->storage);
        if (same && rows[k].served && &rows[k] != r && i-- == 0)
            return &rows[k];
    }
    return NULL;
}

static const struct schema_resource *list_fits(const struct value *list, const struct rules_request *q, bool exact)
{
    const struct schema_resource *as;
    VALUE_EACH_ITEM (rule, list) {
        if (rule_fits(rule, q, q->resource))
            return q->resource;
    }
    for (size_t i = 0; !exact && (as = other_version(q->resource, i)) != NULL; i++)
        VALUE_EACH_ITEM (rule, list) {
            if (rule_fits(rule, q, as))
                return as;
        }
    return NULL;
}

/* ── selectors ── */

int rules_namespace(struct rules_request *q, const struct value **out)
{
    *out = q->namespace_object;
    if (q->namespace_asked)
        return 0;
    q->namespace_asked = true;
    if (is_namespace(q)) {
        *out = q->namespace_object = q->subresource.n || q->object ? q->object : q->old;
        return 0;
    }
    if (!q->namespace.n)
        return 0;
    struct value *tree = arena_alloc(q->arena, sizeof(*tree));
    int r = tree ? q->lookup->get(q->lookup->ctx, q->arena, STR(""), STR("namespaces"), STR(""), q->namespace, tree) : -ENOMEM;
    if (r == 0)
        *out = q->namespace_object = tree;
    return r < 0 ? r : 0;
}

static int namespace_fits(const struct rules *r, struct rules_request *q)
{
    const struct value *ns;
    if (!r->namespaces || (!q->namespace.n && !is_namespace(q)))
        return 1;
    int e = rules_namespace(q, &ns);
    return e < 0 ? e : selector_matches_labels(r->namespaces, value_at(ns, "metadata.labels"));
}

static bool object_fits(const struct rules *r, const struct rules_request *q)
{
    if (!r->objects)
        return true;
    if (q->object && selector_matches_labels(r->objects, value_at(q->object, "metadata.labels")))
        return true;
    return q->old && selector_matches_labels(r->objects, value_at(q->old, "metadata.labels"));
}

/* ── the whole ── */

int rules_fit(const struct rules *r, struct rules_request *q, const struct schema_resource **as)
{
    if (r->excluded && list_fits(r->excluded, q, r->exact))
        return 0;
    *as = r->open ? q->resource : list_fits(r->included, q, r->exact);
    if (!*as || !object_fits(r, q))
        return 0;
    return namespace_fits(r, q);
}

bool rules_exempt(const struct schema_resource *r)
{
    static const char *const exempt[] = {"validatingwebhookconfigurations",   "mutatingwebhookconfigurations", "validatingadmissionpolicies",
                                         "validatingadmissionpolicybindings", "mutatingadmissionpolicies",     "mutatingadmissionpolicybindings"};
    if (!str_is(r->group, "admissionregistration.k8s.io"))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(exempt); i++)
        if (str_is(r->name, exempt[i]))
            return true;
    return false;
}
