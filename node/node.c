#include "node/inside.h"

#include "object/object.h"

#define CARE_MS 30000

/* ── the pods bound to this node ── */

static void on_pod(void *ctx, struct object *old, struct object *now)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value pod = {0};
    struct worker *w;
    if (!now || (old && !str_eq(object_uid(old), object_uid(now)))) {
        w = pod_worker_find(&n->host, object_uid(old));
        if (w)
            life_worker_gone(w);
    }
    if (!now || n->host.clearing)
        return;
    char scratch[32];
    struct str phase = STR_NONE;
    bool over = object_field(now, "status.phase", &phase, scratch) && (str_is(phase, "Succeeded") || str_is(phase, "Failed"));
    int r = arena_new(&a, POD_BYTES);
    if (r == 0)
        r = object_tree(a, now, &pod, NULL);
    if (r == 0 && over && !pod_worker_find(&n->host, object_uid(now)))
        r = life_worker_recall(&n->host, &pod, now->revision);
    else if (r == 0)
        r = life_worker_take(&n->host, &pod, now->revision, &w);
    if (r < 0)
        log_error("node", "pod %.*s/%.*s cannot be taken: %s", STR_FMT(object_namespace(now)), STR_FMT(object_name(now)), strerror(-r));
}

/* What runs here and is no longer in the API was deleted while we were away. */
static void on_pods_synced(void *ctx)
{
    struct node *n = ctx;
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        struct object *o = client_cache_get(n->host.pods, str_of(w->ns), str_of(w->name));
        if (!o || !str_is(object_uid(o), w->uid))
            life_worker_gone(w);
    }
}

/* ── services for environment, rules and names ── */

static void on_service(void *ctx, struct object *old, struct object *now)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    int r = 0;
    if (!n->host.plan)
        return;
    if (now) {
        r = arena_new(&a, POD_BYTES);
        if (r == 0)
            r = object_tree(a, now, &tree, NULL);
        if (r == 0)
            r = plan_service_put(n->host.plan, &tree);
    } else {
        r = plan_service_del(n->host.plan, object_namespace(old), object_name(old));
    }
    if (r < 0)
        log_error("node", "a Service cannot be taken: %s", strerror(-r));
    if (r == 0)
        node_health_changed(n);
    if (r == 0 && n->host.net)
        net_changed(n->host.net);
}

static void on_slice(void *ctx, struct object *old, struct object *now)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    int r = 0;
    if (!n->host.plan)
        return;
    if (now) {
        r = arena_new(&a, POD_BYTES);
        if (r == 0)
            r = object_tree(a, now, &tree, NULL);
        if (r == 0)
            r = plan_slice_put(n->host.plan, &tree);
    } else {
        r = plan_slice_del(n->host.plan, object_namespace(old), object_name(old));
    }
    if (r < 0)
        log_error("node", "an EndpointSlice cannot be taken: %s", strerror(-r));
    if (r == 0)
        node_health_changed(n);
    if (r == 0 && n->host.net)
        net_changed(n->host.net);
}

static void on_self(void *ctx, struct object *old, struct object *now)
{
    (void)old;
    if (now)
        node_folders_changed(ctx);
}

/* ── what an earlier agent left ── */

static void on_stray_gone(void *ctx, int r, const char *error)
{
    (void)ctx;
    if (r < 0)
        log_warn("node", "a stray sandbox is not quite gone: %s", error);
}

static void adopt(struct node *n)
{
    for (struct runtime_pod *p = runtime_pod_next(n->host.runtime, NULL), *next; p; p = next) {
        next = runtime_pod_next(n->host.runtime, p);
        struct worker *w = pod_worker_find(&n->host, str_of(runtime_pod_uid(p)));
        if (w)
            life_setup_adopt(w, p);
        else
            runtime_pod_remove(p, on_stray_gone, NULL);
    }
}

/* Logs that grew too long are rotated; images that nobody uses go when the disk is full. */
bool node_image_in_use(void *ctx, const struct image *i)
{
    struct node *n = ctx;
    struct image *found;
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        for (size_t k = 0; k < w->n_containers; k++)
            if (image_find(n->o.images, value_text_at(w->containers[k]->spec, "image"), &found) == 0 && found == i)
                return true;
    }
    return false;
}

static int reopen(void *ctx)
{
    struct container *c = ctx;
    return runtime_container_reopen_log(c->handle);
}

/* gzip runs on a thread of the pool, which knows nothing but the path. */
struct compaction {
    int r;
    unsigned files;
    struct err err;
    char path[OS_PATH_MAX];
};

static void compact(void *ctx)
{
    struct compaction *k = ctx;
    k->r = podlog_compact(k->path, k->files, &k->err);
}

