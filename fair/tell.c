/* What people look at: metrics and the tables of /debug/api_priority_and_fairness/. */
#include "fair/inside.h"

const double fair_seconds[] = {0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, -1};
const double fair_seats_bounds[] = {1, 2, 4, 10, -1};
const double fair_lengths[] = {0, 10, 25, 50, 100, 250, 500, 1000, -1};

/* The bounds end with -1; one place more is for what is above all. */
void histogram_add(struct histogram *h, const double *bounds, double v)
{
    size_t i = 0;
    while (bounds[i] >= 0 && v > bounds[i])
        i++;
    h->at[i]++;
    h->n++;
    h->sum += v;
}

/* ── metrics ── */

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
    buf_fmt(b, "# HELP apiserver_flowcontrol_%s %s\n# TYPE apiserver_flowcontrol_%s %s\n", name, help, name, type);
}

struct level_metric {
    const char *name, *type, *help;
    double (*of)(const struct level *l);
};
#define LEVEL_FIELD(field) \
    static double of_##field(const struct level *l) \
    { \
        return (double)l->field; \
    }
LEVEL_FIELD(nominal)
LEVEL_FIELD(least)
LEVEL_FIELD(most)
LEVEL_FIELD(limit)
LEVEL_FIELD(high_water_told)
LEVEL_FIELD(average)
LEVEL_FIELD(deviation)
LEVEL_FIELD(smoothed)
LEVEL_FIELD(target)

static const struct level_metric level_metrics[] = {
    {"nominal_limit_seats", "gauge", "Seats of each priority level as configured.", of_nominal},
    {"lower_limit_seats", "gauge", "Seats a priority level keeps, whatever others need.", of_least},
    {"upper_limit_seats", "gauge", "Most seats a priority level may have.", of_most},
    {"current_limit_seats", "gauge", "Seats a priority level has now.", of_limit},
    {"demand_seats_high_watermark", "gauge", "Most seats wanted at once in the last period.", of_high_water_told},
    {"demand_seats_average", "gauge", "Seats wanted in the last period, on average over time.", of_average},
    {"demand_seats_stdev", "gauge", "Standard deviation of the seats wanted in the last period.", of_deviation},
    {"demand_seats_smoothed", "gauge", "Seats wanted, smoothed over periods.", of_smoothed},
    {"target_seats", "gauge", "Seats a priority level would get if there were enough.", of_target},
};

static void labels(const struct schema *s, struct buf *b)
{
    buf_fmt(b, "flow_schema=\"%.*s\",priority_level=\"%.*s\"", STR_FMT(s->name), STR_FMT(s->level->name));
}

static void histogram_print(struct buf *b, const char *name, const struct schema *s, const char *more, const struct histogram *h,
                            const double *bounds)
{
    uint64_t all = 0;
    for (size_t i = 0; bounds[i] >= 0; i++) {
        all += h->at[i];
        buf_fmt(b, "apiserver_flowcontrol_%s_bucket{", name);
        labels(s, b);
        buf_fmt(b, "%s,le=\"%g\"} %llu\n", more, bounds[i], (unsigned long long)all);
    }
    buf_fmt(b, "apiserver_flowcontrol_%s_bucket{", name);
    labels(s, b);
    buf_fmt(b, "%s,le=\"+Inf\"} %llu\napiserver_flowcontrol_%s_sum{", more, (unsigned long long)h->n, name);
    labels(s, b);
    buf_fmt(b, "%s} %g\napiserver_flowcontrol_%s_count{", more, h->sum, name);
    labels(s, b);
    buf_fmt(b, "%s} %llu\n", more, (unsigned long long)h->n);
}

struct gauge {
    const char *name, *help;
    size_t at;
};
static const struct gauge gauges[] = {
    {"current_inqueue_requests", "Requests waiting for a seat.", offsetof(struct stats, waiting)},
    {"current_inqueue_seats", "Seats they wait for.", offsetof(struct stats, waiting_seats)},
    {"current_executing_requests", "Requests under way; of watches, those that are being set up.", offsetof(struct stats, executing)},
    {"current_executing_seats", "Seats they have.", offsetof(struct stats, executing_seats)},
};
static const char *const reasons[REFUSALS] = {NULL, "queue-full", "concurrency-limit", "time-out", "cancelled"};

