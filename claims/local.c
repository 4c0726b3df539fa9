#include "claims/inside.h"

#include "object/object.h"

/* coracle.dev/local: volumes that are folders on one node. Here only the object is made: the folder is, by who mounts it (a hostPath volume of
 * type DirectoryOrCreate), so that any kubelet can. */

#define PROVISIONER "coracle.dev-local"
#define ON_NODE     "coracle.dev/node"           /* annotation of a volume: whose folder it is */
#define ASKED       "coracle.dev/deletion-asked" /* … the node has been asked to delete it */

static const char *refusal(const struct value *claim, const struct value *class, const struct value *node)
{
    const struct value *modes = value_at(claim, "spec.accessModes");
    if (str_is(value_text_at(claim, "spec.volumeMode"), "Block"))
        return "volumes on a node's own disk are file systems, not block devices";
    if (!value_is_null(value_at(claim, "spec.selector")))
        return "claim.spec.selector is not supported";
    if (!value_is_null(value_at(claim, "spec.dataSource")) || !value_is_null(value_at(claim, "spec.dataSourceRef")))
        return "a volume on a node's own disk begins empty: claim.spec.dataSource is not supported";
    VALUE_EACH_ITEM (m, modes)
        if (!str_is(value_text(m), "ReadWriteOnce") && !str_is(value_text(m), "ReadWriteOncePod"))
            return "a volume on a node's own disk has the access modes ReadWriteOnce and ReadWriteOncePod only";
    if (!claims_class_waits(class))
        return "the storage class must have volumeBindingMode WaitForFirstConsumer: else there is no node to make a volume on";
    return node ? NULL : "the node chosen for it does not exist";
}

static int put_affinity(struct view *v, struct value *volume, const struct value *node)
{
    struct value need = {0}, values = value_make_list(), needs = value_make_list(), term = {0}, terms = value_make_list();
    struct str host = label_of(node, "kubernetes.io/hostname");
    int r = 0;
    if (!value_add(v->mem, &values, value_make_text(host.n ? host : value_text_at(node, "metadata.name"))))
        return -ENOMEM;
    VALUE_SET(&r, v->mem, &need, "key", value_make_text(host.n ? STR("kubernetes.io/hostname") : STR("metadata.name")));
    VALUE_SET(&r, v->mem, &need, "operator", value_make_text(STR("In")));
    VALUE_SET(&r, v->mem, &need, "values", values);
    if (r == 0 && !value_add(v->mem, &needs, need))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &term, host.n ? "matchExpressions" : "matchFields", needs);
    if (r == 0 && !value_add(v->mem, &terms, term))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, volume, "spec.nodeAffinity.required.nodeSelectorTerms", terms);
    return r;
}

static int fill(struct view *v, struct value *volume, const struct value *claim, const struct value *class, const struct value *node, struct str name)
{
    struct str folder = annotation_of(node, CLAIMS_FOLDER), policy = value_text_at(class, "reclaimPolicy");
    const struct value *modes = value_at(claim, "spec.accessModes"), *size = value_at(claim, "spec.resources.requests.storage");
    static const char *const ref[][2] = {
        {"spec.claimRef.namespace", "metadata.namespace"}, {"spec.claimRef.name", "metadata.name"}, {"spec.claimRef.uid", "metadata.uid"}};
    int r = 0;
    VALUE_SET(&r, v->mem, volume, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, volume, "kind", value_make_text(STR("PersistentVolume")));
    VALUE_SET(&r, v->mem, volume, "metadata.name", value_make_text(name));
    put_annotation(v, &r, volume, PROVISIONED_BY, STR(CLAIMS_LOCAL));
    put_annotation(v, &r, volume, ON_NODE, value_text_at(node, "metadata.name"));
    VALUE_SET(&r, v->mem, volume, "spec.storageClassName", value_make_text(claims_class_name_of(claim)));
    VALUE_SET(&r, v->mem, volume, "spec.persistentVolumeReclaimPolicy", value_make_text(policy.n ? policy : STR("Delete")));
    VALUE_SET(&r, v->mem, volume, "spec.volumeMode", value_make_text(STR("Filesystem")));
    if (modes)
        VALUE_SET(&r, v->mem, volume, "spec.accessModes", *modes);
    if (size)
        VALUE_SET(&r, v->mem, volume, "spec.capacity.storage", *size);
    VALUE_SET(&r, v->mem, volume, "spec.hostPath.path",
              value_make_text(arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(folder.n ? folder : STR(CLAIMS_FOLDER_USUAL)), STR_FMT(name))));
    VALUE_SET(&r, v->mem, volume, "spec.hostPath.type", value_make_text(STR("DirectoryOrCreate")));
    VALUE_SET(&r, v->mem, volume, "spec.claimRef.kind", value_make_text(STR("PersistentVolumeClaim")));
    VALUE_SET(&r, v->mem, volume, "spec.claimRef.apiVersion", value_make_text(STR("v1")));
    for (size_t i = 0; i < ARRAY_LEN(ref); i++)
        VALUE_SET(&r, v->mem, volume, ref[i][0], value_make_text(value_text_at(claim, ref[i][1])));
    return r < 0 ? r : put_affinity(v, volume, node);
}

