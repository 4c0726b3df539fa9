/* The JSON lexer shared by the tree parser and by verbatim text; not a door. */
#ifndef CORACLE_VALUE_INSIDE_H
#define CORACLE_VALUE_INSIDE_H

#include "value/value.h"

struct lex {
    const char *p, *end;
    unsigned depth;
    struct err *err;
};
struct lex_string {
    struct str text; /* between the quotes */
    bool escaped;    /* has backslashes */
    bool high;       /* has bytes ≥ 0x80 */
};

/* "invalid character 'x' <where>", or the unexpected end. Always -EBADMSG. */
int lex_fail(struct lex *l, const char *where);
void lex_space(struct lex *l);
int lex_enter(struct lex *l) MUST_USE;                      /* one level deeper: -E2BIG beyond VALUE_DEPTH_MAX */
int lex_text(struct lex *l, struct lex_string *s) MUST_USE; /* p stands on the opening quote */
int lex_number(struct lex *l, struct str *text, bool *whole) MUST_USE;
int lex_word(struct lex *l, const char *word) MUST_USE;     /* true, false, null */
int lex_skip(struct lex *l) MUST_USE;                       /* one whole value, checked */
int lex_end(struct lex *l) MUST_USE;                        /* nothing but white space is left */
int lex_name(struct lex *l, struct lex_string *s) MUST_USE; /* an object's next key and its colon */
/* Behind a member or item: 1 = another follows (the comma is taken), 0 = `close` was taken. */
int lex_next(struct lex *l, char close, const char *where) MUST_USE;

#endif
