/* Pods: an address on disk, a veth, and what stands in the pod's namespace.
 *
 *   ipam/<address> → uid    made before the address is used, removed when its link is gone; after a reboot all are
 *                           void, since no namespace outlives one (ipam/boot has the boot they belong to)
 *
 *   unknown ─net_pod_add→ busy ─pool→ ready ─net_pod_del→ busy ─pool→ unknown */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "net/inside.h"

#define NSFS          0x6e736673
#define PODS_MAX      4096
#define CARRIER_TRIES 4000 /* of half a millisecond */

/* ── on disk ── */

static int link_path(const struct net *n, const struct nl_ip *ip, char path[OS_PATH_MAX])
{
    char text[NL_IP_TEXT];
    nl_ip_print(ip, false, text);
    return os_path(path, "%s/ipam/%s", n->dir, text);
}

static int address_note(const struct net *n, const struct nl_ip *ip, const char *uid)
{
    char path[OS_PATH_MAX];
    int r = link_path(n, ip, path);
    return r < 0 ? r : symlink(uid, path) < 0 ? -errno : 0;
}

static void address_forget(const struct net *n, const struct nl_ip *ip)
{
    char path[OS_PATH_MAX];
    if (link_path(n, ip, path) == 0)
        unlink(path);
}

/* A name no other pod of this node has: the network's name and a hash of the uid in base 32. */
static void link_name(const struct net *n, const char *uid, char out[NL_NAME_MAX])
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const char *c = uid; *c; c++)
        h = (h ^ (uint8_t)*c) * 0x100000001b3u;
    h ^= h >> 29;
    size_t at = strlen(n->name);
    memcpy(out, n->name, at);
    for (size_t i = 0; at < NL_NAME_MAX - 1 && i < 12; i++, h >>= 5)
        out[at++] = "abcdefghijklmnopqrstuvwxyz234567"[h & 31];
    out[at] = 0;
}

static struct pod_entry *entry_new(struct net *n, const char *uid)
{
    struct pod_entry *e = n->pods.n < PODS_MAX ? mem_alloc(sizeof(*e)) : NULL;
    if (!e)
        return NULL;
    snprintf(e->pod.uid, sizeof(e->pod.uid), "%s", uid);
    link_name(n, uid, e->pod.link);
    if (map_put(&n->pods, str_of(e->pod.uid), e) < 0)
        return mem_free(e);
    return e;
}

static struct ipam *ipam_for(struct net *n, const struct nl_ip *ip)
{
    for (size_t i = 0; i < n->n_ipam; i++)
        if (n->ipam[i].net.family == ip->family)
            return &n->ipam[i];
    return NULL;
}

static void entry_drop(struct net *n, struct pod_entry *e)
{
    for (size_t i = 0; i < n->n_ipam; i++) {
        struct ipam *m = e->ips[i].family ? ipam_for(n, &e->ips[i]) : NULL;
        if (!m)
            continue;
        address_forget(n, &e->ips[i]);
        net_ipam_give(m, &e->ips[i]);
    }
    map_del(&n->pods, str_of(e->pod.uid));
    mem_free(e);
}

static void ips_print(struct net *n, struct pod_entry *e)
{
    e->pod.n_ips = 0;
    for (size_t i = 0; i < n->n_ipam; i++)
        if (e->ips[i].family)
            nl_ip_print(&e->ips[i], false, e->pod.ips[e->pod.n_ips++]);
}

static int load_one(void *ctx, const char *name, unsigned char type)
{
    (void)type;
    struct net *n = ctx;
    struct nl_ip ip;
    char path[OS_PATH_MAX], uid[64];
    if (nl_ip_parse(&ip, str_of(name)) < 0)
        return 0;
    int r = os_path(path, "%s/ipam/%s", n->dir, name);
    ssize_t got = r < 0 ? -1 : readlink(path, uid, sizeof(uid) - 1);
    struct ipam *m = ipam_for(n, &ip);
    if (got < 0 || !m || net_ipam_take_this(m, &ip) < 0) { /* of a former pod network */
        unlink(path);
        return 0;
    }
    uid[got] = 0;
    struct pod_entry *e = map_get(&n->pods, str_of(uid));
    if (!e)
        e = entry_new(n, uid);
    if (!e)
        return -ENOMEM;
    e->ips[m - n->ipam] = ip;
    e->ready = true;
    ips_print(n, e);
    return 0;
}

