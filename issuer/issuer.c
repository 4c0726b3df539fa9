#include "issuer/inside.h"

static const char *const algs[] = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"};

unsigned provider_alg(struct str name)
{
    for (unsigned i = 0; i < ARRAY_LEN(algs); i++)
        if (str_is(name, algs[i]))
            return 1u << i;
    return 0;
}

int issuer_new(struct issuer **out, struct loop *loop, const char *own_issuer, struct err *err)
{
    struct issuer *x = mem_alloc(sizeof(*x));
    const char *own = own_issuer ? own_issuer : "";
    if (x)
        x->own_text = mem_text(own, strlen(own));
    if (!x || !x->own_text) {
        mem_free(x);
        return err_raise(err, -ENOMEM, "no memory for issuers");
    }
    x->loop = loop;
    x->own = str_of(x->own_text);
    *out = x;
    return 0;
}

/* Who waits for any of its issuers. */
static void collect(struct configuration *c, struct list *waiting)
{
    for (size_t i = 0; c && i < c->n; i++)
        while (!list_empty(&c->providers[i]->waiting)) {
            struct list *item = c->providers[i]->waiting.next;
            list_del(item);
            list_add(waiting, item);
        }
}

struct issuer *issuer_free(struct issuer *x)
{
    if (!x)
        return NULL;
    struct list waiting = LIST_INIT(waiting);
    collect(x->now, &waiting);
    configuration_free(TAKE(x->now));
    auth_wake(&waiting);
    mem_free(x->own_text);
    return mem_free(x);
}

/* ── configurations ── */

/* Keys of an issuer that stays are kept, so that a change elsewhere makes nobody wait. */
static void inherit(struct provider *p, const struct configuration *from)
{
    for (size_t i = 0; from && i < from->n; i++) {
        struct provider *old = from->providers[i];
        bool same_ca = !old->ca_pem == !p->ca_pem && (!p->ca_pem || !strcmp(old->ca_pem, p->ca_pem));
        if (str_eq(old->url, p->url) && str_eq(old->discovery, p->discovery) && same_ca) {
            p->keys = old->keys;
            old->keys = (struct jwks){0};
        }
    }
}

static void install(struct issuer *x, struct configuration *fresh)
{
    struct configuration *old = x->now;
    struct list waiting = LIST_INIT(waiting);
    for (size_t i = 0; i < fresh->n; i++)
        inherit(fresh->providers[i], old);
    collect(old, &waiting);
    x->now = fresh;
    configuration_free(old);
    for (size_t i = 0; i < fresh->n; i++)
        provider_start(fresh->providers[i]);
    auth_wake(&waiting);
}

int issuer_configure(struct issuer *x, struct str text, struct err *err)
{
    struct configuration *fresh;
    int r = configuration_read(&fresh, x, text, err);
    if (r == 0)
        install(x, fresh);
    return r;
}

bool issuer_anonymous(const struct issuer *x, bool *enabled, const char *const **paths)
{
    if (!x->now || !x->now->has_anonymous)
        return false;
    *enabled = x->now->anonymous;
    *paths = x->now->paths;
    return true;
}

/* ── the classic flags: the same tree ── */

static int flag_algs(const char *list, unsigned *out, struct err *err)
{
    struct str rest = str_of(list ? list : "RS256"), piece;
    *out = 0;
    while (str_next(&rest, ',', &piece)) {
        if (!provider_alg(str_trim(piece)))
            return err_raise(err, -EINVAL, "oidc-signing-algs: \"%.*s\" is no algorithm known here", STR_FMT(piece));
        *out |= provider_alg(str_trim(piece));
    }
    return 0;
}

static int flag_required(struct arena *a, struct value *jwt, const char *const *required, struct err *err)
{
    struct value rules = value_make_list();
    int r = 0;
    for (size_t i = 0; required && required[i]; i++) {
        struct value rule = value_make_map();
        struct str claim, value;
        if (!str_cut(str_of(required[i]), '=', &claim, &value) || !claim.n)
            return err_raise(err, -EINVAL, "oidc-required-claim: \"%s\" must be claim=value", required[i]);
        VALUE_SET(&r, a, &rule, "claim", value_make_text(claim));
        VALUE_SET(&r, a, &rule, "requiredValue", value_make_text(value));
        if (r < 0 || !value_add(a, &rules, rule))
            return -ENOMEM;
    }
    VALUE_SET(&r, a, jwt, "claimValidationRules", rules);
    return r;
}

