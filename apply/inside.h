/* What the apply files of this room share: sets of field paths, how a value's
 * parts are identified, and who owns what. Nobody else looks in here.
 *
 * A set is a tree of path parts, sorted at each level, as FieldsV1 writes it:
 * a node may itself be a member, have parts below it, or both, never neither.
 * Sets are not changed once built; results share subtrees with what they came
 * from, so all of one request's sets live in one arena. */
#ifndef CORACLE_OBJECT_APPLY_INSIDE_H
#define CORACLE_OBJECT_APPLY_INSIDE_H

#include "apply/apply.h"

/* ── sets ── */
enum set_bit {
    SET_MEMBER = 1 << 0,
    SET_ADDED = 1 << 1, /* these three only in what a comparison gives */
    SET_MODIFIED = 1 << 2,
    SET_REMOVED = 1 << 3,
};

struct path_part {
    char kind;       /* f field, k list item by keys, v set item, i index */
    struct str text; /* the name; compact JSON, keys sorted by name; JSON; decimal */
};

struct field_set {
    struct field_node *nodes;
    uint32_t n, cap;
};

struct field_node {
    struct path_part part;
    uint8_t bits;
    struct field_set below;
};

int part_cmp(struct path_part a, struct path_part b);                            /* upstream's order: f < k < v < i, then by worth */
void part_print(struct path_part part, struct buf *out);                         /* .name, [key="value"], [="value"], [3] */
int set_parse(struct arena *a, struct str json, struct field_set *out) MUST_USE; /* -EBADMSG, -ENOMEM, -E2BIG */
void set_print(const struct field_set *s, struct buf *out);
struct field_node *set_find(const struct field_set *s, struct path_part part);
struct field_node *set_append(struct arena *a, struct field_set *s, struct path_part part); /* NULL: no memory */
int set_reserve(struct arena *a, struct field_set *s, size_t n) MUST_USE;                   /* of an empty set: room for so many */
bool set_sort(struct field_set *s); /* after the last append; true: for sure no part comes twice */
int set_select(struct arena *a, const struct field_set *s, uint8_t bits,
               struct field_set *out) MUST_USE; /* nodes with any of `bits` become members */
int set_union(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out) MUST_USE;
int set_intersection(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out) MUST_USE;
int set_difference(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out) MUST_USE;
/* Takes away y's members and everything below them. */
int set_cut(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out) MUST_USE;
bool set_has_all(const struct field_set *x, const struct field_set *y); /* every member of y is one of x */
static inline bool set_empty(const struct field_set *s)
{
    return s->n == 0;
}

/* ── shapes: how values of a type are owned ── */
enum shape {
    SHAPE_LEAF,     /* scalars, and all that is replaced as a whole */
    SHAPE_STRUCT,   /* members are fields of .message */
    SHAPE_MAP,      /* members are elements of .message */
    SHAPE_LIST_SET, /* items are scalars, each once */
    SHAPE_LIST_MAP, /* items are .message, told apart by .field's list_keys */
    SHAPE_UNTYPED,  /* maps by member, the rest as leaves */
};
struct shaping {
    enum shape shape;
    const struct schema_message *message;
    const struct schema_field *field;
};

struct shaping shape_of_message(const struct schema_message *m);
struct shaping shape_of_field(const struct schema_field *f);       /* NULL: a field nobody declared */
struct shaping shape_of_item(struct shaping s);                    /* of a MAP's or list's elements */
struct shaping shape_for(struct shaping s, const struct value *v); /* an UNTYPED one decided by a value */
/* A field's value as Go's structs would have it: zero values of omitempty fields are absent (NULL), absent ones
 * without omitempty are there as zero, and structs that are not pointers are always there. */
const struct value *shape_view(const struct schema_field *f, const struct value *v);
/* The item's place in its list. Answers -EINVAL when it has none (a map in a set, no key at all). */
int shape_part(struct arena *a, struct shaping list, const struct value *item, struct path_part *out) MUST_USE;
bool shape_same_item(struct shaping list, const struct value *a, const struct value *b);
/* Both have a place in the list, spelled the same. */
bool shape_item_twins(struct shaping list, const struct value *a, const struct value *b);

