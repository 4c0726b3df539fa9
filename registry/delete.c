/* DELETE and DELETECOLLECTION.
 *
 *   object ── no grace, no finalizers ────────────────────────────► gone
 *      ├──── finalizers (its own, orphan, foregroundDeletion) ────► deletionTimestamp set; the last finalizer's
 *      │                                                            removal by an update makes it go (delete_is_due)
 *      └──── pod on a node: deletionTimestamp = now + grace; the node's DELETE with grace 0 makes it go */
#include "registry/inside.h"

static bool has_finalizer(const struct value *tree, const char *name)
{
    VALUE_EACH_ITEM (f, value_at(tree, "metadata.finalizers")) {
        if (str_is(value_text(f), name))
            return true;
    }
    return false;
}

bool delete_is_due(const struct op *op, const struct value *tree)
{
    if (value_is_null(value_at(tree, "metadata.deletionTimestamp")) || value_count(value_at(tree, "metadata.finalizers")))
        return false;
    if (resource_is(op->stored, "", "namespaces") && value_count(value_at(tree, "spec.finalizers")))
        return false;
    return value_int_at(tree, "metadata.deletionGracePeriodSeconds", 0) == 0;
}

static int set_finalizer(struct arena *a, struct value *tree, const char *name, bool wanted)
{
    struct value *list = value_at(tree, "metadata.finalizers");
    for (size_t i = 0; i < value_count(list); i++)
        if (str_is(value_text(value_item(list, i)), name)) {
            if (!wanted)
                value_del_item(list, i);
            return 0;
        }
    if (!wanted)
        return 0;
    if (!list)
        list = value_put(a, tree, "metadata.finalizers", value_make_list());
    return list && value_add(a, list, value_make_text(str_of(name))) ? 0 : -ENOMEM;
}

/* Which of the garbage collector's finalizers the deletion asks for. */
static int gc_finalizers(struct op *op, struct value *tree)
{
    const struct apireq_options *o = op->q.options;
    bool orphan = false, foreground = false;
    if (o->orphan_dependents_set)
        orphan = o->orphan_dependents;
    else if (o->propagation == APIREQ_PROPAGATE_ORPHAN)
        orphan = true;
    else if (o->propagation == APIREQ_PROPAGATE_FOREGROUND)
        foreground = true;
    else if (o->propagation == APIREQ_PROPAGATE_DEFAULT) {
        orphan = has_finalizer(tree, "orphan");
        foreground = has_finalizer(tree, "foregroundDeletion");
        if (!orphan && !foreground)
            orphan = strategy_traits(op->stored) & STRATEGY_ORPHANS;
    }
    int r = set_finalizer(op->a, tree, "orphan", orphan);
    return r < 0 ? r : set_finalizer(op->a, tree, "foregroundDeletion", foreground);
}

static int precondition_failed(struct op *op, const char *what, struct str wanted, const char *rest, struct str is)
{
    apireq_status_conflict(
        op->a, &op->st, op->res->group, op->res->name, op->name,
        arena_fmt(op->a, "Precondition failed: %s in precondition: %.*s, %s in object meta: %.*s", what, STR_FMT(wanted), rest, STR_FMT(is)));
    op_status(op);
    return 1;
}

static int check_preconditions(struct op *op)
{
    const struct apireq_options *o = op->q.options;
    if (o->has_expect_uid && !str_eq(o->expect_uid, object_uid(op->old)))
        return precondition_failed(op, "UID", o->expect_uid, "UID", object_uid(op->old));
    if (!o->has_expect_version)
        return 0;
    char text[32];
    snprintf(text, sizeof(text), "%lld", (long long)op->old->revision);
    if (str_is(o->expect_version, text))
        return 0;
    return precondition_failed(op, "ResourceVersion", o->expect_version, "ResourceVersion", str_of(text));
}

static int64_t pod_grace(const struct op *op)
{
    const struct apireq_options *o = op->q.options;
    struct str phase = value_text_at(&op->old_tree, "status.phase");
    if (!value_text_at(&op->old_tree, "spec.nodeName").n || str_is(phase, "Failed") || str_is(phase, "Succeeded"))
        return 0;
    int64_t grace = value_int_at(&op->old_tree, "spec.terminationGracePeriodSeconds", 30);
    if (o->has_grace)
        grace = o->grace_seconds;
    return grace < 0 ? 1 : grace; /* upstream: a negative grace period means one second */
}

