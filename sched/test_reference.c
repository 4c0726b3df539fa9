/* The engine against a plain reference: every filter and score written down once more in the simplest way, over random clusters and
 * random sequences of events. After each step: no node is over-committed, the engine and the reference agree about every node, and the
 * node chosen is one of the best. */
#include "tests/unit.h"

#include <math.h>

#include "json/json.h"
#include "sched/sched.h"

enum { NODES = 9, PODS = 48, TERMS = 3, SPREADS = 2, STEPS = 2500, NAMESPACES = 3 };
enum { KEY_ZONE, KEY_HOST, KEYS };
static const char *const key_names[] = {"topology.kubernetes.io/zone", "kubernetes.io/hostname"};

struct rsel { /* a label selector */
    bool null;
    int app, not_tier; /* −1: not asked */
    bool has_tier;
};
enum rkind { NEAR, APART, PREFER, AVOID };
struct rterm {
    enum rkind kind;
    int weight, key, spaces; /* spaces: 0 own, 1 ns0 and ns1, 2 those with team=red, 3 all */
    struct rsel sel;
};
struct rspread {
    int skew, key, min_domains;
    bool hard, affinity, taints;
    struct rsel sel;
};
struct rpod {
    bool there;
    int ns, app, tier, cpu, mem, gpu, priority, disk, zones, prefer_disk, port, node, nominated;
    bool tolerates_k, tolerates_p, tolerates_e, deleting;
    struct rterm terms[TERMS];
    struct rspread spreads[SPREADS];
    int n_terms, n_spreads, serial;
    struct sched_pod *handle;
};
struct rnode {
    bool there, unschedulable, taint_k, taint_p, taint_e;
    int zone, disk, cpu, mem, pods, gpu;
};
struct world {
    struct sched *s;
    struct arena *a;
    struct rnode nodes[NODES];
    struct rpod pods[PODS];
    bool red[NAMESPACES], fine; /* fine: a plugin takes part whose scores are too fine for buckets */
    int serial;
};
#define FINE_MOST (1 << 20)

/* ── what a random thing looks like ── */

static int throw_(int n)
{
    return rand() % n;
}

static struct rsel some_selector(void)
{
    struct rsel r = {throw_(20) == 0, throw_(3) ? throw_(3) : -1, throw_(4) ? -1 : throw_(2), throw_(6) == 0};
    return r;
}

static struct rnode some_node(void)
{
    return (struct rnode){true,          throw_(10) == 0,        throw_(8) == 0, throw_(6) == 0, throw_(10) == 0, throw_(8) ? throw_(3) : -1,
                          throw_(3) - 1, 1000 + 500 * throw_(5), 1 + throw_(4),  2 + throw_(5),  throw_(3)};
}

static struct rpod some_pod(int serial)
{
    struct rpod p = {.there = true,
                     .ns = throw_(NAMESPACES),
                     .app = throw_(3),
                     .tier = throw_(3) - 1,
                     .cpu = throw_(4) * 200,
                     .mem = throw_(3),
                     .gpu = throw_(5) == 0,
                     .priority = throw_(3),
                     .disk = throw_(6) ? -1 : throw_(2),
                     .zones = throw_(6) ? 0 : 1 + throw_(7),
                     .prefer_disk = throw_(3) ? -1 : throw_(2),
                     .port = throw_(8) ? 0 : 80 + throw_(2),
                     .node = -1,
                     .nominated = -1,
                     .tolerates_k = throw_(3) == 0,
                     .tolerates_p = throw_(3) == 0,
                     .tolerates_e = throw_(3) == 0,
                     .serial = serial};
    p.n_terms = throw_(3) ? 0 : 1 + throw_(TERMS);
    for (int i = 0; i < p.n_terms; i++)
        p.terms[i] = (struct rterm){(enum rkind)throw_(4), 1 + throw_(20), throw_(KEYS), throw_(4), some_selector()};
    p.n_spreads = throw_(3) ? 0 : 1 + throw_(SPREADS);
    for (int i = 0; i < p.n_spreads; i++)
        p.spreads[i] =
            (struct rspread){1 + throw_(2), i, throw_(4) ? 0 : 1 + throw_(4), throw_(2) == 0, throw_(2) == 0, throw_(2) == 0, some_selector()};
    for (int i = 0; i < p.n_spreads; i++)
        if (!p.spreads[i].hard)
            p.spreads[i].min_domains = 0;
    return p;
}

