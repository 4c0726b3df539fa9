/* bench_sched: how many pods a second the scheduler's engine places, on one core, without a server.
 *
 * The cases are those of upstream's scheduler_perf. Timed for each pod is all that the engine does for it: its creation (class,
 * queue), the cycle, and the event that shows it bound; the time is that of the processor. Trees are decoded before the clock starts, as the server's
 * caches have them. Prints a table; a file named as argument gets it as tab separated values. --only WORD runs the cases whose name has it. */
#include "bench/workloads.h"
#include "cycle/cycle.h"
#include "dynamic/dynamic.h"
#include "json/json.h"

#define NODES 5000
#define PODS  10000
#define GIB   (INT64_C(1) << 30)

struct ground {
    struct sched *sched;
    struct cycle *cycle;
    struct dynamic *dynamic;
    void (*claim_text)(char *out, size_t size, size_t i); /* NULL: pods have no claims */
    struct arena *mem;                                    /* of the pods' trees */
    int64_t *spent;                                       /* nanoseconds a pod */
    size_t n_spent, decided, placed, serial;
    int64_t now;                   /* simulated milliseconds */
    struct value **pods, **claims; /* by serial */
    size_t cap, claims_cap;
};

struct row {
    const char *name;
    uint32_t nodes;
    size_t pods;
    double wanted;
    void (*nodes_text)(char *out, size_t size, uint32_t i);
    void (*setup)(struct ground *g);
    void (*pod_text)(char *out, size_t size, size_t i);
    void (*churn)(struct ground *g, size_t i);
    bool victims;                                         /* placed pods preempt others */
    void (*claim_text)(char *out, size_t size, size_t i); /* each pod has such a claim; nodes have ten devices */
};

static int64_t clock_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* of one core: whoever else runs on the machine does not count */
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void must(int r, const char *what)
{
    if (r >= 0)
        return;
    fprintf(stderr, "bench_sched: %s: %s\n", what, strerror(-r));
    exit(1);
}

static struct value *tree(struct arena *a, const char *text)
{
    struct value *v = arena_alloc(a, sizeof(*v));
    struct err err = {{0}};
    if (!v || json_parse(a, str_of(text), v, &err) < 0) {
        fprintf(stderr, "bench_sched: %s: %s\n", err.text, text);
        exit(1);
    }
    return v;
}

/* ── objects ── */

static void plain_node(char *out, size_t size, uint32_t i)
{
    snprintf(out, size,
             "{\"metadata\":{\"name\":\"node-%u\",\"labels\":{\"kubernetes.io/hostname\":\"node-%u\",\"topology.kubernetes.io/"
             "zone\":\"zone-%u\",\"rack\":\"rack-%u\"}},"
             "\"status\":{\"allocatable\":{\"cpu\":\"4\",\"memory\":\"32Gi\",\"pods\":\"110\",\"foo.com/bar\":\"10\"}}}",
             i, i, i % 3 + 1, i / 50);
}

#define POD_HEAD "{\"metadata\":{\"namespace\":\"sched-1\",\"name\":\"pod-%zu\",\"uid\":\"uid-%zu\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\","
#define POD_SMALL \
    "\"containers\":[{\"name\":\"pause\",\"image\":\"pause:3.10\",\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"500Mi\"}}}]"

static void plain_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size, POD_HEAD "\"labels\":{\"app\":\"web\"}},\"spec\":{" POD_SMALL "}}", i, i);
}

static void spread_pod(char *out, size_t size, size_t i, const char *when)
{
    snprintf(
        out, size,
        POD_HEAD
        "\"labels\":{\"color\":\"blue\"}},\"spec\":{\"topologySpreadConstraints\":[{\"maxSkew\":5,\"topologyKey\":\"topology.kubernetes.io/zone\","
        "\"whenUnsatisfiable\":\"%s\",\"labelSelector\":{\"matchLabels\":{\"color\":\"blue\"}}}]," POD_SMALL "}}",
        i, i, when);
}

