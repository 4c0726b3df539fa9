/* A first byte's lowest bit says the version; the rest is a document. What comes out must be a protobuf message. */
#include "openapi/openapi.h"
#include "pb/pb.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    if (!size || size > 65536 || openapi_protobuf(str_make(data + 1, size - 1), data[0] & 1, &b) < 0)
        return 0;
    struct pb_reader r = pb_reader_of(buf_view(&b));
    struct pb_field f;
    int e;
    while ((e = pb_next(&r, &f, NULL)) == 1)
        ;
    CHECK(e == 0);
    return 0;
}
