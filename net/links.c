/* The bridge, its addresses and routes, the kernel's switches, and routes to other nodes. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include "net/inside.h"

#define LINKS_MAX 4096

static void sysctl(const char *text, const char *fmt, ...) PRINTF(2, 3);
static void sysctl(const char *text, const char *fmt, ...)
{
    char path[OS_PATH_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(path, sizeof(path), fmt, ap);
    va_end(ap);
    SCOPED_BUF now = BUF_INIT(65536);
    if (os_file_read(path, 64, &now) == 0 && str_is(str_trim(buf_view(&now)), text))
        return;
    /* What the kernel does not have (no IPv6, read-only proc) shows in what then does not work; `coracle check` tells. */
    if (os_file_write(path, str_of(text)) < 0)
        return;
}

struct found_default {
    int index[2];
    uint32_t metric[2];
};

static int default_one(void *ctx, const struct nl_route *r)
{
    struct found_default *d = ctx;
    int six = r->to.family == AF_INET6;
    if (r->to.bits == 0 && r->index && (!d->index[six] || r->metric < d->metric[six])) {
        d->index[six] = r->index;
        d->metric[six] = r->metric;
    }
    return 0;
}

struct mtu_of {
    int index;
    uint32_t mtu;
};

static int mtu_one(void *ctx, const struct nl_link *l)
{
    struct mtu_of *m = ctx;
    if (l->index == m->index)
        m->mtu = l->mtu;
    return 0;
}

uint32_t net_default_mtu(struct nl *nl)
{
    struct found_default d = {{0}, {0}};
    struct mtu_of m = {.mtu = 1500};
    if (nl_route_each(nl, default_one, &d, NULL) < 0)
        return 1500;
    m.index = d.index[0] ? d.index[0] : d.index[1];
    if (m.index && nl_link_each(nl, mtu_one, &m, NULL) < 0)
        return 1500;
    return m.mtu >= 1280 && m.mtu <= 65535 ? m.mtu : 1500;
}

static void switches_set(struct net *n, struct nl *nl)
{
    bool six = false;
    for (size_t i = 0; i < n->n_ipam; i++)
        six |= n->ipam[i].net.family == AF_INET6;
    sysctl("1", "/proc/sys/net/ipv4/ip_forward");
    /* A node port asked for on 127.0.0.1 leaves through the bridge; the table drops what comes back the other way. */
    sysctl("1", "/proc/sys/net/ipv4/conf/%s/route_localnet", n->bridge);
    sysctl("0", "/proc/sys/net/ipv6/conf/%s/accept_dad", n->bridge);
    sysctl("0", "/proc/sys/net/ipv6/conf/%s/accept_ra", n->bridge);
    if (!six)
        return;
    /* A router no longer takes its own default route from advertisements unless told to. */
    struct found_default d = {{0}, {0}};
    char name[IF_NAMESIZE];
    if (nl_route_each(nl, default_one, &d, NULL) == 0 && d.index[1] && if_indextoname((unsigned)d.index[1], name))
        sysctl("2", "/proc/sys/net/ipv6/conf/%s/accept_ra", name);
    sysctl("1", "/proc/sys/net/ipv6/conf/all/forwarding");
    sysctl("0", "/proc/sys/net/ipv6/conf/%s/disable_ipv6", n->bridge);
}

/* A fixed address: pods keep it as their gateway's, also over a bridge that was made anew. */
static void bridge_mac(struct net *n)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const char *c = n->bridge; *c; c++)
        h = (h ^ (uint8_t)*c) * 0x100000001b3u;
    for (size_t i = 0; i < n->n_ipam; i++)
        for (size_t k = 0; k < 16; k++)
            h = (h ^ n->ipam[i].net.at[k]) * 0x100000001b3u;
    for (size_t i = 0; i < 6; i++)
        n->bridge_mac[i] = (uint8_t)(h >> (8 * i));
    n->bridge_mac[0] = (uint8_t)((n->bridge_mac[0] & 0xfc) | 2);
}

static const struct ipam *ipam_of(const struct net *n, uint8_t family)
{
    for (size_t i = 0; i < n->n_ipam; i++)
        if (n->ipam[i].net.family == family)
            return &n->ipam[i];
    return NULL;
}

