#include <arpa/inet.h>

#include "ctl/inside.h"

/* Nodes that fall silent, what becomes of their pods, and pods nobody asks for. */
#define NOT_READY   "node.kubernetes.io/not-ready"
#define UNREACHABLE "node.kubernetes.io/unreachable"

static int64_t renewed_at(struct view *v, struct str node)
{
    struct object *lease = client_cache_get(view_cache(v, "leases"), STR("kube-node-lease"), node);
    struct value *tree = lease ? view_tree(v, lease) : NULL;
    return time_of(value_at(tree, "spec.renewTime"));
}

#define UNSCHEDULABLE "node.kubernetes.io/unschedulable"
static const struct {
    const char *condition, *key;
} pressures[] = {{"MemoryPressure", "node.kubernetes.io/memory-pressure"},
                 {"DiskPressure", "node.kubernetes.io/disk-pressure"},
                 {"PIDPressure", "node.kubernetes.io/pid-pressure"},
                 {"NetworkUnavailable", "node.kubernetes.io/network-unavailable"}};

/* NoSchedule for what presses the node, and for its being cordoned; the latter keeps its time, if it has one. */
static void taint_by_conditions(struct view *v, const struct value *node, const struct value *before, struct value *list, int *r)
{
    for (size_t i = 0; i <= ARRAY_LEN(pressures); i++) {
        bool cordon = i == ARRAY_LEN(pressures);
        bool is = cordon ? value_bool_at(node, "spec.unschedulable", false)
                         : str_is(value_text_at(condition_find(value_at(node, "status"), pressures[i].condition), "status"), "True");
        struct value t = value_make_map(), since = value_make_text(STR_NONE);
        if (!is)
            continue;
        VALUE_SET(r, v->mem, &t, "key", value_make_text(cordon ? STR(UNSCHEDULABLE) : str_of(pressures[i].key)));
        VALUE_SET(r, v->mem, &t, "effect", value_make_text(STR("NoSchedule")));
        VALUE_EACH_ITEM (b, before)
            if (cordon && str_is(value_text_at(b, "key"), UNSCHEDULABLE))
                since.text = value_text_at(b, "timeAdded");
        if (cordon)
            VALUE_SET(r, v->mem, &t, "timeAdded", since.text.n ? since : value_make_text(view_time(v, v->now)));
        if (!value_add(v->mem, list, t))
            *r = -ENOMEM;
    }
}

/* The taints this controller owns, as the conditions have them; others stay. */
static bool set_taints(struct view *v, struct value *node, bool ready, bool unknown)
{
    static const struct {
        const char *key, *effect;
        bool of_unknown;
    } ours[] = {
        {NOT_READY, "NoSchedule", false}, {NOT_READY, "NoExecute", false}, {UNREACHABLE, "NoSchedule", true}, {UNREACHABLE, "NoExecute", true}};
    struct value list = value_make_list();
    const struct value *before = value_at(node, "spec.taints");
    int r = 0;
    VALUE_EACH_ITEM (t, before) {
        struct str key = value_text_at(t, "key");
        bool own = str_is(key, NOT_READY) || str_is(key, UNREACHABLE) || str_is(key, "node.kubernetes.io/unschedulable");
        for (size_t i = 0; i < ARRAY_LEN(pressures); i++)
            own = own || str_is(key, pressures[i].key);
        bool stays = !own;
        /* A taint that is still right keeps its timeAdded: evictions count from there. */
        for (size_t i = 0; i < ARRAY_LEN(ours); i++)
            stays =
                stays || (!ready && unknown == ours[i].of_unknown && str_is(key, ours[i].key) && str_is(value_text_at(t, "effect"), ours[i].effect));
        if (stays && !value_add(v->mem, &list, *t))
            r = -ENOMEM;
    }
    for (size_t i = 0; !ready && i < ARRAY_LEN(ours); i++) {
        bool there = unknown != ours[i].of_unknown;
        VALUE_EACH_ITEM (t, &list)
            there = there || (str_is(value_text_at(t, "key"), ours[i].key) && str_is(value_text_at(t, "effect"), ours[i].effect));
        if (there)
            continue;
        struct value t = value_make_map();
        VALUE_SET(&r, v->mem, &t, "key", value_make_text(str_of(ours[i].key)));
        VALUE_SET(&r, v->mem, &t, "effect", value_make_text(str_of(ours[i].effect)));
        if (strcmp(ours[i].effect, "NoExecute") == 0)
            VALUE_SET(&r, v->mem, &t, "timeAdded", value_make_text(view_time(v, v->now)));
        if (!value_add(v->mem, &list, t))
            r = -ENOMEM;
    }
    taint_by_conditions(v, node, before, &list, &r);
    bool same = value_equal(before, &list) || (value_count(before) == 0 && value_count(&list) == 0);
    if (!same)
        VALUE_SET(&r, v->mem, node, "spec.taints", list);
    if (r < 0)
        v->out->failed = true;
    return !same && r == 0;
}

