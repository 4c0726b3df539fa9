/* client: calls, the connections they wait for, names and addresses. */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/un.h>

#include "http/inside.h"

#define CONNECTIONS    8u
#define WAITING_MOST   4096u
#define OPEN_MS        30000
#define IDLE_MS        90000 /* shorter than a server's, so that seldom a call meets a closing connection */
#define SILENCE_MS     30000
#define PONG_MS        15000
#define RESOLVED_MS    30000
#define ADDRESSES_MOST 16u
#define BODY_MOST      (8u << 20)
#define REQUEST_MOST   (64u << 20)

/* ── names ── */

struct http_resolve {           /* outlives its client while a thread works on it */
    struct http_client *client; /* NULL: nobody asks any more */
    struct addrinfo *found;
    int fault;
    char port[8];
    char host[];
};

static void addresses_take(struct http_client *c, const struct addrinfo *found)
{
    c->addresses.n = 0;
    for (const struct addrinfo *a = found; a && c->addresses.n < ADDRESSES_MOST; a = a->ai_next) {
        struct sockaddr_storage *to = VEC_ADD(&c->addresses);
        if (!to)
            break;
        memcpy(to, a->ai_addr, MIN((size_t)a->ai_addrlen, sizeof(*to)));
    }
    c->resolved_at = loop_now(c->loop);
}

static void resolve_work(void *ctx)
{
    struct http_resolve *r = ctx;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}; /* AI_ADDRCONFIG hides localhost on a host without links */
    r->fault = getaddrinfo(r->host, r->port, &hints, &r->found);
}

static void waiting_fail(struct http_client *c, int r, const char *error);

static void resolve_done(void *ctx)
{
    struct http_resolve *r = ctx;
    struct http_client *c = r->client;
    if (c) {
        c->resolving = NULL;
        if (r->fault == 0)
            addresses_take(c, r->found);
        char error[256];
        snprintf(error, sizeof(error), "look up %s: %s", r->host, r->fault ? gai_strerror(r->fault) : "no address");
        if (r->fault || c->addresses.n == 0)
            waiting_fail(c, -EHOSTUNREACH, error);
        else
            http_client_wake(c);
    }
    if (r->found)
        freeaddrinfo(r->found);
    mem_free(r);
}

/* 0: addresses are there; 1: they will be, or calls have failed. */
static int resolve(struct http_client *c)
{
    if (c->unix_path || (c->addresses.n && loop_now(c->loop) - c->resolved_at < RESOLVED_MS))
        return 0;
    if (c->resolving)
        return 1;
    size_t n = strlen(c->host);
    struct http_resolve *r = mem_alloc(sizeof(*r) + n + 1);
    if (!r)
        return -ENOMEM;
    memcpy(r->host, c->host, n);
    snprintf(r->port, sizeof(r->port), "%d", c->port);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
    if (getaddrinfo(r->host, r->port, &hints, &r->found) == 0) {
        addresses_take(c, r->found);
        freeaddrinfo(r->found);
        mem_free(r);
        return c->addresses.n ? 0 : -ENOMEM;
    }
    r->client = c;
    int result = loop_work(c->loop, resolve_work, resolve_done, r);
    if (result < 0) {
        mem_free(r);
        return result;
    }
    c->resolving = r;
    return 1;
}

/* ── links ── */

static int64_t link_deadline(const struct http_link *k)
{
    if (k->wire.lingering)
        return k->wire.linger_until;
    if (!k->wire.open)
        return k->since + OPEN_MS;
    if (k->n_calls == 0)
        return k->since + IDLE_MS;
    if (k->proto == HTTP_PROTO_2)
        return k->since + SILENCE_MS + (k->pinged ? PONG_MS : 0);
    return HTTP_NEVER;
}

static void on_link_deadline(void *ctx)
{
    struct http_link *k = ctx;
    int64_t now = loop_now(k->client->loop);
    k->timer_at = HTTP_NEVER;
    if (now >= link_deadline(k)) {
        if (!k->wire.open || (k->n_calls && k->pinged)) {
            http_wire_cut(&k->wire, -ETIMEDOUT);
        } else if (k->wire.lingering || k->n_calls == 0) {
            k->unusable = true;
            http_wire_cut(&k->wire, 1);
        } else {
            k->pinged = true; /* nothing heard for long: is anybody there? */
            if (nghttp2_submit_ping(k->session, NGHTTP2_FLAG_NONE, NULL) != 0)
                http_wire_cut(&k->wire, -ENOMEM);
        }
        http_wire_wake(&k->wire);
    }
    http_link_arm(k);
}

