#include "probe/inside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>

#define CALL_BYTES_MAX (1024 * 1024)

/* ── a name on the pool ── */

struct lookup {
    struct probe_call *call; /* NULL: nobody asks any more */
    char *host;
    struct sockaddr_storage found[CALL_ADDRESSES];
    size_t n;
    int fault;
};

static void connect_next(struct probe_call *c);

static void lookup_work(void *ctx)
{
    struct lookup *k = ctx;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG}, *all = NULL;
    k->fault = getaddrinfo(k->host, NULL, &hints, &all);
    for (struct addrinfo *a = k->fault == 0 ? all : NULL; a && k->n < CALL_ADDRESSES; a = a->ai_next)
        memcpy(&k->found[k->n++], a->ai_addr, MIN((size_t)a->ai_addrlen, sizeof(k->found[0])));
    if (all)
        freeaddrinfo(all);
}

static void set_port(struct sockaddr_storage *at, int port)
{
    if (at->ss_family == AF_INET6)
        ((struct sockaddr_in6 *)(void *)at)->sin6_port = htons((uint16_t)port);
    else
        ((struct sockaddr_in *)(void *)at)->sin_port = htons((uint16_t)port);
}

static void lookup_done(void *ctx)
{
    struct lookup *k = ctx;
    struct probe_call *c = k->call;
    if (c) {
        c->lookup = NULL;
        memcpy(c->addresses, k->found, sizeof(c->addresses));
        c->n_addresses = k->n;
        if (k->fault || k->n == 0)
            call_settle(c, PROBE_FAILURE, "dial tcp: lookup %s: %s", k->host, k->fault ? gai_strerror(k->fault) : "no address");
        else
            connect_next(c);
    }
    mem_free(k->host);
    mem_free(k);
}

static int lookup_start(struct probe_call *c)
{
    struct lookup *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    k->call = c;
    k->host = mem_text(c->host.p, c->host.n);
    int r = k->host ? loop_work(c->loop, lookup_work, lookup_done, k) : -ENOMEM;
    if (r < 0) {
        mem_free(k->host);
        mem_free(k);
        return r;
    }
    c->lookup = k;
    return 0;
}

/* ── a connection ── */

static void connect_failed(struct probe_call *c, int error)
{
    if (c->at_address < c->n_addresses) { /* a name may have addresses nobody listens at: localhost is ::1 first */
        connect_next(c);
        return;
    }
    struct str at = host_port(c->mem, c->host, c->o.port);
    char text[128];
    snprintf(text, sizeof(text), "%s", strerror(error));
    if (text[0] >= 'A' && text[0] <= 'Z')
        text[0] = (char)(text[0] - 'A' + 'a');
    call_settle(c, PROBE_FAILURE, "dial tcp %.*s: connect: %s", STR_FMT(at), text);
}

static void on_writable(void *ctx, int events)
{
    struct probe_call *c = ctx;
    int error = 0;
    socklen_t n = sizeof(error);
    (void)events;
    if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &n) < 0)
        error = errno;
    c->io = loop_io_free(c->io);
    if (error)
        connect_failed(c, error);
    else
        c->connected(c);
}

static void connect_next(struct probe_call *c)
{
    struct sockaddr_storage *at = &c->addresses[c->at_address++];
    const struct sockaddr *to = (const struct sockaddr *)(const void *)at;
    socklen_t n = at->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    set_port(at, c->o.port);
    if (c->fd >= 0)
        close(c->fd);
    c->fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (c->fd < 0 || (connect(c->fd, to, n) < 0 && errno != EINPROGRESS)) {
        connect_failed(c, errno);
        return;
    }
    /* No TIME_WAIT for each question asked: a probe has nothing to lose in flight. */
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
    if (loop_io_new(&c->io, c->loop, c->fd, on_writable, c) < 0 || loop_io_watch(c->io, LOOP_WRITE) < 0)
        call_settle(c, PROBE_ERROR, "no memory for a connection");
}

int call_connect(struct probe_call *c, void (*connected)(struct probe_call *c))
{
    struct sockaddr_storage *at = &c->addresses[0];
    char host[256];
    c->connected = connected;
    snprintf(host, sizeof(host), "%.*s", STR_FMT(c->host));
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)at;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)at;
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1)
        at->ss_family = AF_INET;
    else if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1)
        at->ss_family = AF_INET6;
    else
        return lookup_start(c);
    c->n_addresses = 1;
    connect_next(c);
    return 0;
}

/* ── the call ── */

