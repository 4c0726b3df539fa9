/* The store's disk: a journal in front of LMDB.
 *
 *   commit ── journal_append: one write, one sync ──▶ answered
 *                 │ a segment is full
 *                 ▼
 *   keeper thread: the segment's batches in one LMDB transaction ──▶ journal_forget
 *
 * The writer thread commits. The keeper brings over, in order, what the journal
 * holds in closed segments, beside commits into others; it also makes the
 * journal, when a folder has none (old ones, new ones). Pool threads copy. All
 * that stands in the journal is brought over first by who copies, who commits
 * past the journal, and at the end; at the start it is brought over before
 * anything is read. The mark in LMDB's meta table says how far; it changes in
 * the same transaction.
 *
 * A commit goes past the journal, into LMDB at once, while there is none, when it
 * is too large for one, when an append fails, and when room is scarce: what is
 * answered from the journal must find room in LMDB later. So room for all that
 * is in it, at the worst, is held in LMDB's file first (see disk_room_needed).
 * When segments run out since LMDB cannot take them, commits fail as LMDB does.
 *
 * LMDB's own commits are pages, fdatasync, then the root page written through.
 * It gives up for good when writing the root page fails (MDB_PANIC), and then
 * nobody knows whether it went through. The environment is opened anew for the
 * next try; the mark tells whether it did, and what a refused batch may have
 * left is undone with its log records (see kv_batch.after).
 *
 * Writes that put something are refused while the last HEADROOM pages are all
 * that is left of the disk or the map, so that deletes still go through when it
 * is full. For the disk that means to hold the pages behind the file's end. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>

#include "journal/journal.h"
#include "log/log.h"
#include "os/os.h"
#include "store/disk.h"
#include "store/record.h"

enum {
    FORGET_BYTES = 8 << 20, /* written between two calls of disk_env_forget() */
    HEADROOM = 64,          /* pages only deletes may use */
    SLACK = 32,             /* pages of each transaction beside its batches' */
    EXTENT = 1 << 20,       /* bytes held behind the file's end at a time */
    SEGMENTS = 16,
    SEGMENT_BYTES = 1 << 20,
    KEEPER_SLICE_NS = 100000000, /* the longest there is: it gives way to all that wake beside it, the loop and the writer above all */
    RECORD_KEPT = 256 << 10,     /* a larger buffer is not kept from commit to commit */
};

struct disk {
    struct kv kv;
    struct disk_env e;
    char folder[OS_PATH_MAX], journal_path[OS_PATH_MAX];
    size_t map_bytes;
    unsigned flags;
    uint32_t segment_bytes;
    int journal_after_ms;
    int lock;                  /* keeps a second process off */
    struct seal *seal;         /* may be NULL */
    pthread_rwlock_t env_lock; /* read: whoever is not in a write transaction; write: opening anew */
    pthread_mutex_t lmdb;      /* one write transaction at a time; under it: */
    struct disk_writing writing;
    size_t forgotten_at; /* .written when pages were last forgotten */
    uint64_t identity;
    /* The writer's: */
    struct buf sealed[2], record;
    size_t held;                       /* bytes of the file that the file system has promised us */
    bool past;                         /* the last commit went past the journal since an append failed: told once */
    _Atomic(struct journal *) journal; /* NULL: none yet */
    /* The keeper: */
    pthread_t keeper;
    bool kept;
    _Atomic bool quit;
    pthread_mutex_t keeper_lock;
    pthread_cond_t todo, done;
    uint64_t asked, answered; /* under keeper_lock: rounds asked for, and ended */
    int result;               /* of the last */
};

/* ── transactions ── */

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

/* What a transaction is to do. */
struct work {
    struct disk *d;
    MDB_txn *txn;
    const struct kv_batch *b; /* of a commit past the journal, */
    struct str batch;         /* and its bytes */
    int64_t compacted;
    uint64_t number; /* the journal's records up to here are in LMDB then */
};

/* One LMDB transaction; its answer as errno. Under d->lmdb. */
static int transact(struct work *w, int (*write)(struct work *))
{
    int r = begin(w->d, &w->txn);
    if (r < 0)
        return r;
    r = write(w);
    if (r)
        mdb_txn_abort(w->txn);
    else
        r = mdb_txn_commit(w->txn);
    return disk_errno(r);
}

