#include "scheduler/inside.h"

#include "object/object.h"

#define BATCH 32 /* cycles a turn of the loop: what comes meanwhile, urgent pods among it, waits no longer */

static void pump(void *ctx);

static int64_t now_of(const struct scheduler *s)
{
    return loop_now(client_loop(s->client));
}

int64_t scheduler_clock(const struct scheduler *s)
{
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(client_loop(s->client), &sec, &nsec);
    return sec * 1000000000 + nsec;
}

static void log_line(struct scheduler *s, const char *what, int r)
{
    char line[256];
    snprintf(line, sizeof(line), "%s: %s", what, strerror(-r));
    if (s->options.log)
        s->options.log(s->options.log_ctx, line);
}

void scheduler_wake(struct scheduler *s)
{
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

static void on_timer(void *ctx)
{
    pump(ctx);
}

/* ── bindings ── */

static struct binding *binding_new(struct scheduler *s, const struct sched_pod *p, struct str node)
{
    struct pod_name n = name_of(s, p);
    struct str by = scheduler_name_of(s, p);
    struct binding *b = mem_alloc(sizeof(*b) + n.ns.n + n.name.n + n.uid.n + node.n + by.n + 5);
    if (!b)
        return NULL;
    *b = (struct binding){.scheduler = s, .ns = n.ns, .name = n.name, .uid = n.uid, .node = node, .by = by};
    struct str *const texts[] = {&b->ns, &b->name, &b->uid, &b->node, &b->by};
    char *at = b->texts;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (texts[i]->n)
            memcpy(at, texts[i]->p, texts[i]->n);
        *texts[i] = str_make(at, texts[i]->n);
        at += texts[i]->n + 1; /* a zero behind each */
    }
    return b;
}

static void bound(struct binding *b, bool ok)
{
    struct scheduler *s = b->scheduler;
    arena_reset(s->scratch);
    cycle_bound(s->cycle, b->uid, ok, now_of(s));
    if (ok) {
        events_add(s, b);
        return;
    }
    s->failed++;
    devices_settle(s);
    loop_defer(client_loop(s->client), &s->pump, pump, s);
    list_del(&b->link);
    mem_free(b);
}

static void on_bound(void *ctx, const struct client_reply *r)
{
    bound(ctx, client_ok(r));
}

static void on_bound_outside(void *ctx, bool ok, const char *error)
{
    struct binding *b = ctx;
    struct scheduler *s = b->scheduler;
    char line[400];
    snprintf(line, sizeof(line), "an extender did not bind %s/%s: %s", b->ns.p, b->name.p, error);
    if (!ok && s->options.log)
        s->options.log(s->options.log_ctx, line);
    bound(b, ok);
}

static void not_bound(struct scheduler *s, struct sched_pod *p)
{
    s->failed++;
    cycle_bound(s->cycle, sched_pod_uid(p), false, now_of(s));
    devices_settle(s);
}

void scheduler_bind(struct scheduler *s, struct sched_pod *p, uint32_t node)
{
    struct binding *b = binding_new(s, p, sched_node_name(s->sched, node));
    int r = !b ? -ENOMEM : s->asking ? asking_bind(s->asking, p, sched_node_name(s->sched, node), on_bound_outside, b) : ASKING_NOBODY;
    if (r == ASKING_NOBODY)
        r = write_binding(s, p, sched_node_name(s->sched, node), on_bound, b);
    if (r == 0) {
        list_add(&s->bindings, &b->link);
        return;
    }
    mem_free(b);
    not_bound(s, p);
}

static void bind_pod(struct scheduler *s, struct sched_pod *p, uint32_t node)
{
    struct sched_binding claims[CLAIMS_MAX];
    struct str name = sched_node_name(s->sched, node);
    size_t n = sched_unbound(s->sched, p, node, claims, CLAIMS_MAX);
    if (n) { /* the claims first: once they are bound the pod's turn comes again */
        if (!cycle_groups(s->cycle, p)) {
            if (waits_begin(s, p, node, claims, n) < 0)
                not_bound(s, p);
            return;
        }
        s->failed += write_claims(s, p, name, claims, n, NULL, NULL) < 0;
        cycle_withdraw(s->cycle, p, 1u << SCHED_RULE_VOLUME_BINDING, now_of(s));
        devices_settle(s);
        return;
    }
    int r = devices_bind(s, p);
    if (r < 0)
        not_bound(s, p);
    else if (r == 0)
        scheduler_bind(s, p, node);
    devices_settle(s);
}

/* ── cycles ── */

