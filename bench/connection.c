#include "bench/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void bench_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t bench_now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

int64_t bench_realtime_ns(void)
{
    return clock_ns(CLOCK_REALTIME);
}

void bench_stamp(int fd)
{
    if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &(int){1}, sizeof(int)) < 0)
        bench_fail("SO_TIMESTAMPNS: %s", strerror(errno));
}

ssize_t bench_receive(int fd, void *in, size_t n, int64_t *received_ns)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(struct timespec))];
    } control;
    struct iovec v = {in, n};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    ssize_t r = recvmsg(fd, &m, MSG_DONTWAIT);
    struct cmsghdr *c = r > 0 ? CMSG_FIRSTHDR(&m) : NULL;
    if (r > 0 && (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS))
        bench_fail("the kernel did not say when data came");
    if (c) {
        struct timespec t;
        memcpy(&t, CMSG_DATA(c), sizeof(t));
        *received_ns = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    }
    return r < 0 ? -errno : r;
}

void bench_tls(struct bench_pool *p, const char *ca, const char *cert, const char *key)
{
    p->tls = SSL_CTX_new(TLS_client_method());
    if (!p->tls || SSL_CTX_load_verify_locations(p->tls, ca, NULL) != 1)
        bench_fail("%s holds no certificate", ca);
    SSL_CTX_set_verify(p->tls, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_read_ahead(p->tls, 1); /* one read a reply, not one for each record's head and body */
    SSL_CTX_set_default_read_buffer_len(p->tls, 64 << 10);
    SSL_CTX_set_mode(p->tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (cert &&
        (SSL_CTX_use_certificate_chain_file(p->tls, cert) != 1 || SSL_CTX_use_PrivateKey_file(p->tls, key ? key : cert, SSL_FILETYPE_PEM) != 1))
        bench_fail("%s and its key do not fit", cert);
}

void bench_open(struct bench_pool *p, struct bench_connection *c, int index)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)p->port)};
    int one = 1;
    *c = (struct bench_connection){.pool = p, .index = index, .out = BUF_INIT(0)};
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || inet_pton(AF_INET, p->host, &to.sin_addr) != 1 || connect(c->fd, (struct sockaddr *)&to, sizeof(to)) < 0)
        bench_fail("cannot connect to %s:%d: %s", p->host, p->port, strerror(errno));
    if (setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) < 0)
        bench_fail("TCP_NODELAY: %s", strerror(errno));
    if (p->stamped)
        bench_stamp(c->fd);
    if (p->tls) {
        c->ssl = SSL_new(p->tls);
        if (!c->ssl || SSL_set_fd(c->ssl, c->fd) != 1 || SSL_connect(c->ssl) != 1)
            bench_fail("TLS with %s:%d: %s", p->host, p->port, ERR_reason_error_string(ERR_get_error()));
    }
    if (p->stamped && c->ssl) { /* it reads what receive_stamped() has read */
        BIO *memory = BIO_new(BIO_s_mem());
        if (!memory)
            bench_fail("no memory");
        SSL_set0_rbio(c->ssl, memory);
    }
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
    if (fcntl(c->fd, F_SETFL, O_NONBLOCK) < 0 || epoll_ctl(p->epoll, EPOLL_CTL_ADD, c->fd, &e) < 0)
        bench_fail("epoll: %s", strerror(errno));
    p->open++;
}

void bench_close(struct bench_connection *c)
{
    SSL_free(c->ssl);
    close(c->fd);
    buf_done(&c->out);
    c->pool->open--;
}

static ssize_t move(struct bench_connection *c, void *in, const void *out, size_t n)
{
    if (!c->ssl) {
        ssize_t r = in ? read(c->fd, in, n) : write(c->fd, out, n);
        return r < 0 && errno == EAGAIN ? -EAGAIN : r < 0 ? -errno : r;
    }
    if (ERR_peek_error()) /* clearing what is empty costs more than looking */
        ERR_clear_error();
    int r = in ? SSL_read(c->ssl, in, (int)n) : SSL_write(c->ssl, out, (int)n);
    if (r > 0)
        return r;
    int why = SSL_get_error(c->ssl, r);
    return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? -EAGAIN : why == SSL_ERROR_ZERO_RETURN ? 0 : -EPIPE;
}

/* As move(), in, from a stamped socket. */
static ssize_t receive_stamped(struct bench_connection *c, void *in, size_t n)
{
    static char records[256 << 10];
    ssize_t r;
    if (!c->ssl)
        return bench_receive(c->fd, in, n, &c->received_ns);
    while ((r = move(c, in, NULL, n)) == -EAGAIN) {
        BIO *memory = SSL_get_rbio(c->ssl);
        r = bench_receive(c->fd, records, sizeof(records), &c->received_ns);
        if (r <= 0)
            return r;
        if (BIO_write(memory, records, (int)r) != r)
            bench_fail("no memory");
    }
    return r;
}

static void send_on(struct bench_connection *c)
{
    while (c->sent < c->out.n) {
        ssize_t n = move(c, NULL, c->out.p + c->sent, c->out.n - c->sent);
        if (n == -EAGAIN)
            break;
        if (n <= 0)
            bench_fail("the server ended connection %d while a request was sent", c->index);
        c->sent += (size_t)n;
    }
    bool waits = c->sent < c->out.n;
    if (waits == c->waits_for_room)
        return;
    c->waits_for_room = waits;
    struct epoll_event e = {.events = EPOLLIN | (waits ? EPOLLOUT : 0u), .data.ptr = c};
    if (epoll_ctl(c->pool->epoll, EPOLL_CTL_MOD, c->fd, &e) < 0)
        bench_fail("epoll: %s", strerror(errno));
}

