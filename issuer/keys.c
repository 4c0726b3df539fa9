/* Fetching keys: the discovery document, then the key set it names.
 *
 *   idle ──provider_fetch──▶ document ──▶ keys ──▶ idle, all who wait are woken
 *                              └───────────┴─ failed: the keys there were stay */
#include "issuer/inside.h"
#include "log/log.h"
#include "meter/meter.h"

static struct meter fetches = {
    .name = "apiserver_authentication_jwks_fetch_total", .help = "Fetches of issuers' keys, by outcome", .kind = METER_COUNTER};
static struct meter fetched_at = {.name = "apiserver_authentication_jwks_fetch_last_timestamp_seconds",
                                  .help = "When an issuer's keys were last fetched, by outcome",
                                  .kind = METER_GAUGE};

struct fetch {
    struct provider *p;
    struct arena *mem;
    struct http_client *client; /* of the document at hand */
    struct http_call *call;
    bool keys;             /* the second document */
    struct loop_task next; /* clients are not freed inside their own callbacks */
    struct str url;
    int r; /* how it ended, for `next` */
    struct err err;
};

static void fetch_free(struct fetch *f)
{
    if (!f)
        return;
    http_client_free(f->client); /* ends the call under way, which puts `next` off once more */
    loop_defer_cancel(&f->next);
    arena_free(f->mem);
    mem_free(f);
}

static void fetch_again(void *ctx)
{
    provider_fetch(ctx);
}

static void fetch_ended(struct provider *p, int r, const char *why)
{
    int64_t now = loop_now(p->x->loop);
    fetch_free(TAKE(p->fetch));
    p->next_try = now + REFETCH_MS;
    snprintf(p->fault, sizeof(p->fault), "%s", r < 0 ? why : "");
    meter_add(meter_series(&fetches, "result=\"%s\"", r < 0 ? "failure" : "success"), 1);
    meter_set(meter_series(&fetched_at, "result=\"%s\"", r < 0 ? "failure" : "success"), loop_wall(p->x->loop));
    if (r < 0)
        log_warn("issuer", "\"%.*s\": %s", STR_FMT(p->url), why);
    if (loop_timer_start(p->x->loop, &p->refresh, r < 0 ? REFETCH_MS : REFRESH_MS, fetch_again, p) < 0)
        log_error("issuer", "no memory for a timer");
    auth_wake(&p->waiting);
}

/* ── one document ── */

static int read_url(struct fetch *f, struct str url, struct str *host, int *port, const char **path, struct err *err)
{
    struct str rest, tail, text = STR_NONE;
    int64_t n = 443;
    if (!str_starts(url, STR("https://")))
        return err_raise(err, -EINVAL, "\"%.*s\" is no https URL", STR_FMT(url));
    rest = str_from(url, 8);
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#')
        end++;
    tail = str_from(rest, end);
    rest = str_head(rest, end);
    if (str_starts(rest, STR("["))) {
        str_cut(str_from(rest, 1), ']', host, &text);
        text = str_starts(text, STR(":")) ? str_from(text, 1) : STR_NONE;
    } else {
        str_cut(rest, ':', host, &text);
    }
    if (!host->n || host->n > 253 || memchr(host->p, '@', host->n) || (text.n && (str_to_int(text, &n) < 0 || n < 1 || n > 65535)))
        return err_raise(err, -EINVAL, "\"%.*s\" names no host and port", STR_FMT(url));
    *port = (int)n;
    *path = arena_fmt(f->mem, "%s%.*s", str_starts(tail, STR("/")) ? "" : "/", STR_FMT(tail)).p;
    return *path ? 0 : err_raise(err, -ENOMEM, "no memory to fetch it");
}

