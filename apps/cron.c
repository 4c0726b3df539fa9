#include "apps/inside.h"

/* Schedules: five fields as cron(5) has them, the macros of robfig/cron, and when they come due next in a zone. */

struct clock_field {
    int first, last;
    const char *const *names; /* of values from `first` on */
};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL};
static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL};
static const struct clock_field fields[] = {{0, 59, NULL}, {0, 23, NULL}, {1, 31, NULL}, {1, 12, months}, {0, 6, days}};

static bool number(struct str s, const struct clock_field *f, int64_t *out)
{
    for (int i = 0; f->names && f->names[i]; i++)
        if (s.n == 3 && strncasecmp(s.p, f->names[i], 3) == 0) {
            *out = f->first + i;
            return true;
        }
    return str_to_int(s, out) == 0 && *out >= f->first && *out <= f->last;
}

static bool piece(struct str s, const struct clock_field *f, uint64_t *bits, bool *star)
{
    struct str range, step_text, low_text, high_text;
    int64_t low = f->first, high = f->last, step = 1;
    bool stepped = str_cut(s, '/', &range, &step_text), ranged = str_cut(range, '-', &low_text, &high_text);
    bool all = str_is(range, "*") || str_is(range, "?");
    if (stepped && (str_to_int(step_text, &step) < 0 || step < 1))
        return false;
    if (all)
        *star = *star || step == 1;
    else if (!number(low_text, f, &low))
        return false;
    else if (ranged ? !number(high_text, f, &high) : !stepped)
        high = low;
    if ((ranged && !all && !number(high_text, f, &high)) || high < low)
        return false;
    for (int64_t i = low; i <= high; i += MIN(step, (int64_t)64)) /* no field has more values */
        *bits |= 1ull << i;
    return true;
}

static bool macro(struct str s, struct cron *c)
{
    static const char *const known[][2] = {{"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
                                           {"@daily", "0 0 * * *"}, {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_is(s, known[i][0]))
            return cron_parse(str_of(known[i][1]), c);
    if (!str_starts(s, STR("@every ")))
        return false;
    /* Go's durations of whole units: 1h30m, 90s */
    struct str rest = str_from(s, 7);
    int64_t total = 0, n = 0;
    for (size_t i = 0; i < rest.n; i++) {
        char ch = rest.p[i];
        if (ch >= '0' && ch <= '9' && n < 1000000)
            n = n * 10 + (ch - '0');
        else if (ch == 'h' || ch == 'm' || ch == 's') {
            total += n * (ch == 'h' ? 3600 : ch == 'm' ? 60 : 1);
            n = 0;
        } else
            return false;
    }
    c->every = MAX(total, (int64_t)1);
    return rest.n > 0 && n == 0;
}

bool cron_parse(struct str s, struct cron *c)
{
    uint64_t *const bits[] = {&c->minute, &c->hour, &c->day, &c->month, &c->weekday};
    bool stars[5] = {false};
    size_t n = 0;
    *c = (struct cron){0};
    if (str_starts(s, STR("@")))
        return macro(s, c);
    for (struct str word; str_next(&s, ' ', &word);) {
        if (!word.n)
            continue;
        if (n == 5)
            return false;
        for (struct str one; str_next(&word, ',', &one);)
            if (!piece(one, &fields[n], bits[n], &stars[n]))
                return false;
        n++;
    }
    c->any_day = stars[2];
    c->any_weekday = stars[4];
    return n == 5;
}

/* ── when ── */

struct moment { /* of a zone's clock */
    int64_t day; /* since 1970-01-01 */
    int second;  /* of the day */
    int month, mday, weekday;
};

/* Days since 1970 → month and day, by the Gregorian calendar's eras of 400 years. */
static struct moment moment_of(int64_t local)
{
    struct moment m = {.day = local / 86400 - (local % 86400 < 0)};
    m.second = (int)(local - m.day * 86400);
    int64_t z = m.day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    m.mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    m.month = (int)(mp < 10 ? mp + 3 : mp - 9);
    m.weekday = (int)(((m.day + 4) % 7 + 7) % 7);
    return m;
}

static bool day_matches(const struct cron *c, const struct moment *m)
{
    bool day = c->day >> m->mday & 1, weekday = c->weekday >> m->weekday & 1;
    if (!(c->month >> m->month & 1))
        return false;
    return c->any_day || c->any_weekday ? day && weekday : day || weekday;
}

int64_t cron_next(const struct cron *c, const struct zone *zone, int64_t after)
{
    if (c->every)
        return after + c->every;
    int64_t t = after - after % 60 + 60, end = after + 5 * 366 * 86400LL;
    while (t < end) {
        struct moment m = moment_of(t + zone_offset(zone, t));
        if (!day_matches(c, &m)) {
            int64_t next = t + 86400 - m.second;
            struct moment there = moment_of(next + zone_offset(zone, next));
            if (there.day > m.day && there.second < 43200 && next - there.second > t) /* the clock was put forward on the way */
                next -= there.second;
            t = next;
        } else if (!(c->hour >> (m.second / 3600) & 1))
            t += 3600 - m.second % 3600;
        else if (!(c->minute >> (m.second / 60 % 60) & 1))
            t += 60;
        else
            return t;
    }
    return 0;
}
