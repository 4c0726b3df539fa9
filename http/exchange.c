/* exchange: requests and replies on one of a client's connections, by HTTP/1.1
 * or HTTP/2. The parsers only note; settle calls the callers. */
#include "http/inside.h"

#define AHEAD_MOST        (64u << 10)
#define STREAM_WINDOW     (1 << 20)
#define CONNECTION_WINDOW (16 << 20)
#define STREAMS_MOST      1000u
#define PIPE_UNSENT       (1u << 20)

static struct http_call *first_call(struct http_link *k)
{
    return list_empty(&k->calls) ? NULL : CONTAINER_OF(k->calls.next, struct http_call, link);
}

/* ── noting a reply ── */

static int note_name(struct http_call *call, struct str part, bool begin)
{
    if (begin) {
        struct http_header *h = VEC_ADD(&call->reply);
        if (!h)
            return -ENOMEM;
        h->name.p = (const char *)call->text.n; /* an offset until reply_seal() */
    }
    buf_str(&call->text, part);
    call->reply.p[call->reply.n - 1].name.n += part.n;
    return buf_error(&call->text);
}

static int note_value(struct http_call *call, struct str part)
{
    struct http_header *h = &call->reply.p[call->reply.n - 1];
    if (h->value.n == 0)
        h->value.p = (const char *)call->text.n;
    buf_str(&call->text, part);
    h->value.n += part.n;
    return buf_error(&call->text);
}

static void reply_seal(struct http_call *call)
{
    for (size_t i = 0; i < call->reply.n; i++) {
        struct http_header *h = &call->reply.p[i];
        char *name = h->name.n ? call->text.p + (size_t)h->name.p : NULL;
        h->name.p = name ? name : "";
        h->value.p = h->value.n ? call->text.p + (size_t)h->value.p : "";
        h->value = str_trim(h->value);
        for (size_t k = 0; k < h->name.n; k++)
            if (name[k] >= 'A' && name[k] <= 'Z')
                name[k] = (char)(name[k] | 32);
    }
    call->head_done = true;
}

static int note_body(struct http_call *call, struct str bytes)
{
    struct buf *to = call->events.on_data ? &call->delivery : &call->collected;
    buf_str(to, bytes);
    int r = buf_error(to);
    if (r < 0)
        http_call_end(call, r, r == -E2BIG ? "the reply is larger than asked for" : NULL);
    return r;
}

/* Hands out what was noted. */
void http_call_deliver(struct http_call *call)
{
    bool lost = call->canceled || (call->ended && call->result < 0);
    if (call->head_done && !call->head_told && !lost && !call->ws) {
        call->head_told = true;
        if (call->events.on_head)
            call->events.on_head(call->events.ctx, call->code, call->reply.p, call->reply.n);
    }
    if (call->delivery.n && !call->canceled && call->head_told) {
        SCOPED_BUF taken = call->delivery;
        call->delivery = BUF_INIT(0);
        call->events.on_data(call->events.ctx, buf_view(&taken));
    }
}

/* ── HTTP/1.1 ── */

static struct str call_header(const struct http_call *call, const char *name)
{
    for (size_t i = 0; i < call->n_headers; i++)
        if (str_eq_nocase(call->headers[i].name, str_of(name)))
            return call->headers[i].value;
    return STR_NONE;
}

static bool sends_length(const struct http_call *call)
{
    return call->body.n || str_is(call->method, "POST") || str_is(call->method, "PUT") || str_is(call->method, "PATCH");
}

