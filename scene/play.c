#include "scene/inside.h"

#include "auth/auth.h"
#include "ctl/ctl.h"
#include "plugins/plugins.h"
#include "scheduler/scheduler.h"

/* The cluster is made, then the steps are taken one after another. */

#define BEGIN     1767225600 /* 2026-01-01T00:00:00Z */
#define SETTLE_MS 5000       /* caches are filled, accounts made, taints taken away */

struct play {
    const struct scene_options *options;
    struct loop *loop;
    struct world *world;
    struct agents *agents;
    struct scheduler *scheduler;
    struct ctl *ctl;
    struct plugins *plugins;
    struct str enable;
    char enable_text[512];
    struct scene_result *result;
    struct err *err;
};

/* ── the scheduler's plugins, as the server has them ── */

static void told_of(void *ctx, enum sched_kind kind, const struct value *object, struct str name)
{
    struct play *p = ctx;
    int r = plugins_told(p->plugins, kind, object, name);
    p->result->refused += r < 0;
    if (r == PLUGINS_CHANGED && p->scheduler)
        scheduler_tell(p->scheduler, SCHED_OTHER, NULL);
}

static bool bound_annotation(void *ctx, const struct sched_pod *pod, size_t i, struct str *key, struct str *value)
{
    struct play *p = ctx;
    return plugins_annotation(p->plugins, pod, i, key, value);
}

static void log_of(void *ctx, const char *line)
{
    struct play *p = ctx;
    if (p->options->tell)
        p->options->tell(p->options->ctx, true, line);
}

static void log_of_controller(void *ctx, const char *controller, const char *line)
{
    char text[700];
    snprintf(text, sizeof(text), "%s: %s", controller, line);
    log_of(ctx, text);
}

static bool serves(const struct play *p, const char *group_version)
{
    struct str rest = p->enable, piece;
    while (rest.p && str_next(&rest, ',', &piece))
        if (str_is(str_trim(piece), group_version))
            return true;
    return false;
}

/* ── objects ── */

static int make(struct play *p, const struct schema_resource *r, struct value *body, const char *path)
{
    struct answer out = {.code = 200};
    struct str ns = value_text_at(body, "metadata.namespace");
    struct client_call call = {.verb = CLIENT_CREATE, .resource = r, .ns = !r->namespaced ? STR_NONE : ns.n ? ns : STR("default"), .body = body};
    if (r->storage != r)
        return err_raise(p->err, -EINVAL, "%s: a scenario takes version %.*s only", path, STR_FMT(r->storage->version));
    if (!r->served && !serves(p, r->kind->api_version.p))
        return err_raise(p->err, -EINVAL, "%s: %.*s is not served; see enable", path, STR_FMT(r->kind->api_version));
    int e = world_create(p->world, &call, body, &out);
    object_unref(out.object);
    return e < 0 ? e : out.code >= 300 ? err_raise(p->err, -EINVAL, "%s: %s", path, out.message) : 0;
}

static int create_one(struct play *p, const struct value *object, const char *path, int64_t number)
{
    struct value body = {0};
    const struct schema_resource *r = scene_resource(object, path, p->err);
    arena_reset(p->world->scratch);
    int e = r ? value_copy(p->world->scratch, object, &body) : -EINVAL;
    if (e == 0 && number >= 0)
        VALUE_SET(&e, p->world->scratch, &body, "metadata.name",
                  value_make_text(arena_fmt(p->world->scratch, "%.*s-%lld", STR_FMT(value_text_at(object, "metadata.name")), (long long)number)));
    return e < 0 ? e : make(p, r, &body, path);
}

static int create(struct play *p, const struct value *item, const char *path)
{
    int64_t n = value_int_at(item, "count", 0);
    int e = 0;
    if (!value_at(item, "object"))
        return create_one(p, item, path, -1);
    for (int64_t i = 0; e == 0 && i < n; i++)
        e = create_one(p, value_at(item, "object"), path, i);
    return e;
}

