#include "json/json.h"
#include "pod/pod.h"
#include "tests/unit.h"

/* Files on their way to the disk, on a loop and in a folder of their own. */

struct ground {
    char folder[64];
    struct pod_host host;
    struct worker worker;
    struct arena *a;
    unsigned pokes;
    int64_t found;
};
static struct ground *here;

static void advance(void *w)
{
    (void)w;
    here->pokes++;
}

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    snprintf(g->folder, sizeof(g->folder), "/tmp/test_pod-XXXXXX");
    assert_non_null(mkdtemp(g->folder));
    assert_done(loop_new(&g->host.loop));
    assert_done(arena_new(&g->a, 1u << 20));
    g->host.data = g->folder;
    g->host.advance = advance;
    g->worker.host = &g->host;
    g->worker.revision = 1;
    snprintf(g->worker.uid, sizeof(g->worker.uid), "u1");
    here = *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    pod_checkpoint_leave(&g->worker);
    pod_checkpoint_close(&g->host);
    loop_defer_cancel(&g->worker.sync);
    loop_free(g->host.loop);
    assert_done(os_tree_remove(g->folder));
    arena_free(g->a);
    free(g);
    return 0;
}

static void write_as(struct ground *g, int64_t version)
{
    g->worker.pod = value_make_map();
    assert_non_null(value_set(g->a, &g->worker.pod, STR("version"), value_make_int(version)));
    pod_checkpoint_write(&g->worker);
}

static int64_t on_disk(struct ground *g)
{
    char path[OS_PATH_MAX];
    struct value v = {0};
    SCOPED_BUF text = BUF_INIT(65536);
    assert_done(os_path(path, "%s/pods/u1/pod.json", g->folder));
    if (os_file_read(path, 65536, &text) < 0)
        return -1;
    assert_done(json_parse(g->a, buf_view(&text), &v, NULL));
    return value_int_at(&v, "version", -2);
}

static void drain(struct ground *g)
{
    for (int i = 0; i < 2000 && g->worker.keeping; i++)
        assert_done(loop_run_for(g->host.loop, 5));
    assert_int_equal(g->worker.keeping, 0);
}

static void a_new_pod_is_there_at_once_and_the_newest_in_the_end(void **state)
{
    struct ground *g = *state;
    write_as(g, 1);
    assert_int_equal(on_disk(g), 1);
    for (int64_t v = 2; v <= 50; v++)
        write_as(g, v);
    assert_true(g->worker.keeping <= 2); /* one on its way, one that waits */
    drain(g);
    assert_int_equal(on_disk(g), 50);
}

static void what_a_new_pod_needs_is_there_at_once(void **state)
{
    struct ground *g = *state;
    struct source s = {.host = &g->host, .resource = schema_resource_find(STR_NONE, STR("v1"), STR("configmaps")), .name = STR("cm")}, back = s;
    s.tree = value_make_map();
    assert_non_null(value_set(g->a, &s.tree, STR("kind"), value_make_text(STR("ConfigMap"))));
    pod_checkpoint_write_source(&g->worker, &s);
    assert_int_equal(g->worker.keeping, 1); /* its sync waits */
    assert_done(pod_checkpoint_read_source(&g->worker, &back));
    assert_true(value_equal(&s.tree, &back.tree));
    arena_free(back.mem);
    drain(g);
}

static void what_is_gone_from_the_api_is_gone_from_the_disk(void **state)
{
    struct ground *g = *state;
    struct source s = {.host = &g->host, .resource = schema_resource_find(STR_NONE, STR("v1"), STR("secrets")), .name = STR("s")}, back = s;
    struct value tree = value_make_map();
    assert_non_null(value_set(g->a, &tree, STR("kind"), value_make_text(STR("Secret"))));
    for (int on_its_way = 0; on_its_way < 2; on_its_way++) {
        s.tree = tree;
        pod_checkpoint_write_source(&g->worker, &s);
        for (int i = 0; i < 400 && on_its_way && g->worker.keeping; i += 5) { /* the writer has begun, or is done */
            assert_done(loop_run_for(g->host.loop, 1));
            usleep(1000);
        }
        s.tree = (struct value){0};
        pod_checkpoint_write_source(&g->worker, &s);
        drain(g);
        assert_int_equal(pod_checkpoint_read_source(&g->worker, &back), -ENOENT);
    }
}

static void what_came_from_the_disk_is_not_written_again(void **state)
{
    struct ground *g = *state;
    g->worker.revision = 0;
    write_as(g, 1);
    assert_int_equal(g->worker.keeping, 0);
    assert_int_equal(on_disk(g), -1);
}