static void h1_send(struct http_link *k, struct http_call *call)
{
    struct buf *line = &k->client->pool.line;
    buf_clear(line);
    buf_str(line, call->method);
    buf_char(line, ' ');
    buf_str(line, call->path);
    buf_text(line, " HTTP/1.1\r\n");
    if (!call_header(call, "host").p)
        buf_fmt(line, "host: %s\r\n", k->client->authority);
    if (!call_header(call, "user-agent").p)
        buf_text(line, "user-agent: coracle/" CORACLE_VERSION "\r\n");
    for (size_t i = 0; i < call->n_headers; i++) {
        const struct http_header *h = &call->headers[i];
        bool upgrade = http_call_upgrades(call) && (str_eq_nocase(h->name, STR("upgrade")) || str_eq_nocase(h->name, STR("connection")));
        if (!upgrade && http_own_field(h->name))
            continue;
        buf_str(line, h->name);
        buf_add(line, ": ", 2);
        buf_str(line, h->value);
        buf_add(line, "\r\n", 2);
    }
    if (sends_length(call))
        buf_fmt(line, "content-length: %zu\r\n", call->body.n);
    buf_text(line, "\r\n");
    k->complete = k->upgraded = false;
    k->in_value = true;
    k->wire.wrote = false;
    http_parser_init(&k->parser, HTTP_RESPONSE);
    k->parser.data = k;
    if (buf_error(line)) {
        http_call_end(call, -ENOMEM, NULL);
        return;
    }
    http_wire_send(&k->wire, buf_view(line));
    http_wire_send(&k->wire, call->body);
}

static int h1_name(http_parser *p, const char *at, size_t n)
{
    struct http_link *k = p->data;
    struct http_call *call = first_call(k);
    if (call->head_done)
        return 0; /* trailers */
    bool begin = k->in_value;
    k->in_value = false;
    return note_name(call, str_make(at, n), begin);
}

static int h1_value(http_parser *p, const char *at, size_t n)
{
    struct http_link *k = p->data;
    struct http_call *call = first_call(k);
    k->in_value = true;
    return call->head_done ? 0 : note_value(call, str_make(at, n));
}

static bool interim(int code)
{
    return code >= 100 && code < 200 && code != HTTP_STATUS_SWITCHING_PROTOCOLS;
}

static int h1_headers(http_parser *p)
{
    struct http_link *k = p->data;
    struct http_call *call = first_call(k);
    call->code = p->status_code;
    if (interim(call->code))
        return 0;
    reply_seal(call);
    if (call->code == HTTP_STATUS_SWITCHING_PROTOCOLS && !http_call_upgrades(call))
        return -1; /* nobody asked */
    return str_is(call->method, "HEAD") ? 1 : 0;
}

static int h1_body(http_parser *p, const char *at, size_t n)
{
    struct http_link *k = p->data;
    return note_body(first_call(k), str_make(at, n));
}

static int h1_complete(http_parser *p)
{
    struct http_link *k = p->data;
    struct http_call *call = first_call(k);
    if (interim(call->code)) {
        http_call_forget_reply(call);
        k->in_value = true;
        return 0;
    }
    k->complete = true;
    k->keep_alive = http_should_keep_alive(p);
    http_parser_pause(p, 1);
    return 0;
}

static const http_parser_settings h1_calls = {
    .on_header_field = h1_name,
    .on_header_value = h1_value,
    .on_headers_complete = h1_headers,
    .on_body = h1_body,
    .on_message_complete = h1_complete,
};

static void h1_input(struct http_link *k, struct str bytes)
{
    struct http_call *call = first_call(k);
    if (call && k->upgraded) { /* the other protocol's already, before the connection was handed over */
        buf_str(&k->rest, bytes);
        if (buf_error(&k->rest))
            http_call_end(call, -ENOMEM, NULL);
        return;
    }
    if (!call || k->complete) {
        k->unusable = true; /* a reply to no question */
        if (!call)
            http_wire_cut(&k->wire, 1);
        return;
    }
    call->heard = true;
    size_t n = http_parser_execute(&k->parser, &h1_calls, bytes.p, bytes.n);
    enum http_errno fault = HTTP_PARSER_ERRNO(&k->parser);
    if (fault != HPE_OK && fault != HPE_PAUSED) {
        http_call_end(call, -EPROTO, http_errno_description(fault));
        return;
    }
    bytes = str_from(bytes, n);
    if (k->complete && k->parser.upgrade && http_call_upgrades(call)) {
        k->upgraded = true;
        buf_str(&k->rest, bytes);
        if (buf_error(&k->rest))
            http_call_end(call, -ENOMEM, NULL);
    } else if (k->complete && bytes.n) {
        k->unusable = true;
    }
}

