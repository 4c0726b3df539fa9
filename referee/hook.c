/* Asking, and what was answered. */
#include "client/client.h"
#include "json/json.h"
#include "log/log.h"
#include "meter/meter.h"
#include "referee/inside.h"

static struct meter asked = {.name = "apiserver_webhooks_x_requests_total",
                             .help = "Questions to authentication and authorization webhooks, by kind and outcome",
                             .kind = METER_COUNTER};

/* ── the hook ── */

static int of_config(struct hook *h, const struct client_config *k, struct err *err)
{
    struct tls_pair own = {k->cert_pem, k->key_pem};
    int r = tls_client_context(&h->tls, k->cert_pem ? &own : NULL, k->ca_pem, k->insecure, STR_NONE, err);
    if (r < 0)
        return r;
    const char *path = k->path && k->path[0] ? k->path : "/";
    SCOPED_BUF url = BUF_INIT(8192);
    SCOPED_BUF bearer = BUF_INIT(64u << 10);
    bool v6 = strchr(k->host, ':') != NULL;
    buf_fmt(&url, "https://%s%s%s:%d%s", v6 ? "[" : "", k->host, v6 ? "]" : "", k->port, path);
    buf_fmt(&bearer, "Bearer %s", k->token ? k->token : "");
    h->path = mem_text(path, strlen(path));
    h->url = buf_error(&url) == 0 ? mem_text(url.p, url.n) : NULL;
    if (k->token && k->token[0])
        h->bearer = buf_error(&bearer) == 0 ? mem_text(bearer.p, bearer.n) : NULL;
    if (!h->path || !h->url || (k->token && k->token[0] && !h->bearer))
        return err_raise(err, -ENOMEM, "no memory for a webhook");
    struct http_client_options o = {.host = k->host, .port = k->port, .tls = h->tls, .connections = 16, .http1_only = true};
    return http_client_new(&h->client, h->loop, &o, err);
}

int referee_hook_open(struct hook *h, struct loop *loop, const char *kubeconfig, int64_t timeout_ms, struct err *err)
{
    struct client_config k;
    *h = (struct hook){.loop = loop, .timeout_ms = timeout_ms};
    int r = client_config_load(&k, kubeconfig, NULL, err);
    if (r < 0)
        return r;
    r = of_config(h, &k, err);
    client_config_done(&k);
    if (r < 0)
        referee_hook_close(h);
    return r;
}

void referee_hook_close(struct hook *h)
{
    h->client = http_client_free(h->client);
    tls_context_free(h->tls);
    h->tls = NULL;
    h->path = mem_free(h->path);
    h->url = mem_free(h->url);
    if (h->bearer)
        explicit_bzero(h->bearer, strlen(h->bearer));
    h->bearer = mem_free(h->bearer);
}

/* ── the desk ── */

void desk_init(struct desk *d)
{
    meter_register(&asked);
    list_init(&d->used);
}

static void entry_free(struct entry *e)
{
    struct desk *d = e->desk;
    if (e->call)
        http_call_cancel(e->call);
    d->asking -= e->asking;
    d->bytes -= e->bytes;
    loop_timer_stop(&e->again);
    list_del(&e->link);
    map_del(&d->entries, str_make(e->key, sizeof(e->key)));
    arena_free(e->mem);
    mem_free(e);
}

void desk_close(struct desk *d, struct list *waiting)
{
    while (!list_empty(&d->used)) {
        struct entry *e = CONTAINER_OF(d->used.next, struct entry, link);
        while (!list_empty(&e->waiting)) {
            struct list *item = e->waiting.next;
            list_del(item);
            list_add(waiting, item);
        }
        entry_free(e);
    }
    map_done(&d->entries);
    referee_hook_close(&d->hook);
}

static void make_room(struct desk *d)
{
    LIST_EACH (e, &d->used, struct entry, link) {
        if (d->entries.n < ENTRIES_MAX && d->bytes <= KEPT_MAX)
            return;
        if (!e->asking)
            entry_free(e);
    }
}

/* All who wait ask again: for them the answer counts, however short its life. */
static void settle(struct entry *e)
{
    struct desk *d = e->desk;
    struct loop *loop = d->hook.loop;
    e->asking = false;
    e->bytes = arena_used(e->mem);
    d->bytes += e->bytes;
    d->asking--;
    int64_t ttl = e->body.n > QUESTION_KEPT ? 0 : d->ttl(d->ctx, e), now = loop_now(loop);
    e->until = now + MAX(ttl, (int64_t)0);
    meter_add(meter_series(&asked, "kind=\"%s\",result=\"%s\"", d->kind, e->r < 0 ? "failure" : "success"), 1);
    if (e->r < 0)
        log_warn("referee", "%s: %s", d->kind, e->error);
    auth_wake(&e->waiting);
    make_room(d);
}

