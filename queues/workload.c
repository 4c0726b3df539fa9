#include "queues/inside.h"

/* The life of a Workload beside the judgement: what stops it, what brings it back, which checks it must pass. */

struct life {
    struct view *v;
    struct state *s;
    struct value *w;
    bool changed; /* its status is to be written */
};

/* ── its end ── */

/* The one it was made for; one of a kind not known here is taken to be there. */
static bool owner_there(struct view *v, const struct value *w)
{
    VALUE_EACH_ITEM (ref, value_at(w, "metadata.ownerReferences")) {
        struct str kind = value_text_at(ref, "kind"), api = value_text_at(ref, "apiVersion");
        const char *resource = str_is(kind, "Job") && str_is(api, "batch/v1") ? "jobs" : str_is(kind, "Pod") && str_is(api, "v1") ? "pods" : NULL;
        if (!resource)
            return true;
        struct object *o = client_cache_get(view_cache(v, resource), value_text_at(w, "metadata.namespace"), value_text_at(ref, "name"));
        if (o && str_eq(object_uid(o), value_text_at(ref, "uid")))
            return true;
    }
    return false;
}

static void over(struct view *v, const struct value *w)
{
    if (is_deleting(w) && has_finalizer(w, IN_USE) && !owner_there(v, w))
        want_custom_free(v, "workloads", w, IN_USE);
}

/* ── who turned it off, and on ── */

static void deactivate(struct life *l, const char *reason, struct str why)
{
    l->changed |= tell_condition(l->v, l->w, "DeactivationTarget", true, reason, why);
}

static void inactive(struct life *l)
{
    struct value *status = status_of(l->v, l->w);
    const struct value *target = condition_find(status, "DeactivationTarget");
    struct str why = value_text_at(target, "message"), message = STR("The workload is deactivated"), reason = value_text_at(target, "reason");
    const char *cause = arena_text(l->v->mem, reason.p ? reason.p : "", reason.n);
    bool evicted = is_true(l->w, "Evicted");
    if (target)
        message = arena_fmt(l->v->mem, "The workload is deactivated due to %.*s", STR_FMT(why));
    bool dropped = condition_drop(status, "DeactivationTarget"), changed = value_del(status, STR("requeueState")) || dropped;
    if (!evicted && cause)
        workload_evict(l->v, l->w, "Deactivated", message, cause);
    else if (changed)
        want_custom_status(l->v, "workloads", l->w);
}

static void requeue(struct life *l, const char *reason, const char *message)
{
    l->changed |= tell_condition(l->v, l->w, "Requeued", true, reason, str_of(message));
}

/* It was taken out for a reason that may have passed. True: it has to wait still. */
static bool come_back(struct life *l, const struct value *local, const struct value *cluster)
{
    struct value *state = value_at(l->w, "status.requeueState");
    int64_t at = time_of(value_get(state, STR("requeueAt")));
    const struct value *c = condition_find(value_get(l->w, STR("status")), "Requeued");
    struct str reason = value_text_at(c, "reason");
    if (at > l->v->now) {
        client_intend_again(l->v->out, (at - l->v->now) * 1000);
        return true;
    }
    if (at)
        l->changed |= value_del(state, STR("requeueAt"));
    if (!str_is(value_text_at(c, "status"), "False"))
        return false;
    if (str_is(reason, "Deactivated"))
        requeue(l, "Reactivated", "The workload was reactivated");
    else if (str_is(reason, "ClusterQueueStopped") && cluster && !is_stopped(cluster))
        requeue(l, "ClusterQueueRestarted", "The ClusterQueue was restarted after being stopped");
    else if (str_is(reason, "LocalQueueStopped") && local && !is_stopped(local))
        requeue(l, "LocalQueueRestarted", "The LocalQueue was restarted after being stopped");
    else if (str_is(reason, "AdmissionCheck") || str_is(reason, "PodsReadyTimeout"))
        requeue(l, "BackoffFinished", "The workload backoff was finished");
    return false;
}

/* ── admission checks ── */