static struct str reply_header(const struct http_call *call, const char *name)
{
    for (size_t i = 0; i < call->reply.n; i++)
        if (str_is(call->reply.p[i].name, name))
            return call->reply.p[i].value;
    return STR("");
}

/* From here on the connection is the pipe's, with what was read of it beyond the reply's head. */
static void hand_over(struct http_link *k, struct http_pipe *p)
{
    loop_timer_stop(&k->timer);
    k->unusable = true;
    k->pipe = p;
    p->first = k->rest;
    k->rest = BUF_INIT(0);
    k->wire.use = &http_pipe_use;
    k->wire.ctx = p;
}

/* The handshake's answer: the connection becomes the WebSocket's, or the call ends with the code. */
static void ws_answered(struct http_link *k, struct http_call *call)
{
    struct http_pipe *p = NULL;
    bool good = k->upgraded && http_list_has(reply_header(call, "upgrade"), "websocket") &&
                str_is(reply_header(call, "sec-websocket-accept"), call->ws_accept);
    if (call->code != HTTP_STATUS_SWITCHING_PROTOCOLS || !good || http_pipe_new(&p, &k->wire, PIPE_UNSENT, http_link_after_pipe, k) < 0) {
        bool odd = call->code == HTTP_STATUS_SWITCHING_PROTOCOLS;
        http_call_finish(call, odd ? -EPROTO : 0, NULL);
        k->unusable = true;
        http_wire_cut(&k->wire, 1);
        return;
    }
    hand_over(k, p);
    http_ws_attach(call->ws, p);
    call->ws = NULL;
    if (call->ws_open)
        call->ws_open(call->events.ctx, reply_header(call, "sec-websocket-protocol"));
    call->events.on_end = NULL;
    http_call_finish(call, 0, NULL);
    http_wire_wake(&k->wire);
}

/* 101: the connection is the caller's from now on. */
static void upgrade_answered(struct http_link *k, struct http_call *call)
{
    struct http_pipe *p = NULL;
    if (http_pipe_new(&p, &k->wire, PIPE_UNSENT, http_link_after_pipe, k) < 0) {
        http_call_finish(call, -ENOMEM, NULL);
        k->unusable = true;
        http_wire_cut(&k->wire, 1);
        return;
    }
    hand_over(k, p);
    if (!call->canceled)
        call->events.on_upgrade(call->events.ctx, p, call->reply.p, call->reply.n);
    else
        http_wire_cut(&k->wire, 1);
    call->events.on_end = NULL;
    http_call_finish(call, 0, NULL);
    http_wire_wake(&k->wire);
}

static void h1_settle(struct http_link *k)
{
    struct http_call *call = first_call(k);
    if (!call)
        return;
    if (call->ws && call->head_done && !call->ended) {
        ws_answered(k, call);
        return;
    }
    if (call->events.on_upgrade && k->upgraded && call->head_done && !call->ended) {
        upgrade_answered(k, call);
        return;
    }
    http_call_deliver(call);
    if (call->ended) {
        k->unusable = true;
        http_call_finish(call, call->result, call->error);
        http_wire_cut(&k->wire, 1);
        return;
    }
    if (!k->complete)
        return;
    k->served++;
    k->since = loop_now(k->client->loop);
    bool keep = k->keep_alive && !k->unusable && k->wire.out.n == 0 && !k->wire.ended;
    k->unusable = !keep;
    http_call_finish(call, 0, NULL);
    if (!keep)
        http_wire_cut(&k->wire, 1);
    http_client_wake(k->client);
}

static void h1_ended(struct http_link *k)
{
    struct http_call *call = first_call(k);
    if (k->wire.paused)
        return; /* the peer has hung up, but what it said before is not read yet: the end comes behind it */
    k->unusable = true;
    if (call && !k->complete && call->heard) /* the end may be the reply's */
        (void)!http_parser_execute(&k->parser, &h1_calls, NULL, 0);
    if (!call || !k->complete)
        http_wire_cut(&k->wire, call ? -ECONNRESET : 1);
    else
        k->keep_alive = false;
}

