#include "node/inside.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "measure/measure.h"
#include "object/object.h"

/* Round trips to other nodes, measured: a connection to the port their agent listens on, opened and closed at once, three a round and the least of
 * them taken. The peer's kernel answers, so no process there has to get its turn, and this one's kernel says how long it took. One connection at a
 * time.
 *
 * Of many nodes at most PEERS are measured: the nearest thing to one of each site first, then others, both by a number made of the two names, so that
 * every agent chooses others and each its own ones again. What is found goes into an annotation of the Node when it differs from what stands there by
 * more than a quarter; a peer that does not answer three rounds long is no longer told. */

#define FIRST_MS    1000
#define ROUND_MS    15000
#define TRY_MS      2000
#define TRIES       3
#define PEERS       32
#define ROUNDS_LOST 3
#define SLACK_NS    50000 /* differences below are noise */

struct peer {
    char name[254];
    uint64_t rank;
    struct sockaddr_storage at;
    socklen_t at_n;
    int64_t ns, least; /* what is told of it (0: nothing yet); of this round's tries */
    int64_t written;   /* what was written last */
    unsigned lost;     /* rounds without an answer */
    bool chosen;
};

struct trips {
    struct node *node;
    struct peer peers[PEERS];
    size_t n, at;
    unsigned try;
    bool changed, writing;
    int fd;
    int64_t began_ns;
    struct loop_io *io;
    struct loop_timer round, deadline;
    struct buf told; /* the annotation as it is to be */
};

/* ── whom to measure ── */

/* The same in every run and on every machine. */
static uint64_t rank_of(const char *own, struct str peer)
{
    uint64_t h = 14695981039346656037u;
    for (; *own; own++)
        h = (h ^ (unsigned char)*own) * 1099511628211u;
    for (size_t i = 0; i < peer.n; i++)
        h = (h ^ (unsigned char)peer.p[i]) * 1099511628211u;
    return (h ^ h >> 29) * 0xbf58476d1ce4e5b9u;
}

struct candidate {
    struct object *node;
    struct str site;
    uint64_t rank;
};

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static bool address_of(struct node *n, struct object *o, struct sockaddr_storage *out, socklen_t *out_n)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    char text[INET6_ADDRSTRLEN];
    (void)n;
    if (arena_new(&a, 4u << 20) < 0 || object_tree(a, o, &tree, NULL) < 0)
        return false;
    int64_t port = value_int_at(&tree, "status.daemonEndpoints.kubeletEndpoint.Port", 0);
    const struct value *list = value_at(&tree, "status.addresses");
    VALUE_EACH_ITEM (x, list) {
        struct str address = value_text_at(x, "address");
        struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
        if (!str_is(value_text_at(x, "type"), "InternalIP") || address.n >= sizeof(text) || port <= 0 || port > 65535)
            continue;
        memcpy(text, address.p, address.n);
        text[address.n] = 0;
        if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
            memcpy(out, &four, *out_n = sizeof(four));
            return true;
        }
        if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1) {
            memcpy(out, &six, *out_n = sizeof(six));
            return true;
        }
    }
    return false;
}

static struct peer *peer_named(struct trips *t, struct str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_is(name, t->peers[i].name))
            return &t->peers[i];
    return NULL;
}

static void choose_one(struct trips *t, const struct candidate *c, struct peer *into, size_t *used)
{
    struct str name = object_name(c->node);
    struct peer *known = peer_named(t, name), *to = &into[*used];
    *to = known ? *known : (struct peer){.rank = c->rank};
    if (name.n >= sizeof(to->name) || !address_of(t->node, c->node, &to->at, &to->at_n))
        return;
    snprintf(to->name, sizeof(to->name), "%.*s", STR_FMT(name));
    to->least = 0;
    ++*used;
}

