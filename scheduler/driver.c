#include "scheduler/inside.h"

#include "object/object.h"

/* The queue and the bindings.
 *
 *   pending pod ─▶ ready ─▶ (scheduler_place) ─▶ binding ─▶ bound: its cache event ends it
 *                    ▲            │ no place          │ refused by the server
 *                    └─ an event ─┴── waiting ◀───────┘  (back-off 1 s … 10 s)
 */
#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MOST_MS 10000
#define FLUSH_MS 60000 /* a waiting pod is looked at again after so long in any case */
#define BATCH 256      /* placements a turn of the loop */

struct pending {
    struct heap_item item; /* in sched->ready when pos != 0 */
    struct loop_timer timer;
    struct scheduler *sched;
    char ns[64], name[254], uid[64];
    int32_t priority;
    int64_t backoff_ms;
    bool binding, waiting;
    unsigned told_hash; /* of the last message written into its status */
};

struct scheduler {
    struct client *client;
    char name[64];
    struct scheduler_options options;
    struct client_cache *pods, *nodes;
    struct client_listener pods_listener, nodes_listener;
    struct scheduler_cluster *cluster;
    struct map pending; /* uid → pending */
    struct heap ready;
    struct list bindings; /* awaiting their replies */
    struct loop_task pump;
    struct loop_timer flush;
    struct arena *scratch;
    struct scheduler_stats stats;
};

static void pump(void *ctx);

