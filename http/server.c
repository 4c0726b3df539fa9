/* server: listening, taking connections, and the clock of each connection. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>

#include "http/inside.h"

#define ACCEPT_ROUND    64
#define ACCEPT_PAUSE_MS 100
#define SPARE_REQUESTS  32u
#define BACKLOG         1024

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"; /* RFC 9113 §3.4 */

/* ── a connection ── */

static int64_t later(int64_t from, int64_t ms)
{
    return from + ms;
}

static int64_t conn_deadline(struct http_conn *c)
{
    const struct http_limits *l = &c->server->limits;
    if (c->wire.lingering)
        return c->wire.linger_until;
    if (c->wire.open && c->proto == HTTP_PROTO_UNKNOWN && c->n_preface == 0)
        return later(c->opened_at, l->idle_ms);
    if (!c->wire.open || c->proto == HTTP_PROTO_UNKNOWN)
        return later(c->opened_at, l->header_ms);
    int64_t at = c->proto == HTTP_PROTO_2 ? http_h2_deadline(c) : http_h1_deadline(c);
    if (c->wire.stalled_at)
        at = MIN(at, later(c->wire.stalled_at, l->send_ms));
    return at;
}

static void on_deadline(void *ctx);

/* Deadlines move with every request, the timer only when it would ring too late. */
static void conn_arm(struct http_conn *c)
{
    int64_t at = conn_deadline(c);
    if (at >= c->timer_at)
        return;
    int64_t now = loop_now(c->server->loop);
    if (loop_timer_start(c->server->loop, &c->timer, at - now, on_deadline, c) < 0)
        http_wire_cut(&c->wire, -ENOMEM); /* without a clock it could stay for ever */
    else
        c->timer_at = at;
}

static void on_deadline(void *ctx)
{
    struct http_conn *c = ctx;
    int64_t now = loop_now(c->server->loop);
    c->timer_at = HTTP_NEVER;
    if (now < conn_deadline(c)) {
        conn_arm(c);
        return;
    }
    if (c->wire.lingering)
        http_wire_cut(&c->wire, 1);
    else if (!c->wire.open || c->proto == HTTP_PROTO_UNKNOWN)
        http_wire_cut(&c->wire, -ETIMEDOUT);
    else if (c->wire.stalled_at && now >= later(c->wire.stalled_at, c->server->limits.send_ms))
        http_wire_cut(&c->wire, -ETIMEDOUT);
    else if (c->proto == HTTP_PROTO_2)
        http_h2_expire(c, now);
    else
        http_h1_expire(c, now);
    http_wire_wake(&c->wire);
}

static void conn_two(struct http_conn *c)
{
    c->proto = HTTP_PROTO_2;
    if (http_h2_init(c) < 0)
        http_wire_cut(&c->wire, -ENOMEM);
}

static void conn_opened(struct http_wire *w)
{
    struct http_conn *c = w->ctx;
    if (!w->ssl)
        return; /* the first bytes tell */
    const unsigned char *name = NULL;
    unsigned n = 0;
    SSL_get0_alpn_selected(w->ssl, &name, &n);
    if (str_eq(str_make(name, n), STR("h2"))) {
        conn_two(c);
        return;
    }
    c->proto = HTTP_PROTO_1;
    http_h1_init(c);
}

/* Plain connections: HTTP/2 with prior knowledge begins with its preface, all else is HTTP/1. */
static void conn_guess(struct http_conn *c, struct str bytes)
{
    size_t n = 0;
    while (n < bytes.n && c->n_preface < 24 && bytes.p[n] == preface[c->n_preface])
        c->preface[c->n_preface++] = (unsigned char)bytes.p[n++];
    struct str first = str_make(c->preface, c->n_preface);
    if (c->n_preface == 24) {
        conn_two(c);
        if (c->wire.dead == 0) {
            http_h2_input(c, first);
            http_h2_input(c, str_from(bytes, n));
        }
    } else if (n < bytes.n) {
        c->proto = HTTP_PROTO_1;
        http_h1_init(c);
        if (first.n)
            http_h1_input(c, first);
        http_h1_input(c, str_from(bytes, n));
    }
}

static void conn_input(struct http_wire *w, struct str bytes)
{
    struct http_conn *c = w->ctx;
    if (c->proto == HTTP_PROTO_UNKNOWN)
        conn_guess(c, bytes);
    else if (c->proto == HTTP_PROTO_2)
        http_h2_input(c, bytes);
    else
        http_h1_input(c, bytes);
}

