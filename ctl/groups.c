#include "ctl/inside.h"

/* A PodGroup that is to go stays while pods of it live: the finalizer admission put on comes off with the last of them. */
#define PROTECTION "scheduling.k8s.io/podgroup-protection"

void group_protection_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    size_t n;
    view_key(key, &ns, &name);
    struct value *group = view_get(v, "podgroups", ns, name);
    if (!group || !v->synced || !is_deleting(group) || !has_finalizer(group, PROTECTION))
        return;
    struct object *const *pods = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    for (size_t i = 0; i < n; i++) {
        char scratch[32];
        struct str of = STR_NONE, phase = STR_NONE;
        char more[32];
        if (!object_field(pods[i], "spec.schedulingGroup.podGroupName", &of, scratch) || !str_eq(of, name))
            continue;
        if (!object_field(pods[i], "status.phase", &phase, more) || !(str_is(phase, "Succeeded") || str_is(phase, "Failed")))
            return;
    }
    want_without_finalizer(v, schema_resource_find(STR("scheduling.k8s.io"), STR("v1beta1"), STR("podgroups")), group, PROTECTION);
}

static void add_group(struct object *pod, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str name = STR_NONE;
    char scratch[32];
    SCOPED_BUF b = BUF_INIT(1u << 10);
    if (!object_field(pod, "spec.schedulingGroup.podGroupName", &name, scratch) || !name.n)
        return;
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(object_namespace(pod)), STR_FMT(name));
    if (buf_error(&b) == 0)
        add(ctx, buf_view(&b));
}

/* Only pods that are over or gone can let a group go. */
void map_pod_group(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str phase = STR_NONE;
    char scratch[32];
    (void)v;
    if (now && object_field(now, "status.phase", &phase, scratch) && (str_is(phase, "Succeeded") || str_is(phase, "Failed")))
        add_group(now, add, ctx);
    if (old && (!now || !str_eq(object_uid(old), object_uid(now))))
        add_group(old, add, ctx);
}
