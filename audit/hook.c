/* Events posted in batches to where a kubeconfig says. One post at a time; what fails is tried again, later each time. */
#include "audit/inside.h"
#include "client/client.h"
#include "http/http.h"
#include "log/log.h"
#include "os/os.h"
#include "tls/tls.h"
#include "yaml/yaml.h"

#define TRIES   5
#define POST_MS 30000

struct event {
    struct list link;
    size_t n;
    char text[];
};
struct hook {
    struct loop *loop;
    struct http_client *client;
    struct http_call *call;
    struct loop_timer timer;          /* a batch's time, or a failed post's */
    struct list waiting;              /* struct event */
    size_t n_waiting, bytes, n_batch; /* the first n_batch are in the post under way */
    size_t batch, most, most_bytes;
    int64_t batch_ms, backoff_ms;
    unsigned tries;
    bool failing;
    char *path, *bearer;
    struct audit_counts counts;
};

static void post(struct hook *h);

static void on_time(void *ctx)
{
    post(ctx);
}

/* The next post: at once when a batch is full, else when its time has come. */
static void plan(struct hook *h)
{
    if (h->call || h->failing || !h->n_waiting)
        return;
    int64_t ms = h->n_waiting >= h->batch ? 0 : h->batch_ms;
    if ((ms == 0 || !loop_timer_active(&h->timer)) && loop_timer_start(h->loop, &h->timer, ms, on_time, h) < 0)
        post(h);
}

static void drop_batch(struct hook *h)
{
    for (; h->n_batch; h->n_batch--) {
        struct event *e = CONTAINER_OF(h->waiting.next, struct event, link);
        list_del(&e->link);
        h->n_waiting--;
        h->bytes -= e->n;
        mem_free(e);
    }
}

static void failed(struct hook *h, const char *why)
{
    h->counts.hook_failed++;
    if (++h->tries < TRIES && loop_timer_start(h->loop, &h->timer, h->backoff_ms << (h->tries - 1), on_time, h) == 0) {
        h->failing = true;
        return;
    }
    log_error("audit", "%zu events could not be sent: %s", h->n_batch, why);
    h->counts.hook_dropped += (int64_t)h->n_batch;
    h->tries = 0;
    drop_batch(h);
    plan(h);
}

static void posted(void *ctx, int r, int code, struct str body, const char *error)
{
    struct hook *h = ctx;
    char text[64];
    (void)body;
    h->call = NULL;
    if (r == 0 && code >= 200 && code < 300) {
        h->counts.hook_sent += (int64_t)h->n_batch;
        h->tries = 0;
        drop_batch(h);
        plan(h);
        return;
    }
    snprintf(text, sizeof(text), "the server answered %d", code);
    failed(h, r < 0 ? (error ? error : strerror(-r)) : text);
}

static int write_batch(struct hook *h, struct buf *b)
{
    size_t n = 0;
    buf_text(b, "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[");
    LIST_EACH (e, &h->waiting, struct event, link) {
        if (n == (h->n_batch ? h->n_batch : h->batch)) /* what has failed goes again as it was */
            break;
        buf_text(b, n++ ? "," : "");
        buf_add(b, e->text, e->n);
    }
    h->n_batch = n;
    buf_text(b, "]}\n");
    return buf_error(b);
}

static void post(struct hook *h)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct http_header headers[3] = {{STR("content-type"), STR("application/json")}, {STR("user-agent"), STR("coracle")}};
    size_t n = 2;
    h->failing = false;
    loop_timer_stop(&h->timer);
    if (h->call || !h->n_waiting)
        return;
    if (h->bearer)
        headers[n++] = (struct http_header){STR("authorization"), str_of(h->bearer)};
    int r = write_batch(h, &b);
    struct http_call_options o = {.method = "POST", .path = h->path, .headers = headers, .n_headers = n, .body = buf_view(&b), .timeout_ms = POST_MS};
    struct http_call_events e = {.on_end = posted, .ctx = h};
    if (r == 0)
        r = http_client_call(&h->call, h->client, &o, &e);
    if (r < 0)
        failed(h, strerror(-r));
}

