#include "scene/inside.h"

/* An API in memory: topics of objects, a log of news for their watches, and calls that are answered a millisecond later, all that
 * came meanwhile together — or at once when there are very many, so that what waits stays small. */
#define CALLS_MAX  1024
#define CALL_BYTES (8u << 20)

struct call {
    struct list link;
    struct arena *mem;
    struct client_call call;
    struct value body;
    void (*done)(void *ctx, const struct client_reply *r);
    void *ctx;
};

struct watch {
    struct list link; /* in the topic's */
    struct world *world;
    struct topic *topic;
    struct client_watch_call call;
    struct loop_task begin;
    bool begun;
};

struct str world_time(struct world *w, struct arena *a)
{
    char now[32];
    time_fmt_rfc3339(now, loop_wall(w->loop));
    return arena_fmt(a, "%s", now);
}

/* ── objects ── */

struct topic *world_topic(struct world *w, const struct schema_resource *r)
{
    struct topic *t = map_get(&w->topics, r->storage->storage_path);
    if (t)
        return t;
    t = mem_alloc(sizeof(*t));
    if (!t || map_put(&w->topics, r->storage->storage_path, t) < 0)
        return mem_free(t);
    t->resource = r->storage;
    list_init(&t->watches);
    list_add(&w->in_order, &t->link);
    return t;
}

static int by_key(const void *x, const void *y)
{
    return str_cmp((*(struct object *const *)x)->key, (*(struct object *const *)y)->key);
}

