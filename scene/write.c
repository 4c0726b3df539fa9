#include "scene/inside.h"

#include <stdarg.h>

#include "admit/admit.h"
#include "kinds/kinds.h"
#include "patch/patch.h"

/* What the server does to an object on its way in: the same rooms, in the same order. */

int world_refuse(struct answer *out, int code, const char *reason, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(out->message, sizeof(out->message), format, args);
    va_end(args);
    out->code = code;
    out->reason = reason;
    return 0;
}

/* ── admission ── */

static const struct schema_resource *resource_named(struct str group, struct str name)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].group, group) && str_eq(rows[i].name, name) && rows[i].storage == &rows[i])
            return &rows[i];
    return NULL;
}

static int look_get(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out)
{
    const struct schema_resource *r = resource_named(group, resource);
    struct object *o = r ? world_get(ctx, r, ns, name) : NULL;
    return o ? object_tree(a, o, out, NULL) : AUTH_ABSENT;
}

static int look_each(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns,
                     int (*fn)(void *fn_ctx, const struct value *object), void *fn_ctx)
{
    const struct schema_resource *r = resource_named(group, resource);
    struct topic *t = r ? world_topic(ctx, r) : NULL;
    int e = 0;
    for (struct map_slot *at = NULL; t && e == 0 && (at = map_next(&t->objects, at)) != NULL;) {
        struct value tree = {0};
        if (ns.n && !str_eq(object_namespace(at->value), ns))
            continue;
        e = object_tree(a, at->value, &tree, NULL);
        if (e == 0)
            e = fn(fn_ctx, &tree);
    }
    return e;
}

static int look_field(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, const char *path,
                      struct str *value, char scratch[32])
{
    const struct schema_resource *r = resource_named(group, resource);
    struct object *o = r ? world_get(ctx, r, ns, name) : NULL;
    (void)a;
    if (o && !object_field(o, path, value, scratch))
        *value = STR("");
    return o ? 0 : AUTH_ABSENT;
}

static enum auth_decision look_may(void *ctx, const struct auth_ask *ask)
{
    (void)ctx;
    (void)ask;
    return AUTH_ALLOW;
}

/* 0 and out->code below 300: it may. */
static int admission(struct world *w, const struct client_call *k, enum admit_operation what, struct value *now, const struct value *old, bool mutate,
                     struct answer *out)
{
    static struct str groups[] = {STR_INIT("system:masters")};
    const struct auth_user user = {.name = STR("scene"), .groups = groups, .n_groups = 1};
    const struct admit_lookup lookup = {.get = look_get, .each = look_each, .field = look_field, .may = look_may, .ctx = w};
    const struct schema_resource *r = k->resource;
    struct admit_answer said = {0};
    struct err err = {{0}};
    if (!admit_wants(what, r->group, r->name, k->subresource))
        return 0;
    struct admit_request q = {.arena = w->scratch,
                              .lookup = &lookup,
                              .user = &user,
                              .operation = what,
                              .group = r->group,
                              .version = r->version,
                              .resource = r->name,
                              .subresource = k->subresource,
                              .namespace = k->ns,
                              .name = value_text_at(now, "metadata.name"),
                              .object = now,
                              .old = old,
                              .now = loop_wall(w->loop),
                              .now_ms = loop_now(w->loop)};
    int e = mutate ? admit_mutate(&q, &said, &err) : admit_validate(&q, &said, &err);
    if (e <= 0)
        return e;
    return world_refuse(out,
                        e == ADMIT_NOT_FOUND  ? 404
                        : e == ADMIT_INVALID  ? 422
                        : e == ADMIT_BAD      ? 400
                        : e == ADMIT_TOO_MANY ? 429
                                              : 403,
                        "Forbidden", "%.*s", STR_FMT(said.message));
}

static int judge(const struct schema_resource *r, struct faults *f, struct answer *out)
{
    if (!f->n)
        return 0;
    return world_refuse(out, 422, "Invalid", "%.*s is invalid: %.*s: %.*s", STR_FMT(r->kind->name), STR_FMT(f->items[0].field),
                        STR_FMT(f->items[0].message));
}

/* ── creation ── */

