#include "node/inside.h"

#include "volume/volume.h"

/* What pods take of the disk: writable layers, logs and emptyDirs. Counted on a thread of the pool, one survey at a time;
 * who has more than its limits say is evicted, and pressure.c ranks by the sums when the disk itself is short. */
#define SURVEY_MS 10000

enum kind { KIND_LAYER, KIND_LOGS, KIND_EMPTY_DIR };

struct place {
    enum kind kind;
    char uid[64], name[254]; /* of the pod; of the container or volume */
    char *path;
    int64_t bytes;
};

struct survey {
    struct node *node; /* NULL: it has stopped */
    VEC(struct place) places;
};

static void survey_free(struct survey *s)
{
    for (size_t i = 0; i < s->places.n; i++)
        mem_free(s->places.p[i].path);
    VEC_DONE(&s->places);
    mem_free(s);
}

static void count(void *ctx)
{
    struct survey *s = ctx;
    for (size_t i = 0; i < s->places.n; i++)
        s->places.p[i].bytes = volume_usage(s->places.p[i].path);
}

static int add(struct survey *s, const struct worker *w, enum kind kind, struct str name, const char *path)
{
    char *copy = mem_text(path, strlen(path));
    struct place *p = copy ? VEC_ADD(&s->places) : NULL;
    if (!p) {
        mem_free(copy);
        return -ENOMEM;
    }
    *p = (struct place){.kind = kind, .path = copy};
    snprintf(p->uid, sizeof(p->uid), "%s", w->uid);
    snprintf(p->name, sizeof(p->name), "%.*s", STR_FMT(name));
    return 0;
}

static int add_pod(struct survey *s, const struct worker *w)
{
    char path[OS_PATH_MAX], folder[OS_PATH_MAX];
    const struct value *volumes = value_at(pod_worker_spec(w), "volumes");
    int r = 0;
    for (size_t i = 0; r == 0 && i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        struct image_root root;
        char name[256];
        if (life_container_root_name(c, c->attempt, name) == 0 && image_root_find(w->host->images, str_of(name), &root) == 0 && root.upper[0])
            r = add(s, w, KIND_LAYER, str_of(c->name), root.upper);
        if (r == 0 && os_path(path, "%s/%s_%s_%s/%s", w->host->logs, w->ns, w->name, w->uid, c->name) == 0)
            r = add(s, w, KIND_LOGS, str_of(c->name), path);
    }
    VALUE_EACH_ITEM (v, volumes) {
        const struct value *source = value_at(v, "emptyDir");
        struct str name = value_text_at(v, "name");
        /* Those in memory are the pod's memory, and the kernel keeps their limit. */
        if (r == 0 && source && !value_text_at(source, "medium").n &&
            os_path(path, "%s/volumes/%.*s", pod_worker_folder(w, folder), STR_FMT(name)) == 0)
            r = add(s, w, KIND_EMPTY_DIR, name, path);
    }
    return r;
}

/* ── judging ── */

static int64_t sum_of(const struct survey *s, const struct worker *w, int kind, struct str name)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->places.n; i++) {
        const struct place *p = &s->places.p[i];
        bool fits = kind < 0 || (kind == KIND_EMPTY_DIR) == (p->kind == KIND_EMPTY_DIR);
        if (fits && strcmp(p->uid, w->uid) == 0 && (!name.n || str_is(name, p->name)))
            sum += p->bytes;
    }
    return sum;
}

static struct quantity limit_of(const struct value *container)
{
    return quantity_of(value_get(value_at(container, "resources.limits"), STR("ephemeral-storage")));
}

static bool exceeds(int64_t used, struct quantity limit)
{
    return limit.nano > 0 && used > quantity_value(limit);
}

/* In the words of the first: 4Mi stays 4Mi. */
static struct quantity plus(struct quantity sum, struct quantity more)
{
    if (sum.nano == 0)
        return more;
    sum.nano += more.nano;
    return sum;
}