static int wipe_one(void *ctx, const char *name, unsigned char type)
{
    (void)type;
    const struct net *n = ctx;
    char path[OS_PATH_MAX];
    if (os_path(path, "%s/ipam/%s", n->dir, name) == 0)
        unlink(path);
    return 0;
}

int net_pods_load(struct net *n, struct err *err)
{
    char path[OS_PATH_MAX], boot[37], folder[OS_PATH_MAX];
    SCOPED_BUF then = BUF_INIT(65536);
    int r = os_path(folder, "%s/ipam", n->dir);
    if (r == 0)
        r = os_dir_make(folder, 0700);
    if (r == 0)
        r = os_path(path, "%s/boot", folder);
    if (r == 0)
        r = os_boot_id(boot);
    if (r == 0 && (os_file_read(path, 64, &then) < 0 || !str_is(str_trim(buf_view(&then)), boot))) {
        r = os_dir_each(folder, wipe_one, n);
        if (r == 0)
            r = os_file_replace(path, str_of(boot), 0600);
    }
    if (r == 0)
        r = os_dir_each(folder, load_one, n);
    return r < 0 ? err_raise(err, r, "%s/ipam: %s", n->dir, strerror(-r)) : 0;
}

void net_pods_free(struct net *n)
{
    MAP_EACH (slot, &n->pods)
        mem_free(slot->value);
    map_done(&n->pods);
}

/* ── in the kernel; on a pool thread ── */

struct pod_work {
    struct net *net;
    struct net_pod pod;
    struct nl_ip ips[2], gateways[2];
    size_t n_ips;
    int bridge_index;
    uint8_t bridge_mac[6];
    uint32_t mtu;
    char netns[OS_PATH_MAX];
    bool remove;
    int r;
    struct err err;
    void (*added)(void *ctx, int r, const struct net_pod *pod, const char *error);
    void (*removed)(void *ctx, int r);
    void *ctx;
};

/* The namespace pinned there; what an earlier boot left is a plain file. */
static int netns_get(const char *path, struct err *err)
{
    struct statfs fs;
    if (statfs(path, &fs) == 0 && fs.f_type != NSFS && unlink(path) < 0)
        return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    int fd = nl_netns_open(path);
    if (fd != -ENOENT)
        return fd < 0 ? err_raise(err, fd, "%s: %s", path, strerror(-fd)) : fd;
    int r = nl_netns_make(path, err);
    if (r < 0)
        return r;
    fd = nl_netns_open(path);
    return fd < 0 ? err_raise(err, fd, "%s: %s", path, strerror(-fd)) : fd;
}

static void pod_mac(const struct pod_work *w, uint8_t mac[6])
{
    const struct nl_ip *ip = &w->ips[0];
    const uint8_t *last = ip->at + (ip->family == AF_INET ? 0 : 12);
    mac[0] = 0x0a; /* locally administered, from the address: the same again after a restart */
    mac[1] = 0x58;
    memcpy(mac + 2, last, 4);
}

struct address_search {
    const struct nl_ip *ip;
    int index;
    bool found;
};

static int address_is(void *ctx, const struct nl_addr *a)
{
    struct address_search *s = ctx;
    s->found |= a->index == s->index && nl_ip_equal(&a->ip, s->ip);
    return 0;
}

/* Is all of it there from before? Only a whole one is kept. */
static bool pod_stands(struct nl *here, struct nl *there, const struct pod_work *w)
{
    struct nl_link link, peer;
    if (nl_link_get(here, w->pod.link, &link, NULL) < 0 || nl_link_get(there, "eth0", &peer, NULL) < 0)
        return false;
    if (link.master != w->bridge_index || !link.up || !peer.up)
        return false;
    for (size_t i = 0; i < w->n_ips; i++) {
        struct address_search s = {.ip = &w->ips[i], .index = peer.index};
        if (nl_addr_each(there, address_is, &s, NULL) < 0 || !s.found)
            return false;
    }
    return true;
}

