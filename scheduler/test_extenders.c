/* HTTP extenders: a server in a process of its own is asked about nodes, over real sockets; the API is in memory. */
#include "scheduler/test_ground.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "http/http.h"
#include "tls/tls.h"

#define HEAD "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"

/* What the server tells the tests. */
static struct told {
    int port, tls_port, filters, priorities, binds, huge;
    bool shown;        /* the last one who asked over TLS had a certificate of ours */
    int nodes_in_full; /* of the last filter: how many came as objects */
    int preempts;
    bool meta;         /* the last preemption came by names */
    char offered[300]; /* its nodes and how many would go from each, in order */
    char bound[600];
} * told;
static pid_t server;
static struct tls_pair ca, own, client;

/* ── the server: its own process ── */

struct later {
    struct loop_timer timer;
    struct http_req *q;
};

static void reply(struct http_req *q, struct buf *b)
{
    struct http_header type = {STR("content-type"), STR("application/json")};
    http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = buf_view(b)});
}

static void filter(struct http_req *q, const struct value *args)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    const struct value *names = value_get(args, STR("NodeNames")), *items = value_at(args, "Nodes.items");
    size_t n = 0;
    told->filters++;
    told->huge += str_is(value_text_at(args, "Pod.metadata.name"), "huge");
    told->nodes_in_full = (int)value_count(items);
    buf_text(&b, "{\"nodeNames\":["); /* Go does not care for the case of letters */
    VALUE_EACH_ITEM (x, names)
        if (!str_starts(value_text(x), STR("bad")))
            buf_fmt(&b, "%s\"%.*s\"", n++ ? "," : "", STR_FMT(value_text(x)));
    VALUE_EACH_ITEM (x, items)
        if (!str_starts(value_text_at(x, "metadata.name"), STR("bad")))
            buf_fmt(&b, "%s\"%.*s\"", n++ ? "," : "", STR_FMT(value_text_at(x, "metadata.name")));
    buf_text(&b, "],\"FailedNodes\":{\"bad\":\"node(s) were bad\"},\"Error\":\"\"}");
    reply(q, &b);
}

static void on_later(void *ctx)
{
    struct later *l = ctx;
    SCOPED_BUF b = BUF_INIT(4096);
    buf_text(&b, "{\"NodeNames\":[\"good\",\"best\",\"bad\"]}");
    if (l->q) {
        http_req_set_data(l->q, NULL, NULL);
        reply(l->q, &b);
    }
    mem_free(l);
}

/* The first candidate is struck out; of a "keep" pod nothing must go: whoever is named with it goes alone. */
static void preempt(struct http_req *q, const struct value *args)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    const struct value *meta = value_get(args, STR("NodeNameToMetaVictims")), *full = value_get(args, STR("NodeNameToVictims"));
    size_t n = 0, len = 0;
    told->preempts++;
    told->meta = !value_is_null(meta);
    buf_text(&b, "{\"NodeNameToMetaVictims\":{");
    VALUE_EACH_MEMBER (m, told->meta ? meta : full) {
        const struct value *pods = value_get(&m->value, STR("Pods"));
        len += (size_t)snprintf(told->offered + len, sizeof(told->offered) - len, "%.*s=%zu ", STR_FMT(m->key), value_count(pods));
        if (str_starts(m->key, STR("good")))
            continue;
        buf_fmt(&b, "%s\"%.*s\":{\"Pods\":[", n++ ? "," : "", STR_FMT(m->key));
        VALUE_EACH_ITEM (p, pods)
            buf_fmt(&b, "%s{\"UID\":\"%.*s\"}", p == value_item(pods, 0) ? "" : ",", STR_FMT(value_text_at(p, told->meta ? "UID" : "metadata.uid")));
        buf_text(&b, "],\"NumPDBViolations\":0}");
    }
    buf_text(&b, "}}");
    reply(q, &b);
}

static void gone(void *data)
{
    struct later *l = data;
    l->q = NULL;
}

