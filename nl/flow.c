/* Connection tracking: flows listed and forgotten. */
#include <arpa/inet.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "nl/inside.h"

#define FLOWS_MAX 4096 /* forgotten in one pass; then the next */

struct tuple_read {
    struct nl_ip source, destination;
    uint16_t source_port, destination_port;
    uint8_t protocol;
    uint8_t family;
};

static int ip_attr(const struct nlattr *a, void *ctx)
{
    struct tuple_read *t = ctx;
    const void *p = mnl_attr_get_payload(a);
    size_t n = mnl_attr_get_payload_len(a);
    switch (mnl_attr_get_type(a)) {
    case CTA_IP_V4_SRC:
        if (n == 4)
            nl_ip_read(&t->source, AF_INET, 32, p);
        break;
    case CTA_IP_V4_DST:
        if (n == 4)
            nl_ip_read(&t->destination, AF_INET, 32, p);
        break;
    case CTA_IP_V6_SRC:
        if (n == 16)
            nl_ip_read(&t->source, AF_INET6, 128, p);
        break;
    case CTA_IP_V6_DST:
        if (n == 16)
            nl_ip_read(&t->destination, AF_INET6, 128, p);
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static int proto_attr(const struct nlattr *a, void *ctx)
{
    struct tuple_read *t = ctx;
    switch (mnl_attr_get_type(a)) {
    case CTA_PROTO_NUM:
        t->protocol = mnl_attr_get_u8(a);
        break;
    case CTA_PROTO_SRC_PORT:
        t->source_port = ntohs(mnl_attr_get_u16(a));
        break;
    case CTA_PROTO_DST_PORT:
        t->destination_port = ntohs(mnl_attr_get_u16(a));
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static int tuple_attr(const struct nlattr *a, void *ctx)
{
    if (mnl_attr_get_type(a) == CTA_TUPLE_IP)
        return mnl_attr_parse_nested(a, ip_attr, ctx);
    if (mnl_attr_get_type(a) == CTA_TUPLE_PROTO)
        return mnl_attr_parse_nested(a, proto_attr, ctx);
    return MNL_CB_OK;
}

struct doomed {
    char original[128]; /* the CTA_TUPLE_ORIG attribute as it came: names the flow when it is deleted */
    size_t n;
    uint32_t id;
    bool has_id;
};

struct pass {
    uint8_t protocol;
    bool (*judge)(void *ctx, const struct nl_flow *f);
    void *ctx;
    VEC(struct doomed) list;
    bool full;
    /* of the flow just read */
    struct tuple_read original, reply;
    const struct nlattr *original_attr;
    uint32_t id;
    bool has_id;
};

static int flow_attr(const struct nlattr *a, void *ctx)
{
    struct pass *p = ctx;
    switch (mnl_attr_get_type(a)) {
    case CTA_TUPLE_ORIG:
        p->original_attr = a;
        return mnl_attr_parse_nested(a, tuple_attr, &p->original);
    case CTA_TUPLE_REPLY:
        return mnl_attr_parse_nested(a, tuple_attr, &p->reply);
    case CTA_ID:
        p->id = mnl_attr_get_u32(a);
        p->has_id = true;
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static int flow_one(const struct nlmsghdr *m, void *ctx)
{
    struct pass *p = ctx;
    p->original = p->reply = (struct tuple_read){.protocol = 0};
    p->original_attr = NULL;
    p->has_id = false;
    if (mnl_attr_parse(m, sizeof(struct nfgenmsg), flow_attr, p) == MNL_CB_ERROR)
        return -EBADMSG;
    if (!p->original_attr || p->original.protocol != p->protocol || p->original_attr->nla_len > sizeof(p->list.p->original))
        return MNL_CB_OK;
    struct nl_flow f = {.protocol = p->protocol,
                        .source = p->original.source,
                        .destination = p->original.destination,
                        .source_port = p->original.source_port,
                        .destination_port = p->original.destination_port,
                        .reply_source = p->reply.source,
                        .reply_source_port = p->reply.source_port};
    if (!p->judge(p->ctx, &f))
        return MNL_CB_OK;
    if (p->list.n == FLOWS_MAX) {
        p->full = true;
        return MNL_CB_OK;
    }
    struct doomed *d = VEC_ADD(&p->list);
    if (!d)
        return -ENOMEM;
    d->n = p->original_attr->nla_len;
    memcpy(d->original, p->original_attr, d->n);
    d->id = p->id;
    d->has_id = p->has_id;
    return MNL_CB_OK;
}

static struct nlmsghdr *flow_message(struct nl *n, char buf[NL_MESSAGE_MAX], unsigned type, uint16_t flags, uint8_t family)
{
    struct nlmsghdr *m = nl_message(n, buf, (uint16_t)(NFNL_SUBSYS_CTNETLINK << 8 | type), flags);
    struct nfgenmsg *g = mnl_nlmsg_put_extra_header(m, sizeof(*g));
    g->nfgen_family = family;
    g->version = NFNETLINK_V0;
    return m;
}

static int flow_del(struct nl *n, uint8_t family, const struct doomed *d, struct err *err)
{
    char buf[NL_MESSAGE_MAX];
    struct nlmsghdr *m = flow_message(n, buf, IPCTNL_MSG_CT_DELETE, 0, family);
    const struct nlattr *a = (const struct nlattr *)d->original;
    mnl_attr_put(m, CTA_TUPLE_ORIG | NLA_F_NESTED, d->n - MNL_ATTR_HDRLEN, mnl_attr_get_payload(a));
    if (d->has_id)
        mnl_attr_put_u32(m, CTA_ID, d->id);
    int r = nl_talk(n, m, NULL, NULL, err);
    return r == -ENOENT ? 0 : r; /* it ended by itself */
}

int nl_flows_forget(int netns_fd, uint8_t family, uint8_t protocol, bool (*judge)(void *ctx, const struct nl_flow *f), void *ctx, struct err *err)
{
    SCOPED(nl) n = NULL;
    int forgotten = 0, r = nl_socket_open(&n, NETLINK_NETFILTER, netns_fd, err);
    struct pass p = {.protocol = protocol, .judge = judge, .ctx = ctx};
    for (int passes = 0; r == 0 && passes < 16; passes++) {
        char buf[NL_MESSAGE_MAX];
        p.list.n = 0;
        p.full = false;
        r = nl_talk(n, flow_message(n, buf, IPCTNL_MSG_CT_GET, NLM_F_DUMP, family), flow_one, &p, err);
        for (size_t i = 0; i < p.list.n && r == 0; i++) {
            r = flow_del(n, family, &p.list.p[i], err);
            forgotten += r == 0;
        }
        if (!p.full)
            break;
    }
    VEC_DONE(&p.list);
    return r < 0 ? err_wrap(err, r, "connection tracking") : forgotten;
}
