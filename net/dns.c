/* The cluster DNS server: UDP and TCP on the cluster DNS addresses, answers from plan, the rest from upstream.
 *
 *   packet → parse → rate → plan_dns_find ─ ours ──→ reply
 *                                 └ not ours ─→ cache → reply
 *                                                 └→ upstream.c: relay → reply (and cache)
 *
 * Bounded: queries of one asker per second, connections, relays under way, cached replies. */
#include <sys/socket.h>

#include "net/dns_inside.h"

#define RATE_SLOTS 1024
#define RATE_MOST  3000 /* queries of one asker's slot in a second */
#define BURST      64   /* packets read in one go */

struct listener {
    struct net_dns *dns;
    int fd;
    struct loop_io *io;
    bool tcp;
};

struct net_dns_rate {
    uint32_t slots[RATE_SLOTS];
    int64_t second;
};

struct listeners {
    struct listener items[4];
    size_t n;
};

/* ── answers of our own ── */

static void negative_add(struct net_dns *d, struct dnswire_writer *w)
{
    struct dnswire_record soa;
    plan_dns_soa(str_of(d->net->domain), loop_wall(d->net->loop), d->mem, &soa);
    if (soa.target.p && soa.text.p && dnswire_reply_add(w, DNSWIRE_AUTHORITY, &soa) < 0)
        w->full = true;
}

static bool addresses(const struct dnswire_record *r)
{
    return r->type == DNSWIRE_A || r->type == DNSWIRE_AAAA;
}

/* Addresses start at a place that moves on with every answer: clients that take the first one spread out. */
static void records_add(struct net_dns *d, struct dnswire_writer *w, const struct plan_answer *a)
{
    size_t first = 0;
    while (first < a->n && !addresses(&a->records[first]))
        first++;
    size_t n = a->n - first, turn = n > 1 ? d->turn++ % n : 0;
    for (size_t i = 0; i < a->n; i++) {
        struct dnswire_record r = a->records[i < first ? i : first + (i - first + turn) % n];
        if (r.type == DNSWIRE_SOA)
            r.serial = (uint32_t)loop_wall(d->net->loop);
        if (dnswire_reply_add(w, DNSWIRE_ANSWER, &r) < 0)
            continue; /* a name that cannot be written, of an object nobody validated */
    }
    for (size_t i = 0; i < a->n_extra; i++)
        if (dnswire_reply_add(w, DNSWIRE_ADDITIONAL, &a->extra[i]) < 0)
            continue;
}

size_t net_dns_own_reply(struct net_dns *d, const struct dnswire_query *q, const struct plan_answer *a, int found, uint8_t *out, size_t cap)
{
    struct dnswire_writer w;
    dnswire_reply_start(&w, out, cap, q);
    records_add(d, &w, a);
    if (a->n == 0)
        negative_add(d, &w);
    return dnswire_reply_end(&w, DNSWIRE_AA | DNSWIRE_RA, found == PLAN_DNS_NO_NAME ? DNSWIRE_NXDOMAIN : DNSWIRE_NOERROR);
}

/* ── one query ── */

static bool rate_passes(struct net_dns *d, const struct sockaddr_storage *from)
{
    int64_t now = loop_now(d->net->loop) / 1000;
    struct net_dns_rate *r = d->rate;
    if (now != r->second) {
        memset(r->slots, 0, sizeof(r->slots));
        r->second = now;
    }
    const void *ip = from->ss_family == AF_INET ? (const void *)&((const struct sockaddr_in *)from)->sin_addr
                                                : (const void *)&((const struct sockaddr_in6 *)from)->sin6_addr;
    size_t n = from->ss_family == AF_INET ? 4 : 16;
    return ++r->slots[str_hash(str_make(ip, n)) % RATE_SLOTS] <= RATE_MOST;
}

static void refuse(const struct net_dns_asker *to, const struct dnswire_query *q, enum dnswire_code code)
{
    uint8_t out[1024];
    size_t n = dnswire_refuse(out, sizeof(out), q, DNSWIRE_RA, code);
    net_dns_send(to, out, n);
}

void net_dns_handle(struct net_dns *d, const struct net_dns_asker *to, struct str packet)
{
    struct dnswire_query *q = &d->query;
    if (!rate_passes(d, &to->address)) {
        d->net->status.dns_dropped++;
        net_dns_send(to, NULL, 0);
        return;
    }
    int r = dnswire_query_parse(q, packet);
    d->net->status.dns_queries++;
    if (r < 0) {
        d->net->status.dns_dropped++;
        net_dns_send(to, NULL, 0);
        return;
    }
    if (r > 0 || q->class_ != 1) {
        refuse(to, q, r > 0 ? (enum dnswire_code)r : DNSWIRE_REFUSED);
        return;
    }
    arena_reset(d->mem);
    size_t cap = to->connection ? sizeof(d->out) : dnswire_reply_max(q);
    int found = d->net->state ? plan_dns_find(d->net->state, str_of(d->net->domain), str_make(q->name, q->name_n), q->type, d->mem, d->answer)
                              : PLAN_DNS_NOT_OURS;
    if (found < 0)
        refuse(to, q, DNSWIRE_SERVFAIL);
    else if (found == PLAN_DNS_NOT_OURS)
        net_upstream_ask(d, to, q, packet, STR_NONE);
    else if (d->answer->chase.n && (q->type == DNSWIRE_A || q->type == DNSWIRE_AAAA))
        net_upstream_ask(d, to, q, packet, d->answer->chase);
    else
        net_dns_send(to, d->out, net_dns_own_reply(d, q, d->answer, found, d->out, cap));
}

