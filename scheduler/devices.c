#include "scheduler/inside.h"

#include "meter/meter.h"
#include "object/object.h"

/* Dynamic Resource Allocation's hands and feet: it feeds `dynamic` from caches, and writes what it decided before a pod is bound (PreBind).
 *
 *   for each claim of the pod: (made, for extended resources) ─▶ finalizer ─▶ status (allocation, reservedFor) ─▶ … ─▶ binding conditions come true
 * ─▶ the pod is bound
 *
 * What fails is undone: the pod gives up its reservations and waits in back-off, as upstream has it. Pods that share a claim write it one after
 * another: the first of a group writes what was decided for all of it, the others find it there. What is reserved for a group stays while one of its
 * pods may use it. */

#define FINALIZER   "resource.kubernetes.io/delete-protection"
#define RETRIES_MAX 5
#define PLAN_MAX    DEVICE_CLAIMS_MAX

struct claim_write {
    struct str ns, name, uid;
    struct str group, group_uid; /* whom it is reserved for; "": the pod */
    const struct value *allocation;
    const struct value *spec, *mappings; /* of one that is made for extended resources */
    bool conditions, written, shared;
};
struct claiming {     /* a pod whose claims are being written */
    struct list link; /* in scheduler->claimings */
    struct scheduler *scheduler;
    struct arena *mem;
    struct pod_name pod;
    struct claim_write *items;
    size_t n, at;
    unsigned tries;
    bool held;  /* another pod's write of the same claim is under way */
    bool waits; /* for binding conditions, since `began` */
    int64_t began;
    struct loop_timer timer;
};

static int64_t now_of(const struct scheduler *s)
{
    return loop_now(client_loop(s->client));
}

static struct client_cache *claims_of(const struct scheduler *s)
{
    return s->device_feeds[DYNAMIC_CLAIM].cache;
}

/* ── what is counted, by upstream's names ── */

static const double wait_bounds[] = {0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6, 819.2, 0};
static struct meter claims_there = {.name = "dynamic_resource_allocation_resource_claims",
                                    .help = "ResourceClaims, by whether they are allocated, ask for admin access, and what they were made for.",
                                    .kind = METER_GAUGE};
static struct meter claims_made = {.name = "dynamic_resource_allocation_resourceclaim_creates_total",
                                   .help = "ResourceClaims made for pods, from templates and for extended resources.",
                                   .kind = METER_COUNTER};
static struct meter conditions_met = {.name = "scheduler_dra_bindingconditions_allocations_total",
                                      .help = "Allocations of devices that have binding conditions, by what became of them.",
                                      .kind = METER_COUNTER};
static struct meter conditions_wait = {.name = "scheduler_dra_bindingconditions_wait_duration_seconds",
                                       .help = "Time pods waited for their devices' binding conditions.",
                                       .kind = METER_HISTOGRAM,
                                       .bounds = wait_bounds};

static bool admin_of(const struct value *claim)
{
    VALUE_EACH_ITEM (q, value_at(claim, "spec.devices.requests"))
        if (value_bool_at(q, "exactly.adminAccess", false))
            return true;
    return false;
}

static const char *source_of(const struct value *claim)
{
    const struct value *notes = value_at(claim, "metadata.annotations");
    return value_get(notes, STR("resource.kubernetes.io/pod-claim-name"))            ? "resource_claim_template"
           : value_get(notes, STR("resource.kubernetes.io/extended-resource-claim")) ? "extended_resource"
                                                                                     : "";
}

static void count_claim(const struct value *claim, int by, bool new)
{
    const char *source = source_of(claim), *admin = admin_of(claim) ? "true" : "false";
    bool allocated = !value_is_null(value_at(claim, "status.allocation"));
    meter_add(meter_series(&claims_there, "allocated=\"%s\",admin_access=\"%s\",source=\"%s\"", allocated ? "true" : "false", admin, source), by);
    if (new &&*source)
        meter_add(meter_series(&claims_made, "status=\"success\",admin_access=\"%s\"", admin), 1);
}

static void count_change(struct scheduler *s, struct device_feed *f, struct object *old, const struct value *now)
{
    struct value was = {0};
    if (f->kind != DYNAMIC_CLAIM)
        return;
    if (old && object_tree(s->scratch, old, &was, NULL) == 0)
        count_claim(&was, -1, false);
    if (now)
        count_claim(now, 1, !old && client_cache_synced(f->cache));
}

