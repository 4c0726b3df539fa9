/* The room from its door, over a store in memory: what is kept, and memory that runs out. */
#include "tests/unit.h"

#include "aggregate/aggregate.h"
#include "json/json.h"
#include "object/object.h"
#include "schema/schema.h"

struct world {
    struct loop *loop;
    struct store *store;
    struct aggregate *x;
    unsigned done;
};

static bool serves(void *ctx, const struct schema_resource *r)
{
    (void)ctx;
    return r->served && (str_is(r->group, "apps") || !r->group.n);
}

static void begin(struct world *w)
{
    struct store_options so = {0};
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    assert_done(store_open(&w->store, w->loop, &so, NULL));
}

static void end(struct world *w)
{
    aggregate_free(w->x);
    store_close(w->store);
    loop_free(w->loop);
}

static void put(struct world *w, const char *name, const char *text)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct object *o = NULL;
    char key[256];
    const struct schema_kind *k = schema_kind_find(STR("apiregistration.k8s.io"), STR("v1"), STR("APIService"));
    snprintf(key, sizeof(key), "/registry/apiregistration.k8s.io/apiservices/%s", name);
    assert_done(arena_new(&a, 1 << 20));
    assert_done(json_parse(a, str_of(text), &tree, NULL));
    assert_done(object_conform(a, k, &tree, NULL, NULL));
    assert_done(object_freeze(&o, str_of(key), k, &tree, NULL));
    assert_done(store_write(w->store, &(struct store_write){.object = o, .expect = STORE_ANY}));
}

static void on_done(void *ctx)
{
    ((struct world *)ctx)->done++;
}

static void turn(struct world *w, int ms)
{
    assert_true(loop_run_for(w->loop, ms) >= 0);
}

static size_t kept(struct world *w)
{
    struct store_snapshot *v = store_snapshot(w->store);
    size_t n = store_count(v, STR("/registry/apiregistration.k8s.io/apiservices/"));
    store_snapshot_unref(v);
    return n;
}

#define REMOTE \
    "{\"kind\":\"APIService\",\"apiVersion\":\"apiregistration.k8s.io/" \
    "v1\",\"metadata\":{\"name\":\"v1.b.io\"},\"spec\":{\"group\":\"b.io\",\"version\":" \
    "\"v1\",\"groupPriorityMinimum\":%d,\"versionPriority\":1,\"service\":{\"name\":\"s\",\"namespace\":\"n\",\"port\":443}}}"

static void test_table(void **state)
{
    struct world w;
    char text[512];
    (void)state;
    begin(&w);
    struct aggregate_options o = {.loop = w.loop, .store = w.store, .served = serves};
    assert_done(aggregate_new(&w.x, &o, NULL));
    assert_null(aggregate_find(w.x, STR("b.io"), STR("v1")));
    aggregate_begin(w.x, on_done, &w);
    for (int i = 0; i < 500 && !w.done; i++)
        turn(&w, 5);
    assert_int_equal(w.done, 1);
    assert_int_equal(kept(&w), 2); /* v1. and v1.apps */
    uint64_t before = aggregate_generation(w.x);
    snprintf(text, sizeof(text), REMOTE, 100);
    put(&w, "v1.b.io", text);
    for (int i = 0; i < 500 && !aggregate_find(w.x, STR("b.io"), STR("v1")); i++)
        turn(&w, 5);
    const struct aggregate_service *s = aggregate_find(w.x, STR("b.io"), STR("v1"));
    assert_non_null(s);
    assert_false(aggregate_available(s));
    assert_true(aggregate_has_group(w.x, STR("b.io")));
    assert_false(aggregate_has_group(w.x, STR("apps")));
    assert_true(aggregate_generation(w.x) != before);
    /* discovery of what is already there, and of what is not */
    SCOPED(arena) a = NULL;
    struct value list = {0};
    assert_done(arena_new(&a, 1 << 20));
    assert_done(
        json_parse(a, STR("{\"groups\":[{\"name\":\"apps\",\"versions\":[{\"groupVersion\":\"apps/v1\",\"version\":\"v1\"}]}]}"), &list, NULL));
    assert_done(aggregate_add_groups(w.x, a, &list));
    assert_int_equal(value_count(value_at(&list, "groups")), 2);
    assert_str(value_text_at(value_item(value_at(&list, "groups"), 1), "preferredVersion.groupVersion"), "b.io/v1");
    assert_done(json_parse(a, STR("{\"items\":[]}"), &list, NULL));
    assert_done(aggregate_add_discovery(w.x, a, &list));
    assert_str(value_text_at(value_item(value_at(value_item(value_at(&list, "items"), 0), "versions"), 0), "freshness"), "Stale");
    /* there is no such Service: that is written down */
    struct err err = {{0}};
    struct aggregate_link *link;
    assert_int_equal(aggregate_connect(w.x, s, false, &link, &err), -ENOENT);
    struct object *now = NULL;
    for (int i = 0; i < 500; i++) {
        turn(&w, 5);
        now = store_newest(w.store, STR("/registry/apiregistration.k8s.io/apiservices/v1.b.io"));
        if (now->revision != now->created_revision)
            break;
    }
    assert_done(object_tree(a, now, &list, NULL));
    assert_str(value_text_at(value_item(value_at(&list, "status.conditions"), 0), "reason"), "ServiceNotFound");
    end(&w);
}

