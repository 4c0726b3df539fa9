#include "scheduler/inside.h"

#include "object/object.h"

/* SchedulingProfiles: each that can be read is a profile of the engine, from when it is written until it is deleted. What became of it stands in its
 * condition Accepted. Pods that name it and wait are put again with every change: a profile is part of what they ask. */

#define PROFILE_BYTES (4u << 20)

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

/* Pods that name it are now somebody's, or nobody's, or asked about in another way. */
static void put_again(struct scheduler *s, struct str name)
{
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(s->pods, &at);
        struct str by = STR_NONE, node = STR_NONE;
        struct value tree = {0};
        char x[32], y[32];
        if (!o)
            return;
        if (!object_field(o, "spec.schedulerName", &by, x) || !str_eq(by, name) || (object_field(o, "spec.nodeName", &node, y) && node.n))
            continue;
        const struct sched_pod *p = sched_pod_find(s->sched, object_uid(o));
        if (p && sched_pod_node(p) != SCHED_NOWHERE)
            continue; /* it has been decided about */
        arena_reset(s->scratch);
        int r = object_tree(s->scratch, o, &tree, NULL);
        if (r == 0)
            r = cycle_put(s->cycle, SCHED_POD, &tree, loop_now(client_loop(s->client)));
        if (r < 0)
            s->failed++;
    }
}

static void tell(struct scheduler *s, struct object *o, int refused, const char *why)
{
    struct arena *a = s->scratch;
    struct value patch = {0}, list = value_make_list(), c = value_make_map();
    struct str generation = STR_NONE;
    int64_t seen = 0;
    char number[32], now[32];
    int r = 0;
    arena_reset(a);
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    if (!object_field(o, "metadata.generation", &generation, number) || str_to_int(generation, &seen) < 0)
        seen = 0;
    VALUE_SET(&r, a, &c, "type", value_make_text(STR("Accepted")));
    VALUE_SET(&r, a, &c, "status", value_make_text(refused ? STR("False") : STR("True")));
    VALUE_SET(&r, a, &c, "observedGeneration", value_make_int(seen));
    VALUE_SET(&r, a, &c, "lastTransitionTime", value_make_text(arena_fmt(a, "%s", now)));
    VALUE_SET(&r, a, &c, "reason", value_make_text(refused == -EEXIST ? STR("NameTaken") : refused ? STR("Invalid") : STR("InForce")));
    VALUE_SET(&r, a, &c, "message", value_make_text(arena_fmt(a, "%s", refused ? why : "pods choose it by spec.schedulerName")));
    if (!value_add(a, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, a, &patch, "status.observedGeneration", value_make_int(seen));
    VALUE_SET(&r, a, &patch, "status.conditions", list);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(s->profiles),
                               .name = object_name(o),
                               .subresource = STR("status"),
                               .body = &patch};
    if (r < 0 || client_send(s->client, &call, ignore, NULL) < 0)
        s->failed++;
}

/* Extenders are of every profile. */
static void with_extenders(const struct scheduler *s, struct sched_profile *p)
{
    const struct scheduler_config *c = s->options.config;
    unsigned rule = s->asking ? asking_rule(s->asking) : 0;
    if (!s->asking)
        return;
    p->filters |= 1u << rule;
    p->scores |= 1u << rule;
    p->weights[rule] = 1;
    for (size_t i = 0; i < c->profiles[0].n_ignored && p->n_ignored < SCHED_SCORED_MAX; i++)
        p->ignored[p->n_ignored++] = c->profiles[0].ignored[i];
}

static int take(struct scheduler *s, struct object *o, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct sched_profile p;
    struct value tree = {0};
    int r = arena_new(&mem, PROFILE_BYTES);
    if (r == 0)
        r = object_tree(mem, o, &tree, err);
    if (r == 0)
        r = scheduler_profile_parse(&p, mem, object_name(o), value_get(&tree, STR("spec")), s->options.plugins, s->options.n_plugins, err);
    if (r < 0)
        return r;
    with_extenders(s, &p);
    r = sched_profile_put(s->sched, &p);
    return r == -EEXIST   ? err_raise(err, r, "metadata.name: the scheduler's configuration has a profile of that name")
           : r == -ENOSPC ? err_raise(err, r, "there are %d profiles already", SCHED_PROFILES_MAX)
           : r < 0        ? err_raise(err, r, "no memory for the profile")
                          : 0;
}

static bool same_spec(struct object *old, struct object *now)
{
    struct str a = STR_NONE, b = STR_NONE;
    char x[32], y[32];
    return str_eq(object_uid(old), object_uid(now)) && object_field(old, "metadata.generation", &a, x) &&
           object_field(now, "metadata.generation", &b, y) && str_eq(a, b);
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct scheduler *s = ctx;
    struct object *o = now ? now : old;
    struct err err = {{0}};
    if (old && now && same_spec(old, now))
        return; /* its status, which we wrote */
    int r = now ? take(s, now, &err) : 0;
    if (!now || (r < 0 && r != -EEXIST))
        sched_profile_del(s->sched, object_name(o));
    put_again(s, object_name(o));
    if (now)
        tell(s, now, r, err.text);
    scheduler_wake(s);
}

static void on_synced(void *ctx)
{
    scheduler_wake(ctx);
}

int profiles_open(struct scheduler *s)
{
    struct client_cache_options o = {.resource = schema_resource_find(STR("coracle.dev"), STR("v1alpha1"), STR("schedulingprofiles"))};
    if (!s->options.profiles)
        return 0;
    s->profiles_listener = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = s};
    int r = client_cache_new(&s->profiles, s->client, &o);
    if (r == 0)
        client_cache_listen(s->profiles, &s->profiles_listener);
    return r;
}
