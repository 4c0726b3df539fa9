#include "cycle/inside.h"

#define BACKOFF_FIRST 1000
#define BACKOFF_MOST  10000
#define FLUSH         300000

int cycle_new(struct cycle **out, struct sched *s, const struct cycle_options *o)
{
    struct cycle *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    k->sched = s;
    k->message = BUF_INIT(1u << 16);
    k->options = o ? *o : (struct cycle_options){0};
    if (!k->options.backoff_first_ms)
        k->options.backoff_first_ms = BACKOFF_FIRST;
    if (!k->options.backoff_most_ms)
        k->options.backoff_most_ms = BACKOFF_MOST;
    if (!k->options.flush_ms)
        k->options.flush_ms = FLUSH;
    list_init(&k->trees);
    list_init(&k->group_order);
    int r = gang_new(&k->gang, s);
    if (r == 0)
        r = arena_new(&k->telling, 16u << 20);
    if (r < 0) {
        gang_free(k->gang);
        mem_free(k);
        return r;
    }
    *out = k;
    return 0;
}

static void leave_group(struct cycle *k, struct waiting *w)
{
    struct group *g = w->group;
    list_del(&w->link);
    if (!g)
        return;
    w->group = NULL;
    if (!list_empty(&g->pods))
        return;
    map_del(&k->groups, str_make(&g->class, sizeof(g->class)));
    list_del(&g->order);
    mem_free(g);
}

void waiting_detach(struct cycle *k, struct waiting *w)
{
    heap_del(w->state == WAITING_BACKOFF ? &k->backoff : &k->active, &w->item); /* it is in one of them at most */
    heap_del(&k->flush, &w->stale);
    leave_group(k, w);
    k->counts[w->state]--;
    w->state = WAITING_NEW;
    k->counts[w->state]++;
}

void waiting_enter(struct cycle *k, struct waiting *w, enum state state)
{
    k->counts[w->state]--;
    w->state = state;
    k->counts[state]++;
}

struct cycle *cycle_free(struct cycle *k)
{
    if (!k)
        return NULL;
    struct map_slot *slot;
    while ((slot = map_next(&k->waiting, NULL)))
        waiting_free(k, slot->value);
    map_done(&k->waiting);
    map_done(&k->groups);
    heap_done(&k->active);
    heap_done(&k->backoff);
    heap_done(&k->flush);
    buf_done(&k->message);
    VEC_DONE(&k->told);
    arena_free(k->telling);
    gang_free(k->gang);
    return mem_free(k);
}

void waiting_free(struct cycle *k, struct waiting *w)
{
    if (w->pod)
        sched_pod_set_note(w->pod, NULL);
    waiting_end(k, w);
}

int waiting_new(struct cycle *k, struct sched_pod *p, struct waiting **out)
{
    struct str uid = sched_pod_uid(p);
    struct waiting *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    w->uid = mem_text(uid.p, uid.n);
    if (!w->uid || map_put(&k->waiting, str_of(w->uid), w) < 0) {
        mem_free(w->uid);
        mem_free(w);
        return -ENOMEM;
    }
    list_init(&w->link);
    w->pod = p;
    w->stamp = k->stamp;
    k->counts[WAITING_NEW]++;
    sched_pod_set_note(p, w);
    *out = w;
    return 0;
}

int64_t backoff_of(const struct cycle *k, const struct waiting *w)
{
    int64_t ms = k->options.backoff_first_ms;
    for (unsigned i = 1; i < w->attempts && ms < k->options.backoff_most_ms; i++)
        ms *= 2;
    return MIN(ms, k->options.backoff_most_ms);
}

int go_active(struct cycle *k, struct waiting *w)
{
    waiting_detach(k, w);
    int r = heap_add(&k->active, &w->item, -(int64_t)(w->tree ? gang_priority(w->tree) : sched_pod_priority(w->pod)));
    if (r == 0)
        waiting_enter(k, w, WAITING_ACTIVE);
    return r;
}

static int go_backoff(struct cycle *k, struct waiting *w, bool hurry)
{
    waiting_detach(k, w);
    int r = heap_add(&k->backoff, &w->item, w->failed_at + backoff_of(k, w));
    w->hurry = hurry;
    if (r == 0)
        waiting_enter(k, w, WAITING_BACKOFF);
    return r;
}

