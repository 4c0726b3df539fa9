/* team: threads that help another one with many short jobs of one kind.
 *
 * One thread owns a team: it alone adds jobs and settles. Jobs of a round run on the team's threads and, while it settles, on the
 * owner's, each once, in no order and at the same time; so they may touch only what no other job of the round touches, and not what
 * the owner goes on with meanwhile. What a job wrote is seen by the owner once it has settled.
 *
 * The team's threads come with the first round of TEAM_WAKE jobs: whoever never has so many has no thread. With one processor, or
 * when no thread can be had, the owner does everything; so it does the rest of a round when the others are kept from running, and
 * waits for those jobs only that they are in the middle of. */
#ifndef CORACLE_TEAM_H
#define CORACLE_TEAM_H

#include "base/base.h"

#define TEAM_ROUND 256u /* jobs in a round at most */
#define TEAM_WAKE  24u  /* fewer are not worth waking somebody */

struct team;
/* `helpers` threads at most, named `name` (15 bytes); 0 is fine. */
int team_new(struct team **out, const char *name, unsigned helpers) MUST_USE;
struct team *team_free(struct team *t); /* NULL, which may be given too; nothing may be unsettled */
/* Runs job(arg) before team_settle() comes back, maybe at once. A round that is full is settled first. */
void team_add(struct team *t, void (*job)(void *arg), void *arg);
bool team_full(const struct team *t); /* the next team_add() settles */
void team_settle(struct team *t);

#endif
