/* Routes of the main table. */
#include "nl/inside.h"

static int route_change(struct nl *n, uint16_t type, uint16_t flags, const struct nl_route *r, struct err *err)
{
    char buf[NL_MESSAGE_MAX], text[NL_IP_TEXT];
    struct nlmsghdr *m = nl_message(n, buf, type, flags);
    struct rtmsg *t = mnl_nlmsg_put_extra_header(m, sizeof(*t));
    t->rtm_family = r->to.family;
    t->rtm_dst_len = r->to.bits;
    t->rtm_table = RT_TABLE_MAIN;
    t->rtm_protocol = r->protocol ? r->protocol : RTPROT_STATIC;
    t->rtm_scope = r->via.family == AF_UNSPEC && r->to.family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    t->rtm_type = RTN_UNICAST;
    t->rtm_flags = r->onlink ? RTNH_F_ONLINK : 0;
    if (r->to.bits)
        nl_attr_ip(m, RTA_DST, &r->to);
    if (r->via.family != AF_UNSPEC)
        nl_attr_ip(m, RTA_GATEWAY, &r->via);
    if (r->source.family != AF_UNSPEC)
        nl_attr_ip(m, RTA_PREFSRC, &r->source);
    if (r->index)
        mnl_attr_put_u32(m, RTA_OIF, (uint32_t)r->index);
    if (r->metric)
        mnl_attr_put_u32(m, RTA_PRIORITY, r->metric);
    int e = nl_talk(n, m, NULL, NULL, err);
    if (e == 0 || (type == RTM_DELROUTE && (e == -ESRCH || e == -ENOENT)))
        return 0;
    nl_ip_print(&r->to, true, text);
    return err_wrap(err, e, "route to %s", text);
}

int nl_route_set(struct nl *n, const struct nl_route *r, struct err *err)
{
    return route_change(n, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, r, err);
}

int nl_route_del(struct nl *n, const struct nl_route *r, struct err *err)
{
    return route_change(n, RTM_DELROUTE, 0, r, err);
}

struct each {
    int (*fn)(void *ctx, const struct nl_route *r);
    void *ctx;
    struct nl_route now;
    uint32_t table;
};

static int attr_read(const struct nlattr *a, void *ctx)
{
    struct each *e = ctx;
    uint8_t family = e->now.to.family;
    size_t want = family == AF_INET ? 4 : 16;
    const void *p = mnl_attr_get_payload(a);
    bool address = mnl_attr_get_payload_len(a) == want;
    switch (mnl_attr_get_type(a)) {
    case RTA_DST:
        if (address)
            memcpy(e->now.to.at, p, want);
        break;
    case RTA_GATEWAY:
        if (address)
            nl_ip_read(&e->now.via, family, (uint8_t)(want * 8), p);
        break;
    case RTA_PREFSRC:
        if (address)
            nl_ip_read(&e->now.source, family, (uint8_t)(want * 8), p);
        break;
    case RTA_OIF:
        e->now.index = (int)mnl_attr_get_u32(a);
        break;
    case RTA_PRIORITY:
        e->now.metric = mnl_attr_get_u32(a);
        break;
    case RTA_TABLE:
        e->table = mnl_attr_get_u32(a);
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static int each_one(const struct nlmsghdr *m, void *ctx)
{
    struct each *e = ctx;
    const struct rtmsg *t = mnl_nlmsg_get_payload(m);
    if ((t->rtm_family != AF_INET && t->rtm_family != AF_INET6) || t->rtm_type != RTN_UNICAST || t->rtm_flags & RTM_F_CLONED)
        return MNL_CB_OK;
    e->now = (struct nl_route){
        .to = {.family = t->rtm_family, .bits = t->rtm_dst_len}, .protocol = t->rtm_protocol, .onlink = t->rtm_flags & RTNH_F_ONLINK};
    e->table = t->rtm_table;
    if (mnl_attr_parse(m, sizeof(*t), attr_read, e) == MNL_CB_ERROR)
        return -EBADMSG;
    if (e->table != RT_TABLE_MAIN)
        return MNL_CB_OK;
    int r = e->fn(e->ctx, &e->now);
    return r == 0 ? MNL_CB_OK : r;
}

int nl_route_each(struct nl *n, int (*fn)(void *ctx, const struct nl_route *r), void *ctx, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct each e = {.fn = fn, .ctx = ctx};
    struct nlmsghdr *m = nl_message(n, buf, RTM_GETROUTE, NLM_F_DUMP);
    mnl_nlmsg_put_extra_header(m, sizeof(struct rtmsg));
    return nl_talk(n, m, each_one, &e, err);
}
