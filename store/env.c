#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>

#include "os/os.h"
#include "store/disk.h"
#include "store/record.h"

/* ── errors ── */

int disk_errno(int r)
{
    switch (r) {
    case MDB_MAP_FULL:
    case EDQUOT:
        return -ENOSPC;
    case MDB_TXN_FULL:
        return -EFBIG;
    case MDB_NOTFOUND:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
        return -EBADMSG;
    default:
        return r == 0 ? 0 : r > 0 ? -r : -EIO;
    }
}

int disk_raise(struct err *err, int r, const char *what)
{
    return err_raise(err, disk_errno(r), "%s: %s", what, mdb_strerror(r));
}

/* ── state ── */

static const char STATE_NAME[] = "state";

static MDB_val state_key(void)
{
    return (MDB_val){sizeof(STATE_NAME) - 1, (void *)(uintptr_t)STATE_NAME};
}

int disk_state_put(const struct disk_env *e, MDB_txn *txn, const struct kv_state *state)
{
    unsigned char bytes[RECORD_STATE_BYTES];
    record_state_write(bytes, state);
    MDB_val key = state_key(), value = {sizeof(bytes), bytes};
    return mdb_put(txn, e->meta, &key, &value, 0);
}

int disk_state_get(const struct disk_env *e, MDB_txn *txn, struct kv_state *state, struct err *err)
{
    MDB_val key = state_key(), value;
    int r = mdb_get(txn, e->meta, &key, &value);
    if (r == MDB_NOTFOUND)
        return err_raise(err, -EBADMSG, "it has no state record");
    if (r)
        return disk_raise(err, r, "cannot read its state");
    return record_state_read(str_make(value.mv_data, value.mv_size), state, err);
}

static const char MARK_NAME[] = "journal";

static MDB_val mark_key(void)
{
    return (MDB_val){sizeof(MARK_NAME) - 1, (void *)(uintptr_t)MARK_NAME};
}

int disk_mark_put(const struct disk_env *e, MDB_txn *txn, const struct record_mark *mark)
{
    unsigned char bytes[RECORD_MARK_BYTES];
    record_mark_write(bytes, mark);
    MDB_val key = mark_key(), value = {sizeof(bytes), bytes};
    return mdb_put(txn, e->meta, &key, &value, 0);
}

int disk_mark_get(const struct disk_env *e, MDB_txn *txn, struct record_mark *mark, struct err *err)
{
    MDB_val key = mark_key(), value;
    *mark = (struct record_mark){0, 0};
    int r = mdb_get(txn, e->meta, &key, &value);
    if (r == MDB_NOTFOUND)
        return 0;
    if (r)
        return disk_raise(err, r, "cannot read its mark of the journal");
    return record_mark_read(str_make(value.mv_data, value.mv_size), mark, err);
}

int disk_env_mark(const struct disk_env *e, struct record_mark *mark, struct err *err)
{
    MDB_txn *txn;
    int m = mdb_txn_begin(e->env, NULL, MDB_RDONLY, &txn);
    if (m)
        return disk_raise(err, m, "cannot read it");
    int r = disk_mark_get(e, txn, mark, err);
    mdb_txn_abort(txn);
    return r;
}

/* ── opening ── */

void disk_env_close(struct disk_env *e)
{
    if (e->env)
        mdb_env_close(e->env);
    e->env = NULL;
    e->map = NULL;
}

static int open_tables(struct disk_env *e, MDB_txn *txn, unsigned flags)
{
    int r = mdb_dbi_open(txn, "objects", flags, &e->objects);
    if (r == 0)
        r = mdb_dbi_open(txn, "log", flags, &e->log);
    if (r == 0)
        r = mdb_dbi_open(txn, "meta", flags, &e->meta);
    return r;
}

static int make_tables(struct disk_env *e)
{
    MDB_txn *txn;
    int r = mdb_txn_begin(e->env, NULL, 0, &txn);
    if (r)
        return r;
    r = open_tables(e, txn, MDB_CREATE);
    if (r == 0)
        r = disk_state_put(e, txn, &(struct kv_state){1, 0, 1});
    if (r == 0)
        return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    return r;
}

