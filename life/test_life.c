#include "life/inside.h"
#include "tests/fake.h"

/* What needs no root and no machine: decisions about resources, environment, restarts and phases. */

struct ground {
    struct arena *a;
    struct pod_host host;
    struct worker worker;
    struct container containers[4];
};

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    assert_done(arena_new(&g->a, 16u << 20));
    g->worker.host = &g->host;
    g->worker.grace_at_most = -1;
    g->host.memory_bytes = (int64_t)8 << 30;
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    arena_free(g->a);
    free(g);
    return 0;
}

#define BOTH(l)   "{'resources':{'limits':{" l "},'requests':{" l "}}}"
#define LIMITS(l) "{'resources':{'limits':{" l "}}}"
#define ASKS(l)   "{'resources':{'requests':{" l "}}}"

static void quality_of_service(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *spec;
        enum runtime_qos want;
    } rows[] = {
        {"'containers':[{}]", RUNTIME_BEST_EFFORT},
        {"'containers':[" BOTH("'cpu':'1','memory':'1Gi'") "]", RUNTIME_GUARANTEED},
        {"'containers':[" LIMITS("'cpu':'1','memory':'1Gi'") "]", RUNTIME_GUARANTEED},
        {"'containers':[" LIMITS("'cpu':'1'") "]", RUNTIME_BURSTABLE},
        {"'containers':[" ASKS("'memory':'1Mi'") "]", RUNTIME_BURSTABLE},
        {"'containers':[" BOTH("'cpu':'1','memory':'1Gi'") ",{}]", RUNTIME_BURSTABLE},
        {"'containers':[" BOTH("'cpu':'1','memory':'1Gi'") "],'initContainers':[{}]", RUNTIME_BURSTABLE},
        {"'containers':[{'resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}}}]", RUNTIME_BURSTABLE},
        {"'containers':[{'resources':{'limits':{'cpu':'1000m','memory':'1024Mi'},'requests':{'cpu':'1','memory':'1Gi'}}"
         "}]",
         RUNTIME_GUARANTEED},
        {"'containers':[" LIMITS("'example.com/gpu':'1'") "]", RUNTIME_BEST_EFFORT},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (pod_resources_qos(quoted(g->a, "{'spec':{%s}}", rows[i].spec)) != rows[i].want)
            fail_msg("%s", rows[i].spec);
}

static void oom_scores(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *spec;
        int64_t want;
    } rows[] = {
        {"'containers':[{}]", 1000},
        {"'containers':[" BOTH("'cpu':'1','memory':'1Gi'") "]", -997},
        {"'containers':[" ASKS("'memory':'4Gi'") "]", 500}, /* half the machine */
        {"'containers':[" ASKS("'memory':'8Gi'") "]", 3},
        {"'containers':[" ASKS("'cpu':'1'") "]", 999},
        {"'priorityClassName':'system-node-critical','containers':[{}]", -997},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct value *pod = quoted(g->a, "{'spec':{%s}}", rows[i].spec);
        assert_int_equal(pod_resources_oom_score(&g->host, pod, value_item(value_at(pod, "spec.containers"), 0)), rows[i].want);
    }
}

