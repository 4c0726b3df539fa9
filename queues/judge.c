#include "queues/inside.h"

/* The judgement's answers become the status of Workloads. What was decided is in the air until the caches show it. */

#define BATCH 64

/* ── what came of the last decisions ── */

static bool came_about(const struct flying *f, const struct value *w)
{
    const struct value *c = condition_find(value_get(w, STR("status")), "QuotaReserved");
    if (f->kind == QUEUE_ADMITTED)
        return is_true(w, "QuotaReserved") || is_true(w, "Finished");
    if (f->kind == QUEUE_EVICTED)
        return is_true(w, "Evicted") || !is_true(w, "QuotaReserved");
    return is_true(w, "QuotaReserved") || str_is(value_text_at(c, "message"), f->message);
}

static void look_back(struct view *v, struct state *s)
{
    for (size_t i = 0; i < s->flying.n && !s->stale; i++) {
        const struct flying *f = &s->flying.p[i];
        struct str ns, name;
        view_key(str_of(f->key), &ns, &name);
        struct object *o = custom_object(v, "workloads", ns, name);
        const struct value *w = o ? view_tree(v, o) : NULL;
        if (!o || (w && came_about(f, w)))
            continue;
        queue_undo(s->q, ns, name);
        feed_workload(v, s, o, true);
    }
    state_forget_flying(s);
}

static void remember(struct state *s, const struct queue_outcome *o)
{
    SCOPED_BUF b = BUF_INIT(1024);
    struct flying *f = VEC_ADD(&s->flying);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(o->ns), STR_FMT(o->name));
    if (f) {
        f->kind = o->kind;
        f->key = buf_error(&b) < 0 ? NULL : mem_text(b.p, b.n);
        f->message = mem_text(o->message.p ? o->message.p : "", o->message.n);
    }
    if (f && f->key && f->message)
        return;
    if (f) {
        mem_free(f->key);
        mem_free(f->message);
        s->flying.n--;
    }
    s->stale = true;
}

/* ── admitted ── */

/* A number or text of each place; one alone where all are the same. */
static void put_either(struct view *v, struct value *to, const struct value *list, const char *many, int *r)
{
    bool same = true;
    VALUE_EACH_ITEM (x, list)
        same = same && value_equal(x, value_item(list, 0));
    if (same)
        VALUE_SET(r, v->mem, to, "universal", *value_item(list, 0));
    else
        VALUE_SET(r, v->mem, to, many, *list);
}

static void put_places(struct view *v, const struct queue_outcome *o, size_t at, struct value *assignment, int *r)
{
    const struct queue_pod_set *set = &o->sets[at];
    const struct state *s = v->state;
    struct value levels = value_make_list(), per_level = value_make_list(), counts = value_make_list(), slice = value_make_map(),
                 pod_counts = value_make_map(), slices = value_make_list(), values[QUEUE_LEVELS_MAX];
    struct queue_place p;
    for (size_t k = 0; k < set->n_levels; k++) {
        struct str name;
        values[k] = value_make_list();
        if (arena_str(v->mem, set->levels[k], &name) < 0 || !value_add(v->mem, &levels, value_make_text(name)))
            *r = -ENOMEM;
    }
    for (size_t i = 0; *r == 0 && i < set->n_places && queue_place_of(s->q, o->ns, o->name, at, i, &p); i++) {
        if (!value_add(v->mem, &counts, value_make_int(p.count)))
            *r = -ENOMEM;
        for (size_t k = 0; k < set->n_levels; k++) {
            struct str text;
            if (arena_str(v->mem, p.values[k], &text) < 0 || !value_add(v->mem, &values[k], value_make_text(text)))
                *r = -ENOMEM;
        }
    }
    if (*r < 0 || !value_count(&counts))
        return;
    for (size_t k = 0; k < set->n_levels; k++) {
        struct value one = value_make_map();
        put_either(v, &one, &values[k], "individual.roots", r);
        if (!value_add(v->mem, &per_level, one))
            *r = -ENOMEM;
    }
    put_either(v, &pod_counts, &counts, "individual", r);
    VALUE_SET(r, v->mem, &slice, "domainCount", value_make_int((int64_t)value_count(&counts)));
    VALUE_SET(r, v->mem, &slice, "podCounts", pod_counts);
    VALUE_SET(r, v->mem, &slice, "valuesPerLevel", per_level);
    if (!value_add(v->mem, &slices, slice))
        *r = -ENOMEM;
    VALUE_SET(r, v->mem, assignment, "topologyAssignment.levels", levels);
    VALUE_SET(r, v->mem, assignment, "topologyAssignment.slices", slices);
}

static struct value assignment_of(struct view *v, const struct queue_outcome *o, size_t at, int *r)
{
    const struct queue_pod_set *set = &o->sets[at];
    struct value one = value_make_map(), flavors = value_make_map(), usage = value_make_map();
    for (size_t i = 0; i < set->n; i++) {
        struct str resource, flavor;
        if (arena_str(v->mem, set->items[i].resource, &resource) < 0 || arena_str(v->mem, set->items[i].flavor, &flavor) < 0 ||
            !value_set(v->mem, &flavors, resource, value_make_text(flavor)) ||
            !value_set(v->mem, &usage, resource, value_make_text(quota_text(v, resource, set->items[i].amount))))
            *r = -ENOMEM;
    }
    struct str name = STR_NONE;
    if (arena_str(v->mem, set->name, &name) < 0)
        *r = -ENOMEM;
    VALUE_SET(r, v->mem, &one, "name", value_make_text(name));
    VALUE_SET(r, v->mem, &one, "flavors", flavors);
    VALUE_SET(r, v->mem, &one, "resourceUsage", usage);
    VALUE_SET(r, v->mem, &one, "count", value_make_int(set->count));
    if (set->n_places)
        put_places(v, o, at, &one, r);
    return one;
}