static void conn_ended(struct http_wire *w)
{
    struct http_conn *c = w->ctx;
    if (c->proto == HTTP_PROTO_1)
        http_h1_ended(c);
    else
        http_wire_cut(w, 1);
}

static void conn_settle(struct http_wire *w)
{
    struct http_conn *c = w->ctx;
    if (c->proto == HTTP_PROTO_2)
        http_h2_settle(c);
    else if (c->proto == HTTP_PROTO_1)
        http_h1_settle(c);
}

static void conn_rest(struct http_wire *w)
{
    conn_arm(w->ctx);
}

static void conn_gone(struct http_wire *w, int r)
{
    (void)r;
    http_conn_free(w->ctx);
}

const struct http_wire_use http_conn_use = {conn_opened, conn_input, conn_ended, conn_settle, conn_rest, conn_gone};

void http_conn_to_pipe(struct http_conn *c, struct http_pipe *p)
{
    loop_timer_stop(&c->timer);
    c->timer_at = HTTP_NEVER;
    http_h1_done(c);
    c->proto = HTTP_PROTO_PIPE;
    c->pipe = p;
}

static struct http_conn *conn_alloc(struct http_server *s)
{
    struct http_conn *c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    c->server = s;
    c->timer_at = HTTP_NEVER;
    c->opened_at = loop_now(s->loop);
    list_add(&s->conns, &c->link);
    s->n_conns++;
    return c;
}

void http_conn_free(struct http_conn *c)
{
    loop_timer_stop(&c->timer);
    if (c->proto == HTTP_PROTO_2)
        http_h2_done(c);
    else if (c->proto == HTTP_PROTO_1)
        http_h1_done(c);
    else if (c->proto == HTTP_PROTO_PIPE && c->pipe)
        http_pipe_cut(c->pipe);
    if (c->slot && c->slot_drop)
        c->slot_drop(c->slot);
    OPENSSL_free((void *)(uintptr_t)c->cert.p);
    http_wire_done(&c->wire);
    list_del(&c->link);
    c->server->n_conns--;
    mem_free(c);
}

void http_conn_after_pipe(void *conn)
{
    struct http_conn *c = conn;
    c->pipe = NULL;
    http_conn_free(c);
}

struct http_conn *http_conn_memory(struct http_server *s, int (*sink)(void *ctx, struct str bytes), void *ctx)
{
    struct http_conn *c = conn_alloc(s);
    if (!c)
        return NULL;
    http_wire_open_memory(&c->wire, s->loop, &s->pool, sink, ctx, &http_conn_use, c);
    conn_arm(c);
    return c;
}

/* ── listening ── */

static void peer_note(struct http_peer *p, const struct sockaddr_storage *from)
{
    p->family = from->ss_family;
    if (from->ss_family == AF_INET) {
        const struct sockaddr_in *a = (const struct sockaddr_in *)from;
        memcpy(p->address, &a->sin_addr, 4);
        p->port = ntohs(a->sin_port);
    } else if (from->ss_family == AF_INET6) {
        const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)from;
        memcpy(p->address, &a->sin6_addr, 16);
        p->port = ntohs(a->sin6_port);
        if (IN6_IS_ADDR_V4MAPPED(&a->sin6_addr)) { /* a dual socket's IPv4 peer is told as one */
            memmove(p->address, p->address + 12, 4);
            p->family = AF_INET;
        }
    }
}

static void socket_tune(int fd, int family)
{
    int on = 1, idle = 30, every = 15, tries = 4; /* a peer that vanished is noticed within 90 s */
    if (family == AF_UNIX)
        return;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof(every));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof(tries));
}

static void conn_accept(struct http_server *s, int fd, const struct sockaddr_storage *from)
{
    if (s->n_conns >= s->limits.connections) {
        close(fd);
        return;
    }
    SSL *ssl = NULL;
    if (s->tls) {
        ssl = SSL_new(s->tls);
        if (ssl)
            SSL_set_accept_state(ssl);
    }
    struct http_conn *c = s->tls && !ssl ? NULL : conn_alloc(s);
    if (!c) {
        SSL_free(ssl);
        close(fd);
        return;
    }
    socket_tune(fd, from->ss_family);
    peer_note(&c->peer, from);
    if (http_wire_open(&c->wire, s->loop, &s->pool, fd, ssl, false, &http_conn_use, c) < 0)
        http_conn_free(c);
    else
        conn_arm(c);
}

