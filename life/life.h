/* life: what happens to a pod on this machine, step by step.
 *
 * Each pod has a worker, a small state machine that is run again whenever
 * something about its pod has changed (level triggered: it looks at what is
 * wanted and what there is, and starts the next step; nothing polls).
 *
 *   worker:    SETTING_UP (sandbox → addresses → volumes) → RUNNING → ENDING (containers stop)
 *                → TEARING_DOWN (network, sandbox, volumes) → gone, or FINISHED until its pod is deleted
 *              (the link is made meanwhile: containers are held, made but not begun, until it carries packets)
 *   container: WAITING → PULLING → STARTING → RUNNING → STOPPING → EXITED → WAITING (restart) …
 *
 * One loop, one thread. */
#ifndef CORACLE_LIFE_H
#define CORACLE_LIFE_H

#include "pod/pod.h"

int life_worker_take(struct pod_host *n, const struct value *pod, int64_t revision, struct worker **out) MUST_USE; /* new or newer pod */
int life_worker_recall(struct pod_host *h, const struct value *pod, int64_t revision) MUST_USE;    /* one that has ended, by its status */
void life_worker_gone(struct worker *w);                                                           /* no longer in the API */
void life_worker_free(struct worker *w);                                                           /* gives up what it holds; containers go on */
void life_worker_end_early(struct worker *w, const char *reason, const char *message);             /* eviction: Failed */
int64_t life_worker_grace(const struct worker *w);                                                 /* seconds */
void life_worker_advance(void *worker);                                                            /* the next step: goes into host->advance */
int life_container_root_name(const struct container *c, unsigned attempt, char out[256]) MUST_USE; /* its root's, for image_root_find() */
void life_setup_adopt(struct worker *w, struct runtime_pod *p);                                    /* an earlier agent's sandbox */

#endif
