#include "serve/inside.h"

#include <ctype.h>
#include <signal.h>

#include "admit/admit.h"
#include "api/api.h"
#include "audit/audit.h"
#include "auth/auth.h"
#include "client/client.h"
#include "crd/crd.h"
#include "cron/cron.h"
#include "ctl/ctl.h"
#include "http/http.h"
#include "kinds/kinds.h"
#include "net/net.h"
#include "plugins/plugins.h"
#include "queues/queues.h"
#include "reread/reread.h"
#include "scheduler/scheduler.h"
#include "store/store.h"
#include "tls/tls.h"

/* The control plane: store → auth → api → HTTPS, then scheduler and controllers as its clients. */

static const struct str alpn = STR_INIT("\x02h2\x08http/1.1");

#define SERVER_ACCOUNTS_MAX 64
#define LOOP_SLICE_NS       200000

struct server {
    struct settings *config;
    struct loop *loop;
    struct admit_settings *admit_settings;
    struct seal *seal; /* NULL: nothing is encrypted, and nothing encrypted is understood */
    struct reread *encryption;
    struct store *store;
    struct auth_pki *pki;
    struct auth *auth;
    struct audit *audit;
    struct outsiders *outsiders;
    struct api *api;
    struct http_server *https, *local;
    struct client *ctl_client, *sched_client, *own_client;
    struct account {
        char name[64];
        struct client *client;
    } accounts[SERVER_ACCOUNTS_MAX]; /* as whom controllers write */
    struct ctl *ctl;
    struct scheduler *sched;
    struct plugins *plugins;               /* the scheduler's */
    struct scheduler_config *sched_config; /* NULL: defaults */
    struct reconcile_queues queues;
    struct api_check components[2];
    struct api_view views[1];
    struct loop_timer rotation;
    struct status status;
    int fd;                  /* listens for the API */
    struct http_req *backup; /* the request that waits for it */
    SSL_CTX *kubelet_tls;
    int failed;
    bool ending;
};

/* ── certificates ── */

static int kubelet_context(struct server *s, struct err *err)
{
    SSL_CTX *tls = NULL;
    int r = tls_client_context(&tls, auth_pki_get(s->pki, AUTH_PKI_KUBELET_CLIENT), auth_pki_ca_bundle(s->pki), false, alpn, err);
    if (r < 0)
        return r;
    tls_context_free(s->kubelet_tls);
    s->kubelet_tls = tls;
    return 0;
}

static int serving_context(struct server *s, SSL_CTX **out, struct err *err)
{
    return tls_server_context(out, auth_pki_get(s->pki, AUTH_PKI_APISERVER), auth_pki_ca_bundle(s->pki), alpn, err);
}

/* Renewing takes tens of milliseconds of arithmetic and waits for the disk: another thread's business. */
struct renewal {
    struct server *server;
    struct auth_pki *fresh;
    int64_t now, next;
    int r;
    struct err err;
};

static void rotate(void *ctx);

static void rotate_at(struct server *s, int64_t wait)
{
    if (loop_timer_start(s->loop, &s->rotation, MIN(MAX(wait, (int64_t)60), (int64_t)86400) * 1000, rotate, s) < 0)
        log_error("server", "no memory for a timer");
}

static int take_renewed(struct server *s, struct err *err)
{
    SSL_CTX *tls = NULL;
    int r = serving_context(s, &tls, err);
    if (r == 0)
        http_server_set_tls(s->https, tls);
    tls_context_free(tls);
    if (r == 0)
        r = kubelet_context(s, err);
    if (r == 0)
        api_set_kubelet_tls(s->api, s->kubelet_tls);
    if (r == 0)
        r = api_set_front_proxy(s->api, auth_pki_front_proxy(s->pki));
    if (r == 0)
        r = auth_set_keys(s->auth, auth_pki_signing_key(s->pki), auth_pki_verify_keys(s->pki), err);
    if (r == 0)
        r = pki_kubeconfigs(s->config, s->pki, http_server_port(s->https), err);
    if (r == 0 && s->ctl && ctl_set_root_ca(s->ctl, auth_pki_ca_bundle(s->pki)) < 0)
        r = err_raise(err, -ENOMEM, "no memory for the authorities");
    if (r == 0 && s->own_client)
        r = publish_cluster(s->own_client, s->config, s->status.url, s->pki, err);
    log_info("server", "certificates renewed");
    return r;
}

