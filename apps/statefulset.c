#include "apps/inside.h"

/* StatefulSet: pods with ordinals, names and volumes of their own.
 *
 *   pods by ordinal: wanted ones and condemned ones
 *     → wanted, from the lowest: volumes, pod; ended ones are made anew; OrderedReady waits for each to be ready
 *     → condemned, from the highest
 *     → RollingUpdate, from the highest down to the partition: pods of another revision, within maxUnavailable
 *     → status; when all are of the new revision it becomes the current one */
#define POD_NAME      "statefulset.kubernetes.io/pod-name"
#define POD_INDEX     "apps.kubernetes.io/pod-index"
#define HISTORY_LABEL "controller.kubernetes.io/hash"
#define CONTROLLER    "statefulset-controller"

struct stateful {
    struct view *v;
    struct value *set;
    struct revisions history;
    struct value **pods, **wanted, **condemned; /* wanted[i]: the pod of ordinal start + i, or NULL */
    size_t n_pods, n_condemned;
    int64_t replicas, start, min_ready;
    struct str current, update; /* names of revisions */
    bool ordered;
    bool waiting; /* something must happen before the next step */
    int64_t current_replicas;
};

static int64_t ordinal_of(const struct value *set, const struct value *pod)
{
    struct str name = value_text_at(set, "metadata.name"), own = value_text_at(pod, "metadata.name"), head, tail;
    int64_t n;
    if (!str_cut_last(own, '-', &head, &tail) || !str_eq(head, name) || !tail.n || str_to_int(tail, &n) < 0 || n < 0)
        return -1;
    return n;
}

static bool may_own(const struct value *set, const struct value *pod)
{
    return ordinal_of(set, pod) >= 0;
}

static int by_ordinal_down(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    struct str nx = value_text_at(x, "metadata.name"), ny = value_text_at(y, "metadata.name");
    return nx.n != ny.n ? (nx.n < ny.n ? 1 : -1) : -str_cmp(nx, ny); /* the same prefix: longer numbers are greater */
}

static bool healthy(const struct stateful *s, const struct value *pod)
{
    return pod && !is_deleting(pod) && str_is(value_text_at(pod, "status.phase"), "Running") && pod_available(pod, s->min_ready, s->v->now);
}

static struct str revision_of(const struct value *pod)
{
    return label_of(pod, REVISION_LABEL);
}

/* ── volumes ── */

static struct str claim_name(struct stateful *s, const struct value *template_, int64_t ordinal)
{
    return arena_fmt(s->v->mem, "%.*s-%.*s-%lld", STR_FMT(value_text_at(template_, "metadata.name")), STR_FMT(value_text_at(s->set, "metadata.name")),
                     (long long)ordinal);
}

static bool retains(const struct stateful *s, const char *when)
{
    return !str_is(value_text(value_get(value_at(s->set, "spec.persistentVolumeClaimRetentionPolicy"), str_of(when))), "Delete");
}

static void want_claims(struct stateful *s, int64_t ordinal)
{
    struct view *v = s->v;
    const struct value *templates = value_at(s->set, "spec.volumeClaimTemplates"), *match = value_at(s->set, "spec.selector.matchLabels");
    struct str ns = value_text_at(s->set, "metadata.namespace");
    VALUE_EACH_ITEM (t, templates) {
        struct str name = claim_name(s, t, ordinal);
        struct value claim = {0}, owners = value_make_list();
        if (client_cache_get(view_cache(v, "persistentvolumeclaims"), ns, name))
            continue;
        int r = value_copy(v->mem, t, &claim);
        VALUE_SET(&r, v->mem, &claim, "apiVersion", value_make_text(STR("v1")));
        VALUE_SET(&r, v->mem, &claim, "kind", value_make_text(STR("PersistentVolumeClaim")));
        VALUE_SET(&r, v->mem, &claim, "metadata.name", value_make_text(name));
        VALUE_SET(&r, v->mem, &claim, "metadata.namespace", value_make_text(ns));
        value_del(&claim, STR("status"));
        VALUE_EACH_MEMBER (l, match)
            if (r == 0 && !label_of(&claim, arena_fmt(v->mem, "%.*s", STR_FMT(l->key)).p).n)
                put_label(v, &r, &claim, arena_fmt(v->mem, "%.*s", STR_FMT(l->key)).p, value_text(&l->value));
        if (r == 0 && !retains(s, "whenDeleted")) {
            if (!value_add(v->mem, &owners, owner_of(v, "apps/v1", "StatefulSet", s->set)))
                r = -ENOMEM;
            VALUE_SET(&r, v->mem, &claim, "metadata.ownerReferences", owners);
        }
        if (r < 0)
            v->out->failed = true;
        else
            want_create(v, "", "persistentvolumeclaims", ns, &claim);
    }
}

