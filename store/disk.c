/* LMDB as the store's disk.
 *
 * Commits are LMDB's own: pages, fdatasync, then the root page written through.
 * Nothing cheaper keeps its word in a power cut: with one sync the root may
 * reach the disk before the pages it points to.
 *
 * LMDB gives up for good when writing the root page fails (MDB_PANIC), and then
 * nobody knows whether it went through. The environment is opened anew for the
 * next try, and what the failed batch may have left is undone with its log
 * records (see kv_batch.after).
 *
 * Writes that put something are refused while the last HEADROOM pages are all
 * that is left of the disk or the map, so that deletes still go through when it
 * is full. For the disk that means to hold the pages behind the file's end. */
#include <fcntl.h>
#include <pthread.h>

#include "os/os.h"
#include "store/disk.h"
#include "store/record.h"

enum {
    FORGET_BYTES = 8 << 20, /* written between two calls of disk_env_forget() */
    HEADROOM = 64,          /* pages only deletes may use */
    EXTENT = 1 << 20,       /* bytes held behind the file's end at a time */
};

struct disk {
    struct kv kv;
    struct disk_env e;
    char folder[OS_PATH_MAX];
    size_t map_bytes;
    unsigned flags;
    int lock;                  /* keeps a second process off */
    size_t written;            /* bytes since pages were last forgotten */
    struct seal *seal;         /* may be NULL */
    struct buf sealed[2];      /* of the change at hand: what it was, what it is */
    size_t held;               /* bytes of the file that the file system has promised us */
    pthread_rwlock_t env_lock; /* read: copies; write: opening anew */
};

/* ── one change ── */

static int put_object(struct disk *d, MDB_txn *txn, const struct record_object *o, unsigned flags)
{
    unsigned char at[8];
    record_revision_write(at, o->created);
    MDB_val k = {sizeof(at), at}, v = {record_object_bytes(o), NULL};
    int r = mdb_put(txn, d->e.objects, &k, &v, MDB_RESERVE | flags);
    if (r == 0)
        record_object_write(v.mv_data, o);
    d->written += v.mv_size;
    return r;
}

static int del_object(struct disk *d, MDB_txn *txn, int64_t created)
{
    unsigned char at[8];
    record_revision_write(at, created);
    MDB_val k = {sizeof(at), at};
    return mdb_del(txn, d->e.objects, &k, NULL);
}

static int put_event(struct disk *d, MDB_txn *txn, const struct kv_event *e)
{
    unsigned char at[8];
    record_revision_write(at, e->revision);
    MDB_val k = {sizeof(at), at}, v = {record_event_bytes(e), NULL};
    int r = mdb_put(txn, d->e.log, &k, &v, MDB_RESERVE | MDB_APPEND);
    if (r == 0)
        record_event_write(v.mv_data, e);
    d->written += v.mv_size;
    return r;
}

/* The bytes that go to disk for a value of c. They are good until the next value of the same slot. */
static int seal_value(struct disk *d, const struct store_change *c, const struct object *o, unsigned slot, struct str *out)
{
    uint8_t number = c->event.object->sealed;
    struct buf *b = &d->sealed[slot];
    *out = o->stored;
    if (!number)
        return 0;
    buf_clear(b);
    int r = seal_close(d->seal, number, o->key, o->stored, b);
    *out = buf_view(b);
    return -r;
}

static int apply(struct disk *d, MDB_txn *txn, const struct store_change *c)
{
    struct kv_event e = {.revision = c->event.revision, .gap = c->gap, .gap_from = c->gap_from};
    if (c->gap)
        return put_event(d, txn, &e);
    const struct object *now = c->event.object, *was = c->event.previous;
    e.deleted = c->event.type == STORE_DELETE;
    e.key = now->key;
    int r = 0;
    if (was) {
        e.had_previous = true;
        e.previous_revision = was->revision;
        e.previous_created = was->created_revision;
        r = seal_value(d, c, was, 0, &e.previous);
    }
    if (r == 0)
        r = put_event(d, txn, &e);
    if (r)
        return r;
    if (e.deleted)
        return del_object(d, txn, now->created_revision);
    struct record_object o = {now->created_revision, now->revision, now->key, STR_NONE};
    r = seal_value(d, c, now, 1, &o.stored);
    return r ? r : put_object(d, txn, &o, was ? 0 : MDB_APPEND);
}

