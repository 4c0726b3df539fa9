/* quota: what an object uses, and what a ResourceQuota lets its namespace use.
 *
 * Pure: trees in, amounts out. The registry asks before it writes an object and
 * counts again what is there; nobody else needs to. Names of amounts are those
 * of ResourceQuota.spec.hard: pods, requests.cpu, count/deployments.apps,
 * gold.storageclass.storage.k8s.io/requests.storage … */
#ifndef CORACLE_QUOTA_H
#define CORACLE_QUOTA_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

struct quota_amount {
    struct str name; /* in the arena, or borrowed from the object */
    struct quantity n;
};
struct quota_amounts {
    struct arena *arena;
    struct quota_amount *items; /* no name twice */
    size_t n, cap;
    bool failed; /* memory ran out: the amounts are not whole */
};
void quota_add(struct quota_amounts *to, struct str name, struct quantity n);
void quota_add_all(struct quota_amounts *to, const struct quota_amounts *from, int sign);
struct quantity quota_find(const struct quota_amounts *in, struct str name); /* 0: not there */

/* Everything one object of the resource counts for. A pod that has ended, or whose deletion is overdue at `now`
 * (wall seconds), counts as an object only. */
void quota_usage(const struct schema_resource *r, const struct value *object, int64_t now, struct quota_amounts *out);
/* Does the quota look at this object at all (scopes and scope selector)? */
bool quota_covers(const struct value *quota, const struct schema_resource *r, const struct value *object);
/* Do limits (spec.hard or status.hard) name something objects of the resource are counted by? */
bool quota_limits(const struct value *hard, const struct schema_resource *r);
/* May a write happen that uses `delta` more? 0: yes, and `used` is what status.used becomes (a map of the arena);
 * QUOTA_SAME: yes, and nothing of what it limits changes; QUOTA_REFUSED: no, `why` is the sentence behind
 * `pods "x" is forbidden: `; -ENOMEM. `creates`: the object's own completeness is asked for too. */
#define QUOTA_SAME    1
#define QUOTA_REFUSED 2
int quota_charge(struct arena *a, const struct value *quota, const struct schema_resource *r, const struct value *object,
                 const struct quota_amounts *delta, bool creates, struct value *used, struct str *why) MUST_USE;
/* status {hard, used} of a quota, given all that is used: only names of spec.hard. -ENOMEM. */
int quota_status(struct arena *a, const struct value *quota, const struct quota_amounts *used, struct value *out) MUST_USE;

#endif
