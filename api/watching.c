/* WATCH over HTTP or a WebSocket: a cursor, a filter and a reader. */
#include "api/inside.h"
#include "convert/convert.h"
#include "meter/meter.h"
#include "os/os.h"
#include "selector/selector.h"

#define WS_MESSAGE_MAX ((size_t)64 * 1024) /* of what a client says, which nobody reads */

struct watching {
    struct list link;
    struct api *api;
    struct person *person;
    struct http_req *q; /* one of the two */
    struct http_ws *ws;
    struct query_watch watch;
    struct arena *a; /* selectors; NULL without */
    struct form form;
    struct loop_timer timer;
    int64_t end, bookmark; /* monotonic ms; bookmark 0: none wanted */
    bool rows_begun;       /* a Table's columns have been sent */
    bool waiting;          /* the reader is behind: drained() comes */
    /* objects that a webhook converts */
    struct convert_line *line; /* NULL: none does */
    bool selects;              /* what was before matters, too */
    bool synced;               /* is to be told behind the line, at this revision: */
    int64_t synced_at;
    struct audited_watch *audited;
    struct fair_ticket *ticket; /* until what there was has been told; then NULL */
    uint64_t generation;        /* of the catalogue, when the definition was last looked for */
};

enum { HAD_PREVIOUS = 1, IS_GONE = 2 }; /* an item's tag */

static struct meter watchers = {.name = "apiserver_longrunning_requests", .help = "Watches open.", .kind = METER_GAUGE};

static void watching_free(struct watching *w)
{
    loop_timer_stop(&w->timer);
    auditing_watch_end(w->audited);
    fair_leave(w->ticket);
    turns_wanted(w->api);
    convert_line_free(w->line);
    query_watch_close(&w->watch);
    arena_free(w->a);
    schema_resource_put(w->form.res);
    if (w->person) {
        w->person->watches--;
        person_put(w->api, w->person);
    }
    w->api->watches--;
    meter_set(meter_series(&watchers, "verb=\"WATCH\""), w->api->watches);
    list_del(&w->link);
    struct api *a = w->api;
    os_slab_free(&a->watching_slab, w);
    api_end_if_over(a);
}

static bool full(const struct watching *w)
{
    return w->ws ? http_ws_full(w->ws) : http_req_full(w->q);
}

/* Takes the frame over. */
static void deliver(struct watching *w, struct form_frame *f)
{
    struct str bytes = str_make(f->bytes, f->n);
    w->api->sent += f->n;
    if (!w->ws) {
        http_reply_write(w->q, (struct http_bytes){.bytes = bytes, .release = form_frame_release, .owner = f});
        return;
    }
    if (http_ws_send(w->ws, w->form.format == OBJECT_PROTOBUF ? HTTP_WS_BINARY : HTTP_WS_TEXT, bytes) < 0)
        w->waiting = true;
    form_frame_unref(f);
}

static void finish(struct watching *w)
{
    if (w->ws) {
        struct http_ws *ws = w->ws;
        http_ws_close(ws, 1000, STR("")); /* on_gone frees */
        return;
    }
    struct http_req *q = w->q;
    http_req_set_data(q, NULL, NULL);
    http_req_on_drain(q, NULL);
    http_reply_end(q);
    watching_free(w);
}

static void finish_with(struct watching *w, const struct apireq_status *st)
{
    struct form_frame *f = form_frame_error(&w->form, st);
    if (f)
        deliver(w, f);
    finish(w);
}

static void cut(struct watching *w)
{
    if (w->ws) {
        http_ws_close(w->ws, 1011, STR("out of memory"));
        return;
    }
    struct http_req *q = w->q;
    http_req_set_data(q, NULL, NULL);
    http_req_on_drain(q, NULL);
    http_reply_abort(q);
    watching_free(w);
}

static bool send_bookmark(struct watching *w, int64_t revision, bool initial_end)
{
    struct err err = {{0}};
    struct form_frame *f = form_frame_bookmark(&w->form, revision, initial_end, !w->rows_begun, &err);
    if (!f)
        return false;
    w->rows_begun = true;
    deliver(w, f);
    return true;
}

static void expired(struct watching *w)
{
    SCOPED(arena) mem = NULL;
    struct apireq_status st;
    if (arena_new(&mem, 16 * 1024) < 0) {
        cut(w);
        return;
    }
    apireq_status_expired(mem, &st, "too old resource version: %lld (%lld)", (long long)query_watch_revision(&w->watch),
                          (long long)store_revision(w->api->store));
    finish_with(w, &st);
}

