/* A packed layer read as the tar in it: gzip (any number of members), zstd (any number of frames) or nothing, told by
 * the first bytes, since registries' media types lie. The digest of what comes out is taken on the way: it must be the
 * diff id of the image's config. */
#include <zlib.h>
#include <zstd.h>

#include "image/inside.h"

#define PIECE (128u * 1024u)

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };

struct image_stream {
    int fd;
    enum packing packing;
    const _Atomic bool *cancelled;
    struct tls_digest *digest;
    int64_t in_bytes, out_bytes;
    size_t in_n, in_at;
    bool in_end, end;
    bool between; /* the decompressor stands at the start of a member or frame */
    bool z_open;
    z_stream z;
    ZSTD_DStream *zs;
    char in[PIECE], out[PIECE];
};

/* Makes sure there are unread input bytes, or in_end. */
static int refill(struct image_stream *st)
{
    while (st->in_at == st->in_n && !st->in_end) {
        ssize_t n = read(st->fd, st->in, sizeof(st->in));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        st->in_at = 0;
        st->in_n = (size_t)n;
        st->in_bytes += n;
        st->in_end = n == 0;
    }
    return 0;
}

int image_stream_open(struct image_stream **out, int fd, const _Atomic bool *cancelled, struct err *err)
{
    struct image_stream *st = mem_alloc(sizeof(*st));
    if (!st)
        return err_raise(err, -ENOMEM, "no memory to unpack");
    st->fd = fd;
    st->cancelled = cancelled;
    st->between = true;
    int r = tls_digest_new(&st->digest, STR("sha256"));
    if (r == 0)
        r = refill(st);
    static const unsigned char zstd_magic[] = {0x28, 0xb5, 0x2f, 0xfd};
    if (r == 0 && st->in_n >= 2 && (unsigned char)st->in[0] == 0x1f && (unsigned char)st->in[1] == 0x8b) {
        st->packing = PACKING_GZIP;
        if (inflateInit2(&st->z, 15 + 16) != Z_OK)
            r = -ENOMEM;
        else
            st->z_open = true;
    } else if (r == 0 && st->in_n >= 4 && memcmp(st->in, zstd_magic, 4) == 0) {
        st->packing = PACKING_ZSTD;
        st->zs = ZSTD_createDStream();
        /* A frame may ask for a window of its own choice: 128 MiB is what zstd itself takes at most unasked. */
        if (!st->zs || ZSTD_isError(ZSTD_DCtx_setParameter(st->zs, ZSTD_d_windowLogMax, 27)))
            r = -ENOMEM;
    }
    if (r < 0) {
        image_stream_close(st);
        return err_raise(err, r, "opening a packed layer: %s", strerror(-r));
    }
    *out = st;
    return 0;
}

struct image_stream *image_stream_close(struct image_stream *st)
{
    if (!st)
        return NULL;
    if (st->z_open)
        inflateEnd(&st->z);
    ZSTD_freeDStream(st->zs);
    tls_digest_free(st->digest);
    return mem_free(st);
}

/* One step; answers bytes put into st->out, 0 when more input is needed, or negative errno. */
static ssize_t step_gzip(struct image_stream *st)
{
    st->z.next_in = (unsigned char *)st->in + st->in_at;
    st->z.avail_in = (unsigned)(st->in_n - st->in_at);
    st->z.next_out = (unsigned char *)st->out;
    st->z.avail_out = sizeof(st->out);
    if (st->between && inflateReset(&st->z) != Z_OK)
        return -EBADMSG;
    int z = inflate(&st->z, Z_NO_FLUSH);
    st->in_at = st->in_n - st->z.avail_in;
    st->between = z == Z_STREAM_END;
    if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
        return z == Z_MEM_ERROR ? -ENOMEM : -EBADMSG;
    return (ssize_t)(sizeof(st->out) - st->z.avail_out);
}

static ssize_t step_zstd(struct image_stream *st)
{
    ZSTD_inBuffer in = {st->in, st->in_n, st->in_at};
    ZSTD_outBuffer out = {st->out, sizeof(st->out), 0};
    size_t left = ZSTD_decompressStream(st->zs, &out, &in);
    if (ZSTD_isError(left))
        return -EBADMSG;
    st->in_at = in.pos;
    st->between = left == 0;
    return (ssize_t)out.pos;
}

static ssize_t step(struct image_stream *st)
{
    if (st->packing == PACKING_GZIP)
        return step_gzip(st);
    if (st->packing == PACKING_ZSTD)
        return step_zstd(st);
    size_t n = st->in_n - st->in_at;
    memcpy(st->out, st->in + st->in_at, n);
    st->in_at = st->in_n;
    return (ssize_t)n;
}

int image_stream_next(struct image_stream *st, struct str *piece, struct err *err)
{
    *piece = STR_NONE;
    while (!st->end) {
        if (st->cancelled && atomic_load(st->cancelled))
            return err_raise(err, -ECANCELED, "cancelled");
        int r = refill(st);
        if (r < 0)
            return err_raise(err, r, "reading a layer: %s", strerror(-r));
        bool dry = st->in_at == st->in_n;
        /* Input is used up: done between members; within one, the decompressor may still hold output. */
        ssize_t n = dry && (st->between || st->packing == PACKING_NONE) ? 0 : step(st);
        if (n < 0)
            return err_raise(err, (int)n, "layer is not valid %s", st->packing == PACKING_GZIP ? "gzip" : "zstd");
        if (n == 0 && dry) {
            st->end = true;
            if (!st->between && st->packing != PACKING_NONE)
                return err_raise(err, -EBADMSG, "layer ends in the middle of its compressed data");
            break;
        }
        if (n == 0)
            continue;
        st->out_bytes += n;
        *piece = str_make(st->out, (size_t)n);
        r = tls_digest_add(st->digest, *piece);
        return r < 0 ? err_raise(err, r, "digest: %s", strerror(-r)) : 0;
    }
    return 0;
}

int image_stream_digest(struct image_stream *st, char out[DIGEST_MAX], struct err *err)
{
    struct str piece;
    do {
        int r = image_stream_next(st, &piece, err);
        if (r < 0)
            return r;
    } while (piece.n);
    SCOPED_BUF hex = BUF_INIT(256);
    struct tls_digest *d = TAKE(st->digest);
    int r = d ? tls_digest_end(d, &hex) : -EINVAL;
    if (r < 0)
        return err_raise(err, r, "digest: %s", strerror(-r));
    snprintf(out, DIGEST_MAX, "sha256:%s", buf_cstr(&hex));
    return 0;
}

int64_t image_stream_bytes(const struct image_stream *st)
{
    return st->out_bytes;
}
