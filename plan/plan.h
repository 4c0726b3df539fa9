/* plan: what the pod network should be, as data — service rules, host ports,
 * cluster DNS, resolv.conf.
 *
 * Pure: knows neither sockets nor the clock. A struct plan_state is told
 * Services, EndpointSlices and this node's pods as they change (a compact copy
 * of what matters is kept, indexed both ways), and answers two questions:
 * plan_rules_make() — which virtual address leads where on this node, and
 * plan_dns_find() — what a name of the cluster's zone means. `net` brings both
 * into the kernel and onto the wire. Single threaded; rules, once made, are
 * frozen and may be read elsewhere.
 *
 * One rule set shape for everything: each virtual address (ip, protocol, port)
 * is a row with its backends. ClusterIPs, external IPs, load balancer IPs, node
 * ports (one row for each address of the node) and host ports differ only in
 * how their rows are made. Rows are sorted, so that two rule sets are compared
 * by walking them side by side. */
#ifndef CORACLE_PLAN_H
#define CORACLE_PLAN_H

#include "base/base.h"
#include "dnswire/dnswire.h"
#include "value/value.h"

/* ── what is known ── */
struct plan_state;
int plan_state_new(struct plan_state **out) MUST_USE;
struct plan_state *plan_state_free(struct plan_state *s);

/* Adds or replaces an object by its namespace and name, given as a tree. Nothing is borrowed. */
#define PLAN_SAME 1 /* nothing that rules or names depend on has changed */
int plan_service_put(struct plan_state *s, const struct value *service) MUST_USE;
int plan_slice_put(struct plan_state *s, const struct value *endpoint_slice) MUST_USE; /* addressType IPv4 and IPv6 */
int plan_pod_put(struct plan_state *s, const struct value *pod) MUST_USE; /* this node's pods: their host ports, once they have an address */
/* 0, or PLAN_SAME when it was not known. */
int plan_service_del(struct plan_state *s, struct str ns, struct str name);
int plan_slice_del(struct plan_state *s, struct str ns, struct str name);
int plan_pod_del(struct plan_state *s, struct str ns, struct str name);

/* ── addresses ── */
struct plan_ip {
    uint8_t bytes; /* 4 or 16; 0: none */
    uint8_t bits;  /* prefix length where it is a network */
    uint8_t at[16];
};
int plan_ip_parse(struct plan_ip *out, struct str text) MUST_USE; /* with or without /bits; -EINVAL */
void plan_ip_print(const struct plan_ip *ip, char out[64]);       /* without /bits */
bool plan_ip_equal(const struct plan_ip *a, const struct plan_ip *b);

/* ── rules ── */
#define PLAN_NODE_ADDRESSES_MAX 16
#define PLAN_BACKENDS_MAX       1024 /* of one row; more are left out */
struct plan_node {
    struct str name;
    struct str zone;                 /* topology.kubernetes.io/zone; may be empty */
    const struct plan_ip *addresses; /* node ports answer on these; loopback ones may be among them */
    size_t n_addresses;
    const struct plan_ip *served; /* virtual addresses a program on this node answers itself (cluster DNS): no rows for them */
    size_t n_served;
};

enum plan_action {
    PLAN_FORWARD, /* to one of the backends */
    PLAN_REJECT,  /* there are none: connection refused */
    PLAN_DROP,    /* a Local policy and none on this node: somebody else may answer */
};
struct plan_backend {
    struct plan_ip ip;
    uint16_t port;
    bool local; /* on this node */
};
struct plan_target { /* where a row leads for one sort of asker */
    enum plan_action action;
    const struct plan_backend *backends; /* sorted, no duplicates */
    size_t n;
};
struct plan_row {
    struct plan_ip ip;
    uint8_t protocol; /* IPPROTO_TCP, _UDP, _SCTP */
    uint16_t port;
    bool masquerade;           /* the asker's address is replaced by the node's, unless the asker is a pod of the cluster and the row is internal */
    bool internal;             /* a ClusterIP: only askers outside the cluster's networks are masqueraded */
    bool split;                /* externalTrafficPolicy Local: askers in the cluster take `inside`, others `target` */
    uint32_t affinity_seconds; /* ClientIP; 0: none */
    struct plan_target target, inside;
    const struct plan_ip *sources; /* loadBalancerSourceRanges: networks that may ask, sorted, none within another; others are dropped */
    size_t n_sources;              /* 0: everybody may */
    struct str origin;             /* "default/web:http", for people */
};
struct plan_rules {
    const struct plan_row *rows; /* sorted by ip (IPv4 first), protocol, port; each once */
    size_t n;
    const struct plan_ip *hairpins; /* local backends: what one of them sends to itself is masqueraded; sorted */
    size_t n_hairpins;
    size_t skipped; /* rows that were already taken by another service */
    struct arena *mem;
};
int plan_rules_make(struct plan_rules **out, const struct plan_state *s, const struct plan_node *node) MUST_USE;
struct plan_rules *plan_rules_free(struct plan_rules *r);
int plan_row_cmp(const struct plan_row *a, const struct plan_row *b);   /* by key */
bool plan_row_same(const struct plan_row *a, const struct plan_row *b); /* in all that net applies */
bool plan_sources_same(const struct plan_row *a, const struct plan_row *b);

