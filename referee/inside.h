/* What the files of this room share; not a door. */
#ifndef CORACLE_REFEREE_INSIDE_H
#define CORACLE_REFEREE_INSIDE_H

#include "cel/cel.h"
#include "http/http.h"
#include "referee/referee.h"
#include "tls/tls.h"

#define ENTRIES_MAX   8192 /* answers a hook */
#define ASKING_MAX    1000 /* questions under way */
#define ANSWER_MAX    ((size_t)128 << 10)
#define QUESTION_KEPT ((size_t)10000) /* bytes; answers to longer ones are not kept, as upstream */
#define ENTRY_MEMORY  ((size_t)2 << 20)
#define KEPT_MAX      ((size_t)64 << 20) /* bytes of all answers of a hook */
#define TRIES         3
#define RETRY_MS      500

/* ── a hook: where it is, who we are to it ── */
struct hook {
    struct loop *loop;
    struct http_client *client;
    SSL_CTX *tls;
    char *path, *bearer, *url; /* bearer NULL: none; url for errors */
    int64_t timeout_ms;
};
int referee_hook_open(struct hook *h, struct loop *loop, const char *kubeconfig, int64_t timeout_ms, struct err *err) MUST_USE;
void referee_hook_close(struct hook *h);

/* ── a desk: questions to one hook, and its answers ── */
struct entry {
    struct list link; /* in the desk's order of use */
    unsigned char key[32];
    struct list waiting; /* struct auth_wait */
    struct desk *desk;
    struct arena *mem;
    struct str body; /* the question */
    struct http_call *call;
    struct loop_timer again;
    unsigned tries;
    int64_t started, until; /* monotonic ms; until: what is known counts so long, and for who began to ask before `started` */
    size_t bytes;           /* once it is answered */
    bool asking;
    int r;               /* < 0: error says why */
    struct value review; /* what came back */
    char error[ERR_TEXT_MAX];
};
struct desk {
    struct hook hook;
    struct map entries;
    struct list used; /* the longest unused first */
    size_t asking, bytes;
    const char *kind;                                 /* TokenReview … */
    int64_t (*ttl)(void *ctx, const struct entry *e); /* ms; <= 0: only for those who wait */
    void *ctx;
};
void desk_init(struct desk *d);
void desk_close(struct desk *d, struct list *waiting); /* who waits is handed over */
/* 0: *out is known; AUTH_WAITS; AUTH_ABSENT: it is not known, and who asks cannot wait or too many do; -ENOMEM. */
int desk_ask(struct desk *d, struct str question, struct auth_wait *wait, struct entry **out) MUST_USE;

/* ── one webhook authorizer ── */
struct condition {
    struct cel_program *program;
    struct str text;
};
struct access {
    struct desk desk;
    char *name;
    const char *version; /* of SubjectAccessReview */
    int64_t authorized_ms, unauthorized_ms;
    bool deny_on_error; /* failurePolicy Deny */
    struct arena *mem;  /* conditions */
    struct cel_env *env;
    struct condition *conditions;
    size_t n_conditions;
};
struct access *access_free(struct access *w, struct list *waiting);
enum auth_decision access_decide(void *access, const struct auth_ask *ask, char reason[AUTH_REASON_MAX]);
int64_t access_ttl(void *access, const struct entry *e);
int access_conditions(struct access *w, const struct value *list, const char *path, struct err *err) MUST_USE;

struct court { /* a configuration */
    struct auth_judge judges[AUTH_JUDGES_MAX];
    struct access *webhooks[AUTH_JUDGES_MAX];
    size_t n, n_webhooks;
};
struct referee {
    struct loop *loop;
    struct court *now;
};
struct court *court_free(struct court *c, struct list *waiting);
int court_read(struct court **out, struct loop *loop, struct str text, struct err *err) MUST_USE;

#endif
