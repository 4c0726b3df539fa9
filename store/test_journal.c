/* The journal in front of LMDB: what was answered from it is there whatever happens next. */
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mount.h>
#include <sys/uio.h>

#include <lmdb.h>

#include "store/record.h"
#include "store/test_trial.h"

#define A     "/registry/things/a"
#define B     "/registry/things/b"
#define SMALL 16384u /* bytes of a segment: three writes of `wide` fill it */

static char wide[4097];

/* ── files whose syncs fail ── */

static _Atomic(const char *) failing; /* the file's name; NULL: none */

/* The test's own, in front of libc's, for us and for LMDB. */
int fdatasync(int fd)
{
    char link[64], path[300];
    const char *name = failing;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof(path) - 1);
    if (name && n > 0) {
        path[n] = '\0';
        const char *last = strrchr(path, '/');
        if (last && strcmp(last + 1, name) == 0) {
            errno = EIO;
            return -1;
        }
    }
    return fsync(fd);
}

/* LMDB's root page is written, and told to have failed: nobody knows, and it gives up for good. */
static _Atomic int roots_fail;

ssize_t lmdb_pwrite(int fd, const void *p, size_t n, off_t at) __asm__("pwrite"); /* ours is pwrite64 */
ssize_t lmdb_pwrite(int fd, const void *p, size_t n, off_t at)
{
    struct iovec part = {(void *)(uintptr_t)p, n};
    char link[64], path[300];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    int how = roots_fail;
    ssize_t length = how && at < 8192 ? readlink(link, path, sizeof(path) - 1) : 0;
    if (length < 9 || memcmp(path + length - 9, "/data.mdb", 9) != 0)
        return pwritev(fd, &part, 1, at);
    if (how == 1 && atomic_compare_exchange_strong(&roots_fail, &how, 2))
        CHECK(pwritev(fd, &part, 1, at) == (ssize_t)n);
    errno = EIO;
    return -1;
}

/* ── a crash: the files as they lie there, opened elsewhere ── */

static void copy_file(const char *from, const char *to, const char *name)
{
    char a[100], b[100];
    SCOPED_BUF text = BUF_INIT(0);
    snprintf(a, sizeof(a), "%s/%s", from, name);
    snprintf(b, sizeof(b), "%s/%s", to, name);
    assert_done(os_file_read(a, 1u << 30, &text));
    assert_done(os_file_place(b, buf_view(&text), 0600));
}

/* While nothing is brought over. */
static void crash(struct trial *t, struct trial *after)
{
    *after = (struct trial){.options = t->options};
    trial_start(after, true);
    copy_file(t->folder, after->folder, "data.mdb");
    copy_file(t->folder, after->folder, "journal");
}

static void number_name(char out[64], int i)
{
    snprintf(out, 64, "/registry/things/n%05d", i);
}

static void put_many(struct trial *t, int from, int to)
{
    char key[64];
    for (int i = from; i < to; i++) {
        number_name(key, i);
        trial_put(t, key, wide);
    }
}

static void has_many(struct trial *t, int n)
{
    char key[64];
    for (int i = 0; i < n; i++) {
        number_name(key, i);
        assert_true(trial_is(trial_get(t, key), wide));
    }
}

static int64_t mark_number(struct trial *t)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi meta;
    struct record_mark mark;
    MDB_val k = {7, (void *)(uintptr_t) "journal"}, v;
    assert_done(mdb_env_create(&env));
    assert_done(mdb_env_set_maxdbs(env, 3));
    assert_done(mdb_env_open(env, t->folder, MDB_RDONLY | MDB_NOLOCK, 0600));
    assert_done(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn));
    assert_done(mdb_dbi_open(txn, "meta", 0, &meta));
    assert_done(mdb_get(txn, meta, &k, &v));
    assert_done(record_mark_read(str_make(v.mv_data, v.mv_size), &mark, NULL));
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return (int64_t)mark.number;
}

