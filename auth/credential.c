/* From what a request shows — a certificate, a token, nothing — to a user; and what people are given to show. */
#include "auth/inside.h"

#define CREDENTIAL_ID STR("authentication.kubernetes.io/credential-id")

/* ── the cache of verified ServiceAccount tokens: ten seconds at most ── */

static void cached_drop(struct auth *x, struct auth_cached *c)
{
    if (!c->mem)
        return;
    map_del(&x->cached, str_make(c->digest, sizeof(c->digest)));
    c->mem = arena_free(c->mem);
}

void auth_cache_clear(struct auth *x)
{
    for (size_t i = 0; x->cache && i < AUTH_CACHE_ENTRIES; i++)
        cached_drop(x, &x->cache[i]);
}

void auth_cache_drop(struct auth *x, struct str resource, struct str namespace, struct str name)
{
    bool account = str_is(resource, "serviceaccounts"), pod = str_is(resource, "pods"), secret = str_is(resource, "secrets");
    for (size_t i = 0; x->cache && x->cached.n && i < AUTH_CACHE_ENTRIES; i++) {
        struct auth_cached *c = &x->cache[i];
        if (!c->mem)
            continue;
        struct str ref = account ? c->refs.account : pod ? c->refs.pod : secret ? c->refs.secret : c->refs.node;
        if (str_eq(ref, name) && (!(account || pod || secret) || str_eq(c->refs.namespace, namespace)))
            cached_drop(x, c);
    }
}

static int cache_digest(struct str token, const struct str *wanted, size_t n_wanted, unsigned char digest[32])
{
    SCOPED_BUF all = BUF_INIT(64u << 10);
    buf_str(&all, token);
    for (size_t i = 0; i < n_wanted; i++) {
        buf_char(&all, 0);
        buf_str(&all, wanted[i]);
    }
    int r = buf_error(&all);
    return r < 0 ? r : tls_sha256(buf_view(&all), digest);
}

int auth_cache_find(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now, struct auth_user *out,
                    struct str **audiences, size_t *n_audiences, unsigned char digest[32])
{
    int r = cache_digest(token, wanted, n_wanted, digest);
    if (r < 0)
        return r;
    struct auth_cached *c = map_get(&x->cached, str_make(digest, 32));
    if (!c)
        return AUTH_ABSENT;
    if (now >= c->until || now < c->until - AUTH_CACHE_SECONDS - 1) { /* the second: the clock was set back */
        cached_drop(x, c);
        return AUTH_ABSENT;
    }
    r = auth_user_copy(a, &c->user, out);
    *audiences = arena_alloc(a, (c->n_audiences + 1) * sizeof(struct str));
    if (r < 0 || !*audiences)
        return -ENOMEM;
    *n_audiences = c->n_audiences;
    for (size_t i = 0; r == 0 && i < c->n_audiences; i++)
        r = arena_str(a, c->audiences[i], &(*audiences)[i]);
    return r;
}

static int cached_fill(struct auth_cached *c, const struct auth_user *u, const struct auth_refs *refs, const struct str *audiences, size_t n)
{
    int r = auth_user_copy(c->mem, u, &c->user);
    const struct str from[] = {refs->namespace, refs->account, refs->pod, refs->secret, refs->node};
    struct str *to[] = {&c->refs.namespace, &c->refs.account, &c->refs.pod, &c->refs.secret, &c->refs.node};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(from); i++)
        r = arena_str(c->mem, from[i], to[i]);
    c->audiences = arena_alloc(c->mem, (n + 1) * sizeof(struct str));
    if (!c->audiences)
        return -ENOMEM;
    c->n_audiences = n;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = arena_str(c->mem, audiences[i], &c->audiences[i]);
    return r;
}

