/* flow: the FlowSchemas and PriorityLevelConfigurations every cluster has.
 *
 * Mandatory ones (exempt, catch-all) are what the server cannot do without: whoever changes or deletes them gets them
 * back. Suggested ones are kept as long as their annotation apf.kubernetes.io/autoupdate-spec says so; without a word
 * there, as long as nobody has changed their spec (generation 1). Names and numbers are Kubernetes'.
 *
 * Data and comparisons only: registry writes the objects into a new store, ctl keeps them, valid refuses mandatory
 * ones with another spec. Any thread. */
#ifndef CORACLE_FLOW_H
#define CORACLE_FLOW_H

#include "base/base.h"
#include "value/value.h"

#define FLOW_GROUP      "flowcontrol.apiserver.k8s.io"
#define FLOW_AUTOUPDATE "apf.kubernetes.io/autoupdate-spec"

/* Items of {"group", "resource", "object"} are added to the list, priority levels first. */
int flow_defaults(struct arena *a, struct value *list) MUST_USE;
/* The one of this resource ("flowschemas", "prioritylevelconfigurations") and name. */
#define FLOW_ABSENT 1
int flow_default(struct arena *a, struct str resource, struct str name, struct value *object) MUST_USE;
bool flow_is_mandatory(struct str resource, struct str name);
/* Names of a resource's defaults, one after the other; p NULL: there are no more. */
struct str flow_default_name(struct str resource, size_t i);

/* An object as it is and as it should be. FLOW_CHANGED: `out` is what to write; 0: nothing is to be done. */
#define FLOW_CHANGED 1
int flow_revise(struct arena *a, bool mandatory, const struct value *wanted, const struct value *live, struct value *out) MUST_USE;
/* Neither wanted any more nor changed by anybody: annotated "true", but not among the defaults. */
bool flow_is_stale(struct str resource, const struct value *live);
/* Specs are the same when an absent member and an empty one are. */
bool flow_same_spec(const struct value *a, const struct value *b);

#endif
