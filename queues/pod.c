#include "queues/inside.h"

/* Plain pods, alone or as a group: each is held by a scheduling gate (admission put it there) until its Workload is admitted. A pod cannot be
 * stopped and go on later: one that has to give its place up is deleted.
 *
 * Keys: "p/NS/NAME" a pod alone; "g/NS/NAME" a group, which is complete once it has as many pods as its pods say. Pods of a group that ask for
 * the same are a pod set. */

#define GATE       GROUP "/admission"
#define IN_GROUP   GROUP "/pod-group-name"
#define TOTAL      GROUP "/pod-group-total-count"
#define RETRIABLE  GROUP "/retriable-in-group"
#define CONTROLLER COMPONENT "-pod-controller"
#define ROLES_MAX  QUEUE_POD_SETS_MAX

struct group {
    struct view *v;
    struct value *w; /* its Workload; NULL: none */
    struct str ns, name;
    struct value **pods;
    size_t n, active, good;
    int64_t total;
};

static bool is_gated(const struct value *pod)
{
    VALUE_EACH_ITEM (g, value_at(pod, "spec.schedulingGates"))
        if (str_is(value_text_at(g, "name"), GATE))
            return true;
    return false;
}

/* ── what a pod asks for, as a template ── */

static struct value template_of(struct view *v, const struct value *pod)
{
    struct value t = value_make_map(), spec = value_make_map(), gates = value_make_list();
    int r = value_copy(v->mem, value_get(pod, STR("spec")), &spec);
    VALUE_EACH_ITEM (g, value_get(&spec, STR("schedulingGates")))
        if (!str_is(value_text_at(g, "name"), GATE) && !value_add(v->mem, &gates, *g))
            r = -ENOMEM;
    value_del(&spec, STR("schedulingGates"));
    if (value_count(&gates))
        VALUE_SET(&r, v->mem, &spec, "schedulingGates", gates);
    static const char *const kept[] = {"metadata.labels", "metadata.annotations"};
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        if (value_at(pod, kept[i]))
            VALUE_SET(&r, v->mem, &t, kept[i], *value_at(pod, kept[i]));
    VALUE_SET(&r, v->mem, &t, "spec", spec);
    if (r < 0)
        v->out->failed = true;
    return t;
}

/* Pods of one role ask for the same, on the same nodes. */
static struct str role_of(struct view *v, const struct value *pod)
{
    static const char *const parts[] = {
        "spec.nodeSelector", "spec.affinity",         "spec.tolerations",   "spec.priority", "spec.topologySpreadConstraints",
        "spec.overhead",     "spec.runtimeClassName", "spec.resourceClaims"};
    struct value shape = value_make_list();
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!is_gated(pod) && i < 3)
            continue; /* its marks are on it: what it was before is not known any more */
        else if (!value_add(v->mem, &shape, value_at(pod, parts[i]) ? *value_at(pod, parts[i]) : (struct value){0}))
            r = -ENOMEM;
    static const char *const lists[] = {"spec.initContainers", "spec.containers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (c, value_at(pod, lists[i])) {
            const struct value *x = value_at(c, "resources.requests");
            if (!value_add(v->mem, &shape, x ? *x : (struct value){0}))
                r = -ENOMEM;
        }
    if (r < 0)
        v->out->failed = true;
    return view_hash(v, &shape, 0);
}

/* ── writes ── */

static void release(struct view *v, const struct value *pod, const struct value *workload, size_t set, struct places *places)
{
    struct value patch = value_make_map(), gates = value_make_list(), tolerations = {0};
    struct marks m;
    int r = 0;
    if (!marks_of(v, workload, set, &m)) {
        client_intend_again(v->out, 1000);
        return;
    }
    if (places->levels) {
        const struct value *place = places_take(places, pod);
        if (!place) /* one of it is going, and holds its place until then: it is told of */
            return;
        m.selector = merged(v, &m.selector, place);
    }
    VALUE_EACH_ITEM (g, value_at(pod, "spec.schedulingGates"))
        if (!str_is(value_text_at(g, "name"), GATE) && !value_add(v->mem, &gates, *g))
            r = -ENOMEM;
    if (value_at(pod, "spec.tolerations"))
        r = r ? r : value_copy(v->mem, value_at(pod, "spec.tolerations"), &tolerations);
    VALUE_EACH_ITEM (t, &m.tolerations)
        if (!value_add(v->mem, &tolerations, *t))
            r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(pod, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "metadata.labels", m.labels);
    VALUE_SET(&r, v->mem, &patch, "metadata.annotations", m.annotations);
    VALUE_SET(&r, v->mem, &patch, "spec.schedulingGates", value_count(&gates) ? gates : (struct value){0});
    VALUE_SET(&r, v->mem, &patch, "spec.nodeSelector", m.selector);
    if (value_count(&tolerations))
        VALUE_SET(&r, v->mem, &patch, "spec.tolerations", tolerations);
    if (r < 0)
        v->out->failed = true;
    struct client_call *call = want(v, CLIENT_PATCH, "", "pods", pod);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
    want_event(v, pod, false, CONTROLLER, "Started", "Admitted by clusterQueue %.*s",
               STR_FMT(value_text_at(workload, "status.admission.clusterQueue")));
}