static void not_any_more(struct view *v, struct value *w, const char *type)
{
    struct str message = value_text_at(condition_find(value_get(w, STR("status")), type), "message");
    if (is_true(w, type))
        tell_condition(v, w, type, false, "QuotaReserved", arena_fmt(v->mem, "Previously: %.*s", STR_FMT(message)));
}

static void admit(struct view *v, const struct queue_outcome *o, struct value *w)
{
    struct value list = value_make_list(), admission = value_make_map();
    struct str cluster = STR_NONE;
    int r = arena_str(v->mem, o->cluster_queue, &cluster);
    int64_t queued = waited(v, w, NULL);
    for (size_t i = 0; i < o->n_sets; i++)
        if (!value_add(v->mem, &list, assignment_of(v, o, i, &r)))
            r = -ENOMEM;
    VALUE_SET(&r, v->mem, &admission, "clusterQueue", value_make_text(cluster));
    VALUE_SET(&r, v->mem, &admission, "podSetAssignments", list);
    VALUE_SET(&r, v->mem, w, "status.admission", admission);
    tell_condition(v, w, "QuotaReserved", true, "QuotaReserved", arena_fmt(v->mem, "Quota reserved in ClusterQueue %.*s", STR_FMT(cluster)));
    not_any_more(v, w, "Evicted");
    not_any_more(v, w, "Preempted");
    sync_checks(v, w, custom_get(v, "clusterqueues", STR_NONE, cluster));
    bool admitted = workload_settle(v, w) && is_true(w, "Admitted");
    meters_attempt(true);
    meters_count(METERS_RESERVED, w);
    meters_wait(METERS_RESERVED_WAIT, w, queued);
    if (admitted) {
        meters_count(METERS_ADMITTED, w);
        meters_wait(METERS_ADMITTED_WAIT, w, queued);
        meters_wait(METERS_CHECKS_WAIT, w, 0);
    }
    if (r < 0)
        v->out->failed = true;
    want_custom_status(v, "workloads", w);
    want_event(v, w, false, COMPONENT "-admission", "QuotaReserved", "Quota reserved in ClusterQueue %.*s, wait time since queued was %llds",
               STR_FMT(cluster), (long long)queued);
    if (admitted)
        want_event(v, w, false, COMPONENT "-admission", "Admitted", "Admitted by ClusterQueue %.*s, wait time since reservation was 0s",
                   STR_FMT(cluster));
}

/* ── the others ── */

static void evict(struct view *v, const struct queue_outcome *o, struct value *w)
{
    const char *reason = arena_text(v->mem, o->reason.p, o->reason.n);
    struct str message = arena_fmt(v->mem, "%.*s", STR_FMT(o->message));
    if (!reason || !message.p) {
        v->out->failed = true;
        return;
    }
    tell_condition(v, w, "Preempted", true, reason, message);
    workload_evict(v, w, "Preempted", message, "");
    want_event(v, w, false, COMPONENT "-admission", "Preempted", "%.*s", STR_FMT(message));
}

static void wait(struct view *v, const struct queue_outcome *o, struct value *w)
{
    struct str message = arena_fmt(v->mem, "%.*s", STR_FMT(o->message));
    meters_attempt(false);
    if (!message.p)
        v->out->failed = true;
    if (!message.p || !workload_unreserve(v, w, "Pending", message))
        return;
    want_custom_status(v, "workloads", w);
    want_event(v, w, true, COMPONENT "-admission", "Pending", "%.*s", STR_FMT(str_head(message, 1000)));
}

/* One after the other: nobody is admitted while the pods of somebody admitted are not ready. Whose turn is found later comes later. */
static bool must_wait(struct view *v, const struct state *s)
{
    if (v->options->queues.wait && v->options->queues.block)
        MAP_EACH (slot, &s->works) {
            const struct known *k = slot->value;
            if (k->reserved && !k->ready)
                return true;
        }
    return false;
}

void judge_reconcile(struct view *v, struct state *s)
{
    static void (*const acts[])(struct view *, const struct queue_outcome *,
                                struct value *) = {[QUEUE_ADMITTED] = admit, [QUEUE_WAITS] = wait, [QUEUE_EVICTED] = evict};
    struct queue_outcome *o = arena_alloc(v->mem, sizeof(*o));
    int r = o ? 0 : -ENOMEM;
    if (!v->synced) {
        client_intend_again(v->out, 100);
        return;
    }
    if (!s->stale)
        look_back(v, s);
    if (r == 0 && s->stale)
        r = state_rebuild(v, s);
    for (int n = 0; r == 0 && !s->stale && !v->out->failed && n < BATCH; n++) {
        r = must_wait(v, s) ? 0 : queue_step(s->q, o);
        if (r <= 0)
            break;
        struct value *w = custom_get(v, "workloads", o->ns, o->name);
        remember(s, o);
        if (w)
            acts[o->kind](v, o, w);
        r = 0;
        if (o->kind == QUEUE_ADMITTED && v->options->queues.wait && v->options->queues.block)
            break;
        if (n == BATCH - 1)
            client_intend_again(v->out, 1);
    }
    if (r < 0 || s->stale || v->out->failed) {
        s->stale = true;
        v->out->failed = true;
    }
}
