#include "node/inside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>

#include "http/http.h"

/* Port-forward: SPDY/3.1 streams — inside a WebSocket (kubectl since 1.30) or on
 * the upgraded connection itself (stock API servers, old kubectl). Each request
 * is a pair of streams, "error" and "data"; the data stream becomes a TCP
 * connection made inside the pod's network namespace, so that programs that
 * listen on 127.0.0.1 are reached too. */
#define MESSAGE_MAX (1u << 20)
#define CHUNK 32768

struct forward {
    struct session head;
    struct node *node;
    char uid[64];
    struct http_ws *ws;
    struct http_pipe *pipe;
    struct spdy *spdy;
    struct list connections;
    bool gone;
    unsigned working; /* connections whose socket is being made on the pool */
};

struct connection {
    struct list link;
    struct forward *forward; /* NULL: the session is gone */
    struct spdy_stream *data, *error;
    char request[32];
    int port;
    char netns[OS_PATH_MAX];
    int fd, failure;
    struct loop_io *io;
    bool connected, working, read_over, input_over, write_over;
    struct buf held; /* towards the pod */
};

static void forward_free_when_idle(struct forward *f)
{
    if (!f->gone || f->working)
        return;
    list_del(&f->head.link);
    spdy_free(f->spdy);
    mem_free(f);
}

static void connection_close(struct connection *c)
{
    if (c->working) {
        c->data = c->error = NULL;
        return; /* made() frees it */
    }
    list_del(&c->link);
    loop_io_free(c->io);
    if (c->fd >= 0)
        close(c->fd);
    buf_done(&c->held);
    mem_free(c);
}

static void drop_connection(struct connection *c)
{
    if (c->data)
        spdy_stream_set_data(c->data, NULL);
    if (c->error)
        spdy_stream_set_data(c->error, NULL);
    connection_close(c);
}

static void forward_gone(struct forward *f)
{
    f->gone = true;
    f->ws = NULL;
    f->pipe = NULL;
    while (!list_empty(&f->connections)) {
        struct connection *c = CONTAINER_OF(f->connections.next, struct connection, link);
        if (c->working) {
            list_del(&c->link);
            list_init(&c->link);
            c->data = c->error = NULL;
            continue;
        }
        drop_connection(c);
    }
    forward_free_when_idle(f);
}

static void forward_stop(struct forward *f)
{
    if (f->ws)
        http_ws_close(f->ws, 1001, STR("the agent ends"));
    if (f->pipe)
        http_pipe_close(f->pipe);
}

static void session_stop(struct session *head)
{
    forward_stop(CONTAINER_OF(head, struct forward, head));
}

/* ── the pod's side ── */

static void tell_error(struct connection *c, const char *text)
{
    if (!c->error)
        return;
    struct str message = str_of(text);
    if (spdy_send(c->error, message, true) < 0)
        spdy_reset(c->error);
}

static void finish_when_both_over(struct connection *c)
{
    if (c->read_over && c->write_over)
        drop_connection(c);
}

static void read_pod(struct connection *c)
{
    char block[CHUNK];
    if (!c->data) {
        c->read_over = c->write_over = true;
        return;
    }
    if (!spdy_writable(c->data))
        return;
    ssize_t n = recv(c->fd, block, sizeof(block), 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    c->read_over = n <= 0;
    if (spdy_send(c->data, str_make(block, n > 0 ? (size_t)n : 0), n <= 0) < 0)
        c->read_over = c->write_over = true;
    if (c->read_over && c->error && spdy_send(c->error, STR_NONE, true) < 0)
        spdy_reset(c->error);
}

static void write_pod(struct connection *c)
{
    while (c->held.n) {
        ssize_t n = send(c->fd, c->held.p, c->held.n, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n < 0) {
            c->write_over = true;
            return;
        }
        buf_drop(&c->held, (size_t)n);
    }
    if (c->input_over)
        c->write_over = true;
    if (c->write_over)
        shutdown(c->fd, SHUT_WR);
}

static void watch(struct connection *c)
{
    int events = (c->read_over ? 0 : LOOP_READ) | (c->held.n || !c->connected ? LOOP_WRITE : 0);
    if (loop_io_watch(c->io, events) < 0)
        c->read_over = c->write_over = true;
}

static void on_ready(void *ctx, int events)
{
    struct connection *c = ctx;
    if (!c->connected) {
        int error = 0;
        socklen_t n = sizeof(error);
        if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &n) < 0)
            error = errno;
        if (error) {
            char text[200];
            snprintf(text, sizeof(text), "failed to connect to localhost:%d inside namespace: %s", c->port, strerror(error));
            tell_error(c, text);
            if (c->data)
                spdy_reset(c->data);
            drop_connection(c);
            return;
        }
        c->connected = true;
    }
    write_pod(c);
    if (events & LOOP_READ)
        read_pod(c);
    watch(c);
    finish_when_both_over(c);
}

