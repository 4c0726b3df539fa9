#include "resourceclaim/inside.h"

#define MANAGER   "ResourceClaimController"
#define NAME_ROOM 57 /* what is left of 63 for the name, before a hyphen and five letters */

bool row_named(const struct value *pod, struct str row, struct str *name)
{
    VALUE_EACH_ITEM (x, value_at(pod, "status.resourceClaimStatuses"))
        if (str_eq(value_text_at(x, "name"), row)) {
            *name = value_text_at(x, "resourceClaimName");
            return true;
        }
    return false;
}

bool reserved_for(const struct value *claim, struct str uid)
{
    VALUE_EACH_ITEM (x, value_at(claim, "status.reservedFor"))
        if (str_eq(value_text_at(x, "uid"), uid))
            return true;
    return false;
}

bool made_for(const struct value *claim, const struct value *owner)
{
    struct str uid = STR_NONE;
    return claim && controlling(claim, &uid).n && str_eq(uid, value_text_at(owner, "metadata.uid"));
}

/* The claim that was made for a row, though its owner's status does not say so yet. */
static struct value *claim_made(struct view *v, const struct value *owner, struct str row)
{
    size_t n;
    struct object *const *own = view_controlled(v, "resourceclaims", value_text_at(owner, "metadata.uid"), &n);
    for (size_t i = 0; i < n; i++) {
        struct value *tree = view_tree(v, own[i]);
        if (tree && !is_deleting(tree) && str_eq(annotation_of(tree, CLAIM_OF), row))
            return tree;
    }
    return NULL;
}

static struct str base_name(struct view *v, struct str owner, struct str row)
{
    size_t n = owner.n + row.n + 2;
    if (n <= NAME_ROOM)
        return arena_fmt(v->mem, "%.*s-%.*s-", STR_FMT(owner), STR_FMT(row));
    return arena_fmt(v->mem, "%.*s-%.*s", STR_FMT(str_head(owner, owner.n * NAME_ROOM / n)), STR_FMT(str_head(row, row.n * NAME_ROOM / n)));
}

static void make_claim(struct view *v, const struct kind *k, const struct value *owner, struct str row, const struct value *template_)
{
    struct value claim = value_make_map(), owners = value_make_list(), notes = value_make_map();
    const struct value *labels = value_at(template_, "spec.metadata.labels"), *given = value_at(template_, "spec.metadata.annotations");
    struct str name = base_name(v, value_text_at(owner, "metadata.name"), row);
    int r = name.p ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "apiVersion", value_make_text(STR(GROUP "/v1")));
    VALUE_SET(&r, v->mem, &claim, "kind", value_make_text(STR("ResourceClaim")));
    VALUE_SET(&r, v->mem, &claim, "metadata.generateName", value_make_text(name));
    VALUE_SET(&r, v->mem, &claim, "metadata.namespace", value_make_text(value_text_at(owner, "metadata.namespace")));
    if (labels)
        VALUE_SET(&r, v->mem, &claim, "metadata.labels", *labels);
    VALUE_EACH_MEMBER (m, given)
        if (r == 0 && !value_set(v->mem, &notes, m->key, m->value))
            r = -ENOMEM;
    if (r == 0 && !value_set(v->mem, &notes, STR(CLAIM_OF), value_make_text(row)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "metadata.annotations", notes);
    struct value by = owner_of(v, k->api_version, k->kind, owner);
    value_del(&by, STR("blockOwnerDeletion"));
    if (r == 0 && (!value_set(v->mem, &by, STR("controller"), value_make_bool(true)) || !value_add(v->mem, &owners, by)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "metadata.ownerReferences", owners);
    if (value_at(template_, "spec.spec"))
        VALUE_SET(&r, v->mem, &claim, "spec", *value_at(template_, "spec.spec"));
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, GROUP, "resourceclaims", value_text_at(owner, "metadata.namespace"), &claim);
}

