/* store: every object of the cluster, in order of revision.
 *
 * Objects of kinds that are not registered are kept and counted, but neither
 * read nor watched (object_opaque()); store_newest() alone shows that their keys
 * are taken.
 *
 * One loop thread calls everything here. Objects live in memory as frozen
 * objects in one persistent (path-copying) ordered tree by key; a snapshot is a
 * reference to its root at one revision. LMDB keeps them on disk with etcd's
 * keys and in etcd's bytes, and in front of it a journal, a write-ahead log of
 * bounded size: the writer thread commits whole batches (group commit), each by
 * one append and one sync, and only then are their writes answered and seen; the
 * keeper thread brings the journal over into LMDB later. At the start what is
 * still in the journal is brought over first; a journal that is damaged in the
 * middle, or gone, is told, and the store not opened (-EBADMSG). Whoever would
 * rather lose what is in it takes the file `journal` away and restores the folder
 * into another (docs/man/coracle.1).
 *
 *   store_write() → checked against the newest state, pending writes included
 *     → revision given (one for everything) → batch → writer thread: journal,
 *     fdatasync → loop: roots swapped, log extended, `done` called, watchers
 *     woken.
 *
 * When whoever opens the store is urgent (os_thread_urge), then so is the writer thread for good, and the opener is calm again.
 *
 * Memory holds plain bytes; on disk they are encrypted where the room seal says so, log records included.
 *
 * A failed commit (disk full, I/O error) fails every write of its batch and of
 * those stacked on it, and leaves reads as they were; revisions so burnt are
 * never given again. Later writes are tried again, and succeed when the disk
 * does. The watch log keeps the newest events in memory and on disk, so that
 * watchers resume after a restart without relisting.
 *
 * Lazy writes (leases, events) are answered and seen at once unless a durable
 * write waits in front of them, and reach the disk with the next batch or after
 * lazy_ms. A crash may lose them, never their revisions: the disk holds a mark
 * above every revision given; after a crash numbering goes on behind the mark,
 * and whoever saw a revision between the last one kept and the mark is told to
 * list again (STORE_COMPACTED). */
#ifndef CORACLE_STORE_H
#define CORACLE_STORE_H

#include "base/base.h"
#include "loop/loop.h"
#include "object/object.h"
#include "seal/seal.h"

struct store;
struct store_options {
    const char *folder;     /* NULL: memory only, nothing survives */
    size_t map_bytes;       /* LMDB's ceiling [16 GiB, sparse] */
    size_t log_events;      /* events kept for watchers [100,000] … */
    size_t log_bytes;       /* … and at most so many bytes [64 MiB] */
    int64_t lazy_ms;        /* how late lazy writes may reach the disk [5,000] */
    bool unsafe_no_sync;    /* tests of speed only: no fdatasync */
    uint32_t segment_bytes; /* of the journal's 16 segments, should it be made [1 MiB] */
    int journal_after_ms;   /* when a folder without a journal gets one [1,000] */
    struct seal *seal;      /* encrypts what lies on the disk; outlives the store; NULL: nothing is encrypted */
};
int store_open(struct store **out, struct loop *l, const struct store_options *o, struct err *err) MUST_USE;
/* What is pending is made durable and answered first; watches must be freed before. NULL is fine. */
struct store *store_close(struct store *s);
int64_t store_revision(const struct store *s); /* of the newest visible transaction; ≥ 1 */

/* ── reading ── */
struct store_snapshot;                                  /* reference counted; cheap */
struct store_snapshot *store_snapshot(struct store *s); /* the newest visible; never NULL; may outlive the store */
struct store_snapshot *store_snapshot_unref(struct store_snapshot *v);
struct store_snapshot *store_snapshot_ref(struct store_snapshot *v);
int64_t store_snapshot_revision(const struct store_snapshot *v);
/* A past revision, for continue tokens and resourceVersionMatch=Exact: anything still in the watch log.
 * STORE_COMPACTED: older than that. -ERANGE: not reached yet. -ENOMEM. */
int store_snapshot_at(struct store *s, int64_t revision, struct store_snapshot **out) MUST_USE;
#define STORE_COMPACTED 1
/* From now on store_snapshot_at() answers STORE_COMPACTED for what is older, as a compacted etcd would; watchers may still
 * resume from wherever the log reaches. */
void store_snapshots_expire(struct store *s, int64_t revision);
struct object *store_snapshot_get(const struct store_snapshot *v, struct str key); /* borrowed; NULL: not there */
/* Walks keys ≥ from with the prefix in byte order. The cursor holds no memory; the snapshot must outlive it. */
struct store_cursor {
    const struct store_snapshot *snapshot;
    void *path[48];
    int depth;
    struct str prefix;
};
void store_cursor_start(struct store_cursor *c, const struct store_snapshot *v, struct str prefix, struct str from);
struct object *store_cursor_next(struct store_cursor *c);                                    /* borrowed; NULL: end */
size_t store_count(const struct store_snapshot *v, struct str prefix);                       /* objects below a prefix; O(log n) */
size_t store_count_from(const struct store_snapshot *v, struct str prefix, struct str from); /* … whose keys are ≥ from */
/* The newest state including writes not yet durable, for optimistic concurrency only: what a writer must base its
 * next write on. Borrowed. */
