/* The formats strings can be asked to have. */
#include <arpa/inet.h>
#include <ctype.h>

#include "structural/inside.h"

static bool as_text(struct str s, char *out, size_t max)
{
    if (s.n >= max || memchr(s.p ? s.p : "", 0, s.n))
        return false;
    if (s.n)
        memcpy(out, s.p, s.n);
    out[s.n] = 0;
    return true;
}

static bool is_ip(struct str s, int family)
{
    char text[64];
    unsigned char bytes[16];
    return as_text(s, text, sizeof(text)) && inet_pton(family, text, bytes) == 1;
}

static bool is_ipv4(struct str s)
{
    return is_ip(s, AF_INET);
}

static bool is_ipv6(struct str s)
{
    return is_ip(s, AF_INET6);
}

static bool is_cidr(struct str s)
{
    struct str ip, bits;
    uint64_t n;
    if (!str_cut(s, '/', &ip, &bits) || str_to_uint(bits, &n) < 0)
        return false;
    return (is_ipv4(ip) && n <= 32) || (is_ipv6(ip) && n <= 128);
}

static bool all_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!isxdigit((unsigned char)s.p[i]))
            return false;
    return true;
}

static bool is_object_id(struct str s)
{
    return s.n == 24 && all_hex(s);
}

static bool is_mac(struct str s)
{
    char sep = s.n > 2 ? s.p[2] : 0;
    size_t step = sep == '.' ? 0 : 3;
    if (s.n > 4 && s.p[4] == '.') { /* 0000.5e00.5301 */
        sep = '.';
        step = 5;
    }
    size_t bytes = step == 3 ? (s.n + 1) / 3 : (s.n + 1) / 5 * 2;
    if (step == 0 || (sep != ':' && sep != '-' && sep != '.') || (s.n + 1) % step || (bytes != 6 && bytes != 8 && bytes != 20))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((i + 1) % step ? !isxdigit((unsigned char)s.p[i]) : s.p[i] != sep)
            return false;
    return true;
}

static bool uuid_of(struct str s, char version)
{
    static const size_t dashes[] = {8, 13, 18, 23};
    bool dashed = s.n == 36;
    if (s.n != 36 && s.n != 32)
        return false;
    size_t k = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (dashed && k < ARRAY_LEN(dashes) && i == dashes[k]) {
            if (s.p[i] != '-')
                return false;
            k++;
        } else if (!isxdigit((unsigned char)s.p[i])) {
            return false;
        }
    }
    if (!version)
        return true;
    char v = s.p[dashed ? 14 : 12], variant = (char)tolower((unsigned char)s.p[dashed ? 19 : 16]);
    return v == version && (version == '3' || strchr("89ab", variant));
}

static bool is_uuid(struct str s)
{
    return uuid_of(s, 0);
}
static bool is_uuid3(struct str s)
{
    return uuid_of(s, '3');
}
static bool is_uuid4(struct str s)
{
    return uuid_of(s, '4');
}
static bool is_uuid5(struct str s)
{
    return uuid_of(s, '5');
}

static bool is_date(struct str s)
{
    char text[32];
    int64_t sec;
    int32_t nsec;
    if (s.n != 10)
        return false;
    snprintf(text, sizeof(text), "%.*sT00:00:00Z", STR_FMT(s));
    return time_parse_rfc3339(str_of(text), &sec, &nsec) == 0;
}

static bool is_date_time(struct str s)
{
    int64_t sec;
    int32_t nsec;
    return time_parse_rfc3339(s, &sec, &nsec) == 0;
}

/* Go's form (1h30m, 1.5s, 300ms) and a day or week beside it. */
static bool is_duration(struct str s)
{
    static const char *const units[] = {"ns", "us", "µs", "ms", "s", "m", "h", "d", "w", "hr", "hour", "day", "week"};
    bool any = false;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (str_is(s, "0"))
        return true;
    while (s.n) {
        size_t digits = 0, letters;
        while (digits < s.n && (isdigit((unsigned char)s.p[digits]) || s.p[digits] == '.'))
            digits++;
        s = str_from(s, digits);
        for (letters = 0; letters < s.n && !isdigit((unsigned char)s.p[letters]) && s.p[letters] != '.' && s.p[letters] != ' ';)
            letters++;
        bool known = false;
        for (size_t i = 0; i < ARRAY_LEN(units); i++)
            known |= str_is(str_head(s, letters), units[i]);
        if (!digits || !known)
            return false;
        s = str_trim(str_from(s, letters));
        any = true;
    }
    return any;
}

static bool is_byte(struct str s)
{
    SCOPED_BUF b = BUF_INIT(0);
    return buf_unbase64(&b, s) == 0;
}

static bool is_anything(struct str s)
{
    (void)s;
    return true;
}

static bool is_hostname(struct str s)
{
    struct str rest = s, label;
    if (!s.n || s.n > 255)
        return false;
    while (str_next(&rest, '.', &label)) {
        if (!label.n || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++)
            if (!isalnum((unsigned char)label.p[i]) && label.p[i] != '-' && !((unsigned char)label.p[i] & 0x80))
                return false;
    }
    return true;
}

