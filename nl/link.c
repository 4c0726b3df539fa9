/* Links. */
#include <arpa/inet.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/veth.h>
#include <net/if.h>

#include "nl/inside.h"

#define OPER_UP 6 /* IF_OPER_UP of linux/if.h, which cannot stand beside net/if.h */

static int name_check(const char *name, struct err *err)
{
    size_t n = strlen(name);
    return n > 0 && n < NL_NAME_MAX ? 0 : err_raise(err, -EINVAL, "\"%.64s\" cannot name a link", name);
}

static int port_read(const struct nlattr *a, void *ctx)
{
    struct nl_link *l = ctx;
    if (mnl_attr_get_type(a) == IFLA_BRPORT_STATE)
        l->forwarding = mnl_attr_get_u8(a) == BR_STATE_FORWARDING;
    return MNL_CB_OK;
}

static int kind_read(const struct nlattr *a, void *ctx)
{
    struct nl_link *l = ctx;
    if (mnl_attr_get_type(a) == IFLA_INFO_KIND)
        snprintf(l->kind, sizeof(l->kind), "%s", mnl_attr_get_str(a));
    /* The data of another kind of master has other attributes under these numbers; only bridges' are asked about. */
    if (mnl_attr_get_type(a) == IFLA_INFO_SLAVE_DATA)
        return mnl_attr_parse_nested(a, port_read, l);
    return MNL_CB_OK;
}

static int attr_read(const struct nlattr *a, void *ctx)
{
    struct nl_link *l = ctx;
    switch (mnl_attr_get_type(a)) {
    case IFLA_IFNAME:
        snprintf(l->name, sizeof(l->name), "%s", mnl_attr_get_str(a));
        break;
    case IFLA_MASTER:
        l->master = (int)mnl_attr_get_u32(a);
        break;
    case IFLA_MTU:
        l->mtu = mnl_attr_get_u32(a);
        break;
    case IFLA_OPERSTATE:
        l->running = mnl_attr_get_u8(a) == OPER_UP;
        break;
    case IFLA_LINKINFO:
        return mnl_attr_parse_nested(a, kind_read, l);
    case IFLA_ADDRESS:
        if (mnl_attr_get_payload_len(a) == 6)
            memcpy(l->mac, mnl_attr_get_payload(a), 6);
        break;
    case IFLA_STATS64: {
        struct rtnl_link_stats64 s = {0};
        memcpy(&s, mnl_attr_get_payload(a), MIN((size_t)mnl_attr_get_payload_len(a), sizeof(s)));
        l->rx_bytes = s.rx_bytes;
        l->tx_bytes = s.tx_bytes;
        l->rx_packets = s.rx_packets;
        l->tx_packets = s.tx_packets;
        l->rx_errors = s.rx_errors;
        l->tx_errors = s.tx_errors;
        l->rx_dropped = s.rx_dropped;
        l->tx_dropped = s.tx_dropped;
        break;
    }
    default:
        break;
    }
    return MNL_CB_OK;
}

static int link_read(const struct nlmsghdr *m, struct nl_link *l)
{
    const struct ifinfomsg *i = mnl_nlmsg_get_payload(m);
    *l = (struct nl_link){.index = i->ifi_index, .up = i->ifi_flags & IFF_UP};
    return mnl_attr_parse(m, sizeof(*i), attr_read, l) == MNL_CB_ERROR ? -EBADMSG : MNL_CB_OK;
}

static int get_one(const struct nlmsghdr *m, void *ctx)
{
    return link_read(m, ctx);
}

int nl_link_get(struct nl *n, const char *name, struct nl_link *out, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = name_check(name, err);
    if (r < 0)
        return r;
    struct nlmsghdr *m = nl_message(n, buf, RTM_GETLINK, 0);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(m, IFLA_IFNAME, name);
    *out = (struct nl_link){.index = 0};
    r = nl_talk(n, m, get_one, out, err);
    return r < 0 ? err_wrap(err, r, "link %s", name) : 0;
}