/* patch and delete: as a client would, whoever it is. */
static int change(struct play *p, const struct value *item, const char *path, bool patches)
{
    struct world *w = p->world;
    const struct schema_resource *r = scene_resource(item, path, p->err);
    struct str ns = value_text_at(item, "namespace");
    struct client_call call = {.verb = patches ? CLIENT_PATCH : CLIENT_DELETE, .resource = r, .name = value_text_at(item, "name"), .grace = -1};
    struct answer out = {.code = 200};
    struct value body = {0};
    arena_reset(w->scratch);
    if (!r)
        return -EINVAL;
    call.ns = !r->namespaced ? STR_NONE : ns.n ? ns : STR("default");
    struct object *o = world_get(w, r, call.ns, call.name);
    if (!o)
        return err_raise(p->err, -EINVAL, "%s: %.*s \"%.*s\" not found", path, STR_FMT(r->name), STR_FMT(call.name));
    int e = patches ? value_copy(w->scratch, value_at(item, "patch"), &body) : 0;
    if (e == 0)
        e = patches ? world_change(w, &call, &body, &out) : world_delete(w, r, o, &call, &out);
    object_unref(out.object);
    return e < 0 ? e : out.code >= 300 ? err_raise(p->err, -EINVAL, "%s: %s", path, out.message) : 0;
}

/* ── nodes ── */

static int node_status(struct play *p, struct value *node, struct str name)
{
    struct arena *a = p->world->scratch;
    struct value list = value_make_list(), c = value_make_map(), labels = value_make_map();
    struct str now = world_time(p->world, a);
    int r = 0;
    const struct value *had = value_at(node, "metadata.labels");
    VALUE_EACH_MEMBER (m, had)
        if (!value_set(a, &labels, m->key, m->value))
            r = -ENOMEM;
    if (!value_set(a, &labels, STR("kubernetes.io/hostname"), value_make_text(name)))
        r = -ENOMEM;
    VALUE_SET(&r, a, node, "metadata.labels", labels);
    VALUE_SET(&r, a, node, "metadata.name", value_make_text(name));
    VALUE_SET(&r, a, &c, "type", value_make_text(STR("Ready")));
    VALUE_SET(&r, a, &c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, a, &c, "lastHeartbeatTime", value_make_text(now));
    VALUE_SET(&r, a, &c, "lastTransitionTime", value_make_text(now));
    if (r == 0 && !value_add(a, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, a, node, "status.conditions", list);
    if (!value_at(node, "status.allocatable.pods"))
        VALUE_SET(&r, a, node, "status.allocatable.pods", value_make_text(STR("110")));
    VALUE_SET(&r, a, node, "status.capacity", *value_at(node, "status.allocatable"));
    return r;
}

static int make_nodes(struct play *p, const struct value *row, const char *path)
{
    static const char *const names[] = {"name", "count", "object", NULL};
    const struct schema_resource *nodes = schema_resource_find(STR(""), STR("v1"), STR("nodes"));
    int r = value_only(row, path, names, p->err);
    for (int64_t i = 0, n = value_int_at(row, "count", 1); r == 0 && i < n; i++) {
        struct arena *a = p->world->scratch;
        struct value node = value_make_map();
        char name[300];
        arena_reset(a);
        snprintf(name, sizeof(name), "%.*s-%lld", STR_FMT(value_text_at(row, "name")), (long long)i);
        if (value_at(row, "object"))
            r = value_copy(a, value_at(row, "object"), &node);
        if (r == 0)
            r = node_status(p, &node, str_of(name));
        if (r == 0)
            r = make(p, nodes, &node, path);
        arena_reset(a);
        if (r == 0)
            r = agents_node(p->agents, str_of(name));
        p->result->nodes += r == 0;
    }
    return r;
}

/* Namespaces and priority classes every cluster begins with. */
static int bootstrap(struct play *p)
{
    SCOPED(arena) a = NULL;
    struct value list = {0};
    int r = arena_new(&a, TREE_MAX);
    if (r == 0)
        r = auth_bootstrap_objects(a, &list);
    VALUE_EACH_ITEM (item, &list) {
        struct str name = value_text_at(item, "resource"), group = value_text_at(item, "group");
        if (r < 0 || (!str_is(name, "namespaces") && !str_is(name, "priorityclasses")))
            continue;
        struct value body = {0};
        arena_reset(p->world->scratch);
        r = value_copy(p->world->scratch, value_at(item, "object"), &body);
        if (r == 0)
            r = make(p, schema_resource_find(group, STR("v1"), name), &body, "bootstrap");
    }
    return r;
}

/* ── steps ── */

/* "90s", "5m50s", "1h": milliseconds; -1: it is none. */
static int64_t duration(struct str text)
{
    int64_t all = 0, n = 0;
    bool digits = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9') {
            n = MIN(n * 10 + (c - '0'), INT64_C(1000000000));
            digits = true;
            continue;
        }
        bool ms = c == 'm' && i + 1 < text.n && text.p[i + 1] == 's';
        if (!digits || (c != 'h' && c != 'm' && c != 's'))
            return -1;
        all += n * (ms ? 1 : c == 'h' ? 3600000 : c == 'm' ? 60000 : 1000);
        i += ms;
        n = 0;
        digits = false;
    }
    return digits || !text.n ? -1 : all;
}

