/* WebSocket frames from a client, after a good handshake. */
#include "http/loopback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct loopback b;
    if (size < 1 || size > 65536 || loopback_init(&b, NULL) < 0)
        return 0;
    loopback_feed(&b, STR("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    size_t step = data[0] ? data[0] * 2u : size;
    for (size_t at = 1; at < size; at += step) {
        loopback_feed(&b, str_make(data + at, MIN(step, size - at)));
        if (b.ws)
            http_ws_pause(b.ws, false);
        buf_clear(&b.messages);
    }
    loopback_wait(&b, 10000);
    loopback_done(&b);
    return 0;
}
