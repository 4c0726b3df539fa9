/* probe: is a container alive, ready, started?
 *
 * One probe is one question (exec, HTTP, TCP, gRPC) with an answer within its
 * timeout. A container's probes are a set: the startup probe runs first and
 * alone; once it has succeeded (or when there is none) liveness and readiness
 * run, each by its own period, each with its own thresholds. What a threshold
 * makes of a row of answers is pure (probe_row_add); the rest is timers and
 * sockets on the loop. Kubernetes' meaning throughout: HTTP 200…399 is success,
 * redirects are followed on the same host only, certificates are not verified,
 * a first answer may count before the threshold is reached only where kubelet
 * does so (readiness starts as not ready, liveness as alive, startup as not started).
 *
 * One loop, one thread. Callbacks never run inside the call that asked. */
#ifndef CORACLE_PROBE_H
#define CORACLE_PROBE_H

#include "base/base.h"
#include "loop/loop.h"

enum probe_kind { PROBE_EXEC, PROBE_HTTP, PROBE_TCP, PROBE_GRPC };
enum probe_role { PROBE_STARTUP, PROBE_LIVENESS, PROBE_READINESS };
enum probe_answer { PROBE_SUCCESS, PROBE_FAILURE, PROBE_ERROR /* could not be asked: told, but thrown away as kubelet does */ };

struct probe_pair {
    const char *name, *value;
};
struct probe_options { /* all texts are copied */
    enum probe_kind kind;
    const char *const *args; /* exec; NULL at the end */
    bool https;              /* HTTP */
    const char *host;        /* HTTP, TCP; NULL: the pod's address */
    int port;                /* resolved number */
    const char *path;        /* HTTP; [/] */
    const struct probe_pair *headers;
    size_t n_headers;
    const char *agent;                               /* HTTP: user-agent, a constant, where the headers name none; [kube-probe/…] */
    const char *service;                             /* gRPC; [""] */
    int64_t initial_delay_ms, timeout_ms, period_ms; /* [0, 1000, 10000] */
    int success_threshold, failure_threshold;        /* [1, 3] */
};
/* How to run a program in the container: the answer goes to done, exactly once, later. code is the exit code; output is
 * what it printed (bounded by the caller). r < 0: it could not be run; -ETIMEDOUT counts as a failure. The returned
 * handle goes to `cancel`, after which done must not be called. NULL: could not even be tried. */
struct probe_exec {
    void *(*run)(void *ctx, const char *const *args, int64_t timeout_ms, void (*done)(void *done_ctx, int r, int code, struct str output),
                 void *done_ctx);
    void (*cancel)(void *ctx, void *handle);
    void *ctx;
};

/* ── one question ── also used for httpGet and tcpSocket lifecycle hooks ── */
struct probe_call;
int probe_ask(struct probe_call **out, struct loop *l, const struct probe_options *o, const char *address, const struct probe_exec *exec,
              void (*done)(void *ctx, enum probe_answer answer, const char *message), void *ctx, struct err *err) MUST_USE;
void probe_call_cancel(struct probe_call *c); /* done is not called any more; NULL is fine */

/* ── thresholds; pure ── */
struct probe_row {
    enum probe_answer last;
    int run; /* how many times in a row */
};
enum { PROBE_ROW_GOES_ON, PROBE_ROW_SUCCESS, PROBE_ROW_FAILURE };
int probe_row_add(struct probe_row *row, const struct probe_options *o, enum probe_answer answer);

/* ── a container's set ── */
struct probe_set;
struct probe_set_events {
    void (*on_started)(void *ctx);           /* the startup probe succeeded; not called when there is none */
    void (*on_ready)(void *ctx, bool ready); /* readiness changed; begins as not ready. Without a probe: not called */
    /* startup or liveness failed its threshold: the container is to be restarted. The set is at rest from then on. */
    void (*on_dead)(void *ctx, enum probe_role role, const char *message);
    /* every failing answer, for Events: "Unhealthy", "<Role> probe failed: <message>"; ERROR: "… probe errored: …". May be NULL. */
    void (*on_failure)(void *ctx, enum probe_role role, enum probe_answer answer, const char *message);
    void *ctx;
};
struct probe_set_options {
    const struct probe_options *startup, *liveness, *readiness; /* NULL: none; copied */
    const char *address;                                        /* the pod's, or the host's with hostNetwork */
    struct probe_exec exec;
    int64_t started_ms_ago; /* the container has been running for so long (adoption): counts against initial delays */
    bool started;           /* the startup probe had succeeded before (adoption) */
    bool ready;             /* readiness before (adoption) */
};
int probe_set_new(struct probe_set **out, struct loop *l, const struct probe_set_options *o, const struct probe_set_events *e,
                  struct err *err) MUST_USE;
void probe_set_stop_health(struct probe_set *s); /* the pod is being ended: no liveness or startup any more, readiness goes on */
struct probe_set *probe_set_free(struct probe_set *s);
bool probe_set_started(const struct probe_set *s);
bool probe_set_ready(const struct probe_set *s); /* started and, with a readiness probe, its last verdict */

#endif
