/* The definitions are such as the API server takes, and judge as they should. */
#include "tests/unit.h"

#include "crd/crd.h"
#include "json/json.h"
#include "queues/queues.h"
#include "structural/structural.h"

static void all_are_valid(void **state)
{
    (void)state;
    size_t n = 0;
    for (;; n++) {
        SCOPED(arena) a = NULL;
        struct value d;
        struct faults f;
        assert_done(arena_new(&a, 64u << 20));
        int r = queues_definition(a, n, &d);
        if (r == 1)
            break;
        assert_done(r);
        assert_done(crd_default(a, &d));
        faults_init(&f, a);
        crd_validate(&d, NULL, &f);
        for (size_t i = 0; i < f.n; i++)
            print_message("%.*s: %.*s: %.*s\n", STR_FMT(value_text_at(&d, "metadata.name")), STR_FMT(f.items[i].field), STR_FMT(f.items[i].message));
        assert_int_equal(f.n, 0);
        assert_done(crd_settle(a, &d, NULL, 0));
    }
    assert_int_equal(n, 8);
}

static int without_memory(void *ctx)
{
    (void)ctx;
    SCOPED(arena) a = NULL;
    struct value d;
    int r = arena_new(&a, 64u << 20);
    return r < 0 ? r : queues_definition(a, 1, &d);
}

static void n_th_allocation(void **state)
{
    (void)state;
    unit_fail_allocations(without_memory, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_are_valid), cmocka_unit_test(n_th_allocation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