static int silence(struct play *p, const struct value *names, const char *path, bool silent)
{
    VALUE_EACH_ITEM (name, names)
        if (!agents_silence(p->agents, value_text(name), silent))
            return err_raise(p->err, -EINVAL, "%s: no node \"%.*s\"", path, STR_FMT(value_text(name)));
    return 0;
}

static int each_of(struct play *p, const struct value *step, const char *member, size_t number,
                   int (*fn)(struct play *p, const struct value *item, const char *path))
{
    const struct value *list = value_at(step, member);
    char path[96];
    size_t i = 0;
    int r = 0;
    VALUE_EACH_ITEM (item, list) {
        snprintf(path, sizeof(path), "steps[%zu].%s[%zu]", number, member, i++);
        if (r == 0)
            r = fn(p, item, path);
    }
    return r;
}

static int patch(struct play *p, const struct value *item, const char *path)
{
    return change(p, item, path, true);
}

static int remove_one(struct play *p, const struct value *item, const char *path)
{
    return change(p, item, path, false);
}

static int expect(struct play *p, const struct value *item, const char *path)
{
    return scene_expect(p->world, item, path, p->options, p->err);
}

static int take_step(struct play *p, const struct value *step, size_t number, int64_t begin)
{
    static const char *const names[] = {"at", "create", "patch", "delete", "silence", "wake", "expect", NULL};
    char path[64];
    snprintf(path, sizeof(path), "steps[%zu]", number);
    int64_t at = duration(value_text_at(step, "at"));
    int r = value_only(step, path, names, p->err);
    if (r == 0 && (at < 0 || begin + at < loop_now(p->loop)))
        r = err_raise(p->err, -EINVAL, "%s.at: Invalid value: \"%.*s\": must be a time like 5m50s, none before the step before", path,
                      STR_FMT(value_text_at(step, "at")));
    if (r == 0)
        r = loop_run_for(p->loop, begin + at - loop_now(p->loop));
    if (r == 0)
        r = each_of(p, step, "create", number, create);
    if (r == 0)
        r = each_of(p, step, "patch", number, patch);
    if (r == 0)
        r = each_of(p, step, "delete", number, remove_one);
    if (r == 0)
        r = silence(p, value_at(step, "silence"), path, true);
    if (r == 0)
        r = silence(p, value_at(step, "wake"), path, false);
    return r < 0 ? r : each_of(p, step, "expect", number, expect);
}

/* ── the whole ── */

static int sum_up(struct play *p)
{
    struct topic *t = world_topic(p->world, schema_resource_find(STR(""), STR("v1"), STR("pods")));
    struct object **all = NULL;
    size_t n = 0;
    int r = t ? world_list(t, &all, &n) : -ENOMEM;
    if (r < 0)
        return r;
    uint64_t digest = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < n; i++) {
        struct str node = STR(""), parts[2] = {all[i]->key};
        char scratch[32];
        (void)object_field(all[i], "spec.nodeName", &node, scratch);
        parts[1] = node;
        for (size_t k = 0; k < 2; k++)
            for (size_t c = 0; c <= parts[k].n; c++)
                digest = (digest ^ (unsigned char)(c < parts[k].n ? parts[k].p[c] : 0)) * UINT64_C(0x100000001b3);
        object_unref(all[i]);
    }
    mem_free(all);
    p->result->digest = digest;
    p->result->end_ms = loop_now(p->loop);
    return 0;
}

