/* h2: HTTP/2 (RFC 9113) on a server's connection, over nghttp2.
 *
 * A request moves between three lists: `streams` (arriving or being answered),
 * `ready` (received whole or to be refused, not yet handed out) and `closed`
 * (its stream has ended, its owner not yet told). nghttp2's callbacks only move
 * requests; settle calls the users. A stream opened and reset in one read thus
 * never reaches a handler (CVE-2023-44487), and what a peer may reset, ping or
 * set in a second is budgeted besides.
 *
 * Frames are pulled from nghttp2 only while the wire has little unsent, so that
 * what waits is each stream's own queue, and the peer's windows decide. */
#include "http/inside.h"

#define AHEAD_MOST        (64u << 10)              /* framed bytes waiting in the wire */
#define FRAME_DATA        (HTTP_SEGMENT_LARGE - 9) /* with its head it fills a TLS record */
#define STREAM_WINDOW     (1 << 20)
#define CONNECTION_WINDOW (16 << 20)
#define NV_STACK          32

/* Budgets of frames that cost us and not the peer: so many at once, so many a second. */
#define RESETS_BURST   1000u
#define RESETS_RATE    100
#define CONTROLS_BURST 5000u
#define CONTROLS_RATE  500

static int64_t now_of(struct http_conn *c)
{
    return loop_now(c->server->loop);
}

static void *memory_get(size_t n, void *ctx)
{
    (void)ctx;
    return mem_resize(NULL, n);
}

static void memory_put(void *p, void *ctx)
{
    (void)ctx;
    mem_free(p);
}

static void *memory_zeroed(size_t n, size_t size, void *ctx)
{
    (void)ctx;
    size_t bytes;
    return __builtin_mul_overflow(n, size, &bytes) ? NULL : mem_alloc(bytes);
}

static void *memory_resize(void *p, size_t n, void *ctx)
{
    (void)ctx;
    return mem_resize(p, n);
}

nghttp2_mem http_h2_memory = {NULL, memory_get, memory_put, memory_zeroed, memory_resize};

/* ── in ── */

static void list_move(struct list *to, struct http_req *q)
{
    list_del(&q->link);
    list_add(to, &q->link);
}

static void refuse(struct http_conn *c, struct http_req *q, int code)
{
    if (q->refused || q->dispatched)
        return;
    q->refused = true;
    q->code = code > 0 ? code : HTTP_STATUS_SERVICE_UNAVAILABLE;
    list_move(&c->h2.ready, q);
}

static void received(struct http_conn *c, struct http_req *q)
{
    q->received = true;
    if (q->refused)
        return;
    list_move(&c->h2.ready, q);
}

/* True: over the budget. */
static bool spend(struct http_conn *c, unsigned *spent, unsigned burst, int rate)
{
    int64_t now = now_of(c), back = (now - c->h2.budget_at) * rate / 1000;
    if (back > 0 || *spent == 0) {
        c->h2.resets -= (unsigned)MIN((int64_t)c->h2.resets, (now - c->h2.budget_at) * RESETS_RATE / 1000);
        c->h2.controls -= (unsigned)MIN((int64_t)c->h2.controls, (now - c->h2.budget_at) * CONTROLS_RATE / 1000);
        c->h2.budget_at = now;
    }
    return ++*spent > burst;
}

static void calm(struct http_conn *c)
{
    nghttp2_session_terminate_session(c->h2.session, NGHTTP2_ENHANCE_YOUR_CALM);
}

static int on_begin_headers(nghttp2_session *session, const nghttp2_frame *f, void *ctx)
{
    struct http_conn *c = ctx;
    if (f->hd.type != NGHTTP2_HEADERS || f->headers.cat != NGHTTP2_HCAT_REQUEST)
        return 0;
    struct http_req *q = http_req_new(c);
    if (!q)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    q->stream = f->hd.stream_id;
    q->carrier = &http_h2_carrier;
    q->keep_alive = true;
    list_add(&c->h2.streams, &q->link);
    c->h2.n_streams++;
    nghttp2_session_set_stream_user_data(session, q->stream, q);
    return 0;
}

