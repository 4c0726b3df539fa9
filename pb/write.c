#include "pb/pb.h"

static size_t varint_put(unsigned char *to, uint64_t v)
{
    size_t n = 0;
    for (; v >= 0x80; v >>= 7)
        to[n++] = (unsigned char)v | 0x80;
    to[n++] = (unsigned char)v;
    return n;
}

void pb_put_varint(struct buf *out, uint64_t v)
{
    unsigned char *to = buf_room(out, 10);
    if (to)
        buf_grew(out, varint_put(to, v));
}

void pb_put_tag(struct buf *out, uint32_t number, enum pb_wire wire)
{
    pb_put_varint(out, (uint64_t)number << 3 | wire);
}

void pb_put_integer(struct buf *out, uint32_t number, uint64_t v)
{
    unsigned char *to = buf_room(out, 20);
    if (!to)
        return;
    size_t n = varint_put(to, (uint64_t)number << 3 | PB_VARINT);
    buf_grew(out, n + varint_put(to + n, v));
}

void pb_put_double(struct buf *out, uint32_t number, double v)
{
    uint64_t bits;
    char bytes[8];
    memcpy(&bits, &v, sizeof(bits));
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(bits >> (8 * i));
    pb_put_tag(out, number, PB_FIXED64);
    buf_add(out, bytes, sizeof(bytes));
}

void pb_put_bytes(struct buf *out, uint32_t number, struct str bytes)
{
    unsigned char *to = buf_room(out, 20 + bytes.n);
    if (!to)
        return;
    size_t n = varint_put(to, (uint64_t)number << 3 | PB_BYTES);
    n += varint_put(to + n, bytes.n);
    if (bytes.n)
        memcpy(to + n, bytes.p, bytes.n);
    buf_grew(out, n + bytes.n);
}

/* One byte is kept for the length; most messages are short. Longer ones are moved up once it is known. */
size_t pb_open(struct buf *out, uint32_t number)
{
    pb_put_tag(out, number, PB_BYTES);
    buf_char(out, 0);
    return out->n;
}

void pb_close(struct buf *out, size_t opened)
{
    if (out->error)
        return;
    CHECK(opened && opened <= out->n);
    size_t length = out->n - opened;
    unsigned char prefix[10];
    size_t n = varint_put(prefix, length);
    if (n > 1) {
        if (!buf_room(out, n - 1))
            return;
        memmove(out->p + opened + n - 1, out->p + opened, length);
        buf_grew(out, n - 1);
    }
    memcpy(out->p + opened - 1, prefix, n);
}