static void required_spread_pod(char *out, size_t size, size_t i)
{
    spread_pod(out, size, i, "DoNotSchedule");
}

static void preferred_spread_pod(char *out, size_t size, size_t i)
{
    spread_pod(out, size, i, "ScheduleAnyway");
}

static void affinity_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"foo\":\"\"}},\"spec\":{\"affinity\":{\"podAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{"
                      "\"labelSelector\":{\"matchLabels\":{\"foo\":\"\"}},\"topologyKey\":\"topology.kubernetes.io/zone\"}]}}," POD_SMALL "}}",
             i, i);
}

/* Five colours of 2,000 pods each, of which no two of one colour share a node: 5,000 nodes would not hold 10,000 of one. */
static void anti_affinity_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD
             "\"labels\":{\"color\":\"c%zu\"}},\"spec\":{\"affinity\":{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{"
             "\"labelSelector\":{\"matchLabels\":{\"color\":\"c%zu\"}},\"topologyKey\":\"kubernetes.io/hostname\"}]}}," POD_SMALL "}}",
             i, i, i % 5, i % 5);
}

static void preemptor(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"app\":\"high\"}},\"spec\":{\"priority\":100,\"containers\":[{\"name\":\"c\",\"image\":\"pause:3.10\","
                      "\"resources\":{\"requests\":{\"cpu\":\"1800m\",\"memory\":\"500Mi\"}}}]}}",
             i, i);
}

/* One that nobody has asked alike: whatever is known of other pods' nodes does not help it. */
static void critical_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD
             "\"labels\":{\"app\":\"critical-%zu\"}},\"spec\":{\"priority\":1000000,\"containers\":[{\"name\":\"c\",\"image\":\"pause:3.10\","
             "\"resources\":{\"requests\":{\"cpu\":\"1500m\",\"memory\":\"500Mi\"}}}]}}",
             i, i, i);
}

static void some_unschedulable(char *out, size_t size, size_t i)
{
    if (i % 2)
        plain_pod(out, size, i);
    else
        snprintf(out, size,
                 POD_HEAD "\"labels\":{\"app\":\"large\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"pause:3.10\","
                          "\"resources\":{\"requests\":{\"cpu\":\"9\",\"memory\":\"500Mi\"}}}]}}",
                 i, i);
}

static void extended_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"pause:3.10\",\"resources\":{\"requests\":{"
                      "\"cpu\":\"100m\",\"memory\":\"500Mi\",\"foo.com/bar\":\"1\"}}}]}}",
             i, i);
}

/* Eight in a group; the last of them brings the turn of all. */
#define GANG 8
static void gang_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size, POD_HEAD "\"labels\":{\"app\":\"web\"}},\"spec\":{\"schedulingGroup\":{\"podGroupName\":\"gang-%zu\"}," POD_SMALL "}}", i, i,
             i / GANG);
}

/* One group of all pods; nothing happens before the last of them is there. */
static void member_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size, POD_HEAD "\"labels\":{\"app\":\"web\"}},\"spec\":{\"schedulingGroup\":{\"podGroupName\":\"big\"}," POD_SMALL "}}", i, i);
}

static void strong_member(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"app\":\"high\"}},\"spec\":{\"priority\":100,\"schedulingGroup\":{\"podGroupName\":\"big\"},\"containers\":[{"
                      "\"name\":\"c\",\"image\":\"pause:3.10\",\"resources\":{\"requests\":{\"cpu\":\"1800m\",\"memory\":\"500Mi\"}}}]}}",
             i, i);
}

/* ── devices: upstream's SchedulingWithResourceClaimTemplate (5,000 claims on 500 nodes of ten devices, half of them there before) ── */

