/* OwnerReferencesPermissionEnforcement: who sets an owner could have the object
 * deleted with it, and a blocking reference holds up the owner's own deletion. */
#include "admit/inside.h"

static int may(struct admit_request *q, const char *verb, struct str group, struct str resource, struct str subresource, struct str namespace,
               struct str name)
{
    struct auth_ask ask = {.user = q->user,
                           .verb = str_of(verb),
                           .group = group,
                           .version = STR("*"),
                           .resource = resource,
                           .subresource = subresource,
                           .namespace = namespace,
                           .name = name};
    return admit_may(q, &ask);
}

static bool blocks(const struct value *ref)
{
    return value_bool_at(ref, "blockOwnerDeletion", false);
}

/* Was this owner a blocking one before? */
static bool blocked_before(const struct value *old, const struct value *ref)
{
    VALUE_EACH_ITEM (o, value_at(old, "metadata.ownerReferences"))
        if (blocks(o) && str_eq(value_text_at(o, "uid"), value_text_at(ref, "uid")))
            return true;
    return false;
}

/* Built in or custom; given back with schema_resource_put(). */
static const struct schema_resource *resource_of(const struct value *ref)
{
    struct str api = value_text_at(ref, "apiVersion"), group, version;
    if (!str_cut(api, '/', &group, &version)) {
        group = STR("");
        version = api;
    }
    return version.n ? schema_resource_take_kind(group, version, value_text_at(ref, "kind")) : NULL;
}

static int may_block(struct admit_request *q, struct admit_answer *ans, const struct value *ref)
{
    const struct schema_resource *owner = resource_of(ref);
    struct str name = value_text_at(ref, "name");
    if (!owner)
        return admit_forbid(q, ans,
                            "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion %.*s Kind "
                            "%.*s: no matches for kind",
                            STR_FMT(value_text_at(ref, "apiVersion")), STR_FMT(value_text_at(ref, "kind")));
    int r = may(q, "update", owner->group, owner->name, STR("finalizers"), owner->namespaced ? q->namespace : STR_NONE, name);
    schema_resource_put(owner);
    if (r != ADMIT_FORBIDDEN)
        return r;
    return admit_forbid(q, ans, "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ");
}

int owners_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)err;
    const struct value *refs = value_at(q->object, "metadata.ownerReferences");
    const struct value *before = value_at(q->old, "metadata.ownerReferences");
    if (admit_is(q, "", "pods") && q->subresource.n && !str_is(q->subresource, "status"))
        return 0;
    if (value_equal(refs, before) || (value_count(refs) == 0 && value_count(before) == 0))
        return 0;
    int r = q->operation != ADMIT_CREATE ? may(q, "delete", q->group, q->resource, q->subresource, q->namespace, q->name) : 0;
    if (r)
        return r == ADMIT_WAITS ? r : admit_forbid(q, ans, "cannot set an ownerRef on a resource you can't delete: ");
    bool any = false; /* who may set finalizers on anything is asked no further: not even whether the kind is known */
    r = 0;
    VALUE_EACH_ITEM (ref, refs) {
        if (!blocks(ref) || blocked_before(q->old, ref))
            continue;
        if (!any)
            r = may(q, "update", STR("*"), STR("*"), STR("finalizers"), STR_NONE, STR("*"));
        if (!any && r != ADMIT_FORBIDDEN)
            return r;
        any = true;
        r = may_block(q, ans, ref);
        if (r)
            return r;
    }
    return 0;
}