static void cgroup_values(void **state)
{
    struct ground *g = *state;
    struct runtime_resources r;
    pod_resources_of_container(
        g->a, quoted(g->a, "{'resources':{'limits':{'cpu':'500m','memory':'64Mi','hugepages-2Mi':'4Mi'},'requests':{'cpu':'250m'}}}"), &r);
    assert_int_equal(r.cpu_quota, 50000);
    assert_int_equal(r.cpu_shares, 256);
    assert_int_equal(r.memory, 64 << 20);
    assert_int_equal(r.n_hugepages, 1);
    assert_int_equal(r.hugepages[0].bytes, 4 << 20);
    /* A pod is bound only when all its containers are; the largest init container counts when it is more. */
    pod_resources_of_pod(quoted(g->a, "{'spec':{'containers':[" LIMITS("'cpu':'1','memory':'1Mi'") ",{}]}}"), &r);
    assert_int_equal(r.memory, 0);
    assert_int_equal(r.cpu_quota, 0);
    pod_resources_of_pod(quoted(g->a, "{'spec':{'containers':[" LIMITS("'cpu':'1','memory':'1Mi'") "," LIMITS(
                                          "'cpu':'1','memory':'2Mi'") "],"
                                                                      "'initContainers':[" LIMITS("'cpu':'5','memory':'1Mi'") "]}}"),
                         &r);
    assert_int_equal(r.memory, 3 << 20);
    assert_int_equal(r.cpu_quota, 500000);
    /* The overhead of a RuntimeClass is the pod's, not its containers'. */
    pod_resources_of_pod(quoted(g->a, "{'spec':{'overhead':{'cpu':'250m','memory':'1Mi'},'containers':[" BOTH("'cpu':'1','memory':'2Mi'") "]}}"), &r);
    assert_int_equal(r.memory, 3 << 20);
    assert_int_equal(r.cpu_quota, 125000);
    assert_int_equal(r.cpu_shares, 1280);
    pod_resources_of_pod(quoted(g->a, "{'spec':{'overhead':{'cpu':'250m','memory':'1Mi'},'containers':[{}]}}"), &r);
    assert_int_equal(r.memory, 0);
    assert_int_equal(r.cpu_shares, 256);
}