static void post(void *ctx);

static bool try_again(struct entry *e, int code)
{
    struct hook *h = &e->desk->hook;
    bool passing = e->r == -ECONNRESET || e->r == -ECONNREFUSED || e->r == -EPIPE || code == 429 || code >= 500;
    int64_t left = e->started + h->timeout_ms - loop_now(h->loop);
    if (!passing || ++e->tries >= TRIES || left <= RETRY_MS)
        return false;
    return loop_timer_start(h->loop, &e->again, RETRY_MS, post, e) == 0;
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct entry *e = ctx;
    struct err why = {{0}};
    e->call = NULL;
    e->r = r;
    if (r < 0) {
        snprintf(e->error, sizeof(e->error), "Post \"%s\": %s", e->desk->hook.url, r == -ETIMEDOUT ? "context deadline exceeded" : error);
    } else if (code < 200 || code > 299) {
        e->r = -EPROTO;
        snprintf(e->error, sizeof(e->error), "Post \"%s\": the answer is %d %s", e->desk->hook.url, code, http_reason(code));
    } else {
        e->r = json_parse(e->mem, body, &e->review, &why);
        if (e->r == 0 && !str_is(value_text_at(&e->review, "kind"), e->desk->kind))
            e->r = err_raise(&why, -EBADMSG, "it is no %s", e->desk->kind);
        if (e->r < 0)
            snprintf(e->error, sizeof(e->error), "Post \"%s\": %.900s", e->desk->hook.url, why.text);
    }
    if (!try_again(e, r < 0 ? 0 : code))
        settle(e);
}

static void post(void *ctx)
{
    struct entry *e = ctx;
    struct hook *h = &e->desk->hook;
    struct http_header headers[] = {{STR("content-type"), STR("application/json")},
                                    {STR("accept"), STR("application/json, */*")},
                                    {STR("user-agent"), STR("kube-apiserver")},
                                    {STR("authorization"), str_of(h->bearer)}};
    int64_t left = MAX(e->started + h->timeout_ms - loop_now(h->loop), (int64_t)1);
    struct http_call_options o = {.method = "POST",
                                  .path = h->path,
                                  .headers = headers,
                                  .n_headers = h->bearer ? 4 : 3,
                                  .body = e->body,
                                  .timeout_ms = left,
                                  .body_max = ANSWER_MAX};
    struct http_call_events events = {.on_end = on_end, .ctx = e};
    int r = http_client_call(&e->call, h->client, &o, &events);
    if (r == 0)
        return;
    e->r = r;
    snprintf(e->error, sizeof(e->error), "Post \"%s\": %s", h->url, strerror(-r));
    settle(e);
}

static struct entry *entry_new(struct desk *d, const unsigned char key[32], struct str question)
{
    make_room(d);
    struct entry *e = mem_alloc(sizeof(*e));
    if (!e)
        return NULL;
    list_init(&e->link);
    list_init(&e->waiting);
    e->desk = d;
    memcpy(e->key, key, sizeof(e->key));
    if (arena_new(&e->mem, ENTRY_MEMORY) < 0 || arena_str(e->mem, question, &e->body) < 0 ||
        map_put(&d->entries, str_make(e->key, sizeof(e->key)), e) < 0) {
        arena_free(e->mem);
        mem_free(e);
        return NULL;
    }
    list_add(&d->used, &e->link);
    return e;
}

int desk_ask(struct desk *d, struct str question, struct auth_wait *wait, struct entry **out)
{
    unsigned char key[32];
    int r = tls_sha256(question, key);
    struct entry *e = r == 0 ? map_get(&d->entries, str_make(key, sizeof(key))) : NULL;
    if (r < 0)
        return r;
    int64_t now = loop_now(d->hook.loop);
    if (e && !e->asking && now >= e->until && !(wait && wait->since && e->started >= wait->since)) {
        entry_free(e);
        e = NULL;
    }
    if (e) {
        list_del(&e->link);
        list_add(&d->used, &e->link);
        *out = e;
        if (!e->asking)
            return 0;
    }
    if (!wait || (!e && d->asking >= ASKING_MAX))
        return AUTH_ABSENT;
    if (!e) {
        e = entry_new(d, key, question);
        if (!e)
            return -ENOMEM;
        e->started = MAX(now, (int64_t)1);
        e->asking = true;
        d->asking++;
        if (loop_timer_start(d->hook.loop, &e->again, 0, post, e) < 0) {
            entry_free(e);
            return -ENOMEM;
        }
    }
    if (!wait->since)
        wait->since = e->started;
    if (list_empty(&wait->link)) /* else it waits for another answer already */
        list_add(&e->waiting, &wait->link);
    return AUTH_WAITS;
}
