#include "claims/inside.h"

/* Volumes: their phase follows their claim; what is released is kept or deleted. */

void claims_volume_phase(struct view *v, struct value *volume, const char *phase, const char *reason, struct str message)
{
    int r = 0;
    if (str_is(value_text_at(volume, "status.phase"), phase) && str_eq(value_text_at(volume, "status.message"), message))
        return;
    if (!str_is(value_text_at(volume, "status.phase"), phase))
        VALUE_SET(&r, v->mem, volume, "status.lastPhaseTransitionTime", value_make_text(view_time(v, v->now)));
    VALUE_SET(&r, v->mem, volume, "status.phase", value_make_text(str_of(phase)));
    value_del(value_get(volume, STR("status")), STR("reason"));
    value_del(value_get(volume, STR("status")), STR("message"));
    if (message.n)
        VALUE_SET(&r, v->mem, volume, "status.message", value_make_text(message));
    if (reason)
        VALUE_SET(&r, v->mem, volume, "status.reason", value_make_text(str_of(reason)));
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_newest_status(v, "persistentvolumes", volume);
}

static void fail(struct view *v, struct value *volume, const char *reason, const char *what)
{
    struct str message = arena_fmt(v->mem, "error getting %s volume plugin for volume \"%.*s\": no volume plugin matched", what,
                                   STR_FMT(value_text_at(volume, "metadata.name")));
    want_event(v, volume, true, BINDER, reason, "%.*s", STR_FMT(message));
    claims_volume_phase(v, volume, "Failed", NULL, message);
}

/* Its claim is gone. Who made it deletes it; what nobody made is an administrator's. */
static void release(struct view *v, struct value *volume)
{
    struct str policy = value_text_at(volume, "spec.persistentVolumeReclaimPolicy"), by = annotation_of(volume, PROVISIONED_BY);
    struct str phase = value_text_at(volume, "status.phase");
    if (!str_is(phase, "Released") && !str_is(phase, "Failed"))
        claims_volume_phase(v, volume, "Released", NULL, STR_NONE);
    else if (str_is(policy, "Delete") && !by.n && str_is(phase, "Released"))
        fail(v, volume, "VolumeFailedDelete", "deleter");
    else if (str_is(policy, "Recycle") && str_is(phase, "Released"))
        fail(v, volume, "VolumeFailedRecycle", "recycler");
}

/* Its claim took another one meanwhile. */
static void let_go(struct view *v, struct value *volume)
{
    if (str_is(annotation_of(volume, BOUND_BY_CONTROLLER), "yes")) {
        value_del(value_get(volume, STR("spec")), STR("claimRef"));
        value_del(value_at(volume, "metadata.annotations"), STR(BOUND_BY_CONTROLLER));
    } else {
        value_del(value_at(volume, "spec.claimRef"), STR("uid"));
        value_del(value_at(volume, "spec.claimRef"), STR("resourceVersion"));
    }
    claims_want_update(v, "persistentvolumes", volume);
    claims_volume_phase(v, volume, "Available", NULL, STR_NONE);
}

void claims_volume_sync(struct view *v, struct str name)
{
    struct value *volume = view_get(v, "persistentvolumes", STR_NONE, name);
    const struct value *ref = value_at(volume, "spec.claimRef");
    struct str uid = value_text_at(ref, "uid");
    if (!volume)
        return;
    if (value_is_null(ref) || !uid.n) {
        if (!str_is(value_text_at(volume, "status.phase"), "Bound") || value_is_null(ref))
            claims_volume_phase(v, volume, "Available", NULL, STR_NONE);
        return;
    }
    const struct value *claim = view_get(v, "persistentvolumeclaims", value_text_at(ref, "namespace"), value_text_at(ref, "name"));
    struct str has = value_text_at(claim, "spec.volumeName");
    if (!claim || !str_eq(claims_uid_of(claim), uid))
        release(v, volume);
    else if (!has.n)
        return; /* the claim's look binds both */
    else if (str_eq(has, name))
        claims_volume_phase(v, volume, "Bound", NULL, STR_NONE);
    else if (annotation_of(volume, PROVISIONED_BY).n && str_is(value_text_at(volume, "spec.persistentVolumeReclaimPolicy"), "Delete"))
        release(v, volume);
    else
        let_go(v, volume);
}
