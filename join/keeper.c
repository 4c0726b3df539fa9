#include "join/inside.h"

/* A node's two certificates, renewed when four fifths of their life are over, and the cluster's authorities, looked at
 * again every hour. What fails is tried again, later each time. */
#define AUTHORITY_MS   3600000
#define AGAIN_FIRST_MS 2000
#define AGAIN_MOST_MS  300000
#define APPROVAL_MS    900000 /* a request nobody answers is made anew */
#define SLEEP_MOST_MS  86400000

struct join_keeper;

struct kept {
    struct join_keeper *keeper;
    const char *file, *signer, *usage;
    bool serving;
    struct join_asking *asking;
    struct loop_timer timer;
    int64_t wait_ms;
};

struct join_keeper {
    struct join_keeper_options o;
    struct loop *loop;
    struct arena *mem;
    struct kept kept[2];
    struct loop_timer authority;
};

static void care(void *ctx);

static void problem(struct join_keeper *k, const char *what)
{
    if (k->o.on_problem)
        k->o.on_problem(k->o.ctx, what);
}

static void later(struct kept *x, int64_t ms)
{
    if (loop_timer_start(x->keeper->loop, &x->timer, MAX(MIN(ms, (int64_t)SLEEP_MOST_MS), (int64_t)1), care, x) < 0)
        problem(x->keeper, "no memory for a timer");
}

static void again(struct kept *x)
{
    x->wait_ms = x->wait_ms ? MIN(x->wait_ms * 2, (int64_t)AGAIN_MOST_MS) : AGAIN_FIRST_MS;
    later(x, x->wait_ms);
}

static bool names_all(const struct tls_subject *s, const char *const *addresses)
{
    for (size_t i = 0; addresses && addresses[i]; i++) {
        bool found = false;
        for (size_t k = 0; k < s->n_ips; k++)
            found = found || str_is(s->ips[k], addresses[i]);
        if (!found)
            return false;
    }
    return true;
}

/* Seconds until it is to be renewed; ≤ 0: now. */
static int64_t due_in(struct kept *x)
{
    SCOPED(arena) a = NULL;
    struct tls_pair pair = {0};
    struct tls_subject s = {0};
    int64_t now = loop_wall(x->keeper->loop), in = 0;
    if (arena_new(&a, 1u << 20) == 0 && join_pair_read(x->keeper->o.data, x->file, &pair) == 0 &&
        tls_pair_read(a, &pair, NULL, 0, now, &s, NULL) == 0 && (!x->serving || names_all(&s, x->keeper->o.addresses)))
        in = s.not_before + (s.not_after - s.not_before) / 5 * 4 - now;
    tls_pair_done(&pair);
    return in;
}

/* The kubeconfig again, with another certificate or other authorities; NULL: as they are. */
static int rewrite(struct join_keeper *k, const struct tls_pair *pair, const char *ca_pem, bool *changed, struct err *err)
{
    char path[OS_PATH_MAX], url[400];
    struct client_config have;
    struct tls_pair old = {0};
    int r = os_path(path, "%s/agent.kubeconfig", k->o.data);
    if (r == 0)
        r = client_config_load(&have, path, NULL, err);
    if (r < 0)
        return r;
    *changed = pair || (ca_pem && (!have.ca_pem || strcmp(have.ca_pem, ca_pem) != 0));
    bool v6 = strchr(have.host, ':') != NULL;
    snprintf(url, sizeof(url), v6 ? "https://[%s]:%d" : "https://%s:%d", have.host, have.port);
    if (!pair) {
        r = join_pair_read(k->o.data, "kubelet-client", &old);
        pair = &old;
    }
    if (r == 0 && *changed)
        r = join_kubeconfig_write(k->o.data, url, ca_pem ? ca_pem : have.ca_pem, pair, err);
    tls_pair_done(&old);
    client_config_done(&have);
    return r;
}

static void on_certificate(void *ctx, int r, struct tls_pair *pair, const char *error)
{
    struct kept *x = ctx;
    struct join_keeper *k = x->keeper;
    struct err err = {{0}};
    bool changed;
    if (r < 0)
        err_raise(&err, r, "%s", error);
    else
        r = join_pair_write(k->o.data, x->file, pair, &err);
    if (r == 0 && !x->serving)
        r = rewrite(k, pair, NULL, &changed, &err);
    tls_pair_done(pair);
    if (r < 0) {
        problem(k, err.text);
        again(x);
        return;
    }
    x->wait_ms = 0;
    later(x, MAX(due_in(x), (int64_t)1) * 1000);
    k->o.on_renewed(k->o.ctx);
}

