#include "http/http.h"
#include "json/json.h"
#include "tls/tls.h"
#include "webhook/inside.h"

#define ANSWER_MAX  ((size_t)4 << 20)
#define CONNECTIONS 8

struct peer { /* kept connections to one address */
    struct list link;
    struct webhook *w;
    struct address at;
    struct http_client *client;
    unsigned calls;
    bool stale; /* another address has taken its place: goes with its last call */
    struct loop_task ending;
};

struct webhook {
    struct loop *loop;
    struct store *store;
    struct arena *mem;
    struct str url;   /* as told in errors, without the timeout */
    const char *path; /* with query, if any */
    const char *server_name;
    struct str ns, service; /* service empty: `fixed` is the address */
    struct address fixed;
    int port;             /* of the Service */
    const char *ca_pem;   /* NULL: the system's */
    const char *ca_fault; /* what is wrong with caBundle */
    SSL_CTX *tls;
    struct list peers, calls;
};

struct call {
    struct list link;
    struct webhook *w;
    struct peer *peer;
    int seconds;
    void (*done)(void *ctx, const struct webhook_answer *answer);
    void *ctx;
    struct loop_task failing;
    int r;
    struct err err;
};

/* ── reading a WebhookClientConfig ── */

/* https://host[:port]/path?query */
static int read_url(struct webhook *w, struct str url, struct err *err)
{
    struct str rest, host, port = STR("443"), path;
    int64_t n;
    if (!str_starts(url, STR("https://")))
        return err_raise(err, -EINVAL, "\"%.*s\" is no https URL", STR_FMT(url));
    rest = str_from(url, 8);
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
        end++;
    path = str_from(rest, end);
    rest = str_head(rest, end);
    if (str_starts(rest, STR("["))) {
        struct str tail;
        str_cut(str_from(rest, 1), ']', &host, &tail);
        if (str_starts(tail, STR(":")))
            port = str_from(tail, 1);
    } else if (!str_cut(rest, ':', &host, &port)) {
        port = STR("443");
    }
    if (!host.n || host.n >= sizeof(w->fixed.host) || str_to_int(port, &n) < 0 || n < 1 || n > 65535)
        return err_raise(err, -EINVAL, "\"%.*s\" names no host and port", STR_FMT(url));
    memcpy(w->fixed.host, host.p, host.n);
    w->fixed.port = (int)n;
    w->server_name = arena_text(w->mem, host.p, host.n);
    struct str slashed = arena_fmt(w->mem, "%s%.*s", str_starts(path, STR("/")) ? "" : "/", STR_FMT(path));
    w->path = slashed.p;
    return arena_str(w->mem, url, &w->url) < 0 || !w->server_name || !w->path ? -ENOMEM : 0;
}

static int read_service(struct webhook *w, const struct value *s)
{
    struct str path = value_text_at(s, "path");
    w->port = (int)value_int_at(s, "port", 443);
    int r = arena_str(w->mem, value_text_at(s, "name"), &w->service);
    if (r == 0)
        r = arena_str(w->mem, value_text_at(s, "namespace"), &w->ns);
    if (r < 0)
        return r;
    struct str name = arena_fmt(w->mem, "%.*s.%.*s.svc", STR_FMT(w->service), STR_FMT(w->ns));
    struct str slashed = arena_fmt(w->mem, "%s%.*s", str_starts(path, STR("/")) ? "" : "/", STR_FMT(path));
    w->server_name = name.p;
    w->path = slashed.p;
    w->url = arena_fmt(w->mem, "https://%.*s:%d%.*s", STR_FMT(name), w->port, STR_FMT(slashed));
    return name.p && slashed.p && w->url.p ? 0 : -ENOMEM;
}

static int read_bundle(struct webhook *w, struct str bundle)
{
    SCOPED_BUF pem = BUF_INIT(4u << 20);
    if (!bundle.n)
        return 0;
    if (buf_unbase64(&pem, bundle) < 0) {
        w->ca_fault = "unable to load root certificates: caBundle is no base64";
        return 0;
    }
    w->ca_pem = arena_text(w->mem, pem.p, pem.n);
    return w->ca_pem ? 0 : -ENOMEM;
}