static void a_folder_is_taken_away_only_when_nothing_is_written_into_it(void **state)
{
    struct ground *g = *state;
    char path[OS_PATH_MAX];
    /* What still gathers is dropped at once. */
    write_as(g, 0);
    assert_int_equal(g->worker.keeping, 1);
    assert_true(pod_checkpoint_settled(&g->worker));
    assert_int_equal(g->worker.keeping, 0);
    /* What is on its way is waited for. */
    for (int i = 0; i < 20 && g->worker.keeping != 2; i++) {
        drain(g);
        write_as(g, 1);
        usleep(300 * 1000);
        assert_done(loop_run_for(g->host.loop, 0)); /* it begins */
        if (g->worker.keeping)
            write_as(g, 2);
    }
    assert_int_equal(g->worker.keeping, 2);
    g->worker.state = WORKER_TEARING_DOWN;
    assert_false(pod_checkpoint_settled(&g->worker));
    assert_int_equal(g->worker.keeping, 1); /* what waited is dropped */
    drain(g);
    assert_done(loop_run_for(g->host.loop, 1));
    assert_true(g->pokes > 0);
    assert_true(pod_checkpoint_settled(&g->worker));
    assert_done(os_path(path, "%s/pods", g->folder));
    assert_done(os_tree_remove(path));
    write_as(g, 4); /* a pod that has ended is not kept */
    drain(g);
    assert_int_equal(on_disk(g), -1);
}

static void an_agent_that_ends_leaves_the_newest(void **state)
{
    struct ground *g = *state;
    for (int64_t v = 1; v <= 3; v++)
        write_as(g, v);
    pod_checkpoint_leave(&g->worker);
    pod_checkpoint_close(&g->host);
    loop_free(g->host.loop); /* waits for its pool */
    g->host.loop = NULL;
    assert_int_equal(on_disk(g), 3);
}

static void an_agent_that_ends_leaves_all_that_gathered(void **state)
{
    struct ground *g = *state;
    struct worker others[4];
    char path[OS_PATH_MAX];
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        others[i] = (struct worker){.host = &g->host, .revision = 1, .pod = value_make_map()};
        snprintf(others[i].uid, sizeof(others[i].uid), "other-%zu", i);
        pod_checkpoint_write(&others[i]);
        assert_non_null(value_set(g->a, &others[i].pod, STR("version"), value_make_int(2)));
        pod_checkpoint_write(&others[i]);
        assert_int_equal(others[i].keeping, 1);
    }
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        pod_checkpoint_leave(&others[i]);
    pod_checkpoint_close(&g->host);
    loop_free(g->host.loop);
    g->host.loop = NULL;
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        SCOPED_BUF text = BUF_INIT(65536);
        assert_done(os_path(path, "%s/pods/other-%zu/pod.json", g->folder, i));
        assert_done(os_file_read(path, 65536, &text));
        assert_true(str_find(buf_view(&text), STR("2")) > 0);
    }
}

/* ── promises ── */

static int take_version(struct pod_host *h, const struct value *pod, int64_t revision, struct worker **out)
{
    (void)h;
    (void)out;
    assert_int_equal(revision, 0);
    here->found = value_int_at(pod, "version", -2);
    return 0;
}

/* What the next agent reads; -1: nothing. */
static int64_t next_reads(struct ground *g)
{
    g->found = -1;
    pod_checkpoint_read_all(&g->host, take_version);
    return g->found;
}

static int promise_as(struct ground *g, int64_t version)
{
    struct err err = {{0}};
    struct value pod = value_make_map();
    assert_non_null(value_set(g->a, &pod, STR("version"), value_make_int(version)));
    int r = pod_checkpoint_promise(&g->worker, &pod, &err);
    assert_true(r == 0 || err.text[0]);
    return r;
}

static void promise_path(struct ground *g, char out[OS_PATH_MAX])
{
    assert_done(os_path(out, "%s/pods/u1/pod.json.promise", g->folder));
}

/* The writer never runs here: it is as slow as can be. */
static void a_promise_is_there_before_the_writer_runs(void **state)
{
    struct ground *g = *state;
    write_as(g, 1);
    drain(g);
    assert_done(promise_as(g, 2));
    assert_int_equal(next_reads(g), 2);
    assert_done(promise_as(g, 3));
    assert_int_equal(next_reads(g), 3);
    write_as(g, 4); /* news of the API, with that promise in it */
    assert_true(next_reads(g) >= 3);
    drain(g);
    assert_int_equal(on_disk(g), 4);
    assert_int_equal(next_reads(g), 4);
}