static void renew(void *ctx) /* the other thread */
{
    struct renewal *w = ctx;
    unsigned changed;
    w->r = auth_pki_renew(w->fresh, w->now, &changed, &w->next, &w->err);
}

static void on_renewed(void *ctx)
{
    struct renewal *w = ctx;
    struct server *s = w->server;
    if (!s->ending && w->r == 0) {
        bool changed = auth_pki_differ(s->pki, w->fresh) != 0;
        auth_pki_free(s->pki);
        s->pki = TAKE(w->fresh);
        w->r = changed ? take_renewed(s, &w->err) : 0;
    }
    if (!s->ending && w->r < 0)
        log_error("server", "certificates could not be renewed: %s", w->err.text);
    if (!s->ending)
        rotate_at(s, w->r < 0 ? 60 : w->next - w->now);
    auth_pki_free(w->fresh);
    mem_free(w);
}

static void rotate(void *ctx)
{
    struct server *s = ctx;
    struct err err = {{0}};
    int64_t now = loop_wall(s->loop), next;
    if (auth_pki_holds(s->pki, now, &next)) {
        rotate_at(s, next - now);
        return;
    }
    struct renewal *w = mem_alloc(sizeof(*w));
    int r = w ? auth_pki_like(&w->fresh, s->pki, &err) : err_raise(&err, -ENOMEM, "no memory");
    if (r == 0) {
        w->server = s;
        w->now = now;
        r = loop_work(s->loop, renew, on_renewed, w);
        if (r == 0)
            return;
        err_raise(&err, r, "no thread: %s", strerror(-r));
        auth_pki_free(w->fresh);
    }
    mem_free(w);
    log_error("server", "certificates could not be renewed: %s", err.text);
    rotate_at(s, 60);
}

/* ── the local socket: what root on this host may ask ── */

static void on_backup(void *ctx, int r, const char *error)
{
    struct server *s = ctx;
    struct http_req *q = s->backup;
    s->backup = NULL;
    if (q)
        http_reply(q, r < 0 ? 500 : 200, NULL, 0, (struct http_bytes){.bytes = str_of(r < 0 ? error : "ok")});
}

static void backup_gone(void *data)
{
    struct server *s = data;
    s->backup = NULL;
}

static void on_local(void *ctx, struct http_req *q)
{
    struct server *s = ctx;
    SCOPED_BUF to = BUF_INIT(OS_PATH_MAX);
    if (str_is(http_req_path(q), "/backup") && http_query_get(http_req_query(q), "to", &to)) {
        if (s->backup) {
            http_reply(q, 409, NULL, 0, (struct http_bytes){.bytes = STR("a backup is under way")});
            return;
        }
        char folder[OS_PATH_MAX];
        struct str name = buf_view(&to);
        int r = str_find(name, STR("/")) >= 0 || str_starts(name, STR(".")) ? -EINVAL
                                                                            : os_path(folder, "%s/backup/%.*s", s->config->data_dir, STR_FMT(name));
        s->backup = q;
        http_req_set_data(q, s, backup_gone);
        if (r == 0)
            r = store_backup(s->store, folder, on_backup, s);
        if (r < 0)
            on_backup(s, r, strerror(-r));
        return;
    }
    http_reply(q, 404, NULL, 0, (struct http_bytes){.bytes = STR("no such thing")});
}

/* ── start ── */

static void log_from(void *ctx, const char *controller, const char *line)
{
    (void)ctx;
    log_info("ctl", "%s: %s", controller, line);
}

static void log_sched(void *ctx, const char *line)
{
    (void)ctx;
    log_warn("sched", "%s", line);
}

