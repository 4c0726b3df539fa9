/* auth: who somebody is and what they may do — verdicts over loaded state.
 *
 * Authentication: a client certificate's subject or a bearer token (bound
 * ServiceAccount token, bootstrap token, static token) becomes a struct
 * auth_user. Authorization: system:masters, then the Node authorizer's graph,
 * then RBAC; the first that allows has answered.
 *
 * State comes in by auth_put()/auth_delete(): the server feeds every event of
 * the resources auth_watches() names, its own writes first of all, and a check
 * reads nothing but memory. Live objects a token is bound to are asked for
 * through struct auth_lookup. The room opens no socket, keeps no clock (every
 * question brings `now`) and logs nothing; only auth_pki_* and
 * auth_kubeconfig_write() touch files. One thread: the loop's. */
#ifndef CORACLE_AUTH_H
#define CORACLE_AUTH_H

#include "base/base.h"
#include "object/object.h"
#include "tls/tls.h"
#include "value/value.h"

/* ── users ── */
struct auth_extra {
    struct str key;
    struct str *values;
    size_t n;
};
struct auth_user { /* authentication.k8s.io UserInfo; texts live in the arena it was made in */
    struct str name, uid;
    struct str *groups;
    size_t n_groups;
    struct auth_extra *extra;
    size_t n_extra;
    int64_t expires; /* seconds: the credential is worth nothing from then on; 0: does not say */
};
int auth_user_copy(struct arena *a, const struct auth_user *from, struct auth_user *to) MUST_USE;
bool auth_user_in(const struct auth_user *u, struct str group);
/* {"username","uid","groups","extra"} as in TokenReview and SelfSubjectReview. */
int auth_user_tree(struct arena *a, const struct auth_user *u, struct value *out) MUST_USE;
/* From a SubjectAccessReview's spec (user, uid, groups, extra). Borrows from the tree. */
int auth_user_of_spec(struct arena *a, const struct value *spec, struct auth_user *out) MUST_USE;
/* "system:node:n1" in group system:nodes → n1; false: not a node. */
bool auth_user_node(const struct auth_user *u, struct str *node);

/* ── the whole ── */
#define AUTH_ABSENT 1
struct auth_lookup { /* live objects of the server; may be asked in any question below that authenticates or mints */
    /* Puts the object's tree into `a`; AUTH_ABSENT when there is none. group "" for core. */
    int (*get)(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, struct value *out);
    void *ctx;
};
struct auth_options {             /* texts are copied */
    const char *issuer;           /* iss of tokens ["https://kubernetes.default.svc.cluster.local"] */
    const char *const *audiences; /* the API server's own, ended by NULL [the issuer] */
    const char *signing_key;      /* PEM, RSA ≥ 2048 or P-256; NULL: tokens cannot be minted */
    const char *verify_keys;      /* PEM blocks one after the other; NULL: the signing key's own */
    int64_t token_seconds_max;    /* what a TokenRequest gets at most; 0: no ceiling beside validation's */
    bool no_extension;            /* do not let 3607 s tokens live on for a year for old clients (upstream's default is to) */
    bool no_bootstrap_tokens;
    bool no_anonymous; /* 401 on the health paths too */
    struct auth_lookup lookup;
};
struct auth;
int auth_new(struct auth **out, const struct auth_options *o, struct err *err) MUST_USE;
struct auth *auth_free(struct auth *x); /* NULL is fine; returns NULL */
int auth_set_keys(struct auth *x, const char *signing_key, const char *verify_keys, struct err *err) MUST_USE;
/* token,user,uid[,"group1,group2"] lines as --token-auth-file has them; replaces those there were. */
int auth_set_static_tokens(struct auth *x, struct str csv, struct err *err) MUST_USE;

/* The resources whose events must be fed, ended by one with an empty resource: roles, rolebindings, clusterroles,
 * clusterrolebindings, pods, persistentvolumes, serviceaccounts, secrets (deletions only), nodes (deletions only), … */
struct auth_watched {
    struct str group, resource;
    bool deletions_only; /* auth_put() is not needed */
};
const struct auth_watched *auth_watches(void);
/* New or changed object. The tree is read, not kept. -ENOMEM: nothing changed, ask again. */
int auth_put(struct auth *x, struct str group, struct str resource, const struct value *object) MUST_USE;
void auth_delete(struct auth *x, struct str group, struct str resource, struct str namespace, struct str name);
/* What auth_put() comes to for a pod without spec.nodeName; its tree is not needed. */
void auth_pod_unbound(struct auth *x, struct str namespace, struct str name);

/* ── outsiders: who is asked beside what this room knows ──
 * An answer that takes time is AUTH_WAITS: the question's `wait` stands in a list of whoever was asked; once he knows, fn is called
 * from the loop, and asks again from the start before it returns: what is not to be kept is gone then. What is behind AUTH_NOT_OURS is asked next. */