static void compacted(void *ctx)
{
    struct compaction *k = ctx;
    if (k->r < 0)
        log_warn("node", "%s", k->err.text);
    mem_free(k);
}

static void rotate(struct node *n, struct container *c)
{
    struct err err = {{0}};
    if (!c->handle || c->state != CONTAINER_RUNNING)
        return;
    struct podlog_rotation o = {.path = runtime_container_log(c->handle),
                                .size_max = n->o.log_bytes,
                                .files_max = 0,
                                .now = loop_wall(c->worker->host->loop),
                                .reopen = reopen,
                                .ctx = c};
    int r = podlog_rotate(&o, &err);
    if (r < 0)
        log_warn("node", "%s", err.text);
    struct compaction *k = r == PODLOG_ROTATED ? mem_alloc(sizeof(*k)) : NULL;
    if (!k) /* no memory: the next rotation sees to this one too */
        return;
    k->files = n->o.log_files;
    if (os_path(k->path, "%s", o.path) < 0 || loop_work(c->worker->host->loop, compact, compacted, k) < 0)
        mem_free(k);
}

static void look_after_logs(void *ctx)
{
    struct node *n = ctx;
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        for (size_t i = 0; i < w->n_containers; i++)
            rotate(n, w->containers[i]);
    }
    if (loop_timer_start(n->host.loop, &n->log_timer, n->o.log_interval_ms, look_after_logs, n) < 0)
        log_error("node", "no memory for a timer");
}

static void care(void *ctx)
{
    struct node *n = ctx;
    struct err err = {{0}};
    if (image_collect(n->o.images, false, node_image_in_use, n, &err) < 0)
        log_warn("node", "images could not be collected: %s", err.text);
    node_health_changed(n); /* a port may have become free */
    if (loop_timer_start(n->host.loop, &n->care_timer, CARE_MS, care, n) < 0)
        log_error("node", "no memory for a timer");
}

/* ── life ── */

static const char *const *keep_list(struct arena *a, const char *const *list, int *r)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    const char **out = arena_alloc(a, (n + 1) * sizeof(char *));
    if (!out) {
        *r = -ENOMEM;
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        if (!(out[i] = arena_text(a, list[i], strlen(list[i]))))
            *r = -ENOMEM;
    return out;
}

static const char *keep_text(struct arena *a, const char *text, int *r)
{
    if (!text)
        return NULL;
    const char *out = arena_text(a, text, strlen(text));
    if (!out)
        *r = -ENOMEM;
    return out;
}

static int keep_options(struct node *n, const struct node_options *o)
{
    int r = arena_new(&n->mem, 1u << 20);
    if (r < 0)
        return r;
    n->o = *o;
    n->o.name = keep_text(n->mem, o->name, &r);
    n->o.data = keep_text(n->mem, o->data, &r);
    n->o.logs = keep_text(n->mem, o->logs, &r);
    n->o.domain = keep_text(n->mem, o->domain ? o->domain : "cluster.local", &r);
    n->o.resolv_conf = keep_text(n->mem, o->resolv_conf, &r);
    n->o.address = keep_text(n->mem, o->address, &r);
    n->o.addresses = keep_list(n->mem, o->addresses, &r);
    n->o.labels = keep_list(n->mem, o->labels, &r);
    n->o.taints = keep_list(n->mem, o->taints, &r);
    n->o.unsafe_sysctls = keep_list(n->mem, o->unsafe_sysctls, &r);
    n->o.dns_addresses = keep_list(n->mem, o->dns_addresses, &r);
    n->o.log_size = keep_text(n->mem, o->log_bytes > 0 ? o->log_size : "10Mi", &r);
    if (n->o.log_bytes <= 0)
        n->o.log_bytes = 10 << 20;
    if (!n->o.log_files)
        n->o.log_files = 5;
    if (n->o.log_interval_ms <= 0)
        n->o.log_interval_ms = 10000;
    if (!n->o.pods_max)
        n->o.pods_max = 110;
    return r;
}

static int cache_of(struct node *n, struct client_cache **out, struct client_listener *l, const char *group, const char *resource,
                    const char *selector, void (*on_change)(void *, struct object *, struct object *), void (*on_synced)(void *))
{
    struct client_cache_options o = {.resource = schema_resource_find(str_of(group), STR("v1"), str_of(resource)),
                                     .field_selector = str_of(selector)};
    *l = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = n};
    int r = client_cache_new(out, n->host.client, &o);
    if (r == 0)
        client_cache_listen(*out, l);
    return r;
}

