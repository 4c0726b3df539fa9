/* Local APIServices: one for each group-version served here, as upstream keeps them. */
#include "aggregate/inside.h"
#include "os/os.h"

#define GATHER_MS     100 /* definitions come in crowds */
#define AT_ONCE       500 /* writes at one go */
#define SETTLE_MEMORY ((size_t)256 << 20)
#define LABEL         "kube-aggregator.kubernetes.io/automanaged"

/* Places in discovery, as upstream's server gives them; groups it has none for come behind. */
static const struct {
    const char *group;
    int priority;
} groups[] = {
    {"", 18000},
    {"apps", 17800},
    {"events.k8s.io", 17750},
    {"authentication.k8s.io", 17700},
    {"authorization.k8s.io", 17600},
    {"autoscaling", 17500},
    {"batch", 17400},
    {"certificates.k8s.io", 17300},
    {"networking.k8s.io", 17200},
    {"policy", 17100},
    {"rbac.authorization.k8s.io", 17000},
    {"storage.k8s.io", 16800},
    {"apiextensions.k8s.io", 16700},
    {"admissionregistration.k8s.io", 16700},
    {"scheduling.k8s.io", 16600},
    {"coordination.k8s.io", 16500},
    {"node.k8s.io", 16300},
    {"discovery.k8s.io", 16200},
    {"flowcontrol.apiserver.k8s.io", 16100},
    {"internal.apiserver.k8s.io", 16000},
    {"resource.k8s.io", 15900},
    {"storagemigration.k8s.io", 15800},
};

#define CUSTOM_GROUP   1000
#define CUSTOM_VERSION 100

int local_group_priority(struct str group)
{
    for (size_t i = 0; i < ARRAY_LEN(groups); i++)
        if (str_is(group, groups[i].group))
            return groups[i].priority;
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].group, group))
            return 15700;
    return CUSTOM_GROUP;
}

int local_version_priority(struct str group, struct str version)
{
    if (!group.n)
        return 1;
    if (local_group_priority(group) == CUSTOM_GROUP)
        return CUSTOM_VERSION;
    if (str_is(group, "autoscaling"))
        return str_is(version, "v2") ? 30 : 15;
    return str_find(version, STR("alpha")) >= 0            ? 1
           : str_find(version, STR("beta")) >= 0           ? 9
           : str_is(group, "flowcontrol.apiserver.k8s.io") ? 21
                                                           : 15;
}

static void tell_done(struct aggregate *x)
{
    void (*done)(void *ctx) = x->done;
    if (x->pending || !done || x->freeing)
        return;
    x->done = NULL;
    done(x->done_ctx);
}

static void written(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    struct aggregate *x = ctx;
    (void)o;
    (void)revision;
    x->pending--;
    if (x->freeing && !x->pending) {
        mem_free(x);
        return;
    }
    if (outcome != STORE_OK && outcome != STORE_CONFLICT)
        local_settle_soon(x, 5000);
    tell_done(x);
}

static int put(struct aggregate *x, struct store_write *w)
{
    w->done = written;
    w->ctx = x;
    int r = store_write(x->store, w);
    x->pending += r == 0;
    return MIN(r, 0);
}

struct settling {
    struct aggregate *x;
    struct arena *a;
    struct map wanted; /* name → anything: those of custom kinds */
    size_t writes;
};

static int write_tree(struct settling *k, const char *how, struct str group, struct str version, int group_at, int version_at, struct value *tree)
{
    char uid[37], now[32];
    struct str texts[2];
    struct value labels = value_make_map();
    bool changed;
    int r = 0;
    os_uuid(uid);
    time_fmt_rfc3339(now, loop_wall(k->x->loop));
    if (arena_str(k->a, str_of(uid), &texts[0]) < 0 || arena_str(k->a, str_of(now), &texts[1]) < 0 ||
        !value_set(k->a, &labels, STR(LABEL), value_make_text(str_of(how))))
        return -ENOMEM;
    *tree = value_make_map();
    VALUE_SET(&r, k->a, tree, "kind", value_make_text(STR("APIService")));
    VALUE_SET(&r, k->a, tree, "apiVersion", value_make_text(STR("apiregistration.k8s.io/v1")));
    VALUE_SET(&r, k->a, tree, "metadata.name", value_make_text(arena_fmt(k->a, "%.*s.%.*s", STR_FMT(version), STR_FMT(group))));
    VALUE_SET(&r, k->a, tree, "metadata.uid", value_make_text(texts[0]));
    VALUE_SET(&r, k->a, tree, "metadata.creationTimestamp", value_make_text(texts[1]));
    VALUE_SET(&r, k->a, tree, "metadata.labels", labels);
    if (group.n)
        VALUE_SET(&r, k->a, tree, "spec.group", value_make_text(group));
    VALUE_SET(&r, k->a, tree, "spec.version", value_make_text(version));
    VALUE_SET(&r, k->a, tree, "spec.groupPriorityMinimum", value_make_int(group_at));
    VALUE_SET(&r, k->a, tree, "spec.versionPriority", value_make_int(version_at));
    struct condition c = {"True", "Local", STR("Local APIServices are always available")};
    return r < 0 ? r : status_condition(k->a, tree, &c, loop_wall(k->x->loop), &changed);
}