static int text_note(struct http_req *q, struct str value, struct str *out)
{
    *out = str_make((const char *)q->text.n, value.n); /* an offset until http_req_seal() */
    buf_str(&q->text, value);
    int r = buf_error(&q->text);
    return r == -E2BIG ? HTTP_STATUS_REQUEST_HEADER_FIELDS_TOO_LARGE : r;
}

static int field_note(struct http_req *q, struct str name, struct str value)
{
    if (str_is(name, ":method"))
        return text_note(q, value, &q->method);
    if (str_is(name, ":path"))
        return text_note(q, value, &q->path);
    if (str_is(name, ":authority"))
        name = STR("host");
    else if (name.n && name.p[0] == ':')
        return 0;
    int r = http_req_add_name(q, name, true);
    return r ? r : http_req_add_value(q, value);
}

static int on_header(nghttp2_session *session, const nghttp2_frame *f, const uint8_t *name, size_t n_name, const uint8_t *value, size_t n_value,
                     uint8_t flags, void *ctx)
{
    (void)flags;
    struct http_conn *c = ctx;
    struct http_req *q = nghttp2_session_get_stream_user_data(session, f->hd.stream_id);
    if (!q || q->sealed || q->refused) /* trailers are dropped */
        return 0;
    int r = field_note(q, str_make(name, n_name), str_make(value, n_value));
    if (r)
        refuse(c, q, r);
    return 0;
}

static void continue_send(struct http_conn *c, struct http_req *q)
{
    nghttp2_nv nv = {(uint8_t *)(uintptr_t) ":status", (uint8_t *)(uintptr_t) "100", 7, 3, NGHTTP2_NV_FLAG_NONE};
    (void)nghttp2_submit_headers(c->h2.session, NGHTTP2_FLAG_NONE, q->stream, NULL, &nv, 1, NULL);
}

static void headers_end(struct http_conn *c, struct http_req *q)
{
    http_req_seal(q);
    q->since = now_of(c);
    int64_t length = 0;
    struct str text = http_req_header(q, "content-length");
    struct str expect = http_req_header(q, "expect");
    if (text.n && (str_to_int(text, &length) < 0 || length < 0))
        refuse(c, q, HTTP_STATUS_BAD_REQUEST);
    else if (length > 0 && (uint64_t)length > c->server->limits.body_bytes)
        refuse(c, q, HTTP_STATUS_PAYLOAD_TOO_LARGE);
    else if (str_is(q->method, "CONNECT") || !q->path.n || (q->path.p[0] != '/' && !str_is(q->path, "*")))
        refuse(c, q, str_is(q->method, "CONNECT") ? HTTP_STATUS_METHOD_NOT_ALLOWED : HTTP_STATUS_BAD_REQUEST);
    else if (expect.n && !str_eq_nocase(expect, STR("100-continue")))
        refuse(c, q, HTTP_STATUS_EXPECTATION_FAILED);
    else if (expect.n)
        continue_send(c, q);
}

static int on_frame_recv(nghttp2_session *session, const nghttp2_frame *f, void *ctx)
{
    struct http_conn *c = ctx;
    struct http_req *q = NULL;
    switch (f->hd.type) {
    case NGHTTP2_HEADERS:
    case NGHTTP2_DATA:
        q = nghttp2_session_get_stream_user_data(session, f->hd.stream_id);
        if (q && f->hd.type == NGHTTP2_HEADERS && !q->sealed && !q->refused)
            headers_end(c, q);
        if (q && (f->hd.flags & NGHTTP2_FLAG_END_STREAM))
            received(c, q);
        if (f->hd.length || (f->hd.flags & NGHTTP2_FLAG_END_STREAM))
            return 0;
        break; /* an empty frame that ends nothing */
    case NGHTTP2_RST_STREAM:
        if (spend(c, &c->h2.resets, RESETS_BURST, RESETS_RATE))
            calm(c);
        return 0;
    case NGHTTP2_WINDOW_UPDATE:
        return 0;
    default:
        break;
    }
    if (spend(c, &c->h2.controls, CONTROLS_BURST, CONTROLS_RATE))
        calm(c);
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream, const uint8_t *p, size_t n, void *ctx)
{
    (void)flags;
    struct http_conn *c = ctx;
    struct http_req *q = nghttp2_session_get_stream_user_data(session, stream);
    if (!q || q->refused)
        return 0;
    int r = http_req_add_body(q, str_make(p, n));
    if (r)
        refuse(c, q, r);
    return 0;
}

