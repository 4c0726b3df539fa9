/* migrate: StorageVersionMigration — every object of a resource is written once
 * more, so that it lies on disk in today's version and under today's key.
 *
 * A controller as ctl has them: pure, over the caches. Each object gets a patch
 * that changes nothing but names the revision it was seen in; the server writes
 * it anew where the bytes on disk would be others (another storage version, a
 * stale encryption key). In order of their keys, BATCH at a look; the progress
 * message that stands last in a batch is the proof that it went through. An
 * object that changed meanwhile was written meanwhile. After a restart it begins
 * anew, which harms nobody. */
#ifndef CORACLE_MIGRATE_H
#define CORACLE_MIGRATE_H

#include "reconcile/reconcile.h"

void migrate_reconcile(struct view *v, struct str key);
void *migrate_state_new(void);
void migrate_state_free(void *state);

#endif
