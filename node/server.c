#include "node/inside.h"

#include "http/http.h"
#include "json/json.h"
#include "object/object.h"

/* The kubelet's HTTPS paths. Only the API server (or an administrator) may ask:
 * a client certificate of the cluster's authority in group system:masters. */

static void reply_text(struct http_req *q, int code, struct str text)
{
    struct http_header type = {STR("content-type"), STR("text/plain; charset=utf-8")};
    http_reply(q, code, &type, 1, (struct http_bytes){.bytes = text});
}

static bool allowed(struct http_req *q)
{
    struct tls_subject who;
    struct str cert = http_req_peer_cert(q);
    if (!cert.n || tls_cert_read_der(http_req_arena(q), cert, &who, NULL) < 0)
        return false;
    for (size_t i = 0; i < who.n_organizations; i++)
        if (str_is(who.organizations[i], "system:masters"))
            return true;
    return false;
}

/* ── logs ── */

struct log_reply {
    struct list link; /* in the container's followers */
    struct http_req *q;
    struct podlog_reader *reader;
    bool begun;
};

static void log_begin(struct log_reply *l)
{
    struct http_header type = {STR("content-type"), STR("text/plain")};
    if (!l->begun)
        http_reply_begin(l->q, 200, &type, 1);
    l->begun = true;
}

static void log_bytes(void *ctx, struct str bytes)
{
    struct log_reply *l = ctx;
    log_begin(l);
    http_reply_write(l->q, (struct http_bytes){.bytes = bytes});
    http_reply_flush(l->q);
    if (http_req_full(l->q))
        podlog_pause(l->reader, true);
}

static void log_end(void *ctx, int r, const char *error)
{
    struct log_reply *l = ctx;
    l->reader = NULL;
    if (r < 0 && !l->begun) {
        reply_text(l->q, 500, str_of(error));
        return;
    }
    log_begin(l);
    http_reply_end(l->q);
}

static void log_drained(void *data)
{
    struct log_reply *l = data;
    if (l->reader)
        podlog_pause(l->reader, false);
}

static void log_gone(void *data)
{
    struct log_reply *l = data;
    list_del(&l->link);
    podlog_close(l->reader);
    mem_free(l);
}

static bool flag(struct http_req *q, const char *name)
{
    SCOPED_BUF b = BUF_INIT(64);
    return http_query_get(http_req_query(q), name, &b) && (str_is(buf_view(&b), "true") || str_is(buf_view(&b), "1"));
}

static bool number(struct http_req *q, const char *name, int64_t *out)
{
    SCOPED_BUF b = BUF_INIT(64);
    return http_query_get(http_req_query(q), name, &b) && str_to_int(buf_view(&b), out) == 0;
}

static void log_options(struct http_req *q, struct node *n, struct podlog_options *o)
{
    SCOPED_BUF since = BUF_INIT(64);
    SCOPED_BUF stream = BUF_INIT(64);
    int64_t seconds;
    *o = (struct podlog_options){
        .tail_lines = -1, .limit_bytes = -1, .timestamps = flag(q, "timestamps"), .follow = flag(q, "follow"), .streams = PODLOG_BOTH};
    number(q, "tailLines", &o->tail_lines);
    number(q, "limitBytes", &o->limit_bytes);
    if (number(q, "sinceSeconds", &seconds)) {
        o->since = true;
        loop_wall_ns(n->host.loop, &o->since_sec, &o->since_nsec);
        o->since_sec -= seconds;
    }
    if (http_query_get(http_req_query(q), "sinceTime", &since))
        o->since = time_parse_rfc3339(buf_view(&since), &o->since_sec, &o->since_nsec) == 0;
    if (http_query_get(http_req_query(q), "stream", &stream)) {
        if (str_is(buf_view(&stream), "Stdout"))
            o->streams = PODLOG_STDOUT;
        if (str_is(buf_view(&stream), "Stderr"))
            o->streams = PODLOG_STDERR;
    }
}

static void serve_logs(struct node *n, struct http_req *q, struct container *c)
{
    struct podlog_options o;
    char path[OS_PATH_MAX];
    struct err err = {{0}};
    bool previous = flag(q, "previous");
    if (previous && c->attempt == 0) {
        struct str text = arena_fmt(http_req_arena(q), "previous terminated container \"%s\" in pod \"%s\" not found", c->name, c->worker->name);
        reply_text(q, 400, text);
        return;
    }
    if (!c->handle && !c->end.set) {
        struct str text = arena_fmt(http_req_arena(q), "container \"%s\" in pod \"%s\" is waiting to start: %s", c->name, c->worker->name, c->reason);
        reply_text(q, 400, text);
        return;
    }
    log_options(q, n, &o);
    if (previous || c->state == CONTAINER_EXITED)
        o.follow = false;
    pod_container_log_path(c, c->attempt - previous, path);
    struct log_reply *l = mem_alloc(sizeof(*l));
    if (!l) {
        reply_text(q, 500, STR("no memory"));
        return;
    }
    l->q = q;
    list_init(&l->link);
    struct podlog_events e = {log_bytes, log_end, l};
    int r = podlog_open(&l->reader, n->host.loop, path, &o, &e, &err);
    if (r < 0) {
        mem_free(l);
        reply_text(q, 500, arena_fmt(http_req_arena(q), "%s", err.text));
        return;
    }
    http_req_set_data(q, l, log_gone);
    http_req_on_drain(q, log_drained);
    if (o.follow) {
        log_begin(l);
        http_reply_flush(q);
        list_add(&c->followers, &l->link);
    }
}

