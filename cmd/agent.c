#include "cmd/inside.h"

#include <signal.h>
#include <sys/mount.h>

#include "client/client.h"
#include "http/http.h"
#include "image/image.h"
#include "join/join.h"
#include "json/json.h"
#include "net/net.h"
#include "node/node.h"
#include "plan/plan.h"
#include "runtime/runtime.h"
#include "tls/tls.h"

/* This host's node agent: client → (which addresses are mine?) → runtime, images, network → node. */

#define SETTLE_MS 1000 /* after Ready: the last of the start's work is done */

struct agent {
    struct settings *config;
    struct loop *loop;
    struct client *client;
    struct runtime *runtime;
    struct image_store *images;
    struct plan_state *plan;
    struct net *net;
    struct node *node;
    struct http_server *local;
    struct join_keeper *keeper; /* of a node that has joined; else the server on this host renews */
    struct loop_timer retry, ready, rotation;
    struct status status;
    char pod_cidr[160]; /* one of each family, with a comma */
    struct ranges addresses;
    uint64_t identity; /* of the certificates in use */
    int failed;
    bool clearing;
};

static void give_up(struct agent *a, const char *why)
{
    log_error("agent", "%s", why);
    a->failed = 1;
    loop_stop(a->loop);
}

/* ── certificates: read from the instance's folder, looked at again now and then ── */

static int read_pair(struct agent *a, const char *name, struct buf *cert, struct buf *key, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/pki/%s.crt", a->config->data_dir, name);
    if (r == 0)
        r = os_file_read(path, 1u << 20, cert);
    if (r == 0)
        r = os_path(path, "%s/pki/%s.key", a->config->data_dir, name);
    if (r == 0)
        r = os_file_read(path, 1u << 20, key);
    return r < 0 ? err_raise(err, r, "%s: %s", path, strerror(-r)) : 0;
}

/* Until the cluster has signed one: the API server does not believe it, but all else can begin. */
static int passing_pair(struct agent *a, struct buf *cert, struct buf *key, struct err *err)
{
    const char *dns[] = {a->config->node_name, NULL};
    struct tls_names names = {.dns = dns};
    struct tls_pair ca = {0}, pair = {0};
    int64_t now = loop_wall(a->loop);
    int r = tls_ca_make(&ca, "passing", now, 30, err);
    if (r == 0)
        r = tls_cert_make(&pair, &ca, a->config->node_name, NULL, &names, TLS_USAGE_SERVER, now, 30, err);
    if (r == 0) {
        buf_text(cert, pair.cert_pem);
        buf_text(key, pair.key_pem);
        r = buf_error(cert) ? buf_error(cert) : buf_error(key);
    }
    tls_pair_done(&pair);
    tls_pair_done(&ca);
    return r;
}

static int serving_context(struct agent *a, SSL_CTX **out, uint64_t *identity, struct err *err)
{
    SCOPED_BUF cert = BUF_INIT(0);
    SCOPED_BUF key = BUF_INIT(0);
    struct client_config k;
    int r = client_config_load(&k, a->config->kubeconfig, NULL, err);
    if (r < 0)
        return r;
    r = read_pair(a, "kubelet", &cert, &key, err);
    if (r == -ENOENT && joining_done(a->config)) {
        buf_clear(&cert);
        buf_clear(&key);
        r = passing_pair(a, &cert, &key, err);
    }
    if (r == 0) {
        union {
            const char *in;
            char *out;
        } c = {.in = buf_cstr(&cert)}, p = {.in = buf_cstr(&key)};
        struct tls_pair pair = {c.out, p.out};
        *identity = str_hash(buf_view(&cert)) ^ str_hash(str_of(k.cert_pem));
        r = tls_server_context(out, &pair, k.ca_pem, STR("\x02h2\x08http/1.1"), err);
    }
    client_config_done(&k);
    return r;
}

static void look_for_new_certificates(void *ctx)
{
    struct agent *a = ctx;
    struct err err = {{0}};
    SSL_CTX *tls = NULL;
    struct client_config k;
    uint64_t identity = 0;
    if (serving_context(a, &tls, &identity, &err) == 0 && identity != a->identity && client_config_load(&k, a->config->kubeconfig, NULL, &err) == 0) {
        node_set_tls(a->node, tls);
        if (client_http_set_identity(a->client, &k, &err) == 0)
            a->identity = identity;
        client_config_done(&k);
        log_info("agent", "certificates renewed");
    }
    tls_context_free(tls);
    if (loop_timer_start(a->loop, &a->rotation, 600000, look_for_new_certificates, a) < 0)
        log_error("agent", "no memory for a timer");
}

