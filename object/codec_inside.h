/* One run of the table-driven interpreters over schema rows; not a door.
 *
 * A canonical tree is exactly what the server's JSON holds: unknown members
 * gone, members in row order, map keys sorted, omitempty applied, what Go
 * cannot omit filled in with its zero, quantities and times normalised. Both
 * codec_conform() and codec_read() make canonical trees; codec_write() takes
 * only those. */
#ifndef CORACLE_OBJECT_CODEC_INSIDE_H
#define CORACLE_OBJECT_CODEC_INSIDE_H

#include "object/object.h"

#define OBJECT_BYTES_MAX (64u << 20) /* a tree made in passing */

struct codec_place { /* name.p NULL: item of a list */
    struct str name;
    size_t item; /* or CODEC_KEY: the name is a map's key */
};
#define CODEC_KEY SIZE_MAX
struct codec {
    struct arena *arena;
    struct object_notes *notes; /* NULL: unknown fields are dropped silently */
    struct err *err;
    const struct schema_kind *type;     /* what the outermost message says of itself when nothing else does */
    struct str revision;                /* what the outermost metadata.resourceVersion is made to be; p NULL: left as it is */
    const struct schema_message *owner; /* whose field is being looked at, for faults */
    const struct schema_field *field;
    VEC(struct value) slots;        /* stack: the JSON views of the messages being made; null = absent */
    VEC(const struct value *) refs; /* stack: the same while writing */
    const struct value *twin;       /* codec_conform(): see there; NULL: none */
    bool in_place;                  /* what is as its twin stays where it stands; else it is the twin's own, and forked */
    bool trusted;                   /* the bytes were made here: what stands verbatim in them need not be checked again */
    bool inexact;                   /* codec_write() wrote less than the tree says: an empty list, for one, is read back as none */
    unsigned depth;
    struct codec_place path[VALUE_DEPTH_MAX + 4];
};
void codec_done(struct codec *c);

/* ── where we are ── */
int codec_enter(struct codec *c, struct str name, size_t item) MUST_USE; /* -E2BIG: nested too deep */
static inline void codec_leave(struct codec *c)
{
    c->depth--;
}
int codec_no_memory(struct codec *c);
int codec_fault(struct codec *c, const char *fmt, ...) PRINTF(2, 3); /* -EBADMSG, the path in front */
int codec_wrong_type(struct codec *c, const struct value *got);      /* Go's "cannot unmarshal" sentence */
int codec_note_unknown(struct codec *c, struct str name) MUST_USE;

/* ── JSON model → canonical tree ── */
int codec_conform(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out) MUST_USE;
/* Whether conforming would make the same again: as far as that, members may be put into their order, and c->arena used. Tells no
 * faults: where it is not so, codec_conform() says why. */
bool codec_formed(struct codec *c, const struct schema_message *m, struct value *v);
/* ── protobuf → canonical tree ── */
int codec_read(struct codec *c, const struct schema_message *m, struct str bytes, struct value *out) MUST_USE;
/* ── canonical tree → protobuf (the fields, without tag and length) ── */
int codec_write(struct codec *c, const struct schema_message *m, const struct value *v, struct buf *out) MUST_USE;
int codec_write_field(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v) MUST_USE; /* v NULL: absent */
/* A frozen object of a built-in kind stored as protobuf, from its bytes. */
int codec_frozen(struct object **out, struct str key, const struct schema_kind *kind, const struct buf *bytes, bool verbatim,
                 struct err *err) MUST_USE;

int codec_write_field(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v) MUST_USE; /* v NULL: absent */
int codec_write_item(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v) MUST_USE;
int codec_refs_open(struct codec *c, const struct schema_message *m, const struct value *v, size_t *base) MUST_USE; /* n refs, filled */
/* The same of a tree made from `old`, which `bytes` were written of. 1: they do not stand as expected, and `out` is to be cut back. */
int codec_write_beside(struct codec *c, const struct schema_message *m, const struct value *v, const struct value *old, struct str bytes,
                       struct buf *out) MUST_USE;