/* ── room ── */

/* Pages a batch may dirty at the worst: its bytes twice over (leaf pages are copied), and a path in each tree. */
static size_t pages_needed(const struct kv_batch *b, size_t page, size_t overhead, bool *puts)
{
    size_t pages = 16;
    *puts = false;
    LIST_EACH(c, (struct list *)(uintptr_t)b->changes, struct store_change, link) {
        if (c->gap)
            continue;
        *puts |= c->event.type == STORE_PUT;
        size_t bytes = c->event.type == STORE_PUT ? c->event.object->stored.n : 0;
        bytes += c->event.previous ? c->event.previous->stored.n : 0;
        if (c->event.object->sealed)
            bytes += 2 * overhead;
        pages += 2 + 2 * bytes / page;
    }
    return pages;
}

/* Pages inside the file that can be used again. Table 0 is LMDB's list of them: each record begins with a count.
 * It can only be looked at in a transaction that reads. */
static size_t pages_free(struct disk *d)
{
    MDB_txn *txn;
    MDB_cursor *at;
    size_t pages = 0, n;
    if (mdb_txn_begin(d->e.env, NULL, MDB_RDONLY, &txn))
        return 0;
    if (mdb_cursor_open(txn, 0, &at) == 0) {
        MDB_val k, v;
        for (int r = mdb_cursor_get(at, &k, &v, MDB_FIRST); r == 0; r = mdb_cursor_get(at, &k, &v, MDB_NEXT)) {
            memcpy(&n, v.mv_data, sizeof(n));
            pages += n;
        }
        mdb_cursor_close(at);
    }
    mdb_txn_abort(txn);
    return pages;
}

/* Makes the file system promise the file's first `bytes` bytes. */
static bool hold(struct disk *d, size_t bytes)
{
    if (bytes <= d->held)
        return true;
    mdb_filehandle_t fd;
    size_t want = (bytes / EXTENT + 1) * EXTENT;
    if (mdb_env_get_fd(d->e.env, &fd) ||
        fallocate(fd, FALLOC_FL_KEEP_SIZE, (off_t)d->held, (off_t)(want - d->held)) == 0 ||
        (errno != ENOSPC && errno != EDQUOT)) { /* some file systems promise nothing */
        d->held = want;
        return true;
    }
    return false;
}

static int check_room(struct disk *d, const struct kv_batch *b)
{
    MDB_envinfo info;
    MDB_stat stat;
    int r = mdb_env_info(d->e.env, &info);
    if (r == 0)
        r = mdb_env_stat(d->e.env, &stat);
    if (r)
        return r;
    bool puts;
    size_t need = pages_needed(b, stat.ms_psize, seal_overhead(d->seal), &puts) + HEADROOM;
    size_t end = info.me_last_pgno + 1 + need;
    if (!puts || (end * stat.ms_psize <= info.me_mapsize && hold(d, end * stat.ms_psize)))
        return 0;
    return pages_free(d) >= need ? 0 : MDB_MAP_FULL;
}

/* ── a batch ── */

/* Takes the newest log record back. */
static int undo_last(struct disk *d, MDB_txn *txn, MDB_cursor *at, struct str record, int64_t revision)
{
    struct kv_event e;
    if (record_event_read(record, revision, &e, NULL) < 0)
        return MDB_CORRUPTED;
    int r = 0;
    SCOPED_BUF copy = BUF_INIT(0); /* the record lies on a page that the next write may move */
    buf_str(&copy, e.key);
    buf_str(&copy, e.previous);
    if (buf_error(&copy))
        return ENOMEM;
    struct str key = str_head(buf_view(&copy), e.key.n), previous = str_from(buf_view(&copy), e.key.n);
    struct record_object o = {e.previous_created, e.previous_revision, key, previous};
    if (!e.gap && e.had_previous)
        r = put_object(d, txn, &o, 0);
    else if (!e.gap)
        r = del_object(d, txn, revision);
    return r ? r : mdb_cursor_del(at, 0);
}

