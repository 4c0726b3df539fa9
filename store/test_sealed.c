/* What lies on the disk is encrypted, whatever happens to it. */
#include "store/test_trial.h"

#define HEAD  "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n- resources: [things.x.io]\n  providers:\n"
#define KEY1  "{name: one, secret: AAECAwQFBgcICQoLDA0ODw==}"
#define KEY2  "{name: two, secret: AQECAwQFBgcICQoLDA0ODw==}"
#define A     "/registry/x.io/things/ns/a"
#define B     "/registry/x.io/things/ns/b"
#define PLAIN "/registry/x.io/others/ns/a"

static void start(struct trial *t, const char *providers)
{
    trial_start(t, true);
    assert_done(seal_new(&t->options.seal));
    char yaml[1000];
    snprintf(yaml, sizeof(yaml), HEAD "%s", providers);
    assert_done(seal_configure(t->options.seal, str_of(yaml), NULL));
}

/* Another process with another configuration. */
static void restart(struct trial *t, const char *providers)
{
    t->options.seal = seal_free(t->options.seal);
    if (!providers)
        return;
    char yaml[1000];
    snprintf(yaml, sizeof(yaml), HEAD "%s", providers);
    assert_done(seal_new(&t->options.seal));
    assert_done(seal_configure(t->options.seal, str_of(yaml), NULL));
}

static void end(struct trial *t)
{
    trial_end(t);
    seal_free(t->options.seal);
}

static size_t in_file(struct trial *t, const char *name, const char *text)
{
    char path[100];
    SCOPED_BUF file = BUF_INIT(0);
    snprintf(path, sizeof(path), "%s/%s", t->folder, name);
    assert_done(os_file_read(path, 1u << 30, &file));
    size_t n = 0;
    struct str rest = buf_view(&file);
    for (ssize_t at; (at = str_find(rest, str_of(text))) >= 0; n++)
        rest = str_from(rest, (size_t)at + 1);
    return n;
}

static size_t on_disk(struct trial *t, const char *text)
{
    return in_file(t, "data.mdb", text) + in_file(t, "journal", text);
}

/* Put, changed, deleted, seen in the log, undone: never is a byte of it on the disk. */
static void test_never_plain(void **state)
{
    (void)state;
    static const char *const writers[] = {"  - aesgcm: {keys: [" KEY1 "]}\n", "  - aescbc: {keys: [" KEY1 "]}\n",
                                          "  - secretbox: {keys: [{name: s, secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}]}\n"};
    for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
        struct trial t = {0};
        t.options.segment_bytes = 8192; /* so that much of it is brought over meanwhile, too */
        start(&t, writers[i]);
        trial_open_journal(&t);
        trial_put(&t, A, "hunter2-first");
        trial_put(&t, A, "hunter2-second");
        trial_put(&t, B, "hunter2-third");
        trial_put(&t, PLAIN, "nothing to hide");
        assert_done(trial_send(&t, B, NULL, STORE_ANY, false));
        trial_settle(&t);
        t.disk->fail_in = 1; /* reaches the disk, is refused, and undone with the next */
        t.disk->error = EIO;
        t.disk->lands = true;
        assert_done(trial_send(&t, A, "hunter2-fourth", STORE_ANY, false));
        trial_settle(&t);
        assert_int_equal(t.outcome, STORE_IO);
        trial_put(&t, B, "hunter2-fifth");
        assert_int_equal(on_disk(&t, "hunter2"), 0);
        assert_true(on_disk(&t, "nothing to hide") > 0);
        for (int round = 0; round < 2; round++) {
            assert_true(trial_is(trial_get(&t, A), "hunter2-second"));
            assert_true(trial_is(trial_get(&t, B), "hunter2-fifth"));
            assert_false(store_stale(t.store, trial_get(&t, A)));
            assert_false(store_stale(t.store, trial_get(&t, PLAIN)));
            round ? trial_close(&t) : trial_crash(&t);
            trial_open(&t);
        }
        struct store_watch *w; /* the log was opened too */
        const struct store_event *e;
        size_t n = 0;
        assert_done(store_watch_new(&w, t.store, STR("/registry/x.io/things/"), 1, NULL, NULL));
        while ((e = store_watch_next(w)) != NULL)
            n += trial_is(e->object, "hunter2");
        assert_int_equal(n, 5);
        store_watch_free(w);
        end(&t);
    }
}