/* One of each site, then the rest. */
static void choose_among(struct trips *t, const struct candidate *list, size_t n, struct peer *into, size_t *used)
{
    struct map sites = {0};
    bool *taken = mem_alloc(n + 1);
    for (int second = 0; taken && second < 2; second++)
        for (size_t i = 0; i < n && *used < PEERS; i++) {
            if (taken[i] || (!second && map_get(&sites, list[i].site)))
                continue;
            taken[i] = true;
            if (!second && list[i].site.n && map_put(&sites, list[i].site, t) < 0)
                continue;
            choose_one(t, &list[i], into, used);
        }
    map_done(&sites);
    mem_free(taken);
}

static void choose(struct trips *t)
{
    struct node *n = t->node;
    size_t count = client_cache_count(n->peers), found = 0, used = 0;
    struct candidate *list = mem_alloc((count + 1) * sizeof(*list));
    struct peer *into = mem_alloc(PEERS * sizeof(*into));
    for (struct map_slot *at = NULL; list && into && found < count;) {
        struct object *o = client_cache_next(n->peers, &at);
        if (!o)
            break;
        if (str_is(object_name(o), n->o.name))
            continue;
        struct candidate *c = &list[found++];
        *c = (struct candidate){o, STR_NONE, rank_of(n->o.name, object_name(o))};
        if (!object_label(o, STR(MEASURE_SITE), &c->site))
            (void)!object_label(o, STR(MEASURE_ZONE), &c->site);
    }
    if (list && into) {
        qsort(list, found, sizeof(*list), by_rank);
        choose_among(t, list, found, into, &used);
        t->changed = t->changed || used < t->n;
        memcpy(t->peers, into, used * sizeof(*into));
        t->n = used;
    }
    mem_free(list);
    mem_free(into);
}

/* ── telling ── */

static void write_text(struct trips *t)
{
    buf_clear(&t->told);
    for (size_t i = 0; i < t->n; i++) {
        struct peer *p = &t->peers[i];
        p->written = p->ns;
        if (!p->ns)
            continue;
        buf_fmt(&t->told, "%s%s=", t->told.n ? "," : "", p->name);
        measure_time_print(p->ns, &t->told);
    }
}

static void on_written(void *ctx, const struct client_reply *r)
{
    struct trips *t = ctx;
    t->writing = false;
    if (!client_ok(r))
        log_debug("node", "round trips were not written: %d %.*s", r->code, STR_FMT(r->message));
}

static void tell(struct trips *t)
{
    struct node *n = t->node;
    SCOPED(arena) a = NULL;
    struct value patch = {0}, notes = {0}, tree = {0};
    struct object *self = n->self ? client_cache_get(n->self, STR_NONE, str_of(n->o.name)) : NULL;
    int r = arena_new(&a, 4u << 20);
    if (!self || t->writing || r < 0 || !client_cache_synced(n->peers) || object_tree(a, self, &tree, NULL) < 0)
        return; /* the next round comes */
    struct str stands = value_text(value_get(value_at(&tree, "metadata.annotations"), STR(MEASURE_RTT)));
    if (t->changed)
        write_text(t);
    t->changed = false;
    if (buf_error(&t->told) < 0 || str_eq(stands, buf_view(&t->told)))
        return;
    if (!value_set(a, &notes, STR(MEASURE_RTT), t->told.n ? value_make_text(buf_view(&t->told)) : (struct value){.type = VALUE_NULL}))
        r = -ENOMEM;
    VALUE_SET(&r, a, &patch, "metadata.annotations", notes);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(n->self),
                               .name = str_of(n->o.name),
                               .body = &patch,
                               .manager = STR("kubelet")};
    t->writing = r == 0 && client_send(n->host.client, &call, on_written, t) == 0;
}

/* ── measuring ── */

static void go_on(struct trips *t);

static void end_try(struct trips *t)
{
    t->io = loop_io_free(t->io);
    loop_timer_stop(&t->deadline);
    if (t->fd >= 0)
        close(t->fd);
    t->fd = -1;
}

