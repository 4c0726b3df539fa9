/* Disks that fail: what was accepted is either durable or refused, and what is read stays right. */
#include <sched.h>
#include <sys/mount.h>

#include "store/test_trial.h"

#define A "/registry/things/a"
#define B "/registry/things/b"
#define C "/registry/things/c"

static char wide[1025];

/* ── commits that fail ── */

/* The n-th of a few commits fails; everything else must be as if that batch had not been. */
static void nth_commit(int n, bool lands, int error)
{
    struct trial t = {0};
    trial_start(&t, true);
    trial_open(&t);
    t.disk->fail_in = n;
    t.disk->error = error;
    t.disk->lands = lands;
    const char *keys[] = {A, B, A, C, A, B, A}, *bodies[] = {"1", "2", "3", "4", NULL, "6", "7"};
    const char *now[3] = {NULL};
    int64_t last = 1;
    for (int i = 0; i < 7; i++) {
        int r = trial_send(&t, keys[i], bodies[i], STORE_ANY, false);
        int k = keys[i][strlen(keys[i]) - 1] - 'a';
        if (!bodies[i] && !now[k]) {
            assert_int_equal(r, STORE_CONFLICT);
            continue;
        }
        assert_done(r);
        trial_settle(&t);
        assert_true(t.revision > last);
        last = t.revision;
        struct store_stats stats;
        store_stats(t.store, &stats);
        if (t.outcome == STORE_OK) {
            assert_false(stats.failed);
            now[k] = bodies[i];
        } else {
            assert_true(stats.failed);
            assert_int_equal(t.outcome, error == ENOSPC ? STORE_FULL : STORE_IO);
        }
        for (int j = 0; j < 3; j++) {
            const char *all[] = {A, B, C};
            struct object *o = trial_get(&t, all[j]);
            assert_true(now[j] ? trial_is(o, now[j]) : !o);
            assert_ptr_equal(store_newest(t.store, str_of(all[j])), o);
        }
    }
    for (int round = 0; round < 2; round++) {
        const char *all[] = {A, B, C};
        for (int j = 0; j < 3; j++)
            assert_true(now[j] ? trial_is(trial_get(&t, all[j]), now[j]) : !trial_get(&t, all[j]));
        trial_close(&t);
        trial_open(&t);
        assert_true(store_revision(t.store) >= last); /* above when it was the clean mark that failed */
    }
    trial_end(&t);
}

static void test_nth_commit(void **state)
{
    (void)state;
    for (int n = 1; n <= 8; n++) {
        nth_commit(n, false, ENOSPC);
        nth_commit(n, false, EIO);
        nth_commit(n, true, EIO);
    }
}

/* Writes stacked on a batch that fails, fail with it; the next one finds the old state. */
static void test_stacked(void **state)
{
    (void)state;
    struct trial t = {0};
    trial_start(&t, true);
    trial_open(&t);
    int64_t a = trial_put(&t, A, "a0");
    t.disk->delay_us = 20000;
    t.disk->fail_in = 1;
    t.disk->error = ENOSPC;
    assert_done(trial_send(&t, A, "a1", a, false));
    assert_done(loop_run_for(t.loop, 5)); /* under way */
    assert_done(trial_send(&t, A, "a2", STORE_ANY, false));
    assert_done(trial_send(&t, B, "b1", STORE_ABSENT, false));
    assert_done(trial_send(&t, C, "c1", STORE_ABSENT, true));
    trial_settle(&t);
    assert_int_equal(t.answered, 5);
    assert_int_equal(t.outcome, STORE_FULL);
    assert_int_equal(t.object_revision, 0);
    assert_int_equal(t.disk->commits, 2);
    assert_int_equal(store_newest(t.store, STR(A))->revision, a);
    assert_null(store_newest(t.store, STR(B)));
    assert_int_equal(store_revision(t.store), a);
    assert_done(trial_send(&t, A, "a3", a, false));
    trial_settle(&t);
    assert_int_equal(t.outcome, STORE_OK);
    assert_int_equal(t.revision, a + 5);
    trial_end(&t);
}

static int confirm(struct trial *t, const char *key)
{
    int r = store_confirm(t->store, store_newest(t->store, str_of(key)), trial_done, t);
    t->waiting += r == 0;
    return r;
}

/* Who wants to write what is already on its way hears the same as who sent it, and no sooner. */
static void test_confirm(void **state)
{
    (void)state;
    for (int fails = 0; fails < 2; fails++) {
        struct trial t = {0};
        trial_start(&t, true);
        trial_open(&t);
        int64_t a = trial_put(&t, A, "a0");
        assert_done(confirm(&t, A)); /* visible */
        assert_int_equal(t.answered, 1);
        trial_settle(&t);
        assert_int_equal(t.outcome, STORE_OK);
        assert_int_equal(t.object_revision, a);
        t.disk->delay_us = 20000;
        t.disk->fail_in = fails;
        t.disk->error = EIO;
        assert_done(trial_send(&t, A, "a1", a, false));
        assert_done(confirm(&t, A)); /* gathered */
        assert_done(loop_run_for(t.loop, 5));
        assert_done(confirm(&t, A)); /* under way */
        assert_done(trial_send(&t, B, "b1", STORE_ABSENT, false));
        assert_done(confirm(&t, B)); /* stacked on it */
        assert_int_equal(t.answered, 2);
        struct object *old = object_ref(store_newest(t.store, STR(A)));
        trial_settle(&t);
        assert_int_equal(t.answered, 7);
        assert_int_equal(t.outcome, fails ? STORE_IO : STORE_OK);
        assert_int_equal(t.object_revision, fails ? 0 : a + 2);
        assert_int_equal(store_confirm(t.store, old, trial_done, &t), fails ? STORE_CONFLICT : 0);
        t.waiting += !fails;
        trial_settle(&t);
        object_unref(old);
        trial_end(&t);
    }
}

