/* Priority and fairness over HTTP: who is told what it was classified as, who is refused, and who need not wait. */
#include "api/fixture.h"

#define CM     "/api/v1/namespaces/default/configmaps"
#define FLOW   "/apis/flowcontrol.apiserver.k8s.io/v1"
#define TOKENS "root,admin,1,\"system:masters\"\nal,alice,2\nbo,bob,3\n"

static int as(struct fixture *f, const char *token, const char *method, const char *path, const char *body)
{
    char headers[256];
    snprintf(headers, sizeof(headers), "authorization: Bearer %s\ncontent-type: application/json", token);
    ask_with(f, method, path, headers, str_of(body));
    return f->code;
}

/* ── many at once ── */
struct flock;
struct one {
    struct flock *flock;
    int code;
    char schema[64], level[64], retry[16], body[64];
    int64_t place; /* when it was answered, counted */
};
struct flock {
    struct fixture *f;
    struct http_client *client;
    struct one ones[32];
    size_t n, answered;
    bool cut; /* no answer is one */
};

static void one_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    struct one *o = ctx;
    o->code = code;
    for (size_t i = 0; i < n; i++) {
        char *to = str_is(h[i].name, "x-kubernetes-pf-flowschema-uid")      ? o->schema
                   : str_is(h[i].name, "x-kubernetes-pf-prioritylevel-uid") ? o->level
                                                                            : NULL;
        if (to)
            snprintf(to, sizeof(o->schema), "%.*s", STR_FMT(h[i].value));
        if (str_is(h[i].name, "retry-after"))
            snprintf(o->retry, sizeof(o->retry), "%.*s", STR_FMT(h[i].value));
    }
}

static void one_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct one *o = ctx;
    (void)code;
    if (r < 0 && !o->flock->cut)
        fail_msg("no answer: %s", error ? error : strerror(-r));
    snprintf(o->body, sizeof(o->body), "%.*s", (int)MIN(body.n, sizeof(o->body) - 1), body.p ? body.p : "");
    o->place = (int64_t)++o->flock->answered;
}

static void flock_start(struct flock *k, struct fixture *f)
{
    struct err err = {{0}};
    *k = (struct flock){.f = f};
    struct http_client_options co = {.host = "127.0.0.1", .port = http_server_port(f->server), .connections = 32, .http1_only = true};
    assert_done(http_client_new(&k->client, f->loop, &co, &err));
}

static struct one *flock_ask(struct flock *k, const char *token, const char *method, const char *path, const char *body)
{
    char bearer[64];
    struct one *o = &k->ones[k->n++];
    *o = (struct one){.flock = k};
    snprintf(bearer, sizeof(bearer), "Bearer %s", token);
    struct http_header h[] = {{STR("authorization"), str_of(bearer)}, {STR("content-type"), STR("application/json")}};
    struct http_call *call = NULL;
    struct http_call_options co = {
        .method = method, .path = path, .headers = h, .n_headers = 2, .body = str_of(body), .timeout_ms = 15000, .body_max = (size_t)64 << 20};
    struct http_call_events e = {.on_head = one_head, .on_end = one_end, .ctx = o};
    assert_done(http_client_call(&call, k->client, &co, &e));
    return o;
}

static void flock_wait(struct flock *k)
{
    int64_t until = loop_now(k->f->loop) + 20000;
    while (k->answered < k->n && loop_now(k->f->loop) < until)
        assert_true(loop_run_for(k->f->loop, 5) >= 0);
    assert_int_equal(k->answered, k->n);
}

static void may_all(struct fixture *f)
{
    assert_code(f,
                as(f, "root", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":"
                   "\"cluster-admin\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"},"
                   "{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"bob\"}]}"),
                201);
}