/* After an error: it comes back when its back-off is over, not before. */
void go_wait(struct cycle *k, struct waiting *w, int64_t now)
{
    w->failed_at = now;
    if (go_backoff(k, w, false) < 0)
        k->lost = true;
}

/* Something may have helped: at once when its back-off is over. */
void waiting_stir(struct cycle *k, struct waiting *w, int64_t now)
{
    bool over = now >= w->failed_at + backoff_of(k, w);
    if ((over ? go_active(k, w) : go_backoff(k, w, true)) < 0)
        k->lost = true;
}

int go_unschedulable(struct cycle *k, struct waiting *w, uint32_t rejectors, int64_t now)
{
    unsigned class = sched_pod_class(w->pod);
    struct group *g = map_get(&k->groups, str_make(&class, sizeof(class)));
    waiting_detach(k, w);
    w->rejectors = rejectors;
    w->failed_at = now;
    if (!g) {
        g = mem_alloc(sizeof(*g));
        if (!g)
            return -ENOMEM;
        g->class = class;
        list_init(&g->pods);
        if (map_put(&k->groups, str_make(&g->class, sizeof(g->class)), g) < 0) {
            mem_free(g);
            return -ENOMEM;
        }
        list_add(&k->group_order, &g->order);
    }
    list_add(&g->pods, &w->link);
    w->group = g;
    waiting_enter(k, w, WAITING_UNSCHEDULABLE);
    return heap_add(&k->flush, &w->stale, now + k->options.flush_ms);
}

/* ── events ── */

/* Pods of one class refused by the same rules get the same answer: it is asked for once. A group may vanish as its last pod
 * leaves, so the groups are walked by a list of their own made first. */
static void stir_group(struct cycle *k, struct group *g, const struct sched_event *e, int64_t now)
{
    uint32_t asked = 0;
    bool known = false, helps = false;
    for (struct list *l = g->pods.next; l != &g->pods;) {
        struct waiting *w = CONTAINER_OF(l, struct waiting, link);
        bool last = l->next == &g->pods;
        l = l->next;
        if (!known || asked != w->rejectors || sched_pod_nominated(w->pod) != SCHED_NOWHERE) {
            asked = w->rejectors;
            helps = sched_helps(k->sched, w->pod, w->rejectors, e);
            known = sched_pod_nominated(w->pod) == SCHED_NOWHERE;
        }
        if (helps)
            waiting_stir(k, w, now);
        if (last)
            return;
    }
}

static void stir_all(struct cycle *k, const struct sched_event *e, int64_t now)
{
    if (!e->what)
        return;
    trees_stir(k, e, now);
    if (k->groups.n == 0)
        return;
    LIST_EACH (g, &k->group_order, struct group, order)
        stir_group(k, g, e, now); /* the current one may be deleted */
}

static int pod_changed(struct cycle *k, const struct sched_event *e, int64_t now)
{
    struct sched_pod *p = e->pod;
    struct waiting *w = sched_pod_note(p);
    if (e->node != SCHED_NOWHERE) { /* it is on a node */
        if (w && (w->state != WAITING_BINDING || (e->what & SCHED_ADDED)))
            waiting_free(k, w);
        return 0;
    }
    if (sched_pod_profile(p) < 0 || sched_pod_deleting(p)) {
        if (w)
            waiting_free(k, w);
        return 0;
    }
    if (!w) {
        int r = waiting_new(k, p, &w);
        if (r < 0)
            return r;
    }
    if (is_member(k, p)) { /* its tree is looked at next */
        if (w->state != WAITING_BINDING)
            waiting_enter(k, w, WAITING_MEMBER);
        return 0;
    }
    if (sched_pod_gated(p)) {
        waiting_detach(k, w);
        waiting_enter(k, w, WAITING_GATED);
        return 0;
    }
    if (w->state == WAITING_NEW || w->state == WAITING_GATED)
        return go_active(k, w);
    if (w->state == WAITING_UNSCHEDULABLE && (w->group->class != sched_pod_class(p) || sched_helps(k->sched, p, w->rejectors, e)))
        waiting_stir(k, w, now);
    return 0;
}

