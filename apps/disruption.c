#include "apps/inside.h"

/* PodDisruptionBudget: how many of its pods may go now. The eviction subresource takes from the count; this controller
 * gives it back when pods are healthy again. */
#define DISRUPTED_S 120 /* an evicted pod that is still there after so long was not deleted */

struct budget {
    struct view *v;
    struct value *tree;
    struct value **pods;
    size_t n;
    struct str *uids; /* of controllers whose scale was counted */
    size_t n_uids;
    int64_t expected, desired, healthy;
    struct value disrupted;
};

static bool covers(struct budget *b, const struct object *pod)
{
    const struct value *s = value_at(b->tree, "spec.selector");
    if (s && value_count(value_at(s, "matchLabels")) == 0 && value_count(value_at(s, "matchExpressions")) == 0)
        return true; /* empty: all pods of the namespace; absent: none */
    return selects(b->v, s, pod);
}

static bool once(struct budget *b, struct str uid)
{
    for (size_t i = 0; i < b->n_uids; i++)
        if (str_eq(b->uids[i], uid))
            return false;
    b->uids[b->n_uids++] = uid;
    return true;
}

/* The controlling owner of an object, when it is of a kind with replicas that is watched. */
static struct value *owner(struct budget *b, const struct value *object)
{
    static const char *const kinds[][2] = {{"ReplicaSet", "replicasets"},
                                           {"Deployment", "deployments"},
                                           {"StatefulSet", "statefulsets"},
                                           {"ReplicationController", "replicationcontrollers"}};
    const struct value *owners = value_at(object, "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, owners) {
        if (!value_bool_at(ref, "controller", false))
            continue;
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
            struct value *o = !str_is(value_text_at(ref, "kind"), kinds[i][0])
                                  ? NULL
                                  : view_get(b->v, kinds[i][1], value_text_at(object, "metadata.namespace"), value_text_at(ref, "name"));
            if (o && str_eq(value_text_at(o, "metadata.uid"), value_text_at(ref, "uid")))
                return o;
        }
    }
    return NULL;
}

/* The sum of what the pods' controllers ask for, each counted once. */
static int64_t scale(struct budget *b)
{
    int64_t sum = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct value *set = owner(b, b->pods[i]), *above = set ? owner(b, set) : NULL;
        if (above)
            set = above;
        if (set && once(b, value_text_at(set, "metadata.uid")))
            sum += value_int_at(set, "spec.replicas", 1);
    }
    return sum;
}

static void expect(struct budget *b)
{
    const struct value *most = value_at(b->tree, "spec.maxUnavailable"), *least = value_at(b->tree, "spec.minAvailable");
    if (!value_is_null(most)) {
        b->expected = scale(b);
        b->desired = MAX(b->expected - int_or_percent(most, b->expected, true, 0), (int64_t)0);
    } else if (least && least->type == VALUE_TEXT) {
        b->expected = scale(b);
        b->desired = int_or_percent(least, b->expected, true, 0);
    } else {
        b->expected = (int64_t)b->n;
        b->desired = value_int(least, 1);
    }
}

static int64_t disrupted_at(const struct budget *b, struct str pod)
{
    return time_of(value_get(value_at(b->tree, "status.disruptedPods"), pod));
}

static void count(struct budget *b)
{
    for (size_t i = 0; i < b->n; i++) {
        struct str name = value_text_at(b->pods[i], "metadata.name");
        int64_t at = disrupted_at(b, name), left = at + DISRUPTED_S - b->v->now;
        if (is_deleting(b->pods[i]))
            continue;
        if (at && left > 0) { /* evicted, and not yet seen going */
            if (!value_set(b->v->mem, &b->disrupted, name, *value_get(value_at(b->tree, "status.disruptedPods"), name)))
                b->v->out->failed = true;
            client_intend_again(b->v->out, left * 1000 + 100);
            continue;
        }
        b->healthy += pod_ready(b->pods[i]);
    }
}

static void put_status(struct budget *b)
{
    struct view *v = b->v;
    struct value status = {0};
    const struct value *before = value_at(b->tree, "status");
    int r = before ? value_copy(v->mem, before, &status) : 0;
    int64_t generation = value_int_at(b->tree, "metadata.generation", 0), allowed = b->expected > 0 ? MAX(b->healthy - b->desired, (int64_t)0) : 0;
    VALUE_SET(&r, v->mem, &status, "disruptionsAllowed", value_make_int(allowed));
    VALUE_SET(&r, v->mem, &status, "currentHealthy", value_make_int(b->healthy));
    VALUE_SET(&r, v->mem, &status, "desiredHealthy", value_make_int(b->desired));
    VALUE_SET(&r, v->mem, &status, "expectedPods", value_make_int(b->expected));
    VALUE_SET(&r, v->mem, &status, "observedGeneration", value_make_int(generation));
    if (value_count(&b->disrupted))
        VALUE_SET(&r, v->mem, &status, "disruptedPods", b->disrupted);
    else
        value_del(&status, STR("disruptedPods"));
    condition_set(v, &status, "DisruptionAllowed", allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
    VALUE_SET(&r, v->mem, condition_find(&status, "DisruptionAllowed"), "observedGeneration", value_make_int(generation));
    if (r == 0 && before && value_equal(before, &status))
        return;
    VALUE_SET(&r, v->mem, b->tree, "status", status);
    if (r < 0)
        v->out->failed = true;
    else
        want_status(v, "policy", "poddisruptionbudgets", b->tree);
}

void disruption_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct budget b = {.v = v};
    size_t n;
    view_key(key, &ns, &name);
    b.tree = view_get(v, "poddisruptionbudgets", ns, name);
    if (!b.tree || is_deleting(b.tree))
        return;
    struct object *const *all = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    b.pods = arena_alloc(v->mem, (n + 1) * sizeof(*b.pods));
    b.uids = arena_alloc(v->mem, (n + 1) * sizeof(*b.uids));
    if (!b.pods || !b.uids) {
        v->out->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (covers(&b, all[i]) && (b.pods[b.n] = view_tree(v, all[i])))
            b.n++;
    expect(&b);
    count(&b);
    if (!v->out->failed)
        put_status(&b);
}
