/* json: JSON text in and out, as Go's encoding/json and sigs.k8s.io/json have it.
 *
 * Reading: numbers without fraction or exponent that fit become INT, others
 * DOUBLE; invalid UTF-8 becomes U+FFFD; names are case sensitive; a name that
 * comes twice is noted and its last value counts. Writing: members in tree
 * order, `<`, `>`, `&`, U+2028 and U+2029 escaped, doubles in Go's shortest
 * form. Pure functions, any thread. */
#ifndef CORACLE_JSON_H
#define CORACLE_JSON_H

#include "value/value.h"

/* Whole text → tree; see value_parse() for answers. The tree does not borrow from `text`. */
int json_parse(struct arena *a, struct str text, struct value *out, struct err *err) MUST_USE;
/* The same, noting duplicate names. */
int json_parse_noting(struct arena *a, struct str text, struct value_duplicates *duplicates, struct value *out, struct err *err) MUST_USE;

void json_print(struct buf *out, const struct value *v); /* compact; NULL prints null; errors stick in the buffer */
void json_string(struct buf *out, struct str s);         /* quoted and escaped */
void json_double(struct buf *out, double d);             /* as Go; NaN and infinities print null */
void json_raw(struct buf *out, struct str compact);      /* JSON text, only escaping what Go escapes */
/* Compact text → indented by two spaces a level, as Go's json.Indent("", "  "); no newline at the end. */
void json_indent(struct buf *out, struct str compact);

#endif