static void device_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"app\":\"gpu\"}},\"spec\":{\"resourceClaims\":[{\"name\":\"resource\",\"resourceClaimTemplateName\":\"t\"}],"
                      "\"containers\":[{\"name\":\"pause\",\"image\":\"pause:3.10\",\"resources\":{\"claims\":[{\"name\":\"resource\"}]}}]},"
                      "\"status\":{\"resourceClaimStatuses\":[{\"name\":\"resource\",\"resourceClaimName\":\"claim-%zu\"}]}}",
             i, i, i);
}

#define CLAIM_HEAD \
    "{\"metadata\":{\"namespace\":\"sched-1\",\"name\":\"claim-%zu\",\"uid\":\"claim-uid-%zu\",\"ownerReferences\":[{\"kind\":\"Pod\"," \
    "\"name\":\"pod-%zu\",\"uid\":\"uid-%zu\",\"controller\":true}]},\"spec\":{\"devices\":"

static void one_device(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             CLAIM_HEAD
             "{\"requests\":[{\"name\":\"req-0\",\"exactly\":{\"deviceClassName\":\"test-class\",\"allocationMode\":\"ExactCount\",\"count\":1}}]}}}",
             i, i, i, i);
}

static void two_alike(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             CLAIM_HEAD
             "{\"requests\":[{\"name\":\"req-0\",\"exactly\":{\"deviceClassName\":\"test-class\",\"allocationMode\":\"ExactCount\",\"count\":1}},"
             "{\"name\":\"req-1\",\"exactly\":{\"deviceClassName\":\"test-class\",\"allocationMode\":\"ExactCount\",\"count\":1}}],"
             "\"constraints\":[{\"requests\":[\"req-0\",\"req-1\"],\"matchAttribute\":\"test-driver.cdi.k8s.io/numa\"}]}}}",
             i, i, i, i);
}

static void give_devices(struct ground *g, struct arena *a, uint32_t i)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_fmt(&b,
            "{\"metadata\":{\"name\":\"slice-%u\"},\"spec\":{\"driver\":\"test-driver.cdi.k8s.io\",\"nodeName\":\"node-%u\",\"pool\":{\"name\":"
            "\"node-%u\","
            "\"generation\":1,\"resourceSliceCount\":1},\"devices\":[",
            i, i, i);
    for (int k = 0; k < 10; k++)
        buf_fmt(&b, "%s{\"name\":\"device-%d\",\"attributes\":{\"id\":{\"string\":\"%u-%d\"},\"numa\":{\"int\":%d}}}", k ? "," : "", k, i, k, k % 2);
    buf_text(&b, "]}}");
    must(dynamic_put(g->dynamic, DYNAMIC_SLICE, tree(a, buf_cstr(&b))), "a slice");
}

/* ── running ── */

static struct value *pod_made(struct ground *g, void (*text)(char *, size_t, size_t))
{
    char out[2048];
    text(out, sizeof(out), g->serial);
    struct value *v = tree(g->mem, out);
    while (g->serial >= g->cap)
        must(vec_grow((void **)(void *)&g->pods, g->cap, &g->cap, sizeof(*g->pods)), "no memory");
    if (g->claim_text) {
        char claim[1024];
        g->claim_text(claim, sizeof(claim), g->serial);
        while (g->serial >= g->claims_cap)
            must(vec_grow((void **)(void *)&g->claims, g->claims_cap, &g->claims_cap, sizeof(*g->claims)), "no memory");
        g->claims[g->serial] = tree(g->mem, claim);
    }
    g->pods[g->serial++] = v;
    return v;
}

static int64_t serial_of(const struct sched_pod *p)
{
    int64_t serial = -1;
    must(str_to_int(str_from(sched_pod_uid(p), 4), &serial), "a pod's uid");
    return serial;
}

