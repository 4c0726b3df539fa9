#include "queues/inside.h"

/* ── custom objects: all stand in one cache, whatever their resource ── */

/* In a look its intents fail; when a change is told, the state is stale. Of other controllers the change itself comes again. */
void state_lost(struct view *v)
{
    struct state *s = v->state;
    if (v->out)
        v->out->failed = true;
    if (s)
        s->stale = true;
}

struct object *custom_object(struct view *v, const char *plural, struct str ns, struct str name)
{
    struct str key = ns.n ? arena_fmt(v->mem, GROUP "/%s/%.*s/%.*s", plural, STR_FMT(ns), STR_FMT(name))
                          : arena_fmt(v->mem, GROUP "/%s/%.*s", plural, STR_FMT(name));
    if (!key.p)
        state_lost(v);
    return key.p && name.n ? client_cache_get(v->caches[v->customs], STR_NONE, key) : NULL;
}

struct value *custom_get(struct view *v, const char *plural, struct str ns, struct str name)
{
    struct object *o = custom_object(v, plural, ns, name);
    struct value *tree = o ? view_tree(v, o) : NULL;
    if (o && !tree)
        state_lost(v);
    return tree;
}

struct object *const *custom_all(struct view *v, const char *plural, size_t *n)
{
    struct str key = arena_fmt(v->mem, "%s." GROUP, plural);
    *n = 0;
    if (!key.p)
        state_lost(v);
    return key.p ? client_cache_lookup(v->caches[v->customs], "definition", key, n) : NULL;
}

bool custom_is(const struct object *o, const char *plural)
{
    static const char group[] = "/registry/" GROUP "/";
    struct str rest = str_from(o->key, sizeof(group) - 1), word;
    return str_starts(o->key, STR("/registry/" GROUP "/")) && str_next(&rest, '/', &word) && str_is(word, plural);
}

static struct client_call *want_custom(struct view *v, enum client_verb verb, const char *plural, const struct value *object)
{
    struct str name = arena_fmt(v->mem, "%s." GROUP, plural);
    const struct schema_resource *r = name.p ? schema_resource_take_custom(name) : NULL;
    if (!r) {
        v->out->failed = true;
        return NULL;
    }
    struct client_call *call = client_intend(v->out, verb, r, value_text_at(object, "metadata.namespace"), value_text_at(object, "metadata.name"));
    schema_resource_put(r);
    return call;
}

void want_custom_status(struct view *v, const char *plural, const struct value *object)
{
    struct client_call *call = want_custom(v, CLIENT_UPDATE, plural, object);
    if (!call)
        return;
    call->subresource = STR("status");
    want_body(v, call, object);
}

void want_custom_update(struct view *v, const char *plural, const struct value *object)
{
    struct client_call *call = want_custom(v, CLIENT_UPDATE, plural, object);
    if (call)
        want_body(v, call, object);
}

void want_custom_create(struct view *v, const char *plural, const struct value *object)
{
    struct client_call *call = want_custom(v, CLIENT_CREATE, plural, object);
    if (call)
        want_body(v, call, object);
}

void want_custom_delete(struct view *v, const char *plural, const struct value *object)
{
    struct client_call *call = want_custom(v, CLIENT_DELETE, plural, object);
    if (!call)
        return;
    call->grace = -1;
    call->propagation = CLIENT_BACKGROUND;
    if (arena_str(v->out->arena, value_text_at(object, "metadata.uid"), &call->uid) < 0)
        v->out->failed = true;
}

void want_custom_free(struct view *v, const char *plural, const struct value *object, const char *finalizer)
{
    struct str name = arena_fmt(v->mem, "%s." GROUP, plural);
    const struct schema_resource *r = name.p ? schema_resource_take_custom(name) : NULL;
    if (r)
        want_without_finalizer(v, r, object, finalizer);
    else
        v->out->failed = true;
    schema_resource_put(r);
}

void may_fail(struct view *v)
{
    if (!v->out->failed && v->out->items.n)
        v->out->items.p[v->out->items.n - 1].may_fail = true;
}

/* ── conditions ── */

bool is_true(const struct value *object, const char *condition)
{
    return str_is(value_text_at(condition_find(value_get(object, STR("status")), condition), "status"), "True");
}

struct value *status_of(struct view *v, struct value *object)
{
    struct value *status = value_get(object, STR("status"));
    if (!status || status->type != VALUE_MAP)
        status = value_set(v->mem, object, STR("status"), value_make_map());
    if (!status)
        v->out->failed = true;
    return status;
}

