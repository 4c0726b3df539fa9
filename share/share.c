#include "share/inside.h"

#include "object/object.h"

#include <math.h>

/* What a score of the gradient counts: whole hundredths as published, and of equal nodes the first. */
#define TURNS (1 << 14)
/* … of the others: 1/16 thousandth of a GPU. */
#define FINE      16
#define FINE_HALF (1 << 19)
/* … on a running cluster, where other plugins have a say too: half a thousandth of a logistic curve. */
#define LIVE_MOST 2000

const char *share_policy_name(enum share_policy p)
{
    static const char *const names[SHARE_POLICIES] = {"bestFit", "fragmentationGradient", "fragmentationFit"};
    return names[p];
}

/* ── what a pod asks for ── */

static int read_number(const struct value *pod, const char *key, int otherwise, int most, int *out, struct err *err)
{
    const struct value *v = value_get(value_at(pod, "metadata.annotations"), str_of(key));
    int64_t n = otherwise;
    if (v && (str_to_int(value_text(v), &n) < 0 || n < 0 || n > most))
        return err_raise(err, -EINVAL, "metadata.annotations[%s]: Invalid value: \"%.*s\": must be a whole number from 0 to %d", key,
                         STR_FMT(value_text(v)), most);
    *out = (int)n;
    return 0;
}

/* Thousandths its containers ask for as an extended resource: up to a whole GPU is a share of one, more are whole ones. */
static int read_resource(const struct value *pod, struct share_demand *out, struct err *err)
{
    int64_t milli = 0;
    const struct value *list = value_at(pod, "spec.containers");
    VALUE_EACH_ITEM (c, list) {
        const struct value *asks = value_get(value_at(c, "resources.requests"), STR(SHARE_RESOURCE));
        milli += quantity_value(quantity_of(asks ? asks : value_get(value_at(c, "resources.limits"), STR(SHARE_RESOURCE))));
        if (milli < 0 || milli > SHARE_GPUS_MAX * SHARE_WHOLE)
            return err_raise(err, -EINVAL, "spec.containers: Invalid value: more than %d of " SHARE_RESOURCE, SHARE_GPUS_MAX * SHARE_WHOLE);
    }
    if (milli > SHARE_WHOLE && milli % SHARE_WHOLE)
        return err_raise(err, -EINVAL, "spec.containers: Invalid value: %lld of " SHARE_RESOURCE ": several GPUs are whole ones", (long long)milli);
    out->count = milli > SHARE_WHOLE ? (int)(milli / SHARE_WHOLE) : milli > 0;
    out->milli = milli > SHARE_WHOLE ? SHARE_WHOLE : (int)milli;
    return 0;
}

int share_read(const struct value *pod, struct share_demand *out, struct err *err)
{
    *out = (struct share_demand){.models = value_text(value_get(value_at(pod, "metadata.annotations"), STR(SHARE_MODELS)))};
    int r = read_number(pod, SHARE_COUNT, 0, SHARE_GPUS_MAX, &out->count, err);
    if (r == 0)
        r = read_number(pod, SHARE_MILLI, SHARE_WHOLE, SHARE_WHOLE, &out->milli, err);
    if (r == 0 && !value_get(value_at(pod, "metadata.annotations"), STR(SHARE_COUNT)))
        r = read_resource(pod, out, err);
    if (r < 0)
        return r;
    if (out->count > 1 && out->milli != SHARE_WHOLE)
        return err_raise(err, -EINVAL, "metadata.annotations[" SHARE_MILLI "]: Invalid value: \"%d\": several GPUs are whole ones", out->milli);
    VALUE_EACH_ITEM (c, value_at(pod, "spec.containers"))
        out->cpu += quantity_milli(quantity_of(value_at(c, "resources.requests.cpu")));
    if (out->count == 0 || out->milli == 0)
        out->count = out->milli = 0;
    return 0;
}

static bool model_allowed(const struct share_demand *d, const char *model)
{
    struct str rest = d->models, one;
    if (d->models.n == 0)
        return true;
    while (str_next(&rest, '|', &one))
        if (str_is(one, model))
            return true;
    return false;
}

bool share_holds(const struct machine *m, const struct share_demand *d)
{
    int n = 0;
    if (d->count == 0)
        return true;
    for (int i = 0; i < m->n; i++)
        n += m->free[i] >= d->milli;
    return n >= d->count && model_allowed(d, m->model);
}

/* ── fragments ── */

