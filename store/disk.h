/* disk: an LMDB environment with the store's three tables, room-private; disk.c
 * puts a journal in front of it. */
#ifndef CORACLE_STORE_DISK_H
#define CORACLE_STORE_DISK_H

#include <lmdb.h>

#include "store/kv.h"
#include "store/record.h"

struct disk_env {
    MDB_env *env; /* NULL: closed */
    MDB_dbi objects, log, meta;
    void *map; /* where its file is mapped; NULL: not known */
    size_t map_bytes;
};
/* The folder must exist. Tables and a first state are made unless flags has MDB_RDONLY. */
int disk_env_open(struct disk_env *e, const char *folder, size_t map_bytes, unsigned flags, struct err *err) MUST_USE;
void disk_env_close(struct disk_env *e);
/* Finds where the file is mapped, for disk_env_forget(). */
void disk_env_locate(struct disk_env *e);
/* Maps the whole file at once, which is faster than page by page when all of it will be read. */
void disk_env_remember(const struct disk_env *e);
/* Pages read count as our memory; after this they do not, and are mapped again when needed. */
void disk_env_forget(const struct disk_env *e);
int disk_state_get(const struct disk_env *e, MDB_txn *txn, struct kv_state *state, struct err *err) MUST_USE;
int disk_state_put(const struct disk_env *e, MDB_txn *txn, const struct kv_state *state) MUST_USE; /* LMDB's answer */
/* Everything that is there, each record checked. A NULL function of the sink: not these. */
int disk_walk(const struct disk_env *e, const struct kv_sink *sink, struct kv_state *state, struct err *err) MUST_USE;
/* A compacted copy of one moment, made under another name, synced, then put in place. -EEXIST */
int disk_copy(const struct disk_env *e, const char *folder, struct err *err) MUST_USE;

/* Which records of the journal are in these tables; .identity 0: there was never a journal. */
int disk_env_mark(const struct disk_env *e, struct record_mark *mark, struct err *err) MUST_USE;
int disk_mark_get(const struct disk_env *e, MDB_txn *txn, struct record_mark *mark, struct err *err) MUST_USE;
int disk_mark_put(const struct disk_env *e, MDB_txn *txn, const struct record_mark *mark) MUST_USE; /* LMDB's answer */

/* ── apply.c: changing the tables; answers are LMDB's ── */
struct disk_writing {
    const struct disk_env *e;
    struct buf previous; /* bytes at hand; freed by the owner */
    size_t written;      /* bytes put, ever more */
};
int disk_apply(struct disk_writing *d, MDB_txn *txn, struct str batch) MUST_USE; /* as record_batch_write() made it */
/* What is newer than `after` was refused but reached the disk: it is undone by its log records. */
int disk_undo(struct disk_writing *d, MDB_txn *txn, int64_t after) MUST_USE;
int disk_trim(struct disk_writing *d, MDB_txn *txn, int64_t compacted) MUST_USE;
/* Only forgets log records; nothing new is written. MDB_NOTFOUND: there are none to forget. */
int disk_apply_trim(struct disk_writing *d, MDB_txn *txn, int64_t after, int64_t compacted) MUST_USE;
/* Pages a batch may need at the worst, beside a few for each transaction. */
size_t disk_room_needed(const struct kv_batch *b, size_t page, size_t overhead, bool *puts);
/* Pages inside the file that can be used again. */
size_t disk_pages_free(const struct disk_env *e);

/* One process at a time. *out -1: not made and not there, so nobody has it open. -EBUSY */
int disk_lock(const char *folder, bool make, int *out, struct err *err) MUST_USE;
int disk_sync_folder(const char *folder) MUST_USE;
int disk_errno(int r);                                    /* LMDB's answer as 0 or a negative errno */
int disk_raise(struct err *err, int r, const char *what); /* the same, told */

#endif
