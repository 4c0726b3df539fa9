/* What scheduler's files share; no other room sees it. */
#ifndef CORACLE_SCHEDULER_INSIDE_H
#define CORACLE_SCHEDULER_INSIDE_H

#include "cycle/cycle.h"
#include "dynamic/dynamic.h"
#include "scheduler/scheduler.h"

#define CACHES 16 /* the last two are of groups, and only there when the API serves them */

struct feed { /* one cache and what its objects are to the engine */
    struct scheduler *scheduler;
    enum sched_kind kind;
    struct client_cache *cache;
    struct client_listener listener;
};

struct device_feed { /* the same, of what devices are made of */
    struct scheduler *scheduler;
    enum dynamic_kind kind;
    struct client_cache *cache;
    struct client_listener listener;
};
#define DEVICES_PLUGIN 0 /* DynamicResources is the first of the plugins */

struct scheduler {
    struct client *client;
    struct scheduler_options options;
    struct sched *sched;
    struct cycle *cycle;
    struct feed feeds[CACHES];
    struct client_cache *pods, *groups; /* groups NULL: none are served */
    struct client_cache *profiles;      /* NULL: none are served */
    struct client_listener profiles_listener;
    struct list bindings; /* awaiting their replies */
    struct list events;   /* bindings that came about, until their Event is written: events.c */
    size_t n_events, events_came /* since the last tick */;
    struct loop_timer events_timer;
    struct dynamic *dynamic;
    struct device_feed device_feeds[4]; /* by enum dynamic_kind */
    struct list claimings;              /* pods whose claims are being written */
    size_t claims_held;                 /* of them, that wait for another's write */
    struct loop_task claims_turn;       /* one of those may go on */
    int64_t given_back;                 /* revision of the claim that was given back last */
    struct list volume_waits;           /* pods whose volumes are being bound */
    struct map decisions;               /* uid → struct decision, at most DECISIONS_MAX … */
    struct list decided;                /* … oldest first */
    struct asking *asking;              /* NULL: there are no extenders */
    struct loop_task pump;
    struct loop_timer timer;
    struct arena *scratch;
    uint64_t failed;
};

/* write.c: what an outcome means to the API. Nothing is told back: what does not come about is tried again by the next cycle. */
struct pod_name {
    struct str ns, name, uid;
};
void write_event(struct scheduler *s, const struct pod_name *p, struct str scheduler, bool warning, const char *reason, const char *action,
                 struct str message);
/* A Normal one, of what came about at that time. */
void write_event_at(struct scheduler *s, const struct pod_name *p, struct str scheduler, int64_t sec, int32_t nsec, const char *reason,
                    const char *action, struct str message);
void write_refusal(struct scheduler *s, const struct cycle_outcome *o);
void write_nomination_end(struct scheduler *s, const struct sched_pod *p);
void write_victim(struct scheduler *s, const struct sched_pod *victim, const struct cycle_outcome *o);
void write_group(struct scheduler *s, const struct cycle_group *g);
int write_binding(struct scheduler *s, const struct sched_pod *p, struct str node, void (*done)(void *ctx, const struct client_reply *r),
                  void *ctx) MUST_USE;
/* Claims of a pod that wait for their first consumer: each is told its node, or gets the promise of a volume. done NULL: what came of it is seen by
 * events. */
int write_claims(struct scheduler *s, const struct sched_pod *p, struct str node, const struct sched_binding *list, size_t n,
                 void (*done)(void *ctx, const struct client_reply *r), void *ctx) MUST_USE;
void scheduler_wake(struct scheduler *s); /* driver.c: something is ready to be decided */

/* extenders.c: `extenders` of the configuration, once the profiles are read */
int duration_read(struct str s, int64_t *ms) MUST_USE; /* as Go writes them: "5s", "1m30s", "100ms"; -EINVAL */
int extenders_read(struct scheduler_config *c, const struct value *list, struct err *err) MUST_USE;

