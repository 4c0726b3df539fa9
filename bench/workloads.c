#include "bench/workloads.h"

#include "json/json.h"
#include "queue/queue.h"

#define COHORTS 5
#define QUEUES  6
#define WANTED  1000.0

/* What Kueue's generator makes (test/performance/scheduler, its baseline): 5 cohorts of 6 queues, each with 20 cpu of its own and 100 to borrow,
 * reclaimWithinCohort Any, withinClusterQueue LowerPriority; for each queue so many of a size, one every so many milliseconds, running
 * so long. There the times are the wall's, and workloads are objects on an API server, mimicked to run by a second program: 43 a second is what its
 * range specification allows, and about what arrival and quota permit. Here the clock is simulated and what is timed is the judgement: all
 * of it, preemptions and the second waiting they cause too. */
static const struct size {
    const char *name;
    int count, every_ms, runs_ms, priority, cpu;
} sizes[] = {{"small", 350, 100, 200, 50, 1}, {"medium", 100, 500, 500, 100, 5}, {"large", 50, 1200, 1000, 200, 20}};

struct life {
    struct heap_item item; /* when it comes, then when it ends */
    struct value *tree;
    struct str name;
    int runs_ms;
    bool came, admitted, over;
    int64_t looked; /* nanoseconds of the step that admitted it */
};
struct scene {
    struct arena *mem;
    struct queue *queue;
    struct heap times;
    struct map by_name;
    struct life *lives;
    size_t n, admitted, evicted;
    int64_t now;
};

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void must(int r, const char *what)
{
    if (r >= 0)
        return;
    fprintf(stderr, "bench_sched: %s: %s\n", what, strerror(-r));
    exit(1);
}

static struct value *tree_of(struct scene *s, const char *fmt, ...) PRINTF(2, 3);
static struct value *tree_of(struct scene *s, const char *fmt, ...)
{
    char text[1024];
    struct value *v = arena_alloc(s->mem, sizeof(*v));
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    must(v ? json_parse(s->mem, str_of(text), v, NULL) : -ENOMEM, "an object");
    return v;
}

static void put(struct scene *s, enum queue_kind kind, const struct value *v)
{
    struct err err = {{0}};
    must(queue_put(s->queue, kind, v, &err), err.text);
}

static void add_life(struct scene *s, int cohort, int queue, const struct size *z, int i)
{
    struct life *l = &s->lives[s->n++];
    int64_t at = (int64_t)(i + 1) * z->every_ms;
    char created[32];
    time_fmt_rfc3339(created, 1767225600 + at / 1000);
    l->name = arena_fmt(s->mem, "%s-%d-%d-%d", z->name, cohort, queue, i);
    l->tree = tree_of(s,
                      "{'metadata':{'namespace':'d','name':'%.*s','creationTimestamp':'%s'},'spec':{'queueName':'q%d-%d','priority':%d,'podSets':[{'"
                      "name':'main','count':1,'template':"
                      "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'%d'}}}]}}}]}}",
                      STR_FMT(l->name), created, cohort, queue, z->priority, z->cpu);
    l->runs_ms = z->runs_ms;
    must(map_put(&s->by_name, l->name, l), "a name");
    must(heap_add(&s->times, &l->item, at), "a time");
}

static void make(struct scene *s)
{
    put(s, QUEUE_FLAVOR, tree_of(s, "{'metadata':{'name':'rf'},'spec':{}}"));
    for (int c = 0; c < COHORTS; c++)
        for (int q = 0; q < QUEUES; q++) {
            put(s, QUEUE_CLUSTER,
                tree_of(s,
                        "{'metadata':{'name':'q%d-%d'},'spec':{'cohortName':'c%d','preemption':{'reclaimWithinCohort':'Any','withinClusterQueue':'"
                        "LowerPriority'},'resourceGroups':"
                        "[{'coveredResources':['cpu'],'flavors':[{'name':'rf','resources':[{'name':'cpu','nominalQuota':'20','borrowingLimit':'100'}]"
                        "}]}]}}",
                        c, q, c));
            put(s, QUEUE_LOCAL, tree_of(s, "{'metadata':{'namespace':'d','name':'q%d-%d'},'spec':{'clusterQueue':'q%d-%d'}}", c, q, c, q));
            for (size_t z = 0; z < ARRAY_LEN(sizes); z++)
                for (int i = 0; i < sizes[z].count; i++)
                    add_life(s, c, q, &sizes[z], i);
        }
}

