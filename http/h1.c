/* h1: HTTP/1.1 (RFC 9112) on a server's connection.
 *
 *   idle ──first byte──> receiving ──complete──> received ──settle──> answering ──end──> idle
 *                           │ a fault                                     │
 *                           └──> small plain reply, end of connection     └── 101: the pipe takes over
 *
 * One request at a time is with its handler; what a client sends behind it
 * waits in `pending`, and past PENDING_MOST it is not even read. */
#include "http/inside.h"

#define PENDING_MOST  16384u
#define SETTLE_ROUNDS 64 /* pipelined requests a turn */

static int64_t now_of(struct http_conn *c)
{
    return loop_now(c->server->loop);
}

/* ── the parser's calls ── */

static int refuse(struct http_conn *c, int r)
{
    if (r == 0)
        return 0;
    c->h1.refuse = r > 0 ? r : HTTP_STATUS_SERVICE_UNAVAILABLE;
    return -1;
}

static int on_begin(http_parser *p)
{
    struct http_conn *c = p->data;
    c->h1.q = http_req_new(c);
    c->h1.since = now_of(c);
    c->h1.in_value = true;
    c->h1.trailer_bytes = 0;
    return c->h1.q ? 0 : refuse(c, -ENOMEM);
}

static int on_url(http_parser *p, const char *at, size_t n)
{
    struct http_conn *c = p->data;
    struct http_req *q = c->h1.q;
    buf_add(&q->text, at, n);
    q->path.n += n; /* from offset 0 */
    int r = buf_error(&q->text);
    return refuse(c, r == -E2BIG ? HTTP_STATUS_URI_TOO_LONG : r);
}

static int trailer(struct http_conn *c, size_t n) /* trailers are counted and dropped */
{
    c->h1.trailer_bytes += n;
    bool over = c->h1.trailer_bytes > c->server->limits.header_bytes;
    return refuse(c, over ? HTTP_STATUS_REQUEST_HEADER_FIELDS_TOO_LARGE : 0);
}

static int on_name(http_parser *p, const char *at, size_t n)
{
    struct http_conn *c = p->data;
    struct http_req *q = c->h1.q;
    if (q->sealed)
        return trailer(c, n);
    bool begin = c->h1.in_value;
    c->h1.in_value = false;
    return refuse(c, http_req_add_name(q, str_make(at, n), begin));
}

static int on_value(http_parser *p, const char *at, size_t n)
{
    struct http_conn *c = p->data;
    if (c->h1.q->sealed)
        return trailer(c, n);
    c->h1.in_value = true;
    return refuse(c, http_req_add_value(c->h1.q, str_make(at, n)));
}

/* Names must be tokens and the fields that say where a message ends must leave no doubt (RFC 9112 §6.3): what two
 * programs read differently is how requests are smuggled. */
static int check_headers(struct http_req *q)
{
    unsigned hosts = 0;
    for (size_t i = 0; i < q->headers.n; i++) {
        const struct http_header *h = &q->headers.p[i];
        if (!http_token_valid(h->name))
            return HTTP_STATUS_BAD_REQUEST;
        switch (h->name.n) {
        case 4:
            hosts += str_is(h->name, "host");
            break;
        case 6:
            if (!str_is(h->name, "expect"))
                break;
            if (!str_eq_nocase(h->value, STR("100-continue")))
                return HTTP_STATUS_EXPECTATION_FAILED;
            q->expects = true;
            break;
        case 17:
            if (!str_is(h->name, "transfer-encoding"))
                break;
            if (q->http10)
                return HTTP_STATUS_BAD_REQUEST;
            if (!str_eq_nocase(h->value, STR("chunked")))
                return HTTP_STATUS_NOT_IMPLEMENTED;
            break;
        default:
            break;
        }
    }
    return hosts > 1 || (hosts == 0 && !q->http10) ? HTTP_STATUS_BAD_REQUEST : 0;
}

/* absolute-form (RFC 9112 §3.2.2) is reduced to its path. */
static int check_target(struct http_req *q)
{
    struct str t = q->path;
    if (t.n && t.p[0] == '/')
        return 0;
    if (str_is(t, "*"))
        return str_is(q->method, "OPTIONS") ? 0 : HTTP_STATUS_BAD_REQUEST;
    ssize_t at = str_find(t, STR("://"));
    if (at < 0)
        return HTTP_STATUS_BAD_REQUEST;
    t = str_from(t, (size_t)at + 3);
    ssize_t slash = str_find(t, STR("/"));
    q->path = slash < 0 ? STR("/") : str_from(t, (size_t)slash);
    return 0;
}

