/* What http's files share; no other room sees it.
 *
 *   server ── conn ── wire ── descriptor, TLS, unsent bytes
 *               │
 *               ├─ h1: one request at a time     ├─ pipe: after 101, ws on top
 *               └─ h2: many requests
 *
 * Nobody calls a user from inside a parser: input only notes what arrived, and
 * `settle`, run with nothing of ours on the stack, hands it out, collects what
 * there is to send and flushes. So a user may answer, cut or free at any time. */
#ifndef CORACLE_HTTP_INSIDE_H
#define CORACLE_HTTP_INSIDE_H

#include <http_parser.h>
#include <inttypes.h>
#include <nghttp2/nghttp2.h>
#include <openssl/ssl.h>

#include "http/http.h"
#include "os/os.h"
#include "team/team.h"

/* ── queue: bytes waiting to be sent, copied or shared ── */
#define HTTP_SEGMENT_SMALL 2048u
#define HTTP_SEGMENT_LARGE 16384u /* a TLS record */
#define HTTP_SHARE_LEAST   8192u  /* shorter shared bytes are copied: cheaper than a record of their own */

struct http_segment {
    struct http_segment *next;
    const char *p; /* first unsent byte */
    size_t n;
    size_t cap; /* own bytes: their room; 0: shared */
    void (*release)(void *owner);
    void *owner;
    char bytes[];
};
struct http_queue {
    struct http_segment *first, *last;
    size_t n;
};
struct http_pool {              /* per server or client: what only lives while something moves */
    struct http_segment *spare; /* large ones */
    unsigned n_spare;
    char *scratch;        /* every read lands here */
    char *record;         /* what leaves together is put together here; behind the scratch */
    struct buf line;      /* a reply's head is put together here */
    struct http_fan *fan; /* NULL: nobody helps sending */
};
#define HTTP_SCRATCH 65536u

int http_pool_init(struct http_pool *p) MUST_USE;
void http_pool_done(struct http_pool *p);
/* From here on records for many connections, pushed in one turn, are encrypted and sent by a team of threads; each wire is one
 * thread's at a time. Without memory, or with one processor: as before. */
void http_pool_share_work(struct http_pool *p, struct loop *l);
void http_queue_spare_drop(struct http_pool *p);
int http_queue_reserve(struct http_pool *p, struct http_queue *q, size_t n) MUST_USE; /* the next n copied bytes lie together */
int http_queue_add(struct http_pool *p, struct http_queue *q, struct str bytes) MUST_USE;
int http_queue_share(struct http_pool *p, struct http_queue *q, struct http_bytes part) MUST_USE; /* released also when it fails */
void http_queue_drop(struct http_pool *p, struct http_queue *q, size_t n);
int http_queue_move(struct http_pool *p, struct http_queue *from, struct http_queue *to, size_t n) MUST_USE;
void http_queue_clear(struct http_pool *p, struct http_queue *q);

/* ── wire: a connected descriptor, or memory in tests and fuzzers ── */
struct http_wire;
struct http_wire_use {
    void (*opened)(struct http_wire *w);                  /* connected and shaken hands */
    void (*input)(struct http_wire *w, struct str bytes); /* all of it is consumed */
    void (*ended)(struct http_wire *w);                   /* the peer sends no more */
    void (*settle)(struct http_wire *w);                  /* hand out, produce */
    void (*rest)(struct http_wire *w);                    /* the turn is over: set timers */
    void (*gone)(struct http_wire *w, int r);             /* last call: call http_wire_done() and free */
};
struct http_wire {
    struct loop *loop;
    struct http_pool *pool;
    const struct http_wire_use *use;
    void *ctx;
    int fd; /* -1: memory */
    SSL *ssl;
    struct loop_io *io;
    struct loop_task turn;
    struct http_queue out;
    int (*sink)(void *ctx, struct str bytes); /* memory: where output goes; takes all or -EAGAIN */
    void *sink_ctx;
    int64_t stalled_at; /* since when bytes wait for the poll to say that the peer takes more; 0: none do */
    int64_t linger_until;
    int dead; /* < 0: cut with this errno at the next turn; 1: closed well */
    unsigned char watching;
    bool connecting : 1, shaking : 1, open : 1, paused : 1, busy : 1, ended : 1, finishing : 1, lingering : 1, more : 1;
    bool unsettled : 1, wrote : 1, hang_seen : 1, owes : 1; /* owes: it has sent its share; the poll says when it is next */
    bool follows : 1;                                       /* more is sent right after this record */
    bool aloft;                                             /* a record is with the team: only what is behind it in `out` may be touched */
    struct str fault;                                       /* static sentence of a TLS failure */
};
int http_wire_open(struct http_wire *w, struct loop *l, struct http_pool *p, int fd, SSL *ssl, bool connecting, const struct http_wire_use *use,
                   void *ctx) MUST_USE; /* owns fd and ssl, also when it fails */
