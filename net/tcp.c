/* DNS over TCP (RFC 7766): messages with two bytes of length before each, answered one at a time in order. */
#include "net/dns_inside.h"

#define CONNECTIONS_MAX 128
#define IDLE_MS         10000

void net_tcp_close(struct net_tcp *c)
{
    net_upstream_forget(c->dns, c);
    list_del(&c->link);
    c->dns->n_connections--;
    loop_timer_stop(&c->idle);
    loop_io_free(c->io);
    close(c->fd);
    buf_done(&c->in);
    buf_done(&c->out);
    mem_free(c);
}

static void on_idle(void *ctx)
{
    net_tcp_close(ctx);
}

/* Takes whole messages off the input while nothing is being answered. */
static void messages_take(struct net_tcp *c)
{
    c->reading = true;
    while (!c->asking && !c->dead && c->in.n >= 2) {
        size_t n = (size_t)(uint8_t)c->in.p[0] << 8 | (uint8_t)c->in.p[1];
        if (c->in.n < n + 2)
            break;
        struct net_dns_asker to = {.dns = c->dns, .fd = -1, .address = c->address, .address_n = c->address_n, .connection = c};
        c->asking = true;
        memcpy(c->dns->in, c->in.p + 2, n);
        buf_drop(&c->in, n + 2);
        net_dns_handle(c->dns, &to, str_make(c->dns->in, n));
    }
    c->reading = false;
}

static bool output_flush(struct net_tcp *c)
{
    while (c->out.n) {
        ssize_t n = send(c->fd, c->out.p, c->out.n, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN)
            return false;
        if (n < 0)
            break;
        buf_drop(&c->out, (size_t)n);
    }
    return loop_io_watch(c->io, c->out.n ? LOOP_READ | LOOP_WRITE : LOOP_READ) == 0;
}

static void on_event(void *ctx, int events)
{
    struct net_tcp *c = ctx;
    if (events & LOOP_READ) {
        char *room = buf_room(&c->in, 4096);
        ssize_t n = room ? recv(c->fd, room, 4096, MSG_DONTWAIT) : -1;
        if (n == 0 || (n < 0 && (!room || errno != EAGAIN))) {
            net_tcp_close(c);
            return;
        }
        if (n > 0)
            buf_grew(&c->in, (size_t)n);
    }
    messages_take(c);
    if (c->dead || !output_flush(c) || loop_timer_start(c->dns->net->loop, &c->idle, IDLE_MS, on_idle, c) < 0)
        net_tcp_close(c);
}

void net_tcp_open(struct net_dns *d, int fd, const struct sockaddr_storage *from, socklen_t n)
{
    struct net_tcp *c = d->n_connections < CONNECTIONS_MAX ? mem_alloc(sizeof(*c)) : NULL;
    if (!c) {
        d->net->status.dns_dropped++;
        close(fd);
        return;
    }
    *c = (struct net_tcp){
        .dns = d, .fd = fd, .address = *from, .address_n = n, .in = BUF_INIT(2 * (DNSWIRE_TCP_MAX + 2)), .out = BUF_INIT(2 * (DNSWIRE_TCP_MAX + 2))};
    list_add(&d->connections, &c->link);
    d->n_connections++;
    if (loop_io_new(&c->io, d->net->loop, fd, on_event, c) < 0 || loop_io_watch(c->io, LOOP_READ) < 0 ||
        loop_timer_start(d->net->loop, &c->idle, IDLE_MS, on_idle, c) < 0)
        net_tcp_close(c);
}

void net_tcp_reply(struct net_tcp *c, const uint8_t *p, size_t n)
{
    c->asking = false;
    if (n) {
        buf_char(&c->out, (char)(n >> 8));
        buf_char(&c->out, (char)n);
        buf_add(&c->out, p, n);
    }
    c->dead |= n == 0 || buf_error(&c->out);
    if (c->reading)
        return;
    /* Came later, from upstream: what was waiting behind it goes on. */
    messages_take(c);
    if (c->dead || !output_flush(c))
        net_tcp_close(c);
}
