#include "apps/apps.h"

/* Deployment: one ReplicaSet a template; a rollout shifts replicas from the old
 * ones to the new one within maxSurge and maxUnavailable.
 *
 *   find the ReplicaSet of the present template (make it when there is none, not while paused)
 *     → scale in proportion when only spec.replicas changed
 *     → RollingUpdate: new up to the surge, old down to what availability allows
 *       Recreate: old to nothing, then new to all
 *     → forget old ReplicaSets beyond revisionHistoryLimit → status */
#define REVISION     "deployment.kubernetes.io/revision"
#define DESIRED      "deployment.kubernetes.io/desired-replicas"
#define MAX_REPLICAS "deployment.kubernetes.io/max-replicas"
#define HASH         "pod-template-hash"

struct rollout {
    struct view *v;
    struct value *deployment;
    struct value **sets, *fresh, **old;
    size_t n, n_old;
    int64_t replicas, surge, unavailable;
    bool changed; /* something was asked for in this look */
};

static int64_t spec_replicas(const struct value *set)
{
    return value_int_at(set, "spec.replicas", 1);
}

static int64_t annotation_int(const struct value *o, const char *name)
{
    int64_t n = 0;
    return str_to_int(value_text(value_get(value_at(o, "metadata.annotations"), str_of(name))), &n) < 0 ? 0 : n;
}

/* Templates are the same when they differ in the hash label only. */
static bool same_template(struct view *v, const struct value *a, const struct value *b)
{
    struct value x = {0}, y = {0};
    if (value_copy(v->mem, a, &x) < 0 || value_copy(v->mem, b, &y) < 0) {
        v->out->failed = true;
        return false;
    }
    value_del(value_at(&x, "metadata.labels"), STR(HASH));
    value_del(value_at(&y, "metadata.labels"), STR(HASH));
    return value_equal(&x, &y);
}

/* ── the new ReplicaSet ── */

static int64_t max_revision(const struct rollout *r)
{
    int64_t most = 0;
    for (size_t i = 0; i < r->n; i++)
        most = r->sets[i] == r->fresh ? most : MAX(most, annotation_int(r->sets[i], REVISION));
    return most;
}

static void put_counts(struct rollout *r, int *rc, struct value *set)
{
    put_annotation(r->v, rc, set, DESIRED, arena_fmt(r->v->mem, "%lld", (long long)r->replicas));
    put_annotation(r->v, rc, set, MAX_REPLICAS, arena_fmt(r->v->mem, "%lld", (long long)(r->replicas + r->surge)));
}

static int64_t total(struct value *const *sets, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += spec_replicas(sets[i]);
    return sum;
}

static bool rolling(const struct rollout *r)
{
    return !str_is(value_text_at(r->deployment, "spec.strategy.type"), "Recreate");
}

/* How many the new one may have now. */
static int64_t new_replicas(const struct rollout *r, int64_t present)
{
    if (!rolling(r))
        return r->replicas;
    int64_t room = r->replicas + r->surge - total(r->sets, r->n);
    return room <= 0 ? present : MIN(present + room, r->replicas);
}

