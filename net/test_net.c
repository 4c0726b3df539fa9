/* The whole data path, as root, in namespaces of its own: this process moves into a fresh one that is the node; "world"
 * is another beside it; pods are made through the door. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>

#include "net/dns_inside.h"
#include "tests/quoted.h"

struct server { /* answers each connection or packet with "name asker's-address" */
    char name[16];
    int fd;
    bool udp;
    pthread_t thread;
    bool used;
};

struct ground {
    char dir[64];
    struct loop *loop;
    struct net *net;
    struct plan_state *plan;
    struct arena *mem;
    int home, world;
    struct server servers[16];
    size_t n_servers;
    bool done;
    int r;
    struct net_pod pod;
    char error[512];
    char trouble[512];
    unsigned troubles, recovered;
};

static struct ground *ground;

#define NEED_ROOT() \
    do { \
        if (!ground) { \
            print_message("skipped: needs root\n"); \
            skip(); \
        } \
    } while (0)

static int socket_in(int netns, int family, int type)
{
    if (setns(netns, CLONE_NEWNET) < 0)
        return -1;
    int fd = socket(family, type | SOCK_CLOEXEC, 0);
    CHECK(setns(ground->home, CLONE_NEWNET) == 0);
    return fd;
}

static socklen_t address_of(const char *ip, uint16_t port, struct sockaddr_storage *out)
{
    struct nl_ip parsed;
    assert_done(nl_ip_parse(&parsed, str_of(ip)));
    return net_sockaddr(&parsed, port, out);
}

static void peer_text(const struct sockaddr_storage *a, char out[64])
{
    out[0] = 0;
    const void *ip = a->ss_family == AF_INET ? (const void *)&((const struct sockaddr_in *)a)->sin_addr
                                             : (const void *)&((const struct sockaddr_in6 *)a)->sin6_addr;
    if (!inet_ntop(a->ss_family, ip, out, 64))
        out[0] = 0;
}

static void *server_main(void *ctx)
{
    struct server *s = ctx;
    for (;;) {
        struct sockaddr_storage from;
        socklen_t n = sizeof(from);
        char text[128], peer[64], in[512];
        ssize_t got = 0;
        int c = s->fd;
        if (s->udp)
            got = recvfrom(s->fd, in, sizeof(in), 0, (struct sockaddr *)&from, &n);
        else
            c = accept4(s->fd, (struct sockaddr *)&from, &n, SOCK_CLOEXEC);
        if (c < 0 || got < 0 || (s->udp && got == 0))
            return NULL;
        peer_text(&from, peer);
        int len = snprintf(text, sizeof(text), "%s %s", s->name, peer);
        if (s->udp && sendto(c, text, (size_t)len, 0, (struct sockaddr *)&from, n) < 0)
            return NULL;
        if (!s->udp) {
            if (write(c, text, (size_t)len) < 0)
                len = 0;
            close(c);
        }
    }
}

static void serve(const char *name, int netns, const char *ip, uint16_t port, bool udp)
{
    struct server *s = &ground->servers[ground->n_servers++];
    struct sockaddr_storage a;
    socklen_t n = address_of(ip, port, &a);
    int on = 1;
    snprintf(s->name, sizeof(s->name), "%s", name);
    s->udp = udp;
    s->fd = socket_in(netns, a.ss_family, udp ? SOCK_DGRAM : SOCK_STREAM);
    assert_true(s->fd >= 0);
    setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    assert_int_equal(bind(s->fd, (struct sockaddr *)&a, n), 0);
    assert_true(udp || listen(s->fd, 64) == 0);
    assert_int_equal(pthread_create(&s->thread, NULL, server_main, s), 0);
    s->used = true;
}

static void servers_stop(void)
{
    for (size_t i = 0; i < ground->n_servers; i++) {
        struct server *s = &ground->servers[i];
        if (!s->used)
            continue;
        shutdown(s->fd, SHUT_RDWR);
        pthread_join(s->thread, NULL);
        close(s->fd);
    }
    ground->n_servers = 0;
}

/* What the server says, or the errno's name. Blocking: nothing here needs our loop. */
static const char *call(int netns, const char *ip, uint16_t port, bool udp)
{
    static char text[128];
    struct sockaddr_storage a;
    socklen_t n = address_of(ip, port, &a);
    SCOPED_FD fd = socket_in(netns, a.ss_family, udp ? SOCK_DGRAM : SOCK_STREAM);
    struct timeval most = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most));
    if (connect(fd, (struct sockaddr *)&a, n) < 0 || (udp && send(fd, "x", 1, 0) < 0))
        return errno == EINPROGRESS ? "TIMEOUT" : strerrorname_np(errno);
    ssize_t got = recv(fd, text, sizeof(text) - 1, 0);
    if (got < 0)
        return errno == EAGAIN ? "TIMEOUT" : strerrorname_np(errno);
    text[got] = 0;
    return text;
}

