/* request: what a handler sees of a request and how it answers, whichever
 * protocol carries it. */
#include <arpa/inet.h>

#include "http/inside.h"

#define HEADER_COST   32u /* RFC 9113 §6.5.2: what a field costs beside its bytes */
#define ARENA_MOST    (64u << 20)
#define GZIP_LEAST    (128u << 10)
#define GZIP_AHEAD    (256u << 10)
#define KEEP_REQUESTS 32u

struct http_bytes http_bytes_copy(struct str s)
{
    return (struct http_bytes){.bytes = s};
}

void http_bytes_release(struct http_bytes b)
{
    if (b.release)
        b.release(b.owner);
}

/* ── life ── */

void http_req_discard(struct http_server *s, struct http_req *q)
{
    buf_done(&q->text);
    buf_done(&q->body);
    VEC_DONE(&q->headers);
    arena_free(q->mem);
    os_slab_free(&s->requests, q);
}

struct http_req *http_req_new(struct http_conn *c)
{
    struct http_server *s = c->server;
    struct http_req *q = NULL;
    if (!list_empty(&s->spare)) {
        q = CONTAINER_OF(s->spare.next, struct http_req, link);
        list_del(&q->link);
        s->n_spare--;
    } else {
        q = os_slab_alloc(&s->requests);
    }
    if (!q)
        return NULL;
    if (!q->mem && arena_new(&q->mem, ARENA_MOST) < 0) {
        http_req_discard(s, q);
        return NULL;
    }
    q->conn = c;
    q->text.max = s->limits.header_bytes;
    q->left = -1;
    q->since = loop_now(s->loop);
    list_init(&q->link);
    return q;
}

#ifndef ARENA_ONE_MALLOC /* sanitizers shall see who touches a request that has ended */
static bool req_keep(struct http_server *s, struct http_req *q)
{
    if (s->n_spare >= KEEP_REQUESTS || q->text.cap > 8192 || q->headers.cap > 128)
        return false;
    s->bodies -= q->charged;
    if (q->body.cap > HTTP_SEGMENT_LARGE)
        buf_done(&q->body);
    if (q->mem && arena_used(q->mem) > HTTP_SEGMENT_LARGE)
        q->mem = arena_free(q->mem);
    if (q->mem)
        arena_reset(q->mem);
    struct http_req kept = {.text = q->text, .body = q->body, .mem = q->mem};
    memcpy(&kept.headers, &q->headers, sizeof(kept.headers));
    buf_clear(&kept.text);
    buf_clear(&kept.body);
    kept.headers.n = 0;
    *q = kept;
    list_add_front(&s->spare, &q->link);
    s->n_spare++;
    return true;
}
#endif

void http_req_end(struct http_req *q)
{
    struct http_server *s = q->conn->server;
    void (*on_gone)(void *) = q->on_gone;
    q->on_gone = NULL;
    list_del(&q->link);
    if (on_gone)
        on_gone(q->data);
    q->gzip = http_gzip_free(q->gzip);
    http_queue_clear(&s->pool, &q->out);
#ifndef ARENA_ONE_MALLOC
    if (req_keep(s, q))
        return;
#endif
    s->bodies -= q->charged;
    http_req_discard(s, q);
}

void http_req_shed(struct http_req *q)
{
    q->method = q->path = q->query = STR_NONE;
    buf_done(&q->text);
    VEC_DONE(&q->headers);
    q->conn->server->bodies -= q->charged;
    q->charged = 0;
    buf_done(&q->body);
    q->mem = arena_free(q->mem);
}

/* ── filling ── */

static int text_result(struct http_req *q)
{
    int r = buf_error(&q->text);
    if (r == -E2BIG || q->text.n + q->headers.n * HEADER_COST > q->conn->server->limits.header_bytes)
        return HTTP_STATUS_REQUEST_HEADER_FIELDS_TOO_LARGE;
    return r;
}