static bool uses_flavor(const struct value *w, const struct value *flavors)
{
    VALUE_EACH_ITEM (f, flavors)
        VALUE_EACH_ITEM (a, value_at(w, "status.admission.podSetAssignments"))
            VALUE_EACH_MEMBER (m, value_get(a, STR("flavors")))
                if (str_eq(value_text(&m->value), value_text(f)))
                    return true;
    return false;
}

static bool asks_check(const struct value *w, const struct value *cluster, struct str name)
{
    VALUE_EACH_ITEM (c, value_at(cluster, "spec.admissionChecksStrategy.admissionChecks"))
        if (str_eq(value_text_at(c, "name"), name))
            return !value_count(value_get(c, STR("onFlavors"))) || uses_flavor(w, value_get(c, STR("onFlavors")));
    return false;
}

static const struct value *check_of(const struct value *w, struct str name)
{
    VALUE_EACH_ITEM (c, value_at(w, "status.admissionChecks"))
        if (str_eq(value_text_at(c, "name"), name))
            return c;
    return NULL;
}

bool sync_checks(struct view *v, struct value *w, const struct value *cluster)
{
    struct value *status = status_of(v, w), *list = value_get(status, STR("admissionChecks"));
    bool changed = false;
    int r = status ? 0 : -ENOMEM;
    for (size_t i = value_count(list); i-- > 0;)
        if (!asks_check(w, cluster, value_text_at(value_item(list, i), "name"))) {
            value_del_item(list, i);
            changed = true;
        }
    VALUE_EACH_ITEM (c, value_at(cluster, "spec.admissionChecksStrategy.admissionChecks")) {
        struct str name = value_text_at(c, "name");
        struct value one = value_make_map();
        if (!asks_check(w, cluster, name) || check_of(w, name) || r < 0)
            continue;
        if (!list)
            list = value_set(v->mem, status, STR("admissionChecks"), value_make_list());
        VALUE_SET(&r, v->mem, &one, "name", value_make_text(name));
        VALUE_SET(&r, v->mem, &one, "state", value_make_text(STR("Pending")));
        VALUE_SET(&r, v->mem, &one, "message", value_make_text(STR("")));
        VALUE_SET(&r, v->mem, &one, "lastTransitionTime", value_make_text(view_time(v, v->now)));
        if (!list || !value_add(v->mem, list, one))
            r = -ENOMEM;
        changed = true;
    }
    if (r < 0)
        v->out->failed = true;
    return changed;
}

static void retry_later(struct life *l, const struct value *check)
{
    int64_t after = value_int_at(check, "requeueAfterSeconds", 0), at = time_of(value_get(check, STR("lastTransitionTime"))) + after;
    int r = 0;
    if (!after || at <= l->v->now || at <= time_of(value_at(l->w, "status.requeueState.requeueAt")))
        return;
    VALUE_SET(&r, l->v->mem, l->w, "status.requeueState.requeueAt", value_make_text(view_time(l->v, at)));
    if (r < 0)
        l->v->out->failed = true;
}

/* True: a check sent it away, and that is written. */
static bool judged_by_checks(struct life *l)
{
    bool retry = false;
    SCOPED_BUF rejected = BUF_INIT(8192);
    const struct value *first = NULL;
    VALUE_EACH_ITEM (c, value_at(l->w, "status.admissionChecks")) {
        struct str state = value_text_at(c, "state"), name = value_text_at(c, "name");
        if (str_is(state, "Rejected")) {
            first = first ? first : c;
            buf_fmt(&rejected, "%s%.*s", rejected.n ? "," : "", STR_FMT(name));
        }
        if (str_is(state, "Retry")) {
            retry = true;
            retry_later(l, c);
        }
    }
    if (first && !is_true(l->w, "DeactivationTarget")) {
        deactivate(l, "AdmissionCheck", arena_fmt(l->v->mem, "Admission check(s): %.*s, were rejected", STR_FMT(buf_view(&rejected))));
        want_custom_status(l->v, "workloads", l->w);
        want_event(l->v, l->w, true, COMPONENT, "AdmissionCheckRejected", "Deactivating workload because AdmissionCheck for %.*s was Rejected: %.*s",
                   STR_FMT(value_text_at(first, "name")), STR_FMT(value_text_at(first, "message")));
        return true;
    }
    if (retry)
        workload_evict(l->v, l->w, "AdmissionCheck", STR("At least one admission check is false"), "");
    return retry;
}

