/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_API_INSIDE_H
#define CORACLE_API_INSIDE_H

#include "aggregate/aggregate.h"
#include "api/api.h"
#include "apireq/apireq.h"
#include "auth/auth.h"
#include "client/client.h"
#include "fair/fair.h"
#include "form/form.h"
#include "openapi/openapi.h"
#include "os/os.h"
#include "registry/registry.h"

/* ── who uses how much: one row a user name ── */
struct person {
    struct str name;
    unsigned requests, watches;
    unsigned holders; /* connections, watches and requests that point here; freed at 0 */
    bool trusted;     /* system:masters, system:nodes: no ceiling of its own */
};

/* What a connection has proved: kept in its slot. */
struct identity {
    struct arena *arena;
    struct auth_user user;
    struct str authorization; /* the header it came with; "" : the certificate alone */
    int64_t until;            /* monotonic ms: then it is asked again */
};

/* A document made on demand and dropped when nobody has asked for a while. */
struct document {
    struct list link;
    struct str key; /* "v3/apis/apps/v1", "v2", "discovery/…" */
    char *bytes;
    size_t n;
    char etag[72];
    const char *content_type;
    unsigned refs; /* the cache's own and replies under way */
    int64_t used;  /* monotonic ms */
};

struct api {
    struct loop *loop;
    struct store *store;
    struct auth *auth;
    struct audit *audit;
    struct registry *registry;
    struct aggregate *aggregate; /* group-versions that other API servers answer for */
    struct api_limits limits;
    SSL_CTX *kubelet_tls;
    char *advertise_address, *external_url;
    int advertise_port;
    struct api_check *checks;
    size_t n_checks;
    const struct api_check *components; /* the caller's */
    size_t n_components;
    const struct api_view *views; /* the caller's */
    size_t n_views;
    struct openapi_set set;
    struct openapi_view told_views[8];
    struct map people;
    unsigned requests, watches;
    unsigned crowd; /* the most requests at once, since there were few */
    struct loop_timer crowd_timer;
    unsigned waiting;      /* calls that wait for somebody outside */
    struct list calls;     /* struct call */
    struct list relays;    /* under way to somebody else: relay_end_all() */
    struct list watchings; /* struct watching */
    struct os_slab watching_slab;
    struct list transports; /* in-process callers */
    struct list documents;
    struct loop_timer sweep; /* of documents */
    struct form_frames *frames;
    bool ready, draining, freeing;
    struct auth_user anybody; /* without auth (tests) */
    /* turns */
    struct fair *fair;
    struct loop_task turn, fair_change;
    struct loop_timer fair_sweep;
    struct store_watch *fair_watches[2];
    bool fair_stale, turning, asked;
    unsigned sweeps;
    struct call *current;    /* whose first turn this is; NULL: nobody's */
    int64_t until;           /* ns: then the turn under way should end */
    size_t sent;             /* bytes handed to http in it */
    struct arena *spare[32]; /* of calls that have ended: the next ones need no memory of their own */
    unsigned n_spare;
    struct buf text; /* a reply short enough for http to copy is printed here */
};

/* ── one HTTP request ── */
struct call {
    struct list link;
    struct api *api;
    struct http_req *q; /* NULL: the peer has gone */
    struct arena *a;
    struct auth_user user;
    struct person *person;
    struct apireq_route route;
    struct apireq_options options;
    struct apireq_accept accept;
    const struct schema_resource *res;
    const struct schema_subresource *sub;
    struct str user_agent;
    const char *warning; /* goes with every answer; NULL: none */
    char audit[40];
    bool busy; /* registry works on it: freed when that has ended */
    bool counted;
    bool head; /* HEAD: no body */
    int64_t started;
    int code;
    void (*gone)(void *ctx); /* the peer went while something else held the call */
    void *gone_ctx;
    struct relay *relay; /* carries it to somebody else, and the answer back */
    struct loop_timer deadline;
    struct audited *audited;        /* NULL: nobody wants to know */
    const struct auth_user *real;   /* who impersonates; NULL: nobody does */
    struct fair_ticket *ticket;     /* NULL: of a long one, or handed on to its watch */
    struct registry_reply *reply;   /* waits for its turn; its object is referenced */
    struct auth_wait wait;          /* somebody outside is asked who this is, or what he may do … */
    void (*resume)(struct call *c); /* … and then it goes on here */
};
/* Until c->wait is told; when the peer goes, the call is over. */
void call_wait(struct call *c, void (*resume)(struct call *c));
int call_authorize(struct call *c, const struct apireq_options *o, struct apireq_status *st) MUST_USE; /* as registry_authorize() */
void api_end_if_over(struct api *a);                                                                   /* frees what api_free() had to leave */
void call_free(struct call *c);
void call_finish(struct call *c); /* answered: frees it unless registry still works on it */
/* The call's http_req now belongs to a stream of its own (watch, relay): it is told of `gone`, the call is over. */
struct http_req *call_release(struct call *c);