#define AUTH_UNAUTHORIZED 1
#define AUTH_NOT_OURS     7
#define AUTH_WAITS        8
struct auth_wait { /* the asker's; auth_wait_init() first, or zeroes and auth_wait_aim() */
    struct list link;
    void (*fn)(void *ctx);
    void *ctx;
    int64_t since; /* when somebody was first asked for it; what came in since then counts for it, however short its time to live */
};
static inline void auth_wait_init(struct auth_wait *w, void (*fn)(void *ctx), void *ctx)
{
    list_init(&w->link);
    w->fn = fn;
    w->ctx = ctx;
    w->since = 0;
}
/* Something else is to follow; what was learned for it still counts. */
static inline void auth_wait_aim(struct auth_wait *w, void (*fn)(void *ctx), void *ctx)
{
    if (!w->link.next)
        list_init(&w->link);
    w->fn = fn;
    w->ctx = ctx;
}
static inline void auth_wait_cancel(struct auth_wait *w) /* harmless when nobody holds it */
{
    list_del(&w->link);
}
void auth_wake(struct list *waiting); /* of struct auth_wait: all of them, and those who join meanwhile not */
struct auth_question {
    struct str token;
    const struct str *wanted; /* audiences; n 0: the API server's */
    size_t n_wanted;
    int64_t now;
    struct auth_wait *wait; /* NULL: never AUTH_WAITS */
};
struct auth_answer { /* audiences the token is good for; p NULL: the API server's own */
    struct str *audiences;
    size_t n;
};
struct auth_outsider {
    /* 0 with out in `a`; AUTH_UNAUTHORIZED with why; AUTH_NOT_OURS; AUTH_WAITS; < 0 */
    int (*token)(void *ctx, struct arena *a, const struct auth_question *q, struct auth_user *out, struct auth_answer *answer, struct err *err);
    void *ctx;
};
#define AUTH_OUTSIDERS_MAX 4
void auth_set_outsiders(struct auth *x, const struct auth_outsider *list, size_t n); /* in the order to be asked */
/* Who shows nothing is system:anonymous on these paths (ended by NULL; NULL: on all), or nowhere. Borrowed. Without this call: health,
 * version and cluster-info. */
void auth_set_anonymous(struct auth *x, bool enabled, const char *const *paths);
void auth_reset_anonymous(struct auth *x); /* as if that had never been called */

/* A JSON Web Token taken apart; texts borrow from the token or live in the arena. */
struct auth_jwt {
    struct value header, claims;
    struct str signed_part;
    struct str signature; /* raw */
};
/* Three parts, JSON objects in the first two, no `crit`. Says nothing about its worth. -EBADMSG. */
int auth_jwt_parse(struct arena *a, struct str token, struct auth_jwt *out, struct err *err) MUST_USE;

/* ── authentication ── */
struct auth_credentials {
    struct str peer_cert;     /* DER, verified against the client CA by TLS; empty: none */
    struct str authorization; /* the header's value, "Bearer …"; empty: none */
    struct str bearer;        /* a token that came another way (WebSocket subprotocol); empty: none */
    struct str path;          /* anonymous requests are let through on health and version paths only */
    struct auth_wait *wait;   /* NULL: never AUTH_WAITS */
};
/* 0: out is filled in `a`, system:authenticated (or anonymous and system:unauthenticated) included.
 * AUTH_UNAUTHORIZED → 401, err says why for the log, not for the client. */
int auth_authenticate(struct auth *x, struct arena *a, const struct auth_credentials *c, int64_t now, struct auth_user *out,
                      struct err *err) MUST_USE;
/* A bearer token for TokenReview. wanted: spec.audiences, n 0: the API server's. audiences: those both sides named.
 * AUTH_UNAUTHORIZED: err is status.error. */
int auth_token_check(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now,
                     struct auth_wait *wait, struct auth_user *out, struct str **audiences, size_t *n_audiences, struct err *err) MUST_USE;
/* TokenReview: fills status of the tree from its spec. AUTH_WAITS: nothing is filled. */
int auth_token_review(struct auth *x, struct arena *a, struct value *review, int64_t now, struct auth_wait *wait, struct err *err) MUST_USE;

/* Impersonate-* headers (names lower case). 0: out is who to act as; AUTH_ABSENT: there are none; AUTH_FORBIDDEN with
 * the sentence for a 403, -EINVAL for a 400/500: malformed; AUTH_WAITS. */
#define AUTH_FORBIDDEN 2
struct auth_header {
    struct str name, value;
};
int auth_impersonate(struct auth *x, struct arena *a, const struct auth_user *real, const struct auth_header *headers, size_t n,
                     struct auth_wait *wait, struct auth_user *out, struct err *err) MUST_USE;

