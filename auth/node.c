/* The Node authorizer: a node may read what its own pods refer to.
 *
 *   node ← pod → Secret, ConfigMap, ServiceAccount, ResourceClaim
 *             → PersistentVolumeClaim ← PersistentVolume → Secret
 *   node ← VolumeAttachment, ResourceSlice
 *
 * `reach` counts, for each node and object, the pods that lead from one to the
 * other, so a check is one look into a map. */
#include "auth/inside.h"

#define KEY_MAX 1024
#define MIRROR  STR("kubernetes.io/config.mirror")

struct reach {
    size_t count;
    char key[];
};

/* A pod (node, refs "kind name" in its namespace), a PersistentVolume (claim as node, refs are its secrets "ns/name"),
 * or a VolumeAttachment or ResourceSlice (only the node). */
struct graph_item {
    struct str key; /* "ns/name", "name" */
    struct str namespace;
    struct str node;
    struct str *refs;
    uint32_t n_refs;
};

static struct str key_print(char buf[KEY_MAX], const char *fmt, ...) PRINTF(2, 3);
static struct str key_print(char buf[KEY_MAX], const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, KEY_MAX, fmt, ap);
    va_end(ap);
    return n > 0 && n < KEY_MAX ? str_make(buf, (size_t)n) : STR_NONE;
}

/* The same of texts alone; asked for at each event of each pod. */
static struct str key_join(char buf[KEY_MAX], const struct str *parts, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n >= KEY_MAX - at)
            return STR_NONE;
        if (parts[i].n)
            memcpy(buf + at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return str_make(buf, at);
}
#define KEY_JOIN(buf, ...) key_join(buf, (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

static int reach_add(struct map *m, struct str key)
{
    struct reach *at = key.n ? map_get(m, key) : NULL;
    if (at || !key.n) {
        if (at)
            at->count++;
        return 0;
    }
    at = mem_alloc(sizeof(*at) + key.n);
    if (!at)
        return -ENOMEM;
    memcpy(at->key, key.p, key.n);
    at->count = 1;
    int r = map_put(m, str_make(at->key, key.n), at);
    if (r < 0)
        mem_free(at);
    return r;
}

static void reach_remove(struct map *m, struct str key)
{
    struct reach *at = key.n ? map_get(m, key) : NULL;
    if (!at || --at->count)
        return;
    map_del(m, key);
    mem_free(at);
}

/* ── what a pod or volume refers to: paths as rows ── */

struct refs {
    struct auth_bump *b;
    struct str *p; /* NULL while counting */
    uint32_t n;
    int error;
};

static void ref_add(struct refs *f, char kind, struct str namespace, struct str name)
{
    char buf[KEY_MAX];
    if (!name.n || f->error < 0)
        return;
    struct str text = kind ? KEY_JOIN(buf, str_make(&kind, 1), name) : KEY_JOIN(buf, namespace, STR("/"), name);
    if (f->p)
        f->error = auth_bump_str(f->b, text, &f->p[f->n]);
    f->n++;
}

static const struct {
    struct str source;
    const char *path;
    char kind;
} volume_refs[] = {
    {STR_INIT("secret"), "secretName", 's'},
    {STR_INIT("configMap"), "name", 'c'},
    {STR_INIT("persistentVolumeClaim"), "claimName", 'p'},
    {STR_INIT("csi"), "nodePublishSecretRef.name", 's'},
    {STR_INIT("azureFile"), "secretName", 's'},
    {STR_INIT("cephfs"), "secretRef.name", 's'},
    {STR_INIT("cinder"), "secretRef.name", 's'},
    {STR_INIT("flexVolume"), "secretRef.name", 's'},
    {STR_INIT("rbd"), "secretRef.name", 's'},
    {STR_INIT("scaleIO"), "secretRef.name", 's'},
    {STR_INIT("iscsi"), "secretRef.name", 's'},
    {STR_INIT("storageos"), "secretRef.name", 's'},
};