static int on_close(nghttp2_session *session, int32_t stream, uint32_t code, void *ctx)
{
    (void)code;
    struct http_conn *c = ctx;
    struct http_req *q = nghttp2_session_get_stream_user_data(session, stream);
    if (!q)
        return 0;
    nghttp2_session_set_stream_user_data(session, stream, NULL);
    q->closed = true;
    list_move(&c->h2.closed, q);
    c->h2.n_streams--;
    if (c->h2.n_streams == 0)
        c->h2.idle_since = now_of(c);
    http_wire_wake(&c->wire);
    return 0;
}

/* ── out ── */

static ssize_t on_read(nghttp2_session *session, int32_t stream, uint8_t *to, size_t most, uint32_t *flags, nghttp2_data_source *source, void *ctx)
{
    (void)session, (void)stream, (void)to;
    struct http_conn *c = ctx;
    struct http_req *q = source->ptr;
    size_t n = MIN(MIN(q->out.n, most), (size_t)FRAME_DATA);
    if (n == 0 && !q->ended) {
        q->deferred = true;
        return NGHTTP2_ERR_DEFERRED;
    }
    *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (q->ended && n == q->out.n)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    q->since = now_of(c);
    return (ssize_t)n;
}

static int on_send_data(nghttp2_session *session, nghttp2_frame *f, const uint8_t *head, size_t n, nghttp2_data_source *source, void *ctx)
{
    (void)session, (void)f;
    struct http_conn *c = ctx;
    struct http_req *q = source->ptr;
    struct http_pool *pool = c->wire.pool;
    /* A shared piece goes on as such only when it is a frame's whole content; the copy packs records full. */
    if (http_queue_reserve(pool, &c->wire.out, n + 9) < 0 || http_queue_add(pool, &c->wire.out, str_make(head, 9)) < 0 ||
        http_queue_move(pool, &q->out, &c->wire.out, n) < 0)
        return NGHTTP2_ERR_CALLBACK_FAILURE;
    if (q->was_full && q->out.n < http_req_limit(q) / 2) {
        c->h2.drained_any = true;
        http_wire_wake(&c->wire);
    }
    if (q->gzip)
        http_wire_wake(&c->wire);
    return 0;
}

/* An answer given before the request was complete ends it (RFC 9113 §8.1). */
static int on_frame_send(nghttp2_session *session, const nghttp2_frame *f, void *ctx)
{
    (void)ctx;
    bool end = (f->hd.type == NGHTTP2_HEADERS || f->hd.type == NGHTTP2_DATA) && (f->hd.flags & NGHTTP2_FLAG_END_STREAM);
    struct http_req *q = end ? nghttp2_session_get_stream_user_data(session, f->hd.stream_id) : NULL;
    if (q && q->refused && !q->received)
        (void)nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, f->hd.stream_id, NGHTTP2_NO_ERROR);
    return 0;
}

