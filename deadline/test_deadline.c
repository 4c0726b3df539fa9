/* Deadline admission: what annotations say, that the bound holds after every one of a million random steps, and that what fits is found. */
#include "tests/unit.h"
#include "tests/quoted.h"

#include "deadline/deadline.h"
#include "json/json.h"

#define NODES 6
#define STEPS 1000000

struct ground {
    struct deadline *d;
    struct sched *s;
    struct arena *a;
};

static struct ground begin(void)
{
    struct ground g = {0};
    assert_done(arena_new(&g.a, 64u << 20));
    assert_done(deadline_new(&g.d));
    struct sched_plugin plugin = deadline_plugin(g.d);
    struct sched_options o = {.plugins = &plugin, .n_plugins = 1};
    assert_done(sched_new(&g.s, &o));
    deadline_attach(g.d, g.s, 0);
    return g;
}

static void end(struct ground *g)
{
    sched_free(g->s);
    deadline_free(g->d);
    arena_free(g->a);
}

static void node(struct ground *g, const char *name, int cores)
{
    char text[400];
    snprintf(text, sizeof(text), "{'metadata':{'name':'%s'},'status':{'allocatable':{'cpu':'%d','memory':'64Gi','pods':'10000'}}}", name, cores);
    assert_done(sched_put(g->s, SCHED_NODE, quoted(g->a, "%s", text), NULL));
    assert_done(deadline_node_put(g->d, quoted(g->a, "%s", text)));
}

static const char *pod_text(char *text, size_t n, const char *name, const char *on, const char *notes)
{
    snprintf(text, n,
             "{'metadata':{'name':'%s','uid':'%s','namespace':'default','annotations':{%s}},'spec':{%s%s%s'containers':[{'name':'a'},{'name':'b'},{'"
             "name':'c'},{'name':'d'}]}}",
             name, name, notes, *on ? "'nodeName':'" : "", on, *on ? "'," : "");
    return text;
}

static struct sched_pod *pod(struct ground *g, const char *name, const char *on, const char *notes)
{
    char text[1500];
    struct value *v = quoted(g->a, "%s", pod_text(text, sizeof(text), name, on, notes));
    struct sched_event e;
    assert_done(sched_put(g->s, SCHED_POD, v, &e));
    assert_done(deadline_pod_put(g->d, v));
    return e.pod;
}

static uint32_t place(struct ground *g, struct sched_pod *p)
{
    struct sched_verdict v;
    assert_done(sched_place(g->s, p, &v));
    if (v.node != SCHED_NOWHERE)
        assert_done(sched_assume(g->s, p, v.node));
    return v.node;
}

static void annotations(void **state)
{
    (void)state;
    static const struct {
        const char *note, *fault; /* NULL: good */
        int32_t density;
    } rows[] = {
        {"'deadline.coracle.dev/a':'runtime=2ms,deadline=5ms,period=10ms'", NULL, 400000},
        {"'deadline.coracle.dev/a':'runtime=2ms,period=10ms'", NULL, 200000},
        {"'deadline.coracle.dev/a':'runtime=1000000, period=3ms'", NULL, 333334}, /* up, never down */
        {"'deadline.coracle.dev/a':'runtime=2ms'", "1024ns <= runtime", 0},
        {"'deadline.coracle.dev/a':'runtime=3ms,deadline=2ms,period=10ms'", "1024ns <= runtime", 0},
        {"'deadline.coracle.dev/a':'runtime=3ms,deadline=20ms,period=10ms'", "1024ns <= runtime", 0},
        {"'deadline.coracle.dev/a':'runtime=1ns,period=10ms'", "1024ns <= runtime", 0},
        {"'deadline.coracle.dev/a':'runtime=1s,period=5s'", "1024ns <= runtime", 0},
        {"'deadline.coracle.dev/a':'runtime=-1ms,period=10ms'", "must be runtime=TIME", 0},
        {"'deadline.coracle.dev/a':'runtime=2h,period=10ms'", "must be runtime=TIME", 0},
        {"'deadline.coracle.dev/a':'runtime=99999999999999999999ms,period=1s'", "must be runtime=TIME", 0},
        {"'deadline.coracle.dev/a':'budget=2ms'", "must be runtime=TIME", 0},
        {"'deadline.coracle.dev/a':''", "must be runtime=TIME", 0},
        {"'deadline.coracle.dev/z':'runtime=2ms,period=10ms'",
         "metadata.annotations[deadline.coracle.dev/z]: Invalid value: \"runtime=2ms,period=10ms\": the pod has no such container", 0},
    };
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct deadline_task t[DEADLINE_TASKS_MAX];
        struct err err = {{0}};
        char text[1000];
        size_t n;
        int r = deadline_read(quoted(a, "%s", pod_text(text, sizeof(text), "p", "", rows[i].note)), t, &n, &err);
        if (rows[i].fault ? r != -EINVAL || !strstr(err.text, rows[i].fault) : r != 0 || n != 1 || t[0].density != rows[i].density)
            fail_msg("%s: %d, %s", rows[i].note, r, err.text);
    }
}