/* ── as the API would say it ── */

static void put_selector(struct buf *b, const struct rsel *s)
{
    if (s->null) {
        buf_text(b, "null");
        return;
    }
    buf_text(b, "{'matchExpressions':[");
    if (s->not_tier >= 0)
        buf_fmt(b, "{'key':'tier','operator':'NotIn','values':['t%d','none']}%s", s->not_tier, s->has_tier ? "," : "");
    if (s->has_tier)
        buf_text(b, "{'key':'tier','operator':'Exists'}");
    buf_text(b, "]");
    if (s->app >= 0)
        buf_fmt(b, ",'matchLabels':{'app':'a%d'}", s->app);
    buf_text(b, "}");
}

static void put_term(struct buf *b, const struct rterm *t)
{
    static const char *const spaces[] = {"", ",'namespaces':['ns0','ns1']", ",'namespaceSelector':{'matchLabels':{'team':'red'}}",
                                         ",'namespaceSelector':{}"};
    if (t->kind >= PREFER)
        buf_fmt(b, "{'weight':%d,'podAffinityTerm':", t->weight);
    buf_fmt(b, "{'topologyKey':'%s'%s,'labelSelector':", key_names[t->key], spaces[t->spaces]);
    put_selector(b, &t->sel);
    buf_text(b, t->kind >= PREFER ? "}}" : "}");
}

static void put_terms(struct buf *b, const struct rpod *p, enum rkind kind, const char *name)
{
    const char *comma = "";
    buf_fmt(b, "'%s':[", name);
    for (int i = 0; i < p->n_terms; i++) {
        if (p->terms[i].kind != kind)
            continue;
        buf_text(b, comma);
        put_term(b, &p->terms[i]);
        comma = ",";
    }
    buf_text(b, "]");
}

static void put_affinity(struct buf *b, const struct rpod *p)
{
    buf_text(b, "'affinity':{'podAffinity':{");
    put_terms(b, p, NEAR, "requiredDuringSchedulingIgnoredDuringExecution");
    buf_text(b, ",");
    put_terms(b, p, PREFER, "preferredDuringSchedulingIgnoredDuringExecution");
    buf_text(b, "},'podAntiAffinity':{");
    put_terms(b, p, APART, "requiredDuringSchedulingIgnoredDuringExecution");
    buf_text(b, ",");
    put_terms(b, p, AVOID, "preferredDuringSchedulingIgnoredDuringExecution");
    buf_text(b, "},'nodeAffinity':{");
    if (p->zones) {
        const char *comma = "";
        buf_text(b, "'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'topology.kubernetes.io/"
                    "zone','operator':'In','values':[");
        for (int z = 0; z < 3; z++)
            if (p->zones >> z & 1) {
                buf_fmt(b, "%s'z%d'", comma, z);
                comma = ",";
            }
        buf_fmt(b, "]}]}]}%s", p->prefer_disk >= 0 ? "," : "");
    }
    if (p->prefer_disk >= 0)
        buf_fmt(b,
                "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':7,'preference':{'matchExpressions':[{'key':'disk','operator':'In','"
                "values':['d%d']}]}},"
                "{'weight':3,'preference':{'matchExpressions':[{'key':'disk','operator':'Exists'}]}}]",
                p->prefer_disk);
    buf_text(b, "}}");
}

static void put_spreads(struct buf *b, const struct rpod *p)
{
    buf_text(b, ",'topologySpreadConstraints':[");
    for (int i = 0; i < p->n_spreads; i++) {
        const struct rspread *s = &p->spreads[i];
        buf_fmt(b, "%s{'maxSkew':%d,'topologyKey':'%s','whenUnsatisfiable':'%s','nodeAffinityPolicy':'%s','nodeTaintsPolicy':'%s','labelSelector':",
                i ? "," : "", s->skew, key_names[s->key], s->hard ? "DoNotSchedule" : "ScheduleAnyway", s->affinity ? "Honor" : "Ignore",
                s->taints ? "Honor" : "Ignore");
        put_selector(b, &s->sel);
        if (s->min_domains)
            buf_fmt(b, ",'minDomains':%d", s->min_domains);
        buf_text(b, "}");
    }
    buf_text(b, "]");
}

