#include "cron/cron.h"

/* Time zones: TZif files (RFC 8536, versions 2 and up) and the POSIX rule at their end. */

struct rule { /* Mm.w.d/time */
    int month, week, day;
    int64_t time;
};

struct zone {
    const unsigned char *times; /* 8 bytes each, big endian */
    const unsigned char *types; /* which type begins at times[i] */
    const unsigned char *infos; /* 6 bytes each: offset, daylight, name */
    size_t n_times, n_types;
    bool has_rule, daylight;  /* what holds after the last time */
    int64_t standard, summer; /* seconds east of UTC */
    struct rule begins, ends;
};

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

/* ── the rule: "CET-1CEST,M3.5.0,M10.5.0/3" ── */

static bool rule_name(struct str *s)
{
    size_t n = 0;
    if (s->n && s->p[0] == '<') {
        while (n < s->n && s->p[n] != '>')
            n++;
        n++;
    } else
        while (n < s->n && ((s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z'))
            n++;
    if (n < 3 || n > s->n)
        return false;
    *s = str_from(*s, n);
    return true;
}

static bool digits(struct str *s, int64_t *out)
{
    size_t n = 0;
    *out = 0;
    while (n < s->n && n < 4 && s->p[n] >= '0' && s->p[n] <= '9')
        *out = *out * 10 + (s->p[n++] - '0');
    *s = str_from(*s, n);
    return n > 0;
}

static bool take(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool clock_time(struct str *s, int64_t *out)
{
    int64_t sign = take(s, '-') ? -1 : 1, part;
    if (sign > 0)
        take(s, '+');
    if (!digits(s, out))
        return false;
    *out *= 3600;
    for (int64_t unit = 60; unit && take(s, ':'); unit /= 60) {
        if (!digits(s, &part))
            return false;
        *out += part * unit;
    }
    *out *= sign;
    return true;
}

static bool rule_date(struct str *s, struct rule *r)
{
    int64_t m, w, d;
    r->time = 7200;
    if (!take(s, ',') || !take(s, 'M') || !digits(s, &m) || !take(s, '.') || !digits(s, &w) || !take(s, '.') || !digits(s, &d))
        return false;
    if (m < 1 || m > 12 || w < 1 || w > 5 || d > 6)
        return false;
    r->month = (int)m;
    r->week = (int)w;
    r->day = (int)d;
    return !take(s, '/') || clock_time(s, &r->time);
}

static bool read_rule(struct str s, struct zone *z)
{
    if (!rule_name(&s) || !clock_time(&s, &z->standard))
        return false;
    z->standard = -z->standard; /* POSIX counts to the west */
    if (!s.n)
        return true;
    if (!rule_name(&s))
        return false;
    z->daylight = true;
    z->summer = z->standard + 3600;
    if (s.n && s.p[0] != ',') {
        if (!clock_time(&s, &z->summer))
            return false;
        z->summer = -z->summer;
    }
    return rule_date(&s, &z->begins) && rule_date(&s, &z->ends) && !s.n;
}

static int64_t days_before(int64_t year, int month) /* since 1970-01-01 */
{
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5, doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static int64_t rule_at(const struct rule *r, int64_t year) /* on the zone's own clock */
{
    int64_t first = days_before(year, r->month), next = r->month == 12 ? days_before(year + 1, 1) : days_before(year, r->month + 1);
    int64_t weekday = ((first + 4) % 7 + 7) % 7, day = first + (r->day - weekday + 7) % 7 + 7 * (r->week - 1);
    while (day >= next)
        day -= 7;
    return day * 86400 + r->time;
}

static int64_t by_rule(const struct zone *z, int64_t utc)
{
    if (!z->daylight)
        return z->standard;
    int64_t year = 1970 + utc / 31556952;
    if (utc + z->standard < days_before(year, 1) * 86400)
        year--;
    else if (utc + z->standard >= days_before(year + 1, 1) * 86400)
        year++;
    int64_t begins = rule_at(&z->begins, year) - z->standard, ends = rule_at(&z->ends, year) - z->summer;
    bool summer = begins < ends ? utc >= begins && utc < ends : utc >= begins || utc < ends;
    return summer ? z->summer : z->standard;
}

/* ── the file ── */

struct counts {
    size_t isut, isstd, leap, time, type, chars;
};

static bool read_header(const unsigned char *p, size_t n, struct counts *c)
{
    if (n < 44 || memcmp(p, "TZif", 4) != 0)
        return false;
    *c = (struct counts){be32(p + 20), be32(p + 24), be32(p + 28), be32(p + 32), be32(p + 36), be32(p + 40)};
    return c->isut < 4096 && c->isstd < 4096 && c->leap < 4096 && c->time < 100000 && c->type > 0 && c->type < 256 && c->chars < 4096;
}

static size_t body(const struct counts *c, size_t width)
{
    return c->time * (width + 1) + c->type * 6 + c->chars + c->leap * (width + 4) + c->isstd + c->isut;
}

bool zone_parse(struct arena *a, struct str file, struct zone **out)
{
    const unsigned char *p = (const unsigned char *)file.p;
    size_t n = file.n, at;
    struct counts c;
    struct zone *z = arena_alloc(a, sizeof(*z));
    if (!z || !read_header(p, n, &c) || p[4] < '2' || (at = 44 + body(&c, 4)) > n)
        return false;
    p += at;
    n -= at;
    if (!read_header(p, n, &c) || (at = 44 + body(&c, 8)) > n)
        return false;
    z->n_times = c.time;
    z->n_types = c.type;
    z->times = p + 44;
    z->types = z->times + 8 * c.time;
    z->infos = z->types + c.time;
    for (size_t i = 0; i < c.time; i++)
        if (z->types[i] >= c.type)
            return false;
    struct str foot = str_make((const char *)p + at, n - at), rule, rest;
    if (!take(&foot, '\n'))
        return false;
    str_cut(foot, '\n', &rule, &rest);
    z->has_rule = rule.n > 0;
    *out = z;
    return !z->has_rule || read_rule(rule, z);
}

int64_t zone_offset(const struct zone *z, int64_t utc)
{
    if (!z)
        return 0;
    if (z->has_rule && (z->n_times == 0 || utc >= be64(z->times + 8 * (z->n_times - 1))))
        return by_rule(z, utc);
    size_t low = 0, high = z->n_times;
    while (low < high) { /* the first time after utc */
        size_t mid = (low + high) / 2;
        if (be64(z->times + 8 * mid) <= utc)
            low = mid + 1;
        else
            high = mid;
    }
    size_t type = low ? z->types[low - 1] : 0;
    return (int32_t)be32(z->infos + 6 * type);
}
