#include "queues/inside.h"
#include "json/json.h"
#include "selector/selector.h"

/* What the judgement is told, and who is counted where. */

#define KNOWN_BYTES (256u << 10)

/* ── life ── */

void *queues_state_new(void)
{
    struct state *s = mem_alloc(sizeof(*s));
    if (s)
        s->stale = true;
    meters_open();
    return s;
}

static void forget(struct state *s, struct known *k)
{
    if (!k)
        return;
    map_del(&s->works, str_of(k->key));
    list_del(&k->of_cluster);
    list_del(&k->of_local);
    arena_free(k->mem);
    mem_free(k->trouble);
    mem_free(k->key);
    mem_free(k);
}

void state_forget_flying(struct state *s)
{
    for (size_t i = 0; i < s->flying.n; i++) {
        mem_free(s->flying.p[i].key);
        mem_free(s->flying.p[i].message);
    }
    s->flying.n = 0;
}

static void empty(struct state *s)
{
    struct map_slot *slot;
    while ((slot = map_next(&s->works, NULL)))
        forget(s, slot->value);
    while ((slot = map_next(&s->tallies, NULL))) {
        struct tally *t = slot->value;
        map_del(&s->tallies, slot->key);
        mem_free(t->key);
        mem_free(t);
    }
    state_forget_flying(s);
    s->q = queue_free(s->q);
}

void queues_state_free(void *state)
{
    struct state *s = state;
    empty(s);
    map_done(&s->works);
    map_done(&s->tallies);
    VEC_DONE(&s->flying);
    mem_free(s);
}

/* ── may a queue admit? ── */

static void name_missing(struct buf *b, struct str name)
{
    if (b->n)
        buf_char(b, ',');
    buf_str(b, name);
}

static void look_for_flavors(struct view *v, const struct value *cluster, struct buf *missing, struct buf *topologies)
{
    VALUE_EACH_ITEM (g, value_at(cluster, "spec.resourceGroups"))
        VALUE_EACH_ITEM (f, value_get(g, STR("flavors"))) {
            struct str name = value_text_at(f, "name");
            const struct value *flavor = custom_get(v, "resourceflavors", STR_NONE, name);
            struct str topology = value_text_at(flavor, "spec.topologyName");
            if (!flavor)
                name_missing(missing, name);
            if (topology.n && !custom_object(v, "topologies", STR_NONE, topology))
                buf_fmt(topologies, "%sthere is no Topology \"%.*s\" for TAS flavor \"%.*s\"", topologies->n ? ", " : "", STR_FMT(topology),
                        STR_FMT(name));
        }
}

static void look_for_checks(struct view *v, const struct value *cluster, struct buf *missing, struct buf *inactive)
{
    VALUE_EACH_ITEM (c, value_at(cluster, "spec.admissionChecksStrategy.admissionChecks")) {
        struct str name = value_text_at(c, "name");
        const struct value *check = custom_get(v, "admissionchecks", STR_NONE, name);
        if (!check)
            name_missing(missing, name);
        else if (!is_true(check, "Active"))
            name_missing(inactive, name);
    }
}

bool cluster_active(struct view *v, const struct value *cluster, const char **reason, struct str *message)
{
    SCOPED_BUF flavors = BUF_INIT(8192);
    SCOPED_BUF checks = BUF_INIT(8192);
    SCOPED_BUF idle = BUF_INIT(8192);
    SCOPED_BUF topologies = BUF_INIT(8192);
    SCOPED_BUF all = BUF_INIT(32768);
    const struct {
        struct buf *b;
        const char *reason, *words;
    } rows[] = {{&flavors, "FlavorNotFound", "references missing ResourceFlavor(s): "},
                {&checks, "AdmissionCheckNotFound", "references missing AdmissionCheck(s): "},
                {&idle, "AdmissionCheckInactive", "references inactive AdmissionCheck(s): "},
                {&topologies, "TopologyNotFound", ""}};
    *reason = NULL;
    if (is_deleting(cluster)) {
        *reason = "Terminating";
        *message = STR("Can't admit new workloads; clusterQueue is terminating");
        return false;
    }
    look_for_flavors(v, cluster, &flavors, &topologies);
    look_for_checks(v, cluster, &checks, &idle);
    if (is_stopped(cluster)) {
        *reason = "Stopped";
        buf_text(&all, "is stopped");
    }
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!rows[i].b->n)
            continue;
        *reason = *reason ? *reason : rows[i].reason;
        buf_fmt(&all, "%s%s%.*s", all.n ? ", " : "", rows[i].words, STR_FMT(buf_view(rows[i].b)));
    }
    bool active = *reason == NULL;
    if (active)
        *reason = "Ready";
    *message = active ? STR("Can admit new workloads") : arena_fmt(v->mem, "Can't admit new workloads: %.*s.", STR_FMT(buf_view(&all)));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (buf_error(rows[i].b) == -ENOMEM || buf_error(&all) == -ENOMEM || !message->p)
            state_lost(v);
    return active;
}

