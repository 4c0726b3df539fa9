#include "claims/inside.h"

#include "object/object.h"

/* Finalizers, claims of pods' own, and growing. */

#define CLAIM_FINALIZER  "kubernetes.io/pvc-protection"
#define VOLUME_FINALIZER "kubernetes.io/pv-protection"

static void add_finalizer(struct view *v, const char *resource, struct value *object, const char *name)
{
    struct value *list = value_at(object, "metadata.finalizers");
    int r = 0;
    if (list)
        r = value_add(v->mem, list, value_make_text(str_of(name))) ? 0 : -ENOMEM;
    else {
        struct value one = value_make_list();
        r = value_add(v->mem, &one, value_make_text(str_of(name))) ? 0 : -ENOMEM;
        VALUE_SET(&r, v->mem, object, "metadata.finalizers", one);
    }
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_update(v, resource, object);
}

/* An update, not a patch: that is what the controllers' roles allow. */
static void drop_finalizer(struct view *v, const char *resource, struct value *object, const char *name)
{
    struct value *list = value_at(object, "metadata.finalizers");
    for (size_t i = value_count(list); i-- > 0;)
        if (str_is(value_text(value_item(list, i)), name))
            value_del_item(list, i);
    claims_want_update(v, resource, object);
}

/* The claim a volume of the pod stands for; "" : none. */
static struct str claim_named(struct view *v, const struct value *pod, const struct value *volume)
{
    struct str name = value_text_at(volume, "persistentVolumeClaim.claimName");
    if (name.n || !value_at(volume, "ephemeral"))
        return name;
    return arena_fmt(v->mem, "%.*s-%.*s", STR_FMT(value_text_at(pod, "metadata.name")), STR_FMT(value_text_at(volume, "name")));
}

static bool uses(struct view *v, const struct value *pod, struct str claim)
{
    const struct value *volumes = value_at(pod, "spec.volumes");
    VALUE_EACH_ITEM (one, volumes)
        if (str_eq(claim_named(v, pod, one), claim))
            return true;
    return false;
}

/* A pod that no node has yet will not be started with a claim that is being deleted. */
static bool in_use(struct view *v, struct str ns, struct str claim)
{
    size_t n;
    struct object *const *pods = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    for (size_t i = 0; i < n; i++) {
        char place[300];
        struct str node = STR_NONE;
        if (!object_field(pods[i], "spec.nodeName", &node, place) || !node.n)
            continue;
        const struct value *pod = view_tree(v, pods[i]);
        if (pod && !pod_over(pod) && uses(v, pod, claim))
            return true;
    }
    return false;
}

void claims_protect_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct value *claim = v->synced ? view_get(v, "persistentvolumeclaims", ns, name) : NULL;
    bool held = has_finalizer(claim, CLAIM_FINALIZER);
    if (!claim)
        return;
    if (!is_deleting(claim) && !held)
        add_finalizer(v, "persistentvolumeclaims", claim, CLAIM_FINALIZER);
    else if (is_deleting(claim) && held && !in_use(v, ns, name) && !v->out->failed)
        drop_finalizer(v, "persistentvolumeclaims", claim, CLAIM_FINALIZER);
}

void claims_protect_volume_reconcile(struct view *v, struct str key)
{
    struct value *volume = v->synced ? view_get(v, "persistentvolumes", STR_NONE, key) : NULL;
    bool held = has_finalizer(volume, VOLUME_FINALIZER);
    if (!volume)
        return;
    if (!is_deleting(volume) && !held)
        add_finalizer(v, "persistentvolumes", volume, VOLUME_FINALIZER);
    else if (is_deleting(volume) && held && !str_is(value_text_at(volume, "status.phase"), "Bound"))
        drop_finalizer(v, "persistentvolumes", volume, VOLUME_FINALIZER);
}

void claims_map_pod(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    struct str phase = STR_NONE;
    char scratch[32];
    bool over = now && object_field(now, "status.phase", &phase, scratch) && (str_is(phase, "Succeeded") || str_is(phase, "Failed"));
    if (now && !over && !object_deleting(now))
        return; /* only its end lets a claim go */
    const struct value *pod = view_tree(v, now ? now : old), *volumes = value_at(pod, "spec.volumes");
    VALUE_EACH_ITEM (one, volumes) {
        struct str name = claim_named(v, pod, one);
        struct str key = name.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(value_text_at(pod, "metadata.namespace")), STR_FMT(name)) : STR_NONE;
        if (key.p)
            add(ctx, key);
    }
}

