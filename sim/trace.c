#include "sim/inside.h"

/* Tables of comma separated values. No quoting: neither names nor numbers of a trace need it. */

enum { COLUMNS_MAX = 64, WANTED_MAX = 9 };

struct table {
    const char *what;                  /* "nodes" */
    const char *names[WANTED_MAX + 1]; /* columns that are read, NULL behind */
    uint32_t must;                     /* those that have to be there, a bit each */
    int at[COLUMNS_MAX];               /* which of them a column of the text is, -1: none */
    size_t line;
    struct err *err;
};

static int fault(const struct table *t, const char *column, const char *what)
{
    return err_raise(t->err, -EINVAL, "%s, line %zu, %s: %s", t->what, t->line, column, what);
}

static int read_head(struct table *t, struct str line)
{
    struct str cell;
    uint32_t seen = 0;
    size_t n = 0;
    for (size_t i = 0; i < COLUMNS_MAX; i++)
        t->at[i] = -1;
    while (str_next(&line, ',', &cell)) {
        if (n == COLUMNS_MAX)
            return fault(t, "the line of names", "too many columns");
        for (int k = 0; t->names[k]; k++)
            if (str_is(str_trim(cell), t->names[k])) {
                t->at[n] = k;
                seen |= 1u << k;
            }
        n++;
    }
    for (int k = 0; t->names[k]; k++)
        if (t->must >> k & 1 && !(seen >> k & 1))
            return fault(t, t->names[k], "there is no such column");
    return 0;
}

static void read_cells(const struct table *t, struct str line, struct str *cells)
{
    struct str cell;
    for (int k = 0; k < WANTED_MAX; k++)
        cells[k] = STR_NONE;
    for (size_t n = 0; n < COLUMNS_MAX && str_next(&line, ',', &cell); n++)
        if (t->at[n] >= 0)
            cells[t->at[n]] = str_trim(cell);
}

/* An empty cell is 0. */
static int number(const struct table *t, const struct str *cells, int k, int64_t most, int64_t *out)
{
    double d = 0;
    if (cells[k].n && (str_to_double(cells[k], &d) < 0 || !(d >= 0) || d > (double)most))
        return fault(t, t->names[k], "must be a number that is neither negative nor too large");
    *out = (int64_t)d;
    return 0;
}

#define AMOUNT_MAX (INT64_C(1) << 40)
#define NAMES_MAX  ((size_t)1 << 30)

int sim_trace_add_node(struct sim_trace *t, const struct sim_node *n)
{
    struct sim_node *slot = VEC_ADD(&t->nodes);
    if (!slot)
        return -ENOMEM;
    *slot = *n;
    t->cpu_milli += n->cpu_milli;
    t->memory_mib += n->memory_mib;
    t->gpu_milli += (int64_t)n->gpus * SHARE_WHOLE;
    return 0;
}

static int add_node(struct sim_trace *trace, const struct table *t, const struct str *cells)
{
    int64_t gpus = 0;
    struct sim_node n = {.name = cells[0], .model = cells[4]};
    int r = number(t, cells, 1, AMOUNT_MAX, &n.cpu_milli);
    if (r == 0)
        r = number(t, cells, 2, AMOUNT_MAX, &n.memory_mib);
    if (r == 0)
        r = number(t, cells, 3, SHARE_GPUS_MAX, &gpus);
    if (r == 0 && !n.name.n)
        r = fault(t, t->names[0], "a node needs a name");
    if (r < 0)
        return r;
    n.gpus = (int)gpus;
    return sim_trace_add_node(trace, &n);
}

