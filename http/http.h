/* http: HTTP/1.1 and HTTP/2 over TLS or plain, WebSocket and SPDY/3.1 streams;
 * server and client.
 *
 * One loop, one thread: every call and callback here is on the loop's thread.
 * A connection is a socket with an SSL on it, driven by readiness; HTTP/1.1 is
 * parsed by http_parser, HTTP/2 by nghttp2. A request (struct http_req) is the
 * same to its handler whichever carried it. Everything a peer makes us hold —
 * header bytes, body bytes, streams, unsent replies, idle time — has a ceiling
 * in struct http_limits, and the answer to passing it is the proper 4xx, a
 * stream reset or the end of the connection. http keeps no routes and knows no
 * Kubernetes. */
#ifndef CORACLE_HTTP_H
#define CORACLE_HTTP_H

#include <sys/socket.h>

#include "base/base.h"
#include "loop/loop.h"
#include "tls/tls.h"

struct http_limits {      /* 0: the default in brackets */
    size_t header_bytes;  /* all header lines of a request [64 KiB] → 431 */
    size_t body_bytes;    /* [3 MiB] → 413 */
    size_t unsent_bytes;  /* reply bytes held for a slow reader before http_req_full() [1 MiB] */
    int64_t idle_ms;      /* keep-alive connection without a request [120 s] */
    int64_t header_ms;    /* first byte to end of headers, TLS handshake included [10 s] → 408 */
    int64_t body_ms;      /* a body must arrive within [60 s] → 408 */
    int64_t send_ms;      /* a reader that takes nothing for so long is cut off [60 s] */
    unsigned streams;     /* concurrent HTTP/2 streams a connection [250] */
    unsigned connections; /* in all [8192]; past it new ones are closed at once */
    size_t bodies_bytes;  /* bodies of all requests under way together [128 MiB] → 429 with Retry-After */
};

struct http_header {
    struct str name, value; /* names lower case in requests received */
};

/* ── server ── */
struct http_server;
struct http_req;
struct http_server_options {
    const char *address; /* "0.0.0.0", "::", "127.0.0.1", or "unix:/path" */
    int port;            /* 0: any free one; see http_server_port() */
    SSL_CTX *tls;        /* NULL: plain */
    int fd;              /* > 0: listens already (http_listen); taken over, address and port are not looked at */
    struct http_limits limits;
    /* A request has arrived whole (headers and body). The handler answers now or later, exactly once. */
    void (*on_request)(void *ctx, struct http_req *q);
    /* What an answer given before that says (413, 429 …), as JSON; NULL, or nothing put into `out`: the reason as text. */
    void (*refusal)(void *ctx, int code, struct buf *out);
    void *ctx;
};
int http_server_new(struct http_server **out, struct loop *l, const struct http_server_options *o, struct err *err) MUST_USE;
/* The socket alone, for whoever gives its rights up before it has a loop. */
int http_listen(const char *address, int port, int *fd, struct err *err) MUST_USE;
int http_server_port(const struct http_server *s);
void http_server_set_tls(struct http_server *s, SSL_CTX *tls); /* for connections from now on */
void http_server_drain(struct http_server *s);                 /* no new connections; GOAWAY / Connection: close on the others */
struct http_server *http_server_free(struct http_server *s);   /* cuts what is open; not from inside a callback of its own */

/* A request: valid until its answer is finished and its `on_gone` was called — never from inside a call below, but
 * soon after. Who answers later must have set `on_gone`, for the peer may go at any time. */
struct str http_req_method(const struct http_req *q);
struct str http_req_path(const struct http_req *q);                           /* raw, without query; percent-encoding untouched */
struct str http_req_query(const struct http_req *q);                          /* raw, without '?' */
struct str http_req_header(const struct http_req *q, const char *lower_name); /* first one; "" when absent */
size_t http_req_headers(const struct http_req *q, const struct http_header **all);
struct str http_req_body(const struct http_req *q); /* gzip already undone when Content-Encoding said so (bounded) */
struct arena *http_req_arena(struct http_req *q);   /* freed with the request */
/* The peer's verified client certificate as DER, empty when none; stable for the connection's life. */
struct str http_req_peer_cert(const struct http_req *q);
void **http_req_connection_slot(struct http_req *q, void (*drop)(void *slot_value)); /* a pointer kept per connection, e.g. who it is */
struct str http_req_peer(const struct http_req *q);                                  /* "127.0.0.1:41234"; in the arena */
/* For a reply that streams on for long (a watch): gives back headers, body and arena. Texts of q are empty from now on,
 * and what is said to need its arena may not be asked for. */
void http_req_shed(struct http_req *q);
void *http_req_data(const struct http_req *q);
/* on_gone is called once, when the request has ended — answered, reset or cut off. Nothing may touch q after. */
void http_req_set_data(struct http_req *q, void *data, void (*on_gone)(void *data));

