#include "plan/inside.h"
#include "tests/quoted.h"

static struct value *json(struct arena *a, const char *text)
{
    return quoted(a, "%s", text);
}

struct ground {
    struct arena *a;
    struct plan_state *s;
    struct plan_ip addresses[3];
    struct plan_ip dns[1];
    struct plan_node node;
    struct plan_rules *rules;
    struct plan_answer *answer;
};

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    assert_done(arena_new(&g->a, 16u << 20));
    assert_done(plan_state_new(&g->s));
    assert_done(plan_ip_parse(&g->addresses[0], STR("192.168.1.2")));
    assert_done(plan_ip_parse(&g->addresses[1], STR("127.0.0.1")));
    assert_done(plan_ip_parse(&g->addresses[2], STR("fd01::2")));
    assert_done(plan_ip_parse(&g->dns[0], STR("10.96.0.10")));
    g->node = (struct plan_node){.name = STR("n1"), .zone = STR("z1"), .addresses = g->addresses, .n_addresses = 3, .served = g->dns, .n_served = 1};
    g->answer = calloc(1, sizeof(*g->answer));
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    plan_rules_free(g->rules);
    plan_state_free(g->s);
    arena_free(g->a);
    free(g->answer);
    free(g);
    return 0;
}

/* One line a row: ip proto/port flags -> backends | inside. */
static const char *rules_text(struct ground *g)
{
    static char out[16384];
    g->rules = plan_rules_free(g->rules);
    assert_done(plan_rules_make(&g->rules, g->s, &g->node));
    size_t n = 0;
    out[0] = 0;
    static const char *const actions[] = {"", "REJECT", "DROP"};
    for (size_t i = 0; i < g->rules->n; i++) {
        const struct plan_row *r = &g->rules->rows[i];
        char ip[64];
        plan_ip_print(&r->ip, ip);
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s %s/%u%s%s ->", ip,
                              r->protocol == IPPROTO_TCP   ? "tcp"
                              : r->protocol == IPPROTO_UDP ? "udp"
                                                           : "sctp",
                              r->port, r->masquerade ? r->internal ? " m" : " M" : "", r->affinity_seconds ? " A" : "");
        const struct plan_target *t[2] = {&r->target, r->split ? &r->inside : NULL};
        for (int k = 0; k < 2 && t[k]; k++) {
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s%s", k ? " |" : "", t[k]->action ? " " : "", actions[t[k]->action]);
            for (size_t b = 0; b < t[k]->n; b++) {
                plan_ip_print(&t[k]->backends[b].ip, ip);
                n += (size_t)snprintf(out + n, sizeof(out) - n, " %s:%u%s", ip, t[k]->backends[b].port, t[k]->backends[b].local ? "*" : "");
            }
        }
        n += (size_t)snprintf(out + n, sizeof(out) - n, "\n");
    }
    return out;
}

#define SLICE4 \
    "{'metadata':{'namespace':'d','name':'web-1','labels':{'kubernetes.io/service-name':'web'}},'addressType':'IPv4'," \
    "'ports':[{'name':'http','port':8080,'protocol':'TCP'},{'name':'dns','port':53,'protocol':'UDP'}],'endpoints':[" \
    "{'addresses':['10.244.0.5'],'nodeName':'n1','conditions':{'ready':true}}," \
    "{'addresses':['10.244.1.7'],'nodeName':'n2','hostname':'h7','conditions':{'ready':true}}," \
    "{'addresses':['10.244.1.8'],'nodeName':'n2','conditions':{'ready':false,'serving':true,'terminating':true}}]}"

