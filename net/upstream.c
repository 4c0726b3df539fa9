/* Questions that are not the cluster's: asked of the node's own resolvers, the answers kept for a short while.
 *
 * Each relay has a socket and a random id of its own: a forged reply has to guess port and id. The servers are those of
 * the node's resolv.conf, except ourselves; a question that comes back to us (some other resolver pointing here) is
 * recognised by the id we gave it and refused. A server that lets a question time out is asked last for a while, so that
 * only the first of many waits for it. */
#include "net/dns_inside.h"

#define RELAYS_MAX        512
#define TIMEOUT_MS        2000
#define ROUNDS            2
#define CACHE_MAX         1024
#define CACHE_BYTES_MAX   4096 /* of one reply */
#define CACHE_SECONDS_MAX 30
#define SERVERS_EVERY_MS  5000
#define SILENT_MS         10000

struct relay {
    struct list link;
    struct net_dns *dns;
    struct net_dns_asker to;
    bool gone;           /* the asker has: the answer is only cached */
    struct buf packet;   /* as it came from the asker */
    struct buf question; /* as it goes upstream */
    struct buf in;       /* TCP: what has come */
    uint16_t own_id, id;
    uint16_t type;
    char name[DNSWIRE_NAME_MAX];
    char key[DNSWIRE_NAME_MAX + 16]; /* of the cache; "" for chases */
    bool chase, tcp;
    struct nl_ip servers[NET_UPSTREAM_MAX]; /* in the order they are asked */
    size_t n_servers, tries, sent;
    int fd;
    struct loop_io *io;
    struct loop_timer timer;
};

struct kept {
    struct list link;
    char key[DNSWIRE_NAME_MAX + 16];
    char *packet;
    size_t n;
    int64_t since, until; /* loop_now() */
};

/* ── cache ── */

static void key_make(const struct dnswire_query *q, bool tcp, char out[DNSWIRE_NAME_MAX + 16])
{
    snprintf(out, DNSWIRE_NAME_MAX + 16, "%u%c%c%c %s", q->type, q->edns ? 'e' : '-', q->dnssec_ok ? 'd' : '-', tcp ? 't' : 'u', q->name);
}

static void kept_drop(struct net_dns *d, struct kept *k)
{
    map_del(&d->cache, str_of(k->key));
    list_del(&k->link);
    d->n_cached--;
    mem_free(k->packet);
    mem_free(k);
}

static void cache_put(struct net_dns *d, const char *key, struct str packet)
{
    struct dnswire_reply_info info;
    if (!key[0] || packet.n > CACHE_BYTES_MAX || dnswire_reply_scan(&info, packet) < 0 || info.ttl == 0 || info.flags & DNSWIRE_TC ||
        (info.code != DNSWIRE_NOERROR && info.code != DNSWIRE_NXDOMAIN))
        return;
    struct kept *old = map_get(&d->cache, str_of(key));
    if (old)
        kept_drop(d, old);
    if (d->n_cached >= CACHE_MAX)
        kept_drop(d, CONTAINER_OF(d->cached.next, struct kept, link));
    struct kept *k = mem_alloc(sizeof(*k));
    char *copy = k ? mem_text(packet.p, packet.n) : NULL;
    if (!copy) {
        mem_free(k);
        return;
    }
    snprintf(k->key, sizeof(k->key), "%s", key);
    k->packet = copy;
    k->n = packet.n;
    k->since = loop_now(d->net->loop);
    k->until = k->since + 1000 * (int64_t)MIN(info.ttl, (uint32_t)CACHE_SECONDS_MAX);
    if (map_put(&d->cache, str_of(k->key), k) < 0) {
        mem_free(copy);
        mem_free(k);
        return;
    }
    list_add(&d->cached, &k->link);
    d->n_cached++;
}

static bool cache_answer(struct net_dns *d, const struct net_dns_asker *to, const struct dnswire_query *q, const char *key)
{
    struct kept *k = map_get(&d->cache, str_of(key));
    int64_t now = loop_now(d->net->loop);
    if (k && now >= k->until) {
        kept_drop(d, k);
        k = NULL;
    }
    if (!k || q->question.n + 12 > k->n)
        return false;
    memcpy(d->out, k->packet, k->n);
    dnswire_reply_age((char *)d->out, k->n, (uint32_t)((now - k->since) / 1000));
    d->out[0] = (uint8_t)(q->id >> 8);
    d->out[1] = (uint8_t)q->id;
    memcpy(d->out + 12, q->question.p, q->question.n); /* in the asker's own letters */
    net_dns_send(to, d->out, k->n);
    return true;
}

