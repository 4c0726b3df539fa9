/* meter: counters, gauges and histograms, printed as Prometheus text.
 *
 * Metrics are registered once at start (static structs, never freed) and
 * touched from any thread with relaxed atomics. Labelled families hold a
 * bounded number of series; past METER_SERIES_MAX everything goes to one
 * series labelled "other", so that a client cannot grow our memory. */
#ifndef CORACLE_METER_H
#define CORACLE_METER_H

#include "base/base.h"

#define METER_SERIES_MAX  512
#define METER_BUCKETS_MAX 24

enum meter_kind { METER_COUNTER, METER_GAUGE, METER_HISTOGRAM };

struct meter_series {
    char labels[256];      /* verb="GET",code="200" */
    _Atomic int64_t value; /* counter, gauge */
    _Atomic int64_t buckets[METER_BUCKETS_MAX];
    _Atomic int64_t count, sum_micro;
    struct meter_series *next;
};

struct meter {
    const char *name, *help;
    enum meter_kind kind;
    const double *bounds; /* histogram: upper bounds, ended by 0 */
    int64_t scale;        /* gauge: its values are told as so many parts of one, 1000 at most; 0: whole */
    /* The rest is meter's own. */
    struct meter_series *series;
    unsigned n_series;
    struct meter *next;
    bool registered;
};
void meter_register(struct meter *m); /* before threads start; harmless twice */
/* The series with these labels (printed form, escaped by the caller when foreign), made when new. Never NULL. */
struct meter_series *meter_series(struct meter *m, const char *fmt, ...) PRINTF(2, 3);
void meter_add(struct meter_series *s, int64_t by);
void meter_set(struct meter_series *s, int64_t value);
void meter_observe(const struct meter *m, struct meter_series *s, double seconds);
void meter_print(struct buf *out); /* all registered, text format 0.0.4 */

#endif
