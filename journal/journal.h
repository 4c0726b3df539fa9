/* journal: a write-ahead log. What is appended is on the disk when the call
 * returns, after one write and one sync; who appends brings it to its proper
 * place later, at leisure, and then has it forgotten here.
 *
 * One file of segments of the same size, each used from its beginning to its
 * end and then, once all of it is forgotten, again from its beginning. The file
 * is written with zeros before it is used: an append changes bytes that are
 * there, so a sync need not touch the file system's own books.
 *
 *   page 0    magic "CJF1" · format u32 · identity u64 · bytes of a segment u32 · segments u32 · sum u32
 *   then the segments; a record begins on a page (4 KiB) with a head:
 *             magic "CJR1" · bytes of body u32 · number u64 · previous u64 · identity u64 ·
 *             previous's sum u32 · body's sum u32 · 0 u32 · head's own sum u32
 *             and then the body, zeros to the end of the page
 *
 * all little-endian, sums CRC-32C. Numbers ascend for the life of the file,
 * which its random identity stands for. `previous` is the number of the record
 * that was accepted before: a record whose append failed may lie there whole,
 * but none names it. So records form a chain, whose end is the newest whole one,
 * and opening tells two things apart:
 *
 *   - a record that is not whole and that nothing names: the last append was
 *     cut short. Nobody was told it was done; it is passed over.
 *   - one that is named by a whole one: it was done, and is damaged since. The
 *     file is not opened (-EBADMSG), lest what was promised vanish unseen.
 *
 * What cannot be told apart is the very last record: damaged later it looks as
 * if it had been cut short. Since each begins on a page, writing one never
 * touches what was synced before.
 *
 * States of a segment: free → written to (journal_append) → closed (full, or
 * journal_turn) → read (journal_read, the oldest first) → journal_forget → free.
 *
 * One thread appends, one reads and forgets; journal_turn(), journal_weight(),
 * journal_number() and journal_oldest() are anybody's. Opening, making and freeing happen while
 * nobody else is there. An append that fails closes its segment, since nobody
 * knows what lies behind its last record. Nothing is logged, no thread made. */
#ifndef CORACLE_JOURNAL_H
#define CORACLE_JOURNAL_H

#include "base/base.h"

#define JOURNAL_HEAD         48u /* bytes a record's buffer begins with, left for the journal */
#define JOURNAL_PAGE         4096u
#define JOURNAL_SEGMENTS_MAX 64u
#define JOURNAL_SEGMENT_MAX  (64u << 20)

struct journal;

/* Writes the file at path, which must not be there, with zeros, and syncs it; the folder's entry is the caller's to
 * sync. It stops with -ECANCELED soon after *stop is set (may be NULL). The bytes of a segment are a multiple of
 * JOURNAL_PAGE. -ENOSPC before anything is written when the file system is short. */
int journal_make(const char *path, uint32_t segment_bytes, uint32_t segments, uint64_t identity, const _Atomic bool *stop) MUST_USE;

/* Records up to `forgotten` are elsewhere. Segments with later ones come back closed. Where it may not be written it
 * can be read. no_sync: tests of speed. -EBADMSG: not one,
 * another's, or damaged, told with the place; -EPROTONOSUPPORT; -ENOENT. */
int journal_open(struct journal **out, const char *path, uint64_t identity, uint64_t forgotten, bool no_sync, struct err *err) MUST_USE;
struct journal *journal_free(struct journal *j); /* NULL is fine */

/* The record's body lies in `record` behind JOURNAL_HEAD bytes, which are filled in here; the body stays as it was.
 * 0: it is durable. JOURNAL_FULL: no segment is free until some are forgotten. -EFBIG: no segment is large enough.
 * Other: the disk's fault; the record does not count. */
#define JOURNAL_FULL 1
int journal_append(struct journal *j, struct buf *record, size_t weight) MUST_USE;
void journal_turn(struct journal *j);       /* closes the segment being written to, when there is a record in it */
bool journal_closed(struct journal *j);     /* there is a closed segment */
size_t journal_weight(struct journal *j);   /* of all that was appended since it was opened and is not forgotten: the
                                               appender's own measure */
uint64_t journal_number(struct journal *j); /* the highest number ever used, a failed append's included */

/* All records of the oldest closed segment, in order; *last: the number of its last. Stops at fn's first answer other
 * than 0 and returns it. JOURNAL_NONE: no segment is closed. -EBADMSG: it reads otherwise than it was written. */
#define JOURNAL_NONE 2
int journal_read(struct journal *j, int (*fn)(void *ctx, struct str body), void *ctx, uint64_t *last) MUST_USE;
uint64_t journal_oldest(struct journal *j);            /* the number of the oldest closed segment's last record; 0: none is closed */
void journal_forget(struct journal *j, uint64_t last); /* that segment is free */

/* CRC-32C (Castagnoli) of bytes, going on from `sum`; 0 to begin with. */
uint32_t journal_sum(uint32_t sum, const void *p, size_t n);

#endif