int http_req_add_name(struct http_req *q, struct str part, bool begin)
{
    if (begin) {
        struct http_header *h = VEC_ADD(&q->headers);
        if (!h)
            return -ENOMEM;
        h->name.p = (const char *)q->text.n; /* an offset until http_req_seal() */
    }
    buf_str(&q->text, part);
    q->headers.p[q->headers.n - 1].name.n += part.n;
    return text_result(q);
}

int http_req_add_value(struct http_req *q, struct str part)
{
    struct http_header *h = &q->headers.p[q->headers.n - 1];
    if (h->value.n == 0)
        h->value.p = (const char *)q->text.n;
    buf_str(&q->text, part);
    h->value.n += part.n;
    return text_result(q);
}

static void text_place(struct http_req *q, struct str *s)
{
    s->p = s->n ? q->text.p + (size_t)s->p : "";
}

void http_req_seal(struct http_req *q)
{
    if (q->stream) /* HTTP/1 has the parser's own words */
        text_place(q, &q->method);
    text_place(q, &q->path);
    struct str target = q->path;
    str_cut(target, '?', &q->path, &q->query);
    for (size_t i = 0; i < q->headers.n; i++) {
        struct http_header *h = &q->headers.p[i];
        text_place(q, &h->name);
        text_place(q, &h->value);
        h->value = str_trim(h->value);
        char *name = q->text.p + (h->name.p - q->text.p);
        for (size_t k = 0; k < h->name.n; k++)
            if (name[k] >= 'A' && name[k] <= 'Z')
                name[k] = (char)(name[k] | 32);
    }
    q->sealed = true;
}

int http_req_add_body(struct http_req *q, struct str part)
{
    struct http_server *s = q->conn->server;
    if (part.n > s->limits.body_bytes - MIN(q->body.n, s->limits.body_bytes))
        return HTTP_STATUS_PAYLOAD_TOO_LARGE;
    if (s->bodies + part.n > s->limits.bodies_bytes)
        return HTTP_STATUS_TOO_MANY_REQUESTS;
    buf_str(&q->body, part);
    if (buf_error(&q->body))
        return -ENOMEM;
    q->charged += part.n;
    s->bodies += part.n;
    return 0;
}

int http_req_open_body(struct http_req *q)
{
    struct str coding = http_req_header(q, "content-encoding");
    if (coding.n == 0 || q->body.n == 0 || str_eq_nocase(coding, STR("identity")))
        return 0;
    if (!str_eq_nocase(coding, STR("gzip")) && !str_eq_nocase(coding, STR("x-gzip")))
        return HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE;
    struct http_server *s = q->conn->server;
    SCOPED_BUF packed = q->body;
    q->body = BUF_INIT(0);
    int r = http_gunzip(buf_view(&packed), s->limits.body_bytes, &q->body);
    s->bodies = s->bodies - q->charged + q->body.n;
    q->charged = q->body.n;
    if (r == -E2BIG)
        return HTTP_STATUS_PAYLOAD_TOO_LARGE;
    if (r == -ENOMEM)
        return HTTP_STATUS_SERVICE_UNAVAILABLE;
    return r < 0 ? HTTP_STATUS_BAD_REQUEST : 0;
}

void http_req_dispatch(struct http_req *q)
{
    struct http_server *s = q->conn->server;
    q->dispatched = true;
    q->head_only = str_is(q->method, "HEAD");
    s->on_request(s->ctx, q);
}

/* ── reading ── */

struct str http_req_method(const struct http_req *q)
{
    return q->method;
}

struct str http_req_path(const struct http_req *q)
{
    return q->path;
}

struct str http_req_query(const struct http_req *q)
{
    return q->query;
}

struct str http_req_header(const struct http_req *q, const char *lower_name)
{
    size_t n = strlen(lower_name);
    for (size_t i = 0; i < q->headers.n; i++) {
        const struct http_header *h = &q->headers.p[i];
        if (h->name.n == n && memcmp(h->name.p, lower_name, n) == 0)
            return h->value;
    }
    return STR("");
}

size_t http_req_headers(const struct http_req *q, const struct http_header **all)
{
    *all = q->headers.p;
    return q->headers.n;
}

struct str http_req_body(const struct http_req *q)
{
    return buf_view(&q->body);
}

