/* scene: a whole cluster in simulated time — the real scheduler and the real controllers, over nodes and pods that no machine
 * stands behind.
 *
 * Room `sim` runs the scheduler's judgement over a table. Here everything above the store runs as it does in a server: `ctl` and
 * `scheduler` with their caches, queues and intents, on clients whose transport is an API in memory. What that API does to an object is
 * what the server does — defaults, admission (`admit`), validation (`kinds`), finalizers, graces, bindings, conflicts — but nothing is
 * stored, nobody is asked who he is, and there are no webhooks, no policies and no custom resources. In the place of agents stand nodes
 * that renew their leases and let pods run as long as the scenario says. Events are counted, not kept. A write takes a simulated millisecond.
 *
 * A scenario is a document of kind Scenario (coracle.dev/v1alpha1):
 *
 *   enable: scheduling.k8s.io/v1beta1        group-versions below GA that are served, as the server's --enable
 *   seed: 1                                   of generated names
 *   agents: {renewSeconds: 10, startSeconds: 1, runSeconds: 10}
 *                                             a lease's renewal (the controllers miss a node after four); from bound to running; how long pods
 *                                             run that do not restart always
 *   nodes:                                    "name-0" … ; what metadata and status say beside that is added
 *   - {name: node, count: 3, object: {metadata: …, status: {allocatable: {cpu: "4", …}}}}
 *   steps:                                    in order of time; each does what it names in the order below
 *   - at: 10s                                 since the cluster stood
 *     create: [object …]                      a manifest; {count: N, object: …} makes N of it, named "<name>-0" …
 *     patch: [{apiVersion, kind, namespace, name, patch: merge patch}]
 *     delete: [{apiVersion, kind, namespace, name}]
 *     silence: [node …]                       they renew and do nothing more
 *     wake: [node …]
 *     expect: [{apiVersion, kind, namespace, selector: "app=web", fields: {spec.nodeName: n-1}, conditions: {Ready: "True"}, has: [path],
 *               lacks: [path], count | atLeast | atMost: N, nodes: N}]
 *                                             how many objects are so; on how many nodes they are, if they are pods
 *
 * The same scenario and seed end in the same result, in each process: watches begin in order of names, and nothing depends on the
 * order in which caches are walked, which differs (their hashes are keyed at random).
 *
 * Single threaded, knows no clock and no socket. */
#ifndef CORACLE_SCENE_H
#define CORACLE_SCENE_H

#include "base/base.h"
#include "value/value.h"

struct scene_result {
    uint64_t nodes, pods, bound, running, gone; /* pods: that were ever created; gone: deleted */
    uint64_t writes, refused, events;           /* calls to the API that changed something, and that were answered with an error */
    uint64_t expected, missed;                  /* expectations, and those that did not hold */
    int64_t end_ms;                             /* the simulated clock */
    uint64_t digest;                            /* of every pod's name and node at the end, in order of names */
};
struct scene_options {
    /* Each expectation as it was found, and what is worth telling beside; line ends without a newline. */
    void (*tell)(void *ctx, bool good, const char *line);
    void *ctx;
};
/* -EINVAL: the scenario is wrong, the path is told. An expectation that does not hold is no error: result->missed. */
int scene_run(const struct value *scenario, const struct scene_options *o, struct scene_result *result, struct err *err) MUST_USE;

#endif
