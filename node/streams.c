#include "node/inside.h"

#include "http/http.h"
#include "json/json.h"

/* exec and attach over WebSocket: each message begins with the number of its channel.
 *
 *   v5.channel.k8s.io             as v4, and channel 255 ends another
 *   v4.channel.k8s.io             how it ended is a Status on channel 3
 *   channel.k8s.io, none asked    … is a sentence, and nothing when it ended well
 *   *base64.channel.k8s.io        text messages: the channel's digit, then base64
 *
 * A client that goes away ends its input, no more: a program without a terminal reads what was sent to the end (tar,
 * when files are copied in, by clients that close as soon as they have written), and nobody hears what it says. One
 * with a terminal is killed, as nobody can type there any more. */
enum { CHANNEL_STDIN, CHANNEL_STDOUT, CHANNEL_STDERR, CHANNEL_ERROR, CHANNEL_RESIZE, CHANNEL_CLOSE = 255 };
#define MESSAGE_MAX (32u << 20) /* as upstream; held while it comes and until it is taken */

static const struct protocol {
    const char *name; /* NULL: the client asked for none */
    bool status;      /* the end is told as a Status */
    bool base64;
    bool closes; /* channel 255 */
} protocols[] = {{"v5.channel.k8s.io", true, false, true},        {"v4.channel.k8s.io", true, false, false},
                 {"v4.base64.channel.k8s.io", true, true, false}, {"channel.k8s.io", false, false, false},
                 {"base64.channel.k8s.io", false, true, false},   {NULL, false, false, false}};

struct exec {
    struct session head;
    struct http_ws *ws;
    struct runtime_stream *stream;
    struct buf held; /* input that the program has not taken yet */
    const struct protocol *protocol;
    bool input_over;
    bool ended;
    bool stays; /* when its client goes */
    bool left;  /* its client has gone: on_stream_end() frees it */
};

static void exec_free(struct exec *s)
{
    list_del(&s->head.link);
    buf_done(&s->held);
    mem_free(s);
}

static void exec_stop(struct session *head)
{
    struct exec *s = CONTAINER_OF(head, struct exec, head);
    if (s->stream)
        runtime_stream_cancel(s->stream);
    s->stream = NULL;
    if (s->ws)
        http_ws_close(s->ws, 1001, STR("the agent ends"));
    else if (s->left)
        exec_free(s);
}

void node_streams_stop(struct node *n)
{
    LIST_EACH (s, &n->sessions, struct session, link)
        s->stop(s);
}

/* ── out ── */

static void send_channel(struct exec *s, int channel, struct str bytes)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (!s->ws)
        return;
    buf_char(&b, (char)(s->protocol->base64 ? '0' + channel : channel));
    if (s->protocol->base64)
        buf_base64(&b, bytes);
    else
        buf_str(&b, bytes);
    int r = buf_error(&b);
    if (r == 0)
        r = http_ws_send(s->ws, s->protocol->base64 ? HTTP_WS_TEXT : HTTP_WS_BINARY, buf_view(&b));
    if (r < 0 && r != -EPIPE) /* a client that goes does not miss it */
        log_warn("node", "a stream lost %zu bytes: %s", bytes.n, strerror(-r));
    if (http_ws_full(s->ws) && s->stream)
        runtime_stream_pause(s->stream, true);
}

static void on_output(void *ctx, int fd, struct str bytes)
{
    send_channel(ctx, fd == 2 ? CHANNEL_STDERR : CHANNEL_STDOUT, bytes);
}

/* How it ended, for a client of the first protocols. */
static void put_sentence(struct buf *b, int r, int code, const char *error)
{
    if (r < 0)
        buf_text(b, error);
    else if (code)
        buf_fmt(b, "command terminated with non-zero exit code: exit status %d", code);
}

/* How it ended, as a Status on the error channel. */
static void put_status(struct buf *b, int r, int code, const char *error)
{
    if (r == 0 && code == 0) {
        buf_text(b, "{\"metadata\":{},\"status\":\"Success\"}");
        return;
    }
    if (r == 0) {
        buf_fmt(b,
                "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code: exit "
                "status %d\","
                "\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"%d\"}]}}",
                code, code);
        return;
    }
    buf_text(b, "{\"metadata\":{},\"status\":\"Failure\",\"message\":");
    json_string(b, str_of(error));
    buf_text(b, ",\"reason\":\"InternalError\",\"code\":500}");
}

static void on_stream_end(void *ctx, int r, int code, const char *error)
{
    struct exec *s = ctx;
    SCOPED_BUF b = BUF_INIT(65536);
    s->stream = NULL;
    s->ended = true;
    if (s->left) {
        exec_free(s);
        return;
    }
    (s->protocol->status ? put_status : put_sentence)(&b, r, code, error);
    if (b.n)
        send_channel(s, CHANNEL_ERROR, buf_view(&b));
    if (s->ws)
        http_ws_close(s->ws, 1000, STR_NONE);
}

/* ── in ── */

static void feed(struct exec *s)
{
    if (!s->stream)
        return;
    size_t taken = s->held.n ? runtime_stream_write(s->stream, buf_view(&s->held)) : 0;
    buf_drop(&s->held, taken);
    if (s->ws)
        http_ws_pause(s->ws, s->held.n > 0);
    if (s->held.n == 0 && s->input_over)
        runtime_stream_close_input(s->stream);
}

static void on_stream_drain(void *ctx)
{
    feed(ctx);
}

