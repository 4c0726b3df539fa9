/* What the DNS server's files share; no other file sees it. */
#ifndef CORACLE_NET_DNS_INSIDE_H
#define CORACLE_NET_DNS_INSIDE_H

#include <arpa/inet.h>
#include <sys/socket.h>

#include "dnswire/dnswire.h"
#include "net/inside.h"

struct net_tcp;
struct listeners;
struct net_dns_rate;

#define NET_UPSTREAM_MAX 4

struct net_dns {
    struct net *net;
    struct listeners *listeners;
    struct net_dns_rate *rate;
    struct arena *mem; /* of the answer being made */
    struct plan_answer *answer;
    struct dnswire_query query;
    size_t turn;
    struct list connections; /* struct net_tcp */
    unsigned n_connections;
    /* upstream.c */
    struct list relays;
    unsigned n_relays;
    struct nl_ip servers[NET_UPSTREAM_MAX];
    int64_t silent_until[NET_UPSTREAM_MAX]; /* loop_now(): it let a question time out and is asked last till then */
    size_t n_servers;
    int64_t servers_read; /* loop_now() */
    struct map cache;
    struct list cached; /* oldest first */
    unsigned n_cached;
    char in[DNSWIRE_TCP_MAX];
    uint8_t out[DNSWIRE_TCP_MAX];
};

/* Who asked, and how the reply goes back. */
struct net_dns_asker {
    struct net_dns *dns;
    int fd; /* UDP: the listening socket */
    struct sockaddr_storage address;
    socklen_t address_n;
    struct net_tcp *connection; /* else TCP */
};
/* n 0: there will be no reply. */
void net_dns_send(const struct net_dns_asker *to, const uint8_t *p, size_t n);
void net_dns_handle(struct net_dns *d, const struct net_dns_asker *to, struct str packet);
size_t net_dns_own_reply(struct net_dns *d, const struct dnswire_query *q, const struct plan_answer *a, int found, uint8_t *out, size_t cap);

/* ── tcp.c ── */
struct net_tcp {
    struct list link;
    struct net_dns *dns;
    int fd;
    struct loop_io *io;
    struct loop_timer idle;
    struct sockaddr_storage address;
    socklen_t address_n;
    bool asking;  /* a query is being answered: the next one waits */
    bool reading; /* within the handler: do not free */
    bool dead;
    struct buf in, out;
};
void net_tcp_open(struct net_dns *d, int fd, const struct sockaddr_storage *from, socklen_t n);
void net_tcp_close(struct net_tcp *c);
void net_tcp_reply(struct net_tcp *c, const uint8_t *p, size_t n);

/* ── upstream.c ── */
/* Answers from the cache or asks an upstream server. With chase: asks for that name instead, the answer goes behind the
 * CNAMEs that plan gave. */
void net_upstream_ask(struct net_dns *d, const struct net_dns_asker *to, const struct dnswire_query *q, struct str packet, struct str chase);
void net_upstream_forget(struct net_dns *d, const struct net_tcp *c); /* the asker has gone */
void net_upstream_close(struct net_dns *d);

socklen_t net_sockaddr(const struct nl_ip *ip, uint16_t port, struct sockaddr_storage *out);

#endif