static int on_headers(http_parser *p)
{
    struct http_conn *c = p->data;
    struct http_req *q = c->h1.q;
    if (p->http_major != 1)
        return refuse(c, HTTP_STATUS_HTTP_VERSION_NOT_SUPPORTED);
    q->http10 = p->http_minor == 0;
    q->carrier = &http_h1_carrier;
    q->method = str_of(http_method_str(p->method));
    http_req_seal(q);
    int r = check_headers(q);
    if (r == 0)
        r = p->method == HTTP_CONNECT ? HTTP_STATUS_METHOD_NOT_ALLOWED : check_target(q);
    bool length_known = (p->flags & F_CONTENTLENGTH) != 0;
    if (r == 0 && length_known && p->content_length > c->server->limits.body_bytes)
        r = HTTP_STATUS_PAYLOAD_TOO_LARGE;
    if (r)
        return refuse(c, r);
    c->h1.since = now_of(c);
    bool body = (p->flags & F_CHUNKED) || (length_known && p->content_length > 0);
    if (q->expects && body && !q->http10)
        http_wire_send(&c->wire, STR("HTTP/1.1 100 Continue\r\n\r\n"));
    return 0;
}

static int on_body(http_parser *p, const char *at, size_t n)
{
    struct http_conn *c = p->data;
    return refuse(c, http_req_add_body(c->h1.q, str_make(at, n)));
}

static int on_complete(http_parser *p)
{
    struct http_conn *c = p->data;
    c->h1.q->received = true;
    c->h1.q->keep_alive = http_should_keep_alive(p);
    http_parser_pause(p, 1);
    return 0;
}

static const http_parser_settings calls = {
    .on_message_begin = on_begin,
    .on_url = on_url,
    .on_header_field = on_name,
    .on_header_value = on_value,
    .on_headers_complete = on_headers,
    .on_body = on_body,
    .on_message_complete = on_complete,
};

/* ── refusing before a handler is reached ── */

static void send_refusal(struct http_conn *c, int code)
{
    struct buf *line = &c->server->pool.line;
    const char *type;
    struct str text = http_server_refusal(c->server, code, &type);
    buf_clear(line);
    buf_fmt(line, "HTTP/1.1 %d %s\r\ncontent-type: %s\r\nconnection: close\r\ndate: %s\r\n", code, http_reason(code), type,
            http_server_date(c->server).p);
    if (code == HTTP_STATUS_TOO_MANY_REQUESTS || code == HTTP_STATUS_SERVICE_UNAVAILABLE)
        buf_text(line, "retry-after: 1\r\n");
    buf_fmt(line, "content-length: %zu\r\n\r\n%.*s", text.n, STR_FMT(text));
    if (buf_error(line))
        http_wire_cut(&c->wire, -ENOMEM);
    else
        http_wire_send(&c->wire, buf_view(line));
}

static void h1_refuse(struct http_conn *c, int code)
{
    if (c->h1.q)
        http_req_end(c->h1.q);
    c->h1.q = NULL;
    buf_done(&c->h1.pending);
    send_refusal(c, code);
    http_wire_finish(&c->wire);
}

static int code_of_fault(enum http_errno fault)
{
    switch (fault) {
    case HPE_HEADER_OVERFLOW:
        return HTTP_STATUS_REQUEST_HEADER_FIELDS_TOO_LARGE;
    case HPE_INVALID_VERSION:
        return HTTP_STATUS_HTTP_VERSION_NOT_SUPPORTED;
    default:
        return HTTP_STATUS_BAD_REQUEST;
    }
}

/* How many bytes belonged to the request being received. */
static size_t parse(struct http_conn *c, struct str bytes)
{
    struct http_h1 *h = &c->h1;
    http_parser_pause(&h->parser, 0);
    size_t n = http_parser_execute(&h->parser, &calls, bytes.p, bytes.n);
    enum http_errno fault = HTTP_PARSER_ERRNO(&h->parser);
    if (fault == HPE_OK || fault == HPE_PAUSED)
        return n;
    h1_refuse(c, h->refuse ? h->refuse : code_of_fault(fault));
    return bytes.n;
}

/* ── input ── */

void http_h1_init(struct http_conn *c)
{
    struct http_h1 *h = &c->h1;
    *h = (struct http_h1){.since = now_of(c), .pending = BUF_INIT(0)};
    http_parser_init(&h->parser, HTTP_REQUEST);
    h->parser.data = c;
}

static void request_finish(struct http_conn *c);

