#include "tests/unit.h"

#include "schema/schema.h"

static unsigned alive;

struct own {
    struct schema_custom base;
    struct schema_resource rows[2];
    struct schema_kind kinds[2];
};

static void drop(struct schema_custom *c)
{
    alive--;
    mem_free(CONTAINER_OF(c, struct own, base));
}

/* Two versions, v2 stored. */
static struct schema_custom *make(const char *name, const char *group, const char *plural, const char *kind)
{
    struct own *o = mem_alloc(sizeof(*o));
    static const char *const versions[] = {"v2", "v1"};
    if (!o)
        return NULL;
    alive++;
    o->base = (struct schema_custom){.refs = 1,
                                     .name = str_of(name),
                                     .group = str_of(group),
                                     .plural = str_of(plural),
                                     .kind = str_of(kind),
                                     .resources = o->rows,
                                     .n = 2,
                                     .drop = drop};
    for (size_t i = 0; i < 2; i++) {
        o->kinds[i] = (struct schema_kind){
            .group = str_of(group), .version = str_of(versions[i]), .name = str_of(kind), .custom = &o->base, .place = (uint16_t)i};
        o->rows[i] = (struct schema_resource){.group = str_of(group),
                                              .version = str_of(versions[i]),
                                              .name = str_of(plural),
                                              .kind = &o->kinds[i],
                                              .storage = &o->rows[0],
                                              .custom = &o->base};
    }
    return &o->base;
}

static void test_lookup(void **state)
{
    (void)state;
    uint64_t before = schema_custom_generation();
    assert_done(schema_custom_publish(make("widgets.b.io", "b.io", "widgets", "Widget")));
    assert_done(schema_custom_publish(make("things.a.io", "a.io", "things", "Thing")));
    assert_true(schema_custom_generation() != before);
    const struct schema_resource *r = schema_resource_take(STR("b.io"), STR("v1"), STR("widgets"));
    assert_non_null(r);
    assert_str(r->version, "v1");
    schema_resource_put(r);
    r = schema_resource_take_kind(STR("a.io"), STR(""), STR("Thing"));
    assert_str(r->version, "v2"); /* the stored one */
    schema_resource_put(r);
    assert_null(schema_resource_take(STR("b.io"), STR("v3"), STR("widgets")));
    assert_null(schema_resource_take(STR("a.io"), STR("v1"), STR("widgets")));
    assert_null(schema_resource_find(STR("b.io"), STR("v1"), STR("widgets")));
    const struct schema_resource *pods = schema_resource_take(STR(""), STR("v1"), STR("pods"));
    assert_non_null(pods);
    schema_resource_put(pods);
    struct schema_custom **list;
    size_t n;
    assert_done(schema_custom_list(&list, &n));
    assert_int_equal(n, 2);
    assert_str(list[0]->name, "things.a.io");
    assert_str(list[1]->name, "widgets.b.io");
    schema_custom_list_free(list, n);
    schema_custom_withdraw(STR("things.a.io"));
    schema_custom_withdraw(STR("widgets.b.io"));
    schema_custom_withdraw(STR("widgets.b.io"));
    assert_int_equal(alive, 0);
    assert_int_equal(schema_custom_count(), 0);
}

/* Whoever works with the old rows keeps them; others see the new ones. */
static void test_replace(void **state)
{
    (void)state;
    assert_done(schema_custom_publish(make("widgets.b.io", "b.io", "widgets", "Widget")));
    const struct schema_resource *old = schema_resource_take(STR("b.io"), STR("v1"), STR("widgets"));
    assert_done(schema_custom_publish(make("widgets.b.io", "b.io", "widgets", "Gadget")));
    assert_int_equal(alive, 2);
    assert_str(old->kind->name, "Widget");
    assert_null(schema_resource_take_kind(STR("b.io"), STR("v1"), STR("Widget")));
    const struct schema_resource *now = schema_resource_take_kind(STR("b.io"), STR("v1"), STR("Gadget"));
    assert_ptr_not_equal(now, old);
    schema_resource_put(now);
    schema_resource_put(old);
    assert_int_equal(alive, 1);
    schema_custom_withdraw(STR("widgets.b.io"));
    assert_int_equal(alive, 0);
}

static int publish_two(void *ctx)
{
    (void)ctx;
    static const char *const names[] = {"widgets.b.io", "things.b.io"}, *const plurals[] = {"widgets", "things"},
                             *const kinds[] = {"Widget", "Thing"};
    int r = 0;
    for (size_t i = 0; r == 0 && i < 2; i++) {
        struct schema_custom *c = make(names[i], "b.io", plurals[i], kinds[i]);
        r = c ? schema_custom_publish(c) : -ENOMEM;
        if (r < 0)
            schema_custom_unref(c);
    }
    struct schema_custom **list;
    size_t n;
    if (r == 0)
        r = schema_custom_list(&list, &n);
    if (r == 0)
        schema_custom_list_free(list, n);
    for (size_t i = 0; i < 2; i++)
        schema_custom_withdraw(str_of(names[i]));
    assert_int_equal(alive, 0);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(publish_two, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