/* whenScaled Delete: the claim follows its pod. */
static void claims_follow(struct stateful *s, const struct value *pod)
{
    struct view *v = s->v;
    const struct value *templates = value_at(s->set, "spec.volumeClaimTemplates");
    struct str ns = value_text_at(s->set, "metadata.namespace");
    if (retains(s, "whenScaled"))
        return;
    VALUE_EACH_ITEM (t, templates) {
        struct value owners = value_make_list(), ref = owner_of(v, "v1", "Pod", pod);
        struct value *claim = view_get(v, "persistentvolumeclaims", ns, claim_name(s, t, ordinal_of(s->set, pod)));
        int r = 0;
        if (!claim)
            continue;
        VALUE_SET(&r, v->mem, &ref, "controller", value_make_bool(false));
        if (!value_add(v->mem, &owners, ref))
            r = -ENOMEM;
        VALUE_SET(&r, v->mem, claim, "metadata.ownerReferences", owners);
        if (r < 0) {
            v->out->failed = true;
            return;
        }
        want_body(v, want(v, CLIENT_UPDATE, "", "persistentvolumeclaims", claim), claim);
    }
}

static void put_volumes(struct stateful *s, int *r, struct value *pod, int64_t ordinal)
{
    struct view *v = s->v;
    const struct value *templates = value_at(s->set, "spec.volumeClaimTemplates");
    struct value list = value_make_list();
    const struct value *present = value_at(pod, "spec.volumes");
    if (!value_count(templates))
        return;
    VALUE_EACH_ITEM (t, templates) {
        struct value one = {0};
        VALUE_SET(r, v->mem, &one, "name", value_make_text(value_text_at(t, "metadata.name")));
        VALUE_SET(r, v->mem, &one, "persistentVolumeClaim.claimName", value_make_text(claim_name(s, t, ordinal)));
        if (!value_add(v->mem, &list, one))
            *r = -ENOMEM;
    }
    VALUE_EACH_ITEM (p, present) {
        bool replaced = false;
        VALUE_EACH_ITEM (t, templates)
            replaced = replaced || str_eq(value_text_at(t, "metadata.name"), value_text_at(p, "name"));
        if (!replaced && !value_add(v->mem, &list, *p))
            *r = -ENOMEM;
    }
    VALUE_SET(r, v->mem, pod, "spec.volumes", list);
}

/* ── pods ── */

static const struct value *template_of(const struct stateful *s, struct str revision)
{
    for (size_t i = 0; i < s->history.n; i++)
        if (str_eq(value_text_at(s->history.items[i], "metadata.name"), revision))
            return revision_template(s->v, s->history.items[i]);
    return NULL;
}

/* Below the partition a pod is made anew as it was. */
static struct str revision_for(const struct stateful *s, int64_t ordinal)
{
    const struct value *rolling = value_at(s->set, "spec.updateStrategy.rollingUpdate");
    bool rolls = str_is(value_text_at(s->set, "spec.updateStrategy.type"), "RollingUpdate");
    int64_t kept = !rolls ? 0 : rolling ? value_int_at(rolling, "partition", 0) : s->current_replicas;
    return rolls && ordinal < s->start + kept && template_of(s, s->current) ? s->current : s->update;
}

static void create_pod(struct stateful *s, int64_t ordinal)
{
    struct view *v = s->v;
    struct str revision = revision_for(s, ordinal), name = value_text_at(s->set, "metadata.name");
    const struct value *template_ = str_eq(revision, s->update) ? value_at(s->set, "spec.template") : template_of(s, revision);
    struct value *pod = template_pod(v, template_, s->set, "apps/v1", "StatefulSet");
    int r = pod ? 0 : -ENOMEM;
    struct str own = arena_fmt(v->mem, "%.*s-%lld", STR_FMT(name), (long long)ordinal), index = arena_fmt(v->mem, "%lld", (long long)ordinal);
    want_claims(s, ordinal);
    if (r == 0)
        value_del(value_at(pod, "metadata"), STR("generateName"));
    VALUE_SET(&r, v->mem, pod, "metadata.name", value_make_text(own));
    VALUE_SET(&r, v->mem, pod, "spec.hostname", value_make_text(own));
    VALUE_SET(&r, v->mem, pod, "spec.subdomain", value_make_text(value_text_at(s->set, "spec.serviceName")));
    if (r == 0) {
        put_label(v, &r, pod, POD_NAME, own);
        put_label(v, &r, pod, POD_INDEX, index);
        put_label(v, &r, pod, REVISION_LABEL, revision);
        put_volumes(s, &r, pod, ordinal);
    }
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "", "pods", value_text_at(s->set, "metadata.namespace"), pod);
    want_event(v, s->set, false, CONTROLLER, "SuccessfulCreate", "create Pod %.*s in StatefulSet %.*s successful", STR_FMT(own), STR_FMT(name));
    s->current_replicas += str_eq(revision, s->current);
}

