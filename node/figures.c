#include "node/inside.h"

#include "http/http.h"
#include "meter/meter.h"

/* What pods and machine use: /stats/summary for people and old clients, /metrics/resource for metrics-server,
 * /metrics/cadvisor for Prometheus' usual rules, /metrics for the agent itself. Read from the cgroups when asked. */
#define FIGURES_BYTES (16u << 20)

static void reply(struct http_req *q, const char *type, struct buf *b)
{
    struct http_header head = {STR("content-type"), str_of(type)};
    http_reply(q, buf_error(b) < 0 ? 500 : 200, &head, 1, (struct http_bytes){.bytes = buf_view(b)});
}
#define TEXT_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Processor time that this machine has spent working, in nanoseconds: the first line of /proc/stat without idle and waiting. */
static int64_t machine_cpu_ns(void)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str line, word, rest;
    int64_t sum = 0, n;
    if (os_file_read("/proc/stat", 1u << 20, &b) < 0)
        return 0;
    rest = buf_view(&b);
    str_next(&rest, '\n', &line);
    line = str_trim(str_from(line, 3));
    for (int i = 0; i < 8 && str_next(&line, ' ', &word); i++)
        if (i != 3 && i != 4 && str_to_int(word, &n) == 0)
            sum += n;
    return sum * (1000000000 / sysconf(_SC_CLK_TCK));
}

static int64_t machine_working_set(const struct node *n)
{
    int64_t available = os_memory_available();
    return available < 0 ? 0 : n->host.memory_bytes - available;
}

/* ── /stats/summary ── */

static void put_stats(struct buf *b, const char *now, const struct runtime_stats *s)
{
    buf_fmt(b,
            "\"cpu\":{\"time\":\"%s\",\"usageCoreNanoSeconds\":%lld},\"memory\":{\"time\":\"%s\",\"usageBytes\":%lld,\"workingSetBytes\":%lld,"
            "\"rssBytes\":%lld,\"pageFaults\":%lld,\"majorPageFaults\":%lld}",
            now, (long long)MAX(s->cpu_ns, 0), now, (long long)MAX(s->memory_usage, 0), (long long)MAX(s->memory_working_set, 0),
            (long long)MAX(s->memory_rss, 0), (long long)MAX(s->page_faults, 0), (long long)MAX(s->major_page_faults, 0));
}

static void put_pod_stats(struct buf *b, const char *now, struct worker *w)
{
    struct runtime_stats s;
    const char *comma = "";
    char since[32];
    time_fmt_rfc3339(since, w->started_at);
    buf_fmt(b, "{\"podRef\":{\"name\":\"%s\",\"namespace\":\"%s\",\"uid\":\"%s\"},\"startTime\":\"%s\",\"containers\":[", w->name, w->ns, w->uid,
            since);
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        if (c->state != CONTAINER_RUNNING || runtime_container_stats(c->handle, &s) < 0)
            continue;
        time_fmt_rfc3339(since, c->started_at);
        buf_fmt(b, "%s{\"name\":\"%s\",\"startTime\":\"%s\",", comma, c->name, since);
        put_stats(b, now, &s);
        buf_char(b, '}');
        comma = ",";
    }
    buf_char(b, ']');
    if (w->sandbox_ready && runtime_pod_stats(w->sandbox, &s) == 0) {
        buf_char(b, ',');
        put_stats(b, now, &s);
        buf_fmt(b, ",\"process_stats\":{\"process_count\":%lld}", (long long)MAX(s.pids, 0));
    }
    buf_char(b, '}');
}

static void put_machine(struct buf *b, const char *now, const struct node *n)
{
    struct os_disk disk;
    int64_t tasks, most, used = machine_working_set(n);
    buf_fmt(b,
            "{\"nodeName\":\"%s\",\"cpu\":{\"time\":\"%s\",\"usageCoreNanoSeconds\":%lld},\"memory\":{\"time\":\"%s\",\"availableBytes\":%lld,"
            "\"workingSetBytes\":%lld}",
            n->o.name, now, (long long)machine_cpu_ns(), now, (long long)(n->host.memory_bytes - used), (long long)used);
    if (os_disk(n->o.data, &disk) == 0)
        buf_fmt(b, ",\"fs\":{\"time\":\"%s\",\"availableBytes\":%lld,\"capacityBytes\":%lld,\"usedBytes\":%lld,\"inodesFree\":%lld,\"inodes\":%lld}",
                now, (long long)disk.free, (long long)disk.bytes, (long long)(disk.bytes - disk.free), (long long)disk.inodes_free,
                (long long)disk.inodes);
    if (os_tasks(&tasks, &most) == 0)
        buf_fmt(b, ",\"rlimit\":{\"time\":\"%s\",\"maxpid\":%lld,\"curproc\":%lld}", now, (long long)most, (long long)tasks);
    buf_char(b, '}');
}

