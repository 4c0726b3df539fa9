#include "cycle/inside.h"

#define BACKOFF_FIRST 1000
#define BACKOFF_MOST 10000
#define FLUSH 300000

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
    *out = k;
    return 0;
}

static void leave_group(struct cycle *k, struct waiting *w)
{
    struct group *g = w->group;
    if (!g)
        return;
    list_del(&w->link);
    w->group = NULL;
    if (!list_empty(&g->pods))
        return;
    map_del(&k->groups, str_make(&g->class, sizeof(g->class)));
    mem_free(g);
}

/* Out of whatever it is in. */
static void detach(struct cycle *k, struct waiting *w)
{
    heap_del(w->state == WAITING_BACKOFF ? &k->backoff : &k->active, &w->item); /* it is in one of them at most */
    heap_del(&k->flush, &w->stale);
    leave_group(k, w);
    k->counts[w->state]--;
    w->state = WAITING_NEW;
    k->counts[w->state]++;
}

static void enter(struct cycle *k, struct waiting *w, enum state state)
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
    return mem_free(k);
}

void waiting_free(struct cycle *k, struct waiting *w)
{
    detach(k, w);
    k->counts[w->state]--;
    map_del(&k->waiting, str_of(w->uid));
    sched_pod_set_note(w->pod, NULL);
    mem_free(w->uid);
    mem_free(w);
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
    detach(k, w);
    int r = heap_add(&k->active, &w->item, -(int64_t)sched_pod_priority(w->pod));
    if (r == 0)
        enter(k, w, WAITING_ACTIVE);
    return r;
}

static int go_backoff(struct cycle *k, struct waiting *w, bool hurry)
{
    detach(k, w);
    int r = heap_add(&k->backoff, &w->item, w->failed_at + backoff_of(k, w));
    w->hurry = hurry;
    if (r == 0)
        enter(k, w, WAITING_BACKOFF);
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
static void stir(struct cycle *k, struct waiting *w, int64_t now)
{
    bool over = now >= w->failed_at + backoff_of(k, w);
    if ((over ? go_active(k, w) : go_backoff(k, w, true)) < 0)
        k->lost = true;
}

int go_unschedulable(struct cycle *k, struct waiting *w, uint32_t rejectors, int64_t now)
{
    unsigned class = sched_pod_class(w->pod);
    struct group *g = map_get(&k->groups, str_make(&class, sizeof(class)));
    detach(k, w);
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
    }
    list_add(&g->pods, &w->link);
    w->group = g;
    enter(k, w, WAITING_UNSCHEDULABLE);
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
            stir(k, w, now);
        if (last)
            return;
    }
}

static void stir_all(struct cycle *k, const struct sched_event *e, int64_t now)
{
    if (!e->what || k->groups.n == 0)
        return;
    MAP_EACH(slot, &k->groups)
        stir_group(k, slot->value, e, now); /* the current entry may be deleted */
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
    if (sched_pod_gated(p)) {
        detach(k, w);
        enter(k, w, WAITING_GATED);
        return 0;
    }
    if (w->state == WAITING_NEW || w->state == WAITING_GATED)
        return go_active(k, w);
    if (w->state == WAITING_UNSCHEDULABLE && (w->group->class != sched_pod_class(p) || sched_helps(k->sched, p, w->rejectors, e)))
        stir(k, w, now);
    return 0;
}

int cycle_put(struct cycle *k, enum sched_kind kind, const struct value *object, int64_t now)
{
    struct sched_event e;
    struct waiting *w = kind == SCHED_POD && k->waiting.n ? map_get(&k->waiting, value_text_at(object, "metadata.uid")) : NULL;
    int r = sched_put(k->sched, kind, object, &e);
    if (r < 0)
        return r;
    if (w && !e.pod) { /* it is over */
        w->pod = NULL;
        waiting_end(k, w);
    }
    if (kind == SCHED_POD && e.pod)
        r = pod_changed(k, &e, now);
    if (kind != SCHED_POD || e.node != SCHED_NOWHERE || e.what & SCHED_DELETED)
        stir_all(k, &e, now);
    return r;
}

void waiting_end(struct cycle *k, struct waiting *w)
{
    detach(k, w);
    k->counts[w->state]--;
    map_del(&k->waiting, str_of(w->uid));
    mem_free(w->uid);
    mem_free(w);
}

void cycle_del(struct cycle *k, enum sched_kind kind, struct str ns, struct str name, int64_t now)
{
    struct sched_event e;
    struct waiting *w = kind == SCHED_POD ? map_get(&k->waiting, name) : NULL;
    if (w)
        waiting_end(k, w);
    sched_del(k->sched, kind, ns, name, &e);
    stir_all(k, &e, now);
}

void cycle_tell(struct cycle *k, unsigned what, const struct value *object, int64_t now)
{
    struct sched_event e;
    sched_tell(k->sched, what, object, &e);
    stir_all(k, &e, now);
}

/* ── what is next ── */

static void wake(struct cycle *k, int64_t now)
{
    if (k->lost) { /* memory was out as some were to be moved: they stand nowhere */
        k->lost = false;
        MAP_EACH(slot, &k->waiting)
        {
            struct waiting *w = slot->value;
            if (w->state == WAITING_NEW && go_active(k, w) < 0)
                k->lost = true;
        }
    }
    for (struct heap_item *i; (i = heap_first(&k->backoff)) && i->at <= now;)
        if (go_active(k, CONTAINER_OF(i, struct waiting, item)) < 0)
            return;
    for (struct heap_item *i; (i = heap_first(&k->flush)) && i->at <= now;)
        stir(k, CONTAINER_OF(i, struct waiting, stale), now);
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
    detach(k, w);
    return w;
}

int64_t cycle_next(const struct cycle *k)
{
    struct heap_item *active = heap_first(&k->active), *backoff = heap_first(&k->backoff), *flush = heap_first(&k->flush);
    if (active || (backoff && CONTAINER_OF(backoff, struct waiting, item)->hurry))
        return 0;
    return MIN(backoff ? backoff->at : INT64_MAX, flush ? flush->at : INT64_MAX);
}

void cycle_look(const struct cycle *k, const struct sched_pod *p, struct cycle_view *out)
{
    static const enum cycle_state states[WAITING_STATES] = {[WAITING_NEW] = CYCLE_ACTIVE, [WAITING_GATED] = CYCLE_GATED, [WAITING_ACTIVE] = CYCLE_ACTIVE,
                                                            [WAITING_BACKOFF] = CYCLE_BACKOFF, [WAITING_UNSCHEDULABLE] = CYCLE_UNSCHEDULABLE,
                                                            [WAITING_BINDING] = CYCLE_BINDING};
    const struct waiting *w = sched_pod_note(p);
    *out = (struct cycle_view){0};
    if (!w)
        return;
    *out = (struct cycle_view){states[w->state], w->attempts, w->rejectors, w->failed_at, 0};
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
    out->binding = k->counts[WAITING_BINDING];
}
