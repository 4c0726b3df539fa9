/* WATCH: a cursor into the log, and what each event looks like through selectors. */
#include "query/query.h"
#include "selector/selector.h"

static bool matches(const struct query_watch *w, const struct object *o)
{
    return (!w->labels || selector_matches_object(w->labels, o)) && (!w->fields || selector_matches_object(w->fields, o));
}

static int take_initial(struct query_watch *w, struct store *store, struct str prefix)
{
    w->initial = store_snapshot(store);
    w->cursor = mem_alloc(sizeof(*w->cursor) + prefix.n);
    if (!w->initial || !w->cursor)
        return -ENOMEM;
    /* The cursor keeps its prefix, and with a slow reader outlives the request whose text that was. */
    char *own = (char *)(w->cursor + 1);
    memcpy(own, prefix.p, prefix.n);
    prefix.p = own;
    store_cursor_start(w->cursor, w->initial, prefix, prefix);
    w->start = store_snapshot_revision(w->initial);
    return 0;
}

int query_watch_open(struct query_watch *w, struct store *store, struct str prefix, const struct selector *labels, const struct selector *fields,
                     int64_t start, bool synced_event, void (*wake)(void *ctx), void *ctx)
{
    *w = (struct query_watch){.labels = labels, .fields = fields, .start = start, .synced_event = synced_event};
    int r = start ? 0 : take_initial(w, store, prefix);
    if (r == 0)
        r = store_watch_new(&w->log, store, prefix, MIN(w->start, store_revision(store)), wake, ctx);
    if (r)
        query_watch_close(w);
    return r;
}

static bool next_initial(struct query_watch *w, struct query_event *e)
{
    struct object *o;
    while ((o = store_cursor_next(w->cursor)) != NULL)
        if (w->raw || matches(w, o)) {
            *e = (struct query_event){QUERY_ADDED, o, o->revision, NULL, false};
            return true;
        }
    w->cursor = mem_free(w->cursor);
    w->initial = store_snapshot_unref(w->initial);
    if (!w->synced_event)
        return false;
    *e = (struct query_event){QUERY_SYNCED, NULL, w->start, NULL, false};
    return true;
}

/* An object that comes into a selector's view is ADDED, one that leaves it DELETED, whatever happened to it: then it is
 * told as it was when it was last in view, as upstream does. */
bool query_watch_judge(const struct query_watch *w, struct query_event *e)
{
    bool now = !e->gone && matches(w, e->object);
    bool before = e->previous && matches(w, e->previous);
    if (e->gone && !e->previous)
        before = matches(w, e->object);
    if (!now && !before)
        return false;
    e->type = now ? (before ? QUERY_MODIFIED : QUERY_ADDED) : QUERY_DELETED;
    if (!now && !e->gone)
        e->object = e->previous;
    return true;
}

static bool seen_as(const struct query_watch *w, const struct store_event *s, struct query_event *e)
{
    *e = (struct query_event){QUERY_MODIFIED, s->object, s->revision, s->previous, s->type == STORE_DELETE};
    return w->raw || query_watch_judge(w, e);
}

void query_watch_raw(struct query_watch *w)
{
    w->raw = true;
}

bool query_watch_next(struct query_watch *w, struct query_event *e)
{
    const struct store_event *s;
    if (w->cursor && next_initial(w, e))
        return true;
    while ((s = store_watch_next(w->log)) != NULL)
        if (s->revision > w->start && seen_as(w, s, e))
            return true;
    return false;
}

bool query_watch_lost(const struct query_watch *w)
{
    return store_watch_lost(w->log);
}

int64_t query_watch_revision(const struct query_watch *w)
{
    return MAX(store_watch_revision(w->log), w->start);
}

bool query_watch_is_open(const struct query_watch *w)
{
    return w->log;
}

void query_watch_close(struct query_watch *w)
{
    w->log = store_watch_free(w->log);
    w->initial = store_snapshot_unref(w->initial);
    w->cursor = mem_free(w->cursor);
}
