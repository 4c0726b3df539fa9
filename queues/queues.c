#include "queues/inside.h"

/* What ClusterQueues, LocalQueues and flavors show of themselves. */

/* ── usage ── */

static int64_t sum(const struct tally *t, bool local, struct str flavor, struct str resource, bool admitted)
{
    int64_t n = 0;
    if (!t)
        return 0;
    const struct list *head = &t->works;
    for (struct list *at = head->next; at != head; at = at->next) {
        const struct known *k = local ? CONTAINER_OF(at, struct known, of_local) : CONTAINER_OF(at, struct known, of_cluster);
        for (size_t i = 0; (admitted ? k->admitted : k->reserved) && i < k->n; i++)
            if (str_eq(k->shares[i].flavor, flavor) && str_eq(k->shares[i].resource, resource))
                n += k->shares[i].amount;
    }
    return n;
}

struct usage {
    struct view *v;
    const struct tally *tally;
    const struct value *cluster;
    bool local, admitted;
    int r;
};

static struct value resource_usage(struct usage *u, struct str flavor, const struct value *quota)
{
    struct value one = value_make_map();
    struct str name = value_text_at(quota, "name");
    int64_t total = sum(u->tally, u->local, flavor, name, u->admitted), nominal = quota_amount(name, value_get(quota, STR("nominalQuota")));
    bool cohort = value_text_at(u->cluster, "spec.cohortName").n > 0;
    VALUE_SET(&u->r, u->v->mem, &one, "name", value_make_text(name));
    VALUE_SET(&u->r, u->v->mem, &one, "total", value_make_text(quota_text(u->v, name, total)));
    if (!u->local)
        VALUE_SET(&u->r, u->v->mem, &one, "borrowed", value_make_text(quota_text(u->v, name, cohort ? MAX(total - nominal, INT64_C(0)) : 0)));
    return one;
}

/* A ClusterQueue's figures for /metrics. */
static void tell_amounts(struct usage *u, struct str flavor, const struct value *quota)
{
    struct str name = value_text_at(quota, "name");
    static const char *const limits[] = {[METERS_NOMINAL] = "nominalQuota", [METERS_BORROWING] = "borrowingLimit", [METERS_LENDING] = "lendingLimit"};
    for (size_t i = 0; !u->local && !u->admitted && i < ARRAY_LEN(limits); i++)
        if (!value_is_null(value_get(quota, str_of(limits[i]))))
            meters_amount((enum meters_amount)i, u->cluster, flavor, name, quota_amount(name, value_get(quota, str_of(limits[i]))));
    if (!u->local)
        meters_amount(u->admitted ? METERS_USAGE : METERS_RESERVATION, u->cluster, flavor, name, sum(u->tally, false, flavor, name, u->admitted));
}

static struct value usage_of(struct usage *u)
{
    struct value list = value_make_list();
    VALUE_EACH_ITEM (g, value_at(u->cluster, "spec.resourceGroups"))
        VALUE_EACH_ITEM (f, value_get(g, STR("flavors"))) {
            struct value one = value_make_map(), resources = value_make_list();
            VALUE_EACH_ITEM (quota, value_get(f, STR("resources")))
                tell_amounts(u, value_text_at(f, "name"), quota);
            VALUE_EACH_ITEM (quota, value_get(f, STR("resources")))
                if (!value_add(u->v->mem, &resources, resource_usage(u, value_text_at(f, "name"), quota)))
                    u->r = -ENOMEM;
            VALUE_SET(&u->r, u->v->mem, &one, "name", value_make_text(value_text_at(f, "name")));
            VALUE_SET(&u->r, u->v->mem, &one, "resources", resources);
            if (!value_add(u->v->mem, &list, one))
                u->r = -ENOMEM;
        }
    return list;
}

static void put_counts(struct view *v, const struct state *s, const struct tally *t, bool local, struct str ns, struct str name, bool stopped,
                       struct value *status)
{
    size_t pending = 0, counted = 0;
    int64_t reserving = 0, admitted = 0;
    int r = 0;
    const struct list *head = t ? &t->works : NULL;
    for (struct list *at = head ? head->next : NULL; at && at != head; at = at->next) {
        const struct known *k = local ? CONTAINER_OF(at, struct known, of_local) : CONTAINER_OF(at, struct known, of_cluster);
        reserving += k->reserved;
        admitted += k->admitted;
    }
    if (!s->stale && !stopped)
        queue_counts_of(s->q, ns, name, &pending, &counted);
    VALUE_SET(&r, v->mem, status, "pendingWorkloads", value_make_int((int64_t)pending));
    VALUE_SET(&r, v->mem, status, "reservingWorkloads", value_make_int(reserving));
    VALUE_SET(&r, v->mem, status, "admittedWorkloads", value_make_int(admitted));
    if (r < 0)
        v->out->failed = true;
}

static void put_usage(struct view *v, const struct tally *t, const struct value *cluster, bool local, struct value *status)
{
    struct usage u = {v, t, cluster, local, false, 0};
    struct value reserved = usage_of(&u);
    u.admitted = true;
    struct value used = usage_of(&u);
    VALUE_SET(&u.r, v->mem, status, "flavorsReservation", reserved);
    VALUE_SET(&u.r, v->mem, status, "flavorsUsage", used);
    if (u.r < 0)
        v->out->failed = true;
}

/* ── the two kinds of queues ── */