/* Bytes of a reply: either copied, or shared with an owner who is told when they are no longer needed. */
struct http_bytes {
    struct str bytes;
    void (*release)(void *owner); /* NULL: http copies the bytes now */
    void *owner;
};
/* Whole reply at once. content-length is set; gzip is applied when the client takes it and the body has ≥ 128 KiB
 * and is not shared-encoded. date and such are http's. */
void http_reply(struct http_req *q, int code, const struct http_header *headers, size_t n, struct http_bytes body);
/* Streaming reply: begin, any number of writes, end. HTTP/1.1 sends chunks, or, when a content-length header is among
 * those given, exactly that many bytes (another number breaks the reply). Everything written in one turn of the loop
 * leaves together at its end, or, over HTTP/1.1, with http_reply_flush() or the reply's end, which call nobody back. */
bool http_reply_compress(struct http_req *q); /* before begin, for long ones: gzip if the client takes it; whether it does */
void http_reply_begin(struct http_req *q, int code, const struct http_header *headers, size_t n);
void http_reply_write(struct http_req *q, struct http_bytes part);
void http_reply_flush(struct http_req *q);
void http_reply_end(struct http_req *q);
void http_reply_abort(struct http_req *q);                          /* the reader sees a broken reply, not a short one */
bool http_req_full(const struct http_req *q);                       /* unsent bytes are over the limit: wait for on_drain */
void http_req_on_drain(struct http_req *q, void (*fn)(void *data)); /* called with http_req_data() */
size_t http_req_unsent(const struct http_req *q);

/* ── WebSocket (RFC 6455), either side ──
 * Messages come whole up to `max`; pings are answered inside. */
struct http_ws;
enum { HTTP_WS_TEXT = 1, HTTP_WS_BINARY = 2, HTTP_WS_CLOSE = 8 };
struct http_ws_events {
    void (*on_message)(void *ctx, int opcode, struct str bytes);
    void (*on_drain)(void *ctx);          /* the unsent bytes fell below half the limit */
    void (*on_gone)(void *ctx, int code); /* closed by either side or cut off; last call */
    void *ctx;
};
bool http_req_wants_ws(const struct http_req *q); /* a well-formed upgrade request (HTTP/1.1) */
/* Offered subprotocols come in header sec-websocket-protocol; `protocol` NULL: none is chosen. Answers q. */
int http_ws_accept(struct http_ws **out, struct http_req *q, const char *protocol, size_t max, const struct http_ws_events *e) MUST_USE;
int http_ws_send(struct http_ws *w, int opcode, struct str bytes) MUST_USE; /* -ENOBUFS: over the limit, wait for on_drain */
void http_ws_pause(struct http_ws *w, bool paused);                         /* stop reading: back-pressure */
bool http_ws_full(const struct http_ws *w);
void http_ws_close(struct http_ws *w, int code, struct str reason); /* on_gone follows */

/* ── raw upgrade: after 101 the bytes are the caller's ── */
struct http_pipe;
struct http_pipe_events {
    void (*on_bytes)(void *ctx, struct str bytes);
    void (*on_drain)(void *ctx);
    void (*on_gone)(void *ctx);
    void *ctx;
};
int http_upgrade_accept(struct http_pipe **out, struct http_req *q, const struct http_header *headers, size_t n,
                        const struct http_pipe_events *e) MUST_USE;
int http_pipe_send(struct http_pipe *p, struct str bytes) MUST_USE;          /* -ENOBUFS as above */
bool http_pipe_full(const struct http_pipe *p);                              /* on_drain comes */
void http_pipe_serve(struct http_pipe *p, const struct http_pipe_events *e); /* one that on_upgrade brought */
void http_pipe_pause(struct http_pipe *p, bool paused);
void http_pipe_close(struct http_pipe *p); /* after what is unsent has gone */

/* ── SPDY/3.1 framing over any byte pipe (kubectl's port-forward inside a WebSocket; exec of old clients) ──
 * A pure state machine: bytes in by spdy_feed(), frames out by `send`. A stream lives until both sides have ended it,
 * either resets it, or spdy_free(), which must not be called from inside an event. */