/* ── objects that a webhook converts: what happened goes through a line ── */

static bool take(struct watching *w, struct query_event *e)
{
    struct convert_item item;
    while (convert_line_take(w->line, &item)) {
        *e = (struct query_event){.object = item.object, .previous = item.previous, .revision = item.revision, .gone = item.tag & IS_GONE};
        if (!e->previous && (item.tag & HAD_PREVIOUS))
            e->previous = item.object; /* without selectors it counts only that there was one */
        if (query_watch_judge(&w->watch, e))
            return true;
    }
    return false;
}

/* How many went in; < 0. */
static int put(struct watching *w)
{
    struct query_event e;
    int n = 0;
    while (!w->synced && !convert_line_full(w->line) && query_watch_next(&w->watch, &e)) {
        if (e.type == QUERY_SYNCED) {
            w->synced = true;
            w->synced_at = e.revision;
            break;
        }
        struct convert_item item = {.object = e.object,
                                    .previous = w->selects ? e.previous : NULL,
                                    .revision = e.revision,
                                    .tag = (e.previous ? HAD_PREVIOUS : 0) | (e.gone ? IS_GONE : 0)};
        int r = convert_line_put(w->line, &item);
        if (r < 0)
            return r;
        n++;
    }
    return n;
}

/* 1: an event; 0: none for now; < 0 */
static int next_converted(struct watching *w, struct query_event *e)
{
    for (;;) {
        if (convert_line_waits(w->line))
            return 0;
        if (take(w, e))
            return 1;
        if (w->synced) {
            w->synced = false;
            *e = (struct query_event){.type = QUERY_SYNCED, .revision = w->synced_at};
            return 1;
        }
        int n = put(w);
        if (n < 0 || (n == 0 && !w->synced))
            return n;
        int r = n ? convert_line_go(w->line) : 0;
        if (r)
            return MIN(r, 0);
    }
}

/* A webhook, or another one, has come to stand behind the kind: as upstream does, the watch ends, and its client begins
 * another. */
static bool outdated(struct watching *w)
{
    struct schema_custom *own = w->form.res->custom;
    if (!own || own == schema_custom_all.custom || w->generation == schema_custom_generation())
        return false;
    w->generation = schema_custom_generation();
    SCOPED(schema_custom) now = schema_custom_get(own->name);
    return now != own && (own->webhook || (now && now->webhook));
}

static int next_event(struct watching *w, struct query_event *e)
{
    return w->line ? next_converted(w, e) : query_watch_next(&w->watch, e);
}

#define LOOK_EACH 8 /* events between looks at the clock */

static void pump(struct watching *w);

static void pump_more(void *ctx)
{
    pump(ctx);
}

/* Writes what there is until the reader is full; as long as it has a ticket, until its turn is over. May end and free w. */
static void pump(struct watching *w)
{
    struct query_event e;
    struct err err = {{0}};
    bool told = false;
    if (outdated(w))
        return finish(w);
    for (unsigned n = 1;; n++) {
        if (w->ticket && n % LOOK_EACH == 0 && turn_over(w->api)) {
            turn_again(w->api, w->ticket, pump_more, w);
            return;
        }
        if (full(w)) {
            w->waiting = true;
            return;
        }
        w->waiting = false;
        int r = next_event(w, &e);
        if (r < 0)
            return cut(w);
        if (!r) {
            w->ticket = fair_leave(w->ticket);
            turns_wanted(w->api);
            break;
        }
        told = true;
        if (e.type == QUERY_SYNCED) {
            if (!send_bookmark(w, e.revision, true))
                return cut(w);
            continue;
        }
        struct form_frame *f = form_frames_get(w->api->frames, &w->form, &e, !w->rows_begun, &err);
        if (!f)
            return cut(w);
        w->rows_begun = true;
        deliver(w, f);
    }
    /* At once, while the next watcher's bytes are not yet made: a thousand watchers need one buffer, not a thousand. */
    if (told && w->q)
        http_reply_flush(w->q);
    if (query_watch_lost(&w->watch) && (!w->line || convert_line_empty(w->line)))
        expired(w);
}

