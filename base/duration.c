#include "base/base.h"

/* Go's time.Duration text: a signed run of decimals with units, "1h15m30.5s". */

struct unit {
    const char *name;
    int64_t nanoseconds;
};
static const struct unit units[] = {
    {"ns", 1},           {"us", 1000},      {"\xc2\xb5s", 1000}, /* micro sign */
    {"\xce\xbcs", 1000},                                         /* greek mu */
    {"ms", 1000000},     {"s", 1000000000}, {"m", 60000000000},  {"h", 3600000000000},
};

static bool is_digit(struct str s)
{
    return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

static int take_unit(struct str *s, int64_t *nanoseconds)
{
    size_t n = 0;
    while (n < s->n && s->p[n] != '.' && (s->p[n] < '0' || s->p[n] > '9'))
        n++;
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_is(str_head(*s, n), units[i].name)) {
            *nanoseconds = units[i].nanoseconds;
            *s = str_from(*s, n);
            return 0;
        }
    return -EINVAL;
}

/* One decimal with its unit, added to *sum. */
static int take_part(struct str *s, uint64_t *sum)
{
    uint64_t whole = 0, fraction = 0, scale = 1;
    int64_t unit;
    bool any = is_digit(*s);
    for (; is_digit(*s); *s = str_from(*s, 1))
        if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, (uint64_t)(s->p[0] - '0'), &whole))
            return -EINVAL;
    if (s->n && s->p[0] == '.') {
        *s = str_from(*s, 1);
        any |= is_digit(*s);
        for (; is_digit(*s); *s = str_from(*s, 1))
            if (scale < 1000000000000000u) { /* finer digits than a nanosecond of the largest unit do not count */
                fraction = fraction * 10 + (uint64_t)(s->p[0] - '0');
                scale *= 10;
            }
    }
    if (!any || take_unit(s, &unit) < 0)
        return -EINVAL;
    if (__builtin_mul_overflow(whole, (uint64_t)unit, &whole))
        return -EINVAL;
    whole += (uint64_t)((double)fraction * ((double)unit / (double)scale));
    if (__builtin_add_overflow(*sum, whole, sum) || *sum > (uint64_t)INT64_MAX + 1)
        return -EINVAL;
    return 0;
}

int duration_parse(struct str s, int64_t *nanoseconds)
{
    bool negative = s.n && s.p[0] == '-';
    uint64_t sum = 0;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (str_is(s, "0")) {
        *nanoseconds = 0;
        return 0;
    }
    if (s.n == 0)
        return -EINVAL;
    while (s.n)
        if (take_part(&s, &sum) < 0)
            return -EINVAL;
    if (!negative && sum > (uint64_t)INT64_MAX)
        return -EINVAL;
    *nanoseconds = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return 0;
}

/* v / scale with its fraction, trailing zeros cut. */
static size_t print_decimal(char *to, size_t room, uint64_t v, uint64_t scale)
{
    int n = snprintf(to, room, "%llu", (unsigned long long)(v / scale));
    uint64_t rest = v % scale;
    if (rest == 0)
        return (size_t)n;
    to[n++] = '.';
    for (uint64_t unit = scale / 10; rest; rest %= unit, unit /= 10) {
        to[n++] = (char)('0' + rest / unit);
        if (unit == 1)
            break;
    }
    to[n] = 0;
    return (size_t)n;
}

void duration_print(char out[32], int64_t nanoseconds)
{
    uint64_t u = nanoseconds < 0 ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds;
    size_t at = 0;
    if (u == 0) {
        snprintf(out, 32, "0s");
        return;
    }
    if (nanoseconds < 0)
        out[at++] = '-';
    if (u < 1000000000) {
        uint64_t scale = u < 1000 ? 1 : u < 1000000 ? 1000 : 1000000;
        at += print_decimal(out + at, 32 - at, u, scale);
        snprintf(out + at, 32 - at, "%s", scale == 1 ? "ns" : scale == 1000 ? "\xc2\xb5s" : "ms");
        return;
    }
    uint64_t minutes = u / 60000000000, hours = minutes / 60;
    if (hours)
        at += (size_t)snprintf(out + at, 32 - at, "%lluh", (unsigned long long)hours);
    if (minutes)
        at += (size_t)snprintf(out + at, 32 - at, "%llum", (unsigned long long)(minutes % 60));
    at += print_decimal(out + at, 32 - at, u % 60000000000, 1000000000);
    snprintf(out + at, 32 - at, "s");
}
