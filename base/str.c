#define BASE_INSIDE
#include "base/base.h"

#include <locale.h>
#include <sys/random.h>

bool str_eq_nocase(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = MIN(a.n, b.n);
    int c = n ? (unsigned char)a.p[0] - (unsigned char)b.p[0] : 0; /* mostly that tells already */
    if (c == 0 && n)
        c = memcmp(a.p, b.p, n);
    if (c)
        return c;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

static bool cut_at(struct str s, const char *at, struct str *head, struct str *tail)
{
    if (!at) {
        *head = s;
        *tail = STR_NONE;
        return false;
    }
    size_t n = (size_t)(at - s.p);
    *tail = str_make(at + 1, s.n - n - 1);
    *head = str_make(s.p, n);
    return true;
}

bool str_cut(struct str s, char at, struct str *head, struct str *tail)
{
    return cut_at(s, s.n ? memchr(s.p, at, s.n) : NULL, head, tail);
}

bool str_cut_last(struct str s, char at, struct str *head, struct str *tail)
{
    return cut_at(s, s.n ? memrchr(s.p, at, s.n) : NULL, head, tail);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0]))
        s = str_make(s.p + 1, s.n - 1);
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

ssize_t str_find(struct str s, struct str what)
{
    if (what.n == 0)
        return 0;
    const char *at = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
    return at ? at - s.p : -1;
}

struct str str_from(struct str s, size_t at)
{
    at = MIN(at, s.n);
    return at ? str_make(s.p + at, s.n - at) : s;
}

struct str str_head(struct str s, size_t n)
{
    return str_make(s.p, MIN(n, s.n));
}

bool str_next(struct str *rest, char sep, struct str *piece)
{
    /* A spent text is {NULL, 0}; "a," leaves {end, 0}, which still holds one empty piece. */
    if (!rest->p)
        return false;
    if (!str_cut(*rest, sep, piece, rest))
        *rest = STR_NONE;
    return true;
}

int str_to_uint(struct str s, uint64_t *out)
{
    uint64_t v = 0;
    if (s.n == 0)
        return -EINVAL;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -EINVAL;
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return -ERANGE;
    }
    *out = v;
    return 0;
}

int str_to_int(struct str s, int64_t *out)
{
    bool neg = s.n && s.p[0] == '-';
    uint64_t v;
    int r = str_to_uint(neg || (s.n && s.p[0] == '+') ? str_from(s, 1) : s, &v);
    if (r < 0)
        return r;
    if (v > (uint64_t)INT64_MAX + neg)
        return -ERANGE;
    *out = neg ? (int64_t)(0 - v) : (int64_t)v;
    return 0;
}

int str_to_double(struct str s, double *out)
{
    static locale_t c_locale;
    char text[512], *end;
    if (s.n == 0 || s.n >= sizeof(text) || is_space(s.p[0]))
        return -EINVAL;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    if (!c_locale)
        c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c_locale)
        return -ENOMEM;
    *out = strtod_l(text, &end, c_locale);
    return end == text + s.n ? 0 : -EINVAL;
}

/* Keyed so that a client cannot choose colliding keys. The mixing is the
 * well-known multiply-and-fold of 128-bit products. */
static uint64_t hash_key[2];

__attribute__((constructor)) static void hash_key_init(void)
{
    if (getrandom(hash_key, sizeof(hash_key), 0) != sizeof(hash_key))
        hash_key[0] = (uintptr_t)&hash_key ^ 0x9e3779b97f4a7c15u;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 m = (unsigned __int128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t str_hash(struct str s)
{
    uint64_t h = hash_key[0] ^ s.n, word;
    const char *p = s.p;
    for (size_t n = s.n; n >= 8; n -= 8, p += 8) {
        memcpy(&word, p, 8);
        h = fold(h ^ word, 0x9fb21c651e98df25u ^ hash_key[1]);
    }
    word = 0;
    if (s.n % 8)
        memcpy(&word, p, s.n % 8);
    return fold(h ^ word, 0xd6e8feb86659fd93u ^ hash_key[1]) ^ h;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t utf8_len(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];
    size_t len = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (len == 0 || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) || (c == 0xf0 && p[1] < 0x90) || (c == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

bool str_utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        uint64_t word;
        if (s.n - i >= 8 && (memcpy(&word, p + i, 8), (word & 0x8080808080808080u) == 0)) {
            i += 8;
            continue;
        }
        size_t len = utf8_len(p + i, s.n - i);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}