int http_h2_globals(struct http_server *s)
{
    if (nghttp2_session_callbacks_new(&s->h2_callbacks) != 0 || nghttp2_option_new(&s->h2_option) != 0)
        return -ENOMEM;
    nghttp2_session_callbacks *cb = s->h2_callbacks;
    nghttp2_session_callbacks_set_on_begin_headers_callback(cb, on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(cb, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(cb, on_frame_recv);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cb, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(cb, on_close);
    nghttp2_session_callbacks_set_send_data_callback(cb, on_send_data);
    nghttp2_session_callbacks_set_on_frame_send_callback(cb, on_frame_send);
    nghttp2_option_set_no_closed_streams(s->h2_option, 1); /* they would only serve priorities */
    nghttp2_option_set_stream_reset_rate_limit(s->h2_option, RESETS_BURST * 2, RESETS_RATE * 2);
    return 0;
}

int http_h2_init(struct http_conn *c)
{
    struct http_server *s = c->server;
    c->h2 = (struct http_h2){.idle_since = now_of(c), .budget_at = now_of(c)};
    list_init(&c->h2.streams);
    list_init(&c->h2.ready);
    list_init(&c->h2.closed);
    if (nghttp2_session_server_new3(&c->h2.session, s->h2_callbacks, c, s->h2_option, &http_h2_memory) != 0)
        return -ENOMEM;
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, s->limits.streams},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, STREAM_WINDOW},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, (uint32_t)MIN(s->limits.header_bytes, (size_t)UINT32_MAX)},
    };
    if (nghttp2_submit_settings(c->h2.session, NGHTTP2_FLAG_NONE, settings, ARRAY_LEN(settings)) != 0 ||
        nghttp2_session_set_local_window_size(c->h2.session, NGHTTP2_FLAG_NONE, 0, CONNECTION_WINDOW) != 0)
        return -ENOMEM;
    http_wire_wake(&c->wire);
    return 0;
}

void http_h2_input(struct http_conn *c, struct str bytes)
{
    if (c->wire.dead || c->wire.finishing || bytes.n == 0)
        return;
    ssize_t n = nghttp2_session_mem_recv(c->h2.session, (const uint8_t *)bytes.p, bytes.n);
    if (n < 0)
        http_wire_cut(&c->wire, -EPROTO);
    http_wire_wake(&c->wire);
}

/* ── settling ── */

static void refusal_send(struct http_req *q)
{
    const char *type;
    struct str text = http_server_refusal(q->conn->server, q->code, &type);
    struct http_header headers[] = {
        {STR("content-type"), str_of(type)},
        {STR("retry-after"), STR("1")},
    };
    bool retry = q->code == HTTP_STATUS_TOO_MANY_REQUESTS || q->code == HTTP_STATUS_SERVICE_UNAVAILABLE;
    q->dispatched = true;
    buf_done(&q->body);
    http_reply(q, q->code, headers, retry ? 2 : 1, http_bytes_copy(text));
}

static void hand_out(struct http_conn *c)
{
    while (!list_empty(&c->h2.ready) && !c->wire.dead) {
        struct http_req *q = CONTAINER_OF(c->h2.ready.next, struct http_req, link);
        list_move(&c->h2.streams, q);
        int r = q->refused ? 0 : http_req_open_body(q);
        if (r) {
            q->refused = true;
            q->code = r;
        }
        if (q->refused)
            refusal_send(q);
        else
            http_req_dispatch(q);
    }
}

static void closed_end(struct http_conn *c)
{
    while (!list_empty(&c->h2.closed))
        http_req_end(CONTAINER_OF(c->h2.closed.next, struct http_req, link));
}

static void frames_pull(struct http_conn *c)
{
    while (c->wire.out.n < AHEAD_MOST && !c->wire.dead) {
        const uint8_t *p;
        ssize_t n = nghttp2_session_mem_send(c->h2.session, &p);
        if (n < 0)
            http_wire_cut(&c->wire, n == NGHTTP2_ERR_NOMEM || n == NGHTTP2_ERR_CALLBACK_FAILURE ? -ENOMEM : -EPROTO);
        if (n > 0)
            http_wire_send(&c->wire, str_make(p, (size_t)n));
        if (n <= 0)
            return;
    }
}