bool tell_condition(struct view *v, struct value *object, const char *type, bool is, const char *reason, struct str message)
{
    struct value *status = status_of(v, object);
    const char *text = arena_text(v->mem, message.p ? message.p : "", MIN(message.n, (size_t)32768));
    if (!status || !text) {
        v->out->failed = true;
        return false;
    }
    if (!condition_set(v, status, type, is ? "True" : "False", reason, text))
        return false;
    int r = 0;
    struct value *c = condition_find(status, type);
    if (c)
        VALUE_SET(&r, v->mem, c, "observedGeneration", value_make_int(value_int_at(object, "metadata.generation", 0)));
    if (r < 0)
        v->out->failed = true;
    return true;
}

bool is_stopped(const struct value *queue)
{
    struct str stop = value_text_at(queue, "spec.stopPolicy");
    return stop.n && !str_is(stop, "None");
}

bool wants_drain(const struct value *queue)
{
    return str_is(value_text_at(queue, "spec.stopPolicy"), "HoldAndDrain");
}

/* ── amounts ── */

int64_t quota_amount(struct str resource, const struct value *quantity)
{
    struct quantity n = {0};
    if (quantity && quantity->type == VALUE_INT)
        return str_is(resource, "cpu") ? quantity->integer * 1000 : quantity->integer;
    if (quantity_parse(value_text(quantity), &n) < 0)
        return 0;
    return str_is(resource, "cpu") ? quantity_milli(n) : quantity_value(n);
}

struct str quota_text(struct view *v, struct str resource, int64_t amount)
{
    SCOPED_BUF b = BUF_INIT(256);
    struct str out = STR_NONE;
    bool bytes = str_is(resource, "memory") || str_is(resource, "ephemeral-storage") || str_starts(resource, STR("hugepages-"));
    struct quantity n = {.nano = amount, .format = bytes ? 1 : 0};
    n.nano *= str_is(resource, "cpu") ? 1000000 : 1000000000;
    quantity_print(n, &b);
    if (buf_error(&b) < 0 || arena_str(v->mem, buf_view(&b), &out) < 0)
        v->out->failed = true;
    return out;
}

/* ── Workloads ── */

struct value *cluster_of(struct view *v, const struct value *w)
{
    struct str name = value_text_at(w, "status.admission.clusterQueue");
    if (!name.n)
        name = value_text_at(custom_get(v, "localqueues", value_text_at(w, "metadata.namespace"), value_text_at(w, "spec.queueName")),
                             "spec.clusterQueue");
    return custom_get(v, "clusterqueues", STR_NONE, name);
}

int64_t waited(struct view *v, const struct value *w, const char *since)
{
    const struct value *c = condition_find(value_get(w, STR("status")), since ? since : "Requeued");
    int64_t then = time_of(value_get(c, STR("lastTransitionTime")));
    if (!then)
        then = time_of(value_at(w, "metadata.creationTimestamp"));
    return MAX(v->now - then, INT64_C(0));
}

static bool checks_ready(const struct value *w)
{
    VALUE_EACH_ITEM (c, value_at(w, "status.admissionChecks"))
        if (!str_is(value_text_at(c, "state"), "Ready"))
            return false;
    return true;
}

bool workload_settle(struct view *v, struct value *w)
{
    bool reserved = is_true(w, "QuotaReserved"), ready = checks_ready(w), was = is_true(w, "Admitted");
    struct value *status = status_of(v, w);
    int r = 0;
    if (!status || was == (reserved && ready && !is_true(w, "Finished")))
        return false;
    if (is_true(w, "Finished"))
        return false;
    if (was) {
        int64_t past = value_int_at(status, "accumulatedPastExecutionTimeSeconds", 0) + waited(v, w, "Admitted");
        VALUE_SET(&r, v->mem, status, "accumulatedPastExecutionTimeSeconds", value_make_int(MIN(past, (int64_t)INT32_MAX)));
    }
    if (r < 0)
        v->out->failed = true;
    if (reserved && ready)
        return tell_condition(v, w, "Admitted", true, "Admitted", STR("The workload is admitted"));
    if (!reserved && !ready)
        return tell_condition(v, w, "Admitted", false, "NoReservationUnsatisfiedChecks",
                              STR("The workload has no reservation and not all checks ready"));
    if (!reserved)
        return tell_condition(v, w, "Admitted", false, "NoReservation", STR("The workload has no reservation"));
    return tell_condition(v, w, "Admitted", false, "UnsatisfiedChecks", STR("The workload has not all checks ready"));
}

bool workload_unreserve(struct view *v, struct value *w, const char *reason, struct str message)
{
    bool changed = tell_condition(v, w, "QuotaReserved", false, reason, message);
    changed |= value_del(value_get(w, STR("status")), STR("admission"));
    changed |= workload_settle(v, w);
    return changed;
}

