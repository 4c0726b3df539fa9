/* api: the Kubernetes API server — HTTP in front of registry.
 *
 * A request goes through the same steps whoever sends it:
 *
 *   http_req ─ route (apireq) ─ who is it (auth) ─ may it (auth) ─ options (apireq)
 *      ├─ get, list, watch    → snapshot of the store → shared, already encoded bytes
 *      ├─ create … delete     → registry: convert, default, admit, validate, store
 *      ├─ log, exec, proxy …  → relay to the node agent's HTTPS endpoint
 *      ├─ group-versions of an APIService with a Service → relay to the API server behind it (aggregate)
 *      └─ everything that is no resource: discovery, OpenAPI, health, metrics
 *
 * Scheduler, controllers and a node agent in the same process use
 * api_client_new(): the same steps with an identity of their own, without text
 * in between. What may be done with an object is registry's; this room owns
 * bytes, streams and ceilings: connections, watches and requests under way are
 * charged to the user who holds them, and over a limit the answer is 429 with
 * Retry-After. A request over HTTP has its part of the thread when `fair` says
 * so: it begins with a turn, and whatever takes long (a list, a watch's first
 * events, the answer when the disk is done) asks for another one.
 *
 * Everything here is on the loop's thread. Logs one line a request at debug. */
#ifndef CORACLE_API_H
#define CORACLE_API_H

#include "base/base.h"
#include "http/http.h"
#include "loop/loop.h"
#include "store/store.h"
#include "tls/tls.h"
#include "value/value.h"

struct api;
struct admit_settings;
struct audit;
struct auth;
struct client;

/* What /healthz, /livez and /readyz ask beside what api knows itself. Answers 0, or < 0 with the reason in err. */
struct api_check {
    const char *name; /* "poststarthook/rbac/bootstrap-roles" */
    int (*fn)(void *ctx, struct err *err);
    void *ctx;
    bool ready_only; /* part of readyz, not of livez */
};

/* Something that is made when it is asked for and stored nowhere: GET /apis/GROUP/VERSION/namespaces/NS/RESOURCE/NAME/SUBRESOURCE, JSON alone.
 * Whoever may get RESOURCE/SUBRESOURCE of that group, or the core resource of that name, may get it. Discovery tells of it where the group-version
 * has other resources that are served. */
struct api_view {
    const char *group, *version, *resource, *subresource, *kind; /* "coracle.dev", "v1alpha1", "pods", "decision", "Decision" */
    /* 0; API_VIEW_ABSENT: 404; <0: 500 with the sentence in err. `limit`: the query's, -1: none. */
    int (*make)(void *ctx, struct str ns, struct str name, int64_t limit, struct buf *out, struct err *err);
    void *ctx;
};
#define API_VIEW_ABSENT 1

struct api_limits {             /* 0: the default in brackets */
    size_t body_bytes;          /* [3 MiB] → 413 */
    unsigned watches_per_user;  /* [20,000] → 429; system:masters and system:nodes have no ceiling of their own */
    unsigned watches;           /* in all [100,000] → 429 */
    unsigned requests_per_user; /* other requests under way [400] → 429 */
    unsigned requests;          /* [3,000] → 429 */
    unsigned seats;             /* requests under way that are served at once, shared out by priority levels [600] */
    int64_t request_ms;         /* an ordinary request's time [60 s] → 504 */
    int64_t watch_min_s;        /* a watch without timeoutSeconds lives so long up to twice that [1,800] */
    int64_t bookmark_ms;        /* between bookmarks [60 s] */
    int64_t turn_ns;            /* then the sockets are looked at again: who waits there may be next [100 µs] */
};

struct api_options {
    struct loop *loop;
    struct store *store;
    struct auth *auth;   /* who a request is and what it may do; NULL only in tests: everyone is system:masters */
    struct audit *audit; /* who wants to know what is asked; outlives the api. NULL: nobody */
    struct api_limits limits;
    SSL_CTX *kubelet_tls;                /* how the server shows itself to node agents; may be NULL: relays answer 503 */
    const char *service_cidr;            /* cluster IPs are taken from here ["10.96.0.0/16"] */
    const char *service_cidr2;           /* of the other family, may be NULL */
    int node_port_first, node_port_last; /* [30000–32767] */
    const char *advertise_address;       /* what the Service default/kubernetes leads to; NULL: no such Service is kept */
    int advertise_port;
    const char *external_url;                 /* issuer and jwks_uri's base, "https://127.0.0.1:6443" */
    struct admit_settings *admit_settings;    /* outlives the api; may be NULL */
    const char *admit_enable, *admit_disable; /* admission plugins, comma separated names; may be NULL */
    const char *enable;                       /* comma separated non-GA group-versions to serve, "resource.k8s.io/v1beta1"; may be NULL */
    const struct api_check *checks;
    size_t n_checks;
    /* The parts beside the server that componentstatuses tells of, "scheduler" … (etcd-0, the store, is known here). They
     * are asked at each request; the array outlives the api. */
    const struct api_check *components;
    size_t n_components;
    const struct api_view *views; /* the array outlives the api */
    size_t n_views;
};

int api_new(struct api **out, const struct api_options *o, struct err *err) MUST_USE;
/* Before store_close(). Watches end; what the store has still to answer is answered by it. NULL is fine; returns NULL. */
struct api *api_free(struct api *a);

/* http_server_options.on_request, with the api as ctx. */
void api_http_handler(void *api, struct http_req *q);
/* … and its http_server_options.refusal: what is refused for its size, or for lack of room, is told in a Status. */
void api_http_refusal(void *api, int code, struct buf *out);

/* Writes what every cluster has from its first moment (namespaces, default roles and bindings, priority classes, the
 * Service kubernetes): whatever is not there yet. /readyz answers 500 until this has been done; done is called once. */
void api_bootstrap(struct api *a, void (*done)(void *ctx, int r, const char *error), void *ctx);

/* What a ValidatingAdmissionPolicy's expressions get wrong about the kinds it names: expressionWarnings, a list in the arena. */
int api_policy_warnings(struct api *a, struct arena *mem, const struct value *policy, struct value *out) MUST_USE;
/* A client inside this process: the same code path as HTTP — own identity, authorization, admission, validation —
 * without text in between. groups is ended by NULL; system:authenticated is added. Free it with client_free(), before
 * or after the api; requests of one that outlives the api fail with -ENOTCONN. */
int api_client_new(struct client **out, struct api *a, const char *user, const char *const *groups, const char *user_agent, struct err *err) MUST_USE;
/* auth_lookup.get over a store: give the struct store as ctx, so that auth can be made before the api. */
int api_lookup(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out) MUST_USE;

void api_set_kubelet_tls(struct api *a, SSL_CTX *tls); /* after a rotation; takes no reference */
/* How the server shows itself to aggregated API servers (auth_pki_front_proxy()); copied. At start, and after a rotation. */
int api_set_front_proxy(struct api *a, const struct tls_pair *pair) MUST_USE;
/* The server is about to stop: readyz answers 500, watches are ended in small batches so that clients come back calmly. */
void api_drain(struct api *a);

#endif
