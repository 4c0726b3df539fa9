#include "node/inside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>

#include "http/http.h"

/* Port-forward. A connection the client wants is a TCP connection made inside the pod's network namespace, so that
 * programs that listen on 127.0.0.1 are reached too. Two ways lead here:
 *
 *   SPDY/3.1 streams       inside a WebSocket (kubectl since 1.30) or on the upgraded connection itself (stock API
 *                          servers, old kubectl): a pair of streams, "error" and "data", for each connection
 *   v4.channel.k8s.io,     messages of a WebSocket (the clients in Python, JavaScript, Java, C#): the query names the
 *   none asked             ports, each is one connection; channel 2i is its data, 2i + 1 its errors, and the first
 *   v4.base64.channel…     message on each says the port, two bytes, the low one first. The WebSocket ends with the
 * last. */
#define MESSAGE_MAX (32u << 20) /* as upstream */
#define CHUNK       32768
#define HELD_MAX    (MESSAGE_MAX + 2 * HELD_HIGH)
#define HELD_HIGH   (1u << 20) /* of a channel: nothing more is read from the WebSocket meanwhile */
#define PORTS_MAX   64

static const char tunnel[] = "SPDY/3.1+portforward.k8s.io", binary_channels[] = "v4.channel.k8s.io", base64_channels[] = "v4.base64.channel.k8s.io";

struct forward {
    struct session head;
    struct node *node;
    char uid[64];
    struct http_ws *ws;
    struct http_pipe *pipe;
    struct spdy *spdy; /* NULL: channels */
    struct list connections;
    bool gone, base64;
    unsigned working; /* connections whose socket is being made on the pool */
};

struct connection {
    struct list link;
    struct forward *forward; /* NULL: the session is gone */
    struct spdy_stream *data, *error;
    char request[32];
    int port, channel;
    bool wanted; /* the client still has its end */
    char netns[OS_PATH_MAX];
    int fd, failure;
    int untold; /* channels: why it failed, until the client has room for the word */
    struct loop_io *io;
    bool connected, working, read_over, input_over, write_over;
    struct buf held; /* towards the pod */
};

static void forward_free_when_idle(struct forward *f)
{
    if (!f->gone || f->working)
        return;
    list_del(&f->head.link);
    if (f->spdy)
        spdy_free(f->spdy);
    mem_free(f);
}

