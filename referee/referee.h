/* referee: services outside that are asked who somebody is (webhook token
 * authentication) and what he may do (webhook authorization, structured
 * authorization configuration, KEP-3221).
 *
 * A hook is described by a kubeconfig: a TokenReview or SubjectAccessReview is
 * POSTed to its server's URL, and the review that comes back counts. Answers are
 * kept for the times configured, at most 8,192 a hook; while one is on its way,
 * all who ask the same wait for it together (AUTH_WAITS, AUTH_UNDECIDED). What
 * fails for a passing reason is tried again, twice, half a second later; all of
 * it within the hook's timeout.
 *
 * What was answered since a request began to ask counts for that request, however
 * short the time configured, and failures too: it asks again from its start, and
 * must not ask for ever. Who cannot wait (a question with wait NULL) gets what is
 * known already; else it is as if the hook had failed.
 *
 * Loop thread only; files are read when a configuration is. */
#ifndef CORACLE_REFEREE_H
#define CORACLE_REFEREE_H

#include "auth/auth.h"
#include "base/base.h"
#include "loop/loop.h"

/* ── tokens ── */
struct referee_tokens;
struct referee_tokens_options {
    struct loop *loop;
    const char *kubeconfig;
    const char *version;          /* "v1", "v1beta1" ["v1beta1", as upstream's flag] */
    int64_t ttl_ms;               /* how long an answer counts [120,000]; < 0: not at all */
    const char *const *audiences; /* the API server's own, ended by NULL; copied */
};
int referee_tokens_new(struct referee_tokens **out, const struct referee_tokens_options *o, struct err *err) MUST_USE;
struct referee_tokens *referee_tokens_free(struct referee_tokens *t); /* after auth_set_outsiders() took it off: who waits asks again */
/* auth_outsider.token, with the tokens as ctx. */
int referee_token(void *tokens, struct arena *a, const struct auth_question *q, struct auth_user *out, struct auth_answer *answer,
                  struct err *err) MUST_USE;

/* ── access ── */
struct referee; /* who decides, in order */
int referee_new(struct referee **out, struct loop *loop, struct err *err) MUST_USE;
struct referee *referee_free(struct referee *x); /* after auth_set_judges() took it off: who waits asks again */
/* An AuthorizationConfiguration (apiserver.config.k8s.io/v1, v1beta1, v1alpha1) in YAML or JSON. Its kubeconfigs are read now. -EINVAL with
 * the field's path: everything stays as it was. After success referee_judges() must be given to auth before the loop goes on. */
int referee_configure(struct referee *x, struct str text, struct err *err) MUST_USE;
/* The classic flags: "Node,RBAC,Webhook". */
struct referee_flags {
    const char *modes, *kubeconfig, *version; /* version ["v1beta1"] */
    int64_t authorized_ms, unauthorized_ms;   /* [300,000], [30,000]; 0: the default; < 0: not at all */
};
int referee_configure_flags(struct referee *x, const struct referee_flags *f, struct err *err) MUST_USE;
size_t referee_judges(struct referee *x, struct auth_judge list[AUTH_JUDGES_MAX]); /* how many */

/* "5m", "1h30m", "250ms" as Go has them. -EINVAL */
int referee_duration(struct str text, int64_t *ms) MUST_USE;

#endif
