/* What the selector files of this room share; nobody else looks in here. */
#ifndef CORACLE_OBJECT_SELECTOR_INSIDE_H
#define CORACLE_OBJECT_SELECTOR_INSIDE_H

#include "selector/selector.h"

#define SELECTOR_TEXT_MAX  (256 * 1024)
#define SELECTOR_TERMS_MAX 1024

enum select_op {
    SELECT_IN,
    SELECT_NOT_IN,
    SELECT_EQUALS,
    SELECT_DOUBLE_EQUALS,
    SELECT_NOT_EQUALS,
    SELECT_EXISTS,
    SELECT_NOT_EXISTS,
    SELECT_GREATER,
    SELECT_LESS,
};

struct requirement {
    struct str key; /* a label's key, or a field's path; NUL behind it */
    enum select_op op;
    struct str *values; /* sorted, each once */
    size_t n_values;
};

struct selector {
    struct requirement **terms; /* sorted by key */
    size_t n;
    bool fields;  /* terms are field paths */
    bool nothing; /* a null metav1.LabelSelector: no object matches */
};

int selector_new(struct arena *a, size_t terms, struct selector **out) MUST_USE;
bool requirement_matches(const struct requirement *r, bool there, struct str text);
void selector_print_term(const struct requirement *r, struct buf *out); /* of a field selector */

#endif