/* The scheduler chooses anew. */
static void unchoose(struct view *v, struct value *claim)
{
    value_del(value_at(claim, "metadata.annotations"), STR(SELECTED_NODE));
    claims_want_update(v, "persistentvolumeclaims", claim);
}

static void provision(struct view *v, struct value *claim)
{
    const struct value *class = claims_class_of(v, claims_class_name_of(claim));
    struct str chosen = annotation_of(claim, SELECTED_NODE), name = arena_fmt(v->mem, "pvc-%.*s", STR_FMT(claims_uid_of(claim)));
    struct value volume = {0};
    if (!str_is(value_text_at(class, "provisioner"), CLAIMS_LOCAL) || value_text_at(claim, "spec.volumeName").n || is_deleting(claim) ||
        (claims_class_waits(class) && !chosen.n) || !name.p || client_cache_get(view_cache(v, "persistentvolumes"), STR_NONE, name))
        return;
    const struct value *node = chosen.n ? view_get(v, "nodes", STR_NONE, chosen) : NULL;
    const char *why = refusal(claim, class, node);
    if (why) {
        /* At the key's back-off it comes again, and is told again: as often as upstream's provisioners do. */
        want_event(v, claim, true, PROVISIONER, "ProvisioningFailed", "failed to provision volume with StorageClass \"%.*s\": %s",
                   STR_FMT(claims_class_name_of(claim)), why);
        if (chosen.n && !node)
            unchoose(v, claim);
        return;
    }
    int r = fill(v, &volume, claim, class, node, name);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "", "persistentvolumes", STR_NONE, &volume);
    want_event(v, claim, false, PROVISIONER, "ProvisioningSucceeded", "Successfully provisioned volume %.*s", STR_FMT(name));
}

/* ── deletion ── */

static void annotate(struct view *v, const char *resource, const struct value *object, const char *name, struct value text)
{
    struct value patch = {0}, notes = {0};
    int r = value_set(v->mem, &notes, str_of(name), text) ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.annotations", notes);
    struct client_call *call = want(v, CLIENT_PATCH, "", resource, object);
    call->patch = CLIENT_PATCH_MERGE;
    if (r < 0)
        v->out->failed = true;
    else
        want_body(v, call, &patch);
}

static void delete_volume(struct view *v, struct str name)
{
    const struct value *volume = view_get(v, "persistentvolumes", STR_NONE, name);
    if (!volume || !str_is(annotation_of(volume, PROVISIONED_BY), CLAIMS_LOCAL) || !str_is(value_text_at(volume, "status.phase"), "Released") ||
        !str_is(value_text_at(volume, "spec.persistentVolumeReclaimPolicy"), "Delete") || is_deleting(volume))
        return;
    const struct value *node = view_get(v, "nodes", STR_NONE, annotation_of(volume, ON_NODE));
    const char *ask = arena_fmt(v->mem, CLAIMS_DELETE "%.*s", STR_FMT(name)).p;
    if (!ask)
        v->out->failed = true;
    else if (node && !annotation_of(volume, ASKED).n) {
        annotate(v, "nodes", node, ask, value_make_text(STR("delete")));
        annotate(v, "persistentvolumes", volume, ASKED, value_make_text(view_time(v, v->now)));
    } else if (!node || !annotation_of(node, ask).n) {
        want_delete(v, view_resource("", "persistentvolumes"), volume, CLIENT_PROPAGATION_DEFAULT);
    }
}

void claims_local_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    if (!v->synced)
        return;
    if (key.n && key.p[0] == '=') {
        delete_volume(v, str_from(key, 1));
        return;
    }
    view_key(key, &ns, &name);
    struct value *claim = view_get(v, "persistentvolumeclaims", ns, name);
    if (claim)
        provision(v, claim);
}

void claims_map_own_volume(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    struct str key = arena_fmt(v->mem, "=%.*s", STR_FMT(object_name(now ? now : old)));
    if (key.p)
        add(ctx, key);
}

/* Which it was asked to delete, and no longer is. A node that is gone answers for nothing any more. */
void claims_map_node(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    const struct value *before = old ? value_at(view_tree(v, old), "metadata.annotations") : NULL;
    const struct value *after = now ? value_at(view_tree(v, now), "metadata.annotations") : NULL;
    VALUE_EACH_MEMBER (m, before) {
        if (!str_starts(m->key, STR(CLAIMS_DELETE)) || value_get(after, m->key))
            continue;
        struct str key = arena_fmt(v->mem, "=%.*s", STR_FMT(str_from(m->key, sizeof(CLAIMS_DELETE) - 1)));
        if (key.p)
            add(ctx, key);
    }
    if (now)
        return;
    const struct client_cache *volumes = view_cache(v, "persistentvolumes");
    struct map_slot *at = NULL;
    for (struct object *o = client_cache_next(volumes, &at); o; o = client_cache_next(volumes, &at))
        claims_map_own_volume(v, NULL, o, add, ctx);
}