/* The claim as its write shows it, then told as a cache would. */
static void claim_written(struct ground *g, const struct sched_pod *p)
{
    struct dynamic_write w;
    struct value *v = g->claims[serial_of(p)], allocation, one = value_make_map(), list = value_make_list();
    int r = 0;
    if (dynamic_plan(g->dynamic, p, &w, 1) != 1)
        must(-EINVAL, "a claim's plan");
    must(value_copy(g->mem, w.allocation, &allocation), "no memory");
    VALUE_SET(&r, g->mem, &one, "uid", value_make_text(value_text_at(g->pods[serial_of(p)], "metadata.uid")));
    VALUE_SET(&r, g->mem, v, "status.allocation", allocation);
    if (r < 0 || !value_add(g->mem, &list, one) || !value_put(g->mem, v, "status.reservedFor", list))
        must(-ENOMEM, "no memory");
    must(dynamic_put(g->dynamic, DYNAMIC_CLAIM, v), "a claim");
    cycle_tell(g->cycle, SCHED_OTHER, v, g->now);
    dynamic_pod_gone(g->dynamic, sched_pod_uid(p));
}

static void bring(struct ground *g, const struct value *pod)
{
    int64_t serial;
    if (g->claim_text) {
        must(str_to_int(str_from(value_text_at(pod, "metadata.uid"), 4), &serial), "a pod's uid");
        must(dynamic_put(g->dynamic, DYNAMIC_CLAIM, g->claims[serial]), "a claim");
        cycle_tell(g->cycle, SCHED_ADDED, g->claims[serial], g->now);
    }
    must(cycle_put(g->cycle, SCHED_POD, pod, g->now), "a pod");
}

static struct value *tree_of(struct ground *g, const struct sched_pod *p)
{
    return g->pods[serial_of(p)];
}

/* What the server would do about an outcome. */
static void act(struct ground *g, const struct cycle_outcome *o)
{
    g->decided++;
    if (o->kind == CYCLE_PLACED) {
        struct value *v = tree_of(g, o->pod);
        if (g->claim_text)
            claim_written(g, o->pod);
        if (!value_put(g->mem, v, "spec.nodeName", value_make_text(sched_node_name(g->sched, o->node))))
            must(-ENOMEM, "no memory");
        must(cycle_put(g->cycle, SCHED_POD, v, g->now), "bound");
        g->placed++;
    } else if (o->kind == CYCLE_PREEMPTS) {
        size_t n = o->n_victims;
        struct str *uids = arena_alloc(g->mem, (n + 1) * sizeof(*uids));
        if (!uids)
            must(-ENOMEM, "no memory");
        for (size_t i = 0; i < n; i++)
            if (arena_str(g->mem, sched_pod_uid(o->victims[i]), &uids[i]) < 0)
                must(-ENOMEM, "no memory");
        for (size_t i = 0; i < n; i++)
            cycle_del(g->cycle, SCHED_POD, STR_NONE, uids[i], g->now);
    }
}

static void drain(struct ground *g)
{
    struct cycle_outcome o;
    int r;
    while ((r = cycle_step(g->cycle, g->now, &o)) > 0)
        act(g, &o);
    must(r, "a cycle");
}

static void fill(struct ground *g, size_t n, void (*text)(char *, size_t, size_t))
{
    for (size_t i = 0; i < n; i++) {
        bring(g, pod_made(g, text));
        drain(g);
    }
}

static void fill_devices(struct ground *g)
{
    fill(g, 2500, device_pod);
}

static void fill_pairs(struct ground *g)
{
    fill(g, 1000, device_pod);
}

static void fill_plain(struct ground *g)
{
    fill(g, 1000, plain_pod);
}

static void low_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size,
             POD_HEAD "\"labels\":{\"app\":\"low\"}},\"spec\":{\"priority\":0,\"containers\":[{\"name\":\"c\",\"image\":\"pause:3.10\","
                      "\"resources\":{\"requests\":{\"cpu\":\"900m\",\"memory\":\"500Mi\"}}}]}}",
             i, i);
}

/* Twenty pods on each node, of forty sorts. */
static void crowd_pod(char *out, size_t size, size_t i)
{
    snprintf(out, size, POD_HEAD "\"labels\":{\"app\":\"app-%zu\"}},\"spec\":{" POD_SMALL "}}", i, i, i % 40);
}

