#include "os/os.h"
#include "reread/reread.h"
#include "tests/unit.h"

struct trial {
    struct loop *loop;
    char folder[64], path[100], seen[100];
    int loads, refuse;
};

static int load(void *ctx, struct str text, struct err *err)
{
    struct trial *t = ctx;
    t->loads++;
    if (str_is(text, "bad"))
        return err_raise(err, -EINVAL, "it is bad");
    snprintf(t->seen, sizeof(t->seen), "%.*s", STR_FMT(text));
    loop_stop(t->loop);
    return 0;
}

static void start(struct trial *t, const char *text)
{
    *t = (struct trial){.folder = "/tmp/coracle-reread-XXXXXX"};
    assert_non_null(mkdtemp(t->folder));
    snprintf(t->path, sizeof(t->path), "%s/file", t->folder);
    assert_done(os_file_replace(t->path, str_of(text), 0600));
    assert_done(loop_new(&t->loop));
}

static void end(struct trial *t)
{
    loop_free(t->loop);
    assert_done(os_tree_remove(t->folder));
}

static void test_changes(void **state)
{
    (void)state;
    struct trial t;
    struct reread *x;
    struct err err = {{0}};
    start(&t, "one");
    struct reread_options o = {t.loop, "some-file", t.path, load, &t};
    assert_done(reread_new(&x, &o, &err));
    assert_string_equal(t.seen, "one");
    assert_done(os_file_replace(t.path, STR("two"), 0600)); /* by rename */
    assert_done(loop_run(t.loop));
    assert_string_equal(t.seen, "two");
    assert_done(os_file_write(t.path, STR("for"))); /* in place */
    assert_done(loop_run(t.loop));
    assert_string_equal(t.seen, "for");
    int before = t.loads;
    assert_done(os_file_replace(t.path, STR("for"), 0600)); /* nothing new */
    assert_done(loop_run_for(t.loop, 200));
    assert_int_equal(t.loads, before);
    assert_done(os_file_replace(t.path, STR("bad"), 0600)); /* refused: what was stays */
    while (t.loads == before)
        assert_done(loop_run_for(t.loop, 20));
    assert_string_equal(t.seen, "for");
    char other[120]; /* through a link, as a mounted ConfigMap changes */
    snprintf(other, sizeof(other), "%s/other", t.folder);
    assert_done(os_file_replace(other, STR("linked"), 0600));
    assert_done(unlink(t.path));
    assert_done(symlink("other", t.path));
    assert_done(loop_run(t.loop));
    assert_string_equal(t.seen, "linked");
    reread_free(x);
    end(&t);
}

static void test_faults(void **state)
{
    (void)state;
    struct trial t;
    struct reread *x;
    struct err err = {{0}};
    start(&t, "bad");
    struct reread_options o = {t.loop, "some-file", t.path, load, &t};
    assert_int_equal(reread_new(&x, &o, &err), -EINVAL);
    assert_non_null(strstr(err.text, "some-file \"/tmp/"));
    assert_non_null(strstr(err.text, "it is bad"));
    assert_done(unlink(t.path));
    assert_int_equal(reread_new(&x, &o, &err), -ENOENT);
    end(&t);
}

static int whole(void *ctx)
{
    struct trial *t = ctx;
    struct reread *x = NULL;
    struct reread_options o = {t->loop, "some-file", t->path, load, t};
    int r = reread_new(&x, &o, NULL);
    reread_free(x);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    struct trial t;
    start(&t, "one");
    unit_fail_allocations(whole, &t);
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_changes), cmocka_unit_test(test_faults), cmocka_unit_test(test_allocations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
