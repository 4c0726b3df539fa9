/* pipe: a connection's bytes after 101, and the two upgrades a server offers. */
#include "http/inside.h"

#define LINGER_MS  2000
#define FIRST_MOST (256u << 10)

int http_pipe_new(struct http_pipe **out, struct http_wire *w, size_t limit, void (*owner_free)(void *owner), void *owner)
{
    struct http_pipe *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    p->wire = w;
    p->limit = limit;
    p->first = BUF_INIT(FIRST_MOST);
    p->owner_free = owner_free;
    p->owner = owner;
    *out = p;
    return 0;
}

void http_pipe_cut(struct http_pipe *p)
{
    loop_timer_stop(&p->timer);
    if (p->events.on_gone)
        p->events.on_gone(p->events.ctx);
    buf_done(&p->first);
    mem_free(p);
}

static void pipe_opened(struct http_wire *w)
{
    (void)w; /* it was open when the pipe took over */
}

static void first_deliver(struct http_pipe *p)
{
    while (p->first.n && !p->paused && !p->wire->finishing && !p->wire->dead) {
        SCOPED_BUF taken = p->first;
        p->first = BUF_INIT(FIRST_MOST);
        p->events.on_bytes(p->events.ctx, buf_view(&taken));
    }
}

void http_pipe_hold(struct http_pipe *p, struct str bytes)
{
    buf_str(&p->first, bytes);
    if (buf_error(&p->first))
        http_wire_cut(p->wire, -ENOMEM);
}

static void pipe_input(struct http_wire *w, struct str bytes)
{
    struct http_pipe *p = w->ctx;
    first_deliver(p);
    if (p->first.n || p->paused)
        http_pipe_hold(p, bytes);
    else if (!w->finishing && !w->dead)
        p->events.on_bytes(p->events.ctx, bytes);
}

/* Also when it hung up while it was not read: then what it said before is still to be read, and the end behind it. */
static void pipe_ended(struct http_wire *w)
{
    http_wire_wake(w);
}

static void pipe_settle(struct http_wire *w)
{
    struct http_pipe *p = w->ctx;
    first_deliver(p);
    if (w->ended && p->first.n == 0)
        http_wire_finish(w);
    if (p->was_full && w->out.n < p->limit / 2 && !w->finishing && !w->dead) {
        p->was_full = false;
        if (p->events.on_drain)
            p->events.on_drain(p->events.ctx);
    }
}

static void on_lingered(void *ctx)
{
    struct http_pipe *p = ctx;
    http_wire_cut(p->wire, 1);
}

static void pipe_rest(struct http_wire *w)
{
    struct http_pipe *p = w->ctx;
    if (w->lingering && !loop_timer_active(&p->timer) && loop_timer_start(w->loop, &p->timer, LINGER_MS, on_lingered, p) < 0)
        http_wire_cut(w, 1);
}

static void pipe_gone(struct http_wire *w, int r)
{
    (void)r;
    struct http_pipe *p = w->ctx;
    void (*owner_free)(void *) = p->owner_free;
    void *owner = p->owner;
    http_pipe_cut(p);
    owner_free(owner);
}

const struct http_wire_use http_pipe_use = {pipe_opened, pipe_input, pipe_ended, pipe_settle, pipe_rest, pipe_gone};

bool http_pipe_full(const struct http_pipe *p)
{
    return p->wire->out.n >= p->limit;
}

void http_pipe_serve(struct http_pipe *p, const struct http_pipe_events *e)
{
    p->events = *e;
}

int http_pipe_send(struct http_pipe *p, struct str bytes)
{
    if (p->wire->dead || p->wire->finishing)
        return -EPIPE;
    if (http_pipe_full(p)) {
        p->was_full = true;
        return -ENOBUFS;
    }
    http_wire_send(p->wire, bytes);
    if (http_pipe_full(p))
        p->was_full = true;
    return 0;
}

void http_pipe_pause(struct http_pipe *p, bool paused)
{
    p->paused = paused;
    if (p->wire->ctx == p) /* before it takes over, the connection decides what is read */
        http_wire_pause(p->wire, paused);
}

void http_pipe_close(struct http_pipe *p)
{
    http_wire_finish(p->wire);
}

/* ── upgrades ── */

int http_upgrade_accept(struct http_pipe **out, struct http_req *q, const struct http_header *headers, size_t n, const struct http_pipe_events *e)
{
    if (q->stream || q->http10 || q->begun || q->closed)
        return -ENOTSUP;
    struct http_pipe *p = http_h1_upgrade(q, headers, n);
    if (!p)
        return -ENOMEM;
    p->events = *e;
    *out = p;
    return 0;
}

bool http_req_wants_ws(const struct http_req *q)
{
    char accept[29];
    return !q->stream && !q->http10 && str_is(q->method, "GET") && http_list_has(http_req_header(q, "upgrade"), "websocket") &&
           http_list_has(http_req_header(q, "connection"), "upgrade") && str_is(http_req_header(q, "sec-websocket-version"), "13") &&
           http_ws_accept_key(http_req_header(q, "sec-websocket-key"), accept) == 0;
}

int http_ws_accept(struct http_ws **out, struct http_req *q, const char *protocol, size_t max, const struct http_ws_events *e)
{
    char accept[29];
    if (!http_req_wants_ws(q) || q->begun || q->closed)
        return -ENOTSUP;
    int r = http_ws_accept_key(http_req_header(q, "sec-websocket-key"), accept);
    struct http_ws *w = NULL;
    if (r == 0)
        r = http_ws_new(&w, q->conn->server->loop, true, max, e);
    if (r < 0)
        return r;
    struct http_header headers[3] = {
        {STR("upgrade"), STR("websocket")},
        {STR("sec-websocket-accept"), str_of(accept)},
        {STR("sec-websocket-protocol"), str_of(protocol)},
    };
    struct http_pipe *p = http_h1_upgrade(q, headers, protocol ? 3 : 2);
    if (!p) {
        http_ws_drop(w);
        return -ENOMEM;
    }
    http_ws_attach(w, p);
    *out = w;
    return 0;
}
