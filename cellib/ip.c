/* IP addresses and CIDR ranges. Zones and IPv4-mapped IPv6 addresses are refused, as Kubernetes does. */
#include <arpa/inet.h>

#include "cellib/inside.h"

struct address {
    struct cel_opaque opaque;
    uint8_t bytes[16];
    uint8_t n;      /* 4 or 16 */
    uint8_t prefix; /* CIDR only */
};

const struct cel_type cellib_ip_type = {.kind = CEL_OPAQUE, .name = STR_INIT("net.IP"), .max_size = CEL_SIZE_UNKNOWN};
const struct cel_type cellib_cidr_type = {.kind = CEL_OPAQUE, .name = STR_INIT("net.CIDR"), .max_size = CEL_SIZE_UNKNOWN};

static const struct address *of(const struct cel_opaque *o)
{
    return (const struct address *)(const void *)o;
}

static bool address_equal(const struct cel_opaque *x, const struct cel_opaque *y)
{
    const struct address *a = of(x), *b = of(y);
    return a->n == b->n && a->prefix == b->prefix && !memcmp(a->bytes, b->bytes, a->n);
}

static size_t ip_size(const struct cel_opaque *x)
{
    return of(x)->n;
}

static size_t cidr_size(const struct cel_opaque *x)
{
    return (of(x)->prefix + 7u) / 8;
}

/* RFC 5952: the first longest run of two or more zero groups becomes :: */
static void print_v6(const uint8_t *b, struct buf *out)
{
    int best = -1, best_n = 1;
    for (int i = 0, n; i < 8; i += MAX(n, 1)) {
        for (n = 0; i + n < 8 && !b[2 * (i + n)] && !b[2 * (i + n) + 1]; n++)
            ;
        if (n > best_n) {
            best = i;
            best_n = n;
        }
    }
    for (int i = 0; i < 8; i++) {
        if (i == best) {
            buf_text(out, "::");
            i += best_n - 1;
            continue;
        }
        if (i && i != best + best_n)
            buf_char(out, ':');
        buf_fmt(out, "%x", (unsigned)(b[2 * i] << 8 | b[2 * i + 1]));
    }
}

static void ip_print(const struct cel_opaque *x, struct buf *out)
{
    const struct address *a = of(x);
    if (a->n == 4)
        buf_fmt(out, "%u.%u.%u.%u", a->bytes[0], a->bytes[1], a->bytes[2], a->bytes[3]);
    else
        print_v6(a->bytes, out);
}

static void cidr_print(const struct cel_opaque *x, struct buf *out)
{
    ip_print(x, out);
    buf_fmt(out, "/%u", of(x)->prefix);
}

static const struct cel_class ip_class = {.type = &cellib_ip_type, .equal = address_equal, .size = ip_size, .equal_cost = 1, .print = ip_print};
static const struct cel_class cidr_class = {
    .type = &cellib_cidr_type, .equal = address_equal, .size = cidr_size, .equal_cost = 1, .print = cidr_print};

static bool parse_ip(struct str s, struct address *a, const char **why)
{
    char text[64];
    *a = (struct address){.opaque = {&ip_class}};
    *why = "unable to parse IP";
    if (s.n >= sizeof(text) || !s.n || memchr(s.p, 0, s.n))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    if (strchr(text, '%')) {
        *why = "zone value is not allowed";
        return false;
    }
    a->n = strchr(text, ':') ? 16 : 4;
    if (inet_pton(a->n == 4 ? AF_INET : AF_INET6, text, a->bytes) != 1)
        return false;
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (a->n == 16 && !memcmp(a->bytes, mapped, 12)) {
        *why = "IPv4-mapped IPv6 address is not allowed";
        return false;
    }
    return true;
}

static bool parse_cidr(struct str s, struct address *a, const char **why)
{
    struct str ip, bits;
    uint64_t n;
    if (!str_cut_last(s, '/', &ip, &bits)) {
        *why = "no '/'";
        return false;
    }
    if (!parse_ip(ip, a, why))
        return false;
    a->opaque.class = &cidr_class;
    if (!bits.n || bits.n > 3 || bits.p[0] < '0' || bits.p[0] > '9' || (bits.n > 1 && bits.p[0] == '0') || str_to_uint(bits, &n) < 0 ||
        n > a->n * 8u) {
        *why = "prefix length out of range";
        return false;
    }
    a->prefix = (uint8_t)n;
    return true;
}