static void environment(void **state)
{
    struct ground *g = *state;
    static const char *const env[] = {"A=1", "AB=two", "EMPTY=", NULL};
    static const char *const rows[][2] = {
        {"plain", "plain"},     {"$(A)", "1"},     {"x$(AB)y", "xtwoy"}, {"$(A)$(A)", "11"}, {"$(EMPTY)", ""},
        {"$(NONE)", "$(NONE)"}, {"$$(A)", "$(A)"}, {"$$$(A)", "$1"},     {"$A", "$A"},       {"$", "$"},
        {"$(A", "$(A"},         {"$(", "$("},      {"$()", "$()"},       {"a$$b", "a$b"},    {"$($(A))", "$($(A))"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str out;
        assert_done(pod_environment_expand(g->a, env, str_of(rows[i][0]), &out));
        assert_str(out, rows[i][1]);
    }
}

static struct container *container(struct ground *g, enum container_kind kind, const char *spec)
{
    struct container *c = &g->containers[g->worker.n_containers];
    memset(c, 0, sizeof(*c));
    c->worker = &g->worker;
    c->kind = kind;
    c->spec = quoted(g->a, "{%s}", spec);
    g->worker.containers[g->worker.n_containers++] = c;
    return c;
}

static void policy(struct ground *g, const char *name)
{
    g->worker.pod = *quoted(g->a, "{'spec':{'restartPolicy':'%s'}}", name);
    g->worker.n_containers = 0;
}

static void ends(struct container *c, int code)
{
    c->state = CONTAINER_EXITED;
    c->end = (struct container_end){.set = true, .code = code};
}

static void restarts(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *policy, *own;
        enum container_kind kind;
        bool after_0, after_1;
    } rows[] = {
        {"Always", "", CONTAINER_APP, true, true},
        {"OnFailure", "", CONTAINER_APP, false, true},
        {"Never", "", CONTAINER_APP, false, false},
        {"Always", "", CONTAINER_INIT, false, true},
        {"OnFailure", "", CONTAINER_INIT, false, true},
        {"Never", "", CONTAINER_INIT, false, false},
        {"Never", "'restartPolicy':'Always'", CONTAINER_SIDECAR, true, true},
        {"Always", "", CONTAINER_EPHEMERAL, false, false},
        {"Never", "'restartPolicy':'OnFailure'", CONTAINER_APP, false, true},
        {"Never",
         "'restartPolicy':'Never','restartPolicyRules':[{'action':'Restart','exitCodes':{'operator':'In','values':[1]}}"
         "]",
         CONTAINER_APP, false, true},
        {"Never",
         "'restartPolicy':'Never','restartPolicyRules':[{'action':'Restart','exitCodes':{'operator':'NotIn','values':["
         "1]}}]",
         CONTAINER_APP, true, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        policy(g, rows[i].policy);
        struct container *c = container(g, rows[i].kind, rows[i].own);
        ends(c, 0);
        if (life_container_restarts(c) != rows[i].after_0 || life_container_over(c) == rows[i].after_0)
            fail_msg("row %zu after 0", i);
        ends(c, 1);
        if (life_container_restarts(c) != rows[i].after_1)
            fail_msg("row %zu after 1", i);
    }
}

static void phases(void **state)
{
    struct ground *g = *state;
    policy(g, "Never");
    struct container *init = container(g, CONTAINER_INIT, ""), *one = container(g, CONTAINER_APP, ""), *two = container(g, CONTAINER_APP, "");
    assert_string_equal(life_status_phase(&g->worker), "Pending");
    ends(init, 1);
    assert_string_equal(life_status_phase(&g->worker), "Failed");
    ends(init, 0);
    assert_string_equal(life_status_phase(&g->worker), "Pending");
    one->state = CONTAINER_RUNNING;
    assert_string_equal(life_status_phase(&g->worker), "Pending"); /* the other has not begun */
    two->state = CONTAINER_RUNNING;
    assert_string_equal(life_status_phase(&g->worker), "Running");
    ends(one, 1);
    assert_string_equal(life_status_phase(&g->worker), "Running");
    ends(two, 0);
    assert_string_equal(life_status_phase(&g->worker), "Failed");
    ends(one, 0);
    assert_string_equal(life_status_phase(&g->worker), "Succeeded");
    g->worker.failed = true; /* evicted */
    assert_string_equal(life_status_phase(&g->worker), "Failed");
    g->worker.failed = false;
    policy(g, "Always");
    one = container(g, CONTAINER_APP, "");
    ends(one, 1);
    assert_string_equal(life_status_phase(&g->worker), "Running"); /* between two attempts */
}

static void graces(void **state)
{
    struct ground *g = *state;
    g->worker.pod = *quoted(g->a, "{'metadata':{},'spec':{'terminationGracePeriodSeconds':60}}");
    assert_int_equal(life_worker_grace(&g->worker), 60);
    g->worker.pod = *quoted(g->a, "{'metadata':{'deletionGracePeriodSeconds':0},'spec':{'terminationGracePeriodSeconds':60}}");
    assert_int_equal(life_worker_grace(&g->worker), 0);
    g->worker.pod = *quoted(g->a, "{'spec':{}}");
    assert_int_equal(life_worker_grace(&g->worker), 30);
    const struct value *c = quoted(g->a, "{'ports':[{'name':'http','containerPort':8080}]}");
    assert_int_equal(life_health_port(quoted(g->a, "'http'"), c), 8080);
    assert_int_equal(life_health_port(quoted(g->a, "81"), c), 81);
    assert_int_equal(life_health_port(quoted(g->a, "'none'"), c), -1);
}

/* ── news of a pod ── */

static void nobody_follows(struct container *c)
{
    (void)c;
}

static void say_again(void *worker)
{
    life_status_changed(worker);
}

static void news_of_a_starting_pod_wait_for_more(void **state)
{
    struct ground *g = *state;
    struct fake *f = fake_new();
    struct worker *w = &g->worker;
    fake_put(f, "", "pods", "{'metadata':{'name':'p','namespace':'x','uid':'u'},'spec':{'containers':[{'name':'a'}]}}");
    g->host.loop = f->loop;
    g->host.client = f->client;
    g->host.advance = say_again;
    assert_done(client_cache_new(&g->host.pods, f->client, &(struct client_cache_options){.resource = fake_resource("", "pods")}));
    fake_run(f, 1);
    w->revision = 1;
    snprintf(w->ns, sizeof(w->ns), "x");
    snprintf(w->name, sizeof(w->name), "p");
    snprintf(w->uid, sizeof(w->uid), "u");
    policy(g, "Always");
    struct container *c = container(g, CONTAINER_APP, "'name':'a'");
    unsigned before = f->writes;
    for (int i = 0; i < 5; i++) {
        life_container_wait(c, "ContainerCreating", "step %d", i);
        life_status_changed(w);
        fake_run(f, 10);
    }
    assert_int_equal(f->writes, before);
    fake_run(f, 100);
    assert_int_equal(f->writes, before + 1); /* all of it at once */
    life_container_wait(c, "ContainerCreating", "one more");
    life_status_changed(w);
    c->state = CONTAINER_RUNNING; /* what everybody waits for does not wait */
    life_status_changed(w);
    fake_run(f, 1);
    assert_int_equal(f->writes, before + 2);
    assert_str(value_text_at(fake_get(f, g->a, "", "pods", "x", "p"), "status.phase"), "Running");
    fake_run(f, 200);
    assert_int_equal(f->writes, before + 2);
    w->deleting = true; /* nor what a deletion waits for */
    c->state = CONTAINER_WAITING;
    life_status_changed(w);
    fake_run(f, 1);
    assert_int_equal(f->writes, before + 3);
    loop_timer_stop(&w->wake);
    loop_defer_cancel(&w->sync);
    client_forget(f->client, w);
    arena_free(w->status_mem);
    client_cache_free(g->host.pods);
    fake_end(f);
}

/* What an agent knows from its disk alone it does not tell: the server may know better. */
static void a_pod_from_the_disk_is_told_of_after_the_servers_word(void **state)
{
    static const char pod[] = "{'metadata':{'name':'p','namespace':'x','uid':'u','generation':%d},'spec':{'containers':[{'name':'a'}]},"
                              "'status':{'conditions':[{'type':'PodScheduled','status':'True','lastTransitionTime':'2025-01-02T03:04:05Z'}]}}";
    struct ground *g = *state;
    struct fake *f = fake_new();
    struct worker *w;
    char folder[] = "/tmp/test_life-XXXXXX";
    assert_non_null(mkdtemp(folder));
    fake_put(f, "", "pods", "{'metadata':{'name':'p','namespace':'x','uid':'u'},'spec':{'containers':[{'name':'a'}]}}");
    g->host = (struct pod_host){.loop = f->loop, .client = f->client, .advance = say_again, .log_ended = nobody_follows, .data = folder, .name = "n"};
    assert_done(client_cache_new(&g->host.pods, f->client, &(struct client_cache_options){.resource = fake_resource("", "pods")}));
    unsigned before = f->writes;
    assert_done(life_worker_take(&g->host, quoted(g->a, pod, 1), 0, &w));
    w->containers[0]->state = CONTAINER_RUNNING;
    fake_run(f, 1000);
    life_status_changed(w);
    fake_run(f, 1000);
    assert_int_equal(f->writes, before);
    assert_true(w->status_dirty); /* nor is it torn down before it has been */
    assert_done(life_worker_take(&g->host, quoted(g->a, pod, 2), 5, &w));
    fake_run(f, 1000);
    assert_int_equal(f->writes, before + 1);
    const struct value *told = value_at(fake_get(f, g->a, "", "pods", "x", "p"), "status"), *conditions = value_at(told, "conditions");
    assert_int_equal(value_int_at(told, "observedGeneration", 0), 2);
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "PodScheduled"))
            assert_str(value_text_at(c, "lastTransitionTime"), "2025-01-02T03:04:05Z"); /* since when it is so */
    for (int i = 0; i < 400 && w->keeping; i++)
        usleep(5000), fake_run(f, 5);
    life_worker_free(w);
    map_done(&g->host.workers);
    pod_checkpoint_close(&g->host);
    client_cache_free(g->host.pods);
    fake_end(f);
    assert_done(os_tree_remove(folder));
}