/* The host's zone files; a name may not lead out of their folder. */
static struct str load_zone(void *ctx, struct arena *a, struct str zone)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF file = BUF_INIT(1u << 20);
    struct str out = STR_NONE;
    (void)ctx;
    for (size_t i = 0; i < zone.n; i++)
        if (!isalnum((unsigned char)zone.p[i]) && (!strchr("/_+-", zone.p[i]) || i == 0))
            return STR_NONE;
    if (os_path(path, "/usr/share/zoneinfo/%.*s", STR_FMT(zone)) < 0 || os_file_read(path, 1u << 20, &file) < 0 ||
        arena_str(a, buf_view(&file), &out) < 0)
        return STR_NONE;
    return out;
}

static bool zone_known(struct str name)
{
    SCOPED(arena) a = NULL;
    struct zone *z;
    if (str_is(name, "UTC") || str_is(name, "Etc/UTC"))
        return true;
    if (arena_new(&a, 2u << 20) < 0)
        return true; /* the controller will tell */
    struct str file = load_zone(NULL, a, name);
    return file.n && zone_parse(a, file, &z);
}

/* ── what controllers ask: auth and the authority ── */

static int may(void *ctx, const struct reconcile_ask *ask)
{
    struct server *s = ctx;
    SCOPED(arena) a = NULL;
    struct auth_user user = {0};
    struct value spec = {0};
    int r = arena_new(&a, 1u << 20);
    VALUE_SET(&r, a, &spec, "user", value_make_text(ask->user));
    if (ask->groups)
        VALUE_SET(&r, a, &spec, "groups", *ask->groups);
    if (ask->extra)
        VALUE_SET(&r, a, &spec, "extra", *ask->extra);
    if (r == 0)
        r = auth_user_of_spec(a, &spec, &user);
    struct auth_ask q = {.user = &user,
                         .verb = ask->verb,
                         .group = ask->group,
                         .version = STR("*"),
                         .resource = ask->resource,
                         .subresource = ask->subresource,
                         .name = ask->name};
    return r == 0 ? outsiders_may(s->outsiders, &q) : 0;
}

static int warnings(void *ctx, struct arena *a, const struct value *policy, struct value *out)
{
    struct server *s = ctx;
    return api_policy_warnings(s->api, a, policy, out);
}

static int sign(void *ctx, const struct reconcile_signing *what, char **cert, struct err *err)
{
    struct server *s = ctx;
    return tls_csr_sign(cert, auth_pki_ca(s->pki), what->request_pem, what->usage, loop_wall(s->loop), what->seconds, err);
}

/* A controller writes as its ServiceAccount, so that RBAC holds for it as for everybody. */
static struct client *client_of(void *ctx, const char *account)
{
    struct server *s = ctx;
    static const char *const groups[] = {"system:serviceaccounts", "system:serviceaccounts:kube-system", NULL};
    struct err err = {{0}};
    char user[128];
    if (!strcmp(account, CTL_AS_SERVER))
        return s->own_client;
    struct account *a = s->accounts, *end = s->accounts + ARRAY_LEN(s->accounts);
    while (a < end && a->client && strcmp(a->name, account) != 0)
        a++;
    if (a == end)
        return NULL;
    if (a->client)
        return a->client;
    snprintf(user, sizeof(user), "system:serviceaccount:kube-system:%s", account);
    snprintf(a->name, sizeof(a->name), "%s", account);
    if (api_client_new(&a->client, s->api, user, groups, "kube-controller-manager", &err) < 0)
        log_error("server", "%s", err.text);
    return a->client;
}

static bool serves(const struct server *s, const char *group_version)
{
    struct str rest = str_of(s->config->enable), piece;
    while (rest.p && str_next(&rest, ',', &piece))
        if (str_is(str_trim(piece), group_version))
            return true;
    return false;
}

/* ── the scheduler's plugins ── */

