#include "apps/apps.h"

/* ReplicaSet: as many pods as asked for. */
#define BURST 500

/* Which of two pods goes first when there are too many: upstream's order (ActivePodsWithRanks). */
static int readiness(const struct value *pod)
{
    struct str phase = value_text_at(pod, "status.phase");
    return str_is(phase, "Running") ? 2 : str_is(phase, "Pending") ? 0 : 1;
}

static int64_t deletion_cost(const struct value *pod)
{
    int64_t cost = 0;
    struct str text = value_text(value_get(value_at(pod, "metadata.annotations"), STR("controller.kubernetes.io/pod-deletion-cost")));
    return str_to_int(text, &cost) < 0 ? 0 : cost;
}

static int64_t restarts(const struct value *pod)
{
    const struct value *list = value_at(pod, "status.containerStatuses");
    int64_t most = 0;
    VALUE_EACH_ITEM(c, list)
        most = MAX(most, value_int_at(c, "restartCount", 0));
    return most;
}

static int sign(int64_t n)
{
    return n < 0 ? -1 : n > 0;
}

static int by_rank(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    int c = sign((int64_t)(value_text_at(x, "spec.nodeName").n > 0) - (value_text_at(y, "spec.nodeName").n > 0));
    if (c == 0)
        c = readiness(x) - readiness(y);
    if (c == 0)
        c = (int)pod_ready(x) - (int)pod_ready(y);
    if (c == 0)
        c = sign(deletion_cost(x) - deletion_cost(y));
    if (c == 0)
        c = sign(time_of(value_at(condition_find(value_at(y, "status"), "Ready"), "lastTransitionTime")) -
                 time_of(value_at(condition_find(value_at(x, "status"), "Ready"), "lastTransitionTime")));
    if (c == 0)
        c = sign(restarts(y) - restarts(x));
    if (c == 0)
        c = sign(time_of(value_at(y, "metadata.creationTimestamp")) - time_of(value_at(x, "metadata.creationTimestamp")));
    return c;
}

static void scale(struct view *v, struct value *set, struct value **active, size_t n, int64_t wanted)
{
    if ((int64_t)n < wanted) {
        int64_t more = MIN(wanted - (int64_t)n, (int64_t)BURST);
        struct value *pod = template_pod(v, value_at(set, "spec.template"), set, "apps/v1", "ReplicaSet");
        for (int64_t i = 0; pod && i < more; i++)
            want_create(v, "", "pods", value_text_at(set, "metadata.namespace"), pod);
        want_event(v, set, false, "replicaset-controller", "SuccessfulCreate", "Created %lld pod%s", (long long)more, more == 1 ? "" : "s");
        return;
    }
    qsort(active, n, sizeof(*active), by_rank);
    for (size_t i = 0; i < n - (size_t)wanted && i < BURST; i++) {
        want_delete(v, view_resource("", "pods"), active[i], CLIENT_BACKGROUND);
        want_event(v, set, false, "replicaset-controller", "SuccessfulDelete", "Deleted pod: %.*s", STR_FMT(value_text_at(active[i], "metadata.name")));
    }
}

static bool fully_labelled(const struct value *set, const struct value *pod)
{
    const struct value *wanted = value_at(set, "spec.template.metadata.labels"), *labels = value_at(pod, "metadata.labels");
    VALUE_EACH_MEMBER(m, wanted)
        if (!str_eq(value_text(value_get(labels, m->key)), value_text(&m->value)))
            return false;
    return true;
}

static void put_status(struct view *v, struct value *set, struct value **pods, size_t n)
{
    int64_t min_ready = value_int_at(set, "spec.minReadySeconds", 0), counts[5] = {0};
    static const char *const names[] = {"replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "terminatingReplicas"};
    for (size_t i = 0; i < n; i++) {
        counts[4] += is_deleting(pods[i]) && !pod_over(pods[i]);
        if (!pod_active(pods[i]))
            continue;
        counts[0]++;
        counts[1] += fully_labelled(set, pods[i]);
        counts[2] += pod_ready(pods[i]);
        counts[3] += pod_available(pods[i], min_ready, v->now);
    }
    if (counts[3] < counts[2] && min_ready)
        client_intend_again(v->out, min_ready * 1000);
    struct value *status = value_at(set, "status");
    int64_t generation = value_int_at(set, "metadata.generation", 0);
    bool same = value_int_at(status, "observedGeneration", 0) == generation;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        same = same && value_int(value_get(status, str_of(names[i])), 0) == counts[i];
    if (same)
        return;
    int r = 0;
    struct value fresh = value_make_map();
    const struct value *conditions = value_at(status, "conditions");
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        VALUE_SET(&r, v->mem, &fresh, names[i], value_make_int(counts[i]));
    VALUE_SET(&r, v->mem, &fresh, "observedGeneration", value_make_int(generation));
    if (conditions)
        VALUE_SET(&r, v->mem, &fresh, "conditions", *conditions);
    VALUE_SET(&r, v->mem, set, "status", fresh);
    if (r < 0)
        v->out->failed = true;
    want_status(v, "apps", "replicasets", set);
}

void replicaset_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct value **pods;
    view_key(key, &ns, &name);
    struct value *set = view_get(v, "replicasets", ns, name);
    if (!set)
        return;
    size_t n = view_claim(v, set, "apps/v1", "ReplicaSet", "", "pods", &pods), active = 0;
    struct value **alive = arena_alloc(v->mem, (n + 1) * sizeof(*alive));
    if (!alive) {
        v->out->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (pod_active(pods[i]))
            alive[active++] = pods[i];
    int64_t wanted = value_int_at(set, "spec.replicas", 1);
    put_status(v, set, pods, n);
    if (!is_deleting(set) && (int64_t)active != wanted)
        scale(v, set, alive, active, wanted);
}