static void end(struct view *v, const struct value *pod, struct str why)
{
    want_event(v, pod, false, CONTROLLER, "Stopped", "%.*s", STR_FMT(str_head(why, 900)));
    struct client_call *call = want(v, CLIENT_DELETE, "", "pods", pod);
    call->grace = -1;
    if (arena_str(v->out->arena, value_text_at(pod, "metadata.uid"), &call->uid) < 0)
        v->out->failed = true;
}

static void finish(struct group *g, bool well, struct str message)
{
    if (!is_true(g->w, "Finished"))
        workload_finish(g->v, g->w, well, message);
    else if (has_finalizer(g->w, IN_USE))
        want_custom_free(g->v, "workloads", g->w, IN_USE);
}

/* ── its Workload ── */

static void create(struct group *g)
{
    struct value sets = value_make_list(), owners = value_make_list(), w;
    struct str roles[ROLES_MAX];
    size_t counts[ROLES_MAX], first[ROLES_MAX], n = 0;
    struct view *v = g->v;
    int r = 0;
    for (size_t i = 0; i < g->n; i++) {
        struct str role = role_of(v, g->pods[i]);
        size_t k = 0;
        while (k < n && !str_eq(roles[k], role))
            k++;
        if (k == ROLES_MAX) {
            want_event(v, g->pods[i], true, CONTROLLER, "ErrWorkloadCompose", "pod group can't include more than %d roles", ROLES_MAX);
            return;
        }
        if (k == n) {
            roles[n] = role;
            counts[n] = 0;
            first[n++] = i;
        }
        counts[k]++;
        struct value ref = owner_of(v, "v1", "Pod", g->pods[i]);
        value_del(&ref, STR("controller"));
        if (!value_add(v->mem, &owners, ref))
            r = -ENOMEM;
    }
    for (size_t k = 0; k < n; k++) {
        struct value t = template_of(v, g->pods[first[k]]);
        if (!value_add(v->mem, &sets, pod_set(v, g->ns, g->name.n ? roles[k] : STR("main"), &t, (int64_t)counts[k], 0)))
            r = -ENOMEM;
    }
    if (!workload_make(v, g->pods[0], "v1", "Pod", &sets, &w)) {
        client_intend_again(v->out, 5000);
        return;
    }
    if (g->name.n) {
        VALUE_SET(&r, v->mem, &w, "metadata.name", value_make_text(g->name));
        VALUE_SET(&r, v->mem, &w, "metadata.ownerReferences", owners);
    }
    if (r < 0)
        v->out->failed = true;
    want_custom_create(v, "workloads", &w);
    want_event(v, g->pods[0], false, CONTROLLER, "CreatedWorkload", "Created Workload: %.*s/%.*s", STR_FMT(g->ns),
               STR_FMT(value_text_at(&w, "metadata.name")));
}

static size_t set_of(struct group *g, const struct value *pod)
{
    const struct value *sets = value_at(g->w, "spec.podSets");
    struct str role = g->name.n ? role_of(g->v, pod) : STR_NONE;
    for (size_t i = 0; i < value_count(sets); i++)
        if (!role.n || str_eq(value_text_at(value_item(sets, i), "name"), role))
            return i;
    return 0;
}

/* ── the whole ── */

static bool is_over(const struct group *g)
{
    if (!g->name.n)
        return g->active == 0;
    if (g->good >= (size_t)g->total)
        return true;
    for (size_t i = 0; i < g->n; i++)
        if (str_is(annotation_of(g->pods[i], RETRIABLE), "false"))
            return g->active == 0;
    return false;
}

/* All that run are ended; true: none did. */
static bool stop(struct group *g, struct str why)
{
    bool none = true;
    for (size_t i = 0; i < g->n; i++) {
        if (pod_over(g->pods[i]) || is_gated(g->pods[i]))
            continue;
        none = false;
        if (!is_deleting(g->pods[i]))
            end(g->v, g->pods[i], why);
    }
    return none;
}

static void release_all(struct group *g)
{
    struct places places[QUEUE_POD_SETS_MAX] = {0};
    bool read[QUEUE_POD_SETS_MAX] = {0};
    for (size_t i = 0; i < g->n; i++) {
        if (!is_gated(g->pods[i]) || is_deleting(g->pods[i]))
            continue;
        size_t set = MIN(set_of(g, g->pods[i]), (size_t)QUEUE_POD_SETS_MAX - 1);
        if (!read[set])
            (void)places_of(g->v, g->w, value_text_at(value_item(value_at(g->w, "spec.podSets"), set), "name"), &places[set]);
        read[set] = true;
        release(g->v, g->pods[i], g->w, set, &places[set]);
    }
}

static bool all_ready(const struct group *g)
{
    int64_t n = (int64_t)g->good;
    for (size_t i = 0; i < g->n; i++)
        n += pod_active(g->pods[i]) && pod_ready(g->pods[i]);
    return n >= g->total;
}

