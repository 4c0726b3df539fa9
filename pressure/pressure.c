#include "pressure/pressure.h"

#include "object/object.h"

static const struct {
    const char *name, *resource;
    enum pressure_condition condition;
    struct pressure_threshold usual; /* --eviction-hard's default */
} signals[PRESSURE_SIGNALS] = {
    [PRESSURE_MEMORY] = {"memory.available", "memory", PRESSURE_OF_MEMORY, {.amount = 100 << 20}},
    [PRESSURE_NODEFS] = {"nodefs.available", "ephemeral-storage", PRESSURE_OF_DISK, {.millionths = 100000}},
    [PRESSURE_NODEFS_INODES] = {"nodefs.inodesFree", "inodes", PRESSURE_OF_DISK, {.millionths = 50000}},
    [PRESSURE_IMAGEFS] = {"imagefs.available", "ephemeral-storage", PRESSURE_OF_DISK, {.millionths = 150000}},
    [PRESSURE_IMAGEFS_INODES] = {"imagefs.inodesFree", "inodes", PRESSURE_OF_DISK, {.millionths = 50000}},
    [PRESSURE_PIDS] = {"pid.available", "pids", PRESSURE_OF_PIDS, {0}},
};

enum pressure_condition pressure_condition_of(enum pressure_signal s)
{
    return signals[s].condition;
}

const char *pressure_resource(enum pressure_signal s)
{
    return signals[s].resource;
}

/* ── thresholds ── */

static int amount_parse(struct pressure_threshold *out, struct str text, struct err *err)
{
    struct quantity q = {0};
    bool share = str_ends(text, STR("%"));
    if (quantity_parse(share ? str_head(text, text.n - 1) : text, &q) < 0 || q.nano < 0)
        return err_raise(err, -EINVAL, "\"%.*s\" is neither a quantity nor a percentage", STR_FMT(text));
    *out = (struct pressure_threshold){0};
    if (!share) {
        out->amount = quantity_value(q);
        return 0;
    }
    __extension__ __int128 millionths = q.nano / 100000; /* a hundredth of 1e9, in 1e-6 */
    if (millionths > 1000000)
        return err_raise(err, -EINVAL, "\"%.*s\" is more than all", STR_FMT(text));
    out->millionths = millionths == 1000000 ? 0 : (int64_t)millionths;
    return 0;
}

static int signal_find(struct str name, size_t *out, struct err *err)
{
    for (*out = 0; *out < PRESSURE_SIGNALS; ++*out)
        if (str_is(name, signals[*out].name))
            return 0;
    return err_raise(err, -EINVAL, "\"%.*s\" is no signal that is watched here", STR_FMT(name));
}

int pressure_thresholds_parse(struct pressure_threshold out[PRESSURE_SIGNALS], struct str text, struct err *err)
{
    struct str one, name, amount;
    for (size_t i = 0; i < PRESSURE_SIGNALS; i++)
        out[i] = text.n ? (struct pressure_threshold){0} : signals[i].usual;
    for (bool some = text.n > 0; some && str_next(&text, ',', &one);) {
        size_t i = 0;
        if (!str_cut(one, '<', &name, &amount))
            return err_raise(err, -EINVAL, "\"%.*s\": must be SIGNAL<AMOUNT", STR_FMT(one));
        int r = signal_find(name, &i, err);
        if (r < 0)
            return r;
        r = amount_parse(&out[i], amount, err);
        if (r < 0)
            return err_wrap(err, r, "%.*s", STR_FMT(name));
    }
    return 0;
}

/* As Go writes durations, in whole units: 90s, 1m30s, 500ms, 2h. */
static int time_of_words(int64_t *ms, struct str text, struct err *err)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"h", 3600000}, {"m", 60000}, {"s", 1000}};
    struct str rest = text;
    *ms = 0;
    while (rest.n) {
        size_t digits = 0, u = 0;
        int64_t number = 0;
        while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9' && number < INT32_MAX)
            number = number * 10 + (rest.p[digits++] - '0');
        struct str unit = str_from(rest, digits);
        while (u < ARRAY_LEN(units) && !str_starts(unit, str_of(units[u].unit)))
            u++;
        if (!digits || u == ARRAY_LEN(units))
            break;
        *ms += number * units[u].ms;
        rest = str_from(unit, strlen(units[u].unit));
    }
    if (!text.n || rest.n)
        return err_raise(err, -EINVAL, "\"%.*s\" is no time such as 1m30s", STR_FMT(text));
    return 0;
}

