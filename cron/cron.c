#include "cron/cron.h"

/* Schedules: five fields as cron(5) has them, the descriptors of robfig/cron, and when they come due next in a zone. */

struct clock_field {
    int first, last;
    const char *const *names; /* of values from `first` on */
};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL};
static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL};
static const struct clock_field fields[] = {{0, 59, NULL}, {0, 23, NULL}, {1, 31, NULL}, {1, 12, months}, {0, 6, days}};

/* The fault, where somebody asked for it; false. */
#define WRONG(why, ...) ((why) ? buf_fmt(why, __VA_ARGS__) : (void)0, false)

static bool unit(struct str s, const struct clock_field *f, int64_t *out, struct buf *why)
{
    for (int i = 0; f->names && f->names[i]; i++)
        if (str_eq_nocase(s, str_of(f->names[i]))) {
            *out = f->first + i;
            return true;
        }
    if (str_to_int(s, out) < 0)
        return WRONG(why, "failed to parse int from %.*s: strconv.Atoi: parsing \"%.*s\": invalid syntax", STR_FMT(s), STR_FMT(s));
    return *out >= 0 || WRONG(why, "negative number (%lld) not allowed: %.*s", (long long)*out, STR_FMT(s));
}

/* One of a field's pieces between commas: a, a-b or *, each with /n. */
static bool piece(struct str s, const struct clock_field *f, uint64_t *bits, bool *star, struct buf *why)
{
    struct str range, step_text, low_text, high_text;
    int64_t low = f->first, high = f->last, step = 1;
    bool stepped = str_cut(s, '/', &range, &step_text), ranged = str_cut(range, '-', &low_text, &high_text);
    bool all = str_is(low_text, "*") || str_is(low_text, "?"); /* of "*-5" the library takes the star */
    if (!all && !unit(low_text, f, &low, why))
        return false;
    if (!all && ranged && str_find(high_text, STR("-")) >= 0)
        return WRONG(why, "too many hyphens: %.*s", STR_FMT(s));
    if (!all && ranged && !unit(high_text, f, &high, why))
        return false;
    if (!all && !ranged && !stepped)
        high = low;
    if (stepped && str_find(step_text, STR("/")) >= 0)
        return WRONG(why, "too many slashes: %.*s", STR_FMT(s));
    if (stepped && !unit(step_text, &(struct clock_field){0}, &step, why))
        return false;
    if (low < f->first)
        return WRONG(why, "beginning of range (%lld) below minimum (%d): %.*s", (long long)low, f->first, STR_FMT(s));
    if (high > f->last)
        return WRONG(why, "end of range (%lld) above maximum (%d): %.*s", (long long)high, f->last, STR_FMT(s));
    if (low > high)
        return WRONG(why, "beginning of range (%lld) beyond end of range (%lld): %.*s", (long long)low, (long long)high, STR_FMT(s));
    if (step == 0)
        return WRONG(why, "step of range should be a positive number: %.*s", STR_FMT(s));
    *star = *star || (all && step == 1);
    for (int64_t i = low; i <= high; i += MIN(step, (int64_t)64)) /* no field has more values */
        *bits |= 1ull << i;
    return true;
}

static bool descriptor(struct str s, struct cron *c, struct buf *why)
{
    static const char *const known[][2] = {{"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
                                           {"@daily", "0 0 * * *"},  {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};
    int64_t ns;
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_is(s, known[i][0]))
            return cron_parse(str_of(known[i][1]), c, why);
    if (!str_starts(s, STR("@every ")))
        return WRONG(why, "unrecognized descriptor: %.*s", STR_FMT(s));
    if (duration_parse(str_from(s, 7), &ns) < 0)
        return WRONG(why, "failed to parse duration %.*s: time: invalid duration \"%.*s\"", STR_FMT(s), STR_FMT(str_from(s, 7)));
    c->every = MAX(ns / 1000000000, (int64_t)1); /* whole seconds, and not more often */
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word between spaces; false: no more. */
static bool next_word(struct str *rest, struct str *word)
{
    size_t from = 0, end;
    while (from < rest->n && is_space(rest->p[from]))
        from++;
    for (end = from; end < rest->n && !is_space(rest->p[end]);)
        end++;
    *word = str_make(rest->p + from, end - from);
    *rest = str_from(*rest, end);
    return word->n > 0;
}

static bool five_words(struct str s, struct str words[5], struct buf *why)
{
    struct str rest = s, word;
    size_t n = 0;
    while (next_word(&rest, &word) && n++ < 5)
        words[n - 1] = word;
    if (n == 5)
        return true;
    for (; n > 5 && next_word(&rest, &word);)
        n++;
    (void)WRONG(why, "expected exactly 5 fields, found %zu: [", n);
    for (size_t i = 0; next_word(&s, &word); i++)
        (void)WRONG(why, "%s%.*s", i ? " " : "", STR_FMT(word));
    return WRONG(why, "]");
}

bool cron_parse(struct str s, struct cron *c, struct buf *why)
{
    uint64_t *const bits[] = {&c->minute, &c->hour, &c->day, &c->month, &c->weekday};
    bool stars[5] = {false};
    struct str words[5], one;
    *c = (struct cron){0};
    if (!s.n)
        return WRONG(why, "empty spec string");
    if (str_starts(s, STR("@")))
        return descriptor(s, c, why);
    if (!five_words(s, words, why))
        return false;
    for (size_t i = 0; i < 5; i++)
        while (str_next(&words[i], ',', &one))
            if (one.n && !piece(one, &fields[i], bits[i], &stars[i], why))
                return false;
    c->any_day = stars[2];
    c->any_weekday = stars[4];
    return true;
}

/* ── when ── */

struct moment {  /* of a zone's clock */
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
