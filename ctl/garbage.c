#include "ctl/inside.h"

/* Garbage collector: nothing outlives its owners, unless it is told to.
 *
 * Keys are "<place of the resource>/<ns>/<name>". An object is looked at when it
 * comes with owners, when one of its owners goes, and when it itself is being
 * deleted with a finalizer of ours:
 *
 *   orphan             dependents lose their reference, then the finalizer comes off
 *   foregroundDeletion dependents are deleted; when no blocking one is left, the finalizer comes off
 *
 * An owner that is not in its cache may only be on its way: an object whose owner
 * is missed is left alone until a second look two seconds later. */
#define SECOND_LOOK_MS 2000

struct memory {
    struct map missed; /* key + uid of the owner → when first missed, as an allocated text */
};

struct missed {
    int64_t at_ms;
    size_t n;
    char text[];
};

void *garbage_state_new(void)
{
    return mem_alloc(sizeof(struct memory));
}

void garbage_state_free(void *state)
{
    struct memory *m = state;
    MAP_EACH (slot, &m->missed)
        mem_free(slot->value);
    map_done(&m->missed);
    mem_free(m);
}

/* True: missed for long enough to believe it. */
static bool gone_for_good(struct view *v, struct str key, struct str uid)
{
    struct memory *m = v->state;
    struct str id = arena_fmt(v->mem, "%.*s#%.*s", STR_FMT(key), STR_FMT(uid));
    struct missed *seen = map_get(&m->missed, id);
    if (seen) {
        int64_t left = seen->at_ms + SECOND_LOOK_MS - v->now_ms;
        if (left > 0) {
            client_intend_again(v->out, left);
            return false;
        }
        map_del(&m->missed, id);
        mem_free(seen);
        return true;
    }
    seen = mem_alloc(sizeof(*seen) + id.n + 1);
    if (seen) {
        seen->at_ms = v->now_ms;
        seen->n = id.n;
        memcpy(seen->text, id.p, id.n);
        if (map_put(&m->missed, str_make(seen->text, seen->n), seen) < 0)
            mem_free(seen);
    }
    client_intend_again(v->out, SECOND_LOOK_MS);
    return false;
}

static void forget_missed(struct view *v, struct str key, struct str uid)
{
    struct memory *m = v->state;
    mem_free(map_del(&m->missed, arena_fmt(v->mem, "%.*s#%.*s", STR_FMT(key), STR_FMT(uid))));
}

/* ── which keys ── */

static size_t place_of(const struct view *v, const struct object *o)
{
    const struct schema_resource *r = o->kind ? schema_resource_of_kind(o->kind) : NULL;
    if (!o->kind)
        return v->customs;
    return r ? view_index_of(v, r) : VIEW_RESOURCES_MAX;
}

static void add_object(struct view *v, const struct object *o, void (*add)(void *ctx, struct str key), void *ctx)
{
    char scratch[512];
    size_t place = place_of(v, o);
    struct str key = arena_fmt(v->mem, "%zu/%.*s", place, STR_FMT(client_key(o, scratch)));
    if (place < VIEW_RESOURCES_MAX && key.p)
        add(ctx, key);
}

static void add_dependents(struct view *v, struct str uid, void (*add)(void *ctx, struct str key), void *ctx)
{
    for (size_t i = 0; i < v->n; i++) {
        size_t n;
        struct object *const *items = client_cache_lookup(v->caches[i], "owners", uid, &n);
        for (size_t k = 0; k < n; k++)
            add_object(v, items[k], add, ctx);
    }
}

/* The custom resource a reference names, with a reference of its own; NULL: it is built in, or nothing we know. */
static const struct schema_resource *custom_of_kind(const struct value *ref)
{
    struct str group, version;
    if (!str_cut(value_text_at(ref, "apiVersion"), '/', &group, &version))
        return NULL;
    const struct schema_resource *r = schema_resource_take_kind(group, version, value_text_at(ref, "kind"));
    return r && r->custom ? r : NULL;
}

static struct object *custom_owner(const struct view *v, const struct value *ref, struct str ns)
{
    const struct schema_resource *r = custom_of_kind(ref);
    struct object *o = NULL;
    struct str where = STR_NONE;
    if (r)
        where = arena_fmt(v->mem, "%.*s%s%.*s", STR_FMT(r->storage_path), r->namespaced ? "/" : "", STR_FMT(r->namespaced ? ns : STR_NONE));
    if (where.p)
        o = client_cache_get(v->caches[v->customs], where, value_text_at(ref, "name"));
    schema_resource_put(r);
    return o;
}

static size_t place_of_kind(const struct view *v, const struct value *ref)
{
    const struct schema_resource *custom = custom_of_kind(ref);
    if (custom) {
        schema_resource_put(custom);
        return v->customs;
    }
    const struct schema_kind *kind = schema_kind_parse(value_text_at(ref, "apiVersion"), value_text_at(ref, "kind"));
    const struct schema_resource *r = kind ? schema_resource_of_kind(kind) : NULL;
    return r ? view_index_of(v, r->storage ? r->storage : r) : VIEW_RESOURCES_MAX;
}