static uint64_t throw_dice(struct world *w) /* splitmix64 (Steele, Lea, Flood 2014) */
{
    uint64_t z = w->dice += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* A name of generateName, a uid, the time; the namespace of the call. */
static int stamp(struct world *w, const struct client_call *k, struct value *body)
{
    static const char letters[] = "bcdfghjklmnpqrstvwxz2456789";
    struct arena *a = w->scratch;
    char suffix[6] = "";
    int r = 0;
    if (!value_text_at(body, "metadata.name").n) {
        uint64_t dice = throw_dice(w);
        for (size_t i = 0; i < 5; i++, dice /= sizeof(letters) - 1)
            suffix[i] = letters[dice % (sizeof(letters) - 1)];
        VALUE_SET(&r, a, body, "metadata.name",
                  value_make_text(arena_fmt(a, "%.*s%s", STR_FMT(value_text_at(body, "metadata.generateName")), suffix)));
    }
    if (k->resource->namespaced)
        VALUE_SET(&r, a, body, "metadata.namespace", value_make_text(k->ns));
    uint64_t n = ++w->uids;
    VALUE_SET(&r, a, body, "metadata.uid", value_make_text(arena_fmt(a, "00000000-0000-4000-8000-%012llx", (unsigned long long)n)));
    VALUE_SET(&r, a, body, "metadata.creationTimestamp", value_make_text(world_time(w, a)));
    VALUE_SET(&r, a, body, "apiVersion", value_make_text(k->resource->kind->api_version));
    VALUE_SET(&r, a, body, "kind", value_make_text(k->resource->kind->name));
    return r;
}

int world_create(struct world *w, const struct client_call *k, struct value *body, struct answer *out)
{
    const struct schema_kind *kind = k->resource->kind;
    struct faults f;
    faults_init(&f, w->scratch);
    int r = stamp(w, k, body);
    if (r == 0 && world_get(w, k->resource, k->ns, value_text_at(body, "metadata.name")))
        return world_refuse(out, 409, "AlreadyExists", "%.*s \"%.*s\" already exists", STR_FMT(k->resource->name),
                            STR_FMT(value_text_at(body, "metadata.name")));
    if (r == 0)
        r = kinds_prepare_create(w->scratch, kind, body);
    if (r == 0)
        r = kinds_default(w->scratch, kind, body);
    out->code = 201;
    if (r == 0)
        r = admission(w, k, ADMIT_CREATE, body, NULL, true, out);
    if (r == 0)
        r = kinds_default(w->scratch, kind, body);
    if (r == 0 && out->code < 300) {
        kinds_validate_create(kind, body, &f);
        r = judge(k->resource, &f, out);
    }
    if (r == 0 && out->code < 300)
        r = admission(w, k, ADMIT_CREATE, body, NULL, false, out);
    if (r < 0 || out->code >= 300)
        return r;
    w->result->pods += str_is(k->resource->name, "pods");
    return world_store(w, k->resource, body, &out->object);
}

/* ── changes ── */

static int patched(struct world *w, const struct client_call *k, const struct value *old, const struct value *body, struct value *now,
                   struct answer *out)
{
    struct err err = {{0}};
    int r = k->patch == CLIENT_PATCH_MERGE       ? patch_merge(w->scratch, old, body, now, &err)
            : k->patch == CLIENT_PATCH_JSON      ? patch_json(w->scratch, old, body, now, &err)
            : k->patch == CLIENT_PATCH_STRATEGIC ? patch_strategic(w->scratch, k->resource->kind->message, old, body, now, &err)
                                                 : -ENOTSUP;
    return r == -ENOMEM ? r : r < 0 ? world_refuse(out, 422, "Invalid", "%s", err.text[0] ? err.text : strerror(-r)) : 0;
}

int world_change(struct world *w, const struct client_call *k, struct value *body, struct answer *out)
{
    struct object *o = world_get(w, k->resource, k->ns, k->name);
    const struct schema_kind *kind = k->resource->kind;
    struct value old = {0}, now = {0};
    struct faults f;
    int64_t seen = 0;
    faults_init(&f, w->scratch);
    int r = object_tree(w->scratch, o, &old, NULL);
    if (r == 0 && k->verb == CLIENT_PATCH)
        r = patched(w, k, &old, body, &now, out);
    else if (r == 0)
        r = value_copy(w->scratch, body, &now);
    if (r < 0 || out->code >= 300)
        return r;
    if (str_to_int(value_text_at(&now, "metadata.resourceVersion"), &seen) == 0 && seen && seen != o->revision)
        return world_refuse(out, 409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again");
    if (value_text_at(&now, "metadata.uid").n && !str_eq(value_text_at(&now, "metadata.uid"), object_uid(o)))
        return world_refuse(out, 409, "Conflict", "the UID in the precondition is not that of the object");
    r = kinds_prepare_update(w->scratch, kind, k->subresource, &old, &now, loop_wall(w->loop));
    if (r == 0)
        r = kinds_default(w->scratch, kind, &now);
    if (r == 0)
        r = admission(w, k, ADMIT_UPDATE, &now, &old, true, out);
    if (r == 0 && out->code < 300) {
        kinds_validate_update(kind, k->subresource, &old, &now, &f);
        r = judge(k->resource, &f, out);
    }
    if (r == 0 && out->code < 300)
        r = admission(w, k, ADMIT_UPDATE, &now, &old, false, out);
    if (r < 0 || out->code >= 300)
        return r;
    if (value_equal(&old, &now)) { /* nothing is written that changes nothing */
        out->object = object_ref(o);
        return 0;
    }
    return world_store(w, k->resource, &now, &out->object);
}

/* ── ends ── */

static int put_finalizer(struct world *w, struct value *tree, enum client_propagation p)
{
    const char *name = p == CLIENT_FOREGROUND ? "foregroundDeletion" : p == CLIENT_ORPHAN ? "orphan" : NULL;
    struct value list = value_make_list();
    const struct value *had = value_at(tree, "metadata.finalizers");
    int r = 0;
    if (!name)
        return 0;
    VALUE_EACH_ITEM (x, had) {
        if (str_is(value_text(x), name))
            return 0;
        if (!value_add(w->scratch, &list, *x))
            r = -ENOMEM;
    }
    if (!value_add(w->scratch, &list, value_make_text(str_of(name))))
        r = -ENOMEM;
    VALUE_SET(&r, w->scratch, tree, "metadata.finalizers", list);
    return r;
}

/* A pod on a node keeps its grace, until its agent says that it has ended; all else goes when no finalizer holds it. */
int world_delete(struct world *w, const struct schema_resource *res, struct object *o, const struct client_call *k, struct answer *out)
{
    struct value tree = {0};
    struct object *last = object_ref(o);
    if (k->revision && k->revision != o->revision) {
        object_unref(last);
        return world_refuse(out, 409, "Conflict", "the resourceVersion in the precondition is not that of the object");
    }
    int r = object_tree(w->scratch, o, &tree, NULL);
    bool pod = str_is(res->name, "pods"), placed = pod && value_text_at(&tree, "spec.nodeName").n > 0;
    int64_t grace = !placed                                     ? 0
                    : k->grace >= 0 && k->verb == CLIENT_DELETE ? k->grace
                                                                : value_int_at(&tree, "spec.terminationGracePeriodSeconds", 30);
    bool again = object_deleting(o) && value_int_at(&tree, "metadata.deletionGracePeriodSeconds", 0) <= grace;
    if (r == 0 && !again) {
        r = put_finalizer(w, &tree, k->propagation);
        VALUE_SET(&r, w->scratch, &tree, "metadata.deletionGracePeriodSeconds", value_make_int(grace));
        if (!object_deleting(o))
            VALUE_SET(&r, w->scratch, &tree, "metadata.deletionTimestamp", value_make_text(world_time(w, w->scratch)));
        if (r == 0)
            r = world_store(w, res, &tree, &out->object);
    }
    if (r == 0 && !out->object)
        out->object = object_ref(last);
    object_unref(last);
    return r;
}

/* ── bindings ── */

int world_bind(struct world *w, const struct client_call *k, struct value *body, struct answer *out)
{
    struct object *o = world_get(w, k->resource, k->ns, k->name);
    struct value tree = {0}, c = value_make_map(), merged = {0}, notes = value_make_map();
    struct value list = value_make_list(), patch = value_make_map();
    struct str node = value_text_at(body, "target.name"), uid = value_text_at(body, "metadata.uid");
    int r = object_tree(w->scratch, o, &tree, NULL);
    if (r < 0)
        return r;
    if (uid.n && !str_eq(uid, object_uid(o)))
        return world_refuse(out, 409, "Conflict", "the UID in the precondition is not that of the pod");
    if (object_deleting(o) || value_text_at(&tree, "spec.nodeName").n)
        return world_refuse(out, 409, "Conflict", "the pod is being deleted, or is assigned to a node already");
    if (value_count(value_at(body, "metadata.annotations")))
        notes = *value_at(body, "metadata.annotations");
    VALUE_SET(&r, w->scratch, &c, "type", value_make_text(STR("PodScheduled")));
    VALUE_SET(&r, w->scratch, &c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, w->scratch, &c, "lastTransitionTime", value_make_text(world_time(w, w->scratch)));
    if (r == 0 && !value_add(w->scratch, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, w->scratch, &patch, "spec.nodeName", value_make_text(node));
    if (value_count(&notes))
        VALUE_SET(&r, w->scratch, &patch, "metadata.annotations", notes);
    VALUE_SET(&r, w->scratch, &patch, "status.conditions", list);
    if (r == 0)
        r = patch_strategic(w->scratch, k->resource->kind->message, &tree, &patch, &merged, NULL);
    out->code = 201;
    w->result->bound += r == 0;
    return r < 0 ? r : world_store(w, k->resource, &merged, NULL);
}
