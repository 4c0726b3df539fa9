#include "scheduler/inside.h"

#include "meter/meter.h"

/* Scheduled events. Who is told of a placement reads it from the pod; the Event is a remark for people, so pods that wait for a decision go
 * first, as upstream's recorder has it, which is asynchronous, bounded (1,000) and limited by its client (50 a second). Here they wait in
 * order for a tick of EVENTS_TICK_MS. While few are bound a tick writes all that came; while more than EVENTS_FEW a tick are, no more than
 * that many are written: 500 a second; afterwards the rest, EVENTS_MANY a tick. Beyond EVENTS_MAX that wait, the newest are dropped and counted.
 * What waits when the scheduler ends is written then. Warnings (FailedScheduling, Preempted) are written at once: write.c. */

#define EVENTS_TICK_MS 20
#define EVENTS_FEW     10
#define EVENTS_MANY    40
#define EVENTS_MAX     8192

static struct meter dropped = {.name = "coracle_scheduler_events_dropped_total",
                               .help = "Scheduled events that were not written, since too many waited.",
                               .kind = METER_COUNTER};

void events_open(struct scheduler *s)
{
    list_init(&s->events);
    meter_register(&dropped);
}

static void write_first(struct scheduler *s)
{
    struct binding *b = CONTAINER_OF(s->events.next, struct binding, link);
    struct pod_name p = {b->ns, b->name, b->uid};
    arena_reset(s->scratch);
    write_event_at(s, &p, b->by, b->at_s, b->at_ns, "Scheduled", "Binding",
                   arena_fmt(s->scratch, "Successfully assigned %.*s/%.*s to %.*s", STR_FMT(b->ns), STR_FMT(b->name), STR_FMT(b->node)));
    list_del(&b->link);
    mem_free(b);
    s->n_events--;
}

static void tick(void *ctx)
{
    struct scheduler *s = ctx;
    size_t most = s->events_came > EVENTS_FEW ? EVENTS_FEW : EVENTS_MANY;
    s->events_came = 0;
    while (most-- && s->n_events)
        write_first(s);
    if (s->n_events && loop_timer_start(client_loop(s->client), &s->events_timer, EVENTS_TICK_MS, tick, s) < 0)
        return; /* the next that comes starts it */
}

void events_add(struct scheduler *s, struct binding *b)
{
    list_del(&b->link);
    if (s->n_events == EVENTS_MAX) {
        meter_add(meter_series(&dropped, "reason=\"Scheduled\""), 1);
        mem_free(b);
        return;
    }
    loop_wall_ns(client_loop(s->client), &b->at_s, &b->at_ns);
    list_add(&s->events, &b->link);
    s->n_events++;
    s->events_came++;
    if (!loop_timer_active(&s->events_timer) && loop_timer_start(client_loop(s->client), &s->events_timer, EVENTS_TICK_MS, tick, s) < 0)
        write_first(s);
}

void events_close(struct scheduler *s)
{
    loop_timer_stop(&s->events_timer);
    while (s->n_events)
        write_first(s);
}
