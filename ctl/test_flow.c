#include "ctl/test_ground.h"
#include "flow/flow.h"
#include "json/json.h"

/* FlowSchemas and priority levels are kept, and told whether they lead somewhere. */
static void flow_setup(struct ground *g)
{
    struct ctl_options o = {.log = log_line};
    struct err err = {""};
    *g = (struct ground){.f = fake_new(), .no_agents = true};
    if (ctl_new(&g->k, g->f->client, &o, &err) < 0)
        fail_msg("%s", err.text);
    fake_run(g->f, 1000);
}

static void flow_end(struct ground *g)
{
    ctl_free(g->k);
    fake_end(g->f);
}

static void read_one(struct ground *g, struct arena *a, const char *resource, const char *name, struct value *out)
{
    struct value *v = fake_get(g->f, a, FLOW_GROUP, resource, "", name);
    *out = v ? *v : (struct value){0};
}

static void expect_dangling(struct ground *g, const char *name, const char *is, const char *reason)
{
    SCOPED(arena) a = NULL;
    struct value tree;
    assert_done(arena_new(&a, 1u << 20));
    read_one(g, a, "flowschemas", name, &tree);
    const struct value *c = condition_find(value_at(&tree, "status"), "Dangling");
    assert_str(value_text_at(c, "status"), is);
    assert_str(value_text_at(c, "reason"), reason);
}

static void test_dangling(void **state)
{
    struct ground g;
    (void)state;
    flow_setup(&g);
    fake_put(g.f, FLOW_GROUP, "flowschemas",
             "{'metadata':{'name':'mine'},'spec':{'matchingPrecedence':900,'priorityLevelConfiguration':{'name':'later'},'rules':[]}}");
    fake_run(g.f, 1000);
    expect_dangling(&g, "mine", "True", "NotFound");
    fake_put(g.f, FLOW_GROUP, "prioritylevelconfigurations", "{'metadata':{'name':'later'},'spec':{'type':'Limited','limited':{}}}");
    fake_run(g.f, 1000);
    expect_dangling(&g, "mine", "False", "Found");
    delete_of(&g, FLOW_GROUP, "prioritylevelconfigurations", "later", CLIENT_BACKGROUND);
    fake_run(g.f, 1000);
    expect_dangling(&g, "mine", "True", "NotFound");
    flow_end(&g);
}

static void put_default(struct ground *g, const char *resource, const char *name, const char *change)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(1 << 20);
    struct value tree = {0};
    assert_done(arena_new(&a, 1u << 20));
    assert_done(flow_default(a, str_of(resource), str_of(name), &tree));
    json_print(&b, &tree);
    fake_put(g->f, FLOW_GROUP, resource, buf_cstr(&b));
    if (change)
        fake_change(g->f, FLOW_GROUP, resource, "", name, change);
    fake_run(g->f, 1000);
}

static void test_kept(void **state)
{
    struct ground g;
    SCOPED(arena) a = NULL;
    struct value tree;
    (void)state;
    assert_done(arena_new(&a, 1u << 20));
    flow_setup(&g);
    put_default(&g, "prioritylevelconfigurations", "system", "{'spec':{'limited':{'nominalConcurrencyShares':77}}}");
    read_one(&g, a, "prioritylevelconfigurations", "system", &tree);
    assert_int_equal(value_int_at(&tree, "spec.limited.nominalConcurrencyShares", 0), 30);
    fake_change(g.f, FLOW_GROUP, "prioritylevelconfigurations", "", "system",
                "{'metadata':{'annotations':{'" FLOW_AUTOUPDATE "':'false'}},'spec':{'limited':{'nominalConcurrencyShares':77}}}");
    fake_run(g.f, 1000);
    read_one(&g, a, "prioritylevelconfigurations", "system", &tree);
    assert_int_equal(value_int_at(&tree, "spec.limited.nominalConcurrencyShares", 0), 77);
    delete_of(&g, FLOW_GROUP, "prioritylevelconfigurations", "system", CLIENT_BACKGROUND);
    fake_run(g.f, 1000);
    read_one(&g, a, "prioritylevelconfigurations", "system", &tree);
    assert_int_equal(value_int_at(&tree, "spec.limited.nominalConcurrencyShares", 0), 30);
    fake_put(g.f, FLOW_GROUP, "flowschemas", "{'metadata':{'name':'old','annotations':{'" FLOW_AUTOUPDATE "':'true'}},'spec':{}}");
    fake_run(g.f, 1000);
    read_one(&g, a, "flowschemas", "old", &tree);
    assert_true(value_is_null(&tree));
    flow_end(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dangling), cmocka_unit_test(test_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
