/* ServiceAccount tokens: minted for TokenRequests and judged when they come
 * back (KEP-1205). A token stands and falls with the objects its private claim
 * names: the account, and the pod, secret or node it is bound to. */
#include "auth/inside.h"

#define SECONDS_DEFAULT   3600
#define SECONDS_MIN       600
#define SECONDS_MAX       (1ll << 32)
#define SECONDS_PROJECTED 3607            /* what the kubelet asks for by default: the mark of an ordinary pod */
#define SECONDS_EXTENDED  (365ll * 86400) /* such a token works so long, for clients that never reload it */

/* ── judging ── */

/* Is the object there, with this uid, and not gone longer ago than clocks may differ? */
static int ref_alive(struct auth *x, struct arena *a, const char *resource, struct str namespace, struct str name, struct str uid, int64_t now,
                     struct value *out, struct err *err)
{
    int r = x->lookup.get ? x->lookup.get(x->lookup.ctx, a, STR(""), str_of(resource), namespace, name, out) : AUTH_ABSENT;
    if (r < 0)
        return err_raise(err, r, "cannot look up %s \"%.*s\"", resource, STR_FMT(name));
    if (r > 0)
        return err_raise(err, AUTH_UNAUTHORIZED, "%s \"%.*s\" of the token is not there", resource, STR_FMT(name));
    int64_t gone = 0;
    int32_t nsec;
    struct str deleted = value_text_at(out, "metadata.deletionTimestamp");
    if (deleted.n && time_parse_rfc3339(deleted, &gone, &nsec) == 0 && gone < now - AUTH_LEEWAY)
        return err_raise(err, AUTH_UNAUTHORIZED, "%s \"%.*s\" of the token has been deleted", resource, STR_FMT(name));
    if (!str_eq(value_text_at(out, "metadata.uid"), uid))
        return err_raise(err, AUTH_UNAUTHORIZED, "%s \"%.*s\" of the token is another one (its UID differs)", resource, STR_FMT(name));
    return 0;
}

static int times_judge(const struct value *claims, int64_t now, int64_t *expires, struct err *err)
{
    const struct value *exp = value_get(claims, STR("exp"));
    *expires = value_int(exp, 0);
    if (value_is_null(exp) || *expires <= 0)
        return err_raise(err, AUTH_UNAUTHORIZED, "the token never expires");
    if (now > *expires + AUTH_LEEWAY)
        return err_raise(err, AUTH_UNAUTHORIZED, "service account token has expired");
    if (now + AUTH_LEEWAY < value_int_at(claims, "nbf", 0) || now + AUTH_LEEWAY < value_int_at(claims, "iat", 0))
        return err_raise(err, AUTH_UNAUTHORIZED, "service account token is not valid yet");
    return 0;
}

static int audiences_judge(struct auth *x, struct arena *a, const struct value *claims, const struct str *wanted, size_t n_wanted, struct str **out,
                           size_t *n_out, struct err *err)
{
    struct str *named;
    size_t n_named;
    struct value single = value_make_list();
    const struct value *aud = value_get(claims, STR("aud"));
    if (aud && aud->type == VALUE_TEXT) { /* RFC 7519 §4.1.3: one may stand alone */
        if (!value_add(a, &single, *aud))
            return err_raise(err, -ENOMEM, "no memory for audiences");
        aud = &single;
    }
    int r = auth_list_strs(a, aud, &named, &n_named);
    struct str *both = arena_alloc(a, (n_named + 1) * sizeof(struct str));
    if (r < 0 || !both)
        return err_raise(err, -ENOMEM, "no memory for audiences");
    if (n_wanted == 0) {
        wanted = x->audiences;
        n_wanted = x->n_audiences;
    }
    size_t n = 0;
    for (size_t i = 0; i < n_named; i++)
        for (size_t k = 0; k < n_wanted; k++)
            if (str_eq(named[i], wanted[k])) {
                both[n++] = named[i];
                break;
            }
    if (n == 0)
        return err_raise(err, AUTH_UNAUTHORIZED, "token audiences are not among those accepted here");
    *out = both;
    *n_out = n;
    return 0;
}