static void test_replay(void **state)
{
    (void)state;
    struct trial t = {.options.lazy_ms = 10000}, after;
    trial_start(&t, true);
    trial_open_journal(&t);
    trial_put(&t, A, "a1");
    trial_put(&t, B, "b1");
    trial_put(&t, A, "a2");
    assert_done(trial_send(&t, A, NULL, STORE_ANY, false));
    trial_settle(&t);
    int64_t deleted = t.revision;
    int64_t again = trial_put(&t, A, "a3");
    assert_done(trial_send(&t, B, "lazy", STORE_ANY, true));
    trial_settle(&t);
    int64_t last = t.revision;
    crash(&t, &after);
    assert_int_equal(mark_number(&after), 0); /* all of it is in the journal alone */
    for (int round = 0; round < 2; round++) {
        trial_open(&after);
        assert_true(trial_is(trial_get(&after, A), "a3"));
        assert_int_equal(trial_get(&after, A)->revision, again);
        assert_true(trial_is(trial_get(&after, B), "b1")); /* lazy writes may be lost … */
        assert_true(store_revision(after.store) > last);   /* … their revisions not */
        struct store_watch *w;
        assert_done(store_watch_new(&w, after.store, STR(A), 1, NULL, NULL));
        assert_true(trial_is(store_watch_next(w)->object, "a1"));
        const struct store_event *e = store_watch_next(w);
        assert_true(trial_is(e->object, "a2") && trial_is(e->previous, "a1"));
        e = store_watch_next(w);
        assert_true(e->type == STORE_DELETE && e->revision == deleted && trial_is(e->previous, "a2"));
        e = store_watch_next(w);
        assert_true(trial_is(e->object, "a3") && !e->previous);
        assert_null(store_watch_next(w));
        store_watch_free(w);
        trial_close(&after);
        assert_true(mark_number(&after) >= 5);
    }
    trial_end(&after);
    trial_end(&t);
}

/* Segments fill and are brought over while commits go on; then whatever was left is. */
static void test_turns(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL}, after;
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 300);
    has_many(&t, 300);
    trial_close(&t);
    assert_true(mark_number(&t) >= 300);
    trial_open(&t);
    has_many(&t, 300);
    put_many(&t, 300, 302); /* one segment: nothing is brought over yet */
    crash(&t, &after);
    trial_open(&after);
    has_many(&after, 302);
    trial_end(&after);
    trial_end(&t);
}

/* ── disks that fail ── */

/* LMDB cannot take anything: commits go on into the journal until it is full, then they fail; reads do not. */
static void test_keeper_fails(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL};
    trial_start(&t, true);
    trial_open_journal(&t);
    failing = "data.mdb";
    int n = 0;
    char key[64];
    for (;; n++) {
        number_name(key, n);
        assert_true(n < 1000);
        assert_done(trial_send(&t, key, wide, STORE_ANY, false));
        trial_settle(&t);
        if (t.outcome != STORE_OK)
            break;
    }
    assert_true(n >= 30);
    assert_int_equal(t.outcome, STORE_IO);
    has_many(&t, n);
    assert_null(trial_get(&t, key));
    for (int i = 0; i < 3; i++) {
        assert_done(trial_send(&t, A, "a", STORE_ANY, false));
        trial_settle(&t);
        assert_int_equal(t.outcome, STORE_IO);
    }
    struct trial after;
    crash(&t, &after);
    failing = NULL;
    put_many(&t, n, n + 10);
    has_many(&t, n + 10);
    trial_close(&t);
    trial_open(&t);
    has_many(&t, n + 10);
    assert_null(trial_get(&t, A));
    trial_end(&t);
    trial_open(&after); /* a crash at the worst moment */
    has_many(&after, n);
    trial_end(&after);
}

