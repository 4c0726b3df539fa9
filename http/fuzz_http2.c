/* Frames to a server that speaks HTTP/2; the preface is given. */
#include "http/loopback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct loopback b;
    const struct http_limits limits = {.header_bytes = 4096, .body_bytes = 4096, .unsent_bytes = 4096, .streams = 10};
    if (size < 1 || size > 65536 || loopback_init(&b, &limits) < 0)
        return 0;
    loopback_feed(&b, STR("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    size_t step = data[0] ? data[0] * 2u : size;
    for (size_t at = 1; at < size; at += step) {
        loopback_feed(&b, str_make(data + at, MIN(step, size - at)));
        if (b.held && b.requests % 2) {
            http_reply_begin(b.held, 200, NULL, 0);
            http_reply_write(b.held, http_bytes_copy(STR("event")));
            loopback_wait(&b, 0);
            if (b.held)
                http_reply_end(b.held);
        }
    }
    loopback_wait(&b, 200000);
    loopback_done(&b);
    return 0;
}
