/* pod: what is known here of the pods on this machine, and what follows from it.
 *
 * The facts: a worker for each pod, a container for each of its containers, and
 * the host they live on. They are plain structs, changed by the rooms above
 * (life: the state machine; node: the machine they live on). What follows: a
 * container's options (bundle, environment, security), its resources, what the
 * downward API tells, the ConfigMaps, Secrets and tokens it needs, its Events and
 * its copy on disk. Nothing here decides what happens next: it pokes the worker.
 *
 * One loop, one thread. */
#ifndef CORACLE_POD_H
#define CORACLE_POD_H

#include "client/client.h"
#include "image/image.h"
#include "log/log.h"
#include "loop/loop.h"
#include "net/net.h"
#include "os/os.h"
#include "plan/plan.h"
#include "object/object.h"
#include "podlog/podlog.h"
#include "pressure/pressure.h"
#include "probe/probe.h"
#include "runtime/runtime.h"
#include "volume/volume.h"

#define POD_SOURCES_MAX    256 /* ConfigMaps and Secrets one pod may need */
#define POD_BYTES          (16u << 20)
#define POD_CONTAINERS_MAX 128
#define POD_VOLUMES_MAX    256

struct worker;
struct container;
struct hook;

/* ── a ConfigMap or Secret that pods here need: watched one by one, as the Node authorizer allows ── */
struct source {
    struct pod_host *host;
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
    unsigned attempt;               /* restart count */
    char reason[40], message[1024]; /* of waiting */
    char id[80], image_id[256];
    struct image_pull *pull;
    int64_t pull_wait_ms, pull_at;  /* back-off of pulls, loop time */
    int64_t wait_ms, start_at;      /* back-off of restarts, loop time */
    struct container_end end, last; /* end: of the present attempt; last: of the one before */
    int64_t started_at;             /* wall seconds */
    struct probe_set *probes;
    bool started, ready;
    bool stop_asked;    /* preStop has begun or the signal was sent */
    bool restart_asked; /* a probe failed: it is to come back */
    struct hook *hook;  /* postStart or preStop under way; life's */
    bool post_start_due, post_start_done;
    int64_t stop_deadline; /* loop time at which SIGKILL comes; 0: not stopping */
    struct list followers; /* log replies that end with it; node's */
    struct {
        bool known;
        uint32_t uid, gid, groups[32];
        size_t n_groups;
    } user;           /* its first process began as */
    bool image_event; /* "already present" was told */
    bool resized;     /* ended so that it starts again with other resources */
};

enum worker_state { WORKER_SETTING_UP, WORKER_RUNNING, WORKER_ENDING, WORKER_TEARING_DOWN, WORKER_FINISHED };

struct worker {
    struct pod_host *host;
    char uid[64], ns[64], name[254];
    struct arena *mem; /* of `pod` */
    struct value pod;  /* the newest spec and metadata */
    int64_t revision;
    struct value desired; /* resources the API asks for beyond what is promised, by container; `pod` has the promised ones. In `mem` */
    struct {
        bool judged;
        char reason[16], message[512]; /* of PodResizePending; "": none */
        char error[512];               /* why the cgroups could not be written */
        int64_t generation, pending_generation, since, retry_at;
    } resize; /* life/resize.c */
    enum worker_state state;
    bool deleting;  /* the API has a deletionTimestamp, or the pod is gone from it */
    bool forgotten; /* gone from the API: nothing is written any more */
    bool failed;    /* ended by us: evicted or refused; `failure` says why */
    char failure_reason[64], failure[512];
    bool recalled;         /* had ended before this agent knew it: what the API tells of it is all there is */
    bool adopting;         /* the sandbox was found at start */
    bool admitted;         /* may run here; see pod_admit() */
    bool disrupted;        /* ended by the machine's doing: condition DisruptionTarget */
    int64_t grace_at_most; /* seconds; < 0: what the pod says */
    int64_t disk_used;     /* bytes, as last measured: what it wrote, its logs, its emptyDirs */

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
        bool mapped; /* an image's: its owners are mapped already */
    } volumes[POD_VOLUMES_MAX];
    size_t n_volumes;
    bool volumes_ready, volumes_stale, volumes_touched;
    struct image_pull *volume_pull; /* of an image volume, one at a time */
    int64_t volume_pull_at;
    size_t volume_pulling;                       /* which one of spec.volumes that is for */
    uint8_t volumes_pulled[POD_VOLUMES_MAX / 8]; /* of those with policy Always: pulled since the pod came here */

    struct container *containers[POD_CONTAINERS_MAX];
    size_t n_containers;
    struct source *sources[POD_SOURCES_MAX];
    size_t n_sources;
    struct list tokens, certificates, claims;

    struct loop_task sync;
    struct loop_timer wake;
    unsigned keeping;  /* files of it on their way to the disk: checkpoint.c's */
    unsigned promises; /* that were placed: checkpoint.c's */
    bool teardown_busy;
    struct teardown *teardown; /* files, on a thread; life's */
    bool in_sync;

    struct value status; /* last sent, in status_mem */
    struct arena *status_mem;
    int64_t status_due; /* loop time at which news of a starting pod are sent; 0: none wait */
    bool status_busy, status_dirty, delete_busy, deleted;
    int64_t started_at; /* status.startTime */
};