static int account_user(struct arena *a, const struct value *claims, const struct value *private, const struct auth_refs *refs, struct auth_user *out)
{
    struct str name = arena_fmt(a, "system:serviceaccount:%.*s:%.*s", STR_FMT(refs->namespace), STR_FMT(refs->account));
    struct str group = arena_fmt(a, "system:serviceaccounts:%.*s", STR_FMT(refs->namespace));
    struct str jti = value_text_at(claims, "jti");
    if (!name.p || !group.p || auth_user_init(a, out, name, 3) < 0)
        return -ENOMEM;
    out->uid = value_text_at(private, "serviceaccount.uid");
    auth_user_group(out, STR("system:serviceaccounts"));
    auth_user_group(out, group);
    int r = 0;
    if (jti.n) {
        struct str id = arena_fmt(a, "JTI=%.*s", STR_FMT(jti));
        r = id.p ? auth_user_extra(a, out, STR("authentication.kubernetes.io/credential-id"), id) : -ENOMEM;
    }
    static const char *const extras[][2] = {
        {"pod.name", "authentication.kubernetes.io/pod-name"},
        {"pod.uid", "authentication.kubernetes.io/pod-uid"},
        {"node.name", "authentication.kubernetes.io/node-name"},
        {"node.uid", "authentication.kubernetes.io/node-uid"},
    };
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(extras); i++) {
        struct str value = value_text_at(private, extras[i][0]);
        if (value.n)
            r = auth_user_extra(a, out, str_of(extras[i][1]), value);
    }
    return r;
}

static int refs_judge(struct auth *x, struct arena *a, const struct value *private, int64_t now, struct auth_refs *refs, struct err *err)
{
    struct value live;
    *refs = (struct auth_refs){.namespace = value_text_at(private, "namespace"),
                               .account = value_text_at(private, "serviceaccount.name"),
                               .pod = value_text_at(private, "pod.name"),
                               .secret = value_text_at(private, "secret.name"),
                               .node = value_text_at(private, "node.name")};
    if (!refs->namespace.n || !refs->account.n)
        return err_raise(err, AUTH_UNAUTHORIZED, "the token names no ServiceAccount");
    int r = ref_alive(x, a, "serviceaccounts", refs->namespace, refs->account, value_text_at(private, "serviceaccount.uid"), now, &live, err);
    if (r == 0 && refs->secret.n)
        r = ref_alive(x, a, "secrets", refs->namespace, refs->secret, value_text_at(private, "secret.uid"), now, &live, err);
    if (r == 0 && refs->pod.n)
        r = ref_alive(x, a, "pods", refs->namespace, refs->pod, value_text_at(private, "pod.uid"), now, &live, err);
    /* In a pod's token the node is only told; bound to a node alone, it falls with the node. */
    if (r == 0 && refs->node.n && !refs->pod.n)
        r = ref_alive(x, a, "nodes", STR(""), refs->node, value_text_at(private, "node.uid"), now, &live, err);
    return r;
}

int auth_account_check(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now,
                       struct auth_user *out, struct auth_refs *refs, struct str **audiences, size_t *n_audiences, struct err *err)
{
    struct auth_jwt t = {0};
    int r = auth_jwt_parse(a, token, &t, err);
    if (r == -EBADMSG || (r == 0 && !str_eq(value_text_at(&t.claims, "iss"), x->issuer)))
        return AUTH_NOT_OURS;
    if (r == 0)
        r = auth_jwt_verify(x, &t, err);
    if (r != 0)
        return r;
    const struct value *private = value_get(&t.claims, STR("kubernetes.io"));
    int64_t expires;
    r = times_judge(&t.claims, now, &expires, err);
    if (r == 0)
        r = audiences_judge(x, a, &t.claims, wanted, n_wanted, audiences, n_audiences, err);
    if (r == 0)
        r = refs_judge(x, a, private, now, refs, err);
    if (r != 0)
        return r;
    r = account_user(a, &t.claims, private, refs, out);
    if (r < 0)
        return err_raise(err, r, "no memory for a user");
    out->expires = expires;
    if (!str_eq(value_text_at(&t.claims, "sub"), out->name))
        return err_raise(err, AUTH_UNAUTHORIZED, "the token's subject is not its ServiceAccount");
    return 0;
}

/* ── minting ── */

struct mint {
    struct auth *x;
    struct arena *a;
    const struct value *account;
    struct value *request;
    int64_t now;
    struct str namespace;
    int64_t seconds;
    struct value bound, node; /* live objects; NULL-typed: none */
    const char *bound_kind;   /* member of the private claim: "pod", "secret", "node" */
    struct err *err;
};

