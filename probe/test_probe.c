#include "probe/probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "probe/inside.h"
#include "tests/unit.h"

/* Thresholds and timing run in simulated time with a pretended exec; HTTP, TCP
 * and gRPC against servers on loopback. */

/* ── rows and addresses: pure ── */

static void test_rows(void **state)
{
    (void)state;
    struct probe_options o = {.success_threshold = 2, .failure_threshold = 3};
    struct probe_row row = {0};
    assert_int_equal(probe_row_add(&row, &o, PROBE_FAILURE), PROBE_ROW_GOES_ON);
    assert_int_equal(probe_row_add(&row, &o, PROBE_FAILURE), PROBE_ROW_GOES_ON);
    assert_int_equal(probe_row_add(&row, &o, PROBE_SUCCESS), PROBE_ROW_GOES_ON);
    assert_int_equal(probe_row_add(&row, &o, PROBE_SUCCESS), PROBE_ROW_SUCCESS);
    assert_int_equal(probe_row_add(&row, &o, PROBE_FAILURE), PROBE_ROW_GOES_ON);
    assert_int_equal(probe_row_add(&row, &o, PROBE_ERROR), PROBE_ROW_GOES_ON); /* thrown away */
    assert_int_equal(probe_row_add(&row, &o, PROBE_FAILURE), PROBE_ROW_GOES_ON);
    assert_int_equal(probe_row_add(&row, &o, PROBE_FAILURE), PROBE_ROW_FAILURE);
}

static void test_urls(void **state)
{
    (void)state;
    static const struct {
        const char *location, *result; /* NULL: refused */
    } cases[] = {
        {"/other?x=1#part", "http://10.0.0.1:80/other?x=1"},
        {"next", "http://10.0.0.1:80/a/next"},
        {"?q", "http://10.0.0.1:80/a/b?q"},
        {"https://10.0.0.1/", "https://10.0.0.1:443/"},
        {"HTTP://host:8080", "http://host:8080/"},
        {"//host/x", "http://host:80/x"},
        {"http://user:pw@host/x", "http://host:80/x"},
        {"http://[::1]:99/x", "http://[::1]:99/x"},
        {"http://[::1]", "http://[::1]:80/"},
        {"ftp://host/x", NULL},
        {"http:host", NULL},
        {"http://host:0/", NULL},
        {"http://host:99999/", NULL},
        {"http://", NULL},
        {"http://[::1]x/", NULL},
    };
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct url base = {.host = STR_INIT("10.0.0.1"), .port = 80, .path = STR_INIT("/a/b?old")}, got;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int r = url_resolve(a, &base, str_of(cases[i].location), &got);
        if (cases[i].result)
            assert_str(url_print(a, &got), cases[i].result);
        else
            assert_int_equal(r, -EINVAL);
    }
}

/* ── a set in simulated time ── */

struct pretend {
    struct loop *loop;
    struct probe_set *set;
    int code;      /* what the command exits with */
    int error;     /* or how it cannot be run */
    int64_t takes; /* ms */
    struct loop_timer timer;
    void (*done)(void *ctx, int r, int code, struct str output);
    void *done_ctx;
    int runs, cancels, started, dead, failures;
    int64_t run_at[64];
    enum probe_role dead_role;
    char message[128];
    bool ready, free_when_dead;
};

static void pretend_end(void *ctx)
{
    struct pretend *p = ctx;
    p->done(p->done_ctx, p->error, p->code, STR("what it said\n"));
}

static void *pretend_run(void *ctx, const char *const *args, int64_t timeout_ms, void (*done)(void *, int, int, struct str), void *done_ctx)
{
    struct pretend *p = ctx;
    assert_string_equal(args[0], "check");
    assert_int_equal(timeout_ms, 1000);
    if (p->runs < (int)ARRAY_LEN(p->run_at))
        p->run_at[p->runs] = loop_now(p->loop);
    p->runs++;
    p->done = done;
    p->done_ctx = done_ctx;
    assert_done(loop_timer_start(p->loop, &p->timer, p->takes, pretend_end, p));
    return p;
}