static struct value *tree(struct world *w, struct buf *b)
{
    struct value *v = arena_alloc(w->a, sizeof(*v));
    struct err err = {{0}};
    assert_int_equal(buf_error(b), 0);
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] == '\'')
            b->p[i] = '"';
    if (json_parse(w->a, buf_view(b), v, &err) < 0)
        fail_msg("%s in %.*s", err.text, STR_FMT(buf_view(b)));
    return v;
}

static struct value *pod_tree(struct world *w, const struct rpod *p)
{
    SCOPED_BUF b = BUF_INIT(1u << 16);
    buf_fmt(&b, "{'metadata':{'namespace':'ns%d','name':'p%d','uid':'u%d','labels':{'app':'a%d'", p->ns, p->serial, p->serial, p->app);
    if (p->tier >= 0)
        buf_fmt(&b, ",'tier':'t%d'", p->tier);
    buf_fmt(&b, "}%s},'spec':{'priority':%d,", p->deleting ? ",'deletionTimestamp':'2026-01-01T00:00:00Z'" : "", p->priority);
    if (p->node >= 0)
        buf_fmt(&b, "'nodeName':'n%d',", p->node);
    if (p->disk >= 0)
        buf_fmt(&b, "'nodeSelector':{'disk':'d%d'},", p->disk);
    put_affinity(&b, p);
    put_spreads(&b, p);
    const char *comma = "";
    buf_text(&b, ",'tolerations':[");
    if (p->tolerates_k) {
        buf_text(&b, "{'key':'k','operator':'Equal','value':'v','effect':'NoSchedule'}");
        comma = ",";
    }
    if (p->tolerates_p) {
        buf_fmt(&b, "%s{'key':'p','operator':'Exists','effect':'PreferNoSchedule'}", comma);
        comma = ",";
    }
    if (p->tolerates_e)
        buf_fmt(&b, "%s{'key':'e','operator':'Exists'}", comma);
    buf_text(&b, "],'containers':[{'image':'i','resources':{'requests':{");
    comma = "";
    if (p->cpu) {
        buf_fmt(&b, "'cpu':'%dm'", p->cpu);
        comma = ",";
    }
    if (p->mem) {
        buf_fmt(&b, "%s'memory':'%dGi'", comma, p->mem);
        comma = ",";
    }
    if (p->gpu)
        buf_fmt(&b, "%s'example.com/gpu':'%d'", comma, p->gpu);
    buf_text(&b, "}}");
    if (p->port)
        buf_fmt(&b, ",'ports':[{'hostPort':%d}]", p->port);
    buf_text(&b, "}]}}");
    return tree(w, &b);
}

static struct value *node_tree(struct world *w, int i)
{
    const struct rnode *n = &w->nodes[i];
    SCOPED_BUF b = BUF_INIT(1u << 14);
    const char *comma = "";
    buf_fmt(&b, "{'metadata':{'name':'n%d','labels':{'kubernetes.io/hostname':'n%d'", i, i);
    if (n->zone >= 0)
        buf_fmt(&b, ",'topology.kubernetes.io/zone':'z%d'", n->zone);
    if (n->disk >= 0)
        buf_fmt(&b, ",'disk':'d%d'", n->disk);
    buf_fmt(&b, "}},'spec':{'unschedulable':%s,'taints':[", n->unschedulable ? "true" : "false");
    if (n->taint_k) {
        buf_text(&b, "{'key':'k','value':'v','effect':'NoSchedule'}");
        comma = ",";
    }
    if (n->taint_p) {
        buf_fmt(&b, "%s{'key':'p','value':'v','effect':'PreferNoSchedule'}", comma);
        comma = ",";
    }
    if (n->taint_e)
        buf_fmt(&b, "%s{'key':'e','effect':'NoExecute'}", comma);
    buf_fmt(&b, "]},'status':{'allocatable':{'cpu':'%dm','memory':'%dGi','pods':'%d','example.com/gpu':'%d'}}}", n->cpu, n->mem, n->pods, n->gpu);
    return tree(w, &b);
}

/* ── the reference: filters ── */

static bool selects(const struct rsel *s, const struct rpod *p)
{
    return !s->null && (s->app < 0 || p->app == s->app) && (s->not_tier < 0 || p->tier != s->not_tier) && (!s->has_tier || p->tier >= 0);
}