static void fill_crowd(struct ground *g)
{
    fill(g, 20 * NODES, crowd_pod);
}

static void fill_low(struct ground *g)
{
    fill(g, 4 * NODES, low_pod);
}

static void make_gangs(struct ground *g, const char *more)
{
    SCOPED(arena) a = NULL;
    char text[512];
    fill(g, 1000, plain_pod);
    must(arena_new(&a, 1u << 20), "no memory");
    for (size_t i = 1000 / GANG; i <= (1000 + PODS) / GANG; i++) {
        arena_reset(a);
        snprintf(text, sizeof(text),
                 "{\"metadata\":{\"namespace\":\"sched-1\",\"name\":\"gang-%zu\"},\"spec\":{\"schedulingPolicy\":{\"gang\":{\"minCount\":%d}}%s}}", i,
                 GANG, more);
        must(cycle_put(g->cycle, SCHED_POD_GROUP, tree(a, text), g->now), "a group");
    }
}

static void make_big(struct ground *g, size_t pods, const char *more)
{
    SCOPED(arena) a = NULL;
    char text[512];
    must(arena_new(&a, 1u << 20), "no memory");
    snprintf(text, sizeof(text),
             "{\"metadata\":{\"namespace\":\"sched-1\",\"name\":\"big\"},\"spec\":{\"schedulingPolicy\":{\"gang\":{\"minCount\":%zu}}%s}}", pods,
             more);
    must(cycle_put(g->cycle, SCHED_POD_GROUP, tree(a, text), g->now), "a group");
}

static void fill_big_1000(struct ground *g)
{
    make_big(g, 1000, "");
}

static void fill_big_5000(struct ground *g)
{
    make_big(g, 5000, "");
}

static void fill_big_10000(struct ground *g)
{
    make_big(g, 10000, "");
}

/* Every node is full of pods of low priority. */
static void fill_big_strong(struct ground *g)
{
    fill_low(g);
    make_big(g, 5000, ",\"priority\":100");
}

static void fill_gangs(struct ground *g)
{
    make_gangs(g, "");
}

static void fill_gangs_by_rack(struct ground *g)
{
    make_gangs(g, ",\"schedulingConstraints\":{\"topology\":[{\"key\":\"rack\"}]}");
}

static void fill_affine(struct ground *g)
{
    fill(g, 1000, affinity_pod);
}