static void test_cluster_ip(void **state)
{
    struct ground *g = *state;
    const char *service = "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'10.96.0.1','clusterIPs':['"
                          "10.96.0.1','fd96::1'],"
                          "'ports':[{'name':'http','port':80},{'name':'dns','port':53,'protocol':'UDP'}]}}";
    assert_done(plan_service_put(g->s, json(g->a, service)));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> REJECT\n10.96.0.1 udp/53 m -> REJECT\nfd96::1 tcp/80 m "
                                       "-> REJECT\nfd96::1 udp/53 m -> REJECT\n");
    assert_int_equal(plan_service_put(g->s, json(g->a, service)), PLAN_SAME);
    assert_done(plan_slice_put(g->s, json(g->a, SLICE4)));
    assert_int_equal(plan_slice_put(g->s, json(g->a, SLICE4)), PLAN_SAME);
    assert_done(plan_slice_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web-6','labels':{'kubernetes.io/service-name':'web'}},"
                                                "'addressType':'IPv6','ports':[{'name':'http','port':8080}],'endpoints':[{'addresses':['fd44::"
                                                "5'],'nodeName':'n1'}]}")));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> 10.244.0.5:8080* 10.244.1.7:8080\n10.96.0.1 udp/53 m -> 10.244.0.5:53* 10.244.1.7:53\n"
                                       "fd96::1 tcp/80 m -> fd44::5:8080*\nfd96::1 udp/53 m -> REJECT\n");
    assert_int_equal(g->rules->n_hairpins, 2);
    assert_done(plan_slice_del(g->s, STR("d"), STR("web-6")));
    assert_int_equal(plan_slice_del(g->s, STR("d"), STR("web-6")), PLAN_SAME);
    assert_done(plan_service_del(g->s, STR("d"), STR("web")));
    assert_string_equal(rules_text(g), "");
    assert_int_equal(plan_service_del(g->s, STR("d"), STR("web")), PLAN_SAME);
}

static void test_policies(void **state)
{
    struct ground *g = *state;
    assert_done(plan_slice_put(g->s, json(g->a, SLICE4)));
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'type':'LoadBalancer','"
                                                  "clusterIP':'10.96.0.1','internalTrafficPolicy':'Local',"
                                                  "'externalTrafficPolicy':'Local','sessionAffinity':'ClientIP','externalIPs':["
                                                  "'1.2.3.4'],'ports':[{'name':'http','port':80,'nodePort':30080}]},"
                                                  "'status':{'loadBalancer':{'ingress':[{'ip':'5.6.7.8'},{'ip':'5.6.7.9','"
                                                  "ipMode':'Proxy'},{'hostname':'x'}]}}}")));
    assert_string_equal(rules_text(g), "1.2.3.4 tcp/80 A -> 10.244.0.5:8080* | 10.244.0.5:8080* 10.244.1.7:8080\n"
                                       "5.6.7.8 tcp/80 A -> 10.244.0.5:8080* | 10.244.0.5:8080* 10.244.1.7:8080\n"
                                       "10.96.0.1 tcp/80 m A -> 10.244.0.5:8080*\n"
                                       "127.0.0.1 tcp/30080 A -> 10.244.0.5:8080* | 10.244.0.5:8080* 10.244.1.7:8080\n"
                                       "192.168.1.2 tcp/30080 A -> 10.244.0.5:8080* | 10.244.0.5:8080* 10.244.1.7:8080\n");
    assert_int_equal(g->rules->rows[0].affinity_seconds, 10800);
    g->node.name = STR("n3");
    assert_string_equal(rules_text(g), "1.2.3.4 tcp/80 A -> DROP | 10.244.0.5:8080 10.244.1.7:8080\n"
                                       "5.6.7.8 tcp/80 A -> DROP | 10.244.0.5:8080 10.244.1.7:8080\n"
                                       "10.96.0.1 tcp/80 m A -> DROP\n"
                                       "127.0.0.1 tcp/30080 A -> DROP | 10.244.0.5:8080 10.244.1.7:8080\n"
                                       "192.168.1.2 tcp/30080 A -> DROP | 10.244.0.5:8080 10.244.1.7:8080\n");
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'type':'NodePort'"
                                                  ",'clusterIP':'10.96.0.1','sessionAffinity':'ClientIP',"
                                                  "'sessionAffinityConfig':{'clientIP':{'timeoutSeconds':60}},'ports':["
                                                  "{'name':'http','port':80,'nodePort':30080}]}}")));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m A -> 10.244.0.5:8080 10.244.1.7:8080\n127.0.0.1 tcp/30080 M "
                                       "A -> 10.244.0.5:8080 10.244.1.7:8080\n"
                                       "192.168.1.2 tcp/30080 M A -> 10.244.0.5:8080 10.244.1.7:8080\n");
    assert_int_equal(g->rules->rows[0].affinity_seconds, 60);
}

