#include "scheduler/inside.h"

#include "object/object.h"

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

struct pod_name name_of(const struct scheduler *s, const struct sched_pod *p)
{
    return (struct pod_name){sched_pod_namespace(s->sched, p), sched_pod_name(p), sched_pod_uid(p)};
}

struct str scheduler_name_of(const struct scheduler *s, const struct sched_pod *p)
{
    struct str name = sched_profile_name(s->sched, sched_pod_profile(p));
    return name.n ? name : STR("default-scheduler");
}

static struct str wall(struct scheduler *s)
{
    char now[32];
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    return arena_fmt(s->scratch, "%s", now);
}

static void deliver(struct scheduler *s, int r, const struct client_call *call)
{
    struct client_call blind = *call;
    blind.blind = true;
    if (r < 0 || client_send(s->client, &blind, ignore, NULL) < 0)
        s->failed++;
}

static void put_event(struct scheduler *s, const struct pod_name *p, struct str by, bool warning, int64_t sec, int32_t nsec, const char *reason,
                      const char *action, struct str message)
{
    struct value e = {0};
    struct arena *a = s->scratch;
    char now[64];
    int r = 0;
    time_fmt_rfc3339_micro(now, sec, nsec);
    if (message.n > 1024) /* what an event's note may hold */
        message = arena_fmt(a, "%.*s ...", 1020, message.p);
    VALUE_SET(&r, a, &e, "apiVersion", value_make_text(STR("events.k8s.io/v1")));
    VALUE_SET(&r, a, &e, "kind", value_make_text(STR("Event")));
    VALUE_SET(&r, a, &e, "metadata.name",
              value_make_text(arena_fmt(a, "%.*s.%llx%08x", STR_FMT(str_head(p->name, 200)), (long long)sec, (unsigned)nsec ^ (unsigned)s->failed)));
    VALUE_SET(&r, a, &e, "metadata.namespace", value_make_text(p->ns));
    VALUE_SET(&r, a, &e, "regarding.kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, &e, "regarding.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &e, "regarding.namespace", value_make_text(p->ns));
    VALUE_SET(&r, a, &e, "regarding.name", value_make_text(p->name));
    VALUE_SET(&r, a, &e, "regarding.uid", value_make_text(p->uid));
    VALUE_SET(&r, a, &e, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, a, &e, "action", value_make_text(str_of(action)));
    VALUE_SET(&r, a, &e, "note", value_make_text(message));
    VALUE_SET(&r, a, &e, "eventTime", value_make_text(arena_fmt(a, "%s", now)));
    VALUE_SET(&r, a, &e, "type", value_make_text(warning ? STR("Warning") : STR("Normal")));
    VALUE_SET(&r, a, &e, "reportingController", value_make_text(by));
    VALUE_SET(&r, a, &e, "reportingInstance", value_make_text(arena_fmt(a, "%.*s-coracle", STR_FMT(by))));
    struct client_call call = {
        .verb = CLIENT_CREATE, .resource = schema_resource_find(STR("events.k8s.io"), STR("v1"), STR("events")), .ns = p->ns, .body = &e};
    deliver(s, r, &call);
}

void write_event(struct scheduler *s, const struct pod_name *p, struct str by, bool warning, const char *reason, const char *action,
                 struct str message)
{
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(client_loop(s->client), &sec, &nsec);
    put_event(s, p, by, warning, sec, nsec, reason, action, message);
}

void write_event_at(struct scheduler *s, const struct pod_name *p, struct str by, int64_t sec, int32_t nsec, const char *reason, const char *action,
                    struct str message)
{
    put_event(s, p, by, false, sec, nsec, reason, action, message);
}

static void patch_status(struct scheduler *s, int r, const struct pod_name *p, const struct value *patch)
{
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_STRATEGIC,
                               .resource = client_cache_resource(s->pods),
                               .ns = p->ns,
                               .name = p->name,
                               .subresource = STR("status"),
                               .body = patch};
    deliver(s, r, &call);
}

static int add_condition(struct scheduler *s, struct value *patch, const char *type, const char *status, const char *reason, struct str message)
{
    struct value list = value_make_list(), c = value_make_map();
    int r = 0;
    VALUE_SET(&r, s->scratch, &c, "type", value_make_text(str_of(type)));
    VALUE_SET(&r, s->scratch, &c, "status", value_make_text(str_of(status)));
    VALUE_SET(&r, s->scratch, &c, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, s->scratch, &c, "message", value_make_text(message));
    VALUE_SET(&r, s->scratch, &c, "lastTransitionTime", value_make_text(wall(s)));
    if (r == 0 && !value_add(s->scratch, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, s->scratch, patch, "status.conditions", list);
    return r;
}

/* Has its condition said the same already? */
static bool told(struct scheduler *s, const struct pod_name *p, struct str message)
{
    struct object *o = client_cache_get(s->pods, p->ns, p->name);
    struct value pod = {0};
    if (!o || object_tree(s->scratch, o, &pod, NULL) < 0)
        return false;
    const struct value *conditions = value_at(&pod, "status.conditions");
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "PodScheduled"))
            return str_is(value_text_at(c, "status"), "False") && str_eq(value_text_at(c, "message"), message);
    return false;
}

