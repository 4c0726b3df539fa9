/* Whom the server asks who somebody is and what he may do, beside what it knows itself: settings in files, read again when they change. */
#include "serve/inside.h"

#include "auth/auth.h"
#include "issuer/issuer.h"
#include "json/json.h"
#include "referee/referee.h"
#include "reread/reread.h"

struct outsiders {
    const struct settings *config;
    struct loop *loop;
    struct auth *auth;
    struct issuer *issuer;
    struct referee_tokens *tokens; /* NULL: nobody else is asked about tokens */
    struct referee *referee;       /* NULL: Node, RBAC */
    struct reread *authentication, *oidc_ca, *authorization;
    struct list doubts;
    size_t n_doubts;
};

void outsiders_files(const struct settings *c, const char *out[OUTSIDERS_FILES + 1])
{
    const char *const all[] = {c->authentication_config, c->oidc_ca_file, c->token_webhook, c->authorization_config, c->access_webhook};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (all[i])
            out[n++] = all[i];
    out[n] = NULL;
}

/* ── JWT issuers ── */

static int load_authentication(void *ctx, struct str text, struct err *err)
{
    struct outsiders *x = ctx;
    const char *const *paths;
    bool enabled;
    auth_reset_anonymous(x->auth); /* its paths are the configuration's */
    int r = issuer_configure(x->issuer, text, err);
    if (issuer_anonymous(x->issuer, &enabled, &paths))
        auth_set_anonymous(x->auth, enabled, paths);
    return r;
}

static int configure_flags(struct outsiders *x, const char *ca_pem, struct err *err)
{
    const struct settings *c = x->config;
    struct issuer_flags f = {.url = c->oidc_issuer_url,
                             .client_id = c->oidc_client_id,
                             .username_claim = c->oidc_username_claim,
                             .username_prefix = c->oidc_username_prefix,
                             .groups_claim = c->oidc_groups_claim,
                             .groups_prefix = c->oidc_groups_prefix,
                             .ca_pem = ca_pem,
                             .required = c->oidc_required_claims,
                             .signing_algs = c->oidc_signing_algs};
    int r = issuer_configure_flags(x->issuer, &f, err);
    return r < 0 ? err_wrap(err, r, "oidc-issuer-url") : 0;
}

static int load_oidc_ca(void *ctx, struct str text, struct err *err)
{
    char *pem = mem_text(text.p, text.n);
    int r = pem ? configure_flags(ctx, pem, err) : err_raise(err, -ENOMEM, "no memory for issuers");
    mem_free(pem);
    return r;
}

static bool any_oidc(const struct settings *c)
{
    return c->oidc_issuer_url || c->oidc_client_id || c->oidc_username_claim || c->oidc_username_prefix || c->oidc_groups_claim ||
           c->oidc_groups_prefix || c->oidc_ca_file || c->oidc_signing_algs || c->oidc_required_claims[0];
}

static int open_issuers(struct outsiders *x, const char *own_issuer, struct err *err)
{
    const struct settings *c = x->config;
    if (c->authentication_config && any_oidc(c))
        return err_raise(err, -EINVAL, "authentication-config and the oidc flags exclude each other");
    if (any_oidc(c) && !c->oidc_issuer_url)
        return err_raise(err, -EINVAL, "oidc-issuer-url: is required with the other oidc flags");
    int r = issuer_new(&x->issuer, x->loop, own_issuer, err);
    if (r == 0 && c->authentication_config)
        r = reread_new(&x->authentication,
                       &(struct reread_options){x->loop, "authentication-config", c->authentication_config, load_authentication, x}, err);
    else if (r == 0 && c->oidc_ca_file)
        r = reread_new(&x->oidc_ca, &(struct reread_options){x->loop, "oidc-ca-file", c->oidc_ca_file, load_oidc_ca, x}, err);
    else if (r == 0 && c->oidc_issuer_url)
        r = configure_flags(x, NULL, err);
    return r;
}

/* ── webhooks ── */

