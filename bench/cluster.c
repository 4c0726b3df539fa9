/* bench_cluster: a whole cluster's pods through a running server. Nodes are simulated: a Node object that says Ready and a Lease that
 * is renewed every ten seconds, as agents do it. Then pods are created over many connections, and a watch tells when each is seen
 * bound: by then it was created, decided, bound, and the binding is on the disk.
 *
 *   --host IP --port N --ca FILE --cert FILE --key FILE
 *   --nodes N --pods N
 *   --clients N   connections that create, each with one request under way
 *   --server PID  whose processor time is told too
 *   --json 1      JSON both ways. Else protobuf, as typed clients speak since client-go 1.32: upstream's scheduler_perf, kubelets, controllers
 *
 * Then as many pods again as URGENT_BESIDE say, and beside them, one after another, critical ones (system-cluster-critical): the decision
 * records say how long after it had learnt of each the scheduler decided about it.
 *
 * Prints nodes_per_second; pods_per_second from the first create sent to the last binding seen; seen_…_us from a create sent to
 * its binding seen; server_us, server_main_us and own_us: processor time a pod of all threads, of the first one, and of this program;
 * urgent_…_us: critical pods from their arrival at the scheduler to the decision, urgent_seen_…_us from a create sent to the binding seen. */
#include "bench/bench.h"
#include "bench/wire.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#define RENEW_NS      INT64_C(10000000000) /* an agent's period */
#define PATIENCE_NS   INT64_C(120000000000)
#define ROWS_MAX      1000000
#define URGENT_BESIDE 6000 /* fewer than the decision records that are kept, critical ones included */
#define URGENT_MAX    1000
#define NERVES        4
#define URGENT_NS     INT64_C(3000000) /* between one and the next */

enum step { NODES, LEASES, PODS, URGENT, DECISIONS };

struct cluster {
    struct bench_pool pool;
    struct bench_connection *all, heart, eyes, nerves[NERVES]; /* creators; renews leases; watches; create critical pods */
    const char *ca, *cert, *key;
    long nodes, pods, clients, server, json;
    enum step step;
    long next, answered, ready, bound;
    int64_t begin_ns, last_ns, renewed_ns;
    long renewed;
    bool renewing;
    int64_t *sent, *seen; /* of each pod */
    bool *clean;          /* of each node: seen without taints */
    long *versions;       /* of each node's lease */
    struct wire *wire;
    struct wire_form pod, urgent_pod;
    struct buf text, body;  /* what a watch has sent of an event that is not whole; an object that is written */
    struct buf *said, beat; /* leases as they were answered to each creator, and to the heart */
    long plain;             /* pods of the first round; behind them those beside the critical ones */
    struct {
        long made, bound;
        bool busy[NERVES];
        int64_t sent[URGENT_MAX], seen[URGENT_MAX], waited[URGENT_MAX];
    } urgent;
};

static void time_text(char out[64])
{
    struct timespec t;
    struct tm day;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &day);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &day);
    snprintf(out + strlen(out), 32, ".%06ldZ", t.tv_nsec / 1000);
}

static void write_node(struct cluster *k, long i)
{
    static const char *const calm[] = {"MemoryPressure", "DiskPressure", "PIDPressure"};
    char now[64];
    time_text(now);
    now[19] = 'Z'; /* a condition's times are of whole seconds */
    now[20] = 0;
    buf_fmt(
        &k->body,
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"node-%05ld\",\"labels\":{\"kubernetes.io/hostname\":\"node-%05ld\","
        "\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"amd64\",\"topology.kubernetes.io/zone\":\"zone-%ld\"}},\"status\":{\"capacity\":"
        "{\"cpu\":\"4\",\"memory\":\"32Gi\",\"pods\":\"110\"},\"allocatable\":{\"cpu\":\"4\",\"memory\":\"32Gi\",\"pods\":\"110\"},\"conditions\":["
        "{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"KubeletReady\",\"lastHeartbeatTime\":\"%s\",\"lastTransitionTime\":\"%s\"}",
        i, i, i % 3 + 1, now, now);
    for (size_t n = 0; n < ARRAY_LEN(calm); n++)
        buf_fmt(&k->body, ",{\"type\":\"%s\",\"status\":\"False\",\"lastHeartbeatTime\":\"%s\",\"lastTransitionTime\":\"%s\"}", calm[n], now, now);
    buf_fmt(&k->body,
            "],\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"10.%ld.%ld.1\"},{\"type\":\"Hostname\",\"address\":\"node-%05ld\"}],"
            "\"nodeInfo\":{\"kubeletVersion\":\"v1.37.0\",\"operatingSystem\":\"linux\",\"architecture\":\"amd64\"}}}",
            i >> 8 & 255, i & 255, i);
}