/* ── servers ── */

static bool ourselves(const struct net *n, const struct nl_ip *ip)
{
    for (size_t i = 0; i < n->n_dns; i++)
        if (nl_ip_equal(&n->dns_ip[i], ip))
            return true;
    return false;
}

static void servers_read(struct net_dns *d)
{
    int64_t now = loop_now(d->net->loop);
    SCOPED_BUF text = BUF_INIT(1u << 18);
    if (d->servers_read && now - d->servers_read < SERVERS_EVERY_MS)
        return;
    d->servers_read = MAX(now, (int64_t)1);
    if (os_file_read(d->net->resolv_conf, 65536, &text) < 0)
        return; /* the ones known so far go on */
    struct str rest = buf_view(&text), line, head, tail;
    struct nl_ip were[NET_UPSTREAM_MAX];
    int64_t silent[NET_UPSTREAM_MAX];
    size_t n_were = d->n_servers;
    memcpy(were, d->servers, sizeof(were));
    memcpy(silent, d->silent_until, sizeof(silent));
    d->n_servers = 0;
    while (str_next(&rest, '\n', &line) && d->n_servers < ARRAY_LEN(d->servers)) {
        struct nl_ip ip;
        line = str_trim(line);
        if (!str_starts(line, STR("nameserver")))
            continue;
        line = str_trim(str_from(line, strlen("nameserver")));
        str_cut(line, ' ', &head, &tail);
        if (nl_ip_parse(&ip, head) < 0 || ourselves(d->net, &ip))
            continue;
        d->silent_until[d->n_servers] = 0;
        for (size_t i = 0; i < n_were; i++)
            if (nl_ip_equal(&were[i], &ip))
                d->silent_until[d->n_servers] = silent[i];
        d->servers[d->n_servers++] = ip;
    }
}

/* As the file has them, but those that were silent lately last. */
static void servers_choose(const struct net_dns *d, struct relay *r)
{
    int64_t now = loop_now(d->net->loop);
    for (int silent = 0; silent < 2; silent++)
        for (size_t i = 0; i < d->n_servers; i++)
            if ((d->silent_until[i] > now) == silent)
                r->servers[r->n_servers++] = d->servers[i];
}

static void server_note(struct net_dns *d, const struct relay *r, int64_t silent_until)
{
    const struct nl_ip *ip = &r->servers[(r->tries - 1) % r->n_servers];
    for (size_t i = 0; i < d->n_servers; i++)
        if (nl_ip_equal(&d->servers[i], ip))
            d->silent_until[i] = silent_until;
}

/* ── relays ── */

static void relay_free(struct relay *r)
{
    list_del(&r->link);
    r->dns->n_relays--;
    loop_timer_stop(&r->timer);
    loop_io_free(r->io);
    fd_scope_end(&r->fd);
    buf_done(&r->packet);
    buf_done(&r->question);
    buf_done(&r->in);
    mem_free(r);
}

static void relay_fail(struct relay *r)
{
    struct net_dns *d = r->dns;
    uint8_t out[1024];
    struct dnswire_query *q = mem_alloc(sizeof(*q));
    d->net->status.dns_failures++;
    if (!r->gone && q && dnswire_query_parse(q, buf_view(&r->packet)) >= 0) {
        struct net_dns_asker to = r->to;
        size_t n = dnswire_refuse(out, sizeof(out), q, DNSWIRE_RA, DNSWIRE_SERVFAIL);
        relay_free(r);
        net_dns_send(&to, out, n);
    } else {
        relay_free(r);
    }
    mem_free(q);
}

static void relay_try(struct relay *r);

/* Behind the CNAMEs of our own zone: the addresses that upstream gave for the last one. */
static size_t chase_reply(struct relay *r, struct str upstream, uint8_t *out, size_t cap, const struct dnswire_query *q)
{
    struct net_dns *d = r->dns;
    struct dnswire_writer w;
    struct dnswire_reply_info info;
    struct dnswire_walk walk = {.at = 0};
    struct dnswire_record record;
    arena_reset(d->mem);
    int found = d->net->state ? plan_dns_find(d->net->state, str_of(d->net->domain), str_make(q->name, q->name_n), q->type, d->mem, d->answer)
                              : PLAN_DNS_NO_NAME;
    if (found != PLAN_DNS_FOUND || dnswire_reply_scan(&info, upstream) < 0)
        return dnswire_refuse(out, cap, q, DNSWIRE_RA, DNSWIRE_SERVFAIL);
    dnswire_reply_start(&w, out, cap, q);
    for (size_t i = 0; i < d->answer->n; i++)
        if (dnswire_reply_add(&w, DNSWIRE_ANSWER, &d->answer->records[i]) < 0)
            break;
    while (dnswire_answer_next(&walk, upstream, &record) == 0)
        if ((record.type == r->type || record.type == DNSWIRE_CNAME) && dnswire_reply_add(&w, DNSWIRE_ANSWER, &record) < 0)
            break;
    uint16_t cut = info.flags & DNSWIRE_TC; /* then upstream had more to say: the asker is to come back by TCP */
    return dnswire_reply_end(&w, DNSWIRE_AA | DNSWIRE_RA | cut, (enum dnswire_code)info.code);
}

