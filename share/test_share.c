#include "tests/unit.h"

#include "json/json.h"
#include "share/share.h"

struct ground {
    struct share *share;
    struct sched *sched;
    struct arena *mem;
};

static int open_ground(struct ground *g, enum share_policy policy)
{
    struct sched_profile profile;
    *g = (struct ground){0};
    int r = share_new(&g->share, policy);
    if (r < 0)
        return r;
    struct sched_plugin plugin = share_plugin(g->share);
    sched_profile_default(&profile, STR("default-scheduler"));
    profile.scores = 1u << SCHED_RULE_PLUGIN;
    profile.weights[SCHED_RULE_PLUGIN] = 1;
    r = sched_new(&g->sched, &(struct sched_options){.profiles = &profile, .n_profiles = 1, .plugins = &plugin, .n_plugins = 1});
    if (r == 0)
        share_attach(g->share, g->sched, 0);
    return r == 0 ? arena_new(&g->mem, 1u << 22) : r;
}

static void close_ground(struct ground *g)
{
    sched_free(g->sched);
    share_free(g->share);
    arena_free(g->mem);
}

static int add_node(struct ground *g, const char *name, int gpus, const char *model)
{
    struct value v;
    struct str text = arena_fmt(
        g->mem, "{\"metadata\":{\"name\":\"%s\"},\"status\":{\"allocatable\":{\"cpu\":\"64\",\"memory\":\"64Gi\",\"pods\":\"110\"}}}", name);
    int r = text.p ? json_parse(g->mem, text, &v, NULL) : -ENOMEM;
    if (r == 0)
        r = sched_put(g->sched, SCHED_NODE, &v, NULL);
    return r < 0 ? r : share_node(g->share, sched_node_find(g->sched, str_of(name)), gpus, str_of(model));
}

static int add_pod(struct ground *g, const char *name, int count, int milli, const char *models, struct sched_pod **out)
{
    struct value v;
    struct share_demand d;
    struct str text = arena_fmt(g->mem,
                                "{\"metadata\":{\"name\":\"%s\",\"uid\":\"%s\",\"namespace\":\"default\",\"annotations\":{\"" SHARE_COUNT
                                "\":\"%d\",\"" SHARE_MILLI "\":\"%d\",\"" SHARE_MODELS
                                "\":\"%s\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"2\"}}}]}}",
                                name, name, count, milli, models);
    int r = text.p ? json_parse(g->mem, text, &v, NULL) : -ENOMEM;
    if (r == 0)
        r = share_read(&v, &d, NULL);
    if (r == 0)
        r = sched_put(g->sched, SCHED_POD, &v, NULL);
    if (r < 0)
        return r;
    *out = sched_pod_find(g->sched, str_of(name));
    r = share_pod(g->share, *out, &d);
    if (r < 0)
        sched_del(g->sched, SCHED_POD, STR_NONE, str_of(name), NULL);
    return r;
}

/* Where it went, or SCHED_NOWHERE. */
static uint32_t place(struct ground *g, struct sched_pod *p)
{
    struct sched_verdict v;
    assert_done(sched_place(g->sched, p, &v));
    if (v.node != SCHED_NOWHERE)
        assert_done(sched_assume(g->sched, p, v.node));
    return v.node;
}

static void drop(struct ground *g, const char *name)
{
    share_pod_gone(g->share, sched_pod_find(g->sched, str_of(name)));
    sched_del(g->sched, SCHED_POD, STR_NONE, str_of(name), NULL);
}

static void test_parts_and_wholes(void **state)
{
    struct ground g;
    struct sched_pod *p[5];
    (void)state;
    for (int policy = 0; policy < SHARE_POLICIES; policy++) {
        assert_done(open_ground(&g, (enum share_policy)policy));
        assert_done(share_expect(g.share, &(struct share_demand){.cpu = 2000, .count = 1, .milli = 500}, 1));
        assert_done(add_node(&g, "a", 2, "T4"));
        assert_done(add_pod(&g, "half", 1, 500, "", &p[0]));
        assert_done(add_pod(&g, "other-half", 1, 500, "", &p[1]));
        assert_done(add_pod(&g, "two", 2, 1000, "", &p[2]));
        assert_done(add_pod(&g, "one", 1, 1000, "", &p[3]));
        assert_int_not_equal(place(&g, p[0]), SCHED_NOWHERE);
        assert_int_not_equal(place(&g, p[1]), SCHED_NOWHERE);
        assert_int_equal(share_held(g.share, p[0]), share_held(g.share, p[1])); /* the second half of the same one */
        assert_int_equal(place(&g, p[2]), SCHED_NOWHERE);
        assert_int_not_equal(place(&g, p[3]), SCHED_NOWHERE);
        struct share_sums sums;
        share_sums(g.share, &sums);
        assert_int_equal(sums.taken, 2000);
        drop(&g, "half");
        drop(&g, "other-half");
        drop(&g, "one");
        assert_int_not_equal(place(&g, p[2]), SCHED_NOWHERE);
        assert_int_equal(share_held(g.share, p[2]), 3);
        sched_forget(g.sched, p[2]);
        share_sums(g.share, &sums);
        assert_int_equal(sums.taken, 0);
        drop(&g, "two");
        close_ground(&g);
    }
}