static int bridge_addresses(struct net *n, struct nl *nl, struct err *err)
{
    int r = 0;
    for (size_t i = 0; i < n->n_ipam && r == 0; i++)
        r = nl_addr_add(nl, n->bridge_index, &n->ipam[i].gateway, err);
    for (size_t i = 0; i < n->n_dns && r == 0; i++)
        r = nl_addr_add(nl, n->bridge_index, &n->dns_ip[i], err);
    /* Host programs that ask for a service need a route before its rules can turn them; its source is the bridge's. */
    for (size_t i = 0; i < n->n_service && r == 0; i++) {
        const struct ipam *m = ipam_of(n, n->service[i].family);
        if (!m)
            continue;
        struct nl_route route = {.to = n->service[i], .index = n->bridge_index, .source = m->gateway};
        r = nl_route_set(nl, &route, err);
    }
    return r;
}

struct overlap {
    const struct net *net;
    int index; /* of a foreign link that has (part of) our network */
    struct nl_ip to;
};

static int overlap_one(void *ctx, const struct nl_route *r)
{
    struct overlap *o = ctx;
    for (size_t i = 0; i < o->net->n_ipam; i++) {
        const struct nl_ip *own = &o->net->ipam[i].net;
        if (r->index && r->index != o->net->bridge_index && r->to.bits >= own->bits && nl_ip_within(own, &r->to)) {
            o->index = r->index;
            o->to = r->to;
        }
    }
    return 0;
}

/* Two clusters with the same pod network on one machine would take each other's packets. */
static int overlap_check(struct net *n, struct nl *nl, struct err *err)
{
    struct overlap o = {.net = n};
    char name[IF_NAMESIZE] = "?", to[NL_IP_TEXT];
    int r = nl_route_each(nl, overlap_one, &o, err);
    if (r < 0 || !o.index)
        return r;
    if (!if_indextoname((unsigned)o.index, name))
        return 0; /* gone meanwhile */
    nl_ip_print(&o.to, true, to);
    return err_raise(err, -EADDRINUSE, "%s is routed through %s already: choose other pod addresses", to, name);
}

int net_bridge_open(struct net *n, struct err *err)
{
    SCOPED(nl) nl = NULL;
    struct nl_link link;
    int r = nl_open(&nl, -1, err);
    if (r < 0)
        return r;
    bridge_mac(n);
    if (!n->mtu)
        n->mtu = net_default_mtu(nl);
    if (nl_link_get(nl, n->bridge, &link, NULL) == 0)
        n->bridge_index = link.index;
    r = overlap_check(n, nl, err);
    if (r == 0)
        r = nl_bridge_add(nl, n->bridge, n->bridge_mac, n->mtu, err);
    if (r == 0 || r == -EEXIST)
        r = nl_link_get(nl, n->bridge, &link, err);
    if (r < 0)
        return r;
    if (strcmp(link.kind, "bridge") != 0)
        return err_raise(err, -EEXIST, "%s is there and is no bridge", n->bridge);
    n->bridge_index = link.index;
    if (memcmp(link.mac, n->bridge_mac, 6) != 0)
        r = nl_link_mac(nl, link.index, n->bridge_mac, err);
    switches_set(n, nl);
    if (r == 0)
        r = nl_link_up(nl, link.index, true, err);
    return r < 0 ? r : bridge_addresses(n, nl, err);
}

/* ── removal ── */

struct ports {
    int master;
    char (*names)[NL_NAME_MAX];
    size_t n;
};

static int port_one(void *ctx, const struct nl_link *l)
{
    struct ports *p = ctx;
    if (l->master == p->master && p->n < LINKS_MAX)
        memcpy(p->names[p->n++], l->name, NL_NAME_MAX);
    return 0;
}

int net_links_remove(const char *bridge, struct err *err)
{
    SCOPED(nl) nl = NULL;
    struct nl_link link;
    int r = nl_open(&nl, -1, err);
    if (r < 0)
        return r;
    r = nl_link_get(nl, bridge, &link, err);
    if (r == -ENODEV)
        return 0;
    if (r < 0)
        return r;
    struct ports p = {.master = link.index, .names = mem_alloc((size_t)LINKS_MAX * NL_NAME_MAX)};
    if (!p.names)
        return err_raise(err, -ENOMEM, "no memory for a list of links");
    r = nl_link_each(nl, port_one, &p, err);
    for (size_t i = 0; i < p.n && r == 0; i++) {
        r = nl_link_del(nl, p.names[i], err);
        r = r == -ENODEV ? 0 : r;
    }
    mem_free(p.names);
    if (r == 0)
        r = nl_link_del(nl, bridge, err);
    return r == -ENODEV ? 0 : r;
}