static void write_lease(struct cluster *k, long i)
{
    char now[64];
    time_text(now);
    buf_fmt(&k->body,
            "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"node-%05ld\",\"namespace\":\"kube-node-lease\"",
            i);
    if (k->versions[i])
        buf_fmt(&k->body, ",\"resourceVersion\":\"%ld\"", k->versions[i]);
    buf_fmt(&k->body, "},\"spec\":{\"holderIdentity\":\"node-%05ld\",\"leaseDurationSeconds\":40,\"renewTime\":\"%s\"}}", i, now);
}

static void make_pods(struct cluster *k)
{
    static const char path[] = "/api/v1/namespaces/default/pods";
    static const struct str plain = STR_INIT(
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"pod-0000000\",\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{"
        "\"name\":\"pause\",\"image\":\"example.local/pause:3.10\",\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"500Mi\"}}}]}}");
    static const struct str urgent =
        STR_INIT("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"urgent-00000\"},\"spec\":{\"priorityClassName\":"
                 "\"system-cluster-critical\",\"containers\":[{\"name\":\"pause\",\"image\":\"example.local/pause:3.10\",\"resources\":{\"requests\":"
                 "{\"cpu\":\"100m\",\"memory\":\"500Mi\"}}}]}}");
    wire_form_make(k->wire, &k->pod, path, "Pod", plain, "pod-0000000");
    wire_form_make(k->wire, &k->urgent_pod, path, "Pod", urgent, "urgent-00000");
}

static long number_in(struct str name, const char *head, long max)
{
    size_t n = strlen(head);
    long i = name.n > n && memcmp(name.p, head, n) == 0 ? strtol(name.p + n, NULL, 10) : -1;
    return i < max ? i : -1;
}

static void create_next(struct cluster *k, struct bench_connection *c)
{
    static const char leases[] = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
    if (k->next == (k->step == PODS ? k->plain : k->step == URGENT ? k->pods : k->nodes))
        return;
    long i = k->next++;
    k->body.n = 0;
    if (k->step >= PODS) {
        k->sent[i] = bench_now_ns();
        bench_send(c, wire_form_fill(&k->pod, i));
    } else if (k->step == NODES) {
        write_node(k, i);
        bench_send(c, wire_write(k->wire, "POST", "/api/v1/nodes", STR(""), "Node", buf_view(&k->body)));
    } else {
        write_lease(k, i);
        bench_send(c, wire_write(k->wire, "POST", leases, STR("coordination.k8s.io"), "Lease", buf_view(&k->body)));
    }
}

/* Of each lease the version it has, without which none is updated. */
static void note_lease(struct cluster *k, struct buf *said)
{
    struct wire_seen seen;
    wire_look(k->wire, buf_view(said), false, &seen);
    long i = number_in(seen.name, "node-", k->nodes);
    if (i < 0 || seen.version <= 0)
        bench_fail("a lease was answered without its version");
    k->versions[i] = seen.version;
    said->n = 0;
}

static void on_reply(void *ctx, struct bench_connection *c, int code, int64_t sent_ns)
{
    struct cluster *k = ctx;
    (void)sent_ns;
    if (c == &k->eyes)
        bench_fail("the watch ended with %d", code);
    if (c >= k->nerves && c < k->nerves + NERVES) {
        k->urgent.busy[c - k->nerves] = false;
        if (code >= 300)
            bench_fail("a critical pod, or the question after one, was answered %d", code);
        return;
    }
    if (c == &k->heart) {
        k->renewing = false;
        if (code >= 300)
            bench_fail("a lease's renewal was answered %d", code);
        note_lease(k, &k->beat);
        return;
    }
    if (code >= 300)
        bench_fail("create %ld was answered %d", k->next, code);
    if (k->step == LEASES)
        note_lease(k, &k->said[c->index]);
    k->answered++;
    create_next(k, c);
}

