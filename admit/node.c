/* NodeRestriction: what a node agent may write, it may write about itself only.
 * TaintNodesByCondition: a new node takes no pods until it is known to be ready. */
#include "admit/inside.h"

struct who {
    struct str node;
    struct admit_request *q;
    struct admit_answer *ans;
    struct err *err;
};

/* ── pods ── */

/* A mirror pod must not make its node's own reach any longer. */
static const char *mirror_refers(const struct value *pod)
{
    static const char *const secret_paths[] = {"secret",           "csi.nodePublishSecretRef", "azureFile",     "cephfs.secretRef",
                                               "cinder.secretRef", "flexVolume.secretRef",     "rbd.secretRef", "scaleIO.secretRef",
                                               "iscsi.secretRef",  "storageos.secretRef"};
    if (value_text_at(pod, "spec.serviceAccountName").n)
        return "a service account";
    bool secrets = value_count(value_at(pod, "spec.imagePullSecrets")) || admit_containers_refer(pod, "valueFrom.secretKeyRef", "secretRef");
    for (size_t i = 0; !secrets && i < ARRAY_LEN(secret_paths); i++)
        secrets = admit_volumes_refer(pod, secret_paths[i]);
    if (secrets)
        return "secrets";
    if (admit_volumes_refer(pod, "configMap") || admit_containers_refer(pod, "valueFrom.configMapKeyRef", "configMapRef"))
        return "configmaps";
    if (admit_volumes_refer(pod, "persistentVolumeClaim") || admit_volumes_refer(pod, "ephemeral"))
        return "persistentvolumeclaims";
    if (admit_volumes_refer(pod, "serviceAccountToken"))
        return "service account tokens";
    if (admit_volumes_refer(pod, "clusterTrustBundle"))
        return "clustertrustbundles";
    return value_count(value_at(pod, "spec.resourceClaims")) ? "resourceclaims" : NULL;
}

static int mirror_owner(struct who *w, const struct value *pod)
{
    const struct value *refs = value_at(pod, "metadata.ownerReferences"), *ref = value_item(refs, 0);
    struct value node;
    if (value_count(refs) == 0)
        return 0;
    if (value_count(refs) > 1 || !str_is(value_text_at(ref, "apiVersion"), "v1") || !str_is(value_text_at(ref, "kind"), "Node") ||
        !str_eq(value_text_at(ref, "name"), w->node))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can only create pods with an owner reference set to itself", STR_FMT(w->node));
    if (!value_bool_at(ref, "controller", false))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can only create pods with a controller owner reference set to itself", STR_FMT(w->node));
    if (value_bool_at(ref, "blockOwnerDeletion", false))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" must not set blockOwnerDeletion on an owner reference", STR_FMT(w->node));
    int r = admit_get(w->q, "", "nodes", STR(""), w->node, &node, w->err);
    if (r < 0)
        return r;
    if (r == AUTH_ABSENT || !str_eq(value_text_at(&node, "metadata.uid"), value_text_at(ref, "uid")))
        return admit_forbid(w->q, w->ans, "node %.*s UID mismatch: expected %.*s got %.*s", STR_FMT(w->node), STR_FMT(value_text_at(ref, "uid")),
                            STR_FMT(value_text_at(&node, "metadata.uid")));
    return 0;
}

