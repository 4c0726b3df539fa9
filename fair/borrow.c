/* How many seats each level has: its share of the server's, and what levels lend each other. */
#include "fair/inside.h"

#include <math.h>

#define SMOOTHING     0.977 /* weight of what was, each period */
#define WIDTH_PERCENT 15    /* of a level's seats that one request may take */
#define TARGET_MIN    0.001

unsigned fair_list_seats(size_t objects)
{
    return (unsigned)MIN((objects + 99) / 100, (size_t)UINT16_MAX);
}

/* ── demand ── */

void borrow_demand(struct level *l, int64_t now)
{
    double since = (double)(now - l->demand_since) / 1e9;
    if (since > 0) {
        l->demand_area += since * l->demand;
        l->demand_square += since * l->demand * l->demand;
        l->demand_since = now;
    }
    l->demand = l->seats + l->waiting_seats;
    l->high_water = MAX(l->high_water, l->demand);
}

static void period_end(struct level *l, int64_t now)
{
    borrow_demand(l, now);
    double all = (double)(now - l->period_since) / 1e9;
    l->average = all > 0 ? l->demand_area / all : l->demand;
    double variance = all > 0 ? l->demand_square / all - l->average * l->average : 0;
    l->deviation = variance > 0 ? sqrt(variance) : 0;
    double envelope = MIN(l->average + l->deviation, (double)l->high_water);
    l->smoothed = MAX(envelope, SMOOTHING * l->smoothed + (1 - SMOOTHING) * envelope);
    l->high_water_told = l->high_water;
    l->high_water = l->demand;
    l->demand_area = l->demand_square = 0;
    l->period_since = l->demand_since = now;
}

/* ── limits ── */

static int needed(const struct level *l)
{
    if (l->exempt)
        return MAX(l->least, l->high_water_told);
    return MAX(l->least, MIN(l->nominal, l->high_water_told));
}

static double clamped(const struct level *l, double fraction)
{
    return MIN(MAX(fraction * MAX(l->target, TARGET_MIN), (double)needed(l)), (double)l->most);
}

static double sum_at(const struct fair *f, double fraction)
{
    double sum = 0;
    LIST_EACH (l, &f->levels, struct level, link)
        sum += l->exempt ? 0 : clamped(l, fraction);
    return sum;
}

/* The fraction of its target that each level gets, within its bounds, so that together they have `all` seats. */
static double fraction_of(const struct fair *f, double all)
{
    double low = 0, high = 1;
    while (sum_at(f, high) < all && high < 1e9)
        high *= 2;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (sum_at(f, middle) < all)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void allot(struct fair *f)
{
    double left = f->nominal_sum, least = 0, need = 0;
    LIST_EACH (l, &f->levels, struct level, link) {
        l->target = MAX((double)needed(l), l->smoothed);
        if (l->exempt) {
            l->limit = needed(l);
            left -= l->limit;
        } else {
            least += l->least;
            need += needed(l);
        }
    }
    f->fair_fraction = left > need ? fraction_of(f, left) : 0;
    double part = need > least && left > least ? MIN((left - least) / (need - least), 1.0) : 0;
    LIST_EACH (l, &f->levels, struct level, link) {
        if (l->exempt)
            continue;
        double seats = f->fair_fraction > 0 ? clamped(l, f->fair_fraction) : l->least + (needed(l) - l->least) * part;
        l->limit = (int)lround(seats);
    }
}

void borrow_limits(struct fair *f)
{
    int64_t shares = 0;
    LIST_EACH (l, &f->levels, struct level, link)
        shares += l->shares;
    f->nominal_sum = 0;
    LIST_EACH (l, &f->levels, struct level, link) {
        int before = l->nominal;
        l->nominal = shares ? (int)ceil((double)f->seats * (double)l->shares / (double)shares) : 0;
        int lends = (int)lround((double)l->nominal * (double)l->lendable / 100);
        l->least = l->nominal - lends;
        l->most = l->borrowing < 0 ? l->nominal + (int)f->seats
                                   : (int)MIN(l->nominal + lround((double)l->nominal * (double)l->borrowing / 100), (long)INT32_MAX / 2);
        unsigned width = (unsigned)MAX(MIN((l->nominal * WIDTH_PERCENT + 99) / 100, l->nominal / (int)l->hand), 1);
        l->width = l->exempt || l->rejects ? WIDTH_MAX : MIN(width, (unsigned)WIDTH_MAX);
        if (!before)
            l->limit = l->nominal - lends / 2;
        f->nominal_sum += l->nominal;
    }
    allot(f);
}

void fair_adjust(struct fair *f, int64_t now_ns)
{
    f->now = MAX(f->now, now_ns);
    LIST_EACH (l, &f->levels, struct level, link)
        period_end(l, f->now);
    allot(f);
    LIST_EACH (l, &f->levels, struct level, link)
        queue_dispatch(l);
}
