#include "client/inside.h"

/* States of the stream: idle → watching (SYNCED seen or not) → ended → waiting
 * → watching …; start() is the only way into watching, on_end() the only way out. */
#define RETRY_FIRST_MS 100
#define RETRY_MOST_MS  30000

struct entry {
    struct object *object;
    unsigned round; /* of listing in which it was last seen */
};

struct client_cache {
    struct client *client;
    struct client_cache_options options;
    struct map entries; /* "ns/name" → entry; the key lies in the object's own key when it can */
    struct list listeners;
    struct client_index indexes[CLIENT_INDEXES];
    size_t n_indexes;
    void *watch;
    struct loop_timer retry;
    int64_t retry_ms;
    struct loop_task announce; /* tells new listeners what is there */
    int64_t revision;
    unsigned round;
    bool listing; /* between the start from 0 and SYNCED */
    bool synced;
    char *texts; /* the options' texts */
};

static void start(void *ctx);

/* ── entries ── */

static void tell(struct client_cache *k, struct object *old, struct object *now)
{
    LIST_EACH (l, &k->listeners, struct client_listener, link)
        if (l->told) /* the others learn all of it from announce() */
            l->on_change(l->ctx, old, now);
}

static int put(struct client_cache *k, struct object *o)
{
    char scratch[512];
    struct str key = client_key(o, scratch);
    if (key.p == scratch) /* the map borrows the key from the object's own */
        return -EBADMSG;
    struct entry *e = map_get(&k->entries, key);
    if (e && e->object->revision >= o->revision) {
        e->round = k->round;
        return 0;
    }
    bool fresh = !e;
    if (fresh && !(e = mem_alloc(sizeof(*e))))
        return -ENOMEM;
    struct object *old = e->object;
    bool replaced[CLIENT_INDEXES] = {false};
    for (size_t i = 0; old && i < k->n_indexes; i++)
        if (!(replaced[i] = client_index_replace(&k->indexes[i], old, o)))
            client_index_del(&k->indexes[i], old);
    e->object = object_ref(o);
    e->round = k->round;
    int r = map_put(&k->entries, key, e);
    for (size_t i = 0; r == 0 && i < k->n_indexes; i++)
        r = replaced[i] ? 0 : client_index_put(&k->indexes[i], o);
    if (r < 0 && fresh) {
        for (size_t i = 0; i < k->n_indexes; i++)
            client_index_del(&k->indexes[i], o); /* out of those that took it */
        object_unref(e->object);
        map_del(&k->entries, key);
        mem_free(e);
        return r;
    }
    tell(k, old, o);
    object_unref(old);
    return r;
}

static void drop(struct client_cache *k, struct str key)
{
    struct entry *e = map_del(&k->entries, key);
    if (!e)
        return;
    struct object *old = e->object;
    mem_free(e);
    for (size_t i = 0; i < k->n_indexes; i++)
        client_index_del(&k->indexes[i], old);
    tell(k, old, NULL);
    object_unref(old);
}

/* After a fresh listing: what it did not show, and nobody wrote since, is gone. */
static void sweep(struct client_cache *k, int64_t revision)
{
    for (bool again = true; again;) {
        again = false;
        MAP_EACH (slot, &k->entries) {
            struct entry *e = slot->value;
            if (e->round == k->round || e->object->revision > revision)
                continue;
            drop(k, slot->key);
            again = true;
            break;
        }
    }
}

/* ── the stream ── */

static void on_synced(struct client_cache *k, int64_t revision)
{
    if (k->listing)
        sweep(k, revision);
    k->listing = false;
    k->synced = true;
    k->retry_ms = RETRY_FIRST_MS;
    LIST_EACH (l, &k->listeners, struct client_listener, link)
        if (l->told && l->on_synced)
            l->on_synced(l->ctx);
}

static void on_event(void *ctx, enum client_event event, struct object *o, int64_t revision)
{
    struct client_cache *k = ctx;
    char scratch[512];
    struct entry *e;
    switch (event) {
    case CLIENT_PUT:
        if (put(k, o) < 0)
            k->revision = -1; /* no memory for it: list afresh when the stream ends next */
        break;
    case CLIENT_DELETED: {
        struct str key = client_key(o, scratch);
        e = map_get(&k->entries, key);
        if (e && (str_eq(object_uid(e->object), object_uid(o)) || e->object->revision <= revision))
            drop(k, key);
        break;
    }
    case CLIENT_SYNCED:
        on_synced(k, revision);
        break;
    case CLIENT_BOOKMARK:
        break;
    }
    if (k->revision >= 0 && !k->listing)
        k->revision = MAX(k->revision, revision);
}

static void wait_and_retry(struct client_cache *k)
{
    if (loop_timer_start(k->client->loop, &k->retry, k->retry_ms, start, k) < 0)
        return; /* the timer's place in the heap is reserved after its first use */
    k->retry_ms = MIN(k->retry_ms * 2, RETRY_MOST_MS);
}

static void on_end(void *ctx, int code, const char *message)
{
    struct client_cache *k = ctx;
    (void)message;
    k->watch = NULL;
    if (code == 410)
        k->revision = 0;
    if (code == 200)
        k->retry_ms = RETRY_FIRST_MS / 10;
    wait_and_retry(k);
}

static void start(void *ctx)
{
    struct client_cache *k = ctx;
    if (k->listing || k->revision < 0)
        k->revision = 0;
    k->listing = k->revision == 0;
    if (k->listing)
        k->round++;
    struct client_watch_call call = {.resource = k->options.resource,
                                     .ns = k->options.ns,
                                     .label_selector = k->options.label_selector,
                                     .field_selector = k->options.field_selector,
                                     .after = k->revision,
                                     .on_event = on_event,
                                     .on_end = on_end,
                                     .ctx = k};
    if (k->client->transport.watch(k->client->self, &call, &k->watch) < 0)
        wait_and_retry(k);
}

