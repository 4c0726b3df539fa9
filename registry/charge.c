/* ResourceQuota: a write that uses something is charged to the quotas of its namespace before it goes to the store, and
 * what is really there is counted again whenever something went.
 *
 * Charging is exact, since all judgement is on one thread: a quota's newest status.used (writes not yet durable
 * included) holds every charge made so far, and the charge itself is one more write in front of the object's. Counting
 * takes what is visible and adds the charges whose objects are still on their way, so it never takes away too much. */
#include "quota/quota.h"
#include "registry/inside.h"

#define GATHER_MS    20     /* deletions come in crowds */
#define RECOUNT_MS   300000 /* all quotas, whatever was seen */
#define COUNT_MEMORY (64u << 20)
#define QUOTAS_MAX   32 /* of one namespace that look at one object */

struct charge { /* in the op's arena, until it ends */
    struct list link;
    struct str ns, quotas[QUOTAS_MAX]; /* names of those charged */
    size_t n;
    struct quota_amounts delta;
};

struct charges {
    struct registry *g;
    struct store_watch *watch;
    struct list under_way;
    struct map dirty; /* namespace → its own text */
    struct loop_timer gather, all;
};

static const struct schema_resource *quotas_row(void)
{
    static const struct schema_resource *row; /* built in: it stays where it is */
    if (!row)
        row = schema_resource_find(STR(""), STR("v1"), STR("resourcequotas"));
    return row;
}

/* ── charging ── */

static void charge_status_written(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)ctx;
    (void)outcome; /* a failed write fails the object's behind it too, and what stays is counted again */
    (void)o;
    (void)revision;
}

static int write_status(struct registry *g, struct arena *a, struct object *o, struct value *quota)
{
    struct object *fresh = NULL;
    int r = object_conform(a, o->kind, quota, NULL, NULL);
    if (r == 0)
        r = object_freeze(&fresh, o->key, o->kind, quota, NULL);
    if (r < 0)
        return r;
    struct store_write w = {.object = fresh, .expect = o->revision, .done = charge_status_written};
    return store_write(g->store, &w);
}

static int refused(struct op *op, struct str why)
{
    struct str name = op->name.n ? op->name : value_text_at(&op->tree, "metadata.generateName"), dot = op->res->group.n ? STR(".") : STR("");
    apireq_status_error(op->a, &op->st, 403, "Forbidden", "%.*s%.*s%.*s \"%.*s\" is forbidden: %.*s", STR_FMT(op->res->name), STR_FMT(dot),
                        STR_FMT(op->res->group), STR_FMT(name), STR_FMT(why));
    op->st.has_details = true;
    op->st.group = op->res->group;
    op->st.kind = op->res->name;
    op->st.name = name;
    op_status(op);
    return 1;
}

static int charge_one(struct op *op, struct object *o, const struct value *old, const struct quota_amounts *delta, struct charge *c)
{
    struct value quota = {0}, used = value_make_map();
    struct str why = STR_NONE;
    int r = object_tree(op->a, o, &quota, NULL);
    const struct value *hard = value_at(&quota, "status.hard");
    if (r < 0 || !quota_limits(hard, op->stored) || !quota_covers(&quota, op->stored, &op->tree))
        return r;
    r = quota_charge(op->a, &quota, op->stored, &op->tree, delta, !old, &used, &why);
    if (r == QUOTA_REFUSED)
        return refused(op, why);
    if (r == QUOTA_SAME || (r == 0 && op->q.options->dry_run))
        return 0;
    if (r == 0 && c->n == QUOTAS_MAX)
        r = -E2BIG;
    VALUE_SET(&r, op->a, &quota, "status.used", used);
    if (r == 0)
        r = write_status(op->g, op->a, o, &quota);
    if (r == 0)
        c->quotas[c->n++] = value_text_at(&quota, "metadata.name");
    return r;
}

