/* Connections to the servers behind: kept and shared while their endpoint stays. */
#include "aggregate/inside.h"
#include "webhook/webhook.h"

#define CONNECTIONS 64 /* where HTTP/2 is not spoken */

struct aggregate_link {
    unsigned refs;
    struct loop *loop;
    struct loop_task ending;
    struct http_client *client;
    int port;
    char host[256];
};

struct http_client *aggregate_client(const struct aggregate_link *k)
{
    return k->client;
}

static void link_end(struct aggregate_link *k)
{
    http_client_free(k->client);
    mem_free(k);
}

struct aggregate_link *aggregate_release(struct aggregate_link *k)
{
    if (k && --k->refs == 0)
        link_end(k);
    return NULL;
}

static int link_new(struct aggregate_service *s, bool upgrades, const char *host, int port, struct aggregate_link **out, struct err *err)
{
    struct http_client_options o = {.port = port, .server_name = s->server_name, .connections = CONNECTIONS, .http1_only = upgrades};
    struct aggregate_link *k = mem_alloc(sizeof(*k));
    if (!k)
        return err_raise(err, -ENOMEM, "no memory for a connection");
    k->refs = 1;
    k->loop = s->x->loop;
    k->port = port;
    snprintf(k->host, sizeof(k->host), "%s", host);
    o.host = k->host;
    int r = service_tls(s, !upgrades, &o.tls, err);
    if (r == 0)
        r = http_client_new(&k->client, s->x->loop, &o, err);
    if (r < 0) {
        link_end(k);
        return r;
    }
    *out = k;
    return 0;
}

int aggregate_connect(struct aggregate *x, const struct aggregate_service *service, bool upgrades, struct aggregate_link **out, struct err *err)
{
    struct aggregate_service *s = map_get(&x->services, service->name);
    struct aggregate_link *k = s->kept;
    char host[256] = "";
    int port = 0;
    if (k) {
        snprintf(host, sizeof(host), "%s", k->host);
        port = k->port;
    }
    int r = webhook_reach(x->store, s->ns, s->service, s->port, host, sizeof(host), &port, err);
    if (r < 0)
        return r;
    if (upgrades)
        return link_new(s, true, host, port, out, err);
    if (!k || k->port != port || strcmp(k->host, host) != 0) {
        r = link_new(s, false, host, port, &k, err);
        if (r < 0)
            return r;
        aggregate_release(s->kept); /* requests under way end on it */
        s->kept = k;
    }
    k->refs++;
    *out = k;
    return 0;
}