void http_link_arm(struct http_link *k)
{
    int64_t at = link_deadline(k);
    if (at >= k->timer_at || k->wire.dead)
        return;
    int64_t now = loop_now(k->client->loop);
    if (loop_timer_start(k->client->loop, &k->timer, at - now, on_link_deadline, k) < 0)
        http_wire_cut(&k->wire, -ENOMEM);
    else
        k->timer_at = at;
}

static SSL *tls_new(struct http_client *c, bool only1)
{
    static const unsigned char both[] = "\x02h2\x08http/1.1";
    SSL *ssl = SSL_new(c->tls);
    if (!ssl)
        return NULL;
    const char *name = c->server_name ? c->server_name : c->host;
    unsigned char address[16];
    bool numeric = inet_pton(AF_INET, name, address) == 1 || inet_pton(AF_INET6, name, address) == 1;
    void *sni = (void *)(uintptr_t)name;
    bool fine = numeric ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1
                        : SSL_set1_host(ssl, name) == 1 && SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, sni) == 1;
    size_t skip = only1 ? 3 : 0;
    if (!fine || SSL_set_alpn_protos(ssl, both + skip, (unsigned)(sizeof(both) - 1 - skip)) != 0) {
        SSL_free(ssl);
        return NULL;
    }
    SSL_set_connect_state(ssl);
    return ssl;
}