/* What is newer than `after` was refused but reached the disk: see the top of this file. */
static int undo_refused(struct disk *d, MDB_txn *txn, int64_t after)
{
    struct kv_state state;
    if (disk_state_get(&d->e, txn, &state, NULL) < 0 || state.revision < after)
        return MDB_CORRUPTED;
    if (state.revision == after)
        return 0;
    MDB_cursor *at;
    int r = mdb_cursor_open(txn, d->e.log, &at);
    while (r == 0) {
        MDB_val k, v;
        r = mdb_cursor_get(at, &k, &v, MDB_LAST);
        int64_t revision = r ? 0 : record_revision_read(str_make(k.mv_data, k.mv_size));
        if (r == MDB_NOTFOUND || (r == 0 && revision <= after)) {
            r = 0;
            break;
        }
        if (r == 0)
            r = undo_last(d, txn, at, str_make(v.mv_data, v.mv_size), revision);
    }
    mdb_cursor_close(at);
    return r;
}

static int trim_log(struct disk *d, MDB_txn *txn, int64_t compacted)
{
    MDB_cursor *at;
    int r = mdb_cursor_open(txn, d->e.log, &at);
    if (r)
        return r;
    MDB_val k, v;
    r = mdb_cursor_get(at, &k, &v, MDB_FIRST);
    while (r == 0 && record_revision_read(str_make(k.mv_data, k.mv_size)) <= compacted) {
        r = mdb_cursor_del(at, 0);
        if (r == 0)
            r = mdb_cursor_get(at, &k, &v, MDB_FIRST);
    }
    mdb_cursor_close(at);
    return r == MDB_NOTFOUND ? 0 : r;
}

static int write_batch(struct disk *d, MDB_txn *txn, const struct kv_batch *b)
{
    int r = check_room(d, b);
    if (r == 0)
        r = undo_refused(d, txn, b->after);
    LIST_EACH(c, (struct list *)(uintptr_t)b->changes, struct store_change, link) {
        if (r)
            break;
        r = apply(d, txn, c);
    }
    if (r == 0)
        r = trim_log(d, txn, b->state.compacted);
    return r ? r : disk_state_put(&d->e, txn, &b->state);
}

static int open_anew(struct disk *d)
{
    struct err err;
    pthread_rwlock_wrlock(&d->env_lock);
    disk_env_close(&d->e);
    int r = disk_env_open(&d->e, d->folder, d->map_bytes, d->flags, &err);
    if (r == 0)
        disk_env_locate(&d->e);
    pthread_rwlock_unlock(&d->env_lock);
    return r;
}

static int begin(struct disk *d, MDB_txn **txn)
{
    if (d->e.env) {
        int r = mdb_txn_begin(d->e.env, NULL, 0, txn);
        if (r != MDB_PANIC)
            return disk_errno(r);
    }
    int r = open_anew(d);
    return r < 0 ? r : disk_errno(mdb_txn_begin(d->e.env, NULL, 0, txn));
}

/* One LMDB transaction; its answer as errno. */
static int transact(struct disk *d, const struct kv_batch *b,
                    int (*write)(struct disk *, MDB_txn *, const struct kv_batch *))
{
    MDB_txn *txn;
    int r = begin(d, &txn);
    if (r < 0)
        return r;
    r = write(d, txn, b);
    if (r)
        mdb_txn_abort(txn);
    else
        r = mdb_txn_commit(txn);
    return disk_errno(r);
}

