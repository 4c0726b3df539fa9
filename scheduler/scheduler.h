/* scheduler: the kube-scheduler of the house — the engine's hands and feet.
 *
 * It feeds `cycle` from caches (nodes, pods, namespaces, budgets, services, workloads, volumes), runs its cycles when there is something
 * to decide, and does what comes out: bindings, conditions, events, evictions and nominations, through `client`. It owns the sockets
 * and asks the loop for the time; all judgement is in `sched` and `cycle`, which know neither. HTTP extenders are asked between two cycles of
 * a pod, so that neither the loop nor other pods wait for them, of a group's pods about all before any is bound; about victims where a pod
 * preempts, not where a group does.
 *
 * Runs on the client's loop, single threaded. What the server refuses is tried again after the pod's back-off. */
#ifndef CORACLE_SCHEDULER_H
#define CORACLE_SCHEDULER_H

#include "base/base.h"
#include "client/client.h"
#include "sched/sched.h"

/* ── KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1) ── */
struct scheduler_extender {               /* an HTTP server that is asked about nodes; verbs "": it is not asked that */
    struct str host, prefix, server_name; /* prefix: of the path, without a slash at its end */
    int port;
    bool https, insecure, names_only, ignorable;
    struct str filter, preempt, prioritize, bind;
    int64_t weight, timeout_ms;
    struct str *managed; /* resources; none: it is asked about every pod */
    size_t n_managed;
    struct str cert, key, ca, cert_file, key_file, ca_file; /* PEM; files are read when the scheduler starts */
};
struct scheduler_config {
    struct arena *mem; /* texts and trees live here */
    struct sched_profile *profiles;
    size_t n_profiles;
    int64_t backoff_first_ms, backoff_most_ms;
    struct scheduler_extender *extenders;
    size_t n_extenders;
};
/* Reads the document (YAML or JSON). Unknown fields, plugins and bad values are refused with their path, as upstream words them.
 * plugins: those beyond the in-tree ones, in their order (only their names and `args` are looked at); DynamicResources comes before them. */
int scheduler_config_parse(struct scheduler_config **out, struct str text, const struct sched_plugin *plugins, size_t n_plugins,
                           struct err *err) MUST_USE;
/* One profile, as the spec of a SchedulingProfile says it: what a profile of a KubeSchedulerConfiguration may say, without its name. Its trees are
 * spec's, its texts and the rest are in mem. */
int scheduler_profile_parse(struct sched_profile *out, struct arena *mem, struct str name, const struct value *spec,
                            const struct sched_plugin *plugins, size_t n_plugins, struct err *err) MUST_USE;
struct scheduler_config *scheduler_config_free(struct scheduler_config *c);

/* ── the scheduler ── */
struct scheduler;
struct scheduler_options {
    const struct scheduler_config *config; /* NULL: one default-scheduler with defaults; must outlive the scheduler */
    const struct sched_plugin *plugins;
    size_t n_plugins;
    /* For whoever owns the plugins; may be NULL. Told of every node and pod right after the engine: object NULL: it is gone, and `name` its name or,
     * of a pod, its uid. */
    void (*told)(void *ctx, enum sched_kind kind, const struct value *object, struct str name);
    /* What is written onto a pod as it is bound: its i-th annotation, texts good until the next call; false: it has no more. */
    bool (*annotation)(void *ctx, const struct sched_pod *pod, size_t i, struct str *key, struct str *value);
    void *plugins_ctx;
    /* The API serves PodGroup (scheduling.k8s.io/v1beta1), CompositePodGroup (v1alpha3). Without the first each pod is placed on its own. */
    bool groups, composite_groups;
    /* It serves SchedulingProfile (coracle.dev/v1alpha1): each is a profile pods choose by schedulerName, from when it is written. One that cannot be
     * read, or is named as one of the configuration's, is not in force, and its condition Accepted says why. */
    bool profiles;
    void (*log)(void *ctx, const char *line);
    void *log_ctx;
};
int scheduler_new(struct scheduler **out, struct client *c, const struct scheduler_options *o, struct err *err) MUST_USE;
/* Scheduled events wait for their turn (events.c): those that still do are sent through the client here, which outlives it. */
struct scheduler *scheduler_free(struct scheduler *s);
bool scheduler_synced(const struct scheduler *s); /* has seen every node and pod there was */
/* Plugins' own caches tell the queue through this. */
void scheduler_tell(struct scheduler *s, unsigned what, const struct value *object);
struct sched *scheduler_engine(struct scheduler *s);
#define SCHEDULER_FIRST_PLUGIN 1 /* the engine's number of the first that was brought */

/* The decision record of a pod as JSON, kind Decision of coracle.dev/v1alpha1:
 *
 *   state, waits      Queued, BackOff, Unschedulable, Gated, Binding, Placed …; and a sentence that says what it waits for
 *   last              what was decided when its turn came last: result, nodeName, score, message, attempts, time; of the first
 *                     attempt waitedMicroseconds, how long ago the scheduler had learnt of the pod. Kept of the last 8,192 pods.
 *   now               what the nodes answer at this moment, as if the pod waited: how many, how many fit, each reason with the number of nodes that
 *                     give it. `counted` false: the pod runs already and was taken out of the numbers for the answer.
 *   nodes             those that fit, best first, with their score (of the first 32 by plugin, weights included); then those that do not, each with
 * the plugin that refused it and why; nodes_max of them at most
 *
 * Every node is looked at, so it costs what a walk over the nodes costs. SCHEDULER_ABSENT: there is no such pod. */
#define SCHEDULER_ABSENT 1
int scheduler_decision(struct scheduler *s, struct str ns, struct str name, size_t nodes_max, struct buf *out, struct err *err) MUST_USE;

struct scheduler_stats {
    uint64_t placed, refused, preempted, failed; /* failed: cycles and bindings that did not come about */
    size_t waiting;
};
void scheduler_stats(const struct scheduler *s, struct scheduler_stats *out);

#endif