/* Once for each driver of its claims. */
static void count_wait(const struct claiming *k, const struct sched_pod *p, const char *status)
{
    struct scheduler *s = k->scheduler;
    struct str told[8], profile = scheduler_name_of(s, p);
    size_t n = 0;
    for (size_t i = 0; i < k->n && k->waits; i++)
        VALUE_EACH_ITEM (x, k->items[i].conditions ? value_at(k->items[i].allocation, "devices.results") : NULL) {
            struct str driver = value_text_at(x, "driver");
            bool again = n == ARRAY_LEN(told) || !value_count(value_at(x, "bindingConditions"));
            for (size_t t = 0; t < n; t++)
                again = again || str_eq(told[t], driver);
            if (again)
                continue;
            told[n++] = driver;
            meter_add(meter_series(&conditions_met, "profile=\"%.*s\",driver=\"%.*s\",status=\"%s\"", STR_FMT(profile), STR_FMT(driver), status), 1);
            meter_observe(&conditions_wait,
                          meter_series(&conditions_wait, "profile=\"%.*s\",driver=\"%.*s\",status=\"%s\"", STR_FMT(profile), STR_FMT(driver), status),
                          (double)(now_of(s) - k->began) / 1000);
        }
}

/* ── what changed ── */

/* Pods whose claims changed are looked at again; others may profit from what came free. */
void devices_settle(struct scheduler *s)
{
    struct str ns, name, uid;
    while (dynamic_stale(s->dynamic, &ns, &name, &uid)) {
        struct object *o = client_cache_get(s->pods, ns, name);
        struct value tree = {0};
        if (!o || !str_eq(object_uid(o), uid))
            continue;
        arena_reset(s->scratch);
        if (object_tree(s->scratch, o, &tree, NULL) < 0 || cycle_put(s->cycle, SCHED_POD, &tree, now_of(s)) < 0)
            s->failed++;
    }
    if (dynamic_freed(s->dynamic))
        cycle_tell(s->cycle, SCHED_DELETED, NULL, now_of(s));
}

static void check_conditions(struct scheduler *s, struct str ns, struct str name);

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct device_feed *f = ctx;
    struct scheduler *s = f->scheduler;
    struct value tree = {0};
    arena_reset(s->scratch);
    if (f->kind == DYNAMIC_CLAIM && old && now && !str_eq(object_uid(old), object_uid(now)))
        dynamic_del(s->dynamic, f->kind, object_namespace(old), object_name(old));
    if (!now) {
        dynamic_del(s->dynamic, f->kind, object_namespace(old), object_name(old));
    } else {
        int r = object_tree(s->scratch, now, &tree, NULL);
        if (r == 0)
            r = dynamic_put(s->dynamic, f->kind, &tree);
        s->failed += r < 0;
    }
    count_change(s, f, old, now ? &tree : NULL);
    cycle_tell(s->cycle, !now ? SCHED_DELETED : old ? SCHED_OTHER : SCHED_ADDED, now ? &tree : NULL, now_of(s));
    devices_settle(s);
    if (f->kind == DYNAMIC_CLAIM && now)
        check_conditions(s, object_namespace(now), object_name(now));
    scheduler_wake(s);
}

static void on_synced(void *ctx)
{
    struct device_feed *f = ctx;
    scheduler_wake(f->scheduler);
}

/* ── the writes ── */

static void next_write(struct claiming *k);

static struct str consumer_of(const struct claiming *k, const struct claim_write *w)
{
    return w->group_uid.n ? w->group_uid : k->pod.uid;
}

static bool writes(const struct claiming *k, const struct claim_write *w)
{
    const struct claim_write *its = k->at < k->n ? &k->items[k->at] : NULL;
    return its && w->name.n && str_eq(its->ns, w->ns) && str_eq(its->name, w->name);
}

static bool must_wait(const struct claiming *k)
{
    if (!k->items[k->at].shared)
        return false;
    LIST_EACH (x, &k->scheduler->claimings, struct claiming, link)
        if (x != k && !x->held && writes(x, &k->items[k->at]))
            return true;
    return false;
}