static void on_accept(void *ctx, int events);

static void accept_resume(void *ctx)
{
    struct http_server *s = ctx;
    if (s->io && loop_io_watch(s->io, LOOP_READ) < 0)
        (void)!loop_timer_start(s->loop, &s->accept_again, ACCEPT_PAUSE_MS, accept_resume, s);
}

static void on_accept(void *ctx, int events)
{
    (void)events;
    struct http_server *s = ctx;
    for (int i = 0; i < ACCEPT_ROUND && s->io; i++) {
        struct sockaddr_storage from = {0};
        socklen_t n = sizeof(from);
        int fd = accept4(s->fd, (struct sockaddr *)&from, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            conn_accept(s, fd, &from);
            continue;
        }
        /* Out of descriptors: the waiting connection would wake us for ever. */
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
            if (loop_timer_start(s->loop, &s->accept_again, ACCEPT_PAUSE_MS, accept_resume, s) == 0)
                (void)!loop_io_watch(s->io, 0);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

static int listen_unix(struct http_server *s, const char *path, struct err *err)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    size_t n = strlen(path);
    if (n == 0 || n >= sizeof(a.sun_path))
        return err_raise(err, -ENAMETOOLONG, "socket path \"%s\" must have 1 to %zu bytes", path, sizeof(a.sun_path) - 1);
    memcpy(a.sun_path, path, n);
    s->unix_path = mem_text(path, n);
    if (!s->unix_path)
        return err_raise(err, -ENOMEM, "no memory to listen");
    s->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s->fd < 0)
        return err_raise(err, -errno, "socket: %s", strerror(errno));
    unlink(path); /* of an earlier run */
    if (bind(s->fd, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(s->fd, BACKLOG) < 0)
        return err_raise(err, -errno, "listen on \"%s\": %s", path, strerror(errno));
    return 0;
}

int http_listen(const char *address, int port, int *out, struct err *err)
{
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    struct sockaddr *a = (struct sockaddr *)&four;
    socklen_t n = sizeof(four);
    if (port < 0 || port > 65535)
        return err_raise(err, -EINVAL, "port %d is not between 0 and 65535", port);
    if (inet_pton(AF_INET, address, &four.sin_addr) != 1) {
        if (inet_pton(AF_INET6, address, &six.sin6_addr) != 1)
            return err_raise(err, -EINVAL, "\"%s\" is not an IP address", address);
        a = (struct sockaddr *)&six;
        n = sizeof(six);
    }
    SCOPED_FD fd = socket(a->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_raise(err, -errno, "socket: %s", strerror(errno));
    int on = 1, off = 0;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (a->sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    if (bind(fd, a, n) < 0 || listen(fd, BACKLOG) < 0)
        return err_raise(err, -errno, "listen on %s port %d: %s", address, port, strerror(errno));
    *out = TAKE_FD(fd);
    return 0;
}

static int listen_inet(struct http_server *s, const struct http_server_options *o, struct err *err)
{
    struct sockaddr_storage a;
    socklen_t n = sizeof(a);
    int r = 0;
    if (o->fd > 0)
        s->fd = o->fd;
    else
        r = http_listen(o->address, o->port, &s->fd, err);
    if (r < 0)
        return r;
    if (getsockname(s->fd, (struct sockaddr *)&a, &n) < 0)
        return err_raise(err, -errno, "getsockname: %s", strerror(errno));
    s->port = ntohs(a.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&a)->sin6_port : ((struct sockaddr_in *)&a)->sin_port);
    return 0;
}

static void limits_default(struct http_limits *l)
{
#define DEFAULT(field, value) l->field = l->field ? l->field : (value)
    DEFAULT(header_bytes, 64u << 10);
    DEFAULT(body_bytes, 3u << 20);
    DEFAULT(unsent_bytes, 1u << 20);
    DEFAULT(idle_ms, 120000);
    DEFAULT(header_ms, 10000);
    DEFAULT(body_ms, 60000);
    DEFAULT(send_ms, 60000);
    DEFAULT(streams, 250);
    DEFAULT(connections, 8192);
    DEFAULT(bodies_bytes, 128u << 20);
#undef DEFAULT
}

int http_server_alloc(struct http_server **out, struct loop *l, const struct http_server_options *o)
{
    struct http_server *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->loop = l;
    s->fd = -1;
    s->limits = o->limits;
    s->on_request = o->on_request;
    s->refusal = o->refusal;
    s->refusal_text = BUF_INIT(4096);
    s->ctx = o->ctx;
    s->date_of = -1;
    list_init(&s->conns);
    list_init(&s->spare);
    os_slab_init(&s->requests, sizeof(struct http_req));
    limits_default(&s->limits);
    /* The parser's own ceiling only guards what our count does not see (spaces, empty lines). */
    static uint32_t parser_most = HTTP_MAX_HEADER_SIZE;
    if (s->limits.header_bytes + 8192 > parser_most) {
        parser_most = (uint32_t)MIN(s->limits.header_bytes + 8192, (size_t)UINT32_MAX / 2);
        http_parser_set_max_header_size(parser_most);
    }
    int r = http_pool_init(&s->pool);
    if (r == 0 && o->tls)
        http_pool_share_work(&s->pool, s->loop);
    if (r == 0)
        r = http_h2_globals(s);
    if (r < 0) {
        http_server_free(s);
        return r;
    }
    http_server_set_tls(s, o->tls);
    *out = s;
    return 0;
}

int http_server_new(struct http_server **out, struct loop *l, const struct http_server_options *o, struct err *err)
{
    struct http_server *s;
    int r = http_server_alloc(&s, l, o);
    if (r < 0)
        return err_raise(err, r, "no memory for a server");
    if (o->fd <= 0 && str_starts(str_of(o->address), STR("unix:")))
        r = listen_unix(s, o->address + 5, err);
    else
        r = listen_inet(s, o, err);
    if (r == 0) {
        r = loop_io_new(&s->io, l, s->fd, on_accept, s);
        if (r == 0)
            r = loop_io_watch(s->io, LOOP_READ);
        if (r < 0)
            err_raise(err, r, "watch the listening socket: %s", strerror(-r));
    }
    if (r < 0) {
        http_server_free(s);
        return r;
    }
    *out = s;
    return 0;
}

int http_server_port(const struct http_server *s)
{
    return s->port;
}

void http_server_set_tls(struct http_server *s, SSL_CTX *tls)
{
    if (tls)
        SSL_CTX_up_ref(tls);
    SSL_CTX_free(s->tls);
    s->tls = tls;
}

static void listen_end(struct http_server *s)
{
    loop_timer_stop(&s->accept_again);
    s->io = loop_io_free(s->io);
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    if (s->unix_path)
        unlink(s->unix_path);
    s->unix_path = mem_free(s->unix_path);
}

void http_server_drain(struct http_server *s)
{
    s->draining = true;
    listen_end(s);
    LIST_EACH (c, &s->conns, struct http_conn, link) {
        if (c->proto == HTTP_PROTO_2)
            http_h2_drain(c);
        else if (c->proto == HTTP_PROTO_1)
            http_h1_drain(c);
        else if (c->proto == HTTP_PROTO_UNKNOWN)
            http_wire_cut(&c->wire, 1);
    }
}

struct http_server *http_server_free(struct http_server *s)
{
    if (!s)
        return NULL;
    listen_end(s);
    while (!list_empty(&s->conns))
        http_conn_free(CONTAINER_OF(s->conns.next, struct http_conn, link));
    while (!list_empty(&s->spare)) {
        struct http_req *q = CONTAINER_OF(s->spare.next, struct http_req, link);
        list_del(&q->link);
        http_req_discard(s, q);
    }
    os_slab_done(&s->requests);
    http_pool_done(&s->pool);
    buf_done(&s->refusal_text);
    nghttp2_session_callbacks_del(s->h2_callbacks);
    nghttp2_option_del(s->h2_option);
    SSL_CTX_free(s->tls);
    return mem_free(s);
}

struct str http_server_refusal(struct http_server *s, int code, const char **type)
{
    struct buf *out = &s->refusal_text;
    *type = "application/json";
    buf_clear(out);
    if (s->refusal)
        s->refusal(s->ctx, code, out);
    if (out->n && buf_error(out) == 0)
        return buf_view(out);
    *type = "text/plain; charset=utf-8";
    buf_clear(out);
    buf_fmt(out, "%s\n", http_reason(code));
    return buf_error(out) < 0 ? STR_NONE : buf_view(out);
}

struct str http_server_date(struct http_server *s)
{
    int64_t now = loop_wall(s->loop);
    if (now != s->date_of) {
        s->date_of = now;
        http_date(s->date, now);
    }
    return str_of(s->date);
}