void http_h1_input(struct http_conn *c, struct str bytes)
{
    struct http_h1 *h = &c->h1;
    /* Who asks again at once comes before the last request has had its last turn: else the bytes would be laid aside. */
    if (h->q && h->q->dispatched && h->q->ended && !h->pipe && h->pending.n == 0 && c->wire.out.n == 0)
        request_finish(c);
    if (c->wire.finishing || c->wire.dead)
        return;
    if (h->pending.n == 0 && (!h->q || !h->q->received))
        bytes = str_from(bytes, parse(c, bytes));
    if (bytes.n == 0)
        return;
    buf_str(&h->pending, bytes);
    if (buf_error(&h->pending))
        http_wire_cut(&c->wire, -ENOMEM);
    else if (h->pending.n > PENDING_MOST)
        http_wire_pause(&c->wire, true);
}

/* What came before the end is still answered, as far as the answers are there at once. */
void http_h1_ended(struct http_conn *c)
{
    c->h1.peer_ended = true;
    http_wire_wake(&c->wire);
}

/* ── settling ── */

static void request_finish(struct http_conn *c)
{
    struct http_h1 *h = &c->h1;
    bool keep = h->q->keep_alive && !h->q->closed;
    http_req_end(h->q);
    h->q = NULL;
    h->since = now_of(c);
    if (!keep)
        http_wire_finish(&c->wire);
}

static void request_hand_out(struct http_conn *c)
{
    int r = http_req_open_body(c->h1.q);
    if (r)
        h1_refuse(c, r);
    else
        http_req_dispatch(c->h1.q);
}

static void take_over(struct http_conn *c)
{
    struct http_pipe *p = c->h1.pipe;
    p->first = c->h1.pending;
    c->h1.pending = BUF_INIT(0);
    c->h1.pipe = NULL;
    http_wire_pause(&c->wire, p->paused);
    http_conn_to_pipe(c, p);
    c->wire.use = &http_pipe_use;
    c->wire.ctx = p;
    http_wire_wake(&c->wire);
}

static void pending_parse(struct http_conn *c)
{
    struct http_h1 *h = &c->h1;
    size_t n = parse(c, buf_view(&h->pending));
    if (h->pending.n)
        buf_drop(&h->pending, MIN(n, h->pending.n));
    if (h->pending.n == 0)
        buf_done(&h->pending);
    if (h->pending.n <= PENDING_MOST)
        http_wire_pause(&c->wire, false);
}

/* Where the peer has said its last word: a started answer nobody waits for ends here. */
static void settle_ended(struct http_conn *c)
{
    if (c->h1.q)
        http_wire_cut(&c->wire, 1);
    else
        http_wire_finish(&c->wire);
}

void http_h1_settle(struct http_conn *c)
{
    struct http_h1 *h = &c->h1;
    for (int i = 0; i < SETTLE_ROUNDS && !c->wire.dead && !c->wire.finishing; i++) {
        if (h->q && h->q->received && !h->q->dispatched)
            request_hand_out(c);
        if (h->pipe) {
            take_over(c);
            return;
        }
        if (h->q && h->q->gzip && http_req_pump(h->q))
            http_wire_wake(&c->wire);
        if (h->q && h->q->dispatched)
            http_req_drained(h->q);
        if (h->q && h->q->dispatched && h->q->ended)
            request_finish(c);
        bool room = c->wire.out.n < c->server->limits.unsent_bytes;
        if (h->pending.n == 0 || !room || (h->q && h->q->received)) {
            if (h->peer_ended && !c->wire.finishing)
                settle_ended(c);
            return;
        }
        pending_parse(c);
    }
    if (h->pending.n && !c->wire.dead && !c->wire.finishing)
        http_wire_wake(&c->wire);
}

int64_t http_h1_deadline(struct http_conn *c)
{
    const struct http_h1 *h = &c->h1;
    const struct http_limits *l = &c->server->limits;
    if (c->wire.finishing || (h->q && h->q->received) || h->pending.n)
        return HTTP_NEVER; /* the handler's time, or that of a stalled reader */
    return h->since + (!h->q ? l->idle_ms : h->q->sealed ? l->body_ms : l->header_ms);
}

void http_h1_expire(struct http_conn *c, int64_t now)
{
    (void)now;
    if (c->h1.q)
        h1_refuse(c, HTTP_STATUS_REQUEST_TIMEOUT);
    else
        http_wire_finish(&c->wire);
}

void http_h1_drain(struct http_conn *c)
{
    if (!c->h1.q && c->h1.pending.n == 0)
        http_wire_finish(&c->wire);
}

void http_h1_done(struct http_conn *c)
{
    if (c->h1.q)
        http_req_end(c->h1.q);
    c->h1.q = NULL;
    buf_done(&c->h1.pending);
    if (c->h1.pipe)
        http_pipe_cut(c->h1.pipe);
    c->h1.pipe = NULL;
}

/* ── answering ── */