static void converted(void *ctx, int r, struct str error)
{
    struct watching *w = ctx;
    SCOPED(arena) mem = NULL;
    struct apireq_status st;
    if (r == 0) {
        if (!w->waiting && query_watch_is_open(&w->watch) && (w->q || w->ws))
            pump(w);
        return;
    }
    if (arena_new(&mem, 256 * 1024) < 0) {
        cut(w);
        return;
    }
    apireq_status_internal(mem, &st, "%.*s", STR_FMT(error));
    finish_with(w, &st);
}

static void wake(void *ctx)
{
    struct watching *w = ctx;
    if (!w->waiting && !w->ticket && (w->q || w->ws))
        pump(w);
}

static void drained(void *data)
{
    struct watching *w = data;
    if (w->waiting && query_watch_is_open(&w->watch) && w->ticket)
        turn_again(w->api, w->ticket, pump_more, w);
    else if (w->waiting && query_watch_is_open(&w->watch))
        pump(w);
}

static void peer_gone(void *data)
{
    watching_free(data);
}

static void on_time(void *ctx);

static int set_timer(struct watching *w)
{
    int64_t due = w->bookmark ? MIN(w->bookmark, w->end) : w->end;
    return loop_timer_start(w->api->loop, &w->timer, due - loop_now(w->api->loop), on_time, w);
}

static void on_time(void *ctx)
{
    struct watching *w = ctx;
    int64_t now = loop_now(w->api->loop);
    bool over = now >= w->end;
    if (w->bookmark && (over || now >= w->bookmark)) {
        w->bookmark = now + w->api->limits.bookmark_ms;
        /* only when everything before has been told, and not behind a slow reader */
        if (!w->waiting && query_watch_is_open(&w->watch) && (!w->line || (convert_line_empty(w->line) && !w->synced)) &&
            !send_bookmark(w, query_watch_revision(&w->watch), false))
            return cut(w);
    }
    if (over)
        finish(w);
    else if (set_timer(w) < 0)
        cut(w);
}

static int64_t lifetime_ms(const struct call *c)
{
    uint32_t random = 0;
    if (c->options.timeout_seconds > 0)
        return MIN(c->options.timeout_seconds, (int64_t)86400 * 365) * 1000;
    if (os_random(&random, sizeof(random)) < 0)
        random = 0;
    return c->api->limits.watch_min_s * 1000 + (int64_t)(random % (uint32_t)MAX(c->api->limits.watch_min_s * 1000, 1));
}

/* Where the watch begins; *synced: a bookmark ends the initial events. 1: answered. */
static int starting_point(struct call *c, int64_t *start, bool *synced)
{
    const struct apireq_options *o = &c->options;
    struct apireq_status st;
    int64_t now = store_revision(c->api->store);
    *synced = false;
    if (o->has_initial_events && o->initial_events) {
        if (o->revision > now) {
            apireq_status_too_large_version(c->a, &st, o->revision, now);
            call_status(c, &st);
            return 1;
        }
        *start = 0;
        *synced = o->bookmarks;
        return 0;
    }
    if (o->revision > 0)
        *start = o->revision;
    else
        *start = o->has_initial_events ? now : 0;
    return 0;
}

static int over_limit(struct call *c)
{
    struct api *a = c->api;
    struct apireq_status st;
    bool over = a->watches >= a->limits.watches || (!c->person->trusted && c->person->watches >= a->limits.watches_per_user);
    if (!over)
        return 0;
    apireq_status_too_many(c->a, &st, STR("too many watches, please try again later"), 5);
    call_status(c, &st);
    return 1;
}

static void ws_message(void *ctx, int opcode, struct str bytes)
{
    (void)ctx;
    (void)opcode;
    (void)bytes; /* a watcher has nothing to say */
}

static void ws_gone(void *ctx, int code)
{
    (void)code;
    watching_free(ctx);
}

/* The call's request becomes the watch's stream. */
static int open_stream(struct call *c, struct watching *w)
{
    struct call_headers h;
    if (http_req_wants_ws(c->q)) {
        struct http_ws_events e = {.on_message = ws_message, .on_drain = drained, .on_gone = ws_gone, .ctx = w};
        http_req_set_data(c->q, NULL, NULL);
        struct http_req *q = call_release(c);
        return http_ws_accept(&w->ws, q, NULL, WS_MESSAGE_MAX, &e);
    }
    call_headers(c, apireq_content_type(w->form.format, true), &h);
    w->q = call_release(c);
    http_req_set_data(w->q, w, peer_gone);
    http_req_on_drain(w->q, drained);
    http_reply_begin(w->q, 200, h.at, h.n);
    http_reply_flush(w->q);
    http_req_shed(w->q);
    return 0;
}