/* Best effort: a verified token that finds no room is verified again next time. */
static void cache_keep(struct auth *x, const unsigned char digest[32], const struct auth_user *u, const struct auth_refs *refs,
                       const struct str *audiences, size_t n, int64_t now)
{
    if (!x->cache)
        x->cache = mem_alloc(AUTH_CACHE_ENTRIES * sizeof(*x->cache));
    if (!x->cache)
        return;
    struct auth_cached *c = &x->cache[x->cache_next];
    x->cache_next = (x->cache_next + 1) % AUTH_CACHE_ENTRIES;
    cached_drop(x, c);
    if (arena_new(&c->mem, 64u << 10) < 0)
        return;
    memcpy(c->digest, digest, sizeof(c->digest));
    c->until = MIN(now + AUTH_CACHE_SECONDS, u->expires);
    if (cached_fill(c, u, refs, audiences, n) < 0 || map_put(&x->cached, str_make(c->digest, sizeof(c->digest)), c) < 0)
        c->mem = arena_free(c->mem);
}

/* ── bootstrap tokens: "abcdef.0123456789abcdef", Secret kube-system/bootstrap-token-abcdef ── */

static bool bootstrap_part(struct str s, size_t n)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9')))
            return false;
    return s.n == n;
}

static int bootstrap_split(struct str token, struct str *id, struct str *secret)
{
    return str_cut(token, '.', id, secret) && bootstrap_part(*id, 6) && bootstrap_part(*secret, 16) ? 0 : AUTH_NOT_OURS;
}

/* A member of the Secret's data, decoded; empty when absent or no base64. */
static int secret_data(struct arena *a, const struct value *secret, const char *key, struct str *out)
{
    struct str text = value_text(value_get(value_at(secret, "data"), str_of(key)));
    SCOPED_BUF raw = BUF_INIT(4096);
    *out = STR_NONE;
    if (text.n == 0 || buf_unbase64(&raw, text) == -EINVAL)
        return 0;
    int r = buf_error(&raw);
    return r == -E2BIG ? 0 : r < 0 ? r : arena_str(a, buf_view(&raw), out);
}

static bool bootstrap_group(struct str s)
{
    const struct str prefix = STR("system:bootstrappers:");
    struct str rest = str_from(s, prefix.n);
    if (!str_starts(s, prefix) || rest.n == 0 || rest.n > 256)
        return false;
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.p[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!alnum && ((c != ':' && c != '-') || i == rest.n - 1))
            return false;
    }
    return true;
}

static int bootstrap_user(struct arena *a, struct str id, struct str extra_groups, struct auth_user *out, struct err *err)
{
    struct str name = arena_fmt(a, "system:bootstrap:%.*s", STR_FMT(id)), group, rest = extra_groups;
    size_t n = 2;
    for (size_t i = 0; i < extra_groups.n; i++)
        n += extra_groups.p[i] == ',';
    if (!name.p || auth_user_init(a, out, name, n + 2) < 0)
        return err_raise(err, -ENOMEM, "no memory for a user");
    auth_user_group(out, STR("system:bootstrappers"));
    while (extra_groups.n && str_next(&rest, ',', &group)) {
        if (!bootstrap_group(group))
            return err_raise(err, AUTH_UNAUTHORIZED, "bootstrap token has an invalid group \"%.*s\"", STR_FMT(group));
        auth_user_group(out, group);
    }
    return 0;
}