static int connect_start(struct http_client *c, size_t address)
{
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    const struct sockaddr *to = (const struct sockaddr *)&local;
    socklen_t n = sizeof(local);
    if (c->unix_path) {
        memcpy(local.sun_path, c->unix_path, strlen(c->unix_path)); /* its length was checked when it was given */
    } else {
        to = (const struct sockaddr *)&c->addresses.p[address];
        n = to->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    }
    SCOPED_FD fd = socket(to->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    int on = 1, idle = 30, every = 15, tries = 4;
    if (to->sa_family != AF_UNIX) {
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
        (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
        (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof(every));
        (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof(tries));
    }
    if (connect(fd, to, n) < 0 && errno != EINPROGRESS)
        return -errno;
    return TAKE_FD(fd);
}

/* Connects to the address of index k->address or the first one after it that does not refuse at once. */
static int link_connect(struct http_link *k)
{
    struct http_client *c = k->client;
    size_t last = c->unix_path ? 1 : c->addresses.n;
    int fd = -EHOSTUNREACH;
    for (; k->address < last; k->address++) {
        fd = connect_start(c, k->address);
        if (fd >= 0)
            break;
    }
    if (fd < 0)
        return fd;
    SSL *ssl = NULL;
    if (c->tls) {
        ssl = tls_new(c, c->http1_only || k->exclusive);
        if (!ssl) {
            close(fd);
            return -ENOMEM;
        }
    }
    return http_wire_open(&k->wire, c->loop, &c->pool, fd, ssl, true, &http_link_use, k);
}

static void error_text(struct http_link *k, int r)
{
    struct http_client *c = k->client;
    const char *what = r == 0 || r == -ECONNRESET ? "connection closed" : strerror(-r);
    if (k->wire.fault.n)
        what = k->wire.fault.p;
    const char *doing = !k->wire.open ? (k->wire.shaking ? "TLS with " : "connect to ") : "";
    snprintf(k->error, sizeof(k->error), "%s%s: %s", doing, c->unix_path ? c->unix_path : c->authority, what);
}

static int link_new(struct http_client *c, struct http_link **out, bool exclusive)
{
    struct http_link *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    k->client = c;
    k->exclusive = exclusive;
    k->timer_at = HTTP_NEVER;
    k->since = loop_now(c->loop);
    list_init(&k->calls);
    int r = link_connect(k);
    if (r < 0) {
        mem_free(k);
        return r;
    }
    list_add(&c->links, &k->link);
    c->n_links++;
    http_link_arm(k);
    *out = k;
    return 0;
}

void http_link_free(struct http_link *k)
{
    struct http_client *c = k->client;
    loop_timer_stop(&k->timer);
    if (k->pipe)
        http_pipe_cut(k->pipe);
    http_wire_done(&k->wire);
    nghttp2_session_del(k->session);
    buf_done(&k->rest);
    list_del(&k->link);
    c->n_links--;
    mem_free(k);
}

void http_link_after_pipe(void *link)
{
    struct http_link *k = link;
    struct http_client *c = k->client;
    k->pipe = NULL;
    http_link_free(k);
    http_client_wake(c);
}

static bool others_alive(const struct http_client *c)
{
    LIST_EACH (k, &((struct http_client *)(uintptr_t)c)->links, struct http_link, link)
        if (!k->wire.dead && !k->unusable && !k->exclusive)
            return true;
    return false;
}

/* Another address of the same name may answer. */
static bool link_elsewhere(struct http_link *k)
{
    if (k->wire.open || k->client->unix_path || k->address + 1 >= k->client->addresses.n)
        return false;
    http_wire_done(&k->wire);
    k->address++;
    k->since = loop_now(k->client->loop);
    return link_connect(k) == 0;
}

void http_link_broke(struct http_link *k, int r)
{
    struct http_client *c = k->client;
    bool was_open = k->wire.open;
    error_text(k, r);
    if (link_elsewhere(k)) {
        http_link_arm(k);
        return;
    }
    k->unusable = true;
    if (!was_open)
        c->resolved_at = loop_now(c->loop) - RESOLVED_MS; /* perhaps the name has moved */
    if (!was_open && !k->exclusive && !others_alive(c))
        waiting_fail(c, r < 0 ? r : -ECONNRESET, k->error);
    while (!list_empty(&k->calls)) {
        struct http_call *call = CONTAINER_OF(k->calls.next, struct http_call, link);
        bool stale = !call->heard && k->served && was_open && !http_call_upgrades(call);
        http_call_deliver(call);
        if (call->canceled || call->ended)
            http_call_finish(call, call->result, call->error[0] ? call->error : NULL);
        else if (stale && call->tries < HTTP_CALL_TRIES && (http_call_repeatable(call) || !k->wire.wrote))
            http_call_wait(call);
        else
            http_call_finish(call, r < 0 ? r : -ECONNRESET, k->error);
    }
    http_link_free(k);
    if (was_open || !others_alive(c)) /* else it would be tried again at once, and again */
        http_client_wake(c);
}

/* ── the queue ── */

static void waiting_fail(struct http_client *c, int r, const char *error)
{
    char copy[256];
    snprintf(copy, sizeof(copy), "%s", error);
    struct list now = LIST_INIT(now); /* what the callbacks ask for anew waits for its own chance */
    while (!list_empty(&c->waiting)) {
        struct list *item = c->waiting.next;
        list_del(item);
        list_add(&now, item);
    }
    while (!list_empty(&now))
        http_call_finish(CONTAINER_OF(now.next, struct http_call, link), r, copy);
}

static struct http_link *link_free_one(struct http_client *c, bool *opening)
{
    *opening = false;
    LIST_EACH (k, &c->links, struct http_link, link) {
        if (k->exclusive || k->unusable || k->wire.dead || k->wire.finishing)
            continue;
        if (!k->wire.open)
            *opening = true;
        else if (http_link_takes(k))
            return k;
    }
    return NULL;
}

/* True: the call has found its place or an end. */
static bool call_place(struct http_client *c, struct http_call *call)
{
    bool opening;
    struct http_link *k = http_call_upgrades(call) ? NULL : link_free_one(c, &opening);
    if (k) {
        http_link_assign(k, call);
        return true;
    }
    /* What the first connection turns out to speak decides whether more are needed. */
    unsigned most = http_call_upgrades(call) ? c->connections * 8 : c->connections;
    if ((!http_call_upgrades(call) && opening) || c->n_links >= most)
        return false;
    int r = resolve(c);
    if (r == 1)
        return false;
    if (r == 0)
        r = link_new(c, &k, http_call_upgrades(call));
    if (r < 0) {
        char error[256];
        snprintf(error, sizeof(error), "connect to %s: %s", c->unix_path ? c->unix_path : c->authority, strerror(-r));
        http_call_finish(call, r, error);
        return true;
    }
    if (!http_call_upgrades(call))
        return false;
    list_del(&call->link);
    c->n_waiting--;
    list_add(&k->calls, &call->link);
    call->on = k;
    k->n_calls++;
    return true;
}

static void pump(void *ctx)
{
    struct http_client *c = ctx;
    struct list now = LIST_INIT(now); /* what callbacks ask for meanwhile waits for the next turn */
    while (!list_empty(&c->waiting)) {
        struct list *item = c->waiting.next;
        list_del(item);
        list_add(&now, item);
    }
    while (!list_empty(&now)) {
        struct http_call *call = CONTAINER_OF(now.next, struct http_call, link);
        if (call->canceled || call->ended) {
            http_call_finish(call, call->result, call->error);
        } else if (!call_place(c, call)) {
            list_del(&call->link);
            list_add(&c->waiting, &call->link);
        }
    }
}

void http_client_wake(struct http_client *c)
{
    if (!list_empty(&c->waiting))
        loop_defer(c->loop, &c->pump, pump, c);
}

/* ── calls ── */

void http_call_pause(struct http_call *call, bool paused)
{
    if (call->paused == paused)
        return;
    call->paused = paused;
    if (call->on)
        http_link_pause(call->on, call);
}

static void call_free(struct http_call *call)
{
    loop_timer_stop(&call->timer);
    http_call_pause(call, false); /* the connection may serve others */
    list_del(&call->link);
    if (call->on)
        call->on->n_calls--;
    else
        call->client->n_waiting--;
    buf_done(&call->text);
    buf_done(&call->collected);
    buf_done(&call->delivery);
    VEC_DONE(&call->reply);
    arena_free(call->mem);
    mem_free(call);
}

void http_call_finish(struct http_call *call, int r, const char *error)
{
    struct http_ws *ws = call->ws;
    char text[256];
    snprintf(text, sizeof(text), "%s", error && error[0] ? error : r < 0 ? strerror(-r) : "");
    if (ws) {
        int code = r < 0 ? r : call->code;
        call_free(call);
        http_ws_fail(ws, code);
        return;
    }
    struct http_call_events e = call->events;
    int code = call->code;
    SCOPED_BUF body = call->collected;
    call->collected = BUF_INIT(0);
    bool tell = !call->canceled && e.on_end;
    call_free(call);
    if (tell)
        e.on_end(e.ctx, r, code, r < 0 ? STR("") : str_make(body.p ? body.p : "", body.n), r < 0 ? text : NULL);
}

void http_call_end(struct http_call *call, int r, const char *error)
{
    if (call->ended)
        return;
    call->ended = true;
    call->result = r;
    snprintf(call->error, sizeof(call->error), "%s", error ? error : "");
    if (call->on)
        http_wire_wake(&call->on->wire);
    else
        http_client_wake(call->client);
}

void http_call_forget_reply(struct http_call *call)
{
    call->code = 0;
    call->head_done = false;
    buf_clear(&call->text);
    call->reply.n = 0;
}

void http_call_wait(struct http_call *call)
{
    struct http_client *c = call->client;
    list_del(&call->link);
    if (call->on)
        call->on->n_calls--;
    call->on = NULL;
    call->tries++;
    call->stream = 0;
    call->body_sent = 0;
    call->heard = call->again = call->closed = false;
    http_call_forget_reply(call);
    list_add_front(&c->waiting, &call->link);
    c->n_waiting++;
    http_client_wake(c);
}

bool http_call_repeatable(const struct http_call *call)
{
    return str_is(call->method, "GET") || str_is(call->method, "HEAD") || str_is(call->method, "OPTIONS");
}

static void on_call_deadline(void *ctx);

static int call_arm(struct http_call *call)
{
    int64_t at = MIN(call->deadline, call->head_done ? HTTP_NEVER : call->head_deadline);
    if (at == HTTP_NEVER)
        return 0;
    struct loop *l = call->client->loop;
    return loop_timer_start(l, &call->timer, at - loop_now(l), on_call_deadline, call);
}

static void on_call_deadline(void *ctx)
{
    struct http_call *call = ctx;
    int64_t now = loop_now(call->client->loop);
    if (now >= call->deadline)
        http_call_end(call, -ETIMEDOUT, "timed out waiting for the reply's end");
    else if (!call->head_done && now >= call->head_deadline)
        http_call_end(call, -ETIMEDOUT, "timed out waiting for the reply");
    else if (call_arm(call) < 0)
        http_call_end(call, -ENOMEM, NULL);
}

static int call_copy(struct http_call *call, const struct http_call_options *o)
{
    int r = arena_new(&call->mem, REQUEST_MOST);
    if (r == 0)
        r = arena_str(call->mem, str_of(o->method ? o->method : "GET"), &call->method);
    if (r == 0)
        r = arena_str(call->mem, str_of(o->path ? o->path : "/"), &call->path);
    if (r == 0 && o->body.n)
        r = arena_str(call->mem, o->body, &call->body);
    if (r == 0)
        call->headers = arena_alloc(call->mem, (o->n_headers + 1) * sizeof(*call->headers));
    if (r == 0 && !call->headers)
        r = -ENOMEM;
    for (size_t i = 0; r == 0 && i < o->n_headers; i++) {
        struct http_header *h = &call->headers[call->n_headers];
        SCOPED_BUF clean = BUF_INIT(0); /* a line end in a value must not become a header */
        http_header_value(&clean, o->headers[i].value);
        r = buf_error(&clean);
        if (r == 0 && http_token_valid(o->headers[i].name)) {
            r = arena_str(call->mem, o->headers[i].name, &h->name);
            if (r == 0)
                r = arena_str(call->mem, buf_view(&clean), &h->value);
            call->n_headers++;
        }
    }
    return r;
}

static bool target_valid(struct str path)
{
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= 32 || path.p[i] == 127)
            return false;
    return path.n && path.p[0] == '/';
}

static int call_new(struct http_call **out, struct http_client *c, const struct http_call_options *o)
{
    if (c->n_waiting >= WAITING_MOST)
        return -EAGAIN;
    if (!target_valid(str_of(o->path)) || !http_token_valid(str_of(o->method ? o->method : "GET")))
        return -EINVAL;
    struct http_call *call = mem_alloc(sizeof(*call));
    if (!call)
        return -ENOMEM;
    int64_t now = loop_now(c->loop);
    call->client = c;
    call->body_max = o->body_max ? o->body_max : BODY_MOST;
    call->deadline = o->timeout_ms > 0 ? now + o->timeout_ms : HTTP_NEVER;
    call->head_deadline = o->head_ms > 0 ? now + o->head_ms : HTTP_NEVER;
    call->text = BUF_INIT(256u << 10);
    call->collected = BUF_INIT(call->body_max);
    list_init(&call->link);
    c->n_waiting++; /* before anything can fail: call_free() counts it off */
    int r = call_copy(call, o);
    if (r == 0)
        r = call_arm(call);
    if (r < 0) {
        call_free(call);
        return r;
    }
    list_add(&c->waiting, &call->link);
    http_client_wake(c);
    *out = call;
    return 0;
}

int http_client_call(struct http_call **out, struct http_client *c, const struct http_call_options *o, const struct http_call_events *e)
{
    int r = call_new(out, c, o);
    if (r == 0)
        (*out)->events = *e;
    return r;
}

void http_call_cancel(struct http_call *call)
{
    call->canceled = true;
    loop_timer_stop(&call->timer);
    http_call_end(call, -ECANCELED, NULL);
}

void http_call_abandon(struct http_call *call)
{
    http_call_end(call, -ECANCELED, NULL);
}

int http_ws_connect(struct http_ws **out, struct http_client *c, const char *path, const char *const *protocols, const struct http_header *headers,
                    size_t n, size_t max, void (*on_open)(void *ctx, struct str protocol), const struct http_ws_events *e)
{
    unsigned char nonce[16];
    char key[25];
    SCOPED_BUF offered = BUF_INIT(4096);
    for (size_t i = 0; protocols && protocols[i]; i++)
        buf_fmt(&offered, "%s%s", i ? ", " : "", protocols[i]);
    struct http_header *all = mem_alloc((n + 6) * sizeof(*all));
    int r = buf_error(&offered);
    if (r == 0)
        r = !all ? -ENOMEM : RAND_bytes(nonce, sizeof(nonce)) != 1 ? -EIO : 0;
    struct http_call *call = NULL;
    struct http_ws *w = NULL;
    if (r == 0)
        r = http_ws_new(&w, c->loop, false, max, e);
    if (r == 0) {
        size_t k = 0;
        EVP_EncodeBlock((unsigned char *)key, nonce, sizeof(nonce));
        all[k++] = (struct http_header){STR("upgrade"), STR("websocket")};
        all[k++] = (struct http_header){STR("connection"), STR("Upgrade")};
        all[k++] = (struct http_header){STR("sec-websocket-version"), STR("13")};
        all[k++] = (struct http_header){STR("sec-websocket-key"), str_of(key)};
        if (offered.n)
            all[k++] = (struct http_header){STR("sec-websocket-protocol"), buf_view(&offered)};
        if (n)
            memcpy(all + k, headers, n * sizeof(*all));
        struct http_call_options o = {.method = "GET", .path = path, .headers = all, .n_headers = k + n, .head_ms = OPEN_MS};
        r = call_new(&call, c, &o);
        if (r < 0)
            http_ws_drop(w);
    }
    mem_free(all);
    if (r < 0)
        return r;
    call->ws = w;
    call->ws_open = on_open;
    call->events.ctx = e->ctx;
    http_ws_calling(w, call);
    r = http_ws_accept_key(str_of(key), call->ws_accept);
    CHECK(r == 0);
    *out = w;
    return 0;
}

/* ── life ── */

static int text_copy(char **to, const char *from)
{
    if (!from)
        return 0;
    *to = mem_text(from, strlen(from));
    return *to ? 0 : -ENOMEM;
}

static int authority_make(struct http_client *c)
{
    SCOPED_BUF text = BUF_INIT(1024);
    const char *host = c->unix_path ? "localhost" : c->server_name ? c->server_name : c->host;
    bool six = strchr(host, ':') != NULL;
    buf_fmt(&text, six ? "[%s]" : "%s", host);
    if (!c->unix_path && c->port != (c->tls ? 443 : 80))
        buf_fmt(&text, ":%d", c->port);
    size_t n;
    return buf_take(&text, &c->authority, &n);
}

int http_client_new(struct http_client **out, struct loop *l, const struct http_client_options *o, struct err *err)
{
    if (o->unix_path ? strlen(o->unix_path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path) : !o->host)
        return err_raise(err, -EINVAL, "a client needs a host or a socket path of at most 107 bytes");
    struct http_client *c = mem_alloc(sizeof(*c));
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for a client");
    c->loop = l;
    c->port = o->port;
    c->connections = o->connections ? o->connections : CONNECTIONS;
    c->http1_only = o->http1_only;
    list_init(&c->links);
    list_init(&c->waiting);
    int r = text_copy(&c->host, o->host);
    if (r == 0)
        r = text_copy(&c->server_name, o->server_name);
    if (r == 0)
        r = text_copy(&c->unix_path, o->unix_path);
    http_client_set_tls(c, o->tls);
    if (r == 0)
        r = authority_make(c);
    if (r == 0)
        r = http_pool_init(&c->pool);
    if (r == 0)
        r = http_exchange_globals(c);
    if (r < 0) {
        http_client_free(c);
        return err_raise(err, r, "no memory for a client");
    }
    *out = c;
    return 0;
}

/* Connections made with the old context end after the calls they carry: they show the old certificate. */
void http_client_set_tls(struct http_client *c, SSL_CTX *tls)
{
    if (tls)
        SSL_CTX_up_ref(tls);
    SSL_CTX_free(c->tls);
    c->tls = tls;
    LIST_EACH (k, &c->links, struct http_link, link) {
        k->unusable = true;
        if (k->n_calls == 0 && !k->pipe)
            http_wire_finish(&k->wire);
    }
}

struct http_client *http_client_free(struct http_client *c)
{
    if (!c)
        return NULL;
    if (c->resolving)
        c->resolving->client = NULL;
    while (!list_empty(&c->links)) {
        struct http_link *k = CONTAINER_OF(c->links.next, struct http_link, link);
        while (!list_empty(&k->calls))
            http_call_finish(CONTAINER_OF(k->calls.next, struct http_call, link), -ECANCELED, "the client ends");
        http_link_free(k);
    }
    while (!list_empty(&c->waiting))
        http_call_finish(CONTAINER_OF(c->waiting.next, struct http_call, link), -ECANCELED, "the client ends");
    loop_defer_cancel(&c->pump);
    http_pool_done(&c->pool);
    nghttp2_session_callbacks_del(c->h2_callbacks);
    nghttp2_option_del(c->h2_option);
    SSL_CTX_free(c->tls);
    VEC_DONE(&c->addresses);
    mem_free(c->host);
    mem_free(c->server_name);
    mem_free(c->unix_path);
    mem_free(c->authority);
    return mem_free(c);
}
