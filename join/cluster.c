#include "join/inside.h"

/* From a token to a node's identity:
 *
 *   discover ─(cluster-info, believed)→ ask ─(certificate)→ settle ─(cluster.yaml)→ done
 *       ↑ no server, no signature yet       ↑ not approved in time: asked again
 *
 * Each step has a client of its own: nobody and unverified, the token, the node. */
#define AGAIN_MS    2000
#define APPROVAL_MS 300000

struct join {
    struct loop *loop;
    struct join_options o;
    struct arena *mem; /* the options' texts */
    struct client *client;
    struct join_asking *asking;
    struct loop_timer timer;
    struct loop_task step;
    void (*next)(struct join *j);
    char *ca_pem;
    struct tls_pair pair;
};

static void discover(struct join *j);
static void ask(struct join *j);
static void settle(struct join *j);

/* ── judging ── */

bool join_token_valid(struct str token)
{
    bool good = token.n == 23 && token.p[6] == '.';
    for (size_t i = 0; i < token.n && good; i++)
        good = i == 6 || (token.p[i] >= 'a' && token.p[i] <= 'z') || (token.p[i] >= '0' && token.p[i] <= '9');
    return good;
}

static bool cert_next(struct str *rest, struct str *pem)
{
    const struct str begin = STR("-----BEGIN CERTIFICATE-----"), last = STR("-----END CERTIFICATE-----");
    ssize_t from = str_find(*rest, begin);
    ssize_t to = from < 0 ? -1 : str_find(str_from(*rest, (size_t)from), last);
    if (to < 0)
        return false;
    *pem = str_head(str_from(*rest, (size_t)from), (size_t)to + last.n);
    *rest = str_from(*rest, (size_t)from + pem->n);
    return true;
}

/* Is the key of one of these certificates among the hashes? */
static int hash_check(struct str ca_pem, const char *const *hashes, struct err *err)
{
    struct str rest = ca_pem, pem;
    while (cert_next(&rest, &pem)) {
        unsigned char sum[32];
        SCOPED_BUF text = BUF_INIT(128);
        int r = tls_public_sha256(pem, sum, err);
        if (r < 0)
            return r;
        buf_text(&text, "sha256:");
        buf_hex(&text, str_make(sum, sizeof(sum)));
        if (buf_error(&text))
            return err_raise(err, -ENOMEM, "no memory for a hash");
        for (size_t i = 0; hashes[i]; i++)
            if (str_eq_nocase(buf_view(&text), str_of(hashes[i])))
                return 0;
    }
    return err_raise(err, -EKEYREJECTED,
                     "the cluster's authority is none of those given by ca-hash: this is another cluster, or somebody stands between");
}

int join_judge(struct arena *a, const struct value *cluster_info, struct str token, const char *const *ca_hashes, struct str *ca_pem, struct err *err)
{
    SCOPED_BUF expected = BUF_INIT(4096);
    struct str id, secret, text = value_text_at(cluster_info, "data.kubeconfig");
    str_cut(token, '.', &id, &secret);
    struct str name = arena_fmt(a, "jws-kubeconfig-%.*s", STR_FMT(id));
    if (!name.p)
        return err_raise(err, -ENOMEM, "no memory for a name");
    struct str given = value_text(value_get(value_at(cluster_info, "data"), name));
    if (!given.n)
        return JOIN_UNSIGNED;
    int r = tls_jws_detached(id, secret, text, &expected);
    if (r < 0)
        return err_raise(err, r, "no memory for a signature");
    if (!tls_equal(given, buf_view(&expected)))
        return err_raise(err, -EKEYREJECTED, "cluster-info is signed with another secret than the token's");
    r = join_authority(a, cluster_info, ca_pem, err);
    if (r == 0 && !ca_pem->n)
        return err_raise(err, -EBADMSG, "cluster-info names no authority");
    return r < 0 || !ca_hashes || !ca_hashes[0] ? r : hash_check(*ca_pem, ca_hashes, err);
}

/* ── steps ── */

static void run_step(void *ctx)
{
    struct join *j = ctx;
    j->asking = join_asking_free(j->asking);
    j->client = client_free(j->client);
    j->next(j);
}

