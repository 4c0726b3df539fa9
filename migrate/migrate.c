#include "migrate/migrate.h"

#define GROUP    "storagemigration.k8s.io"
#define RESOURCE "storageversionmigrations"
#define BATCH    500
#define TROUBLES 5  /* batches that may fail, one after another */
#define GRACE    60 /* seconds a resource may be unknown: its definition may be on its way */
#define KEYS_MAX 64 /* migrations under way that are remembered */

struct progress {
    char *done, *asked; /* keys: up to here all is written; up to here it was asked for. NULL: none */
    size_t asked_left;  /* what the message of that batch says */
    unsigned troubles;
    size_t n;
    char name[];
};
struct memory {
    struct map at; /* name → struct progress */
};

void *migrate_state_new(void)
{
    return mem_alloc(sizeof(struct memory));
}

static void progress_free(struct progress *p)
{
    if (!p)
        return;
    mem_free(p->done);
    mem_free(p->asked);
    mem_free(p);
}

void migrate_state_free(void *state)
{
    struct memory *m = state;
    if (!m)
        return;
    MAP_EACH (slot, &m->at)
        progress_free(slot->value);
    map_done(&m->at);
    mem_free(m);
}

static void forget(struct memory *m, struct str name)
{
    progress_free(map_del(&m->at, name));
}

static struct progress *remember(struct view *v, struct str name)
{
    struct memory *m = v->state;
    struct progress *p = map_get(&m->at, name);
    if (p)
        return p;
    if (m->at.n >= KEYS_MAX) /* one that waits longest begins anew later */
        forget(m, map_next(&m->at, NULL)->key);
    p = mem_alloc(sizeof(*p) + name.n + 1);
    if (p) {
        p->n = name.n;
        memcpy(p->name, name.p, name.n);
    }
    if (!p || map_put(&m->at, str_make(p->name, p->n), p) < 0) {
        mem_free(p);
        v->out->failed = true;
        return NULL;
    }
    return p;
}

/* ── the objects ── */

struct item {
    struct str key;
    struct object *object;
};

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct item *)a)->key, ((const struct item *)b)->key);
}

struct subject {                            /* a resource and where its objects are */
    const struct schema_resource *resource; /* of a custom one: with a reference */
    struct client_cache *cache;
    struct str custom; /* plural.group; empty: built in */
};

static bool find_subject(struct view *v, const struct value *migration, struct subject *out)
{
    struct str group = value_text_at(migration, "spec.resource.group"), name = value_text_at(migration, "spec.resource.resource");
    for (size_t i = 0; i < v->n; i++) {
        const struct schema_resource *r = v->resources[i];
        if (i == v->customs || !str_eq(r->group, group) || !str_eq(r->name, name))
            continue;
        *out = (struct subject){.resource = r, .cache = v->caches[i]};
        return true;
    }
    struct str custom = arena_fmt(v->mem, "%.*s.%.*s", STR_FMT(name), STR_FMT(group));
    if (!custom.p || v->customs >= VIEW_RESOURCES_MAX)
        return false;
    *out = (struct subject){.resource = schema_resource_take_custom(custom), .cache = v->caches[v->customs], .custom = custom};
    return out->resource != NULL;
}

static bool is_of(const struct subject *s, const struct object *o)
{
    struct str names[CLIENT_INDEX_KEYS];
    char scratch[256];
    return !s->custom.n || (view_index_definition(o, names, scratch) && str_eq(names[0], s->custom));
}

/* All of them by key. NULL: no memory. */
static struct item *list_items(struct view *v, const struct subject *s, size_t *n, int64_t *newest)
{
    struct item *all = arena_alloc(v->mem, (client_cache_count(s->cache) + 1) * sizeof(*all));
    struct map_slot *at = NULL;
    char scratch[512];
    *n = 0;
    for (struct object *o = all ? client_cache_next(s->cache, &at) : NULL; o; o = client_cache_next(s->cache, &at)) {
        if (!is_of(s, o))
            continue;
        if (arena_str(v->mem, client_key(o, scratch), &all[*n].key) < 0) {
            all = NULL;
            break;
        }
        *newest = MAX(*newest, o->revision);
        all[(*n)++].object = o;
    }
    if (!all)
        v->out->failed = true;
    else if (*n)
        qsort(all, *n, sizeof(*all), by_key);
    return all;
}

static void want_rewrite(struct view *v, const struct subject *s, struct object *o)
{
    struct value body = value_make_map();
    int r = 0;
    VALUE_SET(&r, v->mem, &body, "metadata.uid", value_make_text(object_uid(o)));
    VALUE_SET(&r, v->mem, &body, "metadata.resourceVersion", value_make_text(arena_fmt(v->mem, "%lld", (long long)o->revision)));
    struct client_call *call = client_intend(v->out, CLIENT_PATCH, s->resource, object_namespace(o), object_name(o));
    call->patch = CLIENT_PATCH_MERGE;
    if (r < 0)
        v->out->failed = true;
    else
        want_body(v, call, &body);
}