/* ── resize ── */

static struct value *sized(struct ground *g, int generation, const char *cpu, const char *memory)
{
    return quoted(g->a,
                  "{'metadata':{'name':'p','namespace':'x','uid':'u','generation':%d},'spec':{'containers':[{'name':'a'"
                  ",'resources':"
                  "{'requests':{'cpu':'%s','memory':'%s'}}},{'name':'b'}]}}",
                  generation, cpu, memory);
}

static const char *asked(const struct worker *w)
{
    static char text[64];
    snprintf(text, sizeof(text), "%.*s", STR_FMT(value_text_at(value_item(value_at(&w->pod, "spec.containers"), 0), "resources.requests.cpu")));
    return text;
}

static char remembered[64];

static int remember(struct pod_host *h, const struct value *pod, int64_t revision, struct worker **out)
{
    (void)h;
    (void)revision;
    (void)out;
    snprintf(remembered, sizeof(remembered), "%.*s of %.*s",
             STR_FMT(value_text_at(value_item(value_at(pod, "spec.containers"), 0), "resources.requests.cpu")),
             STR_FMT(value_text_at(pod, "given.a.requests.cpu")));
    return 0;
}

/* What an agent would read that started now, while the writer has not run since. */
static const char *next_reads(struct ground *g, const char *uid)
{
    struct pod_host next = {.data = g->host.data};
    char other[OS_PATH_MAX], aside[OS_PATH_MAX];
    assert_done(os_path(other, "%s/pods/%s", g->host.data, uid));
    assert_done(os_path(aside, "%s/aside", g->host.data));
    assert_int_equal(rename(other, aside), 0); /* the neighbour */
    pod_checkpoint_read_all(&next, remember);
    assert_int_equal(rename(aside, other), 0);
    return remembered;
}