static struct object *owner_find(const struct view *v, const struct value *ref, struct str ns)
{
    size_t place = place_of_kind(v, ref);
    if (place >= v->n)
        return NULL;
    struct object *o = place == v->customs
                           ? custom_owner(v, ref, ns)
                           : client_cache_get(v->caches[place], v->resources[place]->namespaced ? ns : STR_NONE, value_text_at(ref, "name"));
    return o && str_eq(object_uid(o), value_text_at(ref, "uid")) ? o : NULL;
}

static void add_deleting_owners(struct view *v, struct object *o, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str uids[8];
    if (object_owners(o, uids, ARRAY_LEN(uids)) == 0)
        return;
    const struct value *refs = value_at(view_tree(v, o), "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, refs) {
        struct object *owner = owner_find(v, ref, object_namespace(o));
        if (owner && object_deleting(owner))
            add_object(v, owner, add, ctx);
    }
}

void garbage_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str uid;
    if (!now) {
        add_dependents(v, object_uid(old), add, ctx);
        add_deleting_owners(v, old, add, ctx);
        return;
    }
    if (object_owners(now, &uid, 1)) {
        add_object(v, now, add, ctx);
        add_deleting_owners(v, now, add, ctx);
    } else if (object_deleting(now)) {
        add_object(v, now, add, ctx);
    }
    if (object_deleting(now) && !(old && object_deleting(old)))
        add_dependents(v, object_uid(now), add, ctx);
}

/* ── being deleted ── */