static void on_turn(void *ctx)
{
    struct scheduler *s = ctx;
    bool any = true;
    while (any) {
        any = false;
        LIST_EACH (k, &s->claimings, struct claiming, link)
            if (k->held && !must_wait(k)) {
                any = true;
                k->held = false;
                s->claims_held--;
                next_write(k); /* which may end it, and others */
                break;
            }
    }
}

/* A write is over: whoever waits for it goes on. */
static void next_turn(struct scheduler *s)
{
    if (s->claims_held)
        loop_defer(client_loop(s->client), &s->claims_turn, on_turn, s);
}

static void written(struct claiming *k)
{
    k->at++;
    k->tries = 0;
    next_turn(k->scheduler);
    next_write(k);
}

static void claiming_free(struct claiming *k)
{
    k->scheduler->claims_held -= k->held;
    next_turn(k->scheduler);
    loop_timer_stop(&k->timer);
    list_del(&k->link);
    arena_free(k->mem);
    mem_free(k);
}

static void ignore(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    (void)r;
}

static bool is_consumer(const struct value *x, struct str uid)
{
    return str_eq(value_text_at(x, "uid"), uid);
}

/* The pod is no consumer of the claim any more; `free`: the claim is allocated no more, either. */
static void give_back(struct scheduler *s, struct object *o, struct str uid, bool free)
{
    struct value tree = {0};
    if (!o || object_tree(s->scratch, o, &tree, NULL) < 0)
        return;
    struct value *list = value_at(&tree, "status.reservedFor"), *status = value_at(&tree, "status");
    for (size_t i = value_count(list); i-- > 0;)
        if (is_consumer(value_item(list, i), uid))
            value_del_item(list, i);
    if (free && value_count(list) == 0) {
        value_del(status, STR("allocation"));
        value_del(status, STR("devices"));
    }
    struct client_call call = {.verb = CLIENT_UPDATE,
                               .resource = client_cache_resource(claims_of(s)),
                               .ns = object_namespace(o),
                               .name = object_name(o),
                               .subresource = STR("status"),
                               .body = &tree};
    if (client_send(s->client, &call, ignore, NULL) < 0)
        s->failed++;
}

static void unmake(struct scheduler *s, const struct claim_write *w)
{
    struct client_call call = {
        .verb = CLIENT_DELETE, .resource = client_cache_resource(claims_of(s)), .ns = w->ns, .name = w->name, .uid = w->uid, .grace = -1};
    if (w->spec && w->name.n && client_send(s->client, &call, ignore, NULL) < 0)
        s->failed++; /* it goes with its pod */
}

static bool is_member(struct object *pod, struct str ns, struct str group, bool placed)
{
    struct str of = STR_NONE, node = STR_NONE;
    char a[64], b[64];
    return str_eq(object_namespace(pod), ns) && object_field(pod, "spec.schedulingGroup.podGroupName", &of, a) && str_eq(of, group) &&
           (!placed || (object_field(pod, "spec.nodeName", &node, b) && node.n));
}

/* No pod of the group has a node. */
static bool group_idle(struct scheduler *s, struct str ns, struct str group)
{
    struct map_slot *at = NULL;
    for (struct object *o = client_cache_next(s->pods, &at); o; o = client_cache_next(s->pods, &at))
        if (is_member(o, ns, group, true))
            return false;
    return true;
}

/* The pod gives up what was written for it; what is its group's only when no other of the group is about to use it. */
static void give_up(struct claiming *k, const struct claim_write *w)
{
    struct scheduler *s = k->scheduler;
    if (!w->group.n) {
        give_back(s, client_cache_get(claims_of(s), w->ns, w->name), k->pod.uid, w->allocation && k->waits);
        return;
    }
    LIST_EACH (x, &s->claimings, struct claiming, link)
        for (size_t i = 0; x != k && i < x->n; i++)
            if (str_eq(x->items[i].uid, w->uid))
                return;
    if (group_idle(s, w->ns, w->group))
        give_back(s, client_cache_get(claims_of(s), w->ns, w->name), w->group_uid, w->conditions && k->waits);
}