/* The limit of the whole pod: the sum of its containers', or an init container's when that is more. */
static struct quantity pod_limit(const struct value *spec)
{
    const struct value *containers = value_at(spec, "containers"), *inits = value_at(spec, "initContainers");
    struct quantity sum = {0}, most = {0};
    VALUE_EACH_ITEM (c, containers)
        sum = plus(sum, limit_of(c));
    VALUE_EACH_ITEM (c, inits) {
        if (str_is(value_text_at(c, "restartPolicy"), "Always"))
            sum = plus(sum, limit_of(c));
        else if (quantity_cmp(limit_of(c), most) > 0)
            most = limit_of(c);
    }
    return quantity_cmp(sum, most) > 0 ? sum : most;
}

/* The sentence for the first limit that is exceeded; false: none is. */
static bool complaint(const struct survey *s, const struct worker *w, struct buf *b)
{
    const struct value *spec = pod_worker_spec(w), *volumes = value_at(spec, "volumes");
    VALUE_EACH_ITEM (v, volumes) {
        struct str name = value_text_at(v, "name");
        struct quantity limit = quantity_of(value_at(v, "emptyDir.sizeLimit"));
        if (!exceeds(sum_of(s, w, KIND_EMPTY_DIR, name), limit))
            continue;
        buf_fmt(b, "Usage of EmptyDir volume \"%.*s\" exceeds the limit \"", STR_FMT(name));
        quantity_print(limit, b);
        buf_text(b, "\". ");
        return true;
    }
    if (exceeds(w->disk_used, pod_limit(spec))) {
        buf_text(b, "Pod ephemeral local storage usage exceeds the total limit of containers ");
        quantity_print(pod_limit(spec), b);
        buf_text(b, ". ");
        return true;
    }
    for (size_t i = 0; i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (c->kind == CONTAINER_INIT || !exceeds(sum_of(s, w, KIND_LAYER, str_of(c->name)), limit_of(c->spec)))
            continue;
        buf_fmt(b, "Container %s exceeded its local ephemeral storage limit \"", c->name);
        quantity_print(limit_of(c->spec), b);
        buf_text(b, "\". ");
        return true;
    }
    return false;
}

static void judge(const struct survey *s, struct worker *w)
{
    SCOPED_BUF b = BUF_INIT(4096);
    w->disk_used = sum_of(s, w, -1, STR_NONE);
    if (w->state != WORKER_RUNNING || w->failed || w->deleting || pod_is_critical(&w->pod) || !complaint(s, w, &b))
        return;
    log_warn("node", "pod %s/%s is evicted: %s", w->ns, w->name, buf_cstr(&b));
    w->grace_at_most = 1; /* as the kubelet */
    pod_event_send(w, NULL, true, "Evicted", "%s", buf_cstr(&b));
    life_worker_end_early(w, "Evicted", buf_cstr(&b));
}

static void look(void *ctx);

static void again(struct node *n)
{
    if (loop_timer_start(n->host.loop, &n->storage_timer, SURVEY_MS, look, n) < 0)
        log_error("node", "no memory for a timer");
}

static void counted(void *ctx)
{
    struct survey *s = ctx;
    struct node *n = s->node;
    if (n) {
        n->survey = NULL;
        MAP_EACH (slot, &n->host.workers)
            judge(s, slot->value);
        again(n);
    }
    survey_free(s);
}

static void look(void *ctx)
{
    struct node *n = ctx;
    struct survey *s = mem_alloc(sizeof(*s));
    int r = s ? 0 : -ENOMEM;
    if (s)
        s->node = n;
    MAP_EACH (slot, &n->host.workers) {
        const struct worker *w = slot->value;
        if (r == 0 && w->state == WORKER_RUNNING)
            r = add_pod(s, w);
    }
    if (r == 0)
        r = loop_work(n->host.loop, count, counted, s);
    if (r == 0) {
        n->survey = s;
        return;
    }
    if (s)
        survey_free(s);
    again(n);
}

void node_storage_start(struct node *n)
{
    again(n);
}

void node_storage_stop(struct node *n)
{
    loop_timer_stop(&n->storage_timer);
    if (n->survey)
        n->survey->node = NULL;
    n->survey = NULL;
}