static struct cel_value keep(struct cel_call *call, const struct address *a)
{
    struct address *copy = arena_alloc(call->arena, sizeof(*copy));
    if (!copy)
        return cel_no_memory;
    *copy = *a;
    return value_opaque(&copy->opaque);
}

static struct cel_value ip_error(struct cel_call *call, struct str s, const char *why)
{
    return cel_error(call, "IP Address \"%.*s\" parse error during conversion from string: %s", (int)MIN(s.n, (size_t)200), s.p ? s.p : "", why);
}

static struct cel_value cidr_error(struct cel_call *call, struct str s, const char *why)
{
    return cel_error(call, "network address parse error during conversion from string: \"%.*s\": %s", (int)MIN(s.n, (size_t)200), s.p ? s.p : "",
                     why);
}

static struct cel_value to_ip(struct cel_call *call, const struct cel_value *args)
{
    struct address a;
    const char *why;
    return parse_ip(args[0].text, &a, &why) ? keep(call, &a) : ip_error(call, args[0].text, why);
}

static struct cel_value is_ip(struct cel_call *call, const struct cel_value *args)
{
    struct address a;
    const char *why;
    (void)call;
    return cel_of_bool(parse_ip(args[0].text, &a, &why));
}

static struct cel_value to_text(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    args[0].opaque->class->print(args[0].opaque, &b);
    return kept(call, &b);
}

static struct cel_value is_canonical(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct address a;
    const char *why;
    if (!parse_ip(args[0].text, &a, &why))
        return ip_error(call, args[0].text, why);
    ip_print(&a.opaque, &b);
    return buf_error(&b) < 0 ? cel_no_memory : cel_of_bool(str_eq(buf_view(&b), args[0].text));
}

static struct cel_value family(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(of(args[0].opaque)->n == 4 ? 4 : 6);
}

static bool zero(const struct address *a, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a->bytes[i])
            return false;
    return true;
}

static bool unspecified(const struct address *a)
{
    return zero(a, a->n);
}

static bool loopback(const struct address *a)
{
    return a->n == 4 ? a->bytes[0] == 127 : zero(a, 15) && a->bytes[15] == 1;
}

static bool multicast(const struct address *a)
{
    return a->n == 4 ? a->bytes[0] >> 4 == 14 : a->bytes[0] == 0xff;
}

static bool link_multicast(const struct address *a)
{
    return a->n == 4 ? a->bytes[0] == 224 && !a->bytes[1] && !a->bytes[2] : a->bytes[0] == 0xff && (a->bytes[1] & 15) == 2;
}

static bool link_unicast(const struct address *a)
{
    return a->n == 4 ? a->bytes[0] == 169 && a->bytes[1] == 254 : a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80;
}

static bool global_unicast(const struct address *a)
{
    static const uint8_t broadcast[4] = {255, 255, 255, 255};
    if (a->n == 4 && !memcmp(a->bytes, broadcast, 4))
        return false;
    return !unspecified(a) && !loopback(a) && !multicast(a) && !link_unicast(a);
}

static struct cel_value is_of(struct cel_call *call, const struct cel_value *args)
{
    static const struct {
        const char *name;
        bool (*test)(const struct address *a);
    } tests[] = {{"isUnspecified", unspecified},
                 {"isLoopback", loopback},
                 {"isLinkLocalMulticast", link_multicast},
                 {"isLinkLocalUnicast", link_unicast},
                 {"isGlobalUnicast", global_unicast}};
    for (size_t i = 0; i < ARRAY_LEN(tests); i++)
        if (!strcmp(call->function->name, tests[i].name))
            return cel_of_bool(tests[i].test(of(args[0].opaque)));
    return cel_no_memory;
}

/* ── CIDR ── */
static struct cel_value to_cidr(struct cel_call *call, const struct cel_value *args)
{
    struct address a;
    const char *why;
    return parse_cidr(args[0].text, &a, &why) ? keep(call, &a) : cidr_error(call, args[0].text, why);
}

static struct cel_value is_cidr(struct cel_call *call, const struct cel_value *args)
{
    struct address a;
    const char *why;
    (void)call;
    return cel_of_bool(parse_cidr(args[0].text, &a, &why));
}

static bool covers(const struct address *range, const struct address *a)
{
    size_t whole = range->prefix / 8u, bits = range->prefix % 8u;
    if (range->n != a->n || memcmp(range->bytes, a->bytes, whole) != 0)
        return false;
    return !bits || (range->bytes[whole] ^ a->bytes[whole]) >> (8 - bits) == 0;
}