static int open_caches(struct node *n, struct err *err)
{
    char bound[300], self[300];
    snprintf(bound, sizeof(bound), "spec.nodeName=%s", n->o.name);
    snprintf(self, sizeof(self), "metadata.name=%s", n->o.name);
    int r = cache_of(n, &n->host.services, &n->services_listener, "", "services", NULL, on_service, NULL);
    if (r == 0)
        r = cache_of(n, &n->slices, &n->slices_listener, "discovery.k8s.io", "endpointslices", NULL, on_slice, NULL);
    if (r == 0)
        r = cache_of(n, &n->self, &n->self_listener, "", "nodes", self, on_self, NULL);
    if (r == 0)
        r = node_peers_start(n);
    if (r == 0)
        r = node_latency_start(n);
    if (r == 0)
        r = cache_of(n, &n->host.pods, &n->pods_listener, "", "pods", bound, on_pod, on_pods_synced);
    return r < 0 ? err_raise(err, r, "no memory for the node's caches") : 0;
}

int node_new(struct node **out, const struct node_options *o, struct err *err)
{
    struct node *n = mem_alloc(sizeof(*n));
    if (!n)
        return err_raise(err, -ENOMEM, "no memory for a node");
    list_init(&n->sessions);
    int r = keep_options(n, o);
    n->host = (struct pod_host){.loop = o->loop,
                                .client = o->client,
                                .runtime = o->runtime,
                                .images = o->images,
                                .net = o->net,
                                .plan = o->plan,
                                .name = n->o.name,
                                .data = n->o.data,
                                .logs = n->o.logs,
                                .domain = n->o.domain,
                                .resolv_conf = n->o.resolv_conf,
                                .addresses = n->o.addresses,
                                .dns_addresses = n->o.dns_addresses,
                                .unsafe_sysctls = n->o.unsafe_sysctls,
                                .pods_max = n->o.pods_max,
                                .advance = life_worker_advance,
                                .log_ended = node_server_log_ended};
    if (r < 0)
        err_raise(err, r, "no memory for a node");
    if (r == 0)
        r = node_server_start(n, err);
    if (r == 0)
        r = open_caches(n, err);
    if (r == 0) {
        if (n->host.net && n->host.plan)
            net_plan(n->host.net, n->host.plan);
        pod_checkpoint_read_all(&n->host, life_worker_take);
        adopt(n);
        r = node_registration_start(n, err);
        node_pressure_start(n);
        node_storage_start(n);
    }
    if (r == 0)
        r = node_data_start(n, o->datasets, err);
    if (r == 0 && (loop_timer_start(n->host.loop, &n->care_timer, CARE_MS, care, n) < 0 ||
                   loop_timer_start(n->host.loop, &n->log_timer, n->o.log_interval_ms, look_after_logs, n) < 0))
        r = err_raise(err, -ENOMEM, "no memory for a timer");
    if (r < 0) {
        node_free(n);
        return r;
    }
    *out = n;
    return 0;
}

struct node *node_free(struct node *n)
{
    if (!n)
        return NULL;
    node_registration_stop(n);
    node_pressure_stop(n);
    node_storage_stop(n);
    node_data_stop(n);
    node_folders_stop(n);
    node_health_stop(n);
    loop_timer_stop(&n->care_timer);
    loop_timer_stop(&n->log_timer);
    node_streams_stop(n);
    node_server_stop(n);
    struct map_slot *slot;
    while ((slot = map_next(&n->host.workers, NULL)))
        life_worker_free(slot->value);
    map_done(&n->host.workers);
    node_latency_stop(n);
    node_peers_stop(n);
    client_cache_free(n->host.pods);
    client_cache_free(n->self);
    client_cache_free(n->slices);
    client_cache_free(n->host.services);
    pod_trust_done(&n->host);
    pod_certificates_close(&n->host);
    map_done(&n->host.sources);
    pod_checkpoint_close(&n->host);
    arena_free(n->mem);
    return mem_free(n);
}

void node_clear(struct node *n, void (*done)(void *ctx), void *ctx)
{
    n->host.clearing = true;
    n->host.cleared = done;
    n->host.cleared_ctx = ctx;
    if (n->host.workers.n == 0) {
        n->host.cleared = NULL;
        done(ctx);
        return;
    }
    MAP_EACH (slot, &n->host.workers)
        life_worker_gone(slot->value);
}

void node_stats(const struct node *n, struct node_stats *out)
{
    *out = (struct node_stats){.pods = n->host.workers.n, .ready_at_ms = n->ready_at_ms};
    MAP_EACH (slot, &n->host.workers) {
        const struct worker *w = slot->value;
        for (size_t i = 0; i < w->n_containers; i++)
            out->containers_running += w->containers[i]->state == CONTAINER_RUNNING;
    }
}
