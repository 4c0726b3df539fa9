/* A client, a server that relays, and one behind it, on one loop over loopback sockets. */
#include "relay/relay.h"
#include "tests/unit.h"

struct scene {
    struct loop *loop;
    struct http_server *front, *behind;
    struct http_client *client;
    enum relay_sort sort;
    int port;             /* where the relay goes */
    struct http_req *q;   /* at the front, until it is taken or refused */
    struct http_req *far; /* at who is behind, whose answer has begun and does not end */
    struct relay *relay;
    struct list relays;
    struct arena *mem;
    int overs, refusals, dones, refused_code;
    char refused[128], type[64], location[128];
    int r, code;
    struct buf body;
    bool ended;
};

/* ── who is behind ── */

static void far_gone(void *data)
{
    struct scene *s = data;
    s->far = NULL;
}

static void behind(void *ctx, struct http_req *q)
{
    static const char page[] = "<html><a href=\"/next\">next</a></html>";
    struct scene *s = ctx;
    struct str path = http_req_path(q);
    struct http_header h[2] = {{STR("content-type"), STR("text/html")}, {STR("location"), STR("/elsewhere")}};
    if (str_is(path, "/page")) {
        http_reply(q, 201, h, 2, (struct http_bytes){.bytes = str_make(page, sizeof(page) - 1)});
    } else if (str_is(path, "/gone")) {
        http_reply(q, 404, NULL, 0, (struct http_bytes){.bytes = STR_INIT(" no such container\n")});
    } else { /* /stream: begun, never ended */
        s->far = q;
        http_req_set_data(q, s, far_gone);
        http_reply_begin(q, 200, NULL, 0);
        http_reply_write(q, (struct http_bytes){.bytes = STR_INIT("some")});
        http_reply_flush(q);
    }
}

/* ── who relays ── */

static void begin(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct scene *s = ctx;
    http_reply_begin(s->q, code, headers, n);
}

static struct http_req *take(void *ctx, int code)
{
    struct scene *s = ctx;
    struct http_req *q = s->q;
    (void)code;
    s->q = NULL;
    http_req_set_data(q, NULL, NULL);
    return q;
}

static void refused(void *ctx, int code, struct str text)
{
    struct scene *s = ctx;
    struct http_req *q = take(s, 0);
    s->refusals++;
    s->refused_code = code;
    snprintf(s->refused, sizeof(s->refused), "%.*s", STR_FMT(text));
    http_reply(q, 599, NULL, 0, (struct http_bytes){0});
}

static void over(void *ctx)
{
    struct scene *s = ctx;
    s->overs++;
    if (s->q)
        http_reply_abort(take(s, 0));
}

static void done(void *owner)
{
    (*(int *)owner)++;
}

static void client_went(void *data)
{
    struct scene *s = data;
    s->q = NULL;
    relay_client_went(s->relay);
}

struct owner {
    struct scene *s;
    struct http_client *client;
};

static void owner_done(void *at)
{
    struct owner *o = at;
    done(&o->s->dones);
    http_client_free(o->client);
    mem_free(o);
}

static const struct relay_use use = {begin, take, refused, over};

static int front_begin(struct scene *s, struct http_req *q)
{
    struct err err = {{0}};
    struct http_client_options co = {.host = "127.0.0.1", .port = s->port, .http1_only = true};
    struct owner *o = mem_alloc(sizeof(*o));
    if (!o)
        return -ENOMEM;
    o->s = s;
    if (http_client_new(&o->client, s->loop, &co, &err) < 0) {
        mem_free(o);
        return -ENOMEM;
    }
    struct relay_options ro = {.loop = s->loop,
                               .q = q,
                               .arena = s->mem,
                               .sort = s->sort,
                               .client = o->client,
                               .client_done = owner_done,
                               .client_owner = o,
                               .path = arena_text(s->mem, http_req_path(q).p, http_req_path(q).n),
                               .prefix = STR("/through"),
                               .origin = STR("127.0.0.1:1"),
                               .use = &use,
                               .ctx = s,
                               .all = &s->relays};
    return relay_new(&s->relay, &ro);
}

static void front(void *ctx, struct http_req *q)
{
    struct scene *s = ctx;
    if (front_begin(s, q) < 0) {
        http_reply(q, 500, NULL, 0, (struct http_bytes){0});
        return;
    }
    s->q = q;
    http_req_set_data(q, s, client_went);
    relay_go(s->relay);
}

/* ── who asks ── */

static void on_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    struct scene *s = ctx;
    s->code = code;
    for (size_t i = 0; i < n; i++) {
        if (str_is(h[i].name, "content-type"))
            snprintf(s->type, sizeof(s->type), "%.*s", STR_FMT(h[i].value));
        if (str_is(h[i].name, "location"))
            snprintf(s->location, sizeof(s->location), "%.*s", STR_FMT(h[i].value));
    }
}

static void on_data(void *ctx, struct str bytes)
{
    struct scene *s = ctx;
    buf_str(&s->body, bytes);
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct scene *s = ctx;
    (void)code, (void)body, (void)error;
    s->r = r;
    s->ended = true;
}

