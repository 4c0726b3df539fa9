#include "resourceclaim/inside.h"

/* A claim's end: reservations, allocation, finalizer, itself. */

struct state {
    struct map freed; /* uids of claims whose allocation was just taken away here: their finalizer goes next */
};
#define FREED_MAX 4096

void *resourceclaim_state_new(void)
{
    return mem_alloc(sizeof(struct state));
}

void resourceclaim_state_free(void *state)
{
    struct state *s = state;
    struct map_slot *slot;
    while ((slot = map_next(&s->freed, NULL))) {
        char *uid = slot->value;
        map_del(&s->freed, slot->key);
        mem_free(uid);
    }
    map_done(&s->freed);
    mem_free(s);
}

static void freed_note(struct state *s, struct str uid)
{
    char *copy = s->freed.n < FREED_MAX && !map_get(&s->freed, uid) ? mem_text(uid.p, uid.n) : NULL;
    if (copy && map_put(&s->freed, str_of(copy), copy) < 0) /* forgotten: the finalizer stays until the claim is deleted */
        mem_free(copy);
}

static bool freed_take(struct state *s, struct str uid)
{
    char *known = map_del(&s->freed, uid);
    mem_free(known);
    return known != NULL;
}

struct str controlling(const struct value *claim, struct str *uid)
{
    VALUE_EACH_ITEM (x, value_at(claim, "metadata.ownerReferences"))
        if (value_bool_at(x, "controller", false)) {
            *uid = value_text_at(x, "uid");
            return value_text_at(x, "kind");
        }
    return STR_NONE;
}

static struct str controlled_by(const struct value *claim, const char *kind, struct str *uid)
{
    VALUE_EACH_ITEM (x, value_at(claim, "metadata.ownerReferences"))
        if (value_bool_at(x, "controller", false) && str_is(value_text_at(x, "kind"), kind)) {
            *uid = value_text_at(x, "uid");
            return value_text_at(x, "name");
        }
    return STR_NONE;
}

struct str controlling_pod(const struct value *claim, struct str *uid)
{
    return controlled_by(claim, "Pod", uid);
}

struct str controlling_group(const struct value *claim)
{
    struct str uid;
    return controlled_by(claim, "PodGroup", &uid);
}

bool pod_done(const struct value *pod)
{
    return pod_over(pod) || (is_deleting(pod) && !value_text_at(pod, "spec.nodeName").n);
}

static bool stays(struct view *v, struct str ns, const struct value *consumer)
{
    if (str_is(value_text_at(consumer, "apiGroup"), SCHEDULING) && str_is(value_text_at(consumer, "resource"), "podgroups") && groups_watched(v)) {
        const struct value *group = view_get(v, "podgroups", ns, value_text_at(consumer, "name"));
        return group && str_eq(value_text_at(group, "metadata.uid"), value_text_at(consumer, "uid"));
    }
    if (value_text_at(consumer, "apiGroup").n || !str_is(value_text_at(consumer, "resource"), "pods"))
        return true; /* somebody else's */
    const struct value *pod = view_get(v, "pods", ns, value_text_at(consumer, "name"));
    return pod && str_eq(value_text_at(pod, "metadata.uid"), value_text_at(consumer, "uid")) && !pod_done(pod);
}

/* Its reservations that are left; true: some went. */
static bool reservations_end(struct view *v, struct value *claim)
{
    struct value *list = value_at(claim, "status.reservedFor");
    bool any = false;
    for (size_t i = value_count(list); i-- > 0;)
        if (!stays(v, value_text_at(claim, "metadata.namespace"), value_item(list, i))) {
            value_del_item(list, i);
            any = true;
        }
    return any;
}

static bool deallocate(struct value *claim)
{
    struct value *status = value_at(claim, "status");
    value_del(status, STR("devices"));
    return value_del(status, STR("allocation"));
}

static bool left_over(struct view *v, const struct value *claim)
{
    struct str uid = STR_NONE, name = controlling_pod(claim, &uid);
    const struct value *pod = name.n ? view_get(v, "pods", value_text_at(claim, "metadata.namespace"), name) : NULL;
    return pod && (!str_eq(value_text_at(pod, "metadata.uid"), uid) || pod_done(pod)); /* of a pod that is gone the garbage collector takes it */
}

void resourceclaim_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct value *claim = view_get(v, "resourceclaims", ns, name);
    struct str uid = value_text_at(claim, "metadata.uid");
    if (!claim)
        return;
    bool went = reservations_end(v, claim), used = value_count(value_at(claim, "status.reservedFor")) > 0, ours = has_finalizer(claim, FINALIZER);
    if (went) {
        if (!used && ours && deallocate(claim))
            freed_note(v->state, uid);
        want_status(v, GROUP, "resourceclaims", claim);
        return; /* its event comes back */
    }
    if (!used && ours && is_deleting(claim) && deallocate(claim)) {
        want_status(v, GROUP, "resourceclaims", claim);
        return;
    }
    bool freed = freed_take(v->state, uid) && value_is_null(value_at(claim, "status.allocation"));
    if (!used && ours && (is_deleting(claim) || freed))
        want_without_finalizer(v, view_resource(GROUP, "resourceclaims"), claim, FINALIZER);
    else if (!used && !is_deleting(claim) && left_over(v, claim))
        want_delete(v, view_resource(GROUP, "resourceclaims"), claim, CLIENT_BACKGROUND);
}

static void add_named(struct view *v, struct str ns, struct str name, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str key = name.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name)) : STR_NONE;
    if (key.p)
        add(ctx, key);
}

/* A group that is gone gives its claims back. */
void resourceclaim_map_group_claims(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    if (!old || (now && str_eq(object_uid(old), object_uid(now))))
        return;
    const struct value *group = view_tree(v, old);
    VALUE_EACH_ITEM (row, value_at(group, "spec.resourceClaims")) {
        struct str name = value_text_at(row, "resourceClaimName");
        if (!name.n)
            (void)row_named(group, value_text_at(row, "name"), &name);
        add_named(v, object_namespace(old), name, add, ctx);
    }
}

/* A pod that is over or gone gives its claims back. */
void resourceclaim_map_claims(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    struct str ns = object_namespace(o), phase = STR_NONE, was = STR_NONE;
    char a[32], b[32];
    bool over = now && object_field(now, "status.phase", &phase, a) && (str_is(phase, "Succeeded") || str_is(phase, "Failed"));
    bool same = old && now && object_field(old, "status.phase", &was, b) && str_eq(phase, was) && object_deleting(old) == object_deleting(now);
    if ((now && !over && !object_deleting(now)) || same)
        return;
    const struct value *pod = view_tree(v, o);
    VALUE_EACH_ITEM (row, value_at(pod, "spec.resourceClaims")) {
        struct str name = value_text_at(row, "resourceClaimName");
        if (!name.n)
            (void)row_named(pod, value_text_at(row, "name"), &name);
        add_named(v, ns, name, add, ctx);
    }
    add_named(v, ns, value_text_at(pod, "status.extendedResourceClaimStatus.resourceClaimName"), add, ctx);
}