bool local_active(struct view *v, const struct value *local, const char **reason, const char **message)
{
    struct str why;
    const char *inner;
    const struct value *cluster = custom_get(v, "clusterqueues", STR_NONE, value_text_at(local, "spec.clusterQueue"));
    if (is_stopped(local)) {
        *reason = "Stopped";
        *message = "LocalQueue is stopped";
        return false;
    }
    if (cluster && cluster_active(v, cluster, &inner, &why)) {
        *reason = "Ready";
        *message = "Can submit new workloads to localQueue";
        return true;
    }
    *reason = cluster ? "ClusterQueueIsInactive" : "ClusterQueueDoesNotExist";
    *message = "Can't submit new workloads to clusterQueue";
    return false;
}

bool namespace_fits(struct view *v, const struct value *cluster, struct str ns)
{
    const struct value *selector = value_at(cluster, "spec.namespaceSelector");
    struct object *space = client_cache_get(view_cache(v, "namespaces"), STR_NONE, ns);
    struct selector *s;
    if (!selector || value_is_null(selector) || !space)
        return false;
    int r = selector_from_tree(v->mem, selector, &s, NULL);
    if (r == -ENOMEM)
        state_lost(v);
    if (r < 0)
        return false;
    return selector_matches_object(s, space);
}

/* ── tallies ── */

static struct tally *tally_of(struct state *s, const char *prefix, struct str ns, struct str name)
{
    SCOPED_BUF b = BUF_INIT(1024);
    buf_fmt(&b, "%s/%.*s%s%.*s", prefix, STR_FMT(ns), ns.n ? "/" : "", STR_FMT(name));
    struct tally *t = map_get(&s->tallies, buf_view(&b));
    if (t || buf_error(&b) < 0)
        return t;
    t = mem_alloc(sizeof(*t));
    if (t)
        t->key = mem_text(b.p, b.n);
    if (!t || !t->key || map_put(&s->tallies, str_of(t->key), t) < 0) {
        if (t)
            mem_free(t->key);
        return mem_free(t);
    }
    list_init(&t->works);
    return t;
}

static int add_shares(struct known *k, const struct value *admission)
{
    size_t n = 0;
    VALUE_EACH_ITEM (a, value_get(admission, STR("podSetAssignments")))
        n += value_count(value_get(a, STR("flavors")));
    k->n = 0;
    k->shares = arena_alloc(k->mem, (n + 1) * sizeof(*k->shares));
    if (!k->shares)
        return -ENOMEM;
    VALUE_EACH_ITEM (a, value_get(admission, STR("podSetAssignments")))
        VALUE_EACH_MEMBER (m, value_get(a, STR("flavors"))) {
            struct share *x = &k->shares[k->n];
            if (arena_str(k->mem, value_text(&m->value), &x->flavor) < 0 || arena_str(k->mem, m->key, &x->resource) < 0)
                return -ENOMEM;
            x->amount = quota_amount(m->key, value_get(value_get(a, STR("resourceUsage")), m->key));
            k->n++;
        }
    return 0;
}

static struct known *known_of(struct state *s, struct str ns, struct str name)
{
    SCOPED_BUF b = BUF_INIT(1024);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    struct known *k = map_get(&s->works, buf_view(&b));
    if (k || buf_error(&b) < 0)
        return k;
    k = mem_alloc(sizeof(*k));
    if (!k)
        return NULL;
    list_init(&k->of_cluster);
    list_init(&k->of_local);
    k->key = mem_text(b.p, b.n);
    if (!k->key || arena_new(&k->mem, KNOWN_BYTES) < 0 || map_put(&s->works, str_of(k->key), k) < 0) {
        arena_free(k->mem);
        mem_free(k->key);
        return mem_free(k);
    }
    return k;
}