/* "0" means not at all, as upstream's flags do. */
static int time_of(const char *flag, const char *text, int64_t *ms, struct err *err)
{
    *ms = 0;
    if (!text)
        return 0;
    if (referee_duration(str_of(text), ms) < 0)
        return err_raise(err, -EINVAL, "%s: \"%s\" is no duration: 30s, 5m", flag, text);
    if (*ms <= 0)
        *ms = -1;
    return 0;
}

static int open_tokens(struct outsiders *x, const char *own_issuer, struct err *err)
{
    const struct settings *c = x->config;
    const char *audiences[] = {own_issuer, NULL};
    struct referee_tokens_options o = {.loop = x->loop, .kubeconfig = c->token_webhook, .version = c->token_webhook_version, .audiences = audiences};
    if (!c->token_webhook)
        return 0;
    int r = time_of("authentication-token-webhook-cache-ttl", c->token_webhook_ttl, &o.ttl_ms, err);
    if (r == 0)
        r = referee_tokens_new(&x->tokens, &o, err);
    return r < 0 ? err_wrap(err, r, "authentication-token-webhook-config-file") : 0;
}

static void install_judges(struct outsiders *x)
{
    struct auth_judge list[AUTH_JUDGES_MAX];
    auth_set_judges(x->auth, list, referee_judges(x->referee, list));
}

static int load_authorization(void *ctx, struct str text, struct err *err)
{
    struct outsiders *x = ctx;
    int r = referee_configure(x->referee, text, err);
    if (r == 0)
        install_judges(x);
    return r;
}

static int open_referee(struct outsiders *x, struct err *err)
{
    const struct settings *c = x->config;
    bool flags = c->authorization_mode || c->access_webhook || c->access_webhook_version || c->authorized_ttl || c->unauthorized_ttl;
    struct referee_flags f = {
        .modes = c->authorization_mode ? c->authorization_mode : "Node,RBAC", .kubeconfig = c->access_webhook, .version = c->access_webhook_version};
    if (!c->authorization_config && !flags)
        return 0;
    if (c->authorization_config && flags)
        return err_raise(err, -EINVAL, "authorization-config and the other authorization flags exclude each other");
    int r = referee_new(&x->referee, x->loop, err);
    if (r == 0 && c->authorization_config)
        return reread_new(&x->authorization,
                          &(struct reread_options){x->loop, "authorization-config", c->authorization_config, load_authorization, x}, err);
    if (r == 0)
        r = time_of("authorization-webhook-cache-authorized-ttl", c->authorized_ttl, &f.authorized_ms, err);
    if (r == 0)
        r = time_of("authorization-webhook-cache-unauthorized-ttl", c->unauthorized_ttl, &f.unauthorized_ms, err);
    if (r == 0)
        r = referee_configure_flags(x->referee, &f, err);
    if (r == 0)
        install_judges(x);
    return r;
}

/* ── who asks from inside ──
 * A controller cannot wait: it looks again a moment later. Its question is kept, and then the answer, until it has come for it. */

#define DOUBTS_MAX 256
#define DOUBT_MS   30000

struct doubt {
    struct list link;
    struct outsiders *x;
    struct arena *mem;
    struct str key;
    struct auth_user user;
    struct auth_ask ask;
    struct auth_wait wait;
    enum auth_decision decision;
    int64_t until; /* known: nobody has come for it by then */
};

static void doubt_free(struct doubt *d)
{
    auth_wait_cancel(&d->wait);
    list_del(&d->link);
    d->x->n_doubts--;
    arena_free(d->mem);
    mem_free(d);
}

static void doubt_look(void *ctx)
{
    struct doubt *d = ctx;
    d->decision = auth_authorize(d->x->auth, &d->ask, NULL);
    d->until = loop_now(d->x->loop) + DOUBT_MS;
}

