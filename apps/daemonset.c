#include "apps/inside.h"
#include "sched/sched.h"

/* DaemonSet: one pod on each node that takes it.
 *
 *   for each node: should a pod run there, may one stay → create, keep one, delete
 *     → RollingUpdate: replace pods of older revisions within maxUnavailable, or
 *       beside them within maxSurge; OnDelete waits for people
 *     → status → forget old revisions
 *
 * Pods go to their nodes through the scheduler, by a required affinity to the node's name. */
#define BURST 250

struct place {
    const struct value *node;
    bool run, stay;
    struct value **pods; /* oldest first */
    size_t n;
};

struct daemon {
    struct view *v;
    struct value *set;
    struct revisions history;
    struct str hash;
    struct value *model; /* a pod with the tolerations every one has, for no node yet */
    struct place *places;
    size_t n_places, asked;
    struct value **pods;
    size_t n_pods;
    int64_t min_ready;
};

/* Where a pod is, or is meant to be. */
static struct str node_of(const struct value *pod)
{
    struct str name = value_text_at(pod, "spec.nodeName");
    if (name.n)
        return name;
    const struct value *terms = value_at(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
    VALUE_EACH_ITEM (t, terms) {
        const struct value *fields = value_at(t, "matchFields");
        VALUE_EACH_ITEM (f, fields)
            if (str_is(value_text_at(f, "key"), "metadata.name") && str_is(value_text_at(f, "operator"), "In"))
                return value_text(value_item(value_at(f, "values"), 0));
    }
    return STR_NONE;
}

static int by_node(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    int c = str_cmp(node_of(x), node_of(y));
    return c ? c : by_creation(a, b);
}

/* Of several pods on a node the one that runs is kept, then the oldest. */
static int by_worth(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    bool px = str_is(value_text_at(x, "status.phase"), "Pending"), py = str_is(value_text_at(y, "status.phase"), "Pending");
    bool nx = value_text_at(x, "spec.nodeName").n > 0, ny = value_text_at(y, "spec.nodeName").n > 0;
    return nx != ny ? (nx ? -1 : 1) : px != py ? (px ? 1 : -1) : by_creation(a, b);
}

static void add_toleration(struct daemon *d, int *r, struct value *spec, const char *key, const char *effect)
{
    struct value one = {0}, *list = value_get(spec, STR("tolerations"));
    struct arena *a = d->v->mem;
    VALUE_SET(r, a, &one, "key", value_make_text(str_of(key)));
    VALUE_SET(r, a, &one, "operator", value_make_text(STR("Exists")));
    VALUE_SET(r, a, &one, "effect", value_make_text(str_of(effect)));
    VALUE_EACH_ITEM (t, list)
        if (value_equal(t, &one))
            return;
    if (*r == 0 && !list)
        list = value_set(a, spec, STR("tolerations"), value_make_list());
    if (!list || !value_add(a, list, one))
        *r = -ENOMEM;
}

/* What every pod of the set has, whatever its node. */
static struct value *model_pod(struct daemon *d)
{
    static const char *const tolerated[][2] = {
        {"node.kubernetes.io/not-ready", "NoExecute"},           {"node.kubernetes.io/unreachable", "NoExecute"},
        {"node.kubernetes.io/disk-pressure", "NoSchedule"},      {"node.kubernetes.io/memory-pressure", "NoSchedule"},
        {"node.kubernetes.io/pid-pressure", "NoSchedule"},       {"node.kubernetes.io/unschedulable", "NoSchedule"},
        {"node.kubernetes.io/network-unavailable", "NoSchedule"}};
    struct value *pod = template_pod(d->v, value_at(d->set, "spec.template"), d->set, "apps/v1", "DaemonSet"), *spec = value_at(pod, "spec");
    int r = pod && spec ? 0 : -ENOMEM;
    size_t n = ARRAY_LEN(tolerated) - !value_bool_at(spec, "hostNetwork", false);
    for (size_t i = 0; r == 0 && i < n; i++)
        add_toleration(d, &r, spec, tolerated[i][0], tolerated[i][1]);
    struct str generation = annotation_of(d->set, "deprecated.daemonset.template.generation");
    if (r == 0)
        put_label(d->v, &r, pod, REVISION_LABEL, d->hash);
    if (r == 0 && generation.n)
        put_label(d->v, &r, pod, "pod-template-generation", generation);
    if (r < 0)
        d->v->out->failed = true;
    return r < 0 ? NULL : pod;
}

/* Whether a pod should run on a node, and whether one that does may stay. */
static void judge(const struct daemon *d, struct place *p)
{
    struct str wanted = value_text_at(d->model, "spec.nodeName");
    const struct value *taints = value_at(p->node, "spec.taints");
    p->run = p->stay = (!wanted.n || str_eq(wanted, value_text_at(p->node, "metadata.name"))) && sched_node_selected(d->model, p->node);
    VALUE_EACH_ITEM (t, taints) {
        struct str effect = value_text_at(t, "effect");
        if (str_is(effect, "PreferNoSchedule") || sched_tolerated(d->model, t))
            continue;
        p->run = false;
        if (str_is(effect, "NoExecute"))
            p->stay = false;
    }
}

static void create_on(struct daemon *d, const struct place *p)
{
    struct view *v = d->v;
    struct value pod = {0}, term = {0}, field = {0}, values = value_make_list(), fields = value_make_list(), terms = value_make_list();
    int r = d->asked++ < BURST ? value_copy(v->mem, d->model, &pod) : 1;
    if (r > 0) {
        client_intend_again(v->out, 100);
        return;
    }
    VALUE_SET(&r, v->mem, &field, "key", value_make_text(STR("metadata.name")));
    VALUE_SET(&r, v->mem, &field, "operator", value_make_text(STR("In")));
    if (!value_add(v->mem, &values, value_make_text(value_text_at(p->node, "metadata.name"))))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &field, "values", values);
    if (!value_add(v->mem, &fields, field))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &term, "matchFields", fields);
    if (!value_add(v->mem, &terms, term))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms", terms);
    if (r < 0)
        v->out->failed = true;
    else
        want_create(v, "", "pods", value_text_at(d->set, "metadata.namespace"), &pod);
}

