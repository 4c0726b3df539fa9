/* auth/inside.h: the state behind struct auth and what its files share. */
#ifndef CORACLE_AUTH_INSIDE_H
#define CORACLE_AUTH_INSIDE_H

#include "auth/auth.h"
#include "json/json.h"
#include "os/os.h"
#include "selector/selector.h"

#define AUTH_RBAC          STR("rbac.authorization.k8s.io")
#define AUTH_TOKEN_MAX     (16u << 10) /* no bearer token is longer */
#define AUTH_CACHE_SECONDS 10          /* as upstream's token cache */
#define AUTH_CACHE_ENTRIES 1024
#define AUTH_LEEWAY        60         /* seconds of clock skew a token may show, as upstream */
#define AUTH_OBJECT_BYTES  (4u << 20) /* ceiling of the scratch arena: an object is at most 3 MiB */

/* ── one block an object ──
 * What is kept of an object is built twice by the same function: first in the scratch arena to learn its size, then
 * in one block of exactly that size. */
struct auth_bump {
    struct arena *scratch;
    char *block;
    size_t used;
};
void *auth_bump_get(struct auth_bump *b, size_t n) MUST_USE;
int auth_bump_str(struct auth_bump *b, struct str from, struct str *to) MUST_USE;
#define AUTH_BUMP_OBJECT(b, type) ((type *)auth_bump_get((b), sizeof(type)))

/* ── rules ── */
struct auth_texts {
    struct str *p;
    uint32_t n;
    bool any; /* "*" is among them */
};
struct auth_rule {
    uint32_t known; /* bits of the verbs auth_verb_bit() knows */
    struct auth_texts verbs, groups, resources, names, urls;
};
uint32_t auth_verb_bit(struct str verb); /* 0: not one of the well known */
int auth_rule_compile(struct auth_bump *b, const struct value *rule, struct auth_rule *out) MUST_USE;
bool auth_rule_allows(const struct auth_rule *r, const struct auth_ask *ask, uint32_t verb_bit, struct str combined);
bool auth_texts_have(const struct auth_texts *t, struct str s);
/* Does one of `own` cover this rule of one verb, group, resource and name (or one verb and URL)? */
bool auth_rule_covered(const struct auth_rule *const *own, size_t n, const struct auth_rule *single);
int auth_rules_compile(struct arena *a, const struct value *list, struct auth_rule **out, size_t *n) MUST_USE;
/* Of `wanted`, what nobody of `own` covers, one line a thing. */
int auth_rules_missing(struct arena *a, const struct auth_rule *const *own, size_t n_own, const struct auth_rule *wanted, size_t n_wanted,
                       struct auth_rule **lines, size_t *n_lines) MUST_USE;
int auth_rule_tree(struct arena *a, const struct auth_rule *r, struct value *out) MUST_USE;
void auth_rule_print(const struct auth_rule *r, struct buf *out); /* {APIGroups:["apps"], Resources:[…], Verbs:[…]} */
void auth_quote(struct buf *out, struct str s);                   /* as Go's %q */

/* ── RBAC objects ── */
struct auth_role {
    struct str key; /* "namespace/name", "/name" for a ClusterRole */
    struct str name;
    bool cluster;
    struct auth_rule *rules; /* as written */
    uint32_t n_rules;
    struct value labels;
    struct arena *selectors_mem; /* of aggregationRule; NULL: it has none */
    struct selector **selectors;
    uint32_t n_selectors;
    const struct auth_rule **all; /* what counts when aggregated; NULL: `rules` */
    uint32_t n_all;
    bool visited;
};
struct auth_subject {
    struct str index; /* key in auth.subjects */
    struct str kind, name, namespace;
};
struct auth_binding {
    struct str key;
    struct str name, namespace; /* namespace "" : ClusterRoleBinding */
    struct str role_key, role_name;
    bool role_cluster;
    struct auth_subject *subjects;
    uint32_t n_subjects;
};
struct auth_holding { /* one subject's place in one binding */
    const struct auth_binding *binding;
    const struct auth_subject *subject;
};
struct auth_holder { /* all bindings of a subject in a namespace, or cluster-wide */
    VEC(struct auth_holding) held;
    char key[];
};
int auth_rbac_put(struct auth *x, struct str resource, const struct value *object) MUST_USE;
void auth_rbac_delete(struct auth *x, struct str resource, struct str namespace, struct str name);
void auth_rbac_done(struct auth *x);
/* Calls fn for each rule the user holds in the namespace ("" : cluster-wide ones only), until it answers true. */
typedef bool (*auth_rule_fn)(void *ctx, const struct auth_rule *rule, const struct auth_holding *by);
bool auth_rbac_each(struct auth *x, const struct auth_user *u, struct str namespace, auth_rule_fn fn, void *ctx);
enum auth_decision auth_rbac_decide(struct auth *x, const struct auth_ask *ask, char *reason);
const struct auth_role *auth_role_find(struct auth *x, struct str namespace, struct str name); /* namespace "": ClusterRole */