/* GPU thousandths of this machine that a pod of kind k could not use. */
static int kind_fragments(const struct machine *m, int64_t cpu, const struct kind *k, int all)
{
    const struct share_demand *d = &k->demand;
    int part = 0;
    if (d->count == 0 || d->cpu > cpu || !share_holds(m, d))
        return all;
    for (int i = 0; i < m->n; i++)
        part += m->free[i] < d->milli ? m->free[i] : 0;
    return part;
}

static int free_of(const struct machine *m)
{
    int all = 0;
    for (int i = 0; i < m->n; i++)
        all += m->free[i];
    return all;
}

static double fragments(const struct share *s, const struct machine *m, int64_t cpu)
{
    double sum = 0;
    int all = free_of(m);
    for (size_t i = 0; all && i < s->kinds.n; i++)
        sum += s->kinds.p[i].weight * kind_fragments(m, cpu, &s->kinds.p[i], all);
    return s->weight > 0 ? sum / s->weight : 0;
}

/* Of a node that is not known (any more) too: pods there hold what they hold. */
void share_take(struct machine *m, uint32_t gpus, int milli)
{
    for (int i = 0; i < SHARE_GPUS_MAX; i++)
        m->free[i] -= gpus >> i & 1 ? milli : 0;
}

/* ── which GPUs, and how good that is ── */

int64_t share_cpu_free(const struct share *s, uint32_t node)
{
    int64_t has = 0, used = 0;
    sched_node_amounts(s->engine, node, STR("cpu"), &has, &used);
    return has - used;
}

/* Weights of SHARE_FIT, in thousandths of a GPU of fragments. */
#define WORTH_GPU_FREE  0.0026  /* … for each thousandth free on the node */
#define WORTH_CPU_FREE  0.00042 /* … for each thousandth of a core free there */
#define WORTH_NO_GPU    0.0175  /* … for each thousandth free, when the pod wants none */
#define WORTH_EMPTY_GPU 0.0259  /* … for each thousandth free of the GPU it gets */
#define WORTH_OPENED    360     /* … for a share of a GPU that was whole */
#define WORTH_STARVED   0.00085 /* … for each thousandth of a core that is missing to CPU_PER_GPU of them for a GPU */
#define CPU_PER_GPU     8
#define RARE_POWER      (-0.5) /* of the GPUs a kind asks for: small ones weigh more than their number says */

static double worth(const struct share *s, const struct machine *m, const struct share_demand *d, int64_t cpu, double before, uint32_t gpus)
{
    struct machine after = *m;
    share_take(&after, gpus, d->milli);
    double gained = before - fragments(s, &after, cpu - d->cpu);
    if (s->policy == SHARE_GRADIENT)
        return gained;
    int all = free_of(m), left = free_of(&after);
    gained -= WORTH_GPU_FREE * all + WORTH_CPU_FREE * (double)cpu;
    if (d->count != 1)
        return d->count == 0 ? gained - WORTH_NO_GPU * all : gained;
    int had = m->free[__builtin_ctz(gpus)];
    double missing = (double)left * CPU_PER_GPU - (double)(cpu - d->cpu);
    gained -= WORTH_EMPTY_GPU * had + WORTH_STARVED * MAX(missing, 0.0);
    return had == SHARE_WHOLE && d->milli < SHARE_WHOLE ? gained - WORTH_OPENED : gained;
}

/* Several GPUs: the first that are free. */
static uint32_t first_free(const struct machine *m, const struct share_demand *d)
{
    uint32_t gpus = 0;
    for (int i = 0, n = d->count; n && i < m->n; i++)
        if (m->free[i] >= d->milli) {
            gpus |= 1u << i;
            n--;
        }
    return gpus;
}

static bool seen_before(const struct machine *m, int i)
{
    for (int j = 0; j < i; j++)
        if (m->free[j] == m->free[i])
            return true;
    return false;
}

struct choice share_choose(const struct share *s, const struct machine *m, const struct share_demand *d, int64_t cpu)
{
    if (s->policy == SHARE_BEST_FIT) {
        int best = -1;
        for (int i = 0; d->count == 1 && i < m->n; i++)
            if (m->free[i] >= d->milli && (best < 0 || m->free[i] < m->free[best]))
                best = i;
        double left = (double)(cpu - d->cpu) / 128000 + (double)(free_of(m) - d->count * d->milli) / (8 * SHARE_WHOLE);
        return (struct choice){best >= 0 ? 1u << best : first_free(m, d), -left};
    }
    double before = fragments(s, m, cpu);
    struct choice best = {first_free(m, d), 0};
    if (d->count != 1) {
        best.worth = worth(s, m, d, cpu, before, best.gpus);
        return best;
    }
    bool any = false;
    for (int i = 0; i < m->n; i++) {
        if (m->free[i] < d->milli || seen_before(m, i))
            continue;
        struct choice one = {1u << i, worth(s, m, d, cpu, before, 1u << i)};
        if (!any || one.worth > best.worth)
            best = one;
        any = true;
    }
    return best;
}

