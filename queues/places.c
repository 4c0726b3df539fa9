#include "queues/inside.h"

/* Topology-aware placement, once it is decided: the Workload's admission says how many pods go to which domain; here its pods get there. Pods of Jobs
 * are made with a gate (TOPOLOGY_GATE), which goes when their domain's labels are in their nodeSelector; pods that queue themselves get both in the
 * write that lets them go. Who has an index gets its domain by it, so that neighbours in rank are neighbours in the cluster. */

#define HOSTNAME "kubernetes.io/hostname"

static int add_place(struct places *x, struct view *v, const struct value *slice, size_t at)
{
    struct place *p = &x->p[x->n];
    const struct value *counts = value_at(slice, "podCounts.individual");
    p->count = p->left = counts ? value_int(value_item(counts, at), 0) : value_int_at(slice, "podCounts.universal", 0);
    p->selector = value_make_map();
    size_t level = 0;
    VALUE_EACH_ITEM (l, value_get(slice, STR("valuesPerLevel"))) {
        const struct value *same = value_get(l, STR("universal")), *own = value_get(l, STR("individual"));
        struct str text = same ? value_text(same)
                               : arena_fmt(v->mem, "%.*s%.*s%.*s", STR_FMT(value_text_at(own, "prefix")),
                                           STR_FMT(value_text(value_item(value_get(own, STR("roots")), at))), STR_FMT(value_text_at(own, "suffix")));
        struct str key = value_text(value_item(x->levels, level++));
        if (!text.p || !value_set(v->mem, &p->selector, key, value_make_text(text)))
            return -ENOMEM;
    }
    x->n++;
    return 0;
}

static bool stands_in(const struct place *p, const struct value *pod)
{
    const struct value *selector = value_at(pod, "spec.nodeSelector");
    VALUE_EACH_MEMBER (m, &p->selector) {
        const struct value *there = value_get(selector, m->key);
        if (!there || !str_eq(value_text(there), value_text(&m->value)))
            return false;
    }
    return true;
}

bool pod_gated_by(const struct value *pod, const char *gate)
{
    VALUE_EACH_ITEM (g, value_at(pod, "spec.schedulingGates"))
        if (str_is(value_text_at(g, "name"), gate))
            return true;
    return false;
}

/* Its pods of this set that have a place take it. */
static void count_taken(struct view *v, struct str ns, struct str workload, struct str set, struct places *x)
{
    size_t n;
    struct str label;
    struct object *const *pods = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    for (size_t i = 0; i < n; i++) {
        if (!object_label(pods[i], STR(POD_SET), &label) || !str_eq(label, set))
            continue;
        const struct value *pod = view_tree(v, pods[i]);
        if (!pod || !str_eq(annotation_of(pod, OF_WORKLOAD), workload) || pod_over(pod) || pod_gated_by(pod, TOPOLOGY_GATE))
            continue;
        for (size_t k = 0; k < x->n; k++)
            if (stands_in(&x->p[k], pod)) {
                x->p[k].left--;
                break;
            }
    }
}

bool places_of(struct view *v, const struct value *workload, struct str set, struct places *out)
{
    const struct value *given = NULL;
    size_t n = 0;
    *out = (struct places){0};
    VALUE_EACH_ITEM (a, value_at(workload, "status.admission.podSetAssignments"))
        if (str_eq(value_text_at(a, "name"), set))
            given = value_get(a, STR("topologyAssignment"));
    if (!given)
        return false;
    out->levels = value_get(given, STR("levels"));
    VALUE_EACH_ITEM (s, value_get(given, STR("slices")))
        n += (size_t)MAX(MIN(value_int_at(s, "domainCount", 0), INT64_C(100000)), INT64_C(0));
    out->p = n <= 100000 ? arena_alloc(v->mem, (n + 1) * sizeof(*out->p)) : NULL;
    if (!out->p) {
        v->out->failed = true;
        return false;
    }
    VALUE_EACH_ITEM (s, value_get(given, STR("slices")))
        for (int64_t i = 0; out->n < n && i < value_int_at(s, "domainCount", 0); i++)
            if (add_place(out, v, s, (size_t)i) < 0) {
                v->out->failed = true;
                return false;
            }
    count_taken(v, value_text_at(workload, "metadata.namespace"), value_text_at(workload, "metadata.name"), set, out);
    return true;
}