static void reply_evicted(struct op *op, struct object *o);

/* An evicted pod says so (KEP-3329): what runs in it has not failed of itself. */
static int tell_disruption(struct op *op, struct value *pod)
{
    char text[32];
    struct str now = STR_NONE;
    struct value *list = value_at(pod, "status.conditions"), *c = NULL;
    int r = 0;
    time_fmt_rfc3339(text, op->now);
    r = arena_str(op->a, str_of(text), &now);
    if (r == 0 && !list)
        list = value_put(op->a, pod, "status.conditions", value_make_list());
    VALUE_EACH_ITEM (x, list) {
        if (str_is(value_text_at(x, "type"), "DisruptionTarget"))
            c = x;
    }
    if (list && !c)
        c = value_add(op->a, list, value_make_map());
    if (r < 0 || !c)
        return -ENOMEM;
    if (!str_is(value_text_at(c, "status"), "True"))
        VALUE_SET(&r, op->a, c, "lastTransitionTime", value_make_text(now));
    VALUE_SET(&r, op->a, c, "type", value_make_text(STR("DisruptionTarget")));
    VALUE_SET(&r, op->a, c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, op->a, c, "reason", value_make_text(STR("EvictionByEvictionAPI")));
    VALUE_SET(&r, op->a, c, "message", value_make_text(STR("Eviction API: evicting")));
    return r;
}

static int mark_deleted(struct op *op, int64_t grace)
{
    struct value *tree = &op->tree;
    int r = 0;
    char text[32];
    struct str at;
    bool first = value_is_null(value_at(tree, "metadata.deletionTimestamp"));
    time_fmt_rfc3339(text, op->now + grace);
    r = arena_str(op->a, str_of(text), &at);
    int64_t before = value_int_at(tree, "metadata.deletionGracePeriodSeconds", INT64_MAX);
    if (first || grace < before) {
        VALUE_SET(&r, op->a, tree, "metadata.deletionTimestamp", value_make_text(at));
        VALUE_SET(&r, op->a, tree, "metadata.deletionGracePeriodSeconds", value_make_int(grace));
    }
    int64_t generation = value_int_at(tree, "metadata.generation", 0);
    if (first && generation > 0)
        VALUE_SET(&r, op->a, tree, "metadata.generation", value_make_int(generation + 1));
    if (resource_is(op->stored, "", "namespaces"))
        VALUE_SET(&r, op->a, tree, "status.phase", value_make_text(STR("Terminating")));
    if (r == 0 && op->written == reply_evicted)
        r = tell_disruption(op, tree);
    return r;
}

static void reply_gone(struct op *op, struct object *o)
{
    if (strategy_traits(op->stored) & STRATEGY_RETURNS_DELETED) {
        op->written = NULL;
        op_reply_stored(op, 200, o);
        return;
    }
    struct str uid;
    if (arena_str(op->a, object_uid(o), &uid) < 0)
        uid = STR("");
    apireq_status_success(&op->st, op->res->group, op->res->name, op->name, uid);
    op_status(op);
}

static int pending_code(const struct op *op)
{
    const struct apireq_options *o = op->q.options;
    bool accepted = (o->orphan_dependents_set && !o->orphan_dependents) || o->propagation == APIREQ_PROPAGATE_FOREGROUND;
    return accepted ? 202 : 200;
}

static int prepare(struct op *op, bool *remove)
{
    int64_t grace = 0;
    bool graceful = strategy_traits(op->stored) & STRATEGY_GRACEFUL;
    int r = value_copy(op->a, &op->old_tree, &op->tree);
    if (r == 0)
        r = gc_finalizers(op, &op->tree);
    if (r == 0 && crd_is(op->stored)) /* what it defined goes first */
        r = crd_terminate(op->a, &op->tree, op->now);
    if (r < 0)
        return r;
    if (graceful)
        grace = pod_grace(op);
    bool finalizers = value_count(value_at(&op->tree, "metadata.finalizers")) > 0;
    if (resource_is(op->stored, "", "namespaces"))
        finalizers |= value_count(value_at(&op->tree, "spec.finalizers")) > 0;
    *remove = !finalizers && grace == 0;
    return *remove ? 0 : mark_deleted(op, grace);
}

