/* SPDY frames to either side. */
#include "http/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct side {
    struct spdy *s;
    unsigned turns;
};

static int side_send(void *ctx, struct str bytes)
{
    struct side *x = ctx;
    (void)bytes;
    return x->turns++ % 8 == 7 ? -ENOBUFS : 0;
}

static int side_stream(void *ctx, struct spdy_stream *st, const struct http_header *headers, size_t n)
{
    (void)ctx;
    return n % 4 == 3 ? -EACCES : spdy_accept(st, headers, n);
}

static void side_data(void *ctx, struct spdy_stream *st, struct str bytes, bool fin)
{
    (void)ctx;
    if (bytes.n % 5 == 4)
        spdy_reset(st);
    else
        (void)!spdy_send(st, bytes, fin);
}

static void side_reset(void *ctx, struct spdy_stream *st)
{
    (void)ctx, (void)st;
}

static void side_writable(void *ctx, struct spdy_stream *st)
{
    (void)ctx;
    (void)!spdy_send(st, STR("more"), false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct side x = {0};
    struct err err;
    struct spdy_events e = {side_send, side_stream, side_data, side_reset, &x, NULL, side_writable, NULL};
    if (size < 2 || size > 65536 || spdy_new(&x.s, data[0] & 1, &e) < 0)
        return 0;
    struct spdy_stream *st;
    const struct http_header h[] = {{STR_INIT("port"), STR_INIT("1")}};
    (void)!spdy_open(x.s, h, 1, &st);
    size_t step = data[1] ? data[1] : size;
    for (size_t at = 2; at < size; at += step) {
        if (spdy_feed(x.s, str_make(data + at, MIN(step, size - at)), &err) < 0)
            break;
        (void)!spdy_drained(x.s);
    }
    spdy_free(x.s);
    return 0;
}