static void connection_close(struct connection *c)
{
    if (c->working) {
        c->data = c->error = NULL;
        c->wanted = false;
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
            c->wanted = false;
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

/* ── towards the client, whichever way it came ── */

static int channel_send(struct forward *f, int channel, struct str bytes)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (!f->ws)
        return -EPIPE;
    buf_char(&b, (char)(f->base64 ? '0' + channel : channel));
    if (f->base64)
        buf_base64(&b, bytes);
    else
        buf_str(&b, bytes);
    int r = buf_error(&b);
    return r < 0 ? r : http_ws_send(f->ws, f->base64 ? HTTP_WS_TEXT : HTTP_WS_BINARY, buf_view(&b));
}

static int give(struct connection *c, struct str bytes, bool fin)
{
    if (c->forward->spdy)
        return spdy_send(c->data, bytes, fin);
    return bytes.n ? channel_send(c->forward, c->channel, bytes) : 0;
}

static bool takes(const struct connection *c)
{
    return c->forward->spdy ? c->data && spdy_writable(c->data) : c->forward->ws && !http_ws_full(c->forward->ws);
}

/* Nothing listens there, or it cannot be reached: the client is told why. false: it has no room for the word now. */
static bool fail(struct connection *c, int error)
{
    SCOPED_BUF b = BUF_INIT(1024);
    if (!c->forward->spdy)
        buf_fmt(&b, "error forwarding port %d to pod of uid %s: ", c->port, c->forward->uid);
    buf_fmt(&b, "failed to connect to localhost:%d inside namespace: %s", c->port, strerror(error));
    if (!c->forward->spdy)
        return channel_send(c->forward, c->channel + 1, buf_view(&b)) != -ENOBUFS;
    if (c->error && spdy_send(c->error, buf_view(&b), true) < 0)
        spdy_reset(c->error);
    if (c->data)
        spdy_reset(c->data);
    return true;
}

/* A connection that failed is dropped once its client knows: on_drain() tries again. */
static void drop_failed(struct connection *c, int error)
{
    if (fail(c, error)) {
        drop_connection(c);
        return;
    }
    c->untold = error;
    c->io = loop_io_free(c->io);
}

/* A WebSocket of channels has said all it has to say when the last of its connections is over. */
static void close_when_done(struct forward *f)
{
    if (!f->spdy && f->ws && list_empty(&f->connections))
        http_ws_close(f->ws, 1000, STR_NONE);
}

/* ── the pod's side ── */

static void finish_when_over(struct connection *c)
{
    struct forward *f = c->forward;
    bool half = f->spdy != NULL; /* channels cannot be closed one way */
    if (!c->read_over || (half && !c->write_over))
        return;
    drop_connection(c);
    close_when_done(f);
}

static void read_pod(struct connection *c)
{
    char block[CHUNK];
    if (!c->wanted) {
        c->read_over = c->write_over = true;
        return;
    }
    if (!takes(c))
        return;
    ssize_t n = recv(c->fd, block, sizeof(block), 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    c->read_over = n <= 0;
    if (give(c, str_make(block, n > 0 ? (size_t)n : 0), n <= 0) < 0)
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

/* What a slow program has not taken yet holds back the whole WebSocket: its channels have no windows of their own. */
static void hold_back(struct forward *f)
{
    bool full = false;
    LIST_EACH (c, &f->connections, struct connection, link)
        full = full || c->held.n > HELD_HIGH;
    if (f->ws && !f->spdy)
        http_ws_pause(f->ws, full);
}

static void watch(struct connection *c)
{
    bool waits = c->wanted && !takes(c);                                     /* on_drain() or on_writable() looks again */
    if (waits && c->data && spdy_send(c->data, STR_NONE, false) != -ENOBUFS) /* asks to be told; nothing is sent */
        waits = false;
    int events = (c->read_over || waits ? 0 : LOOP_READ) | (c->held.n || !c->connected ? LOOP_WRITE : 0);
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
            struct forward *f = c->forward;
            drop_failed(c, error);
            close_when_done(f);
            return;
        }
        c->connected = true;
    }
    write_pod(c);
    hold_back(c->forward);
    if (events & LOOP_READ)
        read_pod(c);
    watch(c);
    finish_when_over(c);
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
    int r = c->wanted ? connect_socket(c) : -ECANCELED;
    if (r < 0) {
        if (c->wanted)
            drop_failed(c, -r);
        else
            drop_connection(c);
        close_when_done(f);
    }
    forward_free_when_idle(f);
}

/* ── from the client: streams ── */

static struct str header(const struct http_header *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, str_of(name)))
            return headers[i].value;
    return STR_NONE;
}

static struct connection *connection_new(struct forward *f)
{
    struct connection *c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    c->forward = f;
    c->fd = -1;
    c->held = BUF_INIT(HELD_MAX);
    list_add(&f->connections, &c->link);
    return c;
}

static struct connection *connection_get(struct forward *f, struct str request)
{
    LIST_EACH (c, &f->connections, struct connection, link)
        if (str_is(request, c->request) && !c->data)
            return c;
    struct connection *c = connection_new(f);
    if (c)
        snprintf(c->request, sizeof(c->request), "%.*s", STR_FMT(request));
    return c;
}

static int port_of(struct str text)
{
    int64_t number;
    return str_to_int(text, &number) < 0 || number < 1 || number > 65535 ? -EINVAL : (int)number;
}

static int start_connection(struct connection *c, int port)
{
    struct worker *w = pod_worker_find(&c->forward->node->host, str_of(c->forward->uid));
    if (!w || !w->sandbox_ready || port < 0)
        return -EINVAL;
    const char *netns = runtime_pod_netns(w->sandbox);
    snprintf(c->netns, sizeof(c->netns), "%s", netns ? netns : "");
    c->port = port;
    c->wanted = true;
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
    return start_connection(c, port_of(header(headers, n, "port")));
}