static void pretend_cancel(void *ctx, void *handle)
{
    struct pretend *p = ctx;
    assert_ptr_equal(handle, p);
    loop_timer_stop(&p->timer);
    p->cancels++;
}

static void on_started(void *ctx)
{
    ((struct pretend *)ctx)->started++;
}

static void on_ready(void *ctx, bool ready)
{
    ((struct pretend *)ctx)->ready = ready;
}

static void on_dead(void *ctx, enum probe_role role, const char *message)
{
    struct pretend *p = ctx;
    p->dead++;
    p->dead_role = role;
    snprintf(p->message, sizeof(p->message), "%s", message);
    if (p->free_when_dead)
        p->set = probe_set_free(p->set);
}

static void on_failure(void *ctx, enum probe_role role, enum probe_answer answer, const char *message)
{
    struct pretend *p = ctx;
    (void)role;
    (void)answer;
    p->failures++;
    snprintf(p->message, sizeof(p->message), "%s", message);
}

static const char *const check[] = {"check", NULL};

static void pretend_begin(struct pretend *p, struct probe_set_options o)
{
    struct probe_set_events e = {on_started, on_ready, on_dead, on_failure, p};
    struct err err;
    int code = p->code, error = p->error;
    int64_t takes = p->takes;
    bool free_when_dead = p->free_when_dead;
    *p = (struct pretend){.code = code, .error = error, .takes = takes, .free_when_dead = free_when_dead};
    assert_done(loop_new_simulated(&p->loop, 1000));
    o.exec = (struct probe_exec){pretend_run, pretend_cancel, p};
    assert_done(probe_set_new(&p->set, p->loop, &o, &e, &err));
}

static void pretend_finish(struct pretend *p)
{
    p->set = probe_set_free(p->set);
    loop_timer_stop(&p->timer);
    p->loop = loop_free(p->loop);
}

static void test_readiness(void **state)
{
    (void)state;
    struct probe_options o = {
        .kind = PROBE_EXEC, .args = check, .initial_delay_ms = 5000, .period_ms = 2000, .success_threshold = 2, .failure_threshold = 3};
    struct pretend p = {0};
    pretend_begin(&p, (struct probe_set_options){.readiness = &o});
    assert_true(probe_set_started(p.set));
    assert_false(probe_set_ready(p.set));
    assert_done(loop_run_for(p.loop, 6000));
    assert_int_equal(p.runs, 1);
    assert_int_equal(p.run_at[0], 5000);
    assert_false(p.ready);
    assert_done(loop_run_for(p.loop, 1500));
    assert_int_equal(p.run_at[1], 7000);
    assert_true(p.ready && probe_set_ready(p.set));
    p.code = 1;
    assert_done(loop_run_for(p.loop, 5000)); /* 9 s, 11 s */
    assert_true(p.ready);
    assert_done(loop_run_for(p.loop, 1000)); /* 13 s */
    assert_false(p.ready);
    assert_int_equal(p.failures, 3);
    assert_string_equal(p.message, "what it said");
    p.error = -EIO; /* cannot be asked: nothing changes */
    assert_done(loop_run_for(p.loop, 20000));
    p.error = p.code = 0;
    assert_done(loop_run_for(p.loop, 4000));
    assert_true(p.ready);
    assert_int_equal(p.dead, 0);
    pretend_finish(&p);
}

