/* regex: regular expressions as Go and RE2 have them.
 *
 * Schema patterns and CEL's matches() are written in RE2's syntax. A pattern
 * that RE2 refuses (look-around, back references, possessive or atomic groups,
 * a repeat over 1000) is refused here too, and what it accepts means the same
 * here; the search itself is PCRE2's, which backtracks, so each search has a
 * ceiling of steps in proportion to the text and answers REGEX_TOO_SLOW beyond
 * it instead of running for hours. Texts are UTF-8; bytes that are none never
 * match. A compiled pattern is immutable: any thread, many at a time. */
#ifndef CORACLE_REGEX_H
#define CORACLE_REGEX_H

#include "base/base.h"

struct regex;
#define REGEX_REFUSED     1 /* err: error parsing regexp: missing closing ]: `[a` */
#define REGEX_PATTERN_MAX 65536
int regex_compile(struct str pattern, struct regex **out, struct err *err) MUST_USE; /* 0, REGEX_REFUSED, -ENOMEM */
struct regex *regex_free(struct regex *r);                                           /* NULL is fine; returns NULL */
void regex_scope_end(struct regex **r);

#define REGEX_NONE     0
#define REGEX_FOUND    1
#define REGEX_TOO_SLOW 2
struct regex_span {    /* bytes */
    size_t start, end; /* start SIZE_MAX: a group that took no part */
};
/* The leftmost match at or behind `from`; spans[0] is the whole of it, then the groups. n may be 0. -ENOMEM. */
int regex_search(const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n) MUST_USE;
/* The same with a hundredth of the steps: what most patterns need. For callers that charge for more. */
int regex_search_quick(const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n) MUST_USE;
size_t regex_groups(const struct regex *r);

#endif