static void test_models_and_words(void **state)
{
    struct ground g;
    struct sched_pod *p, *q;
    struct sched_verdict v;
    SCOPED_BUF words = BUF_INIT(0);
    (void)state;
    assert_done(open_ground(&g, SHARE_FIT));
    assert_done(add_node(&g, "a", 2, "T4"));
    assert_done(add_node(&g, "b", 1, "V100"));
    assert_done(add_node(&g, "c", 0, ""));
    assert_done(add_pod(&g, "p", 1, 1000, "A10|V100", &p));
    assert_int_equal(place(&g, p), sched_node_find(g.sched, STR("b")));
    assert_done(add_pod(&g, "q", 1, 100, "V100", &q));
    assert_done(sched_place(g.sched, q, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_explain(g.sched, q, &v, &words);
    assert_str(buf_view(&words), "0/3 nodes are available: 1 Insufficient GPUs, 2 node(s) had no such GPUs.");
    drop(&g, "p");
    assert_int_equal(place(&g, q), sched_node_find(g.sched, STR("b"))); /* what went has touched the node */
    drop(&g, "q");
    close_ground(&g);
}

/* Of two nodes the one where a half GPU is free already takes a half; a pod without GPUs goes where there are none. */
static void test_gradient_keeps_wholes(void **state)
{
    struct ground g;
    struct sched_pod *p[4];
    (void)state;
    for (int policy = SHARE_GRADIENT; policy <= SHARE_FIT; policy++) {
        assert_done(open_ground(&g, (enum share_policy)policy));
        assert_done(share_expect(g.share, &(struct share_demand){.cpu = 2000, .count = 1, .milli = 1000}, 1));
        assert_done(share_expect(g.share, &(struct share_demand){.cpu = 2000, .count = 1, .milli = 500}, 1));
        assert_done(add_node(&g, "a", 1, ""));
        assert_done(add_node(&g, "b", 1, ""));
        assert_done(add_pod(&g, "p", 1, 500, "", &p[0]));
        assert_done(add_pod(&g, "q", 1, 500, "", &p[1]));
        assert_done(add_pod(&g, "r", 1, 1000, "", &p[2]));
        uint32_t first = place(&g, p[0]);
        assert_int_equal(place(&g, p[1]), first);
        assert_int_not_equal(place(&g, p[2]), first);
        drop(&g, "p");
        drop(&g, "q");
        drop(&g, "r");
        close_ground(&g);
    }
    assert_done(open_ground(&g, SHARE_FIT));
    assert_done(add_node(&g, "a", 8, ""));
    assert_done(add_node(&g, "b", 0, ""));
    assert_done(add_pod(&g, "p", 0, 0, "", &p[3]));
    assert_int_equal(place(&g, p[3]), sched_node_find(g.sched, STR("b")));
    drop(&g, "p");
    close_ground(&g);
}

static void test_bad_annotations(void **state)
{
    static const struct {
        const char *count, *milli, *wanted;
    } rows[] = {
        {"-1", "1000", "metadata.annotations[coracle.dev/gpu-count]: Invalid value: \"-1\": must be a whole number from 0 to 16"},
        {"x", "1000", "metadata.annotations[coracle.dev/gpu-count]: Invalid value: \"x\": must be a whole number from 0 to 16"},
        {"1", "1001", "metadata.annotations[coracle.dev/gpu-milli]: Invalid value: \"1001\": must be a whole number from 0 to 1000"},
        {"2", "500", "metadata.annotations[coracle.dev/gpu-milli]: Invalid value: \"500\": several GPUs are whole ones"},
    };
    SCOPED(arena) a = NULL;
    (void)state;
    assert_done(arena_new(&a, 1u << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value v;
        struct share_demand d;
        struct err err = {{0}};
        struct str text =
            arena_fmt(a, "{\"metadata\":{\"annotations\":{\"" SHARE_COUNT "\":\"%s\",\"" SHARE_MILLI "\":\"%s\"}}}", rows[i].count, rows[i].milli);
        assert_done(json_parse(a, text, &v, NULL));
        assert_int_equal(share_read(&v, &d, &err), -EINVAL);
        assert_string_equal(err.text, rows[i].wanted);
    }
}

static int body(void *ctx)
{
    struct ground g;
    struct sched_pod *p = NULL;
    struct sched_verdict v;
    (void)ctx;
    int r = open_ground(&g, SHARE_FIT);
    if (r == 0)
        r = share_expect(g.share, &(struct share_demand){.cpu = 1, .count = 1, .milli = 500, .models = STR("T4")}, 1);
    if (r == 0)
        r = add_node(&g, "a", 2, "T4");
    if (r == 0)
        r = add_pod(&g, "p", 1, 500, "T4", &p);
    if (r == 0)
        r = sched_place(g.sched, p, &v);
    if (r == 0)
        r = sched_assume(g.sched, p, v.node);
    if (r == 0)
        assert_int_not_equal(share_held(g.share, p), 0);
    if (p && sched_pod_find(g.sched, STR("p")))
        share_pod_gone(g.share, p);
    close_ground(&g);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_and_wholes), cmocka_unit_test(test_models_and_words), cmocka_unit_test(test_gradient_keeps_wholes),
        cmocka_unit_test(test_bad_annotations),  cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