static bool is_email(struct str s)
{
    struct str user, host;
    if (!str_cut_last(s, '@', &user, &host) || !user.n || !is_hostname(host))
        return false;
    for (size_t i = 0; i < user.n; i++)
        if (isspace((unsigned char)user.p[i]) || strchr("<>()[],;:\\\"@", user.p[i]))
            return false;
    return true;
}

static bool is_uri(struct str s)
{
    struct str scheme, rest;
    if (s.n && s.p[0] == '/')
        return true; /* a request URI, which Go's url.ParseRequestURI takes */
    if (!str_cut(s, ':', &scheme, &rest) || !scheme.n || !isalpha((unsigned char)scheme.p[0]))
        return false;
    for (size_t i = 0; i < scheme.n; i++)
        if (!isalnum((unsigned char)scheme.p[i]) && !strchr("+-.", scheme.p[i]))
            return false;
    for (size_t i = 0; i < rest.n; i++)
        if ((unsigned char)rest.p[i] <= ' ' || rest.p[i] == 0x7f)
            return false;
    return rest.n > 0;
}

/* ── numbers people carry about ── */

static size_t digits_of(struct str s, char out[24])
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '-' || s.p[i] == ' ')
            continue;
        if (n == 23 || (!isdigit((unsigned char)s.p[i]) && !(n == 9 && toupper((unsigned char)s.p[i]) == 'X')))
            return 0;
        out[n++] = s.p[i];
    }
    out[n] = 0;
    return n;
}

static bool is_isbn10(struct str s)
{
    char d[24];
    int sum = 0;
    if (digits_of(s, d) != 10)
        return false;
    for (int i = 0; i < 10; i++)
        sum += (i + 1) * (toupper((unsigned char)d[i]) == 'X' ? 10 : d[i] - '0');
    return sum % 11 == 0;
}

static bool is_isbn13(struct str s)
{
    char d[24];
    int sum = 0;
    if (digits_of(s, d) != 13)
        return false;
    for (int i = 0; i < 13; i++)
        sum += (i % 2 ? 3 : 1) * (d[i] - '0');
    return sum % 10 == 0;
}

static bool is_isbn(struct str s)
{
    return is_isbn10(s) || is_isbn13(s);
}

static bool is_credit_card(struct str s)
{
    char d[24];
    size_t n = digits_of(s, d);
    int sum = 0;
    if (n < 13 || n > 19)
        return false;
    for (size_t i = 0; i < n; i++) {
        int v = d[n - 1 - i] - '0';
        if (i % 2 && (v *= 2) > 9)
            v -= 9;
        sum += v;
    }
    return sum % 10 == 0;
}

static bool is_ssn(struct str s)
{
    char d[24];
    return s.n == 11 && digits_of(s, d) == 9 && (s.p[3] == '-' || s.p[3] == ' ') && (s.p[6] == '-' || s.p[6] == ' ');
}

static bool is_hex_color(struct str s)
{
    if (s.n && s.p[0] == '#')
        s = str_from(s, 1);
    return (s.n == 3 || s.n == 6) && all_hex(s);
}

static bool is_rgb_color(struct str s)
{
    struct str rest, piece;
    int n = 0;
    if (!str_starts(s, STR("rgb(")) || !str_ends(s, STR(")")))
        return false;
    rest = str_make(s.p + 4, s.n - 5);
    while (str_next(&rest, ',', &piece)) {
        uint64_t v;
        if (str_to_uint(str_trim(piece), &v) < 0 || v > 255)
            return false;
        n++;
    }
    return n == 3;
}

static bool is_short_name(struct str s)
{
    const char *why[NAME_FAULTS_MAX];
    return name_dns_label(s, why) == 0;
}

static bool is_long_name(struct str s)
{
    const char *why[NAME_FAULTS_MAX];
    return name_dns_subdomain(s, why) == 0;
}

static const struct {
    const char *name;
    bool (*is)(struct str s);
} formats[] = {
    {"bsonobjectid", is_object_id},
    {"byte", is_byte},
    {"cidr", is_cidr},
    {"creditcard", is_credit_card},
    {"date", is_date},
    {"date-time", is_date_time},
    {"datetime", is_date_time},
    {"duration", is_duration},
    {"email", is_email},
    {"hexcolor", is_hex_color},
    {"hostname", is_hostname},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"isbn", is_isbn},
    {"isbn10", is_isbn10},
    {"isbn13", is_isbn13},
    {"k8s-long-name", is_long_name},
    {"k8s-short-name", is_short_name},
    {"mac", is_mac},
    {"password", is_anything},
    {"rgbcolor", is_rgb_color},
    {"ssn", is_ssn},
    {"uri", is_uri},
    {"uuid", is_uuid},
    {"uuid3", is_uuid3},
    {"uuid4", is_uuid4},
    {"uuid5", is_uuid5},
};

bool structural_format_known(struct str format)
{
    static const char *const numbers[] = {"int32", "int64", "float", "double"};
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (str_is(format, formats[i].name))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (str_is(format, numbers[i]))
            return true;
    return false;
}

bool structural_format_is(struct str format, struct str text)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (str_is(format, formats[i].name))
            return formats[i].is(text);
    return true;
}
