/* What plan's files share; no other room sees it. */
#ifndef CORACLE_PLAN_INSIDE_H
#define CORACLE_PLAN_INSIDE_H

#include <netinet/in.h>

#include "plan/plan.h"

#define PORTS_MAX     100  /* of one service, slice or pod */
#define ADDRESSES_MAX 32   /* external and load balancer addresses of one service */
#define ENDPOINTS_MAX 1000 /* of one slice, as the API has it */
#define SOURCES_MAX   1024 /* source ranges of one service; more are left out */

struct port {
    struct str name;
    uint8_t protocol;
    uint16_t port;          /* service: its own; slice: the endpoints'; pod: the host's */
    uint16_t node_port;     /* service */
    uint16_t to;            /* pod: the container's */
    struct plan_ip host_ip; /* pod */
};

struct group;

struct service {
    struct arena *mem;
    uint64_t print; /* hash of all that matters: tells a change from none */
    struct str ns, name, external_name;
    struct plan_ip cluster[2];
    size_t n_cluster;
    struct plan_ip external[ADDRESSES_MAX]; /* externalIPs and load balancer addresses */
    size_t n_external, n_own;               /* the first n_own are externalIPs, the others the load balancer's */
    struct plan_ip *sources;                /* loadBalancerSourceRanges */
    size_t n_sources;
    uint16_t health_port; /* 0: none */
    struct port *ports;
    size_t n_ports;
    bool headless, inside_local, outside_local, publish_not_ready;
    bool node_ports;
    uint32_t affinity_seconds;
};

struct endpoint {
    struct plan_ip ip;
    struct str node, hostname;
    const struct str *zones, *nodes; /* hints */
    uint16_t n_zones, n_nodes;
    bool ready, serving, terminating;
};

struct slice {
    struct list link; /* group.slices */
    struct arena *mem;
    uint64_t print;
    struct group *group;
    struct str key; /* ns/name */
    struct port *ports;
    size_t n_ports;
    struct endpoint *endpoints;
    size_t n_endpoints;
};

/* A service's name with what is known under it; either part may come first. */
struct group {
    struct str key; /* ns/name */
    struct service *service;
    struct list slices;
};

struct pod {
    struct arena *mem;
    uint64_t print;
    struct str key;
    struct plan_ip ips[2];
    size_t n_ips;
    struct port *ports;
    size_t n_ports;
};

struct plan_state {
    struct map groups; /* key → struct group */
    struct map slices; /* key → struct slice */
    struct map pods;   /* key → struct pod */
    /* Address → name, made when first asked for after a change. */
    struct map names; /* arpa-less text of the address → struct reverse */
    struct arena *names_mem;
    bool names_valid;
};

struct reverse {
    const struct group *group;
    const struct endpoint *endpoint; /* NULL: the service's own address */
};

const struct group *plan_group_find(const struct plan_state *s, struct str ns, struct str name);
uint8_t plan_protocol(struct str name); /* "TCP" or empty, "UDP", "SCTP"; 0: another */
/* What an endpoint is called below its service: its hostname, else its address with dashes. */
void plan_endpoint_name(const struct endpoint *e, char out[80]);
int plan_ip_cmp(const struct plan_ip *a, const struct plan_ip *b);
/* A service name may point to endpoints of either slice family. */
bool plan_endpoint_named(const struct service *v, const struct endpoint *e); /* DNS shows it */

#endif
