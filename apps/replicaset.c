#include "apps/inside.h"

/* ReplicaSet and its ancestor ReplicationController: as many pods as asked for. */
#define BURST 500

static const struct kind {
    const char *api_version, *kind, *group, *resource, *component;
    size_t counts; /* how many of the counts below its status has */
} replica_set = {"apps/v1", "ReplicaSet", "apps", "replicasets", "replicaset-controller", 5},
  replication_controller = {"v1", "ReplicationController", "", "replicationcontrollers", "replication-controller", 4};

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
    VALUE_EACH_ITEM (c, list)
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

static void add(struct view *v, const struct kind *k, struct value *set, int64_t missing)
{
    int64_t more = MIN(missing, (int64_t)BURST);
    struct value *pod = template_pod(v, value_at(set, "spec.template"), set, k->api_version, k->kind);
    for (int64_t i = 0; pod && i < more; i++)
        want_create(v, "", "pods", value_text_at(set, "metadata.namespace"), pod);
    want_event(v, set, false, k->component, "SuccessfulCreate", "Created %lld pod%s", (long long)more, more == 1 ? "" : "s");
}

static void scale(struct view *v, const struct kind *k, struct value *set, struct value **active, size_t n, int64_t wanted)
{
    if ((int64_t)n < wanted) {
        add(v, k, set, wanted - (int64_t)n);
        return;
    }
    qsort(active, n, sizeof(*active), by_rank);
    for (size_t i = 0; i < n - (size_t)wanted && i < BURST; i++) {
        want_delete(v, view_resource("", "pods"), active[i], CLIENT_BACKGROUND);
        want_event(v, set, false, k->component, "SuccessfulDelete", "Deleted pod: %.*s", STR_FMT(value_text_at(active[i], "metadata.name")));
    }
}

/* A write that failed is told until one succeeds. */
static bool put_failure(struct view *v, struct value *status, int64_t missing)
{
    if (v->trouble.n && missing)
        return !condition_find(status, "ReplicaFailure") &&
               condition_set(v, status, "ReplicaFailure", "True", missing > 0 ? "FailedCreate" : "FailedDelete",
                             arena_fmt(v->mem, "%.*s", STR_FMT(v->trouble)).p);
    return condition_drop(status, "ReplicaFailure");
}

static void count(struct view *v, const struct value *set, struct value **pods, size_t n, int64_t counts[5])
{
    int64_t min_ready = value_int_at(set, "spec.minReadySeconds", 0);
    memset(counts, 0, 5 * sizeof(*counts));
    for (size_t i = 0; i < n; i++) {
        unsigned facts = census_facts(set, pods[i]);
        counts[0] += facts >> CENSUS_ACTIVE & 1;
        counts[1] += facts >> CENSUS_LABELLED & 1;
        counts[2] += facts >> CENSUS_READY & 1;
        counts[3] += (facts >> CENSUS_ACTIVE & 1) && pod_available(pods[i], min_ready, v->now);
        counts[4] += facts >> CENSUS_TERMINATING & 1;
    }
}

static void put_status(struct view *v, const struct kind *k, struct value *set, const int64_t counts[5], int64_t wanted)
{
    int64_t min_ready = value_int_at(set, "spec.minReadySeconds", 0);
    static const char *const names[] = {"replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "terminatingReplicas"};
    if (counts[3] < counts[2] && min_ready)
        client_intend_again(v->out, min_ready * 1000);
    struct value *status = value_at(set, "status");
    if (!status)
        status = value_set(v->mem, set, STR("status"), value_make_map());
    bool failure = put_failure(v, status, wanted - counts[0]);
    int64_t generation = value_int_at(set, "metadata.generation", 0);
    bool same = !failure && value_int_at(status, "observedGeneration", 0) == generation;
    for (size_t i = 0; i < k->counts; i++)
        same = same && value_int(value_get(status, str_of(names[i])), 0) == counts[i];
    if (same)
        return;
    int r = 0;
    struct value fresh = value_make_map();
    const struct value *conditions = value_at(status, "conditions");
    for (size_t i = 0; i < k->counts; i++)
        VALUE_SET(&r, v->mem, &fresh, names[i], value_make_int(counts[i]));
    VALUE_SET(&r, v->mem, &fresh, "observedGeneration", value_make_int(generation));
    if (value_count(conditions))
        VALUE_SET(&r, v->mem, &fresh, "conditions", *conditions);
    VALUE_SET(&r, v->mem, set, "status", fresh);
    if (r < 0)
        v->out->failed = true;
    want_status(v, k->group, k->resource, set);
}

/* All its pods as trees: some are to be adopted, let go or deleted. */
static void look_at_all(struct view *v, const struct kind *k, struct value *set, int64_t wanted)
{
    struct value **pods;
    int64_t counts[5];
    size_t n = view_claim(v, set, &(struct claim){k->api_version, k->kind, "", "pods", NULL}, &pods), active = 0;
    struct value **alive = arena_alloc(v->mem, (n + 1) * sizeof(*alive));
    if (!alive) {
        v->out->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (pod_active(pods[i]))
            alive[active++] = pods[i];
    count(v, set, pods, n, counts);
    put_status(v, k, set, counts, wanted);
    if (!is_deleting(set) && (int64_t)active != wanted)
        scale(v, k, set, alive, active, wanted);
}

static void reconcile(struct view *v, struct str key, const struct kind *k)
{
    struct str ns, name;
    int64_t counts[5];
    view_key(key, &ns, &name);
    struct value *set = view_get(v, k->resource, ns, name);
    if (!set) {
        census_forget(v->state, key);
        return;
    }
    int64_t wanted = value_int_at(set, "spec.replicas", 1);
    if (!census_counts(v, key, set, counts) || (counts[0] > wanted && !is_deleting(set))) {
        look_at_all(v, k, set, wanted);
        return;
    }
    put_status(v, k, set, counts, wanted);
    if (!is_deleting(set) && counts[0] < wanted)
        add(v, k, set, wanted - counts[0]);
}

void replicaset_reconcile(struct view *v, struct str key)
{
    reconcile(v, key, &replica_set);
}

void replication_reconcile(struct view *v, struct str key)
{
    reconcile(v, key, &replication_controller);
}
