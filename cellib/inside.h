/* What the libraries share: their rows, and the counting of code points; not a door. */
#ifndef CORACLE_CELLIB_INSIDE_H
#define CORACLE_CELLIB_INSIDE_H

#include "cellib/cellib.h"

#define ROWS(name) \
    extern const struct cel_function name##_rows[]; \
    extern const size_t n_##name##_rows
ROWS(strings);
ROWS(strings_newest);
ROWS(strings_first);
ROWS(lists);
ROWS(lists_newest);
ROWS(lists_ext);
ROWS(sets);
ROWS(math);
ROWS(encoders);
ROWS(regex);
ROWS(url);
ROWS(ip);
ROWS(cidr);
ROWS(quantity);
ROWS(semver);
ROWS(format);
ROWS(authorizer);
ROWS(selector);
ROWS(jsonpatch);

struct cel_value text_format(struct cel_call *call, const struct cel_value *args); /* "…".format([…]) */
struct cel_value kept(struct cel_call *call, struct buf *b);                       /* a text of its bytes */
size_t code_offset(struct str s, int64_t n);                                       /* bytes before the n-th code point; s.n when there are fewer */
struct cel_value value_opaque(const struct cel_opaque *o);                         /* NULL: no memory */
const char *url_fault(struct str s);                                               /* NULL: it is a URL */

#endif
