/* What api's tests share: a server on a loop with a store in memory, and somebody who asks it over real HTTP. */
#ifndef CORACLE_API_FIXTURE_H
#define CORACLE_API_FIXTURE_H

#include "tests/unit.h"

#include "api/api.h"
#include "auth/auth.h"
#include "http/http.h"
#include "json/json.h"
#include "loop/loop.h"
#include "store/store.h"

struct fixture {
    struct loop *loop;
    struct store *store;
    struct audit *audit;                      /* set by whoever wants one, before the start */
    const char *plugins;                      /* more admission plugins: set before the start, too */
    const char *service_cidr, *service_cidr2; /* likewise */
    struct auth *auth;                        /* NULL: everybody may everything */
    const char *bearer;                       /* whom ask() asks as; NULL: nobody */
    struct api *api;
    struct http_server *server;
    struct http_client *client;
    struct arena *mem;
    struct api_check components[1];
    struct api_view views[1];
    bool ill;       /* what that one says */
    int code;       /* of the last answer */
    char type[128]; /* its content-type */
    char warning[512], location[256];
    struct str body; /* in mem */
    bool done;
};

static inline void fixture_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    struct fixture *f = ctx;
    f->code = code;
    f->type[0] = f->warning[0] = f->location[0] = 0;
    for (size_t i = 0; i < n; i++) {
        if (str_is(h[i].name, "content-type"))
            snprintf(f->type, sizeof(f->type), "%.*s", STR_FMT(h[i].value));
        if (str_is(h[i].name, "location"))
            snprintf(f->location, sizeof(f->location), "%.*s", STR_FMT(h[i].value));
        if (str_is(h[i].name, "warning"))
            snprintf(f->warning, sizeof(f->warning), "%.*s", STR_FMT(h[i].value));
    }
}

static inline void fixture_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct fixture *f = ctx;
    if (r < 0)
        fail_msg("no answer: %s", error ? error : strerror(-r));
    f->code = code;
    assert_done(arena_str(f->mem, body, &f->body));
    f->done = true;
    loop_stop(f->loop);
}

static inline void fixture_begun(void *ctx, int r, const char *error)
{
    struct fixture *f = ctx;
    if (r < 0)
        fail_msg("bootstrap: %s", error);
    f->done = true;
    loop_stop(f->loop);
}

static inline int fixture_component(void *ctx, struct err *err)
{
    struct fixture *f = ctx;
    return f->ill ? err_raise(err, -EIO, "it is ill") : 0;
}

static inline int fixture_view(void *ctx, struct str ns, struct str name, int64_t limit, struct buf *out, struct err *err)
{
    struct fixture *f = ctx;
    if (f->ill)
        return err_raise(err, -EAGAIN, "not yet");
    buf_fmt(out, "{\"of\":\"%.*s/%.*s\",\"limit\":%lld}\n", STR_FMT(ns), STR_FMT(name), (long long)limit);
    return str_is(name, "none") ? API_VIEW_ABSENT : 0;
}

static inline void fixture_wait(struct fixture *f)
{
    int64_t until = loop_now(f->loop) + 20000;
    while (!f->done && loop_now(f->loop) < until)
        assert_true(loop_run_for(f->loop, 20) >= 0);
    assert_true(f->done);
    f->done = false;
}

/* `tokens`: lines token,user,uid,"groups" — then there is an authorizer. */
static inline void fixture_auth(struct fixture *f, const char *tokens)
{
    struct err err = {{0}};
    char *key = NULL;
    assert_done(tls_key_make(&key, &err));
    struct auth_options o = {.signing_key = key, .lookup = {api_lookup, f->store}};
    assert_done(auth_new(&f->auth, &o, &err));
    mem_free(key);
    assert_done(auth_set_static_tokens(f->auth, str_of(tokens), &err));
}