/* The machine, as far as pods need to know it. Texts are borrowed from whoever made it. */
struct pod_host {
    struct loop *loop;
    struct client *client;
    struct runtime *runtime;
    struct image_store *images;
    struct net *net;
    struct plan_state *plan;
    const char *name, *data, *logs, *domain, *resolv_conf;
    const char *const *addresses; /* the first one is hostIP */
    const char *const *dns_addresses;
    struct client_cache *pods, *services;
    struct map workers;                /* uid → worker */
    struct map sources;                /* key → source */
    struct certificates *certificates; /* requests of this node, once a pod needs any: certificates.c's */
    struct pod_trust *trust;           /* NULL until a pod asks for a trust bundle: trust.c's */
    int64_t memory_bytes;
    int cpus;
    unsigned pods_max;                                             /* 0: no bound */
    int64_t allocatable_cpu, allocatable_memory, allocatable_disk; /* thousandths of a core, bytes; 0: not known yet */
    bool pressure[PRESSURE_CONDITIONS];
    const char *const *unsafe_sysctls; /* allowed all the same; "net.ipv4.*" too */
    bool clearing;
    void (*cleared)(void *ctx);
    void *cleared_ctx;
    unsigned events_sent;                   /* for names */
    struct keeper *keeper;                  /* writes files: checkpoint.c's */
    void (*advance)(void *worker);          /* what a poke runs: life_worker_advance */
    void (*log_ended)(struct container *c); /* those who follow its log are told that nothing more comes */
};

/* ── facts.c: looking things up, and asking for a look ── */
struct worker *pod_worker_find(struct pod_host *h, struct str uid);
struct worker *pod_worker_by_name(struct pod_host *h, struct str ns, struct str name);
struct container *pod_worker_container(struct worker *w, struct str name);
const struct value *pod_worker_spec(const struct worker *w);
const char *pod_worker_folder(const struct worker *w, char out[OS_PATH_MAX]);
void pod_worker_poke(struct worker *w); /* look again, soon */
void pod_worker_poke_after(struct worker *w, int64_t ms);
void pod_container_log_path(const struct container *c, unsigned attempt, char out[OS_PATH_MAX]);

/* ── bundle.c, environment.c, security.c: a container's options ── */
struct bundle {
    struct arena *mem;
    struct runtime_container_options options;
};
int pod_bundle_make(struct bundle *b, struct container *c, struct image *image, const char *rootfs, struct err *err) MUST_USE;
int pod_environment_make(struct arena *a, struct container *c, const struct value *image_config, const char *const **out, struct err *err) MUST_USE;
int pod_environment_expand(struct arena *a, const char *const *env, struct str text, struct str *out) MUST_USE; /* $(NAME) */
int pod_security_make(struct arena *a, struct container *c, const struct value *image_config, const char *rootfs, struct runtime_container_options *o,
                      struct err *err) MUST_USE;
enum runtime_qos pod_resources_qos(const struct value *pod);
void pod_resources_of_container(struct arena *a, const struct value *container, struct runtime_resources *out);
void pod_resources_of_pod(const struct value *pod, struct runtime_resources *out);
int64_t pod_resources_oom_score(const struct pod_host *n, const struct value *pod, const struct value *container);
bool pod_resources_host_flag(const struct worker *w, const char *name); /* spec.hostNetwork, … */

struct quantity pod_resources_request(const struct value *pod, const char *resource); /* of the whole pod, its overhead included */