/* What the controller does about it: an evicted one loses its admission at once and waits again, an admitted one runs. */
static void decide(struct scene *s)
{
    struct queue_outcome o;
    struct life *out[1024];
    size_t n;
    int r;
    do {
        int64_t start = cpu_ns();
        n = 0;
        while (n < ARRAY_LEN(out) && (r = queue_step(s->queue, &o)) > 0) {
            struct life *l = map_get(&s->by_name, o.name);
            if (o.kind == QUEUE_ADMITTED) {
                l->looked = cpu_ns() - start;
                l->admitted = true;
                s->admitted++;
                must(heap_add(&s->times, &l->item, s->now + l->runs_ms), "a time");
            } else if (o.kind == QUEUE_EVICTED) {
                out[n++] = l;
            }
            start = cpu_ns();
        }
        must(r, "a step");
        for (size_t i = 0; i < n; i++) {
            heap_del(&s->times, &out[i]->item);
            out[i]->admitted = false;
            s->evicted++;
            queue_del(s->queue, QUEUE_WORKLOAD, STR("d"), out[i]->name);
            put(s, QUEUE_WORKLOAD, out[i]->tree);
        }
    } while (n);
}

static int by_size(const void *x, const void *y)
{
    int64_t a = ((const struct life *)x)->looked, b = ((const struct life *)y)->looked;
    return a < b ? -1 : a > b;
}

static size_t run(struct scene *s)
{
    struct heap_item *i;
    size_t finished = 0;
    while ((i = heap_first(&s->times))) {
        s->now = i->at;
        while ((i = heap_first(&s->times)) && i->at <= s->now) {
            struct life *l = CONTAINER_OF(i, struct life, item);
            heap_del(&s->times, i);
            if (!l->came) {
                l->came = true;
                put(s, QUEUE_WORKLOAD, l->tree);
                continue;
            }
            l->over = true;
            finished++;
            queue_del(s->queue, QUEUE_WORKLOAD, STR("d"), l->name);
        }
        decide(s);
    }
    return finished;
}

void bench_workloads(FILE *out)
{
    struct scene s = {0};
    size_t all = COHORTS * QUEUES * 500;
    must(arena_new(&s.mem, (size_t)1 << 30), "no memory");
    must(queue_new(&s.queue, NULL), "the queues");
    s.lives = mem_alloc(all * sizeof(*s.lives));
    must(s.lives ? 0 : -ENOMEM, "no memory");
    make(&s);
    int64_t start = cpu_ns();
    size_t finished = run(&s);
    double seconds = (double)(cpu_ns() - start) / 1e9, rate = (double)finished / seconds;
    qsort(s.lives, s.n, sizeof(*s.lives), by_size); /* nobody is looked up by name any more */
    double p50 = (double)s.lives[s.n / 2].looked / 1000, p99 = (double)s.lives[s.n * 99 / 100].looked / 1000;
    printf("%-28s %8d %7zu %9.0f %9.0f %9.1f %9.1f %7zu  %s\n", "workloads, 30 queues", COHORTS * QUEUES, s.n, rate, WANTED, p50, p99, finished,
           rate >= WANTED && finished == all ? "yes" : "NO");
    if (out)
        fprintf(out, "workloads, 30 queues\t%d\t%zu\t%.0f\t%.0f\t%.1f\t%.1f\t%zu\t%s\n", COHORTS * QUEUES, s.n, rate, WANTED, p50, p99, finished,
                rate >= WANTED && finished == all ? "yes" : "no");
    queue_free(s.queue);
    heap_done(&s.times);
    map_done(&s.by_name);
    mem_free(s.lives);
    arena_free(s.mem);
}