static void go_on(void *ctx);

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct fetch *f = ctx;
    struct provider *p = f->p;
    struct str uri = STR_NONE;
    f->call = NULL;
    if (r < 0)
        err_raise(&f->err, r, "Get \"%.*s\": %s", STR_FMT(f->url), r == -ETIMEDOUT ? "context deadline exceeded" : error);
    else if (code != 200)
        r = err_raise(&f->err, -EPROTO, "Get \"%.*s\": the answer is %d %s", STR_FMT(f->url), code, http_reason(code));
    else if (!f->keys) {
        r = discovery_parse(f->mem, body, p->url, &uri, &f->err);
        f->url = uri;
    } else {
        struct jwks fresh;
        r = jwks_parse(&fresh, body, &f->err);
        if (r == 0) {
            jwks_done(&p->keys);
            p->keys = fresh;
        } else {
            err_wrap(&f->err, r, "keys at \"%.*s\"", STR_FMT(f->url));
        }
    }
    f->r = r;
    loop_defer(p->x->loop, &f->next, go_on, f);
}

static int ask(struct fetch *f, struct str url)
{
    struct provider *p = f->p;
    struct str host = STR_NONE;
    int port = 0;
    const char *path = NULL;
    int r = read_url(f, url, &host, &port, &path, &f->err);
    const char *name = r == 0 ? arena_text(f->mem, host.p, host.n) : NULL;
    if (r == 0 && !p->tls)
        r = tls_client_context(&p->tls, NULL, p->ca_pem, false, STR_NONE, &f->err);
    if (r == 0 && !name)
        r = err_raise(&f->err, -ENOMEM, "no memory to fetch it");
    if (r < 0)
        return r;
    f->client = http_client_free(f->client);
    f->url = url;
    struct http_client_options o = {.host = name, .port = port, .tls = p->tls, .connections = 1, .http1_only = true};
    r = http_client_new(&f->client, p->x->loop, &o, &f->err);
    struct http_header headers[] = {{STR("accept"), STR("application/json")}, {STR("user-agent"), STR("kube-apiserver")}};
    struct http_call_options q = {
        .method = "GET", .path = path, .headers = headers, .n_headers = ARRAY_LEN(headers), .timeout_ms = FETCH_MS, .body_max = DOCUMENT_MAX};
    struct http_call_events e = {.on_end = on_end, .ctx = f};
    if (r == 0)
        r = http_client_call(&f->call, f->client, &q, &e);
    if (r < 0 && !f->err.text[0])
        err_raise(&f->err, r, "Get \"%.*s\": %s", STR_FMT(url), strerror(-r));
    return r;
}

static void go_on(void *ctx)
{
    struct fetch *f = ctx;
    if (f->r == 0 && !f->keys) {
        f->keys = true;
        f->r = ask(f, f->url);
        if (f->r == 0)
            return;
    }
    struct err why = f->err;
    fetch_ended(f->p, f->r, why.text);
}

static void begin(void *ctx)
{
    struct fetch *f = ctx;
    f->r = ask(f, f->p->discovery);
    if (f->r < 0) {
        struct err why = f->err;
        fetch_ended(f->p, f->r, why.text);
    }
}

void provider_fetch(struct provider *p)
{
    meter_register(&fetches);
    meter_register(&fetched_at);
    if (p->fetch)
        return;
    struct fetch *f = mem_alloc(sizeof(*f));
    if (!f || arena_new(&f->mem, 4 * DOCUMENT_MAX) < 0) {
        mem_free(f);
        p->next_try = loop_now(p->x->loop) + REFETCH_MS;
        if (loop_timer_start(p->x->loop, &p->refresh, REFETCH_MS, fetch_again, p) < 0)
            log_error("issuer", "no memory for a timer");
        return;
    }
    f->p = p;
    p->fetch = f;
    loop_timer_stop(&p->refresh);
    loop_defer(p->x->loop, &f->next, begin, f); /* who asks is not answered before he has put himself into the list */
}

void provider_start(struct provider *p)
{
    provider_fetch(p);
}

void provider_stop(struct provider *p)
{
    fetch_free(TAKE(p->fetch));
    loop_timer_stop(&p->refresh);
    jwks_done(&p->keys);
    tls_context_free(p->tls);
    p->tls = NULL;
}
