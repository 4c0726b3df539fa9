/* What probe's files share; no other room sees it. */
#ifndef CORACLE_PROBE_INSIDE_H
#define CORACLE_PROBE_INSIDE_H

#include <sys/socket.h>

#include "http/http.h"
#include "probe/probe.h"

#define PROBE_MESSAGE_MAX 1024
#define PROBE_AGENT       "kube-probe/1.37"

/* ── options.c ── */
int options_copy(struct arena *a, const struct probe_options *in, struct probe_options *out) MUST_USE; /* defaults filled in */

/* ── url.c ── pure */
struct url {
    bool https;
    struct str host; /* without brackets */
    int port;
    struct str path; /* with query */
};
/* A Location header seen from `base`; texts in the arena. -EINVAL: not an http URL. */
int url_resolve(struct arena *a, const struct url *base, struct str location, struct url *out) MUST_USE;
struct str url_print(struct arena *a, const struct url *u);
struct str host_port(struct arena *a, struct str host, int port); /* brackets round an IPv6 address */

/* ── ask.c ── */
struct web;
struct grpc;
#define CALL_ADDRESSES 8
struct probe_call {
    struct loop *loop;
    struct arena *mem;
    struct probe_options o;
    struct str host; /* to be asked */
    struct probe_exec exec;
    void *running; /* exec's handle */
    void (*done)(void *ctx, enum probe_answer answer, const char *message);
    void *ctx;
    struct loop_timer limit;
    struct loop_task task; /* the answer, told from the loop */
    bool settled;
    enum probe_answer answer;
    char message[PROBE_MESSAGE_MAX];
    struct lookup *lookup;                             /* of a host's name, on the pool */
    struct sockaddr_storage addresses[CALL_ADDRESSES]; /* tried one after the other */
    size_t n_addresses, at_address;
    int fd; /* TCP, gRPC */
    struct loop_io *io;
    void (*connected)(struct probe_call *c);
    struct web *web;
    struct grpc *grpc;
};
/* The first one counts; told later. */
void call_settle(struct probe_call *c, enum probe_answer answer, const char *fmt, ...) PRINTF(3, 4);
/* Connects to c->host and o.port; then c->connected is called, or the call is settled. */
int call_connect(struct probe_call *c, void (*connected)(struct probe_call *c)) MUST_USE;

/* ── web.c, grpc.c ── */
int web_start(struct probe_call *c) MUST_USE;
void web_end(struct probe_call *c); /* not from inside a callback of http */
int grpc_start(struct probe_call *c) MUST_USE;
int grpc_health(const unsigned char *p, size_t size); /* HealthCheckResponse in its frame: the status; −1: cannot be read */
void grpc_end(struct probe_call *c);

#endif