/* Forgets the log records the store has forgotten, in what is there. */
static int write_trim(struct work *w)
{
    struct kv_state state;
    if (disk_state_get(&w->d->e, w->txn, &state, NULL) < 0)
        return MDB_CORRUPTED;
    return disk_apply_trim(&w->d->writing, w->txn, state.revision, w->compacted);
}

/* LMDB uses freed pages again in the transaction after next: this is the next. */
static int write_nothing(struct work *w)
{
    struct kv_state state;
    return disk_state_get(&w->d->e, w->txn, &state, NULL) < 0 ? MDB_CORRUPTED : disk_state_put(&w->d->e, w->txn, &state);
}

/* A full disk or map is tried once more, with fewer log records. */
static int transact_hard(struct work *w, int (*write)(struct work *))
{
    struct disk *d = w->d;
    pthread_mutex_lock(&d->lmdb);
    int r = transact(w, write);
    if (r == -ENOSPC && transact(w, write_trim) == 0 && transact(w, write_nothing) == 0)
        r = transact(w, write);
    if (d->writing.written - d->forgotten_at >= FORGET_BYTES) {
        d->forgotten_at = d->writing.written;
        disk_env_forget(&d->e);
    }
    pthread_mutex_unlock(&d->lmdb);
    return r;
}

/* ── bringing over ── */

static int apply_record(void *ctx, struct str batch)
{
    struct work *w = ctx;
    struct record_batch b;
    if (record_batch_read(batch, &b, NULL) < 0)
        return MDB_CORRUPTED;
    w->compacted = MAX(w->compacted, b.state.compacted);
    return disk_apply(&w->d->writing, w->txn, batch);
}

static int write_segment(struct work *w)
{
    struct record_mark mark;
    if (disk_mark_get(&w->d->e, w->txn, &mark, NULL) < 0)
        return MDB_CORRUPTED;
    w->number = journal_oldest(w->d->journal);
    if (mark.number >= w->number) /* it went through the last time, though it seemed to fail */
        return write_nothing(w);
    int r = journal_read(w->d->journal, apply_record, w, &w->number);
    if (r < 0 && r > -4096)
        return -r; /* the journal's, not LMDB's */
    return r ? r : disk_mark_put(&w->d->e, w->txn, &(struct record_mark){w->d->identity, w->number});
}

/* All closed segments. */
static int bring_over(struct disk *d)
{
    int r = 0;
    while (r == 0 && journal_oldest(d->journal)) {
        struct work w = {.d = d};
        r = transact_hard(&w, write_segment);
        if (r == 0)
            journal_forget(d->journal, w.number);
    }
    return r;
}

/* Anybody's but the keeper's: asks it for a round. */
static uint64_t ask(struct disk *d)
{
    pthread_mutex_lock(&d->keeper_lock);
    uint64_t round = ++d->asked;
    pthread_cond_signal(&d->todo);
    pthread_mutex_unlock(&d->keeper_lock);
    return round;
}

/* A round that began after this call; its result. */
static int ask_and_wait(struct disk *d)
{
    uint64_t round = ask(d);
    pthread_mutex_lock(&d->keeper_lock);
    while (d->answered < round)
        pthread_cond_wait(&d->done, &d->keeper_lock);
    int r = d->result;
    pthread_mutex_unlock(&d->keeper_lock);
    return r;
}

/* Everything that is in the journal now is in LMDB then. */
static int drain(struct disk *d)
{
    if (!d->journal)
        return 0;
    journal_turn(d->journal);
    return journal_oldest(d->journal) ? ask_and_wait(d) : 0;
}

/* ── the keeper ── */

static int write_mark(struct work *w)
{
    return disk_mark_put(&w->d->e, w->txn, &(struct record_mark){w->d->identity, 0});
}