static int bootstrap_check(struct auth *x, struct arena *a, struct str token, int64_t now, struct auth_user *out, struct err *err)
{
    struct str id, secret, part[5];
    struct value live;
    static const char *const keys[5] = {"token-id", "token-secret", "usage-bootstrap-authentication", "expiration", "auth-extra-groups"};
    if (x->no_bootstrap_tokens || !x->lookup.get || bootstrap_split(token, &id, &secret) != 0)
        return AUTH_NOT_OURS;
    struct str name = arena_fmt(a, "bootstrap-token-%.*s", STR_FMT(id));
    int r = name.p ? x->lookup.get(x->lookup.ctx, a, STR(""), STR("secrets"), STR("kube-system"), name, &live) : -ENOMEM;
    if (r < 0)
        return err_raise(err, r, "cannot look up a bootstrap token");
    if (r > 0)
        return err_raise(err, AUTH_UNAUTHORIZED, "there is no such bootstrap token");
    for (size_t i = 0; i < 5; i++) {
        r = secret_data(a, &live, keys[i], &part[i]);
        if (r < 0)
            return err_raise(err, r, "no memory for a bootstrap token");
    }
    bool right = str_is(value_text_at(&live, "type"), "bootstrap.kubernetes.io/token") && tls_equal(part[0], id) && tls_equal(part[1], secret) &&
                 str_is(part[2], "true") && value_is_null(value_at(&live, "metadata.deletionTimestamp"));
    int64_t expires = 0;
    int32_t nsec;
    if (right && part[3].n && (time_parse_rfc3339(part[3], &expires, &nsec) < 0 || expires <= now))
        return err_raise(err, AUTH_UNAUTHORIZED, "the bootstrap token has expired");
    if (!right)
        return err_raise(err, AUTH_UNAUTHORIZED, "the bootstrap token does not fit");
    r = bootstrap_user(a, id, part[4], out, err);
    out->expires = expires;
    return r;
}

/* ── static tokens ── */

static int static_check(struct auth *x, struct arena *a, struct str token, struct auth_user *out)
{
    const struct auth_static *hit = NULL;
    for (size_t i = 0; i < x->statics.n; i++) /* all of them: the time taken tells nothing */
        if (tls_equal(x->statics.p[i].token, token))
            hit = &x->statics.p[i];
    return hit ? auth_user_copy(a, &hit->user, out) : AUTH_NOT_OURS;
}

/* One CSV field; quotes may enclose it and are doubled inside (RFC 4180). False: malformed. */
static bool csv_field(struct arena *a, struct str *line, struct str *out)
{
    if (line->n == 0 || line->p[0] != '"') {
        struct str rest;
        bool more = str_cut(*line, ',', out, &rest);
        *out = str_trim(*out);
        *line = more ? rest : STR_NONE;
        return true;
    }
    char *p = arena_alloc(a, line->n);
    size_t n = 0, i = 1;
    if (!p)
        return false;
    for (; i < line->n; i++) {
        if (line->p[i] == '"') {
            if (i + 1 >= line->n || line->p[i + 1] != '"')
                break;
            i++;
        }
        p[n++] = line->p[i];
    }
    *out = str_make(p, n);
    struct str rest = str_from(*line, i + 1);
    bool closed = i < line->n && (rest.n == 0 || rest.p[0] == ',');
    *line = rest.n ? str_from(rest, 1) : STR_NONE;
    return closed;
}

static int static_line(struct auth *x, struct arena *a, struct str line)
{
    struct str field[4] = {{0}}, group;
    size_t n = 0;
    for (; n < 4 && line.p; n++)
        if (!csv_field(a, &line, &field[n]))
            return -EINVAL;
    if (n < 3 || field[0].n == 0 || field[1].n == 0 || line.p)
        return -EINVAL;
    struct auth_static *s = VEC_ADD(&x->statics);
    size_t groups = 1;
    for (size_t i = 0; i < field[3].n; i++)
        groups += field[3].p[i] == ',';
    if (!s || auth_user_init(a, &s->user, field[1], groups) < 0 || arena_str(a, field[0], &s->token) < 0 || arena_str(a, field[2], &s->user.uid) < 0)
        return -ENOMEM;
    struct str rest = field[3];
    while (rest.n && str_next(&rest, ',', &group)) {
        struct str kept;
        if (arena_str(a, str_trim(group), &kept) < 0)
            return -ENOMEM;
        if (kept.n)
            auth_user_group(&s->user, kept);
    }
    return 0;
}