/* Each lease every ten seconds, one after another, by updates, as kubelets do it. */
static void renew(struct cluster *k)
{
    char path[128];
    int64_t now = bench_now_ns();
    if (k->renewing || k->step < PODS || now - k->renewed_ns < RENEW_NS / k->nodes)
        return;
    k->renewed_ns = MAX(k->renewed_ns + RENEW_NS / k->nodes, now - RENEW_NS / 10);
    k->renewing = true;
    k->body.n = 0;
    write_lease(k, k->renewed);
    snprintf(path, sizeof(path), "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-%05ld", k->renewed);
    k->renewed = (k->renewed + 1) % k->nodes;
    bench_send(&k->heart, wire_write(k->wire, "PUT", path, STR("coordination.k8s.io"), "Lease", buf_view(&k->body)));
}

/* ── critical pods ── */

static void urge(struct cluster *k)
{
    long n = k->urgent.made;
    size_t at = 0;
    while (at < NERVES && k->urgent.busy[at])
        at++;
    if (at == NERVES || n == URGENT_MAX || (n && bench_now_ns() - k->urgent.sent[n - 1] < URGENT_NS))
        return;
    k->urgent.busy[at] = true;
    k->urgent.made++;
    k->urgent.sent[n] = bench_now_ns();
    bench_send(&k->nerves[at], wire_form_fill(&k->urgent_pod, n));
}

/* ── what the watch says ── */

static long number_after(struct str line, const char *mark, long max)
{
    const char *at = memmem(line.p, line.n, mark, strlen(mark));
    long n = at ? strtol(at + strlen(mark), NULL, 10) : -1;
    return n < max ? n : -1;
}

static void see_node(struct cluster *k, struct str object)
{
    struct wire_seen seen;
    wire_look(k->wire, object, true, &seen);
    long i = number_in(seen.name, "node-", k->nodes);
    if (i < 0)
        return;
    k->ready += !seen.tainted - k->clean[i];
    k->clean[i] = !seen.tainted;
}

static void see_decision(struct cluster *k, struct str text, long i)
{
    long n = number_after(text, "\"waitedMicroseconds\":", LONG_MAX);
    if (n < 0)
        bench_fail("nothing is known of the decision about critical pod %ld: %.*s", i, (int)MIN(text.n, (size_t)500), text.p);
    k->urgent.waited[i] = n * 1000;
}

static void see_pod(struct cluster *k, struct str object)
{
    struct wire_seen seen;
    wire_look(k->wire, object, false, &seen);
    long i = number_in(seen.name, "pod-", k->pods), urgent = i < 0 ? number_in(seen.name, "urgent-", k->urgent.made) : -1;
    if (!seen.bound)
        return;
    if (i >= 0 && !k->seen[i]) {
        k->last_ns = k->seen[i] = bench_now_ns();
        k->bound++;
    } else if (urgent >= 0 && !k->urgent.seen[urgent]) {
        k->urgent.seen[urgent] = bench_now_ns();
        k->urgent.bound++;
    }
}

static void see_events(struct cluster *k, struct str text)
{
    struct str object;
    if (k->text.n) {
        buf_str(&k->text, text);
        text = buf_view(&k->text);
    }
    if (buf_error(&k->text) < 0)
        bench_fail("no memory");
    for (size_t n; (n = wire_event(k->wire, text, &object)) != 0; text = (struct str){text.p + n, text.n - n})
        (k->step < PODS ? see_node : see_pod)(k, object);
    if (k->text.n)
        buf_drop(&k->text, k->text.n - text.n);
    else
        buf_str(&k->text, text);
}

static void on_text(void *ctx, struct bench_connection *c, struct str text)
{
    struct cluster *k = ctx;
    if (c == &k->eyes)
        see_events(k, text);
    else if (c == &k->heart)
        buf_str(&k->beat, text);
    else if (c == &k->nerves[0] && k->step == DECISIONS)
        buf_str(&k->text, text);
    else if (k->step == LEASES)
        buf_str(&k->said[c->index], text);
}

static void watch(struct cluster *k, const char *path)
{
    bench_open(&k->pool, &k->eyes, -2);
    k->text.n = 0;
    bench_send(&k->eyes, wire_read(k->wire, path, false));
}

/* ── processor time ── */

static double spent_by(long pid, const char *task)
{
    char path[512];
    long long ns = 0;
    snprintf(path, sizeof(path), "/proc/%ld/task/%s/schedstat", pid, task);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%lld", &ns) != 1)
        ns = 0;
    if (f)
        fclose(f);
    return (double)ns / 1e3;
}

