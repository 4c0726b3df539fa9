#include "scene/inside.h"

/* What agents would do, as writes into the world: leases that are renewed, pods that start, end and go. What is due next stands in a
 * heap; an agent that is silent does nothing, and makes up for it when it wakes. */

#define SILENT_MS 1000 /* what a silent agent would have done is looked at again so much later */

struct node {
    char *name;
    bool silent;
};

struct chore {
    struct heap_item item;
    enum { RENEW, START, END, GO } what;
    struct node *node;
    struct object *pod; /* as it was; RENEW: NULL */
};

struct agents {
    struct world *world;
    struct agents_options options;
    struct map nodes; /* name → struct node */
    struct heap chores;
    struct loop_timer timer;
    uint32_t addresses;
};

static void run_due(void *ctx);

static int chore_add(struct agents *a, struct node *n, int what, struct object *pod, int64_t ms)
{
    struct chore *c = mem_alloc(sizeof(*c));
    int64_t now = loop_now(a->world->loop);
    int r = c ? heap_add(&a->chores, &c->item, now + ms) : -ENOMEM;
    if (r < 0) {
        mem_free(c);
        return r;
    }
    c->what = what;
    c->node = n;
    c->pod = pod ? object_ref(pod) : NULL;
    return loop_timer_start(a->world->loop, &a->timer, heap_first(&a->chores)->at - now, run_due, a);
}

static const struct schema_resource *pods(void)
{
    return schema_resource_find(STR(""), STR("v1"), STR("pods"));
}

/* ── leases ── */

static int renew(struct agents *a, const struct node *n)
{
    struct world *w = a->world;
    const struct schema_resource *leases = schema_resource_find(STR("coordination.k8s.io"), STR("v1"), STR("leases"));
    struct object *o = world_get(w, leases, STR("kube-node-lease"), str_of(n->name));
    struct value lease = {0};
    char now[40];
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(w->loop, &sec, &nsec);
    time_fmt_rfc3339_micro(now, sec, nsec);
    int r = o ? object_tree(w->scratch, o, &lease, NULL) : 0;
    VALUE_SET(&r, w->scratch, &lease, "spec.holderIdentity", value_make_text(str_of(n->name)));
    VALUE_SET(&r, w->scratch, &lease, "spec.leaseDurationSeconds", value_make_int(40));
    VALUE_SET(&r, w->scratch, &lease, "spec.renewTime", value_make_text(str_of(now)));
    if (r < 0)
        return r;
    if (o)
        return world_store(w, leases, &lease, NULL);
    struct answer out = {.code = 200};
    VALUE_SET(&r, w->scratch, &lease, "metadata.name", value_make_text(str_of(n->name)));
    struct client_call call = {.verb = CLIENT_CREATE, .resource = leases, .ns = STR("kube-node-lease")};
    r = r < 0 ? r : world_create(w, &call, &lease, &out);
    object_unref(out.object);
    return r;
}

/* An agent that was silent finds its node given up, and says that it is there. */
static int say_ready(struct agents *a, const struct node *n)
{
    struct world *w = a->world;
    const struct schema_resource *nodes = schema_resource_find(STR(""), STR("v1"), STR("nodes"));
    struct object *o = world_get(w, nodes, STR_NONE, str_of(n->name));
    struct value tree = {0};
    bool changed = false;
    int r = o ? object_tree(w->scratch, o, &tree, NULL) : -ENOENT;
    const struct value *conditions = value_at(&tree, "status.conditions");
    struct str now = world_time(w, w->scratch);
    VALUE_EACH_ITEM (c, conditions) {
        const char *is = str_is(value_text_at(c, "type"), "Ready") ? "True" : "False";
        if (!str_is(value_text_at(c, "status"), "Unknown"))
            continue;
        changed = true;
        VALUE_SET(&r, w->scratch, c, "status", value_make_text(str_of(is)));
        VALUE_SET(&r, w->scratch, c, "lastHeartbeatTime", value_make_text(now));
        VALUE_SET(&r, w->scratch, c, "lastTransitionTime", value_make_text(now));
    }
    return r == -ENOENT || (r == 0 && !changed) ? 0 : r < 0 ? r : world_store(w, nodes, &tree, NULL);
}