/* ── the plugin ── */

static struct claim *claim_of(const struct share *s, const struct sched_pod *p)
{
    return s->live ? map_get(&s->claims, sched_pod_uid(p)) : sched_pod_plugin(p, s->plugin);
}

static struct machine *machine_of(const struct share *s, uint32_t node)
{
    struct machine *m = s->live ? map_get(&s->by_name, sched_node_name(s->engine, node)) : node < s->machines.n ? &s->machines.p[node] : NULL;
    return m && m->known ? m : NULL;
}

/* In a trace every pod is: those without GPUs too are to keep out of the others' way. On a running cluster they cost nothing. */
static int on_claims(void *self, const struct value *pod, struct buf *key)
{
    const struct share *s = self;
    struct share_demand d;
    if (share_read(pod, &d, NULL) < 0)
        buf_text(key, "malformed");
    else if (s->live && d.count == 0)
        return 0;
    else
        buf_fmt(key, "%d/%d/%.*s", d.count, d.milli, STR_FMT(d.models));
    return buf_error(key) < 0 ? buf_error(key) : 1;
}

static const char *on_filter(void *self, const struct sched_pod *p, uint32_t node, bool *final)
{
    const struct share *s = self;
    const struct claim *k = claim_of(s, p);
    const struct machine *m = machine_of(s, node);
    if (!k)
        return "GPU annotations that cannot be read";
    if (k->demand.count == 0)
        return NULL;
    if (!m || m->n < k->demand.count || !model_allowed(&k->demand, m->model)) {
        *final = true;
        return "node(s) had no such GPUs";
    }
    return share_holds(m, &k->demand) ? NULL : "Insufficient GPUs";
}

static int64_t on_score(void *self, const struct sched_pod *p, uint32_t node)
{
    static const struct machine bare = {.model = NULL};
    const struct share *s = self;
    const struct claim *k = claim_of(s, p);
    const struct machine *m = machine_of(s, node);
    if (!k)
        return 0;
    double w = share_choose(s, m ? m : &bare, &k->demand, share_cpu_free(s, node)).worth;
    if (s->live)
        return (int64_t)(LIVE_MOST / (1 + exp(-w / SHARE_WHOLE)));
    if (s->policy == SHARE_GRADIENT)
        return (int64_t)floor(100 / (1 + exp(-w / SHARE_WHOLE))) * TURNS + TURNS - 1 - MIN(node, (uint32_t)TURNS - 1);
    return (int64_t)llround(s->policy == SHARE_BEST_FIT ? FINE_HALF + w * (FINE_HALF / 64) : FINE_HALF + w * FINE);
}

static int on_reserve(void *self, struct sched_pod *p, uint32_t node)
{
    struct share *s = self;
    struct claim *k = claim_of(s, p);
    if (!k)
        return 1;
    if (k->demand.count == 0)
        return 0;
    struct machine *m = machine_of(s, node);
    if (!m || !share_holds(m, &k->demand))
        return 1;
    k->held = share_choose(s, m, &k->demand, share_cpu_free(s, node)).gpus;
    share_take(m, k->held, k->demand.milli);
    s->taken += (int64_t)__builtin_popcount(k->held) * k->demand.milli;
    k->on = s->live ? m : NULL;
    return 0;
}

static void on_unreserve(void *self, struct sched_pod *p, uint32_t node)
{
    struct share *s = self;
    struct claim *k = claim_of(s, p);
    struct machine *m = !k ? NULL : s->live ? k->on : machine_of(s, node);
    if (!m)
        return;
    share_take(m, k->held, -k->demand.milli);
    s->taken -= (int64_t)__builtin_popcount(k->held) * k->demand.milli;
    k->held = 0;
    k->on = NULL;
}

struct sched_plugin share_plugin(struct share *s)
{
    return (struct sched_plugin){.name = "SharedGPUs",
                                 .weight = 1,
                                 .self = s,
                                 .claims = on_claims,
                                 .filter = on_filter,
                                 .score = on_score,
                                 .most = s->live                       ? LIVE_MOST
                                         : s->policy == SHARE_GRADIENT ? 101 * TURNS
                                                                       : 2 * FINE_HALF,
                                 .reserve = on_reserve,
                                 .unreserve = on_unreserve};
}

