/* selector: label and field selectors, read from text or a metav1.LabelSelector,
 * matched against trees and frozen objects, printed canonically.
 *
 * Called from any thread; a selector lives in its caller's arena and does not
 * change. Bounded in length and terms; what is malformed is told in upstream's words. */
#ifndef CORACLE_SELECTOR_H
#define CORACLE_SELECTOR_H

#include "object/object.h"

/* ── selectors ── */
struct selector; /* parsed label or field selector, in an arena */
int selector_parse_labels(struct arena *a, struct str text, struct selector **out, struct err *err) MUST_USE; /* "a=b,c in (d,e),!f" */
int selector_parse_fields(struct arena *a, struct str text, struct selector **out,
                          struct err *err) MUST_USE; /* "metadata.name=x,status.phase!=Running"; a name "a|b" is b's value where a is empty */
int selector_from_tree(struct arena *a, const struct value *label_selector, struct selector **out,
                       struct err *err) MUST_USE;                                   /* metav1.LabelSelector; null matches nothing, empty everything */
bool selector_matches_labels(const struct selector *s, const struct value *labels); /* labels: map of text, may be NULL */
bool selector_matches_object(const struct selector *s,
                             const struct object *o); /* label selector on metadata.labels, field selector on object_field() */
bool selector_empty(const struct selector *s);
void selector_print(const struct selector *s, struct buf *out); /* canonical text */
/* For a field selector: the n-th requirement's path, or NULL; so that api can refuse unsupported ones. */
const char *selector_field(const struct selector *s, size_t n);
/* The value a field selector requires to be equal, e.g. for metadata.name; false when it does not. */
bool selector_requires(const struct selector *s, const char *path, struct str *value);

#endif
