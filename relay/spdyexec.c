/* exec and attach of clients that speak SPDY/3.1: their streams become the channels of the agent's WebSocket.
 *
 *   streamtype   stdin 0 · stdout 1 · stderr 2 · error 3 · resize 4   (RemoteCommand v4/v5 channel protocol)
 *
 * A client opens its streams when it has the upgrade's answer; the program may have ended by then. So the agent is not
 * read before all those are there that it has something for. */
#include "relay/inside.h"

#define CHANNELS      5
#define CLOSE_CHANNEL 255 /* v5: the next byte names a channel that has ended */
#define PIECE         ((size_t)32 * 1024)
#define STREAMS_MS    30000 /* as upstream: by then all streams are there */
enum { STDOUT = 1, STDERR = 2, REPORT = 3 };

struct relay_exec {
    struct relay *r;
    struct spdy *spdy;
    struct spdy_stream *streams[CHANNELS];
    bool awaited[CHANNELS]; /* not opened yet, and what the agent says on it must not be lost */
    struct loop_timer late;
};

static const char *const stream_types[CHANNELS] = {"stdin", "stdout", "stderr", "error", "resize"};

int relay_exec_new(struct relay *r)
{
    r->exec = mem_alloc(sizeof(*r->exec));
    if (!r->exec)
        return -ENOMEM;
    r->exec->r = r;
    return 0;
}

static int spdy_out(void *ctx, struct str bytes)
{
    struct relay_exec *e = ctx;
    return e->r->pipe ? http_pipe_send(e->r->pipe, bytes) : -EPIPE;
}

/* The agent is read as long as there is room for whatever it says. */
static void listen_to_agent(struct relay_exec *e)
{
    bool room = true;
    for (int i = STDOUT; i <= REPORT; i++)
        room = room && !e->awaited[i] && (!e->streams[i] || spdy_writable(e->streams[i]));
    if (room && e->r->up)
        http_ws_pause(e->r->up, false);
}

static void streams_late(void *ctx)
{
    struct relay_exec *e = ctx;
    if (e->r->pipe)
        http_pipe_close(e->r->pipe);
}

static int spdy_stream_new(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n)
{
    struct relay_exec *e = ctx;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; str_eq_nocase(headers[i].name, STR("streamtype")) && k < CHANNELS; k++)
            if (str_eq_nocase(headers[i].value, str_of(stream_types[k])) && !e->streams[k]) {
                int r = spdy_accept(s, NULL, 0);
                e->streams[k] = s;
                e->awaited[k] = false;
                if (!e->awaited[STDOUT] && !e->awaited[STDERR] && !e->awaited[REPORT])
                    loop_timer_stop(&e->late);
                listen_to_agent(e);
                return r;
            }
    return -EINVAL;
}

static int channel_of(const struct relay_exec *e, const struct spdy_stream *s)
{
    for (int i = 0; i < CHANNELS; i++)
        if (e->streams[i] == s)
            return i;
    return -1;
}

static void to_agent(struct relay_exec *e, unsigned char channel, struct str bytes)
{
    char piece[PIECE + 1];
    piece[0] = (char)channel;
    do {
        size_t n = MIN(bytes.n, PIECE);
        if (n)
            memcpy(piece + 1, bytes.p, n);
        relay_up(e->r, HTTP_WS_BINARY, str_make(piece, n + 1));
        bytes = str_from(bytes, n);
    } while (bytes.n);
}

static void spdy_data(void *ctx, struct spdy_stream *s, struct str bytes, bool fin)
{
    struct relay_exec *e = ctx;
    int channel = channel_of(e, s);
    if (channel < 0)
        return;
    if (bytes.n)
        to_agent(e, (unsigned char)channel, bytes);
    if (fin && channel == 0)
        to_agent(e, CLOSE_CHANNEL, STR("\0"));
}

static void spdy_gone(void *ctx, struct spdy_stream *s)
{
    struct relay_exec *e = ctx;
    int channel = channel_of(e, s);
    if (channel >= 0)
        e->streams[channel] = NULL;
}

static void spdy_reset_by_peer(void *ctx, struct spdy_stream *s)
{
    (void)ctx;
    (void)s; /* spdy_gone() follows */
}

static void pipe_bytes(void *ctx, struct str bytes)
{
    struct relay_exec *e = ctx;
    struct err err = {{0}};
    if (e->spdy && spdy_feed(e->spdy, bytes, &err) < 0 && e->r->pipe)
        http_pipe_close(e->r->pipe);
}