static void delete_admitted(struct op *op)
{
    bool remove = false;
    int r = prepare(op, &remove);
    if (r < 0) {
        op_fail(op, r, NULL);
    } else if (remove) {
        if (!op->written)
            op->written = reply_gone;
        op_remove(op, 200);
    } else {
        op_write(op, pending_code(op));
    }
}

static void delete_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_DELETE, .old = &op->old_tree};
    op_validate(op, &s, delete_admitted);
}

/* op->q.options are final (query and body), op->old is found. */
static void delete_found(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_DELETE, .old = &op->old_tree};
    if (check_preconditions(op) == 0)
        op_mutate(op, &s, delete_mutated);
}

/* A body of DeleteOptions adds to the query's. */
static int read_body(struct op *op)
{
    struct value tree = {0};
    struct err err = {{0}};
    const struct schema_kind *k = schema_kind_find(STR(""), STR("v1"), STR("DeleteOptions"));
    if (!op->q.tree && !op->q.body.n)
        return 0;
    int r = op->q.tree ? value_copy(op->a, op->q.tree, &tree) : object_decode(op->a, op->q.format, op->q.body, k, &tree, NULL, NULL, &err);
    if (r == -ENOMEM) {
        op_fail(op, r, &err);
        return 1;
    }
    if (r < 0) {
        apireq_status_bad_request(op->a, &op->st, "%s", err.text);
        op_status(op);
        return 1;
    }
    struct apireq_options *o = arena_alloc(op->a, sizeof(*o));
    if (!o) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    *o = *op->q.options;
    op->q.options = o;
    if (apireq_options_delete(op->a, &tree, o, &op->st)) {
        op_status(op);
        return 1;
    }
    return 0;
}

void op_delete(struct op *op)
{
    if (op->sub.n) {
        apireq_status_method(op->a, &op->st, op->q.route);
        op_status(op);
        return;
    }
    if (read_body(op) || op_find(op))
        return;
    delete_found(op);
}

static void reply_evicted(struct op *op, struct object *o)
{
    (void)o;
    apireq_status_success(&op->st, STR(""), STR(""), STR_NONE, STR_NONE);
    op->st.code = 201;
    op->st.has_details = false;
    op_status(op);
}

void op_delete_evicted(struct op *op)
{
    op->written = reply_evicted;
    op->quiet = true; /* webhooks have seen the Eviction */
    delete_found(op);
}

/* ── many at once: one after another, each with an arena of its own ── */

struct sweep {
    struct op *op;
    struct query_list list;
    struct arena *arena; /* of the deletion under way */
    struct apireq_route route;
    struct apireq_options options;
    struct loop_task next;
    struct convert_line *line; /* NULL: nothing is to be converted */
};

static void sweep_next(void *ctx);

static void sweep_end(struct sweep *s)
{
    query_list_close(&s->list);
    s->line = convert_line_free(s->line);
    s->arena = arena_free(s->arena);
}

static void sweep_done(void *ctx, const struct registry_reply *r)
{
    struct sweep *s = ctx;
    struct op *op = s->op;
    if (r->code >= 300 && r->code != 404 && r->code != 409) {
        if (r->status) {
            op->st = *r->status; /* its texts are in the deletion's arena */
            if (arena_str(op->a, r->status->message, &op->st.message) < 0)
                apireq_status_memory(&op->st);
            op->st.causes = NULL;
            op->st.n_causes = 0;
            op->st.has_details = false;
        }
        sweep_end(s);
        op_status(op);
        return;
    }
    /* not from inside the reply: its arena is still in use, and a thousand deletions must not nest */
    loop_defer(op->g->loop, &s->next, sweep_next, s);
}

static void sweep_converted(void *ctx, int r, struct str error)
{
    struct sweep *s = ctx;
    struct op *op = s->op;
    if (r == 0) {
        sweep_next(s);
        return;
    }
    sweep_end(s);
    apireq_status_internal(op->a, &op->st, "%.*s", STR_FMT(error));
    op_status(op);
}

