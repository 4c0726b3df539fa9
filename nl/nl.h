/* nl: links, addresses, routes and neighbours of one network namespace, over
 * netlink (libmnl).
 *
 * A struct nl is one NETLINK_ROUTE socket in one namespace: the caller's, or the
 * one a descriptor names (the calling thread steps in for the socket's making
 * and back out; the socket stays there). Calls are synchronous, usually tens of
 * microseconds, and wait only for the kernel's own locks. One struct nl belongs
 * to one thread at a time. Answers are the kernel's errno, negative, and err has
 * the sentence with the kernel's own remark (extended ack) in it. */
#ifndef CORACLE_NL_H
#define CORACLE_NL_H

#include "base/base.h"

struct nl;
int nl_open(struct nl **out, int netns_fd, struct err *err) MUST_USE; /* -1: the caller's namespace */
struct nl *nl_close(struct nl *n);
/* A descriptor that becomes readable when an address of this namespace comes or goes; what is read from it means no more
 * than that. Negative errno. Not blocking; the caller's to close. */
int nl_addr_events(void) MUST_USE;
void nl_scope_end(struct nl **n);

/* ── addresses as values ── */
struct nl_ip {
    uint8_t family; /* AF_INET, AF_INET6; AF_UNSPEC: none */
    uint8_t bits;   /* prefix length, when it is a network or an interface address */
    uint8_t at[16]; /* network order */
};
int nl_ip_parse(struct nl_ip *out, struct str text) MUST_USE; /* "10.0.0.1", "fd00::1/64"; without a length: the full one; -EINVAL */
#define NL_IP_TEXT 64
void nl_ip_print(const struct nl_ip *ip, bool with_bits, char out[NL_IP_TEXT]);
bool nl_ip_equal(const struct nl_ip *a, const struct nl_ip *b); /* address only */
bool nl_ip_within(const struct nl_ip *net, const struct nl_ip *ip);

/* ── namespaces ── */
int nl_netns_make(const char *path, struct err *err) MUST_USE;   /* a new one, pinned at path (the file is made), lo up; -EEXIST */
int nl_netns_remove(const char *path, struct err *err) MUST_USE; /* unpins; fine when absent */
int nl_netns_open(const char *path) MUST_USE;                    /* descriptor or negative errno */

/* ── links ── */
#define NL_NAME_MAX 16
struct nl_link {
    int index;
    char name[NL_NAME_MAX];
    char kind[16]; /* "veth", "bridge", "" */
    int master;    /* index, 0: none */
    uint32_t mtu;
    bool up;         /* administratively */
    bool running;    /* it carries packets */
    bool forwarding; /* a bridge's port: the bridge takes and gives packets through it */
    uint8_t mac[6];
    uint64_t rx_bytes, tx_bytes, rx_packets, tx_packets, rx_errors, tx_errors, rx_dropped, tx_dropped;
};
int nl_link_get(struct nl *n, const char *name, struct nl_link *out, struct err *err) MUST_USE; /* -ENODEV */
int nl_link_each(struct nl *n, int (*fn)(void *ctx, const struct nl_link *link), void *ctx, struct err *err) MUST_USE;
int nl_bridge_add(struct nl *n, const char *name, const uint8_t mac[6], uint32_t mtu, struct err *err) MUST_USE; /* -EEXIST; mac may be NULL */
struct nl_veth {
    const char *name;  /* here */
    const char *peer;  /* there */
    int peer_netns_fd; /* -1: here too */
    int master;        /* of this end; 0: none */
    uint32_t mtu;      /* 0: the kernel's */
    uint8_t mac[6];    /* all zero: random */
    uint8_t peer_mac[6];
    bool up; /* this end */
};
int nl_veth_add(struct nl *n, const struct nl_veth *v, struct err *err) MUST_USE; /* -EEXIST */
int nl_link_del(struct nl *n, const char *name, struct err *err) MUST_USE;        /* -ENODEV */
int nl_link_up(struct nl *n, int index, bool up, struct err *err) MUST_USE;
int nl_link_mtu(struct nl *n, int index, uint32_t mtu, struct err *err) MUST_USE;
int nl_link_mac(struct nl *n, int index, const uint8_t mac[6], struct err *err) MUST_USE;
int nl_link_master(struct nl *n, int index, int master, struct err *err) MUST_USE; /* 0: none */
int nl_port_hairpin(struct nl *n, int index, bool on, struct err *err) MUST_USE;   /* a bridge's port: may frames go out where they came in? */
int nl_link_move(struct nl *n, int index, int netns_fd, const char *new_name, struct err *err) MUST_USE; /* new_name may be NULL */

