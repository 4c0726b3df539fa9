/* plugins: what the scheduler here judges by beyond upstream's plugins — deadline, measure and share, as one.
 *
 * Whoever runs a scheduler takes plugins_rows() for it, attaches the engine it got, and passes on what it is told of nodes and pods. Pure, single
 * threaded. */
#ifndef CORACLE_PLUGINS_H
#define CORACLE_PLUGINS_H

#include "base/base.h"
#include "sched/sched.h"
#include "value/value.h"

struct plugins;
int plugins_new(struct plugins **out) MUST_USE;
struct plugins *plugins_free(struct plugins *p); /* after the engine */
const struct sched_plugin *plugins_rows(const struct plugins *p, size_t *n);
/* first: the engine's number of the first of them, which follow each other. Before the first node. */
void plugins_attach(struct plugins *p, struct sched *engine, unsigned first);
/* A node or pod as it is now, right after the engine; object NULL: it is gone, and `name` is its name or, of a pod, its uid. 0; PLUGINS_CHANGED: pods
 * that were refused may fit now; <0: something of it was lost. */
#define PLUGINS_CHANGED 1
int plugins_told(struct plugins *p, enum sched_kind kind, const struct value *object, struct str name) MUST_USE;
/* What is written onto a pod as it is bound: its i-th annotation; texts are good until the next call. */
bool plugins_annotation(struct plugins *p, const struct sched_pod *pod, size_t i, struct str *key, struct str *value);

#endif
