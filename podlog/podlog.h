/* podlog: container logs in the CRI format, read, followed and rotated.
 *
 *   2016-10-06T00:17:09.669794202Z stdout F what was printed
 *   2016-10-06T00:17:09.669794203Z stderr P a part of a line that was too lo
 *
 * F ends a line, P says that the line goes on in the next record of the same
 * stream. conmon writes these files (see runtime); podlog only reads, renames
 * and deletes them. A reader sees one file, as kubelet does: the running one,
 * and follows it across rotation by inotify, never by polling.
 *
 * One loop, one thread. A reader hands out bytes in pieces of at most
 * PODLOG_PIECE_MAX and stops between pieces while it is paused, so that what is
 * held for a slow client is bounded. */
#ifndef CORACLE_PODLOG_H
#define CORACLE_PODLOG_H

#include "base/base.h"
#include "loop/loop.h"

#define PODLOG_PIECE_MAX  (64 * 1024)
#define PODLOG_RECORD_MAX (64 * 1024) /* conmon writes far shorter ones; a longer one is cut into several */

enum { PODLOG_STDOUT = 1, PODLOG_STDERR = 2, PODLOG_BOTH = 3 };

/* ── one record; pure ── */
struct podlog_record {
    struct str time; /* as written: RFC 3339 with nanoseconds */
    int stream;      /* PODLOG_STDOUT or PODLOG_STDERR */
    bool partial;
    struct str text; /* without the newline that ends the record */
};
/* `line` without its newline. -EBADMSG with what is wrong. */
int podlog_record_parse(struct str line, struct podlog_record *out, struct err *err) MUST_USE;

/* ── reading ── */
struct podlog_reader;
struct podlog_options {
    int64_t tail_lines; /* < 0: all; 0: none (only what follows) */
    bool since;         /* only records not older than … */
    int64_t since_sec;  /* seconds since 1970 */
    int32_t since_nsec;
    int64_t limit_bytes; /* of output; < 0: no limit */
    bool timestamps;     /* each line begins with its time and a space */
    bool follow;
    int streams; /* PODLOG_STDOUT | PODLOG_STDERR; 0: both */
};
struct podlog_events {
    void (*on_bytes)(void *ctx, struct str bytes);
    void (*on_end)(void *ctx, int r, const char *error); /* last call; then the reader is gone */
    void *ctx;
};
/* -ENOENT: no such file (unless it is to be followed: then it is waited for). */
int podlog_open(struct podlog_reader **out, struct loop *l, const char *path, const struct podlog_options *o, const struct podlog_events *e,
                struct err *err) MUST_USE;
void podlog_pause(struct podlog_reader *r, bool paused);
/* The container has ended: what is in the file is read, then on_end comes. For a reader that follows. */
void podlog_finish(struct podlog_reader *r);
void podlog_close(struct podlog_reader *r); /* on_end is not called any more; NULL is fine */

/* The last lines for a termination message (FallbackToLogsOnError): at most `lines` and `bytes`. Blocking, small. */
int podlog_tail(const char *path, size_t lines, size_t bytes, struct buf *out) MUST_USE;

/* ── rotation ──
 * podlog_rotate(): when the file is over `size_max` it becomes <path>.<yyyymmdd-hhmmss>, and reopen tells the writer to
 * go on in a new file; when that fails the name is given back. Then, unless files_max is 0, it does what
 * podlog_compact() does: the rotated files but the newest are gzipped, and the oldest deleted so that at most
 * `files_max` (≥ 2, the running one included) stay. gzip takes a tenth of a second for 10 MB: on the loop's thread
 * rather give 0 here and call podlog_compact() from loop_work. */
enum { PODLOG_ROTATED = 1 };
struct podlog_rotation {
    const char *path;
    int64_t size_max;
    unsigned files_max;
    int64_t now;              /* seconds since 1970, for the name */
    int (*reopen)(void *ctx); /* e.g. runtime_container_reopen_log() */
    void *ctx;
};
int podlog_rotate(const struct podlog_rotation *o, struct err *err) MUST_USE; /* 0: not needed */
int podlog_compact(const char *path, unsigned files_max, struct err *err) MUST_USE;

#endif