static void act(struct scheduler *s, const struct cycle_outcome *o)
{
    if (o->kind == CYCLE_GROUP) {
        write_group(s, &o->group);
        return;
    }
    if (o->kind == CYCLE_PLACED && s->asking && asking_first(s->asking, o->pod)) {
        devices_settle(s);
        return;
    }
    if (o->kind == CYCLE_ASKS)
        return;
    decisions_note(s, o, o->kind == CYCLE_PLACED ? "Placed" : o->kind == CYCLE_PREEMPTS ? "Preempts" : "Refused");
    if (o->kind == CYCLE_PLACED) {
        bind_pod(s, o->pod, o->node);
        if (s->asking)
            asking_over(s->asking, o->pod);
        return;
    }
    write_refusal(s, o);
    devices_refused(s, o);
    if (s->asking)
        asking_over(s->asking, o->pod);
    for (size_t i = 0; i < o->n_nominees; i++)
        write_nomination_end(s, o->nominees[i]);
    for (size_t i = 0; i < o->n_victims; i++)
        write_victim(s, o->victims[i], o);
}

/* 1: something was decided; 0: nothing is ready; <0: told already. */
static int step(struct scheduler *s)
{
    struct cycle_outcome o;
    arena_reset(s->scratch);
    dynamic_turn(s->dynamic, true);
    int r = cycle_step(s->cycle, now_of(s), &o);
    dynamic_turn(s->dynamic, false);
    if (r > 0)
        act(s, &o);
    if (r < 0) {
        s->failed++;
        log_line(s, "a scheduling cycle failed", r);
    }
    return r;
}

/* A pod that overtakes the queue is decided about as it comes, before what else has come with it. Pods without a priority never do:
 * their turn comes with the others'. */
static void hurry(struct scheduler *s, struct str uid)
{
    const struct sched_pod *first = cycle_foremost(s->cycle);
    if (first && sched_pod_priority(first) > 0 && str_eq(sched_pod_uid(first), uid) && scheduler_synced(s))
        (void)!step(s); /* pump() comes all the same */
}

static void pump(void *ctx)
{
    struct scheduler *s = ctx;
    struct loop *l = client_loop(s->client);
    if (!scheduler_synced(s))
        return; /* on_synced comes back */
    for (size_t i = 0; i < BATCH; i++) {
        int r = step(s);
        if (r < 0)
            break;
        if (r == 0) {
            int64_t at = cycle_next(s->cycle);
            if (at != INT64_MAX && loop_timer_start(l, &s->timer, MAX(at - now_of(s), INT64_C(1)), on_timer, s) < 0)
                break;
            return;
        }
    }
    loop_defer(l, &s->pump, pump, s);
}

/* ── what the caches say ── */

/* Workloads change their status all the time; only what they select matters. */
static bool same_generation(struct object *old, struct object *now)
{
    struct str a = STR_NONE, b = STR_NONE;
    char x[32], y[32];
    return object_field(old, "metadata.generation", &a, x) && object_field(now, "metadata.generation", &b, y) && str_eq(a, b);
}

static void pod_gone(struct scheduler *s, struct str uid)
{
    decisions_drop(s, uid);
    waits_pod_gone(s, uid);
    if (s->asking)
        asking_forget(s->asking, uid);
}

