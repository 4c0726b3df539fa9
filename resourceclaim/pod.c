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

static bool made_for(const struct value *claim, const struct value *pod)
{
    struct str uid = STR_NONE;
    return claim && controlling_pod(claim, &uid).n && str_eq(uid, value_text_at(pod, "metadata.uid"));
}

/* The claim that was made for a row, though the pod's status does not say so yet. */
static struct value *claim_made(struct view *v, const struct value *pod, struct str row)
{
    size_t n;
    struct object *const *own = view_controlled(v, "resourceclaims", value_text_at(pod, "metadata.uid"), &n);
    for (size_t i = 0; i < n; i++) {
        struct value *tree = view_tree(v, own[i]);
        if (tree && !is_deleting(tree) && str_eq(annotation_of(tree, CLAIM_OF), row))
            return tree;
    }
    return NULL;
}

static struct str base_name(struct view *v, struct str pod, struct str row)
{
    size_t n = pod.n + row.n + 2;
    if (n <= NAME_ROOM)
        return arena_fmt(v->mem, "%.*s-%.*s-", STR_FMT(pod), STR_FMT(row));
    return arena_fmt(v->mem, "%.*s-%.*s", STR_FMT(str_head(pod, pod.n * NAME_ROOM / n)), STR_FMT(str_head(row, row.n * NAME_ROOM / n)));
}

static void make_claim(struct view *v, const struct value *pod, struct str row, const struct value *template_)
{
    struct value claim = value_make_map(), owners = value_make_list(), notes = value_make_map();
    const struct value *labels = value_at(template_, "spec.metadata.labels"), *given = value_at(template_, "spec.metadata.annotations");
    struct str name = base_name(v, value_text_at(pod, "metadata.name"), row);
    int r = name.p ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "apiVersion", value_make_text(STR(GROUP "/v1")));
    VALUE_SET(&r, v->mem, &claim, "kind", value_make_text(STR("ResourceClaim")));
    VALUE_SET(&r, v->mem, &claim, "metadata.generateName", value_make_text(name));
    VALUE_SET(&r, v->mem, &claim, "metadata.namespace", value_make_text(value_text_at(pod, "metadata.namespace")));
    if (labels)
        VALUE_SET(&r, v->mem, &claim, "metadata.labels", *labels);
    VALUE_EACH_MEMBER (m, given)
        if (r == 0 && !value_set(v->mem, &notes, m->key, m->value))
            r = -ENOMEM;
    if (r == 0 && !value_set(v->mem, &notes, STR(CLAIM_OF), value_make_text(row)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "metadata.annotations", notes);
    struct value owner = owner_of(v, "v1", "Pod", pod);
    value_del(&owner, STR("blockOwnerDeletion"));
    if (r == 0 && (!value_set(v->mem, &owner, STR("controller"), value_make_bool(true)) || !value_add(v->mem, &owners, owner)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &claim, "metadata.ownerReferences", owners);
    if (value_at(template_, "spec.spec"))
        VALUE_SET(&r, v->mem, &claim, "spec", *value_at(template_, "spec.spec"));
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, GROUP, "resourceclaims", value_text_at(pod, "metadata.namespace"), &claim);
}

/* A row made from a template: the claim's name when it is there and the status lacks it. */
static struct str settle_row(struct view *v, const struct value *pod, const struct value *row)
{
    struct str ns = value_text_at(pod, "metadata.namespace"), name = STR_NONE, called = value_text_at(row, "name");
    struct str from = value_text_at(row, "resourceClaimTemplateName");
    if (!from.n)
        return STR_NONE;
    if (row_named(pod, called, &name) && (!name.n || made_for(view_get(v, "resourceclaims", ns, name), pod)))
        return STR_NONE;
    struct value *claim = claim_made(v, pod, called), *template_ = claim ? NULL : view_get(v, "resourceclaimtemplates", ns, from);
    if (claim)
        return value_text_at(claim, "metadata.name");
    if (template_)
        make_claim(v, pod, called, template_);
    else
        want_event(v, pod, true, "resource_claim", "FailedResourceClaimCreation",
                   "PodResourceClaim %.*s: resource claim template \"%.*s\": resourceclaimtemplate.resource.k8s.io \"%.*s\" not found",
                   STR_FMT(called), STR_FMT(from), STR_FMT(from));
    return STR_NONE;
}