static void fail(struct claiming *k, const char *why)
{
    struct scheduler *s = k->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, k->pod.uid);
    arena_reset(s->scratch);
    for (size_t i = 0; i < k->n; i++)
        if (k->items[i].written)
            give_up(k, &k->items[i]);
    for (size_t i = 0; i < k->n; i++)
        unmake(s, &k->items[i]);
    if (p)
        write_event(s, &k->pod, scheduler_name_of(s, p), true, "FailedScheduling", "Scheduling", arena_fmt(s->scratch, "%s", why));
    s->failed++;
    cycle_bound(s->cycle, k->pod.uid, false, now_of(s));
    claiming_free(k);
    devices_settle(s);
    scheduler_wake(s);
}

static void failed_call(struct claiming *k, const char *what, const struct client_reply *r)
{
    struct str name = k->items[k->at].name;
    char text[512];
    snprintf(text, sizeof(text), "%s claim %.*s: %.*s", what, STR_FMT(name), STR_FMT(r->message));
    fail(k, text);
}

static void on_named(void *ctx, const struct client_reply *r)
{
    struct claiming *k = ctx;
    if (!client_ok(r))
        failed_call(k, "tell the pod of", r);
    else
        written(k);
}

/* Which of the claim's requests stand for which of its containers' resources. */
static int name_in_pod(struct claiming *k)
{
    struct scheduler *s = k->scheduler;
    const struct claim_write *w = &k->items[k->at];
    struct value patch = value_make_map();
    int r = 0;
    arena_reset(s->scratch);
    VALUE_SET(&r, s->scratch, &patch, "metadata.uid", value_make_text(k->pod.uid));
    VALUE_SET(&r, s->scratch, &patch, "status.extendedResourceClaimStatus.resourceClaimName", value_make_text(w->name));
    VALUE_SET(&r, s->scratch, &patch, "status.extendedResourceClaimStatus.requestMappings", *w->mappings);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(s->pods),
                               .ns = k->pod.ns,
                               .name = k->pod.name,
                               .subresource = STR("status"),
                               .body = &patch};
    return r < 0 ? r : client_send(s->client, &call, on_named, k);
}

static void on_status(void *ctx, const struct client_reply *r)
{
    struct claiming *k = ctx;
    struct claim_write *w = &k->items[k->at];
    struct scheduler *s = k->scheduler;
    if (w->allocation)
        dynamic_sent(s->dynamic, w->ns, w->name, client_ok(r) && r->object ? r->object->revision : 0);
    if (r->code == 409 && ++k->tries < RETRIES_MAX) {
        if (w->allocation)
            dynamic_sending(s->dynamic, w->ns, w->name);
        next_write(k);
        return;
    }
    if (!client_ok(r)) {
        failed_call(k, w->allocation ? "add allocation and reservation to" : "add reservation to", r);
        return;
    }
    w->written = true;
    if (r->object)
        client_cache_note(claims_of(s), r->object);
    if (w->mappings) {
        if (name_in_pod(k) < 0)
            fail(k, "no memory to tell the pod of its claim");
        return;
    }
    written(k);
}

static bool reserved_for(const struct value *claim, struct str uid)
{
    VALUE_EACH_ITEM (x, value_at(claim, "status.reservedFor"))
        if (is_consumer(x, uid))
            return true;
    return false;
}

static int write_status(struct claiming *k, struct value *tree)
{
    struct scheduler *s = k->scheduler;
    struct claim_write *w = &k->items[k->at];
    struct value *list = value_at(tree, "status.reservedFor"), me = value_make_map();
    char now[32];
    int r = 0;
    time_fmt_rfc3339(now, loop_wall(client_loop(s->client)));
    if (w->allocation)
        VALUE_SET(&r, s->scratch, tree, "status.allocation", *w->allocation);
    if (r == 0 && value_is_null(value_at(tree, "status.allocation.allocationTimestamp")))
        VALUE_SET(&r, s->scratch, tree, "status.allocation.allocationTimestamp", value_make_text(arena_fmt(s->scratch, "%s", now)));
    if (w->group.n)
        VALUE_SET(&r, s->scratch, &me, "apiGroup", value_make_text(STR("scheduling.k8s.io")));
    VALUE_SET(&r, s->scratch, &me, "resource", value_make_text(w->group.n ? STR("podgroups") : STR("pods")));
    VALUE_SET(&r, s->scratch, &me, "name", value_make_text(w->group.n ? w->group : k->pod.name));
    VALUE_SET(&r, s->scratch, &me, "uid", value_make_text(consumer_of(k, w)));
    bool there = reserved_for(tree, consumer_of(k, w));
    if (!list)
        list = value_put(s->scratch, tree, "status.reservedFor", value_make_list());
    if (!list || (!there && !value_add(s->scratch, list, me)))
        r = -ENOMEM;
    struct client_call call = {.verb = CLIENT_UPDATE,
                               .resource = client_cache_resource(claims_of(s)),
                               .ns = w->ns,
                               .name = w->name,
                               .subresource = STR("status"),
                               .body = tree};
    if (r == 0 && w->allocation)
        dynamic_sending(s->dynamic, w->ns, w->name);
    return r < 0 ? r : client_send(s->client, &call, on_status, k);
}