/* ── the node's addresses ── */

struct listing {
    struct nl_ip *out;
    size_t n;
    int bridge;
    int first; /* link of the default route */
    bool second_round;
};

static int address_one(void *ctx, const struct nl_addr *a)
{
    struct listing *l = ctx;
    bool ours = a->index == l->bridge, first = a->index == l->first;
    if (ours || a->scope != RT_SCOPE_UNIVERSE || l->n == NET_ADDRESSES_MAX || first == l->second_round)
        return 0;
    l->out[l->n] = a->ip;
    l->out[l->n].bits = a->ip.family == AF_INET ? 32 : 128;
    l->n++;
    return 0;
}

size_t net_addresses(const struct net *n, struct nl_ip out[NET_ADDRESSES_MAX])
{
    SCOPED(nl) nl = NULL;
    struct found_default d = {{0}, {0}};
    struct listing l = {.out = out, .bridge = n ? n->bridge_index : 0};
    if (nl_open(&nl, -1, NULL) < 0)
        return 0;
    if (nl_route_each(nl, default_one, &d, NULL) == 0)
        l.first = d.index[0] ? d.index[0] : d.index[1];
    for (int round = 0; round < 2; round++) {
        l.second_round = round;
        if (nl_addr_each(nl, address_one, &l, NULL) < 0)
            break;
    }
    return l.n;
}

#define ADDRESSES_SETTLE_MS 100 /* links and their addresses come in bursts, and most are pods' */

static uint64_t addresses_print(const struct net *n)
{
    struct nl_ip list[NET_ADDRESSES_MAX];
    size_t count = net_addresses(n, list);
    uint64_t print = count;
    for (size_t i = 0; i < count; i++)
        print += str_hash(str_make(list[i].at, sizeof(list[i].at)));
    return print;
}

static void addresses_look(void *ctx)
{
    struct net *n = ctx;
    uint64_t print = addresses_print(n);
    if (print != n->addresses_print)
        net_changed(n);
    n->addresses_print = print;
}

static void on_addresses(void *ctx, int events)
{
    struct net *n = ctx;
    char dropped[8192];
    ssize_t got;
    (void)events;
    do
        got = recv(n->addresses_fd, dropped, sizeof(dropped), MSG_DONTWAIT);
    while (got > 0 || (got < 0 && (errno == EINTR || errno == ENOBUFS)));
    if (!loop_timer_active(&n->addresses_look) && loop_timer_start(n->loop, &n->addresses_look, ADDRESSES_SETTLE_MS, addresses_look, n) < 0)
        addresses_look(n);
}

int net_addresses_watch(struct net *n, struct err *err)
{
    int fd = nl_addr_events();
    if (fd < 0)
        return err_raise(err, fd, "watching this node's addresses: %s", strerror(-fd));
    n->addresses_fd = fd;
    n->addresses_print = addresses_print(n);
    int r = loop_io_new(&n->addresses_io, n->loop, fd, on_addresses, n);
    if (r == 0)
        r = loop_io_watch(n->addresses_io, LOOP_READ);
    return r < 0 ? err_raise(err, r, "watching this node's addresses: %s", strerror(-r)) : 0;
}

void net_addresses_unwatch(struct net *n)
{
    loop_timer_stop(&n->addresses_look);
    n->addresses_io = loop_io_free(n->addresses_io);
    if (n->addresses_fd > 0)
        close(n->addresses_fd);
    n->addresses_fd = 0;
}

size_t net_node_addresses(const struct net *n, char out[NET_ADDRESSES_MAX][64])
{
    struct nl_ip list[NET_ADDRESSES_MAX];
    size_t count = net_addresses(n, list);
    for (size_t i = 0; i < count; i++)
        nl_ip_print(&list[i], false, out[i]);
    return count;
}

/* ── routes to other nodes ── */

static void peers_path(const struct net *n, char path[OS_PATH_MAX])
{
    snprintf(path, OS_PATH_MAX, "%s/peers", n->dir);
}

/* What stands in the file is removed too after a crash between the two. */
static int peers_save(const struct net *n)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    char path[OS_PATH_MAX], to[NL_IP_TEXT], via[NL_IP_TEXT];
    for (size_t i = 0; i < n->n_peers; i++) {
        nl_ip_print(&n->peers[i].to, true, to);
        nl_ip_print(&n->peers[i].via, false, via);
        buf_fmt(&b, "%s %s%s\n", to, via, n->peers[i].tunnel ? " tunnel" : "");
    }
    peers_path(n, path);
    return buf_error(&b) ? buf_error(&b) : os_file_replace(path, buf_view(&b), 0600);
}

