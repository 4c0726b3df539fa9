/* What the relay files of this room share; nobody else looks in here. */
#ifndef CORACLE_API_RELAY_H
#define CORACLE_API_RELAY_H

#include "api/inside.h"
#include "http/http.h"

/* Where a relayed request goes; texts in the call's arena. */
struct relay_target {
    const char *host;
    int port;
    const char *path; /* with query */
    bool kubelet;     /* a node agent: the server shows its certificate */
    bool tls;
    struct aggregate_link *link; /* what to use instead, taken over; NULL: none */
};
/* From the pod, node or service the route names. 0; 1: st says why not. */
int relay_find(struct call *c, struct relay_target *t, struct apireq_status *st) MUST_USE;

struct relay_exec;
struct page;
struct relay {
    struct api *api;
    struct call *c; /* NULL once it has been answered by a refusal */
    struct http_client *client;
    SSL_CTX *own_tls;
    const char *path;
    struct http_call *http;    /* plain */
    struct http_ws *up, *down; /* agent, client */
    struct http_pipe *pipe;    /* client that speaks SPDY, or something else to who is behind */
    struct http_pipe *raw;     /* who is behind, then */
    struct relay_exec *exec;   /* exec or attach of such a client */
    struct buf held;           /* messages the agent has no room for: the client's side has been paused, one read of it may be under way */
    struct buf error;          /* body of a refusal */
    struct loop_task ending;
    int code;
    bool behind;                 /* the API server of an APIService: it knows who asks by X-Remote headers, and its answer goes on as it is */
    struct aggregate_link *link; /* whose client is used */
    struct http_header *headers; /* of a request to it */
    size_t n_headers;
    bool proxy, spdy_pipe, begun, up_gone, over;
    struct page *page;     /* rewrites a proxied HTML page */
    struct str origin;     /* host:port of who answers, for that */
    bool messages, base64; /* a log for a client that speaks WebSocket */
};
void relay_over(struct relay *r);
void relay_up(struct relay *r, int opcode, struct str bytes); /* a message to the agent; keeps what it has no room for */
struct relay *relay_new(struct call *c);
bool relay_wants_other(const struct call *c);                 /* asks for a protocol that is neither HTTP nor WebSocket */
bool relay_goes_on(struct str name);                          /* a header of a request: is it for who is behind? */
void relay_to(struct relay *r, const struct relay_target *t); /* behind, headers and proxy are set */
void relay_refuse(struct relay *r, const struct apireq_status *st);

/* ── page.c: addresses in proxied HTML. Both texts live as long as the page ── */
struct page *page_new(struct str prefix, struct str origin);
void page_feed(struct page *p, struct str bytes, struct buf *out);
void page_end(struct page *p, struct buf *out);
struct page *page_free(struct page *p);
/* One address, from an attribute or a Location header: prefix + path when it is an absolute path or names the origin. */
void page_address(struct str prefix, struct str origin, struct str url, struct buf *out);

/* ── SPDY exec and attach, translated into channel messages ── */
int relay_exec_new(struct relay *r) MUST_USE;
int relay_exec_accept(struct relay *r, struct http_req *q) MUST_USE;
bool relay_exec_message(struct relay *r, struct str bytes); /* from the agent; true: the client is full */
void relay_exec_end(struct relay *r, bool broken);          /* the agent has said all; broken: it went without saying so */
void relay_exec_free(struct relay_exec *e);

#endif