static bool means(const struct world *w, const struct rterm *t, const struct rpod *owner, const struct rpod *p)
{
    bool space = t->spaces == 0 ? p->ns == owner->ns : t->spaces == 1 ? p->ns < 2 : t->spaces == 2 ? w->red[p->ns] : true;
    return space && selects(&t->sel, p);
}

static int domain(const struct world *w, int node, int key)
{
    return key == KEY_HOST ? node : w->nodes[node].zone;
}

/* Pods on nodes; `with`: a node whose nominated pods (of at least the priority) count as if they were there. */
struct view {
    const struct world *w;
    const struct rpod *p;
    int with;
};

static int known(const struct world *w, int node)
{
    return w->nodes[node].there ? node : -1;
}

static int where(const struct view *v, const struct rpod *q)
{
    if (!q->there)
        return -1;
    if (q->node >= 0)
        return known(v->w, q->node);
    return v->with >= 0 && q != v->p && q->nominated == v->with && q->priority >= v->p->priority ? v->with : -1;
}

static bool tolerated(const struct rpod *p, const struct rnode *n)
{
    return (!n->taint_k || p->tolerates_k) && (!n->taint_e || p->tolerates_e);
}

static bool node_selected(const struct rpod *p, const struct rnode *n)
{
    return (p->disk < 0 || n->disk == p->disk) && (!p->zones || (n->zone >= 0 && p->zones >> n->zone & 1));
}

struct used {
    int cpu, mem, gpu, pods, seeming_cpu, seeming_mem; /* in thousandths, MiB */
    bool port;
};

static struct used used_of(const struct view *v, int node)
{
    struct used u = {0};
    for (int i = 0; i < PODS; i++) {
        const struct rpod *q = &v->w->pods[i];
        if (where(v, q) != node)
            continue;
        u.cpu += q->cpu;
        u.mem += q->mem * 1024;
        u.gpu += q->gpu;
        u.pods++;
        u.seeming_cpu += q->cpu ? q->cpu : 100;
        u.seeming_mem += q->mem ? q->mem * 1024 : 200;
        u.port = u.port || (v->p->port && q->port == v->p->port);
    }
    return u;
}

static bool spread_eligible(const struct view *v, int node, bool hard, const struct rspread *s)
{
    const struct rnode *n = &v->w->nodes[node];
    for (int i = 0; i < v->p->n_spreads; i++)
        if (v->p->spreads[i].hard == hard && domain(v->w, node, v->p->spreads[i].key) < 0)
            return false;
    return (!s->affinity || node_selected(v->p, n)) && (!s->taints || tolerated(v->p, n));
}

static int spread_count(const struct view *v, bool hard, const struct rspread *s, int of)
{
    int n = 0;
    for (int i = 0; i < PODS; i++) {
        const struct rpod *q = &v->w->pods[i];
        int at = where(v, q);
        if (at >= 0 && domain(v->w, at, s->key) == of && spread_eligible(v, at, hard, s) && q->ns == v->p->ns && !q->deleting && selects(&s->sel, q))
            n++;
    }
    return n;
}

static int spread_refuses(const struct view *v, int node)
{
    for (int i = 0; i < v->p->n_spreads; i++) {
        const struct rspread *s = &v->p->spreads[i];
        int least = INT32_MAX, domains = 0;
        bool seen[NODES] = {false};
        if (!s->hard)
            continue;
        if (domain(v->w, node, s->key) < 0)
            return 2;
        for (int k = 0; k < NODES; k++) {
            int d = v->w->nodes[k].there ? domain(v->w, k, s->key) : -1;
            if (d < 0 || seen[d] || !spread_eligible(v, k, true, s))
                continue;
            seen[d] = true;
            domains++;
            int n = spread_count(v, true, s, d);
            least = n < least ? n : least;
        }
        if (domains < (s->min_domains ? s->min_domains : 1))
            least = 0;
        if (spread_count(v, true, s, domain(v->w, node, s->key)) + selects(&s->sel, v->p) - least > s->skew)
            return 1;
    }
    return 0;
}

static bool in_domain(const struct view *v, const struct rpod *q, int node, int key)
{
    int at = where(v, q);
    return at >= 0 && domain(v->w, node, key) >= 0 && domain(v->w, at, key) == domain(v->w, node, key);
}

static bool all_near(const struct world *w, const struct rpod *p, const struct rpod *q)
{
    for (int i = 0; i < p->n_terms; i++)
        if (p->terms[i].kind == NEAR && !means(w, &p->terms[i], p, q))
            return false;
    return true;
}

