/* cron: schedules of CronJobs, and the time zones they are meant in.
 *
 * A schedule is what robfig/cron, which Kubernetes reads them with, takes: five
 * fields, a descriptor (@daily), or @every and one of Go's lengths of time. The
 * same reading judges a schedule when it is written and follows it later, so what
 * was taken comes due. Zones are TZif files (RFC 8536); somebody else reads them
 * from the disk. Pure, any thread, nothing kept. */
#ifndef CORACLE_CRON_H
#define CORACLE_CRON_H

#include "base/base.h"

struct cron {
    uint64_t minute, hour, day, month, weekday; /* a bit a value */
    bool any_day, any_weekday;                  /* "*": the other one alone decides */
    int64_t every;                              /* seconds; 0: the fields above */
};
struct zone;
/* False: it is no schedule; `why`, which may be NULL, gets what is wrong in the library's words. TZ= is not taken: CronJobs have a field for it. */
bool cron_parse(struct str s, struct cron *c, struct buf *why) MUST_USE;
int64_t cron_next(const struct cron *c, const struct zone *zone, int64_t after); /* wall seconds; 0: never in five years */

/* Borrows from the file. False: not a TZif file, or no memory. */
bool zone_parse(struct arena *a, struct str file, struct zone **out) MUST_USE;
int64_t zone_offset(const struct zone *z, int64_t utc); /* seconds east of UTC; NULL: UTC */

#endif
