/* Any bytes: walking them ends, stays inside them, and finding agrees with walking. */
#include "pb/pb.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(struct str message, unsigned depth)
{
    struct pb_reader r = pb_reader_of(message);
    struct pb_field f, found;
    struct err err = {0};
    int rc;
    while ((rc = pb_next(&r, &f, &err)) > 0) {
        CHECK(f.number > 0 && r.p <= r.end);
        if (f.wire == PB_BYTES) {
            CHECK(f.bytes.p >= message.p && f.bytes.p + f.bytes.n <= message.p + message.n);
            if (depth < 8)
                walk(f.bytes, depth + 1);
        }
    }
    CHECK(rc == 0 || (rc == -EBADMSG && err.text[0]));
    if (rc == 0 && message.n && pb_find(message, 1, PB_BYTES, &found))
        CHECK(found.bytes.n <= message.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size <= 1u << 14)
        walk(str_make(data, size), 0);
    return 0;
}