int net_peers_load(const char *dir, struct net_pod_route **out, size_t *n)
{
    SCOPED_BUF text = BUF_INIT(1u << 20);
    VEC(struct net_pod_route) list = {0};
    char path[OS_PATH_MAX];
    struct str rest, line, to, via;
    int r = os_path(path, "%s/peers", dir);
    if (r == 0)
        r = os_file_read(path, 1u << 19, &text);
    rest = buf_view(&text);
    while (r == 0 && str_next(&rest, '\n', &line)) {
        struct net_pod_route p = {.tunnel = false};
        struct str how;
        if (!str_cut(line, ' ', &to, &via))
            continue;
        p.tunnel = str_cut(via, ' ', &via, &how);
        if (nl_ip_parse(&p.to, to) < 0 || nl_ip_parse(&p.via, via) < 0)
            continue;
        struct net_pod_route *slot = VEC_ADD(&list);
        if (slot)
            *slot = p;
        else
            r = -ENOMEM;
    }
    *out = list.p;
    *n = list.n;
    return r == -ENOENT ? 0 : r;
}

static bool routed(const struct net_pod_route *list, size_t n, const struct net_pod_route *p)
{
    for (size_t i = 0; i < n; i++)
        if (nl_ip_equal(&list[i].to, &p->to) && list[i].to.bits == p->to.bits && nl_ip_equal(&list[i].via, &p->via) && list[i].tunnel == p->tunnel)
            return true;
    return false;
}

static int peer_set(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err)
{
    struct nl_route route = {.to = p->to, .via = p->via};
    return p->tunnel ? net_tunnel_set(n, nl, p, err) : nl_route_set(nl, &route, err);
}

static int peer_del(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err)
{
    struct nl_route route = {.to = p->to, .via = p->via};
    return p->tunnel ? net_tunnel_del(n, nl, p, err) : nl_route_del(nl, &route, err);
}

int net_peers(struct net *n, const struct net_peer *peers, size_t n_peers, struct err *err)
{
    SCOPED(nl) nl = NULL;
    VEC(struct net_pod_route) want = {0};
    int r = nl_open(&nl, -1, err);
    for (size_t i = 0; i < n_peers && r == 0; i++) {
        for (size_t c = 0; peers[i].pod_cidrs && peers[i].pod_cidrs[c] && r == 0; c++) {
            struct nl_ip to, via;
            if (nl_ip_parse(&to, str_of(peers[i].pod_cidrs[c])) < 0)
                continue;
            for (size_t a = 0; peers[i].addresses && peers[i].addresses[a]; a++) {
                if (nl_ip_parse(&via, str_of(peers[i].addresses[a])) < 0 || via.family != to.family)
                    continue;
                struct net_pod_route *slot = VEC_ADD(&want);
                r = slot ? 0 : err_raise(err, -ENOMEM, "no memory for routes");
                if (slot)
                    *slot = (struct net_pod_route){to, via, net_tunnel_needed(nl, &via)};
                break;
            }
        }
    }
    /* One that cannot be reached keeps the others from nothing. */
    int failed = 0;
    for (size_t i = 0; i < n->n_peers && r == 0; i++)
        if (!routed(want.p, want.n, &n->peers[i])) {
            int e = peer_del(n, nl, &n->peers[i], err);
            failed = e < 0 ? e : failed;
        }
    for (size_t i = 0; i < want.n && r == 0;) {
        bool there = n->peers_set && routed(n->peers, n->n_peers, &want.p[i]);
        int e = there ? 0 : peer_set(n, nl, &want.p[i], err);
        if (e < 0) {
            failed = e;
            want.p[i] = want.p[--want.n]; /* asked for again next time */
        } else {
            i++;
        }
    }
    if (r < 0) {
        VEC_DONE(&want);
        return r;
    }
    n->peers_set = true;
    mem_free(n->peers);
    n->peers = want.p;
    n->n_peers = want.n;
    r = peers_save(n);
    if (r == 0 && failed)
        return failed;
    return r < 0 ? err_raise(err, r, "%s/peers: %s", n->dir, strerror(-r)) : 0;
}
