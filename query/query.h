/* query: how the store is looked at — keys, pages, watches.
 *
 *   list   a plan over one snapshot: selectors, limit, continue; pages of one
 *          list stand on the same revision
 *   watch  a cursor into the log, and what each event looks like through
 *          selectors: what comes into view is ADDED, what leaves it DELETED
 *   feed   keeps the authorizer's state current from watches of its own
 *
 * Objects come frozen as they are stored; nothing is decoded or encoded here,
 * nothing written. One loop thread; nothing is logged. */
#ifndef CORACLE_QUERY_H
#define CORACLE_QUERY_H

#include "apireq/apireq.h"
#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "selector/selector.h"
#include "store/store.h"

struct auth;

/* ── keys ── */
int query_prefix(struct arena *a, const struct schema_resource *r, struct str ns, struct str *out) MUST_USE;
int query_key(struct arena *a, const struct schema_resource *r, struct str ns, struct str name, struct str *out) MUST_USE;

/* ── list: a plan over one snapshot ── */
struct query_list {
    const struct schema_resource *resource;
    struct store_snapshot *snapshot;
    struct str prefix, from; /* key prefix, and where the walk begins; in the arena */
    struct selector *labels, *fields;
    struct str only; /* a key: the selectors leave room for one object */
    struct store_cursor cursor;
    struct object **found; /* with a limit: what this page holds, borrowed from the snapshot */
    size_t n_found, at;
    bool limited;
    bool raw;         /* whoever opened it judges and cuts it himself */
    size_t patience;  /* without a limit: after so many that the selectors pass over, next() gives up … */
    bool paused;      /* … and says so: it goes on when asked again. 0: it never does */
    int64_t revision; /* metadata.resourceVersion */
    struct str continue_token;
    int64_t remaining; /* -1: not told */
};
/* 0; 1: st says why not (400, 410, 504 …). */
int query_list_open(struct store *store, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                    const struct schema_resource *resource, struct query_list *l, struct apireq_status *st) MUST_USE;
struct object *query_list_next(struct query_list *l); /* borrowed from the snapshot; NULL: end */
/* For objects that are to be converted first: next() then gives all there are, selected or not, and no page is made.
 * matches() judges the converted one; cut() ends a page behind `last`, a key: what is left is looked at once. */
int query_list_open_raw(struct store *store, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                        const struct schema_resource *resource, struct query_list *l, struct apireq_status *st) MUST_USE;
bool query_list_matches(const struct query_list *l, const struct object *o);
int query_list_cut(struct arena *a, struct query_list *l, struct str last) MUST_USE; /* 0, or -ENOMEM */
void query_list_rewind(struct query_list *l);
void query_list_close(struct query_list *l);

/* ── watch ── */
enum query_event_type { QUERY_ADDED, QUERY_MODIFIED, QUERY_DELETED, QUERY_SYNCED };
struct query_event {
    enum query_event_type type; /* SYNCED: all initial events are out; object is NULL */
    struct object *object;      /* borrowed until the next call */
    int64_t revision;           /* of the event; a DELETED object that has only left the selectors' view has an older one */
    struct object *previous;    /* of a raw watch: as it was before; NULL: it was not there */
    bool gone;                  /* of a raw watch: it has been deleted */
};
struct query_watch { /* embedded in its owner, zeroed; nobody else looks in */
    const struct selector *labels, *fields;
    struct store_watch *log;        /* NULL: not open */
    struct store_snapshot *initial; /* what there was at the start, until it has been told */
    struct store_cursor *cursor;    /* over it; its prefix lies behind it */
    int64_t start;                  /* events up to here are not told */
    bool synced_event, raw;
};
/* `start`: a revision, or 0 for "first what there is". The selectors and the arena they live in are the caller's and
 * outlive the watch. wake is called from the loop when next() has something again after it said no.
 * 0; STORE_COMPACTED; -ENOMEM. */
int query_watch_open(struct query_watch *w, struct store *store, struct str prefix, const struct selector *labels, const struct selector *fields,
                     int64_t start, bool synced_event, void (*wake)(void *ctx), void *ctx) MUST_USE;
bool query_watch_next(struct query_watch *w, struct query_event *e);
/* For objects that are to be converted first: next() then tells all that happened, selected or not, and judge() makes of
 * it, object and previous converted, what a watcher is to see. False: nothing. */
void query_watch_raw(struct query_watch *w);
bool query_watch_judge(const struct query_watch *w, struct query_event *e);
bool query_watch_lost(const struct query_watch *w);
int64_t query_watch_revision(const struct query_watch *w); /* for bookmarks */
bool query_watch_is_open(const struct query_watch *w);
void query_watch_close(struct query_watch *w); /* harmless when it is not open */

/* ── what auth must see ── */
struct query_feed;
int query_feed_new(struct query_feed **out, struct store *store, struct auth *auth, struct err *err) MUST_USE;
struct query_feed *query_feed_free(struct query_feed *f);

#endif