int op_charge(struct op *op, const struct value *old)
{
    const struct schema_resource *row = quotas_row();
    struct str prefix;
    struct store_cursor cursor;
    struct object *o;
    if (op->g->no_quota || !op->res->namespaced || op->sub.n > 0 || str_is(op->res->name, "events") || !row ||
        query_prefix(op->a, row, op->ns, &prefix) < 0)
        return 0;
    struct store_snapshot *v = store_snapshot(op->g->store);
    if (v)
        store_cursor_start(&cursor, v, prefix, prefix);
    if (!v || !store_cursor_next(&cursor)) { /* nearly always; to count them would take longer */
        store_snapshot_unref(v);
        return 0;
    }
    struct charge *c = arena_alloc(op->a, sizeof(*c));
    struct quota_amounts before = {.arena = op->a};
    int r = c ? 0 : -ENOMEM;
    if (c) {
        *c = (struct charge){.ns = op->ns, .delta = {.arena = op->a}};
        quota_usage(op->stored, &op->tree, op->now, &c->delta);
        if (old)
            quota_usage(op->stored, old, op->now, &before);
        quota_add_all(&c->delta, &before, -1);
        list_add(&op->g->charges->under_way, &c->link);
        op->charge = c;
    }
    store_cursor_start(&cursor, v, prefix, prefix);
    while (r == 0 && (o = store_cursor_next(&cursor)) != NULL)
        if ((o = store_newest(op->g->store, o->key)) != NULL)
            r = charge_one(op, o, old, &c->delta, c);
    store_snapshot_unref(v);
    if (r < 0)
        op_fail(op, r, NULL);
    return r != 0;
}

/* ── counting ── */

static void gather(struct charges *k);

static void mark(struct charges *k, struct str ns)
{
    if (!map_get(&k->dirty, ns)) {
        char *text = mem_text(ns.p, ns.n);
        if (!text || map_put(&k->dirty, str_make(text, ns.n), text) < 0) {
            mem_free(text);
            return; /* the five minutes' count will see it */
        }
    }
    gather(k);
}

void charge_over(struct op *op)
{
    struct charge *c = op->charge;
    op->charge = NULL;
    if (!c)
        return;
    list_del(&c->link);
    if (op->reply.code >= 300 && c->n && !op->g->dying)
        mark(op->g->charges, c->ns); /* it was charged, and is not there */
}

/* All that is there of what any of the namespace's quotas limits. */
struct count {
    struct charges *k;
    struct str ns;
    struct arena *mem, *object_mem; /* the second is emptied after each object */
    struct value *quotas;
    struct object **objects;
    struct quota_amounts *sums;
    size_t n;
    int64_t now;
};

static int count_object(struct count *c, const struct schema_resource *r, struct object *o)
{
    struct value tree = {0};
    struct quota_amounts here = {.arena = c->object_mem};
    int rc = object_tree(c->object_mem, o, &tree, NULL);
    if (rc < 0)
        return rc;
    quota_usage(r, &tree, c->now, &here);
    for (size_t i = 0; i < c->n; i++) {
        const struct value *hard = value_at(&c->quotas[i], "spec.hard");
        if (!quota_limits(hard, r) || !quota_covers(&c->quotas[i], r, &tree))
            continue;
        for (size_t k = 0; k < here.n; k++)
            if (value_get(hard, here.items[k].name)) {
                struct str kept;
                rc = arena_str(c->mem, here.items[k].name, &kept);
                if (rc == 0)
                    quota_add(&c->sums[i], kept, here.items[k].n);
            }
        if (c->sums[i].failed)
            rc = -ENOMEM;
    }
    return here.failed ? -ENOMEM : rc;
}

