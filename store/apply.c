/* What a batch, as it lies in the journal, does to LMDB's tables, in a transaction
 * of the caller's. Everything here answers as LMDB does: 0, its codes, or an errno. */
#include "store/disk.h"
#include "store/record.h"

/* ── one change ── */

static int put_object(struct disk_writing *d, MDB_txn *txn, const struct record_object *o, unsigned flags)
{
    unsigned char at[8];
    record_revision_write(at, o->created);
    MDB_val k = {sizeof(at), at}, v = {record_object_bytes(o), NULL};
    int r = mdb_put(txn, d->e->objects, &k, &v, MDB_RESERVE | flags);
    if (r == 0)
        record_object_write(v.mv_data, o);
    d->written += v.mv_size;
    return r;
}

static int del_object(struct disk_writing *d, MDB_txn *txn, int64_t created)
{
    unsigned char at[8];
    record_revision_write(at, created);
    MDB_val k = {sizeof(at), at};
    return mdb_del(txn, d->e->objects, &k, NULL);
}

static int put_event(struct disk_writing *d, MDB_txn *txn, const struct kv_event *e)
{
    unsigned char at[8];
    record_revision_write(at, e->revision);
    MDB_val k = {sizeof(at), at}, v = {record_event_bytes(e), NULL};
    int r = mdb_put(txn, d->e->log, &k, &v, MDB_RESERVE | MDB_APPEND);
    if (r == 0)
        record_event_write(v.mv_data, e);
    d->written += v.mv_size;
    return r;
}

/* What the key held before, as it lies there: sealed as it was then. LMDB's bytes are good only until the next write.
 */
static int find_previous(struct disk_writing *d, MDB_txn *txn, struct kv_event *e)
{
    unsigned char at[8];
    record_revision_write(at, e->previous_created);
    MDB_val k = {sizeof(at), at}, v;
    struct record_object was;
    int r = mdb_get(txn, d->e->objects, &k, &v);
    if (r)
        return r;
    if (record_object_read(str_make(v.mv_data, v.mv_size), e->previous_created, &was, NULL) < 0 || was.modified != e->previous_revision ||
        !str_eq(was.key, e->key))
        return MDB_CORRUPTED;
    buf_clear(&d->previous);
    buf_str(&d->previous, was.stored);
    if (buf_error(&d->previous))
        return ENOMEM;
    e->previous = buf_view(&d->previous);
    return 0;
}

static int apply_change(struct disk_writing *d, MDB_txn *txn, struct record_change *c)
{
    struct kv_event *e = &c->event;
    int r = e->had_previous && !c->previous_given ? find_previous(d, txn, e) : 0;
    if (r == 0)
        r = put_event(d, txn, e);
    if (r || e->gap)
        return r;
    if (e->deleted)
        return del_object(d, txn, c->created);
    struct record_object o = {c->created, e->revision, e->key, c->stored};
    return put_object(d, txn, &o, e->had_previous ? 0 : MDB_APPEND);
}

/* ── a batch ── */

/* Takes the newest log record back. */
static int undo_last(struct disk_writing *d, MDB_txn *txn, MDB_cursor *at, struct str record, int64_t revision)
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
int disk_undo(struct disk_writing *d, MDB_txn *txn, int64_t after)
{
    struct kv_state state;
    if (disk_state_get(d->e, txn, &state, NULL) < 0 || state.revision < after)
        return MDB_CORRUPTED;
    if (state.revision == after)
        return 0;
    MDB_cursor *at;
    int r = mdb_cursor_open(txn, d->e->log, &at);
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

int disk_trim(struct disk_writing *d, MDB_txn *txn, int64_t compacted)
{
    MDB_cursor *at;
    int r = mdb_cursor_open(txn, d->e->log, &at);
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

int disk_apply(struct disk_writing *d, MDB_txn *txn, struct str batch)
{
    struct record_batch b;
    struct record_change c;
    if (record_batch_read(batch, &b, NULL) < 0)
        return MDB_CORRUPTED;
    int r = disk_undo(d, txn, b.after), more = 0;
    while (r == 0 && (more = record_change_read(&b, &c, NULL)) == 0)
        r = apply_change(d, txn, &c);
    if (r == 0 && more < 0)
        r = MDB_CORRUPTED;
    if (r == 0)
        r = disk_trim(d, txn, b.state.compacted);
    return r ? r : disk_state_put(d->e, txn, &b.state);
}

int disk_apply_trim(struct disk_writing *d, MDB_txn *txn, int64_t after, int64_t compacted)
{
    struct kv_state state;
    int r = disk_undo(d, txn, after);
    if (r)
        return r;
    if (disk_state_get(d->e, txn, &state, NULL) < 0)
        return MDB_CORRUPTED;
    if (state.compacted >= MIN(compacted, after))
        return MDB_NOTFOUND;
    state.revision = after;
    state.compacted = MIN(compacted, after);
    r = disk_trim(d, txn, state.compacted);
    return r ? r : disk_state_put(d->e, txn, &state);
}

/* ── room ── */

/* A record behind others in a table: those of more than a third of a page may leave the rest of theirs empty, or get
 * pages of their own. */
static size_t record_room(size_t bytes, size_t page)
{
    return bytes > page / 3 ? (bytes / page + 2) * page : 2 * bytes;
}

size_t disk_room_needed(const struct kv_batch *b, size_t page, size_t overhead, bool *puts)
{
    size_t bytes = 0;
    *puts = false;
    LIST_EACH (c, (struct list *)(uintptr_t)b->changes, struct store_change, link) {
        if (c->gap)
            continue;
        const struct object *now = c->event.object, *was = c->event.previous;
        bool put = c->event.type == STORE_PUT;
        size_t more = 64 + now->key.n + (now->sealed ? overhead : 0);
        *puts |= put;
        bytes += record_room(more + (was ? was->stored.n + (was->sealed ? overhead : 0) : 0), page); /* the log's */
        bytes += put ? record_room(more + now->stored.n, page) : 0;
        bytes += was ? 2 * page : 0; /* a page somewhere in the table is copied, and may be split */
    }
    return bytes / page + 2;
}

/* Pages inside the file that can be used again. Table 0 is LMDB's list of them: each record begins with a count.
 * It can only be looked at in a transaction that reads. */
size_t disk_pages_free(const struct disk_env *e)
{
    MDB_txn *txn;
    MDB_cursor *at;
    size_t pages = 0, n;
    if (mdb_txn_begin(e->env, NULL, MDB_RDONLY, &txn))
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