static bool near_ok(const struct view *v, int node)
{
    const struct rpod *p = v->p;
    bool ok = true, any = false, wants = false;
    for (int t = 0; t < p->n_terms; t++) {
        bool found = false;
        if (p->terms[t].kind != NEAR)
            continue;
        wants = true;
        if (domain(v->w, node, p->terms[t].key) < 0)
            return false;
        for (int i = 0; i < PODS; i++) {
            const struct rpod *q = &v->w->pods[i];
            if (where(v, q) < 0 || !all_near(v->w, p, q))
                continue;
            found = found || in_domain(v, q, node, p->terms[t].key);
            any = any || domain(v->w, where(v, q), p->terms[t].key) >= 0;
        }
        ok = ok && found;
    }
    return ok || (wants && !any && all_near(v->w, p, p));
}

static bool apart_ok(const struct view *v, int node, bool own)
{
    for (int i = 0; i < PODS; i++) {
        const struct rpod *q = &v->w->pods[i], *owner = own ? v->p : q, *other = own ? q : v->p;
        for (int t = 0; where(v, q) >= 0 && t < owner->n_terms; t++)
            if (owner->terms[t].kind == APART && means(v->w, &owner->terms[t], owner, other) && in_domain(v, q, node, owner->terms[t].key))
                return false;
    }
    return true;
}

static int rule_of(const struct view *v, int node)
{
    const struct rnode *n = &v->w->nodes[node];
    const struct rpod *p = v->p;
    struct used u = used_of(v, node);
    if (n->unschedulable)
        return SCHED_RULE_UNSCHEDULABLE;
    if (!tolerated(p, n))
        return SCHED_RULE_TAINTS;
    if (!node_selected(p, n))
        return SCHED_RULE_NODE_AFFINITY;
    if (u.port)
        return SCHED_RULE_PORTS;
    if (u.pods + 1 > n->pods || (p->cpu && u.cpu + p->cpu > n->cpu) || (p->mem && u.mem + p->mem * 1024 > n->mem * 1024) ||
        (p->gpu && u.gpu + p->gpu > n->gpu))
        return SCHED_RULE_FIT;
    if (spread_refuses(v, node))
        return SCHED_RULE_SPREAD;
    return near_ok(v, node) && apart_ok(v, node, true) && apart_ok(v, node, false) ? -1 : SCHED_RULE_POD_AFFINITY;
}

/* ── the reference: scores ── */

static int64_t least_allocated(const struct view *v, int node)
{
    const struct rnode *n = &v->w->nodes[node];
    struct used u = used_of(v, node);
    int64_t cpu = u.seeming_cpu + (v->p->cpu ? v->p->cpu : 100), mem = u.seeming_mem + (v->p->mem ? v->p->mem * 1024 : 200);
    int64_t a = cpu > n->cpu ? 0 : (n->cpu - cpu) * 100 / n->cpu, b = mem > n->mem * 1024 ? 0 : (n->mem * 1024 - mem) * 100 / (n->mem * 1024);
    return (a + b) / 2;
}

static int64_t apart_of(double cpu, double mem)
{
    double x = cpu > 1 ? 1 : cpu, y = mem > 1 ? 1 : mem;
    return (int64_t)((1 - fabs(x - y) / 2) * 100);
}

static int64_t balanced(const struct view *v, int node)
{
    const struct rnode *n = &v->w->nodes[node];
    struct used u = used_of(v, node);
    if (!v->p->cpu && !v->p->mem)
        return 0;
    int64_t with = apart_of((double)(u.cpu + v->p->cpu) / n->cpu, (double)(u.mem + v->p->mem * 1024) / (n->mem * 1024));
    int64_t without = apart_of((double)u.cpu / n->cpu, (double)u.mem / (n->mem * 1024));
    return 50 + (50 + with - without) / 2;
}

static int64_t wishes(const struct view *v, int node)
{
    const struct rpod *p = v->p;
    int64_t sum = 0;
    for (int i = 0; i < PODS; i++) {
        const struct rpod *q = &v->w->pods[i];
        if (where(v, q) < 0)
            continue;
        for (int t = 0; t < p->n_terms; t++)
            if (p->terms[t].kind >= PREFER && means(v->w, &p->terms[t], p, q) && in_domain(v, q, node, p->terms[t].key))
                sum += p->terms[t].kind == PREFER ? p->terms[t].weight : -p->terms[t].weight;
        for (int t = 0; t < q->n_terms; t++)
            if (q->terms[t].kind != APART && means(v->w, &q->terms[t], q, p) && in_domain(v, q, node, q->terms[t].key))
                sum += q->terms[t].kind == NEAR ? 1 : q->terms[t].kind == PREFER ? q->terms[t].weight : -q->terms[t].weight;
    }
    return sum;
}

