#include "sim/inside.h"

#include "cycle/cycle.h"

const int sim_marks[SIM_MARKS] = {80, 90, 95, 100, 110, 130};

#define SECOND      1000              /* of the simulated clock */
#define COLUMNS_MAX ((size_t)8 << 30) /* a million nodes, and three hundred sorts of pods */

/* A pod on its way through the cluster; what will happen to it next stands in the heap. */
struct life {
    struct heap_item item; /* when it comes, then when it ends */
    const struct sim_pod *pod;
    int64_t created, placed; /* simulated milliseconds; placed -1: not yet */
    struct str uid;
    bool came;
};

struct gang {
    struct str name;
    int64_t size, placed_at; /* −1: none of its pods yet */
    size_t placed;
    bool torn;
};

struct stage {
    const struct sim_trace *trace;
    const struct sim_options *options;
    struct share *share;
    struct sched *sched;
    struct cycle *cycle;
    struct arena *scratch; /* of one object's tree */
    struct arena *names;
    struct map running; /* uid → life */
    struct heap times;
    struct life *lives;
    size_t n_lives;
    struct map gangs; /* name → struct gang; replays only */
    int64_t now;
    uint64_t dice;
    int64_t cpu, memory;                    /* taken */
    double cpu_time, memory_time, gpu_time; /* replays: taken × milliseconds */
    struct sim_result *result;
};

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t throw_dice(struct stage *g)
{
    uint64_t z = g->dice += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* ── objects as the engine reads them ── */

static int put_node(struct stage *g, const struct sim_node *n)
{
    struct value v = value_make_map();
    int r = 0;
    arena_reset(g->scratch);
    struct str cpu = arena_fmt(g->scratch, "%lldm", (long long)n->cpu_milli), memory = arena_fmt(g->scratch, "%lldMi", (long long)n->memory_mib);
    VALUE_SET(&r, g->scratch, &v, "metadata.name", value_make_text(n->name));
    VALUE_SET(&r, g->scratch, &v, "status.allocatable.cpu", value_make_text(cpu));
    VALUE_SET(&r, g->scratch, &v, "status.allocatable.memory", value_make_text(memory));
    VALUE_SET(&r, g->scratch, &v, "status.allocatable.pods", value_make_text(STR("100000")));
    if (r == 0 && (!cpu.p || !memory.p))
        r = -ENOMEM;
    if (r == 0)
        r = cycle_put(g->cycle, SCHED_NODE, &v, g->now);
    return r < 0 ? r : share_node(g->share, sched_node_find(g->sched, n->name), n->gpus, n->model);
}

static int put_pod(struct stage *g, const struct life *l)
{
    const struct sim_pod *p = l->pod;
    struct value v = value_make_map(), containers = value_make_list(), c = value_make_map(), annotations = value_make_map();
    struct arena *a = g->scratch;
    int r = 0;
    arena_reset(a);
    struct str cpu = arena_fmt(a, "%lldm", (long long)p->demand.cpu), memory = arena_fmt(a, "%lldMi", (long long)p->memory_mib);
    struct str count = arena_fmt(a, "%d", p->demand.count), milli = arena_fmt(a, "%d", p->demand.milli);
    if (!cpu.p || !memory.p || !count.p || !milli.p)
        return -ENOMEM;
    if (p->demand.count && (!value_set(a, &annotations, STR(SHARE_COUNT), value_make_text(count)) ||
                            !value_set(a, &annotations, STR(SHARE_MILLI), value_make_text(milli)) ||
                            (p->demand.models.n && !value_set(a, &annotations, STR(SHARE_MODELS), value_make_text(p->demand.models)))))
        return -ENOMEM;
    VALUE_SET(&r, a, &c, "name", value_make_text(STR("main")));
    VALUE_SET(&r, a, &c, "resources.requests.cpu", value_make_text(cpu));
    VALUE_SET(&r, a, &c, "resources.requests.memory", value_make_text(memory));
    if (r == 0 && !value_add(a, &containers, c))
        r = -ENOMEM;
    VALUE_SET(&r, a, &v, "metadata.namespace", value_make_text(STR("default")));
    VALUE_SET(&r, a, &v, "metadata.name", value_make_text(l->uid));
    VALUE_SET(&r, a, &v, "metadata.uid", value_make_text(l->uid));
    VALUE_SET(&r, a, &v, "metadata.annotations", annotations);
    VALUE_SET(&r, a, &v, "spec.containers", containers);
    if (p->gang.n && g->options->replay)
        VALUE_SET(&r, a, &v, "spec.schedulingGroup.podGroupName", value_make_text(p->gang));
    if (r == 0)
        r = cycle_put(g->cycle, SCHED_POD, &v, g->now);
    return r < 0 ? r : share_pod(g->share, sched_pod_find(g->sched, l->uid), &p->demand);
}

static void drop_pod(struct stage *g, const struct life *l)
{
    struct sched_pod *p = sched_pod_find(g->sched, l->uid);
    if (!p)
        return;
    share_pod_gone(g->share, p);
    cycle_del(g->cycle, SCHED_POD, STR_NONE, l->uid, g->now);
}

/* A PodGroup of each gang, which needs all of its pods. */
static int put_gangs(struct stage *g)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < g->trace->pods.n; i++) {
        struct str name = g->trace->pods.p[i].gang;
        struct gang *x = name.n ? map_get(&g->gangs, name) : NULL;
        if (!x && name.n) {
            x = arena_alloc(g->names, sizeof(*x));
            r = x ? map_put(&g->gangs, name, x) : -ENOMEM;
            if (r == 0)
                *x = (struct gang){.name = name, .placed_at = -1};
        }
        if (r == 0 && x)
            x->size++;
    }
    MAP_EACH (slot, &g->gangs) {
        const struct gang *x = slot->value;
        struct value v = value_make_map();
        if (r == 0)
            arena_reset(g->scratch);
        VALUE_SET(&r, g->scratch, &v, "metadata.namespace", value_make_text(STR("default")));
        VALUE_SET(&r, g->scratch, &v, "metadata.name", value_make_text(x->name));
        VALUE_SET(&r, g->scratch, &v, "spec.schedulingPolicy.gang.minCount", value_make_int(x->size));
        if (r == 0)
            r = cycle_put(g->cycle, SCHED_POD_GROUP, &v, g->now);
    }
    g->result->gangs = g->gangs.n;
    return r;
}