/* ── UDP ── */

static void on_udp(void *ctx, int events)
{
    struct listener *l = ctx;
    struct net_dns *d = l->dns;
    (void)events;
    for (int i = 0; i < BURST; i++) {
        struct net_dns_asker to = {.dns = d, .fd = l->fd};
        socklen_t len = sizeof(to.address);
        ssize_t n = recvfrom(l->fd, d->in, sizeof(d->in), MSG_DONTWAIT, (struct sockaddr *)&to.address, &len);
        if (n < 0)
            return;
        to.address_n = len;
        net_dns_handle(d, &to, str_make(d->in, (size_t)n));
    }
}

void net_dns_send(const struct net_dns_asker *to, const uint8_t *p, size_t n)
{
    if (to->connection) {
        net_tcp_reply(to->connection, p, n);
        return;
    }
    /* A full socket buffer loses the reply as the network might: the asker asks again. */
    if (n && sendto(to->fd, p, n, MSG_DONTWAIT | MSG_NOSIGNAL, (const struct sockaddr *)&to->address, to->address_n) < 0)
        to->dns->net->status.dns_failures++;
}

/* ── open, close ── */

static void on_accept(void *ctx, int events)
{
    struct listener *l = ctx;
    (void)events;
    for (int i = 0; i < 16; i++) {
        struct sockaddr_storage from;
        socklen_t len = sizeof(from);
        int fd = accept4(l->fd, (struct sockaddr *)&from, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return;
        net_tcp_open(l->dns, fd, &from, len);
    }
}

static int listener_open(struct net_dns *d, const struct nl_ip *ip, bool tcp, struct err *err)
{
    char text[NL_IP_TEXT];
    struct sockaddr_storage a;
    socklen_t n = net_sockaddr(ip, d->net->dns_port, &a);
    SCOPED_FD fd = socket(ip->family, (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    nl_ip_print(ip, false, text);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 || bind(fd, (struct sockaddr *)&a, n) < 0 ||
        (tcp && listen(fd, 128) < 0))
        return err_raise(err, -errno, "DNS on %s port %u: %s", text, d->net->dns_port, strerror(errno));
    struct listener *l = &d->listeners->items[d->listeners->n];
    *l = (struct listener){.dns = d, .tcp = tcp, .fd = -1};
    int r = loop_io_new(&l->io, d->net->loop, fd, tcp ? on_accept : on_udp, l);
    if (r < 0)
        return err_raise(err, r, "DNS on %s: %s", text, strerror(-r));
    l->fd = TAKE_FD(fd);
    d->listeners->n++;
    r = loop_io_watch(l->io, LOOP_READ);
    return r < 0 ? err_raise(err, r, "DNS on %s: %s", text, strerror(-r)) : 0;
}

int net_dns_open(struct net *n, struct err *err)
{
    struct net_dns *d = mem_alloc(sizeof(*d));
    if (!d)
        return err_raise(err, -ENOMEM, "no memory for DNS");
    n->dns = d;
    d->net = n;
    list_init(&d->relays);
    list_init(&d->connections);
    list_init(&d->cached);
    d->listeners = mem_alloc(sizeof(*d->listeners));
    d->rate = mem_alloc(sizeof(*d->rate));
    d->answer = mem_alloc(sizeof(*d->answer));
    int r = d->listeners && d->rate && d->answer ? arena_new(&d->mem, 4u << 20) : -ENOMEM;
    if (r < 0)
        return err_raise(err, r, "no memory for DNS");
    for (size_t i = 0; i < n->n_dns && r == 0; i++) {
        r = listener_open(d, &n->dns_ip[i], false, err);
        if (r == 0)
            r = listener_open(d, &n->dns_ip[i], true, err);
    }
    return r;
}

void net_dns_close(struct net *n)
{
    struct net_dns *d = TAKE(n->dns);
    if (!d)
        return;
    net_upstream_close(d);
    LIST_EACH (c, &d->connections, struct net_tcp, link)
        net_tcp_close(c);
    for (size_t i = 0; d->listeners && i < d->listeners->n; i++) {
        loop_io_free(d->listeners->items[i].io);
        close(d->listeners->items[i].fd);
    }
    mem_free(d->listeners);
    mem_free(d->rate);
    mem_free(d->answer);
    arena_free(d->mem);
    mem_free(d);
}

socklen_t net_sockaddr(const struct nl_ip *ip, uint16_t port, struct sockaddr_storage *out)
{
    *out = (struct sockaddr_storage){.ss_family = ip->family};
    if (ip->family == AF_INET) {
        struct sockaddr_in *a = (struct sockaddr_in *)out;
        a->sin_port = htons(port);
        memcpy(&a->sin_addr, ip->at, 4);
        return sizeof(*a);
    }
    struct sockaddr_in6 *a = (struct sockaddr_in6 *)out;
    a->sin6_port = htons(port);
    memcpy(&a->sin6_addr, ip->at, 16);
    return sizeof(*a);
}