struct str settle_row(struct view *v, const struct kind *k, const struct value *owner, const struct value *row)
{
    struct str ns = value_text_at(owner, "metadata.namespace"), name = STR_NONE, called = value_text_at(row, "name");
    struct str from = value_text_at(row, "resourceClaimTemplateName");
    if (!from.n)
        return STR_NONE;
    if (row_named(owner, called, &name) && (!name.n || made_for(view_get(v, "resourceclaims", ns, name), owner)))
        return STR_NONE;
    struct value *claim = claim_made(v, owner, called), *template_ = claim ? NULL : view_get(v, "resourceclaimtemplates", ns, from);
    if (claim)
        return value_text_at(claim, "metadata.name");
    if (template_)
        make_claim(v, k, owner, called, template_);
    else
        want_event(v, owner, true, "resource_claim", "FailedResourceClaimCreation",
                   "%sResourceClaim %.*s: resource claim template \"%.*s\": resourceclaimtemplate.resource.k8s.io \"%.*s\" not found", k->kind,
                   STR_FMT(called), STR_FMT(from), STR_FMT(from));
    return STR_NONE;
}

/* A row the pod's group has too: the group's claim, once there is one. */
static struct str share_row(struct view *v, const struct value *pod, const struct value *group, const struct value *row)
{
    struct str name = STR_NONE, called = value_text_at(row, "name");
    if (!value_text_at(row, "resourceClaimTemplateName").n)
        return STR_NONE;
    if (row_named(pod, called, &name) && made_for(view_get(v, "resourceclaims", value_text_at(pod, "metadata.namespace"), name), group))
        return STR_NONE;
    return value_text_at(claim_made(v, group, called), "metadata.name");
}

int name_row(struct view *v, struct value *rows, struct str row, struct str name)
{
    struct value one = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &one, "name", value_make_text(row));
    VALUE_SET(&r, v->mem, &one, "resourceClaimName", value_make_text(name));
    return r == 0 && !value_add(v->mem, rows, one) ? -ENOMEM : r;
}

void tell_names(struct view *v, const struct kind *k, const struct value *owner, const struct value *rows)
{
    struct value patch = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &patch, "metadata.uid", value_make_text(value_text_at(owner, "metadata.uid")));
    VALUE_SET(&r, v->mem, &patch, "status.resourceClaimStatuses", *rows);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call =
        client_intend(v->out, CLIENT_PATCH, k->resource(), value_text_at(owner, "metadata.namespace"), value_text_at(owner, "metadata.name"));
    call->patch = CLIENT_PATCH_STRATEGIC;
    call->subresource = STR("status");
    call->manager = STR(MANAGER);
    want_body(v, call, &patch);
}

static bool reserved(const struct value *claim, const struct value *pod, const struct value *group)
{
    return reserved_for(claim, value_text_at(pod, "metadata.uid")) || (group && reserved_for(claim, value_text_at(group, "metadata.uid")));
}

/* Somebody gave the pod its node by hand: its claims, if allocated, are reserved for it here, or for its group. */
static void reserve(struct view *v, const struct value *pod, const struct value *group, const struct value *row)
{
    struct str ns = value_text_at(pod, "metadata.namespace"), name = value_text_at(row, "resourceClaimName");
    const struct value *by = group && group_row(group, row) ? group : pod;
    bool own = !name.n;
    if (own && !row_named(pod, value_text_at(row, "name"), &name))
        return;
    struct value *claim = name.n ? view_get(v, "resourceclaims", ns, name) : NULL, me = value_make_map();
    if (!claim || (own && !made_for(claim, by)) || value_is_null(value_at(claim, "status.allocation")) || reserved(claim, pod, group) ||
        value_count(value_at(claim, "status.reservedFor")) >= 256 || is_deleting(claim))
        return;
    int r = 0;
    if (by == group)
        VALUE_SET(&r, v->mem, &me, "apiGroup", value_make_text(STR(SCHEDULING)));
    VALUE_SET(&r, v->mem, &me, "resource", value_make_text(by == group ? STR("podgroups") : STR("pods")));
    VALUE_SET(&r, v->mem, &me, "name", value_make_text(value_text_at(by, "metadata.name")));
    VALUE_SET(&r, v->mem, &me, "uid", value_make_text(value_text_at(by, "metadata.uid")));
    struct value *list = value_at(claim, "status.reservedFor");
    if (!list)
        list = value_put(v->mem, claim, "status.reservedFor", value_make_list());
    if (r < 0 || !list || !value_add(v->mem, list, me)) {
        v->out->failed = true;
        return;
    }
    want_status(v, GROUP, "resourceclaims", claim);
}

