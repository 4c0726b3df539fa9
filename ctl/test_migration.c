/* StorageVersionMigrations: every object is written once more, whatever goes wrong on the way. */
#include "ctl/test_ground.h"

#define GROUP      "storagemigration.k8s.io"
#define MIGRATIONS "storageversionmigrations"
#define MAPS       1203

static void ask(struct ground *g, const char *name, const char *group, const char *resource)
{
    char json[400];
    snprintf(json, sizeof(json),
             "{'metadata':{'name':'%s','creationTimestamp':'2026-01-01T00:00:02Z'},'spec':{'resource':{'group':'%s','resource':'%s'}}}", name, group,
             resource);
    fake_put(g->f, GROUP, MIGRATIONS, json);
}

static bool is(struct ground *g, const char *name, const char *type)
{
    return condition(g, GROUP, MIGRATIONS, "", name, type, "True", NULL);
}

static void put_maps(struct ground *g)
{
    for (int i = 0; i < MAPS; i++) {
        char json[200];
        snprintf(json, sizeof(json), "{'metadata':{'name':'m%04d','namespace':'x'},'data':{'k':'v'}}", i);
        fake_put(g->f, "", "configmaps", json);
    }
    fake_run(g->f, 10000);
}

static void test_all(void **state)
{
    struct ground *g = *state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    put_maps(g);
    unsigned before = g->f->writes;
    size_t maps = fake_count(g->f, "", "configmaps");
    ask(g, "maps", "", "configmaps");
    fake_run(g->f, 100);
    assert_true(is(g, "maps", "Running") || g->f->writes > before);
    assert_false(is(g, "maps", "Succeeded"));
    fake_run(g->f, 20000);
    assert_true(condition(g, GROUP, MIGRATIONS, "", "maps", "Succeeded", "True", "StorageVersionMigrationSucceeded"));
    assert_true(condition(g, GROUP, MIGRATIONS, "", "maps", "Running", "True", "StorageVersionMigrationInProgress"));
    assert_int_equal(g->f->writes - before, maps + (maps + 499) / 500); /* each once, and one status a batch */
    const struct value *m = fake_get(g->f, a, GROUP, MIGRATIONS, "", "maps");
    assert_true(value_text_at(m, "status.resourceVersion").n > 0);
    before = g->f->writes;
    fake_run(g->f, 60000);
    assert_int_equal(g->f->writes, before); /* over is over */
    ask(g, "none", "batch", "jobs");        /* nothing to do is done too */
    fake_run(g->f, 1000);
    assert_true(is(g, "none", "Succeeded"));
}

static void test_failures(void **state)
{
    struct ground *g = *state;
    put_maps(g);
    g->f->fail_next = 503; /* passing */
    ask(g, "maps", "", "configmaps");
    fake_run(g->f, 2000);
    g->f->fail_next = 409;
    fake_run(g->f, 60000);
    assert_true(is(g, "maps", "Succeeded"));
    ask(g, "unknown", "example.com", "things");
    fake_run(g->f, 30000);
    assert_false(is(g, "unknown", "Failed")); /* it may yet come */
    fake_run(g->f, 60000);
    assert_true(condition(g, GROUP, MIGRATIONS, "", "unknown", "Failed", "True", "StorageVersionMigrationFailed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all, setup, teardown),
        cmocka_unit_test_setup_teardown(test_failures, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
