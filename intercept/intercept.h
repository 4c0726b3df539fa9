/* intercept: admission that the cluster's users configure — admission policies
 * (room policy), which answer at once, and behind them mutating and validating
 * webhooks.
 *
 * The configurations are read from the store and kept compiled; a change counts
 * from the moment it is visible. A request is asked about twice: intercept_mutate()
 * goes through the mutating webhooks one after another, in order of their
 * configurations' names, each seeing what those before it have changed;
 * intercept_validate() asks all validating ones at once. Where nobody is
 * interested both answer at once and cost next to nothing. Otherwise the request
 * waits, and `done` is called from the loop.
 *
 * What may go wrong outside — no answer, a late one, one that makes no sense —
 * is the webhook's failurePolicy: ignored, or a 500 in upstream's words. Loop
 * thread only. */
#ifndef CORACLE_INTERCEPT_H
#define CORACLE_INTERCEPT_H

#include "admit/admit.h"
#include "apireq/apireq.h"
#include "auth/auth.h"
#include "loop/loop.h"
#include "schema/schema.h"
#include "store/store.h"

struct intercept;
struct intercept_options {
    struct loop *loop;
    struct store *store;
    const struct admit_lookup *lookup; /* outlives it */
    const struct admit_choice *choice; /* which of the four plugins of this room are on; NULL: all */
};
int intercept_new(struct intercept **out, const struct intercept_options *o, struct err *err) MUST_USE;
/* Requests that wait are answered now: INTERCEPT_REFUSED. NULL is fine; returns NULL. */
struct intercept *intercept_free(struct intercept *x);

enum intercept_outcome {
    INTERCEPT_OK = 0,
    INTERCEPT_WAITS = 1,   /* done follows */
    INTERCEPT_REFUSED = 2, /* `status` says why */
};
struct intercept_run;
struct intercept_request { /* the caller's, until done */
    struct arena *arena;
    const struct auth_user *user;
    enum admit_operation operation;
    const struct schema_resource *resource; /* as addressed */
    const struct schema_kind *kind;         /* of object and old, in the version addressed */
    struct str subresource, namespace, name;
    bool dry_run;
    const struct value *options; /* CreateOptions …; may be NULL */
    struct value *object;        /* changed by mutating webhooks; NULL: none */
    const struct value *old;     /* NULL: none */
    /* To and from another version of the resource. 0, or < 0. -EAGAIN: not until prepare() has been asked; then
     * `postponed` is set, the policies' part ends at once with INTERCEPT_REFUSED, and the caller begins it again. */
    int (*convert)(void *ctx, const struct schema_kind *from, const struct schema_kind *to, const struct value *in, struct value *out,
                   struct err *err);
    /* NULL: convert() always can. 0: it can; INTERCEPT_WAITS: ready follows, from the loop, with 0 or what went wrong; < 0. */
    int (*prepare)(void *ctx, const struct schema_kind *from, const struct schema_kind *to, const struct value *in,
                   void (*ready)(void *ready_ctx, int r, struct str error), void *ready_ctx);
    int (*settle)(void *ctx); /* after each change of `object`: defaults. 0, or < 0 */
    void (*warn)(void *ctx, struct str text);
    void (*note)(void *ctx, struct str key, struct str value); /* for the audit log, in the arena; may be NULL */
    void (*done)(void *ctx, int outcome);                      /* OK or REFUSED */
    void *ctx;
    struct apireq_status *status;
    /* How mutation goes on: after the first intercept_mutate() said so in `again`, the in-process plugins look at the
     * object once more, and a second intercept_mutate() asks those webhooks that want to see what came after them. */
    bool again;
    bool second;            /* this is that second time */
    bool postponed;         /* convert() has said -EAGAIN, or it is undecided */
    struct auth_wait *wait; /* for the authorizer's answers to expressions; aimed by the caller before each call, by this room while it waits */
    bool undecided;         /* the caller's wait stands with the authorizer: it begins again, as when postponed */
    struct intercept_run *run;
};
/* enum intercept_outcome; -ENOMEM and its like are statuses too. */
int intercept_mutate(struct intercept *x, struct intercept_request *q) MUST_USE;
int intercept_validate(struct intercept *x, struct intercept_request *q) MUST_USE;
/* Faults of a webhook configuration, policy or binding that is about to be written, beyond its form. 0, or < 0 */
int intercept_check(struct intercept *x, const struct schema_kind *kind, const struct value *now, const struct value *old, struct faults *f) MUST_USE;
/* As policy_warnings(). */
int intercept_warnings(struct intercept *x, struct arena *a, const struct value *policy, struct value *out) MUST_USE;
/* Nobody is interested in anything: saves making a request. */
bool intercept_idle(const struct intercept *x, bool mutating);
/* Instead of the second intercept_mutate(); harmless when there was none to come. */
void intercept_forget(struct intercept *x, struct intercept_request *q);

#endif