/* A segment is in LMDB, though LMDB said it was not: it is not brought over twice. */
static void test_root_lands(void **state)
{
    (void)state;
    struct trial t = {.options = {.segment_bytes = SMALL, .log_events = 4}}; /* so few that they cannot be undone either */
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 12);
    trial_put(&t, A, "a");
    trial_close(&t);
    trial_open(&t);
    roots_fail = 1;
    int n = 12;
    while (roots_fail != 2) { /* until the keeper has tried; when it is late the journal may be full by then */
        char key[64];
        number_name(key, n);
        assert_true(n < 2000);
        assert_done(trial_send(&t, key, wide, STORE_ANY, false));
        trial_settle(&t);
        n += t.outcome == STORE_OK;
    }
    roots_fail = 0;
    put_many(&t, n, n + 10);
    trial_put(&t, A, "b");
    for (int round = 0; round < 2; round++) {
        has_many(&t, n + 10);
        assert_true(trial_is(trial_get(&t, A), "b"));
        trial_close(&t);
        assert_true(mark_number(&t) > 13);
        trial_open(&t);
    }
    trial_end(&t);
}

/* It fails until the end: what was answered is in the journal still. */
static void test_closed_failing(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL};
    trial_start(&t, true);
    trial_open_journal(&t);
    failing = "data.mdb";
    put_many(&t, 0, 10);
    trial_close(&t);
    struct err err;
    assert_int_equal(trial_try_open(&t, &err), -EIO);
    assert_non_null(strstr(err.text, "journal"));
    failing = NULL;
    trial_open(&t);
    has_many(&t, 10);
    trial_end(&t);
}

/* The journal's own syncs fail: commits go past it, and come back to it. */
static void test_append_fails(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL}, after;
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 2);
    failing = "journal";
    put_many(&t, 2, 6);
    failing = NULL;
    put_many(&t, 6, 8);
    failing = "journal";
    trial_put(&t, A, "a");
    failing = NULL;
    trial_put(&t, A, "b");
    has_many(&t, 8);
    crash(&t, &after);
    for (int round = 0; round < 2; round++) {
        trial_open(&after);
        has_many(&after, 8);
        assert_true(trial_is(trial_get(&after, A), "b"));
        trial_close(&after);
    }
    trial_end(&after);
    trial_end(&t);
}

/* Larger than any segment: past the journal, in order. */
static void test_large(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL}, after;
    trial_start(&t, true);
    trial_open_journal(&t);
    for (int i = 0; i < 3; i++) {
        char key[64];
        trial_put(&t, A, i ? "again" : "first");
        for (int k = 0; k < 20; k++) { /* one batch, as the first is under way */
            number_name(key, k);
            assert_done(trial_send(&t, key, wide, STORE_ANY, false));
        }
        trial_settle(&t);
        assert_int_equal(t.outcome, STORE_OK);
    }
    crash(&t, &after);
    trial_open(&after);
    has_many(&after, 20);
    assert_true(trial_is(trial_get(&after, A), "again"));
    trial_end(&after);
    trial_end(&t);
}

/* ── damage ── */

static void test_damage(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL}, after;
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 2);
    crash(&t, &after);
    char path[100], byte;
    struct err err;
    snprintf(path, sizeof(path), "%s/journal", after.folder);
    SCOPED_FD fd = open(path, O_RDWR);
    off_t at = 4096 + 2000; /* in the first record */
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= 16;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    assert_int_equal(trial_try_open(&after, &err), -EBADMSG);
    assert_non_null(strstr(err.text, "journal: record"));
    assert_non_null(strstr(err.text, "is damaged or lost"));
    assert_non_null(strstr(err.text, "coracle(1)"));
    /* Without it the folder is no store either, but can be restored, to what was in LMDB. */
    char away[120], part[120];
    snprintf(away, sizeof(away), "%s-away", path);
    assert_done(rename(path, away));
    assert_int_equal(trial_try_open(&after, &err), -EBADMSG);
    assert_non_null(strstr(err.text, "its journal is not there"));
    struct trial again = {.options.segment_bytes = SMALL};
    trial_start(&again, true);
    assert_done(rmdir(again.folder));
    assert_done(store_restore(after.folder, again.folder, &err));
    trial_open(&again);
    trial_end(&again);
    assert_done(rename(away, path));
    byte ^= 16;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    trial_open(&after);
    has_many(&after, 2);
    trial_end(&after);
    /* One that was just being made: nothing is in it. */
    crash(&t, &after);
    snprintf(path, sizeof(path), "%s/journal", after.folder);
    snprintf(part, sizeof(part), "%s.part", path);
    assert_done(unlink(path));
    assert_done(close(open(part, O_CREAT | O_WRONLY, 0600)));
    trial_open(&after);
    trial_end(&after);
    /* Another store's. */
    struct trial other = {.options.segment_bytes = SMALL};
    trial_start(&other, true);
    trial_open_journal(&other);
    trial_close(&other);
    crash(&t, &after);
    copy_file(other.folder, after.folder, "journal");
    assert_int_equal(trial_try_open(&after, &err), -EBADMSG);
    assert_non_null(strstr(err.text, "another store"));
    trial_end(&after);
    trial_end(&other);
    trial_end(&t);
}

