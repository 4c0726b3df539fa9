/* object: Kubernetes objects — decoded as trees, at rest as frozen bytes — and
 * what can be done to them without asking anyone.
 *
 * Frozen objects: after object_freeze() nobody writes to one. It is one
 * reference-counted block holding the exact bytes Kubernetes would store in etcd
 * (for built-in kinds the protobuf envelope, for custom ones JSON), without
 * resourceVersion, which is `revision`. Store, watchers, controllers and
 * scheduler share it. JSON reply texts that are asked for again are kept beside
 * their objects, 64 MiB of them in all, the longest unread making room; so are
 * the trees of what is written again and again, and of what many look at next.
 * References may be taken and dropped from any thread; JSON texts are asked for
 * on the owning loop's thread only.
 *
 * Bytes of a kind that is not registered (of a newer version, say) are loaded
 * all the same, so that nothing is lost: such an object is opaque, nothing can be
 * read out of it, and nobody serves it.
 *
 * The rest of the room, the codec, is pure: bytes in, trees out and the other
 * way round, nothing kept. */
#ifndef CORACLE_OBJECT_H
#define CORACLE_OBJECT_H

#include "base/base.h"
#include "field/field.h"
#include "schema/schema.h"
#include "value/value.h"

/* ── codec: bytes ↔ tree, by the schema's rows ── */
enum object_format { OBJECT_JSON, OBJECT_YAML, OBJECT_PROTOBUF };

/* What a decoder noticed beside hard errors: unknown and duplicate fields, for
 * fieldValidation Warn and Strict. Texts as upstream: unknown field "spec.foo", duplicate field "spec.foo";
 * of YAML: line 9: key "foo" already set in map. object_notes_say() makes the one sentence of them. */
struct object_notes {
    struct str items[FAULTS_MAX];
    size_t n;
};
/* Decodes one object. `kind` NULL: taken from apiVersion/kind in the bytes (unknown → -ENOTSUP).
 * The tree has apiVersion and kind members first, unknown fields dropped (noted when notes given).
 * -EBADMSG: not well-formed or wrong type (err names the field path); -E2BIG, -ENOMEM. */
int object_decode(struct arena *a, enum object_format format, struct str in, const struct schema_kind *kind, struct value *out,
                  const struct schema_kind **found, struct object_notes *notes, struct err *err) MUST_USE;
/* The same without a kind, read at one go when it says to be of the kind it is taken for. */
int object_decode_guess(struct arena *a, enum object_format format, struct str in, const struct schema_kind *guess, struct value *out,
                        const struct schema_kind **found, struct object_notes *notes, struct err *err) MUST_USE;
/* Encodes a tree as the server writes it: known kinds in schema key order. Protobuf comes in the k8s\0 envelope. */
int object_encode(struct buf *out, enum object_format format, const struct schema_kind *kind, const struct value *tree, struct err *err) MUST_USE;
/* Brings an untyped tree (parsed JSON or YAML) into the kind's form in place: checks types, drops and notes
 * unknown fields, normalises quantities and times. What object_decode does after parsing. */
int object_conform(struct arena *a, const struct schema_kind *kind, struct value *tree, struct object_notes *notes, struct err *err) MUST_USE;
/* The same of what apply_server_side() made over `live`, which is in form: what it shares with that is only copied, as value_fork() does. */
int object_conform_merged(struct arena *a, const struct schema_kind *kind, struct value *tree, const struct value *live, struct object_notes *notes,
                          struct err *err) MUST_USE;
/* The same of the caller's own tree, made from `old`, which is in form (NULL: none): what is as there to the letter is old's own then,
 * but for the outermost map and the metadata. */
int object_conform_changed(struct arena *a, const struct schema_kind *kind, struct value *tree, const struct value *old, struct err *err) MUST_USE;
/* strict decoding error: …, what the YAML reader noticed before unknown fields before duplicate ones. */
void object_notes_say(const struct object_notes *notes, struct buf *out);
/* What an applied YAML body's reader noticed, of duplicates as yaml_parse() tells them: error converting YAML to JSON: … */
void object_duplicates_say(const struct value_duplicates *d, struct buf *out);

/* ── frozen objects ── */
struct object {
    unsigned refs;        /* atomic; object_ref/object_unref only */
    uint32_t metadata_at; /* where in `stored` the ObjectMeta of protobuf bytes stands, its length in front; 0: elsewhere */
    int64_t revision;     /* resourceVersion: the transaction that wrote it */
    int64_t created_revision;
    const struct schema_kind *kind; /* of the stored version; NULL: custom, stored as JSON */
    struct str key;                 /* /registry/pods/default/web-0 */
    struct str stored;              /* the bytes as in etcd */
    struct object_text *json;       /* kept reply text; atomic, NULL: none */
    struct object_kept *tree;       /* kept tree; atomic, NULL: none */
    bool awaited;                   /* object_json_formed() is to come: what a watcher is told before spares it the printing */
    uint8_t asked;                  /* for its JSON: after the answer to the write that made it and once more it is worth keeping */
    bool verbatim; /* freezing its tree gives these bytes again: so of what was frozen here, and who writes may find it of what was loaded */
    /* What is asked of every event, found once: looked for each time while `metadata_known` is not set. */
    bool metadata_known;           /* the ObjectMeta's fields stand by number, as an encoder writes them */
    bool deleting : 1, owned : 1;  /* deletionTimestamp is set; there are ownerReferences */
    uint8_t sealed;                /* the store's: by which key it is encrypted on disk (seal_number()), 0: by none */
    uint16_t namespace_at, uid_at; /* behind the start of ObjectMeta, plus one; 0: there is none */
};
/* Takes a tree, drops metadata.resourceVersion, encodes, and makes a frozen object with one reference. */
int object_freeze(struct object **out, struct str key, const struct schema_kind *kind, const struct value *tree, struct err *err) MUST_USE;
/* The same from a tree in its (built-in) kind's form: object_conform() made it so just before. resourceVersion is taken out of
 * it. *exact: the bytes tell all of it, so that object_json_formed() may print it. */