static void put_headers(struct buf *line, const struct http_header *headers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (http_own_field(headers[i].name) || !http_token_valid(headers[i].name))
            continue;
        buf_str(line, headers[i].name);
        buf_add(line, ": ", 2);
        http_header_value(line, headers[i].value);
        buf_add(line, "\r\n", 2);
    }
}

static void put_status(struct buf *line, int code)
{
    buf_clear(line);
    buf_add(line, "HTTP/1.1 ", 9);
    buf_int(line, code);
    buf_char(line, ' ');
    buf_text(line, http_reason(code));
    buf_add(line, "\r\n", 2);
}

static void put_length(struct http_req *q, struct buf *line, int code, int64_t length)
{
    if (code < 200 || code == HTTP_STATUS_NO_CONTENT || code == HTTP_STATUS_NOT_MODIFIED)
        return;
    if (length >= 0) {
        buf_text(line, "content-length: ");
        buf_int(line, length);
        buf_add(line, "\r\n", 2);
        return;
    }
    if (q->bodiless)
        return;
    q->chunked = !q->http10;
    if (q->chunked)
        buf_text(line, "transfer-encoding: chunked\r\n");
    else
        q->keep_alive = false; /* HTTP/1.0: the end of the connection ends the body */
}

static void h1_head(struct http_req *q, int code, const struct http_header *headers, size_t n, int64_t length)
{
    struct http_conn *c = q->conn;
    struct buf *line = &c->server->pool.line;
    put_status(line, code);
    put_headers(line, headers, n);
    put_length(q, line, code, length);
    if (q->gzip)
        buf_text(line, "content-encoding: gzip\r\nvary: accept-encoding\r\n");
    if (c->server->draining || c->h1.peer_ended)
        q->keep_alive = false;
    if (!q->keep_alive)
        buf_text(line, "connection: close\r\n");
    else if (q->http10)
        buf_text(line, "connection: keep-alive\r\n");
    buf_add(line, "date: ", 6);
    buf_str(line, http_server_date(c->server));
    buf_add(line, "\r\n\r\n", 4);
    /* Head and body leave as one record where they fit one. */
    size_t together = line->n + (length > 0 && !q->bodiless ? (size_t)length : 64);
    if (buf_error(line) || http_queue_reserve(c->wire.pool, &c->wire.out, together) < 0)
        http_wire_cut(&c->wire, -ENOMEM);
    else
        http_wire_send(&c->wire, buf_view(line));
}

static void h1_data(struct http_req *q, struct http_bytes part)
{
    struct http_wire *w = &q->conn->wire;
    if (!q->chunked) {
        http_wire_share(w, part);
        return;
    }
    char size[24], *at = size + sizeof(size); /* in hex, from its end; printf takes ten times as long, and a watcher waits */
    *--at = '\n';
    *--at = '\r';
    for (size_t n = part.bytes.n; n; n >>= 4)
        *--at = "0123456789abcdef"[n & 15];
    /* A chunk that fits one record leaves as one; without memory the lines below say so. */
    (void)!http_queue_reserve(w->pool, &w->out, MIN(part.bytes.n, (size_t)HTTP_SEGMENT_LARGE - 32) + 32);
    http_wire_send(w, str_make(at, (size_t)(size + sizeof(size) - at)));
    http_wire_share(w, part);
    http_wire_send(w, STR("\r\n"));
}

static void h1_end(struct http_req *q)
{
    if (q->chunked && !q->bodiless)
        http_wire_send(&q->conn->wire, STR("0\r\n\r\n"));
    http_wire_wake(&q->conn->wire);
}

static void h1_abort(struct http_req *q)
{
    http_wire_cut(&q->conn->wire, -ECONNABORTED);
}

const struct http_carrier http_h1_carrier = {h1_head, h1_data, h1_end, h1_abort};

struct http_pipe *http_h1_upgrade(struct http_req *q, const struct http_header *headers, size_t n)
{
    struct http_conn *c = q->conn;
    struct http_pipe *p = NULL;
    struct buf *line = &c->server->pool.line;
    put_status(line, HTTP_STATUS_SWITCHING_PROTOCOLS);
    buf_text(line, "connection: Upgrade\r\n");
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, STR("upgrade"))) {
            buf_text(line, "upgrade: ");
            http_header_value(line, headers[i].value);
            buf_text(line, "\r\n");
        }
    put_headers(line, headers, n);
    buf_text(line, "\r\n");
    if (buf_error(line) || http_pipe_new(&p, &c->wire, c->server->limits.unsent_bytes, http_conn_after_pipe, c) < 0)
        return NULL;
    q->begun = q->ended = true;
    q->code = HTTP_STATUS_SWITCHING_PROTOCOLS;
    c->h1.pipe = p;
    http_wire_send(&c->wire, buf_view(line));
    return p;
}