static void gang_placed(struct stage *g, const struct life *l)
{
    struct gang *x = l->pod->gang.n ? map_get(&g->gangs, l->pod->gang) : NULL;
    if (!x)
        return;
    x->torn = x->torn || (x->placed && x->placed_at != g->now);
    x->placed_at = g->now;
    x->placed++;
}

static void count_torn(struct stage *g)
{
    MAP_EACH (slot, &g->gangs) {
        const struct gang *x = slot->value;
        g->result->torn += x->torn || (x->placed && x->placed < (size_t)x->size);
    }
}

/* ── what the scheduler decides ── */

static int on_placed(struct stage *g, const struct cycle_outcome *out)
{
    struct str uid = sched_pod_uid(out->pod);
    struct life *l = map_get(&g->running, uid);
    l->placed = g->now;
    gang_placed(g, l);
    g->cpu += l->pod->demand.cpu;
    g->memory += l->pod->memory_mib;
    g->result->placed++;
    g->result->digest = (g->result->digest ^ out->node ^ (uint64_t)share_held(g->share, out->pod) << 32) * UINT64_C(0x100000001b3);
    if (!g->options->replay)
        return 0;
    return heap_add(&g->times, &l->item, g->now + l->pod->ran_s * SECOND);
}

static int drain(struct stage *g)
{
    struct cycle_outcome out;
    int r;
    while ((r = cycle_step(g->cycle, g->now, &out)) > 0)
        if (out.kind == CYCLE_PLACED && (r = on_placed(g, &out)) < 0)
            return r;
    return r;
}

/* ── the published experiment ── */