static void fall_silent(struct view *v, struct value *node)
{
    static const char *const types[] = {"Ready", "MemoryPressure", "DiskPressure", "PIDPressure"};
    struct value *status = value_at(node, "status");
    bool changed = false;
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        changed = condition_set(v, status, types[i], "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.") || changed;
    if (!changed)
        return;
    want_status(v, "", "nodes", node);
    want_event(v, node, false, "node-controller", "NodeNotReady", "Node %.*s status is now: NodeNotReady",
               STR_FMT(value_text_at(node, "metadata.name")));
}

/* Pods of a silent node are not ready, whatever they said last. */
static void unready_pods(struct view *v, struct str node)
{
    size_t n;
    struct object *const *pods = client_cache_lookup(view_cache(v, "pods"), "node", node, &n);
    for (size_t i = 0; i < n; i++) {
        struct value *pod = view_tree(v, pods[i]);
        if (!pod || !pod_ready(pod))
            continue;
        condition_set(v, value_at(pod, "status"), "Ready", "False", "NodeNotReady", "Node is not ready");
        want_status(v, "", "pods", pod);
        if (!v->out->failed)
            v->out->items.p[v->out->items.n - 1].may_fail = true;
    }
}

void nodes_reconcile(struct view *v, struct str key)
{
    struct value *node = view_get(v, "nodes", STR_NONE, key);
    if (!node || is_deleting(node))
        return;
    int64_t grace = v->options->lease_grace_ms / 1000, last = renewed_at(v, key);
    last = MAX(last, time_of(value_at(condition_find(value_at(node, "status"), "Ready"), "lastHeartbeatTime")));
    last = MAX(last, time_of(value_at(node, "metadata.creationTimestamp")));
    bool silent = v->now - last >= grace;
    if (!silent)
        client_intend_again(v->out, (last + grace - v->now) * 1000 + 500);
    struct str ready = value_text_at(condition_find(value_at(node, "status"), "Ready"), "status");
    if (silent && !str_is(ready, "Unknown"))
        fall_silent(v, node);
    bool is_ready = !silent && str_is(ready, "True");
    if (!is_ready)
        unready_pods(v, key);
    if (silent && !str_is(ready, "Unknown"))
        return; /* the status change brings us back with a newer object */
    if (set_taints(v, node, is_ready, silent || str_is(ready, "Unknown")))
        want_body(v, want(v, CLIENT_UPDATE, "", "nodes", node), node);
}

/* ── NoExecute ── */