void bench_send(struct bench_connection *c, struct str request)
{
    c->out.n = c->sent = 0;
    buf_str(&c->out, request);
    c->sent_ns = bench_now_ns();
    send_on(c);
}

static void whole(struct bench_connection *c)
{
    c->part = BENCH_HEAD;
    c->head_n = 0;
    c->pool->on_reply(c->pool->ctx, c, c->code, c->sent_ns);
}

/* The value behind a header's name, or NULL. */
static const char *header(const char *line, const char *end, const char *name, size_t n)
{
    return (size_t)(end - line) > n && line[n] == ':' && strncasecmp(line, name, n) == 0 ? line + n + 1 : NULL;
}

/* All up to the empty line, which is there: numbers end before it. */
static void head_read(struct bench_connection *c, const char *p, size_t n)
{
    const char *end = p + n, *value;
    if (n < 13 || memcmp(p, "HTTP/1.1 ", 9) != 0)
        bench_fail("the server sent %.*s", (int)MIN(n, (size_t)40), p);
    c->code = (p[9] - '0') * 100 + (p[10] - '0') * 10 + p[11] - '0';
    c->chunked = c->last_chunk = false;
    c->left = 0;
    bool length = false;
    for (const char *line = p; (line = memchr(line, '\n', (size_t)(end - line))) != NULL && ++line < end;) {
        if ((*line | 0x20) == 'c' && (value = header(line, end, "content-length", 14)) != NULL) {
            c->left = strtoull(value, NULL, 10);
            length = true;
        } else if ((*line | 0x20) == 't' && header(line, end, "transfer-encoding", 17)) {
            c->chunked = true; /* nothing else is sent today */
        }
    }
    c->chunked = c->chunked && !length;
    c->part = c->chunked ? BENCH_CHUNK : BENCH_BODY;
    c->head_n = 0;
    if (c->pool->on_lines && c->chunked)
        c->pool->on_lines(c->pool->ctx, c, 0);
    if (!c->chunked && !c->left)
        whole(c);
}

/* Collects a line, or lines up to an empty one, into head; how many bytes were used. */
static size_t collect(struct bench_connection *c, const char *p, size_t n, const char *end)
{
    size_t e = strlen(end);
    const char *at = c->part == BENCH_HEAD && !c->head_n ? memmem(p, n, end, e) : NULL;
    if (at) { /* nearly always: all of it came at once */
        head_read(c, p, (size_t)(at - p) + e);
        return (size_t)(at - p) + e;
    }
    for (size_t i = 0; i < n; i++) {
        if (c->head_n + 1 == sizeof(c->head))
            bench_fail("a head of more than %zu bytes", sizeof(c->head));
        c->head[c->head_n++] = p[i];
        if (c->head_n < e || p[i] != '\n' || memcmp(c->head + c->head_n - e, end, e) != 0)
            continue;
        if (c->part == BENCH_HEAD) {
            head_read(c, c->head, c->head_n);
            return i + 1;
        }
        c->head[c->head_n] = 0;
        c->head_n = 0;
        if (c->part == BENCH_CHUNK_END) {
            c->part = BENCH_CHUNK;
            if (c->last_chunk)
                whole(c);
            return i + 1;
        }
        c->left = strtoull(c->head, NULL, 16);
        c->last_chunk = !c->left;
        c->part = c->left ? BENCH_CHUNK_BODY : BENCH_CHUNK_END;
        return i + 1;
    }
    return n;
}

static size_t body(struct bench_connection *c, const char *p, size_t n)
{
    n = MIN(n, c->left);
    c->left -= n;
    c->bytes += n;
    if (c->pool->on_text)
        c->pool->on_text(c->pool->ctx, c, (struct str){p, n});
    if (c->pool->on_lines && c->part == BENCH_CHUNK_BODY) {
        size_t lines = 0;
        for (const char *at = p; (at = memchr(at, '\n', n - (size_t)(at - p))); at++)
            lines++;
        if (lines)
            c->pool->on_lines(c->pool->ctx, c, lines);
    }
    if (!c->left && c->part == BENCH_CHUNK_BODY)
        c->part = BENCH_CHUNK_END;
    else if (!c->left)
        whole(c);
    return n;
}

static void receive(struct bench_connection *c)
{
    static char in[256 << 10];
    for (;;) {
        ssize_t n = c->pool->stamped ? receive_stamped(c, in, sizeof(in)) : move(c, in, NULL, sizeof(in));
        if (n == -EAGAIN)
            return;
        if (n <= 0)
            bench_fail("the server ended connection %d", c->index);
        for (size_t at = 0; at < (size_t)n;) {
            bool text = c->part == BENCH_HEAD || c->part == BENCH_CHUNK || c->part == BENCH_CHUNK_END;
            at += text ? collect(c, in + at, (size_t)n - at, c->part == BENCH_HEAD ? "\r\n\r\n" : "\r\n") : body(c, in + at, (size_t)n - at);
        }
        if (!c->pool->stamped && (c->ssl ? !SSL_has_pending(c->ssl) : (size_t)n < sizeof(in)))
            return; /* what is still in the socket brings another turn */
    }
}

void bench_turn(struct bench_pool *p, int timeout_ms)
{
    struct epoll_event events[256];
    int n = epoll_wait(p->epoll, events, (int)ARRAY_LEN(events), timeout_ms);
    for (int i = 0; i < n; i++) {
        struct bench_connection *c = events[i].data.ptr;
        if (events[i].events & EPOLLOUT)
            send_on(c);
        if (events[i].events & ~(unsigned)EPOLLOUT)
            receive(c);
    }
}
