/* LIST as a plan over one snapshot. */
#include "query/query.h"
#include "selector/selector.h"

#define FOUND_MAX 1000000

static int refuse_memory(struct apireq_status *st)
{
    apireq_status_memory(st);
    return 1;
}

/* A continued list stands on the snapshot of its first page. */
static int take_token(struct store *store, struct arena *a, const struct apireq_options *o, struct query_list *l, struct str *from,
                      struct apireq_status *st)
{
    struct apireq_token t;
    struct err err = {{0}};
    int r = apireq_token_read(a, o->continue_token, &t, &err);
    if (r == -ENOMEM)
        return refuse_memory(st);
    if (r < 0) {
        apireq_status_bad_request(a, st, "%s", err.text);
        return 1;
    }
    if (o->resource_version.n && !str_is(o->resource_version, "0")) {
        apireq_status_bad_request(a, st, "specifying resource version is not allowed when using continue");
        return 1;
    }
    *from = arena_fmt(a, "%.*s%.*s", STR_FMT(l->prefix), STR_FMT(t.start));
    if (!from->p)
        return refuse_memory(st);
    if (t.start.n && memchr(t.start.p, 0, t.start.n)) { /* arena_fmt stops at the NUL that upstream puts behind the key */
        char *p = arena_alloc(a, l->prefix.n + t.start.n + 1);
        if (!p)
            return refuse_memory(st);
        memcpy(p, l->prefix.p, l->prefix.n);
        memcpy(p + l->prefix.n, t.start.p, t.start.n);
        *from = str_make(p, l->prefix.n + t.start.n);
    }
    if (t.revision < 0) {
        l->snapshot = store_snapshot(store);
        return l->snapshot ? 0 : refuse_memory(st);
    }
    r = store_snapshot_at(store, t.revision, &l->snapshot);
    if (r == 0)
        return 0;
    if (r == -ENOMEM)
        return refuse_memory(st);
    apireq_status_expired(a, st,
                          "The provided continue parameter is too old to display a consistent list result. You can start a new list "
                          "without the continue parameter, or use the continue token in this response to retrieve the remainder of "
                          "the results. Continuing with the provided token results in an inconsistent list - objects that were "
                          "created, modified, or deleted between the time the first chunk was returned and now may show up in the "
                          "list.");
    t.revision = -1;
    if (apireq_token_make(a, t, &st->continue_token) < 0)
        return refuse_memory(st);
    return 1;
}

static int take_version(struct store *store, struct arena *a, const struct apireq_options *o, struct query_list *l, struct apireq_status *st)
{
    if (str_is(o->version_match, "Exact") || (!o->version_match.n && o->limit > 0 && o->revision > 0)) {
        int r = store_snapshot_at(store, o->revision, &l->snapshot);
        if (r == 0)
            return 0;
        if (r == -ENOMEM)
            return refuse_memory(st);
        if (r == STORE_COMPACTED)
            apireq_status_expired(a, st, "The resourceVersion for the provided list is too old.");
        else
            apireq_status_too_large_version(a, st, o->revision, store_revision(store));
        return 1;
    }
    if (o->revision > store_revision(store)) {
        apireq_status_too_large_version(a, st, o->revision, store_revision(store));
        return 1;
    }
    l->snapshot = store_snapshot(store);
    return l->snapshot ? 0 : refuse_memory(st);
}

bool query_list_matches(const struct query_list *l, const struct object *o)
{
    return (!l->labels || selector_matches_object(l->labels, o)) && (!l->fields || selector_matches_object(l->fields, o));
}

static struct object *walk(struct query_list *l)
{
    struct object *o;
    l->paused = false;
    for (size_t passed = 1; (o = store_cursor_next(&l->cursor)) != NULL; passed++) {
        if (l->raw || query_list_matches(l, o))
            return o;
        if (passed == l->patience && !l->limited) {
            l->paused = true;
            return NULL;
        }
    }
    return NULL;
}

