/* What node's files share; no other room sees it. */
#ifndef CORACLE_NODE_INSIDE_H
#define CORACLE_NODE_INSIDE_H

#include "life/life.h"
#include "node/node.h"
#include "pod/pod.h"

/* What is the same for every agent, and told by /configz. */
enum { NODE_LEASE_SECONDS = 40 };

struct node {
    struct pod_host host; /* what pods see of it */
    struct node_options o;
    struct arena *mem; /* the options' texts */
    struct client_cache *slices, *self, *peers;
    struct client_listener pods_listener, services_listener, slices_listener, self_listener, peers_listener;
    struct http_server *server;
    struct loop_timer lease_timer, status_timer, care_timer, log_timer, peers_timer;
    bool users_tried, own_users; /* may pods have users of their own? */
    bool registered, lease_exists, status_busy;
    int64_t ready_at_ms;
    uint64_t images_told; /* of the last status sent: see registration.c */
    char machine_id[37], boot_id[37];
    struct list sessions; /* of the HTTPS server */
    struct pressure_state pressure;
    struct loop_timer pressure_timer, storage_timer;
    struct survey *survey;   /* under way; storage.c's */
    struct removal *removal; /* under way; folders.c's */
    struct trips *trips;     /* latency.c's */
    struct count *count;     /* data.c's */
    struct loop_timer folders_timer, data_timer;
    bool counting;
    bool folders_busy;
    struct map checks; /* health.c's: namespace/name → struct check */
    struct loop_task checks_due;
};

/* ── registration.c ── */
int node_registration_start(struct node *n, struct err *err) MUST_USE;
void node_registration_stop(struct node *n);
void node_registration_touch(struct node *n); /* the Node's status is to be sent now */

/* ── pressure.c ── */
void node_pressure_start(struct node *n);
void node_pressure_stop(struct node *n);
bool node_image_in_use(void *node, const struct image *i); /* node.c */

/* ── storage.c ── */
void node_storage_start(struct node *n);
void node_storage_stop(struct node *n);

/* ── folders.c: of local volumes ── */
void node_folders_changed(struct node *n); /* the Node object has */
void node_folders_stop(struct node *n);

/* ── health.c: of services, for load balancers ── */
void node_health_changed(struct node *n); /* services, or who serves them, have */
void node_health_stop(struct node *n);

/* ── peers.c: the other nodes ── */
int node_peers_start(struct node *n) MUST_USE;
void node_peers_stop(struct node *n);

/* ── latency.c: round trips to them, measured ── */
int node_latency_start(struct node *n) MUST_USE; /* after node_peers_start() */
void node_latency_stop(struct node *n);

/* ── data.c: datasets that lie here ── */
int node_data_start(struct node *n, const char *const *datasets, struct err *err) MUST_USE;
void node_data_stop(struct node *n);

/* ── figures.c: replies that tell what is used ── */
struct http_req;
void node_figures_summary(struct node *n, struct http_req *q);
void node_figures_own(struct node *n, struct http_req *q);
void node_figures_resource(struct node *n, struct http_req *q);
void node_figures_cadvisor(struct node *n, struct http_req *q);

/* ── server.c, streams.c, forward.c ── */
struct session {      /* an open stream: the head of each file's own struct */
    struct list link; /* in node->sessions */
    void (*stop)(struct session *s);
};
int node_server_start(struct node *n, struct err *err) MUST_USE;
void node_server_stop(struct node *n);
void node_server_log_ended(struct container *c); /* host.log_ended */
struct http_req;
void node_streams_exec(struct node *n, struct http_req *q, struct container *c, bool attach);
void node_streams_forward(struct node *n, struct http_req *q, struct worker *w);
void node_streams_stop(struct node *n);

#endif