static void put_level(struct fixture *f, const char *user, const char *response)
{
    char body[1024];
    snprintf(body, sizeof(body),
             "{\"metadata\":{\"name\":\"tiny\"},\"spec\":{\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":0,"
             "\"limitResponse\":%s}}}",
             response);
    assert_code(f, as(f, "root", "POST", FLOW "/prioritylevelconfigurations", body), 201);
    snprintf(body, sizeof(body),
             "{\"metadata\":{\"name\":\"tiny\"},\"spec\":{\"matchingPrecedence\":50,\"priorityLevelConfiguration\":{\"name\":\"tiny\"},"
             "\"distinguisherMethod\":{\"type\":\"ByUser\"},\"rules\":[{\"subjects\":[{\"kind\":\"User\",\"user\":{\"name\":\"%s\"}}],"
             "\"resourceRules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"namespaces\":[\"*\"],"
             "\"clusterScope\":true}]}]}}",
             user);
    assert_code(f, as(f, "root", "POST", FLOW "/flowschemas", body), 201);
}

static void test_classified(void **state)
{
    struct fixture f;
    struct flock k;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    may_all(&f);
    flock_start(&k, &f);
    put_level(&f, "alice", "{\"type\":\"Reject\"}");
    assert_code(&f, as(&f, "root", "GET", FLOW "/flowschemas/tiny", NULL), 200);
    struct str uid = said(&f, "metadata.uid");
    struct one *al = flock_ask(&k, "al", "GET", CM, NULL), *bo = flock_ask(&k, "bo", "GET", CM, NULL), *root = flock_ask(&k, "root", "GET", CM, NULL);
    struct one *probe = flock_ask(&k, "al", "GET", "/readyz", NULL);
    flock_wait(&k);
    assert_true(str_is(uid, al->schema) && al->level[0]);
    assert_true(bo->schema[0] && strcmp(bo->schema, al->schema) != 0 && strcmp(bo->level, al->level) != 0);
    assert_true(root->schema[0] && strcmp(root->schema, bo->schema) != 0 && strcmp(root->level, bo->level) != 0);
    assert_true(strcmp(root->level, probe->level) == 0 && strcmp(root->schema, probe->schema) != 0);
    /* gone is gone */
    assert_code(&f, as(&f, "root", "DELETE", FLOW "/flowschemas/tiny", NULL), 200);
    k.n = k.answered = 0;
    al = flock_ask(&k, "al", "GET", CM, NULL);
    bo = flock_ask(&k, "bo", "GET", CM, NULL);
    flock_wait(&k);
    assert_string_equal(al->schema, bo->schema);
    http_client_free(k.client);
    fixture_stop(&f);
}

/* Creates wait for the disk and keep their seat; the level has one. */
static void test_refused(void **state)
{
    struct fixture f;
    struct flock k;
    size_t made = 0, refused = 0;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    may_all(&f);
    put_level(&f, "alice", "{\"type\":\"Reject\"}");
    flock_start(&k, &f);
    for (size_t i = 0; i < 32; i++)
        flock_ask(&k, i % 4 ? "al" : "bo", "POST", CM, "{\"metadata\":{\"generateName\":\"x-\"}}");
    flock_wait(&k);
    for (size_t i = 0; i < 32; i++) {
        const struct one *o = &k.ones[i];
        if (i % 4 == 0)
            assert_int_equal(o->code, 201);
        made += i % 4 && o->code == 201;
        refused += o->code == 429;
        if (o->code == 429) {
            assert_string_equal(o->body, "Too many requests, please try again later.\n");
            assert_true(atoi(o->retry) >= 1 && o->schema[0] && o->level[0]);
        }
    }
    assert_int_equal(made + refused, 24);
    assert_true(made >= 1 && refused >= 1);
    assert_code(&f, as(&f, "root", "GET", "/metrics", NULL), 200);
    char want[200];
    snprintf(want, sizeof(want), "rejected_requests_total{flow_schema=\"tiny\",priority_level=\"tiny\",reason=\"concurrency-limit\"} %zu\n", refused);
    assert_true(str_find(f.body, str_of(want)) > 0);
    http_client_free(k.client);
    fixture_stop(&f);
}

