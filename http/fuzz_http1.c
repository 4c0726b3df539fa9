/* Bytes to a server that speaks HTTP/1.1, cut where the first byte says; also upgrades reached by way of them. */
#include "http/loopback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct loopback b;
    const struct http_limits limits = {.header_bytes = 4096, .body_bytes = 4096, .unsent_bytes = 4096};
    if (size < 1 || size > 65536 || loopback_init(&b, &limits) < 0)
        return 0;
    size_t step = data[0] ? data[0] * 2u : size;
    for (size_t at = 1; at < size; at += step) {
        b.blocked = (at / step) % 4 == 3;
        loopback_feed(&b, str_make(data + at, MIN(step, size - at)));
        if (b.held && b.requests % 2)
            http_reply(b.held, 200, NULL, 0, http_bytes_copy(STR("x")));
    }
    b.blocked = false;
    loopback_feed(&b, STR_NONE);
    loopback_wait(&b, 200000);
    loopback_done(&b);
    return 0;
}