static struct cel_value contains_ip(struct cel_call *call, const struct cel_value *args)
{
    struct address a;
    const char *why;
    if (args[1].kind == CEL_OPAQUE)
        a = *of(args[1].opaque);
    else if (!parse_ip(args[1].text, &a, &why))
        return ip_error(call, args[1].text, why);
    return cel_of_bool(covers(of(args[0].opaque), &a));
}

static struct cel_value contains_cidr(struct cel_call *call, const struct cel_value *args)
{
    const struct address *range = of(args[0].opaque);
    struct address a;
    const char *why;
    if (args[1].kind == CEL_OPAQUE)
        a = *of(args[1].opaque);
    else if (!parse_cidr(args[1].text, &a, &why))
        return cidr_error(call, args[1].text, why);
    return cel_of_bool(covers(range, &a) && range->prefix <= a.prefix);
}

static struct cel_value cidr_ip(struct cel_call *call, const struct cel_value *args)
{
    struct address a = *of(args[0].opaque);
    a.opaque.class = &ip_class;
    a.prefix = 0;
    return keep(call, &a);
}

static struct cel_value masked(struct cel_call *call, const struct cel_value *args)
{
    struct address a = *of(args[0].opaque);
    for (size_t i = 0; i < a.n; i++) {
        int left = (int)a.prefix - (int)(8 * i);
        a.bytes[i] &= (uint8_t)(left >= 8 ? 0xff : left <= 0 ? 0 : 0xff << (8 - left));
    }
    return keep(call, &a);
}

static struct cel_value prefix_length(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(of(args[0].opaque)->prefix);
}

const struct cel_function ip_rows[] = {
    {"ip", "string_to_ip", "(string) net.IP", to_ip, CEL_COST_TEXT},
    {"family", "family", "net.IP.() int", family, CEL_COST_ONE},
    {"ip.isCanonical", "ip_is_canonical", "(string) bool", is_canonical, CEL_COST_TEXT_TWICE},
    {"isUnspecified", "is_unspecified", "net.IP.() bool", is_of, CEL_COST_ONE},
    {"isLoopback", "is_loopback", "net.IP.() bool", is_of, CEL_COST_ONE},
    {"isLinkLocalMulticast", "is_link_local_multicast", "net.IP.() bool", is_of, CEL_COST_ONE},
    {"isLinkLocalUnicast", "is_link_local_unicast", "net.IP.() bool", is_of, CEL_COST_ONE},
    {"isGlobalUnicast", "is_global_unicast", "net.IP.() bool", is_of, CEL_COST_ONE},
    {"isIP", "is_ip", "(string) bool", is_ip, CEL_COST_TEXT},
    {"string", "ip_to_string", "(net.IP) string", to_text, CEL_COST_ONE},
};
const size_t n_ip_rows = ARRAY_LEN(ip_rows);
const struct cel_function cidr_rows[] = {
    {"cidr", "string_to_cidr", "(string) net.CIDR", to_cidr, CEL_COST_TEXT},
    {"containsIP", "cidr_contains_ip_string", "net.CIDR.(string) bool", contains_ip, CEL_COST_CONTAINS_IP_TEXT},
    {"containsIP", "cidr_contains_ip_ip", "net.CIDR.(net.IP) bool", contains_ip, CEL_COST_CONTAINS_IP},
    {"containsCIDR", "cidr_contains_cidr_string", "net.CIDR.(string) bool", contains_cidr, CEL_COST_CONTAINS_CIDR_TEXT},
    {"containsCIDR", "cidr_contains_cidr", "net.CIDR.(net.CIDR) bool", contains_cidr, CEL_COST_CONTAINS_CIDR},
    {"ip", "cidr_ip", "net.CIDR.() net.IP", cidr_ip, CEL_COST_ONE},
    {"prefixLength", "prefix_length", "net.CIDR.() int", prefix_length, CEL_COST_ONE},
    {"masked", "masked", "net.CIDR.() net.CIDR", masked, CEL_COST_ONE},
    {"isCIDR", "is_cidr", "(string) bool", is_cidr, CEL_COST_TEXT},
    {"string", "cidr_to_string", "(net.CIDR) string", to_text, CEL_COST_ONE},
};
const size_t n_cidr_rows = ARRAY_LEN(cidr_rows);
