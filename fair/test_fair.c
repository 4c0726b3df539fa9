#include "fair/fixture.h"

static struct str schema_of(struct ground *g, const char *user, const char *group, const struct apireq_route *r)
{
    struct str groups[] = {str_of(group)}, schema, level;
    struct auth_user u = {.name = str_of(user), .groups = groups, .n_groups = 1};
    struct fair_ask a = {.user = &u, .route = r, .now_ns = g->now, .run = on_turn, .ctx = NULL};
    struct fair_ticket *t = fair_enter(g->f, &a);
    assert_non_null(t);
    fair_uids(t, &schema, &level);
    fair_leave(t);
    return schema;
}

/* The default objects, and to which of them requests go. */
static void test_match(void **state)
{
    static const struct {
        const char *user, *group, *verb, *resource, *sub, *api, *ns, *schema;
    } cases[] = {
        {"kubernetes-admin", "system:masters", "get", "pods", "", "", "x", "exempt"},
        {"system:kube-scheduler", "system:authenticated", "update", "leases", "", "coordination.k8s.io", "kube-system", "system-leader-election"},
        {"system:kube-scheduler", "system:authenticated", "list", "leases", "", "coordination.k8s.io", "kube-system", "kube-scheduler"},
        {"system:kube-scheduler", "system:authenticated", "list", "pods", "", "", "", "kube-scheduler"},
        {"system:node:n1", "system:nodes", "patch", "nodes", "status", "", "", "system-node-high"},
        {"system:node:n1", "system:nodes", "patch", "nodes", "proxy", "", "", "system-nodes"},
        {"system:node:n1", "system:nodes", "update", "leases", "", "coordination.k8s.io", "kube-node-lease", "system-node-high"},
        {"system:node:n1", "system:nodes", "list", "pods", "", "", "", "system-nodes"},
        {"system:serviceaccount:kube-system:x", "system:serviceaccounts", "list", "pods", "", "", "", "kube-system-service-accounts"},
        {"system:serviceaccount:kube-systemx:x", "system:serviceaccounts", "list", "pods", "", "", "", "service-accounts"},
        {"system:serviceaccount:d:x", "system:serviceaccounts", "get", "leases", "", "coordination.k8s.io", "d", "service-accounts"},
        {"jane", "system:authenticated", "get", "pods", "", "", "d", "global-default"},
        {"jane", "strangers", "get", "pods", "", "", "d", "catch-all"},
    };
    struct ground g;
    struct value all = value_make_list();
    (void)state;
    ground_start(&g, 0);
    assert_done(flow_defaults(g.a, &all));
    VALUE_EACH_ITEM (item, &all) {
        struct value v = *value_get(item, STR("object"));
        assert_non_null(value_put(g.a, &v, "metadata.uid", value_make_text(value_text_at(&v, "metadata.name"))));
        assert_non_null(value_add(g.a, str_is(value_text_at(item, "resource"), "flowschemas") ? &g.schemas : &g.levels, v));
    }
    ground_configure(&g);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct apireq_route r = route_of(cases[i].verb, cases[i].resource, cases[i].ns);
        r.subresource = str_of(cases[i].sub);
        r.group = str_of(cases[i].api);
        assert_str(schema_of(&g, cases[i].user, cases[i].group, &r), cases[i].schema);
    }
    struct apireq_route path = {.verb_text = STR("get"), .path = STR("/readyz")};
    assert_str(schema_of(&g, "system:anonymous", "system:unauthenticated", &path), "probes");
    path.path = STR("/readyz/etcd"); /* a path means what lies below it, too */
    assert_str(schema_of(&g, "system:anonymous", "system:unauthenticated", &path), "probes");
    path.path = STR("/readyzz");
    assert_str(schema_of(&g, "system:anonymous", "system:unauthenticated", &path), "global-default");
    ground_end(&g);
}

/* A level without seats to spare queues, gives seats back in order, and refuses what its queue does not hold. */
static void test_seats(void **state)
{
    struct ground g;
    struct asked q[6];
    (void)state;
    ground_start(&g, 10);
    put_level(&g, "one", 1, 0, 1, 1, 2);
    put_level(&g, "rest", 4, 0, 1, 1, 2);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g); /* one: 10 × 1 ∕ (1 + 4 + catch-all's 5) */
    for (size_t i = 0; i < 6; i++) {
        ask(&g, &q[i], "u", 1);
        assert_int_equal(fair_refused(q[i].t) > 0, i > 2);
    }
    assert_ptr_equal(turn(&g, MS), &q[0]);
    assert_ptr_equal(turn(&g, MS), &q[3]); /* the refused have a turn, to be told */
    leave(&q[3]);
    assert_ptr_equal(turn(&g, MS), &q[4]);
    assert_ptr_equal(turn(&g, MS), &q[5]);
    assert_null(turn(&g, MS)); /* the first has its seat yet */
    fair_again(q[0].t, on_turn, &q[0]);
    assert_ptr_equal(turn(&g, MS), &q[0]);
    leave(&q[0]);
    assert_ptr_equal(turn(&g, MS), &q[1]);
    assert_null(turn(&g, MS));
    leave(&q[1]);
    leave(&q[4]);
    leave(&q[5]);
    leave(&q[2]); /* has a seat, and no turn yet */
    assert_false(fair_wanted(g.f));
    ground_end(&g);
}