static void on_finalizer(void *ctx, const struct client_reply *r)
{
    struct claiming *k = ctx;
    struct scheduler *s = k->scheduler;
    struct value tree = {0};
    arena_reset(s->scratch);
    if (r->code == 409 && ++k->tries < RETRIES_MAX) {
        next_write(k);
        return;
    }
    if (!client_ok(r) || !r->object) {
        failed_call(k, "add finalizer to", r);
        return;
    }
    if (object_tree(s->scratch, r->object, &tree, NULL) < 0 || write_status(k, &tree) < 0)
        fail(k, "no memory to write a claim");
}

static bool has_finalizer_of_ours(const struct value *tree)
{
    VALUE_EACH_ITEM (x, value_at(tree, "metadata.finalizers"))
        if (str_is(value_text(x), FINALIZER))
            return true;
    return false;
}

static int write_finalizer(struct claiming *k, struct value *tree)
{
    struct scheduler *s = k->scheduler;
    struct claim_write *w = &k->items[k->at];
    struct value *list = value_at(tree, "metadata.finalizers");
    if (!list)
        list = value_put(s->scratch, tree, "metadata.finalizers", value_make_list());
    if (!list || !value_add(s->scratch, list, value_make_text(STR(FINALIZER))))
        return -ENOMEM;
    struct client_call call = {.verb = CLIENT_UPDATE, .resource = client_cache_resource(claims_of(s)), .ns = w->ns, .name = w->name, .body = tree};
    return client_send(s->client, &call, on_finalizer, k);
}

static bool is_same(const struct value *a, const struct value *b)
{
    const struct value *x = value_at(a, "devices.results"), *y = value_at(b, "devices.results");
    return x && y && value_equal(x, y);
}

/* The claim as it is now; how it is written depends on that. */
static void on_claim(struct claiming *k, struct object *o)
{
    struct scheduler *s = k->scheduler;
    struct claim_write *w = &k->items[k->at];
    struct value tree = {0};
    arena_reset(s->scratch);
    const char *why = NULL;
    int r = object_tree(s->scratch, o, &tree, NULL);
    bool allocated = !value_is_null(value_at(&tree, "status.allocation"));
    if (r == 0 && w->allocation && allocated && is_same(w->allocation, value_at(&tree, "status.allocation")))
        w->allocation = NULL; /* another of its group wrote it */
    if (r == 0 && !str_eq(object_uid(o), w->uid))
        why = "was made anew in the meantime";
    else if (r == 0 && !value_is_null(value_at(&tree, "metadata.deletionTimestamp")))
        why = "got deleted in the meantime";
    else if (r == 0 && w->allocation && allocated)
        why = "got allocated elsewhere in the meantime";
    else if (r == 0 && !w->allocation && !allocated)
        why = "got deallocated elsewhere in the meantime";
    if (why) {
        char text[400];
        snprintf(text, sizeof(text), "claim %.*s/%.*s %s", STR_FMT(w->ns), STR_FMT(w->name), why);
        fail(k, text);
        return;
    }
    if (r == 0 && !w->allocation && reserved_for(&tree, consumer_of(k, w))) {
        w->written = true;
        written(k);
        return;
    }
    if (r == 0)
        r = w->allocation && !has_finalizer_of_ours(&tree) ? write_finalizer(k, &tree) : write_status(k, &tree);
    if (r < 0)
        fail(k, "no memory to write a claim");
}

/* ── the claim for extended resources ── */

