/* What the files of this room share; not a door. */
#ifndef CORACLE_INTERCEPT_INSIDE_H
#define CORACLE_INTERCEPT_INSIDE_H

#include "intercept/intercept.h"
#include "policy/policy.h"
#include "rules/rules.h"
#include "webhook/webhook.h"

struct hook {
    struct str name, configuration;
    struct rules *rules;
    struct webhook *webhook;
    struct policy_conditions *conditions; /* NULL: none */
    const char *broken;                   /* why it cannot be called at all */
    int64_t timeout_ms;
    bool ignores;       /* failurePolicy Ignore */
    bool returns;       /* reinvocationPolicy IfNeeded */
    bool quiet;         /* sideEffects None or NoneOnDryRun */
    struct str version; /* of AdmissionReview: "v1" */
};

struct hooks { /* one kind of configuration, all of them; immutable */
    struct list link;
    unsigned refs;
    struct arena *mem;
    struct hook *items;
    size_t n;
};

enum { MUTATING, VALIDATING, KINDS };
struct intercept {
    struct loop *loop;
    struct store *store;
    const struct admit_lookup *lookup;
    struct policies *policies;
    bool hooks_off[2], policies_off[2]; /* MUTATING, VALIDATING */
    struct hooks *now[KINDS];
    bool stale[KINDS];
    struct store_watch *watches[KINDS];
    struct list sets; /* also those that only requests under way still use */
    struct loop_task sweep;
    bool freeing;
};

/* The newest set, +1 reference, or NULL when it is empty. -ENOMEM: it could not be read. */
int hooks_take(struct intercept *x, int kind, struct hooks **out) MUST_USE;
void hooks_put(struct intercept *x, struct hooks *s);
void hooks_sweep(struct intercept *x); /* frees what nobody uses; never from inside a webhook's answer */

/* Do rules and matchConditions want this hook asked? 1: yes; 0; 2: `st` says what failed; < 0. -EAGAIN: q->wait stands with the authorizer. */
int hook_wanted(struct intercept *x, const struct hook *h, struct intercept_request *q, struct rules_request *what, const struct schema_resource **as,
                struct apireq_status *st) MUST_USE;
struct policy_request policy_view(struct intercept_request *q);

/* ── one AdmissionReview ── */
struct review {
    struct str uid;
    bool allowed;
    const struct value *patch;  /* operations; NULL: none */
    const struct value *status; /* of a refusal; may be NULL */
};
/* Asks a hook about q in the version `as`, converting where q is of the version asked for (`resource`). `uid` gets the
 * review's. `answered` comes once when 0 is returned. */
int review_ask(struct intercept_request *q, const struct hook *h, const struct schema_resource *resource, const struct schema_resource *as,
               struct str *uid, void (*answered)(void *ctx, const struct webhook_answer *a), void *ctx) MUST_USE;
/* Before that: can what it converts be converted? 0; INTERCEPT_WAITS: `ready` follows, and then this is to be called again; < 0. */
int review_prepare(struct intercept_request *q, const struct schema_resource *resource, const struct schema_resource *as,
                   void (*ready)(void *ctx, int r, struct str error), void *ctx) MUST_USE;
/* 0, or -EINVAL with the sentence, -ENOMEM. Warnings are handed on. */
int review_read(const struct intercept_request *q, const struct hook *h, bool mutating, struct str uid, struct str body, struct review *out,
                struct err *err) MUST_USE;
/* q->status: `admission webhook "x" denied the request: …` */
void review_denied(const struct intercept_request *q, const struct hook *h, const struct value *status, struct apireq_status *st);
void review_failed(const struct intercept_request *q, const struct hook *h, struct apireq_status *st, const char *fmt, ...) PRINTF(4, 5);
/* For the audit log, under upstream's keys, where it wants to know: what the i-th webhook of this round did; `ops` NULL: no patch was applied. */
void review_note_mutation(const struct intercept_request *q, const struct hook *h, bool second, size_t i, const struct value *ops, bool mutated);
/* Likewise: it gave no answer that could be used, and its failurePolicy lets that pass. */
void review_note_open(const struct intercept_request *q, const struct hook *h, bool mutating, bool second, size_t i);
void review_not_dry(const struct intercept_request *q, const struct hook *h, struct apireq_status *st);

#endif