/* ── with quota ── */

static bool took_too_long(struct life *l)
{
    int64_t most = value_int_at(l->w, "spec.maximumExecutionTimeSeconds", 0);
    if (!most || !is_true(l->w, "Admitted"))
        return false;
    int64_t left = most - value_int_at(l->w, "status.accumulatedPastExecutionTimeSeconds", 0) - waited(l->v, l->w, "Admitted");
    if (left > 0) {
        client_intend_again(l->v->out, left * 1000);
        return false;
    }
    if (is_true(l->w, "DeactivationTarget"))
        return false;
    deactivate(l, "MaximumExecutionTimeExceeded", STR("exceeding the maximum execution time"));
    value_del(value_get(l->w, STR("status")), STR("accumulatedPastExecutionTimeSeconds"));
    want_custom_status(l->v, "workloads", l->w);
    want_event(l->v, l->w, true, COMPONENT, "MaximumExecutionTimeExceeded", "The maximum execution time (%llds) exceeded", (long long)most);
    return true;
}

/* KEP-349: pods that do not come up in time give their place to others, and are tried again later. True: that is written. */
static bool not_ready_in_time(struct life *l)
{
    const struct reconcile_queues *o = &l->v->options->queues;
    const struct value *c = condition_find(value_get(l->w, STR("status")), "PodsReady");
    bool recovering = str_is(value_text_at(c, "reason"), "WaitForRecovery");
    int64_t most = recovering ? o->recovery : o->timeout, count = value_int_at(l->w, "status.requeueState.count", 0), pause = o->base;
    struct str ns = value_text_at(l->w, "metadata.namespace"), name = value_text_at(l->w, "metadata.name");
    int r = 0;
    if (!o->wait || !is_true(l->w, "Admitted") || is_true(l->w, "PodsReady") || (recovering && !most) || is_true(l->w, "DeactivationTarget"))
        return false;
    int64_t left = most - waited(l->v, l->w, recovering ? "PodsReady" : "Admitted");
    if (left > 0) {
        client_intend_again(l->v->out, left * 1000);
        return false;
    }
    if (o->limit >= 0 && count + 1 > o->limit) {
        deactivate(l, "RequeuingLimitExceeded", STR("exceeding the maximum number of re-queuing retries"));
        want_custom_status(l->v, "workloads", l->w);
        return true;
    }
    for (int64_t i = 0; i < count && pause < o->most; i++)
        pause *= 2;
    pause = MIN(pause, o->most);
    VALUE_SET(&r, l->v->mem, l->w, "status.requeueState.count", value_make_int(count + 1));
    VALUE_SET(&r, l->v->mem, l->w, "status.requeueState.requeueAt", value_make_text(view_time(l->v, l->v->now + pause)));
    struct str message = arena_fmt(l->v->mem, "Exceeded the PodsReady timeout %.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    if (r < 0 || !message.p)
        l->v->out->failed = true;
    else
        workload_evict(l->v, l->w, "PodsReadyTimeout", message, recovering ? "WaitForRecovery" : "WaitForStart");
    return true;
}

static void reserved(struct life *l, const struct value *local, const struct value *cluster)
{
    if (is_true(l->w, "Evicted"))
        return;
    bool stays = is_true(l->w, "Admitted");
    if (cluster && is_stopped(cluster) && (wants_drain(cluster) || !stays)) {
        workload_evict(l->v, l->w, "ClusterQueueStopped", STR("The ClusterQueue is stopped"), "");
        return;
    }
    if (local && is_stopped(local) && (wants_drain(local) || !stays)) {
        workload_evict(l->v, l->w, "LocalQueueStopped", STR("The LocalQueue is stopped"), "");
        return;
    }
    struct str host;
    if (places_lost(l->v, l->w, &host)) {
        struct str why = arena_fmt(l->v->mem, "Workload was evicted as there was no replacement for a failed node: %.*s", STR_FMT(host));
        if (!why.p)
            l->v->out->failed = true;
        else
            workload_evict(l->v, l->w, "NodeFailures", why, "");
        return;
    }
    if (cluster && !stays)
        l->changed |= sync_checks(l->v, l->w, cluster);
    if (judged_by_checks(l) || took_too_long(l) || not_ready_in_time(l))
        return;
    bool settled = workload_settle(l->v, l->w);
    if (!settled && !l->changed)
        return;
    int64_t since = waited(l->v, l->w, "QuotaReserved");
    if (settled && is_true(l->w, "Admitted")) {
        meters_count(METERS_ADMITTED, l->w);
        meters_wait(METERS_CHECKS_WAIT, l->w, since);
        meters_wait(METERS_ADMITTED_WAIT, l->w, waited(l->v, l->w, NULL));
    }
    want_custom_status(l->v, "workloads", l->w);
    if (settled && is_true(l->w, "Admitted"))
        want_event(l->v, l->w, false, COMPONENT, "Admitted", "Admitted by ClusterQueue %.*s, wait time since reservation was %llds",
                   STR_FMT(value_text_at(l->w, "status.admission.clusterQueue")), (long long)since);
}

/* ── without ── */

static void refuse(struct life *l, const char *reason, struct str why)
{
    l->changed |= workload_unreserve(l->v, l->w, reason, why);
}

static void waiting(struct life *l, const struct value *local, const struct value *cluster)
{
    struct view *v = l->v;
    struct str queue = value_text_at(l->w, "spec.queueName"), name = value_text_at(local, "spec.clusterQueue"), why;
    const char *reason;
    struct known *k = l->s->stale ? NULL
                                  : map_get(&l->s->works, arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(value_text_at(l->w, "metadata.namespace")),
                                                                    STR_FMT(value_text_at(l->w, "metadata.name"))));
    if (!local)
        refuse(l, "Inadmissible", arena_fmt(v->mem, "LocalQueue %.*s doesn't exist", STR_FMT(queue)));
    else if (is_stopped(local))
        refuse(l, "Inadmissible", arena_fmt(v->mem, "LocalQueue %.*s is inactive", STR_FMT(queue)));
    else if (!cluster)
        refuse(l, "Inadmissible", arena_fmt(v->mem, "ClusterQueue %.*s doesn't exist", STR_FMT(name)));
    else if (!cluster_active(v, cluster, &reason, &why))
        refuse(l, "Inadmissible", arena_fmt(v->mem, "ClusterQueue %.*s is inactive", STR_FMT(name)));
    else if (!namespace_fits(v, cluster, value_text_at(l->w, "metadata.namespace")))
        refuse(l, "Pending", STR("Workload namespace doesn't match ClusterQueue selector"));
    else if (k && k->trouble)
        refuse(l, "Inadmissible", str_of(k->trouble));
    if (l->changed)
        want_custom_status(v, "workloads", l->w);
}

void workload_reconcile(struct view *v, struct state *s, struct str ns, struct str name)
{
    struct life l = {v, s, custom_get(v, "workloads", ns, name), false};
    if (!l.w)
        return;
    if (is_deleting(l.w) || is_true(l.w, "Finished")) {
        over(v, l.w);
        return;
    }
    if (!value_bool_at(l.w, "spec.active", true)) {
        inactive(&l);
        return;
    }
    int r = 0;
    if (is_true(l.w, "DeactivationTarget")) {
        VALUE_SET(&r, v->mem, l.w, "spec.active", value_make_bool(false));
        if (r < 0)
            v->out->failed = true;
        want_custom_update(v, "workloads", l.w);
        return;
    }
    const struct value *local = custom_get(v, "localqueues", ns, value_text_at(l.w, "spec.queueName")), *cluster = cluster_of(v, l.w);
    if (is_true(l.w, "QuotaReserved"))
        reserved(&l, local, cluster);
    else if (come_back(&l, local, cluster)) {
        if (l.changed)
            want_custom_status(v, "workloads", l.w);
    } else
        waiting(&l, local, cluster);
}