static void on_made(void *ctx, const struct client_reply *r)
{
    struct claiming *k = ctx;
    struct scheduler *s = k->scheduler;
    struct claim_write *w = &k->items[k->at];
    struct sched_pod *p = sched_pod_find(s->sched, k->pod.uid);
    struct value tree = {0};
    arena_reset(s->scratch);
    if (!client_ok(r) || !r->object) {
        meter_add(meter_series(&claims_made, "status=\"failure\",admin_access=\"false\""), 1);
        failed_call(k, "create", r);
        return;
    }
    int e = arena_str(k->mem, object_name(r->object), &w->name);
    if (e == 0)
        e = arena_str(k->mem, object_uid(r->object), &w->uid);
    if (e == 0)
        e = object_tree(s->scratch, r->object, &tree, NULL);
    if (e == 0 && p)
        e = dynamic_made(s->dynamic, p, &tree);
    if (e < 0) {
        fail(k, "no memory for a claim");
        return;
    }
    client_cache_note(claims_of(s), r->object);
    on_claim(k, r->object);
}

static int make_claim(struct claiming *k)
{
    struct scheduler *s = k->scheduler;
    const struct claim_write *w = &k->items[k->at];
    struct value body = value_make_map(), owner = value_make_map(), owners = value_make_list(), notes = value_make_map();
    struct arena *a = s->scratch;
    int r = 0;
    arena_reset(a);
    VALUE_SET(&r, a, &owner, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &owner, "kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, &owner, "name", value_make_text(k->pod.name));
    VALUE_SET(&r, a, &owner, "uid", value_make_text(k->pod.uid));
    VALUE_SET(&r, a, &owner, "controller", value_make_bool(true));
    VALUE_SET(&r, a, &owner, "blockOwnerDeletion", value_make_bool(true));
    if (r == 0 &&
        (!value_add(a, &owners, owner) || !value_set(a, &notes, STR("resource.kubernetes.io/extended-resource-claim"), value_make_text(STR("true")))))
        r = -ENOMEM;
    VALUE_SET(&r, a, &body, "apiVersion", value_make_text(STR("resource.k8s.io/v1")));
    VALUE_SET(&r, a, &body, "kind", value_make_text(STR("ResourceClaim")));
    VALUE_SET(&r, a, &body, "metadata.generateName", value_make_text(arena_fmt(a, "%.*s-extended-resources-", STR_FMT(str_head(k->pod.name, 30)))));
    VALUE_SET(&r, a, &body, "metadata.namespace", value_make_text(k->pod.ns));
    VALUE_SET(&r, a, &body, "metadata.ownerReferences", owners);
    VALUE_SET(&r, a, &body, "metadata.annotations", notes);
    VALUE_SET(&r, a, &body, "spec.devices", *w->spec);
    struct client_call call = {.verb = CLIENT_CREATE, .resource = client_cache_resource(claims_of(s)), .ns = k->pod.ns, .body = &body};
    return r < 0 ? r : client_send(s->client, &call, on_made, k);
}

static void on_got(void *ctx, const struct client_reply *r)
{
    struct claiming *k = ctx;
    if (client_ok(r) && r->object)
        on_claim(k, r->object);
    else
        failed_call(k, "get", r);
}

/* ── when all is written ── */

static void on_timeout(void *ctx)
{
    struct claiming *k = ctx;
    char text[400];
    const struct sched_pod *p = sched_pod_find(k->scheduler->sched, k->pod.uid);
    snprintf(text, sizeof(text), "device binding timeout: claim=%.*s", STR_FMT(k->items[0].name));
    if (p)
        count_wait(k, p, "timeout");
    fail(k, text);
}

/* Nothing: the claiming is over, one way or the other. */
static void finish(struct claiming *k)
{
    struct scheduler *s = k->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, k->pod.uid);
    struct err why = {{0}};
    bool waits = false;
    if (!p || sched_pod_node(p) == SCHED_NOWHERE) { /* it went: what it reserved the claims' controller clears */
        claiming_free(k);
        return;
    }
    for (size_t i = 0; i < k->n; i++) {
        SCOPED(arena) a = NULL;
        struct value tree = {0};
        struct object *o = k->items[i].conditions ? client_cache_get(claims_of(s), k->items[i].ns, k->items[i].name) : NULL;
        if (!k->items[i].conditions)
            continue;
        if (!o || arena_new(&a, 8u << 20) < 0 || object_tree(a, o, &tree, NULL) < 0) {
            waits = true;
            continue;
        }
        int answer = dynamic_bound(&tree, &why);
        k->began = k->waits ? k->began : now_of(s);
        k->waits = true;
        if (answer == DYNAMIC_FAILED) {
            count_wait(k, p, "failure");
            fail(k, why.text);
            return;
        }
        waits = waits || answer == DYNAMIC_WAITS;
    }
    if (!waits) {
        uint32_t node = sched_pod_node(p);
        count_wait(k, p, "success");
        claiming_free(k);
        scheduler_bind(s, p, node);
        return;
    }
    int64_t volume_ms, ms;
    sched_profile_timeouts(s->sched, sched_pod_profile(p), &volume_ms, &ms);
    k->waits = true;
    if (!loop_timer_active(&k->timer) && loop_timer_start(client_loop(s->client), &k->timer, ms, on_timeout, k) < 0)
        fail(k, "no memory to wait for devices");
}