void http_wire_open_memory(struct http_wire *w, struct loop *l, struct http_pool *p, int (*sink)(void *ctx, struct str bytes), void *sink_ctx,
                           const struct http_wire_use *use, void *ctx);
void http_wire_feed(struct http_wire *w, struct str bytes); /* memory; empty bytes: the peer's end. w may be gone after */
void http_wire_done(struct http_wire *w);
void http_wire_send(struct http_wire *w, struct str bytes); /* no memory: the wire is cut */
void http_wire_share(struct http_wire *w, struct http_bytes part);
void http_wire_wake(struct http_wire *w);       /* settle soon */
void http_wire_push(struct http_wire *w);       /* send now what the peer takes; calls nobody */
void http_wire_cut(struct http_wire *w, int r); /* r < 0, or 1: closed without fault */
void http_wire_finish(struct http_wire *w);     /* close when what is unsent has gone; what still arrives is dropped */
void http_wire_pause(struct http_wire *w, bool paused);

/* ── server ── */
enum http_proto { HTTP_PROTO_UNKNOWN, HTTP_PROTO_1, HTTP_PROTO_2, HTTP_PROTO_PIPE };
#define HTTP_NEVER INT64_MAX

struct http_h1 {
    http_parser parser;
    struct http_req *q;     /* being received or answered */
    struct buf pending;     /* bytes behind it */
    struct http_pipe *pipe; /* an upgrade was accepted: takes over at the next settle */
    int refuse;             /* status that ends the connection before a handler is reached */
    int64_t since;          /* start of this phase */
    size_t trailer_bytes;
    bool in_value : 1, peer_ended : 1;
};
struct http_h2 {
    nghttp2_session *session;
    struct list streams; /* struct http_req, open */
    struct list ready;   /* received whole, not yet handed out */
    struct list closed;  /* ended, owner not yet told */
    unsigned n_streams;
    int64_t idle_since;
    int64_t budget_at; /* leaky buckets, in frames */
    unsigned resets, controls;
    bool drained_any : 1, compressing : 1, goaway : 1;
};
struct http_peer {
    unsigned char address[16];
    unsigned short port, family;
};
struct http_conn {
    struct list link; /* in server->conns */
    struct http_server *server;
    struct http_wire wire;
    struct loop_timer timer;
    int64_t timer_at; /* when the running timer fires */
    void *slot;
    void (*slot_drop)(void *value);
    struct str cert; /* DER, ours; p NULL: not looked yet */
    bool cert_known;
    struct http_peer peer;
    enum http_proto proto;
    unsigned char preface[24];
    unsigned n_preface;
    int64_t opened_at;
    union {
        struct http_h1 h1;
        struct http_h2 h2;
        struct http_pipe *pipe;
    };
};
struct http_server {
    struct loop *loop;
    struct http_limits limits;
    SSL_CTX *tls;
    void (*on_request)(void *ctx, struct http_req *q);
    void (*refusal)(void *ctx, int code, struct buf *out);
    struct buf refusal_text; /* of the last one */
    void *ctx;
    int fd;
    struct loop_io *io;
    struct loop_timer accept_again; /* after running out of descriptors */
    int port;
    char *unix_path;
    struct list conns;
    unsigned n_conns;
    struct http_pool pool;
    struct os_slab requests; /* struct http_req: a watch's stays, those around it go */
    struct list spare;       /* … to use again */
    unsigned n_spare;
    size_t bodies; /* bytes of bodies held, all requests */
    nghttp2_session_callbacks *h2_callbacks;
    nghttp2_option *h2_option;
    char date[40];
    int64_t date_of;
    bool draining;
};
int http_server_alloc(struct http_server **out, struct loop *l, const struct http_server_options *o) MUST_USE; /* not listening */
/* A connection without a descriptor, for tests and fuzzers. */
struct http_conn *http_conn_memory(struct http_server *s, int (*sink)(void *ctx, struct str bytes), void *ctx);
struct str http_server_date(struct http_server *s);
struct str http_server_refusal(struct http_server *s, int code, const char **type); /* valid until the next one */
void http_conn_to_pipe(struct http_conn *c, struct http_pipe *p);
void http_conn_free(struct http_conn *c);
void http_conn_after_pipe(void *conn);
struct http_gzip;

