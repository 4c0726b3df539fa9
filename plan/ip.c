/* Addresses as values. */
#include <arpa/inet.h>

#include "plan/inside.h"

int plan_ip_parse(struct plan_ip *out, struct str text)
{
    struct str host, bits;
    char name[INET6_ADDRSTRLEN];
    bool has_bits = str_cut(text, '/', &host, &bits);
    *out = (struct plan_ip){.bytes = 0};
    if (!host.n || host.n >= sizeof(name))
        return -EINVAL;
    memcpy(name, host.p, host.n);
    name[host.n] = 0;
    bool six = memchr(name, ':', host.n);
    uint64_t length = six ? 128 : 32, most = length;
    if (inet_pton(six ? AF_INET6 : AF_INET, name, out->at) != 1 || (has_bits && (str_to_uint(bits, &length) < 0 || length > most)))
        return -EINVAL;
    out->bytes = six ? 16 : 4;
    out->bits = (uint8_t)length;
    return 0;
}

void plan_ip_print(const struct plan_ip *ip, char out[64])
{
    if (!ip->bytes || !inet_ntop(ip->bytes == 4 ? AF_INET : AF_INET6, ip->at, out, 64))
        out[0] = 0;
}

int plan_ip_cmp(const struct plan_ip *a, const struct plan_ip *b)
{
    return a->bytes != b->bytes ? (int)a->bytes - (int)b->bytes : memcmp(a->at, b->at, a->bytes);
}

bool plan_ip_equal(const struct plan_ip *a, const struct plan_ip *b)
{
    return plan_ip_cmp(a, b) == 0;
}

uint8_t plan_protocol(struct str name)
{
    if (!name.n || str_eq_nocase(name, STR("TCP")))
        return IPPROTO_TCP;
    if (str_eq_nocase(name, STR("UDP")))
        return IPPROTO_UDP;
    return str_eq_nocase(name, STR("SCTP")) ? IPPROTO_SCTP : 0;
}
