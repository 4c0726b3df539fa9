/* One event for many connections over TLS: sent by several threads, in order to each, to slow readers and past those that go. */
#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>

#include "http/inside.h"
#include "tests/unit.h"
#include "tls/tls.h"

#define CROWD  120u
#define EVENTS 60u
#define LEAVE  7u  /* every seventh leaves in the middle */
#define LATE   10u /* every tenth reads nothing before all was sent */
#define BYTES  3000u

struct reader {
    struct http_req *q;
    unsigned told;
};
struct hall {
    struct loop *loop;
    struct http_server *server;
    SSL_CTX *server_tls, *client_tls;
    struct loop_timer tick;
    struct reader readers[CROWD];
    unsigned n, gone, event;
    int port;
    bool over;
};

static void event_text(char out[BYTES + 1], unsigned i)
{
    memset(out, 'a' + (int)(i % 26), BYTES);
    out[BYTES] = 0;
    char head[16];
    int n = snprintf(head, sizeof(head), "<%06u>", i);
    memcpy(out, head, (size_t)n);
}

/* All that is due, unless the reader is behind. */
static void tell(struct hall *h, struct reader *r)
{
    char text[BYTES + 1];
    bool any = false;
    while (r->q && r->told < h->event && !http_req_full(r->q)) {
        event_text(text, r->told++);
        http_reply_write(r->q, http_bytes_copy(str_of(text)));
        any = true;
    }
    if (any)
        http_reply_flush(r->q);
}

static struct hall *here;

static void drained(void *data)
{
    tell(here, data);
}

static void gone(void *data)
{
    struct reader *r = data;
    r->q = NULL;
    here->gone++;
}

static void on_tick(void *ctx)
{
    struct hall *h = ctx;
    if (h->n == CROWD && h->event < EVENTS) {
        h->event++;
        for (unsigned i = 0; i < CROWD; i++)
            tell(h, &h->readers[i]);
    }
    if (__atomic_load_n(&h->over, __ATOMIC_ACQUIRE))
        loop_stop(h->loop);
    else
        assert_done(loop_timer_start(h->loop, &h->tick, 2, on_tick, h));
}

static void on_request(void *ctx, struct http_req *q)
{
    struct hall *h = ctx;
    struct reader *r = &h->readers[h->n++];
    r->q = q;
    http_req_set_data(q, r, gone);
    http_req_on_drain(q, drained);
    http_reply_begin(q, 200, NULL, 0);
    http_reply_flush(q);
    http_req_shed(q);
}

/* ── the readers: one blocking thread ── */

static SSL *dial(const struct hall *h, int *fd, bool late)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)h->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    *fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(*fd >= 0);
    if (late)
        assert_int_equal(setsockopt(*fd, SOL_SOCKET, SO_RCVBUF, &(int){4096}, sizeof(int)), 0);
    assert_int_equal(connect(*fd, (struct sockaddr *)&to, sizeof(to)), 0);
    SSL *s = SSL_new(h->client_tls);
    assert_non_null(s);
    assert_int_equal(SSL_set_fd(s, *fd), 1);
    assert_int_equal(SSL_connect(s), 1);
    static const char ask[] = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_int_equal(SSL_write(s, ask, sizeof(ask) - 1), (int)sizeof(ask) - 1);
    return s;
}

/* Chunks after a head, one event in each; false: the stream ended. */
static bool line_is(SSL *s, char *out, size_t most)
{
    size_t n = 0;
    while (n < 2 || memcmp(out + n - 2, "\r\n", 2) != 0) {
        assert_true(n < most);
        if (SSL_read(s, out + n, 1) != 1)
            return false;
        n++;
    }
    out[n - 2] = 0;
    return true;
}

static void read_events(SSL *s, unsigned from, unsigned to)
{
    char line[256], got[BYTES + 3], want[BYTES + 1];
    if (from == 0)
        do
            assert_true(line_is(s, line, sizeof(line)));
        while (line[0]);
    for (unsigned i = from; i < to; i++) {
        assert_true(line_is(s, line, sizeof(line)));
        assert_int_equal(strtoul(line, NULL, 16), BYTES);
        for (size_t n = 0; n < BYTES + 2;) {
            int r = SSL_read(s, got + n, (int)(BYTES + 2 - n));
            assert_true(r > 0);
            n += (size_t)r;
        }
        event_text(want, i);
        assert_memory_equal(got, want, BYTES);
    }
}

static void leave(SSL *s, int fd)
{
    SSL_set_quiet_shutdown(s, 1);
    SSL_free(s);
    close(fd);
}

static void *read_all_streams(void *ctx)
{
    struct hall *h = ctx;
    static SSL *s[CROWD];
    static int fds[CROWD];
    for (unsigned i = 0; i < CROWD; i++)
        s[i] = dial(h, &fds[i], i % LATE == 0);
    for (unsigned step = 0; step < EVENTS; step += EVENTS / 4)
        for (unsigned i = 0; i < CROWD; i++) {
            if (!s[i] || i % LATE == 0)
                continue;
            read_events(s[i], step, step + EVENTS / 4);
            if (i % LEAVE == 1 && step == EVENTS / 4) { /* with unread bytes behind it: the server gets a reset */
                leave(s[i], fds[i]);
                s[i] = NULL;
            }
        }
    for (unsigned i = 0; i < CROWD; i += LATE)
        read_events(s[i], 0, EVENTS);
    for (unsigned i = 0; i < CROWD; i++)
        if (s[i])
            leave(s[i], fds[i]);
    __atomic_store_n(&h->over, true, __ATOMIC_RELEASE);
    return NULL;
}

static void contexts_make(struct hall *h)
{
    static const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_pair ca = {0}, own = {0};
    struct tls_names names = {NULL, ips};
    struct err err = {{0}};
    int64_t now = time(NULL);
    assert_done(tls_ca_make(&ca, "test", now, 2, &err));
    assert_done(tls_cert_make(&own, &ca, "server", NULL, &names, TLS_USAGE_SERVER, now, 1, &err));
    assert_done(tls_server_context(&h->server_tls, &own, NULL, STR("\x08http/1.1"), &err));
    assert_done(tls_client_context(&h->client_tls, NULL, ca.cert_pem, false, STR(""), &err));
    tls_pair_done(&ca);
    tls_pair_done(&own);
}

static void crowd(void **state)
{
    (void)state;
    static struct hall h;
    struct err err = {{0}};
    pthread_t thread;
    here = &h;
    contexts_make(&h);
    assert_done(loop_new(&h.loop));
    struct http_server_options o = {
        .address = "127.0.0.1", .tls = h.server_tls, .on_request = on_request, .ctx = &h, .limits = {.unsent_bytes = 20000}};
    assert_done(http_server_new(&h.server, h.loop, &o, &err));
    h.port = http_server_port(h.server);
    assert_int_equal(pthread_create(&thread, NULL, read_all_streams, &h), 0);
    on_tick(&h);
    assert_done(loop_run(h.loop));
    pthread_join(thread, NULL);
    assert_int_equal(h.n, CROWD);
    assert_int_equal(h.event, EVENTS);
    assert_true(h.gone >= 17 - 2); /* those that left in the middle at least; the last two may still be told */
    loop_timer_stop(&h.tick);
    http_server_free(h.server);
    assert_int_equal(h.gone, CROWD);
    loop_free(h.loop);
    tls_context_free(h.server_tls);
    tls_context_free(h.client_tls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crowd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