int query_list_cut(struct arena *a, struct query_list *l, struct str last)
{
    struct str tail = str_from(last, l->prefix.n);
    char *start = arena_text(a, tail.p, tail.n); /* its NUL is part of the token: the smallest key behind */
    struct apireq_token t = {.revision = store_snapshot_revision(l->snapshot), .start = str_make(start, tail.n + 1)};
    if (!start || apireq_token_make(a, t, &l->continue_token) < 0)
        return -ENOMEM;
    if (!l->labels && !l->fields)
        l->remaining = MAX((int64_t)store_count_from(l->snapshot, l->prefix, last) - 1, (int64_t)0); /* behind it */
    return 0;
}

/* One page: its objects, the token of the next and how many are left behind it. */
static int take_page(struct arena *a, int64_t limit, struct query_list *l, struct apireq_status *st)
{
    struct object *o, *last = NULL;
    size_t cap = (size_t)MIN(limit, (int64_t)FOUND_MAX);
    size_t total = store_count(l->snapshot, l->prefix);
    l->found = arena_alloc(a, MAX(MIN(cap, total), 1) * sizeof(*l->found));
    if (!l->found)
        return refuse_memory(st);
    l->limited = true;
    while (l->n_found < cap && (o = walk(l)) != NULL)
        l->found[l->n_found++] = last = o;
    if (!last || l->n_found < cap)
        return 0;
    o = walk(l);
    if (!o)
        return 0;
    return query_list_cut(a, l, last->key) < 0 ? refuse_memory(st) : 0;
}

static int open_list(struct store *store, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                     const struct schema_resource *resource, bool raw, struct query_list *l, struct apireq_status *st)
{
    *l = (struct query_list){.resource = resource, .remaining = -1, .raw = raw};
    struct str from = STR_NONE;
    if (apireq_selectors(a, resource, o, &l->labels, &l->fields, st))
        return 1;
    if (query_prefix(a, resource, route->ns, &l->prefix) < 0)
        return refuse_memory(st);
    from = l->prefix;
    int r = o->continue_token.n ? take_token(store, a, o, l, &from, st) : take_version(store, a, o, l, st);
    if (r)
        return r;
    l->revision = store_snapshot_revision(l->snapshot);
    struct str name;
    if (l->fields && (route->ns.n || !resource->namespaced) && selector_requires(l->fields, "metadata.name", &name) && name.n &&
        query_key(a, resource, route->ns, name, &l->only) < 0) {
        query_list_close(l);
        return refuse_memory(st);
    }
    l->from = from;
    store_cursor_start(&l->cursor, l->snapshot, l->prefix, from);
    if (o->limit > 0 && !l->only.n && !raw && take_page(a, o->limit, l, st)) {
        query_list_close(l);
        return 1;
    }
    return 0;
}

int query_list_open(struct store *store, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                    const struct schema_resource *resource, struct query_list *l, struct apireq_status *st)
{
    return open_list(store, a, route, o, resource, false, l, st);
}

int query_list_open_raw(struct store *store, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                        const struct schema_resource *resource, struct query_list *l, struct apireq_status *st)
{
    return open_list(store, a, route, o, resource, true, l, st);
}

struct object *query_list_next(struct query_list *l)
{
    if (l->only.n) {
        if (l->at++)
            return NULL;
        struct object *o = store_snapshot_get(l->snapshot, l->only);
        return o && (l->raw || query_list_matches(l, o)) ? o : NULL;
    }
    if (l->limited)
        return l->at < l->n_found ? l->found[l->at++] : NULL;
    return walk(l);
}

void query_list_rewind(struct query_list *l)
{
    l->at = 0;
    if (!l->limited && !l->only.n)
        store_cursor_start(&l->cursor, l->snapshot, l->prefix, l->from);
}

void query_list_close(struct query_list *l)
{
    l->snapshot = store_snapshot_unref(l->snapshot);
}