static void make_ready(struct pending *p)
{
    struct scheduler *s = p->sched;
    loop_timer_stop(&p->timer);
    p->waiting = false;
    if (p->item.pos || p->binding)
        return;
    if (heap_add(&s->ready, &p->item, -(int64_t)p->priority) < 0)
        p->waiting = true;
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

static void on_backoff_over(void *ctx)
{
    make_ready(ctx);
}

/* Something changed that may help: everyone who found no place may try again, not before their back-off. */
static void stir(struct scheduler *s)
{
    MAP_EACH(slot, &s->pending)
    {
        struct pending *p = slot->value;
        if (p->waiting && !loop_timer_active(&p->timer) &&
            loop_timer_start(client_loop(s->client), &p->timer, p->backoff_ms / 2, on_backoff_over, p) < 0)
            make_ready(p);
    }
}

static void pending_free(struct pending *p)
{
    map_del(&p->sched->pending, str_of(p->uid));
    heap_del(&p->sched->ready, &p->item);
    loop_timer_stop(&p->timer);
    mem_free(p);
}

static void on_flush(void *ctx)
{
    struct scheduler *s = ctx;
    stir(s);
    if (loop_timer_start(client_loop(s->client), &s->flush, FLUSH_MS, on_flush, s) < 0)
        s->flush.fn = on_flush; /* its place in the heap is there after the first use */
}

/* ── writing ── */

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

static void send_event(struct scheduler *s, struct arena *a, const struct value *pod, bool warning, const char *reason, const char *message)
{
    struct value e = {0};
    char now[32];
    int r = 0;
    static const char *const same[][2] = {{"involvedObject.namespace", "metadata.namespace"}, {"involvedObject.name", "metadata.name"},
                                          {"involvedObject.uid", "metadata.uid"}, {"metadata.namespace", "metadata.namespace"}};
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    VALUE_SET(&r, a, &e, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &e, "kind", value_make_text(STR("Event")));
    VALUE_SET(&r, a, &e, "metadata.generateName", value_make_text(arena_fmt(a, "%.*s.", STR_FMT(value_text_at(pod, "metadata.name")))));
    VALUE_SET(&r, a, &e, "involvedObject.kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, &e, "involvedObject.apiVersion", value_make_text(STR("v1")));
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        VALUE_SET(&r, a, &e, same[i][0], value_make_text(value_text_at(pod, same[i][1])));
    VALUE_SET(&r, a, &e, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, a, &e, "message", value_make_text(str_of(message)));
    VALUE_SET(&r, a, &e, "source.component", value_make_text(str_of(s->name)));
    VALUE_SET(&r, a, &e, "firstTimestamp", value_make_text(str_of(now)));
    VALUE_SET(&r, a, &e, "lastTimestamp", value_make_text(str_of(now)));
    VALUE_SET(&r, a, &e, "count", value_make_int(1));
    VALUE_SET(&r, a, &e, "type", value_make_text(warning ? STR("Warning") : STR("Normal")));
    VALUE_SET(&r, a, &e, "reportingComponent", value_make_text(str_of(s->name)));
    struct client_call call = {.verb = CLIENT_CREATE, .resource = schema_resource_find(STR_NONE, STR("v1"), STR("events")),
                               .ns = value_text_at(pod, "metadata.namespace"), .body = &e};
    if (r == 0 && client_send(s->client, &call, ignore, NULL) < 0)
        s->stats.failed++;
}

static void tell_unplaced(struct scheduler *s, struct pending *p, const struct value *pod, const char *message)
{
    struct value patch = {0}, list = value_make_list(), c = value_make_map();
    char now[32];
    int r = 0;
    unsigned hash = (unsigned)str_hash(str_of(message)) | 1;
    if (p->told_hash == hash)
        return;
    p->told_hash = hash;
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    VALUE_SET(&r, s->scratch, &c, "type", value_make_text(STR("PodScheduled")));
    VALUE_SET(&r, s->scratch, &c, "status", value_make_text(STR("False")));
    VALUE_SET(&r, s->scratch, &c, "reason", value_make_text(STR("Unschedulable")));
    VALUE_SET(&r, s->scratch, &c, "message", value_make_text(str_of(message)));
    VALUE_SET(&r, s->scratch, &c, "lastTransitionTime", value_make_text(str_of(now)));
    if (!value_add(s->scratch, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(str_of(p->uid)));
    VALUE_SET(&r, s->scratch, &patch, "status.conditions", list);
    struct client_call call = {.verb = CLIENT_PATCH, .patch = CLIENT_PATCH_STRATEGIC, .resource = client_cache_resource(s->pods),
                               .ns = str_of(p->ns), .name = str_of(p->name), .subresource = STR("status"), .body = &patch};
    if (r < 0 || client_send(s->client, &call, ignore, NULL) < 0)
        p->told_hash = 0;
    send_event(s, s->scratch, pod, true, "FailedScheduling", message);
}

struct binding {
    struct list link; /* in sched->bindings */
    struct scheduler *sched;
    char uid[64], ns[64], name[254], node[254];
};

static void on_bound(void *ctx, const struct client_reply *r)
{
    struct binding *b = ctx;
    struct scheduler *s = b->sched;
    struct pending *p = map_get(&s->pending, str_of(b->uid));
    if (p)
        p->binding = false;
    if (client_ok(r)) {
        s->stats.placed++;
        SCOPED(arena) a = NULL;
        struct object *o = client_cache_get(s->pods, str_of(b->ns), str_of(b->name));
        struct value pod = {0};
        char text[600];
        snprintf(text, sizeof(text), "Successfully assigned %s/%s to %s", b->ns, b->name, b->node);
        if (o && arena_new(&a, 1u << 20) == 0 && object_tree(a, o, &pod, NULL) == 0)
            send_event(s, a, &pod, false, "Scheduled", text);
    } else {
        s->stats.failed++;
        scheduler_pod_del(s->cluster, str_of(b->uid));
        if (p && r->code == 404)
            pending_free(p);
        else if (p && loop_timer_start(client_loop(s->client), &p->timer, p->backoff_ms, on_backoff_over, p) == 0)
            p->waiting = true;
    }
    list_del(&b->link);
    mem_free(b);
}

static int bind_pod(struct scheduler *s, struct pending *p, const struct value *pod, struct str node)
{
    struct value body = {0};
    int r = scheduler_assume(s->cluster, pod, node);
    VALUE_SET(&r, s->scratch, &body, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, s->scratch, &body, "kind", value_make_text(STR("Binding")));
    VALUE_SET(&r, s->scratch, &body, "metadata.name", value_make_text(str_of(p->name)));
    VALUE_SET(&r, s->scratch, &body, "metadata.namespace", value_make_text(str_of(p->ns)));
    VALUE_SET(&r, s->scratch, &body, "metadata.uid", value_make_text(str_of(p->uid)));
    VALUE_SET(&r, s->scratch, &body, "target.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, s->scratch, &body, "target.kind", value_make_text(STR("Node")));
    VALUE_SET(&r, s->scratch, &body, "target.name", value_make_text(node));
    struct binding *b = r < 0 ? NULL : mem_alloc(sizeof(*b));
    if (!b)
        return r < 0 ? r : -ENOMEM;
    b->sched = s;
    snprintf(b->uid, sizeof(b->uid), "%s", p->uid);
    snprintf(b->ns, sizeof(b->ns), "%s", p->ns);
    snprintf(b->name, sizeof(b->name), "%s", p->name);
    snprintf(b->node, sizeof(b->node), "%.*s", STR_FMT(node));
    struct client_call call = {.verb = CLIENT_CREATE, .resource = client_cache_resource(s->pods), .ns = str_of(p->ns),
                               .name = str_of(p->name), .subresource = STR("binding"), .body = &body};
    r = client_send(s->client, &call, on_bound, b);
    if (r < 0)
        mem_free(b);
    else
        list_add(&s->bindings, &b->link);
    return r;
}

/* A victim is told why it goes (KEP-3329), so that a Job does not take it for a failure. */
static void tell_victim(struct scheduler *s, const struct object *o)
{
    struct value patch = {0}, list = value_make_list(), c = value_make_map();
    char now[32];
    int r = 0;
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    VALUE_SET(&r, s->scratch, &c, "type", value_make_text(STR("DisruptionTarget")));
    VALUE_SET(&r, s->scratch, &c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, s->scratch, &c, "reason", value_make_text(STR("PreemptionByScheduler")));
    VALUE_SET(&r, s->scratch, &c, "message", value_make_text(arena_fmt(s->scratch, "%s: preempting to accommodate a higher priority pod", s->name)));
    VALUE_SET(&r, s->scratch, &c, "lastTransitionTime", value_make_text(str_of(now)));
    if (!value_add(s->scratch, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(object_uid(o)));
    VALUE_SET(&r, s->scratch, &patch, "status.conditions", list);
    struct client_call call = {.verb = CLIENT_PATCH, .patch = CLIENT_PATCH_STRATEGIC, .resource = client_cache_resource(s->pods),
                               .ns = object_namespace(o), .name = object_name(o), .subresource = STR("status"), .body = &patch};
    if (r < 0 || client_send(s->client, &call, ignore, NULL) < 0)
        s->stats.failed++;
}

/* Victims are deleted with their own grace; the pod waits, nominated to their node. */
static void preempt(struct scheduler *s, struct pending *p, const struct value *pod, const struct scheduler_verdict *v)
{
    for (size_t i = 0; i < v->n_victims; i++)
        for (struct map_slot *at = NULL;;) {
            struct object *o = client_cache_next(s->pods, &at);
            if (!o)
                break;
            if (!str_eq(object_uid(o), v->victims[i]) || object_deleting(o))
                continue;
            struct client_call call = {.verb = CLIENT_DELETE, .resource = client_cache_resource(s->pods), .ns = object_namespace(o),
                                       .name = object_name(o), .uid = object_uid(o), .grace = -1};
            tell_victim(s, o);
            if (client_send(s->client, &call, ignore, NULL) == 0)
                s->stats.preempted++;
            break;
        }
    struct value patch = {0};
    int r = 0;
    (void)pod;
    VALUE_SET(&r, s->scratch, &patch, "status.nominatedNodeName", value_make_text(v->victim_node));
    struct client_call call = {.verb = CLIENT_PATCH, .patch = CLIENT_PATCH_MERGE, .resource = client_cache_resource(s->pods),
                               .ns = str_of(p->ns), .name = str_of(p->name), .subresource = STR("status"), .body = &patch};
    if (r == 0 && client_send(s->client, &call, ignore, NULL) < 0)
        s->stats.failed++;
}

/* ── the queue ── */

static void wait_more(struct pending *p)
{
    p->waiting = true;
    p->backoff_ms = p->backoff_ms ? MIN(p->backoff_ms * 2, (int64_t)BACKOFF_MOST_MS) : BACKOFF_FIRST_MS;
}

static void place_one(struct scheduler *s, struct pending *p)
{
    struct object *o = client_cache_get(s->pods, str_of(p->ns), str_of(p->name));
    struct value *pod = o ? arena_alloc(s->scratch, sizeof(*pod)) : NULL;
    struct scheduler_verdict v;
    int64_t before = loop_now_ns(client_loop(s->client));
    if (!pod || object_tree(s->scratch, o, pod, NULL) < 0 || scheduler_place(s->cluster, pod, &v) < 0) {
        wait_more(p);
        return;
    }
    s->stats.place_ns += loop_now_ns(client_loop(s->client)) - before;
    if (v.placed) {
        p->binding = bind_pod(s, p, pod, v.node) == 0;
        if (!p->binding) {
            scheduler_pod_del(s->cluster, str_of(p->uid));
            wait_more(p);
        }
        return;
    }
    SCOPED_BUF text = BUF_INIT(8192);
    s->stats.refused++;
    scheduler_verdict_print(s->cluster, &v, &text);
    wait_more(p);
    tell_unplaced(s, p, pod, buf_cstr(&text));
    if (v.n_victims)
        preempt(s, p, pod, &v);
}

static void pump(void *ctx)
{
    struct scheduler *s = ctx;
    if (!client_cache_synced(s->pods) || !client_cache_synced(s->nodes))
        return; /* on_synced comes back */
    for (size_t i = 0; i < BATCH; i++) {
        struct heap_item *it = heap_first(&s->ready);
        if (!it)
            return;
        heap_del(&s->ready, it);
        arena_reset(s->scratch);
        place_one(s, CONTAINER_OF(it, struct pending, item));
    }
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

/* ── what the caches say ── */

static bool ours_to_place(const struct scheduler *s, const struct value *pod)
{
    struct str by = value_text_at(pod, "spec.schedulerName"), phase = value_text_at(pod, "status.phase");
    return !value_text_at(pod, "spec.nodeName").n && value_is_null(value_at(pod, "metadata.deletionTimestamp")) &&
           (by.n ? str_is(by, s->name) : strcmp(s->name, "default-scheduler") == 0) && !str_is(phase, "Succeeded") &&
           !str_is(phase, "Failed") && value_count(value_at(pod, "spec.schedulingGates")) == 0;
}

static void take_pending(struct scheduler *s, const struct value *pod)
{
    struct str uid = value_text_at(pod, "metadata.uid");
    struct pending *p = map_get(&s->pending, uid);
    if (!p) {
        p = mem_alloc(sizeof(*p));
        if (!p)
            return;
        p->sched = s;
        snprintf(p->uid, sizeof(p->uid), "%.*s", STR_FMT(uid));
        snprintf(p->ns, sizeof(p->ns), "%.*s", STR_FMT(value_text_at(pod, "metadata.namespace")));
        snprintf(p->name, sizeof(p->name), "%.*s", STR_FMT(value_text_at(pod, "metadata.name")));
        p->priority = (int32_t)value_int_at(pod, "spec.priority", 0);
        if (map_put(&s->pending, str_of(p->uid), p) < 0) {
            mem_free(p);
            return;
        }
        make_ready(p);
    }
}

static void on_pod(void *ctx, struct object *old, struct object *now)
{
    struct scheduler *s = ctx;
    struct value pod = {0};
    struct pending *p = map_get(&s->pending, object_uid(now ? now : old));
    if (!now) {
        scheduler_pod_del(s->cluster, object_uid(old));
        if (p)
            pending_free(p);
        stir(s);
        return;
    }
    arena_reset(s->scratch);
    if (object_tree(s->scratch, now, &pod, NULL) < 0)
        return;
    if (ours_to_place(s, &pod)) {
        take_pending(s, &pod);
        return;
    }
    if (p)
        pending_free(p);
    size_t before = s->cluster->pods.n;
    if (scheduler_pod_put(s->cluster, &pod) < 0 && s->options.log)
        s->options.log(s->options.log_ctx, "no memory for a pod");
    if (s->cluster->pods.n < before)
        stir(s); /* it ended: there is room */
}

static void on_node(void *ctx, struct object *old, struct object *now)
{
    struct scheduler *s = ctx;
    struct value node = {0};
    if (!now) {
        scheduler_node_del(s->cluster, object_name(old));
        return;
    }
    arena_reset(s->scratch);
    if (object_tree(s->scratch, now, &node, NULL) < 0 || scheduler_node_put(s->cluster, &node) < 0) {
        if (s->options.log)
            s->options.log(s->options.log_ctx, "no memory for a node");
        return;
    }
    stir(s);
}

static void on_synced(void *ctx)
{
    struct scheduler *s = ctx;
    loop_defer(client_loop(s->client), &s->pump, pump, s);
}

/* ── life ── */

static int open_cache(struct scheduler *s, struct client_cache **out, struct client_listener *l, const char *resource,
                      void (*on_change)(void *, struct object *, struct object *))
{
    struct client_cache_options o = {.resource = schema_resource_find(STR_NONE, STR("v1"), str_of(resource))};
    *l = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = s};
    int r = client_cache_new(out, s->client, &o);
    if (r == 0)
        client_cache_listen(*out, l);
    return r;
}

int scheduler_new(struct scheduler **out, struct client *c, const struct scheduler_options *o, struct err *err)
{
    struct scheduler *s = mem_alloc(sizeof(*s));
    if (!s)
        return err_raise(err, -ENOMEM, "no memory for the scheduler");
    s->client = c;
    list_init(&s->bindings);
    s->options = *o;
    snprintf(s->name, sizeof(s->name), "%s", o->name ? o->name : "default-scheduler");
    int r = arena_new(&s->scratch, 64u << 20);
    if (r == 0)
        r = scheduler_cluster_new(&s->cluster);
    if (r == 0)
        r = open_cache(s, &s->nodes, &s->nodes_listener, "nodes", on_node);
    if (r == 0)
        r = open_cache(s, &s->pods, &s->pods_listener, "pods", on_pod);
    if (r == 0)
        r = loop_timer_start(client_loop(c), &s->flush, FLUSH_MS, on_flush, s);
    if (r < 0) {
        scheduler_free(s);
        return err_raise(err, r, "the scheduler could not be started: %s", strerror(-r));
    }
    *out = s;
    return 0;
}

struct scheduler *scheduler_free(struct scheduler *s)
{
    if (!s)
        return NULL;
    struct map_slot *slot;
    client_cache_free(s->pods);
    client_cache_free(s->nodes);
    LIST_EACH(b, &s->bindings, struct binding, link)
    {
        client_forget(s->client, b);
        mem_free(b);
    }
    while ((slot = map_next(&s->pending, NULL)))
        pending_free(slot->value);
    map_done(&s->pending);
    heap_done(&s->ready);
    loop_timer_stop(&s->flush);
    loop_defer_cancel(&s->pump);
    scheduler_cluster_free(s->cluster);
    arena_free(s->scratch);
    return mem_free(s);
}

bool scheduler_synced(const struct scheduler *s)
{
    return client_cache_synced(s->pods) && client_cache_synced(s->nodes);
}

void scheduler_stats(const struct scheduler *s, struct scheduler_stats *out)
{
    *out = s->stats;
    out->waiting = s->pending.n;
}