int object_freeze_formed(struct object **out, struct str key, const struct schema_kind *kind, struct value *tree, bool *exact,
                         struct err *err) MUST_USE;
/* The same of what object_conform_changed() made from `was`, the tree of `old`: what it shares with that is copied from old's bytes. */
int object_freeze_changed(struct object **out, struct str key, const struct schema_kind *kind, struct value *tree, const struct object *old,
                          const struct value *was, bool *exact, struct err *err) MUST_USE;
/* One that differs from `old` in a few fields only: nothing else is decoded. A path goes through messages to a field of any
 * type; `value` is what stands there from now on, in the kind's form; NULL: nothing. No path may lead through another's field. */
struct object_change {
    const char *path; /* spec.nodeName */
    const struct value *value;
};
#define OBJECT_CHANGES_MAX 8
#define OBJECT_LONG_WAY    1 /* its bytes are not of our making, or lack a message on a path: go by its tree */
int object_freeze_fields(struct object **out, const struct object *old, const struct object_change *changes, size_t n, struct err *err) MUST_USE;
/* The tree kept with `old`, changed in the same way, is kept with the one made of it so and written since (it has its revision); old keeps
 * none. A change that names a text is put in; what else changes is read from the bytes. Nothing happens where none is kept. */
void object_tree_pass(struct object *o, struct object *old, const struct object_change *changes, size_t n);
/* From bytes read back from the store. Copies both texts. */
int object_load(struct object **out, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err) MUST_USE;
struct object *object_ref(struct object *o);
struct object *object_unref(struct object *o); /* NULL is fine; returns NULL */
void object_scope_end(struct object **o);
/* Decodes into a fresh tree, resourceVersion put in; or copies the one that is kept. Any thread. */
int object_tree(struct arena *a, const struct object *o, struct value *out, struct err *err) MUST_USE;
/* Keeps its tree for the next who ask: `tree` is the one object_tree() would give, whatever it says of resourceVersion. In all 2 MiB
 * are kept, those longest unread make room; none of one that is large, or of a custom object, nor where there is no memory. */
void object_tree_keep(struct object *o, const struct value *tree);
size_t object_trees(size_t most); /* bytes of trees kept; `most`: from now on at most so many, 0: as before */
/* Reply texts, resourceVersion put in. The JSON is the object's body without apiVersion and kind, {"metadata":{…},…}, as
 * list items want it; GET puts object_json_head() in front. -ENOTSUP: opaque. */
int object_json_put(struct object *o, struct buf *out,
                    struct err *err) MUST_USE; /* appended; kept from the second time on, the answer to its own write not counted */
/* The answer to its own write, head and all, from the exact tree it was frozen from: the text its bytes would give. */
void object_json_formed(struct object *o, const struct value *tree, struct buf *out);
/* Kept at once. Borrowed, while there is a reference, until the next text of any object is asked for. */
int object_json(struct object *o, struct str *body, struct err *err) MUST_USE;
size_t object_texts(size_t most); /* bytes of texts kept; `most`: from now on at most so many, 0: as before */
bool object_opaque(const struct object *o);
void object_json_head(const struct object *o, struct buf *out); /* {"kind":"Pod","apiVersion":"v1", — then body from its 2nd byte */
/* Protobuf: appends the bare message with resourceVersion put in (no envelope), as list items want it. */
int object_pb(const struct object *o, struct buf *out, struct err *err) MUST_USE;
/* Fast looks into the stored bytes, no tree made; texts borrowed from the object. "" when absent. */
struct str object_namespace(const struct object *o);
struct str object_name(const struct object *o);
struct str object_uid(const struct object *o);
bool object_label(const struct object *o, struct str key, struct str *value);
size_t object_owners(const struct object *o, struct str *uids, size_t max); /* of metadata.ownerReferences; how many were put in */
bool object_controller(const struct object *o, struct str *uid);            /* the owner with controller: true */
bool object_deleting(const struct object *o);                               /* deletionTimestamp is set */
/* A text, enum, bool ("true"/"false") or number field by path ("spec.nodeName", "status.phase"), printed into
 * scratch when it is not text; false when absent. For field selectors and indexes. */
bool object_field(const struct object *o, const char *path, struct str *value, char scratch[32]);
/* Is anything there? Lists on the way are looked through: is it in any item ("spec.volumes.ephemeral")? An empty text is nothing. A
 * false is sure; a true may be wrong about custom objects' lists. */
bool object_has(const struct object *o, const char *path);
/* Walks a map of texts of a built-in kind ("spec.selector"); *place 0 at first. */
bool object_pair_next(const struct object *o, const char *path, size_t *place, struct str *key, struct str *value);
size_t object_bytes(const struct object *o); /* memory it holds, for accounting */

#endif