int auth_set_static_tokens(struct auth *x, struct str csv, struct err *err)
{
    struct str line;
    VEC_DONE(&x->statics);
    x->static_mem = arena_free(x->static_mem);
    int r = arena_new(&x->static_mem, AUTH_OBJECT_BYTES), at = 0;
    while (r == 0 && csv.n && str_next(&csv, '\n', &line)) {
        at++;
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            r = static_line(x, x->static_mem, line);
    }
    if (r == 0)
        return 0;
    VEC_DONE(&x->statics);
    return err_raise(err, r, r == -EINVAL ? "token file line %d: not token,user,uid[,\"group,…\"]" : "token file line %d", at);
}

/* ── all of them ── */

static int known_check(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now,
                       struct auth_user *out, struct str **audiences, size_t *n_audiences, struct err *err)
{
    unsigned char digest[32];
    struct auth_refs refs = {0};
    err_raise(err, 0, "the token is of no known kind");
    if (token.n == 0 || token.n > AUTH_TOKEN_MAX)
        return AUTH_UNAUTHORIZED;
    *audiences = x->audiences; /* tokens without audiences are the API server's */
    *n_audiences = x->n_audiences;
    int r = static_check(x, a, token, out);
    if (r == AUTH_NOT_OURS)
        r = bootstrap_check(x, a, token, now, out, err);
    if (r != AUTH_NOT_OURS)
        return r;
    r = auth_cache_find(x, a, token, wanted, n_wanted, now, out, audiences, n_audiences, digest);
    if (r != AUTH_ABSENT)
        return r;
    r = auth_account_check(x, a, token, wanted, n_wanted, now, out, &refs, audiences, n_audiences, err);
    if (r == 0)
        cache_keep(x, digest, out, &refs, *audiences, *n_audiences, now);
    return r;
}

/* Who is known here, then the outsiders; the last who knew the token and refused it says why. */
static int token_check(struct auth *x, struct arena *a, const struct auth_question *q, struct auth_user *out, struct str **audiences,
                       size_t *n_audiences, struct err *err)
{
    int r = known_check(x, a, q->token, q->wanted, q->n_wanted, q->now, out, audiences, n_audiences, err);
    if (q->token.n == 0 || q->token.n > AUTH_TOKEN_MAX)
        return r;
    for (size_t i = 0; i < x->n_outsiders && (r == AUTH_NOT_OURS || r == AUTH_UNAUTHORIZED); i++) {
        struct auth_answer answer = {0};
        struct err why = {{0}};
        int other = x->outsiders[i].token(x->outsiders[i].ctx, a, q, out, &answer, &why);
        *audiences = answer.audiences ? answer.audiences : x->audiences;
        *n_audiences = answer.audiences ? answer.n : x->n_audiences;
        if (other != AUTH_NOT_OURS) {
            r = other;
            err_raise(err, 0, "%s", why.text);
        }
    }
    return r == AUTH_NOT_OURS ? AUTH_UNAUTHORIZED : r;
}

int auth_token_check(struct auth *x, struct arena *a, struct str token, const struct str *wanted, size_t n_wanted, int64_t now,
                     struct auth_wait *wait, struct auth_user *out, struct str **audiences, size_t *n_audiences, struct err *err)
{
    struct auth_question q = {.token = token, .wanted = wanted, .n_wanted = n_wanted, .now = now, .wait = wait};
    int r = token_check(x, a, &q, out, audiences, n_audiences, err);
    if (r != 0)
        return r;
    auth_user_group(out, STR("system:authenticated"));
    if (*audiences != x->audiences || n_wanted == 0)
        return 0;
    size_t n = 0; /* a token without audiences of its own: which of the wanted are the API server's? */
    struct str *both = arena_alloc(a, n_wanted * sizeof(struct str));
    if (!both)
        return err_raise(err, -ENOMEM, "no memory for audiences");
    for (size_t i = 0; i < n_wanted; i++)
        for (size_t k = 0; k < x->n_audiences; k++)
            if (str_eq(wanted[i], x->audiences[k])) {
                both[n++] = wanted[i];
                break;
            }
    *audiences = both;
    *n_audiences = n;
    return n ? 0 : err_raise(err, AUTH_UNAUTHORIZED, "token audiences are not among those accepted here");
}

