#include "measure/inside.h"

/* NetworkLatency: what pods are to be near, and how far each node is from it. */

/* ── targets ── */

static int pairs_read(struct target *t, struct str text)
{
    struct str rest = text, piece = STR_NONE;
    t->n_pairs = 0;
    while (str_next(&rest, ',', &piece)) {
        struct str key, value = STR_NONE;
        bool valued = str_cut(str_trim(piece), '=', &key, &value);
        if (valued && value.n && value.p[0] == '=')
            value = str_from(value, 1);
        if (!key.n || t->n_pairs == MEASURE_PAIRS_MAX)
            return -EINVAL;
        t->pairs[t->n_pairs++] = (struct pair){key, valued ? str_make(value.p ? value.p : "", value.n) : STR_NONE};
    }
    return t->n_pairs ? 0 : -EINVAL;
}

static bool pair_holds(const struct pair *x, bool has, struct str value)
{
    return has && (!x->value.p || str_eq(x->value, value));
}

static bool matches_node(const struct measure *m, const struct target *t, uint32_t node)
{
    for (size_t i = 0; i < t->n_pairs; i++) {
        struct str v = STR_NONE;
        bool has = sched_node_label(m->engine, node, t->pairs[i].key, &v);
        if (!pair_holds(&t->pairs[i], has, v))
            return false;
    }
    return true;
}

static bool matches_pod(const struct measure *m, const struct target *t, const struct sched_pod *p)
{
    if (!str_eq(sched_pod_namespace(m->engine, p), t->ns))
        return false;
    for (size_t i = 0; i < t->n_pairs; i++) {
        struct str v = STR_NONE;
        bool has = sched_pod_label(m->engine, p, t->pairs[i].key, &v);
        if (!pair_holds(&t->pairs[i], has, v))
            return false;
    }
    return true;
}

/* 1: it was not among them. */
static int member_add(struct target *t, struct str node, struct member **out)
{
    struct member *x = map_get(&t->members, node);
    bool fresh = !x;
    if (fresh) {
        x = mem_alloc(sizeof(*x));
        if (x)
            x->node = mem_text(node.p, node.n);
        if (!x || !x->node || map_put(&t->members, str_of(x->node), x) < 0) {
            mem_free(x ? x->node : NULL);
            mem_free(x);
            return -ENOMEM;
        }
    }
    x->n++;
    *out = x;
    return fresh;
}

/* 1: that was the last one there. */
static int member_del(struct target *t, struct member *x)
{
    if (--x->n)
        return 0;
    map_del(&t->members, str_of(x->node));
    mem_free(x->node);
    mem_free(x);
    return 1;
}

static int guest_del(struct target *t, struct guest *g)
{
    int r = member_del(t, g->at);
    map_del(&t->by_uid, str_of(g->uid));
    mem_free(g->uid);
    mem_free(g);
    return r;
}

static int guest_add(struct target *t, struct str uid, struct str node)
{
    struct guest *g = mem_alloc(sizeof(*g));
    if (g)
        g->uid = mem_text(uid.p, uid.n);
    int r = g && g->uid ? member_add(t, node, &g->at) : -ENOMEM, full = 0;
    if (r >= 0 && map_put(&t->by_uid, str_of(g->uid), g) == 0)
        return r;
    if (r >= 0)
        full = member_del(t, g->at);
    (void)full;
    mem_free(g ? g->uid : NULL);
    mem_free(g);
    return -ENOMEM;
}

static int target_node(struct measure *m, struct target *t, struct str name, bool there)
{
    uint32_t node = there ? sched_node_find(m->engine, name) : SCHED_NOWHERE;
    struct member *x = map_get(&t->members, name);
    bool is = node != SCHED_NOWHERE && matches_node(m, t, node);
    if (is == (x != NULL))
        return 0;
    return is ? member_add(t, name, &x) : member_del(t, x);
}

static int target_pod(struct measure *m, struct target *t, struct str uid, bool there)
{
    const struct sched_pod *p = there ? sched_pod_find(m->engine, uid) : NULL;
    uint32_t node = p ? sched_pod_node(p) : SCHED_NOWHERE;
    struct guest *g = map_get(&t->by_uid, uid);
    bool is = node != SCHED_NOWHERE && matches_pod(m, t, p);
    struct str name = is ? sched_node_name(m->engine, node) : STR_NONE;
    if (g && is && str_is(name, g->at->node))
        return 0;
    int left = g ? guest_del(t, g) : 0, came = is && name.n ? guest_add(t, uid, name) : 0;
    return came < 0 ? came : left || came;
}