static void refs_volumes(struct refs *f, const struct value *pod)
{
    char buf[KEY_MAX];
    VALUE_EACH_ITEM (v, value_at(pod, "spec.volumes")) {
        VALUE_EACH_MEMBER (m, v) /* its name and one source */
            for (size_t i = 0; i < ARRAY_LEN(volume_refs); i++)
                if (str_eq(m->key, volume_refs[i].source))
                    ref_add(f, volume_refs[i].kind, STR_NONE, value_text_at(&m->value, volume_refs[i].path));
        VALUE_EACH_ITEM (source, value_at(v, "projected.sources")) {
            ref_add(f, 's', STR_NONE, value_text_at(source, "secret.name"));
            ref_add(f, 'c', STR_NONE, value_text_at(source, "configMap.name"));
        }
        if (value_get(v, STR("ephemeral"))) /* its claim is named after pod and volume */
            ref_add(f, 'p', STR_NONE, key_print(buf, "%.*s-%.*s", STR_FMT(value_text_at(pod, "metadata.name")), STR_FMT(value_text_at(v, "name"))));
    }
}

static void refs_containers(struct refs *f, const struct value *list)
{
    VALUE_EACH_ITEM (c, list) {
        VALUE_EACH_ITEM (e, value_at(c, "env")) {
            ref_add(f, 's', STR_NONE, value_text_at(e, "valueFrom.secretKeyRef.name"));
            ref_add(f, 'c', STR_NONE, value_text_at(e, "valueFrom.configMapKeyRef.name"));
        }
        VALUE_EACH_ITEM (e, value_at(c, "envFrom")) {
            ref_add(f, 's', STR_NONE, value_text_at(e, "secretRef.name"));
            ref_add(f, 'c', STR_NONE, value_text_at(e, "configMapRef.name"));
        }
    }
}

static void refs_pod(struct refs *f, const struct value *pod)
{
    VALUE_EACH_ITEM (s, value_at(pod, "spec.imagePullSecrets"))
        ref_add(f, 's', STR_NONE, value_text_at(s, "name"));
    ref_add(f, 'a', STR_NONE, value_text_at(pod, "spec.serviceAccountName"));
    refs_containers(f, value_at(pod, "spec.initContainers"));
    refs_containers(f, value_at(pod, "spec.containers"));
    refs_containers(f, value_at(pod, "spec.ephemeralContainers"));
    refs_volumes(f, pod);
    VALUE_EACH_ITEM (claim, value_at(pod, "spec.resourceClaims"))
        ref_add(f, 'r', STR_NONE, value_text_at(claim, "resourceClaimName"));
    VALUE_EACH_ITEM (claim, value_at(pod, "status.resourceClaimStatuses"))
        ref_add(f, 'r', STR_NONE, value_text_at(claim, "resourceClaimName"));
}

static void refs_volume(struct refs *f, const struct value *pv)
{
    static const char *const paths[] = {
        "cephfs.secretRef",         "cinder.secretRef",       "flexVolume.secretRef",          "rbd.secretRef",
        "scaleIO.secretRef",        "iscsi.secretRef",        "storageos.secretRef",           "csi.controllerPublishSecretRef",
        "csi.nodePublishSecretRef", "csi.nodeStageSecretRef", "csi.controllerExpandSecretRef", "csi.nodeExpandSecretRef"};
    struct str claim = value_text_at(pv, "spec.claimRef.namespace");
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        const struct value *ref = value_at(value_at(pv, "spec"), paths[i]);
        struct str namespace = value_text_at(ref, "namespace");
        ref_add(f, 0, namespace.n ? namespace : claim, value_text_at(ref, "name"));
    }
    struct str azure = value_text_at(pv, "spec.azureFile.secretNamespace");
    ref_add(f, 0, azure.n ? azure : claim, value_text_at(pv, "spec.azureFile.secretName"));
}

typedef void (*refs_fn)(struct refs *f, const struct value *object);

/* `like`: it was built before, elsewhere, and its references need not be looked for again. */
static int item_build(struct auth_bump *b, struct str key, struct str namespace, struct str node, const struct value *object, refs_fn fn,
                      const struct graph_item *like, struct graph_item **out)
{
    struct graph_item *item = AUTH_BUMP_OBJECT(b, struct graph_item);
    struct refs count = {.n = like ? like->n_refs : 0};
    if (!item || auth_bump_str(b, key, &item->key) < 0 || auth_bump_str(b, node, &item->node) < 0)
        return -ENOMEM;
    item->namespace = str_head(item->key, namespace.n);
    if (fn && !like)
        fn(&count, object);
    struct refs f = {.b = b, .p = auth_bump_get(b, count.n * sizeof(struct str))};
    if (count.n && !f.p)
        return -ENOMEM;
    if (count.n && !like)
        fn(&f, object);
    for (uint32_t i = 0; like && f.error == 0 && i < count.n; i++)
        f.error = auth_bump_str(b, like->refs[i], &f.p[i]);
    item->refs = f.p;
    item->n_refs = count.n;
    *out = item;
    return f.error;
}

