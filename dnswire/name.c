/* Names: labels on the wire, dots in text. */
#include <arpa/inet.h>

#include "dnswire/inside.h"

static size_t byte_print(uint8_t c, bool lower, char *out)
{
    if (c <= ' ' || c >= 0x7f || c == '.' || c == '\\') {
        out[0] = '\\';
        out[1] = (char)('0' + c / 100);
        out[2] = (char)('0' + c / 10 % 10);
        out[3] = (char)('0' + c % 10);
        return 4;
    }
    out[0] = (char)(lower && c >= 'A' && c <= 'Z' ? c + 32 : c);
    return 1;
}

int dnswire_name_read(struct str packet, size_t *at, bool lower, char out[DNSWIRE_NAME_MAX], size_t *n)
{
    size_t pos = *at, wire = 0, end = 0, lowest = pos;
    *n = 0;
    for (;;) {
        if (pos >= packet.n)
            return -EBADMSG;
        uint8_t len = (uint8_t)packet.p[pos];
        if (len >= 0xc0) {
            if (pos + 1 >= packet.n)
                return -EBADMSG;
            size_t to = get16(packet, pos) & 0x3fff;
            if (!end)
                end = pos + 2;
            if (to >= lowest) /* only ever further back: the reading ends */
                return -EBADMSG;
            lowest = pos = to;
            continue;
        }
        if (len >= 0x40)
            return -EBADMSG;
        pos++;
        wire += 1u + len;
        if (wire > NAME_WIRE_MAX || len > packet.n - pos)
            return -EBADMSG;
        if (len == 0)
            break;
        if (*n)
            out[(*n)++] = '.';
        for (size_t i = 0; i < len; i++) {
            char text[4];
            size_t k = byte_print((uint8_t)packet.p[pos + i], lower, text);
            if (*n + k + 2 > DNSWIRE_NAME_MAX)
                return -EBADMSG;
            memcpy(out + *n, text, k);
            *n += k;
        }
        pos += len;
    }
    out[*n] = 0;
    *at = end ? end : pos;
    return 0;
}

int dnswire_name_skip(struct str packet, size_t *at)
{
    char text[DNSWIRE_NAME_MAX];
    size_t n;
    return dnswire_name_read(packet, at, false, text, &n);
}

ssize_t dnswire_label_next(struct str *name, uint8_t label[64])
{
    size_t n = 0, i = 0;
    if (!name->n)
        return 0;
    while (i < name->n && name->p[i] != '.') {
        unsigned c = (uint8_t)name->p[i++];
        if (c == '\\') {
            if (name->n - i < 3)
                return -EINVAL;
            c = 0;
            for (int k = 0; k < 3; k++, i++) {
                if (name->p[i] < '0' || name->p[i] > '9')
                    return -EINVAL;
                c = c * 10 + (unsigned)(name->p[i] - '0');
            }
            if (c > 255)
                return -EINVAL;
        }
        if (n == 63)
            return -EINVAL;
        label[n++] = (uint8_t)c;
    }
    if (n == 0 || (i < name->n && i + 1 == name->n)) /* an empty label, or a dot at the end */
        return -EINVAL;
    *name = str_from(*name, i + 1);
    return (ssize_t)n;
}

bool dnswire_name_valid(struct str name)
{
    uint8_t label[64];
    size_t wire = 1;
    for (;;) {
        ssize_t n = dnswire_label_next(&name, label);
        if (n <= 0)
            return n == 0 && wire <= NAME_WIRE_MAX;
        wire += 1u + (size_t)n;
    }
}

static size_t arpa4_parse(struct str head, uint8_t ip[16])
{
    struct str rest = head, piece;
    for (int i = 3; i >= 0; i--) {
        uint64_t v;
        if (!str_next(&rest, '.', &piece) || piece.n > 3 || str_to_uint(piece, &v) < 0 || v > 255 || (piece.n > 1 && piece.p[0] == '0'))
            return 0;
        ip[i] = (uint8_t)v;
    }
    return rest.p ? 0 : 4;
}

static size_t arpa6_parse(struct str head, uint8_t ip[16])
{
    if (head.n != 63)
        return 0;
    memset(ip, 0, 16);
    for (size_t i = 0; i < 32; i++) {
        char c = head.p[2 * i];
        int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (v < 0 || (i < 31 && head.p[2 * i + 1] != '.'))
            return 0;
        ip[15 - i / 2] |= (uint8_t)(i % 2 ? v << 4 : v);
    }
    return 16;
}

size_t dnswire_arpa_parse(struct str name, uint8_t ip[16])
{
    static const struct str v4 = STR_INIT(".in-addr.arpa"), v6 = STR_INIT(".ip6.arpa");
    if (str_ends(name, v4))
        return arpa4_parse(str_head(name, name.n - v4.n), ip);
    if (str_ends(name, v6))
        return arpa6_parse(str_head(name, name.n - v6.n), ip);
    return 0;
}

void dnswire_arpa_print(const uint8_t *ip, size_t n, char out[80])
{
    if (n == 4) {
        snprintf(out, 80, "%u.%u.%u.%u.in-addr.arpa", ip[3], ip[2], ip[1], ip[0]);
        return;
    }
    for (size_t i = 0; i < 32; i++) {
        unsigned v = i % 2 ? ip[15 - i / 2] >> 4 : ip[15 - i / 2] & 15u;
        out[2 * i] = "0123456789abcdef"[v];
        out[2 * i + 1] = '.';
    }
    snprintf(out + 64, 16, "ip6.arpa");
}