static void care(void *ctx)
{
    struct kept *x = ctx;
    struct join_keeper *k = x->keeper;
    struct err err = {{0}};
    const char *dns[] = {k->o.node_name, NULL};
    struct tls_names names = {.dns = dns, .ips = k->o.addresses};
    int64_t in = due_in(x);
    x->asking = join_asking_free(x->asking);
    if (in > 0) {
        later(x, in * 1000);
        return;
    }
    struct join_request q = {.client = k->o.client,
                             .signer = x->signer,
                             .usage = x->usage,
                             .node_name = k->o.node_name,
                             .names = x->serving ? &names : NULL,
                             .done = on_certificate,
                             .ctx = x};
    if (join_ask(&x->asking, &q, &err) < 0) {
        problem(k, err.text);
        again(x);
        return;
    }
    later(x, APPROVAL_MS); /* unless it comes before */
}

/* ── authorities ── */

static void look_at_authority(void *ctx);

static void on_info(void *ctx, const struct client_reply *reply)
{
    struct join_keeper *k = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct str pem = STR_NONE;
    struct err err = {{0}};
    bool changed = false;
    int r = client_ok(reply) && reply->object ? arena_new(&a, 16u << 20) : -EAGAIN;
    if (r == 0)
        r = object_tree(a, reply->object, &tree, &err);
    if (r == 0)
        r = join_authority(a, &tree, &pem, &err);
    if (r == 0 && pem.n)
        r = rewrite(k, NULL, arena_fmt(a, "%.*s", STR_FMT(pem)).p, &changed, &err);
    if (r < 0 && r != -EAGAIN)
        problem(k, err.text);
    if (changed && r == 0)
        k->o.on_renewed(k->o.ctx);
    if (loop_timer_start(k->loop, &k->authority, AUTHORITY_MS, look_at_authority, k) < 0)
        problem(k, "no memory for a timer");
}

/* The connection is verified by what is trusted now, so what it says may be trusted next. */
static void look_at_authority(void *ctx)
{
    struct join_keeper *k = ctx;
    struct client_call call = {.verb = CLIENT_GET,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("configmaps")),
                               .ns = STR("kube-public"),
                               .name = STR("cluster-info")};
    if (client_send(k->o.client, &call, on_info, k) < 0 && loop_timer_start(k->loop, &k->authority, AUTHORITY_MS, look_at_authority, k) < 0)
        problem(k, "no memory for a timer");
}

/* ── life ── */

static int keep(struct join_keeper *k, const struct join_keeper_options *o)
{
    size_t n = 0;
    k->o = *o;
    k->o.data = arena_text(k->mem, o->data, strlen(o->data));
    k->o.node_name = arena_text(k->mem, o->node_name, strlen(o->node_name));
    while (o->addresses && o->addresses[n])
        n++;
    const char **list = arena_alloc(k->mem, (n + 1) * sizeof(char *));
    for (size_t i = 0; list && i < n; i++)
        if (!(list[i] = arena_text(k->mem, o->addresses[i], strlen(o->addresses[i]))))
            return -ENOMEM;
    k->o.addresses = list;
    return list && k->o.data && k->o.node_name ? 0 : -ENOMEM;
}

int join_keeper_new(struct join_keeper **out, const struct join_keeper_options *o, struct err *err)
{
    static const struct kept rows[] = {{.file = "kubelet-client", .signer = JOIN_CLIENT, .usage = "client auth"},
                                       {.file = "kubelet", .signer = JOIN_SERVING, .usage = "server auth", .serving = true}};
    struct join_keeper *k = mem_alloc(sizeof(*k));
    int r = k ? arena_new(&k->mem, 1u << 20) : -ENOMEM;
    if (r == 0)
        r = keep(k, o);
    if (r < 0) {
        join_keeper_free(k);
        return err_raise(err, r, "no memory to keep certificates");
    }
    k->loop = client_loop(o->client);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        k->kept[i] = rows[i];
        k->kept[i].keeper = k;
        later(&k->kept[i], 1);
    }
    if (loop_timer_start(k->loop, &k->authority, AUTHORITY_MS, look_at_authority, k) < 0) {
        join_keeper_free(k);
        return err_raise(err, -ENOMEM, "no memory for a timer");
    }
    *out = k;
    return 0;
}

struct join_keeper *join_keeper_free(struct join_keeper *k)
{
    if (!k)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(k->kept); i++) {
        if (!k->kept[i].keeper)
            continue;
        loop_timer_stop(&k->kept[i].timer);
        join_asking_free(k->kept[i].asking);
    }
    loop_timer_stop(&k->authority);
    if (k->loop)
        client_forget(k->o.client, k);
    arena_free(k->mem);
    return mem_free(k);
}