static void a_resize_is_promised_when_it_fits(void **state)
{
    struct ground *g = *state;
    struct fake *f = fake_new();
    struct worker *w, *other;
    char folder[] = "/tmp/test_life-XXXXXX";
    assert_non_null(mkdtemp(folder));
    g->host = (struct pod_host){.loop = f->loop,
                                .client = f->client,
                                .advance = say_again,
                                .log_ended = nobody_follows,
                                .data = folder,
                                .name = "n",
                                .allocatable_cpu = 1000,
                                .allocatable_memory = 1 << 30};
    assert_done(client_cache_new(&g->host.pods, f->client, &(struct client_cache_options){.resource = fake_resource("", "pods")}));
    assert_done(life_worker_take(&g->host, sized(g, 1, "400m", "1Mi"), 5, &w));
    w->admitted = w->sandbox_ready = true;
    w->containers[0]->state = CONTAINER_RUNNING;
    struct value *neighbour = quoted(g->a, "{'metadata':{'name':'q','namespace':'x','uid':'v'},'spec':{'containers':[{'"
                                           "name':'a','resources':{'requests':{'cpu':'500m'}}}]}}");
    assert_done(life_worker_take(&g->host, neighbour, 6, &other));
    other->admitted = true;
    /* The same amounts in other words are none. */
    assert_done(life_worker_take(&g->host, sized(g, 2, "0.4", "1024Ki"), 7, &w));
    assert_int_equal(value_count(&w->desired), 0);
    /* Too much now: what was promised stays, and the reason is told. */
    assert_done(life_worker_take(&g->host, sized(g, 3, "600m", "1Mi"), 8, &w));
    assert_string_equal(asked(w), "0.4");
    life_resize_advance(w);
    assert_string_equal(w->resize.reason, "Deferred");
    assert_string_equal(w->resize.message, "Node didn't have enough resource: cpu, requested: 600, used: 500, capacity: 1000");
    assert_string_equal(asked(w), "0.4");
    assert_false(life_resize_under_way(w));
    /* The neighbour goes. */
    other->failed = true;
    life_resize_retry(&g->host);
    assert_string_equal(asked(w), "600m");
    assert_string_equal(next_reads(g, "v"), "600m of 0.4");
    assert_string_equal(w->resize.reason, "");
    assert_true(life_resize_under_way(w));
    assert_str(value_text_at(life_resize_given(w->containers[0]), "requests.cpu"), "0.4"); /* until the cgroup is written */
    /* A newer tree in the middle: what is given is not forgotten. */
    assert_done(life_worker_take(&g->host, sized(g, 4, "100m", "1Mi"), 9, &w));
    life_resize_advance(w);
    assert_string_equal(asked(w), "100m");
    assert_string_equal(next_reads(g, "v"), "100m of 0.4");
    assert_str(value_text_at(life_resize_given(w->containers[0]), "requests.cpu"), "0.4");
    /* As many pods as the node takes. */
    struct pod_refusal why;
    g->host.pods_max = 1;
    assert_int_equal(pod_admit_room(w, &w->pod, &why), 0); /* itself does not count, nor one that has ended */
    other->failed = false;
    assert_int_equal(pod_admit_room(w, &w->pod, &why), POD_REFUSED);
    assert_string_equal(why.reason, "OutOfpods");
    assert_string_equal(why.message, "Node didn't have enough resource: pods, requested: 1, used: 1, capacity: 1");
    g->host.pods_max = 0;
    /* Asked back before it was judged. */
    assert_done(life_worker_take(&g->host, sized(g, 5, "5", "1Mi"), 10, &w));
    assert_int_equal(value_count(&w->desired), 1);
    assert_done(life_worker_take(&g->host, sized(g, 6, "100m", "1Mi"), 11, &w));
    assert_int_equal(value_count(&w->desired), 0);
    for (int i = 0; i < 400 && (w->keeping || other->keeping); i++)
        usleep(5000), fake_run(f, 5);
    life_worker_free(w);
    life_worker_free(other);
    map_done(&g->host.workers);
    pod_checkpoint_close(&g->host);
    client_cache_free(g->host.pods);
    fake_end(f);
    assert_done(os_tree_remove(folder));
}