/* How long a pod bears a taint: -1 for ever, 0 not at all. */
static int64_t bears(const struct value *pod, const struct value *taint)
{
    const struct value *list = value_at(pod, "spec.tolerations");
    int64_t longest = 0;
    VALUE_EACH_ITEM (t, list) {
        struct str key = value_text_at(t, "key"), effect = value_text_at(t, "effect");
        bool exists = str_is(value_text_at(t, "operator"), "Exists");
        if ((effect.n && !str_is(effect, "NoExecute")) || (key.n && !str_eq(key, value_text_at(taint, "key"))) || (!key.n && !exists) ||
            (!exists && !str_eq(value_text_at(t, "value"), value_text_at(taint, "value"))))
            continue;
        const struct value *seconds = value_at(t, "tolerationSeconds");
        if (value_is_null(seconds))
            return -1;
        longest = MAX(longest, value_int(seconds, 0));
    }
    return longest;
}

void eviction_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    int64_t soonest = -1;
    view_key(key, &ns, &name);
    struct value *pod = view_get(v, "pods", ns, name);
    struct str node_name = value_text_at(pod, "spec.nodeName");
    struct value *node = pod && node_name.n && !is_deleting(pod) && !pod_over(pod) ? view_get(v, "nodes", STR_NONE, node_name) : NULL;
    const struct value *taints = value_at(node, "spec.taints");
    VALUE_EACH_ITEM (t, taints) {
        if (!str_is(value_text_at(t, "effect"), "NoExecute"))
            continue;
        int64_t seconds = bears(pod, t), since = time_of(value_at(t, "timeAdded"));
        if (seconds < 0)
            continue;
        int64_t at = (since ? since : v->now) + seconds;
        soonest = soonest < 0 ? at : MIN(soonest, at);
    }
    if (soonest < 0)
        return;
    if (soonest > v->now) {
        client_intend_again(v->out, (soonest - v->now) * 1000);
        return;
    }
    want_event(v, pod, false, "taint-eviction-controller", "TaintManagerEviction", "Marking for deletion Pod %.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    want_delete(v, view_resource("", "pods"), pod, CLIENT_BACKGROUND);
}

/* Nodes that some pods must leave, so that pods of all the others are not looked at: name → the same text. */
struct evicting {
    struct map nodes;
    bool unsure; /* memory ran out: any node may be one */
};

void *eviction_state_new(void)
{
    return mem_alloc(sizeof(struct evicting));
}

void eviction_state_free(void *state)
{
    struct evicting *x = state;
    MAP_EACH (slot, &x->nodes)
        mem_free(slot->value);
    map_done(&x->nodes);
    mem_free(x);
}

static void note_node(struct evicting *x, struct str name, bool evicts)
{
    char *text = evicts && !map_get(&x->nodes, name) ? mem_text(name.p, name.n) : NULL;
    if (!evicts)
        mem_free(map_del(&x->nodes, name));
    else if (text ? map_put(&x->nodes, str_make(text, name.n), text) < 0 : !map_get(&x->nodes, name)) {
        x->unsure = true;
        mem_free(text);
    }
}

void eviction_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct evicting *x = v->state;
    struct object *o = now ? now : old;
    struct str name = object_name(o), node = STR_NONE;
    char scratch[512], place[32];
    size_t n;
    if (!str_is(o->kind->name, "Node")) {
        bool bound = now && object_field(now, "spec.nodeName", &node, place) && node.n;
        if (bound && (x->unsure || map_get(&x->nodes, node)))
            add(ctx, client_key(now, scratch));
        return;
    }
    const struct value *tree = now && object_has(now, "spec.taints") ? view_tree(v, now) : NULL, *taints = value_at(tree, "spec.taints");
    bool evicts = false, did = x->unsure || map_get(&x->nodes, name);
    x->unsure = x->unsure || (!tree && now && object_has(now, "spec.taints"));
    VALUE_EACH_ITEM (t, taints)
        evicts = evicts || str_is(value_text_at(t, "effect"), "NoExecute");
    note_node(x, name, evicts);
    struct object *const *pods = client_cache_lookup(view_cache(v, "pods"), "node", name, &n);
    if (!evicts && !did)
        return;
    if (old && now && value_equal(value_at(view_tree(v, old), "spec.taints"), taints))
        return;
    for (size_t i = 0; i < n; i++)
        add(ctx, client_key(pods[i], scratch));
}