static void turn(int64_t ms)
{
    assert_done(loop_run_for(ground->loop, ms));
}

static void rules_settle(void)
{
    struct net_status s;
    for (int i = 0; i < 400; i++) {
        turn(10);
        net_status(ground->net, &s);
        if (!s.busy && !s.failures)
            return;
        if (s.failures)
            fail_msg("%s", s.error);
    }
    fail_msg("rules did not settle");
}

static struct value *json(const char *text)
{
    return quoted(ground->mem, "%s", text);
}

static void service(const char *name, const char *spec)
{
    char text[2048];
    snprintf(text, sizeof(text), "{'metadata':{'namespace':'d','name':'%s'},'spec':%s}", name, spec);
    assert_true(plan_service_put(ground->plan, json(text)) >= 0);
}

static void slice(const char *name, const char *ports, const char *endpoints)
{
    char text[2048];
    snprintf(text, sizeof(text),
             "{'metadata':{'namespace':'d','name':'%s-x','labels':{'kubernetes.io/service-name':'%s'}},'addressType':'IPv4',"
             "'ports':%s,'endpoints':%s}",
             name, name, ports, endpoints);
    assert_true(plan_slice_put(ground->plan, json(text)) >= 0);
}

/* ── ground ── */

static void shell(const char *command)
{
    if (system(command) != 0)
        fail_msg("%s", command);
}

static void on_trouble(void *ctx, const char *sentence)
{
    struct ground *g = ctx;
    g->troubles += sentence != NULL;
    g->recovered += sentence == NULL;
    snprintf(g->trouble, sizeof(g->trouble), "%s", sentence ? sentence : "");
}

static void net_start(void)
{
    struct err err = {""};
    char dir[128], resolv[128];
    static const char *const pods[] = {"10.201.0.0/24", "fd20:1::/64", NULL}, *const cluster[] = {"10.201.0.0/16", "fd20::/16", NULL};
    static const char *const services[] = {"10.202.0.0/16", "fd21::/112", NULL}, *const dns[] = {"10.202.0.10", NULL};
    snprintf(dir, sizeof(dir), "%s/net", ground->dir);
    snprintf(resolv, sizeof(resolv), "%s/resolv.conf", ground->dir);
    struct net_config c = {.name = "ctest",
                           .dir = dir,
                           .pod_cidrs = pods,
                           .cluster_cidrs = cluster,
                           .service_cidrs = services,
                           .dns_addresses = dns,
                           .resolv_conf = resolv,
                           .node_name = "n1",
                           .trouble = on_trouble,
                           .ctx = ground};
    if (net_open(&ground->net, ground->loop, &c, &err) < 0)
        fail_msg("%s", err.text);
    net_plan(ground->net, ground->plan);
}