static void test_rotation(void **state)
{
    (void)state;
    struct trial t = {0};
    struct err err = {{0}};
    start(&t, "  - identity: {}\n");
    trial_open_journal(&t);
    trial_put(&t, A, "hunter2-plain");
    trial_put(&t, B, "hunter2-other");
    assert_true(on_disk(&t, "hunter2") > 0);
    /* While it runs: encryption is switched on, and everything is written again. */
    assert_done(seal_configure(t.options.seal, STR(HEAD "  - aesgcm: {keys: [" KEY1 "]}\n  - identity: {}\n"), NULL));
    assert_true(store_stale(t.store, trial_get(&t, A)));
    trial_put(&t, A, "hunter2-plain");
    trial_put(&t, B, "hunter2-other");
    assert_false(store_stale(t.store, trial_get(&t, A)));
    /* Another process, another key in front. */
    trial_close(&t);
    restart(&t, "  - aesgcm: {keys: [" KEY2 ", " KEY1 "]}\n");
    trial_open(&t);
    assert_true(store_stale(t.store, trial_get(&t, A)));
    trial_put(&t, A, "hunter2-new");
    assert_false(store_stale(t.store, trial_get(&t, A)));
    trial_close(&t);
    /* The old key is taken away too early: told, and nothing is lost. */
    restart(&t, "  - aesgcm: {keys: [" KEY2 "]}\n");
    assert_int_equal(trial_try_open(&t, &err), -ENOKEY);
    assert_non_null(strstr(err.text, "object \"" B "\""));
    assert_non_null(strstr(err.text, "key \"one\""));
    restart(&t, NULL);
    assert_int_equal(trial_try_open(&t, &err), -ENOKEY);
    restart(&t, "  - aesgcm: {keys: [" KEY2 ", " KEY1 "]}\n");
    trial_open(&t);
    trial_put(&t, B, "hunter2-new");
    int64_t now = trial_put(&t, B, "hunter2-newest");
    trial_close(&t);
    /* Now it may go. Log records that only it opens are forgotten: who comes from before them lists again. */
    restart(&t, "  - aesgcm: {keys: [" KEY2 "]}\n");
    trial_open(&t);
    assert_true(trial_is(trial_get(&t, A), "hunter2-new"));
    assert_true(trial_is(trial_get(&t, B), "hunter2-newest"));
    struct store_watch *w;
    assert_int_equal(store_watch_new(&w, t.store, STR("/registry/"), 1, NULL, NULL), STORE_COMPACTED);
    assert_done(store_watch_new(&w, t.store, STR("/registry/"), now, NULL, NULL));
    store_watch_free(w);
    trial_put(&t, A, "hunter2-again");
    trial_close(&t);
    trial_open(&t);
    assert_true(trial_is(trial_get(&t, A), "hunter2-again"));
    end(&t);
}

static void test_wrong_key(void **state)
{
    (void)state;
    struct trial t = {0};
    struct err err = {{0}};
    start(&t, "  - aesgcm: {keys: [{name: k, secret: AAECAwQFBgcICQoLDA0ODw==}]}\n");
    trial_open(&t);
    trial_put(&t, A, "hunter2");
    trial_close(&t);
    restart(&t, "  - aesgcm: {keys: [{name: k, secret: BAECAwQFBgcICQoLDA0ODw==}]}\n");
    assert_int_equal(trial_try_open(&t, &err), -EKEYREJECTED);
    assert_non_null(strstr(err.text, "object \"" A "\": aesgcm key \"k\" does not decrypt it"));
    restart(&t, "  - aesgcm: {keys: [{name: k, secret: AAECAwQFBgcICQoLDA0ODw==}]}\n");
    trial_open(&t);
    assert_true(trial_is(trial_get(&t, A), "hunter2"));
    end(&t);
}

static int allocation_body(void *ctx)
{
    struct trial *t = ctx;
    struct store_write w = {.expect = STORE_ANY, .done = trial_done, .ctx = t};
    int r = object_load(&w.object, STR(A), STR("{\"apiVersion\":\"x.io/v1\",\"kind\":\"Thing\",\"spec\":\"hunter2\"}"), 0, 0, NULL);
    if (r == 0)
        r = store_write(t->store, &w);
    if (r < 0)
        return r;
    t->waiting++;
    trial_settle(t);
    return t->outcome == STORE_OK ? 0 : -ENOMEM;
}

/* On a simulated loop commits run here, so that their allocations fail too. */
static void test_allocations(void **state)
{
    (void)state;
    struct trial t = {0};
    start(&t, "  - aesgcm: {keys: [" KEY1 "]}\n");
    loop_free(t.loop);
    assert_done(loop_new_simulated(&t.loop, 1700000000));
    trial_open_journal(&t);
    unit_fail_allocations(allocation_body, &t);
    assert_int_equal(on_disk(&t, "hunter2"), 0);
    trial_close(&t);
    trial_open(&t);
    assert_true(trial_is(trial_get(&t, A), "hunter2"));
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_never_plain),
        cmocka_unit_test(test_rotation),
        cmocka_unit_test(test_wrong_key),
        cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