/* Never from inside a callback of the client that is about to go. */
static void go_on(struct join *j, void (*next)(struct join *j))
{
    loop_timer_stop(&j->timer);
    j->next = next;
    loop_defer(j->loop, &j->step, run_step, j);
}

static void give_up(struct join *j, int r, const char *why)
{
    loop_timer_stop(&j->timer);
    j->o.done(j->o.ctx, r, why);
}

static void wait(struct join *j, void (*next)(struct join *j), int64_t ms, const char *why)
{
    if (why && j->o.on_wait)
        j->o.on_wait(j->o.ctx, why);
    j->next = next;
    if (loop_timer_start(j->loop, &j->timer, ms, run_step, j) < 0)
        give_up(j, -ENOMEM, "no memory for a timer");
}

static int connect_as(struct join *j, const char *ca_pem, const char *token, const struct tls_pair *pair, struct err *err)
{
    struct client_config k = {.insecure = !ca_pem};
    int r = join_url(j->o.server, &k, err);
    k.ca_pem = ca_pem ? mem_text(ca_pem, strlen(ca_pem)) : NULL;
    k.token = token ? mem_text(token, strlen(token)) : NULL;
    k.cert_pem = pair ? mem_text(pair->cert_pem, strlen(pair->cert_pem)) : NULL;
    k.key_pem = pair ? mem_text(pair->key_pem, strlen(pair->key_pem)) : NULL;
    if (r == 0 && ((ca_pem && !k.ca_pem) || (token && !k.token) || (pair && (!k.cert_pem || !k.key_pem))))
        r = err_raise(err, -ENOMEM, "no memory to connect");
    if (r == 0)
        r = client_http_new(&j->client, j->loop, &k, STR("coracle-join"), err);
    client_config_done(&k);
    return r;
}

static int get(struct join *j, const char *ns, const char *name, void (*done)(void *ctx, const struct client_reply *r))
{
    struct client_call call = {
        .verb = CLIENT_GET, .resource = schema_resource_find(STR_NONE, STR("v1"), STR("configmaps")), .ns = str_of(ns), .name = str_of(name)};
    return client_send(j->client, &call, done, j);
}

static void on_info(void *ctx, const struct client_reply *reply)
{
    struct join *j = ctx;
    SCOPED(arena) a = NULL;
    struct value info = {0};
    struct str ca = STR_NONE;
    struct err err = {{0}};
    char why[700];
    if (!client_ok(reply) || !reply->object) {
        snprintf(why, sizeof(why), "%s gives no cluster-info: %d %.*s", j->o.server, reply->code, STR_FMT(reply->message));
        wait(j, discover, AGAIN_MS, why);
        return;
    }
    int r = arena_new(&a, 16u << 20);
    if (r == 0)
        r = object_tree(a, reply->object, &info, &err);
    if (r == 0)
        r = join_judge(a, &info, str_of(j->o.token), j->o.ca_hashes, &ca, &err);
    if (r == JOIN_UNSIGNED) {
        wait(j, discover, AGAIN_MS, "cluster-info is not signed with this token: it may have ended, or is another cluster's");
        return;
    }
    if (r == 0 && !(j->ca_pem = mem_text(ca.p, ca.n)))
        r = err_raise(&err, -ENOMEM, "no memory for the authority");
    if (r < 0)
        give_up(j, r, err.text);
    else
        go_on(j, ask);
}

static void discover(struct join *j)
{
    struct err err = {{0}};
    int r = connect_as(j, NULL, NULL, NULL, &err);
    if (r == 0 && get(j, "kube-public", "cluster-info", on_info) < 0)
        r = err_raise(&err, -ENOMEM, "no memory for a request");
    if (r < 0)
        give_up(j, r, err.text);
}

static void on_certificate(void *ctx, int r, struct tls_pair *pair, const char *error)
{
    struct join *j = ctx;
    struct err err = {{0}};
    if (r < 0 && r != -EACCES && r != -ENOMEM) {
        wait(j, ask, AGAIN_MS, error);
        return;
    }
    if (r < 0)
        err_raise(&err, r, "%s", error);
    else
        r = join_pair_write(j->o.data, "kubelet-client", pair, &err);
    if (r == 0)
        r = join_kubeconfig_write(j->o.data, j->o.server, j->ca_pem, pair, &err);
    j->pair = *pair;
    *pair = (struct tls_pair){0};
    if (r < 0)
        give_up(j, r, err.text);
    else
        go_on(j, settle);
}