static int group_setup(void **state)
{
    (void)state;
    if (geteuid() != 0)
        return 0;
    struct ground *g = calloc(1, sizeof(*g));
    struct err err = {""};
    char path[128];
    snprintf(g->dir, sizeof(g->dir), "/tmp/coracle-net-XXXXXX");
    if (!mkdtemp(g->dir) || unshare(CLONE_NEWNET | CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return -1;
    g->home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof(path), "%s/world", g->dir);
    if (nl_netns_make(path, &err) < 0)
        return -1;
    g->world = nl_netns_open(path);
    ground = g;
    snprintf(path, sizeof(path), "%s/resolv.conf", g->dir);
    FILE *f = fopen(path, "w");
    fputs("nameserver 10.202.0.10\nnameserver 192.168.201.2\n", f);
    fclose(f);
    struct nl *n = NULL, *w = NULL;
    struct nl_link link;
    struct nl_ip ip, all = {.family = AF_INET};
    assert_done(nl_open(&n, -1, &err));
    assert_done(nl_open(&w, g->world, &err));
    assert_done(nl_link_up(n, 1, true, &err));
    assert_done(nl_veth_add(n, &(struct nl_veth){.name = "up0", .peer = "up0", .peer_netns_fd = g->world, .up = true}, &err));
    assert_done(nl_link_get(w, "up0", &link, &err));
    assert_done(nl_link_up(w, link.index, true, &err));
    assert_done(nl_ip_parse(&ip, STR("192.168.201.2/24")));
    assert_done(nl_addr_add(w, link.index, &ip, &err));
    assert_done(nl_link_get(n, "up0", &link, &err));
    assert_done(nl_ip_parse(&ip, STR("192.168.201.1/24")));
    assert_done(nl_addr_add(n, link.index, &ip, &err));
    assert_done(nl_ip_parse(&ip, STR("192.168.201.2")));
    assert_done(nl_route_set(n, &(struct nl_route){.to = all, .via = ip, .index = link.index}, &err));
    nl_close(n);
    nl_close(w);
    assert_done(loop_new(&g->loop));
    assert_done(arena_new(&g->mem, 64u << 20));
    assert_done(plan_state_new(&g->plan));
    net_start();
    rules_settle();
    return 0;
}

static int group_teardown(void **state)
{
    (void)state;
    struct ground *g = ground;
    if (!g)
        return 0;
    char path[128];
    net_close(g->net);
    if (loop_run_for(g->loop, 20) < 0)
        return -1;
    loop_free(g->loop);
    plan_state_free(g->plan);
    arena_free(g->mem);
    close(g->home);
    close(g->world);
    snprintf(path, sizeof(path), "%s/world", g->dir);
    int r = nl_netns_remove(path, NULL);
    DIR *d = opendir(g->dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        snprintf(path, sizeof(path), "%s/%.60s", g->dir, e->d_name);
        if (strncmp(e->d_name, "pod-", 4) == 0)
            umount2(path, MNT_DETACH);
    }
    if (d)
        closedir(d);
    r |= os_tree_remove(g->dir);
    free(g);
    return r;
}

static void on_pod(void *ctx, int r, const struct net_pod *pod, const char *error)
{
    struct ground *g = ctx;
    g->done = true;
    g->r = r;
    if (pod)
        g->pod = *pod;
    snprintf(g->error, sizeof(g->error), "%s", error ? error : "");
}

static void on_pod_gone(void *ctx, int r)
{
    on_pod(ctx, r, NULL, NULL);
}

static void wait_done(void)
{
    for (int i = 0; i < 500 && !ground->done; i++)
        turn(5);
    assert_true(ground->done);
    ground->done = false;
    if (ground->r < 0)
        fail_msg("%s", ground->error);
}

static int pod_add(const char *uid)
{
    char path[128];
    struct err err = {""};
    snprintf(path, sizeof(path), "%s/pod-%s", ground->dir, uid);
    if (net_pod_add(ground->net, &(struct net_pod_request){.uid = uid, .netns = path}, on_pod, ground, &err) < 0)
        fail_msg("%s", err.text);
    wait_done();
    return nl_netns_open(path);
}

static void pod_del(const char *uid)
{
    char path[128];
    struct err err = {""};
    snprintf(path, sizeof(path), "%s/pod-%s", ground->dir, uid);
    assert_done(net_pod_del(ground->net, uid, path, on_pod_gone, ground, &err));
    wait_done();
}

/* ── tests ── */

static void test_pods(void **state)
{
    (void)state;
    NEED_ROOT();
    SCOPED_FD a = pod_add("a");
    assert_string_equal(ground->pod.ips[0], "10.201.0.2");
    assert_string_equal(ground->pod.ips[1], "fd20:1::2");
    SCOPED_FD b = pod_add("b");
    serve("a", a, "10.201.0.2", 80, false);
    serve("a6", a, "fd20:1::2", 80, false);
    serve("world", ground->world, "192.168.201.2", 80, false);
    assert_string_equal(call(b, "10.201.0.2", 80, false), "a 10.201.0.3");
    assert_string_equal(call(b, "fd20:1::2", 80, false), "a6 fd20:1::3");
    assert_string_equal(call(b, "10.201.0.2", 81, false), "ECONNREFUSED");
    assert_string_equal(call(ground->home, "10.201.0.2", 80, false), "a 10.201.0.1");
    assert_string_equal(call(b, "192.168.201.2", 80, false), "world 192.168.201.1");
    struct net_pod_usage u;
    assert_done(net_pod_usage(ground->net, "b", &u));
    assert_true(u.rx_bytes > 100 && u.tx_bytes > 100);
    /* Added again: as it is. */
    pod_add("a");
    assert_string_equal(ground->pod.ips[0], "10.201.0.2");
    servers_stop();
    pod_del("b");
    pod_del("a");
    pod_del("never");
    struct net_pod gone;
    assert_int_equal(net_pod_find(ground->net, "a", &gone), -ENOENT);
    /* Freed addresses rest. */
    pod_add("c");
    assert_string_equal(ground->pod.ips[0], "10.201.0.4");
    pod_del("c");
}

struct answers {
    int a, b, other;
};

static struct answers call_often(int netns, const char *ip, uint16_t port, int times)
{
    struct answers n = {0};
    for (int i = 0; i < times; i++) {
        const char *text = call(netns, ip, port, false);
        n.a += text[0] == 'a' && text[1] == ' ';
        n.b += text[0] == 'b' && text[1] == ' ';
        if (text[1] != ' ')
            print_message("%s\n", text);
    }
    n.other = times - n.a - n.b;
    return n;
}

static void test_services(void **state)
{
    (void)state;
    NEED_ROOT();
    char ends[512], one[256];
    SCOPED_FD a = pod_add("a");
    char ip_a[64], ip_b[64], text[128];
    memcpy(ip_a, ground->pod.ips[0], 64);
    SCOPED_FD b = pod_add("b");
    memcpy(ip_b, ground->pod.ips[0], 64);
    SCOPED_FD c = pod_add("c");
    serve("a", a, ip_a, 8080, false);
    serve("b", b, ip_b, 8080, false);
    service("web", "{'clusterIP':'10.202.0.5','type':'NodePort','ports':[{'name':'http','port':80,'nodePort':30080}]}");
    snprintf(ends, sizeof(ends), "[{'addresses':['%s'],'nodeName':'n1'},{'addresses':['%s'],'nodeName':'n1'}]", ip_a, ip_b);
    snprintf(one, sizeof(one), "[{'addresses':['%s'],'nodeName':'n1'}]", ip_a);
    net_changed(ground->net);
    rules_settle();
    /* No backends yet: refused at once, from everywhere; so is an address of no service. */
    assert_string_equal(call(c, "10.202.0.5", 80, false), "ECONNREFUSED");
    assert_string_equal(call(ground->home, "10.202.0.5", 80, false), "ECONNREFUSED");
    assert_string_equal(call(c, "10.202.0.99", 80, false), "ECONNREFUSED");
    assert_string_equal(call(ground->home, "10.202.0.99", 80, false), "ECONNREFUSED");
    slice("web", "[{'name':'http','port':8080}]", ends);
    net_changed(ground->net);
    rules_settle();
    struct answers n = call_often(c, "10.202.0.5", 80, 40);
    assert_true(n.a > 4 && n.b > 4 && n.other == 0);
    n = call_often(ground->home, "10.202.0.5", 80, 40);
    assert_true(n.a > 4 && n.b > 4 && n.other == 0);
    /* A backend that asks its own service and gets itself. */
    n = call_often(a, "10.202.0.5", 80, 40);
    assert_true(n.a > 4 && n.b > 4 && n.other == 0);
    /* Node ports: from the world, from the node by its address and by loopback, from a pod. */
    assert_int_equal(call_often(ground->world, "192.168.201.1", 30080, 10).other, 0);
    assert_int_equal(call_often(ground->home, "192.168.201.1", 30080, 10).other, 0);
    assert_int_equal(call_often(ground->home, "127.0.0.1", 30080, 10).other, 0);
    assert_int_equal(call_often(c, "192.168.201.1", 30080, 10).other, 0);
    /* One backend leaves. */
    slice("web", "[{'name':'http','port':8080}]", one);
    net_changed(ground->net);
    rules_settle();
    assert_int_equal(call_often(c, "10.202.0.5", 80, 20).a, 20);
    /* externalTrafficPolicy Local keeps the asker's address. */
    service("web", "{'clusterIP':'10.202.0.5','type':'NodePort','externalTrafficPolicy':'Local','ports':[{'name':'http'"
                   ",'port':80,'nodePort':30080}]}");
    net_changed(ground->net);
    rules_settle();
    assert_string_equal(call(ground->world, "192.168.201.1", 30080, false), "a 192.168.201.2");
    snprintf(one, sizeof(one), "[{'addresses':['%s'],'nodeName':'other'}]", ip_a);
    slice("web", "[{'name':'http','port':8080}]", one);
    net_changed(ground->net);
    rules_settle();
    assert_string_equal(call(ground->world, "192.168.201.1", 30080, false), "TIMEOUT");
    snprintf(text, sizeof(text), "a %s", "10.201.0.1");
    assert_int_equal(call_often(c, "192.168.201.1", 30080, 5).a, 5);
    assert_int_equal(call_often(ground->home, "127.0.0.1", 30080, 5).a, 5);
    plan_service_del(ground->plan, STR("d"), STR("web"));
    plan_slice_del(ground->plan, STR("d"), STR("web-x"));
    net_changed(ground->net);
    rules_settle();
    assert_string_equal(call(c, "10.202.0.5", 80, false), "ECONNREFUSED");
    servers_stop();
    pod_del("a");
    pod_del("b");
    pod_del("c");
}

static void test_affinity_udp_hostport(void **state)
{
    (void)state;
    NEED_ROOT();
    char ends[512], pod[512], ip_a[64], ip_b[64];
    SCOPED_FD a = pod_add("a");
    memcpy(ip_a, ground->pod.ips[0], 64);
    SCOPED_FD b = pod_add("b");
    memcpy(ip_b, ground->pod.ips[0], 64);
    SCOPED_FD c = pod_add("c");
    serve("a", a, ip_a, 8080, false);
    serve("b", b, ip_b, 8080, false);
    serve("a", a, ip_a, 53, true);
    serve("b", b, ip_b, 53, true);
    service("aff", "{'clusterIP':'10.202.0.6','sessionAffinity':'ClientIP','ports':[{'name':'h','port':80},{'name':'u',"
                   "'port':53,'protocol':'UDP'}]}");
    const char *ports = "[{'name':'h','port':8080},{'name':'u','port':53,'protocol':'UDP'}]";
    snprintf(ends, sizeof(ends), "[{'addresses':['%s'],'nodeName':'n1'},{'addresses':['%s'],'nodeName':'n1'}]", ip_a, ip_b);
    slice("aff", ports, ends);
    net_changed(ground->net);
    rules_settle();
    struct answers n = call_often(c, "10.202.0.6", 80, 20);
    assert_true(n.a == 20 || n.b == 20);
    bool was_a = n.a == 20;
    /* Its backend goes: the client is sent to the other one, and stays there when the first comes back. */
    char other[256];
    snprintf(other, sizeof(other), "[{'addresses':['%s'],'nodeName':'n1'}]", was_a ? ip_b : ip_a);
    slice("aff", ports, other);
    net_changed(ground->net);
    rules_settle();
    n = call_often(c, "10.202.0.6", 80, 10);
    assert_true(was_a ? n.b == 10 : n.a == 10);
    slice("aff", ports, ends);
    net_changed(ground->net);
    rules_settle();
    n = call_often(c, "10.202.0.6", 80, 10);
    assert_true(was_a ? n.b == 10 : n.a == 10);
    /* A UDP flow of one socket follows when its backend goes. */
    service("udp", "{'clusterIP':'10.202.0.7','ports':[{'name':'u','port':53,'protocol':'UDP'}]}");
    snprintf(other, sizeof(other), "[{'addresses':['%s'],'nodeName':'n1'}]", ip_a);
    slice("udp", "[{'name':'u','port':53,'protocol':'UDP'}]", other);
    net_changed(ground->net);
    rules_settle();
    struct sockaddr_storage to;
    socklen_t to_n = address_of("10.202.0.7", 53, &to);
    SCOPED_FD fd = socket_in(c, AF_INET, SOCK_DGRAM);
    struct timeval most = {.tv_sec = 2};
    char got[64] = "";
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
    assert_int_equal(connect(fd, (struct sockaddr *)&to, to_n), 0);
    assert_int_equal(send(fd, "x", 1, 0), 1);
    assert_true(recv(fd, got, sizeof(got), 0) > 0 && got[0] == 'a');
    snprintf(other, sizeof(other), "[{'addresses':['%s'],'nodeName':'n1'}]", ip_b);
    slice("udp", "[{'name':'u','port':53,'protocol':'UDP'}]", other);
    net_changed(ground->net);
    rules_settle();
    assert_int_equal(send(fd, "x", 1, 0), 1);
    assert_true(recv(fd, got, sizeof(got), 0) > 0 && got[0] == 'b');
    /* Host port. */
    snprintf(pod, sizeof(pod),
             "{'metadata':{'namespace':'d','name':'p'},'spec':{'containers':[{'ports':[{'containerPort':8080,'hostPort'"
             ":9090}]}]},"
             "'status':{'podIP':'%s'}}",
             ip_a);
    assert_done(plan_pod_put(ground->plan, json(pod)));
    net_changed(ground->net);
    rules_settle();
    assert_string_equal(call(ground->world, "192.168.201.1", 9090, false), "a 192.168.201.2");
    assert_int_equal(call_often(ground->home, "127.0.0.1", 9090, 3).a, 3);
    assert_int_equal(call_often(a, "192.168.201.1", 9090, 3).a, 3);
    assert_done(plan_pod_del(ground->plan, STR("d"), STR("p")));
    plan_service_del(ground->plan, STR("d"), STR("aff"));
    plan_service_del(ground->plan, STR("d"), STR("udp"));
    net_changed(ground->net);
    rules_settle();
    servers_stop();
    pod_del("a");
    pod_del("b");
    pod_del("c");
}

/* ── DNS ── */

struct question {
    int netns;
    const char *name;
    uint16_t type;
    bool tcp;
    char text[8192]; /* answer: code, then records */
    _Atomic bool done;
};

static void answer_print(struct question *q, struct str reply)
{
    struct dnswire_reply_info info;
    struct dnswire_walk w = {.at = 0};
    struct dnswire_record r;
    if (dnswire_reply_scan(&info, reply) < 0) {
        snprintf(q->text, sizeof(q->text), "broken");
        return;
    }
    size_t n = (size_t)snprintf(q->text, sizeof(q->text), "%u", info.code);
    while (n < sizeof(q->text) - 128 && dnswire_answer_next(&w, reply, &r) == 0) {
        char ip[64] = "";
        if (r.type == DNSWIRE_A)
            snprintf(ip, sizeof(ip), "%u.%u.%u.%u", r.ip[0], r.ip[1], r.ip[2], r.ip[3]);
        n += (size_t)snprintf(q->text + n, sizeof(q->text) - n, " %s%.*s", ip, STR_FMT(r.target));
    }
}

static void *ask_main(void *ctx)
{
    struct question *q = ctx;
    uint8_t out[520];
    static __thread char in[65536];
    struct sockaddr_storage a;
    struct nl_ip ip;
    struct timeval most = {.tv_sec = 5};
    ssize_t got = -1;
    if (nl_ip_parse(&ip, STR("10.202.0.10")) < 0 || setns(q->netns, CLONE_NEWNET) < 0)
        return NULL;
    socklen_t n = net_sockaddr(&ip, 53, &a);
    SCOPED_FD fd = socket(AF_INET, (q->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
    size_t len = dnswire_query_write(out + 2, 512, 4242, str_of(q->name), q->type, true);
    out[0] = (uint8_t)(len >> 8);
    out[1] = (uint8_t)len;
    if (connect(fd, (struct sockaddr *)&a, n) == 0 && send(fd, q->tcp ? out : out + 2, q->tcp ? len + 2 : len, 0) > 0)
        got = recv(fd, in, sizeof(in), 0);
    if (got > (q->tcp ? 2 : 0))
        answer_print(q, str_make(in + (q->tcp ? 2 : 0), (size_t)got - (q->tcp ? 2 : 0)));
    else
        snprintf(q->text, sizeof(q->text), "TIMEOUT");
    q->done = true;
    return NULL;
}

static const char *ask(int netns, const char *name, uint16_t type, bool tcp)
{
    static struct question q;
    pthread_t thread;
    q = (struct question){.netns = netns, .name = name, .type = type, .tcp = tcp};
    assert_int_equal(pthread_create(&thread, NULL, ask_main, &q), 0);
    for (int i = 0; i < 800 && !q.done; i++)
        turn(10);
    pthread_join(thread, NULL);
    return q.text;
}

/* Stands for a resolver of the world: every A question is answered with 9.9.9.9, names that begin with "no" do not
 * exist. */
static void *resolver_main(void *ctx)
{
    int fd = *(int *)ctx;
    for (;;) {
        char in[1024];
        uint8_t out[1024];
        struct sockaddr_storage from;
        socklen_t n = sizeof(from);
        struct dnswire_query q;
        struct dnswire_writer w;
        ssize_t got = recvfrom(fd, in, sizeof(in), 0, (struct sockaddr *)&from, &n);
        if (got <= 0)
            return NULL;
        if (dnswire_query_parse(&q, str_make(in, (size_t)got)) != 0)
            continue;
        dnswire_reply_start(&w, out, sizeof(out), &q);
        bool no = strncmp(q.name, "no", 2) == 0;
        if (!no &&
            dnswire_reply_add(&w, DNSWIRE_ANSWER,
                              &(struct dnswire_record){.name = str_make(q.name, q.name_n), .type = DNSWIRE_A, .ttl = 60, .ip = {9, 9, 9, 9}}) < 0)
            continue;
        size_t len = dnswire_reply_end(&w, DNSWIRE_RA, no ? DNSWIRE_NXDOMAIN : DNSWIRE_NOERROR);
        if (sendto(fd, out, len, 0, (struct sockaddr *)&from, n) < 0)
            return NULL;
    }
}

static void test_dns(void **state)
{
    (void)state;
    NEED_ROOT();
    SCOPED_FD a = pod_add("a");
    service("web", "{'clusterIP':'10.202.0.5','ports':[{'name':'http','port':80}]}");
    service("out", "{'type':'ExternalName','externalName':'example.org'}");
    service("pods", "{'clusterIP':'None','ports':[{'name':'http','port':80}]}");
    SCOPED_BUF many = BUF_INIT(65536);
    buf_text(&many, "[");
    for (int i = 1; i < 120; i++)
        buf_fmt(&many, "%s{'addresses':['10.201.9.%d']}", i > 1 ? "," : "", i);
    buf_text(&many, "]");
    SCOPED_BUF text = BUF_INIT(65536);
    buf_fmt(&text,
            "{'metadata':{'namespace':'d','name':'pods-x','labels':{'kubernetes.io/"
            "service-name':'pods'}},'ports':[],'endpoints':%s}",
            buf_cstr(&many));
    assert_done(plan_slice_put(ground->plan, json(buf_cstr(&text))));

    assert_string_equal(ask(a, "web.d.svc.cluster.local", DNSWIRE_A, false), "0 10.202.0.5");
    assert_string_equal(ask(a, "WEB.d.svc.cluster.local", DNSWIRE_A, true), "0 10.202.0.5");
    assert_string_equal(ask(ground->home, "web.d.svc.cluster.local", DNSWIRE_A, false), "0 10.202.0.5");
    assert_string_equal(ask(a, "web.d.svc.cluster.local", DNSWIRE_AAAA, false), "0");
    assert_string_equal(ask(a, "none.d.svc.cluster.local", DNSWIRE_A, false), "3");
    assert_string_equal(ask(a, "_http._tcp.web.d.svc.cluster.local", DNSWIRE_SRV, false), "0 web.d.svc.cluster.local");
    assert_string_equal(ask(a, "5.0.202.10.in-addr.arpa", DNSWIRE_PTR, false), "0 web.d.svc.cluster.local");
    const char *udp = ask(a, "pods.d.svc.cluster.local", DNSWIRE_A, false);
    assert_true(strlen(udp) > 500 && strlen(udp) < 1200); /* cut off at 1232 bytes of packet */
    assert_true(strlen(ask(a, "pods.d.svc.cluster.local", DNSWIRE_A, true)) >= 1000);
    /* Nobody upstream answers: an error, not silence. */
    assert_string_equal(ask(a, "example.com", DNSWIRE_A, false), "2");

    struct sockaddr_storage at;
    socklen_t n = address_of("192.168.201.2", 53, &at);
    int fd = socket_in(ground->world, AF_INET, SOCK_DGRAM);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, n), 0);
    pthread_t resolver;
    assert_int_equal(pthread_create(&resolver, NULL, resolver_main, &fd), 0);
    assert_string_equal(ask(a, "example.com", DNSWIRE_A, false), "0 9.9.9.9");
    assert_string_equal(ask(a, "out.d.svc.cluster.local", DNSWIRE_A, false), "0 example.org 9.9.9.9");
    assert_string_equal(ask(a, "no.such.example", DNSWIRE_A, false), "3");
    struct net_status before, after;
    net_status(ground->net, &before);
    assert_string_equal(ask(a, "example.com", DNSWIRE_A, false), "0 9.9.9.9");
    net_status(ground->net, &after);
    assert_int_equal(before.dns_forwarded, after.dns_forwarded); /* out of the cache */
    shutdown(fd, SHUT_RDWR);
    pthread_join(resolver, NULL);
    close(fd);
    plan_service_del(ground->plan, STR("d"), STR("web"));
    pod_del("a");
}

static void test_many_services(void **state)
{
    (void)state;
    NEED_ROOT();
    char name[32], spec[256], ends[512];
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof(name), "m%d", i);
        snprintf(spec, sizeof(spec), "{'clusterIP':'10.202.%d.%d','ports':[{'name':'h','port':80}]}", 1 + i / 200, 1 + i % 200);
        service(name, spec);
        snprintf(ends, sizeof(ends),
                 "[{'addresses':['10.201.7.%d'],'nodeName':'n1'},{'addresses':['10.201.8.%d']},{'addresses':['10.201.9."
                 "%d']}]",
                 1 + i % 200, 1 + i % 200, 1 + i % 200);
        slice(name, "[{'name':'h','port':8080}]", ends);
        arena_reset(ground->mem);
    }
    struct net_status s, t;
    net_changed(ground->net);
    rules_settle();
    net_status(ground->net, &s);
    assert_true(s.rows >= 300);
    print_message("%zu rows in %lld us\n", s.rows, (long long)s.last_us);
    slice("m7", "[{'name':'h','port':8080}]", "[{'addresses':['10.201.7.8'],'nodeName':'n1'}]");
    net_changed(ground->net);
    rules_settle();
    net_status(ground->net, &t);
    print_message("one changed: %llu elements in %lld us\n", (unsigned long long)(t.elements - s.elements), (long long)t.last_us);
    assert_true(t.elements - s.elements <= 8);
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof(name), "m%d", i);
        plan_service_del(ground->plan, STR("d"), str_of(name));
    }
    net_changed(ground->net);
    rules_settle();
    net_status(ground->net, &s);
    assert_true(s.rows < 10);
}