/* ── admission.c ── */
struct pod_refusal {
    char reason[64], message[512];
};
enum { POD_REFUSED = 1 };
int pod_admit(const struct worker *w, struct pod_refusal *out) MUST_USE;
int pod_admit_room(const struct worker *w, const struct value *pod,
                   struct pod_refusal *out) MUST_USE; /* is there room for `pod` in the place of w's? */
bool pod_is_critical(const struct value *pod);        /* never evicted for want of room */

/* ── downward.c ── */
int pod_downward_field(struct worker *w, struct str path, struct buf *out, struct err *err) MUST_USE;
int pod_downward_resource(struct worker *w, const struct value *ref, const struct value *container, struct buf *out, struct err *err) MUST_USE;

/* ── certificates.c: podCertificate projections ── */
int pod_certificate_get(struct worker *w, const struct value *source, struct buf *key,
                        struct buf *chain) MUST_USE; /* -EAGAIN: not yet; -EACCES: refused */
bool pod_certificates_due(struct worker *w);         /* one wants to be renewed now; else the worker is poked in time */
void pod_certificates_drop(struct worker *w);
void pod_certificates_close(struct pod_host *h); /* after the last worker */

/* ── trust.c: clusterTrustBundle projections ── */
int pod_trust_bundle(struct worker *w, const struct value *source, struct buf *out); /* 0, VOLUME_ABSENT, -EAGAIN */
void pod_trust_done(struct pod_host *h);

/* ── sources.c ── */
struct source *pod_source_get(struct worker *w, const char *resource, struct str name); /* NULL: no memory or too many */
void pod_sources_drop(struct worker *w);
/* Asks for all that the pod names, so that it comes while other things are made ready. */
void pod_sources_ask(struct worker *w);
int pod_sources_look(struct worker *w, const char *resource, struct str name, const struct value **out); /* 0, VOLUME_ABSENT, -EAGAIN */
int pod_token_get(struct worker *w, struct str audience, int64_t seconds, struct buf *out);              /* 0, -EAGAIN, other errors */
/* Is one to be asked for (again)? Then pod_token_get() does it; else a poke comes when one is. */
bool pod_tokens_due(struct worker *w);
void pod_tokens_drop(struct worker *w);

/* ── claimed.c: PersistentVolumes behind claims, asked for when the pod is set up ── */
int pod_claim_get(struct worker *w, struct str claim, const struct value **volume, struct err *err) MUST_USE; /* -EAGAIN: not yet; a poke follows */
void pod_claims_drop(struct worker *w);

/* ── checkpoint.c: pods on disk ──
 * A new file, the pod's or that of a ConfigMap or Secret it needs, is there when the call returns, so that an agent killed a
 * moment later finds it again. Outliving a power cut takes fsync, which may take as long as the disk likes: a pool thread does
 * it a quarter of a second later, one file at a time, and a newer text takes the place of one that still waits. Newer texts of a
 * file that is there need not be there at once: the API tells of them again. What this node has decided itself nobody knows
 * but the checkpoint, so it is promised there before it is done or told: it is there when the call returns, and its sync
 * begins. < 0: it could not be, and nothing has changed. */
void pod_checkpoint_write(struct worker *w);
int pod_checkpoint_promise(struct worker *w, const struct value *pod, struct err *err) MUST_USE; /* `pod`: w->pod as it is to be */
void pod_checkpoint_forget(struct worker *w);                                                    /* it has ended and is not to be started again */
void pod_checkpoint_write_source(struct worker *w, const struct source *s);                      /* one that is gone has none any more */
/* Before the pod's folder is taken away: nothing more of it is begun. False: a file is being written, a poke follows. */
bool pod_checkpoint_settled(struct worker *w);
void pod_checkpoint_leave(struct worker *w);   /* the worker is about to be freed: what waits is written all the same */
void pod_checkpoint_close(struct pod_host *h); /* so is the host */
int pod_checkpoint_read_source(struct worker *w, struct source *s);
/* Each pod found is handed on (life_worker_take). */
void pod_checkpoint_read_all(struct pod_host *h, int (*take)(struct pod_host *h, const struct value *pod, int64_t revision, struct worker **out));

/* ── events.c ── */
void pod_event_send(struct worker *w, const struct container *c, bool warning, const char *reason, const char *fmt, ...) PRINTF(5, 6);

#endif