static int item_make(struct auth *x, struct str key, struct str namespace, struct str node, const struct value *object, refs_fn fn,
                     struct graph_item **out)
{
    struct auth_bump b = {.scratch = x->scratch};
    arena_reset(x->scratch);
    struct graph_item *first = NULL;
    int r = item_build(&b, key, namespace, node, object, fn, NULL, &first);
    if (r == 0) {
        b = (struct auth_bump){.block = mem_alloc(b.used)};
        r = b.block ? item_build(&b, key, namespace, node, object, fn, first, out) : -ENOMEM;
    }
    arena_reset(x->scratch);
    if (r < 0)
        mem_free(b.block);
    return r;
}

/* ── pods ── */

static struct str pod_reach_key(char buf[KEY_MAX], const struct graph_item *pod, struct str ref)
{
    return KEY_JOIN(buf, pod->node, STR("\n"), str_head(ref, 1), pod->namespace, STR("/"), str_from(ref, 1));
}

static void pod_unreach(struct auth_graph *g, const struct graph_item *pod, size_t n)
{
    char buf[KEY_MAX];
    for (size_t i = 0; i < n; i++)
        if (pod->refs[i].n)
            reach_remove(&g->reach, pod_reach_key(buf, pod, pod->refs[i]));
}

static void pod_drop(struct auth_graph *g, struct str key)
{
    struct graph_item *old = map_del(&g->pods, key);
    if (!old)
        return;
    pod_unreach(g, old, old->n_refs);
    mem_free(old);
}

static int pod_put(struct auth *x, const struct value *pod)
{
    char buf[KEY_MAX];
    struct auth_graph *g = &x->graph;
    struct str namespace = value_text_at(pod, "metadata.namespace"), node = value_text_at(pod, "spec.nodeName");
    struct str key = KEY_JOIN(buf, namespace, STR("/"), value_text_at(pod, "metadata.name"));
    /* A mirror pod is what its node says it is: it must not open anything to that node. */
    if (!key.n || !node.n || value_get(value_at(pod, "metadata.annotations"), MIRROR)) {
        pod_drop(g, key);
        return 0;
    }
    struct graph_item *item, *old;
    int r = item_make(x, key, namespace, node, pod, refs_pod, &item);
    if (r < 0)
        return r;
    size_t n = 0;
    for (; r == 0 && n < item->n_refs; n++) {
        char ref[KEY_MAX];
        r = item->refs[n].n ? reach_add(&g->reach, pod_reach_key(ref, item, item->refs[n])) : 0;
        if (r < 0)
            break;
    }
    old = map_get(&g->pods, key);
    if (r == 0)
        r = map_put(&g->pods, item->key, item);
    if (r < 0) {
        pod_unreach(g, item, n);
        mem_free(item);
        return r;
    }
    if (old)
        pod_unreach(g, old, old->n_refs);
    mem_free(old);
    return 0;
}

/* ── volumes, attachments, slices ── */

static void volume_drop(struct auth_graph *g, struct str key)
{
    struct graph_item *old = map_del(&g->volumes, key);
    for (size_t i = 0; old && i < old->n_refs; i++)
        reach_remove(&g->volume_secrets, old->refs[i]);
    mem_free(old);
}