/* ── request ── */
struct http_carrier { /* how a request's answer travels */
    void (*head)(struct http_req *q, int code, const struct http_header *headers, size_t n, int64_t length);
    void (*data)(struct http_req *q, struct http_bytes part); /* never empty */
    void (*end)(struct http_req *q);
    void (*abort)(struct http_req *q);
};
struct http_req {
    struct list link;
    struct http_conn *conn;
    const struct http_carrier *carrier;
    struct str method, path, query;
    struct buf text; /* method, target, names and values; offsets until http_req_seal() */
    VEC(struct http_header) headers;
    struct buf body;
    size_t charged; /* of server->bodies */
    struct arena *mem;
    void *data;
    void (*on_gone)(void *data);
    void (*on_drain)(void *data);
    struct http_gzip *gzip; /* reply being compressed */
    int64_t since;          /* h2: this phase's start; sending: since when nothing moved */
    int64_t left;           /* announced bytes of a streaming reply still to come; -1: not announced */
    struct http_queue out;  /* h2: unsent */
    int32_t stream;
    int code;
    bool sealed : 1, dispatched : 1, begun : 1, ended : 1, bodiless : 1, head_only : 1, chunked : 1, keep_alive : 1;
    bool was_full : 1, closed : 1, deferred : 1, refused : 1, received : 1, http10 : 1, expects : 1, in_closed : 1;
    bool drained : 1, aborted : 1;
};
struct http_req *http_req_new(struct http_conn *c);               /* NULL: no memory */
void http_req_end(struct http_req *q);                            /* tells its owner, gives it back */
void http_req_discard(struct http_server *s, struct http_req *q); /* frees it and all it holds */
int http_req_add_name(struct http_req *q, struct str part, bool begin) MUST_USE;
int http_req_add_value(struct http_req *q, struct str part) MUST_USE;
void http_req_target(struct http_req *q, struct str target);
void http_req_seal(struct http_req *q);                              /* texts have their final place */
int http_req_add_body(struct http_req *q, struct str part) MUST_USE; /* 413, 429 or -ENOMEM */
/* Body complete: 0, or the status that refuses it. */
int http_req_open_body(struct http_req *q) MUST_USE;
void http_req_dispatch(struct http_req *q);
void http_req_drained(struct http_req *q); /* asks on_drain and continues compression */
size_t http_req_limit(const struct http_req *q);
bool http_req_pump(struct http_req *q); /* gzip: more output; true: there may be more at once */
struct http_bytes http_bytes_copy(struct str s);
void http_bytes_release(struct http_bytes b);

