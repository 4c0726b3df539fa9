#include "field/field.h"

/* Quantities are kept as a count of nano units: every suffix the API knows is a
 * whole number of them, and the ceiling upstream sets (2^63-1 whole units) times
 * 10^9 stays far below 2^127, so sums and comparisons are exact. */
__extension__ typedef __int128 nano_t;
#define NANO     ((nano_t)1000000000)
#define NANO_MAX ((nano_t)INT64_MAX * NANO)

enum { DECIMAL_SI, BINARY_SI, DECIMAL_EXPONENT };

struct suffix {
    char text[3];
    uint8_t format;
    int8_t exponent; /* of 10, or of 2 */
};
static const struct suffix suffixes[] = {
    {"", DECIMAL_SI, 0},   {"n", DECIMAL_SI, -9}, {"u", DECIMAL_SI, -6}, {"m", DECIMAL_SI, -3}, {"k", DECIMAL_SI, 3},  {"M", DECIMAL_SI, 6},
    {"G", DECIMAL_SI, 9},  {"T", DECIMAL_SI, 12}, {"P", DECIMAL_SI, 15}, {"E", DECIMAL_SI, 18}, {"Ki", BINARY_SI, 10}, {"Mi", BINARY_SI, 20},
    {"Gi", BINARY_SI, 30}, {"Ti", BINARY_SI, 40}, {"Pi", BINARY_SI, 50}, {"Ei", BINARY_SI, 60},
};

static int suffix_read(struct str s, uint8_t *format, int64_t *exponent)
{
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        if (str_is(s, suffixes[i].text)) {
            *format = suffixes[i].format;
            *exponent = suffixes[i].exponent;
            return 0;
        }
    }
    if (s.n < 2 || (s.p[0] != 'e' && s.p[0] != 'E'))
        return -EINVAL;
    struct str digits = str_from(s, 1);
    if (digits.n > 1 && digits.p[0] == '+' && digits.p[1] != '-')
        digits = str_from(digits, 1);
    if (str_to_int(digits, exponent) < 0)
        return -EINVAL;
    *format = DECIMAL_EXPONENT;
    return 0;
}

/* A decimal mantissa as digits × 10^-scale. Digits beyond what 128 bits hold only tell whether anything is left. */
struct mantissa {
    nano_t digits;
    int64_t scale;
    bool more; /* something non-zero was cut off below */
};

static void mantissa_digit(struct mantissa *m, char c, bool fraction)
{
    nano_t limit = (nano_t)1 << 118;
    if (m->digits < limit) {
        m->digits = m->digits * 10 + (c - '0');
        m->scale += fraction;
        return;
    }
    m->more |= c != '0';
    m->scale -= !fraction;
}

/* digits × 10^shift, rounded away from zero and held at the ceiling. */
static nano_t scale_ten(nano_t digits, int64_t shift, bool more)
{
    while (shift > 0 && digits && digits <= NANO_MAX) {
        digits *= 10;
        shift--;
    }
    while (shift < 0 && digits) {
        more |= digits % 10 != 0;
        digits /= 10;
        shift++;
    }
    if (more)
        digits++;
    return MIN(digits, NANO_MAX);
}

static nano_t scale_two(struct mantissa m, int64_t exponent)
{
    /* First the binary factor, as far as it fits, so that "0.5Ki" stays exact. */
    bool more = m.more;
    nano_t digits = m.digits;
    int64_t scale = m.scale;
    while (digits > ((nano_t)1 << 66) && scale > 0) { /* beyond what nano units can tell apart */
        more |= digits % 10 != 0;
        digits /= 10;
        scale--;
    }
    if (digits > ((nano_t)1 << 66))
        return NANO_MAX;
    digits <<= exponent;
    int64_t shift = 9 - scale;
    return scale_ten(digits, shift, more);
}

