#include "resourceclaim/inside.h"

/* Claims of PodGroups (KEP-5729): one for all pods of a group. */

static const struct schema_resource *groups(void)
{
    return schema_resource_find(STR(SCHEDULING), STR("v1beta1"), STR("podgroups"));
}

static const struct kind group_kind = {SCHEDULING "/v1beta1", "PodGroup", groups};

bool groups_watched(const struct view *v)
{
    return view_watches(v, "podgroups");
}

bool group_of(struct view *v, const struct value *pod, const struct value **out)
{
    struct str name = value_text_at(pod, "spec.schedulingGroup.podGroupName");
    *out = NULL;
    if (!name.n || !groups_watched(v))
        return true;
    *out = view_get(v, "podgroups", value_text_at(pod, "metadata.namespace"), name);
    return *out != NULL;
}

bool group_row(const struct value *group, const struct value *row)
{
    static const char *const members[] = {"name", "resourceClaimName", "resourceClaimTemplateName"};
    VALUE_EACH_ITEM (x, value_at(group, "spec.resourceClaims")) {
        bool same = true;
        for (size_t i = 0; i < ARRAY_LEN(members); i++)
            same = same && str_eq(value_text_at(x, members[i]), value_text_at(row, members[i]));
        if (same)
            return true;
    }
    return false;
}

void resourceclaim_group_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct value rows = value_make_list();
    view_key(key, &ns, &name);
    const struct value *group = view_get(v, "podgroups", ns, name);
    if (!group || is_deleting(group))
        return;
    VALUE_EACH_ITEM (row, value_at(group, "spec.resourceClaims")) {
        struct str made = settle_row(v, &group_kind, group, row);
        if (made.n && name_row(v, &rows, value_text_at(row, "name"), made) < 0)
            v->out->failed = true;
    }
    if (value_count(&rows))
        tell_names(v, &group_kind, group, &rows);
}

void resourceclaim_map_groups(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    char scratch[512];
    if (o->kind && str_is(o->kind->name, "PodGroup")) {
        if (now && object_has(now, "spec.resourceClaims"))
            add(ctx, client_key(now, scratch));
        return;
    }
    if (o->kind && str_is(o->kind->name, "ResourceClaim")) {
        struct str group = old && now ? STR_NONE : controlling_group(view_tree(v, o));
        struct str key = group.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(group)) : STR_NONE;
        if (key.p)
            add(ctx, key);
        return;
    }
    struct map_slot *at = NULL;
    const struct client_cache *all = view_cache(v, "podgroups");
    for (struct object *g = now && !old ? client_cache_next(all, &at) : NULL; g; g = client_cache_next(all, &at))
        if (str_eq(object_namespace(g), object_namespace(o)) && object_has(g, "spec.resourceClaims") &&
            names(view_tree(v, g), "resourceClaimTemplateName", object_name(o)))
            add(ctx, client_key(g, scratch));
}