static void a_promise_is_safe_in_the_end_and_leaves_nothing(void **state)
{
    struct ground *g = *state;
    char path[OS_PATH_MAX];
    promise_path(g, path);
    g->worker.revision = 0; /* taken from the disk, and no server to be seen */
    for (int64_t v = 1; v <= 20; v++) {
        assert_done(promise_as(g, v));
        assert_done(loop_run_for(g->host.loop, 0));
        assert_int_equal(next_reads(g), v);
    }
    drain(g);
    assert_int_equal(on_disk(g), 20);
    assert_false(os_file_exists(path));
    /* What a killed agent left there is in what its heir writes first. */
    assert_done(os_file_place(path, STR("{\"version\":21}"), 0600));
    assert_int_equal(next_reads(g), 21);
    g->worker.revision = 7;
    write_as(g, 22);
    drain(g);
    assert_int_equal(next_reads(g), 22);
    assert_false(os_file_exists(path));
    /* An agent that ends in order. */
    assert_done(promise_as(g, 23));
    assert_done(promise_as(g, 24));
    pod_checkpoint_leave(&g->worker);
    pod_checkpoint_close(&g->host);
    loop_free(g->host.loop);
    g->host.loop = NULL;
    assert_int_equal(on_disk(g), 24);
    assert_false(os_file_exists(path));
}

static void a_promise_that_a_power_cut_spoilt_is_passed_over(void **state)
{
    static const char *const spoilt[] = {"", "{\"version\":", "[]"};
    struct ground *g = *state;
    char path[OS_PATH_MAX];
    write_as(g, 5);
    drain(g);
    promise_path(g, path);
    for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
        assert_done(os_file_place(path, str_of(spoilt[i]), 0600));
        assert_int_equal(next_reads(g), 5);
    }
    pod_checkpoint_forget(&g->worker);
    assert_false(os_file_exists(path));
    assert_int_equal(next_reads(g), -1);
}

static void a_promise_that_cannot_be_kept_is_none(void **state)
{
    struct ground *g = *state;
    char path[OS_PATH_MAX];
    assert_done(os_path(path, "%s/pods", g->folder));
    assert_done(os_dir_make(path, 0755));
    assert_done(os_path(path, "%s/pods/u1", g->folder));
    assert_done(os_file_place(path, STR("in the way"), 0600));
    assert_true(promise_as(g, 1) < 0);
    assert_int_equal(g->worker.keeping, 0);
    assert_int_equal(unlink(path), 0);
    assert_done(promise_as(g, 2));
    assert_int_equal(next_reads(g), 2);
    drain(g);
    g->worker.state = WORKER_TEARING_DOWN; /* one that does not come back is not kept */
    pod_checkpoint_forget(&g->worker);
    assert_done(promise_as(g, 3));
    assert_int_equal(next_reads(g), -1);
}

static int promise_twice(void *state)
{
    struct ground *g = state;
    struct err err;
    int first = pod_checkpoint_promise(&g->worker, &g->worker.pod, &err), second = pod_checkpoint_promise(&g->worker, &g->worker.pod, &err);
    drain(g);
    return first < 0 ? first : second;
}

static void promises_without_memory(void **state)
{
    struct ground *g = *state;
    write_as(g, 7);
    drain(g);
    unit_fail_allocations(promise_twice, g);
    assert_int_equal(next_reads(g), 7);
}

static int write_twice(void *state)
{
    struct ground *g = state;
    char path[OS_PATH_MAX];
    assert_done(os_path(path, "%s/pods/u1/pod.json", g->folder));
    unlink(path);
    pod_checkpoint_write(&g->worker);
    pod_checkpoint_write(&g->worker);
    drain(g);
    return 0;
}

static void without_memory_nothing_breaks(void **state)
{
    struct ground *g = *state;
    write_as(g, 7);
    drain(g);
    unit_fail_allocations(write_twice, g);
    assert_int_equal(on_disk(g), 7);
}

/* ── tokens, on a simulated loop and from a server that is the test ── */

struct asked {
    unsigned n;
    void (*done)(void *ctx, const struct client_reply *r);
    void *ctx;
};

static int take_call(void *self, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct asked *a = self;
    assert_str(call->subresource, "token");
    a->n++;
    a->done = done;
    a->ctx = ctx;
    return 0;
}

static void nothing(void *self)
{
    (void)self;
}

static void look_for_tokens(void *worker)
{
    struct worker *w = worker;
    SCOPED_BUF text = BUF_INIT(65536);
    here->pokes++;
    if (pod_tokens_due(w)) {
        int r = pod_token_get(w, STR("api"), 3600, &text);
        assert_true(r == 0 || r == -EAGAIN);
    }
}

