/* audit: what was asked of the server, by whom, and what became of it — kept for people who must know later.
 *
 *   policy   which requests, and how much of them (audit.k8s.io/v1 Policy; the first rule that fits decides)
 *   event    one line of JSON (audit.k8s.io/v1 Event) for each stage of a request
 *   file     lines appended by a thread of its own, the file replaced by a new one when it is large
 *   hook     lines posted in batches, as an EventList, to where a kubeconfig says
 *
 * api asks audit_judge() once a request has a user, and hands in a struct audit_event at each stage. Nothing here blocks
 * the loop: what the file's thread or the hook's server cannot take yet waits in bounded memory, and what finds no room
 * there is dropped and counted. Without a policy there is no struct audit, and no cost.
 *
 * All calls come from the loop's thread. The policy is pure. Logs when a backend fails. */
#ifndef CORACLE_AUDIT_H
#define CORACLE_AUDIT_H

#include "apireq/apireq.h"
#include "auth/auth.h"
#include "base/base.h"
#include "loop/loop.h"
#include "value/value.h"

/* ── policy ── */
enum audit_level { AUDIT_NONE, AUDIT_METADATA, AUDIT_REQUEST, AUDIT_REQUEST_RESPONSE };
enum audit_stage { AUDIT_RECEIVED, AUDIT_STARTED, AUDIT_COMPLETE, AUDIT_PANIC, AUDIT_STAGES };
#define AUDIT_POLICY_MAX (1u << 20) /* bytes of a policy file */
struct audit_policy;
/* YAML or JSON. -EINVAL with the field's path and the bad value; -ENOMEM. */
int audit_policy_parse(struct audit_policy **out, struct str text, struct err *err) MUST_USE;
struct audit_policy *audit_policy_free(struct audit_policy *p);
struct audit_verdict {
    enum audit_level level;
    unsigned omits;    /* 1 << stage */
    bool omits_fields; /* metadata.managedFields of objects */
};
struct audit_verdict audit_policy_judge(const struct audit_policy *p, const struct auth_user *user, const struct apireq_route *route);

/* ── the log ── */
struct audit_options {
    struct loop *loop;
    struct audit_policy *policy; /* taken over, whatever the answer */
    /* file */
    const char *path;     /* NULL: none. "-": standard output */
    size_t max_bytes;     /* then a new file is begun, and this one named after the time [100 MiB]; never with "-" */
    unsigned max_backups; /* such files are kept [10] */
    unsigned max_days;    /* … and so long [30] */
    size_t ahead_bytes;   /* lines that wait for the thread [64 MiB] */
    /* webhook */
    const char *kubeconfig; /* NULL: none */
    size_t batch_events;    /* at most in one post [400] */
    int64_t batch_ms;       /* an event waits for others so long [30,000] */
    size_t buffer_events;   /* that wait in all [10,000] … */
    size_t buffer_bytes;    /* … and their bytes [64 MiB] */
    int64_t backoff_ms;     /* after a post has failed, doubled each time, five times [10,000] */
};
struct audit;
int audit_new(struct audit **out, const struct audit_options *o, struct err *err) MUST_USE;
/* What waits for the file is written; what waits for the hook is lost. NULL is fine. */
struct audit *audit_free(struct audit *a);
struct audit_verdict audit_judge(const struct audit *a, const struct auth_user *user, const struct apireq_route *route);

struct audit_note {
    struct str key, value;
};
struct audit_event {
    enum audit_stage stage;
    struct audit_verdict verdict;
    struct str id, uri, peer, agent; /* peer: address and port */
    const struct auth_user *user;
    const struct auth_user *as; /* impersonated; NULL: nobody */
    const struct apireq_route *route;
    struct str uid, version;                /* objectRef's, as far as known */
    struct str name;                        /* … when the route has none: of what was created */
    int64_t received_ns, now_ns;            /* wall, ns since 1970 */
    int code;                               /* 0: none yet */
    const struct apireq_status *status;     /* a refusal's; NULL: none */
    const struct value *request, *response; /* objects; NULL: none */
    const struct audit_note *notes;         /* annotations */
    size_t n_notes;
};
/* A stage that the verdict omits, or level None: nothing happens. */
void audit_tell(struct audit *a, const struct audit_event *e);
/* The line alone, without its newline. 0 or -ENOMEM. */
int audit_print(const struct audit_event *e, struct buf *out) MUST_USE;

struct audit_counts {
    int64_t events; /* told */
    int64_t file_dropped, file_failed, hook_dropped, hook_sent, hook_failed;
};
void audit_counts(const struct audit *a, struct audit_counts *out);
void audit_metrics(const struct audit *a, struct buf *out); /* apiserver_audit_*, Prometheus text */

#endif
