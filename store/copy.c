/* Backup of a running store, and restore. */
#include <sys/stat.h>

#include "journal/journal.h"
#include "os/os.h"
#include "store/disk.h"
#include "store/inside.h"
#include "store/record.h"

enum { RESTORE_LEAP = 1000000000 }; /* more revisions than can have been given since the copy */

struct backup {
    struct list link;    /* in store.backups until it starts */
    struct store *store; /* alive until `copying` is counted down */
    int64_t least;       /* what was answered before it was asked for belongs into it */
    char folder[OS_PATH_MAX];
    int result;
    struct err err;
    void (*done)(void *ctx, int r, const char *error);
    void *ctx;
};

/* ── backup ── */

static void copy_ended(struct store *s)
{
    pthread_mutex_lock(&s->copy_lock);
    s->copying--;
    pthread_cond_broadcast(&s->copy_done);
    pthread_mutex_unlock(&s->copy_lock);
}

static void run_backup(void *ctx)
{
    struct backup *b = ctx;
    b->result = b->store->kv->ops->copy(b->store->kv, b->folder, &b->err);
    copy_ended(b->store); /* from here on the store may be gone */
}

static void end_backup(void *ctx)
{
    struct backup *b = ctx;
    b->done(b->ctx, b->result, b->result < 0 ? b->err.text : NULL);
    mem_free(b);
}

static void start_backup(struct store *s, struct backup *b)
{
    list_del(&b->link);
    pthread_mutex_lock(&s->copy_lock);
    s->copying++;
    pthread_mutex_unlock(&s->copy_lock);
    int r = loop_work(s->loop, run_backup, end_backup, b);
    if (r < 0) {
        copy_ended(s);
        b->result = err_raise(&b->err, r, "cannot start copying: %s", strerror(-r));
        end_backup(b);
    }
}

void backup_start_waiting(struct store *s)
{
    LIST_EACH (b, &s->backups, struct backup, link)
        if (s->durable >= b->least || s->failed)
            start_backup(s, b);
}

static void start_soon(void *ctx)
{
    struct store *s = ctx;
    backup_start_waiting(s);
    if (!list_empty(&s->backups))
        batch_give(s); /* lazy writes; batch_ended() starts it */
}

int store_backup(struct store *s, const char *to_folder, void (*done)(void *ctx, int r, const char *error), void *ctx)
{
    if (!s->kv)
        return -ENOTSUP;
    struct backup *b = mem_alloc(sizeof(*b));
    if (!b)
        return -ENOMEM;
    list_init(&b->link);
    b->store = s;
    b->least = s->visible->revision;
    b->done = done;
    b->ctx = ctx;
    int r = os_path(b->folder, "%s", to_folder);
    if (r < 0) {
        mem_free(b);
        return r;
    }
    list_add(&s->backups, &b->link);
    loop_defer(s->loop, &s->backup_task, start_soon, s);
    return 0;
}

void backup_finish(struct store *s)
{
    loop_defer_cancel(&s->backup_task);
    while (!list_empty(&s->backups)) { /* nothing runs after us that could tell them */
        struct backup *b = CONTAINER_OF(s->backups.next, struct backup, link);
        list_del(&b->link);
        b->result = err_raise(&b->err, -ECANCELED, "the store was closed");
        end_backup(b);
    }
    pthread_mutex_lock(&s->copy_lock);
    while (s->copying)
        pthread_cond_wait(&s->copy_done, &s->copy_lock);
    pthread_mutex_unlock(&s->copy_lock);
}

/* ── restore ── */

static int check_object(void *ctx, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err)
{
    (void)ctx;
    SCOPED(object) o = NULL;
    if (seal_closed(stored)) /* whoever opens the store has the keys */
        return 0;
    int r = object_load(&o, key, stored, revision, created, err);
    return r < 0 ? err_wrap(err, r, "object \"%.*s\"", STR_FMT(key)) : 0;
}

static int check_event(void *ctx, const struct kv_event *e, struct err *err)
{
    (void)ctx;
    (void)e;
    (void)err;
    return 0; /* disk_walk() has looked at all there is to see */
}

static int check_empty(void *ctx, const char *name, unsigned char type)
{
    (void)ctx;
    (void)name;
    (void)type;
    return -ENOTEMPTY;
}