/* ── images over the local socket ── */

struct image_job {
    struct http_req *q; /* NULL: gone */
    struct buf said;
};

static void job_done(void *ctx, const struct image_pull_result *r)
{
    struct image_job *j = ctx;
    if (j->q) {
        if (r->outcome == IMAGE_PULLED)
            buf_fmt(&j->said, "%.*s\n", STR_FMT(r->image->n_tags ? r->image->tags[0] : r->image->id));
        else
            buf_text(&j->said, r->error);
        http_req_set_data(j->q, NULL, NULL);
        http_reply(j->q, r->outcome == IMAGE_PULLED ? 200 : 500, NULL, 0, (struct http_bytes){.bytes = buf_view(&j->said)});
    }
    buf_done(&j->said);
    mem_free(j);
}

static void job_gone(void *data)
{
    struct image_job *j = data;
    if (j)
        j->q = NULL;
}

static void reply(struct http_req *q, int code, struct str text)
{
    http_reply(q, code, NULL, 0, (struct http_bytes){.bytes = text});
}

static void image_get(struct agent *a, struct http_req *q, struct str name, struct str path)
{
    struct err err = {{0}};
    struct image_job *j = mem_alloc(sizeof(*j));
    int r = j ? 0 : -ENOMEM;
    if (j) {
        j->q = q;
        http_req_set_data(q, j, job_gone);
        struct image_pull_request request = {.reference = name, .done = job_done, .ctx = j};
        r = path.n ? image_import(a->images, arena_fmt(http_req_arena(q), "%.*s", STR_FMT(path)).p, name, job_done, j, &err)
                   : image_pull(a->images, &request, NULL, &err);
    }
    if (r == 0)
        return;
    http_req_set_data(q, NULL, NULL);
    mem_free(j);
    reply(q, 400, arena_fmt(http_req_arena(q), "%s", err.text));
}

static void image_ls(struct agent *a, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    struct image *const *images;
    size_t n = image_list(a->images, &images);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < MAX(images[i]->n_tags, (size_t)1); k++) /* a line for each of its names */
            buf_fmt(&b, "%.*s\t%.*s\t%lld\n",
                    STR_FMT(images[i]->n_tags      ? images[i]->tags[k]
                            : images[i]->n_digests ? images[i]->digests[0]
                                                   : STR("<none>")),
                    STR_FMT(str_head(str_from(images[i]->id, 7), 12)), (long long)images[i]->size);
    reply(q, 200, buf_view(&b));
}

static void image_rm(struct agent *a, struct http_req *q, struct str name)
{
    struct err err = {{0}};
    int r = image_remove(a->images, name, &err);
    if (r == 0)
        reply(q, 200, name);
    else
        reply(q, 404, arena_fmt(http_req_arena(q), "%s", r == IMAGE_ABSENT ? "no such image" : err.text));
}

static void on_cleared(void *ctx)
{
    struct agent *a = ctx;
    log_info("agent", "all pods have ended");
    a->net = a->net ? net_teardown(a->net) : NULL;
    loop_stop(a->loop);
}

static void on_local(void *ctx, struct http_req *q)
{
    struct agent *a = ctx;
    SCOPED_BUF name = BUF_INIT(4096);
    SCOPED_BUF path = BUF_INIT(4096);
    struct str what = http_req_path(q), query = http_req_query(q);
    http_query_get(query, "name", &name);
    http_query_get(query, "path", &path);
    if (!a->images)
        reply(q, 503, STR("the agent is still starting"));
    else if (str_is(what, "/image/import") || str_is(what, "/image/pull"))
        image_get(a, q, buf_view(&name), buf_view(&path));
    else if (str_is(what, "/image/ls"))
        image_ls(a, q);
    else if (str_is(what, "/image/rm"))
        image_rm(a, q, buf_view(&name));
    else if (str_is(what, "/clear") && a->node) {
        reply(q, 202, STR("ok"));
        if (!a->clearing)
            node_clear(a->node, on_cleared, a);
        a->clearing = true;
    } else
        reply(q, 404, STR("no such thing"));
}

