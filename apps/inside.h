/* What apps' files share; no other room sees it. */
#ifndef CORACLE_APPS_INSIDE_H
#define CORACLE_APPS_INSIDE_H

#include "apps/apps.h"
#include "selector/selector.h"

#define REVISION_LABEL "controller-revision-hash" /* on pods */

/* ── revision.c ── */
struct revisions {
    struct view *v;
    struct value *owner, **items; /* oldest first */
    const char *kind, *label;     /* the owner's kind; which label of a revision holds its hash */
    size_t n;
    struct value *now;  /* of the present template: found, or wanted just now */
    int64_t collisions; /* what status.collisionCount must become */
};
/* Finds the owner's revisions and sees to it that there is one of the present template, with the highest number.
 * False: out of memory (said in the intents). */
bool revisions_gather(struct view *v, struct value *owner, const char *kind, const char *label, struct revisions *h) MUST_USE;
struct str revision_hash(const struct revisions *h, const struct value *revision);
/* Deletes the oldest unused ones beyond spec.revisionHistoryLimit. */
void revisions_forget(struct revisions *h, bool (*used)(void *ctx, const struct value *revision), void *ctx);

/* The template a revision puts back, as a tree; NULL: it holds none. */
const struct value *revision_template(struct view *v, const struct value *revision);

/* ── census.c: of replicaset.c ── */
enum { CENSUS_ACTIVE, CENSUS_LABELLED, CENSUS_READY, CENSUS_TERMINATING, CENSUS_ODD /* its selector does not match any more */, CENSUS_FACTS };
unsigned census_facts(const struct value *set, const struct value *pod); /* a bit each, without ODD */
/* replicas, fullyLabeledReplicas, readyReplicas, availableReplicas, terminatingReplicas. False: the pods themselves must be looked at: some are to be
 * adopted or let go, or there is no memory. */
bool census_counts(struct view *v, struct str key, const struct value *set, int64_t counts[5]);
void census_forget(void *state, struct str key);

#endif
