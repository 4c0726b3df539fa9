#define BASE_INSIDE
#include "base/base.h"

/* Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras
 * of 400 years that begin on 1 March. */
static int64_t days_of(int64_t y, unsigned m, unsigned d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    unsigned yoe = (unsigned)(y - era * 400);
    unsigned doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + (int64_t)(yoe * 365 + yoe / 4 - yoe / 100 + doy) - 719468;
}

static void date_of(int64_t days, int64_t *y, unsigned *m, unsigned *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    unsigned doe = (unsigned)(days - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned mp = (5 * doy + 2) / 153;
    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = (int64_t)yoe + era * 400 + (*m <= 2);
}

static bool digits(struct str *s, size_t n, unsigned *out)
{
    *out = 0;
    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        *out = *out * 10 + (unsigned)(s->p[i] - '0');
    }
    *s = str_from(*s, n);
    return true;
}

static bool one(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool fraction(struct str *s, int32_t *nsec)
{
    int32_t unit = 100000000;
    *nsec = 0;
    if (!one(s, '.'))
        return true;
    if (s->n == 0 || s->p[0] < '0' || s->p[0] > '9')
        return false;
    for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_from(*s, 1), unit /= 10)
        *nsec += (s->p[0] - '0') * unit;
    return true;
}

static bool offset(struct str *s, int64_t *seconds)
{
    unsigned h, m;
    *seconds = 0;
    if (one(s, 'Z'))
        return true;
    bool west = s->n && s->p[0] == '-';
    if (!one(s, west ? '-' : '+') || !digits(s, 2, &h) || !one(s, ':') || !digits(s, 2, &m) || h > 23 || m > 59)
        return false;
    *seconds = (int64_t)(h * 3600 + m * 60) * (west ? -1 : 1);
    return true;
}

/* As this program and nearly everybody writes it: 2006-01-02T15:04:05Z, into year, month, day, hour, minute, second. */
static bool read_plain(struct str s, unsigned out[6])
{
    static const unsigned char at[] = {0, 2, 5, 8, 11, 14, 17};
    unsigned pair[7], bad = 0;
    if (s.n != 20 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' || s.p[19] != 'Z')
        return false;
    for (size_t i = 0; i < ARRAY_LEN(at); i++) {
        unsigned tens = (unsigned char)s.p[at[i]] - (unsigned)'0', ones = (unsigned char)s.p[at[i] + 1] - (unsigned)'0';
        bad |= (unsigned)(tens > 9) | (unsigned)(ones > 9);
        pair[i] = tens * 10 + ones;
    }
    out[0] = pair[0] * 100 + pair[1];
    memcpy(out + 1, pair + 2, 5 * sizeof(*out));
    return !bad;
}

static bool read_any(struct str s, unsigned out[6], int32_t *nsec, int64_t *east)
{
    return digits(&s, 4, &out[0]) && one(&s, '-') && digits(&s, 2, &out[1]) && one(&s, '-') && digits(&s, 2, &out[2]) && one(&s, 'T') &&
           digits(&s, 2, &out[3]) && one(&s, ':') && digits(&s, 2, &out[4]) && one(&s, ':') && digits(&s, 2, &out[5]) && fraction(&s, nsec) &&
           offset(&s, east) && !s.n;
}

int time_parse_rfc3339(struct str s, int64_t *sec, int32_t *nsec)
{
    static const unsigned month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned part[6];
    int64_t east = 0;
    if (read_plain(s, part))
        *nsec = 0;
    else if (!read_any(s, part, nsec, &east))
        return -EINVAL;
    unsigned y = part[0], mo = part[1], d = part[2], h = part[3], mi = part[4], se = part[5];
    if (mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || se > 59)
        return -EINVAL;
    bool leap = mo == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    if (d > month_days[mo - 1] + leap)
        return -EINVAL;
    *sec = days_of(y, mo, d) * 86400 + (int64_t)(h * 3600 + mi * 60 + se) - east;
    return 0;
}

static int fmt_seconds(char *out, size_t n, int64_t sec)
{
    int64_t days = sec / 86400, left = sec % 86400, y;
    unsigned m, d;
    if (left < 0) {
        left += 86400;
        days--;
    }
    date_of(days, &y, &m, &d);
    if (y >= 0 && y <= 9999 && n >= 20) { /* written for every object: snprintf() takes ten times as long */
        const unsigned parts[] = {(unsigned)y / 100, (unsigned)y % 100, m, d, (unsigned)left / 3600, (unsigned)left / 60 % 60, (unsigned)left % 60};
        memcpy(out, "0000-00-00T00:00:00", 20);
        for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
            char *at = out + (i == 0 ? 0 : 3 * i - 1);
            at[0] = (char)('0' + parts[i] / 10);
            at[1] = (char)('0' + parts[i] % 10);
        }
        return 19;
    }
    return snprintf(out, n, "%04d-%02u-%02uT%02u:%02u:%02u", (int)y, m, d, (unsigned)left / 3600, (unsigned)left / 60 % 60, (unsigned)left % 60);
}

void time_fmt_rfc3339(char out[32], int64_t sec)
{
    int n = fmt_seconds(out, 30, sec);
    memcpy(out + n, "Z", 2);
}

void time_fmt_rfc3339_micro(char out[32], int64_t sec, int32_t nsec)
{
    int n = fmt_seconds(out, 23, sec);
    snprintf(out + n, 32 - (size_t)n, ".%06dZ", (int)(nsec / 1000 % 1000000));
}

void time_fmt_rfc3339_nano(char out[48], int64_t sec, int32_t nsec)
{
    int n = fmt_seconds(out, 30, sec);
    if (nsec == 0) {
        snprintf(out + n, 48 - (size_t)n, "Z");
        return;
    }
    int len = snprintf(out + n, 48 - (size_t)n, ".%09d", (int)(nsec % 1000000000));
    while (out[n + len - 1] == '0')
        len--;
    out[n + len] = 'Z';
    out[n + len + 1] = 0;
}