static int find_tables(struct disk_env *e, bool make)
{
    MDB_txn *txn;
    int r = mdb_txn_begin(e->env, NULL, MDB_RDONLY, &txn);
    if (r)
        return r;
    r = open_tables(e, txn, 0);
    if (r == 0)
        return mdb_txn_commit(txn); /* and so keeps the handles */
    mdb_txn_abort(txn);
    return r == MDB_NOTFOUND && make ? make_tables(e) : r;
}

/* LMDB sees to that for all its files but the data. */
static int keep_from_children(const struct disk_env *e)
{
    mdb_filehandle_t fd;
    int r = mdb_env_get_fd(e->env, &fd);
    return r ? r : fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ? errno : 0;
}

int disk_env_open(struct disk_env *e, const char *folder, size_t map_bytes, unsigned flags, struct err *err)
{
    int r = mdb_env_create(&e->env);
    if (r)
        return disk_raise(err, r, "cannot start LMDB");
    e->map_bytes = map_bytes;
    r = mdb_env_set_maxdbs(e->env, 3);
    if (r == 0)
        r = mdb_env_set_mapsize(e->env, map_bytes);
    if (r == 0)
        r = mdb_env_open(e->env, folder, MDB_NOTLS | flags, 0600);
    if (r == 0)
        r = keep_from_children(e);
    if (r == 0)
        r = find_tables(e, !(flags & MDB_RDONLY));
    if (r == 0)
        return 0;
    disk_env_close(e);
    return disk_raise(err, r, "cannot open its data");
}

int disk_lock(const char *folder, bool make, int *out, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/owner.lock", folder);
    if (r < 0)
        return err_raise(err, r, "its path is too long");
    SCOPED_FD fd = open(path, O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600);
    *out = -1;
    if (fd < 0 && !make && (errno == ENOENT || errno == EROFS || errno == EACCES))
        return 0;
    if (fd < 0)
        return err_raise(err, -errno, "cannot open \"%s\": %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        r = errno == EWOULDBLOCK ? -EBUSY : -errno;
        return err_raise(err, r, "%s", r == -EBUSY ? "another process has it open" : strerror(-r));
    }
    *out = TAKE_FD(fd);
    return 0;
}