/* asking.c: HTTP extenders */
struct extender {
    const struct scheduler_extender *o;
    struct http_client *http;
    struct ssl_ctx_st *tls;
    char *host, *server_name;
};
#define ASKING_WORDS_MAX 256 /* different reasons kept */
struct asking {
    struct scheduler *scheduler;
    struct extender *all;
    size_t n;
    unsigned rule, plugin; /* of the engine */
    unsigned serials, batches;
    struct list questions;
    struct map by_uid;
    struct map proposals; /* uid → struct proposal, in victims.c */
    char *words[ASKING_WORDS_MAX];
    size_t n_words;
};
/* hooks: for the engine, as its plugin of that number. */
int asking_new(struct asking **out, struct scheduler *s, unsigned plugin, struct sched_plugin *hooks, struct err *err) MUST_USE;
struct asking *asking_free(struct asking *a); /* before the engine; NULL is fine */
/* A pod was placed: true: extenders are asked first; it, or all that were placed with it, was withdrawn, and comes back with their answers. */
bool asking_first(struct asking *a, struct sched_pod *p);
void asking_over(struct asking *a, struct sched_pod *p); /* it was decided about: their answers are void */
void asking_forget(struct asking *a, struct str uid);    /* it is gone */
#define ASKING_NOBODY 1                                  /* no extender binds this pod */
int asking_bind(struct asking *a, const struct sched_pod *p, struct str node, void (*done)(void *ctx, bool ok, const char *error),
                void *ctx) MUST_USE;

unsigned asking_rule(const struct asking *a); /* of the engine */

/* What asking.c and victims.c share. */
#define ASKING_BODY_MAX (64u << 20)
bool asking_concerned(const struct scheduler_extender *o, const struct value *pod);
int asking_pod(struct asking *a, struct str ns, struct str name, struct value *out) MUST_USE; /* in scratch; -ENOENT */
int asking_put_object(struct object *o, struct buf *out) MUST_USE;
typedef void asking_end(void *ctx, int r, int code, struct str body, const char *error);
int asking_post(const struct extender *x, struct str verb, struct buf *body, asking_end *on_end, void *ctx, struct http_call **call) MUST_USE;
/* What came back, as a tree in *mem (made here); else why not. */
int asking_reply(struct arena **mem, int r, int code, struct str body, const char *error, struct value *out, struct err *err) MUST_USE;
const struct value *asking_member(const struct value *v, const char *name); /* as Go reads JSON: names in any case */

/* victims.c: what extenders make of the candidates of a preemption. For the queue: see cycle_options. */
int victims_asked(void *asking, struct sched_pod *pod, struct sched_preemption *p, uint32_t *rejectors) MUST_USE;
bool victims_pending(const struct asking *a, const struct sched_pod *p);
void victims_forget(struct asking *a, struct str uid);
void victims_done(struct asking *a);

/* profiles.c: SchedulingProfiles, where the API serves them */
int profiles_open(struct scheduler *s) MUST_USE;

/* decision.c */
#define DECISIONS_MAX 8192
void decisions_note(struct scheduler *s, const struct cycle_outcome *o, const char *result);
void decisions_drop(struct scheduler *s, struct str uid);
void decisions_done(struct scheduler *s);

struct pod_name name_of(const struct scheduler *s, const struct sched_pod *p);
struct str scheduler_name_of(const struct scheduler *s, const struct sched_pod *p);

/* events.c */
struct binding {
    struct list link; /* in scheduler->bindings, then in ->events */
    struct scheduler *scheduler;
    struct str ns, name, uid, node, by; /* behind the struct */
    int64_t at_s;                       /* when it came about */
    int32_t at_ns;
    char texts[];
};
void events_open(struct scheduler *s);
void events_add(struct scheduler *s, struct binding *b); /* takes it; its Event is written soon */
void events_close(struct scheduler *s);                  /* writes what waits */

/* driver.c */
int64_t scheduler_clock(const struct scheduler *s);                           /* ns; what pods are stamped with */
void scheduler_bind(struct scheduler *s, struct sched_pod *p, uint32_t node); /* all that had to be written before is written */
/* volumes.c: a pod keeps its node while its volumes are bound */
#define CLAIMS_MAX 64 /* of one pod */
int waits_begin(struct scheduler *s, struct sched_pod *p, uint32_t node, const struct sched_binding *list, size_t n) MUST_USE;
void waits_look(struct scheduler *s); /* a claim, a volume or a node changed */
void waits_pod_gone(struct scheduler *s, struct str uid);
void waits_close(struct scheduler *s);
/* devices.c */
int devices_open(struct scheduler *s) MUST_USE;
void devices_close(struct scheduler *s);
bool devices_synced(const struct scheduler *s);
void devices_settle(struct scheduler *s);
void devices_pod(struct scheduler *s, struct object *old, struct object *now); /* a pod came, changed, went; before the engine is told */
int devices_bind(struct scheduler *s, struct sched_pod *p) MUST_USE;
void devices_group(struct scheduler *s, struct object *old, const struct value *now);
void devices_refused(struct scheduler *s, const struct cycle_outcome *o);

#endif