static void test_startup_gates_liveness(void **state)
{
    (void)state;
    struct probe_options startup = {.kind = PROBE_EXEC, .args = check, .period_ms = 1000, .failure_threshold = 10};
    struct probe_options liveness = {.kind = PROBE_EXEC, .args = check, .period_ms = 10000, .failure_threshold = 2};
    struct pretend p = {.code = 1};
    pretend_begin(&p, (struct probe_set_options){.startup = &startup, .liveness = &liveness});
    assert_done(loop_run_for(p.loop, 4500));
    assert_int_equal(p.runs, 5);
    assert_false(probe_set_started(p.set));
    p.code = 0;
    assert_done(loop_run_for(p.loop, 600)); /* 5 s: success; liveness begins at once */
    assert_int_equal(p.started, 1);
    assert_true(probe_set_started(p.set) && probe_set_ready(p.set));
    assert_int_equal(p.runs, 7);
    p.code = 3;
    assert_done(loop_run_for(p.loop, 9000));
    assert_int_equal(p.runs, 7);
    assert_done(loop_run_for(p.loop, 11000));
    assert_int_equal(p.dead, 1);
    assert_int_equal(p.dead_role, PROBE_LIVENESS);
    int runs = p.runs;
    assert_done(loop_run_for(p.loop, 60000));
    assert_int_equal(p.runs, runs); /* at rest */
    pretend_finish(&p);
    /* startup that never comes; the owner frees the set from the callback */
    p = (struct pretend){.code = 1, .free_when_dead = true};
    pretend_begin(&p, (struct probe_set_options){.startup = &startup, .liveness = &liveness});
    assert_done(loop_run_for(p.loop, 60000));
    assert_int_equal(p.dead, 1);
    assert_int_equal(p.dead_role, PROBE_STARTUP);
    assert_int_equal(p.runs, 10);
    pretend_finish(&p);
}

static void test_adoption_and_end(void **state)
{
    (void)state;
    struct probe_options startup = {.kind = PROBE_EXEC, .args = check};
    struct probe_options readiness = {.kind = PROBE_EXEC, .args = check, .initial_delay_ms = 30000, .period_ms = 1000};
    struct pretend p = {.takes = 400};
    pretend_begin(&p,
                  (struct probe_set_options){
                      .startup = &startup, .readiness = &readiness, .liveness = &readiness, .started = true, .ready = true, .started_ms_ago = 29000});
    assert_true(probe_set_started(p.set) && probe_set_ready(p.set));
    probe_set_stop_health(p.set);
    assert_done(loop_run_for(p.loop, 900));
    assert_int_equal(p.runs, 0);
    assert_done(loop_run_for(p.loop, 200));
    assert_int_equal(p.runs, 1);   /* readiness alone */
    p.set = probe_set_free(p.set); /* with a question under way */
    assert_int_equal(p.cancels, 1);
    assert_done(loop_run_for(p.loop, 60000));
    assert_int_equal(p.runs, 1);
    pretend_finish(&p);
}

static int make_set(void *ctx)
{
    struct probe_options o = {.kind = PROBE_HTTP, .port = 80, .path = "/x", .headers = (struct probe_pair[]){{"A", "b"}}, .n_headers = 1};
    struct probe_set_options s = {.startup = &o, .liveness = &o, .readiness = &o, .address = "10.1.2.3"};
    struct probe_set *set = NULL;
    struct err err;
    int r = probe_set_new(&set, ctx, &s, &(struct probe_set_events){on_started, on_ready, on_dead, on_failure, NULL}, &err);
    probe_set_free(set);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    struct loop *l;
    assert_done(loop_new_simulated(&l, 0));
    assert_done(loop_run_for(l, 1)); /* its first timer's place is made */
    unit_fail_allocations(make_set, l);
    loop_free(l);
}

/* ── the wire ── */

struct wire {
    struct loop *loop;
    struct http_server *server;
    int port, answers, seen;
    enum probe_answer answer;
    char message[PROBE_MESSAGE_MAX], said[256];
};

