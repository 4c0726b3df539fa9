/* What the files of this room that hand requests on share; nobody else looks in here. */
#ifndef CORACLE_API_RELAYING_H
#define CORACLE_API_RELAYING_H

#include "api/inside.h"
#include "http/http.h"
#include "relay/relay.h"

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

/* The call waits in c->relay; loop, request and arena are filled in here, the client's answer and its end are told to o->use with the call. */
void relaying_start(struct call *c, struct relay_options *o);
void relaying_begin(void *call, int code, const struct http_header *headers, size_t n);
struct http_req *relaying_take(void *call, int code);
void relaying_over(void *call);

#endif