static int64_t soft_spread(const struct view *v, int node, const bool *fits)
{
    double sum = 0;
    for (int i = 0; i < v->p->n_spreads; i++) {
        const struct rspread *s = &v->p->spreads[i];
        bool seen[NODES] = {false};
        int size = 0, count = 0;
        if (s->hard)
            continue;
        for (int k = 0; k < NODES; k++) {
            bool ignored = false;
            for (int j = 0; j < v->p->n_spreads; j++)
                ignored = ignored || (!v->p->spreads[j].hard && domain(v->w, k, v->p->spreads[j].key) < 0);
            int d = fits[k] && !ignored ? domain(v->w, k, s->key) : -1;
            if (d >= 0 && (s->key == KEY_HOST || !seen[d]))
                size++;
            if (d >= 0)
                seen[d] = true;
        }
        if (s->key == KEY_HOST) {
            for (int q = 0; q < PODS; q++)
                count +=
                    where(v, &v->w->pods[q]) == node && v->w->pods[q].ns == v->p->ns && !v->w->pods[q].deleting && selects(&s->sel, &v->w->pods[q]);
        } else {
            count = spread_count(v, false, s, domain(v->w, node, s->key));
        }
        sum += count * log(size + 2.0) + (s->skew - 1);
    }
    return (int64_t)round(sum);
}

struct judged {
    int rule[NODES];
    int64_t total[NODES];
};

static void score(const struct view *v, const bool *fits, struct judged *out)
{
    int64_t raw[4][NODES], most_affinity = 0, most_taints = 0, least = INT64_MAX, most = INT64_MIN, lo = INT64_MAX, hi = INT64_MIN;
    bool soft = false, ignored[NODES] = {false};
    for (int i = 0; i < v->p->n_spreads; i++)
        soft = soft || !v->p->spreads[i].hard;
    for (int n = 0; n < NODES; n++) {
        if (!fits[n])
            continue;
        const struct rnode *x = &v->w->nodes[n];
        for (int i = 0; i < v->p->n_spreads; i++)
            ignored[n] = ignored[n] || (!v->p->spreads[i].hard && domain(v->w, n, v->p->spreads[i].key) < 0);
        raw[0][n] = v->p->prefer_disk < 0 ? 0 : (x->disk == v->p->prefer_disk ? 7 : 0) + (x->disk >= 0 ? 3 : 0);
        raw[1][n] = x->taint_p && !v->p->tolerates_p;
        raw[2][n] = wishes(v, n);
        raw[3][n] = ignored[n] ? 0 : soft_spread(v, n, fits);
        most_affinity = MAX(most_affinity, raw[0][n]);
        most_taints = MAX(most_taints, raw[1][n]);
        least = MIN(least, raw[2][n]);
        most = MAX(most, raw[2][n]);
        if (!ignored[n]) {
            lo = MIN(lo, raw[3][n]);
            hi = MAX(hi, raw[3][n]);
        }
    }
    for (int n = 0; n < NODES; n++) {
        if (!fits[n])
            continue;
        int64_t affinity = most_affinity ? raw[0][n] * 100 / most_affinity : 0, taints = 100 - (most_taints ? raw[1][n] * 100 / most_taints : 0);
        int64_t wish = most > least ? (int64_t)(100 * ((double)(raw[2][n] - least) / (double)(most - least))) : 0;
        int64_t spread = !soft || ignored[n] ? 0 : hi ? 100 * (hi + lo - raw[3][n]) / hi : 100;
        out->total[n] = least_allocated(v, n) + balanced(v, n) + 2 * affinity + 3 * taints + 2 * wish + 2 * spread;
    }
}