static void test_restart(void **state)
{
    (void)state;
    NEED_ROOT();
    SCOPED_FD a = pod_add("a");
    char ip[64];
    struct net_pod pod;
    memcpy(ip, ground->pod.ips[0], 64);
    serve("a", a, ip, 80, false);
    ground->net = net_close(ground->net);
    turn(20);
    assert_non_null(strstr(call(ground->home, ip, 80, false), "a "));
    net_start();
    rules_settle();
    assert_done(net_pod_find(ground->net, "a", &pod));
    assert_string_equal(pod.ips[0], ip);
    pod_add("b");
    assert_string_not_equal(ground->pod.ips[0], ip);
    /* Adopted as it stands: connections live. */
    pod_add("a");
    assert_string_equal(ground->pod.ips[0], ip);
    assert_non_null(strstr(call(ground->home, ip, 80, false), "a "));
    servers_stop();
    int64_t before = loop_now_ns(ground->loop);
    for (int i = 0; i < 20; i++) {
        char uid[8];
        snprintf(uid, sizeof(uid), "x%d", i);
        close(pod_add(uid));
    }
    print_message("a pod's network with its namespace: %lld us\n", (long long)(loop_now_ns(ground->loop) - before) / 20000);
}

/* Somebody takes the table away, and then puts something of his own in its place: it is told, and mended in the end. */
static void test_trouble(void **state)
{
    (void)state;
    NEED_ROOT();
    rules_settle();
    assert_int_equal(ground->troubles, 0);
    shell("nft delete table inet ctest_net");
    service("lost", "{'clusterIP':'10.202.0.77','clusterIPs':['10.202.0.77'],'ports':[{'port':80,'protocol':'TCP'}]}");
    net_changed(ground->net);
    for (int i = 0; i < 1000 && !ground->recovered; i++)
        turn(10);
    assert_int_equal(ground->troubles, 1);
    assert_int_equal(ground->recovered, 1);
    struct net_status s;
    net_status(ground->net, &s);
    assert_string_equal(s.error, "");
    assert_int_equal(s.failures, 1);
    shell("nft list map inet ctest_net dead4 | grep -q 10.202.0.77");
}