static void sweep_next(void *ctx)
{
    struct sweep *s = ctx;
    struct op *op = s->op;
    struct object *o = NULL;
    int r = 0;
    s->arena = arena_free(s->arena);
    if (s->line)
        r = convert_line_next(s->line, &s->list, CONVERT_BATCH, &o);
    else
        o = query_list_next(&s->list);
    if (r < 0) {
        sweep_end(s);
        op_fail(op, r, NULL);
    }
    if (r)
        return;
    if (!o) {
        struct query_list deleted = s->list; /* upstream answers what it found, as it was */
        s->line = convert_line_free(s->line);
        query_list_rewind(&deleted);
        op_list(op, 200, &deleted);
        query_list_close(&deleted);
        return;
    }
    if (arena_new(&s->arena, 16 * 1024 * 1024) < 0) {
        sweep_end(s);
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    s->route = *op->q.route;
    s->route.verb = APIREQ_DELETE;
    s->route.verb_text = STR("delete");
    s->route.ns = object_namespace(o);
    s->route.name = object_name(o);
    s->options = *op->q.options;
    s->options.has_expect_uid = true; /* not another object of that name */
    s->options.expect_uid = object_uid(o);
    struct registry_request q = op->q;
    q.arena = s->arena;
    q.route = &s->route;
    q.options = &s->options;
    q.body = STR_NONE;
    q.tree = NULL;
    registry_do(op->g, &q, sweep_done, s);
}

void op_delete_collection(struct op *op)
{
    if (read_body(op))
        return;
    struct sweep *s = arena_alloc(op->a, sizeof(*s));
    if (!s) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    s->op = op;
    bool converts = op->res->custom && op->res->custom->webhook && op->g->convert;
    if (converts ? query_list_open_raw(op->g->store, op->a, op->q.route, op->q.options, op->res, &s->list, &op->st)
                 : query_list_open(op->g->store, op->a, op->q.route, op->q.options, op->res, &s->list, &op->st)) {
        op_status(op);
        return;
    }
    if (converts && convert_line_new(&s->line, op->g->convert, op->res, sweep_converted, s) < 0) {
        sweep_end(s);
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    sweep_next(s);
}

/* ── Events live for an hour after they were last seen, as upstream's leases on them ── */

#define EXPIRE_MS   (5 * 60 * 1000)
#define EXPIRE_MOST 2000 /* deletions at one go */

static void expired(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)ctx;
    (void)outcome;
    (void)o;
    (void)revision; /* one that could not be deleted is met again by the next sweep */
}

static int64_t last_seen(const struct object *o)
{
    static const char *const fields[] = {"lastTimestamp", "series.lastObservedTime", "eventTime", "metadata.creationTimestamp"};
    int64_t newest = 0;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct str text;
        char scratch[32];
        int64_t sec;
        int32_t nsec;
        if (object_field(o, fields[i], &text, scratch) && time_parse_rfc3339(text, &sec, &nsec) == 0)
            newest = MAX(newest, sec);
    }
    return newest;
}

static void expire_old(struct registry *g)
{
    SCOPED(arena) mem = NULL;
    const struct schema_resource *events = schema_resource_find(STR(""), STR("v1"), STR("events"));
    struct str prefix;
    if (!events || arena_new(&mem, 4096) < 0 || query_prefix(mem, events, STR_NONE, &prefix) < 0)
        return;
    struct store_snapshot *v = store_snapshot(g->store);
    struct store_cursor c;
    struct object *o;
    int64_t before = loop_wall(g->loop) - g->event_ms / 1000;
    size_t n = 0;
    if (!v)
        return;
    store_cursor_start(&c, v, prefix, prefix);
    while (n < EXPIRE_MOST && (o = store_cursor_next(&c)) != NULL) {
        if (last_seen(o) >= before)
            continue;
        struct store_write w = {.key = o->key, .expect = o->revision, .lazy = true, .done = expired};
        n++;
        if (store_write(g->store, &w) < 0)
            break;
    }
    store_snapshot_unref(v);
}

static void expire_tick(void *ctx)
{
    struct registry *g = ctx;
    expire_old(g);
    /* A continue token lives five to ten minutes, as one of upstream does between etcd's compactions. */
    store_snapshots_expire(g->store, g->pages_from);
    g->pages_from = store_revision(g->store);
    expire_start(g);
}

void expire_start(struct registry *g)
{
    /* without memory for the timer old events stay until the next start */
    if (loop_timer_start(g->loop, &g->expire, EXPIRE_MS, expire_tick, g) < 0)
        return;
}

void expire_stop(struct registry *g)
{
    loop_timer_stop(&g->expire);
}
