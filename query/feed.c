/* Keeps auth's state current: every object of the resources it watches, at start and at each change. */
#include "auth/auth.h"
#include "query/query.h"

struct feed_watch {
    struct store *store;
    struct auth *auth;
    struct auth_watched what;
    bool pods;
    struct store_watch *watch;
};
struct query_feed {
    struct feed_watch *items;
    size_t n;
};

static void tell(struct feed_watch *w, const struct store_event *e)
{
    struct auth *x = w->auth;
    if (e->type == STORE_DELETE) {
        auth_delete(x, w->what.group, w->what.resource, object_namespace(e->object), object_name(e->object));
        return;
    }
    if (w->what.deletions_only)
        return;
    struct str node;
    char scratch[32];
    if (w->pods && (!object_field(e->object, "spec.nodeName", &node, scratch) || !node.n)) { /* nobody gets at anything by it yet */
        auth_pod_unbound(x, object_namespace(e->object), object_name(e->object));
        return;
    }
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    if (arena_new(&mem, 16 * 1024 * 1024) < 0 || object_tree(mem, e->object, &tree, NULL) < 0)
        return;
    if (auth_put(x, w->what.group, w->what.resource, &tree) < 0)
        auth_delete(x, w->what.group, w->what.resource, object_namespace(e->object), object_name(e->object)); /* fail closed */
}

static int load(struct feed_watch *w, struct store_snapshot *v, struct str prefix)
{
    struct store_cursor c;
    struct object *o;
    if (w->what.deletions_only)
        return 0;
    store_cursor_start(&c, v, prefix, prefix);
    while ((o = store_cursor_next(&c)) != NULL)
        tell(w, &(struct store_event){.type = STORE_PUT, .object = o});
    return 0;
}

static int start(struct feed_watch *w);

static void wake(void *ctx)
{
    struct feed_watch *w = ctx;
    const struct store_event *e;
    while ((e = store_watch_next(w->watch)) != NULL)
        tell(w, e);
    if (store_watch_lost(w->watch)) { /* cannot happen to one that is served at once, but must not be silent: load again */
        w->watch = store_watch_free(w->watch);
        if (start(w) < 0)
            w->watch = NULL;
    }
}

static int start(struct feed_watch *w)
{
    SCOPED(arena) mem = NULL;
    struct str prefix;
    const struct schema_resource *r = NULL, *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n && !r; i++)
        if (str_eq(rows[i].group, w->what.group) && str_eq(rows[i].name, w->what.resource) && rows[i].storage == &rows[i])
            r = &rows[i];
    if (!r)
        return 0;
    int e = arena_new(&mem, 4096);
    if (e == 0)
        e = query_prefix(mem, r, STR_NONE, &prefix);
    if (e < 0)
        return e;
    struct store_snapshot *v = store_snapshot(w->store);
    if (!v)
        return -ENOMEM;
    e = store_watch_new(&w->watch, w->store, prefix, store_snapshot_revision(v), wake, w);
    if (e == 0)
        e = load(w, v, prefix);
    store_snapshot_unref(v);
    return e > 0 ? -EAGAIN : e;
}

int query_feed_new(struct query_feed **out, struct store *store, struct auth *auth, struct err *err)
{
    const struct auth_watched *all = auth_watches();
    size_t n = 0;
    while (all[n].resource.n)
        n++;
    struct query_feed *f = mem_alloc(sizeof(*f));
    if (!f)
        return err_raise(err, -ENOMEM, "no memory for the authorizer's feed");
    f->items = mem_alloc(MAX(n, 1) * sizeof(*f->items));
    int r = f->items ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++, f->n++) {
        f->items[i] = (struct feed_watch){.store = store, .auth = auth, .what = all[i], .pods = str_is(all[i].resource, "pods")};
        r = start(&f->items[i]);
    }
    if (r == 0) {
        /* store wakes only those whose last read said "nothing more" */
        for (size_t i = 0; i < f->n; i++)
            if (f->items[i].watch)
                wake(&f->items[i]);
        *out = f;
        return 0;
    }
    query_feed_free(f);
    return err_raise(err, r, "the authorizer's feed cannot start");
}

struct query_feed *query_feed_free(struct query_feed *f)
{
    if (!f)
        return NULL;
    for (size_t i = 0; i < f->n; i++)
        store_watch_free(f->items[i].watch);
    mem_free(f->items);
    return mem_free(f);
}