int webhook_new(struct webhook **out, struct loop *loop, struct store *store, const struct value *config, struct err *err)
{
    const struct value *service = value_at(config, "service");
    struct str url = value_text_at(config, "url");
    struct webhook *w = mem_alloc(sizeof(*w));
    if (!w)
        return err_raise(err, -ENOMEM, "no memory for a webhook");
    w->loop = loop;
    w->store = store;
    list_init(&w->peers);
    list_init(&w->calls);
    int r = arena_new(&w->mem, 8u << 20);
    if (r == 0 && value_text_at(service, "name").n)
        r = read_service(w, service);
    else if (r == 0)
        r = read_url(w, url, err);
    if (r == 0)
        r = read_bundle(w, value_text_at(config, "caBundle"));
    if (r < 0) {
        webhook_free(w);
        return r == -ENOMEM ? err_raise(err, r, "no memory for a webhook") : r;
    }
    *out = w;
    return 0;
}

/* ── ending ── */

static void peer_free(struct peer *p)
{
    list_del(&p->link);
    loop_defer_cancel(&p->ending);
    http_client_free(p->client);
    mem_free(p);
}

static void peer_end(void *ctx)
{
    peer_free(ctx);
}

static void call_over(struct call *c, const struct webhook_answer *a)
{
    list_del(&c->link);
    loop_defer_cancel(&c->failing);
    if (c->peer && --c->peer->calls == 0 && c->peer->stale)
        loop_defer(c->w->loop, &c->peer->ending, peer_end, c->peer); /* not inside a callback of its client */
    c->done(c->ctx, a);
    mem_free(c);
}

static void call_fail(struct call *c, int r, const char *why)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    buf_text(&b, "Post ");
    char more[32];
    snprintf(more, sizeof(more), "%ctimeout=%ds", str_find(c->w->url, STR("?")) >= 0 ? '&' : '?', c->seconds);
    buf_fmt(&b, "\"%.*s%s\": %s", STR_FMT(c->w->url), more, r == -ETIMEDOUT ? "context deadline exceeded" : why);
    call_over(c, &(struct webhook_answer){.r = r, .error = buf_view(&b)});
}

struct webhook *webhook_free(struct webhook *w)
{
    if (!w)
        return NULL;
    LIST_EACH (p, &w->peers, struct peer, link)
        p->client = http_client_free(p->client); /* its calls end here */
    while (!list_empty(&w->calls))
        call_fail(CONTAINER_OF(w->calls.next, struct call, link), -ECANCELED, "the server is stopping");
    while (!list_empty(&w->peers))
        peer_free(CONTAINER_OF(w->peers.next, struct peer, link));
    tls_context_free(w->tls);
    arena_free(w->mem);
    return mem_free(w);
}

/* ── answers ── */

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct call *c = ctx;
    SCOPED_BUF b = BUF_INIT(64u << 10);
    if (r < 0) {
        call_fail(c, r, error);
        return;
    }
    if (code >= 200 && code < 300) {
        call_over(c, &(struct webhook_answer){.body = body});
        return;
    }
    struct str start = str_trim(str_head(body, 1024));
    if (code == 404)
        buf_text(&b, "the server could not find the requested resource");
    else if (code == 401)
        buf_text(&b, "the server has asked for the client to provide credentials");
    else if (code == 405)
        buf_text(&b, "the server does not allow this method on the requested resource");
    else if (code == 429)
        buf_text(&b, "the server has received too many requests and has asked us to try again later");
    else if (code == 503)
        buf_text(&b, "the server is currently unable to handle the request");
    else if (code >= 500) {
        buf_text(&b, "an error on the server (");
        json_string(&b, start);
        buf_text(&b, ") has prevented the request from succeeding");
    } else {
        buf_text(&b, "the server rejected our request for an unknown reason");
    }
    call_over(c, &(struct webhook_answer){.r = -EPROTO, .error = buf_view(&b)});
}

