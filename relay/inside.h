/* What the files of relay share; nobody else looks in here. */
#ifndef CORACLE_RELAY_INSIDE_H
#define CORACLE_RELAY_INSIDE_H

#include "relay/relay.h"

#define RELAY_MESSAGE_MAX ((size_t)32 * 1024 * 1024) /* as upstream; held while it comes, no longer */

struct relay_exec;
struct page;
struct relay {
    struct list one; /* of o.all */
    struct relay_options o;    /* o.q: NULL when its peer has gone, or since it was taken */
    struct http_call *http;    /* plain */
    struct http_ws *up, *down; /* who is behind, client */
    struct http_pipe *pipe;    /* client that speaks SPDY, or something else to who is behind */
    struct http_pipe *raw;     /* who is behind, then */
    struct relay_exec *exec;   /* exec or attach of such a client */
    struct buf held;           /* messages the agent has no room for: the client's side has been paused, one read of it may be under way */
    struct buf error;          /* body of a refusal */
    struct loop_task ending;
    struct page *page; /* rewrites a proxied HTML page */
    bool begun, up_gone, over, refused;
    bool messages, base64; /* a log for a client that speaks WebSocket */
};
void relay_over(struct relay *r);
void relay_refuse(struct relay *r, int code, struct str text);
struct http_req *relay_take(struct relay *r, int code);

/* ── plain.c ── */
void relay_plain(struct relay *r);
/* o: headers and times are set. */
void relay_plain_start(struct relay *r, struct http_call_options *o,
                       void (*on_upgrade)(void *ctx, struct http_pipe *p, const struct http_header *headers, size_t n));

/* ── log.c: a log in WebSocket messages ── */
void relay_log_begin(struct relay *r);
void relay_log_data(struct relay *r, struct str bytes);
void relay_log_end(struct relay *r, bool well);

/* ── streams.c, raw.c ── */
void relay_streams(struct relay *r);
void relay_up(struct relay *r, int opcode, struct str bytes); /* a message to the agent; keeps what it has no room for */
void relay_raw(struct relay *r);

/* ── spdyexec.c: SPDY exec and attach, translated into channel messages ── */
int relay_exec_new(struct relay *r) MUST_USE;
int relay_exec_accept(struct relay *r, struct http_req *q) MUST_USE;
bool relay_exec_message(struct relay *r, struct str bytes); /* from the agent; true: the client is full */
void relay_exec_end(struct relay *r, bool broken);          /* the agent has said all; broken: it went without saying so */
void relay_exec_free(struct relay_exec *e);

/* ── page.c: addresses in proxied HTML. Both texts live as long as the page ── */
struct page *page_new(struct str prefix, struct str origin);
void page_feed(struct page *p, struct str bytes, struct buf *out);
void page_end(struct page *p, struct buf *out);
struct page *page_free(struct page *p);
/* One address, from an attribute or a Location header: prefix + path when it is an absolute path or names the origin. */
void page_address(struct str prefix, struct str origin, struct str url, struct buf *out);

#endif