static void relay_answer(struct relay *r, char *packet, size_t n)
{
    struct net_dns *d = r->dns;
    struct net_dns_asker to = r->to;
    server_note(d, r, 0);
    if (r->chase) {
        struct dnswire_query *q = mem_alloc(sizeof(*q));
        bool good = q && !r->gone && dnswire_query_parse(q, buf_view(&r->packet)) == 0;
        size_t cap = good ? (to.connection ? sizeof(d->out) : dnswire_reply_max(q)) : 0;
        n = good ? chase_reply(r, str_make(packet, n), d->out, cap, q) : 0;
        relay_free(r);
        if (n)
            net_dns_send(&to, d->out, n);
        mem_free(q);
        return;
    }
    cache_put(d, r->key, str_make(packet, n));
    bool gone = r->gone;
    packet[0] = (char)(r->id >> 8);
    packet[1] = (char)r->id;
    memcpy(d->out, packet, n);
    relay_free(r);
    if (!gone)
        net_dns_send(&to, d->out, n);
}

/* A reply counts when it is to our question: id, name, type. */
static bool reply_fits(const struct relay *r, struct str packet)
{
    struct dnswire_reply_info info;
    return dnswire_reply_scan(&info, packet) == 0 && info.id == r->own_id && info.type == r->type && strcmp(info.name, r->name) == 0;
}

static void on_udp(struct relay *r)
{
    for (int i = 0; i < 8; i++) {
        ssize_t n = recv(r->fd, r->dns->in, sizeof(r->dns->in), MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0) { /* refused: the next server */
            relay_try(r);
            return;
        }
        struct str packet = str_make(r->dns->in, (size_t)n);
        if (!reply_fits(r, packet))
            continue;
        bool failed = (packet.p[3] & 15) == DNSWIRE_SERVFAIL || (packet.p[3] & 15) == DNSWIRE_REFUSED;
        if (failed && r->tries < r->n_servers) {
            relay_try(r);
            return;
        }
        relay_answer(r, r->dns->in, (size_t)n);
        return;
    }
}

static void on_tcp(struct relay *r, int events)
{
    if (r->sent < r->question.n + 2 && events & LOOP_WRITE) {
        char head[2] = {(char)(r->question.n >> 8), (char)r->question.n};
        SCOPED_BUF all = BUF_INIT(DNSWIRE_TCP_MAX + 2);
        buf_add(&all, head, 2);
        buf_str(&all, buf_view(&r->question));
        ssize_t n = buf_error(&all) ? -1 : send(r->fd, all.p + r->sent, all.n - r->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN) {
            relay_try(r);
            return;
        }
        r->sent += n > 0 ? (size_t)n : 0;
        if (r->sent == r->question.n + 2 && loop_io_watch(r->io, LOOP_READ) < 0) {
            relay_fail(r);
            return;
        }
    }
    if (!(events & LOOP_READ))
        return;
    char *room = buf_room(&r->in, 4096);
    ssize_t n = room ? recv(r->fd, room, 4096, MSG_DONTWAIT) : 0;
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        relay_try(r);
        return;
    }
    buf_grew(&r->in, (size_t)n);
    size_t want = r->in.n >= 2 ? (size_t)(uint8_t)r->in.p[0] << 8 | (uint8_t)r->in.p[1] : SIZE_MAX - 2;
    if (r->in.n < want + 2)
        return;
    if (!reply_fits(r, str_make(r->in.p + 2, want))) {
        relay_try(r);
        return;
    }
    memcpy(r->dns->in, r->in.p + 2, want);
    relay_answer(r, r->dns->in, want);
}

static void on_event(void *ctx, int events)
{
    struct relay *r = ctx;
    if (r->tcp)
        on_tcp(r, events);
    else
        on_udp(r);
}

static void on_timeout(void *ctx)
{
    struct relay *r = ctx;
    server_note(r->dns, r, loop_now(r->dns->net->loop) + SILENT_MS);
    relay_try(r);
}