struct each {
    int (*fn)(void *ctx, const struct nl_link *link);
    void *ctx;
};

static int each_one(const struct nlmsghdr *m, void *ctx)
{
    const struct each *e = ctx;
    struct nl_link l;
    int r = link_read(m, &l);
    if (r != MNL_CB_OK)
        return r;
    r = e->fn(e->ctx, &l);
    return r == 0 ? MNL_CB_OK : r;
}

int nl_link_each(struct nl *n, int (*fn)(void *ctx, const struct nl_link *link), void *ctx, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct each e = {fn, ctx};
    struct nlmsghdr *m = nl_message(n, buf, RTM_GETLINK, NLM_F_DUMP);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifinfomsg));
    return nl_talk(n, m, each_one, &e, err);
}

int nl_bridge_add(struct nl *n, const char *name, const uint8_t mac[6], uint32_t mtu, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = name_check(name, err);
    if (r < 0)
        return r;
    struct nlmsghdr *m = nl_message(n, buf, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(m, IFLA_IFNAME, name);
    if (mac)
        mnl_attr_put(m, IFLA_ADDRESS, 6, mac);
    if (mtu)
        mnl_attr_put_u32(m, IFLA_MTU, mtu);
    struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO);
    mnl_attr_put_strz(m, IFLA_INFO_KIND, "bridge");
    mnl_attr_nest_end(m, info);
    r = nl_talk(n, m, NULL, NULL, err);
    return r < 0 ? err_wrap(err, r, "making bridge %s", name) : 0;
}

int nl_vxlan_add(struct nl *n, const char *name, uint32_t vni, const uint8_t mac[6], uint32_t mtu, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = name_check(name, err);
    if (r < 0)
        return r;
    struct nlmsghdr *m = nl_message(n, buf, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(m, IFLA_IFNAME, name);
    mnl_attr_put(m, IFLA_ADDRESS, 6, mac);
    if (mtu)
        mnl_attr_put_u32(m, IFLA_MTU, mtu);
    struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO);
    mnl_attr_put_strz(m, IFLA_INFO_KIND, "vxlan");
    struct nlattr *data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
    mnl_attr_put_u32(m, IFLA_VXLAN_ID, vni);
    mnl_attr_put_u8(m, IFLA_VXLAN_LEARNING, 0);
    mnl_attr_put_u16(m, IFLA_VXLAN_PORT, htons(4789));
    mnl_attr_nest_end(m, data);
    mnl_attr_nest_end(m, info);
    r = nl_talk(n, m, NULL, NULL, err);
    return r < 0 ? err_wrap(err, r, "making tunnel %s", name) : 0;
}

static bool mac_given(const uint8_t mac[6])
{
    static const uint8_t none[6];
    return memcmp(mac, none, 6) != 0;
}

int nl_veth_add(struct nl *n, const struct nl_veth *v, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = name_check(v->name, err);
    if (r == 0)
        r = name_check(v->peer, err);
    if (r < 0)
        return r;
    struct nlmsghdr *m = nl_message(n, buf, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    struct ifinfomsg *i = mnl_nlmsg_put_extra_header(m, sizeof(*i));
    i->ifi_flags = i->ifi_change = v->up ? IFF_UP : 0;
    mnl_attr_put_strz(m, IFLA_IFNAME, v->name);
    if (v->mtu)
        mnl_attr_put_u32(m, IFLA_MTU, v->mtu);
    if (mac_given(v->mac))
        mnl_attr_put(m, IFLA_ADDRESS, 6, v->mac);
    if (v->master)
        mnl_attr_put_u32(m, IFLA_MASTER, (uint32_t)v->master);
    struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO);
    mnl_attr_put_strz(m, IFLA_INFO_KIND, "veth");
    struct nlattr *data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
    struct nlattr *peer = mnl_attr_nest_start(m, VETH_INFO_PEER);
    mnl_nlmsg_put_extra_header(m, sizeof(*i));
    mnl_attr_put_strz(m, IFLA_IFNAME, v->peer);
    if (v->mtu)
        mnl_attr_put_u32(m, IFLA_MTU, v->mtu);
    if (mac_given(v->peer_mac))
        mnl_attr_put(m, IFLA_ADDRESS, 6, v->peer_mac);
    if (v->peer_netns_fd >= 0)
        mnl_attr_put_u32(m, IFLA_NET_NS_FD, (uint32_t)v->peer_netns_fd);
    mnl_attr_nest_end(m, peer);
    mnl_attr_nest_end(m, data);
    mnl_attr_nest_end(m, info);
    r = nl_talk(n, m, NULL, NULL, err);
    return r < 0 ? err_wrap(err, r, "making veth %s", v->name) : 0;
}

