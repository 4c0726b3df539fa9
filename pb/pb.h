/* pb: the protobuf wire format, without meaning — tags, varints, lengths.
 *
 * Reading walks one message's fields in the order they stand; nothing is copied
 * and nothing read is trusted: lengths beyond the end, varints beyond 64 bits,
 * field number 0 and unknown wire types are refused. Groups are skipped whole.
 * Writing appends to a buffer; a nested message is opened, filled and closed.
 * Pure, any thread. Format: protobuf.dev/programming-guides/encoding. */
#ifndef CORACLE_PB_H
#define CORACLE_PB_H

#include "base/base.h"

enum pb_wire { PB_VARINT = 0, PB_FIXED64 = 1, PB_BYTES = 2, PB_GROUP = 3, PB_FIXED32 = 5 };

struct pb_reader {
    const char *p, *end;
};
struct pb_field {
    uint32_t number;
    enum pb_wire wire;
    uint64_t integer; /* VARINT, FIXED64, FIXED32 */
    struct str bytes; /* BYTES: borrowed */
};
static inline struct pb_reader pb_reader_of(struct str message)
{
    const char *p = message.p ? message.p : "";
    return (struct pb_reader){p, p + message.n};
}
/* 1 = *f holds the next field, 0 = the end, -EBADMSG with Go's words in err (may be NULL). */
int pb_next(struct pb_reader *r, struct pb_field *f, struct err *err) MUST_USE;
/* The last field of that number and wire type among the message's; false: none, or the message is broken. */
bool pb_find(struct str message, uint32_t number, enum pb_wire wire, struct pb_field *f);
double pb_double(uint64_t fixed64);

void pb_put_tag(struct buf *out, uint32_t number, enum pb_wire wire);
void pb_put_varint(struct buf *out, uint64_t v);
void pb_put_integer(struct buf *out, uint32_t number, uint64_t v); /* tag and varint; negative int32/int64: sign extended */
void pb_put_double(struct buf *out, uint32_t number, double v);
void pb_put_bytes(struct buf *out, uint32_t number, struct str bytes);
size_t pb_open(struct buf *out, uint32_t number); /* a nested message starts; give the answer to pb_close() */
void pb_close(struct buf *out, size_t opened);

#endif