const struct value *places_take(struct places *x, const struct value *pod)
{
    static const char *const indexes[] = {"batch.kubernetes.io/job-completion-index", GROUP "/pod-group-pod-index"};
    int64_t rank = -1;
    for (size_t i = 0; i < ARRAY_LEN(indexes); i++)
        if (rank < 0 && str_to_int(label_of(pod, indexes[i]), &rank) < 0)
            rank = -1;
    for (size_t i = 0; rank >= 0 && i < x->n; rank -= x->p[i++].count)
        if (rank < x->p[i].count && x->p[i].left > 0) {
            x->p[i].left--;
            return &x->p[i].selector;
        }
    for (size_t i = 0; i < x->n; i++)
        if (x->p[i].left > 0) {
            x->p[i].left--;
            return &x->p[i].selector;
        }
    return NULL;
}

/* ── nodes that fail ── */

#define PATIENCE 30 /* seconds that a node may be not ready */

static const struct value *node_called(struct view *v, struct str host)
{
    struct map_slot *at = NULL;
    const struct value *n = view_get(v, "nodes", STR_NONE, host);
    struct str label;
    const struct client_cache *nodes = view_cache(v, "nodes");
    for (struct object *o; !n && (o = client_cache_next(nodes, &at));) /* it may be called otherwise than its label says */
        if (object_label(o, STR(HOSTNAME), &label) && str_eq(label, host))
            n = view_tree(v, o);
    return n;
}

/* Seconds until a node counts as failed: 0: it does; <0: it is well. */
static int64_t fails_in(struct view *v, struct str host)
{
    const struct value *node = node_called(v, host), *c = condition_find(value_get(node, STR("status")), "Ready");
    if (!node)
        return 0;
    if (str_is(value_text_at(c, "status"), "True"))
        return -1;
    return MAX(time_of(value_at(c, "lastTransitionTime")) + PATIENCE - v->now, INT64_C(0));
}

bool places_lost(struct view *v, const struct value *workload, struct str *host)
{
    VALUE_EACH_ITEM (a, value_at(workload, "status.admission.podSetAssignments")) {
        struct places x;
        const struct value *levels = value_at(a, "topologyAssignment.levels");
        bool hosts = str_is(value_text(value_item(levels, value_count(levels) - 1)), HOSTNAME);
        if (!levels || !hosts || !places_of(v, workload, value_text_at(a, "name"), &x))
            continue;
        for (size_t i = 0; i < x.n; i++) {
            *host = value_text(value_get(&x.p[i].selector, STR(HOSTNAME)));
            int64_t left = fails_in(v, *host);
            if (left == 0)
                return true;
            if (left > 0)
                client_intend_again(v->out, left * 1000);
        }
    }
    return false;
}

/* ── gates ── */

static void lift(struct view *v, const struct value *pod, const struct value *selector)
{
    struct value patch = value_make_map(), gates = value_make_list();
    int r = 0;
    VALUE_EACH_ITEM (g, value_at(pod, "spec.schedulingGates"))
        if (!str_is(value_text_at(g, "name"), TOPOLOGY_GATE) && !value_add(v->mem, &gates, *g))
            r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(pod, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "spec.schedulingGates", value_count(&gates) ? gates : (struct value){0});
    VALUE_SET(&r, v->mem, &patch, "spec.nodeSelector", *selector);
    if (r < 0)
        v->out->failed = true;
    struct client_call *call = want(v, CLIENT_PATCH, "", "pods", pod);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}

void places_reconcile(struct view *v, struct str ns, struct str name)
{
    const struct value *w = custom_get(v, "workloads", ns, name);
    bool any = false;
    size_t n;
    VALUE_EACH_ITEM (a, value_at(w, "status.admission.podSetAssignments"))
        any = any || value_get(a, STR("topologyAssignment"));
    if (!any || !is_true(w, "Admitted") || is_true(w, "Evicted") || is_deleting(w))
        return;
    struct object *const *pods = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    VALUE_EACH_ITEM (set, value_at(w, "spec.podSets")) {
        struct places x;
        struct str label, podset = value_text_at(set, "name");
        bool read = false, good = true;
        for (size_t i = 0; good && i < n; i++) {
            const struct value *pod = object_label(pods[i], STR(POD_SET), &label) && str_eq(label, podset) ? view_tree(v, pods[i]) : NULL;
            if (!pod || !str_eq(annotation_of(pod, OF_WORKLOAD), name) || !pod_gated_by(pod, TOPOLOGY_GATE) || is_deleting(pod))
                continue;
            good = read || places_of(v, w, podset, &x);
            read = true;
            const struct value *selector = good ? places_take(&x, pod) : NULL;
            if (selector)
                lift(v, pod, selector);
        }
    }
}