/* ── audit ── */
void auditing_begin(struct call *c, const struct auth_user *real);
void auditing_request(struct call *c, struct str body, enum object_format format);
void auditing_note(struct call *c, struct str key, struct str value);
void auditing_decided(struct call *c, bool allowed, const char *reason);
bool auditing_wants_response(const struct call *c); /* the event is to have a responseObject */
void auditing_object(struct call *c, struct object *o); /* what the answer is: o, tree and st outlive the call */
void auditing_tree(struct call *c, const struct value *tree);
void auditing_status(struct call *c, const struct apireq_status *st);
void auditing_started(struct call *c);
void auditing_end(struct call *c);
struct audited_watch;
struct audited_watch *auditing_hand_over(struct call *c); /* a watch outlives its call; NULL: it is not audited */
void auditing_watch_end(struct audited_watch *w);

/* ── turns ── */
int turns_start(struct api *a, unsigned seats) MUST_USE;
void turns_stop(struct api *a); /* the store is about to go */
void turns_end(struct api *a);  /* nobody has a ticket any more */
void turns_wanted(struct api *a);
bool turn_over(struct api *a); /* what runs has had its slice */
void turn_again(struct api *a, struct fair_ticket *t, void (*run)(void *ctx), void *ctx);
void call_enter(struct call *c); /* call_begin() follows, now or later */
void call_begin(struct call *c);
void call_again(struct call *c, void (*run)(void *ctx), void *ctx); /* the call's next turn */
bool turns_path(struct call *c);                                    /* /debug/api_priority_and_fairness/ */

/* ── replies (each answers and finishes the call) ── */
#define CALL_HEADERS_MAX 48
struct call_headers {
    struct http_header at[CALL_HEADERS_MAX];
    size_t n;
};
void call_headers(struct call *c, const char *content_type, struct call_headers *h);
void call_header(struct call_headers *h, const char *name, struct str value);
void call_warning(struct call *c, struct call_headers *h, struct str text);
void call_status(struct call *c, const struct apireq_status *st);
void call_bytes(struct call *c, int code, struct call_headers *h, struct buf *body); /* takes the buffer's bytes */
void call_text(struct call *c, int code, const char *text);
void call_document(struct call *c, struct document *d);
void call_tree(struct call *c, int code, const struct schema_kind *kind, const struct value *tree, const struct registry_reply *r);
void call_object(struct call *c, int code, struct object *o, const struct registry_reply *r);
void call_memory(struct call *c);

struct form call_form(const struct call *c);

/* ── verbs ── */
void call_route(struct call *c); /* a resource request, authenticated */
void call_list(struct call *c);
void call_list_found(struct call *c, struct query_list *found); /* takes its snapshot */
void call_watch(struct call *c);
void call_path(struct call *c);       /* everything that is no resource */
void call_components(struct call *c); /* componentstatuses: made when asked for, stored nowhere */
bool call_is_of_components(const struct call *c);
const struct api_view *call_view_of(const struct call *c); /* NULL: it is none */
void call_view(struct call *c);
void call_relay(struct call *c); /* log, exec, attach, portforward, proxy */
bool call_relays(const struct call *c);
const struct aggregate_service *call_aggregated_by(const struct call *c); /* NULL: it is served here */
void call_aggregated(struct call *c, const struct aggregate_service *s);

/* ── watches ── */
void watching_init(struct api *a);
void watching_end_all(struct api *a);
void watching_drain(struct api *a);

/* ── people ── */
struct person *person_get(struct api *a, const struct auth_user *u); /* +1 holder; NULL: no memory */
void person_put(struct api *a, struct person *p);

/* ── documents ── */
struct document *document_get(struct api *a, struct str key);                                               /* +1 ref or NULL */
struct document *document_keep(struct api *a, struct str key, struct buf *bytes, const char *content_type); /* takes the bytes; +1 ref */
void document_put(struct document *d);
void documents_drop(struct api *a);

void transports_end(struct api *a);

#endif
