#include "probe/inside.h"

#include <nghttp2/nghttp2.h>

/* grpc.health.v1.Health/Check over plain HTTP/2. One request, one answer of a
 * few bytes: two protobuf messages of one field each are written and read by
 * hand here. */

#define ANSWER_MAX    4096
#define SERVICE_MAX   2048
#define SERVING       1
#define UNIMPLEMENTED 12

struct grpc {
    struct probe_call *call;
    nghttp2_session *session;
    unsigned char request[SERVICE_MAX + 16];
    size_t request_n, request_at;
    unsigned char answer[ANSWER_MAX];
    size_t answer_n;
    int http_status;
    int status; /* grpc-status; −1: none */
    char message[256];
};

/* ── messages ── */

static size_t varint(unsigned char *to, uint64_t v)
{
    size_t n = 0;
    for (; v >= 128; v >>= 7)
        to[n++] = (unsigned char)(v | 128);
    to[n++] = (unsigned char)v;
    return n;
}

/* HealthCheckRequest { string service = 1; } behind gRPC's five bytes: not compressed, length. */
static void request_make(struct grpc *g, struct str service)
{
    size_t n = 5;
    if (service.n) {
        g->request[n++] = 1 << 3 | 2;
        n += varint(g->request + n, service.n);
        memcpy(g->request + n, service.p, service.n);
        n += service.n;
    }
    size_t body = n - 5;
    for (int i = 0; i < 4; i++)
        g->request[1 + i] = (unsigned char)(body >> (24 - 8 * i));
    g->request_n = n;
}

/* HealthCheckResponse { ServingStatus status = 1; }: 0 when it is not there; −1: cannot be read. */
int grpc_health(const unsigned char *p, size_t size)
{
    if (size < 5 || p[0] != 0)
        return -1;
    size_t n = (size_t)p[1] << 24 | (size_t)p[2] << 16 | (size_t)p[3] << 8 | p[4], at = 5;
    if (n > size - 5)
        return -1;
    int status = 0;
    for (size_t end = 5 + n; at < end;) {
        uint64_t v = 0;
        if (p[at++] != (1 << 3 | 0)) /* another field, of a later version */
            return status;
        for (int shift = 0; at < end && shift < 64; shift += 7) {
            v |= (uint64_t)(p[at] & 127) << shift;
            if (!(p[at++] & 128))
                break;
        }
        status = v > 1000 ? 1000 : (int)v;
    }
    return status;
}

static const char *status_name(int status)
{
    static const char *const names[] = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
    return status >= 0 && status < (int)ARRAY_LEN(names) ? names[status] : "UNKNOWN";
}

static void judge(struct grpc *g)
{
    struct probe_call *c = g->call;
    int status = grpc_health(g->answer, g->answer_n);
    if (g->http_status != 200)
        call_settle(c, PROBE_FAILURE, "error: health rpc probe failed: unexpected HTTP status code received from server: %d", g->http_status);
    else if (g->status == UNIMPLEMENTED)
        call_settle(c, PROBE_FAILURE, "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): %s", g->message);
    else if (g->status != 0)
        call_settle(c, PROBE_FAILURE, "error: health rpc probe failed: rpc error: code = %d desc = %s", g->status, g->message);
    else if (status != SERVING)
        call_settle(c, PROBE_FAILURE, "service unhealthy (responded with \"%s\")", status_name(status));
    else
        call_settle(c, PROBE_SUCCESS, "%s", "service healthy");
}

/* ── HTTP/2 ── */

static ssize_t on_request_body(nghttp2_session *session, int32_t stream, uint8_t *to, size_t room, uint32_t *flags, nghttp2_data_source *source,
                               void *ctx)
{
    struct grpc *g = ctx;
    (void)session;
    (void)stream;
    (void)source;
    size_t n = MIN(room, g->request_n - g->request_at);
    memcpy(to, g->request + g->request_at, n);
    g->request_at += n;
    if (g->request_at == g->request_n)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (ssize_t)n;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name, size_t name_n, const uint8_t *value, size_t value_n,
                     uint8_t flags, void *ctx)
{
    struct grpc *g = ctx;
    struct str n = str_make(name, name_n), v = str_make(value, value_n);
    int64_t number;
    (void)session;
    (void)frame;
    (void)flags;
    if (str_is(n, ":status") && str_to_int(v, &number) == 0)
        g->http_status = (int)MIN(MAX(number, 0), 999);
    else if (str_is(n, "grpc-status"))
        g->status = str_to_int(v, &number) == 0 ? (int)MIN(MAX(number, 0), 999) : 2;
    else if (str_is(n, "grpc-message"))
        snprintf(g->message, sizeof(g->message), "%.*s", (int)MIN(v.n, sizeof(g->message) - 1), v.p);
    return 0;
}