static void test_reject(void **state)
{
    struct ground g;
    struct asked q[2];
    (void)state;
    ground_start(&g, 6);
    put_level(&g, "one", 1, 0, 0, 0, 0);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    ask(&g, &q[0], "u", 7); /* wider than the level: alone it may */
    ask(&g, &q[1], "u", 1);
    assert_int_equal(fair_refused(q[0].t), 0);
    assert_int_equal(fair_refused(q[1].t), 1);
    leave(&q[0]);
    leave(&q[1]);
    ask(&g, &q[0], "u", 1);
    assert_int_equal(fair_refused(q[0].t), 0);
    leave(&q[0]);
    ground_end(&g);
}

static void test_expire(void **state)
{
    struct ground g;
    struct asked q[3];
    (void)state;
    ground_start(&g, 6);
    put_level(&g, "one", 1, 0, 1, 1, 50);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    for (size_t i = 0; i < 3; i++, g.now += 1000 * MS)
        ask(&g, &q[i], "u", 1);
    assert_int_equal(fair_expire(g.f, 500 * MS), 2);
    assert_int_equal(fair_expire(g.f, 1500 * MS), 1);
    assert_true(fair_refused(q[1].t));
    assert_false(fair_refused(q[2].t));
    for (size_t i = 0; i < 3; i++)
        leave(&q[i]);
    SCOPED_BUF b = BUF_INIT(0);
    fair_metrics(g.f, &b);
    assert_non_null(strstr(buf_cstr(&b), "rejected_requests_total{flow_schema=\"mine\",priority_level=\"one\",reason=\"time-out\"} 1\n"));
    ground_end(&g);
}

/* Many are refused: they are bidden to wait longer, and when it is calm again, shorter. */
static void test_retry_after(void **state)
{
    struct ground g;
    struct asked hold, q;
    int longest = 0, last = 0;
    (void)state;
    ground_start(&g, 6);
    put_level(&g, "one", 1, 0, 0, 0, 0);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    ask(&g, &hold, "u", 1);
    for (size_t i = 0; i < 2000; i++, g.now += 100 * MS) {
        ask(&g, &q, "u", 1);
        longest = MAX(longest, fair_refused(q.t));
        leave(&q);
    }
    assert_true(longest > 3 && longest <= 32);
    for (size_t i = 0; i < 40; i++, g.now += 40000 * MS) {
        ask(&g, &q, "u", 1);
        last = fair_refused(q.t);
        leave(&q);
    }
    assert_int_equal(last, 1);
    leave(&hold);
    ground_end(&g);
}

/* A level that needs more than its own gets it from one that does not, and gives it back. */
static int limit_of(struct ground *g, const char *level)
{
    char want[200];
    SCOPED_BUF b = BUF_INIT(0);
    fair_metrics(g->f, &b);
    snprintf(want, sizeof(want), "current_limit_seats{priority_level=\"%s\"} ", level);
    const char *at = strstr(buf_cstr(&b), want);
    assert_non_null(at);
    return atoi(at + strlen(want));
}

static void test_borrow(void **state)
{
    struct ground g;
    struct asked q[60];
    (void)state;
    ground_start(&g, 105);
    put_level(&g, "lender", 50, 80, 64, 4, 50);
    put_level(&g, "borrower", 50, 80, 64, 4, 50);
    put_schema(&g, "mine", "borrower", 100, "*");
    ground_configure(&g);
    assert_true(limit_of(&g, "borrower") <= 45);
    for (size_t i = 0; i < 60; i++)
        ask(&g, &q[i], "u", 1);
    for (size_t i = 0; i < 60; i++) {
        g.now += FAIR_ADJUST_MS * MS;
        fair_adjust(g.f, g.now);
    }
    assert_true(limit_of(&g, "borrower") >= 60);
    assert_true(limit_of(&g, "lender") >= 10); /* what it does not lend */
    unsigned turns = 0;
    while (turn(&g, 1000))
        turns++;
    assert_int_equal(turns, 60);
    for (size_t i = 0; i < 60; i++)
        leave(&q[i]);
    for (size_t i = 0; i < 300; i++) {
        g.now += FAIR_ADJUST_MS * MS;
        fair_adjust(g.f, g.now);
    }
    assert_true(limit_of(&g, "borrower") <= 45);
    ground_end(&g);
}