/* ── carriers: wire_use and entry points ── */
extern const struct http_wire_use http_conn_use;
extern const struct http_carrier http_h1_carrier;
void http_h1_init(struct http_conn *c);
void http_h1_input(struct http_conn *c, struct str bytes);
void http_h1_ended(struct http_conn *c);
void http_h1_settle(struct http_conn *c);
int64_t http_h1_deadline(struct http_conn *c);
void http_h1_expire(struct http_conn *c, int64_t now);
void http_h1_drain(struct http_conn *c);
void http_h1_done(struct http_conn *c);
struct http_pipe *http_h1_upgrade(struct http_req *q, const struct http_header *headers, size_t n);

extern const struct http_carrier http_h2_carrier;
int http_h2_globals(struct http_server *s) MUST_USE;
int http_h2_init(struct http_conn *c) MUST_USE;
void http_h2_input(struct http_conn *c, struct str bytes);
void http_h2_settle(struct http_conn *c);
int64_t http_h2_deadline(struct http_conn *c);
void http_h2_expire(struct http_conn *c, int64_t now);
void http_h2_drain(struct http_conn *c);
void http_h2_done(struct http_conn *c);
extern nghttp2_mem http_h2_memory;

/* ── pipe ── */
struct http_pipe {
    struct http_wire *wire;
    struct http_pipe_events events;
    struct buf first; /* bytes that came with the handshake */
    size_t limit;
    void (*owner_free)(void *owner);
    void *owner;
    struct loop_timer timer; /* lingering only: a pipe may be still for hours */
    bool was_full : 1, paused : 1;
};
int http_pipe_new(struct http_pipe **out, struct http_wire *w, size_t limit, void (*owner_free)(void *owner), void *owner) MUST_USE;
extern const struct http_wire_use http_pipe_use;
void http_pipe_cut(struct http_pipe *p);                    /* tells its owner and frees it; the wire stays */
void http_pipe_hold(struct http_pipe *p, struct str bytes); /* deliver later */

/* ── ws ── */
int http_ws_new(struct http_ws **out, struct loop *l, bool server, size_t max, const struct http_ws_events *e) MUST_USE;
void http_ws_attach(struct http_ws *w, struct http_pipe *p);
void http_ws_calling(struct http_ws *w, struct http_call *call);
void http_ws_drop(struct http_ws *w);           /* before it is attached */
void http_ws_fail(struct http_ws *w, int code); /* handshake failed: on_gone(code), frees */
int http_ws_accept_key(struct str key, char out[29]) MUST_USE;

/* ── gzip ── */
struct http_gzip;
int http_gzip_new(struct http_gzip **out, struct http_bytes body) MUST_USE; /* takes body when it succeeds */
/* Packs a slice of some 16 KiB; 1: more to come, 0: ended. */
int http_gzip_next(struct http_gzip *g, struct buf *out) MUST_USE;
/* Fed in pieces of at most 4 GiB instead; 1: more may come, 0: it was the last. */
int http_gzip_stream(struct http_gzip **out) MUST_USE;
bool http_gzip_streams(const struct http_gzip *g);
int http_gzip_add(struct http_gzip *g, struct str in, bool last, struct buf *out) MUST_USE;
struct http_gzip *http_gzip_free(struct http_gzip *g);
int http_gunzip(struct str in, size_t max, struct buf *out) MUST_USE; /* -E2BIG, -EBADMSG, -ENOMEM */

/* ── text ── */
void http_date(char out[40], int64_t sec);
bool http_token_valid(struct str s);                     /* RFC 9110 §5.6.2 */
bool http_list_has(struct str value, const char *token); /* comma list, case-insensitive, parameters off */
bool http_own_field(struct str name);                    /* reply headers that http itself says */
bool http_accepts_gzip(struct str accept_encoding);
void http_header_value(struct buf *out, struct str value); /* control characters become spaces */

/* ── client ──
 *
 *   waiting ──pump──> on a link ──reply ends──> told, freed
 *      ^                  │ the link broke before a byte of the reply, and asking twice does no harm
 *      └──────────────────┘ */