/* ── generic ephemeral volumes ── */

static void make_claim(struct view *v, const struct value *pod, const struct value *volume, struct str name)
{
    static const char *const parts[] = {"metadata.labels", "metadata.annotations", "spec"};
    const struct value *template_ = value_at(volume, "ephemeral.volumeClaimTemplate");
    struct value claim = {0}, owners = value_make_list();
    int r = 0;
    VALUE_SET(&r, v->mem, &claim, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, &claim, "kind", value_make_text(STR("PersistentVolumeClaim")));
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (value_at(template_, parts[i]))
            VALUE_SET(&r, v->mem, &claim, parts[i], *value_at(template_, parts[i]));
    VALUE_SET(&r, v->mem, &claim, "metadata.name", value_make_text(name));
    if (!value_add(v->mem, &owners, owner_of(v, "v1", "Pod", pod)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "metadata.ownerReferences", owners);
    if (r < 0)
        v->out->failed = true;
    else
        want_create(v, "", "persistentvolumeclaims", value_text_at(pod, "metadata.namespace"), &claim);
}

static bool owned(const struct value *claim, const struct value *pod)
{
    const struct value *owners = value_at(claim, "metadata.ownerReferences");
    VALUE_EACH_ITEM (o, owners)
        if (value_bool_at(o, "controller", false) && str_eq(value_text_at(o, "uid"), claims_uid_of(pod)))
            return true;
    return false;
}

void claims_ephemeral_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    const struct value *pod = v->synced ? view_get(v, "pods", ns, name) : NULL, *volumes = value_at(pod, "spec.volumes");
    if (!pod || is_deleting(pod))
        return;
    VALUE_EACH_ITEM (one, volumes) {
        if (!value_at(one, "ephemeral"))
            continue;
        struct str claim = claim_named(v, pod, one);
        const struct value *there = view_get(v, "persistentvolumeclaims", ns, claim);
        if (!there)
            make_claim(v, pod, one, claim);
        else if (!owned(there, pod))
            want_event(v, pod, true, "ephemeral_volume", "FailedBinding",
                       "ephemeral volume %.*s: PVC %.*s/%.*s was not created for pod %.*s/%.*s (pod is not owner)",
                       STR_FMT(value_text_at(one, "name")), STR_FMT(ns), STR_FMT(claim), STR_FMT(ns), STR_FMT(name));
    }
}

void claims_map_ephemeral(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    char scratch[512];
    (void)v;
    if (now && !old && object_has(now, "spec.volumes.ephemeral"))
        add(ctx, client_key(now, scratch));
}

/* ── growing ── */

void claims_expand_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct value *claim = v->synced ? view_get(v, "persistentvolumeclaims", ns, name) : NULL;
    const struct value *asked = value_at(claim, "spec.resources.requests.storage"), *has = value_at(claim, "status.capacity.storage");
    int r = 0;
    if (!claim || is_deleting(claim) || !has || !str_is(value_text_at(claim, "status.phase"), "Bound") ||
        quantity_of(asked).nano <= quantity_of(has).nano)
        return;
    struct value *volume = view_get(v, "persistentvolumes", STR_NONE, value_text_at(claim, "spec.volumeName"));
    struct str by = annotation_of(volume, PROVISIONED_BY);
    if (!volume)
        return;
    if (!str_is(by, CLAIMS_LOCAL)) {
        want_event(v, claim, by.n == 0, "volume_expand", by.n ? "ExternalExpanding" : "FailedResize", "%s",
                   by.n ? "waiting for an external controller to expand this PVC" : "nobody expands volumes that were not provisioned");
        return;
    }
    /* A folder has no size of its own: it is the disk's, and what is written down is what was asked for. */
    if (quantity_of(value_at(volume, "spec.capacity.storage")).nano < quantity_of(asked).nano) {
        VALUE_SET(&r, v->mem, volume, "spec.capacity.storage", *asked);
        claims_want_update(v, "persistentvolumes", volume);
    }
    VALUE_SET(&r, v->mem, claim, "status.capacity.storage", *asked);
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_newest_status(v, "persistentvolumeclaims", claim);
    want_event(v, claim, false, "volume_expand", "VolumeResizeSuccessful", "Resize volume succeeded");
}