#define ASK(c, ms) "'deadline.coracle.dev/" c "':'runtime=" ms "ms,period=100ms'"

static void admission(void **state)
{
    (void)state;
    struct ground g = begin();
    int32_t used[4];
    node(&g, "n", 2);
    /* 60 + 35 on one core, 50 + 45 on the other: only one way, and it is found. */
    struct sched_pod *p = pod(&g, "p", "", ASK("a", "45") "," ASK("b", "60") "," ASK("c", "35") "," ASK("d", "50"));
    assert_int_not_equal(place(&g, p), SCHED_NOWHERE);
    assert_int_equal(deadline_node_used(g.d, STR("n"), used, 4), 2);
    assert_int_equal(used[0], 950000);
    assert_int_equal(used[1], 950000);
    SCOPED_BUF cores = BUF_INIT(1000);
    SCOPED_BUF words = BUF_INIT(1000);
    assert_true(deadline_cores(g.d, STR("p"), &cores));
    struct sched_pod *q = pod(&g, "q", "", ASK("a", "1"));
    struct sched_verdict v;
    assert_done(sched_place(g.s, q, &v));
    assert_int_equal(v.node, SCHED_NOWHERE);
    sched_explain(g.s, q, &v, &words);
    assert_str(buf_view(&words), "0/1 nodes are available: 1 Insufficient deadline bandwidth.");
    struct sched_pod *plain = pod(&g, "plain", "", "");
    assert_int_not_equal(place(&g, plain), SCHED_NOWHERE);
    /* What is not readable waits with its path. */
    struct sched_pod *odd = pod(&g, "odd", "", "'deadline.coracle.dev/a':'soon'");
    assert_done(sched_place(g.s, odd, &v));
    assert_true(strstr(v.before, "metadata.annotations[deadline.coracle.dev/a]") != NULL);
    /* It did not go there after all. */
    sched_forget(g.s, p);
    deadline_node_used(g.d, STR("n"), used, 4);
    assert_int_equal(used[0] + used[1], 0);
    assert_int_not_equal(place(&g, q), SCHED_NOWHERE);
    end(&g);
}

/* A scheduler that starts anew takes the cores from the pods. */
static void again(void **state)
{
    (void)state;
    struct ground g = begin();
    int32_t used[4];
    node(&g, "n", 4);
    pod(&g, "p", "n", ASK("a", "50") "," ASK("b", "20") ",'coracle.dev/deadline-cores':'a=3,b=1'");
    deadline_node_used(g.d, STR("n"), used, 4);
    assert_int_equal(used[3], 500000);
    assert_int_equal(used[1], 200000);
    pod(&g, "q", "n", ASK("a", "60") ",'coracle.dev/deadline-cores':'a=3'"); /* cannot be: another core */
    deadline_node_used(g.d, STR("n"), used, 4);
    assert_int_equal(used[3], 500000);
    struct sched_event e;
    sched_del(g.s, SCHED_POD, STR_NONE, STR("p"), &e);
    deadline_pod_gone(g.d, STR("p"));
    deadline_node_used(g.d, STR("n"), used, 4);
    assert_int_equal(used[0] + used[1] + used[2] + used[3], 600000);
    end(&g);
}

/* ── a million steps ── */

static uint64_t dice = 42;
static uint32_t roll(uint32_t n)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(dice >> 33) % n;
}

static void check(struct ground *g, const int32_t *cores, const int64_t *sums)
{
    for (int i = 0; i < NODES; i++) {
        int32_t used[16];
        char name[8];
        int64_t sum = 0;
        snprintf(name, sizeof(name), "n%d", i);
        size_t n = deadline_node_used(g->d, str_of(name), used, 16);
        assert_int_equal(n, cores[i]);
        for (size_t k = 0; k < n; k++) {
            assert_true(used[k] >= 0 && used[k] <= DEADLINE_BOUND);
            sum += used[k];
        }
        assert_int_equal(sum, sums[i]); /* nothing is lost, nothing counted twice */
    }
}