/* Whoever has taken the name — a remote one, one somebody wrote — keeps it. */
static int keep_one(struct settling *k, const char *how, struct str group, struct str version, int group_at, int version_at)
{
    const struct schema_resource *row = aggregate_row();
    struct str name = arena_fmt(k->a, "%.*s.%.*s", STR_FMT(version), STR_FMT(group)), key;
    struct value tree;
    struct object *fresh = NULL;
    if (!name.p)
        return -ENOMEM;
    if (map_get(&k->x->services, name))
        return 0;
    int r = query_key(k->a, row, STR_NONE, name, &key);
    if (r < 0 || store_newest(k->x->store, key))
        return r;
    if (++k->writes > AT_ONCE)
        return -EAGAIN;
    r = write_tree(k, how, group, version, group_at, version_at, &tree);
    if (r == 0)
        r = object_conform(k->a, row->kind, &tree, NULL, NULL);
    if (r == 0)
        r = object_freeze(&fresh, key, row->kind, &tree, NULL);
    if (r < 0)
        return r;
    struct store_write w = {.object = fresh, .expect = STORE_ABSENT};
    return put(k->x, &w);
}

static int keep_built_in(struct settling *k)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        bool same =
            i && str_eq(rows[i].group, rows[i - 1].group) && str_eq(rows[i].version, rows[i - 1].version) && k->x->served(k->x->ctx, &rows[i - 1]);
        if (same || !k->x->served(k->x->ctx, &rows[i]) || str_is(rows[i].group, "apiregistration.k8s.io"))
            continue; /* of that one upstream has none */
        r = keep_one(k, "onstart", rows[i].group, rows[i].version, local_group_priority(rows[i].group),
                     local_version_priority(rows[i].group, rows[i].version));
    }
    return r;
}

static int keep_customs(struct settling *k)
{
    struct schema_custom **list;
    const struct schema_resource *last = NULL; /* thousands of definitions mostly stand in few groups */
    size_t n;
    int r = schema_custom_list(&list, &n);
    if (r < 0)
        return r;
    for (size_t i = 0; r == 0 && i < n; i++)
        for (size_t v = 0; r == 0 && v < list[i]->n; v++) {
            const struct schema_resource *res = &list[i]->resources[v];
            if (res->served && last && str_eq(res->group, last->group) && str_eq(res->version, last->version))
                continue;
            struct str name = res->served ? arena_fmt(k->a, "%.*s.%.*s", STR_FMT(res->version), STR_FMT(res->group)) : STR_NONE;
            if (!res->served)
                continue;
            last = res;
            r = name.p ? map_put(&k->wanted, name, k->x) : -ENOMEM;
            if (r == 0)
                r = keep_one(k, "true", res->group, res->version, 1000, 100);
        }
    schema_custom_list_free(list, n);
    return r;
}

static int drop_others(struct settling *k)
{
    int r = 0;
    MAP_EACH (slot, &k->x->services) {
        struct aggregate_service *s = slot->value;
        struct str key;
        if (r < 0 || !s->automanaged || s->service.n || map_get(&k->wanted, s->name))
            continue;
        r = query_key(k->a, aggregate_row(), STR_NONE, s->name, &key);
        struct object *o = r == 0 ? store_newest(k->x->store, key) : NULL;
        if (!o)
            continue;
        struct store_write w = {.key = key, .expect = o->revision};
        r = ++k->writes > AT_ONCE ? -EAGAIN : put(k->x, &w);
    }
    return r;
}

static void settle(void *ctx)
{
    struct aggregate *x = ctx;
    SCOPED(arena) mem = NULL;
    struct settling k = {.x = x};
    uint64_t generation = schema_custom_generation();
    int r = arena_new(&mem, SETTLE_MEMORY);
    k.a = mem;
    if (r == 0)
        r = keep_built_in(&k);
    if (r == 0)
        r = keep_customs(&k);
    if (r == 0)
        r = drop_others(&k);
    map_done(&k.wanted);
    if (r == 0)
        x->customs = generation;
    else
        local_settle_soon(x, r == -EAGAIN ? GATHER_MS : 5000);
}

void local_begin(struct aggregate *x)
{
    settle(x);
    tell_done(x);
}

void local_settle_soon(struct aggregate *x, int64_t ms)
{
    if (!x->begun || loop_timer_active(&x->settle))
        return;
    if (loop_timer_start(x->loop, &x->settle, MAX(ms, GATHER_MS), settle, x) < 0)
        return; /* the next change tries again */
}

static void on_definitions(void *ctx)
{
    struct aggregate *x = ctx;
    while (store_watch_next(x->definitions))
        local_settle_soon(x, 0);
    if (!store_watch_lost(x->definitions))
        return;
    x->definitions = store_watch_free(x->definitions);
    if (local_watch(x) < 0)
        local_settle_soon(x, 5000);
}

int local_watch(struct aggregate *x)
{
    int r = store_watch_new(&x->definitions, x->store, STR("/registry/apiextensions.k8s.io/customresourcedefinitions/"), store_revision(x->store),
                            on_definitions, x);
    if (r == 0)
        on_definitions(x);
    return r > 0 ? -ESTALE : r;
}