static int start(struct play *p, const struct value *scenario)
{
    const struct value *agents = value_at(scenario, "agents");
    struct agents_options o = {value_int_at(agents, "renewSeconds", 10) * 1000, value_int_at(agents, "startSeconds", 1) * 1000,
                               value_int_at(agents, "runSeconds", 10) * 1000};
    if (o.renew_ms < 1000 || o.start_ms < 0 || o.run_ms < 0)
        return err_raise(p->err, -EINVAL, "agents: times must not be negative, renewSeconds 1 at least");
    p->enable = value_text_at(scenario, "enable");
    snprintf(p->enable_text, sizeof(p->enable_text), "%.*s", STR_FMT(p->enable));
    int r = loop_new_simulated(&p->loop, BEGIN);
    if (r == 0)
        r = world_new(&p->world, p->loop, (uint64_t)value_int_at(scenario, "seed", 1), p->result);
    if (r == 0)
        r = agents_new(&p->agents, p->world, &o);
    if (r == 0)
        r = plugins_new(&p->plugins);
    if (r < 0)
        return r;
    struct scheduler_options sched = {.told = told_of,
                                      .annotation = bound_annotation,
                                      .plugins_ctx = p,
                                      .log = log_of,
                                      .log_ctx = p,
                                      .groups = serves(p, "scheduling.k8s.io/v1beta1"),
                                      .composite_groups = serves(p, "scheduling.k8s.io/v1alpha3")};
    sched.plugins = plugins_rows(p->plugins, &sched.n_plugins);
    r = scheduler_new(&p->scheduler, p->world->client, &sched, p->err);
    if (r < 0)
        return r;
    plugins_attach(p->plugins, scheduler_engine(p->scheduler), SCHEDULER_FIRST_PLUGIN);
    struct ctl_options ctl = {.reconcile = {.lease_grace_ms = 4 * o.renew_ms}, .enable = p->enable_text, .log = log_of_controller, .log_ctx = p};
    r = ctl_new(&p->ctl, p->world->client, &ctl, p->err);
    return r < 0 ? r : bootstrap(p);
}

static int play(struct play *p, const struct value *scenario)
{
    static const char *const names[] = {"apiVersion", "kind", "enable", "seed", "agents", "nodes", "steps", NULL};
    const struct value *nodes = value_at(scenario, "nodes"), *steps = value_at(scenario, "steps");
    size_t number = 0;
    char path[64];
    int r = value_only(scenario, "", names, p->err);
    if (r == 0)
        r = start(p, scenario);
    VALUE_EACH_ITEM (row, nodes) {
        snprintf(path, sizeof(path), "nodes[%zu]", number++);
        if (r == 0)
            r = make_nodes(p, row, path);
    }
    if (r == 0)
        r = loop_run_for(p->loop, SETTLE_MS);
    int64_t begin = p->loop ? loop_now(p->loop) : 0;
    number = 0;
    VALUE_EACH_ITEM (step, steps)
        if (r == 0)
            r = take_step(p, step, number++, begin);
    return r < 0 ? r : sum_up(p);
}

int scene_run(const struct value *scenario, const struct scene_options *o, struct scene_result *result, struct err *err)
{
    struct play p = {.options = o, .result = result, .err = err};
    *result = (struct scene_result){0};
    int r = play(&p, scenario);
    ctl_free(p.ctl);
    scheduler_free(p.scheduler);
    plugins_free(p.plugins);
    agents_free(p.agents);
    if (p.world)
        client_free(p.world->client);
    loop_free(p.loop);
    return r < 0 && !err->text[0] ? err_raise(err, r, "the scenario could not be played: %s", strerror(-r)) : r;
}
