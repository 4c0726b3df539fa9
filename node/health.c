#include "node/inside.h"

#include "http/http.h"
#include "json/json.h"

/* healthCheckNodePort: load balancers ask each node, over plain HTTP, whether a service with externalTrafficPolicy Local
 * has an endpoint there. 200 where it has, else 503; the body and the headers are kube-proxy's. One small server for each
 * such service, made and ended as services come and go. A port that somebody else has is tried again with the next change
 * and every care interval. */
#define CHECKS_MAX 1024

struct check {
    struct node *node;
    char *key; /* namespace/name */
    struct http_server *server;
    uint16_t port;
    size_t endpoints;
    bool seen, told; /* told: that the port could not be had */
};

static void check_free(struct node *n, struct check *k)
{
    map_del(&n->checks, str_of(k->key));
    http_server_free(k->server);
    mem_free(k->key);
    mem_free(k);
}

static void on_ask(void *ctx, struct http_req *q)
{
    const struct check *k = ctx;
    struct str ns, name;
    char weight[24];
    SCOPED_BUF b = BUF_INIT(0);
    str_cut(str_of(k->key), '/', &ns, &name);
    buf_text(&b, "{\n\t\"service\": {\n\t\t\"namespace\": ");
    json_string(&b, ns);
    buf_text(&b, ",\n\t\t\"name\": ");
    json_string(&b, name);
    buf_fmt(&b, "\n\t},\n\t\"localEndpoints\": %zu,\n\t\"serviceProxyHealthy\": true\n}", k->endpoints);
    snprintf(weight, sizeof(weight), "%zu", k->endpoints);
    struct http_header headers[] = {{STR_INIT("content-type"), STR_INIT("application/json")},
                                    {STR_INIT("x-content-type-options"), STR_INIT("nosniff")},
                                    {STR_INIT("x-load-balancing-endpoint-weight"), str_of(weight)}};
    http_reply(q, k->endpoints ? 200 : 503, headers, ARRAY_LEN(headers), (struct http_bytes){.bytes = buf_view(&b)});
}

static void open_port(struct check *k, uint16_t port)
{
    struct err err = {{0}};
    struct http_server_options o = {.address = "::",
                                    .port = port,
                                    .on_request = on_ask,
                                    .ctx = k,
                                    .limits = {.header_bytes = 8192, .body_bytes = 4096, .connections = 64, .idle_ms = 10000}};
    k->server = http_server_free(k->server);
    k->port = port;
    int r = http_server_new(&k->server, k->node->host.loop, &o, &err);
    if (r < 0) { /* no IPv6 here */
        o.address = "0.0.0.0";
        r = http_server_new(&k->server, k->node->host.loop, &o, &err);
    }
    if (r < 0 && !k->told)
        log_warn("node", "health checks of service %s cannot be answered: %s", k->key, err.text);
    k->told = r < 0;
}

static struct check *check_get(struct node *n, struct str ns, struct str name)
{
    char text[600];
    snprintf(text, sizeof(text), "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    struct check *k = map_get(&n->checks, str_of(text));
    if (k || n->checks.n >= CHECKS_MAX)
        return k;
    k = mem_alloc(sizeof(*k));
    char *key = k ? mem_text(text, strlen(text)) : NULL;
    if (!key || map_put(&n->checks, str_of(key), k) < 0) {
        mem_free(key);
        return mem_free(k);
    }
    k->node = n;
    k->key = key;
    return k;
}

static int take(void *ctx, const struct plan_health *h)
{
    struct check *k = check_get(ctx, h->ns, h->name);
    if (!k)
        return -ENOMEM;
    k->seen = true;
    k->endpoints = h->endpoints;
    if (!k->server || k->port != h->port)
        open_port(k, h->port);
    return 0;
}

/* Not from inside a reply of one of the servers: the loop calls it. */
static void look(void *ctx)
{
    struct node *n = ctx;
    MAP_EACH (slot, &n->checks)
        ((struct check *)slot->value)->seen = false;
    int r = plan_health_each(n->host.plan, str_of(n->o.name), take, n);
    if (r < 0)
        log_warn("node", "health checks of services: %s", strerror(-r));
    for (bool gone = true; gone;) {
        gone = false;
        MAP_EACH (slot, &n->checks) {
            struct check *k = slot->value;
            if (k->seen)
                continue;
            check_free(n, k);
            gone = true;
            break;
        }
    }
}

void node_health_changed(struct node *n)
{
    if (n->host.plan)
        loop_defer(n->host.loop, &n->checks_due, look, n);
}

void node_health_stop(struct node *n)
{
    loop_defer_cancel(&n->checks_due);
    for (struct map_slot *slot; (slot = map_next(&n->checks, NULL));)
        check_free(n, slot->value);
    map_done(&n->checks);
}