#define PODS 200
struct one {
    struct sched_pod *p;
    int64_t density;
    uint32_t node;
    bool there;
};

static int64_t *sum_of(struct ground *g, int64_t *sums, const struct one *o)
{
    return &sums[sched_node_name(g->s, o->node).p[1] - '0'];
}

/* Pods of few sorts, as replicas are: up to three tasks of six sizes. */
static void come(struct ground *g, struct one *o, const char *name)
{
    static const int sizes[] = {2, 11, 20, 31, 45, 62, 94};
    char notes[500] = "";
    size_t n = 1 + roll(3);
    o->density = 0;
    for (size_t k = 0; k < n; k++) {
        int ms = sizes[roll(ARRAY_LEN(sizes))];
        snprintf(notes + strlen(notes), sizeof(notes) - strlen(notes), "%s'deadline.coracle.dev/%c':'runtime=%dms,period=100ms'", k ? "," : "",
                 'a' + (int)k, ms);
        o->density += ms * 10000;
    }
    o->p = pod(g, name, "", notes);
    o->there = true;
}

static void random_steps(void **state)
{
    (void)state;
    struct ground g = begin();
    struct one pods[PODS] = {0};
    int32_t cores[NODES] = {1, 2, 4, 8, 3, 16};
    int64_t sums[NODES] = {0};
    size_t placed = 0, refused = 0, forgotten = 0;
    for (int i = 0; i < NODES; i++) {
        char name[8];
        snprintf(name, sizeof(name), "n%d", i);
        node(&g, name, cores[i]);
    }
    for (int step = 0; step < STEPS; step++) {
        struct one *o = &pods[roll(PODS)];
        struct sched_event e;
        char name[16];
        snprintf(name, sizeof(name), "p%zu", (size_t)(o - pods));
        arena_reset(g.a);
        bool waits = !o->there || o->node == SCHED_NOWHERE;
        if (waits && (!o->there || roll(4))) {
            if (!o->there)
                come(&g, o, name);
            o->node = place(&g, o->p);
            *(o->node != SCHED_NOWHERE ? &placed : &refused) += 1;
            if (o->node != SCHED_NOWHERE)
                *sum_of(&g, sums, o) += o->density;
        } else if (!waits && roll(3) == 0) { /* it did not go there after all */
            *sum_of(&g, sums, o) -= o->density;
            sched_forget(g.s, o->p);
            o->node = SCHED_NOWHERE;
            forgotten++;
        } else {
            if (!waits)
                *sum_of(&g, sums, o) -= o->density;
            sched_del(g.s, SCHED_POD, STR_NONE, str_of(name), &e);
            deadline_pod_gone(g.d, str_of(name));
            *o = (struct one){.node = SCHED_NOWHERE};
        }
        check(&g, cores, sums);
    }
    print_message("%zu placed, %zu refused, %zu forgotten\n", placed, refused, forgotten);
    assert_true(placed > STEPS / 20 && refused > STEPS / 20 && forgotten > STEPS / 50);
    end(&g);
}

static int whole(void *ctx)
{
    struct deadline *d = NULL;
    (void)ctx;
    SCOPED(arena) a = NULL;
    int r = arena_new(&a, 1u << 20);
    if (r == 0)
        r = deadline_new(&d);
    char text[1500];
    struct value pod = {0}, n = {0};
    if (r == 0)
        r = json_parse(a, STR("{\"metadata\":{\"name\":\"n\"},\"status\":{\"allocatable\":{\"cpu\":\"4\"}}}"), &n, NULL);
    if (r == 0)
        r = deadline_node_put(d, &n);
    pod_text(text, sizeof(text), "p", "n", ASK("a", "50"));
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    if (r == 0)
        r = json_parse(a, str_of(text), &pod, NULL);
    if (r == 0)
        r = deadline_pod_put(d, &pod);
    deadline_free(d);
    return r;
}

static void allocations_fail(void **state)
{
    (void)state;
    unit_fail_allocations(whole, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(annotations), cmocka_unit_test(admission), cmocka_unit_test(again),
                                       cmocka_unit_test(random_steps), cmocka_unit_test(allocations_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
