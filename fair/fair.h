/* fair: whose turn it is — API priority and fairness (KEP-1040) for a server of one thread.
 *
 * A request is classified by the FlowSchemas (lowest matchingPrecedence first) into a priority level and, within it, a
 * flow. It gets a ticket, and two things are shared out among tickets:
 *
 *   seats   how many requests of a level may be under way at once, whether they work, wait for the disk or for a
 *           reader. Who finds none waits in one of a few queues its flow is dealt (shuffle sharding); a queue that is
 *           full refuses. Free seats go to the queue that has used the least seat-time; and one that has nothing under
 *           way need not wait for others to end: for such the level has its seats once more. Levels lend what they do not
 *           need to levels that do, looked at every ten seconds (fair_adjust).
 *   turns   the thread itself. Whatever a request does — its beginning, a slice of a long list, the answer when the
 *           disk is done, its refusal — is a turn, and fair_next() picks it by start-time fair queueing over levels
 *           (weighed by their nominal seats) and over a level's queues. What a turn cost is measured, not guessed, and
 *           charged to its queue afterwards. So a new request of a quiet flow waits for the end of the turn under way
 *           and for no more than that, however much others have asked for.
 *
 *      enter ──a seat──> ready ──next──> running ──again──> ready        leave: from anywhere
 *        └──no seat──> waiting ──seat──> ready     └── (nothing) ──> resting ──again──> ready
 *             └── queue full, or waited too long: refused, and ready to say so
 *
 * The level exempt has all the seats it wants and is never refused, but takes turns as everybody, and each user there
 * is a flow. A level keeps at most 4,096 queues, whatever its configuration says.
 *
 * Pure: no clock (callers bring nanoseconds), no sockets, no log. One thread. A decision takes well under a microsecond. */
#ifndef CORACLE_FAIR_H
#define CORACLE_FAIR_H

#include "apireq/apireq.h"
#include "auth/auth.h"
#include "base/base.h"
#include "value/value.h"

struct fair;
/* seats: the server's, in all [600]. Until fair_configure() there are the two mandatory levels. */
int fair_new(struct fair **out, unsigned seats) MUST_USE;
struct fair *fair_free(struct fair *f); /* after the last ticket has left; NULL is fine */
/* Lists of all FlowSchema and PriorityLevelConfiguration trees there are; nothing is kept of them. A level that is no
 * longer there serves those it has to their end. -ENOMEM: all is as it was. */
int fair_configure(struct fair *f, const struct value *schemas, const struct value *levels, int64_t now_ns) MUST_USE;

/* ── tickets ── */
struct fair_ask {
    const struct auth_user *user;
    const struct apireq_route *route;
    unsigned seats; /* its width by fair_list_seats(); 0 and 1 are the same. Cut to what the level allows one request. */
    int64_t now_ns;
    void (*run)(void *ctx); /* its first turn */
    void *ctx;
};
struct fair_ticket; /* opaque but for what follows */
/* NULL: no memory. A refused ticket gets a turn too. The texts of the ask are not kept. */
struct fair_ticket *fair_enter(struct fair *f, const struct fair_ask *ask) MUST_USE;
/* In seconds, for Retry-After; 0: the ticket is not refused. */
int fair_refused(const struct fair_ticket *t);
/* Of what it was classified as; borrowed until it leaves. */
void fair_uids(const struct fair_ticket *t, struct str *schema, struct str *level);
/* It wants another turn: at once, before those of its flow that have not begun. Harmless when it waits for one. */
void fair_again(struct fair_ticket *t, void (*run)(void *ctx), void *ctx);
/* Gives its seats back and is gone, also in the middle of its turn. NULL is fine; returns NULL. */
struct fair_ticket *fair_leave(struct fair_ticket *t);

/* The one whose turn it is: call *run with *ctx, then say what that cost. false: nobody wants one. */
bool fair_next(struct fair *f, int64_t now_ns, void (**run)(void *ctx), void **ctx);
void fair_charge(struct fair *f, int64_t cost_ns);
bool fair_wanted(const struct fair *f); /* fair_next() would find one */

/* Those that have waited for a seat since before `since_ns` are refused. How many still wait. */
size_t fair_expire(struct fair *f, int64_t since_ns);
#define FAIR_ADJUST_MS 10000
void fair_adjust(struct fair *f, int64_t now_ns); /* every FAIR_ADJUST_MS: who lends whom */

/* Seats of a list, by the number of objects it looks at: one for each hundred, as upstream. */
unsigned fair_list_seats(size_t objects);

/* ── what people look at ── */
void fair_metrics(const struct fair *f, struct buf *out); /* apiserver_flowcontrol_*, Prometheus text */
/* The tables of /debug/api_priority_and_fairness/: dump_priority_levels, dump_queues, dump_requests. */
enum fair_table { FAIR_LEVELS, FAIR_QUEUES, FAIR_REQUESTS };
void fair_dump(const struct fair *f, enum fair_table which, int64_t now_ns, int64_t wall_s, struct buf *out);

#endif