/* A node, a service and a large pod of high priority come and go. */
static void churn(struct ground *g, size_t i)
{
    SCOPED(arena) a = NULL;
    char text[1024];
    if (i % 50)
        return;
    must(arena_new(&a, 1u << 20), "no memory");
    snprintf(text, sizeof(text),
             "{\"metadata\":{\"name\":\"churn-%zu\",\"labels\":{\"kubernetes.io/hostname\":\"churn\"}},\"spec\":{\"unschedulable\":%s},"
             "\"status\":{\"allocatable\":{\"cpu\":\"4\",\"memory\":\"32Gi\",\"pods\":\"0\"}}}",
             i, i % 100 ? "true" : "false");
    must(cycle_put(g->cycle, SCHED_NODE, tree(a, text), g->now), "a node");
    snprintf(text, sizeof(text), "{\"metadata\":{\"name\":\"s\",\"namespace\":\"sched-1\"},\"spec\":{\"selector\":{\"app\":\"s%zu\"}}}", i);
    must(cycle_put(g->cycle, SCHED_SERVICE, tree(a, text), g->now), "a service");
    snprintf(text, sizeof(text),
             "{\"metadata\":{\"name\":\"large\",\"uid\":\"uid-large-%zu\",\"namespace\":\"sched-1\"},\"spec\":{\"priority\":10,\"containers\":"
             "[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"9\"}}}]}}",
             i);
    must(cycle_put(g->cycle, SCHED_POD, tree(a, text), g->now), "a large pod");
    drain(g);
    snprintf(text, sizeof(text), "uid-large-%zu", i);
    cycle_del(g->cycle, SCHED_POD, STR_NONE, str_of(text), g->now);
    snprintf(text, sizeof(text), "churn-%zu", i);
    cycle_del(g->cycle, SCHED_NODE, STR_NONE, str_of(text), g->now);
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static void open_ground(struct ground *g, const struct row *row)
{
    SCOPED(arena) a = NULL;
    char text[1024];
    *g = (struct ground){0};
    must(arena_new(&g->mem, 8u * GIB), "no memory");
    must(dynamic_new(&g->dynamic, 1), "the devices");
    struct sched_plugin plugin = dynamic_plugin(g->dynamic);
    must(sched_new(&g->sched, &(struct sched_options){.plugins = &plugin, .n_plugins = 1}), "the engine");
    dynamic_attach(g->dynamic, g->sched, 0);
    g->claim_text = row->claim_text;
    must(cycle_new(&g->cycle, g->sched, NULL), "the queue");
    must(arena_new(&a, 1u << 20), "no memory");
    for (uint32_t i = 0; i < row->nodes; i++) {
        arena_reset(a);
        row->nodes_text(text, sizeof(text), i);
        must(cycle_put(g->cycle, SCHED_NODE, tree(a, text), g->now), "a node");
        if (row->claim_text)
            give_devices(g, a, i);
    }
    if (row->claim_text)
        must(dynamic_put(g->dynamic, DYNAMIC_CLASS,
                         tree(a, "{\"metadata\":{\"name\":\"test-class\"},\"spec\":{\"selectors\":[{\"cel\":{\"expression\":"
                                 "\"device.driver == 'test-driver.cdi.k8s.io'\"}}]}}")),
             "a class");
    if (row->setup)
        row->setup(g);
    g->spent = mem_alloc((row->pods + 1) * sizeof(*g->spent));
    if (!g->spent)
        must(-ENOMEM, "no memory");
}

static void close_ground(struct ground *g)
{
    mem_free(g->spent);
    mem_free(g->pods);
    mem_free(g->claims);
    dynamic_free(g->dynamic);
    cycle_free(g->cycle);
    sched_free(g->sched);
    arena_free(g->mem);
}

static void run(const struct row *row, FILE *out)
{
    struct ground g;
    open_ground(&g, row);
    struct value **made = mem_alloc(row->pods * sizeof(*made));
    if (!made)
        must(-ENOMEM, "no memory");
    for (size_t i = 0; i < row->pods; i++)
        made[i] = pod_made(&g, row->pod_text);
    size_t before = g.placed;
    int64_t start = clock_ns(), last = start;
    for (size_t i = 0; i < row->pods; i++) {
        if (row->churn)
            row->churn(&g, i);
        bring(&g, made[i]);
        drain(&g);
        int64_t now = clock_ns();
        g.spent[g.n_spent++] = now - last;
        last = now;
        g.now++;
    }
    double seconds = (double)(last - start) / 1e9, rate = (double)row->pods / seconds;
    qsort(g.spent, g.n_spent, sizeof(*g.spent), by_size);
    double p50 = (double)g.spent[g.n_spent / 2] / 1000, p99 = (double)g.spent[g.n_spent * 99 / 100] / 1000;
    printf("%-28s %8u %7zu %9.0f %9.0f %9.1f %9.1f %7zu  %s\n", row->name, row->nodes, row->pods, rate, row->wanted, p50, p99, g.placed - before,
           rate >= row->wanted ? "yes" : "NO");
    fflush(stdout);
    if (out)
        fprintf(out, "%s\t%u\t%zu\t%.0f\t%.0f\t%.1f\t%.1f\t%zu\t%s\n", row->name, row->nodes, row->pods, rate, row->wanted, p50, p99,
                g.placed - before, rate >= row->wanted ? "yes" : "no");
    mem_free(made);
    close_ground(&g);
}

int main(int argc, char **argv)
{
    static const struct row rows[] = {
        {"basic", NODES, PODS, 40000, plain_node, fill_plain, plain_pod, NULL, false, NULL},
        {"topology spread, required", NODES, PODS, 20000, plain_node, fill_plain, required_spread_pod, NULL, false, NULL},
        {"topology spread, preferred", NODES, PODS, 20000, plain_node, fill_plain, preferred_spread_pod, NULL, false, NULL},
        {"pod affinity", NODES, PODS, 10000, plain_node, fill_affine, affinity_pod, NULL, false, NULL},
        {"pod anti-affinity", NODES, PODS, 10000, plain_node, fill_plain, anti_affinity_pod, NULL, false, NULL},
        {"preemption", NODES, PODS, 10000, plain_node, fill_low, preemptor, NULL, true, NULL},
        {"unschedulable churn", NODES, PODS, 40000, plain_node, fill_plain, some_unschedulable, NULL, false, NULL},
        {"extended resource", NODES, PODS, 40000, plain_node, fill_plain, extended_pod, NULL, false, NULL},
        {"DRA claim template", 500, 2500, 10000, plain_node, fill_devices, device_pod, NULL, false, one_device},
        {"DRA matchAttribute", 500, 1000, 5000, plain_node, fill_pairs, device_pod, NULL, false, two_alike},
        {"mixed churn", NODES, PODS, 20000, plain_node, fill_plain, plain_pod, churn, false, NULL},
        {"gangs of 8", NODES, PODS, 10000, plain_node, fill_gangs, gang_pod, NULL, false, NULL}, /* upstream names no figure for these two */
        {"gangs of 8, each in a rack", NODES, PODS, 1000, plain_node, fill_gangs_by_rack, gang_pod, NULL, false, NULL},
        {"gang of 1,000", NODES, 1000, 10000, plain_node, fill_big_1000, member_pod, NULL, false, NULL},
        {"gang of 5,000", NODES, 5000, 10000, plain_node, fill_big_5000, member_pod, NULL, false, NULL},
        {"gang of 10,000", NODES, 10000, 10000, plain_node, fill_big_10000, member_pod, NULL, false, NULL},
        {"gang of 5,000 preempts", NODES, 5000, 5000, plain_node, fill_big_strong, strong_member, NULL, true, NULL},
        /* One at a time, each of a sort of its own, onto 5,000 nodes with 100,000 pods; and onto full ones, where somebody has to go. 1,000 a second
         * are a millisecond each; it is the p99 that counts. */
        {"critical pod, loaded", NODES, 2000, 1000, plain_node, fill_crowd, critical_pod, NULL, false, NULL},
        {"critical pod, full", NODES, 2000, 1000, plain_node, fill_low, critical_pod, NULL, true, NULL},
        {"basic, 1,000,000 nodes", 1000000, PODS, 14000, plain_node, fill_plain, plain_pod, NULL, false, NULL},
    };
    const char *only = "", *file = NULL;
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--only") && i + 1 < argc)
            only = argv[++i];
        else
            file = argv[i];
    FILE *out = file ? fopen(file, "we") : NULL;
    if (file && !out) {
        fprintf(stderr, "bench_sched: %s: %s\n", file, strerror(errno));
        return 1;
    }
    printf("%-28s %8s %7s %9s %9s %9s %9s %7s\n", "case", "nodes", "pods", "pods/s", "wanted", "p50 us", "p99 us", "placed");
    if (out)
        fprintf(out, "case\tnodes\tpods\tpods/s\twanted\tp50 us\tp99 us\tplaced\treached\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (strstr(rows[i].name, only))
            run(&rows[i], out);
    if (strstr("workloads, 30 queues", only))
        bench_workloads(out);
    if (out)
        fclose(out);
    return 0;
}
