/* kv: what the store asks of a disk, room-private. LMDB with its journal is one (disk.c), a test's
 * that fails on purpose is another; a store in memory has none.
 *
 * commit() is called by the writer thread alone; copy() by a pool thread, beside
 * it; load() and close() while neither runs. */
#ifndef CORACLE_STORE_KV_H
#define CORACLE_STORE_KV_H

#include "store/store.h"

/* One accepted write on its way to the disk and to whoever waits for it. */
struct store_change {
    struct list link;         /* in its batch until it is on disk or has failed */
    struct list answer;       /* in store.answers until `done` was called */
    struct store_event event; /* holds references */
    /* Not a write but a gap: event.revision is the mark where numbering went on after a crash, from the last kept. */
    bool gap;
    int64_t gap_from;
    bool seen; /* visible and in the log already, because it is lazy */
    enum store_outcome outcome;
    void (*done)(void *ctx, enum store_outcome outcome, struct object *object, int64_t revision);
    void *ctx;
};

struct kv_state {
    int64_t revision;  /* newest on disk */
    int64_t compacted; /* log records up to here are gone */
    int64_t reserved;  /* no revision above was ever given; equal to `revision` after a clean end */
};

struct kv_batch {
    const struct list *changes; /* of struct store_change, ascending revision; only texts and revisions are read */
    int64_t after;              /* the newest revision that should be on disk; what is above it is a failed batch's
                                 * that reached the disk all the same, and is undone */
    struct kv_state state;      /* as it shall be then */
};

/* A log record as it lies on disk: what the key held before. The state after follows from the records behind it. */
struct kv_event {
    int64_t revision;
    bool gap, deleted;
    int64_t gap_from;
    struct str key;
    bool had_previous;
    int64_t previous_revision, previous_created;
    struct str previous; /* stored bytes */
};

struct kv_sink {
    /* In any order. */
    int (*object)(void *ctx, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err);
    int (*event)(void *ctx, const struct kv_event *e, struct err *err); /* newest first */
    void *ctx;
};

struct kv;
struct kv_ops {
    int (*load)(struct kv *kv, const struct kv_sink *sink, struct kv_state *state, struct err *err);
    int (*commit)(struct kv *kv, const struct kv_batch *b); /* all of it durable, or nothing: -ENOSPC, -EIO, other */
    int (*copy)(struct kv *kv, const char *folder, struct err *err);
    void (*avoid)(struct kv *kv, int processor); /* its own threads keep off that one (os_thread_avoid), where the loop is now; may be NULL */
    void (*close)(struct kv *kv);
};
struct kv {
    const struct kv_ops *ops;
};

int kv_disk_open(struct kv **out, const struct store_options *o, struct err *err) MUST_USE;

#endif