static void told_of(void *ctx, enum sched_kind kind, const struct value *object, struct str name)
{
    struct server *s = ctx;
    int r = plugins_told(s->plugins, kind, object, name);
    if (r < 0)
        log_warn("sched", "plugins: %s", strerror(-r));
    else if (r == PLUGINS_CHANGED)
        scheduler_tell(s->sched, SCHED_OTHER, NULL);
}

static bool bound_annotation(void *ctx, const struct sched_pod *pod, size_t i, struct str *key, struct str *value)
{
    struct server *s = ctx;
    return plugins_annotation(s->plugins, pod, i, key, value);
}

static int start_scheduler(struct server *s, struct scheduler_options *o, struct err *err)
{
    o->plugins = plugins_rows(s->plugins, &o->n_plugins);
    int r = scheduler_new(&s->sched, s->sched_client, o, err);
    if (r == 0)
        plugins_attach(s->plugins, scheduler_engine(s->sched), SCHEDULER_FIRST_PLUGIN);
    return r;
}

static int start_clients(struct server *s, struct err *err)
{
    static const char *const masters[] = {"system:masters", NULL}, *const none[] = {NULL};
    struct ctl_options ctl = {.reconcile = {.root_ca_pem = auth_pki_ca_bundle(s->pki),
                                            .pod_cidr = s->config->pod_cidr,
                                            .zone_load = load_zone,
                                            .may = may,
                                            .warnings = warnings,
                                            .sign = sign,
                                            .trust_ctx = s,
                                            .queues = s->queues,
                                            .server_address = s->config->advertise_address},
                              .enable = s->config->enable,
                              .customs = true,
                              .queues = s->config->queues,
                              .client_of = client_of,
                              .client_ctx = s,
                              .log = log_from};
    struct scheduler_options sched = {.config = s->sched_config,
                                      .told = told_of,
                                      .annotation = bound_annotation,
                                      .plugins_ctx = s,
                                      .profiles = true,
                                      .log = log_sched,
                                      .groups = serves(s, "scheduling.k8s.io/v1beta1"),
                                      .composite_groups = serves(s, "scheduling.k8s.io/v1alpha3")};
    kinds_zones(zone_known);
    int r = api_client_new(&s->own_client, s->api, "system:apiserver", masters, "coracle", err);
    if (r == 0)
        r = api_client_new(&s->sched_client, s->api, "system:kube-scheduler", none, "kube-scheduler", err);
    if (r == 0)
        r = start_scheduler(s, &sched, err);
    if (r == 0)
        r = api_client_new(&s->ctl_client, s->api, "system:kube-controller-manager", none, "kube-controller-manager", err);
    if (r == 0)
        r = ctl_new(&s->ctl, s->ctl_client, &ctl, err);
    return r < 0 ? r : publish_cluster(s->own_client, s->config, s->status.url, s->pki, err);
}

static void on_bootstrapped(void *ctx, int r, const char *error)
{
    struct server *s = ctx;
    struct err err = {{0}};
    if (r < 0) {
        log_error("server", "the first objects could not be written: %s", error);
        s->failed = 1;
        loop_stop(s->loop);
        return;
    }
    s->status.ready_ms = MAX((loop_now_ns(s->loop) - s->status.started_ns) / 1000000, (int64_t)1);
    if (status_write(s->config, "server", &s->status) < 0)
        log_warn("server", "%s cannot be written to", s->config->run_dir);
    log_info("server", "ready at %s after %lld ms", s->status.url, (long long)s->status.ready_ms);
    if (start_clients(s, &err) < 0) {
        log_error("server", "%s", err.text);
        s->failed = 1;
        loop_stop(s->loop);
    }
}

static int load_encryption(void *ctx, struct str text, struct err *err)
{
    struct server *s = ctx;
    return seal_configure(s->seal, text, err);
}

static int open_seal(struct server *s, struct err *err)
{
    if (!s->config->encryption_config)
        return 0;
    if (seal_new(&s->seal) < 0)
        return err_raise(err, -ENOMEM, "no memory for encryption");
    struct reread_options o = {s->loop, "encryption-provider-config", s->config->encryption_config, load_encryption, s};
    return reread_new(&s->encryption, &o, err);
}