static int family_set(struct nl *here, struct nl *there, const struct pod_work *w, size_t i, int eth0, const uint8_t mac[6], struct err *err)
{
    struct nl_ip all = {.family = w->ips[i].family}, gateway = w->gateways[i];
    gateway.bits = w->ips[i].bits;
    struct nl_route route = {.to = all, .via = gateway, .index = eth0, .onlink = true};
    int r = nl_addr_add(there, eth0, &w->ips[i], err);
    if (r == 0)
        r = nl_neigh_set(there, eth0, &gateway, w->bridge_mac, err);
    if (r == 0)
        r = nl_route_set(there, &route, err);
    if (r == 0)
        r = nl_neigh_set(here, w->bridge_index, &w->ips[i], mac, err);
    return r;
}

/* Where br_netfilter is on, the kernel turns a pod's packet to its own service on the bridge already and would have to
 * send it out where it came in. */
static int hairpin_set(struct nl *here, const struct pod_work *w, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(65536);
    struct nl_link link;
    if (os_file_read("/proc/sys/net/bridge/bridge-nf-call-iptables", 16, &text) < 0 || !str_is(str_trim(buf_view(&text)), "1"))
        return 0;
    int r = nl_link_get(here, w->pod.link, &link, err);
    return r < 0 ? r : nl_port_hairpin(here, link.index, true, err);
}

/* The kernel notes that the pair now carries packets a moment later, on a thread of its own; what the pod sends before is
 * lost, and a lost first DNS question costs its asker five seconds. */
static int carrier_wait(struct nl *here, const struct pod_work *w, struct err *err)
{
    struct nl_link link;
    struct timespec pause = {.tv_nsec = 500 * 1000};
    for (int i = 0; i < CARRIER_TRIES; i++) {
        int r = nl_link_get(here, w->pod.link, &link, err);
        if (r < 0 || (link.running && link.forwarding))
            return r;
        nanosleep(&pause, NULL);
    }
    return err_raise(err, -ETIMEDOUT, "link %s carries no packets", w->pod.link);
}

static int pod_wire(struct pod_work *w, struct nl *here, struct nl *there, int netns)
{
    struct err *err = &w->err;
    struct nl_link peer;
    struct nl_veth v = {.name = w->pod.link, .peer = "eth0", .peer_netns_fd = netns, .master = w->bridge_index, .mtu = w->mtu, .up = true};
    pod_mac(w, v.peer_mac);
    int r = nl_link_del(here, w->pod.link, NULL); /* half of an earlier attempt */
    if (r < 0 && r != -ENODEV)
        return err_raise(err, r, "link %s: %s", w->pod.link, strerror(-r));
    r = nl_link_del(there, "eth0", NULL);
    if (r < 0 && r != -ENODEV)
        return err_raise(err, r, "link eth0 of the pod: %s", strerror(-r));
    r = nl_veth_add(here, &v, err);
    if (r == 0)
        r = hairpin_set(here, w, err);
    if (r == 0)
        r = nl_link_get(there, "eth0", &peer, err);
    if (r == 0)
        r = nl_link_up(there, 1, true, err); /* lo */
    if (r == 0)
        r = nl_link_up(there, peer.index, true, err);
    for (size_t i = 0; i < w->n_ips && r == 0; i++)
        r = family_set(here, there, w, i, peer.index, v.peer_mac, err);
    if (r == 0)
        r = carrier_wait(here, w, err);
    if (r < 0 && nl_link_del(here, w->pod.link, NULL) < 0)
        return r;
    return r;
}