int targets_node(struct measure *m, struct str name, bool there)
{
    int changed = 0;
    MAP_EACH (slot, &m->targets) {
        struct target *t = slot->value;
        int r = t->pods ? 0 : target_node(m, t, name, there);
        if (r < 0)
            return r;
        changed |= r;
    }
    return changed;
}

int targets_pod(struct measure *m, struct str uid, bool there)
{
    int changed = 0;
    MAP_EACH (slot, &m->targets) {
        struct target *t = slot->value;
        int r = t->pods ? target_pod(m, t, uid, there) : 0;
        if (r < 0)
            return r;
        changed |= r;
    }
    return changed;
}

void target_unref(struct measure *m, struct target *t)
{
    struct map_slot *slot;
    if (!t || --t->refs)
        return;
    map_del(&m->targets, str_of(t->key));
    while ((slot = map_next(&t->by_uid, NULL)))
        guest_del(t, slot->value);
    while ((slot = map_next(&t->members, NULL))) {
        struct member *x = slot->value;
        x->n = 1;
        member_del(t, x);
    }
    map_done(&t->members);
    map_done(&t->by_uid);
    mem_free(t->key);
    mem_free(t->text);
    mem_free(t);
}

/* Who is there already: one round over nodes, and over their pods. */
static int target_fill(struct measure *m, struct target *t)
{
    uint32_t slots = sched_node_slots(m->engine);
    int r = 0;
    for (uint32_t i = 0; r >= 0 && i < slots; i++) {
        struct str name = sched_node_name(m->engine, i);
        if (!t->pods && name.n)
            r = target_node(m, t, name, true);
        for (const struct sched_pod *p = NULL; t->pods && name.n && r >= 0 && (p = sched_node_next(m->engine, i, p));)
            r = target_pod(m, t, sched_pod_uid(p), true);
    }
    return MIN(r, 0);
}

/* -EINVAL: it cannot be read. */
static int target_get(struct measure *m, bool pods, struct str ns, struct str text, struct target **out)
{
    SCOPED_BUF key = BUF_INIT(1u << 19);
    buf_fmt(&key, "%s/%.*s/%.*s", pods ? "pods" : "nodes", pods ? (int)ns.n : 0, pods ? ns.p : "", STR_FMT(text));
    if (buf_error(&key) < 0)
        return buf_error(&key) == -E2BIG ? -EINVAL : -ENOMEM;
    struct target *t = map_get(&m->targets, buf_view(&key));
    if (t) {
        t->refs++;
        *out = t;
        return 0;
    }
    t = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->refs = 1;
    t->pods = pods;
    t->key = mem_text(key.p, key.n);
    t->text = mem_text(text.p, text.n);
    int r = t->key && t->text ? pairs_read(t, str_make(t->text, text.n)) : -ENOMEM;
    if (r == 0) {
        t->ns = pods ? str_make(t->key + 5, ns.n) : STR_NONE;
        r = map_put(&m->targets, str_of(t->key), t);
    }
    if (r < 0) {
        mem_free(t->key);
        mem_free(t->text);
        mem_free(t);
        return r;
    }
    r = target_fill(m, t);
    if (r < 0)
        target_unref(m, t);
    else
        *out = t;
    return r;
}

/* ── what a pod asks for ── */

static struct str said(const struct value *notes, const char *note, const struct value *args, const char *arg)
{
    struct str text = value_text(value_get(notes, str_of(note)));
    return text.n ? text : value_text(value_get(args, str_of(arg)));
}

static void fault(struct wish *w, const char *note, struct str text, const char *what)
{
    snprintf(w->fault, sizeof(w->fault), "metadata.annotations[%s]: Invalid value: \"%.*s\": %s", note, (int)MIN(text.n, (size_t)60),
             text.p ? text.p : "", what);
}

static int replace(struct measure *m, struct wish *w, struct target **to, bool pods, struct str ns, struct str text)
{
    static const char labels[] = "must be key=value,… : at most eight labels";
    struct target *t = NULL;
    int r = text.n ? target_get(m, pods, ns, text, &t) : 0;
    if (r == -EINVAL) {
        fault(w, pods ? MEASURE_NEAR_PODS : MEASURE_NEAR_NODES, text, labels);
        r = 0;
    }
    if (r < 0)
        return r;
    target_unref(m, *to);
    *to = t;
    return 0;
}