static int open_store(struct server *s, struct err *err)
{
    char folder[OS_PATH_MAX];
    int r = os_path(folder, "%s/store", s->config->data_dir);
    r = r < 0 ? err_raise(err, r, "data-dir: too long") : open_seal(s, err);
    return r < 0 ? r : store_open(&s->store, s->loop, &(struct store_options){.folder = folder, .seal = s->seal}, err);
}

static int open_auth(struct server *s, struct err *err)
{
    static char issuer[300];
    snprintf(issuer, sizeof(issuer), "https://kubernetes.default.svc.%s", s->config->cluster_domain);
    const char *audiences[] = {issuer, NULL};
    struct auth_options o = {.issuer = issuer,
                             .audiences = audiences,
                             .signing_key = auth_pki_signing_key(s->pki),
                             .verify_keys = auth_pki_verify_keys(s->pki),
                             .lookup = {api_lookup, s->store}};
    int r = auth_new(&s->auth, &o, err);
    return r < 0 ? r : outsiders_new(&s->outsiders, s->config, s->loop, s->auth, issuer, err);
}

/* Read once: another policy needs another start, as upstream. */
static int open_audit(struct server *s, struct err *err)
{
    const struct settings *c = s->config;
    struct audit_policy *policy = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    if (!c->audit_policy || (!c->audit_log && !c->audit_webhook))
        return 0;
    int r = os_file_read(c->audit_policy, AUDIT_POLICY_MAX, &text);
    if (r < 0)
        return err_raise(err, r, "audit-policy-file: %s: %s", c->audit_policy, strerror(-r));
    r = audit_policy_parse(&policy, buf_view(&text), err);
    if (r < 0)
        return err_wrap(err, r, "audit-policy-file: %s", c->audit_policy);
    struct audit_options o = {.loop = s->loop,
                              .policy = policy,
                              .path = c->audit_log,
                              .max_bytes = (size_t)MAX(c->audit_size, 1) << 20,
                              .max_backups = (unsigned)MAX(c->audit_backups, 1),
                              .max_days = (unsigned)MAX(c->audit_days, 1),
                              .kubeconfig = c->audit_webhook,
                              .batch_events = (size_t)MAX(c->audit_batch, 1),
                              .batch_ms = (int64_t)MAX(c->audit_wait, 1) * 1000};
    r = audit_new(&s->audit, &o, err);
    return r < 0 ? err_wrap(err, r, "audit") : 0;
}

static int check_scheduler(void *ctx, struct err *err)
{
    struct server *s = ctx;
    return s->sched && scheduler_synced(s->sched) ? 0 : err_raise(err, -EAGAIN, s->sched ? "its caches are not filled" : "not started");
}

static int check_controllers(void *ctx, struct err *err)
{
    struct server *s = ctx;
    return s->ctl && ctl_synced(s->ctl) ? 0 : err_raise(err, -EAGAIN, s->ctl ? "its caches are not filled" : "not started");
}

#define DECISION_NODES 500 /* told of when no limit is asked for */

static int make_decision(void *ctx, struct str ns, struct str name, int64_t limit, struct buf *out, struct err *err)
{
    struct server *s = ctx;
    if (!s->sched || !scheduler_synced(s->sched))
        return err_raise(err, -EAGAIN, "the scheduler has not seen every node and pod yet");
    int r = scheduler_decision(s->sched, ns, name, limit < 0 ? DECISION_NODES : (size_t)limit, out, err);
    return r == SCHEDULER_ABSENT ? API_VIEW_ABSENT : r;
}