static int draw_lives(struct stage *g)
{
    const struct sim_trace *t = g->trace;
    double wanted = g->options->replay ? 0 : g->options->demand * (double)t->gpu_milli, asked = 0;
    VEC(const struct sim_pod *) drawn = {0};
    for (size_t i = 0; i < t->pods.n || asked < wanted; i++) {
        const struct sim_pod *p = &t->pods.p[i < t->pods.n ? i : throw_dice(g) % t->pods.n];
        const struct sim_pod **slot = i < SIM_ROWS_MAX ? VEC_ADD(&drawn) : NULL;
        if (!slot) {
            VEC_DONE(&drawn);
            return -ENOMEM;
        }
        *slot = p;
        asked += p->demand.count * p->demand.milli;
    }
    for (size_t i = drawn.n; !g->options->replay && i-- > 1;) {
        size_t k = throw_dice(g) % (i + 1);
        const struct sim_pod *p = drawn.p[i];
        drawn.p[i] = drawn.p[k];
        drawn.p[k] = p;
    }
    g->lives = mem_alloc((drawn.n + 1) * sizeof(*g->lives));
    int r = g->lives ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < drawn.n; i++) {
        struct life *l = &g->lives[g->n_lives++];
        *l = (struct life){.pod = drawn.p[i],
                           .created = g->options->replay ? drawn.p[i]->created_s * SECOND : (int64_t)i,
                           .placed = -1,
                           .uid = arena_fmt(g->names, "pod-%zu", i)};
        r = l->uid.p ? map_put(&g->running, l->uid, l) : -ENOMEM;
    }
    VEC_DONE(&drawn);
    return r;
}

static void mark(struct stage *g, int64_t arrived, size_t *next, bool end)
{
    struct share_sums sums;
    if (*next >= SIM_MARKS || (!end && arrived * 100 < g->trace->gpu_milli * sim_marks[*next]))
        return;
    share_sums(g->share, &sums);
    while (*next < SIM_MARKS && (end || arrived * 100 >= g->trace->gpu_milli * sim_marks[*next]))
        g->result->allocated[(*next)++] = sums.all ? 100.0 * (double)sums.taken / (double)sums.all : 0;
}

static int run_arrivals(struct stage *g)
{
    int64_t arrived = 0;
    size_t next = 0;
    int r = 0;
    for (size_t i = 0; r == 0 && i < g->n_lives; i++) {
        struct life *l = &g->lives[i];
        g->now = l->created;
        r = put_pod(g, l);
        if (r == 0)
            r = drain(g);
        if (r == 0 && l->placed < 0) {
            drop_pod(g, l);
            g->result->dropped++;
        }
        arrived += l->pod->demand.count * l->pod->demand.milli;
        mark(g, arrived, &next, false);
    }
    mark(g, arrived, &next, true);
    return r;
}

/* ── a trace as it was ── */

static void pass_time(struct stage *g, int64_t to)
{
    double span = (double)(to - g->now);
    if (span <= 0)
        return;
    g->cpu_time += span * (double)g->cpu;
    g->memory_time += span * (double)g->memory;
    g->gpu_time += span * (double)share_taken(g->share);
    g->now = to;
}

static int happen(struct stage *g, struct life *l)
{
    heap_del(&g->times, &l->item);
    if (!l->came) {
        l->came = true;
        return put_pod(g, l);
    }
    g->cpu -= l->pod->demand.cpu;
    g->memory -= l->pod->memory_mib;
    drop_pod(g, l);
    return 0;
}

static int run_replay(struct stage *g)
{
    struct heap_item *first;
    int64_t last = 0;
    int r = 0;
    for (size_t i = 0; r == 0 && i < g->n_lives; i++) {
        last = MAX(last, g->lives[i].created);
        r = heap_add(&g->times, &g->lives[i].item, g->lives[i].created);
    }
    while (r == 0 && (first = heap_first(&g->times)) != NULL) {
        int64_t wake = cycle_next(g->cycle), at = first->at;
        pass_time(g, MAX(MIN(MIN(at, wake), MAX(last, g->now)), g->now)); /* means are taken until the last arrival */
        g->now = MAX(g->now, MIN(at, wake));
        while (r == 0 && (first = heap_first(&g->times)) != NULL && first->at <= g->now)
            r = happen(g, CONTAINER_OF(first, struct life, item));
        if (r == 0)
            r = drain(g);
    }
    return r;
}

/* ── the whole ── */

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static int sum_waits(struct stage *g)
{
    int64_t *waits = mem_alloc((g->n_lives + 1) * sizeof(*waits));
    size_t n = 0;
    if (!waits)
        return -ENOMEM;
    for (size_t i = 0; i < g->n_lives; i++)
        if (g->lives[i].placed >= 0)
            waits[n++] = g->lives[i].placed - g->lives[i].created;
    if (n) {
        qsort(waits, n, sizeof(*waits), by_size);
        g->result->wait_p50_ms = waits[n / 2];
        g->result->wait_p99_ms = waits[n * 99 / 100];
        g->result->wait_most_ms = waits[n - 1];
    }
    g->result->dropped = g->n_lives - n;
    mem_free(waits);
    return 0;
}

