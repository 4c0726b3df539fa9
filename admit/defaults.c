/* DefaultStorageClass and DefaultIngressClass: the class an object gets that
 * names none — of several marked as default the newest, then the first by name. */
#include "admit/inside.h"

struct newest {
    struct arena *a;
    const char *mark; /* the annotation that says "default" */
    struct str name;
    int64_t created;
};

static int newest_look(void *ctx, const struct value *class)
{
    struct newest *n = ctx;
    int64_t created = 0;
    int32_t nsec;
    struct str name = value_text_at(class, "metadata.name");
    if (!str_is(value_text(value_get(value_at(class, "metadata.annotations"), str_of(n->mark))), "true"))
        return 0;
    if (time_parse_rfc3339(value_text_at(class, "metadata.creationTimestamp"), &created, &nsec) < 0)
        created = 0;
    if (n->name.n && (created < n->created || (created == n->created && str_cmp(name, n->name) > 0)))
        return 0;
    n->created = created;
    return arena_str(n->a, name, &n->name) < 0 ? -ENOMEM : 0;
}

static int class_put(struct admit_request *q, const char *group, const char *resource, const char *mark, const char *path, struct err *err)
{
    struct newest n = {.a = q->arena, .mark = mark};
    int r = q->lookup->each(q->lookup->ctx, q->arena, str_of(group), str_of(resource), STR(""), newest_look, &n);
    if (r == 0 && n.name.n)
        VALUE_SET(&r, q->arena, q->object, path, value_make_text(n.name));
    return r < 0 ? err_raise(err, r, "cannot look for a default among %s", resource) : 0;
}

int storage_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    const struct value *notes = value_at(q->object, "metadata.annotations");
    /* An empty name is a choice too: a volume without class. */
    if (q->subresource.n || !value_is_null(value_at(q->object, "spec.storageClassName")) ||
        value_get(notes, STR("volume.beta.kubernetes.io/storage-class")))
        return 0;
    return class_put(q, "storage.k8s.io", "storageclasses", "storageclass.kubernetes.io/is-default-class", "spec.storageClassName", err);
}

/* Their controllers take the finalizers away once nothing uses the object any more. */
int storage_protect_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct str name = str_is(q->resource, "persistentvolumes") ? STR("kubernetes.io/pv-protection") : STR("kubernetes.io/pvc-protection");
    struct value *list = value_at(q->object, "metadata.finalizers"), one = value_make_list();
    int r = 0;
    (void)ans;
    if (q->subresource.n)
        return 0;
    VALUE_EACH_ITEM (f, list)
        if (str_eq(value_text(f), name))
            return 0;
    if (!value_add(q->arena, value_is_null(list) ? &one : list, value_make_text(name)))
        r = -ENOMEM;
    if (value_is_null(list))
        VALUE_SET(&r, q->arena, q->object, "metadata.finalizers", one);
    return r < 0 ? admit_no_memory(err) : 0;
}

int storage_resize_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value class = {0};
    const struct value *size = value_at(q->object, "spec.resources.requests.storage"), *old = value_at(q->old, "spec.resources.requests.storage");
    struct str name = value_text(value_get(value_at(q->object, "metadata.annotations"), STR("volume.beta.kubernetes.io/storage-class")));
    if (q->subresource.n || quantity_of(size).nano <= quantity_of(old).nano)
        return 0;
    if (!str_is(value_text_at(q->old, "status.phase"), "Bound"))
        return admit_forbid(q, ans, "Only bound persistent volume claims can be expanded");
    if (!name.n)
        name = value_text_at(q->object, "spec.storageClassName");
    int r = name.n ? admit_get(q, "storage.k8s.io", "storageclasses", STR_NONE, name, &class, err) : AUTH_ABSENT;
    if (r < 0)
        return r;
    if (r != 0 || !value_bool_at(&class, "allowVolumeExpansion", false))
        return admit_forbid(q, ans,
                            "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
    return 0;
}

int ingress_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    const struct value *notes = value_at(q->object, "metadata.annotations");
    if (q->subresource.n || !value_is_null(value_at(q->object, "spec.ingressClassName")) || value_get(notes, STR("kubernetes.io/ingress.class")))
        return 0;
    return class_put(q, "networking.k8s.io", "ingressclasses", "ingressclass.kubernetes.io/is-default-class", "spec.ingressClassName", err);
}
