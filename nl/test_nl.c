#include <netinet/in.h>
#include <sys/stat.h>

#include "nl/nl.h"
#include "tests/unit.h"

static void test_ip(void **state)
{
    (void)state;
    struct nl_ip a, b;
    char text[NL_IP_TEXT];
    assert_done(nl_ip_parse(&a, STR("10.1.0.0/16")));
    assert_done(nl_ip_parse(&b, STR("10.1.200.3")));
    assert_true(nl_ip_within(&a, &b));
    assert_int_equal(b.bits, 32);
    assert_done(nl_ip_parse(&a, STR("10.1.200.0/22")));
    assert_true(nl_ip_within(&a, &b));
    assert_done(nl_ip_parse(&a, STR("10.1.204.0/22")));
    assert_false(nl_ip_within(&a, &b));
    assert_done(nl_ip_parse(&a, STR("fd00::1/64")));
    nl_ip_print(&a, true, text);
    assert_string_equal(text, "fd00::1/64");
    assert_false(nl_ip_within(&a, &b));
    static const char *const bad[] = {"", "10.0.0", "10.0.0.1/33", "::1/129", "10.0.0.1/", "10.0.0.1/x", "g::1", "10.0.0.1 "};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(nl_ip_parse(&a, str_of(bad[i])), -EINVAL);
}

struct ground {
    char dir[64], a[128], b[128];
    int fd_a, fd_b;
};

static int setup(void **state)
{
    if (geteuid() != 0)
        return 0;
    struct ground *g = calloc(1, sizeof(*g));
    struct err err = {""};
    snprintf(g->dir, sizeof(g->dir), "/tmp/coracle-nl-XXXXXX");
    if (!mkdtemp(g->dir))
        return -1;
    snprintf(g->a, sizeof(g->a), "%s/a", g->dir);
    snprintf(g->b, sizeof(g->b), "%s/b", g->dir);
    if (nl_netns_make(g->a, &err) < 0 || nl_netns_make(g->b, &err) < 0) {
        print_message("%s\n", err.text);
        return -1;
    }
    g->fd_a = nl_netns_open(g->a);
    g->fd_b = nl_netns_open(g->b);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    if (!g)
        return 0;
    close(g->fd_a);
    close(g->fd_b);
    int r = nl_netns_remove(g->a, NULL) | nl_netns_remove(g->b, NULL) | nl_netns_remove(g->b, NULL);
    rmdir(g->dir);
    free(g);
    return r;
}

struct count {
    int n;
    int index;
};

static int count_link(void *ctx, const struct nl_link *l)
{
    (void)l;
    ((struct count *)ctx)->n++;
    return 0;
}

static int count_addr(void *ctx, const struct nl_addr *a)
{
    struct count *c = ctx;
    c->n += a->index == c->index && (a->ip.family == AF_INET || a->ip.at[0] == 0xfd);
    return 0;
}

static int count_route(void *ctx, const struct nl_route *r)
{
    struct count *c = ctx;
    c->n += r->to.bits == 0 && r->index == c->index;
    return 0;
}

static void test_links(void **state)
{
    struct ground *g = *state;
    if (!g) {
        print_message("skipped: needs root\n");
        skip();
    }
    struct err err = {""};
    SCOPED(nl) a = NULL;
    SCOPED(nl) b = NULL;
    struct nl_link l, peer;
    assert_done(nl_open(&a, g->fd_a, &err));
    assert_done(nl_open(&b, g->fd_b, &err));
    static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1}, peer_mac[6] = {2, 0, 0, 0, 0, 2};
    assert_done(nl_bridge_add(a, "br0", mac, 1400, &err));
    assert_int_equal(nl_bridge_add(a, "br0", mac, 1400, &err), -EEXIST);
    assert_done(nl_link_get(a, "br0", &l, &err));
    assert_string_equal(l.kind, "bridge");
    assert_int_equal(l.mtu, 1400);
    assert_memory_equal(l.mac, mac, 6);
    int bridge = l.index;
    struct nl_veth v = {.name = "v0", .peer = "eth0", .peer_netns_fd = g->fd_b, .master = bridge, .mtu = 1400, .up = true};
    memcpy(v.peer_mac, peer_mac, 6);
    assert_done(nl_veth_add(a, &v, &err));
    assert_done(nl_link_get(a, "v0", &l, &err));
    assert_true(l.up && l.master == bridge && l.mtu == 1400);
    assert_done(nl_link_get(b, "eth0", &peer, &err));
    assert_memory_equal(peer.mac, peer_mac, 6);
    assert_int_equal(nl_link_get(b, "none", &l, &err), -ENODEV);
    assert_non_null(strstr(err.text, "link none"));
    assert_done(nl_link_up(a, bridge, true, &err));
    assert_done(nl_link_up(b, peer.index, true, &err));
    for (int i = 0; i < 2000 && !(l.running && l.forwarding); i++, usleep(1000))
        assert_done(nl_link_get(a, "v0", &l, &err));
    assert_true(l.running && l.forwarding);

    struct nl_ip gw, own, own6, all = {.family = AF_INET};
    assert_done(nl_ip_parse(&gw, STR("10.9.0.1/24")));
    assert_done(nl_ip_parse(&own, STR("10.9.0.2")));
    assert_done(nl_ip_parse(&own6, STR("fd00:9::2/64")));
    assert_done(nl_addr_add(a, bridge, &gw, &err));
    assert_done(nl_addr_add(b, peer.index, &own, &err));
    assert_done(nl_addr_add(b, peer.index, &own, &err));
    assert_done(nl_addr_add(b, peer.index, &own6, &err));
    struct count c = {.index = peer.index};
    assert_done(nl_addr_each(b, count_addr, &c, &err));
    assert_int_equal(c.n, 2);
    gw.bits = 32;
    struct nl_route r = {.to = all, .via = gw, .index = peer.index, .onlink = true};
    assert_done(nl_route_set(b, &r, &err));
    assert_done(nl_route_set(b, &r, &err));
    c.n = 0;
    assert_done(nl_route_each(b, count_route, &c, &err));
    assert_int_equal(c.n, 1);
    assert_done(nl_neigh_set(b, peer.index, &gw, mac, &err));
    assert_done(nl_neigh_del(b, peer.index, &gw, &err));
    assert_done(nl_neigh_del(b, peer.index, &gw, &err));
    char command[256];
    snprintf(command, sizeof(command), "nsenter --net=%s busybox ping -c1 -W2 10.9.0.1 >/dev/null", g->b);
    assert_int_equal(system(command), 0);
    assert_done(nl_route_del(b, &r, &err));
    assert_done(nl_route_del(b, &r, &err));
    assert_done(nl_addr_del(b, peer.index, &own6, &err));
    assert_done(nl_addr_del(b, peer.index, &own6, &err));
    assert_done(nl_link_del(a, "v0", &err));
    assert_int_equal(nl_link_del(a, "v0", &err), -ENODEV);
    c.n = 0;
    assert_done(nl_link_each(b, count_link, &c, &err));
    c.index = c.n; /* lo and what the kernel puts into each namespace */
    c.n = 0;
    assert_done(nl_link_each(a, count_link, &c, &err));
    assert_int_equal(c.n, c.index + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ip),
        cmocka_unit_test_setup_teardown(test_links, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