/* ── start ── */

static size_t split_mirrors(struct settings *c, struct image_registry out[SETTINGS_LIST_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < SETTINGS_LIST_MAX && c->registry_mirrors[i]; i++) {
        struct str host, url;
        const char **list = arena_alloc(c->mem, 2 * sizeof(char *));
        if (!list || !str_cut(str_of(c->registry_mirrors[i]), '=', &host, &url))
            continue;
        list[0] = url.p;
        out[n++] = (struct image_registry){.host = arena_fmt(c->mem, "%.*s", STR_FMT(host)).p, .mirrors = list};
    }
    return n;
}

static int open_effects(struct agent *a, struct err *err)
{
    struct settings *c = a->config;
    struct image_registry registries[SETTINGS_LIST_MAX];
    const char *init[] = {c->self, "pod-init", NULL};
    struct runtime_options rt = {.run = arena_fmt(c->mem, "%s/pods", c->run_dir).p,
                                 .cgroup = c->cgroup,
                                 .init_argv = init,
                                 .seccomp = arena_fmt(c->mem, "%s/seccomp", c->data_dir).p};
    struct image_config im = {.dir = arena_fmt(c->mem, "%s/images", c->data_dir).p,
                              .registries = registries,
                              .gc_high_percent = (unsigned)c->image_high,
                              .gc_low_percent = (unsigned)c->image_low};
    im.n_registries = split_mirrors(c, registries);
    if (c->image_low < 1 || c->image_high > 100 || c->image_low > c->image_high)
        return err_raise(err, -EINVAL, "image-gc-low-threshold: %d must be at least 1 and not over image-gc-high-threshold, which is at most 100",
                         c->image_low);
    int r = runtime_new(&a->runtime, a->loop, &rt, err);
    if (r == 0)
        r = image_store_open(&a->images, a->loop, &im, err);
    if (r == 0 && plan_state_new(&a->plan) < 0)
        r = err_raise(err, -ENOMEM, "no memory for the network's plan");
    return r;
}

static void on_rules(void *ctx, const char *sentence)
{
    (void)ctx;
    if (sentence)
        log_warn("agent", "services' rules cannot be made, it is tried again: %s", sentence);
    else
        log_info("agent", "services' rules stand again");
}

static int open_net(struct agent *a, struct err *err)
{
    struct settings *c = a->config;
    struct ranges pods, cluster, services, dns;
    if (ranges_split(c->mem, a->pod_cidr, &pods) < 0 || ranges_split(c->mem, c->pod_cidr, &cluster) < 0 ||
        ranges_split(c->mem, c->service_cidr, &services) < 0 || ranges_split(c->mem, c->cluster_dns, &dns) < 0)
        return err_raise(err, -EINVAL, "this node's pod addresses, \"%s\", are not a CIDR, or two", a->pod_cidr);
    struct net_config n = {.name = c->name,
                           .dir = arena_fmt(c->mem, "%s/net", c->data_dir).p,
                           .pod_cidrs = pods.list,
                           .cluster_cidrs = cluster.list,
                           .service_cidrs = services.list,
                           .dns_addresses = dns.list,
                           .domain = c->cluster_domain,
                           .resolv_conf = c->resolv_conf,
                           .node_name = c->node_name,
                           .trouble = on_rules};
    return net_open(&a->net, a->loop, &n, err);
}

static void settle(void *ctx)
{
    (void)ctx;
    os_memory_settle();
}

static void look_ready(void *ctx)
{
    struct agent *a = ctx;
    struct node_stats stats;
    node_stats(a->node, &stats);
    if (!stats.ready_at_ms) {
        if (loop_timer_start(a->loop, &a->ready, 5, look_ready, a) < 0)
            log_error("agent", "no memory for a timer");
        return;
    }
    a->status.ready_ms = MAX(stats.ready_at_ms - a->status.started_ns / 1000000, (int64_t)1);
    if (status_write(a->config, "agent", &a->status) < 0)
        log_warn("agent", "%s cannot be written to", a->config->run_dir);
    if (loop_timer_start(a->loop, &a->ready, SETTLE_MS, settle, a) < 0)
        log_warn("agent", "no memory for a timer");
    log_info("agent", "node %s is Ready after %lld ms", a->config->node_name, (long long)a->status.ready_ms);
}