/* Under another name until LMDB knows it. A disk so small, or so full, that it would be felt, goes without. */
static int make_journal(struct disk *d)
{
    char part[OS_PATH_MAX];
    struct os_disk space;
    struct work w = {.d = d};
    struct journal *j;
    struct err err;
    int r = os_path(part, "%s.part", d->journal_path);
    if (r == 0)
        r = os_disk(d->folder, &space);
    if (r == 0 && space.free < (int64_t)4 * SEGMENTS * d->segment_bytes)
        r = -ENOSPC;
    if (r == 0)
        r = os_random(&d->identity, sizeof(d->identity));
    if (r == 0 && unlink(part) < 0 && errno != ENOENT)
        r = -errno;
    if (r == 0)
        r = journal_make(part, d->segment_bytes, SEGMENTS, d->identity, &d->quit);
    if (r == 0)
        r = transact_hard(&w, write_mark);
    if (r == 0 && rename(part, d->journal_path) < 0)
        r = -errno;
    if (r == 0)
        r = disk_sync_folder(d->folder);
    if (r == 0)
        r = journal_open(&j, d->journal_path, d->identity, 0, d->flags & MDB_NOSYNC, &err);
    if (r == 0)
        d->journal = j;
    return r;
}

/* A server's start has the disk for itself; and who is gone within a second needs no journal. */
static void wait_before_making(struct disk *d)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += d->journal_after_ms / 1000;
    until.tv_nsec += d->journal_after_ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&d->keeper_lock);
    while (!d->quit && pthread_cond_timedwait(&d->todo, &d->keeper_lock, &until) == 0)
        ;
    pthread_mutex_unlock(&d->keeper_lock);
}

static void *keep(void *ctx)
{
    struct disk *d = ctx;
    int r = 0, told = 0;
    os_thread_calm();
    os_thread_hasten(KEEPER_SLICE_NS);
    (void)pthread_setname_np(pthread_self(), "store-keeper");
    if (!d->journal) {
        wait_before_making(d);
        r = d->quit ? -ECANCELED : make_journal(d);
    }
    if (r < 0 && r != -ECANCELED)
        log_info("store", "goes without a journal: %s", strerror(-r));
    pthread_mutex_lock(&d->keeper_lock);
    for (;;) {
        while (d->asked == d->answered && !d->quit)
            pthread_cond_wait(&d->todo, &d->keeper_lock);
        if (d->asked == d->answered)
            break;
        uint64_t round = d->asked;
        pthread_mutex_unlock(&d->keeper_lock);
        r = d->journal ? bring_over(d) : 0;
        if (r < 0 && r != told)
            log_error("store", "cannot bring the journal over: %s", strerror(-r));
        told = r;
        pthread_mutex_lock(&d->keeper_lock);
        d->answered = round;
        d->result = r;
        pthread_cond_broadcast(&d->done);
    }
    pthread_mutex_unlock(&d->keeper_lock);
    return NULL;
}

static int keeper_start(struct disk *d)
{
    sigset_t all, before;
    sigfillset(&all); /* signals are the loop thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int r = -pthread_create(&d->keeper, NULL, keep, d);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    d->kept = r == 0;
    return r;
}

/* What cannot be brought over stays in the journal; the next start finds it. */
static void keeper_stop(struct disk *d)
{
    if (!d->kept)
        return;
    pthread_mutex_lock(&d->keeper_lock);
    if (d->journal) {
        journal_turn(d->journal);
        d->asked++;
    }
    d->quit = true;
    pthread_cond_signal(&d->todo);
    pthread_mutex_unlock(&d->keeper_lock);
    pthread_join(d->keeper, NULL);
}

/* ── a commit: its bytes ── */

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
    return r;
}

static int encode_change(struct disk *d, const struct store_change *c)
{
    struct record_change out = {.event = {.revision = c->event.revision, .gap = c->gap, .gap_from = c->gap_from}};
    int r = 0;
    if (!c->gap) {
        const struct object *now = c->event.object, *was = c->event.previous;
        out.event.key = now->key;
        out.event.deleted = c->event.type == STORE_DELETE;
        out.created = now->created_revision;
        if (was) {
            out.event.had_previous = true;
            out.event.previous_revision = was->revision;
            out.event.previous_created = was->created_revision;
            out.previous_given = was->sealed != now->sealed;
        }
        if (out.previous_given)
            r = seal_value(d, c, was, 0, &out.event.previous);
        if (r == 0 && !out.event.deleted)
            r = seal_value(d, c, now, 1, &out.stored);
    }
    record_change_write(&d->record, &out);
    return r;
}

