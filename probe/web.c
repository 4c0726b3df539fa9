#include "probe/inside.h"

/* An HTTP probe: the status code decides, so the body is not waited for. */

#define REDIRECTS_MAX 10
#define HEADERS_MAX   64

struct web {
    struct probe_call *call;
    struct url url;
    unsigned redirects;
    struct http_client *client;
    struct http_call *request;
    SSL_CTX *tls;
    struct loop_task next; /* follows a redirect outside of http's callback */
    struct url target;
};

static int request_start(struct web *w);

static void request_end(struct web *w)
{
    if (w->request)
        http_call_cancel(w->request);
    w->request = NULL;
    w->client = http_client_free(w->client);
}

void web_end(struct probe_call *c)
{
    struct web *w = c->web;
    if (!w)
        return;
    loop_defer_cancel(&w->next);
    request_end(w);
    if (w->tls)
        tls_context_free(w->tls);
    c->web = mem_free(w);
}

static void follow(void *ctx)
{
    struct web *w = ctx;
    request_end(w);
    w->url = w->target;
    w->redirects++;
    int r = request_start(w);
    if (r < 0)
        call_settle(w->call, PROBE_ERROR, "redirect: %s", strerror(-r));
}

static bool is_redirect(int code)
{
    return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
}

static struct str header(const struct http_header *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, str_of(name)))
            return headers[i].value;
    return STR_NONE;
}

static void redirect(struct web *w, int code, struct str location)
{
    struct probe_call *c = w->call;
    struct str url = url_print(c->mem, &w->url);
    if (url_resolve(c->mem, &w->url, location, &w->target) < 0)
        call_settle(c, PROBE_FAILURE, "Get \"%.*s\": failed to parse Location header \"%.*s\"", STR_FMT(url), STR_FMT(location));
    else if (!str_eq_nocase(w->target.host, w->url.host))
        call_settle(c, PROBE_SUCCESS, "Probe terminated redirects, status code %d", code); /* kubelet: a warning, which is a success */
    else if (w->redirects >= REDIRECTS_MAX)
        call_settle(c, PROBE_FAILURE, "Get \"%.*s\": stopped after %d redirects", STR_FMT(url), REDIRECTS_MAX);
    else
        loop_defer(c->loop, &w->next, follow, w);
}

static void on_head(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct web *w = ctx;
    struct str location = header(headers, n, "location");
    if (is_redirect(code) && location.n)
        redirect(w, code, location);
    else if (code >= 200 && code < 400)
        call_settle(w->call, PROBE_SUCCESS, "%d", code);
    else
        call_settle(w->call, PROBE_FAILURE, "HTTP probe failed with statuscode: %d", code);
}

static void on_data(void *ctx, struct str bytes)
{
    (void)ctx;
    (void)bytes;
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct web *w = ctx;
    struct str url = url_print(w->call->mem, &w->url);
    (void)code;
    (void)body;
    w->request = NULL;
    if (r < 0)
        call_settle(w->call, PROBE_FAILURE, "Get \"%.*s\": %s", STR_FMT(url), error ? error : strerror(-r));
}

/* What kubelet sends of itself, unless the probe says otherwise; an empty User-Agent or Accept takes it away. */
static size_t headers_make(struct web *w, struct http_header *out)
{
    const struct probe_options *o = &w->call->o;
    bool agent = false, accept = false, host = false;
    size_t n = 0;
    for (size_t i = 0; i < o->n_headers && n + 3 < HEADERS_MAX; i++) {
        struct str name = str_of(o->headers[i].name), value = str_of(o->headers[i].value);
        char *lower = arena_text(w->call->mem, name.p, name.n);
        if (!lower)
            continue;
        for (char *p = lower; *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
        agent |= strcmp(lower, "user-agent") == 0;
        accept |= strcmp(lower, "accept") == 0;
        host |= strcmp(lower, "host") == 0;
        if (value.n)
            out[n++] = (struct http_header){str_of(lower), value};
    }
    if (!agent)
        out[n++] = (struct http_header){STR("user-agent"), o->agent ? str_of(o->agent) : STR(PROBE_AGENT)};
    if (!accept)
        out[n++] = (struct http_header){STR("accept"), STR("*/*")};
    if (!host) {
        bool usual = w->url.port == (w->url.https ? 443 : 80);
        struct str at = usual ? w->url.host : host_port(w->call->mem, w->url.host, w->url.port);
        out[n++] = (struct http_header){STR("host"), at};
    }
    return n;
}

static int request_start(struct web *w)
{
    struct probe_call *c = w->call;
    struct http_header headers[HEADERS_MAX];
    struct err err;
    int r = w->url.https && !w->tls ? tls_client_context(&w->tls, NULL, NULL, true, STR("\x08http/1.1"), &err) : 0;
    if (r < 0)
        return r;
    char host[256], path[8192];
    snprintf(host, sizeof(host), "%.*s", STR_FMT(w->url.host));
    if (w->url.path.n >= sizeof(path))
        return -ENAMETOOLONG;
    snprintf(path, sizeof(path), "%.*s", STR_FMT(w->url.path));
    struct http_client_options o = {.host = host, .port = w->url.port, .tls = w->url.https ? w->tls : NULL, .connections = 1, .http1_only = true};
    r = http_client_new(&w->client, c->loop, &o, &err);
    if (r < 0)
        return r;
    struct http_call_options q = {.method = "GET", .path = path, .headers = headers, .n_headers = headers_make(w, headers)};
    struct http_call_events e = {on_head, on_data, on_end, w};
    return http_client_call(&w->request, w->client, &q, &e);
}

int web_start(struct probe_call *c)
{
    struct web *w = c->web = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    const char *path = c->o.path ? c->o.path : "";
    w->call = c;
    w->url = (struct url){.https = c->o.https, .host = c->host, .port = c->o.port};
    w->url.path = arena_fmt(c->mem, "%s%s", path[0] == '/' ? "" : "/", path);
    return w->url.path.p ? request_start(w) : -ENOMEM;
}
