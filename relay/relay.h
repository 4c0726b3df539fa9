/* relay: a request that somebody else answers — a node agent, a pod, a Service's endpoint, an API server behind this one —
 * carried to him, and his answer carried back.
 *
 *   log                          one call, its reply streamed; to a WebSocket client (binary.k8s.io, base64.binary.k8s.io) in messages
 *   exec, attach, port-forward   WebSocket ⇄ WebSocket to the agent, same subprotocol, messages as they come
 *     … of a client with SPDY    exec, attach: its streams ⇄ the channels of the agent's WebSocket;
 *                                port-forward: the same bytes as messages of a WebSocket SPDY/3.1+portforward.k8s.io
 *   proxy                        one call, or a WebSocket; addresses in HTML pages become those of the proxy
 *   behind                       one call, a WebSocket, or any other upgrade byte for byte
 *
 * Whichever side is slower holds the other up; what is held meanwhile is bounded. The room knows no Kubernetes objects and
 * judges nobody: its caller has decided who may ask and whom, opens the client and says by `use` how an answer begins and
 * how a refusal reads.
 *
 * Life: relay_new(), relay_go(), and exactly one of `refused` (nothing of an answer had begun) and `over`, after which the
 * relay is gone. Callbacks may come from inside relay_go(). All on the loop's thread. */
#ifndef CORACLE_RELAY_H
#define CORACLE_RELAY_H

#include "base/base.h"
#include "http/http.h"
#include "loop/loop.h"

struct relay;
enum relay_sort { RELAY_LOG, RELAY_EXEC, RELAY_FORWARD, RELAY_PROXY, RELAY_BEHIND };

struct relay_use {
    /* An HTTP answer begins: http_reply_begin() on the request with these headers and whatever else is said with every answer. From now on
     * relay_drained() tells that the reader takes more. */
    void (*begin)(void *ctx, int code, const struct http_header *headers, size_t n);
    /* The request is the relay's from now on: an answer ends, or the connection changes its protocol (101). Nobody else is told of its end. */
    struct http_req *(*take)(void *ctx, int code);
    /* Nobody answers (code < 0: an errno), or the answer is a refusal that is not to be passed on as it is; text, in the caller's words or those of
     * whoever refused, lives as long as the call. The request is the caller's to answer, the relay is as good as gone. */
    void (*refused)(void *ctx, int code, struct str text);
    void (*over)(void *ctx);
};

struct relay_options {
    struct loop *loop;
    struct http_req *q;
    struct arena *arena; /* holds all texts here, until `refused` or `over` */
    enum relay_sort sort;
    struct http_client *client; /* taken over, also when relay_new() fails: client_done(client_owner) after the last use */
    void (*client_done)(void *owner);
    void *client_owner;
    const char *path;                  /* with query */
    struct str prefix, origin;         /* proxy: what the path of an answer's page lies below here; host:port of who answers */
    const struct http_header *headers; /* behind: those of the request */
    size_t n_headers;
    const struct relay_use *use;
    void *ctx;
    struct list *all; /* it stands in here until it is gone */
};
int relay_new(struct relay **out, const struct relay_options *o) MUST_USE; /* -ENOMEM */
void relay_go(struct relay *r);
void relay_drained(struct relay *r);     /* the reader of an answer that has begun takes more */
void relay_client_went(struct relay *r); /* the request's peer has gone, before `take`: `over` follows */

/* The server's sockets are gone and the loop turns no more: nobody is left to wait for anybody's goodbye. */
void relay_end_all(struct list *all);

bool relay_wants_other(const struct http_req *q); /* it asks for a protocol that is neither HTTP nor WebSocket */
bool relay_wants_spdy(const struct http_req *q);
bool relay_goes_on(struct str name); /* a header of a request: is it for who is behind? */

#endif
