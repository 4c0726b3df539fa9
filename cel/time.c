/* Durations and time points: their texts, and the functions that take them apart. Zones are "UTC" or an offset
 * ("-08:30"); names of places are asked from the caller (struct cel_activation), who may read a disk. */
#include "cel/inside.h"

#define NS INT64_C(1000000000)

/* ── durations ── */
static int64_t unit_ns(struct str *s)
{
    static const struct {
        const char *name;
        int64_t ns;
    } units[] = {{"ns", 1},          {"us", 1000},    {"\xc2\xb5s", 1000}, {"\xce\xbcs", 1000},
                 {"ms", 1000000},    {"s", NS},       {"m", 60 * NS},      {"h", 3600 * NS}};
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_starts(*s, str_of(units[i].name))) {
            *s = str_from(*s, strlen(units[i].name));
            return units[i].ns;
        }
    return 0;
}

/* "1.5h": adds it to *total. */
static int take_part(struct str *s, uint64_t *total)
{
    uint64_t whole = 0, fraction = 0, scale = 1, ns;
    size_t i = 0, start;
    for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
        if (__builtin_mul_overflow(whole, 10u, &whole) ||
            __builtin_add_overflow(whole, (uint64_t)(s->p[i] - '0'), &whole))
            return -ERANGE;
    start = i;
    if (i < s->n && s->p[i] == '.') {
        for (i++; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
            if (scale < UINT64_C(100000000000000)) {
                fraction = fraction * 10 + (uint64_t)(s->p[i] - '0');
                scale *= 10;
            }
        if (i == start + 1 && !start)
            return -EINVAL;
    }
    if (!i)
        return -EINVAL;
    *s = str_from(*s, i);
    uint64_t unit = (uint64_t)unit_ns(s);
    if (!unit)
        return -EINVAL;
    if (__builtin_mul_overflow(whole, unit, &ns) ||
        __builtin_add_overflow(ns, (uint64_t)((double)fraction * ((double)unit / (double)scale)), &ns) ||
        __builtin_add_overflow(*total, ns, total) || *total > UINT64_C(1) << 63)
        return -ERANGE;
    return 0;
}

int cel_duration_parse(struct str s, int64_t *ns)
{
    uint64_t total = 0;
    bool minus = str_starts(s, STR("-"));
    if (minus || str_starts(s, STR("+")))
        s = str_from(s, 1);
    *ns = 0;
    if (str_is(s, "0"))
        return 0;
    if (!s.n)
        return -EINVAL;
    while (s.n) {
        int r = take_part(&s, &total);
        if (r < 0)
            return r;
    }
    if (!minus && total > INT64_MAX)
        return -ERANGE;
    *ns = minus ? (int64_t)(0 - total) : (int64_t)total;
    return 0;
}

static void print_fraction(uint32_t nsec, struct buf *out)
{
    char digits[16];
    if (!nsec)
        return;
    int n = snprintf(digits, sizeof(digits), ".%09u", nsec);
    while (n > 0 && digits[n - 1] == '0')
        n--;
    buf_add(out, digits, (size_t)n);
}

void cel_duration_print(int64_t ns, struct buf *out)
{
    uint64_t u = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;
    buf_fmt(out, "%s%llu", ns < 0 ? "-" : "", (unsigned long long)(u / (uint64_t)NS));
    print_fraction((uint32_t)(u % (uint64_t)NS), out);
    buf_char(out, 's');
}

/* ── time points ── */
int timestamp_parse(struct str s, struct cel_value *out)
{
    *out = (struct cel_value){.kind = CEL_TIMESTAMP};
    int r = time_parse_rfc3339(s, &out->time.sec, &out->time.nsec);
    if (r < 0)
        return r;
    return out->time.sec < TIMESTAMP_MIN || out->time.sec > TIMESTAMP_MAX ? -ERANGE : 0;
}

void timestamp_print(const struct cel_value *v, struct buf *out)
{
    char text[48];
    time_fmt_rfc3339_nano(text, v->time.sec, v->time.nsec);
    buf_text(out, text);
}

struct moment { /* on a clock somewhere */
    int64_t year;
    int month, day, year_day, week_day, hour, minute, second; /* month, day, year_day from 0 */
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static void moment_of(int64_t sec, struct moment *m)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t days = floor_div(sec, 86400), rest = sec - days * 86400;
    m->hour = (int)(rest / 3600);
    m->minute = (int)(rest / 60 % 60);
    m->second = (int)(rest % 60);
    m->week_day = (int)(((days + 4) % 7 + 7) % 7);
    /* Years that begin in March have their leap day at the end. */
    int64_t z = days + 719468, era = floor_div(z, 146097), in_era = z - era * 146097;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t day = in_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * day + 2) / 153;
    m->day = (int)(day - (153 * shifted + 2) / 5);
    m->month = (int)(shifted < 10 ? shifted + 2 : shifted - 10);
    m->year = year + era * 400 + (m->month < 2);
    bool leap = m->year % 4 == 0 && (m->year % 100 != 0 || m->year % 400 == 0);
    m->year_day = before[m->month] + m->day + (leap && m->month > 1);
}