/* ── the Node authorizer's graph ── */
struct auth_graph {
    struct map pods;           /* "ns/name" → struct graph_item: node and what the pod refers to */
    struct map reach;          /* "node kind ns/name" → struct reach: how many of the node's pods refer to it */
    struct map volumes;        /* PV name → struct graph_item */
    struct map volume_secrets; /* "ns/secret" → struct reach … of PVs; see node.c */
    struct map attachments;    /* name → struct graph_item */
};
int auth_graph_put(struct auth *x, struct str resource, const struct value *object) MUST_USE;
void auth_graph_delete(struct auth *x, struct str resource, struct str namespace, struct str name);
void auth_graph_done(struct auth *x);
enum auth_decision auth_node_decide(struct auth *x, struct str node, const struct auth_ask *ask, char *reason);

/* ── keys and tokens ── */
struct auth_key {
    char *pem; /* public */
    char *kid;
    const char *alg;
};
int auth_jwt_verify(struct auth *x, const struct auth_jwt *t, struct err *err) MUST_USE; /* AUTH_UNAUTHORIZED */
int auth_jwt_sign(struct auth *x, struct str claims, struct buf *token, struct err *err) MUST_USE;

struct auth_refs { /* the objects a token stands and falls with */
    struct str namespace, account, pod, secret, node;
};
/* A ServiceAccount token: verified, alive, for one of `wanted`. AUTH_UNAUTHORIZED; AUTH_NOT_OURS: another kind of token. */
int auth_account_check(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now,
                       struct auth_user *out, struct auth_refs *refs, struct str **audiences, size_t *n_audiences, struct err *err) MUST_USE;

struct auth_cached {
    unsigned char digest[32];
    struct arena *mem; /* NULL: free slot */
    struct auth_user user;
    struct auth_refs refs;
    struct str *audiences;
    size_t n_audiences;
    int64_t until;
};
struct auth_static {
    struct str token;
    struct auth_user user;
};

struct auth {
    struct arena *mem; /* options */
    struct arena *scratch;
    struct str issuer;
    struct str *audiences;
    size_t n_audiences;
    char *signing_key;
    char *signing_kid;
    const char *signing_alg;
    VEC(struct auth_key) keys;
    int64_t token_seconds_max;
    bool no_extension, no_bootstrap_tokens, no_anonymous;
    struct auth_lookup lookup;
    struct auth_outsider outsiders[AUTH_OUTSIDERS_MAX];
    size_t n_outsiders;
    struct auth_judge judges[AUTH_JUDGES_MAX];
    size_t n_judges; /* 0: Node, RBAC */
    bool anonymous_set, anonymous;
    const char *const *anonymous_paths;

    struct arena *static_mem;
    VEC(struct auth_static) statics;
    struct auth_cached *cache; /* AUTH_CACHE_ENTRIES slots, found by `cached` */
    struct map cached;         /* digest → slot */
    size_t cache_next;

    struct map roles;                   /* key → struct auth_role */
    struct map bindings;                /* key → struct auth_binding */
    struct map subjects;                /* index → struct auth_holder */
    VEC(struct auth_role *) aggregated; /* those of `roles` with an aggregationRule */
    bool aggregates_stale;              /* an aggregation could not be brought up to date: those roles allow nothing until it is */

    struct auth_graph graph;
    struct arena *node_mem; /* the rules of system:node */
    struct auth_rule *node_rules;
    size_t n_node_rules;
};

int auth_cache_find(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now, struct auth_user *out,
                    struct str **audiences, size_t *n_audiences, unsigned char digest[32]) MUST_USE;
void auth_cache_drop(struct auth *x, struct str resource, struct str namespace, struct str name);
void auth_cache_clear(struct auth *x);

/* ── users ── */
int auth_user_init(struct arena *a, struct auth_user *u, struct str name, size_t n_groups) MUST_USE;  /* room for n_groups + 2 */
void auth_user_group(struct auth_user *u, struct str group);                                          /* unless it is in there */
int auth_user_extra(struct arena *a, struct auth_user *u, struct str key, struct str value) MUST_USE; /* room for 8 keys */
bool auth_account_name(struct str user, struct str *namespace, struct str *name);                     /* system:serviceaccount:ns:name */
int auth_list_strs(struct arena *a, const struct value *list, struct str **out, size_t *n) MUST_USE;

/* ── the bootstrap policy, one row a role or binding (policy.c) ── */
int auth_policy_role(struct arena *a, const char *name, struct value *out) MUST_USE; /* ClusterRole by name */

#endif
