/* The catalogue of custom resources: two maps and a sorted list behind one lock. */
#include <pthread.h>

#include "schema/schema.h"

static struct {
    pthread_mutex_t lock;
    struct map by_name;                 /* widgets.example.com */
    struct map by_entry;                /* rwidgets.example.com, kWidget.example.com: the text stands in its entry */
    VEC(struct schema_custom *) sorted; /* by group, then name */
    uint64_t generation;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER};

const struct schema_resource schema_custom_all = {
    .group = STR_INIT(""),
    .version = STR_INIT("v1"),
    .name = STR_INIT("*"),
    .singular = STR_INIT(""),
    .short_names = STR_INIT(""),
    .categories = STR_INIT(""),
    .namespaced = true,
    .served = true,
    .storage = &schema_custom_all,
    .storage_path = STR_INIT("*"),
    .verbs = SCHEMA_VERB_LIST | SCHEMA_VERB_WATCH | SCHEMA_VERB_DELETE | SCHEMA_VERB_DELETECOLLECTION,
};

struct schema_custom *schema_custom_ref(struct schema_custom *c)
{
    if (c)
        CHECK(__atomic_fetch_add(&c->refs, 1, __ATOMIC_RELAXED) > 0);
    return c;
}

struct schema_custom *schema_custom_unref(struct schema_custom *c)
{
    if (c && __atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL) == 0)
        c->drop(c);
    return NULL;
}

void schema_custom_scope_end(struct schema_custom **c)
{
    *c = schema_custom_unref(*c);
}

/* ── finding; the lock is held ── */

static int order(const struct schema_custom *c, struct str group, struct str name)
{
    int r = str_cmp(c->group, group);
    return r ? r : str_cmp(c->name, name);
}