/* Where it stands, and what it holds there. */
static int count(struct state *s, struct known *k, const struct value *w)
{
    struct str cluster = value_text_at(w, "status.admission.clusterQueue");
    bool over = is_true(w, "Finished");
    struct tally *local = tally_of(s, "l", value_text_at(w, "metadata.namespace"), value_text_at(w, "spec.queueName"));
    struct tally *at = cluster.n ? tally_of(s, "c", STR_NONE, cluster) : NULL;
    list_del(&k->of_local);
    list_del(&k->of_cluster);
    arena_reset(k->mem);
    k->reserved = cluster.n && is_true(w, "QuotaReserved") && !over;
    k->admitted = k->reserved && is_true(w, "Admitted");
    k->ready = is_true(w, "PodsReady");
    if (!local || (cluster.n && !at))
        return -ENOMEM;
    if (!over)
        list_add(&local->works, &k->of_local);
    if (at && !over)
        list_add(&at->works, &k->of_cluster);
    return add_shares(k, value_at(w, "status.admission"));
}

/* ── what the judgement is told ── */

static bool may_wait(struct view *v, const struct value *w)
{
    const struct value *requeued = condition_find(value_get(w, STR("status")), "Requeued");
    const struct value *cluster = cluster_of(v, w);
    return value_bool_at(w, "spec.active", true) && time_of(value_at(w, "status.requeueState.requeueAt")) <= v->now &&
           !str_is(value_text_at(requeued, "status"), "False") && cluster && namespace_fits(v, cluster, value_text_at(w, "metadata.namespace"));
}

/* Pods that are over, and pods left out by a partial admission, need nothing. */
static int put_counts(struct view *v, struct value *w)
{
    const struct value *given = value_at(w, "status.admission.podSetAssignments"), *over = value_at(w, "status.reclaimablePods");
    int r = 0;
    VALUE_EACH_ITEM (set, value_at(w, "spec.podSets")) {
        int64_t n = value_int_at(set, "count", 1), less = 0;
        struct str name = value_text_at(set, "name");
        VALUE_EACH_ITEM (a, given)
            if (str_eq(value_text_at(a, "name"), name))
                n = value_int_at(a, "count", n);
        VALUE_EACH_ITEM (o, over)
            if (str_eq(value_text_at(o, "name"), name))
                less = value_int_at(o, "count", 0);
        VALUE_SET(&r, v->mem, set, "count", value_make_int(MAX(n - less, INT64_C(0))));
    }
    return r;
}

static uint64_t digest_of(const struct value *w, bool waits)
{
    static const char *const paths[] = {"status.admission", "status.reclaimablePods", "metadata.deletionTimestamp", "metadata.uid"};
    static const char *const conditions[] = {"Finished", "Evicted", "QuotaReserved"};
    SCOPED_BUF b = BUF_INIT(4u << 20);
    buf_fmt(&b, "%lld %d", (long long)value_int_at(w, "metadata.generation", 0), waits);
    for (size_t i = 0; i < ARRAY_LEN(conditions); i++)
        buf_fmt(&b, " %d", is_true(w, conditions[i]));
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        buf_char(&b, ' ');
        json_print(&b, value_at(w, paths[i]) ? value_at(w, paths[i]) : &(struct value){0});
    }
    return buf_error(&b) < 0 ? 0 : str_hash(buf_view(&b)) | 1;
}

static int tell_workload(struct view *v, struct state *s, struct known *k, struct value *w, bool waits)
{
    struct err err = {{0}};
    int r = put_counts(v, w);
    if (!waits)
        VALUE_SET(&r, v->mem, w, "spec.active", value_make_bool(false));
    if (r == 0)
        r = queue_put(s->q, QUEUE_WORKLOAD, w, &err);
    k->trouble = mem_free(k->trouble);
    if (r == -EINVAL) {
        queue_del(s->q, QUEUE_WORKLOAD, value_text_at(w, "metadata.namespace"), value_text_at(w, "metadata.name"));
        k->trouble = mem_text(err.text, strlen(err.text));
        r = k->trouble ? 0 : -ENOMEM;
    }
    return r;
}