/* "+05:30", "-8:00", "02:00" → seconds east of UTC. */
static bool offset_parse(struct str s, int64_t *sec)
{
    struct str hours, minutes;
    uint64_t h, m;
    bool minus = str_starts(s, STR("-"));
    if (minus || str_starts(s, STR("+")))
        s = str_from(s, 1);
    if (!str_cut(s, ':', &hours, &minutes) || str_to_uint(hours, &h) < 0 || str_to_uint(minutes, &m) < 0 || h > 23 ||
        m > 59)
        return false;
    *sec = (int64_t)(h * 3600 + m * 60) * (minus ? -1 : 1);
    return true;
}

/* Fills m by the clock that args name; an error otherwise. */
static bool clock_of(struct cel_call *call, const struct cel_value *args, struct moment *m, struct cel_value *error)
{
    int64_t shift = 0;
    struct str zone = STR("");
    if (strstr(call->function->id, "_with_tz"))
        zone = args[1].text;
    if (zone.n && !str_is(zone, "UTC") && !offset_parse(zone, &shift)) {
        if (!call->zone || call->zone(call->ctx, zone, args[0].time.sec, &shift) < 0) {
            *error = cel_error(call, "unknown time zone %.*s", STR_FMT(zone));
            return false;
        }
    }
    moment_of(args[0].time.sec + shift, m);
    return true;
}

#define CLOCK(name, expression)                                                     \
    static struct cel_value time_##name(struct cel_call *call, const struct cel_value *args) \
    {                                                                               \
        struct moment m;                                                            \
        struct cel_value error;                                                     \
        return clock_of(call, args, &m, &error) ? cel_of_int(expression) : error;   \
    }
CLOCK(year, m.year)
CLOCK(month, m.month)
CLOCK(year_day, m.year_day)
CLOCK(month_day, m.day)
CLOCK(date, m.day + 1)
CLOCK(week_day, m.week_day)
CLOCK(hours, m.hour)
CLOCK(minutes, m.minute)
CLOCK(seconds, m.second)
CLOCK(milliseconds, args[0].time.nsec / 1000000)

static struct cel_value duration_hours(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / (3600 * NS));
}

static struct cel_value duration_minutes(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / (60 * NS));
}

static struct cel_value duration_seconds(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / NS);
}

static struct cel_value duration_milliseconds(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_int(args[0].integer / 1000000);
}

#define GETTER(name, id, body)                                                      \
    {name, id, "timestamp.() int", body, CEL_COST_STANDARD}, {                      \
        name, id "_with_tz", "timestamp.(string) int", body, CEL_COST_STANDARD      \
    }
const struct cel_function time_functions[] = {
    GETTER("getFullYear", "timestamp_to_year", time_year),
    GETTER("getMonth", "timestamp_to_month", time_month),
    GETTER("getDayOfYear", "timestamp_to_day_of_year", time_year_day),
    GETTER("getDayOfMonth", "timestamp_to_day_of_month", time_month_day),
    GETTER("getDate", "timestamp_to_day_of_month_1_based", time_date),
    GETTER("getDayOfWeek", "timestamp_to_day_of_week", time_week_day),
    GETTER("getHours", "timestamp_to_hours", time_hours),
    {"getHours", "duration_to_hours", "duration.() int", duration_hours, CEL_COST_STANDARD},
    GETTER("getMinutes", "timestamp_to_minutes", time_minutes),
    {"getMinutes", "duration_to_minutes", "duration.() int", duration_minutes, CEL_COST_STANDARD},
    GETTER("getSeconds", "timestamp_to_seconds", time_seconds),
    {"getSeconds", "duration_to_seconds", "duration.() int", duration_seconds, CEL_COST_STANDARD},
    GETTER("getMilliseconds", "timestamp_to_milliseconds", time_milliseconds),
    {"getMilliseconds", "duration_to_milliseconds", "duration.() int", duration_milliseconds, CEL_COST_STANDARD},
};
const size_t n_time_functions = ARRAY_LEN(time_functions);
