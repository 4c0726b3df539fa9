/* bench: the load generator of `make bench`.
 *
 * One thread, one epoll, many keep-alive HTTPS/1.1 connections, each with one
 * request under way. It speaks to any server — Coracle, nginx, etcd's JSON
 * gateway — in the same few instructions, so that what is compared are the
 * servers. It is no part of the product and shares no code with what it
 * measures: replies are read by thirty lines of its own, which know
 * content-length, chunks and nothing else. */
#ifndef CORACLE_BENCH_H
#define CORACLE_BENCH_H

#include <openssl/ssl.h>

#include "base/base.h"

struct bench_connection;
struct bench_pool {   /* all connections to one origin */
    const char *host; /* an IPv4 address */
    int port, epoll;
    SSL_CTX *tls; /* NULL: plain */
    size_t open;
    /* Asked for before bench_open(): received_ns is set from the kernel's stamps, however late somebody reads. */
    bool stamped;
    /* A whole reply has come; the next request may be sent from inside. */
    void (*on_reply)(void *ctx, struct bench_connection *c, int code, int64_t sent_ns);
    /* Lines of a reply that goes on, as they come (a watch); may be NULL. */
    void (*on_lines)(void *ctx, struct bench_connection *c, size_t lines);
    /* All of any reply as it is, in whatever pieces it comes; may be NULL. */
    void (*on_text)(void *ctx, struct bench_connection *c, struct str text);
    void *ctx;
};

struct bench_connection {
    struct bench_pool *pool;
    int fd, code, index;
    SSL *ssl;
    struct buf out; /* what is to be sent */
    size_t sent;
    char head[8192]; /* of the reply, or of a chunk, until it is whole */
    size_t head_n;
    enum { BENCH_HEAD, BENCH_BODY, BENCH_CHUNK, BENCH_CHUNK_BODY, BENCH_CHUNK_END } part;
    size_t left; /* of this body or chunk */
    bool chunked, last_chunk, waits_for_room;
    int64_t sent_ns;
    int64_t received_ns; /* stamped: when the kernel had what was read last, by the real-time clock */
    uint64_t bytes;      /* of bodies, in all */
};

int64_t bench_now_ns(void);      /* monotonic */
int64_t bench_realtime_ns(void); /* the clock of the kernel's stamps */
/* The pool speaks TLS, and believes whom `ca` signed; cert NULL: it shows no certificate. Exits with a sentence on failure. */
void bench_tls(struct bench_pool *p, const char *ca, const char *cert, const char *key);
/* Has the kernel stamp what a socket gets; bench_receive() reads as recv() does, without waiting, and says when that had come. */
void bench_stamp(int fd);
ssize_t bench_receive(int fd, void *in, size_t n, int64_t *received_ns);
/* Dials and shakes hands at once (loopback: that is short); from then on nothing blocks. Exits with a sentence on failure. */
void bench_open(struct bench_pool *p, struct bench_connection *c, int index);
void bench_close(struct bench_connection *c);
void bench_send(struct bench_connection *c, struct str request);
void bench_turn(struct bench_pool *p, int timeout_ms); /* one round of the epoll */
void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