/* ── telling ── */

static void tell(struct view *v, struct value *migration, int64_t newest)
{
    int r = 0;
    if (newest && !value_text_at(migration, "status.resourceVersion").n)
        VALUE_SET(&r, v->mem, migration, "status.resourceVersion", value_make_text(arena_fmt(v->mem, "%lld", (long long)newest)));
    if (r < 0)
        v->out->failed = true;
    want_status(v, GROUP, RESOURCE, migration);
}

static struct value *status_of(struct view *v, struct value *migration)
{
    struct value *status = value_at(migration, "status");
    if (!status)
        status = value_set(v->mem, migration, STR("status"), value_make_map());
    if (!status)
        v->out->failed = true;
    return status;
}

static void fail(struct view *v, struct value *migration, const char *why)
{
    struct value *status = status_of(v, migration);
    if (status && condition_set(v, status, "Failed", "True", "StorageVersionMigrationFailed", why))
        tell(v, migration, 0);
}

/* How many objects the last batch left, as its message says; SIZE_MAX: it says nothing. */
static size_t told_left(const struct value *migration)
{
    struct str text = value_text_at(condition_find(value_at(migration, "status"), "Running"), "message"), rest, number;
    uint64_t n;
    str_cut(text, ',', &number, &rest);
    str_cut(str_trim(rest), '/', &number, &rest);
    return str_to_uint(number, &n) == 0 ? (size_t)n : SIZE_MAX;
}

static void running(struct view *v, struct value *migration, size_t left, size_t all, int64_t newest)
{
    struct str text = !all   ? STR("The migration is running")
                      : left ? arena_fmt(v->mem, "The migration is running, %zu/%zu objects not yet migrated", left, all)
                             : arena_fmt(v->mem, "The migration is running, %zu objects verified migrated", all);
    struct value *status = status_of(v, migration);
    bool changed = status && text.p && condition_set(v, status, "Running", "True", "StorageVersionMigrationInProgress", text.p);
    if (status && !left)
        changed |= condition_set(v, status, "Succeeded", "True", "StorageVersionMigrationSucceeded", "Migration completed");
    if (changed)
        tell(v, migration, newest);
}

/* ── a batch ── */

static void keep_text(struct view *v, char **to, struct str text)
{
    char *copy = mem_text(text.p, text.n);
    if (!copy) {
        v->out->failed = true;
        return;
    }
    mem_free(*to);
    *to = copy;
}

static void next_batch(struct view *v, struct value *migration, const struct subject *s, struct progress *p)
{
    size_t n, first = 0, end;
    int64_t newest = 0;
    struct item *all = list_items(v, s, &n, &newest);
    if (!all)
        return;
    while (first < n && p->done && str_cmp(all[first].key, str_of(p->done)) <= 0)
        first++;
    for (end = first; end < n && end - first < BATCH; end++)
        want_rewrite(v, s, all[end].object);
    if (end > first) {
        keep_text(v, &p->asked, all[end - 1].key);
        p->asked_left = n - end;
    }
    running(v, migration, n - end, n, newest);
    if (end < n)
        client_intend_again(v->out, 1);
}

void migrate_reconcile(struct view *v, struct str key)
{
    struct value *migration = view_get(v, RESOURCE, STR_NONE, key);
    const struct value *status = value_at(migration, "status");
    struct subject s = {0};
    bool over = str_is(value_text_at(condition_find(status, "Succeeded"), "status"), "True") ||
                str_is(value_text_at(condition_find(status, "Failed"), "status"), "True");
    if (!migration || is_deleting(migration) || over) {
        forget(v->state, key);
        return;
    }
    if (!find_subject(v, migration, &s)) {
        int64_t left = time_of(value_at(migration, "metadata.creationTimestamp")) + GRACE - v->now;
        if (left > 0)
            client_intend_again(v->out, MIN(left * 1000, (int64_t)2000));
        else
            fail(v, migration, "the resource is not known");
        return;
    }
    struct progress *p = remember(v, key);
    if (p && p->asked && told_left(migration) == p->asked_left) {
        mem_free(p->done);
        p->done = TAKE(p->asked);
        p->troubles = 0;
    }
    if (p && v->trouble.n && ++p->troubles >= TROUBLES)
        fail(v, migration, arena_fmt(v->mem, "migration encountered unhandled error: %.*s", STR_FMT(v->trouble)).p);
    else if (p)
        next_batch(v, migration, &s, p);
    if (s.custom.n)
        schema_resource_put(s.resource);
}
