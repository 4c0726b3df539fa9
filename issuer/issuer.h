/* issuer: people whose tokens other parties sign — OpenID Connect, or any JWT
 * whose issuer publishes its keys (structured authentication configuration,
 * KEP-3331).
 *
 * An AuthenticationConfiguration (apiserver.config.k8s.io/v1, v1beta1,
 * v1alpha1) names issuers; a token is its `iss` claim's issuer's to judge:
 * algorithm, audience, time, signature, claimValidationRules, then username,
 * groups, uid and extra from its claims, by claim and prefix or by CEL, then
 * userValidationRules. RS, PS and ES with 256, 384 and 512, as upstream.
 *
 * Discovery document and keys are fetched over HTTPS by the loop, never waiting:
 * when the configuration comes, each hour, and when a token names a key that is
 * not known, at most once in ten seconds an issuer. A question that comes before
 * the answer waits (AUTH_WAITS). A failed fetch leaves the keys there were.
 *
 * Loop thread only. */
#ifndef CORACLE_ISSUER_H
#define CORACLE_ISSUER_H

#include "auth/auth.h"
#include "base/base.h"
#include "loop/loop.h"

struct issuer;                                                                                            /* all of them */
int issuer_new(struct issuer **out, struct loop *loop, const char *own_issuer, struct err *err) MUST_USE; /* own: of ServiceAccounts; refused */
struct issuer *issuer_free(struct issuer *x); /* after auth_set_outsiders() took it off: who waits asks again; NULL is fine; returns NULL */

/* An AuthenticationConfiguration in YAML or JSON takes the place of the one before; who waits asks again. -EINVAL with the field's path:
 * everything stays as it was. */
int issuer_configure(struct issuer *x, struct str text, struct err *err) MUST_USE;
/* The classic flags, one issuer; texts are copied. */
struct issuer_flags {
    const char *url, *client_id;
    const char *username_claim;  /* ["sub"] */
    const char *username_prefix; /* [URL#, none for "email"]; "-": none */
    const char *groups_claim, *groups_prefix;
    const char *ca_pem;          /* NULL: the system's authorities */
    const char *const *required; /* "claim=value", ended by NULL; may be NULL */
    const char *signing_algs;    /* comma separated ["RS256"] */
};
int issuer_configure_flags(struct issuer *x, const struct issuer_flags *f, struct err *err) MUST_USE;

/* What the configuration says of anonymous requests. false: nothing. paths: ended by NULL, or NULL for all; borrowed until the next
 * configuration. */
bool issuer_anonymous(const struct issuer *x, bool *enabled, const char *const **paths);

/* auth_outsider.token, with the issuer as ctx. AUTH_NOT_OURS: no JWT, or of no issuer named. */
int issuer_token(void *issuer, struct arena *a, const struct auth_question *q, struct auth_user *out, struct auth_answer *answer,
                 struct err *err) MUST_USE;

#endif
