/* The translation from RE2's syntax; not a door. */
#ifndef CORACLE_REGEX_INSIDE_H
#define CORACLE_REGEX_INSIDE_H

#include "regex/regex.h"

/* Checks a pattern and writes what PCRE2 is given for it. 0, REGEX_REFUSED with a sentence, -ENOMEM. */
int syntax_translate(struct str pattern, struct buf *out, struct err *err) MUST_USE;

#endif