/* Where it stands, or where it would. */
static size_t place(struct str group, struct str name)
{
    size_t from = 0, to = all.sorted.n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (order(all.sorted.p[mid], group, name) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

/* Long ones cannot be there. */
#define KEY_MAX 512
static struct str key_of(enum schema_name what, struct str left, struct str group, char scratch[KEY_MAX])
{
    if (left.n + group.n + 2 > KEY_MAX)
        return STR_NONE;
    scratch[0] = (char)what;
    if (left.n)
        memcpy(scratch + 1, left.p, left.n);
    scratch[left.n + 1] = '.';
    if (group.n)
        memcpy(scratch + left.n + 2, group.p, group.n);
    return str_make(scratch, left.n + 2 + group.n);
}

struct entry {
    struct schema_custom *custom;
    size_t n;
    char key[];
};

/* A name that is somebody else's stays his. `before` is who may have had it: the block that is being replaced. */
static int entry_put(struct schema_custom *c, const struct schema_custom *before, enum schema_name what, struct str name)
{
    char scratch[KEY_MAX];
    struct str key = key_of(what, name, c->group, scratch);
    struct entry *e = name.n ? map_get(&all.by_entry, key) : NULL;
    if (e && e->custom == before)
        e->custom = c;
    if (e || !name.n || !key.n)
        return 0;
    e = mem_alloc(sizeof(*e) + key.n);
    if (!e)
        return -ENOMEM;
    e->custom = c;
    e->n = key.n;
    memcpy(e->key, key.p, key.n);
    int r = map_put(&all.by_entry, str_make(e->key, e->n), e);
    if (r < 0)
        mem_free(e);
    return r;
}

static void entry_del(const struct schema_custom *c, enum schema_name what, struct str name)
{
    char scratch[KEY_MAX];
    struct str key = key_of(what, name, c->group, scratch);
    struct entry *e = map_get(&all.by_entry, key);
    if (e && e->custom == c)
        mem_free(map_del(&all.by_entry, key));
}

static int entries_put(struct schema_custom *c, const struct schema_custom *before)
{
    const struct schema_resource *first = &c->resources[0];
    struct str rest = first->short_names, piece;
    int r = entry_put(c, before, SCHEMA_NAME_RESOURCE, c->plural);
    if (r == 0)
        r = entry_put(c, before, SCHEMA_NAME_RESOURCE, first->singular);
    while (r == 0 && rest.n && str_next(&rest, ',', &piece))
        r = entry_put(c, before, SCHEMA_NAME_RESOURCE, piece);
    if (r == 0)
        r = entry_put(c, before, SCHEMA_NAME_KIND, c->kind);
    if (r == 0 && first->list_kind)
        r = entry_put(c, before, SCHEMA_NAME_KIND, first->list_kind->name);
    return r;
}

static void entries_del(const struct schema_custom *c)
{
    const struct schema_resource *first = &c->resources[0];
    struct str rest = first->short_names, piece;
    entry_del(c, SCHEMA_NAME_RESOURCE, c->plural);
    entry_del(c, SCHEMA_NAME_RESOURCE, first->singular);
    while (rest.n && str_next(&rest, ',', &piece))
        entry_del(c, SCHEMA_NAME_RESOURCE, piece);
    entry_del(c, SCHEMA_NAME_KIND, c->kind);
    if (first->list_kind)
        entry_del(c, SCHEMA_NAME_KIND, first->list_kind->name);
}

/* ── changing ── */

static struct schema_custom *take_out(struct schema_custom *c)
{
    size_t at = place(c->group, c->name);
    entries_del(c);
    map_del(&all.by_name, c->name);
    memmove(&all.sorted.p[at], &all.sorted.p[at + 1], (all.sorted.n - at - 1) * sizeof(*all.sorted.p));
    all.sorted.n--;
    return c;
}

static int put_in(struct schema_custom *c)
{
    if (vec_grow((void **)(void *)&all.sorted.p, all.sorted.n, &all.sorted.cap, sizeof(*all.sorted.p)) < 0)
        return -ENOMEM;
    int r = map_put(&all.by_name, c->name, c);
    if (r == 0)
        r = entries_put(c, NULL);
    if (r < 0) {
        entries_del(c);
        map_del(&all.by_name, c->name);
        return r;
    }
    size_t at = place(c->group, c->name);
    memmove(&all.sorted.p[at + 1], &all.sorted.p[at], (all.sorted.n - at) * sizeof(*all.sorted.p));
    all.sorted.p[at] = c;
    all.sorted.n++;
    return 0;
}

/* The new block stands where the old one stood: the same name, so the same group. */
static int replace(struct schema_custom *old, struct schema_custom *c)
{
    int r = entries_put(c, old);
    if (r < 0) { /* what was taken over goes back */
        (void)entries_put(old, c);
        entries_del(c);
        return r;
    }
    r = map_put(&all.by_name, c->name, c); /* there is an entry: nothing can fail, and its key moves along */
    CHECK(r == 0);
    entries_del(old); /* what only the old one had */
    all.sorted.p[place(c->group, c->name)] = c;
    return 0;
}

int schema_custom_publish(struct schema_custom *c)
{
    pthread_mutex_lock(&all.lock);
    struct schema_custom *old = map_get(&all.by_name, c->name);
    int r = old ? replace(old, c) : put_in(c);
    if (r == 0)
        all.generation++;
    pthread_mutex_unlock(&all.lock);
    if (r == 0)
        schema_custom_unref(old);
    return r;
}

static void tidy(void)
{
    if (all.sorted.n)
        return;
    map_done(&all.by_name);
    map_done(&all.by_entry);
    VEC_DONE(&all.sorted);
}

void schema_custom_withdraw(struct str name)
{
    pthread_mutex_lock(&all.lock);
    struct schema_custom *old = map_get(&all.by_name, name);
    if (old) {
        take_out(old);
        all.generation++;
        tidy();
    }
    pthread_mutex_unlock(&all.lock);
    schema_custom_unref(old);
}

/* ── looking ── */

struct schema_custom *schema_custom_get(struct str name)
{
    pthread_mutex_lock(&all.lock);
    struct schema_custom *c = schema_custom_ref(map_get(&all.by_name, name));
    pthread_mutex_unlock(&all.lock);
    return c;
}

int schema_custom_list(struct schema_custom ***out, size_t *n)
{
    pthread_mutex_lock(&all.lock);
    size_t count = all.sorted.n;
    struct schema_custom **list = mem_alloc(MAX(count, 1) * sizeof(*list));
    for (size_t i = 0; list && i < count; i++)
        list[i] = schema_custom_ref(all.sorted.p[i]);
    pthread_mutex_unlock(&all.lock);
    if (!list)
        return -ENOMEM;
    *out = list;
    *n = count;
    return 0;
}

void schema_custom_list_free(struct schema_custom **list, size_t n)
{
    for (size_t i = 0; list && i < n; i++)
        schema_custom_unref(list[i]);
    mem_free(list);
}

struct schema_custom *schema_custom_named(enum schema_name what, struct str group, struct str name)
{
    char scratch[KEY_MAX];
    pthread_mutex_lock(&all.lock);
    struct entry *e = map_get(&all.by_entry, key_of(what, name, group, scratch));
    struct schema_custom *c = schema_custom_ref(e ? e->custom : NULL);
    pthread_mutex_unlock(&all.lock);
    return c;
}

size_t schema_custom_count(void)
{
    pthread_mutex_lock(&all.lock);
    size_t n = all.sorted.n;
    pthread_mutex_unlock(&all.lock);
    return n;
}

uint64_t schema_custom_generation(void)
{
    pthread_mutex_lock(&all.lock);
    uint64_t n = all.generation;
    pthread_mutex_unlock(&all.lock);
    return n;
}

static const struct schema_resource *version_of(const struct schema_custom *c, struct str version)
{
    for (size_t i = 0; c && i < c->n; i++)
        if (version.n ? str_eq(c->resources[i].version, version) : c->resources[i].storage == &c->resources[i])
            return &c->resources[i];
    return NULL;
}

const struct schema_resource *schema_resource_take(struct str group, struct str version, struct str resource)
{
    char scratch[KEY_MAX];
    const struct schema_resource *r = schema_resource_find(group, version, resource);
    if (r)
        return r;
    pthread_mutex_lock(&all.lock);
    struct str key = key_of(SCHEMA_NAME_RESOURCE, resource, group, scratch);
    struct schema_custom *c = map_get(&all.by_name, str_from(key, 1)); /* a definition is named <plural>.<group> */
    r = version_of(c, version);
    if (r)
        schema_custom_ref(c);
    pthread_mutex_unlock(&all.lock);
    return r;
}

const struct schema_resource *schema_resource_take_kind(struct str group, struct str version, struct str kind)
{
    char scratch[KEY_MAX];
    const struct schema_kind *k = version.n ? schema_kind_find(group, version, kind) : NULL;
    if (k)
        return schema_resource_of_kind(k);
    pthread_mutex_lock(&all.lock);
    struct entry *e = map_get(&all.by_entry, key_of(SCHEMA_NAME_KIND, kind, group, scratch));
    const struct schema_resource *r = e && str_eq(e->custom->kind, kind) ? version_of(e->custom, version) : NULL;
    if (r)
        schema_custom_ref(e->custom);
    pthread_mutex_unlock(&all.lock);
    return r;
}

const struct schema_resource *schema_resource_take_custom(struct str name)
{
    struct schema_custom *c = schema_custom_get(name);
    for (size_t i = 0; c && i < c->n; i++)
        if (c->resources[i].served)
            return &c->resources[i];
    schema_custom_unref(c);
    return NULL;
}

void schema_resource_put(const struct schema_resource *r)
{
    if (r)
        schema_custom_unref(r->custom);
}
