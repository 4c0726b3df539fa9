/* ctl: the controllers — what Kubernetes calls the controller manager.
 *
 * Each controller is a pure function, one file each: given the caches, the time
 * and the key of an object, it fills a list of intents (writes as data) and says
 * when it wants to look again. It opens no socket, keeps no clock and writes
 * nothing; so it can be run in simulated time, and its outcome depends on
 * nothing but what it was shown. One driver (driver.c) feeds keys from cache
 * changes into a work queue a controller, calls the function, and lets `client`
 * perform the intents; a failed or conflicting write brings the key back with
 * back-off, and replies are noted in the caches before the key is looked at
 * again, so a controller always sees its own writes.
 *
 * One loop, one thread. */
#ifndef CORACLE_CTL_H
#define CORACLE_CTL_H

#include "base/base.h"
#include "client/client.h"
#include "reconcile/reconcile.h"

struct ctl;

#define CTL_AS_SERVER "system:apiserver"
struct ctl_options {
    struct reconcile_options reconcile;
    /* As whom a controller writes ("deployment-controller"): a client that outlives ctl, on the same loop. NULL: ctl_new's.
     * CTL_AS_SERVER: what upstream's API server does by itself is done in the server's name. */
    struct client *(*client_of)(void *ctx, const char *account);
    void *client_ctx;
    const char *enable;                                               /* group-versions below GA that are served, group/version,…; NULL: none */
    bool queues;                                                      /* jobs with a queue wait for quota: room queues; needs customs */
    bool customs;                                                     /* custom objects are looked after too: the client is in-process */
    void (*log)(void *ctx, const char *controller, const char *line); /* failures worth telling; may be NULL */
    void *log_ctx;
};
int ctl_new(struct ctl **out, struct client *c, const struct ctl_options *o, struct err *err) MUST_USE;
struct ctl *ctl_free(struct ctl *k);
/* Other authorities are trusted from now on: every namespace's kube-root-ca.crt follows. The text is copied. */
int ctl_set_root_ca(struct ctl *k, const char *pem) MUST_USE;
bool ctl_synced(const struct ctl *k); /* every cache has seen what there was */

struct ctl_stats {
    const char *controller;
    size_t queued;
    uint64_t runs, failures;
};
size_t ctl_stats(const struct ctl *k, struct ctl_stats *out, size_t max); /* how many there are */

#endif
