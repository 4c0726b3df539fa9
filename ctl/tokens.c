#include "ctl/inside.h"

#include "tls/tls.h"

/* Bootstrap tokens (Secrets kube-system/bootstrap-token-<id>): the cluster-info ConfigMap is signed with each that is
 * meant for it, so that a machine that knows a token can tell a true one; those that have ended go. */
#define TOKEN_TYPE    "bootstrap.kubernetes.io/token"
#define SIGNED_PREFIX "jws-kubeconfig-"
#define SIGNER_KEY    "kube-public/cluster-info"

static struct str decoded(struct view *v, const struct value *secret, const char *member)
{
    SCOPED_BUF raw = BUF_INIT(65536);
    struct str out = STR_NONE, text = value_text(value_get(value_at(secret, "data"), str_of(member)));
    if (!text.n || buf_unbase64(&raw, text) < 0)
        return STR_NONE;
    if (arena_str(v->mem, buf_view(&raw), &out) < 0)
        v->out->failed = true;
    return out;
}

/* Seconds since 1970 at which the token ends; 0 never, 1 when its time cannot be read. */
static int64_t end_of(struct view *v, const struct value *secret)
{
    struct str text = decoded(v, secret, "expiration");
    int64_t sec = 0;
    int32_t nsec;
    if (!text.n)
        return 0;
    return time_parse_rfc3339(text, &sec, &nsec) < 0 ? 1 : MAX(sec, (int64_t)1);
}

static bool is_token(struct object *o)
{
    char scratch[64];
    struct str type;
    return o && o->kind && str_is(o->kind->name, "Secret") && str_is(object_namespace(o), "kube-system") && object_field(o, "type", &type, scratch) &&
           str_is(type, TOKEN_TYPE);
}

void map_bootstrap_token(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    char scratch[512];
    (void)v;
    (void)old;
    if (is_token(now))
        add(ctx, client_key(now, scratch));
}

void map_bootstrap_signer(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    char scratch[512];
    (void)v;
    if (is_token(now) || is_token(old) || (o->kind && str_is(o->kind->name, "ConfigMap") && str_is(client_key(o, scratch), SIGNER_KEY)))
        add(ctx, STR(SIGNER_KEY));
}

static int sign(struct view *v, struct str text, struct str id, struct str secret, struct str *out)
{
    SCOPED_BUF jws = BUF_INIT(4096);
    int r = tls_jws_detached(id, secret, text, &jws);
    return r < 0 ? r : arena_str(v->mem, buf_view(&jws), out);
}

/* Every signature that should stand there, as members of a map. */
static int signatures(struct view *v, struct str text, struct value *out)
{
    size_t n;
    struct object *const *secrets = view_in_namespace(v, view_index_of(v, view_resource("", "secrets")), STR("kube-system"), &n);
    *out = value_make_map();
    for (size_t i = 0; i < n; i++) {
        struct value *secret = is_token(secrets[i]) ? view_tree(v, secrets[i]) : NULL;
        struct str id = decoded(v, secret, "token-id"), key = decoded(v, secret, "token-secret"), jws = STR_NONE;
        if (!secret || is_deleting(secret) || !id.n || !key.n || !str_is(decoded(v, secret, "usage-bootstrap-signing"), "true"))
            continue;
        int64_t end = end_of(v, secret);
        if (end && end <= v->now)
            continue;
        struct str name = arena_fmt(v->mem, SIGNED_PREFIX "%.*s", STR_FMT(id));
        int r = sign(v, text, id, key, &jws);
        if (r < 0 || !name.p || !value_set(v->mem, out, name, value_make_text(jws)))
            return -ENOMEM;
    }
    return 0;
}

void bootstrap_signer_reconcile(struct view *v, struct str key)
{
    struct value *info, wanted;
    struct str ns, name;
    bool changed = false;
    view_key(key, &ns, &name);
    info = view_get(v, "configmaps", ns, name);
    struct str text = value_text_at(info, "data.kubeconfig");
    if (!info || !text.n)
        return;
    int r = signatures(v, text, &wanted);
    struct value *data = value_at(info, "data"), kept = value_make_map();
    VALUE_EACH_MEMBER (m, data) {
        bool stale = str_starts(m->key, STR(SIGNED_PREFIX)) && !value_get(&wanted, m->key);
        changed = changed || stale;
        if (r == 0 && !stale && !value_set(v->mem, &kept, m->key, m->value))
            r = -ENOMEM;
    }
    VALUE_EACH_MEMBER (m, &wanted) {
        changed = changed || !str_eq(value_text(value_get(data, m->key)), value_text(&m->value));
        if (r == 0 && !value_set(v->mem, &kept, m->key, m->value))
            r = -ENOMEM;
    }
    VALUE_SET(&r, v->mem, info, "data", kept);
    if (r < 0)
        v->out->failed = true;
    else if (changed)
        want_body(v, want(v, CLIENT_UPDATE, "", "configmaps", info), info);
}

void token_cleaner_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    view_key(key, &ns, &name);
    struct value *secret = view_get(v, "secrets", ns, name);
    if (!secret || is_deleting(secret))
        return;
    int64_t end = end_of(v, secret);
    if (end && end <= v->now)
        want_delete(v, view_resource("", "secrets"), secret, CLIENT_BACKGROUND);
    else if (end)
        client_intend_again(v->out, (end - v->now) * 1000);
}