/* ── HTTP/2 ── */

static struct http_call *stream_call(nghttp2_session *session, int32_t stream)
{
    return nghttp2_session_get_stream_user_data(session, stream);
}

static int on_header(nghttp2_session *session, const nghttp2_frame *f, const uint8_t *name, size_t n_name, const uint8_t *value, size_t n_value,
                     uint8_t flags, void *ctx)
{
    (void)flags, (void)ctx;
    struct http_call *call = stream_call(session, f->hd.stream_id);
    if (!call || call->head_done || call->ended)
        return 0;
    struct str key = str_make(name, n_name), text = str_make(value, n_value);
    int64_t code = 0;
    if (str_is(key, ":status")) {
        if (str_to_int(text, &code) == 0)
            call->code = (int)code;
        return 0;
    }
    int r = note_name(call, key, true);
    if (r == 0)
        r = note_value(call, text);
    if (r < 0)
        http_call_end(call, r, r == -E2BIG ? "the reply's headers are too large" : NULL);
    return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *f, void *ctx)
{
    struct http_link *k = ctx;
    if (f->hd.type == NGHTTP2_GOAWAY)
        k->unusable = true;
    if (f->hd.type != NGHTTP2_HEADERS)
        return 0;
    struct http_call *call = stream_call(session, f->hd.stream_id);
    if (!call || call->head_done || call->ended)
        return 0;
    call->heard = true;
    if (interim(call->code))
        http_call_forget_reply(call);
    else
        reply_seal(call);
    return 0;
}

