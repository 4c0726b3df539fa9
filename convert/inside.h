/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_CONVERT_INSIDE_H
#define CORACLE_CONVERT_INSIDE_H

#include "convert/convert.h"
#include "webhook/webhook.h"

/* ── one ConversionReview, as text ── */
struct conversion {
    struct str version; /* of the review: "v1" or "v1beta1" */
    struct str uid;
    const struct schema_resource *to;
    const struct str *texts; /* the objects as JSON, none in that version */
    size_t n;
};
int conversion_write(const struct conversion *q, struct buf *out) MUST_USE;
/* The objects converted, made[n], in the arena; 0, -EPROTO with the whole sentence in `error`, -ENOMEM. */
int conversion_read(struct arena *a, const struct conversion *q, struct str body, struct value *made, struct str *error) MUST_USE;
/* "conversion webhook for …" as far as it tells whose. p NULL: no memory. */
struct str conversion_whose(struct arena *a, const struct conversion *q);

/* ── whose webhook ── */
struct asked {
    struct schema_custom *custom; /* a reference; its address is the key */
    struct webhook *webhook;      /* NULL: broken says why */
    char *broken;
    struct str version; /* of reviews; "": none that we speak */
    unsigned calls;
    struct list entries;
};

/* One object in one version. */
struct entry {
    struct list lru, of_hook;          /* lru only while it is kept and settled */
    unsigned refs;                     /* the map's, and one a call or batch */
    struct asked *hook;                /* NULL: forgotten by its hook */
    const struct schema_resource *res; /* lives while `custom` does */
    struct schema_custom *custom;
    struct object *from, *to; /* to NULL: under way, or failed */
    size_t bytes;
    bool kept; /* in the map */
    bool failed;
    struct entry_key {
        const void *from, *res;
    } key;
};

struct convert {
    struct loop *loop;
    struct store *store;
    struct map hooks, entries;
    struct list lru, calls, batches;
    size_t bytes;
    uint64_t generation; /* of the catalogue, when hooks were last looked through */
    struct loop_task ready;
    bool freeing;
};

int asked_take(struct convert *x, struct schema_custom *custom, struct asked **out) MUST_USE; /* +1 call */
void asked_put(struct asked *h);
void asked_free(struct convert *x);

struct entry *kept_find(struct convert *x, const struct schema_resource *r, const struct object *o); /* borrowed; NULL */
int kept_make(struct convert *x, struct asked *h, const struct schema_resource *r, struct object *o, struct entry **out) MUST_USE; /* +1 */
void kept_settle(struct convert *x, struct entry *e, struct object *to); /* takes the reference; may forget others */
void kept_forget(struct convert *x, struct entry *e);                    /* out of the map */
struct entry *kept_unref(struct entry *e);
void kept_sweep(struct convert *x); /* what belongs to definitions that have changed goes */

#endif