int world_list(struct topic *t, struct object ***out, size_t *n)
{
    *n = 0;
    *out = mem_alloc((t->objects.n + 1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    MAP_EACH (slot, &t->objects)
        (*out)[(*n)++] = object_ref(slot->value);
    qsort(*out, *n, sizeof(**out), by_key);
    return 0;
}

struct object *world_get(struct world *w, const struct schema_resource *r, struct str ns, struct str name)
{
    char key[600];
    struct topic *t = map_get(&w->topics, r->storage->storage_path);
    int n = ns.n ? snprintf(key, sizeof(key), "%.*s/%.*s", STR_FMT(ns), STR_FMT(name)) : snprintf(key, sizeof(key), "%.*s", STR_FMT(name));
    return t && n < (int)sizeof(key) ? map_get(&t->objects, str_make(key, (size_t)n)) : NULL;
}

static void tell(void *ctx)
{
    struct world *w = ctx;
    LIST_EACH (t, &w->in_order, struct topic, link) {
        for (size_t i = 0; i < t->log.n; i++) {
            struct news *n = &t->log.p[i];
            LIST_EACH (x, &t->watches, struct watch, link)
                if (x->begun && (!x->call.ns.n || str_eq(x->call.ns, object_namespace(n->object))))
                    x->call.on_event(x->call.ctx, n->gone ? CLIENT_DELETED : CLIENT_PUT, n->object, n->object->revision);
            object_unref(n->object);
        }
        t->log.n = 0;
    }
}

/* Takes the reference. */
static int note(struct world *w, struct topic *t, struct object *o, bool gone)
{
    struct news *n = VEC_ADD(&t->log);
    if (!n) {
        object_unref(o);
        return -ENOMEM;
    }
    *n = (struct news){o, gone};
    loop_defer(w->loop, &w->deliver, tell, w);
    return 0;
}

static struct str tail_of(const struct topic *t, const struct object *o)
{
    return str_from(o->key, STR("/registry/").n + t->resource->storage_path.n + 1);
}

static bool is_held(const struct value *tree)
{
    return value_count(value_at(tree, "metadata.finalizers")) || value_count(value_at(tree, "spec.finalizers")) ||
           value_int_at(tree, "metadata.deletionGracePeriodSeconds", 0) > 0;
}

static int freeze(struct world *w, struct topic *t, struct value *tree, struct object **out)
{
    struct str ns = value_text_at(tree, "metadata.namespace"), name = value_text_at(tree, "metadata.name");
    struct str key =
        arena_fmt(w->scratch, "/registry/%.*s/%.*s%s%.*s", STR_FMT(t->resource->storage_path), STR_FMT(ns), ns.n ? "/" : "", STR_FMT(name));
    return key.p ? object_freeze(out, key, t->resource->kind, tree, NULL) : -ENOMEM;
}

int world_store(struct world *w, const struct schema_resource *r, struct value *tree, struct object **now)
{
    struct topic *t = world_topic(w, r);
    struct object *o = NULL;
    int e = t ? freeze(w, t, tree, &o) : -ENOMEM;
    if (e < 0)
        return e;
    struct object *old = map_get(&t->objects, tail_of(t, o));
    bool pod = str_is(t->resource->name, "pods") && !t->resource->group.n, goes = object_deleting(o) && !is_held(tree);
    o->revision = ++w->revision;
    o->created_revision = old ? old->created_revision : o->revision;
    if (goes)
        map_del(&t->objects, tail_of(t, o));
    else if ((e = map_put(&t->objects, tail_of(t, o), object_ref(o))) < 0)
        object_unref(o);
    if (e == 0) {
        object_unref(old);
        w->result->gone += pod && goes;
        e = note(w, t, object_ref(o), goes);
    }
    if (e == 0 && pod && !goes && w->agents)
        e = agents_pod(w->agents, o);
    if (e == 0 && now)
        *now = object_ref(o);
    object_unref(o);
    return e;
}

/* ── watches ── */

static void begin(void *ctx)
{
    struct watch *x = ctx;
    struct world *w = x->world;
    struct object **all;
    size_t n;
    tell(w); /* what it will be shown is as of now */
    if (world_list(x->topic, &all, &n) < 0) {
        loop_defer(w->loop, &x->begin, begin, x);
        return;
    }
    x->begun = true;
    for (size_t i = 0; i < n; i++) {
        if (x->call.after == 0 && (!x->call.ns.n || str_eq(x->call.ns, object_namespace(all[i]))))
            x->call.on_event(x->call.ctx, CLIENT_PUT, all[i], all[i]->revision);
        object_unref(all[i]);
    }
    mem_free(all);
    if (x->call.after == 0)
        x->call.on_event(x->call.ctx, CLIENT_SYNCED, NULL, w->revision);
}

static int watch_new(void *self, const struct client_watch_call *call, void **handle)
{
    struct world *w = self;
    struct topic *t = call->label_selector.n || call->field_selector.n ? NULL : world_topic(w, call->resource);
    struct watch *x = t ? mem_alloc(sizeof(*x)) : NULL;
    if (!x)
        return -ENOMEM;
    x->world = w;
    x->topic = t;
    x->call = *call;
    list_add(&t->watches, &x->link);
    loop_defer(w->loop, &x->begin, begin, x);
    *handle = x;
    return 0;
}

static void unwatch(void *self, void *handle)
{
    struct watch *x = handle;
    (void)self;
    loop_defer_cancel(&x->begin);
    list_del(&x->link);
    mem_free(x);
}

/* ── calls ── */

static int delete_all(struct world *w, const struct client_call *call, struct answer *out)
{
    struct topic *t = world_topic(w, call->resource);
    struct object **all = NULL;
    size_t n = 0;
    int r = t ? world_list(t, &all, &n) : -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        if (r == 0 && str_eq(object_namespace(all[i]), call->ns) && !object_deleting(all[i]))
            r = world_delete(w, t->resource, all[i], call, out);
        object_unref(out->object);
        out->object = NULL;
        object_unref(all[i]);
    }
    mem_free(all);
    return r;
}

static int perform(struct world *w, struct call *c, struct answer *out)
{
    const struct client_call *k = &c->call;
    bool sub = k->subresource.n && !str_is(k->subresource, "status") && !str_is(k->subresource, "finalize") && !str_is(k->subresource, "approval");
    struct object *o = world_get(w, k->resource, k->ns, k->name);
    if (str_is(k->resource->name, "events")) {
        w->result->events++;
        out->code = 201;
        return 0;
    }
    if (k->resource->storage != k->resource)
        return world_refuse(out, 406, "NotAcceptable", "%.*s are served here in version %.*s only", STR_FMT(k->resource->name),
                            STR_FMT(k->resource->storage->version));
    if (k->verb == CLIENT_DELETE_COLLECTION)
        return delete_all(w, k, out);
    if (k->verb == CLIENT_CREATE && !sub)
        return world_create(w, k, &c->body, out);
    if (!o)
        return world_refuse(out, 404, "NotFound", "%.*s \"%.*s\" not found", STR_FMT(k->resource->name), STR_FMT(k->name));
    if (k->uid.n && !str_eq(k->uid, object_uid(o)))
        return world_refuse(out, 409, "Conflict", "the UID in the precondition is not that of the object");
    if (str_is(k->subresource, "binding"))
        return world_bind(w, k, &c->body, out);
    if (k->verb == CLIENT_DELETE || str_is(k->subresource, "eviction"))
        return world_delete(w, k->resource, o, k, out);
    if (k->verb == CLIENT_GET) {
        out->object = object_ref(o);
        return 0;
    }
    if (k->verb == CLIENT_LIST || sub)
        return world_refuse(out, 501, "NotImplemented", "a scenario's API does not do that");
    return world_change(w, k, &c->body, out);
}

static void call_free(struct call *c)
{
    arena_free(c->mem);
    mem_free(c);
}

static void answer_all(void *ctx)
{
    struct world *w = ctx;
    struct list now = LIST_INIT(now);
    loop_timer_stop(&w->tick);
    loop_defer_cancel(&w->full);
    while (!list_empty(&w->calls)) { /* what is asked from now on waits for the next tick */
        struct list *first = w->calls.next;
        list_del(first);
        list_add(&now, first);
    }
    w->waiting = 0;
    while (!list_empty(&now)) {
        struct call *c = CONTAINER_OF(now.next, struct call, link);
        struct answer a = {.code = 200};
        list_del(&c->link);
        arena_reset(w->scratch);
        int r = perform(w, c, &a);
        if (r < 0)
            (void)world_refuse(&a, 500, "InternalError", "%s", strerror(-r));
        w->result->writes += c->call.verb != CLIENT_GET && a.code < 300;
        w->result->refused += a.code >= 300;
        struct client_reply reply = {.code = a.code, .object = a.object, .reason = str_of(a.reason ? a.reason : ""), .message = str_of(a.message)};
        c->done(c->ctx, &reply);
        object_unref(a.object);
        call_free(c);
    }
}

static int take_call(void *self, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct world *w = self;
    struct call *c = mem_alloc(sizeof(*c));
    if (!c || arena_new(&c->mem, CALL_BYTES) < 0) {
        mem_free(c);
        return -ENOMEM;
    }
    c->call = *call;
    c->done = done;
    c->ctx = ctx;
    struct str *texts[] = {&c->call.ns, &c->call.name, &c->call.subresource, &c->call.uid, &c->call.manager};
    int r = call->body ? value_copy(c->mem, call->body, &c->body) : 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(texts); i++)
        r = arena_str(c->mem, *texts[i], texts[i]);
    if (r == 0 && !loop_timer_active(&w->tick))
        r = loop_timer_start(w->loop, &w->tick, 1, answer_all, w);
    if (r < 0) {
        call_free(c);
        return r;
    }
    list_add(&w->calls, &c->link);
    if (++w->waiting >= CALLS_MAX)
        loop_defer(w->loop, &w->full, answer_all, w);
    return 0;
}