static void ask(struct join *j)
{
    struct err err = {{0}};
    int r = connect_as(j, j->ca_pem, j->o.token, NULL, &err);
    struct join_request q = {
        .client = j->client, .signer = JOIN_CLIENT, .usage = "client auth", .node_name = j->o.node_name, .done = on_certificate, .ctx = j};
    if (r == 0)
        r = join_ask(&j->asking, &q, &err);
    if (r < 0)
        give_up(j, r, err.text);
    else
        wait(j, ask, APPROVAL_MS, NULL); /* unless it comes before */
}

static void on_settings(void *ctx, const struct client_reply *reply)
{
    struct join *j = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct err err = {{0}};
    if (reply->code == 404) { /* a stock API server keeps none */
        give_up(j, 0, "");
        return;
    }
    if (!client_ok(reply) || !reply->object) {
        wait(j, settle, AGAIN_MS, "the cluster's settings cannot be read yet");
        return;
    }
    int r = arena_new(&a, 16u << 20);
    if (r == 0)
        r = object_tree(a, reply->object, &tree, &err);
    if (r == 0)
        r = join_settings_write(j->o.data, &tree, &err);
    give_up(j, r, err.text);
}

static void settle(struct join *j)
{
    struct err err = {{0}};
    int r = connect_as(j, j->ca_pem, NULL, &j->pair, &err);
    if (r == 0 && get(j, "kube-system", "coracle-cluster", on_settings) < 0)
        r = err_raise(&err, -ENOMEM, "no memory for a request");
    if (r < 0)
        give_up(j, r, err.text);
}

/* ── life ── */

static int keep(struct join *j, const struct join_options *o)
{
    size_t n = 0;
    j->o = *o;
    const char **texts[] = {&j->o.server, &j->o.token, &j->o.node_name, &j->o.data};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (!(*texts[i] = arena_text(j->mem, *texts[i], strlen(*texts[i]))))
            return -ENOMEM;
    while (o->ca_hashes && o->ca_hashes[n])
        n++;
    const char **hashes = arena_alloc(j->mem, (n + 1) * sizeof(char *));
    for (size_t i = 0; hashes && i < n; i++)
        if (!(hashes[i] = arena_text(j->mem, o->ca_hashes[i], strlen(o->ca_hashes[i]))))
            return -ENOMEM;
    j->o.ca_hashes = hashes;
    return hashes ? 0 : -ENOMEM;
}

int join_new(struct join **out, struct loop *l, const struct join_options *o, struct err *err)
{
    struct client_config k = {0};
    if (!join_token_valid(str_of(o->token)))
        return err_raise(err, -EINVAL, "token: must be of the form abcdef.0123456789abcdef");
    for (size_t i = 0; o->ca_hashes && o->ca_hashes[i]; i++)
        if (!str_starts(str_of(o->ca_hashes[i]), STR("sha256:")) || strlen(o->ca_hashes[i]) != 7 + 64)
            return err_raise(err, -EINVAL, "ca-hash: \"%s\" must be sha256: and 64 hex digits", o->ca_hashes[i]);
    int r = join_url(o->server, &k, err);
    client_config_done(&k);
    if (r < 0)
        return r;
    struct join *j = mem_alloc(sizeof(*j));
    r = j ? arena_new(&j->mem, 1u << 20) : -ENOMEM;
    if (r == 0)
        r = keep(j, o);
    if (r < 0) {
        join_free(j);
        return err_raise(err, r, "no memory to join a cluster");
    }
    j->loop = l;
    go_on(j, discover);
    *out = j;
    return 0;
}

struct join *join_free(struct join *j)
{
    if (!j)
        return NULL;
    loop_timer_stop(&j->timer);
    loop_defer_cancel(&j->step);
    join_asking_free(j->asking);
    client_free(j->client);
    tls_pair_done(&j->pair);
    mem_free(j->ca_pem);
    arena_free(j->mem);
    return mem_free(j);
}