/* Down at once, up by a quarter: what disturbs a measurement makes it longer. */
static void settle(struct trips *t, struct peer *p)
{
    if (p->least) {
        p->ns = p->ns && p->least > p->ns ? p->ns + (p->least - p->ns) / 4 : p->least;
        p->lost = 0;
    } else if (p->lost < ROUNDS_LOST && ++p->lost == ROUNDS_LOST) {
        p->ns = 0;
    }
    int64_t differs = p->ns > p->written ? p->ns - p->written : p->written - p->ns;
    if (!p->ns != !p->written || (differs > SLACK_NS && differs > p->written / 4))
        t->changed = true;
}

static void tried(struct trips *t, int64_t ns)
{
    struct peer *p = &t->peers[t->at];
    end_try(t);
    if (ns > 0)
        p->least = p->least ? MIN(p->least, ns) : ns;
    if (ns > 0 && ++t->try < TRIES) {
        go_on(t);
        return;
    }
    settle(t, p);
    t->try = 0;
    t->at++;
    go_on(t);
}

static void on_late(void *ctx)
{
    tried(ctx, 0);
}

static void on_answer(void *ctx, int events)
{
    struct trips *t = ctx;
    int64_t ns = loop_now_ns(t->node->host.loop) - t->began_ns;
    struct tcp_info info = {0};
    socklen_t n = sizeof(info), error_n = sizeof(int);
    int error = 0;
    (void)events;
    if (getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &error, &error_n) < 0)
        error = errno;
    /* The kernel's own measurement knows nothing of what else this loop had to do. A refusal is an answer as well. */
    if (error == 0 && getsockopt(t->fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 && info.tcpi_rtt > 0)
        ns = MIN(ns, (int64_t)info.tcpi_rtt * 1000);
    tried(t, error == 0 || error == ECONNREFUSED ? MAX(ns, (int64_t)1) : 0);
}

static int begin_try(struct trips *t)
{
    struct peer *p = &t->peers[t->at];
    struct loop *l = t->node->host.loop;
    t->fd = socket(p->at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (t->fd < 0)
        return -errno;
    t->began_ns = loop_now_ns(l);
    if (connect(t->fd, (struct sockaddr *)&p->at, p->at_n) < 0 && errno != EINPROGRESS)
        return -errno;
    int r = loop_io_new(&t->io, l, t->fd, on_answer, t);
    if (r == 0)
        r = loop_io_watch(t->io, LOOP_WRITE);
    return r < 0 ? r : loop_timer_start(l, &t->deadline, TRY_MS, on_late, t);
}

static void begin_round(void *ctx);

static void go_on(struct trips *t)
{
    while (t->at < t->n && begin_try(t) < 0) {
        end_try(t);
        settle(t, &t->peers[t->at]);
        t->try = 0;
        t->at++;
    }
    if (t->at < t->n)
        return;
    tell(t);
    if (loop_timer_start(t->node->host.loop, &t->round, ROUND_MS, begin_round, t) < 0)
        log_error("node", "no memory for a timer");
}

static void begin_round(void *ctx)
{
    struct trips *t = ctx;
    if (client_cache_synced(t->node->peers))
        choose(t);
    t->at = 0;
    t->try = 0;
    go_on(t);
}

int node_latency_start(struct node *n)
{
    if (!n->peers)
        return 0;
    struct trips *t = n->trips = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->node = n;
    t->fd = -1;
    t->told = BUF_INIT(65536);
    return loop_timer_start(n->host.loop, &t->round, FIRST_MS, begin_round, t);
}

void node_latency_stop(struct node *n)
{
    struct trips *t = n->trips;
    if (!t)
        return;
    end_try(t);
    loop_timer_stop(&t->round);
    client_forget(n->host.client, t);
    buf_done(&t->told);
    n->trips = mem_free(t);
}