static int add_pod(struct sim_trace *trace, const struct table *t, const struct str *cells)
{
    int64_t count = 0, milli = 0, deleted = 0;
    struct sim_pod p = {.name = cells[0], .gang = cells[8]};
    int r = number(t, cells, 1, AMOUNT_MAX, &p.demand.cpu);
    if (r == 0)
        r = number(t, cells, 2, AMOUNT_MAX, &p.memory_mib);
    if (r == 0)
        r = number(t, cells, 3, SHARE_GPUS_MAX, &count);
    if (r == 0)
        r = number(t, cells, 4, SHARE_WHOLE, &milli);
    if (r == 0)
        r = number(t, cells, 6, AMOUNT_MAX, &p.created_s);
    if (r == 0)
        r = number(t, cells, 7, AMOUNT_MAX, &deleted);
    if (r == 0 && count > 1 && milli != SHARE_WHOLE)
        r = fault(t, t->names[4], "several GPUs are whole ones: 1000");
    if (r < 0)
        return r;
    p.ran_s = MAX(deleted - p.created_s, INT64_C(0));
    if (count && milli) {
        p.demand.count = (int)count;
        p.demand.milli = (int)milli;
        p.demand.models = cells[5];
    }
    struct sim_pod *slot = VEC_ADD(&trace->pods);
    if (!slot)
        return -ENOMEM;
    *slot = p;
    return 0;
}

static int read_table(struct sim_trace *trace, struct table *t, struct str text,
                      int (*add)(struct sim_trace *trace, const struct table *t, const struct str *cells))
{
    struct str line, cells[WANTED_MAX];
    int r = 0;
    bool head = false;
    while (r == 0 && str_next(&text, '\n', &line)) {
        t->line++;
        line = str_trim(line);
        if (!line.n)
            continue;
        if (!head) {
            r = read_head(t, line);
            head = true;
            continue;
        }
        if (t->line > SIM_ROWS_MAX)
            return fault(t, "this line", "the table has too many");
        read_cells(t, line, cells);
        r = add(trace, t, cells);
    }
    if (r == -ENOMEM)
        return err_raise(t->err, r, "no memory for the %s", t->what);
    return r == 0 && !head ? err_raise(t->err, -EINVAL, "%s: the table is empty", t->what) : r;
}

int sim_trace_new(struct sim_trace **out, const struct sim_source *of, const struct sim_source *by, struct err *err)
{
    struct str nodes = of->templates ? STR_NONE : of->table, pods = by->templates ? STR_NONE : by->table;
    struct table of_nodes = {.what = "nodes", .names = {"sn", "cpu_milli", "memory_mib", "gpu", "model"}, .must = 7, .err = err};
    struct table of_pods = {
        .what = "pods",
        .must = 6,
        .err = err,
        .names = {"name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec", "creation_time", "deletion_time", "gang"}};
    struct sim_trace *t = mem_alloc(sizeof(*t));
    if (!t || !(t->text = mem_alloc(nodes.n + pods.n + 1)) || arena_new(&t->names, NAMES_MAX) < 0) {
        sim_trace_free(t);
        return err_raise(err, -ENOMEM, "no memory for the trace");
    }
    if (nodes.n)
        memcpy(t->text, nodes.p, nodes.n);
    if (pods.n)
        memcpy(t->text + nodes.n, pods.p, pods.n);
    int r = of->templates ? sim_trace_templates(t, "nodes", of->templates, err) : read_table(t, &of_nodes, str_make(t->text, nodes.n), add_node);
    if (r == 0 && by->templates)
        r = sim_trace_templates(t, "pods", by->templates, err);
    else if (r == 0)
        r = read_table(t, &of_pods, str_make(t->text + nodes.n, pods.n), add_pod);
    if (r == 0 && (!t->nodes.n || !t->pods.n))
        r = err_raise(err, -EINVAL, "a trace needs a node and a pod at least");
    if (r < 0) {
        sim_trace_free(t);
        return r;
    }
    *out = t;
    return 0;
}

struct sim_trace *sim_trace_free(struct sim_trace *t)
{
    if (!t)
        return NULL;
    VEC_DONE(&t->nodes);
    VEC_DONE(&t->pods);
    mem_free(t->text);
    arena_free(t->names);
    return mem_free(t);
}
