/* Addresses as values. */
#include <arpa/inet.h>

#include "nl/inside.h"

int nl_ip_parse(struct nl_ip *out, struct str text)
{
    struct str host, bits;
    char name[INET6_ADDRSTRLEN];
    bool has_bits = str_cut(text, '/', &host, &bits);
    *out = (struct nl_ip){.family = AF_UNSPEC};
    if (!host.n || host.n >= sizeof(name))
        return -EINVAL;
    memcpy(name, host.p, host.n);
    name[host.n] = 0;
    uint8_t family = memchr(name, ':', host.n) ? AF_INET6 : AF_INET;
    uint64_t length = family == AF_INET ? 32 : 128, most = length;
    if (inet_pton(family, name, out->at) != 1 || (has_bits && (str_to_uint(bits, &length) < 0 || length > most)))
        return -EINVAL;
    out->family = family;
    out->bits = (uint8_t)length;
    return 0;
}

void nl_ip_print(const struct nl_ip *ip, bool with_bits, char out[NL_IP_TEXT])
{
    char text[INET6_ADDRSTRLEN] = "";
    if (ip->family != AF_UNSPEC && !inet_ntop(ip->family, ip->at, text, sizeof(text)))
        text[0] = 0;
    if (with_bits)
        snprintf(out, NL_IP_TEXT, "%s/%u", text, ip->bits);
    else
        snprintf(out, NL_IP_TEXT, "%s", text);
}

bool nl_ip_equal(const struct nl_ip *a, const struct nl_ip *b)
{
    return a->family == b->family && memcmp(a->at, b->at, a->family == AF_INET ? 4 : 16) == 0;
}

bool nl_ip_within(const struct nl_ip *net, const struct nl_ip *ip)
{
    if (net->family != ip->family)
        return false;
    unsigned whole = net->bits / 8, rest = net->bits % 8;
    if (memcmp(net->at, ip->at, whole) != 0)
        return false;
    return rest == 0 || ((net->at[whole] ^ ip->at[whole]) >> (8 - rest)) == 0;
}