/* By which others reach this node: of each family that pods have one, as far as there is one; the first is hostIP. */
static const char *const *own_addresses(struct agent *a)
{
    struct settings *c = a->config;
    char found[NET_ADDRESSES_MAX][64];
    if (a->addresses.n)
        return a->addresses.list;
    if (c->node_ip && ranges_split(c->mem, c->node_ip, &a->addresses) == 0 && a->addresses.n)
        return a->addresses.list;
    a->addresses = (struct ranges){.n = 0};
    bool six = ranges_first_six(c->pod_cidr);
    size_t n = net_node_addresses(a->net, found);
    for (int i = 0; i < (strchr(c->pod_cidr, ',') ? 2 : 1); i++, six = !six) {
        const char *one = ranges_address(found, n, six);
        if (one && (one = arena_fmt(c->mem, "%s", one).p))
            a->addresses.list[a->addresses.n++] = one;
    }
    if (!a->addresses.n)
        a->addresses.list[a->addresses.n++] = ranges_first_six(c->pod_cidr) ? "::1" : "127.0.0.1";
    return a->addresses.list;
}

static void on_keeper_problem(void *ctx, const char *what)
{
    (void)ctx;
    log_warn("agent", "a certificate could not be renewed: %s", what);
}

static int open_keeper(struct agent *a, struct err *err)
{
    struct join_keeper_options o = {.client = a->client,
                                    .data = a->config->data_dir,
                                    .node_name = a->config->node_name,
                                    .addresses = own_addresses(a),
                                    .on_renewed = look_for_new_certificates,
                                    .on_problem = on_keeper_problem,
                                    .ctx = a};
    return joining_done(a->config) ? join_keeper_new(&a->keeper, &o, err) : 0;
}

static int eviction_rules(struct pressure_rules *out, const struct settings *c, struct err *err)
{
    int r = pressure_thresholds_parse(out->hard, str_of(c->eviction_hard), err);
    if (r < 0)
        return err_wrap(err, r, "eviction-hard");
    if (c->eviction_soft && c->eviction_soft[0]) /* without a text the usual hard ones would come */
        r = pressure_thresholds_parse(out->soft, str_of(c->eviction_soft), err);
    if (r < 0)
        return err_wrap(err, r, "eviction-soft");
    r = pressure_graces_parse(out->soft_ms, str_of(c->eviction_soft_grace), out->soft, err);
    return r < 0 ? err_wrap(err, r, "eviction-soft-grace-period") : 0;
}

static int log_settings(struct node_options *o, const struct settings *c, struct err *err)
{
    o->log_size = c->log_max_size;
    o->log_files = (unsigned)c->log_max_files;
    o->log_interval_ms = 1000 * (int64_t)c->log_interval;
    struct quantity size;
    if (quantity_parse(str_of(c->log_max_size), &size) < 0 || (o->log_bytes = quantity_value(size)) <= 0)
        return err_raise(err, -EINVAL, "container-log-max-size: \"%s\" must be a size such as 10Mi", c->log_max_size);
    if (c->log_max_files < 2)
        return err_raise(err, -EINVAL, "container-log-max-files: %d must be 2 or more", c->log_max_files);
    if (c->log_interval < 1)
        return err_raise(err, -EINVAL, "container-log-monitor-interval: %d must be 1 or more", c->log_interval);
    return 0;
}

static int open_node(struct agent *a, struct err *err)
{
    struct settings *c = a->config;
    SSL_CTX *tls = NULL;
    struct ranges dns;
    int r = ranges_split(c->mem, c->cluster_dns, &dns);
    if (r < 0)
        return err_raise(err, r, "cluster-dns: \"%s\": %s", c->cluster_dns, strerror(-r));
    r = serving_context(a, &tls, &a->identity, err);
    if (r < 0)
        return r;
    struct node_options o = {.loop = a->loop,
                             .client = a->client,
                             .runtime = a->runtime,
                             .images = a->images,
                             .net = a->net,
                             .plan = a->plan,
                             .name = c->node_name,
                             .data = c->data_dir,
                             .logs = c->log_dir,
                             .addresses = own_addresses(a),
                             .labels = c->node_labels,
                             .taints = c->node_taints,
                             .dns_addresses = dns.list,
                             .domain = c->cluster_domain,
                             .resolv_conf = c->resolv_conf,
                             .address = c->kubelet_address,
                             .port = c->kubelet_port,
                             .server_tls = tls,
                             .pods_max = (unsigned)c->max_pods,
                             .reserved_cpu = c->reserved_cpu,
                             .reserved_memory = (int64_t)c->reserved_memory << 20,
                             .eviction.transition_ms = 1000 * (int64_t)c->pressure_transition,
                             .eviction_grace_most = c->eviction_max_grace,
                             .unsafe_sysctls = c->unsafe_sysctls,
                             .datasets = c->datasets};
    r = eviction_rules(&o.eviction, c, err);
    if (r == 0)
        r = log_settings(&o, c, err);
    if (r == 0)
        r = node_new(&a->node, &o, err);
    tls_context_free(tls);
    return r;
}