static void create_new(struct rollout *r)
{
    struct view *v = r->v;
    const struct value *d = r->deployment, *annotations = value_at(d, "metadata.annotations");
    struct value *set = arena_alloc(v->mem, sizeof(*set)), template_ = {0}, owners = value_make_list(), selector = {0};
    int rc = set ? 0 : -ENOMEM;
    struct str hash = view_hash(v, value_at(d, "spec.template"), value_int_at(d, "status.collisionCount", 0));
    if (rc == 0)
        rc = value_copy(v->mem, value_at(d, "spec.template"), &template_);
    if (rc == 0)
        rc = value_copy(v->mem, value_at(d, "spec.selector"), &selector);
    VALUE_SET(&rc, v->mem, &template_, "metadata.labels." HASH, value_make_text(hash));
    VALUE_SET(&rc, v->mem, &selector, "matchLabels." HASH, value_make_text(hash));
    VALUE_SET(&rc, v->mem, set, "apiVersion", value_make_text(STR("apps/v1")));
    VALUE_SET(&rc, v->mem, set, "kind", value_make_text(STR("ReplicaSet")));
    VALUE_SET(&rc, v->mem, set, "metadata.name",
              value_make_text(arena_fmt(v->mem, "%.*s-%.*s", STR_FMT(value_text_at(d, "metadata.name")), STR_FMT(hash))));
    VALUE_SET(&rc, v->mem, set, "metadata.namespace", value_make_text(value_text_at(d, "metadata.namespace")));
    const struct value *labels = value_at(&template_, "metadata.labels");
    if (labels)
        VALUE_SET(&rc, v->mem, set, "metadata.labels", *labels);
    if (rc == 0 && !value_add(v->mem, &owners, owner_of(v, "apps/v1", "Deployment", d)))
        rc = -ENOMEM;
    VALUE_SET(&rc, v->mem, set, "metadata.ownerReferences", owners);
    VALUE_EACH_MEMBER (m, annotations)
        if (!str_is(m->key, "kubectl.kubernetes.io/last-applied-configuration") && !str_is(m->key, REVISION))
            put_annotation(v, &rc, set, arena_fmt(v->mem, "%.*s", STR_FMT(m->key)).p, value_text(&m->value));
    put_annotation(v, &rc, set, REVISION, arena_fmt(v->mem, "%lld", (long long)(max_revision(r) + 1)));
    put_counts(r, &rc, set);
    VALUE_SET(&rc, v->mem, set, "spec.replicas", value_make_int(new_replicas(r, 0)));
    VALUE_SET(&rc, v->mem, set, "spec.minReadySeconds", value_make_int(value_int_at(d, "spec.minReadySeconds", 0)));
    VALUE_SET(&rc, v->mem, set, "spec.selector", selector);
    VALUE_SET(&rc, v->mem, set, "spec.template", template_);
    if (rc < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "apps", "replicasets", value_text_at(d, "metadata.namespace"), set);
    want_event(v, d, false, "deployment-controller", "ScalingReplicaSet", "Scaled up replica set %.*s from 0 to %lld",
               STR_FMT(value_text_at(set, "metadata.name")), (long long)spec_replicas(set));
    r->changed = true;
}

/* The revision of the one in use is always the highest: a rollback gives an old one a new number. */
static void keep_revision(struct rollout *r)
{
    struct view *v = r->v;
    int64_t newest = max_revision(r) + 1, own = annotation_int(r->fresh, REVISION);
    int rc = 0;
    if (own < newest) {
        struct str before = value_text(value_get(value_at(r->fresh, "metadata.annotations"), STR(REVISION)));
        struct value *history = value_get(value_at(r->fresh, "metadata.annotations"), STR("deployment.kubernetes.io/revision-history"));
        struct str past = value_text(history);
        if (before.n)
            put_annotation(v, &rc, r->fresh, "deployment.kubernetes.io/revision-history",
                           past.n ? arena_fmt(v->mem, "%.*s,%.*s", STR_FMT(past), STR_FMT(before)) : before);
        put_annotation(v, &rc, r->fresh, REVISION, arena_fmt(v->mem, "%lld", (long long)newest));
        put_counts(r, &rc, r->fresh);
        want_body(v, want(v, CLIENT_UPDATE, "apps", "replicasets", r->fresh), r->fresh);
        r->changed = true;
    }
    struct str revision = value_text(value_get(value_at(r->fresh, "metadata.annotations"), STR(REVISION)));
    if (!str_eq(value_text(value_get(value_at(r->deployment, "metadata.annotations"), STR(REVISION))), revision)) {
        put_annotation(v, &rc, r->deployment, REVISION, revision);
        want_body(v, want(v, CLIENT_UPDATE, "apps", "deployments", r->deployment), r->deployment);
        r->changed = true; /* its status is written from the newer version, next time */
    }
    if (rc < 0)
        v->out->failed = true;
}

/* ── scaling ── */

static void set_replicas(struct rollout *r, struct value *set, int64_t replicas)
{
    struct view *v = r->v;
    int64_t before = spec_replicas(set);
    bool counts_stale = annotation_int(set, DESIRED) != r->replicas || annotation_int(set, MAX_REPLICAS) != r->replicas + r->surge;
    int rc = 0;
    if (before == replicas && !(counts_stale && replicas > 0))
        return;
    VALUE_SET(&rc, v->mem, set, "spec.replicas", value_make_int(replicas));
    put_counts(r, &rc, set);
    if (rc < 0)
        v->out->failed = true;
    want_body(v, want(v, CLIENT_UPDATE, "apps", "replicasets", set), set);
    if (before != replicas)
        want_event(v, r->deployment, false, "deployment-controller", "ScalingReplicaSet", "Scaled %s replica set %.*s from %lld to %lld",
                   replicas > before ? "up" : "down", STR_FMT(value_text_at(set, "metadata.name")), (long long)before, (long long)replicas);
    r->changed = true;
}

