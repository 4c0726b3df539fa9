/* Random clusters whose numbers come and go: after each change every node's answer is what a plain reading of the texts says. */
#include "measure/test_ground.h"

#include <math.h>

#define NODES 12
#define SITES 4
#define PODS  10
#define STEPS 1500

struct plain_node {
    bool is;
    int site;          /* 0: none */
    int64_t us[NODES]; /* 0: not measured */
    int64_t bytes[3];  /* of datasets d0 … d2 */
    int price, watts;  /* hundredths; 0: not told */
};
struct plain_pod {
    bool is;
    int on, app;
};
struct plain {
    struct plain_node nodes[NODES];
    struct plain_pod pods[PODS];
};

static uint64_t dice = 88172645463325252u;
static int roll(int n)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (int)(dice % (uint64_t)n);
}

static int64_t sites_apart(const struct plain *x, int a, int b)
{
    int64_t sum = 0, n = 0;
    for (int i = 0; a && b && i < NODES; i++)
        for (int j = 0; j < NODES; j++) {
            const struct plain_node *p = &x->nodes[i], *q = &x->nodes[j];
            if (!p->is || !q->is || !p->us[j] || !((p->site == a && q->site == b) || (p->site == b && q->site == a)))
                continue;
            sum += p->us[j] * 1000;
            n++;
        }
    return n ? sum / n : -1;
}

static int64_t apart(const struct plain *x, int i, int j)
{
    if (i == j)
        return 0;
    if (x->nodes[i].us[j])
        return x->nodes[i].us[j] * 1000;
    if (x->nodes[j].is && x->nodes[j].us[i])
        return x->nodes[j].us[i] * 1000;
    return sites_apart(x, x->nodes[i].site, x->nodes[j].site);
}

/* To the nearest node of a site, or the farthest pod of an app; -2: there is nothing to be near to. */
static int64_t way(const struct plain *x, int node, int site, int app)
{
    int64_t best = app ? -2 : -1;
    for (int j = 0; site && j < NODES; j++) {
        int64_t ns = x->nodes[j].is && x->nodes[j].site == site ? apart(x, node, j) : -1;
        if (ns >= 0)
            best = best < 0 ? ns : MIN(best, ns);
    }
    for (int k = 0; app && k < PODS; k++) {
        if (!x->pods[k].is || x->pods[k].app != app)
            continue;
        int64_t ns = x->nodes[x->pods[k].on].is ? apart(x, node, x->pods[k].on) : -1;
        if (ns < 0)
            return -1;
        best = MAX(best, ns);
    }
    return best;
}

static int64_t as_points(int64_t ns)
{
    double p = ns < 0 ? 0 : 100 - 20 * (log10((double)MAX(ns, (int64_t)1)) - 4);
    return (int64_t)(p > 100 ? 100 : p < 0 ? 0 : p);
}

static int64_t part_here(const struct plain *x, int node, int first, int second)
{
    double here = 0, all = 0;
    for (int d = first; d <= second; d++) {
        int64_t most = 0;
        for (int i = 0; i < NODES; i++)
            most = MAX(most, x->nodes[i].is ? x->nodes[i].bytes[d] : 0);
        here += (double)x->nodes[node].bytes[d];
        all += (double)most;
    }
    return all > 0 ? (int64_t)(100 * here / all) : 0;
}

static int64_t against_least(const struct plain *x, int node, bool watts)
{
    int least = 0, own = watts ? x->nodes[node].watts : x->nodes[node].price;
    for (int i = 0; i < NODES; i++) {
        int c = watts ? x->nodes[i].watts : x->nodes[i].price;
        if (x->nodes[i].is && c && (!least || c < least))
            least = c;
    }
    return own ? (int64_t)(100 * (double)least / own + 1e-9) : 0;
}

static void tell_node(struct ground *g, const struct plain *x, int i)
{
    const struct plain_node *p = &x->nodes[i];
    char name[16], label[64] = "", notes[1024];
    int n = snprintf(notes, sizeof(notes), "'latency.coracle.dev/rtt':'"), first = n;
    snprintf(name, sizeof(name), "n%d", i);
    if (p->site)
        snprintf(label, sizeof(label), ",'coracle.dev/site':'s%d'", p->site);
    for (int j = 0; j < NODES; j++)
        if (p->us[j])
            n += snprintf(notes + n, sizeof(notes) - (size_t)n, "%sn%d=%lldus", n > first ? "," : "", j, (long long)p->us[j]);
    n += snprintf(notes + n, sizeof(notes) - (size_t)n, "'");
    for (int d = 0; d < 3; d++)
        if (p->bytes[d])
            n += snprintf(notes + n, sizeof(notes) - (size_t)n, ",'data.coracle.dev/d%d':'%lld'", d, (long long)p->bytes[d]);
    if (p->price)
        n += snprintf(notes + n, sizeof(notes) - (size_t)n, ",'coracle.dev/price-per-hour':'%d.%02d'", p->price / 100, p->price % 100);
    if (p->watts)
        snprintf(notes + n, sizeof(notes) - (size_t)n, ",'coracle.dev/watts':'%d.%02d'", p->watts / 100, p->watts % 100);
    node(g, name, label, notes);
}