/* Leaps over every revision the lost store may have given, and forgets the log: all watchers list again. */
static int leap(struct disk_env *e, struct err *err)
{
    MDB_txn *txn;
    int m = mdb_txn_begin(e->env, NULL, 0, &txn);
    if (m)
        return disk_raise(err, m, "cannot write");
    struct kv_state state;
    int r = disk_state_get(e, txn, &state, err);
    if (r == 0) {
        int64_t next = state.reserved + RESTORE_LEAP;
        m = mdb_drop(txn, e->log, 0);
        if (m == 0)
            m = disk_mark_put(e, txn, &(struct record_mark){0, 0}); /* the copy has no journal */
        if (m == 0)
            m = disk_state_put(e, txn, &(struct kv_state){next, next, next});
        if (m == 0) {
            m = mdb_txn_commit(txn);
            return m ? disk_raise(err, m, "cannot write") : 0;
        }
        r = disk_raise(err, m, "cannot write");
    }
    mdb_txn_abort(txn);
    return r;
}

/* Room for the copy and its leap; the ceiling proper is set whenever the store is opened. */
static int map_bytes_for(const char *folder, size_t *out, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/data.mdb", folder);
    struct stat st;
    if (r == 0 && stat(path, &st) < 0)
        r = -errno;
    if (r < 0)
        return err_raise(err, r, "cannot read its data: %s", strerror(-r));
    *out = (((size_t)st.st_size >> 20) + 256) << 20; /* what a journal holds included */
    return 0;
}

static int check(const struct disk_env *e, struct err *err)
{
    struct kv_sink sink = {check_object, check_event, NULL};
    struct kv_state state;
    return disk_walk(e, &sink, &state, err);
}

static int copy_checked(const char *from, const char *to, size_t map_bytes, struct err *err)
{
    struct disk_env e = {0};
    int r = disk_env_open(&e, from, map_bytes, MDB_RDONLY | MDB_NOLOCK, err);
    if (r < 0)
        return r;
    r = check(&e, err);
    if (r == 0)
        r = disk_copy(&e, to, err);
    disk_env_close(&e);
    return r;
}

struct replay {
    struct disk_writing writing;
    MDB_txn *txn;
};

static int replay_batch(void *ctx, struct str batch)
{
    struct replay *p = ctx;
    return -disk_errno(disk_apply(&p->writing, p->txn, batch));
}

/* What the journal beside `from` holds that `e`, the copy, does not. A folder that was not a store's of late has none. */
static int replay(struct disk_env *e, const char *from, struct err *err)
{
    char path[OS_PATH_MAX];
    struct record_mark mark;
    struct journal *j = NULL;
    struct replay p = {.writing.e = e};
    uint64_t last;
    int r = os_path(path, "%s/journal", from);
    if (r < 0 || !os_file_exists(path))
        return 0;
    r = disk_env_mark(e, &mark, err);
    if (r == 0 && (r = journal_open(&j, path, mark.identity, mark.number, true, err)) < 0)
        r = err_wrap(err, r, "journal");
    bool any = r == 0 && journal_oldest(j);
    while (r == 0 && journal_oldest(j)) {
        int m = mdb_txn_begin(e->env, NULL, 0, &p.txn);
        if (m == 0 && (m = journal_read(j, replay_batch, &p, &last)) != 0)
            mdb_txn_abort(p.txn);
        else if (m == 0)
            m = mdb_txn_commit(p.txn);
        if (m == 0)
            journal_forget(j, last);
        else
            r = disk_raise(err, m, "cannot bring its journal over");
    }
    journal_free(j);
    buf_done(&p.writing.previous);
    return r == 0 && any ? check(e, err) : r;
}

static int open_and_leap(const char *from, const char *folder, size_t map_bytes, struct err *err)
{
    struct disk_env e = {0};
    int r = disk_env_open(&e, folder, map_bytes, 0, err);
    if (r < 0)
        return r;
    r = replay(&e, from, err);
    if (r == 0)
        r = leap(&e, err);
    disk_env_close(&e);
    return r;
}

int store_restore(const char *from_folder, const char *to_folder, struct err *err)
{
    if (os_file_exists(to_folder)) {
        int r = os_dir_each(to_folder, check_empty, NULL);
        if (r < 0)
            return err_raise(err, r, "\"%s\" is not an empty folder", to_folder);
    }
    SCOPED_FD lock = -1;
    size_t map_bytes;
    int r = disk_lock(from_folder, false, &lock, err);
    if (r == 0)
        r = map_bytes_for(from_folder, &map_bytes, err);
    if (r == 0)
        r = copy_checked(from_folder, to_folder, map_bytes, err);
    if (r < 0)
        return err_wrap(err, r, "store \"%s\"", from_folder);
    r = open_and_leap(from_folder, to_folder, map_bytes, err);
    return r < 0 ? err_wrap(err, r, "store \"%s\"", to_folder) : 0;
}