/* Only spec.replicas changed in the middle of a rollout, or while paused: all share the change by their size. */
static void scale_proportionally(struct rollout *r)
{
    size_t active = 0;
    struct value *one = NULL;
    for (size_t i = 0; i < r->n; i++)
        if (spec_replicas(r->sets[i]) > 0) {
            active++;
            one = r->sets[i];
        }
    if (active <= 1) {
        struct value *set = one ? one : r->fresh;
        if (set)
            set_replicas(r, set, r->replicas);
        return;
    }
    int64_t sum = total(r->sets, r->n), allowed = r->replicas > 0 ? r->replicas + r->surge : 0, to_add = allowed - sum, added = 0;
    for (size_t i = r->n; i--;) {
        struct value *set = r->sets[i];
        int64_t mine = spec_replicas(set), old_max = MAX(annotation_int(set, MAX_REPLICAS), (int64_t)1);
        if (mine == 0)
            continue;
        int64_t share = to_add ? (mine * allowed + old_max / 2) / old_max - mine : 0;
        share = to_add > 0 ? MIN(MAX(share, (int64_t)0), to_add - added) : MAX(MIN(share, (int64_t)0), to_add - added);
        added += share;
        set_replicas(r, set, MAX(mine + share, (int64_t)0));
    }
}

static bool scaling_event(const struct rollout *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (spec_replicas(r->sets[i]) > 0 && annotation_int(r->sets[i], DESIRED) != r->replicas)
            return true;
    return false;
}

static int64_t available(struct value *const *sets, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value_int_at(sets[i], "status.availableReplicas", 0);
    return sum;
}

/* Unhealthy old pods go first: they hold no availability. */
static int64_t clean_unhealthy(struct rollout *r, int64_t most)
{
    int64_t cleaned = 0;
    for (size_t i = 0; i < r->n_old && cleaned < most; i++) {
        int64_t mine = spec_replicas(r->old[i]), good = value_int_at(r->old[i], "status.availableReplicas", 0);
        int64_t less = MIN(most - cleaned, mine - good);
        if (mine == 0 || less <= 0)
            continue;
        set_replicas(r, r->old[i], mine - less);
        cleaned += less;
    }
    return cleaned;
}

static void roll(struct rollout *r)
{
    int64_t present = spec_replicas(r->fresh);
    int64_t wanted = present > r->replicas ? r->replicas : new_replicas(r, present);
    if (wanted != present) {
        set_replicas(r, r->fresh, wanted);
        return;
    }
    int64_t old = total(r->old, r->n_old);
    if (old == 0)
        return;
    int64_t least = r->replicas - r->unavailable, all = total(r->sets, r->n);
    int64_t new_unavailable = spec_replicas(r->fresh) - value_int_at(r->fresh, "status.availableReplicas", 0);
    int64_t most = all - least - new_unavailable;
    if (most <= 0)
        return;
    clean_unhealthy(r, most);
    int64_t spare = available(r->sets, r->n) - least;
    for (size_t i = 0; i < r->n_old && spare > 0; i++) {
        int64_t mine = spec_replicas(r->old[i]), less = MIN(mine, spare);
        if (less <= 0)
            continue;
        set_replicas(r, r->old[i], mine - less);
        spare -= less;
    }
}

static bool old_pods_run(struct rollout *r)
{
    for (size_t i = 0; i < r->n_old; i++) {
        size_t n;
        struct object *const *pods = view_controlled(r->v, "pods", value_text_at(r->old[i], "metadata.uid"), &n);
        for (size_t k = 0; k < n; k++) {
            struct value *pod = view_tree(r->v, pods[k]);
            if (pod && !pod_over(pod))
                return true;
        }
    }
    return false;
}

static void recreate(struct rollout *r)
{
    for (size_t i = 0; i < r->n_old; i++)
        set_replicas(r, r->old[i], 0);
    if (r->changed || old_pods_run(r))
        return;
    if (!r->fresh)
        create_new(r);
    else
        set_replicas(r, r->fresh, r->replicas);
}