struct spdy;
struct spdy_stream;
struct spdy_events {
    int (*send)(void *ctx, struct str bytes); /* towards the peer: takes all or answers -ENOBUFS, then see spdy_drained() */
    int (*on_stream)(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n); /* peer opened one; < 0 refuses */
    void (*on_data)(void *ctx, struct spdy_stream *s, struct str bytes, bool fin);
    void (*on_reset)(void *ctx, struct spdy_stream *s);
    void *ctx;
    /* The rest may be NULL. */
    void (*on_reply)(void *ctx, struct spdy_stream *s, const struct http_header *headers, size_t n); /* SYN_REPLY to ours */
    void (*on_writable)(void *ctx, struct spdy_stream *s); /* after spdy_send() answered -ENOBUFS or kept something back */
    void (*on_gone)(void *ctx, struct spdy_stream *s);     /* last call: ended by both sides, reset by either, or spdy_free() */
};
int spdy_new(struct spdy **out, bool server, const struct spdy_events *e) MUST_USE;
int spdy_feed(struct spdy *s, struct str bytes, struct err *err) MUST_USE; /* -EPROTO: end the connection */
int spdy_open(struct spdy *s, const struct http_header *headers, size_t n, struct spdy_stream **out) MUST_USE;
int spdy_accept(struct spdy_stream *st, const struct http_header *headers, size_t n) MUST_USE; /* SYN_REPLY */
/* -ENOBUFS: nothing was taken, wait for on_writable. What exceeds the peer's window is kept (4 MiB) and follows. */
int spdy_send(struct spdy_stream *st, struct str bytes, bool fin) MUST_USE;
int spdy_drained(struct spdy *s) MUST_USE; /* the pipe under `send` has room again; < 0: end the connection */
int spdy_goaway(struct spdy *s) MUST_USE;
int spdy_limit_window(struct spdy *s, uint32_t bytes) MUST_USE; /* SETTINGS: our receive window a stream, from now on kept */
void spdy_reset(struct spdy_stream *st);                        /* frees it */
bool spdy_writable(const struct spdy_stream *st);               /* inside the peer's window and our ceiling */
void spdy_stream_set_data(struct spdy_stream *st, void *data);
void *spdy_stream_data(const struct spdy_stream *st);
uint32_t spdy_stream_id(const struct spdy_stream *st);
struct spdy *spdy_free(struct spdy *s);

/* ── client ──
 * Keeps connections to one origin: HTTP/2 when the peer speaks it, else a bounded set of HTTP/1.1 ones. Long-lived
 * streaming replies (watch, logs) and short requests share it. */
struct http_client;
struct http_client_options {
    const char *host; /* name or address; also the SNI name unless server_name */
    int port;
    const char *server_name;
    SSL_CTX *tls;          /* NULL: plain */
    const char *unix_path; /* instead of host and port */
    unsigned connections;  /* most HTTP/1.1 connections [8] */
    bool http1_only;
};
int http_client_new(struct http_client **out, struct loop *l, const struct http_client_options *o, struct err *err) MUST_USE;
void http_client_set_tls(struct http_client *c, SSL_CTX *tls);
struct http_client *http_client_free(struct http_client *c); /* calls under way end with -ECANCELED */
struct http_call;
struct http_call_events {
    void (*on_head)(void *ctx, int code, const struct http_header *headers, size_t n); /* may be NULL */
    void (*on_data)(void *ctx, struct str bytes);                                      /* may be NULL: collected for on_end */
    /* r 0: ended well, body is what was collected (bounded); < 0: errno and sentence. Last call. */
    void (*on_end)(void *ctx, int r, int code, struct str body, const char *error);
    void *ctx;
    /* Not NULL: the call asks for another protocol (headers `upgrade` and `connection`; HTTP/1.1, a connection of its own).
     * Answered 101, this comes instead of on_head and on_end, and gives the pipe its events: http_pipe_serve(). */
    void (*on_upgrade)(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n);
};
struct http_call_options {
    const char *method;
    const char *path; /* with query */
    const struct http_header *headers;
    size_t n_headers;
    struct str body;    /* copied */
    int64_t timeout_ms; /* to the end of the reply; 0: none (streams) */
    int64_t head_ms;    /* to the reply's head; 0: as timeout_ms */
    size_t body_max;    /* of a collected body [8 MiB] */
};
int http_client_call(struct http_call **out, struct http_client *c, const struct http_call_options *o, const struct http_call_events *e) MUST_USE;
/* Back-pressure: what is under way still comes (HTTP/2: up to a stream's window), then nothing until it is undone. */
void http_call_pause(struct http_call *call, bool paused);
void http_call_cancel(struct http_call *call); /* on_end is not called any more */
/* WebSocket client: on_open is called once with the chosen protocol, or on_gone with the HTTP code or a negative errno. */
int http_ws_connect(struct http_ws **out, struct http_client *c, const char *path, const char *const *protocols, const struct http_header *headers,
                    size_t n, size_t max, void (*on_open)(void *ctx, struct str protocol), const struct http_ws_events *e) MUST_USE;

/* ── text helpers of RFC 3986 and 9110 ── */
bool http_query_get(struct str query, const char *name, struct buf *value); /* decoded; false when absent */
/* Walks all pairs, decoded into the arena. */
bool http_query_next(struct arena *a, struct str *rest, struct str *name, struct str *value);
int http_percent_decode(struct str in, bool plus_is_space, struct buf *out) MUST_USE;
void http_percent_encode(struct str in, struct buf *out);
const char *http_reason(int code);

#endif