/* ── pods nobody asks for ── */

static void delete_now(struct view *v, const struct value *pod)
{
    want_delete(v, view_resource("", "pods"), pod, CLIENT_BACKGROUND);
    if (v->out->failed)
        return;
    v->out->items.p[v->out->items.n - 1].call.grace = 0;
    v->out->items.p[v->out->items.n - 1].may_fail = true;
}

enum garbage { KEPT, LOST, ENDED };

/* LOST: bound to a node that is gone, or deleted before it was bound. ENDED: counts against the most that are kept. */
static enum garbage garbage_of(struct view *v, struct object *o)
{
    char scratch[32];
    struct str node = STR_NONE, phase = STR_NONE;
    bool bound = object_field(o, "spec.nodeName", &node, scratch) && node.n;
    if (bound ? !client_cache_get(view_cache(v, "nodes"), STR_NONE, node) : object_deleting(o))
        return LOST;
    if (client_cache_count(view_cache(v, "pods")) <= v->options->finished_pods_max)
        return KEPT;
    bool ended = object_field(o, "status.phase", &phase, scratch) && (str_is(phase, "Succeeded") || str_is(phase, "Failed"));
    return ended ? ENDED : KEPT;
}

/* All pods are looked through at once, so only a pod that may be garbage asks for it: thousands of ordinary ones would
 * each cost a walk over all the others. */
void pod_garbage_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    (void)old;
    if (now && garbage_of(v, now) != KEPT)
        add(ctx, STR("all"));
}

void pod_garbage_reconcile(struct view *v, struct str key)
{
    struct client_cache *pods = view_cache(v, "pods");
    size_t over = 0;
    (void)key;
    if (!v->synced)
        return;
    struct value **finished = arena_alloc(v->mem, (client_cache_count(pods) + 1) * sizeof(*finished));
    for (struct map_slot *at = NULL; finished;) {
        struct object *o = client_cache_next(pods, &at);
        if (!o)
            break;
        enum garbage is = garbage_of(v, o);
        if (is == KEPT)
            continue;
        struct value *pod = view_tree(v, o);
        if (!pod)
            return;
        if (is == LOST)
            delete_now(v, pod);
        else
            finished[over++] = pod;
    }
    if (!finished || over <= v->options->finished_pods_max)
        return;
    qsort(finished, over, sizeof(*finished), by_creation);
    for (size_t i = 0; i < over - v->options->finished_pods_max && i < 500; i++)
        delete_now(v, finished[i]);
}

/* ── addresses for pods of a node ── */

/* One of the cluster's ranges, cut into one for each node: a /24 of IPv4, a /64 of IPv6; at most 65536 of them. */
struct pool {
    bool v6;
    uint64_t net, mask; /* the first 64 bits of the range, in host order; IPv4 in the upper 32 */
    uint32_t n, next;   /* n ranges from net on; where the search begins */
    uint32_t taken;     /* of them by somebody */
    uint16_t *holders;  /* of each range; more than one only where somebody gave it out twice */
};

static unsigned step_of(const struct pool *x)
{
    return x->v6 ? 0 : 40; /* bits below a node's part */
}

static bool net_parse(struct str text, struct pool *out, unsigned *bits)
{
    struct str ip, length;
    char copy[INET6_ADDRSTRLEN];
    unsigned char at[16] = {0};
    int64_t n;
    if (!str_cut(text, '/', &ip, &length) || str_to_int(length, &n) < 0 || ip.n >= sizeof(copy))
        return false;
    memcpy(copy, ip.p, ip.n);
    copy[ip.n] = 0;
    *out = (struct pool){.v6 = memchr(copy, ':', ip.n) != NULL};
    if (n < 8 || n > (out->v6 ? 64 : 24) || inet_pton(out->v6 ? AF_INET6 : AF_INET, copy, at) != 1)
        return false;
    for (size_t i = 0; i < 8; i++)
        out->net = out->net << 8 | at[i];
    out->mask = ~0ull << (64 - n);
    out->net &= out->mask;
    *bits = (unsigned)n;
    return true;
}

