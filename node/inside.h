/* What node's files share; no other room sees it. */
#ifndef CORACLE_NODE_INSIDE_H
#define CORACLE_NODE_INSIDE_H

#include "log/log.h"
#include "node/node.h"
#include "os/os.h"
#include "podlog/podlog.h"
#include "probe/probe.h"
#include "volume/volume.h"

#define NODE_SOURCES_MAX 256  /* ConfigMaps and Secrets one pod may need */
#define NODE_POD_BYTES (16u << 20)
#define NODE_CONTAINERS_MAX 128
#define NODE_VOLUMES_MAX 256

struct worker;
struct container;
struct hook;

/* ── a ConfigMap or Secret that pods here need: watched one by one, as the Node authorizer allows ── */
struct source {
    struct node *node;
    struct str key; /* "secrets/ns/name", owned */
    const struct schema_resource *resource;
    struct str ns, name; /* parts of key */
    unsigned refs;
    struct client_cache *cache;
    struct client_listener listener;
    struct arena *mem;
    struct value tree; /* NULL-typed: absent or not yet known */
    bool known;        /* the server, or the disk when it cannot be reached, has told */
};

/* ── a ServiceAccount token of a pod ── */
struct token {
    struct list link;
    struct worker *worker;
    char *audience;
    int64_t seconds; /* asked for */
    char *text;
    int64_t renew_at, expires_at; /* wall seconds */
    bool asked;
    char failure[256];
};

enum container_kind { CONTAINER_INIT, CONTAINER_SIDECAR, CONTAINER_APP, CONTAINER_EPHEMERAL };
enum container_state { CONTAINER_WAITING, CONTAINER_PULLING, CONTAINER_STARTING, CONTAINER_RUNNING, CONTAINER_STOPPING, CONTAINER_EXITED };

struct container_end {
    bool set;
    int code, signal;
    char reason[32], message[4200], id[80];
    int64_t started, finished; /* seconds since 1970; 0 not known */
};

struct container {
    struct worker *worker;
    char name[64];
    enum container_kind kind;
    enum container_state state;
    const struct value *spec; /* into the worker's tree */
    struct runtime_container *handle;
    unsigned attempt; /* restart count */
    char reason[40], message[1024]; /* of waiting */
    char id[80], image_id[256];
    struct image_pull *pull;
    int64_t pull_wait_ms, pull_at; /* back-off of pulls, loop time */
    int64_t wait_ms, start_at;     /* back-off of restarts, loop time */
    struct container_end end, last; /* end: of the present attempt; last: of the one before */
    int64_t started_at;            /* wall seconds */
    struct probe_set *probes;
    bool started, ready;
    bool stop_asked;      /* preStop has begun or the signal was sent */
    bool restart_asked;   /* a probe failed: it is to come back */
    struct hook *hook; /* postStart or preStop under way; health.c's */
    bool post_start_due, post_start_done;
    int64_t stop_deadline; /* loop time at which SIGKILL comes; 0: not stopping */
    struct list followers; /* log replies that end with it; server.c's */
    bool image_event;      /* "already present" was told */
};

enum worker_state { WORKER_SETTING_UP, WORKER_RUNNING, WORKER_ENDING, WORKER_TEARING_DOWN, WORKER_FINISHED };

struct worker {
    struct node *node;
    char uid[64], ns[64], name[254];
    struct arena *mem;   /* of `pod` */
    struct value pod;    /* the newest spec and metadata */
    int64_t revision;
    enum worker_state state;
    bool deleting;       /* the API has a deletionTimestamp, or the pod is gone from it */
    bool forgotten;      /* gone from the API: nothing is written any more */
    bool failed;         /* ended by us: evicted or refused; `failure` says why */
    char failure_reason[64], failure[512];
    bool adopting;       /* the sandbox was found at start */

    struct runtime_pod *sandbox;
    bool sandbox_busy, sandbox_ready, sandbox_lost;
    bool network_busy, network_ready;
    char ips[2][64];
    size_t n_ips;
    int64_t setup_wait_ms, setup_at; /* back-off of setting up */
    char setup_problem[512];

