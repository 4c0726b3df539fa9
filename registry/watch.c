/* WATCH: a cursor into the log, and what each event looks like through selectors. */
#include "registry/inside.h"

struct registry_watch {
    const struct selector *labels, *fields;
    struct store_watch *log;
    struct store_snapshot *initial; /* what there was at the start, until it has been told */
    struct store_cursor *cursor;    /* over it */
    int64_t start;                  /* events up to here are not told */
    bool synced_event;
};

static bool matches(const struct registry_watch *w, const struct object *o)
{
    return (!w->labels || selector_matches_object(w->labels, o)) && (!w->fields || selector_matches_object(w->fields, o));
}

static int take_initial(struct registry_watch *w, struct registry *g, struct str prefix)
{
    w->initial = store_snapshot(g->store);
    w->cursor = mem_alloc(sizeof(*w->cursor));
    if (!w->initial || !w->cursor)
        return -ENOMEM;
    store_cursor_start(w->cursor, w->initial, prefix, prefix);
    w->start = store_snapshot_revision(w->initial);
    return 0;
}

int registry_watch_open(struct registry_watch **out, struct registry *g, const struct schema_resource *resource, struct str prefix,
                        const struct selector *labels, const struct selector *fields, int64_t start, bool synced_event,
                        void (*wake)(void *ctx), void *ctx)
{
    (void)resource;
    struct registry_watch *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    *w = (struct registry_watch){.labels = labels, .fields = fields, .start = start, .synced_event = synced_event};
    int r = start ? 0 : take_initial(w, g, prefix);
    if (r == 0)
        r = store_watch_new(&w->log, g->store, prefix, MIN(w->start, store_revision(g->store)), wake, ctx);
    if (r) {
        registry_watch_close(w);
        return r;
    }
    *out = w;
    return 0;
}

static bool next_initial(struct registry_watch *w, struct registry_event *e)
{
    struct object *o;
    while ((o = store_cursor_next(w->cursor)) != NULL)
        if (matches(w, o)) {
            *e = (struct registry_event){REGISTRY_ADDED, o, o->revision};
            return true;
        }
    w->cursor = mem_free(w->cursor);
    w->initial = store_snapshot_unref(w->initial);
    if (!w->synced_event)
        return false;
    *e = (struct registry_event){REGISTRY_SYNCED, NULL, w->start};
    return true;
}

/* An object that comes into a selector's view is ADDED, one that leaves it DELETED, whatever happened to it. */
static bool seen_as(const struct registry_watch *w, const struct store_event *s, struct registry_event *e)
{
    bool now = s->type == STORE_PUT && matches(w, s->object);
    bool before = s->previous && matches(w, s->previous);
    if (s->type == STORE_DELETE && !s->previous)
        before = matches(w, s->object);
    if (!now && !before)
        return false;
    *e = (struct registry_event){now ? (before ? REGISTRY_MODIFIED : REGISTRY_ADDED) : REGISTRY_DELETED, s->object, s->revision};
    return true;
}

bool registry_watch_next(struct registry_watch *w, struct registry_event *e)
{
    const struct store_event *s;
    if (w->cursor && next_initial(w, e))
        return true;
    while ((s = store_watch_next(w->log)) != NULL)
        if (s->revision > w->start && seen_as(w, s, e))
            return true;
    return false;
}

bool registry_watch_lost(const struct registry_watch *w)
{
    return store_watch_lost(w->log);
}

int64_t registry_watch_revision(const struct registry_watch *w)
{
    return MAX(store_watch_revision(w->log), w->start);
}

struct registry_watch *registry_watch_close(struct registry_watch *w)
{
    if (!w)
        return NULL;
    store_watch_free(w->log);
    store_snapshot_unref(w->initial);
    mem_free(w->cursor);
    return mem_free(w);
}
