/* podsecurity: the Pod Security Standards — what a pod at level baseline or
 * restricted may not do, by version of the standard.
 *
 * Pure: a pod (or the template of one) in, whether it keeps to a level out, with
 * the sentence upstream's PodSecurity admission says when it does not. Which
 * level holds where is a matter of the namespace's labels, read here too; what
 * follows from it is the admission plugin's. Checks are rows of a table with the
 * minor version each begins at. */
#ifndef CORACLE_PODSECURITY_H
#define CORACLE_PODSECURITY_H

#include "base/base.h"
#include "object/object.h"
#include "value/value.h"

enum podsecurity_level { PODSECURITY_PRIVILEGED, PODSECURITY_BASELINE, PODSECURITY_RESTRICTED };
#define PODSECURITY_LATEST INT32_MAX

struct podsecurity_standard {
    enum podsecurity_level level;
    int32_t minor; /* of v1.minor, or PODSECURITY_LATEST */
};
struct podsecurity_policy {
    struct podsecurity_standard enforce, audit, warn;
};

/* What a namespace's labels ask for; nothing said: privileged. A label that cannot be read counts as restricted:latest
 * for enforce, and becomes a fault of metadata.labels when `faults` is given. */
void podsecurity_policy_of(const struct value *labels, struct podsecurity_policy *out, struct faults *faults);
void podsecurity_print(struct podsecurity_standard s, struct buf *out); /* "baseline:v1.24" */

/* true: the pod keeps to the standard. Else `detail` gets "reason (what, where), reason (…)" and `reasons` the reasons
 * alone; either may be NULL. metadata is looked at for annotations only. */
bool podsecurity_allows(struct podsecurity_standard s, const struct value *metadata, const struct value *spec, struct buf *detail,
                        struct buf *reasons);

#endif
