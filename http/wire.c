/* wire: a descriptor with or without TLS, driven by readiness. Reads land in
 * the pool's scratch and are consumed at once, so that an idle connection holds
 * no buffer; writes are gathered in a queue and go out at the end of the turn.
 *
 * TLS runs over a BIO of our own instead of SSL_set_fd(): OpenSSL's socket BIO
 * uses write(), which raises SIGPIPE, and a library must not change the
 * process's signals. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/uio.h>

#include "http/inside.h"

#define READ_ROUNDS 4
#define FLUSH_MOST  (64u << 10) /* bytes a turn, about a tenth of a millisecond: then the poll says who is next */
#define GATHER      16
#define TURN_ROUNDS 8
#define LINGER_MS   2000
#define FAN_HELPERS 3 /* the kernel's part of sending is most of it, and does not grow with processors for ever */

static struct http_fan *fan_free(struct http_fan *f);
static void land(struct http_wire *w);

/* ── pool ── */

int http_pool_init(struct http_pool *p)
{
    p->scratch = mem_resize(NULL, HTTP_SCRATCH + HTTP_SEGMENT_LARGE);
    p->record = p->scratch ? p->scratch + HTTP_SCRATCH : NULL;
    return p->scratch ? 0 : -ENOMEM;
}

void http_pool_done(struct http_pool *p)
{
    p->fan = fan_free(p->fan);
    http_queue_spare_drop(p);
    p->scratch = mem_free(p->scratch);
    buf_done(&p->line);
    *p = (struct http_pool){0};
}

/* ── the socket under TLS ── */

static int bio_write(BIO *b, const char *p, int n)
{
    struct http_wire *w = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    ssize_t sent;
    do
        sent = send(w->fd, p, (size_t)n, MSG_NOSIGNAL | (w->follows ? MSG_MORE : 0));
    while (sent < 0 && errno == EINTR);
    if (sent < 0 && errno == EAGAIN)
        BIO_set_retry_write(b);
    return (int)sent;
}

static int bio_read(BIO *b, char *p, int n)
{
    struct http_wire *w = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    ssize_t got;
    do
        got = recv(w->fd, p, (size_t)n, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0 && errno == EAGAIN)
        BIO_set_retry_read(b);
    if (got == 0)
        BIO_set_flags(b, BIO_FLAGS_IN_EOF);
    return (int)got;
}

static long bio_ctrl(BIO *b, int cmd, long n, void *p)
{
    (void)n, (void)p;
    if (cmd == BIO_CTRL_FLUSH)
        return 1;
    return cmd == BIO_CTRL_EOF ? BIO_test_flags(b, BIO_FLAGS_IN_EOF) != 0 : 0;
}