static void forget_old(struct rollout *r)
{
    int64_t keep = value_int_at(r->deployment, "spec.revisionHistoryLimit", 10), idle = 0;
    for (size_t i = 0; i < r->n_old; i++)
        idle += spec_replicas(r->old[i]) == 0 && value_int_at(r->old[i], "status.replicas", 0) == 0 && !is_deleting(r->old[i]);
    for (size_t i = 0; i < r->n_old && idle > keep; i++) {
        if (spec_replicas(r->old[i]) || value_int_at(r->old[i], "status.replicas", 0) || is_deleting(r->old[i]))
            continue;
        want_delete(r->v, view_resource("apps", "replicasets"), r->old[i], CLIENT_BACKGROUND);
        idle--;
    }
}

/* ── status ── */

static int64_t sum_of(struct value *const *sets, size_t n, const char *path)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value_int_at(sets[i], path, 0);
    return sum;
}

static void put_progress(struct rollout *r, struct value *status, const struct value *before)
{
    struct view *v = r->v;
    struct value *c = condition_find(before, "Progressing");
    int64_t deadline = value_int_at(r->deployment, "spec.progressDeadlineSeconds", 600);
    struct str name = r->fresh ? value_text_at(r->fresh, "metadata.name") : STR_NONE;
    bool complete = value_int_at(status, "updatedReplicas", 0) == r->replicas && value_int_at(status, "replicas", 0) == r->replicas &&
                    value_int_at(status, "availableReplicas", 0) == r->replicas && r->fresh;
    bool paused = value_bool_at(r->deployment, "spec.paused", false);
    static const char *const counts[] = {"updatedReplicas", "readyReplicas", "availableReplicas"};
    bool moves = false;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        moves = moves || value_int(value_get(status, str_of(counts[i])), 0) > value_int(value_get(before, str_of(counts[i])), 0);
    moves = moves || value_int_at(status, "replicas", 0) - value_int_at(status, "updatedReplicas", 0) <
                         value_int_at(before, "replicas", 0) - value_int_at(before, "updatedReplicas", 0);
    int64_t since = c ? time_of(value_at(c, "lastUpdateTime")) : v->now;
    const char *is = "True", *why = NULL;
    char text[400];
    if (complete && !paused) {
        why = "NewReplicaSetAvailable";
        snprintf(text, sizeof(text), "ReplicaSet \"%.*s\" has successfully progressed.", STR_FMT(name));
    } else if (paused) {
        is = "Unknown";
        why = "DeploymentPaused";
        snprintf(text, sizeof(text), "Deployment is paused");
    } else if (!c || moves || str_is(value_text_at(c, "reason"), "NewReplicaSetAvailable") ||
               str_is(value_text_at(c, "reason"), "DeploymentPaused")) {
        why = c ? "ReplicaSetUpdated" : "NewReplicaSetCreated";
        snprintf(text, sizeof(text), c ? "ReplicaSet \"%.*s\" is progressing." : "Created new replica set \"%.*s\"", STR_FMT(name));
        moves = true;
    } else if (v->now - since >= deadline && deadline < INT32_MAX) {
        is = "False";
        why = "ProgressDeadlineExceeded";
        snprintf(text, sizeof(text), "ReplicaSet \"%.*s\" has timed out progressing.", STR_FMT(name));
    }
    if (!complete && !paused && !(why && strcmp(is, "False") == 0) && deadline < INT32_MAX)
        client_intend_again(v->out, MAX(since + deadline - v->now, (int64_t)1) * 1000 + 500);
    if (why && (condition_set(v, status, "Progressing", is, why, text) || moves)) {
        int rc = 0;
        VALUE_SET(&rc, v->mem, condition_find(status, "Progressing"), "lastUpdateTime", value_make_text(view_time(v, v->now)));
        if (rc < 0)
            v->out->failed = true;
    }
}

/* A ReplicaSet that cannot make its pods is the Deployment's failure too. */
static void put_failure(struct rollout *r, struct value *status)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct value *c = condition_find(value_at(r->sets[i], "status"), "ReplicaFailure");
        if (!c)
            continue;
        condition_set(r->v, status, "ReplicaFailure", "True", arena_fmt(r->v->mem, "%.*s", STR_FMT(value_text_at(c, "reason"))).p,
                      arena_fmt(r->v->mem, "%.*s", STR_FMT(value_text_at(c, "message"))).p);
        return;
    }
    condition_drop(status, "ReplicaFailure");
}