/* On a pool thread: a socket of the pod's network namespace; the thread comes back to its own. */
static void make_socket(void *ctx)
{
    struct connection *c = ctx;
    SCOPED_FD home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    SCOPED_FD pod = c->netns[0] ? open(c->netns, O_RDONLY | O_CLOEXEC) : -1;
    c->failure = 0;
    if (home < 0 || (c->netns[0] && (pod < 0 || setns(pod, CLONE_NEWNET) < 0))) {
        c->failure = errno;
        return;
    }
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (c->fd < 0)
        c->failure = errno;
    if (pod >= 0)
        CHECK(setns(home, CLONE_NEWNET) == 0);
}

static int connect_socket(struct connection *c)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)c->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (c->failure)
        return -c->failure;
    if (connect(c->fd, (struct sockaddr *)&to, sizeof(to)) < 0 && errno != EINPROGRESS)
        return -errno;
    int r = loop_io_new(&c->io, c->forward->node->host.loop, c->fd, on_ready, c);
    return r < 0 ? r : loop_io_watch(c->io, LOOP_WRITE);
}

static void made(void *ctx)
{
    struct connection *c = ctx;
    struct forward *f = c->forward;
    c->working = false;
    f->working--;
    int r = c->data ? connect_socket(c) : -ECANCELED;
    if (r < 0) {
        if (c->data) {
            char text[200];
            snprintf(text, sizeof(text), "failed to connect to localhost:%d inside namespace: %s", c->port, strerror(-r));
            tell_error(c, text);
            spdy_reset(c->data);
        }
        drop_connection(c);
    }
    forward_free_when_idle(f);
}

/* ── the client's side ── */

static struct str header(const struct http_header *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, str_of(name)))
            return headers[i].value;
    return STR_NONE;
}

static struct connection *connection_get(struct forward *f, struct str request)
{
    LIST_EACH(c, &f->connections, struct connection, link)
        if (str_is(request, c->request) && !c->data)
            return c;
    struct connection *c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    c->forward = f;
    c->fd = -1;
    c->held = BUF_INIT(8u << 20);
    snprintf(c->request, sizeof(c->request), "%.*s", STR_FMT(request));
    list_add(&f->connections, &c->link);
    return c;
}

static int start_connection(struct connection *c, struct str port)
{
    struct worker *w = pod_worker_find(&c->forward->node->host, str_of(c->forward->uid));
    int64_t number;
    if (!w || !w->sandbox_ready || str_to_int(port, &number) < 0 || number < 1 || number > 65535)
        return -EINVAL;
    const char *netns = runtime_pod_netns(w->sandbox);
    snprintf(c->netns, sizeof(c->netns), "%s", netns ? netns : "");
    c->port = (int)number;
    int r = loop_work(c->forward->node->host.loop, make_socket, made, c);
    if (r == 0) {
        c->working = true;
        c->forward->working++;
    }
    return r;
}

static int on_stream(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n)
{
    struct forward *f = ctx;
    struct str type = header(headers, n, "streamtype"), request = header(headers, n, "requestid");
    struct connection *c = connection_get(f, request);
    if (!c)
        return -ENOMEM;
    int r = spdy_accept(s, NULL, 0);
    if (r < 0)
        return r;
    spdy_stream_set_data(s, c);
    if (str_is(type, "error")) {
        c->error = s;
        return 0;
    }
    c->data = s;
    return start_connection(c, header(headers, n, "port"));
}

