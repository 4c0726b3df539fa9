/* net: the pod network of one node, brought into the kernel and onto the wire.
 *
 *   pod netns           node
 *   eth0 10.x.0.7/32 ── veth ── bridge (10.x.0.1/24) ── routes ── other nodes, the world
 *                                │ nftables: services, node ports, host ports, masquerade
 *                                └ DNS server on the cluster DNS address (on the bridge)
 *
 * A pod's own address is a /32 (/128) with the bridge as its gateway, so that
 * every packet between pods is routed by the node and passes its rules, also
 * between two pods of one node; no bridge netfilter is needed. Which address a
 * pod has is a symbolic link on disk (ipam/<address> → uid), made with O_EXCL's
 * promise, so that a restart cannot hand it out twice.
 *
 * Service rules are plan's rows as elements of a few flat maps in one nftables
 * table (see rules.c for the drawing); a change of a service touches only its
 * elements, in transactions of about NET_BATCH of them (a service is never
 * split between two).
 *
 * Called on the loop's thread; callbacks come there. Kernel work that may wait
 * (making and removing links, nftables) runs on the loop's pool. Everything is
 * named after `name`, so that several networks live on one machine; with
 * net_teardown() nothing of it is left. Needs root. */
#ifndef CORACLE_NET_H
#define CORACLE_NET_H

#include "base/base.h"
#include "plan/plan.h"

struct loop;
struct net;

#define NET_BATCH         512 /* map elements in one nftables transaction */
#define NET_ADDRESSES_MAX 16

struct net_config {                   /* texts are copied; lists end with NULL and may be NULL */
    const char *name;                 /* ≤ 8 letters: bridge <name>0, nftables table <name>_net, links <name>…; NULL: "coracle" */
    const char *dir;                  /* state: <dir>/ipam */
    const char *const *pod_cidrs;     /* this node's: "10.244.0.0/24", "fd00:10:244::/64"; at most one a family */
    const char *const *cluster_cidrs; /* all nodes': not masqueraded; NULL: pod_cidrs */
    const char *const *service_cidrs;
    const char *const *dns_addresses; /* at most one a family; NULL: no DNS server */
    const char *domain;               /* NULL: cluster.local */
    const char *resolv_conf;          /* whose servers are asked upstream; NULL: /etc/resolv.conf */
    uint16_t dns_port;                /* 0: 53 */
    uint32_t mtu;                     /* 0: that of the link with the default route, or 1500 */
    const char *node_name;            /* for plan_node */
    const char *node_zone;            /* may be NULL */
    bool no_masquerade;               /* pods keep their addresses towards the world */
    bool no_nodeport_loopback;        /* node ports do not answer on 127.0.0.1 */
    /* Services' rules could not be made: the sentence, once for each new one, while they are tried again; NULL: they stand again. */
    void (*trouble)(void *ctx, const char *sentence);
    void *ctx;
};
/* Makes or adopts bridge, addresses, sysctls and table; reads the addresses given out. Blocking, some 20 ms. */
int net_open(struct net **out, struct loop *l, const struct net_config *c, struct err *err) MUST_USE;
/* Stops serving and leaves the network as it is: an agent's restart. */
struct net *net_close(struct net *n);
/* Removes all of it, also links of pods: table, bridge, routes, addresses given out. Then as net_close(). */
struct net *net_teardown(struct net *n);
/* The same without an open net: what a former process of that name and folder left. */
int net_sweep(const char *name, const char *dir, struct err *err) MUST_USE;

/* ── pods ── */
struct net_pod {
    char uid[64];
    char ips[2][64]; /* "10.244.0.7", "fd00:…" or "": in the order of pod_cidrs */
    size_t n_ips;
    char link[16]; /* the veth's name on the node */
};
struct net_pod_request {
    const char *uid;
    const char *netns;               /* path of the pod's network namespace; made and pinned there when it is not */
    const char *ip;                  /* wanted, may be NULL: any; refused when another pod has it */
    int64_t egress_bps, ingress_bps; /* reserved for kubernetes.io/…-bandwidth; must be 0 */
};
/* Link, address and routes of a pod; about 2 ms on a pool thread. A pod that has all that already is answered as it is.
 * r < 0: error has the sentence; -ENOSPC: the node's addresses are used up. Callbacks do not come after net_close(). */
int net_pod_add(struct net *n, const struct net_pod_request *q, void (*done)(void *ctx, int r, const struct net_pod *pod, const char *error),
                void *ctx, struct err *err) MUST_USE;
/* Removes link, address and the pinned namespace (netns may be NULL: not its business). Fine when unknown. done may be NULL. */
int net_pod_del(struct net *n, const char *uid, const char *netns, void (*done)(void *ctx, int r), void *ctx, struct err *err) MUST_USE;
int net_pod_find(struct net *n, const char *uid, struct net_pod *out) MUST_USE;             /* -ENOENT */
int net_pod_promised(struct net *n, const char *uid, struct net_pod *out) MUST_USE;         /* the same, also while its link is being made */
int net_pod_each(struct net *n, int (*fn)(void *ctx, const char *uid), void *ctx) MUST_USE; /* all with addresses: for removing strays */
struct net_pod_usage {
    uint64_t rx_bytes, tx_bytes, rx_errors, tx_errors; /* as the pod sees it */
};
int net_pod_usage(struct net *n, const char *uid, struct net_pod_usage *out) MUST_USE;

/* ── services ── */
/* net reads `state` (the caller's, kept until net_close) when it makes rules and answers DNS. Rules that a former process
 * left go on serving until changes have been quiet for 0.3 s, at most 3 s: so the state may still be filling. */
void net_plan(struct net *n, const struct plan_state *state);
/* The state has changed: rules are brought up to date soon, one run at a time, later calls are joined into the next run. */
void net_changed(struct net *n);
struct net_status {
    uint64_t runs, failures, elements; /* elements: touched so far */
    int64_t last_us;                   /* how long the last run took */
    size_t rows, skipped;
    bool busy;       /* a run is under way or due */
    char error[512]; /* of the last run; "" when it went well (a failed one is tried again) */
    uint64_t dns_queries, dns_forwarded, dns_failures, dns_dropped;
};
void net_status(const struct net *n, struct net_status *out);
/* n may be NULL: then bridges of networks are not left out. Node addresses for status.addresses and node ports: global ones of the host, default
 * route's link first. Count. */
size_t net_node_addresses(const struct net *n, char out[NET_ADDRESSES_MAX][64]);

/* ── other nodes: routes to their pods, through their own addresses where they are on a link of ours, else through a
 * tunnel (VXLAN, UDP 4789). One that cannot be reached is answered < 0; the others stand all the same. ── */
struct net_peer {
    const char *const *pod_cidrs; /* ended by NULL */
    const char *const *addresses;
};
int net_peers(struct net *n, const struct net_peer *peers, size_t n_peers, struct err *err) MUST_USE; /* all of them: others go */

/* Served by net itself once open and planned: DNS on dns_addresses, UDP and TCP. For the caller's pods' resolv.conf see
 * plan_resolv_conf(). */

#endif