/* Which part of the cluster's ranges nodes have, kept current by the changes of nodes: to look at all nodes for each that comes would
 * take thousands of them minutes. A part is promised from the look that chose it until its node shows it, so that many nodes can be
 * given theirs at once; a write that failed is wanted again with the same part. */
struct ranges {
    struct pool pools[2]; /* of the cluster's families, its own first */
    size_t n;
    struct map promises; /* name → struct promise */
};

struct promise {
    uint32_t parts[2];
    struct str node;
    char text[];
};

void *cidr_state_new(void)
{
    return mem_alloc(sizeof(struct ranges));
}

void cidr_state_free(void *state)
{
    struct ranges *x = state;
    MAP_EACH (slot, &x->promises)
        mem_free(slot->value);
    map_done(&x->promises);
    for (size_t i = 0; i < x->n; i++)
        mem_free(x->pools[i].holders);
    mem_free(x);
}

static void count_part(struct pool *x, uint32_t part, int by)
{
    uint16_t *holders = &x->holders[part];
    x->taken -= *holders > 0;
    if (by > 0 ? *holders < UINT16_MAX : *holders > 0)
        *holders = (uint16_t)(*holders + by);
    x->taken += *holders > 0;
}

static void count_text(struct ranges *x, struct str text, int by)
{
    struct pool its;
    unsigned bits;
    if (!net_parse(text, &its, &bits))
        return;
    for (size_t i = 0; i < x->n; i++) {
        struct pool *p = &x->pools[i];
        uint64_t part = (its.net - p->net) >> step_of(p);
        if (p->v6 == its.v6 && its.net >= p->net && part < p->n)
            count_part(p, (uint32_t)part, by);
    }
}

static void count_node(struct ranges *x, const struct object *node, int by)
{
    char scratch[80];
    struct str text;
    if (object_field(node, "spec.podCIDR", &text, scratch))
        count_text(x, text, by);
    if (x->n < 2)
        return;
    SCOPED(arena) mem = NULL; /* the second one stands in a list */
    struct value tree = {0};
    if (arena_new(&mem, 4u << 20) == 0 && object_tree(mem, node, &tree, NULL) == 0)
        count_text(x, value_text(value_item(value_at(&tree, "spec.podCIDRs"), 1)), by);
}

static bool pools_make(struct view *v, struct ranges *x)
{
    struct str rest = v->options->pod_cidr ? str_of(v->options->pod_cidr) : STR_NONE, one;
    unsigned bits;
    while (x->n < ARRAY_LEN(x->pools) && str_next(&rest, ',', &one)) {
        struct pool *p = &x->pools[x->n];
        if (!net_parse(str_trim(one), p, &bits))
            return false;
        unsigned wide = (p->v6 ? 64 : 24) - bits;
        p->n = 1u << MIN(wide, 16u);
        p->holders = mem_alloc(p->n * sizeof(*p->holders));
        if (!p->holders) {
            v->out->failed = true;
            return false;
        }
        x->n++;
    }
    return x->n > 0;
}

/* NULL: there is no range for the cluster, or no memory. */
static struct ranges *ranges_of(struct view *v)
{
    struct ranges *x = v->state;
    const struct client_cache *nodes = view_cache(v, "nodes");
    struct map_slot *at = NULL;
    if (x->n)
        return x;
    if (!pools_make(v, x)) {
        for (; x->n; x->n--)
            x->pools[x->n - 1].holders = mem_free(x->pools[x->n - 1].holders);
        return NULL;
    }
    for (struct object *o; (o = client_cache_next(nodes, &at)) != NULL;)
        count_node(x, o, 1);
    return x;
}