static void on_request(void *ctx, struct http_req *q)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(4096);
    struct value args = {0};
    struct str path = http_req_path(q);
    if (arena_new(&a, 64u << 20) < 0 || json_parse(a, http_req_body(q), &args, NULL) < 0)
        _exit(3);
    told->shown = http_req_peer_cert(q).n > 0;
    if (str_is(path, "/x/filter")) {
        filter(q, &args);
    } else if (str_is(path, "/x/prioritize")) {
        told->priorities++;
        buf_text(&b, "[{\"Host\":\"good\",\"Score\":0},{\"Host\":\"best\",\"Score\":10}]");
        reply(q, &b);
    } else if (str_is(path, "/x/bind")) {
        told->binds++;
        snprintf(told->bound, sizeof(told->bound), "%.*s/%.*s on %.*s", STR_FMT(value_text_at(&args, "PodNamespace")),
                 STR_FMT(value_text_at(&args, "PodName")), STR_FMT(value_text_at(&args, "Node")));
        buf_text(&b, "{}");
        reply(q, &b);
    } else if (str_is(path, "/x/preempt")) {
        preempt(q, &args);
    } else if (str_is(path, "/x/preempt-nobody")) {
        told->preempts++;
        buf_text(&b, "{\"NodeNameToMetaVictims\":{}}");
        reply(q, &b);
    } else if (str_is(path, "/x/preempt-wrong")) {
        told->preempts++;
        buf_text(&b, "{\"NodeNameToMetaVictims\":{\"good\":{\"Pods\":[{\"UID\":\"nobody\"}]}}}");
        reply(q, &b);
    } else if (str_is(path, "/x/gives-in")) { /* not before it was asked three times */
        told->filters++;
        if (told->filters >= 3)
            buf_text(&b, "{\"NodeNames\":[\"good\",\"best\",\"bad\"]}");
        else
            buf_text(&b, "{\"NodeNames\":[],\"FailedNodes\":{}}");
        reply(q, &b);
    } else if (str_is(path, "/x/slow")) {
        struct later *l = mem_alloc(sizeof(*l));
        l->q = q;
        http_req_set_data(q, l, gone);
        told->filters++;
        if (loop_timer_start(ctx, &l->timer, 700, on_later, l) < 0)
            _exit(4);
    } else if (str_is(path, "/x/error")) {
        told->filters++;
        buf_text(&b, "{\"Error\":\"it does not want to\"}");
        reply(q, &b);
    } else {
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR_INIT("no")});
    }
}