static void pipe_drain(void *ctx)
{
    struct relay_exec *e = ctx;
    if (e->spdy && spdy_drained(e->spdy) < 0 && e->r->pipe) {
        http_pipe_close(e->r->pipe);
        return;
    }
    listen_to_agent(e);
}

static void spdy_writable_again(void *ctx, struct spdy_stream *s)
{
    (void)s;
    listen_to_agent(ctx);
}

static void pipe_gone(void *ctx)
{
    struct relay_exec *e = ctx;
    struct relay *r = e->r;
    r->pipe = NULL;
    if (r->up && !r->up_gone)
        http_ws_close(r->up, 1001, STR("the client has gone"));
    else if (!r->over)
        relay_over(r);
}

/* The protocol of error reports: the newest both know. */
static const char *pick_version(struct http_req *q)
{
    static const char *const known[] = {"v5.channel.k8s.io", "v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"};
    const struct http_header *all;
    size_t n = http_req_headers(q, &all);
    for (size_t k = 0; k < ARRAY_LEN(known); k++)
        for (size_t i = 0; i < n; i++) {
            struct str rest = all[i].value, piece;
            if (!str_is(all[i].name, "x-stream-protocol-version"))
                continue;
            while (rest.p && str_next(&rest, ',', &piece))
                if (str_is(str_trim(piece), known[k]))
                    return known[k];
        }
    return "v4.channel.k8s.io";
}

static bool asked(struct http_req *q, const char *name)
{
    SCOPED_BUF b = BUF_INIT(64);
    return http_query_get(http_req_query(q), name, &b) && (str_is(buf_view(&b), "true") || str_is(buf_view(&b), "1"));
}

int relay_exec_accept(struct relay *r, struct http_req *q)
{
    struct relay_exec *e = r->exec;
    struct spdy_events se = {.send = spdy_out,
                             .on_stream = spdy_stream_new,
                             .on_data = spdy_data,
                             .on_reset = spdy_reset_by_peer,
                             .on_writable = spdy_writable_again,
                             .on_gone = spdy_gone,
                             .ctx = e};
    struct http_pipe_events pe = {.on_bytes = pipe_bytes, .on_drain = pipe_drain, .on_gone = pipe_gone, .ctx = e};
    struct http_header h[] = {
        {STR("upgrade"), STR("SPDY/3.1")}, {STR("connection"), STR("Upgrade")}, {STR("x-stream-protocol-version"), str_of(pick_version(q))}};
    e->awaited[STDOUT] = asked(q, "stdout");
    e->awaited[STDERR] = asked(q, "stderr") && !asked(q, "tty");
    e->awaited[REPORT] = true;
    int k = spdy_new(&e->spdy, true, &se);
    if (k == 0)
        k = loop_timer_start(r->o.loop, &e->late, STREAMS_MS, streams_late, e);
    if (k == 0)
        k = http_upgrade_accept(&r->pipe, q, h, ARRAY_LEN(h), &pe);
    if (k == 0)
        http_ws_pause(r->up, true);
    return k;
}

bool relay_exec_message(struct relay *r, struct str bytes)
{
    struct relay_exec *e = r->exec;
    unsigned char channel = bytes.n ? (unsigned char)bytes.p[0] : CLOSE_CHANNEL;
    if (!e->spdy || channel >= CHANNELS || !e->streams[channel])
        return false;
    /* the last report is the whole of the error stream */
    int k = spdy_send(e->streams[channel], str_from(bytes, 1), channel == REPORT);
    if (k == -ENOBUFS && r->pipe) /* it was not to be read: better broken off than with a gap */
        http_pipe_close(r->pipe);
    return e->streams[channel] && !spdy_writable(e->streams[channel]);
}

void relay_exec_end(struct relay *r, bool broken)
{
    static const char lost[] = "\3{\"metadata\":{},\"status\":\"Failure\",\"message\":\"the connection to the node's agent broke\","
                               "\"reason\":\"InternalError\",\"code\":500}";
    struct relay_exec *e = r->exec;
    if (broken)
        (void)relay_exec_message(r, str_make(lost, sizeof(lost) - 1)); /* an end without a report is taken for a good one */
    for (int i = 0; e->spdy && i < CHANNELS; i++)
        if (e->streams[i] && i != 0 && i != 4 && spdy_send(e->streams[i], STR_NONE, true) < 0)
            break;
}

void relay_exec_free(struct relay_exec *e)
{
    if (!e)
        return;
    loop_timer_stop(&e->late);
    spdy_free(e->spdy);
    mem_free(e);
}