void write_refusal(struct scheduler *s, const struct cycle_outcome *o)
{
    struct pod_name p = name_of(s, o->pod);
    struct value patch = {0};
    bool nominates = o->kind == CYCLE_PREEMPTS, same = told(s, &p, o->message);
    int r = 0;
    if (!same || o->attempts == 1)
        write_event(s, &p, scheduler_name_of(s, o->pod), true, "FailedScheduling", "Scheduling", o->message);
    if (same && !nominates && !o->nomination_ended)
        return;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(p.uid));
    if (r == 0 && !same)
        r = add_condition(s, &patch, "PodScheduled", "False", "Unschedulable", o->message);
    if (nominates)
        VALUE_SET(&r, s->scratch, &patch, "status.nominatedNodeName", value_make_text(sched_node_name(s->sched, o->node)));
    else if (o->nomination_ended)
        VALUE_SET(&r, s->scratch, &patch, "status.nominatedNodeName", (struct value){.type = VALUE_NULL});
    patch_status(s, r, &p, &patch);
}

void write_nomination_end(struct scheduler *s, const struct sched_pod *of)
{
    struct pod_name p = name_of(s, of);
    struct value patch = {0};
    int r = 0;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(p.uid));
    VALUE_SET(&r, s->scratch, &patch, "status.nominatedNodeName", (struct value){.type = VALUE_NULL});
    patch_status(s, r, &p, &patch);
}

/* The condition as it stands: NULL, there is none. */
static const struct value *condition_of(struct scheduler *s, const struct cycle_group *g, struct value *tree)
{
    struct object *o = s->groups ? client_cache_get(s->groups, g->ns, g->name) : NULL;
    const struct value *conditions = o && object_tree(s->scratch, o, tree, NULL) == 0 ? value_at(tree, "status.conditions") : NULL;
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "PodGroupInitiallyScheduled"))
            return c;
    return NULL;
}

/* Once it was scheduled it stays so, whatever comes of later pods. */
void write_group(struct scheduler *s, const struct cycle_group *g)
{
    struct value tree = {0}, patch = {0}, list = value_make_list(), c = value_make_map();
    const struct value *was = condition_of(s, g, &tree);
    struct str status = g->scheduled ? STR("True") : STR("False");
    bool same = was && str_eq(value_text_at(was, "status"), status);
    int r = 0;
    if (!s->groups || (was && str_is(value_text_at(was, "status"), "True")) ||
        (same && str_eq(value_text_at(was, "message"), g->message) && str_eq(value_text_at(was, "reason"), g->reason)))
        return;
    VALUE_SET(&r, s->scratch, &c, "type", value_make_text(STR("PodGroupInitiallyScheduled")));
    VALUE_SET(&r, s->scratch, &c, "status", value_make_text(status));
    VALUE_SET(&r, s->scratch, &c, "reason", value_make_text(g->reason));
    VALUE_SET(&r, s->scratch, &c, "message", value_make_text(g->message));
    VALUE_SET(&r, s->scratch, &c, "observedGeneration", value_make_int(g->generation));
    VALUE_SET(&r, s->scratch, &c, "lastTransitionTime", value_make_text(same ? value_text_at(was, "lastTransitionTime") : wall(s)));
    if (r == 0 && !value_add(s->scratch, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(g->uid));
    VALUE_SET(&r, s->scratch, &patch, "status.conditions", list);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_STRATEGIC,
                               .resource = client_cache_resource(s->groups),
                               .ns = g->ns,
                               .name = g->name,
                               .subresource = STR("status"),
                               .body = &patch};
    deliver(s, r, &call);
}

/* A victim is told why it goes (KEP-3329), so that a Job does not take it for a failure; then it is deleted with its own grace. */
void write_victim(struct scheduler *s, const struct sched_pod *victim, const struct cycle_outcome *o)
{
    struct pod_name p = name_of(s, victim), by = name_of(s, o->pod);
    uint32_t from = sched_pod_node(victim);
    struct str scheduler = scheduler_name_of(s, o->pod);
    struct value patch = {0};
    int r = 0;
    if (sched_pod_deleting(victim))
        return;
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(p.uid));
    if (r == 0)
        r = add_condition(s, &patch, "DisruptionTarget", "True", "PreemptionByScheduler",
                          arena_fmt(s->scratch, "%.*s: preempting to accommodate a higher priority pod", STR_FMT(scheduler)));
    patch_status(s, r, &p, &patch);
    struct client_call call = {
        .verb = CLIENT_DELETE, .resource = client_cache_resource(s->pods), .ns = p.ns, .name = p.name, .uid = p.uid, .grace = -1};
    deliver(s, 0, &call);
    write_event(s, &p, scheduler, false, "Preempted", "Preempting",
                arena_fmt(s->scratch, "Preempted by pod %.*s on node %.*s", STR_FMT(by.uid),
                          STR_FMT(sched_node_name(s->sched, from == SCHED_NOWHERE ? o->node : from))));
}