static int key_of(struct arena *a, const struct auth_ask *q, struct str *out)
{
    const struct auth_user *u = q->user;
    const struct str parts[] = {q->verb, q->group, q->version, q->resource, q->subresource, q->namespace, q->name};
    struct value user = {0};
    SCOPED_BUF b = BUF_INIT(1u << 20);
    int r = auth_user_tree(a, u, &user);
    if (r == 0)
        json_print(&b, &user);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        buf_fmt(&b, "\n%.*s", STR_FMT(parts[i]));
    return r < 0 ? r : buf_error(&b) < 0 ? -ENOMEM : arena_str(a, buf_view(&b), out);
}

static int doubt_new(struct outsiders *x, const struct auth_ask *q, struct doubt **out)
{
    struct doubt *d = mem_alloc(sizeof(*d));
    if (!d || arena_new(&d->mem, 4u << 20) < 0) {
        mem_free(d);
        return -ENOMEM;
    }
    d->x = x;
    d->ask = *q;
    auth_wait_init(&d->wait, doubt_look, d);
    list_add(&x->doubts, &d->link);
    x->n_doubts++;
    struct str *texts[] = {&d->ask.verb, &d->ask.group, &d->ask.version, &d->ask.resource, &d->ask.subresource, &d->ask.namespace, &d->ask.name};
    int r = auth_user_copy(d->mem, q->user, &d->user);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(texts); i++)
        r = arena_str(d->mem, *texts[i], texts[i]);
    if (r == 0)
        r = key_of(d->mem, q, &d->key);
    d->ask.user = &d->user;
    d->ask.wait = &d->wait;
    *out = d;
    if (r < 0)
        doubt_free(d);
    return r;
}

static int taken(struct doubt *d)
{
    enum auth_decision is = d->decision;
    if (is != AUTH_UNDECIDED)
        doubt_free(d);
    return is == AUTH_UNDECIDED ? -EAGAIN : is == AUTH_ALLOW;
}

int outsiders_may(struct outsiders *x, const struct auth_ask *q)
{
    struct doubt *d;
    SCOPED(arena) a = NULL;
    struct str key;
    int r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = key_of(a, q, &key);
    if (r < 0)
        return -EAGAIN;
    LIST_EACH (old, &x->doubts, struct doubt, link) {
        if (str_eq(old->key, key))
            return taken(old);
        if (old->decision != AUTH_UNDECIDED && loop_now(x->loop) > old->until)
            doubt_free(old);
    }
    if (x->n_doubts >= DOUBTS_MAX || doubt_new(x, q, &d) < 0)
        return -EAGAIN;
    doubt_look(d);
    return taken(d);
}

/* ── all of them ── */

int outsiders_new(struct outsiders **out, const struct settings *c, struct loop *loop, struct auth *auth, const char *own_issuer, struct err *err)
{
    struct outsiders *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for authentication");
    x->config = c;
    x->loop = loop;
    x->auth = auth;
    list_init(&x->doubts);
    *out = x;
    int r = open_issuers(x, own_issuer, err);
    if (r == 0)
        r = open_tokens(x, own_issuer, err);
    if (r == 0)
        r = open_referee(x, err);
    struct auth_outsider list[AUTH_OUTSIDERS_MAX];
    size_t n = 0;
    list[n++] = (struct auth_outsider){issuer_token, x->issuer};
    if (x->tokens)
        list[n++] = (struct auth_outsider){referee_token, x->tokens};
    if (r == 0)
        auth_set_outsiders(auth, list, n);
    return r;
}

struct outsiders *outsiders_free(struct outsiders *x)
{
    if (!x)
        return NULL;
    while (!list_empty(&x->doubts))
        doubt_free(CONTAINER_OF(x->doubts.next, struct doubt, link));
    auth_set_outsiders(x->auth, NULL, 0);
    auth_set_judges(x->auth, NULL, 0);
    auth_reset_anonymous(x->auth);
    reread_free(x->authorization);
    referee_free(x->referee);
    referee_tokens_free(x->tokens);
    reread_free(x->authentication);
    reread_free(x->oidc_ca);
    issuer_free(x->issuer);
    return mem_free(x);
}
