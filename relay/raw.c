/* Another protocol, byte for byte, with the API server behind. */
#include "relay/inside.h"

static void raw_close(struct http_pipe *p)
{
    if (p)
        http_pipe_close(p);
}

static void raw_over(struct relay *r)
{
    if (!r->pipe && !r->raw && !r->over)
        relay_over(r);
}

static void raw_pass(struct http_pipe *from, struct http_pipe *to, struct str bytes)
{
    if (!to || http_pipe_send(to, bytes) < 0) /* it is never sent to while full */
        http_pipe_close(from);
    else if (http_pipe_full(to))
        http_pipe_pause(from, true);
}

static void raw_up_bytes(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    raw_pass(r->raw, r->pipe, bytes);
}

static void raw_up_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->pipe)
        http_pipe_pause(r->pipe, false);
}

static void raw_up_gone(void *ctx)
{
    struct relay *r = ctx;
    r->raw = NULL;
    raw_close(r->pipe);
    raw_over(r);
}

static void raw_down_bytes(void *ctx, struct str bytes)
{
    struct relay *r = ctx;
    raw_pass(r->pipe, r->raw, bytes);
}

static void raw_down_drain(void *ctx)
{
    struct relay *r = ctx;
    if (r->raw)
        http_pipe_pause(r->raw, false);
}

static void raw_down_gone(void *ctx)
{
    struct relay *r = ctx;
    r->pipe = NULL;
    raw_close(r->raw);
    raw_over(r);
}

static void raw_open(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n)
{
    struct relay *r = ctx;
    struct http_pipe_events up = {raw_up_bytes, raw_up_drain, raw_up_gone, r}, down = {raw_down_bytes, raw_down_drain, raw_down_gone, r};
    r->http = NULL;
    r->raw = p;
    http_pipe_serve(p, &up);
    if (!r->o.q) {
        http_pipe_close(p);
        return;
    }
    if (http_upgrade_accept(&r->pipe, relay_take(r, 101), headers, n, &down) < 0)
        http_pipe_close(p);
}

void relay_raw(struct relay *r)
{
    struct http_call_options o = {.headers = r->o.headers, .n_headers = r->o.n_headers};
    relay_plain_start(r, &o, raw_open);
}