static void expect_places(struct world *w, const char *wanted)
{
    static const char *const lists[] = {
        "{\"groups\":[{\"name\":\"apps\"},{\"name\":\"batch\"},{\"name\":\"a.example.com\"},{\"name\":\"c.example.com\"}]}",
        "{\"items\":[{\"metadata\":{\"name\":\"apps\"}},{\"metadata\":{\"name\":\"batch\"}},{\"metadata\":{\"name\":\"a.example.com\"}},{"
        "\"metadata\":{\"name\":\"c.example.com\"}}]}"};
    for (int i = 0; i < 2; i++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF b = BUF_INIT(1024);
        struct value list = {0};
        assert_done(arena_new(&a, 1 << 20));
        assert_done(json_parse(a, str_of(lists[i]), &list, NULL));
        assert_done(i ? aggregate_add_discovery(w->x, a, &list) : aggregate_add_groups(w->x, a, &list));
        VALUE_EACH_ITEM (one, value_get(&list, i ? STR("items") : STR("groups")))
            buf_fmt(&b, "%.*s ", STR_FMT(value_text_at(one, i ? "metadata.name" : "name")));
        assert_string_equal(buf_cstr(&b), wanted);
    }
}

/* Groups of others stand between those served here, by their priority; equals by name. */
static void test_places(void **state)
{
    static const struct {
        int priority;
        const char *wanted;
    } rows[] = {{100, "apps batch a.example.com c.example.com b.io "},
                {1000, "apps batch a.example.com b.io c.example.com "},
                {17500, "apps b.io batch a.example.com c.example.com "},
                {20000, "b.io apps batch a.example.com c.example.com "}};
    struct world w;
    char text[512];
    (void)state;
    begin(&w);
    struct aggregate_options o = {.loop = w.loop, .store = w.store, .served = serves};
    assert_done(aggregate_new(&w.x, &o, NULL));
    aggregate_begin(w.x, on_done, &w);
    for (int i = 0; i < 500 && !w.done; i++)
        turn(&w, 5);
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        uint64_t before = aggregate_generation(w.x);
        snprintf(text, sizeof(text), REMOTE, rows[k].priority);
        put(&w, "v1.b.io", text);
        for (int i = 0; i < 500 && aggregate_generation(w.x) == before; i++)
            turn(&w, 5);
        expect_places(&w, rows[k].wanted);
    }
    end(&w);
}

static int starved(void *ctx)
{
    struct world *w = ctx;
    struct aggregate_options o = {.loop = w->loop, .store = w->store, .served = serves};
    SCOPED(arena) a = NULL;
    struct value list = value_make_map();
    w->done = 0;
    int r = aggregate_new(&w->x, &o, NULL);
    if (r < 0)
        return r;
    aggregate_begin(w->x, on_done, w);
    for (int i = 0; i < 20 && !w->done; i++)
        if (loop_run_for(w->loop, 5) < 0)
            break;
    r = arena_new(&a, 1 << 20);
    VALUE_SET(&r, a, &list, "groups", value_make_list());
    VALUE_SET(&r, a, &list, "items", value_make_list());
    if (r == 0)
        r = aggregate_add_groups(w->x, a, &list);
    if (r == 0)
        r = aggregate_add_discovery(w->x, a, &list);
    w->x = aggregate_free(w->x);
    return r;
}

static void test_memory(void **state)
{
    struct world w;
    char text[512];
    (void)state;
    begin(&w);
    snprintf(text, sizeof(text), REMOTE, 100);
    put(&w, "v1.b.io", text);
    turn(&w, 50);
    unit_fail_allocations(starved, &w);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_places), cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
