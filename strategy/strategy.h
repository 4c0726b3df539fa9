/* strategy: how resources differ from one another in the hands of registry —
 * as rows, and as small functions from tree to tree.
 *
 * Traits: may a resource be updated without a resourceVersion, created by an
 * update, is its deletion graceful … Conversion between the versions of one
 * resource. The scale of what can be scaled. What a kind's fields mean, and
 * what a write may change of them, is kinds'. Pure; trees live in the caller's
 * arena. */
#ifndef CORACLE_STRATEGY_H
#define CORACLE_STRATEGY_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

enum strategy_trait {
    STRATEGY_NEEDS_VERSION = 1 << 0,    /* an update without resourceVersion is refused */
    STRATEGY_CREATE_ON_UPDATE = 1 << 1, /* PUT of what is not there creates it */
    STRATEGY_RETURNS_DELETED = 1 << 2,  /* DELETE answers the object, not a Status */
    STRATEGY_ORPHANS = 1 << 3,          /* without a propagation policy dependents are left behind */
    STRATEGY_LAZY = 1 << 4,             /* may reach the disk late: leases, events */
    STRATEGY_GRACEFUL = 1 << 5,         /* pods: deleted in two steps */
};
unsigned strategy_traits(const struct schema_resource *r);

/* Between versions of one resource. from == to copies nothing but the reference. The result carries the new
 * apiVersion and kind. */
int strategy_convert(struct arena *a, const struct schema_kind *from, const struct schema_kind *to, const struct value *in, struct value *out,
                     struct err *err) MUST_USE;
bool strategy_converts(const struct schema_kind *from, const struct schema_kind *to);

/* autoscaling/v1 Scale of a Deployment, ReplicaSet, ReplicationController or StatefulSet. */
int strategy_scale_read(struct arena *a, const struct value *object, struct value *scale) MUST_USE;
/* Puts scale.spec.replicas into the object. -EINVAL: negative. */
int strategy_scale_write(struct arena *a, const struct value *scale, struct value *object) MUST_USE;

#endif