/* With a queue they all come to their turn. */
static void test_queued(void **state)
{
    struct fixture f;
    struct flock k;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    may_all(&f);
    put_level(&f, "alice", "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":50}}");
    flock_start(&k, &f);
    for (size_t i = 0; i < 32; i++)
        flock_ask(&k, "al", "POST", CM, "{\"metadata\":{\"generateName\":\"x-\"}}");
    flock_wait(&k);
    for (size_t i = 0; i < 32; i++)
        assert_int_equal(k.ones[i].code, 201);
    assert_code(&f, as(&f, "root", "GET", "/debug/api_priority_and_fairness/dump_priority_levels", NULL), 200);
    assert_true(str_find(f.body, STR("\ntiny,\t0,\ttrue,\tfalse,\t0,\t0,\t32,\t0,\t0,\t0\n")) > 0);
    assert_code(&f, as(&f, "root", "GET", "/debug/api_priority_and_fairness/dump_queues", NULL), 200);
    assert_true(str_find(f.body, STR("tiny,\t0,\t0,\t0,\t0,\t")) > 0);
    assert_code(&f, as(&f, "root", "GET", "/debug/api_priority_and_fairness/dump_requests", NULL), 200);
    assert_true(str_starts(f.body, STR("PriorityLevelName,\tFlowSchemaName,\t")));
    assert_code(&f, as(&f, "root", "GET", "/debug/api_priority_and_fairness/dump_more", NULL), 404);
    http_client_free(k.client);
    fixture_stop(&f);
}

/* Long lists are under way, in every form; whoever asks for one object has it before any of them ends. */
static void test_long_lists(void **state)
{
    static const char *const paths[] = {CM, CM "?limit=1000", CM "?watch=1&timeoutSeconds=1"};
    struct fixture f;
    struct flock k;
    char body[4096];
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    may_all(&f);
    for (size_t i = 0; i < 1500; i++) {
        snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"m-%zu\"},\"data\":{\"text\":\"%02000d\"}}", i, 7);
        assert_code(&f, as(&f, "root", "POST", CM, body), 201);
    }
    flock_start(&k, &f);
    for (size_t i = 0; i < 12; i++)
        flock_ask(&k, "al", "GET", paths[i % ARRAY_LEN(paths)], NULL);
    struct one *quick = flock_ask(&k, "bo", "GET", CM "/m-7", NULL);
    flock_wait(&k);
    for (size_t i = 0; i < k.n; i++)
        assert_int_equal(k.ones[i].code, 200);
    assert_int_equal(quick->place, 1);
    http_client_free(k.client);
    fixture_stop(&f);
}

/* They go while they wait, in the middle of their lists, and with the server. */
static void test_gone(void **state)
{
    struct fixture f;
    struct flock k;
    char body[4096];
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    may_all(&f);
    put_level(&f, "alice", "{\"type\":\"Queue\",\"queuing\":{\"queues\":4,\"handSize\":2,\"queueLengthLimit\":50}}");
    for (size_t i = 0; i < 300; i++) {
        snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"m-%zu\"},\"data\":{\"text\":\"%02000d\"}}", i, 7);
        assert_code(&f, as(&f, "root", "POST", CM, body), 201);
    }
    for (int64_t ms = 0; ms < 12; ms++) {
        flock_start(&k, &f);
        for (size_t i = 0; i < 16; i++)
            flock_ask(&k, "al", i % 3 ? "GET" : "POST", CM, i % 3 ? NULL : "{\"metadata\":{\"generateName\":\"x-\"}}");
        assert_true(loop_run_for(f.loop, ms) >= 0);
        k.cut = true;
        http_client_free(k.client);
        assert_true(loop_run_for(f.loop, 2) >= 0);
    }
    assert_code(&f, as(&f, "bo", "GET", CM "/m-7", NULL), 200);
    flock_start(&k, &f);
    for (size_t i = 0; i < 16; i++)
        flock_ask(&k, "al", "GET", CM, NULL);
    assert_true(loop_run_for(f.loop, 1) >= 0);
    k.cut = true;
    http_client_free(k.client);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_classified), cmocka_unit_test(test_refused), cmocka_unit_test(test_queued),
                                       cmocka_unit_test(test_long_lists), cmocka_unit_test(test_gone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
