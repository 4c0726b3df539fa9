/* policy: admission by expressions — ValidatingAdmissionPolicy and
 * MutatingAdmissionPolicy with their bindings, and the matchConditions of
 * webhooks (KEPs 3488, 3962, 3716).
 *
 * Policies and bindings are read from the store, compiled, and kept; a change
 * counts from the moment it is visible. A request is judged at once; where an
 * expression's authorizer must ask outside first, the request begins again
 * (`undecided`). Costs are bounded as upstream bounds them (10,000,000 units a
 * policy, a quarter of that its conditions). Loop thread only. */
#ifndef CORACLE_POLICY_H
#define CORACLE_POLICY_H

#include "admit/admit.h"
#include "apireq/apireq.h"
#include "loop/loop.h"
#include "object/object.h"
#include "rules/rules.h"
#include "store/store.h"

struct policies;
int policies_new(struct policies **out, struct store *store, const struct admit_lookup *lookup, struct err *err) MUST_USE;
struct policies *policies_free(struct policies *p); /* NULL is fine; returns NULL */

struct policy_request { /* the caller's, during the call */
    struct arena *arena;
    const struct auth_user *user;
    enum admit_operation operation;
    const struct schema_resource *resource; /* as addressed */
    const struct schema_kind *kind;         /* of object and old */
    struct str subresource, namespace, name;
    bool dry_run;
    const struct value *options;
    struct value *object; /* changed by mutating policies; NULL: none */
    const struct value *old;
    int (*convert)(void *ctx, const struct schema_kind *from, const struct schema_kind *to, const struct value *in, struct value *out,
                   struct err *err);
    int (*settle)(void *ctx); /* after each change of `object`: defaults; may be NULL */
    void (*warn)(void *ctx, struct str text);
    void (*note)(void *ctx, struct str key, struct str value); /* for the audit log, in the arena; may be NULL */
    void *ctx;
    struct apireq_status *status;
    bool changed;
    struct auth_wait *wait; /* for the authorizer's answers; NULL: who would have to be asked first cannot be reached */
    bool undecided;         /* it is asked: what was refused or failed (-EAGAIN) means nothing, and everything begins again */
};
bool policies_idle(const struct policies *p, bool mutating);
/* 0; POLICY_REFUSED: status says why. */
#define POLICY_REFUSED 1
int policies_validate(struct policies *p, struct policy_request *q) MUST_USE;
/* second: only those with reinvocationPolicy IfNeeded. */
int policies_mutate(struct policies *p, struct policy_request *q, bool second) MUST_USE;

/* ── matchConditions of a webhook ── */
struct policy_conditions;
/* NULL when the list is empty. What does not compile fails whenever it is asked. */
int policy_conditions_read(struct policies *p, const struct value *list, struct policy_conditions **out) MUST_USE;
struct policy_conditions *policy_conditions_free(struct policy_conditions *c);
/* 1: all hold; 0: one does not; POLICY_BROKEN: err says what failed. < 0; -EAGAIN: undecided */
#define POLICY_BROKEN 2
int policy_conditions_hold(struct policies *p, const struct policy_conditions *c, struct policy_request *q, struct err *err) MUST_USE;

/* What a ValidatingAdmissionPolicy's expressions get wrong about the kinds its rules name: status.typeChecking's
 * expressionWarnings, a list in `a`. For the controller that writes it; nothing else heeds it. */
int policy_warnings(struct policies *p, struct arena *a, const struct value *policy, struct value *out) MUST_USE;

/* What is wrong with a policy, binding or webhook configuration about to be written, beyond its form: expressions that do
 * not compile. `old`: texts that were there before are not held against it. */
int policy_check(struct policies *p, const struct schema_kind *kind, const struct value *now, const struct value *old, struct faults *f) MUST_USE;

#endif