void feed_workload(struct view *v, struct state *s, struct object *o, bool anew)
{
    struct value *w = view_tree(v, o);
    struct known *k = w ? known_of(s, object_namespace(o), object_name(o)) : NULL;
    if (!k) {
        s->stale = true;
        return;
    }
    bool waits = may_wait(v, w);
    uint64_t digest = digest_of(w, waits);
    int r = count(s, k, w);
    if (r == 0 && (anew || !digest || digest != k->digest))
        r = tell_workload(v, s, k, w, waits);
    k->digest = digest;
    if (r < 0)
        s->stale = true;
}

static void feed_cluster(struct view *v, struct state *s, struct object *o)
{
    struct value *c = view_tree(v, o);
    const char *reason;
    struct str message;
    int r = c ? 0 : -ENOMEM;
    if (c && !cluster_active(v, c, &reason, &message))
        VALUE_SET(&r, v->mem, c, "spec.stopPolicy", value_make_text(STR("Hold")));
    if (r == 0)
        r = queue_put(s->q, QUEUE_CLUSTER, c, NULL);
    if (r < 0 && r != -EINVAL)
        s->stale = true;
}

static void feed_plain(struct view *v, struct state *s, enum queue_kind kind, struct object *o)
{
    struct value *tree = view_tree(v, o);
    int r = tree ? queue_put(s->q, kind, tree, NULL) : -ENOMEM;
    if (r < 0 && r != -EINVAL)
        s->stale = true;
}

static const struct {
    const char *plural;
    enum queue_kind kind;
} fed[] = {{"topologies", QUEUE_TOPOLOGY},   {"resourceflavors", QUEUE_FLAVOR}, {"cohorts", QUEUE_COHORT},
           {"clusterqueues", QUEUE_CLUSTER}, {"localqueues", QUEUE_LOCAL},      {"workloads", QUEUE_WORKLOAD}};

static void feed(struct view *v, struct state *s, enum queue_kind kind, struct object *o)
{
    if (kind == QUEUE_WORKLOAD)
        feed_workload(v, s, o, false);
    else if (kind == QUEUE_CLUSTER)
        feed_cluster(v, s, o);
    else
        feed_plain(v, s, kind, o);
}

static void feed_all(struct view *v, struct state *s, const char *plural, enum queue_kind kind)
{
    size_t n;
    struct object *const *items = custom_all(v, plural, &n);
    for (size_t i = 0; i < n; i++)
        feed(v, s, kind, items[i]);
}

/* ── nodes, and pods on them: fed while there is any Topology ── */

static bool has_topologies(struct view *v)
{
    size_t n;
    (void)custom_all(v, "topologies", &n);
    return n > 0;
}

static void feed_cache(struct view *v, struct state *s, const char *resource, enum queue_kind kind)
{
    struct map_slot *at = NULL;
    const struct client_cache *cache = view_cache(v, resource);
    for (struct object *o; !s->stale && (o = client_cache_next(cache, &at));)
        feed_plain(v, s, kind, o);
}

int state_rebuild(struct view *v, struct state *s)
{
    empty(s);
    int r = queue_new(&s->q, &(struct queue_options){.fair_sharing = v->options->queues.fair_sharing, .by_creation = v->options->queues.by_creation});
    if (r < 0)
        return r;
    s->stale = false;
    s->placing = has_topologies(v);
    if (s->placing) {
        feed_cache(v, s, "nodes", QUEUE_NODE);
        feed_cache(v, s, "pods", QUEUE_POD);
    }
    for (size_t i = 0; i < ARRAY_LEN(fed); i++)
        feed_all(v, s, fed[i].plural, fed[i].kind);
    return s->stale ? -ENOMEM : 0;
}

/* ── from a change to keys ── */

struct telling {
    struct view *v;
    struct state *s;
    queues_add add;
    void *ctx;
};

static void add_key(const struct telling *t, const char *prefix, struct str ns, struct str name)
{
    char key[600];
    int n = snprintf(key, sizeof(key), "%s/%.*s%s%.*s", prefix, STR_FMT(ns), ns.n ? "/" : "", STR_FMT(name));
    if (name.n && n > 0 && (size_t)n < sizeof(key))
        t->add(t->ctx, str_make(key, (size_t)n));
}