static void check_conditions(struct scheduler *s, struct str ns, struct str name)
{
    LIST_EACH (k, &s->claimings, struct claiming, link) {
        bool mine = false;
        for (size_t i = 0; i < k->n && k->waits; i++)
            mine = mine || (str_eq(k->items[i].ns, ns) && str_eq(k->items[i].name, name));
        if (mine)
            finish(k);
    }
}

static void next_write(struct claiming *k)
{
    struct scheduler *s = k->scheduler;
    while (k->at < k->n && k->items[k->at].written)
        k->at++;
    if (k->at == k->n || !sched_pod_find(s->sched, k->pod.uid)) {
        finish(k);
        return;
    }
    struct claim_write *w = &k->items[k->at];
    k->held = must_wait(k);
    s->claims_held += k->held;
    if (k->held)
        return;
    if (!w->name.n) {
        if (make_claim(k) < 0)
            fail(k, "no memory to make a claim");
        return;
    }
    struct object *o = k->tries ? NULL : client_cache_get(claims_of(s), w->ns, w->name);
    if (o) {
        on_claim(k, o);
        return;
    }
    struct client_call call = {.verb = CLIENT_GET, .resource = client_cache_resource(claims_of(s)), .ns = w->ns, .name = w->name};
    if (client_send(s->client, &call, on_got, k) < 0)
        fail(k, "no memory to read a claim");
}

static int copy_of(struct arena *a, const struct value *from, const struct value **to)
{
    struct value *copy = arena_alloc(a, sizeof(*copy));
    *to = copy;
    return copy ? value_copy(a, from, copy) : -ENOMEM;
}

static int claiming_new(struct scheduler *s, struct sched_pod *p, const struct dynamic_write *plan, size_t n, struct claiming **out)
{
    struct claiming *k = mem_alloc(sizeof(*k));
    struct pod_name pod = name_of(s, p);
    if (!k)
        return -ENOMEM;
    list_init(&k->link);
    k->scheduler = s;
    int r = arena_new(&k->mem, 4u << 20);
    k->items = r == 0 ? arena_alloc(k->mem, n * sizeof(*k->items)) : NULL;
    r = k->items ? 0 : -ENOMEM;
    struct str *const names[] = {&k->pod.ns, &k->pod.name, &k->pod.uid};
    const struct str from[] = {pod.ns, pod.name, pod.uid};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(names); i++)
        r = arena_str(k->mem, from[i], names[i]);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct claim_write *w = &k->items[k->n++];
        struct value *copy = plan[i].allocation ? arena_alloc(k->mem, sizeof(*copy)) : NULL;
        if (arena_str(k->mem, plan[i].ns, &w->ns) < 0 || arena_str(k->mem, plan[i].name, &w->name) < 0 ||
            arena_str(k->mem, plan[i].uid, &w->uid) < 0 || arena_str(k->mem, plan[i].group, &w->group) < 0 ||
            arena_str(k->mem, plan[i].group_uid, &w->group_uid) < 0 ||
            (plan[i].allocation && (!copy || value_copy(k->mem, plan[i].allocation, copy) < 0)) ||
            (plan[i].spec && (copy_of(k->mem, plan[i].spec, &w->spec) < 0 || copy_of(k->mem, plan[i].mappings, &w->mappings) < 0)))
            r = -ENOMEM;
        w->allocation = copy;
        w->conditions = plan[i].conditions;
        w->shared = plan[i].shared;
        w->written = !plan[i].allocation && !plan[i].reserve;
    }
    if (r < 0) {
        claiming_free(k);
        return r;
    }
    *out = k;
    return 0;
}