    struct {
        char *name, *path; /* owned: trees come and go */
        bool read_only, updates;
    } volumes[NODE_VOLUMES_MAX];
    size_t n_volumes;
    bool volumes_ready, volumes_stale, volumes_touched;
    struct image_pull *volume_pull; /* of an image volume, one at a time */
    int64_t volume_pull_at;

    struct container *containers[NODE_CONTAINERS_MAX];
    size_t n_containers;
    struct source *sources[NODE_SOURCES_MAX];
    size_t n_sources;
    struct list tokens;

    struct loop_task sync;
    struct loop_timer wake;
    bool teardown_busy;
    struct teardown *teardown; /* files, on a thread; setup.c's */
    bool in_sync;

    struct value status;      /* last sent, in status_mem */
    struct arena *status_mem;
    bool status_busy, status_dirty, delete_busy, deleted;
    int64_t started_at;       /* status.startTime */
};

struct node {
    struct node_options o;
    struct arena *mem; /* the options' texts */
    struct loop *loop;
    struct client *client;
    struct runtime *runtime;
    struct net *net;
    struct plan_state *plan;
    struct client_cache *pods, *services, *slices, *self;
    struct client_listener pods_listener, services_listener, slices_listener, self_listener;
    struct map workers; /* uid → worker */
    struct map sources; /* key → source */
    struct http_server *server;
    struct loop_timer lease_timer, status_timer, care_timer;
    bool registered, lease_exists, status_busy;
    int64_t ready_at_ms;
    int64_t memory_bytes;
    int cpus;
    char machine_id[37], boot_id[37];
    struct list sessions; /* of the HTTPS server */
    void (*cleared)(void *ctx);
    void *cleared_ctx;
    bool clearing;
    unsigned events_sent; /* for names */
};

/* ── worker.c: the state machine ── */
struct worker *node_worker_find(struct node *n, struct str uid);
struct worker *node_worker_by_name(struct node *n, struct str ns, struct str name);
int node_worker_take(struct node *n, const struct value *pod, int64_t revision, struct worker **out) MUST_USE; /* new or newer pod */
void node_worker_gone(struct worker *w); /* no longer in the API */
void node_worker_poke(struct worker *w); /* look again, soon */
void node_worker_poke_after(struct worker *w, int64_t ms);
void node_worker_free(struct worker *w); /* gives up what it holds; containers go on */
struct container *node_worker_container(struct worker *w, struct str name);
const struct value *node_worker_spec(const struct worker *w);
void node_worker_end_early(struct worker *w, const char *reason, const char *message); /* eviction: Failed */
int64_t node_worker_grace(const struct worker *w); /* seconds */

/* ── setup.c: volumes, sandbox, network and back ── */
bool node_setup_done(struct worker *w); /* starts the next step; true when all is there */
bool node_setup_undone(struct worker *w); /* the same in reverse */
void node_setup_adopt(struct worker *w, struct runtime_pod *p);
const char *node_setup_folder(const struct worker *w, char out[OS_PATH_MAX]);
void node_setup_forget_volumes(struct worker *w);
void node_setup_abandon(struct worker *w); /* the worker is about to be freed */
int node_setup_refresh_volumes(struct worker *w, struct err *err) MUST_USE;

/* ── container.c ── */
struct container *node_container_new(struct worker *w, const struct value *spec, enum container_kind kind);
void node_container_free(struct container *c);
void node_container_advance(struct container *c);                 /* start it, or the next step towards that */
void node_container_end(struct container *c, int64_t grace_ms);   /* stop it: preStop, signal, kill */
void node_container_recall(struct container *c);
void node_container_adopt(struct container *c, struct runtime_container *h);
bool node_container_over(const struct container *c);              /* exited and not to come back */
bool node_container_succeeded(const struct container *c);
bool node_container_restarts(const struct container *c);          /* by its policy, after its last end */
void node_container_wait(struct container *c, const char *reason, const char *fmt, ...) PRINTF(3, 4);
void node_container_started(struct container *c);
void node_container_log_path(const struct container *c, unsigned attempt, char out[OS_PATH_MAX]);
int node_container_root_name(const struct container *c, unsigned attempt, char out[256]);

