/* node: the life of pods on this machine — what Kubernetes calls the kubelet.
 *
 * One struct node serves one Node object. It is a client of the API like any
 * other: it watches the pods bound to it, brings each to life through image,
 * volume, net and runtime, and writes back what became of them (rooms pod and
 * life, below: the facts and the state machine of one pod).
 *
 * A pod's spec and the objects it needs are kept on disk (data/pods/<uid>), so
 * that a restarted agent adopts what runs and a rebooted machine starts its pods
 * with no server reachable. Node leases and Node status tell the server that the
 * machine lives. An HTTPS server with the kubelet's paths answers the API
 * server's requests for logs, exec, attach and port-forward.
 *
 * One loop, one thread. Logs (it is a door of its own: the agent's). */
#ifndef CORACLE_NODE_H
#define CORACLE_NODE_H

#include "base/base.h"
#include "client/client.h"
#include "image/image.h"
#include "net/net.h"
#include "plan/plan.h"
#include "pressure/pressure.h"
#include "runtime/runtime.h"
#include "tls/tls.h"

struct node;

struct node_options { /* texts are copied; lists end with NULL and may be NULL */
    struct loop *loop;
    struct client *client;
    struct runtime *runtime;
    struct image_store *images;
    struct net *net;                  /* NULL: only host-network pods can run */
    struct plan_state *plan;          /* fed here with services, slices and pods */
    const char *name;                 /* of the Node object */
    const char *data;                 /* folder: pods/<uid>/… */
    const char *logs;                 /* folder of container logs: <ns>_<name>_<uid>/<container>/<n>.log */
    const char *const *addresses;     /* of this node, the first one is hostIP */
    const char *const *labels;        /* "key=value", added to the usual ones */
    const char *const *taints;        /* "key=value:Effect" */
    const char *const *dns_addresses; /* of the cluster DNS */
    const char *domain;               /* cluster.local */
    const char *resolv_conf;          /* the node's own; NULL: /etc/resolv.conf */
    const char *address;              /* the HTTPS server listens here … */
    int port;                         /* … 0: any free port; it is what the Node object says */
    SSL_CTX *server_tls;
    unsigned pods_max;       /* [110] */
    int64_t reserved_cpu;    /* millicores kept from pods */
    int64_t reserved_memory; /* bytes */
    struct pressure_rules eviction;
    int64_t eviction_grace_most;       /* seconds a pod may take that goes by a soft threshold; < 0: what it asks for */
    const char *const *unsafe_sysctls; /* that pods may set all the same */
    /* container logs: rotated over log_bytes [10 MiB], log_files kept [5], looked at every log_interval_ms [10 s] */
    const char *log_size; /* log_bytes as it was told */
    int64_t log_bytes, log_interval_ms;
    unsigned log_files;
    const char *const *datasets; /* "name=/path": how much lies there is told */
};
int node_new(struct node **out, const struct node_options *o, struct err *err) MUST_USE;
struct node *node_free(struct node *n); /* containers go on */
int node_port(const struct node *n);
void node_set_tls(struct node *n, SSL_CTX *tls);
/* Ends and removes every pod here without the server's word (`coracle stop`): done when nothing is left. */
void node_clear(struct node *n, void (*done)(void *ctx), void *ctx);

struct node_stats {
    size_t pods, containers_running;
    int64_t ready_at_ms; /* loop time at which the server took the Node as Ready; 0 not yet */
};
void node_stats(const struct node *n, struct node_stats *out);

#endif