static void judge(const struct world *w, const struct rpod *p, struct judged *out)
{
    bool fits[NODES];
    for (int n = 0; n < NODES; n++) {
        struct view with = {w, p, n}, without = {w, p, -1};
        out->total[n] = 0;
        out->rule[n] = w->nodes[n].there ? rule_of(&with, n) : -2;
        if (out->rule[n] == -1)
            out->rule[n] = rule_of(&without, n);
        fits[n] = out->rule[n] == -1;
    }
    score(&(struct view){w, p, -1}, fits, out);
}

/* ── a plugin with fine scores ── */

static int64_t fine(int n, int64_t used)
{
    return (n * 7919 + used * 131) % FINE_MOST;
}

static int fine_claims(void *self, const struct value *pod, struct buf *key)
{
    (void)self, (void)pod, (void)key;
    return 1;
}

static int64_t fine_score(void *self, const struct sched_pod *p, uint32_t node)
{
    const struct world *w = self;
    int64_t has, used;
    (void)p;
    sched_node_amounts(w->s, node, STR("cpu"), &has, &used);
    return fine(sched_node_name(w->s, node).p[1] - '0', used);
}

static void add_fine(const struct world *w, struct judged *out)
{
    for (int n = 0; w->fine && n < NODES; n++) {
        int64_t used = 0;
        for (int i = 0; i < PODS; i++)
            used += w->pods[i].there && w->pods[i].node == n ? w->pods[i].cpu : 0;
        out->total[n] += fine(n, used);
    }
}

/* ── the comparison ── */

static void compare(struct world *w, struct rpod *p)
{
    struct judged ref;
    struct sched_verdict v;
    struct sched_stats before, after;
    int64_t best = INT64_MIN;
    char name[16];
    judge(w, p, &ref);
    add_fine(w, &ref);
    for (int n = 0; n < NODES; n++) {
        struct sched_opinion o;
        snprintf(name, sizeof(name), "n%d", n);
        uint32_t node = sched_node_find(w->s, str_of(name));
        if (ref.rule[n] == -2) {
            assert_int_equal(node, SCHED_NOWHERE);
            continue;
        }
        assert_done(sched_opinion(w->s, p->handle, node, &o));
        if (o.rule != ref.rule[n])
            fail_msg("pod %d on n%d: the engine says %d (%s), the reference %d", p->serial, n, o.rule, o.reason ? o.reason : "", ref.rule[n]);
        if (ref.rule[n] == -1 && o.total != ref.total[n])
            fail_msg("pod %d on n%d: the engine scores %lld, the reference %lld", p->serial, n, (long long)o.total, (long long)ref.total[n]);
        if (ref.rule[n] == -1)
            best = MAX(best, ref.total[n]);
    }
    sched_stats(w->s, &before);
    assert_done(sched_place(w->s, p->handle, &v));
    sched_stats(w->s, &after);
    if (p->n_terms + p->n_spreads == 0 && !sched_pod_elsewhere(w->s, p->handle))
        assert_int_equal(after.walks, before.walks); /* who depends on no other pod costs no walk over the nodes, however fine its scores */
    if (best == INT64_MIN) {
        assert_int_equal(v.node, SCHED_NOWHERE);
        return;
    }
    assert_int_not_equal(v.node, SCHED_NOWHERE);
    int chosen = sched_node_name(w->s, v.node).p[1] - '0';
    if (p->nominated < 0) {
        assert_int_equal(ref.total[chosen], best);
        assert_int_equal(v.score, best);
    }
    assert_int_equal(ref.rule[chosen], -1);
}

static void check_sums(struct world *w)
{
    for (int n = 0; n < NODES; n++) {
        char name[16];
        int64_t has, got, cpu = 0, count = 0;
        snprintf(name, sizeof(name), "n%d", n);
        if (!w->nodes[n].there)
            continue;
        for (int i = 0; i < PODS; i++)
            if (w->pods[i].there && w->pods[i].node == n) {
                cpu += w->pods[i].cpu;
                count++;
            }
        uint32_t node = sched_node_find(w->s, str_of(name));
        sched_node_amounts(w->s, node, STR("cpu"), &has, &got);
        assert_int_equal(got, cpu);
        assert_int_equal(has, w->nodes[n].cpu);
        sched_node_amounts(w->s, node, STR("pods"), &has, &got);
        assert_int_equal(got, count);
    }
}

static void put_pod(struct world *w, struct rpod *p)
{
    struct sched_event e;
    assert_done(sched_put(w->s, SCHED_POD, pod_tree(w, p), &e));
    p->handle = e.pod;
}

