#include "yaml/inside.h"

/* go-yaml sorts map keys as people would: letters behind everything else,
 * numbers inside by their worth (a2 before a10). Unicode letters beyond ASCII:
 * every character from U+00AA on that is no digit counts as one, which is what
 * names are made of. */

static uint32_t rune_at(struct str s, size_t i, size_t *length)
{
    const unsigned char *b = (const unsigned char *)s.p + i;
    size_t n = b[0] < 0x80 ? 1 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
    *length = MIN(n, s.n - i);
    if (*length == 1)
        return b[0];
    uint32_t c = b[0] & (0x7fu >> *length);
    for (size_t k = 1; k < *length; k++)
        c = c << 6 | (b[k] & 0x3f);
    return c;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xaa && c != 0xd7 && c != 0xf7);
}

static bool is_digit(struct str s, size_t i)
{
    return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* The number from i on, with a leading 1 when the digits before i were not all zeros. */
static size_t number_end(struct str s, size_t i, int64_t *number)
{
    for (; is_digit(s, i); i++)
        *number = (int64_t)((uint64_t)*number * 10 + (uint64_t)(s.p[i] - '0'));
    return i;
}

static int by_number(struct str a, struct str b, size_t i, uint32_t ca, uint32_t cb)
{
    int64_t an = 0, bn = 0;
    if (ca == '0' || cb == '0')
        for (size_t j = i; j-- > 0 && is_digit(a, j);)
            if (a.p[j] != '0') {
                an = bn = 1;
                break;
            }
    size_t ai = number_end(a, i, &an), bi = number_end(b, i, &bn);
    if (an != bn)
        return an < bn;
    if (ai != bi)
        return ai < bi;
    return ca < cb;
}

int key_less(struct str a, struct str b)
{
    size_t i = 0, na, nb;
    while (i < a.n && i < b.n) {
        uint32_t ca = rune_at(a, i, &na), cb = rune_at(b, i, &nb);
        if (ca == cb) {
            i += na;
            continue;
        }
        bool la = is_letter(ca), lb = is_letter(cb);
        if (la && lb)
            return ca < cb;
        if (la || lb)
            return lb;
        return by_number(a, b, i, ca, cb);
    }
    return a.n < b.n;
}