static int volume_put(struct auth *x, const struct value *pv)
{
    char buf[KEY_MAX];
    struct graph_item *item;
    struct str key = value_text_at(pv, "metadata.name");
    struct str claim =
        value_get(value_at(pv, "spec"), STR("claimRef"))
            ? key_print(buf, "%.*s/%.*s", STR_FMT(value_text_at(pv, "spec.claimRef.namespace")), STR_FMT(value_text_at(pv, "spec.claimRef.name")))
            : STR_NONE;
    int r = item_make(x, key, STR_NONE, claim, pv, refs_volume, &item);
    if (r < 0)
        return r;
    size_t n = 0;
    while (r == 0 && n < item->n_refs) {
        r = reach_add(&x->graph.volume_secrets, item->refs[n]);
        n += r == 0;
    }
    struct graph_item *old = map_get(&x->graph.volumes, key);
    if (r == 0)
        r = map_put(&x->graph.volumes, item->key, item);
    struct graph_item *gone = r < 0 ? item : old; /* and its share of the counts */
    for (size_t i = 0; gone && i < (r < 0 ? n : gone->n_refs); i++)
        reach_remove(&x->graph.volume_secrets, gone->refs[i]);
    mem_free(gone);
    return r;
}

static int place_put(struct auth *x, char kind, struct str name, struct str node)
{
    char buf[KEY_MAX];
    struct graph_item *item;
    struct str key = key_print(buf, "%c%.*s", kind, STR_FMT(name));
    int r = item_make(x, key, STR_NONE, node, NULL, NULL, &item);
    if (r < 0)
        return r;
    struct graph_item *old = map_get(&x->graph.attachments, key);
    r = map_put(&x->graph.attachments, item->key, item);
    mem_free(r < 0 ? item : old);
    return r;
}

int auth_graph_put(struct auth *x, struct str resource, const struct value *object)
{
    struct str name = value_text_at(object, "metadata.name");
    if (str_is(resource, "pods"))
        return pod_put(x, object);
    if (str_is(resource, "persistentvolumes"))
        return volume_put(x, object);
    if (str_is(resource, "volumeattachments"))
        return place_put(x, 'v', name, value_text_at(object, "spec.nodeName"));
    if (str_is(resource, "resourceslices"))
        return place_put(x, 'r', name, value_text_at(object, "spec.nodeName"));
    return 0;
}

void auth_graph_delete(struct auth *x, struct str resource, struct str namespace, struct str name)
{
    char buf[KEY_MAX];
    if (str_is(resource, "pods"))
        pod_drop(&x->graph, KEY_JOIN(buf, namespace, STR("/"), name));
    else if (str_is(resource, "persistentvolumes"))
        volume_drop(&x->graph, name);
    else if (str_is(resource, "volumeattachments"))
        mem_free(map_del(&x->graph.attachments, key_print(buf, "v%.*s", STR_FMT(name))));
    else if (str_is(resource, "resourceslices"))
        mem_free(map_del(&x->graph.attachments, key_print(buf, "r%.*s", STR_FMT(name))));
}

void auth_pod_unbound(struct auth *x, struct str namespace, struct str name)
{
    auth_graph_delete(x, STR("pods"), namespace, name);
}

void auth_graph_done(struct auth *x)
{
    struct map *maps[] = {&x->graph.pods, &x->graph.reach, &x->graph.volumes, &x->graph.volume_secrets, &x->graph.attachments};
    for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
        MAP_EACH (slot, maps[i])
            mem_free(slot->value);
        map_done(maps[i]);
    }
}

/* ── the verdict ── */

static bool reaches(const struct auth_graph *g, struct str node, char kind, struct str namespace_slash_name)
{
    char buf[KEY_MAX];
    struct str key = key_print(buf, "%.*s\n%c%.*s", STR_FMT(node), kind, STR_FMT(namespace_slash_name));
    return key.n && map_get(&g->reach, key);
}

/* Through a volume one of the node's pods claims? */
static bool reaches_volume_secret(const struct auth_graph *g, struct str node, struct str secret)
{
    if (!map_get(&g->volume_secrets, secret))
        return false;
    MAP_EACH (slot, &g->volumes) {
        const struct graph_item *pv = slot->value;
        for (size_t i = 0; i < pv->n_refs; i++)
            if (str_eq(pv->refs[i], secret) && pv->node.n && reaches(g, node, 'p', pv->node))
                return true;
    }
    return false;
}

static bool item_is_at(const struct map *m, struct str key, struct str node)
{
    const struct graph_item *item = map_get(m, key);
    return item && str_eq(item->node, node);
}

