/* Watchers. Those with the same prefix form a group; one that has read
 * everything waits there at no cost until an event of the group's comes. Which
 * groups an event belongs to is found by looking up the heads of its key in the
 * lengths that any prefix has, so the price of an event does not grow with the
 * number of idle watchers. */
#include "store/inside.h"

struct watch_group {
    struct str prefix; /* owned */
    size_t watches;
    struct list waiting; /* of struct store_watch */
};

struct store_watch {
    struct store *store;
    struct watch_group *group;
    struct list link; /* in group->waiting while `waiting`; in watches.woken until wake is called */
    uint64_t seq;     /* next event to look at, unless waiting */
    int64_t after, scanned;
    bool waiting, lost;
    struct store_event current; /* holds references */
    void (*wake)(void *ctx);
    void *ctx;
};

/* ── groups ── */

static struct watch_length *length_of(struct watches *w, size_t n)
{
    for (size_t i = 0; i < w->lengths.n; i++)
        if (w->lengths.p[i].n == n)
            return &w->lengths.p[i];
    return NULL;
}

static bool is_open(struct str prefix)
{
    return !prefix.n || prefix.p[prefix.n - 1] != '/';
}

static void length_drop(struct watches *w, struct str prefix)
{
    struct watch_length *l = length_of(w, prefix.n);
    l->open -= is_open(prefix);
    if (--l->groups)
        return;
    *l = w->lengths.p[--w->lengths.n];
    if (!w->lengths.n)
        VEC_DONE(&w->lengths);
}

static int length_add(struct watches *w, struct str prefix)
{
    struct watch_length *l = length_of(w, prefix.n);
    if (!l && !(l = VEC_ADD(&w->lengths)))
        return -ENOMEM;
    l->n = prefix.n;
    l->open += is_open(prefix);
    l->groups++;
    return 0;
}

static void group_unref(struct watches *w, struct watch_group *g)
{
    if (--g->watches)
        return;
    map_del(&w->groups, g->prefix);
    if (!w->groups.n)
        map_done(&w->groups);
    length_drop(w, g->prefix);
    mem_free(g);
}

static struct watch_group *group_ref(struct watches *w, struct str prefix)
{
    struct watch_group *g = map_get(&w->groups, prefix);
    if (g) {
        g->watches++;
        return g;
    }
    g = mem_alloc(sizeof(*g) + prefix.n);
    if (!g)
        return NULL;
    char *text = (char *)(g + 1);
    if (prefix.n)
        memcpy(text, prefix.p, prefix.n);
    g->prefix = str_make(text, prefix.n);
    g->watches = 1;
    list_init(&g->waiting);
    if (length_add(w, g->prefix) < 0) {
        mem_free(g);
        return NULL;
    }
    if (map_put(&w->groups, g->prefix, g) < 0) {
        length_drop(w, g->prefix);
        mem_free(g);
        return NULL;
    }
    return g;
}

/* ── all of them ── */

void watches_init(struct watches *w)
{
    list_init(&w->woken);
    os_slab_init(&w->slab, sizeof(struct store_watch));
}

void watches_done(struct watches *w)
{
    VEC_DONE(&w->lengths);
    map_done(&w->groups);
    os_slab_done(&w->slab);
}

/* ── telling ── */

static void group_tell(struct watches *w, struct watch_group *g, uint64_t seq, int64_t revision)
{
    while (!list_empty(&g->waiting)) {
        struct store_watch *x = CONTAINER_OF(g->waiting.next, struct store_watch, link);
        list_del(&x->link);
        list_add(&w->woken, &x->link);
        x->waiting = false;
        x->seq = seq;
        x->scanned = MAX(x->scanned, revision - 1);
        w->waiting--;
    }
}

void watch_tell(struct store *s, uint64_t seq)
{
    struct watches *w = &s->watches;
    const struct store_event *e = &log_at(&s->log, seq)->event;
    const struct object *o = e->object;
    if (!o || !w->waiting)
        return;
    for (size_t i = 0; i < w->lengths.n; i++) {
        const struct watch_length *l = &w->lengths.p[i];
        bool fits = l->n <= o->key.n && (l->open || o->key.p[l->n - 1] == '/'); /* most lengths end within a name */
        struct watch_group *g = fits ? map_get(&w->groups, str_head(o->key, l->n)) : NULL;
        if (g)
            group_tell(w, g, seq, e->revision);
    }
}

void watch_wake(struct store *s)
{
    struct list now = LIST_INIT(now);
    while (!list_empty(&s->watches.woken)) {
        struct list *item = s->watches.woken.next;
        list_del(item);
        list_add(&now, item);
    }
    while (!list_empty(&now)) { /* a callback may free any watch: it takes itself off this list */
        struct store_watch *x = CONTAINER_OF(now.next, struct store_watch, link);
        list_del(&x->link);
        if (x->wake)
            x->wake(x->ctx);
    }
}

/* ── the door ── */

int store_watch_new(struct store_watch **out, struct store *s, struct str prefix, int64_t after, void (*wake)(void *ctx), void *ctx)
{
    if (after < s->visible->revision && !log_covers(&s->log, after))
        return STORE_COMPACTED;
    struct store_watch *w = os_slab_alloc(&s->watches.slab);
    if (!w)
        return -ENOMEM;
    w->group = group_ref(&s->watches, prefix);
    if (!w->group) {
        os_slab_free(&s->watches.slab, w);
        return -ENOMEM;
    }
    w->store = s;
    w->seq = log_after(&s->log, after);
    w->after = w->scanned = after;
    w->wake = wake;
    w->ctx = ctx;
    list_init(&w->link);
    s->watches.n++;
    *out = w;
    return 0;
}

static void current_drop(struct store_watch *w)
{
    object_unref(w->current.object);
    object_unref(w->current.previous);
    w->current = (struct store_event){0};
}

const struct store_event *store_watch_next(struct store_watch *w)
{
    current_drop(w);
    const struct log *g = &w->store->log;
    if (w->lost || w->waiting)
        return NULL;
    list_del(&w->link); /* it looks by itself: no need to wake it */
    if (w->seq < g->first) {
        w->lost = true;
        return NULL;
    }
    while (w->seq < g->end) {
        const struct store_event *e = &log_at(g, w->seq++)->event;
        w->scanned = MAX(w->scanned, e->revision);
        if (!e->object || e->revision <= w->after || object_opaque(e->object) || !str_starts(e->object->key, w->group->prefix))
            continue;
        w->current = *e;
        object_ref(e->object);
        if (e->previous)
            object_ref(e->previous);
        return &w->current;
    }
    list_add(&w->group->waiting, &w->link);
    w->waiting = true;
    w->store->watches.waiting++;
    return NULL;
}

int64_t store_watch_revision(const struct store_watch *w)
{
    return w->waiting ? MAX(w->after, w->store->visible->revision) : w->scanned;
}

bool store_watch_lost(const struct store_watch *w)
{
    return w->lost;
}

struct store_watch *store_watch_free(struct store_watch *w)
{
    if (!w)
        return NULL;
    current_drop(w);
    list_del(&w->link);
    struct watches *all = &w->store->watches;
    all->n--;
    all->waiting -= w->waiting;
    group_unref(all, w->group);
    return os_slab_free(&all->slab, w);
}