static int open_api(struct server *s, struct err *err)
{
    s->views[0] = (struct api_view){"coracle.dev", "v1alpha1", "pods", "decision", "Decision", make_decision, s};
    s->components[0] = (struct api_check){"scheduler", check_scheduler, s, false};
    s->components[1] = (struct api_check){"controller-manager", check_controllers, s, false};
    struct settings *c = s->config;
    char found[NET_ADDRESSES_MAX][64];
    const char *own = c->advertise_address;
    bool six = ranges_first_six(c->service_cidr);
    struct ranges services;
    if (!own) {
        own = ranges_address(found, net_node_addresses(NULL, found), six);
        own = own ? arena_fmt(c->mem, "%s", own).p : six ? "::1" : "127.0.0.1";
    }
    if (!own || ranges_split(c->mem, c->service_cidr, &services) < 0)
        return err_raise(err, -ENOMEM, "no memory for the settings");
    c->advertise_address = own;
    snprintf(s->status.url, sizeof(s->status.url), six ? "https://[%s]:%d" : "https://%s:%d", own, c->port);
    int r = c->admit_config ? admit_settings_read(&s->admit_settings, c->admit_config, err) : 0;
    if (r < 0)
        return err_wrap(err, r, "admission-control-config-file");
    if (c->queues) {
        crd_convert_by("kueue.x-k8s.io", queues_convert);
        struct str more = c->admit_enable && c->admit_enable[0] ? arena_fmt(c->mem, "%s,JobQueues", c->admit_enable) : STR("JobQueues");
        if (!more.p)
            return err_raise(err, -ENOMEM, "no memory for admission");
        c->admit_enable = more.p;
    }
    struct api_options o = {.loop = s->loop,
                            .store = s->store,
                            .auth = s->auth,
                            .audit = s->audit,
                            .limits = {.seats = (unsigned)MAX(c->seats + c->seats_mutating, 1)},
                            .kubelet_tls = s->kubelet_tls,
                            .service_cidr = services.list[0],
                            .service_cidr2 = services.list[1],
                            .advertise_address = own,
                            .advertise_port = c->port,
                            .external_url = s->status.url,
                            .enable = c->enable,
                            .admit_settings = s->admit_settings,
                            .admit_enable = c->admit_enable,
                            .admit_disable = c->admit_disable,
                            .components = s->components,
                            .n_components = ARRAY_LEN(s->components),
                            .views = s->views,
                            .n_views = ARRAY_LEN(s->views)};
    r = api_new(&s->api, &o, err);
    return r < 0 ? r : api_set_front_proxy(s->api, auth_pki_front_proxy(s->pki));
}

static int open_sockets(struct server *s, struct err *err)
{
    struct settings *c = s->config;
    SSL_CTX *tls = NULL;
    int r = serving_context(s, &tls, err);
    if (r < 0)
        return r;
    struct http_server_options o = {
        .address = c->address, .port = c->port, .fd = s->fd, .tls = tls, .on_request = api_http_handler, .refusal = api_http_refusal, .ctx = s->api};
    r = http_server_new(&s->https, s->loop, &o, err);
    s->fd = -1;
    tls_context_free(tls);
    if (r < 0)
        return err_wrap(err, r, "address %s, port %d", c->address, c->port);
    struct http_server_options local = {.address = arena_fmt(c->mem, "unix:%s/server/server.sock", c->run_dir).p, .on_request = on_local, .ctx = s};
    return http_server_new(&s->local, s->loop, &local, err);
}

static void on_signal(void *ctx, int signo)
{
    struct server *s = ctx;
    (void)signo;
    log_info("server", "ends");
    api_drain(s->api);
    loop_stop(s->loop);
}

static int read_scheduler_config(struct server *s, struct err *err)
{
    const char *path = s->config->scheduler_config;
    SCOPED_BUF text = BUF_INIT(1u << 20);
    size_t n;
    if (plugins_new(&s->plugins) < 0)
        return err_raise(err, -ENOMEM, "no memory for the scheduler's plugins");
    if (!path)
        return 0;
    int r = os_file_read(path, 1u << 20, &text);
    if (r < 0)
        return err_raise(err, r, "scheduler-config: %s: %s", path, strerror(-r));
    const struct sched_plugin *plugins = plugins_rows(s->plugins, &n);
    r = scheduler_config_parse(&s->sched_config, buf_view(&text), plugins, n, err);
    return r < 0 ? err_wrap(err, r, "scheduler-config: %s", path) : 0;
}