static void remove_pod(struct daemon *d, const struct value *pod)
{
    if (is_deleting(pod))
        return;
    if (d->asked++ >= BURST) {
        client_intend_again(d->v->out, 100);
        return;
    }
    want_delete(d->v, view_resource("", "pods"), pod, CLIENT_BACKGROUND);
    want_event(d->v, d->set, false, "daemonset-controller", "SuccessfulDelete", "Deleted pod: %.*s", STR_FMT(value_text_at(pod, "metadata.name")));
}

static bool is_new(const struct daemon *d, const struct value *pod)
{
    return str_eq(label_of(pod, REVISION_LABEL), d->hash);
}

static bool available(const struct daemon *d, const struct value *pod)
{
    return pod_available(pod, d->min_ready, d->v->now);
}

static int64_t scaled(const struct daemon *d, const char *field, bool up, int64_t otherwise)
{
    int64_t wanted = 0;
    for (size_t i = 0; i < d->n_places; i++)
        wanted += d->places[i].run;
    return int_or_percent(value_at(value_at(d->set, "spec.updateStrategy.rollingUpdate"), field), wanted, up, otherwise);
}

/* ── one pod a node ── */

/* Ended pods make room for new ones; one an event. */
static bool over(struct daemon *d, const struct value *pod)
{
    if (is_deleting(pod) || !pod_over(pod))
        return false;
    bool failed = str_is(value_text_at(pod, "status.phase"), "Failed");
    want_event(d->v, d->set, failed, "daemonset-controller", failed ? "FailedDaemonPod" : "SucceededDaemonPod",
               "Found %s daemon pod %.*s/%.*s on node %.*s, will try to %s it", failed ? "failed" : "succeeded",
               STR_FMT(value_text_at(pod, "metadata.namespace")), STR_FMT(value_text_at(pod, "metadata.name")), STR_FMT(node_of(pod)),
               failed ? "kill" : "delete");
    remove_pod(d, pod);
    return true;
}