void node_figures_summary(struct node *n, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(FIGURES_BYTES);
    const char *comma = "";
    char now[32];
    time_fmt_rfc3339(now, loop_wall(n->host.loop));
    buf_text(&b, "{\"node\":");
    put_machine(&b, now, n);
    buf_text(&b, ",\"pods\":[");
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        if (w->state == WORKER_FINISHED)
            continue;
        buf_text(&b, comma);
        put_pod_stats(&b, now, w);
        comma = ",";
    }
    buf_text(&b, "]}");
    reply(q, "application/json", &b);
}

/* ── Prometheus' text ── */

enum figure { FIGURE_CPU, FIGURE_WORKING_SET, FIGURE_USAGE, FIGURE_RSS, FIGURE_START, FIGURES };

static void put_figure(struct buf *b, const struct runtime_stats *s, enum figure f, int64_t started)
{
    switch (f) {
    case FIGURE_CPU:
        buf_fmt(b, "%.9f\n", (double)MAX(s->cpu_ns, 0) / 1e9);
        break;
    case FIGURE_START:
        buf_fmt(b, "%lld\n", (long long)started);
        break;
    default:
        buf_fmt(b, "%lld\n",
                (long long)MAX(f == FIGURE_WORKING_SET ? s->memory_working_set
                               : f == FIGURE_USAGE     ? s->memory_usage
                                                       : s->memory_rss,
                               0));
    }
}

static void head(struct buf *b, const char *name, enum figure f)
{
    buf_fmt(b, "# TYPE %s %s\n", name, f == FIGURE_CPU ? "counter" : "gauge");
}

static void put_containers(struct buf *b, const struct node *n, const char *name, enum figure f)
{
    struct runtime_stats s;
    head(b, name, f);
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        for (size_t i = 0; i < w->n_containers; i++) {
            struct container *c = w->containers[i];
            if (c->state != CONTAINER_RUNNING || runtime_container_stats(c->handle, &s) < 0)
                continue;
            buf_fmt(b, "%s{container=\"%s\",namespace=\"%s\",pod=\"%s\"} ", name, c->name, w->ns, w->name);
            put_figure(b, &s, f, c->started_at);
        }
    }
}

static void put_pods(struct buf *b, const struct node *n, const char *name, enum figure f)
{
    struct runtime_stats s;
    head(b, name, f);
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        if (!w->sandbox_ready || !w->sandbox || runtime_pod_stats(w->sandbox, &s) < 0)
            continue;
        buf_fmt(b, "%s{namespace=\"%s\",pod=\"%s\"} ", name, w->ns, w->name);
        put_figure(b, &s, f, w->started_at);
    }
}

void node_figures_resource(struct node *n, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(FIGURES_BYTES);
    struct runtime_stats machine = {.cpu_ns = machine_cpu_ns(), .memory_working_set = machine_working_set(n)};
    put_containers(&b, n, "container_cpu_usage_seconds_total", FIGURE_CPU);
    put_containers(&b, n, "container_memory_working_set_bytes", FIGURE_WORKING_SET);
    put_containers(&b, n, "container_start_time_seconds", FIGURE_START);
    head(&b, "node_cpu_usage_seconds_total", FIGURE_CPU);
    buf_text(&b, "node_cpu_usage_seconds_total ");
    put_figure(&b, &machine, FIGURE_CPU, 0);
    head(&b, "node_memory_working_set_bytes", FIGURE_WORKING_SET);
    buf_text(&b, "node_memory_working_set_bytes ");
    put_figure(&b, &machine, FIGURE_WORKING_SET, 0);
    put_pods(&b, n, "pod_cpu_usage_seconds_total", FIGURE_CPU);
    put_pods(&b, n, "pod_memory_working_set_bytes", FIGURE_WORKING_SET);
    buf_text(&b, "# TYPE resource_scrape_error gauge\nresource_scrape_error 0\n");
    reply(q, TEXT_TYPE, &b);
}

void node_figures_cadvisor(struct node *n, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(FIGURES_BYTES);
    put_containers(&b, n, "container_cpu_usage_seconds_total", FIGURE_CPU);
    put_containers(&b, n, "container_memory_working_set_bytes", FIGURE_WORKING_SET);
    put_containers(&b, n, "container_memory_usage_bytes", FIGURE_USAGE);
    put_containers(&b, n, "container_memory_rss", FIGURE_RSS);
    put_containers(&b, n, "container_start_time_seconds", FIGURE_START);
    reply(q, TEXT_TYPE, &b);
}

void node_figures_own(struct node *n, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(FIGURES_BYTES);
    size_t pods = 0, containers = 0;
    meter_print(&b);
    MAP_EACH (slot, &n->host.workers) {
        const struct worker *w = slot->value;
        pods += w->sandbox_ready;
        for (size_t i = 0; i < w->n_containers; i++)
            containers += w->containers[i]->state == CONTAINER_RUNNING;
    }
    buf_fmt(&b, "# TYPE kubelet_running_pods gauge\nkubelet_running_pods %zu\n", pods);
    buf_fmt(&b, "# TYPE kubelet_running_containers gauge\nkubelet_running_containers{container_state=\"running\"} %zu\n", containers);
    reply(q, TEXT_TYPE, &b);
}
