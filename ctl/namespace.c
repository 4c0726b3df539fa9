#include "ctl/inside.h"

/* Namespaces: what each has from its first moment, and how one ends.
 *
 * Ending: everything in it is deleted — pods first and alone, so that nothing
 * they rely on goes before them (KEP-5080) — and looked at again until nothing
 * is left; then the finalizer "kubernetes" comes off spec.finalizers. */

static size_t contents(struct view *v, size_t resource, struct str ns, size_t *waiting)
{
    size_t n;
    struct object *const *items = view_in_namespace(v, resource, ns, &n);
    *waiting = 0;
    for (size_t i = 0; i < n; i++)
        *waiting += object_deleting(items[i]);
    return n;
}

static void delete_all(struct view *v, const struct schema_resource *r, struct str ns)
{
    struct client_call *call = client_intend(v->out, CLIENT_DELETE_COLLECTION, r, ns, STR_NONE);
    call->propagation = CLIENT_BACKGROUND;
}

/* Custom objects stand in one cache whatever their resource: each resource among them is deleted once. */
static void delete_customs(struct view *v, struct str ns)
{
    size_t n;
    struct str last = STR_NONE;
    struct object *const *items = view_in_namespace(v, v->customs, ns, &n);
    for (size_t i = 0; i < n; i++) { /* in order of their keys: one resource's stand together */
        struct str names[CLIENT_INDEX_KEYS];
        char scratch[256];
        if (object_deleting(items[i]) || !view_index_definition(items[i], names, scratch) || (last.n && str_eq(last, names[0])))
            continue;
        const struct schema_resource *r = schema_resource_take_custom(names[0]);
        if (r)
            delete_all(v, r, ns);
        schema_resource_put(r);
        if (arena_str(v->mem, names[0], &last) < 0)
            v->out->failed = true;
    }
}

static void put_conditions(struct view *v, struct value *space, size_t left, const char *what, size_t waiting)
{
    char remaining[300], finalizers[300];
    struct value *status = value_at(space, "status");
    struct value before = {0};
    if (!status || value_copy(v->mem, status, &before) < 0)
        return;
    snprintf(remaining, sizeof(remaining),
             left ? "Some resources are remaining: %s has %zu resource instances" : "All content successfully removed%s%.0zu", left ? what : "",
             left);
    snprintf(finalizers, sizeof(finalizers),
             waiting ? "Some content in the namespace has finalizers remaining: %zu resource instances"
                     : "All content-preserving finalizers finished%.0zu",
             waiting);
    condition_set(v, status, "NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered");
    condition_set(v, status, "NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions",
                  "All legacy kube types successfully parsed");
    condition_set(v, status, "NamespaceDeletionContentFailure", "False", "ContentDeleted",
                  "All content successfully deleted, may be waiting on finalization");
    condition_set(v, status, "NamespaceContentRemaining", left ? "True" : "False", left ? "SomeResourcesRemain" : "ContentRemoved", remaining);
    condition_set(v, status, "NamespaceFinalizersRemaining", waiting ? "True" : "False", waiting ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
                  finalizers);
    if (!value_equal(&before, status)) {
        want_status(v, "", "namespaces", space);
        if (!v->out->failed)
            v->out->items.p[v->out->items.n - 1].may_fail = true;
    }
}

static void finalize(struct view *v, struct value *space)
{
    struct value rest = value_make_list();
    const struct value *list = value_at(space, "spec.finalizers");
    int r = 0;
    VALUE_EACH_ITEM (f, list)
        if (!str_is(value_text(f), "kubernetes") && !value_add(v->mem, &rest, *f))
            r = -ENOMEM;
    if (value_count(&rest) == value_count(list))
        return;
    VALUE_SET(&r, v->mem, space, "spec.finalizers", rest);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = want(v, CLIENT_UPDATE, "", "namespaces", space);
    call->subresource = STR("finalize");
    want_body(v, call, space);
}

void namespace_reconcile(struct view *v, struct str key)
{
    struct value *space = view_get(v, "namespaces", STR_NONE, key);
    size_t left = 0, waiting = 0, some, pods_left;
    const char *what = "";
    if (!space || !is_deleting(space))
        return;
    size_t pods = view_index_of(v, view_resource("", "pods"));
    pods_left = contents(v, pods, key, &some);
    for (size_t i = 0; i < v->n; i++) {
        const struct schema_resource *r = v->resources[i];
        size_t n = r->namespaced ? contents(v, i, key, &some) : 0;
        if (n == 0 || (pods_left && i != pods)) {
            left += n;
            continue;
        }
        left += n;
        waiting += some;
        what = arena_fmt(v->mem, "%.*s.", STR_FMT(r->name)).p;
        if (i == v->customs)
            delete_customs(v, key);
        else if (some < n && (r->verbs & SCHEMA_VERB_DELETECOLLECTION))
            delete_all(v, r, key);
    }
    if (left) {
        put_conditions(v, space, left, what ? what : "", waiting);
        client_intend_again(v->out, 5000); /* changes bring us back earlier */
        return;
    }
    delete_all(v, view_resource("", "events"), key);
    finalize(v, space);
}

/* ── from the first moment ── */

static bool lives(struct view *v, struct str ns)
{
    struct value *space = view_get(v, "namespaces", STR_NONE, ns);
    return space && !is_deleting(space);
}

static struct value *named(struct view *v, const char *kind, struct str ns, const char *name)
{
    struct value *o = arena_alloc(v->mem, sizeof(*o));
    int r = o ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, o, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, o, "kind", value_make_text(str_of(kind)));
    VALUE_SET(&r, v->mem, o, "metadata.name", value_make_text(str_of(name)));
    VALUE_SET(&r, v->mem, o, "metadata.namespace", value_make_text(ns));
    if (r < 0)
        v->out->failed = true;
    return r < 0 ? NULL : o;
}

void account_reconcile(struct view *v, struct str key)
{
    if (!lives(v, key) || client_cache_get(view_cache(v, "serviceaccounts"), key, STR("default")))
        return;
    struct value *o = named(v, "ServiceAccount", key, "default");
    if (o)
        want_create(v, "", "serviceaccounts", key, o);
}

void root_ca_reconcile(struct view *v, struct str key)
{
    static const char name[] = "kube-root-ca.crt";
    int r = 0;
    if (!v->options->root_ca_pem || !lives(v, key))
        return;
    struct value *there = view_get(v, "configmaps", key, STR("kube-root-ca.crt")), data = value_make_map();
    if (!value_set(v->mem, &data, STR("ca.crt"), value_make_text(str_of(v->options->root_ca_pem))))
        r = -ENOMEM;
    if (there && value_equal(value_at(there, "data"), &data))
        return;
    struct value *o = there ? there : named(v, "ConfigMap", key, name), notes = value_make_map();
    if (!value_set(v->mem, &notes, STR("kubernetes.io/description"),
                   value_make_text(
                       STR("Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal "
                           "service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters."))))
        r = -ENOMEM;
    if (!o)
        return;
    VALUE_SET(&r, v->mem, o, "metadata.annotations", notes);
    VALUE_SET(&r, v->mem, o, "data", data);
    if (r < 0)
        v->out->failed = true;
    else if (there)
        want_body(v, want(v, CLIENT_UPDATE, "", "configmaps", o), o);
    else
        want_create(v, "", "configmaps", key, o);
}