static void put_status(struct rollout *r)
{
    struct view *v = r->v;
    const struct value *before = value_at(r->deployment, "status");
    struct value status = value_make_map(), conditions = {0};
    static const char *const names[] = {"replicas", "readyReplicas", "availableReplicas", "terminatingReplicas"};
    int rc = 0;
    VALUE_SET(&rc, v->mem, &status, "observedGeneration", value_make_int(value_int_at(r->deployment, "metadata.generation", 0)));
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        VALUE_SET(&rc, v->mem, &status, names[i], value_make_int(sum_of(r->sets, r->n, arena_fmt(v->mem, "status.%s", names[i]).p)));
    int64_t ready = value_int_at(&status, "availableReplicas", 0);
    VALUE_SET(&rc, v->mem, &status, "updatedReplicas", value_make_int(r->fresh ? value_int_at(r->fresh, "status.replicas", 0) : 0));
    VALUE_SET(&rc, v->mem, &status, "unavailableReplicas", value_make_int(MAX(total(r->sets, r->n) - ready, (int64_t)0)));
    if (value_at(before, "collisionCount"))
        VALUE_SET(&rc, v->mem, &status, "collisionCount", *value_at(before, "collisionCount"));
    if (value_at(before, "conditions") && rc == 0)
        rc = value_copy(v->mem, value_at(before, "conditions"), &conditions);
    if (value_count(&conditions))
        VALUE_SET(&rc, v->mem, &status, "conditions", conditions);
    if (rc < 0) {
        v->out->failed = true;
        return;
    }
    put_failure(r, &status);
    bool enough = ready >= r->replicas - r->unavailable;
    if (condition_set(v, &status, "Available", enough ? "True" : "False", enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                      enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability."))
        VALUE_SET(&rc, v->mem, condition_find(&status, "Available"), "lastUpdateTime", value_make_text(view_time(v, v->now)));
    put_progress(r, &status, before);
    bool same = value_equal(value_at(&status, "conditions"), value_at(before, "conditions"));
    VALUE_EACH_MEMBER (m, &status)
        if (m->value.type == VALUE_INT)
            same = same && value_int(&m->value, 0) == value_int(value_get(before, m->key), 0);
    if (same)
        return;
    VALUE_SET(&rc, v->mem, r->deployment, "status", status);
    want_status(v, "apps", "deployments", r->deployment);
}

/* ── the whole ── */

static bool gather(struct rollout *r, struct view *v, struct value *d)
{
    const struct value *rolling_update = value_at(d, "spec.strategy.rollingUpdate");
    *r = (struct rollout){.v = v, .deployment = d, .replicas = value_int_at(d, "spec.replicas", 1)};
    if (rolling(r)) {
        r->surge = int_or_percent(value_at(rolling_update, "maxSurge"), r->replicas, true, (r->replicas + 3) / 4);
        r->unavailable = int_or_percent(value_at(rolling_update, "maxUnavailable"), r->replicas, false, r->replicas / 4);
        if (r->surge == 0 && r->unavailable == 0)
            r->unavailable = 1;
        r->unavailable = MIN(r->unavailable, r->replicas);
    }
    r->n = view_claim(v, d, &(struct claim){"apps/v1", "Deployment", "apps", "replicasets", NULL}, &r->sets);
    r->old = arena_alloc(v->mem, (r->n + 1) * sizeof(*r->old));
    if (!r->old || v->out->failed) {
        v->out->failed = true;
        return false;
    }
    qsort(r->sets, r->n, sizeof(*r->sets), by_creation);
    for (size_t i = 0; i < r->n; i++) {
        if (!r->fresh && !is_deleting(r->sets[i]) && same_template(v, value_at(r->sets[i], "spec.template"), value_at(d, "spec.template")))
            r->fresh = r->sets[i];
        else
            r->old[r->n_old++] = r->sets[i];
    }
    return true;
}

void deployment_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct rollout r;
    view_key(key, &ns, &name);
    struct value *d = view_get(v, "deployments", ns, name);
    if (!d || !gather(&r, v, d))
        return;
    bool paused = value_bool_at(d, "spec.paused", false);
    if (!is_deleting(d)) {
        if (r.fresh)
            keep_revision(&r);
        if (paused || (r.n && scaling_event(&r)))
            scale_proportionally(&r);
        else if (!rolling(&r))
            recreate(&r);
        else if (!r.fresh)
            create_new(&r);
        else
            roll(&r);
        if (!paused && r.fresh && total(r.old, r.n_old) == 0)
            forget_old(&r);
    }
    /* What was asked for just now comes back as changes; only then is there a status worth telling. */
    if (!r.changed)
        put_status(&r);
}