static void with_addresses(void *ctx)
{
    struct agent *a = ctx;
    struct err err = {{0}};
    char path[OS_PATH_MAX];
    /* Kept, so that a machine that comes up alone knows its addresses. */
    if (os_path(path, "%s/pod-cidr", a->config->data_dir) == 0 && os_file_replace(path, str_of(a->pod_cidr), 0644) < 0)
        log_warn("agent", "%s cannot be written", path);
    if (open_net(a, &err) < 0 || open_node(a, &err) < 0 || open_keeper(a, &err) < 0) {
        give_up(a, err.text);
        return;
    }
    look_ready(a);
    if (loop_timer_start(a->loop, &a->rotation, 600000, look_for_new_certificates, a) < 0)
        give_up(a, "no memory for a timer");
}

/* ── which addresses are this node's? Asked of the server, unless the settings or an earlier run know. ── */

static void ask(void *ctx);

static void ask_again(struct agent *a, int64_t ms)
{
    if (loop_timer_start(a->loop, &a->retry, ms, ask, a) < 0)
        give_up(a, "no memory for a timer");
}

static void on_registered(void *ctx, const struct client_reply *r)
{
    (void)r;
    ask_again(ctx, 20);
}

static void introduce(struct agent *a)
{
    SCOPED(arena) mem = NULL;
    struct value node = {0};
    int r = arena_new(&mem, 65536);
    VALUE_SET(&r, mem, &node, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, mem, &node, "kind", value_make_text(STR("Node")));
    VALUE_SET(&r, mem, &node, "metadata.name", value_make_text(str_of(a->config->node_name)));
    /* Its serving certificate is only signed for addresses its Node has. */
    struct value addresses = value_make_list();
    for (const char *const *own = own_addresses(a); *own; own++) {
        struct value one = value_make_map();
        VALUE_SET(&r, mem, &one, "type", value_make_text(STR("InternalIP")));
        VALUE_SET(&r, mem, &one, "address", value_make_text(str_of(*own)));
        if (r == 0 && !value_add(mem, &addresses, one))
            r = -ENOMEM;
    }
    VALUE_SET(&r, mem, &node, "status.addresses", addresses);
    struct client_call call = {.verb = CLIENT_CREATE,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("nodes")),
                               .name = str_of(a->config->node_name),
                               .body = &node};
    if (r < 0 || client_send(a->client, &call, on_registered, a) < 0)
        ask_again(a, 1000);
}

/* False: it has not got any yet. */
static bool ranges_of_node(struct agent *a, struct object *o)
{
    SCOPED(arena) mem = NULL;
    struct value node = {0};
    size_t at = 0;
    if (arena_new(&mem, 8u << 20) < 0 || object_tree(mem, o, &node, NULL) < 0)
        return false;
    VALUE_EACH_ITEM (cidr, value_at(&node, "spec.podCIDRs"))
        if (at < sizeof(a->pod_cidr))
            at += (size_t)snprintf(a->pod_cidr + at, sizeof(a->pod_cidr) - at, "%s%.*s", at ? "," : "", STR_FMT(value_text(cidr)));
    if (!at)
        at = (size_t)snprintf(a->pod_cidr, sizeof(a->pod_cidr), "%.*s", STR_FMT(value_text_at(&node, "spec.podCIDR")));
    return at > 0 && at < sizeof(a->pod_cidr);
}

static void on_node(void *ctx, const struct client_reply *r)
{
    struct agent *a = ctx;
    if (client_ok(r) && r->object && ranges_of_node(a, r->object)) {
        with_addresses(a);
    } else if (r->code == 404) {
        introduce(a);
    } else {
        ask_again(a, client_ok(r) ? 50 : 200);
    }
}