static int cert_user(struct arena *a, struct str der, int64_t now, struct auth_user *out, struct err *err)
{
    struct tls_subject s;
    unsigned char digest[32];
    SCOPED_BUF id = BUF_INIT(128);
    int r = tls_cert_read_der(a, der, &s, err);
    if (r < 0)
        return r == -ENOMEM ? r : AUTH_UNAUTHORIZED;
    if (now > s.not_after) /* the connection may be older than the certificate's end */
        return err_raise(err, AUTH_UNAUTHORIZED, "the client certificate has expired");
    if (s.common_name.n == 0)
        return AUTH_NOT_OURS;
    r = auth_user_init(a, out, s.common_name, s.n_organizations + 2);
    for (size_t i = 0; r == 0 && i < s.n_organizations; i++)
        auth_user_group(out, s.organizations[i]);
    buf_text(&id, "X509SHA256=");
    if (r == 0)
        r = tls_sha256(der, digest);
    if (r == 0) {
        buf_hex(&id, str_make(digest, sizeof(digest)));
        r = buf_error(&id);
    }
    if (r == 0)
        r = auth_user_extra(a, out, CREDENTIAL_ID, buf_view(&id));
    out->expires = s.not_after + 1;
    return r < 0 ? err_raise(err, r, "no memory for a user") : 0;
}

static struct str bearer_of(const struct auth_credentials *c)
{
    struct str scheme, token;
    if (str_cut(c->authorization, ' ', &scheme, &token) && str_eq_nocase(scheme, STR("bearer")))
        return str_trim(token);
    return c->bearer;
}

static bool anonymous_path(const struct auth *x, struct str path)
{
    static const char *const open[] = {"/healthz", "/livez", "/readyz", "/version"};
    if (x->anonymous_set) {
        for (size_t i = 0; x->anonymous_paths && x->anonymous_paths[i]; i++)
            if (str_is(path, x->anonymous_paths[i]))
                return x->anonymous;
        return x->anonymous && !x->anonymous_paths;
    }
    /* What a machine that joins reads before it knows anybody; RBAC decides. */
    if (str_is(path, "/api/v1/namespaces/kube-public/configmaps/cluster-info"))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(open); i++) {
        struct str p = str_of(open[i]);
        if (str_starts(path, p) && (path.n == p.n || path.p[p.n] == '/'))
            return true;
    }
    return false;
}

int auth_authenticate(struct auth *x, struct arena *a, const struct auth_credentials *c, int64_t now, struct auth_user *out, struct err *err)
{
    struct str *audiences, token = bearer_of(c);
    size_t n_audiences;
    int r = AUTH_NOT_OURS;
    if (c->peer_cert.n)
        r = cert_user(a, c->peer_cert, now, out, err);
    if ((r == AUTH_NOT_OURS || r == AUTH_UNAUTHORIZED) && token.n)
        r = token_check(x, a, &(struct auth_question){.token = token, .now = now, .wait = c->wait}, out, &audiences, &n_audiences, err);
    if (r == 0) {
        if (!str_is(out->name, "system:anonymous"))
            auth_user_group(out, STR("system:authenticated"));
        return 0;
    }
    if (r != AUTH_NOT_OURS)
        return r;
    if (x->no_anonymous || !anonymous_path(x, c->path))
        return err_raise(err, AUTH_UNAUTHORIZED, "no credentials");
    r = auth_user_init(a, out, STR("system:anonymous"), 1);
    if (r == 0)
        auth_user_group(out, STR("system:unauthenticated"));
    return r < 0 ? err_raise(err, r, "no memory for a user") : 0;
}

/* ── what is handed out: kubeconfigs, and whom to trust ── */

static void cluster_print(struct buf *b, const char *name, const char *server_url, const char *ca_bundle)
{
    buf_text(b, "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ");
    buf_base64(b, str_of(ca_bundle));
    buf_fmt(b, "\n    server: %s\n  name: ", server_url);
    json_string(b, str_of(name)); /* a JSON string is a YAML one */
}

