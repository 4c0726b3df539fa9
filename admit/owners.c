/* OwnerReferencesPermissionEnforcement: who sets an owner could have the object
 * deleted with it, and a blocking reference holds up the owner's own deletion. */
#include "admit/inside.h"

static int may(struct admit_request *q, const char *verb, struct str group, struct str resource,
                struct str subresource, struct str name)
{
    struct auth_ask ask = {.user = q->user,
                           .verb = str_of(verb),
                           .group = group,
                           .version = STR("*"),
                           .resource = resource,
                           .subresource = subresource,
                           .namespace = q->namespace,
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

static const struct schema_resource *resource_of(const struct value *ref)
{
    const struct schema_kind *kind = schema_kind_parse(value_text_at(ref, "apiVersion"), value_text_at(ref, "kind"));
    return kind ? schema_resource_of_kind(kind) : NULL;
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
    int r = q->operation != ADMIT_CREATE ? may(q, "delete", q->group, q->resource, q->subresource, q->name) : 0;
    if (r)
        return r == ADMIT_WAITS ? r : admit_forbid(q, ans, "cannot set an ownerRef on a resource you can't delete: ");
    VALUE_EACH_ITEM (ref, refs) {
        if (!blocks(ref) || blocked_before(q->old, ref))
            continue;
        const struct schema_resource *owner = resource_of(ref);
        if (!owner)
            return admit_forbid(
                q, ans,
                "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion %.*s Kind "
                "%.*s: no matches for kind",
                STR_FMT(value_text_at(ref, "apiVersion")), STR_FMT(value_text_at(ref, "kind")));
        r = may(q, "update", owner->group, owner->name, STR("finalizers"), value_text_at(ref, "name"));
        if (r)
            return r == ADMIT_WAITS ? r : admit_forbid(q, ans,
                                "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set "
                                "finalizers on: ");
    }
    return 0;
}
