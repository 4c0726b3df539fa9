/* patch: JSON patch, merge patch and strategic merge patch over trees.
 *
 * Called by whoever changes objects as somebody asks, from any thread; pure. A
 * patch that does not fit is refused whole. */
#ifndef CORACLE_PATCH_H
#define CORACLE_PATCH_H

#include "base/base.h"
#include "schema/schema.h"
#include "value/value.h"

/* ── patches: all make a new tree in `a`, inputs unchanged ── */
int patch_json(struct arena *a, const struct value *target, const struct value *ops, struct value *out,
               struct err *err) MUST_USE; /* RFC 6902; -EINVAL: op cannot be applied; -ENOENT: test failed */
int patch_merge(struct arena *a, const struct value *target, const struct value *patch, struct value *out, struct err *err) MUST_USE; /* RFC 7386 */
int patch_strategic(struct arena *a, const struct schema_message *m, const struct value *target, const struct value *patch, struct value *out,
                    struct err *err) MUST_USE;

#endif