static void remove_pod(struct stateful *s, const struct value *pod)
{
    want_delete(s->v, view_resource("", "pods"), pod, CLIENT_BACKGROUND);
    want_event(s->v, s->set, false, CONTROLLER, "SuccessfulDelete", "delete Pod %.*s in StatefulSet %.*s successful",
               STR_FMT(value_text_at(pod, "metadata.name")), STR_FMT(value_text_at(s->set, "metadata.name")));
    s->current_replicas -= str_eq(revision_of(pod), s->current);
}

/* An adopted pod may lack the labels that say which one it is. */
static void keep_identity(struct stateful *s, const struct value *pod)
{
    struct view *v = s->v;
    struct str own = value_text_at(pod, "metadata.name");
    struct value patch = {0};
    int r = 0;
    if (str_eq(label_of(pod, POD_NAME), own))
        return;
    put_label(v, &r, &patch, POD_NAME, own);
    put_label(v, &r, &patch, POD_INDEX, arena_fmt(v->mem, "%lld", (long long)ordinal_of(s->set, pod)));
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, "", "pods", pod);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}

static void bring_up(struct stateful *s)
{
    for (int64_t i = 0; i < s->replicas && !s->waiting; i++) {
        struct value *pod = s->wanted[i];
        if (!pod) {
            create_pod(s, s->start + i);
            s->waiting = s->ordered;
            continue;
        }
        if (pod_over(pod)) {
            bool failed = str_is(value_text_at(pod, "status.phase"), "Failed");
            if (!is_deleting(pod)) {
                want_event(s->v, s->set, failed, CONTROLLER, failed ? "RecreatingFailedPod" : "RecreatingTerminatedPod",
                           "StatefulSet %.*s/%.*s is recreating %s Pod %.*s", STR_FMT(value_text_at(s->set, "metadata.namespace")),
                           STR_FMT(value_text_at(s->set, "metadata.name")), failed ? "failed" : "terminated",
                           STR_FMT(value_text_at(pod, "metadata.name")));
                remove_pod(s, pod);
            }
            s->waiting = s->waiting || s->ordered;
            continue;
        }
        if (!is_deleting(pod)) {
            keep_identity(s, pod);
            want_claims(s, s->start + i);
        }
        s->waiting = s->ordered && !healthy(s, pod);
    }
}

static void bring_down(struct stateful *s)
{
    const struct value *first_ill = NULL; /* the lowest ordinal that is not well */
    for (int64_t i = 0; i < s->replicas && !first_ill; i++)
        first_ill = healthy(s, s->wanted[i]) ? NULL : s->wanted[i];
    for (size_t i = s->n_condemned; i-- && !first_ill;)
        first_ill = healthy(s, s->condemned[i]) ? NULL : s->condemned[i];
    for (size_t i = 0; i < s->n_condemned && !s->waiting; i++) {
        struct value *pod = s->condemned[i];
        if (is_deleting(pod)) {
            s->waiting = s->ordered;
            continue;
        }
        if (s->ordered && !healthy(s, pod) && pod != first_ill) {
            s->waiting = true;
            return;
        }
        claims_follow(s, pod);
        remove_pod(s, pod);
        s->waiting = s->ordered;
    }
}

static void roll(struct stateful *s)
{
    const struct value *rolling = value_at(s->set, "spec.updateStrategy.rollingUpdate");
    int64_t down_to = value_int_at(rolling, "partition", 0), unavailable = 0;
    int64_t most = MAX(int_or_percent(value_at(rolling, "maxUnavailable"), s->replicas, true, 1), (int64_t)1);
    if (!str_is(value_text_at(s->set, "spec.updateStrategy.type"), "RollingUpdate"))
        return;
    for (int64_t i = s->replicas; i-- > down_to && unavailable < most;) {
        struct value *pod = s->wanted[i];
        if (pod && !is_deleting(pod) && !str_eq(revision_of(pod), s->update))
            remove_pod(s, pod);
        else if (pod && healthy(s, pod))
            continue;
        unavailable++;
    }
}

/* ── status ── */