static int encode(struct disk *d, const struct kv_batch *b)
{
    struct record_batch head = {.after = b->after, .state = b->state};
    if (d->record.cap > RECORD_KEPT)
        buf_done(&d->record);
    buf_clear(&d->record);
    LIST_EACH (c, (struct list *)(uintptr_t)b->changes, struct store_change, link)
        head.n++;
    if (!buf_room(&d->record, JOURNAL_HEAD))
        return buf_error(&d->record);
    buf_grew(&d->record, JOURNAL_HEAD);
    record_batch_write(&d->record, &head);
    LIST_EACH (c, (struct list *)(uintptr_t)b->changes, struct store_change, link) {
        int r = encode_change(d, c);
        if (r < 0)
            return r;
    }
    return buf_error(&d->record);
}

/* ── a commit: room for it ── */

/* Makes the file system promise the file's first `bytes` bytes. */
static bool hold(struct disk *d, size_t bytes)
{
    if (bytes <= d->held)
        return true;
    mdb_filehandle_t fd;
    size_t want = (bytes / EXTENT + 1) * EXTENT;
    if (mdb_env_get_fd(d->e.env, &fd) || fallocate(fd, FALLOC_FL_KEEP_SIZE, (off_t)d->held, (off_t)(want - d->held)) == 0 ||
        (errno != ENOSPC && errno != EDQUOT)) { /* some file systems promise nothing */
        d->held = want;
        return true;
    }
    return false;
}

enum room { ROOM_PLENTY, ROOM_INSIDE, ROOM_NONE }; /* behind the file's end; only in pages used before */

/* Whether batch b finds room behind what takes `owed` pages; *pages: what it takes itself. */
static int look_for_room(struct disk *d, const struct kv_batch *b, size_t owed, size_t *pages, enum room *out)
{
    MDB_envinfo info;
    MDB_stat stat;
    pthread_rwlock_rdlock(&d->env_lock);
    int r = !d->e.env ? EIO : mdb_env_info(d->e.env, &info);
    if (r == 0)
        r = mdb_env_stat(d->e.env, &stat);
    if (r == 0) {
        bool puts;
        *pages = disk_room_needed(b, stat.ms_psize, seal_overhead(d->seal), &puts);
        size_t need = owed + *pages + SLACK + HEADROOM, end = (info.me_last_pgno + 1 + need) * stat.ms_psize;
        if (end <= info.me_mapsize && hold(d, end))
            *out = ROOM_PLENTY;
        else
            *out = !puts || disk_pages_free(&d->e) >= need ? ROOM_INSIDE : ROOM_NONE;
    }
    pthread_rwlock_unlock(&d->env_lock);
    return disk_errno(r);
}

/* ── a commit ── */

#define PAST 1 /* it has to go past the journal */

static int commit_journal(struct disk *d, const struct kv_batch *b)
{
    struct journal *j = d->journal;
    size_t pages = 0;
    enum room room = ROOM_NONE;
    if (!j || look_for_room(d, b, journal_weight(j), &pages, &room) < 0 || room != ROOM_PLENTY)
        return PAST;
    int r = journal_append(j, &d->record, pages);
    if (r == JOURNAL_FULL) {
        r = ask_and_wait(d);
        if (r < 0)
            return r;
        r = journal_append(j, &d->record, pages);
    }
    if (journal_oldest(j))
        ask(d);
    if (r < 0 && r != -EFBIG && !d->past)
        log_warn("store", "cannot write to the journal, and goes past it: %s", strerror(-r));
    d->past = r < 0 && r != -EFBIG;
    return r ? PAST : 0;
}

/* The room is looked for in front of each try, for the first may end in log records forgotten. */
static int write_batch(struct work *w)
{
    size_t pages = 0;
    enum room room = ROOM_NONE;
    int r = look_for_room(w->d, w->b, 0, &pages, &room);
    if (r < 0 || room == ROOM_NONE)
        return r < 0 ? -r : MDB_MAP_FULL;
    r = disk_apply(&w->d->writing, w->txn, w->batch);
    if (r || !w->d->journal)
        return r;
    return disk_mark_put(&w->d->e, w->txn, &(struct record_mark){w->d->identity, w->number});
}

static int commit_past(struct disk *d, const struct kv_batch *b)
{
    int r = drain(d);
    if (r < 0)
        return r;
    struct work w = {.d = d, .b = b, .batch = str_from(buf_view(&d->record), JOURNAL_HEAD), .compacted = b->state.compacted};
    if (d->journal)
        w.number = journal_number(d->journal);
    return transact_hard(&w, write_batch);
}