static void schema_counters(const struct fair *f, struct buf *b)
{
    for (size_t g = 0; g < ARRAY_LEN(gauges); g++) {
        head(b, gauges[g].name, "gauge", gauges[g].help);
        for (size_t i = 0; i < f->n_schemas; i++) {
            int v;
            memcpy(&v, (const char *)f->schemas[i]->stats + gauges[g].at, sizeof(v));
            buf_fmt(b, "apiserver_flowcontrol_%s{", gauges[g].name);
            labels(f->schemas[i], b);
            buf_fmt(b, "} %d\n", v);
        }
    }
    head(b, "dispatched_requests_total", "counter", "Requests that were served.");
    for (size_t i = 0; i < f->n_schemas; i++) {
        buf_text(b, "apiserver_flowcontrol_dispatched_requests_total{");
        labels(f->schemas[i], b);
        buf_fmt(b, "} %lld\n", (long long)f->schemas[i]->stats->dispatched);
    }
    head(b, "rejected_requests_total", "counter", "Requests that were refused, by reason.");
    for (size_t i = 0; i < f->n_schemas; i++)
        for (int why = 1; why < REFUSALS; why++) {
            if (!f->schemas[i]->stats->rejected[why])
                continue;
            buf_text(b, "apiserver_flowcontrol_rejected_requests_total{");
            labels(f->schemas[i], b);
            buf_fmt(b, ",reason=\"%s\"} %lld\n", reasons[why], (long long)f->schemas[i]->stats->rejected[why]);
        }
}

void fair_metrics(const struct fair *f, struct buf *b)
{
    for (size_t i = 0; i < ARRAY_LEN(level_metrics); i++) {
        const struct level_metric *m = &level_metrics[i];
        head(b, m->name, m->type, m->help);
        LIST_EACH (l, &f->levels, struct level, link)
            buf_fmt(b, "apiserver_flowcontrol_%s{priority_level=\"%.*s\"} %g\n", m->name, STR_FMT(l->name), m->of(l));
    }
    head(b, "seat_fair_frac", "gauge", "Part of its target each priority level gets.");
    buf_fmt(b, "apiserver_flowcontrol_seat_fair_frac %g\n", f->fair_fraction);
    schema_counters(f, b);
    head(b, "request_wait_duration_seconds", "histogram", "Time from a request's arrival to its first turn, or to its refusal.");
    for (size_t i = 0; i < f->n_schemas; i++) {
        histogram_print(b, "request_wait_duration_seconds", f->schemas[i], ",execute=\"true\"", &f->schemas[i]->stats->wait, fair_seconds);
        histogram_print(b, "request_wait_duration_seconds", f->schemas[i], ",execute=\"false\"", &f->schemas[i]->stats->wait_refused, fair_seconds);
    }
    head(b, "request_execution_seconds", "histogram", "Time a request was under way; of a watch, until it was set up.");
    for (size_t i = 0; i < f->n_schemas; i++)
        histogram_print(b, "request_execution_seconds", f->schemas[i], "", &f->schemas[i]->stats->execution, fair_seconds);
    head(b, "work_estimated_seats", "histogram", "Seats a request was given.");
    for (size_t i = 0; i < f->n_schemas; i++)
        histogram_print(b, "work_estimated_seats", f->schemas[i], "", &f->schemas[i]->stats->seats, fair_seats_bounds);
    head(b, "request_queue_length_after_enqueue", "histogram", "Length of the queue a request was put into.");
    for (size_t i = 0; i < f->n_schemas; i++)
        histogram_print(b, "request_queue_length_after_enqueue", f->schemas[i], "", &f->schemas[i]->stats->length, fair_lengths);
}

/* ── tables ── */

