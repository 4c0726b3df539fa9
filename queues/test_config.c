#include "queues/queues.h"
#include "tests/unit.h"

#define HEAD "apiVersion: config.kueue.x-k8s.io/v1beta2\nkind: Configuration\n"

static void told(void **state)
{
    struct reconcile_queues c;
    struct err err = {{0}};
    (void)state;
    assert_done(queues_config_parse(&c,
                                    STR(HEAD "waitForPodsReady: {timeout: 1h30m, blockAdmission: true, requeuingStrategy: {timestamp: Creation, "
                                             "backoffLimitCount: 5, backoffBaseSeconds: 10, backoffMaxSeconds: 300}}\nmetrics: {x: 1}\n"),
                                    &err));
    assert_true(c.wait && c.block && c.by_creation && !c.fair_sharing);
    assert_int_equal(c.timeout, 5400);
    assert_int_equal(c.recovery, 5400);
    assert_int_equal(c.limit, 5);
    assert_int_equal(c.base, 10);
    assert_int_equal(c.most, 300);
    assert_done(queues_config_parse(&c, STR(HEAD "fairSharing: {}\nwaitForPodsReady: {recoveryTimeout: 0s}\n"), &err));
    assert_true(c.fair_sharing && c.wait && !c.block && !c.by_creation);
    assert_int_equal(c.timeout, 300);
    assert_int_equal(c.recovery, 0);
    assert_int_equal(c.limit, -1);
    assert_int_equal(c.base, 60);
    assert_done(
        queues_config_parse(&c,
                            STR("{\"apiVersion\":\"config.kueue.x-k8s.io/v1beta1\",\"kind\":\"Configuration\",\"waitForPodsReady\":{\"enable\":"
                                "false}}"),
                            &err));
    assert_false(c.wait);
    assert_done(queues_config_parse(&c,
                                    STR("apiVersion: config.kueue.x-k8s.io/v1beta1\nkind: Configuration\nwaitForPodsReady: {timeout: 5m}\n"
                                        "fairSharing: {}\n"),
                                    &err));
    assert_false(c.wait || c.fair_sharing);
}

static void mistakes(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {{"kind: Configuration\n", "apiVersion: Unsupported value: \"\""},
                {"apiVersion: config.kueue.x-k8s.io/v1beta2\nkind: Queue\n", "kind: Unsupported value: \"Queue\""},
                {HEAD "waitForPodsReady: true\n", "waitForPodsReady: Invalid value: must be an object"},
                {HEAD "waitForPodsReady: {timeout: 5}\n", "waitForPodsReady.timeout: Invalid value"},
                {HEAD "waitForPodsReady: {timeout: 5 minutes}\n", "waitForPodsReady.timeout: Invalid value: \"5 minutes\""},
                {HEAD "waitForPodsReady: {blockAdmission: 1}\n", "waitForPodsReady.blockAdmission: Invalid value"},
                {HEAD "waitForPodsReady: {requeuingStrategy: {backoffLimitCount: -1}}\n",
                 "waitForPodsReady.requeuingStrategy.backoffLimitCount: Invalid value"},
                {HEAD "waitForPodsReady: {requeuingStrategy: {timestamp: Never}}\n",
                 "waitForPodsReady.requeuingStrategy.timestamp: Unsupported value: \"Never\""},
                {HEAD "fairSharing: yes please\n", "fairSharing: Invalid value"},
                {": :", ""}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct reconcile_queues c;
        struct err err = {{0}};
        assert_true(queues_config_parse(&c, str_of(rows[i].text), &err) < 0);
        if (!str_starts(str_of(err.text), str_of(rows[i].says)))
            fail_msg("%s, not %s", err.text, rows[i].says);
    }
}

static int without_memory(void *ctx)
{
    struct reconcile_queues c;
    struct err err = {{0}};
    (void)ctx;
    int r = queues_config_parse(&c, STR(HEAD "waitForPodsReady: {timeout: 5m}\n"), &err);
    assert_true(r == 0 || err.text[0]);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    unit_fail_allocations(without_memory, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(told), cmocka_unit_test(mistakes), cmocka_unit_test(allocations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
