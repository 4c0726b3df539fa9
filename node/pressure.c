#include "node/inside.h"

/* Is this machine short of something? Measured every few seconds; when it is, what nobody needs goes first (images), then
 * one pod a round. The Node's conditions follow at once, its taints are the controllers' business. */
#define MEASURE_MS 10000

static void look(void *ctx);

static void measure(struct node *n, struct pressure_reading r[PRESSURE_SIGNALS])
{
    struct os_disk disk;
    struct image_usage images;
    int64_t now, most, memory = os_memory_available();
    for (size_t i = 0; i < PRESSURE_SIGNALS; i++)
        r[i] = (struct pressure_reading){0};
    if (memory >= 0)
        r[PRESSURE_MEMORY] = (struct pressure_reading){memory, n->host.memory_bytes};
    if (os_disk(n->o.data, &disk) == 0) {
        r[PRESSURE_NODEFS] = (struct pressure_reading){disk.free, disk.bytes};
        r[PRESSURE_NODEFS_INODES] = (struct pressure_reading){disk.inodes_free, disk.inodes};
    }
    if (image_usage(n->o.images, &images) == 0)
        r[PRESSURE_IMAGEFS] = (struct pressure_reading){images.disk_free, images.disk_bytes};
    if (os_tasks(&now, &most) == 0)
        r[PRESSURE_PIDS] = (struct pressure_reading){most - now, most};
}

/* ── who goes ── */

static int64_t usage_of(const struct worker *w, enum pressure_signal s)
{
    struct runtime_stats stats;
    if (s != PRESSURE_MEMORY && s != PRESSURE_PIDS)
        return w->disk_used;
    if (!w->sandbox_ready || runtime_pod_stats(w->sandbox, &stats) < 0)
        return 0;
    return MAX(s == PRESSURE_MEMORY ? stats.memory_working_set : stats.pids, (int64_t)0);
}

static int64_t request_of(const struct worker *w, enum pressure_signal s)
{
    return s == PRESSURE_PIDS ? 0 : quantity_value(pod_resources_request(&w->pod, pressure_resource(s)));
}

/* Which containers use more than they asked for, as people read it in the pod's status. */
static void blame(struct buf *b, struct worker *w, enum pressure_signal s)
{
    struct runtime_stats stats;
    for (size_t i = 0; s == PRESSURE_MEMORY && i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        int64_t request = quantity_value(quantity_of(value_at(c->spec, "resources.requests.memory")));
        if (c->state != CONTAINER_RUNNING || runtime_container_stats(c->handle, &stats) < 0 || stats.memory_working_set <= request)
            continue;
        buf_fmt(b, "Container %s was using ", c->name);
        pressure_print_bytes(b, stats.memory_working_set);
        buf_text(b, ", request is ");
        pressure_print_bytes(b, request);
        buf_text(b, ", has larger consumption of memory. ");
    }
}

static struct pressure_threshold threshold(const struct node *n, enum pressure_signal s, bool soft)
{
    return soft ? n->o.eviction.soft[s] : n->o.eviction.hard[s];
}

static void evict(struct node *n, struct worker *w, enum pressure_signal s, const struct pressure_reading *r, bool soft)
{
    SCOPED_BUF b = BUF_INIT(4096);
    buf_fmt(&b, "The node was low on resource: %s. Threshold quantity: ", pressure_resource(s));
    pressure_print_bytes(&b, pressure_threshold_amount(threshold(n, s, soft), r->capacity));
    buf_text(&b, ", available: ");
    pressure_print_bytes(&b, r->available);
    buf_text(&b, ". ");
    blame(&b, w, s);
    log_warn("node", "pod %s/%s is evicted: %s", w->ns, w->name, buf_cstr(&b));
    w->disrupted = true;
    w->grace_at_most = !soft ? 1 : n->o.eviction_grace_most < 0 ? -1 : MAX(n->o.eviction_grace_most, (int64_t)1); /* as the kubelet */
    pod_event_send(w, NULL, true, "Evicted", "%s", buf_cstr(&b));
    life_worker_end_early(w, "Evicted", buf_cstr(&b));
}

/* One pod, and none while the one before it is still ending. */
static void evict_one(struct node *n, enum pressure_signal s, const struct pressure_reading *r, bool soft)
{
    struct pressure_pod *pods = mem_alloc(MAX(n->host.workers.n, (size_t)1) * sizeof(*pods));
    size_t count = 0;
    bool ending = false;
    MAP_EACH (slot, &n->host.workers) {
        struct worker *w = slot->value;
        ending = ending || (w->disrupted && w->state < WORKER_FINISHED);
        if (pods && w->state == WORKER_RUNNING && !w->failed && !w->deleting && !pod_is_critical(&w->pod))
            pods[count++] = (struct pressure_pod){
                .pod = w, .priority = value_int_at(&w->pod, "spec.priority", 0), .usage = usage_of(w, s), .request = request_of(w, s)};
    }
    if (count && !ending) {
        pressure_rank(pods, count, s);
        evict(n, pods[0].pod, s, r, soft);
    }
    mem_free(pods);
}

static void answer(struct node *n, enum pressure_signal s, struct pressure_reading r[PRESSURE_SIGNALS], bool soft)
{
    struct err err = {{0}};
    if (pressure_condition_of(s) == PRESSURE_OF_DISK) {
        int gone = image_collect(n->o.images, true, node_image_in_use, n, &err);
        if (gone < 0)
            log_warn("node", "images could not be collected: %s", err.text);
        measure(n, r);
        if (gone > 0 && r[s].available >= pressure_threshold_amount(threshold(n, s, soft), r[s].capacity))
            return;
    }
    evict_one(n, s, &r[s], soft);
}

static void look(void *ctx)
{
    struct node *n = ctx;
    struct pressure_reading r[PRESSURE_SIGNALS];
    measure(n, r);
    bool soft;
    enum pressure_signal s = pressure_judge(&n->pressure, &n->o.eviction, r, loop_now(n->host.loop), &soft);
    bool turned = memcmp(n->host.pressure, n->pressure.is, sizeof(n->host.pressure)) != 0;
    memcpy(n->host.pressure, n->pressure.is, sizeof(n->host.pressure));
    if (turned)
        node_registration_touch(n);
    if (s != PRESSURE_SIGNALS)
        answer(n, s, r, soft);
    if (loop_timer_start(n->host.loop, &n->pressure_timer, MEASURE_MS, look, n) < 0)
        log_error("node", "no memory for a timer");
}

void node_pressure_start(struct node *n)
{
    look(n);
}

void node_pressure_stop(struct node *n)
{
    loop_timer_stop(&n->pressure_timer);
}