/* ── health of services, for load balancers ──
 * Of each service with a healthCheckNodePort (LoadBalancer with externalTrafficPolicy Local): how many of its endpoints on this
 * node are ready. Answers what fn answers, when that is not 0. Texts live until the state changes. */
struct plan_health {
    struct str ns, name;
    uint16_t port;
    size_t endpoints;
};
int plan_health_each(const struct plan_state *s, struct str node, int (*fn)(void *ctx, const struct plan_health *h), void *ctx) MUST_USE;

/* ── the cluster's zone ── */
#define PLAN_RECORDS_MAX 512
#define PLAN_DNS_TTL     5 /* seconds, as CoreDNS's kubernetes plugin */
enum plan_dns {
    PLAN_DNS_FOUND = 0, /* records answer the question (none: the name is there, the type is not) */
    PLAN_DNS_NO_NAME,   /* in the zone, no such name */
    PLAN_DNS_NOT_OURS,  /* ask upstream */
};
struct plan_answer {
    struct dnswire_record records[PLAN_RECORDS_MAX]; /* ANSWER; addresses come in a fixed order: rotate as you like */
    size_t n;
    struct dnswire_record extra[PLAN_RECORDS_MAX]; /* ADDITIONAL: addresses of SRV targets */
    size_t n_extra;
    struct str chase; /* a CNAME that leads out of the zone: its addresses come from upstream; else empty */
};
/* name as dnswire has it (lower case). Texts go to the arena. Names of services are
 *   <svc>.<ns>.svc.<domain>                      A/AAAA of the ClusterIP, or of each ready endpoint (headless); CNAME (ExternalName)
 *   <hostname>.<svc>.<ns>.svc.<domain>           a headless service's pod
 *   _<port>._<protocol>.<svc>.<ns>.svc.<domain>  SRV
 *   <a-b-c-d>.<ns>.pod.<domain>                  the address in the name
 *   dns-version.<domain> TXT, the zone's SOA and NS, and PTR of all these addresses. */
int plan_dns_find(const struct plan_state *s, struct str domain, struct str name, uint16_t type, struct arena *a,
                  struct plan_answer *out) MUST_USE; /* enum plan_dns, or -ENOMEM */
void plan_dns_soa(struct str domain, int64_t now, struct arena *a, struct dnswire_record *out);

/* ── a pod's files ── */
struct plan_resolver {
    const struct plan_ip *dns; /* the cluster DNS addresses */
    size_t n_dns;
    struct str domain; /* cluster.local */
    struct str host;   /* the node's resolv.conf */
};
/* resolv.conf after spec.dnsPolicy, spec.dnsConfig and hostNetwork; limits as the kubelet's (3 servers, 32 searches,
 * 2048 characters). Answers 0, or PLAN_TRUNCATED when something was left out. */
#define PLAN_TRUNCATED 1
int plan_resolv_conf(struct buf *out, const struct value *pod, const struct plan_resolver *r) MUST_USE;
/* /etc/hosts of a pod: addresses of its own, hostname (with subdomain), hostAliases. With hostNetwork the node's file comes first. */
int plan_hosts_file(struct buf *out, const struct value *pod, struct str hostname, struct str domain, const struct str *ips, size_t n_ips,
                    struct str node_hosts) MUST_USE;
/* spec.hostname or metadata.name (cut to 63), and the fully qualified one when it has a subdomain; texts in the arena. */
int plan_hostname(struct arena *a, const struct value *pod, struct str domain, struct str *hostname, struct str *fqdn) MUST_USE;

#endif
