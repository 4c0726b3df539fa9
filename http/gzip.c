/* gzip of replies, a slice at a time so that neither the loop nor the unsent
 * bytes suffer from a large list, and bounded gunzip of request bodies. */
#include <zlib.h>

#include "http/inside.h"

#define SLICE       65536u
#define PACK_SLICE  16384u    /* a fifth of a millisecond */
#define GZIP_WINDOW (15 + 16) /* zlib's way of saying: gzip framing */
#define GZIP_LEVEL  4         /* as kube-apiserver: a third of the bytes at a fifth of the default level's time */

struct http_gzip {
    z_stream z;
    struct http_bytes body;
    size_t at;
    bool ended;
    bool streams; /* fed by http_gzip_add() */
};

static voidpf z_alloc(voidpf ctx, uInt n, uInt size)
{
    (void)ctx;
    size_t bytes;
    return __builtin_mul_overflow((size_t)n, (size_t)size, &bytes) ? NULL : mem_alloc(bytes);
}

static void z_release(voidpf ctx, voidpf p)
{
    (void)ctx;
    mem_free(p);
}

int http_gzip_stream(struct http_gzip **out)
{
    struct http_gzip *g = mem_alloc(sizeof(*g));
    if (!g)
        return -ENOMEM;
    g->z.zalloc = z_alloc;
    g->z.zfree = z_release;
    if (deflateInit2(&g->z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        mem_free(g);
        return -ENOMEM;
    }
    g->streams = true;
    *out = g;
    return 0;
}

int http_gzip_new(struct http_gzip **out, struct http_bytes body)
{
    struct http_gzip *g = NULL;
    int r = http_gzip_stream(&g);
    if (r < 0)
        return r;
    g->streams = false;
    if (!body.release) { /* borrowed for this call only */
        char *copy = mem_text(body.bytes.p, body.bytes.n);
        if (!copy) {
            http_gzip_free(g);
            return -ENOMEM;
        }
        body.bytes.p = copy;
    }
    g->body = body;
    *out = g;
    return 0;
}

bool http_gzip_streams(const struct http_gzip *g)
{
    return g && g->streams;
}

struct http_gzip *http_gzip_free(struct http_gzip *g)
{
    if (!g)
        return NULL;
    deflateEnd(&g->z);
    if (g->body.release)
        g->body.release(g->body.owner);
    else
        mem_free((void *)(uintptr_t)g->body.bytes.p);
    return mem_free(g);
}

int http_gzip_add(struct http_gzip *g, struct str in, bool last, struct buf *out)
{
    int r;
    g->z.next_in = (Bytef *)(uintptr_t)in.p;
    g->z.avail_in = (uInt)in.n;
    do {
        char *to = buf_room(out, 16384);
        if (!to)
            return buf_error(out);
        g->z.next_out = (Bytef *)to;
        g->z.avail_out = 16384;
        r = deflate(&g->z, last ? Z_FINISH : Z_NO_FLUSH);
        buf_grew(out, 16384 - g->z.avail_out);
    } while (g->z.avail_out == 0 || (last && r == Z_OK));
    g->ended = r == Z_STREAM_END;
    return g->ended ? 0 : 1;
}

int http_gzip_next(struct http_gzip *g, struct buf *out)
{
    if (g->ended)
        return 0;
    size_t n = MIN(g->body.bytes.n - g->at, (size_t)PACK_SLICE);
    struct str in = str_make(g->body.bytes.p + g->at, n);
    g->at += n;
    return http_gzip_add(g, in, g->at == g->body.bytes.n, out);
}

int http_gunzip(struct str in, size_t max, struct buf *out)
{
    z_stream z = {.zalloc = z_alloc, .zfree = z_release};
    if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return -ENOMEM;
    z.next_in = (Bytef *)(uintptr_t)in.p;
    z.avail_in = (uInt)MIN(in.n, (size_t)UINT32_MAX);
    int r = Z_OK, result = 0;
    while (result == 0 && r != Z_STREAM_END) {
        size_t room = MIN(max + 1 - out->n, (size_t)SLICE);
        char *to = room ? buf_room(out, room) : NULL;
        if (!to) {
            result = room ? buf_error(out) : -E2BIG;
            break;
        }
        z.next_out = (Bytef *)to;
        z.avail_out = (uInt)room;
        r = inflate(&z, Z_NO_FLUSH);
        buf_grew(out, room - z.avail_out);
        if (out->n > max)
            result = -E2BIG;
        else if (r == Z_MEM_ERROR)
            result = -ENOMEM;
        else if (r != Z_OK && r != Z_STREAM_END)
            result = -EBADMSG; /* Z_BUF_ERROR too: the text ends early */
    }
    if (result == 0 && z.avail_in)
        result = -EBADMSG; /* something behind the end */
    inflateEnd(&z);
    return result;
}
