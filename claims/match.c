#include "claims/inside.h"

#include "object/object.h"
#include "selector/selector.h"

struct str claims_uid_of(const struct value *o)
{
    return value_text_at(o, "metadata.uid");
}

bool claims_class_named(const struct value *claim)
{
    return annotation_of(claim, BETA_CLASS).n || !value_is_null(value_at(claim, "spec.storageClassName"));
}

struct str claims_class_name_of(const struct value *o)
{
    struct str beta = annotation_of(o, BETA_CLASS);
    return beta.n ? beta : value_text_at(o, "spec.storageClassName");
}

struct value *claims_class_of(struct view *v, struct str name)
{
    return name.n ? view_get(v, "storageclasses", STR_NONE, name) : NULL;
}

bool claims_class_waits(const struct value *class)
{
    return str_is(value_text_at(class, "volumeBindingMode"), "WaitForFirstConsumer");
}

bool claims_bound_to(const struct value *volume, const struct value *claim)
{
    const struct value *ref = value_at(volume, "spec.claimRef");
    struct str uid = value_text_at(ref, "uid");
    return str_eq(value_text_at(ref, "name"), value_text_at(claim, "metadata.name")) &&
           str_eq(value_text_at(ref, "namespace"), value_text_at(claim, "metadata.namespace")) && (!uid.n || str_eq(uid, claims_uid_of(claim)));
}

static struct str mode_of(const struct value *o)
{
    struct str mode = value_text_at(o, "spec.volumeMode");
    return mode.n ? mode : STR("Filesystem");
}

static bool has_text(const struct value *list, struct str text)
{
    VALUE_EACH_ITEM (i, list)
        if (str_eq(value_text(i), text))
            return true;
    return false;
}

const char *claims_mismatch(struct view *v, const struct value *volume, const struct value *claim)
{
    const struct value *modes = value_at(claim, "spec.accessModes"), *selector = value_at(claim, "spec.selector");
    struct selector *s = NULL;
    if (quantity_of(value_at(volume, "spec.capacity.storage")).nano < quantity_of(value_at(claim, "spec.resources.requests.storage")).nano)
        return "requested PV is too small";
    if (!str_eq(claims_class_name_of(volume), claims_class_name_of(claim)))
        return "storageClassName does not match";
    if (!str_eq(value_text_at(volume, "spec.volumeAttributesClassName"), value_text_at(claim, "spec.volumeAttributesClassName")))
        return "volumeAttributesClassName does not match";
    if (!str_eq(mode_of(volume), mode_of(claim)))
        return "incompatible volumeMode";
    VALUE_EACH_ITEM (m, modes)
        if (!has_text(value_at(volume, "spec.accessModes"), value_text(m)))
            return "incompatible accessMode";
    if (value_is_null(selector))
        return NULL;
    if (selector_from_tree(v->mem, selector, &s, NULL) < 0 || !selector_matches_labels(s, value_at(volume, "metadata.labels")))
        return "labels do not match";
    return NULL;
}

/* A volume that names the claim already is an administrator's or a provisioner's own choice: only what cannot work is refused. */
static bool promise_holds(const struct value *volume, const struct value *claim)
{
    return !is_deleting(volume) && str_eq(mode_of(volume), mode_of(claim)) &&
           quantity_of(value_at(volume, "spec.capacity.storage")).nano >= quantity_of(value_at(claim, "spec.resources.requests.storage")).nano;
}

struct value *claims_match_find(struct view *v, const struct value *claim, bool promised)
{
    struct map_slot *at = NULL;
    struct value *best = NULL;
    const struct client_cache *volumes = view_cache(v, "persistentvolumes");
    for (struct object *o = client_cache_next(volumes, &at); o; o = client_cache_next(volumes, &at)) {
        struct value *volume = view_tree(v, o);
        bool taken = !value_is_null(value_at(volume, "spec.claimRef"));
        if (!volume || (taken && !claims_bound_to(volume, claim)))
            continue;
        if (taken && promise_holds(volume, claim))
            return volume;
        if (taken || promised || is_deleting(volume) || !str_is(value_text_at(volume, "status.phase"), "Available") ||
            claims_mismatch(v, volume, claim))
            continue;
        /* Of equal ones the first by name, so that the outcome does not depend on the order of a map. */
        __int128 size = quantity_of(value_at(volume, "spec.capacity.storage")).nano,
                 least = quantity_of(value_at(best, "spec.capacity.storage")).nano;
        if (!best || size < least || (size == least && str_cmp(value_text_at(volume, "metadata.name"), value_text_at(best, "metadata.name")) < 0))
            best = volume;
    }
    return best;
}

void claims_want_update(struct view *v, const char *resource, const struct value *object)
{
    want_body(v, want(v, CLIENT_UPDATE, "", resource, object), object);
}

void claims_want_newest_status(struct view *v, const char *resource, struct value *object)
{
    value_del(value_get(object, STR("metadata")), STR("resourceVersion"));
    want_status(v, "", resource, object);
}
