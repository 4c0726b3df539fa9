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
};
/* From the pod, node or service the route names. 0; 1: st says why not. */
int relay_find(struct call *c, struct relay_target *t, struct apireq_status *st) MUST_USE;

struct relay_exec;
struct relay {
    struct api *api;
    struct call *c;            /* NULL once it has been answered by a refusal */
    struct http_client *client;
    SSL_CTX *own_tls;
    const char *path;
    struct http_call *http;    /* plain */
    struct http_ws *up, *down; /* agent, client */
    struct http_pipe *pipe;    /* client that speaks SPDY */
    struct relay_exec *exec;   /* exec or attach of such a client */
    struct buf error;          /* body of a refusal */
    struct loop_task ending;
    int code;
    bool proxy, spdy_pipe, begun, up_gone, over;
    bool messages, base64; /* a log for a client that speaks WebSocket */
};
void relay_over(struct relay *r);
void relay_refuse(struct relay *r, const struct apireq_status *st);

/* ── SPDY exec and attach, translated into channel messages ── */
int relay_exec_new(struct relay *r) MUST_USE;
int relay_exec_accept(struct relay *r, struct http_req *q) MUST_USE;
bool relay_exec_message(struct relay *r, struct str bytes); /* from the agent; true: the client is full */
void relay_exec_end(struct relay *r);
void relay_exec_free(struct relay_exec *e);

#endif