static int count_resource(struct count *c, struct store_snapshot *v, const struct schema_resource *r)
{
    bool wanted = false;
    struct str prefix;
    struct store_cursor cursor;
    struct object *o;
    for (size_t i = 0; i < c->n && !wanted; i++)
        wanted = quota_limits(value_at(&c->quotas[i], "spec.hard"), r);
    if (!wanted)
        return 0;
    int rc = query_prefix(c->mem, r, c->ns, &prefix);
    store_cursor_start(&cursor, v, prefix, prefix);
    while (rc == 0 && (o = store_cursor_next(&cursor)) != NULL) {
        arena_reset(c->object_mem);
        rc = count_object(c, r, o);
    }
    return rc;
}

static void add_under_way(struct count *c)
{
    LIST_EACH (one, &c->k->under_way, struct charge, link) {
        if (!str_eq(one->ns, c->ns))
            continue;
        for (size_t i = 0; i < c->n; i++)
            for (size_t q = 0; q < one->n; q++)
                if (str_eq(one->quotas[q], value_text_at(&c->quotas[i], "metadata.name")))
                    quota_add_all(&c->sums[i], &one->delta, 1);
    }
}

static int find_quotas(struct count *c, struct store_snapshot *v)
{
    struct str prefix;
    struct store_cursor cursor;
    struct object *o;
    int r = query_prefix(c->mem, quotas_row(), c->ns, &prefix);
    size_t many = r == 0 ? store_count(v, prefix) : 0;
    if (!many)
        return r;
    c->quotas = arena_alloc(c->mem, many * sizeof(*c->quotas));
    c->objects = arena_alloc(c->mem, many * sizeof(*c->objects));
    c->sums = arena_alloc(c->mem, many * sizeof(*c->sums));
    if (!c->quotas || !c->objects || !c->sums)
        return -ENOMEM;
    store_cursor_start(&cursor, v, prefix, prefix);
    while (r == 0 && c->n < many && (o = store_cursor_next(&cursor)) != NULL) {
        if ((o = store_newest(c->k->g->store, o->key)) == NULL)
            continue;
        r = object_tree(c->mem, o, &c->quotas[c->n], NULL);
        c->sums[c->n] = (struct quota_amounts){.arena = c->mem};
        c->objects[c->n++] = o;
    }
    return r;
}

static int write_counts(struct count *c)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < c->n; i++) {
        struct value status = {0};
        const struct value *before = value_at(&c->quotas[i], "status");
        r = quota_status(c->mem, &c->quotas[i], &c->sums[i], &status);
        if (r < 0 || (before && value_equal(before, &status)))
            continue;
        VALUE_SET(&r, c->mem, &c->quotas[i], "status", status);
        if (r == 0)
            r = write_status(c->k->g, c->mem, c->objects[i], &c->quotas[i]);
        if (r == STORE_CONFLICT)
            r = -EAGAIN;
    }
    return r;
}

static int recount(struct charges *k, struct str ns)
{
    SCOPED(arena) mem = NULL;
    SCOPED(arena) object_mem = NULL;
    struct store_snapshot *v = store_snapshot(k->g->store);
    int32_t nsec;
    int r = v ? arena_new(&mem, COUNT_MEMORY) : -ENOMEM;
    if (r == 0)
        r = arena_new(&object_mem, COUNT_MEMORY);
    struct count c = {.k = k, .ns = ns, .mem = mem, .object_mem = object_mem};
    loop_wall_ns(k->g->loop, &c.now, &nsec);
    if (r == 0)
        r = find_quotas(&c, v);
    const struct schema_resource *rows;
    size_t n = c.n ? schema_resources(&rows) : 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        if (rows[i].namespaced && rows[i].storage == &rows[i] && rows[i].storage_path.n)
            r = count_resource(&c, v, &rows[i]);
    if (r == 0 && c.n) {
        add_under_way(&c);
        r = write_counts(&c);
    }
    store_snapshot_unref(v);
    return r;
}

static void on_gathered(void *ctx)
{
    struct charges *k = ctx;
    struct map now = k->dirty;
    k->dirty = (struct map){0};
    MAP_EACH (slot, &now) {
        if (recount(k, slot->key) < 0)
            mark(k, slot->key);
        mem_free(slot->value);
    }
    map_done(&now);
}