static void pod_replaced(struct scheduler *s, struct str uid)
{
    cycle_del(s->cycle, SCHED_POD, STR_NONE, uid, now_of(s));
    if (s->options.told)
        s->options.told(s->options.plugins_ctx, SCHED_POD, NULL, uid);
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct feed *f = ctx;
    struct scheduler *s = f->scheduler;
    struct value tree = {0};
    bool told = s->options.told && (f->kind == SCHED_POD || f->kind == SCHED_NODE);
    if (f->kind == SCHED_POD && old && (!now || !str_eq(object_uid(old), object_uid(now))))
        pod_gone(s, object_uid(old));
    if (f->kind == SCHED_POD)
        devices_pod(s, old, now);
    if (!now) {
        cycle_del(s->cycle, f->kind, f->kind == SCHED_POD ? STR_NONE : object_namespace(old),
                  f->kind == SCHED_POD ? object_uid(old) : object_name(old), now_of(s));
        if (told)
            s->options.told(s->options.plugins_ctx, f->kind, NULL, f->kind == SCHED_POD ? object_uid(old) : object_name(old));
    } else {
        bool workload = f->kind == SCHED_REPLICA_SET || f->kind == SCHED_STATEFUL_SET || f->kind == SCHED_REPLICATION_CONTROLLER;
        if (workload && old && same_generation(old, now))
            return;
        if (f->kind == SCHED_POD && old && !str_eq(object_uid(old), object_uid(now)))
            pod_replaced(s, object_uid(old));
        arena_reset(s->scratch);
        cycle_stamp(s->cycle, f->kind == SCHED_POD ? scheduler_clock(s) : 0);
        int r = object_tree(s->scratch, now, &tree, NULL);
        if (r == 0)
            r = cycle_put(s->cycle, f->kind, &tree, now_of(s));
        if (r == 0 && told)
            s->options.told(s->options.plugins_ctx, f->kind, &tree, STR_NONE);
        if (r < 0) {
            s->failed++;
            log_line(s, "an object could not be taken in", r);
        }
    }
    if (f->kind == SCHED_POD)
        devices_settle(s);
    if (f->kind == SCHED_POD_GROUP)
        devices_group(s, old, now ? &tree : NULL);
    if (f->kind == SCHED_CLAIM || f->kind == SCHED_VOLUME || f->kind == SCHED_NODE)
        waits_look(s);
    if (f->kind == SCHED_POD && now)
        hurry(s, object_uid(now));
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

static void on_synced(void *ctx)
{
    struct feed *f = ctx;
    loop_defer(client_loop(f->scheduler->client), &f->scheduler->pump, pump, f->scheduler);
}

/* ── life ── */

static const struct {
    enum sched_kind kind;
    struct str group, version, resource;
} rows[CACHES] = {
    {SCHED_NODE, STR_INIT(""), STR_INIT("v1"), STR_INIT("nodes")},
    {SCHED_NAMESPACE, STR_INIT(""), STR_INIT("v1"), STR_INIT("namespaces")},
    {SCHED_SERVICE, STR_INIT(""), STR_INIT("v1"), STR_INIT("services")},
    {SCHED_REPLICATION_CONTROLLER, STR_INIT(""), STR_INIT("v1"), STR_INIT("replicationcontrollers")},
    {SCHED_REPLICA_SET, STR_INIT("apps"), STR_INIT("v1"), STR_INIT("replicasets")},
    {SCHED_STATEFUL_SET, STR_INIT("apps"), STR_INIT("v1"), STR_INIT("statefulsets")},
    {SCHED_BUDGET, STR_INIT("policy"), STR_INIT("v1"), STR_INIT("poddisruptionbudgets")},
    {SCHED_VOLUME, STR_INIT(""), STR_INIT("v1"), STR_INIT("persistentvolumes")},
    {SCHED_CLAIM, STR_INIT(""), STR_INIT("v1"), STR_INIT("persistentvolumeclaims")},
    {SCHED_STORAGE_CLASS, STR_INIT("storage.k8s.io"), STR_INIT("v1"), STR_INIT("storageclasses")},
    {SCHED_CSI_NODE, STR_INIT("storage.k8s.io"), STR_INIT("v1"), STR_INIT("csinodes")},
    {SCHED_CSI_DRIVER, STR_INIT("storage.k8s.io"), STR_INIT("v1"), STR_INIT("csidrivers")},
    {SCHED_CAPACITY, STR_INIT("storage.k8s.io"), STR_INIT("v1"), STR_INIT("csistoragecapacities")},
    {SCHED_POD, STR_INIT(""), STR_INIT("v1"), STR_INIT("pods")},
    {SCHED_POD_GROUP, STR_INIT("scheduling.k8s.io"), STR_INIT("v1beta1"), STR_INIT("podgroups")},
    {SCHED_COMPOSITE_POD_GROUP, STR_INIT("scheduling.k8s.io"), STR_INIT("v1alpha3"), STR_INIT("compositepodgroups")},
};

static int open_feeds(struct scheduler *s)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < CACHES; i++) {
        struct feed *f = &s->feeds[i];
        if ((rows[i].kind == SCHED_POD_GROUP && !s->options.groups) || (rows[i].kind == SCHED_COMPOSITE_POD_GROUP && !s->options.composite_groups))
            continue;
        struct client_cache_options o = {.resource = schema_resource_find(rows[i].group, rows[i].version, rows[i].resource)};
        f->scheduler = s;
        f->kind = rows[i].kind;
        f->listener = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = f};
        r = client_cache_new(&f->cache, s->client, &o);
        if (r == 0)
            client_cache_listen(f->cache, &f->listener);
        if (r == 0 && f->kind == SCHED_POD)
            s->pods = f->cache;
        if (r == 0 && f->kind == SCHED_POD_GROUP)
            s->groups = f->cache;
    }
    return r;
}