static void look(struct group *g)
{
    struct view *v = g->v;
    if (g->w && !is_deleting(g->w) && !is_over(g) && workload_pods_ready(v, g->w, all_ready(g))) {
        want_custom_status(v, "workloads", g->w);
        return;
    }
    if (!g->w) {
        if (g->active && (!g->name.n || g->active >= (size_t)g->total) && stop(g, STR("Missing Workload")))
            create(g);
    } else if (is_true(g->w, "Finished") || is_over(g)) {
        bool well = g->good > 0 && g->good >= (size_t)g->total;
        finish(g, well,
               g->name.n ? arena_fmt(v->mem, "Pods succeeded: %zu/%lld.", g->good, (long long)g->total)
                         : value_text_at(g->pods[0], "status.message"));
    } else if (is_deleting(g->w)) {
        if (stop(g, STR("Workload is deleted")))
            want_custom_free(v, "workloads", g->w, IN_USE);
    } else if (is_true(g->w, "Evicted")) {
        if (stop(g, value_text_at(condition_find(value_get(g->w, STR("status")), "Evicted"), "message")) && workload_evicted_stop(v, g->w))
            want_custom_status(v, "workloads", g->w);
    } else if (is_true(g->w, "Admitted")) {
        release_all(g);
    } else {
        (void)stop(g, STR("Not admitted by cluster queue"));
    }
}

static void count(struct group *g)
{
    for (size_t i = 0; i < g->n; i++) {
        g->active += pod_active(g->pods[i]);
        g->good += str_is(value_text_at(g->pods[i], "status.phase"), "Succeeded");
    }
}

static void pod_alone(struct view *v, struct str ns, struct str name)
{
    struct value *pod = view_get(v, "pods", ns, name);
    struct group g = {.v = v, .ns = ns, .pods = &pod, .n = 1, .total = 1};
    size_t n;
    if (!pod || !label_of(pod, QUEUE).n || !str_is(label_of(pod, GROUP "/managed"), "true"))
        return;
    struct object *const *items = client_cache_lookup(v->caches[v->customs], "controller", value_text_at(pod, "metadata.uid"), &n);
    for (size_t i = 0; i < n && !g.w; i++)
        if (custom_is(items[i], "workloads"))
            g.w = view_tree(v, items[i]);
    count(&g);
    look(&g);
}

static void pod_group(struct view *v, struct str ns, struct str name)
{
    size_t n;
    struct str label;
    struct object *const *items = view_in_namespace(v, view_index_of(v, view_resource("", "pods")), ns, &n);
    struct group g = {.v = v, .ns = ns, .name = name, .w = custom_get(v, "workloads", ns, name)};
    g.pods = arena_alloc(v->mem, (n + 1) * sizeof(*g.pods));
    if (!g.pods) {
        v->out->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (object_label(items[i], STR(IN_GROUP), &label) && str_eq(label, name) && (g.pods[g.n] = view_tree(v, items[i])))
            g.n++;
    if (!g.n)
        return;
    if (str_to_int(annotation_of(g.pods[0], TOTAL), &g.total) < 0 || g.total <= 0)
        return;
    count(&g);
    look(&g);
}

void queues_pod_reconcile(struct view *v, struct str key)
{
    struct str what, rest, ns, name;
    if (!v->synced || v->customs >= v->n || !str_cut(key, '/', &what, &rest))
        return;
    view_key(rest, &ns, &name);
    if (str_is(what, "t"))
        places_reconcile(v, ns, name);
    else if (str_is(what, "g"))
        pod_group(v, ns, name);
    else
        pod_alone(v, ns, name);
}

static void add_pod(const char *what, struct str ns, struct str name, queues_add add, void *ctx)
{
    char key[600];
    int n = snprintf(key, sizeof(key), "%s/%.*s/%.*s", what, STR_FMT(ns), STR_FMT(name));
    if (n > 0 && (size_t)n < sizeof(key))
        add(ctx, str_make(key, (size_t)n));
}

void queues_map_pod(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    struct object *o = now ? now : old;
    struct str label;
    if (o->kind) {
        if (object_label(o, STR(IN_GROUP), &label))
            add_pod("g", object_namespace(o), label, add, ctx);
        else if (object_label(o, STR(QUEUE), &label))
            add_pod("p", object_namespace(o), object_name(o), add, ctx);
        if (object_label(o, STR(POD_SET), &label)) {
            struct str w = annotation_of(view_tree(v, o), OF_WORKLOAD);
            if (w.n)
                add_pod("t", object_namespace(o), w, add, ctx);
        }
        return;
    }
    const struct value *w = custom_is(o, "workloads") ? view_tree(v, o) : NULL;
    const struct value *ref = value_item(value_at(w, "metadata.ownerReferences"), 0);
    if (w)
        add_pod("t", object_namespace(o), object_name(o), add, ctx);
    if (!str_is(value_text_at(ref, "kind"), "Pod"))
        return;
    if (value_bool_at(ref, "controller", false))
        add_pod("p", object_namespace(o), value_text_at(ref, "name"), add, ctx);
    else
        add_pod("g", object_namespace(o), object_name(o), add, ctx);
}