static double percent(double part, double all)
{
    return all > 0 ? 100 * part / all : 0;
}

static int sum_up(struct stage *g)
{
    const struct sim_trace *t = g->trace;
    struct sim_result *out = g->result;
    struct share_sums sums;
    int64_t last = 0;
    share_sums(g->share, &sums);
    out->nodes = sched_nodes(g->sched);
    out->pods = g->n_lives;
    out->end_ms = g->now;
    out->fragments = percent(sums.fragments, (double)sums.all);
    out->cpu = percent((double)g->cpu, (double)t->cpu_milli);
    out->memory = percent((double)g->memory, (double)t->memory_mib);
    out->gpu = percent((double)sums.taken, (double)sums.all);
    if (!g->options->replay)
        return 0;
    for (size_t i = 0; i < g->n_lives; i++)
        last = MAX(last, g->lives[i].created);
    out->cpu = percent(g->cpu_time, (double)t->cpu_milli * (double)last);
    out->memory = percent(g->memory_time, (double)t->memory_mib * (double)last);
    out->gpu = percent(g->gpu_time, (double)t->gpu_milli * (double)last);
    return sum_waits(g);
}

static int open_stage(struct stage *g)
{
    struct sched_profile profile;
    struct sched_plugin plugin;
    int r = share_new(&g->share, g->options->policy);
    if (r < 0)
        return r;
    sched_profile_default(&profile, STR("default-scheduler"));
    plugin = share_plugin(g->share);
    profile.scores = 1u << SCHED_RULE_PLUGIN;
    profile.weights[SCHED_RULE_PLUGIN] = 1;
    profile.percentage = 100;
    r = sched_new(&g->sched,
                  &(struct sched_options){.profiles = &profile, .n_profiles = 1, .plugins = &plugin, .n_plugins = 1, .columns = COLUMNS_MAX});
    if (r == 0)
        share_attach(g->share, g->sched, 0);
    if (r == 0)
        r = cycle_new(&g->cycle, g->sched, NULL);
    if (r == 0)
        r = arena_new(&g->scratch, 1u << 20);
    if (r == 0)
        r = arena_new(&g->names, (size_t)1 << 30);
    for (size_t i = 0; r == 0 && i < g->trace->pods.n; i++)
        r = share_expect(g->share, &g->trace->pods.p[i].demand, 1);
    for (size_t i = 0; r == 0 && i < g->trace->nodes.n; i++)
        r = put_node(g, &g->trace->nodes.p[i]);
    return r == 0 && g->options->replay ? put_gangs(g) : r;
}

static void close_stage(struct stage *g)
{
    for (size_t i = 0; i < g->n_lives; i++) {
        struct sched_pod *p = g->sched ? sched_pod_find(g->sched, g->lives[i].uid) : NULL;
        if (p)
            share_pod_gone(g->share, p);
    }
    heap_done(&g->times);
    map_done(&g->running);
    map_done(&g->gangs);
    cycle_free(g->cycle);
    sched_free(g->sched);
    share_free(g->share);
    mem_free(g->lives);
    arena_free(g->scratch);
    arena_free(g->names);
}

int sim_run(const struct sim_trace *t, const struct sim_options *o, struct sim_result *out, struct err *err)
{
    struct stage g = {.trace = t, .options = o, .result = out, .dice = o->seed};
    *out = (struct sim_result){0};
    if (!o->replay && (!(o->demand >= 0.1) || o->demand > 100))
        return err_raise(err, -EINVAL, "demand: must be from 0.1 to 100");
    if (!o->replay && t->gpu_milli == 0)
        return err_raise(err, -EINVAL, "demand is measured against GPUs, and the trace's nodes have none");
    int r = open_stage(&g);
    if (r == 0)
        r = draw_lives(&g);
    if (r == 0)
        r = o->replay ? run_replay(&g) : run_arrivals(&g);
    if (r == 0)
        r = sum_up(&g);
    count_torn(&g);
    close_stage(&g);
    return r < 0 ? err_raise(err, r, "the simulation stopped: %s", strerror(-r)) : 0;
}
