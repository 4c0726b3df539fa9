#include "measure/inside.h"

#include <math.h>

/* How far apart: what nodes told, the means of their sites, and how times are written. */

int measure_time_parse(struct str text, int64_t *ns)
{
    static const struct {
        const char *unit;
        int64_t ns;
    } units[] = {{"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}};
    double number;
    size_t digits = 0;
    while (digits < text.n && ((text.p[digits] >= '0' && text.p[digits] <= '9') || text.p[digits] == '.'))
        digits++;
    struct str unit = str_from(text, digits);
    if (!digits || digits > 18 || str_to_double(str_head(text, digits), &number) < 0)
        return -EINVAL;
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_is(unit, units[i].unit) || (!unit.n && i == 0)) {
            number *= (double)units[i].ns;
            if (!(number <= 3600e9))
                return -EINVAL;
            *ns = (int64_t)number;
            return 0;
        }
    return -EINVAL;
}

void measure_time_print(int64_t ns, struct buf *out)
{
    buf_fmt(out, "%lldus", (long long)MAX((ns + 500) / 1000, (int64_t)1));
}

int64_t measure_points(int64_t ns)
{
    double points = 100 - 20 * log10((double)MAX(ns, (int64_t)1) / 10000);
    return ns < 0 ? 0 : (int64_t)MAX(MIN(points, 100.0), 0.0);
}

/* ── sites ── */

static bool between_key(const struct place *a, const struct place *b, struct buf *key)
{
    if (!a->site || !b->site || !a->site[0] || !b->site[0])
        return false;
    bool turned = strcmp(a->site, b->site) > 0;
    buf_fmt(key, "%s\n%s", turned ? b->site : a->site, turned ? a->site : b->site);
    return buf_error(key) == 0;
}

static int between_add(struct measure *m, const struct place *a, const struct place *b, int64_t ns, int sign)
{
    SCOPED_BUF key = BUF_INIT(2048);
    if (!between_key(a, b, &key))
        return buf_error(&key) == -ENOMEM ? -ENOMEM : 0;
    struct between *x = map_get(&m->sites, buf_view(&key));
    if (!x && sign < 0)
        return 0; /* there was no memory for it as it came */
    if (!x) {
        x = mem_alloc(sizeof(*x));
        if (x)
            x->key = mem_text(key.p, key.n);
        if (!x || !x->key || map_put(&m->sites, str_of(x->key), x) < 0) {
            mem_free(x ? x->key : NULL);
            mem_free(x);
            return -ENOMEM;
        }
    }
    x->sum += sign * ns;
    x->n += (uint32_t)sign;
    if (x->n == 0) {
        map_del(&m->sites, str_of(x->key));
        mem_free(x->key);
        mem_free(x);
    }
    return 0;
}

/* A place is about to get another site, or has got it: what it and others measured counts for other pairs. */
static int resite(struct measure *m, struct place *p, int sign)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < p->n_trips; i++)
        r = between_add(m, p, p->trips[i].to, p->trips[i].ns, sign);
    if (!p->refs)
        return r;
    MAP_EACH (slot, &m->places) {
        const struct place *q = slot->value;
        for (size_t i = 0; r == 0 && q != p && i < q->n_trips; i++)
            if (q->trips[i].to == p)
                r = between_add(m, q, p, q->trips[i].ns, sign);
    }
    return r;
}

int site_set(struct measure *m, struct place *p, struct str site)
{
    char *copy;
    if (str_eq(str_of(p->site), site))
        return 0;
    copy = mem_text(site.p, site.n);
    if (!copy)
        return -ENOMEM;
    int r = resite(m, p, -1);
    mem_free(p->site);
    p->site = copy;
    return r < 0 ? r : resite(m, p, 1);
}

/* ── trips ── */

void trips_drop(struct measure *m, struct place *p)
{
    for (size_t i = 0; i < p->n_trips; i++) {
        (void)!between_add(m, p, p->trips[i].to, p->trips[i].ns, -1);
        place_drop(m, p->trips[i].to);
    }
    p->trips = mem_free(p->trips);
    p->n_trips = 0;
}

int trips_read(struct measure *m, struct place *p, struct str text)
{
    struct str rest = text, piece = STR_NONE, name, time;
    trips_drop(m, p);
    if (!text.n)
        return 0;
    p->trips = mem_alloc(MEASURE_PEERS_MAX * sizeof(*p->trips));
    if (!p->trips)
        return -ENOMEM;
    while (p->n_trips < MEASURE_PEERS_MAX && str_next(&rest, ',', &piece)) {
        struct trip t = {0};
        if (!str_cut(str_trim(piece), '=', &name, &time) || !name.n || name.n > 253 || str_is(name, p->name) || measure_time_parse(time, &t.ns) < 0)
            continue; /* whoever wrote it meant something else: nothing is known of this one */
        t.to = place_get(m, name);
        int r = t.to ? between_add(m, p, t.to, t.ns, 1) : -ENOMEM;
        if (r < 0) {
            if (t.to)
                place_drop(m, t.to);
            return r;
        }
        p->trips[p->n_trips++] = t;
    }
    return 0;
}

static const struct trip *trip_to(const struct place *from, const struct place *to)
{
    for (size_t i = 0; i < from->n_trips; i++)
        if (from->trips[i].to == to)
            return &from->trips[i];
    return NULL;
}

int64_t places_apart(const struct measure *m, const struct place *a, const struct place *b)
{
    SCOPED_BUF key = BUF_INIT(2048);
    const struct trip *t = trip_to(a, b);
    if (!a->known || !b->known)
        return -1; /* a node that is gone, with pods that have not gone after it yet */
    if (a == b)
        return 0;
    if (!t)
        t = trip_to(b, a);
    if (t)
        return t->ns;
    const struct between *x = between_key(a, b, &key) ? map_get(&m->sites, buf_view(&key)) : NULL;
    return x ? x->sum / x->n : -1;
}

int64_t measure_rtt(const struct measure *m, struct str from, struct str to)
{
    const struct place *a = map_get(&m->places, from), *b = map_get(&m->places, to);
    return a && b ? places_apart(m, a, b) : -1;
}