static void reset_checks(struct view *v, struct value *w)
{
    struct value *checks = value_at(w, "status.admissionChecks");
    int r = 0;
    VALUE_EACH_ITEM (c, checks) {
        struct str was = value_text_at(c, "state");
        if (str_is(was, "Pending"))
            continue;
        if (str_is(was, "Retry"))
            VALUE_SET(&r, v->mem, c, "retryCount", value_make_int(value_int_at(c, "retryCount", 0) + 1));
        VALUE_SET(&r, v->mem, c, "message", value_make_text(arena_fmt(v->mem, "Reset to Pending after eviction. Previously: %.*s", STR_FMT(was))));
        VALUE_SET(&r, v->mem, c, "state", value_make_text(STR("Pending")));
        VALUE_SET(&r, v->mem, c, "lastTransitionTime", value_make_text(view_time(v, v->now)));
        value_del(c, STR("podSetUpdates"));
    }
    if (r < 0)
        v->out->failed = true;
}

static void count_eviction(struct view *v, struct value *w, const char *reason, const char *cause)
{
    struct value *list = value_at(w, "status.schedulingStats.evictions"), one = value_make_map();
    int r = 0;
    VALUE_EACH_ITEM (e, list)
        if (str_is(value_text_at(e, "reason"), reason) && str_is(value_text_at(e, "underlyingCause"), cause)) {
            VALUE_SET(&r, v->mem, e, "count", value_make_int(value_int_at(e, "count", 0) + 1));
            return;
        }
    if (!list)
        list = value_put(v->mem, w, "status.schedulingStats.evictions", value_make_list());
    VALUE_SET(&r, v->mem, &one, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, v->mem, &one, "underlyingCause", value_make_text(str_of(cause)));
    VALUE_SET(&r, v->mem, &one, "count", value_make_int(1));
    if (r < 0 || !list || !value_add(v->mem, list, one))
        v->out->failed = true;
}

void workload_evict(struct view *v, struct value *w, const char *reason, struct str message, const char *cause)
{
    if (!tell_condition(v, w, "Evicted", true, reason, message))
        return;
    reset_checks(v, w);
    count_eviction(v, w, reason, cause);
    meters_evicted(w, reason, cause);
    want_custom_status(v, "workloads", w);
    want_event(v, w, false, COMPONENT, arena_fmt(v->mem, "EvictedDueTo%s", reason).p, "%.*s", STR_FMT(message));
}

bool workload_evicted_stop(struct view *v, struct value *w)
{
    const struct value *c = condition_find(value_get(w, STR("status")), "Evicted");
    struct str message = value_text_at(c, "message"), reason = value_text_at(c, "reason");
    const char *why = arena_text(v->mem, reason.p ? reason.p : "", reason.n);
    if (!why || !is_true(w, "QuotaReserved"))
        return false;
    bool again = str_is(reason, "Preempted") || str_is(reason, "NodeFailures");
    bool changed = tell_condition(v, w, "Requeued", again, why, message);
    return workload_unreserve(v, w, "Pending", message) || changed;
}

bool workload_pods_ready(struct view *v, struct value *w, bool ready)
{
    const struct value *c = condition_find(value_get(w, STR("status")), "PodsReady");
    struct str was = value_text_at(c, "reason");
    bool recovering = str_is(was, "WaitForRecovery");
    if (!v->options->queues.wait || is_true(w, "Finished"))
        return false;
    if (!is_true(w, "Admitted"))
        return tell_condition(v, w, "PodsReady", false, "WaitForStart", STR("Not all pods are ready or succeeded"));
    if (ready) {
        bool first = !is_true(w, "PodsReady") && !recovering;
        bool changed = tell_condition(v, w, "PodsReady", true, recovering || str_is(was, "Recovered") ? "Recovered" : "Started",
                                      STR("All pods reached readiness and the workload is running"));
        if (changed && first)
            meters_wait(METERS_READY_WAIT, w, waited(v, w, "Admitted"));
        return changed;
    }
    if (is_true(w, "PodsReady") || recovering)
        return tell_condition(v, w, "PodsReady", false, "WaitForRecovery", STR("At least one pod has failed, waiting for recovery"));
    return tell_condition(v, w, "PodsReady", false, "WaitForStart", STR("Not all pods are ready or succeeded"));
}

void workload_finish(struct view *v, struct value *w, bool well, struct str message)
{
    if (!tell_condition(v, w, "Finished", true, well ? "Succeeded" : "Failed", message))
        return;
    meters_count(METERS_FINISHED, w);
    want_custom_status(v, "workloads", w);
}
