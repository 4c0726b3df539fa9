#include "probe/inside.h"

/* A container's probes. Each role has a worker: a timer, at most one question
 * under way, and a row of answers.
 *
 *   startup ──success──▶ on_started, then liveness and readiness begin
 *   startup or liveness ──failure──▶ on_dead; the set is at rest
 */

#define SET_BYTES_MAX (4 * 1024 * 1024)
#define ROLES         3

struct worker {
    struct probe_set *set;
    enum probe_role role;
    bool there;
    struct probe_options o;
    struct probe_row row;
    struct loop_timer timer;
    struct probe_call *call;
    int64_t asked_at;
};

struct probe_set {
    struct loop *loop;
    struct arena *mem;
    struct str address;
    struct probe_exec exec;
    struct probe_set_events events;
    struct worker workers[ROLES];
    int64_t container_at; /* loop time of the container's start */
    bool started, ready, health_off, busy, dead;
};

static void ask(void *ctx);

static void worker_stop(struct worker *w)
{
    loop_timer_stop(&w->timer);
    probe_call_cancel(w->call);
    w->call = NULL;
}

static void set_rest(struct probe_set *s)
{
    for (int i = 0; i < ROLES; i++)
        worker_stop(&s->workers[i]);
}

static void set_done(struct probe_set *s)
{
    set_rest(s);
    arena_free(s->mem);
    mem_free(s);
}

struct probe_set *probe_set_free(struct probe_set *s)
{
    if (!s)
        return NULL;
    s->dead = true;
    if (s->busy)
        set_rest(s);
    else
        set_done(s);
    return NULL;
}

/* When the timer itself cannot be had (no memory), the worker stays silent; the next restart of the container begins anew. */
static void wait_for(struct worker *w, int64_t ms)
{
    int r = loop_timer_start(w->set->loop, &w->timer, ms, ask, w);
    (void)r;
}

static void worker_begin(struct worker *w)
{
    struct probe_set *s = w->set;
    if (w->there && !(s->health_off && w->role != PROBE_READINESS))
        wait_for(w, MAX(s->container_at + w->o.initial_delay_ms - loop_now(s->loop), 0));
}

static void begin_after_startup(struct probe_set *s)
{
    worker_begin(&s->workers[PROBE_LIVENESS]);
    worker_begin(&s->workers[PROBE_READINESS]);
}

static void ready_change(struct probe_set *s, bool ready)
{
    if (s->ready == ready)
        return;
    s->ready = ready;
    s->events.on_ready(s->events.ctx, ready);
}

/* What the row of answers has come to. */
static void verdict(struct worker *w, int outcome, const char *message)
{
    struct probe_set *s = w->set;
    if (outcome == PROBE_ROW_GOES_ON)
        return;
    bool good = outcome == PROBE_ROW_SUCCESS;
    if (w->role == PROBE_READINESS) {
        ready_change(s, good);
    } else if (!good) {
        set_rest(s);
        w->there = false;
        s->events.on_dead(s->events.ctx, w->role, message);
    } else if (w->role == PROBE_STARTUP && !s->started) {
        s->started = true;
        worker_stop(w);
        w->there = false;
        begin_after_startup(s);
        if (s->events.on_started)
            s->events.on_started(s->events.ctx);
    }
}

static void on_answer(void *ctx, enum probe_answer answer, const char *message)
{
    struct worker *w = ctx;
    struct probe_set *s = w->set;
    w->call = NULL;
    /* A question that took longer than the period is followed by the next at once. */
    wait_for(w, MAX(w->asked_at + w->o.period_ms - loop_now(s->loop), 0));
    s->busy = true;
    if (answer != PROBE_SUCCESS && s->events.on_failure)
        s->events.on_failure(s->events.ctx, w->role, answer, message);
    if (!s->dead)
        verdict(w, probe_row_add(&w->row, &w->o, answer), message);
    s->busy = false;
    if (s->dead)
        set_done(s);
}

static void ask(void *ctx)
{
    struct worker *w = ctx;
    struct probe_set *s = w->set;
    struct err err;
    w->asked_at = loop_now(s->loop);
    if (probe_ask(&w->call, s->loop, &w->o, s->address.p, &s->exec, on_answer, w, &err) < 0) {
        w->call = NULL;
        on_answer(w, PROBE_ERROR, err.text);
    }
}

static int worker_make(struct probe_set *s, enum probe_role role, const struct probe_options *o)
{
    struct worker *w = &s->workers[role];
    w->set = s;
    w->role = role;
    w->there = o != NULL;
    return o ? options_copy(s->mem, o, &w->o) : 0;
}

int probe_set_new(struct probe_set **out, struct loop *l, const struct probe_set_options *o, const struct probe_set_events *e, struct err *err)
{
    struct probe_set *s = mem_alloc(sizeof(*s));
    if (!s)
        return err_raise(err, -ENOMEM, "no memory for probes");
    s->loop = l;
    s->events = *e;
    s->exec = o->exec;
    s->container_at = loop_now(l) - o->started_ms_ago;
    s->started = !o->startup || o->started;
    s->ready = o->readiness && o->ready;
    int r = arena_new(&s->mem, SET_BYTES_MAX);
    if (r == 0)
        r = arena_str(s->mem, str_of(o->address ? o->address : "127.0.0.1"), &s->address);
    if (r == 0)
        r = worker_make(s, PROBE_STARTUP, s->started ? NULL : o->startup);
    if (r == 0)
        r = worker_make(s, PROBE_LIVENESS, o->liveness);
    if (r == 0)
        r = worker_make(s, PROBE_READINESS, o->readiness);
    if (r < 0) {
        set_done(s);
        return err_raise(err, r, "no memory for probes");
    }
    if (s->started)
        begin_after_startup(s);
    else
        worker_begin(&s->workers[PROBE_STARTUP]);
    *out = s;
    return 0;
}

void probe_set_stop_health(struct probe_set *s)
{
    s->health_off = true;
    worker_stop(&s->workers[PROBE_STARTUP]);
    worker_stop(&s->workers[PROBE_LIVENESS]);
}

bool probe_set_started(const struct probe_set *s)
{
    return s->started;
}

bool probe_set_ready(const struct probe_set *s)
{
    return s->started && (!s->workers[PROBE_READINESS].there || s->ready);
}