static void drop_pod(struct world *w, struct rpod *p)
{
    char uid[16];
    snprintf(uid, sizeof(uid), "u%d", p->serial);
    sched_del(w->s, SCHED_POD, STR_NONE, str_of(uid), NULL);
    *p = (struct rpod){.node = -1, .nominated = -1};
}

static void new_pod(struct world *w, struct rpod *p)
{
    struct sched_verdict v;
    *p = some_pod(++w->serial);
    put_pod(w, p);
    compare(w, p);
    assert_done(sched_place(w->s, p->handle, &v));
    if (v.node == SCHED_NOWHERE) {
        drop_pod(w, p);
        return;
    }
    int node = sched_node_name(w->s, v.node).p[1] - '0';
    switch (throw_(4)) {
    case 0: /* it is to have this place later */
        assert_done(sched_nominate(w->s, p->handle, v.node));
        p->nominated = node;
        compare(w, p);
        return;
    case 1: /* assumed, then the API shows it */
        assert_done(sched_assume(w->s, p->handle, v.node));
        p->node = node;
        put_pod(w, p);
        return;
    case 2: /* assumed and forgotten */
        assert_done(sched_assume(w->s, p->handle, v.node));
        sched_forget(w->s, p->handle);
        compare(w, p);
        drop_pod(w, p);
        return;
    default:
        assert_done(sched_assume(w->s, p->handle, v.node));
        p->node = node;
    }
}

static void change_pod(struct world *w, struct rpod *p)
{
    if (throw_(3)) {
        drop_pod(w, p);
        return;
    }
    if (throw_(2)) {
        p->app = throw_(3);
        p->tier = throw_(3) - 1;
    } else {
        p->deleting = true;
    }
    put_pod(w, p);
}

static void change_node(struct world *w, int n)
{
    char name[16];
    snprintf(name, sizeof(name), "n%d", n);
    if (throw_(5) == 0 && w->nodes[n].there) {
        sched_del(w->s, SCHED_NODE, STR_NONE, str_of(name), NULL);
        w->nodes[n].there = false;
        return;
    }
    struct rnode was = w->nodes[n];
    w->nodes[n] = some_node();
    if (was.there && throw_(2)) { /* only some of it */
        w->nodes[n].zone = was.zone;
        w->nodes[n].disk = was.disk;
        w->nodes[n].cpu = was.cpu;
    }
    assert_done(sched_put(w->s, SCHED_NODE, node_tree(w, n), NULL));
}

static void change_namespace(struct world *w, int n)
{
    SCOPED_BUF b = BUF_INIT(1024);
    w->red[n] = throw_(2) == 0;
    buf_fmt(&b, "{'metadata':{'name':'ns%d','labels':{'team':'%s'}}}", n, w->red[n] ? "red" : "blue");
    assert_done(sched_put(w->s, SCHED_NAMESPACE, tree(w, &b), NULL));
}

static void run(unsigned seed, bool with_fine)
{
    struct world *w = mem_alloc(sizeof(*w));
    struct sched_plugin plugin = {.name = "Fine", .weight = 1, .most = FINE_MOST, .self = w, .claims = fine_claims, .score = fine_score};
    srand(seed);
    assert_done(arena_new(&w->a, 64u << 20));
    assert_done(sched_new(&w->s, &(struct sched_options){.plugins = &plugin, .n_plugins = with_fine}));
    w->fine = with_fine;
    for (int i = 0; i < PODS; i++)
        w->pods[i].node = w->pods[i].nominated = -1;
    for (int i = 0; i < NAMESPACES; i++)
        change_namespace(w, i);
    for (int step = 0; step < STEPS; step++) {
        struct rpod *p = &w->pods[throw_(PODS)];
        arena_reset(w->a);
        if (throw_(12) == 0)
            change_node(w, throw_(NODES));
        else if (throw_(60) == 0)
            change_namespace(w, throw_(NAMESPACES));
        else if (p->there)
            change_pod(w, p);
        else
            new_pod(w, p);
        check_sums(w);
    }
    sched_free(w->s);
    arena_free(w->a);
    mem_free(w);
}

static void agrees(void **state)
{
    (void)state;
    const char *seeds = getenv("SEEDS"); /* more of them by hand */
    for (unsigned seed = 1; seed <= (seeds ? (unsigned)atoi(seeds) : 4); seed++) {
        run(seed, false);
        run(seed, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