static void orphan_one(struct view *v, const struct schema_resource *r, struct object *o, struct str owner)
{
    struct value *tree = view_tree(v, o), patch = {0}, rest = value_make_list();
    const struct value *refs = value_at(tree, "metadata.ownerReferences");
    int rc = 0;
    VALUE_EACH_ITEM (ref, refs)
        if (!str_eq(value_text_at(ref, "uid"), owner) && !value_add(v->mem, &rest, *ref))
            rc = -ENOMEM;
    VALUE_SET(&rc, v->mem, &patch, "metadata.uid", value_make_text(object_uid(o)));
    VALUE_SET(&rc, v->mem, &patch, "metadata.ownerReferences", value_count(&rest) ? rest : (struct value){.type = VALUE_NULL});
    if (rc < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = client_intend(v->out, CLIENT_PATCH, r, object_namespace(o), object_name(o));
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
    if (!v->out->failed)
        v->out->items.p[v->out->items.n - 1].may_fail = true; /* it may be gone by now */
}

static void orphan(struct view *v, size_t place, struct object *o, struct str owner)
{
    const struct schema_resource *r = place == v->customs ? view_custom(o) : v->resources[place];
    if (r)
        orphan_one(v, r, o, owner);
    schema_resource_put(r);
}

static bool blocks(struct view *v, struct object *o, struct str owner)
{
    const struct value *refs = value_at(view_tree(v, o), "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, refs)
        if (str_eq(value_text_at(ref, "uid"), owner))
            return value_bool_at(ref, "blockOwnerDeletion", false);
    return false;
}

static bool has_dependents(struct view *v, struct str uid)
{
    for (size_t i = 0; i < v->n; i++) {
        size_t n;
        client_cache_lookup(v->caches[i], "owners", uid, &n);
        if (n)
            return true;
    }
    return false;
}

static void end_foreground(struct view *v, const struct schema_resource *r, struct value *tree)
{
    struct str uid = value_text_at(tree, "metadata.uid");
    bool blocked = false;
    for (size_t i = 0; i < v->n; i++) {
        size_t n;
        struct object *const *items = client_cache_lookup(v->caches[i], "owners", uid, &n);
        for (size_t k = 0; k < n; k++)
            blocked = blocked || blocks(v, items[k], uid); /* their own look deletes them */
    }
    if (!blocked)
        want_without_finalizer(v, r, tree, "foregroundDeletion");
}

static void end_orphaning(struct view *v, const struct schema_resource *r, struct value *tree)
{
    struct str uid = value_text_at(tree, "metadata.uid");
    for (size_t i = 0; i < v->n; i++) {
        size_t n;
        struct object *const *items = client_cache_lookup(v->caches[i], "owners", uid, &n);
        for (size_t k = 0; k < n; k++)
            orphan(v, i, items[k], uid);
    }
    want_without_finalizer(v, r, tree, "orphan");
}

/* ── having owners ── */

struct verdict {
    size_t solid, dangling, waiting; /* waiting: being deleted in the foreground */
    bool unsure;
};

static bool waits_for_dependents(struct view *v, struct object *owner)
{
    struct value *t = object_deleting(owner) ? view_tree(v, owner) : NULL;
    return t && has_finalizer(t, "foregroundDeletion");
}

static struct verdict judge(struct view *v, struct str key, const struct value *tree)
{
    struct verdict j = {0};
    struct str ns = value_text_at(tree, "metadata.namespace");
    const struct value *refs = value_at(tree, "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, refs) {
        struct object *owner = owner_find(v, ref, ns);
        struct str uid = value_text_at(ref, "uid");
        if (owner) {
            forget_missed(v, key, uid);
            if (waits_for_dependents(v, owner))
                j.waiting++;
            else
                j.solid++;
        } else if (place_of_kind(v, ref) >= v->n) {
            j.solid++; /* of a kind this server does not know: not ours to judge */
        } else if (gone_for_good(v, key, uid)) {
            j.dangling++;
        } else {
            j.unsure = true;
        }
    }
    return j;
}

/* References to owners that are gone, and to ones that wait for this object, which is somebody else's too and stays. */
static void drop_references(struct view *v, const struct schema_resource *r, const struct value *tree)
{
    struct value patch = {0}, rest = value_make_list();
    const struct value *refs = value_at(tree, "metadata.ownerReferences");
    int rc = 0;
    VALUE_EACH_ITEM (ref, refs) {
        bool known = place_of_kind(v, ref) < v->n;
        struct object *owner = owner_find(v, ref, value_text_at(tree, "metadata.namespace"));
        bool stays = owner ? !waits_for_dependents(v, owner) : !known;
        if (stays && !value_add(v->mem, &rest, *ref))
            rc = -ENOMEM;
    }
    VALUE_SET(&rc, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(tree, "metadata.resourceVersion")));
    VALUE_SET(&rc, v->mem, &patch, "metadata.ownerReferences", rest);
    if (rc < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call =
        client_intend(v->out, CLIENT_PATCH, r, value_text_at(tree, "metadata.namespace"), value_text_at(tree, "metadata.name"));
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}

/* Some of what it owns waits for its own dependents already: they may own what waits for this object, in a circle in which
 * each would wait for the next for ever. Nobody waits for this one any more. */
static bool in_circle(struct view *v, struct str uid)
{
    for (size_t i = 0; i < v->n; i++) {
        size_t n;
        struct object *const *items = client_cache_lookup(v->caches[i], "owners", uid, &n);
        for (size_t k = 0; k < n; k++)
            if (waits_for_dependents(v, items[k]))
                return true;
    }
    return false;
}

static void unblock(struct view *v, const struct schema_resource *r, const struct value *tree)
{
    struct value patch = {0}, refs = {0};
    int rc = value_copy(v->mem, value_at(tree, "metadata.ownerReferences"), &refs);
    for (size_t i = 0; rc == 0 && i < value_count(&refs); i++)
        if (!value_set(v->mem, value_item(&refs, i), STR("blockOwnerDeletion"), value_make_bool(false)))
            rc = -ENOMEM;
    VALUE_SET(&rc, v->mem, &patch, "metadata.uid", value_make_text(value_text_at(tree, "metadata.uid")));
    VALUE_SET(&rc, v->mem, &patch, "metadata.ownerReferences", refs);
    if (rc < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call =
        client_intend(v->out, CLIENT_PATCH, r, value_text_at(tree, "metadata.namespace"), value_text_at(tree, "metadata.name"));
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}

static void look_at(struct view *v, struct str key, const struct schema_resource *r, struct value *tree);

void garbage_reconcile(struct view *v, struct str key)
{
    struct str place_text, rest, ns, name;
    uint64_t place;
    str_cut(key, '/', &place_text, &rest);
    view_key(rest, &ns, &name);
    if (str_to_uint(place_text, &place) < 0 || place >= v->n || !v->synced)
        return;
    struct object *o = client_cache_get(v->caches[place], ns, name);
    struct value *tree = o ? view_tree(v, o) : NULL;
    const struct schema_resource *r = place == v->customs && o ? view_custom(o) : v->resources[place];
    if (tree && r)
        look_at(v, key, r, tree);
    schema_resource_put(r);
}

static void look_at(struct view *v, struct str key, const struct schema_resource *r, struct value *tree)
{
    if (is_deleting(tree)) {
        if (has_finalizer(tree, "orphan"))
            end_orphaning(v, r, tree);
        else if (has_finalizer(tree, "foregroundDeletion"))
            end_foreground(v, r, tree);
        return;
    }
    if (!value_count(value_at(tree, "metadata.ownerReferences")))
        return;
    struct verdict j = judge(v, key, tree);
    if (j.unsure)
        return;
    if (j.solid) {
        if (j.dangling || j.waiting)
            drop_references(v, r, tree);
        return;
    }
    if (j.waiting && has_dependents(v, value_text_at(tree, "metadata.uid"))) {
        if (in_circle(v, value_text_at(tree, "metadata.uid")))
            unblock(v, r, tree);
        want_delete(v, r, tree, CLIENT_FOREGROUND);
    } else
        want_delete(v, r, tree, has_finalizer(tree, "orphan") ? CLIENT_ORPHAN : CLIENT_BACKGROUND);
}
