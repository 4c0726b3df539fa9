/* Whose turn it is: requests get tickets of `fair` as they arrive, and have the thread in the order it says. */
#include "api/inside.h"
#include "fair/fair.h"
#include "http/http.h"
#include "log/log.h"

#define WAIT_MS  15000 /* for a seat: a quarter of a request's time */
#define SWEEP_MS 1000
#define BYTE_NS  2 /* what http will yet do with a byte it was given: encryption and the kernel's copy, about */

/* ── turns ── */

/* Who had the turn from `at` to `now` pays for no more than this thread has worked since `spent`, less the `earlier` turns': what kept it off
 * its processor is not the client's doing, and paid for would make a quiet one wait until a hot one has had as much. Asked of long turns only. */
static int64_t turn_cost(struct api *a, int64_t took, int64_t earlier, int64_t spent)
{
    if (took <= a->limits.turn_ns)
        return took;
    return MIN(took, MAX(loop_spent_ns(a->loop) - spent - earlier, 0));
}

static void take_turns(void *ctx)
{
    struct api *a = ctx;
    void (*run)(void *run_ctx), *run_ctx;
    a->turning = true;
    int64_t spent = loop_spent_ns(a->loop), first = loop_now_ns(a->loop), begin = first, at = first;
    while (at - begin < a->limits.turn_ns && fair_next(a->fair, at, &run, &run_ctx)) {
        a->sent = 0;
        a->until = at + a->limits.turn_ns;
        run(run_ctx);
        a->current = NULL;
        int64_t now = loop_now_ns(a->loop);
        fair_charge(a->fair, turn_cost(a, now - at, at - first, spent) + (int64_t)a->sent * BYTE_NS);
        begin -= (int64_t)a->sent * BYTE_NS;
        at = now;
    }
    a->turning = false;
    turns_wanted(a);
    api_end_if_over(a);
}

void turns_wanted(struct api *a)
{
    if (!a->turn.queued && fair_wanted(a->fair))
        loop_defer(a->loop, &a->turn, take_turns, a);
}

bool turn_over(struct api *a)
{
    return loop_now_ns(a->loop) + (int64_t)a->sent * BYTE_NS >= a->until;
}

void turn_again(struct api *a, struct fair_ticket *t, void (*run)(void *ctx), void *ctx)
{
    fair_again(t, run, ctx);
    turns_wanted(a);
}

/* ── entering ── */

static void sweep_later(struct api *a);

static bool names_any(struct str s, const char *const *list)
{
    for (; *list; list++)
        if (str_is(s, *list))
            return true;
    return false;
}

/* What goes on for as long as its client likes is not counted, and has its own ceilings. */
static bool is_long(const struct apireq_route *r)
{
    static const char *const streams[] = {"attach", "exec", "log", "portforward", "proxy", NULL};
    return r->is_resource && (names_any(r->subresource, streams) || str_is(r->verb_text, "proxy"));
}

/* Objects it will look at. */
static size_t looks_at(struct call *c)
{
    const struct apireq_route *r = &c->route;
    struct str query = http_req_query(c->q), prefix;
    SCOPED_BUF b = BUF_INIT(64);
    int64_t limit = 0;
    bool watch = r->verb == APIREQ_WATCH;
    if (!r->is_resource || (r->verb != APIREQ_LIST && !watch) || r->name.n)
        return 1;
    if (watch && str_find(query, STR("sendInitialEvents=true")) < 0 && http_query_get(query, "resourceVersion", &b) && buf_view(&b).n &&
        !str_is(buf_view(&b), "0"))
        return 1;
    const struct schema_resource *res = schema_resource_take(r->group, r->version, r->resource);
    size_t n = 1;
    if (res && query_prefix(c->a, res, r->ns, &prefix) == 0) {
        struct store_snapshot *now = store_snapshot(c->api->store);
        n = store_count(now, prefix);
        store_snapshot_unref(now);
    }
    schema_resource_put(res);
    buf_clear(&b);
    if (!watch && str_find(query, STR("limit=")) >= 0 && http_query_get(query, "limit", &b) && str_to_int(buf_view(&b), &limit) == 0 && limit > 0 &&
        str_find(query, STR("Selector=")) < 0)
        n = MIN(n, (size_t)limit);
    return n;
}

static void first_turn(void *ctx)
{
    struct call *c = ctx;
    int retry = fair_refused(c->ticket);
    if (!retry) {
        c->api->current = c;
        call_begin(c);
        return;
    }
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    call_headers(c, "text/plain; charset=utf-8", &h);
    call_header(&h, "x-content-type-options", STR("nosniff"));
    call_header(&h, "retry-after", arena_fmt(c->a, "%d", retry));
    buf_text(&b, "Too many requests, please try again later.\n");
    call_bytes(c, 429, &h, &b);
}

void call_enter(struct call *c)
{
    struct api *a = c->api;
    if (is_long(&c->route)) {
        call_begin(c);
        return;
    }
    struct fair_ask ask = {
        .user = &c->user, .route = &c->route, .seats = fair_list_seats(looks_at(c)), .now_ns = loop_now_ns(a->loop), .run = first_turn, .ctx = c};
    c->ticket = fair_enter(a->fair, &ask);
    if (!c->ticket) {
        call_memory(c);
        return;
    }
    turns_wanted(a);
    a->asked = true;
    sweep_later(a);
}

void call_again(struct call *c, void (*run)(void *ctx), void *ctx)
{
    if (c->ticket)
        turn_again(c->api, c->ticket, run, ctx);
    else
        run(ctx); /* long ones have none, and nothing to hand out in slices */
}

