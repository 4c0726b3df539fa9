/* Other nodes behind a router: a tunnel (VXLAN) carries what goes to their pods.
 *
 * Nothing is learned and nobody is asked: the mac of a node's end is a hash of its pod network, the tunnel's number one
 * of the cluster's, so that every node knows from the Node objects alone how to reach every other. The network's first
 * address (which no pod has) stands for the other end as gateway. */
#include "net/inside.h"

#define OVERHEAD 50 /* outer Ethernet, IPv4, UDP and VXLAN headers; 20 more with IPv6 */

static uint64_t hash_of(const struct nl_ip *ip)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof(ip->at); i++)
        h = (h ^ ip->at[i]) * 0x100000001b3u;
    return (h ^ ip->bits) * 0x100000001b3u;
}

static void mac_of(const struct nl_ip *cidr, uint8_t mac[6])
{
    uint64_t h = hash_of(cidr);
    for (size_t i = 0; i < 6; i++)
        mac[i] = (uint8_t)(h >> (8 * i));
    mac[0] = (uint8_t)((mac[0] & 0xfc) | 2);
}

static void name_of(const struct net *n, char name[NL_NAME_MAX])
{
    snprintf(name, NL_NAME_MAX, "%sx", n->name);
}

/* The link, made when it is not there. */
static int link_of(struct net *n, struct nl *nl, int *index, struct err *err)
{
    char name[NL_NAME_MAX];
    uint8_t mac[6];
    struct nl_link link;
    name_of(n, name);
    mac_of(&n->ipam[0].net, mac);
    int r = nl_link_get(nl, name, &link, NULL);
    if (r == -ENODEV) {
        uint32_t mtu = net_default_mtu(nl), vni = (uint32_t)hash_of(&n->cluster[0]) & 0xffffff;
        r = nl_vxlan_add(nl, name, vni, mac, mtu - OVERHEAD, err);
        if (r == 0)
            r = nl_link_get(nl, name, &link, err);
    }
    if (r < 0)
        return r;
    if (strcmp(link.kind, "vxlan") != 0)
        return err_raise(err, -EEXIST, "%s is there and is no tunnel", name);
    *index = link.index;
    return link.up ? 0 : nl_link_up(nl, link.index, true, err);
}

static const struct nl_ip *source_of(const struct net *n, uint8_t family)
{
    for (size_t i = 0; i < n->n_ipam; i++)
        if (n->ipam[i].net.family == family)
            return &n->ipam[i].gateway;
    return NULL;
}

static struct nl_ip gateway_of(const struct nl_ip *cidr)
{
    struct nl_ip ip = *cidr;
    ip.bits = ip.family == AF_INET ? 32 : 128;
    return ip;
}

int net_tunnel_set(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err)
{
    uint8_t mac[6];
    int index = 0;
    struct nl_ip gateway = gateway_of(&p->to);
    const struct nl_ip *source = source_of(n, p->to.family);
    mac_of(&p->to, mac);
    int r = link_of(n, nl, &index, err);
    if (r == 0)
        r = nl_fdb_set(nl, index, mac, &p->via, err);
    if (r == 0)
        r = nl_neigh_set(nl, index, &gateway, mac, err);
    struct nl_route route = {.to = p->to, .via = gateway, .index = index, .onlink = true};
    if (source) {
        route.source = *source;
        route.source.bits = source->family == AF_INET ? 32 : 128;
    }
    return r < 0 ? r : nl_route_set(nl, &route, err);
}

int net_tunnel_del(struct net *n, struct nl *nl, const struct net_pod_route *p, struct err *err)
{
    char name[NL_NAME_MAX];
    uint8_t mac[6];
    struct nl_link link;
    struct nl_ip gateway = gateway_of(&p->to);
    name_of(n, name);
    mac_of(&p->to, mac);
    int r = nl_link_get(nl, name, &link, NULL);
    if (r < 0)
        return r == -ENODEV ? 0 : r; /* the routes went with it */
    struct nl_route route = {.to = p->to, .via = gateway, .index = link.index};
    r = nl_route_del(nl, &route, err);
    if (r == 0)
        r = nl_neigh_del(nl, link.index, &gateway, err);
    return r < 0 ? r : nl_fdb_del(nl, link.index, mac, &p->via, err);
}

int net_tunnel_remove(const char *network, struct err *err)
{
    SCOPED(nl) nl = NULL;
    char name[NL_NAME_MAX];
    snprintf(name, sizeof(name), "%sx", network);
    int r = nl_open(&nl, -1, err);
    if (r == 0)
        r = nl_link_del(nl, name, err);
    return r == -ENODEV ? 0 : r;
}

struct neighbourhood {
    const struct nl_ip *ip;
    bool found;
};

static int address_one(void *ctx, const struct nl_addr *a)
{
    struct neighbourhood *x = ctx;
    x->found = x->found || (a->ip.family == x->ip->family && nl_ip_within(&a->ip, x->ip));
    return 0;
}

bool net_tunnel_needed(struct nl *nl, const struct nl_ip *via)
{
    struct neighbourhood x = {.ip = via};
    return nl_addr_each(nl, address_one, &x, NULL) == 0 && !x.found;
}