static int relay_send(struct relay *r, const struct nl_ip *server)
{
    struct sockaddr_storage a;
    socklen_t n = net_sockaddr(server, 53, &a);
    r->io = loop_io_free(r->io);
    fd_scope_end(&r->fd);
    r->fd = socket(server->family, (r->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    r->sent = 0;
    buf_clear(&r->in);
    if (r->fd < 0 || (connect(r->fd, (struct sockaddr *)&a, n) < 0 && errno != EINPROGRESS))
        return -errno;
    int e = loop_io_new(&r->io, r->dns->net->loop, r->fd, on_event, r);
    if (e == 0)
        e = loop_io_watch(r->io, r->tcp ? LOOP_READ | LOOP_WRITE : LOOP_READ);
    if (e == 0 && !r->tcp && send(r->fd, r->question.p, r->question.n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        e = -errno;
    return e < 0 ? e : loop_timer_start(r->dns->net->loop, &r->timer, TIMEOUT_MS, on_timeout, r);
}

/* The next server, or the end. */
static void relay_try(struct relay *r)
{
    while (r->tries < ROUNDS * r->n_servers) {
        size_t i = r->tries++ % r->n_servers;
        if (relay_send(r, &r->servers[i]) == 0)
            return;
    }
    relay_fail(r);
}

static bool came_back(const struct net_dns *d, const struct dnswire_query *q)
{
    LIST_EACH (r, &d->relays, struct relay, link)
        if (r->own_id == q->id && r->type == q->type && strcmp(r->name, q->name) == 0)
            return true;
    return false;
}

static struct relay *relay_new(struct net_dns *d, const struct net_dns_asker *to, const struct dnswire_query *q, struct str packet, struct str chase)
{
    struct relay *r = d->n_relays < RELAYS_MAX ? mem_alloc(sizeof(*r)) : NULL;
    if (!r)
        return NULL;
    *r = (struct relay){.dns = d,
                        .to = *to,
                        .id = q->id,
                        .type = q->type,
                        .chase = chase.n > 0,
                        .tcp = to->connection != NULL,
                        .fd = -1,
                        .packet = BUF_INIT(DNSWIRE_TCP_MAX),
                        .question = BUF_INIT(DNSWIRE_TCP_MAX),
                        .in = BUF_INIT(DNSWIRE_TCP_MAX + 8192)};
    list_add(&d->relays, &r->link);
    d->n_relays++;
    servers_choose(d, r);
    int e = os_random(&r->own_id, sizeof(r->own_id));
    buf_str(&r->packet, packet);
    if (r->chase) {
        uint8_t *room = buf_room(&r->question, 1024);
        size_t n = room ? dnswire_query_write(room, 1024, r->own_id, chase, q->type, true) : 0;
        buf_grew(&r->question, n);
        e = n ? e : -EINVAL;
    } else {
        key_make(q, r->tcp, r->key);
        buf_str(&r->question, packet);
    }
    if (e < 0 || buf_error(&r->packet) || buf_error(&r->question)) {
        relay_free(r);
        return NULL;
    }
    r->question.p[0] = (char)(r->own_id >> 8);
    r->question.p[1] = (char)r->own_id;
    snprintf(r->name, sizeof(r->name), "%.*s", STR_FMT(r->chase ? chase : str_make(q->name, q->name_n)));
    for (char *c = r->name; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    return r;
}

void net_upstream_ask(struct net_dns *d, const struct net_dns_asker *to, const struct dnswire_query *q, struct str packet, struct str chase)
{
    char key[DNSWIRE_NAME_MAX + 16];
    uint8_t out[1024];
    key_make(q, to->connection != NULL, key);
    if (!chase.n && cache_answer(d, to, q, key))
        return;
    servers_read(d);
    struct relay *r = d->n_servers && !came_back(d, q) ? relay_new(d, to, q, packet, chase) : NULL;
    if (!r) {
        d->net->status.dns_failures++;
        net_dns_send(to, out, dnswire_refuse(out, sizeof(out), q, DNSWIRE_RA, DNSWIRE_SERVFAIL));
        return;
    }
    d->net->status.dns_forwarded++;
    relay_try(r);
}

void net_upstream_forget(struct net_dns *d, const struct net_tcp *c)
{
    LIST_EACH (r, &d->relays, struct relay, link)
        if (r->to.connection == c) {
            r->gone = true;
            r->to.connection = NULL;
        }
}

void net_upstream_close(struct net_dns *d)
{
    LIST_EACH (r, &d->relays, struct relay, link)
        relay_free(r);
    LIST_EACH (k, &d->cached, struct kept, link)
        kept_drop(d, k);
    map_done(&d->cache);
}