static void add_run(void *ctx)
{
    struct pod_work *w = ctx;
    SCOPED(nl) here = NULL;
    SCOPED(nl) there = NULL;
    SCOPED_FD netns = netns_get(w->netns, &w->err);
    w->r = netns < 0 ? netns : nl_open(&here, -1, &w->err);
    if (w->r == 0)
        w->r = nl_open(&there, netns, &w->err);
    if (w->r == 0 && !pod_stands(here, there, w))
        w->r = pod_wire(w, here, there, netns);
}

static void remove_run(void *ctx)
{
    struct pod_work *w = ctx;
    SCOPED(nl) here = NULL;
    w->r = nl_open(&here, -1, &w->err);
    if (w->r == 0) {
        w->r = nl_link_del(here, w->pod.link, &w->err);
        w->r = w->r == -ENODEV ? 0 : w->r;
    }
    for (size_t i = 0; i < w->n_ips && w->r == 0; i++)
        w->r = nl_neigh_del(here, w->bridge_index, &w->ips[i], &w->err);
    if (w->r == 0 && w->netns[0])
        w->r = nl_netns_remove(w->netns, &w->err);
}

/* ── on the loop ── */

static void add_done(void *ctx)
{
    struct pod_work *w = ctx;
    struct net *n = w->net;
    if (net_release(n)) {
        struct pod_entry *e = map_get(&n->pods, str_of(w->pod.uid));
        if (e) {
            e->busy = false;
            e->ready = w->r == 0;
            if (w->r < 0)
                entry_drop(n, e);
        }
        w->added(w->ctx, w->r, w->r == 0 ? &w->pod : NULL, w->r < 0 ? w->err.text : NULL);
    }
    mem_free(w);
}

static void remove_done(void *ctx)
{
    struct pod_work *w = ctx;
    struct net *n = w->net;
    if (net_release(n)) {
        struct pod_entry *e = map_get(&n->pods, str_of(w->pod.uid));
        if (e) {
            e->busy = false;
            if (w->r == 0)
                entry_drop(n, e);
        }
        if (w->removed)
            w->removed(w->ctx, w->r);
    }
    mem_free(w);
}

static int work_new(struct pod_work **out, struct net *n, const struct pod_entry *e, const char *netns)
{
    struct pod_work *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    w->net = n;
    w->bridge_index = n->bridge_index;
    w->mtu = n->mtu;
    memcpy(w->bridge_mac, n->bridge_mac, 6);
    if (snprintf(w->netns, sizeof(w->netns), "%s", netns ? netns : "") >= (int)sizeof(w->netns)) {
        mem_free(w);
        return -ENAMETOOLONG;
    }
    w->pod = e->pod;
    for (size_t i = 0; i < n->n_ipam; i++) {
        if (!e->ips[i].family)
            continue;
        w->ips[w->n_ips] = e->ips[i];
        w->gateways[w->n_ips++] = n->ipam[i].gateway;
    }
    *out = w;
    return 0;
}

static int work_start(struct net *n, struct pod_entry *e, struct pod_work *w)
{
    int r = loop_work(n->loop, w->remove ? remove_run : add_run, w->remove ? remove_done : add_done, w);
    if (r < 0) {
        mem_free(w);
        return r;
    }
    n->pending++;
    e->busy = true;
    return 0;
}

static int addresses_take(struct net *n, struct pod_entry *e, const char *wanted, struct err *err)
{
    struct nl_ip want = {.family = AF_UNSPEC};
    if (wanted && nl_ip_parse(&want, str_of(wanted)) < 0)
        return err_raise(err, -EINVAL, "\"%s\" is not an address", wanted);
    for (size_t i = 0; i < n->n_ipam; i++) {
        struct ipam *m = &n->ipam[i];
        struct nl_ip ip = want;
        int r = want.family == m->net.family ? net_ipam_take_this(m, &want) : net_ipam_take(m, &ip);
        if (r < 0)
            return err_raise(err, r, r == -ENOSPC ? "no address is left on this node" : "address %s cannot be given out", wanted);
        ip.bits = ip.family == AF_INET ? 32 : 128;
        r = address_note(n, &ip, e->pod.uid);
        if (r < 0) {
            net_ipam_give(m, &ip);
            return err_raise(err, r, "%s/ipam: %s", n->dir, strerror(-r));
        }
        e->ips[i] = ip;
    }
    ips_print(n, e);
    return 0;
}