int auth_kubeconfig_write(const char *path, const char *cluster, const char *server_url, const char *ca_bundle, const char *user,
                          const struct tls_pair *pair, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    SCOPED_BUF old = BUF_INIT(1u << 20);
    SCOPED_BUF context = BUF_INIT(1024);
    buf_fmt(&context, "%s@%s", user, cluster);
    cluster_print(&b, cluster, server_url, ca_bundle);
    buf_text(&b, "\ncontexts:\n- context:\n    cluster: ");
    json_string(&b, str_of(cluster));
    buf_text(&b, "\n    user: ");
    json_string(&b, str_of(user));
    buf_text(&b, "\n  name: ");
    json_string(&b, buf_view(&context));
    buf_text(&b, "\ncurrent-context: ");
    json_string(&b, buf_view(&context));
    buf_text(&b, "\nkind: Config\nusers:\n- name: ");
    json_string(&b, str_of(user));
    buf_text(&b, "\n  user:\n    client-certificate-data: ");
    buf_base64(&b, str_of(pair->cert_pem));
    buf_text(&b, "\n    client-key-data: ");
    buf_base64(&b, str_of(pair->key_pem));
    buf_char(&b, '\n');
    int r = buf_error(&b);
    if (r == 0)
        r = buf_error(&context);
    if (r < 0)
        return err_raise(err, r, "no memory for %s", path);
    if (os_file_read(path, 1u << 20, &old) == 0 && str_eq(buf_view(&old), buf_view(&b)))
        return 0;
    r = os_file_replace(path, buf_view(&b), 0600);
    return r < 0 ? err_raise(err, r, "cannot write %s: %s", path, strerror(-r)) : 0;
}

int auth_extension_config(struct arena *a, const struct auth_pki *p, struct value *config_map)
{
    const char *const members[][2] = {
        {"client-ca-file", auth_pki_ca_bundle(p)},
        {"requestheader-client-ca-file", auth_pki_front_proxy_ca(p)},
        {"requestheader-allowed-names", "[\"" AUTH_FRONT_PROXY "\"]"},
        {"requestheader-username-headers", "[\"X-Remote-User\"]"},
        {"requestheader-uid-headers", "[\"X-Remote-Uid\"]"},
        {"requestheader-group-headers", "[\"X-Remote-Group\"]"},
        {"requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]"},
    };
    struct value data = value_make_map();
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        VALUE_SET(&r, a, &data, members[i][0], value_make_text(str_of(members[i][1])));
    *config_map = value_make_map();
    VALUE_SET(&r, a, config_map, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, config_map, "kind", value_make_text(STR("ConfigMap")));
    VALUE_SET(&r, a, config_map, "metadata.name", value_make_text(STR("extension-apiserver-authentication")));
    VALUE_SET(&r, a, config_map, "metadata.namespace", value_make_text(STR("kube-system")));
    VALUE_SET(&r, a, config_map, "data", data);
    return r;
}

int auth_cluster_info(struct arena *a, const char *server_url, const char *ca_bundle, struct value *config_map)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    struct str text = STR_NONE;
    cluster_print(&b, "", server_url, ca_bundle);
    buf_text(&b, "\ncontexts: null\ncurrent-context: \"\"\nkind: Config\nusers: null\n");
    int r = buf_error(&b);
    if (r == 0)
        r = arena_str(a, buf_view(&b), &text);
    *config_map = value_make_map();
    VALUE_SET(&r, a, config_map, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, config_map, "kind", value_make_text(STR("ConfigMap")));
    VALUE_SET(&r, a, config_map, "metadata.name", value_make_text(STR("cluster-info")));
    VALUE_SET(&r, a, config_map, "metadata.namespace", value_make_text(STR("kube-public")));
    VALUE_SET(&r, a, config_map, "data.kubeconfig", value_make_text(text));
    return r;
}