static int serve(void **state)
{
    (void)state;
    struct err no = {{0}};
    const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    int64_t now = (int64_t)time(NULL);
    assert_done(tls_ca_make(&ca, "extenders", now, 10, &no));
    assert_done(tls_cert_make(&own, &ca, "extender", NULL, &names, TLS_USAGE_SERVER, now, 10, &no));
    assert_done(tls_cert_make(&client, &ca, "scheduler", NULL, NULL, TLS_USAGE_CLIENT, now, 10, &no));
    told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(told != MAP_FAILED);
    server = fork();
    if (server == 0) {
        struct loop *l = NULL;
        struct http_server *h = NULL;
        struct err err = {{0}};
        if (loop_new(&l) < 0)
            _exit(1);
        struct http_server_options o = {.address = "127.0.0.1", .on_request = on_request, .ctx = l};
        if (http_server_new(&h, l, &o, &err) < 0)
            _exit(2);
        struct http_server *s = NULL;
        SSL_CTX *tls = NULL;
        if (tls_server_context(&tls, &own, ca.cert_pem, STR("\x08http/1.1"), &err) < 0)
            _exit(5);
        o.tls = tls;
        if (http_server_new(&s, l, &o, &err) < 0)
            _exit(6);
        told->tls_port = http_server_port(s);
        told->port = http_server_port(h);
        _exit(loop_run(l) < 0);
    }
    for (int i = 0; i < 1000 && !*(volatile int *)&told->port; i++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    assert_true(told->port > 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    tls_pair_done(&ca);
    tls_pair_done(&own);
    tls_pair_done(&client);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    return 0;
}

/* ── the tests ── */

static struct ground *begin_with(const char *more, bool groups)
{
    static char text[20000];
    struct loop *l = NULL;
    int port = told->port, tls_port = told->tls_port;
    *told = (struct told){.port = port, .tls_port = tls_port};
    bool tls = strstr(more, "tlsConfig") != NULL;
    snprintf(text, sizeof(text), HEAD "extenders:\n- urlPrefix: http%s://127.0.0.1:%d/x\n%s", tls ? "s" : "", tls ? tls_port : port, more);
    assert_done(loop_new(&l));
    struct ground *g = ground_new_with(l, text, groups);
    ground_node(g, "good", "4", "");
    ground_node(g, "bad", "64", ""); /* the tree's own choice */
    ground_node(g, "best", "4", "");
    fake_run(g->f, 50);
    return g;
}

static struct ground *begin(const char *more)
{
    return begin_with(more, false);
}

static void wait_for(struct ground *g, const char *pod, const char *node)
{
    for (int i = 0; i < 500 && !str_is(ground_place(g, pod), node); i++)
        fake_run(g->f, 20);
    assert_str(ground_place(g, pod), node);
}

static struct str message_of(struct ground *g, const char *pod)
{
    return value_text_at(value_item(value_at(fake_get(g->f, g->a, "", "pods", "default", pod), "status.conditions"), 0), "message");
}

static void filters_and_scores(void **state)
{
    (void)state;
    struct ground *g = begin("  filterVerb: filter\n  prioritizeVerb: prioritize\n  weight: 5\n  nodeCacheCapable: true\n");
    ground_pod(g, "p", "1", "");
    wait_for(g, "p", "best");
    assert_int_equal(told->filters, 1);
    assert_int_equal(told->priorities, 1);
    assert_int_equal(told->nodes_in_full, 0);
    /* One that fits only where the extender does not want it: its words are in the message. */
    ground_pod(g, "big", "40", "");
    for (int i = 0; i < 200 && !message_of(g, "big").n; i++)
        fake_run(g->f, 20);
    assert_true(str_starts(message_of(g, "big"), STR("0/3 nodes are available: 1 node(s) were bad, 2 Insufficient cpu.")));
    /* One that fits nowhere is nobody's question. */
    ground_pod(g, "huge", "400", "");
    for (int i = 0; i < 200 && !message_of(g, "huge").n; i++)
        fake_run(g->f, 20);
    assert_int_equal(told->huge, 0);
    ground_free(g);
}

static void whole_nodes_and_binding(void **state)
{
    (void)state;
    struct ground *g = begin("  filterVerb: filter\n  bindVerb: bind\n");
    ground_pod(g, "p", "1", "");
    for (int i = 0; i < 500 && !told->binds; i++)
        fake_run(g->f, 20);
    assert_int_equal(told->nodes_in_full, 3);
    assert_true(strcmp(told->bound, "default/p on good") == 0 || strcmp(told->bound, "default/p on best") == 0);
    fake_run(g->f, 50);
    assert_int_equal(ground_place(g, "p").n, 0); /* that one's business, not ours */
    ground_free(g);
}

/* Pods it does not care for go past the one that waits for its answer. */
static void slow_one(void **state)
{
    (void)state;
    struct ground *g = begin("  filterVerb: slow\n  nodeCacheCapable: true\n  httpTimeout: 10s\n  managedResources: [{name: example.com/thing, "
                             "ignoredByScheduler: true}]\n");
    fake_put(g->f, "", "pods",
             "{'metadata':{'name':'waits','namespace':'default'},'spec':{'schedulerName':'default-scheduler','containers':[{'name':'c','image':'i',"
             "'resources':{'requests':{'example.com/thing':'1'},'limits':{'example.com/thing':'1'}}}]}}");
    for (int i = 0; i < 300 && !told->filters; i++)
        fake_run(g->f, 5);
    for (int i = 0; i < 20; i++) {
        char name[16];
        snprintf(name, sizeof(name), "q%d", i);
        ground_pod(g, name, "100m", "");
    }
    for (int i = 0; i < 100 && !ground_place(g, "q19").n; i++)
        fake_run(g->f, 2);
    assert_true(ground_place(g, "q19").n > 0);
    assert_int_equal(ground_place(g, "waits").n, 0); /* the answer takes longer than all of them together */
    for (int i = 0; i < 500 && !ground_place(g, "waits").n; i++)
        fake_run(g->f, 20);
    assert_true(ground_place(g, "waits").n > 0);
    assert_int_equal(told->filters, 1);
    ground_free(g);
}

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

static void failures(void **state)
{
    (void)state;
    struct ground *g = begin("  filterVerb: error\n  nodeCacheCapable: true\n");
    ground_pod(g, "p", "1", "");
    for (int i = 0; i < 300 && told->filters < 2; i++)
        fake_run(g->f, 20);
    assert_true(told->filters >= 2); /* it is tried again, after its back-off */
    assert_int_equal(ground_place(g, "p").n, 0);
    ground_free(g);
    g = begin("  filterVerb: error\n  nodeCacheCapable: true\n  ignorable: true\n");
    ground_pod(g, "p", "1", "");
    wait_for(g, "p", "bad");
    ground_free(g);
    g = begin("  filterVerb: nosuch\n  nodeCacheCapable: true\n  ignorable: true\n");
    ground_pod(g, "p", "1", "");
    wait_for(g, "p", "bad");
    ground_free(g);
    /* In the middle of an answer the pod goes, or the scheduler. */
    g = begin("  filterVerb: slow\n  nodeCacheCapable: true\n");
    ground_pod(g, "p", "1", "");
    ground_pod(g, "q", "1", "");
    for (int i = 0; i < 300 && told->filters < 2; i++)
        fake_run(g->f, 5);
    struct client_call call = {.verb = CLIENT_DELETE, .resource = fake_resource("", "pods"), .ns = STR("default"), .name = STR("p"), .grace = 0};
    assert_done(client_send(g->f->client, &call, ignore, NULL));
    fake_run(g->f, 20);
    ground_free(g);
}

/* Every node goes while the extender thinks about them; then one comes that it was not asked about. */
static void nodes_vanish(void **state)
{
    (void)state;
    static const char *const nodes[] = {"good", "bad", "best"};
    struct ground *g = begin("  filterVerb: slow\n  nodeCacheCapable: true\n  httpTimeout: 10s\n");
    ground_pod(g, "p", "1", "");
    for (int i = 0; i < 300 && !told->filters; i++)
        fake_run(g->f, 5);
    assert_int_equal(told->filters, 1); /* under way */
    for (int i = 0; i < 3; i++) {
        struct client_call call = {.verb = CLIENT_DELETE, .resource = fake_resource("", "nodes"), .name = str_of(nodes[i]), .grace = 0};
        assert_done(client_send(g->f->client, &call, ignore, NULL));
    }
    for (int i = 0; i < 200 && !message_of(g, "p").n; i++)
        fake_run(g->f, 20);
    assert_int_equal(ground_place(g, "p").n, 0);
    assert_str(message_of(g, "p"), "no nodes available to schedule pods");
    ground_node(g, "good", "4", ""); /* of a name that it said yes to */
    for (int i = 0; i < 400 && !ground_place(g, "p").n; i++)
        fake_run(g->f, 20);
    assert_str(ground_place(g, "p"), "good");
    assert_true(told->filters >= 2); /* and asked about anew */
    ground_free(g);
}

static void group(struct ground *g, const char *name, int pods, const char *cpu, const char *more)
{
    char text[600];
    snprintf(text, sizeof(text), "{'metadata':{'name':'%s','namespace':'default'},'spec':{'schedulingPolicy':{'gang':{'minCount':%d}}}}", name, pods);
    fake_put(g->f, "scheduling.k8s.io", "podgroups", text);
    for (int i = 0; i < pods; i++) {
        snprintf(
            text, sizeof(text),
            "{'metadata':{'name':'%s-%d','namespace':'default'},'spec':{'schedulerName':'default-scheduler','schedulingGroup':{'podGroupName':'%s'},"
            "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'%s'%s}}}]}}",
            name, i, name, cpu, i == pods - 1 ? more : "");
        fake_put(g->f, "", "pods", text);
    }
}

static int bound(struct ground *g, const char *name, int pods)
{
    int n = 0;
    char pod[40];
    for (int i = 0; i < pods; i++) {
        snprintf(pod, sizeof(pod), "%s-%d", name, i);
        struct str at = ground_place(g, pod);
        assert_false(str_is(at, "bad")); /* where the extender lets none */
        n += at.n > 0;
    }
    return n;
}

/* All of a group or none, whatever the extender says of each. */
static void groups(void **state)
{
    (void)state;
    struct ground *g = begin_with("  filterVerb: filter\n  prioritizeVerb: prioritize\n  weight: 5\n  nodeCacheCapable: true\n", true);
    group(g, "two", 2, "3", "");
    for (int i = 0; i < 500 && bound(g, "two", 2) < 2; i++)
        fake_run(g->f, 10);
    assert_int_equal(bound(g, "two", 2), 2);
    assert_int_equal(told->filters, 2); /* each once */
    group(g, "three", 3, "3", "");      /* only the bad node has room for it */
    for (int i = 0; i < 100; i++) {
        fake_run(g->f, 10);
        assert_int_equal(bound(g, "three", 3), 0);
    }
    ground_free(g);
    /* The one the extender cares for comes last: those before it are not bound without it. */
    g = begin_with("  filterVerb: error\n  nodeCacheCapable: true\n  managedResources: [{name: example.com/thing, ignoredByScheduler: true}]\n",
                   true);
    group(g, "part", 3, "1", ",'example.com/thing':'1'");
    for (int i = 0; i < 300 && told->filters < 2; i++) { /* asked again, after its back-off */
        fake_run(g->f, 20);
        assert_int_equal(bound(g, "part", 3), 0);
    }
    assert_true(told->filters >= 2);
    ground_free(g);
    g = begin_with("  filterVerb: slow\n  nodeCacheCapable: true\n  httpTimeout: 10s\n  managedResources: [{name: example.com/thing, "
                   "ignoredByScheduler: true}]\n",
                   true);
    group(g, "part", 3, "1", ",'example.com/thing':'1'");
    for (int i = 0; i < 300 && !told->filters; i++)
        fake_run(g->f, 5);
    fake_run(g->f, 20);
    assert_int_equal(told->filters, 1); /* under way */
    for (int i = 0; i < 3; i++) {
        char pod[16];
        snprintf(pod, sizeof(pod), "part-%d", i);
        assert_int_equal(ground_place(g, pod).n, 0);
    }
    for (int i = 0; i < 500 && !ground_place(g, "part-2").n; i++)
        fake_run(g->f, 20);
    fake_run(g->f, 50);
    for (int i = 0; i < 3; i++) {
        char pod[16];
        snprintf(pod, sizeof(pod), "part-%d", i);
        assert_true(ground_place(g, pod).n > 0);
    }
    assert_int_equal(told->filters, 1);
    ground_free(g);
}

/* Three nodes, each with two pods that are less important; the extender strikes the node out the scheduler would have taken. */
static void fill(struct ground *g)
{
    static const char *const nodes[] = {"good", "bad", "best"};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < (i == 0 ? 1 : 2); k++) { /* good: the fewest victims */
            char name[32], more[64];
            snprintf(name, sizeof(name), "low-%s-%d", nodes[i], k);
            snprintf(more, sizeof(more), ",'priority':%d,'nodeName':'%s'", i == 2 ? 7 : 5, nodes[i]);
            ground_pod(g, name, i == 1 ? "32" : i == 0 ? "4" : "2", more);
        }
    fake_run(g->f, 50);
}

static bool is_there(struct ground *g, const char *pod)
{
    return !value_is_null(fake_get(g->f, g->a, "", "pods", "default", pod));
}

static struct str nominated(struct ground *g, const char *pod)
{
    return value_text_at(fake_get(g->f, g->a, "", "pods", "default", pod), "status.nominatedNodeName");
}

static void victims(void **state)
{
    (void)state;
    for (int meta = 0; meta < 2; meta++) {
        struct ground *g = begin(meta ? "  preemptVerb: preempt\n  nodeCacheCapable: true\n" : "  preemptVerb: preempt\n");
        fill(g);
        ground_pod(g, "big", "4", ",'priority':100");
        for (int i = 0; i < 300 && !nominated(g, "big").n; i++)
            fake_run(g->f, 20);
        assert_str(nominated(g, "big"), "bad"); /* good is struck out, best's are more important */
        assert_int_equal(told->preempts, 1);
        assert_int_equal(told->meta, meta);
        assert_true(strstr(told->offered, "good=1 ") == told->offered); /* the scheduler's own choice first */
        assert_true(strstr(told->offered, "best=2 ") && strstr(told->offered, "bad=1 "));
        assert_true(is_there(g, "low-good-0") && is_there(g, "low-best-0") && is_there(g, "low-best-1"));
        ground_free(g);
    }
}

static void no_victims(void **state)
{
    (void)state;
    static const struct {
        const char *more, *says; /* NULL: it is ignored, and the scheduler's own choice stands */
    } rows[] = {
        {"  preemptVerb: preempt-nobody\n  nodeCacheCapable: true\n", "preemption: no candidate node for preemption"},
        {"  preemptVerb: preempt-nobody\n  nodeCacheCapable: true\n  ignorable: true\n", "preemption: no candidate node for preemption"},
        {"  preemptVerb: preempt-wrong\n", "it claims to preempt pod (UID: nobody) on node: good, but the pod is not found on that node"},
        {"  preemptVerb: preempt-wrong\n  ignorable: true\n", NULL},
        {"  preemptVerb: nosuch\n", "/x/nosuch\": failed with code 500"},
        {"  preemptVerb: nosuch\n  ignorable: true\n", NULL},
        {"  preemptVerb: preempt-nobody\n  managedResources: [{name: example.com/thing, ignoredByScheduler: true}]\n", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct ground *g = begin(rows[i].more);
        fill(g);
        ground_pod(g, "big", "4", ",'priority':100");
        for (int k = 0; k < 300 && !message_of(g, "big").n; k++)
            fake_run(g->f, 20);
        fake_run(g->f, 100);
        if (rows[i].says) {
            if (str_find(message_of(g, "big"), str_of(rows[i].says)) < 0)
                fail_msg("row %zu: %.*s", i, STR_FMT(message_of(g, "big")));
            assert_true(is_there(g, "low-good-0") && is_there(g, "low-bad-0") && is_there(g, "low-best-0"));
            assert_int_equal(nominated(g, "big").n, 0);
        } else {
            assert_true(str_is(nominated(g, "big"), "good") || str_is(ground_place(g, "big"), "good"));
            assert_false(is_there(g, "low-good-0"));
        }
        ground_free(g);
    }
}

/* An answer is good for one cycle: what was refused twice with the same words is asked about again. */
static void gives_in(void **state)
{
    (void)state;
    struct ground *g = begin("  filterVerb: gives-in\n  nodeCacheCapable: true\n");
    ground_node(g, "small", "100m", "");
    fake_run(g->f, 50);
    ground_pod(g, "p", "1", "");
    for (int i = 0; i < 300 && told->filters < 1; i++)
        fake_run(g->f, 20);
    fake_run(g->f, 100);
    for (int i = 0; i < 2; i++) { /* something happens that leaves the other nodes, and the message, as they were */
        fake_change(g->f, "", "nodes", "", "small",
                    i ? "{'status':{'allocatable':{'cpu':'120m','memory':'8Gi','pods':'10'}}}"
                      : "{'status':{'allocatable':{'cpu':'110m','memory':'8Gi','pods':'10'}}}");
        for (int k = 0; k < 1000 && told->filters < i + 2; k++)
            fake_run(g->f, 20);
        fake_run(g->f, 100);
    }
    assert_int_equal(told->filters, 3);
    for (int i = 0; i < 300 && !ground_place(g, "p").n; i++)
        fake_run(g->f, 20);
    assert_true(ground_place(g, "p").n > 0);
    ground_free(g);
}

static void over_tls(void **state)
{
    (void)state;
    static char more[16000];
    SCOPED_BUF a = BUF_INIT(8192);
    SCOPED_BUF c = BUF_INIT(8192);
    SCOPED_BUF k = BUF_INIT(8192);
    buf_base64(&a, str_of(ca.cert_pem));
    buf_base64(&c, str_of(client.cert_pem));
    buf_base64(&k, str_of(client.key_pem));
    snprintf(more, sizeof(more),
             "  filterVerb: filter\n  nodeCacheCapable: true\n  prioritizeVerb: prioritize\n  weight: 5\n  tlsConfig:\n    caData: %s\n    certData: "
             "%s\n    keyData: %s\n",
             buf_cstr(&a), buf_cstr(&c), buf_cstr(&k));
    struct ground *g = begin(more);
    ground_pod(g, "p", "1", "");
    wait_for(g, "p", "best");
    assert_true(told->shown);
    ground_free(g);
    /* Whom nobody vouches for is not believed. */
    g = begin("  filterVerb: filter\n  nodeCacheCapable: true\n  tlsConfig: {insecure: false}\n");
    ground_pod(g, "p", "1", "");
    fake_run(g->f, 500);
    assert_int_equal(told->filters, 0);
    assert_int_equal(ground_place(g, "p").n, 0);
    ground_free(g);
    g = begin("  filterVerb: filter\n  nodeCacheCapable: true\n  tlsConfig: {insecure: true}\n");
    ground_pod(g, "p", "1", "");
    for (int i = 0; i < 300 && !ground_place(g, "p").n; i++)
        fake_run(g->f, 20);
    assert_true(ground_place(g, "p").n > 0);
    ground_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(filters_and_scores),
                                       cmocka_unit_test(whole_nodes_and_binding),
                                       cmocka_unit_test(slow_one),
                                       cmocka_unit_test(failures),
                                       cmocka_unit_test(nodes_vanish),
                                       cmocka_unit_test(groups),
                                       cmocka_unit_test(victims),
                                       cmocka_unit_test(no_victims),
                                       cmocka_unit_test(gives_in),
                                       cmocka_unit_test(over_tls)};
    return cmocka_run_group_tests(tests, serve, end);
}
