/* structural: what custom resources look like — a CustomResourceDefinition's
 * openAPIV3Schema trees as rows of the same use as the built-in ones.
 *
 *   definition object ── structural_custom() ──► struct schema_custom (rows; cheap)
 *   first use of one of its kinds ─────────────► struct structural (the schema, compiled)
 *
 * and what those rows are read for: pruning, defaulting, validation, list types,
 * apply's shapes, table columns. Wording and field paths are upstream's, whose
 * validator speaks through field causes ("spec.replicas in body must be of type
 * integer: …").
 *
 * Pure functions over trees in the caller's arena; any thread. A schema is
 * compiled once, by whoever asks first (two at the same time: one result is
 * thrown away). Everything a definition makes us hold is bounded by its own size
 * and freed with its block. Definitions are taken to have passed the room crd. */
#ifndef CORACLE_STRUCTURAL_H
#define CORACLE_STRUCTURAL_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

/* The rows of an established CustomResourceDefinition, names taken from status.acceptedNames; one reference, the
 * caller's. The definition is kept (a reference) until the block goes; `tree`: what its bytes say, where that is at hand, or
 * NULL. -EBADMSG: it is none. */
int structural_custom(struct schema_custom **out, struct object *definition, const struct value *tree, struct err *err) MUST_USE;
int structural_version_cmp(struct str a, struct str b);              /* < 0: a is preferred: v2, v1, v1beta1, v1alpha1, others by name */
struct object *structural_definition(const struct schema_custom *c); /* borrowed */

struct structural; /* one schema, compiled; immutable */
/* Must a stored object be pruned or defaulted before it is shown? (The schema has defaults, or has been changed since
 * the definition was made.) */
bool structural_changes(const struct structural *s);
/* From a schema tree (openAPIV3Schema; NULL: anything goes). `columns`: additionalPrinterColumns or NULL. */
int structural_new(struct structural **out, const struct value *schema, const struct value *columns, struct err *err) MUST_USE;
/* Of a schema that stands within another: its rules see no metadata. For judging a definition. */
int structural_new_part(struct structural **out, const struct value *schema, struct err *err) MUST_USE;
struct structural *structural_free(struct structural *s);
/* Of a custom kind, compiled when it is not yet; NULL: no memory. Borrowed from the kind's block. */
const struct structural *structural_of(const struct schema_kind *kind);

/* ── what a write goes through; trees have apiVersion, kind and metadata, which stay as they are ── */
/* Drops what no schema mentions; each is noted as upstream does (unknown field "spec.foo"). */
int structural_prune(struct arena *a, const struct structural *s, struct value *tree, struct object_notes *notes) MUST_USE;
/* Drops nulls that are not allowed, fills in defaults; embedded resources get theirs as well. */
int structural_default(struct arena *a, const struct structural *s, struct value *tree) MUST_USE;
/* All that is wrong. old may be NULL; with it, what was wrong before and has not been touched is let pass
 * (ratcheting). */
void structural_validate(const struct structural *s, const struct value *tree, const struct value *old, struct faults *f);

/* ── x-kubernetes-validations ──
 * What became of the rules of the schema's outermost node: for whoever judges a definition, node by node. */
struct structural_rule {
    struct str fault, message_fault; /* why rule and messageExpression do not compile; "" : they do */
    uint64_t cost, message_cost;     /* the most one evaluation can cost, as estimated */
    bool transition;                 /* it mentions oldSelf */
};
size_t structural_rules(const struct structural *s, const struct structural_rule **out);
uint64_t structural_most(const struct structural *s); /* how many items or members its outermost node can have */

/* ── what others read of it ── */
/* As a type of expressions, in `a`, without sizes for cost estimates to believe; metadata has the type given. NULL: no memory. */
struct cel_type;
const struct cel_type *structural_type(const struct structural *s, struct arena *a, const struct cel_type *metadata);
const struct schema_message *structural_message(const struct structural *s); /* for apply: struct, map and list types */
struct column {                                                              /* metav1.TableColumnDefinition */
    struct str name, type, format, description;
    int priority; /* 0 always shown, 1 with -o wide */
};
/* The name first, then those declared, or the age; *paths: a JSONPath for each (".spec.replicas"). */
const struct column *structural_columns(const struct structural *s, const struct str **paths, size_t *n);

/* ── JSONPath as columns and the scale subresource write it ── */
/* Finds what the path names, in order, up to max; -EINVAL: it is no path. */
ssize_t structural_path_find(struct str path, const struct value *tree, const struct value **out, size_t max);

/* ── patterns ──
 * 0 it matches; 1 it does not (or takes too long to tell); -EINVAL: no regular expression (err says why), -ENOMEM. */
int structural_pattern(struct str pattern, struct str text, struct err *err) MUST_USE;
bool structural_format_known(struct str format);
bool structural_format_is(struct str format, struct str text); /* is `text` of that format? unknown ones hold anything */

#endif