bool hook_put(struct hook *h, struct str line)
{
    struct event *e = h->n_waiting < h->most && h->bytes + line.n <= h->most_bytes ? mem_alloc(sizeof(*e) + line.n) : NULL;
    if (!e)
        return false;
    e->n = line.n;
    memcpy(e->text, line.p, line.n);
    list_add(&h->waiting, &e->link);
    h->n_waiting++;
    h->bytes += line.n;
    plan(h);
    return true;
}

void hook_counts(const struct hook *h, struct audit_counts *out)
{
    out->hook_sent = h->counts.hook_sent;
    out->hook_failed = h->counts.hook_failed;
    out->hook_dropped += h->counts.hook_dropped;
}

/* ── life ── */

/* What stands behind the host in the current cluster's server; client's reader has judged the rest. */
static int path_of(const char *kubeconfig, char **out)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    struct value root = {0};
    int r = arena_new(&a, (size_t)8 << 20);
    if (r == 0)
        r = os_file_read(kubeconfig, 1u << 20, &text);
    if (r == 0)
        r = yaml_parse(a, buf_view(&text), NULL, &root, NULL);
    if (r < 0)
        return r;
    struct str context = value_text_at(&root, "current-context"), cluster = STR_NONE, path = STR("/");
    VALUE_EACH_ITEM (c, value_at(&root, "contexts"))
        if (str_eq(value_text_at(c, "name"), context))
            cluster = value_text_at(c, "context.cluster");
    VALUE_EACH_ITEM (c, value_at(&root, "clusters")) {
        struct str url = value_text_at(c, "cluster.server");
        ssize_t at = url.n > 8 ? str_find(str_from(url, 8), STR("/")) : -1;
        if (str_eq(value_text_at(c, "name"), cluster) && at >= 0)
            path = str_from(url, 8 + (size_t)at);
    }
    *out = mem_text(path.p, path.n);
    return *out ? 0 : -ENOMEM;
}

static int dial(struct hook *h, const struct client_config *k, struct err *err)
{
    struct tls_pair pair = {k->cert_pem, k->key_pem};
    SSL_CTX *tls = NULL;
    int r = tls_client_context(&tls, k->cert_pem ? &pair : NULL, k->ca_pem, k->insecure, STR("\x08http/1.1"), err);
    if (r < 0)
        return r;
    struct http_client_options o = {.host = k->host, .port = k->port, .tls = tls, .connections = 1};
    r = http_client_new(&h->client, h->loop, &o, err);
    tls_context_free(tls);
    if (r == 0 && k->token) {
        size_t n = strlen(k->token) + sizeof("Bearer ");
        h->bearer = mem_alloc(n);
        if (!h->bearer)
            return err_raise(err, -ENOMEM, "no memory for the audit webhook");
        snprintf(h->bearer, n, "Bearer %s", k->token);
    }
    return r;
}

int hook_open(struct hook **out, const struct audit_options *o, struct err *err)
{
    struct client_config k = {0};
    struct hook *h = mem_alloc(sizeof(*h));
    if (!h)
        return err_raise(err, -ENOMEM, "no memory for the audit webhook");
    h->loop = o->loop;
    list_init(&h->waiting);
    h->batch = o->batch_events ? o->batch_events : 400;
    h->batch_ms = o->batch_ms ? o->batch_ms : 30000;
    h->most = o->buffer_events ? o->buffer_events : 10000;
    h->most_bytes = o->buffer_bytes ? o->buffer_bytes : (size_t)64 << 20;
    h->backoff_ms = o->backoff_ms ? o->backoff_ms : 10000;
    int r = client_config_load(&k, o->kubeconfig, NULL, err);
    if (r == 0 && (r = path_of(o->kubeconfig, &h->path)) < 0)
        r = err_raise(err, r, "%s: %s", o->kubeconfig, strerror(-r));
    if (r == 0)
        r = dial(h, &k, err);
    client_config_done(&k);
    if (r < 0) {
        hook_close(h);
        return r;
    }
    *out = h;
    return 0;
}

struct hook *hook_close(struct hook *h)
{
    if (!h)
        return NULL;
    if (h->call)
        http_call_cancel(h->call);
    loop_timer_stop(&h->timer);
    http_client_free(h->client);
    h->n_batch = h->n_waiting;
    drop_batch(h);
    mem_free(h->path);
    mem_free(h->bearer);
    return mem_free(h);
}