static int pod_create(struct who *w)
{
    const struct value *pod = w->q->object;
    if (!admit_is_mirror(pod))
        return admit_forbid(w->q, w->ans,
                            "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"%.*s\" can only "
                            "create mirror pods",
                            STR_FMT(w->node));
    if (!str_eq(value_text_at(pod, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can only create pods with spec.nodeName set to itself", STR_FMT(w->node));
    int r = mirror_owner(w, pod);
    if (r != 0)
        return r;
    const char *what = mirror_refers(pod);
    if (what)
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can not create pods that reference %s", STR_FMT(w->node), what);
    return 0;
}

static bool same(const struct value *a, const struct value *b, const char *path)
{
    const struct value *x = value_at(a, path), *y = value_at(b, path);
    return value_equal(x, y) || (value_count(x) == 0 && value_count(y) == 0 && (!x || x->type != VALUE_TEXT));
}

static int pod_status(struct who *w)
{
    if (w->q->operation != ADMIT_UPDATE)
        return admit_forbid(w->q, w->ans, "unexpected operation on pod status");
    if (!str_eq(value_text_at(w->q->old, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can only update pod status for pods with spec.nodeName set to itself", STR_FMT(w->node));
    if (!same(w->q->old, w->q->object, "metadata.labels"))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" cannot update labels through pod status", STR_FMT(w->node));
    if (!same(w->q->old, w->q->object, "status.resourceClaimStatuses"))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" cannot update resource claim statuses", STR_FMT(w->node));
    return 0;
}

static int pod_eviction(struct who *w)
{
    struct value pod;
    struct str name = w->q->name.n ? w->q->name : value_text_at(w->q->object, "metadata.name");
    if (w->q->operation != ADMIT_CREATE)
        return admit_forbid(w->q, w->ans, "unexpected operation on an eviction");
    if (!name.n)
        return admit_forbid(w->q, w->ans, "could not determine pod from request data");
    int r = admit_get(w->q, "", "pods", w->q->namespace, name, &pod, w->err);
    if (r < 0)
        return r;
    if (r == AUTH_ABSENT || !str_eq(value_text_at(&pod, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "node %.*s can only evict pods with spec.nodeName set to itself", STR_FMT(w->node));
    return 0;
}

static int on_pod(struct who *w)
{
    struct str sub = w->q->subresource;
    if (str_is(sub, "status"))
        return pod_status(w);
    if (str_is(sub, "eviction"))
        return pod_eviction(w);
    if (sub.n)
        return admit_forbid(w->q, w->ans, "unexpected pod subresource \"%.*s\", only 'status' and 'eviction' are allowed", STR_FMT(sub));
    if (w->q->operation == ADMIT_CREATE)
        return pod_create(w);
    if (w->q->operation != ADMIT_DELETE)
        return admit_forbid(w->q, w->ans, "unexpected operation, node \"%.*s\" can only create and delete mirror pods", STR_FMT(w->node));
    if (!str_eq(value_text_at(w->q->old, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" can only delete pods with spec.nodeName set to itself", STR_FMT(w->node));
    return 0;
}

/* ── nodes ── */

static bool domain_is(struct str domain, const char *name)
{
    struct str n = str_of(name);
    return str_eq(domain, n) || (domain.n > n.n && str_ends(domain, n) && domain.p[domain.n - n.n - 1] == '.');
}

/* Of the labels in Kubernetes' own name spaces a node sets only these. */
static bool kubelet_label(struct str key, struct str domain)
{
    static const char *const own[] = {"kubernetes.io/hostname",
                                      "kubernetes.io/os",
                                      "kubernetes.io/arch",
                                      "node.kubernetes.io/instance-type",
                                      "topology.kubernetes.io/zone",
                                      "topology.kubernetes.io/region",
                                      "beta.kubernetes.io/os",
                                      "beta.kubernetes.io/arch",
                                      "beta.kubernetes.io/instance-type",
                                      "failure-domain.beta.kubernetes.io/zone",
                                      "failure-domain.beta.kubernetes.io/region",
                                      "failure-domain.kubernetes.io/zone",
                                      "failure-domain.kubernetes.io/region"};
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_is(key, own[i]))
            return true;
    return domain_is(domain, "kubelet.kubernetes.io") || domain_is(domain, "node.kubernetes.io");
}

static bool label_forbidden(struct str key)
{
    struct str domain, rest;
    if (!str_cut(key, '/', &domain, &rest))
        return false;
    if (domain_is(domain, "node-restriction.kubernetes.io"))
        return true;
    return (domain_is(domain, "kubernetes.io") || domain_is(domain, "k8s.io")) && !kubelet_label(key, domain);
}

static void labels_changed(const struct value *from, const struct value *to, bool both, struct buf *list)
{
    VALUE_EACH_MEMBER (m, to) {
        const struct value *was = value_get(from, m->key);
        bool changed = !was || (both && !value_equal(was, &m->value));
        if (changed && label_forbidden(m->key))
            buf_fmt(list, "%s%.*s", list->n ? ", " : "", STR_FMT(m->key));
    }
}

static int labels_judge(struct who *w, const char *verb)
{
    SCOPED_BUF list = BUF_INIT(16u << 10);
    const struct value *old = value_at(w->q->old, "metadata.labels"), *now = value_at(w->q->object, "metadata.labels");
    labels_changed(old, now, true, &list);
    labels_changed(now, old, false, &list); /* and what was taken away */
    if (buf_error(&list) < 0)
        return admit_no_memory(w->err);
    if (list.n)
        return admit_forbid(w->q, w->ans, "node \"%.*s\" is not allowed to %s the following labels: %s", STR_FMT(w->node), verb, buf_cstr(&list));
    return 0;
}

static int on_node(struct who *w)
{
    struct str name = w->q->name.n ? w->q->name : value_text_at(w->q->object, "metadata.name");
    if (!str_eq(name, w->node))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" is not allowed to modify node \"%.*s\"", STR_FMT(w->node), STR_FMT(name));
    if (w->q->operation == ADMIT_CREATE) {
        if (!value_is_null(value_at(w->q->object, "spec.configSource")))
            return admit_forbid(w->q, w->ans, "node \"%.*s\" is not allowed to create pods with a non-nil configSource", STR_FMT(w->node));
        return labels_judge(w, "set");
    }
    if (w->q->operation != ADMIT_UPDATE)
        return 0;
    if (!same(w->q->old, w->q->object, "spec.taints"))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" is not allowed to modify taints", STR_FMT(w->node));
    if (!same(w->q->old, w->q->object, "metadata.ownerReferences"))
        return admit_forbid(w->q, w->ans, "node \"%.*s\" is not allowed to modify ownerReferences", STR_FMT(w->node));
    return labels_judge(w, "modify");
}

/* ── the rest ── */

static int on_claim(struct who *w)
{
    if (!str_is(w->q->subresource, "status") || w->q->operation != ADMIT_UPDATE)
        return admit_forbid(w->q, w->ans, "may only update PVC status");
    return 0; /* the status strategy lets nothing but status through */
}

static int on_account(struct who *w)
{
    const struct value *ref = value_at(w->q->object, "spec.boundObjectRef");
    struct value pod;
    if (w->q->operation != ADMIT_CREATE || !str_is(w->q->subresource, "token"))
        return 0;
    if (value_is_null(ref) || !str_is(value_text_at(ref, "apiVersion"), "v1") || !str_is(value_text_at(ref, "kind"), "Pod") ||
        !value_text_at(ref, "name").n)
        return admit_forbid(w->q, w->ans, "node requested token not bound to a pod");
    if (!value_text_at(ref, "uid").n)
        return admit_forbid(w->q, w->ans, "node requested token with a pod binding without a uid");
    int r = admit_get(w->q, "", "pods", w->q->namespace, value_text_at(ref, "name"), &pod, w->err);
    if (r < 0)
        return r;
    if (r == AUTH_ABSENT)
        return admit_forbid(w->q, w->ans, "pods \"%.*s\" not found", STR_FMT(value_text_at(ref, "name")));
    if (!str_eq(value_text_at(&pod, "metadata.uid"), value_text_at(ref, "uid")))
        return admit_forbid(w->q, w->ans,
                            "the UID in the bound object reference (%.*s) does not match the UID in record. The object might have "
                            "been deleted and then recreated",
                            STR_FMT(value_text_at(ref, "uid")));
    if (!str_eq(value_text_at(&pod, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "node requested token bound to a pod scheduled on a different node");
    return 0;
}

static int on_lease(struct who *w)
{
    if (!str_is(w->q->namespace, "kube-node-lease"))
        return admit_forbid(w->q, w->ans, "can only access leases in the \"kube-node-lease\" system namespace");
    struct str name = w->q->operation == ADMIT_CREATE ? value_text_at(w->q->object, "metadata.name") : w->q->name;
    if (!str_eq(name, w->node))
        return admit_forbid(w->q, w->ans, "can only access node lease with the same name as the requesting node");
    return 0;
}

static int on_csinode(struct who *w)
{
    struct str name = w->q->operation == ADMIT_CREATE ? value_text_at(w->q->object, "metadata.name") : w->q->name;
    if (!str_eq(name, w->node))
        return admit_forbid(w->q, w->ans, "can only access CSINode with the same name as the requesting node");
    return 0;
}

static int on_slice(struct who *w)
{
    const struct value *slice = w->q->operation == ADMIT_DELETE ? w->q->old : w->q->object;
    if (!str_eq(value_text_at(slice, "spec.nodeName"), w->node))
        return admit_forbid(w->q, w->ans, "can only access ResourceSlice with the same NodeName as the requesting node");
    return 0;
}

static const struct {
    const char *group, *resource;
    int (*fn)(struct who *w);
} restricted[] = {
    {"", "pods", on_pod},
    {"", "nodes", on_node},
    {"", "persistentvolumeclaims", on_claim},
    {"", "serviceaccounts", on_account},
    {"coordination.k8s.io", "leases", on_lease},
    {"storage.k8s.io", "csinodes", on_csinode},
    {"resource.k8s.io", "resourceslices", on_slice},
};

int node_restriction(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct who w = {.q = q, .ans = ans, .err = err};
    if (!auth_user_node(q->user, &w.node))
        return 0;
    if (!w.node.n)
        return admit_forbid(q, ans, "could not determine node from user \"%.*s\"", STR_FMT(q->user->name));
    for (size_t i = 0; i < ARRAY_LEN(restricted); i++)
        if (admit_is(q, restricted[i].group, restricted[i].resource))
            return restricted[i].fn(&w);
    return 0;
}

int node_taints_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    const struct str key = STR("node.kubernetes.io/not-ready");
    struct value *taints = value_at(q->object, "spec.taints"), taint = value_make_map();
    int r = 0;
    if (q->subresource.n)
        return 0;
    VALUE_EACH_ITEM (t, taints)
        if (str_eq(value_text_at(t, "key"), key) && str_is(value_text_at(t, "effect"), "NoSchedule"))
            return 0;
    VALUE_SET(&r, q->arena, &taint, "effect", value_make_text(STR("NoSchedule")));
    VALUE_SET(&r, q->arena, &taint, "key", value_make_text(key));
    if (r == 0 && (!taints || taints->type != VALUE_LIST))
        taints = value_put(q->arena, q->object, "spec.taints", value_make_list());
    return r < 0 || !taints || !value_add(q->arena, taints, taint) ? admit_no_memory(err) : 0;
}