static bool is_set(struct pressure_threshold t)
{
    return t.amount || t.millionths;
}

int pressure_graces_parse(int64_t out_ms[PRESSURE_SIGNALS], struct str text, const struct pressure_threshold soft[PRESSURE_SIGNALS], struct err *err)
{
    struct str one, name, time;
    bool told[PRESSURE_SIGNALS] = {false};
    for (size_t i = 0; i < PRESSURE_SIGNALS; i++)
        out_ms[i] = 0;
    for (bool some = text.n > 0; some && str_next(&text, ',', &one);) {
        size_t i;
        if (!str_cut(one, '=', &name, &time))
            return err_raise(err, -EINVAL, "\"%.*s\": must be SIGNAL=TIME", STR_FMT(one));
        int r = signal_find(name, &i, err);
        if (r == 0)
            r = time_of_words(&out_ms[i], time, err);
        if (r < 0)
            return err_wrap(err, r, "%.*s", STR_FMT(name));
        told[i] = true;
    }
    for (size_t i = 0; i < PRESSURE_SIGNALS; i++)
        if (is_set(soft[i]) && !told[i])
            return err_raise(err, -EINVAL, "the soft threshold of %s needs a grace period", signals[i].name);
    return 0;
}

const char *pressure_signal_name(enum pressure_signal s)
{
    return signals[s].name;
}

int64_t pressure_threshold_amount(struct pressure_threshold t, int64_t capacity)
{
    if (t.amount)
        return t.amount;
    return (int64_t)((__extension__(__int128) capacity) * t.millionths / 1000000);
}

/* ── judgement ── */

static bool below(struct pressure_threshold t, const struct pressure_reading *r)
{
    return r->capacity && r->available < pressure_threshold_amount(t, r->capacity);
}

enum pressure_signal pressure_judge(struct pressure_state *s, const struct pressure_rules *rules, const struct pressure_reading r[PRESSURE_SIGNALS],
                                    int64_t now_ms, bool *soft)
{
    enum pressure_signal urgent = PRESSURE_SIGNALS;
    bool met[PRESSURE_CONDITIONS] = {false};
    *soft = false;
    for (size_t i = PRESSURE_SIGNALS; i--;) {
        bool hard_met = below(rules->hard[i], &r[i]), soft_met = below(rules->soft[i], &r[i]);
        if (soft_met && !s->soft[i])
            s->soft_since[i] = now_ms;
        s->soft[i] = soft_met;
        met[signals[i].condition] = met[signals[i].condition] || hard_met || soft_met;
        if (!hard_met && !(soft_met && now_ms - s->soft_since[i] >= rules->soft_ms[i]))
            continue;
        urgent = (enum pressure_signal)i;
        *soft = !hard_met;
    }
    for (size_t c = 0; c < PRESSURE_CONDITIONS; c++) {
        if (met[c]) {
            s->met_at[c] = now_ms;
            s->is[c] = true;
        } else if (s->is[c] && now_ms - s->met_at[c] >= rules->transition_ms) {
            s->is[c] = false;
        }
    }
    return urgent;
}

static int by_priority(const struct pressure_pod *x, const struct pressure_pod *y)
{
    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    int64_t over_x = x->usage - x->request, over_y = y->usage - y->request;
    return over_x == over_y ? 0 : over_x > over_y ? -1 : 1;
}

static int by_excess(const void *a, const void *b)
{
    const struct pressure_pod *x = a, *y = b;
    bool excess_x = x->usage > x->request, excess_y = y->usage > y->request;
    if (excess_x != excess_y)
        return excess_x ? -1 : 1;
    return by_priority(x, y);
}

static int by_count(const void *a, const void *b) /* nobody requests process ids */
{
    return by_priority(a, b);
}

void pressure_rank(struct pressure_pod *pods, size_t n, enum pressure_signal s)
{
    qsort(pods, n, sizeof(*pods), s == PRESSURE_PIDS ? by_count : by_excess);
}

void pressure_print_bytes(struct buf *out, int64_t bytes)
{
    static const char *const units[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
    size_t unit = 0;
    while (bytes && bytes % 1024 == 0 && unit + 1 < ARRAY_LEN(units)) {
        bytes /= 1024;
        unit++;
    }
    buf_fmt(out, "%lld%s", (long long)bytes, units[unit]);
}