static void a_token_is_asked_for_again_and_renewed(void **state)
{
    struct ground *g = *state;
    struct asked a = {0};
    struct client_transport t = {.send = take_call, .free = nothing};
    struct loop *l;
    SCOPED_BUF text = BUF_INIT(65536);
    char expires[32];
    assert_done(loop_new_simulated(&l, 1767225600));
    assert_done(client_new(&g->host.client, l, &t, &a, STR("test")));
    struct loop *own = g->host.loop;
    g->host.loop = l;
    g->host.advance = look_for_tokens;
    list_init(&g->worker.tokens);
    list_init(&g->worker.certificates);
    assert_int_equal(pod_token_get(&g->worker, STR("api"), 3600, &text), -EAGAIN);
    assert_int_equal(a.n, 1);
    a.done(a.ctx, &(struct client_reply){.code = 0, .message = STR("connection refused")});
    assert_done(loop_run_for(l, 5000));
    assert_int_equal(a.n, 2); /* a server that was away is asked again */
    time_fmt_rfc3339(expires, loop_wall(l) + 3600);
    struct value reply = {0};
    int r = 0;
    VALUE_SET(&r, g->a, &reply, "status.token", value_make_text(STR("one")));
    VALUE_SET(&r, g->a, &reply, "status.expirationTimestamp", value_make_text(str_of(expires)));
    assert_done(r);
    a.done(a.ctx, &(struct client_reply){.code = 201, .tree = &reply});
    assert_done(loop_run_for(l, 1000));
    pod_worker_poke_after(&g->worker, 10); /* takes the place of the wish to be woken for the token */
    assert_done(loop_run_for(l, 1000 * 1000));
    assert_int_equal(a.n, 2);
    assert_done(loop_run_for(l, 2000 * 1000));
    assert_int_equal(a.n, 3); /* at 80 % of its life */
    pod_tokens_drop(&g->worker);
    loop_timer_stop(&g->worker.wake);
    loop_defer_cancel(&g->worker.sync);
    client_free(g->host.client);
    loop_free(l);
    g->host.loop = own;
}

static void tree_of(struct ground *g, struct value *out, const char *port)
{
    char text[256];
    snprintf(text, sizeof(text), "{\"spec\":{\"priority\":0,\"containers\":[{\"name\":\"c\",\"ports\":[%s]}]}}", port);
    assert_done(json_parse(g->a, str_of(text), out, NULL));
}

/* spec.nodeName given by hand: the scheduler was not asked, so it is the node that refuses a host port twice. */
static void host_ports_are_given_once(void **state)
{
    static const struct {
        const char *port;
        int answer;
    } rows[] = {
        {"{\"containerPort\":1,\"hostPort\":80}", POD_REFUSED},
        {"{\"containerPort\":1,\"hostPort\":80,\"hostIP\":\"10.0.0.1\"}", POD_REFUSED},
        {"{\"containerPort\":1,\"hostPort\":80,\"protocol\":\"UDP\"}", 0},
        {"{\"containerPort\":80}", 0},
        {"{\"containerPort\":1,\"hostPort\":81}", 0},
    };
    struct ground *g = *state;
    struct worker other = {.host = &g->host, .admitted = true};
    struct pod_refusal why = {0};
    tree_of(g, &other.pod, "{\"containerPort\":1,\"hostPort\":80}");
    assert_done(map_put(&g->host.workers, STR("u1"), &g->worker));
    assert_done(map_put(&g->host.workers, STR("u2"), &other));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        tree_of(g, &g->worker.pod, rows[i].port);
        assert_int_equal(pod_admit(&g->worker, &why), rows[i].answer);
    }
    assert_string_equal(why.reason, "NodePorts");
    other.failed = true;
    tree_of(g, &g->worker.pod, rows[0].port);
    assert_int_equal(pod_admit(&g->worker, &why), 0);
    map_done(&g->host.workers);
}

int main(void)
{
#define ONE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        ONE(a_new_pod_is_there_at_once_and_the_newest_in_the_end),
        ONE(what_a_new_pod_needs_is_there_at_once),
        ONE(what_is_gone_from_the_api_is_gone_from_the_disk),
        ONE(what_came_from_the_disk_is_not_written_again),
        ONE(a_folder_is_taken_away_only_when_nothing_is_written_into_it),
        ONE(an_agent_that_ends_leaves_the_newest),
        ONE(an_agent_that_ends_leaves_all_that_gathered),
        ONE(without_memory_nothing_breaks),
        ONE(a_promise_is_there_before_the_writer_runs),
        ONE(a_promise_is_safe_in_the_end_and_leaves_nothing),
        ONE(a_promise_that_a_power_cut_spoilt_is_passed_over),
        ONE(a_promise_that_cannot_be_kept_is_none),
        ONE(promises_without_memory),
        ONE(host_ports_are_given_once),
        ONE(a_token_is_asked_for_again_and_renewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