/* ── minting: the serviceaccounts/token subresource ── */
#define AUTH_INVALID  3 /* faults were added */
#define AUTH_CONFLICT 4
/* `request`: the TokenRequest tree; its status is filled. `account`: the live ServiceAccount. Defaults and bounds (≥ 10
 * min, ≤ 2^32 s, boundObjectRef Pod, Secret or Node must exist with that uid) as upstream. err has the sentence of
 * AUTH_ABSENT (404) and AUTH_CONFLICT (409). */
int auth_token_mint(struct auth *x, struct arena *a, const struct value *account, struct value *request, int64_t now, struct faults *faults,
                    struct err *err) MUST_USE;
/* /.well-known/openid-configuration and /openid/v1/jwks. jwks_uri: where the latter is. */
int auth_openid_configuration(struct auth *x, struct str jwks_uri, struct buf *json) MUST_USE;
int auth_jwks(struct auth *x, struct buf *json, struct err *err) MUST_USE;

/* ── authorization ── */
struct auth_ask {
    const struct auth_user *user;
    struct str verb;
    struct str group, version, resource, subresource, namespace, name; /* resource requests */
    struct str path;                                                   /* non-resource requests: resource is empty */
    struct str node_selector; /* list/watch of pods: what the field selector requires spec.nodeName to be; else empty */
    struct auth_wait *wait;   /* NULL: never AUTH_UNDECIDED; who would have to be asked first counts as one who cannot be reached */
};
enum auth_decision { AUTH_NO_OPINION, AUTH_ALLOW, AUTH_DENY, AUTH_UNDECIDED /* asked for, see auth_wait */ };
#define AUTH_REASON_MAX 512
/* Who decides, in which order; the first who has an opinion. Without this call: Node, RBAC. system:masters may everything before anybody
 * is asked. */
enum auth_judge_kind { AUTH_JUDGE_NODE, AUTH_JUDGE_RBAC, AUTH_JUDGE_ALWAYS_ALLOW, AUTH_JUDGE_ALWAYS_DENY, AUTH_JUDGE_OUTSIDER };
struct auth_judge {
    enum auth_judge_kind kind;
    enum auth_decision (*decide)(void *ctx, const struct auth_ask *ask, char reason[AUTH_REASON_MAX]); /* of an outsider */
    void *ctx;
};
#define AUTH_JUDGES_MAX 32
void auth_set_judges(struct auth *x, const struct auth_judge *list, size_t n);
/* The chain's answer. reason: upstream's words, `RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "y" to …`; may
 * be NULL. About a microsecond. */
enum auth_decision auth_authorize(struct auth *x, const struct auth_ask *ask, char reason[AUTH_REASON_MAX]);
/* The message of the 403: `pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace
 * "d"`. */
struct str auth_forbidden_message(struct arena *a, const struct auth_ask *ask, const char *reason);
/* SubjectAccessReview, SelfSubjectAccessReview, LocalSubjectAccessReview: fills status from spec. self: who asks. */
int auth_access_review(struct auth *x, struct arena *a, const struct auth_user *self, struct value *review, struct auth_wait *wait,
                       struct faults *faults, struct err *err) MUST_USE; /* AUTH_INVALID, AUTH_WAITS */
/* SelfSubjectRulesReview: fills status from spec.namespace. */
int auth_rules_review(struct auth *x, struct arena *a, const struct auth_user *self, struct value *review, struct err *err) MUST_USE;

/* May this user write this Role, ClusterRole, RoleBinding or ClusterRoleBinding (privilege escalation)? old: NULL on
 * create. 0, or AUTH_FORBIDDEN with upstream's sentence in the arena; AUTH_WAITS. */
int auth_rbac_may_write(struct auth *x, struct arena *a, const struct auth_user *u, struct str resource, const struct value *object,
                        const struct value *old, struct auth_wait *wait, struct str *why) MUST_USE;
/* What an aggregated ClusterRole's rules add up to: a list in `a`; AUTH_ABSENT: it is not an aggregated one. */
int auth_rbac_aggregate(struct auth *x, struct arena *a, struct str cluster_role, struct value *rules) MUST_USE;

/* ── what every cluster begins with ──
 * Items of {"resource": "clusterroles", "group": "rbac.…", "object": {…}}, in the order to write them: namespaces,
 * priority classes, roles and bindings, the service account issuer's public roles. */
int auth_bootstrap_objects(struct arena *a, struct value *list) MUST_USE;
/* RBAC object as it is and as it should be: 1 with the tree to write when rules, subjects or labels are missing
 * (autoupdate "false" leaves it alone), AUTH_RECREATE when roleRef differs, 0 when nothing is to be done. */