static BIO_METHOD *bio_method(void)
{
    static BIO_METHOD *shared; /* lives as long as the process, as OpenSSL's own methods */
    BIO_METHOD *have = __atomic_load_n(&shared, __ATOMIC_ACQUIRE);
    if (have)
        return have;
    BIO_METHOD *m = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "wire");
    if (!m)
        return NULL;
    BIO_meth_set_write(m, bio_write);
    BIO_meth_set_read(m, bio_read);
    BIO_meth_set_ctrl(m, bio_ctrl);
    if (__atomic_compare_exchange_n(&shared, &have, m, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return m;
    BIO_meth_free(m);
    return have;
}

static int tls_attach(struct http_wire *w)
{
    BIO_METHOD *m = bio_method();
    BIO *b = m ? BIO_new(m) : NULL;
    if (!b)
        return -ENOMEM;
    BIO_set_data(b, w);
    BIO_set_init(b, 1);
    SSL_set_bio(w->ssl, b, b);
    SSL_set_mode(w->ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_set_options(w->ssl, SSL_OP_NO_RENEGOTIATION);
    SSL_set_read_ahead(w->ssl, 1); /* a record's header and body in one read */
    w->shaking = true;
    return 0;
}

/* ── life ── */

static void on_ready(void *ctx, int events);
static void on_turn(void *ctx);

int http_wire_open(struct http_wire *w, struct loop *l, struct http_pool *p, int fd, SSL *ssl, bool connecting, const struct http_wire_use *use,
                   void *ctx)
{
    *w = (struct http_wire){.loop = l, .pool = p, .fd = fd, .ssl = ssl, .connecting = connecting, .use = use, .ctx = ctx};
    int r = loop_io_new(&w->io, l, fd, on_ready, w);
    if (r == 0 && ssl)
        r = tls_attach(w);
    if (r == 0) {
        w->watching = connecting ? LOOP_WRITE : LOOP_READ;
        r = loop_io_watch(w->io, w->watching);
    }
    if (r < 0)
        http_wire_done(w);
    else if (!connecting && !ssl)
        http_wire_wake(w);
    return r;
}

void http_wire_open_memory(struct http_wire *w, struct loop *l, struct http_pool *p, int (*sink)(void *ctx, struct str bytes), void *sink_ctx,
                           const struct http_wire_use *use, void *ctx)
{
    *w = (struct http_wire){.loop = l, .pool = p, .fd = -1, .sink = sink, .sink_ctx = sink_ctx, .use = use, .ctx = ctx};
    http_wire_wake(w);
}

void http_wire_done(struct http_wire *w)
{
    land(w);
    loop_defer_cancel(&w->turn);
    w->io = loop_io_free(w->io);
    SSL_free(w->ssl);
    w->ssl = NULL;
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
    http_queue_clear(w->pool, &w->out);
}

/* `unsettled`: the turn has more to do than to send. */
static void wake(struct http_wire *w, bool unsettled)
{
    w->more = true;
    w->unsettled |= unsettled;
    if (!w->busy)
        loop_defer(w->loop, &w->turn, on_turn, w);
}

void http_wire_wake(struct http_wire *w)
{
    wake(w, true);
}

void http_wire_cut(struct http_wire *w, int r)
{
    if (w->dead == 0)
        w->dead = r;
    http_wire_wake(w);
}

void http_wire_finish(struct http_wire *w)
{
    w->finishing = true;
    http_wire_wake(w);
}

void http_wire_pause(struct http_wire *w, bool paused)
{
    if (w->paused == paused)
        return;
    w->paused = paused;
    http_wire_wake(w); /* bytes may wait inside TLS, where readiness does not show them */
}

void http_wire_send(struct http_wire *w, struct str bytes)
{
    if (w->dead || w->lingering)
        return;
    if (http_queue_add(w->pool, &w->out, bytes) < 0)
        http_wire_cut(w, -ENOMEM);
    wake(w, false);
}

void http_wire_share(struct http_wire *w, struct http_bytes part)
{
    if (w->dead || w->lingering) {
        http_bytes_release(part);
        return;
    }
    if (http_queue_share(w->pool, &w->out, part) < 0)
        http_wire_cut(w, -ENOMEM);
    wake(w, false);
}

/* What others left there would be taken for ours; clearing what is empty costs more than looking. */
static void errors_forget(void)
{
    if (ERR_peek_error())
        ERR_clear_error();
}

/* ── in ── */

/* `e`: OpenSSL's last error, `error`: errno, of the thread that saw the code. */
static void tls_fault_of(struct http_wire *w, int code, unsigned long e, int error)
{
    if (w->shaking && ERR_GET_REASON(e) == SSL_R_HTTP_REQUEST) { /* as Go answers, so that people see their mistake */
        static const char text[] = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
        (void)!send(w->fd, text, sizeof(text) - 1, MSG_NOSIGNAL);
    }
    long verdict = w->shaking ? SSL_get_verify_result(w->ssl) : X509_V_OK;
    const char *reason = ERR_reason_error_string(e);
    if (verdict != X509_V_OK)
        reason = X509_verify_cert_error_string(verdict);
    w->fault = str_of(reason);
    http_wire_cut(w, code == SSL_ERROR_SYSCALL && error && !e ? -error : e ? -EPROTO : -ECONNRESET);
}

static void tls_fault(struct http_wire *w, int code)
{
    tls_fault_of(w, code, ERR_peek_last_error(), errno);
    ERR_clear_error();
}

/* Bytes into the scratch: > 0 their number, 0 the peer's end, -EAGAIN, or cut and -EAGAIN. */
static ssize_t read_some(struct http_wire *w)
{
    if (!w->ssl) {
        ssize_t n;
        do
            n = recv(w->fd, w->pool->scratch, HTTP_SCRATCH, 0);
        while (n < 0 && errno == EINTR);
        if (n < 0 && errno != EAGAIN)
            http_wire_cut(w, -errno);
        return n < 0 ? -EAGAIN : n;
    }
    size_t n = 0;
    errno = 0;
    errors_forget();
    if (SSL_read_ex(w->ssl, w->pool->scratch, HTTP_SCRATCH, &n) == 1)
        return (ssize_t)n;
    int code = SSL_get_error(w->ssl, 0);
    if (code == SSL_ERROR_ZERO_RETURN)
        return 0;
    if (code != SSL_ERROR_WANT_READ && code != SSL_ERROR_WANT_WRITE)
        tls_fault(w, code);
    return -EAGAIN;
}

static void drain_quietly(struct http_wire *w)
{
    for (int i = 0; i < READ_ROUNDS; i++) { /* raw bytes: what is dropped need not be decrypted */
        ssize_t n = recv(w->fd, w->pool->scratch, HTTP_SCRATCH, 0);
        if (n > 0)
            continue;
        if (n == 0 || (errno != EAGAIN && errno != EINTR))
            http_wire_cut(w, 1);
        return;
    }
}

static void read_all(struct http_wire *w)
{
    if (w->lingering) {
        drain_quietly(w);
        return;
    }
    for (int i = 0; i < READ_ROUNDS && !w->paused && !w->ended && !w->dead && !w->lingering; i++) {
        ssize_t n = read_some(w);
        if (n == -EAGAIN)
            return;
        if (n == 0) {
            w->ended = true;
            if (!w->finishing)
                w->use->ended(w);
            return;
        }
        if (!w->finishing)
            w->use->input(w, str_make(w->pool->scratch, (size_t)n));
        /* Readiness is level triggered: asking again only pays when TLS holds more. */
        if (w->ssl ? !SSL_has_pending(w->ssl) : (size_t)n < HTTP_SCRATCH)
            return;
    }
    if (!w->paused && !w->ended && !w->dead)
        loop_defer(w->loop, &w->turn, on_turn, w);
}

void http_wire_feed(struct http_wire *w, struct str bytes)
{
    w->busy = true;
    if (!w->open) {
        w->open = true;
        w->use->opened(w);
    }
    if (bytes.n == 0 && !w->ended) {
        w->ended = true;
        w->use->ended(w);
    } else if (!w->dead && !w->finishing && !w->ended) {
        w->use->input(w, bytes);
    }
    w->busy = false;
    on_turn(w);
}

/* ── out ── */

static ssize_t send_memory(struct http_wire *w)
{
    struct http_segment *s = w->out.first;
    size_t n = s->n;
    return w->sink(w->sink_ctx, str_make(s->p, n)) < 0 ? -EAGAIN : (ssize_t)n;
}

static ssize_t send_plain(struct http_wire *w)
{
    struct iovec parts[GATHER];
    struct msghdr m = {.msg_iov = parts};
    for (struct http_segment *s = w->out.first; s && m.msg_iovlen < GATHER; s = s->next)
        parts[m.msg_iovlen++] = (struct iovec){(void *)(uintptr_t)s->p, s->n};
    ssize_t n;
    do
        n = sendmsg(w->fd, &m, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

/* What fills one record: a small piece goes together with those behind it, for a record costs a system call. */
static struct str record(struct http_wire *w)
{
    struct http_segment *s = w->out.first;
    size_t n = 0;
    if (s->n >= HTTP_SEGMENT_LARGE || !s->next)
        return str_make(s->p, MIN(s->n, (size_t)HTTP_SEGMENT_LARGE));
    for (; s && n < HTTP_SEGMENT_LARGE; s = s->next) {
        size_t part = MIN(s->n, HTTP_SEGMENT_LARGE - n);
        memcpy(w->pool->record + n, s->p, part);
        n += part;
    }
    return str_make(w->pool->record, n);
}

/* Only the last of `most` bytes makes the kernel send: a packet of many records passes through it as fast as one of one. */
static ssize_t send_tls(struct http_wire *w, size_t most)
{
    struct str r = record(w);
    size_t n = 0;
    errno = 0;
    errors_forget();
    bool held = w->follows;
    w->follows = r.n < MIN(most, w->out.n);
    bool done = SSL_write_ex(w->ssl, r.p, r.n, &n) == 1;
    if (!done && held)
        (void)setsockopt(w->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)); /* nothing followed: what was held back goes */
    w->follows = w->follows && done;
    if (done)
        return (ssize_t)n;
    int code = SSL_get_error(w->ssl, 0);
    if (code != SSL_ERROR_WANT_READ && code != SSL_ERROR_WANT_WRITE)
        tls_fault(w, code);
    return -EAGAIN;
}

/* Empty segments (reserved, never filled) must not reach the senders. How many bytes moved; stalled_at is set when there is
 * more, which then waits for the poll. */
static size_t flush(struct http_wire *w, size_t most)
{
    size_t sent = 0;
    int64_t stalled = w->stalled_at;
    w->stalled_at = 0;
    while (w->out.n && !w->dead) {
        if (w->out.first->n == 0) {
            http_queue_drop(w->pool, &w->out, 0);
            continue;
        }
        ssize_t n = w->fd < 0 ? send_memory(w) : sent >= most ? -EAGAIN : w->ssl ? send_tls(w, most - sent) : send_plain(w);
        if (n == -EAGAIN) {
            w->stalled_at = sent || !stalled ? MAX(loop_now(w->loop), 1) : stalled; /* 0 says: not stalled */
            break;
        }
        if (n < 0) {
            http_wire_cut(w, (int)n);
            break;
        }
        w->wrote = true;
        sent += (size_t)n;
        http_queue_drop(w->pool, &w->out, (size_t)n);
    }
    return sent;
}

/* Its turn to send comes in the poll's order: before that nothing is tried. Memory has no poll. */
static bool waits_for_poll(const struct http_wire *w)
{
    return w->fd >= 0 && (w->stalled_at || w->owes);
}

/* ── a record each for many connections ── */

struct shot {
    struct http_wire *w;
    struct str bytes;
    size_t n; /* taken */
    int code; /* SSL_ERROR_NONE, or why not; then: */
    int error;
    unsigned long reason;
};
struct http_fan {
    struct team *team;
    struct loop *loop;
    struct loop_task landing;
    size_t n;
    struct shot shots[TEAM_ROUND];
};

/* Any thread, while the wire is aloft. */
static void shoot(void *arg)
{
    struct shot *s = arg;
    errno = 0;
    errors_forget();
    if (SSL_write_ex(s->w->ssl, s->bytes.p, s->bytes.n, &s->n) == 1)
        return;
    s->code = SSL_get_error(s->w->ssl, 0);
    s->error = errno;
    s->reason = ERR_peek_last_error();
    ERR_clear_error();
}

static void landed(struct shot *s)
{
    struct http_wire *w = s->w;
    w->aloft = false;
    if (s->code == SSL_ERROR_NONE) {
        w->wrote = true;
        http_queue_drop(w->pool, &w->out, s->n);
    } else if (s->code != SSL_ERROR_WANT_READ && s->code != SSL_ERROR_WANT_WRITE) {
        tls_fault_of(w, s->code, s->reason, s->error);
    } else {
        w->stalled_at = MAX(loop_now(w->loop), 1);
    }
    if (w->out.n || w->dead || w->unsettled)
        wake(w, false);
    else
        loop_defer_cancel(&w->turn);
}

static void land_all(void *ctx)
{
    struct http_fan *f = ctx;
    team_settle(f->team);
    loop_defer_cancel(&f->landing);
    size_t n = f->n;
    f->n = 0;
    for (size_t i = 0; i < n; i++)
        landed(&f->shots[i]);
}

static void land(struct http_wire *w)
{
    if (w->aloft)
        land_all(w->pool->fan);
}

/* Its one record goes up: sent by whoever is first, and settled at the end of this turn of the loop, or before anybody touches it. */
static bool lift(struct http_wire *w)
{
    struct http_fan *f = w->pool->fan;
    struct http_segment *s = w->out.first;
    if (!f || !w->ssl || w->follows || !s || s->next || !s->n || s->n > HTTP_SEGMENT_LARGE)
        return false;
    if (f->n == ARRAY_LEN(f->shots))
        land_all(f);
    struct shot *shot = &f->shots[f->n++];
    *shot = (struct shot){.w = w, .bytes = {s->p, s->n}};
    w->aloft = true;
    team_add(f->team, shoot, shot);
    loop_defer(f->loop, &f->landing, land_all, f);
    return true;
}

static struct http_fan *fan_free(struct http_fan *f)
{
    if (!f)
        return NULL;
    loop_defer_cancel(&f->landing);
    team_free(f->team);
    return mem_free(f);
}

void http_pool_share_work(struct http_pool *p, struct loop *l)
{
    int helpers = MIN(os_processors() - 1, FAN_HELPERS);
    struct http_fan *f = helpers > 0 ? mem_alloc(sizeof(*f)) : NULL;
    if (f && team_new(&f->team, "fan-out", (unsigned)helpers) < 0)
        f = mem_free(f);
    if (f)
        f->loop = l;
    p->fan = f;
}

/* A turn that would only have sent what has now gone is called off. */
void http_wire_push(struct http_wire *w)
{
    if (w->aloft) {
        wake(w, false);
        return;
    }
    if (w->busy || !w->open || w->dead || w->fd < 0 || w->lingering || waits_for_poll(w)) {
        wake(w, false);
        return;
    }
    if (lift(w))
        return;
    flush(w, FLUSH_MOST);
    if (w->out.n || w->dead || w->unsettled)
        wake(w, false);
    else
        loop_defer_cancel(&w->turn);
}

/* Says goodbye and drops what still comes: closing over unread bytes would make the kernel send a reset, and that
 * takes the reply from the peer's hands. */
static void linger(struct http_wire *w)
{
    if (w->fd < 0 || w->ended) {
        if (w->ssl && !w->shaking)
            SSL_shutdown(w->ssl);
        http_wire_cut(w, 1);
        return;
    }
    if (w->ssl && !w->shaking)
        SSL_shutdown(w->ssl);
    ERR_clear_error();
    shutdown(w->fd, SHUT_WR);
    w->lingering = true;
    w->linger_until = loop_now(w->loop) + LINGER_MS;
    drain_quietly(w);
}

static int watch(struct http_wire *w)
{
    int want = 0;
    if (w->connecting)
        want = LOOP_WRITE;
    else if (w->shaking)
        want = SSL_want_write(w->ssl) ? LOOP_WRITE : LOOP_READ;
    else if (w->lingering || (!w->paused && !w->ended))
        want = LOOP_READ;
    else if (!w->ended && !w->hang_seen)
        want = LOOP_HANGUP;
    if ((w->out.n || w->owes) && !w->connecting && !w->shaking)
        want |= LOOP_WRITE;
    if (want == w->watching)
        return 0;
    w->watching = (unsigned char)want;
    return loop_io_watch(w->io, want);
}

static void finish_turn(struct http_wire *w, bool polled)
{
    size_t sent = 0;
    if (polled)
        w->owes = false;
    for (int i = 0; i < TURN_ROUNDS && w->open && !w->dead; i++) {
        w->more = w->unsettled = false;
        w->use->settle(w);
        size_t n = !w->dead && (polled || !waits_for_poll(w)) ? flush(w, FLUSH_MOST - sent) : 0;
        sent += w->fd < 0 ? 0 : MIN(n, FLUSH_MOST - sent);
        if (sent == FLUSH_MOST)
            w->owes = true; /* there may be more to settle and to send */
        if (w->owes || (!n && !w->more))
            break;
    }
    if (!w->dead && w->finishing && !w->lingering && w->out.n == 0)
        linger(w);
    if (!w->dead && w->io) {
        int r = watch(w);
        if (r < 0)
            http_wire_cut(w, r);
    }
    if (!w->dead)
        w->use->rest(w);
    w->busy = false;
    if (w->dead) {
        w->use->gone(w, w->dead < 0 ? w->dead : 0);
        return;
    }
    if (w->more && w->open && (w->unsettled || !waits_for_poll(w)))
        loop_defer(w->loop, &w->turn, on_turn, w);
}

static void shake(struct http_wire *w)
{
    errno = 0;
    ERR_clear_error();
    int r = SSL_do_handshake(w->ssl);
    if (r == 1) {
        w->shaking = false;
        w->open = true;
        w->use->opened(w);
        return;
    }
    int code = SSL_get_error(w->ssl, r);
    if (code != SSL_ERROR_WANT_READ && code != SSL_ERROR_WANT_WRITE)
        tls_fault(w, code);
}

/* Connecting, shaking hands: true once bytes may flow. */
static bool opening(struct http_wire *w, int events)
{
    if (w->connecting && (events & LOOP_WRITE)) {
        int fault = 0;
        socklen_t n = sizeof(fault);
        if (getsockopt(w->fd, SOL_SOCKET, SO_ERROR, &fault, &n) < 0)
            fault = errno;
        w->connecting = false;
        if (fault)
            http_wire_cut(w, -fault);
    }
    if (w->dead || w->connecting)
        return false;
    if (w->shaking)
        shake(w);
    else if (!w->open) {
        w->open = true;
        w->use->opened(w);
    }
    return w->open && !w->dead;
}

static void on_ready(void *ctx, int events)
{
    struct http_wire *w = ctx;
    land(w);
    w->busy = true;
    bool was_open = w->open;
    bool open = w->open || opening(w, events);
    if (open && !w->dead && (events & LOOP_READ || !was_open))
        read_all(w);
    if (open && !w->dead && (events & LOOP_HANGUP) && w->paused && !w->hang_seen) {
        w->hang_seen = true;
        w->use->ended(w);
    }
    finish_turn(w, true);
}

static void on_turn(void *ctx)
{
    struct http_wire *w = ctx;
    land(w);
    w->busy = true;
    if (w->fd >= 0 && !w->open && !w->dead && !w->connecting && !w->shaking)
        opening(w, 0);
    else if (w->fd < 0 && !w->open) {
        w->open = true;
        w->use->opened(w);
    }
    if (w->open && !w->dead && !w->paused && w->ssl && SSL_has_pending(w->ssl))
        read_all(w);
    finish_turn(w, w->fd < 0);
}