/* Only forgets the log records the store has forgotten; nothing new is written. */
static int write_trim(struct disk *d, MDB_txn *txn, const struct kv_batch *b)
{
    struct kv_state state;
    int r = undo_refused(d, txn, b->after);
    if (r)
        return r;
    if (disk_state_get(&d->e, txn, &state, NULL) < 0)
        return MDB_CORRUPTED;
    if (state.compacted >= MIN(b->state.compacted, b->after))
        return MDB_NOTFOUND;
    state.revision = b->after;
    state.compacted = MIN(b->state.compacted, b->after);
    r = trim_log(d, txn, state.compacted);
    return r ? r : disk_state_put(&d->e, txn, &state);
}

/* LMDB uses freed pages again in the transaction after next: this is the next. */
static int write_nothing(struct disk *d, MDB_txn *txn, const struct kv_batch *b)
{
    (void)b;
    struct kv_state state;
    return disk_state_get(&d->e, txn, &state, NULL) < 0 ? MDB_CORRUPTED : disk_state_put(&d->e, txn, &state);
}

static int disk_commit(struct kv *kv, const struct kv_batch *b)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    int r = transact(d, b, write_batch);
    if (r == -ENOSPC && transact(d, b, write_trim) == 0 && transact(d, b, write_nothing) == 0)
        r = transact(d, b, write_batch);
    if (d->written >= FORGET_BYTES) {
        d->written = 0;
        disk_env_forget(&d->e);
    }
    return r;
}

/* ── the rest of kv ── */

static int disk_load(struct kv *kv, const struct kv_sink *sink, struct kv_state *state, struct err *err)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    if (sink->object)
        disk_env_remember(&d->e);
    int r = disk_walk(&d->e, sink, state, err);
    if (sink->event)
        disk_env_forget(&d->e);
    return r;
}

static int disk_copy_to(struct kv *kv, const char *folder, struct err *err)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    pthread_rwlock_rdlock(&d->env_lock);
    int r = d->e.env ? disk_copy(&d->e, folder, err) : err_raise(err, -EIO, "the disk has failed");
    pthread_rwlock_unlock(&d->env_lock);
    return r;
}

static void disk_close(struct kv *kv)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    disk_env_close(&d->e);
    buf_done(&d->sealed[0]);
    buf_done(&d->sealed[1]);
    if (d->lock >= 0)
        close(d->lock);
    pthread_rwlock_destroy(&d->env_lock);
    mem_free(d);
}

static const struct kv_ops DISK_OPS = {disk_load, disk_commit, disk_copy_to, disk_close};

static int open_folder(struct disk *d, struct err *err)
{
    bool made = !os_file_exists(d->folder);
    int r = os_dir_make(d->folder, 0700);
    if (r < 0)
        return err_raise(err, r, "cannot make its folder: %s", strerror(-r));
    r = disk_lock(d->folder, true, &d->lock, err);
    if (r == 0)
        r = disk_env_open(&d->e, d->folder, d->map_bytes, d->flags, err);
    if (r < 0)
        return r;
    disk_env_locate(&d->e);
    r = disk_sync_folder(d->folder);
    char parent[OS_PATH_MAX];
    if (r == 0 && made && os_path(parent, "%s/..", d->folder) == 0)
        r = disk_sync_folder(parent);
    return r < 0 ? err_raise(err, r, "cannot sync its folder: %s", strerror(-r)) : 0;
}

int kv_disk_open(struct kv **out, const struct store_options *o, struct err *err)
{
    struct disk *d = mem_alloc(sizeof(*d));
    if (!d)
        return err_raise(err, -ENOMEM, "no memory for it");
    d->kv.ops = &DISK_OPS;
    d->lock = -1;
    d->seal = o->seal;
    d->map_bytes = o->map_bytes ? o->map_bytes : (size_t)16 << 30;
    d->flags = o->unsafe_no_sync ? MDB_NOSYNC : 0;
    pthread_rwlock_init(&d->env_lock, NULL);
    int r = os_path(d->folder, "%s", o->folder);
    r = r < 0 ? err_raise(err, r, "its path is too long") : open_folder(d, err);
    if (r < 0) {
        disk_close(&d->kv);
        return r;
    }
    *out = &d->kv;
    return 0;
}