static int name_row(struct view *v, struct value *rows, struct str row, struct str name)
{
    struct value one = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &one, "name", value_make_text(row));
    VALUE_SET(&r, v->mem, &one, "resourceClaimName", value_make_text(name));
    return r == 0 && !value_add(v->mem, rows, one) ? -ENOMEM : r;
}

static void tell_names(struct view *v, const struct value *pod, const struct value *rows)
{
    struct value patch = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &patch, "metadata.uid", value_make_text(value_text_at(pod, "metadata.uid")));
    VALUE_SET(&r, v->mem, &patch, "status.resourceClaimStatuses", *rows);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, "", "pods", pod);
    call->patch = CLIENT_PATCH_STRATEGIC;
    call->subresource = STR("status");
    call->manager = STR(MANAGER);
    want_body(v, call, &patch);
}

/* Somebody gave the pod its node by hand: its claims, if allocated, are reserved for it here. */
static void reserve(struct view *v, const struct value *pod, const struct value *row)
{
    struct str ns = value_text_at(pod, "metadata.namespace"), name = value_text_at(row, "resourceClaimName"),
               uid = value_text_at(pod, "metadata.uid");
    bool own = !name.n;
    if (own && !row_named(pod, value_text_at(row, "name"), &name))
        return;
    struct value *claim = name.n ? view_get(v, "resourceclaims", ns, name) : NULL, me = value_make_map();
    if (!claim || (own && !made_for(claim, pod)) || value_is_null(value_at(claim, "status.allocation")) || reserved_for(claim, uid) ||
        value_count(value_at(claim, "status.reservedFor")) >= 256 || is_deleting(claim))
        return;
    int r = 0;
    VALUE_SET(&r, v->mem, &me, "resource", value_make_text(STR("pods")));
    VALUE_SET(&r, v->mem, &me, "name", value_make_text(value_text_at(pod, "metadata.name")));
    VALUE_SET(&r, v->mem, &me, "uid", value_make_text(uid));
    struct value *list = value_at(claim, "status.reservedFor");
    if (!list)
        list = value_put(v->mem, claim, "status.reservedFor", value_make_list());
    if (r < 0 || !list || !value_add(v->mem, list, me)) {
        v->out->failed = true;
        return;
    }
    want_status(v, GROUP, "resourceclaims", claim);
}

void resourceclaim_pod_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct value rows = value_make_list();
    view_key(key, &ns, &name);
    const struct value *pod = view_get(v, "pods", ns, name), *claims = value_at(pod, "spec.resourceClaims");
    if (!pod || is_deleting(pod) || pod_over(pod))
        return;
    VALUE_EACH_ITEM (row, claims) {
        struct str made = settle_row(v, pod, row);
        if (made.n && name_row(v, &rows, value_text_at(row, "name"), made) < 0)
            v->out->failed = true;
    }
    if (value_count(&rows))
        tell_names(v, pod, &rows);
    if (value_text_at(pod, "spec.nodeName").n)
        VALUE_EACH_ITEM (row, claims)
            reserve(v, pod, row);
}

/* ── from a change to keys ── */

static bool names(const struct value *pod, const char *member, struct str name)
{
    VALUE_EACH_ITEM (row, value_at(pod, "spec.resourceClaims"))
        if (str_eq(value_text_at(row, member), name))
            return true;
    return false;
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
    if (o->kind && str_is(o->kind->name, "ResourceClaim")) { /* only its own pod's may be made anew, or wait to be named */
        struct str pod = controlling_pod(view_tree(v, o), &uid);
        struct str key = pod.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(pod)) : STR_NONE;
        if (key.p && (!old || !now))
            add(ctx, key);
        return;
    }
    struct object *const *pods = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), object_namespace(o), &n);
    for (size_t i = 0; now && !old && i < n; i++)
        if (object_has(pods[i], "spec.resourceClaims") && names(view_tree(v, pods[i]), "resourceClaimTemplateName", object_name(o)))
            add(ctx, client_key(pods[i], scratch));
}
