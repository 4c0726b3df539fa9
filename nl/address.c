/* Addresses and neighbours of links. */
#include <linux/if_addr.h>
#include <linux/neighbour.h>

#include "nl/inside.h"

static int address_change(struct nl *n, uint16_t type, uint16_t flags, int index, const struct nl_ip *ip, int fine, struct err *err)
{
    char buf[NL_MESSAGE_MAX], text[NL_IP_TEXT];
    struct nlmsghdr *m = nl_message(n, buf, type, flags);
    struct ifaddrmsg *a = mnl_nlmsg_put_extra_header(m, sizeof(*a));
    a->ifa_family = ip->family;
    a->ifa_prefixlen = ip->bits;
    a->ifa_index = (unsigned)index;
    a->ifa_flags = ip->family == AF_INET6 ? IFA_F_NODAD : 0;
    nl_attr_ip(m, IFA_LOCAL, ip);
    nl_attr_ip(m, IFA_ADDRESS, ip);
    int r = nl_talk(n, m, NULL, NULL, err);
    if (r == 0 || r == fine)
        return 0;
    nl_ip_print(ip, true, text);
    return err_wrap(err, r, "address %s of link %d", text, index);
}

int nl_addr_add(struct nl *n, int index, const struct nl_ip *ip, struct err *err)
{
    return address_change(n, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, index, ip, -EEXIST, err);
}

int nl_addr_del(struct nl *n, int index, const struct nl_ip *ip, struct err *err)
{
    return address_change(n, RTM_DELADDR, 0, index, ip, -EADDRNOTAVAIL, err);
}

struct each {
    int (*fn)(void *ctx, const struct nl_addr *a);
    void *ctx;
    struct nl_addr now;
    bool local;
};

static int attr_read(const struct nlattr *a, void *ctx)
{
    struct each *e = ctx;
    uint16_t type = mnl_attr_get_type(a);
    size_t want = e->now.ip.family == AF_INET ? 4 : 16;
    if ((type != IFA_LOCAL && type != IFA_ADDRESS) || mnl_attr_get_payload_len(a) != want)
        return MNL_CB_OK;
    /* On a point-to-point link ADDRESS is the other end's. */
    if (type == IFA_LOCAL || !e->local)
        memcpy(e->now.ip.at, mnl_attr_get_payload(a), want);
    e->local |= type == IFA_LOCAL;
    return MNL_CB_OK;
}

static int each_one(const struct nlmsghdr *m, void *ctx)
{
    struct each *e = ctx;
    const struct ifaddrmsg *a = mnl_nlmsg_get_payload(m);
    if (a->ifa_family != AF_INET && a->ifa_family != AF_INET6)
        return MNL_CB_OK;
    e->now = (struct nl_addr){.index = (int)a->ifa_index, .scope = a->ifa_scope, .ip = {.family = a->ifa_family, .bits = a->ifa_prefixlen}};
    e->local = false;
    if (mnl_attr_parse(m, sizeof(*a), attr_read, e) == MNL_CB_ERROR)
        return -EBADMSG;
    int r = e->fn(e->ctx, &e->now);
    return r == 0 ? MNL_CB_OK : r;
}

int nl_addr_each(struct nl *n, int (*fn)(void *ctx, const struct nl_addr *a), void *ctx, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct each e = {.fn = fn, .ctx = ctx};
    struct nlmsghdr *m = nl_message(n, buf, RTM_GETADDR, NLM_F_DUMP);
    mnl_nlmsg_put_extra_header(m, sizeof(struct ifaddrmsg));
    return nl_talk(n, m, each_one, &e, err);
}

static int neighbour_change(struct nl *n, uint16_t type, uint16_t flags, int index, const struct nl_ip *ip, const uint8_t *mac, struct err *err)
{
    char buf[NL_MESSAGE_MAX], text[NL_IP_TEXT];
    struct nlmsghdr *m = nl_message(n, buf, type, flags);
    struct ndmsg *d = mnl_nlmsg_put_extra_header(m, sizeof(*d));
    d->ndm_family = ip->family;
    d->ndm_ifindex = index;
    d->ndm_state = NUD_PERMANENT;
    nl_attr_ip(m, NDA_DST, ip);
    if (mac)
        mnl_attr_put(m, NDA_LLADDR, 6, mac);
    int r = nl_talk(n, m, NULL, NULL, err);
    if (r == 0 || (!mac && r == -ENOENT))
        return 0;
    nl_ip_print(ip, false, text);
    return err_wrap(err, r, "neighbour %s on link %d", text, index);
}

int nl_neigh_set(struct nl *n, int index, const struct nl_ip *ip, const uint8_t mac[6], struct err *err)
{
    return neighbour_change(n, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, index, ip, mac, err);
}

int nl_neigh_del(struct nl *n, int index, const struct nl_ip *ip, struct err *err)
{
    return neighbour_change(n, RTM_DELNEIGH, 0, index, ip, NULL, err);
}

static int fdb_change(struct nl *n, uint16_t type, uint16_t flags, int index, const uint8_t mac[6], const struct nl_ip *to, struct err *err)
{
    char buf[NL_MESSAGE_MAX], text[NL_IP_TEXT];
    struct nlmsghdr *m = nl_message(n, buf, type, flags);
    struct ndmsg *d = mnl_nlmsg_put_extra_header(m, sizeof(*d));
    d->ndm_family = AF_BRIDGE;
    d->ndm_ifindex = index;
    d->ndm_state = NUD_NOARP | NUD_PERMANENT;
    d->ndm_flags = NTF_SELF;
    mnl_attr_put(m, NDA_LLADDR, 6, mac);
    nl_attr_ip(m, NDA_DST, to);
    int r = nl_talk(n, m, NULL, NULL, err);
    if (r == 0 || (type == RTM_DELNEIGH && (r == -ENOENT || r == -ENODEV)))
        return 0;
    nl_ip_print(to, false, text);
    return err_wrap(err, r, "frames to %s on link %d", text, index);
}

int nl_fdb_set(struct nl *n, int index, const uint8_t mac[6], const struct nl_ip *to, struct err *err)
{
    return fdb_change(n, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, index, mac, to, err);
}

int nl_fdb_del(struct nl *n, int index, const uint8_t mac[6], const struct nl_ip *to, struct err *err)
{
    return fdb_change(n, RTM_DELNEIGH, 0, index, mac, to, err);
}

int nl_addr_events(void)
{
    struct sockaddr_nl groups = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR};
    SCOPED_FD fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd < 0 || bind(fd, (struct sockaddr *)&groups, sizeof(groups)) < 0)
        return -errno;
    return TAKE_FD(fd);
}
