#include "meter/meter.h"

#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards the lists, not the numbers */
static struct meter *first, **last = &first;

static void register_locked(struct meter *m)
{
    if (m->registered)
        return;
    m->registered = true;
    *last = m;
    last = &m->next;
}

void meter_register(struct meter *m)
{
    pthread_mutex_lock(&lock);
    register_locked(m);
    pthread_mutex_unlock(&lock);
}

static struct meter_series *series_find(struct meter *m, const char *labels)
{
    for (struct meter_series *s = m->series; s; s = s->next)
        if (strcmp(s->labels, labels) == 0)
            return s;
    return NULL;
}

struct meter_series *meter_series(struct meter *m, const char *fmt, ...)
{
    static struct meter_series nowhere; /* when there is no memory for even the first series */
    char labels[sizeof(((struct meter_series *)NULL)->labels)];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(labels, sizeof(labels), fmt, ap);
    va_end(ap);
    pthread_mutex_lock(&lock);
    register_locked(m);
    if (n < 0 || n >= (int)sizeof(labels) || (m->n_series >= METER_SERIES_MAX && !series_find(m, labels)))
        snprintf(labels, sizeof(labels), "other=\"true\"");
    struct meter_series *s = series_find(m, labels);
    if (!s && (s = mem_alloc(sizeof(*s)))) {
        memcpy(s->labels, labels, sizeof(labels));
        s->next = m->series;
        m->series = s;
        m->n_series++;
    }
    pthread_mutex_unlock(&lock);
    return s ? s : &nowhere;
}

void meter_add(struct meter_series *s, int64_t by)
{
    atomic_fetch_add_explicit(&s->value, by, memory_order_relaxed);
}

void meter_set(struct meter_series *s, int64_t value)
{
    atomic_store_explicit(&s->value, value, memory_order_relaxed);
}

void meter_observe(const struct meter *m, struct meter_series *s, double seconds)
{
    size_t i = 0;
    while (i < METER_BUCKETS_MAX && m->bounds[i] > 0 && seconds > m->bounds[i])
        i++;
    if (i < METER_BUCKETS_MAX && m->bounds[i] > 0)
        atomic_fetch_add_explicit(&s->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->sum_micro, (int64_t)(seconds * 1e6), memory_order_relaxed);
}

static void print_histogram(const struct meter *m, struct meter_series *s, struct buf *out)
{
    const char *comma = s->labels[0] ? "," : "";
    int64_t total = 0;
    for (size_t i = 0; i < METER_BUCKETS_MAX && m->bounds[i] > 0; i++) {
        total += s->buckets[i];
        buf_fmt(out, "%s_bucket{%s%sle=\"%g\"} %lld\n", m->name, s->labels, comma, m->bounds[i], (long long)total);
    }
    buf_fmt(out, "%s_bucket{%s%sle=\"+Inf\"} %lld\n", m->name, s->labels, comma, (long long)s->count);
    buf_fmt(out, "%s_sum{%s} %.6f\n", m->name, s->labels, (double)s->sum_micro / 1e6);
    buf_fmt(out, "%s_count{%s} %lld\n", m->name, s->labels, (long long)s->count);
}

static void print_value(const struct meter *m, int64_t n, struct buf *out)
{
    if (m->scale > 1 && n % m->scale)
        buf_fmt(out, "%.3f\n", (double)n / (double)m->scale);
    else
        buf_fmt(out, "%lld\n", (long long)(m->scale > 1 ? n / m->scale : n));
}

void meter_print(struct buf *out)
{
    static const char *const kinds[] = {"counter", "gauge", "histogram"};
    pthread_mutex_lock(&lock);
    for (struct meter *m = first; m; m = m->next) {
        buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", m->name, m->help, m->name, kinds[m->kind]);
        for (struct meter_series *s = m->series; s; s = s->next) {
            if (m->kind == METER_HISTOGRAM)
                print_histogram(m, s, out);
            else if (s->labels[0])
                buf_fmt(out, "%s{%s} ", m->name, s->labels);
            else
                buf_fmt(out, "%s ", m->name);
            if (m->kind != METER_HISTOGRAM)
                print_value(m, s->value, out);
        }
    }
    pthread_mutex_unlock(&lock);
}
