/* ration: so much now and then, for each of many — token buckets by key.
 *
 * A bucket is full at first (`burst`) and fills with `per_second` tokens; taking
 * one when there is none is refused. At most `keys` buckets are kept, the longest
 * unused is forgotten, and is full when it comes again. It knows no clock: every
 * call brings the time. Any one thread. */
#ifndef CORACLE_RATION_H
#define CORACLE_RATION_H

#include "base/base.h"

struct ration;
int ration_new(struct ration **out, int32_t per_second, int32_t burst, size_t keys) MUST_USE; /* all above 0 */
struct ration *ration_free(struct ration *r);                                                 /* NULL is fine; returns NULL */
#define RATION_SPENT 1
/* One token. 0; RATION_SPENT: there is none; -ENOMEM: nothing was taken. now_ms never runs backwards. */
int ration_take(struct ration *r, struct str key, int64_t now_ms) MUST_USE;

#endif
