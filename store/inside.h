/* What store's files share; no other room sees it. */
#ifndef CORACLE_STORE_INSIDE_H
#define CORACLE_STORE_INSIDE_H

#include <pthread.h>

#include "os/os.h"
#include "store/kv.h"
#include "store/store.h"
#include "store/tree.h"

enum {
    LOG_LEAST = 1024,          /* a full disk takes no events from a log of fewer */
    RESERVE = 10000,           /* revisions marked ahead for lazy writes with each commit */
    WAITING_MAX = 50000,       /* changes that may wait for the disk … */
    WAITING_BYTES = 128 << 20, /* … and their stored bytes */
    LAZY_CHANGES = 4096,       /* lazy changes that are written without waiting for lazy_ms … */
    LAZY_BYTES = 4 << 20,      /* … or so many bytes of them */
    ANCHORS = 16,              /* past roots kept every so many events */
    RECALLED = 16,             /* past roots made on request and kept for the next page */
};

struct store_snapshot {
    unsigned refs;
    struct tree_node *root;
    int64_t revision;
};

/* ── log: a ring of the newest events ── */
struct log_slot {
    struct store_event event; /* holds references; object NULL: a gap */
    size_t cost;              /* memory only the log holds on its account */
    int64_t gap_from;
};
enum { LOG_CHUNK = 512 };
struct log {
    /* Slots in chunks, so that growing moves none of them: a hundred thousand take milliseconds. Those from first's up to chunk_end are there. */
    struct log_slot **chunks;
    size_t n_chunks;     /* a power of two; chunk c stands at c mod n_chunks */
    uint64_t chunk_end;  /* chunks are counted on as sequence numbers are */
    uint64_t first, end; /* sequence numbers; slot of n is n mod LOG_CHUNK of chunk n / LOG_CHUNK */
    size_t bytes;
    size_t max_events, max_bytes;
    int64_t compacted; /* revision of the newest event dropped */
};
int log_reserve(struct log *g, size_t more) MUST_USE; /* makes the next `more` log_add() succeed */
void log_add(struct log *g, const struct store_event *e, int64_t gap_from);
struct log_slot *log_at(const struct log *g, uint64_t seq);
uint64_t log_after(const struct log *g, int64_t revision); /* sequence of the first event above revision */
/* False: events above `revision` are not all here any more. */
bool log_covers(const struct log *g, int64_t revision);
void log_compact(struct log *g, int64_t revision);
void log_done(struct log *g);

/* ── batches ── */
struct batch {
    struct list changes;  /* of struct store_change; those seen come first */
    struct list confirms; /* of struct store_change: who asks for the outcome of an unseen one; empty when none is */
    size_t n, bytes;
    size_t unseen;                /* not visible yet … */
    size_t durable;               /* … and of these the ones that must be on disk first */
    int64_t last;                 /* revision of the last change */
    struct store_snapshot *after; /* becomes visible once the batch is durable */
    struct kv_state state;
    int64_t started_ns;
};

struct writer {
    pthread_t thread;
    bool threaded; /* else commits run on the loop (a simulated loop, or no disk) */
    pthread_mutex_t lock;
    pthread_cond_t todo, done; /* a job came; a job ended */
    /* Under the lock: */
    struct kv_batch job;
    bool working, ended, quit;
    int result;
    /* The loop's: */
    int fd;      /* eventfd that tells the loop of the end of a job */
    int avoided; /* the processor the store's threads keep off */
    struct loop_io *io;
    struct loop_task task; /* commits on the loop */
};

/* Past roots: anchors are kept every so many events, recalled ones were asked for. */
struct history {
    struct store_snapshot *anchors[ANCHORS];
    uint64_t anchor_end; /* log end when the last anchor was kept */
    struct store_snapshot *recalled[RECALLED];
    uint64_t used[RECALLED], clock;
};
void history_keep(struct store *s); /* the visible state may become an anchor */
void history_trim(struct store *s); /* forgets what lies before the log */
void history_done(struct history *h);

struct watch_length {
    size_t n;      /* bytes of prefix */
    size_t groups; /* that have such a prefix */
    size_t open;   /* of them those that do not end in a slash */
};
struct watches {
    struct map groups; /* prefix → struct watch_group */
    VEC(struct watch_length) lengths;
    struct list woken; /* of struct store_watch */
    struct os_slab slab;
    size_t n, waiting;
};
void watches_init(struct watches *w);
void watches_done(struct watches *w);
void watch_tell(struct store *s, uint64_t seq); /* one event came */
void watch_wake(struct store *s);               /* calls those told */

struct store {
    struct loop *loop;
    struct kv *kv;     /* NULL: memory only */
    struct seal *seal; /* may be NULL */
    int64_t lazy_ms;
    struct tree_node *newest; /* with everything accepted */
    struct store_snapshot *visible;
    struct log log;
    struct history history;
    struct watches watches;
    int64_t given;          /* last revision given to a write */
    int64_t durable;        /* newest revision on disk */
    int64_t snapshots_from; /* older ones are not made again */
    int64_t reserved;       /* durable mark: no revision above it may be shown before a commit */
    struct batch batches[2];
    struct batch *gathering, *inflight; /* inflight NULL: the writer is idle */
    struct list answers;                /* of struct store_change */
    struct loop_task answer_task, commit_task, wake_task;
    struct loop_timer lazy_timer;
    struct writer writer;
    int64_t commits, commit_ns;
    bool failed, closing;
    size_t object_bytes; /* of visible objects */
    struct loop_task backup_task;
    struct list backups; /* waiting for lazy writes to reach the disk */
    pthread_mutex_t copy_lock;
    pthread_cond_t copy_done;
    unsigned copying; /* under copy_lock */
};

int store_open_on(struct store **out, struct loop *l, const struct store_options *o, struct kv *kv,
                  struct err *err) MUST_USE; /* kv is taken over whatever the answer; may be NULL */
int store_load(struct store *s, struct err *err) MUST_USE;

struct store_snapshot *snapshot_new(void);
void snapshot_fill(struct store_snapshot *v, struct tree_node *root, int64_t revision);

/* ── the way of a change ── */
void batch_init(struct batch *b);
int batch_ready(struct store *s) MUST_USE;                          /* makes the next batch_add() succeed */
void batch_add(struct store *s, struct store_change *c, bool lazy); /* s->newest has it already; c is taken over */
int batch_give(struct store *s);                                    /* hands what was gathered to the writer; 1: nothing to do, or it is busy */
void batch_ended(struct store *s, int result);                      /* on the loop: the job given has ended */
void batch_drain(struct store *s);                                  /* blocks until all is on disk or has failed */
void batch_done(struct batch *b);
size_t batch_waiting(const struct store *s);
void batch_confirm(struct store *s, struct store_change *c); /* c->event.object is one of s->newest; c is taken over */
struct store_change *store_change_free(struct store_change *c);
void store_change_scope_end(struct store_change **c);

int writer_start(struct store *s, struct err *err) MUST_USE;
void writer_give(struct store *s, const struct kv_batch *job);
int writer_wait(struct store *s); /* blocks until the job given has ended; its result */
void writer_stop(struct store *s);

void backup_start_waiting(struct store *s);
void backup_finish(struct store *s); /* blocks until no copy runs */

#endif