static bool related(struct auth *x, struct str node, const struct auth_ask *ask)
{
    char buf[KEY_MAX];
    const struct auth_graph *g = &x->graph;
    struct str key = key_print(buf, "%.*s/%.*s", STR_FMT(ask->namespace), STR_FMT(ask->name));
    if (str_is(ask->resource, "secrets"))
        return reaches(g, node, 's', key) || reaches_volume_secret(g, node, key);
    if (str_is(ask->resource, "configmaps"))
        return reaches(g, node, 'c', key);
    if (str_is(ask->resource, "serviceaccounts"))
        return reaches(g, node, 'a', key);
    if (str_is(ask->resource, "persistentvolumeclaims"))
        return reaches(g, node, 'p', key);
    if (str_is(ask->resource, "resourceclaims"))
        return reaches(g, node, 'r', key);
    if (str_is(ask->resource, "pods"))
        return item_is_at(&g->pods, key, node);
    if (str_is(ask->resource, "persistentvolumes")) {
        const struct graph_item *pv = map_get(&g->volumes, ask->name);
        return pv && pv->node.n && reaches(g, node, 'p', pv->node);
    }
    return item_is_at(&g->attachments, key_print(buf, "%c%.*s", str_is(ask->resource, "volumeattachments") ? 'v' : 'r', STR_FMT(ask->name)), node);
}

static enum auth_decision refuse(char *reason, const char *fmt, ...) PRINTF(2, 3);
static enum auth_decision refuse(char *reason, const char *fmt, ...)
{
    if (!reason)
        return AUTH_NO_OPINION;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(reason, AUTH_REASON_MAX, fmt, ap);
    va_end(ap);
    return AUTH_NO_OPINION;
}

static bool verb_in(struct str verb, const char *list) /* "get list watch" */
{
    struct str rest = str_of(list), piece;
    while (str_next(&rest, ' ', &piece))
        if (str_eq(piece, verb))
            return true;
    return false;
}

static enum auth_decision decide_related(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (!ask->name.n)
        return refuse(reason, "No Object name found");
    if (related(x, node, ask))
        return AUTH_ALLOW;
    return refuse(reason, "no relationship found between node '%.*s' and this object", STR_FMT(node));
}

static enum auth_decision decide_read(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (!verb_in(ask->verb, "get list watch"))
        return refuse(reason, "can only read resources of this type");
    if (ask->subresource.n)
        return refuse(reason, "cannot read subresource");
    if (!ask->namespace.n)
        return refuse(reason, "can only read namespaced object of this type");
    return decide_related(x, node, ask, reason);
}

static enum auth_decision decide_get(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (!str_is(ask->verb, "get"))
        return refuse(reason, "can only get individual resources of this type");
    if (ask->subresource.n)
        return refuse(reason, "cannot get subresource");
    return decide_related(x, node, ask, reason);
}

static enum auth_decision decide_claim(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (!str_is(ask->subresource, "status"))
        return decide_get(x, node, ask, reason);
    if (!verb_in(ask->verb, "update patch"))
        return refuse(reason, "can only get, update, or patch status of this type");
    return decide_related(x, node, ask, reason);
}

static enum auth_decision decide_account(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (str_is(ask->verb, "get") && !ask->subresource.n)
        return decide_related(x, node, ask, reason);
    if (!str_is(ask->verb, "create") || !str_is(ask->subresource, "token") || !ask->name.n)
        return refuse(reason, "can only create tokens for individual service accounts");
    return decide_related(x, node, ask, reason);
}

static enum auth_decision decide_lease(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    (void)x;
    if (!verb_in(ask->verb, "get create update patch delete"))
        return refuse(reason, "can only get, create, update, patch, or delete a node lease");
    if (!str_is(ask->namespace, "kube-node-lease"))
        return refuse(reason, "can only access leases in the \"kube-node-lease\" system namespace");
    if (!str_is(ask->verb, "create") && !str_eq(ask->name, node))
        return refuse(reason, "can only access node lease with the same name as the requesting node");
    return AUTH_ALLOW;
}

static enum auth_decision decide_csinode(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    (void)x;
    if (!verb_in(ask->verb, "get create update patch delete"))
        return refuse(reason, "can only get, create, update, patch, or delete a CSINode");
    if (ask->subresource.n)
        return refuse(reason, "cannot authorize CSINode subresources");
    if (!str_is(ask->verb, "create") && !str_eq(ask->name, node))
        return refuse(reason, "can only access CSINode with the same name as the requesting node");
    return AUTH_ALLOW;
}

