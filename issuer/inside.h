/* What the files of this room share; not a door. */
#ifndef CORACLE_ISSUER_INSIDE_H
#define CORACLE_ISSUER_INSIDE_H

#include "cel/cel.h"
#include "http/http.h"
#include "issuer/issuer.h"
#include "tls/tls.h"

#define ISSUERS_MAX   64
#define CONFIG_MEMORY ((size_t)32 << 20)
#define REFETCH_MS    10000   /* a key nobody knows: no more often than this */
#define REFRESH_MS    3600000 /* keys that were withdrawn are forgotten within */
#define FETCH_MS      10000
#define DOCUMENT_MAX  ((size_t)1 << 20)
#define KEYS_MAX      256
#define EXTRAS_MAX    64

/* ── keys ── */
struct jwk {
    struct str kid; /* may be empty: any token's */
    const char *pem;
};
struct jwks { /* in `mem` */
    struct arena *mem;
    struct jwk *keys;
    size_t n;
};
/* Keys of kinds not known and keys for other uses are passed over. -EBADMSG */
int jwks_parse(struct jwks *out, struct str json, struct err *err) MUST_USE;
void jwks_done(struct jwks *k);
/* The document's issuer must be `issuer`, its jwks_uri an https URL, which is put into the arena. -EBADMSG */
int discovery_parse(struct arena *a, struct str json, struct str issuer, struct str *jwks_uri, struct err *err) MUST_USE;

/* ── a configuration ── */
struct expression {              /* in the arena of its configuration */
    struct cel_program *program; /* NULL: none */
    struct str text;
    struct str message;
};
struct mapping { /* a claim with a prefix, or an expression; neither: not mapped */
    struct str claim, prefix;
    struct expression e;
};
struct rule {
    struct str claim, value; /* or e */
    struct expression e;
};
struct extra {
    struct str key;
    struct expression e;
};
struct fetch;
struct provider {
    struct issuer *x;
    struct str url, discovery; /* as in `iss`; where the document is */
    struct str *audiences;
    size_t n_audiences;
    unsigned algs; /* bits by provider_alg() */
    const char *ca_pem;
    SSL_CTX *tls;
    struct mapping username, groups, uid;
    struct rule *rules;
    size_t n_rules;
    struct extra *extras;
    size_t n_extras;
    struct expression *user_rules;
    size_t n_user_rules;
    /* keys.c's: */
    struct jwks keys; /* mem NULL: never had any */
    struct fetch *fetch;
    struct loop_timer refresh;
    int64_t next_try;         /* monotonic ms */
    struct list waiting;      /* struct auth_wait */
    char fault[ERR_TEXT_MAX]; /* of the last fetch; "" : it went well */
};
struct configuration {
    struct arena *mem;
    struct cel_env *env, *user_env; /* with the one variable `claims`, or `user` */
    VEC(struct cel_program *) programs;
    struct provider **providers;
    size_t n;
    bool has_anonymous, anonymous;
    const char **paths; /* NULL: all */
};
struct configuration *configuration_free(struct configuration *c);
int configuration_read(struct configuration **out, struct issuer *x, struct str text, struct err *err) MUST_USE;
int configuration_of_tree(struct configuration **out, struct issuer *x, const struct value *root, unsigned algs, struct err *err) MUST_USE;
int expressions_prepare(struct configuration *c) MUST_USE; /* the environments */
/* Compiles; -EINVAL when it does not, or its type is none of `wanted` (ended by NULL). */
int claim_compile(struct configuration *c, struct cel_env *env, struct str text, const char *path, const struct cel_type *const *wanted,
                  struct expression *out, struct err *err) MUST_USE;

struct issuer {
    struct loop *loop;
    struct str own; /* borrowed from own_text */
    char *own_text;
    struct configuration *now;
};
unsigned provider_alg(struct str name); /* its bit; 0: none of ours */
#define ALGS_ALL 0x1ffu

void provider_start(struct provider *p); /* fetches for the first time */
void provider_stop(struct provider *p);  /* frees what keys.c has; who waits asks again, later */
void provider_fetch(struct provider *p); /* unless one is under way */

/* ── from claims to a user ── AUTH_UNAUTHORIZED with why */
int claims_judge(const struct provider *p, struct arena *a, const struct value *claims, int64_t now, struct err *err) MUST_USE;
int claims_map(const struct provider *p, struct arena *a, const struct value *claims, struct auth_user *out, struct err *err) MUST_USE;

#endif
