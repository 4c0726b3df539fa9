#include "pb/pb.h"

#define GROUPS_MAX 100

static int cut_off(struct err *err)
{
    return err_raise(err, -EBADMSG, "unexpected EOF");
}

static int read_varint(struct pb_reader *r, uint64_t *out, struct err *err)
{
    uint64_t v = 0;
    if (r->p < r->end && !((unsigned char)*r->p & 0x80)) {
        *out = (unsigned char)*r->p++;
        return 0;
    }
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (r->p >= r->end)
            return cut_off(err);
        unsigned char c = (unsigned char)*r->p++;
        v |= (uint64_t)(c & 0x7f) << shift;
        if (!(c & 0x80)) {
            *out = v;
            return 0;
        }
    }
    return err_raise(err, -EBADMSG, "proto: integer overflow");
}

static int read_fixed(struct pb_reader *r, size_t n, uint64_t *out, struct err *err)
{
    if ((size_t)(r->end - r->p) < n)
        return cut_off(err);
    uint64_t v = 0;
    for (size_t i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)r->p[i] << (8 * i);
    r->p += n;
    *out = v;
    return 0;
}

static int read_value(struct pb_reader *r, struct pb_field *f, struct err *err)
{
    uint64_t n = 0;
    int rc;
    switch (f->wire) {
    case PB_VARINT:
        return read_varint(r, &f->integer, err);
    case PB_FIXED64:
        return read_fixed(r, 8, &f->integer, err);
    case PB_FIXED32:
        return read_fixed(r, 4, &f->integer, err);
    case PB_BYTES:
        rc = read_varint(r, &n, err);
        if (rc < 0)
            return rc;
        if (n > (uint64_t)(r->end - r->p))
            return n > INT64_MAX ? err_raise(err, -EBADMSG, "proto: negative length found during unmarshaling") : cut_off(err);
        f->bytes = str_make(r->p, (size_t)n);
        r->p += n;
        return 0;
    default:
        return err_raise(err, -EBADMSG, "proto: illegal wireType %d", (int)f->wire);
    }
}

static int read_tag(struct pb_reader *r, uint32_t *number, unsigned *wire, struct err *err)
{
    uint64_t tag = 0;
    int rc = read_varint(r, &tag, err);
    if (rc < 0)
        return rc;
    *wire = tag & 7;
    if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff)
        return err_raise(err, -EBADMSG, "proto: illegal tag %lld (wire type %u)", (long long)(int64_t)(tag >> 3), *wire);
    *number = (uint32_t)(tag >> 3);
    return 0;
}

/* Up to the end of the group that was just opened. */
static int skip_group(struct pb_reader *r, struct err *err)
{
    for (unsigned depth = 1; depth;) {
        struct pb_field inner = {0};
        unsigned wire;
        int rc = read_tag(r, &inner.number, &wire, err);
        if (rc < 0)
            return rc;
        if (wire == 3 && ++depth > GROUPS_MAX)
            return err_raise(err, -EBADMSG, "proto: groups nested too deep");
        if (wire == 4)
            depth--;
        if (wire == 3 || wire == 4)
            continue;
        inner.wire = (enum pb_wire)wire;
        rc = read_value(r, &inner, err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* Nearly all fields have a tag of one byte, and a length of one or two, or an integer of one. How many bytes this one has, its
 * bytes behind the first *head of them; 0: it is another sort, or broken. */
static inline size_t quick(const char *at, const char *end, size_t *head)
{
    const unsigned char *p = (const unsigned char *)at;
    size_t left = (size_t)(end - at), n;
    if (left < 3 || p[0] < 8 || p[0] >= 0x80)
        return 0;
    if ((p[0] & 7) == PB_VARINT) {
        *head = 2;
        return p[1] < 0x80 ? 2 : 0;
    }
    if ((p[0] & 7) != PB_BYTES || (p[1] >= 0x80 && p[2] >= 0x80))
        return 0;
    *head = p[1] < 0x80 ? 2 : 3;
    n = p[1] < 0x80 ? p[1] : (size_t)(p[1] & 0x7f) | (size_t)p[2] << 7;
    return n <= left - *head ? *head + n : 0;
}

static inline void quick_field(const char *at, size_t head, size_t n, struct pb_field *f)
{
    f->number = (unsigned char)at[0] >> 3;
    f->wire = (enum pb_wire)(at[0] & 7);
    f->integer = f->wire == PB_VARINT ? (unsigned char)at[1] : 0;
    f->bytes = f->wire == PB_BYTES ? str_make(at + head, n - head) : STR_NONE;
}

int pb_next(struct pb_reader *r, struct pb_field *f, struct err *err)
{
    unsigned wire;
    size_t head = 0;
    if (r->p >= r->end)
        return 0;
    size_t n = quick(r->p, r->end, &head);
    if (n) {
        quick_field(r->p, head, n, f);
        r->p += n;
        return 1;
    }
    int rc = read_tag(r, &f->number, &wire, err);
    if (rc < 0)
        return rc;
    f->wire = (enum pb_wire)wire;
    f->bytes = STR_NONE;
    f->integer = 0;
    rc = wire == PB_GROUP ? skip_group(r, err) : read_value(r, f, err);
    return rc < 0 ? rc : 1;
}

bool pb_find(struct str message, uint32_t number, enum pb_wire wire, struct pb_field *f)
{
    struct pb_reader r = pb_reader_of(message);
    struct pb_field at;
    const unsigned char tag = number < 16 ? (unsigned char)(number << 3 | (unsigned)wire) : 0; /* 0 is no tag */
    bool found = false;
    int rc = 0;
    while (rc >= 0 && r.p < r.end) {
        size_t head = 0, n = quick(r.p, r.end, &head);
        if (n && (unsigned char)*r.p == tag) {
            quick_field(r.p, head, n, f);
            found = true;
        }
        r.p += n;
        if (!n && (rc = pb_next(&r, &at, NULL)) > 0 && at.number == number && at.wire == wire) {
            *f = at;
            found = true;
        }
    }
    return found && rc >= 0;
}

double pb_double(uint64_t fixed64)
{
    double d;
    memcpy(&d, &fixed64, sizeof(d));
    return d;
}
