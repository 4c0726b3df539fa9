/* rules: is this one of the requests a webhook or an admission policy is asked
 * about?
 *
 * A set of rules is read once from a webhook, or from a policy's or binding's
 * match (MatchResources): operations, groups, versions, resources with
 * subresources, scope, names, namespace and object selectors, matchPolicy. It is
 * then asked about every write. Pure; any one thread. */
#ifndef CORACLE_RULES_H
#define CORACLE_RULES_H

#include "admit/admit.h"
#include "base/base.h"
#include "schema/schema.h"
#include "value/value.h"

struct rules_request {
    struct arena *arena;
    const struct admit_lookup *lookup; /* for the namespace's labels */
    enum admit_operation operation;
    const struct schema_resource *resource; /* as addressed */
    struct str subresource, namespace, name;
    const struct value *object, *old; /* NULL: none */
    /* found when first needed, then kept */
    const struct value *namespace_object; /* NULL: none, or not asked yet */
    bool namespace_asked;
};

struct rules;
/* `tree`: what holds namespaceSelector, objectSelector, matchPolicy and, under the given names, the rules (and those
 * excluded; NULL: none can be). A missing list of rules is no rule; `open`: it is every request, as in a binding. The tree
 * must live as long as the arena. -EINVAL: a selector cannot be read. */
int rules_read(struct arena *a, const struct value *tree, const char *included, const char *excluded, bool open, struct rules **out,
               struct err *err) MUST_USE;
/* RULES_FIT: `as` is the resource in the version the rules name (another than addressed only with matchPolicy
 * Equivalent). 0: not meant. -ENOMEM. */
#define RULES_FIT 1
int rules_fit(const struct rules *r, struct rules_request *q, const struct schema_resource **as) MUST_USE;
/* The live namespace of the request, NULL when it has none. For a Namespace that is written: itself. */
int rules_namespace(struct rules_request *q, const struct value **out) MUST_USE;
/* Configurations and policies never judge writes to one another: nobody could be locked out of mending them. */
bool rules_exempt(const struct schema_resource *r);

#endif