/* The audit of f is looked at, the rest is set. */
static inline void fixture_start_with(struct fixture *f, const struct api_limits *limits, const char *tokens)
{
    struct err err = {{0}};
    struct audit *audit = f->audit;
    *f = (struct fixture){.audit = audit, .plugins = f->plugins, .service_cidr = f->service_cidr, .service_cidr2 = f->service_cidr2};
    struct store_options so = {0};
    assert_done(loop_new(&f->loop));
    assert_done(store_open(&f->store, f->loop, &so, &err));
    if (tokens)
        fixture_auth(f, tokens);
    struct api_options ao = {.auth = f->auth,
                             .audit = f->audit,
                             .loop = f->loop,
                             .store = f->store,
                             .advertise_address = "10.1.2.3",
                             .advertise_port = 6443,
                             .service_cidr = f->service_cidr,
                             .service_cidr2 = f->service_cidr2,
                             .admit_enable = f->plugins};
    if (limits)
        ao.limits = *limits;
    ao.components = f->components;
    ao.n_components = ARRAY_LEN(f->components);
    ao.views = f->views;
    ao.n_views = ARRAY_LEN(f->views);
    f->views[0] = (struct api_view){"coracle.dev", "v1alpha1", "pods", "decision", "Decision", fixture_view, f};
    f->components[0] = (struct api_check){"scheduler", fixture_component, f, false};
    assert_done(api_new(&f->api, &ao, &err));
    struct http_server_options ho = {.address = "127.0.0.1", .on_request = api_http_handler, .refusal = api_http_refusal, .ctx = f->api};
    assert_done(http_server_new(&f->server, f->loop, &ho, &err));
    struct http_client_options co = {.host = "127.0.0.1", .port = http_server_port(f->server)};
    assert_done(http_client_new(&f->client, f->loop, &co, &err));
    assert_done(arena_new(&f->mem, (size_t)512 << 20));
    api_bootstrap(f->api, fixture_begun, f);
    fixture_wait(f);
}

static inline void fixture_start_as(struct fixture *f, const struct api_limits *limits, const char *tokens)
{
    f->audit = NULL;
    f->plugins = f->service_cidr = f->service_cidr2 = NULL;
    fixture_start_with(f, limits, tokens);
}

static inline void fixture_start(struct fixture *f, const struct api_limits *limits)
{
    fixture_start_as(f, limits, NULL);
}

static inline void fixture_stop(struct fixture *f)
{
    http_client_free(f->client);
    http_server_free(f->server);
    api_free(f->api);
    auth_free(f->auth);
    store_close(f->store);
    loop_free(f->loop);
    arena_free(f->mem);
}

/* "accept: x" lines in `headers`, separated by newlines; NULL: none. */
static inline void ask_with(struct fixture *f, const char *method, const char *path, const char *headers, struct str body)
{
    struct http_header h[8];
    size_t n = 0;
    struct str rest = str_of(headers), line;
    while (headers && n < 8 && str_next(&rest, '\n', &line)) {
        str_cut(line, ':', &h[n].name, &h[n].value);
        h[n].value = str_trim(h[n].value);
        n++;
    }
    struct http_call *call = NULL;
    struct http_call_options o = {
        .method = method, .path = path, .headers = h, .n_headers = n, .body = body, .timeout_ms = 15000, .body_max = (size_t)64 << 20};
    struct http_call_events e = {.on_head = fixture_head, .on_end = fixture_end, .ctx = f};
    assert_done(http_client_call(&call, f->client, &o, &e));
    fixture_wait(f);
}

static inline int ask(struct fixture *f, const char *method, const char *path, const char *body)
{
    char headers[512];
    snprintf(headers, sizeof(headers), "%s%s%s%s", f->bearer ? "authorization: Bearer " : "", f->bearer ? f->bearer : "",
             f->bearer && body ? "\n" : "", body ? "content-type: application/json" : "");
    ask_with(f, method, path, headers[0] ? headers : NULL, str_of(body));
    return f->code;
}

static inline int ask_patch(struct fixture *f, const char *type, const char *path, const char *body)
{
    char header[128];
    snprintf(header, sizeof(header), "content-type: %s", type);
    ask_with(f, "PATCH", path, header, str_of(body));
    return f->code;
}

static inline struct value *tree_of(struct fixture *f)
{
    struct value *v = arena_alloc(f->mem, sizeof(*v));
    assert_non_null(v);
    assert_done(json_parse(f->mem, f->body, v, NULL));
    return v;
}

static inline struct str said(struct fixture *f, const char *path)
{
    return value_text_at(tree_of(f), path);
}

#define assert_code(f, call, wanted) \
    do { \
        int code_ = (call); \
        if (code_ != (wanted)) \
            fail_msg("%s: %d, wanted %d: %.*s", #call, code_, (wanted), STR_FMT((f)->body)); \
    } while (0)

#endif