/* ── life ── */

static void world_free(void *self)
{
    struct world *w = self;
    loop_timer_stop(&w->tick);
    loop_defer_cancel(&w->full);
    loop_defer_cancel(&w->deliver);
    LIST_EACH (c, &w->calls, struct call, link)
        call_free(c);
    MAP_EACH (slot, &w->topics) {
        struct topic *t = slot->value;
        for (size_t i = 0; i < t->log.n; i++)
            object_unref(t->log.p[i].object);
        VEC_DONE(&t->log);
        MAP_EACH (o, &t->objects)
            object_unref(o->value);
        map_done(&t->objects);
        while (!list_empty(&t->watches))
            unwatch(w, CONTAINER_OF(t->watches.next, struct watch, link));
        mem_free(t);
    }
    map_done(&w->topics);
    arena_free(w->scratch);
    mem_free(w);
}

int world_new(struct world **out, struct loop *l, uint64_t seed, struct scene_result *result)
{
    static const struct client_transport t = {.send = take_call, .watch = watch_new, .unwatch = unwatch, .free = world_free};
    struct world *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    list_init(&w->calls);
    list_init(&w->in_order);
    w->loop = l;
    w->dice = seed;
    w->result = result;
    int r = arena_new(&w->scratch, TREE_MAX);
    if (r == 0)
        r = client_new(&w->client, l, &t, w, STR("scene"));
    if (r < 0) {
        world_free(w);
        return r;
    }
    *out = w;
    return 0;
}
