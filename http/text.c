/* Text helpers of RFC 3986 (URIs), RFC 9110 (fields) and the reason phrases. */
#include "http/inside.h"

const char *http_reason(int code)
{
    switch (code) {
#define REASON(number, name, text) \
    case number: \
        return #text;
        HTTP_STATUS_MAP(REASON)
#undef REASON
    default:
        return "Unknown";
    }
}

void http_date(char out[40], int64_t sec)
{
    static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm tm = {0};
    time_t t = (time_t)sec;
    gmtime_r(&t, &tm);
    snprintf(out, 40, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[tm.tm_wday % 7], tm.tm_mday % 100, months[tm.tm_mon % 12],
             (tm.tm_year + 1900) % 10000, tm.tm_hour % 100, tm.tm_min % 100, tm.tm_sec % 100);
}

bool http_token_valid(struct str s)
{
    static const bool fine[256] = {
        ['0' ... '9'] = true, ['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['!'] = true, ['#'] = true, ['$'] = true,
        ['%'] = true,         ['&'] = true,         ['\''] = true,        ['*'] = true, ['+'] = true, ['-'] = true,
        ['.'] = true,         ['^'] = true,         ['_'] = true,         ['`'] = true, ['|'] = true, ['~'] = true,
    };
    for (size_t i = 0; i < s.n; i++)
        if (!fine[(unsigned char)s.p[i]])
            return false;
    return s.n > 0;
}

bool http_list_has(struct str value, const char *token)
{
    struct str part;
    while (str_next(&value, ',', &part)) {
        struct str name;
        str_cut(part, ';', &name, &part);
        if (str_eq_nocase(str_trim(name), str_of(token)))
            return true;
    }
    return false;
}

/* Fields that are http's own to say. */
bool http_own_field(struct str name)
{
    switch (name.n) { /* asked of each header of each reply */
    case 4:
        return str_eq_nocase(name, STR("date"));
    case 7:
        return str_eq_nocase(name, STR("upgrade"));
    case 10:
        return str_eq_nocase(name, STR("connection")) || str_eq_nocase(name, STR("keep-alive"));
    case 14:
        return str_eq_nocase(name, STR("content-length"));
    case 16:
        return str_eq_nocase(name, STR("proxy-connection"));
    case 17:
        return str_eq_nocase(name, STR("transfer-encoding"));
    default:
        return false;
    }
}

/* RFC 9110 §12.5.3; a weight of zero forbids. */
bool http_accepts_gzip(struct str value)
{
    struct str part;
    while (str_next(&value, ',', &part)) {
        struct str name, weight;
        str_cut(part, ';', &name, &weight);
        name = str_trim(name);
        if (!str_eq_nocase(name, STR("gzip")) && !str_is(name, "*"))
            continue;
        weight = str_trim(weight);
        if (weight.n < 3 || (weight.p[0] | 32) != 'q')
            return true;
        for (size_t i = 2; i < weight.n; i++)
            if (weight.p[i] >= '1' && weight.p[i] <= '9')
                return true;
        return false;
    }
    return false;
}

/* A handler's text may hold what a user wrote: a line end in it must not become a header of ours. */
void http_header_value(struct buf *out, struct str value)
{
    size_t at = out->n;
    buf_str(out, value);
    for (uint64_t w; !out->error && out->n - at >= 8; at += 8) { /* eight at a time, as long as none is below 32 */
        memcpy(&w, out->p + at, 8);
        if ((w - 0x2020202020202020u) & ~w & 0x8080808080808080u)
            break;
    }
    for (; !out->error && at < out->n; at++)
        if ((unsigned char)out->p[at] < 32 && out->p[at] != '\t')
            out->p[at] = ' ';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int http_percent_decode(struct str in, bool plus_is_space, struct buf *out)
{
    size_t start = out->n;
    char *to = buf_room(out, in.n);
    if (!to)
        return in.n ? buf_error(out) : 0;
    char *o = to;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '+' && plus_is_space) {
            c = ' ';
        } else if (c == '%') {
            int hi = i + 2 < in.n ? hex_digit(in.p[i + 1]) : -1;
            int lo = hi < 0 ? -1 : hex_digit(in.p[i + 2]);
            if (lo < 0) {
                out->n = start;
                return -EINVAL;
            }
            c = (char)(hi << 4 | lo);
            i += 2;
        }
        *o++ = c;
    }
    buf_grew(out, (size_t)(o - to));
    return 0;
}

void http_percent_encode(struct str in, struct buf *out)
{
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("-._~", c));
        if (plain)
            buf_char(out, (char)c);
        else
            buf_fmt(out, "%%%02X", c);
    }
}

static bool pair_next(struct str *rest, struct str *name, struct str *value)
{
    struct str pair;
    while (str_next(rest, '&', &pair)) {
        if (pair.n == 0)
            continue;
        *value = STR_NONE;
        str_cut(pair, '=', name, value);
        return true;
    }
    return false;
}

static bool name_is(struct str raw, const char *name)
{
    if (!memchr(raw.p, '%', raw.n) && !memchr(raw.p, '+', raw.n))
        return str_is(raw, name);
    SCOPED_BUF decoded = BUF_INIT(0);
    return http_percent_decode(raw, true, &decoded) == 0 && str_is(buf_view(&decoded), name);
}

bool http_query_get(struct str query, const char *name, struct buf *value)
{
    struct str raw_name, raw_value;
    while (pair_next(&query, &raw_name, &raw_value))
        if (name_is(raw_name, name) && http_percent_decode(raw_value, true, value) == 0)
            return true;
    return false;
}

/* Decoding never lengthens, so that the copy in the arena is decoded where it lies. */
static int decode_in(struct arena *a, struct str raw, struct str *out)
{
    char *copy = arena_text(a, raw.p, raw.n);
    if (!copy)
        return -ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = copy[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int hi = i + 2 < raw.n ? hex_digit(copy[i + 1]) : -1;
            int lo = hi < 0 ? -1 : hex_digit(copy[i + 2]);
            if (lo < 0)
                return -EINVAL;
            c = (char)(hi << 4 | lo);
            i += 2;
        }
        copy[n++] = c;
    }
    copy[n] = 0;
    *out = str_make(copy, n);
    return 0;
}

bool http_query_next(struct arena *a, struct str *rest, struct str *name, struct str *value)
{
    struct str raw_name, raw_value;
    while (pair_next(rest, &raw_name, &raw_value)) /* a malformed pair is passed over, as Go's url.ParseQuery does */
        if (decode_in(a, raw_name, name) == 0 && decode_in(a, raw_value, value) == 0)
            return true;
    return false;
}