struct object *store_newest(const struct store *s, struct str key);

/* ── writing ── */
enum store_outcome {
    STORE_OK = 0,
    STORE_CONFLICT = 1, /* the key's revision is another one than expected, or it exists / does not exist */
    STORE_FULL = 2,     /* disk or map full → 507 */
    STORE_IO = 3,       /* the disk failed → 500 */
};
#define STORE_ANY    (-1) /* expect: whatever is there, or nothing */
#define STORE_ABSENT 0    /* expect: nothing is there */
struct store_write {
    /* To put, just frozen: key, kind, stored bytes; the store sets the revisions. Its reference is taken over whatever
     * the answer. NULL: delete. */
    struct object *object;
    struct str key; /* of a delete */
    int64_t expect; /* revision found when the change was made, STORE_ABSENT or STORE_ANY */
    bool lazy;      /* may reach the disk late (leases, events): answered at once */
    /* Called once, never from inside store_write(). object: the frozen object as written, or as it was when deleted
     * (its revision is then the deletion's), NULL when the write failed; borrowed. May be NULL. */
    void (*done)(void *ctx, enum store_outcome outcome, struct object *object, int64_t revision);
    void *ctx;
};
/* 0: accepted, done follows. STORE_CONFLICT at once (done is not called), also for a delete of what is not there.
 * -EAGAIN: too much is waiting for the disk; -E2BIG: over STORE_OBJECT_MAX; -ENAMETOOLONG: key over STORE_KEY_MAX;
 * -EINVAL: no key, or an object that was written before; -ENOMEM. */
#define STORE_OBJECT_MAX (4u << 20)
#define STORE_KEY_MAX    1024u
int store_write(struct store *s, const struct store_write *w) MUST_USE;
/* For who finds that `o`, got from store_newest(), is what it would have written: done as if it had been, once o is
 * visible, or with the fault when it never will be. Never from inside the call. 0; STORE_CONFLICT: o is not the newest any more; -ENOMEM. */
int store_confirm(struct store *s, struct object *o, void (*done)(void *ctx, enum store_outcome outcome, struct object *object, int64_t revision),
                  void *ctx) MUST_USE;

/* What lies on disk for `o` is not what a write would put there now (another key encrypts its resource): then even a write that changes
 * nothing is worth making. */
bool store_stale(const struct store *s, const struct object *o);

/* ── watching: a cursor into the log ── */
enum store_event_type { STORE_PUT, STORE_DELETE };
struct store_event {
    int64_t revision;
    enum store_event_type type;
    struct object *object;   /* new state; for DELETE the last state with the deletion's revision */
    struct object *previous; /* state before, NULL when it was created */
};
struct store_watch;
/* Events with revision > after and the prefix. wake is called (from the loop) when there is something to read and the
 * last store_watch_next() had answered NULL. 1 (STORE_COMPACTED): `after` is no longer in the log. */
int store_watch_new(struct store_watch **out, struct store *s, struct str prefix, int64_t after, void (*wake)(void *ctx), void *ctx) MUST_USE;
const struct store_event *store_watch_next(struct store_watch *w); /* borrowed until the next call; NULL: up to date */
int64_t store_watch_revision(const struct store_watch *w);         /* everything up to here was delivered: for bookmarks */
bool store_watch_lost(const struct store_watch *w);                /* fell behind the log: answer 410 and free it */
struct store_watch *store_watch_free(struct store_watch *w);

/* ── care ── */
int store_compact(struct store *s, int64_t revision, struct err *err) MUST_USE; /* forget history up to there */
/* A consistent, compacted copy while running, on a pool thread; done on the loop. The folder is made; it must not
 * hold a store yet (-EEXIST). -ENOTSUP: memory only. */
int store_backup(struct store *s, const char *to_folder, void (*done)(void *ctx, int r, const char *error), void *ctx) MUST_USE;
/* Offline; to_folder must be empty or absent. Every record is checked, but encrypted values, which are copied as they are. Revisions go on 10⁹ above
 * the copy's, so that none given after the copy was made comes again; the watch log is left behind: all watchers list again. */
int store_restore(const char *from_folder, const char *to_folder, struct err *err) MUST_USE;
struct store_stats {
    size_t objects, object_bytes, log_events, log_bytes, watches, pending;
    int64_t commits, commit_ns; /* batches made durable and the time they took */
    bool failed;                /* the last commit failed; each write is a new try */
    int64_t compacted;          /* events up to here are forgotten */
    int64_t durable;            /* newest revision on disk; behind store_revision() by lazy writes only */
    size_t tree_bytes;          /* what the tree costs beside its objects */
};
void store_stats(const struct store *s, struct store_stats *out);

#endif