static void resize(struct exec *s, struct str json)
{
    SCOPED(arena) a = NULL;
    struct value v = {0};
    if (arena_new(&a, 65536) < 0 || json_parse(a, json, &v, NULL) < 0)
        return;
    runtime_stream_resize(s->stream, (uint16_t)value_int_at(&v, "Height", 24), (uint16_t)value_int_at(&v, "Width", 80));
}

static void on_message(void *ctx, int opcode, struct str bytes)
{
    struct exec *s = ctx;
    if (opcode == HTTP_WS_CLOSE || !bytes.n || !s->stream)
        return;
    int channel = (unsigned char)bytes.p[0];
    SCOPED_BUF plain = BUF_INIT(MESSAGE_MAX);
    bytes = str_from(bytes, 1);
    if (s->protocol->base64) {
        channel -= '0';
        if (buf_unbase64(&plain, bytes) < 0)
            return;
        bytes = buf_view(&plain);
    }
    if (channel == CHANNEL_STDIN) {
        buf_str(&s->held, bytes);
        feed(s);
    } else if (channel == CHANNEL_RESIZE) {
        resize(s, bytes);
    } else if (channel == CHANNEL_CLOSE && s->protocol->closes && bytes.n && bytes.p[0] == CHANNEL_STDIN) {
        s->input_over = true;
        feed(s);
    }
}

static void on_ws_drain(void *ctx)
{
    struct exec *s = ctx;
    if (s->stream)
        runtime_stream_pause(s->stream, false);
}

static void on_ws_gone(void *ctx, int code)
{
    struct exec *s = ctx;
    (void)code;
    s->ws = NULL;
    if (s->stream && s->stays) {
        s->left = s->input_over = true;
        runtime_stream_pause(s->stream, false);
        feed(s);
        return;
    }
    if (s->stream)
        runtime_stream_cancel(s->stream);
    exec_free(s);
}

/* ── door ── */

static bool asked(struct http_req *q, const char *kubelet_name, const char *api_name)
{
    SCOPED_BUF b = BUF_INIT(64);
    bool there = http_query_get(http_req_query(q), kubelet_name, &b) || http_query_get(http_req_query(q), api_name, &b);
    return there && (str_is(buf_view(&b), "1") || str_is(buf_view(&b), "true"));
}

static const char *const *command_of(struct http_req *q)
{
    struct arena *a = http_req_arena(q);
    struct str rest = http_req_query(q), name, value;
    const char **args = arena_alloc(a, 1025 * sizeof(char *));
    size_t n = 0;
    while (args && n < 1024 && http_query_next(a, &rest, &name, &value))
        if (str_is(name, "command"))
            args[n++] = arena_fmt(a, "%.*s", STR_FMT(value)).p;
    return args;
}

/* The best of what is offered; NULL: none of it is spoken here. */
static const struct protocol *protocol_of(struct http_req *q)
{
    struct str offered = http_req_header(q, "sec-websocket-protocol"), one, rest;
    size_t n = ARRAY_LEN(protocols) - 1;
    if (!str_trim(offered).n)
        return &protocols[n];
    for (size_t i = 0; i < n; i++)
        for (rest = offered; str_next(&rest, ',', &one);)
            if (str_is(str_trim(one), protocols[i].name))
                return &protocols[i];
    return NULL;
}

static int begin(struct exec *s, struct http_req *q, struct container *c, bool attach, struct err *err)
{
    struct runtime_stream_events e = {on_output, on_stream_drain, on_stream_end, s};
    bool input = asked(q, "input", "stdin");
    if (attach)
        return runtime_attach(&s->stream, c->handle, input, &e, err);
    struct runtime_exec_options o = {.args = command_of(q),
                                     .tty = asked(q, "tty", "tty"),
                                     .stdin_open = input,
                                     .no_stdout = !asked(q, "output", "stdout"),
                                     .no_stderr = !asked(q, "error", "stderr")};
    if (!o.args || !o.args[0])
        return err_raise(err, -EINVAL, "you must specify at least 1 command for the container");
    return runtime_exec(&s->stream, c->handle, &o, &e, err);
}

static void refuse(struct http_req *q, int code, const char *text)
{
    struct http_header type = {STR("content-type"), STR("text/plain; charset=utf-8")};
    http_reply(q, code, &type, 1, (struct http_bytes){.bytes = str_of(text)});
}

void node_streams_exec(struct node *n, struct http_req *q, struct container *c, bool attach)
{
    const struct protocol *protocol = protocol_of(q);
    struct err err = {{0}};
    if (!http_req_wants_ws(q) || !protocol) {
        refuse(q, 400, "a WebSocket upgrade with a protocol of channel.k8s.io is needed");
        return;
    }
    if (c->state != CONTAINER_RUNNING) {
        refuse(q, 400, "the container does not run");
        return;
    }
    struct exec *s = mem_alloc(sizeof(*s));
    if (!s) {
        refuse(q, 500, "no memory");
        return;
    }
    s->head.stop = exec_stop;
    s->protocol = protocol;
    s->stays = !attach && !asked(q, "tty", "tty");
    s->held = BUF_INIT(2 * MESSAGE_MAX);
    list_add(&n->sessions, &s->head.link);
    int r = begin(s, q, c, attach, &err);
    if (r < 0) {
        exec_free(s);
        refuse(q, r == -EINVAL ? 400 : 500, err.text);
        return;
    }
    struct http_ws_events e = {on_message, on_ws_drain, on_ws_gone, s};
    if (http_ws_accept(&s->ws, q, protocol->name, MESSAGE_MAX, &e) < 0) {
        runtime_stream_cancel(s->stream);
        exec_free(s);
    }
}