struct http_client {
    struct loop *loop;
    char *host, *server_name, *unix_path;
    char *authority; /* host header */
    int port;
    SSL_CTX *tls;
    unsigned connections;
    bool http1_only;
    struct http_pool pool;
    struct list links; /* struct http_link */
    unsigned n_links;
    struct list waiting; /* struct http_call */
    unsigned n_waiting;
    struct loop_task pump;
    struct http_resolve *resolving;
    VEC(struct sockaddr_storage) addresses; /* of the last look-up */
    int64_t resolved_at;
    nghttp2_session_callbacks *h2_callbacks;
    nghttp2_option *h2_option;
};
struct http_link { /* one connection of a client */
    struct list link;
    struct http_client *client;
    struct http_wire wire;
    struct loop_timer timer;
    int64_t timer_at;
    enum http_proto proto;
    size_t address;    /* index of the address tried */
    unsigned served;   /* replies so far */
    struct list calls; /* on it; HTTP/1: at most one */
    unsigned n_calls;
    bool unusable;  /* no further calls */
    bool exclusive; /* for one WebSocket */
    bool pinged;    /* h2: silence is being checked */
    bool complete;  /* h1: the reply is all there */
    bool keep_alive;
    bool upgraded;
    bool in_value;
    int64_t since; /* opened, or idle since, or heard from */
    http_parser parser;
    struct buf rest; /* bytes behind a 101 */
    nghttp2_session *session;
    struct http_pipe *pipe;
    char error[256];
};
struct http_call {
    struct list link; /* client->waiting or link->calls */
    struct http_client *client;
    struct http_link *on;
    struct http_call_events events;
    struct loop_timer timer;
    int64_t deadline, head_deadline; /* HTTP_NEVER: none */
    struct arena *mem;               /* the request */
    struct str method, path, body;
    struct http_header *headers;
    size_t n_headers;
    size_t body_sent; /* h2 */
    size_t body_max;
    unsigned tries;
    int32_t stream;
    /* the reply */
    int code;
    int result; /* when ended */
    size_t reply_bytes;
    struct buf text; /* header names and values, as offsets until sealed */
    VEC(struct http_header) reply;
    struct buf collected;
    struct buf delivery; /* noted in the parser, handed out in settle */
    struct http_ws *ws;
    void (*ws_open)(void *ctx, struct str protocol);
    char ws_accept[29];
    char error[128];
    size_t unconsumed; /* h2, paused: bytes the peer's window has not got back */
    bool head_done : 1, head_told : 1, ended : 1, canceled : 1, heard : 1, again : 1, closed : 1, paused : 1;
};
#define HTTP_CALL_TRIES 3u
static inline bool http_call_upgrades(const struct http_call *call)
{
    return call->ws || call->events.on_upgrade;
}
/* Takes the call off its list, tells its owner unless canceled, frees it. */
void http_call_finish(struct http_call *call, int r, const char *error);
void http_call_end(struct http_call *call, int r, const char *error); /* note it; told in settle */
void http_call_abandon(struct http_call *call);                       /* a WebSocket's handshake is no longer wanted; on_gone follows */
void http_call_wait(struct http_call *call);                          /* back to the front of the queue, as if never sent */
bool http_call_repeatable(const struct http_call *call);
void http_call_deliver(struct http_call *call);
void http_link_pause(struct http_link *k, struct http_call *call);
void http_call_forget_reply(struct http_call *call);
void http_client_wake(struct http_client *c);
void http_link_assign(struct http_link *k, struct http_call *call);
int http_link_two(struct http_link *k) MUST_USE; /* begins HTTP/2 */
bool http_link_takes(const struct http_link *k);
void http_link_free(struct http_link *k);
void http_link_after_pipe(void *link);
void http_link_broke(struct http_link *k, int r); /* opening or later: what becomes of its calls; frees it */
void http_link_arm(struct http_link *k);
extern const struct http_wire_use http_link_use;
int http_exchange_globals(struct http_client *c) MUST_USE;

#endif