int quantity_parse(struct str s, struct quantity *q)
{
    *q = (struct quantity){0};
    size_t at = 0;
    bool negative = false, digits = false;
    struct mantissa m = {0};
    if (s.n == 0)
        return -EINVAL;
    if (s.p[0] == '+' || s.p[0] == '-')
        negative = s.p[at++] == '-';
    for (bool fraction = false; at < s.n; at++) {
        char c = s.p[at];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            mantissa_digit(&m, c, fraction);
            digits = true;
        } else {
            break;
        }
    }
    if (!digits)
        return -EINVAL;
    uint8_t format;
    int64_t exponent;
    int r = suffix_read(str_from(s, at), &format, &exponent);
    if (r < 0)
        return r;
    exponent = MAX(MIN(exponent, 1000), -1000); /* beyond these only "nothing" and "too much" are left */
    nano_t nano = format == BINARY_SI ? scale_two(m, exponent) : scale_ten(m.digits, 9 + exponent - m.scale, m.more);
    if (format == BINARY_SI && nano > 0 && nano < NANO)
        format = DECIMAL_SI;
    q->nano = negative ? -nano : nano;
    q->format = format;
    return 0;
}

static void print_number(nano_t v, struct buf *out)
{
    char text[48];
    size_t at = sizeof(text);
    bool negative = v < 0;
    if (negative)
        v = -v;
    do
        text[--at] = (char)('0' + (int)(v % 10));
    while ((v /= 10) != 0);
    if (negative)
        text[--at] = '-';
    buf_add(out, text + at, sizeof(text) - at);
}

static void print_suffix(uint8_t format, int exponent, struct buf *out)
{
    if (format == DECIMAL_EXPONENT) {
        if (exponent)
            buf_fmt(out, "e%d", exponent);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        if (suffixes[i].format == format && suffixes[i].exponent == exponent) {
            buf_text(out, exponent ? suffixes[i].text : "");
            return;
        }
    }
}

void quantity_print(struct quantity q, struct buf *out)
{
    nano_t v = q.nano;
    if (v == 0) {
        buf_char(out, '0');
        return;
    }
    uint8_t format = q.format;
    if (format == BINARY_SI && ((v > -1024 * NANO && v < 1024 * NANO) || v % NANO != 0))
        format = DECIMAL_SI; /* a binary suffix would lose precision or confuse */
    if (format == BINARY_SI) {
        v /= NANO;
        int exponent = 0;
        for (; v % 1024 == 0 && exponent < 60; exponent += 10)
            v /= 1024;
        print_number(v, out);
        if (exponent)
            print_suffix(BINARY_SI, exponent, out);
        return;
    }
    int exponent = -9;
    for (; v % 1000 == 0 && exponent < 18; exponent += 3)
        v /= 1000;
    print_number(v, out);
    print_suffix(format, exponent, out);
}

static int64_t round_up(nano_t v, nano_t unit)
{
    nano_t n = v / unit;
    if (v % unit)
        n += v > 0 ? 1 : -1; /* away from zero, as upstream */
    if (n > INT64_MAX)
        return INT64_MAX;
    return n < INT64_MIN ? INT64_MIN : (int64_t)n;
}

int64_t quantity_value(struct quantity q)
{
    return round_up(q.nano, NANO);
}

int64_t quantity_milli(struct quantity q)
{
    return round_up(q.nano, NANO / 1000);
}

int quantity_cmp(struct quantity a, struct quantity b)
{
    return a.nano < b.nano ? -1 : a.nano > b.nano;
}

struct quantity quantity_of(const struct value *v)
{
    struct quantity q = {0};
    if (v && v->type == VALUE_TEXT && quantity_parse(v->text, &q) < 0)
        return (struct quantity){0};
    if (v && v->type == VALUE_INT)
        q.nano = (nano_t)v->integer * NANO;
    if (v && v->type == VALUE_DOUBLE) {
        char text[48];
        int n = snprintf(text, sizeof(text), "%.17g", v->number);
        if (n < 0 || (size_t)n >= sizeof(text) || quantity_parse(str_make(text, (size_t)n), &q) < 0)
            return (struct quantity){0};
    }
    return q;
}