int disk_sync_folder(const char *folder)
{
    SCOPED_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

/* ── memory ── */

/* LMDB does not tell where it maps its file; the kernel does: the mapping that holds this byte of it. */
static void *find_map(const void *inside)
{
    SCOPED_BUF maps = BUF_INIT(4 << 20);
    if (os_file_read("/proc/self/maps", 4 << 20, &maps) < 0)
        return NULL;
    struct str rest = buf_view(&maps), line;
    while (str_next(&rest, '\n', &line)) {
        char text[64], *end;
        snprintf(text, sizeof(text), "%.*s", (int)MIN(line.n, sizeof(text) - 1), line.p);
        uintptr_t from = strtoull(text, &end, 16), to = *end == '-' ? strtoull(end + 1, NULL, 16) : 0;
        if ((uintptr_t)inside >= from && (uintptr_t)inside < to)
            return (void *)from;
    }
    return NULL;
}

static void advise(const struct disk_env *e, int advice)
{
    MDB_envinfo info;
    MDB_stat stat;
    if (!e->map || mdb_env_info(e->env, &info) || mdb_env_stat(e->env, &stat))
        return;
    (void)madvise(e->map, MIN((info.me_last_pgno + 1) * stat.ms_psize, e->map_bytes), advice);
}

void disk_env_remember(const struct disk_env *e)
{
#ifdef MADV_POPULATE_READ
    advise(e, MADV_POPULATE_READ);
#else
    advise(e, MADV_WILLNEED);
#endif
}

void disk_env_forget(const struct disk_env *e)
{
    advise(e, MADV_DONTNEED);
}

void disk_env_locate(struct disk_env *e)
{
    MDB_txn *txn;
    if (mdb_txn_begin(e->env, NULL, MDB_RDONLY, &txn))
        return;
    MDB_val key = state_key(), value;
    if (mdb_get(txn, e->meta, &key, &value) == 0)
        e->map = find_map(value.mv_data);
    mdb_txn_abort(txn);
}

/* ── walking ── */

static int walk_objects(MDB_cursor *at, const struct kv_sink *sink, const struct kv_state *state, struct err *err)
{
    MDB_val key, value;
    int r = mdb_cursor_get(at, &key, &value, MDB_FIRST);
    for (; r == 0; r = mdb_cursor_get(at, &key, &value, MDB_NEXT)) {
        struct record_object o;
        int64_t created = record_revision_read(str_make(key.mv_data, key.mv_size));
        int fault = record_object_read(str_make(value.mv_data, value.mv_size), created, &o, err);
        if (fault == 0 && o.modified > state->revision)
            fault = err_raise(err, -EBADMSG, "object \"%.*s\" is of revision %lld, after the newest, %lld", STR_FMT(o.key), (long long)o.modified,
                              (long long)state->revision);
        if (fault == 0)
            fault = sink->object(sink->ctx, o.key, o.stored, o.modified, o.created, err);
        if (fault < 0)
            return fault;
    }
    return r == MDB_NOTFOUND ? 0 : disk_raise(err, r, "cannot read its objects");
}

static int walk_log(MDB_cursor *at, const struct kv_sink *sink, const struct kv_state *state, struct err *err)
{
    MDB_val key, value;
    int r = mdb_cursor_get(at, &key, &value, MDB_LAST);
    for (; r == 0; r = mdb_cursor_get(at, &key, &value, MDB_PREV)) {
        struct kv_event e;
        int64_t revision = record_revision_read(str_make(key.mv_data, key.mv_size));
        int fault = record_event_read(str_make(value.mv_data, value.mv_size), revision, &e, err);
        if (fault == 0 && (revision > state->revision || revision <= state->compacted))
            fault = err_raise(err, -EBADMSG, "log record %lld lies outside of %lld to %lld", (long long)revision, (long long)state->compacted,
                              (long long)state->revision);
        if (fault == 0)
            fault = sink->event(sink->ctx, &e, err);
        if (fault < 0)
            return fault;
    }
    return r == MDB_NOTFOUND ? 0 : disk_raise(err, r, "cannot read its log");
}

int disk_walk(const struct disk_env *e, const struct kv_sink *sink, struct kv_state *state, struct err *err)
{
    MDB_txn *txn;
    int m = mdb_txn_begin(e->env, NULL, MDB_RDONLY, &txn);
    if (m)
        return disk_raise(err, m, "cannot read it");
    int r = disk_state_get(e, txn, state, err);
    MDB_cursor *at = NULL;
    if (r == 0 && sink->object) {
        m = mdb_cursor_open(txn, e->objects, &at);
        r = m ? disk_raise(err, m, "cannot read its objects") : walk_objects(at, sink, state, err);
        if (!m)
            mdb_cursor_close(at);
    }
    if (r == 0 && sink->event) {
        m = mdb_cursor_open(txn, e->log, &at);
        r = m ? disk_raise(err, m, "cannot read its log") : walk_log(at, sink, state, err);
        if (!m)
            mdb_cursor_close(at);
    }
    mdb_txn_abort(txn);
    return r;
}

/* ── copying ── */

int disk_copy(const struct disk_env *e, const char *folder, struct err *err)
{
    char path[OS_PATH_MAX], part[OS_PATH_MAX];
    int r = os_path(path, "%s/data.mdb", folder);
    if (r == 0)
        r = os_path(part, "%s/data.mdb.part", folder);
    if (r == 0)
        r = os_dir_make(folder, 0700);
    if (r < 0)
        return err_raise(err, r, "cannot make \"%s\": %s", folder, strerror(-r));
    if (os_file_exists(path))
        return err_raise(err, -EEXIST, "\"%s\" holds a store already", folder);
    SCOPED_FD fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_raise(err, -errno, "cannot make \"%s\": %s", part, strerror(errno));
    r = mdb_env_copyfd2(e->env, fd, MDB_CP_COMPACT);
    if (r == 0 && (fsync(fd) < 0 || rename(part, path) < 0))
        r = errno;
    if (r == 0)
        r = -disk_sync_folder(folder);
    if (r == 0)
        return 0;
    unlink(part);
    return disk_raise(err, r, "cannot copy");
}