static int health_told(void *ctx, const struct plan_health *h)
{
    buf_fmt(ctx, "%.*s/%.*s:%u %zu\n", STR_FMT(h->ns), STR_FMT(h->name), h->port, h->endpoints);
    return 0;
}

#define BALANCED(more) \
    "{'metadata':{'namespace':'d','name':'web'},'spec':{'type':'LoadBalancer','clusterIP':'10.96.0.1'," \
    "'externalIPs':['1.2.3.4']," more "'ports':[{'name':'http','port':80,'nodePort':30080}]}," \
    "'status':{'loadBalancer':{'ingress':[{'ip':'5.6.7.8'},{'ip':'fd05::8'}]}}}"

/* Source ranges hold for the load balancer's addresses only; none within another, hosts' bits cut, the address itself with them. */
static void test_balancers(void **state)
{
    struct ground *g = *state;
    assert_done(plan_slice_put(g->s, json(g->a, SLICE4)));
    assert_done(plan_service_put(g->s, json(g->a, BALANCED("'loadBalancerSourceRanges':['10.1.2.3/8','10.2.0.0/16',' 192.0.2.1/32','fd00::/8'],"))));
    (void)rules_text(g);
    for (size_t i = 0; i < g->rules->n; i++) {
        const struct plan_row *r = &g->rules->rows[i];
        char ip[64];
        SCOPED_BUF b = BUF_INIT(0);
        for (size_t k = 0; k < r->n_sources; k++) {
            plan_ip_print(&r->sources[k], ip);
            buf_fmt(&b, "%s/%u ", ip, r->sources[k].bits);
        }
        plan_ip_print(&r->ip, ip);
        assert_str(buf_view(&b), strcmp(ip, "5.6.7.8") == 0 ? "10.0.0.0/8 5.6.7.8/32 192.0.2.1/32 " : "");
    }
    const struct plan_row first = g->rules->rows[1];
    assert_int_equal(first.n_sources, 3);
    assert_done(plan_service_put(g->s, json(g->a, BALANCED("'loadBalancerSourceRanges':['0.0.0.0/0','10.0.0.0/8'],"))));
    (void)rules_text(g);
    for (size_t i = 0; i < g->rules->n; i++)
        assert_int_equal(g->rules->rows[i].n_sources, 0);

    SCOPED_BUF told = BUF_INIT(0);
    assert_done(plan_health_each(g->s, STR("n1"), health_told, &told));
    assert_int_equal(told.n, 0);
    assert_done(plan_service_put(g->s, json(g->a, BALANCED("'externalTrafficPolicy':'Local','healthCheckNodePort':31000,"))));
    assert_done(plan_health_each(g->s, STR("n1"), health_told, &told));
    assert_done(plan_health_each(g->s, STR("n3"), health_told, &told));
    assert_str(buf_view(&told), "d/web:31000 1\nd/web:31000 0\n");
}

#define SLICE(endpoints) \
    "{'metadata':{'namespace':'d','name':'s','labels':{'kubernetes.io/service-name':'web'}},'addressType':'IPv4'," \
    "'ports':[{'name':'','port':80}],'endpoints':[" endpoints "]}"

