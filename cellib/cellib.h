/* cellib: the libraries of CEL expressions in Kubernetes, and the environment
 * the API server evaluates them in.
 *
 * Pure rows for `cel`: lists, regex, URL, IP, CIDR, quantity, semver, named
 * formats, authorizer and JSON patch helpers, and the extension libraries
 * strings, sets, lists, two-variable macros, math and encoders. An environment
 * made here is shared by everybody who needs that version; callers extend it
 * (cel_env_extend()) with their variables. Any thread, once it is made. */
#ifndef CORACLE_CELLIB_H
#define CORACLE_CELLIB_H

#include "cel/cel.h"

enum cellib_set { /* beyond what the Kubernetes version has; for tests and for other users of the language */
                  CELLIB_MATH = 1 << 0,
                  CELLIB_ENCODERS = 1 << 1,
                  CELLIB_BINDINGS = 1 << 2,
                  CELLIB_JSONPATCH = 1 << 3,      /* JSONPatch{}, jsonpatch.escapeKey(): mutating admission policies */
                  CELLIB_STRINGS_NEWEST = 1 << 4, /* strings.quote(), reverse(): newer than Kubernetes has them */
                  CELLIB_NO_KUBERNETES = 1 << 5,  /* the specification's own rules: mixed lists, has() costs one */
};
struct cellib_options {
    unsigned version; /* minor version of Kubernetes whose expressions are to be understood: 37 for 1.37; 0: the newest */
    unsigned sets;    /* enum cellib_set */
    bool no_authorizer;
};
int cellib_env(struct cel_env **out, const struct cellib_options *o) MUST_USE;

/* ── the authorizer variable (KEP-3488) ────────────────────────────────────
 * Declare it with cellib_authorizer_type(), give it cellib_authorizer(). A
 * check() calls `ask` — from the thread that evaluates, which waits. */
struct cellib_attributes {
    struct str path; /* of a non-resource request; else empty */
    struct str group, version, resource, subresource, namespace, name, verb;
    struct str field_selector, label_selector;             /* as written; p NULL: none was given */
    struct str service_account, service_account_namespace; /* p NULL: the requesting user */
};
enum cellib_decision { CELLIB_NO_OPINION, CELLIB_ALLOW, CELLIB_DENY };
struct cellib_authorizer {
    /* reason and error are in the arena; an error is not a failure of the expression. < 0: no memory. */
    int (*ask)(void *ctx, const struct cellib_attributes *what, struct arena *a, enum cellib_decision *decision, struct str *reason,
               struct str *error);
    void *ctx;
    struct cellib_attributes request; /* what authorizer.requestResource asks about; verb is given by check() */
};
const struct cel_type *cellib_authorizer_type(void);     /* kubernetes.authorization.Authorizer */
const struct cel_type *cellib_resource_check_type(void); /* kubernetes.authorization.ResourceCheck: authorizer.requestResource */
struct cel_value cellib_make_authorizer(struct arena *a, const struct cellib_authorizer *with);
struct cel_value cellib_make_request_check(struct arena *a, const struct cellib_authorizer *with);

/* A quantity or version made outside of expressions (device attributes and capacity). */
struct cel_value cellib_make_quantity(struct arena *a, struct str text); /* CEL_ERROR: it is none */
struct cel_value cellib_make_semver(struct arena *a, struct str text);
extern const struct cel_type cellib_quantity_type, cellib_semver_type, cellib_url_type, cellib_ip_type, cellib_cidr_type, cellib_format_type;

#endif