/* What a cgroup was found to have is what was given; what differs from the promise is brought there. */
static void what_is_found_is_what_was_given(void **state)
{
    static const struct {
        const char *promised, *given; /* given: as remembered, "": nothing under way */
        struct runtime_resources has;
        const char *want; /* as it is given then; "": nothing to be done */
    } rows[] = {
        {"'limits':{'cpu':'200m','memory':'64Mi'},'requests':{'cpu':'50m','memory':'16Mi'}",
         "",
         {.memory = 64 << 20, .cpu_quota = 20000, .cpu_period = 100000, .cpu_shares = 51},
         ""},
        {"'limits':{'memory':'100001'}", "", {.memory = 98304, .cpu_quota = -1, .cpu_period = 100000, .cpu_shares = 2}, ""}, /* whole pages */
        {"", "", {.memory = -1, .cpu_quota = -1, .cpu_period = 100000, .cpu_shares = 2}, ""},
        {"'limits':{'memory':'1Mi'}", "", {0}, ""}, /* nothing is known */
        /* It was written, and who wrote it was killed before it could say so. */
        {"'limits':{'cpu':'300m','memory':'80Mi'},'requests':{'cpu':'100m','memory':'20Mi'}",
         "'limits':{'cpu':'200m','memory':'64Mi'},'requests':{'cpu':'50m','memory':'20Mi'}",
         {.memory = 80 << 20, .cpu_quota = 30000, .cpu_period = 100000, .cpu_shares = 102},
         "{'limits':{'cpu':'300m','memory':'80Mi'},'requests':{'cpu':'100m','memory':'20Mi'}}"},
        /* Half of it was. */
        {"'limits':{'cpu':'300m','memory':'80Mi'}",
         "'limits':{'cpu':'200m','memory':'64Mi'}",
         {.memory = 80 << 20, .cpu_quota = 20000, .cpu_period = 100000},
         "{'limits':{'cpu':'200m','memory':'80Mi'}}"},
        /* None of it was. */
        {"'limits':{'memory':'80Mi'}",
         "'limits':{'memory':'64Mi'}",
         {.memory = 64 << 20, .cpu_quota = -1, .cpu_period = 100000, .cpu_shares = 2},
         "{'limits':{'memory':'64Mi'}}"},
        /* Somebody has written another value. */
        {"'limits':{'cpu':'1','memory':'64Mi'},'requests':{'cpu':'1'}",
         "",
         {.memory = 32 << 20, .cpu_quota = 25000, .cpu_period = 50000, .cpu_shares = 512},
         "{'limits':{'cpu':'500m','memory':'33554432'},'requests':{'cpu':'500m'}}"},
        {"'limits':{'cpu':'1','memory':'64Mi'},'requests':{'cpu':'1'}",
         "",
         {.memory = -1, .cpu_quota = -1, .cpu_period = 100000, .cpu_shares = 1024},
         "{'limits':{},'requests':{'cpu':'1'}}"},
    };
    struct ground *g = *state;
    struct worker *w = &g->worker;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        w->mem = g->a;
        w->n_containers = 0;
        w->pod = *quoted(g->a, rows[i].given[0] ? "{'given':{'a':{%s}}}" : "{}", rows[i].given);
        struct container *c = container(g, CONTAINER_APP, "");
        snprintf(c->name, sizeof(c->name), "a");
        c->spec = quoted(g->a, "{'resources':{%s}}", rows[i].promised);
        assert_done(life_resize_found(c, &rows[i].has));
        const struct value *given = value_at(&w->pod, "given.a");
        if (rows[i].want[0] ? !value_equal(given, quoted(g->a, "%s", rows[i].want)) : given != NULL)
            fail_msg("row %zu", i);
        assert_done(life_resize_found(c, &rows[i].has)); /* it is what it was found to be */
        if (rows[i].want[0] ? !value_equal(value_at(&w->pod, "given.a"), quoted(g->a, "%s", rows[i].want)) : value_at(&w->pod, "given.a") != NULL)
            fail_msg("row %zu again", i);
    }
    w->mem = NULL;
}