static enum auth_decision decide_slice(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (ask->subresource.n)
        return refuse(reason, "cannot authorize ResourceSlice subresources");
    if (str_is(ask->verb, "create")) /* NodeRestriction looks at spec.nodeName */
        return AUTH_ALLOW;
    if (verb_in(ask->verb, "get update patch delete"))
        return decide_related(x, node, ask, reason);
    if (verb_in(ask->verb, "list watch deletecollection") && str_eq(ask->node_selector, node))
        return AUTH_ALLOW;
    return refuse(reason, "can only list/watch/deletecollection resourceslices with nodeName field selector");
}

static enum auth_decision decide_node(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    (void)x;
    if (str_is(ask->subresource, "status") && verb_in(ask->verb, "update patch"))
        return AUTH_ALLOW; /* NodeRestriction keeps it to its own */
    if (ask->subresource.n)
        return AUTH_NO_OPINION;
    if (verb_in(ask->verb, "create update patch"))
        return AUTH_ALLOW;
    if (!verb_in(ask->verb, "get list watch"))
        return AUTH_NO_OPINION;
    if (str_eq(ask->name, node))
        return AUTH_ALLOW;
    if (!ask->name.n)
        return refuse(reason, "node '%.*s' cannot read all nodes, only its own Node object", STR_FMT(node));
    return refuse(reason, "node '%.*s' cannot read '%.*s', only its own Node object", STR_FMT(node), STR_FMT(ask->name));
}

static enum auth_decision decide_pod(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    if (str_is(ask->subresource, "status"))
        return verb_in(ask->verb, "update patch") ? AUTH_ALLOW : AUTH_NO_OPINION;
    if (str_is(ask->subresource, "eviction"))
        return str_is(ask->verb, "create") ? AUTH_ALLOW : AUTH_NO_OPINION;
    if (ask->subresource.n)
        return AUTH_NO_OPINION;
    if (str_is(ask->verb, "get"))
        return decide_related(x, node, ask, reason);
    if (verb_in(ask->verb, "create delete"))
        return AUTH_ALLOW; /* NodeRestriction: mirror pods, own pods */
    if (!verb_in(ask->verb, "list watch"))
        return AUTH_NO_OPINION;
    if (str_eq(ask->node_selector, node))
        return AUTH_ALLOW;
    return refuse(reason, "can only list/watch pods with spec.nodeName field selector");
}

static const struct {
    const char *group, *resource;
    enum auth_decision (*fn)(struct auth *x, struct str node, const struct auth_ask *ask, char *reason);
} subdivided[] = {
    {"", "secrets", decide_read},
    {"", "configmaps", decide_read},
    {"", "persistentvolumeclaims", decide_claim},
    {"", "persistentvolumes", decide_get},
    {"", "serviceaccounts", decide_account},
    {"", "nodes", decide_node},
    {"", "pods", decide_pod},
    {"resource.k8s.io", "resourceclaims", decide_get},
    {"resource.k8s.io", "resourceslices", decide_slice},
    {"storage.k8s.io", "volumeattachments", decide_get},
    {"storage.k8s.io", "csinodes", decide_csinode},
    {"coordination.k8s.io", "leases", decide_lease},
};

enum auth_decision auth_node_decide(struct auth *x, struct str node, const struct auth_ask *ask, char *reason)
{
    for (size_t i = 0; ask->resource.n && i < ARRAY_LEN(subdivided); i++)
        if (str_is(ask->resource, subdivided[i].resource) && str_is(ask->group, subdivided[i].group))
            return subdivided[i].fn(x, node, ask, reason);
    char buf[512];
    struct str combined = ask->resource;
    if (ask->subresource.n) {
        int n = snprintf(buf, sizeof(buf), "%.*s/%.*s", STR_FMT(ask->resource), STR_FMT(ask->subresource));
        if (n < 0 || (size_t)n >= sizeof(buf))
            return AUTH_NO_OPINION;
        combined = str_make(buf, (size_t)n);
    }
    for (size_t i = 0; i < x->n_node_rules; i++)
        if (auth_rule_allows(&x->node_rules[i], ask, auth_verb_bit(ask->verb), combined))
            return AUTH_ALLOW;
    return AUTH_NO_OPINION;
}