static void test_endpoint_states(void **state)
{
    struct ground *g = *state;
    assert_done(
        plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'10.96.0.1','ports':[{'port':80}]}}")));
    assert_done(
        plan_slice_put(g->s, json(g->a, SLICE("{'addresses':['10.244.0.1'],'conditions':{'ready':false,'serving':true,'terminating':true}},"
                                              "{'addresses':['10.244.0.2'],'conditions':{'ready':false,'serving':false,'terminating':true}}"))));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> 10.244.0.1:80\n");
    assert_done(plan_slice_put(g->s, json(g->a, SLICE("{'addresses':['10.244.0.1'],'hints':{'forZones':[{'name':'z1'}]}},"
                                                      "{'addresses':['10.244.0.2'],'hints':{'forZones':[{'name':'z2'}]}}"))));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> 10.244.0.1:80\n");
    assert_done(
        plan_slice_put(g->s, json(g->a, SLICE("{'addresses':['10.244.0.1'],'hints':{'forZones':[{'name':'z1'}]}},{'addresses':['10.244.0.2']}"))));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> 10.244.0.1:80 10.244.0.2:80\n");
    assert_done(
        plan_slice_put(g->s, json(g->a, SLICE("{'addresses':['10.244.0.1'],'hints':{'forNodes':[{'name':'n1'}],'forZones':[{'name':'z1'}]}},"
                                              "{'addresses':['10.244.0.2'],'hints':{'forNodes':[{'name':'n2'}],'forZones':[{'name':'z1'}]}}"))));
    assert_string_equal(rules_text(g), "10.96.0.1 tcp/80 m -> 10.244.0.1:80\n");
    /* The cluster DNS address is served here: no row for it. */
    assert_done(
        plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'10.96.0.10','ports':[{'port':80}]}}")));
    assert_string_equal(rules_text(g), "");
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'None','ports':[{'port':80}]}}")));
    assert_string_equal(rules_text(g), "");
}

#define POD(phase) \
    "{'metadata':{'namespace':'d','name':'p'},'spec':{'containers':[{'ports':[{'containerPort':80,'hostPort':8000}," \
    "{'containerPort':53,'hostPort':5353,'protocol':'UDP','hostIP':'127.0.0.1'},{'containerPort':1}]}]}," \
    "'status':{'phase':'" phase "','podIPs':[{'ip':'10.244.0.9'},{'ip':'fd44::9'}]}}"

static void test_host_ports(void **state)
{
    struct ground *g = *state;
    assert_done(plan_pod_put(g->s, json(g->a, POD("Running"))));
    assert_string_equal(rules_text(g), "127.0.0.1 tcp/8000 -> 10.244.0.9:80*\n127.0.0.1 udp/5353 -> 10.244.0.9:53*\n"
                                       "192.168.1.2 tcp/8000 -> 10.244.0.9:80*\nfd01::2 tcp/8000 -> fd44::9:80*\n");
    assert_int_equal(plan_pod_put(g->s, json(g->a, POD("Running"))), PLAN_SAME);
    assert_done(plan_pod_put(g->s, json(g->a, POD("Succeeded"))));
    assert_string_equal(rules_text(g), "");
    assert_int_equal(plan_pod_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'q'},'spec':{'containers':[{}]}}")), PLAN_SAME);
    /* Two claims on one address: the first by name has it. */
    assert_done(plan_pod_put(g->s, json(g->a, POD("Running"))));
    assert_done(plan_pod_put(g->s, json(g->a, "{'metadata':{'namespace':'a','name':'p'},'spec':{'containers':[{'ports':"
                                              "[{'containerPort':81,'hostPort':8000}]}]},"
                                              "'status':{'podIP':'10.244.0.8'}}")));
    assert_non_null(strstr(rules_text(g), "192.168.1.2 tcp/8000 -> 10.244.0.8:81*\n"));
    assert_int_equal(g->rules->skipped, 2);
}

/* ── DNS ── */

