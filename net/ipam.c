/* The node's addresses: one bit each. What is on disk stands in pod.c. */
#include "net/inside.h"

#define HOSTS_MAX 65536u /* of a larger network only so many are used */

static void nth(const struct ipam *m, uint32_t i, struct nl_ip *out)
{
    *out = m->net;
    uint32_t carry = i;
    for (int k = m->net.family == AF_INET ? 3 : 15; k >= 0 && carry; k--) {
        carry += out->at[k];
        out->at[k] = (uint8_t)carry;
        carry >>= 8;
    }
    out->bits = m->net.family == AF_INET ? 32 : 128;
}

/* -1: not of this network, or beyond what is used of it. */
static int64_t place(const struct ipam *m, const struct nl_ip *ip)
{
    if (!nl_ip_within(&m->net, ip))
        return -1;
    uint64_t at = 0;
    size_t bytes = ip->family == AF_INET ? 4 : 16;
    for (size_t k = 0; k < bytes && at <= HOSTS_MAX; k++)
        at = at << 8 | (uint8_t)(ip->at[k] - m->net.at[k]); /* the network's host bits are zero: no borrow */
    return at < m->n ? (int64_t)at : -1;
}

int net_ipam_open(struct ipam *m, struct str cidr, struct err *err)
{
    *m = (struct ipam){.n = 0};
    if (nl_ip_parse(&m->net, cidr) < 0)
        return err_raise(err, -EINVAL, "pod network \"%.*s\" is not a CIDR", STR_FMT(cidr));
    unsigned most = m->net.family == AF_INET ? 32 : 128, host = most - m->net.bits;
    for (unsigned i = 0; i < host; i++) {
        unsigned bit = most - 1 - i;
        m->net.at[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
    }
    m->n = host >= 16 ? HOSTS_MAX : 1u << host;
    if (m->net.family == AF_INET && m->n < HOSTS_MAX)
        m->n--; /* the broadcast address */
    if (host < 2 || m->n < 3)
        return err_raise(err, -EINVAL, "pod network %.*s is too small", STR_FMT(cidr));
    m->taken = mem_alloc(HOSTS_MAX / 8);
    if (!m->taken)
        return err_raise(err, -ENOMEM, "no memory for addresses");
    nth(m, 1, &m->gateway);
    m->gateway.bits = m->net.bits;
    m->cursor = 1;
    return 0;
}

void net_ipam_close(struct ipam *m)
{
    m->taken = mem_free(m->taken);
}

static bool bit_set(struct ipam *m, uint32_t i)
{
    uint8_t bit = (uint8_t)(1u << i % 8);
    if (m->taken[i / 8] & bit)
        return false;
    m->taken[i / 8] |= bit;
    return true;
}

int net_ipam_take(struct ipam *m, struct nl_ip *out)
{
    for (uint32_t tries = 0; tries < m->n; tries++) {
        if (++m->cursor >= m->n)
            m->cursor = 2;
        if (!bit_set(m, m->cursor))
            continue;
        nth(m, m->cursor, out);
        return 0;
    }
    return -ENOSPC;
}

int net_ipam_take_this(struct ipam *m, const struct nl_ip *ip)
{
    int64_t i = place(m, ip);
    if (i < 2)
        return -ERANGE;
    if (!bit_set(m, (uint32_t)i))
        return -EADDRINUSE;
    if (m->cursor < (uint32_t)i)
        m->cursor = (uint32_t)i;
    return 0;
}

void net_ipam_give(struct ipam *m, const struct nl_ip *ip)
{
    int64_t i = place(m, ip);
    if (i >= 2)
        m->taken[i / 8] &= (uint8_t) ~(1u << i % 8);
}