#define AUTH_CHANGED  1
#define AUTH_RECREATE 2
int auth_bootstrap_reconcile(struct arena *a, const struct value *wanted, const struct value *live, struct value *out) MUST_USE;
/* ConfigMap kube-public/cluster-info: where the cluster is and whom to trust. */
int auth_cluster_info(struct arena *a, const char *server_url, const char *ca_bundle, struct value *config_map) MUST_USE;

/* ── the PKI on disk ──
 * folder/: ca, apiserver, apiserver-kubelet-client, kubelet, kubelet-client, admin, controller-manager, scheduler
 * front-proxy-ca, front-proxy-client (.crt and .key), sa.key, sa.pub. Private files are 0600, the folder 0700. Missing ones are made, those with two
 * thirds of their life behind them (or with names that no longer fit) renewed. The authority itself is followed by a
 * next one after half its life, trusted at once and used for signing from two thirds on, so that nobody meets a
 * certificate of an authority not yet heard of. */
enum auth_pki_pair {
    AUTH_PKI_APISERVER,      /* serving certificate of the API */
    AUTH_PKI_KUBELET_CLIENT, /* the API server as client of node agents: CN kube-apiserver-kubelet-client, O
                                system:masters */
    AUTH_PKI_NODE_SERVER,    /* this host's node agent as server */
    AUTH_PKI_NODE_CLIENT,    /* … and as client: CN system:node:<name>, O system:nodes */
    AUTH_PKI_ADMIN,          /* CN kubernetes-admin, O system:masters */
    AUTH_PKI_CONTROLLER_MANAGER,
    AUTH_PKI_SCHEDULER,
    AUTH_PKI_PAIRS,
};
struct auth_pki_options {           /* lists are ended by NULL and may be NULL */
    const char *node_name;          /* of this host's agent */
    const char *cluster_domain;     /* ["cluster.local"] */
    const char *const *service_ips; /* of Service default/kubernetes */
    const char *const *node_ips;
    const char *const *extra_names; /* names or addresses people reach the API by */
    int days;                       /* life of leaves [365] */
    int ca_days;                    /* [3650] */
};
struct auth_pki;
int auth_pki_open(struct auth_pki **out, const char *folder, const struct auth_pki_options *o, int64_t now, struct err *err) MUST_USE;
struct auth_pki *auth_pki_free(struct auth_pki *p);
/* Renews what is due. changed: bit (1 << enum auth_pki_pair) each, AUTH_PKI_CA_CHANGED for the bundle; next: seconds
 * since 1970 when to come back. Also reads what somebody else has put into the folder since. */
#define AUTH_PKI_CA_CHANGED    (1u << AUTH_PKI_PAIRS)
#define AUTH_PKI_PROXY_CHANGED (1u << (AUTH_PKI_PAIRS + 1))
int auth_pki_renew(struct auth_pki *p, int64_t now, unsigned *changed, int64_t *next, struct err *err) MUST_USE;
/* The same for who must not wait tens of milliseconds: nothing changed and nothing is due (a millisecond); else `like` p an
 * empty one is made, another thread calls auth_pki_renew() for it, and it takes p's place where auth_pki_differ() says so. */
bool auth_pki_holds(const struct auth_pki *p, int64_t now, int64_t *next);
int auth_pki_like(struct auth_pki **out, const struct auth_pki *p, struct err *err) MUST_USE;
unsigned auth_pki_differ(const struct auth_pki *a, const struct auth_pki *b);            /* bits as `changed` above */
const struct tls_pair *auth_pki_get(const struct auth_pki *p, enum auth_pki_pair which); /* borrowed until the next renewal */
const struct tls_pair *auth_pki_ca(const struct auth_pki *p);                            /* the one that signs */
const char *auth_pki_ca_bundle(const struct auth_pki *p);                                /* all that are trusted, PEM */
const char *auth_pki_signing_key(const struct auth_pki *p);                              /* ServiceAccount tokens */
const char *auth_pki_verify_keys(const struct auth_pki *p);
/* The API server as client of aggregated API servers, by an authority of its own: CN AUTH_FRONT_PROXY. */
#define AUTH_FRONT_PROXY "front-proxy-client"
const struct tls_pair *auth_pki_front_proxy(const struct auth_pki *p);
const char *auth_pki_front_proxy_ca(const struct auth_pki *p);
/* ConfigMap kube-system/extension-apiserver-authentication: whom aggregated API servers may believe, and by which headers. */
int auth_extension_config(struct arena *a, const struct auth_pki *p, struct value *config_map) MUST_USE;
/* An admin's (or any client's) kubeconfig, 0600, replaced only when its text differs. */
int auth_kubeconfig_write(const char *path, const char *cluster, const char *server_url, const char *ca_bundle, const char *user,
                          const struct tls_pair *pair, struct err *err) MUST_USE;

#endif