/* ── calling ── */

static int find_peer(struct webhook *w, struct peer **out, struct err *err)
{
    struct address at = w->fixed;
    struct peer *now = NULL;
    LIST_EACH (p, &w->peers, struct peer, link)
        if (!p->stale)
            now = p;
    int r = w->service.n ? reach_service(w->store, w->ns, w->service, w->port, now ? &now->at : NULL, &at, err) : 0;
    if (r < 0)
        return r;
    *out = now;
    if (now && now->at.port == at.port && !strcmp(now->at.host, at.host))
        return 0;
    if (!w->tls && w->ca_fault)
        return err_raise(err, -EINVAL, "%s", w->ca_fault);
    if (!w->tls) /* HTTP/1.1, as upstream: every connection may lead to another endpoint */
        r = tls_client_context(&w->tls, NULL, w->ca_pem, false, STR_NONE, err);
    struct peer *p = r == 0 ? mem_alloc(sizeof(*p)) : NULL;
    if (!p)
        return r < 0 ? r : err_raise(err, -ENOMEM, "no memory for a connection");
    *p = (struct peer){.w = w, .at = at};
    list_init(&p->link);
    struct http_client_options o = {
        .host = p->at.host, .port = at.port, .server_name = w->server_name, .tls = w->tls, .connections = CONNECTIONS, .http1_only = true};
    r = http_client_new(&p->client, w->loop, &o, err);
    if (r < 0) {
        mem_free(p);
        return r;
    }
    if (now) {
        now->stale = true;
        if (!now->calls)
            loop_defer(w->loop, &now->ending, peer_end, now);
    }
    list_add(&w->peers, &p->link);
    *out = p;
    return 0;
}

static int send_call(struct call *c, struct str body, int64_t timeout_ms, struct err *err)
{
    struct webhook *w = c->w;
    SCOPED_BUF path = BUF_INIT(64u << 10);
    struct peer *p = NULL;
    struct http_call *http = NULL;
    int r = find_peer(w, &p, err);
    if (r < 0)
        return r;
    buf_fmt(&path, "%s%ctimeout=%ds", w->path, strchr(w->path, '?') ? '&' : '?', c->seconds);
    struct http_header headers[] = {
        {STR("content-type"), STR("application/json")},
        {STR("accept"), STR("application/json, */*")},
        {STR("user-agent"), STR("kube-apiserver-admission")},
    };
    struct http_call_options o = {.method = "POST",
                                  .path = buf_cstr(&path),
                                  .headers = headers,
                                  .n_headers = ARRAY_LEN(headers),
                                  .body = body,
                                  .timeout_ms = timeout_ms,
                                  .body_max = ANSWER_MAX};
    struct http_call_events e = {.on_end = on_end, .ctx = c};
    if (buf_error(&path) < 0)
        return buf_error(&path);
    p->calls++;
    c->peer = p;
    r = http_client_call(&http, p->client, &o, &e);
    if (r < 0) {
        p->calls--;
        c->peer = NULL;
    }
    return r;
}

static void tell_failure(void *ctx)
{
    struct call *c = ctx;
    call_fail(c, c->r, c->err.text[0] ? c->err.text : strerror(-c->r));
}

int webhook_call(struct webhook *w, struct str body, int64_t timeout_ms, void (*done)(void *ctx, const struct webhook_answer *answer), void *ctx)
{
    struct call *c = mem_alloc(sizeof(*c));
    if (!c)
        return -ENOMEM;
    c->w = w;
    c->seconds = (int)((timeout_ms + 999) / 1000);
    c->done = done;
    c->ctx = ctx;
    list_add(&w->calls, &c->link);
    c->r = send_call(c, body, timeout_ms, &c->err);
    if (c->r < 0)
        loop_defer(w->loop, &c->failing, tell_failure, c);
    return 0;
}