/* They are one more plugin of the engine, behind the caller's, and every profile has it. */
static int open_extenders(struct scheduler *s, size_t n, struct sched_plugin plugins[SCHED_PLUGINS_MAX], struct err *err)
{
    const struct scheduler_config *c = s->options.config;
    if (n >= SCHED_PLUGINS_MAX)
        return err_raise(err, -E2BIG, "extenders: there are too many plugins beside them");
    for (size_t i = 0; i < c->n_profiles; i++) {
        c->profiles[i].filters |= 1u << (SCHED_RULE_PLUGIN + n);
        c->profiles[i].scores |= 1u << (SCHED_RULE_PLUGIN + n);
        c->profiles[i].weights[SCHED_RULE_PLUGIN + n] = 1;
    }
    return asking_new(&s->asking, s, (unsigned)n, &plugins[n], err);
}

/* Devices first, then what the caller brought, then extenders. How many; <0. */
static int open_plugins(struct scheduler *s, struct sched_plugin plugins[SCHED_PLUGINS_MAX], struct err *err)
{
    const struct scheduler_options *o = &s->options;
    int n = 0, r = dynamic_new(&s->dynamic, (uint64_t)loop_wall(client_loop(s->client)));
    if (r < 0)
        return r;
    plugins[n++] = dynamic_plugin(s->dynamic);
    for (size_t i = 0; i < o->n_plugins && n < SCHED_PLUGINS_MAX; i++)
        plugins[n++] = o->plugins[i];
    if (!o->config || !o->config->n_extenders)
        return n;
    r = open_extenders(s, (size_t)n, plugins, err);
    return r < 0 ? r : n + 1;
}

int scheduler_new(struct scheduler **out, struct client *c, const struct scheduler_options *o, struct err *err)
{
    struct scheduler *s = mem_alloc(sizeof(*s));
    if (!s)
        return err_raise(err, -ENOMEM, "no memory for the scheduler");
    s->client = c;
    list_init(&s->bindings);
    events_open(s);
    list_init(&s->claimings);
    list_init(&s->volume_waits);
    list_init(&s->decided);
    s->options = *o;
    struct sched_plugin plugins[SCHED_PLUGINS_MAX];
    struct sched_options engine = {.plugins = plugins};
    struct cycle_options queue = {.each_alone = !o->groups};
    if (o->config) {
        engine.profiles = o->config->profiles;
        engine.n_profiles = o->config->n_profiles;
        queue.backoff_first_ms = o->config->backoff_first_ms;
        queue.backoff_most_ms = o->config->backoff_most_ms;
    }
    int r = arena_new(&s->scratch, 64u << 20);
    if (r == 0 && (r = open_plugins(s, plugins, err)) > 0) {
        engine.n_plugins = (size_t)r;
        r = sched_new(&s->sched, &engine);
    }
    if (s->asking) {
        queue.preempts = victims_asked;
        queue.ctx = s->asking;
    }
    if (r == 0)
        dynamic_attach(s->dynamic, s->sched, DEVICES_PLUGIN);
    if (r == 0)
        r = cycle_new(&s->cycle, s->sched, &queue);
    if (r == 0)
        r = devices_open(s);
    if (r == 0)
        r = open_feeds(s);
    if (r == 0)
        r = profiles_open(s);
    if (r < 0) {
        scheduler_free(s);
        return err && err->text[0] ? r : err_raise(err, r, "the scheduler could not be started: %s", strerror(-r));
    }
    *out = s;
    return 0;
}

struct scheduler *scheduler_free(struct scheduler *s)
{
    if (!s)
        return NULL;
    for (size_t i = 0; i < CACHES; i++)
        client_cache_free(s->feeds[i].cache);
    client_cache_free(s->profiles);
    LIST_EACH (b, &s->bindings, struct binding, link) {
        client_forget(s->client, b);
        mem_free(b);
    }
    events_close(s);
    waits_close(s);
    s->asking = asking_free(s->asking);
    decisions_done(s);
    loop_timer_stop(&s->timer);
    loop_defer_cancel(&s->pump);
    devices_close(s);
    cycle_free(s->cycle);
    sched_free(s->sched);
    arena_free(s->scratch);
    return mem_free(s);
}

bool scheduler_synced(const struct scheduler *s)
{
    for (size_t i = 0; i < CACHES; i++)
        if (s->feeds[i].cache && !client_cache_synced(s->feeds[i].cache))
            return false;
    return (!s->profiles || client_cache_synced(s->profiles)) && devices_synced(s);
}

void scheduler_tell(struct scheduler *s, unsigned what, const struct value *object)
{
    cycle_tell(s->cycle, what, object, now_of(s));
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

struct sched *scheduler_engine(struct scheduler *s)
{
    return s->sched;
}

void scheduler_stats(const struct scheduler *s, struct scheduler_stats *out)
{
    struct cycle_counts c;
    cycle_counts(s->cycle, &c);
    *out = (struct scheduler_stats){c.placed, c.refused, c.preempted, c.failed + s->failed, c.active + c.backoff + c.unschedulable};
}