static void ask(void *ctx)
{
    struct agent *a = ctx;
    SCOPED_BUF known = BUF_INIT(0);
    char path[OS_PATH_MAX];
    if (a->config->node_pod_cidr) {
        snprintf(a->pod_cidr, sizeof(a->pod_cidr), "%s", a->config->node_pod_cidr);
        with_addresses(a);
        return;
    }
    if (os_path(path, "%s/pod-cidr", a->config->data_dir) == 0 && os_file_read(path, sizeof(a->pod_cidr) - 1, &known) == 0 && known.n) {
        snprintf(a->pod_cidr, sizeof(a->pod_cidr), "%.*s", STR_FMT(buf_view(&known)));
        with_addresses(a);
        return;
    }
    struct client_call call = {
        .verb = CLIENT_GET, .resource = schema_resource_find(STR_NONE, STR("v1"), STR("nodes")), .name = str_of(a->config->node_name)};
    if (client_send(a->client, &call, on_node, a) < 0)
        ask_again(a, 1000);
}

static void on_signal(void *ctx, int signo)
{
    struct agent *a = ctx;
    (void)signo;
    log_info("agent", "ends; containers go on");
    loop_stop(a->loop);
}

static int start(struct agent *a, struct err *err)
{
    struct client_config k;
    struct settings *c = a->config;
    int r = loop_new(&a->loop);
    if (r == 0)
        r = os_dir_make(c->run_dir, 0755);
    if (r < 0)
        return err_raise(err, r, "cannot start: %s", strerror(-r));
    status_watch_loop(a->loop);
    r = client_config_load(&k, c->kubeconfig, NULL, err);
    if (r < 0)
        return r;
    r = client_http_new(&a->client, a->loop, &k, STR("kubelet/v1.37.0"), err);
    client_config_done(&k);
    if (r == 0)
        r = open_effects(a, err);
    if (r < 0)
        return r;
    struct http_server_options local = {.address = arena_fmt(c->mem, "unix:%s/agent.sock", c->run_dir).p, .on_request = on_local, .ctx = a};
    r = http_server_new(&a->local, a->loop, &local, err);
    if (r == 0 && (loop_signal(a->loop, SIGTERM, on_signal, a) < 0 || loop_signal(a->loop, SIGINT, on_signal, a) < 0))
        r = err_raise(err, -ENOMEM, "no memory for signals");
    if (r == 0 && status_write(c, "agent", &a->status) < 0)
        r = err_raise(err, -EIO, "%s cannot be written to", c->run_dir);
    if (r == 0)
        ask_again(a, 0);
    return r;
}

static void finish(struct agent *a)
{
    loop_timer_stop(&a->retry);
    loop_timer_stop(&a->ready);
    loop_timer_stop(&a->rotation);
    http_server_free(a->local);
    join_keeper_free(a->keeper);
    node_free(a->node);
    if (a->net)
        net_close(a->net);
    plan_state_free(a->plan);
    if (a->images)
        image_store_close(a->images);
    runtime_free(a->runtime);
    client_free(a->client);
    loop_free(a->loop);
    status_remove(a->config, "agent");
}

int agent_main(struct settings *c)
{
    struct agent a = {.config = c, .status = status_self()};
    struct status other;
    struct err err = {{0}};
    if (status_read(c, "agent", &other) == 0 && other.pid != getpid()) {
        fprintf(stderr, "coracle agent: %s runs already as %d\n", c->name, (int)other.pid);
        return 1;
    }
    int rights = os_capabilities_reduce();
    if (rights < 0)
        log_warn("agent", "capabilities could not be given up: %s", strerror(-rights));
    if (joining_due(c)) {
        if (joining_run(c) < 0)
            return 1;
        execv(c->self, c->argv); /* anew, with the cluster's settings */
        fprintf(stderr, "coracle agent: %s: %s\n", c->self, strerror(errno));
        return 1;
    }
    if (start(&a, &err) < 0) {
        log_error("agent", "%s", err.text);
        a.failed = 1;
    } else if (loop_run(a.loop) < 0) {
        a.failed = 1;
    }
    finish(&a);
    return a.failed;
}

int pod_init_main(struct settings *c)
{
    return c->n_words == 1 ? runtime_pod_init_main(c->words[0]) : 2;
}