static void put_status(struct stateful *s)
{
    static const char *const names[] = {"replicas", "readyReplicas", "availableReplicas", "currentReplicas", "updatedReplicas"};
    int64_t counts[ARRAY_LEN(names)] = {0};
    struct view *v = s->v;
    for (size_t i = 0; i < s->n_pods; i++) {
        const struct value *pod = s->pods[i];
        bool runs = str_is(value_text_at(pod, "status.phase"), "Running") && pod_ready(pod);
        counts[0]++;
        counts[1] += runs;
        counts[2] += runs && pod_available(pod, s->min_ready, v->now);
        counts[3] += !is_deleting(pod) && str_eq(revision_of(pod), s->current);
        counts[4] += !is_deleting(pod) && str_eq(revision_of(pod), s->update);
    }
    if (counts[2] < counts[1] && s->min_ready)
        client_intend_again(v->out, s->min_ready * 1000);
    struct value status = {0};
    const struct value *before = value_at(s->set, "status");
    int r = before ? value_copy(v->mem, before, &status) : 0;
    if (str_is(value_text_at(s->set, "spec.updateStrategy.type"), "RollingUpdate") && counts[4] == s->replicas && counts[1] == s->replicas &&
        counts[0] == s->replicas) {
        s->current = s->update;
        counts[3] = counts[4];
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (counts[i] || i == 0 || i == 2)
            VALUE_SET(&r, v->mem, &status, names[i], value_make_int(counts[i]));
        else
            value_del(&status, str_of(names[i]));
    VALUE_SET(&r, v->mem, &status, "observedGeneration", value_make_int(value_int_at(s->set, "metadata.generation", 0)));
    VALUE_SET(&r, v->mem, &status, "currentRevision", value_make_text(s->current));
    VALUE_SET(&r, v->mem, &status, "updateRevision", value_make_text(s->update));
    VALUE_SET(&r, v->mem, &status, "collisionCount",
              value_make_int(s->history.collisions ? s->history.collisions : value_int_at(&status, "collisionCount", 0)));
    if (r == 0 && before && value_equal(before, &status))
        return;
    VALUE_SET(&r, v->mem, s->set, "status", status);
    if (r < 0)
        v->out->failed = true;
    want_status(v, "apps", "statefulsets", s->set);
}

/* ── the whole ── */

static bool gather(struct stateful *s)
{
    struct view *v = s->v;
    s->replicas = value_int_at(s->set, "spec.replicas", 1);
    s->start = value_int_at(s->set, "spec.ordinals.start", 0);
    s->min_ready = value_int_at(s->set, "spec.minReadySeconds", 0);
    s->ordered = !str_is(value_text_at(s->set, "spec.podManagementPolicy"), "Parallel");
    s->n_pods = view_claim(v, s->set, &(struct claim){"apps/v1", "StatefulSet", "", "pods", may_own}, &s->pods);
    s->wanted = arena_alloc(v->mem, ((size_t)s->replicas + 1) * sizeof(*s->wanted));
    s->condemned = arena_alloc(v->mem, (s->n_pods + 1) * sizeof(*s->condemned));
    if (!s->wanted || !s->condemned || v->out->failed) {
        v->out->failed = true;
        return false;
    }
    for (size_t i = 0; i < s->n_pods; i++) {
        int64_t ordinal = ordinal_of(s->set, s->pods[i]);
        if (ordinal >= s->start && ordinal < s->start + s->replicas)
            s->wanted[ordinal - s->start] = s->pods[i];
        else
            s->condemned[s->n_condemned++] = s->pods[i];
    }
    qsort(s->condemned, s->n_condemned, sizeof(*s->condemned), by_ordinal_down);
    s->update = value_text_at(s->history.now, "metadata.name");
    s->current = value_text_at(s->set, "status.currentRevision");
    if (!s->current.n || !template_of(s, s->current))
        s->current = s->update;
    for (size_t i = 0; i < s->n_pods; i++)
        s->current_replicas += str_eq(revision_of(s->pods[i]), s->current);
    return true;
}

static bool revision_used(void *ctx, const struct value *revision)
{
    const struct stateful *s = ctx;
    struct str name = value_text_at(revision, "metadata.name");
    if (str_eq(name, s->current) || str_eq(name, s->update))
        return true;
    for (size_t i = 0; i < s->n_pods; i++)
        if (str_eq(revision_of(s->pods[i]), name))
            return true;
    return false;
}

void statefulset_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct stateful s = {.v = v};
    view_key(key, &ns, &name);
    s.set = view_get(v, "statefulsets", ns, name);
    if (!s.set || is_deleting(s.set) || !revisions_gather(v, s.set, "StatefulSet", HISTORY_LABEL, &s.history) || !gather(&s))
        return;
    bring_up(&s);
    if (!s.waiting)
        bring_down(&s);
    if (!s.waiting)
        roll(&s);
    put_status(&s);
    revisions_forget(&s.history, revision_used, &s);
}