int latency_claims(void *self, const struct value *pod, struct buf *key)
{
    struct measure *m = self;
    ssize_t profile;
    struct wish *w;
    const struct value *notes = value_at(pod, "metadata.annotations");
    if (!measure_enabled(m, pod, MEASURE_LATENCY, &profile))
        return 0;
    const struct value *args = sched_profile_args(m->engine, profile, m->first + MEASURE_LATENCY);
    struct str nodes = said(notes, MEASURE_NEAR_NODES, args, "nodes"), pods = said(notes, MEASURE_NEAR_PODS, args, "pods"),
               most = said(notes, MEASURE_NEAR_MOST, args, "most");
    struct str uid = value_text_at(pod, "metadata.uid");
    if (!nodes.n && !pods.n && !map_get(&m->wishes, uid))
        return 0;
    int r = wish_get(m, uid, &w);
    if (r < 0)
        return r;
    w->fault[0] = 0;
    w->most = 0;
    r = replace(m, w, &w->nodes, false, STR_NONE, nodes);
    if (r == 0)
        r = replace(m, w, &w->pods, true, value_text_at(pod, "metadata.namespace"), pods);
    if (r == 0 && most.n && measure_time_parse(most, &w->most) < 0)
        fault(w, MEASURE_NEAR_MOST, most, "must be a time such as 500us or 5ms");
    if (r < 0 || (!nodes.n && !pods.n))
        return r;
    buf_fmt(key, "%.*s;%.*s;%lld;%s", STR_FMT(nodes), STR_FMT(pods), (long long)w->most, w->fault);
    return 1;
}

int latency_args(const struct value *args, const char *path, struct err *err)
{
    static const char *const fields[] = {"apiVersion", "kind", "nodes", "pods", "most"};
    struct target t;
    int64_t ns;
    VALUE_EACH_MEMBER (x, args) {
        size_t i = 0;
        struct str text = value_text(&x->value);
        while (i < ARRAY_LEN(fields) && !str_is(x->key, fields[i]))
            i++;
        if (i == ARRAY_LEN(fields))
            return err_raise(err, -EINVAL, "unknown field \"%s.%.*s\"", path, STR_FMT(x->key));
        if ((i == 2 || i == 3) && pairs_read(&t, text) < 0)
            return err_raise(err, -EINVAL, "%s.%s: Invalid value: \"%.*s\": must be key=value,… : at most eight labels", path, fields[i],
                             STR_FMT(text));
        if (i == 4 && measure_time_parse(text, &ns) < 0)
            return err_raise(err, -EINVAL, "%s.most: Invalid value: \"%.*s\": must be a time such as 500us or 5ms", path, STR_FMT(text));
    }
    return 0;
}

/* ── the answer about a node ── */

#define UNKNOWN (-1)
#define NOTHING (-2) /* there is nothing to be near to */

/* The nearest of nodes, the farthest of pods. */
static int64_t to_target(const struct measure *m, const struct target *t, const struct place *p)
{
    int64_t best = t->pods && !t->members.n ? NOTHING : UNKNOWN;
    MAP_EACH (slot, &t->members) {
        const struct place *q = map_get(&m->places, slot->key);
        int64_t ns = p && q ? places_apart(m, p, q) : UNKNOWN;
        if (ns < 0 && t->pods)
            return UNKNOWN;
        if (ns >= 0)
            best = best < 0 ? ns : t->pods ? MAX(best, ns) : MIN(best, ns);
    }
    return best;
}

static int64_t distance(const struct measure *m, const struct wish *w, uint32_t node)
{
    const struct place *p = map_get(&m->places, sched_node_name(m->engine, node));
    int64_t a = w->nodes ? to_target(m, w->nodes, p) : NOTHING, b = w->pods ? to_target(m, w->pods, p) : NOTHING;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : MAX(a, b);
}

const char *latency_before(void *self, const struct sched_pod *pod)
{
    const struct wish *w = map_get(&((struct measure *)self)->wishes, sched_pod_uid(pod));
    return w && w->fault[0] ? w->fault : NULL;
}

const char *latency_filter(void *self, const struct sched_pod *pod, uint32_t node, bool *final)
{
    const struct measure *m = self;
    const struct wish *w = map_get(&m->wishes, sched_pod_uid(pod));
    int64_t ns = w && w->most ? distance(m, w, node) : 0;
    if (ns == NOTHING || (w && ns >= 0 && ns <= w->most) || !w)
        return NULL;
    *final = true;
    return ns < 0 ? "node(s) had no measured latency to what the pod is to be near" : "node(s) were farther than the pod's latency allows";
}

int64_t latency_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    const struct measure *m = self;
    const struct wish *w = map_get(&m->wishes, sched_pod_uid(pod));
    int64_t ns = w ? distance(m, w, node) : UNKNOWN;
    return ns < 0 ? 0 : measure_points(ns);
}