/* ── pods ── */

static int condition_add(struct arena *a, struct value *list, const char *type, const char *is, struct str now)
{
    struct value c = value_make_map();
    int r = 0;
    VALUE_SET(&r, a, &c, "type", value_make_text(str_of(type)));
    VALUE_SET(&r, a, &c, "status", value_make_text(str_of(is)));
    VALUE_SET(&r, a, &c, "lastTransitionTime", value_make_text(now));
    return r == 0 && !value_add(a, list, c) ? -ENOMEM : r;
}

/* Into the status: phase and conditions of all its containers at once. */
static int set_phase(struct agents *a, struct value *pod, const char *phase)
{
    static const char *const types[] = {"Initialized", "ContainersReady", "Ready"};
    struct arena *mem = a->world->scratch;
    struct value list = value_make_list(), statuses = value_make_list();
    const struct value *had = value_at(pod, "status.conditions"), *containers = value_at(pod, "spec.containers");
    struct str now = world_time(a->world, mem);
    bool runs = strcmp(phase, "Running") == 0;
    int r = 0;
    VALUE_EACH_ITEM (c, had)
        if (str_is(value_text_at(c, "type"), "PodScheduled") && !value_add(mem, &list, *c))
            r = -ENOMEM;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(types); i++)
        r = condition_add(mem, &list, types[i], i == 0 || runs ? "True" : "False", now);
    VALUE_EACH_ITEM (c, containers) {
        struct value s = value_make_map();
        VALUE_SET(&r, mem, &s, "name", value_make_text(value_text_at(c, "name")));
        VALUE_SET(&r, mem, &s, "image", value_make_text(value_text_at(c, "image")));
        VALUE_SET(&r, mem, &s, "ready", value_make_bool(runs));
        VALUE_SET(&r, mem, &s, runs ? "state.running.startedAt" : "state.terminated.finishedAt", value_make_text(now));
        if (r == 0 && !value_add(mem, &statuses, s))
            r = -ENOMEM;
    }
    VALUE_SET(&r, mem, pod, "status.phase", value_make_text(str_of(phase)));
    VALUE_SET(&r, mem, pod, "status.conditions", list);
    VALUE_SET(&r, mem, pod, "status.containerStatuses", statuses);
    return r;
}

static int start_pod(struct agents *a, struct value *pod)
{
    struct arena *mem = a->world->scratch;
    struct value one = value_make_map(), ips = value_make_list();
    uint32_t n = ++a->addresses;
    struct str ip = arena_fmt(mem, "10.%u.%u.%u", n >> 16 & 255, n >> 8 & 255, n & 255);
    int r = set_phase(a, pod, "Running");
    VALUE_SET(&r, mem, pod, "status.startTime", value_make_text(world_time(a->world, mem)));
    VALUE_SET(&r, mem, pod, "status.podIP", value_make_text(ip));
    VALUE_SET(&r, mem, &one, "ip", value_make_text(ip));
    if (r == 0 && !value_add(mem, &ips, one))
        r = -ENOMEM;
    VALUE_SET(&r, mem, pod, "status.podIPs", ips);
    a->world->result->running += r == 0;
    return r;
}

static int do_pod(struct agents *a, const struct chore *c)
{
    struct world *w = a->world;
    struct object *o = world_get(w, pods(), object_namespace(c->pod), object_name(c->pod));
    struct value pod = {0};
    struct answer out = {.code = 200};
    char scratch[32];
    struct str phase = STR_NONE;
    if (!o || !str_eq(object_uid(o), object_uid(c->pod)))
        return 0;
    (void)object_field(o, "status.phase", &phase, scratch);
    if (c->what == GO) {
        struct client_call call = {.verb = CLIENT_DELETE, .resource = pods(), .ns = object_namespace(o), .name = object_name(o)};
        int r = world_delete(w, pods(), o, &call, &out);
        object_unref(out.object);
        return r;
    }
    if (object_deleting(o) || !str_is(phase, c->what == START ? "Pending" : "Running"))
        return 0;
    int r = object_tree(w->scratch, o, &pod, NULL);
    if (r == 0)
        r = c->what == START ? start_pod(a, &pod) : set_phase(a, &pod, "Succeeded");
    return r < 0 ? r : world_store(w, pods(), &pod, NULL);
}

