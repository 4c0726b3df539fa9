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

static struct str digits_at(struct str s, size_t i)
{
    size_t end = i;
    while (is_digit(s, end))
        end++;
    return str_head(str_from(s, i), end - i);
}

static struct str without_zeros(struct str digits)
{
    while (digits.n && digits.p[0] == '0')
        digits = str_from(digits, 1);
    return digits;
}

/* Digit runs by their worth, of any length. When digits before them were not all zeros, zeros at their front count. */
static int by_number(struct str a, struct str b, size_t i, uint32_t ca, uint32_t cb)
{
    bool inside = false;
    for (size_t j = i; (ca == '0' || cb == '0') && j-- > 0 && is_digit(a, j);)
        inside |= a.p[j] != '0';
    struct str da = digits_at(a, i), db = digits_at(b, i);
    struct str na = inside ? da : without_zeros(da), nb = inside ? db : without_zeros(db);
    if (na.n != nb.n)
        return na.n < nb.n;
    int c = na.n ? memcmp(na.p, nb.p, na.n) : 0;
    if (c)
        return c < 0;
    return da.n != db.n ? da.n < db.n : ca < cb;
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
