#include "cmd/inside.h"

#include <sys/resource.h>

#include "scene/scene.h"
#include "sim/sim.h"
#include "yaml/yaml.h"

/* coracle sim: a trace under the scheduler (kind Simulation), or a whole cluster by a script (kind Scenario). */

#define TABLE_MAX ((size_t)1 << 30)
#define SEEDS_MAX 1000

struct scenario {
    struct str nodes, pods; /* files, from the scenario's folder */
    const struct value *node_templates, *pod_templates;
    struct sim_options options;
    int64_t seeds, first_seed;
};

static int read_policy(const struct value *v, enum share_policy *out, struct err *err)
{
    for (int i = 0; i < SHARE_POLICIES; i++)
        if (str_is(value_text(v), share_policy_name((enum share_policy)i))) {
            *out = (enum share_policy)i;
            return 0;
        }
    return err_raise(err, -EINVAL, "policy: Unsupported value: \"%.*s\": supported values: \"%s\", \"%s\", \"%s\"", STR_FMT(value_text(v)),
                     share_policy_name(SHARE_BEST_FIT), share_policy_name(SHARE_GRADIENT), share_policy_name(SHARE_FIT));
}

static int read_member(struct scenario *s, struct str key, const struct value *v, struct err *err)
{
    if (str_is(key, "apiVersion"))
        return str_is(value_text(v), "coracle.dev/v1alpha1") ? 0 : err_raise(err, -EINVAL, "apiVersion: must be coracle.dev/v1alpha1");
    if (str_is(key, "kind"))
        return str_is(value_text(v), "Simulation") ? 0 : err_raise(err, -EINVAL, "kind: must be Simulation");
    if (str_is(key, "policy"))
        return read_policy(v, &s->options.policy, err);
    if (str_is(key, "nodes") && v->type == VALUE_LIST)
        s->node_templates = v;
    else if (str_is(key, "pods") && v->type == VALUE_LIST)
        s->pod_templates = v;
    else if (str_is(key, "nodes"))
        s->nodes = value_text(v);
    else if (str_is(key, "pods"))
        s->pods = value_text(v);
    else if (str_is(key, "replay"))
        s->options.replay = value_bool(v, false);
    else if (str_is(key, "demand"))
        s->options.demand = value_double(v, -1);
    else if (str_is(key, "seeds"))
        s->seeds = value_int(v, -1);
    else if (str_is(key, "firstSeed"))
        s->first_seed = value_int(v, -1);
    else
        return err_raise(err, -EINVAL, "%.*s: unknown field", STR_FMT(key));
    return 0;
}

static int read_file(struct arena *a, const char *path, struct value *out, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read(path, 1u << 20, &text);
    if (r < 0)
        return err_raise(err, r, "%s", strerror(-r));
    r = yaml_parse(a, buf_view(&text), NULL, out, err);
    return r == 0 && out->type != VALUE_MAP ? err_raise(err, -EINVAL, "must be an object of kind Simulation or Scenario") : r;
}

static int read_scenario(const struct value *v, struct scenario *s, struct err *err)
{
    int r = 0;
    *s = (struct scenario){.options = {.policy = SHARE_FIT, .demand = 1.3}, .seeds = 1, .first_seed = 1};
    VALUE_EACH_MEMBER (m, v)
        if (r == 0)
            r = read_member(s, m->key, &m->value, err);
    if (r < 0)
        return r;
    if ((!s->nodes.n && !s->node_templates) || (!s->pods.n && !s->pod_templates))
        return err_raise(err, -EINVAL, "%s: Required value: a file of comma separated values, or a list of templates",
                         s->nodes.n || s->node_templates ? "pods" : "nodes");
    if (s->seeds < 1 || s->seeds > SEEDS_MAX || s->first_seed < 0)
        return err_raise(err, -EINVAL, "seeds: must be from 1 to %d, and firstSeed not negative", SEEDS_MAX);
    return 0;
}

static int read_table(const char *scenario, struct str name, struct buf *out, struct err *err)
{
    struct str folder, rest;
    char path[OS_PATH_MAX];
    bool beside = name.p[0] != '/' && str_cut_last(str_of(scenario), '/', &folder, &rest);
    int r = beside ? os_path(path, "%.*s/%.*s", STR_FMT(folder), STR_FMT(name)) : os_path(path, "%.*s", STR_FMT(name));
    if (r == 0)
        r = os_file_read(path, TABLE_MAX, out);
    return r < 0 ? err_raise(err, r, "%.*s: %s", STR_FMT(name), strerror(-r)) : 0;
}

static void print_arrivals(const struct sim_result *r, uint64_t seed)
{
    printf("%-6llu", (unsigned long long)seed);
    for (int i = 0; i < SIM_MARKS; i++)
        printf(" %7.2f", r->allocated[i]);
    printf(" %8llu %8llu %8.2f\n", (unsigned long long)r->placed, (unsigned long long)r->dropped, r->fragments);
}

