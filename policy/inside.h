/* What the files of this room share; not a door. */
#ifndef CORACLE_POLICY_INSIDE_H
#define CORACLE_POLICY_INSIDE_H

#include "cel/cel.h"
#include "cellib/cellib.h"
#include "policy/policy.h"

#define BUDGET            10000000u
#define BUDGET_CONDITIONS (BUDGET / 4)

enum { SLOT_OBJECT, SLOT_OLD, SLOT_REQUEST, SLOT_NAMESPACE, SLOT_AUTHORIZER, SLOT_REQUEST_RESOURCE, SLOT_PARAMS, SLOT_VARIABLES, SLOTS };

struct expression {
    struct str text;
    struct cel_program *program; /* NULL: `fault` says why */
    struct str fault;            /* compilation failed: … */
};

struct named { /* a matchCondition or variable */
    struct str name;
    struct expression e;
};

enum { VALIDATING, MUTATING, KINDS };
struct policies {
    struct store *store;
    const struct admit_lookup *lookup;
    struct cel_env *base[KINDS];   /* everything but params and variables */
    struct cel_env *params[KINDS]; /* and params */
    struct policy_set *now[KINDS];
    bool stale[KINDS];
    struct store_watch *watches[KINDS][2];
};

struct policy {
    struct str name;
    const struct value *spec;
    struct rules *rules;
    struct str param_api_version, param_kind_name;
    bool ignores, returns;
    struct named *conditions, *variables;
    size_t n_conditions, n_variables;
    const struct cel_type *variables_type;
    int variables_slot, params_slot;
    struct check { /* a validation or mutation */
        struct expression e, message;
        struct str said, reason;
        bool json_patch;
    } * checks;
    size_t n_checks;
    struct expression *audits;
    size_t n_audits;
    struct cel_env *env; /* of the checks */
};

struct binding {
    const struct policy *policy;
    struct str name;
    const struct value *spec;
    struct rules *rules; /* NULL: none of its own */
    bool deny, warn, audit;
};

struct policy_set {
    struct arena *mem;
    struct policy *policies;
    struct binding *bindings; /* by policy, then by name */
    size_t n, n_bindings;
    VEC(struct cel_program *) programs;
    VEC(struct cel_env *) envs;
};

/* ── expression.c ── */
int environment_new(struct policies *p) MUST_USE;
/* Fills base and params of VALIDATING; both NULL before. */
int environment_typed(struct policies *p, const struct cel_type *object, const struct cel_type *params) MUST_USE;
const struct cel_type *expression_request_type(void);
const struct cel_type *expression_namespace_type(void);
/* wanted: ended by NULL; what the result may be. Only -ENOMEM fails. */
int expression_compile(struct policy_set *s, struct cel_env *env, struct str text, const struct cel_type *const *wanted,
                       struct expression *out) MUST_USE;
/* The whole of a policy; `spec` borrowed. */
int policy_compile(struct policies *p, struct policy_set *s, int kind, struct policy *out) MUST_USE;
int conditions_compile(struct policy_set *s, struct cel_env *env, const struct value *list, struct named **out, size_t *n) MUST_USE;
struct policy_set *set_free(struct policy_set *s);
int set_new(struct policy_set **out) MUST_USE;

/* ── one policy and one request ── */
struct judging {
    struct policies *p;
    struct policy_request *q;
    const struct policy *policy;
    struct cel_value slots[SLOTS];
    struct value request;
    struct cel_value *kept; /* values of the variables so far */
    bool *known;
    uint64_t budget;
    struct cellib_authorizer authorizer;
    struct cel_lazy lazy;
    const struct cel_value *params; /* NULL: none */
};
int judging_begin(struct judging *j, struct policies *p, struct policy_request *q, const struct schema_resource *as,
                  const struct value *namespace_object) MUST_USE;
int judging_policy(struct judging *j, const struct policy *policy, const struct value *params) MUST_USE;
/* 0; POLICY_BROKEN: err says expression '…' resulted in error: …; < 0 */
int judging_eval(struct judging *j, const struct expression *e, struct cel_value *out, struct err *err) MUST_USE;
int judging_conditions(struct judging *j, const struct named *list, size_t n, bool ignores, struct err *err) MUST_USE; /* as policy_conditions_hold */

/* ── binding.c ── */
void rules_ask(struct rules_request *what, struct policies *p, const struct policy_request *q);
int binding_fits(const struct binding *b, struct rules_request *what, const struct schema_resource **as) MUST_USE; /* as rules_fit() */
/* Calls `one` for each of its parameters (NULL: it has none), until it answers other than 0; `broken` when they cannot be had. */
int binding_params(struct policies *p, const struct binding *b, struct policy_request *q, int (*one)(void *ctx, const struct value *params),
                   int (*broken)(void *ctx, const char *why), void *ctx) MUST_USE;

int set_take(struct policies *p, int kind, struct policy_set **out) MUST_USE;

#endif