static int read_queues_config(struct server *s, struct err *err)
{
    const char *path = s->config->queues_config;
    SCOPED_BUF text = BUF_INIT(1u << 20);
    int r = path ? os_file_read(path, 1u << 20, &text) : 0;
    if (r < 0)
        return err_raise(err, r, "queues-config: %s: %s", path, strerror(-r));
    if (path && !s->config->queues)
        return err_raise(err, -EINVAL, "queues-config: only with --queues");
    if (path && (r = queues_config_parse(&s->queues, buf_view(&text), err)) < 0)
        return err_wrap(err, r, "queues-config: %s", path);
    s->queues.fair_sharing = s->queues.fair_sharing || s->config->queues_fair_sharing;
    return 0;
}

static int start(struct server *s, struct err *err)
{
    int r = loop_new(&s->loop);
    if (r < 0)
        return err_raise(err, r, "no event loop: %s", strerror(-r));
    status_watch_loop(s->loop);
    r = read_scheduler_config(s, err);
    if (r == 0)
        r = read_queues_config(s, err);
    if (r == 0)
        r = open_store(s, err);
    os_thread_hasten(LOOP_SLICE_NS); /* the loop: workloads on its machine compute, and all others wait for it */
    if (r == 0)
        r = pki_open(s->config, &s->pki, err);
    if (r == 0)
        r = kubelet_context(s, err);
    if (r == 0)
        r = open_auth(s, err);
    if (r == 0)
        r = open_audit(s, err);
    if (r == 0)
        r = open_api(s, err);
    if (r == 0)
        r = open_sockets(s, err);
    if (r == 0)
        r = pki_kubeconfigs(s->config, s->pki, s->config->port, err);
    if (r == 0 && (loop_signal(s->loop, SIGTERM, on_signal, s) < 0 || loop_signal(s->loop, SIGINT, on_signal, s) < 0 ||
                   loop_timer_start(s->loop, &s->rotation, 60000, rotate, s) < 0))
        r = err_raise(err, -ENOMEM, "no memory for signals and timers");
    if (r == 0)
        api_bootstrap(s->api, on_bootstrapped, s);
    return r;
}

static void finish(struct server *s)
{
    s->ending = true;
    scheduler_free(s->sched);
    plugins_free(s->plugins);
    scheduler_config_free(s->sched_config);
    ctl_free(s->ctl);
    client_free(s->sched_client);
    client_free(s->ctl_client);
    client_free(s->own_client);
    for (size_t i = 0; i < ARRAY_LEN(s->accounts); i++)
        client_free(s->accounts[i].client);
    loop_timer_stop(&s->rotation);
    http_server_free(s->local);
    http_server_free(s->https);
    outsiders_free(s->outsiders);
    api_free(s->api);
    audit_free(s->audit);
    admit_settings_free(s->admit_settings);
    auth_free(s->auth);
    if (s->store)
        store_close(s->store);
    reread_free(s->encryption);
    seal_free(s->seal);
    auth_pki_free(s->pki);
    tls_context_free(s->kubelet_tls);
    loop_free(s->loop);
    status_remove(s->config, "server");
}

int server_main(struct settings *c)
{
    struct server s = {.config = c, .fd = -1, .status = status_self()};
    struct status other;
    struct err err = {{0}};
    if (status_read(c, "server", &other) == 0 && other.pid != getpid()) {
        fprintf(stderr, "coracle server: %s runs already as %d\n", c->name, (int)other.pid);
        return 1;
    }
    int urgent = os_thread_urge(); /* while it may: the store's writer will be, and this thread no more */
    if (urgent < 0)
        log_debug("server", "no thread may be real-time: %s", strerror(-urgent));
    if (confine_server(c, &s.fd, &err) < 0 || start(&s, &err) < 0) {
        log_error("server", "%s", err.text);
        s.failed = 1;
    } else if (loop_run(s.loop) < 0) {
        s.failed = 1;
    }
    finish(&s);
    return s.failed;
}