static int disk_commit(struct kv *kv, const struct kv_batch *b)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    int r = encode(d, b);
    if (r == 0)
        r = commit_journal(d, b);
    return r == PAST ? commit_past(d, b) : r;
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
    int r = drain(d);
    if (r < 0)
        return err_raise(err, r, "cannot bring the journal over: %s", strerror(-r));
    pthread_rwlock_rdlock(&d->env_lock);
    r = d->e.env ? disk_copy(&d->e, folder, err) : err_raise(err, -EIO, "the disk has failed");
    pthread_rwlock_unlock(&d->env_lock);
    return r;
}

static void disk_avoid(struct kv *kv, int processor)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    if (d->kept)
        os_thread_avoid(d->keeper, processor);
}

static void disk_close(struct kv *kv)
{
    struct disk *d = CONTAINER_OF(kv, struct disk, kv);
    keeper_stop(d);
    journal_free(d->journal);
    disk_env_close(&d->e);
    buf_done(&d->sealed[0]);
    buf_done(&d->sealed[1]);
    buf_done(&d->record);
    buf_done(&d->writing.previous);
    if (d->lock >= 0)
        close(d->lock);
    pthread_rwlock_destroy(&d->env_lock);
    pthread_mutex_destroy(&d->lmdb);
    pthread_mutex_destroy(&d->keeper_lock);
    pthread_cond_destroy(&d->todo);
    pthread_cond_destroy(&d->done);
    mem_free(d);
}

static const struct kv_ops DISK_OPS = {disk_load, disk_commit, disk_copy_to, disk_avoid, disk_close};

/* ── opening ── */

#define WAYS_OUT "coracle(1) tells the ways out of this"

/* LMDB names a journal from just before it gets its proper name; until then nothing was in it. */
static int without_journal(struct disk *d, const struct record_mark *mark, struct err *err)
{
    char part[OS_PATH_MAX];
    int r = os_path(part, "%s.part", d->journal_path);
    if (r < 0 || !mark->identity || os_file_exists(part))
        return r;
    return err_raise(err, -EBADMSG, "its journal is not there, and perhaps the newest writes with it; " WAYS_OUT);
}

static int open_journal(struct disk *d, struct err *err)
{
    struct record_mark mark;
    struct journal *j;
    struct err inner = {{0}};
    int r = disk_env_mark(&d->e, &mark, err);
    if (r < 0)
        return r;
    if (!os_file_exists(d->journal_path))
        return without_journal(d, &mark, err);
    r = journal_open(&j, d->journal_path, mark.identity, mark.number, d->flags & MDB_NOSYNC, &inner);
    if (r < 0)
        return err_raise(err, r, "journal: %s%s", inner.text, r == -EBADMSG ? "; " WAYS_OUT : "");
    d->journal = j;
    d->identity = mark.identity;
    r = bring_over(d);
    return r < 0 ? err_raise(err, r, "cannot bring its journal over: %s", strerror(-r)) : 0;
}

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
    if (r < 0)
        return err_raise(err, r, "cannot sync its folder: %s", strerror(-r));
    return open_journal(d, err);
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
    d->segment_bytes = o->segment_bytes ? o->segment_bytes : SEGMENT_BYTES;
    d->journal_after_ms = o->journal_after_ms > 0 ? o->journal_after_ms : 1000;
    d->writing.e = &d->e;
    pthread_rwlock_init(&d->env_lock, NULL);
    pthread_mutex_init(&d->lmdb, NULL);
    pthread_mutex_init(&d->keeper_lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->todo, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_cond_init(&d->done, NULL);
    int r = os_path(d->folder, "%s", o->folder);
    if (r == 0)
        r = os_path(d->journal_path, "%s/journal", o->folder);
    r = r < 0 ? err_raise(err, r, "its path is too long") : open_folder(d, err);
    if (r == 0 && (r = keeper_start(d)) < 0)
        (void)err_raise(err, r, "cannot start its keeper: %s", strerror(-r));
    if (r < 0) {
        disk_close(&d->kv);
        return r;
    }
    *out = &d->kv;
    return 0;
}
