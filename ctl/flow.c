#include "ctl/inside.h"
#include "flow/flow.h"

/* FlowSchemas and PriorityLevelConfigurations: those every cluster has are kept, and a FlowSchema is told whether the
 * level it leads to is there. A key is the resource and the name. */
#define LEVELS  "prioritylevelconfigurations"
#define SCHEMAS "flowschemas"

static void add_key(struct view *v, const char *resource, struct str name, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str key = arena_fmt(v->mem, "%s/%.*s", resource, STR_FMT(name));
    if (key.p)
        add(ctx, key);
    else
        v->out->failed = true;
}

void map_flow(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    struct map_slot *at = NULL;
    char scratch[256];
    bool schema = str_is(o->kind->name, "FlowSchema");
    add_key(v, schema ? SCHEMAS : LEVELS, object_name(o), add, ctx);
    if (schema || (old && now))
        return;
    /* A level has come or gone: so has the end of those that lead there. */
    const struct client_cache *schemas = view_cache(v, SCHEMAS);
    for (struct object *s = client_cache_next(schemas, &at); s; s = client_cache_next(schemas, &at)) {
        struct str level;
        if (!object_field(s, "spec.priorityLevelConfiguration.name", &level, scratch) || str_eq(level, object_name(o)))
            add_key(v, SCHEMAS, object_name(s), add, ctx);
    }
}

/* true: the object is being written anew, and looked at again when that is done. */
static bool keep(struct view *v, struct str resource, struct str name, const struct value *live)
{
    struct value wanted = {0}, out = {0};
    const char *which = str_is(resource, SCHEMAS) ? SCHEMAS : LEVELS;
    int r = flow_default(v->mem, resource, name, &wanted);
    if (r == FLOW_ABSENT) {
        if (!live || !flow_is_stale(resource, live))
            return false;
        want_delete(v, view_resource(FLOW_GROUP, which), live, CLIENT_BACKGROUND);
        return true;
    }
    if (r == 0 && !live) {
        want_create(v, FLOW_GROUP, which, STR_NONE, &wanted)->manager = STR("api-priority-and-fairness-config-producer-v1");
        return true;
    }
    if (r == 0)
        r = flow_revise(v->mem, flow_is_mandatory(resource, name), &wanted, live, &out);
    if (r == FLOW_CHANGED) {
        struct client_call *call = want(v, CLIENT_UPDATE, FLOW_GROUP, which, live);
        call->manager = STR("api-priority-and-fairness-config-producer-v1");
        want_body(v, call, &out);
    }
    if (r < 0)
        v->out->failed = true;
    return r != 0;
}

void flow_reconcile(struct view *v, struct str key)
{
    struct str resource, name;
    view_key(key, &resource, &name);
    struct value *live = view_get(v, str_is(resource, SCHEMAS) ? SCHEMAS : LEVELS, STR_NONE, name);
    if (v->out->failed || (live && is_deleting(live)) || keep(v, resource, name, live) || !live || !str_is(resource, SCHEMAS))
        return;
    struct str level = value_text_at(live, "spec.priorityLevelConfiguration.name");
    bool there = view_get(v, LEVELS, STR_NONE, level) != NULL;
    struct str text = arena_fmt(v->mem, "This FlowSchema references the PriorityLevelConfiguration object named \"%.*s\" %s", STR_FMT(level),
                                there ? "and it exists" : "but there is no such object");
    struct value *status = value_at(live, "status");
    if (value_is_null(status))
        status = value_set(v->mem, live, STR("status"), value_make_map());
    if (!status || !text.p || v->out->failed) {
        v->out->failed = true;
        return;
    }
    if (condition_set(v, status, "Dangling", there ? "False" : "True", there ? "Found" : "NotFound", text.p))
        want_status(v, FLOW_GROUP, SCHEMAS, live);
}