int write_binding(struct scheduler *s, const struct sched_pod *pod, struct str node, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct pod_name p = name_of(s, pod);
    struct value body = {0};
    int r = 0;
    VALUE_SET(&r, s->scratch, &body, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, s->scratch, &body, "kind", value_make_text(STR("Binding")));
    VALUE_SET(&r, s->scratch, &body, "metadata.name", value_make_text(p.name));
    VALUE_SET(&r, s->scratch, &body, "metadata.namespace", value_make_text(p.ns));
    VALUE_SET(&r, s->scratch, &body, "metadata.uid", value_make_text(p.uid));
    VALUE_SET(&r, s->scratch, &body, "target.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, s->scratch, &body, "target.kind", value_make_text(STR("Node")));
    VALUE_SET(&r, s->scratch, &body, "target.name", value_make_text(node));
    struct str key, text;
    struct value notes = {0};
    for (size_t i = 0; s->options.annotation && s->options.annotation(s->options.plugins_ctx, pod, i, &key, &text);
         i++) { /* the registry puts them onto the pod */
        struct str copy = arena_fmt(s->scratch, "%.*s", STR_FMT(text));
        if (!copy.p || !value_set(s->scratch, &notes, key, value_make_text(copy)))
            r = -ENOMEM;
    }
    if (value_count(&notes))
        VALUE_SET(&r, s->scratch, &body, "metadata.annotations", notes);
    struct client_call call = {
        .verb = CLIENT_CREATE, .resource = client_cache_resource(s->pods), .ns = p.ns, .name = p.name, .subresource = STR("binding"), .body = &body};
    return r < 0 ? r : client_send(s->client, &call, done, ctx);
}

static const struct client_cache *volumes_of(const struct scheduler *s)
{
    size_t i = 0;
    while (s->feeds[i].kind != SCHED_VOLUME)
        i++;
    return s->feeds[i].cache;
}

/* A claim that waited for its first consumer: it is told the node, or a volume is promised to it; then its controller binds it. */
int write_claims(struct scheduler *s, const struct sched_pod *pod, struct str node, const struct sched_binding *list, size_t n,
                 void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct str ns = sched_pod_namespace(s->sched, pod);
    for (size_t i = 0; i < n; i++) {
        struct value patch = {0}, notes = value_make_map();
        int r = 0;
        bool make = list[i].volume.n == 0;
        struct client_call call = {.verb = CLIENT_PATCH,
                                   .patch = CLIENT_PATCH_MERGE,
                                   .body = &patch,
                                   .name = make ? list[i].claim : list[i].volume,
                                   .ns = make ? ns : STR_NONE,
                                   .resource =
                                       schema_resource_find(STR_NONE, STR("v1"), make ? STR("persistentvolumeclaims") : STR("persistentvolumes"))};
        if (make) {
            if (!value_set(s->scratch, &notes, STR("volume.kubernetes.io/selected-node"), value_make_text(node)))
                r = -ENOMEM;
            VALUE_SET(&r, s->scratch, &patch, "metadata.annotations", notes);
        } else {
            /* As it was seen: who promises it first has it, and the other pod looks again. */
            struct object *seen = client_cache_get(volumes_of(s), STR_NONE, list[i].volume);
            if (seen)
                VALUE_SET(&r, s->scratch, &patch, "metadata.resourceVersion",
                          value_make_text(arena_fmt(s->scratch, "%lld", (long long)seen->revision)));
            VALUE_SET(&r, s->scratch, &patch, "spec.claimRef.kind", value_make_text(STR("PersistentVolumeClaim")));
            VALUE_SET(&r, s->scratch, &patch, "spec.claimRef.apiVersion", value_make_text(STR("v1")));
            VALUE_SET(&r, s->scratch, &patch, "spec.claimRef.namespace", value_make_text(ns));
            VALUE_SET(&r, s->scratch, &patch, "spec.claimRef.name", value_make_text(list[i].claim));
        }
        if (r == 0)
            r = client_send(s->client, &call, done ? done : ignore, ctx);
        if (r < 0)
            return r;
    }
    return 0;
}