/* Makes room for `need` of `size` bytes each on one of the stacks above. */
int codec_stack_room(void **p, size_t *cap, size_t need, size_t size) MUST_USE;

/* ── shared by both makers ── */
int codec_open(struct codec *c, const struct schema_message *m, size_t *base) MUST_USE; /* n slots, all absent */
int codec_close(struct codec *c, const struct schema_message *m, size_t base, struct value *out) MUST_USE;
int codec_zero(struct codec *c, const struct schema_field *f, struct value *out) MUST_USE; /* of one item of f */
int codec_fill(struct codec *c, const struct schema_field *f, struct value *out) MUST_USE; /* what stands for an absent f that cannot be left out */
bool codec_omits_absent(const struct schema_field *f);
bool codec_omits(const struct schema_field *f, const struct value *v);
int codec_sort_map(struct codec *c, struct value *map) MUST_USE; /* by key; of equal ones the last stays */

/* ── messages that are no objects in JSON ── */
int codec_form_conform(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out) MUST_USE;
int codec_form_read(struct codec *c, const struct schema_message *m, struct str bytes, struct value *out) MUST_USE;
int codec_form_write(struct codec *c, const struct schema_message *m, const struct value *v, struct buf *out) MUST_USE;
int codec_form_zero(struct codec *c, const struct schema_message *m, struct value *out) MUST_USE;
int codec_bytes_conform(struct codec *c, const struct value *in, struct value *out) MUST_USE; /* base64 text, checked */
int codec_quantity(struct str text, struct buf *out) MUST_USE;                                /* canonical text; -EINVAL */

/* One object's tree from its stored or received bytes, and the other way round. `stored`: without resourceVersion. */
int codec_decode_tree(struct codec *c, const struct schema_kind *kind, const struct value *tree, struct value *out) MUST_USE;
/* As it is stored, from a canonical tree without resourceVersion. *exact: what is read back from it is the same tree. It may have
 * been made from `was`, the tree of these bytes; NULL: from none. */
int codec_encode_stored(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, const struct value *was,
                        struct str bytes, bool *exact, struct err *err) MUST_USE;
int codec_encode(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, bool stored,
                 struct err *err) MUST_USE;
int codec_sort_tree(struct codec *c, struct value *v) MUST_USE; /* all maps by key, in place */

/* Message bytes → JSON text without a tree. 1 = the fields do not stand as an encoder puts them: go by a tree. */
int codec_print(struct codec *c, const struct schema_message *m, struct str bytes, struct buf *out) MUST_USE;

/* time.Duration's text (Go): "1h2m3.5s" */

/* The JSON text kept with an object. Borrowed until another one is kept. */
bool codec_text(struct object *o, struct str *text) MUST_USE;
int codec_text_keep(struct object *o, struct str text) MUST_USE; /* it has none; the text is copied */
void codec_text_drop(struct object *o);

/* The tree kept with an object: a copy of it, 1: there is none. */
bool codec_tree_kept(const struct object *o);
int codec_tree_copy(struct arena *a, const struct object *o, struct value *out) MUST_USE;
void codec_tree_keep(struct object *o, const struct value *tree);
void codec_tree_drop(struct object *o);

/* A frozen object's ObjectMeta, out of its protobuf bytes, and the numbers of its fields. */
enum { META_NAME = 1, META_NAMESPACE = 3, META_UID = 5, META_DELETED = 9, META_LABELS = 11, META_OWNERS = 13 };
bool codec_metadata(const struct object *o, struct str *metadata) MUST_USE;

/* Decodes the message in a stored or received envelope. */
struct codec_envelope {
    struct str api_version, kind, raw, encoding, type;
};
int codec_envelope_read(struct str in, struct codec_envelope *e, struct err *err) MUST_USE;
void codec_envelope_head(struct buf *out, struct str api_version, struct str kind); /* up to the raw field's tag */

#endif
