/* What a server may answer to a client: HTTP/1.1 or HTTP/2, or a WebSocket's
 * handshake and frames, by way of a connection whose descriptor is memory. */
#include "http/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int swallow(void *ctx, struct str bytes)
{
    (void)ctx, (void)bytes;
    return 0;
}

static void on_data(void *ctx, struct str bytes)
{
    *(size_t *)ctx += bytes.n;
}

static void on_message(void *ctx, int opcode, struct str bytes)
{
    (void)opcode;
    *(size_t *)ctx += bytes.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct loop *l;
    struct http_client *c = NULL;
    struct err err;
    size_t seen = 0;
    if (size < 2 || size > 65536 || loop_new_simulated(&l, 0) < 0)
        return 0;
    struct http_client_options o = {.host = "127.0.0.1", .port = 1};
    struct http_link *k = http_client_new(&c, l, &o, &err) < 0 ? NULL : mem_alloc(sizeof(*k));
    if (k) {
        *k = (struct http_link){.client = c, .timer_at = HTTP_NEVER, .exclusive = (data[0] & 3) == 1};
        list_init(&k->calls);
        list_add(&c->links, &k->link);
        c->n_links++;
        http_wire_open_memory(&k->wire, l, &c->pool, swallow, NULL, &http_link_use, k);
        k->wire.open = true;
        k->proto = (data[0] & 3) == 2 ? HTTP_PROTO_2 : HTTP_PROTO_1;
        struct http_call *call = NULL;
        struct http_ws *w;
        struct http_call_options co = {.path = "/", .method = data[0] & 4 ? "HEAD" : "GET", .body_max = 5000};
        struct http_call_events e = {.on_data = data[0] & 8 ? on_data : NULL, .ctx = &seen};
        struct http_ws_events we = {.on_message = on_message, .ctx = &seen};
        int r = k->proto == HTTP_PROTO_2 ? http_link_two(k) : 0;
        if (r == 0 && k->exclusive)
            r = http_ws_connect(&w, c, "/", NULL, NULL, 0, 5000, NULL, &we);
        else if (r == 0)
            r = http_client_call(&call, c, &co, &e);
        if (r == 0) {
            call = CONTAINER_OF(c->waiting.next, struct http_call, link);
            if (call->ws) /* so that a recorded handshake fits */
                (void)!http_ws_accept_key(STR("dGhlIHNhbXBsZSBub25jZQ=="), call->ws_accept);
            http_link_assign(k, call);
        }
        size_t step = data[1] ? data[1] * 2u : size;
        for (size_t at = 2; at < size && c->n_links; at += step)
            http_wire_feed(&k->wire, str_make(data + at, MIN(step, size - at)));
        if (c->n_links)
            http_wire_feed(&k->wire, STR_NONE);
        (void)!loop_run_for(l, 100000);
    }
    http_client_free(c);
    loop_free(l);
    return 0;
}