static void add_finalizer(struct view *v, const char *plural, struct value *object)
{
    struct value *list = value_at(object, "metadata.finalizers");
    if (!list)
        list = value_put(v->mem, object, "metadata.finalizers", value_make_list());
    if (list && value_add(v->mem, list, value_make_text(STR(IN_USE))))
        want_custom_update(v, plural, object);
    else
        v->out->failed = true;
}

static const struct tally *tally_at(struct view *v, const struct state *s, struct str key)
{
    if (!key.p)
        v->out->failed = true;
    return key.p ? map_get(&s->tallies, key) : NULL;
}

static bool put_share(struct view *v, const struct state *s, struct str name, struct value *status)
{
    int r = 0;
    if (v->options->queues.fair_sharing && !s->stale)
        VALUE_SET(&r, v->mem, status, "fairSharing.weightedShare", value_make_int(queue_share(s->q, name)));
    return r == 0;
}

void cluster_reconcile(struct view *v, struct state *s, struct str name)
{
    struct value *c = custom_get(v, "clusterqueues", STR_NONE, name), before = {0};
    const struct tally *t = tally_at(v, s, arena_fmt(v->mem, "c/%.*s", STR_FMT(name)));
    const char *reason;
    struct str message;
    if (!c)
        return;
    if (s->stale) {
        client_intend_again(v->out, 200);
        return;
    }
    if (!is_deleting(c) && !has_finalizer(c, IN_USE)) {
        add_finalizer(v, "clusterqueues", c);
        client_intend_again(v->out, 1);
        return;
    }
    if (is_deleting(c) && has_finalizer(c, IN_USE) && (!t || list_empty(&t->works))) {
        want_custom_free(v, "clusterqueues", c, IN_USE);
        return;
    }
    struct value *status = status_of(v, c);
    if (!status || value_copy(v->mem, status, &before) < 0) {
        v->out->failed = true;
        return;
    }
    bool active = cluster_active(v, c, &reason, &message);
    put_counts(v, s, t, false, STR_NONE, name, !active, status);
    put_usage(v, t, c, false, status);
    tell_condition(v, c, "Active", active, reason, message);
    if (v->options->queues.fair_sharing)
        meters_share(name, value_text_at(c, "spec.cohortName"), queue_share(s->q, name));
    if (!put_share(v, s, name, status))
        v->out->failed = true;
    int64_t waiting = value_int_at(status, "pendingWorkloads", 0), parked = MIN((int64_t)queue_parked(s->q, name), waiting);
    meters_cluster(name, (size_t)(waiting - parked), (size_t)parked, value_int_at(status, "reservingWorkloads", 0),
                   value_int_at(status, "admittedWorkloads", 0),
                   is_deleting(c) ? "terminating"
                   : active       ? "active"
                                  : "pending");
    if (!value_equal(&before, status))
        want_custom_status(v, "clusterqueues", c);
}

void local_reconcile(struct view *v, struct state *s, struct str ns, struct str name)
{
    struct value *l = custom_get(v, "localqueues", ns, name), before = {0};
    const struct tally *t = tally_at(v, s, arena_fmt(v->mem, "l/%.*s/%.*s", STR_FMT(ns), STR_FMT(name)));
    const char *reason, *message;
    if (!l || is_deleting(l))
        return;
    if (s->stale) {
        client_intend_again(v->out, 200);
        return;
    }
    struct value *status = status_of(v, l);
    if (!status || value_copy(v->mem, status, &before) < 0) {
        v->out->failed = true;
        return;
    }
    bool active = local_active(v, l, &reason, &message);
    put_counts(v, s, t, true, ns, name, is_stopped(l), status);
    put_usage(v, t, custom_get(v, "clusterqueues", STR_NONE, value_text_at(l, "spec.clusterQueue")), true, status);
    tell_condition(v, l, "Active", active, reason, str_of(message));
    if (!value_equal(&before, status))
        want_custom_status(v, "localqueues", l);
}

/* ── flavors: one that a ClusterQueue names stays ── */

static bool named(const struct value *cluster, struct str flavor)
{
    VALUE_EACH_ITEM (g, value_at(cluster, "spec.resourceGroups"))
        VALUE_EACH_ITEM (f, value_get(g, STR("flavors")))
            if (str_eq(value_text_at(f, "name"), flavor))
                return true;
    return false;
}

void flavor_reconcile(struct view *v, struct str name)
{
    struct value *f = custom_get(v, "resourceflavors", STR_NONE, name);
    size_t n;
    struct object *const *clusters = custom_all(v, "clusterqueues", &n);
    if (!f)
        return;
    if (!is_deleting(f)) {
        if (!has_finalizer(f, IN_USE))
            add_finalizer(v, "resourceflavors", f);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (named(view_tree(v, clusters[i]), name))
            return;
    if (has_finalizer(f, IN_USE))
        want_custom_free(v, "resourceflavors", f, IN_USE);
}

/* ── by key ── */

void queues_reconcile(struct view *v, struct str key)
{
    struct state *s = v->state;
    struct str what, rest, ns, name;
    if (!str_cut(key, '/', &what, &rest)) {
        judge_reconcile(v, s);
        return;
    }
    view_key(rest, &ns, &name);
    if (str_is(what, "w"))
        workload_reconcile(v, s, ns, name);
    else if (str_is(what, "c"))
        cluster_reconcile(v, s, name);
    else if (str_is(what, "l"))
        local_reconcile(v, s, ns, name);
    else if (str_is(what, "f"))
        flavor_reconcile(v, name);
}