/* ── walks over values ── */
/* Bits: added, modified, removed. `zeros`: zero values written out in an object count, as in applied ones;
 * else they are as good as absent, as in objects Go has decoded. */
int apply_compare(struct arena *a, struct shaping s, const struct value *before, const struct value *after, bool zeros, struct field_set *out,
                  struct err *err) MUST_USE;
/* The same of an object that was not there before. It may leave out what `but` has as a member with nothing below it. */
int apply_compare_first(struct arena *a, struct shaping s, const struct value *v, const struct field_set *but, struct field_set *out,
                        struct err *err) MUST_USE;
/* Every field and item mentioned. `err` tells the first field the schema does not know, when `declared` is asked. */
int apply_fields(struct arena *a, struct shaping s, const struct value *v, bool declared, struct field_set *out, struct err *err) MUST_USE;
/* Is `text` what the set of those fields, all declared, is written as, without what `strip` and `reset` have? Sure when true. */
bool apply_fields_are(struct arena *a, struct shaping s, const struct value *config, const struct field_set *strip, const struct field_set *reset,
                      struct str text);
int apply_named(struct arena *a, struct shaping s, const struct field_set *in, struct field_set *out) MUST_USE;
/* The configuration laid over `live`; shares with both, live's own maps and lists wherever nothing changed. `distinct`: no list
 * of the configuration names an item twice, as apply_fields() saw to. */
int apply_merge(struct arena *a, struct shaping s, const struct value *live, const struct value *config, bool distinct, struct value *out,
                struct err *err) MUST_USE;
/* Typed objects have no nulls: what was removed from within, or applied as null, is absent. What is shared with `twin` (NULL: none)
 * stays as it is, the rest is shared with `v` as far as it can be. */
int apply_drop_nulls(struct arena *a, struct shaping s, const struct value *v, const struct value *twin, struct value *out) MUST_USE;
int apply_remove(struct arena *a, struct shaping s, struct value *v, const struct field_set *gone) MUST_USE;

/* ── who owns what ── */
struct owner {
    struct str manager, api_version, subresource;
    bool applied;         /* operation Apply, else Update */
    struct str time;      /* RFC 3339, "" when none */
    struct field_set set; /* read from `text` when owner_known() first asks for it */
    struct str text;      /* the set as it was read; p NULL once it changed */
    bool unread;
};
struct owners {
    VEC(struct owner) list;
    struct arena *arena;
};
/* From metadata.managedFields, the sets to be read later. -EBADMSG when it is none. */
int owners_read(struct owners *o, const struct value *managed_fields, struct err *err) MUST_USE;
int owner_known(struct owners *o, struct owner *one, struct err *err) MUST_USE; /* its set is read now: -EBADMSG when its text is none */
int owners_known(struct owners *o, struct err *err) MUST_USE;                   /* all are */
void owners_done(struct owners *o);
struct owner *owners_find(struct owners *o, const struct owner *like); /* same manager, operation, version, subresource */
struct owner *owners_add(struct owners *o, const struct owner *like);
void owners_drop_empty(struct owners *o);
int owners_cap(struct owners *o) MUST_USE;                                        /* at most 10 updaters; the oldest become "ancient-changes" */
int owners_write(struct owners *o, struct value *tree, struct err *err) MUST_USE; /* into metadata.managedFields */
void owner_print(const struct owner *o, struct buf *out);                         /* "kubectl" with subresource "status" using apps/v1 */

/* ── what the maker of an object owns, when another was made in the same way ── */
#define FIRST_MADE_MAX ((size_t)2048)
#define FIRST_TEXT_MAX ((size_t)1536)
struct first_made { /* all of an object that the answer can depend on */
    size_t n;
    bool whole; /* it has found room, and the kind is one that is kept */
    char bytes[FIRST_MADE_MAX];
};
/* true: *text is the maker's set as it is written, to be copied before the next call. Else first_keep() may be told what it came to be. */
bool first_known(const struct apply_options *o, const struct value *tree, struct first_made *made, struct str *text);
void first_keep(const struct apply_options *o, const struct first_made *made, struct str text);

#endif