static void keep_one(struct daemon *d, struct place *p, bool surge)
{
    struct value *fresh = NULL, *old = NULL;
    qsort(p->pods, p->n, sizeof(*p->pods), by_worth);
    for (size_t i = 0; i < p->n; i++) {
        struct value *pod = p->pods[i], **mine = surge && is_new(d, pod) ? &fresh : &old;
        if (is_deleting(pod) || over(d, pod))
            continue;
        if (*mine)
            remove_pod(d, pod);
        else
            *mine = pod;
    }
    if (fresh && old && available(d, fresh))
        remove_pod(d, old); /* the surge has done its work */
}

static void manage(struct daemon *d)
{
    bool surge = scaled(d, "maxSurge", true, 0) > 0;
    for (size_t i = 0; i < d->n_places; i++) {
        struct place *p = &d->places[i];
        if (p->run && p->n == 0)
            create_on(d, p);
        else if (p->stay)
            keep_one(d, p, surge);
        else
            for (size_t k = 0; k < p->n; k++)
                remove_pod(d, p->pods[k]);
    }
    /* Pods on nodes that are no more are the pod collector's; those that found no node wait for the scheduler. */
}

/* ── updates ── */

static void pods_at(const struct daemon *d, const struct place *p, struct value **fresh, struct value **old)
{
    *fresh = *old = NULL;
    for (size_t i = 0; i < p->n; i++) {
        struct value **mine = is_new(d, p->pods[i]) ? fresh : old;
        if (!*mine || (is_deleting(*mine) && !is_deleting(p->pods[i])))
            *mine = p->pods[i];
    }
}

static void replace(struct daemon *d, int64_t most)
{
    int64_t unavailable = 0;
    for (size_t i = 0; i < d->n_places; i++) {
        struct value *fresh, *old;
        pods_at(d, &d->places[i], &fresh, &old);
        if (!d->places[i].run)
            continue;
        const struct value *now = fresh ? fresh : old;
        unavailable += !now || is_deleting(now) || !available(d, now);
    }
    for (size_t i = 0; i < d->n_places; i++) {
        struct value *fresh, *old;
        pods_at(d, &d->places[i], &fresh, &old);
        if (fresh || !old || is_deleting(old) || !d->places[i].run)
            continue;
        if (!available(d, old)) /* nothing is lost by replacing it */
            remove_pod(d, old);
        else if (unavailable < most) {
            remove_pod(d, old);
            unavailable++;
        }
    }
}

static void surge_over(struct daemon *d, int64_t most)
{
    int64_t surging = 0;
    for (size_t i = 0; i < d->n_places; i++) {
        struct value *fresh, *old;
        pods_at(d, &d->places[i], &fresh, &old);
        surging += fresh && old && !available(d, fresh);
    }
    for (size_t i = 0; i < d->n_places; i++) {
        struct value *fresh, *old;
        pods_at(d, &d->places[i], &fresh, &old);
        if (fresh || !old || !d->places[i].run)
            continue;
        bool free_ = is_deleting(old) || !available(d, old);
        if (!free_ && surging >= most)
            continue;
        surging += !free_;
        create_on(d, &d->places[i]);
    }
}

static void update(struct daemon *d)
{
    if (!str_is(value_text_at(d->set, "spec.updateStrategy.type"), "RollingUpdate"))
        return;
    int64_t surge = scaled(d, "maxSurge", true, 0);
    if (surge > 0)
        surge_over(d, surge);
    else
        replace(d, MAX(scaled(d, "maxUnavailable", true, 1), (int64_t)1));
}

/* ── status ── */