/* ── its owner ── */

int share_new(struct share **out, enum share_policy policy)
{
    struct share *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->policy = policy;
    *out = s;
    return 0;
}

struct share *share_free(struct share *s)
{
    if (!s)
        return NULL;
    share_live_done(s);
    for (size_t i = 0; i < s->machines.n; i++)
        mem_free(s->machines.p[i].model);
    for (size_t i = 0; i < s->kinds.n; i++)
        mem_free(s->kinds.p[i].key);
    VEC_DONE(&s->machines);
    VEC_DONE(&s->kinds);
    map_done(&s->by_demand);
    return mem_free(s);
}

void share_attach(struct share *s, struct sched *engine, unsigned plugin)
{
    s->engine = engine;
    s->plugin = plugin;
}

struct kind *share_kind(struct share *s, const struct share_demand *d)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    buf_fmt(&b, "%lld/%d/%d/%.*s", (long long)d->cpu, d->count, d->milli, STR_FMT(d->models));
    if (buf_error(&b) < 0)
        return NULL;
    uintptr_t place = (uintptr_t)map_get(&s->by_demand, buf_view(&b));
    if (place)
        return &s->kinds.p[place - 1];
    char *key = mem_text(buf_view(&b).p, buf_view(&b).n);
    struct kind *k = key ? VEC_ADD(&s->kinds) : NULL;
    if (!k || map_put(&s->by_demand, str_of(key), (void *)(uintptr_t)s->kinds.n) < 0) {
        s->kinds.n -= k != NULL;
        mem_free(key);
        return NULL;
    }
    k->demand = *d;
    k->key = key;
    k->demand.models = str_make(key + buf_view(&b).n - d->models.n, d->models.n);
    return k;
}

int share_expect(struct share *s, const struct share_demand *d, double weight)
{
    struct kind *k = share_kind(s, d);
    if (!k)
        return -ENOMEM;
    if (s->policy == SHARE_FIT && d->count)
        weight *= pow((double)d->count * d->milli / SHARE_WHOLE, RARE_POWER);
    k->weight += weight;
    s->weight += weight;
    return 0;
}

int share_node(struct share *s, uint32_t node, int gpus, struct str model)
{
    if (gpus < 0 || gpus > SHARE_GPUS_MAX)
        return -EINVAL;
    while (s->machines.n <= node)
        if (!VEC_ADD(&s->machines))
            return -ENOMEM;
    char *name = mem_text(model.p, model.n);
    if (!name)
        return -ENOMEM;
    struct machine *m = &s->machines.p[node];
    mem_free(m->model);
    *m = (struct machine){.known = true, .n = gpus, .model = name};
    for (int i = 0; i < gpus; i++)
        m->free[i] = SHARE_WHOLE;
    return 0;
}

int share_pod(struct share *s, struct sched_pod *p, const struct share_demand *d)
{
    struct claim *k = mem_alloc(sizeof(*k) + d->models.n + 1);
    if (!k)
        return -ENOMEM;
    k->demand = *d;
    if (d->models.n)
        memcpy(k->models, d->models.p, d->models.n);
    k->demand.models = str_make(k->models, d->models.n);
    mem_free(claim_of(s, p));
    sched_pod_set_plugin(p, s->plugin, k);
    return 0;
}

void share_pod_gone(struct share *s, struct sched_pod *p)
{
    struct claim *k = claim_of(s, p);
    uint32_t node = sched_pod_node(p);
    if (!k)
        return;
    if (k->held && machine_of(s, node)) {
        share_take(machine_of(s, node), k->held, -k->demand.milli);
        s->taken -= (int64_t)__builtin_popcount(k->held) * k->demand.milli;
        sched_touch(s->engine, node);
    }
    sched_pod_set_plugin(p, s->plugin, NULL);
    mem_free(k);
}

uint32_t share_held(const struct share *s, const struct sched_pod *p)
{
    const struct claim *k = claim_of(s, p);
    return k ? k->held : 0;
}

int64_t share_taken(const struct share *s)
{
    return s->taken;
}

void share_sums(const struct share *s, struct share_sums *out)
{
    *out = (struct share_sums){0};
    for (uint32_t i = 0; i < s->machines.n; i++) {
        const struct machine *m = machine_of(s, i);
        if (!m)
            continue;
        out->all += (int64_t)m->n * SHARE_WHOLE;
        out->taken += (int64_t)m->n * SHARE_WHOLE - free_of(m);
        out->fragments += fragments(s, m, share_cpu_free(s, i));
    }
}