int nl_link_del(struct nl *n, const char *name, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = name_check(name, err);
    if (r < 0)
        return r;
    struct nlmsghdr *m = nl_message(n, buf, RTM_DELLINK, 0);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifinfomsg));
    mnl_attr_put_strz(m, IFLA_IFNAME, name);
    r = nl_talk(n, m, NULL, NULL, err);
    return r < 0 ? err_wrap(err, r, "removing link %s", name) : 0;
}

static struct nlmsghdr *change(struct nl *n, char buf[NL_MESSAGE_MAX], int index, unsigned flags, unsigned mask)
{
    struct nlmsghdr *m = nl_message(n, buf, RTM_SETLINK, 0);
    struct ifinfomsg *i = mnl_nlmsg_put_extra_header(m, sizeof(*i));
    i->ifi_index = index;
    i->ifi_flags = flags;
    i->ifi_change = mask;
    return m;
}

static int changed(struct nl *n, struct nlmsghdr *m, int index, const char *what, struct err *err)
{
    int r = nl_talk(n, m, NULL, NULL, err);
    return r < 0 ? err_wrap(err, r, "%s of link %d", what, index) : 0;
}

int nl_link_up(struct nl *n, int index, bool up, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    return changed(n, change(n, buf, index, up ? IFF_UP : 0, IFF_UP), index, "state", err);
}

int nl_link_mtu(struct nl *n, int index, uint32_t mtu, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct nlmsghdr *m = change(n, buf, index, 0, 0);
    mnl_attr_put_u32(m, IFLA_MTU, mtu);
    return changed(n, m, index, "mtu", err);
}

int nl_link_mac(struct nl *n, int index, const uint8_t mac[6], struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct nlmsghdr *m = change(n, buf, index, 0, 0);
    mnl_attr_put(m, IFLA_ADDRESS, 6, mac);
    return changed(n, m, index, "address", err);
}

int nl_link_master(struct nl *n, int index, int master, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct nlmsghdr *m = change(n, buf, index, 0, 0);
    mnl_attr_put_u32(m, IFLA_MASTER, (uint32_t)master);
    return changed(n, m, index, "master", err);
}

int nl_port_hairpin(struct nl *n, int index, bool on, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct nlmsghdr *m = nl_message(n, buf, RTM_SETLINK, 0);
    struct ifinfomsg *i = mnl_nlmsg_put_extra_header(m, sizeof(*i));
    i->ifi_family = AF_BRIDGE;
    i->ifi_index = index;
    struct nlattr *port = mnl_attr_nest_start(m, IFLA_PROTINFO);
    mnl_attr_put_u8(m, IFLA_BRPORT_MODE, on);
    mnl_attr_nest_end(m, port);
    return changed(n, m, index, "hairpin mode", err);
}

int nl_link_move(struct nl *n, int index, int netns_fd, const char *new_name, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    int r = new_name ? name_check(new_name, err) : 0;
    if (r < 0)
        return r;
    struct nlmsghdr *m = change(n, buf, index, 0, 0);
    mnl_attr_put_u32(m, IFLA_NET_NS_FD, (uint32_t)netns_fd);
    if (new_name)
        mnl_attr_put_strz(m, IFLA_IFNAME, new_name);
    return changed(n, m, index, "namespace", err);
}