/* ── copies ── */

static void on_copied(void *ctx, int r, const char *error)
{
    struct trial *t = ctx;
    if (r)
        fail_msg("%s", error);
    loop_stop(t->loop);
}

static void test_copies(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL}, after, copy = {0};
    struct err err;
    char to[100];
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 20);
    trial_close(&t);
    trial_open(&t);
    trial_put(&t, A, "a");
    int64_t last = trial_put(&t, A, "last");
    crash(&t, &after);
    snprintf(to, sizeof(to), "%s-backup", t.folder);
    assert_done(store_backup(t.store, to, on_copied, &t));
    assert_done(loop_run(t.loop));
    trial_start(&copy, true);
    assert_done(store_restore(to, copy.folder, &err));
    assert_done(os_tree_remove(to));
    trial_open(&copy);
    has_many(&copy, 20);
    assert_true(trial_is(trial_get(&copy, A), "last"));
    trial_end(&copy);
    /* From a folder that was left as by a crash. */
    copy = (struct trial){0};
    trial_start(&copy, true);
    assert_done(store_restore(after.folder, copy.folder, &err));
    trial_open_journal(&copy);
    has_many(&copy, 20);
    assert_true(trial_is(trial_get(&copy, A), "last"));
    assert_true(store_revision(copy.store) > last + 1000000);
    trial_put(&copy, A, "later");
    trial_end(&copy);
    trial_end(&after);
    trial_end(&t);
}

/* A folder of the time before the journal. */
static void test_older(void **state)
{
    (void)state;
    struct trial t = {0};
    trial_start(&t, true);
    trial_open_journal(&t);
    put_many(&t, 0, 3);
    trial_close(&t);
    char path[100];
    snprintf(path, sizeof(path), "%s/journal", t.folder);
    assert_done(unlink(path));
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi meta;
    MDB_val k = {5, (void *)(uintptr_t) "state"}, v;
    assert_done(mdb_env_create(&env));
    assert_done(mdb_env_set_maxdbs(env, 3));
    assert_done(mdb_env_open(env, t.folder, 0, 0600));
    assert_done(mdb_txn_begin(env, NULL, 0, &txn));
    assert_done(mdb_dbi_open(txn, "meta", 0, &meta));
    assert_done(mdb_get(txn, meta, &k, &v));
    char bytes[RECORD_STATE_BYTES];
    memcpy(bytes, v.mv_data, sizeof(bytes));
    assert_int_equal(bytes[0], RECORD_FORMAT);
    bytes[0] = 1;
    v.mv_data = bytes;
    assert_done(mdb_put(txn, meta, &k, &v, 0));
    k = (MDB_val){7, (void *)(uintptr_t) "journal"};
    assert_done(mdb_del(txn, meta, &k, NULL));
    assert_done(mdb_txn_commit(txn));
    mdb_env_close(env);
    trial_open_journal(&t);
    has_many(&t, 3);
    trial_put(&t, A, "a");
    trial_end(&t);
}

/* ── a full disk, with a journal ── */