static int run_arrivals(const struct scenario *s, const struct sim_trace *t, struct err *err)
{
    double sums[SIM_MARKS] = {0};
    printf("GPUs allocated, in hundredths of all, when the demand that has arrived is …; policy %s\n%-6s", share_policy_name(s->options.policy),
           "seed");
    for (int i = 0; i < SIM_MARKS; i++)
        printf(" %7d", sim_marks[i]);
    printf(" %8s %8s %8s\n", "placed", "dropped", "useless");
    for (int64_t n = 0; n < s->seeds; n++) {
        struct sim_options o = s->options;
        struct sim_result result;
        o.seed = (uint64_t)(s->first_seed + n);
        int r = sim_run(t, &o, &result, err);
        if (r < 0)
            return r;
        print_arrivals(&result, o.seed);
        fflush(stdout);
        for (int i = 0; i < SIM_MARKS; i++)
            sums[i] += result.allocated[i];
    }
    printf("%-6s", "mean");
    for (int i = 0; i < SIM_MARKS; i++)
        printf(" %7.2f", sums[i] / (double)s->seeds);
    printf("\n");
    return 0;
}

static int run_replay(const struct scenario *s, const struct sim_trace *t, struct err *err)
{
    struct sim_result r;
    int e = sim_run(t, &s->options, &r, err);
    if (e < 0)
        return e;
    printf("nodes                 %u\npods                  %llu\nplaced                %llu\nnever placed          %llu\n", r.nodes,
           (unsigned long long)r.pods, (unsigned long long)r.placed, (unsigned long long)r.dropped);
    if (r.gangs)
        printf("gangs                 %llu\nplaced apart          %llu\n", (unsigned long long)r.gangs, (unsigned long long)r.torn);
    printf("taken, mean over time cpu %.2f%%, memory %.2f%%, gpu %.2f%%\n", r.cpu, r.memory, r.gpu);
    printf("waited for a node     p50 %.1f s, p99 %.1f s, longest %.1f s\n", (double)r.wait_p50_ms / 1000, (double)r.wait_p99_ms / 1000,
           (double)r.wait_most_ms / 1000);
    printf("simulated time        %.0f s\nplacements            %016llx\n", (double)r.end_ms / 1000, (unsigned long long)r.digest);
    return 0;
}

static int simulate(const char *path, const struct value *v, struct err *err)
{
    SCOPED_BUF nodes = BUF_INIT(0), pods = BUF_INIT(0);
    struct sim_trace *trace = NULL;
    struct scenario s;
    int r = read_scenario(v, &s, err);
    if (r == 0 && !s.node_templates)
        r = read_table(path, s.nodes, &nodes, err);
    if (r == 0 && !s.pod_templates)
        r = read_table(path, s.pods, &pods, err);
    if (r == 0)
        r = sim_trace_new(&trace, &(struct sim_source){buf_view(&nodes), s.node_templates}, &(struct sim_source){buf_view(&pods), s.pod_templates},
                          err);
    if (r == 0)
        r = s.options.replay ? run_replay(&s, trace, err) : run_arrivals(&s, trace, err);
    sim_trace_free(trace);
    return r;
}

/* ── a scenario ── */

static void tell(void *ctx, bool good, const char *line)
{
    (void)ctx;
    printf("%s %s\n", good ? "    " : "FAIL", line);
    fflush(stdout);
}

#define MISSED 1
static int play(const struct value *v, struct err *err)
{
    struct scene_result r;
    int e = str_is(value_text_at(v, "apiVersion"), "coracle.dev/v1alpha1") ? scene_run(v, &(struct scene_options){.tell = tell}, &r, err)
                                                                           : err_raise(err, -EINVAL, "apiVersion: must be coracle.dev/v1alpha1");
    if (e < 0)
        return e;
    printf("nodes                 %llu\npods                  %llu\nbound                 %llu\nran                   %llu\ndeleted               "
           "%llu\n",
           (unsigned long long)r.nodes, (unsigned long long)r.pods, (unsigned long long)r.bound, (unsigned long long)r.running,
           (unsigned long long)r.gone);
    printf("writes                %llu\nrefused               %llu\nevents                %llu\nexpectations          %llu, missed %llu\n",
           (unsigned long long)r.writes, (unsigned long long)r.refused, (unsigned long long)r.events, (unsigned long long)r.expected,
           (unsigned long long)r.missed);
    printf("simulated time        %.0f s\nplacements            %016llx\n", (double)r.end_ms / 1000, (unsigned long long)r.digest);
    return r.missed ? MISSED : 0;
}

static void tell_cost(void) /* not among the result, which is the same twice */
{
    struct rusage used = {0};
    if (getrusage(RUSAGE_SELF, &used) == 0)
        fprintf(stderr, "%.1f s of processor time, %.2f GiB at most\n",
                (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
                (double)used.ru_maxrss / (1 << 20));
}

int sim_main(struct settings *c)
{
    struct value v = {0};
    struct err err = {{0}};
    if (c->n_words != 1) {
        fprintf(stderr, "coracle sim: name one scenario file; \"coracle sim --help\" tells more\n");
        return 2;
    }
    int r = read_file(c->mem, c->words[0], &v, &err);
    if (r == 0)
        r = str_is(value_text_at(&v, "kind"), "Scenario") ? play(&v, &err) : simulate(c->words[0], &v, &err);
    if (r < 0)
        fprintf(stderr, "coracle sim: %s: %s\n", c->words[0], err.text);
    else
        tell_cost();
    return r ? 1 : 0;
}
