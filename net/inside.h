/* What net's files share; no other room sees it. */
#ifndef CORACLE_NET_INSIDE_H
#define CORACLE_NET_INSIDE_H

#include <netinet/in.h>

#include "loop/loop.h"
#include "net/net.h"
#include "nl/nl.h"
#include "os/os.h"

#define CIDRS_MAX 16
#define ERROR_MAX 512

#define TABLE_SUFFIX "_net" /* a table named like a word of nft's language could not be spoken of */

/* ── addresses of one family on this node ── */
struct ipam {
    struct nl_ip net;     /* the node's pod network */
    struct nl_ip gateway; /* its first address: the bridge's */
    uint32_t n;           /* addresses that may be given out begin at 2, end before n */
    uint32_t cursor;      /* where the last one was: freed addresses rest as long as possible */
    uint8_t *taken;       /* bit map of n */
};
int net_ipam_open(struct ipam *m, struct str cidr, struct err *err) MUST_USE;
void net_ipam_close(struct ipam *m);
int net_ipam_take(struct ipam *m, struct nl_ip *out) MUST_USE;           /* -ENOSPC */
int net_ipam_take_this(struct ipam *m, const struct nl_ip *ip) MUST_USE; /* -EADDRINUSE, -ERANGE */
void net_ipam_give(struct ipam *m, const struct nl_ip *ip);

struct pod_entry {
    struct net_pod pod;
    struct nl_ip ips[2];
    bool busy; /* a job for it is on the pool */
    bool ready;
};

/* ── DNS ── */
struct net_dns;

/* ── tunnel.c: to nodes that are on no link of ours ── */
struct net_pod_route;
bool net_tunnel_needed(struct nl *nl, const struct nl_ip *via);
int net_tunnel_set(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err) MUST_USE;
int net_tunnel_del(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err) MUST_USE;
int net_tunnel_remove(const char *network, struct err *err) MUST_USE; /* the whole of it */

struct net {
    struct loop *loop;
    unsigned pending; /* pieces of work on the pool */
    bool closed;      /* freed when the last one comes back */
    char name[9], bridge[NL_NAME_MAX], table[16], dir[256], domain[256], resolv_conf[256], node_name[256], node_zone[64];
    uint16_t dns_port;
    uint32_t mtu;
    bool no_masquerade, no_nodeport_loopback;
    struct ipam ipam[2];
    size_t n_ipam;
    struct nl_ip cluster[CIDRS_MAX], service[2], dns_ip[2];
    size_t n_cluster, n_service, n_dns;
    int bridge_index;
    uint8_t bridge_mac[6];
    struct map pods; /* uid → struct pod_entry */
    struct net_pod_route {
        struct nl_ip to, via;
        bool tunnel; /* via is on no link of ours: through the tunnel */
    } * peers;
    size_t n_peers;
    bool peers_set; /* by us; before, they are what a former process noted, perhaps before a reboot */

    /* rules */
    const struct plan_state *state;
    struct plan_rules *applied; /* what the kernel has; NULL: unknown */
    struct list chains;         /* of struct chain_made */
    struct loop_task due;
    struct loop_timer retry;
    bool running, again;
    bool adopted; /* the kernel has a former process's table, which serves until the first run */
    int64_t adopted_until;
    int64_t backoff_ms;
    struct loop_io *addresses_io; /* the node's own addresses come and go: node ports answer on them */
    struct loop_timer addresses_look;
    int addresses_fd; /* 0: none */
    uint64_t addresses_print;
    struct net_status status;
    void (*trouble)(void *ctx, const char *sentence);
    void *trouble_ctx;

    struct net_dns *dns;
};

/* Keeps n alive over a piece of work; net_release() frees it when it was closed meanwhile: answers false then. */
bool net_release(struct net *n);

/* ── links.c: the bridge and what hangs on it ── */
int net_bridge_open(struct net *n, struct err *err) MUST_USE;
uint32_t net_default_mtu(struct nl *nl);
int net_links_remove(const char *bridge, struct err *err) MUST_USE;
size_t net_addresses(const struct net *n, struct nl_ip out[NET_ADDRESSES_MAX]);
int net_addresses_watch(struct net *n, struct err *err) MUST_USE; /* net_changed() when they do */
void net_addresses_unwatch(struct net *n);
int net_peers_load(const char *dir, struct net_pod_route **out, size_t *n) MUST_USE; /* mem_free() the list, also after a failure */

/* ── pod.c ── */
int net_pods_load(struct net *n, struct err *err) MUST_USE;
void net_pods_free(struct net *n);

/* ── table.c: the nftables table as text ── */
void net_table_print(const struct net *n, struct buf *out);        /* all but elements */
int net_table_run(const char *commands, struct err *err) MUST_USE; /* blocking, pool or start */
int net_table_list(const char *commands, struct buf *json, struct err *err) MUST_USE;

/* ── rules.c ── */
void net_rules_close(struct net *n);

/* ── dns.c ── */
int net_dns_open(struct net *n, struct err *err) MUST_USE;
void net_dns_close(struct net *n);

#endif