int net_pod_add(struct net *n, const struct net_pod_request *q, void (*done)(void *ctx, int r, const struct net_pod *pod, const char *error),
                void *ctx, struct err *err)
{
    struct pod_work *w;
    if (q->egress_bps || q->ingress_bps)
        return err_raise(err, -EOPNOTSUPP, "pod bandwidth is not supported");
    if (!q->uid[0] || strlen(q->uid) >= sizeof(w->pod.uid) || strchr(q->uid, '/'))
        return err_raise(err, -EINVAL, "\"%.80s\" is not a pod's uid", q->uid);
    struct pod_entry *e = map_get(&n->pods, str_of(q->uid));
    if (e && e->busy)
        return err_raise(err, -EBUSY, "pod %s is being worked on", q->uid);
    bool fresh = !e;
    int r = 0;
    if (fresh) {
        e = entry_new(n, q->uid);
        if (!e)
            return err_raise(err, -ENOMEM, "no room for more pods");
        r = addresses_take(n, e, q->ip, err);
    }
    if (r == 0) {
        r = work_new(&w, n, e, q->netns);
        if (r == 0) {
            w->added = done;
            w->ctx = ctx;
            r = work_start(n, e, w);
        }
        if (r < 0)
            err_raise(err, r, "starting work on pod %s: %s", q->uid, strerror(-r));
    }
    if (r < 0 && fresh)
        entry_drop(n, e);
    return r;
}

int net_pod_del(struct net *n, const char *uid, const char *netns, void (*done)(void *ctx, int r), void *ctx, struct err *err)
{
    struct pod_work *w;
    struct pod_entry *e = map_get(&n->pods, str_of(uid)), stranger = {.busy = false};
    if (e && e->busy)
        return err_raise(err, -EBUSY, "pod %s is being worked on", uid);
    if (!e) { /* its namespace may still be there */
        snprintf(stranger.pod.uid, sizeof(stranger.pod.uid), "%s", uid);
        link_name(n, uid, stranger.pod.link);
    }
    int r = work_new(&w, n, e ? e : &stranger, netns);
    if (r == 0) {
        w->remove = true;
        w->removed = done;
        w->ctx = ctx;
        r = work_start(n, e ? e : &stranger, w);
    }
    return r < 0 ? err_raise(err, r, "starting work on pod %s: %s", uid, strerror(-r)) : 0;
}

int net_pod_find(struct net *n, const char *uid, struct net_pod *out)
{
    const struct pod_entry *e = map_get(&n->pods, str_of(uid));
    if (!e || !e->ready)
        return -ENOENT;
    *out = e->pod;
    return 0;
}

int net_pod_promised(struct net *n, const char *uid, struct net_pod *out)
{
    const struct pod_entry *e = map_get(&n->pods, str_of(uid));
    if (!e)
        return -ENOENT;
    *out = e->pod;
    return 0;
}

int net_pod_each(struct net *n, int (*fn)(void *ctx, const char *uid), void *ctx)
{
    MAP_EACH (slot, &n->pods) {
        int r = fn(ctx, ((const struct pod_entry *)slot->value)->pod.uid);
        if (r != 0)
            return r;
    }
    return 0;
}

int net_pod_usage(struct net *n, const char *uid, struct net_pod_usage *out)
{
    SCOPED(nl) nl = NULL;
    struct nl_link l;
    const struct pod_entry *e = map_get(&n->pods, str_of(uid));
    if (!e)
        return -ENOENT;
    int r = nl_open(&nl, -1, NULL);
    if (r == 0)
        r = nl_link_get(nl, e->pod.link, &l, NULL);
    if (r < 0)
        return r;
    /* What this end receives the pod has sent. */
    *out = (struct net_pod_usage){.rx_bytes = l.tx_bytes, .tx_bytes = l.rx_bytes, .rx_errors = l.tx_errors, .tx_errors = l.rx_errors};
    return 0;
}