static void streams_continue(struct http_conn *c)
{
    bool drained = c->h2.drained_any;
    c->h2.drained_any = c->h2.compressing = false;
    LIST_EACH (q, &c->h2.streams, struct http_req, link) {
        if (q->gzip && http_req_pump(q))
            http_wire_wake(&c->wire);
        if (q->gzip)
            c->h2.compressing = true;
        if (drained)
            http_req_drained(q);
    }
}

void http_h2_settle(struct http_conn *c)
{
    if (c->wire.finishing)
        return;
    hand_out(c);
    if (c->h2.drained_any || c->h2.compressing)
        streams_continue(c);
    closed_end(c);
    frames_pull(c);
    if (c->wire.dead || c->wire.out.n || c->wire.more)
        return;
    bool idle = !nghttp2_session_want_read(c->h2.session) && !nghttp2_session_want_write(c->h2.session);
    if (idle || (c->h2.goaway && c->h2.n_streams == 0))
        http_wire_finish(&c->wire);
}

static int64_t stream_deadline(const struct http_conn *c, const struct http_req *q)
{
    const struct http_limits *l = &c->server->limits;
    if (!q->received && !q->refused)
        return q->since + (q->sealed ? l->body_ms : l->header_ms);
    return q->out.n ? q->since + l->send_ms : HTTP_NEVER;
}

int64_t http_h2_deadline(struct http_conn *c)
{
    if (c->wire.finishing)
        return HTTP_NEVER;
    if (c->h2.n_streams == 0)
        return c->h2.idle_since + c->server->limits.idle_ms;
    int64_t at = HTTP_NEVER;
    LIST_EACH (q, &c->h2.streams, struct http_req, link)
        at = MIN(at, stream_deadline(c, q));
    return at;
}

void http_h2_expire(struct http_conn *c, int64_t now)
{
    if (c->h2.n_streams == 0) {
        http_h2_drain(c);
        c->h2.idle_since = now;
        return;
    }
    LIST_EACH (q, &c->h2.streams, struct http_req, link) {
        if (stream_deadline(c, q) > now)
            continue;
        q->since = now;
        if (!q->sealed)
            http_wire_cut(&c->wire, -ETIMEDOUT); /* in the middle of a header block no other frame may follow */
        else if (!q->received && !q->refused)
            refuse(c, q, HTTP_STATUS_REQUEST_TIMEOUT);
        else
            (void)nghttp2_submit_rst_stream(c->h2.session, NGHTTP2_FLAG_NONE, q->stream, NGHTTP2_CANCEL);
    }
}

void http_h2_drain(struct http_conn *c)
{
    if (c->h2.goaway)
        return;
    c->h2.goaway = true;
    int32_t last = nghttp2_session_get_last_proc_stream_id(c->h2.session);
    if (nghttp2_submit_goaway(c->h2.session, NGHTTP2_FLAG_NONE, last, NGHTTP2_NO_ERROR, NULL, 0) != 0)
        http_wire_cut(&c->wire, -ENOMEM);
    http_wire_wake(&c->wire);
}

void http_h2_done(struct http_conn *c)
{
    struct list *lists[] = {&c->h2.streams, &c->h2.ready, &c->h2.closed};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        LIST_EACH (q, lists[i], struct http_req, link)
            q->closed = true; /* what its owner may still say goes nowhere */
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        while (!list_empty(lists[i]))
            http_req_end(CONTAINER_OF(lists[i]->next, struct http_req, link));
    nghttp2_session_del(c->h2.session);
    c->h2.session = NULL;
}

/* ── answering ── */

static nghttp2_nv nv_of(struct buf *line, size_t name_at, size_t value_at)
{
    return (nghttp2_nv){(uint8_t *)line->p + name_at, (uint8_t *)line->p + value_at, value_at - name_at, line->n - value_at, NGHTTP2_NV_FLAG_NONE};
}

static void put_field(struct buf *line, nghttp2_nv *nv, size_t *n, struct str name, struct str value)
{
    size_t name_at = line->n;
    buf_str(line, name);
    size_t value_at = line->n;
    for (size_t i = name_at; i < value_at; i++)
        if (line->p[i] >= 'A' && line->p[i] <= 'Z')
            line->p[i] = (char)(line->p[i] | 32);
    http_header_value(line, value);
    if (!buf_error(line))
        nv[(*n)++] = nv_of(line, name_at, value_at);
}