static void promise_end(struct ranges *x, struct str node)
{
    struct promise *p = map_del(&x->promises, node);
    for (size_t i = 0; p && i < x->n; i++)
        count_part(&x->pools[i], p->parts[i], -1);
    mem_free(p);
}

void cidr_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct ranges *x = v->state;
    struct str has = STR_NONE;
    char scratch[80];
    bool lacks = now && !(object_field(now, "spec.podCIDR", &has, scratch) && has.n);
    if (x->n && !lacks)
        promise_end(x, object_name(now ? now : old));
    if (x->n && old)
        count_node(x, old, -1);
    if (x->n && now)
        count_node(x, now, 1);
    if (lacks)
        add(ctx, object_name(now));
}

static bool full(const struct ranges *x)
{
    bool is = false;
    for (size_t i = 0; i < x->n; i++)
        is |= x->pools[i].taken == x->pools[i].n;
    return is;
}

/* A part for the node; NULL: there is none, or no memory. */
static struct promise *promise_of(struct view *v, struct ranges *x, struct str node)
{
    struct promise *p = map_get(&x->promises, node);
    if (p || full(x))
        return p;
    p = mem_alloc(sizeof(*p) + node.n + 1);
    if (!p) {
        v->out->failed = true;
        return NULL;
    }
    memcpy(p->text, node.p, node.n);
    p->node = str_make(p->text, node.n);
    if (map_put(&x->promises, p->node, p) < 0) {
        v->out->failed = true;
        return mem_free(p);
    }
    for (size_t i = 0; i < x->n; i++) {
        struct pool *pool = &x->pools[i];
        while (pool->holders[pool->next % pool->n])
            pool->next++;
        p->parts[i] = pool->next++ % pool->n;
        count_part(pool, p->parts[i], 1);
    }
    return p;
}

static struct str part_text(struct arena *a, const struct pool *x, uint32_t part)
{
    uint64_t net = x->net + ((uint64_t)part << step_of(x));
    unsigned char at[16] = {0};
    char text[INET6_ADDRSTRLEN];
    for (size_t i = 0; i < 8; i++)
        at[i] = (unsigned char)(net >> (56 - 8 * i));
    if (!inet_ntop(x->v6 ? AF_INET6 : AF_INET, at, text, sizeof(text)))
        return STR_NONE;
    return arena_fmt(a, "%s/%d", text, x->v6 ? 64 : 24);
}

#define FULL_AGAIN_MS 60000 /* a node that found none looks again: another one may have gone */

void cidr_reconcile(struct view *v, struct str key)
{
    struct value *node = view_get(v, "nodes", STR_NONE, key), patch = {0}, list = value_make_list();
    struct ranges *x = node && !is_deleting(node) && !value_text_at(node, "spec.podCIDR").n && v->synced ? ranges_of(v) : NULL;
    const struct promise *p = x ? promise_of(v, x, key) : NULL;
    if (!p) {
        if (x && !v->out->failed)
            client_intend_again(v->out, FULL_AGAIN_MS);
        return;
    }
    struct str first = part_text(v->mem, &x->pools[0], p->parts[0]);
    int r = 0;
    for (size_t i = 0; i < x->n && r == 0; i++) {
        struct str text = part_text(v->mem, &x->pools[i], p->parts[i]);
        r = text.p && value_add(v->mem, &list, value_make_text(text)) ? 0 : -ENOMEM;
    }
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(node, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "spec.podCIDR", value_make_text(first));
    VALUE_SET(&r, v->mem, &patch, "spec.podCIDRs", list);
    if (r < 0)
        v->out->failed = true;
    struct client_call *call = want(v, CLIENT_PATCH, "", "nodes", node);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}