static void gather(struct charges *k)
{
    if (!loop_timer_active(&k->gather) && loop_timer_start(k->g->loop, &k->gather, GATHER_MS, on_gathered, k) < 0)
        on_gathered(k);
}

static void mark_all(struct charges *k)
{
    struct store_snapshot *v = store_snapshot(k->g->store);
    SCOPED(arena) mem = NULL;
    struct str prefix;
    struct store_cursor cursor;
    struct object *o;
    if (!v || arena_new(&mem, 1u << 20) < 0 || query_prefix(mem, quotas_row(), STR_NONE, &prefix) < 0) {
        store_snapshot_unref(v);
        return;
    }
    store_cursor_start(&cursor, v, prefix, prefix);
    while ((o = store_cursor_next(&cursor)) != NULL)
        mark(k, object_namespace(o));
    store_snapshot_unref(v);
}

static void on_all(void *ctx)
{
    struct charges *k = ctx;
    mark_all(k);
    if (loop_timer_start(k->g->loop, &k->all, RECOUNT_MS, on_all, k) < 0)
        loop_timer_stop(&k->all);
}

/* What may give something back, or is a quota. */
static bool matters(const struct store_event *e)
{
    const struct schema_kind *kind = e->object->kind;
    if (!kind)
        return false;
    if (e->type == STORE_DELETE || str_is(kind->name, "ResourceQuota"))
        return true;
    return e->previous && kind->group.n == 0 &&
           (str_is(kind->name, "Pod") || str_is(kind->name, "Service") || str_is(kind->name, "PersistentVolumeClaim"));
}

static void on_wake(void *ctx)
{
    struct charges *k = ctx;
    const struct store_event *e;
    const struct schema_resource *row = quotas_row();
    struct store_snapshot *v = store_snapshot(k->g->store);
    while ((e = store_watch_next(k->watch)) != NULL) {
        char text[320];
        struct str ns = v && matters(e) ? object_namespace(e->object) : STR_NONE;
        int n = ns.n ? snprintf(text, sizeof(text), "/registry/%.*s/%.*s/", STR_FMT(row->storage_path), STR_FMT(ns)) : 0;
        if (n > 0 && store_count(v, str_make(text, (size_t)n)) > 0)
            mark(k, ns);
    }
    store_snapshot_unref(v);
    if (store_watch_lost(k->watch)) {
        store_watch_free(k->watch);
        k->watch = NULL;
        if (store_watch_new(&k->watch, k->g->store, STR("/registry/"), store_revision(k->g->store), on_wake, k) == 0) {
            mark_all(k);
            on_wake(k);
        }
    }
}

int charges_new(struct charges **out, struct registry *g, struct err *err)
{
    struct charges *k = mem_alloc(sizeof(*k));
    if (!k)
        return err_raise(err, -ENOMEM, "no memory for the quotas");
    k->g = g;
    list_init(&k->under_way);
    int r = store_watch_new(&k->watch, g->store, STR("/registry/"), store_revision(g->store), on_wake, k);
    if (r) {
        mem_free(k);
        return err_raise(err, r < 0 ? r : -ESTALE, "the quotas cannot watch the store");
    }
    on_wake(k); /* it calls again only after it was found empty */
    on_all(k);
    *out = k;
    return 0;
}

struct charges *charges_free(struct charges *k)
{
    if (!k)
        return NULL;
    loop_timer_stop(&k->gather);
    loop_timer_stop(&k->all);
    store_watch_free(k->watch);
    LIST_EACH (c, &k->under_way, struct charge, link) {
        list_del(&c->link); /* the ops end later */
        list_init(&c->link);
    }
    MAP_EACH (slot, &k->dirty)
        mem_free(slot->value);
    map_done(&k->dirty);
    return mem_free(k);
}