/* false: more than is held for one connection. */
static bool take_input(struct connection *c, struct str bytes, bool fin)
{
    if (c->untold)
        return true;
    buf_str(&c->held, bytes);
    if (buf_error(&c->held) < 0)
        return false;
    c->input_over = c->input_over || fin;
    if (c->connected)
        write_pod(c);
    if (c->io)
        watch(c);
    if (c->connected)
        finish_when_over(c);
    return true;
}

static void on_data(void *ctx, struct spdy_stream *s, struct str bytes, bool fin)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (!c || s != c->data || take_input(c, bytes, fin))
        return;
    spdy_reset(s);
    drop_connection(c);
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
    c->wanted = false;
    drop_connection(c);
}

/* Ended by both sides, perhaps from inside our own spdy_send(): nothing may hold it any more. */
static void on_stream_gone(void *ctx, struct spdy_stream *s)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (c && c->data == s) {
        c->data = NULL;
        c->wanted = false;
    }
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

/* A stream's window has opened. */
static void on_writable(void *ctx, struct spdy_stream *s)
{
    struct connection *c = spdy_stream_data(s);
    (void)ctx;
    if (c && c->data == s && c->io)
        watch(c);
}

/* There is room again: connections that waited for it read on. */
static void on_drain(void *ctx)
{
    struct forward *f = ctx;
    if (f->spdy && spdy_drained(f->spdy) < 0) {
        forward_stop(f);
        return;
    }
    LIST_EACH (c, &f->connections, struct connection, link) {
        if (c->untold)
            drop_failed(c, c->untold);
        else if (c->io)
            watch(c);
    }
    close_when_done(f);
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

static bool offers(struct http_req *q, const char *protocol)
{
    struct str rest = http_req_header(q, "sec-websocket-protocol"), one;
    while (str_next(&rest, ',', &one))
        if (str_is(str_trim(one), protocol))
            return true;
    return false;
}

static bool wants_tunnel(struct http_req *q)
{
    return http_req_wants_ws(q) && offers(q, tunnel);
}

static int accept_streams(struct forward *f, struct http_req *q)
{
    struct http_ws_events ws = {on_message, on_drain, on_ws_gone, f};
    struct http_pipe_events pipe = {on_bytes, on_drain, on_pipe_gone, f};
    struct http_header headers[] = {
        {STR("connection"), STR("Upgrade")}, {STR("upgrade"), STR("SPDY/3.1")}, {STR("x-stream-protocol-version"), STR("portforward.k8s.io")}};
    if (wants_tunnel(q))
        return http_ws_accept(&f->ws, q, tunnel, MESSAGE_MAX, &ws);
    return http_upgrade_accept(&f->pipe, q, headers, ARRAY_LEN(headers), &pipe);
}

/* ── from the client: channels ── */

static void on_channel(void *ctx, int opcode, struct str bytes)
{
    struct forward *f = ctx;
    SCOPED_BUF plain = BUF_INIT(MESSAGE_MAX);
    if (opcode == HTTP_WS_CLOSE || !bytes.n)
        return;
    int channel = (unsigned char)bytes.p[0] - (f->base64 ? '0' : 0);
    bytes = str_from(bytes, 1);
    if (f->base64) {
        if (buf_unbase64(&plain, bytes) < 0)
            return;
        bytes = buf_view(&plain);
    }
    LIST_EACH (c, &f->connections, struct connection, link) {
        if (c->channel != channel)
            continue;
        if (!take_input(c, bytes, false))
            http_ws_close(f->ws, 1009, STR("the program in the pod takes too little"));
        else
            hold_back(f);
        return;
    }
}

/* The ports of the query, `port=80,81&port=82`, become connections. */
static int read_ports(struct forward *f, struct http_req *q, struct err *err)
{
    struct str rest = http_req_query(q), name, value, one;
    int n = 0;
    while (http_query_next(http_req_arena(q), &rest, &name, &value)) {
        if (!str_is(name, "port") && !str_is(name, "ports"))
            continue;
        if (!value.n)
            return err_raise(err, -EINVAL, "query parameter \"port\" cannot be empty");
        while (str_next(&value, ',', &one)) {
            int port = port_of(one);
            if (port < 0)
                return err_raise(err, port, "unable to parse \"%.*s\" as a port", STR_FMT(one));
            struct connection *c = n < PORTS_MAX ? connection_new(f) : NULL;
            if (!c)
                return err_raise(err, -EINVAL, "more than %d ports in one request", PORTS_MAX);
            c->channel = 2 * n++;
            c->port = port;
        }
    }
    return n ? 0 : err_raise(err, -EINVAL, "query parameter \"port\" is required");
}

static void start_channels(struct forward *f)
{
    struct list *at = f->connections.next;
    while (at != &f->connections) {
        struct connection *c = CONTAINER_OF(at, struct connection, link);
        char port[2] = {(char)(c->port & 0xff), (char)(c->port >> 8)};
        at = at->next;
        int r = channel_send(f, c->channel, str_make(port, sizeof(port)));
        if (r == 0)
            r = channel_send(f, c->channel + 1, str_make(port, sizeof(port)));
        if (r == 0)
            r = start_connection(c, c->port);
        if (r < 0)
            drop_failed(c, -r);
    }
    close_when_done(f);
}

static int accept_channels(struct forward *f, struct http_req *q)
{
    struct http_ws_events ws = {on_channel, on_drain, on_ws_gone, f};
    const char *protocol = offers(q, binary_channels) ? binary_channels : offers(q, base64_channels) ? base64_channels : NULL;
    f->base64 = protocol == base64_channels;
    int r = http_ws_accept(&f->ws, q, protocol, MESSAGE_MAX, &ws);
    if (r == 0)
        start_channels(f);
    return r;
}

static bool wants_channels(struct http_req *q)
{
    return http_req_wants_ws(q) && !wants_tunnel(q) &&
           (!http_req_header(q, "sec-websocket-protocol").n || offers(q, binary_channels) || offers(q, base64_channels));
}

/* ── door ── */

static void refuse(struct http_req *q, int code, const char *text)
{
    struct http_header type = {STR("content-type"), STR("text/plain; charset=utf-8")};
    http_reply(q, code, &type, 1, (struct http_bytes){.bytes = str_of(text)});
}

static struct forward *forward_new(struct node *n, struct worker *w)
{
    struct forward *f = mem_alloc(sizeof(*f));
    if (!f)
        return NULL;
    f->head.stop = session_stop;
    f->node = n;
    list_init(&f->connections);
    snprintf(f->uid, sizeof(f->uid), "%s", w->uid);
    list_add(&n->sessions, &f->head.link);
    return f;
}

void node_streams_forward(struct node *n, struct http_req *q, struct worker *w)
{
    struct err err = {{0}};
    bool channels = wants_channels(q);
    if (!channels && !wants_tunnel(q) && !str_eq_nocase(http_req_header(q, "upgrade"), STR("SPDY/3.1"))) {
        refuse(q, 400, "an upgrade to SPDY/3.1, plain or inside a WebSocket, or a WebSocket of v4.channel.k8s.io is needed");
        return;
    }
    struct forward *f = forward_new(n, w);
    if (!f) {
        refuse(q, 500, "no memory");
        return;
    }
    struct spdy_events e = {.send = send_out,
                            .on_stream = on_stream,
                            .on_data = on_data,
                            .on_reset = on_reset,
                            .on_writable = on_writable,
                            .on_gone = on_stream_gone,
                            .ctx = f};
    int r = channels ? read_ports(f, q, &err) : spdy_new(&f->spdy, true, &e);
    if (r < 0) {
        refuse(q, r == -EINVAL ? 400 : 500, err.text[0] ? err.text : "no memory");
        forward_gone(f);
        return;
    }
    if ((channels ? accept_channels(f, q) : accept_streams(f, q)) < 0)
        forward_gone(f);
}