static void test_overlap(void **state)
{
    (void)state;
    NEED_ROOT();
    struct net *other = NULL;
    struct err err = {""};
    char dir[128];
    static const char *const pods[] = {"10.201.0.0/25", NULL};
    snprintf(dir, sizeof(dir), "%s/other", ground->dir);
    struct net_config c = {.name = "cother", .dir = dir, .pod_cidrs = pods};
    /* The larger network of another instance around it is no fault; the same one would be. */
    assert_done(net_open(&other, ground->loop, &c, &err));
    other = net_teardown(other);
    static const char *const same[] = {"10.201.0.0/24", NULL};
    c.pod_cidrs = same;
    assert_int_equal(net_open(&other, ground->loop, &c, &err), -EADDRINUSE);
    assert_non_null(strstr(err.text, "ctest0"));
    shell("ip -o link | grep -q cother && exit 1; exit 0");
    assert_done(net_sweep("cother", dir, &err));
}

static void test_teardown(void **state)
{
    (void)state;
    NEED_ROOT();
    ground->net = net_teardown(ground->net);
    turn(20);
    shell("ip -o link | grep -q ctest && exit 1; exit 0");
    shell("nft list tables | grep -q ctest && exit 1; exit 0");
    shell("ip route | grep -Eq '10.20[12]' && exit 1; exit 0");
    char path[128];
    snprintf(path, sizeof(path), "%s/net/ipam", ground->dir);
    assert_false(os_file_exists(path));
    struct err err = {""};
    snprintf(path, sizeof(path), "%s/net", ground->dir);
    assert_done(net_sweep("ctest", path, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pods),    cmocka_unit_test(test_services),      cmocka_unit_test(test_affinity_udp_hostport),
        cmocka_unit_test(test_dns),     cmocka_unit_test(test_many_services), cmocka_unit_test(test_restart),
        cmocka_unit_test(test_trouble), cmocka_unit_test(test_overlap),       cmocka_unit_test(test_teardown),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