/* ── configuration ── */

static int collect(struct api *a, struct arena *mem, const char *resource, struct value *list)
{
    const struct schema_resource *r = schema_resource_find(STR("flowcontrol.apiserver.k8s.io"), STR("v1"), str_of(resource));
    struct store_cursor at;
    struct str prefix;
    struct object *o;
    int e = r ? query_prefix(mem, r, STR_NONE, &prefix) : -ENOENT;
    if (e < 0)
        return e;
    struct store_snapshot *now = store_snapshot(a->store);
    store_cursor_start(&at, now, prefix, prefix);
    while (e == 0 && (o = store_cursor_next(&at)) != NULL) {
        struct value tree = {0};
        e = object_tree(mem, o, &tree, NULL);
        if (e == 0 && !value_add(mem, list, tree))
            e = -ENOMEM;
    }
    store_snapshot_unref(now);
    return e;
}

static void reopen(struct api *a);

static void on_change(void *ctx)
{
    struct api *a = ctx;
    for (size_t i = 0; i < ARRAY_LEN(a->fair_watches); i++)
        while (a->fair_watches[i] && store_watch_next(a->fair_watches[i]))
            ;
    reopen(a);
    SCOPED(arena) mem = NULL;
    struct value schemas = value_make_list(), levels = value_make_list();
    int r = arena_new(&mem, (size_t)256 * 1024 * 1024);
    if (r == 0)
        r = collect(a, mem, "flowschemas", &schemas);
    if (r == 0)
        r = collect(a, mem, "prioritylevelconfigurations", &levels);
    if (r == 0)
        r = fair_configure(a->fair, &schemas, &levels, loop_now_ns(a->loop));
    a->fair_stale = r < 0; /* tried again while somebody asks */
    turns_wanted(a);
}

static void on_wake(void *ctx)
{
    struct api *a = ctx;
    loop_defer(a->loop, &a->fair_change, on_change, a); /* many at once are one change */
}

static int watch(struct api *a, const char *prefix, struct store_watch **w)
{
    int r = store_watch_new(w, a->store, str_of(prefix), store_revision(a->store), on_wake, a);
    while (r == 0 && store_watch_next(*w))
        ;
    return r > 0 ? -EIO : r;
}

/* One that fell behind the log begins anew; what it missed is read right after. */
static void reopen(struct api *a)
{
    static const char *const prefixes[] = {"/registry/flowschemas/", "/registry/prioritylevelconfigurations/"};
    for (size_t i = 0; i < ARRAY_LEN(a->fair_watches); i++) {
        if (!a->fair_watches[i] || !store_watch_lost(a->fair_watches[i]))
            continue;
        a->fair_watches[i] = store_watch_free(a->fair_watches[i]);
        if (watch(a, prefixes[i], &a->fair_watches[i]) < 0)
            log_error("api", "changes of %s will not be seen", prefixes[i]);
    }
}

/* ── life ── */

static void sweep(void *ctx);

/* Only while somebody asks: an idle server sleeps. */
static void sweep_later(struct api *a)
{
    if (!loop_timer_active(&a->fair_sweep) && loop_timer_start(a->loop, &a->fair_sweep, SWEEP_MS, sweep, a) < 0)
        a->sweeps = 0; /* the next request tries again */
}

static void sweep(void *ctx)
{
    struct api *a = ctx;
    int64_t now = loop_now_ns(a->loop);
    if (a->fair_stale)
        on_change(a);
    size_t waiting = fair_expire(a->fair, now - (int64_t)WAIT_MS * 1000000);
    if (++a->sweeps >= FAIR_ADJUST_MS / SWEEP_MS) {
        a->sweeps = 0;
        fair_adjust(a->fair, now);
    }
    turns_wanted(a);
    if (a->asked || waiting || a->fair_stale)
        sweep_later(a);
    a->asked = false;
}

int turns_start(struct api *a, unsigned seats)
{
    int r = fair_new(&a->fair, seats);
    if (r == 0)
        r = watch(a, "/registry/flowschemas/", &a->fair_watches[0]);
    if (r == 0)
        r = watch(a, "/registry/prioritylevelconfigurations/", &a->fair_watches[1]);
    if (r == 0)
        on_change(a);
    return r;
}

void turns_stop(struct api *a)
{
    for (size_t i = 0; i < ARRAY_LEN(a->fair_watches); i++)
        a->fair_watches[i] = store_watch_free(a->fair_watches[i]);
    loop_timer_stop(&a->fair_sweep);
    loop_defer_cancel(&a->fair_change);
}

void turns_end(struct api *a)
{
    loop_defer_cancel(&a->turn);
    a->fair = fair_free(a->fair);
}

/* ── what people look at ── */

bool turns_path(struct call *c)
{
    static const struct {
        const char *name;
        enum fair_table which;
    } tables[] = {{"dump_priority_levels", FAIR_LEVELS}, {"dump_queues", FAIR_QUEUES}, {"dump_requests", FAIR_REQUESTS}};
    static const struct str folder = STR_INIT("/debug/api_priority_and_fairness/");
    struct call_headers h;
    if (!str_starts(c->route.path, folder))
        return false;
    struct str name = str_from(c->route.path, folder.n);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (!str_is(name, tables[i].name))
            continue;
        SCOPED_BUF b = BUF_INIT(0);
        fair_dump(c->api->fair, tables[i].which, loop_now_ns(c->api->loop), loop_wall(c->api->loop), &b);
        call_headers(c, "text/plain; charset=utf-8", &h);
        call_bytes(c, 200, &h, &b);
        return true;
    }
    return false;
}
