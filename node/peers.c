#include "node/inside.h"

#include "object/object.h"

/* The other nodes: routes to their pods' addresses, brought up to date some moments after any Node has changed what
 * routes are made of. */
#define SETTLE_MS      50
#define AGAIN_MS       5000
#define PEER_LISTS_MAX 4

struct peer_lists {
    const char *cidrs[PEER_LISTS_MAX + 1], *addresses[PEER_LISTS_MAX + 1];
};

static void look(void *ctx);

static void later(struct node *n, int64_t ms)
{
    if (!loop_timer_active(&n->peers_timer) && loop_timer_start(n->host.loop, &n->peers_timer, ms, look, n) < 0)
        log_error("node", "no memory for a timer");
}

static const char *text_of(struct arena *a, struct str s)
{
    return s.n ? arena_text(a, s.p, s.n) : NULL;
}

static void peer_read(struct arena *a, const struct value *node, struct peer_lists *out)
{
    size_t n = 0;
    VALUE_EACH_ITEM (c, value_at(node, "spec.podCIDRs"))
        if (n < PEER_LISTS_MAX && (out->cidrs[n] = text_of(a, value_text(c))))
            n++;
    if (!n)
        out->cidrs[0] = text_of(a, value_text_at(node, "spec.podCIDR"));
    n = 0;
    VALUE_EACH_ITEM (x, value_at(node, "status.addresses"))
        if (str_is(value_text_at(x, "type"), "InternalIP") && n < PEER_LISTS_MAX && (out->addresses[n] = text_of(a, value_text_at(x, "address"))))
            n++;
}

static void look(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct err err = {{0}};
    size_t count = client_cache_count(n->peers), used = 0;
    int r = arena_new(&a, (count + 1) * (256u << 10));
    struct net_peer *peers = r == 0 ? arena_alloc(a, (count + 1) * sizeof(*peers)) : NULL;
    struct peer_lists *lists = r == 0 ? arena_alloc(a, (count + 1) * sizeof(*lists)) : NULL;
    for (struct map_slot *at = NULL; peers && lists;) {
        struct object *o = client_cache_next(n->peers, &at);
        struct value tree = {0};
        if (!o)
            break;
        if (str_is(object_name(o), n->o.name) || object_tree(a, o, &tree, NULL) < 0)
            continue;
        peer_read(a, &tree, &lists[used]);
        if (lists[used].cidrs[0] && lists[used].addresses[0]) {
            peers[used] = (struct net_peer){.pod_cidrs = lists[used].cidrs, .addresses = lists[used].addresses};
            used++;
        }
    }
    r = peers && lists ? net_peers(n->host.net, peers, used, &err) : err_raise(&err, -ENOMEM, "no memory");
    if (r < 0) {
        log_warn("node", "routes to other nodes: %s", err.text);
        later(n, AGAIN_MS);
    }
}

/* What routes are made of: status changes of other sorts come every few minutes from every node. */
static bool same_place(struct object *a, struct object *b)
{
    SCOPED(arena) mem = NULL;
    struct value x = {0}, y = {0};
    return arena_new(&mem, 4u << 20) == 0 && object_tree(mem, a, &x, NULL) == 0 && object_tree(mem, b, &y, NULL) == 0 &&
           value_equal(value_at(&x, "status.addresses"), value_at(&y, "status.addresses")) &&
           value_equal(value_at(&x, "spec.podCIDRs"), value_at(&y, "spec.podCIDRs")) &&
           str_eq(value_text_at(&x, "spec.podCIDR"), value_text_at(&y, "spec.podCIDR"));
}

static void on_node(void *ctx, struct object *old, struct object *now)
{
    struct node *n = ctx;
    if (old && now && same_place(old, now))
        return;
    if (client_cache_synced(n->peers))
        later(n, SETTLE_MS);
}

static void on_synced(void *ctx)
{
    later(ctx, 1);
}

int node_peers_start(struct node *n)
{
    struct client_cache_options o = {.resource = schema_resource_find(STR_NONE, STR("v1"), STR("nodes"))};
    if (!n->host.net)
        return 0;
    n->peers_listener = (struct client_listener){.on_change = on_node, .on_synced = on_synced, .ctx = n};
    int r = client_cache_new(&n->peers, n->host.client, &o);
    if (r == 0)
        client_cache_listen(n->peers, &n->peers_listener);
    return r;
}

void node_peers_stop(struct node *n)
{
    loop_timer_stop(&n->peers_timer);
    client_cache_free(n->peers);
}
