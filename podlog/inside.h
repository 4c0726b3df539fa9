/* What podlog's files share; no other room sees it. */
#ifndef CORACLE_PODLOG_INSIDE_H
#define CORACLE_PODLOG_INSIDE_H

#include "os/os.h"
#include "podlog/podlog.h"

/* Bytes of a log file in, what a reader of the log sees out. Pure. */
struct shape {
    struct podlog_options o;
    struct buf held; /* the beginning of a record whose end has not come yet */
    bool line_open;  /* the last record handed out was partial: no time before the next one */
    bool tail_raw;   /* in the rest of a record that was longer than PODLOG_RECORD_MAX */
    bool tail_wanted, tail_partial;
    int64_t left; /* bytes of output still allowed; < 0: no limit */
};
void shape_init(struct shape *s, const struct podlog_options *o);
void shape_done(struct shape *s);
void shape_feed(struct shape *s, struct str bytes, struct buf *out); /* errors stick in `out` and `held` */
bool shape_full(const struct shape *s);                              /* the limit of bytes is reached */

/* Offset of the last `lines` records of the file; 0 when it has fewer. */
int tail_offset(int fd, int64_t size, int64_t lines, int64_t *offset) MUST_USE;

#endif