/* Lazy writes that were answered stay, in order, until the disk takes them. */
static void test_lazy_kept(void **state)
{
    (void)state;
    struct trial t = {.options.lazy_ms = 20};
    trial_start(&t, true);
    trial_open(&t);
    trial_put(&t, A, "a0");
    t.disk->fail_in = -1;
    t.disk->error = EIO;
    t.disk->delay_us = 10000;
    assert_done(trial_send(&t, A, "l1", STORE_ANY, true));
    trial_settle(&t);
    assert_done(loop_run_for(t.loop, 25)); /* its commit is under way */
    assert_done(trial_send(&t, A, "l2", STORE_ANY, true));
    trial_settle(&t);
    assert_int_equal(t.outcome, STORE_OK);
    struct store_stats stats = {.failed = false};
    for (int i = 0; i < 500 && !stats.failed; i++) { /* how long a loaded machine takes is nobody's promise */
        assert_done(loop_run_for(t.loop, 20));
        store_stats(t.store, &stats);
    }
    assert_true(stats.failed);
    assert_true(trial_is(trial_get(&t, A), "l2"));
    assert_done(trial_send(&t, B, "b", STORE_ANY, true)); /* no longer answered at once */
    assert_null(trial_get(&t, B));
    trial_settle(&t);
    assert_int_equal(t.outcome, STORE_IO);
    assert_true(trial_is(trial_get(&t, A), "l2"));
    t.disk->fail_in = 0;
    for (int i = 0; i < 500 && (stats.failed || stats.pending); i++) {
        assert_done(loop_run_for(t.loop, 20));
        store_stats(t.store, &stats);
    }
    assert_false(stats.failed);
    assert_int_equal(stats.pending, 0);
    trial_crash(&t);
    trial_open(&t);
    assert_true(trial_is(trial_get(&t, A), "l2"));
    struct store_watch *w;
    assert_done(store_watch_new(&w, t.store, STR(A), 2, NULL, NULL));
    assert_true(trial_is(store_watch_next(w)->object, "l1"));
    assert_true(trial_is(store_watch_next(w)->object, "l2"));
    assert_null(store_watch_next(w));
    store_watch_free(w);
    trial_end(&t);
}

/* ── disks that are full ── */

static void fill(struct trial *t, unsigned *n)
{
    char key[64];
    do {
        snprintf(key, sizeof(key), "/registry/things/t%06u", (*n)++);
        assert_done(trial_send(t, key, wide, STORE_ANY, false));
        trial_settle(t);
    } while (t->outcome == STORE_OK && *n < 100000);
    --*n;
    assert_int_equal(t->outcome, STORE_FULL);
}

static void count(struct trial *t, size_t n)
{
    struct store_snapshot *v = store_snapshot(t->store);
    assert_int_equal(store_count(v, STR("/registry/things/")), n);
    store_snapshot_unref(v);
}

/* Fills it, deletes half, fills it again. */
static void full(struct trial *t)
{
    trial_open(t);
    unsigned n = 0;
    fill(t, &n);
    assert_true(n > 100);
    count(t, n);
    for (unsigned i = 0; i < n / 2; i++) {
        char key[64];
        snprintf(key, sizeof(key), "/registry/things/t%06u", i);
        assert_done(trial_send(t, key, NULL, STORE_ANY, false));
        trial_settle(t);
        assert_int_equal(t->outcome, STORE_OK);
    }
    count(t, n - n / 2);
    struct err err;
    assert_done(store_compact(t->store, store_revision(t->store), &err));
    unsigned again = n;
    fill(t, &again);
    assert_true(again - n > n / 4);
    trial_close(t);
    trial_open(t);
    count(t, n - n / 2 + again - n);
}

static void test_full_map(void **state)
{
    (void)state;
    struct trial t = {.options.map_bytes = 2 << 20};
    trial_start(&t, true);
    full(&t);
    size_t objects;
    struct store_stats stats;
    store_stats(t.store, &stats);
    objects = stats.objects;
    trial_close(&t);
    t.options.map_bytes = 4 << 20;
    trial_open(&t);
    count(&t, objects);
    trial_put(&t, A, wide);
    trial_end(&t);
}

static void test_full_disk(void **state)
{
    (void)state;
    struct trial t = {0};
    trial_start(&t, true);
    if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || mount("store", t.folder, "tmpfs", 0, "size=3m") < 0) {
        trial_end(&t);
        skip();
    }
    full(&t);
    /* Somebody else fills the rest, and makes room again. */
    char path[80];
    snprintf(path, sizeof(path), "%s/other", t.folder);
    trial_close(&t);
    assert_done(umount(t.folder));
    assert_done(mount("store", t.folder, "tmpfs", 0, "size=8m"));
    trial_open(&t);
    trial_put(&t, A, wide);
    FILE *f = fopen(path, "w");
    while (fwrite(wide, 1, 1024, f) == 1024 && fflush(f) == 0)
        ;
    (void)fclose(f);
    unsigned n = 0;
    fill(&t, &n);
    assert_true(trial_is(trial_get(&t, A), wide));
    assert_done(trial_send(&t, A, NULL, STORE_ANY, false));
    trial_settle(&t);
    assert_int_equal(t.outcome, STORE_OK);
    assert_done(unlink(path));
    trial_put(&t, B, wide);
    trial_close(&t);
    assert_done(umount(t.folder));
    trial_end(&t);
}

int main(void)
{
    memset(wide, 'w', sizeof(wide) - 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nth_commit), cmocka_unit_test(test_stacked),  cmocka_unit_test(test_confirm),
        cmocka_unit_test(test_lazy_kept),  cmocka_unit_test(test_full_map), cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