static const char *ask(struct ground *g, const char *name, uint16_t type)
{
    static char out[4096];
    size_t n = 0;
    int r = plan_dns_find(g->s, STR("cluster.local"), str_of(name), type, g->a, g->answer);
    if (r != PLAN_DNS_FOUND)
        return r == PLAN_DNS_NO_NAME ? "NO" : r == PLAN_DNS_NOT_OURS ? "OTHER" : "?";
    out[0] = 0;
    for (size_t i = 0; i < g->answer->n; i++) {
        const struct dnswire_record *d = &g->answer->records[i];
        char ip[64] = "";
        struct plan_ip p = {.bytes = d->type == DNSWIRE_A ? 4 : 16};
        memcpy(p.at, d->ip, 16);
        if (d->type == DNSWIRE_A || d->type == DNSWIRE_AAAA)
            plan_ip_print(&p, ip);
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s", n ? " " : "", ip);
        if (d->type == DNSWIRE_SRV)
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%u:", d->port);
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%.*s%.*s", STR_FMT(d->target), d->type == DNSWIRE_TXT ? (int)d->text.n : 0,
                              d->text.p ? d->text.p : "");
    }
    return out;
}

static void test_dns(void **state)
{
    struct ground *g = *state;
    assert_done(plan_slice_put(g->s, json(g->a, SLICE4)));
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'10."
                                                  "96.0.1','clusterIPs':['10.96.0.1','fd96::1'],"
                                                  "'ports':[{'name':'http','port':80}]}}")));
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'out'},'spec':{'type':'"
                                                  "ExternalName','externalName':'example.org.'}}")));
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'alias'},'spec':{'type':'"
                                                  "ExternalName','externalName':'web.d.svc.cluster.local'}}")));
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'loop'},'spec':{'type':'"
                                                  "ExternalName','externalName':'loop.d.svc.cluster.local'}}")));
    assert_string_equal(ask(g, "web.d.svc.cluster.local", DNSWIRE_A), "10.96.0.1");
    assert_string_equal(ask(g, "web.d.svc.cluster.local", DNSWIRE_AAAA), "fd96::1");
    assert_string_equal(ask(g, "web.d.svc.cluster.local", DNSWIRE_TXT), "");
    assert_string_equal(ask(g, "_http._tcp.web.d.svc.cluster.local", DNSWIRE_SRV), "80:web.d.svc.cluster.local");
    assert_int_equal(g->answer->n_extra, 2);
    assert_string_equal(ask(g, "_x._tcp.web.d.svc.cluster.local", DNSWIRE_SRV), "NO");
    assert_string_equal(ask(g, "none.d.svc.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "d.svc.cluster.local", DNSWIRE_A), "");
    assert_string_equal(ask(g, "x.svc.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "x.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "cluster.local", DNSWIRE_A), "");
    assert_string_equal(ask(g, "a.b.c.d.e.f.g.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "xcluster.local", DNSWIRE_A), "OTHER");
    assert_string_equal(ask(g, "example.org", DNSWIRE_A), "OTHER");
    assert_string_equal(ask(g, "dns-version.cluster.local", DNSWIRE_TXT), "1.1.0");
    assert_string_equal(ask(g, "10-244-3-4.d.pod.cluster.local", DNSWIRE_A), "10.244.3.4");
    assert_string_equal(ask(g, "fd44--3.d.pod.cluster.local", DNSWIRE_AAAA), "fd44::3");
    assert_string_equal(ask(g, "x-y.d.pod.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "out.d.svc.cluster.local", DNSWIRE_A), "example.org");
    assert_str(g->answer->chase, "example.org");
    assert_string_equal(ask(g, "alias.d.svc.cluster.local", DNSWIRE_A), "web.d.svc.cluster.local 10.96.0.1");
    assert_str(g->answer->chase, "");
    assert_true(strlen(ask(g, "loop.d.svc.cluster.local", DNSWIRE_A)) > 0);
    assert_string_equal(ask(g, "1.0.96.10.in-addr.arpa", DNSWIRE_PTR), "web.d.svc.cluster.local");
    assert_string_equal(ask(g, "7.1.244.10.in-addr.arpa", DNSWIRE_PTR), "h7.web.d.svc.cluster.local");
    assert_string_equal(ask(g, "9.9.9.9.in-addr.arpa", DNSWIRE_PTR), "OTHER");
    /* Headless: the ready pods, each with a name. */
    assert_done(plan_service_put(g->s, json(g->a, "{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'None','"
                                                  "clusterIPs':['None'],'ports':[{'name':'http','port':80}]}}")));
    assert_string_equal(ask(g, "web.d.svc.cluster.local", DNSWIRE_A), "10.244.0.5 10.244.1.7");
    assert_string_equal(ask(g, "h7.web.d.svc.cluster.local", DNSWIRE_A), "10.244.1.7");
    assert_string_equal(ask(g, "10-244-0-5.web.d.svc.cluster.local", DNSWIRE_A), "10.244.0.5");
    assert_string_equal(ask(g, "10-244-1-8.web.d.svc.cluster.local", DNSWIRE_A), "NO");
    assert_string_equal(ask(g, "_http._tcp.web.d.svc.cluster.local", DNSWIRE_SRV),
                        "8080:10-244-0-5.web.d.svc.cluster.local 8080:h7.web.d.svc.cluster.local");
    assert_string_equal(ask(g, "5.0.244.10.in-addr.arpa", DNSWIRE_PTR), "10-244-0-5.web.d.svc.cluster.local");
    assert_done(plan_slice_del(g->s, STR("d"), STR("web-1")));
    assert_string_equal(ask(g, "web.d.svc.cluster.local", DNSWIRE_A), "NO");
}

/* ── files ── */

static void test_resolv_conf(void **state)
{
    struct ground *g = *state;
    struct plan_resolver r = {.dns = g->dns,
                              .n_dns = 1,
                              .domain = STR("cluster.local"),
                              .host = STR("# x\nnameserver 8.8.8.8\nnameserver 8.8.4.4 # y\nsearch a.example. b.example\noptions edns0 timeout:3\n")};
    static const struct {
        const char *pod, *want;
        int answer;
    } rows[] = {
        {"{'metadata':{'namespace':'ns'},'spec':{}}",
         "search ns.svc.cluster.local svc.cluster.local cluster.local a.example b.example\nnameserver "
         "10.96.0.10\noptions ndots:5\n",
         0},
        {"{'metadata':{'namespace':'ns'},'spec':{'hostNetwork':true,'dnsPolicy':'ClusterFirst'}}",
         "search a.example b.example\nnameserver 8.8.8.8\nnameserver 8.8.4.4\noptions edns0 timeout:3\n", 0},
        {"{'metadata':{'namespace':'ns'},'spec':{'hostNetwork':true,'dnsPolicy':'ClusterFirstWithHostNet'}}",
         "search ns.svc.cluster.local svc.cluster.local cluster.local a.example b.example\nnameserver "
         "10.96.0.10\noptions ndots:5\n",
         0},
        {"{'metadata':{'namespace':'ns'},'spec':{'dnsPolicy':'Default'}}",
         "search a.example b.example\nnameserver 8.8.8.8\nnameserver 8.8.4.4\noptions edns0 timeout:3\n", 0},
        {"{'metadata':{'namespace':'ns'},'spec':{'dnsPolicy':'None','dnsConfig':{'nameservers':['1.1.1.1','1.1.1.1','::"
         "1'],'searches':['x.y'],"
         "'options':[{'name':'ndots','value':'2'},{'name':'edns0'}]}}}",
         "search x.y\nnameserver 1.1.1.1\nnameserver ::1\noptions ndots:2 edns0\n", 0},
        {"{'metadata':{'namespace':'ns'},'spec':{'dnsConfig':{'nameservers':['1.1.1.1','1.1.1.2','1.1.1.3'],'options':["
         "{'name':'ndots','value':'1'}]}}}",
         "search ns.svc.cluster.local svc.cluster.local cluster.local a.example b.example\nnameserver "
         "10.96.0.10\nnameserver 1.1.1.1\nnameserver 1.1.1.2\n"
         "options ndots:1\n",
         PLAN_TRUNCATED},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED_BUF out = BUF_INIT(65536);
        assert_int_equal(plan_resolv_conf(&out, json(g->a, rows[i].pod), &r), rows[i].answer);
        assert_str(buf_view(&out), rows[i].want);
    }
}

static void test_hosts(void **state)
{
    struct ground *g = *state;
    struct str hostname, fqdn, ips[1] = {STR("10.244.0.9")};
    const struct value *pod = json(g->a, "{'metadata':{'namespace':'ns','name':'web-0'},'spec':{'subdomain':'web','"
                                         "hostAliases':[{'ip':'1.2.3.4','hostnames':['a','b']}]}}");
    assert_done(plan_hostname(g->a, pod, STR("cluster.local"), &hostname, &fqdn));
    assert_str(hostname, "web-0");
    assert_str(fqdn, "web-0.web.ns.svc.cluster.local");
    SCOPED_BUF out = BUF_INIT(65536);
    assert_done(plan_hosts_file(&out, pod, hostname, STR("cluster.local"), ips, 1, STR("")));
    assert_true(
        str_ends(buf_view(&out), STR("10.244.0.9\tweb-0.web.ns.svc.cluster.local\tweb-0\n\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n")));
    const struct value *host = json(g->a, "{'metadata':{'name':'averyveryveryveryveryveryveryveryveryveryveryveryveryveryverylo-ngname'},'"
                                          "spec':{'hostNetwork':true}}");
    assert_done(plan_hostname(g->a, host, STR("cluster.local"), &hostname, &fqdn));
    assert_int_equal(hostname.n, 63);
    buf_clear(&out);
    assert_done(plan_hosts_file(&out, host, hostname, STR("cluster.local"), NULL, 0, STR("127.0.0.1 localhost\n")));
    assert_str(buf_view(&out), "# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n");
}

static int memory_body(void *ctx)
{
    struct ground *g = ctx;
    struct plan_state *s = NULL;
    struct plan_rules *rules = NULL;
    int r = plan_state_new(&s);
    if (r == 0)
        r = plan_slice_put(s, value_item(value_item((struct value *)g->answer, 0), 0));
    if (r == 0)
        r = plan_service_put(s, value_item(value_item((struct value *)g->answer, 0), 1));
    if (r == 0)
        r = plan_rules_make(&rules, s, &g->node);
    plan_rules_free(rules);
    plan_state_free(s);
    return r;
}

static void test_without_memory(void **state)
{
    struct ground *g = *state;
    struct plan_answer *keep = g->answer;
    struct value *both = json(g->a, "[[" SLICE4 ",{'metadata':{'namespace':'d','name':'web'},'spec':{'clusterIP':'10."
                                    "96.0.1','ports':[{'name':'http','port':80}]}}]]");
    g->answer = (void *)both;
    unit_fail_allocations(memory_body, g);
    g->answer = keep;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cluster_ip, setup, teardown),     cmocka_unit_test_setup_teardown(test_policies, setup, teardown),
        cmocka_unit_test_setup_teardown(test_balancers, setup, teardown),      cmocka_unit_test_setup_teardown(test_endpoint_states, setup, teardown),
        cmocka_unit_test_setup_teardown(test_host_ports, setup, teardown),     cmocka_unit_test_setup_teardown(test_dns, setup, teardown),
        cmocka_unit_test_setup_teardown(test_resolv_conf, setup, teardown),    cmocka_unit_test_setup_teardown(test_hosts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