struct arena *http_req_arena(struct http_req *q)
{
    return q->mem;
}

struct str http_req_peer_cert(const struct http_req *q)
{
    struct http_conn *c = q->conn;
    if (c->cert_known || !c->wire.ssl)
        return c->cert;
    c->cert_known = true;
    X509 *x = SSL_get_verify_result(c->wire.ssl) == X509_V_OK ? SSL_get0_peer_certificate(c->wire.ssl) : NULL;
    unsigned char *der = NULL;
    int n = x ? i2d_X509(x, &der) : 0;
    if (n > 0)
        c->cert = str_make(der, (size_t)n);
    return c->cert;
}

void **http_req_connection_slot(struct http_req *q, void (*drop)(void *slot_value))
{
    q->conn->slot_drop = drop;
    return &q->conn->slot;
}

struct str http_req_peer(const struct http_req *q)
{
    const struct http_peer *p = &q->conn->peer;
    char address[INET6_ADDRSTRLEN];
    if ((p->family != AF_INET && p->family != AF_INET6) || !inet_ntop(p->family, p->address, address, sizeof(address)))
        return STR("local");
    return arena_fmt(q->mem, p->family == AF_INET6 ? "[%s]:%d" : "%s:%d", address, p->port);
}

void *http_req_data(const struct http_req *q)
{
    return q->data;
}

void http_req_set_data(struct http_req *q, void *data, void (*on_gone)(void *data))
{
    q->data = data;
    q->on_gone = on_gone;
}

/* ── answering ── */

static bool code_bodiless(int code)
{
    return code < 200 || code == HTTP_STATUS_NO_CONTENT || code == HTTP_STATUS_NOT_MODIFIED;
}

static struct str headers_find(const struct http_header *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, str_of(name)))
            return headers[i].value;
    return STR_NONE;
}

/* False: nobody reads the answer any more. */
static bool reply_open(struct http_req *q, int code)
{
    CHECK(!q->begun);
    q->begun = true;
    q->code = code;
    q->bodiless = q->head_only || code_bodiless(code);
    if (q->closed)
        http_wire_wake(&q->conn->wire);
    return !q->closed;
}

static bool gzip_wanted(struct http_req *q, const struct http_header *headers, size_t n, size_t bytes)
{
    return bytes >= GZIP_LEAST && !q->bodiless && !headers_find(headers, n, "content-encoding").p &&
           http_accepts_gzip(http_req_header(q, "accept-encoding"));
}

/* A whole answer leaves at once, before whoever else has a turn in this one; frames are made in settle, many at a time. */
static void reply_push(struct http_req *q)
{
    if (!q->stream && !q->closed)
        http_wire_push(&q->conn->wire);
}

void http_reply(struct http_req *q, int code, const struct http_header *headers, size_t n, struct http_bytes body)
{
    if (!reply_open(q, code)) {
        q->ended = true;
        http_bytes_release(body);
        return;
    }
    if (gzip_wanted(q, headers, n, body.bytes.n) && http_gzip_new(&q->gzip, body) == 0) {
        q->carrier->head(q, code, headers, n, -1);
        http_wire_wake(&q->conn->wire);
        return;
    }
    q->carrier->head(q, code, headers, n, (int64_t)body.bytes.n);
    if (body.bytes.n && !q->bodiless && !q->closed)
        q->carrier->data(q, body);
    else
        http_bytes_release(body);
    q->ended = true;
    q->carrier->end(q);
    reply_push(q);
}

/* One slice of compressed output. Called in settle, so that the loop breathes between slices. */
bool http_req_pump(struct http_req *q)
{
    if (!q->gzip || http_gzip_streams(q->gzip) || q->closed || http_req_unsent(q) > GZIP_AHEAD)
        return false;
    struct buf *out = &q->conn->server->pool.line;
    buf_clear(out);
    int r = http_gzip_next(q->gzip, out);
    if (r < 0) {
        http_reply_abort(q);
        return false;
    }
    if (out->n)
        q->carrier->data(q, http_bytes_copy(buf_view(out)));
    if (out->cap > HTTP_SCRATCH * 4)
        buf_done(out);
    if (r == 1)
        return true;
    q->gzip = http_gzip_free(q->gzip);
    q->ended = true;
    q->carrier->end(q);
    return false;
}

