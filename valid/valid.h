/* valid: Kubernetes' validation — what is wrong with an object, all at once.
 *
 * Field paths, cause types and sentences are upstream's. Trees have been
 * defaulted. Reached through kinds/kinds.h. Pure; faults keep their texts in
 * their own arena, and after FAULTS_MAX they are only counted. */
#ifndef CORACLE_VALID_H
#define CORACLE_VALID_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

void valid_create(const struct schema_kind *kind, const struct value *tree, struct faults *f);
void valid_update(const struct schema_kind *kind, struct str subresource, const struct value *old, const struct value *now, struct faults *f);
/* Who knows whether there is a time zone of that name; asked on the thread that validates. Set once, before anything is
 * judged; until then every name is taken. */
void valid_zones(bool (*known)(struct str name));

#endif