void node_server_log_ended(struct container *c)
{
    while (!list_empty(&c->followers)) {
        struct log_reply *l = CONTAINER_OF(c->followers.next, struct log_reply, link);
        list_del(&l->link);
        if (l->reader)
            podlog_finish(l->reader);
    }
}

/* ── pods ── */

static void serve_pods(struct node *n, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(64u << 20);
    const char *comma = "";
    buf_text(&b, "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[");
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(n->host.pods, &at);
        if (!o)
            break;
        size_t before = b.n;
        buf_text(&b, comma);
        if (object_json_put(o, &b, NULL) == 0)
            comma = ",";
        else if (buf_error(&b) == 0)
            b.n = before;
    }
    buf_text(&b, "]}");
    struct http_header type = {STR("content-type"), STR("application/json")};
    http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

/* ── /configz: with which settings this agent runs, in a KubeletConfiguration's words ── */

static struct str duration(struct arena *a, int64_t ms)
{
    int64_t s = ms / 1000;
    if (ms % 1000)
        return arena_fmt(a, "%lldms", (long long)ms);
    if (s >= 3600)
        return arena_fmt(a, "%lldh%lldm%llds", (long long)(s / 3600), (long long)(s / 60 % 60), (long long)(s % 60));
    return s >= 60 ? arena_fmt(a, "%lldm%llds", (long long)(s / 60), (long long)(s % 60)) : arena_fmt(a, "%llds", (long long)s);
}

static struct str threshold(struct arena *a, struct pressure_threshold t)
{
    SCOPED_BUF b = BUF_INIT(64);
    if (t.amount)
        pressure_print_bytes(&b, t.amount);
    else
        buf_fmt(&b, "%g%%", (double)t.millionths / 10000);
    return arena_fmt(a, "%s", buf_cstr(&b));
}

static void put(int *r, struct arena *a, struct value *map, const char *name, struct value v)
{
    if (*r == 0 && !value_set(a, map, str_of(name), v))
        *r = -ENOMEM;
}

static void put_eviction(int *r, struct arena *a, struct value *c, const struct node *n)
{
    const struct pressure_rules *rules = &n->o.eviction;
    struct value hard = value_make_map(), soft = value_make_map(), graces = value_make_map();
    for (size_t i = 0; i < PRESSURE_SIGNALS; i++) {
        const char *name = pressure_signal_name((enum pressure_signal)i);
        if (rules->hard[i].amount || rules->hard[i].millionths)
            put(r, a, &hard, name, value_make_text(threshold(a, rules->hard[i])));
        if (!rules->soft[i].amount && !rules->soft[i].millionths)
            continue;
        put(r, a, &soft, name, value_make_text(threshold(a, rules->soft[i])));
        put(r, a, &graces, name, value_make_text(duration(a, rules->soft_ms[i])));
    }
    put(r, a, c, "evictionHard", hard);
    put(r, a, c, "evictionSoft", soft);
    put(r, a, c, "evictionSoftGracePeriod", graces);
    put(r, a, c, "evictionMaxPodGracePeriod", value_make_int(n->o.eviction_grace_most));
    put(r, a, c, "evictionPressureTransitionPeriod", value_make_text(duration(a, rules->transition_ms)));
}

static struct value texts(int *r, struct arena *a, const char *const *list)
{
    struct value out = value_make_list();
    for (; list && *list; list++)
        if (!value_add(a, &out, value_make_text(str_of(*list))))
            *r = -ENOMEM;
    return out;
}