static void change(struct ground *g, struct plain *x)
{
    int i = roll(NODES), k = roll(PODS);
    struct plain_node *p = &x->nodes[i];
    char name[16];
    if (roll(3) == 0) { /* a pod comes or goes */
        struct plain_pod *q = &x->pods[k];
        char on[16], labels[32];
        snprintf(name, sizeof(name), "pod%d", k);
        if (q->is) {
            pod_gone(g, name);
            q->is = false;
        } else if (p->is) {
            *q = (struct plain_pod){true, i, roll(3)};
            snprintf(on, sizeof(on), "n%d", i);
            snprintf(labels, sizeof(labels), "'app':'a%d'", q->app);
            pod(g, name, on, labels, "", "default-scheduler");
        }
        return;
    }
    snprintf(name, sizeof(name), "n%d", i);
    if (p->is && roll(12) == 0) {
        node_gone(g, name);
        *p = (struct plain_node){0};
        return;
    }
    if (!p->is || roll(4) == 0)
        p->site = roll(SITES);
    p->is = true;
    for (int j = 0; j < NODES; j++)
        if (j != i && roll(6) == 0)
            p->us[j] = roll(3) ? 1 + roll(1 << (4 + roll(14))) : 0;
    if (roll(3) == 0)
        p->bytes[roll(3)] = roll(4) ? 1 + roll(1000000) : 0;
    if (roll(3) == 0)
        p->price = roll(4) ? 1 + roll(999) : 0;
    if (roll(3) == 0)
        p->watts = roll(4) ? 1 + roll(9999) : 0;
    tell_node(g, x, i);
}

#define MOST 5000000

static void compare(struct ground *g, const struct plain *x)
{
    static const char *const names[] = {"w-site", "w-app", "w-far", "w-data", "w-cheap", "w-green"};
    static const enum measure_plugin which[] = {MEASURE_LATENCY, MEASURE_LATENCY, MEASURE_LATENCY, MEASURE_LOCALITY, MEASURE_COST, MEASURE_ENERGY};
    static const int64_t weights[] = {5, 5, 5, 5, 2, 3};
    for (size_t w = 0; w < ARRAY_LEN(names); w++) {
        struct sched_pod *p = sched_pod_find(g->s, str_of(names[w]));
        int64_t best = -1;
        uint32_t fit = 0;
        for (int i = 0; i < NODES; i++) {
            char name[16];
            struct sched_opinion o;
            snprintf(name, sizeof(name), "n%d", i);
            if (!x->nodes[i].is)
                continue;
            int64_t ns = w == 0 ? way(x, i, 1, 0) : w == 1 ? way(x, i, 0, 1) : w == 2 ? MAX(way(x, i, 2, 0), way(x, i, 0, 2)) : 0;
            if (w == 2 && (way(x, i, 2, 0) == -1 || way(x, i, 0, 2) == -1))
                ns = -1;
            bool fits = w != 2 || (ns >= 0 && ns <= MOST) || ns == -2;
            int64_t want = w < 3 ? as_points(ns) : w == 3 ? part_here(x, i, 0, 1) : against_least(x, i, w == 5);
            assert_done(sched_opinion(g->s, p, sched_node_find(g->s, str_of(name)), &o));
            if ((o.rule < 0) != fits)
                fail_msg("%s on %s: %s", names[w], name, o.rule < 0 ? "fits" : o.reason);
            int64_t got = fits ? o.scores[SCHED_RULE_PLUGIN + FIRST + which[w]] : 0;
            if (fits && (got > (want + 1) * weights[w] || got < (want - 1) * weights[w] || ((w < 4) && got != want * weights[w])))
                fail_msg("%s on %s: %lld instead of %lld", names[w], name, (long long)got, (long long)(want * weights[w]));
            if (!fits)
                continue;
            best = MAX(best, o.total);
            fit++;
        }
        struct sched_verdict v;
        assert_done(sched_place(g->s, p, &v));
        assert_int_equal(v.feasible, fit);
        assert_int_equal(v.score, MAX(best, 0));
    }
}

static void agrees(void **state)
{
    struct ground *g = *state;
    struct plain x = {0};
    pod(g, "w-site", "", "", "'latency.coracle.dev/nodes':'coracle.dev/site=s1'", "default-scheduler");
    pod(g, "w-app", "", "", "'latency.coracle.dev/pods':'app=a1'", "default-scheduler");
    pod(g, "w-far", "", "", "'latency.coracle.dev/nodes':'coracle.dev/site=s2','latency.coracle.dev/pods':'app=a2','latency.coracle.dev/most':'5ms'",
        "default-scheduler");
    pod(g, "w-data", "", "", "'coracle.dev/datasets':'d0,d1'", "default-scheduler");
    pod(g, "w-cheap", "", "", "", "cheap");
    pod(g, "w-green", "", "", "", "green");
    for (int i = 0; i < STEPS; i++) {
        change(g, &x);
        compare(g, &x);
        arena_reset(g->a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(agrees, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