static int flag_tree(struct arena *a, const struct issuer_flags *f, struct value *root, struct err *err)
{
    struct value jwt = value_make_map(), list = value_make_list(), audiences = value_make_list();
    const char *claim = f->username_claim ? f->username_claim : "sub", *prefix = f->username_prefix ? f->username_prefix : "";
    struct str own = arena_fmt(a, "%s#", f->url);
    int r = own.p ? 0 : -ENOMEM;
    struct str user_prefix = !strcmp(prefix, "-") ? STR("") : prefix[0] ? str_of(prefix) : strcmp(claim, "email") != 0 ? own : STR("");
    if (!value_add(a, &audiences, value_make_text(str_of(f->client_id))))
        r = -ENOMEM;
    VALUE_SET(&r, a, root, "apiVersion", value_make_text(STR("apiserver.config.k8s.io/v1")));
    VALUE_SET(&r, a, root, "kind", value_make_text(STR("AuthenticationConfiguration")));
    VALUE_SET(&r, a, &jwt, "issuer.url", value_make_text(str_of(f->url)));
    VALUE_SET(&r, a, &jwt, "issuer.audiences", audiences);
    if (f->ca_pem)
        VALUE_SET(&r, a, &jwt, "issuer.certificateAuthority", value_make_text(str_of(f->ca_pem)));
    VALUE_SET(&r, a, &jwt, "claimMappings.username.claim", value_make_text(str_of(claim)));
    VALUE_SET(&r, a, &jwt, "claimMappings.username.prefix", value_make_text(user_prefix));
    if (f->groups_claim) {
        VALUE_SET(&r, a, &jwt, "claimMappings.groups.claim", value_make_text(str_of(f->groups_claim)));
        VALUE_SET(&r, a, &jwt, "claimMappings.groups.prefix", value_make_text(str_of(f->groups_prefix ? f->groups_prefix : "")));
    }
    if (r == 0)
        r = flag_required(a, &jwt, f->required, err);
    if (r == 0 && !value_add(a, &list, jwt))
        r = -ENOMEM;
    VALUE_SET(&r, a, root, "jwt", list);
    return r;
}

int issuer_configure_flags(struct issuer *x, const struct issuer_flags *f, struct err *err)
{
    struct configuration *fresh;
    struct value root = value_make_map();
    unsigned allowed;
    SCOPED(arena) a = NULL;
    if (!f->client_id || !f->client_id[0])
        return err_raise(err, -EINVAL, "oidc-client-id: is required with oidc-issuer-url");
    int r = flag_algs(f->signing_algs, &allowed, err);
    if (r == 0 && arena_new(&a, CONFIG_MEMORY) < 0)
        r = -ENOMEM;
    if (r == 0)
        r = flag_tree(a, f, &root, err);
    if (r == -ENOMEM)
        return err_raise(err, r, "no memory for issuers");
    if (r == 0)
        r = configuration_of_tree(&fresh, x, &root, allowed, err);
    if (r == 0)
        install(x, fresh);
    return r;
}

/* ── tokens ── */

#define NO_KEY 100 /* beside AUTH_… */

/* 0; NO_KEY it could be by; -ENOMEM */
static int verify(const struct provider *p, const struct auth_jwt *t, struct err *err)
{
    struct str kid = value_text_at(&t->header, "kid"), alg = value_text_at(&t->header, "alg");
    for (size_t i = 0; i < p->keys.n; i++) {
        const struct jwk *k = &p->keys.keys[i];
        if (kid.n && k->kid.n && !str_eq(kid, k->kid))
            continue;
        int r = tls_verify(str_of(k->pem), alg, t->signed_part, t->signature, NULL);
        if (r == 0 || r == -ENOMEM)
            return r < 0 ? err_raise(err, r, "no memory to verify a token") : 0;
    }
    return NO_KEY;
}

/* Keys are asked for, or have been too lately. */
static int wait_for_keys(struct provider *p, const struct auth_question *q, struct err *err)
{
    bool late = p->fetch || loop_now(p->x->loop) >= p->next_try;
    if (late)
        provider_fetch(p);
    if (late && p->fetch && q->wait) {
        list_add(&p->waiting, &q->wait->link);
        return AUTH_WAITS;
    }
    if (!p->keys.mem)
        return err_raise(err, AUTH_UNAUTHORIZED, "oidc: authenticator for issuer \"%.*s\" is not initialized: %s", STR_FMT(p->url), p->fault);
    return err_raise(err, AUTH_UNAUTHORIZED, "oidc: verify token: failed to verify signature: failed to verify id token signature");
}

int issuer_token(void *issuer, struct arena *a, const struct auth_question *q, struct auth_user *out, struct auth_answer *answer, struct err *err)
{
    struct issuer *x = issuer;
    struct auth_jwt t;
    (void)answer; /* the audiences are the API server's own, whoever they are */
    if (!x->now || !x->now->n)
        return AUTH_NOT_OURS;
    int r = auth_jwt_parse(a, q->token, &t, err);
    if (r < 0)
        return r == -ENOMEM ? r : AUTH_NOT_OURS;
    struct str url = value_text_at(&t.claims, "iss");
    struct provider *p = NULL;
    for (size_t i = 0; i < x->now->n; i++)
        if (str_eq(x->now->providers[i]->url, url))
            p = x->now->providers[i];
    if (!p)
        return AUTH_NOT_OURS;
    struct str alg = value_text_at(&t.header, "alg");
    if (!(p->algs & provider_alg(alg)))
        return err_raise(err, AUTH_UNAUTHORIZED, "oidc: verify token: oidc: id token signed with unsupported algorithm \"%.*s\"",
                         STR_FMT(str_head(alg, 32)));
    r = claims_judge(p, a, &t.claims, q->now, err); /* first, so that worthless tokens make nobody fetch anything */
    if (r == 0)
        r = verify(p, &t, err);
    if (r == NO_KEY)
        return wait_for_keys(p, q, err);
    return r ? r : claims_map(p, a, &t.claims, out, err);
}