/* ── addresses; no duplicate address detection: the address is usable at once ── */
struct nl_addr {
    int index;
    struct nl_ip ip;
    uint8_t scope; /* RT_SCOPE_… */
};
int nl_addr_add(struct nl *n, int index, const struct nl_ip *ip, struct err *err) MUST_USE; /* 0 also when it is there */
int nl_addr_del(struct nl *n, int index, const struct nl_ip *ip, struct err *err) MUST_USE; /* 0 also when it is not */
int nl_addr_each(struct nl *n, int (*fn)(void *ctx, const struct nl_addr *a), void *ctx, struct err *err) MUST_USE;

/* ── routes (main table, unicast) ── */
struct nl_route {
    struct nl_ip to;     /* bits 0: default; family must be set */
    struct nl_ip via;    /* AF_UNSPEC: on the link itself */
    struct nl_ip source; /* preferred source address; AF_UNSPEC: none */
    int index;           /* link */
    bool onlink;         /* via is on that link whatever its addresses say */
    uint8_t protocol;    /* RTPROT_…, 0: RTPROT_STATIC; tells our routes from others' */
    uint32_t metric;
};
int nl_route_set(struct nl *n, const struct nl_route *r, struct err *err) MUST_USE; /* adds or replaces */
int nl_route_del(struct nl *n, const struct nl_route *r, struct err *err) MUST_USE; /* 0 also when it is not there */
int nl_route_each(struct nl *n, int (*fn)(void *ctx, const struct nl_route *r), void *ctx, struct err *err) MUST_USE;

/* ── neighbours: permanent entries, so that the first packet waits for no ARP ── */
int nl_neigh_set(struct nl *n, int index, const struct nl_ip *ip, const uint8_t mac[6], struct err *err) MUST_USE;
int nl_neigh_del(struct nl *n, int index, const struct nl_ip *ip, struct err *err) MUST_USE;

/* ── tunnels: frames of a mac of the tunnel's go to that machine ── */
int nl_vxlan_add(struct nl *n, const char *name, uint32_t vni, const uint8_t mac[6], uint32_t mtu, struct err *err) MUST_USE; /* UDP 4789; -EEXIST */
int nl_fdb_set(struct nl *n, int index, const uint8_t mac[6], const struct nl_ip *to, struct err *err) MUST_USE;
int nl_fdb_del(struct nl *n, int index, const uint8_t mac[6], const struct nl_ip *to, struct err *err) MUST_USE; /* 0 also when it is not */

/* ── connection tracking: flows that a change of services made wrong ──
 * Calls judge for each flow of that protocol; those it answers true for are forgotten. Answers how many, or < 0. */
struct nl_flow {
    uint8_t protocol;
    struct nl_ip source, destination; /* as the client sent it */
    uint16_t source_port, destination_port;
    struct nl_ip reply_source; /* who answers: the backend */
    uint16_t reply_source_port;
};
int nl_flows_forget(int netns_fd, uint8_t family, uint8_t protocol, bool (*judge)(void *ctx, const struct nl_flow *f), void *ctx,
                    struct err *err) MUST_USE;

#endif