static int scene_start(struct scene *s, enum relay_sort sort)
{
    struct err err = {{0}};
    *s = (struct scene){.sort = sort};
    list_init(&s->relays);
    int r = loop_new(&s->loop);
    if (r == 0)
        r = arena_new(&s->mem, 1u << 20);
    struct http_server_options bo = {.address = "127.0.0.1", .on_request = behind, .ctx = s};
    if (r == 0)
        r = http_server_new(&s->behind, s->loop, &bo, &err);
    struct http_server_options fo = {.address = "127.0.0.1", .on_request = front, .ctx = s};
    if (r == 0)
        r = http_server_new(&s->front, s->loop, &fo, &err);
    if (r < 0)
        return r;
    s->port = http_server_port(s->behind);
    struct http_client_options co = {.host = "127.0.0.1", .port = http_server_port(s->front), .http1_only = true};
    return http_client_new(&s->client, s->loop, &co, &err);
}

static void scene_turn(struct scene *s)
{
    assert_true(loop_run_for(s->loop, 5) >= 0);
}

static void scene_end(struct scene *s)
{
    http_client_free(s->client);
    for (int i = 0; s->loop && s->front && i < 4; i++)
        scene_turn(s); /* what was deferred */
    http_server_free(s->front);
    http_server_free(s->behind);
    if (s->loop)
        scene_turn(s);
    arena_free(s->mem);
    loop_free(s->loop);
    buf_done(&s->body);
}

static struct http_call *ask(struct scene *s, const char *path)
{
    struct http_call *call = NULL;
    struct http_call_options o = {.method = "GET", .path = path, .timeout_ms = 20000};
    struct http_call_events e = {on_head, on_data, on_end, s, NULL};
    s->ended = false;
    int r = http_client_call(&call, s->client, &o, &e);
    if (r < 0) {
        s->r = r;
        s->ended = true;
    }
    return call;
}

static void answered(struct scene *s)
{
    for (int i = 0; !s->ended && i < 5000; i++)
        scene_turn(s);
    assert_true(s->ended);
    for (int i = 0; s->dones == 0 && s->overs + s->refusals > 0 && i < 100; i++)
        scene_turn(s);
}

static void test_page_comes_through(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_PROXY));
    ask(&s, "/page");
    answered(&s);
    assert_int_equal(s.code, 201);
    assert_string_equal(s.type, "text/html");
    assert_string_equal(s.location, "/through/elsewhere");
    assert_string_equal(buf_cstr(&s.body), "<html><a href=\"/through/next\">next</a></html>");
    assert_int_equal(s.overs * 10 + s.dones, 11);
    scene_end(&s);
}

/* A proxied 404 is the answer; of a log it is a refusal, whose words are its body's. */
static void test_refusals(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_PROXY));
    ask(&s, "/gone");
    answered(&s);
    assert_int_equal(s.code, 404);
    assert_int_equal(s.refusals, 0);
    scene_end(&s);

    assert_done(scene_start(&s, RELAY_LOG));
    ask(&s, "/gone");
    answered(&s);
    assert_int_equal(s.code, 599);
    assert_int_equal(s.refused_code, 404);
    assert_string_equal(s.refused, "no such container");
    assert_int_equal(s.refusals * 100 + s.overs * 10 + s.dones, 101);
    scene_end(&s);
}

static void test_nobody_answers(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_PROXY));
    s.behind = http_server_free(s.behind); /* its port is closed now */
    ask(&s, "/page");
    answered(&s);
    assert_int_equal(s.refused_code, -ECONNREFUSED);
    assert_int_equal(s.refusals * 100 + s.overs * 10 + s.dones, 101);
    scene_end(&s);
}

static void some_came(struct scene *s)
{
    for (int i = 0; s->body.n < 4 && i < 1000; i++)
        scene_turn(s);
    assert_string_equal(buf_cstr(&s->body), "some");
    assert_non_null(s->far);
}

/* Who is behind breaks off in the middle: the reader sees a broken reply, not a short one. */
static void test_broken_off(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_LOG));
    ask(&s, "/stream");
    some_came(&s);
    http_req_set_data(s.far, NULL, NULL);
    http_reply_abort(s.far);
    answered(&s);
    assert_true(s.r < 0);
    assert_int_equal(s.overs * 10 + s.dones, 11);
    scene_end(&s);
}

static void test_reader_goes(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_LOG));
    struct http_call *call = ask(&s, "/stream");
    some_came(&s);
    http_call_cancel(call);
    for (int i = 0; s.far && i < 1000; i++)
        scene_turn(&s);
    assert_null(s.far); /* who is behind need not go on */
    assert_int_equal(s.overs * 10 + s.dones, 11);
    scene_end(&s);
}

/* Everything ends at once, without a turn of the loop in between. */
static void test_ends_in_mid_answer(void **state)
{
    struct scene s;
    (void)state;
    assert_done(scene_start(&s, RELAY_LOG));
    ask(&s, "/stream");
    some_came(&s);
    s.front = http_server_free(s.front);
    relay_end_all(&s.relays);
    assert_true(list_empty(&s.relays));
    assert_int_equal(s.overs * 10 + s.dones, 11);
    scene_end(&s);
}

static int page_body(void *ctx)
{
    struct scene s;
    (void)ctx;
    int r = scene_start(&s, RELAY_PROXY);
    if (r == 0) {
        ask(&s, "/page");
        answered(&s);
        r = s.code == 201 && s.r == 0 && str_is(buf_view(&s.body), "<html><a href=\"/through/next\">next</a></html>") ? 0 : -ENOMEM;
        assert_true(s.overs + s.refusals <= s.dones && s.dones <= 1); /* a relay that could not be made tells nobody */
    }
    scene_end(&s);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(page_body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page_comes_through), cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_nobody_answers),     cmocka_unit_test(test_broken_off),
                                       cmocka_unit_test(test_reader_goes),        cmocka_unit_test(test_ends_in_mid_answer),
                                       cmocka_unit_test(test_allocations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