/* The windows are given back by hand, so that a paused call can keep its stream's. */
static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream, const uint8_t *p, size_t n, void *ctx)
{
    (void)flags, (void)ctx;
    struct http_call *call = stream_call(session, stream);
    if (call && !call->ended)
        (void)!note_body(call, str_make(p, n));
    if (call && call->paused) {
        call->unconsumed += n;
        return nghttp2_session_consume_connection(session, n) == 0 ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
    }
    return nghttp2_session_consume(session, stream, n) == 0 ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_close(nghttp2_session *session, int32_t stream, uint32_t code, void *ctx)
{
    (void)ctx;
    struct http_call *call = stream_call(session, stream);
    if (!call)
        return 0;
    nghttp2_session_set_stream_user_data(session, stream, NULL);
    call->closed = true;
    if (code == NGHTTP2_NO_ERROR && call->head_done)
        http_call_end(call, 0, NULL);
    else if (code == NGHTTP2_REFUSED_STREAM && call->tries < HTTP_CALL_TRIES && !call->ended)
        call->again = true; /* it was not looked at (RFC 9113 §8.7) */
    else
        http_call_end(call, -ECONNRESET, nghttp2_http2_strerror(code));
    return 0;
}

static ssize_t on_read(nghttp2_session *session, int32_t stream, uint8_t *to, size_t most, uint32_t *flags, nghttp2_data_source *source, void *ctx)
{
    (void)source, (void)ctx;
    struct http_call *call = stream_call(session, stream);
    if (!call)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    size_t n = MIN(call->body.n - call->body_sent, most);
    memcpy(to, call->body.p + call->body_sent, n);
    call->body_sent += n;
    if (call->body_sent == call->body.n)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (ssize_t)n;
}

int http_exchange_globals(struct http_client *c)
{
    if (nghttp2_session_callbacks_new(&c->h2_callbacks) != 0 || nghttp2_option_new(&c->h2_option) != 0)
        return -ENOMEM;
    nghttp2_session_callbacks_set_on_header_callback(c->h2_callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(c->h2_callbacks, on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(c->h2_callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(c->h2_callbacks, on_close);
    nghttp2_option_set_no_closed_streams(c->h2_option, 1);
    nghttp2_option_set_no_auto_window_update(c->h2_option, 1);
    return 0;
}

int http_link_two(struct http_link *k)
{
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, STREAM_WINDOW},
    };
    struct http_client *c = k->client;
    if (nghttp2_session_client_new3(&k->session, c->h2_callbacks, k, c->h2_option, &http_h2_memory) != 0 ||
        nghttp2_submit_settings(k->session, NGHTTP2_FLAG_NONE, settings, ARRAY_LEN(settings)) != 0 ||
        nghttp2_session_set_local_window_size(k->session, NGHTTP2_FLAG_NONE, 0, CONNECTION_WINDOW) != 0)
        return -ENOMEM;
    return 0;
}

static nghttp2_nv nv_of(struct str name, struct str value)
{
    return (nghttp2_nv){(uint8_t *)(uintptr_t)name.p, (uint8_t *)(uintptr_t)value.p, name.n, value.n, NGHTTP2_NV_FLAG_NONE};
}

static size_t h2_fields(struct http_link *k, struct http_call *call, nghttp2_nv *nv, char length[24])
{
    size_t n = 0;
    struct str host = call_header(call, "host");
    nv[n++] = nv_of(STR(":method"), call->method);
    nv[n++] = nv_of(STR(":scheme"), k->wire.ssl ? STR("https") : STR("http"));
    nv[n++] = nv_of(STR(":authority"), host.p ? host : str_of(k->client->authority));
    nv[n++] = nv_of(STR(":path"), call->path);
    if (!call_header(call, "user-agent").p)
        nv[n++] = nv_of(STR("user-agent"), STR("coracle/" CORACLE_VERSION));
    for (size_t i = 0; i < call->n_headers; i++) {
        struct http_header *h = &call->headers[i];
        char *name = (char *)(uintptr_t)h->name.p; /* our own copy */
        for (size_t j = 0; j < h->name.n; j++)
            if (name[j] >= 'A' && name[j] <= 'Z')
                name[j] = (char)(name[j] | 32);
        if (!http_own_field(h->name) && !str_is(h->name, "host"))
            nv[n++] = nv_of(h->name, h->value);
    }
    if (sends_length(call)) {
        snprintf(length, 24, "%zu", call->body.n);
        nv[n++] = nv_of(STR("content-length"), str_of(length));
    }
    return n;
}

static void h2_send(struct http_link *k, struct http_call *call)
{
    char length[24];
    nghttp2_nv *nv = mem_alloc((call->n_headers + 6) * sizeof(*nv));
    nghttp2_data_provider body = {{.ptr = call}, on_read};
    int32_t stream = NGHTTP2_ERR_NOMEM;
    if (nv)
        stream = nghttp2_submit_request(k->session, NULL, nv, h2_fields(k, call, nv, length), call->body.n ? &body : NULL, call);
    mem_free(nv);
    if (stream < 0) {
        call->closed = true; /* there is no stream to reset */
        http_call_end(call, -ENOMEM, NULL);
        return;
    }
    call->stream = stream;
    http_wire_wake(&k->wire);
}

static void h2_frames_pull(struct http_link *k)
{
    while (k->wire.out.n < AHEAD_MOST && !k->wire.dead) {
        const uint8_t *p;
        ssize_t n = nghttp2_session_mem_send(k->session, &p);
        if (n < 0)
            http_wire_cut(&k->wire, n == NGHTTP2_ERR_NOMEM ? -ENOMEM : -EPROTO);
        if (n > 0)
            http_wire_send(&k->wire, str_make(p, (size_t)n));
        if (n <= 0)
            return;
    }
}

static void h2_call_settle(struct http_link *k, struct http_call *call)
{
    http_call_deliver(call);
    if (!call->ended && call->again) {
        http_call_wait(call);
        return;
    }
    if (!call->ended)
        return;
    if (!call->closed) {
        nghttp2_session_set_stream_user_data(k->session, call->stream, NULL);
        (void)nghttp2_submit_rst_stream(k->session, NGHTTP2_FLAG_NONE, call->stream, NGHTTP2_CANCEL);
    }
    k->served++;
    k->since = loop_now(k->client->loop);
    http_call_finish(call, call->result, call->error);
    http_client_wake(k->client);
}

static void h2_settle(struct http_link *k)
{
    LIST_EACH (call, &k->calls, struct http_call, link)
        h2_call_settle(k, call);
    h2_frames_pull(k);
    bool over = !nghttp2_session_want_read(k->session) && !nghttp2_session_want_write(k->session);
    if (over)
        k->unusable = true;
    if (k->wire.out.n == 0 && (over || (k->unusable && k->n_calls == 0)))
        http_wire_cut(&k->wire, 1);
}

/* ── back-pressure ── */

void http_link_pause(struct http_link *k, struct http_call *call)
{
    if (k->proto == HTTP_PROTO_1) {
        http_wire_pause(&k->wire, call->paused);
        return;
    }
    if (call->paused || !call->unconsumed)
        return;
    if (nghttp2_session_consume_stream(k->session, call->stream, call->unconsumed) != 0)
        http_wire_cut(&k->wire, -ENOMEM);
    call->unconsumed = 0;
    http_wire_wake(&k->wire);
}

/* ── the wire's calls ── */

static void link_opened(struct http_wire *w)
{
    struct http_link *k = w->ctx;
    const unsigned char *name = NULL;
    unsigned n = 0;
    if (w->ssl)
        SSL_get0_alpn_selected(w->ssl, &name, &n);
    k->since = loop_now(k->client->loop);
    k->proto = str_eq(str_make(name, n), STR("h2")) ? HTTP_PROTO_2 : HTTP_PROTO_1;
    if (k->proto == HTTP_PROTO_2 && http_link_two(k) < 0) {
        http_wire_cut(w, -ENOMEM);
        return;
    }
    if (k->exclusive && first_call(k))
        h1_send(k, first_call(k));
    http_client_wake(k->client);
}

static void link_input(struct http_wire *w, struct str bytes)
{
    struct http_link *k = w->ctx;
    k->pinged = false;
    if (k->proto == HTTP_PROTO_1) {
        h1_input(k, bytes);
        return;
    }
    k->since = loop_now(k->client->loop);
    if (nghttp2_session_mem_recv(k->session, (const uint8_t *)bytes.p, bytes.n) < 0)
        http_wire_cut(w, -EPROTO);
    http_wire_wake(w);
}

static void link_ended(struct http_wire *w)
{
    struct http_link *k = w->ctx;
    if (k->proto == HTTP_PROTO_1)
        h1_ended(k);
    else
        http_wire_cut(w, -ECONNRESET);
}

static void link_settle(struct http_wire *w)
{
    struct http_link *k = w->ctx;
    if (k->proto == HTTP_PROTO_2)
        h2_settle(k);
    else
        h1_settle(k);
}

static void link_rest(struct http_wire *w)
{
    http_link_arm(w->ctx);
}

static void link_gone(struct http_wire *w, int r)
{
    http_link_broke(w->ctx, r);
}

const struct http_wire_use http_link_use = {link_opened, link_input, link_ended, link_settle, link_rest, link_gone};

bool http_link_takes(const struct http_link *k)
{
    if (!k->wire.open || k->unusable || k->wire.dead || k->wire.finishing || k->exclusive)
        return false;
    if (k->proto == HTTP_PROTO_1)
        return k->n_calls == 0;
    uint32_t most = nghttp2_session_get_remote_settings(k->session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
    return k->n_calls < MIN(most, STREAMS_MOST) && nghttp2_session_check_request_allowed(k->session);
}

void http_link_assign(struct http_link *k, struct http_call *call)
{
    list_del(&call->link);
    call->client->n_waiting--;
    list_add(&k->calls, &call->link);
    call->on = k;
    k->n_calls++;
    k->pinged = false;
    k->since = loop_now(k->client->loop);
    if (k->proto == HTTP_PROTO_2)
        h2_send(k, call);
    else
        h1_send(k, call);
    if (call->paused)
        http_link_pause(k, call);
}