static void on_request(void *ctx, struct http_req *q)
{
    struct wire *w = ctx;
    struct str path = http_req_path(q);
    struct http_header at[2] = {{STR("location"), STR_NONE}};
    char text[64];
    w->seen++;
    snprintf(w->said, sizeof(w->said), "%.*s|%.*s|%.*s|%.*s", STR_FMT(http_req_header(q, "user-agent")), STR_FMT(http_req_header(q, "accept")),
             STR_FMT(http_req_header(q, "host")), STR_FMT(http_req_header(q, "x-own")));
    snprintf(text, sizeof(text), "http://127.0.0.1:%d/good", w->port);
    if (str_is(path, "/good"))
        http_reply(q, 204, NULL, 0, (struct http_bytes){0});
    else if (str_is(path, "/here") || str_is(path, "/loop") || str_is(path, "/away")) {
        at[0].value = str_is(path, "/here") ? str_of(text) : str_is(path, "/loop") ? STR("loop") : STR("http://elsewhere.invalid/");
        http_reply(q, 302, at, 1, (struct http_bytes){0});
    } else if (str_is(path, "/grpc.health.v1.Health/Check")) {
        struct str body = http_req_body(q); /* 5 bytes, tag, length, name */
        struct str service = str_from(body, body.n > 5 ? 7 : 5);
        struct http_header trailer[2] = {{STR("content-type"), STR("application/grpc")}, {STR("grpc-status"), STR("0")}};
        if (str_is(service, "unknown"))
            trailer[1].value = STR("12");
        struct str answer = str_is(service, "bad") ? str_make("\0\0\0\0\2\10\2", 7) : str_make("\0\0\0\0\2\10\1", 7);
        http_reply(q, 200, trailer, 2, (struct http_bytes){.bytes = answer});
    } else if (!str_is(path, "/never")) {
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR("no\n")});
    }
}

static void on_answer(void *ctx, enum probe_answer answer, const char *message)
{
    struct wire *w = ctx;
    w->answers++;
    w->answer = answer;
    snprintf(w->message, sizeof(w->message), "%s", message);
}

static void wire_begin(struct wire *w, SSL_CTX *tls)
{
    struct err err;
    *w = (struct wire){0};
    assert_done(loop_new(&w->loop));
    struct http_server_options o = {.address = "127.0.0.1", .tls = tls, .on_request = on_request, .ctx = w};
    if (http_server_new(&w->server, w->loop, &o, &err) < 0)
        fail_msg("%s", err.text);
    w->port = http_server_port(w->server);
}

static void wire_end(struct wire *w)
{
    http_server_free(w->server);
    assert_done(loop_run_for(w->loop, 5));
    loop_free(w->loop);
}

static enum probe_answer ask_wire(struct wire *w, struct probe_options o)
{
    struct probe_call *c;
    struct err err;
    int before = w->answers;
    o.port = o.port ? o.port : w->port;
    assert_done(probe_ask(&c, w->loop, &o, "127.0.0.1", NULL, on_answer, w, &err));
    for (int i = 0; i < 2000 && w->answers == before; i++)
        assert_done(loop_run_for(w->loop, 5));
    assert_int_equal(w->answers, before + 1);
    return w->answer;
}

static int closed_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof(at);
    SCOPED_FD fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(bind(fd, (struct sockaddr *)&at, n) == 0 && getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    return ntohs(at.sin_port);
}