bool http_reply_compress(struct http_req *q)
{
    CHECK(!q->begun);
    if (!q->closed && !q->head_only && http_accepts_gzip(http_req_header(q, "accept-encoding")) && http_gzip_stream(&q->gzip) < 0)
        q->gzip = NULL; /* without memory it goes as it is */
    return q->gzip;
}

/* A piece through the compressor; `last` ends the text. False: the reply is broken. */
static bool write_packed(struct http_req *q, struct str in, bool last)
{
    struct buf *out = &q->conn->server->pool.line;
    buf_clear(out);
    int r = http_gzip_add(q->gzip, in, last, out);
    if (r < 0) {
        http_reply_abort(q);
        return false;
    }
    if (out->n)
        q->carrier->data(q, http_bytes_copy(buf_view(out)));
    if (out->cap > HTTP_SCRATCH * 4)
        buf_done(out);
    if (last)
        q->gzip = http_gzip_free(q->gzip);
    return true;
}

void http_reply_begin(struct http_req *q, int code, const struct http_header *headers, size_t n)
{
    if (!reply_open(q, code))
        return;
    int64_t length = -1;
    if (q->gzip || str_to_int(headers_find(headers, n, "content-length"), &length) < 0 || length < 0)
        length = -1;
    q->left = q->bodiless ? -1 : length;
    q->carrier->head(q, code, headers, n, length);
}

void http_reply_write(struct http_req *q, struct http_bytes part)
{
    CHECK(q->begun && !q->ended);
    if (q->closed || q->bodiless || part.bytes.n == 0) {
        http_bytes_release(part);
        return;
    }
    if (q->left >= 0 && (int64_t)part.bytes.n > q->left) {
        http_bytes_release(part);
        http_reply_abort(q);
        return;
    }
    if (q->left >= 0)
        q->left -= (int64_t)part.bytes.n;
    if (q->gzip) {
        bool fine = write_packed(q, part.bytes, false);
        http_bytes_release(part);
        if (!fine)
            return;
    } else {
        q->carrier->data(q, part);
    }
    if (http_req_unsent(q) >= http_req_limit(q))
        q->was_full = true;
}

void http_reply_flush(struct http_req *q)
{
    if (q->stream || q->was_full) /* frames are made in settle; whoever waits for room is told there */
        http_wire_wake(&q->conn->wire);
    else
        http_wire_push(&q->conn->wire);
}

void http_reply_end(struct http_req *q)
{
    CHECK(q->begun && !q->ended);
    if (q->left > 0) {
        http_reply_abort(q);
        return;
    }
    if (q->gzip && !q->closed && !write_packed(q, STR_NONE, true))
        return;
    q->ended = true;
    if (q->closed)
        http_wire_wake(&q->conn->wire);
    else
        q->carrier->end(q);
    reply_push(q);
}

void http_reply_abort(struct http_req *q)
{
    q->begun = q->ended = true;
    q->gzip = http_gzip_free(q->gzip);
    if (!q->closed)
        q->carrier->abort(q);
    q->closed = true;
    http_wire_wake(&q->conn->wire);
}

size_t http_req_limit(const struct http_req *q)
{
    return q->conn->server->limits.unsent_bytes;
}

size_t http_req_unsent(const struct http_req *q)
{
    return q->stream ? q->out.n : q->conn->wire.out.n;
}

bool http_req_full(const struct http_req *q)
{
    return !q->closed && http_req_unsent(q) >= http_req_limit(q);
}

void http_req_on_drain(struct http_req *q, void (*fn)(void *data))
{
    q->on_drain = fn;
}

void http_req_drained(struct http_req *q)
{
    if (!q->was_full || q->closed || http_req_unsent(q) >= http_req_limit(q) / 2)
        return;
    q->was_full = false;
    if (q->on_drain && !q->ended)
        q->on_drain(q->data);
}