static void add_key_of(const struct telling *t, const char *prefix, const struct object *o)
{
    add_key(t, prefix, object_namespace(o), object_name(o));
}

static void add_cluster_of_local(const struct telling *t, struct str ns, struct str name)
{
    struct object *local = custom_object(t->v, "localqueues", ns, name);
    const struct value *tree = local ? view_tree(t->v, local) : NULL;
    add_key(t, "c", STR_NONE, value_text_at(tree, "spec.clusterQueue"));
}

static void workload_changed(const struct telling *t, struct object *old, struct object *now)
{
    struct object *both[] = {old, now};
    for (size_t i = 0; i < 2; i++) {
        const struct value *w = both[i] ? view_tree(t->v, both[i]) : NULL;
        struct str ns = value_text_at(w, "metadata.namespace"), local = value_text_at(w, "spec.queueName");
        if (!w)
            continue;
        add_key(t, "l", ns, local);
        add_cluster_of_local(t, ns, local);
        add_key(t, "c", STR_NONE, value_text_at(w, "status.admission.clusterQueue"));
    }
    add_key_of(t, "w", now ? now : old);
}

static void workload_concerned(const struct telling *t, struct object *o)
{
    if (!o)
        return;
    if (!t->s->stale)
        feed_workload(t->v, t->s, o, false);
    add_key_of(t, "w", o);
}

/* All Workloads that stand in a LocalQueue. At the start they come by themselves. */
static void workloads_of_local(const struct telling *t, struct str ns, struct str local)
{
    struct str key = arena_fmt(t->v->mem, "l/%.*s/%.*s", STR_FMT(ns), STR_FMT(local)), at, name;
    struct tally *tally = t->v->synced && key.p ? map_get(&t->s->tallies, key) : NULL;
    VEC(struct object *) found = {0};
    if (!tally)
        return;
    LIST_EACH (k, &tally->works, struct known, of_local) {
        struct object **slot = VEC_ADD(&found);
        view_key(str_of(k->key), &at, &name);
        if (slot)
            *slot = custom_object(t->v, "workloads", at, name);
        else
            t->s->stale = true;
    }
    for (size_t i = 0; i < found.n; i++)
        workload_concerned(t, found.p[i]);
    VEC_DONE(&found);
}

static void cluster_changed(const struct telling *t, struct object *cluster)
{
    size_t n;
    struct object *const *items = custom_all(t->v, "localqueues", &n);
    for (size_t i = 0; t->v->synced && i < n; i++) {
        const struct value *local = view_tree(t->v, items[i]);
        if (!str_eq(value_text_at(local, "spec.clusterQueue"), object_name(cluster)))
            continue;
        add_key_of(t, "l", items[i]);
        workloads_of_local(t, object_namespace(items[i]), object_name(items[i]));
    }
    add_key_of(t, "c", cluster);
}

/* Whether ClusterQueues are active depends on it, and what their flavors are. */
static void all_clusters(const struct telling *t)
{
    size_t n;
    struct object *const *items = custom_all(t->v, "clusterqueues", &n);
    for (size_t i = 0; t->v->synced && i < n; i++) {
        if (!t->s->stale)
            feed_cluster(t->v, t->s, items[i]);
        cluster_changed(t, items[i]);
    }
}

static bool same_spec(struct view *v, struct object *old, struct object *now)
{
    if (!old || !now || !str_eq(object_uid(old), object_uid(now)) || object_deleting(old) != object_deleting(now))
        return false;
    const struct value *a = view_tree(v, old), *b = view_tree(v, now);
    return a && b && value_equal(value_get(a, STR("spec")), value_get(b, STR("spec"))) && is_true(a, "Active") == is_true(b, "Active");
}