static int spec_judge(struct mint *m, struct faults *faults)
{
    const struct value *spec = value_at(m->request, "spec");
    const struct value *seconds = value_get(spec, STR("expirationSeconds"));
    m->seconds = value_int(seconds, SECONDS_DEFAULT);
    if (m->seconds < SECONDS_MIN)
        fault_add(faults, FAULT_INVALID, "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
    if (m->seconds > SECONDS_MAX)
        fault_add(faults, FAULT_INVALID, "spec.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
    if (faults->n)
        return AUTH_INVALID;
    if (m->x->token_seconds_max && m->seconds > m->x->token_seconds_max)
        m->seconds = m->x->token_seconds_max;
    return 0;
}

static int bound_judge(struct mint *m, struct faults *faults)
{
    static const struct {
        const char *kind, *resource, *claim;
    } kinds[] = {{"Pod", "pods", "pod"}, {"Secret", "secrets", "secret"}, {"Node", "nodes", "node"}};
    const struct value *ref = value_at(m->request, "spec.boundObjectRef");
    struct str kind = value_text_at(ref, "kind"), name = value_text_at(ref, "name"), uid = value_text_at(ref, "uid");
    if (value_is_null(ref))
        return 0;
    size_t i = 0;
    while (i < ARRAY_LEN(kinds) && !str_is(kind, kinds[i].kind))
        i++;
    if (i == ARRAY_LEN(kinds) || !str_is(value_text_at(ref, "apiVersion"), "v1")) {
        fault_add(faults, FAULT_INVALID, "spec.boundObjectRef", ref, "cannot bind token for serviceaccount to type %.*s", STR_FMT(kind));
        return AUTH_INVALID;
    }
    struct str namespace = i == 2 ? STR("") : m->namespace;
    int r = m->x->lookup.get ? m->x->lookup.get(m->x->lookup.ctx, m->a, STR(""), str_of(kinds[i].resource), namespace, name, &m->bound) : AUTH_ABSENT;
    if (r < 0)
        return err_raise(m->err, r, "cannot look up %s \"%.*s\"", kinds[i].resource, STR_FMT(name));
    if (r > 0)
        return err_raise(m->err, AUTH_ABSENT, "%s \"%.*s\" not found", kinds[i].resource, STR_FMT(name));
    struct str live = value_text_at(&m->bound, "metadata.uid");
    if (uid.n && !str_eq(uid, live))
        return err_raise(m->err, AUTH_CONFLICT,
                         "Operation cannot be fulfilled on %s \"%.*s\": the UID in the bound object reference (%.*s) does not "
                         "match the UID in record. The object might have been deleted and then recreated",
                         kinds[i].resource, STR_FMT(name), STR_FMT(uid));
    m->bound_kind = kinds[i].claim;
    if (i == 0 && !str_eq(value_text_at(&m->bound, "spec.serviceAccountName"), value_text_at(m->account, "metadata.name"))) {
        fault_add(faults, FAULT_INVALID, "spec.boundObjectRef", ref,
                  "cannot bind token for serviceaccount \"%.*s\" to pod running with different serviceaccount name.",
                  STR_FMT(value_text_at(m->account, "metadata.name")));
        return AUTH_INVALID;
    }
    return 0;
}

/* A pod's token also tells its node, when that is known. */
static int node_find(struct mint *m)
{
    struct str name = value_text_at(&m->bound, "spec.nodeName");
    if (!m->bound_kind || strcmp(m->bound_kind, "pod") || !name.n)
        return 0;
    int r = m->x->lookup.get(m->x->lookup.ctx, m->a, STR(""), STR("nodes"), STR(""), name, &m->node);
    return r < 0 ? err_raise(m->err, r, "cannot look up node \"%.*s\"", STR_FMT(name)) : 0;
}

static int audiences_fill(struct mint *m)
{
    struct value *spec = value_get(m->request, STR("spec"));
    if (value_count(value_at(m->request, "spec.audiences")))
        return 0;
    struct value list = value_make_list();
    for (size_t i = 0; i < m->x->n_audiences; i++)
        if (!value_add(m->a, &list, value_make_text(m->x->audiences[i])))
            return -ENOMEM;
    if (!spec)
        spec = value_set(m->a, m->request, STR("spec"), value_make_map());
    return spec && value_set(m->a, spec, STR("audiences"), list) ? 0 : -ENOMEM;
}

static bool audience_is_ours(const struct mint *m)
{
    VALUE_EACH_ITEM (item, value_at(m->request, "spec.audiences"))
        for (size_t i = 0; i < m->x->n_audiences; i++)
            if (str_eq(value_text(item), m->x->audiences[i]))
                return true;
    return false;
}

static void ref_put(int *r, struct mint *m, struct value *private, const char *claim, const struct value *object)
{
    struct value ref = value_make_map();
    VALUE_SET(r, m->a, &ref, "name", value_make_text(value_text_at(object, "metadata.name")));
    VALUE_SET(r, m->a, &ref, "uid", value_make_text(value_text_at(object, "metadata.uid")));
    VALUE_SET(r, m->a, private, claim, ref);
}

static int claims_make(struct mint *m, struct value *claims)
{
    int r = 0;
    char jti[37];
    struct value private = value_make_map();
    int64_t seconds = m->seconds;
    bool extend = !m->x->no_extension && seconds == SECONDS_PROJECTED && m->bound_kind && !strcmp(m->bound_kind, "pod") && audience_is_ours(m);
    if (extend)
        seconds = SECONDS_EXTENDED;
    os_uuid(jti);
    struct str sub = arena_fmt(m->a, "system:serviceaccount:%.*s:%.*s", STR_FMT(m->namespace), STR_FMT(value_text_at(m->account, "metadata.name")));
    struct str id = arena_fmt(m->a, "%s", jti);
    if (!sub.p || !id.p)
        return -ENOMEM;
    *claims = value_make_map();
    VALUE_SET(&r, m->a, claims, "aud", *value_at(m->request, "spec.audiences"));
    VALUE_SET(&r, m->a, claims, "exp", value_make_int(m->now + seconds));
    VALUE_SET(&r, m->a, claims, "iat", value_make_int(m->now));
    VALUE_SET(&r, m->a, claims, "iss", value_make_text(m->x->issuer));
    VALUE_SET(&r, m->a, claims, "jti", value_make_text(id));
    VALUE_SET(&r, m->a, &private, "namespace", value_make_text(m->namespace));
    if (m->node.type == VALUE_MAP)
        ref_put(&r, m, &private, "node", &m->node);
    if (m->bound_kind)
        ref_put(&r, m, &private, m->bound_kind, &m->bound);
    ref_put(&r, m, &private, "serviceaccount", m->account);
    if (extend)
        VALUE_SET(&r, m->a, &private, "warnafter", value_make_int(m->now + m->seconds));
    if (r == 0 && !value_set(m->a, claims, STR("kubernetes.io"), private)) /* the key has a dot: no path */
        r = -ENOMEM;
    VALUE_SET(&r, m->a, claims, "nbf", value_make_int(m->now));
    VALUE_SET(&r, m->a, claims, "sub", value_make_text(sub));
    return r;
}

static int status_fill(struct mint *m)
{
    struct value claims;
    SCOPED_BUF json = BUF_INIT(64u << 10);
    SCOPED_BUF token = BUF_INIT(128u << 10);
    char when[32];
    struct str text = STR_NONE, expires = STR_NONE;
    int r = claims_make(m, &claims);
    if (r < 0)
        return err_raise(m->err, r, "no memory for a token");
    json_print(&json, &claims);
    r = buf_error(&json);
    if (r == 0)
        r = auth_jwt_sign(m->x, buf_view(&json), &token, m->err);
    if (r < 0)
        return r;
    time_fmt_rfc3339(when, m->now + m->seconds);
    r = arena_str(m->a, buf_view(&token), &text);
    if (r == 0)
        r = arena_str(m->a, str_of(when), &expires);
    VALUE_SET(&r, m->a, m->request, "spec.expirationSeconds", value_make_int(m->seconds));
    VALUE_SET(&r, m->a, m->request, "status.token", value_make_text(text));
    VALUE_SET(&r, m->a, m->request, "status.expirationTimestamp", value_make_text(expires));
    return r < 0 ? err_raise(m->err, r, "no memory for a token") : 0;
}

int auth_token_mint(struct auth *x, struct arena *a, const struct value *account, struct value *request, int64_t now, struct faults *faults,
                    struct err *err)
{
    struct mint m = {
        .x = x, .a = a, .account = account, .request = request, .now = now, .err = err, .namespace = value_text_at(account, "metadata.namespace")};
    int r = spec_judge(&m, faults);
    if (r == 0)
        r = bound_judge(&m, faults);
    if (r == 0)
        r = node_find(&m);
    if (r == 0)
        r = audiences_fill(&m) < 0 ? err_raise(err, -ENOMEM, "no memory for a token") : 0;
    return r == 0 ? status_fill(&m) : r;
}
