/* convert: objects of custom kinds in another version than they are stored in,
 * as their definition's conversion webhook makes them.
 *
 * A stored object in another version is a frozen object of its own: same key,
 * same revision, the webhook's text. So whoever reads, selects, frames or
 * prints objects needs to know nothing of conversion; he only asks for the
 * object as his version sees it:
 *
 *   convert_needed() ── no ──► the object itself
 *         │ yes
 *   convert_known() ── there ► kept from before, with a reference
 *         │ NULL
 *   convert_fetch() ─────────► done, later: all that were asked for, in order
 *
 * Many objects go in one ConversionReview; what is under way is not asked for
 * twice; answers are kept (CONVERT_KEPT_BYTES in all, the longest unused making
 * room) until the definition changes. What is being written is no stored object
 * yet: convert_tree().
 *
 * Answers are checked as upstream checks them: uid, number, kind, version, name,
 * namespace and uid; of the metadata only labels and annotations may differ, all
 * else is restored. What is wrong is told in upstream's sentence, "conversion
 * webhook for example.com/v1, Kind=Widget failed: …".
 *
 * One loop thread. done comes once, from the loop, never from inside the call
 * that asked. */
#ifndef CORACLE_CONVERT_H
#define CORACLE_CONVERT_H

#include "base/base.h"
#include "loop/loop.h"
#include "object/object.h"
#include "query/query.h"
#include "schema/schema.h"
#include "store/store.h"
#include "value/value.h"

#define CONVERT_KEPT_BYTES  ((size_t)32 << 20)
#define CONVERT_BATCH       250               /* objects in one review … */
#define CONVERT_BATCH_BYTES ((size_t)1 << 20) /* … and their bytes; a larger one goes alone */

struct convert;
int convert_new(struct convert **out, struct loop *loop, struct store *store, struct err *err) MUST_USE;
/* Whoever waits is answered now: -ECANCELED. Not from inside a done. NULL is fine; returns NULL. */
struct convert *convert_free(struct convert *x);

/* ── stored objects ── */
/* Is o stored in another version than r, and does a webhook stand between them? */
bool convert_needed(const struct schema_resource *r, const struct object *o);
/* +1 reference; NULL: it has to be asked for. o itself where no conversion is needed. */
struct object *convert_known(struct convert *x, const struct schema_resource *r, struct object *o);
struct convert_answer {
    int r;                         /* 0, or < 0: error says why */
    struct object *const *objects; /* as many as were asked for; borrowed */
    struct str error;
};
struct convert_call;
/* Takes references of its own. done may be called for some only when all are there, or the first has failed. -ENOMEM. */
int convert_fetch(struct convert_call **out, struct convert *x, const struct schema_resource *r, struct object *const *objects, size_t n,
                  void (*done)(void *ctx, const struct convert_answer *answer), void *ctx) MUST_USE;
/* done will not come. The question goes on, and its answer is kept. NULL is fine; returns NULL. */
struct convert_call *convert_cancel(struct convert_call *k);

/* ── what is being written ── */
/* `tree`, of any version of r's kind, in r's version. `made` lives during done. */
int convert_tree(struct convert *x, const struct schema_resource *r, const struct value *tree,
                 void (*done)(void *ctx, int r, const struct value *made, struct str error), void *ctx) MUST_USE;

/* ── a line of stored objects that come out converted in the order they went in ──
 * A list's or a watch's: put until full, go, take until empty. Bounded as one review is. */
struct convert_item {
    struct object *object, *previous; /* previous may be NULL */
    int64_t revision;
    int tag; /* the caller's */
};
struct convert_line;
/* ready(ctx, 0 or < 0, error): what convert_line_go() waited for. */
int convert_line_new(struct convert_line **out, struct convert *x, const struct schema_resource *r, void (*ready)(void *ctx, int r, struct str error),
                     void *ctx) MUST_USE;
struct convert_line *convert_line_free(struct convert_line *l); /* ready does not come any more */
bool convert_line_full(const struct convert_line *l);
bool convert_line_empty(const struct convert_line *l); /* nothing to take, nothing under way */
bool convert_line_waits(const struct convert_line *l); /* ready is to come */
int convert_line_put(struct convert_line *l,
                     const struct convert_item *item) MUST_USE; /* takes references of its own; -ENOMEM, and a full line's -ENOBUFS */
#define CONVERT_WAITS 1
/* Everything put so far can be taken; CONVERT_WAITS: when ready has said so; < 0. */
int convert_line_go(struct convert_line *l) MUST_USE;
/* The next one, converted; its references are the line's, until the next call. False: none (or not yet). */
bool convert_line_take(struct convert_line *l, struct convert_item *item);
/* The next object of a raw list that is selected, converted; the line's, until the next call; NULL: the end. At most
 * `most` are asked for at once. 0; CONVERT_WAITS: again when ready has said so; < 0. */
int convert_line_next(struct convert_line *l, struct query_list *list, size_t most, struct object **o) MUST_USE;

#endif