static int group_put(struct cycle *k, enum sched_kind kind, const struct value *object, int64_t now)
{
    struct str ns = value_text_at(object, "metadata.namespace"), name = value_text_at(object, "metadata.name");
    struct gang_group *before = gang_find(k->gang, kind, ns, name), *was = before ? gang_root(before) : NULL;
    bool eased = false;
    int r = gang_put(k->gang, kind, object, &eased);
    if (was)
        r = MIN(r, tree_review(k, was, eased, now));
    if (r == 0)
        r = tree_review(k, gang_find(k->gang, kind, ns, name), eased, now);
    gang_sweep(k->gang);
    return r;
}

static void group_del(struct cycle *k, enum sched_kind kind, struct str ns, struct str name, int64_t now)
{
    struct gang_group *x = gang_find(k->gang, kind, ns, name), *was = x ? gang_root(x) : NULL;
    if (!x)
        return;
    gang_del(k->gang, kind, ns, name);
    if (was && tree_review(k, was, false, now) < 0)
        k->lost = true;
    if (x != was && tree_review(k, x, false, now) < 0)
        k->lost = true;
    gang_sweep(k->gang);
}

/* A pod of a group came, changed, or is no longer waiting: e NULL, it is gone. */
static int member_put(struct cycle *k, struct sched_pod *p, struct str group, const struct sched_event *e, int64_t now)
{
    int r = gang_pod_put(k->gang, p, group);
    if (r == 0)
        r = pod_changed(k, e, now);
    struct gang_group *x = gang_of_pod(k->gang, sched_pod_uid(p));
    bool helps = e->what & ~(unsigned)SCHED_ASSUMED && !(e->what & SCHED_ASSUMED);
    return r < 0 || !x ? r : tree_review(k, x, helps, now);
}

static void member_del(struct cycle *k, struct str uid, int64_t now)
{
    struct gang_group *x = gang_of_pod(k->gang, uid);
    if (!x)
        return;
    gang_pod_del(k->gang, uid);
    if (tree_review(k, x, false, now) < 0)
        k->lost = true;
    gang_sweep(k->gang);
}

int cycle_put(struct cycle *k, enum sched_kind kind, const struct value *object, int64_t now)
{
    if (kind == SCHED_POD_GROUP || kind == SCHED_COMPOSITE_POD_GROUP)
        return group_put(k, kind, object, now);
    struct str group = kind == SCHED_POD && !k->options.each_alone ? value_text_at(object, "spec.schedulingGroup.podGroupName") : STR_NONE;
    struct sched_event e;
    struct waiting *w = kind == SCHED_POD && k->waiting.n ? map_get(&k->waiting, value_text_at(object, "metadata.uid")) : NULL;
    int r = sched_put(k->sched, kind, object, &e);
    if (r < 0)
        return r;
    if (w && !e.pod) { /* it is over */
        w->pod = NULL;
        waiting_end(k, w);
    }
    if (kind == SCHED_POD && !e.pod && group.n)
        member_del(k, value_text_at(object, "metadata.uid"), now);
    if (kind == SCHED_POD && e.pod)
        r = group.n ? member_put(k, e.pod, group, &e, now) : pod_changed(k, &e, now);
    if (kind != SCHED_POD || e.node != SCHED_NOWHERE || e.what & SCHED_DELETED)
        stir_all(k, &e, now);
    return r;
}

void waiting_end(struct cycle *k, struct waiting *w)
{
    waiting_detach(k, w);
    told_forget(k, w);
    if (w->tree)
        gang_set_note(w->tree, NULL);
    k->counts[w->state]--;
    map_del(&k->waiting, str_of(w->uid));
    VEC_DONE(&w->voices);
    mem_free(w->uid);
    mem_free(w);
}

void cycle_del(struct cycle *k, enum sched_kind kind, struct str ns, struct str name, int64_t now)
{
    struct sched_event e;
    if (kind == SCHED_POD_GROUP || kind == SCHED_COMPOSITE_POD_GROUP) {
        group_del(k, kind, ns, name, now);
        return;
    }
    struct waiting *w = kind == SCHED_POD ? map_get(&k->waiting, name) : NULL;
    if (w)
        waiting_end(k, w);
    if (kind == SCHED_POD)
        member_del(k, name, now);
    sched_del(k->sched, kind, ns, name, &e);
    stir_all(k, &e, now);
}