/* ── door ── */

static int keep_texts(struct client_cache *k, const struct client_cache_options *o)
{
    k->options = *o;
    struct str *texts[] = {&k->options.ns, &k->options.label_selector, &k->options.field_selector};
    char *at = k->texts = mem_alloc(o->ns.n + o->label_selector.n + o->field_selector.n + 1);
    if (!at)
        return -ENOMEM;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (texts[i]->n)
            memcpy(at, texts[i]->p, texts[i]->n);
        texts[i]->p = at;
        at += texts[i]->n;
    }
    return 0;
}

int client_cache_new(struct client_cache **out, struct client *c, const struct client_cache_options *o)
{
    struct client_cache *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    k->client = c;
    k->retry_ms = RETRY_FIRST_MS;
    list_init(&k->listeners);
    int r = keep_texts(k, o);
    if (r == 0) /* from the loop: indexes and listeners are added first */
        r = loop_timer_start(c->loop, &k->retry, 0, start, k);
    if (r < 0) {
        mem_free(k->texts);
        mem_free(k);
        return r;
    }
    *out = k;
    return 0;
}

struct client_cache *client_cache_free(struct client_cache *k)
{
    if (!k)
        return NULL;
    if (k->watch)
        k->client->transport.unwatch(k->client->self, k->watch);
    loop_timer_stop(&k->retry);
    loop_defer_cancel(&k->announce);
    while (!list_empty(&k->listeners))
        list_del(k->listeners.next);
    for (size_t i = 0; i < k->n_indexes; i++)
        client_index_done(&k->indexes[i]);
    MAP_EACH (slot, &k->entries) {
        struct entry *e = slot->value;
        object_unref(e->object);
        mem_free(e);
    }
    map_done(&k->entries);
    mem_free(k->texts);
    return mem_free(k);
}

bool client_cache_synced(const struct client_cache *k)
{
    return k->synced;
}

int64_t client_cache_revision(const struct client_cache *k)
{
    return MAX(k->revision, 0);
}

size_t client_cache_count(const struct client_cache *k)
{
    return k->entries.n;
}

const struct schema_resource *client_cache_resource(const struct client_cache *k)
{
    return k->options.resource;
}

struct object *client_cache_get(const struct client_cache *k, struct str ns, struct str name)
{
    char text[512];
    struct str key = name;
    if (ns.n) {
        if (ns.n + name.n >= sizeof(text))
            return NULL;
        memcpy(text, ns.p, ns.n);
        text[ns.n] = '/';
        if (name.n)
            memcpy(text + ns.n + 1, name.p, name.n);
        key = str_make(text, ns.n + 1 + name.n);
    }
    struct entry *e = map_get(&k->entries, key);
    return e ? e->object : NULL;
}

struct object *client_cache_next(const struct client_cache *k, struct map_slot **at)
{
    *at = map_next(&k->entries, *at);
    return *at ? ((struct entry *)(*at)->value)->object : NULL;
}

/* What the stream has passed already is known from it: a reply that comes late must not bring back what is deleted. */
static bool passed(const struct client_cache *k, const struct object *written)
{
    char scratch[512];
    return written->revision <= k->revision && !map_get(&k->entries, client_key(written, scratch));
}

void client_cache_note(struct client_cache *k, struct object *written)
{
    if (k->synced && !passed(k, written) && (!k->options.ns.n || str_eq(k->options.ns, object_namespace(written))) && put(k, written) < 0)
        k->revision = -1;
}

void client_cache_note_deleted(struct client_cache *k, struct object *last)
{
    char scratch[512];
    struct str key = client_key(last, scratch);
    struct entry *e = map_get(&k->entries, key);
    if (e && str_eq(object_uid(e->object), object_uid(last)))
        drop(k, key);
}

static void announce(void *ctx)
{
    struct client_cache *k = ctx;
    LIST_EACH (l, &k->listeners, struct client_listener, link) {
        if (l->told)
            continue;
        l->told = true;
        MAP_EACH (slot, &k->entries)
            l->on_change(l->ctx, NULL, ((struct entry *)slot->value)->object);
        if (k->synced && l->on_synced)
            l->on_synced(l->ctx);
    }
}

void client_cache_listen(struct client_cache *k, struct client_listener *l)
{
    list_add(&k->listeners, &l->link);
    l->told = k->entries.n == 0 && !k->synced;
    if (!l->told)
        loop_defer(k->client->loop, &k->announce, announce, k);
}

void client_cache_unlisten(struct client_listener *l)
{
    if (l->link.next)
        list_del(&l->link);
}

int client_cache_index(struct client_cache *k, const char *index,
                       size_t (*keys)(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]))
{
    for (size_t i = 0; i < k->n_indexes; i++)
        if (strcmp(k->indexes[i].name, index) == 0)
            return 0;
    if (k->n_indexes == CLIENT_INDEXES || k->entries.n)
        return -EINVAL;
    struct client_index *x = &k->indexes[k->n_indexes++];
    snprintf(x->name, sizeof(x->name), "%s", index);
    x->keys = keys;
    return 0;
}

struct object *const *client_cache_lookup(const struct client_cache *k, const char *index, struct str key, size_t *n)
{
    for (size_t i = 0; i < k->n_indexes; i++)
        if (strcmp(k->indexes[i].name, index) == 0)
            return client_index_find(&k->indexes[i], key, n);
    CHECK(!"an index that was added");
    return NULL;
}
