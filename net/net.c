/* Opening, closing and taking away the node's network. */
#include "net/inside.h"

static int text_copy(char *out, size_t cap, const char *text, const char *otherwise, const char *what, struct err *err)
{
    if (!text)
        text = otherwise;
    if (strlen(text) >= cap)
        return err_raise(err, -EINVAL, "%s \"%.300s\" is too long", what, text);
    memcpy(out, text, strlen(text) + 1);
    return 0;
}

static int cidrs_copy(struct nl_ip *out, size_t cap, size_t *n, const char *const *list, const char *what, struct err *err)
{
    for (size_t i = 0; list && list[i]; i++) {
        if (*n == cap)
            return err_raise(err, -EINVAL, "more than %zu %s", cap, what);
        if (nl_ip_parse(&out[*n], str_of(list[i])) < 0)
            return err_raise(err, -EINVAL, "%s: \"%s\" is not an address or network", what, list[i]);
        ++*n;
    }
    return 0;
}

static int name_check(const char *name, struct err *err)
{
    size_t n = strlen(name);
    bool good = n > 0 && n <= 8;
    for (size_t i = 0; i < n && good; i++)
        good = (name[i] >= 'a' && name[i] <= 'z') || (i > 0 && name[i] >= '0' && name[i] <= '9');
    return good ? 0 : err_raise(err, -EINVAL, "network name \"%.32s\": one to eight lower-case letters and digits are taken", name);
}

static int config_copy(struct net *n, const struct net_config *c, struct err *err)
{
    const char *name = c->name ? c->name : "coracle";
    int r = name_check(name, err);
    if (r < 0)
        return r;
    snprintf(n->name, sizeof(n->name), "%s", name);
    snprintf(n->bridge, sizeof(n->bridge), "%s0", name);
    snprintf(n->table, sizeof(n->table), "%s" TABLE_SUFFIX, name);
    r = text_copy(n->dir, sizeof(n->dir), c->dir, "", "folder", err);
    if (r == 0)
        r = text_copy(n->domain, sizeof(n->domain), c->domain, "cluster.local", "cluster domain", err);
    if (r == 0)
        r = text_copy(n->resolv_conf, sizeof(n->resolv_conf), c->resolv_conf, "/etc/resolv.conf", "resolv.conf", err);
    if (r == 0)
        r = text_copy(n->node_name, sizeof(n->node_name), c->node_name, "", "node name", err);
    if (r == 0)
        r = text_copy(n->node_zone, sizeof(n->node_zone), c->node_zone, "", "zone", err);
    for (size_t i = 0; r == 0 && c->pod_cidrs && c->pod_cidrs[i]; i++) {
        if (n->n_ipam == 2)
            return err_raise(err, -EINVAL, "more than two pod networks");
        r = net_ipam_open(&n->ipam[n->n_ipam], str_of(c->pod_cidrs[i]), err);
        n->n_ipam++;
    }
    if (r == 0 && (n->n_ipam == 0 || (n->n_ipam == 2 && n->ipam[0].net.family == n->ipam[1].net.family)))
        r = err_raise(err, -EINVAL, "one pod network, or one of each family, is needed");
    if (r == 0)
        r = cidrs_copy(n->cluster, CIDRS_MAX, &n->n_cluster, c->cluster_cidrs ? c->cluster_cidrs : c->pod_cidrs, "cluster networks", err);
    if (r == 0)
        r = cidrs_copy(n->service, 2, &n->n_service, c->service_cidrs, "service networks", err);
    if (r == 0)
        r = cidrs_copy(n->dns_ip, 2, &n->n_dns, c->dns_addresses, "DNS addresses", err);
    n->dns_port = c->dns_port ? c->dns_port : 53;
    n->mtu = c->mtu;
    n->no_masquerade = c->no_masquerade;
    n->no_nodeport_loopback = c->no_nodeport_loopback;
    n->trouble = c->trouble;
    n->trouble_ctx = c->ctx;
    return r;
}

static void net_free(struct net *n)
{
    net_pods_free(n);
    for (size_t i = 0; i < 2; i++)
        net_ipam_close(&n->ipam[i]);
    plan_rules_free(n->applied);
    mem_free(n->peers);
    mem_free(n);
}