static void test_full(void **state)
{
    (void)state;
    struct trial t = {.options.segment_bytes = SMALL};
    trial_start(&t, true);
    if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || mount("store", t.folder, "tmpfs", 0, "size=4m") < 0) {
        trial_end(&t);
        skip();
    }
    trial_open_journal(&t);
    int n = 0;
    char key[64];
    for (;; n++) {
        number_name(key, n);
        assert_true(n < 5000);
        assert_done(trial_send(&t, key, wide, STORE_ANY, false));
        trial_settle(&t);
        if (t.outcome != STORE_OK)
            break;
    }
    assert_int_equal(t.outcome, STORE_FULL);
    assert_true(n > 100);
    has_many(&t, n);
    for (int round = 0; round < 2; round++) { /* also across a start on the full disk */
        has_many(&t, n);
        trial_close(&t);
        trial_open(&t);
    }
    number_name(key, --n);
    assert_done(trial_send(&t, key, NULL, STORE_ANY, false));
    trial_settle(&t);
    assert_int_equal(t.outcome, STORE_OK);
    for (int i = n / 2; i > 0; i--) {
        number_name(key, --n);
        assert_done(trial_send(&t, key, NULL, STORE_ANY, false));
        trial_settle(&t);
        assert_int_equal(t.outcome, STORE_OK);
    }
    struct err err;
    assert_done(store_compact(t.store, store_revision(t.store), &err));
    put_many(&t, n, n + 5);
    trial_close(&t);
    trial_open(&t);
    has_many(&t, n + 5);
    trial_close(&t);
    assert_done(umount(t.folder));
    trial_end(&t);
}

/* ── batches' bytes ── */

static void test_batch(void **state)
{
    (void)state;
    SCOPED_BUF b = BUF_INIT(0);
    struct record_batch in = {.after = 5, .state = {9, 2, 12}, .n = 4}, out;
    struct record_change changes[] = {
        {.event = {.revision = 6, .key = STR("k")}, .created = 6, .stored = STR("new")},
        {.event = {.revision = 7, .key = STR("k"), .had_previous = true, .previous_revision = 6, .previous_created = 6},
         .created = 6,
         .stored = STR("newer")},
        {.event = {.revision = 8,
                   .deleted = true,
                   .key = STR("k"),
                   .had_previous = true,
                   .previous_revision = 7,
                   .previous_created = 6,
                   .previous = STR("newer")},
         .created = 6,
         .previous_given = true},
        {.event = {.revision = 9, .gap = true, .gap_from = 8}},
    };
    record_batch_write(&b, &in);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++)
        record_change_write(&b, &changes[i]);
    assert_done(buf_error(&b));
    struct record_change c;
    for (size_t n = 0; n <= b.n; n++) { /* any part of it: told, or all of it */
        SCOPED_BUF part = BUF_INIT(0);
        buf_add(&part, b.p, n);
        int r = record_batch_read(buf_view(&part), &out, NULL);
        while (r == 0)
            r = record_change_read(&out, &c, NULL);
        assert_int_equal(r, n == b.n ? RECORD_END : -EBADMSG);
    }
    buf_char(&b, 0);
    assert_done(record_batch_read(buf_view(&b), &out, NULL));
    for (int i = 0; i < 4; i++) {
        assert_done(record_change_read(&out, &c, NULL));
        assert_int_equal(c.event.revision, 6 + i);
        assert_int_equal(c.event.gap, i == 3);
    }
    assert_int_equal(record_change_read(&out, &c, NULL), -EBADMSG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replay),     cmocka_unit_test(test_turns),          cmocka_unit_test(test_keeper_fails),
        cmocka_unit_test(test_root_lands), cmocka_unit_test(test_closed_failing), cmocka_unit_test(test_append_fails),
        cmocka_unit_test(test_large),      cmocka_unit_test(test_damage),         cmocka_unit_test(test_copies),
        cmocka_unit_test(test_older),      cmocka_unit_test(test_batch),          cmocka_unit_test(test_full),
    };
    memset(wide, 'w', sizeof(wide) - 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