static void on_data(void *ctx, struct spdy_stream *s, struct str bytes, bool fin)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (!c || s != c->data)
        return;
    buf_str(&c->held, bytes);
    if (buf_error(&c->held) < 0) {
        spdy_reset(s);
        drop_connection(c);
        return;
    }
    c->input_over = c->input_over || fin;
    if (c->connected)
        write_pod(c);
    if (c->io)
        watch(c);
    if (c->connected)
        finish_when_both_over(c);
}

static void on_reset(void *ctx, struct spdy_stream *s)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (!c)
        return;
    spdy_stream_set_data(s, NULL);
    if (s == c->error) {
        c->error = NULL;
        return;
    }
    c->data = NULL;
    drop_connection(c);
}

/* Ended by both sides, perhaps from inside our own spdy_send(): nothing may hold it any more. */
static void on_stream_gone(void *ctx, struct spdy_stream *s)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (c && c->data == s)
        c->data = NULL;
    if (c && c->error == s)
        c->error = NULL;
}

static int send_out(void *ctx, struct str bytes)
{
    struct forward *f = ctx;
    if (f->ws)
        return http_ws_send(f->ws, HTTP_WS_BINARY, bytes);
    return f->pipe ? http_pipe_send(f->pipe, bytes) : -EPIPE;
}

/* There is room again: connections that waited for it read on. */
static void on_drain(void *ctx)
{
    struct forward *f = ctx;
    LIST_EACH(c, &f->connections, struct connection, link)
        if (c->io)
            watch(c);
}

static void feed(struct forward *f, struct str bytes)
{
    struct err err = {{0}};
    if (spdy_feed(f->spdy, bytes, &err) == 0)
        return;
    log_debug("node", "port-forward: %s", err.text);
    forward_stop(f);
}

static void on_message(void *ctx, int opcode, struct str bytes)
{
    if (opcode != HTTP_WS_CLOSE)
        feed(ctx, bytes);
}

static void on_bytes(void *ctx, struct str bytes)
{
    feed(ctx, bytes);
}

static void on_ws_gone(void *ctx, int code)
{
    (void)code;
    forward_gone(ctx);
}

static void on_pipe_gone(void *ctx)
{
    forward_gone(ctx);
}

static bool wants_tunnel(struct http_req *q)
{
    return http_req_wants_ws(q) && str_find(http_req_header(q, "sec-websocket-protocol"), STR("SPDY/3.1+portforward.k8s.io")) >= 0;
}

static int accept_it(struct forward *f, struct http_req *q)
{
    struct http_ws_events ws = {on_message, on_drain, on_ws_gone, f};
    struct http_pipe_events pipe = {on_bytes, on_drain, on_pipe_gone, f};
    struct http_header headers[] = {{STR("connection"), STR("Upgrade")}, {STR("upgrade"), STR("SPDY/3.1")},
                                    {STR("x-stream-protocol-version"), STR("portforward.k8s.io")}};
    if (wants_tunnel(q))
        return http_ws_accept(&f->ws, q, "SPDY/3.1+portforward.k8s.io", MESSAGE_MAX, &ws);
    return http_upgrade_accept(&f->pipe, q, headers, ARRAY_LEN(headers), &pipe);
}

void node_streams_forward(struct node *n, struct http_req *q, struct worker *w)
{
    if (!wants_tunnel(q) && !str_eq_nocase(http_req_header(q, "upgrade"), STR("SPDY/3.1"))) {
        struct http_header type = {STR("content-type"), STR("text/plain; charset=utf-8")};
        http_reply(q, 400, &type, 1, (struct http_bytes){.bytes = STR("an upgrade to SPDY/3.1, plain or inside a WebSocket, is needed")});
        return;
    }
    struct forward *f = mem_alloc(sizeof(*f));
    struct spdy_events e = {.send = send_out, .on_stream = on_stream, .on_data = on_data, .on_reset = on_reset, .on_gone = on_stream_gone, .ctx = f};
    if (!f || spdy_new(&f->spdy, true, &e) < 0) {
        mem_free(f);
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR("no memory")});
        return;
    }
    f->head.stop = session_stop;
    f->node = n;
    list_init(&f->connections);
    snprintf(f->uid, sizeof(f->uid), "%s", w->uid);
    list_add(&n->sessions, &f->head.link);
    if (accept_it(f, q) < 0) {
        f->gone = true;
        forward_free_when_idle(f);
    }
}