/* ── its owner ── */

/* 1: the pod's claims are to be written first, then it is bound; 0: nothing is to be written. */
int devices_bind(struct scheduler *s, struct sched_pod *p)
{
    struct dynamic_write plan[PLAN_MAX];
    struct claiming *k;
    size_t n = dynamic_plan(s->dynamic, p, plan, PLAN_MAX);
    if (!n)
        return 0;
    int r = claiming_new(s, p, plan, n, &k);
    if (r < 0)
        return r;
    list_add(&s->claimings, &k->link);
    next_write(k);
    return 1;
}

/* A pod nothing can be found for, because a claim of its own lies elsewhere: the claim is given back (PostFilter). */
void devices_refused(struct scheduler *s, const struct cycle_outcome *o)
{
    struct str ns, name, group, group_uid;
    if (!(o->rejectors >> (SCHED_RULE_PLUGIN + DEVICES_PLUGIN) & 1) || !dynamic_to_deallocate(s->dynamic, o->pod, &ns, &name, &group, &group_uid))
        return;
    struct object *claim = client_cache_get(claims_of(s), ns, name);
    if (!claim || claim->revision == s->given_back) /* that of a pod of its group before: it is on its way */
        return;
    s->given_back = claim->revision;
    if (!group.n || group_idle(s, ns, group))
        give_back(s, claim, group.n ? group_uid : sched_pod_uid(o->pod), true);
}

/* A PodGroup came, changed or went. */
void devices_group(struct scheduler *s, struct object *old, const struct value *now)
{
    if (!now)
        dynamic_del(s->dynamic, DYNAMIC_GROUP, object_namespace(old), object_name(old));
    else
        s->failed += dynamic_put(s->dynamic, DYNAMIC_GROUP, now) < 0;
    devices_settle(s);
}

void devices_pod(struct scheduler *s, struct object *old, struct object *now)
{
    struct str node = STR_NONE;
    char scratch[64];
    if (old && now && !str_eq(object_uid(old), object_uid(now)))
        dynamic_pod_gone(s->dynamic, object_uid(old));
    if (!now || (object_field(now, "spec.nodeName", &node, scratch) && node.n))
        dynamic_pod_gone(s->dynamic, object_uid(now ? now : old));
}

static const struct str resources[] = {
    [DYNAMIC_SLICE] = STR_INIT("resourceslices"),
    [DYNAMIC_CLASS] = STR_INIT("deviceclasses"),
    [DYNAMIC_RULE] = STR_INIT("devicetaintrules"),
    [DYNAMIC_CLAIM] = STR_INIT("resourceclaims"),
};

int devices_open(struct scheduler *s)
{
    struct meter *const meters[] = {&claims_there, &claims_made, &conditions_met, &conditions_wait};
    for (size_t i = 0; i < ARRAY_LEN(meters); i++)
        meter_register(meters[i]);
    int r = 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(s->device_feeds); i++) {
        struct device_feed *f = &s->device_feeds[i];
        struct client_cache_options o = {.resource = schema_resource_find(STR("resource.k8s.io"), STR("v1"), resources[i])};
        f->scheduler = s;
        f->kind = (enum dynamic_kind)i;
        f->listener = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = f};
        r = client_cache_new(&f->cache, s->client, &o);
        if (r == 0)
            client_cache_listen(f->cache, &f->listener);
    }
    return r;
}

void devices_close(struct scheduler *s)
{
    for (size_t i = 0; i < ARRAY_LEN(s->device_feeds); i++)
        client_cache_free(s->device_feeds[i].cache);
    LIST_EACH (k, &s->claimings, struct claiming, link) {
        client_forget(s->client, k);
        claiming_free(k);
    }
    loop_defer_cancel(&s->claims_turn);
    dynamic_free(s->dynamic);
}

bool devices_synced(const struct scheduler *s)
{
    for (size_t i = 0; i < ARRAY_LEN(s->device_feeds); i++)
        if (!client_cache_synced(s->device_feeds[i].cache))
            return false;
    return true;
}