static void put_status(struct daemon *d)
{
    static const char *const names[] = {"desiredNumberScheduled", "currentNumberScheduled", "numberMisscheduled", "numberReady",
                                        "updatedNumberScheduled", "numberAvailable",        "numberUnavailable"};
    int64_t counts[ARRAY_LEN(names)] = {0};
    struct view *v = d->v;
    for (size_t i = 0; i < d->n_places; i++) {
        const struct place *p = &d->places[i];
        counts[0] += p->run;
        counts[1] += p->run && p->n;
        counts[2] += !p->run && p->n;
        if (!p->run || !p->n)
            continue;
        qsort(p->pods, p->n, sizeof(*p->pods), by_worth);
        const struct value *pod = p->pods[0];
        counts[3] += pod_ready(pod);
        counts[4] += is_new(d, pod);
        counts[5] += available(d, pod);
    }
    counts[6] = counts[0] - counts[5];
    if (counts[5] < counts[3] && d->min_ready)
        client_intend_again(v->out, d->min_ready * 1000);
    struct value status = {0};
    int r = 0;
    const struct value *before = value_at(d->set, "status");
    if (before)
        r = value_copy(v->mem, before, &status);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        bool needed = i < 4; /* the others are left out at 0 */
        if (counts[i] || needed)
            VALUE_SET(&r, v->mem, &status, names[i], value_make_int(counts[i]));
        else
            value_del(&status, str_of(names[i]));
    }
    VALUE_SET(&r, v->mem, &status, "observedGeneration", value_make_int(value_int_at(d->set, "metadata.generation", 0)));
    if (d->history.collisions)
        VALUE_SET(&r, v->mem, &status, "collisionCount", value_make_int(d->history.collisions));
    if (r == 0 && before && value_equal(before, &status))
        return;
    VALUE_SET(&r, v->mem, d->set, "status", status);
    if (r < 0)
        v->out->failed = true;
    want_status(v, "apps", "daemonsets", d->set);
}

/* ── the whole ── */

static int by_node_name(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return str_cmp(value_text_at(x->node, "metadata.name"), value_text_at(y->node, "metadata.name"));
}

static bool gather(struct daemon *d)
{
    struct view *v = d->v;
    struct map_slot *at = NULL;
    const struct client_cache *nodes = view_cache(v, "nodes");
    d->n_pods = view_claim(v, d->set, &(struct claim){"apps/v1", "DaemonSet", "", "pods", NULL}, &d->pods);
    d->places = arena_alloc(v->mem, (client_cache_count(nodes) + 1) * sizeof(*d->places));
    if (!d->places || v->out->failed) {
        v->out->failed = true;
        return false;
    }
    qsort(d->pods, d->n_pods, sizeof(*d->pods), by_node);
    for (struct object *o = client_cache_next(nodes, &at); o; o = client_cache_next(nodes, &at))
        if ((d->places[d->n_places].node = view_tree(v, o)))
            d->n_places++;
    qsort(d->places, d->n_places, sizeof(*d->places), by_node_name);
    size_t k = 0;
    for (size_t i = 0; i < d->n_places; i++) { /* both are in order of node names */
        struct place *p = &d->places[i];
        struct str name = value_text_at(p->node, "metadata.name");
        judge(d, p);
        while (k < d->n_pods && str_cmp(node_of(d->pods[k]), name) < 0)
            k++;
        p->pods = d->pods + k;
        while (k < d->n_pods && str_eq(node_of(d->pods[k]), name)) {
            p->n++;
            k++;
        }
    }
    return true;
}

static bool revision_used(void *ctx, const struct value *revision)
{
    const struct daemon *d = ctx;
    for (size_t i = 0; i < d->n_pods; i++)
        if (str_eq(label_of(d->pods[i], REVISION_LABEL), label_of(revision, REVISION_LABEL)))
            return true;
    return false;
}

void daemonset_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct daemon d = {.v = v};
    view_key(key, &ns, &name);
    d.set = view_get(v, "daemonsets", ns, name);
    if (!d.set || !revisions_gather(v, d.set, "DaemonSet", REVISION_LABEL, &d.history))
        return;
    bool empty =
        value_count(value_at(d.set, "spec.selector.matchLabels")) == 0 && value_count(value_at(d.set, "spec.selector.matchExpressions")) == 0;
    if (empty) {
        want_event(v, d.set, true, "daemonset-controller", "SelectingAll",
                   "This daemon set is selecting all pods. A non-empty selector is required.");
        return;
    }
    d.min_ready = value_int_at(d.set, "spec.minReadySeconds", 0);
    d.hash = d.history.now ? revision_hash(&d.history, d.history.now) : STR_NONE;
    d.model = model_pod(&d);
    if (!d.model || !gather(&d))
        return;
    if (!is_deleting(d.set)) {
        manage(&d);
        if (d.asked == 0)
            update(&d);
        revisions_forget(&d.history, revision_used, &d);
        put_status(&d);
    }
}