static const struct schema_resource *pods(void)
{
    return view_resource("", "pods");
}

static const struct kind pod_kind = {"v1", "Pod", pods};

void resourceclaim_pod_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct value rows = value_make_list();
    view_key(key, &ns, &name);
    const struct value *pod = view_get(v, "pods", ns, name), *claims = value_at(pod, "spec.resourceClaims"), *group = NULL;
    if (!pod || is_deleting(pod) || pod_over(pod) || !group_of(v, pod, &group))
        return;
    VALUE_EACH_ITEM (row, claims) {
        bool shared = group && group_row(group, row);
        struct str made = shared ? share_row(v, pod, group, row) : settle_row(v, &pod_kind, pod, row);
        if (made.n && name_row(v, &rows, value_text_at(row, "name"), made) < 0)
            v->out->failed = true;
    }
    if (value_count(&rows))
        tell_names(v, &pod_kind, pod, &rows);
    if (value_text_at(pod, "spec.nodeName").n)
        VALUE_EACH_ITEM (row, claims)
            reserve(v, pod, group, row);
}

/* ── from a change to keys ── */

bool names(const struct value *owner, const char *member, struct str name)
{
    VALUE_EACH_ITEM (row, value_at(owner, "spec.resourceClaims"))
        if (str_eq(value_text_at(row, member), name))
            return true;
    return false;
}

/* The group's pods that have claims. */
static void add_members(struct view *v, struct str ns, struct str group, void (*add)(void *ctx, struct str key), void *ctx)
{
    size_t n;
    struct object *const *all = view_in_namespace(v, view_index_of(v, pods()), ns, &n);
    char scratch[512], place[64];
    for (size_t i = 0; i < n; i++) {
        struct str of = STR_NONE;
        if (object_has(all[i], "spec.resourceClaims") && object_field(all[i], "spec.schedulingGroup.podGroupName", &of, place) && str_eq(of, group))
            add(ctx, client_key(all[i], scratch));
    }
}

void resourceclaim_map_pods(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    char scratch[512];
    struct str uid = STR_NONE;
    size_t n;
    if (o->kind && str_is(o->kind->name, "Pod")) {
        if (now && object_has(now, "spec.resourceClaims"))
            add(ctx, client_key(now, scratch));
        return;
    }
    if (o->kind && str_is(o->kind->name, "PodGroup")) {
        if (now && object_has(now, "spec.resourceClaims"))
            add_members(v, object_namespace(o), object_name(o), add, ctx);
        return;
    }
    if (o->kind && str_is(o->kind->name, "ResourceClaim")) { /* only its own pod's may be made anew, or wait to be named */
        if (old && now)
            return;
        const struct value *tree = view_tree(v, o);
        struct str pod = controlling_pod(tree, &uid), group = controlling_group(tree);
        struct str key = pod.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(pod)) : STR_NONE;
        if (key.p)
            add(ctx, key);
        if (group.n)
            add_members(v, object_namespace(o), group, add, ctx);
        return;
    }
    struct object *const *all = view_in_namespace(v, view_index_of(v, pods()), object_namespace(o), &n);
    for (size_t i = 0; now && !old && i < n; i++)
        if (object_has(all[i], "spec.resourceClaims") && names(view_tree(v, all[i]), "resourceClaimTemplateName", object_name(o)))
            add(ctx, client_key(all[i], scratch));
}