/* A level goes while requests are in it: they are served, then nothing is left of it. */
static void test_gone(void **state)
{
    struct ground g;
    struct asked q[3];
    (void)state;
    ground_start(&g, 6);
    put_level(&g, "one", 1, 0, 1, 1, 50);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    for (size_t i = 0; i < 3; i++)
        ask(&g, &q[i], "u", 1);
    assert_ptr_equal(turn(&g, MS), &q[0]);
    g.schemas = g.levels = value_make_list();
    ground_configure(&g);
    SCOPED_BUF b = BUF_INIT(0);
    fair_dump(g.f, FAIR_LEVELS, g.now, 1700000000, &b);
    assert_non_null(strstr(buf_cstr(&b), "one,\t1,\tfalse,\ttrue,\t2,\t1,\t1,\t0,\t0,\t0\n"));
    leave(&q[0]);
    assert_ptr_equal(turn(&g, MS), &q[1]);
    leave(&q[1]);
    void (*run)(void *ctx), *ctx;
    assert_true(fair_next(g.f, g.now, &run, &ctx)); /* the last one leaves in the middle of its turn */
    leave(&q[2]);
    fair_charge(g.f, MS);
    buf_clear(&b);
    fair_dump(g.f, FAIR_LEVELS, g.now, 1700000000, &b);
    assert_null(strstr(buf_cstr(&b), "one,"));
    ground_end(&g);
}

static void test_tables(void **state)
{
    struct ground g;
    struct asked q[2];
    (void)state;
    ground_start(&g, 6);
    g.now = 5000 * MS;
    put_level(&g, "one", 1, 0, 1, 1, 50);
    put_schema(&g, "mine", "one", 100, "*");
    ground_configure(&g);
    ask(&g, &q[0], "somebody", 1);
    ask(&g, &q[1], "somebody", 1);
    turn(&g, MS);
    SCOPED_BUF b = BUF_INIT(0);
    fair_dump(g.f, FAIR_REQUESTS, g.now, 1700000000, &b);
    assert_non_null(strstr(buf_cstr(&b), "one,\tmine,\t0,\t0,\tsomebody,\t2023-11-14T22:13:19.999Z,\t1,\t0,\t0s,\t0001-01-01T00:00:00Z\n"));
    assert_non_null(strstr(buf_cstr(&b), "one,\tmine,\t0,\t-1,\tsomebody,\t2023-11-14T22:13:19.999Z,\t1,\t0,\t0s,\t2023-11-14T22:13:19.999Z\n"));
    buf_clear(&b);
    fair_dump(g.f, FAIR_QUEUES, g.now, 1700000000, &b);
    assert_non_null(strstr(buf_cstr(&b), "one,\t0,\t1,\t1,\t1,\t"));
    leave(&q[0]);
    leave(&q[1]);
    ground_end(&g);
}

static int all(void *ctx)
{
    static struct str groups[] = {STR_INIT("system:authenticated")};
    struct auth_user u = {.name = STR("u"), .groups = groups, .n_groups = 1};
    struct apireq_route route = route_of("get", "pods", "default");
    struct ground *g = ctx;
    struct fair_ask a = {.user = &u, .route = &route, .seats = 1, .run = on_turn, .ctx = g};
    struct fair_ticket *t[3] = {NULL};
    struct fair *f = NULL;
    int r = fair_new(&f, 6);
    if (r == 0)
        r = fair_configure(f, &g->schemas, &g->levels, 0);
    for (size_t i = 0; r == 0 && i < 3; i++)
        if (!(t[i] = fair_enter(f, &a)))
            r = -ENOMEM;
    if (r == 0)
        r = fair_configure(f, NULL, NULL, 0);
    for (size_t i = 0; i < 3; i++)
        fair_leave(t[i]);
    fair_free(f);
    return r;
}

static void test_memory(void **state)
{
    struct ground g;
    (void)state;
    ground_start(&g, 6);
    put_level(&g, "one", 1, 0, 4, 2, 50);
    put_schema(&g, "mine", "one", 100, "*");
    unit_fail_allocations(all, &g);
    ground_end(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match),  cmocka_unit_test(test_seats),  cmocka_unit_test(test_reject),
        cmocka_unit_test(test_expire), cmocka_unit_test(test_gone),   cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_borrow), cmocka_unit_test(test_tables), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