static struct watching *watching_new(struct call *c)
{
    struct watching *w = os_slab_alloc(&c->api->watching_slab);
    if (!w)
        return NULL;
    w->api = c->api;
    w->form = call_form(c);
    schema_custom_ref(w->form.res->custom); /* the watch outlives its call, and its schema's turn in the catalogue */
    if (w->form.shape == APIREQ_PARTIAL_LIST)
        w->form.shape = APIREQ_PARTIAL;
    if (w->form.format == OBJECT_YAML) /* there is no stream of YAML documents */
        w->form.format = OBJECT_JSON;
    w->person = c->person;
    w->person->holders++;
    w->person->watches++;
    w->api->watches++;
    w->end = loop_now(w->api->loop) + lifetime_ms(c);
    if (c->options.bookmarks)
        w->bookmark = loop_now(w->api->loop) + w->api->limits.bookmark_ms;
    list_add(&w->api->watchings, &w->link);
    meter_register(&watchers);
    meter_set(meter_series(&watchers, "verb=\"WATCH\""), w->api->watches);
    return w;
}

/* Selectors get an arena of their own, as small as they are: the call's goes. */
static int own_selectors(struct call *c, struct watching *w, struct selector **labels, struct selector **fields, struct apireq_status *st)
{
    *labels = *fields = NULL;
    if (!c->options.label_selector.n && !c->options.field_selector.n)
        return 0;
    struct selector *l, *f;
    if (apireq_selectors(c->a, c->res, &c->options, &l, &f, st)) /* faults and their words: into the call's */
        return 1;
    if (arena_new(&w->a, 4 * 1024 * 1024) < 0 || apireq_selectors(w->a, c->res, &c->options, labels, fields, st)) {
        apireq_status_memory(st);
        return 1;
    }
    return 0;
}

void call_watch(struct call *c)
{
    struct apireq_status st, late;
    struct selector *labels, *fields;
    struct str prefix;
    int64_t start;
    bool synced;
    if (over_limit(c) || starting_point(c, &start, &synced))
        return;
    struct watching *w = watching_new(c);
    if (!w) {
        call_memory(c);
        return;
    }
    if (own_selectors(c, w, &labels, &fields, &st)) {
        watching_free(w);
        call_status(c, &st);
        return;
    }
    int r = query_prefix(c->a, c->res, c->route.ns, &prefix);
    if (r == 0)
        r = query_watch_open(&w->watch, c->api->store, prefix, labels, fields, start, synced, wake, w);
    if (r == 0 && c->res->custom && c->res->custom->webhook) {
        query_watch_raw(&w->watch);
        w->selects = labels || fields;
        r = convert_line_new(&w->line, registry_convert(c->api->registry), c->res, converted, w);
    }
    if (r < 0 || set_timer(w) < 0) {
        watching_free(w);
        call_memory(c);
        return;
    }
    if (r == STORE_COMPACTED)
        apireq_status_expired(c->a, &late, "too old resource version: %lld (%lld)", (long long)start, (long long)store_revision(c->api->store));
    c->code = 200;
    bool opened = open_stream(c, w) == 0;
    w->audited = auditing_hand_over(c);
    w->ticket = c->ticket;
    c->ticket = NULL;
    if (!opened)
        watching_free(w);
    else if (r == STORE_COMPACTED)
        finish_with(w, &late);
    else
        pump(w);
    call_finish(c);
}

void watching_init(struct api *a)
{
    os_slab_init(&a->watching_slab, sizeof(struct watching));
}

void watching_end_all(struct api *a)
{
    LIST_EACH (w, &a->watchings, struct watching, link) {
        if (w->q) {
            http_req_set_data(w->q, NULL, NULL);
            http_req_on_drain(w->q, NULL);
            http_reply_end(w->q);
            watching_free(w);
        } else if (w->ws) {
            loop_timer_stop(&w->timer);
            w->ticket = fair_leave(w->ticket);
            w->line = convert_line_free(w->line);
            query_watch_close(&w->watch);
            http_ws_close(w->ws, 1001, STR("the server stops"));
        }
    }
}