static void serve_configz(struct node *n, struct http_req *q)
{
    struct arena *a = http_req_arena(q);
    struct value c = value_make_map(), reserved = value_make_map(), whole = value_make_map();
    SCOPED_BUF b = BUF_INIT(1u << 20);
    int r = 0;
    put(&r, a, &c, "kind", value_make_text(STR("KubeletConfiguration")));
    put(&r, a, &c, "apiVersion", value_make_text(STR("kubelet.config.k8s.io/v1beta1")));
    put(&r, a, &c, "enableServer", value_make_bool(true));
    put(&r, a, &c, "address", value_make_text(str_of(n->o.address ? n->o.address : "0.0.0.0")));
    put(&r, a, &c, "port", value_make_int(node_port(n)));
    VALUE_SET(&r, a, &c, "authentication.anonymous.enabled", value_make_bool(false));
    VALUE_SET(&r, a, &c, "authentication.webhook.enabled", value_make_bool(false));
    put(&r, a, &c, "clusterDomain", value_make_text(str_of(n->o.domain ? n->o.domain : "cluster.local")));
    put(&r, a, &c, "clusterDNS", texts(&r, a, n->o.dns_addresses));
    put(&r, a, &c, "resolvConf", value_make_text(str_of(n->o.resolv_conf ? n->o.resolv_conf : "/etc/resolv.conf")));
    put(&r, a, &c, "registerNode", value_make_bool(true));
    put(&r, a, &c, "maxPods", value_make_int(n->o.pods_max));
    put(&r, a, &c, "podLogsDir", value_make_text(str_of(n->o.logs)));
    put(&r, a, &c, "containerLogMaxSize", value_make_text(str_of(n->o.log_size)));
    put(&r, a, &c, "containerLogMaxFiles", value_make_int(n->o.log_files));
    put(&r, a, &c, "nodeLeaseDurationSeconds", value_make_int(NODE_LEASE_SECONDS));
    put(&r, a, &c, "cgroupDriver", value_make_text(STR("cgroupfs")));
    put(&r, a, &c, "failSwapOn", value_make_bool(false));
    put(&r, a, &c, "serializeImagePulls", value_make_bool(false));
    put(&r, a, &c, "allowedUnsafeSysctls", texts(&r, a, n->o.unsafe_sysctls));
    put(&r, a, &reserved, "cpu", value_make_text(arena_fmt(a, "%lldm", (long long)n->o.reserved_cpu)));
    put(&r, a, &reserved, "memory", value_make_text(arena_fmt(a, "%lld", (long long)n->o.reserved_memory)));
    put(&r, a, &c, "systemReserved", reserved);
    put_eviction(&r, a, &c, n);
    put(&r, a, &whole, "kubeletconfig", c);
    json_print(&b, &whole);
    if (r < 0 || buf_error(&b) < 0) {
        reply_text(q, 500, STR("no memory"));
        return;
    }
    struct http_header type = {STR("content-type"), STR("application/json")};
    http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

/* ── routes ── */

static void serve_container(struct node *n, struct http_req *q, struct str what, struct str rest)
{
    struct str ns = STR_NONE, pod = STR_NONE, name = STR_NONE;
    str_next(&rest, '/', &ns);
    str_next(&rest, '/', &pod);
    struct worker *w = pod_worker_by_name(&n->host, ns, pod);
    if (!w) {
        reply_text(q, 404, arena_fmt(http_req_arena(q), "pod %.*s/%.*s does not run here", STR_FMT(ns), STR_FMT(pod)));
        return;
    }
    if (str_is(what, "portForward")) {
        node_streams_forward(n, q, w);
        return;
    }
    if (!str_next(&rest, '/', &name) || !name.n)
        name = value_text_at(value_item(value_at(pod_worker_spec(w), "containers"), 0), "name");
    struct container *c = pod_worker_container(w, name);
    if (!c)
        reply_text(q, 404, arena_fmt(http_req_arena(q), "container %.*s is not in pod %s/%s", STR_FMT(name), w->ns, w->name));
    else if (str_is(what, "containerLogs"))
        serve_logs(n, q, c);
    else
        node_streams_exec(n, q, c, str_is(what, "attach"));
}

static void on_request(void *ctx, struct http_req *q)
{
    struct node *n = ctx;
    struct str path = http_req_path(q), what, rest;
    if (str_is(path, "/healthz")) {
        reply_text(q, 200, STR("ok"));
        return;
    }
    if (!allowed(q)) {
        reply_text(q, 401, STR("Unauthorized"));
        return;
    }
    str_cut(str_from(path, 1), '/', &what, &rest);
    if (str_is(what, "containerLogs") || str_is(what, "exec") || str_is(what, "attach") || str_is(what, "portForward"))
        serve_container(n, q, what, rest);
    else if (str_is(path, "/pods") || str_is(path, "/pods/"))
        serve_pods(n, q);
    else if (str_is(path, "/configz"))
        serve_configz(n, q);
    else if (str_is(path, "/stats/summary"))
        node_figures_summary(n, q);
    else if (str_is(path, "/metrics"))
        node_figures_own(n, q);
    else if (str_is(path, "/metrics/resource"))
        node_figures_resource(n, q);
    else if (str_is(path, "/metrics/cadvisor"))
        node_figures_cadvisor(n, q);
    else
        reply_text(q, 404, STR("404 page not found"));
}

int node_server_start(struct node *n, struct err *err)
{
    struct http_server_options o = {
        .address = n->o.address ? n->o.address : "0.0.0.0", .port = n->o.port, .tls = n->o.server_tls, .on_request = on_request, .ctx = n};
    return http_server_new(&n->server, n->host.loop, &o, err);
}

void node_server_stop(struct node *n)
{
    n->server = http_server_free(n->server);
}

int node_port(const struct node *n)
{
    return http_server_port(n->server);
}

void node_set_tls(struct node *n, SSL_CTX *tls)
{
    http_server_set_tls(n->server, tls);
}