static int on_answer_body(nghttp2_session *session, uint8_t flags, int32_t stream, const uint8_t *data, size_t n, void *ctx)
{
    struct grpc *g = ctx;
    (void)session;
    (void)flags;
    (void)stream;
    n = MIN(n, sizeof(g->answer) - g->answer_n);
    memcpy(g->answer + g->answer_n, data, n);
    g->answer_n += n;
    return 0;
}

static int on_close(nghttp2_session *session, int32_t stream, uint32_t code, void *ctx)
{
    struct grpc *g = ctx;
    (void)session;
    (void)stream;
    if (code != NGHTTP2_NO_ERROR && g->status < 0)
        call_settle(g->call, PROBE_FAILURE, "error: health rpc probe failed: stream ended with HTTP/2 error %s", nghttp2_http2_strerror(code));
    else
        judge(g);
    return 0;
}

static int session_make(struct grpc *g)
{
    nghttp2_session_callbacks *calls;
    if (nghttp2_session_callbacks_new(&calls) != 0)
        return -ENOMEM;
    nghttp2_session_callbacks_set_on_header_callback(calls, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(calls, on_answer_body);
    nghttp2_session_callbacks_set_on_stream_close_callback(calls, on_close);
    int r = nghttp2_session_client_new(&g->session, calls, g);
    nghttp2_session_callbacks_del(calls);
    return r == 0 ? 0 : -ENOMEM;
}

static nghttp2_nv pair(struct str name, struct str value)
{
    union {
        const char *in;
        uint8_t *out;
    } n = {name.p}, v = {value.p};
    return (nghttp2_nv){n.out, v.out, name.n, value.n, NGHTTP2_NV_FLAG_NONE};
}

static int request_submit(struct grpc *g)
{
    struct str at = host_port(g->call->mem, g->call->host, g->call->o.port);
    struct str timeout = arena_fmt(g->call->mem, "%lldm", (long long)g->call->o.timeout_ms);
    if (!at.p || !timeout.p)
        return -ENOMEM;
    nghttp2_nv headers[] = {
        pair(STR(":method"), STR("POST")),
        pair(STR(":scheme"), STR("http")),
        pair(STR(":path"), STR("/grpc.health.v1.Health/Check")),
        pair(STR(":authority"), at),
        pair(STR("content-type"), STR("application/grpc")),
        pair(STR("user-agent"), STR(PROBE_AGENT)),
        pair(STR("te"), STR("trailers")),
        pair(STR("grpc-timeout"), timeout),
    };
    nghttp2_data_provider body = {.read_callback = on_request_body};
    if (nghttp2_submit_settings(g->session, NGHTTP2_FLAG_NONE, NULL, 0) != 0 ||
        nghttp2_submit_request(g->session, NULL, headers, ARRAY_LEN(headers), &body, NULL) < 0)
        return -ENOMEM;
    return 0;
}

/* What there is to be sent is a few hundred bytes into an empty socket: it fits, or the connection is broken. */
static int flush(struct grpc *g)
{
    for (;;) {
        const uint8_t *p;
        ssize_t n = nghttp2_session_mem_send(g->session, &p);
        if (n < 0)
            return -EPROTO;
        if (n == 0)
            return 0;
        if (send(g->call->fd, p, (size_t)n, MSG_NOSIGNAL) != n)
            return -EPIPE;
    }
}

static void on_ready(void *ctx, int events)
{
    struct probe_call *c = ctx;
    struct grpc *g = c->grpc;
    char piece[4096];
    (void)events;
    ssize_t n = recv(c->fd, piece, sizeof(piece), 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    int r = n <= 0 ? -ECONNRESET : 0;
    if (r == 0 && nghttp2_session_mem_recv(g->session, (const uint8_t *)piece, (size_t)n) < 0)
        r = -EPROTO;
    if (r == 0 && !c->settled)
        r = flush(g);
    if (r < 0)
        call_settle(c, PROBE_FAILURE, "error: health rpc probe failed: %s", strerror(-r));
    if (c->settled)
        c->io = loop_io_free(c->io);
}

static void on_connected(struct probe_call *c)
{
    int r = flush(c->grpc);
    if (r == 0)
        r = loop_io_new(&c->io, c->loop, c->fd, on_ready, c);
    if (r == 0)
        r = loop_io_watch(c->io, LOOP_READ);
    if (r < 0)
        call_settle(c, PROBE_FAILURE, "error: health rpc probe failed: %s", strerror(-r));
}

int grpc_start(struct probe_call *c)
{
    struct str service = str_of(c->o.service);
    struct grpc *g = c->grpc = mem_alloc(sizeof(*g));
    if (!g)
        return -ENOMEM;
    if (service.n > SERVICE_MAX)
        return -E2BIG;
    g->call = c;
    g->status = -1;
    request_make(g, service);
    int r = session_make(g);
    if (r == 0)
        r = request_submit(g);
    return r < 0 ? r : call_connect(c, on_connected);
}

void grpc_end(struct probe_call *c)
{
    if (c->grpc && c->grpc->session)
        nghttp2_session_del(c->grpc->session);
    c->grpc = mem_free(c->grpc);
}