static void fed_changed(const struct telling *t, enum queue_kind kind, struct object *old, struct object *now)
{
    struct object *o = now ? now : old;
    if (!t->s->stale && now)
        feed(t->v, t->s, kind, now);
    if (!t->s->stale && !now)
        queue_del(t->s->q, kind, object_namespace(old), object_name(old));
    switch (kind) {
    case QUEUE_WORKLOAD:
        if (!now)
            forget(t->s, map_get(&t->s->works, arena_fmt(t->v->mem, "%.*s/%.*s", STR_FMT(object_namespace(old)), STR_FMT(object_name(old)))));
        workload_changed(t, old, now);
        break;
    case QUEUE_CLUSTER:
        cluster_changed(t, o);
        VALUE_EACH_ITEM (g, value_at(view_tree(t->v, o), "spec.resourceGroups"))
            VALUE_EACH_ITEM (f, value_get(g, STR("flavors")))
                add_key(t, "f", STR_NONE, value_text_at(f, "name"));
        break;
    case QUEUE_LOCAL:
        add_key_of(t, "l", o);
        add_key(t, "c", STR_NONE, value_text_at(view_tree(t->v, o), "spec.clusterQueue"));
        workloads_of_local(t, object_namespace(o), object_name(o));
        break;
    case QUEUE_FLAVOR:
        add_key_of(t, "f", o);
        all_clusters(t);
        break;
    default:
        break;
    }
}

void queues_map(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    struct object *o = now ? now : old;
    const struct telling t = {v, v->state, add, ctx};
    if (!str_starts(o->key, STR("/registry/" GROUP "/")))
        return;
    if (!v->synced)
        t.s->stale = true;
    for (size_t i = 0; i < ARRAY_LEN(fed); i++)
        if (custom_is(o, fed[i].plural) && (fed[i].kind == QUEUE_WORKLOAD || !same_spec(v, old, now)))
            fed_changed(&t, fed[i].kind, old, now);
    if (custom_is(o, "topologies") && !t.s->placing)
        t.s->stale = true; /* nodes and pods are to be looked at from now on */
    if ((custom_is(o, "admissionchecks") || custom_is(o, "topologies")) && !same_spec(v, old, now))
        all_clusters(&t);
    add(ctx, STR("judge"));
}

static bool same_node(struct view *v, struct object *old, struct object *now)
{
    static const char *const paths[] = {"metadata.labels", "spec.taints", "spec.unschedulable", "status.allocatable"};
    const struct value *a = old ? view_tree(v, old) : NULL, *b = now ? view_tree(v, now) : NULL;
    for (size_t i = 0; a && b && i < ARRAY_LEN(paths); i++)
        if (!value_equal(value_at(a, paths[i]), value_at(b, paths[i])))
            return false;
    return a && b && is_true(a, "Ready") == is_true(b, "Ready");
}

void queues_map_node(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    struct state *s = v->state;
    if (!s->placing || s->stale || same_node(v, old, now))
        return;
    if (now)
        feed_plain(v, s, QUEUE_NODE, now);
    else
        queue_del(s->q, QUEUE_NODE, STR_NONE, object_name(old));
    MAP_EACH (slot, &s->works) { /* whose places are there */
        const struct known *k = slot->value;
        struct str key = k->reserved ? arena_fmt(v->mem, "w/%s", k->key) : STR_NONE;
        if (key.p)
            add(ctx, key);
    }
    add(ctx, STR("judge"));
}

void queues_map_tenant(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    struct state *s = v->state;
    if (!s->placing || s->stale)
        return;
    if (now)
        feed_plain(v, s, QUEUE_POD, now);
    else
        queue_del(s->q, QUEUE_POD, STR_NONE, object_uid(old));
    if (!now || pod_over(view_tree(v, now)))
        add(ctx, STR("judge"));
}

/* Its labels say which ClusterQueues may admit what stands in it. */
void queues_map_namespace(struct view *v, struct object *old, struct object *now, queues_add add, void *ctx)
{
    const struct telling t = {v, v->state, add, ctx};
    const struct value *a = old ? view_tree(v, old) : NULL, *b = now ? view_tree(v, now) : NULL;
    if (!v->synced || !now || (a && b && value_equal(value_at(a, "metadata.labels"), value_at(b, "metadata.labels"))))
        return;
    size_t n;
    struct object *const *items = view_in_namespace(v, v->customs, object_name(now), &n);
    for (size_t i = 0; i < n; i++)
        if (custom_is(items[i], "workloads"))
            workload_concerned(&t, items[i]);
    add(ctx, STR("judge"));
}