static void dump_levels(const struct level *l, struct buf *b)
{
    unsigned active = 0;
    for (unsigned i = 0; i < l->n_queue; i++)
        active += l->queue[i] && l->queue[i]->n_waiting;
    buf_fmt(b, "%.*s,\t%u,\t%s,\t%s,\t%d,\t%d,\t%lld,\t%lld,\t%lld,\t%lld\n", STR_FMT(l->name), active, l->tickets ? "false" : "true",
            l->quiescing ? "true" : "false", l->waiting, l->executing, (long long)l->dispatched, (long long)l->rejected, (long long)l->timed_out,
            (long long)l->cancelled);
}

static void dump_queues(const struct level *l, struct buf *b)
{
    for (unsigned i = 0; i < l->queues && !l->exempt && !l->rejects; i++) {
        static const struct queue none;
        const struct queue *q = l->queue[i] ? l->queue[i] : &none;
        buf_fmt(b, "%.*s,\t%u,\t%zu,\t%d,\t%d,\t%.8fss,\t%d,\t%d,\t%.8fss\n", STR_FMT(l->name), i, q->n_waiting, q->executing, q->seats,
                (double)q->work / 1e6, q->waiting_seats, q->waiting_seats, (double)q->waiting_seats * GUESS_US / 1e6);
    }
}

struct clocks {
    int64_t now_ns, wall_s;
};

static void moment(const struct clocks *c, int64_t at_ns, struct buf *b)
{
    char text[48];
    int64_t ns = c->wall_s * 1000000000 - (c->now_ns - at_ns);
    time_fmt_rfc3339_nano(text, ns / 1000000000, (int32_t)(ns % 1000000000));
    buf_text(b, at_ns ? text : "0001-01-01T00:00:00Z");
}

static void dump_tickets(const struct queue *q, const struct list *of, bool waiting, const struct clocks *c, struct buf *b)
{
    int at = 0;
    LIST_EACH (t, of, struct fair_ticket, link) {
        bool queued = !q->level->exempt && !q->level->rejects;
        buf_fmt(b, "%.*s,\t%.*s,\t%d,\t%d,\t%s,\t", STR_FMT(q->level->name), STR_FMT(t->schema->name), queued ? (int)q->index : -1,
                waiting ? at++ : -1, t->by);
        moment(c, t->entered, b);
        buf_fmt(b, ",\t%d,\t0,\t0s,\t", t->seats);
        moment(c, t->begun ? t->started : 0, b);
        buf_char(b, '\n');
    }
}

void fair_dump(const struct fair *f, enum fair_table which, int64_t now_ns, int64_t wall_s, struct buf *out)
{
    static const char *const heads[] = {
        [FAIR_LEVELS] = "PriorityLevelName,\tActiveQueues,\tIsIdle,\tIsQuiescing,\tWaitingRequests,\tExecutingRequests,\tDispatchedRequests,\t"
                        "RejectedRequests,\tTimedoutRequests,\tCancelledRequests\n",
        [FAIR_QUEUES] = "PriorityLevelName,\tIndex,\tPendingRequests,\tExecutingRequests,\tSeatsInUse,\tNextDispatchR,\tInitialSeatsSum,\t"
                        "MaxSeatsSum,\tTotalWorkSum\n",
        [FAIR_REQUESTS] = "PriorityLevelName,\tFlowSchemaName,\tQueueIndex,\tRequestIndexInQueue,\tFlowDistingsher,\tArriveTime,\t"
                          "InitialSeats,\tFinalSeats,\tAdditionalLatency,\tStartTime\n",
    };
    const struct clocks c = {now_ns, wall_s};
    buf_text(out, heads[which]);
    LIST_EACH (l, &f->levels, struct level, link) {
        if (which == FAIR_LEVELS)
            dump_levels(l, out);
        if (which == FAIR_QUEUES)
            dump_queues(l, out);
        for (unsigned i = 0; which == FAIR_REQUESTS && i < l->n_queue; i++) {
            const struct queue *q = l->queue[i];
            if (!q)
                continue;
            dump_tickets(q, &q->waiting, true, &c, out);
            dump_tickets(q, &q->ready, false, &c, out);
            dump_tickets(q, &q->resting, false, &c, out);
        }
    }
}
