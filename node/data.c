#include "node/inside.h"

#include "measure/measure.h"
#include "object/object.h"
#include "volume/volume.h"

/* Datasets: folders of this machine the agent was told of (NAME=PATH). How many bytes lie in each is counted on a thread of the pool, one count at a
 * time, and told in an annotation of the Node when it differs by more than a hundredth from what stands there. */

#define FIRST_MS 500
#define COUNT_MS 30000

struct dataset {
    char *name, *path;
    int64_t bytes;
};

struct count {
    struct node *node; /* NULL: it has stopped */
    struct dataset *sets;
    size_t n;
};

static void count_free(struct count *c)
{
    for (size_t i = 0; i < c->n; i++) {
        mem_free(c->sets[i].name);
        mem_free(c->sets[i].path);
    }
    mem_free(c->sets);
    mem_free(c);
}

static void walk(void *ctx) /* a thread of the pool */
{
    struct count *c = ctx;
    for (size_t i = 0; i < c->n; i++)
        c->sets[i].bytes = volume_usage(c->sets[i].path);
}

static void begin(void *ctx);

static void again(struct node *n)
{
    if (loop_timer_start(n->host.loop, &n->data_timer, COUNT_MS, begin, n) < 0)
        log_error("node", "no memory for a timer");
}

static void on_told(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    if (!client_ok(r))
        log_debug("node", "datasets were not written: %d %.*s", r->code, STR_FMT(r->message));
}

static bool differs(struct str stands, int64_t bytes)
{
    int64_t was = 0;
    if (!stands.n || str_to_int(stands, &was) < 0)
        return stands.n || bytes;
    int64_t by = was > bytes ? was - bytes : bytes - was;
    return !was != !bytes || by > was / 100;
}

static int tell(struct node *n, const struct count *c)
{
    SCOPED(arena) a = NULL;
    struct value patch = {0}, notes = {0}, tree = {0};
    struct object *self = n->self ? client_cache_get(n->self, STR_NONE, str_of(n->o.name)) : NULL;
    int r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = self ? object_tree(a, self, &tree, NULL) : -EAGAIN;
    for (size_t i = 0; r == 0 && i < c->n; i++) {
        struct str key = arena_fmt(a, MEASURE_DATA "%s", c->sets[i].name);
        if (!differs(value_text(value_get(value_at(&tree, "metadata.annotations"), key)), c->sets[i].bytes))
            continue;
        struct str text = arena_fmt(a, "%lld", (long long)c->sets[i].bytes);
        if (!value_set(a, &notes, key, c->sets[i].bytes ? value_make_text(text) : (struct value){.type = VALUE_NULL}))
            r = -ENOMEM;
    }
    if (r < 0 || !value_count(&notes))
        return r;
    VALUE_SET(&r, a, &patch, "metadata.annotations", notes);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(n->self),
                               .name = str_of(n->o.name),
                               .body = &patch,
                               .manager = STR("kubelet")};
    return r < 0 ? r : client_send(n->host.client, &call, on_told, n);
}

static void counted(void *ctx)
{
    struct count *c = ctx;
    struct node *n = c->node;
    if (!n) {
        count_free(c);
        return;
    }
    n->counting = false;
    int r = tell(n, c);
    if (r < 0)
        log_debug("node", "datasets: %s", strerror(-r));
    again(n);
}

static void begin(void *ctx)
{
    struct node *n = ctx;
    n->counting = loop_work(n->host.loop, walk, counted, n->count) == 0;
    if (!n->counting)
        again(n);
}

static int add(struct count *c, const char *line, struct err *err)
{
    const char *why[NAME_FAULTS_MAX];
    struct str name, path;
    struct dataset *d = &c->sets[c->n];
    char key[320];
    if (!str_cut(str_of(line), '=', &name, &path) || !path.n || path.p[0] != '/' || name.n > 200)
        return err_raise(err, -EINVAL, "dataset: \"%s\" must be NAME=/PATH", line);
    snprintf(key, sizeof(key), MEASURE_DATA "%.*s", STR_FMT(name));
    if (name_label_key(str_of(key), why))
        return err_raise(err, -EINVAL, "dataset: \"%.*s\" is no name: %s", STR_FMT(name), why[0]);
    d->name = mem_text(name.p, name.n);
    d->path = mem_text(path.p, path.n);
    c->n++;
    return d->name && d->path ? 0 : err_raise(err, -ENOMEM, "no memory for datasets");
}

int node_data_start(struct node *n, const char *const *datasets, struct err *err)
{
    size_t most = 0;
    while (datasets && datasets[most])
        most++;
    if (!most)
        return 0;
    if (most > MEASURE_SETS_MAX)
        return err_raise(err, -E2BIG, "dataset: at most %d of them", MEASURE_SETS_MAX);
    struct count *c = n->count = mem_alloc(sizeof(*c));
    if (c)
        c->sets = mem_alloc(most * sizeof(*c->sets));
    int r = c && c->sets ? 0 : err_raise(err, -ENOMEM, "no memory for datasets");
    if (c)
        c->node = n;
    for (size_t i = 0; r == 0 && i < most; i++)
        r = add(c, datasets[i], err);
    if (r == 0 && loop_timer_start(n->host.loop, &n->data_timer, FIRST_MS, begin, n) < 0)
        r = err_raise(err, -ENOMEM, "no memory for a timer");
    return r;
}

void node_data_stop(struct node *n)
{
    loop_timer_stop(&n->data_timer);
    if (n->count && n->counting)
        n->count->node = NULL; /* its thread is at it still */
    else if (n->count)
        count_free(n->count);
    n->count = NULL;
}