/* What follows from how a pod is now. A chore that comes too often finds nothing to do. */
int agents_pod(struct agents *a, struct object *now)
{
    char scratch[32], place[32];
    struct str node = STR_NONE, phase = STR_NONE, restart = STR_NONE;
    if (!object_field(now, "spec.nodeName", &node, scratch) || !node.n)
        return 0;
    struct node *n = map_get(&a->nodes, node);
    if (!n)
        return 0; /* nobody is there */
    (void)object_field(now, "status.phase", &phase, place);
    if (object_deleting(now))
        return chore_add(a, n, GO, now, a->options.start_ms);
    if (str_is(phase, "Pending"))
        return chore_add(a, n, START, now, a->options.start_ms);
    bool ends = object_field(now, "spec.restartPolicy", &restart, scratch) && !str_is(restart, "Always");
    return str_is(phase, "Running") && ends ? chore_add(a, n, END, now, a->options.run_ms) : 0;
}

/* ── what is due ── */

static void run_due(void *ctx)
{
    struct agents *a = ctx;
    int64_t now = loop_now(a->world->loop);
    struct heap_item *first;
    while ((first = heap_first(&a->chores)) != NULL && first->at <= now) {
        struct chore *c = CONTAINER_OF(first, struct chore, item);
        heap_del(&a->chores, &c->item);
        arena_reset(a->world->scratch);
        int r = 0, again = 0;
        if (c->what == RENEW) {
            again = (int)a->options.renew_ms;
            r = c->node->silent ? 0 : renew(a, c->node);
            if (r == 0 && !c->node->silent)
                r = say_ready(a, c->node);
        } else if (c->node->silent) {
            again = SILENT_MS;
        } else {
            r = do_pod(a, c);
        }
        if (r < 0)
            again = SILENT_MS; /* no memory now */
        if (again && heap_add(&a->chores, &c->item, now + again) == 0)
            continue; /* cannot fail: its place was just left */
        object_unref(c->pod);
        mem_free(c);
    }
    if (first && loop_timer_start(a->world->loop, &a->timer, first->at - now, run_due, a) < 0)
        a->world->result->refused++;
}

/* ── door ── */

int agents_new(struct agents **out, struct world *w, const struct agents_options *o)
{
    struct agents *a = mem_alloc(sizeof(*a));
    if (!a)
        return -ENOMEM;
    a->world = w;
    a->options = *o;
    *out = w->agents = a;
    return 0;
}

struct agents *agents_free(struct agents *a)
{
    struct heap_item *first;
    if (!a)
        return NULL;
    loop_timer_stop(&a->timer);
    while ((first = heap_first(&a->chores)) != NULL) {
        struct chore *c = CONTAINER_OF(first, struct chore, item);
        heap_del(&a->chores, first);
        object_unref(c->pod);
        mem_free(c);
    }
    heap_done(&a->chores);
    MAP_EACH (slot, &a->nodes) {
        struct node *n = slot->value;
        mem_free(n->name);
        mem_free(n);
    }
    map_done(&a->nodes);
    a->world->agents = NULL;
    return mem_free(a);
}

int agents_node(struct agents *a, struct str name)
{
    struct node *n = mem_alloc(sizeof(*n));
    n = n && (n->name = mem_text(name.p, name.n)) ? n : mem_free(n);
    if (!n || map_put(&a->nodes, str_of(n->name), n) < 0) {
        mem_free(n ? n->name : NULL);
        mem_free(n);
        return -ENOMEM;
    }
    int r = renew(a, n);
    /* Spread over the period, as the machines of a cluster are. */
    return r < 0 ? r : chore_add(a, n, RENEW, NULL, a->options.renew_ms / 2 + (int64_t)(a->nodes.n * 7919 % 1000) * a->options.renew_ms / 2000);
}

bool agents_silence(struct agents *a, struct str name, bool silent)
{
    struct node *n = map_get(&a->nodes, name);
    if (n)
        n->silent = silent;
    return n != NULL;
}