struct spent {
    double all, main, own; /* microseconds */
};

static struct spent spent(const struct cluster *k)
{
    struct spent s = {0};
    struct timespec t;
    char path[64], pid[32];
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    s.own = (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
    snprintf(path, sizeof(path), "/proc/%ld/task", k->server);
    snprintf(pid, sizeof(pid), "%ld", k->server);
    DIR *d = k->server ? opendir(path) : NULL;
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.')
            s.all += spent_by(k->server, e->d_name);
    if (d)
        closedir(d);
    s.main = k->server ? spent_by(k->server, pid) : 0;
    return s;
}

/* ── the run ── */

static void turn_until(struct cluster *k, const long *what, long n, const char *name)
{
    int64_t until = bench_now_ns() + PATIENCE_NS;
    while (*what < n) {
        bench_turn(&k->pool, 1);
        renew(k);
        if (k->step == URGENT)
            urge(k);
        if (bench_now_ns() > until)
            bench_fail("only %ld of %ld %s", *what, n, name);
    }
}

static void create_all(struct cluster *k, enum step step, long n, const char *name)
{
    k->step = step;
    k->next = step == URGENT ? k->plain : 0;
    k->answered = 0;
    k->begin_ns = bench_now_ns();
    for (long i = 0; i < k->clients; i++)
        create_next(k, &k->all[i]);
    turn_until(k, &k->answered, n, name);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void tell(struct cluster *k)
{
    for (long i = 0; i < k->plain; i++)
        k->sent[i] = k->seen[i] - k->sent[i];
    qsort(k->sent, (size_t)k->plain, sizeof(*k->sent), by_size);
    printf("pods_per_second %.1f\n", (double)k->plain / ((double)(k->last_ns - k->begin_ns) / 1e9));
    printf("seen_p50_us %.1f\nseen_p99_us %.1f\nseen_max_us %.1f\n", (double)k->sent[k->plain / 2] / 1e3, (double)k->sent[k->plain * 99 / 100] / 1e3,
           (double)k->sent[k->plain - 1] / 1e3);
}

static void tell_urgent(const char *name, int64_t *list, long n)
{
    qsort(list, (size_t)n, sizeof(*list), by_size);
    printf("%s_p50_us %.1f\n%s_p99_us %.1f\n%s_max_us %.1f\n", name, (double)list[n / 2] / 1e3, name, (double)list[n * 99 / 100] / 1e3, name,
           (double)list[n - 1] / 1e3);
}

/* The queue is kept full by the creators; each decision is asked about when all is over, for the answer looks at every node. */
static void run_urgent(struct cluster *k)
{
    char path[128];
    for (int i = 0; i < NERVES; i++)
        bench_open(&k->pool, &k->nerves[i], -3 - i);
    create_all(k, URGENT, k->pods - k->plain, "creates beside critical pods were answered");
    turn_until(k, &k->bound, k->pods, "pods beside critical ones were seen bound");
    turn_until(k, &k->urgent.bound, k->urgent.made, "critical pods were seen bound");
    for (size_t i = 0; i < NERVES; i++)
        while (k->urgent.busy[i])
            bench_turn(&k->pool, 1);
    bench_close(&k->eyes);
    k->step = DECISIONS;
    for (long i = 0; i < k->urgent.made; i++) {
        k->urgent.busy[0] = true;
        k->text.n = 0;
        snprintf(path, sizeof(path), "/apis/coracle.dev/v1alpha1/namespaces/default/pods/urgent-%05ld/decision?limit=0", i);
        bench_send(&k->nerves[0], wire_read(k->wire, path, true));
        while (k->urgent.busy[0])
            bench_turn(&k->pool, 1);
        see_decision(k, buf_view(&k->text), i);
        k->urgent.sent[i] = k->urgent.seen[i] - k->urgent.sent[i];
    }
    printf("urgent %ld\n", k->urgent.made);
    tell_urgent("urgent", k->urgent.waited, k->urgent.made);
    tell_urgent("urgent_seen", k->urgent.sent, k->urgent.made);
}

static void run(struct cluster *k)
{
    for (long i = 0; i < k->clients; i++)
        bench_open(&k->pool, &k->all[i], (int)i);
    bench_open(&k->pool, &k->heart, -1);
    watch(k, "/api/v1/nodes?watch=1&resourceVersion=0");
    create_all(k, LEASES, k->nodes, "leases were answered");
    create_all(k, NODES, k->nodes, "nodes were answered");
    double answered = (double)(bench_now_ns() - k->begin_ns) / 1e9;
    turn_until(k, &k->ready, k->nodes, "nodes are without taints");
    double ready = (double)(bench_now_ns() - k->begin_ns) / 1e9;
    printf("nodes_per_second %.1f\nnodes_ready_per_second %.1f\n", (double)k->nodes / answered, (double)k->nodes / ready);
    bench_close(&k->eyes);
    k->renewed_ns = bench_now_ns();
    k->step = PODS;
    watch(k, "/api/v1/namespaces/default/pods?watch=1&resourceVersion=0");
    for (int64_t until = bench_now_ns() + 1000000000; bench_now_ns() < until; renew(k))
        bench_turn(&k->pool, 1); /* what the nodes left to be done is done */
    struct spent before = spent(k);
    create_all(k, PODS, k->plain, "creates were answered");
    printf("creates_per_second %.1f\n", (double)k->plain / ((double)(bench_now_ns() - k->begin_ns) / 1e9));
    turn_until(k, &k->bound, k->plain, "pods were seen bound");
    struct spent after = spent(k);
    tell(k);
    if (k->server)
        printf("server_us %.1f\nserver_main_us %.1f\n", (after.all - before.all) / (double)k->plain, (after.main - before.main) / (double)k->plain);
    printf("own_us %.1f\n", (after.own - before.own) / (double)k->plain);
    fflush(stdout);
    run_urgent(k);
}

int main(int argc, char **argv)
{
    static struct cluster k = {.pool = {.host = "127.0.0.1"}, .nodes = 5000, .pods = 30000, .clients = 64};
    struct {
        const char *name;
        const char **text;
        long *number;
    } flags[] = {
        {"--host", &k.pool.host, NULL}, {"--ca", &k.ca, NULL},     {"--cert", &k.cert, NULL},       {"--key", &k.key, NULL},
        {"--nodes", NULL, &k.nodes},    {"--pods", NULL, &k.pods}, {"--clients", NULL, &k.clients}, {"--port", NULL, NULL},
        {"--server", NULL, &k.server},  {"--json", NULL, &k.json},
    };
    for (int at = 1; at < argc; at += 2) {
        size_t i = 0;
        while (i < ARRAY_LEN(flags) && strcmp(flags[i].name, argv[at]) != 0)
            i++;
        if (i == ARRAY_LEN(flags) || at + 1 == argc)
            bench_fail("%s is no flag, or has no value", argv[at]);
        if (flags[i].text)
            *flags[i].text = argv[at + 1];
        else if (flags[i].number)
            *flags[i].number = atol(argv[at + 1]);
        else
            k.pool.port = atoi(argv[at + 1]);
    }
    if (!k.ca || k.nodes < 1 || k.pods < 1 || k.nodes > 99999 || k.pods > ROWS_MAX - URGENT_BESIDE || k.clients < 1 || k.clients > 1000)
        bench_fail("bench_cluster --port N --ca FILE --cert FILE --key FILE [--nodes N] [--pods N] [--clients N] [--json 1]");
    k.plain = k.pods;
    k.pods += URGENT_BESIDE;
    k.pool.ctx = &k;
    k.pool.on_reply = on_reply;
    k.pool.on_text = on_text;
    k.pool.epoll = epoll_create1(EPOLL_CLOEXEC);
    k.all = calloc((size_t)k.clients, sizeof(*k.all));
    k.sent = calloc((size_t)k.pods, sizeof(*k.sent));
    k.seen = calloc((size_t)k.pods, sizeof(*k.seen));
    k.clean = calloc((size_t)k.nodes, sizeof(*k.clean));
    k.versions = calloc((size_t)k.nodes, sizeof(*k.versions));
    k.said = calloc((size_t)k.clients, sizeof(*k.said));
    k.text = k.body = k.beat = BUF_INIT(0);
    if (k.pool.epoll < 0 || !k.all || !k.sent || !k.seen || !k.clean || !k.versions || !k.said)
        bench_fail("no memory");
    for (long i = 0; i < k.clients; i++)
        k.said[i] = BUF_INIT(0);
    k.wire = wire_new(k.json);
    make_pods(&k);
    bench_tls(&k.pool, k.ca, k.cert, k.key);
    run(&k);
    return 0;
}