bool net_release(struct net *n)
{
    n->pending--;
    if (!n->closed)
        return true;
    if (n->pending == 0)
        net_free(n);
    return false;
}

/* A table that a former process left keeps serving until the first rules replace it. */
static int table_make(struct net *n, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    char command[64];
    snprintf(command, sizeof(command), "list chain inet %s nat_post", n->table);
    if (net_table_run(command, NULL) == 0) {
        n->adopted = true;
        return 0;
    }
    net_table_print(n, &b);
    const char *text = buf_cstr(&b);
    return buf_error(&b) ? err_raise(err, buf_error(&b), "no memory for the table") : net_table_run(text, err);
}

int net_open(struct net **out, struct loop *l, const struct net_config *c, struct err *err)
{
    struct net *n = mem_alloc(sizeof(*n));
    if (!n)
        return err_raise(err, -ENOMEM, "no memory for a network");
    n->loop = l;
    list_init(&n->chains);
    int r = config_copy(n, c, err);
    if (r == 0)
        r = net_pods_load(n, err);
    if (r == 0 && (r = net_peers_load(n->dir, &n->peers, &n->n_peers)) < 0)
        err_raise(err, r, "%s/peers: %s", n->dir, strerror(-r));
    if (r == 0)
        r = net_bridge_open(n, err);
    if (r == 0)
        r = table_make(n, err);
    if (r == 0)
        r = net_addresses_watch(n, err);
    if (r == 0 && n->n_dns)
        r = net_dns_open(n, err);
    if (r < 0) {
        err_wrap(err, r, "pod network %s", n->name);
        net_close(n);
        return r;
    }
    *out = n;
    return 0;
}

struct net *net_close(struct net *n)
{
    if (!n)
        return NULL;
    net_dns_close(n);
    net_addresses_unwatch(n);
    net_rules_close(n);
    n->closed = true;
    if (n->pending == 0)
        net_free(n);
    return NULL;
}

static int sweep(const char *name, const char *dir, struct err *err)
{
    char path[OS_PATH_MAX], bridge[NL_NAME_MAX], command[128];
    snprintf(bridge, sizeof(bridge), "%s0", name);
    snprintf(command, sizeof(command), "add table inet %s" TABLE_SUFFIX "\ndelete table inet %s" TABLE_SUFFIX "\n", name, name);
    int r = net_table_run(command, err);
    int e = net_links_remove(bridge, r < 0 ? NULL : err);
    r = r < 0 ? r : e;
    e = net_tunnel_remove(name, r < 0 ? NULL : err);
    r = r < 0 ? r : e;
    static const char *const parts[] = {"ipam", "peers"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        e = os_path(path, "%s/%s", dir, parts[i]);
        if (e == 0)
            e = os_tree_remove(path);
        if (e < 0 && r == 0)
            r = err_raise(err, e, "%s/%s: %s", dir, parts[i], strerror(-e));
    }
    return r;
}

/* Routes to other nodes as an earlier process noted them. */
static void noted_routes_remove(const char *dir)
{
    SCOPED(nl) nl = NULL;
    struct net_pod_route *list = NULL;
    size_t n = 0;
    if (net_peers_load(dir, &list, &n) == 0 && n && nl_open(&nl, -1, NULL) == 0) {
        for (size_t i = 0; i < n; i++) {
            struct nl_route r = {.to = list[i].to, .via = list[i].via};
            if (nl_route_del(nl, &r, NULL) < 0)
                continue; /* its link may be gone, and the route with it */
        }
    }
    mem_free(list);
}

int net_sweep(const char *name, const char *dir, struct err *err)
{
    int r = name_check(name ? name : "coracle", err);
    if (r < 0)
        return r;
    noted_routes_remove(dir);
    return sweep(name ? name : "coracle", dir, err);
}

struct net *net_teardown(struct net *n)
{
    if (!n)
        return NULL;
    char name[9], dir[256];
    memcpy(name, n->name, sizeof(name));
    memcpy(dir, n->dir, sizeof(dir));
    net_close(n); /* pool threads may still be at a pod: its link goes with the bridge, or by the next sweep */
    if (net_sweep(name, dir, NULL) < 0)
        return NULL;
    return NULL;
}