static void test_http(void **state)
{
    (void)state;
    struct wire w;
    char expected[64];
    wire_begin(&w, NULL);
    struct probe_pair own[] = {{"X-Own", "yes"}};
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/good", .headers = own, .n_headers = 1}), PROBE_SUCCESS);
    snprintf(expected, sizeof(expected), PROBE_AGENT "|*/*|127.0.0.1:%d|yes", w.port);
    assert_string_equal(w.said, expected);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/good", .agent = "kube-lifecycle/1"}), PROBE_SUCCESS);
    assert_non_null(strstr(w.said, "kube-lifecycle/1|*/*|"));
    struct probe_pair named[] = {{"Host", "web.example"}, {"User-Agent", "me"}, {"Accept", ""}};
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "good", .headers = named, .n_headers = 3}), PROBE_SUCCESS);
    assert_non_null(strstr(w.said, "me|"));
    assert_non_null(strstr(w.said, "|web.example|"));
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/bad"}), PROBE_FAILURE);
    assert_string_equal(w.message, "HTTP probe failed with statuscode: 500");
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/here"}), PROBE_SUCCESS);
    assert_string_equal(w.message, "204");
    int before = w.seen;
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/loop"}), PROBE_FAILURE);
    assert_non_null(strstr(w.message, "stopped after 10 redirects"));
    assert_int_equal(w.seen - before, 11);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/away"}), PROBE_SUCCESS);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/never", .timeout_ms = 100}), PROBE_FAILURE);
    assert_non_null(strstr(w.message, "context deadline exceeded"));
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/good", .port = closed_port()}), PROBE_FAILURE);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .path = "/good", .port = -1}), PROBE_ERROR);
    struct probe_call *c;
    struct err err;
    assert_done(
        probe_ask(&c, w.loop, &(struct probe_options){.kind = PROBE_HTTP, .path = "/never", .port = w.port}, "127.0.0.1", NULL, on_answer, &w, &err));
    assert_done(loop_run_for(w.loop, 20));
    probe_call_cancel(c);
    wire_end(&w);
}

static void test_https(void **state)
{
    (void)state;
    struct wire w;
    struct tls_pair ca = {0}, own = {0};
    struct tls_names names = {.dns = (const char *const[]){"somebody.else", NULL}};
    struct err err;
    SSL_CTX *tls;
    int64_t now = time(NULL);
    assert_done(tls_ca_make(&ca, "nobody knows me", now, 1, &err));
    assert_done(tls_cert_make(&own, &ca, "x", NULL, &names, TLS_USAGE_SERVER, now, 1, &err));
    assert_done(tls_server_context(&tls, &own, NULL, STR("\x02h2\x08http/1.1"), &err));
    wire_begin(&w, tls);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_HTTP, .https = true, .path = "/good", .timeout_ms = 5000}), PROBE_SUCCESS);
    wire_end(&w);
    tls_context_free(tls);
    tls_pair_done(&own);
    tls_pair_done(&ca);
}

static void test_tcp(void **state)
{
    (void)state;
    struct wire w;
    wire_begin(&w, NULL);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_TCP}), PROBE_SUCCESS);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_TCP, .host = "localhost"}),
                     PROBE_SUCCESS); /* may be ::1 first, where nobody listens */
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_TCP, .host = "localhost", .port = closed_port()}), PROBE_FAILURE);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_TCP, .port = closed_port()}), PROBE_FAILURE);
    assert_non_null(strstr(w.message, "connect: connection refused"));
    wire_end(&w);
}

static void test_grpc(void **state)
{
    (void)state;
    struct wire w;
    wire_begin(&w, NULL);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_GRPC}), PROBE_SUCCESS);
    assert_string_equal(w.message, "service healthy");
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_GRPC, .service = "good"}), PROBE_SUCCESS);
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_GRPC, .service = "bad"}), PROBE_FAILURE);
    assert_string_equal(w.message, "service unhealthy (responded with \"NOT_SERVING\")");
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_GRPC, .service = "unknown"}), PROBE_FAILURE);
    assert_non_null(strstr(w.message, "does not implement the grpc health protocol"));
    assert_int_equal(ask_wire(&w, (struct probe_options){.kind = PROBE_GRPC, .port = closed_port()}), PROBE_FAILURE);
    wire_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_readiness),
        cmocka_unit_test(test_startup_gates_liveness),
        cmocka_unit_test(test_adoption_and_end),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_http),
        cmocka_unit_test(test_https),
        cmocka_unit_test(test_tcp),
        cmocka_unit_test(test_grpc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