static void users_that_are_set_aside(void **state)
{
    static const struct {
        const char *subuid, *subgid; /* NULL: the same */
        int want;
        uint32_t first, slots;
        const char *word;
    } rows[] = {
        {"", NULL, LIFE_USERS_NONE, 0, 0, NULL},
        {"root:100000:65536\n# kubelet:65536:65536\nkubelets:65536:65536\n", NULL, LIFE_USERS_NONE, 0, 0, NULL},
        {"root:100000:65536\nkubelet:65536:7208960\n", NULL, 0, 65536, 110, NULL},
        {"kubelet:4294901760:65536", NULL, 0, 4294901760u, 1, NULL}, /* the very last */
        {"kubelet:65536:65536", "", -EINVAL, 0, 0, "differ"},
        {"", "kubelet:65536:65536", -EINVAL, 0, 0, "differ"},
        {"kubelet:65536:65536", "kubelet:131072:65536", -EINVAL, 0, 0, "differ"},
        {"kubelet:65536:65536\nkubelet:131072:65536", NULL, -EINVAL, 0, 0, "/etc/subuid: more than one"},
        {"kubelet:0:65536", NULL, -EINVAL, 0, 0, "0:65536 must begin"}, /* the machine's own users */
        {"kubelet:100000:65536", NULL, -EINVAL, 0, 0, "must begin at a multiple"},
        {"kubelet:65536:65535", NULL, -EINVAL, 0, 0, "must begin"},
        {"kubelet:65536:0", NULL, -EINVAL, 0, 0, "must begin"},
        {"kubelet:4294901760:131072", NULL, -EINVAL, 0, 0, "2^32"},
        {"kubelet:4294967296:65536", NULL, -EINVAL, 0, 0, "2^32"},
        {"kubelet:65536:9223372036854775807", NULL, -EINVAL, 0, 0, "must begin"},
        {"kubelet:65536:99999999999999999999", NULL, -EINVAL, 0, 0, "is not NAME:FIRST:COUNT"},
        {"kubelet:a:65536", NULL, -EINVAL, 0, 0, "is not NAME:FIRST:COUNT"},
        {"kubelet:65536", NULL, -EINVAL, 0, 0, "is not NAME:FIRST:COUNT"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct life_users users = {0};
        struct err err = {{0}};
        int r = life_users_read(str_of(rows[i].subuid), str_of(rows[i].subgid ? rows[i].subgid : rows[i].subuid), &users, &err);
        if (r != rows[i].want || users.first != rows[i].first || users.slots != rows[i].slots || (rows[i].word && !strstr(err.text, rows[i].word)))
            fail_msg("row %zu: %d, %u of %u: %s", i, r, users.slots, users.first, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quality_of_service, setup, teardown),
        cmocka_unit_test_setup_teardown(oom_scores, setup, teardown),
        cmocka_unit_test_setup_teardown(cgroup_values, setup, teardown),
        cmocka_unit_test_setup_teardown(environment, setup, teardown),
        cmocka_unit_test_setup_teardown(restarts, setup, teardown),
        cmocka_unit_test_setup_teardown(phases, setup, teardown),
        cmocka_unit_test_setup_teardown(graces, setup, teardown),
        cmocka_unit_test_setup_teardown(a_resize_is_promised_when_it_fits, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_found_is_what_was_given, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pod_from_the_disk_is_told_of_after_the_servers_word, setup, teardown),
        cmocka_unit_test(users_that_are_set_aside),
        cmocka_unit_test_setup_teardown(news_of_a_starting_pod_wait_for_more, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