static void call_free(struct probe_call *c)
{
    loop_timer_stop(&c->limit);
    loop_defer_cancel(&c->task);
    if (c->running)
        c->exec.cancel(c->exec.ctx, c->running);
    if (c->lookup)
        c->lookup->call = NULL;
    web_end(c);
    grpc_end(c);
    loop_io_free(c->io);
    if (c->fd >= 0)
        close(c->fd);
    arena_free(c->mem);
    mem_free(c);
}

static void tell(void *ctx)
{
    struct probe_call *c = ctx;
    void (*done)(void *, enum probe_answer, const char *) = c->done;
    void *owner = c->ctx;
    enum probe_answer answer = c->answer;
    char message[PROBE_MESSAGE_MAX];
    memcpy(message, c->message, sizeof(message));
    call_free(c);
    done(owner, answer, message);
}

void call_settle(struct probe_call *c, enum probe_answer answer, const char *fmt, ...)
{
    if (c->settled)
        return;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->message, sizeof(c->message), fmt, ap);
    va_end(ap);
    c->settled = true;
    c->answer = answer;
    loop_defer(c->loop, &c->task, tell, c);
}

static void on_limit(void *ctx)
{
    struct probe_call *c = ctx;
    struct str at = host_port(c->mem, c->host, c->o.port);
    if (c->o.kind == PROBE_GRPC)
        call_settle(c, PROBE_FAILURE, "timeout: failed to connect service \"%.*s\" within %lldms: context deadline exceeded", STR_FMT(at),
                    (long long)c->o.timeout_ms);
    else if (c->o.kind == PROBE_HTTP)
        call_settle(c, PROBE_FAILURE, "Get \"%s://%.*s%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
                    c->o.https ? "https" : "http", STR_FMT(at), c->o.path ? c->o.path : "/");
    else
        call_settle(c, PROBE_FAILURE, "dial tcp %.*s: i/o timeout", STR_FMT(at));
}

/* ── exec and TCP ── */

static void on_ran(void *ctx, int r, int code, struct str output)
{
    struct probe_call *c = ctx;
    c->running = NULL;
    output = str_trim(output);
    if (r == -ETIMEDOUT)
        call_settle(c, PROBE_FAILURE, "command timed out: %s after %lldms", c->o.args[0], (long long)c->o.timeout_ms);
    else if (r < 0)
        call_settle(c, PROBE_ERROR, "%.*s", output.n ? (int)output.n : (int)strlen(strerror(-r)), output.n ? output.p : strerror(-r));
    else
        call_settle(c, code == 0 ? PROBE_SUCCESS : PROBE_FAILURE, "%.*s", STR_FMT(output));
}

static int run(struct probe_call *c)
{
    if (!c->exec.run || !c->o.args || !c->o.args[0])
        return -EINVAL;
    c->running = c->exec.run(c->exec.ctx, c->o.args, c->o.timeout_ms, on_ran, c);
    if (!c->running)
        call_settle(c, PROBE_ERROR, "the command could not be run");
    return 0;
}

static void tcp_open(struct probe_call *c)
{
    call_settle(c, PROBE_SUCCESS, "%s", "");
}

static int start(struct probe_call *c)
{
    if (c->o.kind == PROBE_EXEC)
        return run(c); /* whoever runs it keeps its time */
    int r = loop_timer_start(c->loop, &c->limit, c->o.timeout_ms, on_limit, c);
    if (r < 0)
        return r;
    if (c->o.port < 1 || c->o.port > 65535) {
        call_settle(c, PROBE_ERROR, "invalid port number: %d", c->o.port);
        return 0;
    }
    return c->o.kind == PROBE_HTTP ? web_start(c) : c->o.kind == PROBE_TCP ? call_connect(c, tcp_open) : grpc_start(c);
}

int probe_ask(struct probe_call **out, struct loop *l, const struct probe_options *o, const char *address, const struct probe_exec *exec,
              void (*done)(void *ctx, enum probe_answer answer, const char *message), void *ctx, struct err *err)
{
    struct probe_call *c = mem_alloc(sizeof(*c));
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for a probe");
    c->loop = l;
    c->fd = -1;
    c->done = done;
    c->ctx = ctx;
    if (exec)
        c->exec = *exec;
    int r = arena_new(&c->mem, CALL_BYTES_MAX);
    if (r == 0)
        r = options_copy(c->mem, o, &c->o);
    if (r == 0)
        r = arena_str(c->mem, str_of(c->o.host ? c->o.host : address ? address : "127.0.0.1"), &c->host);
    if (r == 0)
        r = start(c);
    if (r < 0) {
        call_free(c);
        return err_raise(err, r, "a probe cannot be started: %s", strerror(-r));
    }
    *out = c;
    return 0;
}

void probe_call_cancel(struct probe_call *c)
{
    if (c)
        call_free(c);
}