void cycle_tell(struct cycle *k, unsigned what, const struct value *object, int64_t now)
{
    struct sched_event e;
    sched_tell(k->sched, what, object, &e);
    stir_all(k, &e, now);
}

void cycle_stamp(struct cycle *k, int64_t stamp)
{
    k->stamp = stamp;
}

/* ── what is next ── */

struct sched_pod *cycle_foremost(const struct cycle *k)
{
    struct heap_item *i = k->told_at < k->told.n ? NULL : heap_first(&k->active);
    return i ? CONTAINER_OF(i, struct waiting, item)->pod : NULL;
}

static void wake(struct cycle *k, int64_t now)
{
    if (k->lost) { /* memory was out as some were to be moved: they stand nowhere */
        k->lost = false;
        MAP_EACH (slot, &k->waiting) {
            struct waiting *w = slot->value;
            if (w->state == WAITING_NEW && go_active(k, w) < 0)
                k->lost = true;
        }
        trees_find(k, now);
    }
    for (struct heap_item *i; (i = heap_first(&k->backoff)) && i->at <= now;)
        if (go_active(k, CONTAINER_OF(i, struct waiting, item)) < 0)
            return;
    for (struct heap_item *i; (i = heap_first(&k->flush)) && i->at <= now;)
        waiting_stir(k, CONTAINER_OF(i, struct waiting, stale), now);
}

struct waiting *next_waiting(struct cycle *k, int64_t now)
{
    wake(k, now);
    struct heap_item *i = heap_first(&k->active);
    if (!i) { /* nothing else to do: back-off of one that something may have helped is cut short */
        i = heap_first(&k->backoff);
        if (!i || !CONTAINER_OF(i, struct waiting, item)->hurry)
            return NULL;
    }
    struct waiting *w = CONTAINER_OF(i, struct waiting, item);
    waiting_detach(k, w);
    return w;
}

int64_t cycle_next(const struct cycle *k)
{
    struct heap_item *active = heap_first(&k->active), *backoff = heap_first(&k->backoff), *flush = heap_first(&k->flush);
    if (k->told_at < k->told.n || active || (backoff && CONTAINER_OF(backoff, struct waiting, item)->hurry))
        return 0;
    return MIN(backoff ? backoff->at : INT64_MAX, flush ? flush->at : INT64_MAX);
}

void cycle_look(const struct cycle *k, const struct sched_pod *p, struct cycle_view *out)
{
    static const enum cycle_state states[WAITING_STATES] = {[WAITING_NEW] = CYCLE_ACTIVE,
                                                            [WAITING_GATED] = CYCLE_GATED,
                                                            [WAITING_ACTIVE] = CYCLE_ACTIVE,
                                                            [WAITING_BACKOFF] = CYCLE_BACKOFF,
                                                            [WAITING_UNSCHEDULABLE] = CYCLE_UNSCHEDULABLE,
                                                            [WAITING_BINDING] = CYCLE_BINDING};
    const struct waiting *w = sched_pod_note(p);
    *out = (struct cycle_view){0};
    if (!w)
        return;
    if (w->state == WAITING_MEMBER) {
        struct gang_group *root = gang_root(gang_of_pod(k->gang, sched_pod_uid(p)));
        w = root ? gang_note(root) : NULL;
        out->state = CYCLE_GATED;
        out->why = root ? gang_waits(k->gang, root) : "its groups name each other in a circle, or too deep";
        if (!w)
            return;
    }
    *out = (struct cycle_view){states[w->state], w->attempts, w->rejectors, w->failed_at, 0, NULL};
    if (w->state == WAITING_BACKOFF)
        out->until = w->failed_at + backoff_of(k, w);
    else if (w->state == WAITING_UNSCHEDULABLE)
        out->until = w->failed_at + k->options.flush_ms;
}

void cycle_counts(const struct cycle *k, struct cycle_counts *out)
{
    *out = k->done;
    out->active = k->counts[WAITING_ACTIVE];
    out->backoff = k->counts[WAITING_BACKOFF];
    out->unschedulable = k->counts[WAITING_UNSCHEDULABLE];
    out->gated = k->counts[WAITING_GATED];
    out->members = k->counts[WAITING_MEMBER];
    out->binding = k->counts[WAITING_BINDING];
}