/* ── pulling.c ── */
bool node_pulling_done(struct container *c, struct image **out); /* the image is here; else starts or awaits the pull */

/* The same for an image volume: true when it is here; else starts or awaits its pull. */
bool node_pulling_for_volume(struct worker *w, struct str reference);

/* ── bundle.c, environment.c, security.c: a container's options ── */
struct bundle {
    struct arena *mem;
    struct runtime_container_options options;
};
int node_bundle_make(struct bundle *b, struct container *c, struct image *image, const char *rootfs, struct err *err) MUST_USE;
int node_environment_make(struct arena *a, struct container *c, const struct value *image_config, const char *const **out, struct err *err) MUST_USE;
int node_environment_expand(struct arena *a, const char *const *env, struct str text, struct str *out) MUST_USE; /* $(NAME) */
int node_security_make(struct arena *a, struct container *c, const struct value *image_config, const char *rootfs,
                  struct runtime_container_options *o, struct err *err) MUST_USE;
enum runtime_qos node_resources_qos(const struct value *pod);
void node_resources_of_container(struct arena *a, const struct value *container, struct runtime_resources *out);
void node_resources_of_pod(const struct value *pod, struct runtime_resources *out);
int64_t node_resources_oom_score(const struct node *n, const struct value *pod, const struct value *container);
bool node_resources_host_flag(const struct worker *w, const char *name); /* spec.hostNetwork, … */

/* ── downward.c ── */
int node_downward_field(struct worker *w, struct str path, struct buf *out, struct err *err) MUST_USE;
int node_downward_resource(struct worker *w, const struct value *ref, const struct value *container, struct buf *out, struct err *err) MUST_USE;

/* ── health.c: probes and hooks ── */
void node_health_start(struct container *c, int64_t ms_ago, bool started, bool ready);
void node_health_stop(struct container *c);
/* Runs a lifecycle hook; done is told on the loop (r < 0 with why). False: there is no such hook. */
bool node_health_hook(struct container *c, const char *hook, int64_t timeout_ms, void (*done)(struct container *c, int r, const char *why));
void node_health_hook_cancel(struct container *c);
int node_health_port(const struct value *port, const struct value *container); /* number, or named in ports; -1 */

/* ── sources.c ── */
struct source *node_source_get(struct worker *w, const char *resource, struct str name); /* NULL: no memory or too many */
void node_sources_drop(struct worker *w);
int node_sources_look(struct worker *w, const char *resource, struct str name, const struct value **out); /* 0, VOLUME_ABSENT, -EAGAIN */
int node_token_get(struct worker *w, struct str audience, int64_t seconds, struct buf *out); /* 0, -EAGAIN, other errors */
void node_tokens_drop(struct worker *w);

/* ── status.c ── */
void node_status_changed(struct worker *w);
const char *node_status_phase(const struct worker *w);

/* ── registration.c ── */
int node_registration_start(struct node *n, struct err *err) MUST_USE;
void node_registration_stop(struct node *n);

/* ── checkpoint.c: pods on disk ── */
void node_checkpoint_write(struct worker *w);
void node_checkpoint_write_source(struct worker *w, const struct source *s);
int node_checkpoint_read_source(struct worker *w, struct source *s);
void node_checkpoint_read_all(struct node *n);

/* ── events.c ── */
void node_event_send(struct worker *w, const struct container *c, bool warning, const char *reason, const char *fmt, ...) PRINTF(5, 6);

/* ── server.c, streams.c, forward.c ── */
struct session { /* an open stream: the head of each file's own struct */
    struct list link; /* in node->sessions */
    void (*stop)(struct session *s);
};
int node_server_start(struct node *n, struct err *err) MUST_USE;
void node_server_stop(struct node *n);
void node_server_log_ended(struct container *c); /* what follows its log is told that nothing more comes */
struct http_req;
void node_streams_exec(struct node *n, struct http_req *q, struct container *c, bool attach);
void node_streams_forward(struct node *n, struct http_req *q, struct worker *w);
void node_streams_stop(struct node *n);

#endif