static size_t fields_room(const struct http_header *headers, size_t n)
{
    size_t room = 256;
    for (size_t i = 0; i < n; i++)
        room += headers[i].name.n + headers[i].value.n;
    return room;
}

static size_t fields_put(struct http_req *q, struct buf *line, nghttp2_nv *nv, const struct http_header *headers, size_t n, int64_t length)
{
    char number[24];
    size_t count = 0;
    snprintf(number, sizeof(number), "%d", q->code);
    put_field(line, nv, &count, STR(":status"), str_of(number));
    for (size_t i = 0; i < n; i++)
        if (!http_own_field(headers[i].name) && http_token_valid(headers[i].name))
            put_field(line, nv, &count, headers[i].name, headers[i].value);
    if (length >= 0 && q->code >= 200 && q->code != HTTP_STATUS_NO_CONTENT && q->code != HTTP_STATUS_NOT_MODIFIED) {
        snprintf(number, sizeof(number), "%" PRId64, length);
        put_field(line, nv, &count, STR("content-length"), str_of(number));
    }
    if (q->gzip) {
        put_field(line, nv, &count, STR("content-encoding"), STR("gzip"));
        put_field(line, nv, &count, STR("vary"), STR("accept-encoding"));
    }
    put_field(line, nv, &count, STR("date"), http_server_date(q->conn->server));
    return count;
}

static void h2_head(struct http_req *q, int code, const struct http_header *headers, size_t n, int64_t length)
{
    struct http_conn *c = q->conn;
    struct buf *line = &c->server->pool.line;
    nghttp2_nv some[NV_STACK], *nv = some;
    q->code = code;
    if (n + 6 > NV_STACK)
        nv = mem_alloc((n + 6) * sizeof(*nv));
    buf_clear(line);
    /* The entries point into line: it must not move. */
    int r = nv && buf_room(line, fields_room(headers, n)) ? 0 : -ENOMEM;
    size_t count = r < 0 ? 0 : fields_put(q, line, nv, headers, n, length);
    nghttp2_data_provider body = {{.ptr = q}, on_read};
    bool empty = q->bodiless || length == 0;
    if (r < 0 || buf_error(line) || nghttp2_submit_response(c->h2.session, q->stream, nv, count, empty ? NULL : &body) != 0)
        http_wire_cut(&c->wire, -ENOMEM);
    if (nv != some)
        mem_free(nv);
    c->h2.compressing = c->h2.compressing || q->gzip;
    http_wire_wake(&c->wire);
}

static void h2_resume(struct http_req *q)
{
    struct http_conn *c = q->conn;
    if (q->deferred) {
        q->deferred = false;
        if (nghttp2_session_resume_data(c->h2.session, q->stream) == NGHTTP2_ERR_NOMEM)
            http_wire_cut(&c->wire, -ENOMEM);
    }
    http_wire_wake(&c->wire);
}

static void h2_data(struct http_req *q, struct http_bytes part)
{
    struct http_conn *c = q->conn;
    if (q->out.n == 0)
        q->since = now_of(c);
    if (http_queue_share(c->wire.pool, &q->out, part) < 0)
        http_wire_cut(&c->wire, -ENOMEM);
    h2_resume(q);
}

static void h2_end(struct http_req *q)
{
    h2_resume(q);
}

static void h2_abort(struct http_req *q)
{
    if (nghttp2_submit_rst_stream(q->conn->h2.session, NGHTTP2_FLAG_NONE, q->stream, NGHTTP2_INTERNAL_ERROR) != 0)
        http_wire_cut(&q->conn->wire, -ENOMEM);
    http_queue_clear(q->conn->wire.pool, &q->out);
}

const struct http_carrier http_h2_carrier = {h2_head, h2_data, h2_end, h2_abort};
