/* webhook: somebody else's HTTPS endpoint that is asked by POST, as
 * WebhookClientConfig describes it — by url, or by a Service of the cluster.
 *
 * A Service is resolved to one of its ready endpoints at each call, and
 * connections are kept while that endpoint stays ready. TLS is verified against
 * caBundle (without one: the system's authorities), under the name
 * <service>.<namespace>.svc or the url's host. Answers are bounded in bytes and
 * time. On the loop's thread; done is called once, from the loop, never from
 * inside webhook_call(). */
#ifndef CORACLE_WEBHOOK_H
#define CORACLE_WEBHOOK_H

#include "base/base.h"
#include "loop/loop.h"
#include "store/store.h"
#include "value/value.h"

struct webhook;
/* Copies what it needs of the tree {"url": …} or {"service": {…}} with "caBundle". -EINVAL: it is neither. What is wrong
 * with the bundle is told at the calls, as upstream does. */
int webhook_new(struct webhook **out, struct loop *loop, struct store *store, const struct value *client_config, struct err *err) MUST_USE;
/* Calls under way end now, with -ECANCELED. Not from inside a done of its own. NULL is fine; returns NULL. */
struct webhook *webhook_free(struct webhook *w);

struct webhook_answer {
    int r;           /* 0, or < 0: error says why, in the words of a client-go that failed to call a webhook */
    struct str body; /* of a 200 */
    struct str error;
};
/* `body` is copied. -ENOMEM; everything else is told by done. */
int webhook_call(struct webhook *w, struct str body, int64_t timeout_ms, void (*done)(void *ctx, const struct webhook_answer *answer),
                 void *ctx) MUST_USE;

/* One ready endpoint of a Service's port (or its external name), for who asks by other means: what `host` and `host_port`
 * name, when it is still one of them. -ENOENT with the sentence. */
int webhook_reach(struct store *store, struct str ns, struct str service, int port, char *host, size_t host_size, int *host_port,
                  struct err *err) MUST_USE;

#endif
