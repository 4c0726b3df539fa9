/* What journal's files share; no other room sees it. */
#ifndef CORACLE_JOURNAL_INSIDE_H
#define CORACLE_JOURNAL_INSIDE_H

#include <pthread.h>

#include "journal/journal.h"

enum { FORMAT = 1, FILE_HEAD = 32 };

struct head {
    uint32_t bytes; /* of body */
    uint64_t number, previous, identity;
    uint32_t previous_sum, body_sum;
    uint32_t sum; /* the head's own */
};
void head_write(char out[JOURNAL_HEAD], struct head *h);          /* fills in h->sum */
bool head_read(const char *p, uint64_t identity, struct head *h); /* p: JOURNAL_HEAD bytes. False: none of this file's, or not whole */
size_t record_pages(size_t bytes);                                /* bytes of a record's pages */

enum state { FREE, WRITTEN, CLOSED };
struct segment {
    enum state state;
    size_t end; /* bytes of whole records */
    size_t weight;
    uint64_t last; /* its last record's number */
};

struct journal {
    int fd;
    bool no_sync;
    uint64_t identity;
    uint32_t segment_bytes, n;
    pthread_mutex_t lock;
    pthread_cond_t quiet; /* an append ended */
    /* Under the lock: */
    struct segment segments[JOURNAL_SEGMENTS_MAX];
    unsigned closed[JOURNAL_SEGMENTS_MAX], closed_n; /* oldest first */
    int at;                                          /* segment written to; -1: none */
    bool writing;                                    /* an append is under way */
    uint64_t used;
    /* The appender's: */
    uint64_t last; /* record accepted last … */
    uint32_t last_sum;
    unsigned next; /* where to look for a free segment */
};
off_t segment_place(const struct journal *j, unsigned i);
int place_read(const struct journal *j, off_t at, char *p, size_t n) MUST_USE; /* -EIO also where the file ends */

uint32_t sum_by_table(uint32_t sum, const unsigned char *p, size_t n);

#endif
